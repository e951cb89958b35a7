package resolve

import (
	"slices"
	"strings"
	"unicode"

	"kg/graph"
	"kg/schema"
)

// cue is the word that a relation is said with, as relations.tsv writes it: the lemma of a verb or noun with its preposition ("call
// on", "hold talks with", "support for").
type cue struct {
	words string
	noun  bool
}

// candidate is a relation with the cue that leads to it.
type candidate struct {
	rel *schema.Relation
	cue cue
}

// toDo stands for the infinitive beside the object where a cue has a preposition: "tell to do".
const toDo = "to do"

func verbCue(lemma, prep string) cue { return cue{words: joinCue(lemma, prep)} }
func nounCue(lemma, prep string) cue { return cue{words: joinCue(lemma, prep), noun: true} }

func joinCue(lemma, prep string) string {
	if prep == "" {
		return lemma
	}
	return lemma + " " + prep
}

// relations are those that c leads to, in order of preference.
func (c cue) relations(sch *schema.Schema) []*schema.Relation {
	if c.noun {
		return sch.ByNoun(c.words, "")
	}
	rels := sch.ByVerb(c.words, "")
	if plain, ok := strings.CutSuffix(c.words, " "+toDo); ok && rels == nil {
		return sch.ByVerb(plain, "")
	}
	return rels
}

// open names the relation of a cue that leads to none, without and with the prefix.
func (c cue) open() (label string, id graph.IRI) {
	label = strings.TrimSuffix(c.words, " "+toDo)
	return label, kgo("open/" + slug(label))
}

// cued returns the relations that c leads to with c beside them, nil for none.
func (r *Resolver) cued(c cue) (out []candidate) {
	for _, rel := range c.relations(r.schema) {
		out = append(out, candidate{rel, c})
	}
	return out
}

// related returns the first relation of c whose domain and range suit, empty for none.
func (s *run) related(c cue, subject, object reference) string {
	for _, rel := range c.relations(s.schema) {
		if s.suits(subject, rel.Domain) && s.suits(object, rel.Range) {
			return rel.ID
		}
	}
	return ""
}

// fits says whether something of type typ can be one of types. literal says that it has no IRI, idle that it is a common noun
// of unknown type that does not look like one for who acts. A thing of unknown type may be anything but a literal's kind.
func fits(sch *schema.Schema, typ string, literal, idle bool, types []string) bool {
	for _, want := range types {
		switch {
		case want == "Thing":
			return true
		case literal:
			if typ == "Claim" && (want == "Claim" || want == "Plan" || want == "Agreement") || typ == "Quantity" && want == "Quantity" {
				return true
			}
		case sch.IsA(typ, want),
			typ == "Thing" && (!idle || !sch.IsA(want, "Actor") && !sch.IsA(want, "Place")) && want != "Quantity" && want != "TimeSpan",
			typ == "Actor" && sch.IsA(want, "Actor"),
			want == "Place" && typ == "State":
			return true
		}
	}
	return false
}

// Relate gives each claim of rec that has a cue the relation that sch has for it: the first of the cue's relations whose domain
// and range suit subject and object and that the sentence did not speak against, an open relation where there is none. It is a
// pure function of the record and the schema: on a record of Resolve with the same schema it changes nothing. Relations of rec
// are those that its claims use, by ID.
func Relate(sch *schema.Schema, rec *graph.Record) {
	entities := entitiesOf(rec)
	known := make(map[graph.IRI]graph.Relation, len(rec.Relations))
	for _, rel := range rec.Relations {
		known[rel.ID] = rel
	}
	used := map[graph.IRI]bool{}
	rec.Relations = rec.Relations[:0:0]
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if c.Cue != "" {
			c.Predicate = predicateOf(sch, entities, c)
		}
		if used[c.Predicate] {
			continue
		}
		used[c.Predicate] = true
		rec.Relations = append(rec.Relations, relationNode(sch, c, known))
	}
	slices.SortFunc(rec.Relations, func(a, b graph.Relation) int { return compareIRI(a.ID, b.ID) })
}

// entitiesOf returns the entities of rec by ID.
func entitiesOf(rec *graph.Record) map[graph.IRI]*graph.Entity {
	by := make(map[graph.IRI]*graph.Entity, len(rec.Entities))
	for i := range rec.Entities {
		by[rec.Entities[i].ID] = &rec.Entities[i]
	}
	return by
}

func claimCue(c *graph.Claim) cue { return cue{c.Cue, c.CueNoun} }

// predicateOf is the relation of claim c by its cue.
func predicateOf(sch *schema.Schema, entities map[graph.IRI]*graph.Entity, c *graph.Claim) graph.IRI {
	for _, rel := range claimCue(c).relations(sch) {
		if id := kgo(rel.ID); !slices.Contains(c.Declined, id) && suited(sch, entities, c, rel) {
			return id
		}
	}
	_, id := claimCue(c).open()
	return id
}

// suited says whether subject and object of c are of the types that rel asks for.
func suited(sch *schema.Schema, entities map[graph.IRI]*graph.Entity, c *graph.Claim, rel *schema.Relation) bool {
	typ, idle := entityType(entities[c.Subject])
	if !fits(sch, typ, false, idle, rel.Domain) {
		return false
	}
	if c.Object.Entity == "" {
		return fits(sch, local(c.Object.Type), true, false, rel.Range)
	}
	typ, idle = entityType(entities[c.Object.Entity])
	return fits(sch, typ, false, idle, rel.Range)
}

// entityType is the most specific type of an entity and whether it is a thing that does not look like one who acts.
func entityType(e *graph.Entity) (typ string, idle bool) {
	if e == nil || len(e.Types) == 0 {
		return "Thing", false
	}
	typ = local(e.Types[0])
	if typ != "Thing" {
		return typ, false
	}
	words := strings.Fields(e.Label)
	for i, w := range words {
		if i > 0 && labelEnds[w] {
			words = words[:i]
			break
		}
	}
	head := words[len(words)-1]
	return typ, unicode.IsLower([]rune(head)[0]) && !agentive(head) && !agentive(strings.TrimSuffix(head, "s"))
}

// labelEnds are the prepositions before which the head of a label stands.
var labelEnds = set(`of in on for with to from between at by about against over among as into under`)

// relationNode describes the predicate of c for the graph.
func relationNode(sch *schema.Schema, c *graph.Claim, known map[graph.IRI]graph.Relation) graph.Relation {
	node := graph.Relation{ID: c.Predicate}
	if rel := sch.Relation(local(c.Predicate)); rel != nil {
		node.Label, node.Symmetric, node.PLOVER, node.CAMEO, node.Goldstein = rel.Label, rel.Symmetric, rel.PLOVER, rel.CAMEO, rel.Goldstein
		return node
	}
	if label, id := claimCue(c).open(); c.Cue != "" && id == c.Predicate {
		node.Label, node.Parent = label, relatedTo
		return node
	}
	if old, ok := known[c.Predicate]; ok {
		return old // of a claim without a cue, by a relation that the schema has no more
	}
	node.Label, node.Parent = schema.Words(local(c.Predicate)), relatedTo
	return node
}

const relatedTo graph.IRI = "kgo:relatedTo"

// reversible makes the predicates of the claims of rec what Relate would make them, which tells from then on what each cue means
// here: a relation of the cue that suits subject and object and was not taken had something in the sentence against it, and a
// relation that was taken though subject and object have other types in the end stands without its cue.
func reversible(sch *schema.Schema, rec *graph.Record) {
	entities := entitiesOf(rec)
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if c.Cue == "" {
			continue
		}
		_, open := claimCue(c).open()
		reached := c.Predicate == open
		for _, rel := range claimCue(c).relations(sch) {
			if !suited(sch, entities, c, rel) {
				continue
			}
			if id := kgo(rel.ID); id != c.Predicate {
				c.Declined = append(c.Declined, id)
				continue
			}
			reached = true
			break
		}
		if !reached {
			c.Cue, c.CueNoun, c.Declined = "", false, nil
		}
	}
	Relate(sch, rec)
}
