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
	articles := map[uint64]*[len(articleFields)]uint64{} // what they say of themselves
	number := map[IRI]int32{}                            // of articles in the order in which they are found
	also := map[string]func(l link){
		rdfSubject:      func(l link) { at(l.Subject).subject = l.Object },
		rdfPredicate:    func(l link) { at(l.Subject).predicate = l.Object },
		rdfObject:       func(l link) { at(l.Subject).object = l.Object },
		kgoNamedSubject: func(l link) { at(l.Subject).namedSubject = l.Object },
		kgoNamedObject:  func(l link) { at(l.Subject).namedObject = l.Object },
		kgoStatus:       func(l link) { at(l.Subject).status = l.Object },
	}
	for i, name := range articleFields {
		also[name] = func(l link) {
			if l.Subject != l.Label {
				return
			}
			if articles[l.Subject] == nil {
				articles[l.Subject] = &[len(articleFields)]uint64{}
			}
			articles[l.Subject][i] = l.Object
		}
	}
	var n Name // that is being read
	var m merged
	end := func() {
		if e, ok := m.entity(v.ns, n.ID); ok {
			n.Entity, n.Of = e, cmp.Or(n.Of, n.ID)
			out.Names = append(out.Names, n)
		}
	}
	err = v.eachDescription(ctx, also, func(name IRI, graph string, p props) {
		if p.first(rdfsLabel) == "" || graph == string(PeopleGraph) {
			return
		}
		if name != n.ID {
			end()
			n, m = Name{Entity: Entity{ID: name}}, merged{}
		}
		m.add(v.ns, name, name, graph, p)
		for _, e := range p.iris(kgoNameOf) {
			if e != name {
				n.Of = e
			}
		}
		k, ok := number[IRI(graph)]
		if !ok {
			k = int32(len(number))
			number[IRI(graph)] = k
		}
		n.Articles = append(n.Articles, k)
	})
	if err != nil {
		return err
	}
	end()
	if err := v.nameArticles(ctx, out, articles, number); err != nil {
		return err
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
		slices.Sort(n.Articles)
		slices.SortFunc(n.Facts, func(a, b Fact) int {
			return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), strings.Compare(a.Object, b.Object))
		})
		n.Facts = slices.Compact(n.Facts)
	}
	return nil
}

var articleFields = [...]string{schemaHeadline, schemaURL, schemaPublished, schemaPublisher, schemaLanguage, kgoContentHash}

// nameArticles fills in the articles, which are numbered as they were found, and numbers them by their IDs. fields are the nodes of what
// each says of itself.
func (v *view) nameArticles(ctx context.Context, out *Names, fields map[uint64]*[len(articleFields)]uint64, number map[IRI]int32) error {
	vals := map[uint64]quad.Value{}
	for id, f := range fields {
		vals[id] = nil
		for _, val := range f {
			vals[val] = nil
		}
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return err
	}
	says := make(map[IRI]props, len(fields))
	for id, f := range fields {
		name := IRI(v.ns.term(vals[id]).Value)
		if _, ok := number[name]; ok {
			says[name] = props{}
			for i, val := range f {
				if val != 0 {
					says[name][articleFields[i]] = []Term{v.ns.term(vals[val])}
				}
			}
		}
	}
	for id := range number {
		out.Articles = append(out.Articles, readArticle(id, says[id]))
	}
	slices.SortFunc(out.Articles, func(a, b Article) int { return cmp.Compare(a.ID, b.ID) })
	now := make([]int32, len(number))
	for i := range out.Articles {
		now[number[out.Articles[i].ID]] = int32(i)
	}
	for i := range out.Names {
		for k, a := range out.Names[i].Articles {
			out.Names[i].Articles[k] = now[a]
		}
	}
	return nil
}
