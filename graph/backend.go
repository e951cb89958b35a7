package graph

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	hbbolt "github.com/hidal-go/hidalgo/kv/bbolt"

	"kg/graph/kgstore"
)

// backend keeps quads. One goroutine writes at a time; the Store sees to that.
type backend interface {
	// read opens the newest state for one goroutine, until done is called. The read ends with a panic of interrupted when stop is
	// set.
	read(ctx context.Context, stop *stopper) (r reader, done func(), err error)
	// apply deletes quads that are there, and then adds quads that are absent; del and add may have quads in common.
	apply(del, add []quad.Quad) error
	Close() error
}

// reader is one state of a store: what Cayley's queries read, and quads by ids.
type reader interface {
	graph.QuadStore
	shape.Optimizer
	// match calls fn with the quads that have the nodes of pattern where those are not 0. Unless all are asked for, or the store
	// is of the backend kg, they come in no order.
	match(ctx context.Context, pattern link, fn func(l link) error) error
	// id is that of a node; 0 for nil and what is no node.
	id(ref graph.Ref) uint64
	ref(id uint64) graph.Ref
	version(ctx context.Context) version
}

// link is a quad by the ids of its nodes. ID tells in which order quads were added.
type link struct{ ID, Subject, Predicate, Object, Label uint64 }

// version tells states of a store apart.
type version struct{ horizon, size int64 }

func (v version) String() string { return fmt.Sprintf("%d-%d", v.horizon, v.size) }

// boltFile is where Cayley itself keeps a bbolt store in a folder.
const boltFile = "indexes.bolt"

func openBackend(opt Options) (backend, error) {
	if opt.Backend == "kg" {
		return openKG(opt)
	}
	if err := refuseKG(opt.Path); err != nil {
		return nil, err
	}
	db, err := openKV(opt)
	if err != nil {
		return nil, err
	}
	// Cayley refuses a file that is no quad store, or one of another version.
	writer, err := cayleykv.New(db, cayleyOptions)
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: not a store of Cayley: %w", opt.Path, err)
	}
	return &kvBackend{db, writer}, nil
}

// kvBackend is Cayley's key-value store on bbolt or in memory.
type kvBackend struct {
	db     kv.KV
	writer graph.QuadStore
}

func (b *kvBackend) Close() error { return b.db.Close() }

func (b *kvBackend) read(ctx context.Context, stop *stopper) (reader, func(), error) {
	tx, err := b.db.Tx(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	snap := &snapshot{tx: tx, stop: stop}
	var qs graph.QuadStore
	err = guard("read", func() error {
		qs, err = cayleykv.New(snap, cayleyOptions)
		return err
	})
	if err != nil {
		tx.Close()
		return nil, nil, err
	}
	return &kvReader{qs.(*cayleykv.QuadStore), snap}, func() { tx.Close() }, nil
}

// apply deletes and then adds, in two transactions: in one, Cayley writes quads without subjects. After an error the writer is
// made anew: Cayley keeps nodes of the failed transaction in its caches and would store later quads with them.
func (b *kvBackend) apply(del, add []quad.Quad) error {
	err := guard("write", func() error {
		if err := applyDeltas(b.writer, del, graph.Delete); err != nil {
			return fmt.Errorf("delete %d quads: %w", len(del), err)
		}
		if err := applyDeltas(b.writer, add, graph.Add); err != nil {
			return fmt.Errorf("add %d quads: %w", len(add), err)
		}
		return nil
	})
	if db, ok := b.db.(*hbbolt.DB); ok {
		dropPages(db)
	}
	if err != nil {
		writer, err2 := cayleykv.New(b.db, cayleyOptions)
		if err2 != nil {
			return errors.Join(err, fmt.Errorf("reopen store: %w", err2))
		}
		b.writer = writer
	}
	return err
}

// applyDeltas adds or deletes quads in one transaction.
func applyDeltas(qs graph.QuadStore, quads []quad.Quad, action graph.Procedure) error {
	if len(quads) == 0 {
		return nil
	}
	deltas := make([]graph.Delta, len(quads))
	for i := range quads {
		deltas[i] = graph.Delta{Quad: quads[i], Action: action}
	}
	return qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// kvReader is Cayley's store on a snapshot.
type kvReader struct {
	*cayleykv.QuadStore
	snap *snapshot
}

func (r *kvReader) id(ref graph.Ref) uint64 {
	id, _ := ref.(cayleykv.Int64Value)
	return uint64(id)
}

func (r *kvReader) ref(id uint64) graph.Ref { return cayleykv.Int64Value(id) }

func (r *kvReader) match(ctx context.Context, p link, fn func(l link) error) error {
	// A subject or graph names few quads, an object may be a hub, predicates have no index.
	var quads iterator.Shape
	switch {
	case p.Subject != 0:
		quads = r.QuadIterator(quad.Subject, r.ref(p.Subject))
	case p.Label != 0:
		quads = r.QuadIterator(quad.Label, r.ref(p.Label))
	case p.Object != 0:
		quads = r.QuadIterator(quad.Object, r.ref(p.Object))
	default:
		quads = r.QuadsAllIterator()
	}
	it := quads.Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, ok := it.Result().(*proto.Primitive)
		if !ok {
			return fmt.Errorf("read store: a quad of type %T", it.Result())
		}
		if p.Subject != 0 && q.Subject != p.Subject || p.Predicate != 0 && q.Predicate != p.Predicate || p.Object != 0 && q.Object != p.Object ||
			p.Label != 0 && q.Label != p.Label {
			continue
		}
		if err := fn(link{q.ID, q.Subject, q.Predicate, q.Object, q.Label}); err != nil {
			return err
		}
	}
	return it.Err()
}

// OptimizeShape lets Cayley's store pick an index, and binds the scan of it to that store, since the scan refuses a view.
func (r *kvReader) OptimizeShape(ctx context.Context, s shape.Shape) (shape.Shape, bool) {
	out, ok := r.QuadStore.OptimizeShape(ctx, s)
	action, isAction := s.(shape.QuadsAction)
	if !ok || !isAction {
		return out, ok
	}
	var scan *cayleykv.IndexScan
	shape.Walk(out, func(s shape.Shape) bool {
		if is, ok := s.(cayleykv.IndexScan); ok && scan == nil {
			scan = &is
		}
		return scan == nil
	})
	if scan == nil {
		return s, false
	}
	return action.SimplifyFrom(boundScan{*scan, r.QuadStore}), true
}

// boundScan is an index scan that knows its store.
type boundScan struct {
	scan cayleykv.IndexScan
	qs   *cayleykv.QuadStore
}

func (s boundScan) BuildIterator(graph.QuadStore) iterator.Shape { return s.scan.BuildIterator(s.qs) }
func (s boundScan) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) {
	return s, false
}

// kgBackend is our own store, a folder.
type kgBackend struct{ s *kgstore.Store }

// openKG opens the store in the folder opt.Path.
func openKG(opt Options) (backend, error) {
	timeout := opt.LockTimeout
	if timeout <= 0 {
		timeout = 3 * time.Second
	}
	if st, err := os.Stat(opt.Path); err == nil && !st.IsDir() {
		return nil, fmt.Errorf("open %s: a file, and not a store of the backend kg, which is a folder. If it is one of the backend bbolt, "+
			"copy it with \"kg migrate %s NEW\" and use that, or go on with it by --backend bbolt (store.backend in config.yaml)", opt.Path, opt.Path)
	}
	if _, err := os.Stat(filepath.Join(opt.Path, boltFile)); err == nil {
		return nil, fmt.Errorf("open %s: a store of the backend bbolt. Copy it with \"kg migrate %s NEW\" and use that, or go on with it by "+
			"--backend bbolt (store.backend in config.yaml)", opt.Path, opt.Path)
	}
	if _, err := os.Stat(filepath.Dir(opt.Path)); err != nil { // it would be made: a slip in the path must not pass
		return nil, fmt.Errorf("open %s: %w", opt.Path, err)
	}
	s, err := kgstore.Open(opt.Path, kgstore.Options{ReadOnly: opt.ReadOnly, LockTimeout: timeout})
	if errors.Is(err, kgstore.ErrLocked) {
		return nil, fmt.Errorf("open %s: %w (waited %v)", opt.Path, ErrLocked, timeout)
	}
	if err != nil {
		return nil, err
	}
	return &kgBackend{s}, nil
}

// refuseKG keeps a bbolt store from being made in the folder of a store of the backend kg.
func refuseKG(path string) error {
	if path == "" {
		return nil
	}
	if found, err := filepath.Glob(filepath.Join(path, "marker.manifest.*")); err == nil && len(found) > 0 {
		return fmt.Errorf("open %s: a store of the backend kg: use it with --backend kg (store.backend in config.yaml)", path)
	}
	return nil
}

func (b *kgBackend) Close() error { return b.s.Close() }

func (b *kgBackend) read(_ context.Context, stop *stopper) (reader, func(), error) {
	sn, err := b.s.Snapshot()
	if err != nil {
		return nil, nil, err
	}
	sn.OnStep(stop.check)
	return kgReader{sn}, func() { sn.Close() }, nil
}

// apply writes one transaction.
func (b *kgBackend) apply(del, add []quad.Quad) error {
	deltas := make([]graph.Delta, 0, len(del)+len(add))
	for _, q := range del {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
	}
	for _, q := range add {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	return b.s.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

type kgReader struct{ *kgstore.Snapshot }

func (r kgReader) id(ref graph.Ref) uint64 {
	id, _ := ref.(kgstore.NodeID)
	return uint64(id)
}

func (r kgReader) ref(id uint64) graph.Ref { return kgstore.NodeID(id) }

func (r kgReader) match(_ context.Context, p link, fn func(l link) error) error {
	return r.matchAny(p, true, fn)
}

// matchAny is match, with IDs only where they are asked for, since each costs a look-up.
func (r kgReader) matchAny(p link, ids bool, fn func(l link) error) error {
	return r.EachLink(kgLink(p), ids, func(l kgstore.Link, seq uint64) error {
		return fn(link{seq, uint64(l.Subject), uint64(l.Predicate), uint64(l.Object), uint64(l.Label)})
	})
}

func kgLink(l link) kgstore.Link {
	return kgstore.Link{Subject: kgstore.NodeID(l.Subject), Predicate: kgstore.NodeID(l.Predicate), Object: kgstore.NodeID(l.Object),
		Label: kgstore.NodeID(l.Label)}
}

func (r kgReader) version(context.Context) version {
	return version{horizon: int64(r.Version())}
}
