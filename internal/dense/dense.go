// Package dense holds the two loops in which the network spends its time: rows of numbers times a matrix of weights, and the gates of
// an LSTM. Both work on float32. On amd64 they use AVX2 and FMA where the processor has them, elsewhere plain Go.
//
// What comes out for a row depends on that row alone, to the last bit: rows may go together in any number.
package dense

// panel is the number of columns of a matrix that lie together.
const panel = 32

// Matrix is a matrix of k × cols weights with a bias for each column. Mul only reads it, so that it may be used concurrently.
//
// Panels of 32 columns follow each other; each is a row of biases and k rows of weights. So a kernel reads one stream of memory, and
// a panel stays in the first-level cache while all rows of a batch go past. Columns are padded with zeros to a multiple of 64, which
// the kernel for a single row does at once: it needs two panels to keep the multipliers busy.
type Matrix struct {
	k, cols int // padded
	w       []float32
}

// New returns a matrix of zeros for k inputs and cols outputs.
func New(k, cols int) *Matrix {
	m := &Matrix{}
	m.Reset(k, cols)
	return m
}

// Reset makes m a matrix of zeros of another size, over the memory that it has.
func (m *Matrix) Reset(k, cols int) {
	m.k, m.cols = k, Padded(cols)
	n := (k + 1) * m.cols
	if cap(m.w) < n {
		m.w = make([]float32, n)
		return
	}
	m.w = m.w[:n]
	clear(m.w)
}

// Padded returns the length of a row of cols outputs with what pads it.
func Padded(cols int) int { return (cols + 2*panel - 1) &^ (2*panel - 1) }

// Cols returns the length of the rows that Mul writes, which is padded.
func (m *Matrix) Cols() int { return m.cols }

// Set sets the weight of input i in column j.
func (m *Matrix) Set(i, j int, v float32) { m.w[(j/panel*(m.k+1)+i+1)*panel+j%panel] = v }

// SetBias sets the bias of column j.
func (m *Matrix) SetBias(j int, v float32) { m.Set(-1, j, v) }

// Mul sets dst, rows of Cols numbers, to bias + x · weights. Row r of x are the k numbers from r*stride on. dst must not overlap x.
func (m *Matrix) Mul(dst, x []float32, rows, stride int) {
	if rows == 0 {
		return
	}
	if stride < 0 || m.k == 0 {
		panic("dense: no inputs")
	}
	dst, x = dst[:rows*m.cols], x[:(rows-1)*stride+m.k] // the kernels check no bounds
	size := panel * (m.k + 1)
	if !accelerated {
		for j := 0; j < m.cols; j += panel {
			for r := range rows {
				mulPlain(dst[r*m.cols+j:][:panel], x[r*stride:][:m.k], m.w[j/panel*size:][:size])
			}
		}
		return
	}
	if rows == 1 {
		for j := 0; j < m.cols; j += 2 * panel {
			mul1x64(&dst[j], &x[0], &m.w[j/panel*size], m.k)
		}
		return
	}
	for j := 0; j < m.cols; j += panel {
		w := &m.w[j/panel*size]
		for r := 0; r < rows; {
			d, y := &dst[r*m.cols+j], &x[r*stride]
			if left := rows - r; left == 2 || left == 4 {
				mul2x32(d, y, w, m.k, m.cols, stride)
				r += 2
			} else {
				mul3x32(d, y, w, m.k, m.cols, stride)
				r += 3
			}
		}
	}
}

// mulPlain is the product of one row and one panel.
func mulPlain(dst, x, w []float32) {
	copy(dst, w)
	for i, v := range x {
		for j, u := range w[(i+1)*panel:][:panel] {
			dst[j] += v * u
		}
	}
}

// Gates runs the gates of an LSTM over one row. z has the sums of the input, forget, cell and output gate, one gate after the other, so
// far without in, which is added: negated, and the cell gate's doubled too, so that a gate is 1/(1+exp(z)), and the cell gate's tanh
// (1-exp(z))/(1+exp(z)). c is the state of the cells, which is brought up to date; h gets the output. The number of cells, len(c), is
// a multiple of 8.
func Gates(z, in, c, h []float32) {
	n := len(c)
	z, in, h = z[:4*n], in[:4*n], h[:n]
	if n%8 != 0 {
		panic("dense: cells are no multiple of 8")
	}
	if n == 0 {
		return
	}
	if accelerated {
		gates8(&z[0], &in[0], &c[0], &h[0], n)
		return
	}
	gatesPlain(z, in, c, h)
}
