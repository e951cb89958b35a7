package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// Kind is the kind of an RDF term.
type Kind uint8

const (
	None     Kind = iota // the zero Term: no graph, or "any" in a pattern
	Resource             // an IRI
	Blank                // a blank node
	Literal              // a literal with a datatype or a language
)

// Term is a node, predicate or value of a quad in the form in which the store holds it: IRIs compact where they have a known
// prefix.
type Term struct {
	Kind Kind
	// Value is the IRI, the blank node's label without "_:", or the literal's lexical form.
	Value string
	// Datatype of a literal; empty means xsd:string, or rdf:langString where Lang is set.
	Datatype IRI
	Lang     string
}

// Quad is a statement of a named graph: the article that makes it.
type Quad struct {
	Subject, Predicate, Object, Graph Term
}

// Res is the term of an IRI, Str that of a plain string.
func Res(iri IRI) Term     { return Term{Kind: Resource, Value: string(iri)} }
func Str(text string) Term { return Term{Kind: Literal, Value: text} }

// String gives t as Cayley and N-Quads write it: <kg:Russia>, "text", "2017-07-04"^^<xsd:date>, "texte"@fr, _:b0; "" for None.
func (t Term) String() string {
	if t.Kind == None {
		return ""
	}
	return string(t.appendTo(nil, nil))
}

// appendTo appends t in N-Quads notation, with full IRIs where ns is given.
func (t Term) appendTo(b []byte, ns *namespaces) []byte {
	switch t.Kind {
	case Resource:
		b = appendIRI(b, t.Value, ns)
	case Blank:
		b = append(append(b, "_:"...), t.Value...)
	case Literal:
		b = append(b, '"')
		b = appendEscaped(b, t.Value)
		b = append(b, '"')
		if t.Lang != "" {
			b = append(append(b, '@'), t.Lang...)
		} else if t.Datatype != "" {
			b = appendIRI(append(b, "^^"...), string(t.Datatype), ns)
		}
	}
	return b
}

func appendIRI(b []byte, iri string, ns *namespaces) []byte {
	b = append(b, '<')
	if ns != nil {
		iri = ns.expand(iri)
	}
	b = append(b, iri...)
	return append(b, '>')
}

// appendEscaped appends a literal's text with the escapes of canonical N-Quads (RDF 1.2 N-Quads, section 4): \b \t \n \f \r \" \\
// by letter, other control characters by \u, all else as it is.
func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch c {
		case '\b':
			b = append(b, `\b`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\f':
			b = append(b, `\f`...)
		case '\r':
			b = append(b, `\r`...)
		case '"', '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, s[start:]...)
}

// ParseTerm reads what String writes. As in Cayley's API v1, a string without quotes or brackets is a plain literal. The empty
// string gives None.
func ParseTerm(s string) (Term, error) {
	if s == "" {
		return Term{}, nil
	}
	if s[0] == '<' || s[0] == '"' || strings.HasPrefix(s, "_:") {
		t, rest, err := scanTerm(s)
		if err != nil {
			return Term{}, err
		}
		if rest != "" {
			return Term{}, fmt.Errorf("text after the end: %.40q", rest)
		}
		return t, nil
	}
	if !utf8.ValidString(s) {
		return Term{}, errUTF8
	}
	return Str(s), nil
}

var errUTF8 = errors.New("not UTF-8")

// scanTerm reads one term in N-Quads notation and returns what follows it.
func scanTerm(s string) (t Term, rest string, err error) {
	switch {
	case strings.HasPrefix(s, "<"):
		iri, rest, err := scanIRI(s)
		return Term{Kind: Resource, Value: iri}, rest, err
	case strings.HasPrefix(s, "_:"):
		n := 2
		for n < len(s) {
			r, size := utf8.DecodeRuneInString(s[n:])
			if !blankRune(r) {
				break
			}
			n += size
		}
		for n > 2 && s[n-1] == '.' {
			n-- // a label does not end in a dot: it belongs to the statement
		}
		t = Term{Kind: Blank, Value: s[2:n]}
		return t, s[n:], checkBlank(t.Value)
	case strings.HasPrefix(s, `"`):
		end := 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			if end < len(s) && (s[end] == '\n' || s[end] == '\r') {
				return t, "", errors.New("line break in a literal")
			}
			end++
		}
		if end >= len(s) {
			return t, "", errors.New("literal without a closing quote")
		}
		t.Kind = Literal
		if t.Value, err = unescape(s[1:end], true); err != nil {
			return t, "", err
		}
		rest = s[end+1:]
		if strings.HasPrefix(rest, "^^") {
			iri, rest, err := scanIRI(rest[2:])
			t.Datatype = IRI(iri)
			return t, rest, err
		}
		if strings.HasPrefix(rest, "@") {
			n := 1
			for n < len(rest) && (rest[n] == '-' || rest[n] >= '0' && rest[n] <= '9' || rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z') {
				n++
			}
			t.Lang = rest[1:n]
			return t, rest[n:], checkLang(t.Lang)
		}
		return t, rest, nil
	}
	return t, "", fmt.Errorf("not an IRI, blank node or literal: %.40q", s)
}

func scanIRI(s string) (iri, rest string, err error) {
	if !strings.HasPrefix(s, "<") {
		return "", "", fmt.Errorf("not an IRI: %.40q", s)
	}
	end := strings.IndexByte(s, '>')
	if end < 0 {
		return "", "", errors.New("IRI without a closing bracket")
	}
	if iri, err = unescape(s[1:end], false); err != nil {
		return "", "", err
	}
	return iri, s[end+1:], checkIRI(iri)
}

// unescape undoes \uXXXX and \UXXXXXXXX, and in literals also \t \b \n \r \f \" \' \\.
func unescape(s string, literal bool) (string, error) {
	if !utf8.ValidString(s) {
		return "", errUTF8
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		i++
		if i >= len(s) {
			return "", errors.New("escape at the end")
		}
		n := 0
		switch s[i] {
		case 'u':
			n = 4
		case 'U':
			n = 8
		default:
			j := strings.IndexByte(`tbnrf"'\`, s[i])
			if j < 0 || !literal {
				return "", fmt.Errorf("unknown escape \\%c", s[i])
			}
			b = append(b, "\t\b\n\r\f\"'\\"[j])
			continue
		}
		if i+n >= len(s) {
			return "", errors.New("short \\u escape")
		}
		r := rune(0)
		for _, c := range []byte(s[i+1 : i+1+n]) {
			if !isHex(c) || r > 0x10FFFF>>4 {
				return "", fmt.Errorf("bad \\u escape %q", s[i:i+1+n])
			}
			d := rune(c)
			switch {
			case c <= '9':
				d -= '0'
			case c >= 'a':
				d -= 'a' - 10
			default:
				d -= 'A' - 10
			}
			r = r<<4 | d
		}
		if !utf8.ValidRune(r) {
			return "", fmt.Errorf("no character: %q", s[i:i+1+n])
		}
		b = utf8.AppendRune(b, r)
		i += n
	}
	return string(b), nil
}

func blankRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-' || r == '.'
}

// checkBlank allows the ASCII part of the labels that N-Quads allows.
func checkBlank(s string) error {
	if s == "" {
		return errors.New("blank node without a label")
	}
	for _, r := range s {
		if !blankRune(r) {
			return fmt.Errorf("blank node label with the character %q", r)
		}
	}
	if s[0] == '-' || s[0] == '.' || s[len(s)-1] == '.' {
		return errors.New("blank node label with a dot or hyphen at its edge")
	}
	return nil
}

func checkLang(s string) error {
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && strings.ContainsAny(part, "0123456789") {
			return fmt.Errorf("bad language tag %q", s)
		}
		for _, r := range part {
			if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
				return fmt.Errorf("bad language tag %q", s)
			}
		}
	}
	return nil
}

// check says why t cannot stand in a quad at all.
func (t Term) check() error {
	switch t.Kind {
	case Resource:
		return checkIRI(t.Value)
	case Blank:
		return checkBlank(t.Value)
	case Literal:
		if !utf8.ValidString(t.Value) {
			return errUTF8
		}
		if t.Lang != "" {
			if t.Datatype != "" && t.Datatype != "rdf:langString" && t.Datatype != nsRDF+"langString" {
				return fmt.Errorf("literal with the language %s and the datatype %s", t.Lang, t.Datatype)
			}
			return checkLang(t.Lang)
		}
		switch t.Datatype {
		case "":
			return nil
		case "rdf:langString", nsRDF + "langString":
			return errors.New("rdf:langString without a language")
		}
		if err := checkIRI(string(t.Datatype)); err != nil {
			return fmt.Errorf("datatype: %w", err)
		}
		return nil
	}
	return errors.New("missing")
}

// check says why q is no quad: literals and blank nodes stand only where RDF allows them.
func (q *Quad) check() error {
	for _, p := range []struct {
		name string
		t    *Term
		ok   bool
	}{
		{"subject", &q.Subject, q.Subject.Kind == Resource || q.Subject.Kind == Blank},
		{"predicate", &q.Predicate, q.Predicate.Kind == Resource},
		{"object", &q.Object, q.Object.Kind != None},
		{"graph", &q.Graph, q.Graph.Kind != Literal},
	} {
		if !p.ok && p.t.Kind == None {
			return fmt.Errorf("%s: missing", p.name)
		}
		if !p.ok {
			return fmt.Errorf("%s: cannot be %.100s", p.name, p.t)
		}
		if p.t.Kind == None {
			continue
		}
		if err := p.t.check(); err != nil {
			return fmt.Errorf("%s: %w: %.100q", p.name, err, p.t.Value)
		}
	}
	return nil
}

// value turns t into Cayley's form of it: IRIs compact, datatypes full, so that Cayley's own conversions of "xsd:" never see them.
func (ns *namespaces) value(t Term) quad.Value {
	switch t.Kind {
	case Resource:
		return quad.IRI(ns.compact(t.Value))
	case Blank:
		return quad.BNode(t.Value)
	case Literal:
		if t.Lang != "" {
			return quad.LangString{Value: quad.String(t.Value), Lang: t.Lang}
		}
		switch typ := ns.expand(string(t.Datatype)); typ {
		case "", nsXSD + "string":
			return quad.String(t.Value)
		default:
			return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(typ)}
		}
	}
	return nil
}

// term is the inverse of value.
func (ns *namespaces) term(v quad.Value) Term {
	switch v := v.(type) {
	case nil:
		return Term{}
	case quad.IRI:
		return Term{Kind: Resource, Value: string(v)}
	case quad.BNode:
		return Term{Kind: Blank, Value: string(v)}
	case quad.String:
		return Term{Kind: Literal, Value: string(v)}
	case quad.LangString:
		return Term{Kind: Literal, Value: string(v.Value), Lang: v.Lang}
	case quad.TypedString:
		return Term{Kind: Literal, Value: string(v.Value), Datatype: IRI(ns.compact(string(v.Type)))}
	case quad.TypedStringer: // not written by this package, but a store made by Cayley may hold them
		ts := v.TypedString()
		val := string(ts.Value)
		if _, ok := v.(quad.Bool); ok {
			val = strings.ToLower(val)
		}
		return Term{Kind: Literal, Value: val, Datatype: IRI(ns.compact(ns.expand(string(ts.Type))))}
	}
	return Term{Kind: Literal, Value: v.String()}
}

func (ns *namespaces) quad(q Quad) quad.Quad {
	return quad.Quad{Subject: ns.value(q.Subject), Predicate: ns.value(q.Predicate), Object: ns.value(q.Object), Label: ns.value(q.Graph)}
}

// ParseQuads reads quads for WriteQuads and DeleteQuads. format is "nquads" (also N-Triples) or "json": API v1's list of
// {"subject": …, "predicate": …, "object": …, "label": …}, each in the notation of ParseTerm. Full IRIs below a known prefix
// become compact. Errors name the line or the number of the quad. Reading ends with an error after maxQuads quads where that is
// not 0; limit the bytes of r yourself.
func (s *Store) ParseQuads(r io.Reader, format string, maxQuads int) ([]Quad, error) {
	var quads []Quad
	var err error
	switch format {
	case "nquads", "ntriples":
		quads, err = parseNQuads(r, maxQuads)
	case "json":
		quads, err = parseJSONQuads(r, maxQuads)
	default:
		return nil, fmt.Errorf("unknown format %q: nquads, ntriples or json", format)
	}
	if err != nil {
		return nil, err
	}
	for i := range quads {
		s.ns.normalize(&quads[i])
	}
	return quads, nil
}

// normalize gives every IRI of q the form in which the store holds it.
func (ns *namespaces) normalize(q *Quad) {
	for _, t := range []*Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		*t = ns.term(ns.value(*t))
	}
}

var errTooMany = errors.New("too many quads")

func parseNQuads(r io.Reader, maxQuads int) ([]Quad, error) {
	var quads []Quad
	br := bufio.NewReaderSize(r, 1<<16)
	for line := 1; ; line++ {
		text, err := br.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		last := err == io.EOF
		// A lone carriage return ends a line too.
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
			q, ok, err := parseNQuad(part)
			if err != nil {
				return nil, &QuadError{N: line, Line: true, Err: err}
			}
			if !ok {
				continue
			}
			if maxQuads > 0 && len(quads) == maxQuads {
				return nil, &QuadError{N: line, Line: true, Err: fmt.Errorf("%w: at most %d", errTooMany, maxQuads)}
			}
			quads = append(quads, q)
		}
		if last {
			return quads, nil
		}
	}
}

// parseNQuad reads one line; ok is false for a blank line or a comment.
func parseNQuad(line string) (q Quad, ok bool, err error) {
	s := strings.TrimLeft(line, " \t")
	if s == "" || s[0] == '#' {
		return q, false, nil
	}
	for i, t := range []*Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		if i == 3 && strings.HasPrefix(s, ".") {
			break
		}
		if *t, s, err = scanTerm(s); err != nil {
			return q, false, err
		}
		s = strings.TrimLeft(s, " \t")
	}
	if !strings.HasPrefix(s, ".") {
		return q, false, fmt.Errorf("no dot at the end of the statement but %.40q", s)
	}
	s = strings.TrimLeft(s[1:], " \t")
	if s != "" && s[0] != '#' {
		return q, false, fmt.Errorf("text after the end of the statement: %.40q", s)
	}
	return q, true, q.check()
}

func parseJSONQuads(r io.Reader, maxQuads int) ([]Quad, error) {
	dec := json.NewDecoder(r)
	if tok, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("parse JSON quads: %w", err)
	} else if tok != json.Delim('[') {
		return nil, errors.New("parse JSON quads: not a list")
	}
	var quads []Quad
	for n := 1; dec.More(); n++ {
		if maxQuads > 0 && len(quads) == maxQuads {
			return nil, &QuadError{N: n, Err: fmt.Errorf("%w: at most %d", errTooMany, maxQuads)}
		}
		var j jsonQuad
		if err := dec.Decode(&j); err != nil {
			return nil, &QuadError{N: n, Err: err}
		}
		var q Quad
		for _, f := range []struct {
			name, text string
			t          *Term
		}{{"subject", j.Subject, &q.Subject}, {"predicate", j.Predicate, &q.Predicate}, {"object", j.Object, &q.Object}, {"label", j.Label, &q.Graph}} {
			var err error
			if *f.t, err = ParseTerm(f.text); err != nil {
				return nil, &QuadError{N: n, Err: fmt.Errorf("%s: %w", f.name, err)}
			}
		}
		if err := q.check(); err != nil {
			return nil, &QuadError{N: n, Err: err}
		}
		quads = append(quads, q)
	}
	if _, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("parse JSON quads: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("parse JSON quads: text after the list")
	}
	return quads, nil
}

// jsonQuad is a quad in API v1.
type jsonQuad struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	Object    string `json:"object"`
	Label     string `json:"label,omitempty"`
}

// EncodeQuads writes quads (of Quads, say) in the format "nquads", "ntriples", "turtle", "jsonld" or "json" (as ParseQuads reads it) in the
// order in which they come, and returns how many. Unlike Export it neither sorts nor drops repeated triples, and Turtle groups
// only neighbours. IRIs are written in full, but for json, which keeps the store's form.
func (s *Store) EncodeQuads(w io.Writer, format string, quads iter.Seq2[Quad, error]) (int, error) {
	bw := bufio.NewWriterSize(w, 1<<16)
	n := 0
	var buf []byte
	var nodes nodeWriter
	switch format {
	case "nquads", "ntriples", "json":
	case "turtle":
		nodes = newTurtleWriter(bw, s.ns)
	case "jsonld":
		nodes = newJSONLDWriter(bw, s.ns)
	default:
		return 0, fmt.Errorf("unknown format %q: nquads, ntriples, turtle, jsonld or json", format)
	}
	for q, err := range quads {
		if err != nil {
			return n, err
		}
		switch format {
		case "nquads":
			buf = appendNQuad(buf[:0], &q, s.ns)
			bw.Write(buf)
		case "ntriples":
			q.Graph = Term{}
			buf = appendNQuad(buf[:0], &q, s.ns)
			bw.Write(buf)
		case "turtle", "jsonld":
			nodes.write(&q)
		case "json":
			sep := ",\n"
			if n == 0 {
				sep = "[\n"
			}
			bw.WriteString(sep)
			j, err := json.Marshal(jsonQuad{q.Subject.String(), q.Predicate.String(), q.Object.String(), q.Graph.String()})
			if err != nil {
				return n, err
			}
			bw.Write(j)
		}
		n++
		if n%1024 == 0 {
			if _, err := bw.Write(nil); err != nil { // a full disk shows here, not after all quads
				return n, err
			}
		}
	}
	switch {
	case nodes != nil:
		nodes.close()
	case format == "json" && n == 0:
		bw.WriteString("[]\n")
	case format == "json":
		bw.WriteString("\n]\n")
	}
	return n, bw.Flush()
}

// appendNQuad appends q as a line of canonical N-Quads.
func appendNQuad(b []byte, q *Quad, ns *namespaces) []byte {
	b = append(q.Subject.appendTo(b, ns), ' ')
	b = append(q.Predicate.appendTo(b, ns), ' ')
	b = append(q.Object.appendTo(b, ns), ' ')
	if q.Graph.Kind != None {
		b = append(q.Graph.appendTo(b, ns), ' ')
	}
	return append(b, ".\n"...)
}

// WriteQuads adds quads as they are, all or none, and returns how many were new. A quad without a graph gets none. Every value is
// checked first; the error is a *QuadError.
func (s *Store) WriteQuads(ctx context.Context, quads []Quad) (added int, err error) {
	if err := checkQuads(quads); err != nil {
		return 0, err
	}
	return s.applyQuads(ctx, quads, false)
}

// DeleteQuads removes quads, all or none, and returns how many were there.
func (s *Store) DeleteQuads(ctx context.Context, quads []Quad) (deleted int, err error) {
	if err := checkQuads(quads); err != nil {
		return 0, err
	}
	return s.applyQuads(ctx, quads, true)
}

func checkQuads(quads []Quad) error {
	for i := range quads {
		if err := quads[i].check(); err != nil {
			return &QuadError{N: i + 1, Err: err}
		}
	}
	return nil
}
