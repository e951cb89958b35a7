package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"kg/graph"
	"kg/internal/index"
	"kg/internal/settle"
	"kg/schema"
)

// Entities and relations of the news below.
var (
	newsThings = []graph.Entity{
		{ID: "kg:Russia", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Thing"}, Label: "Russia", Aliases: []string{"Moscow"}, SameAs: []graph.IRI{"http://www.wikidata.org/entity/Q159"}},
		{ID: "kg:Turkey", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Thing"}, Label: "Turkey"},
		{ID: "kg:Iran", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Thing"}, Label: "Iran"},
		{ID: "kg:Peru", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Thing"}, Label: "Peru"},
		{ID: "kg:NATO", Types: []graph.IRI{"kgo:InternationalOrganization", "kgo:Organization", "kgo:Actor", "kgo:Thing"}, Label: "NATO"},
		{ID: "kg:Sergei_Lavrov", Types: []graph.IRI{"kgo:Person", "kgo:Actor", "kgo:Thing"}, Label: "Sergei Lavrov"},
		{ID: "kg:Lavrov", Types: []graph.IRI{"kgo:Person", "kgo:Actor", "kgo:Thing"}, Label: "Lavrov"},
		{ID: "kg:foreign_minister", Types: []graph.IRI{"kgo:Position", "kgo:Thing"}, Label: "foreign minister"},
		{ID: "kg:treaty", Types: []graph.IRI{"kgo:Agreement", "kgo:Thing"}, Label: "treaty"},
		{ID: "kg:lonely", Types: []graph.IRI{"kgo:Thing"}, Label: "lonely"},
	}
	newsRelations = []graph.Relation{
		{ID: "kgo:meets", Label: "meets", Symmetric: true, PLOVER: "CONSULT", CAMEO: "040", Goldstein: "1"},
		{ID: "kgo:aids", Label: "aids", PLOVER: "AID", CAMEO: "070", Goldstein: "7"},
		{ID: "kgo:rejects", Label: "rejects", PLOVER: "REJECT", CAMEO: "120", Goldstein: "-4"},
		{ID: "kgo:attacks", Label: "attacks", PLOVER: "ASSAULT", CAMEO: "190", Goldstein: "-10"},
		{ID: "kgo:holdsPosition", Label: "holds position"},
		{ID: "kgo:memberOf", Label: "member of"},
		{ID: "kgo:has", Label: "has"},
		{ID: "kgo:open/laugh_at", Label: "laugh at", Parent: "kgo:relatedTo"},
	}
)

// news is what the tests' articles say, one statement each: day | outlet | subject | relation | object or "words" | status |
// speaker | time | confidence.
const news = `
2017-01-10 | Alpha Post | Russia | meets | Turkey | asserted | | | .95
2017-01-11 | Beta Times | Turkey | meets | Russia | asserted | | | .85
2017-02-03 | Alpha Post | Russia | aids | Turkey | planned | | 2017-06 | .7
2017-03-05 | Alpha Post | Russia | attacks | Turkey | asserted | | 2017-03-04 | .9
2017-03-05 | Beta Times | Russia | attacks | Turkey | asserted | | 2017-03-04 | .9
2017-03-06 | Beta Times | Russia | attacks | Turkey | denied | Sergei_Lavrov | 2017-03-04 | .8
2017-04-01 | Beta Times | Turkey | rejects | treaty | asserted | Lavrov | | .6
2017-04-02 | Alpha Post | Sergei_Lavrov | holdsPosition | foreign_minister | asserted | | 2004/.. | .9
2017-04-02 | Alpha Post | Sergei_Lavrov | memberOf | NATO | denied | | | .9
2017-04-03 | Beta Times | Russia | open/laugh_at | Iran | possible | | | .4
2017-04-04 | Beta Times | Iran | aids | Peru | asserted | | | .9
2017-04-05 | Beta Times | Russia | has | "44 ships" | asserted | | | .9
2017-04-06 | Alpha Post | Russia | has | "44 ships" | asserted | | | .9
`

// toldRecords are the articles of lines such as those of news.
func toldRecords(t testing.TB, lines string, things []graph.Entity) []*graph.Record {
	t.Helper()
	entity := func(name string) graph.IRI {
		if name == "" {
			return ""
		}
		i := slices.IndexFunc(things, func(e graph.Entity) bool { return string(e.ID) == "kg:"+name })
		if i < 0 {
			t.Fatalf("no entity %q", name)
		}
		return things[i].ID
	}
	var recs []*graph.Record
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		f := strings.Split(line, "|")
		if len(f) != 9 {
			t.Fatalf("%d fields in %s", len(f), line)
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		day, err := time.Parse(time.DateOnly, f[0])
		if err != nil {
			t.Fatal(err)
		}
		n := len(recs)
		id := fmt.Sprintf("n%03d", n)
		text := fmt.Sprintf("It is said that %s did number %d to %s.", f[2], n, strings.Trim(f[4], `"`))
		rec := &graph.Record{
			Article: graph.Article{ID: graph.IRI("kg:article/" + id), Headline: "Headline " + id, URL: "https://news.example/" + id, Publisher: f[1], Published: day,
				Language: "en", Hash: "h" + id},
			Sentences: []graph.Sentence{{ID: graph.IRI("kg:sentence/" + id), Span: graph.Span{Begin: 0, End: len([]rune(text))}, Text: text}},
			Entities:  slices.Clone(things), Relations: newsRelations,
		}
		c := graph.Claim{ID: graph.IRI("kg:claim/" + id), Sentence: rec.Sentences[0].ID, Span: rec.Sentences[0].Span, Subject: entity(f[2]),
			Predicate: graph.IRI("kgo:" + f[3]), Polarity: "+", Modality: "asserted", AttributedTo: entity(f[6]), Time: f[7], Rule: "svo",
			SubjectSpan: charsOf(t, text, f[2]), PredicateSpan: charsOf(t, text, "did"), ObjectSpan: charsOf(t, text, strings.Trim(f[4], `"`)+".")}
		c.ObjectSpan.End--
		if words, ok := strings.CutPrefix(f[4], `"`); ok {
			c.Object = graph.Object{Literal: strings.TrimSuffix(words, `"`), Datatype: "xsd:string"}
		} else {
			c.Object = graph.Object{Entity: entity(f[4])}
		}
		switch f[5] {
		case "denied":
			c.Polarity = "-"
		default:
			c.Modality = f[5]
		}
		if _, err := fmt.Sscan(f[8], &c.Confidence); err != nil {
			t.Fatal(err)
		}
		rec.Claims = []graph.Claim{c}
		recs = append(recs, rec)
	}
	return recs
}

// toldServer serves records with what is derived from them. The names of judgements are merged.
func toldServer(t testing.TB, recs []*graph.Record, judgements ...graph.Judgement) *Server {
	t.Helper()
	ctx := context.Background()
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Add(ctx, recs...); err != nil {
		t.Fatal(err)
	}
	if len(judgements) > 0 {
		if _, err := store.Judge(ctx, judgements, nil); err != nil {
			t.Fatal(err)
		}
	}
	facts, err := store.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Settle(ctx, "", settle.Derive(facts, sch), "test"); err != nil {
		t.Fatal(err)
	}
	return serverOf(t, store, Options{})
}

var lavrov = graph.Judgement{Kind: graph.Merge, From: "kg:Lavrov", Into: "kg:Sergei_Lavrov", By: "Anna", When: time.Date(2020, 2, 3, 0, 0, 0, 0, time.UTC), Evidence: "the same <b>minister</b>"}

// view reads the JSON twin of a page.
func view[T any](t testing.TB, s *Server, target string) (v T) {
	t.Helper()
	getJSON(t, s, target, &v)
	return v
}

// words are the texts of a page's element of an id, or of its section where that is a heading, with single spaces between; of main where
// id is "". Drawings and what fields offer are left out.
func words(t testing.TB, doc *html.Node, id string) string {
	t.Helper()
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || id != "" && attr(n, "id") != id || id == "" && n.Data != "main" {
			continue
		}
		if n.Data == "h2" {
			n = n.Parent
		}
		var list []string
		for c := range n.Descendants() {
			if c.Type == html.TextNode && !slices.Contains([]string{"title", "text", "option"}, c.Parent.Data) {
				list = append(list, strings.Fields(c.Data)...)
			}
		}
		return strings.Join(list, " ")
	}
	t.Errorf("the page has no #%s", id)
	return ""
}

func wants(t testing.TB, what, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s has no %q:\n%s", what, p, text)
		}
	}
}

func TestEntityPage(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	w := call(t, s, "GET", "/entity/Russia", "")
	doc := parsed(t, w)
	wants(t, "Russia", words(t, doc, ""), "Russia state Reported 9 statements in 9 articles from 10 January 2017 to 6 April 2017", "Also called Moscow", "Wikidata Q159")
	wants(t, "partners", words(t, doc, "partners"), "Turkey state What is said of the two: 6")
	// "meets" is one relation whichever comes first; what is only planned is not shown as if it were so.
	wants(t, "relations", words(t, doc, "relations"), "meets (cooperation) … 2 statements, 2 articles, 1 name", "10 Jan – 11 Jan 2017",
		"attacks (conflict) … 3 statements, 3 articles, 1 name", "Turkey 1 denied", "aids (cooperation) … 1 statement", "Turkey planned", "Iran possible")
	// Denied by one, asserted by two.
	wants(t, "contradictions", words(t, doc, "opposites"), "showing 2 of 2 pairs of statements", "One says what the other denies", "according to Sergei Lavrov", "denied")
	wants(t, "facts", words(t, doc, "facts"), "showing 1 of 1", "has 44 ships")
	wants(t, "events", words(t, doc, "events"), "Russia attacks Turkey", "4 March 2017", "2")
	wants(t, "statements", words(t, doc, "statements"), "all 9 statements", "It is said that Russia did number 12 to 44 ships .",
		"Headline n002 · Alpha Post · 3 February 2017 · tells of June 2017 · fairly sure (0.70)", "2 independent articles")
	for _, class := range []string{"denied", "planned", "possible", "reported"} {
		if len(all(doc, "span", class)) == 0 {
			t.Errorf("nothing looks %s", class)
		}
	}
	// The drawings take the filter along.
	if w := call(t, s, "GET", "/entity/Russia?status=denied&side=conflict", ""); !strings.Contains(w.Body.String(), `href="/timeline?of=kg%3ARussia&amp;side=conflict&amp;status=denied"`) {
		t.Error("the link to the timeline has no filter")
	}
	marks := map[string]string{}
	quotes := all(doc, "blockquote", "")
	i := slices.IndexFunc(quotes, func(n *html.Node) bool { return strings.Contains(textOf(n), "44 ships") })
	for _, m := range all(quotes[i], "mark", "") {
		marks[attr(m, "class")] = textOf(m)
	}
	if d := cmp.Diff(map[string]string{"subject": "Russia", "relation": "did", "object": "44 ships"}, marks); d != "" {
		t.Error(d)
	}

	v := view[entityView](t, s, "/entity/Russia.json")
	if v.Entity.Label != "Russia" || v.Statements != 9 || v.Articles != 9 || v.First != "2017-01-10" || v.Last != "2017-04-06" || v.List.Total != 9 || len(v.List.Rows) != 9 {
		t.Errorf("%+v", v)
	}
	if n := sum(v.Spark.Counts); n != 9 {
		t.Errorf("the sparkline shows %d statements: %+v", n, v.Spark)
	}
	p := v.Partners[0]
	if p.Thing.ID != "kg:Turkey" || p.Statements != 6 || p.Cooperation != 3 || p.Conflict != 3 || p.Articles != 6 || p.Independent != 2 || p.First != "2017-01-10" || p.Last != "2017-06-01" {
		t.Errorf("partner %+v", p)
	}

	// A person: offices with their time, the merged name and who merged it.
	doc = parsed(t, call(t, s, "GET", "/entity/Sergei_Lavrov", ""))
	wants(t, "positions", words(t, doc, "positions"), "Positions held", "holds position foreign minister since 2004", "member of NATO denied")
	wants(t, "Lavrov", words(t, doc, ""), "1 name was taken for the same", "Anna, 3 February 2020", "the same <b>minister</b>", "Also called Lavrov")
	wants(t, "NATO", words(t, parsed(t, call(t, s, "GET", "/entity/NATO", "")), "offices"), "Who leads, represents or works for NATO", "Sergei Lavrov denied")

	// The name leads to the entity, with form and parameters.
	for target, want := range map[string]string{"/entity/Lavrov": "/entity/Sergei_Lavrov", "/entity/Lavrov.json?status=denied": "/entity/Sergei_Lavrov.json?status=denied",
		"/entity?id=Lavrov": "/entity/Sergei_Lavrov", "/entity/Lavrov.ttl": "/entity/Sergei_Lavrov.ttl"} {
		if w := call(t, s, "GET", target, ""); w.Code != 302 || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %s, want %s", target, w.Code, w.Header().Get("Location"), want)
		}
	}
	// Nothing is said of it, but it is there.
	wants(t, "lonely", words(t, parsed(t, call(t, s, "GET", "/entity/lonely", "")), ""), "An article names lonely, but no statement about it was found.")
}

func sum(list []int) (n int) {
	for _, k := range list {
		n += k
	}
	return n
}

func TestUnknownNames(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings))
	for target, want := range map[string]string{
		"/entity/Sergey_Lavrof": "/entity/Sergei_Lavrov", "/entity/Turky": "/entity/Turkey", "/entity/": "start page", "/entity": "start page",
		"/entity/<script>": "&lt;script&gt;", "/pair?a=kg:Russia&b=Turky": "/pair?a=kg%3ARussia&amp;b=kg%3ATurkey", "/relation/laughs_at": "/relation/open/laugh_at", "/relation/": "list of relations",
	} {
		w := call(t, s, "GET", strings.NewReplacer("<", "%3C", ">", "%3E").Replace(target), "")
		if w.Code != 404 || !strings.Contains(w.Body.String(), want) || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: %d has no %s: %s", target, w.Code, want, w.Body)
		}
	}
	var e struct {
		Error   string
		Similar []thing
	}
	w := call(t, s, "GET", "/entity/Turky.json", "")
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != 404 || e.Error == "" || len(e.Similar) != 1 || e.Similar[0].ID != "kg:Turkey" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Every parameter of a filter picks what it says, is shown as set, and is taken away by its chip.
func TestFilters(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	for _, tt := range []struct {
		query string
		want  string // claims, oldest first
		chips int
	}{
		{"", "000 001 002 003 004 005 009 011 012", 0},
		{"relation=kgo:attacks", "003 004 005", 1},
		{"relation=kgo:attacks,kgo:meets", "000 001 003 004 005", 2},
		{"relation=kgo:attacks&relation=kgo:meets", "000 001 003 004 005", 2},
		{"relation=kgo:nothing", "", 1},
		{"status=denied", "005", 1},
		{"status=denied,possible&status=planned", "002 005 009", 3},
		{"side=conflict", "003 004 005", 1},
		{"side=cooperation", "000 001 002", 1},
		{"from=2017-03", "002 003 004 005 009 011 012", 1},
		{"from=2017-03-04&to=2017-03-04", "003 004 005", 2},
		{"to=2017-01", "000 001", 1},
		{"outlet=Beta+Times", "001 004 005 009 011", 1},
		{"speaker=kg:Sergei_Lavrov", "005", 1},
		{"speaker=kg:Lavrov", "005", 1},
		{"speaker=-", "000 001 002 003 004 009 011 012", 1},
		{"confidence=.9", "000 003 004 011 012", 1},
		{"articles=2", "000 001 003 004 011 012", 1},
		{"type=kgo:State&role=object", "001", 2},
		{"role=subject&status=asserted", "000 003 004 011 012", 2},
		{"text=iRAn", "009", 1},
		{"text=ships", "011 012", 1},
		{"relation=kgo:meets&outlet=Alpha+Post&confidence=.9", "000", 3},
	} {
		v := view[entityView](t, s, "/entity/Russia.json?sort=oldest&"+tt.query)
		var got []string
		for _, row := range v.List.Rows {
			got = append(got, strings.TrimPrefix(string(row.ID), "kg:claim/n"))
		}
		if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" || v.Filter.Picked != len(got) || v.Filter.Total != 9 {
			t.Errorf("%s: %s; %d of %d", tt.query, d, v.Filter.Picked, v.Filter.Total)
		}
		if len(v.Filter.Set) != tt.chips {
			t.Errorf("%s: %d chips %v", tt.query, len(v.Filter.Set), v.Filter.Set)
		}
		for _, chip := range v.Filter.Set {
			less := view[entityView](t, s, chip.URL)
			same := 0
			for _, c := range v.Filter.Set {
				if c.Name == chip.Name {
					same++
				}
			}
			// Of two values of a parameter one picks less; without any it picks more.
			if len(less.Filter.Set) != tt.chips-1 || same == 1 && less.Filter.Picked < v.Filter.Picked || same > 1 && less.Filter.Picked > v.Filter.Picked {
				t.Errorf("%s without %s: %d chips, %d statements", tt.query, chip.Text, len(less.Filter.Set), less.Filter.Picked)
			}
		}
		// What a facet counts is what choosing it gives.
		for _, f := range v.Filter.Facets {
			for _, o := range f.Options {
				if !f.One && o.On {
					continue
				}
				q, err := url.ParseQuery(tt.query)
				if err != nil {
					t.Fatal(err)
				}
				q.Set(f.Name, o.Value)
				if n := view[entityView](t, s, "/entity/Russia.json?"+q.Encode()).Filter.Picked; n != o.N {
					t.Errorf("%s: %s=%s is said to have %d, has %d", tt.query, f.Name, o.Value, o.N, n)
				}
			}
		}
		doc := parsed(t, call(t, s, "GET", "/entity/Russia?"+tt.query, ""))
		if n := len(all(doc, "a", "set")); n != tt.chips {
			t.Errorf("%s: the page shows %d chips", tt.query, n)
		}
		if tt.want == "" {
			wants(t, tt.query, words(t, doc, ""), "No statement about Russia meets these conditions.")
		}
	}
}

func TestWrongParameters(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings))
	for _, path := range []string{"/entity/Russia?", "/pair?a=kg:Russia&b=kg:Turkey&", "/relation/attacks?"} {
		for query, want := range map[string]string{
			"status=true": `Status: "true" is not`, "side=left": `Side: "left"`, "from=soon": `From: "soon"`, "to=2017-13": `To: "2017-13"`, "from=2018&to=2017": `To: "2017" is before from: "2018"`,
			"confidence=2": `Confidence: "2"`, "confidence=NaN": `Confidence: "NaN"`, "articles=-1": `Articles: "-1"`, "role=boss": `Role: "boss"`, "offset=-1": `Offset: "-1"`, "offset=x": `Offset: "x"`,
			"limit=0": `Limit: "0"`, "limit=501": `Limit: "501"`, "sort=best": `Sort: "best"`, "offset=99999999999999999999": `Offset: "9`, "from=<script>": `From: "<script>"`,
		} {
			w := call(t, s, "GET", path+strings.NewReplacer("<", "%3C", ">", "%3E").Replace(query), "")
			if w.Code != 400 || !strings.Contains(html.UnescapeString(w.Body.String()), want) || strings.Contains(w.Body.String(), "<script>") {
				t.Errorf("%s%s: %d has no %s: %s", path, query, w.Code, want, w.Body)
			}
			if !strings.Contains(path, "pair") {
				w = call(t, s, "GET", strings.Replace(path, "?", ".json?", 1)+strings.NewReplacer("<", "%3C", ">", "%3E").Replace(query), "")
				if w.Code != 400 || !strings.EqualFold(errorOf(w)[:2], want[:2]) {
					t.Errorf("%s.json %s: %d %s", path, query, w.Code, w.Body)
				}
			}
		}
	}
	for _, target := range []string{"/relations?kind=x", "/pair?a=kg:Russia&b=kg:Russia", "/pair?a=Russia&b=kg:Russia"} {
		if w := call(t, s, "GET", target, ""); w.Code != 400 {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

// Pages of a list tile it, whatever the order.
func TestPaging(t *testing.T) {
	var lines strings.Builder
	for i := range 123 {
		fmt.Fprintf(&lines, "2017-%02d-%02d | Alpha Post | Russia | meets | Turkey | asserted | | | .%d\n", i%12+1, i%28+1, i%7+2)
	}
	s := toldServer(t, toldRecords(t, lines.String(), newsThings))
	for _, sort := range []string{"", "newest", "oldest", "surest", "articles"} {
		seen := map[graph.IRI]bool{}
		var rows []claimRow
		target := "/entity/Russia.json?limit=50&sort=" + sort
		pages := 0
		for ; target != ""; pages++ {
			v := view[entityView](t, s, target)
			if v.List.Total != 123 || v.List.Shown != len(v.List.Rows) || v.List.Offset != 50*pages || (v.List.Prev == "") != (pages == 0) {
				t.Errorf("%s: %+v", target, v.List.pager)
			}
			for _, row := range v.List.Rows {
				if seen[row.ID] {
					t.Errorf("%s has %s again", target, row.ID)
				}
				seen[row.ID] = true
				rows = append(rows, row)
			}
			target = v.List.Next
		}
		if len(seen) != 123 || pages != 3 {
			t.Errorf("sort %q: %d rows on %d pages", sort, len(seen), pages)
		}
		sorted := slices.IsSortedFunc(rows, func(a, b claimRow) int {
			switch sort {
			case "oldest":
				return strings.Compare(a.Article.Day, b.Article.Day)
			case "surest":
				return int(1000*b.Confidence) - int(1000*a.Confidence)
			case "articles":
				return b.Independent - a.Independent
			}
			return strings.Compare(b.Article.Day, a.Article.Day)
		})
		if !sorted {
			t.Errorf("not sorted by %q", sort)
		}
	}
	for target, want := range map[string]string{
		"/entity/Russia":                      "showing 1–50 of 123 statements",
		"/entity/Russia?offset=100":           "showing 101–123 of 123 statements",
		"/entity/Russia?offset=1000":          "showing none of 123 statements",
		"/entity/Russia?limit=500":            "all 123 statements",
		"/pair?a=kg:Russia&b=kg:Turkey":       "showing 1–50 of 123 statements",
		"/relation/meets?offset=120&limit=10": "showing 121–123 of 123 statements",
	} {
		wants(t, target, words(t, parsed(t, call(t, s, "GET", target, "")), "statements"), want)
	}
	if v := view[entityView](t, s, "/entity/Russia.json?offset=1000"); v.List.Prev == "" || len(view[entityView](t, s, v.List.Prev).List.Rows) != 50 {
		t.Errorf("beyond the end: %+v", v.List.pager)
	}
}

func TestPairPage(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	const target = "/pair?a=kg:Russia&b=kg:Turkey"
	doc := parsed(t, call(t, s, "GET", target, ""))
	wants(t, "pair", words(t, doc, ""), "Russia and Turkey", "acts of cooperation 1 mean score +7.0", "words of cooperation 2 mean score +1.0", "acts of conflict 3 mean score −10.0")
	wants(t, "table", words(t, doc, "timeline"), "January 2017 0 2 0 0 0 +1.0", "March 2017 0 0 0 3 0 −10.0", "June 2017 1 0 0 0 0 +7.0")
	if n := len(all(doc, "rect", "conflict")); n != 1+2 { // one month, two in the legend
		t.Errorf("%d bars of conflict", n)
	}
	wants(t, "events", words(t, doc, "events"), "Russia attacks Turkey", "showing the latest 2 of 2")
	wants(t, "filter", textOf(doc), "Russia acts", "Turkey acts")

	v := view[pairView](t, s, "/pair.json?a=kg:Turkey&b=kg:Russia")
	n := 0
	for _, p := range v.Chart.Parts {
		n += p.N()
	}
	if v.Chart.Unit != "month" || n+v.Chart.Out != 6 || v.List.Total != 6 || v.Searched || len(v.Classes) != 3 {
		t.Errorf("chart of %d: %+v %+v", n, v.Chart, v.Classes)
	}
	// A part of the chart leads to its statements.
	for _, p := range v.Chart.Parts {
		if p.N() > 0 {
			before, _, _ := strings.Cut(p.URL, "#")
			if m := view[pairView](t, s, before).List.Total; m != p.N() {
				t.Errorf("%s shows %d and leads to %d", p.Name, p.N(), m)
			}
		}
	}
	if v := view[pairView](t, s, "/pair.json?a=kg:Russia&b=kg:Turkey&role=object"); v.List.Total != 1 || v.List.Rows[0].Subject.ID != "kg:Turkey" {
		t.Errorf("Turkey acts: %+v", v.List)
	}

	// Not linked: a way over others, each step with its statement.
	v = view[pairView](t, s, "/pair.json?a=kg:Turkey&b=kg:Iran")
	if !v.Searched || len(v.Paths) != 1 || !v.Weak || len(v.Paths[0].Things) != 3 || v.Paths[0].Things[1].ID != "kg:Russia" || v.Paths[0].Steps[0].N != 6 || v.Shared != 1 {
		t.Errorf("Turkey to Iran: %+v", v)
	}
	if step := v.Paths[0].Steps[1]; step.Claim.Status != "possible" || len(step.Claim.Sentence) == 0 || step.N != 1 {
		t.Errorf("%+v", step)
	}
	doc = parsed(t, call(t, s, "GET", "/pair?a=kg:Turkey&b=kg:Peru", ""))
	wants(t, "way of three", words(t, doc, "paths"), "Turkey → Russia → Iran → Peru", "the only one of 3 steps, the fewest that there are", "6 statements of this step")
	wants(t, "way of three", words(t, doc, ""), "No statement connects the two directly", "There is a way over others; some of its statements are doubtful.")
	wants(t, "no way", words(t, parsed(t, call(t, s, "GET", "/pair?a=kg:Peru&b=kg:lonely", "")), ""), "Nor is there a way of at most three steps over others.")
	// Lavrov speaks of the two attacks: named together with Russia, though nothing is said of one to the other.
	doc = parsed(t, call(t, s, "GET", "/pair?a=kg:Sergei_Lavrov&b=kg:Russia", ""))
	wants(t, "together", words(t, doc, "together"), "showing the newest 1 of 1 statement that name both", "denied")

	// Names as people type them; those that mean another; the form alone.
	for target, want := range map[string]string{"/pair?a=Russia&b=turkey": "/pair?a=kg%3ARussia&b=kg%3ATurkey", "/pair?a=moscow&b=kg:Lavrov": "/pair?a=kg%3ARussia&b=kg%3ASergei_Lavrov",
		"/pair.json?a=Sergei+Lavrov&b=kg:NATO&status=denied": "/pair.json?a=kg%3ASergei_Lavrov&b=kg%3ANATO&status=denied"} {
		if w := call(t, s, "GET", target, ""); w.Code != 302 || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %s, want %s", target, w.Code, w.Header().Get("Location"), want)
		}
	}
	doc = parsed(t, call(t, s, "GET", "/pair?a=kg:Russia", ""))
	wants(t, "the form", words(t, doc, ""), "Most frequent partners of Russia With Statements Articles First to last Turkey state 6")
	if n := len(all(doc, "option", "")); n < 8 {
		t.Errorf("the form offers %d names", n)
	}
	parsed(t, call(t, s, "GET", "/pair", ""))
}

func TestRelationPages(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings))
	doc := parsed(t, call(t, s, "GET", "/relation/meets", ""))
	wants(t, "meets", words(t, doc, ""), "… meets … A relation with a definition: verbal cooperation; it makes no difference who comes first.", "Kind of event consult",
		"Code 040, “Consult”", "Score 1", "Reported 2 statements in 2 articles", "Pairs showing 1 of 1")
	v := view[relationView](t, s, "/relation/attacks.json")
	if v.Class != "material conflict" || v.Statements != 3 || len(v.Subjects) != 1 || v.Subjects[0].N != 3 || v.Objects[0].Thing.ID != "kg:Turkey" || v.Pairs[0].Independent != 2 || v.AllPairs != 1 || v.Symmetric {
		t.Errorf("%+v", v)
	}
	if v := view[relationView](t, s, "/relation/attacks.json?status=denied"); v.List.Total != 1 || v.Filter.Total != 3 || v.Pairs[0].N != 1 {
		t.Errorf("denied: %+v", v)
	}
	wants(t, "laugh at", words(t, parsed(t, call(t, s, "GET", "/relation/open/laugh_at", "")), ""), "A relation in words of the articles", "Russia", "possible")
	list := view[relationsView](t, s, "/relations.json")
	if list.Total != 8 || list.Rows[0].Relation.ID != "kgo:attacks" || list.Rows[0].N != 3 {
		t.Errorf("%+v", list)
	}
	for target, want := range map[string]int{"/relations.json?kind=open": 1, "/relations.json?kind=schema": 7, "/relations.json?text=LAUGH": 1, "/relations.json?text=nothing": 0, "/relations.json?limit=3&offset=6": 8} {
		if v := view[relationsView](t, s, target); v.Total != want {
			t.Errorf("%s: %d, want %d", target, v.Total, want)
		}
	}
	wants(t, "relations", words(t, parsed(t, call(t, s, "GET", "/relations", "")), ""), "all 8 relations", "attacks (conflict)")
}

// Names that addresses, HTML and JSON could trip over have pages, and every link on these pages leads somewhere.
func TestHostileNames(t *testing.T) {
	names := []string{"a/b", "a/../b", "..", ".", "a//b", "/a", "x.json", "x.ttl", "y.json/z", "50%25_of_it", "what?q=1", "it's", "Ünï_çødé", "שלום", "a&b=c", "a+b", "a,b", "(x)",
		strings.Repeat("long_", 60), "article", "-"}
	things := slices.Clone(newsThings)
	var lines strings.Builder
	for i, name := range names {
		label := fmt.Sprintf(`</script><script>alert(%d)</script> "%s" & {{.}} <img src=x>`, i, name)
		things = append(things, graph.Entity{ID: graph.IRI("kg:" + name), Types: []graph.IRI{"kgo:Person", "kgo:Actor", "kgo:Thing"}, Label: label})
		fmt.Fprintf(&lines, "2017-01-%02d | <b>Alpha</b> & Co, Ltd | Russia | meets | %s | asserted | | | .9\n", i+1, name)
	}
	s := toldServer(t, toldRecords(t, lines.String(), things))
	for i, name := range names {
		id := graph.IRI("kg:" + name)
		doc := parsed(t, call(t, s, "GET", entityURL(id), ""))
		if got, want := textOf(all(doc, "h1", "")[0]), things[len(newsThings)+i].Label; got != want {
			t.Errorf("%s: the page %s is called %q", name, entityURL(id), got)
		}
		twin := ""
		for _, l := range all(doc, "link", "") {
			if attr(l, "type") == "application/json" {
				twin = attr(l, "href")
			}
		}
		if v := view[entityView](t, s, twin); v.Entity.ID != id || v.List.Total != 1 {
			t.Errorf("%s: %s is %s with %d statements", name, twin, v.Entity.ID, v.List.Total)
		}
		v := view[pairView](t, s, strings.Replace(pairURL("kg:Russia", id), "/pair?", "/pair.json?", 1))
		if v.B == nil || v.B.ID != id || v.List.Total != 1 {
			t.Errorf("pair with %s: %+v", name, v.B)
		}
	}
	// Walk over the pages of this file.
	seen := map[string]bool{}
	queue := []string{"/entity/Russia", "/relations", "/pair"}
	ours := []string{"/entity", "/pair", "/relation"}
	for n := 0; len(queue) > 0 && n < 250; n++ {
		target := queue[0]
		queue = queue[1:]
		w := call(t, s, "GET", target, "")
		if w.Code == 302 {
			w = call(t, s, "GET", w.Header().Get("Location"), "")
		}
		if w.Code != 200 {
			t.Errorf("%s: %d", target, w.Code)
			continue
		}
		if form, _, _ := strings.Cut(target, "?"); slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(form, suffix) }) {
			continue
		}
		for _, a := range all(parsed(t, w), "a", "") {
			link, _, _ := strings.Cut(attr(a, "href"), "#")
			if !seen[link] && slices.ContainsFunc(ours, func(p string) bool { return strings.HasPrefix(link, p) }) {
				seen[link] = true
				queue = append(queue, link)
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("the walk saw %d addresses", len(seen))
	}
}

func TestAddresses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-c/.%?#é&+=: _-]{1,12}(\.json|\.ttl)?`).Draw(t, "name")
		r := httptest.NewRequest("GET", "http://localhost"+entityURL(graph.IRI("kg:"+name))+"", nil)
		r.SetPathValue("name", strings.TrimPrefix(r.URL.Path, "/entity/"))
		if !strings.HasPrefix(r.URL.Path, "/entity/") {
			r.SetPathValue("name", "")
		}
		if got, form := (*Server)(nil).nameOf(r); got != strings.TrimPrefix(name, "kg:") || form != "" {
			t.Errorf("%q is at %s, which is %q in form %q", name, r.URL, got, form)
		}
	})
}

func TestTimeWords(t *testing.T) {
	for in, want := range map[string]string{"": "", "2017-07-04": "4 July 2017", "2017-07": "July 2017", "2017": "2017", "199": "1990s", "18": "19th century", "2017-W26": "week 26 of 2017",
		"2017-Q3": "3rd quarter of 2017", "2017-H1": "1st half of 2017", "2017-SU": "summer 2017", "2017-07-04TNI": "4 July 2017, night", "2011/2015": "2011 to 2015", "2011/..": "since 2011",
		"../2015-03": "until March 2015", "soon": "soon"} {
		if got := timeWords(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[[2]string]string{{"", ""}: "", {"2017-03-02", "2017-03-02"}: "2 Mar 2017", {"2017-03-02", "2017-04-27"}: "2 Mar – 27 Apr 2017", {"2016-03-02", "2017-04-27"}: "2 Mar 2016 – 27 Apr 2017"} {
		if got := shortDays(in[0], in[1]); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// The pieces of a sentence are the sentence, and each mark is the words that the claim names unless a shorter one lies in it.
func TestMarkSentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 60, -1).Draw(t, "text")
		n := len([]rune(text))
		begin := rapid.IntRange(0, 1000).Draw(t, "begin")
		at := func(label string) graph.Span {
			a := rapid.IntRange(0, n).Draw(t, label)
			b := rapid.IntRange(a, n).Draw(t, label)
			return graph.Span{Begin: begin + a, End: begin + b}
		}
		c := graph.Claim{SubjectSpan: at("subject"), PredicateSpan: at("relation"), ObjectSpan: at("object")}
		if rapid.Bool().Draw(t, "none") {
			c.ObjectSpan = graph.Span{} // no words stand for it
		}
		pieces := markSentence(graph.Sentence{Span: graph.Span{Begin: begin, End: begin + n}, Text: text}, &c)
		var all bytes.Buffer
		for i, p := range pieces {
			all.WriteString(p.Text)
			if p.Text == "" || i > 0 && p.Mark == pieces[i-1].Mark {
				t.Errorf("piece %d of %q", i, pieces)
			}
		}
		if all.String() != string([]rune(text)) {
			t.Errorf("%q is not %q", all.String(), text)
		}
		shortest := func(s graph.Span, others ...graph.Span) bool {
			return s.End > s.Begin && !slices.ContainsFunc(others, func(o graph.Span) bool { return o.Begin < s.End && s.Begin < o.End })
		}
		if s := c.SubjectSpan; shortest(s, c.PredicateSpan, c.ObjectSpan) &&
			!slices.Contains(pieces, piece{string([]rune(text)[s.Begin-begin : s.End-begin]), "subject"}) {
			t.Errorf("no subject in %q", pieces)
		}
	})
}

func TestClip(t *testing.T) {
	long := strings.Repeat("many words before it ", 60)
	in := []piece{{Text: long}, {Text: "Russia", Mark: "subject"}, {Text: long}, {Text: "Turkey", Mark: "object"}, {Text: long}}
	out := clip(slices.Clone(in), 420)
	n := 0
	for _, p := range out {
		n += len(p.Text)
	}
	if n > 600 || out[1] != in[1] || out[3] != in[3] || !strings.HasPrefix(out[0].Text, "… ") || !strings.HasSuffix(out[0].Text, "before it ") ||
		!strings.Contains(out[2].Text, " … ") || !strings.HasSuffix(out[4].Text, " …") {
		t.Errorf("%d: %q", n, out)
	}
	short := []piece{{Text: "Short "}, {Text: "it", Mark: "subject"}}
	if d := cmp.Diff(short, clip(slices.Clone(short), 420)); d != "" {
		t.Error(d)
	}
}

// A statement about the last century does not press the others into one bar.
func TestSpan(t *testing.T) {
	x := &index.Index{}
	var claims []index.Ref
	add := func(day string) {
		d, _ := index.ParseDay(day)
		x.Claims = append(x.Claims, index.Claim{Day: d})
		claims = append(claims, index.Ref(len(claims)))
	}
	for i := range 60 {
		add(fmt.Sprintf("2017-%02d-%02d", i%12+1, i%28+1))
	}
	add("1815")
	x.Claims = append(x.Claims, index.Claim{Day: index.NoDay})
	claims = append(claims, index.Ref(len(claims)))
	sp, ok := spanOf(x, claims)
	if !ok || sp.From.String() < "2017" || sp.To.String() < "2017-12" {
		t.Errorf("%s to %s", sp.From, sp.To)
	}
	line := sparkOf(x, claims, sp, 24)
	if n := sum(line.Counts); n < 55 || n > 60 || len(line.Counts) != 24 || !strings.Contains(line.Text, "2017") {
		t.Errorf("%d: %+v", n, line)
	}
	if _, ok := spanOf(x, claims[61:]); ok {
		t.Error("claims without a day have a span")
	}
	if sparkOf(x, claims[60:], sp, 24) != nil {
		t.Error("a sparkline of nothing")
	}
}

func TestMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.MapOf(rapid.IntRange(0, 50), rapid.IntRange(0, 5)).Draw(t, "counts")
		k := rapid.IntRange(0, 10).Draw(t, "k")
		var want []int
		for key := range counts {
			want = append(want, key)
		}
		slices.SortFunc(want, func(a, b int) int {
			if counts[a] != counts[b] {
				return counts[b] - counts[a]
			}
			return a - b
		})
		want = want[:min(len(want), k)]
		got := most(counts, k, func(a, b int) int { return a - b })
		if len(got) != len(want) || !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// The groups of a page are those of the index, with the two directions of a symmetric relation as one.
func TestGroups(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	var x *index.Index
	var err error
	for x == nil && err == nil {
		x, err = s.live.Index(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for e := range x.Entities {
		e := index.Ref(e)
		want, got := map[string]int{}, map[string]int{}
		for _, g := range x.Groups(e, x.Entities[e].Claims) {
			want[fmt.Sprint(x.Relations[g.Relation].ID, g.Out || x.Relations[g.Relation].Symmetric)] += len(g.Claims)
		}
		for _, g := range groupsOf(x, e, x.Entities[e].Claims) {
			got[fmt.Sprint(x.Relations[g.Relation].ID, g.Out)] += len(g.Claims)
			n := 0
			for _, to := range g.Neighbours {
				n += len(to.Claims)
			}
			literals := 0
			for _, r := range g.Claims {
				if x.Claims[r].Object == index.None {
					literals++
				}
			}
			if n+literals != len(g.Claims) || g.Articles != len(g.Claims) { // each claim is of an article of its own
				t.Errorf("%s: %+v", x.Entities[e].ID, g)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", x.Entities[e].ID, d)
		}
	}
}

// What somebody rejected is not counted on the start page, neither before the index was made nor after; the counts for programs are those
// of the store in either case.
func TestStartWithoutRejected(t *testing.T) {
	recs := toldRecords(t, `
2017-01-10 | Alpha Post | Russia | meets | Peru | asserted | | | .95
2017-01-11 | Alpha Post | Russia | meets | Peru | asserted | | | .95
2017-01-12 | Alpha Post | Russia | meets | Iran | asserted | | | .95
`, newsThings)
	no := func(claim graph.IRI) graph.Judgement {
		return graph.Judgement{Kind: graph.Reject, From: claim, By: "Anna", When: time.Date(2020, 2, 3, 0, 0, 0, 0, time.UTC)}
	}
	check := func(s *Server, want string) {
		t.Helper()
		v := view[startView](t, s, "/start.json")
		got := fmt.Sprintf("%d statements, %d pairs, meets %d,", v.Statements, v.Pairs, v.Relations[0].Statements)
		for _, c := range v.Connected {
			got += fmt.Sprintf(" %s %d of %d", c.Label, c.Statements, c.Neighbours)
		}
		got += ";"
		for _, r := range v.Recent {
			got += fmt.Sprintf(" %s %d", r.Label, r.Statements)
		}
		if got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
		counts := view[graph.Stats](t, s, "/api/kg/v1/stats")
		wantCounts, err := s.graph.Stats(t.Context())
		if d := cmp.Diff(wantCounts, counts, cmpopts.EquateEmpty()); err != nil || d != "" {
			t.Errorf("%v: counts (-want +got):\n%s", err, d)
		}
	}
	before := "3 statements, 2 pairs, meets 3, Russia 3 of 2 Peru 2 of 1 Iran 1 of 1; Russia 3 Peru 2 Iran 1"
	after := "2 statements, 1 pairs, meets 2, Russia 2 of 1 Peru 2 of 1; Russia 2 Peru 2"
	s := toldServer(t, recs)
	check(s, before)
	check(toldServer(t, recs, no("kg:claim/n002")), after)
	x := s.live.Latest()
	if _, err := s.graph.Judge(t.Context(), []graph.Judgement{no("kg:claim/n002")}, nil); err != nil {
		t.Fatal(err)
	}
	people, _, err := s.graph.Judgements(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	version, err := s.graph.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.live.Amend(x.Version, version, people)
	check(s, after)
}

// A way over a statement that somebody rejected is none, and hides no longer one.
func TestPairWithoutRejected(t *testing.T) {
	const lines = `
2017-01-10 | Alpha Post | Russia | meets | Peru | asserted | | | .95
2017-01-10 | Alpha Post | Peru | meets | Turkey | asserted | | | .95
2017-01-10 | Alpha Post | Russia | meets | Iran | asserted | | | .95
2017-01-10 | Alpha Post | Iran | meets | NATO | asserted | | | .95
2017-01-10 | Alpha Post | NATO | meets | Turkey | asserted | | | %s
`
	no := graph.Judgement{Kind: graph.Reject, From: "kg:claim/n000", By: "Anna", When: time.Date(2020, 2, 3, 0, 0, 0, 0, time.UTC)}
	for confidence, weak := range map[string]bool{".95": false, ".1": true} {
		recs := toldRecords(t, fmt.Sprintf(lines, confidence), newsThings)
		way := func(judgements ...graph.Judgement) (names []string, isWeak bool) {
			v := view[pairView](t, toldServer(t, recs, judgements...), "/pair.json?a=kg:Russia&b=kg:Turkey")
			if len(v.Paths) == 1 {
				for _, e := range v.Paths[0].Things {
					names = append(names, e.Label)
				}
			}
			return names, v.Weak
		}
		if got, isWeak := way(); !slices.Equal(got, []string{"Russia", "Peru", "Turkey"}) || isWeak {
			t.Errorf("before: %v", got)
		}
		if got, isWeak := way(no); !slices.Equal(got, []string{"Russia", "Iran", "NATO", "Turkey"}) || isWeak != weak {
			t.Errorf("with confidence %s the way is %v, weak %t", confidence, got, isWeak)
		}
	}
}

// TestStyles looks up the classes of pages that share parts: each that a stylesheet knows is known to one that the page loads.
func TestStyles(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	event := view[eventsView](t, s, "/events.json").Rows[0].URL
	class := regexp.MustCompile(`\.([a-z][a-z-]*)`)
	known := map[string][]string{} // stylesheets by class
	for name, file := range staticFiles {
		if strings.HasSuffix(name, ".css") {
			for _, m := range class.FindAllStringSubmatch(string(file.plain), -1) {
				known[m[1]] = append(known[m[1]], name)
			}
		}
	}
	for _, target := range []string{"/", "/search?q=russia", "/changes?since=2017-03-01", "/entity/Russia", "/pair?a=kg:Russia&b=kg:Turkey", "/relations",
		"/relation/attacks", "/claim/n003", "/article/n003", "/articles", event, "/events", "/query", "/review", "/review?show=statements", "/entity/nobody"} {
		w := call(t, s, "GET", target, "")
		doc, err := html.Parse(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		loaded := map[string]bool{}
		for _, n := range all(doc, "link", "") {
			loaded[attr(n, "href")] = true
		}
		for n := range doc.Descendants() {
			for _, c := range strings.Fields(attr(n, "class")) {
				if files := known[c]; len(files) > 0 && !slices.ContainsFunc(files, func(name string) bool { return loaded[name] }) {
					t.Errorf("%s: class %s of <%s> is known to %s only, which the page does not load", target, c, n.Data, files[0])
				}
			}
		}
	}
}
