package kgstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Verify reads everything and says where indexes, counts and dictionary disagree. It takes memory for every node, and Close of the
// store waits for it.
func (sn *Snapshot) Verify() error {
	if err := sn.enter(); err != nil {
		return err
	}
	defer sn.leave()
	type pair struct {
		pos        int
		node, pred uint64
	}
	var (
		r      pebble.Reader = sn.snap
		byNode               = map[uint64]*counts{}
		pairs                = map[pair]uint64{}
		buf    []byte
		quads  uint64
		errs   []error
	)
	fail := func(format string, args ...any) error {
		if errs = append(errs, fmt.Errorf(format, args...)); len(errs) > 20 {
			return errors.Join(errs...)
		}
		return nil
	}
	for i := range orders {
		o := &orders[i]
		n := uint64(0)
		err := scanKeys(r, []byte{o.key}, func(key, val []byte) error {
			n++
			if len(key) != quadKeyLen {
				return fail("index %c: key %x", o.key, key)
			}
			var q quadIDs
			o.decode(key, &q)
			var seq uint64
			if o.seq {
				var err error
				var rest []byte
				if seq, rest, err = uvarint(val); err != nil || len(rest) > 0 || seq >= sn.st.seq {
					return fail("index %c: quad %x has the sequence number %x", o.key, q, val)
				}
			} else if len(val) != 0 {
				return fail("index %c: quad %x has the value %x", o.key, q, val)
			}
			if i != 0 {
				same := true
				ok, err := get(r, orders[0].append(buf[:0], &q), func(val []byte) error {
					first, _, err := uvarint(val)
					same = !o.seq || first == seq
					return err
				})
				if err != nil {
					return err
				}
				if !ok || !same {
					return fail("index %c: quad %x is another in the index of subjects", o.key, q)
				}
				return nil
			}
			for p, id := range q {
				if id == 0 && p == label {
					continue
				}
				c := byNode[id]
				if c == nil {
					c = &counts{}
					byNode[id] = c
				}
				c[p]++
			}
			pairs[pair{subject, q[subject], q[predicate]}]++
			pairs[pair{object, q[object], q[predicate]}]++
			return nil
		})
		if err != nil {
			return err
		}
		if i == 0 {
			quads = n
		} else if n != quads {
			if err := fail("index %c has %d quads, that of subjects %d", o.key, n, quads); err != nil {
				return err
			}
		}
	}
	if sn.st.quads != quads || sn.st.nodes != uint64(len(byNode)) {
		fail("counters say %d quads and %d nodes; there are %d and %d", sn.st.quads, sn.st.nodes, quads, len(byNode))
	}
	n := 0
	err := scanKeys(r, []byte{keyCount}, func(key, val []byte) error {
		n++
		if len(key) != idKeyLen {
			return fail("counts: key %x", key)
		}
		id := binary.BigEndian.Uint64(key[1:])
		c, err := decodeCounts(val)
		if want := byNode[id]; err != nil || want == nil || *want != c {
			return fail("node %x: counts %v, want %v", id, c, want)
		}
		return nil
	})
	if err == nil && n != len(byNode) {
		err = fail("%d nodes have counts, of %d", n, len(byNode))
	}
	if err != nil {
		return err
	}
	hubs := 0
	for p := range pairs {
		if byNode[p.node][p.pos] > hubFrom {
			hubs++
		}
	}
	n = 0
	err = scanKeys(r, []byte{keyHub}, func(key, val []byte) error {
		n++
		if len(key) != hubKeyLen || key[1] != keySPO && key[1] != keyOSP {
			return fail("counts by predicate: key %x", key)
		}
		p := pair{subject, binary.BigEndian.Uint64(key[2:]), binary.BigEndian.Uint64(key[10:])}
		if key[1] == keyOSP {
			p.pos = object
		}
		got, rest, err := uvarint(val)
		if c := byNode[p.node]; err != nil || len(rest) > 0 || c == nil || c[p.pos] <= hubFrom || pairs[p] != got {
			return fail("node %x with predicate %x: count %d, want %d", p.node, p.pred, got, pairs[p])
		}
		return nil
	})
	if err == nil && n != hubs {
		err = fail("%d counts by predicate, want %d", n, hubs)
	}
	if err != nil {
		return err
	}
	// Every node has its value, every value of a counted class its node, and the dictionary leads back.
	for id := range byNode {
		if inline(id) {
			if id2, ok := inlineID(inlineValue(id)); !ok || id2 != id {
				fail("id %x is not that of its value", id)
			}
			continue
		}
		e, ok, err := readEntry(r, id)
		if err == nil && ok {
			var back uint64
			if back, _, err = readID(r, e, nil); err == nil && back != id {
				err = fmt.Errorf("leads to %x", back)
			}
			if class, _ := e.class(); class != classOf(id) && classOf(id) != classSpill {
				err = fmt.Errorf("has class %d", class)
			}
		}
		if err != nil || !ok {
			if err := fail("node %x: value %v, %v, %v", id, e.value(), ok, err); err != nil {
				return err
			}
		}
	}
	values := 0
	err = scanKeys(r, []byte{keyValue}, func(key, _ []byte) error {
		values++
		if len(key) != idKeyLen {
			return fail("values: key %x", key)
		}
		if id := binary.BigEndian.Uint64(key[1:]); dense(classOf(id)) && byNode[id] == nil {
			return fail("value %x has no quad", id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	listed := 0
	err = scanKeys(r, []byte{keyDict}, func(key, val []byte) error {
		if len(key) < 3 {
			return fail("dictionary: key %x", key)
		}
		return decodeDictIDs(val, func(uint64) { listed++ })
	})
	if err == nil && listed != values {
		err = fail("dictionary lists %d ids of %d values", listed, values)
	}
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	err = scanKeys(r, []byte{keyMeta}, func(key, _ []byte) error {
		if !bytes.Equal(key, formatKey) && !bytes.Equal(key, stateKey) {
			return fail("key %x", key)
		}
		return nil
	})
	return errors.Join(append(errs, err)...)
}
