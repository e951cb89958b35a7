package kgstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// Iterators of quads and of all nodes, with the newest state of the store, or the snapshot, at each Iterate or Lookup.

// quads are the quads that have a node in a position; all where pos is -1.
type quads struct {
	src source
	pos int
	id  uint64 // 0: no such node, so no quads
}

func newQuads(src source, d quad.Direction, v graph.Ref) iterator.Shape {
	id, _ := v.(NodeID)
	p := positionOf(d)
	if p < 0 {
		return iterator.NewError(fmt.Errorf("quads by %v", d))
	}
	return &quads{src: src, pos: p, id: uint64(id)}
}

func quadsSize(src source, d quad.Direction, v graph.Ref) (refs.Size, error) {
	q, ok := newQuads(src, d, v).(*quads)
	if !ok {
		return refs.Size{}, fmt.Errorf("quads by %v", d)
	}
	st, err := q.Stats(context.Background())
	return st.Size, err
}

func (s *quads) String() string {
	if s.pos < 0 {
		return "kg quads"
	}
	return fmt.Sprintf("kg quads(%v %x)", positions[s.pos], s.id)
}
func (s *quads) Optimize(context.Context) (iterator.Shape, bool) { return s, false }
func (s *quads) SubIterators() []iterator.Shape                  { return nil }

func (s *quads) Stats(context.Context) (iterator.Costs, error) {
	c := iterator.Costs{ContainsCost: 1, NextCost: 1, Size: refs.Size{Exact: true}}
	if s.pos >= 0 && s.id == 0 {
		return c, nil
	}
	sn, err := s.src.hold()
	if err != nil {
		return c, err
	}
	defer sn.let()
	if s.pos < 0 {
		c.Size.Value = int64(sn.st.quads)
		return c, nil
	}
	n, err := sn.counts(s.id)
	c.Size.Value = int64(n[s.pos])
	return c, err
}

func (s *quads) Iterate() iterator.Scanner {
	it := &quadsScan{s: s}
	if s.pos >= 0 && s.id == 0 {
		return it
	}
	if it.sn, it.c.err = s.src.hold(); it.c.err != nil {
		return it
	}
	if s.pos < 0 {
		it.c.open(it.sn, &orders[0])
	} else {
		it.c.open(it.sn, &orders[s.pos], s.id)
	}
	return it
}

func (s *quads) Lookup() iterator.Index { return &quadsIndex{s: s} }

type quadsScan struct {
	s  *quads
	sn *Snapshot
	c  scan
	at bool
}

func (it *quadsScan) String() string                  { return it.s.String() }
func (it *quadsScan) TagResults(map[string]graph.Ref) {}
func (it *quadsScan) NextPath(context.Context) bool   { return false }
func (it *quadsScan) Err() error                      { return it.c.err }

func (it *quadsScan) Next(context.Context) bool {
	it.at = it.c.next()
	return it.at
}

func (it *quadsScan) Result() graph.Ref {
	if !it.at {
		return nil
	}
	return linkOf(it.c.q)
}

func (it *quadsScan) Close() error {
	it.c.close()
	if it.sn != nil {
		it.sn.let()
		it.sn = nil
	}
	return nil
}

type quadsIndex struct {
	s      *quads
	result graph.Ref
}

func (it *quadsIndex) String() string                  { return it.s.String() }
func (it *quadsIndex) TagResults(map[string]graph.Ref) {}
func (it *quadsIndex) NextPath(context.Context) bool   { return false }
func (it *quadsIndex) Err() error                      { return nil }
func (it *quadsIndex) Close() error                    { return nil }
func (it *quadsIndex) Result() graph.Ref               { return it.result }

func (it *quadsIndex) Contains(_ context.Context, v graph.Ref) bool {
	l, ok := v.(Link)
	if !ok || it.s.pos >= 0 && (it.s.id == 0 || l.ids()[it.s.pos] != it.s.id) {
		return false
	}
	it.result = v
	return true
}

// nodes are all nodes.
type nodes struct{ src source }

func (s *nodes) String() string                                  { return "kg nodes" }
func (s *nodes) Optimize(context.Context) (iterator.Shape, bool) { return s, false }
func (s *nodes) SubIterators() []iterator.Shape                  { return nil }

func (s *nodes) Stats(context.Context) (iterator.Costs, error) {
	c := iterator.Costs{ContainsCost: 1, NextCost: 1, Size: refs.Size{Exact: true}}
	sn, err := s.src.hold()
	if err != nil {
		return c, err
	}
	defer sn.let()
	c.Size.Value = int64(sn.st.nodes)
	return c, nil
}

func (s *nodes) Iterate() iterator.Scanner {
	it := &nodesScan{}
	if it.sn, it.c.err = s.src.hold(); it.c.err == nil {
		it.c.open(it.sn)
	}
	return it
}

func (s *nodes) Lookup() iterator.Index {
	it := &nodesIndex{}
	it.sn, it.err = s.src.hold()
	return it
}

// countScan goes over the keys of nodes.
type countScan struct {
	began bool
	cur   *cursor
	id    uint64
	err   error
}

func (c *countScan) open(sn *Snapshot) { c.cur, c.err = sn.cursor(keyCount) }

func (c *countScan) next() bool {
	if !c.began {
		return c.seek(0)
	}
	return c.err == nil && c.at(c.cur.next())
}

// seek goes to the first node from id on.
func (c *countScan) seek(id uint64) bool {
	c.began = true
	var buf [9]byte
	return c.err == nil && c.at(c.cur.seek(idKey(buf[:0], keyCount, id)))
}

func (c *countScan) at(ok bool) bool {
	if !ok {
		c.err = c.cur.err
		return false
	}
	if len(c.cur.key) != idKeyLen {
		c.err = fmt.Errorf("counts of a node: %w", errDamaged)
		return false
	}
	c.id = binary.BigEndian.Uint64(c.cur.key[1:])
	return true
}

type nodesScan struct {
	sn *Snapshot
	c  countScan
	at bool
}

func (it *nodesScan) String() string                  { return "kg nodes" }
func (it *nodesScan) TagResults(map[string]graph.Ref) {}
func (it *nodesScan) NextPath(context.Context) bool   { return false }
func (it *nodesScan) Err() error                      { return it.c.err }

func (it *nodesScan) Next(context.Context) bool {
	it.at = it.c.next()
	return it.at
}

func (it *nodesScan) Result() graph.Ref {
	if !it.at {
		return nil
	}
	return NodeID(it.c.id)
}

func (it *nodesScan) Close() error {
	it.c.cur.back()
	it.c.cur = nil
	if it.sn != nil {
		it.sn.let()
		it.sn = nil
	}
	return nil
}

type nodesIndex struct {
	sn     *Snapshot
	result graph.Ref
	err    error
}

func (it *nodesIndex) String() string                  { return "kg nodes" }
func (it *nodesIndex) TagResults(map[string]graph.Ref) {}
func (it *nodesIndex) NextPath(context.Context) bool   { return false }
func (it *nodesIndex) Err() error                      { return it.err }
func (it *nodesIndex) Result() graph.Ref               { return it.result }

func (it *nodesIndex) Contains(_ context.Context, v graph.Ref) bool {
	id, ok := v.(NodeID)
	if !ok || it.err != nil {
		return false
	}
	c, err := it.sn.counts(uint64(id))
	if it.err = err; err != nil || c.total() == 0 {
		return false
	}
	it.result = v
	return true
}

func (it *nodesIndex) Close() error {
	if it.sn != nil {
		it.sn.let()
		it.sn = nil
	}
	return nil
}

// size returns how many quads fit the ids that are not 0. Where that would take more than a look at counts or a few keys, it is
// an estimate.
func (sn *Snapshot) size(b quadIDs) (n int64, exact bool, err error) {
	bound := 0
	least := int64(sn.st.quads)
	var c [4]counts
	for p, id := range b {
		if id == 0 {
			continue
		}
		bound++
		if c[p], err = sn.counts(id); err != nil {
			return 0, false, err
		}
		least = min(least, int64(c[p][p]))
	}
	if bound <= 1 || least == 0 {
		return least, true, nil
	}
	if bound == 2 && b[predicate] != 0 && b[label] == 0 {
		p := subject
		if b[object] != 0 {
			p = object
		}
		if c[p][p] > hubFrom {
			var buf [18]byte
			n := uint64(0)
			if err := sn.enter(); err != nil {
				return 0, false, err
			}
			defer sn.leave()
			_, err := get(sn.snap, hubKey(buf[:0], p, b[p], b[predicate]), func(val []byte) error {
				n, _, err = uvarint(val)
				return err
			})
			return int64(n), true, err
		}
	}
	// Some keys of the best index.
	const most = 64
	var s scan
	defer s.close()
	o, k := bestOrder(b, -1)
	if b[label] != 0 && k < bound {
		return least, false, nil
	}
	s.openBound(sn, o, k, b)
	for n < most && s.next() {
		n++
	}
	if s.err != nil {
		return 0, false, s.err
	}
	if n < most {
		return n, true, nil
	}
	return max(least/4, most), false, nil
}

// fits says whether a quad has all ids that are not 0.
func fits(q, bound *quadIDs) bool {
	for p, id := range bound {
		if id != 0 && q[p] != id {
			return false
		}
	}
	return true
}

// bestOrder is the index where most bound positions come first, and how many; among equals one where next follows them. Of two
// equal ones without next it is the earlier.
func bestOrder(b quadIDs, next int) (*order, int) {
	best, most := &orders[0], -1
	for i := range orders {
		o := &orders[i]
		k := o.leading(&b)
		if k > most || k == most && k < 4 && o.pos[k] == next && best.pos[k] != next {
			best, most = o, k
		}
	}
	return best, most
}

func (c *scan) openBound(sn *Snapshot, o *order, k int, b quadIDs) {
	var ids [4]uint64
	for i := range k {
		ids[i] = b[o.pos[i]]
	}
	c.open(sn, o, ids[:k]...)
}

// orderFor is bestOrder, but where a label competes with other positions, the one with fewer quads.
func (sn *Snapshot) orderFor(b quadIDs, next int) (*order, int, error) {
	o, k := bestOrder(b, next)
	if b[label] == 0 {
		return o, k, nil
	}
	rest := b
	rest[label] = 0
	o2, k2 := bestOrder(rest, next)
	if k2 == 0 {
		return o, k, nil
	}
	byGraph := &orders[3]
	kl := byGraph.leading(&b)
	byLabel, by := quadIDs{label: b[label]}, quadIDs{}
	for _, p := range byGraph.pos[:kl] {
		byLabel[p] = b[p]
	}
	for _, p := range o2.pos[:k2] {
		by[p] = b[p]
	}
	n1, _, err1 := sn.size(byLabel)
	n2, _, err2 := sn.size(by)
	if err := errors.Join(err1, err2); err != nil {
		return nil, 0, err
	}
	if n1 < n2 {
		return byGraph, kl, nil
	}
	return o2, k2, nil
}
