package web

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/index"
)

// timelineView is what is said of an entity, or of everything, over time.
type timelineView struct {
	Of   *drawnNode `json:"of,omitempty"`
	From string     `json:"from"` // of the drawing: first and last day
	To   string     `json:"to"`
	Unit string     `json:"unit"` // of a bin: day, week, month or year
	Bins []timeBin  `json:"bins"` // from From to To without a gap
	// Outside are statements before From or after To, which are few and far; Undated those without a day.
	Outside int          `json:"outside"`
	Undated int          `json:"undated"`
	Total   int          `json:"total"` // statements, with those
	Events  []timedEvent `json:"events"`
	// TotalEvents are those in the time of the drawing; Events the ones of most articles.
	TotalEvents int        `json:"total_events"`
	Filter      filterForm `json:"filter"`
	List        *claimList `json:"statements,omitempty"` // of an entity

	Rows      []timeBin    `json:"-"` // the bins with a statement that the table shows
	RowsPager pager        `json:"-"`
	Table     []timedEvent `json:"-"`
	Data      string       `json:"-"`
	All       string       `json:"-"` // address without From and To; "" where they are not set
}

// timeBin counts statements of a day, week, month or year.
type timeBin struct {
	From        string `json:"from"` // day
	To          string `json:"to"`
	Cooperation int    `json:"cooperation"`
	Conflict    int    `json:"conflict"`
	Other       int    `json:"other"`
	URL         string `json:"-"` // the page with this time alone
}

func (b timeBin) Sum() int { return b.Cooperation + b.Conflict + b.Other }

// When names the time in words.
func (b timeBin) When() string {
	from, _ := index.ParseDay(b.From)
	switch to, _ := index.ParseDay(b.To); {
	case to-from > 300:
		return b.From[:4]
	case to-from > 20:
		return dateWords(b.From[:7])
	case to > from && b.From[:7] == b.To[:7]:
		return strings.TrimPrefix(b.From[8:], "0") + "–" + shortDay(b.To)
	case to > from:
		return shortDays(b.From, b.To)
	}
	return dateWords(b.From)
}

// timedEvent is an event in a drawing or list.
type timedEvent struct {
	ID         graph.IRI `json:"id"`
	Name       string    `json:"name"`
	Day        string    `json:"day"`
	Side       string    `json:"side,omitempty"`
	Articles   int       `json:"articles"`
	Statements int       `json:"statements"`
	URL        string    `json:"url"`
}

// eventSide is the side of an event, by the class of its kind: a PLOVER type or a relation.
func eventSide(x *index.Index, e *index.Event) string {
	if q := index.QuadOf(e.Kind); q != index.NoQuad {
		return q.Side()
	}
	if r, ok := x.Relation(graph.IRI("kgo:" + e.Kind)); ok {
		return x.Relations[r].Quad.Side()
	}
	return ""
}

// events are those of an entity, of all where it is None.
func (d *drawing) events(of index.Ref) iter.Seq2[index.Ref, *index.Event] {
	return func(yield func(index.Ref, *index.Event) bool) {
		if of == index.None {
			for i := range d.x.Events {
				if !yield(index.Ref(i), &d.x.Events[i]) {
					return
				}
			}
			return
		}
		for _, r := range d.x.Entities[of].Events {
			if !yield(r, &d.x.Events[r]) {
				return
			}
		}
	}
}

func (d *drawing) event(ref index.Ref) timedEvent {
	e := &d.x.Events[ref]
	return timedEvent{e.ID, cmp.Or(eventLabel(e), index.Words(string(e.ID))), e.Day.String(), eventSide(d.x, e), e.Articles, len(e.Claims), eventURL(e.ID)}
}

// firstOf is the first day of the bin that day lies in, nextOf that of the one after.
func firstOf(unit string, day index.Day) index.Day {
	t := day.Time()
	switch unit {
	case "week":
		return day - index.Day((int(t.Weekday())+6)%7)
	case "month":
		return day - index.Day(t.Day()-1)
	case "year":
		return day - index.Day(t.YearDay()-1)
	}
	return day
}

func nextOf(unit string, first index.Day) index.Day {
	switch t := first.Time(); unit {
	case "week":
		return first + 7
	case "month":
		return index.DayOf(t.AddDate(0, 1, 0))
	case "year":
		return index.DayOf(t.AddDate(1, 0, 0))
	}
	return first + 1
}

// unitOf is the unit that makes about 30 to 120 bins of a time.
func unitOf(days int) string {
	switch {
	case days <= 92:
		return "day"
	case days <= 800:
		return "week"
	case days <= 15*366:
		return "month"
	}
	return "year"
}

const (
	drawnEvents = 300
	mostBins    = 2000
)

// timelinePage draws statements and events over time, of the entity of= or of all.
func (s *Server) timelinePage(d *drawing) error {
	of, err := d.entity("of")
	if err != nil {
		return err
	}
	x := d.x
	v := timelineView{Data: d.data(), Events: []timedEvent{}, Bins: []timeBin{}}
	var picked []index.Ref
	if of != index.None {
		node := d.node(of)
		v.Of = &node
		if picked, v.Filter, err = filterOf(d.r, x, x.Entities[of].Claims, of); err != nil {
			return err
		}
	} else {
		// The choices of a filter are not counted here: that would take too long over everything.
		if _, v.Filter, err = filterOf(d.r, x, nil, index.None); err != nil {
			return err
		}
		all := make([]index.Ref, len(x.Claims))
		for i := range all {
			all[i] = index.Ref(i)
		}
		picked = x.Pick(all, &d.filter, index.None)
		v.Filter.Total, v.Filter.Picked = len(all), len(picked)
	}
	v.Total = len(picked)
	sp, dated := spanOf(x, picked)
	if d.filter.Dated {
		v.All = d.with("from", "", "to", "")
		// What was asked for is drawn, as far as something lies there.
		if _, first, last := x.Spread(picked); first != index.NoDay {
			sp = span{max(d.filter.From, first), min(d.filter.To, last)}
		}
	}
	if dated {
		v.bins(d, picked, sp)
	}
	v.events(d, of, sp, dated)
	filled := slices.DeleteFunc(slices.Clone(v.Bins), func(b timeBin) bool { return b.Sum() == 0 })
	if v.Rows, v.RowsPager, err = pageOf(d.r, filled, v.Unit+"s"); err != nil {
		return err
	}
	if of != index.None {
		list, err := s.claimList(d.r, x, picked)
		if err != nil {
			return err
		}
		v.List = &list
	}
	p := page{Template: "timeline.html", Title: "Timeline", Here: "timeline", Styles: []string{"draw.css"}}
	if v.Of != nil {
		p.Title = "Timeline of " + v.Of.Name
	}
	if len(v.Bins) > 0 {
		p.Scripts = []string{"timeline.js"}
	}
	s.answer(d.w, d.r, p, &v)
	return nil
}

func (v *timelineView) bins(d *drawing, claims []index.Ref, sp span) {
	v.Unit = unitOf(int(sp.To-sp.From) + 1)
	var firsts []index.Day
	for day := firstOf(v.Unit, sp.From); day <= sp.To && len(firsts) < mostBins; day = nextOf(v.Unit, day) {
		firsts = append(firsts, day)
		last := nextOf(v.Unit, day) - 1
		b := timeBin{From: day.String(), To: last.String()}
		b.URL = d.with("from", b.From, "to", b.To)
		v.Bins = append(v.Bins, b)
	}
	v.From, v.To = v.Bins[0].From, v.Bins[len(v.Bins)-1].To
	end, _ := index.ParseDay(v.To)
	i := 0
	for _, r := range claims { // which come by day
		c := &d.x.Claims[r]
		switch {
		case c.Day == index.NoDay:
			v.Undated++
			continue
		case c.Day < firsts[0] || c.Day > end:
			v.Outside++
			continue
		}
		for i+1 < len(firsts) && firsts[i+1] <= c.Day {
			i++
		}
		switch b := &v.Bins[i]; c.Side() {
		case "cooperation":
			b.Cooperation++
		case "conflict":
			b.Conflict++
		default:
			b.Other++
		}
	}
}

// events takes those of an entity, or all, that the side of a filter picks and that lie in the time drawn.
func (v *timelineView) events(d *drawing, of index.Ref, sp span, dated bool) {
	x := d.x
	var refs []index.Ref
	for r, e := range d.events(of) {
		if e.Day != index.NoDay && dated && e.Day >= sp.From && e.Day <= sp.To && (d.filter.Side == "" || eventSide(x, e) == d.filter.Side) {
			refs = append(refs, r)
		}
	}
	v.TotalEvents = len(refs)
	slices.SortStableFunc(refs, func(a, b index.Ref) int {
		return cmp.Or(x.Events[b].Articles-x.Events[a].Articles, len(x.Events[b].Claims)-len(x.Events[a].Claims))
	})
	refs = refs[:min(len(refs), drawnEvents)]
	for _, r := range refs {
		v.Events = append(v.Events, d.event(r))
	}
	v.Table = v.Events[:min(len(v.Events), 20)]
	slices.SortStableFunc(v.Events, func(a, b timedEvent) int { return cmp.Compare(a.Day, b.Day) })
}

// Matrix

// matrixView is the mean of Goldstein's scores by who acts and to whom it is done, or by pair and month.
type matrixView struct {
	Actors []drawnNode `json:"actors"`
	// Chosen says that the address names them; else they are those of most scored statements, of Total.
	Chosen bool          `json:"chosen"`
	Total  int           `json:"total"`
	By     string        `json:"by"` // "actors" or "months"
	Heads  []matrixHead  `json:"columns"`
	Rows   []matrixRow   `json:"rows"`
	Months []matrixMonth `json:"months"` // that have scored statements between the actors
	// ShownMonths of a matrix by months are the latest.
	ShownMonths int        `json:"shown_months,omitempty"`
	ShownPairs  int        `json:"shown_pairs,omitempty"`
	TotalPairs  int        `json:"total_pairs,omitempty"`
	Statements  int        `json:"statements"` // that the cells shown are made of
	Usual       bool       `json:"usual"`      // only what is asserted or reported counts, since the address names no status
	Filter      filterForm `json:"filter"`

	Choices []matrixChoice `json:"-"` // actors, each with the address without it
	Hidden  []param        `json:"-"`
	ByURL   string         `json:"-"` // address of the other kind
	Unknown string         `json:"-"` // name that was asked for and is nobody's
	From    string         `json:"-"`
	To      string         `json:"-"`
	All     string         `json:"-"` // address without a time
}

type matrixChoice struct {
	drawnNode
	Without string
}

type matrixHead struct {
	Name  string `json:"name"`
	Short string `json:"short"`
	URL   string `json:"url"`
}

type matrixRow struct {
	Name  string       `json:"name"`
	URL   string       `json:"url"`
	Cells []matrixCell `json:"cells"`
}

// matrixCell is a mean of N scores; N is 0 where there are none.
type matrixCell struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	URL  string  `json:"url,omitempty"`
	Self bool    `json:"self,omitempty"` // nobody acts upon himself here
	Text string  `json:"-"`              // in words
}

// Number is the mean with a real minus.
func (c matrixCell) Number() string {
	s := fmt.Sprintf("%.1f", c.Mean)
	if s == "-0.0" || s == "0.0" {
		return "0"
	}
	if s[0] == '-' {
		return "−" + s[1:]
	}
	return "+" + s
}

// Class is the colour: m-5 to m5.
func (c matrixCell) Class() string {
	if c.N == 0 {
		return ""
	}
	n := int(c.Mean/2 + 5.5) // from 0 to 10, so that cutting off rounds
	return "m" + strconv.Itoa(max(-5, min(5, n-5)))
}

type matrixMonth struct {
	Month string `json:"month"`
	N     int    `json:"n"`
	URL   string `json:"-"`
	On    bool   `json:"-"`
}

const (
	usualActors = 12
	mostActors  = 30
	shownPairs  = 30
	shownMonths = 12
)

// matrixPage shows who is how towards whom. Actors are those that actor= names, or of= with those it has most to do with, or those of
// most scored statements.
func (s *Server) matrixPage(d *drawing) error {
	x := d.x
	of, err := d.entity("of")
	if err != nil {
		return err
	}
	n, err := d.number("n", usualActors, 2, mostActors)
	if err != nil {
		return err
	}
	v := matrixView{By: "actors", From: d.q.Get("from"), To: d.q.Get("to"), Hidden: d.hidden("from", "to", "add"),
		Rows: []matrixRow{}, Months: []matrixMonth{}, Heads: []matrixHead{}, Actors: []drawnNode{}}
	switch by := d.q.Get("by"); by {
	case "", "actors":
		v.ByURL = d.with("by", "months")
	case "months":
		v.By, v.ByURL = by, d.with("by", "")
	default:
		return errorf(http.StatusBadRequest, "by: %.100q is not actors or months", by)
	}
	if _, v.Filter, err = filterOf(d.r, x, nil, index.None); err != nil {
		return err
	}
	f := d.filter
	if f.Dated {
		v.All = d.with("from", "", "to", "")
	}
	if v.Usual = len(f.Status) == 0; v.Usual {
		f.Status = []index.Status{index.Asserted, index.Reported}
	}
	timeless := f
	timeless.From, timeless.To, timeless.Dated = index.NoDay, index.LastDay, false
	scored := x.Scored(&timeless)
	actors, err := v.actors(d, of, scored, n)
	if err != nil {
		return err
	}
	place := map[index.Ref]int{}
	for i, a := range actors {
		place[a] = i
		v.Actors = append(v.Actors, d.node(a))
	}
	in := make([]bool, len(x.Entities))
	for _, a := range actors {
		in[a] = true
	}
	between := d.links(scored, func(a, b index.Ref) bool { return in[a] && in[b] })
	for _, m := range x.Months(between) {
		if m.N > 0 {
			v.Months = append(v.Months, matrixMonth{m.Month, m.N, d.with("from", m.Month, "to", m.Month), v.From == m.Month && v.To == m.Month})
		}
	}
	if v.By == "months" {
		v.byMonths(d, x.Pick(between, &f, index.None))
	} else {
		v.byActors(d, actors, place, x.Pick(between, &f, index.None))
	}
	s.answer(d.w, d.r, page{Template: "matrix.html", Title: "Matrix", Here: "matrix", Styles: []string{"draw.css"}}, &v)
	return nil
}

// actors chooses the rows.
func (v *matrixView) actors(d *drawing, of index.Ref, scored []index.Ref, n int) (list []index.Ref, err error) {
	x := d.x
	for _, id := range d.q["actor"] {
		ref, ok := x.Entity(graph.IRI(id))
		if !ok {
			return nil, errorf(http.StatusNotFound, "actor: the graph has nothing called %.200q", id)
		}
		if !slices.Contains(list, ref) {
			list = append(list, ref)
		}
	}
	v.Chosen = len(list) > 0
	closest, total := x.Actors(scored, of, n)
	if v.Total = total; !v.Chosen {
		list = closest
	}
	if add := d.q.Get("add"); add != "" {
		ref, ok := x.Entity(graph.IRI(add))
		if !ok {
			if hits := x.Complete(add, 1); len(hits) > 0 {
				ref, ok = hits[0].Entity, true
			}
		}
		switch {
		case !ok:
			v.Unknown = add
		case !slices.Contains(list, ref):
			list = append(list, ref)
			v.Chosen = true
		}
	}
	if len(list) > mostActors {
		return nil, errorf(http.StatusBadRequest, "actor: %d are too many, at most %d are shown", len(list), mostActors)
	}
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = string(x.Entities[r].ID)
	}
	if v.Chosen { // the form and its links name them all
		v.Hidden = slices.DeleteFunc(v.Hidden, func(p param) bool { return p.Name == "actor" || p.Name == "of" || p.Name == "n" })
		for _, id := range ids {
			v.Hidden = append(v.Hidden, param{"actor", id})
		}
	}
	for i, r := range list {
		v.Choices = append(v.Choices, matrixChoice{d.node(r), d.actorsURL(slices.Delete(slices.Clone(ids), i, i+1))})
	}
	return list, nil
}

func (d *drawing) cell(m index.Mean, more ...string) matrixCell {
	c := matrixCell{N: m.N, Mean: round(m.Score, 2), URL: d.pair(m.Subject, m.Object, more...)}
	tone := "neither friendly nor hostile"
	switch {
	case c.Mean >= 0.5:
		tone = "cooperation"
	case c.Mean <= -0.5:
		tone = "conflict"
	}
	c.Text = fmt.Sprintf("%s to %s: %s on average, %s, of %s", thingOf(d.x, m.Subject).Label, thingOf(d.x, m.Object).Label, c.Number(), tone,
		plural(c.N, "statement", "statements"))
	return c
}

func (v *matrixView) byActors(d *drawing, actors []index.Ref, place map[index.Ref]int, claims []index.Ref) {
	v.Statements = len(claims)
	for i := range actors {
		row := matrixRow{Name: v.Actors[i].Name, URL: v.Actors[i].URL, Cells: make([]matrixCell, len(actors))}
		row.Cells[i].Self = true
		v.Heads = append(v.Heads, matrixHead{v.Actors[i].Name, shortName(v.Actors[i].Name), v.Actors[i].URL})
		v.Rows = append(v.Rows, row)
	}
	for _, m := range d.x.Means(claims, false) {
		v.Rows[place[m.Subject]].Cells[place[m.Object]] = d.cell(m)
	}
}

// shortName is the beginning of a long name, for the head of a column.
func shortName(name string) string {
	r := []rune(name)
	if len(r) <= 20 {
		return name
	}
	cut := string(r[:19])
	if i := strings.LastIndexByte(cut, ' '); i > 8 {
		cut = cut[:i]
	}
	return cut + "…"
}

func (v *matrixView) byMonths(d *drawing, claims []index.Ref) {
	type pair struct{ a, b index.Ref }
	means := d.x.Means(claims, true)
	total, seen := map[pair]int{}, map[string]bool{}
	for _, m := range means {
		total[pair{m.Subject, m.Object}] += m.N
		seen[m.Month] = true
	}
	months := slices.Sorted(maps.Keys(seen))
	months = months[max(0, len(months)-shownMonths):]
	v.ShownMonths = len(months)
	pairs := slices.SortedFunc(maps.Keys(total), func(p, q pair) int {
		return cmp.Or(total[q]-total[p], cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	v.TotalPairs = len(pairs)
	pairs = pairs[:min(len(pairs), shownPairs)]
	v.ShownPairs = len(pairs)
	for _, m := range months {
		t, _ := time.Parse("2006-01", m)
		v.Heads = append(v.Heads, matrixHead{dateWords(m), t.Format("Jan 2006"), d.with("from", m, "to", m)})
	}
	row := map[pair]int{}
	for i, p := range pairs {
		row[p] = i
		v.Rows = append(v.Rows, matrixRow{Name: thingOf(d.x, p.a).Label + " → " + thingOf(d.x, p.b).Label, URL: d.pair(p.a, p.b),
			Cells: make([]matrixCell, len(months))})
	}
	for _, m := range means {
		i, shown := row[pair{m.Subject, m.Object}]
		j, ok := slices.BinarySearch(months, m.Month)
		if shown && ok {
			v.Rows[i].Cells[j] = d.cell(m, "from", m.Month, "to", m.Month)
			v.Statements += m.N
		}
	}
}
