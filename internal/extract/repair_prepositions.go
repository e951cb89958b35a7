package extract

import (
	"strings"

	"kg/internal/nlp"
)

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
	if m < 0 || m > k || w[m].Deprel != "nmod" || r.preposition(m) != "of" || r.temporalAt(k) {
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
	if n < 0 || n > k || r.preposition(k) != "from" || r.preposition(n) != "to" && r.preposition(n) != "into" {
		return
	}
	if rel := universal(w[n].Deprel); rel != "obl" && rel != "nmod" && rel != "orphan" || w[n].Head < 0 || w[n].Head > n {
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

// thanksTo: "thanks to" is a preposition: in "survived thanks to a loan" nobody survives to a loan.
func (r *repairer) thanksTo(i int) {
	w := r.s.Words
	if i+2 >= len(w) || lower(w[i+1].Form) != "to" || w[i+1].Deprel != "case" || w[i].Head < 0 || r.caseBefore(i) >= 0 {
		return
	}
	n, h := w[i+1].Head, w[i].Head
	if n < i || w[n].Head != i && w[n].Head != h || r.find(i, "amod", "det", "cop", "nsubj") >= 0 {
		return
	}
	if v := w[h].Head; universal(w[h].Deprel) == "nsubj" && v > n {
		h = v // "the team, thanks to its coach, won"
	}
	for k, to := r.near(i); k < to; k++ {
		if k != i+1 && k != n && w[k].Head == i {
			r.set(k, n, w[k].Deprel)
			w = r.s.Words
		}
	}
	r.set(n, h, "obl")
	r.set(i, n, "case")
	r.set(i+1, i, "fixed")
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
	if w[v].Lemma != "end" || t < 0 || t > v || !r.temporalAt(t) || w[t].Head < 0 || w[t].Head > t || v+1 >= len(w) ||
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

// othersInGap are the others of two or more.
var othersInGap = words(`rest remainder other others another latter`)

// caseInGap: in "rated A by Acme and B by Bolt" there are two raters: what stands before the second "by" is no more of the first but a clause
// whose verb is left out. So are "opened at 5 and May at 6", "named Ana Roe as chair and Jan Berg as clerk", "came from Peru and the rest
// from Chile".
func (r *repairer) caseInGap(i int) {
	w := r.s.Words
	p := lower(w[i].Form)
	if w[i].Head < i || i < 4 {
		return
	}
	b, j := w[i].Head, i-1
	for ; j > i-8 && j > 0 && w[j].UPOS != "CCONJ"; j-- {
		if up := w[j].UPOS; up == "VERB" || up == "AUX" || up == "ADP" || up == "SCONJ" || up == "PUNCT" && w[j].Form != "-" {
			return
		}
	}
	if f := lower(w[j].Form); j == i-1 || w[j].UPOS != "CCONJ" || f != "and" && f != "or" && f != "but" {
		return
	}
	x := -1
	for k := j + 1; k < i; k++ {
		if w[k].Deprel == "conj" && w[k].Head < j {
			if x >= 0 {
				return
			}
			x = k
		}
	}
	if x < 0 || w[x].Head < 0 || !r.nominalAt(x) && w[x].UPOS != "ADJ" && w[x].UPOS != "CCONJ" || r.caseBefore(x) >= 0 || w[b].UPOS == "VERB" {
		return
	}
	h := w[x].Head
	v := w[h].Head
	if v < 0 || v > h || w[v].UPOS != "VERB" || b == v || !r.under(b, v) {
		return
	}
	if d := r.find(x, "det"); meansNouns[lower(w[b].Form)] || d >= 0 && w[d].Lemma == "a" && r.find(v, "xcomp", "obj") < 0 {
		return // "an order and a sale by tender"
	}
	switch {
	case p == "by", othersInGap[lower(w[x].Lemma)]:
	case p == "at":
		if !r.amountAt(h) || !r.amountAt(b) || r.amountAt(x) && w[x].UPOS != "NUM" {
			return
		}
	case p == "as":
		if w[x].UPOS != "PROPN" || w[h].UPOS == "PROPN" || w[b].UPOS == "PROPN" {
			return
		}
	default:
		return
	}
	if r.preposition(h) != p { // the other part of the first clause: "owned 60 pct by Acme and 40 pct by Bolt"
		other := false
		for k := h + 1; k < j; k++ {
			other = other || w[k].Head == v && universal(w[k].Deprel) == "obl" && r.preposition(k) == p
		}
		if !other || r.caseBefore(h) >= 0 {
			return
		}
	}
	for k := v + 1; k < i; k++ {
		if w[k].UPOS == "VERB" {
			return
		}
	}
	r.set(x, v, "conj")
	r.set(b, x, "orphan")
	r.handOver(x, b, func(k int, rel string) bool { return k > i && rel != "orphan" })
	for k := b + 1; k < len(w) && strings.HasPrefix(w[k].NER, "I-"); k++ {
		r.set(k, b, "flat") // one name, whatever it was joined to
	}
}

// figuresInGap: what goes up by or to two figures is two things, or one at two times: in "sales rose to 5 from 4 and costs to 3" the costs went
// to 3.
func (r *repairer) figuresInGap(b int) {
	w := r.s.Words
	v, p := w[b].Head, r.preposition(b)
	if v < 0 || v > b || w[v].UPOS != "VERB" || p != "to" && p != "by" || !r.amountAt(b) {
		return
	}
	a, x := -1, -1
	for k := v + 1; k < b; k++ {
		switch {
		case w[k].UPOS == "VERB":
			return
		case a < 0:
			if w[k].Head == v && w[k].Deprel == "obl" && r.preposition(k) == p && r.amountAt(k) {
				a = k
			}
		case x < 0 && w[k].Deprel == "conj" && (w[k].Head <= a || w[w[k].Head].Head == v) && r.under(k, v) && r.nominalAt(k) && r.caseBefore(k) < 0 &&
			!r.temporalAt(k) && r.find(k, "cc") < k && r.find(k, "cc") > a:
			x = k
		}
	}
	if x < 0 {
		return
	}
	r.set(x, v, "conj")
	for k := x + 1; k < len(w); k++ {
		if w := r.s.Words; w[k].Head == v && w[k].Deprel == "obl" && r.caseBefore(k) >= 0 {
			r.set(k, x, "orphan")
		}
	}
}
