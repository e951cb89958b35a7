package graph

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func merge(from, into IRI) Judgement {
	return Judgement{Kind: Merge, From: from, Into: into, Rule: "r", Score: .9, Evidence: "because"}
}

func byAnna(kind string, from, into IRI, hour int) Judgement {
	return Judgement{Kind: kind, From: from, Into: into, By: "Anna", When: time.Date(2020, 1, 1, hour, 0, 0, 0, time.UTC)}
}

func TestIdentify(t *testing.T) {
	for _, c := range []struct {
		name string
		list []Judgement
		want map[IRI]IRI
	}{
		{"chain", []Judgement{merge("kg:a", "kg:b"), merge("kg:b", "kg:c")}, map[IRI]IRI{"kg:a": "kg:c", "kg:b": "kg:c"}},
		{"cycle", []Judgement{merge("kg:a", "kg:b"), merge("kg:b", "kg:a")}, map[IRI]IRI{"kg:a": "kg:b"}},
		{"distinct keeps apart what rules chain", []Judgement{merge("kg:a", "kg:b"), {Kind: Merge, From: "kg:b", Into: "kg:c", Rule: "r", Score: .8},
			byAnna(Distinct, "kg:c", "kg:a", 1)}, map[IRI]IRI{"kg:a": "kg:b"}},
		{"people choose the name", []Judgement{merge("kg:a", "kg:b"), byAnna(Merge, "kg:b", "kg:a", 1)}, map[IRI]IRI{"kg:b": "kg:a"}},
		{"candidates do nothing", []Judgement{{Kind: Candidate, From: "kg:a", Into: "kg:b", Rule: "r", Score: .5}}, map[IRI]IRI{}},
		{"a rename carries the names along", []Judgement{merge("kg:a", "kg:b"), {Kind: Rename, From: "kg:b", Into: "kg:New", Label: "New", By: "Anna"}},
			map[IRI]IRI{"kg:a": "kg:New", "kg:b": "kg:New"}},
		{"rules go on from what people say", []Judgement{byAnna(Merge, "kg:a", "kg:b", 1), merge("kg:b", "kg:c")}, map[IRI]IRI{"kg:a": "kg:b", "kg:c": "kg:b"}},
	} {
		got := identify(c.list)
		if d := cmp.Diff(c.want, got.entity); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		slices.Reverse(c.list)
		if d := cmp.Diff(c.want, identify(c.list).entity); d != "" {
			t.Errorf("%s, reversed (-want +got):\n%s", c.name, d)
		}
	}
}

// names are few, so that judgements and records meet in them.
var genName = rapid.SampledFrom([]IRI{"kg:A", "kg:B", "kg:C", "kg:D", "kg:E", "kg:F"})

func genJudgement(people bool) *rapid.Generator[Judgement] {
	return rapid.Custom(func(t *rapid.T) Judgement {
		j := Judgement{From: genName.Draw(t, "from")}
		j.Into = genName.Filter(func(id IRI) bool { return id != j.From }).Draw(t, "into")
		if people {
			j.Kind = rapid.SampledFrom([]string{Merge, Distinct, Rename, Accept, Reject, Reject}).Draw(t, "kind")
			j.By, j.When = "Anna", time.Unix(int64(rapid.IntRange(1, 3).Draw(t, "when")), 0).UTC()
			if j.Kind == Rename {
				j.Into = rapid.SampledFrom([]IRI{j.From, j.Into, "kg:New"}).Draw(t, "new name")
				j.Label = "New"
			}
			if j.OnClaim() {
				j.From, j.Into = rapid.SampledFrom([]IRI{"kg:claim/a/0", "kg:claim/a/1", "kg:claim/b/0"}).Draw(t, "claim"), ""
			}
		} else {
			j.Kind = rapid.SampledFrom([]string{Merge, Merge, Candidate}).Draw(t, "kind")
			j.Rule, j.Score, j.Evidence = "r", float64(rapid.IntRange(0, 3).Draw(t, "score"))/4, genText.Draw(t, "evidence")
		}
		return j
	})
}

// genNamed is a record whose claims speak of the few names; it describes some of them.
func genNamed(id IRI) *rapid.Generator[*Record] {
	return rapid.Custom(func(t *rapid.T) *Record {
		r := genRecord(id).Draw(t, "record")
		r.Entities = nil
		r.Mentions = genMentions(genName).Draw(t, "mentions")
		for _, name := range rapid.SliceOfDistinct(genName, rapid.ID).Draw(t, "named") {
			e := Entity{ID: name, Label: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "label")}
			e.Types = orNil(rapid.SliceOfNDistinct(rapid.SampledFrom([]IRI{"kgo:Person", "kgo:Company", "kgo:Thing"}), 0, 3, rapid.ID).Draw(t, "types"))
			e.Aliases = orNil(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "d"}), 0, 3, rapid.ID).Draw(t, "aliases"))
			e.SameAs = orNil(rapid.SliceOfNDistinct(rapid.SampledFrom([]IRI{"http://www.wikidata.org/entity/Q159", "urn:x:1"}), 0, 2, rapid.ID).Draw(t, "same"))
			r.Entities = append(r.Entities, e)
		}
		for i := range r.Claims {
			c := &r.Claims[i]
			c.Subject = genName.Draw(t, "subject")
			c.Predicate = "kgo:x"
			if c.Object.Entity != "" {
				c.Object.Entity = genName.Draw(t, "object")
			}
			if c.AttributedTo != "" {
				c.AttributedTo = genName.Draw(t, "source")
			}
			if c.Place != "" {
				c.Place = genName.Draw(t, "place")
			}
			for j := range c.Arguments {
				if c.Arguments[j].Entity != "" {
					c.Arguments[j].Entity = genName.Draw(t, "argument")
				}
			}
		}
		return r
	})
}

func exported(t fataler, s *Store) string {
	var b bytes.Buffer
	if _, err := s.Export(ctx, &b, "nquads"); err != nil {
		t.Fatalf("export: %v", err)
	}
	return b.String()
}

func entityList(t fataler, s *Store) []Entity {
	var list []Entity
	for e, err := range s.Entities(ctx) {
		if err != nil {
			t.Fatalf("entities: %v", err)
		}
		list = append(list, e)
	}
	return list
}

// A store that went through any series of adds, deletes, judgements and withdrawals is the one that is built from its articles and
// judgements at once, in any order; records are read back as they were given.
func TestJudgeProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		records := map[IRI]*Record{}
		people := map[IRI]Judgement{}
		var rules []Judgement
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"add", "add", "delete", "judge", "judge", "withdraw", "rules"}).Draw(t, "step") {
			case "add":
				id := rapid.SampledFrom([]IRI{"kg:article/a", "kg:article/b", "kg:article/c"}).Draw(t, "article")
				r := genNamed(id).Draw(t, "record")
				if old := records[id]; old != nil && old.Article.Hash == r.Article.Hash {
					continue
				}
				if _, err := s.Add(ctx, r); err != nil {
					t.Fatal(err)
				}
				records[id] = r
			case "delete":
				id := rapid.SampledFrom([]IRI{"kg:article/a", "kg:article/b"}).Draw(t, "article")
				if _, err := s.Delete(ctx, id); err != nil {
					t.Fatal(err)
				}
				delete(records, id)
			case "judge":
				j := genJudgement(true).Draw(t, "judgement")
				if _, err := s.Judge(ctx, []Judgement{j}, nil); err != nil {
					t.Fatal(err)
				}
				people[j.ID()] = j
			case "withdraw":
				for _, id := range slices.Sorted(maps.Keys(people)) {
					if rapid.Bool().Draw(t, "withdrawn") {
						if _, err := s.Judge(ctx, nil, []Judgement{people[id]}); err != nil {
							t.Fatal(err)
						}
						delete(people, id)
					}
				}
			case "rules":
				rules = rapid.SliceOfNDistinct(genJudgement(false), 0, 4, func(j Judgement) IRI { return j.ID() }).Draw(t, "rules")
				if _, err := s.SetRules(ctx, rules, "stamp"); err != nil {
					t.Fatal(err)
				}
			}
		}
		for id, want := range records {
			got, err := s.Record(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, sameTime); d != "" {
				t.Fatalf("record read back (-want +got):\n%s", d)
			}
		}
		fresh, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer fresh.Close()
		stamp, err := s.RulesStamp(ctx)
		if err != nil {
			t.Fatal(err)
		}
		first := rapid.Bool().Draw(t, "judgements first")
		judge := func() {
			if _, err := fresh.Judge(ctx, slices.Collect(maps.Values(people)), nil); err != nil {
				t.Fatal(err)
			}
			if _, err := fresh.SetRules(ctx, rules, stamp); err != nil {
				t.Fatal(err)
			}
		}
		if first {
			judge()
		}
		for _, r := range records { // in the order of a map
			if _, err := fresh.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		judge()
		if a, b := exported(t, s), exported(t, fresh); a != b {
			t.Fatalf("another store (-at once +step by step):\n%s", cmp.Diff(strings.Split(b, "\n"), strings.Split(a, "\n")))
		}
		want := entityList(t, fresh)
		if d := cmp.Diff(want, entityList(t, s)); d != "" {
			t.Fatalf("other entities (-at once +step by step):\n%s", d)
		}
		for _, e := range want {
			got, ok, err := s.Entity(ctx, e.ID)
			if d := cmp.Diff(e, got); !ok || err != nil || d != "" {
				t.Fatalf("Entity(%s): %v, %v (-list +alone):\n%s", e.ID, ok, err, d)
			}
		}
	})
}

// A merge puts the claims and plain edges of a name at its entity, keeps the name, and its withdrawal restores every quad.
func TestMergeAndWithdraw(t *testing.T) {
	short, full := IRI("kg:Lavrov_(Person)"), IRI("kg:Sergei_Lavrov")
	rec := sampleRecord()
	other := sampleRecord()
	other.Article.ID, other.Sentences[0].ID = "kg:article/other", "kg:sentence/other/0"
	other.Entities[2] = Entity{ID: short, Types: []IRI{"kgo:Person"}, Label: "Lavrov"}
	for i := range other.Claims {
		other.Claims[i].ID += "o"
		other.Claims[i].Sentence = "kg:sentence/other/0"
	}
	other.Claims[0].Subject = short
	other.Claims[1].AttributedTo = short
	other.Mentions[2].Entity = short
	backends(t, func(t *testing.T, s *Store) {
		if _, err := s.Add(ctx, rec, other); err != nil {
			t.Fatal(err)
		}
		before := exported(t, s)
		j := byAnna(Merge, short, full, 1)
		res, err := s.Judge(ctx, []Judgement{j}, nil)
		if err != nil || res.Names != 1 || res.Articles != 1 {
			t.Fatalf("Judge = %+v, %v", res, err)
		}
		var claims []string
		for c, err := range s.Claims(ctx, ClaimFilter{Subject: short}) { // any name will do
			if err != nil {
				t.Fatal(err)
			}
			claims = append(claims, fmt.Sprint(c.ID, " ", c.Subject, " ", c.Named.Subject))
		}
		if want := []string{"kg:claim/c1o kg:Sergei_Lavrov kg:Lavrov_(Person)"}; !slices.Equal(claims, want) {
			t.Errorf("claims %v, want %v", claims, want)
		}
		q, err := s.Query(ctx, QueryRequest{Text: `g.V("<kg:Sergei_Lavrov>").Out("<kgo:mediates>").All()`})
		if err != nil || len(q.Rows) != 1 {
			t.Errorf("plain edge at the entity: %v, %v", q, err)
		}
		q, err = s.Query(ctx, QueryRequest{Text: `g.V("<kg:Sergei_Lavrov>").In("<itsrdf:taIdentRef>").Save("<kgo:namedMention>", "name").All()`})
		if err != nil || len(q.Rows) != 1 || !strings.Contains(fmt.Sprint(q.Rows), "kg:article/other/char=34,47") || !strings.Contains(fmt.Sprint(q.Rows), string(short)) {
			t.Errorf("mention at the entity: %v, %v", q, err)
		}
		e, ok, err := s.Entity(ctx, short)
		if err != nil || !ok || e.ID != full || e.Label != "Sergei Lavrov" || !slices.Equal(e.Aliases, []string{"Lavrov"}) {
			t.Errorf("Entity = %+v, %v, %v", e, ok, err)
		}
		st, err := s.Stats(ctx)
		if err != nil || st.Entities != 3 || st.PlainEdges != 2 {
			t.Errorf("Stats = %+v, %v; want 3 entities and 2 plain edges", st, err)
		}
		if got, err := s.Named(ctx, "Lavrov"); err != nil || len(got) != 1 || got[0].ID != full {
			t.Errorf("Named = %+v, %v", got, err)
		}
		people, rules, err := s.Judgements(ctx)
		if err != nil || len(people) != 1 || len(rules) != 0 || cmp.Diff(people[0], j, sameTime) != "" {
			t.Errorf("Judgements = %+v, %+v, %v", people, rules, err)
		}
		if _, err := s.Judge(ctx, nil, people); err != nil {
			t.Fatal(err)
		}
		if after := exported(t, s); after != before {
			t.Errorf("withdrawn, the store differs:\n%s", cmp.Diff(strings.Split(before, "\n"), strings.Split(after, "\n")))
		}
	})
}

// A claim that a person rejects is no plain edge, before and after its article is read anew, until somebody accepts it or the judgement
// is withdrawn; then every quad is restored.
func TestRejectClaim(t *testing.T) {
	backends(t, func(t *testing.T, s *Store) {
		if _, err := s.Add(ctx, sampleRecord()); err != nil {
			t.Fatal(err)
		}
		before := exported(t, s)
		edges := func() int {
			t.Helper()
			q, err := s.Query(ctx, QueryRequest{Text: `g.V("<kg:Russia>").Out("<kgo:mediates>").All()`})
			if err != nil {
				t.Fatal(err)
			}
			return len(q.Rows)
		}
		found := func(id IRI) FoundClaim {
			t.Helper()
			for c, err := range s.Claims(ctx, ClaimFilter{ID: id}) {
				if err != nil {
					t.Fatal(err)
				}
				return c
			}
			t.Fatalf("no claim %s", id)
			return FoundClaim{}
		}
		if edges() != 1 || found("kg:claim/c1").Rejected {
			t.Fatalf("%d edges at first", edges())
		}
		no := Judgement{Kind: Reject, From: "kg:claim/c1", By: "Anna", When: time.Date(2020, 1, 1, 1, 0, 0, 0, time.UTC), Evidence: "a joke"}
		res, err := s.Judge(ctx, []Judgement{no}, nil)
		if err != nil || res.Claims != 1 || res.Articles != 1 || res.Names != 0 {
			t.Fatalf("Judge = %+v, %v", res, err)
		}
		rejected := func(when string) {
			t.Helper()
			if n := edges(); n != 0 {
				t.Errorf("%s: %d edges of a rejected claim", when, n)
			}
			c := found("kg:claim/c1")
			if !c.Rejected || found("kg:claim/c2").Rejected {
				t.Errorf("%s: rejected %v, the other claim %v", when, c.Rejected, found("kg:claim/c2").Rejected)
			}
			rec, err := s.Record(ctx, "kg:article/seed")
			if d := cmp.Diff(sampleRecord(), rec, sameTime); err != nil || d != "" {
				t.Errorf("%s: %v: the record is another:\n%s", when, err, d)
			}
			f, err := s.Facts(ctx)
			if err != nil || cmp.Diff([]Judgement{no}, f.Verdicts, sameTime) != "" {
				t.Errorf("%s: verdicts %+v, %v", when, f.Verdicts, err)
			}
			for _, c := range f.Claims {
				if c.Rejected != (c.ID == "kg:claim/c1") {
					t.Errorf("%s: Facts: %s rejected: %v", when, c.ID, c.Rejected)
				}
			}
			q, err := s.Query(ctx, QueryRequest{Text: `g.V().Has("<kgo:status>", "rejected").Tag("claim").In("<kgo:from>").Out("<kgo:by>").All()`})
			if err != nil || len(q.Rows) != 1 || fmt.Sprint(q.Rows[0]) != "map[claim:<kg:claim/c1> id:Anna]" {
				t.Errorf("%s: who rejected: %v, %v", when, q, err)
			}
			if sup, err := s.EdgeSupport(ctx, "kg:Russia", "kgo:mediates", "kg:Astana_talks"); err != nil || sup != (Support{}) {
				t.Errorf("%s: support %+v, %v", when, sup, err)
			}
		}
		rejected("at once")
		if _, err := s.Delete(ctx, "kg:article/seed"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Add(ctx, sampleRecord()); err != nil {
			t.Fatal(err)
		}
		rejected("read anew")
		yes := no
		yes.Kind, yes.By = Accept, "Boris"
		if res, err := s.Judge(ctx, []Judgement{yes}, nil); err != nil || res.Claims != 1 {
			t.Fatalf("Judge = %+v, %v", res, err)
		}
		people, _, err := s.Judgements(ctx)
		if err != nil || cmp.Diff([]Judgement{yes}, people, sameTime) != "" || edges() != 1 {
			t.Errorf("accepted: %+v, %v, %d edges", people, err, edges())
		}
		if res, err := s.Judge(ctx, nil, people); err != nil || res.Claims != 0 {
			t.Fatalf("Judge = %+v, %v", res, err)
		}
		if after := exported(t, s); after != before {
			t.Errorf("withdrawn, the store differs:\n%s", cmp.Diff(strings.Split(before, "\n"), strings.Split(after, "\n")))
		}
		for _, bad := range []Judgement{{Kind: Reject, From: "kg:claim/c1", Into: "kg:claim/c2", By: "Anna"}, {Kind: Reject, From: "kg:claim/c1", Rule: "r"},
			{Kind: Accept, By: "Anna"}} {
			if _, err := s.Judge(ctx, []Judgement{bad}, nil); err == nil {
				t.Errorf("%+v was taken", bad)
			}
		}
	})
}

// What people call an entity is its label, but none that articles give it.
func TestLabelOfPeople(t *testing.T) {
	s := openTest(t, Options{})
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	r := byAnna(Rename, "kg:Russia", "kg:Russia", 1)
	r.Label = "Russian Federation"
	if _, err := s.Judge(ctx, []Judgement{r}, nil); err != nil {
		t.Fatal(err)
	}
	if e, ok, err := s.Entity(ctx, "kg:Russia"); err != nil || !ok || e.Label != "Russian Federation" {
		t.Errorf("%+v, %v", e, err)
	}
	if list, err := s.NamesCalled(ctx, "Russian Federation"); err != nil || len(list) > 0 {
		t.Errorf("no article calls it so: %v, %v", list, err)
	}
	err := s.read(ctx, func(v *view) error {
		p, g, err := v.propsOf(ctx, "kg:Russia", "")
		if l := p[rdfsLabel]; len(l) != 1 || l[0].Value != "Russia" || !ofArticle(string(g)) {
			t.Errorf("labels %v of %s", l, g)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// dying is a backend that ends the process, as it were, before its n-th write.
type dying struct {
	backend
	n int
}

func (d *dying) apply(del, add []quad.Quad) error {
	if d.n--; d.n < 0 {
		return fmt.Errorf("killed")
	}
	return d.backend.apply(del, add)
}

// Wherever a change of judgements is cut off, records can be read and the next change of judgements, of none too, mends the rest.
func TestJudgeKilled(t *testing.T) {
	short, full := IRI("kg:Lavrov_(Person)"), IRI("kg:Sergei_Lavrov")
	rec := sampleRecord()
	rec.Entities = append(rec.Entities, Entity{ID: short, Types: []IRI{"kgo:Person"}, Label: "Lavrov", Aliases: []string{"L"}})
	rec.Claims[0].Subject = short
	for _, back := range []string{"bbolt", "kg"} {
		for n := range 4 {
			for _, merged := range []bool{false, true} {
				path := filepath.Join(t.TempDir(), "kg.db")
				s := openTest(t, Options{Path: path, Backend: back})
				if _, err := s.Add(ctx, rec); err != nil {
					t.Fatal(err)
				}
				j := []Judgement{merge(short, full)}
				from, to := j[:0], j
				if merged {
					from, to = to, from
				}
				if _, err := s.SetRules(ctx, from, "1"); err != nil {
					t.Fatal(err)
				}
				s.db = &dying{s.db, n}
				_, failed := s.SetRules(ctx, to, "2")
				s.Close()
				s = openTest(t, Options{Path: path, Backend: back})
				if got, err := s.Record(ctx, rec.Article.ID); err != nil || cmp.Diff(rec, got, sameTime) != "" {
					t.Errorf("%s, killed before write %d: record: %v\n%s", back, n, err, cmp.Diff(rec, got, sameTime))
				}
				if stamp, err := s.RulesStamp(ctx); err != nil || failed != nil && stamp == "2" || failed == nil && stamp != "2" {
					t.Errorf("%s, killed before write %d (%v): stamp %q, %v", back, n, failed, stamp, err)
				}
				if _, err := s.Judge(ctx, nil, nil); err != nil {
					t.Fatal(err)
				}
				_, rules, err := s.Judgements(ctx)
				if err != nil {
					t.Fatal(err)
				}
				fresh := openTest(t, Options{})
				if _, err := fresh.Add(context.Background(), rec); err != nil {
					t.Fatal(err)
				}
				stamp, _ := s.RulesStamp(ctx)
				if _, err := fresh.SetRules(ctx, rules, stamp); err != nil {
					t.Fatal(err)
				}
				if a, b := exported(t, fresh), exported(t, s); a != b {
					t.Errorf("%s, killed before write %d, mended (-fresh +mended):\n%s", back, n, cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
				}
			}
		}
	}
}

// Wherever Revise is cut off, the stamp of neither state stands beside quads of the other, and the next call mends the rest.
func TestReviseKilled(t *testing.T) {
	rec := sampleRecord()
	was, other := rec.Claims[0].Predicate, IRI("kgo:open/call_on")
	to := func(p IRI) func(*Record) {
		return func(r *Record) {
			r.Claims[0].Predicate, r.Relations = p, slices.Clone(rec.Relations)
			if p == other {
				r.Relations = append(r.Relations, Relation{ID: p, Label: "call on", Parent: "kgo:relatedTo"})
			}
		}
	}
	state := func(p IRI, stamp string) string {
		s := openTest(t, Options{})
		if _, err := s.Add(ctx, rec); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Revise(ctx, to(p), stamp); err != nil {
			t.Fatal(err)
		}
		return exported(t, s)
	}
	want := map[string]string{"1": state(was, "1"), "2": state(other, "2")}
	for _, back := range []string{"bbolt", "kg"} {
		for n := range 6 {
			for _, stamp := range []string{"1", "2"} { // of the state that is asked for after the kill
				path := filepath.Join(t.TempDir(), "kg.db")
				s := openTest(t, Options{Path: path, Backend: back})
				if _, err := s.Add(ctx, rec); err != nil {
					t.Fatal(err)
				}
				if _, err := s.Revise(ctx, to(was), "1"); err != nil {
					t.Fatal(err)
				}
				s.db = &dying{s.db, n}
				_, failed := s.Revise(ctx, to(other), "2")
				s.Close()
				s = openTest(t, Options{Path: path, Backend: back})
				at, err := s.RelationsStamp(ctx)
				if err != nil || failed == nil && at != "2" || at != "" && exported(t, s) != want[at] {
					t.Errorf("%s, killed before write %d (%v): stamp %q, %v, of the quads\n%s", back, n, failed, at, err, exported(t, s))
				}
				again := map[string]IRI{"1": was, "2": other}[stamp]
				if _, err := s.Revise(ctx, to(again), stamp); err != nil {
					t.Fatal(err)
				}
				if got := exported(t, s); got != want[stamp] {
					t.Errorf("%s, killed before write %d, mended (-want +got):\n%s", back, n,
						cmp.Diff(strings.Split(want[stamp], "\n"), strings.Split(got, "\n")))
				}
			}
		}
	}
}
