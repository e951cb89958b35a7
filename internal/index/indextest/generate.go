// Package indextest makes up articles with their claims, as many as wanted, so that pages can be timed on stores of any size.
package indextest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"kg/graph"
	"kg/schema"
)

// Options say how many articles Records makes. The zero value makes none.
type Options struct {
	Articles  int
	Sentences int // of an article, on average; 10 where 0
	Names     int // known entities; 60,000 where 0. Things of one article come beside them.
	Seed      uint64
}

// Records makes up articles of ten years from 2015 on: sentences of one claim, sometimes two, between entities that follow a power law,
// relations of the schema and open ones, with speakers, places, times, denials. Equal options give equal records.
func Records(opt Options, sch *schema.Schema) iter.Seq[*graph.Record] {
	if opt.Sentences == 0 {
		opt.Sentences = 10
	}
	if opt.Names == 0 {
		opt.Names = 60_000
	}
	return func(yield func(*graph.Record) bool) {
		g := newGenerator(opt, sch)
		for i := range opt.Articles {
			if !yield(g.article(i)) {
				return
			}
		}
	}
}

type generator struct {
	opt       Options
	rnd       *rand.Rand
	names     *rand.Zipf
	words     *rand.Zipf
	rels      *rand.Zipf
	outlets   *rand.Zipf
	relations []graph.Relation
}

var syllables = strings.Fields("al ber co dan el fin gor han is jar kal lov mos nik or pet rus sok tal ur vin wex yar zan mi ra to shu ke an be")

// frequent words come first, as in any text.
var frequent = strings.Fields("the of to in a and said on for that it is was by with at from as its be has would will have an were which not are " +
	"government company minister year officials market talks trade percent bank new president billion army oil week after over against")

func word(n int) string {
	if n < len(frequent) {
		return frequent[n]
	}
	var b strings.Builder
	for n += 40; n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func newGenerator(opt Options, sch *schema.Schema) *generator {
	g := &generator{opt: opt, rnd: rand.New(rand.NewPCG(opt.Seed, 6))}
	g.names = rand.NewZipf(g.rnd, 1.2, 6, uint64(opt.Names-1))
	g.words = rand.NewZipf(g.rnd, 1.15, 5, 40_000)
	g.outlets = rand.NewZipf(g.rnd, 1.3, 2, 80)
	for i := range sch.Relations {
		r := &sch.Relations[i]
		g.relations = append(g.relations, graph.Relation{ID: graph.IRI("kgo:" + r.ID), Label: r.Label, Symmetric: r.Symmetric,
			PLOVER: r.PLOVER, CAMEO: r.CAMEO, Goldstein: r.Goldstein})
	}
	g.rnd.Shuffle(len(g.relations), func(i, j int) { g.relations[i], g.relations[j] = g.relations[j], g.relations[i] })
	for i := range 2000 {
		w := word(i + 200)
		g.relations = append(g.relations, graph.Relation{ID: graph.IRI("kgo:open/" + w), Label: w + "s", Parent: "kgo:relatedTo"})
	}
	g.rels = rand.NewZipf(g.rnd, 1.1, 8, uint64(len(g.relations)-1))
	return g
}

// entity is the n-th known one.
func (g *generator) entity(n int) graph.Entity {
	first, last := title(word(n%977+60)), title(word(n/3+90))
	e := graph.Entity{}
	switch n % 5 {
	case 0:
		e.Label, e.Types = last, []graph.IRI{"kgo:State", "kgo:GeopoliticalEntity", "kgo:Actor"}
	case 1, 2:
		e.Label, e.Types = first+" "+last, []graph.IRI{"kgo:Person", "kgo:Actor"}
		e.Aliases = []string{last}
	case 3:
		e.Label, e.Types = last+" "+first+" Corporation", []graph.IRI{"kgo:Company", "kgo:Organization", "kgo:Actor"}
		e.Aliases = []string{last + " " + first + " Corp"}
	default:
		e.Label, e.Types = "Bank of "+last, []graph.IRI{"kgo:Organization", "kgo:Actor"}
	}
	e.ID = graph.IRI(fmt.Sprintf("kg:%s_%d", strings.ReplaceAll(e.Label, " ", "_"), n))
	return e
}

func (g *generator) chance(percent int) bool { return g.rnd.IntN(100) < percent }

func (g *generator) article(i int) *graph.Record {
	id := fmt.Sprintf("made/%06d", i)
	r := &graph.Record{Article: graph.Article{ID: graph.IRI("kg:article/" + id), Hash: fmt.Sprintf("%d-%d", g.opt.Seed, i), Language: "en"}}
	a := &r.Article
	apart := 3650 * 24 * time.Hour / time.Duration(max(g.opt.Articles, 1))
	a.Published = time.Date(2015, 1, 1, 6, 0, 0, 0, time.UTC).Add(apart * time.Duration(i))
	a.Publisher = "The " + title(word(int(g.outlets.Uint64())+500)) + " Times"
	a.URL = fmt.Sprintf("https://example.org/%s", id)
	seen := map[graph.IRI]bool{}
	describe := func(e graph.Entity) graph.Entity {
		if !seen[e.ID] {
			seen[e.ID] = true
			r.Entities = append(r.Entities, e)
		}
		return e
	}
	known := func() graph.Entity { return describe(g.entity(int(g.names.Uint64()))) }
	at := 0
	var text strings.Builder
	for s := range max(1, g.opt.Sentences+g.rnd.IntN(5)-2) {
		var b strings.Builder
		fill := func(n int) {
			for range n {
				b.WriteString(word(int(g.words.Uint64())))
				b.WriteByte(' ')
			}
		}
		write := func(text string) graph.Span {
			begin := at + b.Len()
			b.WriteString(text)
			b.WriteByte(' ')
			return graph.Span{Begin: begin, End: begin + len(text)}
		}
		sent := graph.Sentence{ID: graph.IRI(fmt.Sprintf("kg:sentence/%s/%d", id, s))}
		for range 1 + g.rnd.IntN(12)/11 {
			rel := g.relations[g.rels.Uint64()]
			if !seen[rel.ID] {
				seen[rel.ID] = true
				r.Relations = append(r.Relations, rel)
			}
			fill(g.rnd.IntN(6))
			subject := known()
			c := graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/%s/%d", id, len(r.Claims))), Sentence: sent.ID, Subject: subject.ID,
				Predicate: rel.ID, Polarity: "+", Modality: "asserted", Confidence: float64(400+g.rnd.IntN(600)) / 1000,
				Rule: []string{"svo", "appos", "passive", "oblique"}[g.rnd.IntN(4)]}
			c.SubjectSpan = write(subject.Label)
			r.Mentions = append(r.Mentions, graph.Mention{Span: c.SubjectSpan, Entity: subject.ID})
			c.PredicateSpan = write(rel.Label)
			fill(g.rnd.IntN(3))
			switch p := g.rnd.IntN(100); {
			case p < 60:
				object := known()
				c.Object.Entity = object.ID
				c.ObjectSpan = write(object.Label)
				r.Mentions = append(r.Mentions, graph.Mention{Span: c.ObjectSpan, Entity: object.ID})
			case p < 85: // a thing of this article
				phrase := word(int(g.words.Uint64())+60) + " " + word(int(g.words.Uint64())+60)
				object := describe(graph.Entity{ID: graph.IRI("kg:" + id + "/" + strings.ReplaceAll(phrase, " ", "_")),
					Types: []graph.IRI{"kgo:Thing"}, Label: phrase})
				c.Object.Entity = object.ID
				c.ObjectSpan = write(phrase)
				r.Mentions = append(r.Mentions, graph.Mention{Span: c.ObjectSpan, Entity: object.ID})
			default:
				phrase := fmt.Sprintf("%d %s", g.rnd.IntN(500), word(int(g.words.Uint64())+60))
				c.Object = graph.Object{Literal: phrase, Datatype: "xsd:string", Type: "kgo:Quantity"}
				c.ObjectSpan = write(phrase)
			}
			c.Span = graph.Span{Begin: c.SubjectSpan.Begin, End: c.ObjectSpan.End}
			if g.chance(4) {
				c.Polarity = "-"
			}
			if g.chance(12) {
				c.Modality = []string{"planned", "requested", "possible", "conditional", "former"}[g.rnd.IntN(5)]
			}
			if g.chance(25) {
				c.AttributedTo = known().ID
			}
			if g.chance(8) {
				c.Place = known().ID
			}
			if g.chance(20) {
				c.Time = a.Published.AddDate(0, 0, -g.rnd.IntN(60)).Format([]string{"2006-01-02", "2006-01", "2006"}[g.rnd.IntN(3)])
			}
			if g.chance(20) {
				e := known()
				c.Arguments = append(c.Arguments, graph.RoleArg{Role: "oblique", Case: "with", Entity: e.ID, Text: e.Label})
			}
			r.Claims = append(r.Claims, c)
		}
		fill(3 + g.rnd.IntN(14))
		sent.Text = strings.TrimSpace(b.String()) + "."
		sent.Span = graph.Span{Begin: at, End: at + len(sent.Text)}
		at = sent.End + 1
		r.Sentences = append(r.Sentences, sent)
		text.WriteString(sent.Text + " ")
		if g.chance(30) { // a sentence that tells nothing
			b.Reset()
			fill(8 + g.rnd.IntN(14))
			more := strings.TrimSpace(b.String()) + "."
			r.Dropped = append(r.Dropped, graph.Passage{Span: graph.Span{Begin: at, End: at + len(more)}, Why: "no claim"})
			at += len(more) + 1
			text.WriteString(more + " ")
		}
	}
	r.Text = strings.TrimSpace(text.String())
	c := &r.Claims[0]
	label := func(id graph.IRI) string {
		i := slices.IndexFunc(r.Entities, func(e graph.Entity) bool { return e.ID == id })
		if i < 0 {
			return c.Object.Literal
		}
		return r.Entities[i].Label
	}
	rel := slices.IndexFunc(r.Relations, func(rel graph.Relation) bool { return rel.ID == c.Predicate })
	a.Headline = label(c.Subject) + " " + r.Relations[rel].Label + " " + label(c.Object.Entity)
	return r
}
