package kgstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// Snapshot is one state of a store, as a graph.QuadStore that refuses writes. It is safe for concurrent use; its iterators are
// each for one goroutine. Close it when done; what still reads then gets ErrClosed.
type Snapshot struct {
	store *Store
	snap  *pebble.Snapshot
	st    state
	step  func() // where set, called before every access

	access sync.RWMutex // held for reading while a key is looked up, so that Close waits for that
	closed bool         // written with mu and access held

	mu    sync.Mutex
	free  [256][]*cursor // by the first byte of keys
	all   []*cursor
	holds int  // of iterators and calls of the store
	old   bool // the store has a newer one: closed with the last hold
}

// Snapshot returns the store's newest state.
func (s *Store) Snapshot() (*Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snapshot()
}

// snapshot makes one. For the holder of s.mu.
func (s *Store) snapshot() (*Snapshot, error) {
	if s.closed {
		return nil, ErrClosed
	}
	snap := &Snapshot{store: s, snap: s.db.NewSnapshot()}
	ok, err := get(snap.snap, stateKey, func(val []byte) error {
		var err error
		snap.st, err = decodeState(val)
		return err
	})
	if err == nil && !ok {
		err = errDamaged
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read store: %w", err), snap.snap.Close())
	}
	s.snaps[snap] = true
	return snap, nil
}

// renew makes readers of the store, not of snapshots, see what was written.
func (s *Store) renew() {
	s.mu.Lock()
	old := s.cur
	s.cur = nil
	s.mu.Unlock()
	if old != nil {
		old.mu.Lock()
		old.old = true
		idle := old.holds == 0
		old.mu.Unlock()
		if idle {
			old.Close()
		}
	}
}

// OnStep has fn called before every access to the store, so that it may end a read by a panic. Set it before the snapshot is
// used.
func (sn *Snapshot) OnStep(fn func()) { sn.step = fn }

// Close ends the snapshot and all of its iterators. Close again does nothing.
func (sn *Snapshot) Close() error {
	sn.store.mu.Lock() // so that the store is not closed meanwhile
	defer sn.store.mu.Unlock()
	delete(sn.store.snaps, sn)
	return sn.release()
}

func (sn *Snapshot) release() error {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	sn.access.Lock()
	defer sn.access.Unlock()
	if sn.closed {
		return nil
	}
	sn.closed = true
	all := sn.all
	sn.all, sn.free = nil, [256][]*cursor{}
	return sn.store.health.do(func() error { // it may start a compaction
		var errs []error
		for _, c := range all {
			errs = append(errs, c.end())
		}
		return errors.Join(append(errs, sn.snap.Close())...)
	})
}

// source is what iterators read: a snapshot, or the newest state of a store.
type source interface {
	// hold returns a snapshot that stays open until let is called.
	hold() (*Snapshot, error)
}

func (sn *Snapshot) hold() (*Snapshot, error) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.closed {
		return nil, ErrClosed
	}
	sn.holds++
	return sn, nil
}

func (s *Store) hold() (*Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cur == nil {
		snap, err := s.snapshot()
		if err != nil {
			return nil, err
		}
		s.cur = snap
	}
	return s.cur.hold()
}

func (sn *Snapshot) let() {
	sn.mu.Lock()
	sn.holds--
	idle := sn.old && sn.holds == 0
	sn.mu.Unlock()
	if idle {
		sn.Close()
	}
}

// enter comes before keys are looked up in sn.snap, and leave after; not one within the other.
func (sn *Snapshot) enter() error {
	if sn.step != nil {
		sn.step()
	}
	sn.access.RLock()
	if sn.closed {
		sn.access.RUnlock()
		return ErrClosed
	}
	return nil
}

func (sn *Snapshot) leave() { sn.access.RUnlock() }

// cursor goes over the keys that begin with a byte. It is for one goroutine; only the end of its snapshot may come in between.
type cursor struct {
	sn    *Snapshot
	first byte

	mu  sync.Mutex
	it  *pebble.Iterator // nil once the snapshot is closed
	key []byte           // where it stands, valid until it moves
	err error
}

// cursor lends one. They are kept for the next one: making one costs as much as several seeks.
func (sn *Snapshot) cursor(first byte) (*cursor, error) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.closed {
		return nil, ErrClosed
	}
	if n := len(sn.free[first]); n > 0 {
		c := sn.free[first][n-1]
		sn.free[first] = sn.free[first][:n-1]
		return c, nil
	}
	it, err := sn.snap.NewIter(&pebble.IterOptions{LowerBound: []byte{first}, UpperBound: []byte{first + 1}})
	if err != nil {
		return nil, err
	}
	c := &cursor{sn: sn, first: first, it: it}
	sn.all = append(sn.all, c)
	return c, nil
}

// back takes the cursor that was lent; none where c is nil.
func (c *cursor) back() {
	if c == nil {
		return
	}
	c.sn.mu.Lock()
	defer c.sn.mu.Unlock()
	if !c.sn.closed {
		c.sn.free[c.first] = append(c.sn.free[c.first], c)
	}
}

// end waits for the cursor's user and closes its iterator.
func (c *cursor) end() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	it := c.it
	c.it = nil
	return it.Close()
}

// seek goes to the first key from one on, next to the one after it; false at the end and after an error, which err has then.
func (c *cursor) seek(key []byte) bool {
	if !c.begin() {
		return false
	}
	defer c.mu.Unlock()
	return c.at(c.it.SeekGE(key))
}

func (c *cursor) next() bool {
	if !c.begin() {
		return false
	}
	defer c.mu.Unlock()
	return c.at(c.it.Next())
}

// begin locks the cursor where its snapshot is open.
func (c *cursor) begin() bool {
	if c.sn.step != nil {
		c.sn.step()
	}
	c.mu.Lock()
	if c.it == nil {
		c.mu.Unlock()
		c.err = ErrClosed
		return false
	}
	return true
}

func (c *cursor) at(ok bool) bool {
	if !ok {
		c.err = c.it.Error()
		return false
	}
	c.key = append(c.key[:0], c.it.Key()...)
	return true
}

// value calls fn with the value of the key, which is valid only there.
func (c *cursor) value(fn func(val []byte) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.it == nil {
		return ErrClosed
	}
	val, err := c.it.ValueAndErr()
	if err != nil {
		return err
	}
	return fn(val)
}

// scan goes over the keys of an index that begin with some ids.
type scan struct {
	sn     *Snapshot
	o      *order
	cur    *cursor
	prefix []byte
	buf    [quadKeyLen]byte
	n      int // ids in prefix
	began  bool
	q      quadIDs
	err    error
}

// open begins a scan of the quads with ids in the first positions of an index.
func (c *scan) open(sn *Snapshot, o *order, ids ...uint64) {
	if c.cur != nil && (c.sn != sn || c.o != o) {
		c.close()
	}
	c.sn, c.o, c.n, c.began = sn, o, len(ids), false
	c.prefix = append(c.buf[:0], o.key)
	for _, id := range ids {
		c.prefix = binary.BigEndian.AppendUint64(c.prefix, id)
	}
	if c.cur == nil && c.err == nil {
		c.cur, c.err = sn.cursor(o.key)
	}
}

func (c *scan) close() {
	c.cur.back()
	c.cur = nil
}

func (c *scan) next() bool {
	switch {
	case c.cur == nil || c.err != nil:
		return false
	case !c.began:
		c.began = true
		return c.at(c.cur.seek(c.prefix))
	}
	return c.at(c.cur.next())
}

// seek goes to the first quad from here on whose id behind the prefix is at least id.
func (c *scan) seek(id uint64) bool {
	if c.cur == nil || c.err != nil {
		return false
	}
	c.began = true
	return c.at(c.cur.seek(binary.BigEndian.AppendUint64(c.prefix, id)))
}

func (c *scan) at(ok bool) bool {
	if !ok {
		c.err = c.cur.err
		return false
	}
	if !bytes.HasPrefix(c.cur.key, c.prefix) {
		return false
	}
	if len(c.cur.key) != quadKeyLen {
		c.err = fmt.Errorf("key of an index: %w", errDamaged)
		return false
	}
	c.o.decode(c.cur.key, &c.q)
	return true
}

// seq is the sequence number of the quad, in the indexes that have it.
func (c *scan) seq() (n uint64) {
	err := c.cur.value(func(val []byte) (err error) {
		n, _, err = uvarint(val)
		return err
	})
	if err != nil {
		c.err = err
	}
	return n
}

// number finds the sequence number of a quad with a scan that is for nothing else. near: it mostly stands right behind the last one.
func (c *scan) number(sn *Snapshot, q *quadIDs, near bool) (uint64, error) {
	if c.cur == nil {
		c.open(sn, &orders[0])
	}
	if !(near && c.began && c.next() && c.q == *q) && c.err == nil {
		var key [quadKeyLen]byte
		c.began = true
		if !c.at(c.cur.seek(orders[0].append(key[:0], q))) || c.q != *q {
			return 0, errors.Join(c.err, fmt.Errorf("index of subjects: %w", errDamaged))
		}
	}
	if c.err != nil {
		return 0, c.err
	}
	n := c.seq()
	return n, c.err
}

// names keeps values by id. An id means one value for ever.
type names struct {
	mu sync.Mutex
	recent[uint64, quad.Value]
}

// cachedNames is how many values each of the two generations keeps; longer texts than cachedText are not kept.
const (
	cachedNames = 1 << 15
	cachedText  = 1 << 10
)

// value returns the value of an id, nil where there is none.
func (sn *Snapshot) value(id uint64) (quad.Value, error) {
	if id == 0 {
		return nil, nil
	}
	if inline(id) {
		return inlineValue(id), nil
	}
	n := &sn.store.names
	n.mu.Lock()
	v, ok := n.get(id, cachedNames)
	n.mu.Unlock()
	if ok {
		return v, nil
	}
	if err := sn.enter(); err != nil {
		return nil, err
	}
	e, found, err := readEntry(sn.snap, id)
	sn.leave()
	if err != nil || !found {
		return nil, err
	}
	if v = e.value(); v == nil {
		return nil, fmt.Errorf("value %x: %w", id, errDamaged)
	}
	if len(e.ident) <= cachedText {
		n.mu.Lock()
		n.put(id, v, cachedNames)
		n.mu.Unlock()
	}
	return v, nil
}

// idOf finds the id of a value; 0 where it is in no quad.
func (sn *Snapshot) idOf(v quad.Value) (uint64, error) {
	if v == nil {
		return 0, nil
	}
	if err := sn.enter(); err != nil {
		return 0, err
	}
	defer sn.leave()
	if id, err := sn.exactID(v); err != nil || id != 0 {
		return id, err
	}
	if alt := alternative(v); alt != nil {
		if back := alternative(alt); back == v || back == nil {
			return sn.exactID(alt)
		}
	}
	return 0, nil
}

// exactID is idOf without other notations of the value. For who has entered.
func (sn *Snapshot) exactID(v quad.Value) (uint64, error) {
	id, ok := inlineID(v)
	if !ok {
		e, err := entryOf(v)
		if err != nil {
			return 0, nil // no such value is in any store
		}
		var buf [128]byte
		if id, _, err = readID(sn.snap, e, buf[:0]); err != nil || id == 0 {
			return 0, err
		}
	}
	c, err := readCounts(sn.snap, id)
	if err != nil || c.total() == 0 {
		return 0, err
	}
	return id, nil
}

// counts are how many quads have a node, by position.
func (sn *Snapshot) counts(id uint64) (counts, error) {
	if err := sn.enter(); err != nil {
		return counts{}, err
	}
	defer sn.leave()
	return readCounts(sn.snap, id)
}

// ValueOf finds the node of a value; nil without an error where it is in no quad.
func (sn *Snapshot) ValueOf(v quad.Value) (graph.Ref, error) {
	id, err := sn.idOf(v)
	if err != nil || id == 0 {
		return nil, err
	}
	return NodeID(id), nil
}

// NameOf returns the value of a node, nil where there is none.
func (sn *Snapshot) NameOf(ref graph.Ref) (quad.Value, error) {
	switch r := ref.(type) {
	case nil:
		return nil, nil
	case NodeID:
		return sn.value(uint64(r))
	case refs.PreFetchedValue:
		return r.NameOf(), nil
	}
	return nil, nil // a node of another store
}

// ValuesOf is NameOf for many.
func (sn *Snapshot) ValuesOf(_ context.Context, list []graph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(list))
	if rising(list) {
		return out, sn.valuesOfRising(list, out)
	}
	var err error
	for i, r := range list {
		if out[i], err = sn.NameOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rising says that list is long and of rising ids, so that one iterator finds all their entries.
func rising(list []graph.Ref) bool {
	if len(list) < 64 {
		return false
	}
	last := NodeID(0)
	for _, r := range list {
		id, ok := r.(NodeID)
		if !ok || id < last {
			return false
		}
		last = id
	}
	return true
}

// valuesOfRising goes over the dictionary once: a seek to a key not far ahead costs a third of a look-up. What is read so is not
// worth a place in the cache.
func (sn *Snapshot) valuesOfRising(list []graph.Ref, out []quad.Value) error {
	if err := sn.enter(); err != nil {
		return err
	}
	defer sn.leave()
	var lower, buf [9]byte
	it, err := sn.snap.NewIter(&pebble.IterOptions{LowerBound: idKey(lower[:0], keyValue, uint64(list[0].(NodeID))),
		UpperBound: after([]byte{keyValue})})
	if err != nil {
		return err
	}
	for i, r := range list {
		id := uint64(r.(NodeID))
		if inline(id) {
			out[i] = inlineValue(id)
			continue
		}
		key := idKey(buf[:0], keyValue, id)
		if !it.SeekGE(key) || !bytes.Equal(it.Key(), key) {
			if err := it.Error(); err != nil {
				break
			}
			continue // gone, as in no consistent store
		}
		val, err := it.ValueAndErr()
		if err != nil {
			return errors.Join(err, it.Close())
		}
		e, err := decodeEntry(id, val)
		if err == nil {
			if out[i] = e.value(); out[i] == nil {
				err = fmt.Errorf("value %x: %w", id, errDamaged)
			}
		}
		if err != nil {
			return errors.Join(err, it.Close())
		}
	}
	return it.Close()
}

// RefsOf is ValueOf for many; a value that is in no quad is an error.
func (sn *Snapshot) RefsOf(_ context.Context, list []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(list))
	for i, v := range list {
		ref, err := sn.ValueOf(v)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			return nil, fmt.Errorf("not found: %v", v)
		}
		out[i] = ref
	}
	return out, nil
}

// Link is a quad by its nodes; Label is 0 where it has none. It is the graph.Ref of quads.
type Link struct {
	Subject, Predicate, Object, Label NodeID
}

// Key implements graph.Ref.
func (l Link) Key() any { return l }

func (l Link) ids() quadIDs {
	return quadIDs{uint64(l.Subject), uint64(l.Predicate), uint64(l.Object), uint64(l.Label)}
}

func linkOf(q quadIDs) Link {
	return Link{NodeID(q[0]), NodeID(q[1]), NodeID(q[2]), NodeID(q[3])}
}

// Quad returns the values of a quad.
func (sn *Snapshot) Quad(ref graph.Ref) (quad.Quad, error) {
	l, ok := ref.(Link)
	if !ok {
		return quad.Quad{}, fmt.Errorf("not a quad: %T", ref)
	}
	var q quad.Quad
	for i, id := range l.ids() {
		v, err := sn.value(id)
		if err != nil {
			return quad.Quad{}, err
		}
		if v != nil {
			q.Set(positions[i], v)
		}
	}
	return q, nil
}

// QuadDirection returns a node of a quad, nil for a label that there is not.
func (sn *Snapshot) QuadDirection(ref graph.Ref, d quad.Direction) (graph.Ref, error) {
	l, ok := ref.(Link)
	p := positionOf(d)
	if !ok || p < 0 {
		return nil, fmt.Errorf("%v of a quad: %T", d, ref)
	}
	if id := l.ids()[p]; id != 0 {
		return NodeID(id), nil
	}
	return nil, nil
}

// Stats returns the exact numbers of nodes and quads.
func (sn *Snapshot) Stats(context.Context, bool) (graph.Stats, error) {
	exactly := func(n uint64) refs.Size { return refs.Size{Value: int64(n), Exact: true} }
	return graph.Stats{Nodes: exactly(sn.st.nodes), Quads: exactly(sn.st.quads)}, nil
}

// Version tells states of a store apart: it grows with every transaction.
func (sn *Snapshot) Version() uint64 { return sn.st.seq }

// EachLink calls fn with every quad that has the nodes of pattern where those are not 0. With seq it also tells the number by
// which quads sort in the order in which they were added; they come sorted by their nodes. fn must not write to the store.
func (sn *Snapshot) EachLink(pattern Link, seq bool, fn func(l Link, seq uint64) error) error {
	b := pattern.ids()
	o, k, err := sn.orderFor(b, -1)
	if err != nil {
		return err
	}
	var c, bySubject scan
	defer c.close()
	defer bySubject.close()
	c.openBound(sn, o, k, b)
	for c.next() {
		if !fits(&c.q, &b) {
			continue
		}
		n := uint64(0)
		switch {
		case !seq:
		case c.o.seq:
			n = c.seq()
		default:
			if n, err = bySubject.number(sn, &c.q, o.key == keyLabel); err != nil {
				return err
			}
		}
		if err := fn(linkOf(c.q), n); err != nil {
			return err
		}
	}
	return errors.Join(c.err, bySubject.err)
}

// Sequence returns the numbers of quads that EachLink gives with seq; an error where one is not in the store. In the order of their
// nodes they are found faster.
func (sn *Snapshot) Sequence(list []Link) ([]uint64, error) {
	var c scan
	defer c.close()
	out := make([]uint64, len(list))
	for i, l := range list {
		q := l.ids()
		var err error
		if out[i], err = c.number(sn, &q, false); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// HasQuad says whether a quad is in the store.
func (sn *Snapshot) HasQuad(q quad.Quad) (bool, error) {
	var ids quadIDs
	for i, v := range [...]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil {
			continue
		}
		id, err := sn.idOf(v)
		if err != nil || id == 0 {
			return false, err
		}
		ids[i] = id
	}
	if err := sn.enter(); err != nil {
		return false, err
	}
	defer sn.leave()
	var buf [quadKeyLen]byte
	return get(sn.snap, orders[0].append(buf[:0], &ids), func([]byte) error { return nil })
}

// ApplyDeltas refuses.
func (sn *Snapshot) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter refuses.
func (sn *Snapshot) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }

// QuadIterator returns the quads that have a node in a direction.
func (sn *Snapshot) QuadIterator(d quad.Direction, v graph.Ref) iterator.Shape {
	return newQuads(sn, d, v)
}

// QuadsAllIterator returns all quads, NodesAllIterator all nodes.
func (sn *Snapshot) QuadsAllIterator() iterator.Shape { return &quads{src: sn, pos: -1} }
func (sn *Snapshot) NodesAllIterator() iterator.Shape { return &nodes{src: sn} }

// QuadIteratorSize returns how many quads have a node in a direction, exactly.
func (sn *Snapshot) QuadIteratorSize(_ context.Context, d quad.Direction, v graph.Ref) (refs.Size, error) {
	return quadsSize(sn, d, v)
}

// OptimizeShape implements shape.Optimizer.
func (sn *Snapshot) OptimizeShape(ctx context.Context, s shape.Shape) (shape.Shape, bool) {
	return optimize(sn, s)
}

// The store itself reads its newest state.

func (s *Store) with(fn func(sn *Snapshot) error) error {
	sn, err := s.hold()
	if err != nil {
		return err
	}
	defer sn.let()
	return fn(sn)
}

// ValueOf finds the node of a value; nil without an error where it is in no quad.
func (s *Store) ValueOf(v quad.Value) (ref graph.Ref, err error) {
	err = s.with(func(sn *Snapshot) error {
		ref, err = sn.ValueOf(v)
		return err
	})
	return ref, err
}

// NameOf returns the value of a node, nil where there is none.
func (s *Store) NameOf(ref graph.Ref) (v quad.Value, err error) {
	err = s.with(func(sn *Snapshot) error {
		v, err = sn.NameOf(ref)
		return err
	})
	return v, err
}

// ValuesOf is NameOf for many.
func (s *Store) ValuesOf(ctx context.Context, list []graph.Ref) (out []quad.Value, err error) {
	err = s.with(func(sn *Snapshot) error {
		out, err = sn.ValuesOf(ctx, list)
		return err
	})
	return out, err
}

// RefsOf is ValueOf for many; a value that is in no quad is an error.
func (s *Store) RefsOf(ctx context.Context, list []quad.Value) (out []graph.Ref, err error) {
	err = s.with(func(sn *Snapshot) error {
		out, err = sn.RefsOf(ctx, list)
		return err
	})
	return out, err
}

// Quad returns the values of a quad.
func (s *Store) Quad(ref graph.Ref) (q quad.Quad, err error) {
	err = s.with(func(sn *Snapshot) error {
		q, err = sn.Quad(ref)
		return err
	})
	return q, err
}

// QuadDirection returns a node of a quad, nil for a label that there is not.
func (s *Store) QuadDirection(ref graph.Ref, d quad.Direction) (graph.Ref, error) {
	return (*Snapshot)(nil).QuadDirection(ref, d)
}

// Stats returns the exact numbers of nodes and quads.
func (s *Store) Stats(ctx context.Context, exact bool) (st graph.Stats, err error) {
	err = s.with(func(sn *Snapshot) error {
		st, err = sn.Stats(ctx, exact)
		return err
	})
	return st, err
}

// SizeOf returns how many quads have a node anywhere.
func (s *Store) SizeOf(ref graph.Ref) int64 {
	var c counts
	id, ok := ref.(NodeID)
	err := s.with(func(sn *Snapshot) (err error) {
		c, err = sn.counts(uint64(id))
		return err
	})
	if err != nil || !ok {
		return 0
	}
	return int64(c.total())
}

// QuadIterator returns the quads that have a node in a direction.
func (s *Store) QuadIterator(d quad.Direction, v graph.Ref) iterator.Shape { return newQuads(s, d, v) }

// QuadsAllIterator returns all quads, NodesAllIterator all nodes.
func (s *Store) QuadsAllIterator() iterator.Shape { return &quads{src: s, pos: -1} }
func (s *Store) NodesAllIterator() iterator.Shape { return &nodes{src: s} }

// QuadIteratorSize returns how many quads have a node in a direction, exactly.
func (s *Store) QuadIteratorSize(_ context.Context, d quad.Direction, v graph.Ref) (refs.Size, error) {
	return quadsSize(s, d, v)
}

// OptimizeShape implements shape.Optimizer.
func (s *Store) OptimizeShape(ctx context.Context, sh shape.Shape) (shape.Shape, bool) {
	return optimize(s, sh)
}

var (
	_ graph.QuadStore = (*Store)(nil)
	_ shape.Optimizer = (*Store)(nil)
	_ refs.BatchNamer = (*Store)(nil)
	_ graph.QuadStore = (*Snapshot)(nil)
	_ shape.Optimizer = (*Snapshot)(nil)
	_ refs.BatchNamer = (*Snapshot)(nil)
)
