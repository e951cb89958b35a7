package graph

import (
	"cmp"
	"strings"
	"time"
)

// IRI is a name in compact form: "kg:Russia", "kgo:mediates", "rdf:type". Exports expand the prefix.
type IRI string

// Record is one article with all that it says, the unit that Store adds and replaces. Everything in it ends up in the
// named graph of its article.
type Record struct {
	Article   Article
	Sentences []Sentence
	Entities  []Entity
	Claims    []Claim
	Relations []Relation // relations that Claims use, with their labels
	// Text is the article's whole text, to which all spans refer; empty where it is not kept.
	Text string
	// Mentions are the phrases that mean Entities, in the order of the text, no two of the same characters.
	Mentions []Mention
	// Skipped are passages that were not read, Dropped what was read and made no claim; both in the order of the text.
	Skipped, Dropped []Passage
}

// Article describes a news article in the graph.
type Article struct {
	ID        IRI    // kg:article/…
	Headline  string // empty where unknown
	URL       string // empty where unknown
	Published time.Time
	Publisher string
	Language  string
	// Hash is the content hash; an article whose hash and Config are in the store is not added again.
	Hash string
}

// Sentence is a sentence with at least one claim.
type Sentence struct {
	ID   IRI // kg:sentence/…
	Span     // characters of the article's text
	Text string
}

// Mention is a phrase of the text that means an entity: a name, or a pronoun or description that was read as one.
type Mention struct {
	Span
	Entity IRI
}

// Passage is a part of the text that tells nothing in the graph, with the reason.
type Passage struct {
	Span
	Why string
}

// Span is a range of characters (Unicode code points, as NIF counts them), the end outside.
type Span struct{ Begin, End int }

// Compare puts the span that begins first first, of two the longer one, so that what lies in another comes after it.
func (v Span) Compare(other Span) int { return cmp.Or(v.Begin-other.Begin, other.End-v.End) }

// Compare puts passages in the order of the text, those of the same characters by their reason.
func (p Passage) Compare(other Passage) int {
	return cmp.Or(p.Span.Compare(other.Span), strings.Compare(p.Why, other.Why))
}

// Entity is a thing that claims speak of, as one article names it.
type Entity struct {
	ID    IRI
	Types []IRI // kgo:Person …, the most specific first
	Label string
	// Aliases are other names in this article, sorted, without Label.
	Aliases []string
	SameAs  []IRI // full IRIs of the same thing elsewhere (Wikidata)
}

// Relation is a predicate of claims.
type Relation struct {
	ID     IRI // kgo:mediates or kgo:open/LEMMA_PREP
	Label  string
	Parent IRI // empty or the relation that it is a sub-property of
	// Symmetric says that who is subject and who is object makes no difference.
	Symmetric bool
	// PLOVER and CAMEO are the codes of the event that a claim with it tells of, Goldstein the score of the latter, a decimal from
	// -10 (conflict) to 10 (cooperation); empty where there is none.
	PLOVER, CAMEO, Goldstein string
}

// Object is what a claim says of its subject: an entity, or a literal where Entity is empty.
type Object struct {
	Entity   IRI
	Literal  string
	Datatype IRI // of the literal: xsd:string, xsd:date, xsd:gYearMonth …
	Type     IRI // of what a literal says: kgo:Claim, kgo:Quantity; empty where unknown
}

// Claim is one statement of one article. Positive, asserted claims without a foreign source also become a plain edge.
type Claim struct {
	ID        IRI // kg:claim/…, a hash of everything below
	Sentence  IRI
	Span      // characters of the article's text that carry the claim
	Subject   IRI
	Predicate IRI
	// Cue is what the relation is said with, as the schema writes cues: lemma of verb or noun with its preposition ("call on",
	// "support for"). Predicate follows from it, the types of subject and object, Declined and the schema. Empty where the relation
	// has no such word, as in "Syria's zones". CueNoun says that the cue is a noun.
	Cue     string
	CueNoun bool
	// Declined are relations of the cue that would suit subject and object if the sentence did not speak against them.
	Declined []IRI
	Object   Object
	// SubjectSpan, PredicateSpan and ObjectSpan are characters of the article's text; empty (0, 0) where the words are not
	// in the text.
	SubjectSpan, PredicateSpan, ObjectSpan Span
	Polarity                               string // "+" or "-"
	Modality                               string // asserted, former, planned, requested, possible, conditional, hypothetical
	AttributedTo                           IRI    // who says so; empty for the article itself
	Time                                   string // of the event, as TimeType knows it: 2017-07-04, 2017-W35, 2011/..; empty where unknown
	TimeSpan                               Span   // characters of the words that Time was read from; empty where they are not in the text
	Place                                  IRI
	Confidence                             float64
	Rule                                   string
	Arguments                              []RoleArg // further arguments
	// PLOVER, CAMEO and Goldstein are the codes of the event that the predicate's word tells of in this very sentence; empty for none.
	PLOVER, CAMEO, Goldstein string
}

// RoleArg is a further argument of a claim.
type RoleArg struct {
	Role   string // "oblique", "indirect", …
	Case   string // preposition
	Entity IRI    // empty where the argument is no entity
	Text   string
	Span   Span
}

// Plain says whether c also stands as a plain edge: asserted, positive and said by the article itself.
func (c *Claim) Plain() bool {
	return c.Polarity == "+" && c.Modality == "asserted" && c.AttributedTo == ""
}
