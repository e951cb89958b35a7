// Package extract reads the dependency trees of a Document and returns what its sentences say: propositions, each a
// predicate with its arguments by role, its polarity, modality and source. It knows English grammar and no graph.
package extract

import "kg/internal/nlp"

// Polarity says whether a proposition is affirmed or denied.
type Polarity string

const (
	Positive Polarity = "+"
	Negative Polarity = "-"
)

// Modality says how the text presents a proposition. Only asserted, positive ones become plain edges. Where several apply, as in
// "if it may leave", the least certain stands: they rise in this order.
type Modality string

const (
	Asserted     Modality = "asserted"
	Former       Modality = "former"       // was so and is no more: used to, a former minister; "no longer", "stopped" are negative and former
	Planned      Modality = "planned"      // is meant or expected to come: will, is to, plans to, an agreement to, in order to
	Requested    Modality = "requested"    // somebody wants it or it is called a duty: asked to, must, called for
	Possible     Modality = "possible"     // may, perhaps, seems to, a chance that
	Conditional  Modality = "conditional"  // would be so, if …
	Hypothetical Modality = "hypothetical" // the condition itself and the question: if …, whether …
)

// Role is the part that an argument plays in its proposition.
type Role string

const (
	Subject   Role = "subject"
	Object    Role = "object"
	Indirect  Role = "indirect"  // the receiver of a ditransitive verb
	Oblique   Role = "oblique"   // prepositional; Case holds the preposition
	Agent     Role = "agent"     // the by-phrase where it could not be made the subject
	Attribute Role = "attribute" // what a copula says of its subject
	Clause    Role = "clause"    // a clause as argument: what was said, proposed, refused
	Time      Role = "time"
	Place     Role = "place"
	// Kinds of obliques, told by preposition, noun and verb where these leave no doubt. An adverb of manner and an infinitive of purpose
	// have no Case.
	Instrument Role = "instrument" // with a knife, by phone
	Topic      Role = "topic"      // about the treaty
	Purpose    Role = "purpose"    // for talks, to sign the treaty
	Manner     Role = "manner"     // in secret, secretly
)

// Phrase is a set of words of one sentence.
type Phrase struct {
	// Words are indices in Sentence.Words, rising; they need not be neighbours.
	Words []int
	// Head is the index of the syntactic head, -1 where there is none.
	Head int
}

// Argument is a phrase with its role.
type Argument struct {
	Phrase
	Role Role
	// Case is the preposition of an oblique, in lower case ("in", "because of"), empty elsewhere. CaseWords are its words;
	// they are not in Phrase.Words.
	Case      string
	CaseWords []int
	// Minimal is the shortest phrase that still names the thing, a subset of Phrase.Words: without determiners, relative
	// clauses, appositions and other non-restrictive modifiers.
	Minimal Phrase
	// Quantity is what the phrase counts or measures, nil where it does neither; a time has none.
	Quantity *Quantity
	// Pronoun says that the phrase is a personal, possessive or demonstrative pronoun, which only coreference gives a name.
	Pronoun bool
}

// Oblique says whether a is a prepositional argument of any type but time.
func (a *Argument) Oblique() bool {
	switch a.Role {
	case Oblique, Place:
		return true
	case Instrument, Topic, Purpose, Manner:
		return a.Case != ""
	}
	return false
}

// Predicate is what relates the arguments.
type Predicate struct {
	Phrase
	// Lemma is the normal form that a relation is looked up by: the verb with particle ("carry out"), noun of a light
	// verb ("hold talks") or the noun of a nominal predicate ("mediator").
	Lemma string
	// Noun says that the relation is carried by a noun (agent noun, nominalisation, possessive, title).
	Noun bool
	// Passive says that the first argument stands as the subject of a passive verb: with a by-phrase the agent is
	// Args[0] and the passive subject Args[1]; without one Args[0] is the passive subject and has the role Object.
	Passive bool
	// Text, when not empty, is how the predicate reads where its words do not stand in the sentence (the "is" of an
	// apposition, the "has" of a possessive).
	Text string
}

// Attribution is somebody who says something, named in sentence Sent.
type Attribution struct {
	Argument
	Sent int
}

// Proposition is one thing that a sentence says. It is read-only once returned.
type Proposition struct {
	// Sent is the index in Document.Sentences.
	Sent int
	// Mended is that sentence as Repair returns it, shared by all that it says.
	Mended *nlp.Sentence `json:"-"`
	Predicate
	// Args holds the binary core first: the subject, then the object (any role), then the others.
	Args     []Argument
	Polarity Polarity
	Modality Modality
	// Source is who says so, nil for the article itself. SourceSent is the sentence its words are in. A source without words, its
	// Head -1, is one that the text does not name: "is said to", "reportedly", a quotation of nobody.
	Source     *Argument
	SourceSent int
	// Via are those who pass on what Source says, the nearest to it first: in "an agency quoted officials as saying that Peskov
	// denied it" the officials and the agency.
	Via []Attribution
	// Rule names the grammar rule that made the proposition ("svo", "passive", "appos").
	Rule string
	// Confidence is between 0 and 1.
	Confidence float64
	// Derived says that another proposition of the sentence says the same in its own words; this one is there for its
	// relation (the act of a light verb).
	Derived bool
	// lost is how much speaks for the sentence not saying this, by the alternatives of its tree.
	lost [3]float64
}

// Propositions returns what doc says, sentence by sentence, in text order. It is a pure function and safe for
// concurrent use.
func Propositions(doc *nlp.Document) []Proposition {
	props := make([]Proposition, 0, 5*len(doc.Sentences))
	trees := make([]*tree, len(doc.Sentences)) // nil for an empty sentence
	var r reader
	var v variant
	for i := range doc.Sentences {
		if len(doc.Sentences[i].Words) == 0 {
			continue
		}
		trees[i] = newTree(doc, i)
		if !legible(trees[i].Sentence) {
			continue
		}
		r.reset(trees[i])
		out := r.propositions()
		v.survive(trees[i], out)
		props = append(props, out...)
	}
	quotations(doc, trees, props)
	for i := range props {
		r := reader{tree: trees[props[i].Sent]}
		r.typed(&props[i])
	}
	judge(trees, props)
	return props
}

// propositions reads those of the sentence of r, which it was reset to.
func (r *reader) propositions() []Proposition {
	r.findAccording()
	plain := status{polarity: Positive, modality: Asserted}
	if !r.tableLine() {
		r.clause(r.root, r.top(plain))
	}
	r.acronyms(plain)
	for i := range r.out { // what tells who the speaker is, is not what the speaker says
		if p := &r.out[i]; p.Source != nil && r.attributing(p.Source.Head) && p.SourceSent == p.Sent && r.within(p.Head, p.Source.Head) {
			p.Source = nil
		}
	}
	return r.out
}
