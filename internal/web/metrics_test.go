package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kg/graph"
)

// local is a call from this computer, without the token.
func local(t testing.TB, h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", target, nil)
	r.Host, r.RemoteAddr = "localhost:64210", "127.0.0.1:5555"
	for _, line := range header {
		switch name, value, _ := strings.Cut(line, ": "); name {
		case "Host":
			r.Host = value
		case "From":
			r.RemoteAddr = value
		default:
			r.Header.Set(name, value)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// metric is the value of a line of /metrics, -2 where there is none.
func metric(t testing.TB, text, name string) float64 {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
	if m == nil {
		return -2
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMetrics(t *testing.T) {
	s := restServer(t, Options{MaxQueries: 3, MaxPages: 1, QueueTimeout: 5 * time.Millisecond})
	before := local(t, s, "/metrics").Body.String()
	if metric(t, before, "kg_index_age_seconds") != -1 || metric(t, before, "kg_store_claims") != 0 {
		t.Errorf("before there is an index: %s", before)
	}
	for range 2 {
		call(t, s, "GET", restPath+"/claims/4", "")
	}
	call(t, s, "GET", restPath+"/claims/nothing", "")
	call(t, s, "GET", "/no/such/page", "")
	call(t, s, "GET", "/another/one", "")
	call(t, s, "BREW", "/", "")
	call(t, s, "GET", "/", "", "Origin: http://evil.example")
	call(t, s, "GET", "/", "", "Authorization: Bearer wrong-wrong-wrong-wrong")
	s.pages <- struct{}{}
	call(t, s, "GET", "/query", "")
	text := local(t, s, "/metrics").Body.String()
	<-s.pages
	for name, want := range map[string]float64{
		`kg_http_requests_total{method="GET",route="/api/kg/v1/claims/{id}",status="200"}`: 2,
		`kg_http_requests_total{method="GET",route="/api/kg/v1/claims/{id}",status="404"}`: 1,
		`kg_http_requests_total{method="GET",route="/",status="404"}`:                      2,
		`kg_http_requests_total{method="other",route="/{$}",status="405"}`:                 1,
		`kg_http_requests_total{method="GET",route="none",status="403"}`:                   1,
		`kg_http_requests_total{method="GET",route="/query",status="503"}`:                 1,
		`kg_http_request_duration_seconds_count{route="/api/kg/v1/claims/{id}"}`:           3,
		`kg_http_refused_total{reason="origin"}`:                                           1,
		`kg_http_refused_total{reason="token"}`:                                            1,
		`kg_http_refused_total{reason="pages"}`:                                            1,
		`kg_http_refused_total{reason="queries"}`:                                          0,
		"kg_queries_limit": 3, "kg_pages_running": 1, "kg_queries_running": 0, "kg_store_claims": 6, "kg_store_articles": 2, "kg_store_events": 1, "kg_index_making": 0,
	} {
		if got := metric(t, text, name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if age := metric(t, text, "kg_index_age_seconds"); age < 0 || age > 60 {
		t.Errorf("age of the index: %v", age)
	}
	if metric(t, text, "go_goroutines") < 1 || strings.Contains(text, "/no/such/page") || strings.Contains(text, testToken) {
		t.Error(text)
	}
}

func TestMetricsAreLocal(t *testing.T) {
	s, _ := fakeServer(t, &fakeStore{}, Options{Hosts: []string{"kg.example.org"}})
	for _, tt := range []struct {
		header string // lines parted by |
		status int
	}{
		{"", 200}, {"From: [::1]:7", 200}, {"Host: 127.0.0.1:64210", 200}, {"Host: [::1]", 200},
		{"From: 192.0.2.7:5555", 401}, {"From: nonsense", 401}, {"Host: kg.example.org", 401}, {"Host: 192.0.2.7", 401},
		{"X-Forwarded-For: 127.0.0.1", 401}, {"Forwarded: for=127.0.0.1", 401}, {"Via: 1.1 proxy", 401},
		{"From: 192.0.2.7:5555|Authorization: Bearer " + testToken, 200},
		{"Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 403},
	} {
		var header []string
		if tt.header != "" {
			header = strings.Split(tt.header, "|")
		}
		if w := local(t, s, "/metrics", header...); w.Code != tt.status {
			t.Errorf("%q: %d, want %d", tt.header, w.Code, tt.status)
		}
	}
	all, _ := fakeServer(t, &fakeStore{}, Options{Metrics: MetricsAll, Private: true})
	off, _ := fakeServer(t, &fakeStore{}, Options{Metrics: MetricsOff})
	if w := local(t, all, "/metrics", "From: 192.0.2.7:5555"); w.Code != 200 {
		t.Errorf("all: %d", w.Code)
	}
	if w := local(t, off, "/metrics"); w.Code != 404 {
		t.Errorf("off: %d", w.Code)
	}
}

func TestReady(t *testing.T) {
	s := restServer(t, Options{Private: true})
	ask := func(path string) (int, readiness) {
		w := local(t, s, path)
		var v readiness
		json.Unmarshal(w.Body.Bytes(), &v)
		return w.Code, v
	}
	if code, v := ask("/ready"); code != 503 || v.Ready {
		t.Errorf("before the index: %d %+v", code, v)
	}
	if code, _ := ask("/health"); code != 204 {
		t.Errorf("/health: %d", code)
	}
	if _, err := s.live.Index(context.Background()); err != nil {
		t.Fatal(err)
	}
	if code, v := ask("/ready"); code != 200 || !v.Ready || !v.Current || v.Made == "" {
		t.Errorf("with the index: %d %+v", code, v)
	}
	if _, err := s.graph.WriteQuads(context.Background(), []graph.Quad{{Subject: graph.Res("kg:a"), Predicate: graph.Res("kg:b"), Object: graph.Res("kg:c")}}); err != nil {
		t.Fatal(err)
	}
	if code, v := ask("/ready"); code != 200 || !v.Ready || v.Current {
		t.Errorf("after a write: %d %+v", code, v)
	}
	if err := s.graph.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/health", "/ready"} {
		if code, _ := ask(path); code != 503 {
			t.Errorf("%s of a closed store: %d", path, code)
		}
	}
}

func TestOrigins(t *testing.T) {
	s := restServer(t, Options{Origins: []string{"https://app.example.org"}, AllowWrites: true})
	const ours, foreign = "Origin: https://app.example.org", "Sec-Fetch-Site: cross-site"
	for _, tt := range []struct {
		method, path string
		header       []string
		status       int
		allowed      bool
	}{
		{"GET", restPath + "/claims/4", []string{ours, foreign}, 200, true},
		{"GET", restPath + "/claims/nothing", []string{ours, foreign}, 404, true},
		{"OPTIONS", restPath + "/claims", []string{ours, foreign, "Access-Control-Request-Method: GET"}, 204, true},
		{"GET", restPath + "/claims/4", []string{"Origin: https://app.example.org.evil.example"}, 403, false},
		{"GET", restPath + "/claims/4", []string{"Origin: http://app.example.org"}, 403, false},
		{"GET", restPath + "/claims/4", []string{ours, "Host: evil.example"}, 403, false},
		{"GET", restPath + "/claims/4", []string{foreign}, 403, false},
		{"POST", restPath + "/claims", []string{ours}, 403, false},
		{"GET", "/api/v2/formats", []string{ours}, 403, false},
		{"POST", "/api/v2/write", []string{ours}, 403, false},
		{"GET", "/", []string{ours}, 403, false},
		{"GET", restPath + "/claims/4", nil, 200, false},
	} {
		w := call(t, s, tt.method, tt.path, "", tt.header...)
		allow := w.Header().Get("Access-Control-Allow-Origin")
		if w.Code != tt.status || (allow == "https://app.example.org") != tt.allowed || !tt.allowed && allow != "" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s %s %q: %d %q, want %d, allowed %t", tt.method, tt.path, tt.header, w.Code, allow, tt.status, tt.allowed)
		}
		if strings.HasPrefix(tt.path, restPath) && !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Origin") {
			t.Errorf("%s %s: Vary %q", tt.method, tt.path, w.Header().Values("Vary"))
		}
		io.Copy(io.Discard, w.Body)
	}
}
