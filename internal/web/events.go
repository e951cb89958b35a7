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
	s.answer(w, r, page{Template: "event.html", Title: v.Event.Label, Styles: []string{"article.css"}, Also: otherForms(r)}, v)
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
