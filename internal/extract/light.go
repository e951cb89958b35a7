package extract

// handover adds, for a light verb with an act as its object, the proposition of the act: "hold talks with X" relates to X,
// "subject X to torture" is torture of X.
func (r *reader) handover(p *Proposition, c *clause) {
	if c.lemma == "subject" && len(p.Args) > 2 && p.Args[1].Role == Object {
		for _, a := range p.Args[2:] {
			if a.Case == "to" && a.Role == Oblique {
				q := *p
				q.Rule, q.Derived = "light", true
				q.Lemma = c.lemma + " " + lower(r.Words[a.Head].Lemma)
				q.Args = p.Args[:2:2]
				r.keep(q)
			}
		}
		return
	}
	if !light[c.lemma] || len(p.Args) < 2 || p.Args[1].Role != Object {
		return
	}
	o := p.Args[1].Head
	if r.Words[o].UPOS != "NOUN" || !actNouns[lower(r.Words[o].Lemma)] {
		return
	}
	q := *p
	q.Rule, q.Derived = "light", true
	q.Lemma = c.lemma + " " + lower(r.Words[o].Lemma)
	q.Words = merge(p.Words, []int{o})
	subject := 0
	q.Args = []Argument{p.Args[subject]}
	for _, k := range r.kids[o] {
		if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && form != "" {
			q.Args = append(q.Args, r.argument(k, Oblique))
		}
	}
	q.Args = append(q.Args, p.Args[2:]...)
	r.keep(q)
}

// helped: "attacked with the support of Russia", "forces with the backing of Russia" say that Russia supports them: k is the
// noun of the help.
func (r *reader) helped(k int, whom []int, st status) {
	if _, form := r.caseOf(k); form != "with" && form != "without" || !helping[lower(r.Words[k].Lemma)] {
		return
	} else if form == "without" {
		st.polarity = Negative
	} else {
		st.polarity = Positive
	}
	for _, m := range r.kids[k] {
		if _, form := r.caseOf(m); r.Words[m].Deprel != "nmod:poss" && (r.Words[m].Deprel != "nmod" || form != "of" && form != "from") {
			continue
		}
		for _, helper := range r.conjuncts(m) {
			for _, s := range whom {
				r.add("helped", Predicate{Phrase: Phrase{Words: []int{k}, Head: k}, Lemma: lower(r.Words[k].Lemma), Noun: true}, st,
					r.possessor(helper), r.conjunct(s, Object, whom))
			}
		}
	}
}
