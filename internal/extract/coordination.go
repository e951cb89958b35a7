package extract

import (
	"slices"
	"strings"

	"kg/internal/nlp"
)

// alternative says whether the clause of h is one of several joined by "or", of which only one need be so.
func (t *tree) alternative(h int) bool {
	for _, k := range t.kids[h] {
		adjectives := t.Words[h].UPOS == "ADJ" && t.Words[k].UPOS == "ADJ" && t.child(h, "cop") >= 0 // "is dead or alive"
		if t.Words[k].Deprel == "conj" && (t.clausal(k) || adjectives) && t.either(k) {
			return true
		}
	}
	return false
}

// either says whether conjunct k follows "or".
func (t *tree) either(k int) bool {
	cc := t.child(k, "cc")
	return cc >= 0 && cc < k && lower(t.Words[cc].Form) == "or"
}

// severally says whether the clause of h tells of an open number of subjects what holds of some of them in one way and of some in another,
// so that "or" leaves nothing open: "farmers grow wheat or barley". Of those that are counted or known it need not be so: "the two firms
// bought wheat or barley".
func (t *tree) severally(h int, subjects []int) bool {
	for _, s := range subjects {
		if f := lower(t.Words[s].Form); (f == "they" || f == "we" || f == "you") && t.Words[h].XPOS == "VBP" && t.child(h, "aux") < 0 {
			continue // "they sell wheat or barley"
		}
		if w := &t.Words[s]; w.UPOS != "NOUN" || w.XPOS != "NNS" || t.fewOf(s) || t.child(s, "nummod", "cc:preconj") >= 0 {
			return false
		}
		if d := t.child(s, "det"); d >= 0 && !openNumber[lower(t.Words[d].Form)] && t.past(h) {
			return false
		}
	}
	if m := t.child(h, "mark"); len(subjects) == 0 || t.modalVerb(h) || t.child(h, "cc:preconj") >= 0 || m >= 0 && t.Words[m].UPOS == "PART" {
		return false
	}
	switch t.Words[h].XPOS {
	case "VBP", "VBD", "VBG", "VBN":
		return true
	}
	return t.child(h, "cop") >= 0
}

var (
	// openNumber are determiners that leave open how many and which are meant.
	openNumber = words(`some many most all several such`)
	// naming verbs tell by what names a thing goes, which may be several: "known as dab or flounder".
	naming = words(`know call name term dub label nickname entitle`)
)

// oneWith says whether conjunct k is no thing of its own beside the first: it leaves an amount open, ends a span of months or is the
// rest of an amount.
func (t *tree) oneWith(k int) bool { return t.orMore(k) || t.monthsOf(k) || t.restOf(k) }

// finer are units by those that amounts of several units tell before them.
var finer = map[string]map[string]bool{
	"year": words(`month week day`), "month": words(`week day`), "week": words(`day`), "day": words(`hour`), "hour": words(`minute`),
	"minute": words(`second`), "foot": words(`inch`), "pound": words(`ounce`), "dollar": words(`cent`),
}

// restOf says whether conjunct k is the rest of an amount in another unit: "six years and three months", "a day and a half".
func (t *tree) restOf(k int) bool {
	w := &t.Words[k]
	if w.Deprel != "conj" || w.Head < 0 || w.Head > k || t.child(k, "nmod") >= 0 {
		return false
	}
	cc, whole := t.child(k, "cc"), t.child(w.Head, "nummod", "det")
	if cc < 0 || whole < 0 || lower(t.Words[cc].Form) != "and" {
		return false
	}
	units := finer[lower(t.Words[w.Head].Lemma)]
	if l := lower(w.Lemma); l == "half" || l == "quarter" {
		return units != nil && t.child(k, "det") == k-1 && cc == k-2
	}
	return units[lower(w.Lemma)] && t.child(k, "nummod", "det") >= 0
}

// monthsOf says whether k is the last of months with a stroke between them: "for Nov/Jan delivery".
func (t *tree) monthsOf(k int) bool {
	return k > 1 && t.Words[k-1].Form == "/" && t.Words[k-1].Begin == t.Words[k-2].End && nlp.Month(lower(t.Words[k].Form)) > 0 &&
		nlp.Month(lower(t.Words[k-2].Form)) > 0
}

// orMore says whether conjunct k leaves open how far an amount goes: "30 percent or more of the shares", "a week or so".
func (t *tree) orMore(k int) bool {
	w := &t.Words[k]
	if w.Deprel != "conj" || w.Head < 0 || k < 2 || lower(t.Words[k-1].Form) != "or" {
		return false
	}
	switch lower(w.Form) {
	case "more", "less", "fewer", "so", "higher", "lower", "longer", "above", "over", "under", "below", "later", "older":
		h := &t.Words[w.Head]
		return h.UPOS == "NOUN" || h.UPOS == "NUM" || h.UPOS == "SYM"
	}
	return false
}

// disjoint says whether k is one of the conjuncts in list and these are joined by "or".
func (t *tree) disjoint(k int, list []int) bool {
	if len(list) > 0 {
		if _, form := t.caseOf(list[0]); form == "without" {
			return false // "left without notice or reason"
		}
	}
	if len(list) < 2 || t.amounts(list) || t.otherName(list) || t.restated(list) || t.renamed(list) {
		return false
	}
	in, or := false, false
	for _, m := range list {
		in = in || m == k
		or = or || t.either(m)
	}
	return in && or
}

// otherName says whether list is a thing and its other name, which a comma sets off: "the Market Board, or MB".
func (t *tree) otherName(list []int) bool {
	cc := t.child(list[1], "cc")
	f := t.Words[list[1]].Form
	return len(list) == 2 && cc > 0 && t.Words[cc-1].Form == "," && len(f) > 1 && len(f) < 7 && strings.ToUpper(f) == f &&
		capitalised(f) &&
		strings.ToUpper(t.Words[list[0]].Form) != t.Words[list[0]].Form
}

// renamed says whether list is a thing and what it is otherwise called, between commas: "U.K. bonds, or gilts, rose". Two things that are
// alternatives have no comma between them.
func (t *tree) renamed(list []int) bool {
	if len(list) != 2 {
		return false
	}
	cc := t.child(list[1], "cc")
	if cc < 1 || lower(t.Words[cc].Form) != "or" || t.Words[cc-1].Form != "," || t.child(list[0], "cc:preconj") >= 0 || t.clausal(list[1]) {
		return false
	}
	if t.Words[list[0]].UPOS == "PROPN" && t.Words[list[1]].UPOS == "PROPN" && t.child(list[1], "case", "det") < 0 {
		return true
	}
	_, last := t.span(list[1])
	return t.Words[last].Form == "," || last+1 < len(t.Words) && t.Words[last+1].Form == ","
}

// restated says whether list is a thing and, behind a comma or as a rate, what it comes to: "a profit of 25 mln dlrs, or 76 cents a share".
func (t *tree) restated(list []int) bool {
	last := list[len(list)-1]
	if n := last + 2; t.either(last) && t.measure(last) && n < len(t.Words) && lower(t.Words[n].Form) == "share" {
		switch lower(t.Words[n-1].Form) {
		case "a", "per":
			return true // "a gain of 3 mln dlrs or 39 cts per share"
		}
	}
	cc := t.child(list[1], "cc")
	return len(list) == 2 && cc > 0 && t.Words[cc-1].Form == "," && unitNouns[lower(t.Words[list[1]].Lemma)] && t.child(list[1], "nummod", "compound") >= 0
}

// amounts says whether all of list are quantities: "400 shares, or 5 percent of the stock" are one thing twice.
func (t *tree) amounts(list []int) bool {
	for _, k := range list {
		w := &t.Words[k]
		if w.UPOS != "NUM" && t.child(k, "nummod") < 0 && !unitNouns[lower(w.Lemma)] {
			return false
		}
	}
	return true
}

// heads returns the heads of args.
func heads(args []Argument) (list []int) {
	for _, a := range args {
		list = append(list, a.Head)
	}
	return list
}

// pairing finds the clause whose lists "respectively" pairs one by one, -1 for none.
func (t *tree) pairing() int {
	for i := range t.Words {
		if f := t.Words[i].Form; len(f) == len("respectively") && lower(f) == "respectively" {
			if h := t.clauseOf(i); h >= 0 {
				return h
			}
		}
	}
	return -1
}

// clauseOf returns the head of the clause that word i stands in, -1 for none.
func (t *tree) clauseOf(i int) int {
	for n := 0; i >= 0 && n < reach; n++ {
		i = t.Words[i].Head
		if i >= 0 && t.clausal(i) {
			return i
		}
	}
	return -1
}

// paired says whether the list of nominal i stays whole, because "respectively" pairs it with another: "gold and silver rose to 400
// and 8 dlrs respectively".
func (t *tree) paired(i int) bool {
	return t.Words[i].UPOS != "VERB" && t.clauseOf(i) == t.respective
}

// gapped reads a clause without its verb: "Ford will build the car and Fiat the engine". k is what stands for the clause, c the
// clause that has the verb.
func (r *reader) gapped(c *clause, k int, f frame) {
	d := clause{head: c.head, copula: c.copula, lemma: c.lemma, passive: c.passive, iobj: -1, agent: -1, xcomp: -1, words: c.words}
	place := func(o int) {
		switch _, form := r.caseOf(o); {
		case form == "by" && c.passive && !r.measured(o): // "cut by 5 pct"
			d.agent = o
		case form != "":
			d.obliques = append(d.obliques, o)
		case c.copula >= 0:
			d.attrs = append(d.attrs, o)
		case len(c.objects) > 0:
			d.objects = append(d.objects, r.conjuncts(o)...)
		default:
			d.obliques = append(d.obliques, o)
		}
	}
	bare := slices.ContainsFunc(r.kids[k], func(o int) bool { _, form := r.caseOf(o); return r.Words[o].Deprel == "orphan" && form == "" })
	switch _, form := r.caseOf(k); {
	case form != "" || r.measure(k) && !r.measures(c.subjects):
		d.subjects = c.subjects // "rose 10 pct in France and 5 pct in Spain"
		place(k)
	case !bare && c.passive && len(c.attrs) > 0: // "was called a hero by Roe and a fool by Berg"
		d.subjects, d.attrs = c.subjects, r.conjuncts(k)
	case !bare && len(c.objects) > 0: // "cut rates by 10 pct and taxes by 5 pct"
		d.subjects, d.objects = c.subjects, r.conjuncts(k)
	default:
		d.subjects = []int{k}
	}
	for _, o := range r.kids[k] {
		if r.Words[o].Deprel == "orphan" && r.Words[o].UPOS != "ADV" {
			place(o)
		}
	}
	if len(d.objects)+len(d.obliques)+len(d.attrs) == 0 && d.agent < 0 {
		return
	}
	r.emit(&d, f)
}

// measure says whether k is a quantity.
func (t *tree) measure(k int) bool {
	return t.Words[k].UPOS == "NUM" || t.Words[k].UPOS == "SYM" || unitNouns[lower(t.Words[k].Lemma)] && t.child(k, "nummod") >= 0
}

func (t *tree) measures(list []int) bool {
	for _, k := range list {
		if t.measure(k) {
			return true
		}
	}
	return false
}

// mutual: "Cuba and Chile are allies" says that each is an ally of the other.
func (r *reader) mutual(c *clause, subjects []int, f frame) {
	if c.copula < 0 || len(c.attrs) != 1 || len(subjects) < 2 {
		return
	}
	k := c.attrs[0]
	if !mutualNouns[lower(r.Words[k].Lemma)] || r.Words[k].XPOS != "NNS" || len(r.complements(k)) > 0 {
		return
	}
	role := r.argument(k, Attribute)
	for _, s := range subjects {
		for _, o := range subjects {
			if o == s {
				continue
			}
			of := r.conjunct(o, Oblique, subjects)
			of.Role, of.Case, of.CaseWords = Oblique, "of", nil
			r.add("agent", r.isA(k), f.status, r.conjunct(s, Subject, subjects), role, of)
		}
	}
}

// oneName says whether the names listed with i are one: the name of a firm, which its last word tells ("Smith and Sons"), its
// letters ("S and P"), or the singular of its verb ("Wells, Rich and Green handles the account").
func (t *tree) oneName(i int) bool {
	w := &t.Words[i]
	if w.UPOS != "PROPN" {
		return false
	}
	last, short := -1, shortName(w.Form)
	long := false // one of the names has several words
	sign := false // "&" joins them
	list := []int{i}
	for at := 0; at < len(list); at++ { // a conjunct may hang from the first or from the one before
		for _, k := range t.kids[list[at]] {
			switch t.Words[k].Deprel {
			case "conj":
				if t.Words[k].UPOS != "PROPN" || t.either(k) || t.child(k, "orphan") >= 0 {
					return false
				}
				last, short = max(last, k), short && shortName(t.Words[k].Form)
				if cc := t.child(k, "cc"); cc >= 0 && t.Words[cc].Form == "&" {
					sign = true
				}
				long = long || t.Words[k].Head != i && t.child(t.Words[k].Head, "compound", "flat", "amod") >= 0
				list = append(list, k)
			case "cc:preconj", "det", "nummod":
				return false // "both Ford and Fiat"
			}
		}
	}
	if last < 0 {
		return false
	}
	bare := t.child(last, "compound", "amod", "nmod:desc", "flat") < 0 || last > 0 && t.Words[last-1].UPOS == "CCONJ" // "Lund, Berg and Co"
	if short || sign || bare && legalForms[strings.TrimSuffix(lower(t.Words[last].Form), ".")] {
		return true
	}
	switch lower(t.Words[last].Form) {
	case "co", "sons", "son", "bros", "company", "associates", "partners", "cie":
		if !long && bare {
			return true
		}
	case "trust", "loan":
		if bare && len(list) == 2 { // "Lund Bank and Trust", "Berg Thrift and Loan"
			return true
		}
	}
	return (w.Deprel == "nsubj" || w.Deprel == "nsubj:pass") && w.Head > last && t.singular(w.Head)
}

// shortName says whether form is a letter or two in capitals.
func shortName(form string) bool {
	form = strings.TrimSuffix(form, ".")
	return form != "" && len(form) <= 2 && capitalised(form) && capitalised(form[len(form)-1:])
}

// singular says whether the verb of clause h agrees with one.
func (t *tree) singular(h int) bool {
	if t.Words[h].XPOS == "VBZ" {
		return true
	}
	for _, k := range t.kids[h] {
		switch t.rel(k) {
		case "aux", "cop":
			return t.Words[k].XPOS == "VBZ" || lower(t.Words[k].Form) == "was"
		}
	}
	return false
}
