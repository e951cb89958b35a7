package kgstore

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cespare/xxhash/v2"
	"github.com/cockroachdb/pebble/v2"
)

// change is what a transaction does to a quad. While deltas are read, n is the place of the delta, shifted by 2, and the bits
// below; then it is the sequence number, shifted by 2, and the kind.
type change struct {
	q quadIDs
	n uint64
}

// Bits of a change while deltas are read.
const (
	isDelete = 1 << iota
	isFresh  // it has a value that was not in the store
)

// Kinds of changes then.
const (
	added   = iota
	removed // the key goes
	renewed // it was there and was deleted and added again: only its sequence number changes
)

// newValue is a value that a transaction gave an id.
type newValue struct {
	id uint64
	e  entry
}

// txn is a transaction in the making. It reads the store, and changes nothing but the writer's cache of ids.
type txn struct {
	w      *writer
	r      pebble.Reader
	empty  bool // the store never had a quad
	start  state
	st     state
	fresh  []newValue
	freshF map[uint64]bool   // fresh ids of ordered classes
	forms  map[uint64]uint64 // last form by id without a form
	listed map[string]bool   // long keys of the dictionary that hold other ids already
	bulk   bool              // too large for the writer's caches of counts, which are empty
	buf    []byte
}

// writer is what a store keeps between transactions, so that an article does not look up again what the last ones named. For the
// holder of the store's write lock. After a failed transaction all is forgotten.
type writer struct {
	ids    [256]recent[string, uint64] // by kind and ident
	counts recent[uint64, counts]
	hubs   recent[hub, uint64]
	made   *keySet // what is in the dictionary, where the writer began with an empty store; else nil
}

// hub is a node and a predicate whose quads are counted; pos is subject or object.
type hub struct {
	pos        byte
	node, pred uint64
}

// Each of the two generations of a cache keeps so many entries.
const (
	cachedIDs    = 200_000
	cachedCounts = 100_000
)

func (w *writer) forget() { *w = writer{} }

func (w *writer) put(e entry, id uint64) { w.ids[e.kind].put(e.ident, id, cachedIDs) }

func (w *writer) drop(e entry) { w.ids[e.kind].drop(e.ident) }

func (t *txn) isFresh(id uint64) bool {
	switch c := classOf(id); {
	case dense(c):
		return id&(1<<60-1) >= t.start.next[c]
	case ordered(c):
		return t.freshF[id]
	}
	return false
}

// id finds the id of a value, and makes one where create is set; 0 where there is none.
func (t *txn) id(v quad.Value, create bool) (id uint64, fresh bool, err error) {
	if v == nil {
		return 0, false, nil
	}
	if id, ok := inlineID(v); ok {
		return id, false, nil
	}
	e, err := entryOf(v)
	if err != nil {
		return 0, false, err
	}
	if id, ok := t.w.ids[e.kind].get(e.ident, cachedIDs); ok {
		return id, t.isFresh(id), nil
	}
	listed := false
	var key uint64 // a hash of the dictionary's key
	if t.w.made != nil {
		text, _ := dictKey(t.buf[:0], e)
		key = xxhash.Sum64(text)
	}
	if !t.empty && (t.w.made == nil || t.w.made.has(key)) {
		if id, listed, err = readID(t.r, e, t.buf[:0]); err != nil {
			return 0, false, err
		}
		if id != 0 {
			t.w.put(e, id)
			return id, false, nil
		}
	}
	if !create {
		return 0, false, nil
	}
	if id, err = t.assign(e); err != nil {
		return 0, false, err
	}
	if listed {
		key, _ := dictKey(nil, e)
		t.listed[string(key)] = true
	}
	t.w.put(e, id)
	if t.w.made != nil {
		t.w.made.add(key)
	}
	t.fresh = append(t.fresh, newValue{id, e})
	return id, true, nil
}

// assign gives a new value an id.
func (t *txn) assign(e entry) (uint64, error) {
	class, order := e.class()
	if ordered(class) {
		base := makeID(class, order<<formBits)
		last, ok := t.forms[base]
		if !ok {
			last = firstForm - 1
			if !t.empty {
				var err error
				if last, err = t.lastForm(base); err != nil {
					return 0, err
				}
			}
		}
		if last < lastForm {
			t.forms[base] = last + 1
			id := base | (last + 1)
			t.freshF[id] = true
			return id, nil
		}
		class = classSpill
	}
	id := makeID(class, t.st.next[class])
	if t.st.next[class]++; t.st.next[class] >= 1<<60 {
		return 0, errors.New("store is full")
	}
	return id, nil
}

// lastForm is the last form in the dictionary of those that share a place.
func (t *txn) lastForm(base uint64) (last uint64, err error) {
	lower, upper := idKey(nil, keyValue, base|firstForm), after(idKey(nil, keyValue, base|lastForm))
	it, err := t.r.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	if err != nil {
		return 0, err
	}
	last = firstForm - 1
	if it.Last() {
		last = binary.BigEndian.Uint64(it.Key()[1:]) & lastForm
	}
	return last, it.Close()
}

// checkQuad says why a quad cannot be stored. What it has in common with the one before is not checked again.
func checkQuad(q, before *quad.Quad) error {
	was := [...]quad.Value{before.Subject, before.Predicate, before.Object, before.Label}
	for i, v := range [...]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == was[i] && v != nil || v == nil && i == label {
			continue
		}
		if err := check(v); err != nil {
			return fmt.Errorf("%s: %w", positions[i], err)
		}
	}
	return nil
}

// counts are those of a node before the transaction.
func (t *txn) counts(id uint64) (counts, error) {
	if c, ok := t.w.counts.get(id, cachedCounts); ok {
		return c, nil
	}
	return readCounts(t.r, id)
}

// begin makes a transaction on the newest state. For the holder of the write lock.
func (s *Store) begin() *txn {
	if s.st.seq == 0 && s.writer.made == nil {
		s.writer.made = &keySet{}
	}
	return &txn{
		w: &s.writer, r: s.db, empty: s.st.seq == 0, st: s.st, start: s.st,
		freshF: map[uint64]bool{}, forms: map[uint64]uint64{}, listed: map[string]bool{}, buf: make([]byte, 0, 128),
	}
}

// net reads deltas and returns the changes that they come to, in the order of the index of subjects.
func (t *txn) net(in []graph.Delta, opts graph.IgnoreOpts) ([]change, error) {
	before := &quad.Quad{}
	for i := range in {
		d := &in[i]
		if d.Action != graph.Add && d.Action != graph.Delete {
			return nil, &graph.DeltaError{Delta: *d, Err: graph.ErrInvalidAction}
		}
		if err := checkQuad(&d.Quad, before); err != nil {
			return nil, &graph.DeltaError{Delta: *d, Err: err}
		}
		before = &d.Quad
	}
	var fault error // of the first delta that cannot be applied
	faultAt := uint64(len(in))
	changes := make([]change, 0, len(in))
	var last struct {
		vals [4]quad.Value
		ids  quadIDs
	}
	for i := range in {
		d := &in[i]
		c := change{n: uint64(i) << 2}
		if d.Action == graph.Delete {
			c.n |= isDelete
		}
		missing := false
		for j, v := range [...]quad.Value{d.Quad.Subject, d.Quad.Predicate, d.Quad.Object, d.Quad.Label} {
			if _, isFloat := v.(quad.Float); last.ids[j] != 0 && v == last.vals[j] && !isFloat { // 0 == -0
				c.q[j] = last.ids[j]
				if t.isFresh(c.q[j]) {
					c.n |= isFresh
				}
				continue
			}
			id, fresh, err := t.id(v, d.Action == graph.Add)
			if err != nil {
				return nil, fmt.Errorf("%s of a quad: %w", positions[j], err)
			}
			if fresh {
				c.n |= isFresh
			}
			missing = missing || id == 0 && v != nil
			c.q[j], last.ids[j], last.vals[j] = id, id, v
		}
		if missing {
			if !opts.IgnoreMissing && fault == nil {
				fault, faultAt = &graph.DeltaError{Delta: *d, Err: graph.ErrQuadNotExist}, uint64(i)
			}
			continue
		}
		changes = append(changes, c)
	}
	spo := &orders[0]
	sorted := make([]change, len(changes))
	for i, p := range arrange(places(len(changes)), changes, label, object, predicate, subject) {
		sorted[i] = changes[p.at]
	}
	changes = sorted
	out := changes[:0]
	seq := t.st.seq
	t.st.seq += uint64(len(in))
	for i := 0; i < len(changes); {
		j := i + 1
		for j < len(changes) && changes[j].q == changes[i].q {
			j++
		}
		was := false
		if changes[i].n&isFresh == 0 && !t.empty {
			ok, err := get(t.r, spo.append(t.buf[:0], &changes[i].q), func([]byte) error { return nil })
			if err != nil {
				return nil, err
			}
			was = ok
		}
		is, touched, at := was, false, changes[i].n>>2
		for _, c := range changes[i:j] {
			n := c.n >> 2
			switch {
			case c.n&isDelete == 0 && !is:
				is, touched, at = true, true, n
			case c.n&isDelete != 0 && is:
				is, touched = false, true
			case c.n&isDelete == 0 && !opts.IgnoreDup && n < faultAt:
				fault, faultAt = &graph.DeltaError{Delta: in[n], Err: graph.ErrQuadExists}, n
			case c.n&isDelete != 0 && !opts.IgnoreMissing && n < faultAt:
				fault, faultAt = &graph.DeltaError{Delta: in[n], Err: graph.ErrQuadNotExist}, n
			}
		}
		c := change{q: changes[i].q, n: (seq + at) << 2}
		switch {
		case is && !was:
			out = append(out, c)
		case was && !is:
			out = append(out, change{c.q, c.n | removed})
		case was && touched:
			out = append(out, change{c.q, c.n | renewed})
		}
		i = j
	}
	return out, fault
}

// sink takes the keys of a transaction: those of one index, or of the dictionary, in ascending order.
type sink interface {
	// part returns a place for the keys that begin with this byte. Parts may be written at the same time where the sink says so.
	part(key byte) (part, error)
	concurrent() bool
}

type part interface {
	Set(key, val []byte) error
	Delete(key []byte) error
	Close() error
}

// tally is by how much a count changes.
type tally struct {
	a, b uint64 // a node, or a node and a predicate
	n    int64
}

// run adds n to the last tally, or begins a new one.
func run(list []tally, a, b uint64, n int64) []tally {
	if k := len(list) - 1; k >= 0 && list[k].a == a && list[k].b == b {
		list[k].n += n
		return list
	}
	return append(list, tally{a, b, n})
}

// writeIndex writes the changes to one index, whose order list has, and counts: heads are by the first position, pairs by node and
// predicate, where the index has them together.
func writeIndex(o *order, changes []change, list []place, to part) (heads, pairs []tally, err error) {
	switch o.key {
	case keySPO, keyPSO: // nearly every quad has a pair of its own
		pairs = make([]tally, 0, len(list))
	}
	key := make([]byte, 0, quadKeyLen)
	var val [binary.MaxVarintLen64]byte
	for _, p := range list {
		c := &changes[p.at]
		kind := c.n & 3
		key = o.append(key[:0], &c.q)
		switch {
		case kind == removed:
			err = to.Delete(key)
		case o.seq:
			err = to.Set(key, val[:binary.PutUvarint(val[:], c.n>>2)])
		case kind == added:
			err = to.Set(key, nil)
		}
		if err != nil {
			return nil, nil, err
		}
		if kind == renewed {
			continue
		}
		n := int64(1)
		if kind == removed {
			n = -1
		}
		heads = run(heads, c.q[o.pos[0]], 0, n)
		switch o.key {
		case keySPO:
			pairs = run(pairs, c.q[subject], c.q[predicate], n)
		case keyPSO:
			pairs = run(pairs, c.q[object], c.q[predicate], n)
		}
	}
	return heads, pairs, to.Close()
}

// write hands all that the changes come to over to a sink.
func (t *txn) write(changes []change, to sink) error {
	var (
		heads, pairs [4][]tally
		errs         [4]error
		parts        [4]part
	)
	for i := range orders {
		if parts[i], errs[i] = to.part(orders[i].key); errs[i] != nil {
			return errs[i]
		}
	}
	work := func(i int) {
		list := places(len(changes)) // in the order of the index of subjects
		switch orders[i].key {
		case keyPSO:
			list = arrange(list, changes, object, predicate)
		case keyOSP:
			list = arrange(list, changes, object)
		case keyLabel:
			list = arrange(list, changes, label)
		}
		heads[i], pairs[i], errs[i] = writeIndex(&orders[i], changes, list, parts[i])
	}
	for i := 0; i < len(orders); i += 2 {
		if to.concurrent() {
			var wg sync.WaitGroup
			wg.Go(func() { work(i + 1) })
			work(i)
			wg.Wait()
		} else {
			work(i)
			work(i + 1)
		}
	}
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	byPair := func(a, b tally) int {
		return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	}
	objects := pairs[1] // in the order of predicates, as the index has them
	slices.SortFunc(objects, byPair)
	gone, err := t.writeCounts(heads, pairs[0], objects, to)
	if err != nil {
		return err
	}
	if err := t.writeDictionary(gone, to); err != nil {
		return err
	}
	meta, err := to.part(keyMeta)
	if err != nil {
		return err
	}
	if err := meta.Set(stateKey, t.st.append(nil)); err != nil {
		return err
	}
	return meta.Close()
}

// writeCounts writes the counts of nodes and of nodes with predicates. It drops fresh values without a quad, and returns the
// nodes of the dictionary that are gone.
func (t *txn) writeCounts(heads [4][]tally, subjects, objects []tally, to sink) (gone []newValue, err error) {
	for _, h := range heads[subject] {
		t.st.quads += uint64(h.n)
	}
	part, err := to.part(keyCount)
	if err != nil {
		return nil, err
	}
	type size struct {
		node     uint64
		old, new uint64
	}
	var hubs [4][]size // of subjects and objects, by position
	used := map[uint64]bool{}
	if len(t.fresh) > 0 {
		used = make(map[uint64]bool, len(t.fresh))
	}
	var key, val []byte
	at := [4]int{}
	for {
		// The least node that has changed, over the four lists.
		id, any := uint64(0), false
		for i := range heads {
			if at[i] < len(heads[i]) && (!any || heads[i][at[i]].a < id) {
				id, any = heads[i][at[i]].a, true
			}
		}
		if !any {
			break
		}
		var delta [4]int64
		for i := range heads {
			if at[i] < len(heads[i]) && heads[i][at[i]].a == id {
				delta[orders[i].pos[0]] = heads[i][at[i]].n
				at[i]++
			}
		}
		if id == 0 { // no label
			continue
		}
		var old counts
		isFresh := t.isFresh(id)
		if !isFresh && !t.empty {
			if old, err = t.counts(id); err != nil {
				return nil, err
			}
		}
		c := old
		for p, n := range delta {
			if int64(c[p])+n < 0 {
				return nil, fmt.Errorf("counts of node %x: %w", id, errDamaged)
			}
			c[p] += uint64(n)
		}
		for _, p := range [...]int{subject, object} { // also where c == old: the predicates may be others
			if old[p] > hubFrom || c[p] > hubFrom {
				hubs[p] = append(hubs[p], size{id, old[p], c[p]})
			}
		}
		if c == old {
			continue
		}
		key = idKey(key[:0], keyCount, id)
		switch {
		case c.total() == 0:
			t.st.nodes--
			t.w.counts.drop(id)
			if err := part.Delete(key); err != nil {
				return nil, err
			}
			if dense(classOf(id)) {
				e, ok, err := readEntry(t.r, id)
				if err != nil {
					return nil, err
				}
				if !ok {
					return nil, fmt.Errorf("value %x: %w", id, errDamaged)
				}
				gone = append(gone, newValue{id, e})
			}
			continue
		case old.total() == 0:
			t.st.nodes++
		}
		if isFresh {
			used[id] = true
		}
		if !t.bulk {
			t.w.counts.put(id, c, cachedCounts)
		}
		val = c.append(val[:0])
		if err := part.Set(key, val); err != nil {
			return nil, err
		}
	}
	if err := part.Close(); err != nil {
		return nil, err
	}
	// Fresh values that no quad has in the end, since it was deleted again.
	kept := t.fresh[:0]
	for _, f := range t.fresh {
		if used[f.id] {
			kept = append(kept, f)
		} else {
			t.w.drop(f.e)
		}
	}
	t.fresh = kept

	if part, err = to.part(keyHub); err != nil {
		return nil, err
	}
	for _, side := range []struct { // as "ho" sorts before "hs"
		pos   int
		pairs []tally
	}{{object, objects}, {subject, subjects}} {
		pairs := side.pairs
		for _, h := range hubs[side.pos] {
			for len(pairs) > 0 && pairs[0].a < h.node {
				pairs = pairs[1:]
			}
			n := 0
			for n < len(pairs) && pairs[n].a == h.node {
				n++
			}
			if err := t.writeHub(side.pos, h.node, h.old, h.new, pairs[:n], part); err != nil {
				return nil, err
			}
			pairs = pairs[n:]
		}
	}
	return gone, part.Close()
}

// writeHub writes the counts by predicate of a node that has, or had, more than hubFrom quads in a position.
func (t *txn) writeHub(pos int, node, old, now uint64, pairs []tally, to part) error {
	was := map[uint64]uint64{} // by predicate
	switch {
	case old > hubFrom && now > hubFrom:
		for _, p := range pairs {
			h := hub{byte(pos), node, p.b}
			if n, ok := t.w.hubs.get(h, cachedCounts); ok {
				was[p.b] = n
				continue
			}
			_, err := get(t.r, hubKey(t.buf[:0], pos, node, p.b), func(val []byte) error {
				n, _, err := uvarint(val)
				was[p.b] = n
				return err
			})
			if err != nil {
				return err
			}
		}
	case old > hubFrom: // all go
		var keys [][]byte
		err := scanKeys(t.r, hubPrefix(nil, pos, node), func(key, _ []byte) error {
			keys = append(keys, slices.Clone(key))
			return nil
		})
		if err != nil {
			return err
		}
		for _, key := range keys {
			t.w.hubs.drop(hub{byte(pos), node, binary.BigEndian.Uint64(key[10:])})
			if err := to.Delete(key); err != nil {
				return err
			}
		}
		return nil
	case old > 0: // at most hubFrom
		o := &orders[0]
		if pos == object {
			o = &orders[2]
		}
		err := scanKeys(t.r, idKey(nil, o.key, node), func(key, _ []byte) error {
			var q quadIDs
			o.decode(key, &q)
			was[q[predicate]]++
			return nil
		})
		if err != nil {
			return err
		}
	}
	before := len(was)
	all := old <= hubFrom // also those that did not change
	for _, p := range pairs {
		n := int64(was[p.b]) + p.n
		if n < 0 {
			return fmt.Errorf("counts of node %x: %w", node, errDamaged)
		}
		was[p.b] = uint64(n)
	}
	preds := make([]uint64, 0, max(before, len(pairs)))
	for p := range was {
		preds = append(preds, p)
	}
	slices.Sort(preds)
	var val [binary.MaxVarintLen64]byte
	for _, p := range preds {
		key := hubKey(t.buf[:0], pos, node, p)
		var err error
		n := was[p]
		if n > 0 {
			err = to.Set(key, val[:binary.PutUvarint(val[:], n)])
		} else if !all {
			err = to.Delete(key)
		}
		if !t.bulk {
			t.w.hubs.put(hub{byte(pos), node, p}, n, cachedCounts)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeDictionary writes fresh values, and deletes those that are gone.
func (t *txn) writeDictionary(gone []newValue, to sink) error {
	type row struct {
		key  string // of the dictionary
		id   uint64
		e    entry
		long bool
		gone bool
	}
	rows := make([]row, 0, len(t.fresh)+len(gone))
	for _, f := range t.fresh {
		rows = append(rows, row{id: f.id, e: f.e})
	}
	for _, g := range gone {
		rows = append(rows, row{id: g.id, e: g.e, gone: true})
		t.w.drop(g.e)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.id, b.id) })
	part, err := to.part(keyValue)
	if err != nil {
		return err
	}
	var val []byte
	for i := range rows {
		r := &rows[i]
		key := idKey(t.buf[:0], keyValue, r.id)
		if r.gone {
			err = part.Delete(key)
		} else {
			val = appendEntry(val[:0], r.id, r.e)
			err = part.Set(key, val)
		}
		if err != nil {
			return err
		}
		key, r.long = dictKey(t.buf[:0], r.e)
		r.key = string(key)
	}
	if err := part.Close(); err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	if part, err = to.part(keyDict); err != nil {
		return err
	}
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[j].key == rows[i].key {
			j++
		}
		var list []uint64
		old := t.listed[rows[i].key]
		for _, r := range rows[i:j] {
			old = old || r.gone
		}
		key := []byte(rows[i].key)
		if old {
			_, err := get(t.r, key, func(val []byte) error {
				return decodeDictIDs(val, func(id uint64) { list = append(list, id) })
			})
			if err != nil {
				return err
			}
		}
		for _, r := range rows[i:j] {
			if r.gone {
				list = slices.DeleteFunc(list, func(id uint64) bool { return id == r.id })
			} else {
				list = append(list, r.id)
			}
		}
		val = val[:0]
		for _, id := range list {
			val = appendDictID(val, id)
		}
		if len(list) == 0 {
			err = part.Delete(key)
		} else {
			err = part.Set(key, val)
		}
		if err != nil {
			return err
		}
		i = j
	}
	return part.Close()
}
