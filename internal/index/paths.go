package index

import (
	"cmp"
	"context"
	"slices"
)

// links are the other entities that claims connect each entity with, and the pairs that they make with it: those of entity e are
// to[ends[e-1]:ends[e]], rising.
type links struct {
	ends []int32
	to   []Ref
	pair []int32
}

func makeLinks(p *pairs, entities int) *links {
	l := &links{ends: make([]int32, entities)}
	n := int32(0)
	for i := range p.a {
		if p.a[i] != p.b[i] {
			l.ends[p.a[i]]++
			l.ends[p.b[i]]++
			n += 2
		}
	}
	l.to, l.pair = make([]Ref, n), make([]int32, n)
	n = 0
	for e, k := range l.ends { // where its links begin, until they are filled in
		l.ends[e] = n
		n += k
	}
	add := func(e, other Ref, pair int) {
		at := l.ends[e]
		l.to[at], l.pair[at] = other, int32(pair)
		l.ends[e]++
	}
	for i := range p.a { // by a, then b: the smaller ones of an entity come first
		if p.a[i] != p.b[i] {
			add(p.a[i], p.b[i], i)
			add(p.b[i], p.a[i], i)
		}
	}
	return l
}

func (l *links) of(e Ref) (to []Ref, pair []int32) {
	begin := int32(0)
	if e > 0 {
		begin = l.ends[e-1]
	}
	return l.to[begin:l.ends[e]], l.pair[begin:l.ends[e]]
}

// Common calls fn for each entity that claims connect with both a and b, in the order of Index.Entities, with these claims; they must
// not be changed.
func (x *Index) Common(a, b Ref, fn func(e Ref, withA, withB []Ref)) {
	toA, pairA := x.links.of(a)
	toB, pairB := x.links.of(b)
	for i, j := 0, 0; i < len(toA) && j < len(toB); {
		switch {
		case toA[i] < toB[j]:
			i++
		case toA[i] > toB[j]:
			j++
		default:
			fn(toA[i], x.pairs.of(int(pairA[i])), x.pairs.of(int(pairB[j])))
			i++
			j++
		}
	}
}

// EachPair calls fn for every two different entities that claims connect, with these claims; they must not be changed.
func (x *Index) EachPair(fn func(a, b Ref, claims []Ref)) {
	for i, a := range x.pairs.a {
		if b := x.pairs.b[i]; a != b {
			fn(a, b, x.pairs.of(i))
		}
	}
}

// Connected is how many other entities claims connect an entity with.
func (x *Index) Connected(e Ref) int {
	to, _ := x.links.of(e)
	return len(to)
}

// Path is a way from one entity to another: Claims[i] are those between Entities[i] and Entities[i+1], of which there is at least one.
type Path struct {
	Entities []Ref
	Claims   [][]Ref
}

// pathBudget is how many links a search for ways looks at: some 50 ms.
const pathBudget = 3_000_000

// end is what a search from one end has reached.
type end struct {
	dist  []uint8 // by entity: one more than the steps to it, 0 where it is not reached
	cost  []int64 // of the cheapest way to it, itself and the end left out
	level []Ref   // those reached last
	steps int
}

// Paths are the shortest ways of at most length claims from a to b, at most limit of them, those over entities of fewer claims first: a
// way over a thing that everybody is connected with says little. pick says which claims may be used; nil means all. The search goes from
// both ends, on the side where less is to be looked at. all is false where it gave up, after three million links or since ctx ended: then
// there may be other ways, and shorter ones. length is at most 200.
func (x *Index) Paths(ctx context.Context, a, b Ref, length, limit int, pick func(Ref) bool) (ways []Path, all bool) {
	if a == b || length < 1 || limit < 1 {
		return nil, true
	}
	usable := func(pair int32) bool {
		return pick == nil || slices.ContainsFunc(x.pairs.of(int(pair)), pick)
	}
	weight := func(e Ref) int64 { // of a way over e
		if e == a || e == b {
			return 0
		}
		return int64(len(x.Entities[e].Claims))
	}
	sides := [2]*end{}
	for i, e := range []Ref{a, b} {
		sides[i] = &end{dist: make([]uint8, len(x.Entities)), cost: make([]int64, len(x.Entities)), level: []Ref{e}}
		sides[i].dist[e] = 1
	}
	work := func(s *end) (n int) {
		for _, e := range s.level {
			n += x.Connected(e)
		}
		return n
	}
	all = true
	budget := pathBudget
	var met []Ref
	for n := 1; n <= length && len(met) == 0 && all; n++ {
		s, other := sides[0], sides[1]
		todo := work(s)
		if k := work(other); k < todo {
			s, other, todo = other, s, k
		}
		if todo > budget { // then those of few links, as far as that goes
			slices.SortFunc(s.level, func(a, b Ref) int { return cmp.Or(x.Connected(a)-x.Connected(b), cmp.Compare(a, b)) })
		}
		last := s.level
		s.level = nil
		s.steps++
		for i, e := range last {
			to, pairs := x.links.of(e)
			if budget -= len(to); budget < 0 || i%64 == 0 && ctx.Err() != nil {
				all = false
				break
			}
			cost := weight(e) + s.cost[e]
			for j, o := range to {
				// At the last step only what the other end has reached is of use.
				d := s.dist[o]
				if d > 0 && (int(d) <= s.steps || s.cost[o] <= cost) || n == length && other.dist[o] == 0 || !usable(pairs[j]) {
					continue
				}
				s.cost[o] = cost
				if d == 0 {
					s.dist[o] = uint8(s.steps + 1)
					s.level = append(s.level, o)
					if other.dist[o] > 0 {
						met = append(met, o)
					}
				}
			}
		}
		if len(s.level) == 0 {
			break
		}
	}
	for _, way := range x.cheapest(sides, met, limit, weight, usable) {
		p := Path{Entities: way}
		for i := range way[1:] {
			claims := x.Between(way[i], way[i+1])
			if pick != nil {
				claims = slices.DeleteFunc(claims, func(r Ref) bool { return !pick(r) })
			}
			p.Claims = append(p.Claims, claims)
		}
		ways = append(ways, p)
	}
	return ways, all
}

// cheapest are the limit cheapest of the shortest ways over met, the entities that both sides have reached, the cheapest first.
func (x *Index) cheapest(sides [2]*end, met []Ref, limit int, weight func(Ref) int64, usable func(int32) bool) (ways [][]Ref) {
	type way struct {
		cost     int64
		entities []Ref
	}
	// Of ways that cost the same those found first stay first, so that fewer ways are the first of more.
	first := func(list []way) []way {
		slices.SortStableFunc(list, func(p, q way) int { return cmp.Compare(p.cost, q.cost) })
		return list[:min(len(list), limit)]
	}
	// best are the cheapest rests of the way from e to the end of s, at most limit of them; e is left out, the end is the last.
	var best func(s *end, e Ref) []way
	known := map[*end]map[Ref][]way{sides[0]: {}, sides[1]: {}}
	best = func(s *end, e Ref) (list []way) {
		if s.dist[e] == 1 {
			return []way{{}}
		}
		if list, ok := known[s][e]; ok {
			return list
		}
		// The steps before e that lead on most cheaply: no more of them are needed than ways.
		type step struct {
			cost int64
			to   Ref
		}
		var steps []step
		to, pairs := x.links.of(e)
		for i, o := range to {
			if d := s.dist[o]; d == 0 || d != s.dist[e]-1 {
				continue
			}
			next := step{weight(o) + s.cost[o], o}
			if len(steps) == limit && (next.cost >= steps[limit-1].cost) || !usable(pairs[i]) {
				continue
			}
			at, _ := slices.BinarySearchFunc(steps, next, func(p, q step) int { return cmp.Or(cmp.Compare(p.cost, q.cost), cmp.Compare(p.to, q.to)) })
			steps = slices.Insert(steps, at, next)
			steps = steps[:min(len(steps), limit)]
		}
		for _, st := range steps {
			if len(list) == limit && st.cost >= list[limit-1].cost {
				break
			}
			for _, rest := range best(s, st.to) {
				list = append(list, way{weight(st.to) + rest.cost, append([]Ref{st.to}, rest.entities...)})
			}
			list = first(list)
		}
		known[s][e] = list
		return list
	}
	shortest := 1 << 30
	steps := func(m Ref) int { return int(sides[0].dist[m]) + int(sides[1].dist[m]) }
	for _, m := range met {
		shortest = min(shortest, steps(m))
	}
	met = slices.DeleteFunc(met, func(m Ref) bool { return steps(m) > shortest })
	cost := func(m Ref) int64 { return sides[0].cost[m] + weight(m) + sides[1].cost[m] }
	slices.SortFunc(met, func(p, q Ref) int { return cmp.Or(cmp.Compare(cost(p), cost(q)), cmp.Compare(p, q)) })
	var list []way
	for _, m := range met[:min(len(met), limit)] {
		if len(list) == limit && cost(m) >= list[limit-1].cost {
			break
		}
		for _, p := range best(sides[0], m) {
			for _, q := range best(sides[1], m) {
				entities := slices.Clone(p.entities)
				slices.Reverse(entities)
				list = append(list, way{p.cost + weight(m) + q.cost, slices.Concat(entities, []Ref{m}, q.entities)})
			}
		}
		list = first(list)
	}
	for _, w := range list {
		ways = append(ways, w.entities)
	}
	return ways
}
