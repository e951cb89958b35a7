package graph

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/cayleygraph/quad"
)

// Options say which store Open opens. The zero value is an empty store in memory.
type Options struct {
	// Path is the folder of the store, with the backend bbolt its file; empty means in memory, gone when the store is closed. A folder
	// means there the file indexes.bolt in it, as Cayley's own command keeps a bbolt store.
	Path string
	// Backend is "bbolt" (the default where Path is set), "kg" or "memory".
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

	// mu guards db: readers and writers to files hold it for reading, Close and writers to memory for writing.
	mu sync.RWMutex
	db backend // nil after Close

	wmu   sync.Mutex // one writer
	ident *identity  // by the judgements of the store, nil where they are not read yet; guarded by wmu

	layersMu sync.Mutex
	layers   *layers // of judgements, as they were read or written last

	statsMu sync.Mutex
	stats   *Stats
	statsAt version

	queries chan struct{} // one token for each query that runs
	alone   chan struct{} // of who waits for all of them
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
	case opt.Backend != "bbolt" && opt.Backend != "kg" && opt.Backend != "memory":
		return nil, fmt.Errorf("open store: unknown backend %q: bbolt, kg or memory", opt.Backend)
	case opt.Backend != "memory" && opt.Path == "":
		return nil, fmt.Errorf("open store: the backend %s needs a path", opt.Backend)
	case opt.Backend == "memory" && opt.Path != "":
		return nil, fmt.Errorf("open store: the backend memory cannot keep %s", opt.Path)
	}
	ns, err := newNamespaces(opt.BaseIRI)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db, err := openBackend(opt)
	if err != nil {
		return nil, err
	}
	return &Store{opt: opt, ns: ns, memory: opt.Backend == "memory", db: db, queries: make(chan struct{}, maxQueries),
		alone: make(chan struct{}, 1)}, nil
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
	s.db = nil
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
	r, done, err := s.db.read(ctx, stop)
	if err != nil {
		return fmt.Errorf("read store: %w", err)
	}
	defer done()
	return guard("read", func() error {
		stop.check()
		return fn(&view{reader: r, ns: s.ns, stop: stop})
	})
}

// Version names the state of the store: it differs after every write that changed something, and is the same for the same
// state of an opened store.
func (s *Store) Version(ctx context.Context) (version string, err error) {
	err = s.read(ctx, func(v *view) error {
		version = v.version(ctx).String()
		return nil
	})
	return version, err
}

// Aside is the path of a file that belongs to the store and holds nothing that the store does not: for the backend kg in its folder,
// for bbolt beside its file; "" for a store in memory. stamp tells apart stores of one Version that stood at this place one after the
// other.
func (s *Store) Aside(name string) (path, stamp string) {
	if s.memory {
		return "", ""
	}
	if s.opt.Backend == "kg" { // it goes with the folder
		return filepath.Join(s.opt.Path, "kg."+name), ""
	}
	file := s.opt.Path
	if st, err := os.Stat(file); err == nil && st.IsDir() {
		file = filepath.Join(file, boltFile)
	}
	st, err := os.Stat(file)
	if err != nil {
		return "", ""
	}
	return file + "." + name, fmt.Sprintf("%d-%d", st.Size(), st.ModTime().UnixNano())
}

// lockWriter makes the caller the one writer.
func (s *Store) lockWriter() (unlock func(), err error) {
	if s.opt.ReadOnly {
		return nil, ErrReadOnly
	}
	s.wmu.Lock()
	return s.wmu.Unlock, nil
}

// write deletes quads that are there and adds quads that are absent, for the holder of lockWriter.
func (s *Store) write(del, add []quad.Quad) error {
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
	return s.db.apply(del, add)
}

// batchQuads is how many quads go into one transaction, a little more where an article does not end there: an article is never
// split, so that a killed process leaves whole articles only. Quads of one transaction come all over the store, by what they name, and
// the fewer there are the more often all is written again: with 45,000 adding took nearly twice the processor time of 270,000.
const batchQuads = 500_000

// AddResult counts what Add did.
type AddResult struct {
	Added, Replaced, Unchanged int // articles
	Quads                      int // written
}

// Add writes articles with all that they say. An article whose Hash is in the store already is left alone; one that is there
// with another hash is deleted first and then written. Everything is checked before the first quad is written: an error about a
// bad record (*RecordError, see Check) means that nothing of this call was stored.
//
// Articles are packed into transactions of about 500,000 quads (15,000 claims) and never split, so hand over many at a time:
// each call ends with a commit to disk. Where Add fails midway or the process is killed, the store holds whole articles only; of
// those that were being replaced some may be absent, and come with the next Add. AddResult counts what was committed, also beside an
// error.
func (s *Store) Add(ctx context.Context, recs ...*Record) (AddResult, error) {
	var res AddResult
	for _, r := range recs {
		if err := r.check(s.ns); err != nil {
			return res, err
		}
	}
	ids, unlock, err := s.lockNames(ctx)
	if err != nil {
		return res, err
	}
	defer unlock()
	var b batch
	about := 0
	for _, r := range recs {
		about += quadsAbout(r)
	}
	b.add = make([]quad.Quad, 0, min(about, batchQuads+batchQuads/10))
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
		b.add = append(b.add, recordQuads(s.ns, r, ids)...)
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

func (s *Store) addBatch(b *batch) error {
	if len(b.add) == 0 {
		return nil
	}
	return s.writeArticles(b.del, b.add)
}

// writeArticles is write for what articles say: what rules made of all of them is out of date then.
func (s *Store) writeArticles(del, add []quad.Quad) error {
	ctx := context.Background()
	err := s.read(ctx, func(v *view) error {
		l, err := v.quadsBy(ctx, quad.Subject, quad.IRI(RulesGraph))
		if err != nil {
			return err
		}
		mark, err := v.quadsBy(ctx, quad.Label, quad.IRI(settledGraph))
		for _, q := range append(l, mark...) {
			if !slices.Contains(del, q) {
				del = append(del, q)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.write(del, add)
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
	return len(old), s.writeArticles(old, nil)
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
	err = s.read(ctx, func(v *view) error { // nobody else writes meanwhile
		kept := todo[:0]
		for _, q := range todo {
			if err := ctx.Err(); err != nil {
				return err
			}
			there, err := v.hasQuad(ctx, q)
			if err != nil {
				return err
			}
			if there == del {
				kept = append(kept, q)
			}
		}
		todo = kept
		return nil
	})
	if err != nil {
		return 0, err
	}
	if len(todo) == 0 {
		return 0, nil
	}
	s.ident = nil // the quads may be judgements
	if del {
		err = s.writeArticles(todo, nil)
	} else {
		err = s.writeArticles(nil, todo)
	}
	if err != nil {
		return 0, err
	}
	return len(todo), nil
}

// hasQuad says whether a quad is in the store.
func (v *view) hasQuad(ctx context.Context, q quad.Quad) (bool, error) {
	var l link
	for i, val := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if val == nil {
			continue
		}
		id, err := v.nodeID(val)
		if err != nil || id == 0 {
			return false, err
		}
		*[]*uint64{&l.Subject, &l.Predicate, &l.Object, &l.Label}[i] = id
	}
	found := false
	err := v.match(ctx, l, func(got link) error {
		if got.Label == l.Label {
			found = true
			return errStop
		}
		return nil
	})
	if found {
		err = nil
	}
	return found, err
}
