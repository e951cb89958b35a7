package main

import (
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/score"
)

// re3dThing is a phrase that may stand at the end of a relation.
type re3dThing struct {
	score.Span     // Type is empty where the scheme has none for it
	sent, head int // word that it hangs from
	id         graph.IRI
}

// re3dConfidence is the least confidence of a claim or proposition that gives a relation. It lies below that of the graph: the lists of
// military reports are long and doubtful, and mostly right.
const re3dConfidence = 0.2

// re3dSource is one text as the relations of re3d are read from it.
type re3dSource struct {
	mapping *re3dMapping
	doc     *nlp.Document
	things  []re3dThing
	chars   func(byteOffset int) int
	found   []score.Relation
}

// say adds what the relation rel of kg between two things is in the terms of re3d.
func (s *re3dSource) say(rel string, subject, object *re3dThing) {
	if subject == nil || object == nil || subject.Begin < object.End && object.Begin < subject.End {
		return // a phrase inside another
	}
	s.found = append(s.found, s.mapping.relate(rel, subject.Span, object.Span)...)
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
		common, all := min(x.End, at.End)-max(x.Begin, at.Begin), max(x.End, at.End)-min(x.Begin, at.Begin)
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

// claims reads the claims of rec: their relation, and @place from subject and object to the place.
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
			s.say("@place", subject, place)
			s.say("@place", object, place)
		}
		for k := range c.Arguments {
			a := &c.Arguments[k]
			s.say("@"+a.Case, subject, s.like(a.Span, sentence, a.Entity))
		}
	}
}

// propositions reads where propositions put their parts, whether a claim is made of them or not: @in from every part to each
// that a preposition of place marks. What opens a sentence holds of all verbs of its subject.
func (s *re3dSource) propositions(props []extract.Proposition) {
	for i := range props {
		p := &props[i]
		if p.Confidence < re3dConfidence || p.Polarity != extract.Positive {
			continue
		}
		args := slices.Clone(p.Args)
		for k := range props {
			q := &props[k]
			if q.Sent != p.Sent || k == i || p.Noun || q.Noun || len(q.Args) == 0 || len(p.Args) == 0 || q.Args[0].Head != p.Args[0].Head || q.Head >= p.Head {
				continue
			}
			for _, a := range q.Args[1:] {
				if a.Oblique() && a.Head >= 0 && a.Head < q.Args[0].Head {
					args = append(args, a)
				}
			}
		}
		for k := range args {
			a := &args[k]
			if !a.Oblique() || a.Head < 0 || !re3dPlaces[a.Case] {
				continue
			}
			place := s.at(p.Sent, a.Head)
			for m := range args {
				if m != k && args[m].Head >= 0 && args[m].Role != extract.Time && args[m].Role != extract.Clause {
					s.say("@in", s.at(p.Sent, args[m].Head), place)
				}
			}
		}
		if p.Noun && len(p.Args) == 2 && p.Args[1].Case != "" && !re3dPlaces[p.Args[1].Case] {
			s.say("@"+p.Args[1].Case, s.at(p.Sent, p.Args[0].Head), s.at(p.Sent, p.Args[1].Head))
		}
	}
}

var re3dPlaces = map[string]bool{"in": true, "at": true, "near": true, "inside": true, "around": true, "throughout": true, "across": true,
	"outside": true, "within": true, "on": true}
