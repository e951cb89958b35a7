package index

import (
	"cmp"
	"context"
	"slices"
)

// Neighbour is an entity beside another, with the claims that have one as subject and the other as object.
type Neighbour struct {
	Entity                Ref
	Claims                []Ref
	Articles, Independent int // that these are of; Independent is the most that one of the claims has
	First, Last           Day
}

// Group is what an entity does to others by one relation, or others to it.
type Group struct {
	Relation    Ref
	Out         bool // the entity is the subject
	Claims      []Ref
	Neighbours  []Neighbour // of claims whose object is no text; by falling number of articles and claims, then by place in Index.Entities
	Articles    int
	First, Last Day
}

// Groups are the claims with an entity as subject or object, by relation and direction; the largest group first.
func (x *Index) Groups(entity Ref, claims []Ref) []Group {
	type key struct {
		relation Ref
		out      bool
	}
	groups := map[key]*Group{}
	for _, r := range claims {
		c := &x.Claims[r]
		if c.Subject != entity && c.Object != entity {
			continue
		}
		k := key{c.Relation, c.Subject == entity}
		g := groups[k]
		if g == nil {
			g = &Group{Relation: k.relation, Out: k.out}
			groups[k] = g
		}
		g.Claims = append(g.Claims, r)
	}
	list := make([]Group, 0, len(groups))
	for _, g := range groups {
		g.Neighbours = x.Neighbours(entity, g.Claims)
		g.Articles, g.First, g.Last = x.Spread(g.Claims)
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b Group) int {
		out := func(g *Group) int {
			if g.Out {
				return 0
			}
			return 1
		}
		return cmp.Or(len(b.Claims)-len(a.Claims), cmp.Compare(a.Relation, b.Relation), out(&a)-out(&b))
	})
	return list
}

// Neighbours are the entities that claims connect with entity as subject and object, those of most articles first.
func (x *Index) Neighbours(entity Ref, claims []Ref) (list []Neighbour) {
	by := map[Ref]int{}
	for _, r := range claims {
		c := &x.Claims[r]
		other := c.Object
		if c.Subject != entity {
			other = c.Subject
		}
		if c.Subject != entity && c.Object != entity || other == None {
			continue
		}
		i, ok := by[other]
		if !ok {
			i = len(list)
			by[other] = i
			list = append(list, Neighbour{Entity: other})
		}
		list[i].Claims = append(list[i].Claims, r)
		list[i].Independent = max(list[i].Independent, c.Independent)
	}
	for i := range list {
		n := &list[i]
		n.Articles, n.First, n.Last = x.Spread(n.Claims)
	}
	slices.SortFunc(list, func(a, b Neighbour) int {
		return cmp.Or(b.Articles-a.Articles, len(b.Claims)-len(a.Claims), cmp.Compare(a.Entity, b.Entity))
	})
	return list
}

// Path is a way from one entity to another: Claims[i] are those between Entities[i] and Entities[i+1], of which there is at least one.
type Path struct {
	Entities []Ref
	Claims   [][]Ref
}

// Paths are the shortest ways of at most length claims from a to b, at most limit of them, those over entities of fewer claims first: a
// way over a thing that everybody is connected with says little. pick says which claims may be used; nil means all. The search gives
// up, with what it has found, after 400,000 claims or when ctx ends. length is at most 200.
func (x *Index) Paths(ctx context.Context, a, b Ref, length, limit int, pick func(Ref) bool) []Path {
	if a == b || length < 1 {
		return nil
	}
	next := func(e Ref, seen func(other Ref)) {
		for _, r := range x.Entities[e].Claims {
			c := &x.Claims[r]
			if c.Object == None || pick != nil && !pick(r) {
				continue
			}
			switch e {
			case c.Subject:
				seen(c.Object)
			case c.Object:
				seen(c.Subject)
			}
		}
	}
	// Breadth first from both ends: dist is one more than the steps from a, 0 where they do not reach, and back the same from b.
	budget := 400_000
	spread := func(from, to Ref, steps int) (dist []uint8, reached []Ref) {
		dist = make([]uint8, len(x.Entities))
		dist[from] = 1
		reached = []Ref{from}
		level := reached
		for d := 1; d <= steps && len(level) > 0 && ctx.Err() == nil; d++ {
			begin := len(reached)
			for _, e := range level {
				if e == to {
					continue
				}
				if budget -= len(x.Entities[e].Claims); budget < 0 {
					break
				}
				next(e, func(o Ref) {
					if dist[o] == 0 {
						dist[o] = uint8(d + 1)
						reached = append(reached, o)
					}
				})
			}
			level = reached[begin:]
		}
		return dist, reached
	}
	dist, fromA := spread(a, b, (length+1)/2)
	back, _ := spread(b, a, length/2)
	best := length + 1
	for _, e := range fromA {
		if back[e] > 0 {
			best = min(best, int(dist[e])+int(back[e])-2)
		}
	}
	var found [][]Ref
	var walk func(way []Ref)
	walk = func(way []Ref) {
		e := way[len(way)-1]
		if e == b {
			found = append(found, slices.Clone(way))
			return
		}
		left := best - len(way) + 1
		if left <= 0 || len(found) > 50*limit {
			return
		}
		var to []Ref
		next(e, func(o Ref) {
			if slices.Contains(way, o) || o == b && left != 1 {
				return
			}
			near := back[o] > 0
			if near && int(back[o])-1 == left-1 || !near && left-1 > length/2 && int(dist[o])-1 == len(way) {
				to = append(to, o)
			}
		})
		slices.Sort(to)
		for _, o := range slices.Compact(to) {
			walk(append(way, o))
		}
	}
	if best <= length {
		walk([]Ref{a})
	}
	weight := func(way []Ref) (n int) {
		for _, e := range way[1 : len(way)-1] {
			n += len(x.Entities[e].Claims)
		}
		return n
	}
	slices.SortStableFunc(found, func(p, q []Ref) int { return weight(p) - weight(q) })
	var out []Path
	for _, way := range found[:min(len(found), limit)] {
		p := Path{Entities: way}
		for i := range way[1:] {
			claims := x.Between(way[i], way[i+1])
			if pick != nil {
				claims = slices.DeleteFunc(claims, func(r Ref) bool { return !pick(r) })
			}
			p.Claims = append(p.Claims, claims)
		}
		out = append(out, p)
	}
	return out
}

// MonthCount is a month, "2017-07", with a number of claims.
type MonthCount struct {
	Month string
	N     int
}

// Months counts claims by month, from the first to the last with one, months without any included; claims without a day are left out.
func (x *Index) Months(claims []Ref) []MonthCount {
	_, first, last := x.Spread(claims)
	if first == NoDay {
		return nil
	}
	place := func(d Day) int { t := d.Time(); return t.Year()*12 + int(t.Month()) }
	out := make([]MonthCount, place(last)-place(first)+1)
	at := first.Time().AddDate(0, 0, 1-first.Time().Day())
	for i := range out {
		out[i].Month = at.AddDate(0, i, 0).Format("2006-01")
	}
	for _, r := range claims {
		if d := x.Claims[r].Day; d != NoDay {
			out[place(d)-place(first)].N++
		}
	}
	return out
}
