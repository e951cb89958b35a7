package nlp

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/viterin/vek/vek32"
)

// prediction is what the network says of one word; all are indices into the model's label lists but head, which is the index
// of the head in the piece, -1 for the root.
type prediction struct {
	upos, xpos, ner, head, rel int
	margin, relMargin          float32
	tagMargin                  float32
}

// scratch holds the buffers of one run of the network. It can be reused, but it is not safe for concurrent use.
type scratch struct {
	rows       [][]float32 // word → gate inputs of layer 0 (cached, not ours to write)
	in         []float32   // words × inCols
	enc, next  []float32   // words × 2*hidden
	z, c, h, t []float32   // one step of one direction
	heads      []float32   // words × headCols
	ad, arc    []float32
	nodes      []float32 // arcCols × padded words+1: transposed ah
	lh         []float32 // (words+1) × relDim
	scores     []float32 // words × scoreCols
	scoreCols  int
	ld, relRow []float32
	tree       treeScratch
	preds      []prediction
	raw        []float32 // scores before they became shares
	doubts     []doubt
	back       []int8
	clauses    []clause
	mentioner  mentioner
	forms      []string // as the network reads them
	kept       []int    // words that the network reads

	// of the chains
	observe  bool       // for training: observed gets what views are told from, instead of views
	observed []float32  // words of the document × classWidth
	views    []wordView // of every word of the document
	x        []float32
	coref    corefScratch

	// of the tagger of names
	keep             bool      // for training: inputs gets what it reads, instead of hidden its first layer
	inputs           []float32 // words of the document × entityModel.in
	hidden           []float32 // words of the document × entityHidden
	entityX, entityH []float32
	emissions        []float32 // words × entityTags
	tags             []int
	features         entityFeatures
}

// grow returns a slice of length n over the memory of s where that is enough. Its contents are not cleared.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// matmul sets dst (rows × cols) to x (rows × k) times y (k × cols). Each row's result depends on that row only, to the last
// bit, so it is the same in every batch. Products of four rows and more would make vek start goroutines, on cores that
// other workers use; its kernel gains nothing from many rows (50 GFLOP/s for one row and for 24).
func matmul(dst, x, y []float32, rows, k int) {
	cols := len(y) / k
	for i := 0; i < rows; i += 3 {
		n := min(3, rows-i)
		vek32.MatMul_Into(dst[i*cols:(i+n)*cols], x[i*k:(i+n)*k], y, k)
	}
}

// appendLine appends line g of the vector table to x, zeros where g is -1.
func (m *model) appendLine(x []float32, g int32) []float32 {
	if g < 0 {
		return append(x, make([]float32, m.gloveDim)...)
	}
	return appendScaled(x, m.vectors[int(g)*m.gloveDim:][:m.gloveDim], m.scales[g])
}

// wordInput returns what the first layer's gates get from word: bias + in · mix(x). It depends on the word alone.
func (m *model) wordInput(word string) []float32 {
	x := make([]float32, 0, m.xDim)
	rows, glove := m.features(word)
	for i, r := range rows {
		x = m.embed[featureTables[i]].appendRow(x, r)
	}
	x = m.appendLine(x, glove)
	y := make([]float32, m.width*m.pieces)
	matmul(y, x, m.mixW, 1, m.xDim)
	vek32.Add_Inplace(y, m.mixB)
	mix := y[:m.width]
	for p := 1; p < m.pieces; p++ {
		vek32.Maximum_Inplace(mix, y[p*m.width:(p+1)*m.width])
	}
	var sum, sq float64
	for _, v := range mix {
		sum += float64(v)
	}
	mean := sum / float64(m.width)
	for _, v := range mix {
		sq += (float64(v) - mean) * (float64(v) - mean)
	}
	inv := 1 / math.Sqrt(sq/float64(m.width)+1e-5)
	for i, v := range mix {
		mix[i] = float32((float64(v)-mean)*inv)*m.normW[i] + m.normB[i]
	}
	out := make([]float32, m.inCols)
	matmul(out, mix, m.layers[0].in, 1, m.width)
	vek32.Add_Inplace(out, m.layers[0].bias)
	return out
}

// expLimit bounds what is given to vek's Exp, which returns NaN or worse from about ±88 on; a cell that has counted up over a
// long sentence gets there.
const expLimit = 60

// squash sets x to 1/(1+exp(x)).
func squash(x []float32) {
	vek32.MinimumNumber_Inplace(x, expLimit)
	vek32.MaximumNumber_Inplace(x, -expLimit)
	vek32.Exp_Inplace(x)
	vek32.AddNumber_Inplace(x, 1)
	vek32.Inv_Inplace(x)
}

// step runs one LSTM step: in is bias + input product (4*hidden), out gets the new hidden state, h holds the one before, c
// the cell.
func (s *scratch) step(recur, in, out []float32, hidden int) {
	z, c, t := s.z[:4*hidden], s.c[:hidden], s.t[:hidden]
	vek32.MatMul_Into(z, s.h[:hidden], recur, hidden)
	vek32.Add_Inplace(z, in)
	squash(z)
	input, forget, cell, output := z[:hidden], z[hidden:2*hidden], z[2*hidden:3*hidden], z[3*hidden:]
	vek32.MulNumber_Inplace(cell, 2)
	vek32.AddNumber_Inplace(cell, -1)
	vek32.Mul_Inplace(cell, input)
	vek32.Mul_Inplace(c, forget)
	vek32.Add_Inplace(c, cell)
	vek32.MulNumber_Into(t, c, -2)
	squash(t)
	vek32.MulNumber_Inplace(t, 2)
	vek32.AddNumber_Inplace(t, -1)
	vek32.Mul_Inplace(t, output)
	copy(s.h, t)
	copy(out, t)
}

// encode runs the LSTM layers over s.rows and leaves words × 2*hidden in s.enc.
func (m *model) encode(s *scratch) {
	n, H := len(s.rows), m.hidden
	s.z, s.c, s.h, s.t = grow(s.z, 4*H), grow(s.c, H), grow(s.h, H), grow(s.t, H)
	s.enc, s.next = grow(s.enc, n*2*H), grow(s.next, n*2*H)
	for l := range m.layers {
		layer := &m.layers[l]
		if l > 0 {
			s.in = grow(s.in, n*m.inCols)
			matmul(s.in, s.enc, layer.in, n, 2*H)
		}
		for dir := range 2 {
			clear(s.c)
			clear(s.h)
			for i := range n {
				at := i
				if dir == 1 {
					at = n - 1 - i
				}
				var in []float32
				if l == 0 {
					in = s.rows[at][dir*4*H : (dir+1)*4*H]
				} else {
					in = s.in[at*m.inCols+dir*4*H:][:4*H]
					vek32.Add_Inplace(in, layer.bias[dir*4*H:(dir+1)*4*H])
				}
				s.step(layer.recur[dir], in, s.next[at*2*H+dir*H:][:H], H)
			}
		}
		if l >= firstResidual {
			vek32.Add_Inplace(s.next[:n*2*H], s.enc[:n*2*H])
		}
		s.enc, s.next = s.next, s.enc
	}
}

// firstResidual is the first layer that adds to what it reads (He et al. 2016) instead of taking its place.
const firstResidual = 2

// score fills s.heads, s.lh and the arc scores: s.scores[d*scoreCols+h] for dependent d, where h = 0 is the root and h > 0
// the word h-1.
func (m *model) score(s *scratch) {
	n := len(s.rows)
	s.heads = grow(s.heads, n*m.headCols)
	matmul(s.heads, s.enc, m.headW, n, 2*m.hidden)
	A, L := m.arcDim, m.relDim
	s.scoreCols = pad32(n + 1)
	s.nodes = grow(s.nodes, m.arcCols*s.scoreCols)
	clear(s.nodes)
	s.ad, s.arc = grow(s.ad, n*(A+1)), grow(s.arc, n*m.arcCols)
	s.lh = grow(s.lh, (n+1)*L)
	copy(s.lh, m.rootLH)
	for j, v := range m.rootAH {
		s.nodes[j*s.scoreCols] = v
	}
	for i := range n {
		row := s.heads[i*m.headCols:][:m.headCols]
		vek32.Add_Inplace(row, m.headB)
		parser := row[m.atAD:]
		for j, v := range parser {
			parser[j] = leaky(v)
		}
		copy(s.ad[i*(A+1):], row[m.atAD:m.atAD+A])
		s.ad[i*(A+1)+A] = 1
		for j, v := range row[m.atAH : m.atAH+A] {
			s.nodes[j*s.scoreCols+i+1] = v
		}
		copy(s.lh[(i+1)*L:], row[m.atLH:m.atLH+L])
	}
	matmul(s.arc, s.ad, m.arcU, n, A+1)
	s.scores = grow(s.scores, n*s.scoreCols)
	matmul(s.scores, s.arc, s.nodes, n, m.arcCols)
}

// relation returns the best relation of word d under head (-1 the root). With bound set, "root" goes to the root arc and to
// no other.
func (m *model) relation(s *scratch, d, head int, bound bool) (best int, share float32) {
	best, share, _, _ = m.relations(s, d, head, bound)
	return best, share
}

// relations returns beside the best relation the second best, -1 for none, with its share.
func (m *model) relations(s *scratch, d, head int, bound bool) (best int, share float32, second int, secondShare float32) {
	if bound && head < 0 && m.rootRel >= 0 {
		return m.rootRel, 1, -1, 0
	}
	L := m.relDim
	s.ld, s.relRow = grow(s.ld, L+1), grow(s.relRow, m.relCols)
	copy(s.ld, s.heads[d*m.headCols+m.atLD:][:L])
	s.ld[L] = 1
	matmul(s.relRow, s.ld, m.relV, 1, L+1)
	lh := s.lh[(head+1)*L:][:L]
	best, second = -1, -1
	bestScore, secondScore, sum := float32(0), float32(0), 0.0 // sum of exp(score - bestScore)
	for r := range m.rel {
		if bound && r == m.rootRel {
			continue
		}
		score := vek32.Dot(s.relRow[r*L:(r+1)*L], lh) + s.relRow[m.relBias+r]
		switch {
		case best < 0:
			best, bestScore, sum = r, score, 1
		case score > bestScore:
			sum = sum*math.Exp(float64(bestScore-score)) + 1
			second, secondScore = best, bestScore
			best, bestScore = r, score
		default:
			if second < 0 || score > secondScore {
				second, secondScore = r, score
			}
			sum += math.Exp(float64(score - bestScore))
		}
	}
	sum = max(sum, 1)
	if second >= 0 {
		secondShare = float32(math.Exp(float64(secondScore-bestScore)) / sum)
	}
	return max(best, 0), float32(1 / sum), second, secondShare
}

// doubt is a second choice: a head of a word where rel is below 0, else a relation to the head that it got.
type doubt struct {
	word, head, rel int
	share           float32
}

// What the parser doubts less goes without an alternative, and so does what it doubts beyond the most of a sentence.
const (
	leastDoubt       = 0.04
	mostAlternatives = 7
)

// Doubts that change little of what a sentence says: where a word of a minor relation hangs, and which of the modifiers of a noun a
// word is.
var (
	minor = map[string]bool{"punct": true, "det": true, "case": true, "mark": true, "cc": true, "aux": true, "aux:pass": true,
		"advmod": true, "nummod": true, "discourse": true, "det:predet": true, "cc:preconj": true}
	modifier = map[string]bool{"compound": true, "amod": true, "flat": true, "nummod": true, "det": true, "nmod:unmarked": true,
		"advmod": true, "goeswith": true}
)

// alternatives returns the trees of the doubts, over the words of the piece.
func (m *model) alternatives(s *scratch) []Alternative {
	n := len(s.preds)
	slices.SortStableFunc(s.doubts, func(a, b doubt) int { return cmp.Compare(b.share, a.share) })
	var list []Alternative
	for _, d := range s.doubts {
		if len(list) == mostAlternatives {
			break
		}
		if d.rel >= 0 {
			list = append(list, Alternative{d.share, []Arc{{d.word, d.head, m.rel[d.rel]}}})
			continue
		}
		at := d.word*s.scoreCols + s.preds[d.word].head + 1
		was := s.raw[at]
		s.raw[at] = -1e4
		heads := s.tree.decode(s.raw, n, s.scoreCols)
		s.raw[at] = was
		a := Alternative{Share: d.share}
		arc := func(i int) {
			if heads[i] != s.preds[i].head {
				rel, _ := m.relation(s, i, heads[i], true)
				a.Arcs = append(a.Arcs, Arc{i, heads[i], m.rel[rel]})
			}
		}
		arc(d.word)
		for i := range n {
			if i != d.word {
				arc(i)
			}
		}
		same := func(b Alternative) bool { // two words that would change places are in doubt together
			return len(a.Arcs) == len(b.Arcs) &&
				!slices.ContainsFunc(a.Arcs, func(arc Arc) bool { return !slices.Contains(b.Arcs, arc) })
		}
		if !slices.ContainsFunc(list, same) {
			list = append(list, a)
		}
	}
	return list
}

// predict runs the whole network over s.rows, at most maxPiece words, and fills s.preds.
func (m *model) predict(s *scratch) {
	n := len(s.rows)
	m.encode(s)
	m.score(s)
	s.preds = grow(s.preds, n)
	s.raw = append(s.raw[:0], s.scores...)
	s.doubts = s.doubts[:0]
	heads := s.tree.decode(s.scores, n, s.scoreCols)
	for i := range n {
		row := s.heads[i*m.headCols:][:m.headCols]
		upos, xpos := m.tags(row[:len(m.upos)], row[m.atXPOS:m.atXPOS+len(m.xpos)])
		rel, relMargin, second, secondShare := m.relations(s, i, heads[i], true)
		arcs := s.scores[i*s.scoreCols:][:n+1]
		s.preds[i] = prediction{
			upos: upos, xpos: xpos, head: heads[i], rel: rel, relMargin: relMargin,
			margin:    softmaxAt(arcs, heads[i]+1, i+1),
			tagMargin: share(row[:len(m.upos)], upos),
		}
		if minor[m.rel[rel]] {
			continue
		}
		if secondShare >= leastDoubt && !(modifier[m.rel[rel]] && modifier[m.rel[second]]) {
			s.doubts = append(s.doubts, doubt{i, heads[i], second, secondShare})
		}
		if rest := 1 - s.preds[i].margin; n > 1 && rest >= leastDoubt {
			s.doubts = append(s.doubts, doubt{i, heads[i], -1, rest})
		}
	}
	m.entities(s)
}

// tags returns the two tags with the highest scores, log probabilities but for a constant; where one says verb and the other does
// not, the best two that agree.
func (m *model) tags(upos, xpos []float32) (u, x int) {
	verb := func(x int) bool { return strings.HasPrefix(m.xpos[x], "V") }
	u, x = vek32.ArgMax(upos), vek32.ArgMax(xpos)
	if m.upos[u] != "VERB" || verb(x) {
		return u, x
	}
	v, o := -1, -1 // best tag of a verb, best part of speech but verb
	for k, score := range xpos {
		if verb(k) && (v < 0 || score > xpos[v]) {
			v = k
		}
	}
	for k, score := range upos {
		if k != u && (o < 0 || score > upos[o]) {
			o = k
		}
	}
	if v >= 0 && (o < 0 || upos[u]+xpos[v] >= upos[o]+xpos[x]) {
		return u, v
	}
	return o, x
}

// share returns that of x[at] in the softmax over x.
func share(x []float32, at int) float32 {
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(float64(v - x[at]))
	}
	return float32(1 / sum)
}

// softmaxAt returns the share of x[at] in the softmax over x without x[skip]; x is overwritten.
func softmaxAt(x []float32, at, skip int) float32 {
	x[skip] = float32(math.Inf(-1))
	top := vek32.Max(x)
	vek32.SubNumber_Inplace(x, top)
	vek32.MaximumNumber_Inplace(x, -expLimit)
	vek32.Exp_Inplace(x)
	x[skip] = 0
	return x[at] / vek32.Sum(x)
}

// entities picks the best valid sequence of BIO tags: I-X follows B-X or I-X only.
func (m *model) entities(s *scratch) {
	n, K := len(s.rows), len(m.ner)
	s.back = grow(s.back, n*K)
	var cur, prev [maxNER]float32
	K = min(K, maxNER)
	for i := range n {
		row := s.heads[i*m.headCols+m.atNER:][:K]
		for k := range K {
			best, from := float32(math.Inf(-1)), -1
			for p := range K {
				if !mayFollow(m.ner, p, k, i == 0) {
					continue
				}
				if v := prev[p]; from < 0 || v > best {
					best, from = v, p
				}
			}
			if from < 0 {
				best, from = -1e30, 0
			}
			cur[k] = best + row[k]
			s.back[i*len(m.ner)+k] = int8(from)
		}
		prev, cur = cur, prev
	}
	if n == 0 {
		return
	}
	best := 0
	for k := range K {
		if prev[k] > prev[best] {
			best = k
		}
	}
	for i := n - 1; i >= 0; i-- {
		s.preds[i].ner = best
		best = int(s.back[i*len(m.ner)+best])
	}
}

// maxNER bounds the number of entity tags.
const maxNER = 64

// mayFollow says whether tag k may stand after tag p, or at the start of a sentence.
func mayFollow(tags []string, p, k int, first bool) bool {
	t := tags[k]
	if len(t) < 2 || t[0] != 'I' {
		return true
	}
	if first {
		return false
	}
	q := tags[p]
	return len(q) > 1 && (q[0] == 'B' || q[0] == 'I') && q[1:] == t[1:]
}
