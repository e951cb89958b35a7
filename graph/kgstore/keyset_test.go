package kgstore

import (
	"encoding/binary"
	"testing"

	"github.com/cespare/xxhash/v2"
)

// TestKeySet fills a set with 4 million keys: it has all of them, and few others.
func TestKeySet(t *testing.T) {
	const n = 4_000_000
	hash := func(i int) uint64 {
		return xxhash.Sum64(binary.BigEndian.AppendUint64(nil, uint64(i)))
	}
	var s keySet
	for i := range n {
		s.add(hash(i))
	}
	wrong := 0
	for i := range n {
		if !s.has(hash(i)) {
			t.Fatalf("key %d is not there", i)
		}
		if s.has(hash(n + i)) {
			wrong++
		}
	}
	if wrong > n/100 {
		t.Errorf("%d of %d other keys are there", wrong, n)
	}
}
