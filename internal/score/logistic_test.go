package score

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// draw returns n observations of a constant, a number and two flags, right by the coefficients w.
func draw(n int, w []float64) []Observation {
	rng := rand.New(rand.NewPCG(7, 7))
	obs := make([]Observation, n)
	for i := range obs {
		o := Observation{Terms: []Term{{0, 1}, {1, rng.NormFloat64()}}, Weight: 1}
		for v := 2; v < len(w); v++ {
			if rng.IntN(3) == 0 {
				o.Terms = append(o.Terms, Term{v, 1})
			}
		}
		o.Right = rng.Float64() < Logistic(o.Terms, w)
		obs[i] = o
	}
	return obs
}

func TestFitLogisticRecovers(t *testing.T) {
	want := []float64{-0.5, 1.2, 2, -1}
	obs := draw(40000, want)
	got, err := FitLogistic(obs, []float64{1e-6, 1e-6, 1e-6, 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.08 { // five standard errors
			t.Errorf("coefficient %d: %.3f instead of %.3f", i, got[i], want[i])
		}
	}
	again, err := FitLogistic(obs, []float64{1e-6, 1e-6, 1e-6, 1e-6})
	if err != nil || !slices.Equal(got, again) {
		t.Errorf("%v, then %v (%v)", got, again, err)
	}
	// At the optimum the forecasts sum up to what came.
	sum, right := 0.0, 0.0
	for _, o := range obs {
		sum += Logistic(o.Terms, got)
		if o.Right {
			right++
		}
	}
	if math.Abs(sum-right) > 0.01 {
		t.Errorf("%.3f forecast, %.0f came", sum, right)
	}
}

func TestFitLogisticPenalty(t *testing.T) {
	obs := draw(2000, []float64{-0.5, 1.2, 2, -1})
	free, err := FitLogistic(obs, []float64{1e-6, 1e-6, 1e-6, 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	held, err := FitLogistic(obs, []float64{1e-6, 1e-6, 1e9, 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(held[2]) > 1e-3 || math.Abs(free[2]) < 1 {
		t.Errorf("coefficient %v free, %v under a penalty", free[2], held[2])
	}
	// Weight 2 is to be there twice.
	twice := slices.Concat(obs, obs)
	for i := range obs {
		obs[i].Weight = 2
	}
	a, err := FitLogistic(obs, []float64{1, 1, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	b, err := FitLogistic(twice, []float64{1, 1, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-4 {
			t.Errorf("weight 2: %v, twice: %v", a, b)
		}
	}
	// Two terms of one variable are their sum.
	split := []Observation{{Terms: []Term{{0, 0.25}, {0, 0.75}}, Right: true, Weight: 3}, {Terms: []Term{{0, 1}}, Weight: 1}}
	if w, err := FitLogistic(split, []float64{1e-9}); err != nil || math.Abs(w[0]-math.Log(3)) > 1e-4 {
		t.Errorf("%v (%v) instead of log 3", w, err)
	}
}

func TestFitLogisticErrors(t *testing.T) {
	if _, err := FitLogistic([]Observation{{Terms: []Term{{2, 1}}, Weight: 1}}, []float64{1, 1}); err == nil ||
		!strings.Contains(err.Error(), "variable 2 of 2") {
		t.Errorf("error %v", err)
	}
	same := []Observation{{Terms: []Term{{0, 1}, {1, 1}}, Right: true, Weight: 1}, {Terms: []Term{{0, 1}, {1, 1}}, Weight: 1}}
	if _, err := FitLogistic(same, []float64{0, 0}); err == nil || !strings.Contains(err.Error(), "no penalty") {
		t.Errorf("error %v", err)
	}
	if w, err := FitLogistic(nil, []float64{1, 1}); err != nil || !slices.Equal(w, []float64{0, 0}) {
		t.Errorf("without observations: %v, %v", w, err)
	}
}

func TestCalibrate(t *testing.T) {
	c := Calibrate([]Forecast{{0.9, true}, {0.9, false}, {0.2, false}, {1, true}}, 10)
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v instead of %v", name, got, want)
		}
	}
	near("mean", c.Confidence, 0.75)
	near("right", c.Right, 0.5)
	near("Brier", c.Brier, (0.01+0.81+0.04+0)/4)
	near("AUC", c.AUC, 3.5/4) // right 0.9 ties with a wrong one, all other pairs are in order
	// 0.2 is alone in its bin; 0.9, 0.9 and 1 share the last: mean 2.8/3, right 2/3.
	near("ECE", c.ECE, (0.2+math.Abs(2.8-2))/4)
	if len(c.Bins) != 10 || c.Bins[2].Count != 1 || c.Bins[9].Count != 3 {
		t.Errorf("bins %+v", c.Bins)
	}
	near("share of the last bin", c.Bins[9].Right, 2.0/3)
	if c := Calibrate(nil, 5); c.AUC != 0.5 || c.Count != 0 || len(c.Bins) != 5 {
		t.Errorf("of nothing: %+v", c)
	}
}
