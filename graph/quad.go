package graph

import (
	"context"
	"io"
	"iter"
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

// String gives t as Cayley and N-Quads write it: <kg:Russia>, "text", "2017-07-04"^^<xsd:date>, "texte"@fr, _:b0; "" for None.
func (t Term) String() string { return "" }

// ParseTerm reads what String writes. As in Cayley's API v1, a string without quotes or brackets is a plain literal.
func ParseTerm(s string) (Term, error) { return Term{}, errTODO }

// Quads yields the quads that fit pattern (a None term fits all), each once, sorted as Export sorts where the whole pattern is
// None or only Graph is set, else in a fixed order.
func (s *Store) Quads(ctx context.Context, pattern Quad) iter.Seq2[Quad, error] {
	return func(yield func(Quad, error) bool) { yield(Quad{}, errTODO) }
}

// ParseQuads reads quads for WriteQuads and DeleteQuads. format is "nquads" (also N-Triples) or "json": API v1's list of
// {"subject": …, "predicate": …, "object": …, "label": …}, each in the notation of ParseTerm. Full IRIs below a known prefix
// become compact. Errors name the line or the number of the quad. Reading ends with an error after maxQuads quads where that is
// not 0; limit the bytes of r yourself.
func (s *Store) ParseQuads(r io.Reader, format string, maxQuads int) ([]Quad, error) {
	return nil, errTODO
}

// WriteQuads adds quads as they are, all or none, and returns how many were new. A quad without a graph gets none. Every value is
// checked first; the error is a *QuadError.
func (s *Store) WriteQuads(ctx context.Context, quads []Quad) (added int, err error) {
	return 0, errTODO
}

// DeleteQuads removes quads, all or none, and returns how many were there.
func (s *Store) DeleteQuads(ctx context.Context, quads []Quad) (deleted int, err error) {
	return 0, errTODO
}

// EncodeQuads writes quads (of Quads, say) in the format "nquads", "ntriples", "turtle" or "json" (as ParseQuads reads it) in the
// order in which they come, and returns how many. Unlike Export it neither sorts nor drops repeated triples, and Turtle groups
// only neighbours.
func (s *Store) EncodeQuads(w io.Writer, format string, quads iter.Seq2[Quad, error]) (int, error) {
	return 0, errTODO
}

// Expand turns a compact IRI into a full one; others stay.
func (s *Store) Expand(iri IRI) string { return "" }

// Compact turns a full IRI below a known prefix into a compact one; others stay.
func (s *Store) Compact(iri string) IRI { return "" }
