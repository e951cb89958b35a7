package article

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// data is the folder of evaluation data; the test is skipped where it is not there.
func data(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("KG_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	p := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no evaluation data: %v (set KG_DATA)", err)
	}
	return p
}

// Each of the 21,578 stories is an article or a skip with its reason, and hardly any is lost for a wrong one.
func TestReuters(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 21,578 stories in one goroutine: minutes under the race detector")
	}
	dir := data(t, "articles/reuters21578")
	n, kinds, warnings := 0, map[string]int{}, 0
	for it := range Read(context.Background(), []string{dir}, Options{Language: "en"}) {
		switch {
		case it.Article != nil:
			n++
			if a := it.Article; a.Title == "" || !validID.MatchString(a.ID) {
				t.Errorf("%s: title %q, ID %q", a.Source, a.Title, a.ID)
			}
		case it.Skipped != nil:
			kinds[it.Skipped.Kind]++
		default:
			warnings++
		}
	}
	sum := n
	other := 0
	for kind, k := range kinds {
		switch kind {
		case "not an article by its name": // the licence
			k = 0
		case "no text", "not an article", "same text":
		default:
			other += k
		}
		sum += k
	}
	t.Logf("%d articles, %v, %d warnings", n, kinds, warnings)
	if sum != 21578 {
		t.Errorf("%d stories accounted for, want 21578", sum)
	}
	if other > 5 || warnings > 5 {
		t.Errorf("%d stories skipped for other reasons, %d warnings", other, warnings)
	}
}

var wordRE = regexp.MustCompile(`[\pL\pN_]+`)

// shingles counts runs of four words.
func shingles(text string) map[string]int {
	words := wordRE.FindAllString(text, -1)
	m := map[string]int{}
	for i := range max(1, len(words)-3) {
		if s := words[i:min(i+4, len(words))]; len(s) > 0 {
			m[strings.Join(s, " ")]++
		}
	}
	return m
}

// The bodies of 181 web pages against those marked by hand: F1 over runs of four words, averaged over pages as the
// benchmark's own script does.
func TestPageBodies(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 181 pages")
	}
	dir := data(t, "articles/extraction")
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold map[string]struct {
		Body string `json:"articleBody"`
		URL  string `json:"url"`
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	var precision, recall float64
	withOutput, withGold, dated := 0, 0, 0
	for name, want := range gold {
		f, err := os.Open(filepath.Join(dir, "html", name+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(z)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		a := &Article{Source: name, URL: want.URL}
		r := &reader{ctx: context.Background(), yield: func(Item) bool { return true }}
		r.fromPage(a, page, "")
		if !a.Published.IsZero() {
			dated++
		}
		out, ref := shingles(a.Text), shingles(want.Body)
		both, outs, refs := 0, 0, 0
		for s, n := range out {
			outs += n
			both += min(n, ref[s])
		}
		for _, n := range ref {
			refs += n
		}
		if outs > 0 {
			withOutput++
			precision += float64(both) / float64(outs)
		}
		if refs > 0 {
			withGold++
			recall += float64(both) / float64(refs)
		}
	}
	precision /= float64(withOutput)
	recall /= float64(withGold)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("%d pages: F1 %.3f, precision %.3f, recall %.3f; %d dated", len(gold), f1, precision, recall, dated)
	if f1 < 0.94 {
		t.Errorf("F1 %.3f", f1)
	}
}
