package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/internal/index"
)

// pairView is what is said between two entities. A and B are nil while they are not chosen.
type pairView struct {
	A *thing `json:"a"`
	B *thing `json:"b"`
	// NameA and NameB are what the form holds; Missing says what is wrong with it.
	NameA   string  `json:"-"`
	NameB   string  `json:"-"`
	Names   []thing `json:"-"` // that the form offers
	Missing string  `json:"error,omitempty"`
	Similar []link  `json:"similar,omitempty"` // pages with a name like the unknown one

	Filter    *filterForm    `json:"filter,omitempty"`
	Classes   []classCount   `json:"classes,omitempty"`
	Chart     *pairChart     `json:"over_time,omitempty"`
	Paths     []pathView     `json:"paths,omitempty"`    // where nothing connects the two directly
	Weak      bool           `json:"weak,omitempty"`     // the paths use statements of any confidence
	Searched  bool           `json:"searched"`           // for paths
	GaveUp    bool           `json:"gave_up,omitempty"`  // before all was looked at: there may be others, and shorter ones
	Together  *claimList     `json:"together,omitempty"` // statements that name both in other parts
	Events    eventList      `json:"events"`             // that both have a part in
	Neighbour []sharedView   `json:"shared,omitempty"`   // neighbours of both
	Shared    int            `json:"shared_in_all"`      // how many
	List      *claimList     `json:"statements,omitempty"`
	Partners  []neighbourRow `json:"partners,omitempty"` // of A, while B is not chosen
}

// classCount are the statements of a PLOVER quad class, or of none.
type classCount struct {
	Class string   `json:"class"`
	Side  string   `json:"side,omitempty"`
	N     int      `json:"n"`
	Score *float64 `json:"mean_score,omitempty"` // Goldstein's, of those that have one
}

// classNames are the columns of a timeline of two, by Quad; the last but first is what has no class.
var classNames = [...]string{index.NoQuad: "neither", index.VerbalCooperation: "words of cooperation", index.MaterialCooperation: "acts of cooperation",
	index.VerbalConflict: "words of conflict", index.MaterialConflict: "acts of conflict"}

// pathView is a way from one entity to another, with a statement for each step.
type pathView struct {
	Things []thing   `json:"things"`
	Steps  []stepRow `json:"steps"`
}

type stepRow struct {
	Claim claimRow `json:"statement"` // the surest of those that most articles make
	N     int      `json:"statements"`
	URL   string   `json:"url"` // of all of them
}

// sharedView is an entity that both are connected with.
type sharedView struct {
	Thing thing  `json:"thing"`
	A     int    `json:"statements_with_a"`
	B     int    `json:"statements_with_b"`
	URLA  string `json:"url_a"`
	URLB  string `json:"url_b"`
}

const (
	pathLength   = 3
	pathRows     = 10
	sharedRows   = 20
	togetherRows = 10
	offeredNames = 200
	sureForPaths = 0.65
)

func (s *Server) pairPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	v := &pairView{NameA: q.Get("a"), NameB: q.Get("b"), Events: eventList{Rows: []eventRow{}}}
	p := page{Template: "pair.html", Title: "Between two names"}
	var ends [2]index.Ref
	moved := false
	for i, name := range []string{"a", "b"} {
		e, ok := namedEntity(x, q.Get(name))
		ends[i] = e
		if !ok && strings.TrimSpace(q.Get(name)) != "" {
			p.Status = http.StatusNotFound
			v.unknown(r, x, name)
		}
		if ok {
			// Names that mean another entity, and labels that were typed, have the address of what they mean.
			moved = moved || string(x.Entities[e].ID) != q.Get(name)
			q.Set(name, string(x.Entities[e].ID))
			t := thingOf(x, e)
			if i == 0 {
				v.A, v.NameA = t, t.Label
			} else {
				v.B, v.NameB = t, t.Label
			}
		}
	}
	a, b := ends[0], ends[1]
	switch {
	case a != index.None && a == b:
		s.failErr(w, r, errorf(http.StatusBadRequest, "b: %.100q is the same as a", r.URL.Query().Get("b")))
		return
	case moved && p.Status == 0:
		http.Redirect(w, r, (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String(), http.StatusFound)
		return
	}
	v.offer(x, a)
	var err error
	switch {
	case a != index.None && b != index.None:
		p.Title = v.A.Label + " and " + v.B.Label
		err = s.fillPair(r, x, v, a, b)
	case a != index.None:
		for _, n := range firstActors(x, a, partnerRows) {
			row := neighbourRowOf(x, &n)
			row.URL = pairURL(x.Entities[a].ID, x.Entities[n.Entity].ID)
			v.Partners = append(v.Partners, row)
		}
	}
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, p, v)
}

// namedEntity finds what a parameter means: an IRI, or a name as pages write it, of several things the one of most statements.
func namedEntity(x *index.Index, name string) (index.Ref, bool) {
	name = strings.TrimSpace(name)
	if e, ok := findEntity(x, name); ok {
		return e, true
	}
	if e, ok := findEntity(x, strings.ReplaceAll(name, " ", "_")); ok {
		return e, true
	}
	for _, hit := range x.Complete(name, 20) {
		if strings.EqualFold(hit.Name, name) || strings.EqualFold(x.Entities[hit.Entity].Label, name) {
			return hit.Entity, true
		}
	}
	return index.None, false
}

// unknown says that the parameter names nothing, and what has a name like it.
func (v *pairView) unknown(r *http.Request, x *index.Index, parameter string) {
	name := strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(r.URL.Query().Get(parameter)), "kg:"), "_", " ")
	v.Missing = strings.TrimSpace(v.Missing + fmt.Sprintf(" Nothing is called “%s”.", name))
	for _, hit := range x.Complete(name, 8) {
		t := thingOf(x, hit.Entity)
		v.Similar = append(v.Similar, link{Text: t.Label, URL: with(r, func(q url.Values) { q.Set(parameter, string(t.ID)) })})
	}
}

// offer lists names for the form: those that a is connected with first, then those of most statements.
func (v *pairView) offer(x *index.Index, a index.Ref) {
	seen := map[string]bool{}
	add := func(e index.Ref) {
		t := thingOf(x, e)
		if len(v.Names) < offeredNames && !seen[t.Label] && e != a {
			seen[t.Label] = true
			v.Names = append(v.Names, *t)
		}
	}
	if a != index.None {
		for _, n := range firstActors(x, a, offeredNames/2) {
			add(n.Entity)
		}
	}
	for e := range x.Entities[:min(len(x.Entities), offeredNames)] {
		add(index.Ref(e))
	}
}

// firstActors are the most frequent neighbours of a, those who act before others.
func firstActors(x *index.Index, a index.Ref, n int) []index.Neighbour {
	claims, actor := x.Kept(x.Entities[a].Claims), x.Typed("kgo:Actor")
	list, _ := x.Nearest(a, claims, n, func(e index.Ref) bool { return e != a && actor(e) })
	if len(list) < n {
		others, _ := x.Nearest(a, claims, n-len(list), func(e index.Ref) bool { return e != a && !actor(e) })
		list = append(list, others...)
	}
	return list
}

func (s *Server) fillPair(r *http.Request, x *index.Index, v *pairView, a, b index.Ref) error {
	between := x.Between(a, b)
	picked, form, err := filterOf(r, x, between, a)
	if err != nil {
		return err
	}
	// The kind of the other one is that of b; who acts is told by names.
	form.Facets = slices.DeleteFunc(form.Facets, func(f facet) bool { return f.Name == "type" })
	who := map[string]string{"subject": v.A.Label + " acts", "object": v.B.Label + " acts"}
	for i := range form.Facets {
		if f := &form.Facets[i]; f.Name == "role" {
			f.Legend = "Who acts"
			for j := range f.Options {
				f.Options[j].Label = who[f.Options[j].Value]
			}
		}
	}
	for i := range form.Set {
		if c := &form.Set[i]; c.Name == "role" {
			c.Text = who[r.URL.Query().Get("role")]
		}
	}
	v.Filter = &form
	if form.Total == 0 {
		if err := s.fillPaths(r.Context(), x, v, a, b); err != nil {
			return err
		}
	}
	v.Classes = classesOf(x, picked)
	v.Chart = chartOf(r, x, picked)
	list, err := s.claimList(r, x, picked)
	if err != nil {
		return err
	}
	v.List = &list
	if r.URL.Query().Get("offset") == "" {
		if err := s.fillTogether(r.Context(), x, v, a, b, between); err != nil {
			return err
		}
	}
	both := intersect(x.Entities[a].Events, x.Entities[b].Events)
	v.Events = eventsOf(x, both, nil, true)
	v.shared(x, a, b)
	return nil
}

// intersect gives what stands in both of two rising lists.
func intersect(a, b []index.Ref) []index.Ref {
	var out []index.Ref
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i++
			j++
		}
	}
	return out
}

// fillTogether lists the newest statements that name both without saying something of one to the other.
func (s *Server) fillTogether(ctx context.Context, x *index.Index, v *pairView, a, b index.Ref, between []index.Ref) error {
	both := slices.DeleteFunc(x.Kept(intersect(x.Entities[a].Claims, x.Entities[b].Claims)), func(r index.Ref) bool {
		_, is := slices.BinarySearch(between, r)
		return is
	})
	if len(both) == 0 {
		return nil
	}
	slices.SortFunc(both, func(p, q index.Ref) int {
		return cmp.Or(cmp.Compare(x.Claims[q].Article, x.Claims[p].Article), cmp.Compare(q, p))
	})
	shown := both[:min(len(both), togetherRows)]
	rows, err := s.claimRows(ctx, x, shown)
	if err != nil {
		return err
	}
	v.Together = &claimList{Rows: rows, pager: pager{Total: len(both), Limit: togetherRows, Shown: len(shown), What: "statements"}}
	return nil
}

// fillPaths finds ways between the two: over statements that are rather sure where there are such ways, else over all.
func (s *Server) fillPaths(ctx context.Context, x *index.Index, v *pairView, a, b index.Ref) error {
	v.Searched = true
	stands := func(r index.Ref) bool { return !x.Rejected(r) }
	paths, all := x.Paths(ctx, a, b, pathLength, pathRows, func(r index.Ref) bool {
		c := &x.Claims[r]
		return c.Confidence >= sureForPaths && c.Status != index.Denied && stands(r)
	})
	if len(paths) == 0 {
		v.Weak = true
		paths, all = x.Paths(ctx, a, b, pathLength, pathRows, stands)
	}
	v.GaveUp = !all
	for _, p := range paths {
		view := pathView{}
		var best []index.Ref
		for _, e := range p.Entities {
			view.Things = append(view.Things, *thingOf(x, e))
		}
		for _, claims := range p.Claims {
			best = append(best, slices.MinFunc(claims, func(a, b index.Ref) int {
				p, q := &x.Claims[a], &x.Claims[b]
				return cmp.Or(cmp.Compare(q.Independent, p.Independent), cmp.Compare(q.Confidence, p.Confidence), cmp.Compare(a, b))
			}))
		}
		rows, err := s.claimRows(ctx, x, best)
		if err != nil {
			return err
		}
		for i, row := range rows {
			view.Steps = append(view.Steps, stepRow{row, len(p.Claims[i]), pairURL(view.Things[i].ID, view.Things[i+1].ID)})
		}
		v.Paths = append(v.Paths, view)
	}
	return nil
}

// shared are the entities that both are connected with: first those with which the less connected of the two has most statements.
func (v *pairView) shared(x *index.Index, a, b index.Ref) {
	type row struct {
		e    index.Ref
		a, b int
	}
	var rows []row
	x.Common(a, b, func(e index.Ref, withA, withB []index.Ref) {
		if r := (row{e, len(x.Kept(withA)), len(x.Kept(withB))}); r.a > 0 && r.b > 0 {
			rows = append(rows, r)
		}
	})
	slices.SortFunc(rows, func(p, q row) int {
		return cmp.Or(min(q.a, q.b)-min(p.a, p.b), q.a+q.b-p.a-p.b, cmp.Compare(p.e, q.e))
	})
	v.Shared = len(rows)
	for _, n := range rows[:min(len(rows), sharedRows)] {
		t := thingOf(x, n.e)
		v.Neighbour = append(v.Neighbour, sharedView{*t, n.a, n.b, pairURL(v.A.ID, t.ID), pairURL(v.B.ID, t.ID)})
	}
}

// classesOf counts claims by class: cooperation, conflict, neither; those of no statement are left out.
func classesOf(x *index.Index, claims []index.Ref) []classCount {
	var sums [len(classNames)]tally
	for _, r := range claims {
		sums[x.Claims[r].Quad].add(&x.Claims[r])
	}
	var out []classCount
	for _, quad := range []index.Quad{index.MaterialCooperation, index.VerbalCooperation, index.VerbalConflict, index.MaterialConflict, index.NoQuad} {
		if t := sums[quad]; t.n > 0 {
			out = append(out, classCount{classNames[quad], quad.Side(), t.n, t.mean()})
		}
	}
	return out
}

// tally counts claims and adds up their scores.
type tally struct {
	n, scored int
	sum       float64
}

func (t *tally) add(c *index.Claim) {
	t.n++
	// A statement that is of neither side has no part in how friendly two are.
	if c.Scored && c.Quad != index.NoQuad {
		t.scored++
		t.sum += float64(c.Score)
	}
}

// mean is the mean score, nil where none has one.
func (t *tally) mean() *float64 {
	if t.scored == 0 {
		return nil
	}
	m := round(t.sum/float64(t.scored), 1)
	return &m
}

// pairChart is a timeline of statements: cooperation above the line, conflict below it, and the mean score of each part of time.
type pairChart struct {
	Unit  string      `json:"unit"` // "week", "month", "quarter", "year"
	Parts []chartPart `json:"parts"`
	Out   int         `json:"left_out,omitempty"` // statements far before or after, or without a day
	top   int         // most statements of a side in a part
}

type chartPart struct {
	Name    string    `json:"name"` // "March 1987"
	From    index.Day `json:"-"`
	To      index.Day `json:"-"`
	First   string    `json:"from"`
	Last    string    `json:"to"`
	Verbal  [2]int    `json:"words"` // of cooperation, of conflict
	Acts    [2]int    `json:"acts"`
	Neither int       `json:"neither"`
	Score   *float64  `json:"mean_score,omitempty"`
	URL     string    `json:"url"`
	score   tally
}

// N is the number of statements of p.
func (p *chartPart) N() int { return p.Verbal[0] + p.Verbal[1] + p.Acts[0] + p.Acts[1] + p.Neither }

// chartOf lays claims out in months, or in weeks or longer parts where months would be too few or too many; nil without days.
func chartOf(r *http.Request, x *index.Index, claims []index.Ref) *pairChart {
	sp, ok := spanOf(x, claims)
	if !ok {
		return nil
	}
	ch := &pairChart{}
	days := int(sp.To-sp.From) + 1
	begin, next := sp.From.Time(), func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	name := func(t time.Time) string { return t.Format("January 2006") }
	switch {
	case days <= 120:
		ch.Unit = "week"
		begin = begin.AddDate(0, 0, -(int(begin.Weekday())+6)%7)
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }
		name = func(t time.Time) string { return "week of " + t.Format("2 January 2006") }
	case days <= 5*366:
		ch.Unit = "month"
		begin = begin.AddDate(0, 0, 1-begin.Day())
	case days <= 16*366:
		ch.Unit = "quarter"
		begin = begin.AddDate(0, -(int(begin.Month())-1)%3, 1-begin.Day())
		next = func(t time.Time) time.Time { return t.AddDate(0, 3, 0) }
		name = func(t time.Time) string {
			return ordinal((int(t.Month())+2)/3) + " quarter of " + strconv.Itoa(t.Year())
		}
	default:
		ch.Unit = "year"
		begin = time.Date(begin.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		next = func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }
		name = func(t time.Time) string { return strconv.Itoa(t.Year()) }
	}
	for t := begin; !t.After(sp.To.Time()); t = next(t) {
		from, to := index.DayOf(t), index.DayOf(next(t))-1
		ch.Parts = append(ch.Parts, chartPart{Name: name(t), From: from, To: to, First: from.String(), Last: to.String(), URL: with(r, func(q url.Values) {
			q.Del("offset")
			q.Set("from", from.String())
			q.Set("to", to.String())
		}) + "#statements"})
	}
	for _, ref := range claims {
		c := &x.Claims[ref]
		i, found := slices.BinarySearchFunc(ch.Parts, c.Day, func(p chartPart, d index.Day) int { return cmp.Compare(p.From, d) })
		if !found {
			i--
		}
		if c.Day == index.NoDay || i < 0 || c.Day > ch.Parts[len(ch.Parts)-1].To {
			ch.Out++
			continue
		}
		p := &ch.Parts[i]
		p.score.add(c)
		switch c.Quad {
		case index.VerbalCooperation:
			p.Verbal[0]++
		case index.MaterialCooperation:
			p.Acts[0]++
		case index.VerbalConflict:
			p.Verbal[1]++
		case index.MaterialConflict:
			p.Acts[1]++
		default:
			p.Neither++
		}
	}
	for i := range ch.Parts {
		p := &ch.Parts[i]
		p.Score = p.score.mean()
		ch.top = max(ch.top, p.Verbal[0]+p.Acts[0], p.Verbal[1]+p.Acts[1])
	}
	return ch
}

// Rows are the parts with a statement, for the table.
func (ch *pairChart) Rows() []chartPart {
	return slices.DeleteFunc(slices.Clone(ch.Parts), func(p chartPart) bool { return p.N() == 0 })
}

// The drawing, in units of its view box.
const (
	chartWidth  = 960
	chartLeft   = 90 // the scale of counts stands left of it
	chartRight  = 40 // that of scores right
	chartHalf   = 110
	chartTop    = 14
	chartStrip  = 26 // below: statements of neither side
	chartLabels = 22
)

// Height, Zero and the other methods are places in the drawing.
func (ch *pairChart) Height() int  { return ch.Bottom() + chartStrip + chartLabels }
func (ch *pairChart) Width() int   { return chartWidth }
func (ch *pairChart) Zero() int    { return chartTop + chartHalf }
func (ch *pairChart) Bottom() int  { return chartTop + 2*chartHalf + 8 }
func (ch *pairChart) Top() int     { return chartTop }
func (ch *pairChart) Left() int    { return chartLeft }
func (ch *pairChart) Right() int   { return chartWidth - chartRight }
func (ch *pairChart) LabelY() int  { return ch.Height() - 6 }
func (ch *pairChart) StripY() int  { return ch.Bottom() + chartStrip - 8 }
func (ch *pairChart) Span() int    { return ch.Right() - ch.Left() }
func (ch *pairChart) Above() int   { return ch.Zero() - 8 }
func (ch *pairChart) Below() int   { return ch.Zero() + 18 }
func (ch *pairChart) TickX() int   { return chartLeft - 8 }
func (ch *pairChart) TickTop() int { return chartTop + 10 }
func (ch *pairChart) TickEnd() int { return chartTop + 2*chartHalf - 2 }
func (ch *pairChart) Tall() int    { return ch.StripY() - ch.Top() }
func (ch *pairChart) Most() int    { return max(ch.top, 1) }

// Summary is the drawing in words.
func (ch *pairChart) Summary() string {
	coop, conflict, neither := 0, 0, 0
	for i := range ch.Parts {
		p := &ch.Parts[i]
		coop += p.Verbal[0] + p.Acts[0]
		conflict += p.Verbal[1] + p.Acts[1]
		neither += p.Neither
	}
	return fmt.Sprintf("%s of cooperation, %s of conflict and %s of neither, by %s from %s to %s", plural(coop, "statement", "statements"), number(conflict),
		number(neither), ch.Unit, ch.Parts[0].Name, ch.Parts[len(ch.Parts)-1].Name)
}

// bar is a rectangle of the drawing.
type bar struct {
	X, Y, W, H int
	Class      string
}

// drawn is a part with its marks.
type drawn struct {
	chartPart
	Bars   []bar
	X, W   int
	MidX   int
	ScoreY int
	Label  string // below the axis, "" for none
}

// Title is what the part holds, in words.
func (d *drawn) Title() string {
	var l []string
	for _, c := range []struct {
		n    int
		what string
	}{{d.Acts[0], "acts of cooperation"}, {d.Verbal[0], "words of cooperation"}, {d.Verbal[1], "words of conflict"},
		{d.Acts[1], "acts of conflict"}, {d.Neither, "neither"}} {
		if c.n > 0 {
			l = append(l, c.what+" "+number(c.n))
		}
	}
	text := d.Name + ": " + strings.Join(l, ", ")
	if d.Score != nil {
		text += "; mean score " + scoreText(d.Score)
	}
	return text
}

// Drawn lays the parts out from left to right.
func (ch *pairChart) Drawn() []drawn {
	width := ch.Right() - chartLeft
	n := len(ch.Parts)
	every := 1 // label so many parts apart: about 75 units
	for n > 0 && every*width/n < 75 {
		every++
	}
	neither := 1
	for i := range ch.Parts {
		neither = max(neither, ch.Parts[i].Neither)
	}
	out := make([]drawn, n)
	for i := range ch.Parts {
		p := &ch.Parts[i]
		d := drawn{chartPart: *p, X: chartLeft + i*width/n, W: max(1, width/n)}
		d.MidX = d.X + d.W/2
		w := min(max(1, d.W*3/4), 44)
		x := d.MidX - w/2
		height := func(k int) int {
			if k == 0 {
				return 0
			}
			return max(2, k*(chartHalf-6)/ch.Most())
		}
		up, down := height(p.Acts[0]), height(p.Acts[1])
		add := func(y, h int, class string) {
			if h > 0 {
				d.Bars = append(d.Bars, bar{x, y, w, h, class})
			}
		}
		add(ch.Zero()-up, up, "acts cooperation")
		add(ch.Zero()-up-height(p.Verbal[0]), height(p.Verbal[0]), "words cooperation")
		add(ch.Zero()+1, down, "acts conflict")
		add(ch.Zero()+1+down, height(p.Verbal[1]), "words conflict")
		if p.Neither > 0 {
			h := max(2, p.Neither*(chartStrip-10)/neither)
			add(ch.StripY()-h, h, "neither")
		}
		if p.Score != nil {
			d.ScoreY = ch.Zero() - int(*p.Score*float64(chartHalf-6)/10)
		}
		if i%every == 0 {
			switch ch.Unit {
			case "week":
				d.Label = p.From.Time().Format("2 Jan")
			case "month":
				d.Label = p.From.Time().Format("Jan 2006")
			case "quarter":
				d.Label = fmt.Sprintf("%d Q%d", p.From.Time().Year(), (int(p.From.Time().Month())+2)/3)
			default:
				d.Label = p.From.Time().Format("2006")
			}
		}
		out[i] = d
	}
	return out
}
