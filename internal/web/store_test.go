package web

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/client"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"

	"kg/graph"
)

// talks is an article in which three states mediate the Astana talks, and a fourth is said to.
func talks() *graph.Record {
	const text = "Russia, Iran and Turkey mediate the Astana talks."
	rec := &graph.Record{
		Article: graph.Article{ID: "kg:article/talks", Headline: "Talks in Astana", URL: "http://news.example/talks",
			Published: time.Date(2017, 7, 4, 0, 0, 0, 0, time.UTC), Language: "en", Hash: "h1"},
		Sentences: []graph.Sentence{{ID: "kg:sentence/talks-0", Span: graph.Span{Begin: 0, End: len(text)}, Text: text}},
		Entities: []graph.Entity{
			{ID: "kg:Russia", Types: []graph.IRI{"kgo:Country"}, Label: "Russia", Aliases: []string{"Moscow"}},
			{ID: "kg:Iran", Types: []graph.IRI{"kgo:Country"}, Label: "Iran"},
			{ID: "kg:Turkey", Types: []graph.IRI{"kgo:Country"}, Label: "Turkey"},
			{ID: "kg:Astana_talks", Types: []graph.IRI{"kgo:DiplomaticEvent"}, Label: "Astana talks"},
		},
		Relations: []graph.Relation{{ID: "kgo:mediates", Label: "mediates", Parent: "kgo:relatedTo"}},
	}
	for _, who := range []struct {
		id    graph.IRI
		begin int
		claim graph.IRI
	}{{"kg:Russia", 0, "kg:claim/1"}, {"kg:Iran", 8, "kg:claim/2"}, {"kg:Turkey", 17, "kg:claim/3"}} {
		rec.Claims = append(rec.Claims, graph.Claim{
			ID: who.claim, Sentence: "kg:sentence/talks-0", Span: graph.Span{Begin: 0, End: 48},
			Subject: who.id, Predicate: "kgo:mediates", Object: graph.Object{Entity: "kg:Astana_talks"},
			SubjectSpan:   graph.Span{Begin: who.begin, End: who.begin + len(who.id) - 3},
			PredicateSpan: graph.Span{Begin: 24, End: 31}, ObjectSpan: graph.Span{Begin: 36, End: 48},
			Polarity: "+", Modality: "asserted", Confidence: 0.9, Rule: "svo",
		})
	}
	return rec
}

// talksStore is a store in memory with talks.
func talksStore(t testing.TB) *graph.Store {
	t.Helper()
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := store.Add(context.Background(), talks()); err != nil {
		t.Fatal(err)
	}
	return store
}

func talksServer(t testing.TB, opt Options) *Server {
	t.Helper()
	return serverOf(t, talksStore(t), opt)
}

// serverOf is a server that logs nothing and has the token of tests.
func serverOf(t testing.TB, store *graph.Store, opt Options) *Server {
	t.Helper()
	opt.Logger = logrus.New()
	opt.Logger.SetOutput(io.Discard)
	opt.Token = testToken
	s, err := New(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.live.Close)
	return s
}

// ids are the "id" of a result's rows, sorted.
func ids(t testing.TB, w *httptest.ResponseRecorder) []string {
	t.Helper()
	var a struct {
		Result []struct{ ID any }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != 200 {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	list := []string{}
	for _, row := range a.Result {
		switch id := row.ID.(type) {
		case string:
			list = append(list, id)
		case map[string]any:
			list = append(list, id["@id"].(string))
		}
	}
	slices.Sort(list)
	return list
}

func TestTalks(t *testing.T) {
	s := talksServer(t, Options{})
	const query = `g.V("<kg:Russia>").Out("<kgo:mediates>").All()`
	for _, target := range []string{"/api/v1/query/gizmo", "/api/v2/query?lang=gizmo"} {
		if d := cmp.Diff([]string{"<kg:Astana_talks>"}, ids(t, call(t, s, "POST", target, query))); d != "" {
			t.Errorf("%s: %s", target, d)
		}
	}
	w := call(t, s, "POST", "/api/v2/query?lang=gizmo", `g.V("<kg:Astana_talks>").In("<kgo:mediates>").All()`, "Accept: application/ld+json")
	if d := cmp.Diff([]string{"kg:Iran", "kg:Russia", "kg:Turkey"}, ids(t, w)); d != "" {
		t.Error(d)
	}
	w = call(t, s, "POST", "/api/v1/query/gizmo?limit=2", `g.V("<kg:Astana_talks>").In("<kgo:mediates>").All()`)
	if len(ids(t, w)) != 2 || w.Header().Get("Kg-Total") != "3" || !strings.Contains(w.Body.String(), `"note":"showing 2 of 3`) {
		t.Errorf("limit: %v %s", w.Header(), w.Body)
	}
	w = call(t, s, "POST", "/api/v2/query?lang=graphql", `{ nodes(id: <kg:Russia>) { id, <kgo:mediates> { id } } }`)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "kg:Astana_talks") {
		t.Errorf("GraphQL: %d %s", w.Code, w.Body)
	}
	w = call(t, s, "POST", "/api/v2/query?lang=mql", `[{"id": "<kg:Russia>", "<kgo:mediates>": null}]`)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "kg:Astana_talks") {
		t.Errorf("MQL: %d %s", w.Code, w.Body)
	}
	w = call(t, s, "POST", "/api/v1/shape/gizmo", query)
	var shape struct {
		Nodes []struct{ ID any }
		Links []struct{ Source, Target any }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &shape); err != nil || w.Code != 200 || len(shape.Nodes) < 2 || len(shape.Links) < 1 {
		t.Errorf("shape: %d %s", w.Code, w.Body)
	}
	for _, l := range shape.Links {
		for _, end := range []any{l.Source, l.Target} {
			if !slices.ContainsFunc(shape.Nodes, func(n struct{ ID any }) bool { return n.ID == end }) {
				t.Errorf("a link to %v, which is no node", end)
			}
		}
	}
}

// Every example of the start page has an answer.
func TestExamplesAnswer(t *testing.T) {
	s := talksServer(t, Options{})
	page := call(t, s, "GET", "/", "").Body.String()
	links := regexp.MustCompile(`class="question" href="([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 4 {
		t.Fatalf("%d examples on %s", len(links), page)
	}
	for _, m := range links {
		target := html.UnescapeString(m[1])
		w := call(t, s, "GET", target, "")
		if w.Code != 200 || !strings.Contains(w.Body.String(), "<tbody>") || !strings.Contains(w.Body.String(), "<td data-name=") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	w := call(t, s, "GET", "/query?lang=gizmo&q="+strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", `"`, "%22", "\n", "%0A").Replace(aboutQuery("kg:Russia")), "")
	for _, want := range []string{"Russia, Iran and Turkey mediate the Astana talks.", "kgo:mediates", ">Astana talks</a>", "1 row", ">asserted</td>",
		`<th scope="col">from</th><th scope="col">relation</th><th scope="col">status</th><th scope="col">to</th><th scope="col">words</th></tr>`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("what is said of Russia has no %q: %s", want, w.Body)
		}
	}
}

// Queries that end Cayley's own server or its answers.
func TestOddQueries(t *testing.T) {
	s := talksServer(t, Options{QueryTimeout: time.Second})
	ts := httptest.NewServer(s)
	defer ts.Close()
	post := func(query string) (int, string) {
		t.Helper()
		resp, err := http.Post(ts.URL+"/api/v2/query?lang=gizmo", "text/plain", strings.NewReader(query))
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return resp.StatusCode, string(b)
	}
	for _, query := range []string{
		`g.V().Except(g.V("<unknown>")).All()`, `g.V().Out("<p>", 1).All()`, `g.V().In({}).All()`, `g.V(null).All()`, `g.V(undefined).All()`,
		`g.V().Tag(1).All()`, `g.V().Back("nothing").All()`, `g.V().Has().All()`, `g.V().Has("<kgo:mediates>", {}).All()`, `g.V().Save().All()`,
		`g.V().Limit(-1).All()`, `g.V().Skip("x").All()`, `g.V().Follow().All()`, `g.V().FollowRecursive(null).All()`, `g.V().Filter(regex("(")).All()`,
		`g.Emit(NaN)`, `g.Emit(1/0)`, `var a={};a.a=a;g.Emit(a)`, `g.Emit(g)`, `g.Emit(function(){})`, `g.Emit(undefined)`, `throw 1`, `throw null`,
		`g.V().ForEach(function(){throw "x"})`, `(function f(){f()})()`, `g`, `g.V`, `g.V().All`, `}`, "`", `g.V("<kg:a b>").All()`, `g.V("\u0000").All()`,
		`g.Emit("\ud800")`, `JSON.stringify(g.V())`, `new Proxy({}, {})`, `eval("1")`, `this.constructor.constructor("return 1")()`,
		`g.V().And(1).All()`, `g.V().Union().All()`, `g.M().All()`, `g.V().Follow(g.V()).All()`, `g.V().LabelContext({}).Out().All()`, `g.V().Is().All()`, `g.V().Unique(1).Count(1)`,
	} {
		status, body := post(query)
		var answer struct {
			Result []any
			Error  string
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Errorf("%s: %d %q: %v", query, status, body, err)
			continue
		}
		if ok := status == 200; ok != (answer.Error == "") || status >= 500 && status != 504 {
			t.Errorf("%s: %d %.300s", query, status, body)
		}
	}
	start := time.Now()
	if status, body := post(`while(true){}`); status != 504 || !strings.Contains(body, "time limit of 1s") {
		t.Errorf("endless loop: %d %s", status, body)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("an endless loop ended after %s", d)
	}
	if status, body := post(`g.V("<kg:Russia>").Out("<kgo:mediates>").All()`); status != 200 || !strings.Contains(body, "Astana_talks") {
		t.Errorf("afterwards: %d %s", status, body)
	}
}

func TestWriting(t *testing.T) {
	s := talksServer(t, Options{AllowWrites: true})
	mediators := func() []string {
		t.Helper()
		return ids(t, call(t, s, "POST", "/api/v1/query/gizmo", `g.V("<kg:Astana_talks>").In("<kgo:mediates>").All()`))
	}
	form := func(content []byte) (string, string) {
		var buf bytes.Buffer
		mw := multipart.NewWriter(&buf)
		mw.WriteField("other", "field")
		fw, _ := mw.CreateFormFile("NQuadFile", "a.nq")
		fw.Write(content)
		mw.Close()
		return buf.String(), "Content-Type: " + mw.FormDataContentType()
	}
	nquads := func(who string) string {
		return "<http://example.org/kg/" + who + "> <http://example.org/kg/ontology/mediates> <kg:Astana_talks> .\n"
	}
	plainForm, plainType := form([]byte(nquads("D")))
	gzipForm, gzipType := form([]byte(gzipped(nquads("E"))))
	for _, tt := range []struct {
		name, target, body string
		header             string
		status             int
		want               string
		then               string // a mediator that is new, or gone after "-"
	}{
		{"v1 write", "/api/v1/write", `[{"subject": "<kg:A>", "predicate": "<kgo:mediates>", "object": "<kg:Astana_talks>", "more": 1}]`, "", 200, `{"result":"Successfully wrote 1 quads.","count":1}`, "<kg:A>"},
		{"v1 again", "/api/v1/write", `[{"subject": "<kg:A>", "predicate": "<kgo:mediates>", "object": "<kg:Astana_talks>"}]`, "", 200, `"result":"Successfully wrote 1 quads, 0 of them new."`, "<kg:A>"},
		{"v1 delete", "/api/v1/delete", `[{"subject": "<kg:A>", "predicate": "<kgo:mediates>", "object": "<kg:Astana_talks>"}]`, "", 200, `"Successfully deleted 1 quads."`, "-<kg:A>"},
		{"v1 half a quad", "/api/v1/write", `[{"subject": "<kg:A>", "predicate": "<kgo:mediates>"}]`, "", 400, `quad 1`, "-<kg:A>"},
		{"v1 no JSON", "/api/v1/write", nquads("A"), "", 400, `error`, "-<kg:A>"},
		{"v2 write", "/api/v2/write", nquads("B"), "", 200, `{"result":"Successfully wrote 1 quads.","count":1}`, "<kg:B>"},
		{"v2 as the UI sends it", "/api/v2/write", nquads("B1"), "Content-Type: text/plain;charset=UTF-8", 200, `wrote 1`, "<kg:B1>"},
		{"v2 gzip", "/api/v2/write", gzipped(nquads("C")), "Content-Encoding: gzip", 200, `wrote 1`, "<kg:C>"},
		{"v2 JSON-LD", "/api/v2/write", `{"@id": "kg:L", "kgo:mediates": {"@id": "kg:Astana_talks"}}`, "Content-Type: application/ld+json; charset=utf-8", 200, `wrote 1`, "<kg:L>"},
		{"v2 remote context", "/api/v2/write", `{"@context": "http://127.0.0.1:1/c", "@id": "kg:M"}`, "Content-Type: application/ld+json", 400, `is not fetched`, "-<kg:M>"},
		{"v2 Turtle", "/api/v2/write", nquads("T"), "Content-Type: text/turtle", 415, `is not read`, "-<kg:T>"},
		{"v2 bad line", "/api/v2/write", nquads("U") + "nonsense\n", "", 400, `2`, "-<kg:U>"},
		{"v2 not UTF-8", "/api/v2/write", nquads("V\xff"), "", 400, `error`, "-<kg:V>"},
		{"v2 delete", "/api/v2/delete", nquads("B"), "", 200, `{"result":"Successfully deleted 1 quads.","count":1}`, "-<kg:B>"},
		{"v2 delete of nothing", "/api/v2/delete", nquads("B"), "", 200, `{"result":"Successfully deleted 0 quads.","count":0}`, "-<kg:B>"},
		{"v2 node", "/api/v2/node/delete", "<kg:C>", "", 200, `{"result":"Successfully deleted 1 nodes.","count":1}`, "-<kg:C>"},
		{"v2 node as JSON", "/api/v2/node/delete", `"<http://example.org/kg/L>"`, "Content-Type: application/json", 200, `"count":1`, "-<kg:L>"},
		{"v2 unknown node", "/api/v2/node/delete", "<kg:C>", "", 404, `no node`, "-<kg:C>"},
		{"v2 no node", "/api/v2/node/delete", "", "", 400, `empty`, ""},
		{"v1 file", "/api/v1/write/file/nquad", plainForm, plainType, 200, `wrote 1`, "<kg:D>"},
		{"v1 gzip file", "/api/v1/write/file/nquad", gzipForm, gzipType, 200, `wrote 1`, "<kg:E>"},
		{"v1 no form", "/api/v1/write/file/nquad", "x", "", 400, `form`, ""},
	} {
		var header []string
		if tt.header != "" {
			header = append(header, tt.header)
		}
		w := call(t, s, "POST", tt.target, tt.body, header...)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d %s, want %d with %s", tt.name, w.Code, w.Body, tt.status, tt.want)
		}
		who, gone := strings.CutPrefix(tt.then, "-")
		if there := slices.Contains(mediators(), who); who != "" && there == gone {
			t.Errorf("%s: %s is there: %t", tt.name, who, there)
		}
	}
}

// bearer sends a token with every request.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

// Cayley's own client, and a dump that goes back in.
func TestCayleyClient(t *testing.T) {
	from := talksServer(t, Options{})
	ts := httptest.NewServer(from)
	defer ts.Close()
	qr, err := client.New(ts.URL).QuadReader()
	if err != nil {
		t.Fatal(err)
	}
	quads, err := quad.ReadAll(qr)
	qr.Close()
	if err != nil || len(quads) < 30 {
		t.Fatalf("%d quads, %v", len(quads), err)
	}

	empty, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	into, err := New(empty, Options{AllowWrites: true, Token: testToken, Logger: from.log})
	if err != nil {
		t.Fatal(err)
	}
	ts2 := httptest.NewServer(into)
	defer ts2.Close()
	writer := client.New(ts2.URL)
	writer.SetHTTPClient(&http.Client{Transport: bearer(testToken)})
	qw, err := writer.QuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := qw.(quad.BatchWriter).WriteQuads(quads); err != nil || n != len(quads) {
		t.Fatalf("wrote %d of %d: %v", n, len(quads), err)
	}
	if err := qw.Close(); err != nil {
		t.Fatal(err)
	}
	dump := func(s *Server) string {
		w := call(t, s, "GET", "/api/v2/read", "")
		lines := strings.Split(w.Body.String(), "\n")
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	want := dump(from)
	if !strings.Contains(want, "<http://example.org/kg/Russia> <http://example.org/kg/ontology/mediates> <http://example.org/kg/Astana_talks> <http://example.org/kg/article/talks> .") {
		t.Errorf("dump: %s", want)
	}
	if d := cmp.Diff(want, dump(into)); d != "" {
		t.Error(d)
	}
	// Every format carries the same quads into a third store.
	for _, f := range formats {
		if f.parse == nil || f.name == "ntriples" {
			continue
		}
		third, err := graph.Open(graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(third, Options{AllowWrites: true, Token: testToken, Logger: from.log})
		if err != nil {
			t.Fatal(err)
		}
		body := call(t, from, "GET", "/api/v2/read?format="+f.name, "").Body.String()
		if w := call(t, s, "POST", "/api/v2/write?format="+f.name, body); w.Code != 200 {
			t.Errorf("%s: %d %s", f.name, w.Code, w.Body)
		}
		if d := cmp.Diff(want, dump(s)); d != "" {
			t.Errorf("%s: %s", f.name, d)
		}
		third.Close()
	}
}

// What the editor completes is what Gizmo has.
func TestGizmoDeclarations(t *testing.T) {
	s := talksServer(t, Options{})
	text := call(t, s, "GET", "/gizmo.d.ts", "").Body.String()
	seen := map[string]bool{}
	object := ""
	for _, line := range strings.Split(text, "\n") {
		switch m := regexp.MustCompile(`^interface (\w+)|^  (\w+)\(|^declare function (\w+)`).FindStringSubmatch(line); {
		case m == nil:
		case m[1] == "Path":
			object = "g.V()."
		case m[1] == "Graph":
			object = "graph."
		case m[2] != "":
			seen[object+m[2]] = true
		case m[3] != "":
			seen[m[3]] = true
		}
	}
	for _, name := range []string{"g.V().out", "g.V().Out", "g.V().toArray", "g.V().ToArray", "graph.V", "graph.Emit", "regex"} {
		if !seen[name] {
			t.Errorf("%s is not declared", name)
		}
	}
	for name := range seen {
		w := call(t, s, "POST", "/api/v1/query/gizmo", "g.Emit(typeof "+name+")")
		if !strings.Contains(w.Body.String(), `["function"]`) {
			t.Errorf("%s is declared but is not there: %s", name, w.Body)
		}
	}
}
