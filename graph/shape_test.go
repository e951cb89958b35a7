package graph

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShape(t *testing.T) {
	s := sampleStore(t)
	got, err := s.Shape(ctx, "gizmo", `g.V("<kg:Russia>").Tag("who").Out("<kgo:mediates>").All()`)
	if err != nil {
		t.Fatal(err)
	}
	want := &QueryShape{
		Nodes: []ShapeNode{
			{ID: 1, Kind: "NodesFrom object"},
			{ID: 2, Kind: "Quads", IsLinkNode: true},
			{ID: 3, Kind: "Lookup", Tags: []string{"who"}, Values: []string{"<kg:Russia>"}, IsFixed: true},
			{ID: 4, Kind: "Lookup", Values: []string{"<kgo:mediates>"}, IsFixed: true},
		},
		Links: []ShapeLink{{2, 3, "subject"}, {2, 4, "predicate"}, {1, 2, "quads"}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, text := range []string{
		`g.V().Has("<kgo:confidence>", gt(0.5)).And(g.V().Except(g.V("<x>"))).Or(g.M()).Unique().Order().Limit(3).Skip(1).Both().Labels().Save("<p>", "t").SaveInPredicates("q").Count()`,
		`g.V().FollowRecursive("<p>")`, `g.V().ForEach(function (d) {})`, `g.emit(1)`, ``, `g.V().SaveOpt("<p>", "x").LabelContext("<g>").Out().toArray()`,
	} {
		got, err := s.Shape(ctx, "", text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if _, err := json.Marshal(got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if text != `` && text != `g.emit(1)` && len(got.Nodes) == 0 {
			t.Errorf("%s: no nodes", text)
		}
	}
	for _, tt := range [][2]string{{"gizmo", "("}, {"gizmo", "x"}, {"gizmo", "while (true) {}"}, {"graphql", "{a}"}, {"gizmo", `g.V().Labels().Back("x").All(`}} {
		var qe *QueryError
		if _, err := s.Shape(ctx, tt[0], tt[1]); !errors.As(err, &qe) {
			t.Errorf("%s: %v", tt[1], err)
		}
	}
}
