package graph

import (
	"context"
	"iter"
)

// ArticleHash returns the content hash of an article that is wholly in the store.
func (s *Store) ArticleHash(ctx context.Context, id IRI) (hash string, ok bool, err error) {
	return "", false, errTODO
}

// Entities yields every entity once, merged over all articles, sorted by ID: what a resolver must know to go on after a restart.
// Types are those of all articles, the most frequent first; Label is the most frequent label; every other name is an alias.
func (s *Store) Entities(ctx context.Context) iter.Seq2[Entity, error] {
	return func(yield func(Entity, error) bool) { yield(Entity{}, errTODO) }
}

// Entity returns one entity merged over all articles, as Entities does.
func (s *Store) Entity(ctx context.Context, id IRI) (e Entity, ok bool, err error) {
	return Entity{}, false, errTODO
}

// Named returns the entities that have exactly this name as label or alias, sorted by ID.
func (s *Store) Named(ctx context.Context, name string) ([]Entity, error) { return nil, errTODO }

// Articles yields every complete article, sorted by ID.
func (s *Store) Articles(ctx context.Context) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) { yield(Article{}, errTODO) }
}

// ClaimFilter picks claims; an empty field picks all.
type ClaimFilter struct {
	ID, Article, Sentence      IRI
	Subject, Predicate, Object IRI
}

// FoundClaim is a claim with the article that makes it.
type FoundClaim struct {
	Claim
	Article IRI
}

// Claims yields the claims that f picks, sorted by article and place in the article where f names an article, else in no
// particular but a fixed order.
func (s *Store) Claims(ctx context.Context, f ClaimFilter) iter.Seq2[FoundClaim, error] {
	return func(yield func(FoundClaim, error) bool) { yield(FoundClaim{}, errTODO) }
}

// Record reads an article back with all that it says: sentences and claims by place in the text, entities and relations by ID.
// It returns nil without an error for an unknown article.
func (s *Store) Record(ctx context.Context, article IRI) (*Record, error) { return nil, errTODO }

// Sentence returns one sentence and its article.
func (s *Store) Sentence(ctx context.Context, id IRI) (sent Sentence, article IRI, ok bool, err error) {
	return Sentence{}, "", false, errTODO
}

// Count is a name with how often it occurs.
type Count struct {
	Name  string `json:"name"` // a compact IRI or a status
	Label string `json:"label,omitempty"`
	N     int    `json:"n"`
}

// Stats are the counts of a store. Lists are sorted by falling N, then by Name.
type Stats struct {
	Quads      int     `json:"quads"`
	Articles   int     `json:"articles"`
	Sentences  int     `json:"sentences"`
	Claims     int     `json:"claims"`
	Entities   int     `json:"entities"`
	PlainEdges int     `json:"plain_edges"` // distinct subject, predicate, object
	Status     []Count `json:"status"`      // claims by "asserted", "denied" (polarity -), "planned", …, "reported" (asserted by another)
	Types      []Count `json:"types"`       // entities by type
	Relations  []Count `json:"relations"`   // claims by predicate
}

// Stats counts the store. The counts are kept and only made anew after a write, so that a page may ask at every view.
func (s *Store) Stats(ctx context.Context) (Stats, error) { return Stats{}, errTODO }
