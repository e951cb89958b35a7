package kgstore

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"
)

// Values of many nodes in order are those that each has alone, gone ones and ones within their ids included.
func TestValuesOfRising(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := Open("store", Options{FS: vfs.NewMem(), NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var add, del []graph.Delta
		for i := range rapid.IntRange(60, 120).Draw(t, "quads") {
			q := quad.Quad{Subject: quad.IRI(rapid.StringMatching(`[a-z]{1,3}`).Draw(t, "s")), Predicate: quad.IRI("p"),
				Object: rapid.SampledFrom([]quad.Value{quad.String("a text of more than eight letters"), quad.String("short"), quad.Int(i), quad.IRI("o"),
					quad.TypedString{Value: "x", Type: "t"}, quad.LangString{Value: "y", Lang: "en"}}).Draw(t, "o")}
			add = append(add, graph.Delta{Quad: q, Action: graph.Add})
			if rapid.IntRange(0, 4).Draw(t, "gone") == 0 {
				del = append(del, graph.Delta{Quad: q, Action: graph.Delete})
			}
		}
		ignore := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
		if err := s.ApplyDeltas(add, ignore); err != nil {
			t.Fatal(err)
		}
		ids := map[NodeID]bool{}
		each := func(l Link, _ uint64) error {
			for _, id := range []NodeID{l.Subject, l.Predicate, l.Object} {
				ids[id] = true
			}
			return nil
		}
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		if err := sn.EachLink(Link{}, false, each); err != nil {
			t.Fatal(err)
		}
		sn.Close()
		if err := s.ApplyDeltas(del, ignore); err != nil {
			t.Fatal(err)
		}
		if sn, err = s.Snapshot(); err != nil {
			t.Fatal(err)
		}
		defer sn.Close()
		var list []graph.Ref
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			list = append(list, id)
		}
		got := make([]quad.Value, len(list))
		if err := sn.valuesOfRising(list, got); err != nil {
			t.Fatal(err)
		}
		if len(list) >= 64 && !rising(list) {
			t.Fatal("the ids do not rise")
		}
		all, err := sn.ValuesOf(context.Background(), list)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range list {
			want, err := sn.NameOf(r)
			if err != nil || got[i] != want || all[i] != want {
				t.Fatalf("%v: %v and %v, want %v (%v)", r, got[i], all[i], want, err)
			}
		}
	})
}
