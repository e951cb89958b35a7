package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// Names is what the articles of a store say of each name by itself, as if no judgement had been made: what rules judge by. Its lists
// are sorted, so that it is the same whatever the order in which articles were added.
type Names struct {
	Articles []Article // by ID
	Names    []Name    // by ID
}

// Name is one name with what articles say of it.
type Name struct {
	Entity           // Types, Label, Aliases and SameAs as Store.Entities merges them
	Of       IRI     // the entity that it means by the judgements that there are; itself where none merges it
	Articles []int32 // that name it: indices of Names.Articles, rising
	Claims   int     // with it as subject or object
	Facts    []Fact  // of asserted claims with it as subject, by Predicate and Object, each once
}

// Fact is what claims say of a name.
type Fact struct {
	Predicate IRI
	Object    string // an IRI, or a literal in quotes
}

// Names reads all names of the store. It reads all quads once; its memory grows with the names and claims.
func (s *Store) Names(ctx context.Context) (*Names, error) {
	out := &Names{}
	err := s.read(ctx, func(v *view) error { return v.names(ctx, out) })
	return out, err
}

// claimNodes are the nodes of a claim, with those of the names that its article has for subject and object where they are others.
type claimNodes struct{ subject, predicate, object, namedSubject, namedObject, status uint64 }

func (v *view) names(ctx context.Context, out *Names) error {
	claims := map[uint64]*claimNodes{}
	at := func(id uint64) *claimNodes {
		c := claims[id]
		if c == nil {
			c = &claimNodes{}
			claims[id] = c
		}
		return c
	}
	asserted, err := v.nodeID(quad.String("asserted"))
	if err != nil {
		return err
	}
	published := map[IRI]Article{}
	found := map[IRI]*merged{}
	in := map[IRI][]IRI{} // articles of a name
	of := map[IRI]IRI{}
	err = v.eachDescription(ctx, map[string]func(l link){
		rdfSubject:      func(l link) { at(l.Subject).subject = l.Object },
		rdfPredicate:    func(l link) { at(l.Subject).predicate = l.Object },
		rdfObject:       func(l link) { at(l.Subject).object = l.Object },
		kgoNamedSubject: func(l link) { at(l.Subject).namedSubject = l.Object },
		kgoNamedObject:  func(l link) { at(l.Subject).namedObject = l.Object },
		kgoStatus:       func(l link) { at(l.Subject).status = l.Object },
	}, func(name IRI, graph string, p props) {
		if p.first(rdfsLabel) == "" || graph == string(PeopleGraph) {
			return
		}
		m := found[name]
		if m == nil {
			m = &merged{}
			found[name] = m
		}
		m.add(v.ns, name, name, graph, p)
		for _, e := range p.iris(kgoNameOf) {
			if e != name {
				of[name] = e
			}
		}
		in[name] = append(in[name], IRI(graph))
		published[IRI(graph)] = Article{}
	})
	if err != nil {
		return err
	}
	for id := range published {
		p, _, err := v.propsOf(ctx, id, id)
		if err != nil {
			return err
		}
		out.Articles = append(out.Articles, readArticle(id, p))
	}
	slices.SortFunc(out.Articles, func(a, b Article) int { return cmp.Compare(a.ID, b.ID) })
	number := make(map[IRI]int32, len(out.Articles))
	for i := range out.Articles {
		number[out.Articles[i].ID] = int32(i)
	}
	for id, m := range found {
		e, ok := m.entity(v.ns, id)
		if !ok {
			continue
		}
		n := Name{Entity: e, Of: cmp.Or(of[id], id)}
		for _, a := range in[id] {
			n.Articles = append(n.Articles, number[a])
		}
		slices.Sort(n.Articles)
		out.Names = append(out.Names, n)
	}
	slices.SortFunc(out.Names, func(a, b Name) int { return cmp.Compare(a.ID, b.ID) })
	vals := map[uint64]quad.Value{}
	for _, c := range claims {
		c.subject, c.object = cmp.Or(c.namedSubject, c.subject), cmp.Or(c.namedObject, c.object)
		vals[c.subject], vals[c.predicate], vals[c.object] = nil, nil, nil
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return err
	}
	nameAt := make(map[IRI]*Name, len(out.Names))
	for i := range out.Names {
		nameAt[out.Names[i].ID] = &out.Names[i]
	}
	for _, c := range claims {
		o := v.ns.term(vals[c.object])
		subject, object := nameAt[IRI(v.ns.term(vals[c.subject]).Value)], (*Name)(nil)
		text := o.Value
		if o.Kind == Resource {
			object = nameAt[IRI(o.Value)]
		} else {
			text = o.String()
		}
		if subject != nil {
			subject.Claims++
			if c.status == asserted {
				subject.Facts = append(subject.Facts, Fact{IRI(v.ns.term(vals[c.predicate]).Value), text})
			}
		}
		if object != nil && object != subject {
			object.Claims++
		}
	}
	for i := range out.Names {
		n := &out.Names[i]
		slices.SortFunc(n.Facts, func(a, b Fact) int {
			return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), strings.Compare(a.Object, b.Object))
		})
		n.Facts = slices.Compact(n.Facts)
	}
	return nil
}
