package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/sirupsen/logrus"

	"kg/graph"
)

// said is a sentence of the form "subject | relation | object | more", with what is read from it; more are "-" (denied) and a confidence.
type said string

// newsRecord is an article of such sentences. Things are called by their words; "Lavrov" and what begins with "Sergei" are people.
func newsRecord(id, day, outlet, headline string, list ...said) *graph.Record {
	published, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	rec := &graph.Record{Article: graph.Article{ID: graph.IRI("kg:article/" + id), Headline: headline, Publisher: outlet, Published: published, Language: "en",
		URL: "https://news.example/" + id, Hash: id}}
	at := 0
	name := func(label string) graph.IRI {
		iri := graph.IRI("kg:" + strings.NewReplacer(" ", "_", "<b>", "", "</b>", "").Replace(label))
		typ := graph.IRI("kgo:State")
		if label == strings.ToLower(label) { // of this article only
			iri, typ = graph.IRI("kg:"+id+"/"+strings.ReplaceAll(label, " ", "_")), "kgo:Quantity"
		}
		if label == "Lavrov" || strings.HasPrefix(label, "Sergei") {
			typ = "kgo:Person"
		}
		if !slices.ContainsFunc(rec.Entities, func(e graph.Entity) bool { return e.ID == iri }) {
			e := graph.Entity{ID: iri, Types: []graph.IRI{typ}, Label: label}
			if label == "Russia" {
				e.Aliases = []string{"Moscow"}
			}
			rec.Entities = append(rec.Entities, e)
		}
		return iri
	}
	for i, sd := range list {
		part := strings.Split(string(sd), " | ")
		text := strings.Join(part[:3], " ") + "."
		span := func(n int) graph.Span {
			before := at
			for _, p := range part[:n] {
				before += utf8.RuneCountInString(p) + 1
			}
			return graph.Span{Begin: before, End: before + utf8.RuneCountInString(part[n])}
		}
		sent := graph.Sentence{ID: graph.IRI(fmt.Sprintf("kg:sentence/%s-%d", id, i)), Span: graph.Span{Begin: at, End: at + utf8.RuneCountInString(text)}, Text: text}
		relation := graph.IRI("kgo:" + part[1])
		c := graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/%s-%d", id, i)), Sentence: sent.ID, Span: sent.Span, Subject: name(part[0]), Predicate: relation,
			Object: graph.Object{Entity: name(part[2])}, SubjectSpan: span(0), PredicateSpan: span(1), ObjectSpan: span(2), Polarity: "+", Modality: "asserted",
			Confidence: .9, Rule: "svo"}
		for _, more := range part[3:] {
			if more == "-" {
				c.Polarity = "-"
			} else if _, err := fmt.Sscan(more, &c.Confidence); err != nil {
				panic(err)
			}
		}
		rec.Sentences, rec.Claims = append(rec.Sentences, sent), append(rec.Claims, c)
		if !slices.ContainsFunc(rec.Relations, func(r graph.Relation) bool { return r.ID == relation }) {
			r := graph.Relation{ID: relation, Label: part[1]}
			switch relation {
			case "kgo:attacks":
				r.PLOVER, r.Goldstein = "ASSAULT", "-10"
			case "kgo:helps":
				r.PLOVER, r.Goldstein = "AID", "7"
			}
			rec.Relations = append(rec.Relations, r)
		}
		at = sent.End + 1
	}
	return rec
}

// newsServer serves four articles of three outlets, with a pair of names that rules doubt.
func newsServer(t testing.TB, opt Options) *Server {
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
	ctx := context.Background()
	if _, err := store.Add(ctx,
		newsRecord("one", "2017-07-01", "Reuters", "Moscow backs Damascus", "Russia | supports | Syria", "Sergei Lavrov | visits | Syria"),
		newsRecord("two", "2017-07-04", "TASS", "Talks <em>go on</em> in Łódź", "Russia | mediates | Łódź talks", "Lavrov | visits | Turkey", "Turkey | attacks | Syria | .4"),
		newsRecord("three", "2017-08-20", "Reuters", "Ankara turns", "Turkey | supports | Syria | -", "Turkey | mediates | Łódź talks | .3"),
		newsRecord("four", "2017-08-22", "", "", "Iran & <b>Iraq</b> | supports | Syria | .55"),
	); err != nil {
		t.Fatal(err)
	}
	if _, err := store.SetRules(ctx, []graph.Judgement{{Kind: graph.Candidate, From: "kg:Lavrov", Into: "kg:Sergei_Lavrov", Rule: "last name", Score: .6,
		Evidence: "Lavrov is the last name of Sergei Lavrov"}}, "test"); err != nil {
		t.Fatal(err)
	}
	return serverOf(t, store, opt)
}

// jsonOf is the page at target with .json behind its path.
func jsonOf[T any](t testing.TB, s *Server, target string) (v T) {
	t.Helper()
	path, query, _ := strings.Cut(target, "?")
	return view[T](t, s, path+".json?"+query)
}

// pageOf200 is a page that must be there, without anything that its policy forbids.
func pageOf200(t testing.TB, s *Server, target string, header ...string) string {
	t.Helper()
	w := call(t, s, "GET", target, "", header...)
	body := w.Body.String()
	if w.Code != 200 || inlineScript.MatchString(body) || strings.Contains(body, "<em>go on") || strings.Contains(body, "<b>Iraq") {
		t.Fatalf("%s: %d %s", target, w.Code, body)
	}
	return body
}

func has(t testing.TB, body string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
			return
		}
	}
}

func TestStartOfNews(t *testing.T) {
	s := newsServer(t, Options{})
	v := jsonOf[startView](t, s, "/start")
	if v.Articles != 4 || v.Statements != 8 || v.Names != 7 || v.Pairs != 7 || v.First != "2017-07-01" || v.Last != "2017-08-22" || v.Since != "2017-07-01" {
		t.Errorf("counts %+v", v)
	}
	names := func(list []startThing) (out []string) {
		for _, e := range list {
			out = append(out, fmt.Sprint(e.Label, " ", e.Statements, " ", e.Neighbours))
		}
		return out
	}
	if got, want := names(v.Connected)[:2], []string{"Syria 5 4", "Turkey 4 3"}; !slices.Equal(got, want) {
		t.Errorf("most connected %q, want %q", got, want)
	}
	if got, want := names(v.Recent)[:4], []string{"Syria 5 0", "Turkey 4 0", "Russia 2 0", "Łódź talks 2 0"}; !slices.Equal(got, want) {
		t.Errorf("most recent %q, want %q", got, want)
	}
	body := pageOf200(t, s, "/")
	has(t, body, "<dt>articles read</dt><dd>4</dd>", "articles of 1 July 2017 to 22 August 2017", `<a href="/entity/Syria">Syria</a>`, "Most in the news since 1 July 2017",
		`data-complete="go"`, `action="/search"`, "What does Russia mediate?", "Sentences about Syria")
}

// Every example of the start page has an answer.
func TestExamplesOfNews(t *testing.T) {
	s := newsServer(t, Options{})
	links := regexp.MustCompile(`class="question" href="([^"]+)"`).FindAllStringSubmatch(pageOf200(t, s, "/"), -1)
	if len(links) < 4 {
		t.Fatalf("%d examples", len(links))
	}
	for _, m := range links {
		target := html.UnescapeString(m[1])
		if w := call(t, s, "GET", target, ""); w.Code != 200 || !strings.Contains(w.Body.String(), "<td data-name=") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestComplete(t *testing.T) {
	s := newsServer(t, Options{})
	type answer struct{ Entries []completionEntry }
	ask := func(q string) (labels []string) {
		t.Helper()
		w := call(t, s, "GET", "/complete?"+url.Values{"q": {q}}.Encode(), "")
		var a answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != 200 || a.Entries == nil {
			t.Fatalf("%q: %d %s", q, w.Code, w.Body)
		}
		for _, e := range a.Entries {
			l := e.Label + ": " + e.Type
			if e.Name != "" {
				l += ", " + e.Name
			}
			labels = append(labels, l)
			if page := call(t, s, "GET", e.URL, ""); e.Type != "article" && page.Code != 200 {
				t.Errorf("%s leads to %d", e.URL, page.Code)
			}
		}
		return labels
	}
	for q, want := range map[string][]string{
		"syr": {"Syria: state"}, "Mosc": {"Russia: state, Moscow", "Moscow backs Damascus: article"}, "lodz": {"Łódź talks: state", "Talks <em>go on</em> in Łódź: article"},
		"lavr": {"Lavrov: person", "Sergei Lavrov: person"}, "Turkye": {"Turkey: state"}, "ankara tur": {"Ankara turns: article"}, "zzzz": nil, "": nil,
	} {
		if got := ask(q); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", q, got, want)
		}
	}
	if w := call(t, s, "GET", "/complete?q="+strings.Repeat("a", 501), ""); w.Code != 400 {
		t.Errorf("a long text: %d", w.Code)
	}
	for i := range 300 {
		r := []rune{rune(i), 'a', '"', '*', '-', rune(0x300 + i)}
		if w := call(t, s, "GET", "/complete?"+url.Values{"q": {string(r[i%6:])}}.Encode(), ""); w.Code != 200 {
			t.Errorf("%q: %d %s", string(r), w.Code, w.Body)
		}
	}
}

func TestSearch(t *testing.T) {
	s := newsServer(t, Options{})
	sentences := func(v searchView) (out []string) {
		for _, f := range v.Sentences {
			var b strings.Builder
			for _, p := range f.Pieces {
				if p.Mark != "" {
					p.Text = "[" + p.Text + "]"
				}
				b.WriteString(p.Text)
			}
			out = append(out, b.String())
		}
		return out
	}
	get := func(params string) searchView { t.Helper(); return jsonOf[searchView](t, s, "/search?"+params) }
	v := get("q=supports+Syria&sort=newest")
	if got, want := sentences(v), []string{"Iran & <b>Iraq</b> [supports] [Syria].", "Turkey [supports] [Syria].", "Russia [supports] [Syria]."}; !slices.Equal(got, want) || v.Total != 3 {
		t.Errorf("%q, want %q", got, want)
	}
	if f := v.Sentences[1]; len(f.Statements) != 1 || f.Statements[0].Status != "denied" || f.Article.Headline != "Ankara turns" || f.Article.Outlet != "Reuters" || f.Article.Day != "2017-08-20" {
		t.Errorf("%+v", f)
	}
	if v := get("q=supports+Syria&outlet=Reuters&from=2017-08"); len(v.Sentences) != 1 || v.Sentences[0].Article.Headline != "Ankara turns" {
		t.Errorf("by outlet and date: %q", sentences(v))
	}
	// An exact name with one entity stands first, and the page stays.
	v = get("q=russia")
	if len(v.Entities) == 0 || v.Entities[0].Label != "Russia" || !v.Entities[0].Exact || v.Entities[0].Statements != 2 || v.Total != 2 {
		t.Errorf("russia: %+v", v.Entities)
	}
	if v := get("q=moscow"); len(v.Entities) != 1 || !v.Entities[0].Alias || v.Entities[0].Name != "Moscow" || len(v.Articles) != 1 || v.Articles[0].Headline != "Moscow backs Damascus" {
		t.Errorf("moscow: %+v", v)
	}
	// Things that one article each knows are one row.
	if _, err := s.graph.Add(context.Background(), newsRecord("six", "2017-08-24", "AFP", "Oil", "Iran | raises | oil prices", "Turkey | fears | oil prices"),
		newsRecord("seven", "2017-08-25", "AFP", "Oil", "Russia | raises | oil prices", "Oil exporters | meet | Iran")); err != nil {
		t.Fatal(err)
	}
	if v := get("q=oil"); len(v.Entities) != 2 || v.Entities[0].Label != "Oil exporters" || v.Entities[1].Label != "oil prices" || v.Entities[1].Things != 2 ||
		v.Entities[1].Statements != 3 || v.Entities[1].Articles != 2 {
		t.Errorf("oil: %+v", v.Entities)
	}
	if v := get("q=oil+prices"); len(v.Entities) != 1 || !v.Entities[0].Exact {
		t.Errorf("oil prices: %+v", v.Entities)
	}
	has(t, pageOf200(t, s, "/search?q=oil"), "3 statements in 2 articles: 2 things of this name")
	// Paging: two sentences at a time give each once.
	var all []string
	for next := "q=syria&limit=2&sort=newest"; next != ""; {
		v := get(next)
		if (v.Offset > 0) != (len(v.Entities) == 0) {
			t.Errorf("%s: %d names", next, len(v.Entities))
		}
		all = append(all, sentences(v)...)
		_, next, _ = strings.Cut(v.Next, "?")
	}
	if slices.Sort(all); len(all) != 5 || len(slices.Compact(all)) != 5 {
		t.Errorf("pages give %q", all)
	}
	// Nothing fits: words near by.
	v = get("q=" + url.QueryEscape("Turkye attacks"))
	if v.Total != 0 || len(v.Meant) == 0 || !strings.EqualFold(v.Meant[0].Text, "turkey attacks") {
		t.Errorf("did you mean: %+v", v.Meant)
	}
	_, meant, _ := strings.Cut(v.Meant[0].URL, "?")
	if v := get(meant); v.Total != 1 {
		t.Errorf("what was meant finds %d", v.Total)
	}
	has(t, pageOf200(t, s, "/search?q=Turkye+attacks"), "Did you mean <a href=", "turkey attacks</a>?")
	has(t, pageOf200(t, s, "/search?q=qqqqqqqq"), "Nothing fits", "No sentence has “qqqqqqqq”.")
	has(t, pageOf200(t, s, "/search"), "All words must be in a sentence")
	has(t, pageOf200(t, s, "/search?q=supports"), `<mark class="found">supports</mark>`, `<span class="chip status denied">denied</span>`, `value="supports"`, "all 3 sentences",
		"Iran &amp; &lt;b&gt;Iraq&lt;/b&gt;", `<link rel="alternate" type="application/json"`)
	has(t, pageOf200(t, s, "/search?q=talks"), "Talks &lt;em&gt;go on&lt;/em&gt;")
	has(t, pageOf200(t, s, "/search?q=syria&outlet=TASS&to=2016"), "Remove the conditions", "No sentence fits with these conditions.", `<option value="TASS" selected>TASS (1)</option>`)
	for target, want := range map[string]string{"/search?q=a&from=soon": "from:", "/search?q=a&offset=x": "offset:", "/search?q=a&sort=best": "sort:",
		"/search?q=" + strings.Repeat("a", 501): "at most 500"} {
		for _, suffix := range []string{"", ".json"} {
			at := strings.Replace(target, "?", suffix+"?", 1)
			if w := call(t, s, "GET", at, ""); w.Code != 400 || !strings.Contains(strings.ToLower(w.Body.String()), want) {
				t.Errorf("%s: %d %s", at, w.Code, w.Body)
			}
		}
	}
}

func TestChanges(t *testing.T) {
	s := newsServer(t, Options{})
	if _, err := s.graph.Add(context.Background(), newsRecord("five", "2017-08-23", "AFP", "Help", "Turkey | helps | Syria", "Łódź talks | shows | Turkey")); err != nil {
		t.Fatal(err)
	}
	v := jsonOf[changesView](t, s, "/changes")
	if v.Since != "2017-08-17" || v.Last != "2017-08-23" || v.TotalTurned != 1 || v.TotalPairs != 1 || v.TotalNames != 1 {
		t.Fatalf("%+v", v)
	}
	if p := v.Turned[0]; p.A.Label != "Turkey" || p.B.Label != "Syria" || p.Before.Relation.Label != "attacks" || p.After.Relation.Label != "helps" || p.Said ||
		p.Published != [2]string{"2017-07-04", "2017-08-23"} || len(p.Before.Sentence) == 0 {
		t.Errorf("turned: %+v", p)
	}
	if p := v.Pairs[0]; p.A.Label != "Turkey" && p.B.Label != "Turkey" || p.Statements != 2 || p.Articles != 2 || p.First != "2017-08-20" || p.Example.ID != "kg:claim/five-1" {
		t.Errorf("new pair: %+v", p)
	}
	if v.Names[0].Label != "Iran & <b>Iraq</b>" {
		t.Errorf("new names: %+v", v.Names)
	}
	has(t, pageOf200(t, s, "/changes"), "Turkey</a> and <a", "conflict before, cooperation now", `aria-current="true">a week</a>`, "showing 1 of 1 pair of names")
	if v := jsonOf[changesView](t, s, "/changes?since=2018"); v.TotalNames+v.TotalPairs+v.TotalTurned != 0 || v.Since != "2018-01-01" {
		t.Errorf("since 2018: %+v", v)
	}
	if v := jsonOf[changesView](t, s, "/changes?since=2017-01&limit=2"); v.TotalNames != 7 || len(v.Names) != 2 {
		t.Errorf("since 2017: %+v", v)
	}
	has(t, pageOf200(t, s, "/changes?since=2017-01&limit=2"), "Show more of each", "limit=10")
	has(t, pageOf200(t, s, "/"), "What changed since 17 August 2017", "Turkey and Syria</a>", `href="/changes?since=2017-08-17"`)
	if w := call(t, s, "GET", "/changes?since=yesterday", ""); w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Empty stores keep their pages.
func TestSearchOfEmptyStore(t *testing.T) {
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	log := logrus.New()
	log.SetOutput(io.Discard)
	s, err := New(store, Options{Logger: log, Token: testToken})
	if err != nil {
		t.Fatal(err)
	}
	defer s.live.Close()
	has(t, pageOf200(t, s, "/"), "The graph is still empty")
	has(t, pageOf200(t, s, "/search?q=syria"), "Nothing fits")
	has(t, pageOf200(t, s, "/changes"), "No article has a date")
	has(t, pageOf200(t, s, "/review"), "No doubtful names")
	has(t, pageOf200(t, s, "/review?show=statements"), "No doubtful statements")
	has(t, pageOf200(t, s, "/review?show=judged"), "Nobody has judged yet")
	if w := call(t, s, "GET", "/complete?q=syr", ""); w.Code != 200 || !strings.Contains(w.Body.String(), `"entries":[]`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// reader is who uses the review page in a browser: with a session and a name.
type reader struct {
	t      *testing.T
	s      *Server
	cookie string
}

func (b *reader) post(path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	return call(b.t, b.s, "POST", path, form.Encode(), append([]string{"Authorization: ", "Content-Type: application/x-www-form-urlencoded", b.cookie,
		"Origin: http://localhost:64210", "Sec-Fetch-Site: same-origin"}, header...)...)
}

func (b *reader) page(target string) string {
	b.t.Helper()
	return pageOf200(b.t, b.s, target, "Authorization: ", b.cookie)
}

func TestReviewReadOnly(t *testing.T) {
	s := newsServer(t, Options{})
	body := pageOf200(t, s, "/review")
	has(t, body, "This server only reads", "kg serve --write", "Lavrov is the last name of Sergei Lavrov", `<mark class="subject">Lavrov</mark>`,
		`<mark class="subject">Sergei Lavrov</mark>`, "Names that may be one (1)", "Doubtful statements (3)")
	if strings.Contains(body, `action="/review/`) {
		t.Error("a read-only server has forms to judge")
	}
	for _, path := range []string{"/review/judge", "/review/undo", "/review/name"} {
		if w := call(t, s, "POST", path, "kind=merge&from=kg:Lavrov&into=kg:Sergei_Lavrov&by=Anna", "Content-Type: application/x-www-form-urlencoded"); w.Code != 403 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

func TestReview(t *testing.T) {
	s := newsServer(t, Options{AllowWrites: true})
	ctx := context.Background()
	outside := &reader{t, s, "X-None: 1"}
	has(t, outside.page("/review"), "Log in with the server’s token")
	form := url.Values{"kind": {"merge"}, "from": {"kg:Lavrov"}, "into": {"kg:Sergei_Lavrov"}, "by": {"Anna"}}
	if w := outside.post("/review/judge", form); w.Code != 401 {
		t.Errorf("without a session: %d %s", w.Code, w.Body)
	}
	b := &reader{t, s, login(t, s)}
	if w := b.post("/review/judge", form, "Origin: http://evil.example"); w.Code != 403 {
		t.Errorf("from another origin: %d", w.Code)
	}
	if people, _, err := s.graph.Judgements(ctx); err != nil || len(people) != 0 {
		t.Fatalf("%v, %v", people, err)
	}

	// The name is given once, and kept in a cookie.
	body := b.page("/review")
	has(t, body, "Your name, which is kept with each judgement")
	if strings.Contains(body, "They are one") {
		t.Error("buttons before a name is given")
	}
	if w := b.post("/review/judge", url.Values{"kind": {"merge"}, "from": {"kg:Lavrov"}, "into": {"kg:Sergei_Lavrov"}}); w.Code != 400 || !strings.Contains(w.Body.String(), "By: say who judges") {
		t.Errorf("nobody judges: %d %s", w.Code, w.Body)
	}
	w := b.post("/review/name", url.Values{"by": {"  Anna  Ö. "}, "next": {"/review?show=statements"}})
	if w.Code != 303 || w.Header().Get("Location") != "/review?show=statements" {
		t.Fatalf("name: %d %v", w.Code, w.Header())
	}
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("cookie %+v", c)
	}
	b.cookie += "; " + c.Name + "=" + c.Value
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "review"} {
		if w := b.post("/review/name", url.Values{"by": {"Anna"}, "next": {next}}); w.Header().Get("Location") != "/review" {
			t.Errorf("next %q leads to %q", next, w.Header().Get("Location"))
		}
	}

	// Names are one, by the form of the page, and two again.
	body = b.page("/review")
	has(t, body, `value="Anna Ö."`, `<input type="hidden" name="from" value="kg:Lavrov"><input type="hidden" name="into" value="kg:Sergei_Lavrov">`, "They are one")
	form = url.Values{"kind": {"merge"}, "from": {"kg:Lavrov"}, "into": {"kg:Sergei_Lavrov"}, "next": {"/review?show=names"}}
	w = b.post("/review/judge", form)
	if w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/review?done=kg%3Ajudgement%2F") {
		t.Fatalf("merge: %d %v %s", w.Code, w.Header(), w.Body)
	}
	has(t, b.page(w.Header().Get("Location")), "“lavrov” and “Sergei Lavrov” are one: kept.", "Take it back", "No doubtful names", "Judged (1)")
	people, _, err := s.graph.Judgements(ctx)
	if err != nil || len(people) != 1 || people[0].By != "Anna Ö." || people[0].Kind != graph.Merge || time.Since(people[0].When) > time.Minute {
		t.Fatalf("%+v, %v", people, err)
	}
	if e, _, err := s.graph.Entity(ctx, "kg:Lavrov"); err != nil || e.ID != "kg:Sergei_Lavrov" {
		t.Errorf("Lavrov is %s, %v", e.ID, err)
	}
	has(t, b.page("/review?show=judged"), "are one", "Anna Ö.", `value="`+string(people[0].ID())+`"`)
	if w := b.post("/review/undo", url.Values{"id": {string(people[0].ID())}, "next": {"/review"}}); w.Code != 303 || w.Header().Get("Location") != "/review" {
		t.Errorf("undo: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := b.post("/review/undo", url.Values{"id": {string(people[0].ID())}}); w.Code != 404 {
		t.Errorf("undone twice: %d", w.Code)
	}
	has(t, b.page("/review"), "Names that may be one (1)")
	form.Set("kind", "distinct")
	b.post("/review/judge", form)
	has(t, b.page("/review"), "No doubtful names")
	form.Set("kind", "merge") // overrules it
	b.post("/review/judge", form)
	if people, _, err := s.graph.Judgements(ctx); err != nil || len(people) != 1 || people[0].Kind != graph.Merge {
		t.Errorf("%+v, %v", people, err)
	}

	// Statements, as the script sends them.
	has(t, b.page("/review?show=statements"), `<input type="hidden" name="from" value="kg:claim/three-1">`, "Accept<span", "doubtful (0.30)")
	v := jsonOf[reviewView](t, s, "/review?show=statements")
	if got := []graph.IRI{v.Statements[0].ID, v.Statements[1].ID, v.Statements[2].ID}; !slices.Equal(got, []graph.IRI{"kg:claim/three-1", "kg:claim/two-2", "kg:claim/four-0"}) {
		t.Errorf("doubtful statements %v", got)
	}
	if v := jsonOf[reviewView](t, s, "/review?show=statements&below=0.5&of=kg:Syria"); len(v.Statements) != 1 || v.Of.Label != "Syria" {
		t.Errorf("doubtful statements of Syria: %+v", v)
	}
	index := s.live.Latest()
	judge := func(kind, claim string) graph.IRI {
		t.Helper()
		w := b.post("/review/judge", url.Values{"kind": {kind}, "from": {claim}}, "Accept: application/json")
		var a struct {
			ID       graph.IRI
			By, Text string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != 200 || a.By != "Anna Ö." || a.Text == "" {
			t.Fatalf("%s: %d %s", kind, w.Code, w.Body)
		}
		return a.ID
	}
	id := judge("reject", "kg:claim/three-1")
	judge("accept", "kg:claim/two-2")
	if x := s.live.Latest(); &x.Claims[0] != &index.Claims[0] || x == index {
		t.Error("a judgement on a statement made the whole index anew")
	}
	body = b.page("/review?show=statements")
	if has(t, body, "Doubtful statements (1)"); strings.Contains(body, "kg:claim/three-1") {
		t.Error("a rejected statement is still to be judged")
	}
	has(t, b.page("/review?show=judged"), `<span class="chip status rejected">rejected</span>`, `<span class="chip status accepted">accepted</span>`)
	// Lists leave rejected statements out unless they are asked for.
	if body := b.page("/entity/Turkey"); strings.Contains(body, "/claim/three-1") {
		t.Error("a rejected statement is listed")
	} else {
		has(t, body, "accepted by Anna Ö.")
	}
	has(t, b.page("/entity/Turkey?verdict=rejected"), "/claim/three-1", "rejected by Anna Ö.", "rejected by people")
	q, err := s.graph.Query(ctx, graph.QueryRequest{Text: `g.V("<kg:Turkey>").Out("<kgo:mediates>").All()`})
	if err != nil || len(q.Rows) != 0 {
		t.Errorf("a rejected statement is an edge: %v, %v", q.Rows, err)
	}
	if w := b.post("/review/undo", url.Values{"id": {string(id)}}, "Accept: application/json"); w.Code != 200 || !strings.Contains(w.Body.String(), "Taken back") {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
	has(t, b.page("/entity/Turkey"), "/claim/three-1")

	for want, form := range map[string]url.Values{
		"kind":                  {"kind": {"rename"}, "from": {"kg:Lavrov"}, "into": {"kg:Syria"}},
		"from":                  {"kind": {"merge"}, "from": {"kg:Syria"}, "into": {"kg:Syria"}},
		"about it alone":        {"kind": {"reject"}, "from": {"kg:claim/one-0"}, "into": {"kg:Syria"}},
		"no statement":          {"kind": {"reject"}, "from": {"kg:Syria"}},
		"nothing is called":     {"kind": {"merge"}, "from": {"kg:nobody"}, "into": {"kg:Syria"}},
		"cannot be read":        nil,
		"in at most 100 bytes":  {"kind": {"reject"}, "from": {"kg:claim/one-0"}, "by": {strings.Repeat("x", 101)}},
		"nothing is called kg:": {"kind": {"merge"}, "from": {"kg:Syria"}, "into": {"kg:<x>"}},
	} {
		w := b.post("/review/judge", form)
		if form == nil {
			w = b.post("/review/judge", url.Values{"x": {strings.Repeat("y", 70<<10)}})
		}
		if w.Code < 400 || w.Code >= 500 || !strings.Contains(html.UnescapeString(w.Body.String()), want) && !strings.Contains(strings.ToLower(w.Body.String()), want) {
			t.Errorf("%s: %d %s", want, w.Code, w.Body)
		}
	}
	for target, status := range map[string]int{"/review?show=all": 400, "/review?below=2": 400, "/review?of=kg:nobody": 404, "/review?offset=-1": 400} {
		if w := call(t, s, "GET", target, ""); w.Code != status {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

// TestOptionsOf has more values than a field offers, of which a rare one is chosen.
func TestOptionsOf(t *testing.T) {
	counts := map[string]int{"rare": 1}
	for i := range 2 * optionRows {
		counts[fmt.Sprintf("v%03d", i)] = 2 + i/2
	}
	got := optionsOf(counts, "rare")
	if n := len(got); n != optionRows || got[0] != (option{"v198", "v198", 101, false}) || got[1].Value != "v199" || got[n-1] != (option{"rare", "rare", 1, true}) {
		t.Errorf("%d options %v", len(got), got)
	}
	if got := optionsOf(counts, "none"); len(got) != optionRows || slices.ContainsFunc(got, func(o option) bool { return o.On }) {
		t.Errorf("chosen is what is not there: %v", got)
	}
	if got := optionsOf(nil, ""); got == nil || len(got) != 0 { // JSON has [] for it
		t.Errorf("nothing to choose from: %v", got)
	}
}
