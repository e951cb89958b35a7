package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/index"
)

// What pages have in common. A page fills a struct, its template renders just that, and the page's address with .json behind it answers
// with the same struct.

// page says how a view is shown.
type page struct {
	Template string
	Title    string
	Here     string // "start", "graph", "timeline" …: which link of the header is the current one
	Status   int    // 200 where 0
	Refresh  int    // seconds after which the browser asks again; 0: never
	// Styles and Scripts are files of pages/ that only this page needs.
	Styles, Scripts []string
	// Also are other forms of what the page shows, by media type: application/json, text/turtle …
	Also []otherForm
}

type otherForm struct{ Type, Name, URL string }

// answer writes view as the page that p describes, or as JSON where the address ends in .json.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, p page, view any) {
	if wantsJSON(r) {
		if err := writeJSON(w, cmp.Or(p.Status, http.StatusOK), "application/json", view); err != nil {
			s.failErr(w, r, err)
		}
		return
	}
	s.render(w, r, p, view)
}

// suffixes are the forms that a page's address may ask for behind the name.
var suffixes = []string{".json", ".ttl", ".jsonld", ".nt"}

// formOf is the suffix of the address, "" for none. The address of a thing that is itself called a.json has its dot as %2E, see escapePath.
func formOf(r *http.Request) string {
	p := r.URL.EscapedPath()
	for _, suffix := range suffixes {
		if strings.HasSuffix(p, suffix) {
			return suffix
		}
	}
	return ""
}

func wantsJSON(r *http.Request) bool { return formOf(r) == ".json" }

// nameOf is the name in the address of a page with {name...}, or its parameter id, see entityURL, and the form that it asks for.
func (s *Server) nameOf(r *http.Request) (name, form string) {
	form = formOf(r)
	if name = strings.TrimSuffix(r.PathValue("name"), form); name == "" {
		name = strings.TrimPrefix(r.URL.Query().Get("id"), "kg:")
	}
	return name, form
}

// indexOf returns the index of the store, or answers the request with what keeps it from that.
func (s *Server) indexOf(w http.ResponseWriter, r *http.Request) (*index.Index, bool) {
	if s.live == nil {
		s.failErr(w, r, errors.New("this server has no index"))
		return nil, false
	}
	x, err := s.live.Index(r.Context())
	if err != nil {
		s.failErr(w, r, err)
		return nil, false
	}
	s.seen.Store(&seenCounts{len(x.Articles), x.Standing(), len(x.Entities)})
	return x, true
}

// seenCounts are what the foot of a page says of the store: the state that a page was last made of.
type seenCounts struct{ Articles, Claims, Entities int }

// thing is an entity as pages name it.
type thing struct {
	ID    graph.IRI `json:"id"`
	Label string    `json:"label"`
	Type  string    `json:"type,omitempty"` // in words
	URL   string    `json:"url"`
}

// thingOf returns nil for None.
func thingOf(x *index.Index, e index.Ref) *thing {
	if e == index.None {
		return nil
	}
	v := &x.Entities[e]
	return &thing{v.ID, cmp.Or(v.Label, index.Words(string(v.ID))), v.Type(), entityURL(v.ID)}
}

// relationTag is a relation as pages name it.
type relationTag struct {
	ID    graph.IRI `json:"id"`
	Label string    `json:"label"`
	URL   string    `json:"url"`
	Side  string    `json:"side,omitempty"` // "cooperation" or "conflict"
}

func relationOf(x *index.Index, r index.Ref, quad index.Quad) relationTag {
	v := &x.Relations[r]
	return relationTag{v.ID, v.Label, relationURL(v.ID), quad.Side()}
}

// claimRow is a statement as every page lists it.
type claimRow struct {
	ID       graph.IRI   `json:"id"`
	URL      string      `json:"url"`
	Subject  thing       `json:"subject"`
	Relation relationTag `json:"relation"`
	Object   *thing      `json:"object,omitempty"`
	Text     string      `json:"text,omitempty"` // where the object is no thing
	Status   string      `json:"status"`
	Speaker  *thing      `json:"speaker,omitempty"` // nil where the article itself says so
	Day      string      `json:"day,omitempty"`
	Time     string      `json:"time,omitempty"` // of what is told, in words, where the sentence tells it
	Place    *thing      `json:"place,omitempty"`
	// Sentence are its pieces in their order. Cut says that it is longer.
	Sentence   []piece  `json:"sentence,omitempty"`
	Article    *source  `json:"article,omitempty"`
	Confidence float64  `json:"confidence"`
	Sure       string   `json:"confidence_words"`
	Rule       string   `json:"rule,omitempty"`
	Class      string   `json:"class,omitempty"` // "material conflict"
	Score      *float64 `json:"score,omitempty"` // Goldstein's, -10 to 10
	// Articles say the same, Independent of them by themselves.
	Articles    int    `json:"articles"`
	Independent int    `json:"independent_articles"`
	Contradicts int    `json:"contradicts,omitempty"` // number of statements that say the opposite
	Turned      bool   `json:"turned,omitempty"`      // a later statement says that it holds no more
	EventURL    string `json:"event_url,omitempty"`
	// Judged is "accepted" or "rejected" where a person judged whether it was read rightly, JudgedBy who did.
	Judged   string `json:"judged,omitempty"`
	JudgedBy string `json:"judged_by,omitempty"`
}

// Plain says that the row needs no mark of its status.
func (c *claimRow) Plain() bool { return c.Status == index.Asserted.String() }

// StatusText is the status in words that a reader of the news would use.
func (c *claimRow) StatusText() string { return statusText(c.Status) }

func statusText(status string) string {
	if status == index.Requested.String() {
		return "asked for"
	}
	return status
}

// piece is a part of a sentence: Mark is "subject", "relation", "object" or "" for the words between.
type piece struct {
	Text string `json:"text"`
	Mark string `json:"mark,omitempty"`
}

// source is an article as lists name it.
type source struct {
	ID       graph.IRI `json:"id"`
	URL      string    `json:"url"`
	Headline string    `json:"headline"`
	Outlet   string    `json:"outlet,omitempty"`
	Day      string    `json:"day,omitempty"`
}

// sourceOf returns nil for None.
func sourceOf(x *index.Index, a index.Ref) *source {
	if a == index.None {
		return nil
	}
	v := &x.Articles[a]
	headline := v.Headline
	if headline == "" {
		headline = "Article without a headline"
	}
	return &source{v.ID, articleURL(v.ID), headline, v.Outlet, v.Day.String()}
}

// rowOf is the row of a claim without its words, which stand in the store.
func rowOf(x *index.Index, r index.Ref) claimRow {
	c := &x.Claims[r]
	row := claimRow{ID: c.ID, URL: claimURL(c.ID), Relation: relationOf(x, c.Relation, c.Quad), Object: thingOf(x, c.Object), Text: c.Literal,
		Status: c.Status.String(), Speaker: thingOf(x, c.Source), Day: c.Day.String(), Time: timeWords(c.Time), Place: thingOf(x, c.Place),
		Article: sourceOf(x, c.Article), Confidence: round(float64(c.Confidence), 3), Sure: sureWords(float64(c.Confidence)), Rule: c.Rule,
		Class: c.Quad.String(), Articles: int(c.Articles), Independent: int(c.Independent), Contradicts: len(c.Contradicts), Turned: len(c.ChangedTo) > 0}
	if strings.ContainsAny(c.Literal, "-/") && graph.TimeType(c.Literal) != "" {
		row.Text = timeWords(c.Literal)
	}
	if c.Subject != index.None {
		row.Subject = *thingOf(x, c.Subject)
	}
	if j, ok := x.Verdict(r); ok {
		row.Judged, row.JudgedBy = map[string]string{graph.Accept: "accepted", graph.Reject: "rejected"}[j.Kind], j.By
	}
	if c.Scored {
		score := round(float64(c.Score), 2)
		row.Score = &score
	}
	if c.Event != index.None {
		row.EventURL = eventURL(x.Events[c.Event].ID)
	}
	return row
}

// round keeps n decimals.
func round(f float64, n int) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'f', n, 64), 64)
	return f
}

// sureWords puts a confidence, the share of such statements that are read right, into words.
func sureWords(c float64) string {
	switch {
	case c >= 0.9:
		return "very sure"
	case c >= 0.8:
		return "sure"
	case c >= 0.65:
		return "fairly sure"
	case c >= 0.5:
		return "unsure"
	}
	return "doubtful"
}

// claimRows are the rows of claims with their sentences. A claim that has left the store since the index was made has none.
func (s *Server) claimRows(ctx context.Context, x *index.Index, claims []index.Ref) ([]claimRow, error) {
	rows := make([]claimRow, 0, len(claims))
	sentences := map[graph.IRI]graph.Sentence{}
	for _, r := range claims {
		row := rowOf(x, r)
		for c, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: x.Claims[r].ID}) {
			if err != nil {
				return nil, err
			}
			sent, ok := sentences[c.Sentence]
			if !ok {
				if sent, _, _, err = s.graph.Sentence(ctx, c.Sentence); err != nil {
					return nil, err
				}
				sentences[c.Sentence] = sent
			}
			row.Sentence = clip(markSentence(sent, &c.Claim), 420)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// markSentence parts a sentence where the words of the claim's subject, relation and object begin and end, see markText; of two of one
// length the later part has the words.
func markSentence(sent graph.Sentence, c *graph.Claim) []piece {
	text := []rune(sent.Text)
	marks := []mark{{c.ObjectSpan, "object"}, {c.PredicateSpan, "relation"}, {c.SubjectSpan, "subject"}}
	return markText(text, sent.Begin, sent.Begin, sent.Begin+len(text), marks)
}

// clip shortens the words between the marks of a sentence that is longer than limit characters.
func clip(pieces []piece, limit int) []piece {
	n := 0
	for _, p := range pieces {
		n += len(p.Text)
	}
	if n <= limit {
		return pieces
	}
	keep := limit / 3
	for i := range pieces {
		p := &pieces[i]
		words := []rune(p.Text)
		switch {
		case p.Mark != "" || len(words) <= keep:
		case i == 0:
			p.Text = "… " + afterSpace(string(words[len(words)-keep:]))
		case i == len(pieces)-1:
			p.Text = untilSpace(string(words[:keep])) + " …"
		default:
			p.Text = untilSpace(string(words[:keep/2])) + " … " + afterSpace(string(words[len(words)-keep/2:]))
		}
	}
	return pieces
}

func afterSpace(s string) string {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[i+1:]
	}
	return s
}

func untilSpace(s string) string {
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

// Times in words

// dayWords is "4 July 2017", "" for NoDay.
func dayWords(d index.Day) string {
	if d == index.NoDay {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// shortDay is "4 Jul 2017" for "2017-07-04"; other texts stay.
func shortDay(s string) string {
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return t.Format("2 Jan 2006")
	}
	return s
}

// shortDays is "2 Mar – 27 Apr 1987", of one day "2 Mar 1987"; "" where first is.
func shortDays(first, last string) string {
	if first == last || first == "" {
		return shortDay(first)
	}
	from := shortDay(first)
	if len(first) == len("2006-01-02") && len(last) == len(first) && first[:4] == last[:4] {
		from = from[:len(from)-len(" 2006")]
	}
	return from + " – " + shortDay(last)
}

// dateWords puts "2017-07-04", "2017-07" and "2017" into words; other texts stay.
func dateWords(s string) string {
	for _, f := range [][2]string{{"2006-01-02", "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"}} {
		if t, err := time.Parse(f[0], s); err == nil {
			return t.Format(f[1])
		}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Format("2 January 2006")
	}
	return s
}

// timeWords puts an event's time (graph.Claim.Time) into words.
func timeWords(s string) string {
	if from, to, ok := strings.Cut(s, "/"); ok {
		switch {
		case to == "..":
			return "since " + timeWords(from)
		case from == "..":
			return "until " + timeWords(to)
		}
		return timeWords(from) + " to " + timeWords(to)
	}
	if d := dateWords(s); d != s || s == "" {
		return d
	}
	year, part, _ := strings.Cut(s, "-")
	switch {
	case len(s) == 3:
		return s + "0s"
	case len(s) == 2:
		n, _ := strconv.Atoi(s)
		return ordinal(n+1) + " century"
	case len(part) == 5 && part[2:4] == "-W": // of a month
		return ordinal(int(part[4]-'0')) + " week of " + dateWords(year+"-"+part[:2])
	case len(part) == 3 && part[0] == 'W':
		return "week " + strings.TrimPrefix(part[1:], "0") + " of " + year
	case len(part) == 2 && part[0] == 'Q':
		return ordinal(int(part[1]-'0')) + " quarter of " + year
	case len(part) == 2 && part[0] == 'H':
		return ordinal(int(part[1]-'0')) + " half of " + year
	case part == "SP", part == "SU", part == "FA", part == "WI":
		return map[string]string{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}[part] + " " + year
	}
	if day, daytime, ok := strings.Cut(s, "T"); ok {
		name := map[string]string{"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "by day"}[daytime]
		return strings.TrimSuffix(dateWords(day)+", "+name, ", ")
	}
	return s
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// scoreText writes a score with its sign: "+3.4", "−2.0"; "–" for nil.
func scoreText(score *float64) string {
	if score == nil {
		return "–"
	}
	return strings.Replace(fmt.Sprintf("%+.1f", *score), "-", "−", 1)
}

// plural is "1 article", "3 articles", with the number as pages write it.
func plural(n int, one, many string) string {
	if n == 1 {
		return number(n) + " " + one
	}
	return number(n) + " " + many
}

// Lists

// pager is a part of a list: rows Offset+1 to Offset+Shown of Total.
type pager struct {
	Total  int    `json:"total"`
	Offset int    `json:"offset"`
	Limit  int    `json:"limit"`
	Shown  int    `json:"shown"`
	Prev   string `json:"prev,omitempty"`
	Next   string `json:"next,omitempty"`
	First  string `json:"first,omitempty"`
	Last   string `json:"last,omitempty"`
	What   string `json:"-"` // "statements"
}

// Note is "showing 1–50 of 4,495 statements", "all 12 statements" or "1 statement".
func (p pager) Note() string {
	switch {
	case p.Total == 0:
		return "no " + p.What
	case p.Shown == 0:
		return fmt.Sprintf("showing none of %s %s", number(p.Total), p.What)
	case p.Total == 1:
		what, rest, of := strings.Cut(p.What, " of ") // pairs of names
		if what = "1 " + strings.TrimSuffix(what, "s"); of {
			what += " of " + rest
		}
		return what
	case p.Shown == p.Total:
		return fmt.Sprintf("all %s %s", number(p.Total), p.What)
	}
	return fmt.Sprintf("showing %s–%s of %s %s", number(p.Offset+1), number(p.Offset+p.Shown), number(p.Total), p.What)
}

const (
	pageRows    = 50
	maxPageRows = 500
)

// pageOf takes the rows that the parameters offset and limit ask for. An error names the parameter.
func pageOf[T any](r *http.Request, list []T, what string) ([]T, pager, error) {
	return partOf(r, list, pageRows, what)
}

// partOf is pageOf with another number of rows where the parameter limit gives none.
func partOf[T any](r *http.Request, list []T, limit int, what string) ([]T, pager, error) {
	p, err := pagerOf(r, limit, what)
	if err != nil {
		return nil, p, err
	}
	begin := min(p.Offset, len(list))
	end := min(begin+p.Limit, len(list))
	p.fill(r, len(list), end-begin)
	return list[begin:end], p, nil
}

// pagerOf reads the parameters offset and limit; limit is what holds where r has none. fill is to follow.
func pagerOf(r *http.Request, limit int, what string) (pager, error) {
	q := r.URL.Query()
	p := pager{Limit: limit, What: what}
	for _, f := range []struct {
		name     string
		to       *int
		min, max int
	}{{"offset", &p.Offset, 0, 1 << 30}, {"limit", &p.Limit, 1, maxPageRows}} {
		if v := q.Get(f.name); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil || n < f.min || n > f.max {
				return p, errorf(http.StatusBadRequest, "%s: %.100q is not a number from %d to %d", f.name, v, f.min, f.max)
			}
			*f.to = n
		}
	}
	return p, nil
}

// fill says that shown of total rows are on the page, and where the others are.
func (p *pager) fill(r *http.Request, total, shown int) {
	p.Total, p.Shown = total, shown
	at := func(offset int) string {
		return with(r, func(q url.Values) {
			q.Del("offset")
			if offset > 0 {
				q.Set("offset", strconv.Itoa(offset))
			}
		})
	}
	if p.Offset > 0 {
		p.Prev, p.First = at(max(min(p.Offset, total)-p.Limit, 0)), at(0)
	}
	if end := min(p.Offset, total) + shown; end < total {
		p.Next, p.Last = at(end), at((total-1)/p.Limit*p.Limit)
	}
}

// with is the address of r with other parameters.
func with(r *http.Request, change func(url.Values)) string {
	q := r.URL.Query()
	change(q)
	u := url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: q.Encode()}
	return u.String()
}

// link is a choice among several.
type link struct {
	Text string `json:"text"`
	URL  string `json:"url"`
	On   bool   `json:"on,omitempty"`
}

// claimList is a part of a list of statements.
type claimList struct {
	Rows []claimRow `json:"rows"`
	pager
	Sorts []link `json:"-"`
}

// orders are how lists of statements may be sorted, the first by default: index.Orders in words.
var orders = [...]string{"newest first", "oldest first", "surest first", "most articles first"}

// claimList sorts claims as the parameter sort says and shows the part that offset and limit ask for.
func (s *Server) claimList(r *http.Request, x *index.Index, claims []index.Ref) (l claimList, err error) {
	by := cmp.Or(r.URL.Query().Get("sort"), index.Orders[0])
	if !slices.Contains(index.Orders, by) {
		return l, errorf(http.StatusBadRequest, "sort: %.100q is not one of %s", by, strings.Join(index.Orders, ", "))
	}
	for i, name := range index.Orders {
		l.Sorts = append(l.Sorts, link{orders[i], with(r, func(q url.Values) {
			q.Del("offset")
			if q.Del("sort"); i > 0 {
				q.Set("sort", name)
			}
		}) + "#statements", name == by})
	}
	p, err := pagerOf(r, pageRows, "statements")
	if err != nil {
		return l, err
	}
	shown, p, err := pageOf(r, x.Sorted(claims, by, p.Offset+p.Limit), "statements")
	if err != nil {
		return l, err
	}
	l.pager = p
	l.Rows, err = s.claimRows(r.Context(), x, shown)
	return l, err
}

// Sparklines

// span is a range of days, both ends inside.
type span struct{ From, To index.Day }

// spanOf is where the days of claims lie, but for the first and last few where these are years away, as with a statement about the last
// century. ok is false where no claim has a day.
func spanOf(x *index.Index, claims []index.Ref) (sp span, ok bool) {
	if !slices.IsSorted(claims) { // then they do not come by day
		claims = slices.Sorted(slices.Values(claims))
	}
	undated := sort.Search(len(claims), func(i int) bool { return x.Claims[claims[i]].Day != index.NoDay })
	claims = claims[undated:]
	n := len(claims)
	if n == 0 {
		return span{}, false
	}
	day := func(i int) index.Day { return x.Claims[claims[i]].Day }
	sp = span{day(0), day(n - 1)}
	if cut := max(n/50, min(2, n/5)); cut > 0 {
		inner := span{day(cut), day(n - 1 - cut)}
		width := max(2*(inner.To-inner.From), 2*366)
		if inner.From-sp.From > width {
			sp.From = inner.From
		}
		if sp.To-inner.To > width {
			sp.To = inner.To
		}
	}
	return sp, true
}

// articleDays reaches from the first article with a day to the last; ok is false where none has one.
func articleDays(x *index.Index) (sp span, ok bool) {
	for i := range x.Articles { // those without a day come first
		if day := x.Articles[i].Day; day != index.NoDay {
			return span{day, x.Articles[len(x.Articles)-1].Day}, true
		}
	}
	return span{}, false
}

// sparkline counts statements over time, in equal parts of From to To.
type sparkline struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Counts []int  `json:"counts"`
	Text   string `json:"text"` // what it shows, in words
}

const (
	sparkBar    = 4  // pixels from one bar to the next
	sparkHeight = 22 // pixels
)

// SVG is the drawing. A page may have hundreds, so that a template of its parts took a tenth of the time of the page.
func (s *sparkline) SVG() template.HTML {
	var b strings.Builder
	width := sparkBar * len(s.Counts)
	fmt.Fprintf(&b, `<svg class="spark" role="img" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" preserveAspectRatio="none"><title>%s</title>`+
		`<rect class="base" y="%d" width="%[1]d" height="1"/><path d="`, width, sparkHeight, template.HTMLEscapeString(s.Text), sparkHeight-1)
	s.path(&b)
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String())
}

// path is the outline of the bars, in pixels.
func (s *sparkline) path(b *strings.Builder) {
	top := max(slices.Max(s.Counts), 3)
	for i, n := range s.Counts {
		if n > 0 {
			h := max(2, n*(sparkHeight-1)/top)
			fmt.Fprintf(b, "M%d %dv-%dh%dv%dz", i*sparkBar, sparkHeight-1, h, sparkBar-1, h)
		}
	}
}

// sparkOf counts claims in n parts of sp, or as many as it has days; nil where none lies in it, and of a single day.
func sparkOf(x *index.Index, claims []index.Ref, sp span, n int) *sparkline {
	days := int(sp.To-sp.From) + 1
	n = min(n, days)
	s := &sparkline{From: sp.From.String(), To: sp.To.String(), Counts: make([]int, n)}
	in := 0
	for _, r := range claims {
		if d := x.Claims[r].Day; d != index.NoDay && d >= sp.From && d <= sp.To {
			s.Counts[int(d-sp.From)*n/days]++
			in++
		}
	}
	if in == 0 || n == 1 { // one bar says nothing
		return nil
	}
	best := 0
	for i, c := range s.Counts {
		if c > s.Counts[best] {
			best = i
		}
	}
	begin := sp.From + index.Day((best*days+n-1)/n)
	s.Text = fmt.Sprintf("%s from %s to %s, most around %s", plural(in, "statement", "statements"), dayWords(sp.From), dayWords(sp.To), dayWords(begin))
	return s
}

// most gives the k keys of the highest counts, by falling count, then by tie. Lists may have a hundred thousand keys, so they are not all
// sorted.
func most[K comparable](counts map[K]int, k int, tie func(a, b K) int) []K {
	best := make([]K, 0, k+1)
	order := func(a, b K) int { return cmp.Or(counts[b]-counts[a], tie(a, b)) }
	for key, n := range counts {
		if len(best) == k && (k == 0 || n < counts[best[k-1]] || order(key, best[k-1]) > 0) {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, key, order)
		best = slices.Insert(best, i, key)
		best = best[:min(len(best), k)]
	}
	return best
}
