package web

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"kg/graph"
	"kg/internal/index"
	"kg/schema"
)

// atlas says where places lie; it is read when a map is first asked for.
var atlas = sync.OnceValues(func() (*schema.Atlas, error) {
	s, err := schema.Load("")
	if err != nil {
		return nil, err
	}
	return s.Atlas(), nil
})

// mapView are the places of events.
type mapView struct {
	Of *drawnNode `json:"of,omitempty"`
	// Places are those of most events first, with a position or without.
	Places  []mapPlace `json:"places"`
	Events  int        `json:"events"`        // at these places
	Placed  int        `json:"placed_events"` // of them, at places with a position
	Located int        `json:"located"`       // places with a position
	// Placeless are events of which no place is known.
	Placeless int        `json:"placeless_events"`
	Filter    filterForm `json:"filter"`
	// Place is the one that place= names, Here its events.
	Place *mapPlace    `json:"place,omitempty"`
	Here  []timedEvent `json:"events_here,omitempty"`

	Table     []mapPlace `json:"-"`
	Pager     pager      `json:"-"`
	HerePager pager      `json:"-"`
	Data      string     `json:"-"`
	From      string     `json:"-"`
	To        string     `json:"-"`
	Side      string     `json:"-"`
	Hidden    []param    `json:"-"`
	All       string     `json:"-"`
}

// mapPlace is a place with its events.
type mapPlace struct {
	ID   graph.IRI `json:"id"`
	Name string    `json:"name"`
	// Kind says what the position is of: "city", "region" (the middle of its towns), "state" (its middle), "" where none is known.
	Kind       string   `json:"kind"`
	Lat        *float64 `json:"lat,omitempty"` // degrees
	Lon        *float64 `json:"lon,omitempty"`
	Events     int      `json:"events"`
	Conflict   int      `json:"conflict"`
	Coop       int      `json:"cooperation"`
	Statements int      `json:"statements"` // that name it as their place
	First      string   `json:"first,omitempty"`
	Last       string   `json:"last,omitempty"`
	URL        string   `json:"url"`        // the map with its events
	EntityURL  string   `json:"entity_url"` // its page
}

// Position is what the table says of it.
func (p mapPlace) Position() string {
	switch p.Kind {
	case "city":
		return "town"
	case "region":
		return "region, drawn at the middle of its towns"
	case "state":
		return "state, drawn at its middle"
	}
	return "not on the map"
}

// locate finds the position of an entity.
func locate(a *schema.Atlas, e *index.Entity) (schema.Location, bool) {
	_, within, _ := strings.Cut(string(e.ID), "_(") // kg:Cordoba_(Argentina)
	within = strings.ReplaceAll(strings.TrimSuffix(within, ")"), "_", " ")
	for _, typ := range []string{"State", "City", "Region"} {
		if !slices.Contains(e.Types, graph.IRI("kgo:"+typ)) {
			continue
		}
		at, ok := a.Find(e.Label, typ, within)
		if !ok && within != "" {
			at, ok = a.Find(e.Label, typ, "")
		}
		if ok {
			return at, true
		}
	}
	return schema.Location{}, false
}

// mapPage draws the places of events, of the entity of= or of all.
func (s *Server) mapPage(d *drawing) error {
	x := d.x
	of, err := d.entity("of")
	if err != nil {
		return err
	}
	chosen, err := d.entity("place")
	if err != nil {
		return err
	}
	at, err := atlas()
	if err != nil {
		return err
	}
	f := &d.filter
	v := mapView{Places: []mapPlace{}, Data: d.data(), From: d.q.Get("from"), To: d.q.Get("to"), Side: f.Side,
		Hidden: d.hidden("from", "to", "side", "place")}
	if _, v.Filter, err = filterOf(d.r, x, nil, index.None); err != nil {
		return err
	}
	if len(v.Filter.Set) > 0 {
		v.All = v.Filter.Clear
	}
	if of != index.None {
		node := d.node(of)
		v.Of = &node
	}
	events := map[index.Ref][]index.Ref{}
	for r, e := range d.events(of) {
		switch {
		case !f.PicksDay(e.Day), f.Side != "" && eventSide(x, e) != f.Side:
		case e.PlaceRef == index.None:
			v.Placeless++
		default:
			events[e.PlaceRef] = append(events[e.PlaceRef], r)
		}
	}
	refs := slices.SortedFunc(maps.Keys(events), func(a, b index.Ref) int {
		return cmp.Or(len(events[b])-len(events[a]), cmp.Compare(a, b))
	})
	for _, r := range refs {
		p := d.place(r, events[r])
		if l, ok := locate(at, &x.Entities[r]); ok {
			lat, lon := round(l.Lat, 2), round(l.Lon, 2)
			p.Kind, p.Lat, p.Lon = l.Kind, &lat, &lon
			v.Located++
			v.Placed += p.Events
		}
		v.Events += p.Events
		v.Places = append(v.Places, p)
		if r == chosen {
			place := p
			v.Place = &place
			list := slices.Clone(events[r])
			slices.Reverse(list)
			for _, e := range list {
				v.Here = append(v.Here, d.event(e))
			}
		}
	}
	if chosen != index.None && v.Place == nil {
		p := d.place(chosen, nil)
		v.Place = &p
	}
	if v.Place != nil {
		if v.Here, v.HerePager, err = pageOf(d.r, v.Here, "events"); err != nil {
			return err
		}
		v.Table = v.Places[:min(len(v.Places), pageRows)]
		v.Pager = pager{Total: len(v.Places), Shown: len(v.Table), What: "places"}
	} else if v.Table, v.Pager, err = pageOf(d.r, v.Places, "places"); err != nil {
		return err
	}
	p := page{Template: "map.html", Title: "Map", Here: "map", Styles: []string{"draw.css"}}
	if v.Located > 0 {
		p.Scripts = []string{"map.js"}
	}
	s.answer(d.w, d.r, p, &v)
	return nil
}

func (d *drawing) place(ref index.Ref, events []index.Ref) mapPlace {
	x := d.x
	e := &x.Entities[ref]
	p := mapPlace{ID: e.ID, Name: thingOf(x, ref).Label, Events: len(events),
		URL: d.with("place", string(e.ID)) + "#place", EntityURL: entityURL(e.ID)}
	first, last := index.NoDay, index.NoDay
	for _, r := range events {
		ev := &x.Events[r]
		switch eventSide(x, ev) {
		case "cooperation":
			p.Coop++
		case "conflict":
			p.Conflict++
		}
		if ev.Day == index.NoDay {
			continue
		}
		if first == index.NoDay || ev.Day < first {
			first = ev.Day
		}
		last = max(last, ev.Day)
	}
	p.First, p.Last = first.String(), last.String()
	for _, r := range e.Claims {
		if x.Claims[r].Place == ref {
			p.Statements++
		}
	}
	return p
}
