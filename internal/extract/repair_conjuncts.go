package extract

import "kg/internal/nlp"

// Coordination of nominals: which word a conjunct is joined to.

// caseOfConjunct: what "and" joins with a preposition of its own stands beside a phrase with the same one: in "recovering from talk of
// a crash and from the crisis", read as talk of the crisis, it recovers from the crisis.
func (r *repairer) caseOfConjunct(m int) {
	w := r.s.Words
	k := w[m].Head
	if w[m].Deprel != "conj" || k < 0 || k > m || !r.nominalAt(m) || !r.nominalAt(k) {
		return
	}
	cc, c := r.find(m, "cc"), r.caseBefore(m)
	if cc < 0 || c != cc+1 || r.caseBefore(k) >= 0 && r.preposition(k) == r.preposition(m) {
		return
	}
	p := r.preposition(m)
	for h := w[k].Head; h >= 0 && h < k && r.nominalAt(h); h = w[h].Head {
		if r.preposition(h) == p {
			r.set(m, h, "conj")
			return
		}
	}
	v := w[k].Head
	for v >= 0 && r.nominalAt(v) && w[v].Head < v {
		v = w[v].Head
	}
	if v < 0 || v > cc {
		return
	}
	top := v
	if rel := w[v].Deprel; (rel == "advcl" || rel == "xcomp" || rel == "acl") && w[v].Head >= 0 && w[v].Head < v {
		top = w[v].Head // "has a deal with Ford to make cars and with Fiat"
	}
	for n := cc - 1; n > top; n-- {
		if (universal(w[n].Deprel) == "obl" || w[n].Deprel == "nmod") && r.nominalAt(n) && r.preposition(n) == p && r.under(n, top) &&
			(n < v || w[n].Head == v) {
			r.set(m, n, "conj")
			return
		}
	}
}

// modifierAfterAnd: a noun behind "and" without a preposition modifies nothing: in "a drop in output and wage rises", read as a drop
// of wage rises, it is joined to the drop.
func (r *repairer) modifierAfterAnd(m int) {
	w := r.s.Words
	h := w[m].Head
	if w[m].Deprel != "nmod" || w[m].UPOS != "NOUN" && w[m].UPOS != "PROPN" || h < 0 || h > m || !r.nominalAt(h) {
		return
	}
	if cc := r.find(m, "cc"); cc > h && cc < m && r.caseBefore(m) < 0 && r.leftmost(m) == cc {
		r.set(m, h, "conj")
	}
}

// caseBeforeTitle: a preposition before a title belongs to the name behind it: in "the choice of mayor Ana Roe", read as a Roe of mayor,
// it is the choice of Roe.
func (r *repairer) caseBeforeTitle(c int) {
	w := r.s.Words
	t := w[c].Head
	if w[c].Deprel != "case" || w[c].UPOS != "ADP" || t < c || w[t].Deprel != "nmod:desc" {
		return
	}
	if n := w[t].Head; n > t && w[n].UPOS == "PROPN" && r.leftmost(n) == c && r.find(n, "case") < 0 {
		r.set(c, n, "case")
	}
}

// amountOfAmount: amounts of one measure are joined to each other: in "sales of 12 mln dlrs in Peru and 15 mln dlrs in Togo", read as
// sales in 15 mln dlrs, they are of 15 mln.
func (r *repairer) amountOfAmount(m int) {
	w := r.s.Words
	k := w[m].Head
	if w[m].Deprel != "conj" || k < 0 || k > m || !r.amount(m) || w[m].UPOS == "NUM" || r.amount(k) || r.caseBefore(m) >= 0 ||
		r.find(m, "cc") < 0 || r.find(k, "nummod") >= 0 {
		return
	}
	for n := k - 1; n > max(0, m-20) && w[n].UPOS != "VERB"; n-- {
		if lower(w[n].Form) == lower(w[m].Form) && r.amount(n) && (w[k].Head == n || w[k].Head == w[n].Head || w[k].Head >= 0 && r.under(n, w[k].Head)) {
			r.set(m, n, "conj")
			return
		}
	}
}

// ofTime: nothing is of a weekday: in "the choice on Friday of Lund" and "the choice last week of Lund" it is the choice of Lund.
func (r *repairer) ofTime(m int) {
	w := r.s.Words
	t := w[m].Head
	if w[m].Deprel != "nmod" || t < 1 || t > m || r.preposition(m) != "of" || r.temporalAt(m) || !r.deictic(t) {
		return
	}
	n := w[t].Head
	if n < 0 || n > t {
		return
	}
	if !r.nominalAt(n) { // read as the time of the verb
		before := r.leftmost(t) - 1
		if before <= n || w[before].UPOS != "NOUN" || !r.under(before, n) {
			return
		}
		n = before
	}
	r.set(m, n, "nmod")
}

// dueDate: the day on which notes fall due belongs to them: in "offered notes due May 1992", read as offered then, it names the notes.
func (r *repairer) dueDate(d int) {
	w := r.s.Words
	t := w[d].Head
	if lower(w[d].Form) != "due" || d < 1 || t <= d || w[d-1].UPOS != "NOUN" || w[d-1].XPOS == "VBG" ||
		w[t].Head == d-1 || !r.temporalAt(t) || w[d+1].UPOS != "NUM" && !calendarNames[lower(w[d+1].Form)] {
		return
	}
	if rel := universal(w[t].Deprel); rel == "obl" || rel == "nmod" || rel == "advcl" {
		r.set(d, t, "case")
		r.set(t, d-1, "nmod")
	}
}

// relativeOfDay: no relative clause with a pronoun describes a weekday: in "the quake on Friday, which killed six" the quake did.
func (r *repairer) relativeOfDay(c int) {
	w := r.s.Words
	t := w[c].Head
	if w[c].Deprel != "acl:relcl" || t < 1 || t > c || !weekdays[lower(w[t].Form)] && nlp.Month(lower(w[t].Form)) == 0 {
		return
	}
	if n := w[t].Head; n >= 0 && n < t && r.nominalAt(n) && !r.temporalAt(n) {
		if p := r.leftmost(c); w[p].XPOS == "WDT" || w[p].XPOS == "WP" || w[p].Form == "," {
			r.set(c, n, "acl:relcl")
		}
	}
}

// endingTime: "the year ending March", "the quarter ended May 31": the time ends, not who did something in it.
func (r *repairer) endingTime(v int) {
	w := r.s.Words
	if v < 1 || w[v].UPOS != "VERB" || w[v].Lemma != "end" || w[v].XPOS == "VB" || !r.temporalAt(v-1) || v+1 == len(w) ||
		w[v+1].UPOS != "NUM" && nlp.Month(lower(w[v+1].Form)) == 0 && !temporalNouns[lower(w[v+1].Lemma)] ||
		w[v].Deprel != "advcl" && w[v].Deprel != "acl" || r.find(v, "nsubj", "aux", "aux:pass", "mark") >= 0 {
		return
	}
	t := v - 1
	for t > 0 && w[t].Head >= 0 && w[t].Head < v && r.temporalAt(w[t].Head) && w[t].Head > v-6 {
		t = w[t].Head
	}
	if w[t].Head != v && w[v].Head != t {
		r.set(v, t, "acl")
	}
}

// deictic says whether word t is a day or a span of time that is told from today: "Friday", "last week", "yesterday".
func (r *repairer) deictic(t int) bool {
	w := r.s.Words
	switch f := lower(w[t].Form); {
	case weekdays[f], f == "yesterday", f == "today", f == "tomorrow":
		return true
	case !temporalNouns[lower(w[t].Lemma)]:
		return false
	}
	for k := max(0, t-3); k < t; k++ {
		switch lower(w[k].Form) {
		case "last", "this", "next":
			if w[k].Head == t {
				return true
			}
		}
	}
	return false
}
