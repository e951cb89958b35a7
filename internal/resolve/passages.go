package resolve

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
)

// noted is what a phrase was read as, with its first and last word.
type noted struct {
	id          graph.IRI
	first, last int
}

// note remembers that the phrase with this head was read as f. A phrase is asked for several times: as one who acts, as a place.
func (s *run) note(sent, head int, words []int, f reference) {
	if f.id == "" || f.why != "" || len(words) == 0 {
		return
	}
	at := [2]int{sent, head}
	for _, n := range s.noted[at] {
		if n.id == f.id {
			return
		}
	}
	s.noted[at] = append(s.noted[at], noted{f.id, words[0], words[len(words)-1]})
}

// mentions returns the phrases of the article that mean entities of rec, in the order of the text. What claims were made of means
// what it means there; of a phrase with several meanings, that of a claim of its sentence. The others are read as Mentions reads them.
// Called when all else is done, since reading a phrase may make new entities.
func (s *run) mentions(rec *graph.Record) []graph.Mention {
	known := make(map[graph.IRI]bool, len(rec.Entities))
	for i := range rec.Entities {
		known[rec.Entities[i].ID] = true
	}
	var out []graph.Mention
	said := map[graph.IRI]bool{} // by claims of the sentence
	claim := 0
	for i := range s.doc.Sentences {
		clear(said)
		for ; claim < len(s.claims) && s.claims[claim].sent <= i; claim++ {
			if c := &s.claims[claim].claim; s.claims[claim].sent == i {
				for _, id := range []graph.IRI{c.Subject, c.Object.Entity, c.AttributedTo, c.Place} {
					said[id] = true
				}
				for _, a := range c.Arguments {
					said[a.Entity] = true
				}
			}
		}
		if s.leftOut(i) {
			continue
		}
		t := s.tree(i)
		names := map[int]nlp.Mention{} // by head; names before what describes
		for _, m := range t.Mentions {
			if old, ok := names[m.Head]; !ok || m.Kind == nlp.Named && old.Kind != nlp.Named {
				names[m.Head] = m
			}
		}
		for k := range t.Words {
			m, found := names[k]
			n, ok := s.meaning(i, k, known, said)
			if !ok && found {
				n, ok = s.readMention(t, i, m)
				ok = ok && known[n.id]
			}
			if !ok {
				continue
			}
			if found && m.Kind == nlp.Named {
				n.first, n.last = m.First, m.Last
			}
			at := s.chars.span(t.Words[n.first].Begin, t.Words[n.last].End)
			if at.Begin < at.End {
				out = append(out, graph.Mention{Span: at, Entity: n.id})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b graph.Mention) int { return a.Span.Compare(b.Span) })
	return slices.CompactFunc(out, func(a, b graph.Mention) bool { return a.Span == b.Span })
}

// meaning is what the phrase with this head was read as where that is in the record.
func (s *run) meaning(sent, head int, known, said map[graph.IRI]bool) (best noted, ok bool) {
	for _, n := range s.noted[[2]int{sent, head}] {
		if known[n.id] && (!ok || said[n.id] && !said[best.id]) {
			best, ok = n, true
		}
	}
	return best, ok
}

// readMention reads a phrase that no claim asked for.
func (s *run) readMention(t *tree, sent int, m nlp.Mention) (noted, bool) {
	if m.Kind == nlp.Pronoun {
		f, ok := s.pronounChain(sent, m.Head, strings.ToLower(t.Words[m.Head].Form))
		return noted{f.id, m.Head, m.Head}, ok
	}
	f, words := s.mentioned(t, sent, m)
	return noted{f.id, words[0], words[len(words)-1]}, f.ok() && f.id != ""
}

// leftOut says whether a sentence touches a passage that was not read.
func (s *run) leftOut(sent int) bool {
	d := &s.doc.Sentences[sent]
	i, _ := slices.BinarySearchFunc(s.article.Skip, d.Begin, func(k article.Skip, begin int) int { return cmp.Compare(k.End, begin+1) })
	return i < len(s.article.Skip) && s.article.Skip[i].Begin < d.End
}

// untold are reasons of propositions that nobody misses: another claim says the same, or there was nothing to say.
var untold = map[string]bool{elsewhere: true, emptyLight: true, repeated: true, unclear: true}

// passages returns what was not read and what was read and made no claim, both in the order of the text. Of passages within each
// other that made none for one reason there is the outer one.
func (s *run) passages(props []extract.Proposition) (skipped, dropped []graph.Passage) {
	for _, k := range s.article.Skip {
		if at := s.chars.span(k.Begin, k.End); at.Begin < at.End && strings.ContainsFunc(s.article.Text[k.Begin:k.End], printed) {
			skipped = append(skipped, graph.Passage{Span: at, Why: k.Reason})
		}
	}
	for _, d := range s.dropped {
		p := &props[d.Prop]
		if untold[d.Reason] || s.leftOut(p.Sent) {
			continue
		}
		t := s.tree(p.Sent)
		at := s.span(t, p.Words)
		for i := range p.Args {
			at = cover(at, s.span(t, p.Args[i].Words))
		}
		if at.Begin < at.End {
			dropped = append(dropped, graph.Passage{Span: at, Why: d.Reason})
		}
	}
	slices.SortFunc(dropped, graph.Passage.Compare)
	outer := dropped[:0]
	reached := map[string]int{} // by reason
	for _, d := range dropped {
		if d.End > reached[d.Why] {
			reached[d.Why] = d.End
			outer = append(outer, d)
		}
	}
	return skipped, outer
}

// printed says whether c leaves ink on a page.
func printed(c rune) bool { return unicode.IsGraphic(c) && !unicode.IsSpace(c) }
