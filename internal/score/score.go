// Package score compares output with gold and returns counts: trees, tokens and entities of Documents, extractions of
// sentences, claims of an article. It is pure: it reads no file by name, runs no model and prints nothing.
package score

// PRF counts one kind of thing: how many the gold has, how many the output has, and how many of those agree.
type PRF struct {
	Gold    int `json:"gold"`
	Output  int `json:"output"`
	Correct int `json:"correct"`
}

// Add adds the counts of q to p.
func (p *PRF) Add(q PRF) {
	p.Gold += q.Gold
	p.Output += q.Output
	p.Correct += q.Correct
}

// Precision is the share of the output that is in the gold, 0 to 1; 0 where there is no output.
func (p PRF) Precision() float64 { return ratio(p.Correct, p.Output) }

// Recall is the share of the gold that is in the output, 0 to 1; 0 where there is no gold.
func (p PRF) Recall() float64 { return ratio(p.Correct, p.Gold) }

// F1 is the harmonic mean of precision and recall, 0 to 1.
func (p PRF) F1() float64 { return ratio(2*p.Correct, p.Gold+p.Output) }

func ratio[T int | float64](part, whole T) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// harmonic is the F1 of a precision and a recall that are not plain counts.
func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
