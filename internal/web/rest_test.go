package web

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/index"
)

// restStore has the talks and what else the API tells of: a denial, speakers, places, arguments, texts as objects, an event.
func restStore(t testing.TB) *graph.Store {
	t.Helper()
	store := talksStore(t)
	const text = "Anna Bell said on 4 July 2017 that Syria did not attack Jordan in Daraa with 20 tanks, and Russia criticised <b>Iran</b>."
	rec := &graph.Record{
		Article:   graph.Article{ID: "kg:article/a/b", Headline: "Quiet in Daraa", URL: "https://daily.example/1", Publisher: "Daily", Published: time.Date(2017, 7, 5, 9, 30, 0, 0, time.UTC), Language: "en", Hash: "h2"},
		Sentences: []graph.Sentence{{ID: "kg:sentence/a/b/0", Span: graph.Span{Begin: 100, End: 100 + len(text)}, Text: text}},
		Entities: []graph.Entity{
			{ID: "kg:Syria", Types: []graph.IRI{"kgo:Country"}, Label: "Syria"}, {ID: "kg:Jordan", Types: []graph.IRI{"kgo:Country"}, Label: "Jordan"},
			{ID: "kg:Russia", Types: []graph.IRI{"kgo:Country"}, Label: "Russia"}, {ID: "kg:Iran", Types: []graph.IRI{"kgo:Country"}, Label: "Iran"},
			{ID: "kg:Daraa", Types: []graph.IRI{"kgo:City"}, Label: "Daraa"}, {ID: "kg:Anna_Bell", Types: []graph.IRI{"kgo:Person"}, Label: "Anna Bell", SameAs: []graph.IRI{"wd:Q1"}},
		},
		Relations: []graph.Relation{{ID: "kgo:attacks", Label: "attacks", PLOVER: "ASSAULT", CAMEO: "190", Goldstein: "-10"}, {ID: "kgo:open/criticise", Label: "criticise", Parent: "kgo:relatedTo"}},
	}
	at := func(word string) graph.Span {
		i := strings.Index(text, word)
		return graph.Span{Begin: 100 + i, End: 100 + i + len(word)}
	}
	rec.Claims = []graph.Claim{
		{ID: "kg:claim/4", Sentence: "kg:sentence/a/b/0", Span: rec.Sentences[0].Span, Subject: "kg:Syria", Predicate: "kgo:attacks", Object: graph.Object{Entity: "kg:Jordan"},
			SubjectSpan: at("Syria"), PredicateSpan: at("attack"), ObjectSpan: at("Jordan"), Polarity: "-", Modality: "asserted", AttributedTo: "kg:Anna_Bell", Time: "2017-07-04", Place: "kg:Daraa",
			Confidence: .71, Rule: "svo", Arguments: []graph.RoleArg{{Role: "oblique", Case: "with", Text: "20 tanks"}, {Role: "oblique", Case: "in", Entity: "kg:Daraa", Text: "Daraa"}}},
		{ID: "kg:claim/5", Sentence: "kg:sentence/a/b/0", Span: rec.Sentences[0].Span, Subject: "kg:Russia", Predicate: "kgo:open/criticise", Object: graph.Object{Entity: "kg:Iran"},
			SubjectSpan: at("Russia"), ObjectSpan: at("Iran"), Polarity: "+", Modality: "planned", Confidence: .5, Rule: "svo"},
		{ID: "kg:claim/6", Sentence: "kg:sentence/a/b/0", Span: rec.Sentences[0].Span, Subject: "kg:Anna_Bell", Predicate: "kgo:open/criticise", Object: graph.Object{Literal: "<b>the \"war\"</b>", Datatype: "xsd:string"},
			Polarity: "+", Modality: "asserted", Confidence: 1, Rule: "svo"},
	}
	if _, err := store.Add(context.Background(), rec); err != nil {
		t.Fatal(err)
	}
	event := graph.Res("kg:event/2017-07-04/attack")
	quad := func(s graph.Term, p graph.IRI, o graph.Term) graph.Quad {
		return graph.Quad{Subject: s, Predicate: graph.Res(p), Object: o, Graph: graph.Res(graph.EventGraph)}
	}
	if _, err := store.WriteQuads(context.Background(), []graph.Quad{
		quad(event, "rdf:type", graph.Res("kgo:Event")), quad(event, "rdfs:label", graph.Str("attack in Daraa")), quad(event, graph.KgoEventType, graph.Str("ASSAULT")),
		quad(event, graph.KgoAgent, graph.Res("kg:Syria")), quad(event, graph.SemActor, graph.Res("kg:Syria")), quad(event, graph.SemPlace, graph.Res("kg:Daraa")),
		quad(event, graph.SemTime, graph.Term{Kind: graph.Literal, Value: "2017-07-04", Datatype: "xsd:date"}), quad(graph.Res("kg:claim/4"), graph.KgoOfEvent, event),
	}); err != nil {
		t.Fatal(err)
	}
	return store
}

func restServer(t testing.TB, opt Options) *Server {
	t.Helper()
	return serverOf(t, restStore(t), opt)
}

// restPaths is every operation with every parameter, after the status that it is answered with, and hostile ones.
var restPaths = strings.Split(strings.TrimSpace(`
200 /entities
200 /entities?q=rus&type=kgo:Country&limit=1
200 /entities?q=%3Cscript%3E
200 /entities/Russia
200 /entities/kg%3ARussia
200 /entities/http%3A%2F%2Fexample.org%2Fkg%2FAnna_Bell
200 /entities/Syria/claims?status=denied,planned&relation=kgo:attacks&side=conflict&from=2017&to=2017-07-05&outlet=Daily&outlet=x&speaker=kg:Anna_Bell&confidence=0.5&articles=0&type=kgo:Country&role=subject&text=jord&verdict=all&sort=surest&offset=0&limit=10
200 /entities/Russia/neighbours?limit=1&offset=1
200 /claims?limit=2&sort=oldest
200 /claims?entity=Russia&other=Astana_talks
200 /claims?speaker=-&sort=articles
200 /claims/4
200 /claims/kg%3Aclaim%2F6
200 /articles?outlet=Daily&from=2017-07&text=quiet
200 /articles
200 /articles/a%2Fb?limit=1
200 /articles/talks
200 /relations?open=yes&text=crit
200 /relations
200 /relations/mediates
200 /relations/open%2Fcriticise
200 /events
200 /events?kind=assault&entity=Syria&from=2017-07-04&text=daraa
200 /events/2017-07-04%2Fattack
200 /events/alike?entity=Syria&limit=1
200 /judgements?kind=sameEvent&offset=1
200 /paths?a=Russia&b=Turkey&length=3&limit=5&status=asserted
200 /paths?a=Russia&b=Jordan
200 /matrix
200 /matrix?actor=Russia&actor=Turkey&by=months&status=asserted
200 /matrix?of=Syria&n=3&from=2017-07
200 /search?q=Astana+talks&sort=newest&limit=5
200 /search?q=%22not+attack%22+-Paris&status=denied
200 /search?q=%00%ff
200 /changes?since=2017-07-05&limit=5
200 /stats
200 /context
200 /export?format=ntriples&entity=Syria
200 /export?format=jsonld&entity=Syria
200 /export?format=jsonld
404 /entities/Nobody
404 /entities/Nobody/claims
404 /entities/Nobody/neighbours
404 /entities/..%2F..%2Fetc%2Fpasswd
404 /claims/nothing
404 /articles/nothing
404 /relations/nothing
404 /events/nothing
422 /claims?status=nonsense
422 /claims?confidence=NaN
422 /claims?confidence=2
422 /claims?limit=0
422 /claims?limit=100000
422 /claims?offset=-1
422 /claims?limt=3
422 /claims?from=yesterday
422 /claims?entity=Nobody
422 /claims?other=Russia
422 /articles?to=never
422 /paths?a=Russia
422 /paths?a=Russia&b=Nobody
422 /paths?a=Russia&b=Iran&length=9
422 /matrix?actor=Nobody
422 /matrix?n=1
422 /search
422 /changes
422 /changes?since=lately
422 /export?format=xml
422 /export?entity=Nobody
`), "\n")

// Every answer is what the document says, as huma reads the document.
func TestREST(t *testing.T) {
	s := restServer(t, Options{})
	var doc struct{ OpenAPI string }
	w := call(t, s, "GET", restPath+"/openapi.json", "")
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code != 200 || !strings.HasPrefix(doc.OpenAPI, "3.1.") {
		t.Fatalf("openapi.json: %d %v %.100s", w.Code, err, w.Body)
	}
	if w := call(t, s, "GET", restPath+"/openapi.yaml", ""); w.Code != 200 || !strings.Contains(w.Body.String(), "openapi: 3.1") {
		t.Errorf("openapi.yaml: %d %.100s", w.Code, w.Body)
	}
	asked := map[string]bool{}
	for _, line := range restPaths {
		status, path, _ := strings.Cut(line, " ")
		w := call(t, s, "GET", restPath+path, "")
		if fmt.Sprint(w.Code) != status {
			t.Errorf("%s: %d, want %s: %.300s", path, w.Code, status, w.Body)
			continue
		}
		pattern := ""
		for p := range s.openAPI.Paths {
			at := strings.SplitN(restPath+path, "?", 2)[0]
			if ok, _ := filepath.Match(strings.ReplaceAll(p, "{id}", "*"), at); ok && pattern != at {
				pattern = p
			}
		}
		if pattern == "" {
			t.Errorf("%s is no path of the document", path)
			continue
		}
		asked[pattern] = true
		op := s.openAPI.Paths[pattern].Get
		answer := op.Responses[status]
		ctype := w.Header().Get("Content-Type")
		if answer == nil || answer.Content[ctype] == nil {
			t.Errorf("%s: the document has no %s of %s", path, ctype, status)
			continue
		}
		if status != "200" && ctype != "application/problem+json" {
			t.Errorf("%s: an error as %s", path, ctype)
		}
		if op.OperationID == exportID && status == "200" {
			continue
		}
		var v any
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		var res huma.ValidateResult
		huma.Validate(s.openAPI.Components.Schemas, answer.Content[ctype].Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, &res)
		for _, e := range res.Errors {
			t.Errorf("%s: %v", path, e)
		}
	}
	for p, item := range s.openAPI.Paths {
		if !asked[p] && item.Get != nil {
			t.Errorf("%s is never asked", p)
		}
	}
}

// The document and the answers by the judgement of a validator that is not huma's; tools/openapi has it.
func TestOpenAPI(t *testing.T) {
	if os.Getenv("KG_OPENAPI") == "" {
		t.Skip("building the validator takes minutes; run with KG_OPENAPI=1")
	}
	s := restServer(t, Options{})
	ts := httptest.NewServer(s)
	defer ts.Close()
	cmd := exec.Command("go", "run", ".", ts.URL, restPath+"/openapi.json")
	cmd.Dir = "../../tools/openapi"
	cmd.Stdin = strings.NewReader(strings.ReplaceAll(strings.Join(restPaths, "\n"), " /", " "+restPath+"/"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Every parameter of a filter is declared, and does what it says.
func TestRESTFilter(t *testing.T) {
	s := restServer(t, Options{})
	full := index.Filter{Relations: []graph.IRI{"a"}, Status: []index.Status{index.Denied}, Side: "conflict", From: 1, To: 2, Dated: true, Outlets: []string{"x"}, Speaker: "s",
		Confidence: .5, Articles: 1, Type: "t", Role: "subject", Text: "x", Verdict: "all"}
	declared := map[string]bool{}
	for _, p := range s.openAPI.Paths[restPath+"/claims"].Get.Parameters {
		declared[p.Name] = true
	}
	for name := range full.Values() {
		if !declared[name] {
			t.Errorf("parameter %s is not declared", name)
		}
	}
	for query, want := range map[string]string{
		"": "kg:claim/1 kg:claim/2 kg:claim/3 kg:claim/4 kg:claim/5 kg:claim/6", "status=denied": "kg:claim/4", "status=denied,planned": "kg:claim/4 kg:claim/5",
		"relation=kgo:attacks": "kg:claim/4", "side=conflict": "kg:claim/4", "from=2017-07-05": "kg:claim/5 kg:claim/6", "to=2017-07-04": "kg:claim/1 kg:claim/2 kg:claim/3 kg:claim/4",
		"outlet=Daily": "kg:claim/4 kg:claim/5 kg:claim/6", "outlet=news.example&outlet=Daily&text=bell": "kg:claim/6", "speaker=kg:Anna_Bell": "kg:claim/4",
		"confidence=.95": "kg:claim/6", "type=kgo:Person": "kg:claim/6", "entity=Jordan": "kg:claim/4", "entity=Daraa": "kg:claim/4", "entity=Russia&other=Iran": "kg:claim/5",
		"entity=Russia&role=object": "", "speaker=kg:Nobody": "",
	} {
		w := call(t, s, "GET", restPath+"/claims?"+query, "")
		var l struct {
			Items []struct{ ID string }
			Total int
			Note  string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &l); err != nil || l.Items == nil {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
			continue
		}
		var got []string
		for _, c := range l.Items {
			got = append(got, c.ID)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want || l.Total != len(got) || l.Note != fmt.Sprintf("showing %d of %d claims", len(got), len(got)) {
			t.Errorf("%s: %v, %d, %q; want %s", query, got, l.Total, l.Note, want)
		}
	}
}

// Following rel=next gives every item once.
// The matrix of the API has the cells of the page's, whichever way they are asked for.
func TestRESTMatrix(t *testing.T) {
	s := toldServer(t, toldRecords(t, news, newsThings), lavrov)
	for _, query := range []string{"", "?by=months", "?of=kg:Russia&n=2", "?status=denied", "?from=2017-03&to=2017-03", "?actor=kg:Russia&actor=kg:Turkey"} {
		var page matrixView
		getJSON(t, s, "/matrix.json"+query, &page)
		var got api.Matrix
		getJSON(t, s, restPath+"/matrix"+query, &got)
		var want, have []string
		for i, row := range page.Rows {
			for j, c := range row.Cells {
				if c.N > 0 && page.By == "actors" {
					want = append(want, fmt.Sprintf("%s %s  %d %v", page.Actors[i].ID, page.Actors[j].ID, c.N, c.Mean))
				} else if c.N > 0 {
					want = append(want, fmt.Sprintf("%s %d %v", row.Name, c.N, c.Mean))
				}
			}
		}
		label := map[graph.IRI]string{}
		for _, a := range got.Actors {
			label[a.ID] = a.Label
		}
		for _, c := range got.Cells {
			if page.By == "actors" {
				have = append(have, fmt.Sprintf("%s %s %s %d %v", c.Subject, c.Object, c.Month, c.Claims, c.Mean))
			} else if have = append(have, fmt.Sprintf("%s → %s %d %v", label[c.Subject], label[c.Object], c.Claims, c.Mean)); len(c.Month) != 7 {
				t.Errorf("%s: month %q", query, c.Month)
			}
		}
		slices.Sort(want)
		slices.Sort(have)
		if len(want) == 0 || !slices.Equal(want, have) || got.Claims != page.Statements || got.Total != page.Total || len(got.Months) != len(page.Months) {
			t.Errorf("%s: %q of %d claims, %d actors, want %q of %d, %d", query, have, got.Claims, got.Total, want, page.Statements, page.Total)
		}
	}
}

func TestRESTParts(t *testing.T) {
	s := restServer(t, Options{})
	seen := map[string]int{}
	next := restPath + "/claims?limit=4&sort=oldest&text=&speaker="
	for n := 0; next != ""; n++ {
		if n > 3 {
			t.Fatal("rel=next goes on for ever")
		}
		w := call(t, s, "GET", next, "")
		var l struct {
			Items                []struct{ ID string }
			Total, Offset, Limit int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &l); err != nil || l.Total != 6 || l.Limit != 4 || l.Offset != 4*n {
			t.Fatalf("%s: %v %+v", next, err, l)
		}
		for _, c := range l.Items {
			seen[c.ID]++
		}
		next = ""
		for _, link := range strings.Split(w.Header().Get("Link"), ", ") {
			if at, ok := strings.CutSuffix(link, `>; rel="next"`); ok {
				next = strings.TrimPrefix(at, "<")
			}
		}
	}
	if len(seen) != 6 {
		t.Errorf("%v", seen)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s comes %d times", id, n)
		}
	}
	w := call(t, s, "GET", restPath+"/claims?offset=1000&limit=4", "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"items":[]`) || w.Header().Get("Link") != "<"+restPath+`/claims?limit=4&offset=2>; rel="prev"` {
		t.Errorf("behind the end: %d %q %s", w.Code, w.Header().Get("Link"), w.Body)
	}
}

func TestRESTTags(t *testing.T) {
	s := restServer(t, Options{AllowWrites: true})
	const path = restPath + "/claims/4"
	call(t, s, "GET", path, "") // makes the index
	w := call(t, s, "GET", path, "")
	tag := w.Header().Get("ETag")
	if w.Code != 200 || tag == "" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if w := call(t, s, "GET", path, "", "If-None-Match: "+tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := call(t, s, "GET", restPath+"/claims/5", "", "If-None-Match: "+tag); w.Code != 200 {
		t.Errorf("another claim: %d", w.Code)
	}
	if w := call(t, s, "POST", "/api/v2/write", writeLine); w.Code != 200 {
		t.Fatal(w.Body)
	}
	if w := call(t, s, "GET", path, "", "If-None-Match: "+tag); w.Code != 200 || w.Header().Get("ETag") == tag {
		t.Errorf("after a write: %d %v", w.Code, w.Header())
	}
	if w := call(t, s, "GET", restPath+"/claims/nothing", ""); w.Header().Get("ETag") != "" {
		t.Errorf("an error has the tag %s", w.Header().Get("ETag"))
	}
	if w := call(t, s, "HEAD", path, ""); w.Code != 200 {
		t.Errorf("HEAD: %d", w.Code)
	}
}

func TestRESTErrors(t *testing.T) {
	s := restServer(t, Options{})
	for _, tt := range []struct {
		method, path string
		status       int
		want         []string
	}{
		{"GET", "/claims?status=nonsense&confidence=7", 422, []string{`"location":"query.status`, `"value":"nonsense"`, `"location":"query.confidence"`, `"value":7`}},
		{"GET", "/claims?entity=Nobody", 422, []string{`"location":"query.entity"`, `"value":"Nobody"`, "is no entity"}},
		{"GET", "/entities/Nobody", 404, []string{`Nobody`, "not in the graph"}},
		{"GET", "/nothing", 404, []string{"openapi.json"}},
		{"POST", "/claims", 405, []string{"only GET"}},
		{"DELETE", "/claims/4", 405, nil},
		{"OPTIONS", "/claims", 405, nil},
		{"GET", "/claims/4", 401, []string{"not the one"}},
		{"GET", "/claims/4", 403, []string{"refused"}},
	} {
		var header []string
		switch tt.status {
		case 401:
			header = []string{"Authorization: Bearer wrong-wrong-wrong-wrong"}
		case 403:
			header = []string{"Origin: http://evil.example"}
		}
		w := call(t, s, tt.method, restPath+tt.path, "", header...)
		var p struct {
			Title, Detail string
			Status        int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != tt.status || p.Status != tt.status || p.Title == "" || p.Detail == "" ||
			w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %v %s", tt.method, tt.path, w.Code, w.Header(), w.Body)
		}
		for _, want := range tt.want {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s %s lacks %s: %s", tt.method, tt.path, want, w.Body)
			}
		}
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("header %s", name)
			}
		}
	}
	full := restServer(t, Options{MaxPages: 1, QueueTimeout: 10 * time.Millisecond})
	full.pages <- struct{}{}
	if w := call(t, full, "GET", restPath+"/claims", ""); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestRESTExport(t *testing.T) {
	s := restServer(t, Options{})
	ts := httptest.NewServer(s)
	defer ts.Close()
	get := func(query string) (string, http.Header) {
		t.Helper()
		resp, err := (&http.Client{Transport: &http.Transport{DisableCompression: true}}).Get(ts.URL + restPath + "/export?" + query)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != 200 {
			t.Fatalf("%s: %s %v", query, resp.Status, err)
		}
		return string(b), resp.Header
	}
	var want strings.Builder
	n, err := s.graph.Export(context.Background(), &want, "nquads")
	if err != nil {
		t.Fatal(err)
	}
	if got, h := get(""); got != want.String() || strings.Count(got, "\n") != n || h.Get("Content-Type") != "application/n-quads" {
		t.Errorf("the whole graph differs from kg export: %d lines, want %d", strings.Count(got, "\n"), n)
	}
	turtle, _ := get("format=turtle&entity=" + url.QueryEscape("kg:Syria"))
	for _, want := range []string{`kg:claim\/4`, `kg:claim\/4\/arg2`, "20 tanks", "nif:anchorOf", "Quiet in Daraa"} {
		if !strings.Contains(turtle, want) {
			t.Errorf("what is said of Syria lacks %s: %s", want, turtle)
		}
	}
	if strings.Contains(turtle, `kg:claim\/1`) {
		t.Error("what is said of Syria has a claim about Russia")
	}
	w := call(t, s, "GET", restPath+"/export", "", "Accept-Encoding: gzip")
	zr, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(zr); err != nil || string(b) != want.String() {
		t.Errorf("gzip: %v, %d bytes", err, len(b))
	}
}

// The page about the API has every operation, and loads nothing from elsewhere.
func TestRESTPage(t *testing.T) {
	s := restServer(t, Options{})
	w := call(t, s, "GET", restPath+"/", "")
	body := w.Body.String()
	if w.Code != 200 || strings.Count(body, "<script") != strings.Count(body, `<script src="/static/`) || strings.Contains(body, `="//`) {
		t.Errorf("%d %s", w.Code, body)
	}
	for p, item := range s.openAPI.Paths {
		if !strings.Contains(body, p) {
			t.Errorf("the page lacks %s", p)
		}
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Delete} {
			if op == nil {
				continue
			}
			if !strings.Contains(body, op.Method+" "+p) {
				t.Errorf("the page lacks %s %s", op.Method, p)
			}
			for _, q := range op.Parameters {
				if !strings.Contains(body, "<code>"+q.Name+"</code>") {
					t.Errorf("the page lacks the parameter %s of %s", q.Name, p)
				}
			}
		}
	}
}
