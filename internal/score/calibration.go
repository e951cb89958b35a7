package score

import (
	"cmp"
	"math"
	"slices"
)

// Forecast is a probability of being right and what came of it.
type Forecast struct {
	Confidence float64 // 0 to 1
	Right      bool
}

// Bin sums up the forecasts of a range of confidences.
type Bin struct {
	Low, High  float64 // confidence from Low, inside, to High, outside; 1 is in the last bin
	Count      int
	Confidence float64 // mean
	Right      float64 // share
}

// Calibration sums up how well confidences agree with what is right.
type Calibration struct {
	Count      int
	Confidence float64 // mean
	Right      float64 // share
	// Brier is the mean squared difference between confidence and 1 or 0 (Brier 1950): 0 is best, and always saying the share of
	// right ones gives Right·(1-Right).
	Brier float64
	// ECE is the expected calibration error (Naeini et al. 2015): the difference between mean confidence and share of right ones of
	// each bin, weighted by its size.
	ECE float64
	// AUC is the area under the ROC curve: the probability that of a right and a wrong one the right one has more confidence, ties
	// counting half; 0.5 where there is no such pair.
	AUC  float64
	Bins []Bin
}

// Calibrate sums up forecasts in bins of equal width.
func Calibrate(forecasts []Forecast, bins int) Calibration {
	c := Calibration{Count: len(forecasts), AUC: 0.5, Bins: make([]Bin, bins)}
	for i := range c.Bins {
		c.Bins[i].Low, c.Bins[i].High = float64(i)/float64(bins), float64(i+1)/float64(bins)
	}
	if len(forecasts) == 0 {
		return c
	}
	for _, f := range forecasts {
		right := 0.0
		if f.Right {
			right = 1
		}
		b := &c.Bins[min(max(int(f.Confidence*float64(bins)), 0), bins-1)]
		b.Count++
		b.Confidence += f.Confidence
		b.Right += right
		c.Confidence += f.Confidence
		c.Right += right
		c.Brier += (f.Confidence - right) * (f.Confidence - right)
	}
	n := float64(len(forecasts))
	for i := range c.Bins {
		if b := &c.Bins[i]; b.Count > 0 {
			c.ECE += math.Abs(b.Confidence-b.Right) / n
			b.Confidence /= float64(b.Count)
			b.Right /= float64(b.Count)
		}
	}
	c.Confidence, c.Right, c.Brier = c.Confidence/n, c.Right/n, c.Brier/n

	sorted := slices.Clone(forecasts)
	slices.SortStableFunc(sorted, func(a, b Forecast) int { return cmp.Compare(a.Confidence, b.Confidence) })
	var wrong, right, ordered float64
	for i := 0; i < len(sorted); {
		var w, r float64
		j := i
		for ; j < len(sorted) && sorted[j].Confidence == sorted[i].Confidence; j++ {
			if sorted[j].Right {
				r++
			} else {
				w++
			}
		}
		ordered += r*wrong + r*w/2
		wrong, right, i = wrong+w, right+r, j
	}
	if wrong > 0 && right > 0 {
		c.AUC = ordered / (wrong * right)
	}
	return c
}
