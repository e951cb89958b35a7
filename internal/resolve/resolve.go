// Package resolve turns the propositions of one article into the record that the store adds: entities with readable
// IRIs, canonical relations, claims, and the list of what was dropped and why. It is the only bridge from text to graph.
package resolve

import (
	"slices"
	"time"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/event"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// Options say how a Resolver works.
type Options struct {
	// Schema must not be nil.
	Schema *schema.Schema
	// MinConfidence is the least confidence of a claim, from 0 to 1; what is less likely right is dropped.
	MinConfidence float64
	// Events are the tables that code events; claims get no codes of their own where it is nil.
	Events *schema.Events
}

// DefaultMinConfidence leaves out what is more likely wrong than right (docs/QUALITY.md, Confidence).
const DefaultMinConfidence = 0.5

// Resolver names things by what their article says of them and by nothing else, so that articles may come in any order: that two
// names of two articles mean one thing is a judgement over all articles (identity.go). Safe for concurrent use.
type Resolver struct {
	schema *schema.Schema
	least  float64 // confidence of a claim
	events *schema.Events
	coder  *event.Coder // nil without events
}

// Dropped is a proposition that made no claim.
type Dropped struct {
	Prop   int // index in the propositions given to Resolve
	Reason string
}

// New returns a Resolver that knows the schema's gazetteers and nothing else.
func New(opt Options) *Resolver {
	r := &Resolver{schema: opt.Schema, least: opt.MinConfidence, events: opt.Events}
	if r.events != nil {
		r.coder = event.New(r.schema, r.events, event.Options{All: true})
	}
	return r
}

// Resolve returns what the article says as a record, and what it left out. The record is ready for the store: sentences
// and claims by place in the text, entities and relations by ID. props are those of doc, doc is that of a.Text.
func (r *Resolver) Resolve(a *article.Article, doc *nlp.Document, props []extract.Proposition) (*graph.Record, []Dropped) {
	run := newRun(r, a, doc)
	if r.coder != nil {
		for _, e := range r.coder.Code(doc, props) {
			if at := [2]int{e.Sent, e.Predicate}; run.codes[at] == nil {
				run.codes[at] = r.events.Code(e.Code)
			}
		}
	}
	run.survey(props)
	for begin := 0; begin < len(props); {
		end := begin
		for end < len(props) && props[end].Sent == props[begin].Sent {
			end++
		}
		run.sentence(props[begin:end], begin)
		begin = end
	}
	rec := run.record()
	rec.Text = a.Text
	rec.Mentions = run.mentions(rec)
	rec.Skipped, rec.Dropped = run.passages(props)
	return rec, run.dropped
}

// run resolves one article.
type run struct {
	*Resolver
	article  *article.Article
	doc      *nlp.Document
	slug     string // of the article, the first part of names that only it knows
	chars    charIndex
	skip     int // index of the first Article.Skip that ends after the current sentence begins
	trees    []tree
	people   people
	types    map[string]string // type that the model gives a name most often in this article
	acronyms map[string]string // long form of an acronym that the article explains
	bodies   map[string]string // state of the only body of a name that states have, such as "Defence Ministry", of which the article says the state
	ships    map[string]string // full name of a warship by its name without HMS, USS and the like and by its number
	teams    map[string]bool   // places that play matches
	states   map[string]bool   // states that the article names
	senses   map[string]*sense // names of the long lists that the article has
	firms    map[string]bool   // names that the long lists have as companies, though of none that the article speaks of; short names of its own
	// published is when the article was; where its source does not say so, the date that it begins with.
	published time.Time
	times     [][]nlp.PlacedTimex   // time expressions by sentence
	series    []seriesAt            // by place in the text
	seriesBy  map[[2]int]int        // index in series by sentence and word
	byClass   map[string][]int      // indices in series by class
	refs      map[mention]reference // phrases resolved before
	noted     map[[2]int][]noted    // the same, by sentence and head, as claims asked for them

	codes     map[[2]int]*schema.EventCode // of the event that a word tells of, by sentence and word
	entities  map[graph.IRI]*graph.Entity
	aliases   map[graph.IRI]map[string]bool
	claims    []placedClaim
	seen      map[claimKey]bool    // claims of the article, by sentence
	asides    []draft              // claims that names make by themselves, to be added after those of the sentence
	told      map[graph.IRI]bool   // things of which such a claim was made
	lastSaid  said                 // the only one who spoke in the last sentence with a speaker
	same      map[int]reference    // what a description of the sentence stands for, by its head
	each      map[[2]int]reference // the one of several that "they" stands for in the claim being made, by sentence and word
	dropped   []Dropped
	referents map[[2]int]int // index in Document.Referents by sentence and head
}

// placedClaim is a claim with the index of its sentence.
type placedClaim struct {
	sent  int
	claim graph.Claim
}

func newRun(r *Resolver, a *article.Article, doc *nlp.Document) *run {
	return &run{
		Resolver: r,
		article:  a,
		doc:      doc,
		slug:     articleSlug(a.ID),
		chars:    newCharIndex(doc.Text),
		trees:    make([]tree, len(doc.Sentences)),
		types:    map[string]string{},
		acronyms: map[string]string{},
		ships:    map[string]string{},
		teams:    map[string]bool{},
		states:   map[string]bool{},
		refs:     map[mention]reference{},
		noted:    map[[2]int][]noted{},
		codes:    map[[2]int]*schema.EventCode{},
		entities: map[graph.IRI]*graph.Entity{},
		aliases:  map[graph.IRI]map[string]bool{},
		seen:     map[claimKey]bool{},
		told:     map[graph.IRI]bool{},
		same:     map[int]reference{},
	}
}

// record gathers what was found. Only sentences with a claim are in it.
func (s *run) record() *graph.Record {
	rec := &graph.Record{Article: graph.Article{
		ID:        articleIRI(s.article.ID),
		Headline:  s.article.Title,
		URL:       s.article.URL,
		Published: s.article.Published,
		Publisher: s.article.Outlet,
		Language:  s.article.Language,
		Hash:      s.article.Hash,
	}}
	slices.SortStableFunc(s.claims, func(a, b placedClaim) int { return a.sent - b.sent })
	used := map[graph.IRI]bool{}
	last := -1
	for i := range s.claims {
		c := s.claims[i].claim
		rec.Claims = append(rec.Claims, c)
		for _, id := range []graph.IRI{c.Subject, c.Object.Entity, c.AttributedTo, c.Place} {
			used[id] = true
		}
		for _, a := range c.Arguments {
			used[a.Entity] = true
		}
		if sent := s.claims[i].sent; sent != last {
			last = sent
			d := &s.doc.Sentences[sent]
			rec.Sentences = append(rec.Sentences, graph.Sentence{ID: c.Sentence, Span: s.chars.span(d.Begin, d.End), Text: s.doc.Text[d.Begin:d.End]})
		}
	}
	for id, e := range s.entities {
		if !used[id] {
			continue
		}
		for a := range s.aliases[id] {
			if a != e.Label {
				e.Aliases = append(e.Aliases, a)
			}
		}
		slices.Sort(e.Aliases)
		rec.Entities = append(rec.Entities, *e)
	}
	slices.SortFunc(rec.Entities, func(a, b graph.Entity) int { return compareIRI(a.ID, b.ID) })
	reversible(s.schema, rec)
	return rec
}

func (s *run) drop(prop int, reason string) {
	s.dropped = append(s.dropped, Dropped{prop, reason})
}
