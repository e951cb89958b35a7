package extract

import (
	"math"
	"slices"
	"strings"

	"kg/internal/nlp"
)

// What becomes of propositions in the other trees of their sentence: those that the parser holds likely, too (nlp.Alternative).

// What is lost of a proposition: it is not said where a word has another head, or where it has another relation to its head; or it
// is said, but by somebody else.
const (
	lostArc = iota
	lostRelation
	lostSource
)

// Key is what two propositions of one sentence have to share to say the same, whatever the ends of their arguments and whoever says so.
type Key struct {
	Predicate, Subject, Object int    // heads of predicate, subject and second argument; -1 for none
	Lemma                      string // of predicates that a noun carries or that were handed over to one, else empty
	Polarity                   Polarity
	Modality                   Modality
}

// Key returns the key of p.
func (p *Proposition) Key() Key {
	k := Key{Predicate: p.Head, Subject: p.Args[0].Head, Object: -1, Polarity: p.Polarity, Modality: p.Modality}
	if len(p.Args) > 1 {
		k.Object = p.Args[1].Head
	}
	if p.Noun || p.Rule == "light" {
		k.Lemma = strings.ToLower(p.Lemma)
	}
	return k
}

// keyBy is what they have to share to say the same in the name of the same: the head of the source, -1 for one without words.
type keyBy struct {
	Key
	sourced bool
	source  int
}

func (p *Proposition) keyBy() keyBy {
	k := keyBy{Key: p.Key()}
	if p.Source != nil {
		k.sourced, k.source = true, p.Source.Head
	}
	return k
}

// survive sets what is lost of props, which t says, in the alternatives of its sentence.
func (t *tree) survive(props []Proposition) {
	if len(props) == 0 {
		return
	}
	sent := &t.doc.Sentences[t.sent]
	for k := range sent.Alternatives {
		alt := &sent.Alternatives[k]
		if t.bracketed(alt.Arcs[0].Word) { // the brackets tell
			continue
		}
		o := t.with(alt.Arcs)
		if o == nil {
			continue
		}
		saying, by := make(map[Key]bool), make(map[keyBy]bool)
		if legible(o.Sentence) {
			for _, p := range o.propositions() {
				saying[p.Key()] = true
				by[p.keyBy()] = true
			}
		}
		kind := lostRelation
		if alt.Arcs[0].Head != sent.Words[alt.Arcs[0].Word].Head {
			kind = lostArc
		}
		for i := range props {
			x := -math.Log(1 - min(float64(alt.Share), 0.95))
			switch p := &props[i]; {
			case !saying[p.Key()]:
				p.lost[kind] += x
			case !by[p.keyBy()] && !p.Noun: // what a noun says is so whoever speaks
				p.lost[lostSource] += x
			}
		}
	}
}

// with returns the tree with other arcs instead of those that no repair changed; nil where it changed the first one, or where they
// make no tree.
func (t *tree) with(arcs []nlp.Arc) *tree {
	was := t.doc.Sentences[t.sent].Words
	s := *t.Sentence
	s.Words = slices.Clone(s.Words)
	for n, a := range arcs {
		w := &s.Words[a.Word]
		if w.Head == was[a.Word].Head && w.Deprel == was[a.Word].Deprel {
			w.Head, w.Deprel = a.Head, a.Deprel
		} else if n == 0 {
			return nil
		}
	}
	roots := 0
	for i := range s.Words {
		if s.Words[i].Head < 0 {
			roots++
		}
	}
	if roots != 1 {
		return nil
	}
	for _, a := range arcs {
		for at, steps := s.Words[a.Word].Head, 0; at >= 0; at, steps = s.Words[at].Head, steps+1 {
			if at == a.Word || steps > len(s.Words) {
				return nil
			}
		}
	}
	return treeOf(t.doc, t.sent, &s)
}
