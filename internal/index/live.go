package index

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"kg/graph"
)

// Store is what an Index is made from: a graph.Store.
type Store interface {
	Version(context.Context) (string, error)
	Facts(context.Context) (*graph.Facts, error)
	Quads(context.Context, graph.Quad) iter.Seq2[graph.Quad, error]
}

// Live keeps the Index of a store that may be written to. It is safe for concurrent use.
type Live struct {
	store Store

	mu    sync.Mutex
	index *Index
}

// NewLive returns an index of store that is made when it is first asked for.
func NewLive(store Store) *Live { return &Live{store: store} }

// Index returns the index of the store as it is now, and makes it anew where the store was written to since.
func (l *Live) Index(ctx context.Context) (*Index, error) {
	version, err := l.store.Version(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index == nil || l.index.Version != version {
		x, err := Make(ctx, l.store)
		if err != nil {
			return nil, err
		}
		l.index = x
	}
	return l.index, nil
}

// EntityHit is an entity that a text may name.
type EntityHit struct {
	Entity Ref
	Name   string // the name that fits: its label or an alias
}

// Complete finds the entities with a name of which prefix is the beginning, or the beginning of a word, most claims first.
func (x *Index) Complete(prefix string, limit int) []EntityHit {
	prefix = strings.ToLower(strings.TrimSpace(prefix))
	if prefix == "" {
		return nil
	}
	var hits []EntityHit
	for i := range x.Entities {
		e := &x.Entities[i]
		for _, name := range append([]string{e.Label}, e.Aliases...) {
			if low := strings.ToLower(name); strings.HasPrefix(low, prefix) || strings.Contains(low, " "+prefix) {
				hits = append(hits, EntityHit{Ref(i), name})
				break
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b EntityHit) int {
		return cmp.Compare(len(x.Entities[b.Entity].Claims), len(x.Entities[a.Entity].Claims))
	})
	return hits[:min(len(hits), limit)]
}
