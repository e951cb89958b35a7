package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"kg/graph"
)

// call is a request to a handler, with the token; header is "Name: value" lines, an empty value takes it away.
func call(t testing.TB, h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost:64210"
	r.Header.Set("Authorization", "Bearer "+testToken)
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case name == "Host":
			r.Host = value
		case value == "":
			r.Header.Del(name)
		default:
			r.Header.Set(name, value)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// errorOf is the text of a JSON error, "" where the body is something else.
func errorOf(w *httptest.ResponseRecorder) string {
	var e struct{ Error string }
	if json.Unmarshal(w.Body.Bytes(), &e) != nil {
		return ""
	}
	return e.Error
}

func rows(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = map[string]any{"id": fmt.Sprintf("<kg:N%d>", i)}
	}
	return list
}

func TestQueryAnswers(t *testing.T) {
	var asked graph.QueryRequest
	f := &fakeStore{query: func(_ context.Context, q graph.QueryRequest) (*graph.Result, error) {
		asked = q
		switch q.Text {
		case "none":
			return &graph.Result{Counted: true}, nil
		case "many":
			return &graph.Result{Rows: rows(2), Total: 1234, Truncated: true, Counted: true}, nil
		case "manymore":
			return &graph.Result{Rows: rows(2), Total: 5000, Truncated: true}, nil
		case "nan":
			return &graph.Result{Rows: []any{math.NaN()}, Total: 1, Counted: true}, nil
		case "{data}":
			return &graph.Result{Rows: []any{map[string]any{"nodes": []any{}}}, Total: 1, Counted: true}, nil
		case "faulty":
			return nil, &graph.QueryError{Lang: q.Lang, Err: errors.New("unexpected <")}
		case "slow":
			return nil, fmt.Errorf("gizmo: %w", context.DeadlineExceeded)
		case "broken":
			return nil, errors.New("disk on fire at /secret")
		case "panic":
			panic("boom")
		}
		return &graph.Result{Rows: []any{map[string]any{"id": "<kg:Astana_talks>"}}, Total: 1, Counted: true}, nil
	}}
	s, log := fakeServer(t, f, Options{RowLimit: 7})

	tests := []struct {
		name, method, target, body string
		status                     int
		want                       string // a part of the body
	}{
		{"v1", "POST", "/api/v1/query/gizmo", "q", 200, `{"result":[{"id":"<kg:Astana_talks>"}],"meta":{"rows":1,"total":1,"counted":true,"truncated":false,`},
		{"v2", "POST", "/api/v2/query?lang=gizmo", "q", 200, `{"result":[{"id":"<kg:Astana_talks>"}],"meta":`},
		{"v2 get", "GET", "/api/v2/query?lang=gizmo&qu=q", "", 200, `{"result":[{"id":"<kg:Astana_talks>"}],"meta":`},
		{"no rows are a list", "POST", "/api/v2/query?lang=gizmo", "none", 200, `{"result":[],`},
		{"truncated", "POST", "/api/v2/query?lang=gizmo", "many", 200, `"meta":{"rows":2,"total":1234,"counted":true,"truncated":true,`},
		{"not counted", "POST", "/api/v2/query?lang=gizmo", "manymore", 200, `"total":5000,"counted":false,"truncated":true,`},
		{"graphql", "POST", "/api/v2/query?lang=graphql", "{data}", 200, `{"data":{"nodes":[]},"meta":`},
		{"graphql v1", "POST", "/api/v1/query/graphql", "{data}", 200, `{"data":{"nodes":[]},"meta":`},
		{"graphql error", "POST", "/api/v2/query?lang=graphql", "faulty", 400, `{"error":"graphql: unexpected <","errors":[{"message":"graphql: unexpected <"}]}`},
		{"faulty", "POST", "/api/v2/query?lang=gizmo", "faulty", 400, `{"error":"gizmo: unexpected <"}`},
		{"empty", "POST", "/api/v2/query?lang=gizmo", " \n", 400, `{"error":"query is empty"}`},
		{"get without query", "GET", "/api/v2/query?lang=gizmo", "", 400, `{"error":"query is empty"}`},
		{"no language", "POST", "/api/v2/query", "q", 400, `{"error":"query language not specified`},
		{"unknown language", "POST", "/api/v2/query?lang=sparql", "q", 400, `{"error":"unknown query language \"sparql\": there are gizmo, graphql, mql"}`},
		{"unknown language v1", "POST", "/api/v1/query/sparql", "q", 400, `{"error":"unknown query language`},
		{"unknown language of a shape", "POST", "/api/v1/shape/sparql", "q", 400, `{"error":"unknown query language`},
		{"not UTF-8", "POST", "/api/v2/query?lang=gizmo", "\xff\xfe", 400, `{"error":"query is not valid UTF-8"}`},
		{"bad limit", "POST", "/api/v2/query?lang=gizmo&limit=ten", "q", 400, `{"error":"limit: not a number of rows: \"ten\""}`},
		{"NaN is an error, not an empty answer", "POST", "/api/v2/query?lang=gizmo", "nan", 400, `{"error":"the answer cannot be written as JSON`},
		{"time limit", "POST", "/api/v2/query?lang=gizmo", "slow", 504, `{"error":"stopped at the time limit of 30s"}`},
		{"store fault keeps its details", "POST", "/api/v2/query?lang=gizmo", "broken", 500, `{"error":"the graph could not be read or written; the server's log has the details under `},
		{"panic", "POST", "/api/v2/query?lang=gizmo", "panic", 500, `{"error":"the server met a fault of its own`},
		{"the server lives on", "POST", "/api/v2/query?lang=gizmo", "q", 200, `{"result":[`},
		{"wrong method", "PUT", "/api/v2/query?lang=gizmo", "q", 405, `{"error":"only GET and POST are answered here"}`},
		{"unknown address", "POST", "/api/v3/query", "q", 404, `{"error":"there is nothing at this address"}`},
		{"no profiler", "GET", "/debug/pprof/", "", 404, `There is nothing at this address.`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := call(t, s, tt.method, tt.target, tt.body)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
				t.Errorf("%s %s: %d %s\nwant %d with %s", tt.method, tt.target, w.Code, w.Body, tt.status, tt.want)
			}
			if strings.HasPrefix(tt.target, "/api/") && w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("Content-Type %q", w.Header().Get("Content-Type"))
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Error("the answer tells what only the log should")
			}
		})
	}
	for _, want := range []string{"boom", "web_test.go", "disk on fire at /secret"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not have %q", want)
		}
	}

	w := call(t, s, "POST", "/api/v2/query?lang=gizmo", "manymore", "Accept: application/ld+json")
	if !asked.JSONLD || w.Header().Get("Content-Type") != "application/ld+json" || asked.Limit != 7 {
		t.Errorf("asked %+v, answered as %s", asked, w.Header().Get("Content-Type"))
	}
	if w.Header().Get("Kg-Rows") != "2" || w.Header().Get("Kg-Total") != "5000+" {
		t.Errorf("headers %v", w.Header())
	}
	call(t, s, "POST", "/api/v2/query?lang=gizmo", "q", "Accept: application/ld+json;q=0.1, application/json")
	if asked.JSONLD {
		t.Error("JSON-LD although plain JSON is wanted more")
	}
	for limit, want := range map[string]int{"": 7, "0": 7, "3": 3, "-1": -1, "999999999": graph.MaxRows} {
		if w := call(t, s, "POST", "/api/v1/query/gizmo?limit="+limit, "q"); w.Code != 200 || asked.Limit != want {
			t.Errorf("limit=%s: asked for %d rows, want %d", limit, asked.Limit, want)
		}
	}
	if w := call(t, s, "POST", "/api/v1/query/gizmo?limit=-2", "q"); w.Code != 400 {
		t.Errorf("limit=-2: %d", w.Code)
	}
}

func TestShape(t *testing.T) {
	f := &fakeStore{shape: func(ctx context.Context, lang, text string) (*graph.QueryShape, error) {
		if _, ok := ctx.Deadline(); !ok {
			t.Error("no time limit")
		}
		if text == "bad" {
			return nil, &graph.QueryError{Lang: lang, Err: errors.New("no")}
		}
		return &graph.QueryShape{Nodes: []graph.ShapeNode{}, Links: []graph.ShapeLink{}}, nil
	}}
	s, _ := fakeServer(t, f, Options{})
	if w := call(t, s, "POST", "/api/v1/shape/gizmo", "g.V()"); w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"nodes":[],"links":[]}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := call(t, s, "POST", "/api/v1/shape/gizmo", "bad"); w.Code != 400 || errorOf(w) != "gizmo: no" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestReadOnly(t *testing.T) {
	f := &fakeStore{}
	s, _ := fakeServer(t, f, Options{})
	for _, path := range []string{"/api/v1/write", "/api/v1/write/file/nquad", "/api/v1/delete", "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete"} {
		w := call(t, s, "POST", path, "<kg:a> <kg:b> <kg:c> .\n")
		if w.Code != 403 || !strings.Contains(errorOf(w), "read-only") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if len(f.quads) != 0 {
		t.Errorf("stored %v", f.quads)
	}
	// A store that is open for reading only says so itself.
	s, _ = fakeServer(t, &fakeStore{writeErr: graph.ErrReadOnly}, Options{AllowWrites: true})
	if w := call(t, s, "POST", "/api/v2/write", "<kg:a> <kg:b> <kg:c> .\n"); w.Code != 403 || !strings.Contains(errorOf(w), "read-only") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func gzipped(s string) string {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	zw.Write([]byte(s))
	zw.Close()
	return buf.String()
}

func TestBodyLimits(t *testing.T) {
	line := "<kg:a> <kg:b> <kg:c> .\n"
	big := strings.Repeat(line, 100)
	f := &fakeStore{query: func(_ context.Context, q graph.QueryRequest) (*graph.Result, error) {
		t.Error("a query that is too large was run")
		return &graph.Result{}, nil
	}}
	s, _ := fakeServer(t, f, Options{AllowWrites: true, MaxBody: 1000})
	form := func(content string) (body, ctype string) {
		var buf bytes.Buffer
		mw := multipart.NewWriter(&buf)
		fw, _ := mw.CreateFormFile("NQuadFile", "a.nq.gz")
		io.WriteString(fw, content)
		mw.Close()
		return buf.String(), mw.FormDataContentType()
	}
	bomb, bombType := form(gzipped(big))
	for _, tt := range []struct {
		name, target, body string
		header             []string
	}{
		{"query", "/api/v2/query?lang=gizmo", "//" + big, nil},
		{"query v1", "/api/v1/query/gizmo", "//" + big, nil},
		{"shape", "/api/v1/shape/gizmo", "//" + big, nil},
		{"write", "/api/v2/write", big, nil},
		{"write v1", "/api/v1/write", "[" + strings.Repeat(" ", 2000) + "]", nil},
		{"delete", "/api/v2/delete", big, nil},
		{"node", "/api/v2/node/delete", big, nil},
		{"bomb", "/api/v2/write", gzipped(big), []string{"Content-Encoding: gzip"}},
		{"query bomb", "/api/v2/query?lang=gizmo", gzipped(big), []string{"Content-Encoding: gzip"}},
		{"bomb in a form", "/api/v1/write/file/nquad", bomb, []string{"Content-Type: " + bombType}},
	} {
		w := call(t, s, "POST", tt.target, tt.body, tt.header...)
		if w.Code != 413 || !strings.Contains(errorOf(w), "limit of 1000 bytes") {
			t.Errorf("%s: %d %s", tt.name, w.Code, w.Body)
		}
	}
	// A body of unknown length is cut off as well.
	r := httptest.NewRequest("POST", "/api/v2/write", io.MultiReader(strings.NewReader(big)))
	r.Host, r.ContentLength = "localhost", -1
	r.Header.Set("Authorization", "Bearer "+testToken)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("chunked: %d %s", w.Code, w.Body)
	}
	if len(f.quads) != 0 {
		t.Errorf("%d quads of bodies that are too large were stored", len(f.quads))
	}
	if w := call(t, s, "POST", "/api/v2/write", line, "Content-Encoding: br"); w.Code != 415 {
		t.Errorf("br: %d %s", w.Code, w.Body)
	}
	if w := call(t, s, "POST", "/api/v2/write", line, "Content-Encoding: gzip"); w.Code != 400 {
		t.Errorf("not gzip: %d %s", w.Code, w.Body)
	}
}

func TestForeignPages(t *testing.T) {
	f := &fakeStore{}
	s, _ := fakeServer(t, f, Options{Hosts: []string{"kg.example.org"}})
	const api = "/api/v2/query?lang=gizmo&qu=g.V().All()"
	for _, tt := range []struct {
		target string
		header string // lines parted by |
		status int
	}{
		{api, "", 200},
		{api, "Origin: http://localhost:64210", 200},
		{api, "Origin: http://localhost:64210|Sec-Fetch-Site: same-origin", 200},
		{api, "Sec-Fetch-Site: none", 200},
		{api, "Host: 127.0.0.1:64210", 200},
		{api, "Host: [::1]:64210", 200},
		{api, "Host: 192.168.7.7:64210|Origin: http://192.168.7.7:64210", 200},
		{api, "Host: kg.example.org|Origin: https://kg.example.org", 200},
		{api, "Host: KG.example.org.:443", 200},
		{api, "Host: evil.example", 403}, // DNS rebinding
		{api, "Host: localhost.evil.example:64210", 403},
		{api, "Host: ", 403},
		{api, "Host: kg.example.org.evil.example", 403},
		{api, "Origin: http://evil.example", 403},
		{api, "Origin: http://localhost:3000", 403},
		{api, "Origin: null", 403},
		{api, "Origin: file://", 403},
		{api, "Sec-Fetch-Site: cross-site", 403},
		{api, "Sec-Fetch-Site: same-site", 403},
		{api, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 403},
		{"/query?q=g.V().All()", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 200}, // runs nothing, see below
		{"/query?q=g.V().All()", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: image", 403},
		{"/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 200},
		{"/ui/query", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 200},
		{"/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe", 403},
		{"/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: image", 403},
		{"/", "Host: evil.example", 403},
	} {
		var header []string
		if tt.header != "" {
			header = strings.Split(tt.header, "|")
		}
		w := call(t, s, "GET", tt.target, "", header...)
		if w.Code != tt.status {
			t.Errorf("%s with %q: %d, want %d: %.200s", tt.target, tt.header, w.Code, tt.status, w.Body)
		}
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s with %q: header %s", tt.target, tt.header, name)
			}
		}
	}
	f.query = func(context.Context, graph.QueryRequest) (*graph.Result, error) {
		t.Error("a link on a page of another site ran a query")
		return &graph.Result{}, nil
	}
	if w := call(t, s, "GET", "/query?q=g.V().All()", "", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"); !strings.Contains(w.Body.String(), "g.V().All()") {
		t.Errorf("the query of a link is not shown: %s", w.Body)
	}
	// A preflight gets no permission.
	if w := call(t, s, "OPTIONS", "/api/v2/write", "", "Origin: http://evil.example", "Access-Control-Request-Method: POST"); w.Code != 403 || len(w.Header().Values("Access-Control-Allow-Origin")) != 0 {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
}

func TestHeaders(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{})
	for _, target := range []string{"/", "/query", "/ui/", "/ui/static/nothing", "/api/v2/formats", "/health", "/nothing"} {
		h := call(t, s, "GET", target, "").Header()
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "script-src 'unsafe") ||
			strings.Contains(csp, "*") || strings.Contains(csp, "http") {
			t.Errorf("%s: policy %q", target, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: headers %v", target, h)
		}
	}
	if w := call(t, s, "GET", "/health", ""); w.Code != 204 {
		t.Errorf("/health: %d", w.Code)
	}
}

func TestQueueLimit(t *testing.T) {
	block := make(chan struct{})
	started := make(chan struct{}, 2)
	f := &fakeStore{query: func(context.Context, graph.QueryRequest) (*graph.Result, error) {
		started <- struct{}{}
		<-block
		return &graph.Result{}, nil
	}}
	s, _ := fakeServer(t, f, Options{MaxQueries: 2, QueueTimeout: 20 * time.Millisecond})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if w := call(t, s, "POST", "/api/v1/query/gizmo", "q"); w.Code != 200 {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	<-started
	<-started
	w := call(t, s, "POST", "/api/v1/query/gizmo", "q")
	if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(errorOf(w), "too many queries") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := call(t, s, "GET", "/health", ""); w.Code != 204 {
		t.Errorf("/health while busy: %d", w.Code)
	}
	close(block)
	wg.Wait()
	go func() { <-started }()
	if w := call(t, s, "POST", "/api/v1/query/gizmo", "q"); w.Code != 200 {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// A reader that fails midway must not look complete.
func TestReadBreaksOff(t *testing.T) {
	f := &fakeStore{quadsErr: errors.New("bad page")}
	s, log := fakeServer(t, f, Options{})
	ts := httptest.NewServer(s)
	defer ts.Close()

	resp, err := http.Get(ts.URL + "/api/v2/read?format=json")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 500 {
		t.Errorf("failing at once: %s", resp.Status)
	}
	for range 10_000 { // text that gzip cannot pack away
		f.quads = append(f.quads, graph.Quad{Subject: res("kg:a"), Predicate: res("kg:b"), Object: graph.Term{Kind: graph.Literal, Value: rand.Text()}})
	}
	// The connection breaks before or after the headers, as buffers have it.
	if resp, err = http.Get(ts.URL + "/api/v2/read?format=json"); err == nil {
		if b, err := io.ReadAll(resp.Body); err == nil {
			t.Errorf("%s: %d bytes look like the whole answer", resp.Status, len(b))
		}
		resp.Body.Close()
	}
	if !strings.Contains(log.String(), "bad page") {
		t.Error("the log does not tell why")
	}
}

func res(iri string) graph.Term { return graph.Term{Kind: graph.Resource, Value: iri} }

func TestServeEnds(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	entered := make(chan struct{}, 2)
	finish := make(chan struct{})
	f := &fakeStore{query: func(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
		entered <- struct{}{}
		if q.Text == "stuck" {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		<-finish
		return &graph.Result{}, nil
	}}
	s, _ := fakeServer(t, f, Options{Grace: 300 * time.Millisecond})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	post := func(query string) (int, error) {
		resp, err := client.Post("http://"+ln.Addr().String()+"/api/v1/query/gizmo", "text/plain", strings.NewReader(query))
		if err != nil {
			return 0, err
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		return resp.StatusCode, nil
	}
	type outcome struct {
		status int
		err    error
	}
	good, stuck := make(chan outcome, 1), make(chan outcome, 1)
	go func() { status, err := post("good"); good <- outcome{status, err} }()
	go func() { status, err := post("stuck"); stuck <- outcome{status, err} }()
	<-entered
	<-entered
	cancel()
	time.Sleep(20 * time.Millisecond)
	close(finish)
	if o := <-good; o.err != nil || o.status != 200 {
		t.Errorf("a running query was not drained: %+v", o)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if o := <-stuck; o.err == nil && o.status != 503 {
		t.Errorf("a query beyond the grace: %+v", o)
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("still listening")
	}
}

func TestServeFails(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	if err := s.Serve(context.Background(), ln); err == nil || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("Serve on a closed listener: %v", err)
	}
}

func TestUI(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{})
	index := call(t, s, "GET", "/ui/", "").Body.String()
	for _, deep := range []string{"/ui/query", "/ui/shape", "/ui/visualize", "/ui/write", "/ui/index.html"} {
		if w := call(t, s, "GET", deep, ""); w.Code != 200 || w.Body.String() != index || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s is not the UI's page: %d", deep, w.Code)
		}
	}
	if w := call(t, s, "GET", "/ui", ""); w.Code != 301 || w.Header().Get("Location") != "/ui/" {
		t.Errorf("/ui: %d %v", w.Code, w.Header())
	}
	if strings.Contains(index, "<script>") || strings.Contains(index, "KG_") || !strings.Contains(index, `data-read-only="true"`) {
		t.Errorf("page: %s", index)
	}
	writable, _ := fakeServer(t, &fakeStore{}, Options{AllowWrites: true})
	if !strings.Contains(call(t, writable, "GET", "/ui/", "").Body.String(), `data-read-only="false"`) {
		t.Error("a writable server says that it is read-only")
	}
	// Whatever the page names is there, and nothing served names a foreign host that it would load from.
	for _, part := range strings.FieldsFunc(index, func(r rune) bool { return r == '"' || r == ' ' }) {
		if strings.HasPrefix(part, "/") && strings.Contains(part, ".") {
			if w := call(t, s, "GET", part, ""); w.Code != 200 {
				t.Errorf("%s: %d", part, w.Code)
			}
		}
	}
	for name := range s.ui {
		if strings.HasPrefix(name, "monaco/") {
			continue // its only addresses are in comments and help texts; test/browser sees that none is loaded
		}
		body := call(t, s, "GET", "/ui/"+name, "").Body.String()
		for _, foreign := range []string{"localhost:64210", "jsdelivr", "googleapis", "sourceMappingURL"} {
			if strings.Contains(body, foreign) {
				t.Errorf("%s names %s", name, foreign)
			}
		}
	}
	for _, gone := range []string{"service-worker.js", "asset-manifest.json", "static/js/main.84d3ab8c.chunk.js.map", "nothing", "../api", "monaco/vs/nothing.js"} {
		if w := call(t, s, "GET", "/ui/"+gone, ""); w.Code == 200 {
			t.Errorf("/ui/%s: 200", gone)
		}
	}
	for _, there := range []string{"/gizmo.d.ts", "/ui/gizmo.d.ts", "/ui/monaco/vs/loader.js", "/ui/icons/material-icons.woff2", "/static/kg.css", "/favicon.ico"} {
		w := call(t, s, "GET", there, "")
		if w.Code != 200 || w.Body.Len() < 100 {
			t.Errorf("%s: %d, %d bytes", there, w.Code, w.Body.Len())
		}
	}
}

func TestFiles(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{})
	const target = "/ui/monaco/vs/editor/editor.main.js"
	plain := call(t, s, "GET", target, "")
	packed := call(t, s, "GET", target, "", "Accept-Encoding: br, gzip;q=0.5")
	if packed.Header().Get("Content-Encoding") != "gzip" || plain.Header().Get("Content-Encoding") != "" {
		t.Fatalf("encodings %q and %q", packed.Header().Get("Content-Encoding"), plain.Header().Get("Content-Encoding"))
	}
	zr, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(zr)
	if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) || len(unpacked) != 2197098 {
		t.Errorf("unpacked %d bytes, plain %d: %v", len(unpacked), plain.Body.Len(), err)
	}
	if none := call(t, s, "GET", target, "", "Accept-Encoding: gzip;q=0"); none.Header().Get("Content-Encoding") != "" {
		t.Error("gzip although it is refused")
	}
	again := call(t, s, "GET", target, "", "Accept-Encoding: gzip", "If-None-Match: "+packed.Header().Get("ETag"))
	if again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("again: %d", again.Code)
	}
	if other := call(t, s, "GET", target, "", "If-None-Match: "+packed.Header().Get("ETag")); other.Code != 200 {
		t.Errorf("the tag of the packed file fits the plain one: %d", other.Code)
	}
	if head := call(t, s, "HEAD", target, ""); head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != "2197098" {
		t.Errorf("HEAD: %d %v", head.Code, head.Header())
	}
}

func TestUIOfAnotherVersion(t *testing.T) {
	defer func(old []edit) { edits = old }(edits)
	edits = append(edits[:len(edits):len(edits)], edit{"index.html", "not in there", "x"})
	if _, err := cayleyUI(true); err == nil || !strings.Contains(err.Error(), `index.html: "not in there" stands 0 times`) {
		t.Errorf("error %v", err)
	}
}

// inlineScript is a script that the policy of pages forbids.
var inlineScript = regexp.MustCompile(`<script(>|[^>]*>[^<])| on[a-z]+=| style="`)

func TestStartPage(t *testing.T) {
	empty, _ := fakeServer(t, &fakeStore{}, Options{})
	if body := call(t, empty, "GET", "/", "").Body.String(); !strings.Contains(body, "The graph is still empty") || strings.Contains(body, "Questions to begin with") {
		t.Errorf("empty store: %s", body)
	}

	// A server that has the API only knows the counts.
	f := &fakeStore{stats: graph.Stats{Quads: 12345, Articles: 1, Claims: 3, Entities: 4, PlainEdges: 3}}
	s, _ := fakeServer(t, f, Options{})
	if body := call(t, s, "GET", "/", "").Body.String(); !strings.Contains(body, "<dt>article read</dt><dd>1</dd>") || !strings.Contains(body, "<dd>4</dd>") {
		t.Errorf("counts: %s", body)
	}
	f.stats = graph.Stats{Quads: 12345}
	if body := call(t, s, "GET", "/", "").Body.String(); !strings.Contains(body, "12\u202f345 records, but no articles") {
		t.Errorf("records without articles: %s", body)
	}
	s, _ = fakeServer(t, f, Options{Examples: []Example{{Title: "Mine", Lang: "mql", Query: "[]"}}})
	if body := call(t, s, "GET", "/", "").Body.String(); !strings.Contains(body, `<a class="question" href="/query?lang=mql&amp;q=%5B%5D">Mine</a>`) {
		t.Errorf("configured example: %s", body)
	}
	f.statsErr = errors.New("gone")
	if w := call(t, s, "GET", "/", ""); w.Code != 500 || !strings.Contains(w.Body.String(), "could not be read") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestResultsPage(t *testing.T) {
	node := func(id string) any { return map[string]any{"@id": id} }
	f := &fakeStore{
		entities: map[graph.IRI]graph.Entity{"kg:Russia": {Label: "Russia & more"}},
		query: func(_ context.Context, q graph.QueryRequest) (*graph.Result, error) {
			if !q.JSONLD {
				t.Error("the page needs nodes and literals apart")
			}
			switch q.Text {
			case "bad":
				return nil, &graph.QueryError{Lang: "gizmo", Err: errors.New("no such <method>")}
			case "slow":
				return nil, context.DeadlineExceeded
			case "none":
				return &graph.Result{Counted: true}, nil
			case "nan":
				return &graph.Result{Rows: []any{math.Inf(1)}}, nil
			}
			return &graph.Result{Total: 5000, Truncated: true, Rows: []any{
				map[string]any{"tag": node("kg:Russia"), "id": node("kg:sentence/1")},
				map[string]any{"id": map[string]any{"@value": "2017", "@type": "xsd:gYear"}},
				"emitted", 3.5, nil, []any{1}, node("_:b0"),
			}}, nil
		},
	}
	s, _ := fakeServer(t, f, Options{})
	body := call(t, s, "GET", "/query?q=rows", "").Body.String()
	for _, want := range []string{
		`<tr><th scope="col">tag</th><th scope="col">value</th><th scope="col">id</th></tr>`,
		`>Russia &amp; more</a><span class="iri">kg:Russia</span>`, `<code>kg:sentence/1</code></a>`, `<td data-name="id">2017</td>`, `<td data-name="value">emitted</td>`, `<td data-name="value">3.5</td>`, `<code>_:b0</code>`,
		`<textarea id="q" name="q" rows="6" spellcheck="false" autocapitalize="off" autocomplete="off">rows</textarea>`,
		`href="/query?lang=gizmo&amp;q=rows&amp;limit=1000"`, `href="/api/v2/query?lang=gizmo&amp;qu=rows"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("results page has no %q", want)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
	for _, tt := range []struct {
		target string
		status int
		want   string
	}{
		{"/query", 200, "A query starts at things"},
		{"/query?q=none", 200, "Nothing in the graph fits this query."},
		{"/query?q=bad", 400, "No such &lt;method&gt;."},
		{"/query?q=nan", 400, "The answer cannot be written as JSON"},
		{"/query?q=slow", 504, "The query ran longer than 30s and was stopped."},
		{"/query?q=x&lang=sparql", 400, "Unknown query language"},
		{"/query?q=x&limit=x", 400, "Limit: not a number of rows"},
		{"/query?q=%3C/textarea%3E%3Cscript%3E", 200, "&lt;/textarea&gt;&lt;script&gt;"},
	} {
		w := call(t, s, "GET", tt.target, "")
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d, want %d with %q\n%s", tt.target, w.Code, tt.status, tt.want, w.Body)
		}
		if inlineScript.MatchString(w.Body.String()) {
			t.Errorf("%s: a script within the page", tt.target)
		}
	}
}

func TestNumber(t *testing.T) {
	got := []string{number(0), number(999), number(1000), number(-1234567), number(12345678)}
	want := []string{"0", "999", "1\u202f000", "-1\u202f234\u202f567", "12\u202f345\u202f678"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"":                                  "*/*",
		"application/ld+json":               "application/ld+json",
		"a/b;q=0.2, c/d , e/f;q=0, ;;x":     "c/d a/b",
		"text/html;q=0.5,text/turtle;q=0.9": "text/turtle text/html",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept", header)
		if got := strings.Join(accepted(r), " "); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}
