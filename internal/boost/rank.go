package boost

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
)

// Query is a choice between none of the options and one or more right ones among them.
type Query struct {
	None    []uint8   // features of the case that none is right
	Options [][]uint8 // features of each option
	Right   []bool    // of each option; none of them true where none is right
}

// Settings say how an ensemble is learnt.
type Settings struct {
	Trees    int
	Depth    int     // of a tree, up to MaxDepth
	Rate     float64 // share of a tree's step that is taken
	Penalty  float64 // added to the curvature of a leaf
	Features float64 // share of the features that a tree may ask for, by chance
	Rows     float64 // share of the rows that the splits of a tree are chosen by
	Seed     uint64
}

// Rank learns two ensembles, of the case that none is right and of options, such that the softmax over their scores gives the right
// ones of a query together the highest probability. The result depends on nothing but its arguments.
func Rank(queries []Query, set Settings) (none, option *Ensemble, err error) {
	if set.Depth > MaxDepth {
		return nil, nil, fmt.Errorf("trees of depth %d: at most %d", set.Depth, MaxDepth)
	}
	nones, options := &table{}, &table{}
	for i := range queries {
		q := &queries[i]
		if len(q.Options) != len(q.Right) {
			return nil, nil, fmt.Errorf("query %d: %d options, %d of them judged", i, len(q.Options), len(q.Right))
		}
		if err := nones.add(q.None); err != nil {
			return nil, nil, fmt.Errorf("query %d: %w", i, err)
		}
		for _, o := range q.Options {
			if err := options.add(o); err != nil {
				return nil, nil, fmt.Errorf("query %d: %w", i, err)
			}
		}
	}
	nones.begin()
	options.begin()
	none, option = &Ensemble{}, &Ensemble{}
	rnd := rand.New(rand.NewPCG(set.Seed, 1))
	var p []float64
	for range set.Trees {
		at := 0
		for i := range queries {
			q := &queries[i]
			n := len(q.Options)
			p = append(p[:0], make([]float64, n+1)...)
			top := nones.score[i]
			for k := range n {
				top = max(top, options.score[at+k])
			}
			sum, right := 0.0, 0.0
			any := false
			for k := range n {
				p[k] = math.Exp(options.score[at+k] - top)
				sum += p[k]
				if q.Right[k] {
					right += p[k]
					any = true
				}
			}
			p[n] = math.Exp(nones.score[i] - top)
			sum += p[n]
			if !any {
				right = p[n]
			}
			for k := range n {
				x, y := p[k]/sum, 0.0
				if q.Right[k] {
					y = p[k] / right
				}
				options.grad[at+k], options.curve[at+k] = x-y, max(x*(1-x), 1e-4)
			}
			x, y := p[n]/sum, 0.0
			if !any {
				y = 1
			}
			nones.grad[i], nones.curve[i] = x-y, max(x*(1-x), 1e-4)
			at += n
		}
		none.Trees = append(none.Trees, nones.grow(set, rnd))
		option.Trees = append(option.Trees, options.grow(set, rnd))
	}
	none.pack()
	option.pack()
	return none, option, nil
}

// table holds the rows that an ensemble is learnt from.
type table struct {
	columns     [][]uint8 // feature → row → value
	values      []int     // of each feature: one more than its greatest value
	rows        int
	score       []float64 // of each row by the trees so far
	grad, curve []float64 // first and second derivative of the loss by the score
	leaf        []uint16  // leaf of each row in the tree that grows
}

func (t *table) add(row []uint8) error {
	if t.columns == nil {
		t.columns, t.values = make([][]uint8, len(row)), make([]int, len(row))
	}
	if len(row) != len(t.columns) {
		return fmt.Errorf("row of %d features among rows of %d", len(row), len(t.columns))
	}
	for f, v := range row {
		if v > MaxValue {
			return fmt.Errorf("feature %d: value %d", f, v)
		}
		t.columns[f] = append(t.columns[f], v)
		t.values[f] = max(t.values[f], int(v)+1)
	}
	t.rows++
	return nil
}

func (t *table) begin() {
	t.score, t.grad, t.curve = make([]float64, t.rows), make([]float64, t.rows), make([]float64, t.rows)
	t.leaf = make([]uint16, t.rows)
}

// Of the rows whose gradient is less than small, which are most once there are some trees, one of few is looked at for them all.
const (
	small = .02
	few   = 4
)

type cell struct{ grad, curve float32 }

// grow returns the tree that lowers the loss most, split by split, and adds it to the scores.
func (t *table) grow(set Settings, rnd *rand.Rand) Tree {
	var features []int
	for f := range t.columns {
		if rnd.Float64() < set.Features {
			features = append(features, f)
		}
	}
	var sample []int32
	var steps []cell // of the rows of sample
	for i := range t.rows {
		share, weight := set.Rows, float32(1)
		if math.Abs(t.grad[i]) < small {
			share, weight = share/few, few
		}
		if share >= 1 || rnd.Float64() < share {
			sample = append(sample, int32(i))
			steps = append(steps, cell{weight * float32(t.grad[i]), weight * float32(t.curve[i])})
		}
	}
	clear(t.leaf)
	leaf := make([]uint16, len(sample))
	var tree Tree
	for depth := range set.Depth {
		leaves := 1 << depth
		type choice struct {
			gain  float64
			above int
		}
		best := make([]choice, len(features))
		var wg sync.WaitGroup
		for part := range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				cells := make([]cell, leaves*(MaxValue+1))
				for n := part; n < len(features); n += 2 {
					values := t.values[features[n]]
					if values < 2 {
						best[n].above = -1
						continue
					}
					cells := cells[:leaves*values]
					clear(cells)
					column := t.columns[features[n]]
					for k, i := range sample {
						c := &cells[int(leaf[k])*values+int(column[i])]
						c.grad += steps[k].grad
						c.curve += steps[k].curve
					}
					best[n].gain, best[n].above = bestBound(cells, values, set.Penalty)
				}
			}()
		}
		wg.Wait()
		top := -1
		for n := range features {
			if best[n].above >= 0 && (top < 0 || best[n].gain > best[top].gain) {
				top = n
			}
		}
		if top < 0 {
			break
		}
		tree.Splits = append(tree.Splits, Split{uint8(features[top]), uint8(best[top].above)})
		column := t.columns[features[top]]
		for i := range t.leaf {
			if int(column[i]) > best[top].above {
				t.leaf[i] |= 1 << depth
			}
		}
		for k, i := range sample {
			leaf[k] = t.leaf[i]
		}
	}
	grad, curve := make([]float64, 1<<len(tree.Splits)), make([]float64, 1<<len(tree.Splits))
	for i, l := range t.leaf {
		grad[l] += t.grad[i]
		curve[l] += t.curve[i]
	}
	tree.Leaves = make([]float32, len(grad))
	for l := range grad {
		step := -set.Rate * grad[l] / (curve[l] + set.Penalty)
		tree.Leaves[l] = float32(math.Round(step*leafUnit) / leafUnit)
	}
	for i, l := range t.leaf {
		t.score[i] += float64(tree.Leaves[l])
	}
	return tree
}

// bestBound returns the bound that parts the rows of all leaves best, -1 where none does.
func bestBound(cells []cell, values int, penalty float64) (gain float64, above int) {
	var gains [MaxValue]float64
	for ; len(cells) > 0; cells = cells[values:] {
		row := cells[:values]
		var grad, curve, low, lowCurve float64
		for _, c := range row {
			grad += float64(c.grad)
			curve += float64(c.curve)
		}
		if curve == 0 {
			continue
		}
		base := grad * grad / (curve + penalty)
		for b := range values - 1 {
			low += float64(row[b].grad)
			lowCurve += float64(row[b].curve)
			gains[b] += low*low/(lowCurve+penalty) + (grad-low)*(grad-low)/(curve-lowCurve+penalty) - base
		}
	}
	gain, above = 1e-9, -1
	for b, g := range gains[:values-1] {
		if g > gain {
			gain, above = g, b
		}
	}
	return gain, above
}
