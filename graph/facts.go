package graph

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"
)

// Facts is all that rules over whole stores compare: what articles say, without what rules have derived from it. Every list is
// sorted by ID (Verdicts by claim), so it is the same whatever the order in which articles were added. It is a copy and may be
// changed.
type Facts struct {
	// Version is that of the store (Store.Version) that they were read from.
	Version  string
	Articles []Article
	// Sentences and Claims name the article that they are of. Claims have no cue, time span, type of a literal or names as
	// the article has them, their arguments no character ranges.
	Sentences []FoundSentence
	Claims    []FoundClaim
	// Entities have the types and labels that any article gives them: Types and Aliases sorted, Label the one that a
	// person gave it or the most frequent.
	Entities []Entity
	// Relations are those that claims use.
	Relations []Relation
	// Verdicts are what people judged of claims (Accept, Reject), whether the claims are there or not.
	Verdicts []Judgement
	// OnEvents are what people judged of the events of claims (SameEvent, OtherEvent), in the order in which they did.
	OnEvents []Judgement
}

// FoundSentence is a sentence with its article.
type FoundSentence struct {
	Sentence
	Article IRI
}

// The fields of a claim or sentence, before their nodes have values.
const (
	fSubject = iota
	fPredicate
	fObject
	fPolarity
	fModality
	fSource
	fTime
	fPlace
	fSentence
	fConfidence
	fRule
	fText // of a sentence, an argument
	fBegin
	fEnd
	fSubjectAt
	fPredicateAt
	fObjectAt
	fPLOVER
	fGoldstein
	fCAMEO
	fParent
	fields
)

// The fields of an article.
const (
	fHeadline = iota
	fURL
	fPublished
	fPublisher
	fHash
	fLanguage
)

// The fields of an argument, besides fText.
const (
	fRole = iota
	fCase
	fEntity
)

// What other predicates tell.
const (
	isType = fields + iota
	isLabel
	isAlias
	isArgument
)

var factFields = map[string]int{
	rdfSubject: fSubject, rdfPredicate: fPredicate, rdfObject: fObject, kgoPolarity: fPolarity, kgoModality: fModality,
	provAttributed: fSource, kgoEventTime: fTime, kgoPlace: fPlace, provQuotedFrom: fSentence, kgoConfidence: fConfidence, kgoRule: fRule,
	nifText: fText, kgoText: fText, nifBegin: fBegin, nifEnd: fEnd, kgoSubjectChars: fSubjectAt, kgoPredicateChars: fPredicateAt,
	kgoObjectChars: fObjectAt, schemaHeadline: fHeadline, schemaURL: fURL, schemaPublished: fPublished, schemaPublisher: fPublisher,
	kgoContentHash: fHash, schemaLanguage: fLanguage, kgoPLOVER: fPLOVER, kgoGoldstein: fGoldstein, kgoCAMEO: fCAMEO,
	rdfsSubProp: fParent, kgoRole: fRole, kgoCase: fCase, kgoEntity: fEntity,
	rdfType: isType, rdfsLabel: isLabel, schemaAlternateName: isAlias, kgoArgument: isArgument,
}

// rawNode is a claim, a sentence, an article or an argument by ids of nodes. It has no pointers, so that the garbage collector has
// nothing to look for in it.
type rawNode struct {
	class, graph uint64
	field        [fields]uint64
}

// Facts reads the store in one pass over all quads. Its memory grows with the store: about 1 KB a claim.
func (s *Store) Facts(ctx context.Context) (*Facts, error) {
	var out *Facts
	err := s.read(ctx, func(v *view) (err error) {
		out, _, err = v.facts(ctx, nil)
		return err
	})
	return out, err
}

// Whole is all that a store says, at one moment.
type Whole struct {
	Facts // with Entities as Store.Entities gives them
	// Merged are the names that judgements say mean an entity of another name, with that entity.
	Merged map[IRI]IRI
	Stats  Stats // as Store.Stats

	counter *counter
	names   *descriptions
	derived []link
	terms   *termsOf

	part        func(float64)
	read, quads int // so many of so many at most
}

// Whole reads the store in one pass over all quads. Its memory grows with the store: about 1.5 KB a claim. part is told which part of
// the work is done, from 0 to 1; it may be nil.
func (s *Store) Whole(ctx context.Context, part func(float64)) (*Whole, error) {
	w := &Whole{Merged: map[IRI]IRI{}, part: part}
	if part == nil {
		w.part = func(float64) {}
	}
	err := s.read(ctx, func(v *view) (err error) {
		w.quads = max(int(v.version(ctx).horizon), 1)
		if w.names, err = v.descriptions(); err != nil {
			return err
		}
		if w.counter, err = v.counter(); err != nil {
			return err
		}
		facts, terms, err := v.facts(ctx, w)
		if err != nil {
			return err
		}
		w.part(.8)
		w.Facts, w.terms = *facts, terms
		all := mergedNames{ns: v.ns, of: map[IRI]*merged{}}
		w.names.each(terms, func(name IRI, graph string, p props) {
			for _, e := range p.iris(kgoNameOf) {
				if e != name {
					w.Merged[name] = e
				}
			}
			all.add(name, graph, p)
		})
		w.Entities, w.names = all.entities(), nil
		w.Stats, err = w.counter.sum(ctx, v)
		w.counter = nil
		return err
	})
	return w, err
}

// take keeps what facts leave out.
func (w *Whole) take(l link) {
	if w.read++; w.read%(1<<16) == 0 {
		w.part(.5 * float64(min(w.read, w.quads)) / float64(w.quads))
	}
	w.counter.take(l)
	if w.names.derived[l.Label] != "" {
		w.derived = append(w.derived, l)
	} else {
		w.names.take(l)
	}
}

// Derived yields the quads of the derived graphs.
func (w *Whole) Derived() iter.Seq[Quad] {
	return func(yield func(Quad) bool) {
		for _, l := range w.derived {
			if !yield(Quad{Subject: w.terms.at(l.Subject), Predicate: w.terms.at(l.Predicate), Object: w.terms.at(l.Object), Graph: w.terms.at(l.Label)}) {
				return
			}
		}
	}
}

// facts reads the facts; where w is not nil it is given what they leave out, and the facts have no Entities.
func (v *view) facts(ctx context.Context, w *Whole) (*Facts, *termsOf, error) {
	var failed error
	id := func(name string) uint64 { // 0 where the store has no such node
		p, err := v.nodeID(quad.IRI(name))
		if err != nil {
			failed = err
		}
		return p
	}
	preds := map[uint64]int{}
	for name, f := range factFields {
		if p := id(name); p != 0 {
			preds[p] = f
		}
	}
	classes := map[uint64]string{}
	for _, name := range []string{classClaim, classSentence, classArticle, classRelation, className} {
		if p := id(name); p != 0 {
			classes[p] = name
		}
	}
	skip := map[uint64]bool{} // graphs that no article says
	for _, g := range append([]IRI{RulesGraph, pendingGraph, relationsGraph}, DerivedGraphs...) {
		if p := id(string(g)); p != 0 {
			skip[p] = true
		}
	}
	people, symmetric := id(string(PeopleGraph)), id(classSymmetric)
	if failed != nil {
		return nil, nil, failed
	}
	nodes := map[uint64]*rawNode{}
	arguments := map[uint64][]uint64{} // of claims
	types := map[[2]uint64]bool{}
	labels, aliases := map[[2]uint64]int{}, map[[2]uint64]bool{}
	// Quads of one subject or graph mostly come together.
	var last *rawNode
	var lastID, lastGraph uint64
	skipped := false
	node := func(id uint64) *rawNode {
		if last == nil || id != lastID {
			last, lastID = nodes[id], id
			if last == nil {
				last = &rawNode{}
				nodes[id] = last
			}
		}
		return last
	}
	err := v.match(ctx, link{}, func(l link) error {
		if w != nil {
			w.take(l)
		}
		if l.Label != lastGraph {
			lastGraph, skipped = l.Label, skip[l.Label]
		}
		if skipped {
			return nil
		}
		f, ok := preds[l.Predicate]
		if !ok {
			return nil
		}
		if people != 0 && l.Label == people { // its judgements are none of the facts, the labels that people gave are
			if f == isLabel && w == nil {
				labels[[2]uint64{l.Subject, l.Object}] += 1 << 30
			}
			return nil
		}
		switch f {
		case isType:
			if classes[l.Object] != "" {
				node(l.Subject).class = l.Object
			} else if w == nil || l.Object == symmetric {
				types[[2]uint64{l.Subject, l.Object}] = true
			}
		case isLabel:
			if w == nil {
				labels[[2]uint64{l.Subject, l.Object}]++
			}
		case isAlias:
			if w == nil {
				aliases[[2]uint64{l.Subject, l.Object}] = true
			}
		case isArgument:
			arguments[l.Subject] = append(arguments[l.Subject], l.Object)
		default:
			n := node(l.Subject)
			n.field[f], n.graph = l.Object, l.Label
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if w != nil { // of its labels only those of relations are needed here
		for _, l := range w.names.list {
			if n := nodes[l.Subject]; n != nil && classes[n.class] == classRelation && w.names.preds[l.Predicate] == rdfsLabel {
				labels[[2]uint64{l.Subject, l.Object}]++
			}
		}
	}
	terms, err := v.terms(ctx, func(add func(uint64)) {
		if w != nil {
			w.part(.5)
			w.names.nodes(add)
			for _, l := range w.derived {
				add(l.Subject)
				add(l.Predicate)
				add(l.Object)
				add(l.Label)
			}
		}
		for id, n := range nodes {
			add(id)
			add(n.graph)
			for _, f := range n.field {
				add(f)
			}
		}
		for key := range labels {
			add(key[0])
			add(key[1])
		}
		for key := range aliases {
			add(key[1])
		}
		for key := range types {
			add(key[1])
		}
	})
	if err != nil {
		return nil, nil, err
	}
	text := func(id uint64) string { return terms.at(id).Value }
	iri := func(id uint64) IRI { return IRI(terms.at(id).Value) }
	number := func(id uint64) int {
		n, _ := strconv.Atoi(text(id))
		return n
	}
	out := &Facts{Version: v.version(ctx).String()}
	relations := map[uint64]string{} // their labels
	for key := range labels {
		if n := nodes[key[0]]; n != nil && classes[n.class] == classRelation {
			if l := text(key[1]); relations[key[0]] == "" || l < relations[key[0]] {
				relations[key[0]] = l
			}
		}
	}
	// Rows are made in their order: they are too large to be moved about.
	type row struct {
		id   uint64
		name IRI
	}
	var rows []row
	var sentences, claims int
	for id, n := range nodes {
		switch classes[n.class] {
		case classSentence:
			sentences++
		case classClaim:
			claims++
		case classArticle, classRelation:
		default:
			continue
		}
		rows = append(rows, row{id, iri(id)})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.name, b.name) })
	out.Sentences, out.Claims = make([]FoundSentence, 0, sentences), make([]FoundClaim, 0, claims)
	for _, r := range rows {
		id, n := r.id, nodes[r.id]
		f := &n.field
		switch classes[n.class] {
		case classArticle:
			p := props{}
			for name, i := range map[string]int{schemaHeadline: fHeadline, schemaURL: fURL, schemaPublished: fPublished,
				schemaPublisher: fPublisher, kgoContentHash: fHash, schemaLanguage: fLanguage} {
				if f[i] != 0 {
					p[name] = []Term{terms.at(f[i])}
				}
			}
			out.Articles = append(out.Articles, readArticle(iri(id), p))
		case classRelation:
			out.Relations = append(out.Relations, Relation{ID: iri(id), Label: relations[id], PLOVER: text(f[fPLOVER]),
				Goldstein: text(f[fGoldstein]), CAMEO: text(f[fCAMEO]), Parent: iri(f[fParent]),
				Symmetric: types[[2]uint64{id, symmetric}]})
		case classSentence:
			out.Sentences = append(out.Sentences, FoundSentence{Sentence{ID: iri(id), Span: Span{number(f[fBegin]), number(f[fEnd])},
				Text: text(f[fText])}, iri(n.graph)})
		case classClaim:
			c := FoundClaim{Article: iri(n.graph), Claim: Claim{ID: iri(id), Sentence: iri(f[fSentence]),
				Span: Span{number(f[fBegin]), number(f[fEnd])}, Subject: iri(f[fSubject]), Predicate: iri(f[fPredicate]),
				Object: readObject(terms.at(f[fObject])), Polarity: text(f[fPolarity]), Modality: text(f[fModality]),
				AttributedTo: iri(f[fSource]), Time: text(f[fTime]), Place: iri(f[fPlace]), Rule: text(f[fRule]),
				SubjectSpan: readSpan(text(f[fSubjectAt])), PredicateSpan: readSpan(text(f[fPredicateAt])),
				ObjectSpan: readSpan(text(f[fObjectAt])), PLOVER: text(f[fPLOVER]), CAMEO: text(f[fCAMEO]),
				Goldstein: text(f[fGoldstein])}}
			if f, err := strconv.ParseFloat(text(f[fConfidence]), 64); err == nil && !math.IsNaN(f) {
				c.Confidence = f
			}
			slices.SortFunc(arguments[id], func(a, b uint64) int { return compareArguments(iri(a), iri(b)) })
			for _, a := range arguments[id] {
				if arg := nodes[a]; arg != nil {
					c.Arguments = append(c.Arguments, RoleArg{Role: text(arg.field[fRole]), Case: text(arg.field[fCase]),
						Entity: iri(arg.field[fEntity]), Text: text(arg.field[fText])})
				}
			}
			out.Claims = append(out.Claims, c)
		}
	}
	judged, err := v.layer(ctx, PeopleGraph)
	if err != nil {
		return nil, nil, err
	}
	wrong := map[IRI]bool{}
	for _, j := range judged.judgements {
		if j.OnClaim() {
			out.Verdicts = append(out.Verdicts, j)
			wrong[j.From] = j.Kind == Reject
		} else if j.OnEvent() {
			out.OnEvents = append(out.OnEvents, j)
		}
	}
	for i := range out.Claims {
		out.Claims[i].Rejected = wrong[out.Claims[i].ID]
	}
	slices.SortFunc(out.Verdicts, func(a, b Judgement) int { return cmp.Compare(a.From, b.From) })
	if w != nil {
		return out, terms, nil
	}
	entities := map[uint64]*Entity{}
	best := map[uint64]int{}
	for key, n := range labels {
		if nodes[key[0]] != nil && nodes[key[0]].class != 0 || terms.at(key[0]).Kind != Resource {
			continue
		}
		e, l := entities[key[0]], text(key[1])
		if e == nil {
			e = &Entity{ID: iri(key[0])}
			entities[key[0]] = e
		}
		if n > best[key[0]] || n == best[key[0]] && l < e.Label {
			e.Label, best[key[0]] = l, n
		}
	}
	for key := range types {
		if e := entities[key[0]]; e != nil {
			e.Types = append(e.Types, iri(key[1]))
		}
	}
	for key := range aliases {
		if e := entities[key[0]]; e != nil {
			e.Aliases = append(e.Aliases, text(key[1]))
		}
	}
	for key := range labels {
		if e := entities[key[0]]; e != nil && text(key[1]) != e.Label {
			e.Aliases = append(e.Aliases, text(key[1]))
		}
	}
	for _, e := range entities {
		slices.Sort(e.Types)
		slices.Sort(e.Aliases)
		e.Aliases = slices.Compact(e.Aliases)
		out.Entities = append(out.Entities, *e)
	}
	slices.SortFunc(out.Entities, func(a, b Entity) int { return cmp.Compare(a.ID, b.ID) })
	return out, terms, nil
}

func readObject(t Term) Object {
	if t.Kind != Literal {
		return Object{Entity: IRI(t.Value)}
	}
	o := Object{Literal: t.Value, Datatype: t.Datatype}
	if o.Datatype == "" {
		o.Datatype = "xsd:string"
	}
	return o
}

// compareArguments sorts arg2 before arg10.
func compareArguments(a, b IRI) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return cmp.Compare(a, b)
}

// termsOf holds the values of nodes, in the order of their ids. It takes half of what a map does.
type termsOf struct {
	ids    []uint64
	values []Term
	runs   []termRun
}

// termRun are the ids of one class, see kgstore: mostly counted from 1.
type termRun struct {
	first, last uint64
	begin, end  int      // in termsOf.ids
	places      []uint32 // of ids from first on, plus 1; 0 for numbers that are none. nil where most numbers are none
}

// runBits are the lower bits of an id that count.
const runBits = 60

func newTermsOf(ids []uint64) *termsOf {
	t := &termsOf{ids: ids, values: make([]Term, 0, len(ids))}
	for begin := 0; begin < len(ids); {
		end, _ := slices.BinarySearch(ids[begin:], (ids[begin]>>runBits+1)<<runBits)
		if ids[begin]>>runBits == 1<<(64-runBits)-1 {
			end = len(ids) - begin
		}
		end += begin
		r := termRun{first: ids[begin], last: ids[end-1], begin: begin, end: end}
		if n := r.last - r.first; n/8 < uint64(end-begin) && uint64(len(ids)) < 1<<32 {
			r.places = make([]uint32, n+1)
			for i, id := range ids[begin:end] {
				r.places[id-r.first] = uint32(begin + i + 1)
			}
		}
		t.runs = append(t.runs, r)
		begin = end
	}
	return t
}

// at is the value of a node; the zero Term where it was not asked for.
func (t *termsOf) at(id uint64) Term {
	for i := range t.runs {
		r := &t.runs[i]
		if id < r.first || id > r.last {
			continue
		}
		if r.places != nil {
			if p := r.places[id-r.first]; p > 0 {
				return t.values[p-1]
			}
		} else if i, ok := slices.BinarySearch(t.ids[r.begin:r.end], id); ok {
			return t.values[r.begin+i]
		}
		break
	}
	return Term{}
}

// terms gives the values of the nodes that list adds; 0 and what is added again are left out.
func (v *view) terms(ctx context.Context, list func(add func(uint64))) (*termsOf, error) {
	var ids []uint64
	compact := func() {
		slices.Sort(ids)
		ids = slices.Compact(ids)
	}
	next := 1 << 20
	list(func(id uint64) {
		if id == 0 {
			return
		}
		if ids = append(ids, id); len(ids) >= next { // most come many times
			compact()
			next = 2*len(ids) + 1<<20
		}
	})
	compact()
	out := newTermsOf(slices.Clip(slices.Clone(ids)))
	err := v.values(ctx, out.ids, func(_ uint64, val quad.Value) { out.values = append(out.values, v.ns.term(val)) })
	return out, err
}
