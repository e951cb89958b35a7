package extract

import "slices"

// existential: "There are four zones in Syria" says of the zones that they are and where. It returns false where c is no such clause.
func (r *reader) existential(c *clause, f frame) bool {
	there := r.child(c.head, "expl")
	if there < 0 || lower(r.Words[there].Form) != "there" || len(c.subjects) == 0 ||
		f.antecedent >= 0 && slices.Contains(c.subjects, f.antecedent) {
		return false
	}
	pred := Predicate{Phrase: Phrase{Words: merge(f.chain, c.words), Head: c.head}, Lemma: c.lemma}
	for _, s := range c.subjects {
		thing := r.conjunct(s, Subject, c.subjects)
		where := slices.Clone(c.obliques)
		for _, k := range r.kids[s] {
			// A parser hangs the place below the thing.
			if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && k > s && (placing[form] || r.temporal(k)) &&
				!actNouns[lower(r.Words[s].Lemma)] {
				thing.Words = r.trim(r.less(thing.Words, k))
				where = append(where, k)
			}
		}
		var core, rest []Argument
		for _, k := range where {
			if f.antecedent >= 0 && r.relative(k) {
				a := r.argument(f.antecedent, Oblique)
				a.CaseWords, a.Case = r.caseOf(k)
				core = append(core, a)
				continue
			}
			_, form := r.caseOf(k)
			if r.temporal(k) || r.circumstance(k) || len(core) > 0 || !placing[form] {
				rest = append(rest, r.argument(k, Oblique))
				continue
			}
			core = append(core, r.obliques(k)...)
		}
		if len(core) == 0 && len(rest) > 0 && (rest[0].Role == Time || rest[0].Role == Place) {
			core, rest = rest[:1], rest[1:]
		}
		for _, a := range core {
			p := r.proposition("existential", pred, f.status, append([]Argument{thing, a}, rest...)...)
			p.Derived = f.derived
			r.keep(p)
		}
	}
	return true
}
