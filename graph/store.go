package graph

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	hbbolt "github.com/hidal-go/hidalgo/kv/bbolt"
)

// Options say which store Open opens. The zero value is an empty store in memory.
type Options struct {
	// Path is the file of the store; empty means in memory, gone when the store is closed. A folder means the file indexes.bolt
	// in it, as Cayley's own command keeps a bbolt store.
	Path string
	// Backend is "bbolt" (the default where Path is set) or "memory".
	Backend string
	// BaseIRI is what kg: expands to, DefaultBaseIRI where empty; kgo: expands to BaseIRI + "ontology/". The store holds compact
	// IRIs, so the same file may be opened with another base.
	BaseIRI string
	// ReadOnly opens an existing file without a write lock: any number of readers, no writer, at the same time.
	ReadOnly bool
	// LockTimeout is how long Open waits for another process that holds the file; 3 s where 0. After that Open returns an error
	// that matches ErrLocked and names the file.
	LockTimeout time.Duration
}

// Store is a graph of claims in Cayley. It is safe for concurrent use: any number of goroutines may read and query while one
// writes; writers wait for each other. A read sees the store as it was when the read began. In memory, a writer waits until
// running reads are done and reads wait for the writer.
type Store struct {
	opt    Options
	ns     *namespaces
	memory bool

	// mu guards db: readers and bbolt writers hold it for reading, Close and writers to memory for writing.
	mu sync.RWMutex
	db kv.KV // nil after Close

	wmu    sync.Mutex // one writer
	writer graph.QuadStore

	statsMu sync.Mutex
	stats   *Stats
	statsAt version

	queries chan struct{} // one token for each query that runs
}

// Open opens the store, and creates its file where there is none (an error with ReadOnly).
func Open(opt Options) (*Store, error) {
	if opt.Backend == "" {
		opt.Backend = "bbolt"
		if opt.Path == "" {
			opt.Backend = "memory"
		}
	}
	switch {
	case opt.Backend != "bbolt" && opt.Backend != "memory":
		return nil, fmt.Errorf("open store: unknown backend %q: bbolt or memory", opt.Backend)
	case opt.Backend == "bbolt" && opt.Path == "":
		return nil, errors.New("open store: the backend bbolt needs a path")
	case opt.Backend == "memory" && opt.Path != "":
		return nil, fmt.Errorf("open store: the backend memory cannot keep %s", opt.Path)
	}
	ns, err := newNamespaces(opt.BaseIRI)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db, err := openKV(opt)
	if err != nil {
		return nil, err
	}
	s := &Store{opt: opt, ns: ns, memory: opt.Backend == "memory", db: db, queries: make(chan struct{}, maxQueries)}
	// Cayley refuses a file that is no quad store, or one of another version.
	if s.writer, err = cayleykv.New(db, cayleyOptions); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: not a store of Cayley: %w", opt.Path, err)
	}
	return s, nil
}

// Close waits for running reads and writes and closes the file. Afterwards every method returns ErrClosed; Close again does
// nothing.
func (s *Store) Close() error {
	s.wmu.Lock()
	defer s.wmu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		return nil
	}
	db := s.db
	s.db, s.writer = nil, nil
	return db.Close()
}

// read runs fn on a snapshot of the store until it is done or ctx ends.
func (s *Store) read(ctx context.Context, fn func(v *view) error) error {
	return s.readUntil(ctx, &stopper{}, fn)
}

func (s *Store) readUntil(ctx context.Context, stop *stopper, fn func(v *view) error) error {
	defer stop.watch(ctx)()
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.db == nil {
		return ErrClosed
	}
	tx, err := s.db.Tx(ctx, false)
	if err != nil {
		return fmt.Errorf("read store: %w", err)
	}
	defer tx.Close()
	return guard("read", func() error {
		stop.check()
		snap := &snapshot{tx: tx, stop: stop}
		qs, err := cayleykv.New(snap, cayleyOptions)
		if err != nil {
			return fmt.Errorf("read store: %w", err)
		}
		return fn(&view{QuadStore: qs.(*cayleykv.QuadStore), ns: s.ns, snap: snap, stop: stop})
	})
}

// lockWriter makes the caller the one writer.
func (s *Store) lockWriter() (unlock func(), err error) {
	if s.opt.ReadOnly {
		return nil, ErrReadOnly
	}
	s.wmu.Lock()
	return s.wmu.Unlock, nil
}

// write runs fn, which writes through Cayley, for the holder of lockWriter. After an error the writer is made anew: Cayley keeps nodes of the failed
// transaction in its caches and would store later quads with them.
func (s *Store) write(fn func(qs graph.QuadStore) error) error {
	if s.memory {
		s.mu.Lock()
		defer s.mu.Unlock()
	} else {
		s.mu.RLock()
		defer s.mu.RUnlock()
	}
	if s.db == nil {
		return ErrClosed
	}
	err := guard("write", func() error { return fn(s.writer) })
	if db, ok := s.db.(*hbbolt.DB); ok {
		dropPages(db)
	}
	if err != nil {
		writer, err2 := cayleykv.New(s.db, cayleyOptions)
		if err2 != nil {
			return errors.Join(err, fmt.Errorf("reopen store: %w", err2))
		}
		s.writer = writer
	}
	return err
}

// apply writes quads that are known to be absent, or deletes quads that are known to be there, in one transaction.
func apply(qs graph.QuadStore, quads []quad.Quad, action graph.Procedure) error {
	if len(quads) == 0 {
		return nil
	}
	deltas := make([]graph.Delta, len(quads))
	for i := range quads {
		deltas[i] = graph.Delta{Quad: quads[i], Action: action}
	}
	return qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// batchQuads is how many quads go into one transaction, a little more where an article does not end there: an article is never
// split, so that a killed process leaves whole articles only. Every transaction rewrites pages all over the file, since nodes are
// found by hash: 10,000 quads gave a third of the speed, 200,000 hardly more for twice the memory.
const batchQuads = 50_000

// AddResult counts what Add did.
type AddResult struct {
	Added, Replaced, Unchanged int // articles
	Quads                      int // written
}

// Add writes articles with all that they say. An article whose Hash is in the store already is left alone; one that is there
// with another hash is deleted first and then written. Everything is checked before the first quad is written: an error about a
// bad record (*RecordError, see Check) means that nothing of this call was stored.
//
// Articles are packed into transactions of about 50,000 quads (2,000 to 3,000 claims) and never split, so hand over many at a time: each call ends
// with a commit to disk. Where Add fails midway or the process is killed, the store holds whole articles only; of those that were
// being replaced some may be absent, and come with the next Add. AddResult counts what was committed, also beside an error.
func (s *Store) Add(ctx context.Context, recs ...*Record) (AddResult, error) {
	var res AddResult
	for _, r := range recs {
		if err := r.check(s.ns); err != nil {
			return res, err
		}
	}
	unlock, err := s.lockWriter()
	if err != nil {
		return res, err
	}
	defer unlock()
	var b batch
	flush := func() error {
		if err := s.addBatch(&b); err != nil {
			return err
		}
		res.Added += b.added
		res.Replaced += b.replaced
		res.Quads += len(b.add)
		b = batch{del: b.del[:0], add: b.add[:0]}
		return nil
	}
	for _, r := range recs {
		if err := ctx.Err(); err != nil {
			return res, errors.Join(err, flush())
		}
		id := IRI(s.ns.compact(string(r.Article.ID)))
		if b.ids[id] {
			if err := flush(); err != nil { // the same article twice: the later stays
				return res, err
			}
		}
		old, hash, err := s.articleQuads(ctx, id, r.Article.Hash)
		if err != nil {
			return res, err
		}
		if hash == r.Article.Hash {
			res.Unchanged++
			continue
		}
		if b.ids == nil {
			b.ids = map[IRI]bool{}
		}
		b.ids[id] = true
		if hash != "" {
			b.replaced++
		} else {
			b.added++
		}
		b.del = append(b.del, old...)
		b.add = append(b.add, recordQuads(s.ns, r)...)
		if len(b.add)+len(b.del) >= batchQuads {
			if err := flush(); err != nil {
				return res, err
			}
		}
	}
	return res, flush()
}

type batch struct {
	ids             map[IRI]bool
	del, add        []quad.Quad
	added, replaced int
}

// addBatch deletes and then adds, in two transactions: in one, Cayley writes quads without subjects.
func (s *Store) addBatch(b *batch) error {
	if len(b.add) == 0 {
		return nil
	}
	return s.write(func(qs graph.QuadStore) error {
		if err := apply(qs, b.del, graph.Delete); err != nil {
			return fmt.Errorf("delete %d quads: %w", len(b.del), err)
		}
		if err := apply(qs, b.add, graph.Add); err != nil {
			return fmt.Errorf("add %d quads: %w", len(b.add), err)
		}
		return nil
	})
}

// articleQuads returns the hash of an article, "" where it has none, and, unless the hash is the one wanted, all its quads.
func (s *Store) articleQuads(ctx context.Context, id IRI, want string) (quads []quad.Quad, hash string, err error) {
	err = s.read(ctx, func(v *view) error {
		var err error
		if hash, err = v.articleHash(ctx, id); err != nil || hash != "" && hash == want {
			return err
		}
		quads, err = v.quadsBy(ctx, quad.Label, quad.IRI(id))
		return err
	})
	return quads, hash, err
}

// Delete removes all that an article says; it returns the number of quads removed, 0 for an unknown article.
func (s *Store) Delete(ctx context.Context, article IRI) (quads int, err error) {
	unlock, err := s.lockWriter()
	if err != nil {
		return 0, err
	}
	defer unlock()
	old, _, err := s.articleQuads(ctx, IRI(s.ns.compact(string(article))), "")
	if err != nil || len(old) == 0 {
		return 0, err
	}
	return len(old), s.write(func(qs graph.QuadStore) error { return apply(qs, old, graph.Delete) })
}

// applyQuads adds or deletes checked quads in one transaction and returns how many made a difference. Cayley counts references
// wrongly for quads that are there already, so only those that change something reach it.
func (s *Store) applyQuads(ctx context.Context, quads []Quad, del bool) (int, error) {
	todo := make([]quad.Quad, 0, len(quads))
	for _, q := range quads {
		todo = append(todo, s.ns.quad(q))
	}
	todo = uniqueQuads(todo)
	unlock, err := s.lockWriter()
	if err != nil {
		return 0, err
	}
	defer unlock()
	err = s.write(func(qs graph.QuadStore) error {
		kept := todo[:0]
		for _, q := range todo {
			if err := ctx.Err(); err != nil {
				return err
			}
			there, err := hasQuad(ctx, qs, q)
			if err != nil {
				return err
			}
			if there == del {
				kept = append(kept, q)
			}
		}
		todo = kept
		action := graph.Add
		if del {
			action = graph.Delete
		}
		return apply(qs, todo, action)
	})
	if err != nil {
		return 0, err
	}
	return len(todo), nil
}

// hasQuad looks a quad up in the index of objects, predicates and subjects.
func hasQuad(ctx context.Context, qs graph.QuadStore, q quad.Quad) (bool, error) {
	var ids [4]uint64
	for i, val := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if val == nil {
			continue
		}
		ref, err := qs.ValueOf(val)
		if err != nil {
			return false, err
		}
		id, ok := ref.(cayleykv.Int64Value)
		if !ok || id == 0 {
			return false, nil
		}
		ids[i] = uint64(id)
	}
	// The subject is mostly the rarest; a hub such as a class never is one.
	it := qs.QuadIterator(quad.Subject, cayleykv.Int64Value(ids[0])).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		p, ok := it.Result().(*proto.Primitive)
		if ok && p.Subject == ids[0] && p.Predicate == ids[1] && p.Object == ids[2] && p.Label == ids[3] {
			return true, nil
		}
	}
	return false, it.Err()
}
