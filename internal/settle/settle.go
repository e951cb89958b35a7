// Package settle derives from all articles of a store what no single one says: which claims several articles make and how many of
// them independently, which claims contradict each other, which claims tell of one event, and which events are instances of a
// series. graph.Facts go in, the quads of the derived graphs come out. All of it is a function of the facts alone, in whatever
// order articles were added.
package settle

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"kg/graph"
	"kg/schema"
)

// Version tells the rules apart: a store settled by others is settled anew.
const Version = "3"

// Derive returns the quads of each derived graph. f must be sorted as Store.Facts gives it; it is not changed. Claims that people
// reject count for nothing.
func Derive(f *graph.Facts, sch *schema.Schema) map[graph.IRI][]graph.Quad {
	if slices.ContainsFunc(f.Claims, func(c graph.FoundClaim) bool { return c.Rejected }) {
		kept := *f
		kept.Claims = slices.DeleteFunc(slices.Clone(f.Claims), func(c graph.FoundClaim) bool { return c.Rejected })
		f = &kept
	}
	w := newWorld(f, sch)
	events := w.judged(w.findEvents())
	return map[graph.IRI][]graph.Quad{
		graph.ReuseGraph:         w.reuseQuads(),
		graph.CorroborationGraph: w.corroborationQuads(),
		graph.ContradictionGraph: w.contradictionQuads(w.findContradictions(events)),
		graph.EventGraph:         w.eventQuads(events),
	}
}

// world is a store's facts with what rules look up in them. Indices are those of the lists in graph.Facts. Read-only once made.
type world struct {
	*graph.Facts
	sch      *schema.Schema
	reuse    *reuse
	articles map[graph.IRI]int
	sents    map[graph.IRI]int
	entities map[graph.IRI]int
	day      []int // of an article, 0 where its day is not known
	outlet   []string
	groups   [][]int // claims that say the same, each by ID; sorted by the first
	twins    [][]int // by article, its near-duplicates
}

func newWorld(f *graph.Facts, sch *schema.Schema) *world {
	w := &world{Facts: f, sch: sch, reuse: findReuse(f), articles: make(map[graph.IRI]int, len(f.Articles)),
		sents: make(map[graph.IRI]int, len(f.Sentences)), entities: make(map[graph.IRI]int, len(f.Entities)),
		day: make([]int, len(f.Articles)), outlet: make([]string, len(f.Articles)), twins: make([][]int, len(f.Articles))}
	for i := range f.Articles {
		a := &f.Articles[i]
		w.articles[a.ID] = i
		if !a.Published.IsZero() {
			w.day[i] = dayOf(a.Published)
		}
		w.outlet[i] = outletOf(a)
	}
	for i := range f.Sentences {
		w.sents[f.Sentences[i].ID] = i
	}
	for i := range f.Entities {
		w.entities[f.Entities[i].ID] = i
	}
	for _, p := range w.reuse.duplicates {
		w.twins[p[0]] = append(w.twins[p[0]], p[1])
		w.twins[p[1]] = append(w.twins[p[1]], p[0])
	}
	at := map[statement]int{}
	for i := range f.Claims {
		key := w.statementOf(&f.Claims[i])
		g, ok := at[key]
		if !ok {
			g = len(w.groups)
			at[key] = g
			w.groups = append(w.groups, nil)
		}
		w.groups[g] = append(w.groups[g], i)
	}
	return w
}

// outletOf is who published a: its publisher, or the host of its URL.
func outletOf(a *graph.Article) string {
	if a.Publisher != "" {
		return strings.ToLower(strings.TrimSpace(a.Publisher))
	}
	if u, err := url.Parse(a.URL); err == nil {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return ""
}

// statement is what a claim says, whoever says it.
type statement struct {
	subject, predicate graph.IRI
	object             string
	polarity, modality string
}

func objectKey(o graph.Object) string {
	if o.Entity != "" {
		return string(o.Entity)
	}
	return "\"" + strings.ToLower(o.Literal)
}

func (w *world) statementOf(c *graph.FoundClaim) statement {
	s := statement{c.Subject, c.Predicate, objectKey(c.Object), c.Polarity, c.Modality}
	if rel := w.relation(c.Predicate); rel != nil && rel.Symmetric && c.Object.Entity != "" && s.object < string(s.subject) {
		s.subject, s.object = graph.IRI(s.object), string(s.subject)
	}
	return s
}

func (w *world) relation(p graph.IRI) *schema.Relation {
	return w.sch.Relation(strings.TrimPrefix(string(p), "kgo:"))
}

func (w *world) entity(id graph.IRI) *graph.Entity {
	if i, ok := w.entities[id]; ok {
		return &w.Entities[i]
	}
	return nil
}

// isA says whether an entity has a type.
func (w *world) isA(id graph.IRI, typ string) bool {
	e := w.entity(id)
	return e != nil && slices.Contains(e.Types, graph.IRI("kgo:"+typ))
}

// local says whether a thing is known to one article only.
func local(id graph.IRI) bool { return strings.Contains(string(id), "/") }

// named says whether a thing has a name of its own that tells it from others in every article: "Iran", "Iranian forces", not
// "traders".
func (w *world) named(id graph.IRI) bool {
	if id == "" || local(id) {
		return false
	}
	e := w.entity(id)
	return e != nil && strings.IndexFunc(e.Label, unicode.IsUpper) >= 0
}

// anybody says whether a thing of one article is people without a name, who need not be the same throughout: "commercial banks".
func (w *world) anybody(id graph.IRI) bool {
	return local(id) && w.isA(id, "Group") && strings.IndexFunc(w.entity(id).Label, unicode.IsUpper) < 0
}

// independent counts articles (by index, sorted, each once) that are not connected by words that they share or by their outlet.
// sentences are those that matter: articles that share other passages only have both looked.
func (w *world) independent(articles []int, sentences []int) int {
	if len(articles) < 2 {
		return len(articles)
	}
	parts := newSets(len(articles))
	at := func(article int) (int, bool) { return slices.BinarySearch(articles, article) }
	outlets, passages := map[string]int{}, map[int]int{}
	for i, a := range articles {
		if o := w.outlet[a]; o != "" {
			if j, ok := outlets[o]; ok {
				parts.join(i, j)
			} else {
				outlets[o] = i
			}
		}
		for _, b := range w.twins[a] {
			if j, ok := at(b); ok {
				parts.join(i, j)
			}
		}
	}
	for _, s := range sentences {
		p, ok := w.reuse.passage[w.Sentences[s].ID]
		if !ok {
			continue
		}
		i, ok := at(w.articles[w.Sentences[s].Article])
		if !ok {
			continue
		}
		if j, ok := passages[p]; ok {
			parts.join(i, j)
		} else {
			passages[p] = i
		}
	}
	n := 0
	for i := range parts {
		if parts.find(i) == i {
			n++
		}
	}
	return n
}

// support counts the articles of claims.
func (w *world) support(claims []int) graph.Support {
	var articles, sentences []int
	for _, i := range claims {
		c := &w.Claims[i]
		articles = append(articles, w.articles[c.Article])
		if s, ok := w.sents[c.Sentence]; ok {
			sentences = append(sentences, s)
		}
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	return graph.Support{Articles: len(articles), Independent: w.independent(articles, sentences)}
}

func quad(s graph.Term, p graph.IRI, o graph.Term) graph.Quad {
	return graph.Quad{Subject: s, Predicate: graph.Res(p), Object: o}
}

func (w *world) reuseQuads() (quads []graph.Quad) {
	for _, p := range w.reuse.passages {
		id := graph.Res("kg:passage/" + graph.IRI(hashOf(string(w.Sentences[p[0]].ID))))
		for _, s := range p {
			quads = append(quads, quad(graph.Res(w.Sentences[s].ID), graph.KgoPassage, id))
		}
	}
	for _, p := range w.reuse.duplicates {
		a, b := graph.Res(w.Articles[p[0]].ID), graph.Res(w.Articles[p[1]].ID)
		quads = append(quads, quad(a, graph.KgoNearDuplicate, b), quad(b, graph.KgoNearDuplicate, a))
	}
	return quads
}

// corroborationQuads gives every claim that several articles make their number; a claim without is one article's.
func (w *world) corroborationQuads() (quads []graph.Quad) {
	for _, g := range w.groups {
		if len(g) < 2 {
			continue
		}
		sup := w.support(g)
		if sup.Articles < 2 {
			continue
		}
		for _, i := range g {
			quads = appendSupport(quads, graph.Res(w.Claims[i].ID), sup)
		}
	}
	return quads
}

func appendSupport(quads []graph.Quad, of graph.Term, sup graph.Support) []graph.Quad {
	return append(quads, quad(of, graph.KgoArticles, graph.CountTerm(sup.Articles)),
		quad(of, graph.KgoIndependent, graph.CountTerm(sup.Independent)))
}
