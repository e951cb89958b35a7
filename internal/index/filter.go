package index

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
)

// Filter picks claims. The zero value picks all. Every page and interface that lists claims takes it from the parameters of its URL
// and writes it there, see ParseFilter.
type Filter struct {
	Relations []graph.IRI // any of them
	Status    []Status    // any of them
	// Side is "cooperation" or "conflict", by PLOVER's quad class; "" for all.
	Side     string
	From, To Day       // first and last day where Dated; NoDay and LastDay leave that end open
	Dated    bool      // From and To hold, and claims without a day are left out
	Outlets  []string  // any of them, as Article.Outlet has it
	Speaker  graph.IRI // entity that says so; "-" for what articles say themselves
	// Confidence is the least, of claims that nobody accepted; Articles the least number of independent articles.
	Confidence float64
	Articles   int
	// Type is a type of the entity at the other end: "kgo:State".
	Type graph.IRI
	// Role is "subject" or "object", of the entity whose claims are listed; "" for any part.
	Role string
	// Text is what the subject's, relation's or object's name has in it, whatever the case.
	Text string
	// Verdict is "accepted" or "rejected", for claims of which people judged so, or "all"; "" for all that nobody rejected.
	Verdict string
}

// Parameters of URLs, with what they hold. A list has commas between, or the parameter several times.
const (
	pRelation   = "relation"   // kgo:mediates,kgo:open/visit
	pStatus     = "status"     // asserted,denied
	pSide       = "side"       // cooperation
	pFrom       = "from"       // 2017-07-04, 2017-07 or 2017
	pTo         = "to"         // the same, to its last day
	pOutlet     = "outlet"     // several times for several
	pSpeaker    = "speaker"    // kg:Sergei_Lavrov, or - for what articles say themselves
	pConfidence = "confidence" // .8
	pArticles   = "articles"   // 2
	pType       = "type"       // kgo:State
	pRole       = "role"       // subject, object
	pText       = "text"
	pVerdict    = "verdict" // accepted, rejected, all
)

// ParseFilter reads a filter from the parameters of a URL; others are left alone. An error names the parameter and its value.
func ParseFilter(q url.Values) (f Filter, err error) {
	list := func(name string) (out []string) {
		for _, v := range q[name] {
			for s := range strings.SplitSeq(v, ",") {
				if s = strings.TrimSpace(s); s != "" {
					out = append(out, s)
				}
			}
		}
		return out
	}
	bad := func(name, want string) error {
		return fmt.Errorf("%s: %.100q is not %s", name, q.Get(name), want)
	}
	for _, r := range list(pRelation) {
		f.Relations = append(f.Relations, graph.IRI(r))
	}
	for _, s := range list(pStatus) {
		i := slices.Index(Statuses[:], s)
		if i < 0 {
			return f, bad(pStatus, "one of "+strings.Join(Statuses[:], ", "))
		}
		f.Status = append(f.Status, Status(i))
	}
	if f.Side = q.Get(pSide); f.Side != "" && f.Side != "cooperation" && f.Side != "conflict" {
		return f, bad(pSide, "cooperation or conflict")
	}
	f.From, f.To = NoDay, LastDay
	if s := q.Get(pFrom); s != "" {
		if f.From, f.Dated = ParseDay(s); !f.Dated {
			return f, bad(pFrom, DayForms)
		}
	}
	if s := q.Get(pTo); s != "" {
		first, ok := ParseDay(s)
		if !ok {
			return f, bad(pTo, DayForms)
		}
		t := first.Time()
		switch len(s) {
		case len("2017"):
			t = t.AddDate(1, 0, -1)
		case len("2017-07"):
			t = t.AddDate(0, 1, -1)
		}
		f.To, f.Dated = DayOf(t), true
	}
	for _, o := range q[pOutlet] {
		if o = strings.TrimSpace(o); o != "" {
			f.Outlets = append(f.Outlets, o)
		}
	}
	f.Speaker, f.Type, f.Text = graph.IRI(q.Get(pSpeaker)), graph.IRI(q.Get(pType)), strings.TrimSpace(q.Get(pText))
	if s := q.Get(pConfidence); s != "" {
		if f.Confidence, err = strconv.ParseFloat(s, 64); err != nil || !(f.Confidence >= 0 && f.Confidence <= 1) {
			return f, bad(pConfidence, "a number from 0 to 1")
		}
	}
	if s := q.Get(pArticles); s != "" {
		if f.Articles, err = strconv.Atoi(s); err != nil || f.Articles < 0 {
			return f, bad(pArticles, "a number of articles")
		}
	}
	if f.Role = q.Get(pRole); f.Role != "" && f.Role != "subject" && f.Role != "object" {
		return f, bad(pRole, "subject or object")
	}
	if f.Verdict = q.Get(pVerdict); f.Verdict != "" && !slices.Contains(Verdicts[:], f.Verdict) {
		return f, bad(pVerdict, "one of "+strings.Join(Verdicts[:], ", "))
	}
	return f, nil
}

// Empty says whether f picks every claim that nobody rejected.
func (f *Filter) Empty() bool { return len(f.Values()) == 0 }

// Values writes f as parameters, so that ParseFilter of them is f.
func (f *Filter) Values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	join := func(name string, n int, at func(int) string) {
		var l []string
		for i := range n {
			l = append(l, at(i))
		}
		set(name, strings.Join(l, ","))
	}
	join(pRelation, len(f.Relations), func(i int) string { return string(f.Relations[i]) })
	join(pStatus, len(f.Status), func(i int) string { return f.Status[i].String() })
	set(pSide, f.Side)
	if f.Dated && f.From != NoDay {
		set(pFrom, f.From.String())
	}
	if f.Dated && f.To != LastDay {
		set(pTo, f.To.String())
	}
	if len(f.Outlets) > 0 {
		q[pOutlet] = slices.Clone(f.Outlets)
	}
	set(pSpeaker, string(f.Speaker))
	if f.Confidence > 0 {
		set(pConfidence, strconv.FormatFloat(f.Confidence, 'f', -1, 64))
	}
	if f.Articles > 0 {
		set(pArticles, strconv.Itoa(f.Articles))
	}
	set(pType, string(f.Type))
	set(pRole, f.Role)
	set(pText, f.Text)
	set(pVerdict, f.Verdict)
	return q
}

// PicksDay says whether d lies between From and To, or these do not hold.
func (f *Filter) PicksDay(d Day) bool { return !f.Dated || d != NoDay && d >= f.From && d <= f.To }

// Pick returns those of claims that f picks, in their order. about is the entity whose claims they are, for Role and Type; None where
// there is none: Type then holds for subject or object.
func (x *Index) Pick(claims []Ref, f *Filter, about Ref) []Ref {
	if f.Empty() {
		return x.Kept(claims)
	}
	picks := x.Picker(f, about)
	var out []Ref
	for _, r := range claims {
		if picks(r) {
			out = append(out, r)
		}
	}
	return out
}

// Picker says of claims whether f picks them, with about as Pick has it.
func (x *Index) Picker(f *Filter, about Ref) func(Ref) bool {
	speaker := None
	if f.Speaker != "" && f.Speaker != "-" {
		if speaker, _ = x.Entity(f.Speaker); speaker == None {
			return func(Ref) bool { return false }
		}
	}
	relations := map[Ref]bool{}
	for _, id := range f.Relations {
		if r, ok := x.Relation(id); ok {
			relations[r] = true
		}
	}
	text := strings.ToLower(f.Text)
	typed := x.Typed(f.Type)
	is := func(e Ref) bool { return e != None && e != about && typed(e) }
	var outlets map[int32]bool
	if len(f.Outlets) > 0 {
		outlets = map[int32]bool{}
		for i, o := range x.outlets {
			outlets[int32(i)] = slices.Contains(f.Outlets, o)
		}
	}
	var labels, words memo
	if text != "" {
		labels, words = make(memo, len(x.Entities)), make(memo, len(x.Relations))
	}
	has := func(e Ref) bool {
		return e != None && labels.of(e, func() bool { return strings.Contains(strings.ToLower(x.Entities[e].Label), text) })
	}
	said := func(r Ref) bool {
		return words.of(r, func() bool { return strings.Contains(strings.ToLower(x.Relations[r].Label), text) })
	}
	return func(r Ref) bool {
		c := &x.Claims[r]
		switch {
		case len(f.Relations) > 0 && !relations[c.Relation],
			len(f.Status) > 0 && !slices.Contains(f.Status, c.Status),
			f.Side == "cooperation" && !c.Cooperative(), f.Side == "conflict" && !c.Conflictual(), !f.PicksDay(c.Day),
			outlets != nil && (c.Article == None || !outlets[x.outlet[c.Article]]),
			f.Speaker == "-" && c.Source != None, speaker != None && c.Source != speaker,
			float64(c.Confidence) < f.Confidence-1e-6 && !x.accepted(r), !x.verdictPicks(f, r), int(c.Independent) < f.Articles,
			f.Type != "" && !is(c.Subject) && !is(c.Object),
			about != None && f.Role == "subject" && c.Subject != about, about != None && f.Role == "object" && c.Object != about,
			text != "" && !has(c.Subject) && !has(c.Object) && !said(c.Relation) && !strings.Contains(strings.ToLower(c.Literal), text):
			return false
		}
		return true
	}
}

// memo remembers an answer about each row: 0 is not asked yet, 1 no, 2 yes.
type memo []uint8

func (m memo) of(r Ref, ask func() bool) bool {
	if m[r] == 0 {
		m[r] = 1
		if ask() {
			m[r] = 2
		}
	}
	return m[r] == 2
}
