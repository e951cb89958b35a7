package kgstore

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
)

// optimize turns a shape whose parts are optimized into one of this package. Cayley calls it from the leaves to the root.
func optimize(src source, s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		return optimizeAction(src, s)
	case shape.NodesFrom:
		return optimizeNodesFrom(src, s)
	case shape.Intersect:
		return optimizeIntersect(src, s, nil)
	case shape.IntersectOpt:
		return optimizeIntersect(src, s.Sub, s.Opt)
	case shape.Filter:
		return optimizeFilter(src, s)
	case shape.Union:
		return optimizeUnion(s)
	case shape.Except:
		from := s.From
		if from == nil {
			from = shape.AllNodes{}
		}
		if shape.IsNull(s.Exclude) || shape.IsNull(from) { // Cayley makes all nodes of the first
			return from, true
		}
		return except{from, s.Exclude}, true
	case shape.Sort:
		return inexact{s}, true
	}
	return s, false
}

func optimizeAction(src source, s shape.QuadsAction) (shape.Shape, bool) {
	l := links{src: src, result: positionOf(s.Result)}
	if l.result < 0 {
		return s, false
	}
	for d, ref := range s.Filter {
		p := positionOf(d)
		id, ok := ref.(NodeID)
		if !ok || p < 0 || id == 0 {
			return s, false
		}
		l.bound[p] = uint64(id)
	}
	for d, tags := range s.Save {
		p := positionOf(d)
		if p < 0 {
			return s, false
		}
		l.save[p] = append(l.save[p], tags...)
	}
	return l, true
}

func optimizeNodesFrom(src source, s shape.NodesFrom) (shape.Shape, bool) {
	list, ok := s.Quads.(shape.Quads)
	l := links{src: src, result: positionOf(s.Dir)}
	if !ok || l.result < 0 {
		return s, false
	}
	for _, f := range list {
		p := positionOf(f.Dir)
		if p < 0 {
			return s, false
		}
		vals := f.Values
		for {
			save, ok := vals.(shape.Save)
			if !ok {
				break
			}
			if _, all := save.From.(shape.AllNodes); !all {
				if _, one := shape.One(save.From); !one {
					break
				}
			}
			l.save[p] = append(l.save[p], save.Tags...)
			vals = save.From
		}
		if _, all := vals.(shape.AllNodes); all && (p != label || len(l.save[p]) > 0) {
			continue
		}
		if ref, ok := shape.One(vals); ok {
			if id, ok := ref.(NodeID); ok && id != 0 {
				if l.bound[p] != 0 && l.bound[p] != uint64(id) {
					return shape.Null{}, true
				}
				l.bound[p] = uint64(id)
				continue
			}
		}
		if shape.IsNull(vals) {
			return shape.Null{}, true
		}
		l.subs = append(l.subs, sub{p, vals})
	}
	return l, true
}

// optimizeUnion leaves out what is empty, and nil, which Cayley's own cannot build.
func optimizeUnion(s shape.Union) (shape.Shape, bool) {
	var parts shape.Union
	ofQuads := false
	for _, part := range s {
		if shape.IsNull(part) {
			continue
		}
		if _, ok := part.(shape.Quads); ok {
			ofQuads = true
		}
		parts = append(parts, part)
	}
	switch {
	case len(parts) == 0:
		return shape.Null{}, true
	case len(parts) == 1:
		return parts[0], true
	case ofQuads:
		return parts, len(parts) != len(s)
	}
	return union(parts), true
}

func optimizeFilter(src source, s shape.Filter) (shape.Shape, bool) {
	if shape.IsNull(s.From) {
		return shape.Null{}, true
	}
	w := newWhere(src, s.Filters)
	if w == nil {
		return s, false
	}
	switch from := s.From.(type) {
	case shape.AllNodes:
		return w, true
	case links:
		return from.with(w), true
	case join:
		return join{parts: append(from.parts[:len(from.parts):len(from.parts)], w), opt: from.opt}, true
	case shape.Save:
		if _, all := from.From.(shape.AllNodes); all {
			return shape.Save{From: w, Tags: from.Tags}, true
		}
	}
	return join{parts: []shape.Shape{s.From, w}}, true
}

// with adds a filter of the results.
func (s links) with(w *where) links {
	s.subs = append(s.subs[:len(s.subs):len(s.subs)], sub{s.result, w})
	return s
}

func optimizeIntersect(src source, list shape.Intersect, opt []shape.Shape) (shape.Shape, bool) {
	j := join{opt: opt}
	add := func(s shape.Shape) {
		if in, ok := s.(join); ok {
			j.parts = append(j.parts, in.parts...)
			j.opt = append(j.opt[:len(j.opt):len(j.opt)], in.opt...)
			return
		}
		j.parts = append(j.parts, s)
	}
	same := func() shape.Shape {
		if opt != nil {
			return shape.IntersectOpt{Sub: list, Opt: opt}
		}
		return list
	}
	for _, s := range list {
		if shape.IsNull(s) {
			return shape.Null{}, true
		}
		if _, ok := s.(shape.Quads); ok { // of quads, not of nodes
			return same(), false
		}
		add(s)
	}
	for _, s := range opt {
		if _, ok := s.(shape.Quads); ok {
			return same(), false
		}
	}
	// A filter works best within a step.
	at := -1
	for i, s := range j.parts {
		if _, ok := s.(links); ok {
			at = i
			break
		}
	}
	if at >= 0 {
		kept := j.parts[:0:0]
		l := j.parts[at].(links)
		for i, s := range j.parts {
			switch s := s.(type) {
			case *where:
				l = l.with(s)
			case shape.AllNodes:
			default:
				if i != at {
					kept = append(kept, s)
				}
			}
		}
		j.parts = append(kept, l)
	}
	if len(j.parts) == 1 && len(j.opt) == 0 {
		return j.parts[0], true
	}
	return j, true
}

// join is a shape: the nodes that all parts have, with the tags of each combination of the ways in which they have them; those of
// opt where they have the node too.
type join struct {
	parts, opt []shape.Shape
}

func (j join) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return j, false }

func (j join) BuildIterator(qs graph.QuadStore) iterator.Shape {
	it := &joinShape{}
	for _, s := range j.parts {
		it.parts = append(it.parts, s.BuildIterator(qs))
	}
	for _, s := range j.opt {
		it.opt = append(it.opt, s.BuildIterator(qs))
	}
	return it
}

type joinShape struct {
	parts, opt []iterator.Shape
	optimized  bool
	stats      *iterator.Costs
}

func (s *joinShape) String() string { return fmt.Sprintf("kg join(%v %v)", s.parts, s.opt) }
func (s *joinShape) SubIterators() []iterator.Shape {
	return append(append([]iterator.Shape(nil), s.parts...), s.opt...)
}

func (s *joinShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	if !s.optimized {
		s.optimized = true
		for _, list := range [][]iterator.Shape{s.parts, s.opt} {
			for i := range list {
				list[i], _ = list[i].Optimize(ctx)
			}
		}
	}
	return s, false
}

func (s *joinShape) Stats(ctx context.Context) (iterator.Costs, error) {
	if s.stats != nil {
		return *s.stats, nil
	}
	var c iterator.Costs
	for i, p := range s.parts {
		st, err := p.Stats(ctx)
		if err != nil {
			return c, err
		}
		if i == 0 || st.Size.Value < c.Size.Value {
			c.Size.Value, c.NextCost = st.Size.Value, st.NextCost
		}
		c.ContainsCost += st.ContainsCost
	}
	c.NextCost += c.ContainsCost
	s.stats = &c
	return c, nil
}

// driver is the part whose nodes are looked up in the others.
func (s *joinShape) driver(ctx context.Context) (int, error) {
	best, least := 0, int64(-1)
	var all int64
	costs := make([]iterator.Costs, len(s.parts))
	for i, p := range s.parts {
		if recursive(p) {
			return i, nil
		}
		var err error
		if costs[i], err = p.Stats(ctx); err != nil {
			return 0, err
		}
		all += costs[i].ContainsCost
	}
	for i, c := range costs {
		if cost := mul(c.Size.Value, c.NextCost+all-c.ContainsCost); least < 0 || cost < least {
			best, least = i, cost
		}
	}
	return best, nil
}

// recursive says whether an iterator is Cayley's for recursion. A look-up in that runs all of it, and then gives tags of other
// ways.
func recursive(it iterator.Shape) bool {
	for {
		switch s := it.(type) {
		case *iterator.Recursive:
			return true
		case *iterator.Save:
			it = s.SubIterators()[0]
		default:
			return false
		}
	}
}

func (s *joinShape) Iterate() iterator.Scanner {
	if len(s.parts) == 0 {
		return iterator.NewNull()
	}
	i, err := s.driver(context.Background())
	if err != nil {
		return iterator.NewError(err)
	}
	it := &joinScan{s: s, driver: s.parts[i].Iterate()}
	it.seeker, _ = it.driver.(seeker)
	for j, p := range s.parts {
		if j != i {
			it.checks = append(it.checks, p.Lookup())
		}
	}
	it.rest(s)
	return it
}

func (s *joinShape) Lookup() iterator.Index {
	it := &joinIndex{s: s}
	for _, p := range s.parts {
		it.checks = append(it.checks, p.Lookup())
	}
	it.rest(s)
	return it
}

// combination is a node in several parts: checks, which all have it, and opt, which may. The ways of all are combined.
type combination struct {
	checks []iterator.Index
	opt    []iterator.Index
	has    []bool // opt has it
	node   graph.Ref
	err    error
}

func (c *combination) rest(s *joinShape) {
	for _, p := range s.opt {
		c.opt = append(c.opt, p.Lookup())
	}
	c.has = make([]bool, len(c.opt))
}

// contains looks the node up everywhere.
func (c *combination) contains(ctx context.Context, v graph.Ref) bool {
	c.node = nil
	if !c.first(ctx, v, len(c.checks)) {
		return false
	}
	c.node = v
	for i, idx := range c.opt {
		c.has[i] = idx.Contains(ctx, v)
		if err := idx.Err(); err != nil {
			c.err = err
			return false
		}
	}
	return true
}

// first puts the first n checks on their first ways.
func (c *combination) first(ctx context.Context, v graph.Ref, n int) bool {
	for _, idx := range c.checks[:n] {
		if !idx.Contains(ctx, v) {
			if err := idx.Err(); err != nil {
				c.err = err
			}
			return false
		}
	}
	return true
}

// next goes to the next combination of ways.
func (c *combination) next(ctx context.Context) bool {
	if c.node == nil || c.err != nil {
		return false
	}
	for i, idx := range c.checks {
		if idx.NextPath(ctx) {
			return c.first(ctx, c.node, i)
		}
		if err := idx.Err(); err != nil {
			c.err = err
			return false
		}
	}
	for i, idx := range c.opt {
		if !c.has[i] {
			continue
		}
		if idx.NextPath(ctx) {
			for j := range i {
				if c.has[j] {
					c.opt[j].Contains(ctx, c.node)
				}
			}
			return c.first(ctx, c.node, len(c.checks))
		}
		if err := idx.Err(); err != nil {
			c.err = err
			return false
		}
	}
	return false
}

func (c *combination) tags(dst map[string]graph.Ref) {
	for _, idx := range c.checks {
		idx.TagResults(dst)
	}
	for i, idx := range c.opt {
		if c.has[i] {
			idx.TagResults(dst)
		}
	}
}

func (c *combination) close() (first error) {
	for _, list := range [][]iterator.Index{c.checks, c.opt} {
		for _, idx := range list {
			if err := idx.Close(); first == nil {
				first = err
			}
		}
	}
	return first
}

// seeker is a scan that gives its results in the order of their ids.
type seeker interface {
	sorted() bool
	seekTo(ctx context.Context, id uint64) bool
}

// aheader is a look-up that knows what comes next.
type aheader interface {
	ahead() (id uint64, ok bool)
}

type joinScan struct {
	combination
	s      *joinShape
	driver iterator.Scanner
	seeker seeker
}

func (it *joinScan) Next(ctx context.Context) bool {
	it.node = nil
	sorted := it.seeker != nil && it.seeker.sorted()
	target := uint64(0)
	for it.err == nil {
		ok := false
		if target != 0 {
			ok = it.seeker.seekTo(ctx, target)
			target = 0
		} else {
			ok = it.driver.Next(ctx)
		}
		if !ok {
			it.err = it.driver.Err()
			return false
		}
		v := it.driver.Result()
		if it.contains(ctx, v) {
			return true
		}
		if !sorted || it.err != nil {
			continue
		}
		// Leap over what one of the others does not have.
		id, _ := v.(NodeID)
		for _, idx := range it.checks {
			if a, ok := idx.(aheader); ok {
				if next, known := a.ahead(); known && next > uint64(id) && next > target {
					target = next
				}
			}
		}
		if target == ^uint64(0) {
			return false
		}
		if target == uint64(id)+1 {
			target = 0 // the next one anyway
		}
	}
	return false
}

func (it *joinScan) NextPath(ctx context.Context) bool {
	if it.combination.next(ctx) {
		return true
	}
	if it.node == nil || it.err != nil || !it.driver.NextPath(ctx) {
		return false
	}
	return it.contains(ctx, it.node)
}

func (it *joinScan) Result() graph.Ref { return it.node }

func (it *joinScan) TagResults(dst map[string]graph.Ref) {
	if it.node == nil {
		return
	}
	it.driver.TagResults(dst)
	it.combination.tags(dst)
}

func (it *joinScan) String() string { return it.s.String() }
func (it *joinScan) Err() error     { return it.err }

func (it *joinScan) Close() error {
	err := it.driver.Close()
	if err2 := it.combination.close(); err == nil {
		err = err2
	}
	it.node = nil
	return err
}

type joinIndex struct {
	combination
	s *joinShape
}

func (it *joinIndex) Contains(ctx context.Context, v graph.Ref) bool {
	return v != nil && it.err == nil && it.contains(ctx, v)
}
func (it *joinIndex) NextPath(ctx context.Context) bool { return it.combination.next(ctx) }
func (it *joinIndex) Result() graph.Ref                 { return it.node }
func (it *joinIndex) String() string                    { return it.s.String() }
func (it *joinIndex) Err() error                        { return it.err }
func (it *joinIndex) Close() error                      { return it.combination.close() }

func (it *joinIndex) TagResults(dst map[string]graph.Ref) {
	if it.node != nil {
		it.combination.tags(dst)
	}
}

// inexact is a shape whose iterator does not claim to know its size. Cayley's sort claims it for whatever it sorts, and then
// counts wrongly.
type inexact struct{ shape.Shape }

func (s inexact) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }
func (s inexact) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return inexactShape{s.Shape.BuildIterator(qs)}
}

type inexactShape struct{ iterator.Shape }

func (s inexactShape) Stats(ctx context.Context) (iterator.Costs, error) {
	c, err := s.Shape.Stats(ctx)
	c.Size.Exact = false
	return c, err
}

func (s inexactShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	s.Shape.Optimize(ctx)
	return s, false
}
