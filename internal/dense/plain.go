package dense

import "math"

// limit bounds what the exponential is taken of: the product of two of them must stay finite, and what is beyond changes no gate.
const limit = 40

func exp(x float32) float32 {
	return float32(math.Exp(float64(min(max(x, -limit), limit))))
}

// gatesPlain is Gates in plain Go.
func gatesPlain(z, in, c, h []float32) {
	n := len(c)
	for j := range c {
		e := func(gate int) float32 { return exp(z[gate*n+j] + in[gate*n+j]) }
		input, forget, cell, output := e(0), e(1), e(2), e(3)
		c[j] = c[j]/(1+forget) + (1-cell)/((1+input)*(1+cell))
		t := exp(-2 * c[j])
		h[j] = (1 - t) / ((1 + output) * (1 + t))
	}
}
