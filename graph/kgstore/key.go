package kgstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/cayleygraph/quad"
	"github.com/cespare/xxhash/v2"
	"github.com/cockroachdb/pebble/v2"
)

// The first byte of a key says what it is.
const (
	keySPO   = 's'
	keyPSO   = 'p'
	keyOSP   = 'o'
	keyLabel = 'l'
	keyValue = 'v'
	keyDict  = 'd'
	keyCount = 'c'
	keyHub   = 'h'
	keyMeta  = 'm'
)

// Positions of a quad.
const (
	subject = iota
	predicate
	object
	label
)

var positions = [...]quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}

// positionOf is the inverse of positions; -1 for quad.Any.
func positionOf(d quad.Direction) int {
	switch d {
	case quad.Subject:
		return subject
	case quad.Predicate:
		return predicate
	case quad.Object:
		return object
	case quad.Label:
		return label
	}
	return -1
}

// order is an index: the positions of a quad in the order in which its keys have them.
type order struct {
	key byte
	pos [4]int
	seq bool // values are sequence numbers
}

var orders = [...]order{
	{keySPO, [4]int{subject, predicate, object, label}, true},
	{keyPSO, [4]int{predicate, object, subject, label}, false},
	{keyOSP, [4]int{object, subject, predicate, label}, false},
	{keyLabel, [4]int{label, subject, predicate, object}, false},
}

// Lengths of keys.
const (
	quadKeyLen = 1 + 4*8
	idKeyLen   = 1 + 8
	hubKeyLen  = 2 + 2*8
)

// quadIDs are the ids of a quad by position; 0 is no label.
type quadIDs [4]uint64

func (o *order) append(b []byte, q *quadIDs) []byte {
	b = append(b, o.key)
	for _, p := range o.pos {
		b = binary.BigEndian.AppendUint64(b, q[p])
	}
	return b
}

func (o *order) decode(key []byte, q *quadIDs) {
	_ = key[quadKeyLen-1]
	q[o.pos[0]] = binary.BigEndian.Uint64(key[1:])
	q[o.pos[1]] = binary.BigEndian.Uint64(key[9:])
	q[o.pos[2]] = binary.BigEndian.Uint64(key[17:])
	q[o.pos[3]] = binary.BigEndian.Uint64(key[25:])
}

// leading is how many positions from the first on are bound.
func (o *order) leading(bound *quadIDs) int {
	for k, p := range o.pos {
		if bound[p] == 0 {
			return k
		}
	}
	return len(o.pos)
}

func idKey(b []byte, key byte, id uint64) []byte {
	return binary.BigEndian.AppendUint64(append(b, key), id)
}

// hubKey is the key of the count of a node's quads with a predicate; pos is subject or object.
func hubKey(b []byte, pos int, node, pred uint64) []byte {
	b = hubPrefix(b, pos, node)
	return binary.BigEndian.AppendUint64(b, pred)
}

func hubPrefix(b []byte, pos int, node uint64) []byte {
	return binary.BigEndian.AppendUint64(append(b, keyHub, "spol"[pos]), node)
}

// hubFrom is how many quads a node may have in a position without counts by predicate. It belongs to the format; a variable only
// for tests.
var hubFrom uint64 = 32

var (
	formatKey = []byte("mformat")
	stateKey  = []byte("mstate")
)

const format = "kg quads 1"

// state are the counters of a store.
type state struct {
	seq   uint64 // of the next quad
	nodes uint64
	quads uint64
	next  [numClasses]uint64
}

func (s *state) append(b []byte) []byte {
	for _, n := range append([]uint64{s.seq, s.nodes, s.quads}, s.next[:]...) {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

var errDamaged = errors.New("damaged")

func decodeState(b []byte) (s state, err error) {
	for _, n := range []*uint64{&s.seq, &s.nodes, &s.quads} {
		if *n, b, err = uvarint(b); err != nil {
			return s, fmt.Errorf("counters: %w", err)
		}
	}
	for i := range s.next {
		if s.next[i], b, err = uvarint(b); err != nil {
			return s, fmt.Errorf("counters: %w", err)
		}
	}
	if len(b) > 0 {
		return s, fmt.Errorf("counters: %w", errDamaged)
	}
	return s, nil
}

func uvarint(b []byte) (uint64, []byte, error) {
	n, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil, errDamaged
	}
	return n, b[size:], nil
}

// counts are how many quads have a node in each position.
type counts [4]uint64

func (c *counts) total() uint64 { return c[0] + c[1] + c[2] + c[3] }

func (c *counts) append(b []byte) []byte {
	for _, n := range c {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func decodeCounts(b []byte) (c counts, err error) {
	for i := range c {
		if c[i], b, err = uvarint(b); err != nil {
			return c, fmt.Errorf("counts of a node: %w", err)
		}
	}
	if len(b) > 0 {
		return c, fmt.Errorf("counts of a node: %w", errDamaged)
	}
	return c, nil
}

// Longest texts that stand whole in a key of the dictionary.
const (
	maxKeyText = 40
	maxKeyIRI  = 64
)

func maxKey(kind byte) int {
	if kind == kindIRI || kind == kindBNode {
		return maxKeyIRI
	}
	return maxKeyText
}

// hash is a variable so that a test can make collisions.
var hash = defaultHash

func defaultHash(s string) uint64 { return xxhash.Sum64String(s) }

// dictKey is the key of an entry in the dictionary; long where other entries may have the same.
func dictKey(b []byte, e entry) (key []byte, long bool) {
	b = append(b, keyDict, e.kind)
	n := maxKey(e.kind)
	if len(e.ident) <= n {
		return append(append(b, e.ident...), 0), false
	}
	b = append(append(b, e.ident[:n]...), 1)
	return binary.BigEndian.AppendUint64(b, hash(e.ident)), true
}

// Ids stand in the dictionary with their class in the lowest bits, so that counters are short varints.
func appendDictID(b []byte, id uint64) []byte {
	return binary.AppendUvarint(b, bits.RotateLeft64(id, 4))
}

func decodeDictIDs(b []byte, fn func(id uint64)) error {
	for len(b) > 0 {
		var n uint64
		var err error
		if n, b, err = uvarint(b); err != nil {
			return fmt.Errorf("dictionary: %w", err)
		}
		fn(bits.RotateLeft64(n, -4))
	}
	return nil
}

// appendEntry appends what stands under an id. Kinds that the class tells are left out.
func appendEntry(b []byte, id uint64, e entry) []byte {
	if kindOf(id) == 0 {
		b = append(b, e.kind)
	}
	return append(b, e.ident...)
}

func decodeEntry(id uint64, b []byte) (entry, error) {
	kind := kindOf(id)
	if kind == 0 {
		if len(b) == 0 {
			return entry{}, fmt.Errorf("value %x: %w", id, errDamaged)
		}
		kind, b = b[0], b[1:]
	}
	return entry{kind, string(b)}, nil
}

func kindOf(id uint64) byte {
	switch classOf(id) {
	case classIRI:
		return kindIRI
	case classBNode:
		return kindBNode
	case classText:
		return kindText
	case classLang:
		return kindLang
	}
	return 0
}

// get calls fn with the value of a key, which is valid only there; ok is false where there is none.
func get(r pebble.Reader, key []byte, fn func(val []byte) error) (ok bool, err error) {
	val, closer, err := r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func(c io.Closer) {
		if err2 := c.Close(); err == nil {
			err = err2
		}
	}(closer)
	return true, fn(val)
}

// readID finds the id of an entry; 0 where there is none. listed says whether its key holds ids of others.
func readID(r pebble.Reader, e entry, buf []byte) (id uint64, listed bool, err error) {
	key, long := dictKey(buf[:0], e)
	var list []uint64
	_, err = get(r, key, func(val []byte) error {
		return decodeDictIDs(val, func(x uint64) { list = append(list, x) })
	})
	if err != nil || len(list) == 0 {
		return 0, false, err
	}
	if !long {
		return list[0], false, nil
	}
	for _, x := range list {
		equal := false
		ok, err := get(r, idKey(buf[:0], keyValue, x), func(val []byte) error {
			if kindOf(x) == 0 && len(val) > 0 {
				val = val[1:]
			}
			equal = string(val) == e.ident
			return nil
		})
		if err != nil {
			return 0, false, err
		}
		if !ok {
			return 0, false, fmt.Errorf("dictionary: value %x: %w", x, errDamaged)
		}
		if equal {
			return x, true, nil
		}
	}
	return 0, true, nil
}

// readEntry reads what stands under an id.
func readEntry(r pebble.Reader, id uint64) (e entry, ok bool, err error) {
	var buf [9]byte
	ok, err = get(r, idKey(buf[:0], keyValue, id), func(val []byte) error {
		e, err = decodeEntry(id, val)
		return err
	})
	return e, ok, err
}

func readCounts(r pebble.Reader, id uint64) (c counts, err error) {
	var buf [9]byte
	_, err = get(r, idKey(buf[:0], keyCount, id), func(val []byte) error {
		c, err = decodeCounts(val)
		return err
	})
	return c, err
}

// after is the least key behind all that begin with prefix.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// scanKeys calls fn with every key that begins with prefix, and its value.
func scanKeys(r pebble.Reader, prefix []byte, fn func(key, val []byte) error) (err error) {
	it, err := r.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return err
	}
	defer func() {
		if err2 := it.Close(); err == nil {
			err = err2
		}
	}()
	for it.First(); it.Valid(); it.Next() {
		if err := fn(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}
