package graph

import (
	"context"
	"time"
)

// Options say which store Open opens. The zero value is an empty store in memory.
type Options struct {
	// Path is the file of the store; empty means in memory, gone when the store is closed.
	Path string
	// Backend is "bbolt" (the default where Path is set) or "memory".
	Backend string
	// BaseIRI is what kg: expands to, "http://example.org/kg/" where empty; kgo: expands to BaseIRI + "ontology/". The store
	// holds compact IRIs, so the same file may be opened with another base.
	BaseIRI string
	// ReadOnly opens an existing file without a write lock: any number of readers, no writer, at the same time.
	ReadOnly bool
	// LockTimeout is how long Open waits for another process that holds the file; 3 s where 0. After that Open returns an error
	// that matches ErrLocked and names the file.
	LockTimeout time.Duration
}

// Store is a graph of claims in Cayley. It is safe for concurrent use: any number of goroutines may read and query while one
// writes; writers wait for each other.
type Store struct {
	base string
}

// Open opens the store, and creates its file where there is none (an error with ReadOnly).
func Open(opt Options) (*Store, error) {
	return nil, errTODO
}

// Close waits for running reads and writes and closes the file. Afterwards every method returns ErrClosed.
func (s *Store) Close() error { return errTODO }

// AddResult counts what Add did.
type AddResult struct {
	Added, Replaced, Unchanged int // articles
	Quads                      int // written
}

// Add writes articles with all that they say. An article whose Hash is in the store already is left alone; one that is there
// with another hash, or that a killed run left half written, is deleted first and then written. Everything is checked before
// the first quad is written: an error about a bad record (*RecordError) means that nothing of this call was stored.
//
// An article's hash is written with its last quads, so whatever happens, an article with a hash is complete.
func (s *Store) Add(ctx context.Context, recs ...*Record) (AddResult, error) {
	return AddResult{}, errTODO
}

// Delete removes all that an article says; it returns the number of quads removed, 0 for an unknown article.
func (s *Store) Delete(ctx context.Context, article IRI) (quads int, err error) {
	return 0, errTODO
}
