package article

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"regexp"
	"testing"
	"time"
)

var validID = regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)

// FuzzRead reads anything as any format: no panic, and what comes out keeps the promises of Article.
func FuzzRead(f *testing.F) {
	for i, s := range []string{
		"Headline\n\n" + English, french, "\ufeff{\"text\": 1}", `[{"id": "a", "text": "x"}, {]`, `{"a": [[[{"text": "x"}]]]}`,
		"<html><body><p>" + English, `<?xml version="1.0"?><rss><channel><item><title>x</title></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="html">&lt;p&gt;x</content></entry></feed>`,
		gz(English), tarOf("a/b.txt", English), zipOf("a.json", `{"text":"x"}`), "\xff\xfea\x00b\x00", "{\"text\": \"\\ud800\", \"date\": 1e300}\n{\"text\":",
		`{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "x"}]}`,
	} {
		f.Add([]byte(s), uint8(i))
	}
	names := []string{"", "a.txt", "a.html", "a.json", "a.jsonl", "a.xml", "a.gz", "a.zip", "a.tar"}
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r := &reader{ctx: ctx, opt: Options{MaxBytes: 1 << 20, Timeout: time.Millisecond, UserAgent: "kg", Transport: offline{}},
			ids: map[string]bool{}, texts: map[[16]byte]string{}, hosts: map[string]*host{}}
		r.yield = func(it Item) bool {
			set := 0
			if it.Skipped != nil {
				set++
			}
			if it.Warning != nil {
				set++
			}
			a := it.Article
			if a == nil {
				if set != 1 {
					t.Fatalf("%d fields set", set)
				}
				return true
			}
			if !validID.MatchString(a.ID) {
				t.Fatalf("ID %q", a.ID)
			}
			end := 0
			for _, s := range a.Skip {
				if s.Begin < end || s.End <= s.Begin || s.End > len(a.Text) {
					t.Fatalf("skip %v in a text of %d", s, len(a.Text))
				}
				end = s.End
			}
			if a.Hash != contentHash(a) || a.Text == "" {
				t.Fatalf("hash %s, text %q", a.Hash, a.Text)
			}
			return true
		}
		name := names[int(kind)%len(names)]
		r.read(&input{source: "fuzz", name: name, id: "f/a", container: "a", r: newBuffer(bytes.NewReader(data)), given: true})
	})
}

// offline is a network that nobody answers on.
type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("offline") }
