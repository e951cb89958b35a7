package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var ctx = context.Background()

// testBackend is where tests keep stores that they do not want anywhere particular: in memory, or on this backend.
var testBackend = os.Getenv("KG_TEST_BACKEND")

var testDir string

func TestMain(m *testing.M) {
	var err error
	if testDir, err = os.MkdirTemp("", "kg-graph-test-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(testDir)
	os.Exit(code)
}

// All tests again, with their stores on the backend kg; the long ones in their short form (KG_TEST_BACKEND=kg go test ./graph has all).
func TestOnKG(t *testing.T) {
	if testing.Short() || testBackend != "" {
		t.Skip("runs all tests again")
	}
	cmd := exec.Command(os.Args[0], "-test.short", "-test.timeout", "20m", "-test.skip", "^(TestRecordRoundTrip|TestFind)$")
	cmd.Env = append(os.Environ(), "KG_TEST_BACKEND=kg")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// openStore is Open on the tests' backend.
func openStore(opt Options) (*Store, error) {
	if testBackend != "" && opt.Backend == "" {
		opt.Backend = testBackend
		if opt.Path == "" {
			dir, err := os.MkdirTemp(testDir, "")
			if err != nil {
				return nil, err
			}
			opt.Path = filepath.Join(dir, "kg.db")
		}
	}
	return Open(opt)
}

func openTest(t testing.TB, opt Options) *Store {
	t.Helper()
	s, err := openStore(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// backends are the stores that the tests run on.
func backends(t *testing.T, fn func(t *testing.T, s *Store)) {
	t.Run("memory", func(t *testing.T) { fn(t, openTest(t, Options{Backend: "memory"})) })
	t.Run("bbolt", func(t *testing.T) {
		fn(t, openTest(t, Options{Path: filepath.Join(t.TempDir(), "kg.db"), Backend: "bbolt"}))
	})
	t.Run("kg", func(t *testing.T) {
		fn(t, openTest(t, Options{Path: filepath.Join(t.TempDir(), "kg.db"), Backend: "kg"}))
	})
}

// quadSet is all that a store holds.
func quadSet(t fataler, s *Store) map[Quad]int {
	set := map[Quad]int{}
	for q, err := range s.Quads(ctx, Quad{}) {
		if err != nil {
			t.Fatalf("quads: %v", err)
		}
		set[q]++
	}
	return set
}

type fataler interface{ Fatalf(string, ...any) }

func wantQuads(t fataler, s *Store, recs ...*Record) {
	want := map[Quad]int{}
	for _, r := range recs {
		for _, q := range recordQuads(s.ns, r, nil) {
			want[s.ns.fromQuad(q)]++
		}
	}
	got := quadSet(t, s)
	if !maps.Equal(want, got) {
		t.Fatalf("store holds %d quads, want %d: %s", len(got), len(want), cmp.Diff(want, got))
	}
}

var sameTime = cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })

// sampleRecord is what the README's first sentence says, by hand.
func sampleRecord() *Record {
	text := "Russia mediates the Astana talks, Sergei Lavrov said on 4 July 2017."
	span := func(part string) Span {
		i := strings.Index(text, part)
		return Span{i, i + len(part)}
	}
	sent := IRI("kg:sentence/seed/0")
	return &Record{
		Article: Article{ID: "kg:article/seed", Headline: "Astana talks", URL: "https://example.com/astana?a=1", Publisher: "Example",
			Language: "en", Published: time.Date(2017, 7, 5, 0, 0, 0, 0, time.UTC), Hash: "h1"},
		Sentences: []Sentence{{ID: sent, Span: Span{0, len(text)}, Text: text}},
		Entities: []Entity{
			{ID: "kg:Russia", Types: []IRI{"kgo:State"}, Label: "Russia", Aliases: []string{"Moscow"}, SameAs: []IRI{"http://www.wikidata.org/entity/Q159"}},
			{ID: "kg:Astana_talks", Types: []IRI{"kgo:Event"}, Label: "Astana talks"},
			{ID: "kg:Sergei_Lavrov", Types: []IRI{"kgo:Person"}, Label: "Sergei Lavrov"},
		},
		Relations: []Relation{{ID: "kgo:mediates", Label: "mediates", Parent: "kgo:relatedTo"}},
		Claims: []Claim{
			{ID: "kg:claim/c1", Sentence: sent, Span: Span{0, 32}, Subject: "kg:Russia", Predicate: "kgo:mediates", Object: Object{Entity: "kg:Astana_talks"},
				SubjectSpan: span("Russia"), PredicateSpan: span("mediates"), ObjectSpan: span("the Astana talks"), Polarity: "+", Modality: "asserted",
				Time: "2017-07-04", Confidence: 0.9, Rule: "svo", Arguments: []RoleArg{{Role: "oblique", Case: "on", Text: "4 July 2017", Span: span("4 July 2017")}}},
			{ID: "kg:claim/c2", Sentence: sent, Span: Span{0, 32}, Subject: "kg:Russia", Predicate: "kgo:mediates", Object: Object{Entity: "kg:Astana_talks"},
				SubjectSpan: span("Russia"), Polarity: "+", Modality: "asserted", AttributedTo: "kg:Sergei_Lavrov", Place: "kg:Moscow", Confidence: 1, Rule: "speech"},
			{ID: "kg:claim/c3", Sentence: sent, Span: Span{0, 32}, Subject: "kg:Russia", Predicate: "kgo:occursOn", Object: Object{Literal: "2017-07-04", Datatype: "xsd:date"},
				Polarity: "-", Modality: "asserted", Rule: "time"},
		},
		Text:     text + " It did so before.",
		Mentions: []Mention{{span("Russia"), "kg:Russia"}, {span("the Astana talks"), "kg:Astana_talks"}, {span("Sergei Lavrov"), "kg:Sergei_Lavrov"}},
		Skipped:  []Passage{{span("said"), "boilerplate"}},
		Dropped:  []Passage{{Span{len(text) + 1, len(text) + 18}, "pronoun without antecedent"}},
	}
}

func TestRecordRoundTrip(t *testing.T) {
	rec := sampleRecord()
	backends(t, func(t *testing.T, s *Store) {
		res, err := s.Add(ctx, rec)
		if err != nil || res.Added != 1 || res.Quads == 0 {
			t.Fatalf("Add = %+v, %v", res, err)
		}
		got, err := s.Record(ctx, rec.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(rec, got, sameTime); d != "" {
			t.Errorf("record read back (-want +got):\n%s", d)
		}
		wantQuads(t, s, rec)
		if r, err := s.Record(ctx, "kg:article/none"); r != nil || err != nil {
			t.Errorf("unknown article: %v, %v", r, err)
		}
	})
}

// Claims go through quads and a store unchanged.
func TestRecordRoundTripProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := genRecord("kg:article/a").Draw(t, "record")
		if err := rec.Check(); err != nil {
			t.Fatalf("generated record: %v", err)
		}
		ns, _ := newNamespaces("")
		var quads []Quad
		for _, q := range recordQuads(ns, rec, nil) {
			term := ns.fromQuad(q)
			if err := term.check(); err != nil {
				t.Fatalf("%v: %v", term, err)
			}
			quads = append(quads, term)
		}
		if d := cmp.Diff(rec, readRecord(ns, rec.Article.ID, quads), sameTime); d != "" {
			t.Fatalf("through quads (-want +got):\n%s", d)
		}
		s, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Add(ctx, rec); err != nil {
			t.Fatal(err)
		}
		got, err := s.Record(ctx, rec.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(rec, got, sameTime); d != "" {
			t.Fatalf("through a store (-want +got):\n%s", d)
		}
	})
}

// A store that went through any series of adds, changes and deletes holds exactly what the last version of each article says.
func TestAddReplaceDeleteProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		state := map[IRI]*Record{}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			id := rapid.SampledFrom([]IRI{"kg:article/a", "kg:article/b", "kg:article/c"}).Draw(t, "article")
			switch rapid.SampledFrom([]string{"add", "add", "again", "delete"}).Draw(t, "step") {
			case "add":
				rec := genRecord(id).Draw(t, "record")
				want := AddResult{Added: 1}
				if old := state[id]; old != nil && old.Article.Hash == rec.Article.Hash {
					want = AddResult{Unchanged: 1}
					rec = old
				} else if old != nil {
					want = AddResult{Replaced: 1}
				}
				got, err := s.Add(ctx, rec)
				got.Quads = 0
				if err != nil || got != want {
					t.Fatalf("Add = %+v, %v, want %+v", got, err, want)
				}
				state[id] = rec
			case "again":
				var recs []*Record
				for _, r := range state {
					recs = append(recs, r)
				}
				if got, err := s.Add(ctx, recs...); err != nil || got != (AddResult{Unchanged: len(recs)}) {
					t.Fatalf("Add again = %+v, %v", got, err)
				}
			case "delete":
				n, err := s.Delete(ctx, id)
				if err != nil || (n > 0) != (state[id] != nil) {
					t.Fatalf("Delete = %d, %v", n, err)
				}
				delete(state, id)
			}
			wantQuads(t, s, slices.Collect(maps.Values(state))...)
		}
		// No ghost is left where nothing points to it: with all articles gone there is no node.
		for id := range state {
			if _, err := s.Delete(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		res, err := s.Query(ctx, QueryRequest{Text: "g.V().All()"})
		if err != nil || len(res.Rows) != 0 {
			t.Fatalf("nodes in an empty store: %v, %v", res, err)
		}
	})
}

func TestAddSameArticleTwiceInOneCall(t *testing.T) {
	backends(t, func(t *testing.T, s *Store) {
		first, second := sampleRecord(), sampleRecord()
		second.Article.Hash = "h2"
		second.Claims = second.Claims[:1]
		res, err := s.Add(ctx, first, second)
		if err != nil || res.Added != 1 || res.Replaced != 1 {
			t.Fatalf("Add = %+v, %v", res, err)
		}
		wantQuads(t, s, second)
	})
}

func TestCheckNamesTheFault(t *testing.T) {
	for _, tt := range []struct {
		field string
		spoil func(r *Record)
	}{
		{"article.id", func(r *Record) { r.Article.ID = "" }},
		{"article.hash", func(r *Record) { r.Article.Hash = "" }},
		{"article.headline", func(r *Record) { r.Article.Headline = "a\xff" }},
		{"article.published", func(r *Record) { r.Article.Published = time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"sentences[0].text", func(r *Record) { r.Sentences[0].Text = "" }},
		{"sentences[0].span", func(r *Record) { r.Sentences[0].Span = Span{5, 5} }},
		{"entities[1].id", func(r *Record) { r.Entities[1].ID = "kg:Astana talks" }},
		{"entities[1].id", func(r *Record) { r.Entities[1].ID = "kg:Russia" }},
		{"entities[0].types[0]", func(r *Record) { r.Entities[0].Types[0] = "kgo:Claim" }},
		{"entities[0].aliases[0]", func(r *Record) { r.Entities[0].Aliases[0] = "\xc3" }},
		{"relations[0].label", func(r *Record) { r.Relations[0].Label = "" }},
		{"relations[0].id", func(r *Record) { r.Relations[0].ID = "kg:Russia" }},
		{"claims[1].id", func(r *Record) { r.Claims[1].ID = "kg:claim/c1" }},
		{"claims[0].subject", func(r *Record) { r.Claims[0].Subject = "kg:a<b" }},
		{"text", func(r *Record) { r.Text = "a\xff" }},
		{"mentions[1].span", func(r *Record) { r.Mentions[1].Span = r.Mentions[0].Span }},
		{"mentions[1].span", func(r *Record) { r.Mentions[0], r.Mentions[1] = r.Mentions[1], r.Mentions[0] }},
		{"mentions[0].entity", func(r *Record) { r.Mentions[0].Entity = "" }},
		{"mentions[0].span", func(r *Record) { r.Mentions[0].Span = Span{} }},
		{"skipped[0].why", func(r *Record) { r.Skipped[0].Why = "" }},
		{"dropped[0].span", func(r *Record) { r.Dropped[0].Span = Span{4, 2} }},
		{"dropped[1].span", func(r *Record) { r.Dropped = append(r.Dropped, r.Dropped[0]) }},
		{"entities[0].id", func(r *Record) { r.Entities[0].ID = "kg:article/seed/char=0,6" }},
		{"claims[0].predicate", func(r *Record) { r.Claims[0].Predicate = "rdf:type" }},
		{"claims[0].predicate", func(r *Record) { r.Claims[0].Predicate = "http://www.w3.org/2000/01/rdf-schema#label" }},
		{"claims[0].object", func(r *Record) { r.Claims[0].Object.Literal = "x" }},
		{"claims[2].object.literal", func(r *Record) { r.Claims[2].Object = Object{} }},
		{"claims[2].object.datatype", func(r *Record) { r.Claims[2].Object.Datatype = "date" }},
		{"claims[0].polarity", func(r *Record) { r.Claims[0].Polarity = "" }},
		{"claims[0].modality", func(r *Record) { r.Claims[0].Modality = "" }},
		{"claims[0].time", func(r *Record) { r.Claims[0].Time = "soon" }},
		{"claims[0].time", func(r *Record) { r.Claims[0].Time = "2017-02-30" }},
		{"claims[0].confidence", func(r *Record) { r.Claims[0].Confidence = math.NaN() }},
		{"claims[0].confidence", func(r *Record) { r.Claims[0].Confidence = 1.5 }},
		{"claims[0].subjectSpan", func(r *Record) { r.Claims[0].SubjectSpan = Span{-1, 3} }},
		{"claims[0].arguments[0].role", func(r *Record) { r.Claims[0].Arguments[0].Role = "" }},
	} {
		rec := sampleRecord()
		tt.spoil(rec)
		var re *RecordError
		if err := rec.Check(); !errors.As(err, &re) || re.Field != tt.field {
			t.Errorf("want an error about %s, got %v", tt.field, err)
		}
	}
	// A bad record keeps the good one beside it out, and the store stays usable.
	s := openTest(t, Options{})
	bad := sampleRecord()
	bad.Article.ID, bad.Article.Headline = "kg:article/bad", "\xff"
	if _, err := s.Add(ctx, sampleRecord(), bad); err == nil {
		t.Fatal("a bad record was added")
	}
	wantQuads(t, s)
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	wantQuads(t, s, sampleRecord())
}

func TestFind(t *testing.T) {
	other := &Record{
		Article:   Article{ID: "kg:article/z", Hash: "z"},
		Sentences: []Sentence{{ID: "kg:sentence/z/0", Span: Span{0, 4}, Text: "Text"}},
		Entities:  []Entity{{ID: "kg:Russia", Types: []IRI{"kgo:Place", "kgo:State"}, Label: "Russian Federation", Aliases: []string{"Russia"}}},
	}
	third := &Record{Article: Article{ID: "kg:article/y", Hash: "y"},
		Entities: []Entity{{ID: "kg:Russia", Types: []IRI{"kgo:State"}, Label: "Russia"}}}
	backends(t, func(t *testing.T, s *Store) {
		if _, err := s.Add(ctx, sampleRecord(), other, third); err != nil {
			t.Fatal(err)
		}
		russia := Entity{ID: "kg:Russia", Types: []IRI{"kgo:State", "kgo:Place"}, Label: "Russia", Aliases: []string{"Moscow", "Russian Federation"},
			SameAs: []IRI{"http://www.wikidata.org/entity/Q159"}}
		got, ok, err := s.Entity(ctx, "http://example.org/kg/Russia")
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if d := cmp.Diff(russia, got); d != "" {
			t.Error(d)
		}
		var ids []IRI
		for e, err := range s.Entities(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, e.ID)
			if e.ID == "kg:Russia" {
				if d := cmp.Diff(russia, e); d != "" {
					t.Error(d)
				}
			}
		}
		if d := cmp.Diff([]IRI{"kg:Astana_talks", "kg:Russia", "kg:Sergei_Lavrov"}, ids); d != "" {
			t.Error(d)
		}
		for _, id := range []IRI{"kgo:mediates", "kg:claim/c1", "kg:article/seed", "kg:none"} {
			if _, ok, err := s.Entity(ctx, id); ok || err != nil {
				t.Errorf("Entity(%s) = %v, %v", id, ok, err)
			}
		}
		if named, err := s.Named(ctx, "Russia"); err != nil || len(named) != 1 || named[0].ID != "kg:Russia" {
			t.Errorf("Named = %v, %v", named, err)
		}
		var arts []IRI
		for a, err := range s.Articles(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			arts = append(arts, a.ID)
		}
		if d := cmp.Diff([]IRI{"kg:article/seed", "kg:article/y", "kg:article/z"}, arts); d != "" {
			t.Error(d)
		}
		sent, art, ok, err := s.Sentence(ctx, "kg:sentence/seed/0")
		if d := cmp.Diff(sampleRecord().Sentences[0], sent); d != "" || art != "kg:article/seed" || !ok || err != nil {
			t.Error(d, art, ok, err)
		}
		for _, tt := range []struct {
			f    ClaimFilter
			want string
		}{
			{ClaimFilter{}, "c1 c2 c3"}, {ClaimFilter{ID: "kg:claim/c2"}, "c2"}, {ClaimFilter{Subject: "kg:Russia"}, "c1 c2 c3"},
			{ClaimFilter{Subject: "kg:Russia", Predicate: "kgo:occursOn"}, "c3"}, {ClaimFilter{Predicate: "kgo:mediates"}, "c1 c2"},
			{ClaimFilter{Object: "kg:Astana_talks"}, "c1 c2"}, {ClaimFilter{Entity: "kg:Sergei_Lavrov"}, "c2"}, {ClaimFilter{Entity: "kg:Moscow"}, "c2"},
			{ClaimFilter{Article: "kg:article/seed"}, "c1 c2 c3"}, {ClaimFilter{Article: "kg:article/z"}, ""}, {ClaimFilter{Sentence: "kg:sentence/seed/0", Limit: 2}, "c1 c2"},
			{ClaimFilter{Subject: "kg:Astana_talks"}, ""}, {ClaimFilter{ID: "kg:Russia"}, ""},
		} {
			var got []string
			for c, err := range s.Claims(ctx, tt.f) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, strings.TrimPrefix(string(c.ID), "kg:claim/"))
				for _, want := range sampleRecord().Claims {
					if want.ID == c.ID {
						if d := cmp.Diff(FoundClaim{Claim: want, Article: "kg:article/seed"}, c); d != "" {
							t.Error(d)
						}
					}
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("Claims(%+v) = %v, want %s", tt.f, got, tt.want)
			}
		}
		if hash, ok, err := s.ArticleHash(ctx, "kg:article/seed"); hash != "h1" || !ok || err != nil {
			t.Error(hash, ok, err)
		}
		if hash, ok, err := s.ArticleHash(ctx, "kg:Russia"); hash != "" || ok || err != nil {
			t.Error(hash, ok, err)
		}
		st, err := s.Stats(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := Stats{Quads: len(quadSet(t, s)), Articles: 3, Sentences: 2, Claims: 3, Entities: 3, PlainEdges: 1,
			Status:    []Count{{"asserted", "", 1}, {"denied", "", 1}, {"reported", "", 1}},
			Types:     []Count{{"kgo:Event", "", 1}, {"kgo:Person", "", 1}, {"kgo:Place", "", 1}, {"kgo:State", "", 1}},
			Relations: []Count{{"kgo:mediates", "mediates", 2}, {"kgo:occursOn", "", 1}}}
		if d := cmp.Diff(want, st); d != "" {
			t.Error(d)
		}
		if _, err := s.Delete(ctx, "kg:article/seed"); err != nil {
			t.Fatal(err)
		}
		if st, err = s.Stats(ctx); err != nil || st.Claims != 0 || st.Articles != 2 || st.Entities != 1 {
			t.Errorf("after delete: %+v, %v", st, err)
		}
	})
}

func TestOpen(t *testing.T) {
	for _, backend := range []string{"bbolt", "kg"} {
		t.Run(backend, func(t *testing.T) { testOpen(t, backend) })
	}
	for _, opt := range []Options{{Backend: "leveldb"}, {Backend: "bbolt"}, {Backend: "kg"}, {Backend: "memory", Path: t.TempDir()}, {BaseIRI: "no iri"}, {BaseIRI: "http://example.org"}} {
		if _, err := Open(opt); err == nil {
			t.Errorf("Open(%+v) succeeded", opt)
		}
	}
	dir := t.TempDir()
	openTest(t, Options{Path: dir, Backend: "bbolt"})
	if _, err := os.Stat(filepath.Join(dir, "indexes.bolt")); err != nil {
		t.Error(err)
	}
	// Each backend refuses the other's store, and says whose it is.
	kg, file := filepath.Join(t.TempDir(), "kg"), filepath.Join(t.TempDir(), "bbolt")
	openTest(t, Options{Path: kg, Backend: "kg"}).Close()
	openTest(t, Options{Path: file, Backend: "bbolt"}).Close()
	for _, tt := range []struct{ path, backend, want string }{{kg, "bbolt", "backend kg"}, {file, "kg", "backend bbolt"}, {dir, "kg", "backend bbolt"}} {
		if _, err := Open(Options{Path: tt.path, Backend: tt.backend}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Open(%s, %s): %v, want %s", tt.path, tt.backend, err, tt.want)
		}
	}
}

func testOpen(t *testing.T, backend string) {
	path := filepath.Join(t.TempDir(), "kg.db")
	if _, err := Open(Options{Backend: backend, Path: path, ReadOnly: true}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("read-only open of no file: %v", err)
	}
	s := openTest(t, Options{Backend: backend, Path: path})
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := Open(Options{Backend: backend, Path: path, LockTimeout: 200 * time.Millisecond}); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), path) {
		t.Errorf("second open: %v", err)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("second open took %v", d)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	if _, err := s.Record(ctx, "kg:article/seed"); !errors.Is(err, ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
	if _, err := s.Add(ctx, sampleRecord()); !errors.Is(err, ErrClosed) {
		t.Errorf("add after close: %v", err)
	}
	ro1, ro2 := openTest(t, Options{Backend: backend, Path: path, ReadOnly: true}), openTest(t, Options{Backend: backend, Path: path, ReadOnly: true})
	for _, ro := range []*Store{ro1, ro2} {
		wantQuads(t, ro, sampleRecord())
		if _, err := ro.Add(ctx, sampleRecord()); !errors.Is(err, ErrReadOnly) {
			t.Errorf("add to a read-only store: %v", err)
		}
		if _, err := ro.WriteQuads(ctx, nil); !errors.Is(err, ErrReadOnly) {
			t.Errorf("write to a read-only store: %v", err)
		}
	}
	junk := filepath.Join(t.TempDir(), "junk")
	if err := os.WriteFile(junk, []byte(strings.Repeat("no database ", 4000)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{Backend: backend, Path: junk}); err == nil || !strings.Contains(err.Error(), "not a store") {
		t.Errorf("open of junk: %v", err)
	}
	if _, err := Open(Options{Backend: backend, Path: filepath.Join(junk, "below")}); err == nil {
		t.Error("a store was opened below a file")
	}
}

// A migrated store holds the same quads in the same order.
func TestMigrate(t *testing.T) {
	dir := t.TempDir()
	old, path := filepath.Join(dir, "kg.db"), filepath.Join(dir, "graph")
	s := openTest(t, Options{Path: old, Backend: "bbolt"})
	second := sampleRecord()
	second.Article.ID, second.Sentences, second.Claims = "kg:article/second", nil, nil
	slices.Reverse(second.Entities)
	if _, err := s.Add(ctx, sampleRecord(), second); err != nil {
		t.Fatal(err)
	}
	want := quadSet(t, s)
	s.Close()
	n, err := Migrate(ctx, Options{Path: old, Backend: "bbolt"}, path+"/")
	if err != nil || n != len(want) {
		t.Fatalf("%d quads, %v; want %d", n, err, len(want))
	}
	if _, err := Migrate(ctx, Options{Path: old, Backend: "bbolt"}, path); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("migrated over a store: %v", err)
	}
	if _, err := Migrate(ctx, Options{Path: filepath.Join(dir, "none"), Backend: "bbolt"}, filepath.Join(dir, "other")); err == nil {
		t.Error("nothing was migrated")
	}
	if names, _ := os.ReadDir(dir); len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
	s = openTest(t, Options{Path: path, Backend: "kg"})
	wantQuads(t, s, sampleRecord(), second)
	for _, rec := range []*Record{sampleRecord(), second} {
		got, err := s.Record(ctx, rec.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(rec, got, sameTime, cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
	}
}

func TestBaseIRI(t *testing.T) {
	s := openTest(t, Options{BaseIRI: "https://news.example/id/"})
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if _, err := s.Export(ctx, &b, "nquads"); err != nil {
		t.Fatal(err)
	}
	if want := "<https://news.example/id/Russia> <https://news.example/id/ontology/mediates> <https://news.example/id/Astana_talks> <https://news.example/id/article/seed> .\n"; !strings.Contains(b.String(), want) {
		t.Errorf("no %s in %s", want, b.String())
	}
	for iri, want := range map[string]IRI{"https://news.example/id/ontology/open/say": "kgo:open/say", "kg:ontology/x": "kgo:x", "kg:x": "kg:x",
		"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "rdf:type", "urn:x": "urn:x", "https://news.example/": "https://news.example/"} {
		if got := s.Compact(iri); got != want {
			t.Errorf("Compact(%s) = %s, want %s", iri, got, want)
		}
	}
}

// Readers see whole articles, whatever a writer does meanwhile.
func TestConcurrentReadWrite(t *testing.T) {
	backends(t, func(t *testing.T, s *Store) {
		a, b := sampleRecord(), sampleRecord()
		b.Article.Hash = "h2"
		b.Article.Headline = "Changed"
		b.Claims = b.Claims[:2]
		if _, err := s.Add(ctx, a); err != nil {
			t.Fatal(err)
		}
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					switch (i + n) % 4 {
					case 0:
						rec, err := s.Record(ctx, "kg:article/seed")
						if err != nil {
							t.Errorf("record: %v", err)
						} else if rec != nil { // nil between delete and add
							want := a
							if rec.Article.Hash == "h2" {
								want = b
							}
							if d := cmp.Diff(want, rec, sameTime); d != "" {
								t.Errorf("half a record: %s", d)
							}
						}
					case 1:
						if _, err := s.Query(ctx, QueryRequest{Text: `g.V("<kg:Russia>").Out("<kgo:mediates>").Tag("t").In().All()`}); err != nil {
							t.Errorf("query: %v", err)
						}
					case 2:
						if _, err := s.Stats(ctx); err != nil {
							t.Errorf("stats: %v", err)
						}
					case 3:
						for _, err := range s.Entities(ctx) {
							if err != nil {
								t.Errorf("entities: %v", err)
							}
						}
					}
				}
			}()
		}
		for i := range 30 {
			rec := a
			if i%2 == 0 {
				rec = b
			}
			if res, err := s.Add(ctx, rec); err != nil || res.Replaced != 1 {
				t.Fatalf("Add = %+v, %v", res, err)
			}
		}
		close(stop)
		wg.Wait()
		wantQuads(t, s, a)
	})
}

// A store that grows while readers hold transactions open does not come to a halt: bbolt maps its file anew only far out.
func TestGrowUnderReaders(t *testing.T) {
	s := openTest(t, Options{Path: filepath.Join(t.TempDir(), "kg.db")})
	big := func(i int) *Record {
		r := &Record{Article: Article{ID: IRI(fmt.Sprintf("kg:article/%d", i)), Hash: "h"}}
		for j := range 500 {
			r.Sentences = append(r.Sentences, Sentence{ID: IRI(fmt.Sprintf("kg:sentence/%d/%d", i, j)), Span: Span{j, j + 1}, Text: strings.Repeat(fmt.Sprint(i, j, " "), 200)})
		}
		return r
	}
	if _, err := s.Add(ctx, big(0)); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, err := range s.Quads(ctx, Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen%500 == 0 {
			if _, err := s.Add(ctx, big(seen)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if seen != len(recordQuads(s.ns, big(0), nil)) {
		t.Errorf("a reader saw %d quads of a store that had %d when it began", seen, len(recordQuads(s.ns, big(0), nil)))
	}
}

// A process that is killed while it adds leaves whole articles, and the next one goes on.
func TestKilledWriter(t *testing.T) {
	path := os.Getenv("KG_TEST_KILLED_STORE")
	rec := func(i, version int) *Record {
		r := sampleRecord()
		r.Article.ID = IRI(fmt.Sprintf("kg:article/%d", i))
		r.Article.Hash = fmt.Sprint("v", version)
		for j := range r.Claims {
			r.Claims[j].ID = IRI(fmt.Sprintf("kg:claim/%d/%d", i, j))
		}
		for j := range r.Sentences {
			r.Sentences[j].ID = IRI(fmt.Sprintf("kg:sentence/%d/%d", i, j))
		}
		return r
	}
	if path != "" { // the process that is killed
		s, err := openStore(Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		for v := 0; ; v++ {
			for i := range 400 {
				if _, err := s.Add(ctx, rec(i, v)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	path = filepath.Join(t.TempDir(), "kg.db")
	for _, wait := range []time.Duration{500 * time.Millisecond, 900 * time.Millisecond, 1300 * time.Millisecond} {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestKilledWriter$")
		cmd.Env = append(os.Environ(), "KG_TEST_KILLED_STORE="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		cmd.Process.Kill()
		cmd.Wait()
		s, err := openStore(Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		var whole []*Record
		for a, err := range s.Articles(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			var i, v int
			fmt.Sscanf(string(a.ID), "kg:article/%d", &i)
			fmt.Sscanf(a.Hash, "v%d", &v)
			whole = append(whole, rec(i, v))
		}
		wantQuads(t, s, whole...)
		t.Logf("killed after %v: %d whole articles", wait, len(whole))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
