package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"kg/graph"
	"kg/internal/index"
)

// startView is the start page.
type startView struct {
	Articles       int `json:"articles"`
	Statements     int `json:"statements"`
	Names          int `json:"names"`
	Pairs          int `json:"pairs"` // of things that a statement connects
	Events         int `json:"events"`
	Corroborated   int `json:"corroborated"` // statements that several articles make
	Contradictions int `json:"contradictions"`
	// First and Last are the days of the first and the last article.
	First string `json:"first,omitempty"`
	Last  string `json:"last,omitempty"`
	// Records are all quads, of a store without articles.
	Records int `json:"records,omitempty"`

	Connected []startThing    `json:"most_connected,omitempty"`
	Recent    []startThing    `json:"most_recent,omitempty"`
	Since     string          `json:"recent_since,omitempty"` // day from which Recent counts
	Relations []startRelation `json:"relations,omitempty"`
	Changes   *changesView    `json:"changes,omitempty"` // the first of each kind
	Examples  []exampleView   `json:"examples,omitempty"`
	Writes    bool            `json:"writes"`
	Limit     int             `json:"-"`
}

// startThing is an entity with how much is said of it.
type startThing struct {
	thing
	Statements int        `json:"statements"`           // all, or the recent ones
	Neighbours int        `json:"neighbours,omitempty"` // things that it is connected with
	Spark      *sparkline `json:"over_time,omitempty"`
}

type startRelation struct {
	relationTag
	Statements int `json:"statements"`
}

// exampleView is an example with its addresses.
type exampleView struct {
	Title   string `json:"title"`
	Lang    string `json:"lang"`
	Query   string `json:"query"`
	Results string `json:"url"`
	Editor  string `json:"-"`
	Draws   bool   `json:"-"` // Editor draws the answer
}

const (
	startRows = 10 // of each list
	sparkDays = 24 // the bars of a line; fewer days make none
)

func (s *Server) startPage(w http.ResponseWriter, r *http.Request) {
	v := &startView{Writes: s.opt.AllowWrites, Limit: s.opt.RowLimit}
	var x *index.Index
	if s.live != nil {
		var ok bool
		if x, ok = s.indexOf(w, r); !ok {
			return
		}
	}
	if x == nil || len(x.Articles) == 0 {
		stats, err := s.store.Stats(r.Context())
		if err != nil {
			s.failErr(w, r, err)
			return
		}
		kept, err := s.bookkeeping(r.Context())
		if err != nil {
			s.failErr(w, r, err)
			return
		}
		v.Records, v.Articles, v.Statements, v.Names, v.Pairs = stats.Quads-kept, stats.Articles, stats.Claims, stats.Entities, stats.PlainEdges
	}
	examples := s.opt.Examples
	if x != nil {
		s.start.fill(x, v)
		if len(x.Articles) > 0 {
			since, _ := changesSince(x)
			var err error
			if v.Changes, err = s.changes(r.Context(), x, since, changeShort, false); err != nil {
				s.failErr(w, r, err)
				return
			}
		}
		if examples == nil {
			examples = fittingExamples(x)
		}
	}
	for _, e := range examples {
		v.Examples = append(v.Examples, viewExample(e))
	}
	s.answer(w, r, page{Template: "start.html", Title: "Knowledge graph", Here: "start", Styles: []string{"search.css"},
		Also: []otherForm{{"application/json", "JSON", "/start.json"}}}, v)
}

// bookkeeping is how many quads of a store without articles only say by which rules it was made.
func (s *Server) bookkeeping(ctx context.Context) (n int, err error) {
	for q, err := range s.store.Quads(ctx, graph.Quad{Predicate: graph.Res("kgo:contentHash")}) {
		if err != nil {
			return 0, err
		}
		if q.Subject == q.Graph {
			n++
		}
	}
	return n, nil
}

// startCache keeps what the start page counts of an index.
type startCache struct {
	mu      sync.Mutex
	of      claimsOf
	version string // of the index: what people reject is not counted
	view    startView
}

// claimsOf tells the claims of one index from those of another; an index with other judgements has the same claims.
type claimsOf struct {
	first *index.Claim // nil where there are none
	n     int
}

func claimsOfIndex(x *index.Index) claimsOf {
	if len(x.Claims) == 0 {
		return claimsOf{}
	}
	return claimsOf{&x.Claims[0], len(x.Claims)}
}

// fill puts the counts of x into v.
func (c *startCache) fill(x *index.Index, v *startView) {
	if len(x.Articles) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if of := claimsOfIndex(x); len(x.Claims) == 0 || c.of != of || c.version != x.Version {
		c.view, c.of, c.version = countStart(x), of, x.Version
	}
	writes, limit, records := v.Writes, v.Limit, v.Records
	*v = c.view
	v.Writes, v.Limit, v.Records = writes, limit, records
}

// countStart counts what nobody rejected.
func countStart(x *index.Index) startView {
	v := startView{Articles: len(x.Articles), Statements: x.Standing(), Names: len(x.Entities), Events: len(x.Events)}
	sp, dated := articleDays(x)
	if dated {
		v.First, v.Last = sp.From.String(), sp.To.String()
	}
	for _, p := range x.Contradictions {
		if !p.Change && !x.Rejected(p.A) && !x.Rejected(p.B) {
			v.Contradictions++
		}
	}
	for i := range x.Claims {
		if x.Claims[i].Articles > 1 && !x.Rejected(index.Ref(i)) {
			v.Corroborated++
		}
	}
	neighbours := make([]int, len(x.Entities))
	x.EachPair(func(a, b index.Ref, claims []index.Ref) {
		if len(x.Kept(claims)) > 0 {
			v.Pairs++
			neighbours[a]++
			neighbours[b]++
		}
	})
	for _, e := range x.Leading(neighbours, startRows) {
		of := x.Kept(x.Entities[e].Claims)
		t := startThing{thing: *thingOf(x, e), Statements: len(of), Neighbours: neighbours[e]}
		if dated && sp.To-sp.From >= sparkDays { // one scale for all
			t.Spark = sparkOf(x, of, sp, sparkDays)
		}
		v.Connected = append(v.Connected, t)
	}
	since, recent := x.Recent(startRows)
	if dated {
		v.Since = max(since, sp.From).String()
	}
	for _, e := range recent {
		v.Recent = append(v.Recent, startThing{thing: *thingOf(x, e.Entity), Statements: e.Claims})
	}
	uses := make([]int, len(x.Relations))
	for i := range x.Relations {
		uses[i] = len(x.Kept(x.Relations[i].Claims))
	}
	for _, r := range index.Highest(uses, startRows) {
		v.Relations = append(v.Relations, startRelation{relationOf(x, r, x.Relations[r].Quad), uses[r]})
	}
	return v
}

// Examples of queries

func viewExample(e Example) exampleView {
	v := exampleView{Title: e.Title, Lang: cmp.Or(e.Lang, "gizmo"), Query: e.Query}
	page := "query"
	if strings.Contains(e.Query, `"source"`) && strings.Contains(e.Query, `"target"`) {
		page, v.Draws = "visualize", true
	}
	v.Results, v.Editor = resultsURL(v.Lang, v.Query), editorURL(page, v.Lang, v.Query)
	return v
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

// fittingExamples are queries that have an answer in this store: some about things that may be there, then some about what it
// has most of.
func fittingExamples(x *index.Index) []Example {
	var list []Example
	for _, e := range []struct {
		title              string
		subject, predicate graph.IRI
		object             graph.IRI
		query              string
	}{
		{"What does Russia mediate?", "kg:Russia", "kgo:mediates", "", `g.V("<kg:Russia>").Out("<kgo:mediates>").All()`},
		{"Who mediates the Astana talks?", "", "kgo:mediates", "kg:Astana_talks", `g.V("<kg:Astana_talks>").In("<kgo:mediates>").All()`},
	} {
		about, ok := x.Entity(cmp.Or(e.subject, e.object))
		if ok && slices.ContainsFunc(x.Entities[about].Claims, func(r index.Ref) bool {
			c := &x.Claims[r]
			return c.Status == index.Asserted && x.Relations[c.Relation].ID == e.predicate && c.Object != index.None &&
				(e.subject == "" || c.Subject == about) && (e.object == "" || c.Object == about) && !x.Rejected(r)
		}) {
			list = append(list, Example{Title: e.title, Query: e.query})
		}
	}
	acts := func(e *index.Entity) (n int) { // asserted statements with it as subject
		self, _ := x.Entity(e.ID)
		for _, r := range e.Claims {
			if c := &x.Claims[r]; c.Subject == self && c.Status == index.Asserted && c.Object != index.None {
				n++
			}
		}
		return n
	}
	var hubs []index.Entity // best known, with labels that tell something
	for i := 0; i < len(x.Entities) && len(hubs) < 12; i++ {
		if x.Entities[i].Telling() >= index.Description {
			hubs = append(hubs, x.Entities[i])
		}
	}
	if len(hubs) > 0 {
		list = append(list, Example{Title: "Sentences about " + hubs[0].Label, Query: aboutQuery(hubs[0].ID)})
		best, most := 0, 0
		for i := range hubs {
			if n := acts(&hubs[i]); n > most {
				best, most = i, n
			}
		}
		if most > 0 {
			list = append(list, Example{Title: hubs[best].Label + " as the one who acts: what, and to whom", Query: fmt.Sprintf(
				`g.V("<%s>").Tag("source").In("<rdf:subject>").Has("<kgo:status>", "asserted").Save("<rdf:predicate>", "relation").Out("<rdf:object>").Tag("target").All()`, hubs[best].ID)})
		}
	}
	for i := range x.Relations {
		// Relations of our own vocabulary that say something; the open ones are many and rare.
		r := &x.Relations[i]
		if r.Open() || !strings.HasPrefix(string(r.ID), "kgo:") || slices.Contains([]graph.IRI{"kgo:has", "kgo:is", "kgo:relatedTo"}, r.ID) ||
			!slices.ContainsFunc(r.Claims, func(c index.Ref) bool { return x.Claims[c].Status == index.Asserted }) {
			continue
		}
		list = append(list, Example{Title: "Everything of the kind “… " + r.Label + " …”",
			Query: fmt.Sprintf(`g.V().Tag("source").Out("<%s>", "relation").Tag("target").All()`, r.ID)})
		break
	}
	if slices.ContainsFunc(x.Articles, func(a index.Article) bool { return a.Headline != "" }) {
		list = append(list, Example{Title: "Which articles were read?", Query: `g.V().Tag("article").Out("<schema:headline>").All()`})
	}
	return list
}
