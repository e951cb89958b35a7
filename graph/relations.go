package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// relationsGraph is the named graph of one quad: the stamp of the relations by which the claims of the store have their predicates.
const relationsGraph IRI = "kg:derived/relations"

// Revised counts what Revise changed.
type Revised struct {
	Claims   int // whose predicate is another than before
	Articles int // written anew
	Quads    int // added or deleted
}

// Revise writes the articles of the store anew where revise, a pure function of the record as its article names things that is called
// for several at a time, gives them other predicates than they have, plain edges with them. It may change Predicate of claims and
// Relations, nothing else. stamp is a version of revise: where the store has it already nothing is read. It goes before the first
// article is written and comes after the last, so that a call that was ended is made good by the next.
func (s *Store) Revise(ctx context.Context, revise func(*Record), stamp string) (res Revised, err error) {
	if stamp == "" {
		return res, errors.New("revise: empty stamp")
	}
	ids, unlock, err := s.lockNames(ctx)
	if err != nil {
		return res, err
	}
	defer unlock()
	var articles []IRI
	var old, settled []quad.Quad
	mark := ofGraph(relationsGraph, kgoContentHash, quad.String(stamp))
	err = s.read(ctx, func(v *view) error {
		var err error
		if old, err = v.quadsBy(ctx, quad.Label, quad.IRI(relationsGraph)); err != nil || slices.Contains(old, mark) {
			return err
		}
		if settled, err = v.quadsBy(ctx, quad.Label, quad.IRI(settledGraph)); err != nil {
			return err
		}
		return v.subjectsOf(ctx, rdfType, classArticle, func(id IRI) { articles = append(articles, id) })
	})
	if err != nil || slices.Contains(old, mark) {
		return res, err
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	if len(old) > 0 { // in a transaction of its own: a backend that adds before it deletes would keep it beside what is new
		if err := s.write(old, nil); err != nil {
			return res, err
		}
	}
	diff := func(v *view, a IRI) (c rewritten, err error) {
		c.del, c.add, err = v.articleDiff(ctx, a, ids, func(rec *Record) {
			before := make([]IRI, len(rec.Claims))
			for i := range rec.Claims {
				before[i] = rec.Claims[i].Predicate
			}
			revise(rec)
			for i := range rec.Claims {
				if rec.Claims[i].Predicate != before[i] {
					c.claims++
				}
			}
		})
		if err != nil {
			return c, fmt.Errorf("revise %s: %w", a, err)
		}
		return c, nil
	}
	err = s.rewrite(ctx, articles, diff, func(_ IRI, c *rewritten) {
		if n := len(c.del) + len(c.add); n > 0 {
			res.Claims += c.claims
			res.Articles++
			res.Quads += n
			c.del, settled = append(c.del, settled...), nil // what rules derived is older now
		}
	})
	if err != nil {
		return res, err
	}
	return res, s.write(nil, []quad.Quad{mark})
}

// RelationsStamp returns what Revise was given last, "" where it never ran or did not come to its end.
func (s *Store) RelationsStamp(ctx context.Context) (stamp string, err error) {
	err = s.read(ctx, func(v *view) error {
		p, _, err := v.propsOf(ctx, relationsGraph, relationsGraph)
		stamp = p.first(kgoContentHash)
		return err
	})
	return stamp, err
}

// RelationUse is a relation with what claims say with it.
type RelationUse struct {
	Relation
	Claims   int
	Plain    int // claims that are plain edges too
	Articles int
	Cues     []Count // what it is said with, by falling N; Label is "noun" of those that are nouns
	Examples []RelationExample
}

// Open says whether no relation of the schema has the words it is said with.
func (u *RelationUse) Open() bool { return strings.HasPrefix(string(u.ID), "kgo:open/") }

// RelationExample is a claim with the sentence that makes it.
type RelationExample struct {
	Claim, Article  IRI
	Subject, Object string // labels
	Status          string
	Sentence        string
}

// RelationUses counts the claims of each relation, by falling number of claims, and gives up to examples claims of each, spread over
// the articles. Counts are of the whole store, read in one pass.
func (s *Store) RelationUses(ctx context.Context, examples int) (uses []RelationUse, err error) {
	err = s.read(ctx, func(v *view) (err error) {
		uses, err = v.relationUses(ctx, examples)
		return err
	})
	return uses, err
}

func (v *view) relationUses(ctx context.Context, examples int) ([]RelationUse, error) {
	names := map[string]uint64{rdfPredicate: 0, kgoCue: 0, kgoCueClass: 0, kgoStatus: 0}
	for name := range names {
		id, err := v.nodeID(quad.IRI(name))
		if err != nil {
			return nil, err
		}
		names[name] = id
	}
	type said struct{ predicate, article, cue, class, status uint64 }
	claims := map[uint64]*said{}
	err := v.match(ctx, link{}, func(l link) error {
		if l.Predicate == 0 {
			return nil
		}
		var field *uint64
		at := func() *said {
			c := claims[l.Subject]
			if c == nil {
				c = &said{}
				claims[l.Subject] = c
			}
			return c
		}
		switch l.Predicate {
		case names[rdfPredicate]:
			c := at()
			c.article, field = l.Label, &c.predicate
		case names[kgoCue]:
			field = &at().cue
		case names[kgoCueClass]:
			field = &at().class
		case names[kgoStatus]:
			field = &at().status
		default:
			return nil
		}
		*field = l.Object
		return nil
	})
	if err != nil {
		return nil, err
	}
	asserted, err := v.nodeID(quad.String("asserted"))
	if err != nil {
		return nil, err
	}
	type use struct {
		claims   []uint64
		articles map[uint64]bool
		cues     map[[2]uint64]int
		plain    int
	}
	byRelation := map[uint64]*use{}
	vals := map[uint64]quad.Value{}
	for id, c := range claims {
		if c.predicate == 0 {
			continue
		}
		u := byRelation[c.predicate]
		if u == nil {
			u = &use{articles: map[uint64]bool{}, cues: map[[2]uint64]int{}}
			byRelation[c.predicate] = u
			vals[c.predicate] = nil
		}
		u.claims = append(u.claims, id)
		u.articles[c.article] = true
		if c.status == asserted {
			u.plain++
		}
		if c.cue != 0 {
			u.cues[[2]uint64{c.cue, c.class}]++
			vals[c.cue], vals[c.class] = nil, nil
		}
	}
	delete(vals, 0)
	if err := v.lookUp(ctx, vals); err != nil {
		return nil, err
	}
	text := func(id uint64) string {
		if id == 0 {
			return ""
		}
		return v.ns.term(vals[id]).Value
	}
	uses := make([]RelationUse, 0, len(byRelation))
	for id, u := range byRelation {
		r := RelationUse{Relation: Relation{ID: IRI(text(id))}, Claims: len(u.claims), Plain: u.plain, Articles: len(u.articles)}
		p, _, err := v.propsOf(ctx, r.ID, "")
		if err != nil {
			return nil, err
		}
		r.Relation = readRelation(r.ID, p)
		for cue, n := range u.cues {
			r.Cues = append(r.Cues, Count{Name: text(cue[0]), Label: text(cue[1]), N: n})
		}
		slices.SortFunc(r.Cues, func(a, b Count) int {
			return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Label, b.Label))
		})
		// Claims of many articles rather than the first ones: spread evenly over them in the order in which they were added.
		slices.Sort(u.claims)
		for i := range min(examples, len(u.claims)) {
			x, err := v.relationExample(ctx, u.claims[i*len(u.claims)/min(examples, len(u.claims))])
			if err != nil {
				return nil, err
			}
			r.Examples = append(r.Examples, x)
		}
		uses = append(uses, r)
	}
	slices.SortFunc(uses, func(a, b RelationUse) int { return cmp.Or(cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.ID, b.ID)) })
	return uses, nil
}

// relationExample reads the claim that node is.
func (v *view) relationExample(ctx context.Context, node uint64) (x RelationExample, err error) {
	vals := map[uint64]quad.Value{node: nil}
	if err := v.lookUp(ctx, vals); err != nil {
		return x, err
	}
	x.Claim = IRI(v.ns.term(vals[node]).Value)
	p, article, err := v.propsOf(ctx, x.Claim, "")
	if err != nil {
		return x, err
	}
	x.Article, x.Status = article, p.first(kgoStatus)
	label := func(t []Term) (string, error) {
		if len(t) == 0 {
			return "", nil
		}
		if t[0].Kind == Literal {
			return t[0].Value, nil
		}
		e, _, err := v.propsOf(ctx, IRI(t[0].Value), article)
		return cmp.Or(e.first(rdfsLabel), t[0].Value), err
	}
	if x.Subject, err = label(p[rdfSubject]); err != nil {
		return x, err
	}
	if x.Object, err = label(p[rdfObject]); err != nil {
		return x, err
	}
	sent, _, err := v.propsOf(ctx, IRI(p.first(provQuotedFrom)), article)
	x.Sentence = sent.first(nifText)
	return x, err
}

// Score is the Goldstein score of r, ok false where it has none.
func (r *Relation) Score() (score float64, ok bool) {
	n, err := strconv.ParseFloat(r.Goldstein, 64)
	return n, err == nil
}
