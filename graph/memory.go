package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	"github.com/tidwall/btree"
)

// memory is a key-value store in memory for Cayley. Hidalgo's own B-tree loses its balance after some deletions and then panics,
// and it has no transactions; this one is copied on write, so that a transaction that fails leaves nothing behind. Writers wait
// for each other; a reader keeps the state that it began with.
type memory struct {
	writing sync.Mutex
	mu      sync.Mutex // guards cur
	cur     *btree.Map[string, []byte]
}

func newMemory() kv.KV { return flat.Upgrade(&memory{cur: &btree.Map[string, []byte]{}}) }

// state returns a copy of what is committed, at a cost that does not depend on its size.
func (db *memory) state() *btree.Map[string, []byte] {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.cur.Copy()
}

func (db *memory) Close() error { return nil }

func (db *memory) Tx(_ context.Context, rw bool) (flat.Tx, error) {
	if rw {
		db.writing.Lock()
	}
	return &memoryTx{db: db, rw: rw, m: db.state()}, nil
}

func (db *memory) View(ctx context.Context, fn func(tx flat.Tx) error) error {
	return flat.View(ctx, db, fn)
}

func (db *memory) Update(ctx context.Context, fn func(tx flat.Tx) error) error {
	return flat.Update(ctx, db, fn)
}

// memoryTx is a transaction. For one goroutine.
type memoryTx struct {
	db    *memory
	rw    bool
	ended bool
	m     *btree.Map[string, []byte]
}

func (tx *memoryTx) Get(_ context.Context, k flat.Key) (flat.Value, error) {
	v, ok := tx.m.Get(string(k))
	if !ok {
		return nil, flat.ErrNotFound
	}
	return flat.Value(v).Clone(), nil
}

func (tx *memoryTx) GetBatch(ctx context.Context, keys []flat.Key) ([]flat.Value, error) {
	return flat.GetBatch(ctx, tx, keys)
}

func (tx *memoryTx) Put(_ context.Context, k flat.Key, v flat.Value) error {
	if !tx.rw {
		return flat.ErrReadOnly
	}
	tx.m.Set(string(k), v.Clone())
	return nil
}

func (tx *memoryTx) Del(_ context.Context, k flat.Key) error {
	if !tx.rw {
		return flat.ErrReadOnly
	}
	tx.m.Delete(string(k))
	return nil
}

func (tx *memoryTx) Commit(context.Context) error {
	if tx.rw && !tx.ended {
		tx.db.mu.Lock()
		tx.db.cur = tx.m
		tx.db.mu.Unlock()
	}
	return tx.Close()
}

// Close ends the transaction; without Commit before it nothing was written.
func (tx *memoryTx) Close() error {
	if tx.rw && !tx.ended {
		tx.db.writing.Unlock()
	}
	tx.ended = true
	return nil
}

func (tx *memoryTx) Scan(_ context.Context, opts ...flat.IteratorOption) flat.Iterator {
	m := tx.m
	if tx.rw {
		m = m.Copy() // what is written meanwhile is not seen
	}
	return flat.ApplyIteratorOptions(&memoryIterator{m: m}, opts)
}

type memoryIterator struct {
	m       *btree.Map[string, []byte]
	prefix  string
	it      btree.MapIter[string, []byte]
	started bool
	valid   bool
}

var (
	_ flat.Seeker         = (*memoryIterator)(nil)
	_ flat.PrefixIterator = (*memoryIterator)(nil)
)

func (it *memoryIterator) Reset() { it.started, it.valid = false, false }

func (it *memoryIterator) WithPrefix(prefix flat.Key) flat.Iterator {
	it.Reset()
	it.prefix = string(prefix)
	return it
}

// at keeps ok while the key has the prefix.
func (it *memoryIterator) at(ok bool) bool {
	it.started, it.valid = true, ok && strings.HasPrefix(it.it.Key(), it.prefix)
	return it.valid
}

func (it *memoryIterator) Seek(_ context.Context, key flat.Key) bool {
	it.it = it.m.Iter()
	return it.at(it.it.Seek(max(string(key), it.prefix)))
}

func (it *memoryIterator) Next(ctx context.Context) bool {
	if !it.started {
		return it.Seek(ctx, nil)
	}
	return it.valid && it.at(it.it.Next())
}

func (it *memoryIterator) Key() flat.Key {
	if !it.valid {
		return nil
	}
	return flat.Key(it.it.Key())
}

func (it *memoryIterator) Val() flat.Value {
	if !it.valid {
		return nil
	}
	return it.it.Value()
}

func (it *memoryIterator) Err() error   { return nil }
func (it *memoryIterator) Close() error { it.Reset(); return nil }
