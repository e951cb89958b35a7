package graph

import (
	"context"
	"encoding/binary"
	"sort"

	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
)

// Count is a name with how often it occurs.
type Count struct {
	Name  string `json:"name"` // a compact IRI or a status
	Label string `json:"label,omitempty"`
	N     int    `json:"n"`
}

// Stats are the counts of a store. Lists are sorted by falling N, then by Name.
type Stats struct {
	Quads      int `json:"quads"`
	Articles   int `json:"articles"`
	Sentences  int `json:"sentences"`
	Claims     int `json:"claims"`
	Entities   int `json:"entities"`
	PlainEdges int `json:"plain_edges"` // distinct subject, predicate, object
	// What rules derived: events and how many of them are instances of a series, pairs of claims that contradict each other, claims that
	// more than one article makes, pairs of articles with mostly the same words, sentences that stand in several articles.
	Events         int     `json:"events"`
	Instances      int     `json:"instances"`
	Contradictions int     `json:"contradictions"`
	Corroborated   int     `json:"corroborated"`
	NearDuplicates int     `json:"near_duplicates"`
	Reused         int     `json:"reused"`
	Status         []Count `json:"status"`    // claims by Claim.Status
	Types          []Count `json:"types"`     // entities by type; an entity of two types counts at both
	Relations      []Count `json:"relations"` // claims by predicate, with the relation's label
}

// version reads Cayley's counters: every added quad takes a new number below horizon, every deleted one lowers size.
func (r *kvReader) version(ctx context.Context) version {
	var out version
	tx := snapshotTx{r.snap}
	for _, f := range []struct {
		name string
		n    *int64
	}{{"horizon", &out.horizon}, {"size", &out.size}} {
		if val, err := tx.Get(ctx, kv.SKey("meta", f.name)); err == nil && len(val) == 8 {
			*f.n = int64(binary.LittleEndian.Uint64(val))
		}
	}
	return out
}

// Stats counts the store, with one pass over all quads. The counts are kept until the next write, so that a page may ask at every
// view.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	s.statsMu.Lock() // one pass at a time
	defer s.statsMu.Unlock()
	var st Stats
	err := s.read(ctx, func(v *view) error {
		at := v.version(ctx)
		if s.stats != nil && s.statsAt == at {
			st = *s.stats
			return nil
		}
		var err error
		if st, err = v.stats(ctx); err != nil {
			return err
		}
		kept := st
		s.stats, s.statsAt = &kept, at
		return nil
	})
	// Callers may change the lists.
	st.Status = append([]Count{}, st.Status...)
	st.Types = append([]Count{}, st.Types...)
	st.Relations = append([]Count{}, st.Relations...)
	return st, err
}

func (v *view) stats(ctx context.Context) (Stats, error) {
	c, err := v.counter()
	if err != nil {
		return Stats{}, err
	}
	err = v.match(ctx, link{}, func(p link) error {
		c.take(p)
		return nil
	})
	if err != nil {
		return Stats{}, err
	}
	return c.sum(ctx, v)
}

// counter counts quads for Stats.
type counter struct {
	st                Stats
	preds             map[uint64]counted
	classes           map[uint64]counted
	derived           map[uint64]IRI
	lastLabel         uint64
	lastGraph         IRI // derived[lastLabel]
	status, relations map[uint64]int
	types             map[[2]uint64]bool
	other             map[uint64]bool // relations, judgements and names that are not those of their entity
	labels            map[uint64]addedLabel
	edges             map[[3]uint64]bool
	// What several articles say mostly comes at once: the type and the edge before, which are counted already.
	lastType [2]uint64
	lastEdge [3]uint64
}

// addedLabel is a label and the number of the quad that says it: the one that was added last stands.
type addedLabel struct{ label, at uint64 }

// counted is what a predicate or class tells the counter.
type counted uint8

const (
	countEdge counted = iota // any other predicate, any other class
	countNothing
	countType
	countLabel
	countStatus
	countPredicate
	countArticles
	countNearDuplicate
	countPassage
	countSubEvent
	countClaim
	countSentence
	countArticle
	countOther
)

func (v *view) counter() (*counter, error) {
	c := &counter{preds: map[uint64]counted{}, classes: map[uint64]counted{}, status: map[uint64]int{}, relations: map[uint64]int{},
		types: map[[2]uint64]bool{}, other: map[uint64]bool{}, labels: map[uint64]addedLabel{}, edges: map[[3]uint64]bool{}}
	preds := map[string]counted{}
	for p := range structural {
		preds[p] = countNothing
	}
	for p, what := range map[string]counted{rdfType: countType, rdfsLabel: countLabel, kgoStatus: countStatus, rdfPredicate: countPredicate,
		KgoArticles: countArticles, KgoNearDuplicate: countNearDuplicate, KgoPassage: countPassage} {
		preds[p] = what
	}
	preds[SubEventOf] = countSubEvent
	for _, list := range []struct {
		names map[string]counted
		ids   map[uint64]counted
	}{{preds, c.preds}, {map[string]counted{classClaim: countClaim, classSentence: countSentence, classArticle: countArticle,
		classRelation: countOther, className: countOther, classJudgement: countOther}, c.classes}} {
		for name, what := range list.names {
			id, err := v.nodeID(quad.IRI(name))
			if err != nil {
				return nil, err
			}
			if id != 0 {
				list.ids[id] = what
			}
		}
	}
	var err error
	c.derived, err = v.derivedGraphs()
	return c, err
}

func (c *counter) take(p link) {
	st := &c.st
	st.Quads++
	if p.Label != c.lastLabel {
		c.lastLabel, c.lastGraph = p.Label, c.derived[p.Label]
	}
	switch what := c.preds[p.Predicate]; {
	case c.lastGraph == EventGraph:
		switch what {
		case countLabel:
			st.Events++
		case countSubEvent:
			st.Instances++
		}
	case c.lastGraph == ContradictionGraph:
		if what == countType {
			st.Contradictions++
		}
	case c.lastGraph == CorroborationGraph:
		if what == countArticles {
			st.Corroborated++
		}
	case c.lastGraph == ReuseGraph:
		if what == countNearDuplicate && p.Subject < p.Object {
			st.NearDuplicates++
		} else if what == countPassage {
			st.Reused++
		}
	case c.lastGraph == settledGraph:
	case what == countType:
		switch c.classes[p.Object] {
		case countClaim:
			st.Claims++
		case countSentence:
			st.Sentences++
		case countArticle:
			st.Articles++
		case countOther:
			c.other[p.Subject] = true
		default:
			if t := [2]uint64{p.Subject, p.Object}; t != c.lastType {
				c.types[t], c.lastType = true, t
			}
		}
	case what == countLabel:
		if l, ok := c.labels[p.Subject]; !ok || p.ID > l.at {
			c.labels[p.Subject] = addedLabel{p.Object, p.ID}
		}
	case what == countStatus:
		c.status[p.Object]++
	case what == countPredicate:
		c.relations[p.Object]++
	case what == countEdge || what == countSubEvent && !structural[SubEventOf]:
		if edge := [3]uint64{p.Subject, p.Predicate, p.Object}; edge != c.lastEdge {
			c.edges[edge], c.lastEdge = true, edge
		}
	}
}

// sum gives the counts their names.
func (c *counter) sum(ctx context.Context, v *view) (Stats, error) {
	st := c.st
	st.PlainEdges = len(c.edges)
	byType := map[uint64]int{}
	for t := range c.types {
		if _, ok := c.labels[t[0]]; ok && !c.other[t[0]] {
			byType[t[1]]++
		}
	}
	for s := range c.labels {
		if !c.other[s] {
			st.Entities++
		}
	}
	vals := map[uint64]quad.Value{}
	for _, m := range []map[uint64]int{c.status, c.relations, byType} {
		for id := range m {
			vals[id] = nil
			if l, ok := c.labels[id]; ok {
				vals[l.label] = nil
			}
		}
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return st, err
	}
	list := func(m map[uint64]int) []Count {
		out := make([]Count, 0, len(m))
		for id, n := range m {
			out = append(out, Count{Name: v.ns.term(vals[id]).Value, Label: v.ns.term(vals[c.labels[id].label]).Value, N: n})
		}
		sort.Slice(out, func(i, j int) bool {
			if out[i].N != out[j].N {
				return out[i].N > out[j].N
			}
			return out[i].Name < out[j].Name
		})
		return out
	}
	st.Status, st.Types, st.Relations = list(c.status), list(byType), list(c.relations)
	return st, nil
}
