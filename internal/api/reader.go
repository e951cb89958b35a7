package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/index"
)

// Addresses make the addresses of pages out of compact IRIs.
type Addresses struct{ Entity, Claim, Article, Event, Relation func(graph.IRI) string }

// Reader answers questions about a store. It is safe for concurrent use.
type Reader struct {
	Store *graph.Store
	Live  *index.Live
	// At are the addresses of pages; answers have none where a function is nil.
	At Addresses
}

// ErrUnknown is matched by the error about a name that the graph does not have.
var ErrUnknown = errors.New("not in the graph")

// ParameterError names the parameter that is at fault and its value.
type ParameterError struct{ Name, Value, Fault string }

func (e *ParameterError) Error() string {
	return fmt.Sprintf("%s: %.100q %s", e.Name, e.Value, e.Fault)
}

// Part is the part of a list that is asked for.
type Part struct{ Offset, Limit int }

const (
	// DefaultLimit and MaxLimit are items of a list, where the asker names no number and at most.
	DefaultLimit = 50
	MaxLimit     = 500
	// MaxLength is the most claims of a way.
	MaxLength = 4
)

// bounded is p within the bounds that hold for every list.
func (p Part) bounded() Part {
	if p.Limit <= 0 {
		p.Limit = DefaultLimit
	}
	return Part{max(p.Offset, 0), min(p.Limit, MaxLimit)}
}

func part[T any](list []T, p Part) []T {
	p = p.bounded()
	begin := min(p.Offset, len(list))
	return list[begin:min(begin+p.Limit, len(list))]
}

func listOf[S, T any](all []S, p Part, what string, view func(S) (T, error)) (l List[T], err error) {
	p = p.bounded()
	l = List[T]{Items: []T{}, Total: len(all), Offset: p.Offset, Limit: p.Limit}
	for _, e := range part(all, p) {
		v, err := view(e)
		if err != nil {
			return l, err
		}
		l.Items = append(l.Items, v)
	}
	l.Note = fmt.Sprintf("showing %d of %d %s", len(l.Items), l.Total, what)
	return l, nil
}

// Index is the index of the store.
func (r *Reader) Index(ctx context.Context) (*index.Index, error) { return r.Live.Index(ctx) }

// Wait returns the index once it is made, however long that takes.
func (r *Reader) Wait(ctx context.Context) (*index.Index, error) {
	for {
		x, err := r.Live.Index(ctx)
		var making *index.Making
		if !errors.As(err, &making) {
			return x, err
		}
	}
}

// ID is the compact IRI of what a program calls name: "kg:Russia", "Russia" or a full IRI; kind is what stands before the names of its
// kind, "kg:", "kg:claim/" …
func (r *Reader) ID(kind, name string) graph.IRI {
	name = strings.TrimSpace(name)
	if id := string(r.Store.Compact(name)); strings.HasPrefix(id, "kg:") || strings.HasPrefix(id, "kgo:") {
		return graph.IRI(id)
	}
	ns, path, _ := strings.Cut(kind, ":")
	return graph.IRI(ns + ":" + path + strings.TrimPrefix(name, path))
}

// EntityRef finds the entity that a program calls name, by its IRI, or else by exactly this label or alias, whatever the capitals: of
// several that have it the one of most claims.
func (r *Reader) EntityRef(x *index.Index, name string) (index.Ref, error) {
	if e, ok := x.Entity(r.ID("kg:", name)); ok {
		return e, nil
	}
	if e, ok := x.Entity(r.ID("kg:", strings.ReplaceAll(strings.TrimSpace(name), " ", "_"))); ok {
		return e, nil
	}
	for _, h := range x.Complete(name, 5) {
		if strings.EqualFold(h.Name, strings.TrimSpace(name)) {
			return h.Entity, nil
		}
	}
	return index.None, fmt.Errorf("entity %.200q: %w", name, ErrUnknown)
}

func address(f func(graph.IRI) string, id graph.IRI) string {
	if f == nil {
		return ""
	}
	return f(id)
}

func (r *Reader) thing(x *index.Index, e index.Ref) *Thing {
	if e == index.None {
		return nil
	}
	v := &x.Entities[e]
	return &Thing{v.ID, cmp.Or(v.Label, index.Words(string(v.ID))), v.Type(), address(r.At.Entity, v.ID)}
}

func (r *Reader) things(x *index.Index, list []index.Ref) []Thing {
	out := []Thing{}
	for _, e := range list {
		out = append(out, *r.thing(x, e))
	}
	return out
}

func (r *Reader) tag(x *index.Index, ref index.Ref, q index.Quad) Tag {
	v := &x.Relations[ref]
	return Tag{v.ID, v.Label, address(r.At.Relation, v.ID), q.Side()}
}

func (r *Reader) source(x *index.Index, a index.Ref) *Source {
	if a == index.None {
		return nil
	}
	v := &x.Articles[a]
	return &Source{v.ID, address(r.At.Article, v.ID), v.URL, v.Headline, v.Outlet, v.Day.String()}
}

func score(s float32, ok bool) *float64 {
	if !ok {
		return nil
	}
	f := math.Round(float64(s)*100) / 100
	return &f
}

func types(list []graph.IRI) []Type {
	out := []Type{}
	for _, t := range list {
		out = append(out, Type{t, index.Words(string(t))})
	}
	return out
}

// row is a claim without what stands in the store: sentence and arguments.
func (r *Reader) row(x *index.Index, ref index.Ref) Claim {
	c := &x.Claims[ref]
	v := Claim{ID: c.ID, IRI: r.Store.Expand(c.ID), URL: address(r.At.Claim, c.ID), Relation: r.tag(x, c.Relation, c.Quad),
		Object: r.thing(x, c.Object), Text: c.Literal, Status: c.Status.String(), Speaker: r.thing(x, c.Source), Day: c.Day.String(),
		Time: c.Time, Place: r.thing(x, c.Place),
		Article: r.source(x, c.Article), Confidence: math.Round(float64(c.Confidence)*1000) / 1000, Rule: c.Rule, Class: c.Quad.String(),
		Score: score(c.Score, c.Scored), Articles: int(c.Articles), Independent: int(c.Independent)}
	if c.Subject != index.None {
		v.Subject = *r.thing(x, c.Subject)
	}
	if j, ok := x.Verdict(ref); ok {
		v.Verdict = map[string]string{graph.Accept: "accepted", graph.Reject: "rejected"}[j.Kind]
	}
	for _, o := range c.Contradicts {
		v.Contradicts = append(v.Contradicts, x.Claims[o].ID)
	}
	for _, o := range c.ChangedTo {
		v.ChangedTo = append(v.ChangedTo, x.Claims[o].ID)
	}
	if c.Event != index.None {
		v.Event = x.Events[c.Event].ID
	}
	return v
}

// Claim is one claim with its sentence. One that has left the store since the index was made has none.
func (r *Reader) Claim(ctx context.Context, x *index.Index, ref index.Ref) (Claim, error) {
	v := r.row(x, ref)
	for c, err := range r.Store.Claims(ctx, graph.ClaimFilter{ID: v.ID}) {
		if err != nil {
			return v, err
		}
		sent, _, ok, err := r.Store.Sentence(ctx, c.Sentence)
		if err != nil {
			return v, err
		}
		if ok {
			v.Sentence = &Sentence{ID: sent.ID, Text: sent.Text, Begin: sent.Begin, End: sent.End, Marks: marks(&sent, &c.Claim)}
		}
		for _, a := range c.Arguments {
			arg := Argument{Role: a.Role, Case: a.Case, Text: a.Text}
			if e, ok := x.Entity(a.Entity); ok {
				arg.Entity = r.thing(x, e)
			}
			v.Arguments = append(v.Arguments, arg)
		}
	}
	return v, nil
}

// marks are the words of a claim that stand in its sentence.
func marks(sent *graph.Sentence, c *graph.Claim) (list []Mark) {
	for _, m := range []struct {
		part string
		span graph.Span
	}{{"subject", c.SubjectSpan}, {"relation", c.PredicateSpan}, {"object", c.ObjectSpan}} {
		if m.span.End > m.span.Begin && m.span.Begin >= sent.Begin && m.span.End <= sent.End {
			list = append(list, Mark{m.part, m.span.Begin - sent.Begin, m.span.End - sent.Begin})
		}
	}
	return list
}

// Claims lists the claims that f picks: of all, or of the entity about where that is not None.
func (r *Reader) Claims(ctx context.Context, x *index.Index, about index.Ref, f *index.Filter, by string, p Part) (List[Claim], error) {
	var all []index.Ref
	if about != index.None {
		all = x.Entities[about].Claims
	} else {
		all = make([]index.Ref, len(x.Claims))
		for i := range all {
			all[i] = index.Ref(i)
		}
	}
	return r.sorted(ctx, x, x.Pick(all, f, about), by, p)
}

// Between lists the claims that have one of a and b as subject and the other as object.
func (r *Reader) Between(ctx context.Context, x *index.Index, a, b index.Ref, f *index.Filter, by string, p Part) (List[Claim], error) {
	return r.sorted(ctx, x, x.Pick(x.Between(a, b), f, a), by, p)
}

// sorted lists claims in one of index.Orders.
func (r *Reader) sorted(ctx context.Context, x *index.Index, claims []index.Ref, by string, p Part) (List[Claim], error) {
	p = p.bounded()
	return r.list(ctx, x, x.Sorted(claims, by, p.Offset+p.Limit), p)
}

func (r *Reader) list(ctx context.Context, x *index.Index, claims []index.Ref, p Part) (List[Claim], error) {
	return listOf(claims, p, "claims", func(c index.Ref) (Claim, error) { return r.Claim(ctx, x, c) })
}

func (r *Reader) entity(x *index.Index, e index.Ref) Entity {
	v := &x.Entities[e]
	out := Entity{Thing: *r.thing(x, e), IRI: r.Store.Expand(v.ID), Types: types(v.Types), Aliases: append([]string{}, v.Aliases...),
		SameAs: []string{}, Claims: len(v.Claims), Articles: v.Articles, Events: len(v.Events), First: v.First.String(), Last: v.Last.String()}
	for _, id := range v.SameAs {
		out.SameAs = append(out.SameAs, r.Store.Expand(id))
	}
	return out
}

// Entities lists those with a name that q may mean, or all, by falling number of claims; kind is a type that they must have.
func (r *Reader) Entities(x *index.Index, q string, kind graph.IRI, p Part) (List[Entity], error) {
	var all []index.Ref
	has := func(e index.Ref) bool { return kind == "" || slices.Contains(x.Entities[e].Types, kind) }
	if strings.TrimSpace(q) != "" {
		for _, h := range x.Complete(q, 10*MaxLimit) {
			if has(h.Entity) {
				all = append(all, h.Entity)
			}
		}
	} else {
		for e := range x.Entities {
			if has(index.Ref(e)) {
				all = append(all, index.Ref(e))
			}
		}
	}
	return listOf(all, p, "entities", func(e index.Ref) (Entity, error) { return r.entity(x, e), nil })
}

// neighboursShown of a group are listed.
const neighboursShown = 10

// Entity is an entity with its groups.
func (r *Reader) Entity(x *index.Index, e index.Ref) EntityDetail {
	out := EntityDetail{Entity: r.entity(x, e), Groups: []Group{}}
	for _, g := range x.Groups(e, x.Kept(x.Entities[e].Claims)) {
		x.Describe(&g, e, neighboursShown)
		v := Group{Relation: r.tag(x, g.Relation, x.Relations[g.Relation].Quad), Direction: "in", Claims: len(g.Claims), Articles: g.Articles,
			First: g.First.String(), Last: g.Last.String(), Neighbours: []GroupNeighbour{}, More: g.Names - len(g.Neighbours)}
		switch {
		case x.Relations[g.Relation].Symmetric:
			v.Direction = "both"
		case g.Out:
			v.Direction = "out"
		}
		for _, n := range g.Neighbours {
			v.Neighbours = append(v.Neighbours, GroupNeighbour{*r.thing(x, n.Entity), len(n.Claims)})
		}
		out.Groups = append(out.Groups, v)
	}
	return out
}

// Neighbours lists the entities that claims which f picks connect with e, those of most articles first.
func (r *Reader) Neighbours(x *index.Index, e index.Ref, f *index.Filter, p Part) (List[Neighbour], error) {
	return listOf(x.Neighbours(e, x.Pick(x.Entities[e].Claims, f, e)), p, "neighbours", func(n index.Neighbour) (Neighbour, error) {
		v := Neighbour{Entity: *r.thing(x, n.Entity), Claims: len(n.Claims), Articles: n.Articles, Independent: n.Independent,
			First: n.First.String(), Last: n.Last.String(), Relations: []RelationCount{}}
		counts := map[index.Ref]int{}
		for _, c := range n.Claims {
			counts[x.Claims[c].Relation]++
			switch q := x.Claims[c].Quad; {
			case q.Cooperative():
				v.Cooperation++
			case q.Conflictual():
				v.Conflict++
			}
		}
		for rel, n := range counts {
			v.Relations = append(v.Relations, RelationCount{r.tag(x, rel, x.Relations[rel].Quad), n})
		}
		slices.SortFunc(v.Relations, func(a, b RelationCount) int {
			return cmp.Or(b.Claims-a.Claims, cmp.Compare(a.Relation.ID, b.Relation.ID))
		})
		v.Relations = v.Relations[:min(len(v.Relations), 10)]
		return v, nil
	})
}

func (r *Reader) article(x *index.Index, a index.Ref) Article {
	v := &x.Articles[a]
	out := Article{Source: *r.source(x, a), IRI: r.Store.Expand(v.ID), Language: v.Language, Claims: len(v.Claims), NearDuplicates: []Source{}}
	if !v.Published.IsZero() {
		out.Published = v.Published.Format(time.RFC3339)
	}
	for _, d := range v.NearDuplicates {
		out.NearDuplicates = append(out.NearDuplicates, *r.source(x, d))
	}
	return out
}

// Articles lists articles, the newest first: from, to and outlet as index.Filter has them, text is what the headline has.
func (r *Reader) Articles(x *index.Index, f *index.Filter, p Part) (List[Article], error) {
	var all []index.Ref
	text := strings.ToLower(f.Text)
	for i := len(x.Articles) - 1; i >= 0; i-- {
		a := &x.Articles[i]
		if !f.PicksDay(a.Day) || len(f.Outlets) > 0 && !slices.Contains(f.Outlets, a.Outlet) ||
			text != "" && !strings.Contains(strings.ToLower(a.Headline), text) {
			continue
		}
		all = append(all, index.Ref(i))
	}
	return listOf(all, p, "articles", func(a index.Ref) (Article, error) { return r.article(x, a), nil })
}

// Article is an article with what it says.
func (r *Reader) Article(ctx context.Context, x *index.Index, a index.Ref, p Part) (out ArticleDetail, err error) {
	out.Article = r.article(x, a)
	out.Says, err = r.list(ctx, x, x.Kept(x.Articles[a].Claims), p)
	return out, err
}

// Relation is one relation.
func (r *Reader) Relation(x *index.Index, ref index.Ref) Relation {
	v := &x.Relations[ref]
	s, ok := v.Relation.Score()
	return Relation{Tag: r.tag(x, ref, v.Quad), IRI: r.Store.Expand(v.ID), Open: v.Open(), Parent: v.Parent, Symmetric: v.Symmetric,
		PLOVER: v.PLOVER, CAMEO: v.CAMEO, Score: score(float32(s), ok), Class: v.Quad.String(), Claims: len(v.Claims)}
}

// Relations lists the relations that claims use, the most frequent first; open is "", "yes" or "no", text what the label has.
func (r *Reader) Relations(x *index.Index, open, text string, p Part) (List[Relation], error) {
	var all []index.Ref
	for i := range x.Relations {
		v := &x.Relations[i]
		if open != "" && v.Open() != (open == "yes") || text != "" && !strings.Contains(strings.ToLower(v.Label), strings.ToLower(text)) {
			continue
		}
		all = append(all, index.Ref(i))
	}
	return listOf(all, p, "relations", func(e index.Ref) (Relation, error) { return r.Relation(x, e), nil })
}

func (r *Reader) event(x *index.Index, ref index.Ref) Event {
	v := &x.Events[ref]
	return Event{ID: v.ID, IRI: r.Store.Expand(v.ID), URL: address(r.At.Event, v.ID), Label: cmp.Or(v.Label, index.Words(string(v.ID))),
		Types: types(v.Types), Kind: v.Kind, Day: v.Day.String(), Time: v.Time, Reported: v.Reported, LastReported: v.LastReported,
		Place: r.thing(x, v.PlaceRef), Series: r.thing(x, v.SeriesRef), Agents: r.things(x, v.Agents), Patients: r.things(x, v.Patients),
		Participants: r.things(x, v.Others), Quantities: append([]string{}, v.Quantities...), Claims: len(v.Claims), Articles: v.Event.Articles, Independent: v.Independent}
}

// Events lists events, the latest first: from, to and text (of the label) as index.Filter has them, of the entity about unless that is
// None.
func (r *Reader) Events(x *index.Index, about index.Ref, f *index.Filter, kind string, p Part) (List[Event], error) {
	var all []index.Ref
	text := strings.ToLower(f.Text)
	add := func(ref index.Ref) {
		v := &x.Events[ref]
		if !f.PicksDay(v.Day) || kind != "" && !strings.EqualFold(v.Kind, kind) ||
			text != "" && !strings.Contains(strings.ToLower(v.Label), text) {
			return
		}
		all = append(all, ref)
	}
	if about != index.None {
		list := x.Entities[about].Events
		for i := len(list) - 1; i >= 0; i-- {
			add(list[i])
		}
	} else {
		for i := len(x.Events) - 1; i >= 0; i-- {
			add(index.Ref(i))
		}
	}
	return listOf(all, p, "events", func(e index.Ref) (Event, error) { return r.event(x, e), nil })
}

// Event is an event with the claims that tell of it.
func (r *Reader) Event(ctx context.Context, x *index.Index, ref index.Ref, p Part) (out EventDetail, err error) {
	out.Event = r.event(x, ref)
	out.Judgements, out.Alike = []Judgement{}, []AlikeEvent{}
	people, _, err := r.Store.Judgements(ctx)
	if err != nil {
		return out, err
	}
	of := map[graph.IRI]bool{}
	for _, c := range x.Events[ref].Claims {
		of[x.Claims[c].ID] = true
	}
	for _, j := range people {
		if j.OnEvent() && (of[j.From] || of[j.Into]) {
			out.Judgements = append(out.Judgements, JudgementOf(j))
		}
	}
	out.ToldBy, err = r.list(ctx, x, x.Kept(x.Events[ref].Claims), p)
	return out, err
}

// Alike are pairs of events that may be one.
func (r *Reader) Alike(x *index.Index, pairs []index.EventPair, p Part) (List[AlikeEvents], error) {
	return listOf(pairs, p, "pairs of events", func(pair index.EventPair) (AlikeEvents, error) {
		pair = x.Explain(pair)
		return AlikeEvents{r.event(x, pair.A), r.event(x, pair.B), pair.Score, pair.Evidence}, nil
	})
}

// AlikeTo are those events of pairs that may be the event ref.
func (r *Reader) AlikeTo(x *index.Index, ref index.Ref, pairs []index.EventPair, most int) []AlikeEvent {
	list := []AlikeEvent{}
	for _, p := range pairs {
		other := p.A
		if other == ref {
			other = p.B
		}
		if (p.A == ref || p.B == ref) && len(list) < most {
			list = append(list, AlikeEvent{r.event(x, other), p.Score, x.Explain(p).Evidence})
		}
	}
	return list
}

// JudgementOf is a judgement of a person.
func JudgementOf(j graph.Judgement) Judgement {
	v := Judgement{ID: j.ID(), Kind: j.Kind, From: j.From, Into: j.Into, Label: j.Label, By: j.By, Why: j.Evidence}
	if !j.When.IsZero() {
		v.When = j.When.Format(time.RFC3339)
	}
	return v
}

// Judgements lists what people judged, the latest first, of a kind unless that is "".
func (r *Reader) Judgements(ctx context.Context, kind string, p Part) (List[Judgement], error) {
	people, _, err := r.Store.Judgements(ctx)
	if err != nil {
		return List[Judgement]{}, err
	}
	people = slices.DeleteFunc(slices.Clone(people), func(j graph.Judgement) bool { return kind != "" && j.Kind != kind })
	slices.Reverse(people)
	return listOf(people, p, "judgements", func(j graph.Judgement) (Judgement, error) { return JudgementOf(j), nil })
}

// claimsShown of what connects two entities are shown.
const claimsShown = 3

// Paths are the shortest ways of at most length claims from a to b over claims that f picks.
func (r *Reader) Paths(ctx context.Context, x *index.Index, a, b index.Ref, f *index.Filter, length, limit int) (out Paths, err error) {
	out = Paths{A: *r.thing(x, a), B: *r.thing(x, b), Paths: []Path{}}
	ways, all := x.Paths(ctx, a, b, length, limit, x.Picker(f, index.None))
	for _, way := range ways {
		p := Path{Entities: r.things(x, way.Entities), Steps: []Step{}}
		for i, claims := range way.Claims {
			step := Step{From: p.Entities[i], To: p.Entities[i+1], Claims: len(claims)}
			if step.Shown, err = r.best(ctx, x, claims); err != nil {
				return out, err
			}
			p.Steps = append(p.Steps, step)
		}
		out.Paths = append(out.Paths, p)
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	switch n := len(out.Paths); {
	case n == 0:
		out.Note = fmt.Sprintf("no way of at most %d claims", length)
	case n == limit:
		out.Note = fmt.Sprintf("showing %d of the shortest ways, of %d claims each; there may be more", n, len(out.Paths[0].Steps))
	default:
		out.Note = fmt.Sprintf("%d shortest ways, of %d claims each", n, len(out.Paths[0].Steps))
	}
	if !all {
		out.Note += "; the search was given up since too many claims lie between, so there may be others, and shorter ones"
	}
	return out, nil
}

// Matrix is how actors act towards each other, by claims with a score that f picks; what is only planned, possible or denied does not
// count where f names no status. Where there are no actors, it takes the n with most to do with each other, or with of.
func (r *Reader) Matrix(x *index.Index, actors []index.Ref, of index.Ref, n int, f *index.Filter, monthly bool) Matrix {
	usual := *f
	if len(usual.Status) == 0 {
		usual.Status = []index.Status{index.Asserted, index.Reported}
	}
	timeless := usual
	timeless.From, timeless.To, timeless.Dated = index.NoDay, index.LastDay, false
	scored := x.Scored(&timeless)
	closest, total := x.Actors(scored, of, n)
	if len(actors) == 0 {
		actors = closest
	}
	in := map[index.Ref]bool{}
	for _, a := range actors {
		in[a] = true
	}
	between := slices.DeleteFunc(scored, func(c index.Ref) bool { return !in[x.Claims[c].Subject] || !in[x.Claims[c].Object] })
	out := Matrix{Actors: r.things(x, actors), Total: total, Cells: []MatrixCell{}, Months: []MatrixMonth{},
		Note: fmt.Sprintf("showing %d of %d actors", len(actors), max(total, len(actors)))}
	for _, m := range x.Months(between) {
		if m.N > 0 {
			out.Months = append(out.Months, MatrixMonth{m.Month, m.N})
		}
	}
	for _, m := range x.Means(x.Pick(between, &usual, index.None), monthly) {
		out.Claims += m.N
		out.Cells = append(out.Cells, MatrixCell{x.Entities[m.Subject].ID, x.Entities[m.Object].ID, m.Month, math.Round(100*m.Score) / 100, m.N})
	}
	return out
}

// best are some of claims, those that most articles make and the surest.
func (r *Reader) best(ctx context.Context, x *index.Index, claims []index.Ref) ([]Claim, error) {
	claims = slices.Clone(claims)
	slices.SortStableFunc(claims, func(a, b index.Ref) int {
		p, q := &x.Claims[a], &x.Claims[b]
		return cmp.Or(cmp.Compare(q.Independent, p.Independent), cmp.Compare(q.Confidence, p.Confidence))
	})
	out := []Claim{}
	for _, c := range claims[:min(len(claims), claimsShown)] {
		v, err := r.Claim(ctx, x, c)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Changes compares what articles from since on tell with what earlier ones do, limit changes of each kind.
func (r *Reader) Changes(ctx context.Context, x *index.Index, since index.Day, limit int) (out Changes, err error) {
	c := x.Changes(since, index.ChangeOptions{Limit: limit})
	out = Changes{Since: since.String(), NewPairs: []NewPair{}, Turned: []Turn{}, NewEntities: []Entity{},
		TotalNewPairs: c.TotalNewPairs, TotalTurned: c.TotalTurned, TotalNewEntities: c.TotalNewEntities}
	for _, p := range c.NewPairs {
		v := NewPair{A: *r.thing(x, p.A), B: *r.thing(x, p.B), First: p.First.String(), Claims: len(p.Claims), Articles: p.Articles}
		if v.Shown, err = r.best(ctx, x, p.Claims); err != nil {
			return out, err
		}
		out.NewPairs = append(out.NewPairs, v)
	}
	for _, t := range c.Turned {
		v := Turn{A: *r.thing(x, t.A), B: *r.thing(x, t.B), Said: t.Said, Claims: len(t.Claims), Articles: t.Articles}
		if v.Before, err = r.Claim(ctx, x, t.Before); err != nil {
			return out, err
		}
		if v.After, err = r.Claim(ctx, x, t.After); err != nil {
			return out, err
		}
		out.Turned = append(out.Turned, v)
	}
	for _, e := range c.NewEntities {
		out.NewEntities = append(out.NewEntities, r.entity(x, e))
	}
	return out, nil
}

// Stats are the counts of the store as it is now: those of the index where that is of this state, else the store is counted.
func (r *Reader) Stats(ctx context.Context, x *index.Index) (graph.Stats, error) {
	version, err := r.Store.Version(ctx)
	if err != nil {
		return graph.Stats{}, err
	}
	if st, ok := x.Stats(); ok && x.Version == version {
		return st, nil
	}
	return r.Store.Stats(ctx)
}

// Search finds entities by name, and sentences and headlines by their words.
func (r *Reader) Search(ctx context.Context, x *index.Index, text string, f *index.Filter, newest bool, p Part) (out Found, err error) {
	p = p.bounded()
	hits := x.Search(text, index.SearchOptions{Offset: p.Offset, Size: p.Limit, Filter: f, Newest: newest})
	out = Found{Query: text, Entities: []FoundEntity{}, Sentences: []FoundSentence{}, Articles: []Source{}, Total: hits.Total,
		TotalArticles: hits.TotalArticles, Unknown: hits.Unknown}
	for _, h := range hits.Entities {
		out.Entities = append(out.Entities, FoundEntity{r.entity(x, h.Entity), h.Name})
	}
	for _, ref := range hits.Sentences {
		row := &x.Sentences[ref]
		sent, _, ok, err := r.Store.Sentence(ctx, row.ID)
		if err != nil {
			return out, err
		}
		if !ok { // it has left the store since the index was made
			continue
		}
		v := FoundSentence{Sentence: Sentence{ID: sent.ID, Text: sent.Text, Begin: sent.Begin, End: sent.End}, Article: r.source(x, row.Article),
			Hits: []Range{}, Claims: []Claim{}}
		for _, m := range hits.Query.Ranges(sent.Text) {
			v.Hits = append(v.Hits, Range(m))
		}
		for _, c := range x.Pick(row.Claims, f, index.None) {
			claim := r.row(x, c)
			claim.Article = nil
			v.Claims = append(v.Claims, claim)
		}
		out.Sentences = append(out.Sentences, v)
	}
	for _, a := range hits.Articles {
		out.Articles = append(out.Articles, *r.source(x, a))
	}
	out.Note = fmt.Sprintf("showing %d of %d sentences", len(out.Sentences), out.Total)
	return out, nil
}
