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
	Show string `json:"show"` // "names", "statements", "judged"
	// Open are what nobody has judged; Judged the judgements of people.
	OpenNames      int `json:"open_names"`
	OpenStatements int `json:"open_statements"`
	Judged         int `json:"judged"`
	// Writes says that this server takes judgements at all, May that it takes those of this client.
	Writes bool   `json:"writes"`
	May    bool   `json:"may_judge"`
	By     string `json:"by,omitempty"` // who judges here

	Names      []namePair     `json:"names,omitempty"`
	Statements []claimRow     `json:"statements,omitempty"`
	Judgements []judgementRow `json:"judgements,omitempty"`
	Below      float64        `json:"below"` // of statements
	Of         *thing         `json:"of,omitempty"`
	pager

	Tabs  []link        `json:"-"`
	Here  string        `json:"-"` // the address of this page, to come back to
	Login string        `json:"-"`
	Done  *judgementRow `json:"-"` // what was judged just now
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
	Says     string    `json:"says"` // "are one", "was read wrongly"
}

// Text is the judgement as a sentence.
func (j *judgementRow) Text() string {
	switch {
	case j.Claim != nil:
		object := j.Claim.Text
		if j.Claim.Object != nil {
			object = j.Claim.Object.Label
		}
		return fmt.Sprintf("“%s %s %s” %s", j.Claim.Subject.Label, j.Claim.Relation.Label, object, j.Says)
	case j.B != nil:
		return fmt.Sprintf("“%s” and “%s” %s", j.A.Label, j.B.Label, j.Says)
	case j.A != nil:
		return fmt.Sprintf("“%s” %s", j.A.Label, j.Says)
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
		Login: loginURL(r), Here: with(r, func(q url.Values) { q.Del("done") })}
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
	v.OpenNames, v.OpenStatements, v.Judged = len(open), len(doubtful), len(people)
	for _, t := range []struct {
		show, text string
		n          int
	}{{"names", "Names that may be one", v.OpenNames}, {"statements", "Doubtful statements", v.OpenStatements}, {"judged", "Judged", v.Judged}} {
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
		return nil, errorf(http.StatusBadRequest, "show: %.100q is not one of names, statements, judged", v.Show)
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
			if j.OnEvent() {
				other := "a statement that is not in the graph any more"
				if c, ok := x.Claim(j.Into); ok {
					claims, err := s.claimRows(ctx, x, []index.Ref{c})
					if err != nil {
						return nil, err
					}
					other = (&judgementRow{Claim: &claims[0]}).Text()
				}
				row.Says += " " + strings.TrimSpace(other)
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

// takeJudgement keeps what the form says: kind, from and, of names, into; by where the browser has no name.
func (s *Server) takeJudgement(w http.ResponseWriter, r *http.Request) error {
	if err := s.reviewForm(w, r); err != nil {
		return err
	}
	j := graph.Judgement{Kind: r.PostFormValue("kind"), From: graph.IRI(r.PostFormValue("from")), Into: graph.IRI(r.PostFormValue("into")),
		By:   cmp.Or(strings.Join(strings.Fields(r.PostFormValue("by")), " "), nameOfReviewer(r)),
		When: time.Now().UTC().Truncate(time.Second), Evidence: strings.TrimSpace(r.PostFormValue("why"))}
	switch {
	case j.Kind != graph.Merge && j.Kind != graph.Distinct && !j.OnClaim():
		return errorf(http.StatusBadRequest, "kind: %.100q is not one of merge, distinct, accept, reject", j.Kind)
	case j.By == "" || len(j.By) > maxReviewer:
		return errorf(http.StatusBadRequest, "by: say who judges, in at most %d bytes", maxReviewer)
	case j.From == "" || j.From == j.Into || j.OnClaim() == (j.Into != ""):
		return errorf(http.StatusBadRequest, "from %.100q, into %.100q: a judgement on names is about two, one on a statement about it alone", j.From, j.Into)
	}
	if j.OnClaim() {
		j.From = s.graph.Compact(string(j.From))
		if ok, err := s.hasClaim(r.Context(), j.From); err != nil || !ok {
			return cmp.Or(err, errorf(http.StatusNotFound, "there is no statement %.200s", j.From))
		}
	} else {
		for _, id := range []*graph.IRI{&j.From, &j.Into} {
			*id = s.graph.Compact(string(*id))
			if _, ok, err := s.graph.Entity(r.Context(), *id); err != nil || !ok {
				return cmp.Or(err, errorf(http.StatusNotFound, "nothing is called %.200s", *id))
			}
		}
	}
	people, rules, err := s.graph.Judgements(r.Context())
	if err != nil {
		return err
	}
	if err := s.judge(r.Context(), []graph.Judgement{j}, graph.Overruled(people, rules, j)); err != nil {
		return err
	}
	return s.judged(w, r, j, true)
}

func (s *Server) hasClaim(ctx context.Context, id graph.IRI) (bool, error) {
	for _, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: id}) {
		return err == nil, err
	}
	return false, nil
}

// undoJudgement withdraws the judgement with the form's id.
func (s *Server) undoJudgement(w http.ResponseWriter, r *http.Request) error {
	if err := s.reviewForm(w, r); err != nil {
		return err
	}
	id := graph.IRI(r.PostFormValue("id"))
	people, _, err := s.graph.Judgements(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(people, func(j graph.Judgement) bool { return j.ID() == id })
	if i < 0 {
		return errorf(http.StatusNotFound, "nobody has made the judgement %.100q, or it was taken back already", id)
	}
	if err := s.judge(r.Context(), nil, people[i:i+1]); err != nil {
		return err
	}
	return s.judged(w, r, people[i], false)
}

// judge changes the judgements of the store. Those on claims change the index at once; after others it is made anew.
func (s *Server) judge(ctx context.Context, add, withdraw []graph.Judgement) error {
	// A writer that has begun goes on to the end, whatever becomes of the browser: the articles' quads follow the judgement.
	ctx = context.WithoutCancel(ctx)
	onClaims := !slices.ContainsFunc(append(slices.Clone(add), withdraw...), func(j graph.Judgement) bool { return !j.OnClaim() })
	done, err := s.graph.Judge(ctx, add, withdraw)
	if err != nil || !onClaims {
		return err
	}
	people, _, err := s.graph.Judgements(ctx)
	if err == nil {
		s.live.Amend(done.Before, done.After, people)
	}
	return err
}

// judged answers a judgement: JSON for the page's script, else the page again.
func (s *Server) judged(w http.ResponseWriter, r *http.Request, j graph.Judgement, made bool) error {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		text := "Taken back"
		if made {
			text = map[string]string{graph.Merge: "One: kept", graph.Distinct: "Two: kept", graph.Accept: "Accepted", graph.Reject: "Rejected"}[j.Kind]
		}
		return writeJSON(w, http.StatusOK, "application/json", map[string]any{"id": j.ID(), "kind": j.Kind, "by": j.By, "text": text})
	}
	u := backTo(r)
	q := u.Query()
	q.Del("done")
	if made {
		q.Set("done", string(j.ID()))
	}
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
	return nil
}
