package settle

import (
	"cmp"
	"maps"
	"slices"

	"kg/graph"
)

// judged makes of the events what people say of them, in the order in which they said it: events of claims that tell of one are joined,
// and claims that tell of another leave. Where Into is of another article, all claims that From's article has in the event leave
// together; where it is of another sentence, all of From's sentence; else From alone. What leaves is an event however little it tells.
func (w *world) judged(events []*event) []*event {
	if len(w.OnEvents) == 0 {
		return events
	}
	index := make(map[graph.IRI]int, len(w.Claims))
	for i := range w.Claims {
		index[w.Claims[i].ID] = i
	}
	sets := make([]map[int]bool, len(events)) // claims of each event
	of := map[int][]int{}                     // the sets that a claim is in
	for i, e := range events {
		sets[i] = map[int]bool{}
		for _, c := range e.claims {
			if !sets[i][c] {
				sets[i][c] = true
				of[c] = append(of[c], i)
			}
		}
	}
	changed := map[int]bool{}
	for i := range w.OnEvents {
		j := &w.OnEvents[i]
		from, ok := index[j.From]
		into, also := index[j.Into]
		if !ok || !also || len(of[from]) == 0 || len(of[into]) == 0 {
			continue // one of them is not there any more, or tells of no event
		}
		both := slices.IndexFunc(of[from], func(s int) bool { return sets[s][into] })
		switch {
		case j.Kind == graph.SameEvent && both < 0:
			a, b := of[into][0], of[from][0]
			for c := range sets[b] {
				sets[a][c] = true
				of[c] = slices.DeleteFunc(of[c], func(s int) bool { return s == b })
				if !slices.Contains(of[c], a) {
					of[c] = append(of[c], a)
				}
			}
			sets[b] = nil
			changed[a] = true
			delete(changed, b)
		case j.Kind == graph.OtherEvent && both >= 0:
			s, n := of[from][both], len(sets)
			leaves := func(c *graph.FoundClaim) bool {
				f, t := &w.Claims[from], &w.Claims[into]
				switch {
				case f.Article != t.Article:
					return c.Article == f.Article
				case f.Sentence != t.Sentence:
					return c.Sentence == f.Sentence
				}
				return c.ID == f.ID
			}
			out := map[int]bool{}
			for _, c := range slices.Sorted(maps.Keys(sets[s])) {
				if leaves(&w.Claims[c]) {
					out[c] = true
					delete(sets[s], c)
					of[c] = slices.DeleteFunc(of[c], func(x int) bool { return x == s })
					of[c] = append(of[c], n)
				}
			}
			sets = append(sets, out)
			changed[s], changed[n] = true, true
		}
	}
	var list []*event
	for s := range sets {
		switch {
		case changed[s]:
			list = append(list, w.ofClaims(slices.Sorted(maps.Keys(sets[s]))))
		case sets[s] != nil:
			list = append(list, events[s])
		}
	}
	return list
}

// ofClaims is the one event that claims of any number of articles tell of.
func (w *world) ofClaims(claims []int) *event {
	byArticle := map[int][]int{}
	for _, c := range claims {
		a := w.articles[w.Claims[c].Article]
		byArticle[a] = append(byArticle[a], c)
	}
	var one *event
	for _, a := range slices.SortedFunc(maps.Keys(byArticle), func(a, b int) int { return cmp.Or(w.day[a]-w.day[b], a-b) }) {
		list := byArticle[a]
		w.inOrder(list)
		for _, e := range w.articleEvents(a, list) {
			if one == nil {
				one = e
			} else {
				one.absorb(e)
			}
		}
	}
	if one == nil { // a claim whose words tell of an event only beside others
		c := &w.Claims[claims[0]]
		a := w.articles[c.Article]
		one = &event{kind: eventKind(w.relation(c.Predicate)), when: noSpan, begin: c.Begin, first: w.day[a], last: w.day[a]}
		one.agents = union(one.agents, c.Subject)
		if c.Object.Entity != "" {
			one.patients = union(one.patients, c.Object.Entity)
		}
		w.circumstances(one, claims[0])
	}
	one.claims = slices.Clone(claims)
	return one
}
