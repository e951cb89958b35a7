package score

import "slices"

// CurvePoint is one point of a curve over confidences: the figures of the extractions at Confidence or above.
type CurvePoint struct {
	Confidence  float64 `json:"confidence"`
	Extractions int     `json:"extractions"`
	Precision   float64 `json:"precision"`
	Recall      float64 `json:"recall"`
	F1          float64 `json:"f1"`
}

// Curve is the ranked curve of an output, highest confidence first; its last point holds every extraction.
type Curve []CurvePoint

// All returns the point with every extraction, zero without any.
func (c Curve) All() CurvePoint {
	if len(c) == 0 {
		return CurvePoint{}
	}
	return c[len(c)-1]
}

// Best returns the point of highest F1, of the most confident extractions where several are equal.
func (c Curve) Best() (best CurvePoint) {
	for _, p := range c {
		if p.F1 > best.F1 {
			best = p
		}
	}
	return best
}

// AUC is the area under the curve from recall 0 (where precision is that of the first point) to the last point.
func (c Curve) AUC() (area float64) {
	for i, p := range c {
		prev := CurvePoint{Precision: p.Precision}
		if i > 0 {
			prev = c[i-1]
		}
		area += (p.Recall - prev.Recall) * (p.Precision + prev.Precision) / 2
	}
	return area
}

// thresholds returns the confidences of out, each once, the highest first.
func thresholds(out [][]Extraction) []float64 {
	var list []float64
	for _, sent := range out {
		for _, e := range sent {
			list = append(list, e.Confidence)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	slices.Reverse(list)
	return list
}

// atLeast returns the extractions of a sentence with confidence t or more.
func atLeast(sent []Extraction, t float64) []Extraction {
	var kept []Extraction
	for _, e := range sent {
		if e.Confidence >= t {
			kept = append(kept, e)
		}
	}
	return kept
}
