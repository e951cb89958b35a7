package extract

import "kg/internal/nlp"

// complementOf are nouns that have something behind a preposition besides what stands behind "of": the effect of a thing on another,
// the sale of a thing to somebody.
var complementOf = map[string]set{
	"on": words(`attack burden curb dependence effect impact imposition influence reliance`),
	"to": words(`appointment conversion delivery distribution donation export extension grant lease loan offer payment provision
		sale shipment shift supply transfer transition`),
	"from": words(`acquisition conversion delivery departure ejection exclusion exodus expulsion import purchase receipt release
		removal shift switch theft transfer transition withdrawal`),
	"into": words(`conversion entry incorporation injection integration merger transfer transformation`),
	"with": words(`comparison integration merger replacement`),
	"by": words(`acquisition adoption buying development export import introduction invasion occupation payment purchase sale
		selling takeover use`),
}

// complementBehind: in "the impact of the tax on prices" there is no tax on prices but an impact on them, in "the sale of arms to rebels" no
// arms to them but a sale. An act behind "of" may have its own: "the effect of attacks on ports", "the use of attacks by
// rebels".
func (r *repairer) complementBehind(k int) {
	w := r.s.Words
	m := w[k].Head
	if w[k].Deprel != "nmod" || m < 0 || m > k || w[m].Deprel != "nmod" || r.preposition(m) != "of" || r.temporalAt(k) {
		return
	}
	n, p := w[m].Head, r.preposition(k)
	l := lower(w[m].Lemma)
	if n < 0 || n > m || w[n].UPOS != "NOUN" || !complementOf[p][lower(w[n].Lemma)] || w[m].XPOS == "VBG" || complementOf[p][l] ||
		p == "by" && (actNouns[l] || eventNouns[l]) || ownTo[l] || w[m].UPOS == "NUM" {
		return
	}
	r.set(k, n, "nmod")
}

// ownTo are nouns that have something behind "to", "on" or "with" themselves, whatever is done to them.
var ownTo = words(`access agreement alternative answer approach claim commitment contract control damage deal duty exposure key letter limit
	objection option pressure resistance response restriction right road route sanction stake surcharge tariff tax threat tie title treaty`)

// fromBehindTo: what goes "to five from four" or "to Lund from Oslo" comes from there; there is no five from four and no Lund from Oslo.
func (r *repairer) fromBehindTo(k int) {
	w := r.s.Words
	n := w[k].Head
	if w[k].Deprel != "nmod" || n < 0 || n > k || r.preposition(k) != "from" || r.preposition(n) != "to" && r.preposition(n) != "into" {
		return
	}
	if rel := universal(w[n].Deprel); rel != "obl" && rel != "nmod" || w[n].Head < 0 || w[n].Head > n {
		return
	}
	switch {
	case r.amountAt(n) && r.amountAt(k), w[n].UPOS == "PROPN" && w[k].UPOS == "PROPN":
	case w[n].UPOS == "NOUN" && w[n].Lemma == w[k].Lemma: // "to an open market from a closed market"
	default:
		return
	}
	r.set(k, w[n].Head, w[n].Deprel)
}

// amountAt says whether word k is a number or counted by one.
func (r *repairer) amountAt(k int) bool {
	return r.s.Words[k].UPOS == "NUM" || r.find(k, "nummod") >= 0
}

// besideEnding: a year or quarter that ends has nothing but its end: in "earnings for the year ended May 31 of 5 mln dlrs" they are of 5 mln, in
// "fell in the week ended May 2 to five" it is they that fell to five.
func (r *repairer) besideEnding(v int) {
	w := r.s.Words
	t := w[v].Head
	if w[v].Deprel != "acl" || w[v].Lemma != "end" || t < 0 || t > v || !r.temporalAt(t) || w[t].Head < 0 || w[t].Head > t || v+1 >= len(w) ||
		w[v+1].UPOS != "NUM" && nlp.Month(lower(w[v+1].Form)) == 0 && !temporalNouns[lower(w[v+1].Lemma)] && lower(w[v+1].Form) != "in" && lower(w[v+1].Form) != "on" {
		return
	}
	g, rel := w[t].Head, universal(w[t].Deprel)
	if rel != "obl" && rel != "nmod" {
		return
	}
	for k, end := v+2, min(len(w), v+reach); k < end; k++ {
		if w := r.s.Words; w[k].Head != v || w[k].Deprel != "obl" || r.temporalAt(k) && !r.amountAt(k) || nlp.Month(lower(w[k].Form)) != 0 {
			continue
		}
		switch p := r.preposition(k); p {
		case "from", "to", "of", "with", "by", "due", "because":
			to := rel
			if p == "of" {
				to = "nmod"
			}
			if p != "of" || r.s.Words[g].UPOS == "NOUN" {
				r.set(k, g, to)
			}
		}
	}
}
