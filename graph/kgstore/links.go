package kgstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// links is a shape: the nodes that stand in one position of the quads that fit, once for each quad.
type links struct {
	src    source
	result int
	bound  quadIDs     // nodes that must stand there; 0: any
	save   [4][]string // tags of what stands there; a label must then be there
	subs   []sub
}

// sub says that one of its nodes must stand in a position.
type sub struct {
	pos   int
	shape shape.Shape // a *where, or any other
}

func (s links) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }

func (s links) BuildIterator(qs graph.QuadStore) iterator.Shape {
	it := &linksShape{links: s}
	for _, sb := range s.subs {
		if w, ok := sb.shape.(*where); ok {
			it.wheres = append(it.wheres, whereAt{sb.pos, w})
			continue
		}
		it.parts = append(it.parts, partAt{sb.pos, sb.shape.BuildIterator(qs)})
	}
	return it
}

type whereAt struct {
	pos int
	w   *where
}

type partAt struct {
	pos int
	it  iterator.Shape
}

// linksShape is links with its parts as iterators.
type linksShape struct {
	links
	wheres    []whereAt
	parts     []partAt
	optimized bool
	stats     *iterator.Costs
}

func (s *linksShape) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "kg links(%v of", positions[s.result])
	for p, id := range s.bound {
		if id != 0 {
			fmt.Fprintf(&b, " %v=%x", positions[p], id)
		}
	}
	for _, p := range s.parts {
		fmt.Fprintf(&b, " %v in %v", positions[p.pos], p.it)
	}
	for _, w := range s.wheres {
		fmt.Fprintf(&b, " %v in %v", positions[w.pos], w.w)
	}
	return b.String() + ")"
}

func (s *linksShape) SubIterators() []iterator.Shape {
	var list []iterator.Shape
	for _, p := range s.parts {
		list = append(list, p.it)
	}
	return list
}

func (s *linksShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	if !s.optimized {
		s.optimized = true
		for i := range s.parts {
			s.parts[i].it, _ = s.parts[i].it.Optimize(ctx)
		}
	}
	return s, false
}

// plain says whether each quad with the bound nodes is one result.
func (s *linksShape) plain() bool {
	return len(s.parts) == 0 && len(s.wheres) == 0 && (s.bound[label] != 0 || s.result != label && len(s.save[label]) == 0)
}

// Count returns the number of results where the counts that the store keeps tell it.
func (s *linksShape) Count(context.Context) (n int64, ok bool, err error) {
	if !s.plain() {
		return 0, false, nil
	}
	sn, err := s.src.hold()
	if err != nil {
		return 0, false, err
	}
	defer sn.let()
	return sn.size(s.bound)
}

func (s *linksShape) Stats(ctx context.Context) (iterator.Costs, error) {
	if s.stats != nil {
		return *s.stats, nil
	}
	c := iterator.Costs{NextCost: 1, ContainsCost: 2}
	sn, err := s.src.hold()
	if err != nil {
		return c, err
	}
	defer sn.let()
	n, exact, err := sn.size(s.bound)
	if err != nil {
		return c, err
	}
	c.Size = refs.Size{Value: n, Exact: exact && s.plain()}
	for _, p := range s.parts {
		st, err := p.it.Stats(ctx)
		if err != nil {
			return c, err
		}
		// So many quads at most, where each node has a few.
		c.Size.Value = min(c.Size.Value, st.Size.Value*fanOut+1)
		c.NextCost += st.ContainsCost
		c.ContainsCost += st.ContainsCost
	}
	for range s.wheres {
		c.Size.Value = c.Size.Value/4 + 1
		c.NextCost++
		c.ContainsCost++
	}
	s.stats = &c
	return c, nil
}

// fanOut is how many quads with a node and the other conditions there are, for want of better knowledge.
const fanOut = 4

// plan chooses where the quads come from: -1 for those with the bound nodes, or one of the parts, whose nodes are bound in turn.
// b are the nodes bound so far.
func (s *linksShape) plan(ctx context.Context, sn *Snapshot, b quadIDs) (driver int, w *whereAt, err error) {
	if len(s.parts) == 0 && len(s.wheres) == 0 {
		return -1, nil, nil
	}
	size, _, err := sn.size(b)
	if err != nil {
		return -1, nil, err
	}
	var all int64
	costs := make([]iterator.Costs, len(s.parts))
	for i, p := range s.parts {
		if recursive(p.it) {
			return i, nil, nil
		}
		if costs[i], err = p.it.Stats(ctx); err != nil {
			return -1, nil, err
		}
		all += costs[i].ContainsCost
	}
	driver = -1
	best := mul(size, 1+all+int64(len(s.wheres)))
	for i, c := range costs {
		if b[s.parts[i].pos] != 0 {
			continue
		}
		if cost := mul(c.Size.Value, c.NextCost+3+fanOut*(1+all-c.ContainsCost)); cost < best {
			driver, best = i, cost
		}
	}
	for i := range s.wheres {
		at := &s.wheres[i]
		if b[at.pos] != 0 {
			continue
		}
		n, err := at.w.size(sn, best/4)
		if err != nil {
			return -1, nil, err
		}
		if cost := mul(n, 4+fanOut*(1+all)); cost < best {
			driver, w, best = -1, at, cost
		}
	}
	return driver, w, nil
}

func mul(a, b int64) int64 {
	if a > 0 && b > (1<<62)/a {
		return 1 << 62
	}
	return a * b
}

func (s *linksShape) Iterate() iterator.Scanner {
	it := &linksScan{}
	it.init(s, nil)
	return it
}

func (s *linksShape) Lookup() iterator.Index {
	it := &linksIndex{s: s}
	it.sn, it.err = s.src.hold()
	if it.err == nil && s.plain() {
		if o, k := bestOrder(s.bound, s.result); k < 4 && o.pos[k] == s.result && k == s.bound.n() {
			it.sorted = true
			it.c.openBound(it.sn, o, k, s.bound)
		}
	}
	return it
}

// n is how many ids are not 0.
func (q *quadIDs) n() (n int) {
	for _, id := range q {
		if id != 0 {
			n++
		}
	}
	return n
}

// checkAt looks nodes of a position up in a part.
type checkAt struct {
	pos int
	idx iterator.Index
}

// testAt tests the values of a position. It remembers the last, since they come in runs.
type testAt struct {
	pos  int
	w    *where
	last uint64
	ok   bool
}

// linksScan goes over quads, of a bound beginning or for one node of a driving part after the other, and checks them.
type linksScan struct {
	s      *linksShape
	sn     *Snapshot
	own    bool // sn is held here
	c      scan
	o      *order
	bound  quadIDs
	tests  []testAt
	checks []checkAt
	driver iterator.Scanner
	at     int                    // position that the driver binds
	paths  []map[string]graph.Ref // tags of the ways by which the driver found its node
	path   int
	open   bool // c is on a beginning
	ranges []idRange
	range_ int
	valid  bool
	err    error
}

// init prepares a scan. Where a snapshot is given, the caller does the rest, for one node after the other.
func (it *linksScan) init(s *linksShape, sn *Snapshot) {
	it.s, it.bound, it.at = s, s.bound, -1
	if it.sn = sn; sn == nil {
		if it.sn, it.err = s.src.hold(); it.err != nil {
			return
		}
		it.own = true
	}
	if sn != nil {
		return
	}
	driver, w, err := s.plan(context.Background(), it.sn, it.bound)
	if err != nil {
		it.err = err
		return
	}
	it.prepare(driver, w)
	if it.driver == nil {
		it.begin(it.bound)
	}
}

// prepare makes the checks of all parts but the driving one.
func (it *linksScan) prepare(driver int, w *whereAt) {
	for i, p := range it.s.parts {
		if i == driver {
			it.driver, it.at = p.it.Iterate(), p.pos
			continue
		}
		it.checks = append(it.checks, checkAt{p.pos, p.it.Lookup()})
	}
	for i := range it.s.wheres {
		at := &it.s.wheres[i]
		if w == at {
			it.driver, it.at = at.w.iterate(it.sn), at.pos
			continue
		}
		it.tests = append(it.tests, testAt{pos: at.pos, w: at.w})
	}
}

// begin goes to the quads with these nodes.
func (it *linksScan) begin(b quadIDs) {
	it.bound = b
	o, k, err := it.sn.orderFor(b, it.s.result)
	if err != nil {
		it.err = err
		return
	}
	it.ranges, it.range_ = nil, 0
	for i := range it.tests {
		t := &it.tests[i]
		// An index where the tested position comes next lets a range of ids be read.
		if b[t.pos] != 0 || !t.w.narrow() {
			continue
		}
		if o2, k2 := bestOrder(b, t.pos); k2 >= k && k2 < 4 && o2.pos[k2] == t.pos {
			o, k = o2, k2
			it.ranges = t.w.ids
			break
		}
	}
	it.o = o
	it.c.openBound(it.sn, o, k, b)
	it.open = true
	if len(it.ranges) > 0 {
		it.range_ = -1
	}
}

// step goes to the next quad, within the ranges.
func (it *linksScan) step() bool {
	if it.ranges == nil {
		return it.c.next()
	}
	ok := false
	if it.range_ < 0 {
		it.range_ = 0
		ok = it.c.seek(it.ranges[0].lo)
	} else {
		ok = it.c.next()
	}
	p := it.o.pos[it.c.n]
	for ok {
		id := it.c.q[p]
		for it.range_ < len(it.ranges) && id > it.ranges[it.range_].hi {
			it.range_++
		}
		if it.range_ == len(it.ranges) {
			return false
		}
		if lo := it.ranges[it.range_].lo; id < lo {
			ok = it.c.seek(lo)
			continue
		}
		return true
	}
	return false
}

// passes checks the quad that the scan is on.
func (it *linksScan) passes(ctx context.Context) bool {
	q := &it.c.q
	if !fits(q, &it.bound) || q[label] == 0 && (it.s.result == label || len(it.s.save[label]) > 0) {
		return false
	}
	for i := range it.tests {
		t := &it.tests[i]
		id := q[t.pos]
		if id == 0 {
			return false
		}
		if id != t.last {
			ok, err := t.w.test(it.sn, id)
			if err != nil {
				it.err = err
				return false
			}
			t.last, t.ok = id, ok
		}
		if !t.ok {
			return false
		}
	}
	return it.check(ctx, len(it.checks))
}

// check looks the quad's nodes up in the first n parts, which thereby stand on their first ways to them.
func (it *linksScan) check(ctx context.Context, n int) bool {
	for _, c := range it.checks[:n] {
		id := it.c.q[c.pos]
		if id == 0 {
			return false
		}
		if !c.idx.Contains(ctx, NodeID(id)) {
			if err := c.idx.Err(); err != nil {
				it.err = err
			}
			return false
		}
	}
	return true
}

func (it *linksScan) Next(ctx context.Context) bool {
	it.valid = false
	for it.err == nil {
		if it.open {
			for it.step() {
				if it.passes(ctx) {
					it.valid, it.path = true, 0
					return true
				}
				if it.err != nil {
					return false
				}
			}
			it.open = false
			if it.c.err != nil {
				it.err = it.c.err
				return false
			}
		}
		if it.driver == nil {
			return false
		}
		if !it.driver.Next(ctx) {
			it.err = it.driver.Err()
			return false
		}
		id, ok := it.driver.Result().(NodeID)
		if !ok {
			continue // a value that is no node of this store
		}
		it.collect(ctx)
		b := it.s.bound
		if b[it.at] != 0 && b[it.at] != uint64(id) {
			continue
		}
		b[it.at] = uint64(id)
		it.begin(b)
	}
	return false
}

// collect gathers the ways by which the driver came to its node: each quad of the node has all of them.
func (it *linksScan) collect(ctx context.Context) {
	it.paths = it.paths[:0]
	for {
		tags := map[string]graph.Ref{}
		it.driver.TagResults(tags)
		it.paths = append(it.paths, tags)
		if !it.driver.NextPath(ctx) {
			break
		}
	}
}

func (it *linksScan) NextPath(ctx context.Context) bool {
	if !it.valid || it.err != nil {
		return false
	}
	if it.nextCheck(ctx) {
		return true
	}
	if it.path+1 < len(it.paths) {
		it.path++
		return it.check(ctx, len(it.checks))
	}
	return false
}

// nextCheck goes to the next combination of the ways in which parts have the quad's nodes.
func (it *linksScan) nextCheck(ctx context.Context) bool {
	for i, c := range it.checks {
		if c.idx.NextPath(ctx) {
			return it.check(ctx, i)
		}
		if err := c.idx.Err(); err != nil {
			it.err = err
			return false
		}
	}
	return false
}

// seekTo is Next to the first result from id on, for a scan that gives results in order: see sorted.
func (it *linksScan) seekTo(ctx context.Context, id uint64) bool {
	if it.err != nil || !it.c.seek(id) {
		it.valid, it.open = false, false
		if it.err == nil {
			it.err = it.c.err
		}
		return false
	}
	if it.passes(ctx) {
		it.valid, it.path = true, 0
		return true
	}
	return it.Next(ctx)
}

// sorted says whether results come in the order of their ids, so that seekTo may be used.
func (it *linksScan) sorted() bool {
	return it.err == nil && it.driver == nil && it.ranges == nil && it.c.n < 4 && it.o != nil && it.o.pos[it.c.n] == it.s.result
}

func (it *linksScan) Result() graph.Ref {
	if !it.valid {
		return nil
	}
	return NodeID(it.c.q[it.s.result])
}

func (it *linksScan) TagResults(dst map[string]graph.Ref) {
	if !it.valid {
		return
	}
	if it.path < len(it.paths) {
		for tag, ref := range it.paths[it.path] {
			dst[tag] = ref
		}
	}
	for _, c := range it.checks {
		c.idx.TagResults(dst)
	}
	for p, tags := range it.s.save {
		for _, tag := range tags {
			dst[tag] = NodeID(it.c.q[p])
		}
	}
}

func (it *linksScan) String() string { return it.s.String() }
func (it *linksScan) Err() error     { return it.err }

func (it *linksScan) Close() error {
	it.c.close()
	var first error
	if it.driver != nil {
		first = it.driver.Close()
	}
	for _, c := range it.checks {
		if err := c.idx.Close(); first == nil {
			first = err
		}
	}
	if it.own {
		it.own = false
		it.sn.let()
	}
	it.valid, it.open = false, false
	return first
}

// linksIndex looks nodes up: in one index that has them next to the bound ones, or else by a scan of the quads of each.
type linksIndex struct {
	s      *linksShape
	sn     *Snapshot
	sorted bool
	c      scan // where sorted
	ahead_ uint64
	known  bool // the first result from the last node on is ahead_
	scan   *linksScan
	fixed  bool // a driver in scan is few known nodes
	valid  bool
	err    error
}

func (it *linksIndex) Contains(ctx context.Context, v graph.Ref) bool {
	it.valid = false
	node, ok := v.(NodeID)
	if !ok || it.err != nil {
		return false
	}
	id := uint64(node)
	if b := it.s.bound[it.s.result]; b != 0 && b != id {
		return false
	}
	if it.sorted {
		it.known = false
		if it.c.seek(id) {
			it.ahead_ = it.c.q[it.s.result]
		} else if it.err = it.c.err; it.err != nil {
			return false
		} else {
			it.ahead_ = ^uint64(0)
		}
		it.known = true
		it.valid = it.ahead_ == id
		return it.valid
	}
	b := it.s.bound
	b[it.s.result] = id
	if it.scan == nil {
		it.scan = &linksScan{}
		it.scan.init(it.s, it.sn)
		driver, w := -1, (*whereAt)(nil)
		for i, p := range it.s.parts {
			if f, ok := p.it.(*iterator.Fixed); ok && len(f.Values()) <= 8 && p.pos != it.s.result {
				driver = i
				break
			}
		}
		it.fixed = driver >= 0
		it.scan.prepare(driver, w)
	}
	sc := it.scan
	if it.fixed {
		// The driver starts again for each node.
		sc.driver.Close()
		for _, p := range it.s.parts {
			if f, ok := p.it.(*iterator.Fixed); ok && p.pos == sc.at {
				sc.driver = f.Iterate()
				break
			}
		}
		sc.open = false
		it.valid = it.nextFixed(ctx, b)
		return it.valid
	}
	sc.begin(b)
	it.valid = sc.Next(ctx)
	it.err = sc.err
	return it.valid
}

// nextFixed is Next of a scan that few known nodes drive, with the result bound.
func (it *linksIndex) nextFixed(ctx context.Context, b quadIDs) bool {
	sc := it.scan
	for it.err == nil {
		if sc.open {
			for sc.step() {
				if sc.passes(ctx) {
					sc.valid, sc.path = true, 0
					return true
				}
				if it.err = sc.err; it.err != nil {
					return false
				}
			}
			sc.open = false
			if it.err = sc.c.err; it.err != nil {
				return false
			}
		}
		if !sc.driver.Next(ctx) {
			it.err = sc.driver.Err()
			return false
		}
		id, ok := sc.driver.Result().(NodeID)
		if !ok || b[sc.at] != 0 && b[sc.at] != uint64(id) {
			continue
		}
		b2 := b
		b2[sc.at] = uint64(id)
		sc.paths = sc.paths[:0]
		sc.begin(b2)
		it.err = sc.err
	}
	return false
}

// ahead is the first result from the node that was looked up last on, where it is known; the greatest number for none.
func (it *linksIndex) ahead() (uint64, bool) { return it.ahead_, it.known }

func (it *linksIndex) NextPath(ctx context.Context) bool {
	if !it.valid || it.err != nil {
		return false
	}
	if it.sorted {
		id := it.c.q[it.s.result]
		if it.c.next() && it.c.q[it.s.result] == id {
			return true
		}
		it.err = it.c.err
		it.valid = false
		return false
	}
	if it.scan.NextPath(ctx) {
		return true
	}
	if it.fixed {
		b := it.s.bound
		b[it.s.result] = it.scan.bound[it.s.result]
		it.valid = it.nextFixed(ctx, b)
		return it.valid
	}
	it.valid = it.scan.Next(ctx)
	it.err = it.scan.err
	return it.valid
}

func (it *linksIndex) Result() graph.Ref {
	switch {
	case !it.valid:
		return nil
	case it.sorted:
		return NodeID(it.c.q[it.s.result])
	}
	return it.scan.Result()
}

func (it *linksIndex) TagResults(dst map[string]graph.Ref) {
	switch {
	case !it.valid:
	case it.sorted:
		for p, tags := range it.s.save {
			for _, tag := range tags {
				dst[tag] = NodeID(it.c.q[p])
			}
		}
	default:
		it.scan.TagResults(dst)
	}
}

func (it *linksIndex) String() string { return it.s.String() }
func (it *linksIndex) Err() error     { return it.err }

func (it *linksIndex) Close() error {
	it.c.close()
	var err error
	if it.scan != nil {
		err = it.scan.Close()
	}
	if it.sn != nil {
		it.sn.let()
		it.sn = nil
	}
	it.valid = false
	return err
}
