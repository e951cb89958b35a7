package nlp

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"kg/internal/dense"
)

// Names are found by a conditional random field over the words of a sentence (Lafferty et al. 2001). The score of a tag at a word
// is that of a small network over what the parser's encoder says of the word, plus a weight for each of some fifty features: the
// word and its neighbours, their shapes and tags, lists of forenames, surnames, places and words that names end in, and what the
// rest of the article says of the same word. It is trained by TrainEntities.

// entityTypes are the types of entities, in the order of the tags.
var entityTypes = [...]string{"PER", "ORG", "LOC", "MISC"}

// Tags are O and, for each type, the first, a middle, the last and the only word of an entity.
const (
	entityTags = 1 + 4*len(entityTypes)
	tagO       = 0
	tagBegin   = 1
	tagInside  = 2
	tagEnd     = 3
	tagSingle  = 4
)

func tagOf(position, typ int) int { return 4*typ + position }

// positionOf is the inverse of tagOf without the type.
func positionOf(tag int) int {
	if tag == tagO {
		return tagO
	}
	return (tag-1)%4 + 1
}

// tagMayFollow says whether tag b may stand after tag a.
func tagMayFollow(a, b int) bool {
	open := positionOf(a) == tagBegin || positionOf(a) == tagInside
	continues := positionOf(b) == tagInside || positionOf(b) == tagEnd
	if open != continues {
		return false
	}
	return !open || (a-1)/4 == (b-1)/4
}

// mayEnd says whether a sentence may end with tag t.
func mayEnd(t int) bool { return positionOf(t) != tagBegin && positionOf(t) != tagInside }

// entityHidden is the width of the hidden layer, a multiple of 64 so that it needs no padding.
const entityHidden = 64

// entityRows is the number of rows of the table of feature weights; features are hashed into it.
const entityRows = 1 << 17

// entityModel holds the weights. It is read-only once loaded and safe for concurrent use.
//
// The file entities.bin is, little-endian: uint32 in, entityHidden, entityTags, entityRows; as float32 w1, b1, w2, b2, trans,
// start, scale; then rows, a signed byte each.
type entityModel struct {
	in     int       // width of what is known of a word: both layers of the encoder and its vector
	w1, b1 []float32 // in × entityHidden
	w2, b2 []float32 // entityHidden × entityTags
	trans  []float32 // tag before × tag
	start  []float32 // of the first word
	rows   []int8    // entityRows × entityTags: weights of features, in units of scale
	scale  float32
	first  dense.Matrix // w1 and b1 as pack put them
}

// pack makes what hiddenLayer reads.
func (m *entityModel) pack() {
	m.first.Reset(m.in, entityHidden)
	for j, v := range m.b1 {
		m.first.SetBias(j, v)
		for i := range m.in {
			m.first.Set(i, j, m.w1[i*entityHidden+j])
		}
	}
}

func newEntityModel(in int) *entityModel {
	return &entityModel{
		in: in,
		w1: make([]float32, in*entityHidden), b1: make([]float32, entityHidden),
		w2: make([]float32, entityHidden*entityTags), b2: make([]float32, entityTags),
		trans: make([]float32, entityTags*entityTags), start: make([]float32, entityTags),
		rows: make([]int8, entityRows*entityTags),
	}
}

func (m *entityModel) sizes() [4]int { return [4]int{m.in, entityHidden, entityTags, entityRows} }

func (m *entityModel) parts() [6][]float32 {
	return [...][]float32{m.w1, m.b1, m.w2, m.b2, m.trans, m.start}
}

// never is the score of what cannot be.
const never = -1e9

//go:embed model/entities.bin
var entityWeights []byte

// loadEntityModel reads entities.bin, for in numbers of a word.
func loadEntityModel(data []byte, in int) (*entityModel, error) {
	m := newEntityModel(in)
	size := 4*len(m.sizes()) + 4 + len(m.rows)
	for _, part := range m.parts() {
		size += 4 * len(part)
	}
	if len(data) != size {
		return nil, fmt.Errorf("entities.bin: %d bytes instead of %d", len(data), size)
	}
	for i, want := range m.sizes() {
		if got := binary.LittleEndian.Uint32(data[4*i:]); got != uint32(want) {
			return nil, fmt.Errorf("entities.bin: size %d is %d instead of %d", i, got, want)
		}
	}
	data = data[4*len(m.sizes()):]
	number := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(data))
		data = data[4:]
		return v
	}
	for i, part := range m.parts() {
		for k := range part {
			if part[k] = number(); part[k]-part[k] != 0 {
				return nil, fmt.Errorf("entities.bin: part %d: weight %d is not finite", i, k)
			}
		}
	}
	m.scale = number()
	for i, b := range data {
		m.rows[i] = int8(b)
	}
	m.pack()
	return m, nil
}

// hiddenLayer sets dst (words × entityHidden) to the first layer's sums over x (words × in), before the rectifier.
func (m *entityModel) hiddenLayer(dst, x []float32, words int) {
	m.first.Mul(dst, x, words, m.in)
}

// output sets row to the scores of the tags by the hidden layer h.
func (m *entityModel) output(row, h []float32) {
	copy(row, m.b2)
	for k, v := range h {
		if v > 0 {
			w := m.w2[k*entityTags:][:entityTags]
			for t := range row {
				row[t] += v * w[t]
			}
		}
	}
}

// addFeatures adds to row the weights of feats.
func (m *entityModel) addFeatures(row []float32, feats []uint32) {
	var sum [entityTags]int32
	for _, f := range feats {
		w := (*[entityTags]int8)(m.rows[int(f%entityRows)*entityTags:])
		for t, v := range w {
			sum[t] += int32(v)
		}
	}
	for t := range row {
		row[t] += float32(sum[t]) * m.scale
	}
}

// viterbi returns the best sequence of tags for the emissions of n words.
func (m *entityModel) viterbi(tags []int, em []float32, n int, back []int8) {
	var cur, prev [entityTags]float32
	for t := range cur {
		prev[t] = em[t] + m.start[t]
	}
	for i := 1; i < n; i++ {
		row := em[i*entityTags:][:entityTags]
		for t := range entityTags {
			best, from := float32(2*never), 0
			for _, p := range tagsBefore[t] {
				if v := prev[p] + m.trans[int(p)*entityTags+t]; v > best {
					best, from = v, int(p)
				}
			}
			cur[t] = best + row[t]
			back[i*entityTags+t] = int8(from)
		}
		prev, cur = cur, prev
	}
	best := 0
	for t := range entityTags {
		if mayEnd(t) && prev[t] > prev[best] {
			best = t
		}
	}
	for i := n - 1; i >= 0; i-- {
		tags[i] = best
		best = int(back[i*entityTags+best])
	}
}

// tagsBefore holds, for each tag, those that may stand before it.
var tagsBefore = func() (before [entityTags][]int8) {
	for b := range entityTags {
		for a := range entityTags {
			if tagMayFollow(a, b) {
				before[b] = append(before[b], int8(a))
			}
		}
	}
	return before
}()

// entitySpace makes room for the n words of a sentence and returns the place of the first.
func (a *Annotator) entitySpace(s *scratch, n int) int {
	if s.keep {
		first := len(s.inputs) / a.entities.in
		s.inputs = append(s.inputs, make([]float32, n*a.entities.in)...)
		return first
	}
	first := len(s.hidden) / entityHidden
	for range n { // what the network does not read has no inputs
		s.hidden = append(s.hidden, a.entities.b1...)
	}
	return first
}

// entityInput keeps what the network has found of the words of p.
func (a *Annotator) entityInput(s *scratch, first int, p piece) {
	m, width := a.entities, 2*a.model.hidden
	piece, enc, below := s.kept[p.first:][:p.n], s.of(s.enc, p), s.of(s.below, p)
	s.entityX = grow(s.entityX, len(piece)*m.in)
	for n, i := range piece {
		row := s.entityX[n*m.in:][:m.in]
		copy(row, enc[n*width:][:width])
		copy(row[width:], below[n*width:][:width])
		a.model.appendLine(row[:2*width], a.model.line(strings.ToLower(s.forms[p.forms+i])))
	}
	if s.keep {
		for n, i := range piece {
			copy(s.inputs[(first+i)*m.in:], s.entityX[n*m.in:][:m.in])
		}
		return
	}
	s.entityH = grow(s.entityH, len(piece)*entityHidden)
	m.hiddenLayer(s.entityH, s.entityX, len(piece))
	for n, i := range piece {
		copy(s.hidden[(first+i)*entityHidden:], s.entityH[n*entityHidden:][:entityHidden])
	}
}

// tagEntities sets the entity tags of doc.
func (a *Annotator) tagEntities(s *scratch, doc *Document) {
	f := &s.features
	f.lists, f.rank = a.lists, a.model.words
	f.beginDocument(doc)
	at := 0
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		n := len(words)
		if n == 0 {
			continue
		}
		f.begin(words)
		s.emissions = grow(s.emissions, n*entityTags)
		for k := range words {
			row := s.emissions[k*entityTags:][:entityTags]
			a.entities.output(row, s.hidden[(at+k)*entityHidden:][:entityHidden])
			f.buf = f.networkFeatures(f.features(f.buf[:0], k), k)
			a.entities.addFeatures(row, f.buf)
		}
		at += n
		s.tags, s.back = grow(s.tags, n), grow(s.back, n*entityTags)
		a.entities.viterbi(s.tags, s.emissions, n, s.back)
		for k, t := range s.tags[:n] {
			words[k].NER = bioTags[t]
		}
	}
}

// bioTags holds the tags in BIO notation.
var bioTags = func() (names [entityTags]string) {
	names[0] = "O"
	for t, typ := range entityTypes {
		names[tagOf(tagBegin, t)], names[tagOf(tagSingle, t)] = "B-"+typ, "B-"+typ
		names[tagOf(tagInside, t)], names[tagOf(tagEnd, t)] = "I-"+typ, "I-"+typ
	}
	return names
}()
