package kgstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// Snapshot is one state of a store, as a graph.QuadStore that refuses writes. It is safe for concurrent use; its iterators are
// each for one goroutine. Close it when done.
type Snapshot struct {
	store *Store
	snap  *pebble.Snapshot
	st    state
	step  func() // where set, called before every access

	closed atomic.Bool // written with mu held

	mu    sync.Mutex
	free  [256][]*pebble.Iterator // by the first byte of keys
	all   []*pebble.Iterator
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
	if sn.closed.Swap(true) {
		return nil
	}
	var errs []error
	for _, it := range sn.all {
		errs = append(errs, it.Close())
	}
	sn.all, sn.free = nil, [256][]*pebble.Iterator{}
	return errors.Join(append(errs, sn.snap.Close())...)
}

// source is what iterators read: a snapshot, or the newest state of a store.
type source interface {
	// hold returns a snapshot that stays open until let is called.
	hold() (*Snapshot, error)
}

func (sn *Snapshot) hold() (*Snapshot, error) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.closed.Load() {
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

// check comes before every access.
func (sn *Snapshot) check() error {
	if sn.step != nil {
		sn.step()
	}
	if sn.closed.Load() {
		return ErrClosed
	}
	return nil
}

// iter lends an iterator over the keys that begin with a byte. They are kept for the next one: making one costs as much as
// several seeks.
func (sn *Snapshot) iter(key byte) (*pebble.Iterator, error) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.closed.Load() {
		return nil, ErrClosed
	}
	if n := len(sn.free[key]); n > 0 {
		it := sn.free[key][n-1]
		sn.free[key] = sn.free[key][:n-1]
		return it, nil
	}
	it, err := sn.snap.NewIter(&pebble.IterOptions{LowerBound: []byte{key}, UpperBound: []byte{key + 1}})
	if err != nil {
		return nil, err
	}
	sn.all = append(sn.all, it)
	return it, nil
}

// back takes an iterator that was lent.
func (sn *Snapshot) back(key byte, it *pebble.Iterator) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if it != nil && !sn.closed.Load() {
		sn.free[key] = append(sn.free[key], it)
	}
}

// scan goes over the keys of an index that begin with some ids.
type scan struct {
	sn     *Snapshot
	o      *order
	it     *pebble.Iterator
	prefix []byte
	buf    [quadKeyLen]byte
	n      int // ids in prefix
	began  bool
	q      quadIDs
	err    error
}

// open begins a scan of the quads with ids in the first positions of an index.
func (c *scan) open(sn *Snapshot, o *order, ids ...uint64) {
	if c.it != nil && (c.sn != sn || c.o != o) {
		c.close()
	}
	c.sn, c.o, c.n, c.began = sn, o, len(ids), false
	c.prefix = append(c.buf[:0], o.key)
	for _, id := range ids {
		c.prefix = binary.BigEndian.AppendUint64(c.prefix, id)
	}
	if c.it == nil && c.err == nil {
		c.it, c.err = sn.iter(o.key)
	}
}

func (c *scan) close() {
	if c.it != nil {
		c.sn.back(c.o.key, c.it)
		c.it = nil
	}
}

func (c *scan) ready() bool {
	if c.it == nil || c.err != nil {
		return false
	}
	c.err = c.sn.check()
	return c.err == nil
}

func (c *scan) next() bool {
	if !c.ready() {
		return false
	}
	if !c.began {
		c.began = true
		return c.at(c.it.SeekGE(c.prefix))
	}
	return c.at(c.it.Next())
}

// seek goes to the first quad from here on whose id behind the prefix is at least id.
func (c *scan) seek(id uint64) bool {
	if !c.ready() {
		return false
	}
	c.began = true
	return c.at(c.it.SeekGE(binary.BigEndian.AppendUint64(c.prefix, id)))
}

func (c *scan) at(ok bool) bool {
	if !ok {
		c.err = c.it.Error()
		return false
	}
	key := c.it.Key()
	if !bytes.HasPrefix(key, c.prefix) {
		return false
	}
	if len(key) != quadKeyLen {
		c.err = fmt.Errorf("key of an index: %w", errDamaged)
		return false
	}
	c.o.decode(key, &c.q)
	return true
}

// seq is the sequence number of the quad, in the indexes that have it.
func (c *scan) seq() uint64 {
	n, _, err := uvarint(c.it.Value())
	if err != nil {
		c.err = err
	}
	return n
}

// names keeps values by id. An id means one value for ever.
type names struct {
	mu       sync.Mutex
	new, old map[uint64]quad.Value
}

// cachedNames is how many values each of the two generations keeps; longer texts than cachedText are not kept.
const (
	cachedNames = 1 << 15
	cachedText  = 1 << 10
)

func (n *names) get(id uint64) quad.Value {
	n.mu.Lock()
	defer n.mu.Unlock()
	if v, ok := n.new[id]; ok {
		return v
	}
	v, ok := n.old[id]
	if ok {
		n.put(id, v)
	}
	return v
}

// put is for the holder of n.mu.
func (n *names) put(id uint64, v quad.Value) {
	if n.new == nil || len(n.new) >= cachedNames {
		n.old, n.new = n.new, make(map[uint64]quad.Value, cachedNames)
	}
	n.new[id] = v
}

// value returns the value of an id, nil where there is none.
func (sn *Snapshot) value(id uint64) (quad.Value, error) {
	if id == 0 {
		return nil, nil
	}
	if inline(id) {
		return inlineValue(id), nil
	}
	n := &sn.store.names
	if v := n.get(id); v != nil {
		return v, nil
	}
	if err := sn.check(); err != nil {
		return nil, err
	}
	e, ok, err := readEntry(sn.snap, id)
	if err != nil || !ok {
		return nil, err
	}
	v := e.value()
	if v == nil {
		return nil, fmt.Errorf("value %x: %w", id, errDamaged)
	}
	if len(e.ident) <= cachedText {
		n.mu.Lock()
		n.put(id, v)
		n.mu.Unlock()
	}
	return v, nil
}

// idOf finds the id of a value; 0 where it is in no quad.
func (sn *Snapshot) idOf(v quad.Value) (uint64, error) {
	if v == nil {
		return 0, nil
	}
	if err := sn.check(); err != nil {
		return 0, err
	}
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

// exactID is idOf without other notations of the value.
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
	var err error
	for i, r := range list {
		if out[i], err = sn.NameOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
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
			bySubject.open(sn, &orders[0], c.q[:]...)
			if !bySubject.next() {
				return errors.Join(bySubject.err, fmt.Errorf("index of subjects: %w", errDamaged))
			}
			n = bySubject.seq()
		}
		if err := fn(linkOf(c.q), n); err != nil {
			return err
		}
	}
	return errors.Join(c.err, bySubject.err)
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
		c, err = readCounts(sn.snap, uint64(id))
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

// iterKeys is an iterator that a snapshot lends, over keys with a first byte.
type iterKeys struct {
	sn    *Snapshot
	first byte
	it    *pebble.Iterator
}

func (k *iterKeys) open(sn *Snapshot, first byte) (err error) {
	k.sn, k.first = sn, first
	k.it, err = sn.iter(first)
	return err
}

func (k *iterKeys) next() bool           { return k.sn.check() == nil && k.it.Next() }
func (k *iterKeys) seek(key []byte) bool { return k.sn.check() == nil && k.it.SeekGE(key) }
func (k *iterKeys) key() []byte          { return k.it.Key() }

func (k *iterKeys) err() error {
	if k.sn.closed.Load() {
		return ErrClosed
	}
	return k.it.Error()
}

func (k *iterKeys) close() {
	if k.it != nil {
		k.sn.back(k.first, k.it)
		k.it = nil
	}
}
