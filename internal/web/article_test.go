package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"kg/graph"
	"kg/internal/settle"
	"kg/schema"
)

// oddText is the text of an article that tries what it can: markup, two ways to end a line, marks of several characters, text from the
// right.
const oddText = "Russia <script>alert(1)</script> attacked Valdera.\r\n\r\n" +
	"\"Peru & Chile\" agre\u0301e, 👍🏽 said Ḥasan \u202bשלום\u202c of Iran.\r\n" +
	"Read also: <img src=x onerror=alert(2)> [[{{.}}]]\r\n\r\nIt rained near Valdera."

func charsOf(t testing.TB, text, part string) graph.Span {
	t.Helper()
	i := strings.Index(text, part)
	if i < 0 {
		t.Fatalf("no %q in %q", part, text)
	}
	begin := len([]rune(text[:i]))
	return graph.Span{Begin: begin, End: begin + len([]rune(part))}
}

// hostileRecord is an article with that text. Its claims lie in and over each other.
func hostileRecord(t testing.TB, id, text, headline, address string, day int) *graph.Record {
	at := func(part string) graph.Span { return charsOf(t, text, part) }
	sent := func(n string, part string) graph.Sentence {
		return graph.Sentence{ID: graph.IRI("kg:sentence/" + id + "/" + n), Span: at(part), Text: part}
	}
	first := "Russia <script>alert(1)</script> attacked Valdera."
	second := "\"Peru & Chile\" agre\u0301e, 👍🏽 said Ḥasan \u202bשלום\u202c of Iran."
	rec := &graph.Record{
		Article: graph.Article{ID: graph.IRI("kg:article/" + id), Headline: headline, URL: address, Publisher: "<i>Press</i>",
			Published: time.Date(2017, 7, day, 10, 0, 0, 0, time.UTC), Language: "en", Hash: "h" + id},
		Sentences: []graph.Sentence{sent("0", first), sent("1", second)},
		Entities: []graph.Entity{
			{ID: "kg:Chile", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Place", "kgo:Thing"}, Label: "Chile"},
			{ID: "kg:Ḥasan", Types: []graph.IRI{"kgo:Person", "kgo:Actor", "kgo:Thing"}, Label: "Ḥasan שלום"},
			{ID: "kg:Peru", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Place", "kgo:Thing"}, Label: "Peru"},
			{ID: "kg:Russia", Types: []graph.IRI{"kgo:State", "kgo:Actor", "kgo:Place", "kgo:Thing"}, Label: "Russia", Aliases: []string{"<script>alert(3)</script>"}},
			{ID: "kg:Valdera", Types: []graph.IRI{"kgo:City", "kgo:Place", "kgo:Thing"}, Label: "Valdera"},
		},
		Relations: []graph.Relation{{ID: "kgo:attacks", Label: "attacks", PLOVER: "ASSAULT", CAMEO: "190", Goldstein: "-10"},
			{ID: "kgo:is", Label: "is"}, {ID: "kgo:open/agree", Label: "agree", Parent: "kgo:relatedTo"}},
		Text: text,
		Mentions: []graph.Mention{{Span: at("Russia"), Entity: "kg:Russia"}, {Span: at("Valdera"), Entity: "kg:Valdera"},
			{Span: at("\"Peru & Chile\""), Entity: "kg:Peru"}, {Span: at("Chile"), Entity: "kg:Chile"}, {Span: at("Ḥasan \u202bשלום\u202c of Iran"), Entity: "kg:Ḥasan"}},
		Skipped: []graph.Passage{{Span: at("Read also: <img src=x onerror=alert(2)> [[{{.}}]]\r\n"), Why: "boiler<plate>"}},
		Dropped: []graph.Passage{{Span: at("It rained near Valdera"), Why: "pronoun without antecedent"}},
	}
	claim := func(n string, c graph.Claim) {
		c.ID = graph.IRI("kg:claim/" + id + n)
		c.Confidence, c.Rule = 0.9, "svo"
		if c.Modality == "" {
			c.Modality = "asserted"
		}
		if c.Polarity == "" {
			c.Polarity = "+"
		}
		rec.Claims = append(rec.Claims, c)
	}
	claim("a", graph.Claim{Sentence: rec.Sentences[0].ID, Span: at("Russia <script>alert(1)</script> attacked Valdera"), Subject: "kg:Russia",
		Predicate: "kgo:attacks", Cue: "attack", Object: graph.Object{Entity: "kg:Valdera"}, SubjectSpan: at("Russia"), PredicateSpan: at("attacked"),
		ObjectSpan: at("Valdera"), Time: "2017-07-03", Place: "kg:Valdera", Arguments: []graph.RoleArg{{Role: "oblique", Case: "with", Text: "<b>tanks</b>"}}})
	// The object lies in the subject, and all of it in a second claim's object.
	claim("b", graph.Claim{Sentence: rec.Sentences[1].ID, Span: at(second), Subject: "kg:Peru", Predicate: "kgo:open/agree", Object: graph.Object{Entity: "kg:Chile"},
		SubjectSpan: at("\"Peru & Chile\""), ObjectSpan: at("Chile"), PredicateSpan: at("agre\u0301e"), AttributedTo: "kg:Ḥasan"})
	claim("c", graph.Claim{Sentence: rec.Sentences[1].ID, Span: at(second), Subject: "kg:Ḥasan", Predicate: "kgo:is",
		Object: graph.Object{Literal: "\"Peru & Chile\" agre\u0301e, 👍🏽", Datatype: "xsd:string", Type: "kgo:Claim"}, SubjectSpan: at("Ḥasan \u202bשלום\u202c"),
		ObjectSpan: at("\"Peru & Chile\" agre\u0301e, 👍🏽"), PredicateSpan: at("said")})
	return rec
}

// articleServer serves two articles that say the same, a third that denies a part of it and keeps no text, and a fourth as earlier
// versions stored one, with what is derived from them.
func articleServer(t testing.TB) *Server {
	t.Helper()
	ctx := context.Background()
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	one := hostileRecord(t, "one", oddText, "<script>alert(4)</script> & \"quotes\"", "javascript:alert(5)", 4)
	two := hostileRecord(t, "two", "Late. "+oddText, "Second", "https://news.example/a?b=1&c=<2>", 5)
	two.Article.Publisher = "Other"
	denies := hostileRecord(t, "denies", oddText, "Third", "", 3)
	denies.Article.Publisher = "Third"
	denies.Claims = denies.Claims[:1]
	denies.Sentences = denies.Sentences[:1]
	denies.Claims[0].Polarity = "-"
	denies.Text = ""
	old := hostileRecord(t, "old/0", oddText, "", "ftp://x/y", 2)
	old.Text, old.Mentions, old.Skipped, old.Dropped = "", nil, nil, nil
	if _, err := store.Add(ctx, one, two, denies, old); err != nil {
		t.Fatal(err)
	}
	facts, err := store.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	layers := settle.Derive(facts, sch)
	a, b := graph.Res("kg:article/one"), graph.Res("kg:article/two") // too short for settle to see it
	twin := graph.Res(graph.KgoNearDuplicate)
	layers[graph.ReuseGraph] = append(layers[graph.ReuseGraph], graph.Quad{Subject: a, Predicate: twin, Object: b}, graph.Quad{Subject: b, Predicate: twin, Object: a})
	if _, err := store.Settle(ctx, "", layers, "test"); err != nil {
		t.Fatal(err)
	}
	return serverOf(t, store, Options{})
}

// parsed reads a page and checks what every page must keep to: no element or attribute that runs or loads anything but our own files,
// no two elements of one id.
func parsed(t testing.TB, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	doc, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "img" || n.Data == "iframe" || n.Data == "style" || n.Data == "i" && strings.Contains(textOf(n), "Press") {
			t.Errorf("the page has an element %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style":
				t.Errorf("the page has an attribute %s=%q", a.Key, a.Val)
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				u, err := url.Parse(a.Val)
				if err != nil || u.Scheme != "" && u.Scheme != "https" {
					t.Errorf("the page leads to %q", a.Val)
				}
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("two elements of the id %q", a.Val)
				}
				ids[a.Val] = true
			}
		}
		if n.Data == "script" && (textOf(n) != "" || attr(n, "src") != "/static/article.js" && attr(n, "src") != "/static/complete.js") {
			t.Errorf("script %q %q", attr(n, "src"), textOf(n))
		}
	}
	// Fragments lead somewhere.
	for n := range doc.Descendants() {
		if id, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && !ids[id] {
			t.Errorf("the page has no #%s", id)
		}
	}
	return doc
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// all are the elements of a page with this tag and class.
func all(doc *html.Node, tag, class string) (list []*html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag && (class == "" || slices.Contains(strings.Fields(attr(n, "class")), class)) {
			list = append(list, n)
		}
	}
	return list
}

func TestArticlePage(t *testing.T) {
	s := articleServer(t)
	w := call(t, s, "GET", "/article/one", "")
	doc := parsed(t, w)
	var text strings.Builder
	for _, p := range all(doc, "p", "t") {
		text.WriteString(textOf(p))
	}
	if want := strings.ReplaceAll(oddText, "\r\n", "\n"); text.String() != want { // readers of HTML end lines so
		t.Errorf("text of the page (-want +got)\n%s", cmp.Diff(want, text.String()))
	}
	if h1 := textOf(all(doc, "h1", "")[0]); h1 != `<script>alert(4)</script> & "quotes"` {
		t.Errorf("headline %q", h1)
	}
	if got := all(doc, "details", "skipped"); len(got) != 1 || !strings.Contains(textOf(got[0]), "Not read: boiler<plate>") || !strings.Contains(textOf(got[0]), "Read also:") {
		t.Errorf("skipped: %d", len(got))
	}
	var mentions []string
	for _, a := range all(doc, "a", "mention") {
		mentions = append(mentions, textOf(a)+" "+attr(a, "href")+" "+attr(a, "id"))
	}
	want := []string{"Russia /entity/Russia char=0,6", "Valdera /entity/Valdera char=42,49", "\"Peru &  /entity/Peru char=54,68", "Chile /entity/Chile char=62,67",
		"\" /entity/Peru ", "Ḥasan \u202bשלום\u202c of Iran /entity/%E1%B8%A4asan char=85,105"}
	if d := cmp.Diff(want, mentions); d != "" {
		t.Errorf("mentions (-want +got)\n%s", d)
	}
	// Each statement and dropped passage has its words in the text.
	for i, words := range []string{"Russia attacked Valdera", "\"Peru & Chile\" agre\u0301e", "\"Peru & Chile\" agre\u0301e, 👍🏽 said Ḥasan \u202bשלום\u202c", "It rained near Valdera"} {
		k := "k" + string(rune('1'+i))
		var got []string
		for _, n := range all(doc, "span", k) {
			got = append(got, textOf(n))
		}
		if plain := func(s string) string { return strings.ReplaceAll(s, " ", "") }; plain(strings.Join(got, "")) != plain(words) {
			t.Errorf("words of %s: %q, want %q", k, got, words)
		}
		if li := all(doc, "li", k); len(li) != 1 || attr(li[0], "id") != k {
			t.Errorf("statements of %s: %d", k, len(li))
		}
	}
	if said := all(doc, "a", "said"); len(said) != 3 || attr(said[0], "href") != "#k1" || textOf(said[0]) != "attacked" {
		t.Errorf("words that lead to statements: %d", len(said))
	}
	if strings.Contains(w.Body.String(), "javascript:") {
		t.Error("the page has an address that runs script")
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	if w := call(t, s, "GET", "/article/two", ""); !strings.Contains(w.Body.String(), `href="https://news.example/a?b=1&amp;c=%3c2%3e"`) && !strings.Contains(w.Body.String(), `href="https://news.example/a?b=1&amp;c=%3C2%3E"`) {
		t.Errorf("no link to the publisher: %s", w.Body)
	}

	var view articleView
	if err := json.Unmarshal(call(t, s, "GET", "/article/one.json", "").Body.Bytes(), &view); err != nil {
		t.Fatal(err)
	}
	chars := []rune(oddText)
	if view.Text != oddText || len(view.Statements) != 3 || len(view.Mentions) != 5 || len(view.Entities) != 5 || len(view.Duplicates) != 1 || view.Link != "" {
		t.Errorf("JSON: %+v", view)
	}
	for _, p := range slices.Concat(view.Skipped, view.Dropped) {
		if got := string(chars[p.Chars[0]:p.Chars[1]]); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(p.Text), " ") || p.Why == "" {
			t.Errorf("passage %+v is %q", p, got)
		}
	}
	if len(view.Skipped) != 1 || len(view.Dropped) != 1 {
		t.Errorf("JSON: skipped %+v, dropped %+v", view.Skipped, view.Dropped)
	}
}

// Of what an article says only sentences are there where the text is not kept, or where an earlier version stored it.
func TestArticleWithoutText(t *testing.T) {
	s := articleServer(t)
	for _, tt := range []struct {
		path, note string
		mentions   int
	}{{"/article/denies", "does not keep whole texts", 2}, {"/article/old/0", "before texts were kept", 0}} {
		doc := parsed(t, call(t, s, "GET", tt.path, ""))
		if note := all(doc, "p", "empty"); len(note) != 1 || !strings.Contains(textOf(note[0]), tt.note) {
			t.Errorf("%s: no note on that", tt.path)
		}
		p := all(doc, "p", "t")
		if len(p) == 0 || textOf(p[0]) != "Russia <script>alert(1)</script> attacked Valdera." {
			t.Errorf("%s: sentences %d", tt.path, len(p))
		}
		if got := all(doc, "a", "mention"); len(got) != tt.mentions {
			t.Errorf("%s: %d mentions, want %d", tt.path, len(got), tt.mentions)
		}
		if got := all(doc, "a", "said"); len(got) == 0 {
			t.Errorf("%s: no words of statements", tt.path)
		}
	}
	if h1 := textOf(all(parsed(t, call(t, s, "GET", "/article/old/0", "")), "h1", "")[0]); h1 != "Article without a headline" {
		t.Errorf("headline %q", h1)
	}
}

func TestClaimPage(t *testing.T) {
	s := articleServer(t)
	doc := parsed(t, call(t, s, "GET", "/claim/onea", ""))
	quote := all(doc, "blockquote", "")[0]
	if got := textOf(quote); got != "Russia <script>alert(1)</script> attacked Valdera." {
		t.Errorf("sentence %q", got)
	}
	var marks []string
	for _, m := range all(quote, "mark", "") {
		marks = append(marks, attr(m, "class")+" "+textOf(m))
	}
	if d := cmp.Diff([]string{"subject Russia", "relation attacked", "object Valdera"}, marks); d != "" {
		t.Errorf("marks (-want +got)\n%s", d)
	}
	page := textOf(doc)
	for _, want := range []string{"The article itself says so, as a fact.", "3 July 2017", "with <b>tanks</b>", "CAMEO 190", "material conflict", "says the opposite",
		"Second", "Third", "3 articles say so", "http://example.org/kg/claim/onea", "kgo:attacks", "a clause: somebody does something"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	// Where one lies in the other the shorter has its words.
	doc = parsed(t, call(t, s, "GET", "/claim/oneb", ""))
	marks = nil
	for _, m := range all(all(doc, "blockquote", "")[0], "mark", "") {
		marks = append(marks, attr(m, "class")+" "+textOf(m))
	}
	if d := cmp.Diff([]string{"subject \"Peru & ", "object Chile", "subject \"", "relation agre\u0301e"}, marks); d != "" {
		t.Errorf("marks (-want +got)\n%s", d)
	}
	if page := textOf(doc); !strings.Contains(page, "Somebody says so") || !strings.Contains(page, "Ḥasan שלום") {
		t.Errorf("no speaker on the page")
	}
	var view claimView
	if err := json.Unmarshal(call(t, s, "GET", "/claim/onea.json", "").Body.Bytes(), &view); err != nil {
		t.Fatal(err)
	}
	same := func(rows []claimRow) (ids []string) {
		for _, r := range rows {
			ids = append(ids, string(r.ID))
		}
		slices.Sort(ids)
		return ids
	}
	if d := cmp.Diff([]string{"kg:claim/old/0a", "kg:claim/twoa"}, same(view.Same.Rows)); d != "" {
		t.Errorf("other articles (-want +got)\n%s", d)
	}
	if len(view.Opposite) != 1 || view.Opposite[0].Statement.ID != "kg:claim/deniesa" || view.Statement.ID != "kg:claim/onea" || view.Codes == nil || !view.Codes.Relation {
		t.Errorf("JSON: %+v", view)
	}
	if len(view.Reused) != 1 || view.Reused[0].Article.ID != "kg:article/denies" {
		t.Errorf("the same words elsewhere: %+v", view.Reused)
	}
	if view.Before != "" || !strings.HasPrefix(view.After, "\"Peru & Chile\"") {
		t.Errorf("words around: %q, %q", view.Before, view.After)
	}
}

// Who may write can judge a statement on its page; others only see what was judged.
func TestClaimJudged(t *testing.T) {
	s := articleServer(t)
	if page := call(t, s, "GET", "/claim/onea", "").Body.String(); strings.Contains(page, "<form class=\"judging\"") || strings.Contains(page, "Is it read rightly") {
		t.Error("a reader is asked to judge")
	}
	s.opt.AllowWrites = true
	if page := call(t, s, "GET", "/claim/onea", "", "Authorization: ").Body.String(); strings.Contains(page, "<form class=\"judging\"") {
		t.Error("somebody without the token is asked to judge")
	}
	doc := parsed(t, call(t, s, "GET", "/claim/onea", ""))
	form := url.Values{"kind": {"reject"}, "by": {"<b>Anna</b>"}, "why": {"no <i>war</i>"}}
	for _, in := range all(all(doc, "form", "judging")[0], "input", "") {
		if attr(in, "type") == "hidden" {
			form.Set(attr(in, "name"), attr(in, "value"))
		}
	}
	w := call(t, s, "POST", "/review/judge", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	if w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/claim/onea") {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	text := textOf(parsed(t, call(t, s, "GET", w.Header().Get("Location"), "")))
	if !strings.Contains(text, "<b>Anna</b> rejected this statement") || !strings.Contains(text, "“no <i>war</i>”") || !strings.Contains(text, "rejected by <b>Anna</b>") {
		t.Errorf("the page does not say so: %s", text)
	}
	var view claimView
	if err := json.Unmarshal(call(t, s, "GET", "/claim/onea.json", "").Body.Bytes(), &view); err != nil || !view.Rejected || view.Verdict == nil || view.Verdict.Accepted {
		t.Errorf("JSON: %+v, %v", view, err)
	}
	if nt := call(t, s, "GET", "/entity/Russia.nt", "").Body.String(); !strings.Contains(nt, "attacks") { // other articles say so too
		t.Errorf("no edge of other articles: %s", nt)
	}
	for _, id := range []string{"twoa", "old/0a"} {
		form.Set("from", "kg:claim/"+id)
		call(t, s, "POST", "/review/judge", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	}
	if nt := call(t, s, "GET", "/entity/Russia.nt", "").Body.String(); strings.Contains(nt, "ontology/attacks>") {
		t.Errorf("rejected statements are edges: %s", nt)
	}
}

func TestEventPages(t *testing.T) {
	s := articleServer(t)
	var list eventsView
	if err := json.Unmarshal(call(t, s, "GET", "/events.json", "").Body.Bytes(), &list); err != nil || list.Total == 0 {
		t.Fatalf("events: %+v, %v", list, err)
	}
	e := list.Rows[0]
	if e.Kind != "attack" || e.Side != "conflict" || !strings.Contains(e.Label, "attack") || strings.Contains(e.Label, "2017") {
		t.Errorf("event %+v", e)
	}
	doc := parsed(t, call(t, s, "GET", e.URL, ""))
	page := textOf(doc)
	for _, want := range []string{"Russia", "Valdera", "3 July 2017", "What is said of it", "Second", "attacked"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s has no %q", e.URL, want)
		}
	}
	var view eventView
	if err := json.Unmarshal(call(t, s, "GET", e.URL+".json", "").Body.Bytes(), &view); err != nil || view.Event.ID != e.ID || len(view.List.Rows) == 0 || len(view.Articles) < 2 {
		t.Errorf("JSON: %+v, %v", view, err)
	}
	for target, want := range map[string]int{
		"/events.json?kind=attack": list.Total, "/events.json?kind=talks": 0, "/events.json?from=2017-07": list.Total, "/events.json?to=2016": 0,
		"/events.json?text=attack": list.Total, "/events.json?text=none": 0, "/events.json?of=kg:Russia": list.Total, "/events.json?several=1": list.Total,
		"/articles.json": 4, "/articles.json?outlet=Other": 1, "/articles.json?from=2017-07-04": 2, "/articles.json?to=2017-07-03": 2, "/articles.json?text=second": 1,
		"/articles.json?from=2017&to=2017": 4, "/articles.json?to=2016": 0, "/articles.json?limit=1": 4,
	} {
		var l struct{ Total int }
		if w := call(t, s, "GET", target, ""); w.Code != 200 || json.Unmarshal(w.Body.Bytes(), &l) != nil || l.Total != want {
			t.Errorf("%s: %d %s, want %d", target, w.Code, w.Body, want)
		}
	}
	for _, target := range []string{"/articles", "/articles?text=%3Cscript%3E", "/events", "/events?of=kg:Russia", "/events?text=none", "/articles?outlet=%3Ci%3EPress%3C%2Fi%3E"} {
		parsed(t, call(t, s, "GET", target, ""))
	}
	for target, status := range map[string]int{"/articles?from=soon": 400, "/events?to=soon": 400, "/events?of=kg:Nobody": 400, "/article/one?part=2": 400,
		"/article/none": 404, "/claim/none": 404, "/event/none": 404, "/claim/none.json": 404, "/sentence/none": 404, "/sentence/one/0": 303, "/article/one/char=0,6": 303} {
		if w := call(t, s, "GET", target, ""); w.Code != status {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
}

// Paragraphs and marks tile the text exactly: what is shown is what there is, whatever lies in and over each other.
func TestMarksTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "word ", "\n", "\n\n", "\r\n", "   ", "é", "e\u0301", "👍🏽", "שלום ", "\t",
			strings.Repeat("long ", 30)}), 0, 40).Draw(t, "text"), ""))
		span := rapid.Custom(func(t *rapid.T) graph.Span {
			b := rapid.IntRange(0, len(text)).Draw(t, "begin")
			return graph.Span{Begin: b, End: rapid.IntRange(b, len(text)+2).Draw(t, "end")}
		})
		spans := rapid.SliceOfN(span, 0, 8).Draw(t, "spans")
		at := 0
		for _, tile := range tile(spans, 0, len(text)) {
			if tile.Begin != at || tile.End <= tile.Begin && len(text) > 0 {
				t.Fatalf("tile %v after %d", tile, at)
			}
			at = tile.End
			for i, s := range spans {
				if in := s.Begin <= tile.Begin && tile.End <= s.End && s.Begin < s.End; in != slices.Contains(tile.On, i) {
					t.Fatalf("tile %v and span %v", tile, s)
				}
			}
		}
		if at != len(text) {
			t.Fatalf("tiles end at %d of %d", at, len(text))
		}
		var skipped []graph.Passage
		for begin := 0; begin < len(text); {
			begin += rapid.IntRange(0, 30).Draw(t, "gap")
			end := begin + rapid.IntRange(1, 30).Draw(t, "length")
			if end > len(text) {
				break
			}
			skipped = append(skipped, graph.Passage{Span: graph.Span{Begin: begin, End: end}, Why: "why"})
			begin = end
		}
		m := &textMarks{mentions: spans[:len(spans)/2], link: func(int) (string, string) { return "/entity/X", "X" }}
		for i, s := range spans[len(spans)/2:] {
			m.numbered = append(m.numbered, numbered{s, i + 1, i%2 == 0})
		}
		var shown, read strings.Builder
		at = 0
		for _, b := range paragraphs(text, skipped) {
			if b.Begin != at || b.End <= b.Begin {
				t.Fatalf("paragraph %v after %d", b.Span, at)
			}
			at = b.End
			b.mark(text[b.Begin:b.End], m)
			for _, r := range b.Runs {
				for _, p := range r.Text {
					shown.WriteString(p.Text)
					if b.Skipped == "" {
						read.WriteString(p.Text)
					}
				}
			}
		}
		if shown.String() != string(text) {
			t.Fatalf("shown %q of %q", shown.String(), string(text))
		}
		var want strings.Builder
		at = 0
		for _, p := range skipped {
			want.WriteString(string(text[at:p.Begin]))
			at = p.End
		}
		want.WriteString(string(text[at:]))
		if read.String() != want.String() {
			t.Fatalf("read %q, want %q", read.String(), want.String())
		}
	})
}

// A long article is shown in parts that are all of it.
func TestArticleParts(t *testing.T) {
	ctx := context.Background()
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	text := strings.Repeat(strings.Repeat("Valdera is a town. ", 30)+"\n", 300)
	rec := hostileRecord(t, "long", oddText, "Long", "", 1)
	rec.Text = oddText + "\n" + text
	if _, err := store.Add(ctx, rec); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	s, err := New(store, Options{Logger: log, Token: testToken})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	parts := 1
	for part := 1; part <= parts; part++ {
		target := "/article/long?part=" + string(rune('0'+part))
		doc := parsed(t, call(t, s, "GET", target, ""))
		n := 0
		for _, p := range all(doc, "p", "t") {
			got.WriteString(textOf(p))
			n += len(textOf(p))
		}
		if n > maxPart+maxBlock {
			t.Errorf("part %d has %d characters", part, n)
		}
		var view articleView
		if err := json.Unmarshal(call(t, s, "GET", strings.Replace(target, "?", ".json?", 1), "").Body.Bytes(), &view); err != nil {
			t.Fatal(err)
		}
		if parts = view.Parts; (part == 1) != (len(view.Statements) == 3) {
			t.Errorf("part %d has %d statements", part, len(view.Statements))
		}
	}
	if parts != 5 || got.String() != strings.ReplaceAll(rec.Text, "\r\n", "\n") {
		t.Errorf("%d parts with %d characters of %d", parts, got.Len(), len(rec.Text))
	}
}
