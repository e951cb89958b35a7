package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kg/graph"
)

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"": "text/html", "*/*": "text/html", "text/*": "text/html", "text/turtle": "text/turtle", "application/ld+json": typeJSONLD,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "text/html", // a browser
		"text/turtle, */*;q=0.1": "text/turtle", "text/html;q=0.5, text/turtle;q=0.6": "text/turtle", "text/turtle;q=0.5, application/*": typeJSONLD,
		"text/html;q=0, */*": "text/turtle", "application/n-triples;q=0.9, text/turtle;q=0.9": "text/turtle", "image/png": "", "text/html;q=0": "",
		"application/rdf+xml, text/turtle;q=0.2": "text/turtle", "application/json": "application/json", "nonsense": "text/html",
		"text/turtle;q=2, application/n-triples;q=0.1": "application/n-triples", "TEXT/Turtle": "text/turtle", "*/*;q=0": "",
		"application/xhtml+xml": "application/xhtml+xml", "text/turtle; charset=utf-8": "text/turtle",
	} {
		var header []string
		if accept != "" {
			header = strings.SplitN(accept, ", ", 2) // several lines are one list
		}
		if got := negotiate(header, offered); got != want {
			t.Errorf("Accept %q: %q, want %q", accept, got, want)
		}
	}
}

// triplesOf reads what the graph says in one of our forms, without graphs, in full.
func triplesOf(t testing.TB, s *Server, format, body string) []string {
	t.Helper()
	var quads []graph.Quad
	var err error
	if format == "jsonld" {
		quads, err = parseJSONLD(s.store, []byte(body))
	} else {
		quads, err = s.store.ParseQuads(strings.NewReader(body), "nquads", 0)
	}
	if err != nil {
		t.Fatalf("%s does not parse: %v\n%s", format, err, body)
	}
	var list []string
	for _, q := range quads {
		q = expanded(s.store, q)
		list = append(list, fmt.Sprintln(q.Subject, q.Predicate, q.Object))
	}
	slices.Sort(list)
	return list
}

func TestLinkedData(t *testing.T) {
	s := articleServer(t)
	event := ""
	for q, err := range s.graph.Quads(context.Background(), graph.Quad{Predicate: graph.Res(graph.KgoOfEvent), Graph: graph.Res(graph.EventGraph)}) {
		if err != nil {
			t.Fatal(err)
		}
		event = eventURL(graph.IRI(q.Object.Value))
	}
	for _, tt := range []struct {
		path string
		has  []string // of its N-Triples
	}{
		{"/claim/onea", []string{"kg/claim/onea> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <http://example.org/kg/Russia>", "kg/claim/onea/arg1>",
			"nif-core#anchorOf> \"Russia <script>", "contradicts>", "independentArticles>"}},
		{"/article/one", []string{"isString> \"Russia <script>alert(1)</script> attacked Valdera.\\r\\n", "one/char=54,68> <http://www.w3.org/2005/11/its/rdf#taIdentRef> <http://example.org/kg/Peru>",
			"ontology/skipped> \"boiler<plate>\"", "ontology/dropped>", "wasQuotedFrom>", "url> \"javascript:alert(5)\"^^"}},
		{"/relation/attacks", []string{"kg/ontology/attacks> <http://www.w3.org/2000/01/rdf-schema#label> \"attacks\"", "ontology/cameo> \"190\""}},
		{"/sentence/one/0", []string{"isPartOf> <http://example.org/kg/article/one>"}},
		{event, []string{"hasActor> <http://example.org/kg/Russia>", "kg/claim/onea> <http://example.org/kg/ontology/ofEvent>"}},
	} {
		var before []string
		for _, f := range rdfForms {
			w := call(t, s, "GET", tt.path+f.suffix, "")
			negotiated := call(t, s, "GET", tt.path, "", "Accept: "+f.mime+", text/html;q=0.4")
			if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), f.mime) || negotiated.Body.String() != w.Body.String() {
				t.Errorf("%s%s: %d %s; by Accept %d %s", tt.path, f.suffix, w.Code, w.Header(), negotiated.Code, negotiated.Body)
			}
			if h := negotiated.Header(); !strings.Contains(strings.Join(h.Values("Vary"), ","), "Accept") || h.Get("Content-Location") != tt.path+f.suffix {
				t.Errorf("%s: %v", tt.path, h)
			}
			if f.format == "turtle" {
				turtleKnowsItsPrefixes(t, w.Body.String())
				continue
			}
			got := triplesOf(t, s, f.format, w.Body.String())
			if before != nil && !slices.Equal(before, got) {
				t.Errorf("%s: JSON-LD and N-Triples differ: %s", tt.path, cmp.Diff(before, got))
			}
			before = got
		}
		nt := call(t, s, "GET", tt.path+".nt", "").Body.String()
		for _, want := range tt.has {
			if !strings.Contains(nt, want) {
				t.Errorf("%s.nt has no %s:\n%s", tt.path, want, nt)
			}
		}
		w := call(t, s, "GET", tt.path, "", "Accept: image/png")
		if w.Code != 406 || !strings.Contains(w.Body.String(), "text/turtle") || !strings.Contains(strings.Join(w.Header().Values("Link"), "\n"), tt.path+".ttl>; rel=\"alternate\"") {
			t.Errorf("%s: 406: %d %v %s", tt.path, w.Code, w.Header(), w.Body)
		}
		if tt.path == "/sentence/one/0" {
			continue
		}
		if w := call(t, s, "GET", tt.path, "", "Accept: application/json"); w.Code != 303 || w.Header().Get("Location") != tt.path+".json" {
			t.Errorf("%s: JSON: %d %v", tt.path, w.Code, w.Header())
		}
		page := call(t, s, "GET", tt.path, "", "Accept: */*")
		for _, form := range []string{"ttl", "jsonld", "nt", "json"} {
			if want := `href="` + tt.path + "." + form + `"`; page.Code != 200 || strings.Count(page.Body.String(), want) != 2 {
				t.Errorf("%s: no link to its %s", tt.path, form)
			}
		}
	}
	for from, to := range map[string]string{"/entity/claim/onea": "/claim/onea", "/entity/article/old/0.ttl": "/article/old/0.ttl", "/entity/ontology/attacks.nt": "/relation/attacks.nt",
		"/entity/article/one/char=0,6": "/article/one/char=0%2C6", "/entity" + event: event, "/entity/sentence/one/0": "/sentence/one/0"} {
		if w := call(t, s, "GET", from, ""); w.Code < 301 || w.Code > 308 || w.Header().Get("Location") != to {
			t.Errorf("%s: %d %s, want %s", from, w.Code, w.Header().Get("Location"), to)
		}
	}
	if w := call(t, s, "HEAD", "/claim/onea.ttl", ""); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
	for _, target := range []string{"/claim/none.ttl", "/article/none.nt", "/event/none.jsonld", "/sentence/none.ttl"} {
		if w := call(t, s, "GET", target, ""); w.Code != 404 {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

// turtleKnowsItsPrefixes checks that each prefixed name has its prefix. That the writer's Turtle parses elsewhere is tested in graph.
func turtleKnowsItsPrefixes(t testing.TB, text string) {
	t.Helper()
	known := map[string]bool{}
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "@prefix "); ok {
			name, _, _ := strings.Cut(rest, ":")
			known[name] = true
			continue
		}
		for _, field := range strings.Fields(line) {
			field = field[max(0, strings.LastIndex(field, "^^")+2)*min(1, strings.Count(field, "^^")):]
			if strings.HasPrefix(field, `"`) {
				break // the rest is text, or stands behind it
			}
			if name, _, ok := strings.Cut(field, ":"); ok && name != "" && !strings.ContainsAny(name, `<"/\`) && !known[name] {
				t.Errorf("Turtle has %q without its prefix:\n%s", field, text)
			}
		}
	}
}

// Of an entity: what all articles together say of it, and its plain edges, in parts.
func TestEntityData(t *testing.T) {
	s := articleServer(t)
	x, err := s.live.Index(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	answer := func(id graph.IRI, target string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", target, nil)
		for _, h := range header {
			name, value, _ := strings.Cut(h, ": ")
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		if !s.linked(w, r, x, id) {
			t.Fatalf("%s: not answered", target)
		}
		return w
	}
	got := triplesOf(t, s, "ntriples", answer("kg:Russia", "/entity/Russia.nt").Body.String())
	want := []string{"label> \"Russia\"", "type> <http://example.org/kg/ontology/State>", "alternateName> \"<script>alert(3)</script>\"",
		"ontology/attacks> <http://example.org/kg/Valdera>"}
	for _, w := range want {
		if !slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, w) }) {
			t.Errorf("no %s in %v", w, got)
		}
	}
	if in := answer("kg:Valdera", "/entity/Valdera", "Accept: application/n-triples").Body.String(); !strings.Contains(in, "kg/Russia> <http://example.org/kg/ontology/attacks> <http://example.org/kg/Valdera>") {
		t.Errorf("the edge to it is not there: %s", in)
	}
	// What is reported is no edge, what has a text has it.
	nt := answer("kg:Ḥasan", "/entity/%E1%B8%A4asan.nt").Body.String()
	if !strings.Contains(nt, "ontology/is> \"\\\"Peru & Chile\\\"") {
		t.Errorf("no text: %s", nt)
	}
	if nt := answer("kg:Peru", "/entity/Peru.nt").Body.String(); strings.Contains(nt, "agree") {
		t.Errorf("what somebody says is an edge: %s", nt)
	}
	if w := answer("kg:Russia", "/entity/Russia.nt?offset=x"); w.Code != 400 {
		t.Errorf("offset=x: %d", w.Code)
	}
}

func TestEntityDataParts(t *testing.T) {
	ctx := context.Background()
	s := articleServer(t)
	rec := hostileRecord(t, "many", oddText, "Many", "", 6)
	rec.Claims = nil
	for i := range maxEdges + 10 {
		id := graph.IRI(fmt.Sprintf("kg:Town_%d", i))
		rec.Entities = append(rec.Entities, graph.Entity{ID: id, Types: []graph.IRI{"kgo:City"}, Label: fmt.Sprint("Town ", i)})
		rec.Claims = append(rec.Claims, graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/many%d", i)), Sentence: rec.Sentences[0].ID, Span: rec.Sentences[0].Span,
			Subject: "kg:Chile", Predicate: "kgo:attacks", Object: graph.Object{Entity: id}, Polarity: "+", Modality: "asserted", Confidence: 1, Rule: "svo"})
	}
	if _, err := s.graph.Add(ctx, rec); err != nil {
		t.Fatal(err)
	}
	x, err := s.live.Index(ctx)
	for err == nil && x.Articles[len(x.Articles)-1].ID != rec.Article.ID {
		x, err = s.live.Index(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	edges := map[string]bool{}
	target := "/entity/Chile.nt"
	for n := 0; target != ""; n++ {
		w := httptest.NewRecorder()
		if !s.linked(w, httptest.NewRequest("GET", target, nil), x, "kg:Chile") || n > 2 {
			t.Fatalf("%s in part %d", target, n)
		}
		for line := range strings.Lines(w.Body.String()) {
			if strings.Contains(line, "ontology/attacks>") {
				edges[line] = true
			}
		}
		target = ""
		for _, l := range w.Header().Values("Link") {
			if strings.Contains(l, `rel="next"`) {
				target = strings.Trim(l[:strings.Index(l, ">")+1], "<>")
			}
		}
	}
	if len(edges) != maxEdges+10 {
		t.Errorf("%d edges in all parts, want %d", len(edges), maxEdges+10)
	}
}

// Whatever terms quads have, JSON-LD says the same as N-Triples.
func TestJSONLDProperty(t *testing.T) {
	s := talksServer(t, Options{})
	iri := rapid.SampledFrom([]string{"kg:Russia", "kg:a//b", "kg://x", "kgo:open/meet_with", "rdf:type", "http://example.com/x?y=1#z", "urn:x:1", "kg:é日/👍🏽", "xsd:date", "mailto:a@b", "kg:a:b"})
	text := rapid.OneOf(rapid.StringN(0, 12, -1), rapid.SampledFrom([]string{"\"", "\\", "</script>", "\r\n", "\u2028", "\x00"})).
		Filter(func(s string) bool { return strings.ToValidUTF8(s, "") == s })
	rapid.Check(t, func(rt *rapid.T) {
		var all triples
		for range rapid.IntRange(0, 6).Draw(rt, "n") {
			o := graph.Res(graph.IRI(iri.Draw(rt, "object")))
			if rapid.Bool().Draw(rt, "literal") {
				o = graph.Str(text.Draw(rt, "text"))
				switch rapid.IntRange(0, 2).Draw(rt, "kind") {
				case 1:
					o.Datatype = "xsd:date"
				case 2:
					o.Lang = "en-gb"
				}
			}
			all.add(graph.Quad{Subject: graph.Res(graph.IRI(iri.Draw(rt, "subject"))), Predicate: graph.Res(graph.IRI(iri.Draw(rt, "predicate"))), Object: o})
		}
		slices.SortStableFunc(all.list, func(a, b graph.Quad) int { return strings.Compare(a.Subject.Value, b.Subject.Value) })
		var forms [2][]string
		for i, format := range []string{"ntriples", "jsonld"} {
			body, err := s.rdfText(format, all.list)
			if err != nil {
				rt.Fatal(err)
			}
			forms[i] = triplesOf(t, s, format, body)
		}
		if d := cmp.Diff(forms[0], forms[1]); d != "" {
			rt.Fatalf("-N-Triples +JSON-LD\n%s", d)
		}
	})
}
