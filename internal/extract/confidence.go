package extract

// confidence is a first guess: the base of the rule, lowered by uncertain arcs and long arguments.
func (r *reader) confidence(p *Proposition) float64 {
	base := map[string]float64{"svo": 0.85, "passive": 0.85, "copula": 0.85, "title": 0.85, "appos": 0.75, "possessive": 0.55,
		"agent": 0.75, "act": 0.65, "nmod": 0.6, "light": 0.75}[p.Rule]
	if base == 0 {
		base = 0.6
	}
	if p.Rule == "acronym" {
		return 0.9 // spelt out by its letters, whatever the arcs
	}
	m := r.margin(p.Head)
	long := 0
	for _, a := range p.Args {
		if a.Head >= 0 {
			m = min(m, r.margin(a.Head))
		}
		long = max(long, len(a.Words))
	}
	base *= 0.6 + 0.4*m
	if len(p.Args) < 2 {
		base -= 0.25
	}
	if long > 12 {
		base -= 0.05
	}
	return min(max(base, 0.05), 1)
}
