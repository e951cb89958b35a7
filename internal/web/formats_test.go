package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/google/go-cmp/cmp"

	"kg/graph"
)

// oneOfEach has every kind of term.
var oneOfEach = []graph.Quad{
	{Subject: res("kg:Russia"), Predicate: res("kgo:mediates"), Object: res("kg:Astana_talks"), Graph: res("kg:article/1")},
	{Subject: res("kg:Russia"), Predicate: res("kgo:mediates"), Object: res("kg:Astana_talks"), Graph: res("kg:article/2")},
	{Subject: res("kg:Russia"), Predicate: res("kgo:name"), Object: graph.Term{Kind: graph.Literal, Value: "Росси́я \"\\\n\t<&>"}},
	{Subject: graph.Term{Kind: graph.Blank, Value: "b0"}, Predicate: res("kgo:name"), Object: graph.Term{Kind: graph.Literal, Value: "Russie", Lang: "fr"}},
	{Subject: graph.Term{Kind: graph.Blank, Value: "b0"}, Predicate: res("kgo:since"), Object: graph.Term{Kind: graph.Literal, Value: "1991-12-26", Datatype: "xsd:date"}},
	{Subject: res("http://other.example/x"), Predicate: res("kgo:knows"), Object: graph.Term{Kind: graph.Blank, Value: "b0"}, Graph: graph.Term{Kind: graph.Blank, Value: "g"}},
}

func seqOf(quads []graph.Quad) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// sorted orders quads and renames their blank nodes, which JSON-LD does not keep.
func sorted(quads []graph.Quad, renamed bool) []graph.Quad {
	quads = slices.Clone(quads)
	if renamed {
		for i := range quads {
			for _, t := range []*graph.Term{&quads[i].Subject, &quads[i].Object, &quads[i].Graph} {
				if t.Kind == graph.Blank {
					t.Value = "b"
				}
			}
		}
	}
	slices.SortFunc(quads, func(a, b graph.Quad) int {
		return strings.Compare(a.Object.Value+a.Graph.Value+a.Predicate.Value, b.Object.Value+b.Graph.Value+b.Predicate.Value)
	})
	return quads
}

// What a format writes it reads back as the same quads.
func TestFormatsRoundTrip(t *testing.T) {
	f := &fakeStore{}
	for _, format := range formats {
		if format.parse == nil || format.encode == nil {
			continue
		}
		want := oneOfEach
		if format.name == "ntriples" {
			want = slices.Clone(oneOfEach[1:])
			for i := range want {
				want[i].Graph = graph.Term{}
			}
		}
		for _, short := range []bool{false, true} {
			var buf bytes.Buffer
			if err := format.encode(f, &buf, seqOf(want), short); err != nil {
				t.Fatalf("%s: %v", format.name, err)
			}
			full := bytes.Contains(buf.Bytes(), []byte(base+"Russia"))
			if full == short && format.name != "ntriples" {
				t.Errorf("%s short=%t: full IRIs are %t\n%s", format.name, short, full, buf.Bytes())
			}
			got, err := format.parse(f, buf.Bytes())
			if err != nil {
				t.Errorf("%s: %v\n%s", format.name, err, buf.Bytes())
				continue
			}
			ld := format.name == "jsonld"
			if d := cmp.Diff(sorted(want, ld), sorted(got, ld)); d != "" {
				t.Errorf("%s short=%t: %s\n%s", format.name, short, d, buf.Bytes())
			}
		}
	}
	for _, format := range formats {
		var buf bytes.Buffer
		if err := format.encode(f, &buf, seqOf(nil), false); err != nil {
			t.Fatalf("%s: %v", format.name, err)
		}
		if format.parse != nil {
			if got, err := format.parse(f, buf.Bytes()); err != nil || len(got) != 0 {
				t.Errorf("%s: nothing reads back as %v, %v", format.name, got, err)
			}
		}
	}
}

func TestJSONLDContexts(t *testing.T) {
	f := &fakeStore{}
	got, err := parseJSONLD(f, []byte(`{"@context": {"talks": "`+base+`ontology/mediates", "kg": "`+base+`"}, "@id": "kg:Russia", "talks": {"@id": "kg:Astana_talks"}}`))
	want := []graph.Quad{{Subject: res("kg:Russia"), Predicate: res("kgo:mediates"), Object: res("kg:Astana_talks")}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	var fetched atomic.Bool
	ts := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Store(true) }))
	defer ts.Close()
	for _, doc := range []string{
		`{"@context": "` + ts.URL + `/c", "@id": "kg:a", "kg:b": "c"}`,
		`{"@context": ["` + ts.URL + `/c"], "@id": "kg:a"}`,
		`[{"@context": {"@version": 1.1, "@import": "` + ts.URL + `/c"}, "@id": "kg:a"}]`,
		`{"@context": {"kg": {"@id": "kg:b", "@context": "` + ts.URL + `/c"}}, "@id": "kg:a", "kg": {"kg:b": "c"}}`,
		`"` + ts.URL + `/c"`,
	} {
		_, err := parseJSONLD(f, []byte(doc))
		if err == nil {
			t.Errorf("%s: no error", doc)
		}
	}
	if fetched.Load() {
		t.Error("a context was fetched")
	}
	for _, doc := range []string{"", "{", "null", "1", "\xff", `{"@id": 3}`, strings.Repeat("[", 20000), `{"@graph": {"@graph": {"@graph": 1}}}`, `{"@type": 1}`, `{"@value": {}}`, `{"@list": [[]]}`} {
		// Whatever it is, it is an error or quads; never a panic.
		_, _ = parseJSONLD(f, []byte(doc))
	}
}

func TestPQuadsOfCayley(t *testing.T) {
	// Cayley's own writer, with its native values.
	var buf bytes.Buffer
	qw := pquads.NewWriter(&buf, nil)
	for _, o := range []quad.Value{quad.Int(3), quad.Bool(true), quad.IRI(base + "Iran"), quad.String("x")} {
		if err := qw.WriteQuad(quad.Quad{Subject: quad.IRI("kg:a"), Predicate: quad.IRI("kgo:b"), Object: o}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := parsePQuads(&fakeStore{}, buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var objects []graph.Term
	for _, q := range got {
		objects = append(objects, q.Object)
	}
	want := []graph.Term{
		{Kind: graph.Literal, Value: "3", Datatype: "xsd:integer"},
		{Kind: graph.Literal, Value: "true", Datatype: "xsd:boolean"},
		res("kg:Iran"), {Kind: graph.Literal, Value: "x"},
	}
	if d := cmp.Diff(want, objects); d != "" {
		t.Error(d)
	}

	// Damaged ones are errors.
	for range 2000 {
		b := bytes.Clone(buf.Bytes())
		for range 1 + rand.IntN(3) {
			b[rand.IntN(len(b))] = byte(rand.IntN(256))
		}
		if _, err := parsePQuads(&fakeStore{}, b[:rand.IntN(len(b)+1)]); err != nil && err.Error() == "" {
			t.Error("empty error")
		}
		_, _ = parsePQuadsNode(&fakeStore{}, b)
	}
}

func TestReadV2(t *testing.T) {
	f := &fakeStore{quads: oneOfEach[:3]}
	s, _ := fakeServer(t, f, Options{})
	for _, tt := range []struct {
		target string
		status int
		n      int // quads
	}{
		{"/api/v2/read?format=json", 200, 3},
		{"/api/v2/read?format=json&limit=2", 200, 2},
		{"/api/v2/read?format=json&limit=0", 200, 0},
		{"/api/v2/read?format=json&sub=%3Ckg:Russia%3E&pred=%3Ckgo:mediates%3E,%3Ckgo:name%3E", 200, 3},
		{"/api/v2/read?format=json&label=%3Ckg:article/2%3E,%3Ckg:article/2%3E", 200, 1},
		{"/api/v2/read?format=json&label=%3Ckg:nowhere%3E", 200, 0},
		{"/api/v2/read?format=json&limit=x", 400, 0},
		{"/api/v2/read?format=json&iri=x", 400, 0},
		{"/api/v2/read?format=json&sub=%3Ckg:a", 400, 0},
		{"/api/v2/read?format=gml", 400, 0},
		{"/api/v2/read?sub=" + strings.Repeat("a,", 10) + "&pred=" + manyTerms(40) + "&obj=" + manyTerms(40), 400, 0},
	} {
		w := call(t, s, "GET", tt.target, "")
		var quads []map[string]string
		if tt.status == 200 {
			if err := json.Unmarshal(w.Body.Bytes(), &quads); err != nil {
				t.Errorf("%s: %v\n%s", tt.target, err, w.Body)
			}
		} else if errorOf(w) == "" {
			t.Errorf("%s: no error: %s", tt.target, w.Body)
		}
		if w.Code != tt.status || len(quads) != tt.n {
			t.Errorf("%.80s: %d with %d quads, want %d with %d", tt.target, w.Code, len(quads), tt.status, tt.n)
		}
	}
	for accept, want := range map[string]string{
		"":                                  "application/n-quads",
		"text/html, application/ld+json":    "application/ld+json",
		"application/x-protobuf":            "application/x-protobuf",
		"application/unknown":               "application/n-quads",
		"text/turtle;q=.5,application/json": "application/json",
	} {
		if got := call(t, s, "GET", "/api/v2/read", "", "Accept: "+accept).Header().Get("Content-Type"); got != want {
			t.Errorf("Accept %q: %s, want %s", accept, got, want)
		}
	}
	w := call(t, s, "POST", "/api/v2/read", "format=json&sub=%3Ckg:Russia%3E&iri=short", "Content-Type: application/x-www-form-urlencoded")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `{"subject":"<kg:Russia>","predicate":"<kgo:mediates>","object":"<kg:Astana_talks>","label":"<kg:article/1>"}`) {
		t.Errorf("form: %d %s", w.Code, w.Body)
	}
}

func manyTerms(n int) string {
	var list []string
	for i := range n {
		list = append(list, string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	return strings.Join(list, ",")
}

func TestFormatsV2(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{})
	var list []struct {
		ID          string
		Read, Write bool
		Mime        []string
	}
	w := call(t, s, "GET", "/api/v2/formats", "")
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range list {
		found[f.ID] = f.Read && f.Write && len(f.Mime) > 0
	}
	if d := cmp.Diff(map[string]bool{"nquads": true, "ntriples": true, "turtle": false, "json": true, "jsonld": true, "pquads": true}, found); d != "" {
		t.Error(d)
	}
}

// FuzzParse: whatever a body holds, it is quads or an error fit for a client, and quads that were read can be written and read
// again.
func FuzzParse(f *testing.F) {
	store := &fakeStore{}
	for i, format := range formats {
		if format.encode == nil {
			continue
		}
		var buf bytes.Buffer
		if err := format.encode(store, &buf, seqOf(oneOfEach), i%2 == 0); err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), buf.Bytes())
	}
	f.Add(uint8(4), []byte(`{"@context": {"@vocab": "http://a/", "x": {"@id": "y", "@container": "@list"}}, "@id": "_:a", "x": [1, true, {"@value": "v", "@language": "en"}]}`))
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		format := formats[int(which)%len(formats)]
		if format.parseNode != nil {
			if _, err := format.parseNode(store, body); err != nil && err.Error() == "" {
				t.Error("empty error")
			}
		}
		if format.parse == nil {
			return
		}
		quads, err := format.parse(store, body)
		if err != nil {
			var status *statusError
			if !errors.As(err, &status) || status.status != 400 {
				t.Errorf("%s: %v is no answer for a client", format.name, err)
			}
			return
		}
		// The store checks quads before it takes them; here only kinds matter.
		for _, q := range quads {
			if q.Subject.Kind == graph.None || q.Predicate.Kind != graph.Resource || q.Object.Kind == graph.None {
				return
			}
		}
		for _, out := range formats {
			if err := out.encode(store, io.Discard, seqOf(quads), false); err != nil {
				t.Errorf("%s to %s: %v", format.name, out.name, err)
			}
		}
	})
}
