package extract

// act: a nominalisation with its arguments: "Russia's support for Syria", "the bombing of Aleppo by the army", "a meeting
// between Lavrov and Tillerson".
// It returns false where the noun has not both of them.
func (r *reader) act(i int, st status) bool {
	pred := Predicate{Phrase: Phrase{Words: []int{i}, Head: i}, Lemma: lower(r.Words[i].Lemma), Noun: true}
	var agents, patients, others []Argument
	for _, k := range r.kids[i] {
		w := &r.Words[k]
		switch {
		case w.Deprel == "nmod:poss" && w.XPOS != "WP$" && !r.temporal(k):
			for _, m := range r.conjuncts(k) {
				agents = append(agents, r.possessor(m))
			}
		case r.rel(k) == "nmod" && k > i:
			conj := r.conjuncts(k)
			caseWords, form := r.caseOf(k)
			if form == "" || r.bracketed(i, k) {
				continue
			}
			if form == "between" && len(conj) == 2 || form == "among" {
				for n, m := range conj {
					a := r.conjunct(m, Subject, conj)
					a.Case, a.CaseWords = "", nil
					if n == 0 {
						agents = append(agents, a)
					} else {
						a.Role, a.Case, a.CaseWords = Oblique, "with", nil
						patients = append(patients, a)
					}
				}
				continue
			}
			for _, m := range r.kids[k] {
				// "the sale of the mill by Cuba": a parser hangs the agent below the mill.
				if _, by := r.caseOf(m); form == "of" && by == "by" && r.Words[m].Deprel == "nmod" {
					a := r.argument(m, Subject)
					agents = append(agents, a)
				}
			}
			for _, m := range conj {
				a := r.conjunct(m, Oblique, conj)
				a.Case, a.CaseWords = form, caseWords
				switch form {
				case "by":
					a.Role, a.Case, a.CaseWords = Subject, "", nil
					agents = append(agents, a)
				case "of", "on", "for", "with", "against", "to", "from", "over", "into", "about":
					if a.Role == Time {
						others = append(others, a)
					} else {
						patients = append(patients, a)
					}
				default:
					others = append(others, a)
				}
			}
		}
	}
	if len(agents) == 0 || len(patients) == 0 {
		return false
	}
	for _, s := range agents {
		s.Role = Subject
		// The first patient is the core; the others follow.
		r.add("act", pred, st, append(append([]Argument{s}, patients...), others...)...)
	}
	return true
}
