package index

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
	"unsafe"

	"github.com/cespare/xxhash/v2"

	"kg/graph"
)

// The file of an index: magic, then the parts that (*coder).index goes through, then the xxhash64 of all before. Numbers are
// little-endian, columns stand one behind the other: a list of numbers is its length (a varint) and their bytes, a list of texts that
// of their lengths and then all texts, one of texts that recur that of places in a list of the different ones, lists of lists their
// lengths and then all together. The file is of one state of one store, which its first two texts name; whatever is wrong with it, it
// is made anew. Texts of an Index that was read point into the bytes of the file, which stay in memory.
const magic = "kg index 2\n"

// coder writes an Index, or reads one: one description of the file for both. Errors are panics of coderError.
type coder struct {
	w     io.Writer // nil when reading
	bytes []byte    // left to read
	buf   []byte
}

type coderError struct{ err error }

var errTorn = errors.New("ends too early")

func (c *coder) reading() bool { return c.w == nil }

func (c *coder) write(b []byte) {
	if _, err := c.w.Write(b); err != nil {
		panic(coderError{err})
	}
}

func (c *coder) take(n int) []byte {
	if n < 0 || n > len(c.bytes) {
		panic(coderError{errTorn})
	}
	b := c.bytes[:n:n]
	c.bytes = c.bytes[n:]
	return b
}

func (c *coder) num(n *int) {
	if !c.reading() {
		c.buf = binary.AppendUvarint(c.buf[:0], uint64(*n))
		c.write(c.buf)
		return
	}
	v, k := binary.Uvarint(c.bytes)
	if k <= 0 || v > 1<<40 {
		panic(coderError{errTorn})
	}
	c.bytes = c.bytes[k:]
	*n = int(v)
}

type fixed interface {
	~int32 | ~uint32 | ~uint8 | ~float32 | ~float64
}

// numbers are a list as it stands in memory.
func numbers[V fixed](c *coder, list *[]V) {
	var v V
	size := int(unsafe.Sizeof(v))
	n := len(*list)
	c.num(&n)
	if c.reading() {
		b := c.take(n * size)
		if n == 0 {
			*list = nil
			return
		}
		*list = make([]V, n)
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&(*list)[0])), n*size), b)
	} else if n > 0 {
		c.write(unsafe.Slice((*byte)(unsafe.Pointer(&(*list)[0])), n*size))
	}
}

// raw are bytes that stay where they are.
func (c *coder) raw(b *[]byte) {
	n := len(*b)
	c.num(&n)
	if c.reading() {
		*b = c.take(n)
	} else {
		c.write(*b)
	}
}

func (c *coder) texts(list *[]string) {
	lengths := make([]uint32, len(*list))
	for i, s := range *list {
		lengths[i] = uint32(len(s))
	}
	numbers(c, &lengths)
	if !c.reading() {
		for _, s := range *list {
			c.buf = append(c.buf[:0], s...)
			c.write(c.buf)
		}
		return
	}
	*list = make([]string, len(lengths))
	for i, n := range lengths {
		if b := c.take(int(n)); len(b) > 0 {
			(*list)[i] = unsafe.String(&b[0], len(b))
		}
	}
}

// recurring are texts of which many are the same.
func (c *coder) recurring(list *[]string) {
	var all []string
	places := make([]uint32, len(*list))
	if !c.reading() {
		at := map[string]uint32{}
		for i, s := range *list {
			p, ok := at[s]
			if !ok {
				p = uint32(len(all))
				at[s] = p
				all = append(all, s)
			}
			places[i] = p
		}
	}
	c.texts(&all)
	numbers(c, &places)
	if c.reading() {
		*list = make([]string, len(places))
		for i, p := range places {
			(*list)[i] = all[p]
		}
	}
}

// column goes over one field of all rows.
func column[T any, V fixed](c *coder, rows []T, field func(*T) *V) {
	list := make([]V, len(rows))
	if !c.reading() {
		for i := range rows {
			list[i] = *field(&rows[i])
		}
	}
	numbers(c, &list)
	if c.reading() {
		if len(list) != len(rows) {
			panic(coderError{errTorn})
		}
		for i := range rows {
			*field(&rows[i]) = list[i]
		}
	}
}

func intColumn[T any](c *coder, rows []T, field func(*T) *int) {
	list := make([]int32, len(rows))
	for i := range rows {
		list[i] = int32(*field(&rows[i]))
	}
	column(c, list, func(v *int32) *int32 { return v })
	if !c.reading() { // pages read the rows while they are written down
		return
	}
	for i := range rows {
		*field(&rows[i]) = int(list[i])
	}
}

func boolColumn[T any](c *coder, rows []T, field func(*T) *bool) {
	list := make([]uint8, len(rows))
	for i := range rows {
		if *field(&rows[i]) {
			list[i] = 1
		}
	}
	column(c, list, func(v *uint8) *uint8 { return v })
	if !c.reading() {
		return
	}
	for i := range rows {
		*field(&rows[i]) = list[i] == 1
	}
}

func textColumn[T any, S ~string](c *coder, recurs bool, rows []T, field func(*T) *S) {
	list := make([]string, len(rows))
	if !c.reading() {
		for i := range rows {
			list[i] = string(*field(&rows[i]))
		}
	}
	if recurs {
		c.recurring(&list)
	} else {
		c.texts(&list)
	}
	if c.reading() {
		if len(list) != len(rows) {
			panic(coderError{errTorn})
		}
		for i := range rows {
			*field(&rows[i]) = S(list[i])
		}
	}
}

// refsColumn is a list in each row.
func refsColumn[T any](c *coder, rows []T, field func(*T) *[]Ref) {
	listColumn(c, rows, field, numbers[Ref])
}

func textsColumn[T any, S ~string](c *coder, rows []T, field func(*T) *[]S) {
	listColumn(c, rows, field, func(c *coder, all *[]S) {
		list := make([]string, len(*all))
		for i, s := range *all {
			list[i] = string(s)
		}
		c.recurring(&list)
		if c.reading() {
			*all = make([]S, len(list))
			for i, s := range list {
				(*all)[i] = S(s)
			}
		}
	})
}

func listColumn[T, V any](c *coder, rows []T, field func(*T) *[]V, code func(*coder, *[]V)) {
	lengths := make([]uint32, len(rows))
	var all []V
	if !c.reading() {
		n := 0
		for i := range rows {
			n += len(*field(&rows[i]))
		}
		all = make([]V, 0, n)
		for i := range rows {
			list := *field(&rows[i])
			lengths[i] = uint32(len(list))
			all = append(all, list...)
		}
	}
	numbers(c, &lengths)
	code(c, &all)
	if c.reading() {
		if len(lengths) != len(rows) {
			panic(coderError{errTorn})
		}
		for i := range rows {
			n := int(lengths[i])
			if n > len(all) {
				panic(coderError{errTorn})
			}
			if n > 0 {
				*field(&rows[i]) = all[:n:n]
				all = all[n:]
			}
		}
	}
}

// rowsOf makes room for as many rows as were written.
func rowsOf[T any](c *coder, rows *[]T) {
	n := len(*rows)
	c.num(&n)
	if c.reading() {
		if n > len(c.bytes) { // a row takes a byte at least
			panic(coderError{errTorn})
		}
		if *rows = nil; n > 0 {
			*rows = make([]T, n)
		}
	}
}

// state are the texts that name what an index is of: the version of the store, and a stamp of its file.
func (c *coder) state(version, stamp *string) {
	list := []string{*version, *stamp}
	c.texts(&list)
	if len(list) != 2 {
		panic(coderError{errTorn})
	}
	*version, *stamp = list[0], list[1]
}

func (c *coder) index(x *Index) {
	rowsOf(c, &x.Articles)
	a := x.Articles
	textColumn(c, false, a, func(a *Article) *graph.IRI { return &a.ID })
	textColumn(c, false, a, func(a *Article) *string { return &a.Headline })
	textColumn(c, false, a, func(a *Article) *string { return &a.URL })
	published := make([]string, len(a))
	for i := range a {
		if !a[i].Published.IsZero() {
			published[i] = a[i].Published.Format(time.RFC3339Nano)
		}
	}
	textColumn(c, false, published, func(s *string) *string { return s })
	for i, s := range published {
		if t, err := time.Parse(time.RFC3339Nano, s); err == nil && c.reading() {
			a[i].Published = t
		}
	}
	textColumn(c, true, a, func(a *Article) *string { return &a.Publisher })
	textColumn(c, true, a, func(a *Article) *string { return &a.Language })
	textColumn(c, false, a, func(a *Article) *string { return &a.Hash })
	textColumn(c, true, a, func(a *Article) *string { return &a.Outlet })
	column(c, a, func(a *Article) *Day { return &a.Day })
	refsColumn(c, a, func(a *Article) *[]Ref { return &a.Claims })
	refsColumn(c, a, func(a *Article) *[]Ref { return &a.NearDuplicates })

	rowsOf(c, &x.Entities)
	e := x.Entities
	textColumn(c, false, e, func(e *Entity) *graph.IRI { return &e.ID })
	textColumn(c, false, e, func(e *Entity) *string { return &e.Label })
	textsColumn(c, e, func(e *Entity) *[]graph.IRI { return &e.Types })
	textsColumn(c, e, func(e *Entity) *[]string { return &e.Aliases })
	textsColumn(c, e, func(e *Entity) *[]graph.IRI { return &e.SameAs })
	refsColumn(c, e, func(e *Entity) *[]Ref { return &e.Claims })
	intColumn(c, e, func(e *Entity) *int { return &e.Articles })
	column(c, e, func(e *Entity) *Day { return &e.First })
	column(c, e, func(e *Entity) *Day { return &e.Last })
	refsColumn(c, e, func(e *Entity) *[]Ref { return &e.Events })

	rowsOf(c, &x.Relations)
	r := x.Relations
	textColumn(c, false, r, func(r *Relation) *graph.IRI { return &r.ID })
	textColumn(c, false, r, func(r *Relation) *string { return &r.Label })
	textColumn(c, true, r, func(r *Relation) *graph.IRI { return &r.Parent })
	boolColumn(c, r, func(r *Relation) *bool { return &r.Symmetric })
	textColumn(c, true, r, func(r *Relation) *string { return &r.PLOVER })
	textColumn(c, true, r, func(r *Relation) *string { return &r.CAMEO })
	textColumn(c, true, r, func(r *Relation) *string { return &r.Goldstein })
	column(c, r, func(r *Relation) *Quad { return &r.Quad })
	column(c, r, func(r *Relation) *float32 { return &r.Score })
	refsColumn(c, r, func(r *Relation) *[]Ref { return &r.Claims })

	rowsOf(c, &x.Claims)
	l := x.Claims
	textColumn(c, false, l, func(l *Claim) *graph.IRI { return &l.ID })
	for _, field := range []func(*Claim) *Ref{func(l *Claim) *Ref { return &l.Subject }, func(l *Claim) *Ref { return &l.Object },
		func(l *Claim) *Ref { return &l.Relation }, func(l *Claim) *Ref { return &l.Article }, func(l *Claim) *Ref { return &l.Sentence },
		func(l *Claim) *Ref { return &l.Source }, func(l *Claim) *Ref { return &l.Place }, func(l *Claim) *Ref { return &l.Event }} {
		column(c, l, field)
	}
	textColumn(c, true, l, func(l *Claim) *string { return &l.Literal })
	refsColumn(c, l, func(l *Claim) *[]Ref { return &l.Arguments })
	column(c, l, func(l *Claim) *Day { return &l.Day })
	textColumn(c, true, l, func(l *Claim) *string { return &l.Time })
	column(c, l, func(l *Claim) *Status { return &l.Status })
	column(c, l, func(l *Claim) *Quad { return &l.Quad })
	column(c, l, func(l *Claim) *float32 { return &l.Score })
	boolColumn(c, l, func(l *Claim) *bool { return &l.Scored })
	column(c, l, func(l *Claim) *float32 { return &l.Confidence })
	textColumn(c, true, l, func(l *Claim) *string { return &l.Rule })
	column(c, l, func(l *Claim) *int32 { return &l.Articles })
	column(c, l, func(l *Claim) *int32 { return &l.Independent })
	refsColumn(c, l, func(l *Claim) *[]Ref { return &l.Contradicts })
	refsColumn(c, l, func(l *Claim) *[]Ref { return &l.ChangedTo })

	rowsOf(c, &x.Sentences)
	s := x.Sentences
	textColumn(c, false, s, func(s *Sentence) *graph.IRI { return &s.ID })
	column(c, s, func(s *Sentence) *Ref { return &s.Article })
	refsColumn(c, s, func(s *Sentence) *[]Ref { return &s.Claims })

	rowsOf(c, &x.Events)
	v := x.Events
	textColumn(c, false, v, func(v *Event) *graph.IRI { return &v.ID })
	textColumn(c, false, v, func(v *Event) *string { return &v.Label })
	textsColumn(c, v, func(v *Event) *[]graph.IRI { return &v.Types })
	textColumn(c, true, v, func(v *Event) *string { return &v.Kind })
	textsColumn(c, v, func(v *Event) *[]graph.IRI { return &v.Event.Agents })
	textsColumn(c, v, func(v *Event) *[]graph.IRI { return &v.Event.Patients })
	textsColumn(c, v, func(v *Event) *[]graph.IRI { return &v.Participants })
	textColumn(c, true, v, func(v *Event) *graph.IRI { return &v.Place })
	textColumn(c, true, v, func(v *Event) *string { return &v.Time })
	textColumn(c, true, v, func(v *Event) *string { return &v.Event.Reported })
	textColumn(c, true, v, func(v *Event) *string { return &v.LastReported })
	textsColumn(c, v, func(v *Event) *[]string { return &v.Quantities })
	textColumn(c, true, v, func(v *Event) *graph.IRI { return &v.Series })
	intColumn(c, v, func(v *Event) *int { return &v.Articles })
	intColumn(c, v, func(v *Event) *int { return &v.Independent })
	column(c, v, func(v *Event) *Day { return &v.Day })
	refsColumn(c, v, func(v *Event) *[]Ref { return &v.Claims })
	refsColumn(c, v, func(v *Event) *[]Ref { return &v.Agents })
	refsColumn(c, v, func(v *Event) *[]Ref { return &v.Patients })
	refsColumn(c, v, func(v *Event) *[]Ref { return &v.Others })
	column(c, v, func(v *Event) *Ref { return &v.PlaceRef })
	column(c, v, func(v *Event) *Ref { return &v.SeriesRef })

	rowsOf(c, &x.Contradictions)
	p := x.Contradictions
	column(c, p, func(p *Pair) *Ref { return &p.A })
	column(c, p, func(p *Pair) *Ref { return &p.B })
	boolColumn(c, p, func(p *Pair) *bool { return &p.Change })
	textColumn(c, true, p, func(p *Pair) *string { return &p.Reason })

	for _, t := range []*idTable{&x.entities, &x.relations, &x.articles, &x.claims, &x.sentences, &x.events} {
		numbers(c, (*[]Ref)(t))
	}
	c.rest(x)
	if x.pairs == nil {
		x.pairs = &pairs{}
	}
	for _, l := range []*[]int32{&x.pairs.a, &x.pairs.b, &x.pairs.ends, &x.pairs.claims} {
		numbers(c, l)
	}
	numbers(c, &x.known)

	if x.names == nil {
		x.names = &names{}
	}
	n := x.names
	rowsOf(c, &n.list)
	column(c, n.list, func(n *name) *Ref { return &n.entity })
	column(c, n.list, func(n *name) *int32 { return &n.alias })
	textColumn(c, false, n.list, func(n *name) *string { return &n.folded })
	rowsOf(c, &n.starts)
	column(c, n.starts, func(s *start) *int32 { return &s.name })
	column(c, n.starts, func(s *start) *int32 { return &s.at })
	rowsOf(c, &n.words)
	textColumn(c, false, n.words, func(w *word) *string { return &w.text })
	column(c, n.words, func(w *word) *int32 { return &w.begin })
	column(c, n.words, func(w *word) *int32 { return &w.end })

	if x.text == nil {
		x.text = &textIndex{}
	}
	t := x.text
	c.texts(&t.terms)
	numbers(c, &t.ends)
	numbers(c, &t.docs)
	c.raw(&t.lists)
	c.raw(&t.lengths)
	average := []float64{t.average}
	numbers(c, &average)
	if len(average) != 1 {
		panic(coderError{errTorn})
	}
	if c.reading() { // what is saved is being read by others
		t.average = average[0]
	}
}

// rest are the few things without columns.
func (c *coder) rest(x *Index) {
	rest := struct {
		Merged   map[graph.IRI]Ref
		Verdicts map[Ref]graph.Judgement
		Stats    *graph.Stats
	}{x.merged, x.verdicts, x.stats}
	var b []byte
	if !c.reading() {
		var err error
		if b, err = json.Marshal(rest); err != nil {
			panic(coderError{err})
		}
	}
	c.raw(&b)
	if c.reading() {
		if err := json.Unmarshal(b, &rest); err != nil {
			panic(coderError{err})
		}
		x.merged, x.verdicts, x.stats = rest.Merged, rest.Verdicts, rest.Stats
	}
}

func recoverCoder(err *error) {
	switch p := recover().(type) {
	case nil:
	case coderError:
		*err = p.err
	case error: // a place that no list has
		*err = p
	default:
		panic(p)
	}
}

// Save writes x to a file in a place where another process may read it at the same time. stamp is one that Load must be given again.
func (x *Index) Save(path, stamp string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("save index: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("save index: %w", err)
		}
	}()
	defer recoverCoder(&err)
	w := bufio.NewWriterSize(f, 1<<20)
	sum := xxhash.New()
	c := &coder{w: io.MultiWriter(w, sum)}
	c.write([]byte(magic))
	version := x.Version
	c.state(&version, &stamp)
	c.index(x)
	if _, err := w.Write(binary.LittleEndian.AppendUint64(nil, sum.Sum64())); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// ErrStale is the error of Load for a file of another state of the store.
var ErrStale = errors.New("of another state of the store")

// Load reads what Save wrote of the store in the state that version and stamp name. An error says why the file is of no use.
func Load(path, version, stamp string) (x *Index, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load index: %w", err)
	}
	defer func() {
		if err != nil {
			x, err = nil, fmt.Errorf("load index %s: %w", path, err)
		}
	}()
	defer recoverCoder(&err)
	if len(b) < len(magic)+8 || string(b[:len(magic)]) != magic {
		return nil, errors.New("not one of this version of kg")
	}
	body := b[:len(b)-8]
	c := &coder{bytes: body[len(magic):]}
	var hasVersion, hasStamp string
	c.state(&hasVersion, &hasStamp)
	if hasVersion != version || hasStamp != stamp {
		return nil, ErrStale
	}
	if xxhash.Sum64(body) != binary.LittleEndian.Uint64(b[len(body):]) {
		return nil, errors.New("the checksum is wrong")
	}
	x = &Index{Version: version}
	c.index(x)
	if len(c.bytes) > 0 {
		return nil, errors.New("goes on behind its end")
	}
	x.derive()
	return x, nil
}
