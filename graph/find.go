package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/kgstore"
)

// linksBy returns the quads with val in direction dir, in the order in which they were added.
func (v *view) linksBy(ctx context.Context, dir quad.Direction, val quad.Value) (links []link, err error) {
	id, err := v.nodeID(val)
	if err != nil || id == 0 {
		return nil, err
	}
	return v.matchInOrder(ctx, patternOf(dir, id))
}

func patternOf(dir quad.Direction, id uint64) (p link) {
	switch dir {
	case quad.Subject:
		p.Subject = id
	case quad.Predicate:
		p.Predicate = id
	case quad.Object:
		p.Object = id
	case quad.Label:
		p.Label = id
	}
	return p
}

// matchInOrder collects what match visits, in the order in which it was added: ids of quads tell it.
func (v *view) matchInOrder(ctx context.Context, pattern link) (links []link, err error) {
	err = v.match(ctx, pattern, func(l link) error {
		links = append(links, l)
		return nil
	})
	sort.Slice(links, func(i, j int) bool { return links[i].ID < links[j].ID })
	return links, err
}

// lookUp fills in the values of nodes. One that is gone, as in no consistent store, is left out.
func (v *view) lookUp(ctx context.Context, ids map[uint64]quad.Value) error {
	keys := make([]uint64, 0, len(ids))
	for id, val := range ids {
		if val == nil && id != 0 {
			keys = append(keys, id)
		}
	}
	slices.Sort(keys)
	return v.values(ctx, keys, func(id uint64, val quad.Value) { ids[id] = val })
}

// values calls fn with the values of nodes, which are read in the order of ids.
func (v *view) values(ctx context.Context, ids []uint64, fn func(id uint64, val quad.Value)) error {
	for chunk := range slices.Chunk(ids, 4096) {
		refs := make([]graph.Ref, len(chunk))
		for i, id := range chunk {
			refs[i] = v.ref(id)
		}
		vals, err := v.ValuesOf(ctx, refs)
		if err != nil {
			return fmt.Errorf("read store: %w", err)
		}
		for i, id := range chunk {
			fn(id, vals[i])
		}
	}
	return nil
}

// toQuads gives links their values.
func (v *view) toQuads(ctx context.Context, prims []link) ([]quad.Quad, error) {
	vals := make(map[uint64]quad.Value, len(prims))
	for _, p := range prims {
		vals[p.Subject], vals[p.Predicate], vals[p.Object], vals[p.Label] = nil, nil, nil, nil
	}
	if err := v.lookUp(ctx, vals); err != nil {
		return nil, err
	}
	quads := make([]quad.Quad, len(prims))
	for i, p := range prims {
		quads[i] = quad.Quad{Subject: vals[p.Subject], Predicate: vals[p.Predicate], Object: vals[p.Object], Label: vals[p.Label]}
		if quads[i].Subject == nil || quads[i].Predicate == nil || quads[i].Object == nil {
			return nil, fmt.Errorf("read store: quad %d has lost a node", p.ID)
		}
	}
	return quads, nil
}

// quadsBy returns the quads with val in direction dir.
func (v *view) quadsBy(ctx context.Context, dir quad.Direction, val quad.Value) ([]quad.Quad, error) {
	prims, err := v.linksBy(ctx, dir, val)
	if err != nil {
		return nil, err
	}
	return v.toQuads(ctx, prims)
}

// propsOf returns the properties of a subject, in one graph where graph is given, else in those of articles. Values that a resource
// points to are not read.
func (v *view) propsOf(ctx context.Context, id IRI, graph IRI) (p props, g IRI, err error) {
	quads, err := v.quadsBy(ctx, quad.Subject, quad.IRI(id))
	if err != nil {
		return nil, "", err
	}
	p = props{}
	for _, q := range quads {
		t := v.ns.term(q.Label)
		if graph != "" && t.Value != string(graph) || graph == "" && !ofArticle(t.Value) {
			continue
		}
		g = IRI(t.Value)
		name := v.ns.term(q.Predicate).Value
		p[name] = append(p[name], v.ns.term(q.Object))
	}
	return p, g, nil
}

func (v *view) articleHash(ctx context.Context, id IRI) (string, error) {
	p, _, err := v.propsOf(ctx, id, id)
	if err != nil {
		return "", err
	}
	return p.first(kgoContentHash), nil
}

func (s *Store) compactIRI(id IRI) IRI { return IRI(s.ns.compact(string(id))) }

// ArticleHash returns the content hash of an article; ok is false for one that is not in the store.
func (s *Store) ArticleHash(ctx context.Context, id IRI) (hash string, ok bool, err error) {
	err = s.read(ctx, func(v *view) error {
		hash, err = v.articleHash(ctx, s.compactIRI(id))
		return err
	})
	return hash, hash != "", err
}

// Article returns what is known of an article; a zero one where it is not in the store.
func (s *Store) Article(ctx context.Context, id IRI) (a Article, err error) {
	id = s.compactIRI(id)
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, id, id)
		if err == nil && p.has(rdfType, classArticle) {
			a = readArticle(id, p)
		}
		return err
	})
	return a, err
}

// Articles yields every article, sorted by ID.
func (s *Store) Articles(ctx context.Context) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		var arts []Article
		err := s.read(ctx, func(v *view) error {
			var ids []IRI
			err := v.subjectsOf(ctx, rdfType, classArticle, func(id IRI) { ids = append(ids, id) })
			if err != nil {
				return err
			}
			for _, id := range ids {
				p, _, err := v.propsOf(ctx, id, id)
				if err != nil {
					return err
				}
				arts = append(arts, readArticle(id, p))
			}
			return nil
		})
		sort.Slice(arts, func(i, j int) bool { return arts[i].ID < arts[j].ID })
		yieldAll(arts, err, yield)
	}
}

// yieldAll yields what a read has collected: nothing is yielded while a transaction is open, so that a loop may write.
func yieldAll[T any](list []T, err error, yield func(T, error) bool) {
	if err != nil {
		var zero T
		yield(zero, err)
		return
	}
	for _, x := range list {
		if !yield(x, nil) {
			return
		}
	}
}

// subjectsOf calls fn with every subject of quads with this predicate and object, once for each quad.
func (v *view) subjectsOf(ctx context.Context, predicate string, object IRI, fn func(IRI)) error {
	pred, err := v.nodeID(quad.IRI(predicate))
	if err != nil || pred == 0 {
		return err
	}
	obj, err := v.nodeID(quad.IRI(object))
	if err != nil || obj == 0 {
		return err
	}
	links, err := v.matchInOrder(ctx, link{Predicate: pred, Object: obj})
	if err != nil {
		return err
	}
	ids := map[uint64]quad.Value{}
	order := make([]uint64, 0, len(links))
	for _, l := range links {
		ids[l.Subject] = nil
		order = append(order, l.Subject)
	}
	if err := v.lookUp(ctx, ids); err != nil {
		return err
	}
	for _, id := range order {
		if t := v.ns.term(ids[id]); t.Kind == Resource {
			fn(IRI(t.Value))
		}
	}
	return nil
}

// Record reads an article back with all that it says, everything in the order in which it was added. It returns nil without an
// error for an unknown article.
func (s *Store) Record(ctx context.Context, article IRI) (*Record, error) {
	article = s.compactIRI(article)
	var rec *Record
	err := s.read(ctx, func(v *view) (err error) {
		_, rec, err = v.record(ctx, article)
		return err
	})
	return rec, err
}

// record reads the quads of an article and the record that they are; nil for an unknown article.
func (v *view) record(ctx context.Context, article IRI) ([]quad.Quad, *Record, error) {
	quads, err := v.quadsBy(ctx, quad.Label, quad.IRI(article))
	if err != nil || len(quads) == 0 {
		return nil, nil, err
	}
	terms := make([]Quad, len(quads))
	for i, q := range quads {
		terms[i] = v.ns.fromQuad(q)
	}
	rec := readRecord(v.ns, article, terms)
	if rec.Article.Hash == "" {
		return nil, nil, nil // a named graph, but no article's
	}
	return quads, rec, nil
}

func (ns *namespaces) fromQuad(q quad.Quad) Quad {
	return Quad{ns.term(q.Subject), ns.term(q.Predicate), ns.term(q.Object), ns.term(q.Label)}
}

// Sentence returns one sentence and its article.
func (s *Store) Sentence(ctx context.Context, id IRI) (sent Sentence, article IRI, ok bool, err error) {
	id = s.compactIRI(id)
	err = s.read(ctx, func(v *view) error {
		p, g, err := v.propsOf(ctx, id, "")
		if err != nil || !p.has(rdfType, classSentence) {
			return err
		}
		sent, article, ok = readSentence(id, p), g, true
		return nil
	})
	return sent, article, ok, err
}

// ClaimFilter picks claims; an empty field picks all.
type ClaimFilter struct {
	ID, Article, Sentence IRI
	// Subject, Predicate and Object are those of the claim. Entity picks claims where it is the subject or the object, a further
	// argument, the source or the place.
	Subject, Predicate, Object, Entity IRI
	// Limit ends the search after so many claims; 0 means none.
	Limit int
}

// FoundClaim is a claim with the article that makes it. Its subject, object, source, place and arguments are entities; Named has the
// names of the first four in the article where they are others.
type FoundClaim struct {
	Claim
	Article IRI
	// Rejected says that a person judged it to be wrong: it is no plain edge, whatever Plain says.
	Rejected bool
	Named    struct{ Subject, Object, AttributedTo, Place IRI }
}

// Claims yields the claims that f picks, in the order in which they were added. Without any field it reads the whole store.
func (s *Store) Claims(ctx context.Context, f ClaimFilter) iter.Seq2[FoundClaim, error] {
	for _, id := range []*IRI{&f.ID, &f.Article, &f.Sentence, &f.Subject, &f.Predicate, &f.Object, &f.Entity} {
		if *id != "" {
			*id = s.compactIRI(*id)
		}
	}
	return func(yield func(FoundClaim, error) bool) {
		var found []FoundClaim
		err := s.read(ctx, func(v *view) (err error) {
			found, err = v.claims(ctx, f)
			return err
		})
		yieldAll(found, err, yield)
	}
}

// claims finds the ids of candidates in the index of the most telling field and checks the other fields on each.
func (v *view) claims(ctx context.Context, f ClaimFilter) ([]FoundClaim, error) {
	var ids []IRI
	add := func(id IRI) { ids = append(ids, id) }
	var err error
	for _, name := range []*IRI{&f.Subject, &f.Object, &f.Entity} { // any name of an entity picks its claims
		if *name != "" && err == nil {
			*name, err = v.entityOf(ctx, *name)
		}
	}
	if err != nil {
		return nil, err
	}
	switch {
	case f.ID != "":
		add(f.ID)
	case f.Sentence != "":
		err = v.subjectsOf(ctx, provQuotedFrom, f.Sentence, add)
	case f.Subject != "":
		err = v.subjectsOf(ctx, rdfSubject, f.Subject, add)
	case f.Object != "":
		err = v.subjectsOf(ctx, rdfObject, f.Object, add)
	case f.Entity != "":
		for _, p := range []string{rdfSubject, rdfObject, provAttributed, kgoPlace} {
			if err == nil {
				err = v.subjectsOf(ctx, p, f.Entity, add)
			}
		}
		var args []IRI
		if err == nil {
			err = v.subjectsOf(ctx, kgoEntity, f.Entity, func(id IRI) { args = append(args, id) })
		}
		for _, a := range args {
			if err == nil {
				err = v.subjectsOf(ctx, kgoArgument, a, add)
			}
		}
	case f.Article != "":
		var quads []quad.Quad
		quads, err = v.quadsBy(ctx, quad.Label, quad.IRI(f.Article))
		for _, q := range quads {
			if q.Predicate == quad.IRI(rdfType) && q.Object == quad.IRI(classClaim) {
				add(IRI(v.ns.term(q.Subject).Value))
			}
		}
	case f.Predicate != "":
		err = v.subjectsOf(ctx, rdfPredicate, f.Predicate, add)
	default:
		err = v.subjectsOf(ctx, rdfType, classClaim, add)
	}
	if err != nil {
		return nil, err
	}
	var found []FoundClaim
	seen := make(map[IRI]bool, len(ids))
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		p, g, err := v.propsOf(ctx, id, "")
		if err != nil {
			return nil, err
		}
		if !p.has(rdfType, classClaim) {
			continue
		}
		var argErr error
		c := FoundClaim{Article: g, Claim: readClaim(id, p, func(arg IRI) props {
			ap, _, err := v.propsOf(ctx, arg, "")
			if err != nil {
				argErr = err
			}
			return ap
		})}
		if argErr != nil {
			return nil, argErr
		}
		c.Rejected = p.first(kgoStatus) == statusRejected
		c.Named.Subject, c.Named.Object = IRI(p.first(kgoNamedSubject)), IRI(p.first(kgoNamedObject))
		c.Named.AttributedTo, c.Named.Place = IRI(p.first(kgoNamedSource)), IRI(p.first(kgoNamedPlace))
		if !f.picks(&c) {
			continue
		}
		if found = append(found, c); len(found) == f.Limit {
			break
		}
	}
	return found, nil
}

func (f *ClaimFilter) picks(c *FoundClaim) bool {
	ok := func(want, got IRI) bool { return want == "" || want == got }
	if !(ok(f.ID, c.ID) && ok(f.Article, c.Article) && ok(f.Sentence, c.Sentence) && ok(f.Subject, c.Subject) &&
		ok(f.Predicate, c.Predicate) && ok(f.Object, c.Object.Entity)) {
		return false
	}
	if f.Entity == "" || f.Entity == c.Subject || f.Entity == c.Object.Entity || f.Entity == c.AttributedTo || f.Entity == c.Place {
		return true
	}
	for _, a := range c.Arguments {
		if a.Entity == f.Entity {
			return true
		}
	}
	return false
}

// merged gathers what articles say of one entity, under all its names.
type merged struct {
	types, labels, aliases, same counts // how many articles say it
	first, own                   counts // how many articles name the type first, or at all, of the entity's own name
	label                        string // that a person gave it
	class                        bool   // not an entity: see noName
}

// counts are made when something is counted: most things have one name and nothing else.
type counts map[string]int

func (c *counts) add(s string) {
	if *c == nil {
		*c = counts{}
	}
	(*c)[s]++
}

// add takes what one named graph says of name, one of the names of id.
func (m *merged) add(ns *namespaces, id, name IRI, graph string, p props) {
	if p.noName() {
		m.class = true
		return
	}
	label := p.first(rdfsLabel)
	if label == "" {
		return // no description, only what its names add to it
	}
	if graph == string(PeopleGraph) {
		m.label = label
		return
	}
	e := readEntity(ns, name, p)
	for i, t := range e.Types {
		m.types.add(string(t))
		if name == id { // what another name was taken for may be why it is another
			m.own.add(string(t))
			if i == 0 {
				m.first.add(string(t))
			}
		}
	}
	if name == id {
		m.labels.add(label)
	} else {
		m.aliases.add(label)
	}
	for _, a := range e.Aliases {
		m.aliases.add(a)
	}
	for _, same := range e.SameAs {
		m.same.add(ns.compact(string(same)))
	}
}

// entity sums m up; ok is false where it is no entity.
func (m *merged) entity(ns *namespaces, id IRI) (Entity, bool) {
	e := Entity{ID: id}
	if m.class || m.label == "" && len(m.labels)+len(m.aliases) == 0 {
		return e, false
	}
	// The type that most articles name first leads; the others follow by how often they are named, those of other names last.
	types := keysBy(m.types, func(a, b string) bool {
		if m.first[a] != m.first[b] {
			return m.first[a] > m.first[b]
		}
		if m.own[a] != m.own[b] {
			return m.own[a] > m.own[b]
		}
		if m.types[a] != m.types[b] {
			return m.types[a] > m.types[b]
		}
		return a < b
	})
	for _, t := range types {
		e.Types = append(e.Types, IRI(t))
	}
	by := func(counts map[string]int) func(a, b string) bool {
		return func(a, b string) bool {
			if counts[a] != counts[b] {
				return counts[a] > counts[b]
			}
			return a < b
		}
	}
	labels := keysBy(m.labels, by(m.labels))
	switch {
	case m.label != "":
		labels = append([]string{m.label}, labels...)
	case len(labels) == 0: // no article has it under its own name
		labels = keysBy(m.aliases, by(m.aliases))
	}
	e.Label = labels[0]
	for _, l := range labels[1:] {
		m.aliases.add(l)
	}
	delete(m.aliases, e.Label)
	e.Aliases = keysBy(m.aliases, func(a, b string) bool { return a < b })
	for _, same := range keysBy(m.same, func(a, b string) bool { return a < b }) {
		e.SameAs = append(e.SameAs, IRI(ns.expand(same)))
	}
	return e, true
}

func keysBy(m map[string]int, less func(a, b string) bool) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return less(keys[i], keys[j]) })
	return keys
}

// Entities yields every entity once, merged over all articles, sorted by ID: what a resolver must know to go on after a restart.
// The type that most articles put first comes first, the others by how many articles name them; Label is the most frequent
// label; every other name is an alias.
func (s *Store) Entities(ctx context.Context) iter.Seq2[Entity, error] {
	return func(yield func(Entity, error) bool) {
		var list []Entity
		err := s.read(ctx, func(v *view) (err error) {
			list, err = v.entities(ctx)
			return err
		})
		yieldAll(list, err, yield)
	}
}

// description are the predicates of what articles say of names.
var description = []string{rdfType, rdfsLabel, schemaAlternateName, owlSameAs, kgoNameOf, kgoNameType, kgoNameAlias, kgoNameSameAs}

func (v *view) entities(ctx context.Context) ([]Entity, error) {
	all := mergedNames{ns: v.ns, of: map[IRI]*merged{}}
	if err := v.eachDescription(ctx, nil, all.add); err != nil {
		return nil, err
	}
	return all.entities(), nil
}

// mergedNames gathers what articles say of all entities.
type mergedNames struct {
	ns *namespaces
	of map[IRI]*merged
}

func (a *mergedNames) add(name IRI, graph string, p props) {
	id := name
	for _, e := range p.iris(kgoNameOf) {
		if e != name {
			id = e
		}
	}
	m := a.of[id]
	if m == nil {
		m = &merged{}
		a.of[id] = m
	}
	m.add(a.ns, id, name, graph, p)
}

func (a *mergedNames) entities() []Entity {
	list := make([]Entity, 0, len(a.of))
	for id, m := range a.of {
		if e, ok := m.entity(a.ns, id); ok {
			list = append(list, e)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	return list
}

// eachDescription calls fn with what each named graph says of each subject that may be a name, and before that those of more with
// the quads of their predicates, without their IDs. What several graphs say of one subject comes together. It reads all quads once.
func (v *view) eachDescription(ctx context.Context, more map[string]func(l link), fn func(name IRI, graph string, p props)) error {
	d, err := v.descriptions()
	if err != nil {
		return err
	}
	also := map[uint64]func(l link){}
	for _, name := range slices.Sorted(maps.Keys(more)) {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return err
		}
		if id != 0 {
			also[id] = more[name]
		}
	}
	take := func(l link) error {
		if do := also[l.Predicate]; do != nil {
			do(l)
		} else {
			d.take(l)
		}
		return nil
	}
	if r, ok := v.reader.(kgReader); ok {
		for _, id := range append(slices.Sorted(maps.Keys(d.preds)), slices.Sorted(maps.Keys(also))...) {
			if err := r.matchAny(link{Predicate: id}, false, take); err != nil {
				return err
			}
		}
		if err := d.number(r); err != nil {
			return err
		}
	} else if err := v.match(ctx, link{}, take); err != nil { // Cayley's stores have no index of predicates
		return err
	}
	terms, err := v.terms(ctx, d.nodes)
	if err != nil {
		return err
	}
	d.each(terms, fn)
	return nil
}

// descriptions collects the quads that say what names mean.
type descriptions struct {
	preds   map[uint64]string
	classes map[uint64]bool // of what is no name
	derived map[uint64]IRI
	list    []link
	other   map[uint64]bool // subjects that are no names
}

func (v *view) descriptions() (d *descriptions, err error) {
	d = &descriptions{preds: map[uint64]string{}, classes: map[uint64]bool{}, other: map[uint64]bool{}}
	for _, name := range description {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return nil, err
		}
		if id != 0 {
			d.preds[id] = name
		}
	}
	for name := range reserved {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return nil, err
		}
		if id != 0 && name != className {
			d.classes[id] = true
		}
	}
	d.derived, err = v.derivedGraphs()
	return d, err
}

func (d *descriptions) take(l link) {
	if name, ok := d.preds[l.Predicate]; !ok || d.derived[l.Label] != "" {
		return
	} else if name == rdfType && d.classes[l.Object] {
		d.other[l.Subject] = true
	} else {
		d.list = append(d.list, l)
	}
}

// sort takes out what is no name and puts together what a named graph says of one.
func (d *descriptions) sort() {
	d.list = slices.DeleteFunc(d.list, func(l link) bool { return d.other[l.Subject] })
	slices.SortFunc(d.list, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
	})
}

// number gives links their IDs where a graph has several types of a name, of which the first leads.
func (d *descriptions) number(r kgReader) error {
	d.sort()
	var at []int
	var list []kgstore.Link
	for begin, end := 0, 0; begin < len(d.list); begin = end {
		types := map[uint64]int{}
		for end = begin; end < len(d.list) && d.list[end].Subject == d.list[begin].Subject && d.list[end].Label == d.list[begin].Label; end++ {
			if p := d.list[end].Predicate; d.preds[p] == rdfType || d.preds[p] == kgoNameType {
				types[p]++
			}
		}
		for i := begin; i < end; i++ {
			if l := d.list[i]; types[l.Predicate] > 1 {
				at, list = append(at, i), append(list, kgLink(l))
			}
		}
	}
	ids, err := r.Sequence(list)
	for i, id := range ids {
		d.list[at[i]].ID = id
	}
	return err
}

// nodes adds those whose values each asks for.
func (d *descriptions) nodes(add func(uint64)) {
	for _, l := range d.list {
		if !d.other[l.Subject] {
			add(l.Subject)
			add(l.Object)
			add(l.Label)
		}
	}
}

// each calls fn as eachDescription does.
func (d *descriptions) each(terms *termsOf, fn func(name IRI, graph string, p props)) {
	d.sort()
	list := d.list
	for begin := 0; begin < len(list); {
		first, p := list[begin], props{}
		for ; begin < len(list) && list[begin].Subject == first.Subject && list[begin].Label == first.Label; begin++ {
			name := d.preds[list[begin].Predicate]
			p[name] = append(p[name], terms.at(list[begin].Object))
		}
		if t := terms.at(first.Subject); t.Kind == Resource {
			fn(IRI(t.Value), terms.at(first.Label).Value, p)
		}
	}
}

// Entity returns one entity merged over all articles, as Entities does. id may be any of its names.
func (s *Store) Entity(ctx context.Context, id IRI) (e Entity, ok bool, err error) {
	err = s.read(ctx, func(v *view) error {
		e, ok, err = v.entity(ctx, s.compactIRI(id))
		return err
	})
	return e, ok, err
}

func (v *view) entity(ctx context.Context, id IRI) (Entity, bool, error) {
	id, err := v.entityOf(ctx, id)
	if err != nil {
		return Entity{}, false, err
	}
	names, err := v.namesOf(ctx, id)
	if err != nil {
		return Entity{}, false, err
	}
	m := &merged{}
	for _, name := range names {
		quads, err := v.quadsBy(ctx, quad.Subject, quad.IRI(name))
		if err != nil {
			return Entity{}, false, err
		}
		graphs := map[string]props{}
		for _, q := range quads {
			g := v.ns.term(q.Label).Value
			if !ofArticle(g) && g != string(PeopleGraph) { // people give labels; events are derived
				continue
			}
			p := graphs[g]
			if p == nil {
				p = props{}
				graphs[g] = p
			}
			pred := v.ns.term(q.Predicate).Value
			p[pred] = append(p[pred], v.ns.term(q.Object))
		}
		for g, p := range graphs {
			m.add(v.ns, id, name, g, p)
		}
	}
	e, ok := m.entity(v.ns, id)
	return e, ok, nil
}

// Named returns the entities that have exactly this name as label or alias, sorted by ID.
func (s *Store) Named(ctx context.Context, name string) ([]Entity, error) {
	var list []Entity
	err := s.read(ctx, func(v *view) error {
		quads, err := v.quadsBy(ctx, quad.Object, quad.String(name))
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, q := range quads {
			id, p := v.ns.term(q.Subject), v.ns.term(q.Predicate).Value
			if p != rdfsLabel && p != schemaAlternateName || seen[id.Value] || id.Kind != Resource {
				continue
			}
			seen[id.Value] = true
			e, ok, err := v.entity(ctx, IRI(id.Value))
			if err != nil {
				return err
			}
			if ok && (string(e.ID) == id.Value || !seen[string(e.ID)]) {
				seen[string(e.ID)] = true
				list = append(list, e)
			}
		}
		return nil
	})
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	return list, err
}

// Quads yields the quads that fit pattern (a None term fits all), each once; all quads of a store come in the order in which they were
// added, but on the backend kg sorted by nodes. In memory all are collected first; else they are read as the loop goes on, in one
// transaction, so a loop must not wait for a writer.
func (s *Store) Quads(ctx context.Context, pattern Quad) iter.Seq2[Quad, error] {
	return func(yield func(Quad, error) bool) {
		if !s.memory {
			stopped := false
			err := s.read(ctx, func(v *view) error {
				return v.eachQuad(ctx, pattern, func(q Quad) bool {
					stopped = !guardLoop(yield, q)
					return !stopped
				})
			})
			if err != nil && !stopped {
				yield(Quad{}, err)
			}
			return
		}
		var list []Quad
		err := s.read(ctx, func(v *view) error {
			return v.eachQuad(ctx, pattern, func(q Quad) bool {
				list = append(list, q)
				return true
			})
		})
		yieldAll(list, err, yield)
	}
}

// guardLoop yields q and marks a panic of the loop as the caller's.
func guardLoop(yield func(Quad, error) bool, q Quad) bool {
	defer func() {
		if p := recover(); p != nil {
			panic(loopPanic{p})
		}
	}()
	return yield(q, nil)
}

// eachQuad calls fn with the quads that fit pattern until it returns false.
func (v *view) eachQuad(ctx context.Context, pattern Quad, fn func(Quad) bool) error {
	var want link
	for i, t := range []Term{pattern.Subject, pattern.Predicate, pattern.Object, pattern.Graph} {
		if t.Kind == None {
			continue
		}
		if err := t.check(); err != nil {
			return &QueryError{Lang: "pattern", Err: err}
		}
		id, err := v.nodeID(v.ns.value(t))
		if err != nil {
			return err
		}
		if id == 0 {
			return nil // no such node, so no such quad
		}
		*[]*uint64{&want.Subject, &want.Predicate, &want.Object, &want.Label}[i] = id
	}
	const chunk = 4096
	prims := make([]link, 0, chunk)
	more := true
	flush := func() error {
		quads, err := v.toQuads(ctx, prims)
		if err != nil {
			return err
		}
		prims = prims[:0]
		for _, q := range quads {
			if more = fn(v.ns.fromQuad(q)); !more {
				return errStop
			}
		}
		return nil
	}
	err := v.match(ctx, want, func(p link) error {
		if prims = append(prims, p); len(prims) == chunk {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err == errStop {
		return nil
	}
	return err
}
