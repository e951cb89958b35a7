package score

import (
	"fmt"
	"math"
)

// Term is the value of the variable with the given index; variables without a term are 0.
type Term struct {
	Index int
	X     float64
}

// Observation is one thing that was judged.
type Observation struct {
	Terms  []Term
	Right  bool
	Weight float64 // how often it counts
}

// FitLogistic returns the coefficients of a logistic regression over len(penalty) variables that maximise the weighted likelihood
// of obs less half the sum of penalty[i]·coefficient[i]², by Newton's method. The result depends on nothing but its arguments. An
// error says that a term has no variable, or that the steps did not settle, which cannot be where every penalty is positive.
func FitLogistic(obs []Observation, penalty []float64) ([]float64, error) {
	n := len(penalty)
	for i, o := range obs {
		for _, t := range o.Terms {
			if t.Index < 0 || t.Index >= n {
				return nil, fmt.Errorf("observation %d: variable %d of %d", i, t.Index, n)
			}
		}
	}
	w := make([]float64, n)
	loss := logisticLoss(obs, penalty, w)
	for range 100 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, i+1) // lower triangle
			gradient[i] = penalty[i] * w[i]
			hessian[i][i] = penalty[i]
		}
		for _, o := range obs {
			p := Logistic(o.Terms, w)
			off, curve := o.Weight*p, o.Weight*p*(1-p)
			if o.Right {
				off -= o.Weight
			}
			for i, a := range o.Terms {
				gradient[a.Index] += off * a.X
				for _, b := range o.Terms[:i] {
					x := curve * a.X * b.X
					switch {
					case a.Index > b.Index:
						hessian[a.Index][b.Index] += x
					case a.Index < b.Index:
						hessian[b.Index][a.Index] += x
					default: // two terms of one variable
						hessian[a.Index][a.Index] += 2 * x
					}
				}
				hessian[a.Index][a.Index] += curve * a.X * a.X
			}
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return nil, err
		}
		// A whole step can overshoot; half of it, or a half of that, does not.
		better := false
		next := make([]float64, n)
		for scale := 1.0; scale > 1e-6 && !better; scale /= 2 {
			for i := range next {
				next[i] = w[i] - scale*step[i]
			}
			if l := logisticLoss(obs, penalty, next); l < loss {
				better = loss-l > 1e-9*math.Abs(loss)
				w, next, loss = next, w, l
				break
			}
		}
		if !better {
			return w, nil
		}
	}
	return nil, fmt.Errorf("no optimum after 100 steps")
}

// Logistic returns the probability of being right under coefficients w.
func Logistic(terms []Term, w []float64) float64 {
	sum := 0.0
	for _, t := range terms {
		sum += w[t.Index] * t.X
	}
	return 1 / (1 + math.Exp(-sum))
}

func logisticLoss(obs []Observation, penalty, w []float64) float64 {
	loss := 0.0
	for i := range w {
		loss += penalty[i] * w[i] * w[i] / 2
	}
	for _, o := range obs {
		sum := 0.0
		for _, t := range o.Terms {
			sum += w[t.Index] * t.X
		}
		if o.Right {
			sum = -sum
		}
		loss += o.Weight * (max(sum, 0) + math.Log1p(math.Exp(-math.Abs(sum)))) // log(1+e^sum) without overflow
	}
	return loss
}

// solve returns x with a·x = b for a symmetric, positive a of which the lower triangle is given, by Cholesky's decomposition. It
// overwrites a.
func solve(a [][]float64, b []float64) ([]float64, error) {
	n := len(b)
	x := make([]float64, n)
	for i := range a {
		for j := 0; j <= i; j++ {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i > j {
				a[i][j] = sum / a[j][j]
				continue
			}
			if sum <= 1e-12 {
				return nil, fmt.Errorf("variable %d follows from the others and has no penalty", i)
			}
			a[i][i] = math.Sqrt(sum)
		}
	}
	for i := range x {
		sum := b[i]
		for k := range i {
			sum -= a[i][k] * x[k]
		}
		x[i] = sum / a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		sum := x[i]
		for k := i + 1; k < n; k++ {
			sum -= a[k][i] * x[k]
		}
		x[i] = sum / a[i][i]
	}
	return x, nil
}
