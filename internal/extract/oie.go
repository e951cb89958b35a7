package extract

import (
	"slices"
	"strings"

	"kg/internal/nlp"
)

// Extraction is a proposition as open information extraction writes it: words joined by single blanks, the subject first.
type Extraction struct {
	Predicate string
	Args      []string
	// Confidence is the probability that an annotator would have written this down, 0 to 1.
	Confidence float64
}

// OIE renders the propositions of doc in the manner of open information extraction; what it returns is as long as props and in
// its order. A proposition that only restates another gives none, and no argument is without a word that names something.
//
// With whole arguments a proposition gives one extraction: subject, object, others; the preposition of the first argument
// after the subject is part of the predicate where no object stands between them. What a noun phrase implies ("the roof of the
// mill": the mill has a roof) gives extractions of lower confidence.
//
// With minimal ones it gives a binary extraction for the core and one for each further argument, whose predicate then holds
// the object: "tied the boat to" | "pier". They have no word that is not in the sentence, so what a noun phrase implies gives none.
func OIE(doc *nlp.Document, props []Proposition, minimal bool) [][]Extraction {
	found := make([][]Extraction, len(props))
	var t *tree
	var said map[string]bool // in the sentence of t
	first := 0               // of the propositions of t
	for i := range props {
		q := props[i]
		q.Args = plain(q.Args)
		p := &q
		if t == nil || t.sent != p.Sent {
			t, first, said = newTree(doc, p.Sent), i, make(map[string]bool)
		}
		var list []Extraction
		if minimal {
			list = t.minimalOf(p, props[first:])
		} else {
			list = t.wholeOf(p, props[first:])
		}
		open := t.openConfidence(p)
		for _, x := range list {
			x.Confidence = open
			if k := x.key(); !said[k] && x.complete() {
				said[k] = true
				found[i] = append(found[i], x)
			}
		}
	}
	return found
}

// argumentText returns the text of words, empty where none of them names anything.
func (t *tree) argumentText(words []int) string {
	if r := (&reader{tree: t}); !r.names(words) {
		return ""
	}
	return t.text(words)
}

// complete drops what further arguments are empty and says whether predicate, subject and object are there.
func (x *Extraction) complete() bool {
	n := len(x.Args)
	for i, arg := range x.Args {
		if arg == "" && i < 2 {
			return false
		}
	}
	if n > 2 {
		x.Args = slices.DeleteFunc(x.Args, func(arg string) bool { return arg == "" })
	}
	return n > 1 && x.Predicate != ""
}

// key is equal for extractions that say the same.
func (x *Extraction) key() string {
	var b strings.Builder
	for _, part := range append([]string{x.Predicate}, x.Args...) {
		b.WriteByte('\t')
		for _, w := range strings.Fields(lower(part)) {
			if w != "the" && w != "a" && w != "an" {
				b.WriteString(" " + w)
			}
		}
	}
	return b.String()
}

// wholeOf renders p with whole arguments; props are those of its sentence.
func (t *tree) wholeOf(p *Proposition, props []Proposition) (found []Extraction) {
	if p.Derived {
		return t.implied(p)
	}
	q := t.predicated(p)
	t.gerunds(&q)
	if len(q.Args) < 2 {
		return nil
	}
	if q.Rule == "acronym" {
		return []Extraction{{"stands for", []string{t.argumentText(q.Args[1].Words), t.argumentText(q.Args[0].Words)}, p.Confidence}}
	}
	if !t.withOwner(&q) {
		return nil
	}
	if g := t.purposeOf(&q, props); g != nil {
		q.Words = merge(g.Words, t.withMark(&q))
		if len(g.Args) > 1 && g.Args[1].Role == Object {
			q.Words = merge(q.Words, t.named(&g.Args[1]))
		}
	}
	confidence := p.Confidence
	if p.Rule == "example" {
		confidence /= 2 // implied
	}
	for _, part := range t.lists(&q) {
		if pred, args := t.full(&part); pred != "" && len(args) > 1 {
			found = append(found, Extraction{pred, args, confidence})
		}
	}
	return found
}

// plain returns args without adverbs of manner and infinitives of purpose, which extractions have in their predicates or as
// extractions of their own.
func plain(args []Argument) []Argument {
	further := func(a Argument) bool { return (a.Role == Manner || a.Role == Purpose) && a.Case == "" }
	if !slices.ContainsFunc(args, further) {
		return args
	}
	return slices.DeleteFunc(slices.Clone(args), further)
}

// lists returns p; where its second argument has a list after "of", one proposition for each of its members: "the capital of Peru
// and of Chile".
func (t *tree) lists(p *Proposition) []Proposition {
	a := p.Args[1]
	if p.Noun || a.Role != Attribute {
		return []Proposition{*p}
	}
	for _, k := range t.kids[a.Head] {
		conj := t.conjuncts(k)
		if _, form := t.caseOf(k); t.Words[k].Deprel != "nmod" || form != "of" || len(conj) < 2 || !slices.Contains(a.Words, conj[1]) {
			continue
		}
		var parts []Proposition
		rest := t.less(a.Words, k)
		r := &reader{tree: t}
		for _, m := range conj {
			q := *p
			q.Args = slices.Clone(p.Args)
			cases, _ := t.caseOf(k)
			q.Args[1].Words = merge(rest, merge(cases, r.conjunct(m, Object, conj).Words))
			parts = append(parts, q)
		}
		return parts
	}
	return []Proposition{*p}
}

// predicated returns p; where it has a subject only and says with a form of "be" how that is, what it says is the second argument:
// "is" | "still popular".
func (t *tree) predicated(p *Proposition) Proposition {
	q := *p
	if p.Head < 0 {
		return q
	}
	if k := t.child(p.Head, "advcl"); k > p.Head && t.besideVerb(k) {
		return q // "were sent to help" is said with the purpose
	}
	if len(p.Args) != 1 || p.Noun || len(p.Words) < 2 || p.Words[len(p.Words)-1] != p.Head {
		return q
	}
	be := -1 // place in p.Words of the last form of "be"
	for n, i := range p.Words {
		if t.Words[i].Head == p.Head && (t.Words[i].Deprel == "cop" || t.Words[i].Deprel == "aux:pass") {
			be = n
		}
	}
	if be < 0 || be+1 == len(p.Words) {
		return q
	}
	for be+2 < len(p.Words) && t.negator(p.Words[be+1]) {
		be++
	}
	what := Phrase{Words: p.Words[be+1:], Head: p.Head}
	q.Words = p.Words[:be+1]
	q.Args = []Argument{p.Args[0], {Phrase: what, Role: Attribute, Minimal: what}}
	return q
}

// besideVerb says whether k heads an infinitive beside a verb.
func (t *tree) besideVerb(k int) bool {
	if t.Words[k].Deprel != "advcl" {
		return false
	}
	for _, m := range t.kids[k] {
		if t.Words[m].Deprel == "mark" && t.Words[m].UPOS == "PART" {
			return true
		}
	}
	return false
}

// withMark returns the words of the predicate of p with what introduces its infinitive ("in order to").
func (t *tree) withMark(p *Proposition) []int {
	words := slices.Clone(p.Words)
	for _, m := range t.kids[p.Head] {
		if t.Words[m].Deprel == "mark" {
			words = merge(append(words, t.fixed(m)...), []int{m})
		}
	}
	return words
}

// gerunds adds to p the gerund clauses that tell how or when it happens: "died after" | "giving a speech".
func (t *tree) gerunds(p *Proposition) {
	if p.Noun || p.Head < 0 || t.Words[p.Head].UPOS != "VERB" {
		return
	}
	for _, k := range t.kids[p.Head] {
		m := t.child(k, "mark", "case")
		if t.Words[k].Deprel != "advcl" || t.Words[k].XPOS != "VBG" || k < p.Head || m < 0 || m > k {
			continue
		}
		taken := false
		for _, a := range p.Args {
			taken = taken || slices.Contains(a.Words, k)
		}
		if taken {
			continue
		}
		a := Argument{Role: Clause, Phrase: t.phrase(k, func(i int) bool {
			return t.Words[i].Head == k && (t.Words[i].Deprel == "mark" || t.Words[i].Deprel == "case")
		})}
		a.CaseWords = merge(t.fixed(m), []int{m})
		a.Case = lower(t.text(a.CaseWords))
		a.Minimal = a.Phrase
		p.Args = append(slices.Clone(p.Args), a)
	}
}

// purposeOf returns the proposition among props, which begin with its sentence, that the infinitive of purpose p belongs to, nil
// where p is none: "sold the mill to pay debts".
func (t *tree) purposeOf(p *Proposition, props []Proposition) *Proposition {
	if p.Head < 0 || !t.besideVerb(p.Head) || t.Words[p.Head].Head > p.Head {
		return nil
	}
	for i := range props {
		g := &props[i]
		if g.Sent != p.Sent {
			break
		}
		if g.Head == t.Words[p.Head].Head && !g.Noun && !g.Derived && g.Args[0].Head == p.Args[0].Head {
			return g
		}
	}
	return nil
}

// full renders p with all words of its arguments.
func (t *tree) full(p *Proposition) (pred string, args []string) {
	predWords := p.Words
	list := p.Args
	var by string
	if p.Passive && p.Args[0].Role == Subject && len(p.Args) > 1 {
		// The by-phrase follows its passive verb.
		list = append([]Argument{p.Args[1], p.Args[0]}, p.Args[2:]...)
		by = "by"
	}
	if !p.Noun {
		predWords = merge(predWords, t.manner(p))
	}
	pred = t.text(predWords)
	if p.Text != "" {
		pred = p.Text
	}
	if p.Rule == "possessive" && t.several(&list[0]) {
		pred = "have"
	}
	if t.reduced(p) {
		pred = t.be(list[0].Head, t.toldInPast(p.Head)) + " " + pred
	}
	for n, a := range list {
		if len(a.Words) == 0 {
			continue
		}
		words := a.Words
		switch {
		case n == 1 && by != "":
			pred += " " + by
		case n == 1 && a.Case != "" && (a.Oblique() || a.Role == Time || a.Role == Clause):
			if len(a.CaseWords) > 0 && a.Words[0] < p.Head && a.CaseWords[0] < p.Head && !p.Noun && a.CaseWords[0] == a.Words[0]-1 {
				words = merge(words, a.CaseWords) // moved to the front: "In Lima, …"
			} else if len(a.CaseWords) > 0 {
				pred = strings.TrimSpace(pred + " " + t.text(a.CaseWords))
			} else {
				pred += " " + a.Case
			}
		case n == 1 && a.Role == Clause:
			if m := t.child(a.Head, "mark"); m >= 0 && m < a.Words[0] && lower(t.Words[m].Form) == "that" {
				pred += " that"
			}
		case n > 0 && len(a.CaseWords) > 0:
			words = merge(words, a.CaseWords)
		}
		if p.Noun && n > 1 {
			break // the description already says what its noun is of
		}
		if n == 1 && !p.Noun && a.Role != Clause && a.Role != Time {
			if k := t.circumstantial(&a); k >= 0 {
				tail := t.phrase(k, nil).Words
				args = append(args, t.argumentText(t.trim(without(words, tail))), t.argumentText(tail))
				continue
			}
		}
		args = append(args, t.argumentText(words))
	}
	return pred, args
}

// circumstantial returns the last modifier of argument a where it tells a place, a time or a purpose rather than what a is; -1
// for none: "the highest tower" | "in the world".
func (t *tree) circumstantial(a *Argument) int {
	last := a.Words[len(a.Words)-1]
	for _, k := range t.kids[a.Head] {
		if t.Words[k].Deprel != "nmod" || k < a.Head || !slices.Contains(a.Words, k) {
			continue
		}
		words := t.phrase(k, nil).Words
		switch _, form := t.caseOf(k); form {
		case "in", "at", "on", "since", "during", "after", "before", "until", "within":
			if words[len(words)-1] == last {
				return k
			}
		}
	}
	return -1
}

// manner returns the adverbs between the verb of p and its first argument: "weigh heavily" | "on" …
func (t *tree) manner(p *Proposition) (words []int) {
	if t.Words[p.Head].UPOS != "VERB" {
		return nil
	}
	end := len(t.Words) // where the first argument behind the verb begins
	for _, a := range p.Args {
		for _, i := range append(slices.Clone(a.CaseWords), a.Words...) {
			if i > p.Head {
				end = min(end, i)
			}
		}
	}
	for _, k := range t.kids[p.Head] {
		if k < p.Head || k > end || t.Words[k].Deprel != "advmod" || t.Words[k].UPOS != "ADV" || slices.Contains(p.Words, k) {
			continue
		}
		own := t.subtree(nil, k, nil)
		taken := false
		for _, a := range p.Args {
			taken = taken || slices.Contains(a.Words, k)
		}
		if !taken && len(own) <= 2 && !relativePronouns[lower(t.Words[k].Form)] {
			words = append(words, own...)
		}
	}
	return words
}

// reduced says whether p is a clause without its form of "be": "debts owed to Peru", "settlers growing rice", "troops loyal to
// the king".
func (t *tree) reduced(p *Proposition) bool {
	if p.Noun || len(p.Words) > 1 && !(len(p.Words) == 2 && t.negator(p.Words[0])) {
		return false
	}
	w := &t.Words[p.Head]
	switch w.XPOS {
	case "VBN":
		return p.Passive && t.child(p.Head, "aux:pass", "cop") < 0
	case "VBG":
		return w.Deprel == "acl" || w.Deprel == "advcl"
	}
	return w.UPOS == "ADJ" && w.Deprel == "amod"
}
