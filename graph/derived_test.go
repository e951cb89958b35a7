package graph

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Settle writes what differs, reads back what it wrote, and any change of what articles say or names mean makes it out of date.
func TestSettle(t *testing.T) {
	for _, opt := range []Options{{}, {Path: filepath.Join(t.TempDir(), "kg.db")}, {Path: filepath.Join(t.TempDir(), "kg"), Backend: "kg"}} {
		t.Run(opt.Backend, func(t *testing.T) {
			ctx := t.Context()
			s, err := Open(opt)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			rec := sampleRecord()
			if _, err := s.Add(ctx, rec); err != nil {
				t.Fatal(err)
			}
			claim, event := rec.Claims[0].ID, IRI("kg:event/2017-07-04/talks")
			layers := func(kind string) map[IRI][]Quad {
				q := func(s IRI, p string, o Term) Quad { return Quad{Subject: Res(s), Predicate: Res(IRI(p)), Object: o} }
				return map[IRI][]Quad{
					CorroborationGraph: {q(claim, KgoArticles, CountTerm(3)), q(claim, KgoIndependent, CountTerm(2))},
					EventGraph: {q(event, rdfType, Res("kgo:Event")), q(event, rdfsLabel, Str("talks")), q(event, KgoEventType, Str(kind)),
						q(event, SemActor, Res("kg:Russia")), q(event, SemTime, TimeTerm("2017-07-04")), q(claim, KgoOfEvent, Res(event))},
				}
			}
			settle := func(kind string, want SettleResult) {
				t.Helper()
				if res, err := s.Settle(ctx, "", layers(kind), "v1"); err != nil || res != want {
					t.Errorf("settle: %+v, %v; want %+v", res, err, want)
				}
				if stamp, err := s.Settled(ctx); err != nil || stamp != "v1" {
					t.Errorf("settled with %q, %v", stamp, err)
				}
			}
			before := count(t, s)
			settle("CONSULT", SettleResult{Added: 8})
			settle("CONSULT", SettleResult{Deleted: 1}) // the mark
			settle("ASSAULT", SettleResult{Added: 1, Deleted: 2})
			if sup, err := s.Support(ctx, claim); err != nil || sup != (Support{3, 2}) {
				t.Errorf("support %+v, %v", sup, err)
			}
			events, err := s.Events(ctx, "kg:Russia")
			if err != nil || len(events) != 1 || events[0].Kind != "ASSAULT" || events[0].Time != "2017-07-04" || !slices.Equal(events[0].Participants, []IRI{"kg:Russia"}) {
				t.Errorf("events %+v, %v", events, err)
			}
			if claims, err := s.EventClaims(ctx, event); err != nil || len(claims) != 1 || claims[0].ID != claim || claims[0].Article != rec.Article.ID {
				t.Errorf("claims of the event: %+v, %v", claims, err)
			}
			facts, err := s.Facts(ctx)
			if err != nil || len(facts.Claims) != len(rec.Claims) || len(facts.Sentences) != len(rec.Sentences) || len(facts.Articles) != 1 {
				t.Errorf("facts %+v, %v", facts, err)
			}
			checkWhole(t, s)
			if slices.ContainsFunc(facts.Entities, func(e Entity) bool { return e.ID == event }) {
				t.Error("an event is no fact")
			}
			if e, ok, err := s.Entity(ctx, event); err != nil || ok {
				t.Errorf("an event is no entity: %+v, %v", e, err)
			}
			if list, err := s.Named(ctx, "talks"); err != nil || len(list) > 0 {
				t.Errorf("an event is called as things are: %+v, %v", list, err)
			}
			if list, err := s.NamesCalled(ctx, "talks"); err != nil || len(list) > 0 {
				t.Errorf("an event is no name: %v, %v", list, err)
			}
			for name, change := range map[string]func() error{
				"judge": func() error {
					_, err := s.Judge(ctx, []Judgement{byAnna(Merge, "kg:Russia", "kg:Russian_Federation", 1)}, nil)
					return err
				},
				"delete": func() error {
					_, err := s.Delete(ctx, rec.Article.ID)
					return err
				},
			} {
				if _, err := s.Settle(ctx, "", layers("CONSULT"), "v1"); err != nil {
					t.Fatal(err)
				}
				if err := change(); err != nil {
					t.Fatal(err)
				}
				checkWhole(t, s)
				if stamp, err := s.Settled(ctx); err != nil || stamp != "" {
					t.Errorf("%s: settled with %q, %v", name, stamp, err)
				}
			}
			if _, err := s.Settle(ctx, "", nil, "v2"); err != nil {
				t.Fatal(err)
			}
			if n := count(t, s); n >= before {
				t.Errorf("%d quads are left", n)
			}
			if _, err := s.Settle(ctx, "", map[IRI][]Quad{"kg:article/1": nil}, "v2"); err == nil {
				t.Error("an article's graph was settled")
			}
		})
	}
}

func count(t *testing.T, s *Store) (n int) {
	for _, err := range s.Quads(t.Context(), Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// checkWhole compares Whole with what several readings of the store give.
func checkWhole(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	last := 0.0
	w, err := s.Whole(ctx, func(part float64) {
		if part < last || part > 1 {
			t.Errorf("%g done after %g", part, last)
		}
		last = part
	})
	if err != nil {
		t.Fatal(err)
	}
	want, err := s.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want.Entities = nil
	for e, err := range s.Entities(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		want.Entities = append(want.Entities, e)
		names, err := s.NamesOf(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if of, ok := w.Merged[name]; ok != (name != e.ID) || ok && of != e.ID {
				t.Errorf("%s means %s, not %q", name, e.ID, of)
			}
		}
	}
	if d := cmp.Diff(want, &w.Facts, sameTime, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the whole has other facts (-facts +whole):\n%s", d)
	}
	var derived, quads []Quad
	for q := range w.Derived() {
		derived = append(derived, q)
	}
	for _, g := range DerivedGraphs {
		for q, err := range s.Quads(ctx, Quad{Graph: Res(g)}) {
			if err != nil {
				t.Fatal(err)
			}
			quads = append(quads, q)
		}
	}
	order := cmpopts.SortSlices(func(a, b Quad) bool { return fmt.Sprint(a) < fmt.Sprint(b) })
	if d := cmp.Diff(quads, derived, order, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the whole has other derived quads:\n%s", d)
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(stats, w.Stats, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the whole has other counts:\n%s", d)
	}
	if version, err := s.Version(ctx); err != nil || version != w.Version {
		t.Errorf("version %q, %v; the whole is of %q", version, err, w.Version)
	}
}
