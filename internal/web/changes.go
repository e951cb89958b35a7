package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"kg/internal/index"
)

// changesView is what articles since a day tell that earlier ones do not.
type changesView struct {
	Since string `json:"since"` // "" where no article has a day
	Last  string `json:"last,omitempty"`
	// Days from which the newest articles can be looked at.
	Choices []link `json:"-"`

	Turned      []turnedPair `json:"turned"`
	TotalTurned int          `json:"total_turned"`
	Pairs       []newPair    `json:"new_pairs"`
	TotalPairs  int          `json:"total_new_pairs"`
	Names       []startThing `json:"new_names"`
	TotalNames  int          `json:"total_new_names"`

	Limit int    `json:"limit"`
	More  string `json:"-"` // the address with more of each, "" where all is shown
	URL   string `json:"-"` // of the page
}

// Any says that something changed.
func (v *changesView) Any() bool { return len(v.Turned)+len(v.Pairs)+len(v.Names) > 0 }

// turnedPair are two things of which the contrary is said of late.
type turnedPair struct {
	A         thing     `json:"a"`
	B         *thing    `json:"b,omitempty"`
	Before    claimRow  `json:"before"`
	After     claimRow  `json:"after"`
	Said      bool      `json:"denied"` // After denies what Before asserts; else cooperation turned into conflict, or the reverse
	Articles  int       `json:"articles"`
	Pair      string    `json:"pair_url,omitempty"`
	Published [2]string `json:"published"` // when both became known
}

// newPair are two things that nothing connected before.
type newPair struct {
	A          thing    `json:"a"`
	B          thing    `json:"b"`
	First      string   `json:"first"`
	Articles   int      `json:"articles"`
	Statements int      `json:"statements"`
	Example    claimRow `json:"example"`
	Pair       string   `json:"pair_url"`
}

const (
	changeDays  = 7 // up to the newest article, unless since says otherwise
	changeRows  = 20
	changeShort = 4 // on the start page
)

func (s *Server) changesPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	since, last := changesSince(x)
	if text := q.Get("since"); text != "" {
		if since, ok = index.ParseDay(text); !ok {
			s.failErr(w, r, errorf(http.StatusBadRequest, "since: %.100q is not %s", text, index.DayForms))
			return
		}
	}
	p, err := pagerOf(r, changeRows, "changes")
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	v, err := s.changes(r.Context(), x, since, p.Limit, true)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	v.Last = last.String()
	for _, c := range []struct {
		text   string
		months int
		days   int
	}{{"a day", 0, 1}, {"a week", 0, 7}, {"a month", 1, 0}, {"a quarter", 3, 0}, {"a year", 12, 0}} {
		if last != index.NoDay {
			day := index.DayOf(last.Time().AddDate(0, -c.months, 1-c.days))
			v.Choices = append(v.Choices, link{c.text, with(r, func(q url.Values) { q.Set("since", day.String()) }), day == since})
		}
	}
	if v.TotalTurned > len(v.Turned) || v.TotalPairs > len(v.Pairs) || v.TotalNames > len(v.Names) {
		if n := min(v.Limit*5, maxPageRows); n > v.Limit {
			v.More = with(r, func(q url.Values) { q.Set("limit", strconv.Itoa(n)) })
		}
	}
	also := "/changes.json"
	if r.URL.RawQuery != "" {
		also += "?" + r.URL.RawQuery
	}
	s.answer(w, r, page{Template: "changes.html", Title: "What changed", Here: "changes", Styles: []string{"search.css"},
		Also: []otherForm{{"application/json", "JSON", also}}}, v)
}

// changesSince is the day from which changes are told by default, and the day of the newest article.
func changesSince(x *index.Index) (since, last index.Day) {
	last = index.NoDay
	if n := len(x.Articles); n > 0 {
		last = x.Articles[n-1].Day
	}
	if last == index.NoDay {
		return index.NoDay, last
	}
	return last - changeDays + 1, last
}

// changes are at most limit of each kind; their statements have their sentences where words is set.
func (s *Server) changes(ctx context.Context, x *index.Index, since index.Day, limit int, words bool) (*changesView, error) {
	v := &changesView{Since: since.String(), Limit: limit, Turned: []turnedPair{}, Pairs: []newPair{}, Names: []startThing{},
		URL: "/changes?" + url.Values{"since": {since.String()}}.Encode()}
	if since == index.NoDay {
		v.URL = "/changes"
		return v, nil
	}
	ch := x.Changes(since, index.ChangeOptions{Limit: limit})
	v.TotalTurned, v.TotalPairs, v.TotalNames = ch.TotalTurned, ch.TotalNewPairs, ch.TotalNewEntities
	row := func(r index.Ref) (claimRow, error) {
		if !words {
			return rowOf(x, r), nil
		}
		rows, err := s.claimRows(ctx, x, []index.Ref{r})
		if err != nil {
			return claimRow{}, err
		}
		return rows[0], nil
	}
	var err error
	for _, t := range ch.Turned {
		p := turnedPair{A: *thingOf(x, t.A), B: thingOf(x, t.B), Said: t.Said, Articles: t.Articles,
			Published: [2]string{x.Reported(t.Before).String(), x.Reported(t.After).String()}}
		if p.Before, err = row(t.Before); err != nil {
			return nil, err
		}
		if p.After, err = row(t.After); err != nil {
			return nil, err
		}
		if p.B != nil {
			p.Pair = pairURL(p.A.ID, p.B.ID)
		}
		v.Turned = append(v.Turned, p)
	}
	for _, n := range ch.NewPairs {
		p := newPair{A: *thingOf(x, n.A), B: *thingOf(x, n.B), First: n.First.String(), Articles: n.Articles, Statements: len(n.Claims),
			Pair: pairURL(x.Entities[n.A].ID, x.Entities[n.B].ID)}
		best := n.Claims[0] // the surest
		for _, c := range n.Claims {
			if x.Claims[c].Confidence > x.Claims[best].Confidence {
				best = c
			}
		}
		if p.Example, err = row(best); err != nil {
			return nil, err
		}
		v.Pairs = append(v.Pairs, p)
	}
	for _, e := range ch.NewEntities {
		v.Names = append(v.Names, startThing{thing: *thingOf(x, e), Statements: len(x.Entities[e].Claims)})
	}
	return v, nil
}
