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

// variant is a tree that takes on other arcs, those of one alternative after the other, and reads what the sentence says then. It
// belongs to one sentence at a time and is used for one after the other, as its memory is.
type variant struct {
	reader
	of    *tree
	own   tree  // of reader, the arcs of some words apart the same as of
	moved []int // those words
	keys  []keyBy
	heard []heard
}

// heard says whether a proposition is said, and whether in the same name.
type heard struct{ said, by bool }

// survive sets what is lost of props, which t says, in the alternatives of its sentence.
func (v *variant) survive(t *tree, props []Proposition) {
	sent := &t.doc.Sentences[t.sent]
	if len(props) == 0 || len(sent.Alternatives) == 0 {
		return
	}
	v.begin(t, props)
	for k := range sent.Alternatives {
		alt := &sent.Alternatives[k]
		if t.bracketed(alt.Arcs[0].Word) { // the brackets tell
			continue
		}
		if v.take(alt.Arcs) {
			v.compare()
			kind := lostRelation
			if alt.Arcs[0].Head != sent.Words[alt.Arcs[0].Word].Head {
				kind = lostArc
			}
			x := -math.Log(1 - min(float64(alt.Share), 0.95))
			for i := range props {
				switch p, heard := &props[i], v.heard[i]; {
				case !heard.said:
					p.lost[kind] += x
				case !heard.by && !p.Noun: // what a noun says is so whoever speaks
					p.lost[lostSource] += x
				}
			}
		}
		v.restore()
	}
}

// begin makes v a copy of t, which says props.
func (v *variant) begin(t *tree, props []Proposition) {
	v.of = t
	t.numbers() // so that v has them, too
	t.timex(0)
	s := *t.Sentence
	s.Words = append(v.own.words(), t.Words...)
	kids, memory := append(v.own.kids[:0], t.kids...), v.own.wordLists
	v.own = *t
	v.own.Sentence, v.own.kids, v.own.wordLists = &s, kids, memory
	v.keys = v.keys[:0]
	for i := range props {
		v.keys = append(v.keys, props[i].keyBy())
	}
}

// words returns the memory of the words of t, to be filled anew.
func (t *tree) words() []nlp.Word {
	if t.Sentence == nil {
		return nil
	}
	return t.Words[:0]
}

// compare reads the sentence and sets which of the propositions it says now.
func (v *variant) compare() {
	v.heard = append(v.heard[:0], make([]heard, len(v.keys))...)
	v.reset(&v.own)
	v.kept, v.clauses, v.own.wordLists.all = v.kept[:0], v.clauses[:0], v.own.wordLists.all[:0] // nothing is left of the last alternative
	for _, p := range v.propositions() {
		by := p.keyBy()
		for i := range v.keys {
			if k := &v.keys[i]; k.Key == by.Key {
				v.heard[i].said = true
				v.heard[i].by = v.heard[i].by || *k == by
			}
		}
	}
}

// take gives v arcs, those of words that a repair changed apart; it returns false where a repair changed the first one, or where
// they make no tree. Either way restore undoes it.
func (v *variant) take(arcs []nlp.Arc) bool {
	was := v.of.doc.Sentences[v.of.sent].Words
	for n, a := range arcs {
		w := &v.own.Words[a.Word]
		if w.Head == was[a.Word].Head && w.Deprel == was[a.Word].Deprel {
			v.move(a.Word, a.Head, a.Deprel)
		} else if n == 0 {
			return false
		}
	}
	roots := 0
	for i := range v.own.Words {
		if v.own.Words[i].Head < 0 {
			if roots++; roots > 1 {
				return false
			}
			v.own.root = i
		}
	}
	if roots == 0 {
		return false
	}
	for _, a := range arcs {
		for at, steps := v.own.Words[a.Word].Head, 0; at >= 0; at, steps = v.own.Words[at].Head, steps+1 {
			if at == a.Word || steps > len(v.own.Words) {
				return false
			}
		}
	}
	v.own.respective = v.own.pairing()
	if slices.ContainsFunc(v.moved, func(i int) bool { return slices.Contains(v.of.timeArcs, i) }) {
		v.own.figures = figures{}
	}
	return true
}

// move hangs word i elsewhere.
func (v *variant) move(i, head int, deprel string) {
	w := &v.own.Words[i]
	if w.Head != head {
		if w.Head >= 0 {
			v.own.kids[w.Head] = without(v.own.kids[w.Head], []int{i})
		}
		if head >= 0 {
			v.own.kids[head] = merge(v.own.kids[head], []int{i})
		}
	}
	w.Head, w.Deprel = head, deprel
	v.moved = append(v.moved, i)
}

// restore makes v the same as the tree that it is of.
func (v *variant) restore() {
	for _, i := range v.moved {
		w, was := &v.own.Words[i], &v.of.Words[i]
		for _, h := range [2]int{w.Head, was.Head} {
			if h >= 0 {
				v.own.kids[h] = v.of.kids[h]
			}
		}
		w.Head, w.Deprel = was.Head, was.Deprel
	}
	v.moved = v.moved[:0]
	v.own.root, v.own.respective = v.of.root, v.of.respective
	v.own.figures = v.of.figures
}
