// Package api answers what programs ask of a graph: entities, claims with their sentences, articles, events, ways between entities. A store
// and its index go in; plain structs come out, which REST and MCP pass on as JSON. Their names are those of the pages' JSON.
package api

import "kg/graph"

// Thing is an entity as answers name it.
type Thing struct {
	ID    graph.IRI `json:"id" doc:"compact IRI" example:"kg:Russia"`
	Label string    `json:"label" example:"Russia"`
	Type  string    `json:"type,omitempty" doc:"in words" example:"state"`
	URL   string    `json:"url,omitempty" doc:"address of the page about it" example:"/entity/Russia"`
}

// Tag is a relation as answers name it.
type Tag struct {
	ID    graph.IRI `json:"id" doc:"compact IRI" example:"kgo:mediates"`
	Label string    `json:"label" example:"mediates"`
	URL   string    `json:"url,omitempty" doc:"address of the page about it"`
	Side  string    `json:"side,omitempty" enum:"cooperation,conflict" doc:"by PLOVER's quad class"`
}

// Source is an article as answers name it.
type Source struct {
	ID       graph.IRI `json:"id" doc:"compact IRI" example:"kg:article/0a1b"`
	URL      string    `json:"url,omitempty" doc:"address of the page about it"`
	Link     string    `json:"link,omitempty" doc:"where the article was published"`
	Headline string    `json:"headline,omitempty"`
	Outlet   string    `json:"outlet,omitempty" doc:"publisher, or the host of the link"`
	Day      string    `json:"day,omitempty" doc:"of publication" example:"2017-07-04"`
}

// Mark is a range of characters of a sentence's text.
type Mark struct {
	Part  string `json:"part" enum:"subject,relation,object"`
	Begin int    `json:"begin" doc:"first character, counted in Unicode code points from the sentence's first"`
	End   int    `json:"end" doc:"first character behind it"`
}

// Sentence is the text that carries a claim.
type Sentence struct {
	ID    graph.IRI `json:"id" doc:"compact IRI"`
	Text  string    `json:"text"`
	Begin int       `json:"begin" doc:"first character in the article's text"`
	End   int       `json:"end" doc:"first character behind it"`
	Marks []Mark    `json:"marks,omitempty" doc:"the words of subject, relation and object, where they stand in the sentence"`
}

// Argument is a further participant or circumstance of a claim.
type Argument struct {
	Role   string `json:"role" example:"oblique"`
	Case   string `json:"case,omitempty" doc:"preposition" example:"on"`
	Text   string `json:"text,omitempty"`
	Entity *Thing `json:"entity,omitempty"`
}

// Claim is who did what to whom, as one article says it.
type Claim struct {
	ID          graph.IRI   `json:"id" doc:"compact IRI" example:"kg:claim/0a1b"`
	IRI         string      `json:"iri" doc:"full IRI"`
	URL         string      `json:"url,omitempty" doc:"address of the page about it"`
	Subject     Thing       `json:"subject"`
	Relation    Tag         `json:"relation"`
	Object      *Thing      `json:"object,omitempty" doc:"absent where the object is a text"`
	Text        string      `json:"text,omitempty" doc:"the object where it is no entity"`
	Status      string      `json:"status" enum:"asserted,denied,former,planned,requested,possible,conditional,hypothetical,reported" doc:"only what is asserted does the article itself state as a fact"`
	Verdict     string      `json:"verdict,omitempty" enum:"accepted,rejected" doc:"what a person judged of it"`
	Speaker     *Thing      `json:"speaker,omitempty" doc:"who says so; absent where the article itself does"`
	Day         string      `json:"day,omitempty" doc:"when it happened, as a day; where no sentence tells, the day of the article" example:"2017-07-04"`
	Time        string      `json:"time,omitempty" doc:"when it happened, as the article has it: a year, a month, a day, TIMEX3" example:"2017-W26"`
	Place       *Thing      `json:"place,omitempty"`
	Arguments   []Argument  `json:"arguments,omitempty"`
	Sentence    *Sentence   `json:"sentence,omitempty"`
	Article     *Source     `json:"article,omitempty"`
	Confidence  float64     `json:"confidence" minimum:"0" maximum:"1" doc:"share of such claims that a reader finds right"`
	Rule        string      `json:"rule,omitempty" doc:"how it was read from the sentence"`
	Class       string      `json:"class,omitempty" enum:"verbal cooperation,material cooperation,verbal conflict,material conflict" doc:"PLOVER's quad class"`
	Score       *float64    `json:"score,omitempty" minimum:"-10" maximum:"10" doc:"Goldstein's, from conflict to cooperation"`
	Articles    int         `json:"articles" doc:"that say the same, this one included"`
	Independent int         `json:"independent_articles" doc:"of these, without copies of each other"`
	Contradicts []graph.IRI `json:"contradicts,omitempty" doc:"claims that say the opposite"`
	ChangedTo   []graph.IRI `json:"changed_to,omitempty" doc:"later claims which say that it holds no more"`
	Event       graph.IRI   `json:"event,omitempty" doc:"that it tells of"`
}

// Entity is a person, place, organisation or other thing.
type Entity struct {
	Thing
	IRI      string   `json:"iri" doc:"full IRI" example:"http://example.org/kg/Russia"`
	Types    []Type   `json:"types" doc:"the most specific first"`
	Aliases  []string `json:"aliases" doc:"other names"`
	SameAs   []string `json:"same_as" doc:"full IRIs of the same thing elsewhere"`
	Claims   int      `json:"claims" doc:"that it has a part in"`
	Articles int      `json:"articles" doc:"that these are of"`
	Events   int      `json:"events"`
	First    string   `json:"first,omitempty" doc:"day of the first claim" example:"2017-07-04"`
	Last     string   `json:"last,omitempty" doc:"day of the last claim"`
}

// Type is a class of things.
type Type struct {
	ID    graph.IRI `json:"id" doc:"compact IRI" example:"kgo:State"`
	Label string    `json:"label" example:"state"`
}

// EntityDetail is an entity with what it does to others and they to it.
type EntityDetail struct {
	Entity
	Groups []Group `json:"groups" doc:"its claims as subject or object by relation, the largest group first"`
}

// Group is what an entity does to others by one relation, or others to it.
type Group struct {
	Relation   Tag              `json:"relation"`
	Direction  string           `json:"direction" enum:"out,in,both" doc:"out: the entity is the subject; both: it makes no difference who is"`
	Claims     int              `json:"claims"`
	Articles   int              `json:"articles"`
	First      string           `json:"first,omitempty"`
	Last       string           `json:"last,omitempty"`
	Neighbours []GroupNeighbour `json:"neighbours" doc:"the entities at the other end, at most ten"`
	More       int              `json:"more,omitempty" doc:"neighbours beyond these"`
}

// GroupNeighbour is an entity at the other end of a group.
type GroupNeighbour struct {
	Entity Thing `json:"entity"`
	Claims int   `json:"claims"`
}

// Neighbour is an entity beside another.
type Neighbour struct {
	Entity      Thing           `json:"entity"`
	Claims      int             `json:"claims" doc:"between the two"`
	Articles    int             `json:"articles"`
	Independent int             `json:"independent_articles" doc:"that one of the claims has at most"`
	Cooperation int             `json:"cooperation" doc:"claims of cooperation"`
	Conflict    int             `json:"conflict" doc:"claims of conflict"`
	First       string          `json:"first,omitempty"`
	Last        string          `json:"last,omitempty"`
	Relations   []RelationCount `json:"relations" doc:"the most frequent first, at most ten"`
}

// RelationCount is a relation with a number of claims.
type RelationCount struct {
	Relation Tag `json:"relation"`
	Claims   int `json:"claims"`
}

// Article is a news article.
type Article struct {
	Source
	IRI            string   `json:"iri" doc:"full IRI"`
	Published      string   `json:"published,omitempty" doc:"with time and zone" example:"2017-07-04T09:30:00Z"`
	Language       string   `json:"language,omitempty" example:"en"`
	Claims         int      `json:"claims"`
	NearDuplicates []Source `json:"near_duplicates" doc:"articles with mostly the same words"`
}

// ArticleDetail is an article with what it says.
type ArticleDetail struct {
	Article
	Says List[Claim] `json:"says" doc:"its claims, as the text goes"`
}

// Relation is a predicate of claims.
type Relation struct {
	Tag
	IRI       string    `json:"iri" doc:"full IRI"`
	Open      bool      `json:"open" doc:"named by a word of the text, not one of the schema"`
	Parent    graph.IRI `json:"parent,omitempty" doc:"relation that it is a kind of"`
	Symmetric bool      `json:"symmetric" doc:"it makes no difference who is subject and who is object"`
	PLOVER    string    `json:"plover,omitempty" doc:"type of event" example:"CONSULT"`
	CAMEO     string    `json:"cameo,omitempty" doc:"code of event" example:"040"`
	Score     *float64  `json:"score,omitempty" doc:"Goldstein's, from -10 (conflict) to 10 (cooperation)"`
	Class     string    `json:"class,omitempty" doc:"PLOVER's quad class"`
	Claims    int       `json:"claims"`
}

// Event is a happening that claims of any number of articles tell of.
type Event struct {
	ID           graph.IRI `json:"id" doc:"compact IRI" example:"kg:event/2017-07-04/Astana_talks"`
	IRI          string    `json:"iri" doc:"full IRI"`
	URL          string    `json:"url,omitempty" doc:"address of the page about it"`
	Label        string    `json:"label"`
	Types        []Type    `json:"types"`
	Kind         string    `json:"kind,omitempty" doc:"PLOVER type, or the relation where there is none" example:"CONSULT"`
	Day          string    `json:"day,omitempty" doc:"when it happened, else when it was first reported"`
	Time         string    `json:"time,omitempty" doc:"when it happened, as the articles have it"`
	Reported     string    `json:"reported,omitempty" doc:"day of the first article about it"`
	LastReported string    `json:"last_reported,omitempty" doc:"day of the last one"`
	Place        *Thing    `json:"place,omitempty"`
	Series       *Thing    `json:"series,omitempty" doc:"that it is a dated instance of"`
	Agents       []Thing   `json:"agents" doc:"who acts"`
	Patients     []Thing   `json:"patients" doc:"who is acted upon"`
	Participants []Thing   `json:"participants" doc:"others who take part"`
	Quantities   []string  `json:"quantities" doc:"as each article has them"`
	Claims       int       `json:"claims"`
	Articles     int       `json:"articles"`
	Independent  int       `json:"independent_articles"`
}

// EventDetail is an event with the claims that tell of it.
type EventDetail struct {
	Event
	ToldBy     List[Claim]  `json:"told_by"`
	Judgements []Judgement  `json:"judgements" doc:"of people, on its claims"`
	Alike      []AlikeEvent `json:"alike" doc:"other events that may be this one, the likeliest first, at most ten"`
}

// AlikeEvent is an event that may be another one.
type AlikeEvent struct {
	Event    Event   `json:"event"`
	Score    float64 `json:"score" doc:"from 0 to 1"`
	Evidence string  `json:"evidence" doc:"what the two have in common and what not"`
}

// AlikeEvents are two events that may be one, and that nobody has judged.
type AlikeEvents struct {
	A        Event   `json:"a" doc:"the earlier one"`
	B        Event   `json:"b"`
	Score    float64 `json:"score" doc:"from 0 to 1"`
	Evidence string  `json:"evidence" doc:"what the two have in common and what not"`
}

// Judgement is what a person said of names, of a claim or of the events that two claims tell of.
type Judgement struct {
	ID    graph.IRI `json:"id" doc:"compact IRI" example:"kg:judgement/0123456789abcdef"`
	Kind  string    `json:"kind" enum:"merge,distinct,rename,accept,reject,sameEvent,otherEvent" doc:"of names merge, distinct, rename; of a claim accept, reject; of events sameEvent, otherEvent"`
	From  graph.IRI `json:"from" doc:"name or claim"`
	Into  graph.IRI `json:"into,omitempty" doc:"the other name or claim"`
	Label string    `json:"label,omitempty" doc:"of rename: the new name"`
	By    string    `json:"by" doc:"who judged"`
	When  string    `json:"when,omitempty" example:"2017-07-04T09:30:00Z"`
	Why   string    `json:"why,omitempty"`
}

// Path is a way from one entity to another over claims.
type Path struct {
	Entities []Thing `json:"entities" doc:"from the one to the other"`
	Steps    []Step  `json:"steps" doc:"one fewer than entities"`
}

// Step is what connects two neighbours of a way.
type Step struct {
	From   Thing   `json:"from"`
	To     Thing   `json:"to"`
	Claims int     `json:"claims" doc:"between the two, in either direction"`
	Shown  []Claim `json:"shown" doc:"of these the surest and most often told"`
}

// Paths are the shortest ways between two entities.
type Paths struct {
	A     Thing  `json:"a"`
	B     Thing  `json:"b"`
	Note  string `json:"note" doc:"what was found, in words"`
	Paths []Path `json:"paths"`
}

// Matrix is how some entities act towards each other.
type Matrix struct {
	Actors []Thing       `json:"actors"`
	Total  int           `json:"total" doc:"states, persons and organisations with a scored claim"`
	Note   string        `json:"note" doc:"showing N of M actors"`
	Claims int           `json:"claims" doc:"that the cells are made of"`
	Cells  []MatrixCell  `json:"cells" doc:"those of most claims first; pairs without a scored claim have none"`
	Months []MatrixMonth `json:"months" doc:"with scored claims between the actors, whatever from and to are"`
}

// MatrixCell is the mean score of what one actor does to another.
type MatrixCell struct {
	Subject graph.IRI `json:"subject" doc:"who acts" example:"kg:Russia"`
	Object  graph.IRI `json:"object" doc:"to whom" example:"kg:Turkey"`
	Month   string    `json:"month,omitempty" doc:"with by=months" example:"2017-07"`
	Mean    float64   `json:"mean" doc:"of Goldstein's scores, from -10 (war) to 10 (help)"`
	Claims  int       `json:"claims" doc:"with a score"`
}

// MatrixMonth is a month with a number of claims.
type MatrixMonth struct {
	Month  string `json:"month" example:"2017-07"`
	Claims int    `json:"claims"`
}

// Found is what a search finds.
type Found struct {
	Query         string          `json:"query"`
	Note          string          `json:"note" doc:"showing N of M sentences"`
	Entities      []FoundEntity   `json:"entities" doc:"whose name fits, at most ten, the best first"`
	Sentences     []FoundSentence `json:"sentences" doc:"that have the words"`
	Total         int             `json:"total" doc:"sentences that have the words"`
	Articles      []Source        `json:"articles" doc:"whose headline has the words, at most ten"`
	TotalArticles int             `json:"total_articles" doc:"articles whose headline has the words"`
	Unknown       []string        `json:"unknown,omitempty" doc:"words that no text has"`
}

// FoundEntity is an entity whose name fits.
type FoundEntity struct {
	Entity
	Name string `json:"name" doc:"the name that fits: its label or an alias"`
}

// FoundSentence is a sentence with what it says.
type FoundSentence struct {
	Sentence Sentence `json:"sentence"`
	Hits     []Range  `json:"hits" doc:"the words that were looked for"`
	Article  *Source  `json:"article,omitempty"`
	Claims   []Claim  `json:"claims" doc:"without their sentence and article, which are these"`
}

// Changes is what articles since a day tell that earlier ones do not, what most articles tell first.
type Changes struct {
	Since            string    `json:"since" example:"2017-07-04"`
	NewPairs         []NewPair `json:"new_pairs" doc:"two entities, both known before, that no claim connected before"`
	Turned           []Turn    `json:"turned" doc:"two entities of which the contrary is said of late"`
	NewEntities      []Entity  `json:"new_entities" doc:"that no article names before"`
	TotalNewPairs    int       `json:"total_new_pairs"`
	TotalTurned      int       `json:"total_turned"`
	TotalNewEntities int       `json:"total_new_entities"`
}

// NewPair is two entities that claims connect since a day.
type NewPair struct {
	A        Thing   `json:"a"`
	B        Thing   `json:"b"`
	First    string  `json:"first,omitempty" doc:"day on which it became known"`
	Claims   int     `json:"claims"`
	Articles int     `json:"articles"`
	Shown    []Claim `json:"shown" doc:"of the claims the surest and most often told"`
}

// Turn is a relation that has turned.
type Turn struct {
	A        Thing `json:"a"`
	B        Thing `json:"b"`
	Before   Claim `json:"before"`
	After    Claim `json:"after"`
	Said     bool  `json:"said" doc:"one claim denies what the other asserts; else the two stood together before and against each other since, or the reverse"`
	Claims   int   `json:"claims" doc:"since the day, that stand against what was said before"`
	Articles int   `json:"articles"`
}

// Range is a range of characters of a sentence's text.
type Range struct {
	Begin int `json:"begin" doc:"first character, counted in Unicode code points"`
	End   int `json:"end" doc:"first character behind it"`
}

// List is a part of a list.
type List[T any] struct {
	Items  []T    `json:"items"`
	Total  int    `json:"total" doc:"items that there are"`
	Offset int    `json:"offset" doc:"items before these"`
	Limit  int    `json:"limit" doc:"items at most"`
	Note   string `json:"note" doc:"showing N of M"`
}
