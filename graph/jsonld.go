package graph

import (
	"bufio"
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// jsonldWriter writes triples as JSON-LD: a context of the prefixes, then a node for neighbours with one subject, which is held in memory
// until the next one begins. Write errors stay in the buffered writer.
type jsonldWriter struct {
	w       *bufio.Writer
	ns      *namespaces
	subject string
	fields  []jsonldField
	nodes   int
}

// jsonldField is a key of a node with its values, in JSON.
type jsonldField struct {
	key    string
	values [][]byte
}

func newJSONLDWriter(w *bufio.Writer, ns *namespaces) *jsonldWriter {
	w.WriteString("{\n  \"@context\": {")
	for i, p := range ns.byName { // every one ends in / or #, as a prefix of JSON-LD has to
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString("\n    " + string(inJSON(p.Name)) + ": " + string(inJSON(p.IRI)))
	}
	w.WriteString("\n  },\n  \"@graph\": [")
	return &jsonldWriter{w: w, ns: ns}
}

// inJSON is v in JSON on one line, with the characters of HTML as they are.
func inJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings, and maps of strings
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (j *jsonldWriter) write(q *Quad) {
	if s := j.name(q.Subject); s != j.subject {
		j.flush()
		j.subject = s
	}
	key, value := j.name(q.Predicate), []byte(nil)
	switch o := q.Object; {
	case key == "rdf:type" && o.Kind == Resource:
		key, value = "@type", inJSON(j.name(o))
	case o.Kind != Literal:
		value = inJSON(map[string]string{"@id": j.name(o)})
	case o.Lang != "":
		value = inJSON(map[string]string{"@value": o.Value, "@language": o.Lang})
	case o.Datatype != "":
		value = inJSON(map[string]string{"@value": o.Value, "@type": j.iri(string(o.Datatype))})
	default:
		value = inJSON(o.Value)
	}
	// A key stands once in a node, wherever its values come from.
	if i := slices.IndexFunc(j.fields, func(f jsonldField) bool { return f.key == key }); i >= 0 {
		j.fields[i].values = append(j.fields[i].values, value)
	} else {
		j.fields = append(j.fields, jsonldField{key, [][]byte{value}})
	}
}

// flush writes the node.
func (j *jsonldWriter) flush() {
	if len(j.fields) == 0 {
		return
	}
	if j.nodes > 0 {
		j.w.WriteByte(',')
	}
	j.nodes++
	j.w.WriteString("\n    {\n      \"@id\": ")
	j.w.Write(inJSON(j.subject))
	for _, f := range j.fields {
		j.w.WriteString(",\n      ")
		j.w.Write(inJSON(f.key))
		j.w.WriteString(": ")
		if len(f.values) == 1 {
			j.w.Write(f.values[0])
			continue
		}
		j.w.WriteByte('[')
		j.w.Write(bytes.Join(f.values, []byte(",")))
		j.w.WriteByte(']')
	}
	j.w.WriteString("\n    }")
	j.fields = j.fields[:0]
}

// close ends the document.
func (j *jsonldWriter) close() {
	j.flush()
	j.w.WriteString("\n  ]\n}\n")
}

func (j *jsonldWriter) name(t Term) string {
	if t.Kind == Blank {
		return "_:" + t.Value
	}
	return j.iri(t.Value)
}

// iri shortens an IRI by the prefixes of the context. What follows a prefix with // would be read as a full IRI.
func (j *jsonldWriter) iri(iri string) string {
	short := j.ns.compact(iri)
	if prefix, rest, ok := strings.Cut(short, ":"); ok && !strings.HasPrefix(rest, "//") {
		if _, ok := j.ns.full[prefix]; ok {
			return short
		}
	}
	return j.ns.expand(iri)
}
