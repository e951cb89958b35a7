package resolve

import (
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
)

// Mention is a phrase of an article with the thing that it means, as claims about it would name that thing.
type Mention struct {
	nlp.Mention
	Sent int
	// First and Last of the name proper where the mention is one: "Putin" of "President Putin"; else those of the mention.
	NameFirst, NameLast int
	// AmountFirst and AmountLast are the words of the number that tells how many: "five" of "five tactical units"; -1 for none.
	AmountFirst, AmountLast int
	ID                      graph.IRI // empty for an amount or a time
	Type                    string    // node type
	// Wikidata is the identifier of the thing ("Q159"), empty where the gazetteers have none.
	Wikidata string
	Acting   bool // it stands as one who acts: a subject
	// Described says that words with capitals are read as a description, not as a name: "the City".
	Described bool
}

// wikidataItem is the prefix of the IRIs of Wikidata's items.
const wikidataItem = "http://www.wikidata.org/entity/"

// Mentions returns every mention of doc that means something, pronouns left out, in the order of the text: what the article
// speaks of, whether a claim is made of it or not. Arguments as for Resolve.
func (r *Resolver) Mentions(a *article.Article, doc *nlp.Document, props []extract.Proposition) []Mention {
	s := newRun(r, a, doc)
	s.survey(props)
	var out []Mention
	for i := range doc.Sentences {
		t := s.tree(i)
		for _, m := range doc.Sentences[i].Mentions {
			if m.Kind == nlp.Pronoun {
				continue
			}
			f, words := s.mentioned(t, i, m)
			if !f.ok() {
				continue
			}
			found := Mention{Mention: m, Sent: i, NameFirst: m.First, NameLast: m.Last, ID: f.id, Type: f.typ,
				Acting: s.stanceOf(t, m.Head) == acting, Described: m.Kind == nlp.Named && s.describes(t, m.Head, words)}
			found.AmountFirst, found.AmountLast = t.amountOf(m.Head)
			if m.Kind == nlp.Named && f.typ == "Person" {
				if cut := s.withoutTitles(t, through(m.First, m.Last), m.Head); len(cut) > 0 {
					found.NameFirst, found.NameLast = cut[0], cut[len(cut)-1]
				}
			}
			if e := s.entities[f.id]; e != nil {
				for _, same := range e.SameAs {
					if id, ok := strings.CutPrefix(string(same), wikidataItem); ok {
						found.Wikidata = id
					}
				}
			}
			out = append(out, found)
		}
	}
	return out
}

// mentioned refers to what a name or description means, as its place in the sentence suggests, with the words that name it.
func (s *run) mentioned(t *tree, sent int, m nlp.Mention) (reference, []int) {
	whole := through(m.First, m.Last)
	words := whole
	if m.Kind == nlp.Nominal {
		words = t.joined(s.minimal(t, m.Head))
	}
	return s.phrase(t, sent, m.Head, words, whole, s.stanceOf(t, m.Head)), words
}

// stanceOf is how the phrase with this head takes part.
func (s *run) stanceOf(t *tree, head int) stance {
	if locative[t.caseOf(head)] {
		return placed
	} else if strings.HasPrefix(t.rel(head), "nsubj") && !t.stative(t.Words[head].Head) {
		return acting
	}
	return neutral
}

// stative says whether the predicate at word k is one that says nothing of who acts: "Moscow is big", "London has an airport".
func (t *tree) stative(k int) bool {
	return k >= 0 && (stative[t.lemma(k)] || slices.ContainsFunc(t.kids[k], func(m int) bool { return t.rel(m) == "cop" }))
}

// amountOf returns the first and the last word of the number that counts the noun at head, -1 where none does.
func (t *tree) amountOf(head int) (first, last int) {
	for _, k := range t.kids[head] {
		if t.rel(k) != "nummod" || t.Words[k].UPOS != "NUM" || k > head {
			continue
		}
		first, last = k, k
		for _, m := range t.kids[k] {
			if t.Words[m].UPOS == "NUM" { // "more than" 2.5 million
				first, last = min(first, m), max(last, m)
			}
		}
		return first, last
	}
	return -1, -1
}
