package index

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kg/graph"
)

func TestChanges(t *testing.T) {
	s := storeOf(t,
		say("b1", day("2017-01-01"), "Reuters", "Russia supports Syria", "Turkey supports Russia", "Turkey agrees_with Russia", "Iran supports Iraq", "Egypt attacks Libya",
			"Libya visits Iraq ?"),
		say("b2", day("2017-02-01"), "TASS", "Russia supports Syria", "Egypt rejects Libya", "Iran rejects Iraq"),
		say("b3", day("2017-03-01"), "Reuters", "Turkey attacks Russia 2016-12-01", "Syria visits Iraq", "Oman visits Syria", "Russia attacks Syria -", "Egypt supports Libya by:Oman"),
		say("b4", day("2017-03-02"), "TASS", "Turkey rejects Russia", "Syria visits Iraq", "Iran supports Iraq ?", "Oman visits Oman", "Libya attacks Egypt ?"),
		say("b5", time.Time{}, "", "Nobody visits Syria"))
	defer s.Close()
	x := indexOf(t, s)
	show := func(since string, opt ChangeOptions) (lines []string) {
		d, _ := ParseDay(since)
		ch := x.Changes(d, opt)
		for _, p := range ch.NewPairs {
			lines = append(lines, fmt.Sprintf("new pair %s, %s: %d claims of %d articles since %s", x.label(p.A), x.label(p.B), len(p.Claims), p.Articles, p.First))
		}
		for _, n := range ch.Turned {
			b, a := x.Claims[n.Before], x.Claims[n.After]
			lines = append(lines, fmt.Sprintf("turned %s, %s: %s %s (%s), then %s (%s) in %d articles", x.label(n.A), x.label(n.B), x.label(b.Subject), x.Relations[b.Relation].Label,
				x.Articles[b.Article].ID, x.Relations[a.Relation].Label, x.Articles[a.Article].ID, n.Articles))
		}
		for _, e := range ch.NewEntities {
			lines = append(lines, "new "+x.label(e))
		}
		return append(lines, fmt.Sprint(ch.TotalNewPairs, ch.TotalTurned, ch.TotalNewEntities))
	}
	want := []string{
		"new pair Syria, Iraq: 2 claims of 2 articles since 2017-03-01",
		"turned Turkey, Russia: Turkey agrees with (kg:article/b1), then rejects (kg:article/b4) in 2 articles",
		"turned Egypt, Libya: Egypt rejects (kg:article/b2), then supports (kg:article/b3) in 1 articles",
		"new Oman",
		"1 2 1",
	}
	if d := cmp.Diff(want, show("2017-02-15", ChangeOptions{})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff(append(want[:2:2], "new Oman", "1 2 1"), show("2017-02-15", ChangeOptions{Limit: 1})); d != "" {
		t.Errorf("one of each (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"0 0 0"}, show("2017-03-03", ChangeOptions{})); d != "" {
		t.Errorf("since tomorrow (-want +got):\n%s", d)
	}
	// What rules found to have turned comes with the claims that they name.
	turned := graph.Quad{Subject: graph.Res("kg:claim/b2/0"), Predicate: graph.Res(graph.KgoChangedTo), Object: graph.Res("kg:claim/b3/3")}
	if _, err := s.Settle(t.Context(), "", map[graph.IRI][]graph.Quad{graph.ContradictionGraph: {turned}}, "v"); err != nil {
		t.Fatal(err)
	}
	x = indexOf(t, s)
	got := x.Changes(DayOf(day("2017-02-15")), ChangeOptions{}).Turned
	i := slices.IndexFunc(got, func(n Turn) bool { return n.Said })
	if len(got) != 3 || i < 0 || x.Claims[got[i].Before].ID != "kg:claim/b2/0" || x.Claims[got[i].After].ID != "kg:claim/b3/3" {
		t.Errorf("turned: %+v", got)
	}
	since, list := x.Recent(4)
	var names []string
	for _, e := range list {
		names = append(names, fmt.Sprint(x.label(e.Entity), " ", e.Claims))
	}
	if d := cmp.Diff([]string{"Syria 4", "Russia 3", "Iraq 3", "Oman 3"}, names); d != "" || since.String() != "2017-02-24" {
		t.Errorf("recent since %s (-want +got):\n%s", since, d)
	}
	if since, list := x.Recent(100); since == NoDay || len(list) != 8 { // all but Nobody, whose article has no day
		t.Errorf("all recent since %s: %d", since, len(list))
	}
}

// New pairs and new entities against a plain loop.
func TestChangesAgainstLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		x := indexOf(t, s)
		since := DayOf(day("2017-06-01")) + Day(rapid.IntRange(-1, 101).Draw(t, "since"))
		first := map[[2]Ref]Day{}
		known := map[Ref]Day{}
		for i := range x.Claims {
			c := &x.Claims[i]
			d := x.Articles[c.Article].Day
			if d == NoDay {
				d = c.Day
			}
			if d == NoDay {
				continue
			}
			for _, e := range append([]Ref{c.Subject, c.Object, c.Source, c.Place}, c.Arguments...) {
				if old, ok := known[e]; e != None && (!ok || d < old) {
					known[e] = d
				}
			}
			key := [2]Ref{min(c.Subject, c.Object), max(c.Subject, c.Object)}
			if old, ok := first[key]; c.Object != None && c.Subject != c.Object && (!ok || d < old) {
				first[key] = d
			}
		}
		want := map[[2]Ref]Day{}
		for key, d := range first {
			if d >= since && known[key[0]] < since && known[key[1]] < since {
				want[key] = d
			}
		}
		ch := x.Changes(since, ChangeOptions{Limit: 1000})
		got := map[[2]Ref]Day{}
		for _, p := range ch.NewPairs {
			got[[2]Ref{p.A, p.B}] = p.First
			if !slices.Equal(p.Claims, x.Between(p.A, p.B)) {
				t.Fatalf("claims of %+v", p)
			}
		}
		if d := cmp.Diff(want, got); d != "" || len(got) != ch.TotalNewPairs {
			t.Fatalf("new pairs (-want +got):\n%s", d)
		}
		var fresh []Ref
		for e := range x.Entities {
			if d, ok := known[Ref(e)]; ok && d >= since {
				fresh = append(fresh, Ref(e))
			}
		}
		if !slices.Equal(fresh, ch.NewEntities) {
			t.Fatalf("new entities %v, want %v", ch.NewEntities, fresh)
		}
		for _, n := range ch.Turned {
			if x.Reported(n.After) < since || x.Reported(n.Before) >= since || x.Claims[n.After].Cooperative() == x.Claims[n.Before].Cooperative() {
				t.Fatalf("%+v has not turned", n)
			}
		}
	})
}
