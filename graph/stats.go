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
	var st Stats
	ids := map[string]uint64{}
	names := map[uint64]bool{} // of structural predicates
	for p := range structural {
		ids[p] = 0
	}
	ids[SubEventOf] = 0
	for c := range reserved {
		ids[c] = 0
	}
	for name := range ids {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return st, err
		}
		ids[name] = id
		if id != 0 && structural[name] {
			names[id] = true
		}
	}
	is := func(id uint64, name string) bool { return id != 0 && id == ids[name] }
	type pair struct{ s, o uint64 }
	var (
		status, relations = map[uint64]int{}, map[uint64]int{}
		types             = map[pair]bool{}
		labelled          = map[uint64]bool{}
		other             = map[uint64]bool{} // relations, judgements and names that are not those of their entity
		labels            = map[uint64]uint64{}
		edges             = map[[3]uint64]bool{}
	)
	labelledAt := map[uint64]uint64{} // the label that was added last stands
	derived, err := v.derivedGraphs()
	if err != nil {
		return st, err
	}
	err = v.match(ctx, link{}, func(p link) error {
		st.Quads++
		switch g := derived[p.Label]; {
		case g == EventGraph:
			if is(p.Predicate, rdfsLabel) {
				st.Events++
			} else if is(p.Predicate, SubEventOf) {
				st.Instances++
			}
		case g == ContradictionGraph:
			if is(p.Predicate, rdfType) {
				st.Contradictions++
			}
		case g == CorroborationGraph:
			if is(p.Predicate, KgoArticles) {
				st.Corroborated++
			}
		case g == ReuseGraph:
			if is(p.Predicate, KgoNearDuplicate) && p.Subject < p.Object {
				st.NearDuplicates++
			} else if is(p.Predicate, KgoPassage) {
				st.Reused++
			}
		case g == settledGraph:
		case is(p.Predicate, rdfType):
			switch {
			case is(p.Object, classClaim):
				st.Claims++
			case is(p.Object, classSentence):
				st.Sentences++
			case is(p.Object, classArticle):
				st.Articles++
			case is(p.Object, classRelation), is(p.Object, className), is(p.Object, classJudgement):
				other[p.Subject] = true
			default:
				types[pair{p.Subject, p.Object}] = true
			}
		case is(p.Predicate, rdfsLabel):
			labelled[p.Subject] = true
			if at, ok := labelledAt[p.Subject]; !ok || p.ID > at {
				labels[p.Subject], labelledAt[p.Subject] = p.Object, p.ID
			}
		case is(p.Predicate, kgoStatus):
			status[p.Object]++
		case is(p.Predicate, rdfPredicate):
			relations[p.Object]++
		case !names[p.Predicate]:
			edges[[3]uint64{p.Subject, p.Predicate, p.Object}] = true
		}
		return nil
	})
	if err != nil {
		return st, err
	}
	st.PlainEdges = len(edges)
	byType := map[uint64]int{}
	for t := range types {
		if labelled[t.s] && !other[t.s] {
			byType[t.o]++
		}
	}
	for s := range labelled {
		if !other[s] {
			st.Entities++
		}
	}
	vals := map[uint64]quad.Value{}
	for _, m := range []map[uint64]int{status, relations, byType} {
		for id := range m {
			vals[id] = nil
			if l, ok := labels[id]; ok {
				vals[l] = nil
			}
		}
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return st, err
	}
	list := func(m map[uint64]int) []Count {
		out := make([]Count, 0, len(m))
		for id, n := range m {
			out = append(out, Count{Name: v.ns.term(vals[id]).Value, Label: v.ns.term(vals[labels[id]]).Value, N: n})
		}
		sort.Slice(out, func(i, j int) bool {
			if out[i].N != out[j].N {
				return out[i].N > out[j].N
			}
			return out[i].Name < out[j].Name
		})
		return out
	}
	st.Status, st.Types, st.Relations = list(status), list(byType), list(relations)
	return st, nil
}
