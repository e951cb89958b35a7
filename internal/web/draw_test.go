package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"

	"kg/graph"
)

// hostile is a name that would run script wherever it is not escaped.
const hostile = `</script><img src=x onerror=alert(1)>"'&`

// drawnServer serves two articles: in March 2017 Russia meets Iran and is said to sanction Turkey, and an entity with a hostile name
// meets Russia; in May 2017 Russia sanctions Turkey twice, and denies to have met Iran.
func drawnServer(t testing.TB) *Server {
	t.Helper()
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var recs []*graph.Record
	n := 0
	for i, article := range [][]graph.Claim{
		{
			{Subject: "kg:Russia", Predicate: "kgo:meets", Object: graph.Object{Entity: "kg:Iran"}, Place: "kg:Aleppo"},
			{Subject: "kg:Russia", Predicate: "kgo:sanctions", Object: graph.Object{Entity: "kg:Turkey"}, AttributedTo: "kg:Iran"},
			{Subject: "kg:Hostile", Predicate: "kgo:meets", Object: graph.Object{Entity: "kg:Russia"}},
			{Subject: "kg:Turkey", Predicate: "kgo:meets", Object: graph.Object{Entity: "kg:Iran"}},
		},
		{
			{Subject: "kg:Russia", Predicate: "kgo:sanctions", Object: graph.Object{Entity: "kg:Turkey"}},
			{Subject: "kg:Russia", Predicate: "kgo:sanctions", Object: graph.Object{Entity: "kg:Turkey"}},
			{Subject: "kg:Russia", Predicate: "kgo:meets", Object: graph.Object{Entity: "kg:Iran"}, Polarity: "-"},
			{Subject: "kg:Russia", Predicate: "kgo:says", Object: graph.Object{Literal: "no", Datatype: "xsd:string"}},
		},
	} {
		text := fmt.Sprintf("Sentence %d says <b>it</b>.", i)
		rec := &graph.Record{
			Article: graph.Article{ID: graph.IRI(fmt.Sprintf("kg:article/%d", i)), Headline: "News " + hostile, URL: fmt.Sprintf("http://news.example/%d", i),
				Published: time.Date(2017, time.Month(3+2*i), 4, 0, 0, 0, 0, time.UTC), Language: "en", Hash: fmt.Sprint(i)},
			Sentences: []graph.Sentence{{ID: graph.IRI(fmt.Sprintf("kg:sentence/%d", i)), Span: graph.Span{Begin: 0, End: len(text)}, Text: text}},
			Entities: []graph.Entity{
				{ID: "kg:Russia", Types: []graph.IRI{"kgo:State"}, Label: "Russia"},
				{ID: "kg:Iran", Types: []graph.IRI{"kgo:State"}, Label: "Iran"},
				{ID: "kg:Turkey", Types: []graph.IRI{"kgo:State"}, Label: "Turkey"},
				{ID: "kg:Aleppo", Types: []graph.IRI{"kgo:City"}, Label: "Aleppo"},
				{ID: "kg:Hostile", Types: []graph.IRI{"kgo:Person"}, Label: hostile},
			},
			Relations: []graph.Relation{
				{ID: "kgo:meets", Label: "meets", PLOVER: "CONSULT", CAMEO: "040", Goldstein: "1.0"},
				{ID: "kgo:sanctions", Label: "sanctions", PLOVER: "SANCTION", CAMEO: "163", Goldstein: "-8.0"},
				{ID: "kgo:says", Label: "says"},
			},
		}
		for _, c := range article {
			n++
			c.ID, c.Sentence, c.Span = graph.IRI(fmt.Sprintf("kg:claim/%d", n)), rec.Sentences[0].ID, graph.Span{Begin: 0, End: 8}
			c.SubjectSpan, c.PredicateSpan, c.ObjectSpan = graph.Span{Begin: 0, End: 8}, graph.Span{Begin: 9, End: 10}, graph.Span{Begin: 11, End: 15}
			c.Modality, c.Confidence, c.Rule = "asserted", 0.9, "svo"
			if c.Polarity == "" {
				c.Polarity = "+"
			}
			rec.Claims = append(rec.Claims, c)
		}
		recs = append(recs, rec)
	}
	if _, err := store.Add(context.Background(), recs...); err != nil {
		t.Fatal(err)
	}
	opt := Options{Logger: logrus.New(), Token: testToken}
	opt.Logger.SetOutput(io.Discard)
	s, err := New(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	if s.live != nil {
		if _, err := s.live.Index(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// getJSON reads the answer to a GET into v.
func getJSON(t testing.TB, s *Server, target string, v any) {
	t.Helper()
	w := call(t, s, "GET", target, "")
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		t.Fatalf("%s: %d %v %s", target, w.Code, w.Header(), w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		t.Fatalf("%s: %v in %s", target, err, w.Body)
	}
}

// edgesOf writes edges as "Russia -meets-> Iran 2 cooperation asserted".
func edgesOf(v *graphView) (list []string) {
	for _, e := range v.Edges {
		list = append(list, fmt.Sprintf("%s -%s-> %s %d %s %s", e.SourceName, e.Relations[0].Name, e.TargetName, e.Statements, e.Side, e.Status))
	}
	return list
}

func TestNeighbourhood(t *testing.T) {
	s := drawnServer(t)
	meets, sanctions, toHostile := "Russia -meets-> Iran 2 cooperation asserted", "Russia -sanctions-> Turkey 3 conflict asserted", hostile+" -meets-> Russia 1 cooperation asserted"
	for _, tt := range []struct {
		query        string
		shown, total int
		edges        []string
	}{
		{"of=kg:Russia", 3, 3, []string{sanctions, meets, toHostile}},
		{"of=kg:Russia&between=1", 3, 3, []string{sanctions, meets, "Turkey -meets-> Iran 1 cooperation asserted", toHostile}},
		{"of=kg:Russia&nodes=1", 1, 3, []string{sanctions}},
		{"of=kg:Russia&min=2", 2, 2, []string{sanctions, meets}},
		{"of=kg:Russia&side=conflict", 1, 1, []string{sanctions}},
		{"of=kg:Russia&status=reported", 1, 1, []string{"Russia -sanctions-> Turkey 1 conflict reported"}},
		{"of=kg:Russia&status=denied&from=2017-05&to=2017-05", 1, 1, []string{"Russia -meets-> Iran 1 cooperation denied"}},
		{"of=kg:Aleppo", 0, 0, nil}, // a place of a statement, at neither end
	} {
		var v graphView
		getJSON(t, s, "/graph.json?"+tt.query, &v)
		if v.Shown != tt.shown || v.Total != tt.total || len(v.Nodes) != tt.shown+1 {
			t.Errorf("%s: %d of %d, %d nodes", tt.query, v.Shown, v.Total, len(v.Nodes))
		}
		if d := cmp.Diff(tt.edges, edgesOf(&v)); d != "" {
			t.Errorf("%s: %s", tt.query, d)
		}
	}
}

func TestOverview(t *testing.T) {
	s := drawnServer(t)
	var v graphView
	getJSON(t, s, "/graph.json", &v)
	if v.Of != nil || v.Shown != 4 || v.Total != 4 || v.TotalEdges != 4 || v.Statements != 7 {
		t.Errorf("%+v", v)
	}
	getJSON(t, s, "/graph.json?nodes=3", &v)
	if v.Shown != 3 || v.Total != 4 || v.TotalEdges != 3 {
		t.Errorf("the first three: %d of %d names, %d links", v.Shown, v.Total, v.TotalEdges)
	}
	w := call(t, s, "GET", "/graph", "")
	for _, want := range []string{"Showing 4 of 4 names", `<a href="/entity/Russia">Russia</a>`, `src="/static/overview.js?v=`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q in %s", want, w.Body)
		}
	}
}

func TestEdgeStatements(t *testing.T) {
	s := drawnServer(t)
	var v edgeView
	getJSON(t, s, "/graph/statements.json?source=kg:Russia&target=kg:Turkey&of_side=conflict&status=asserted", &v)
	if v.Total != 2 || v.Shown != 2 || v.Statements[0].Article.Day != "2017-05-04" || len(v.Statements[0].Sentence) == 0 {
		t.Errorf("%+v", v)
	}
	if u, err := url.Parse(v.URL); err != nil || u.Path != "/pair" || u.Query().Get("status") != "asserted" {
		t.Errorf("the pair is at %q", v.URL)
	}
	getJSON(t, s, "/graph/statements.json?source=kg:Turkey&target=kg:Russia", &v)
	if v.Total != 0 || v.Statements == nil {
		t.Errorf("the other way: %+v", v)
	}
}

// TestDrawingRefusals says that faulty parameters are named.
func TestDrawingRefusals(t *testing.T) {
	s := drawnServer(t)
	for target, status := range map[string]int{
		"/graph.json?of=kg:Nobody":                        404,
		"/graph.json?of=kg:Russia&nodes=0":                400,
		"/graph.json?of=kg:Russia&nodes=5001":             400,
		"/graph.json?of=kg:Russia&min=x":                  400,
		"/graph.json?side=up":                             400,
		"/graph.json?from=yesterday":                      400,
		"/graph/statements.json?source=kg:Russia":         400,
		"/graph/statements.json?source=kg:Nobody&target=": 404,
	} {
		w := call(t, s, "GET", target, "")
		u, _ := url.Parse(target)
		named := false
		for k := range u.Query() {
			named = named || strings.Contains(errorOf(w), k+":") || strings.Contains(errorOf(w), k+" and")
		}
		if w.Code != status || !named {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

// TestDrawnPages says that every page of drawings works without script, escapes what articles say, and lets only our scripts run.
func TestDrawnPages(t *testing.T) {
	s := drawnServer(t)
	for _, target := range []string{"/graph?of=kg:Russia", "/graph"} {
		w := call(t, s, "GET", target, "")
		body := w.Body.String()
		if w.Code != 200 || strings.Contains(body, "<img") || strings.Contains(body, "<script>") || strings.Contains(body, "style=") {
			t.Errorf("%s: %d, or something of an article stands in it unescaped: %s", target, w.Code, body)
		}
		if !strings.Contains(body, html.EscapeString("onerror=alert(1)")) {
			t.Errorf("%s does not name %s", target, hostile)
		}
		for _, want := range []string{"<h1>", "<table", `scope="col"`, "howing "} {
			if !strings.Contains(body, want) {
				t.Errorf("%s has no %s", target, want)
			}
		}
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %s", target, policy)
		}
	}
}
