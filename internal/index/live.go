package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"kg/graph"
)

// Store is what an Index is made from: a graph.Store.
type Store interface {
	Version(context.Context) (string, error)
	Whole(context.Context, func(float64)) (*graph.Whole, error)
}

// Patience is how long Live.Index waits for the newest index before it gives the one before.
const Patience = 2 * time.Second

// Live keeps the Index of a store that may be written to. Indexes are made in the background, one at a time; meanwhile the one before
// answers. It is safe for concurrent use.
//
// Only judgements of claims are noted in the index that is there (Amend); after any other write it is made anew. One article more moves
// most rows: claims are numbered by day and entities by how many claims they have, so that lists come out sorted, and its names may turn
// the label and types of things that it shares with others.
type Live struct {
	store    Store
	aside    func() (path, stamp string) // of the file that keeps the index; nil where none does
	log      func(error)
	patience time.Duration
	ctx      context.Context // of what runs in the background
	cancel   context.CancelFunc

	running sync.WaitGroup
	saving  sync.Mutex // of who writes the file

	mu    sync.Mutex
	index *Index
	at    time.Time // when it was made
	kept  string    // version of what the file holds, as far as is known
	job   *job      // nil where none runs
}

type job struct {
	done chan struct{} // closed once index or err is set
	part atomic.Uint64 // bits of a float64
	err  error
}

// Making is the error of who asks before there is any index.
type Making struct{ Part float64 } // of the work that is done, from 0 to 1

func (m *Making) Error() string {
	return fmt.Sprintf("the index of the store is being made: %.0f %% done", 100*m.Part)
}

// NewLive returns an index of store that is made when it is first asked for, or by Start. Close ends it.
func NewLive(store Store) *Live {
	ctx, cancel := context.WithCancel(context.Background())
	return &Live{store: store, patience: Patience, ctx: ctx, cancel: cancel}
}

// Keep says where the index is kept from one run to the next: in a file with a stamp of the store's own (graph.Store.Aside), which is
// asked for anew whenever the file is read or written. What is wrong with the file goes to log; the index is then made anew, or kept in
// memory only. It must be called before Start and Index.
func (l *Live) Keep(aside func() (path, stamp string), log func(error)) { l.aside, l.log = aside, log }

// Start makes the index in the background unless it is there or under way.
func (l *Live) Start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index == nil {
		l.begin()
	}
}

// Close ends what runs in the background and waits for it. What was made stays.
func (l *Live) Close() {
	l.cancel()
	l.running.Wait()
	l.save() // where only judgements came since
}

// load reads the index that is kept, nil where that is of no use.
func (l *Live) load() *Index {
	if l.aside == nil {
		return nil
	}
	path, stamp := l.aside()
	version, err := l.store.Version(l.ctx)
	if path == "" || err != nil {
		return nil
	}
	x, err := Load(path, version, stamp)
	if err != nil && !errors.Is(err, ErrStale) && !errors.Is(err, fs.ErrNotExist) {
		l.log(err)
	}
	return x
}

// save keeps the newest index unless it is kept already, or the store has gone on since.
func (l *Live) save() {
	if l.aside == nil {
		return
	}
	l.saving.Lock()
	defer l.saving.Unlock()
	l.mu.Lock()
	x, kept := l.index, l.kept
	l.mu.Unlock()
	path, stamp := l.aside()
	if x == nil || x.Version == kept || path == "" {
		return
	}
	if version, err := l.store.Version(context.Background()); err != nil || version != x.Version {
		return
	}
	err := x.Save(path, stamp)
	if err != nil {
		l.log(err) // and not again for the same: the place may be read-only
	}
	l.mu.Lock()
	l.kept = x.Version
	l.mu.Unlock()
}

// begin starts a job, or gives the one that runs; for the holder of mu.
func (l *Live) begin() *job {
	if l.job != nil {
		return l.job
	}
	if l.ctx.Err() != nil { // closed
		done := make(chan struct{})
		close(done)
		return &job{done: done, err: l.ctx.Err()}
	}
	j := &job{done: make(chan struct{})}
	l.job = j
	first := l.index == nil
	l.running.Add(1)
	go func() {
		defer l.running.Done()
		var x *Index
		var err error
		if first {
			x = l.load()
		}
		loaded := x != nil
		if !loaded {
			x, err = Make(l.ctx, l.store, func(part float64) { j.part.Store(math.Float64bits(part)) })
		}
		l.mu.Lock()
		if j.err = err; err == nil {
			l.index, l.at = x, time.Now()
			if loaded {
				l.kept = x.Version
			}
		}
		l.job = nil
		l.mu.Unlock()
		close(j.done)
		if err == nil {
			l.save()
		}
	}()
	return j
}

// Index returns the index of the store as it is now. Where the store was written to since the last one, that is made anew, and the
// caller waits for it as long as Patience and ctx allow; then it gets the last one. Where there is none yet, the error is *Making.
func (l *Live) Index(ctx context.Context) (*Index, error) {
	version, err := l.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	patience := time.NewTimer(l.patience)
	defer patience.Stop()
	for waits := true; ; {
		l.mu.Lock()
		x := l.index
		if x != nil && (x.Version == version || !waits) {
			l.mu.Unlock()
			return x, nil
		}
		j := l.begin()
		l.mu.Unlock()
		if !waits {
			return nil, &Making{math.Float64frombits(j.part.Load())}
		}
		select {
		case <-j.done:
			switch {
			case j.err == nil: // perhaps of a state before version
			case errors.Is(j.err, context.Canceled):
				return nil, graph.ErrClosed
			default:
				return nil, j.err
			}
		case <-patience.C:
			waits = false
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Latest returns the newest index that there is, nil where there is none. It never waits, and starts nothing.
func (l *Live) Latest() *Index {
	x, _, _ := l.State()
	return x
}

// State returns the newest index that there is, nil where there is none, when it was made and whether another is under way.
func (l *Live) State() (x *Index, made time.Time, making bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.index, l.at, l.job != nil
}
