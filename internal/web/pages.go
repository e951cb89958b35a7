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
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

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
	if len(p.Scripts) > 0 {
		w.Header().Set("Content-Security-Policy", scriptPolicy)
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

// Start page

type exampleView struct {
	Example
	Results, Editor string // addresses
	Draws           bool   // Editor draws the answer
}

type hubView struct {
	Label, Types, Query string
	N                   int
}

func (s *Server) startPage(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.QueryTimeout)
	defer cancel()
	stats, err := s.store.Stats(ctx)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	hubs := s.hubs.get(ctx, s, stats)
	examples := s.opt.Examples
	if examples == nil {
		examples = s.fittingExamples(ctx, stats, hubs)
	}
	data := struct {
		Stats     graph.Stats
		Examples  []exampleView
		Hubs      []hubView
		Relations []graph.Count
		ReadOnly  bool
		Limit     int
	}{Stats: stats, ReadOnly: !s.opt.AllowWrites, Limit: s.opt.RowLimit}
	for _, e := range examples {
		data.Examples = append(data.Examples, viewExample(e))
	}
	for _, h := range hubs {
		data.Hubs = append(data.Hubs, hubView{Label: h.label, Types: h.types, N: h.n, Query: resultsURL("gizmo", aboutQuery(h.id))})
	}
	data.Relations = slices.Clone(stats.Relations[:min(len(stats.Relations), 12)]) // the store keeps its own
	for i, c := range data.Relations {
		if c.Label == "" {
			data.Relations[i].Label = readable(c.Name)
		}
	}
	s.render(w, r, page{Template: "start.html", Title: "Knowledge graph", Here: "start"}, data)
}

func viewExample(e Example) exampleView {
	if e.Lang == "" {
		e.Lang = "gizmo"
	}
	page := "query"
	if strings.Contains(e.Query, `"source"`) && strings.Contains(e.Query, `"target"`) {
		page = "visualize"
	}
	return exampleView{e, resultsURL(e.Lang, e.Query), editorURL(page, e.Lang, e.Query), page == "visualize"}
}

func resultsURL(lang, query string) string {
	return "/query?" + url.Values{"lang": {lang}, "q": {query}}.Encode()
}

func editorURL(page, lang, query string) string {
	return uiPath + page + "?" + url.Values{"lang": {lang}, "q": {query}}.Encode()
}

// aboutQuery asks for the statements about an entity and their sentences.
func aboutQuery(id graph.IRI) string {
	return fmt.Sprintf(`g.V("<%s>").In(["<rdf:subject>", "<rdf:object>"])
  .Save("<rdf:subject>", "from").Save("<rdf:predicate>", "relation").Save("<rdf:object>", "to")
  .Save("<kgo:status>", "status").Out("<prov:wasQuotedFrom>").Out("<nif:anchorOf>").Tag("words").All()`, id)
}

// factsQuery asks for everything that an entity of any kind leads to.
func factsQuery(id string) string { return fmt.Sprintf(`g.V("<%s>").Out(null, "relation").All()`, id) }

// readable is a name for an IRI that has no label: kgo:open/meet_with is "meet with".
func readable(iri string) string {
	if i := strings.LastIndexAny(iri, "/#:"); i >= 0 && i+1 < len(iri) {
		iri = iri[i+1:]
	}
	return strings.ReplaceAll(iri, "_", " ")
}

var thingPattern = regexp.MustCompile(`<(kg:[^<>"]+)>`)

// fittingExamples are queries that have an answer in this store: some about things that may be there, then some about what it
// has most of.
func (s *Server) fittingExamples(ctx context.Context, stats graph.Stats, hubs []hub) []Example {
	list := []Example{
		{Title: "What does Russia mediate?", Query: `g.V("<kg:Russia>").Out("<kgo:mediates>").All()`},
		{Title: "Who mediates the Astana talks?", Query: `g.V("<kg:Astana_talks>").In("<kgo:mediates>").All()`},
	}
	list = slices.DeleteFunc(list, func(e Example) bool {
		for _, m := range thingPattern.FindAllStringSubmatch(e.Query, -1) {
			if _, ok, err := s.store.Entity(ctx, graph.IRI(m[1])); err != nil || !ok {
				return true
			}
		}
		return false
	})
	if len(hubs) > 0 {
		list = append(list,
			Example{Title: "Which sentences speak of " + hubs[0].label + "?", Query: aboutQuery(hubs[0].id)})
		if h := slices.MaxFunc(hubs, func(a, b hub) int { return a.acts - b.acts }); h.acts > 0 {
			list = append(list, Example{Title: "What does " + h.label + " do, and to whom?", Query: fmt.Sprintf(
				`g.V("<%s>").Tag("source").In("<rdf:subject>").Has("<kgo:status>", "asserted").Save("<rdf:predicate>", "relation").Out("<rdf:object>").Tag("target").All()`, h.id)})
		}
	}
	for _, c := range stats.Relations {
		// Relations of our own vocabulary that say something; the open ones are many and rare.
		if strings.HasPrefix(c.Name, "kgo:") && !strings.HasPrefix(c.Name, "kgo:open/") && !slices.Contains([]string{"kgo:has", "kgo:is", "kgo:relatedTo"}, c.Name) {
			label := c.Label
			if label == "" {
				label = readable(c.Name)
			}
			list = append(list, Example{Title: "Everything of the kind “… " + label + " …”",
				Query: fmt.Sprintf(`g.V().Tag("source").Out("<%s>", "relation").Tag("target").All()`, c.Name)})
			break
		}
	}
	if stats.Articles > 0 {
		list = append(list, Example{Title: "Which articles were read?", Query: `g.V().Tag("article").Out("<schema:headline>").All()`})
	}
	return list
}

// hub is an entity that many claims name.
type hub struct {
	id           graph.IRI
	label, types string
	n            int // claims with it as subject or object
	acts         int // asserted claims with it as subject
}

// hubCache keeps the hubs of a state of the store.
type hubCache struct {
	mu     sync.Mutex
	quads  int
	claims int
	hubs   []hub
}

const (
	hubClaims = 200_000         // above, counting takes too long for a page
	hubTime   = 2 * time.Second // at most
	hubCount  = 12
)

// get returns the entities of most claims, or nothing where finding them takes too long.
func (c *hubCache) get(ctx context.Context, s *Server, stats graph.Stats) []hub {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stats.Quads == c.quads && stats.Claims == c.claims {
		return c.hubs
	}
	if stats.Claims > hubClaims {
		return nil
	}
	counting, cancel := context.WithTimeout(ctx, hubTime)
	defer cancel()
	hubs, err := s.countHubs(counting)
	if err != nil {
		if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			s.log.WithFields(logrus.Fields{"error": err}).Warn("most connected entities not counted")
			return nil
		}
		hubs = nil // too slow for this store: don't try again at every view
	}
	c.quads, c.claims, c.hubs = stats.Quads, stats.Claims, hubs
	return hubs
}

func (s *Server) countHubs(ctx context.Context) ([]hub, error) {
	counts := map[graph.IRI]*hub{}
	count := func(id graph.IRI) *hub {
		h := counts[id]
		if h == nil {
			h = &hub{id: id}
			counts[id] = h
		}
		h.n++
		return h
	}
	for claim, err := range s.store.Claims(ctx, graph.ClaimFilter{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if h := count(claim.Subject); claim.Plain() {
			h.acts++
		}
		if o := claim.Object.Entity; o != "" && o != claim.Subject {
			count(o)
		}
	}
	hubs := make([]hub, 0, len(counts))
	for _, h := range counts {
		hubs = append(hubs, *h)
	}
	slices.SortFunc(hubs, func(a, b hub) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(string(a.id), string(b.id))
	})
	hubs = hubs[:min(len(hubs), hubCount)]
	for i := range hubs {
		e, ok, err := s.store.Entity(ctx, hubs[i].id)
		if err != nil {
			return nil, err
		}
		hubs[i].label = readable(string(hubs[i].id))
		if ok && e.Label != "" {
			hubs[i].label = e.Label
		}
		if ok && len(e.Types) > 0 {
			hubs[i].types = strings.ToLower(spaced(readable(string(e.Types[0]))))
		}
	}
	return hubs, nil
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
