package extract

import "slices"

// The minimal rendering of open extractions: pairs of the words that name things.

// minimalOf renders p with short arguments; props are those of its sentence.
func (t *tree) minimalOf(p *Proposition, props []Proposition) []Extraction {
	if p.Derived || p.Text != "" {
		return nil
	}
	q := t.predicated(p)
	t.gerunds(&q)
	if len(q.Args) < 2 || !t.withOwner(&q) {
		return nil
	}
	return t.binary(&q, t.purposeOf(&q, props))
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
	if len(list) > 2 && list[1].Role == Object && list[2].Role == Attribute && !t.isNominal(list[2].Head) {
		// "kept them" | "warm" says less than "kept" | "them warm".
		whole := list[1]
		whole.Words, whole.Minimal.Words = merge(whole.Words, list[2].Words), merge(t.short(&list[1]), list[2].Words)
		list = slices.Concat(list[:1], []Argument{whole}, list[3:])
	}
	subject := t.argumentText(t.short(&list[0]))
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
			object := t.argumentText(t.short(&part))
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

func (t *tree) isNominal(i int) bool {
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
		rest := t.less(parts[0].Words, k)
		if s := t.child(a.Head, "nsubj", "nsubj:pass"); s >= 0 && !t.hasSubject(k) {
			own = merge(own, t.subtree(nil, s, nil))
			if x := t.Words[k].XPOS; x == t.Words[a.Head].XPOS && (x == "VB" || x == "VBN" || x == "VBG") &&
				t.child(k, "aux", "aux:pass") < 0 {
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
		if _, form := t.caseOf(k); form == "of" && t.Words[k].Deprel == "nmod" && slices.Contains(a.Words, k) &&
			len(t.conjuncts(k)) == 1 {
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

// modifiers gives each prepositional modifier of argument a its own extraction: "sells a mixture of" | "spices".
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
			head := t.less(t.short(a), k)
			deeper := rel + " " + t.text(head) + " " + t.text(cases)
			found = append(found, Extraction{deeper, []string{subject, t.argumentText(t.short(&part))}, confidence})
			found = append(found, t.modifiers(subject, deeper, &part, confidence)...)
		}
	}
	return found
}
