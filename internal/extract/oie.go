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
// the object: "handcuffed him to" | "bars". They have no word that is not in the sentence, so what a noun phrase implies gives none.
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

// argument returns the text of words, empty where none of them names anything.
func (t *tree) argument(words []int) string {
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

// minimalOf renders p with short arguments; props are those of its sentence.
func (t *tree) minimalOf(p *Proposition, props []Proposition) []Extraction {
	if p.Derived || p.Text != "" {
		return nil
	}
	q := t.predicated(p)
	t.gerunds(&q)
	if len(q.Args) < 2 || !t.owned(&q) {
		return nil
	}
	return t.binary(&q, t.governor(&q, props))
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
		return []Extraction{{"stands for", []string{t.argument(q.Args[1].Words), t.argument(q.Args[0].Words)}, p.Confidence}}
	}
	if !t.owned(&q) {
		return nil
	}
	if g := t.governor(&q, props); g != nil {
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
	for i := range args {
		if (args[i].Role == Manner || args[i].Role == Purpose) && args[i].Case == "" {
			return slices.DeleteFunc(slices.Clone(args), func(a Argument) bool { return (a.Role == Manner || a.Role == Purpose) && a.Case == "" })
		}
	}
	return args
}

// lists returns p; where its second argument has a list after "of", one proposition for each of its members: "the capital of Peru and of
// Chile".
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
		rest := without(a.Words, t.subtree(nil, k, nil))
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
	if k := t.child(p.Head, "advcl"); k > p.Head && t.purpose(k) {
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

// purpose says whether k heads an infinitive beside a verb.
func (t *tree) purpose(k int) bool {
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

// governor returns the proposition among props, which begin with its sentence, that the infinitive of purpose p belongs to, nil
// where p is none: "sold the mill to pay debts".
func (t *tree) governor(p *Proposition, props []Proposition) *Proposition {
	if p.Head < 0 || !t.purpose(p.Head) || t.Words[p.Head].Head > p.Head {
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
				words = merge(words, a.CaseWords) // moved to the front: "In Fallujah, …"
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
				args = append(args, t.argument(t.trim(without(words, tail))), t.argument(tail))
				continue
			}
		}
		args = append(args, t.argument(words))
	}
	return pred, args
}

// circumstantial returns the last modifier of argument a where it tells a place, a time or a purpose rather than what a is; -1 for none:
// "the highest tower" | "in the world".
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

// implied renders what a phrase implies beside what its clause says: "the roof of the mill" that the mill has a roof, "his roof" that
// the subject of the clause has one. It ranks below what is said in so many words.
func (t *tree) implied(p *Proposition) []Extraction {
	if len(p.Args) < 2 {
		return nil
	}
	owner, thing := p.Args[0], p.Args[1]
	r := &reader{tree: t}
	switch p.Rule {
	case "possessive":
		s := t.ownerOf(owner.Head)
		if s < 0 {
			return nil
		}
		owner = r.conjunct(s, Subject, nil)
		if r.Words[owner.Head].Deprel != "conj" && slices.Contains(owner.Words, p.Args[0].Head) {
			owner = r.conjunct(s, Subject, r.conjuncts(s)) // of "Peru and its allies" Peru
		}
	case "nmod":
		if c := thing.Case; (c == "in" || c == "at" || c == "on" || c == "near") && t.Words[thing.Head].UPOS == "PROPN" && thing.Role != Time && t.definite(owner.Head) {
			owner.Minimal.Words = without(owner.Minimal.Words, t.subtree(nil, thing.Head, nil))
			return []Extraction{{t.be(owner.Head, false) + " " + c, []string{t.argument(t.named(&owner)), t.argument(t.named(&thing))}, p.Confidence / 2}}
		}
		owner, thing = thing, owner
		if owner.Case != "of" || !t.partOf(thing.Head, owner.Head) {
			return nil
		}
		if k := t.child(owner.Head, "appos"); k > owner.Head && t.Words[k].UPOS == "PROPN" && t.Words[owner.Head].UPOS == "NOUN" {
			owner = r.conjunct(k, Subject, nil) // "the side of the main island Honshu"
		}
		thing.Minimal.Words = without(thing.Minimal.Words, t.subtree(nil, p.Args[1].Head, nil))
	default:
		return nil
	}
	pred := "has"
	if t.several(&owner) {
		pred = "have"
	}
	return []Extraction{{pred, []string{t.argument(t.named(&owner)), t.argument(t.named(&thing))}, p.Confidence / 2}}
}

// partOf says whether "the THING of OWNER" names something that the owner has: both are definite, and the thing is neither an act nor a
// measure nor what the owner is ("the city of Lima") or what the clause says of its subject.
func (t *tree) partOf(thing, owner int) bool {
	w := &t.Words[thing]
	if lemma := lower(w.Lemma); w.UPOS != "NOUN" || quantityNouns[lemma] || actNouns[lemma] || temporalNouns[lemma] || t.child(thing, "cop") >= 0 ||
		w.Deprel == "xcomp" || t.Words[owner].UPOS == "PROPN" && placeNouns[lemma] {
		return false
	}
	return t.definite(thing) && t.definite(owner)
}

// definite says whether nominal i is a name or known by its determiner or possessor.
func (t *tree) definite(i int) bool {
	if d := t.child(i, "det"); d >= 0 {
		switch lower(t.Words[d].Form) {
		case "the", "this", "these", "that", "those":
			return true
		}
		return false
	}
	return t.Words[i].UPOS == "PROPN" || t.child(i, "nmod:poss") >= 0
}

// named returns the words that name a, with its determiners.
func (t *tree) named(a *Argument) []int {
	words := a.Minimal.Words
	for _, k := range t.kids[a.Head] {
		if t.Words[k].Deprel == "nummod" || t.Words[k].Deprel == "det" && k < a.Head {
			words = merge(words, []int{k})
		}
	}
	return t.unquoted(words)
}

// be returns the form of "be" that agrees with nominal i.
func (t *tree) be(i int, past bool) string {
	form := "is"
	if t.plural(i) {
		form = "are"
	}
	if past {
		return map[string]string{"is": "was", "are": "were"}[form]
	}
	return form
}

// several says whether a names more than one thing.
func (t *tree) several(a *Argument) bool {
	if !t.plural(a.Head) || t.Words[a.Head].XPOS == "NNS" || t.Words[a.Head].XPOS == "NNPS" || t.Words[a.Head].UPOS == "PRON" {
		return t.plural(a.Head)
	}
	for _, m := range t.conjuncts(a.Head)[1:] {
		if slices.Contains(a.Words, m) {
			return true
		}
	}
	return false
}

// plural says whether the word i, with what is listed from it on, stands for more than one thing.
func (t *tree) plural(i int) bool {
	w := &t.Words[i]
	if w.XPOS == "NNS" || w.XPOS == "NNPS" || len(t.conjuncts(i)) > 1 && w.Deprel != "conj" {
		return true
	}
	switch lower(w.Form) {
	case "they", "we", "you", "these", "those":
		return true
	}
	return false
}

// toldInPast says whether the clause above i is in the past tense.
func (t *tree) toldInPast(i int) bool {
	for h := t.Words[i].Head; h >= 0; h = t.Words[h].Head {
		for _, k := range append([]int{h}, t.kids[h]...) {
			switch w := &t.Words[k]; {
			case k != h && w.Deprel != "aux" && w.Deprel != "aux:pass" && w.Deprel != "cop":
			case w.XPOS == "VBD":
				return true
			case w.XPOS == "VBZ" || w.XPOS == "VBP" || w.XPOS == "MD":
				return false
			}
		}
	}
	return false
}

// reduced says whether p is a clause without its form of "be": "debts owed to Peru", "settlers growing rice", "troops loyal to the king".
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

// owned puts whom a possessive pronoun stands for where p has the pronoun as its subject ("his talks with Peru"); it returns false
// where that is not known.
func (t *tree) owned(p *Proposition) bool {
	s := p.Args[0].Head
	if t.Words[s].XPOS != "PRP$" {
		return true
	}
	if s = t.ownerOf(s); s < 0 {
		return false
	}
	p.Args = slices.Clone(p.Args)
	p.Args[0] = (&reader{tree: t}).conjunct(s, Subject, nil)
	return true
}

// ownerOf returns whom possessive pronoun k stands for: the subject of its clause or who acts in it, where they agree with it; -1 for none.
// The nearest clause whose subject does not hold k itself counts.
func (t *tree) ownerOf(k int) int {
	inside := []int{k}
	for h := t.Words[k].Head; h >= 0; h = t.Words[h].Head {
		if t.Words[inside[len(inside)-1]].Deprel == "conj" && t.nominal(h) && t.agrees(k, h, false) {
			return h // "Peru and its allies"
		}
		s := t.child(h, "nsubj", "nsubj:pass")
		if s >= 0 && t.Words[k].Head == h && t.nominal(h) {
			return -1 // "the reason was its weight": the reason has no weight
		}
		if s >= 0 && !slices.Contains(inside, s) {
			for _, c := range [2]int{s, t.child(h, "obl:agent")} {
				if c >= 0 && !slices.Contains(inside, c) && t.agrees(k, c, t.plural(c)) {
					return c
				}
			}
			return -1
		}
		inside = append(inside, h)
	}
	return -1
}

// agrees says whether possessive pronoun k can stand for nominal i, which is one thing or several.
func (t *tree) agrees(k, i int, several bool) bool {
	w := &t.Words[i]
	person := w.UPOS == "PROPN" && strings.HasSuffix(w.NER, "PER") || isAgentNoun(w.Lemma)
	several = several || w.XPOS == "NNS" || w.XPOS == "NNPS"
	form := lower(w.Form)
	switch lower(t.Words[k].Form) {
	case "his":
		return form == "he" || person && !several
	case "her":
		return form == "she" || person && !several
	case "its":
		return form == "it" || !person && !several && w.UPOS != "PRON"
	case "their":
		return form == "they" || several && w.UPOS != "PRON"
	}
	return false
}

// binary renders p as binary extractions with short arguments; governor is the proposition whose purpose p is, nil for none.
func (t *tree) binary(p, governor *Proposition) (found []Extraction) {
	list := p.Args
	words := slices.Clone(p.Words)
	if governor != nil {
		words = t.withMark(p)
	}
	pred := t.text(slices.DeleteFunc(words, func(i int) bool {
		return t.Words[i].Deprel == "advmod" && connectives[lower(t.Words[i].Form)]
	}))
	if governor != nil {
		above := t.text(governor.Words)
		if len(governor.Args) > 1 && (governor.Args[1].Role == Object || governor.Args[1].Role == Attribute) {
			above += " " + t.text(t.short(&governor.Args[1]))
		}
		pred = above + " " + pred
	}
	by := p.Passive && p.Args[0].Role == Subject
	if by {
		list = append([]Argument{p.Args[1], p.Args[0]}, p.Args[2:]...)
	}
	if len(list) > 2 && list[1].Role == Object && list[2].Role == Attribute && !t.nominal(list[2].Head) {
		// "kept them" | "warm" says less than "kept" | "them warm".
		whole := list[1]
		whole.Words, whole.Minimal.Words = merge(whole.Words, list[2].Words), merge(t.short(&list[1]), list[2].Words)
		list = slices.Concat(list[:1], []Argument{whole}, list[3:])
	}
	subject := t.argument(t.short(&list[0]))
	for n, a := range list[1:] {
		if n > 0 && a.Role == Time && t.Words[a.Head].UPOS == "ADV" && len(a.Words) == 1 {
			continue // "now" is hardly a thing that something is said of
		}
		base := pred
		if o := t.child(a.Head, "obj"); a.Role == Clause && a.Case != "" && t.Words[a.Head].XPOS == "VBG" && o > a.Head {
			// "died after leaving" | "Lima"
			base += " " + t.text(a.CaseWords) + " " + t.text([]int{a.Head})
			a = (&reader{tree: t}).argument(o, Object)
		}
		for m, part := range t.parts(&a) {
			rel := base
			switch {
			case by && n == 0:
				rel += " by"
			case a.Case == "":
			case len(part.CaseWords) > 0:
				rel += " " + t.text(part.CaseWords)
			default:
				rel += " " + part.Case
			}
			object := t.argument(t.short(&part))
			found = append(found, Extraction{rel, []string{subject, object}, p.Confidence})
			if !p.Noun {
				found = append(found, t.modifiers(subject, rel, &part, p.Confidence)...)
			}
			if n == 0 && m == 0 && (a.Role == Object || a.Role == Attribute) && !by && base == pred {
				pred += " " + object
			}
		}
		if p.Noun {
			break // the description already says what its noun is of
		}
	}
	return found
}

func (t *tree) nominal(i int) bool {
	switch t.Words[i].UPOS {
	case "NOUN", "PROPN", "PRON", "NUM":
		return true
	}
	return false
}

// parts returns a; where it is a list, each of its conjuncts; where it is a place that says what it lies in ("Lima, Peru"), that
// too.
func (t *tree) parts(a *Argument) []Argument {
	if a.Role == Clause {
		return t.clauses(a)
	}
	var conj []int
	for _, m := range t.conjuncts(a.Head) {
		if slices.Contains(a.Words, m) {
			conj = append(conj, m)
		}
	}
	r := &reader{tree: t}
	parts := []Argument{*a}
	if len(conj) > 1 {
		parts = nil
		for _, m := range conj {
			part := r.conjunct(m, a.Role, conj)
			if m == a.Head || part.Case == "" {
				part.Case, part.CaseWords = a.Case, a.CaseWords
			}
			parts = append(parts, part)
		}
	}
	for n := 0; n < len(parts); n++ {
		for _, k := range t.kids[parts[n].Head] {
			if t.rel(k) == "appos" || t.Words[k].Deprel == "nmod:unmarked" {
				if r.placeInPlace(parts[n].Head, k) {
					around := r.conjunct(k, a.Role, nil)
					around.Case, around.CaseWords = a.Case, a.CaseWords
					parts = append(parts, around)
				}
			}
		}
	}
	return parts
}

// clauses returns clause a, or the clauses that are conjoined in it, each with the subject that they share.
func (t *tree) clauses(a *Argument) []Argument {
	parts := []Argument{*a}
	for _, k := range t.kids[a.Head] {
		if t.Words[k].Deprel != "conj" || !t.clausal(k) || !slices.Contains(a.Words, k) {
			continue
		}
		own := t.subtree(nil, k, func(m int) bool { return t.Words[m].Head == k && t.rel(m) == "cc" })
		slices.Sort(own)
		rest := without(parts[0].Words, t.subtree(nil, k, nil))
		if s := t.child(a.Head, "nsubj", "nsubj:pass"); s >= 0 && t.child(k, "nsubj", "nsubj:pass", "csubj", "expl") < 0 {
			own = merge(own, t.subtree(nil, s, nil))
			if x := t.Words[k].XPOS; x == t.Words[a.Head].XPOS && (x == "VB" || x == "VBN" || x == "VBG") && t.child(k, "aux", "aux:pass") < 0 {
				for _, m := range t.kids[a.Head] { // "will sell and lend"
					if t.Words[m].Deprel == "aux" || t.Words[m].Deprel == "aux:pass" {
						own = merge(own, []int{m})
					}
				}
			}
		}
		parts[0].Words = t.trim(rest)
		parts = append(parts, Argument{Phrase: Phrase{Words: t.trim(own), Head: k}, Role: Clause})
	}
	return parts
}

// short returns the words of a that stand for it where it is read alone: the minimal phrase with possessor and number.
func (t *tree) short(a *Argument) []int {
	if a.Role == Clause {
		words := a.Words
		if m := t.child(a.Head, "mark"); m >= 0 && m < words[0] && lower(t.Words[m].Form) == "that" {
			words = merge(words, []int{m})
		}
		return t.unquoted(words)
	}
	if of := t.counted(a); of != nil {
		return t.short(of)
	}
	words := a.Minimal.Words
	for _, k := range t.kids[a.Head] {
		switch t.Words[k].Deprel {
		case "appos":
			if r := (&reader{tree: t}); r.nameOf(a.Head, k) && slices.Contains(a.Words, k) {
				words = merge(words, without(r.conjunct(k, Object, nil).Words, t.quotes(a.Words))) // "the film `` A Day ''"
			}
		case "nmod:poss", "nummod":
			words = merge(words, t.subtree(nil, k, nil))
		case "det": // "these talks", "any talks"; not "they all"
			if k > a.Head {
				continue
			}
			switch lower(t.Words[k].Form) {
			case "a", "an", "the":
			default:
				words = merge(words, []int{k})
			}
		}
	}
	keep := words[:0:0]
	for _, i := range words { // a number or possessor that was taken out of the argument stays out
		if slices.Contains(a.Words, i) {
			keep = append(keep, i)
		}
	}
	return t.unquoted(keep)
}

// counted returns the part of a that its head only counts, "six ships" of "a total of six ships", nil for none.
func (t *tree) counted(a *Argument) *Argument {
	if !pureQuantities[lower(t.Words[a.Head].Lemma)] {
		return nil
	}
	for _, k := range t.kids[a.Head] {
		if _, form := t.caseOf(k); form == "of" && t.Words[k].Deprel == "nmod" && slices.Contains(a.Words, k) && len(t.conjuncts(k)) == 1 {
			of := (&reader{tree: t}).conjunct(k, a.Role, nil)
			return &of
		}
	}
	return nil
}

// unquoted returns words without quotation marks and other punctuation at the ends, and without a quotation mark that has lost
// its partner.
func (t *tree) unquoted(words []int) []int {
	if marks := t.quotes(words); len(marks) == 1 {
		words = without(words, marks)
	}
	for len(words) > 1 && t.Words[words[0]].UPOS == "PUNCT" {
		words = words[1:]
	}
	for len(words) > 1 && t.Words[words[len(words)-1]].UPOS == "PUNCT" {
		words = words[:len(words)-1]
	}
	return words
}

// quotes returns the quotation marks among words.
func (t *tree) quotes(words []int) (marks []int) {
	for _, i := range words {
		if t.Words[i].UPOS == "PUNCT" && !t.punct(i) {
			marks = append(marks, i)
		}
	}
	return marks
}

// modifiers gives each prepositional modifier of argument a its own extraction: "uses a combination of" | "priorities".
func (t *tree) modifiers(subject, rel string, a *Argument, confidence float64) (found []Extraction) {
	if a.Role == Clause || a.Role == Time {
		return nil
	}
	if of := t.counted(a); of != nil {
		return t.modifiers(subject, rel, of, confidence)
	}
	for _, k := range t.kids[a.Head] {
		cases, form := t.caseOf(k)
		if t.Words[k].Deprel != "nmod" || len(cases) == 0 || k < a.Head || form == "including" {
			continue
		}
		r := &reader{tree: t}
		conj := t.conjuncts(k)
		for _, m := range conj {
			part := r.conjunct(m, Oblique, conj)
			head := without(t.short(a), t.subtree(nil, k, nil))
			deeper := rel + " " + t.text(head) + " " + t.text(cases)
			found = append(found, Extraction{deeper, []string{subject, t.argument(t.short(&part))}, confidence})
			found = append(found, t.modifiers(subject, deeper, &part, confidence)...)
		}
	}
	return found
}
