package indextest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kg/graph"
	"kg/schema"
)

// Made-up records can be stored, are the same for the same seed, and spread over ten years.
func TestRecords(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var first []*graph.Record
	opt := Options{Articles: 200, Names: 500, Seed: 3}
	for r := range Records(opt, sch) {
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Claims {
			for _, s := range []graph.Span{c.SubjectSpan, c.PredicateSpan, c.ObjectSpan} {
				if s.End > len(r.Text) || s.Begin >= s.End {
					t.Fatalf("%s: span %v of a text of %d", c.ID, s, len(r.Text))
				}
			}
		}
		for i := range r.Sentences {
			if s := &r.Sentences[i]; r.Text[s.Begin:s.End] != s.Text {
				t.Fatalf("%s is %q, the text has %q", s.ID, s.Text, r.Text[s.Begin:s.End])
			}
		}
		first = append(first, r)
	}
	i := 0
	for r := range Records(opt, sch) {
		if d := cmp.Diff(first[i], r); d != "" {
			t.Fatalf("article %d of the same seed (-first +second):\n%s", i, d)
		}
		i++
	}
	if a, b := first[0].Article.Published.Year(), first[199].Article.Published.Year(); i != 200 || a != 2015 || b != 2024 {
		t.Errorf("%d articles from %d to %d", i, a, b)
	}
}
