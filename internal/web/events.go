package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
	"kg/internal/index"
)

// eventView is something that happened, as the statements of any number of articles tell it.
type eventView struct {
	Event    eventRow `json:"event"`
	Reported string   `json:"reported,omitempty"` // day of the first article about it
	Last     string   `json:"last_reported,omitempty"`
	Types    []string `json:"types"` // in words, the closest first
	Agents   []thing  `json:"agents"`
	Patients []thing  `json:"patients"`
	Others   []thing  `json:"others"`
	Amounts  []string `json:"quantities"`
	// Series is what it is an instance of, Instances the others of that.
	Series    *thing     `json:"series,omitempty"`
	Instances []eventRow `json:"instances"`
	Articles  []source   `json:"articles"`
	List      claimList  `json:"statements"`
	ID        string     `json:"iri"`
	// Parts are its articles or, of an event of one article, the sentences or else the statements of that: what may be of another event.
	Parts      []eventPart    `json:"parts"`
	Alike      []eventPair    `json:"alike"`      // other events that may be this one
	Judgements []judgementRow `json:"judgements"` // of people on its statements
	Settling   bool           `json:"settling,omitempty"`

	Judge *judgeForm    `json:"-"` // nil where the reader may not judge
	Done  *judgementRow `json:"-"` // what was judged just now
}

// eventPart is a part of what is told of an event, with what it has in common with the rest.
type eventPart struct {
	From      graph.IRI      `json:"statement"` // the first of it
	Article   *source        `json:"article,omitempty"`
	Shares    string         `json:"shares"`
	Sentences []nameSentence `json:"sentences"` // at most two
	More      int            `json:"more,omitempty"`
}

// eventRow is an event as lists show it.
type eventRow struct {
	ID          graph.IRI `json:"id"`
	URL         string    `json:"url"`
	Label       string    `json:"label"`
	Kind        string    `json:"kind"` // in words
	Class       string    `json:"class,omitempty"`
	Side        string    `json:"side,omitempty"`
	Day         string    `json:"day,omitempty"`  // when it happened or, where no article says that, was first reported
	Time        string    `json:"time,omitempty"` // when it happened, in words; empty where no article says so
	Place       *thing    `json:"place,omitempty"`
	Actors      []thing   `json:"actors"`
	Statements  int       `json:"statements"`
	Articles    int       `json:"articles"`
	Independent int       `json:"independent_articles"`
}

// kindNames are PLOVER's types of events in words.
var kindNames = map[string]string{
	"AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "concession", "COOPERATE": "cooperation", "AID": "aid",
	"RETREAT": "retreat", "REQUEST": "request", "ACCUSE": "accusation", "REJECT": "rejection", "THREATEN": "threat", "PROTEST": "protest",
	"SANCTION": "sanctions", "MOBILIZE": "mobilisation", "COERCE": "coercion", "ASSAULT": "attack",
}

// eventKind is what kind of event it is: PLOVER's type, else its closest type.
func eventKind(e *index.Event) string {
	if name := kindNames[e.Kind]; name != "" {
		return name
	}
	for _, t := range e.Types { // sorted by name
		if t != "kgo:Event" {
			return index.Words(string(t))
		}
	}
	if e.Kind != "" {
		return index.Words(e.Kind)
	}
	return "event"
}

func things(x *index.Index, refs []index.Ref) []thing {
	list := make([]thing, 0, len(refs))
	for _, r := range refs {
		if t := thingOf(x, r); t != nil {
			list = append(list, *t)
		}
	}
	return list
}

// eventLabel is the label without the time behind it (", 2017-08-W5"), which stands beside it on every page.
func eventLabel(e *index.Event) string {
	label := e.Label
	if label == "" {
		return ""
	}
	if i := strings.LastIndex(label, ", "); i > 0 && graph.TimeType(label[i+2:]) != "" {
		label = label[:i]
	}
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(first)) + label[size:]
}

func eventOf(x *index.Index, r index.Ref) eventRow {
	e := &x.Events[r]
	quad := index.QuadOf(e.Kind)
	return eventRow{ID: e.ID, URL: eventURL(e.ID), Label: eventLabel(e), Kind: eventKind(e), Class: quad.String(), Side: quad.Side(),
		Day: e.Day.String(), Time: timeWords(e.Time),
		Place: thingOf(x, e.PlaceRef), Actors: things(x, slices.Concat(e.Agents, e.Patients, e.Others)), Statements: len(e.Claims),
		Articles: e.Articles, Independent: e.Independent}
}

func (s *Server) eventPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	ref, ok := x.Event(graph.IRI("kg:event/" + name))
	if !ok {
		s.notFound(w, r)
		return
	}
	e := &x.Events[ref]
	if s.linked(w, r, x, e.ID) {
		return
	}
	v := &eventView{Event: eventOf(x, ref), Reported: e.Reported, Last: e.LastReported, Types: []string{}, Agents: things(x, e.Agents),
		Patients: things(x, e.Patients), Others: things(x, e.Others), Amounts: append([]string{}, e.Quantities...), Series: thingOf(x, e.SeriesRef),
		Instances: []eventRow{}, Articles: []source{}, ID: s.store.Expand(e.ID)}
	for _, t := range e.Types {
		v.Types = append(v.Types, index.Words(string(t)))
	}
	if e.SeriesRef != index.None {
		for i := range x.Events {
			if r := index.Ref(i); r != ref && x.Events[i].SeriesRef == e.SeriesRef {
				v.Instances = append(v.Instances, eventOf(x, r))
			}
		}
	}
	seen := map[index.Ref]bool{}
	for _, c := range e.Claims {
		seen[x.Claims[c].Article] = true
	}
	for i := range x.Articles { // by day
		if seen[index.Ref(i)] {
			v.Articles = append(v.Articles, *sourceOf(x, index.Ref(i)))
		}
	}
	var err error
	if v.List, err = s.claimList(r, x, e.Claims); err != nil {
		s.failErr(w, r, err)
		return
	}
	if err := s.eventIdentity(r, x, ref, v); err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "event.html", Title: v.Event.Label, Styles: []string{"article.css", "review.css"}, Also: otherForms(r)}, v)
}

const (
	partRows  = 50 // parts of an event that are listed
	alikeRows = 10
)

// eventIdentity fills in why what is told is one event, which other events may be it, and what people judged of that.
func (s *Server) eventIdentity(r *http.Request, x *index.Index, ref index.Ref, v *eventView) error {
	ctx, kept := r.Context(), x.Kept(x.Events[ref].Claims)
	v.Parts, v.Alike, v.Judgements, v.Settling = []eventPart{}, []eventPair{}, []judgementRow{}, s.settling.active()
	parts := partsOf(x, kept)
	for _, p := range parts[:min(len(parts), partRows)] {
		rest := slices.DeleteFunc(slices.Clone(kept), func(c index.Ref) bool { return slices.Contains(p, c) })
		part := eventPart{From: x.Claims[p[0]].ID, Article: sourceOf(x, x.Claims[p[0]].Article), Shares: x.Shares(p, rest)}
		rows, err := s.claimRows(ctx, x, p)
		if err != nil {
			return err
		}
		seen := map[index.Ref]bool{}
		for i := range rows {
			if at := x.Claims[p[i]].Sentence; rows[i].Sentence != nil && !seen[at] {
				seen[at] = true
				if len(part.Sentences) < 2 {
					part.Sentences = append(part.Sentences, nameSentence{Pieces: rows[i].Sentence})
				} else {
					part.More++
				}
			}
		}
		v.Parts = append(v.Parts, part)
	}
	people, _, err := s.graph.Judgements(ctx)
	if err != nil {
		return err
	}
	var alike []index.EventPair
	for _, p := range s.alike.open(x, people, index.None) {
		if p.A == ref || p.B == ref {
			alike = append(alike, p)
		}
	}
	if v.Alike, err = s.eventPairs(ctx, x, alike[:min(len(alike), alikeRows)]); err != nil {
		return err
	}
	for i := range v.Alike { // this one is what the other is joined to
		if p := &v.Alike[i]; p.A.ID == v.Event.ID {
			p.From, p.Into = p.Into, p.From
		}
	}
	of := map[graph.IRI]bool{}
	for _, c := range x.Events[ref].Claims {
		of[x.Claims[c].ID] = true
	}
	var judged []graph.Judgement
	for _, j := range people {
		if j.OnEvent() && (of[j.From] || of[j.Into]) {
			judged = append(judged, j)
		}
	}
	if v.Judgements, err = s.judgementRows(ctx, x, judged); err != nil {
		return err
	}
	if id := graph.IRI(r.URL.Query().Get("done")); id != "" {
		if i := slices.IndexFunc(judged, func(j graph.Judgement) bool { return j.ID() == id }); i >= 0 {
			v.Done = &v.Judgements[i]
		}
	}
	if s.mayWrite(r) && len(kept) > 0 {
		v.Judge = &judgeForm{x.Claims[kept[0]].ID, v.Event.URL, nameOfReviewer(r)}
	}
	return nil
}

// partsOf parts the claims of an event by article, those of one article by sentence, those of one sentence singly; nil where there is but
// one. So much leaves together in a judgement (graph.JudgeOtherEvent).
func partsOf(x *index.Index, claims []index.Ref) (parts [][]index.Ref) {
	for _, of := range []func(i int, c *index.Claim) index.Ref{
		func(_ int, c *index.Claim) index.Ref { return c.Article },
		func(_ int, c *index.Claim) index.Ref { return c.Sentence },
		func(i int, _ *index.Claim) index.Ref { return index.Ref(i) },
	} {
		parts = nil
		at := map[index.Ref]int{}
		for i, r := range claims {
			key := of(i, &x.Claims[r])
			n, ok := at[key]
			if !ok {
				n = len(parts)
				at[key] = n
				parts = append(parts, nil)
			}
			parts[n] = append(parts[n], r)
		}
		if len(parts) > 1 {
			return parts
		}
	}
	return nil
}

// eventsView is a list of events.
type eventsView struct {
	Rows []eventRow `json:"rows"`
	pager
	Kinds  []option `json:"kinds"`
	From   string   `json:"-"`
	To     string   `json:"-"`
	Words  string   `json:"-"`
	Kind   string   `json:"-"`
	Of     *thing   `json:"of,omitempty"` // that takes part or is the place
	OfID   string   `json:"-"`
	WithNo string   `json:"-"` // address without of
	Least  bool     `json:"-"` // only events of several articles
	Set    bool     `json:"-"`
}

func (s *Server) eventsPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	v := &eventsView{Rows: []eventRow{}, Kinds: []option{}, From: q.Get("from"), To: q.Get("to"), Words: q.Get("text"), Kind: q.Get("kind"),
		OfID: q.Get("of"), Least: q.Get("several") != ""}
	v.Set = v.From+v.To+v.Words+v.Kind+v.OfID != "" || v.Least
	from, to, err := days(q)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	of := index.None
	if v.OfID != "" {
		if of, ok = x.Entity(s.store.Compact(v.OfID)); !ok {
			s.failErr(w, r, errorf(http.StatusBadRequest, "of: there is nothing called %.200q", v.OfID))
			return
		}
		v.Of, v.WithNo = thingOf(x, of), with(r, func(q url.Values) { q.Del("of"); q.Del("offset") })
	}
	words := strings.Fields(strings.ToLower(v.Words))
	kinds := map[string]int{}
	var list []index.Ref
	for i := len(x.Events) - 1; i >= 0; i-- { // the newest first
		e := &x.Events[i]
		if from != index.NoDay && e.Day < from || to != index.NoDay && (e.Day > to || e.Day == index.NoDay) || v.Least && e.Articles < 2 {
			continue
		}
		if of != index.None && e.PlaceRef != of && e.SeriesRef != of && !slices.Contains(e.Agents, of) && !slices.Contains(e.Patients, of) &&
			!slices.Contains(e.Others, of) {
			continue
		}
		if len(words) > 0 {
			label := strings.ToLower(e.Label)
			if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(label, word) }) {
				continue
			}
		}
		kind := eventKind(e)
		kinds[kind]++
		if v.Kind == "" || kind == v.Kind {
			list = append(list, index.Ref(i))
		}
	}
	v.Kinds = optionsOf(kinds, v.Kind)
	shown, p, err := pageOf(r, list, "events")
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	v.pager = p
	for _, e := range shown {
		v.Rows = append(v.Rows, eventOf(x, e))
	}
	s.answer(w, r, page{Template: "events.html", Title: "Events", Styles: []string{"article.css"}}, v)
}
