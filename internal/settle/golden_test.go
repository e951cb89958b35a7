package settle_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/internal/settle"
	"kg/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// articlesOf reads articles: a line "== outlet, date or - | headline" and the text up to the next one.
func articlesOf(t *testing.T, text string) (list []*article.Article) {
	for i, part := range strings.Split("\n"+text, "\n== ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		head, title, _ := strings.Cut(head, " | ")
		outlet, date, _ := strings.Cut(head, ", ")
		a := &article.Article{ID: fmt.Sprintf("%c", 'a'+i), Title: title, Text: strings.TrimSpace(body), Outlet: outlet, Hash: fmt.Sprint(i)}
		if date != "-" {
			published, err := time.Parse("2006-01-02", date)
			if err != nil {
				t.Fatal(err)
			}
			a.Published = published
		}
		list = append(list, a)
	}
	return list
}

var annotator = func() *nlp.Annotator {
	a, err := nlp.NewAnnotator(nlp.Options{})
	if err != nil {
		panic(err)
	}
	return a
}()

func mustSchema(t *testing.T) *schema.Schema {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

func records(t *testing.T, sch *schema.Schema, articles []*article.Article) (list []*graph.Record) {
	r := resolve.New(resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence})
	for _, a := range articles {
		doc := annotator.Annotate(a.Text)
		rec, _ := r.Resolve(a, doc, extract.Propositions(doc))
		list = append(list, rec)
	}
	return list
}

// settled is a store in memory with the records and what is derived from them.
func settled(t *testing.T, sch *schema.Schema, recs []*graph.Record) *graph.Store {
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Add(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	facts, err := store.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Settle(t.Context(), settle.Derive(facts, sch), "test"); err != nil {
		t.Fatal(err)
	}
	return store
}

// Each file of testdata has articles and, below a line "---", what is derived from them. Cases are separated by lines "====".
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	sch := mustSchema(t)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, c := range strings.Split(string(data), "\n====\n") {
				text, want, _ := strings.Cut(c, "\n---\n")
				got := derivedText(t, settled(t, sch, records(t, sch, articlesOf(t, text))))
				if !*update && strings.TrimSpace(got) != strings.TrimSpace(want) {
					t.Errorf("of\n%s\ngot\n%s\nwant\n%s", text, got, want)
				}
				out = append(out, strings.TrimSpace(text)+"\n---\n"+strings.TrimSpace(got))
			}
			if *update {
				if err := os.WriteFile(name, []byte(strings.Join(out, "\n\n====\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// derivedText writes what is derived as lines that a reader can check.
func derivedText(t *testing.T, store *graph.Store) string {
	ctx := t.Context()
	facts, err := store.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	text := func(c *graph.FoundClaim) string {
		object := string(c.Object.Entity)
		if object == "" {
			object = fmt.Sprintf("%q", c.Object.Literal)
		}
		s := fmt.Sprintf("%s: %s %s %s %s%s", strings.TrimPrefix(string(c.Article), "kg:article/"), strings.TrimPrefix(string(c.Subject), "kg:"),
			strings.TrimPrefix(string(c.Predicate), "kgo:"), strings.TrimPrefix(object, "kg:"), c.Polarity, c.Modality)
		if c.AttributedTo != "" {
			s += " says " + strings.TrimPrefix(string(c.AttributedTo), "kg:")
		}
		return s
	}
	var lines []string
	seen := map[graph.IRI]bool{}
	for _, e := range facts.Entities {
		list, err := store.Events(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			if seen[v.ID] {
				continue
			}
			seen[v.ID] = true
			l := fmt.Sprintf("event %s\n  %s", strings.TrimPrefix(string(v.ID), "kg:event/"), v.Kind)
			for _, f := range []struct {
				name string
				ids  []graph.IRI
			}{{"agent", v.Agents}, {"patient", v.Patients}, {"with", v.Participants}, {"in", []graph.IRI{v.Place}}, {"series", []graph.IRI{v.Series}}} {
				for _, id := range f.ids {
					if id != "" {
						l += fmt.Sprintf(", %s %s", f.name, strings.TrimPrefix(string(id), "kg:"))
					}
				}
			}
			l += fmt.Sprintf("; happened %q, reported %s to %s, %d articles, %d independent %q", v.Time, v.Reported, v.LastReported, v.Articles, v.Independent, v.Quantities)
			claims, err := store.EventClaims(ctx, v.ID)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for i := range claims {
				told = append(told, "\n  "+text(&claims[i]))
			}
			slices.Sort(told)
			lines = append(lines, l+strings.Join(told, ""))
		}
	}
	var said []string
	for i := range facts.Claims {
		c := &facts.Claims[i]
		sup, err := store.Support(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if sup.Articles > 1 {
			said = append(said, fmt.Sprintf("said by %d, %d independent: %s", sup.Articles, sup.Independent, text(c)))
		}
		against, err := store.Contradictions(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for k := range against {
			said = append(said, fmt.Sprintf("%s: %s <> %s", against[k].Reason, text(c), text(&against[k].Claim)))
		}
		for q, err := range store.Quads(ctx, graph.Quad{Subject: graph.Res(c.ID), Predicate: graph.Res(graph.KgoChangedTo)}) {
			if err != nil {
				t.Fatal(err)
			}
			for j := range facts.Claims {
				if string(facts.Claims[j].ID) == q.Object.Value {
					said = append(said, fmt.Sprintf("changed: %s -> %s", text(c), text(&facts.Claims[j])))
				}
			}
		}
	}
	for i := range facts.Articles {
		ids, err := store.NearDuplicates(ctx, facts.Articles[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			said = append(said, fmt.Sprintf("near-duplicates: %s %s", facts.Articles[i].ID, id))
		}
	}
	slices.Sort(said)
	return strings.Join(append(lines, said...), "\n")
}

// Any order of articles gives the same quads, and so does adding them one by one with a settlement after each.
func TestOrderFree(t *testing.T) {
	sch := mustSchema(t)
	data, err := os.ReadFile("testdata/events.txt")
	if err != nil {
		t.Fatal(err)
	}
	var articles []*article.Article
	for i, c := range strings.Split(string(data), "\n====\n") {
		text, _, _ := strings.Cut(c, "\n---\n")
		for _, a := range articlesOf(t, text) {
			a.ID = fmt.Sprintf("%d%s", i, a.ID)
			articles = append(articles, a)
		}
	}
	export := func(s *graph.Store) string {
		var b strings.Builder
		if _, err := s.Export(context.Background(), &b, "nquads"); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	recs := records(t, sch, articles)
	want := export(settled(t, sch, recs))
	if !strings.Contains(want, "/derived/events>") {
		t.Fatal("no event")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		rng.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		if got := export(settled(t, sch, records(t, sch, articles))); got != want {
			t.Fatal("another order of articles gives other quads")
		}
	}
	store := settled(t, sch, recs[:1])
	for _, r := range recs[1:] {
		if _, err := store.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if stamp, err := store.Settled(t.Context()); err != nil || stamp != "" {
			t.Fatalf("settled %q after an article, %v", stamp, err)
		}
		facts, err := store.Facts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Settle(t.Context(), settle.Derive(facts, sch), "test"); err != nil {
			t.Fatal(err)
		}
	}
	if export(store) != want {
		t.Error("adding articles one by one gives other quads")
	}
}
