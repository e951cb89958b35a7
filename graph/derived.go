package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// The named graphs of what rules derive from the articles of a store. doc.go has what stands in each.
const (
	ReuseGraph         IRI = "kg:derived/reuse"
	CorroborationGraph IRI = "kg:derived/corroboration"
	ContradictionGraph IRI = "kg:derived/contradictions"
	EventGraph         IRI = "kg:derived/events"
	settledGraph       IRI = "kg:derived/settled" // one quad, gone while what the others hold is older than the articles
)

// DerivedGraphs are all graphs that Settle writes, sorted.
var DerivedGraphs = []IRI{ContradictionGraph, CorroborationGraph, EventGraph, ReuseGraph, settledGraph}

// Names of the layout of derived graphs.
const (
	KgoPassage       = "kgo:passage"
	KgoNearDuplicate = "kgo:nearDuplicateOf"
	KgoArticles      = "kgo:articles"
	KgoIndependent   = "kgo:independentArticles"
	KgoContradicts   = "kgo:contradicts"
	KgoReason        = "kgo:reason"
	KgoOneClaim      = "kgo:claim"
	KgoChangedTo     = "kgo:changedTo"
	KgoOfEvent       = "kgo:ofEvent"
	KgoEventType     = "kgo:eventType"
	KgoAgent         = "kgo:agent"
	KgoPatient       = "kgo:patient"
	KgoQuantity      = "kgo:quantity"
	KgoReported      = "kgo:reported"
	KgoLastReported  = "kgo:lastReported"
	SemActor         = "sem:hasActor"
	SemPlace         = "sem:hasPlace"
	SemTime          = "sem:hasTime"

	kgoSettled = "kgo:settledWith"

	ClassContradiction = "kgo:Contradiction"
	// SubEventOf is also a relation of claims.
	SubEventOf = "kgo:subEventOf"
)

func init() {
	for _, p := range []string{
		KgoPassage, KgoNearDuplicate, KgoArticles, KgoIndependent, KgoContradicts, KgoReason, KgoOneClaim, KgoChangedTo, KgoOfEvent, KgoEventType,
		KgoAgent, KgoPatient, KgoQuantity, KgoReported, KgoLastReported, SemActor, SemPlace, SemTime, kgoSettled,
	} {
		structural[p] = true
	}
	reserved[ClassContradiction] = true
}

// ofArticle says whether a named graph is none of those that hold judgements and what rules derive.
func ofArticle(graph string) bool {
	return !strings.HasPrefix(graph, "kg:judgements/") && !strings.HasPrefix(graph, "kg:derived/")
}

// derivedGraphs are the nodes of the derived graphs that the store has.
func (v *view) derivedGraphs() (map[uint64]IRI, error) {
	nodes := map[uint64]IRI{}
	for _, g := range DerivedGraphs {
		id, err := v.nodeID(quad.IRI(g))
		if err != nil {
			return nil, err
		}
		if id != 0 {
			nodes[id] = g
		}
	}
	return nodes, nil
}

// Settled returns the stamp that Settle was given last, "" where articles have been written or deleted since, or other derived
// graphs interrupted.
func (s *Store) Settled(ctx context.Context) (stamp string, err error) {
	err = s.read(ctx, func(v *view) error {
		quads, err := v.quadsBy(ctx, quad.Label, quad.IRI(settledGraph))
		if len(quads) == 1 {
			stamp = v.ns.term(quads[0].Object).Value
		}
		return err
	})
	return stamp, err
}

// SettleResult counts the quads that Settle changed.
type SettleResult struct{ Added, Deleted int }

// Settle makes the derived graphs hold exactly what layers gives for each (a graph that is absent there is emptied) and notes stamp, a
// version of the rules that derived it. Only what differs is written, in transactions of at most 500,000 quads; where the process
// ends in between, Settled gives "" and Settle mends it. Where the store is not of version any more, that of the facts that layers were
// derived from, nothing is written and the error is ErrChanged; "" is any version.
func (s *Store) Settle(ctx context.Context, version string, layers map[IRI][]Quad, stamp string) (res SettleResult, err error) {
	want := map[quad.Quad]bool{}
	for g, quads := range layers {
		if g == settledGraph || !slices.Contains(DerivedGraphs, g) {
			return res, fmt.Errorf("settle: %s is no derived graph", g)
		}
		for i := range quads {
			q := quads[i]
			q.Graph = Res(g)
			if err := q.check(); err != nil {
				return res, fmt.Errorf("settle %s: %s %s: %w", g, q.Subject, q.Predicate, err)
			}
			want[s.ns.quad(q)] = true
		}
	}
	unlock, err := s.lockWriter()
	if err != nil {
		return res, err
	}
	defer unlock()
	var del []quad.Quad
	err = s.read(ctx, func(v *view) error {
		if version != "" && v.version(ctx).String() != version {
			return ErrChanged
		}
		for _, g := range slices.Backward(DerivedGraphs) { // settledGraph first
			old, err := v.quadsBy(ctx, quad.Label, quad.IRI(g))
			if err != nil {
				return err
			}
			for _, q := range old {
				if want[q] {
					delete(want, q)
				} else {
					del = append(del, q)
				}
			}
		}
		return nil
	})
	if err != nil {
		return res, err
	}
	add := slices.Collect(maps.Keys(want))
	sortQuads(add)
	// The quad of settledGraph goes first and comes last.
	for quads := range slices.Chunk(del, batchQuads) {
		if err := s.write(quads, nil); err != nil {
			return res, err
		}
		res.Deleted += len(quads)
	}
	for quads := range slices.Chunk(add, batchQuads) {
		if err := s.write(nil, quads); err != nil {
			return res, err
		}
		res.Added += len(quads)
	}
	return res, s.write(nil, []quad.Quad{ofGraph(settledGraph, kgoSettled, quad.String(stamp))})
}

func sortQuads(quads []quad.Quad) {
	text := func(v quad.Value) string {
		if v == nil {
			return ""
		}
		return v.String()
	}
	type keyed struct {
		key string
		q   quad.Quad
	}
	list := make([]keyed, len(quads))
	for i, q := range quads {
		list[i] = keyed{strings.Join([]string{text(q.Label), text(q.Subject), text(q.Predicate), text(q.Object)}, "\x00"), q}
	}
	slices.SortFunc(list, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range list {
		quads[i] = list[i].q
	}
}

// Event is one event that claims of any number of articles tell of.
type Event struct {
	ID    IRI // kg:event/…
	Label string
	Types []IRI  // kgo:Event …, sorted
	Kind  string // PLOVER type of the relations that tell it, empty where only a noun names it
	// Actors take part: whoever acts, whoever is acted upon, and others, each sorted.
	Agents, Patients, Participants []IRI
	Place                          IRI
	Time                           string // when it happened, as Claim.Time has it; empty where no article says so
	Reported, LastReported         string // days of the first and the last article that tells of it
	Quantities                     []string
	Series                         IRI // that it is a dated instance of
	Support
}

// Support is how many articles say something and how many of them independently of each other: articles that reuse one another's
// sentence count once, and so do articles of one publisher.
type Support struct{ Articles, Independent int }

// readEvent reads an event from the quads with it as their subject.
func readEvent(id IRI, p props) (Event, bool) {
	if p.first(rdfsLabel) == "" || !strings.HasPrefix(string(id), "kg:event/") {
		return Event{}, false
	}
	e := Event{ID: id, Label: p.first(rdfsLabel), Types: p.iris(rdfType), Kind: p.first(KgoEventType), Agents: p.iris(KgoAgent),
		Patients: p.iris(KgoPatient), Place: IRI(p.first(SemPlace)), Time: p.first(SemTime), Reported: p.first(KgoReported),
		LastReported: p.first(KgoLastReported), Series: IRI(p.first(SubEventOf)), Support: readSupport(p)}
	for _, t := range p[KgoQuantity] {
		e.Quantities = append(e.Quantities, t.Value)
	}
	for _, a := range p.iris(SemActor) {
		if !slices.Contains(e.Agents, a) && !slices.Contains(e.Patients, a) {
			e.Participants = append(e.Participants, a)
		}
	}
	for _, l := range [][]IRI{e.Types, e.Agents, e.Patients, e.Participants} {
		slices.Sort(l)
	}
	slices.Sort(e.Quantities)
	return e, true
}

func readSupport(p props) Support {
	s := Support{p.int(KgoArticles), p.int(KgoIndependent)}
	return Support{max(s.Articles, 1), max(s.Independent, 1)}
}

// Event returns one event; ok is false for an unknown one.
func (s *Store) Event(ctx context.Context, id IRI) (e Event, ok bool, err error) {
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, s.compactIRI(id), EventGraph)
		e, ok = readEvent(s.compactIRI(id), p)
		return err
	})
	return e, ok, err
}

// Events returns the events that an entity takes part in, is the place or the series of or that a description stands for, by time of
// what happened or, where no article says when, of its first report.
func (s *Store) Events(ctx context.Context, entity IRI) ([]Event, error) {
	entity = s.compactIRI(entity)
	var list []Event
	err := s.read(ctx, func(v *view) error {
		ids := map[IRI]bool{}
		for _, p := range []string{SemActor, SemPlace, SubEventOf} {
			if err := v.subjectsOf(ctx, p, entity, func(id IRI) { ids[id] = true }); err != nil {
				return err
			}
		}
		p, _, err := v.propsOf(ctx, entity, EventGraph)
		if err != nil {
			return err
		}
		for _, id := range p.iris(KgoOfEvent) {
			ids[id] = true
		}
		for id := range ids {
			p, _, err := v.propsOf(ctx, id, EventGraph)
			if err != nil {
				return err
			}
			if e, ok := readEvent(id, p); ok {
				list = append(list, e)
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Event) int {
		at := func(e *Event) string {
			if e.Time != "" {
				return strings.TrimPrefix(e.Time, "../")
			}
			return e.Reported
		}
		if c := strings.Compare(at(&a), at(&b)); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return list, err
}

// AllEvents returns all events, by ID.
func (s *Store) AllEvents(ctx context.Context) (list []Event, err error) {
	err = s.read(ctx, func(v *view) error {
		quads, err := v.quadsBy(ctx, quad.Label, quad.IRI(EventGraph))
		if err != nil {
			return err
		}
		of := map[IRI]props{}
		for _, q := range quads {
			t := v.ns.fromQuad(q)
			if id := IRI(t.Subject.Value); strings.HasPrefix(string(id), "kg:event/") {
				if of[id] == nil {
					of[id] = props{}
				}
				of[id][t.Predicate.Value] = append(of[id][t.Predicate.Value], t.Object)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(of)) {
			if e, ok := readEvent(id, of[id]); ok {
				list = append(list, e)
			}
		}
		return nil
	})
	return list, err
}

// EventClaims returns the claims that tell of an event, by ID.
func (s *Store) EventClaims(ctx context.Context, event IRI) ([]FoundClaim, error) {
	return s.claimsAt(ctx, func(v *view) (ids []IRI, err error) {
		err = v.subjectsOf(ctx, KgoOfEvent, s.compactIRI(event), func(id IRI) { ids = append(ids, id) })
		return ids, err
	})
}

// Contradiction is a claim that another one contradicts.
type Contradiction struct {
	Claim  FoundClaim
	Reason string // "polarity": one denies what the other says; "quantity": they give different amounts
}

// Contradictions returns the claims that contradict one, by ID.
func (s *Store) Contradictions(ctx context.Context, claim IRI) ([]Contradiction, error) {
	claim = s.compactIRI(claim)
	reason := map[IRI]string{}
	claims, err := s.claimsAt(ctx, func(v *view) (ids []IRI, err error) {
		var nodes []IRI
		if err := v.subjectsOf(ctx, KgoOneClaim, claim, func(id IRI) { nodes = append(nodes, id) }); err != nil {
			return nil, err
		}
		for _, n := range nodes {
			p, _, err := v.propsOf(ctx, n, ContradictionGraph)
			if err != nil {
				return nil, err
			}
			for _, id := range p.iris(KgoOneClaim) {
				if id != claim {
					reason[id] = p.first(KgoReason)
					ids = append(ids, id)
				}
			}
		}
		return ids, nil
	})
	var out []Contradiction
	for _, c := range claims {
		out = append(out, Contradiction{c, reason[c.ID]})
	}
	return out, err
}

// Contradicted are the claims that some claim contradicts.
func (s *Store) Contradicted(ctx context.Context) (map[IRI]bool, error) {
	claims := map[IRI]bool{}
	for q, err := range s.Quads(ctx, Quad{Predicate: Res(KgoOneClaim), Graph: Res(ContradictionGraph)}) {
		if err != nil {
			return nil, err
		}
		claims[IRI(q.Object.Value)] = true
	}
	return claims, nil
}

// claimsAt returns the claims among the nodes that find names, by ID.
func (s *Store) claimsAt(ctx context.Context, find func(v *view) ([]IRI, error)) (list []FoundClaim, err error) {
	err = s.read(ctx, func(v *view) error {
		ids, err := find(v)
		if err != nil {
			return err
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			found, err := v.claims(ctx, ClaimFilter{ID: id})
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
		return nil
	})
	return list, err
}

// Support returns how many articles, and how many independent ones, say what a claim says: the same of the same things.
func (s *Store) Support(ctx context.Context, claim IRI) (sup Support, err error) {
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, s.compactIRI(claim), CorroborationGraph)
		sup = readSupport(p)
		return err
	})
	return sup, err
}

// EdgeSupport returns how many articles, and how many independent ones, assert a plain edge; zero where it is none.
func (s *Store) EdgeSupport(ctx context.Context, subject, predicate, object IRI) (sup Support, err error) {
	err = s.read(ctx, func(v *view) error {
		edge := ClaimFilter{Subject: s.compactIRI(subject), Predicate: s.compactIRI(predicate), Object: s.compactIRI(object)}
		found, err := v.claims(ctx, edge)
		if err != nil {
			return err
		}
		for i := range found {
			if !found[i].Plain() || found[i].Rejected {
				continue
			}
			p, _, err := v.propsOf(ctx, found[i].ID, CorroborationGraph)
			if err != nil {
				return err
			}
			// A claim that a speaker makes is of the same group; any of the group has its counts.
			sup = readSupport(p)
			return nil
		}
		return nil
	})
	return sup, err
}

// Passages returns the sentences of other articles that have the words of one, by ID, and their articles.
func (s *Store) Passages(ctx context.Context, sentence IRI) (list []FoundSentence, err error) {
	sentence = s.compactIRI(sentence)
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, sentence, ReuseGraph)
		if err != nil || p.first(KgoPassage) == "" {
			return err
		}
		var ids []IRI
		if err := v.subjectsOf(ctx, KgoPassage, IRI(p.first(KgoPassage)), func(id IRI) { ids = append(ids, id) }); err != nil {
			return err
		}
		slices.Sort(ids)
		for _, id := range ids {
			if id == sentence {
				continue
			}
			p, article, err := v.propsOf(ctx, id, "")
			if err != nil {
				return err
			}
			list = append(list, FoundSentence{readSentence(id, p), article})
		}
		return nil
	})
	return list, err
}

// NearDuplicates returns the articles that mostly have the words of one, by ID.
func (s *Store) NearDuplicates(ctx context.Context, article IRI) (ids []IRI, err error) {
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, s.compactIRI(article), ReuseGraph)
		ids = p.iris(KgoNearDuplicate)
		return err
	})
	slices.Sort(ids)
	return ids, err
}

// CountTerm is the literal of a number of things.
func CountTerm(n int) Term {
	return Term{Kind: Literal, Value: strconv.Itoa(n), Datatype: "xsd:nonNegativeInteger"}
}

// TimeTerm is the literal of a time that TimeType knows.
func TimeTerm(value string) Term { return Term{Kind: Literal, Value: value, Datatype: TimeType(value)} }
