package main

import (
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/score"
	"kg/schema"
)

// re3dThing is a phrase that may stand at the end of a relation.
type re3dThing struct {
	score.Span            // Type is empty where the scheme has none for it
	whole      score.Span // with all that hangs from it: relative clauses, "in" and "against"
	sent, head int        // word that it hangs from
	id         graph.IRI
}

// re3dConfidence is the least confidence of a claim or proposition that gives a relation. It lies below that of the graph: the lists of
// military reports are long and doubtful, and mostly right.
const re3dConfidence = 0.1

// re3dSource is one text as the relations of re3d are read from it.
type re3dSource struct {
	mapping *re3dMapping
	doc     *nlp.Document
	things  []re3dThing
	found   []score.Relation
}

// say adds what the relation rel of kg between two things is in the terms of re3d.
func (s *re3dSource) say(rel string, subject, object *re3dThing) {
	if subject == nil || object == nil || subject.whole.Begin < object.whole.End && object.whole.Begin < subject.whole.End {
		return // a phrase inside another
	}
	s.sayOf(rel, subject, object)
}

// sayOf is say where one of the phrases may lie inside the other. Relations are between entities: what the scheme has no type for takes
// part in none.
func (s *re3dSource) sayOf(rel string, subject, object *re3dThing) {
	if subject == nil || object == nil || subject.Type == "" || object.Type == "" || re3dPlacing[rel] && (s.joined(subject, object) || subject.id != "" && subject.id == object.id) {
		return
	}
	for _, r := range s.mapping.relate(rel, subject.Span, object.Span) {
		if r.Type == s.mapping.meaning("sameAs") && slices.ContainsFunc(s.found, func(old score.Relation) bool {
			return old.Type == s.mapping.meaning("partOf") && sameRe3d(score.Relation{Source: old.Source, Target: old.Target, Type: r.Type}, r)
		}) {
			continue // what is part of the other is not the other
		}
		if !slices.ContainsFunc(s.found, func(old score.Relation) bool { return sameRe3d(old, r) }) {
			s.found = append(s.found, r)
		}
	}
}

// meaning is the relation of the set that one of the schema is, in the first of its rows.
func (m *re3dMapping) meaning(rel string) string {
	if rows := m.relations[rel]; len(rows) > 0 {
		return rows[0].re3d
	}
	return ""
}

// re3dPlacing are the relations that tell a place.
var re3dPlacing = map[string]bool{"@in": true, "locatedIn": true, "takesPlaceIn": true}

// joined says whether two things are parts of one list: "Homs" and "Idlib" of "in Homs and Idlib" are not in each other.
func (s *re3dSource) joined(a, b *re3dThing) bool {
	if a.sent != b.sent {
		return false
	}
	words := s.doc.Sentences[a.sent].Words
	first := func(k int) int { // first of the list that word k stands in
		for words[k].Deprel == "conj" && words[k].Head >= 0 {
			k = words[k].Head
		}
		return k
	}
	return first(a.head) == first(b.head)
}

// sameRe3d says whether two relations say the same of phrases that share words.
func sameRe3d(a, b score.Relation) bool {
	meet := func(x, y score.Span) bool { return x.Begin < y.End && y.Begin < x.End }
	return a.Type == b.Type && (meet(a.Source, b.Source) && meet(a.Target, b.Target) ||
		score.Re3dSymmetric[a.Type] && meet(a.Source, b.Target) && meet(a.Target, b.Source))
}

// at finds the thing that hangs from a word, the longest; nil for none.
func (s *re3dSource) at(sent, head int) (best *re3dThing) {
	for i := range s.things {
		x := &s.things[i]
		if x.sent == sent && x.head == head && (best == nil || x.End-x.Begin > best.End-best.Begin) {
			best = x
		}
	}
	return best
}

// like finds the thing that covers a range of characters best; failing that, one of the sentence that means id.
func (s *re3dSource) like(at, sentence graph.Span, id graph.IRI) (best *re3dThing) {
	share := 0.3
	for i := range s.things {
		x := &s.things[i]
		common, all := min(x.whole.End, at.End)-max(x.whole.Begin, at.Begin), max(x.whole.End, at.End)-min(x.whole.Begin, at.Begin)
		if common > 0 && float64(common)/float64(all) > share {
			best, share = x, float64(common)/float64(all)
		}
	}
	for i := range s.things {
		x := &s.things[i]
		if best == nil && id != "" && x.id == id && sentence.Begin <= x.Begin && x.End <= sentence.End {
			best = x
		}
	}
	return best
}

// claims reads the claims of rec: their relation, and @in from what is spoken of to the place.
func (s *re3dSource) claims(rec *graph.Record) {
	sentences := make(map[graph.IRI]graph.Span)
	for _, x := range rec.Sentences {
		sentences[x.ID] = x.Span
	}
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if c.Polarity != "+" {
			continue
		}
		sentence := sentences[c.Sentence]
		subject, object := s.like(c.SubjectSpan, sentence, c.Subject), s.like(c.ObjectSpan, sentence, c.Object.Entity)
		s.say(strings.TrimPrefix(string(c.Predicate), "kgo:"), subject, object)
		if c.Place != "" {
			place := s.like(graph.Span{}, sentence, c.Place)
			if object == nil || object.Type == "" { // what is done to a thing somewhere tells where the thing is, not who does it
				s.say("@in", subject, place)
			}
			s.say("@in", object, place)
		}
	}
}

// propositions reads what propositions say of their parts, whether a claim is made of them or not (one with a pronoun that stands for
// nobody is none): the relation of their words, and @in from every part to each that a preposition of place marks. What opens a
// sentence holds of all verbs of its subject.
func (s *re3dSource) propositions(sch *schema.Schema, props []extract.Proposition) {
	for i := range props {
		p := &props[i]
		if p.Confidence < re3dConfidence || p.Polarity != extract.Positive || len(p.Args) == 0 {
			continue
		}
		args := slices.Clone(p.Args)
		for k := range props {
			q := &props[k]
			if q.Sent != p.Sent || p.Noun || q.Noun || len(q.Args) == 0 || q.Args[0].Head != p.Args[0].Head || q.Head >= p.Head {
				continue
			}
			for _, a := range q.Args[1:] {
				if a.Oblique() && a.Head >= 0 && a.Head < q.Args[0].Head {
					args = append(args, a)
				}
			}
		}
		acts := p.Args[0].Role == extract.Subject &&
			slices.ContainsFunc(p.Args, func(a extract.Argument) bool { return a.Role == extract.Object })
		for k := range args {
			a := &args[k]
			if a.Head < 0 || a.Role == extract.Time || a.Role == extract.Clause {
				continue
			}
			for _, object := range s.conjuncts(p.Sent, a.Head) {
				if k > 0 && args[0].Head >= 0 && (a.Oblique() || object == s.at(p.Sent, a.Head)) {
					s.cue(sch, p, a.Case, s.at(p.Sent, p.Args[0].Head), object)
				}
				if !a.Oblique() || !s.placing(p, a.Case) {
					continue
				}
				for m := range args {
					if a.Case == "to" && args[m].Case == "from" {
						continue
					}
					if m == k || m == 0 && acts && a.Case != "at" || args[m].Head < 0 || args[m].Role == extract.Time || args[m].Role == extract.Clause {
						continue
					}
					things := s.conjuncts(p.Sent, args[m].Head)
					if things[0] == nil || things[0].Type == "" { // the defeat of rebels in a town tells where they are
						things = append(things, s.modifiers(p.Sent, args[m].Head)...)
					}
					for _, other := range things {
						s.say("@in", other, object)
					}
				}
			}
		}
	}
}

// placing says whether prep leads to the place where things are by what p says: who went to a place got there, what was fired at is a target.
func (s *re3dSource) placing(p *extract.Proposition, prep string) bool {
	if prep == "to" {
		return p.Modality == extract.Asserted && s.mapping.listed("motion", p.Lemma)
	}
	return s.mapping.listed("place", prep) && !(prep == "at" && s.mapping.listed("aim", p.Lemma))
}

// located says that what a noun says of its place holds: "the troops in Homs and Idlib", "rebels operating near the border".
func (s *re3dSource) located() {
	for i := range s.doc.Sentences {
		words := s.doc.Sentences[i].Words
		for k, w := range words {
			at := w.Head
			if w.Deprel == "appos" && at >= 0 && at < k {
				s.apposed(i, at, k)
			}
			if w.Deprel == "nmod" && s.preposition(i, k) == "from" {
				if x, from := s.at(i, at), s.at(i, k); x != nil && from != nil && !x.meets(from.Span) {
					s.sayOf("@from", x, from)
				}
			}
			if w.Deprel == "nmod" && s.preposition(i, k) == "including" { // "an area including the gulf"
				x := s.at(i, at)
				for m, of := range words { // "miles of desert including the wells"
					if (x == nil || x.Type == "") && of.Head == at && of.Deprel == "nmod" && m < k && s.preposition(i, m) == "of" {
						x = s.at(i, m)
					}
				}
				for _, part := range s.conjuncts(i, k) {
					if x != nil && part != nil && !x.meets(part.Span) {
						s.sayOf("includes", x, part)
					}
				}
			}
			if at < 0 || w.Deprel != "nmod" && w.Deprel != "obl" || !s.mapping.listed("place", s.preposition(i, k)) {
				continue
			}
			if words[at].Deprel == "obl:agent" { // who is hit by a strike near a town is there
				v := words[at].Head
				for v >= 0 && words[v].Deprel == "conj" && s.subject(i, v) < 0 {
					v = words[v].Head // "was hit and sunk"
				}
				if m := s.subject(i, v); v >= 0 && m >= 0 && words[m].Deprel == "nsubj:pass" {
					for _, x := range s.conjuncts(i, m) {
						s.say("@in", x, s.at(i, k))
					}
				}
			}
			if w.Deprel == "obl" {
				if words[at].Deprel != "acl" {
					continue
				}
				at = words[at].Head
			}
			for _, place := range s.conjuncts(i, k) {
				for _, x := range s.conjuncts(i, at) {
					if x != nil && place != nil && !x.meets(place.Span) {
						s.sayOf("@in", x, place)
					}
				}
			}
		}
	}
}

// apposed says what a thing is that stands in apposition, word k, to another: a name right behind a noun is what the noun says ("the ship
// Valdera"), or one of several ("the ships Valdera and Lund"); a title is its bearer.
func (s *re3dSource) apposed(sent, at, k int) {
	words := s.doc.Sentences[sent].Words
	x, y := s.at(sent, at), s.at(sent, k)
	if x == nil || y == nil || x.meets(y.Span) {
		return
	}
	behind, plural := k == at+1 && words[k].UPOS == "PROPN", words[at].XPOS == "NNS"
	switch {
	case behind && plural:
		for _, one := range s.conjuncts(sent, k) {
			s.sayOf("@among", one, x)
		}
	case x.Type == y.Type && !plural && words[k].XPOS != "NNS" && (x.Type != s.mapping.words["site"]["base"] || s.described(sent, k) || behind && s.described(sent, at)):
		s.sayOf("@same", x, y)
	}
}

// described says whether word k heads a description with an article or an owner: behind "Lund" "the capital of Skane", not "Skane province".
func (s *re3dSource) described(sent, k int) bool {
	words := s.doc.Sentences[sent].Words
	return words[k].UPOS == "NOUN" && slices.ContainsFunc(words, func(w nlp.Word) bool {
		return w.Head == k && (w.Deprel == "det" || w.Deprel == "nmod:poss")
	})
}

// subject is the subject of word v, -1 for none.
func (s *re3dSource) subject(sent, v int) int {
	for k, w := range s.doc.Sentences[sent].Words {
		if w.Head == v && (w.Deprel == "nsubj" || w.Deprel == "nsubj:pass") {
			return k
		}
	}
	return -1
}

// meets says whether a span shares characters with x.
func (x *re3dThing) meets(span score.Span) bool { return x.Begin < span.End && span.Begin < x.End }

// sides says who fights whom, and who helps whom, where the one does not stand beside the other: the object of a verb or noun of fighting
// and the subject of what stands above it: "the rebels lead the campaign to defeat the army", "their fight against the army", "strikes in
// support of the rebels".
func (s *re3dSource) sides(sch *schema.Schema) {
	hostile := func(rels []*schema.Relation) bool {
		return len(rels) > 0 && s.mapping.meaning(rels[0].ID) == s.mapping.meaning("fightsAgainst")
	}
	for i := range s.doc.Sentences {
		words := s.doc.Sentences[i].Words
		for k, w := range words {
			v := w.Head
			if v < 0 {
				continue
			}
			if w.Deprel == "nmod" && words[v].Lemma == "use" && words[v].UPOS == "NOUN" && s.preposition(i, k) == "of" {
				users := s.doers(sch, i, v) // "took part in the use of mines", "the use of mines by the rebels"
				for m, of := range words {
					if of.Head == v && of.Deprel == "nmod" && s.preposition(i, m) == "by" {
						users = s.conjuncts(i, m)
					}
				}
				for _, arm := range s.conjuncts(i, k) {
					for _, x := range users {
						s.say("@use", x, arm)
					}
				}
			}
			against := s.preposition(i, k) == "against" && (w.Deprel == "obl" || w.Deprel == "nmod")
			// "seized the town from the rebels"
			against = against || w.Deprel == "obl" && s.preposition(i, k) == "from" && !s.denied(i, v) &&
				slices.ContainsFunc(sch.ByVerb(words[v].Lemma, ""), func(rel *schema.Relation) bool {
					return rel.ID == "captures" || rel.ID == "seizes"
				})
			prep := s.preposition(i, k)
			defeat := w.Deprel == "nmod" && (prep == "of" || prep == "on") && hostile(sch.ByNoun(words[v].Lemma, prep))
			object := w.Deprel == "obj" && words[v].UPOS == "VERB" && hostile(sch.ByVerb(words[v].Lemma, "")) && !s.denied(i, v)
			if !against && !defeat && !object {
				continue
			}
			enemies := s.conjuncts(i, k)
			if w.Deprel == "obl" && s.preposition(i, k) == "from" { // "seized tanks from the airfield": they were there, or were the enemy's
				for m, of := range words {
					if of.Head == v && of.Deprel == "obj" {
						for _, x := range s.conjuncts(i, m) {
							s.say("@in", x, enemies[0])
							s.say("@lost", enemies[0], x)
						}
					}
				}
			}
			if enemies[0] == nil || enemies[0].Type == "" { // who attacks the targets of somebody fights him
				enemies = append(enemies, s.owners(i, k)...)
			}
			for _, enemy := range enemies {
				for _, x := range s.doers(sch, i, v) {
					s.say("@against", x, enemy)
				}
			}
		}
	}
}

// denied says whether a word is negated.
func (s *re3dSource) denied(sent, v int) bool {
	for _, w := range s.doc.Sentences[sent].Words {
		if w.Head == v && w.Deprel == "advmod" && (w.Lemma == "not" || w.Lemma == "never") {
			return true
		}
	}
	return false
}

// doers are who does what word k says: its subject or owner, else that of the words above it.
func (s *re3dSource) doers(sch *schema.Schema, sent, k int) []*re3dThing {
	words := s.doc.Sentences[sent].Words
	for n := 0; k >= 0 && n < len(words); n++ {
		if n > 0 && words[k].UPOS == "VERB" && slices.ContainsFunc(sch.ByVerb(words[k].Lemma, ""), func(rel *schema.Relation) bool {
			return s.mapping.listed("aloof", rel.ID)
		}) {
			return nil // who condemns an attack does not attack
		}
		if n > 0 && words[k].UPOS == "NOUN" && s.preposition(sent, k) == "" && slices.ContainsFunc(words, func(w nlp.Word) bool { return w.Head == k && w.Deprel == "cop" }) {
			return nil // "they were a pretext for attacks"
		}
		for m, w := range words {
			if w.Head != k {
				continue
			}
			switch w.Deprel {
			case "amod":
				if n == 0 && slices.ContainsFunc(sch.Lookup(w.Form), func(n schema.Name) bool { return n.Kind == schema.Adjective }) {
					return nil // "Norwegian attacks" are nobody else's
				}
			case "nsubj":
				if w.UPOS == "PRON" && words[k].Deprel == "acl:relcl" && words[k].Head >= 0 {
					return s.conjuncts(sent, words[k].Head) // "who"
				}
				return s.conjuncts(sent, m)
			case "nmod:poss":
				if words[k].UPOS == "NOUN" {
					return s.conjuncts(sent, m)
				}
			case "nsubj:pass":
				switch words[k].Lemma {
				case "involve", "engage", "commit", "dedicate":
					return s.conjuncts(sent, m) // "was involved in the attacks"
				}
				return nil
			}
		}
		switch words[k].Deprel {
		case "acl:relcl":
			return s.conjuncts(sent, words[k].Head)
		case "ccomp", "parataxis", "root":
			return nil
		}
		k = words[k].Head
	}
	return nil
}

// preposition is the single preposition of a word in lower case, empty for none.
func (s *re3dSource) preposition(sent, k int) string {
	for m, w := range s.doc.Sentences[sent].Words {
		if w.Head == k && w.Deprel == "case" && m < k {
			return strings.ToLower(w.Form)
		}
	}
	return ""
}

// cue says what the words of p are between two things by the first relation of the schema that the scheme has a row for.
func (s *re3dSource) cue(sch *schema.Schema, p *extract.Proposition, prep string, subject, object *re3dThing) {
	rels := sch.ByVerb(p.Lemma, prep)
	switch {
	case p.Noun:
		rels = sch.ByNoun(p.Lemma, prep)
	case p.Args[0].Role == extract.Object:
		rels = sch.ByVerb("be "+strings.ToLower(s.doc.Sentences[p.Sent].Words[p.Head].Form), prep)
	}
	for _, rel := range rels {
		s.say(rel.ID, subject, object)
		if subject != nil && object != nil && len(s.mapping.relate(rel.ID, subject.Span, object.Span)) > 0 {
			return // whether it was said before or not
		}
	}
	if prep != "" && (prep != "from" || p.Noun) {
		s.say("@"+prep, subject, object)
	}
}

// owners are the organisations whose the thing at a word is, by a name before it.
func (s *re3dSource) owners(sent, head int) (out []*re3dThing) {
	for k, w := range s.doc.Sentences[sent].Words {
		if x := s.at(sent, k); w.Head == head && (w.Deprel == "compound" || w.Deprel == "nmod:poss") && x != nil && x.Type == s.mapping.words["pronoun"]["they"] {
			out = append(out, x)
		}
	}
	return out
}

// conjuncts are the thing that hangs from a word and those that are joined to it.
func (s *re3dSource) conjuncts(sent, head int) []*re3dThing {
	out := []*re3dThing{s.at(sent, head)}
	for k, w := range s.doc.Sentences[sent].Words {
		if w.Head == head && w.Deprel == "conj" {
			out = append(out, s.at(sent, k))
		}
	}
	return out
}

// modifiers are the things that hang from a word with a preposition: "ISIL" of "the defeat of ISIL".
func (s *re3dSource) modifiers(sent, head int) (out []*re3dThing) {
	for k, w := range s.doc.Sentences[sent].Words {
		if w.Head == head && w.Deprel == "nmod" {
			out = append(out, s.at(sent, k))
		}
	}
	return out
}
