package kgstore

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"
)

// genValue makes values that meet again and again: hubs, odd texts, neighbours in order, long texts whose hashes collide.
func genValue(position int) *rapid.Generator[quad.Value] {
	iri := rapid.Custom(func(t *rapid.T) quad.Value { return quad.IRI(fmt.Sprintf("n%d", rapid.IntRange(0, 12).Draw(t, "n"))) })
	long := rapid.Custom(func(t *rapid.T) quad.Value {
		return quad.String(strings.Repeat("long text ", 5) + fmt.Sprint(rapid.IntRange(0, 8).Draw(t, "n")))
	})
	if position == predicate {
		return rapid.Custom(func(t *rapid.T) quad.Value { return quad.IRI(fmt.Sprintf("p%d", rapid.IntRange(0, 3).Draw(t, "p"))) })
	}
	number := rapid.Custom(func(t *rapid.T) quad.Value {
		// Many share a place among numbers.
		return typed(fmt.Sprintf("%d.%09d", rapid.IntRange(0, 2).Draw(t, "n"), rapid.IntRange(0, 5).Draw(t, "m")), "decimal")
	})
	return rapid.OneOf(iri, iri, iri, long, number, rapid.SampledFrom(oddValues))
}

func genQuad(t *rapid.T) quad.Quad {
	q := quad.Quad{Subject: genValue(subject).Draw(t, "s"), Predicate: genValue(predicate).Draw(t, "p"), Object: genValue(object).Draw(t, "o")}
	if rapid.Bool().Draw(t, "labelled") {
		q.Label = genValue(label).Draw(t, "l")
	}
	return q
}

// keyOf tells quads apart as the store does, to the nanosecond and the bit.
func keyOf(q quad.Quad) string {
	var b strings.Builder
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		switch v := v.(type) {
		case quad.Time:
			fmt.Fprintf(&b, "time %s|", time.Time(v).UTC().Format(time.RFC3339Nano))
		case quad.Float:
			fmt.Fprintf(&b, "float %x|", math.Float64bits(float64(v)))
		default:
			fmt.Fprintf(&b, "%T %q|", v, quad.StringOf(v))
		}
	}
	return b.String()
}

// model is a store as a map.
type model map[string]quad.Quad

// apply does what ApplyDeltas says; it returns the error and leaves m alone where that fails.
func (m model) apply(in []graph.Delta, opts graph.IgnoreOpts) (model, error) {
	for _, d := range in {
		if d.Action != graph.Add && d.Action != graph.Delete {
			return m, graph.ErrInvalidAction
		}
		if checkQuad(&d.Quad, &quad.Quad{}) != nil {
			return m, errInvalid
		}
	}
	out := maps.Clone(m)
	for _, d := range in {
		key := keyOf(d.Quad)
		_, there := out[key]
		switch {
		case d.Action == graph.Add && there && !opts.IgnoreDup:
			return m, graph.ErrQuadExists
		case d.Action == graph.Delete && !there && !opts.IgnoreMissing:
			return m, graph.ErrQuadNotExist
		case d.Action == graph.Add:
			out[key] = d.Quad
		default:
			delete(out, key)
		}
	}
	return out, nil
}

var errInvalid = errors.New("invalid quad")

type fataler interface{ Fatalf(string, ...any) }

// wantModel says where a store is not what the model is: quads, nodes, numbers, indexes.
func wantModel(t fataler, s *Store, m model) {
	sn, err := s.Snapshot()
	if err != nil {
		t.Fatalf("snapshot: %v", err)
	}
	defer sn.Close()
	if err := sn.Verify(); err != nil {
		t.Fatalf("verify: %v", err)
	}
	got := map[string]bool{}
	it := sn.QuadsAllIterator().Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := sn.Quad(it.Result())
		if err != nil {
			t.Fatalf("quad: %v", err)
		}
		got[keyOf(q)] = true
	}
	if it.Err() != nil {
		t.Fatalf("quads: %v", it.Err())
	}
	for key := range m {
		if !got[key] {
			t.Fatalf("%d quads, want %d; lost: %s", len(got), len(m), key)
		}
	}
	if len(got) != len(m) {
		t.Fatalf("%d quads, want %d", len(got), len(m))
	}
	nodes := map[string]bool{}
	for _, q := range m {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				nodes[keyOf(quad.Quad{Subject: v})] = true
			}
		}
	}
	st, err := sn.Stats(ctx, true)
	if err != nil || st.Quads.Value != int64(len(m)) || st.Nodes.Value != int64(len(nodes)) {
		t.Fatalf("stats %+v, %v; want %d quads, %d nodes", st, err, len(m), len(nodes))
	}
	all := sn.NodesAllIterator().Iterate()
	defer all.Close()
	n := 0
	for all.Next(ctx) {
		v, err := sn.NameOf(all.Result())
		if err != nil || v == nil || !nodes[keyOf(quad.Quad{Subject: v})] {
			t.Fatalf("a ghost: node %v is %v, %v", all.Result(), v, err)
		}
		n++
	}
	if n != len(nodes) {
		t.Fatalf("%d nodes, want %d", n, len(nodes))
	}
}

// A store that went through any adds, removes and replacements, in any mix within a transaction, failed writes and reopenings
// holds what a map holds. What Cayley's own backends do wrong would show here: nodes written wrongly after a failed write, nil
// subjects where a transaction deletes and adds, ghosts after ignored duplicates, a triple lost that comes again with another
// label. KG_STORE_STEPS sets the number of steps.
func TestModel(t *testing.T) {
	steps := 400
	if testing.Short() {
		steps = 60
	}
	if env := os.Getenv("KG_STORE_STEPS"); env != "" {
		fmt.Sscan(env, &steps)
	}
	hash = func(s string) uint64 { return uint64(len(s) % 2) } // nothing but collisions
	hubFrom = 6
	defer func() { hash, hubFrom = defaultHash, 32 }()
	dir := t.TempDir()
	total, failed, reopened, runs := 0, 0, 0, 0
	check := func(t *rapid.T) {
		runs++
		path := filepath.Join(dir, fmt.Sprint(runs))
		s, err := Open(path, Options{NoSync: true})
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		defer func() { s.Close() }()
		m := model{}
		bad := []quad.Quad{{}, {Subject: quad.IRI("a"), Predicate: quad.IRI("b")}, {Subject: quad.IRI(""), Predicate: quad.IRI("b"), Object: quad.IRI("c")}, {Subject: quad.IRI("a"), Predicate: quad.IRI("b"), Object: quad.String("\xff")},
			{Subject: quad.IRI("a b"), Predicate: quad.IRI("b"), Object: quad.IRI("c")}, {Subject: quad.IRI("a"), Predicate: quad.IRI("b"), Object: quad.Float(math.NaN())}, {Subject: quad.BNode(""), Predicate: quad.IRI("b"), Object: quad.IRI("c")}}
		for range 25 {
			total++
			if rapid.IntRange(0, 9).Draw(t, "reopen") == 0 {
				if err := s.Close(); err != nil {
					t.Fatalf("close: %v", err)
				}
				if s, err = Open(path, Options{NoSync: true}); err != nil {
					t.Fatalf("reopen: %v", err)
				}
				reopened++
			}
			var in []graph.Delta
			for range rapid.IntRange(1, 40).Draw(t, "deltas") {
				d := graph.Delta{Quad: genQuad(t), Action: rapid.SampledFrom([]graph.Procedure{graph.Add, graph.Add, graph.Delete}).Draw(t, "action")}
				if d.Action == graph.Delete && len(m) > 0 && rapid.Bool().Draw(t, "there") {
					keys := slices.Sorted(maps.Keys(m))
					d.Quad = m[keys[rapid.IntRange(0, len(keys)-1).Draw(t, "which")]]
				}
				in = append(in, d)
			}
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0: // remove a node
				v := genValue(subject).Draw(t, "node")
				in = in[:0]
				for _, q := range m {
					for _, d := range quad.Directions {
						if x := q.Get(d); x != nil && same(x, v) {
							in = append(in, graph.Delta{Quad: q, Action: graph.Delete})
							break
						}
					}
				}
			case 1: // all goes
				in = in[:0]
				for _, q := range m {
					in = append(in, graph.Delta{Quad: q, Action: graph.Delete})
				}
			case 2:
				at := rapid.IntRange(0, len(in)-1).Draw(t, "bad at")
				in[at].Quad = rapid.SampledFrom(bad).Draw(t, "bad")
			}
			opts := graph.IgnoreOpts{IgnoreDup: rapid.Bool().Draw(t, "dup"), IgnoreMissing: rapid.Bool().Draw(t, "missing")}
			next, want := m.apply(in, opts)
			err := s.ApplyDeltas(in, opts)
			var de *graph.DeltaError
			switch {
			case want == nil && err != nil, want != nil && err == nil:
				t.Fatalf("ApplyDeltas: %v, want %v", err, want)
			case want != nil && !errors.As(err, &de):
				t.Fatalf("ApplyDeltas: %v is no DeltaError", err)
			case want != nil && want != errInvalid && !errors.Is(err, want):
				t.Fatalf("ApplyDeltas: %v, want %v", err, want)
			}
			if want != nil {
				failed++
			}
			m = next
			wantModel(t, s, m)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		if total < steps {
			check(rt)
		}
	})
	for total < steps {
		rapid.Check(t, func(rt *rapid.T) {
			if total < steps {
				check(rt)
			}
		})
	}
	t.Logf("%d transactions, %d of them refused, %d reopenings", total, failed, reopened)
}
