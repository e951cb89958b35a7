package kgstore

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/sstable/block"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/wal"
)

// Name is the store's name in Cayley's registry.
const Name = "kg"

func init() {
	graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
		IsPersistent: true,
		InitFunc: func(path string, _ graph.Options) error {
			if _, err := os.Stat(filepath.Join(path, "LOCK")); err == nil {
				return graph.ErrDatabaseExists
			}
			s, err := Open(path, Options{})
			if err != nil {
				return err
			}
			return s.Close()
		},
		NewFunc: func(path string, opts graph.Options) (graph.QuadStore, error) {
			if _, err := os.Stat(path); err != nil {
				return nil, fmt.Errorf("%w: %w", graph.ErrNotInitialized, err)
			}
			readOnly, err := opts.BoolKey("read_only", false)
			if err != nil {
				return nil, err
			}
			noSync, err := opts.BoolKey("no_sync", false)
			if err != nil {
				return nil, err
			}
			return Open(path, Options{ReadOnly: readOnly, NoSync: noSync})
		},
	})
}

var (
	// ErrLocked is matched by the error of Open where another process, or this one, has the store open.
	ErrLocked = errors.New("store is in use")
	// ErrNoStore is matched by the error of Open for a path that is no store of this package, or a damaged one.
	ErrNoStore = errors.New("not a kg store")
	// ErrReadOnly is what writes to a store or snapshot that only reads give.
	ErrReadOnly = errors.New("store is read-only")
	// ErrClosed is what a closed store or snapshot gives.
	ErrClosed = errors.New("store is closed")
)

// Options of Open. The zero value opens for reading and writing.
type Options struct {
	// ReadOnly opens an existing store without writing to it: any number of processes may do so at the same time, but no writer.
	ReadOnly bool
	// LockTimeout is how long Open waits for another process that has the store open.
	LockTimeout time.Duration
	// NoSync leaves it to the system when transactions reach the disk: after a crash of the machine, not of the process, the last
	// ones may be missing.
	NoSync bool
	// CacheBytes of memory keep what was read; 64 MiB where 0.
	CacheBytes int64
	// FS is where the files are; the disk where nil.
	FS vfs.FS
}

// Store is a quad store in a folder. It is safe for concurrent use; writers wait for each other.
type Store struct {
	path   string
	opt    Options
	db     *pebble.DB
	health *health
	lock   io.Closer
	dir    string // for SSTables that are to be taken in

	background chan error // one of Pebble's errors in the background

	wmu    sync.Mutex // one writer
	st     state
	writer writer

	mu     sync.Mutex // guards what follows
	cur    *Snapshot  // of the newest state; nil where it is to be made
	snaps  map[*Snapshot]bool
	closed bool
	names  names
}

// Open opens the store in a folder, and makes it where there is none, or an empty folder.
func Open(path string, opt Options) (*Store, error) {
	s, err := open(path, opt)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

func open(path string, opt Options) (*Store, error) {
	if opt.FS == nil {
		opt.FS = vfs.Default
	}
	if opt.CacheBytes == 0 {
		opt.CacheBytes = 64 << 20
	}
	exists, err := inspect(opt.FS, path)
	if err != nil {
		return nil, err
	}
	if !exists && opt.ReadOnly {
		return nil, fmt.Errorf("%w: %w", ErrNoStore, os.ErrNotExist)
	}
	s := &Store{path: path, opt: opt, health: newHealth(), dir: opt.FS.PathJoin(path, "ingest"), background: make(chan error, 1),
		snaps: map[*Snapshot]bool{}}
	if !opt.ReadOnly {
		if err := opt.FS.MkdirAll(path, 0o755); err != nil {
			return nil, err
		}
	}
	if opt.FS == vfs.Default {
		s.lock, err = lockFolder(path, opt.ReadOnly, opt.LockTimeout)
	} else {
		s.lock, err = opt.FS.Lock(opt.FS.PathJoin(path, "LOCK"))
	}
	if err != nil {
		return nil, err
	}
	fs := storeFS{opt.FS, s.health}
	err = s.health.do(func() error {
		db, err := openPebble(path, fs, opt, s.health, s.background)
		if err != nil {
			if strings.Contains(err.Error(), "no space left") || errors.Is(err, os.ErrPermission) {
				return err
			}
			return fmt.Errorf("%w, or damaged: %w", ErrNoStore, err)
		}
		s.db = db
		return s.readState()
	})
	if err != nil {
		if s.health.broken() == nil && s.db != nil {
			s.db.Close()
		}
		s.lock.Close()
		return nil, err
	}
	if !opt.ReadOnly {
		opt.FS.RemoveAll(s.dir) // of a process that was killed
	}
	return s, nil
}

// inspect looks at what is in a folder before anything is made there.
func inspect(fs vfs.FS, path string) (exists bool, err error) {
	st, err := fs.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !st.IsDir() {
		return false, fmt.Errorf("%w: a file, where a folder is wanted", ErrNoStore)
	}
	names, err := fs.List(path)
	if err != nil {
		return false, err
	}
	tables, other := false, ""
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "marker.manifest."):
			exists = true
		case strings.HasSuffix(name, ".sst"):
			tables = true
		case name == "LOCK", name == "ingest", isLog(name), strings.HasPrefix(name, "MANIFEST-"), strings.HasPrefix(name, "OPTIONS-"),
			strings.HasPrefix(name, "marker."), strings.HasSuffix(name, ".dbtmp"), strings.HasSuffix(name, ".blob"):
		default:
			other = name
		}
	}
	switch {
	case exists:
		return true, nil
	case tables:
		return false, fmt.Errorf("%w: it has tables but no manifest; parts of it are missing", ErrNoStore)
	case other != "":
		return false, fmt.Errorf("%w: a folder with other things, such as %s", ErrNoStore, other)
	}
	return false, nil
}

// isLog says whether a file is a log of Pebble. Other programs have logs too.
func isLog(name string) bool {
	_, _, ok := wal.ParseLogFilename(name)
	return ok
}

const (
	blockBytes = 16 << 10
	memTables  = 2 // that there mostly are at most: one is filled, another written to the disk
)

// memTableSize is a variable for tests.
var memTableSize uint64 = 32 << 20

// filterPolicy is Pebble's Bloom filter, but of keys that are looked up one by one only; scans of the other indexes have no use
// for it.
type filterPolicy struct{ bloom.FilterPolicy }

var filters = filterPolicy{10}

func filtered(key []byte) bool {
	switch key[0] {
	case keyPSO, keyOSP, keyLabel, keyHub:
		return false
	}
	return true
}

func (filterPolicy) Name() string { return "kg.bloom" }

func (p filterPolicy) MayContain(t pebble.FilterType, filter, key []byte) bool {
	return !filtered(key) || p.FilterPolicy.MayContain(t, filter, key)
}

func (p filterPolicy) NewWriter(t pebble.FilterType) pebble.FilterWriter {
	return filterWriter{p.FilterPolicy.NewWriter(t)}
}

type filterWriter struct{ pebble.FilterWriter }

func (w filterWriter) AddKey(key []byte) {
	if filtered(key) {
		w.FilterWriter.AddKey(key)
	}
}

func openPebble(path string, fs vfs.FS, opt Options, logger pebble.Logger, background chan<- error) (*pebble.DB, error) {
	cache := pebble.NewCache(opt.CacheBytes + memTables*int64(memTableSize)) // Pebble takes those out of it
	defer cache.Unref()
	po := &pebble.Options{
		FS:                          fs,
		Cache:                       cache,
		Logger:                      logger,
		ReadOnly:                    opt.ReadOnly,
		FormatMajorVersion:          pebble.FormatTableFormatV6,
		MemTableSize:                memTableSize,
		MemTableStopWritesThreshold: 3,
		L0CompactionThreshold:       8,
		L0StopWritesThreshold:       24,
		LBaseMaxBytes:               64 << 20,
		MaxOpenFiles:                512,
		CompactionConcurrencyRange:  func() (int, int) { return 1, max(1, min(3, runtime.GOMAXPROCS(0)-1)) },
	}
	po.EventListener = &pebble.EventListener{
		BackgroundError: func(err error) {
			select {
			case background <- err:
			default:
			}
		},
		DataCorruption: func(pebble.DataCorruptionInfo) {}, // the read gives the error; by default it is fatal
	}
	for i := range po.Levels {
		l := &po.Levels[i]
		l.BlockSize = blockBytes
		l.IndexBlockSize = 64 << 10
		l.FilterPolicy = filters
		l.Compression = func() *block.CompressionProfile { return block.FastestCompression }
		if i >= 4 { // nearly all is there
			l.Compression = func() *block.CompressionProfile { return block.BalancedCompression }
		}
		po.TargetFileSizes[i] = 8 << 20
	}
	return pebble.Open(path, po)
}

// readState reads the format and the counters, and writes them where the store is new.
func (s *Store) readState() error {
	var found string
	ok, err := get(s.db, formatKey, func(val []byte) error {
		found = string(val)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w, or damaged: %w", ErrNoStore, err)
	}
	if ok && found != format {
		return fmt.Errorf("%w of this version: its format is %.40q, this program reads %q", ErrNoStore, found, format)
	}
	if ok {
		ok, err = get(s.db, stateKey, func(val []byte) error {
			s.st, err = decodeState(val)
			return err
		})
		if err == nil && !ok {
			err = errDamaged
		}
		if err != nil {
			return fmt.Errorf("%w, or damaged: counters: %w", ErrNoStore, err)
		}
		return nil
	}
	it, err := s.db.NewIter(nil)
	if err != nil {
		return err
	}
	any := it.First()
	if err := errors.Join(it.Error(), it.Close()); err != nil {
		return fmt.Errorf("%w, or damaged: %w", ErrNoStore, err)
	}
	if any {
		return fmt.Errorf("%w: a Pebble store of something else", ErrNoStore)
	}
	if s.opt.ReadOnly {
		return fmt.Errorf("%w: nothing in it yet", ErrNoStore)
	}
	for i := range s.st.next {
		s.st.next[i] = 1
	}
	b := s.db.NewBatch()
	b.Set(formatKey, []byte(format), nil)
	b.Set(stateKey, s.st.append(nil), nil)
	return b.Commit(pebble.Sync)
}

// Close waits for the writer and closes the store; iterators and snapshots that are still open end with it. Close again does
// nothing.
func (s *Store) Close() error {
	s.wmu.Lock()
	defer s.wmu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var errs []error
	for snap := range s.snaps {
		errs = append(errs, snap.release())
	}
	if s.health.broken() == nil {
		errs = append(errs, s.health.do(func() error {
			var err error
			if !s.opt.ReadOnly {
				err = s.flush() // so that nobody has to read the log first
			}
			flushed := err == nil && !s.opt.ReadOnly
			err = errors.Join(err, s.db.Close())
			if flushed {
				s.removeLogs()
			}
			return err
		}))
	}
	return errors.Join(append(errs, s.lock.Close())...)
}

// flush writes all that is in logs to tables. Where the disk has no room for them Pebble tries again for ever; this does not.
func (s *Store) flush() error {
	select {
	case <-s.background: // of an earlier try
	default:
	}
	done, err := s.db.AsyncFlush()
	if err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case err := <-s.background:
		return err
	}
}

// removeLogs removes the logs that Pebble keeps to write over, of a store that was closed with all in its tables: all but the
// last, which is empty. What it cannot remove the next Open does.
func (s *Store) removeLogs() {
	names, _ := s.opt.FS.List(s.path)
	logs := slices.DeleteFunc(names, func(name string) bool { return !isLog(name) })
	slices.SortFunc(logs, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, name := range logs[:max(0, len(logs)-1)] {
		s.opt.FS.Remove(s.opt.FS.PathJoin(s.path, name))
	}
}

// write runs fn as the one writer. Where fn fails, nothing that the transaction assigned is kept.
func (s *Store) write(fn func(t *txn) error) error {
	if s.opt.ReadOnly {
		return ErrReadOnly
	}
	s.wmu.Lock()
	defer s.wmu.Unlock()
	if s.isClosed() {
		return ErrClosed
	}
	if err := s.health.broken(); err != nil {
		return err
	}
	t := s.begin()
	done := false
	defer func() {
		if !done {
			s.writer.forget()
		}
	}()
	if err := fn(t); err != nil {
		return err
	}
	done = true
	s.st = t.st
	s.renew()
	return nil
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// ingestFrom is how many changes of a transaction are written as SSTables rather than as a batch. A variable for tests.
var ingestFrom = 100_000

// ApplyDeltas applies additions and deletions, in any mix and order, in one atomic transaction that is on the disk when it
// returns. Errors about a delta are *graph.DeltaError; after any error nothing of the transaction is in the store, but where the disk
// fails in the last step it may be there whole, and the store takes no more writes until it is opened anew.
func (s *Store) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	if len(in) == 0 {
		return nil
	}
	return s.write(func(t *txn) error {
		changes, err := t.net(in, opts)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			for _, f := range t.fresh {
				s.writer.drop(f.e)
			}
			t.st = t.start
			return nil
		}
		if len(changes) >= ingestFrom {
			return s.ingest(t, changes)
		}
		b := s.db.NewBatchWithSize(len(changes)*256 + 4096)
		if err := t.write(changes, batchSink{b}); err != nil {
			b.Close()
			return err
		}
		how := pebble.Sync
		if s.opt.NoSync {
			how = pebble.NoSync
		}
		return s.health.do(func() error { return errors.Join(b.Commit(how), b.Close()) })
	})
}

type batchSink struct{ b *pebble.Batch }

func (s batchSink) part(byte) (part, error)   { return s, nil }
func (s batchSink) concurrent() bool          { return false }
func (s batchSink) Set(key, val []byte) error { return s.b.Set(key, val, nil) }
func (s batchSink) Delete(key []byte) error   { return s.b.Delete(key, nil) }
func (s batchSink) Close() error              { return nil }

// ingest writes a transaction as SSTables and has Pebble take them in, all at once.
func (s *Store) ingest(t *txn, changes []change) error {
	fs := s.opt.FS
	if err := fs.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	defer fs.RemoveAll(s.dir) // else the next Open does it: an error here must not pass for one of the transaction
	s.writer.counts, s.writer.hubs = recent[uint64, counts]{}, recent[hub, uint64]{}
	t.bulk = true
	sink := &tableSink{fs: fs, dir: s.dir, next: t.start.next}
	if err := t.write(changes, sink); err != nil {
		return err
	}
	return s.health.do(func() error { return s.db.Ingest(context.Background(), sink.paths) })
}

// tableSink writes SSTables. Keys that begin with a fresh id, which lie behind all that the store has of their class, get tables of
// their own: Pebble can put these to the bottom at once, where no compaction writes them again.
type tableSink struct {
	fs   vfs.FS
	dir  string
	next [numClasses]uint64 // the first fresh ids

	mu    sync.Mutex
	paths []string
}

// freshClass is the class of the fresh id that a key begins with, 0 where it begins with none.
func (s *tableSink) freshClass(key []byte) int {
	switch key[0] {
	case keySPO, keyOSP, keyLabel, keyValue, keyCount:
		id := binary.BigEndian.Uint64(key[1:])
		if c := classOf(id); dense(c) && id&(1<<60-1) >= s.next[c] {
			return c
		}
	}
	return 0
}

func (s *tableSink) concurrent() bool { return true }

func (s *tableSink) part(key byte) (part, error) { return &tablePart{s: s, key: key}, nil }

// tableKeys is how many keys a table has at most.
const tableKeys = 1 << 20

type tablePart struct {
	s     *tableSink
	key   byte
	w     *sstable.Writer
	n     int
	fresh int // class of the fresh ids of the table
}

// table has the table of a key stand in p.w.
func (p *tablePart) table(key []byte) (err error) {
	fresh := p.s.freshClass(key)
	if p.w != nil && p.n < tableKeys && fresh == p.fresh {
		p.n++
		return nil
	}
	if err := p.Close(); err != nil {
		return err
	}
	p.fresh = fresh
	p.s.mu.Lock()
	path := p.s.fs.PathJoin(p.s.dir, fmt.Sprintf("%c-%d.sst", p.key, len(p.s.paths)))
	p.s.paths = append(p.s.paths, path)
	p.s.mu.Unlock()
	f, err := p.s.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	opt := sstable.WriterOptions{
		BlockSize:      blockBytes,
		IndexBlockSize: 64 << 10,
		Compression:    block.BalancedCompression,
		TableFormat:    sstable.TableFormatPebblev6,
		FilterPolicy:   filters,
	}
	p.w = sstable.NewWriter(objstorageprovider.NewFileWritable(f), opt)
	p.n = 1
	return nil
}

func (p *tablePart) Set(key, val []byte) error {
	if err := p.table(key); err != nil {
		return err
	}
	return p.w.Set(key, val)
}

func (p *tablePart) Delete(key []byte) error {
	if err := p.table(key); err != nil {
		return err
	}
	return p.w.Delete(key)
}

func (p *tablePart) Close() error {
	if p.w == nil {
		return nil
	}
	w := p.w
	p.w = nil
	return w.Close()
}

// bulkQuads is how many quads NewQuadWriter gathers for a transaction.
const bulkQuads = 500_000

// NewQuadWriter returns a writer for many quads: they are stored in transactions of up to 500,000, the last one with Close or
// Flush. Quads that are there already are ignored. For one goroutine.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) {
	if s.opt.ReadOnly {
		return nil, ErrReadOnly
	}
	return &bulk{s: s}, nil
}

type bulk struct {
	s   *Store
	buf []graph.Delta
}

var _ graph.BatchWriter = (*bulk)(nil)

func (b *bulk) WriteQuad(q quad.Quad) error {
	if err := checkQuad(&q, &quad.Quad{}); err != nil {
		return &graph.DeltaError{Delta: graph.Delta{Quad: q, Action: graph.Add}, Err: err}
	}
	b.buf = append(b.buf, graph.Delta{Quad: q, Action: graph.Add})
	if len(b.buf) >= bulkQuads {
		return b.Flush()
	}
	return nil
}

func (b *bulk) WriteQuads(quads []quad.Quad) (int, error) {
	for i, q := range quads {
		if err := b.WriteQuad(q); err != nil {
			return i, err
		}
	}
	return len(quads), nil
}

// Flush stores what was gathered.
func (b *bulk) Flush() error {
	if len(b.buf) == 0 {
		return nil
	}
	err := b.s.ApplyDeltas(b.buf, graph.IgnoreOpts{IgnoreDup: true})
	clear(b.buf)
	b.buf = b.buf[:0]
	return err
}

func (b *bulk) Close() error { return b.Flush() }
