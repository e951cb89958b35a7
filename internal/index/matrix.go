package index

import (
	"cmp"
	"maps"
	"slices"

	"kg/graph"
)

// kinds are types of the schema with the shape that they are drawn in, the first that an entity has.
var kinds = []struct {
	typ  graph.IRI
	kind string
}{
	{"kgo:State", "state"}, {"kgo:City", "place"}, {"kgo:Region", "place"}, {"kgo:Person", "person"},
	{"kgo:Organization", "organization"}, {"kgo:Group", "organization"}, {"kgo:Event", "event"}, {"kgo:Place", "place"},
}

// KindOf is the kind of an entity that drawings tell apart: "state", "place", "person", "organization", "event" or "thing".
func KindOf(e *Entity) string {
	for _, k := range kinds {
		if slices.Contains(e.Types, k.typ) {
			return k.kind
		}
	}
	return "thing"
}

// acts says of entities whether their kind is one of those who act: a state, a person or an organization.
func (x *Index) acts() func(Ref) bool {
	var is []func(Ref) bool
	var acts []bool
	for _, k := range kinds {
		is = append(is, x.Typed(k.typ))
		acts = append(acts, slices.Contains([]string{"state", "person", "organization"}, k.kind))
	}
	return func(e Ref) bool {
		for i := range is {
			if is[i](e) {
				return acts[i]
			}
		}
		return false
	}
}

// Scored are the claims with a score between two entities that f picks.
func (x *Index) Scored(f *Filter) []Ref {
	scored := make([]Ref, 0, len(x.Claims)/4)
	for i := range x.Claims {
		if c := &x.Claims[i]; c.Scored && c.Object != None && c.Subject != c.Object {
			scored = append(scored, Ref(i))
		}
	}
	return x.Pick(scored, f, None)
}

// Actors are states, persons and organisations of most claims among scored, n of them that have most to do with each other; where of is
// not None, it and those of its claims. total is how many there are.
func (x *Index) Actors(scored []Ref, of Ref, n int) (list []Ref, total int) {
	count := make([]int, len(x.Entities))
	for _, r := range scored {
		if c := &x.Claims[r]; of == None || c.Subject == of || c.Object == of {
			count[c.Subject]++
			count[c.Object]++
		}
	}
	acts := x.acts()
	for e, c := range count {
		switch {
		case c == 0:
		case acts(Ref(e)):
			total++
		default:
			count[e] = 0
		}
	}
	list = Highest(count, 4*n)
	if of != None && !slices.Contains(list, of) {
		list = append([]Ref{of}, list...)
	}
	return x.closest(list, of, scored, n), total
}

// closest leaves n of list, those with most claims between them first: those of fewest claims with the others go one by one, so that
// a matrix of them is not empty. of stays, and stands first.
func (x *Index) closest(list []Ref, of Ref, claims []Ref, n int) []Ref {
	place, known := map[Ref]int{}, make([]bool, len(x.Entities))
	for i, r := range list {
		place[r], known[r] = i, true
	}
	between := make([][]int, len(list))
	for i := range between {
		between[i] = make([]int, len(list))
	}
	sum := make([]int, len(list))
	for _, r := range claims {
		c := &x.Claims[r]
		if !known[c.Subject] || !known[c.Object] || c.Subject == c.Object {
			continue
		}
		i, j := place[c.Subject], place[c.Object]
		between[i][j]++
		between[j][i]++
		sum[i]++
		sum[j]++
	}
	for left := len(list); left > n; left-- {
		least := -1
		for i, r := range list {
			if sum[i] >= 0 && r != of && (least < 0 || sum[i] <= sum[least]) { // of equals the later one goes
				least = i
			}
		}
		for i := range list {
			if sum[i] >= 0 {
				sum[i] -= between[least][i]
			}
		}
		sum[least] = -1
	}
	var kept []Ref
	for i, r := range list {
		if sum[i] >= 0 {
			kept = append(kept, r)
		}
	}
	slices.SortStableFunc(kept, func(a, b Ref) int {
		switch of {
		case a:
			return -1
		case b:
			return 1
		}
		return sum[place[b]] - sum[place[a]]
	})
	return kept
}

// Mean is the mean score of what one entity does to another, in a month where Month is set.
type Mean struct {
	Subject, Object Ref
	Month           string
	N               int // claims
	Score           float64
}

// Means are the mean scores of claims by subject and object, and by month where monthly is set: those of most claims first. Of claims
// without a day monthly leaves out all.
func (x *Index) Means(claims []Ref, monthly bool) []Mean {
	type key struct {
		a, b  Ref
		month string
	}
	sums := map[key]*Mean{}
	for _, r := range claims {
		c := &x.Claims[r]
		k := key{a: c.Subject, b: c.Object}
		if monthly {
			if k.month = c.Day.Month(); k.month == "" {
				continue
			}
		}
		m := sums[k]
		if m == nil {
			m = &Mean{Subject: k.a, Object: k.b, Month: k.month}
			sums[k] = m
		}
		m.N++
		m.Score += float64(c.Score)
	}
	list := make([]Mean, 0, len(sums))
	for m := range maps.Values(sums) {
		m.Score /= float64(m.N)
		list = append(list, *m)
	}
	slices.SortFunc(list, func(p, q Mean) int {
		return cmp.Or(q.N-p.N, cmp.Compare(p.Subject, q.Subject), cmp.Compare(p.Object, q.Object), cmp.Compare(p.Month, q.Month))
	})
	return list
}

// Highest are the places of the n highest counts above 0, the highest first, of equal ones the earlier. It sorts only these: counts may
// have millions.
func Highest(counts []int, n int) (top []Ref) {
	const most = 1 << 12
	var with [most + 1]int // how many there are of each count
	for _, c := range counts {
		with[min(c, most)]++
	}
	least, sum := most, 0
	for ; least > 1; least-- {
		if sum += with[least]; sum >= n {
			break
		}
	}
	for i, c := range counts {
		if c >= least {
			top = append(top, Ref(i))
		}
	}
	slices.SortStableFunc(top, func(a, b Ref) int { return counts[b] - counts[a] })
	return top[:min(len(top), n)]
}
