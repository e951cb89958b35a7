package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kg/graph"
	"kg/internal/index"
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
	s := serverOf(t, store, Options{})
	if _, err := s.live.Index(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// getJSON reads the answer to a GET into v.
func getJSON(t testing.TB, s *Server, target string, v any) {
	t.Helper()
	w := call(t, s, "GET", target, "")
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/json" {
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

// What is merely called a state's own is left out of its drawing, unless that is little, and counts for nothing in the order of others.
func TestOwnBodies(t *testing.T) {
	lines := "2017-01-10 | Alpha Post | Russia | meets | Turkey | asserted | | | .95"
	for _, name := range []string{"Turkey", "Iran", "Peru", "NATO", "Sergei_Lavrov", "treaty"} {
		lines += "\n2017-01-11 | Alpha Post | Russia | has | " + name + " | asserted | | | .7"
	}
	recs := toldRecords(t, lines, newsThings)
	for _, rec := range recs[1:] {
		rec.Claims[0].Rule = "demonym"
	}
	s := toldServer(t, recs)
	var v graphView
	getJSON(t, s, "/graph.json?of=kg:Russia", &v)
	if v.Shown != 1 || v.Total != 6 || v.Own != 5 || v.Nodes[1].ID != "kg:Turkey" || v.Statements != 2 {
		t.Errorf("%d of %d neighbours, %d left out, %d statements", v.Shown, v.Total, v.Own, v.Statements)
	}
	has(t, pageOf200(t, s, "/graph?of=kg:Russia"), "5 further ones are merely called its own", "/graph?of=kg%3ARussia&amp;own=1")
	v = graphView{}
	if getJSON(t, s, "/graph.json?of=kg:Russia&own=1", &v); v.Shown != 6 || v.Own != 0 || v.Nodes[1].ID != "kg:Turkey" {
		t.Errorf("with its own: %d neighbours, %d left out", v.Shown, v.Own)
	}
	has(t, pageOf200(t, s, "/graph?of=kg:Russia&own=1"), "Leave out what is merely called its own")
	v = graphView{}
	if getJSON(t, s, "/graph.json?of=kg:Iran", &v); v.Shown != 1 || v.Own != 0 { // whose it is says something of a body
		t.Errorf("of a body: %d neighbours, %d left out", v.Shown, v.Own)
	}
	has(t, pageOf200(t, toldServer(t, recs[:4]), "/graph?of=kg:Russia"), "3 of 3 neighbours")
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
	settleStore(t, s)
	for _, target := range []string{"/graph?of=kg:Russia", "/graph", "/timeline?of=kg:Russia", "/timeline", "/matrix", "/matrix?by=months", "/map", "/map?place=kg:Aleppo", "/query?q=" + url.QueryEscape(`g.V("<kg:Hostile>").Tag("source").Out("<kgo:meets>").Tag("target").All()`)} {
		w := call(t, s, "GET", target, "")
		body := w.Body.String()
		if w.Code != 200 || strings.Contains(body, "<img") || strings.Contains(body, "<script>") || strings.Contains(body, "style=") {
			t.Errorf("%s: %d, or something of an article stands in it unescaped: %s", target, w.Code, body)
		}
		if target != "/map" && !strings.Contains(body, html.EscapeString("onerror=alert(1)")) {
			t.Errorf("%s does not name %s", target, hostile)
		}
		for _, want := range []string{"<h1>", "<table", `scope="col"`, "howing "} {
			if strings.HasPrefix(target, "/query") && want == "howing " {
				want = "1 row" // all of them
			}
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

func TestTimeline(t *testing.T) {
	s := drawnServer(t)
	var v timelineView
	getJSON(t, s, "/timeline.json?of=kg:Russia", &v)
	sum := timeBin{}
	for i, b := range v.Bins {
		sum.Cooperation, sum.Conflict, sum.Other = sum.Cooperation+b.Cooperation, sum.Conflict+b.Conflict, sum.Other+b.Other
		if i > 0 {
			if day, _ := index.ParseDay(v.Bins[i-1].To); (day + 1).String() != b.From {
				t.Errorf("a gap before %s", b.From)
			}
		}
	}
	if v.Unit != "day" || v.From != "2017-03-04" || v.To != "2017-05-04" || v.Total != 7 || sum != (timeBin{Cooperation: 3, Conflict: 3, Other: 1}) {
		t.Errorf("%s from %s to %s, %d statements, %+v", v.Unit, v.From, v.To, v.Total, sum)
	}
	if v.List == nil || len(v.List.Rows) != 7 {
		t.Errorf("statements: %+v", v.List)
	}
	getJSON(t, s, "/timeline.json?of=kg:Russia&from=2017-05&side=conflict", &v)
	if v.Total != 2 || len(v.Bins) != 1 || v.Bins[0].Conflict != 2 {
		t.Errorf("conflict since May: %d, %+v", v.Total, v.Bins)
	}
	v = timelineView{}
	getJSON(t, s, "/timeline.json", &v)
	if v.Total != 8 || v.Of != nil || v.List != nil {
		t.Errorf("everything: %d", v.Total)
	}
}

// TestBins says that bins of every unit follow one another and hold the day that they are made for.
func TestBins(t *testing.T) {
	for _, unit := range []string{"day", "week", "month", "year"} {
		for day := index.Day(17000); day < 18500; day += 7 {
			first := firstOf(unit, day)
			next := nextOf(unit, first)
			if first > day || next <= day || firstOf(unit, next) != next || firstOf(unit, next-1) != first {
				t.Errorf("%s of %s: %s to %s", unit, day, first, next)
			}
		}
	}
	if first := firstOf("week", 17001); first.Time().Weekday() != time.Monday {
		t.Errorf("a week begins on %s", first.Time().Weekday())
	}
}

func TestMatrix(t *testing.T) {
	s := drawnServer(t)
	cell := func(v *matrixView, row, column string) matrixCell {
		for _, r := range v.Rows {
			for i, h := range v.Heads {
				if r.Name == row && h.Name == column {
					return r.Cells[i]
				}
			}
		}
		t.Errorf("no cell %s, %s", row, column)
		return matrixCell{}
	}
	var v matrixView
	getJSON(t, s, "/matrix.json", &v)
	if !v.Usual || len(v.Actors) != 4 || v.Total != 4 || v.Statements != 6 {
		t.Errorf("%+v", v)
	}
	c := cell(&v, "Russia", "Turkey")
	if c.N != 3 || c.Mean != -8 || !strings.HasPrefix(c.URL, "/pair?a=kg%3ARussia&b=kg%3ATurkey") || c.Class() != "m-4" || c.Number() != "−8.0" {
		t.Errorf("Russia to Turkey: %+v %s %s", c, c.Class(), c.Number())
	}
	if c = cell(&v, "Russia", "Iran"); c.N != 1 || c.Mean != 1 { // what is denied does not count
		t.Errorf("Russia to Iran: %+v", c)
	}
	if c = cell(&v, "Turkey", "Russia"); c.N != 0 || c.URL != "" {
		t.Errorf("Turkey to Russia: %+v", c)
	}
	if c = cell(&v, "Russia", "Russia"); !c.Self {
		t.Errorf("the diagonal: %+v", c)
	}
	v = matrixView{}
	getJSON(t, s, "/matrix.json?from=2017-05&to=2017-05&status=denied&status=asserted", &v)
	if c = cell(&v, "Russia", "Iran"); c.N != 1 || v.Usual || !strings.Contains(c.URL, "from=2017-05-01") || !strings.Contains(c.URL, "to=2017-05-31") {
		t.Errorf("denied in May: %+v", c)
	}
	v = matrixView{}
	getJSON(t, s, "/matrix.json?by=months", &v)
	if c = cell(&v, "Russia → Turkey", "May 2017"); c.N != 2 || !strings.Contains(c.URL, "from=2017-05&") || v.ShownMonths != 2 || v.TotalPairs != 4 {
		t.Errorf("by months: %+v, %d months, %d pairs", c, v.ShownMonths, v.TotalPairs)
	}
	v = matrixView{}
	getJSON(t, s, "/matrix.json?actor=kg:Russia&add=Turk", &v)
	if len(v.Actors) != 2 || v.Actors[1].Name != "Turkey" || !v.Chosen {
		t.Errorf("Russia and one that begins with Turk: %+v", v.Actors)
	}
	v = matrixView{}
	getJSON(t, s, "/matrix.json?n=2", &v)
	if len(v.Actors) != 2 || v.Actors[0].Name != "Russia" || v.Actors[1].Name != "Turkey" {
		t.Errorf("the two with most between them: %+v", v.Actors)
	}
	for _, target := range []string{"/matrix.json?by=day", "/matrix.json?n=1", "/matrix.json?n=31"} {
		if w := call(t, s, "GET", target, ""); w.Code != 400 {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	if w := call(t, s, "GET", "/matrix?add=Atlantis&actor=kg:Iran&actor=kg:Russia", ""); w.Code != 200 || !strings.Contains(w.Body.String(), "nothing called “Atlantis”") {
		t.Errorf("a name that nobody has: %d %s", w.Code, w.Body)
	}
}

// TestMatrixColours says that the colour follows the number, the same way on both sides.
func TestMatrixColours(t *testing.T) {
	for mean, want := range map[float64]string{-10: "m-5", -9.1: "m-5", -8: "m-4", -1.1: "m-1", -0.9: "m0", 0: "m0", 0.9: "m0", 1.1: "m1", 8: "m4", 9.1: "m5", 10: "m5"} {
		if got := (matrixCell{N: 1, Mean: mean}).Class(); got != want {
			t.Errorf("%v: %s, want %s", mean, got, want)
		}
	}
}

// settleStore makes the derived graphs of s's store: events.
func settleStore(t testing.TB, s *Server) {
	t.Helper()
	ctx := context.Background()
	const event = "kg:event/2017-03-04/meeting"
	quads := []graph.Quad{
		{Subject: graph.Res(event), Predicate: graph.Res("rdf:type"), Object: graph.Res("kgo:Event")},
		{Subject: graph.Res(event), Predicate: graph.Res("rdfs:label"), Object: graph.Term{Kind: graph.Literal, Value: "meeting " + hostile}},
		{Subject: graph.Res(event), Predicate: graph.Res(graph.KgoEventType), Object: graph.Term{Kind: graph.Literal, Value: "CONSULT"}},
		{Subject: graph.Res(event), Predicate: graph.Res(graph.KgoAgent), Object: graph.Res("kg:Russia")},
		{Subject: graph.Res(event), Predicate: graph.Res(graph.SemPlace), Object: graph.Res("kg:Aleppo")},
		{Subject: graph.Res(event), Predicate: graph.Res(graph.SemTime), Object: graph.TimeTerm("2017-03-04")},
		{Subject: graph.Res("kg:claim/1"), Predicate: graph.Res(graph.KgoOfEvent), Object: graph.Res(event)},
	}
	if _, err := s.graph.Settle(ctx, "", map[graph.IRI][]graph.Quad{graph.EventGraph: quads}, "test"); err != nil {
		t.Fatal(err)
	}
	// The index is made anew in the background.
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if x, err := s.live.Index(ctx); err == nil && len(x.Events) > 0 {
			return
		}
	}
	t.Fatal("no events")
}

func TestMap(t *testing.T) {
	s := drawnServer(t)
	settleStore(t, s)
	var v mapView
	getJSON(t, s, "/map.json", &v)
	if len(v.Places) == 0 || v.Places[0].Name != "Aleppo" || v.Places[0].Kind != "city" || v.Places[0].Lat == nil || int(*v.Places[0].Lat) != 36 || int(*v.Places[0].Lon) != 37 {
		t.Fatalf("%+v", v)
	}
	if v.Placed != v.Places[0].Events || v.Located != 1 || v.Places[0].Statements != 1 {
		t.Errorf("%+v", v)
	}
	getJSON(t, s, "/map.json?place=kg:Aleppo", &v)
	if v.Place == nil || len(v.Here) != v.Places[0].Events || v.Here[0].URL == "" {
		t.Errorf("events of Aleppo: %+v", v.Here)
	}
	v = mapView{}
	getJSON(t, s, "/map.json?from=2018", &v)
	if len(v.Places) != 0 || v.Placeless != 0 {
		t.Errorf("since 2018: %+v", v)
	}
	if w := call(t, s, "GET", "/map?place=kg:Iran", ""); w.Code != 200 || !strings.Contains(w.Body.String(), "no events") {
		t.Errorf("a place without events: %d %s", w.Code, w.Body)
	}
}

func TestQueryCSV(t *testing.T) {
	s := drawnServer(t)
	const query = `g.V("<kg:Hostile>").Tag("source").In("<rdf:subject>").Save("<rdf:predicate>", "relation").Out("<rdf:object>").Tag("target").All()`
	w := call(t, s, "GET", "/query.csv?"+url.Values{"lang": {"gizmo"}, "q": {query}}.Encode(), "")
	want := "relation,relation label,source,source label,target,target label\r\n" +
		`kgo:meets,meets,kg:Hostile,"</script><img src=x onerror=alert(1)>""'&",kg:Russia,Russia` + "\r\n"
	if w.Code != 200 || w.Header().Get("Content-Disposition") != `attachment; filename="query.csv"` || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if d := cmp.Diff(want, w.Body.String()); d != "" {
		t.Error(d)
	}
	for target, status := range map[string]int{"/query.csv": 400, "/query.csv?q=g.V(": 400, "/query.csv?q=g.V()&limit=x": 400} {
		if w := call(t, s, "GET", target, ""); w.Code != status {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := call(t, s, "GET", "/query.csv?q=g.V().All()", "", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"); w.Code != 403 {
		t.Errorf("from elsewhere: %d", w.Code)
	}
	for in, want := range map[string]string{"=1+1": "'=1+1", "-2.5": "-2.5", "@x": "'@x", "+a": "'+a", "a=b": "a=b", "": ""} {
		if got := plainCell(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestQueryDrawing(t *testing.T) {
	s := drawnServer(t)
	q := url.Values{"q": {`g.V("<kg:Russia>").Tag("source").Out("<kgo:meets>").Tag("target").All()`}}.Encode()
	body := call(t, s, "GET", "/query?"+q, "").Body.String()
	for _, want := range []string{`data-rows="/query.json?`, "/static/graph.js?v=", "/static/query.js?v=", `href="/entity/Iran"`, `href="/query.csv?`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	var v queryView
	getJSON(t, s, "/query.json?"+q, &v)
	if len(v.Rows) != 1 || v.Rows[0][1].ID != "kg:Iran" || v.Rows[0][1].Text != "Iran" {
		t.Errorf("%+v", v)
	}
	body = call(t, s, "GET", "/query?q="+url.QueryEscape(`g.V("<kg:Russia>").All()`), "").Body.String()
	if strings.Contains(body, "data-rows") || strings.Contains(body, "graph.js") {
		t.Errorf("rows without a source are drawn: %s", body)
	}
}

func TestQueryCompletion(t *testing.T) {
	s := drawnServer(t)
	for q, want := range map[string]string{"kg:Rus": "kg:Russia", "kgo:mee": "kgo:meets", "sanc": "kgo:sanctions", "Turk": "kg:Turkey", "rdf": "rdf:", "kg": "kg:"} {
		var v struct{ List []completion }
		getJSON(t, s, "/query/complete.json?"+url.Values{"q": {q}}.Encode(), &v)
		if !slices.ContainsFunc(v.List, func(c completion) bool { return c.Value == want }) {
			t.Errorf("%q: %+v has no %s", q, v.List, want)
		}
	}
}

// TestQueryExamples says that every example that the query page offers has an answer.
func TestQueryExamples(t *testing.T) {
	s := drawnServer(t)
	list := s.queryExamples()
	langs := map[string]bool{}
	for _, e := range list {
		langs[e.Lang] = true
		var v queryView
		getJSON(t, s, "/query.json?"+url.Values{"lang": {e.Lang}, "q": {e.Query}}.Encode(), &v)
		if len(v.Rows) == 0 {
			t.Errorf("%s (%s %s) has no answer", e.Title, e.Lang, e.Query)
		}
	}
	if len(langs) != 3 {
		t.Errorf("examples in %v", langs)
	}
}
