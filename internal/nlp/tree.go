package nlp

import (
	"math"
)

// treeScratch holds the buffers of tree decoding. It can be reused, but it is not safe for concurrent use.
type treeScratch struct {
	heads []int
	w     []float64
	state []int32
}

// decode returns for each of n words the index of its head, -1 for the one root, such that the heads form a tree and the sum
// of the scores is the highest (Chu-Liu, Edmonds). scores[d*cols+h] is the score of head h for word d, where h = 0 stands
// for the root and h > 0 for the word h-1. The result is valid until the next call.
func (t *treeScratch) decode(scores []float32, n, cols int) []int {
	t.heads = grow(t.heads, n)
	roots := 0
	for d := range n {
		row := scores[d*cols:][:n+1]
		best := -1
		for h, v := range row {
			if h != d+1 && (best < 0 || v > row[best]) {
				best = h
			}
		}
		t.heads[d] = best - 1
		if best == 0 {
			roots++
		}
	}
	if roots == 1 && t.isTree(t.heads) {
		return t.heads
	}
	return t.edmonds(scores, n, cols)
}

// isTree says whether every word's path of heads ends at -1.
func (t *treeScratch) isTree(heads []int) bool {
	t.state = grow(t.state, len(heads))
	clear(t.state)
	for i := range heads {
		j := i
		for j >= 0 && t.state[j] == 0 {
			t.state[j] = int32(i) + 1
			j = heads[j]
		}
		if j >= 0 && t.state[j] == int32(i)+1 {
			return false
		}
	}
	return true
}

// edmonds finds the best tree with one root. Node 0 is the root, node d+1 word d. The root's arcs are made so dear that the
// best tree takes just one of them, which is then the best one among all trees with a single root.
func (t *treeScratch) edmonds(scores []float32, n, cols int) []int {
	size := n + 1
	t.w = grow(t.w, size*size) // w[h*size+d]: gain of the arc h → d
	lo, hi := math.Inf(1), math.Inf(-1)
	for d := 1; d < size; d++ {
		for h := range size {
			v := float64(scores[(d-1)*cols+h])
			if v-v != 0 { // a score that is no number
				v = 0
			}
			t.w[h*size+d] = v
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	penalty := (hi-lo)*float64(n) + 1
	for d := 1; d < size; d++ {
		t.w[d] -= penalty
	}
	heads := maxArborescence(t.w, size)
	for d := range n {
		t.heads[d] = heads[d+1] - 1
	}
	return t.heads
}

// maxArborescence returns the head of every node but 0 in the tree of highest weight that is rooted in 0, for a dense graph
// of size nodes with w[h*size+d] the weight of the arc h → d; w is overwritten. It contracts one cycle after another
// (Chu-Liu, Edmonds) in place, at most size/2 times, each in O(size²).
func maxArborescence(w []float64, size int) []int {
	type cycle struct {
		nodes []int // live nodes that were contracted into nodes[0]
		enter []int // for each outside head h: which node of the cycle its arc enters
		leave []int // for each outside dependent d: which node of the cycle its arc leaves
		inner []int // head of each node of the cycle inside it
	}
	var cycles []cycle
	live := make([]bool, size)
	for i := range live {
		live[i] = true
	}
	heads := make([]int, size)
	bestHead := func(d int) int {
		best := -1
		for h := range size {
			if h != d && live[h] && (best < 0 || w[h*size+d] > w[best*size+d]) {
				best = h
			}
		}
		return best
	}
	for d := 1; d < size; d++ {
		heads[d] = bestHead(d)
	}
	seen := make([]int, size)
	for {
		found := -1
		clear(seen)
		for i := 1; i < size && found < 0; i++ {
			if !live[i] {
				continue
			}
			j := i
			for j != 0 && seen[j] == 0 {
				seen[j] = i
				j = heads[j]
			}
			if j != 0 && seen[j] == i {
				found = j
			}
		}
		if found < 0 {
			break
		}
		c := cycle{enter: make([]int, size), leave: make([]int, size)}
		in := make([]bool, size)
		for j := found; !in[j]; j = heads[j] {
			in[j] = true
			c.nodes = append(c.nodes, j)
			c.inner = append(c.inner, heads[j])
		}
		rep := c.nodes[0]
		for x := range size {
			if !live[x] || in[x] {
				continue
			}
			enter, gain := -1, 0.0
			leave := -1
			for k, v := range c.nodes {
				g := w[x*size+v] - w[c.inner[k]*size+v]
				if enter < 0 || g > gain {
					enter, gain = v, g
				}
				if leave < 0 || w[v*size+x] > w[leave*size+x] {
					leave = v
				}
			}
			c.enter[x], c.leave[x] = enter, leave
			if x != 0 {
				w[rep*size+x] = w[leave*size+x]
			}
			// Safe to write only now: the loop above reads w[x][rep] as an original arc.
			w[x*size+rep] = gain
		}
		for _, v := range c.nodes[1:] {
			live[v] = false
		}
		cycles = append(cycles, c)
		heads[rep] = bestHead(rep)
		for d := 1; d < size; d++ {
			if live[d] && in[heads[d]] {
				heads[d] = rep
			}
		}
	}
	for i := len(cycles) - 1; i >= 0; i-- {
		c := &cycles[i]
		rep := c.nodes[0]
		from := heads[rep]
		inCycle := make(map[int]bool, len(c.nodes))
		for k, v := range c.nodes {
			inCycle[v] = true
			heads[v] = c.inner[k]
		}
		entered := c.enter[from]
		heads[entered] = from
		for d := 1; d < size; d++ {
			if heads[d] == rep && !inCycle[d] && c.leave[d] != 0 {
				heads[d] = c.leave[d]
			}
		}
	}
	return heads
}
