package kgstore

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
)

// union is a shape: the nodes of all parts, once for each way. Cayley's own forgets, in look-ups, all parts but the first that
// has a node.
type union []shape.Shape

func (u union) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return u, false }

func (u union) BuildIterator(qs graph.QuadStore) iterator.Shape {
	var parts []iterator.Shape
	for _, s := range u {
		parts = append(parts, s.BuildIterator(qs))
	}
	return &unionShape{iterator.NewOr(parts...), parts, false}
}

type unionShape struct {
	*iterator.Or
	parts     []iterator.Shape
	optimized bool
}

func (s *unionShape) String() string { return "kg union" }

func (s *unionShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	if !s.optimized {
		s.optimized = true
		for i := range s.parts {
			s.parts[i], _ = s.parts[i].Optimize(ctx)
		}
		s.Or = iterator.NewOr(s.parts...)
	}
	return s, false
}

func (s *unionShape) Stats(ctx context.Context) (iterator.Costs, error) {
	var c iterator.Costs
	for _, p := range s.parts {
		st, err := p.Stats(ctx)
		if err != nil {
			return c, err
		}
		c.Size.Value += st.Size.Value
		c.NextCost = max(c.NextCost, st.NextCost)
		c.ContainsCost += st.ContainsCost
	}
	return c, nil
}

func (s *unionShape) Lookup() iterator.Index {
	it := &unionIndex{}
	for _, p := range s.parts {
		it.parts = append(it.parts, p.Lookup())
	}
	return it
}

type unionIndex struct {
	parts  []iterator.Index
	at     int
	result graph.Ref
	err    error
}

func (it *unionIndex) Contains(ctx context.Context, v graph.Ref) bool {
	it.result, it.at = nil, 0
	return v != nil && it.find(ctx, v)
}

// find goes to the next part, from at on, that has v.
func (it *unionIndex) find(ctx context.Context, v graph.Ref) bool {
	for ; it.at < len(it.parts) && it.err == nil; it.at++ {
		p := it.parts[it.at]
		if p.Contains(ctx, v) {
			it.result = v
			return true
		}
		it.err = p.Err()
	}
	it.result = nil
	return false
}

func (it *unionIndex) NextPath(ctx context.Context) bool {
	if it.result == nil || it.err != nil {
		return false
	}
	if it.parts[it.at].NextPath(ctx) {
		return true
	}
	if it.err = it.parts[it.at].Err(); it.err != nil {
		return false
	}
	it.at++
	return it.find(ctx, it.result)
}

func (it *unionIndex) TagResults(dst map[string]graph.Ref) {
	if it.result != nil {
		it.parts[it.at].TagResults(dst)
	}
}

func (it *unionIndex) String() string    { return "kg union" }
func (it *unionIndex) Result() graph.Ref { return it.result }
func (it *unionIndex) Err() error        { return it.err }

func (it *unionIndex) Close() (first error) {
	for _, p := range it.parts {
		if err := p.Close(); first == nil {
			first = err
		}
	}
	return first
}
