package graph

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// Facts is all that rules over whole stores compare: what articles say, without what rules have derived from it. Every list is
// sorted by ID, so it is the same whatever the order in which articles were added. It is a copy and may be changed.
type Facts struct {
	Articles []Article
	// Sentences and Claims name the article that they are of. Arguments have no character ranges.
	Sentences []FoundSentence
	Claims    []FoundClaim
	// Entities have the types and labels that any article gives them: Types and Aliases sorted, Label the one that a
	// person gave it or the most frequent.
	Entities []Entity
}

// FoundSentence is a sentence with its article.
type FoundSentence struct {
	Sentence
	Article IRI
}

// rawNode is a subject of quads before its nodes have their values.
type rawNode struct {
	class                            uint64 // of a claim, sentence, article or relation, else 0
	graph                            uint64
	subject, predicate, object       uint64
	polarity, modality, source       uint64
	time, place, sentence            uint64
	confidence, rule                 uint64
	text, begin, end                 uint64
	subjectAt, predicateAt, objectAt uint64
	role, form, entity               uint64 // of an argument; text too
	headline, url, published, outl   uint64
	hash, language                   uint64
	arguments                        []uint64
}

// Facts reads the store in one pass over all quads. Its memory grows with the store: about 1 KB a claim.
func (s *Store) Facts(ctx context.Context) (*Facts, error) {
	var out *Facts
	err := s.read(ctx, func(v *view) (err error) {
		out, err = v.facts(ctx)
		return err
	})
	return out, err
}

func (v *view) facts(ctx context.Context) (*Facts, error) {
	id := func(name string) (uint64, error) { return v.nodeID(quad.IRI(name)) }
	field := map[uint64]func(*rawNode) *uint64{}
	for name, f := range map[string]func(*rawNode) *uint64{
		rdfSubject: func(n *rawNode) *uint64 { return &n.subject }, rdfPredicate: func(n *rawNode) *uint64 { return &n.predicate },
		rdfObject: func(n *rawNode) *uint64 { return &n.object }, kgoPolarity: func(n *rawNode) *uint64 { return &n.polarity },
		kgoModality: func(n *rawNode) *uint64 { return &n.modality }, provAttributed: func(n *rawNode) *uint64 { return &n.source },
		kgoEventTime: func(n *rawNode) *uint64 { return &n.time }, kgoPlace: func(n *rawNode) *uint64 { return &n.place },
		provQuotedFrom: func(n *rawNode) *uint64 { return &n.sentence }, kgoConfidence: func(n *rawNode) *uint64 { return &n.confidence },
		kgoRule: func(n *rawNode) *uint64 { return &n.rule }, nifText: func(n *rawNode) *uint64 { return &n.text },
		nifBegin: func(n *rawNode) *uint64 { return &n.begin }, nifEnd: func(n *rawNode) *uint64 { return &n.end },
		kgoSubjectChars: func(n *rawNode) *uint64 { return &n.subjectAt }, kgoPredicateChars: func(n *rawNode) *uint64 { return &n.predicateAt },
		kgoObjectChars: func(n *rawNode) *uint64 { return &n.objectAt },
		kgoRole:        func(n *rawNode) *uint64 { return &n.role }, kgoCase: func(n *rawNode) *uint64 { return &n.form },
		kgoEntity: func(n *rawNode) *uint64 { return &n.entity }, kgoText: func(n *rawNode) *uint64 { return &n.text },
		schemaHeadline: func(n *rawNode) *uint64 { return &n.headline }, schemaURL: func(n *rawNode) *uint64 { return &n.url },
		schemaPublished: func(n *rawNode) *uint64 { return &n.published }, schemaPublisher: func(n *rawNode) *uint64 { return &n.outl },
		kgoContentHash: func(n *rawNode) *uint64 { return &n.hash }, schemaLanguage: func(n *rawNode) *uint64 { return &n.language },
	} {
		p, err := id(name)
		if err != nil {
			return nil, err
		}
		if p != 0 {
			field[p] = f
		}
	}
	named := map[string]uint64{}
	for _, name := range []string{rdfType, rdfsLabel, schemaAlternateName, kgoArgument, classClaim, classSentence, classArticle, classRelation, className} {
		p, err := id(name)
		if err != nil {
			return nil, err
		}
		named[name] = p
	}
	derived, err := v.derivedGraphs()
	if err != nil {
		return nil, err
	}
	people, err := id(string(PeopleGraph))
	if err != nil {
		return nil, err
	}
	for _, g := range []IRI{RulesGraph, pendingGraph} {
		p, err := id(string(g))
		if err != nil {
			return nil, err
		}
		if p != 0 {
			derived[p] = true
		}
	}
	nodes := map[uint64]*rawNode{}
	node := func(id uint64) *rawNode {
		n := nodes[id]
		if n == nil {
			n = &rawNode{}
			nodes[id] = n
		}
		return n
	}
	types := map[[2]uint64]bool{}
	labels, aliases := map[[2]uint64]int{}, map[[2]uint64]bool{}
	vals := map[uint64]quad.Value{}
	is := func(p uint64, name string) bool { return p != 0 && p == named[name] }
	err = v.match(ctx, link{}, func(l link) error {
		if derived[l.Label] {
			return nil
		}
		if people != 0 && l.Label == people { // its judgements are none of the facts, the labels that people gave are
			if is(l.Predicate, rdfsLabel) {
				labels[[2]uint64{l.Subject, l.Object}] += 1 << 30
				vals[l.Subject], vals[l.Object] = nil, nil
			}
			return nil
		}
		switch {
		case field[l.Predicate] != nil:
			n := node(l.Subject)
			*field[l.Predicate](n) = l.Object
			n.graph = l.Label
		case is(l.Predicate, rdfType):
			switch {
			case is(l.Object, classClaim), is(l.Object, classSentence), is(l.Object, classArticle), is(l.Object, classRelation),
				is(l.Object, className):
				node(l.Subject).class = l.Object
			default:
				types[[2]uint64{l.Subject, l.Object}] = true
			}
		case is(l.Predicate, rdfsLabel):
			labels[[2]uint64{l.Subject, l.Object}]++
		case is(l.Predicate, schemaAlternateName):
			aliases[[2]uint64{l.Subject, l.Object}] = true
		case is(l.Predicate, kgoArgument):
			n := node(l.Subject)
			n.arguments = append(n.arguments, l.Object)
		default:
			return nil
		}
		vals[l.Subject], vals[l.Object], vals[l.Label] = nil, nil, nil
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return nil, err
	}
	terms := make(map[uint64]Term, len(vals))
	for id, val := range vals {
		terms[id] = v.ns.term(val)
		delete(vals, id)
	}
	text := func(id uint64) string { return terms[id].Value }
	iri := func(id uint64) IRI { return IRI(terms[id].Value) }
	number := func(id uint64) int {
		n, _ := strconv.Atoi(text(id))
		return n
	}
	out := &Facts{}
	for id, n := range nodes {
		switch {
		case is(n.class, classArticle):
			p := props{}
			for name, val := range map[string]uint64{schemaHeadline: n.headline, schemaURL: n.url, schemaPublished: n.published,
				schemaPublisher: n.outl, kgoContentHash: n.hash, schemaLanguage: n.language} {
				if val != 0 {
					p[name] = []Term{terms[val]}
				}
			}
			out.Articles = append(out.Articles, readArticle(iri(id), p))
		case is(n.class, classSentence):
			out.Sentences = append(out.Sentences, FoundSentence{Sentence{ID: iri(id), Span: Span{number(n.begin), number(n.end)},
				Text: text(n.text)}, iri(n.graph)})
		case is(n.class, classClaim):
			c := FoundClaim{Article: iri(n.graph), Claim: Claim{ID: iri(id), Sentence: iri(n.sentence),
				Span: Span{number(n.begin), number(n.end)}, Subject: iri(n.subject), Predicate: iri(n.predicate), Object: readObject(terms[n.object]),
				Polarity: text(n.polarity), Modality: text(n.modality), AttributedTo: iri(n.source), Time: text(n.time), Place: iri(n.place),
				Rule: text(n.rule), SubjectSpan: readSpan(text(n.subjectAt)), PredicateSpan: readSpan(text(n.predicateAt)),
				ObjectSpan: readSpan(text(n.objectAt))}}
			if f, err := strconv.ParseFloat(text(n.confidence), 64); err == nil && !math.IsNaN(f) {
				c.Confidence = f
			}
			slices.SortFunc(n.arguments, func(a, b uint64) int { return compareArguments(iri(a), iri(b)) })
			for _, a := range n.arguments {
				if arg := nodes[a]; arg != nil {
					c.Arguments = append(c.Arguments, RoleArg{Role: text(arg.role), Case: text(arg.form), Entity: iri(arg.entity), Text: text(arg.text)})
				}
			}
			out.Claims = append(out.Claims, c)
		}
	}
	entities := map[uint64]*Entity{}
	best := map[uint64]int{}
	for key, n := range labels {
		if nodes[key[0]] != nil && nodes[key[0]].class != 0 || terms[key[0]].Kind != Resource {
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
	slices.SortFunc(out.Articles, func(a, b Article) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(out.Sentences, func(a, b FoundSentence) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(out.Claims, func(a, b FoundClaim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(out.Entities, func(a, b Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
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
	return strings.Compare(string(a), string(b))
}
