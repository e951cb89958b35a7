package nlp

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// bestTree finds the best tree with one root by trying all.
func bestTree(scores []float32, n, cols int) float64 {
	best := math.Inf(-1)
	heads := make([]int, n)
	var try func(d int, sum float64, roots int)
	try = func(d int, sum float64, roots int) {
		if d == n {
			if roots == 1 && (&treeScratch{}).isTree(heads) {
				best = max(best, sum)
			}
			return
		}
		for h := range n + 1 {
			if h == d+1 || h == 0 && roots == 1 {
				continue
			}
			heads[d] = h - 1
			r := roots
			if h == 0 {
				r++
			}
			try(d+1, sum+float64(scores[d*cols+h]), r)
		}
	}
	try(0, 0, 0)
	return best
}

// TestDecode: the decoded heads are a tree with one root, and no other such tree scores higher.
func TestDecode(t *testing.T) {
	var scratch treeScratch
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		cols := n + 1
		scores := rapid.SliceOfN(rapid.Float32Range(-20, 20), n*cols, n*cols).Draw(t, "scores")
		heads := scratch.decode(scores, n, cols)
		sum, roots := 0.0, 0
		for d, h := range heads {
			if h == d {
				t.Fatalf("word %d is its own head", d)
			}
			if h < 0 {
				roots++
			}
			sum += float64(scores[d*cols+h+1])
		}
		if roots != 1 || !scratch.isTree(heads) {
			t.Fatalf("no tree with one root: %v", heads)
		}
		if best := bestTree(scores, n, cols); sum < best-1e-3 {
			t.Fatalf("heads %v score %v, the best tree %v", heads, sum, best)
		}
	})
}

// TestDecodeWorst: many nested circles in a piece of the largest size.
func TestDecodeWorst(t *testing.T) {
	n := maxPiece
	scores := make([]float32, n*(n+1))
	for d := range n {
		for h := range n + 1 {
			scores[d*(n+1)+h] = float32((d*7919+h*104729)%1000) / 10
		}
		scores[d*(n+1)+(d^1)+1] = 500 // pairs of words that are each other's head
	}
	var scratch treeScratch
	if heads := scratch.decode(scores, n, n+1); !scratch.isTree(heads) {
		t.Fatal("no tree")
	}
}
