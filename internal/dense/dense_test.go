package dense

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// both runs f with the kernels, where there are any, and in plain Go.
func both(t *testing.T, f func(t *testing.T)) {
	for _, on := range []bool{accelerated, false} {
		t.Run(fmt.Sprint("accelerated=", on), func(t *testing.T) {
			defer func(was bool) { accelerated = was }(accelerated)
			accelerated = on
			f(t)
		})
	}
}

func random(rnd *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rnd.NormFloat64())
	}
	return x
}

// TestMul: products of all numbers of rows are right, each row's are the same as of the row alone, and nothing else is written.
func TestMul(t *testing.T) {
	both(t, func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(1, 2))
		m := New(3, 3)
		for _, size := range [][2]int{{1, 1}, {5, 64}, {33, 65}, {128, 200}} {
			k, cols := size[0], size[1]
			m.Reset(k, cols)
			w, bias := random(rnd, k*cols), random(rnd, cols)
			for j := range cols {
				m.SetBias(j, bias[j])
				for i := range k {
					m.Set(i, j, w[i*cols+j])
				}
			}
			for rows := range 15 {
				stride := k + rows%3
				x := random(rnd, (rows+1)*stride)
				dst, alone := make([]float32, (rows+1)*m.Cols()), make([]float32, m.Cols())
				for i := range dst {
					dst[i] = 7
				}
				m.Mul(dst, x, rows, stride)
				for r := range rows {
					m.Mul(alone, x[r*stride:], 1, stride)
					got := dst[r*m.Cols():][:m.Cols()]
					if !slices.Equal(got, alone) {
						t.Fatalf("%d × %d: row %d of %d is not that of the row alone", k, cols, r, rows)
					}
					for j, v := range got {
						want := 0.0
						if j < cols {
							want = float64(bias[j])
							for i := range k {
								want += float64(x[r*stride+i]) * float64(w[i*cols+j])
							}
						}
						if math.Abs(want-float64(v)) > 1e-4 {
							t.Fatalf("%d × %d, %d rows: row %d, column %d is %v, want %v", k, cols, rows, r, j, v, want)
						}
					}
				}
				for _, v := range dst[rows*m.Cols():] {
					if v != 7 {
						t.Fatalf("%d × %d, %d rows: written behind the last one", k, cols, rows)
					}
				}
			}
		}
	})
}

// TestGates: the gates are exact to 1e-6 and finite for any sums.
func TestGates(t *testing.T) {
	both(t, func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(3, 4))
		sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(x)) }
		values := []float32{0, 1e-3, -1e-3, 39.9, -39.9, 50, -50, 90, -90, 1e30, -1e30, float32(math.Inf(1)), float32(math.Inf(-1))}
		for n := 8; n <= 200; n += 24 {
			for range 50 {
				z, in, c, h := random(rnd, 4*n), random(rnd, 4*n), random(rnd, n), make([]float32, n+1)
				for i := range z {
					z[i], in[i] = 3*z[i], 3*in[i]
					if rnd.IntN(8) == 0 {
						z[i], in[i] = values[rnd.IntN(len(values))], 0
					}
				}
				was := slices.Clone(c)
				Gates(z, in, c, h)
				for j := range c {
					e := func(gate int) float64 { return sigmoid(float64(z[gate*n+j] + in[gate*n+j])) }
					cell := e(1)*float64(was[j]) + e(0)*(2*e(2)-1)
					out := e(3) * math.Tanh(cell)
					if !(math.Abs(float64(c[j])-cell) < 1e-6) || !(math.Abs(float64(h[j])-out) < 1e-6) {
						t.Fatalf("%d cells: cell %d is %v with output %v, want %v, %v", n, j, c[j], h[j], cell, out)
					}
				}
				if h[n] != 0 {
					t.Fatalf("%d cells: written behind the last one", n)
				}
			}
		}
	})
}

// BenchmarkMul measures products in the sizes of an encoder of 384 numbers: recurrences of one and six sentences, inputs of a sentence.
func BenchmarkMul(b *testing.B) {
	for _, c := range []struct{ k, cols, rows int }{{192, 768, 1}, {192, 768, 2}, {192, 768, 6}, {384, 1536, 25}} {
		b.Run(fmt.Sprintf("%dx%d/rows=%d", c.k, c.cols, c.rows), func(b *testing.B) {
			m := New(c.k, c.cols)
			x, dst := make([]float32, c.rows*c.k), make([]float32, c.rows*m.Cols())
			for b.Loop() {
				m.Mul(dst, x, c.rows, c.k)
			}
			b.ReportMetric(2*float64(c.rows*c.k*m.Cols())*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}

func BenchmarkGates(b *testing.B) {
	const n = 128
	z, c, h := make([]float32, 4*n), make([]float32, n), make([]float32, n)
	for b.Loop() {
		Gates(z, z, c, h)
	}
}
