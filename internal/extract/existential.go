package extract

import "slices"

// existential: "There are four zones in Syria" says of the zones that they are and where. It returns false where c is no such clause.
func (r *reader) existential(c *clause, f frame) bool {
	there := r.child(c.head, "expl")
	if there < 0 || lower(r.Words[there].Form) != "there" || len(c.subjects) == 0 || f.antecedent >= 0 && slices.Contains(c.subjects, f.antecedent) {
		return false
	}
	words := merge(f.chain, c.words)
	pred := Predicate{Phrase: Phrase{Words: words, Head: c.head}, Lemma: c.lemma}
	var where []Argument
	for _, k := range c.obliques {
		where = append(where, r.argument(k, Oblique))
	}
	for _, s := range c.subjects {
		thing := r.conjunct(s, Subject, c.subjects)
		args := slices.Clone(where)
		for _, k := range r.kids[s] {
			// A parser hangs the place below the thing.
			if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && k > s && (placing[form] || r.temporal(k)) && !actNouns[lower(r.Words[s].Lemma)] {
				thing.Words = r.trim(without(thing.Words, r.subtree(nil, k, nil)))
				args = append(args, r.argument(k, Oblique))
			}
		}
		if len(args) == 0 {
			continue
		}
		slices.SortStableFunc(args, func(a, b Argument) int { // the place first, the time later
			return boolInt(a.Role == Time) - boolInt(b.Role == Time)
		})
		r.keep(Proposition{Sent: r.sent, Predicate: pred, Polarity: f.polarity, Modality: f.modality, Source: f.source, SourceSent: f.sourceSent, Via: f.via,
			Rule: "existential", Derived: f.derived, Args: append([]Argument{thing}, args...)})
	}
	return true
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
