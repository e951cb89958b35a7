package resolve

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp/nlptest"
	"kg/schema"
)

// unrelated checks that Relate changes nothing of a record of the same schema.
func unrelated(t *testing.T, sch *schema.Schema, rec *graph.Record) {
	t.Helper()
	again := *rec
	again.Claims = slices.Clone(rec.Claims)
	Relate(sch, &again)
	if !reflect.DeepEqual(&again, rec) {
		t.Errorf("Relate changed the record\ngot:  %+v\nwant: %+v", again, rec)
	}
}

// withRelations is the schema with the lines of relations.tsv as edit leaves them.
func withRelations(t *testing.T, edit func(line string) string) *schema.Schema {
	t.Helper()
	data, err := os.ReadFile("../../schema/relations.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i := range lines {
		lines[i] = edit(lines[i])
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "relations.tsv"), []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	sch, err := schema.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

// relateArticle resolves one article of trees.
func relateArticle(t *testing.T, sch *schema.Schema, trees ...string) *graph.Record {
	t.Helper()
	doc, err := nlptest.ReadTrees(trees...)
	if err != nil {
		t.Fatal(err)
	}
	a := &article.Article{ID: "a1", Text: doc.Text, Hash: "1"}
	rec, _ := New(Options{Schema: sch}).Resolve(a, doc, extract.Propositions(doc))
	unrelated(t, sch, rec)
	return rec
}

// TestRelate moves cues between relations: what the claims are then is what reading the article with the new schema gives, and the
// old schema gives the old claims.
func TestRelate(t *testing.T) {
	trees := []string{
		`Cuba/NNP/2/nsubj/B-LOC imitates~imitate/VBZ/0/root Laos/NNP/2/obj/B-LOC ././2/punct`,
		`Peru/NNP/2/nsubj/B-LOC called~call/VBD/0/root on/IN/4/case Chile/NNP/2/obl/B-LOC ././2/punct`,
		`Ghana/NNP/2/nsubj/B-LOC left~leave/VBD/0/root Togo/NNP/2/obj/B-LOC without/IN/5/case money/NN/2/obl ././2/punct`,
		`India/NNP/2/nsubj/B-LOC condemned~condemn/VBD/0/root Nepal/NNP/2/obj/B-LOC ././2/punct`,
		`Japan/NNP/4/nmod:poss/B-LOC 's/POS/1/case support/NN/0/root for/IN/5/case Yemen/NNP/3/nmod/B-LOC ././3/punct`,
	}
	base := withRelations(t, func(l string) string { return l })
	moves := []struct {
		name string
		edit func(string) string
		want map[string]string // by the subject's IRI
	}{
		{"as it is", func(l string) string { return l }, map[string]string{
			"kg:Cuba": "kgo:open/imitate", "kg:Peru": "kgo:requests", "kg:Ghana": "kgo:open/leave", "kg:India": "kgo:condemns"}},
		{"an open relation promoted", func(l string) string {
			if strings.HasPrefix(l, "meets\t") {
				return "imitates\tActor\tActor\t\t\t\t\t\timitate\t\n" + l
			}
			return l
		}, map[string]string{"kg:Cuba": "kgo:imitates", "kg:Peru": "kgo:requests", "kg:Ghana": "kgo:open/leave"}},
		{"of the wrong types", func(l string) string {
			if strings.HasPrefix(l, "meets\t") {
				return "imitates\tPerson\tActor\t\t\t\t\t\timitate\t\n" + l
			}
			return l
		}, map[string]string{"kg:Cuba": "kgo:open/imitate"}},
		{"a cue removed", func(l string) string { return strings.ReplaceAll(l, "call on, ", "") }, map[string]string{
			"kg:Peru": "kgo:open/call_on", "kg:Cuba": "kgo:open/imitate"}},
		{"a cue moved", func(l string) string {
			l = strings.ReplaceAll(l, "call on, ", "")
			return strings.ReplaceAll(l, "\tmeet, meet with,", "\tmeet, call on, meet with,")
		}, map[string]string{"kg:Peru": "kgo:meets"}},
	}
	first := relateArticle(t, base, trees...)
	for _, backend := range []string{"memory", "bbolt", "kg"} {
		opt := graph.Options{Backend: backend}
		if backend != "memory" {
			opt.Path = filepath.Join(t.TempDir(), "store")
		}
		store, err := graph.Open(opt)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		ctx := context.Background()
		if _, err := store.Add(ctx, first); err != nil {
			t.Fatal(err)
		}
		was := exported(t, store)
		for _, m := range moves {
			sch := withRelations(t, m.edit)
			if _, err := store.Revise(ctx, func(rec *graph.Record) { Relate(sch, rec) }, sch.RelationsHash()); err != nil {
				t.Fatalf("%s: %s: %v", backend, m.name, err)
			}
			rec, err := store.Record(ctx, first.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			if read := relateArticle(t, sch, trees...); !reflect.DeepEqual(predicates(rec), predicates(read)) {
				t.Errorf("%s: %s: revised %v, read anew %v", backend, m.name, predicates(rec), predicates(read))
			}
			for i := range rec.Claims {
				c := &rec.Claims[i]
				if want := m.want[string(c.Subject)]; want != "" && want != string(c.Predicate) {
					t.Errorf("%s: %s: %s %s %s, want %s", backend, m.name, c.Subject, c.Predicate, c.Object.Entity, want)
				}
				if c.Plain() {
					n := 0
					for _, err := range store.Quads(ctx, graph.Quad{Subject: graph.Res(c.Subject), Predicate: graph.Res(c.Predicate), Object: graph.Res(c.Object.Entity)}) {
						if err != nil {
							t.Fatal(err)
						}
						n++
					}
					if n != 1 {
						t.Errorf("%s: %s: %d plain edges %s %s %s", backend, m.name, n, c.Subject, c.Predicate, c.Object.Entity)
					}
				}
			}
			if stamp, err := store.RelationsStamp(ctx); err != nil || stamp != sch.RelationsHash() {
				t.Errorf("%s: %s: stamp %q, %v", backend, m.name, stamp, err)
			}
		}
		if _, err := store.Revise(ctx, func(rec *graph.Record) { Relate(base, rec) }, base.RelationsHash()); err != nil {
			t.Fatal(err)
		}
		var now []string
		for _, l := range exported(t, store) {
			if !strings.Contains(l, "derived/relations") {
				now = append(now, l)
			}
		}
		if !slices.Equal(now, was) {
			t.Errorf("%s: not as before:\n%s\nwas:\n%s", backend, strings.Join(now, "\n"), strings.Join(was, "\n"))
		}
	}
}

// predicates are those of the claims with a cue, by the claim's IRI.
func predicates(rec *graph.Record) map[graph.IRI]graph.IRI {
	out := map[graph.IRI]graph.IRI{}
	for i := range rec.Claims {
		if c := &rec.Claims[i]; c.Cue != "" {
			out[c.ID] = c.Predicate
		}
	}
	return out
}

func exported(t *testing.T, store *graph.Store) []string {
	t.Helper()
	var b strings.Builder
	if _, err := store.Export(context.Background(), struct{ io.Writer }{&b}, "nquads"); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	slices.Sort(lines)
	return lines
}

// TestCodes: a claim has the code of the event that its very word tells of, with what the sentence makes of it.
func TestCodes(t *testing.T) {
	sch := withRelations(t, func(l string) string { return l })
	events, err := schema.LoadEvents("")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := nlptest.ReadTrees(
		`Spain/NNP/2/nsubj/B-LOC refused~refuse/VBD/0/root to/TO/4/mark sign/VB/2/xcomp the/DT/6/det treaty/NN/4/obj with/IN/8/case Peru/NNP/4/obl/B-LOC ././2/punct`,
		`Russia/NNP/2/nsubj/B-LOC bombed~bomb/VBD/0/root Syria/NNP/2/obj/B-LOC ././2/punct`,
		`Chile/NNP/2/nsubj/B-LOC uses~use/VBZ/0/root coal/NN/2/obj ././2/punct`)
	if err != nil {
		t.Fatal(err)
	}
	rec, _ := New(Options{Schema: sch, Events: events}).Resolve(&article.Article{ID: "a1", Text: doc.Text, Hash: "1"}, doc, extract.Propositions(doc))
	want := map[string]string{"kgo:rejects": "REJECT", "kgo:attacks": "ASSAULT", "kgo:uses": ""}
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if plover, ok := want[string(c.Predicate)]; ok {
			delete(want, string(c.Predicate))
			if c.PLOVER != plover || (c.CAMEO == "") != (plover == "") || (c.Goldstein == "") != (plover == "") {
				t.Errorf("%s: %s %s %s, want %s", c.Predicate, c.PLOVER, c.CAMEO, c.Goldstein, plover)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no claim with %v", want)
	}
}
