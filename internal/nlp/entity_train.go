package nlp

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"kg/internal/dense"

	"github.com/viterin/vek/vek32"
)

// EntitySpan is a name in a sentence: words First to Last, both inside, and its type: PER, ORG, LOC, MISC, or UnknownName.
type EntitySpan struct {
	First, Last int
	Type        string
}

// UnknownName is the type of words of which is unknown whether they are a name.
const UnknownName = "-"

// EntityExample is a document to learn names from: its words alone, and the names in each sentence.
type EntityExample struct {
	Doc   *Document
	Names [][]EntitySpan // ordered by First; of two that overlap the first counts
	// Weight is how often the document counts; 0 stands for 1.
	Weight float64
}

// Of the training. The numbers were chosen on UNER-EWT dev.
const (
	trainEpochs   = 3
	trainBatch    = 16    // sentences
	trainRate     = 0.001 // of Adam, falling to nothing
	trainRateRows = 20    // how much higher that of features is
	trainDecay    = 1e-4
	dropFeature   = 0.2
	dropWords     = 0.3 // all features that name words together
	// dropNetwork is the share of sentences that are seen without what the network's own tags say: of EWT, whose names it has learnt, they
	// are better than they will be elsewhere. F1 on UNER-EWT dev (tags of the model): .764 with 0, .770 and
	// .774 (two orders of the sentences) with 0.5.
	dropNetwork = 0.5
	dropInput   = 0.2
	dropHidden  = 0.2
)

// wordFeatures is the number of features, first in the list, that name words.
const wordFeatures = 5

// allowedTags returns, for each of n words, the set of tags that spans leave possible, a bit each.
func allowedTags(n int, spans []EntitySpan) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = 1 << tagO
	}
	end := -1
	for _, s := range spans {
		if s.First <= end {
			continue
		}
		end = s.Last
		for i := s.First; i <= s.Last; i++ {
			position := tagInside
			switch {
			case s.First == s.Last:
				position = tagSingle
			case i == s.First:
				position = tagBegin
			case i == s.Last:
				position = tagEnd
			}
			if s.Type == UnknownName {
				out[i] = 1<<entityTags - 1
			} else {
				out[i] = 1 << tagOf(position, typeIndex(s.Type))
			}
		}
	}
	return out
}

// trainSentence is a sentence ready for training.
type trainSentence struct {
	n      int
	input  []float32 // words × entityModel.in
	feats  [][]uint32
	tags   [][]uint32 // the features that tell the network's tags
	gold   []uint32   // for each word the set of tags that it may have
	weight float32
}

// trainSentences returns the sentences of e ready for training.
func (a *Annotator) trainSentences(e *EntityExample) []trainSentence {
	s := &scratch{keep: true}
	a.annotateTokens(s, e.Doc)
	f := &entityFeatures{lists: a.lists, rank: a.model.words}
	f.beginDocument(e.Doc)
	out := make([]trainSentence, len(e.Doc.Sentences))
	at, in := 0, a.entities.in
	for i := range e.Doc.Sentences {
		words := e.Doc.Sentences[i].Words
		n := len(words)
		t := trainSentence{n, s.inputs[at*in : (at+n)*in], make([][]uint32, n), make([][]uint32, n), allowedTags(n, e.Names[i]), 1}
		if e.Weight > 0 {
			t.weight = float32(e.Weight)
		}
		at += n
		f.begin(words)
		for k := range words {
			t.feats[k], t.tags[k] = f.features(nil, k), f.networkFeatures(nil, k)
		}
		out[i] = t
	}
	return out
}

// TrainEntities learns the weights of the tagger of names from examples, uses them from then on and returns them as entities.bin
// holds them. It must not run beside other methods. Same examples, same weights.
func (a *Annotator) TrainEntities(examples []EntityExample) []byte {
	parts := make([][]trainSentence, len(examples))
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				parts[i] = a.trainSentences(&examples[i])
			}
		})
	}
	for i := range examples {
		next <- i
	}
	close(next)
	wait.Wait()
	sents := slices.Concat(parts...)

	t := newEntityTrainer(a.entities.in)
	order := make([]int, len(sents))
	for i := range order {
		order[i] = i
	}
	total := (len(sents) + trainBatch - 1) / trainBatch * trainEpochs
	for range trainEpochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for batch := range slices.Chunk(order, trainBatch) {
			rate := trainRate * (1 - float32(t.steps)/float32(total))
			t.steps++
			t.batch(sents, batch, rate)
		}
	}
	t.m.quantize(t.rows)
	t.m.pack()
	a.entities = t.m
	return t.m.encode()
}

// adam is the state of Adam (Kingma & Ba 2015) for one matrix: weights, gradients and their moments.
type adam struct{ w, g, m, v []float32 }

func newAdam(w []float32) *adam {
	return &adam{w, make([]float32, len(w)), make([]float32, len(w)), make([]float32, len(w))}
}

func (a *adam) step(rate float32, t int, decay float32) {
	const b1, b2 = 0.9, 0.999
	c1, c2 := float32(1-math.Pow(b1, float64(t))), float32(1-math.Pow(b2, float64(t)))
	for i, g := range a.g {
		a.m[i] = b1*a.m[i] + (1-b1)*g
		a.v[i] = b2*a.v[i] + (1-b2)*g*g
		a.w[i] -= rate * (a.m[i]/c1/(float32(math.Sqrt(float64(a.v[i]/c2)))+1e-8) + decay*a.w[i])
		a.g[i] = 0
	}
}

// entityTrainer is the state of one training.
type entityTrainer struct {
	m            *entityModel
	rng          *rand.Rand
	steps        int
	w1, b1       *adam
	w2, b2       *adam
	trans, start *adam
	rows         []float32 // weights of features, entityRows × entityTags
	square       []float32 // sums of their squared gradients (AdaGrad, Duchi et al. 2011)
	gradient     []float32 // of rows, 0 but for those of touched
	touched      []uint32  // rows that have features of the batch
	isTouched    []bool

	alpha, beta, expScore []float32
}

func newEntityTrainer(in int) *entityTrainer {
	t := &entityTrainer{rng: rand.New(rand.NewPCG(1, 7)), isTouched: make([]bool, entityRows)}
	for _, p := range []*[]float32{&t.rows, &t.square, &t.gradient} {
		*p = make([]float32, entityRows*entityTags)
	}
	m := newEntityModel(in)
	for i := range m.w1 {
		m.w1[i] = float32(t.rng.NormFloat64() * math.Sqrt(2/float64(in)))
	}
	for i := range m.w2 {
		m.w2[i] = float32(t.rng.NormFloat64() * math.Sqrt(1.0/entityHidden))
	}
	t.m = m
	t.w1, t.b1, t.w2, t.b2 = newAdam(m.w1), newAdam(m.b1), newAdam(m.w2), newAdam(m.b2)
	t.trans, t.start = newAdam(m.trans), newAdam(m.start)
	t.forbid()
	return t
}

// forbid sets the scores of the transitions that no sequence of names has.
func (t *entityTrainer) forbid() {
	for b := range entityTags {
		for a := range entityTags {
			if !tagMayFollow(a, b) {
				t.m.trans[a*entityTags+b] = never
			}
		}
		if !tagMayFollow(tagO, b) {
			t.m.start[b] = never
		}
	}
}

// drop sets a share of x to 0 and scales the rest up, so that sums stay what they are on average.
func (t *entityTrainer) drop(x []float32, share float64) {
	scale := float32(1 / (1 - share))
	for i := range x {
		if t.rng.Float64() < share {
			x[i] = 0
		} else {
			x[i] *= scale
		}
	}
}

// batch takes one step over the sentences of order.
func (t *entityTrainer) batch(sents []trainSentence, order []int, rate float32) {
	m, in := t.m, t.m.in
	var x []float32
	var feats [][]uint32
	for _, s := range order {
		x = append(x, sents[s].input...)
		network := t.rng.Float64() >= dropNetwork
		for i, list := range sents[s].feats {
			kept := make([]uint32, 0, len(list))
			words := t.rng.Float64() >= dropWords
			for k, f := range list {
				if (words || k >= wordFeatures) && t.rng.Float64() >= dropFeature {
					kept = append(kept, f%entityRows)
				}
			}
			if network {
				for _, f := range sents[s].tags[i] {
					if t.rng.Float64() >= dropFeature {
						kept = append(kept, f%entityRows)
					}
				}
			}
			feats = append(feats, kept)
		}
	}
	n := len(feats)
	t.drop(x, dropInput)
	hidden := make([]float32, n*entityHidden)
	m.pack()
	m.hiddenLayer(hidden, x, n)
	t.drop(hidden, dropHidden)
	scores, gradient := make([]float32, n*entityTags), make([]float32, n*entityTags)
	for i := range n {
		row := scores[i*entityTags:][:entityTags]
		m.output(row, hidden[i*entityHidden:][:entityHidden])
		for _, f := range feats[i] {
			vek32.Add_Inplace(row, t.rows[int(f)*entityTags:][:entityTags])
		}
	}
	at := 0
	for _, s := range order {
		t.sentence(scores[at*entityTags:], gradient[at*entityTags:], &sents[s])
		at += sents[s].n
	}

	back := make([]float32, n*entityHidden) // gradient of the hidden layer
	for i := range n {
		d := gradient[i*entityTags:][:entityTags]
		vek32.Add_Inplace(t.b2.g, d)
		for j, v := range hidden[i*entityHidden:][:entityHidden] {
			if v <= 0 {
				continue
			}
			w, g := m.w2[j*entityTags:][:entityTags], t.w2.g[j*entityTags:][:entityTags]
			sum := float32(0)
			for k := range d {
				sum += d[k] * w[k]
				g[k] += d[k] * v
			}
			sum /= 1 - dropHidden
			back[i*entityHidden+j] = sum
			t.b1.g[j] += sum
		}
		for _, f := range feats[i] {
			if !t.isTouched[f] {
				t.isTouched[f] = true
				t.touched = append(t.touched, f)
			}
			vek32.Add_Inplace(t.gradient[int(f)*entityTags:][:entityTags], d)
		}
	}
	columns := make([]float32, in*n)
	for i := range n {
		for j := range in {
			columns[j*n+i] = x[i*in+j]
		}
	}
	right := dense.New(n, entityHidden)
	for i, v := range back {
		right.Set(i/entityHidden, i%entityHidden, v)
	}
	product := make([]float32, in*entityHidden)
	right.Mul(product, columns, in, n)
	vek32.Add_Inplace(t.w1.g, product)

	for _, a := range []*adam{t.w1, t.b1, t.w2, t.b2} {
		a.step(rate, t.steps, trainDecay)
	}
	t.start.step(rate, t.steps, 0)
	t.trans.step(rate, t.steps, 0)
	t.forbid()
	for _, f := range t.touched {
		at := int(f) * entityTags
		w, q, g := t.rows[at:][:entityTags], t.square[at:][:entityTags], t.gradient[at:][:entityTags]
		for k, v := range g {
			q[k] += v * v
			w[k] -= trainRateRows * rate * v / (float32(math.Sqrt(float64(q[k]))) + 1e-6)
		}
		clear(g)
		t.isTouched[f] = false
	}
	t.touched = t.touched[:0]
}

// sentence adds the gradient of -log p(gold) to d, by word and tag, and to those of the transitions.
func (t *entityTrainer) sentence(scores, d []float32, s *trainSentence) {
	if s.n == 0 {
		return
	}
	t.expScore = grow(t.expScore, s.n*entityTags)
	for i := range s.n {
		row := scores[i*entityTags:][:entityTags]
		top := vek32.Max(row)
		for k, v := range row {
			t.expScore[i*entityTags+k] = float32(math.Exp(float64(max(v-top, -40))))
		}
	}
	var trans [entityTags * entityTags]float32
	for i, v := range t.m.trans {
		trans[i] = float32(math.Exp(float64(v)))
	}
	var start [entityTags]float32
	for i, v := range t.m.start {
		start[i] = float32(math.Exp(float64(v)))
	}
	t.pass(d, &trans, &start, nil, s.n, s.weight)
	t.pass(d, &trans, &start, s.gold, s.n, -s.weight)
}

// pass runs forward and backward over the sequences of tags that gold allows, all where it is nil, and adds factor times the
// probability of each tag to d, and of each transition to its gradient.
func (t *entityTrainer) pass(d []float32, trans *[entityTags * entityTags]float32, start *[entityTags]float32, gold []uint32, n int,
	factor float32) {
	const K = entityTags
	t.alpha, t.beta = grow(t.alpha, n*K), grow(t.beta, n*K)
	alpha, beta := t.alpha, t.beta
	clear(alpha)
	clear(beta)
	scale := make([]float32, n)
	may := func(i, k int) bool {
		return (gold == nil || gold[i]>>k&1 == 1) && (i < n-1 || mayEnd(k))
	}
	for i := range n {
		sum := float32(0)
		for k := range K {
			if !may(i, k) {
				continue
			}
			v := float32(0)
			if i == 0 {
				v = start[k]
			} else {
				for _, p := range tagsBefore[k] {
					v += alpha[(i-1)*K+int(p)] * trans[int(p)*K+k]
				}
			}
			alpha[i*K+k] = v * t.expScore[i*K+k]
			sum += alpha[i*K+k]
		}
		scale[i] = 1 / max(sum, 1e-30)
		for k := range K {
			alpha[i*K+k] *= scale[i]
		}
	}
	for k := range K {
		if may(n-1, k) {
			beta[(n-1)*K+k] = 1
		}
	}
	for i := n - 1; i > 0; i-- {
		for k := range K {
			v := t.expScore[i*K+k] * beta[i*K+k] * scale[i]
			if v == 0 || !may(i, k) {
				continue
			}
			for _, p := range tagsBefore[k] {
				beta[(i-1)*K+int(p)] += trans[int(p)*K+k] * v
				t.trans.g[int(p)*K+k] += factor * alpha[(i-1)*K+int(p)] * trans[int(p)*K+k] * v
			}
		}
	}
	for i := range n {
		for k := range K {
			d[i*K+k] += factor * alpha[i*K+k] * beta[i*K+k]
		}
	}
	for k := range K {
		if start[k] > 0 {
			t.start.g[k] += factor * alpha[k] * beta[k]
		}
	}
}

// quantize sets the weights of features to those of rows in 8 bits.
func (m *entityModel) quantize(rows []float32) {
	top := float32(1e-9)
	for _, v := range rows {
		top = max(top, v, -v)
	}
	m.scale = top / 127
	for i, v := range rows {
		m.rows[i] = int8(math.Round(float64(v / m.scale)))
	}
}

// encode returns m as loadEntityModel reads it.
func (m *entityModel) encode() []byte {
	var out []byte
	for _, n := range m.sizes() {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	for _, part := range m.parts() {
		for _, v := range part {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(m.scale))
	for _, v := range m.rows {
		out = append(out, byte(v))
	}
	return out
}
