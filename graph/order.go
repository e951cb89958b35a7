package graph

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// ordered takes the place of shape.Sort: nodes in ascending order, numbers first and by size, the others by their text in N-Quads.
// Cayley's gives the further ways to a node as those of the node before it.
type ordered struct {
	from shape.Shape
	v    *view
	most int64 // of nodes that are wanted; 0 for all
}

func (s ordered) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, opt := s.from.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	return ordered{from, s.v, s.most}, opt
}

func (s ordered) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return orderedNodes{s.from.BuildIterator(qs), s.v, s.most}
}

type orderedNodes struct {
	sub  iterator.Shape
	v    *view
	most int64
}

func (s orderedNodes) String() string                 { return "Ordered" }
func (s orderedNodes) SubIterators() []iterator.Shape { return []iterator.Shape{s.sub} }
func (s orderedNodes) Lookup() iterator.Index         { return s.sub.Lookup() } // in an intersection, where others give the order

func (s orderedNodes) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, opt := s.sub.Optimize(ctx)
	return orderedNodes{sub, s.v, s.most}, opt
}

func (s orderedNodes) Stats(ctx context.Context) (iterator.Costs, error) {
	c, err := s.sub.Stats(ctx)
	c.NextCost *= 2
	return c, err
}

func (s orderedNodes) Iterate() iterator.Scanner {
	return &orderedScan{sub: s.sub.Iterate(), names: namer{v: s.v}, most: int(s.most)}
}

// way is a node, as it was reached in one way.
type way struct {
	ref  refs.Ref
	tags map[string]refs.Ref
	num  *big.Rat // where it is a number
	text string
}

type orderedScan struct {
	sub    iterator.Scanner
	names  namer
	most   int
	began  bool
	groups [][]way // the ways to each node
	node   int
	path   int
	err    error
}

func (it *orderedScan) String() string { return "Ordered" }
func (it *orderedScan) Err() error     { return it.err }
func (it *orderedScan) Close() error   { return it.sub.Close() }

func (it *orderedScan) at() *way {
	if !it.began || it.node >= len(it.groups) {
		return nil
	}
	return &it.groups[it.node][it.path]
}

func (it *orderedScan) Result() refs.Ref {
	if w := it.at(); w != nil {
		return w.ref
	}
	return nil
}

func (it *orderedScan) TagResults(dst map[string]refs.Ref) {
	if w := it.at(); w != nil {
		for tag, ref := range w.tags {
			dst[tag] = ref
		}
	}
}

func (it *orderedScan) Next(ctx context.Context) bool {
	if !it.began {
		it.began = true
		if it.err = it.read(ctx); it.err != nil {
			it.groups = nil
		}
		it.node = -1
	}
	it.path = 0
	if it.node < len(it.groups) {
		it.node++
	}
	return it.node < len(it.groups)
}

func (it *orderedScan) NextPath(context.Context) bool {
	if it.at() == nil || it.path+1 >= len(it.groups[it.node]) {
		return false
	}
	it.path++
	return true
}

func (it *orderedScan) read(ctx context.Context) error {
	take := func() map[string]refs.Ref {
		tags := map[string]refs.Ref{}
		it.sub.TagResults(tags)
		return tags
	}
	for it.sub.Next(ctx) {
		first := way{ref: it.sub.Result(), tags: take()}
		val, err := it.names.nameOf(first.ref)
		if err != nil {
			return err
		}
		if val != nil {
			first.num, _ = bigNumber(it.names.v.ns.term(val))
			first.text = val.String()
		}
		group := []way{first}
		for it.sub.NextPath(ctx) {
			group = append(group, way{ref: first.ref, tags: take()})
		}
		it.groups = append(it.groups, group)
		if it.most > 0 && len(it.groups) >= 2*it.most+1000 {
			it.sort()
			clear(it.groups[it.most:])
			it.groups = it.groups[:it.most]
		}
	}
	it.sort()
	return it.sub.Err()
}

func (it *orderedScan) sort() {
	slices.SortStableFunc(it.groups, func(a, b []way) int {
		x, y := &a[0], &b[0]
		switch {
		case x.num != nil && y.num != nil:
			return x.num.Cmp(y.num)
		case x.num != nil:
			return -1
		case y.num != nil:
			return 1
		}
		return cmp.Compare(x.text, y.text)
	})
}
