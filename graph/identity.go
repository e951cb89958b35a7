package graph

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"
)

// The named graphs of judgements; doc.go has what stands in each.
const (
	PeopleGraph  IRI = "kg:judgements/people"
	RulesGraph   IRI = "kg:judgements/rules"
	pendingGraph IRI = "kg:judgements/pending" // articles that are yet to be written anew
)

// Kinds of judgements.
const (
	Merge     = "merge"     // From is a name of the entity Into
	Distinct  = "distinct"  // From and Into are two things, whatever rules say
	Rename    = "rename"    // the entity From is called Label from now on, and Into is its IRI
	Candidate = "candidate" // of a rule: From may be a name of Into, which a person has to say

	Accept = "accept" // of a person: the claim From says what its sentence says
	Reject = "reject" // of a person: it does not; the claim stays, but is no plain edge and counts for nothing that rules derive

	SameEvent  = "sameEvent"  // of a person: the claims From and Into tell of one event
	OtherEvent = "otherEvent" // of a person: From tells of another event than Into
)

// Judgement says of two names whether they mean one thing, or of a claim whether it was read rightly. A judgement of a person wins
// over those of rules.
type Judgement struct {
	Kind       string
	From, Into IRI       // Into is empty in Accept and Reject
	Label      string    // of Rename
	By         string    // who judged; empty for a rule
	Rule       string    // which rule; empty for a person
	When       time.Time // of a person's judgement
	Score      float64   // of a rule's, from 0 to 1
	Evidence   string    // what speaks for it, for a reader
}

// OnClaim says whether j is about a claim, not about names.
func (j *Judgement) OnClaim() bool { return j.Kind == Accept || j.Kind == Reject }

// OnEvent says whether j is about the events that two claims tell of.
func (j *Judgement) OnEvent() bool { return j.Kind == SameEvent || j.Kind == OtherEvent }

// ID names a judgement by what it says. The two of Distinct are a pair without order, and so are those of SameEvent. A claim is accepted
// or rejected: the later judgement replaces the earlier one.
func (j Judgement) ID() IRI {
	kind, from, into := j.Kind, j.From, j.Into
	switch {
	case (j.Kind == Distinct || j.Kind == SameEvent) && into < from:
		from, into = into, from
	case j.OnClaim():
		kind = "claim"
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%t %s %q %q %q", j.Rule == "", kind, from, into, j.Label))
	return IRI("kg:judgement/" + hex.EncodeToString(sum[:8]))
}

func (j *Judgement) check() error {
	switch {
	case j.Kind != Merge && j.Kind != Distinct && j.Kind != Rename && j.Kind != Candidate && !j.OnClaim() && !j.OnEvent():
		return fmt.Errorf("judgement: unknown kind %q", j.Kind)
	case (j.By == "") == (j.Rule == ""):
		return fmt.Errorf("judgement on %s: needs either a person or a rule", j.From)
	case j.Rule != "" && j.Kind != Merge && j.Kind != Candidate, j.Rule == "" && j.Kind == Candidate:
		return fmt.Errorf("judgement on %s: kind %s is not for %s", j.From, j.Kind, cmp.Or(j.By, j.Rule))
	case j.OnClaim() && j.Into != "":
		return fmt.Errorf("judgement on the claim %s: names %s too", j.From, j.Into)
	case j.Kind != Rename && j.From == j.Into:
		return fmt.Errorf("judgement: %s is itself", j.From)
	case (j.Kind == Rename) != (j.Label != ""):
		return fmt.Errorf("judgement on %s: a label is what Rename has and nothing else", j.From)
	case !(j.Score >= 0 && j.Score <= 1):
		return fmt.Errorf("judgement on %s: score %v not between 0 and 1", j.From, j.Score)
	}
	if y := j.When.Year(); y < 0 || y > 9999 {
		return fmt.Errorf("judgement on %s: year %d out of range", j.From, y)
	}
	for _, id := range []IRI{j.From, j.Into} {
		if id == "" && j.OnClaim() {
			continue
		}
		if err := checkIRI(string(id)); err != nil {
			return fmt.Errorf("judgement on %s: %w", id, err)
		}
	}
	for _, text := range []string{j.Label, j.By, j.Rule, j.Evidence} {
		if err := Str(text).check(); err != nil {
			return fmt.Errorf("judgement on %s: %w", j.From, err)
		}
	}
	return nil
}

// identity says which entity a name means. Read-only after construction; nil means that every name is an entity.
type identity struct {
	entity map[IRI]IRI    // of names that are not those of their entity
	label  map[IRI]string // that a person gave an entity
	wrong  map[IRI]bool   // claims that people reject
}

func (x *identity) rejected(claim IRI) bool { return x != nil && x.wrong[claim] }

func (x *identity) of(name IRI) IRI {
	if x != nil {
		if e, ok := x.entity[name]; ok {
			return e
		}
	}
	return name
}

// Identities closes judgements over their chains and returns what names mean by them.
func Identities(judgements []Judgement) func(name IRI) IRI { return identify(judgements).of }

// OpenCandidates are the candidates of rules that nobody has judged, directly or over other names; the likeliest first.
func OpenCandidates(people, rules []Judgement) []Judgement {
	one := Identities(append(slices.Clone(people), rules...))
	apart := map[[2]IRI]bool{}
	for _, j := range people {
		if j.Kind == Distinct {
			a, b := one(j.From), one(j.Into)
			apart[[2]IRI{a, b}], apart[[2]IRI{b, a}] = true, true
		}
	}
	var list []Judgement
	for _, j := range rules {
		if a, b := one(j.From), one(j.Into); j.Kind == Candidate && a != b && !apart[[2]IRI{a, b}] {
			list = append(list, j)
		}
	}
	slices.SortStableFunc(list, func(a, b Judgement) int { return cmp.Compare(b.Score, a.Score) })
	return list
}

// Overruled are the judgements of people that say the contrary of j, which a person is about to make: to be withdrawn with it. A
// merge overrules whoever said that things of these names are two, a distinction whoever joined just these names.
func Overruled(people, rules []Judgement, j Judgement) (list []Judgement) {
	one := Identities(append(slices.Clone(people), rules...))
	a, b := one(j.From), one(j.Into)
	for _, p := range people {
		from, into := one(p.From), one(p.Into)
		things := from == a && into == b || from == b && into == a
		names := p.From == j.From && p.Into == j.Into || p.From == j.Into && p.Into == j.From
		if j.Kind == Merge && p.Kind == Distinct && things || j.Kind == Distinct && (p.Kind == Merge || p.Kind == Rename) && names {
			list = append(list, p)
		}
	}
	return list
}

// JudgeOneEvent is what a person judges who says that two events, given by their claims, are one: a judgement that wants its By, When and
// Evidence, and the contrary ones of people that go with it.
func JudgeOneEvent(people []Judgement, a, b []FoundClaim) (j Judgement, withdraw []Judgement, err error) {
	j = Judgement{Kind: SameEvent, From: ownClaim(a, b), Into: ownClaim(b, a)}
	if j.From == "" || j.Into == "" {
		return j, nil, fmt.Errorf("all statements of one of the two events tell of the other, too")
	}
	return j, overruledOnEvents(people, j.Kind, a, b), nil
}

// JudgeTwoEvents is JudgeOneEvent for who says that the claims a and b tell of two events, whatever rules say.
func JudgeTwoEvents(people []Judgement, a, b []FoundClaim) (j Judgement, withdraw []Judgement, err error) {
	if j, _, err = JudgeOneEvent(people, a, b); err != nil {
		return j, nil, err
	}
	j.Kind = OtherEvent
	return j, overruledOnEvents(people, j.Kind, a, b), nil
}

// JudgeOtherEvent is JudgeOneEvent for who says that an article or a claim tells of another event than the rest of claims, which one
// event has. Of a claim its whole article leaves where the rest is of other articles, else its sentence where the rest has others.
func JudgeOtherEvent(people []Judgement, claims []FoundClaim, what IRI) (j Judgement, withdraw []Judgement, err error) {
	i := slices.IndexFunc(claims, func(c FoundClaim) bool { return c.ID == what })
	article := i < 0
	if article {
		i = slices.IndexFunc(claims, func(c FoundClaim) bool { return c.Article == what })
	}
	if i < 0 {
		return j, nil, fmt.Errorf("%s tells of the event neither as an article nor as a statement", what)
	}
	from := &claims[i]
	var out, stay []FoundClaim
	for _, leaves := range []func(c *FoundClaim) bool{ // how much leaves, the most that leaves a rest
		func(c *FoundClaim) bool { return c.Article == from.Article },
		func(c *FoundClaim) bool { return c.Sentence == from.Sentence },
		func(c *FoundClaim) bool { return c.ID == from.ID },
	} {
		out, stay = nil, nil
		for k := range claims {
			if leaves(&claims[k]) {
				out = append(out, claims[k])
			} else {
				stay = append(stay, claims[k])
			}
		}
		if len(stay) > 0 || article {
			break
		}
	}
	if len(stay) == 0 {
		return j, nil, fmt.Errorf("nothing would be left of the event without %s", what)
	}
	j = Judgement{Kind: OtherEvent, From: from.ID, Into: stay[0].ID}
	return j, overruledOnEvents(people, j.Kind, out, stay), nil
}

// ownClaim is the first claim of an event that does not tell of another one, too; empty for none.
func ownClaim(of, other []FoundClaim) IRI {
	for i := range of {
		if !hasClaim(other, of[i].ID) {
			return of[i].ID
		}
	}
	return ""
}

func hasClaim(claims []FoundClaim, id IRI) bool {
	return slices.ContainsFunc(claims, func(c FoundClaim) bool { return c.ID == id })
}

// overruledOnEvents are the judgements of people that say the contrary of one that is about to be made on the events of the claims a and
// b: those of the other kind between one of a and one of b.
func overruledOnEvents(people []Judgement, kind string, a, b []FoundClaim) (list []Judgement) {
	for _, p := range people {
		across := hasClaim(a, p.From) && hasClaim(b, p.Into) || hasClaim(b, p.From) && hasClaim(a, p.Into)
		if p.OnEvent() && p.Kind != kind && across {
			list = append(list, p)
		}
	}
	return list
}

// class is a set of names that mean one thing.
type class struct {
	members  []IRI
	distinct map[IRI]bool // names that must not come in
	label    *Judgement   // the latest Rename
}

// identify closes judgements over their chains: names are joined as people say, in the order in which they said it, and then as rules
// say, the surest first, unless somebody says that two of the names are distinct. The order of the list makes no difference.
func identify(judgements []Judgement) *identity {
	list := slices.Clone(judgements)
	slices.SortFunc(list, func(a, b Judgement) int {
		person := func(j *Judgement) int {
			if j.Rule == "" {
				return 0
			}
			return 1
		}
		return cmp.Or(person(&a)-person(&b), a.When.Compare(b.When), cmp.Compare(b.Score, a.Score), cmp.Compare(a.From, b.From),
			cmp.Compare(a.Into, b.Into), cmp.Compare(a.ID(), b.ID()))
	})
	x := &identity{entity: map[IRI]IRI{}, label: map[IRI]string{}, wrong: map[IRI]bool{}}
	for i := range list { // the last one stands
		if j := &list[i]; j.OnClaim() {
			x.wrong[j.From] = j.Kind == Reject
		}
	}
	maps.DeleteFunc(x.wrong, func(_ IRI, wrong bool) bool { return !wrong })
	classes := map[IRI]*class{}
	at := func(id IRI) *class {
		c := classes[id]
		if c == nil {
			c = &class{members: []IRI{id}}
			classes[id] = c
		}
		return c
	}
	for i := range list {
		if j := &list[i]; j.Kind == Distinct {
			for _, p := range [][2]IRI{{j.From, j.Into}, {j.Into, j.From}} {
				c := at(p[0])
				if c.distinct == nil {
					c.distinct = map[IRI]bool{}
				}
				c.distinct[p[1]] = true
			}
		}
	}
	// degree tells who stands for a class: whoever was renamed to, else the name that people merged others into but nothing further,
	// else the same of rules.
	type degree struct{ renamed, peopleOut, peopleIn, rulesOut, rulesIn int }
	degrees := map[IRI]*degree{}
	deg := func(id IRI) *degree {
		d := degrees[id]
		if d == nil {
			d = &degree{}
			degrees[id] = d
		}
		return d
	}
	for i := range list {
		j := &list[i]
		if j.Kind != Merge && j.Kind != Rename {
			continue
		}
		a, b := at(j.From), at(j.Into)
		if a != b {
			if len(a.members) > len(b.members) {
				a, b = b, a
			}
			if slices.ContainsFunc(a.members, func(id IRI) bool { return b.distinct[id] }) {
				continue
			}
			if a.label != nil && (b.label == nil || a.label.When.After(b.label.When)) {
				b.label = a.label
			}
			for _, id := range a.members {
				classes[id] = b
			}
			b.members = append(b.members, a.members...)
			if b.distinct == nil {
				b.distinct = a.distinct
			} else {
				maps.Copy(b.distinct, a.distinct)
			}
			if j.Rule == "" {
				deg(j.From).peopleOut++
				deg(j.Into).peopleIn++
			} else {
				deg(j.From).rulesOut++
				deg(j.Into).rulesIn++
			}
		}
		if j.Kind == Rename { // the last one stands
			b.label = j
			deg(j.Into).renamed = i + 1
		}
	}
	for id, c := range classes {
		if id != c.members[0] || len(c.members) == 1 && c.label == nil {
			continue
		}
		best := slices.MinFunc(c.members, func(a, b IRI) int {
			p, q := deg(a), deg(b)
			return cmp.Or(cmp.Compare(q.renamed, p.renamed), cmp.Compare(p.peopleOut, q.peopleOut), cmp.Compare(q.peopleIn, p.peopleIn),
				cmp.Compare(p.rulesOut, q.rulesOut), cmp.Compare(q.rulesIn, p.rulesIn), cmp.Compare(a, b))
		})
		if c.label != nil {
			x.label[best] = c.label.Label
		}
		for _, m := range c.members {
			if m != best {
				x.entity[m] = best
			}
		}
	}
	return x
}

// judgementQuads are the quads of one layer of judgements, with the labels that people gave to entities.
func judgementQuads(ns *namespaces, g IRI, list []Judgement, x *identity) []quad.Quad {
	w := &quadWriter{ns: ns, graph: quad.IRI(g), terms: map[string]quad.Value{}}
	for i := range list {
		j := &list[i]
		s := w.iri(j.ID())
		w.add(s, rdfType, w.iri(classJudgement))
		w.text(s, kgoKind, j.Kind)
		w.add(s, kgoFrom, w.iri(j.From))
		if j.Into != "" {
			w.add(s, kgoInto, w.iri(j.Into))
		}
		w.text(s, kgoNewLabel, j.Label)
		w.text(s, kgoBy, j.By)
		w.text(s, kgoRule, j.Rule)
		if !j.When.IsZero() {
			w.typed(s, provGenerated, j.When.Format(time.RFC3339Nano), "xsd:dateTime")
		}
		if j.Rule != "" {
			w.typed(s, kgoScore, strconv.FormatFloat(j.Score, 'f', -1, 64), "xsd:decimal")
		}
		w.text(s, kgoEvidence, j.Evidence)
	}
	if g == PeopleGraph {
		for id, label := range x.label {
			w.text(w.iri(id), rdfsLabel, label)
		}
	}
	return uniqueQuads(w.quads)
}

func readJudgement(p props) Judgement {
	j := Judgement{Kind: p.first(kgoKind), From: IRI(p.first(kgoFrom)), Into: IRI(p.first(kgoInto)), Label: p.first(kgoNewLabel),
		By: p.first(kgoBy), Rule: p.first(kgoRule), Evidence: p.first(kgoEvidence)}
	if t, err := time.Parse(time.RFC3339Nano, p.first(provGenerated)); err == nil {
		j.When = t
	}
	j.Score, _ = strconv.ParseFloat(p.first(kgoScore), 64)
	return j
}

// layer is what a named graph of judgements holds.
type layer struct {
	quads      []quad.Quad
	judgements []Judgement
	stamp      string // of rules
}

func (v *view) layer(ctx context.Context, g IRI) (l layer, err error) {
	if l.quads, err = v.quadsBy(ctx, quad.Label, quad.IRI(g)); err != nil {
		return l, err
	}
	subjects := map[IRI]props{}
	for _, q := range l.quads {
		t := v.ns.fromQuad(q)
		p := subjects[IRI(t.Subject.Value)]
		if p == nil {
			p = props{}
			subjects[IRI(t.Subject.Value)] = p
		}
		p[t.Predicate.Value] = append(p[t.Predicate.Value], t.Object)
	}
	for id, p := range subjects {
		if p.has(rdfType, classJudgement) {
			l.judgements = append(l.judgements, readJudgement(p))
		} else if id == g {
			l.stamp = p.first(kgoContentHash)
		}
	}
	l.sort()
	return l, nil
}

// layers are all judgements of a state of the store.
type layers struct {
	at            version
	people, rules layer
}

// layersOf are the judgements of people and of rules as v has them; the caller may change the lists of judgements. They are kept until
// the store changes, since reading thousands of them takes a second.
func (s *Store) layersOf(ctx context.Context, v *view) (people, rules layer, err error) {
	at := v.version(ctx)
	s.layersMu.Lock()
	defer s.layersMu.Unlock()
	if s.layers == nil || s.layers.at != at {
		l := layers{at: at}
		if l.people, err = v.layer(ctx, PeopleGraph); err != nil {
			return people, rules, err
		}
		if l.rules, err = v.layer(ctx, RulesGraph); err != nil {
			return people, rules, err
		}
		s.layers = &l
	}
	return s.layers.people.clone(), s.layers.rules.clone(), nil
}

func (l layer) clone() layer {
	l.quads, l.judgements = slices.Clip(l.quads), slices.Clone(l.judgements)
	return l
}

// sort puts the judgements in the order in which layer reads them.
func (l *layer) sort() {
	slices.SortFunc(l.judgements, func(a, b Judgement) int {
		return cmp.Or(a.When.Compare(b.When), cmp.Compare(a.From, b.From), cmp.Compare(a.Into, b.Into), cmp.Compare(a.ID(), b.ID()))
	})
}

// Judgements returns the judgements of people, in the order in which they were made, then those of rules, by the names that they are
// about.
func (s *Store) Judgements(ctx context.Context) (people, rules []Judgement, err error) {
	err = s.read(ctx, func(v *view) error {
		p, r, err := s.layersOf(ctx, v)
		people, rules = p.judgements, r.judgements
		return err
	})
	return people, rules, err
}

// RulesStamp returns what SetRules was given last; empty where it never ran or has not come to its end, or articles were added or
// deleted since.
func (s *Store) RulesStamp(ctx context.Context) (stamp string, err error) {
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, RulesGraph, RulesGraph)
		if err != nil {
			return err
		}
		pending, err := v.linksBy(ctx, quad.Label, quad.IRI(pendingGraph))
		if len(pending) == 0 {
			stamp = p.first(kgoContentHash)
		}
		return err
	})
	return stamp, err
}

// Judge adds judgements of people and withdraws others, and writes what the articles say of the names and claims anew. A judgement
// that is there already is replaced.
func (s *Store) Judge(ctx context.Context, add, withdraw []Judgement) (SettleNames, error) {
	for i := range add {
		if err := add[i].check(); err != nil {
			return SettleNames{}, err
		}
		if add[i].Rule != "" {
			return SettleNames{}, fmt.Errorf("judgement on %s: a rule's", add[i].From)
		}
	}
	return s.judge(ctx, func(people, rules *layer) {
		gone := map[IRI]bool{}
		for _, list := range [][]Judgement{add, withdraw} {
			for i := range list {
				gone[s.compactJudgement(list[i]).ID()] = true
			}
		}
		people.judgements = slices.DeleteFunc(people.judgements, func(j Judgement) bool { return gone[j.ID()] })
		for _, j := range add {
			people.judgements = append(people.judgements, s.compactJudgement(j))
		}
	})
}

func (s *Store) compactJudgement(j Judgement) Judgement {
	j.From = s.compactIRI(j.From)
	if j.Into != "" {
		j.Into = s.compactIRI(j.Into)
	}
	if (j.Kind == Distinct || j.Kind == SameEvent) && j.Into < j.From {
		j.From, j.Into = j.Into, j.From
	}
	return j
}

// SetRules replaces all judgements of rules and writes what the articles say of the names anew. stamp says of what store and by
// which rules they were made.
func (s *Store) SetRules(ctx context.Context, list []Judgement, stamp string) (SettleNames, error) {
	for i := range list {
		if err := list[i].check(); err != nil {
			return SettleNames{}, err
		}
		if list[i].Rule == "" {
			return SettleNames{}, fmt.Errorf("judgement on %s: a person's", list[i].From)
		}
	}
	return s.judge(ctx, func(people, rules *layer) {
		rules.judgements = make([]Judgement, len(list))
		for i := range list {
			rules.judgements[i] = s.compactJudgement(list[i])
		}
		rules.stamp = stamp
	})
}

// SettleNames counts what a change of judgements came to.
type SettleNames struct {
	Names    int // that mean another entity than before
	Claims   int // that are rejected now and were not before, or the other way round
	Articles int // written anew
	Quads    int // added or deleted
	// Before and After are the versions of the store between which nobody else wrote.
	Before, After string
}

// judge changes the judgements and then the articles that name what they are about. The first transaction holds the judgements and the
// list of these articles, each further one takes from the list what it has written, so that the next call goes on where the process
// was ended.
func (s *Store) judge(ctx context.Context, change func(people, rules *layer)) (res SettleNames, err error) {
	before, unlock, err := s.lockNames(ctx)
	if err != nil {
		return res, err
	}
	defer unlock()
	var del, add []quad.Quad
	var todo []IRI
	after := &identity{}
	written := layers{}
	err = s.read(ctx, func(v *view) error {
		res.Before = v.version(ctx).String()
		people, rules, err := s.layersOf(ctx, v)
		if err != nil {
			return err
		}
		change(&people, &rules)
		after = identify(append(slices.Clone(people.judgements), rules.judgements...))
		touched := map[IRI]bool{}
		for _, m := range []map[IRI]IRI{before.entity, after.entity} {
			for name := range m {
				if before.of(name) != after.of(name) && !touched[name] {
					touched[name] = true
					res.Names++
				}
			}
		}
		for _, m := range []map[IRI]bool{before.wrong, after.wrong} {
			for claim := range m {
				if before.rejected(claim) != after.rejected(claim) && !touched[claim] {
					touched[claim] = true
					res.Claims++
				}
			}
		}
		if res.Claims > 0 { // rules judge by what claims say of names
			rules.stamp = ""
		}
		have := append(people.quads, rules.quads...)
		people.quads = judgementQuads(s.ns, PeopleGraph, people.judgements, after)
		rules.quads = judgementQuads(s.ns, RulesGraph, rules.judgements, after)
		if rules.stamp != "" {
			rules.quads = append(rules.quads, ofGraph(RulesGraph, kgoContentHash, quad.String(rules.stamp)))
		}
		people.sort()
		rules.sort()
		written.people, written.rules = people, rules
		del, add = quadDiff(have, append(slices.Clip(people.quads), rules.quads...))
		articles, err := v.articlesNaming(ctx, touched)
		if err != nil {
			return err
		}
		pending, err := v.quadsBy(ctx, quad.Label, quad.IRI(pendingGraph))
		if err != nil {
			return err
		}
		if len(del)+len(add)+len(pending) > 0 { // what rules derived is older now
			mark, err := v.quadsBy(ctx, quad.Label, quad.IRI(settledGraph))
			if err != nil {
				return err
			}
			del = append(del, mark...)
		}
		for _, q := range pending {
			articles[IRI(v.ns.term(q.Object).Value)] = true
		}
		todo = slices.Sorted(maps.Keys(articles))
		for _, a := range todo {
			if q := pendingQuad(a); !slices.Contains(pending, q) {
				add = append(add, q)
			}
		}
		return nil
	})
	if err != nil {
		return res, err
	}
	s.ident = nil // read again should the write fail
	if err := s.swap(del, add); err != nil {
		return res, fmt.Errorf("write judgements: %w", err)
	}
	s.ident = after
	diff := func(v *view, a IRI) (c rewritten, err error) {
		c.del, c.add, err = v.articleDiff(ctx, a, after, nil)
		return c, err
	}
	err = s.rewrite(ctx, todo, diff, func(a IRI, c *rewritten) {
		if n := len(c.del) + len(c.add); n > 0 {
			res.Articles++
			res.Quads += n
		}
		c.del = append(c.del, pendingQuad(a))
	})
	if err != nil {
		return res, err
	}
	err = s.read(ctx, func(v *view) error {
		written.at = v.version(ctx)
		res.After = written.at.String()
		return nil
	})
	if err == nil {
		s.layersMu.Lock()
		s.layers = &written
		s.layersMu.Unlock()
	}
	return res, err
}

func pendingQuad(article IRI) quad.Quad { return ofGraph(pendingGraph, kgoPending, quad.IRI(article)) }

// lockNames is lockWriter with what names mean.
func (s *Store) lockNames(ctx context.Context) (ids *identity, unlock func(), err error) {
	if unlock, err = s.lockWriter(); err != nil {
		return nil, nil, err
	}
	if s.ident == nil {
		people, rules, err := s.Judgements(ctx)
		if err != nil {
			unlock()
			return nil, nil, fmt.Errorf("read judgements: %w", err)
		}
		s.ident = identify(append(people, rules...))
	}
	return s.ident, unlock, nil
}

// articlesNaming returns the named graphs of articles in which one of names, or claims, is subject or object of a quad.
func (v *view) articlesNaming(ctx context.Context, names map[IRI]bool) (map[IRI]bool, error) {
	labels := map[uint64]quad.Value{}
	for name := range names {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return nil, err
		}
		if id == 0 {
			continue
		}
		for _, p := range []link{{Subject: id}, {Object: id}} {
			err := v.match(ctx, p, func(l link) error {
				labels[l.Label] = nil
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if err := v.lookUp(ctx, labels); err != nil {
		return nil, err
	}
	articles := map[IRI]bool{}
	for id, val := range labels {
		t := v.ns.term(val)
		if id != 0 && t.Kind == Resource && ofArticle(t.Value) {
			articles[IRI(t.Value)] = true
		}
	}
	return articles, nil
}

// entityOf returns the entity that a name means, by what the articles say.
func (v *view) entityOf(ctx context.Context, name IRI) (IRI, error) {
	var p link
	var err error
	if p.Subject, err = v.nodeID(quad.IRI(name)); err != nil || p.Subject == 0 {
		return name, err
	}
	if p.Predicate, err = v.nodeID(quad.IRI(kgoNameOf)); err != nil || p.Predicate == 0 {
		return name, err
	}
	entities := map[uint64]quad.Value{}
	err = v.match(ctx, p, func(l link) error {
		if l.Object != p.Subject {
			entities[l.Object] = nil
		}
		return nil
	})
	if err != nil {
		return name, err
	}
	if err := v.lookUp(ctx, entities); err != nil {
		return name, err
	}
	e := name
	for _, val := range entities {
		if t := IRI(v.ns.term(val).Value); e == name || t < e {
			e = t
		}
	}
	return e, nil
}

// Canonical returns the entity that a name means: the name itself where no judgement merges it.
func (s *Store) Canonical(ctx context.Context, name IRI) (e IRI, err error) {
	err = s.read(ctx, func(v *view) error {
		e, err = v.entityOf(ctx, s.compactIRI(name))
		return err
	})
	return e, err
}

// NamesOf returns the names of an entity that articles have, its own among them, sorted.
func (s *Store) NamesOf(ctx context.Context, entity IRI) (list []IRI, err error) {
	entity = s.compactIRI(entity)
	err = s.read(ctx, func(v *view) error {
		list, err = v.namesOf(ctx, entity)
		return err
	})
	return list, err
}

func (v *view) namesOf(ctx context.Context, entity IRI) ([]IRI, error) {
	list := []IRI{entity}
	err := v.subjectsOf(ctx, kgoNameOf, entity, func(id IRI) { list = append(list, id) })
	slices.Sort(list)
	return slices.Compact(list), err
}

// NamesCalled returns the names, merged or not, that articles call so, sorted.
func (s *Store) NamesCalled(ctx context.Context, label string) (list []IRI, err error) {
	err = s.read(ctx, func(v *view) error {
		found := map[IRI]bool{}
		if err := v.subjectsCalled(ctx, label, func(id IRI) { found[id] = true }); err != nil {
			return err
		}
		for id := range found {
			p, _, err := v.propsOf(ctx, id, "")
			if err != nil {
				return err
			}
			if !p.noName() {
				list = append(list, id)
			}
		}
		return nil
	})
	slices.Sort(list)
	return list, err
}

// subjectsCalled calls fn with every subject that an article gives that label.
func (v *view) subjectsCalled(ctx context.Context, label string, fn func(IRI)) error {
	quads, err := v.quadsBy(ctx, quad.Object, quad.String(label))
	for _, q := range quads {
		t := v.ns.term(q.Subject)
		if t.Kind == Resource && v.ns.term(q.Predicate).Value == rdfsLabel && ofArticle(v.ns.term(q.Label).Value) {
			fn(IRI(t.Value))
		}
	}
	return err
}
