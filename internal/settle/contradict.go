package settle

import (
	"cmp"
	"slices"
	"strings"

	"kg/graph"
)

// contradiction is a pair of claims, the smaller index first.
type contradiction struct {
	a, b   int
	reason string // "polarity", "quantity"
	change bool   // the later one tells of another time: nothing contradicts, something has turned
}

// nearby is how many days lie between the reports of two claims about one and the same time, where neither says when.
const nearby = 7

// maxEach is the number of claims of the other side, the nearest in time, to which a claim is linked.
const maxEach = 8

// standing relations hold over time; the others tell of what happens.
func (w *world) standing(p graph.IRI) bool { return eventKind(w.relation(p)) == "" }

// opposite relations: who rejects a plan does not agree to it.
var opposite = map[graph.IRI]graph.IRI{"kgo:rejects": "kgo:agreesTo", "kgo:opposes": "kgo:supports"}

// voiced relations are done with words that are not in the claim: who asked somebody for one thing may not have asked for another.
var voiced = map[graph.IRI]bool{"kgo:requests": true, "kgo:demands": true, "kgo:says": true, "kgo:has": true}

// descriptive rules read what a phrase calls somebody, which no denial of its clause touches.
var descriptive = map[string]bool{"appos": true, "title": true, "nmod": true, "possessive": true, "compound": true, "demonym": true,
	"place": true, "acronym": true, "agent": true}

// findContradictions compares claims of the same subject, relation and object, and the numbers of one event.
func (w *world) findContradictions(events []*event) []contradiction {
	found := map[[2]int]contradiction{}
	note := func(a, b int, reason string, change bool) {
		if a > b {
			a, b = b, a
		}
		if old, ok := found[[2]int{a, b}]; !ok || old.change && !change {
			found[[2]int{a, b}] = contradiction{a, b, reason, change}
		}
	}
	type sides struct{ yes, no []int }
	by := map[statement]*sides{}
	for i := range w.Claims {
		c := &w.Claims[i]
		if c.Modality != "asserted" || !w.definite(c) || voiced[c.Predicate] || descriptive[c.Rule] {
			continue
		}
		key := w.statementOf(c)
		negative := c.Polarity == "-"
		if p, ok := opposite[c.Predicate]; ok {
			key.predicate, negative = p, !negative
		}
		key.polarity, key.object = "", w.sameObject(c, key.object)
		if by[key] == nil {
			by[key] = &sides{}
		}
		if s := by[key]; negative {
			s.no = append(s.no, i)
		} else {
			s.yes = append(s.yes, i)
		}
	}
	for _, s := range by {
		if len(s.yes) == 0 || len(s.no) == 0 {
			continue
		}
		for _, side := range [2][2][]int{{s.yes, s.no}, {s.no, s.yes}} {
			for _, i := range side[0] {
				near := slices.Clone(side[1])
				slices.SortFunc(near, func(j, k int) int {
					return cmp.Or(w.distance(i, j)-w.distance(i, k), j-k)
				})
				for _, j := range near[:min(len(near), maxEach)] {
					switch w.times(i, j) {
					case sameTime:
						note(i, j, "polarity", false)
					case otherTime:
						if w.standing(w.Claims[i].Predicate) && w.Claims[i].Predicate != "kgo:informs" {
							note(i, j, "polarity", true)
						}
					}
				}
			}
		}
	}
	for _, e := range events {
		for x := range e.casualties {
			for y := range e.casualties[:x] {
				a, b := &e.casualties[x], &e.casualties[y]
				if a.what == b.what && a.n.differ(b.n) && w.comparable(a.claim, b.claim) {
					note(a.claim, b.claim, "quantity", false)
				}
			}
		}
	}
	w.findAmounts(func(a, b int) { note(a, b, "quantity", false) })
	out := make([]contradiction, 0, len(found))
	for _, c := range found {
		if a, b := &w.Claims[c.a], &w.Claims[c.b]; a.Article == b.Article && a.AttributedTo == b.AttributedTo && c.reason == "polarity" {
			continue // nobody contradicts himself in one article: he means two things
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y contradiction) int { return slices.Compare([]int{x.a, x.b}, []int{y.a, y.b}) })
	return out
}

// sameObject names what a claim is about as another article would: what only one article knows by its description, where that is of
// more than a word.
func (w *world) sameObject(c *graph.FoundClaim, key string) string {
	e := w.entity(c.Object.Entity)
	if e == nil || !local(e.ID) || !w.named(c.Subject) || !strings.Contains(e.Label, " ") {
		return key
	}
	return strings.ToLower(e.Label)
}

// definite says whether subject and object of a claim are the same thing wherever they are named. "Traders" are others in every
// article.
func (w *world) definite(c *graph.FoundClaim) bool {
	one := func(id graph.IRI, at graph.Span) bool {
		e := w.entity(id)
		if !local(id) || e == nil || !w.anybody(id) && (strings.Contains(e.Label, " ") || id != c.Subject && w.named(c.Subject)) {
			return w.named(id) || local(id) && e != nil
		}
		first, _, _ := strings.Cut(strings.ToLower(w.words(c, at)), " ")
		return pointing[first] // "the licences", but "licences" are any
	}
	if !one(c.Subject, c.SubjectSpan) {
		return false
	}
	if c.Object.Entity != "" {
		return one(c.Object.Entity, c.ObjectSpan)
	}
	return strings.TrimSpace(c.Object.Literal) != ""
}

var pointing = map[string]bool{"the": true, "this": true, "that": true, "these": true, "those": true, "its": true, "his": true,
	"her": true, "their": true, "our": true, "my": true}

type relativeTime uint8

const (
	unclearTime relativeTime = iota
	sameTime
	otherTime
)

// times compares when two claims hold: by what they say or, where they do not, by the days of their articles.
func (w *world) times(i, j int) relativeTime {
	a, b := &w.Claims[i], &w.Claims[j]
	sa, oka := spanOf(a.Time)
	sb, okb := spanOf(b.Time)
	da, db := w.day[w.articles[a.Article]], w.day[w.articles[b.Article]]
	if oka && okb {
		if sa.overlaps(sb) {
			return sameTime
		}
		return otherTime
	}
	if a.Article == b.Article {
		if oka != okb {
			return unclearTime
		}
		return sameTime
	}
	if !oka && da != 0 {
		sa = span{da - nearby, da}
	}
	if !okb && db != 0 {
		sb = span{db - nearby, db}
	}
	switch {
	case !oka && da == 0 || !okb && db == 0:
		return unclearTime
	case sa.overlaps(sb):
		return sameTime
	}
	return otherTime
}

// distance is how many days lie between the reports of two claims.
func (w *world) distance(i, j int) int {
	d := w.day[w.articles[w.Claims[i].Article]] - w.day[w.articles[w.Claims[j].Article]]
	return max(d, -d)
}

// comparable says whether two claims about one event give numbers that ought to be equal: both assert, of the same people.
func (w *world) comparable(i, j int) bool {
	a, b := &w.Claims[i], &w.Claims[j]
	if a.Modality != "asserted" || b.Modality != "asserted" || a.Polarity != "+" || b.Polarity != "+" || a.Sentence == b.Sentence {
		return false
	}
	return w.times(i, j) != otherTime
}

// contradictionQuads links both ways and gives each pair a node with its reason; what has turned is linked from the earlier claim to
// the later one.
func (w *world) contradictionQuads(list []contradiction) (quads []graph.Quad) {
	add := func(s, p graph.IRI, o graph.Term) { quads = append(quads, quad(graph.Res(s), p, o)) }
	for _, c := range list {
		a, b := w.Claims[c.a].ID, w.Claims[c.b].ID
		if c.change {
			if w.laterThan(c.a, c.b) {
				a, b = b, a
			}
			add(a, graph.KgoChangedTo, graph.Res(b))
			continue
		}
		id := graph.IRI("kg:contradiction/" + hashOf(string(a), string(b)))
		add(id, "rdf:type", graph.Res(graph.ClassContradiction))
		add(id, graph.KgoReason, graph.Str(c.reason))
		add(id, graph.KgoOneClaim, graph.Res(a))
		add(id, graph.KgoOneClaim, graph.Res(b))
		add(a, graph.KgoContradicts, graph.Res(b))
		add(b, graph.KgoContradicts, graph.Res(a))
	}
	return quads
}

// laterThan says whether claim i tells of a later time than j.
func (w *world) laterThan(i, j int) bool {
	at := func(i int) int {
		c := &w.Claims[i]
		if s, ok := spanOf(c.Time); ok && s.from != minDay {
			return s.from
		}
		return w.day[w.articles[c.Article]]
	}
	return at(i) > at(j)
}

// findAmounts calls note with claims that give the same subject different amounts of the same for the same time: "pumped 1.2 mln bpd
// in February". Where either does not say when, two amounts may both be right.
func (w *world) findAmounts(note func(a, b int)) {
	type measured struct {
		subject, predicate graph.IRI
		rest, time         string
	}
	type given struct {
		claim int
		n     amount
	}
	by := map[measured][]given{}
	for i := range w.Claims {
		c := &w.Claims[i]
		if c.Modality != "asserted" || c.Polarity != "+" || c.Time == "" || !w.named(c.Subject) && (!local(c.Subject) || w.anybody(c.Subject)) || counting[c.Predicate] {
			continue
		}
		if s, ok := spanOf(c.Time); !ok || s.days() > longestPeriod {
			continue
		}
		if n, ok := amountOf(w.objectWords(c)); ok && n.rest != "" {
			key := measured{c.Subject, c.Predicate, n.rest, c.Time}
			by[key] = append(by[key], given{i, n})
		}
	}
	for _, list := range by {
		for x, a := range list {
			for _, b := range list[:x] {
				if a.n.differ(b.n) && w.Claims[a.claim].Sentence != w.Claims[b.claim].Sentence {
					note(a.claim, b.claim)
				}
			}
		}
	}
}

// longestPeriod is the number of days up to which a time is one period: a year has quarters with figures of their own.
const longestPeriod = 100

// counting relations may hold of several amounts at once.
var counting = map[graph.IRI]bool{"kgo:has": true, "kgo:is": true, "kgo:acquires": true, "kgo:sells": true, "kgo:owns": true,
	"kgo:agreesTo": true, "kgo:says": true, "kgo:kills": true, "kgo:injures": true}
