package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/piprate/json-gold/ld"

	"kg/graph"
)

const typeJSONLD = "application/ld+json"

// format is a notation of quads in API v2. A nil function means that this direction is not to be had.
type format struct {
	name   string
	mime   []string // the first is what answers carry
	ext    []string
	binary bool
	// parse reads a whole body; errors are fit for a client.
	parse func(store, []byte) ([]graph.Quad, error)
	// parseNode reads one node.
	parseNode func(store, []byte) (graph.Term, error)
	// encode writes quads as they come; short keeps prefixes (kg:Russia) where the notation has full IRIs otherwise.
	encode func(s store, w io.Writer, quads iter.Seq2[graph.Quad, error], short bool) error
}

var formats = []*format{
	{
		name: "nquads", mime: []string{"application/n-quads"}, ext: []string{".nq"},
		parse: parseWith("nquads"), parseNode: parseTerm, encode: encodeWith("nquads"),
	}, {
		name: "ntriples", mime: []string{"application/n-triples"}, ext: []string{".nt"},
		parse: parseWith("nquads"), parseNode: parseTerm, encode: encodeWith("ntriples"),
	}, {
		name: "turtle", mime: []string{"text/turtle"}, ext: []string{".ttl"}, encode: encodeWith("turtle"),
	}, {
		name: "json", mime: []string{"application/json"}, ext: []string{".json"},
		parse: parseWith("json"), parseNode: parseJSONTerm, encode: encodeJSON,
	}, {
		name: "jsonld", mime: []string{typeJSONLD}, ext: []string{".jsonld"}, parse: parseJSONLD, encode: encodeJSONLD,
	}, {
		// Cayley's Go client speaks this one only.
		name: "pquads", mime: []string{pquads.ContentType}, ext: []string{".pq"}, binary: true,
		parse: parsePQuads, parseNode: parsePQuadsNode, encode: encodePQuads,
	},
}

func formatNamed(name string) *format {
	for _, f := range formats {
		if f.name == name {
			return f
		}
	}
	return nil
}

func formatOfType(ctype string) *format {
	for _, f := range formats {
		for _, m := range f.mime {
			if m == ctype {
				return f
			}
		}
	}
	return nil
}

// readFormat picks the format of an answer: the parameter format, or the Accept header, or N-Quads.
func readFormat(r *http.Request) (*format, error) {
	if name := r.Form.Get("format"); name != "" {
		f := formatNamed(name)
		if f == nil || f.encode == nil {
			return nil, errorf(http.StatusBadRequest, "format: there is no %.40q; see /api/v2/formats", name)
		}
		return f, nil
	}
	for _, ctype := range accepted(r) {
		if f := formatOfType(ctype); f != nil && f.encode != nil {
			return f, nil
		}
	}
	return formatNamed("nquads"), nil
}

// writeFormat picks the format of a body: the parameter format or the Content-Type. What browsers and curl send where nobody
// chose a type is taken for N-Quads, as Cayley does.
func writeFormat(r *http.Request) (*format, error) {
	if name := r.URL.Query().Get("format"); name != "" {
		f := formatNamed(name)
		if f == nil || f.parse == nil {
			return nil, errorf(http.StatusUnsupportedMediaType, "format: %.40q is not read; see /api/v2/formats", name)
		}
		return f, nil
	}
	ctype := r.Header.Get("Content-Type")
	if t, _, err := mime.ParseMediaType(ctype); err == nil {
		ctype = t
	}
	switch ctype {
	case "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded":
		return formatNamed("nquads"), nil
	}
	f := formatOfType(ctype)
	if f == nil || f.parse == nil {
		return nil, errorf(http.StatusUnsupportedMediaType, "Content-Type: %.40q is not read; see /api/v2/formats", ctype)
	}
	return f, nil
}

func parseWith(name string) func(store, []byte) ([]graph.Quad, error) {
	return func(s store, b []byte) ([]graph.Quad, error) {
		quads, err := s.ParseQuads(bytes.NewReader(b), name, 0)
		if err != nil {
			return nil, errorf(http.StatusBadRequest, "%w", err)
		}
		return quads, nil
	}
}

func parseTerm(s store, b []byte) (graph.Term, error) {
	t, err := graph.ParseTerm(strings.TrimSpace(string(b)))
	if err == nil && t.Kind == graph.None {
		err = errors.New("the body is empty")
	}
	if err != nil {
		return t, errorf(http.StatusBadRequest, "read the node: %w", err)
	}
	return compacted(s, t), nil
}

func parseJSONTerm(s store, b []byte) (graph.Term, error) {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return graph.Term{}, errorf(http.StatusBadRequest, "read the node: %w", err)
	}
	return parseTerm(s, []byte(text))
}

func encodeWith(name string) func(store, io.Writer, iter.Seq2[graph.Quad, error], bool) error {
	return func(s store, w io.Writer, quads iter.Seq2[graph.Quad, error], short bool) error {
		if short && name == "nquads" {
			for q, err := range quads {
				if err != nil {
					return err
				}
				terms := fmt.Sprintf("%s %s %s", q.Subject, q.Predicate, q.Object)
				if q.Graph.Kind != graph.None {
					terms += " " + q.Graph.String()
				}
				if _, err := io.WriteString(w, terms+" .\n"); err != nil {
					return err
				}
			}
			return nil
		}
		_, err := s.EncodeQuads(w, name, quads)
		return err
	}
}

// encodeJSON writes the list that API v1 reads.
func encodeJSON(s store, w io.Writer, quads iter.Seq2[graph.Quad, error], short bool) error {
	type entry struct {
		Subject   string `json:"subject"`
		Predicate string `json:"predicate"`
		Object    string `json:"object"`
		Label     string `json:"label,omitempty"`
	}
	if _, err := io.WriteString(w, "["); err != nil {
		return err
	}
	sep := "\n"
	for q, err := range quads {
		if err != nil {
			return err
		}
		if !short {
			q = expanded(s, q)
		}
		b, err := marshal(entry{q.Subject.String(), q.Predicate.String(), q.Object.String(), q.Graph.String()})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, sep+string(b)); err != nil {
			return err
		}
		sep = ",\n"
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

// marshal is json.Marshal that leaves <, > and & as they are.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

func expanded(s store, q graph.Quad) graph.Quad {
	for _, t := range []*graph.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		if t.Kind == graph.Resource {
			t.Value = s.Expand(graph.IRI(t.Value))
		}
		if t.Datatype != "" {
			t.Datatype = graph.IRI(s.Expand(t.Datatype))
		}
	}
	return q
}

func compacted(s store, t graph.Term) graph.Term {
	if t.Kind == graph.Resource {
		t.Value = string(s.Compact(t.Value))
	}
	if t.Datatype != "" {
		t.Datatype = s.Compact(string(t.Datatype))
	}
	if t.Datatype == "xsd:string" || t.Lang != "" {
		t.Datatype = ""
	}
	return t
}

// JSON-LD

// noContexts is a document loader that loads nothing: a context comes with the document or not at all. It keeps what it refused,
// since the processor's own error hides it.
type noContexts struct{ refused error }

func (n *noContexts) LoadDocument(u string) (*ld.RemoteDocument, error) {
	n.refused = fmt.Errorf("the context %.200q is not fetched: put it into the document", u)
	return nil, n.refused
}

func parseJSONLD(s store, b []byte) ([]graph.Quad, error) {
	if !utf8.Valid(b) {
		return nil, errorf(http.StatusBadRequest, "read JSON-LD: not valid UTF-8")
	}
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, errorf(http.StatusBadRequest, "read JSON-LD: %w", err)
	}
	switch doc.(type) {
	case map[string]any, []any:
	default:
		// The processor takes a string for an address to load.
		return nil, errorf(http.StatusBadRequest, "read JSON-LD: neither an object nor a list")
	}
	opts := ld.NewJsonLdOptions("")
	var contexts noContexts
	opts.DocumentLoader = &contexts
	v, err := ld.NewJsonLdProcessor().ToRDF(doc, opts)
	if contexts.refused != nil {
		err = contexts.refused
	}
	if err != nil {
		return nil, errorf(http.StatusBadRequest, "read JSON-LD: %w", err)
	}
	set, ok := v.(*ld.RDFDataset)
	if !ok {
		return nil, fmt.Errorf("read JSON-LD: a %T", v)
	}
	var quads []graph.Quad
	for name, list := range set.Graphs {
		var g graph.Term
		switch {
		case name == "@default":
		case strings.HasPrefix(name, "_:"):
			g = graph.Term{Kind: graph.Blank, Value: name[2:]}
		default:
			g = compacted(s, graph.Term{Kind: graph.Resource, Value: name})
		}
		for _, q := range list {
			quads = append(quads, graph.Quad{Subject: goldTerm(s, q.Subject), Predicate: goldTerm(s, q.Predicate), Object: goldTerm(s, q.Object), Graph: g})
		}
	}
	return quads, nil
}

func goldTerm(s store, n ld.Node) graph.Term {
	var t graph.Term
	switch n := n.(type) {
	case *ld.IRI:
		t = graph.Term{Kind: graph.Resource, Value: n.Value}
	case *ld.BlankNode:
		t = graph.Term{Kind: graph.Blank, Value: strings.TrimPrefix(n.Attribute, "_:")}
	case *ld.Literal:
		t = graph.Term{Kind: graph.Literal, Value: n.Value, Datatype: graph.IRI(n.Datatype), Lang: n.Language}
	}
	return compacted(s, t)
}

// encodeJSONLD writes expanded JSON-LD, one object a quad: a list of any length that is never held in memory.
func encodeJSONLD(s store, w io.Writer, quads iter.Seq2[graph.Quad, error], short bool) error {
	id := func(t graph.Term) string {
		if t.Kind == graph.Blank {
			return "_:" + t.Value
		}
		return t.Value
	}
	if _, err := io.WriteString(w, "["); err != nil {
		return err
	}
	sep := "\n"
	for q, err := range quads {
		if err != nil {
			return err
		}
		if !short {
			q = expanded(s, q)
		}
		object := map[string]any{"@id": id(q.Object)}
		if o := q.Object; o.Kind == graph.Literal {
			object = map[string]any{"@value": o.Value}
			if o.Lang != "" {
				object["@language"] = o.Lang
			} else if o.Datatype != "" {
				object["@type"] = o.Datatype
			}
		}
		node := map[string]any{"@id": id(q.Subject), id(q.Predicate): []any{object}}
		if q.Graph.Kind != graph.None {
			node = map[string]any{"@id": id(q.Graph), "@graph": []any{node}}
		}
		b, err := marshal(node)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, sep+string(b)); err != nil {
			return err
		}
		sep = ",\n"
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

// Cayley's binary quads

// maxPQuad is the most bytes of one quad.
const maxPQuad = 10 << 20

func parsePQuads(s store, b []byte) (quads []graph.Quad, err error) {
	// The decoder panics on values without content.
	defer func() {
		if v := recover(); v != nil {
			quads, err = nil, errorf(http.StatusBadRequest, "read pquads: quad %d: %v", len(quads)+1, v)
		}
	}()
	r := pquads.NewReader(bytes.NewReader(b), maxPQuad)
	for {
		q, err := r.ReadQuad()
		if err == io.EOF {
			return quads, nil
		}
		if err != nil {
			return nil, errorf(http.StatusBadRequest, "read pquads: quad %d: %w", len(quads)+1, err)
		}
		quads = append(quads, graph.Quad{
			Subject: quadTerm(s, q.Subject), Predicate: quadTerm(s, q.Predicate), Object: quadTerm(s, q.Object), Graph: quadTerm(s, q.Label),
		})
	}
}

func parsePQuadsNode(s store, b []byte) (t graph.Term, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = errorf(http.StatusBadRequest, "read the node: %v", v)
		}
	}()
	v, err := pquads.UnmarshalValue(b)
	if err == nil && v == nil {
		err = errors.New("the body is empty")
	}
	if err != nil {
		return t, errorf(http.StatusBadRequest, "read the node: %w", err)
	}
	return quadTerm(s, v), nil
}

func quadTerm(s store, v quad.Value) graph.Term {
	var t graph.Term
	switch v := v.(type) {
	case nil:
	case quad.IRI:
		t = graph.Term{Kind: graph.Resource, Value: string(v)}
	case quad.BNode:
		t = graph.Term{Kind: graph.Blank, Value: string(v)}
	case quad.String:
		t = graph.Term{Kind: graph.Literal, Value: string(v)}
	case quad.LangString:
		t = graph.Term{Kind: graph.Literal, Value: string(v.Value), Lang: v.Lang}
	case quad.TypedString:
		t = graph.Term{Kind: graph.Literal, Value: string(v.Value), Datatype: graph.IRI(v.Type)}
	case quad.Bool: // Cayley writes True and False, which are no xsd:boolean
		t = graph.Term{Kind: graph.Literal, Value: fmt.Sprint(bool(v)), Datatype: "xsd:boolean"}
	case quad.TypedStringer:
		ts := v.TypedString()
		t = graph.Term{Kind: graph.Literal, Value: string(ts.Value), Datatype: graph.IRI(ts.Type)}
	}
	return compacted(s, t)
}

func encodePQuads(s store, w io.Writer, quads iter.Seq2[graph.Quad, error], short bool) error {
	qw := pquads.NewWriter(w, &pquads.Options{})
	for q, err := range quads {
		if err != nil {
			return err
		}
		if !short {
			q = expanded(s, q)
		}
		if err := qw.WriteQuad(quad.Quad{Subject: quadValue(q.Subject), Predicate: quadValue(q.Predicate), Object: quadValue(q.Object), Label: quadValue(q.Graph)}); err != nil {
			return err
		}
	}
	return qw.Close()
}

func quadValue(t graph.Term) quad.Value {
	switch t.Kind {
	case graph.Resource:
		return quad.IRI(t.Value)
	case graph.Blank:
		return quad.BNode(t.Value)
	case graph.Literal:
		switch {
		case t.Lang != "":
			return quad.LangString{Value: quad.String(t.Value), Lang: t.Lang}
		case t.Datatype != "":
			return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(t.Datatype)}
		}
		return quad.String(t.Value)
	}
	return nil
}
