package nlp

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"kg/internal/boost"
)

// CorefGold is a document whose chains are known.
type CorefGold struct {
	// Doc has text, sentences and words; the rest is made.
	Doc *Document
	// Chain and Class hold for every mention, by sentence, first and last word, the number of its chain and its semantic class.
	Chain map[[3]int]int
	Class map[[3]int]string
}

// CorefNames are first names with their gender, from which the gender of others is learnt.
type CorefNames struct{ Women, Men []string }

// corefTrainer holds what training needs of each document.
type corefTrainer struct {
	m      *model
	docs   []CorefGold
	inputs [][]float32 // of document d: a row for each word
	width  int
	log    io.Writer
}

// TrainCoref learns to find chains and returns the text of model/coref.txt. Progress goes to log. The result depends on nothing
// but the arguments and the embedded model.
func (a *Annotator) TrainCoref(docs []CorefGold, names CorefNames, log io.Writer) (string, error) {
	t := a.newTrainer(docs, log)
	c, err := t.train(names)
	if err != nil {
		return "", err
	}
	files, err := embeddedModel()
	if err != nil {
		return "", err
	}
	c.network = networkSum(files.weights)
	return c.write(), nil
}

func (a *Annotator) newTrainer(docs []CorefGold, log io.Writer) *corefTrainer {
	t := &corefTrainer{m: a.model, docs: docs, width: a.model.classWidth(), log: log}
	s := &scratch{observe: true}
	for _, d := range docs {
		a.annotateTokens(s, d.Doc)
		t.inputs = append(t.inputs, slices.Clone(s.observed))
	}
	return t
}

// train learns from all documents.
func (t *corefTrainer) train(names CorefNames) (*corefModel, error) {
	var all []int
	for d := range t.docs {
		all = append(all, d)
	}
	c := &corefModel{}
	c.gender = t.learnGender(names)
	c.class = t.learnClasses(all)
	t.m.coref = c
	// The classes that the ranker learns from are those of a model that has not seen the document.
	half := [2][]int{}
	for n, d := range all {
		half[n%2] = append(half[n%2], d)
	}
	classes := make([][][len(SemanticClasses)]uint8, len(t.docs))
	for h := range half {
		other := &corefModel{class: t.learnClasses(half[1-h])}
		for _, d := range half[h] {
			classes[d] = t.classes(other, d)
		}
	}
	// First by the chains of the gold, then by chains as they will be found.
	guides := map[int]*corefModel{}
	for h := range half {
		m, err := learnRank(t.queries(half[1-h], classes, nil))
		if err != nil {
			return nil, err
		}
		m.class, m.gender = c.class, c.gender
		for _, d := range half[h] {
			guides[d] = m
		}
	}
	m, err := learnRank(t.queries(all, classes, guides))
	if err != nil {
		return nil, err
	}
	c.rank = m.rank
	return c, nil
}

// classes returns the classes of the words of document d.
func (t *corefTrainer) classes(c *corefModel, d int) [][len(SemanticClasses)]uint8 {
	var out [][len(SemanticClasses)]uint8
	n := 0
	for i := range t.docs[d].Doc.Sentences {
		words := t.docs[d].Doc.Sentences[i].Words
		for k := range words {
			var p [len(SemanticClasses)]uint8
			if classed(&words[k]) {
				p = c.classify(t.inputs[d][n*t.width : (n+1)*t.width])
			}
			out = append(out, p)
			n++
		}
	}
	return out
}

// learnGender fits a logistic regression of the gender of first names on their vectors.
func (t *corefTrainer) learnGender(names CorefNames) []float32 {
	n := t.m.gloveDim + 1
	var xs [][]float32
	var ys []float64
	for y, list := range [][]string{names.Men, names.Women} {
		for _, name := range list {
			if _, ok := t.m.words[strings.ToLower(name)]; ok {
				xs = append(xs, append(t.m.appendVector(nil, name), 1))
				ys = append(ys, float64(y))
			}
		}
	}
	w := make([]float32, n)
	if len(xs) == 0 {
		return w
	}
	for step := range 400 {
		g := make([]float64, n)
		right := 0
		for i, x := range xs {
			var z float64
			for k := range x {
				z += float64(x[k] * w[k])
			}
			if (z > 0) == (ys[i] > 0) {
				right++
			}
			off := 1/(1+math.Exp(-z)) - ys[i]
			for k := range x {
				g[k] += off * float64(x[k])
			}
		}
		for k := range w {
			w[k] -= float32(.5 * (g[k]/float64(len(xs)) + .01*float64(w[k])))
		}
		if step == 399 {
			fmt.Fprintf(t.log, "gender: %d names, %.3f right\n", len(xs), float64(right)/float64(len(xs)))
		}
	}
	return w
}

// learnClasses fits a softmax regression of the class of a mention on the input of its head, by Adam.
func (t *corefTrainer) learnClasses(docs []int) []float32 {
	type item struct {
		x []float32
		y int
	}
	var items []item
	classOf := map[string]int{}
	for k, name := range SemanticClasses {
		classOf[name] = k
	}
	t.eachClassed(docs, func(x []float32, class string) {
		if y, ok := classOf[class]; ok {
			items = append(items, item{x, y})
		}
	})
	const K = len(SemanticClasses)
	n := t.width
	w, m1, m2 := make([]float32, n*K), make([]float32, n*K), make([]float32, n*K)
	rnd := rand.New(rand.NewPCG(1, 2))
	g := make([]float32, n*K)
	step := 0
	for epoch := range 12 {
		rnd.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		for from := 0; from+64 <= len(items); from += 64 {
			clear(g)
			for _, it := range items[from : from+64] {
				var z [K]float64
				top := math.Inf(-1)
				for k := range K {
					var s float32
					row := w[k*n : (k+1)*n]
					for i, v := range it.x {
						s += row[i] * v
					}
					z[k] = float64(s)
					top = max(top, z[k])
				}
				sum := 0.0
				for k := range z {
					z[k] = math.Exp(z[k] - top)
					sum += z[k]
				}
				for k := range z {
					off := float32(z[k] / sum)
					if k == it.y {
						off--
					}
					off /= 64
					row := g[k*n : (k+1)*n]
					for i, v := range it.x {
						row[i] += off * v
					}
				}
			}
			step++
			rate := .002 * math.Pow(.8, float64(epoch))
			c1, c2 := 1-math.Pow(.9, float64(step)), 1-math.Pow(.999, float64(step))
			for i := range w {
				v := g[i] + 1e-4*w[i]
				m1[i] = .9*m1[i] + .1*v
				m2[i] = .999*m2[i] + .001*v*v
				w[i] -= float32(rate * float64(m1[i]) / c1 / (math.Sqrt(float64(m2[i])/c2) + 1e-8))
			}
		}
	}
	return w
}

// eachClassed calls f with the input of every referent of docs whose class is known.
func (t *corefTrainer) eachClassed(docs []int, f func(x []float32, class string)) {
	var finder referentFinder
	for _, d := range docs {
		n := 0
		for i := range t.docs[d].Doc.Sentences {
			words := t.docs[d].Doc.Sentences[i].Words
			for _, r := range finder.find(nil, i, words) {
				class := t.docs[d].Class[[3]int{i, int(r.first), int(r.last)}]
				if class != "" && classed(&words[r.head]) {
					at := n + int(r.head)
					f(t.inputs[d][at*t.width:(at+1)*t.width], class)
				}
			}
			n += len(words)
		}
	}
}

var rankSettings = [3]boost.Settings{
	{Trees: 240, Depth: 6, Rate: .09, Penalty: 5, Features: .35, Rows: .5, Seed: 1},
	{Trees: 160, Depth: 5, Rate: .09, Penalty: 5, Features: .35, Rows: .5, Seed: 2},
	{Trees: 200, Depth: 6, Rate: .09, Penalty: 5, Features: .35, Rows: .4, Seed: 3},
}

// queries returns the choices of pronouns, names and other phrases in docs. The chains so far are those of the gold, or as guide
// finds them.
func (t *corefTrainer) queries(docs []int, classes [][][len(SemanticClasses)]uint8, guide map[int]*corefModel) [3][]boost.Query {
	var queries [3][]boost.Query
	c := &corefScratch{}
	missed := [3]int{}
	for _, d := range docs {
		gold := &t.docs[d]
		c.prepare(t.m, gold.Doc, classes[d])
		lastOf := map[int]int{}
		chain := make([]int, len(c.refs))
		for i := range c.refs {
			r := &c.refs[i]
			id, ok := gold.Chain[[3]int{int(r.sent), int(r.first), int(r.last)}]
			if !ok {
				id = -1
			}
			chain[i] = id
			c.candidates(i)
			var q boost.Query
			_, anaphoric := lastOf[id]
			anaphoric = anaphoric && id >= 0
			found := false
			if len(c.cands) > 0 {
				q.None = c.noneFeatures(nil, i)
				agreeing := 0
				for n, j := range c.cands {
					q.Options = append(q.Options, c.optionFeatures(t.m, nil, i, int(j), n, agreeing))
					right := id >= 0 && chain[j] == id
					q.Right = append(q.Right, right)
					found = found || right
					if c.agrees(i, int(j)) {
						agreeing++
					}
				}
				k := rankerOf(r.kind)
				if anaphoric && !found {
					missed[k]++
				} else {
					queries[k] = append(queries[k], q)
				}
			}
			to := -1
			if guide != nil {
				to, _ = c.choose(t.m, guide[d], i)
			} else if anaphoric {
				to = lastOf[id]
			}
			c.join(i, to)
			if id >= 0 {
				lastOf[id] = i
			}
		}
	}
	for k := range queries {
		options := 0
		for _, q := range queries[k] {
			options += len(q.Options)
		}
		fmt.Fprintf(t.log, "ranker %d: %d choices among %d options, %d with none of the right ones\n", k, len(queries[k]), options,
			missed[k])
	}
	return queries
}

// learnRank learns the rankers.
func learnRank(queries [3][]boost.Query) (*corefModel, error) {
	out := &corefModel{}
	for k := range queries {
		none, option, err := boost.Rank(queries[k], rankSettings[k])
		if err != nil {
			return nil, err
		}
		out.rank[k] = ranker{none, option}
	}
	return out, nil
}
