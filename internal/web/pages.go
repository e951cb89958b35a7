package web

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"kg/graph"
)

//go:embed pages
var pagesFS embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"number": number, "plural": plural, "date": dateWords, "day": shortDay, "score": scoreText, "script": scriptURL}).ParseFS(pagesFS, "pages/*.html"))

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

func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, status int, text string) {
	view := struct{ Title, Text, Login string }{http.StatusText(status), sentence(text), ""}
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

// Results page

// cell is a value of a row.
type cell struct {
	Text string
	Name string // the IRI, where Text is its label
	Link string // what is said of it
	Code bool   // Text is an IRI or JSON
}

func (s *Server) resultsPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	lang, text := q.Get("lang"), q.Get("q")
	if lang == "" {
		lang = "gizmo"
	}
	data := struct {
		Lang, Query, Error, Note string
		Languages                []string
		Columns                  []string
		Rows                     [][]cell
		Ms                       int64
		Ran                      bool
		Editor, JSON, All        string
	}{Lang: lang, Query: text, Languages: graph.Languages}
	queryPage := page{Template: "query.html", Title: "Query", Here: "query"}
	if strings.TrimSpace(text) == "" || fromElsewhere(r) { // a link on a page of another site runs nothing by itself
		s.render(w, r, queryPage, data)
		return
	}
	data.Editor = editorURL("query", lang, text)
	values := url.Values{"lang": {lang}, "qu": {text}}
	status := http.StatusOK
	limit, err := s.rowLimit(r)
	var res *graph.Result
	if err == nil {
		res, err = s.run(r.Context(), graph.QueryRequest{Lang: lang, Text: text, Limit: limit, JSONLD: true})
	}
	if err == nil {
		data.Columns, data.Rows, err = s.table(r.Context(), res.Rows)
	}
	var refused *statusError
	var faulty *graph.QueryError
	switch {
	case err == nil:
		data.Ran, data.Note, data.Ms = true, res.Note(), res.Elapsed.Milliseconds()
		if res.Truncated && len(res.Rows) < graph.MaxRows {
			next := min(max(10*len(res.Rows), 1000), graph.MaxRows)
			data.All = resultsURL(lang, text) + fmt.Sprintf("&limit=%d", next)
		}
		if l := q.Get("limit"); l != "" {
			values.Set("limit", l)
		}
		data.JSON = "/api/v2/query?" + values.Encode()
	case errors.As(err, &faulty):
		status, data.Error = http.StatusBadRequest, faulty.Err.Error()
	case errors.As(err, &refused):
		status, data.Error = refused.status, err.Error()
	case errors.Is(err, context.DeadlineExceeded):
		status, data.Error = http.StatusGatewayTimeout, fmt.Sprintf("The query ran longer than %s and was stopped.", s.opt.QueryTimeout)
	default:
		s.failErr(w, r, err)
		return
	}
	data.Error = sentence(data.Error)
	queryPage.Status = status
	s.render(w, r, queryPage, data)
}

// table lays rows out in columns: the tags by name, then "id", the end of the way. Rows that are no objects form the column
// "value".
func (s *Server) table(ctx context.Context, rows []any) (columns []string, cells [][]cell, err error) {
	// Through JSON, so that every kind of row that marshals is shown as the API gives it.
	b, err := json.Marshal(rows)
	if err != nil {
		return nil, nil, errorf(http.StatusBadRequest, "the answer cannot be written as JSON: %w", err)
	}
	var plain []any
	if err := json.Unmarshal(b, &plain); err != nil {
		return nil, nil, err
	}
	objects := make([]map[string]any, len(plain))
	seen := map[string]bool{}
	for i, row := range plain {
		m, ok := row.(map[string]any)
		if _, node := m["@id"]; !ok || node || m["@value"] != nil {
			m = map[string]any{"value": row}
		}
		objects[i] = m
		for k := range m {
			if !seen[k] {
				seen[k] = true
				columns = append(columns, k)
			}
		}
	}
	slices.SortFunc(columns, func(a, b string) int {
		if (a == "id") != (b == "id") {
			if b == "id" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	// The end of a way often has a tag too; it is not shown twice.
	if n := len(columns) - 1; n > 0 && columns[n] == "id" && slices.ContainsFunc(columns[:n], func(k string) bool {
		for _, m := range objects {
			if !reflect.DeepEqual(m["id"], m[k]) {
				return false
			}
		}
		return true
	}) {
		columns = columns[:n]
	}
	labels := labeller{s: s, known: map[string]string{}, until: time.Now().Add(500 * time.Millisecond)}
	for _, m := range objects {
		row := make([]cell, len(columns))
		for i, k := range columns {
			if v, ok := m[k]; ok {
				row[i] = labels.cell(ctx, v)
			}
		}
		cells = append(cells, row)
	}
	return columns, cells, nil
}

// labeller finds the labels of entities, as many as its time allows.
type labeller struct {
	s     *Server
	known map[string]string
	until time.Time
}

func (l *labeller) cell(ctx context.Context, v any) cell {
	switch v := v.(type) {
	case nil:
		return cell{}
	case string:
		return cell{Text: v}
	case map[string]any:
		if id, ok := v["@id"].(string); ok {
			c := cell{Text: id, Code: true, Link: resultsURL("gizmo", factsQuery(id))}
			if strings.HasPrefix(id, "_:") || strings.ContainsAny(id, `<>"\`) {
				c.Link = ""
			}
			if label := l.label(ctx, id); label != "" {
				c = cell{Text: label, Name: id, Link: c.Link}
				if c.Link != "" && strings.HasPrefix(id, "kg:") {
					c.Link = resultsURL("gizmo", aboutQuery(graph.IRI(id)))
				}
			}
			return c
		}
		if val, ok := v["@value"]; ok {
			return cell{Text: fmt.Sprint(val)}
		}
	case float64, bool:
		b, _ := json.Marshal(v)
		return cell{Text: string(b)}
	}
	b, _ := json.MarshalIndent(v, "", "  ")
	return cell{Text: string(b), Code: true}
}

func (l *labeller) label(ctx context.Context, id string) string {
	if strings.HasPrefix(id, "kgo:") {
		return strings.ToLower(spaced(readable(id)))
	}
	// Other records have no labels.
	if !strings.HasPrefix(id, "kg:") || strings.HasPrefix(id, "kg:claim/") || strings.HasPrefix(id, "kg:sentence/") || strings.HasPrefix(id, "kg:article/") {
		return ""
	}
	label, ok := l.known[id]
	if !ok && time.Now().Before(l.until) {
		if e, found, err := l.s.store.Entity(ctx, graph.IRI(id)); err == nil && found {
			label = e.Label
		}
		l.known[id] = label
	}
	return label
}
