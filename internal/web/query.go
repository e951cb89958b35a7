package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/index"
)

// queryRoutes are the query page, with its answers as JSON and CSV, and what its editor completes.
func (s *Server) queryRoutes(page pageRoute) {
	page("/query", s.queryPage)
	page("/query.json", s.queryPage)
	page("/query.csv", s.queryCSV)
	page("/query/complete.json", s.completeQuery)
}

// queryView is a query with its answer.
type queryView struct {
	Lang    string   `json:"lang"`
	Query   string   `json:"query"`
	Error   string   `json:"error,omitempty"`
	Note    string   `json:"note,omitempty"` // "showing 100 of 1234"
	Columns []string `json:"columns"`
	Rows    [][]cell `json:"rows"`
	Ms      int64    `json:"ms"`
	Limit   int      `json:"limit"` // rows at most
	Ran     bool     `json:"ran"`

	Languages []string      `json:"-"`
	Seconds   int           `json:"-"` // that a query may take
	MostRows  int           `json:"-"` // that may be asked for
	Editor    string        `json:"-"` // Cayley's
	JSON, CSV string        `json:"-"`
	All       string        `json:"-"` // address with more rows
	Graph     string        `json:"-"` // address of the twin where the rows can be drawn: they have a source and a target
	Examples  []exampleView `json:"-"`
	Elsewhere bool          `json:"-"` // the query came with a link on another site and waits
}

// cell is a value of a row.
type cell struct {
	Text string `json:"text"`
	ID   string `json:"id,omitempty"`   // the IRI, where the value is a node
	Kind string `json:"kind,omitempty"` // of an entity: the shape that it is drawn in, see drawnNode
	Link string `json:"url,omitempty"`  // its page, or what is said of it
	Code bool   `json:"-"`              // Text is an IRI or JSON
}

// Name is the IRI where Text is its label.
func (c cell) Name() string {
	if c.ID == c.Text {
		return ""
	}
	return c.ID
}

// queryPage is the page of q= in lang=.
func (s *Server) queryPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := queryView{Lang: cmp.Or(q.Get("lang"), "gizmo"), Query: q.Get("q"), Languages: graph.Languages, MostRows: graph.MaxRows,
		Seconds: int(s.opt.QueryTimeout.Seconds()), Columns: []string{}, Rows: [][]cell{}, Limit: s.opt.RowLimit, Examples: s.queryExamples()}
	p := page{Template: "query.html", Title: "Query", Here: "query", Styles: []string{"draw.css"}, Scripts: []string{"query.js"}}
	if strings.TrimSpace(v.Query) == "" || fromElsewhere(r) { // a link on a page of another site runs nothing by itself
		v.Elsewhere = v.Query != ""
		s.answer(w, r, p, &v)
		return
	}
	v.Editor = editorURL("query", v.Lang, v.Query)
	if res, err := s.runPage(r, &v); err == nil {
		v.Ran, v.Note, v.Ms = true, res.Note(), res.Elapsed.Milliseconds()
		if res.Truncated && len(res.Rows) < graph.MaxRows {
			v.All = resultsURL(v.Lang, v.Query) + fmt.Sprintf("&limit=%d", min(max(10*len(res.Rows), 1000), graph.MaxRows))
		}
		values := url.Values{"lang": {v.Lang}, "q": {v.Query}}
		if l := q.Get("limit"); l != "" {
			values.Set("limit", l)
		}
		v.CSV, v.Graph = "/query.csv?"+values.Encode(), "/query.json?"+values.Encode()
		values.Set("qu", v.Query)
		values.Del("q")
		v.JSON = "/api/v2/query?" + values.Encode()
		if drawable(v.Columns, v.Rows) {
			p.Scripts = append(p.Scripts, "graph.js")
		} else {
			v.Graph = ""
		}
	} else if p.Status, v.Error = s.queryError(err); p.Status == 0 {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, p, &v)
}

// runPage runs the query of r and fills Limit, Columns and Rows of v.
func (s *Server) runPage(r *http.Request, v *queryView) (*graph.Result, error) {
	limit, err := s.rowLimit(r)
	if err != nil {
		return nil, err
	}
	v.Limit = limit
	res, err := s.run(r.Context(), graph.QueryRequest{Lang: v.Lang, Text: v.Query, Limit: limit, JSONLD: true})
	if err == nil {
		v.Columns, v.Rows, err = s.table(r.Context(), res.Rows)
	}
	return res, err
}

// queryError puts what a query can fail with into words; 0 for other faults.
func (s *Server) queryError(err error) (status int, text string) {
	var refused *statusError
	var faulty *graph.QueryError
	switch {
	case errors.As(err, &faulty):
		return http.StatusBadRequest, sentence(faulty.Err.Error())
	case errors.As(err, &refused):
		return refused.status, sentence(err.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout, fmt.Sprintf("The query ran longer than %s and was stopped.", s.opt.QueryTimeout)
	}
	return 0, ""
}

// drawable says whether rows have nodes as source and target.
func drawable(columns []string, rows [][]cell) bool {
	source, target := slices.Index(columns, "source"), slices.Index(columns, "target")
	return source >= 0 && target >= 0 && slices.ContainsFunc(rows, func(r []cell) bool { return r[source].ID != "" && r[target].ID != "" })
}

// queryCSV answers with the rows as CSV (RFC 4180). A column with nodes has their IRIs, and one more their labels, "from label".
func (s *Server) queryCSV(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := queryView{Lang: cmp.Or(q.Get("lang"), "gizmo"), Query: q.Get("q")}
	var err error
	switch {
	case fromElsewhere(r):
		err = errorf(http.StatusForbidden, "a page of another site may run no query")
	case strings.TrimSpace(v.Query) == "":
		err = errorf(http.StatusBadRequest, "q: no query")
	default:
		_, err = s.runPage(r, &v)
	}
	if err != nil {
		if status, text := s.queryError(err); status != 0 {
			err = errorf(status, "%s", text)
		}
		s.failErr(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="query.csv"`)
	h.Set("Kg-Rows", strconv.Itoa(len(v.Rows)))
	if r.Method == http.MethodHead {
		return
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	labelled := make([]bool, len(v.Columns))
	var line []string
	for i, c := range v.Columns {
		labelled[i] = slices.ContainsFunc(v.Rows, func(row []cell) bool { return row[i].Name() != "" })
		if line = append(line, plainCell(c)); labelled[i] {
			line = append(line, plainCell(c+" label"))
		}
	}
	out.Write(line)
	for _, row := range v.Rows {
		line = line[:0]
		for i, c := range row {
			value := c.Text
			if c.ID != "" {
				value = c.ID
			}
			if line = append(line, plainCell(value)); labelled[i] {
				line = append(line, plainCell(c.Text))
			}
		}
		out.Write(line)
	}
	out.Flush()
}

// plainCell keeps a spreadsheet from taking the words of an article for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

// queryExamples are queries that have an answer in this store, in each language; none before there is an index.
func (s *Server) queryExamples() (list []exampleView) {
	if s.opt.Examples != nil {
		for _, e := range s.opt.Examples {
			list = append(list, viewExample(e))
		}
		return list
	}
	if s.live == nil {
		return nil
	}
	x := s.live.Latest()
	if x == nil || len(x.Entities) == 0 {
		return nil
	}
	top := index.Ref(0)
	for i := range x.Entities {
		if index.KindOf(&x.Entities[i]) == "state" {
			top = index.Ref(i)
			break
		}
	}
	e := thingOf(x, top)
	add := func(title, lang, query string) { list = append(list, viewExample(Example{title, lang, query})) }
	add(e.Label+" as the one who acts: what, and to whom", "gizmo", fmt.Sprintf(
		`g.V("<%s>").Tag("source").In("<rdf:subject>").Has("<kgo:status>", "asserted")`+
			`.Save("<rdf:predicate>", "relation").Out("<rdf:object>").Tag("target").All()`, e.ID))
	add("Sentences about "+e.Label, "gizmo", aboutQuery(e.ID))
	for i := range x.Relations {
		r := &x.Relations[i]
		if !r.Open() && !slices.Contains([]graph.IRI{"kgo:has", "kgo:is", "kgo:relatedTo"}, r.ID) && len(r.Claims) > 0 {
			add("Everything of the kind “… "+relationName(x, r.ID)+" …”", "gizmo",
				fmt.Sprintf(`g.V().Tag("source").Out("<%s>", "relation").Tag("target").All()`, r.ID))
			break
		}
	}
	for _, r := range x.Entities[top].Claims {
		if c := &x.Claims[r]; c.Subject == top && c.Object != index.None && c.Status == index.Asserted && !x.Rejected(r) {
			rel := x.Relations[c.Relation].ID
			name := relationName(x, rel)
			add(e.Label+" “"+name+" …”: whom or what", "graphql",
				fmt.Sprintf("{\n  nodes(id: <%s>) {\n    id\n    <%s> { id }\n  }\n}", e.ID, rel))
			add("The same in MQL", "mql", fmt.Sprintf("[{\"id\": \"<%s>\", \"<%s>\": null}]", e.ID, rel))
			break
		}
	}
	return list
}

// completion is something that a name in a query may be.
type completion struct {
	Value string `json:"value"` // kg:Iran, kgo:mediates, kgo:
	Label string `json:"label"`
	Kind  string `json:"kind"` // "prefix", "relation" or the type of a thing
	N     int    `json:"n"`    // statements
}

// completeQuery answers q= with the prefixes, relations and things whose IRI or name may begin so.
func (s *Server) completeQuery(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := strings.TrimSpace(r.URL.Query().Get("q"))
	v := struct {
		List []completion `json:"list"`
	}{[]completion{}}
	for _, p := range s.graph.Prefixes() {
		if strings.HasPrefix(p.Name+":", q) && len(v.List) < 20 {
			v.List = append(v.List, completion{p.Name + ":", p.IRI, "prefix", 0})
		}
	}
	prefix, name, cut := strings.Cut(q, ":")
	if !cut {
		name = q
	}
	name = strings.ToLower(strings.ReplaceAll(name, "_", " "))
	if !cut || prefix == "kgo" {
		n := 0
		for i := range x.Relations {
			rel := &x.Relations[i]
			if label := strings.ToLower(relationName(x, rel.ID)); strings.HasPrefix(label, name) || strings.Contains(label, " "+name) ||
				cut && strings.HasPrefix(string(rel.ID), q) {
				v.List = append(v.List, completion{string(rel.ID), relationName(x, rel.ID), "relation", len(rel.Claims)})
				if n++; n == 15 {
					break
				}
			}
		}
	}
	if (!cut || prefix == "kg") && name != "" {
		for _, hit := range x.Complete(name, 15) {
			t := thingOf(x, hit.Entity)
			v.List = append(v.List, completion{string(t.ID), t.Label, t.Type, len(x.Entities[hit.Entity].Claims)})
		}
	}
	s.answer(w, r, page{}, &v)
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
	if s.live != nil {
		labels.x = s.live.Latest()
	}
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
	x     *index.Index // nil while there is none
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
			c := cell{Text: id, ID: id, Code: true, Link: nodeURL(id)}
			if label := l.label(ctx, id); label != "" {
				c.Text, c.Code = label, false
			}
			if l.x != nil {
				if e, ok := l.x.Entity(graph.IRI(id)); ok {
					c.Kind = index.KindOf(&l.x.Entities[e])
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
	name, ok := strings.CutPrefix(id, "kg:")
	kind, _, record := strings.Cut(name, "/")
	if !ok || record && slices.Contains([]string{"claim", "sentence", "article"}, kind) { // these have no labels
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

// nodeURL is the page of a node; what is said of it where it has none; "" of a blank node.
func nodeURL(id string) string {
	kind, _, record := strings.Cut(strings.TrimPrefix(id, "kg:"), "/")
	switch {
	case strings.HasPrefix(id, "_:") || strings.ContainsAny(id, `<>"\`):
		return ""
	case strings.HasPrefix(id, "kg:") && record && slices.Contains([]string{"claim", "article", "event"}, kind):
		return recordURL(graph.IRI(id))
	case strings.HasPrefix(id, "kg:") && !(record && slices.Contains([]string{"sentence", "contradiction"}, kind)):
		return entityURL(graph.IRI(id))
	case strings.HasPrefix(id, "kgo:") && len(id) > 4 && 'a' <= id[4] && id[4] <= 'z': // types have capitals
		return relationURL(graph.IRI(id))
	}
	return resultsURL("gizmo", factsQuery(id))
}
