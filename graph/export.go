package graph

import (
	"bufio"
	"bytes"
	"container/heap"
	"context"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

// Export writes the whole store, full IRIs, sorted, so that equal stores give equal bytes. format is:
//
//   - "nquads": as many lines as the store holds quads, in canonical form.
//   - "ntriples", "turtle", "jsonld": each triple once, however many articles say it; the articles stay reachable through the claims.
//
// It returns the number of quads or triples written. It sees one state of the store, and its memory does not grow with the store:
// sorted runs of 64 MB are kept in temporary files.
func (s *Store) Export(ctx context.Context, w io.Writer, format string) (n int, err error) {
	bw := bufio.NewWriterSize(w, 1<<16)
	var write func(line []byte)
	var nodes nodeWriter
	switch format {
	case "nquads", "ntriples":
		write = func(line []byte) { bw.Write(line) }
	case "turtle":
		nodes = newTurtleWriter(bw, s.ns)
	case "jsonld":
		nodes = newJSONLDWriter(bw, s.ns)
	default:
		return 0, fmt.Errorf("unknown format %q: nquads, ntriples, turtle or jsonld", format)
	}
	if nodes != nil {
		write = func(line []byte) {
			q := splitLine(string(line))
			nodes.write(&q)
		}
	}
	var sorter lineSorter
	defer sorter.close()
	err = s.read(ctx, func(v *view) error {
		var line []byte
		var addErr error
		err := v.eachQuad(ctx, Quad{}, func(q Quad) bool {
			if format != "nquads" {
				q.Graph = Term{}
			}
			line = appendNQuad(line[:0], &q, s.ns)
			addErr = sorter.add(line)
			return addErr == nil
		})
		if addErr != nil {
			return addErr
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	var last []byte
	err = sorter.each(func(line []byte) error {
		if bytes.Equal(line, last) { // quads are unique, triples may not be
			return nil
		}
		last = append(last[:0], line...)
		write(line)
		n++
		if n%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := bw.Write(nil); err != nil { // a full disk shows here
				return err
			}
		}
		return nil
	})
	if err == nil && nodes != nil {
		nodes.close()
	}
	if err == nil {
		err = bw.Flush()
	}
	if err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	return n, nil
}

// splitLine takes a triple of appendNQuad apart again.
func splitLine(line string) Quad {
	subject, rest, _ := strings.Cut(line, " ")
	predicate, object, _ := strings.Cut(rest, " ")
	object = strings.TrimSuffix(object, " .\n")
	var q Quad
	for _, f := range []struct {
		t    *Term
		text string
	}{{&q.Subject, subject}, {&q.Predicate, predicate}, {&q.Object, object}} {
		if strings.HasPrefix(f.text, "<") {
			*f.t = Term{Kind: Resource, Value: f.text[1 : len(f.text)-1]} // checked when it was written
		} else {
			*f.t, _, _ = scanTerm(f.text)
		}
	}
	return q
}

// sortBytes is how many bytes of lines are sorted at once. A variable for tests.
var sortBytes = 64 << 20

// lineSorter sorts any number of lines within constant memory.
type lineSorter struct {
	buf  []byte
	ends []int // of the lines in buf
	dir  string
	runs []*os.File
}

func (s *lineSorter) add(line []byte) error {
	if len(s.buf)+len(line) > sortBytes && len(s.ends) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, line...)
	s.ends = append(s.ends, len(s.buf))
	return nil
}

// sorted returns the lines in buf in order.
func (s *lineSorter) sorted() [][]byte {
	lines := make([][]byte, len(s.ends))
	start := 0
	for i, end := range s.ends {
		lines[i], start = s.buf[start:end], end
	}
	sort.Slice(lines, func(i, j int) bool { return bytes.Compare(lines[i], lines[j]) < 0 })
	return lines
}

func (s *lineSorter) spill() error {
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "kg-export-")
		if err != nil {
			return err
		}
		s.dir = dir
	}
	f, err := os.CreateTemp(s.dir, "run-")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	bw := bufio.NewWriterSize(f, 1<<20)
	for _, line := range s.sorted() {
		bw.Write(line)
	}
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	return bw.Flush()
}

// each calls fn with every line in order.
func (s *lineSorter) each(fn func(line []byte) error) error {
	if len(s.runs) == 0 {
		for _, line := range s.sorted() {
			if err := fn(line); err != nil {
				return err
			}
		}
		return nil
	}
	if len(s.ends) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = nil
	var h runHeap
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		r := &run{r: bufio.NewReaderSize(f, 1<<18)}
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			h = append(h, r)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := fn(h[0].line); err != nil {
			return err
		}
		ok, err := h[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&h, 0)
		} else {
			heap.Pop(&h)
		}
	}
	return nil
}

func (s *lineSorter) close() {
	for _, f := range s.runs {
		f.Close()
	}
	if s.dir != "" {
		os.RemoveAll(s.dir)
	}
}

// run is a sorted file that is being merged; line is its smallest line left.
type run struct {
	r    *bufio.Reader
	line []byte
}

func (r *run) next() (bool, error) {
	r.line = r.line[:0]
	for {
		part, err := r.r.ReadSlice('\n')
		r.line = append(r.line, part...)
		switch err {
		case nil:
			return true, nil
		case bufio.ErrBufferFull:
		case io.EOF:
			return len(r.line) > 0, nil
		default:
			return false, err
		}
	}
}

type runHeap []*run

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return bytes.Compare(h[i].line, h[j].line) < 0 }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// nodeWriter writes triples so that neighbours with one subject stand together.
type nodeWriter interface {
	write(q *Quad)
	close()
}

// turtleWriter writes triples as Turtle: prefixes first, then neighbours with one subject, or one subject and predicate, together.
// Write errors stay in the buffered writer.
type turtleWriter struct {
	w       *bufio.Writer
	ns      *namespaces
	s, p    string // in Turtle, of the last triple
	started bool
}

func newTurtleWriter(w *bufio.Writer, ns *namespaces) *turtleWriter {
	for _, p := range ns.byName {
		fmt.Fprintf(w, "@prefix %s: <%s> .\n", p.Name, p.IRI)
	}
	return &turtleWriter{w: w, ns: ns}
}

func (t *turtleWriter) write(q *Quad) {
	s, p, o := t.term(q.Subject), t.term(q.Predicate), t.term(q.Object)
	if p == "rdf:type" {
		p = "a"
	}
	switch {
	case t.started && s == t.s && p == t.p:
		t.w.WriteString(", ")
	case t.started && s == t.s:
		t.w.WriteString(" ;\n    " + p + " ")
	default:
		t.close()
		t.w.WriteString("\n" + s + "\n    " + p + " ")
	}
	t.w.WriteString(o)
	t.s, t.p, t.started = s, p, true
}

// close ends the last statement.
func (t *turtleWriter) close() {
	if t.started {
		t.w.WriteString(" .\n")
		t.started = false
	}
}

func (t *turtleWriter) term(x Term) string {
	switch x.Kind {
	case Resource:
		return t.iri(x.Value)
	case Literal:
		b := append(appendEscaped([]byte{'"'}, x.Value), '"')
		if x.Lang != "" {
			return string(b) + "@" + x.Lang
		}
		if x.Datatype != "" {
			return string(b) + "^^" + t.iri(string(x.Datatype))
		}
		return string(b)
	}
	return string(x.appendTo(nil, nil))
}

func (t *turtleWriter) iri(iri string) string {
	short := t.ns.compact(iri)
	if i := strings.IndexByte(short, ':'); i > 0 {
		if _, ok := t.ns.full[short[:i]]; ok {
			if local, ok := turtleLocal(short[i+1:]); ok {
				return short[:i+1] + local
			}
		}
	}
	return "<" + t.ns.expand(iri) + ">"
}

// turtleLocal escapes the local part of a prefixed name (PN_LOCAL of the Turtle grammar); ok is false where it has characters that
// cannot stand there even escaped.
func turtleLocal(s string) (local string, ok bool) {
	var b strings.Builder
	for i, r := range s {
		last := i+len(string(r)) == len(s)
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_', r == ':':
			b.WriteRune(r)
		case r == '-' && i > 0, r == '.' && i > 0 && !last:
			b.WriteRune(r)
		case r == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteRune(r)
		case strings.ContainsRune("_~.-!$&'()*+,;=/?#@%", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7, r >= 0x370 && r <= 0x1FFF && r != 0x37E, r == 0x200C, r == 0x200D,
			r >= 0x2070 && r <= 0x218F, r >= 0x2C00 && r <= 0x2FEF, r >= 0x3001 && r <= 0xD7FF, r >= 0xF900 && r <= 0xFDCF,
			r >= 0xFDF0 && r <= 0xFFFD, r >= 0x10000 && r <= 0xEFFFF:
			b.WriteRune(r)
		case i > 0 && (r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040):
			b.WriteRune(r)
		default:
			return "", false
		}
	}
	return b.String(), true
}
