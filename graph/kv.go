package graph

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	hbbolt "github.com/hidal-go/hidalgo/kv/bbolt"
	"go.etcd.io/bbolt"
)

// quadIndexes are the indexes of a new store: subject+predicate and object+predicate+subject, as Cayley has by default, and graph,
// so that all that an article says is found, and deleted, without a look at other quads.
var quadIndexes = []cayleykv.QuadIndex{
	{Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
	{Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject}},
	{Dirs: []quad.Direction{quad.Label}},
}

var cayleyOptions = graph.Options{cayleykv.OptNoBloom: true}

// mmapBytes is the address space that bbolt maps at once. While a file grows beyond its mapping every reader has to wait, and a
// reader that opens a second transaction meanwhile waits for ever; 64 GiB of address space cost nothing where there are 64 bits.
const mmapBytes = 64 << 30

// openKV opens the key-value store below Cayley and prepares it where it is new.
func openKV(opt Options) (kv.KV, error) {
	if opt.Backend == "memory" {
		db := newMemory()
		return db, initKV(db)
	}
	path := opt.Path
	if st, err := os.Stat(path); err == nil && st.IsDir() {
		path = filepath.Join(path, boltFile)
	}
	timeout := opt.LockTimeout
	if timeout <= 0 {
		timeout = 3 * time.Second
	}
	bopt := &bbolt.Options{Timeout: timeout, ReadOnly: opt.ReadOnly, FreelistType: bbolt.FreelistMapType}
	if bits.UintSize == 64 && runtime.GOOS == "linux" && !opt.ReadOnly {
		bopt.InitialMmapSize = mmapBytes
	}
	if _, err := os.Stat(path); err != nil && opt.ReadOnly {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	// bbolt makes a file before it knows that it can write its first pages; look for what is no store before it is touched.
	db, err := hbbolt.Open(path, bopt)
	if err != nil && bopt.InitialMmapSize > 0 && !errors.Is(err, bbolt.ErrTimeout) {
		bopt.InitialMmapSize = 0 // a limit on address space
		db, err = hbbolt.Open(path, bopt)
	}
	switch {
	case errors.Is(err, bbolt.ErrTimeout):
		return nil, fmt.Errorf("open %s: %w (waited %v)", path, ErrLocked, timeout)
	case errors.Is(err, bbolt.ErrInvalid), errors.Is(err, bbolt.ErrVersionMismatch), errors.Is(err, bbolt.ErrChecksum):
		return nil, fmt.Errorf("open %s: not a store: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if !opt.ReadOnly {
		err = initKV(db)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

// initKV prepares db as a quad store where it is none yet.
func initKV(db kv.KV) error {
	cayleykv.DefaultQuadIndexes = quadIndexes
	err := cayleykv.Init(db, cayleyOptions)
	if errors.Is(err, graph.ErrDatabaseExists) {
		return nil
	}
	return err
}

// interrupted is what a read panics with when its context has ended: it goes through Cayley's iterators, which may else loop for
// minutes within one Next and swallow errors, up to guard.
type interrupted struct{ err error }

// guard turns a panic of fn into an error: an interrupted read into the error of its context, anything else into one that tells
// the panic. Cayley's query code panics on many odd queries.
func guard(what string, fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if lp, ok := p.(loopPanic); ok {
				panic(lp.value)
			}
			err = panicError(what, p)
		}
	}()
	return fn()
}

// loopPanic is a panic of the caller's loop body, which is none of ours.
type loopPanic struct{ value any }

func panicError(what string, p any) error {
	if in, ok := p.(interrupted); ok {
		return in.err
	}
	return fmt.Errorf("%s failed: %v", what, p)
}

// snapshot is one read transaction as a key-value store: whatever Cayley opens on it sees the same state of the store, takes no
// further lock, and ends with a panic of interrupted when stop is set. For one goroutine.
type snapshot struct {
	tx   kv.Tx
	stop *stopper
}

// stopper ends a read from another goroutine.
type stopper struct {
	err atomic.Pointer[error]

	mu    sync.Mutex
	calls func(error) // what set calls besides
}

func (s *stopper) set(err error) {
	if s.err.CompareAndSwap(nil, &err) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.calls != nil {
			s.calls(err)
		}
	}
}

// onSet has fn called when s is set, now where it is already, until the returned function is called.
func (s *stopper) onSet(fn func(error)) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = fn
	if err := s.err.Load(); err != nil {
		fn(*err)
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls = nil
	}
}

// check panics where the read has to end.
func (s *stopper) check() {
	if err := s.err.Load(); err != nil {
		panic(interrupted{*err})
	}
}

// watch sets s when ctx ends, until the returned function is called.
func (s *stopper) watch(ctx context.Context) (done func()) {
	if ctx.Err() != nil {
		s.set(context.Cause(ctx))
	}
	stop := context.AfterFunc(ctx, func() { s.set(context.Cause(ctx)) })
	return func() { stop() }
}

func (s *snapshot) Close() error { return nil }
func (s *snapshot) Tx(ctx context.Context, rw bool) (kv.Tx, error) {
	if rw {
		return nil, kv.ErrReadOnly
	}
	return snapshotTx{s}, nil
}
func (s *snapshot) View(ctx context.Context, fn func(kv.Tx) error) error { return fn(snapshotTx{s}) }
func (s *snapshot) Update(context.Context, func(kv.Tx) error) error      { return kv.ErrReadOnly }

type snapshotTx struct{ s *snapshot }

func (t snapshotTx) Commit(context.Context) error                { return nil }
func (t snapshotTx) Close() error                                { return nil }
func (t snapshotTx) Put(context.Context, kv.Key, kv.Value) error { return kv.ErrReadOnly }
func (t snapshotTx) Del(context.Context, kv.Key) error           { return kv.ErrReadOnly }

func (t snapshotTx) Get(ctx context.Context, key kv.Key) (kv.Value, error) {
	t.s.stop.check()
	return t.s.tx.Get(ctx, key)
}

func (t snapshotTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	t.s.stop.check()
	return t.s.tx.GetBatch(ctx, keys)
}

func (t snapshotTx) Scan(ctx context.Context, opts ...kv.IteratorOption) kv.Iterator {
	t.s.stop.check()
	return snapshotIterator{t.s.tx.Scan(ctx, opts...), t.s.stop}
}

type snapshotIterator struct {
	kv.Iterator
	stop *stopper
}

func (it snapshotIterator) Next(ctx context.Context) bool {
	it.stop.check()
	return it.Iterator.Next(ctx)
}

// view is a state of the store. Values to look up are first brought into the store's form, so that full IRIs, numbers of
// JavaScript and JSON, and literals with compact datatypes find their nodes. For one goroutine.
type view struct {
	reader
	ns   *namespaces
	stop *stopper
}

func (v *view) ValueOf(val quad.Value) (graph.Ref, error) {
	v.stop.check()
	if val = v.ns.lookupForm(val); val == nil {
		return nil, nil
	}
	return v.reader.ValueOf(val)
}

// OptimizeShape lets the store optimize, and puts our order in the place of Cayley's.
func (v *view) OptimizeShape(ctx context.Context, s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.Sort:
		return ordered{from: s.From, v: v}, true
	case shape.Page:
		if o, ok := s.From.(ordered); ok && s.Limit > 0 && (o.most == 0 || s.Skip+s.Limit < o.most) {
			o.most = s.Skip + s.Limit
			s.From = o
			return s, true
		}
	}
	return v.reader.OptimizeShape(ctx, s)
}

// nodeID is the id of a value; 0 where the store does not have it.
func (v *view) nodeID(val quad.Value) (uint64, error) {
	ref, err := v.ValueOf(val)
	if err != nil || ref == nil {
		return 0, err
	}
	return v.id(ref), nil
}

func (v *view) ValuesOf(ctx context.Context, list []graph.Ref) ([]quad.Value, error) {
	return refs.ValuesOf(ctx, v.reader, list)
}

func (v *view) RefsOf(ctx context.Context, vals []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(vals))
	for i, val := range vals {
		ref, err := v.ValueOf(val)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			ref = v.ref(0)
		}
		out[i] = ref
	}
	return out, nil
}

var (
	_ graph.QuadStore = (*view)(nil)
	_ shape.Optimizer = (*view)(nil)
	_ refs.BatchNamer = (*view)(nil)
)

// lookupForm gives the form in which the store would hold v.
func (ns *namespaces) lookupForm(v quad.Value) quad.Value {
	switch x := v.(type) {
	case quad.IRI:
		return quad.IRI(ns.compact(string(x)))
	case quad.Int, quad.Float, quad.Bool, quad.Time, quad.TypedString:
		return ns.value(ns.term(x))
	}
	return v
}
