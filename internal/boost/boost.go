// Package boost learns and applies ensembles of oblivious regression trees over small whole numbers: a row of features from
// 0 to 63 comes in, a score comes out. All splits of one level of an oblivious tree ask the same question, so that a tree is a
// short row of comparisons and a table.
package boost

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// MaxValue is the greatest value of a feature.
const MaxValue = 63

// Split asks whether a feature is greater than a bound.
type Split struct{ Feature, Above uint8 }

// Tree is an oblivious tree: the answers to its splits are the bits of the index in Leaves, the first split the lowest bit.
type Tree struct {
	Splits []Split
	Leaves []float32 // 1 << len(Splits)
}

// MaxDepth is the greatest number of splits of a tree.
const MaxDepth = 6

// Row is a row of features; those behind the last one are not asked for.
type Row [256]uint8

// Ensemble is a sum of trees. It is read-only once made and safe for concurrent use.
type Ensemble struct {
	Trees []Tree
	steps []step
}

// step is a tree in the form that Score reads: all of one depth, without pointers.
type step struct {
	feature, above [MaxDepth]uint8
	leaves         [1 << MaxDepth]float32
}

// pack makes what Score reads.
func (e *Ensemble) pack() {
	e.steps = make([]step, len(e.Trees))
	for i, t := range e.Trees {
		s := &e.steps[i]
		for k := range s.above {
			s.above[k] = MaxValue // a question that is never true
		}
		for k, split := range t.Splits {
			s.feature[k], s.above[k] = split.Feature, split.Above
		}
		copy(s.leaves[:], t.Leaves)
	}
}

// Score returns the sum of the leaves that row x falls into.
func (e *Ensemble) Score(x *Row) float32 { return e.ScoreOf(x, 0, len(e.steps)) }

// ScoreOf is Score of the trees from to to-1: the first ones, which weigh most, tell whether the others are worth asking.
// Comparisons are by arithmetic: branches would be mispredicted half of the time.
func (e *Ensemble) ScoreOf(x *Row, from, to int) float32 {
	var sum float32
	steps := e.steps[from:to]
	for i := range steps {
		t := &steps[i]
		leaf := (uint32(t.above[0]) - uint32(x[t.feature[0]])) >> 31
		leaf |= (uint32(t.above[1]) - uint32(x[t.feature[1]])) >> 31 << 1
		leaf |= (uint32(t.above[2]) - uint32(x[t.feature[2]])) >> 31 << 2
		leaf |= (uint32(t.above[3]) - uint32(x[t.feature[3]])) >> 31 << 3
		leaf |= (uint32(t.above[4]) - uint32(x[t.feature[4]])) >> 31 << 4
		leaf |= (uint32(t.above[5]) - uint32(x[t.feature[5]])) >> 31 << 5
		sum += t.leaves[leaf&(1<<MaxDepth-1)]
	}
	return sum
}

// Mean returns the ensemble whose score is the mean of those of all, which have as many trees each. Trees alternate, so that the first ones
// are the first of each.
func Mean(all ...*Ensemble) *Ensemble {
	out := &Ensemble{}
	for i := range all[0].Trees {
		for _, e := range all {
			t := Tree{Splits: e.Trees[i].Splits, Leaves: make([]float32, len(e.Trees[i].Leaves))}
			for k, v := range e.Trees[i].Leaves {
				t.Leaves[k] = float32(math.Round(float64(v)/float64(len(all))*leafUnit) / leafUnit)
			}
			out.Trees = append(out.Trees, t)
		}
	}
	out.pack()
	return out
}

// leafUnit is the unit of the leaves in a file.
const leafUnit = 1000

// WriteTo writes e: a line with the number of trees, then a line for each tree: its splits as "FEATURE>BOUND", a colon, its leaves
// in thousandths.
func (e *Ensemble) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d\n", len(e.Trees))
	for _, t := range e.Trees {
		for _, s := range t.Splits {
			fmt.Fprintf(&b, "%d>%d ", s.Feature, s.Above)
		}
		b.WriteByte(':')
		for _, v := range t.Leaves {
			fmt.Fprintf(&b, " %d", int(math.Round(float64(v)*leafUnit)))
		}
		b.WriteByte('\n')
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// Read reads what WriteTo wrote. features is the number of features of a row; a split on another one is an error.
func Read(r *bufio.Reader, features int) (*Ensemble, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("number of trees: %w", err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 0 {
		return nil, fmt.Errorf("number of trees: %q", strings.TrimSpace(line))
	}
	e := &Ensemble{}
	for i := range n {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("tree %d of %d: %w", i+1, n, err)
		}
		t, err := parseTree(line, features)
		if err != nil {
			return nil, fmt.Errorf("tree %d: %w", i+1, err)
		}
		e.Trees = append(e.Trees, t)
	}
	e.pack()
	return e, nil
}

func parseTree(line string, features int) (Tree, error) {
	var t Tree
	splits, leaves, ok := strings.Cut(line, ":")
	if !ok {
		return t, fmt.Errorf("no colon: %.40q", line)
	}
	for s := range strings.FieldsSeq(splits) {
		f, b, _ := strings.Cut(s, ">")
		feature, err := strconv.Atoi(f)
		bound, err2 := strconv.Atoi(b)
		if err != nil || err2 != nil || feature < 0 || feature >= features || bound < 0 || bound > MaxValue {
			return t, fmt.Errorf("split %q", s)
		}
		t.Splits = append(t.Splits, Split{uint8(feature), uint8(bound)})
	}
	for s := range strings.FieldsSeq(leaves) {
		v, err := strconv.Atoi(s)
		if err != nil {
			return t, fmt.Errorf("leaf %q", s)
		}
		t.Leaves = append(t.Leaves, float32(v)/leafUnit)
	}
	if len(t.Splits) > MaxDepth || len(t.Leaves) != 1<<len(t.Splits) {
		return t, fmt.Errorf("%d splits and %d leaves", len(t.Splits), len(t.Leaves))
	}
	return t, nil
}
