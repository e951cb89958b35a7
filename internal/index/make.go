package index

import (
	"cmp"
	"context"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kg/graph"
	"kg/internal/settle"
)

// Make reads a store. Its time and memory grow with the store. part is told which part of the work is done, from 0 to 1; it may be nil.
func Make(ctx context.Context, store Store, part func(float64)) (*Index, error) {
	if part == nil {
		part = func(float64) {}
	}
	whole, err := store.Whole(ctx, func(done float64) { part(.6 * done) })
	if err != nil {
		return nil, err
	}
	part(.6)
	x := build(&whole.Facts, readDerived(whole.Derived()), whole.Version)
	x.stats = &whole.Stats
	for name, id := range whole.Merged {
		if r, ok := find(x.entities, x.Entities, entityID, id); ok {
			x.merged[name] = r
		}
	}
	part(1)
	return x, nil
}

// derived is what rules added to a store.
type derived struct {
	support map[graph.IRI]graph.Support // of claims
	events  map[graph.IRI]*graph.Event
	ofEvent map[graph.IRI][]graph.IRI // events by the claim or entity that they are of
	twins   map[graph.IRI][]graph.IRI // near-duplicates by article
	pairs   []claimPair
}

type claimPair struct {
	a, b   graph.IRI
	change bool
	reason string
}

func readDerived(quads iter.Seq[graph.Quad]) *derived {
	d := &derived{support: map[graph.IRI]graph.Support{}, events: map[graph.IRI]*graph.Event{}, ofEvent: map[graph.IRI][]graph.IRI{},
		twins: map[graph.IRI][]graph.IRI{}}
	type contradiction struct {
		claims []graph.IRI
		reason string
	}
	contradictions := map[graph.IRI]*contradiction{}
	event := func(id graph.IRI) *graph.Event {
		e := d.events[id]
		if e == nil {
			e = &graph.Event{ID: id}
			d.events[id] = e
		}
		return e
	}
	for q := range quads {
		g := graph.IRI(q.Graph.Value)
		s, o := graph.IRI(q.Subject.Value), graph.IRI(q.Object.Value)
		n := func() int { i, _ := strconv.Atoi(q.Object.Value); return i }
		isEvent := g == graph.EventGraph && strings.HasPrefix(string(s), "kg:event/")
		switch p := q.Predicate.Value; {
		case g == graph.ReuseGraph && p == graph.KgoNearDuplicate:
			d.twins[s] = append(d.twins[s], o)
		case g == graph.CorroborationGraph && p == graph.KgoArticles:
			d.support[s] = graph.Support{Articles: n(), Independent: d.support[s].Independent}
		case g == graph.CorroborationGraph && p == graph.KgoIndependent:
			d.support[s] = graph.Support{Articles: d.support[s].Articles, Independent: n()}
		case g == graph.ContradictionGraph && p == graph.KgoChangedTo:
			d.pairs = append(d.pairs, claimPair{a: s, b: o, change: true})
		case g == graph.ContradictionGraph && (p == graph.KgoOneClaim || p == graph.KgoReason):
			c := contradictions[s]
			if c == nil {
				c = &contradiction{}
				contradictions[s] = c
			}
			if p == graph.KgoReason {
				c.reason = q.Object.Value
			} else {
				c.claims = append(c.claims, o)
			}
		case g == graph.EventGraph && p == graph.KgoOfEvent:
			d.ofEvent[s] = append(d.ofEvent[s], o)
		case !isEvent:
		case p == "rdf:type":
			event(s).Types = append(event(s).Types, o)
		case p == "rdfs:label":
			event(s).Label = q.Object.Value
		case p == graph.KgoEventType:
			event(s).Kind = q.Object.Value
		case p == graph.KgoAgent:
			event(s).Agents = append(event(s).Agents, o)
		case p == graph.KgoPatient:
			event(s).Patients = append(event(s).Patients, o)
		case p == graph.SemActor:
			event(s).Participants = append(event(s).Participants, o)
		case p == graph.SemPlace:
			event(s).Place = o
		case p == graph.SemTime:
			event(s).Time = q.Object.Value
		case p == graph.KgoReported:
			event(s).Reported = q.Object.Value
		case p == graph.KgoLastReported:
			event(s).LastReported = q.Object.Value
		case p == graph.KgoQuantity:
			event(s).Quantities = append(event(s).Quantities, q.Object.Value)
		case p == graph.SubEventOf:
			event(s).Series = o
		case p == graph.KgoArticles:
			event(s).Articles = n()
		case p == graph.KgoIndependent:
			event(s).Independent = n()
		}
	}
	for _, c := range contradictions {
		if len(c.claims) == 2 {
			slices.Sort(c.claims)
			d.pairs = append(d.pairs, claimPair{a: c.claims[0], b: c.claims[1], reason: c.reason})
		}
	}
	slices.SortFunc(d.pairs, func(a, b claimPair) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	for _, e := range d.events {
		e.Participants = slices.DeleteFunc(e.Participants, func(a graph.IRI) bool {
			return slices.Contains(e.Agents, a) || slices.Contains(e.Patients, a)
		})
		for _, l := range [][]graph.IRI{e.Types, e.Agents, e.Patients, e.Participants} {
			slices.Sort(l)
		}
		slices.Sort(e.Quantities)
	}
	return d
}

// build makes the rows. facts are sorted by ID, as Store.Facts gives them.
func build(facts *graph.Facts, d *derived, version string) *Index {
	x := &Index{Version: version, merged: map[graph.IRI]Ref{}, room: &sync.Pool{}}
	for i := range facts.Articles {
		a := &facts.Articles[i]
		x.Articles = append(x.Articles, Article{Article: *a, Outlet: outlet(a), Day: DayOf(a.Published)})
	}
	slices.SortStableFunc(x.Articles, func(a, b Article) int { return cmp.Compare(a.Day, b.Day) })
	x.articles = makeTable(x.Articles, articleID)

	text := newTextMaker()
	x.addSentences(facts, text)
	x.rows(facts, d)
	x.claims = makeTable(x.Claims, claimID)
	x.setVerdicts(facts.Verdicts)
	x.names = makeNames(x.Entities)
	x.pairs = makePairs(x.Claims)
	x.text = text.done()
	x.addEvents(d)
	x.addPairs(d)
	for i := range x.Articles {
		a := &x.Articles[i]
		for _, id := range d.twins[a.ID] {
			if r, ok := x.Article(id); ok {
				a.NearDuplicates = append(a.NearDuplicates, r)
			}
		}
		slices.Sort(a.NearDuplicates)
	}
	x.derive()
	x.known = make([]Day, len(x.Entities))
	for i := range x.Entities {
		x.known[i], _ = span(x.Entities[i].Claims, x.reported)
	}
	return x
}

// addSentences makes the rows of sentences, and hands their texts and the headlines to text.
func (x *Index) addSentences(facts *graph.Facts, text *textMaker) {
	type row struct {
		*graph.FoundSentence
		article Ref
	}
	list := make([]row, len(facts.Sentences))
	for i := range facts.Sentences {
		s := &facts.Sentences[i]
		article, _ := x.Article(s.Article)
		list[i] = row{s, article}
	}
	slices.SortFunc(list, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.ID, b.ID))
	})
	x.Sentences = make([]Sentence, len(list))
	for i, s := range list {
		x.Sentences[i] = Sentence{ID: s.ID, Article: s.article}
		text.add(s.Text)
	}
	x.sentences = makeTable(x.Sentences, sentenceID)
	for i := range x.Articles {
		text.add(x.Articles[i].Headline)
	}
}

// outlet is who published a: its publisher, or the host of its URL.
func outlet(a *graph.Article) string {
	if a.Publisher != "" {
		return strings.TrimSpace(a.Publisher)
	}
	if u, err := url.Parse(a.URL); err == nil {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return ""
}

// rows makes entities, relations and claims with their postings.
func (x *Index) rows(facts *graph.Facts, d *derived) {
	// Claims are sorted first, while they name things by IRI: the order of entities depends on their numbers.
	type row struct {
		fact *graph.FoundClaim
		day  Day
	}
	list := make([]row, len(facts.Claims))
	for i := range facts.Claims {
		c := &facts.Claims[i]
		list[i] = row{c, x.claimDay(c)}
	}
	slices.SortStableFunc(list, func(a, b row) int { return cmp.Compare(a.day, b.day) })

	things, parts := map[graph.IRI]int{}, func(c *graph.FoundClaim, fn func(graph.IRI)) {
		for _, id := range []graph.IRI{c.Subject, c.Object.Entity, c.AttributedTo, c.Place} {
			if id != "" {
				fn(id)
			}
		}
		for i := range c.Arguments {
			if id := c.Arguments[i].Entity; id != "" {
				fn(id)
			}
		}
	}
	relations := map[graph.IRI]int{}
	var seen []graph.IRI
	for i := range list {
		relations[list[i].fact.Predicate]++
		seen = seen[:0]
		parts(list[i].fact, func(id graph.IRI) {
			if !slices.Contains(seen, id) {
				seen = append(seen, id)
				things[id]++
			}
		})
	}
	for i := range facts.Entities {
		x.Entities = append(x.Entities, Entity{Entity: facts.Entities[i], First: NoDay, Last: NoDay})
	}
	described := len(x.Entities)
	x.entities = makeTable(x.Entities, entityID)
	for id := range things { // named by claims that were written by hand
		if _, ok := find(x.entities, x.Entities[:described], entityID, id); !ok {
			x.Entities = append(x.Entities, Entity{Entity: graph.Entity{ID: id, Label: Words(string(id))}, First: NoDay, Last: NoDay})
		}
	}
	slices.SortFunc(x.Entities, func(a, b Entity) int { return cmp.Or(things[b.ID]-things[a.ID], cmp.Compare(a.ID, b.ID)) })
	x.entities = makeTable(x.Entities, entityID)
	for i := range facts.Relations {
		r := facts.Relations[i]
		score, _ := strconv.ParseFloat(r.Goldstein, 32)
		x.Relations = append(x.Relations, Relation{Relation: r, Quad: QuadOf(r.PLOVER), Score: float32(score)})
		if _, ok := relations[r.ID]; !ok {
			relations[r.ID] = 0
		}
	}
	known := len(x.Relations)
	x.relations = makeTable(x.Relations, relationID)
	for id := range relations {
		if _, ok := find(x.relations, x.Relations[:known], relationID, id); !ok {
			x.Relations = append(x.Relations, Relation{Relation: graph.Relation{ID: id}})
		}
	}
	for i := range x.Relations {
		if r := &x.Relations[i]; r.Label == "" {
			r.Label = Words(string(r.ID))
		}
	}
	slices.SortFunc(x.Relations, func(a, b Relation) int { return cmp.Or(relations[b.ID]-relations[a.ID], cmp.Compare(a.ID, b.ID)) })
	x.relations = makeTable(x.Relations, relationID)

	ref := func(id graph.IRI) Ref { r, _ := x.Entity(id); return r }
	x.Claims = make([]Claim, len(list))
	for i := range list {
		f := list[i].fact
		self := Ref(i)
		c := &x.Claims[i]
		relation, _ := x.Relation(f.Predicate)
		*c = Claim{ID: f.ID, Subject: ref(f.Subject), Object: ref(f.Object.Entity), Relation: relation, Literal: f.Object.Literal,
			Source: ref(f.AttributedTo), Place: ref(f.Place), Event: None, Day: list[i].day, Time: f.Time, Confidence: float32(f.Confidence),
			Rule: f.Rule, Status: statusOf(f)}
		c.Article, _ = x.Article(f.Article)
		if c.Sentence, _ = x.Sentence(f.Sentence); c.Sentence != None {
			s := &x.Sentences[c.Sentence]
			s.Claims = append(s.Claims, self)
		}
		for j := range f.Arguments {
			if r := ref(f.Arguments[j].Entity); r != None {
				c.Arguments = append(c.Arguments, r)
			}
		}
		rel := &x.Relations[c.Relation]
		rel.Claims = append(rel.Claims, self)
		c.Quad, c.Score, c.Scored = rel.Quad, rel.Score, rel.Goldstein != ""
		if f.PLOVER != "" {
			c.Quad = QuadOf(f.PLOVER)
		}
		if s, err := strconv.ParseFloat(f.Goldstein, 32); err == nil {
			c.Score, c.Scored = float32(s), true
		}
		s := d.support[f.ID]
		c.Articles, c.Independent = int32(max(s.Articles, 1)), int32(max(s.Independent, 1))
		for _, e := range x.parts(c) {
			x.Entities[e].Claims = append(x.Entities[e].Claims, self)
		}
		if c.Article != None {
			a := &x.Articles[c.Article]
			a.Claims = append(a.Claims, self)
		}
	}
	for i := range x.Articles {
		slices.SortStableFunc(x.Articles[i].Claims, func(a, b Ref) int { return list[a].fact.Begin - list[b].fact.Begin })
	}
	for i := range x.Entities {
		e := &x.Entities[i]
		e.Articles, e.First, e.Last = x.Spread(e.Claims)
	}
}

// parts are the entities of a claim, each once.
func (x *Index) parts(c *Claim) []Ref { return appendParts(make([]Ref, 0, 4+len(c.Arguments)), c) }

func appendParts(list []Ref, c *Claim) []Ref {
	for _, r := range [...]Ref{c.Subject, c.Object, c.Source, c.Place} {
		if r != None && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	for _, r := range c.Arguments {
		if r != None && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

func statusOf(c *graph.FoundClaim) Status {
	switch i := slices.Index(Statuses[:], c.Modality); {
	case c.Polarity == "-":
		return Denied
	case i > int(Denied) && i < int(Reported):
		return Status(i)
	case c.AttributedTo != "":
		return Reported
	}
	return Asserted
}

// claimDay is when what a claim says happened, as far as a timeline needs it.
func (x *Index) claimDay(c *graph.FoundClaim) Day {
	if from, to, ok := settle.Days(c.Time); ok && to-from <= 366 {
		return Day(from)
	}
	if a, ok := x.Article(c.Article); ok {
		return x.Articles[a].Day
	}
	return NoDay
}

func (x *Index) addEvents(d *derived) {
	for _, e := range d.events {
		v := Event{Event: *e, Day: NoDay, PlaceRef: None, SeriesRef: None}
		if from, _, ok := settle.Days(e.Time); ok && from > -1<<30 {
			v.Day = Day(from)
		} else if day, ok := ParseDay(e.Reported); ok {
			v.Day = day
		}
		v.PlaceRef, _ = x.Entity(e.Place)
		v.SeriesRef, _ = x.Entity(e.Series)
		for _, l := range []struct {
			from []graph.IRI
			to   *[]Ref
		}{{e.Agents, &v.Agents}, {e.Patients, &v.Patients}, {e.Participants, &v.Others}} {
			for _, id := range l.from {
				if r, ok := x.Entity(id); ok {
					*l.to = append(*l.to, r)
				}
			}
		}
		x.Events = append(x.Events, v)
	}
	slices.SortFunc(x.Events, func(a, b Event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	x.events = makeTable(x.Events, eventID)
	add := func(entity Ref, event Ref) {
		if entity != None && !slices.Contains(x.Entities[entity].Events, event) {
			x.Entities[entity].Events = append(x.Entities[entity].Events, event)
		}
	}
	for i := range x.Events {
		e := &x.Events[i]
		for _, l := range [][]Ref{e.Agents, e.Patients, e.Others, {e.PlaceRef, e.SeriesRef}} {
			for _, r := range l {
				add(r, Ref(i))
			}
		}
	}
	for id, events := range d.ofEvent {
		c, isClaim := x.Claim(id)
		thing, isEntity := x.Entity(id)
		for _, ev := range events {
			r, ok := x.Event(ev)
			switch {
			case !ok:
			case isClaim:
				x.Events[r].Claims = append(x.Events[r].Claims, c)
				if x.Claims[c].Event == None || r < x.Claims[c].Event {
					x.Claims[c].Event = r
				}
			case isEntity:
				add(thing, r)
			}
		}
	}
	for i := range x.Events {
		slices.Sort(x.Events[i].Claims)
	}
	for i := range x.Entities {
		slices.Sort(x.Entities[i].Events)
	}
}

func (x *Index) addPairs(d *derived) {
	for _, p := range d.pairs {
		a, okA := x.Claim(p.a)
		b, okB := x.Claim(p.b)
		if !okA || !okB {
			continue
		}
		x.Contradictions = append(x.Contradictions, Pair{a, b, p.change, p.reason})
		if p.change {
			x.Claims[a].ChangedTo = append(x.Claims[a].ChangedTo, b)
		} else {
			x.Claims[a].Contradicts = append(x.Claims[a].Contradicts, b)
			x.Claims[b].Contradicts = append(x.Claims[b].Contradicts, a)
		}
	}
}
