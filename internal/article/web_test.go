package article

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestWeb(t *testing.T) {
	page := func(title, extra string) string {
		return "<html><head><title>" + title + "</title><meta property='og:site_name' content='Daily Example'></head><body><article><h1>" + title + "</h1><p>" + English + "</p><p>" + English + extra + "</p></article></body></html>"
	}
	mux := http.NewServeMux()
	html := func(path, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	})
	html("/news/bridge.html", page("Bridge built", " One."))
	html("/news/border", page("Border opens", " Two."))
	html("/private/x", page("Secret", " Three."))
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/private/x", http.StatusFound) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("word ", 20000)) })
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example feed</title>
<item><title>Border opens</title><link>/news/border</link><description>A teaser.</description><pubDate>Tue, 04 Jul 2017 10:11:12 GMT</pubDate></item>
<item><title>Whole &amp;amp; here</title><link>http://%[1]s/news/whole</link><content:encoded><![CDATA[<p>%[2]s</p><p>%[2]s</p><p>%[2]s</p>]]></content:encoded></item>
<item><title>Gone</title><link>http://%[1]s/news/gone</link><description>%[2]s Gone.</description></item>
<item><title>Private</title><link>http://%[1]s/private/x</link></item>
</channel></rss>`, r.Host, English)
	})
	mux.HandleFunc("/api", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"articles": [{"id": 1, "title": "API", "text": "%s API."}]}`, English)
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	u := srv.URL
	opt := Options{MaxBytes: 50000, Timeout: 300 * time.Millisecond, Transport: srv.Client().Transport}
	got, arts := run(t, "", opt, u+"/news/bridge.html", u+"/private/x", u+"/moved", u+"/none", u+"/slow", u+"/huge", u+"/feed", u+"/api", "http://127.0.0.1:1/x", "http:///x")
	for i, line := range got {
		got[i] = strings.ReplaceAll(line, u, "U")
		if strings.Contains(line, "connection refused") {
			got[i] = "refused"
		}
	}
	host := strings.TrimPrefix(u, "http://")
	id := func(path, rest string) string {
		return slug(host) + "/" + rest + "-" + shortHash(host+path+"?", 3)
	}
	expect(t, got,
		id("/news/bridge.html", "news/bridge")+" | Bridge built | - | U/news/bridge.html",
		"skip U/private/x: U/robots.txt does not allow it",
		"skip U/moved: U/robots.txt does not allow it",
		"skip U/none: the server answered 404 Not Found",
		"skip U/slow: no answer in time",
		"skip U/huge: too big: more than 48 kB",
		id("/news/border", "news/border")+" | Border opens | 2017-07-04T10:11:12Z | U/feed:item 1",
		id("/news/whole", "news/whole")+" | Whole & here | - | U/feed:item 2",
		"warn U/feed:item 3: U/news/gone: the server answered 404 Not Found; only the feed's own text is read",
		id("/news/gone", "news/gone")+" | Gone | - | U/feed:item 3",
		"skip U/feed:item 4: U/private/x: U/robots.txt does not allow it",
		id("/api", "api")+"/1 | API | - | U/api:articles[0]",
		"refused",
		"skip http:///x: not a web address: no host",
	)
	if arts[1].Outlet != "Daily Example" || arts[1].URL != u+"/news/border" || arts[2].Outlet != "Example feed" {
		t.Errorf("outlets: %q %q, URL %q", arts[1].Outlet, arts[2].Outlet, arts[1].URL)
	}
}

// The same page with and without tracking parameters or fragment is one article.
func TestURLID(t *testing.T) {
	a := idSlug("https://www.example.org/world/2017/talks-end.html")
	for _, same := range []string{
		"http://www.example.org/world/2017/talks-end.html",
		"https://WWW.example.org/world/2017/talks-end.html?utm_source=x&utm_medium=y",
		"https://www.example.org/world/2017/talks-end.html#top",
	} {
		if b := idSlug(same); a != b {
			t.Errorf("%s: %s, want %s", same, b, a)
		}
	}
	if b := idSlug("https://www.example.org/world/2017/talks-end.html?page=2"); a == b {
		t.Errorf("page 2 has the ID of page 1: %s", b)
	}
}
