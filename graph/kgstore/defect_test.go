package kgstore

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"
)

// What Cayley's own backends get wrong, each by its name.
func TestDefectsOfOthers(t *testing.T) {
	iri := func(s, p, o, l string) quad.Quad { return quad.MakeIRI(s, p, o, l) }
	add := func(quads ...quad.Quad) (out []graph.Delta) {
		for _, q := range quads {
			out = append(out, graph.Delta{Quad: q, Action: graph.Add})
		}
		return out
	}
	del := func(quads ...quad.Quad) (out []graph.Delta) {
		for _, q := range quads {
			out = append(out, graph.Delta{Quad: q, Action: graph.Delete})
		}
		return out
	}
	// check applies transactions to a store and to a model, and compares.
	check := func(t *testing.T, opts graph.IgnoreOpts, txs ...[]graph.Delta) *Store {
		t.Helper()
		s, m := openTest(t), model{}
		for i, tx := range txs {
			var want error
			m, want = m.apply(tx, opts)
			if err := s.ApplyDeltas(tx, opts); (err == nil) != (want == nil) {
				t.Fatalf("transaction %d: %v, want %v", i, err, want)
			}
			wantModel(t, s, m)
		}
		return s
	}
	strict, ignore := graph.IgnoreOpts{}, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
	ab, bc := iri("a", "p", "b", "g"), iri("b", "p", "c", "g")

	for name, bad := range map[string]quad.Quad{
		"invalid UTF-8": {Subject: quad.IRI("new"), Predicate: quad.IRI("p2"), Object: quad.String("\xff")}, "an empty IRI": {Subject: quad.IRI("new"), Predicate: quad.IRI(""), Object: quad.IRI("x")},
		"a space in an IRI": {Subject: quad.IRI("new"), Predicate: quad.IRI("p 2"), Object: quad.IRI("x")}, "NaN": {Subject: quad.IRI("new"), Predicate: quad.IRI("p2"), Object: quad.Float(math.NaN())}, "no object": {Subject: quad.IRI("new"), Predicate: quad.IRI("p2")},
	} {
		t.Run("stale cache after "+name, func(t *testing.T) {
			check(t, ignore, add(ab), add(iri("new", "p2", "x", ""), bad, bc), add(iri("new", "p2", "x", "")), add(bc, iri("x", "new", "p2", "")))
		})
	}
	t.Run("stale cache after a duplicate", func(t *testing.T) {
		check(t, strict, add(ab), add(iri("new", "p2", "x", ""), ab), add(iri("new", "p2", "x", ""), bc), add(iri("x", "new", "b", "")))
	})
	t.Run("stale cache after a deletion of what is not there", func(t *testing.T) {
		check(t, strict, add(ab), append(add(iri("new", "p2", "x", "")), del(bc)...), add(iri("new", "p2", "x", "")), del(ab), add(ab))
	})
	t.Run("nil subjects where a transaction deletes and adds", func(t *testing.T) {
		check(t, ignore, add(ab, bc), append(del(ab), add(iri("a", "p", "d", "g"))...), append(del(bc), add(iri("b", "p", "c", "h"), ab)...), append(add(iri("z", "p", "b", "g")), del(ab)...))
	})
	t.Run("ghosts after ignored duplicates", func(t *testing.T) {
		s := check(t, ignore, add(ab), add(ab), add(ab, ab), del(ab))
		for _, name := range []string{"a", "p", "b", "g"} {
			if ref, err := s.ValueOf(quad.IRI(name)); ref != nil || err != nil {
				t.Errorf("%s is still there: %v, %v", name, ref, err)
			}
		}
		if n, err := path.StartPath(s).Iterate(ctx).Count(); n != 0 || err != nil {
			t.Errorf("%d nodes, %v", n, err)
		}
	})
	t.Run("a triple that comes again with another label is dropped", func(t *testing.T) {
		check(t, strict, add(ab), add(iri("a", "p", "b", "h")), add(iri("a", "p", "b", "")), del(ab))
	})
	t.Run("concurrent reads and writes", func(t *testing.T) {
		s := openTest(t)
		if err := s.ApplyDeltas(add(ab, bc), ignore); err != nil {
			t.Fatal(err)
		}
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					// Both quads come and go together: a snapshot has all of a transaction or nothing.
					sn, err := s.Snapshot()
					if err != nil {
						t.Error(err)
						return
					}
					n, err := path.StartPath(sn, quad.IRI("hub")).Out(quad.IRI("p")).Iterate(ctx).Count()
					n2, err2 := path.StartPath(sn, quad.IRI("hub")).Out().Iterate(ctx).All()
					if err != nil || err2 != nil || n != 0 && n != 100 || int(n) != len(n2) {
						t.Errorf("%d, %d results, %v, %v", n, len(n2), err, err2)
					}
					if err := sn.Close(); err != nil {
						t.Error(err)
					}
					if vals, err := path.StartPath(s, quad.IRI("a")).Out().Out().Iterate(ctx).AllValues(s); err != nil || len(vals) != 1 {
						t.Errorf("%v, %v", vals, err)
					}
				}
			})
		}
		var hub []quad.Quad
		for i := range 100 {
			hub = append(hub, iri("hub", "p", fmt.Sprint("o", i), "g"))
		}
		for range 30 {
			if err := errors.Join(s.ApplyDeltas(add(hub...), strict), s.ApplyDeltas(del(hub...), strict)); err != nil {
				t.Fatal(err)
			}
		}
		close(stop)
		wg.Wait()
		wantModel(t, s, model{keyOf(ab): ab, keyOf(bc): bc})
	})
	t.Run("a second opener waits for ever", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "store")
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		start := time.Now()
		if _, err := Open(path, Options{LockTimeout: 100 * time.Millisecond}); !errors.Is(err, ErrLocked) {
			t.Error(err)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("took %v", d)
		}
	})
	t.Run("a count that is not what there is", func(t *testing.T) {
		s := check(t, ignore, add(ab, bc, iri("a", "p", "b", "h"), iri("c", "q", "a", "g")))
		for name, tt := range map[string]struct {
			p    *path.Path
			want int64
		}{
			"of an intersection that is empty": {path.StartPath(s, quad.IRI("a")).Has(quad.IRI("q"), quad.IRI("b")), 0},
			"of what is sorted":                {path.StartPath(s, quad.IRI("a"), quad.IRI("b"), quad.IRI("c")).Has(quad.IRI("q")).Order(), 1},
			"of all nodes":                     {path.StartPath(s), 7},
			"of quads with two labels":         {path.StartPath(s, quad.IRI("a")).Out(quad.IRI("p")), 2},
		} {
			if n, err := tt.p.Iterate(ctx).Count(); n != tt.want || err != nil {
				t.Errorf("%s: %d, %v; want %d", name, n, err, tt.want)
			}
		}
	})
}
