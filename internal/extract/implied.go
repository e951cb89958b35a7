package extract

import "slices"

// What noun phrases imply: who has what, and whom a possessive pronoun stands for.

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
		if c := thing.Case; (c == "in" || c == "at" || c == "on" || c == "near") && t.Words[thing.Head].UPOS == "PROPN" &&
			thing.Role != Time && t.known(owner.Head) {
			owner.Minimal.Words = t.less(owner.Minimal.Words, thing.Head)
			return []Extraction{{t.be(owner.Head, false) + " " + c,
				[]string{t.argumentText(t.named(&owner)), t.argumentText(t.named(&thing))}, p.Confidence / 2}}
		}
		owner, thing = thing, owner
		if owner.Case != "of" || !t.partOf(thing.Head, owner.Head) {
			return nil
		}
		if k := t.child(owner.Head, "appos"); k > owner.Head && t.Words[k].UPOS == "PROPN" && t.Words[owner.Head].UPOS == "NOUN" {
			owner = r.conjunct(k, Subject, nil) // "the deck of the old ferry Aurora"
		}
		thing.Minimal.Words = t.less(thing.Minimal.Words, p.Args[1].Head)
	default:
		return nil
	}
	pred := "has"
	if t.several(&owner) {
		pred = "have"
	}
	return []Extraction{{pred, []string{t.argumentText(t.named(&owner)), t.argumentText(t.named(&thing))}, p.Confidence / 2}}
}

// partOf says whether "the THING of OWNER" names something that the owner has: both are definite, and the thing is neither an act
// nor a measure nor what the owner is ("the city of Lima") or what the clause says of its subject.
func (t *tree) partOf(thing, owner int) bool {
	w := &t.Words[thing]
	if lemma := lower(w.Lemma); w.UPOS != "NOUN" || quantityNouns[lemma] || actNouns[lemma] || temporalNouns[lemma] ||
		t.child(thing, "cop") >= 0 ||
		w.Deprel == "xcomp" || t.Words[owner].UPOS == "PROPN" && placeNouns[lemma] {
		return false
	}
	return t.known(thing) && t.known(owner)
}

// known says whether nominal i is a name or known by its determiner or possessor.
func (t *tree) known(i int) bool {
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

// withOwner puts whom a possessive pronoun stands for where p has the pronoun as its subject ("his talks with Peru"); it returns
// false where that is not known.
func (t *tree) withOwner(p *Proposition) bool {
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

// ownerOf returns whom possessive pronoun k stands for: the subject of its clause or who acts in it, where they agree with it; -1
// for none. The nearest clause whose subject does not hold k itself counts.
func (t *tree) ownerOf(k int) int {
	inside := []int{k}
	for h := t.Words[k].Head; h >= 0; h = t.Words[h].Head {
		if t.Words[inside[len(inside)-1]].Deprel == "conj" && t.isNominal(h) && t.agrees(k, h, false) {
			return h // "Peru and its allies"
		}
		s := t.child(h, "nsubj", "nsubj:pass")
		if s >= 0 && t.Words[k].Head == h && t.isNominal(h) {
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
	person := w.UPOS == "PROPN" && ner(w.NER) == "PER" || isAgentNoun(w.Lemma)
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
