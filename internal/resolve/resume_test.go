package resolve

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
)

// A resolver that knows only what got into the graph names things as the one that saw all articles before: a build that was
// ended goes on as if it had not been.
func TestResumesOverStories(t *testing.T) {
	dir := os.Getenv("KG_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, "articles", "reuters21578")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no stories: %v", err)
	}
	if testing.Short() {
		t.Skip("annotates some hundred stories")
	}
	const stories, step = 600, 60
	ctx := context.Background()
	annotator, err := nlp.NewAnnotator(nlp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	whole := newResolver(t)
	n := 0
	for it := range article.Read(ctx, []string{dir}, article.Options{Language: "en"}) {
		a := it.Article
		if a == nil {
			continue
		}
		if n++; n > stories {
			break
		}
		doc := annotator.Annotate(a.Text)
		props := extract.Propositions(doc)
		known := global(whole.families)
		want, _ := whole.Resolve(a, doc, props)
		if n%step == 0 {
			resumed := newResolver(t)
			if err := resumed.Load(store.Entities(ctx)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(known, global(resumed.families)); diff != "" {
				t.Fatalf("after %d stories (-whole +resumed):\n%s", n-1, diff)
			}
			got, _ := resumed.Resolve(a, doc, props)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("story %d, %s (-whole +resumed):\n%s", n, a.ID, diff)
			}
		}
		if _, err := store.Add(ctx, want); err != nil {
			t.Fatal(err)
		}
	}
}

// global leaves out what only one article speaks of.
func global(families map[graph.IRI]family) map[graph.IRI]family {
	m := map[graph.IRI]family{}
	for id, f := range families {
		if !strings.Contains(string(id), "/") && f != unknownFamily {
			m[id] = f
		}
	}
	return m
}
