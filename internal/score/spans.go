package score

import (
	"cmp"
	"slices"
)

// Span is a range of characters of a text, the end outside, with what it is (entity type) or means (identifier).
type Span struct {
	Begin, End int
	Type       string
}

// overlap is the share of the characters of a and b together that both cover, 0 to 1.
func (a Span) overlap(b Span) float64 {
	return ratio(max(0, min(a.End, b.End)-max(a.Begin, b.Begin)), max(a.End, b.End)-min(a.Begin, b.Begin))
}

// Relation is a typed relation between two phrases of a text.
type Relation struct {
	Source, Target Span // their types may be empty
	Type           string
}

// Pair is a thing of the gold with the one of the output that meets it; either is nil where the other side lacks it.
type Pair[T any] struct {
	Gold, Output *T
	// Overlap is the share of characters that their spans have in common, of two spans the lesser share; 1 where all ends are the same.
	Overlap float64
}

// Matches counts pairs at two degrees: those with all ends right, and all, which share a character.
type Matches struct{ Exact, Overlap PRF }

// AddPair counts p in m.
func AddPair[T any](m *Matches, p Pair[T]) {
	var c PRF
	if p.Gold != nil {
		c.Gold = 1
	}
	if p.Output != nil {
		c.Output = 1
	}
	exact := c
	if p.Gold != nil && p.Output != nil {
		c.Correct = 1
		if p.Overlap == 1 {
			exact.Correct = 1
		}
	}
	m.Overlap.Add(c)
	m.Exact.Add(exact)
}

// PairSpans pairs typed spans of one text: of the same type, sharing a character, each with at most one, those that cover each other
// best first. What stands twice counts once.
func PairSpans(gold, out []Span) []Pair[Span] {
	return pair(distinct(gold), distinct(out), func(g, o Span) float64 {
		if g.Type != o.Type {
			return 0
		}
		return g.overlap(o)
	})
}

// PairRelations pairs typed relations of one text: of the same type, both ends sharing a character. Those of a type in symmetric
// pair either way round, and one that stands in both directions counts once.
func PairRelations(gold, out []Relation, symmetric map[string]bool) []Pair[Relation] {
	directed := func(rels []Relation) []Relation {
		rels = slices.Clone(rels)
		for i, r := range rels {
			r.Source.Type, r.Target.Type = "", ""
			if symmetric[r.Type] && (r.Target.Begin < r.Source.Begin || r.Target.Begin == r.Source.Begin && r.Target.End < r.Source.End) {
				r.Source, r.Target = r.Target, r.Source
			}
			rels[i] = r
		}
		return distinct(rels)
	}
	return pair(directed(gold), directed(out), func(g, o Relation) float64 {
		if g.Type != o.Type {
			return 0
		}
		overlap := min(g.Source.overlap(o.Source), g.Target.overlap(o.Target))
		if symmetric[g.Type] {
			overlap = max(overlap, min(g.Source.overlap(o.Target), g.Target.overlap(o.Source)))
		}
		return overlap
	})
}

// distinct returns items without repetitions, in order.
func distinct[T comparable](items []T) []T {
	seen := make(map[T]bool)
	var out []T
	for _, x := range items {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// pair meets gold and output one to one by falling overlap, 0 for those that do not meet. Pairs come in the order of the gold, then
// what is left of the output.
func pair[T any](gold, out []T, overlap func(g, o T) float64) []Pair[T] {
	type candidate struct {
		g, o    int
		overlap float64
	}
	var candidates []candidate
	for i, g := range gold {
		for j, o := range out {
			if s := overlap(g, o); s > 0 {
				candidates = append(candidates, candidate{i, j, s})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.overlap, a.overlap) })
	pairs := make([]Pair[T], len(gold))
	for i := range gold {
		pairs[i].Gold = &gold[i]
	}
	used := make([]bool, len(out))
	for _, c := range candidates {
		if pairs[c.g].Output == nil && !used[c.o] {
			used[c.o] = true
			pairs[c.g].Output, pairs[c.g].Overlap = &out[c.o], c.overlap
		}
	}
	for j := range out {
		if !used[j] {
			pairs = append(pairs, Pair[T]{Output: &out[j]})
		}
	}
	return pairs
}
