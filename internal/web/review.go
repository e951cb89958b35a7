package web

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"kg/graph"
	"kg/internal/index"
)

// reviewRoutes are the page on which people judge, and what it sends.
func (s *Server) reviewRoutes(mux *http.ServeMux, page pageRoute) {
	for _, pattern := range []string{"/review", "/review.json"} { // without a tag: the page depends on a cookie
		s.handle(mux, pattern, func(w http.ResponseWriter, r *http.Request) error { s.limited(s.reviewPage)(w, r); return nil }, http.MethodGet, http.MethodHead)
	}
	s.handle(mux, "/review/name", s.writes(s.takeName), http.MethodPost)
	s.handle(mux, "/review/judge", s.writes(s.takeJudgement), http.MethodPost)
	s.handle(mux, "/review/undo", s.writes(s.undoJudgement), http.MethodPost)
}

const (
	reviewRows    = 20  // items of a page
	doubtfulBelow = 0.6 // confidence of statements that are listed unless the parameter below says otherwise
)

// reviewView is the review page.
type reviewView struct {
	Show string `json:"show"` // "names", "events", "statements", "judged"
	// Open are what nobody has judged; Judged the judgements of people.
	OpenNames      int `json:"open_names"`
	OpenEvents     int `json:"open_events"`
	OpenStatements int `json:"open_statements"`
	Judged         int `json:"judged"`
	// Writes says that this server takes judgements at all, May that it takes those of this client.
	Writes bool   `json:"writes"`
	May    bool   `json:"may_judge"`
	By     string `json:"by,omitempty"` // who judges here

	Names      []namePair     `json:"names,omitempty"`
	Events     []eventPair    `json:"events,omitempty"`
	Statements []claimRow     `json:"statements,omitempty"`
	Judgements []judgementRow `json:"judgements,omitempty"`
	Below      float64        `json:"below"` // of statements
	Of         *thing         `json:"of,omitempty"`
	pager

	Tabs  []link        `json:"-"`
	Here  string        `json:"-"` // the address of this page, to come back to
	Login string        `json:"-"`
	Done  *judgementRow `json:"-"` // what was judged just now
	// Settling says that events are being made anew after a judgement.
	Settling bool `json:"settling,omitempty"`
}

// CanJudge says that the page has buttons.
func (v *reviewView) CanJudge() bool { return v.May && v.By != "" }

// namePair are two names that may mean one thing.
type namePair struct {
	ID       graph.IRI `json:"id"`
	From     nameSide  `json:"from"`
	Into     nameSide  `json:"into"`
	Rule     string    `json:"rule"`
	Score    float64   `json:"score"`
	Evidence string    `json:"evidence,omitempty"`
}

// eventPair are two events that may be one. The judgement is on a statement of each, since events change their names.
type eventPair struct {
	From     graph.IRI   `json:"from"`
	Into     graph.IRI   `json:"into"`
	A        pairedEvent `json:"a"`
	B        pairedEvent `json:"b"`
	Score    float64     `json:"score"`
	Evidence string      `json:"evidence"`
}

// pairedEvent is one of the two.
type pairedEvent struct {
	eventRow
	Sentences []nameSentence `json:"sentences,omitempty"` // of different articles
}

// nameSide is one of the two.
type nameSide struct {
	thing
	Name       graph.IRI      `json:"name"` // that is judged; ID is the entity that it means by now
	Also       []string       `json:"also,omitempty"`
	Statements int            `json:"statements"`
	Articles   int            `json:"articles"`
	First      string         `json:"first,omitempty"`
	Last       string         `json:"last,omitempty"`
	Sentences  []nameSentence `json:"sentences,omitempty"`
}

// nameSentence is a sentence with the name marked.
type nameSentence struct {
	Pieces  []piece `json:"pieces"`
	Article *source `json:"article,omitempty"`
}

// judgementRow is a judgement of a person, in words.
type judgementRow struct {
	ID       graph.IRI `json:"id"`
	Kind     string    `json:"kind"`
	By       string    `json:"by"`
	When     string    `json:"when,omitempty"`
	Evidence string    `json:"evidence,omitempty"`
	A        *thing    `json:"a,omitempty"`
	B        *thing    `json:"b,omitempty"`
	Label    string    `json:"label,omitempty"` // of a rename
	Claim    *claimRow `json:"statement,omitempty"`
	Other    *claimRow `json:"other_statement,omitempty"` // of a judgement on events
	Says     string    `json:"says"`                      // "are one", "was read wrongly"
}

// Text is the judgement as a sentence.
func (j *judgementRow) Text() string {
	words := func(c *claimRow) string {
		object := c.Text
		if c.Object != nil {
			object = c.Object.Label
		}
		return fmt.Sprintf("“%s %s %s”", c.Subject.Label, c.Relation.Label, object)
	}
	switch {
	case j.Claim != nil && j.Other != nil:
		return fmt.Sprintf("%s %s %s", words(j.Claim), j.Says, words(j.Other))
	case j.Claim != nil:
		return fmt.Sprintf("%s %s", words(j.Claim), j.Says)
	case j.B != nil:
		return fmt.Sprintf("“%s” and “%s” %s", j.A.Label, j.B.Label, j.Says)
	case j.A != nil:
		return fmt.Sprintf("“%s” %s", j.A.Label, j.Says)
	case j.Kind == graph.SameEvent || j.Kind == graph.OtherEvent:
		return "A statement that is not in the graph any more " + j.Says + " another"
	}
	return "A statement that is not in the graph any more " + j.Says
}

// says are the kinds of judgements in words.
var says = map[string]string{graph.Merge: "are one", graph.Distinct: "are two", graph.Rename: "has another name now",
	graph.Accept: "was read rightly", graph.Reject: "was read wrongly", graph.SameEvent: "tells of the same event as",
	graph.OtherEvent: "tells of another event than"}

func (s *Server) reviewPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	v, err := s.review(r, x)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "review.html", Title: "Review", Here: "review", Styles: []string{"review.css"}, Scripts: []string{"review.js"}}, v)
}

func (s *Server) review(r *http.Request, x *index.Index) (*reviewView, error) {
	ctx, q := r.Context(), r.URL.Query()
	v := &reviewView{Show: cmp.Or(q.Get("show"), "names"), Writes: s.opt.AllowWrites, May: s.mayWrite(r), By: nameOfReviewer(r), Below: doubtfulBelow,
		Login: loginURL(r), Here: with(r, func(q url.Values) { q.Del("done") }), Settling: s.settling.active()}
	if b := q.Get("below"); b != "" {
		f, err := strconv.ParseFloat(b, 64)
		if err != nil || !(f > 0 && f <= 1) {
			return nil, errorf(http.StatusBadRequest, "below: %.100q is not a number between 0 and 1", b)
		}
		v.Below = f
	}
	about := index.None
	if of := q.Get("of"); of != "" {
		if about, _ = x.Entity(graph.IRI(of)); about == index.None {
			return nil, errorf(http.StatusNotFound, "of: nothing is called %.100q", of)
		}
		v.Of = thingOf(x, about)
	}
	people, rules, err := s.graph.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	open := graph.OpenCandidates(people, rules)
	if about != index.None {
		open = slices.DeleteFunc(open, func(j graph.Judgement) bool {
			a, _ := x.Entity(j.From)
			b, _ := x.Entity(j.Into)
			return a != about && b != about
		})
	}
	doubtful := s.doubtful.below(x, v.Below, about)
	events := s.alike.open(x, people, about)
	v.OpenNames, v.OpenEvents, v.OpenStatements, v.Judged = len(open), len(events), len(doubtful), len(people)
	for _, t := range []struct {
		show, text string
		n          int
	}{{"names", "Names that may be one", v.OpenNames}, {"events", "Events that may be one", v.OpenEvents}, {"statements", "Doubtful statements", v.OpenStatements}, {"judged", "Judged", v.Judged}} {
		v.Tabs = append(v.Tabs, link{fmt.Sprintf("%s (%s)", t.text, number(t.n)), with(r, func(q url.Values) {
			for _, name := range []string{"done", "offset"} {
				q.Del(name)
			}
			q.Set("show", t.show)
		}), t.show == v.Show})
	}
	if id := graph.IRI(q.Get("done")); id != "" {
		if i := slices.IndexFunc(people, func(j graph.Judgement) bool { return j.ID() == id }); i >= 0 {
			done, err := s.judgementRows(ctx, x, people[i:i+1])
			if err != nil {
				return nil, err
			}
			v.Done = &done[0]
		}
	}
	switch v.Show {
	case "names":
		var shown []graph.Judgement
		if shown, v.pager, err = partOf(r, open, reviewRows, "pairs of names"); err != nil {
			return nil, err
		}
		for _, j := range shown {
			p := namePair{ID: j.ID(), Rule: j.Rule, Score: round(j.Score, 2), Evidence: j.Evidence}
			if p.From, err = s.nameSide(ctx, x, j.From); err != nil {
				return nil, err
			}
			if p.Into, err = s.nameSide(ctx, x, j.Into); err != nil {
				return nil, err
			}
			v.Names = append(v.Names, p)
		}
	case "events":
		var shown []index.EventPair
		if shown, v.pager, err = partOf(r, events, reviewRows, "pairs of events"); err != nil {
			return nil, err
		}
		if v.Events, err = s.eventPairs(ctx, x, shown); err != nil {
			return nil, err
		}
	case "statements":
		var shown []index.Ref
		if shown, v.pager, err = partOf(r, doubtful, reviewRows, "doubtful statements"); err != nil {
			return nil, err
		}
		if v.Statements, err = s.claimRows(ctx, x, shown); err != nil {
			return nil, err
		}
	case "judged":
		people = slices.Clone(people)
		slices.Reverse(people) // the newest first
		var shown []graph.Judgement
		if shown, v.pager, err = pageOf(r, people, "judgements"); err != nil {
			return nil, err
		}
		if v.Judgements, err = s.judgementRows(ctx, x, shown); err != nil {
			return nil, err
		}
	default:
		return nil, errorf(http.StatusBadRequest, "show: %.100q is not one of names, events, statements, judged", v.Show)
	}
	return v, nil
}

// doubtfulClaims keeps the claims of an index by rising confidence.
type doubtfulClaims struct {
	mu     sync.Mutex
	of     claimsOf
	sorted []index.Ref
}

// below are the claims whose confidence is less than so much, the least sure first, that nobody has judged; those of an entity unless
// about is None.
func (d *doubtfulClaims) below(x *index.Index, confidence float64, about index.Ref) []index.Ref {
	if len(x.Claims) == 0 {
		return nil
	}
	d.mu.Lock()
	if of := claimsOfIndex(x); d.of != of {
		// The bits of a confidence, which is not negative, are in its order: as numbers with the claim's place they sort fast.
		keys := make([]uint64, len(x.Claims))
		for i := range keys {
			keys[i] = uint64(math.Float32bits(x.Claims[i].Confidence))<<32 | uint64(i)
		}
		slices.Sort(keys)
		list := make([]index.Ref, len(keys))
		for i, k := range keys {
			list[i] = index.Ref(uint32(k))
		}
		d.of, d.sorted = of, list
	}
	list := d.sorted
	d.mu.Unlock()
	end, _ := slices.BinarySearchFunc(list, float32(confidence), func(r index.Ref, c float32) int { return cmp.Compare(x.Claims[r].Confidence, c) })
	list = list[:end]
	var of map[index.Ref]bool
	if about != index.None {
		of = map[index.Ref]bool{}
		for _, r := range x.Entities[about].Claims {
			of[r] = true
		}
	}
	out := make([]index.Ref, 0, len(list))
	for _, r := range list {
		if _, judged := x.Verdict(r); !judged && (of == nil || of[r]) {
			out = append(out, r)
		}
	}
	return out
}

// alikeEvents keeps the pairs of events of an index that may be one.
type alikeEvents struct {
	mu    sync.Mutex
	first *index.Event // of the index
	n     int
	list  []index.EventPair
}

// open are the pairs that nobody has judged, the likeliest first; those with an entity among who takes part unless about is None.
func (a *alikeEvents) open(x *index.Index, people []graph.Judgement, about index.Ref) []index.EventPair {
	if len(x.Events) == 0 {
		return nil
	}
	a.mu.Lock()
	if a.first != &x.Events[0] || a.n != len(x.Events) {
		a.first, a.n, a.list = &x.Events[0], len(x.Events), x.AlikeEvents()
	}
	list := a.list
	a.mu.Unlock()
	judged := map[[2]index.Ref]bool{}
	for i := range people {
		if j := &people[i]; j.OnEvent() {
			from, ok := x.Claim(j.From)
			into, also := x.Claim(j.Into)
			if ok && also {
				e, f := x.Claims[from].Event, x.Claims[into].Event
				judged[[2]index.Ref{e, f}], judged[[2]index.Ref{f, e}] = true, true
			}
		}
	}
	takesPart := func(e index.Ref) bool {
		v := &x.Events[e]
		return slices.Contains(v.Agents, about) || slices.Contains(v.Patients, about) || slices.Contains(v.Others, about) || v.PlaceRef == about
	}
	out := make([]index.EventPair, 0, len(list))
	for _, p := range list {
		if !judged[[2]index.Ref{p.A, p.B}] && (about == index.None || takesPart(p.A) || takesPart(p.B)) &&
			len(x.Kept(x.Events[p.A].Claims)) > 0 && len(x.Kept(x.Events[p.B].Claims)) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func (s *Server) eventPairs(ctx context.Context, x *index.Index, pairs []index.EventPair) ([]eventPair, error) {
	list := make([]eventPair, 0, len(pairs))
	for _, p := range pairs {
		p = x.Explain(p)
		v := eventPair{From: x.Claims[x.Kept(x.Events[p.A].Claims)[0]].ID, Into: x.Claims[x.Kept(x.Events[p.B].Claims)[0]].ID,
			Score: round(p.Score, 2), Evidence: p.Evidence}
		for _, side := range []struct {
			of *pairedEvent
			e  index.Ref
		}{{&v.A, p.A}, {&v.B, p.B}} {
			var err error
			side.of.eventRow = eventOf(x, side.e)
			if side.of.Sentences, err = s.sentencesOf(ctx, x, x.Kept(x.Events[side.e].Claims), 2); err != nil {
				return nil, err
			}
		}
		list = append(list, v)
	}
	return list, nil
}

// sentencesOf are the sentences of at most so many claims, each of another article.
func (s *Server) sentencesOf(ctx context.Context, x *index.Index, claims []index.Ref, most int) ([]nameSentence, error) {
	var of []index.Ref
	seen := map[index.Ref]bool{}
	for _, c := range claims {
		if a := x.Claims[c].Article; len(of) < most && !seen[a] {
			seen[a] = true
			of = append(of, c)
		}
	}
	rows, err := s.claimRows(ctx, x, of)
	if err != nil {
		return nil, err
	}
	var list []nameSentence
	for i := range rows {
		if rows[i].Sentence != nil {
			list = append(list, nameSentence{rows[i].Sentence, rows[i].Article})
		}
	}
	return list, nil
}

// nameSide is what speaks for a name: its entity's counts and two sentences of different articles with it.
func (s *Server) nameSide(ctx context.Context, x *index.Index, name graph.IRI) (nameSide, error) {
	v := nameSide{Name: name, thing: thing{ID: name, Label: index.Words(string(name)), URL: entityURL(name)}}
	e, ok := x.Entity(name)
	if !ok {
		return v, nil
	}
	of := &x.Entities[e]
	v.thing = *thingOf(x, e)
	v.Also = of.Aliases[:min(len(of.Aliases), 5)]
	v.Statements, v.Articles, v.First, v.Last = len(of.Claims), of.Articles, of.First.String(), of.Last.String()
	const most = 2
	seen := map[index.Ref]bool{}
	var spare []nameSentence // that have the entity under another name, or a word that stands for it
	for i := len(of.Claims) - 1; i >= 0 && len(v.Sentences) < most && i >= len(of.Claims)-12; i-- {
		c := &x.Claims[of.Claims[i]]
		if seen[c.Article] {
			continue
		}
		for f, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: c.ID}) {
			if err != nil {
				return v, err
			}
			sent, _, ok, err := s.graph.Sentence(ctx, f.Sentence)
			if err != nil {
				return v, err
			}
			span, named := spanOfEntity(&f, of.ID)
			words := spanOfWords(&sent, append([]string{of.Label}, of.Aliases...))
			if span == (graph.Span{}) || words != (graph.Span{}) && !capital(&sent, span) {
				span = words
			}
			if !ok {
				continue
			}
			// Without a span the sentence speaks of it in other words.
			n := nameSentence{clip(markSentence(sent, &graph.Claim{SubjectSpan: span}), 320), sourceOf(x, c.Article)}
			if named != "" && named != name || !capital(&sent, span) {
				spare = append(spare, n)
				continue
			}
			seen[c.Article] = true
			v.Sentences = append(v.Sentences, n)
		}
	}
	for len(v.Sentences) < most && len(spare) > 0 {
		v.Sentences, spare = append(v.Sentences, spare[0]), spare[1:]
	}
	return v, nil
}

// spanOfEntity is where a claim's article names an entity, and the name that it has there.
func spanOfEntity(f *graph.FoundClaim, id graph.IRI) (graph.Span, graph.IRI) {
	switch {
	case f.Subject == id && f.SubjectSpan != (graph.Span{}):
		return f.SubjectSpan, cmp.Or(f.Named.Subject, id)
	case f.Object.Entity == id && f.ObjectSpan != (graph.Span{}):
		return f.ObjectSpan, cmp.Or(f.Named.Object, id)
	}
	for _, a := range f.Arguments {
		if a.Entity == id && a.Span != (graph.Span{}) {
			return a.Span, id
		}
	}
	return graph.Span{}, ""
}

// spanOfWords is where a sentence has one of these names, the first that it has; none where it has no such words.
func spanOfWords(sent *graph.Sentence, names []string) graph.Span {
	for _, name := range names {
		if i := strings.Index(sent.Text, name); i >= 0 && name != "" {
			begin := sent.Begin + utf8.RuneCountInString(sent.Text[:i])
			return graph.Span{Begin: begin, End: begin + utf8.RuneCountInString(name)}
		}
	}
	return graph.Span{}
}

// capital says that the words of a span have a capital letter, as names have and "it" has not.
func capital(sent *graph.Sentence, span graph.Span) bool {
	text := []rune(sent.Text)
	begin, end := max(span.Begin-sent.Begin, 0), min(span.End-sent.Begin, len(text))
	return begin < end && strings.ContainsFunc(string(text[begin:end]), unicode.IsUpper)
}

// judgementRows are judgements of people with the names and the statement that they are about.
func (s *Server) judgementRows(ctx context.Context, x *index.Index, list []graph.Judgement) ([]judgementRow, error) {
	rows := make([]judgementRow, 0, len(list))
	name := func(id graph.IRI) *thing {
		if e, ok := x.Entity(id); ok && x.Entities[e].ID == id {
			return thingOf(x, e)
		}
		return &thing{ID: id, Label: index.Words(string(id)), URL: entityURL(id)} // merged into another
	}
	for _, j := range list {
		row := judgementRow{ID: j.ID(), Kind: j.Kind, By: j.By, Evidence: j.Evidence, Label: j.Label, Says: says[j.Kind]}
		if !j.When.IsZero() {
			row.When = j.When.Format(time.RFC3339)
		}
		switch {
		case j.OnClaim(), j.OnEvent():
			if c, ok := x.Claim(j.From); ok {
				claims, err := s.claimRows(ctx, x, []index.Ref{c})
				if err != nil {
					return nil, err
				}
				row.Claim = &claims[0]
			}
			if c, ok := x.Claim(j.Into); ok && row.Claim != nil {
				claims, err := s.claimRows(ctx, x, []index.Ref{c})
				if err != nil {
					return nil, err
				}
				row.Other = &claims[0]
			} else if j.OnEvent() {
				row.Claim = nil
			}
		case j.Kind == graph.Rename:
			row.A, row.Says = name(j.From), "is called “"+j.Label+"” now"
		default:
			row.A, row.B = name(j.From), name(j.Into)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// What the page sends

// reviewer is the cookie with the name of who judges, in base64.
const reviewer = "kg-reviewer"

const maxReviewer = 100 // bytes

func nameOfReviewer(r *http.Request) string {
	c, err := r.Cookie(reviewer)
	if err != nil {
		return ""
	}
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(b) > maxReviewer || !utf8.Valid(b) {
		return ""
	}
	return strings.Join(strings.Fields(string(b)), " ")
}

// reviewForm reads the form of a POST, which is short.
func (s *Server) reviewForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return errorf(http.StatusBadRequest, "the form cannot be read: %w", err)
	}
	return nil
}

// backTo is the page that a form wants to come back to: one of this server, the review page where it names none.
func backTo(r *http.Request) *url.URL {
	u, err := url.Parse(r.PostFormValue("next"))
	if err != nil || u.Host != "" || u.Scheme != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") ||
		strings.Contains(u.Path, "\\") {
		u = &url.URL{Path: "/review"}
	}
	return u
}

// takeName keeps who judges with this browser.
func (s *Server) takeName(w http.ResponseWriter, r *http.Request) error {
	if err := s.reviewForm(w, r); err != nil {
		return err
	}
	name := strings.Join(strings.Fields(r.PostFormValue("by")), " ")
	if name == "" || len(name) > maxReviewer || !utf8.ValidString(name) {
		return errorf(http.StatusBadRequest, "by: %.100q is not a name of 1 to %d bytes", name, maxReviewer)
	}
	http.SetCookie(w, &http.Cookie{Name: reviewer, Value: base64.RawURLEncoding.EncodeToString([]byte(name)), Path: "/", MaxAge: 365 * 86400,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	http.Redirect(w, r, backTo(r).String(), http.StatusSeeOther)
	return nil
}
