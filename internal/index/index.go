// Package index keeps what a store says in a form that pages count and sort in milliseconds: a row a claim, with postings by
// entity, relation, article and event. graph.Facts and the derived graphs go in; an Index comes out, read-only and a function of
// the store.
package index

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/cespare/xxhash/v2"

	"kg/graph"
)

// Ref is a place in one of the lists of an Index; None where there is none.
type Ref = int32

const None Ref = -1

// Day counts days since 1970-01-01; NoDay where it is not known.
type Day int32

const (
	NoDay Day = -1 << 31
	// LastDay is that of ranges without an end, as NoDay is the first of those without a beginning.
	LastDay Day = 1<<31 - 1
)

// DayOf is the day of t in its own zone; NoDay of the zero time.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return NoDay
	}
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time is midnight UTC of d.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is "2017-07-04", "" for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// Month is "2017-07", "" for NoDay.
func (d Day) Month() string {
	if d == NoDay {
		return ""
	}
	return d.Time().Format("2006-01")
}

// DayForms is what ParseDay reads, for errors.
const DayForms = "a day (2017-07-04), a month (2017-07) or a year"

// ParseDay reads "2017-07-04", "2017-07" and "2017" (its first day); ok is false for anything else.
func ParseDay(s string) (d Day, ok bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return DayOf(t), true
		}
	}
	return NoDay, false
}

// Status is what graph.Claim's polarity, modality and speaker come to.
type Status uint8

// The statuses, as graph/doc.go has them under kgo:status.
const (
	Asserted Status = iota
	Denied
	Former
	Planned
	Requested
	Possible
	Conditional
	Hypothetical
	Reported
)

// Statuses are the names of the statuses, by Status.
var Statuses = [...]string{
	"asserted", "denied", "former", "planned", "requested", "possible", "conditional", "hypothetical", "reported",
}

func (s Status) String() string { return Statuses[s] }

// Quad is PLOVER's quad class of what a claim tells of.
type Quad uint8

const (
	NoQuad Quad = iota
	VerbalCooperation
	MaterialCooperation
	VerbalConflict
	MaterialConflict
)

var quadNames = [...]string{"", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}

func (q Quad) String() string { return quadNames[q] }

// Cooperative and Conflictual say on which side q stands; neither holds for NoQuad.
func (q Quad) Cooperative() bool { return q == VerbalCooperation || q == MaterialCooperation }
func (q Quad) Conflictual() bool { return q == VerbalConflict || q == MaterialConflict }

// Side is "cooperation" or "conflict", "" for NoQuad.
func (q Quad) Side() string {
	switch {
	case q.Cooperative():
		return "cooperation"
	case q.Conflictual():
		return "conflict"
	}
	return ""
}

// quads are the classes of PLOVER's types (github.com/openeventdata/PLOVER).
var quads = map[string]Quad{
	"AGREE": VerbalCooperation, "CONSULT": VerbalCooperation, "SUPPORT": VerbalCooperation, "CONCEDE": VerbalCooperation,
	"COOPERATE": MaterialCooperation, "AID": MaterialCooperation, "RETREAT": MaterialCooperation,
	"REQUEST": VerbalConflict, "ACCUSE": VerbalConflict, "REJECT": VerbalConflict, "THREATEN": VerbalConflict,
	"PROTEST": MaterialConflict, "SANCTION": MaterialConflict, "MOBILIZE": MaterialConflict, "COERCE": MaterialConflict,
	"ASSAULT": MaterialConflict,
}

// QuadOf is the class of a PLOVER type; NoQuad of an unknown one.
func QuadOf(plover string) Quad { return quads[plover] }

// Index is a store in rows. Read-only once made, so it is safe for concurrent use; nobody may change its lists.
type Index struct {
	// Version is that of the store (graph.Store.Version) that it was made from.
	Version   string
	Articles  []Article  // by Day, then ID
	Entities  []Entity   // by falling number of claims, then ID
	Relations []Relation // by falling number of claims, then ID
	Claims    []Claim    // by Day (NoDay first), then ID
	Sentences []Sentence // by article, then as the text goes
	Events    []Event    // by Day, then ID
	// Contradictions are pairs of claims; Changes pairs of which the later says that what the earlier says has turned.
	Contradictions []Pair

	entities, relations, articles, claims, sentences, events idTable
	// merged are names that mean an entity of another name.
	merged map[graph.IRI]Ref
	names  *names
	// verdicts are judgements of people; judged and rejected are the claims that they are about.
	verdicts         map[Ref]graph.Judgement
	judged, rejected places
	pairs            *pairs
	known            []Day      // by entity: when a claim with it first became known, NoDay where no claim has a day
	text             *textIndex // of sentences, then of headlines, in the order of Sentences and Articles

	stats *graph.Stats // nil where judgements came since

	// What follows is made of the rows when they are made or loaded, see derive.
	reported []Day // Reported of each claim: pages ask for many
	links    *links
	outlets  []string // the different ones of articles; "" is the first
	outlet   []int32  // by article
	types    []graph.IRI
	typed    []uint64 // by entity: bits of its types, in the order of types
	room     *sync.Pool
}

// places are a set of places in a list, nil for none.
type places []uint64

func (p places) has(r Ref) bool { return p != nil && p[r>>6]>>(r&63)&1 == 1 }

func (p places) count() (n int) {
	for _, w := range p {
		n += bits.OnesCount64(w)
	}
	return n
}

func placesOf(n int, each func(add func(Ref))) places {
	var p places
	each(func(r Ref) {
		if p == nil {
			p = make(places, (n+63)/64)
		}
		p[r>>6] |= 1 << (r & 63)
	})
	return p
}

// Stats are the counts of the store (graph.Store.Stats); ok is false where they are not known of the state of Version.
func (x *Index) Stats() (st graph.Stats, ok bool) {
	if x.stats == nil {
		return st, false
	}
	st = *x.stats
	st.Status, st.Types, st.Relations = slices.Clone(st.Status), slices.Clone(st.Types), slices.Clone(st.Relations)
	return st, true
}

// derive makes what is not kept in files.
func (x *Index) derive() {
	x.room = &sync.Pool{}
	x.reported = make([]Day, len(x.Claims))
	for i := range x.Claims {
		c := &x.Claims[i]
		if x.reported[i] = c.Day; c.Article != None && x.Articles[c.Article].Day != NoDay {
			x.reported[i] = x.Articles[c.Article].Day
		}
		c.Opposed = len(c.Contradicts)+len(c.ChangedTo) > 0
	}
	x.links = makeLinks(x.pairs, len(x.Entities))
	x.pairs.date(x.reported)
	outlets := map[string]int32{"": 0}
	x.outlets, x.outlet = []string{""}, make([]int32, len(x.Articles))
	for i := range x.Articles {
		o := x.Articles[i].Outlet
		n, ok := outlets[o]
		if !ok {
			n = int32(len(x.outlets))
			outlets[o] = n
			x.outlets = append(x.outlets, o)
		}
		x.outlet[i] = n
	}
	types := map[graph.IRI]int{}
	x.types, x.typed = nil, make([]uint64, len(x.Entities))
	for i := range x.Entities {
		for _, t := range x.Entities[i].Types {
			n, ok := types[t]
			if !ok {
				n = len(x.types)
				types[t] = n
				x.types = append(x.types, t)
			}
			if n < 64 {
				x.typed[i] |= 1 << n
			}
		}
	}
	x.judge()
}

// Typed says of entities whether they are of a type.
func (x *Index) Typed(t graph.IRI) func(Ref) bool {
	n := slices.Index(x.types, t)
	switch {
	case n < 0:
		return func(Ref) bool { return false }
	case n >= 64:
		return func(e Ref) bool { return slices.Contains(x.Entities[e].Types, t) }
	}
	return func(e Ref) bool { return x.typed[e]>>n&1 == 1 }
}

// Article is an article with its claims in the order of the text.
type Article struct {
	graph.Article
	Outlet         string // publisher, or the host of the URL; "" where unknown
	Day            Day
	Claims         []Ref
	NearDuplicates []Ref // articles with mostly the same words
}

// Sentence is a sentence with the claims that it carries, at least one.
type Sentence struct {
	ID      graph.IRI
	Article Ref
	Claims  []Ref // in the order of Index.Claims
}

// Entity is a thing with the claims that it has a part in.
type Entity struct {
	graph.Entity
	// Claims are those with it as subject, object, speaker, place or further argument, in the order of Index.Claims.
	Claims      []Ref
	Articles    int // that these are of
	First, Last Day // of these
	Events      []Ref
}

// Type is the first type without its prefix, in words: "geopolitical entity"; "" where it has none.
func (e *Entity) Type() string {
	if len(e.Types) == 0 {
		return ""
	}
	return Words(string(e.Types[0]))
}

// Telling says how much the label of an entity tells a reader who sees it alone.
type Telling uint8

const (
	Common      Telling = iota // "law", "agreement", "president": a word for any of its kind
	Kind                       // "finance ministers": a kind of its kind
	Description                // "wind turbine project", "de-escalation zones": three words or more, those with a hyphen counted apart
	Name                       // with a capital letter: "Astana", "sanctions on Russia"
)

// Telling is that of an entity's label.
func (e *Entity) Telling() Telling {
	if strings.ContainsFunc(e.Label, unicode.IsUpper) {
		return Name
	}
	words := 0
	for _, w := range strings.FieldsFunc(e.Label, func(r rune) bool { return r == ' ' || r == '-' }) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			words++
		}
	}
	if words > 2 {
		return Description
	}
	return Telling(max(words-1, 0))
}

// Leading are the entities of the highest counts, the highest first, at most limit: names and descriptions, then kinds where too few of
// those have a count. Common words are left out: that much is said of "the law" tells nothing of any one.
func (x *Index) Leading(counts []int, limit int) []Ref {
	of := make([]int, len(counts))
	pick := func(in func(Telling) bool, limit int) []Ref {
		for i, n := range counts {
			if of[i] = 0; n > 0 && in(x.Entities[i].Telling()) {
				of[i] = n
			}
		}
		return Highest(of, limit)
	}
	list := pick(func(t Telling) bool { return t >= Description }, limit)
	if len(list) < limit {
		list = append(list, pick(func(t Telling) bool { return t == Kind }, limit-len(list))...)
	}
	return list
}

// Words parts the last part of an IRI into words: kgo:GeopoliticalEntity is "geopolitical entity", kgo:open/meet_with "meet with".
func Words(iri string) string {
	if i := strings.LastIndexAny(iri, "/#:"); i >= 0 && i+1 < len(iri) {
		iri = iri[i+1:]
	}
	var b strings.Builder
	for i, r := range iri {
		if r == '_' {
			r = ' '
		}
		if i > 0 && 'A' <= r && r <= 'Z' && 'a' <= iri[i-1] && iri[i-1] <= 'z' {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// Relation is a predicate with its claims.
type Relation struct {
	graph.Relation
	Quad   Quad
	Score  float32 // Goldstein's, of claims without one of their own
	Claims []Ref
}

// Open says that it is no relation of the schema.
func (r *Relation) Open() bool { return strings.HasPrefix(string(r.ID), "kgo:open/") }

// Claim is a row: what pages count, sort and filter by. Its text stands in the store, under ID. What is looked at most comes first, within
// the 64 bytes that a processor reads at once: a page may go over a hundred thousand rows.
type Claim struct {
	Subject, Object Ref // entities; Object is None where Literal says it
	Relation        Ref
	Article         Ref
	Source          Ref // who says so; None for the article itself
	// Day is the first day of the claim's time where it names one of at most a year, else the article's.
	Day Day
	// Score is Goldstein's, from -10 (conflict) to 10 (cooperation), of the claim or else its relation; Scored says that there is one.
	Score                 float32
	Confidence            float32
	Articles, Independent int32 // that say the same, this one included
	Status
	Quad
	Scored  bool
	Opposed bool // Contradicts or ChangedTo has some
	Sentence, Place,
	Event Ref // that it tells of, the first where there are several

	ID        graph.IRI
	Literal   string
	Arguments []Ref  // entities among the further arguments
	Time      string // as graph.Claim has it; "" where unknown
	Rule      string
	// Contradicts and ChangedTo are claims, mostly none.
	Contradicts, ChangedTo []Ref
}

// Event is a happening with the claims that tell of it.
type Event struct {
	graph.Event
	Day                      Day // of the time, else of the first report
	Claims                   []Ref
	Agents, Patients, Others []Ref // entities
	PlaceRef, SeriesRef      Ref
}

// Pair is two claims.
type Pair struct {
	A, B   Ref
	Change bool   // A is earlier, and B says that it holds no more
	Reason string // "polarity", "quantity"
}

// idTable finds rows by their IRIs: a hash table of places, of twice the size or more, with None where none is. It is kept with the
// rows, and takes a tenth of the memory of a map.
type idTable []Ref

func makeTable[T any](rows []T, id func(*T) graph.IRI) idTable {
	size := 4
	for size < 2*len(rows) {
		size *= 2
	}
	t := make(idTable, size)
	for i := range t {
		t[i] = None
	}
	for i := range rows {
		at := int(xxhash.Sum64String(string(id(&rows[i])))) & (size - 1)
		for t[at] != None {
			at = (at + 1) & (size - 1)
		}
		t[at] = Ref(i)
	}
	return t
}

func find[T any](t idTable, rows []T, id func(*T) graph.IRI, want graph.IRI) (Ref, bool) {
	if len(t) == 0 {
		return None, false
	}
	for at := int(xxhash.Sum64String(string(want))) & (len(t) - 1); t[at] != None; at = (at + 1) & (len(t) - 1) {
		if id(&rows[t[at]]) == want {
			return t[at], true
		}
	}
	return None, false
}

func articleID(a *Article) graph.IRI   { return a.ID }
func entityID(e *Entity) graph.IRI     { return e.ID }
func relationID(r *Relation) graph.IRI { return r.ID }
func claimID(c *Claim) graph.IRI       { return c.ID }
func sentenceID(s *Sentence) graph.IRI { return s.ID }
func eventID(e *Event) graph.IRI       { return e.ID }

// Entity finds an entity by its compact IRI, or by that of a name that judgements say means it: its ID is another then.
func (x *Index) Entity(id graph.IRI) (Ref, bool) {
	if r, ok := find(x.entities, x.Entities, entityID, id); ok {
		return r, true
	}
	if r, ok := x.merged[id]; ok {
		return r, true
	}
	return None, false
}

// Relation finds a relation by its compact IRI.
func (x *Index) Relation(id graph.IRI) (Ref, bool) {
	return find(x.relations, x.Relations, relationID, id)
}

// Article finds an article by its compact IRI.
func (x *Index) Article(id graph.IRI) (Ref, bool) { return find(x.articles, x.Articles, articleID, id) }

// Claim finds a claim by its compact IRI.
func (x *Index) Claim(id graph.IRI) (Ref, bool) { return find(x.claims, x.Claims, claimID, id) }

// Sentence finds a sentence by its compact IRI.
func (x *Index) Sentence(id graph.IRI) (Ref, bool) {
	return find(x.sentences, x.Sentences, sentenceID, id)
}

// Event finds an event by its compact IRI.
func (x *Index) Event(id graph.IRI) (Ref, bool) { return find(x.events, x.Events, eventID, id) }
