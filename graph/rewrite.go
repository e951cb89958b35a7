package graph

import (
	"context"
	"errors"
	"runtime"
	"slices"

	"github.com/cayleygraph/quad"
	"golang.org/x/sync/errgroup"
)

// rewritten is what goes and what comes where an article is written anew.
type rewritten struct {
	del, add []quad.Quad
	claims   int // that have another predicate
}

// rewriteChunk is how many articles are compared at a time, and at most wait to be written.
const rewriteChunk = 128

// rewrite writes articles anew, in transactions of about batchQuads quads; none is split. diff says what of an article changes; it is
// called for several at a time. Then each is called for one after the other, in their order. For the holder of lockWriter.
func (s *Store) rewrite(ctx context.Context, articles []IRI, diff func(v *view, article IRI) (rewritten, error),
	each func(article IRI, c *rewritten)) error {
	var del, add []quad.Quad
	flush := func() error {
		err := s.swap(del, add)
		del, add = del[:0], add[:0]
		return err
	}
	for some := range slices.Chunk(articles, rewriteChunk) {
		changes := make([]rewritten, len(some))
		group, within := errgroup.WithContext(ctx)
		group.SetLimit(runtime.GOMAXPROCS(0))
		for i, a := range some {
			group.Go(func() error {
				return s.read(within, func(v *view) (err error) {
					changes[i], err = diff(v, a)
					return err
				})
			})
		}
		err := group.Wait()
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), flush())
		}
		if err != nil {
			return err
		}
		for i, a := range some {
			each(a, &changes[i])
			del, add = append(del, changes[i].del...), append(add, changes[i].add...)
			if len(del)+len(add) >= batchQuads {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	return flush()
}

// articleDiff compares the quads of an article with those that its record has after change, where that is not nil, with its names
// standing for the entities that ids gives.
func (v *view) articleDiff(ctx context.Context, article IRI, ids *identity, change func(*Record)) (del, add []quad.Quad, err error) {
	have, rec, err := v.record(ctx, article)
	if rec == nil {
		return nil, nil, err
	}
	if change != nil {
		change(rec)
		if err := rec.check(v.ns); err != nil {
			return nil, nil, err
		}
	}
	del, add = quadDiff(have, recordQuads(v.ns, rec, ids))
	return del, add, nil
}

// ofGraph is a quad that a named graph has of itself.
func ofGraph(g IRI, p string, o quad.Value) quad.Quad {
	return quad.Quad{Subject: quad.IRI(g), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(g)}
}

// quadDiff compares what is there with what is wanted.
func quadDiff(have, want []quad.Quad) (del, add []quad.Quad) {
	there := make(map[quad.Quad]bool, len(have))
	for _, q := range have {
		there[q] = true
	}
	for _, q := range want {
		if !there[q] {
			add = append(add, q)
		} else {
			there[q] = false // kept
		}
	}
	for _, q := range have {
		if there[q] {
			del = append(del, q)
		}
	}
	return del, add
}

// swap adds and deletes quads that have none in common. On a backend that cannot do so in one transaction the additions come first:
// Record can be read from an article that has the quads of both states.
func (s *Store) swap(del, add []quad.Quad) error {
	if len(del) == 0 && len(add) == 0 {
		return nil
	}
	if s.opt.Backend == "kg" {
		return s.write(del, add)
	}
	if err := s.write(nil, add); err != nil {
		return err
	}
	return s.write(del, nil)
}
