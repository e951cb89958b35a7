package kgstore

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// except is a shape: the nodes of from that are not among exclude. Cayley's own gives results tags of what is excluded.
type except struct{ from, exclude shape.Shape }

func (e except) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return e, false }

func (e except) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &exceptShape{from: e.from.BuildIterator(qs), exclude: e.exclude.BuildIterator(qs)}
}

type exceptShape struct {
	from, exclude iterator.Shape
	optimized     bool
}

func (s *exceptShape) String() string                 { return "kg except" }
func (s *exceptShape) SubIterators() []iterator.Shape { return []iterator.Shape{s.from, s.exclude} }

func (s *exceptShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	if !s.optimized {
		s.optimized = true
		s.from, _ = s.from.Optimize(ctx)
		s.exclude, _ = s.exclude.Optimize(ctx)
	}
	return s, false
}

func (s *exceptShape) Stats(ctx context.Context) (iterator.Costs, error) {
	c, err := s.from.Stats(ctx)
	if err != nil {
		return c, err
	}
	ex, err := s.exclude.Stats(ctx)
	c.NextCost += ex.ContainsCost
	c.ContainsCost += ex.ContainsCost
	c.Size = refs.Size{Value: c.Size.Value}
	return c, err
}

func (s *exceptShape) Iterate() iterator.Scanner {
	return &exceptScan{Scanner: s.from.Iterate(), exclude: s.exclude.Lookup()}
}

func (s *exceptShape) Lookup() iterator.Index {
	return &exceptIndex{Index: s.from.Lookup(), exclude: s.exclude.Lookup()}
}

type exceptScan struct {
	iterator.Scanner
	exclude iterator.Index
	err     error
}

func (it *exceptScan) Next(ctx context.Context) bool {
	for it.err == nil && it.Scanner.Next(ctx) {
		if !it.exclude.Contains(ctx, it.Result()) {
			it.err = it.exclude.Err()
			return it.err == nil
		}
	}
	return false
}

func (it *exceptScan) String() string { return "kg except" }

func (it *exceptScan) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.Scanner.Err()
}

func (it *exceptScan) Close() error {
	err := it.Scanner.Close()
	if err2 := it.exclude.Close(); err == nil {
		err = err2
	}
	return err
}

type exceptIndex struct {
	iterator.Index
	exclude iterator.Index
	err     error
}

func (it *exceptIndex) Contains(ctx context.Context, v graph.Ref) bool {
	if it.err != nil || it.exclude.Contains(ctx, v) {
		return false
	}
	if it.err = it.exclude.Err(); it.err != nil {
		return false
	}
	return it.Index.Contains(ctx, v)
}

func (it *exceptIndex) String() string { return "kg except" }

func (it *exceptIndex) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.Index.Err()
}

func (it *exceptIndex) Close() error {
	err := it.Index.Close()
	if err2 := it.exclude.Close(); err == nil {
		err = err2
	}
	return err
}
