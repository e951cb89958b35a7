package index

import (
	"cmp"
	"slices"
)

// pairs are the entities that claims connect as subject and object, each two once, sorted by a and b. Read-only once made.
type pairs struct {
	a, b   []Ref // a ≤ b
	ends   []int32
	claims []Ref // those of pair i are claims[ends[i-1]:ends[i]], in the order of Index.Claims
	// first and last day on which a claim of the pair became known, rejected ones too; NoDay where none has one. They are not kept.
	first, last []Day
}

// date fills in first and last; reported is by claim.
func (p *pairs) date(reported []Day) {
	p.first, p.last = make([]Day, len(p.a)), make([]Day, len(p.a))
	for i := range p.a {
		p.first[i], p.last[i] = span(p.of(i), reported)
	}
}

func span(claims []Ref, reported []Day) (first, last Day) {
	first, last = NoDay, NoDay
	for _, r := range claims {
		if d := reported[r]; d != NoDay {
			if first == NoDay || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	return first, last
}

func makePairs(claims []Claim) *pairs {
	type row struct{ a, b, claim Ref }
	var rows []row
	for i := range claims {
		if c := &claims[i]; c.Object != None && c.Subject != None {
			rows = append(rows, row{min(c.Subject, c.Object), max(c.Subject, c.Object), Ref(i)})
		}
	}
	slices.SortFunc(rows, func(p, q row) int { return cmp.Or(int(p.a-q.a), int(p.b-q.b), int(p.claim-q.claim)) })
	p := &pairs{claims: make([]Ref, len(rows))}
	for i, r := range rows {
		p.claims[i] = r.claim
		if n := len(p.a); n == 0 || p.a[n-1] != r.a || p.b[n-1] != r.b {
			p.a, p.b, p.ends = append(p.a, r.a), append(p.b, r.b), append(p.ends, 0)
		}
		p.ends[len(p.ends)-1] = int32(i + 1)
	}
	return p
}

// of are the claims of the i-th pair.
func (p *pairs) of(i int) []Ref {
	begin := int32(0)
	if i > 0 {
		begin = p.ends[i-1]
	}
	return p.claims[begin:p.ends[i]:p.ends[i]]
}

// Between are the claims with one of a and b as subject and the other as object, in the order of Index.Claims.
func (x *Index) Between(a, b Ref) []Ref {
	a, b = min(a, b), max(a, b)
	from, _ := slices.BinarySearch(x.pairs.a, a)
	to, _ := slices.BinarySearch(x.pairs.a[from:], a+1)
	i, ok := slices.BinarySearch(x.pairs.b[from:from+to], b)
	if !ok {
		return nil
	}
	return slices.Clone(x.pairs.of(from + i))
}

// Reported is the day on which a claim became known: that of its article, or of what it says where the article has none.
func (x *Index) Reported(claim Ref) Day { return x.reported[claim] }

// Changes is what articles since a day tell that earlier ones do not. NewPairs and the rest are the first of each, by how many articles
// tell it and how much is known of those whom it concerns; the totals count all.
type Changes struct {
	NewPairs []NewPair // two entities, both known before, that no claim connected before
	Turned   []Turn    // two entities of which the contrary is said of late
	// NewEntities are those that no article names before that day, of most claims first, those with common words for labels last.
	NewEntities                                  []Ref
	TotalNewPairs, TotalTurned, TotalNewEntities int
}

// NewPair is two entities with all that connects them.
type NewPair struct {
	A, B     Ref
	Claims   []Ref
	Articles int
	First    Day // on which it became known
}

// Turn is a relation that has turned: Before says one thing, After another.
type Turn struct {
	A, B          Ref // A is the subject of After
	Before, After Ref // claims: the last before the day, or before After, and the last one
	// Said is true where rules found that After denies what Before asserts, or the reverse (kgo:changedTo); else most of what was said
	// last was cooperative before and conflictual since, or the reverse.
	Said bool
	// Claims are those since that stand against what was said before, and Articles how many these are of.
	Claims   []Ref
	Articles int
}

// ChangeOptions say how many of each change are wanted: 20 where 0.
type ChangeOptions struct{ Limit int }

// recent is how many claims of a pair before a day tell how the two stood.
const recent = 7

// Changes compares what articles from since on tell with what earlier ones do.
func (x *Index) Changes(since Day, opt ChangeOptions) Changes {
	if opt.Limit <= 0 {
		opt.Limit = 20
	}
	ch := Changes{}
	known := func(e Ref) bool { return x.known[e] != NoDay && x.known[e] < since }
	var common []Ref // behind those whose labels tell something
	for e := range x.Entities {
		if x.known[e] != NoDay && x.known[e] >= since {
			ch.TotalNewEntities++
			to := &ch.NewEntities
			if x.Entities[e].Telling() < Description {
				to = &common
			}
			if len(*to) < opt.Limit { // they are sorted by claims
				*to = append(*to, Ref(e))
			}
		}
	}
	ch.NewEntities = append(ch.NewEntities, common[:min(len(common), opt.Limit-len(ch.NewEntities))]...)
	said := map[[2]Ref]bool{}
	for i := range x.Contradictions {
		if p := &x.Contradictions[i]; p.Change && !x.Rejected(p.A) && !x.Rejected(p.B) && x.Reported(p.B) != NoDay && x.Reported(p.B) >= since {
			b := &x.Claims[p.B]
			key := [2]Ref{min(b.Subject, b.Object), max(b.Subject, b.Object)}
			if said[key] && b.Object != None {
				continue
			}
			said[key] = true
			ch.Turned = append(ch.Turned, Turn{A: b.Subject, B: b.Object, Before: p.A, After: p.B, Said: true, Claims: []Ref{p.B}, Articles: 1})
		}
	}
	var before, after []Ref
	for i := range x.pairs.a {
		a, b := x.pairs.a[i], x.pairs.b[i]
		if a == b {
			continue
		}
		first, last := x.pairs.first[i], x.pairs.last[i]
		if last == NoDay || last < since {
			continue
		}
		claims := x.pairs.of(i)
		if kept := x.Kept(claims); len(kept) < len(claims) {
			claims = kept
			first, last = span(claims, x.reported)
		}
		switch {
		case last == NoDay || last < since:
			continue
		case first >= since:
			if known(a) && known(b) {
				ch.TotalNewPairs++
				if n := len(ch.NewPairs); n < opt.Limit || len(claims) >= ch.NewPairs[n-1].Articles { // of no more articles than claims
					ch.NewPairs = x.addPair(ch.NewPairs, NewPair{a, b, claims, x.articlesOf(claims), first}, opt.Limit)
				}
			}
			continue
		case said[[2]Ref{a, b}]:
			continue
		}
		before, after = before[:0], after[:0]
		for _, r := range claims {
			c := &x.Claims[r]
			d := x.Reported(r)
			if d == NoDay || c.Status != Asserted && c.Status != Reported || !c.Cooperative() && !c.Conflictual() {
				continue
			}
			if d < since {
				before = append(before, r)
			} else {
				after = append(after, r)
			}
		}
		if len(before) == 0 || len(after) == 0 {
			continue
		}
		byReport := func(a, b Ref) int { return cmp.Or(cmp.Compare(x.Reported(a), x.Reported(b)), cmp.Compare(a, b)) }
		slices.SortFunc(before, byReport)
		slices.SortFunc(after, byReport)
		was, is := x.side(before[max(0, len(before)-recent):]), x.side(after)
		if was*is >= 0 {
			continue
		}
		t := Turn{Claims: slices.DeleteFunc(slices.Clone(after), func(r Ref) bool { return x.side([]Ref{r}) != is })}
		t.After = t.Claims[len(t.Claims)-1]
		for _, r := range before { // the last that is of the side that they stood on
			if x.side([]Ref{r}) == was {
				t.Before = r
			}
		}
		t.A, t.B = x.Claims[t.After].Subject, x.Claims[t.After].Object
		t.Articles = x.articlesOf(t.Claims)
		ch.Turned = append(ch.Turned, t)
	}
	ch.TotalTurned = len(ch.Turned)
	slices.SortStableFunc(ch.Turned, func(p, q Turn) int {
		return cmp.Or(q.Articles-p.Articles, x.weight(q.A, q.B)-x.weight(p.A, p.B), int(p.A-q.A), int(p.B-q.B), int(p.After-q.After))
	})
	ch.Turned = ch.Turned[:min(opt.Limit, len(ch.Turned))]
	for i := range ch.NewPairs {
		ch.NewPairs[i].Claims = slices.Clone(ch.NewPairs[i].Claims)
	}
	return ch
}

// addPair puts p into list, which has its order and at most limit pairs: a day long ago has a hundred thousand new ones.
func (x *Index) addPair(list []NewPair, p NewPair, limit int) []NewPair {
	at, _ := slices.BinarySearchFunc(list, p, func(p, q NewPair) int {
		return cmp.Or(q.Articles-p.Articles, x.weight(q.A, q.B)-x.weight(p.A, p.B), len(q.Claims)-len(p.Claims), int(p.A-q.A), int(p.B-q.B))
	})
	if at == limit {
		return list
	}
	list = slices.Insert(list, at, p)
	return list[:min(limit, len(list))]
}

// articlesOf counts the articles of claims.
func (x *Index) articlesOf(claims []Ref) (n int) {
	n, _, _ = x.Spread(claims)
	return n
}

// side is 1 where most claims are cooperative, -1 where most are conflictual, 0 where neither.
func (x *Index) side(claims []Ref) int {
	n := 0
	for _, r := range claims {
		switch c := &x.Claims[r]; {
		case c.Cooperative():
			n++
		case c.Conflictual():
			n--
		}
	}
	return cmp.Compare(n, 0)
}

// weight is how much is known of the less known of two entities.
func (x *Index) weight(a, b Ref) int {
	n := len(x.Entities[a].Claims)
	if b != None {
		n = min(n, len(x.Entities[b].Claims))
	}
	return n
}

// EntityCount is an entity with a number of claims.
type EntityCount struct {
	Entity Ref
	Claims int
}

// Recent are the entities that the newest articles speak of most, as Leading ranks them: those of the last seven days that have articles,
// or where these name fewer than limit, of four times, 16 times … as many. Rejected claims do not count. since is the first of these
// days; NoDay where no article has a day.
func (x *Index) Recent(limit int) (since Day, list []EntityCount) {
	end := len(x.Articles)
	if end == 0 || x.Articles[end-1].Day == NoDay {
		return NoDay, nil
	}
	newest := x.Articles[end-1].Day
	for days := Day(7); ; days *= 4 {
		since = newest - days + 1
		from, _ := slices.BinarySearchFunc(x.Articles, since, func(a Article, d Day) int { return cmp.Compare(a.Day, d) })
		counts, named := make([]int, len(x.Entities)), 0
		var parts []Ref
		for i := from; i < end; i++ {
			for _, r := range x.Articles[i].Claims {
				if x.Rejected(r) {
					continue
				}
				parts = appendParts(parts[:0], &x.Claims[r])
				for _, e := range parts {
					if counts[e]++; counts[e] == 1 && x.Entities[e].Telling() >= Description {
						named++
					}
				}
			}
		}
		if named >= limit || from == 0 || x.Articles[from-1].Day == NoDay {
			for _, e := range x.Leading(counts, limit) {
				list = append(list, EntityCount{e, counts[e]})
			}
			return since, list
		}
	}
}
