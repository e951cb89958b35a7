package web

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/settle"
	"kg/schema"
)

// met is a meeting that two articles tell of, one three days later, and one of another pair.
const met = `
2017-03-05 | Alpha Post | Russia | meets | Turkey | asserted | | 2017-03-04 | .9
2017-03-05 | Beta Times | Turkey | meets | Russia | asserted | | 2017-03-04 | .8
2017-03-08 | Alpha Post | Russia | meets | Turkey | asserted | | 2017-03-07 | .9
2017-03-08 | Alpha Post | Iran | meets | Peru | asserted | | 2017-03-07 | .9
`

// settledAnew has a server follow judgements on events as kg serve does.
func settledAnew(t testing.TB, s *Server) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	s.opt.AllowWrites = true
	s.opt.Settle = func(ctx context.Context) error {
		facts, err := s.graph.Facts(ctx)
		if err != nil {
			return err
		}
		_, err = s.graph.Settle(ctx, facts.Version, settle.Derive(facts, sch), "test")
		return err
	}
	t.Cleanup(s.settling.stop)
}

// told are the events by label, each with its articles.
func told(t testing.TB, s *Server) string {
	t.Helper()
	events, err := s.graph.AllEvents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range events {
		claims, err := s.graph.EventClaims(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range claims {
			ids = append(ids, strings.TrimPrefix(string(c.ID), "kg:claim/"))
		}
		list = append(list, strings.Join(ids, " "))
	}
	return strings.Join(list, ", ")
}

func TestReviewEvents(t *testing.T) {
	s := toldServer(t, toldRecords(t, met, newsThings))
	const apart, joined = "n000 n001, n003, n002", "n000 n001 n002, n003"
	if got := told(t, s); got != apart {
		t.Fatalf("events %s", got)
	}
	page := pageOf200(t, s, "/review?show=events")
	has(t, page, "Events that may be one (1)", "both name Russia and Turkey; 3 days apart", "Russia and Turkey meet", "kg serve --write")
	settledAnew(t, s)
	b := &reader{t, s, login(t, s)}
	b.post("/review/name", url.Values{"by": {"Anna"}})
	w := b.post("/review/name", url.Values{"by": {"Anna"}})
	b.cookie += "; " + w.Result().Cookies()[0].Name + "=" + w.Result().Cookies()[0].Value

	// The pair is one, by the form of the page, and two again.
	page = b.page("/review?show=events")
	has(t, page, `name="from" value="kg:claim/n000"><input type="hidden" name="into" value="kg:claim/n002">`, `value="sameEvent"`, `value="otherEvent"`)
	w = b.post("/review/judge", url.Values{"kind": {"sameEvent"}, "from": {"kg:claim/n000"}, "into": {"kg:claim/n002"}, "next": {"/review?show=events"}})
	if w.Code != 303 || told(t, s) != joined {
		t.Fatalf("merge: %d %s, events %s", w.Code, w.Body, told(t, s))
	}
	has(t, b.page(w.Header().Get("Location")), "“Russia meets Turkey” tells of the same event as “Russia meets Turkey”: kept.", "No doubtful events", "Take it back")
	people, _, err := s.graph.Judgements(t.Context())
	if err != nil || len(people) != 1 || people[0].By != "Anna" {
		t.Fatalf("%+v, %v", people, err)
	}
	// It holds when articles come.
	more := toldRecords(t, met+"2017-03-09 | Beta Times | Iran | meets | Turkey | asserted | | 2017-03-08 | .9", newsThings)
	if _, err := s.graph.Add(t.Context(), more[4:]...); err != nil {
		t.Fatal(err)
	}
	if err := s.opt.Settle(t.Context()); err != nil || !strings.HasPrefix(told(t, s), "n000 n001 n002, n003") {
		t.Errorf("%v, events after a further article %s", err, told(t, s))
	}
	if _, err := s.graph.Delete(t.Context(), more[4].Article.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.opt.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	event := func(claim string) graph.IRI {
		t.Helper()
		events, err := s.graph.Events(t.Context(), graph.IRI("kg:claim/"+claim))
		if err != nil || len(events) != 1 {
			t.Fatalf("%v, %v", events, err)
		}
		return events[0].ID
	}
	page = b.page(eventURL(event("n002")))
	has(t, page, "What people judged", "Is it one event?", "names Russia and Turkey as the rest does; 3 days after the rest", "This is another event")
	if w := b.post("/review/undo", url.Values{"id": {string(people[0].ID())}, "next": {eventURL(event("n002"))}}); w.Code != 303 || told(t, s) != apart {
		t.Fatalf("undo: %d %s, events %s", w.Code, w.Body, told(t, s))
	}

	// An article leaves, by the form of the event's page, and comes back by the address of where it went.
	of := event("n000")
	w = b.post("/review/judge", url.Values{"kind": {"otherEvent"}, "from": {"kg:claim/n001"}, "into": {string(of)}, "next": {eventURL(of)}})
	if w.Code != 303 || told(t, s) != "n000, n001, n003, n002" && told(t, s) != "n001, n000, n003, n002" {
		t.Fatalf("split: %d %s, events %s", w.Code, w.Body, told(t, s))
	}
	if at := w.Header().Get("Location"); !strings.HasPrefix(at, eventURL(event("n000"))+"?done=") {
		t.Errorf("after the split the page is %s, the event %s", at, event("n000"))
	}
	has(t, b.page(w.Header().Get("Location")), "tells of another event than", "Take it back")
	w = b.post("/review/judge", url.Values{"kind": {"sameEvent"}, "from": {"http://localhost:64210" + eventURL(event("n001"))}, "into": {"kg:claim/n000"}, "why": {"one day"}})
	if people, _, _ = s.graph.Judgements(t.Context()); w.Code != 303 || told(t, s) != apart || len(people) != 1 || people[0].Evidence != "one day" {
		t.Fatalf("merge by address: %d %s, events %s, %+v", w.Code, w.Body, told(t, s), people)
	}

	for want, f := range map[string][3]string{
		"are one event already":            {"sameEvent", "kg:claim/n000", "kg:claim/n001"},
		"no event, and no statement":       {"sameEvent", "kg:event/none", "kg:claim/n001"},
		"nothing would be left":            {"otherEvent", "kg:claim/n002", string(event("n002"))},
		"neither as an article nor":        {"otherEvent", "kg:article/none", string(event("n000"))},
		"about two, one on a statement":    {"sameEvent", "kg:claim/n000", ""},
		"is not one of merge, distinct, a": {"candidate", "kg:claim/n000", "kg:claim/n001"},
	} {
		w := b.post("/review/judge", url.Values{"kind": {f[0]}, "from": {f[1]}, "into": {f[2]}}, "Accept: application/json")
		if w.Code < 400 || w.Code >= 500 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%v: %d %s", f, w.Code, w.Body)
		}
	}
}

func TestRESTJudgements(t *testing.T) {
	s := toldServer(t, toldRecords(t, met, newsThings))
	body := `{"kind":"sameEvent","from":"kg:claim/n000","into":"kg:claim/n002","by":"Anna","why":"one visit"}`
	if w := call(t, s, "POST", restPath+"/judgements", body, "Content-Type: application/json"); w.Code != 403 {
		t.Errorf("a server that only reads: %d %s", w.Code, w.Body)
	}
	settledAnew(t, s)
	if w := call(t, s, "POST", restPath+"/judgements", body, "Content-Type: application/json", "Authorization: "); w.Code != 401 {
		t.Errorf("without the token: %d %s", w.Code, w.Body)
	}
	alike := view[api.List[api.AlikeEvents]](t, s, restPath+"/events/alike?entity=kg:Turkey")
	if alike.Total != 1 || alike.Items[0].Evidence != "both name Russia and Turkey; 3 days apart" {
		t.Errorf("%+v", alike)
	}
	one := view[api.EventDetail](t, s, restPath+"/events/"+url.PathEscape(strings.TrimPrefix(string(alike.Items[0].B.ID), "kg:event/")))
	if len(one.Alike) != 1 || one.Alike[0].Event.ID != alike.Items[0].A.ID || len(one.Judgements) != 0 {
		t.Errorf("%+v", one)
	}
	w := call(t, s, "POST", restPath+"/judgements", body, "Content-Type: application/json")
	var j api.Judgement
	if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || w.Code != 200 || j.Kind != "sameEvent" || j.By != "Anna" || j.Why != "one visit" {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if got := told(t, s); got != "n000 n001 n002, n003" {
		t.Errorf("events %s", got)
	}
	if l := view[api.List[api.Judgement]](t, s, restPath+"/judgements"); l.Total != 1 || l.Items[0] != j {
		t.Errorf("%+v", l)
	}
	for want, b := range map[string]string{
		"are one event already": body,
		"nothing is called":     `{"kind":"merge","from":"kg:nobody","into":"kg:Russia","by":"Anna"}`,
		"expected value":        `{"kind":"rename","from":"kg:Iran","into":"kg:Russia","by":"Anna"}`,
	} {
		w := call(t, s, "POST", restPath+"/judgements", b, "Content-Type: application/json")
		if w.Code < 400 || w.Code >= 500 || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Header().Get("Content-Type"), "problem+json") {
			t.Errorf("%s: %d %s", want, w.Code, w.Body)
		}
	}
	id := strings.TrimPrefix(string(j.ID), "kg:judgement/")
	if w := call(t, s, "DELETE", restPath+"/judgements/"+id, ""); w.Code != 200 || told(t, s) != "n000 n001, n003, n002" {
		t.Errorf("%d %s, events %s", w.Code, w.Body, told(t, s))
	}
	if w := call(t, s, "DELETE", restPath+"/judgements/"+id, ""); w.Code != 404 {
		t.Errorf("withdrawn twice: %d %s", w.Code, w.Body)
	}
}
