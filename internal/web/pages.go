package web

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"net/http"
	"path"
	"strings"
)

//go:embed pages
var pagesFS embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"number": number, "plural": plural, "minus": func(a, b int) int { return a - b }, "date": dateWords, "day": shortDay, "days": shortDays,
	"score": scoreText, "script": scriptURL, "percent": func(share float64) int { return int(math.Round(100 * share)) },
}).ParseFS(pagesFS, "pages/*.html"))

// number writes n with thin spaces between thousands.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// layout is what the head and the foot of every page need.
type layout struct {
	page
	Search   string // what the search box holds
	ReadOnly bool
	Seen     *seenCounts // nil before the first look at the store
}

// render writes a page: the head, the page's own template with view, the foot.
func (s *Server) render(w http.ResponseWriter, r *http.Request, p page, view any) {
	l := layout{page: p, ReadOnly: !s.opt.AllowWrites, Seen: s.seen.Load()}
	if r.URL.Path == "/search" {
		l.Search = r.URL.Query().Get("q")
	}
	var buf bytes.Buffer
	for _, part := range []struct {
		name string
		data any
	}{{"head", l}, {p.Template, view}, {"foot", l}} {
		if err := templates.ExecuteTemplate(&buf, part.name, part.data); err != nil {
			panic(fmt.Errorf("render %s: %w", part.name, err))
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(cmp.Or(p.Status, http.StatusOK))
	if r.Method != http.MethodHead {
		w.Write(buf.Bytes())
	}
}

// errorTitles are what pages call the commonest errors.
var errorTitles = map[int]string{http.StatusBadRequest: "This cannot be asked so", http.StatusNotFound: "Nothing is here",
	http.StatusInternalServerError: "Something went wrong", http.StatusServiceUnavailable: "Not just now"}

func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, status int, text string) {
	view := struct {
		Title, Text, Login string
		Plain              bool // no fault of anybody's
	}{cmp.Or(errorTitles[status], http.StatusText(status)), sentence(text), "", status == http.StatusNotFound}
	if status == http.StatusUnauthorized {
		view.Login = loginURL(r)
	}
	s.render(w, r, page{Template: "error.html", Title: view.Title, Status: status}, view)
}

// sentence makes an error's text one.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// staticFiles are the stylesheets, scripts and pictures of pages/, by address.
var staticFiles = func() map[string]*asset {
	files := map[string]*asset{}
	for _, pattern := range []string{"pages/*.css", "pages/*.js", "pages/*.svg"} {
		names, err := fs.Glob(pagesFS, pattern)
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			b, err := pagesFS.ReadFile(name)
			if err != nil {
				panic(err)
			}
			files["/static/"+path.Base(name)] = newAsset(path.Base(name), b)
		}
	}
	files["/static/article-marks.css"] = newAsset("article-marks.css", marksCSS())
	files["/favicon.ico"] = files["/static/icon.svg"]
	return files
}()

func (s *Server) serveStatic(w http.ResponseWriter, r *http.Request) {
	a, ok := staticFiles[r.URL.Path]
	if !ok {
		a, ok = scriptFiles[r.URL.Path]
	}
	if !ok {
		s.notFound(w, r)
		return
	}
	a.serve(w, r)
}

// readable is a name for an IRI that has no label: kgo:open/meet_with is "meet with".
func readable(iri string) string {
	if i := strings.LastIndexAny(iri, "/#:"); i >= 0 && i+1 < len(iri) {
		iri = iri[i+1:]
	}
	return strings.ReplaceAll(iri, "_", " ")
}

// spaced parts words that are written together: GeopoliticalEntity.
func spaced(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && 'A' <= r && r <= 'Z' && 'a' <= s[i-1] && s[i-1] <= 'z' {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
