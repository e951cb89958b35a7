package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"kg/graph"
	"kg/internal/index"
)

// takeJudgement keeps what the form says: kind, from and, except on statements, into; by where the browser has no name.
func (s *Server) takeJudgement(w http.ResponseWriter, r *http.Request) error {
	if err := s.reviewForm(w, r); err != nil {
		return err
	}
	j, err := s.decide(r.Context(), graph.Judgement{Kind: r.PostFormValue("kind"), From: graph.IRI(r.PostFormValue("from")),
		Into: graph.IRI(r.PostFormValue("into")), By: cmp.Or(r.PostFormValue("by"), nameOfReviewer(r)), Evidence: r.PostFormValue("why")})
	if err != nil {
		return err
	}
	return s.judged(w, r, j, true)
}

// judgeKinds are the kinds of judgements that are taken here; kg entity rename has more to say than a form.
var judgeKinds = []string{graph.Merge, graph.Distinct, graph.Accept, graph.Reject, graph.SameEvent, graph.OtherEvent}

// decide makes a judgement of a person and withdraws what people said to the contrary. From and Into are names, a claim alone, or, of
// events, an event, a claim that tells of it or, as what leaves, an article; the answer is on two claims then.
func (s *Server) decide(ctx context.Context, j graph.Judgement) (graph.Judgement, error) {
	j.By, j.Evidence, j.When = strings.Join(strings.Fields(j.By), " "), strings.TrimSpace(j.Evidence), time.Now().UTC().Truncate(time.Second)
	switch {
	case !slices.Contains(judgeKinds, j.Kind):
		return j, errorf(http.StatusBadRequest, "kind: %.100q is not one of %s", j.Kind, strings.Join(judgeKinds, ", "))
	case j.By == "" || len(j.By) > maxReviewer:
		return j, errorf(http.StatusBadRequest, "by: say who judges, in at most %d bytes", maxReviewer)
	case j.From == "" || j.From == j.Into || j.OnClaim() == (j.Into != ""):
		return j, errorf(http.StatusBadRequest, "from %.100q, into %.100q: a judgement on names or events is about two, one on a statement about it alone",
			j.From, j.Into)
	}
	for _, id := range []*graph.IRI{&j.From, &j.Into} {
		switch {
		case *id == "":
		case j.OnEvent():
			*id = s.eventNamed(string(*id))
		default:
			*id = s.graph.Compact(string(*id))
		}
	}
	people, rules, err := s.graph.Judgements(ctx)
	if err != nil {
		return j, err
	}
	var withdraw []graph.Judgement
	switch {
	case j.OnEvent():
		var on graph.Judgement
		if on, withdraw, err = s.onEvents(ctx, people, j); err != nil {
			return j, err
		}
		j.From, j.Into = on.From, on.Into
	case j.OnClaim():
		if ok, err := s.hasClaim(ctx, j.From); err != nil || !ok {
			return j, cmp.Or(err, errorf(http.StatusNotFound, "there is no statement %.200s", j.From))
		}
	default:
		for _, id := range []graph.IRI{j.From, j.Into} {
			if _, ok, err := s.graph.Entity(ctx, id); err != nil || !ok {
				return j, cmp.Or(err, errorf(http.StatusNotFound, "nothing is called %.200s", id))
			}
		}
		withdraw = graph.Overruled(people, rules, j)
	}
	return j, s.judge(ctx, []graph.Judgement{j}, withdraw)
}

// eventNamed is the IRI that text, an IRI or the address of an event's page, names.
func (s *Server) eventNamed(text string) graph.IRI {
	text = strings.TrimSpace(text)
	if u, err := url.Parse(text); err == nil {
		if name, ok := strings.CutPrefix(u.Path, "/event/"); ok {
			return graph.IRI("kg:event/" + name)
		}
	}
	return s.graph.Compact(text)
}

func (s *Server) hasClaim(ctx context.Context, id graph.IRI) (bool, error) {
	for _, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: id}) {
		return err == nil, err
	}
	return false, nil
}

// onEvents is the judgement on two claims that j, on events, comes to as events are now.
func (s *Server) onEvents(ctx context.Context, people []graph.Judgement, j graph.Judgement) (on graph.Judgement, withdraw []graph.Judgement, err error) {
	into, err := s.eventOf(ctx, j.Into)
	if err != nil {
		return on, nil, err
	}
	if into == "" {
		return on, nil, errorf(http.StatusNotFound, "there is no event, and no statement that tells of one, %.200s; events get other names when more is told of them", j.Into)
	}
	rest, err := s.graph.EventClaims(ctx, into)
	if err != nil {
		return on, nil, err
	}
	from, err := s.eventOf(ctx, j.From)
	if err != nil {
		return on, nil, err
	}
	switch {
	case from != "" && from != into:
		claims, err := s.graph.EventClaims(ctx, from)
		if err != nil {
			return on, nil, err
		}
		if j.Kind == graph.SameEvent {
			on, withdraw, err = graph.JudgeOneEvent(people, claims, rest)
		} else {
			on, withdraw, err = graph.JudgeTwoEvents(people, claims, rest)
		}
		if err != nil {
			return on, nil, errorf(http.StatusConflict, "%s and %s: %w", from, into, err)
		}
	case j.Kind == graph.SameEvent && from == "":
		return on, nil, errorf(http.StatusNotFound, "there is no event, and no statement that tells of one, %.200s", j.From)
	case j.Kind == graph.SameEvent:
		return on, nil, errorf(http.StatusConflict, "%s and %s are one event already", j.From, j.Into)
	default:
		if on, withdraw, err = graph.JudgeOtherEvent(people, rest, j.From); err != nil {
			return on, nil, errorf(http.StatusConflict, "%s: %w", into, err)
		}
	}
	return on, withdraw, nil
}

// eventOf is an event, or the one that a claim tells of; empty where id is neither.
func (s *Server) eventOf(ctx context.Context, id graph.IRI) (graph.IRI, error) {
	if e, ok, err := s.graph.Event(ctx, id); err != nil || ok {
		return e.ID, err
	}
	if ok, err := s.hasClaim(ctx, id); err != nil || !ok {
		return "", err
	}
	events, err := s.graph.Events(ctx, id)
	if err != nil || len(events) == 0 {
		return "", err
	}
	return events[0].ID, nil
}

// undoJudgement withdraws the judgement with the form's id.
func (s *Server) undoJudgement(w http.ResponseWriter, r *http.Request) error {
	if err := s.reviewForm(w, r); err != nil {
		return err
	}
	j, err := s.withdraw(r.Context(), graph.IRI(r.PostFormValue("id")))
	if err != nil {
		return err
	}
	return s.judged(w, r, j, false)
}

// withdraw takes a judgement back.
func (s *Server) withdraw(ctx context.Context, id graph.IRI) (graph.Judgement, error) {
	people, _, err := s.graph.Judgements(ctx)
	if err != nil {
		return graph.Judgement{}, err
	}
	i := slices.IndexFunc(people, func(j graph.Judgement) bool { return j.ID() == id })
	if i < 0 {
		return graph.Judgement{}, errorf(http.StatusNotFound, "nobody has made the judgement %.100q, or it was taken back already", id)
	}
	return people[i], s.judge(ctx, nil, people[i:i+1])
}

// judge changes the judgements of the store. Those on claims change the index at once; after others it is made anew, and after those on
// events these are first.
func (s *Server) judge(ctx context.Context, add, withdraw []graph.Judgement) error {
	// A writer that has begun goes on to the end, whatever becomes of the browser: the articles' quads follow the judgement.
	ctx = context.WithoutCancel(ctx)
	onClaims, onEvents := true, false
	for _, j := range slices.Concat(add, withdraw) {
		onClaims, onEvents = onClaims && j.OnClaim(), onEvents || j.OnEvent()
	}
	done, err := s.graph.Judge(ctx, add, withdraw)
	if err != nil {
		return err
	}
	if onEvents {
		s.settling.wait(s.settling.start(s), index.Patience)
	}
	if !onClaims {
		return nil
	}
	people, _, err := s.graph.Judgements(ctx)
	if err == nil {
		s.live.Amend(done.Before, done.After, people)
	}
	return err
}

// settling derives anew what follows from judgements on events, in the background and one run at a time.
type settling struct {
	mu      sync.Mutex
	running chan struct{} // closed at the end; nil where none runs
	again   bool          // somebody judged since the run began
	group   sync.WaitGroup
	ctx     context.Context
	cancel  context.CancelFunc
}

// start has everything that was judged until now followed by; what it returns is closed when it is. Where the server cannot derive, it is
// closed already, and the next kg build does.
func (t *settling) start(s *Server) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running != nil {
		t.again = true
		return t.running
	}
	done := make(chan struct{})
	if s.opt.Settle == nil || t.ctx.Err() != nil {
		close(done)
		return done
	}
	t.running = done
	t.group.Add(1)
	go func() {
		defer t.group.Done()
		for more := true; more; {
			err := s.opt.Settle(t.ctx)
			if err != nil && !errors.Is(err, graph.ErrChanged) && t.ctx.Err() == nil {
				s.log.WithError(err).Error("events are older than the judgements; the next kg build mends that")
			}
			t.mu.Lock()
			if more = (t.again || errors.Is(err, graph.ErrChanged)) && t.ctx.Err() == nil; !more {
				t.running = nil
				close(done)
			}
			t.again = false
			t.mu.Unlock()
		}
	}()
	return done
}

// wait waits for done, so long at most.
func (t *settling) wait(done <-chan struct{}, patience time.Duration) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}

// active says whether events are being derived anew.
func (t *settling) active() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.running != nil
}

// stop ends what runs, and waits for it.
func (t *settling) stop() {
	t.cancel()
	t.group.Wait()
}

// judgedTexts are answers to the script of the review page.
var judgedTexts = map[string]string{graph.Merge: "One: kept", graph.Distinct: "Two: kept", graph.Accept: "Accepted", graph.Reject: "Rejected",
	graph.SameEvent: "One: kept", graph.OtherEvent: "Two: kept"}

// judged answers a judgement: JSON for the page's script, else the page again, after a judgement on events that of the event.
func (s *Server) judged(w http.ResponseWriter, r *http.Request, j graph.Judgement, made bool) error {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		text := "Taken back"
		if made {
			text = judgedTexts[j.Kind]
		}
		return writeJSON(w, http.StatusOK, "application/json", map[string]any{"id": j.ID(), "kind": j.Kind, "by": j.By, "text": text})
	}
	u := backTo(r)
	if j.OnEvent() && strings.HasPrefix(u.Path, "/event/") { // its address changes with what is told of it
		u = &url.URL{Path: "/review", RawQuery: "show=judged"}
		of, err := s.eventOf(r.Context(), j.Into)
		if err != nil {
			return err
		}
		if at, err := url.Parse(eventURL(of)); err == nil && of != "" {
			u = at
		}
	}
	q := u.Query()
	q.Del("done")
	if made {
		q.Set("done", string(j.ID()))
	}
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
	return nil
}
