package nlp

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kg/internal/dense"

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
	// of the document
	forms   []string        // as the network reads them
	kept    []int           // words that the network reads, by index in their sentences
	sents   []blockSentence // and one that ends the last
	pieces  []piece
	encoded int // pieces that went through the encoder

	// of the pieces that went through it last
	base       int            // the first word, by index in kept
	rows       [][]float32    // word → gate inputs of layer 0 (cached, not ours to write)
	missing    []string       // words that are not in the cache
	missed     map[string]int // their places in missing
	mixed      []float32      // words × pieces of the mix
	order      []piece        // the longest first
	in         []float32      // words × both directions' gates
	enc, below []float32      // words × 2*hidden: of the last layer, and what it read
	z, c, h    []float32      // lanes × gates, cells, outputs of one step of one direction

	// of a piece
	heads     []float32 // words × headCols
	arc       []float32
	nodes     dense.Matrix // arcDim × words+1: transposed ah
	lh        []float32    // (words+1) × relDim
	scores    []float32    // words × scoreCols
	scoreCols int
	relRows   []float32 // words × columns of relV
	tree      treeScratch
	preds     []prediction
	raw       []float32 // scores before they became shares
	doubts    []doubt
	back      []int8
	clauses   []clause
	mentioner mentioner

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

// piece is what the network sees at once: n words of scratch.kept from first on. Their sentence begins at forms in scratch.forms.
type piece struct{ first, n, forms int }

// of returns the rows of p in x, which has one for each word that went through the encoder last.
func (s *scratch) of(x []float32, p piece) []float32 {
	width := len(x) / len(s.rows)
	return x[(p.first-s.base)*width:][:p.n*width]
}

// appendLine appends line g of the vector table to x, zeros where g is -1.
func (m *model) appendLine(x []float32, g int32) []float32 {
	if g < 0 {
		return append(x, make([]float32, m.gloveDim)...)
	}
	return appendScaled(x, m.vectors[int(g)*m.gloveDim:][:m.gloveDim], m.scales[g])
}

// wordInputs returns what the first layer's gates get from each of words: bias + in · mix(x). It depends on the word alone.
func (m *model) wordInputs(s *scratch, words []string) [][]float32 {
	in := m.layers[0].in
	out := make([][]float32, len(words))
	const batch = 30
	for first := 0; first < len(words); first += batch {
		n := min(batch, len(words)-first)
		x := s.x[:0]
		for _, word := range words[first:][:n] {
			rows, glove := m.features(word)
			for i, r := range rows {
				x = m.embed[featureTables[i]].appendRow(x, r)
			}
			x = m.appendLine(x, glove)
		}
		s.x, s.mixed, s.in = x, grow(s.mixed, n*m.mix.Cols()), grow(s.in, n*in.Cols())
		m.mix.Mul(s.mixed, x, n, m.xDim)
		for i := range n {
			m.normalise(s.mixed[i*m.mix.Cols():][:m.mix.Cols()])
		}
		in.Mul(s.in, s.mixed, n, m.mix.Cols())
		for i := range n {
			out[first+i] = slices.Clone(s.in[i*in.Cols():][:in.Cols()])
		}
	}
	return out
}

// normalise puts the normalised maximum of the pieces of y into the first one.
func (m *model) normalise(y []float32) {
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
}

// expLimit bounds what is given to vek's Exp, which returns NaN or worse from about ±88 on.
const expLimit = 60

// encode runs the LSTM layers over pieces, whose words are those of s.rows, and fills s.enc and s.below.
func (m *model) encode(s *scratch, pieces []piece) {
	n, width := len(s.rows), 2*m.hidden
	s.enc, s.below = grow(s.enc, n*width), grow(s.below, n*width)
	s.base = pieces[0].first
	s.order = append(s.order[:0], pieces...)
	slices.SortStableFunc(s.order, func(a, b piece) int { return b.n - a.n })
	for l := range m.layers {
		layer := &m.layers[l]
		if l > 0 {
			s.in = grow(s.in, n*layer.in.Cols())
			layer.in.Mul(s.in, s.enc, n, width)
		}
		s.enc, s.below = s.below, s.enc
		for dir := range 2 {
			m.recur(s, l, dir)
		}
		if l >= firstResidual {
			vek32.Add_Inplace(s.enc, s.below)
		}
	}
}

// lanes is the number of pieces that go through a layer in lock step, so that its weights, which fill the second-level cache, are read
// once for all of them.
const lanes = 6

// recur runs direction dir of layer l over all pieces, and puts the outputs into s.enc. A lane that comes to the end of its piece goes
// on with the next one, the longest first.
func (m *model) recur(s *scratch, l, dir int) {
	layer, H := &m.layers[l], m.hidden
	recur := layer.recur[dir]
	cols := recur.Cols()
	s.z, s.c, s.h = grow(s.z, lanes*cols), grow(s.c, lanes*H), grow(s.h, lanes*H)
	clear(s.c)
	clear(s.h)
	var at, left [lanes]int // of each lane: the word, how many there are
	order, busy := s.order, 0
	begin := func(lane int) {
		p := order[0]
		order = order[1:]
		if at[lane], left[lane] = p.first-s.base, p.n; dir == 1 {
			at[lane] += p.n - 1
		}
	}
	for ; busy < lanes && len(order) > 0; busy++ {
		begin(busy)
	}
	for busy > 0 {
		recur.Mul(s.z, s.h, busy, H)
		for lane := busy - 1; lane >= 0; lane-- {
			in := s.rows[at[lane]]
			if l > 0 {
				in = s.in[at[lane]*layer.in.Cols():]
			}
			c, h := s.c[lane*H:][:H], s.h[lane*H:][:H]
			dense.Gates(s.z[lane*cols:], in[dir*4*H:], c, h)
			copy(s.enc[at[lane]*2*H+dir*H:], h)
			if left[lane]--; left[lane] > 0 {
				at[lane] += 1 - 2*dir
				continue
			}
			if len(order) > 0 {
				begin(lane)
				clear(c)
				clear(h)
				continue
			}
			busy-- // the last lane, which has made its step, goes on here
			at[lane], left[lane] = at[busy], left[busy]
			copy(c, s.c[busy*H:][:H])
			copy(h, s.h[busy*H:][:H])
		}
	}
}

// firstResidual is the first layer that adds to what it reads (He et al. 2016) instead of taking its place.
const firstResidual = 2

// score fills, for the words of p, s.heads, s.lh, s.relRows and the arc scores: s.scores[d*scoreCols+h] for dependent d, where h = 0 is
// the root and h > 0 the word h-1.
func (m *model) score(s *scratch, p piece) {
	n, A, L := p.n, m.arcDim, m.relDim
	s.heads = grow(s.heads, n*m.headCols)
	m.head.Mul(s.heads, s.of(s.enc, p), n, 2*m.hidden)
	s.nodes.Reset(A, n+1)
	s.lh = grow(s.lh, (n+1)*L)
	copy(s.lh, m.rootLH)
	node := func(j int, ah []float32) {
		for i, v := range ah {
			s.nodes.Set(i, j, v)
		}
	}
	node(0, m.rootAH)
	for i := range n {
		row := s.heads[i*m.headCols:][:m.headCols]
		leaky(row[m.atAD:])
		node(i+1, row[m.atAH:][:A])
		copy(s.lh[(i+1)*L:], row[m.atLH:][:L])
	}
	s.arc = grow(s.arc, n*m.arcU.Cols())
	m.arcU.Mul(s.arc, s.heads[m.atAD:], n, m.headCols)
	s.scoreCols = s.nodes.Cols()
	s.scores = grow(s.scores, n*s.scoreCols)
	s.nodes.Mul(s.scores, s.arc, n, m.arcU.Cols())
	s.relRows = grow(s.relRows, n*m.relV.Cols())
	m.relV.Mul(s.relRows, s.heads[m.atLD:], n, m.headCols)
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
	row := s.relRows[d*m.relV.Cols():]
	lh := s.lh[(head+1)*L:][:L]
	best, second = -1, -1
	bestScore, secondScore, sum := float32(0), float32(0), 0.0 // sum of exp(score - bestScore)
	for r := range m.rel {
		if bound && r == m.rootRel {
			continue
		}
		score := vek32.Dot(row[r*L:(r+1)*L], lh) + row[m.relBias+r]
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

// predict fills s.preds for the words of p, at most maxPiece, by what encode left.
func (m *model) predict(s *scratch, p piece) {
	n := p.n
	m.score(s, p)
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
	n, K := len(s.preds), len(m.ner)
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
