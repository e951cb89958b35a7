package index

import (
	"math/bits"
	"slices"

	"kg/graph"
)

// Facet is one of the things by which a Filter picks.
type Facet uint16

const (
	ByRelation Facet = 1 << iota
	ByStatus
	BySide
	ByOutlet
	BySpeaker
	ByType
	ByRole
	ByConfidence
	ByArticles
	AllFacets = 1<<iota - 1
)

// Tally is how many claims a Filter would pick by one condition more. Levels and Least are what is asked for of Confidence and Articles.
type Tally struct {
	Levels []float64
	Least  []int

	Relations             []int // by place in Index.Relations
	Status                [len(Statuses)]int
	Cooperation, Conflict int
	Outlets               map[string]int // without ""
	Speakers              map[Ref]int    // None: the articles themselves
	// Types are those of subject or object, or of the one at the other end where claims are about an entity.
	Types           map[graph.IRI]int
	Subject, Object int   // claims with the entity that they are about as this
	Confidence      []int // by Levels
	Articles        []int // by Least
}

// Count counts claims in t by facets, in one pass: pages ask of entities with a hundred thousand. about is the entity whose claims they
// are, or None. A facet is counted once.
func (x *Index) Count(t *Tally, facets Facet, claims []Ref, about Ref) {
	if facets&ByRelation != 0 {
		t.Relations = make([]int, len(x.Relations))
	}
	if facets&BySpeaker != 0 {
		t.Speakers = map[Ref]int{}
	}
	if facets&ByConfidence != 0 {
		t.Confidence = make([]int, len(t.Levels))
	}
	if facets&ByArticles != 0 {
		t.Articles = make([]int, len(t.Least))
	}
	outlets := make([]int, len(x.outlets))
	types := map[uint64]int{} // by the set of both
	levels := make([]float32, len(t.Levels))
	for i, l := range t.Levels {
		levels[i] = float32(l - 1e-6)
	}
	articles, last, same := 0, uint64(0), 0 // sets often repeat
	for _, r := range claims {
		c := &x.Claims[r]
		if facets&ByRelation != 0 {
			t.Relations[c.Relation]++
		}
		if facets&ByStatus != 0 {
			t.Status[c.Status]++
		}
		if facets&BySide != 0 {
			switch {
			case c.Cooperative():
				t.Cooperation++
			case c.Conflictual():
				t.Conflict++
			}
		}
		if facets&ByOutlet != 0 && c.Article != None {
			outlets[x.outlet[c.Article]]++
		}
		if facets&BySpeaker != 0 {
			if c.Source == None {
				articles++
			} else {
				t.Speakers[c.Source]++
			}
		}
		if facets&ByType != 0 {
			set := uint64(0)
			if c.Subject != None && c.Subject != about {
				set = x.typed[c.Subject]
			}
			if c.Object != None && c.Object != about {
				set |= x.typed[c.Object]
			}
			if set == last {
				same++
			} else {
				types[last] += same
				last, same = set, 1
			}
		}
		if facets&ByRole != 0 && about != None {
			if c.Subject == about {
				t.Subject++
			}
			if c.Object == about {
				t.Object++
			}
		}
		if facets&ByConfidence != 0 {
			for i, l := range levels {
				if c.Confidence >= l {
					t.Confidence[i]++
				}
			}
		}
		if facets&ByArticles != 0 && c.Independent > 1 {
			for i, n := range t.Least {
				if int(c.Independent) >= n {
					t.Articles[i]++
				}
			}
		}
	}
	if articles > 0 {
		t.Speakers[None] = articles
	}
	if facets&ByOutlet != 0 {
		t.Outlets = map[string]int{}
		for i, n := range outlets[1:] {
			if n > 0 {
				t.Outlets[x.outlets[i+1]] = n
			}
		}
	}
	if facets&ByArticles != 0 {
		for i, n := range t.Least {
			if n <= 1 {
				t.Articles[i] = len(claims)
			}
		}
	}
	if facets&ByType != 0 {
		types[last] += same
		t.Types = map[graph.IRI]int{}
		for set, n := range types {
			for ; set != 0; set &= set - 1 {
				t.Types[x.types[bits.TrailingZeros64(set)]] += n
			}
		}
		if len(x.types) > 64 { // those that have no bit
			x.countRare(t, claims, about)
		}
	}
}

// countRare counts the types beyond the first 64.
func (x *Index) countRare(t *Tally, claims []Ref, about Ref) {
	rare := map[graph.IRI]bool{}
	for _, typ := range x.types[64:] {
		rare[typ] = true
	}
	for _, r := range claims {
		var seen []graph.IRI
		for _, e := range []Ref{x.Claims[r].Subject, x.Claims[r].Object} {
			if e == None || e == about {
				continue
			}
			for _, typ := range x.Entities[e].Types {
				if rare[typ] && !slices.Contains(seen, typ) {
					seen = append(seen, typ)
					t.Types[typ]++
				}
			}
		}
	}
}

// AnyJudged says whether people judged any claim.
func (x *Index) AnyJudged() bool { return x.judged != nil }

// Judged counts those of claims that people accepted and rejected.
func (x *Index) Judged(claims []Ref) (accepted, rejected int) {
	for _, r := range claims {
		switch {
		case x.rejected.has(r):
			rejected++
		case x.judged.has(r):
			accepted++
		}
	}
	return accepted, rejected
}
