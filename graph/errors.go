package graph

import (
	"errors"
	"fmt"
)

var (
	ErrClosed   = errors.New("store is closed")
	ErrLocked   = errors.New("store is in use by another process")
	ErrReadOnly = errors.New("store is open for reading only")
	ErrChanged  = errors.New("store has changed since it was read")
)

// RecordError names the value of a record that cannot be stored.
type RecordError struct {
	Article IRI
	Field   string // "claims[3].subject"
	Value   string
	Err     error
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("article %s: %s: %v: %.100q", e.Article, e.Field, e.Err, e.Value)
}
func (e *RecordError) Unwrap() error { return e.Err }

// QuadError names the quad that cannot be read or stored.
type QuadError struct {
	N    int  // its number or line, from 1
	Line bool // N is a line
	Err  error
}

func (e *QuadError) Error() string {
	if e.Line {
		return fmt.Sprintf("line %d: %v", e.N, e.Err)
	}
	return fmt.Sprintf("quad %d: %v", e.N, e.Err)
}
func (e *QuadError) Unwrap() error { return e.Err }

// errStop ends a loop early.
var errStop = errors.New("stop")
