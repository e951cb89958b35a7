package extract

import "slices"

// handover adds, for a light verb with an act as its object, the proposition of the act: "hold talks with X" relates to X,
// "subject X to torture" is torture of X.
func (r *reader) handover(p *Proposition, c *clause) {
	if c.lemma == "subject" && len(p.Args) > 2 && p.Args[1].Role == Object {
		for _, a := range p.Args[2:] {
			if a.Case == "to" && a.Role == Oblique {
				q := *p
				q.Rule, q.Derived = "light", true
				q.Lemma = c.lemma + " to " + lower(r.Words[a.Head].Lemma)
				q.Args = p.Args[:2:2]
				r.keep(q)
			}
		}
		return
	}
	if c.passive && c.agent < 0 && light[c.lemma] && len(p.Args) > 1 && p.Args[0].Role == Object && r.isAct(p.Args[0].Head) {
		r.held(p)
		return
	}
	r.undergone(p, c)
	if !light[c.lemma] && !resuming[c.lemma] || len(p.Args) < 2 || p.Args[1].Role != Object {
		return
	}
	o := p.Args[1].Head
	if !r.isAct(o) || slices.ContainsFunc(p.Args[2:], func(a Argument) bool { return a.Role == Attribute }) {
		return // "make sales cheaper", "keep talks secret": an act is made such, not done
	}
	if m := r.child(o, "acl"); c.lemma == "have" && m > o && r.Words[m].XPOS == "VBN" {
		return // "had the attack foiled": nor is it had
	}
	q := *p
	q.Rule, q.Derived = "light", true
	verb := c.lemma
	if resuming[verb] {
		if verb == "announce" && !performative[lower(r.Words[o].Lemma)] && !uttered[lower(r.Words[o].Lemma)] {
			q.Modality = weaker(q.Modality, Planned)
		}
		if r.child(o, "nmod:poss") >= 0 || r.child(o, "nmod") < 0 {
			return // whose act it is the noun says; without more it is nobody's in particular
		}
		verb = "make"
	}
	if m := r.modified(o); m == unreal {
		q.Polarity = Negative // a determiner may have made the whole clause so
	} else if m != "" {
		q.Modality = weaker(q.Modality, m)
	}
	q.Lemma = verb + " " + lower(r.Words[o].Lemma)
	q.Words = merge(p.Words, r.actWords(o)) // "had given tentative approval"
	q.Args = []Argument{p.Args[0]}
	for _, k := range r.kids[o] {
		if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && form != "" {
			q.Args = append(q.Args, r.argument(k, Oblique))
		}
	}
	q.Args = append(q.Args, p.Args[2:]...)
	for _, k := range r.kids[o] {
		// "had no plans to sell the mill", "has no interest in selling it": without it the noun says nothing.
		if m := r.child(k, "mark"); r.Words[k].Deprel == "acl" && m > o && m < k && !r.hasSubject(k) && (r.infinitival(k) || r.Words[k].XPOS == "VBG") {
			a := r.argument(k, Clause)
			if r.Words[k].XPOS == "VBG" {
				a.Words = r.trim(without(a.Words, []int{m}))
				a.Case, a.CaseWords = lower(r.Words[m].Form), []int{m}
			}
			a.Minimal = a.Phrase
			q.Args = append(q.Args, a)
		}
	}
	r.keep(q)
}

// actWords returns noun o with the words before it that tell which act it names, without its article, its owner and what joins it to the
// act before it.
func (r *reader) actWords(o int) []int {
	words := r.subtree(nil, o, func(k int) bool {
		switch r.rel(k) {
		case "amod", "compound", "nummod", "cc", "conj", "punct", "advmod":
			return k > o
		}
		return true
	})
	for r.Words[words[0]].UPOS == "CCONJ" || r.Words[words[0]].UPOS == "PUNCT" {
		words = words[1:]
	}
	return words
}

// undergone: "the rebels received support from Peru": the other does it, the subject undergoes it.
func (r *reader) undergone(p *Proposition, c *clause) {
	if c.passive || len(p.Args) < 2 || p.Args[0].Role != Subject {
		return
	}
	switch a := &p.Args[1]; {
	case undergoing[c.lemma] && a.Role == Object:
	case c.lemma == "come" && a.Case == "under":
	default:
		return
	}
	o := p.Args[1].Head
	if !r.isAct(o) {
		return
	}
	var agents []int
	for _, k := range append(slices.Clone(r.kids[o]), c.obliques...) {
		if _, form := r.caseOf(k); (form == "from" || form == "by" || form == "of" && helping[lower(r.Words[o].Lemma)]) &&
			k > o && !r.temporal(k) && len(agents) == 0 {
			agents = r.conjuncts(k)
		}
	}
	for _, k := range agents {
		a, s := r.conjunct(k, Subject, agents), p.Args[0]
		s.Role = Object
		q := *p
		q.Predicate = Predicate{Phrase: Phrase{Words: []int{o}, Head: o}, Lemma: lower(r.Words[o].Lemma), Noun: true}
		q.Rule, q.Derived, q.Args = "helped", true, []Argument{a, s}
		if c.lemma == "face" {
			q.Modality = weaker(q.Modality, Possible)
		}
		r.keep(q)
	}
}

// held: "talks were held between Oslo and Lund" relates each two of those between whom the act was, once for all propositions that
// the list of them gives.
func (r *reader) held(p *Proposition) {
	k := p.Args[1].Head
	if p.Args[1].Case != "between" && p.Args[1].Case != "among" || r.Words[k].Deprel == "conj" {
		return
	}
	noun := p.Args[0].Head
	for _, pair := range r.pairs(r.parties(k)) {
		q := *p
		q.Predicate = Predicate{Phrase: Phrase{Words: []int{noun}, Head: noun}, Lemma: lower(r.Words[noun].Lemma), Noun: true}
		q.Rule, q.Derived, q.Args = "act", true, append(pair, p.Args[2:]...)
		r.keep(q)
	}
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
