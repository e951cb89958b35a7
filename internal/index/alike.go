package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kg/graph"
)

// EventPair are two events that may be one, though rules kept them apart.
type EventPair struct {
	A, B     Ref // A is the earlier
	Score    float64
	Evidence string // what they have in common and what not, for a reader
}

const (
	alikeDays  = 7  // days between two events that may be one, at most
	alikeScore = .6 // the least
	unnamed    = .4 // weight of who takes part without a name ("journalists"), of one with a name it is 1
)

// AlikeEvents are pairs of events of one kind within a week that have most of those who take part in common, or all that one of them
// names; the likeliest first.
func (x *Index) AlikeEvents() []EventPair {
	type bucket struct {
		kind string
		who  eventPart
	}
	of := map[bucket][]Ref{}
	parts := make([][]eventPart, len(x.Events))
	for i := range x.Events {
		e := &x.Events[i]
		if e.Day == NoDay || e.Kind == "" {
			continue
		}
		parts[i] = x.eventParts(e)
		for _, p := range parts[i] {
			of[bucket{e.Kind, p}] = append(of[bucket{e.Kind, p}], Ref(i))
		}
		if e.PlaceRef != None {
			b := bucket{e.Kind, eventPart{e.PlaceRef, "in"}}
			of[b] = append(of[b], Ref(i))
		}
	}
	var list []EventPair
	for _, events := range of {
		for i, a := range events { // by day
			for _, b := range events[i+1:] {
				if x.Events[b].Day-x.Events[a].Day > alikeDays {
					break
				}
				if s := x.alike(a, b, parts); s >= alikeScore {
					list = append(list, EventPair{A: a, B: b, Score: s})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b EventPair) int { return cmp.Or(cmp.Compare(b.Score, a.Score), int(b.A-a.A), int(a.B-b.B)) })
	return slices.CompactFunc(list, func(a, b EventPair) bool { return a.A == b.A && a.B == b.B })
}

// Explain says what speaks for a pair.
func (x *Index) Explain(p EventPair) EventPair {
	a, b := &x.Events[p.A], &x.Events[p.B]
	var both, one []string
	inA, inB := x.eventParts(a), x.eventParts(b)
	for _, k := range inA {
		if slices.Contains(inB, k) {
			both = append(both, x.partLabel(k))
		} else {
			one = append(one, x.partLabel(k))
		}
	}
	for _, k := range inB {
		if !slices.Contains(inA, k) {
			one = append(one, x.partLabel(k))
		}
	}
	var says []string
	if len(both) > 0 {
		says = append(says, "both name "+joinNames(both))
	}
	if len(one) > 0 {
		says = append(says, "only one names "+joinNames(one))
	}
	switch {
	case a.PlaceRef == None || b.PlaceRef == None:
	case a.PlaceRef == b.PlaceRef:
		says = append(says, "both in "+x.Entities[a.PlaceRef].Label)
	default:
		says = append(says, fmt.Sprintf("one in %s, the other in %s", x.Entities[a.PlaceRef].Label, x.Entities[b.PlaceRef].Label))
	}
	days := "on the same day"
	if n := b.Day - a.Day; n > 0 {
		days = dayCount(n) + " apart"
	}
	if a.Time == "" || b.Time == "" {
		days = "reported " + days
	}
	p.Evidence = strings.Join(append(says, days), "; ")
	return p
}

// joinNames is "A", "A and B", "A, B and 3 more".
func joinNames(names []string) string {
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n <= 4:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
}

// eventPart is who takes part in an event: an entity, or the label of one that a single article knows, with None.
type eventPart struct {
	entity Ref
	label  string
}

func (x *Index) partLabel(p eventPart) string {
	if p.entity != None {
		return x.Entities[p.entity].Label
	}
	return p.label
}

func (x *Index) eventParts(e *Event) (list []eventPart) {
	for _, l := range [][]Ref{e.Agents, e.Patients, e.Others} {
		for _, r := range l {
			p := eventPart{entity: r}
			if v := &x.Entities[r]; localThing(v.ID) {
				p = eventPart{None, strings.ToLower(v.Label)}
			}
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}

// localThing says whether only one article knows a thing.
func localThing(id graph.IRI) bool { return strings.Contains(string(id), "/") }

// alike is how likely two events are one, from 0 to 1.
func (x *Index) alike(a, b Ref, parts [][]eventPart) float64 {
	e, f := &x.Events[a], &x.Events[b]
	var both, all float64
	rest := 0 // who is only in the one that names fewer
	few, many := parts[a], parts[b]
	if len(few) > len(many) {
		few, many = many, few
	}
	weigh := func(p eventPart) float64 {
		if p.entity == None {
			return unnamed
		}
		return 1
	}
	for _, p := range many {
		all += weigh(p)
	}
	for _, p := range few {
		if slices.Contains(many, p) {
			both += weigh(p)
		} else {
			all += weigh(p)
			rest++
		}
	}
	share := 0.
	switch {
	case all > 0:
		if share = both / all; rest == 0 && both >= 1 {
			share = max(share, .5)
		}
		if both < 2 && share > .5 {
			share = .75 // one and the same may do much in a week
		}
	case strings.EqualFold(labelOf(e), labelOf(f)):
		share = .7
	}
	place := .5
	switch {
	case e.PlaceRef == None || f.PlaceRef == None:
	case e.PlaceRef == f.PlaceRef:
		place = 1
	default:
		place = 0
	}
	return .6*share + .2*place + .2*(1-float64(f.Day-e.Day)/(alikeDays+1))
}

// labelOf is the label of an event without the time behind it.
func labelOf(e *Event) string {
	if i := strings.LastIndex(e.Label, ", "); i > 0 && graph.TimeType(e.Label[i+2:]) != "" {
		return e.Label[:i]
	}
	return e.Label
}

// Shares says what a part of the claims of an event has in common with the rest of them, for a reader.
func (x *Index) Shares(part, rest []Ref) string {
	names := func(claims []Ref) (list []Ref) {
		for _, r := range claims {
			c := &x.Claims[r]
			for _, e := range append([]Ref{c.Subject, c.Object, c.Place}, c.Arguments...) {
				if e != None && !slices.Contains(list, e) {
					list = append(list, e)
				}
			}
		}
		return list
	}
	theirs := names(rest)
	var both, own []string
	for _, e := range names(part) {
		if label := x.Entities[e].Label; slices.Contains(theirs, e) {
			both = append(both, label)
		} else {
			own = append(own, label)
		}
	}
	var says []string
	if len(both) > 0 {
		says = append(says, "names "+joinNames(both)+" as the rest does")
	} else {
		says = append(says, "names nothing that the rest names")
	}
	if len(own) > 0 {
		says = append(says, joinNames(own)+" only here")
	}
	_, first, last := x.Spread(rest)
	if _, day, _ := x.Spread(part); day != NoDay && first != NoDay {
		switch {
		case day < first:
			says = append(says, dayCount(first-day)+" before the rest")
		case day > last:
			says = append(says, dayCount(day-last)+" after the rest")
		}
	}
	return strings.Join(says, "; ")
}

func dayCount(n Day) string {
	if n == 1 {
		return "a day"
	}
	return fmt.Sprintf("%d days", n)
}
