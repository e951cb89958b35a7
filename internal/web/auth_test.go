package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/graph"
)

const writeLine = "<kg:a> <kg:b> <kg:c> .\n"

// writePaths are the addresses that change the store.
var writePaths = []string{"/api/v1/write", "/api/v1/write/file/nquad", "/api/v1/delete", "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete"}

// login signs in and returns the header that a browser sends afterwards.
func login(t testing.TB, h http.Handler) (cookie string) {
	t.Helper()
	w := call(t, h, "POST", "/login", url.Values{"token": {testToken}, "next": {"/ui/write"}}.Encode(), "Authorization: ", "Content-Type: application/x-www-form-urlencoded")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/ui/write" {
		t.Fatalf("login: %d %v %s", w.Code, w.Header(), w.Body)
	}
	list := w.Result().Cookies()
	if len(list) != 1 || !list[0].HttpOnly || list[0].SameSite != http.SameSiteStrictMode || list[0].Path != "/" || len(list[0].Value) < 20 {
		t.Fatalf("cookies %+v", list)
	}
	return "Cookie: " + list[0].Name + "=" + list[0].Value
}

func TestToken(t *testing.T) {
	f := &fakeStore{}
	s, log := fakeServer(t, f, Options{AllowWrites: true})
	for _, path := range writePaths {
		w := call(t, s, "POST", path, writeLine, "Authorization: ")
		if w.Code != 401 || !strings.Contains(errorOf(w), "/login") || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s without a token: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
	}
	for _, header := range []string{"Authorization: Bearer ", "Authorization: Bearer token-of-the-test", "Authorization: Bearer token-of-the-tests2", "Authorization: bearer TOKEN-of-the-tests"} {
		if w := call(t, s, "POST", "/api/v2/write", writeLine, header); w.Code != 401 || strings.Contains(w.Body.String(), "token-of") {
			t.Errorf("%s: %d %s", header, w.Code, w.Body)
		}
	}
	// Neither a token of another scheme nor a cookie that nobody was given.
	for _, header := range []string{"Authorization: Basic " + testToken, "Authorization: " + testToken, "Cookie: kg_session_64210=" + testToken, "Cookie: kg_session_64210="} {
		h := []string{"Authorization: ", header}
		if strings.HasPrefix(header, "Auth") {
			h = h[1:]
		}
		if w := call(t, s, "POST", "/api/v2/write", writeLine, h...); w.Code != 401 {
			t.Errorf("%s: %d %s", header, w.Code, w.Body)
		}
	}
	if len(f.quads) != 0 {
		t.Fatalf("stored %v", f.quads)
	}
	if w := call(t, s, "POST", "/api/v2/write", writeLine, "Authorization: bearer  "+testToken); w.Code != 200 || len(f.quads) != 1 {
		t.Errorf("with the token: %d %s", w.Code, w.Body)
	}
	// A wrong token is not looked past, even where none is needed.
	if w := call(t, s, "GET", "/api/v2/formats", "", "Authorization: Bearer wrong"); w.Code != 401 && w.Code != 429 {
		t.Errorf("reading with a wrong token: %d", w.Code)
	}
	if strings.Contains(log.String(), testToken) || strings.Contains(log.String(), "token-of-the-test") {
		t.Error("the log has a token")
	}
}

func TestTokenOptions(t *testing.T) {
	for _, tt := range []struct {
		opt Options
		ok  bool
	}{
		{Options{}, true},
		{Options{AllowWrites: true}, false},
		{Options{Private: true}, false},
		{Options{Token: "short"}, false},
		{Options{Token: "with spaces in the token"}, false},
		{Options{Token: "Ümläuts in the töken"}, false},
		{Options{AllowWrites: true, Private: true, Token: testToken}, true},
	} {
		_, err := newServer(&fakeStore{}, tt.opt)
		if (err == nil) != tt.ok || err != nil && tt.opt.Token != "" && strings.Contains(err.Error(), tt.opt.Token) {
			t.Errorf("%+v: %v", tt.opt, err)
		}
	}
}

func TestLogin(t *testing.T) {
	f := &fakeStore{}
	s, _ := fakeServer(t, f, Options{AllowWrites: true, Hosts: []string{"kg.example.org"}})
	page := call(t, s, "GET", "/login?next=/ui/write", "", "Authorization: ")
	for _, want := range []string{`type="password"`, `name="next" value="/ui/write"`, `action="/login"`} {
		if page.Code != 200 || !strings.Contains(page.Body.String(), want) {
			t.Errorf("/login lacks %s: %d %s", want, page.Code, page.Body)
		}
	}
	cookie := login(t, s)
	if w := call(t, s, "POST", "/api/v2/write", writeLine, "Authorization: ", cookie, "Origin: http://localhost:64210"); w.Code != 200 || len(f.quads) != 1 {
		t.Errorf("with a session: %d %s", w.Code, w.Body)
	}
	// What another site makes the browser send is refused whatever cookie comes with it.
	for _, header := range []string{"Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Host: evil.example"} {
		if w := call(t, s, "POST", "/api/v2/delete", writeLine, "Authorization: ", cookie, header); w.Code != 403 || len(f.quads) != 1 {
			t.Errorf("%s: %d %s", header, w.Code, w.Body)
		}
	}
	if body := call(t, s, "GET", "/login", "", "Authorization: ", cookie).Body.String(); !strings.Contains(body, "You are signed in") {
		t.Errorf("/login of who is signed in: %s", body)
	}
	if w := call(t, s, "POST", "/logout", "", "Authorization: ", cookie); w.Code != 303 || !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("/logout: %d %v", w.Code, w.Header())
	}
	if w := call(t, s, "POST", "/api/v2/write", writeLine, "Authorization: ", cookie); w.Code != 401 {
		t.Errorf("after /logout: %d %s", w.Code, w.Body)
	}
	if w := call(t, s, "GET", "/logout", ""); w.Code != 405 {
		t.Errorf("GET /logout: %d", w.Code)
	}

	// Behind a proxy with TLS the cookie stays on TLS.
	form := url.Values{"token": {testToken}}.Encode()
	const ctype = "Content-Type: application/x-www-form-urlencoded"
	w := call(t, s, "POST", "/login", form, "Authorization: ", ctype, "Host: kg.example.org", "Origin: https://kg.example.org")
	if c := w.Header().Get("Set-Cookie"); w.Code != 303 || !strings.Contains(c, "Secure") || !strings.HasPrefix(c, "kg_session=") {
		t.Errorf("over TLS: %d %q", w.Code, c)
	}
	if w := call(t, s, "POST", "/login", strings.Repeat("x", 5000), "Authorization: ", ctype); w.Code != 413 {
		t.Errorf("large form: %d", w.Code)
	}
	none, err := newServer(f, Options{Logger: s.log})
	if err != nil {
		t.Fatal(err)
	}
	if w := call(t, none, "POST", "/login", url.Values{"token": {""}}.Encode(), "Authorization: ", ctype); w.Code != 403 || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("a server without a token: %d %v", w.Code, w.Header())
	}
}

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/entity/Russia?status=denied": "/entity/Russia?status=denied", "/": "/", "": "/", "x": "/", "//evil.example": "/", "/\\evil.example": "/",
		"http://evil.example/": "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/", "/" + strings.Repeat("x", 3000): "/",
		"///evil.example": "/", "/entity/A%2FB": "/entity/A%2FB",
	} {
		if got := localPath(next); got != want {
			t.Errorf("%q: %q, want %q", next, got, want)
		}
	}
}

// Guesses are counted by client, however they come.
func TestWrongTokens(t *testing.T) {
	a, err := newAuth(testToken)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	one, other := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32")
	for i := range maxWrong {
		if ok, wait := a.try(one, fmt.Sprint("wrong", i), now); ok || wait != 0 {
			t.Fatalf("guess %d: %t %s", i, ok, wait)
		}
	}
	if ok, wait := a.try(one, testToken, now.Add(time.Second)); ok || wait != wrongTime-time.Second {
		t.Errorf("the right token after %d wrong ones: %t %s", maxWrong, ok, wait)
	}
	if ok, _ := a.try(other, testToken, now); !ok {
		t.Error("another client is shut out too")
	}
	if ok, _ := a.try(one, testToken, now.Add(wrongTime)); !ok {
		t.Error("shut out for longer than said")
	}
	// Many clients take no more memory than some, and share what is left.
	for i := range maxClients + 1000 {
		a.try(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), 32), "wrong", now)
	}
	if len(a.wrong) > maxClients+1 {
		t.Errorf("%d clients are remembered", len(a.wrong))
	}
	if ok, wait := a.try(netip.MustParsePrefix("203.0.113.9/32"), testToken, now); ok || wait == 0 {
		t.Errorf("a new client among too many: %t %s", ok, wait)
	}

	s, _ := fakeServer(t, &fakeStore{}, Options{AllowWrites: true})
	cookie := login(t, s)
	const ctype = "Content-Type: application/x-www-form-urlencoded"
	for i := range maxWrong {
		if w := call(t, s, "POST", "/login", "token=wrong", "Authorization: ", ctype); w.Code != 401 || w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Body.String(), "not the token") {
			t.Errorf("guess %d: %d %s", i, w.Code, w.Body)
		}
	}
	if w := call(t, s, "POST", "/login", "token="+testToken, "Authorization: ", ctype); w.Code != 429 || w.Header().Get("Retry-After") == "" || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := call(t, s, "POST", "/api/v2/write", writeLine); w.Code != 429 || w.Header().Get("Retry-After") == "" {
		t.Errorf("as a header: %d %v", w.Code, w.Header())
	}
	if w := call(t, s, "POST", "/api/v2/write", writeLine, "Authorization: ", cookie); w.Code != 200 {
		t.Errorf("who is signed in is shut out: %d", w.Code)
	}
	if got := clientOf(&http.Request{RemoteAddr: "[2001:db8:1:2:3:4:5:6]:77"}); got != netip.MustParsePrefix("2001:db8:1:2::/64") {
		t.Errorf("IPv6 counts as %s", got)
	}
	if got := clientOf(&http.Request{RemoteAddr: "[::ffff:192.0.2.1]:77"}); got != one {
		t.Errorf("mapped IPv4 counts as %s", got)
	}
}

func TestSessionsEnd(t *testing.T) {
	a, err := newAuth(testToken)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	first := a.open(now)
	if !a.isOpen(first, now.Add(sessionTime-time.Second)) || a.isOpen(first, now.Add(sessionTime)) {
		t.Error("a session does not end when it should")
	}
	for i := range maxSessions {
		a.open(now.Add(time.Duration(i+1) * time.Millisecond))
	}
	if len(a.sessions) > maxSessions || a.isOpen(first, now) {
		t.Errorf("%d sessions; the first is open: %t", len(a.sessions), a.isOpen(first, now))
	}
}

func TestPrivate(t *testing.T) {
	s := talksServer(t, Options{Private: true})
	for _, path := range []string{"/", "/query", "/ui/", "/ui/kg.js", "/gizmo.d.ts", "/api/v2/formats", "/api/v2/read", "/nothing"} {
		if w := call(t, s, "GET", path, "", "Authorization: "); w.Code != 401 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	w := call(t, s, "GET", "/query?q=g.V()", "", "Authorization: ", "Accept: text/html,*/*;q=0.8")
	if w.Code != 303 || w.Header().Get("Location") != "/login?next=%2Fquery%3Fq%3Dg.V%28%29" {
		t.Errorf("a browser: %d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/login", "/health", "/static/kg.css", "/favicon.ico"} {
		if w := call(t, s, "GET", path, "", "Authorization: "); w.Code >= 300 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	cookie := login(t, s)
	for _, header := range [][]string{{"Authorization: ", cookie}, nil} {
		if w := call(t, s, "GET", "/api/v2/formats", "", header...); w.Code != 200 {
			t.Errorf("%v: %d", header, w.Code)
		}
	}
	// Being let in is not being let write.
	if w := call(t, s, "POST", "/api/v2/write", writeLine); w.Code != 403 {
		t.Errorf("write: %d", w.Code)
	}
}

// A browser with its cookie jar, over TLS.
func TestSessionOverTLS(t *testing.T) {
	f := &fakeStore{}
	s, _ := fakeServer(t, f, Options{AllowWrites: true})
	ts := httptest.NewTLSServer(s)
	defer ts.Close()
	browser := ts.Client()
	browser.Jar, _ = cookiejar.New(nil)
	browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := browser.PostForm(ts.URL+"/login", url.Values{"token": {testToken}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if c := resp.Header.Get("Set-Cookie"); !strings.Contains(c, "Secure") {
		t.Errorf("cookie %q", c)
	}
	at, _ := url.Parse(ts.URL)
	if jar := browser.Jar.Cookies(at); resp.StatusCode != 303 || len(jar) != 1 {
		t.Fatalf("%s %v", resp.Status, jar)
	}
	if resp, err = browser.Post(ts.URL+"/api/v2/write", "text/plain", strings.NewReader(writeLine)); err != nil || resp.StatusCode != 200 {
		t.Fatalf("%v %v", resp, err)
	}
	resp.Body.Close()
}

func TestRequestID(t *testing.T) {
	s, log := fakeServer(t, &fakeStore{statsErr: io.ErrUnexpectedEOF}, Options{})
	w := call(t, s, "GET", "/", "")
	id := w.Header().Get("X-Request-Id")
	if w.Code != 500 || len(id) < 16 || !strings.Contains(w.Body.String(), id) || strings.Count(log.String(), "id="+id) != 2 {
		t.Errorf("%d, id %q, page %s, log %s", w.Code, id, w.Body, log)
	}
	if again := call(t, s, "GET", "/health", "").Header().Get("X-Request-Id"); again == id {
		t.Error("two requests have one id")
	}
	if got := call(t, s, "GET", "/health", "", "X-Request-Id: proxy-17").Header().Get("X-Request-Id"); got != "proxy-17" {
		t.Errorf("a proxy's id became %q", got)
	}
	for _, bad := range []string{"a b", `x" level=error`, strings.Repeat("x", 65), "<script>"} {
		if got := call(t, s, "GET", "/health", "", "X-Request-Id: "+bad).Header().Get("X-Request-Id"); got == bad {
			t.Errorf("%q is taken over", bad)
		}
	}
}

func TestPageLimits(t *testing.T) {
	block := make(chan struct{})
	started := make(chan struct{}, 2)
	f := &fakeStore{query: func(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
		started <- struct{}{}
		select {
		case <-block:
			return &graph.Result{}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
	s, _ := fakeServer(t, f, Options{MaxQueries: 8, MaxPages: 2, QueueTimeout: 20 * time.Millisecond, PageTimeout: time.Minute})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if w := call(t, s, "GET", "/query?q=g.V()", ""); w.Code != 200 {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	<-started
	<-started
	if w := call(t, s, "GET", "/query", ""); w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Too many pages") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	for _, path := range []string{"/health", "/static/kg.css", "/ui/"} {
		if w := call(t, s, "GET", path, ""); w.Code >= 300 {
			t.Errorf("%s while pages are full: %d", path, w.Code)
		}
	}
	close(block)
	wg.Wait()
	block = make(chan struct{})
	defer close(block)
	s.opt.PageTimeout = 20 * time.Millisecond
	if w := call(t, s, "GET", "/query?q=g.V()", ""); w.Code != 504 {
		t.Errorf("a slow page: %d %s", w.Code, w.Body)
	}
}

func TestPageTags(t *testing.T) {
	s := talksServer(t, Options{AllowWrites: true})
	get := func(path string, header ...string) *httptest.ResponseRecorder {
		return call(t, s, "GET", path, "", header...)
	}
	get("/") // makes the index, on which the tag depends
	w := get("/")
	tag := w.Header().Get("ETag")
	if w.Code != 200 || tag == "" || w.Header().Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
		if w := get("/", "If-None-Match: "+have); w.Code != 304 || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %v %s", have, w.Code, w.Header(), w.Body)
		}
	}
	// Another address, another kind of answer, another reader and another state are other pages.
	tags := []string{tag, get("/query").Header().Get("ETag"), get("/query?lang=mql").Header().Get("ETag"), get("/", "Accept: text/turtle").Header().Get("ETag"),
		get("/", "Authorization: ").Header().Get("ETag")}
	if w := call(t, s, "POST", "/api/v2/write", writeLine); w.Code != 200 {
		t.Fatal(w.Body)
	}
	if w := get("/", "If-None-Match: "+tag); w.Code != 200 {
		t.Errorf("after a write: %d", w.Code)
	}
	tags = append(tags, get("/").Header().Get("ETag"))
	slices.Sort(tags)
	if n := len(slices.Compact(slices.Clone(tags))); n != len(tags) || tags[0] == "" {
		t.Errorf("tags %q", tags)
	}
	if w := get("/query?q=g.V("); w.Code != 400 || w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("an error may be kept: %d %v", w.Code, w.Header())
	}
	other := talksServer(t, Options{AllowWrites: true})
	if got := call(t, other, "GET", "/", "").Header().Get("ETag"); slices.Contains(tags, got) {
		t.Error("another server has the same tag")
	}
}
