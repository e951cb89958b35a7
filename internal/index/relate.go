package index

import (
	"cmp"
	"slices"
)

// Neighbour is an entity beside another, with the claims that have one as subject and the other as object.
type Neighbour struct {
	Entity                Ref
	Claims                []Ref
	Articles, Independent int // that these are of; Independent is the most that one of the claims has
	First, Last           Day
}

// Group is what an entity does to others by one relation, or others to it. Groups gives relation, direction and claims, Describe the rest.
type Group struct {
	Relation    Ref
	Out         bool // the entity is the subject, or it makes no difference who is: the relation is symmetric
	Claims      []Ref
	Neighbours  []Neighbour // the first of those of claims whose object is no text, see Neighbours
	Names       int         // how many neighbours there are
	Articles    int
	First, Last Day
}

// scratch is room to count in, as long as the lists of an index; it is borrowed from a pool.
type scratch struct {
	place  []int32  // by entity; 0 between uses
	seen   []uint32 // by article, the last is that of claims without one: stamp where it was seen
	stamp  uint32
	of     []int32 // by place in a list of claims
	names  []Ref
	counts []int32
	rows   []Ref
}

func (x *Index) borrow() *scratch {
	if s, ok := x.room.Get().(*scratch); ok && len(s.place) == len(x.Entities) && len(s.seen) == len(x.Articles)+1 {
		return s
	}
	return &scratch{place: make([]int32, len(x.Entities)), seen: make([]uint32, len(x.Articles)+1)}
}

func (x *Index) giveBack(s *scratch) { x.room.Put(s) }

// visit begins a new set of articles.
func (s *scratch) visit() {
	if s.stamp++; s.stamp == 0 {
		clear(s.seen)
		s.stamp = 1
	}
}

// first says whether an article, which may be None, is seen for the first time since visit.
func (s *scratch) first(article Ref) bool {
	at := &s.seen[len(s.seen)-1]
	if article != None {
		at = &s.seen[article]
	}
	if *at == s.stamp {
		return false
	}
	*at = s.stamp
	return true
}

// resized is list with n places, whatever they hold.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/4)
	}
	return list[:n]
}

// Groups are the claims with an entity as subject or object, by relation and direction; the largest group first. The two directions of a
// symmetric relation are one group. An entity may have thousands of groups, of which Describe tells more.
func (x *Index) Groups(entity Ref, claims []Ref) []Group {
	s := x.borrow()
	defer x.giveBack(s)
	at := make([]int32, 2*len(x.Relations)) // one more than the group
	s.of = resized(s.of, len(claims))
	var list []Group
	s.counts = s.counts[:0]
	n := 0
	for i, r := range claims {
		c := &x.Claims[r]
		if s.of[i] = -1; c.Subject != entity && c.Object != entity {
			continue
		}
		out := c.Subject == entity || x.Relations[c.Relation].Symmetric
		k := 2 * c.Relation
		if out {
			k++
		}
		g := at[k]
		if g == 0 {
			list = append(list, Group{Relation: c.Relation, Out: out})
			s.counts = append(s.counts, 0)
			g = int32(len(list))
			at[k] = g
		}
		s.of[i] = g - 1
		s.counts[g-1]++
		n++
	}
	all := make([]Ref, n)
	for i := range list {
		k := s.counts[i]
		list[i].Claims, all = all[:0:k], all[k:]
	}
	for i, r := range claims {
		if g := s.of[i]; g >= 0 {
			list[g].Claims = append(list[g].Claims, r)
		}
	}
	slices.SortFunc(list, func(a, b Group) int {
		in := func(g *Group) int {
			if g.Out {
				return 0
			}
			return 1
		}
		return cmp.Or(len(b.Claims)-len(a.Claims), cmp.Compare(a.Relation, b.Relation), in(&a)-in(&b))
	})
	return list
}

// Describe fills in what Groups leaves out of a group of an entity, with at most limit neighbours.
func (x *Index) Describe(g *Group, entity Ref, limit int) {
	g.Neighbours, g.Names = x.Nearest(entity, g.Claims, limit, nil)
	g.Articles, g.First, g.Last = x.Spread(g.Claims)
}

// Neighbours are the entities that claims connect with entity as subject and object, those of most articles first, then those of most
// claims, then as in Index.Entities.
func (x *Index) Neighbours(entity Ref, claims []Ref) []Neighbour {
	list, _ := x.Nearest(entity, claims, len(claims), nil)
	return list
}

// Nearest are the first of the Neighbours, at most limit, that is says of what they are (nil: anything), and how many there are.
func (x *Index) Nearest(entity Ref, claims []Ref, limit int, is func(Ref) bool) (list []Neighbour, total int) {
	s := x.borrow()
	defer x.giveBack(s)
	// Claims are parted by neighbour first: those of neighbour i are s.rows[begin:s.counts[i]].
	s.of = resized(s.of, len(claims))
	s.names, s.counts = s.names[:0], s.counts[:0]
	for i, r := range claims {
		c := &x.Claims[r]
		other := c.Object
		if c.Subject != entity {
			other = c.Subject
		}
		if s.of[i] = -1; c.Subject != entity && c.Object != entity || other == None {
			continue
		}
		at := s.place[other]
		if at == 0 {
			if is != nil && !is(other) {
				continue
			}
			s.names = append(s.names, other)
			s.counts = append(s.counts, 0)
			at = int32(len(s.names))
			s.place[other] = at
		}
		s.of[i] = at - 1
		s.counts[at-1]++
	}
	for _, e := range s.names {
		s.place[e] = 0
	}
	n := int32(0)
	for i, k := range s.counts {
		s.counts[i] = n
		n += k
	}
	s.rows = resized(s.rows, int(n))
	for i, r := range claims {
		if at := s.of[i]; at >= 0 {
			s.rows[s.counts[at]] = r
			s.counts[at]++ // so that in the end it is where the next one begins
		}
	}
	total = len(s.names)
	limit = min(limit, total)
	if limit <= 0 {
		return nil, total
	}
	order := func(a, b Neighbour) int {
		return cmp.Or(b.Articles-a.Articles, len(b.Claims)-len(a.Claims), cmp.Compare(a.Entity, b.Entity))
	}
	all := limit > total/4
	list = make([]Neighbour, 0, limit+1)
	begin := int32(0)
	for i, e := range s.names {
		of := s.rows[begin:s.counts[i]]
		begin = s.counts[i]
		// There are no more articles than claims.
		if !all && len(list) == limit && len(of) < list[limit-1].Articles {
			continue
		}
		v := Neighbour{Entity: e, Claims: of}
		v.Articles, v.First, v.Last = x.spread(s, of)
		if all {
			list = append(list, v)
			continue
		}
		at, _ := slices.BinarySearchFunc(list, v, order)
		list = slices.Insert(list, at, v)
		list = list[:min(len(list), limit)]
	}
	if all {
		slices.SortFunc(list, order)
		list = list[:limit]
	}
	n = 0
	for i := range list {
		n += int32(len(list[i].Claims))
	}
	own := make([]Ref, 0, n) // the room is given back
	for i := range list {
		v := &list[i]
		own = append(own, v.Claims...)
		v.Claims = own[len(own)-len(v.Claims) : len(own) : len(own)]
		for _, r := range v.Claims {
			v.Independent = max(v.Independent, int(x.Claims[r].Independent))
		}
	}
	return list, total
}

// Spread counts the articles that claims are of, and gives the first and last day of these claims, NoDay where none has one.
func (x *Index) Spread(claims []Ref) (articles int, first, last Day) {
	s := x.borrow()
	defer x.giveBack(s)
	return x.spread(s, claims)
}

func (x *Index) spread(s *scratch, claims []Ref) (articles int, first, last Day) {
	s.visit()
	first, last = NoDay, NoDay
	for _, r := range claims {
		c := &x.Claims[r]
		if s.first(c.Article) {
			articles++
		}
		if c.Day != NoDay {
			if first == NoDay || c.Day < first {
				first = c.Day
			}
			last = max(last, c.Day)
		}
	}
	return articles, first, last
}

// Published counts the articles that claims are of, and gives the days of the first and last of these, NoDay where none has one.
func (x *Index) Published(claims []Ref) (articles int, first, last Day) {
	s := x.borrow()
	defer x.giveBack(s)
	s.visit()
	begin, end := None, None // articles are sorted by day
	for _, r := range claims {
		a := x.Claims[r].Article
		if a == None || !s.first(a) {
			continue
		}
		articles++
		if x.Articles[a].Day != NoDay {
			if begin == None || a < begin {
				begin = a
			}
			end = max(end, a)
		}
	}
	if begin == None {
		return articles, NoDay, NoDay
	}
	return articles, x.Articles[begin].Day, x.Articles[end].Day
}

// Orders are how claims may be sorted: by the day of their article, which comes first where nothing else does, by confidence, and by how
// many articles say the same.
var Orders = []string{"newest", "oldest", "surest", "articles"}

// Sorted returns a copy of claims whose first n are the first in an order, one of Orders or "" for the first of them. What is behind
// them is in no order: a list may have millions of claims.
func (x *Index) Sorted(claims []Ref, by string, n int) []Ref {
	claims = slices.Clone(claims)
	order := func(a, b Ref) int {
		p, q := &x.Claims[a], &x.Claims[b]
		c := 0
		switch by {
		case "oldest":
			return cmp.Or(cmp.Compare(p.Article, q.Article), cmp.Compare(a, b))
		case "surest":
			c = cmp.Compare(q.Confidence, p.Confidence)
		case "articles":
			c = cmp.Or(cmp.Compare(q.Independent, p.Independent), cmp.Compare(q.Articles, p.Articles))
		}
		return cmp.Or(c, cmp.Compare(q.Article, p.Article), cmp.Compare(b, a))
	}
	head := claims[:min(len(claims), max(n, 0))]
	if len(head) > len(claims)/4 {
		slices.SortFunc(claims, order)
		return claims
	}
	// head is a heap with the last of it on top, which a claim before that takes the place of.
	sink := func(i int) {
		for {
			c := 2*i + 1
			if c+1 < len(head) && order(head[c+1], head[c]) > 0 {
				c++
			}
			if c >= len(head) || order(head[c], head[i]) <= 0 {
				return
			}
			head[i], head[c] = head[c], head[i]
			i = c
		}
	}
	for i := len(head)/2 - 1; i >= 0; i-- {
		sink(i)
	}
	// Claims come by day, so that going backwards the newest are in the heap soon.
	for i := len(claims) - 1; i >= len(head); i-- {
		if len(head) > 0 && order(claims[i], head[0]) < 0 {
			head[0], claims[i] = claims[i], head[0]
			sink(0)
		}
	}
	slices.SortFunc(head, order)
	return claims
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
	day, month := NoDay, 0 // claims often come by day
	for _, r := range claims {
		d := x.Claims[r].Day
		if d == NoDay {
			continue
		}
		if d != day {
			day, month = d, place(d)-place(first)
		}
		out[month].N++
	}
	return out
}
