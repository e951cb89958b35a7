package extract

import "slices"

// attribute finds who says the clause of h: "according to X", a parenthetical "X said".
func (r *reader) attribute(h int, c *clause, f *frame) {
	c.obliques = slices.DeleteFunc(c.obliques, func(k int) bool {
		if _, form := r.caseOf(k); form == "according to" || form == "in the words of" {
			a := r.argument(k, Subject)
			f.source, f.sourceSent = &a, r.sent
			return true
		}
		return false
	})
	for _, k := range r.kids[h] {
		if r.Words[k].Deprel != "parataxis" || !speech[lower(r.Words[k].Lemma)] || r.child(k, "ccomp", "obj") >= 0 {
			continue
		}
		if s := r.child(k, "nsubj"); s >= 0 && !r.relative(s) {
			a := r.argument(s, Subject)
			f.source, f.sourceSent = &a, r.sent
		}
	}
}

func (r *reader) speaker(c *clause) *Argument {
	if c.passive && c.agent >= 0 {
		a := r.argument(c.agent, Subject)
		return &a
	}
	if c.passive || len(c.subjects) == 0 {
		return nil
	}
	a := r.argument(c.subjects[0], Subject)
	return &a
}
