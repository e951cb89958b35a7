package extract

import "kg/internal/nlp"

// Coordination of nominals: which word a conjunct is joined to.

// caseOfConjunct: what "and" joins with a preposition of its own stands beside a phrase with the same one: in "recovering from talk of
// a crash and from the crisis", read as talk of the crisis, it recovers from the crisis.
func (r *repairer) caseOfConjunct(m int) {
	w := r.s.Words
	k := w[m].Head
	if k < 0 || k > m || !r.nominalAt(k) {
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
	if h < 0 || h > m || !r.nominalAt(h) {
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
	if t < c || w[t].Deprel != "nmod:desc" {
		return
	}
	if n := w[t].Head; n > t && w[n].UPOS == "PROPN" && r.leftmost(n) == c && r.find(n, "case") < 0 {
		r.set(c, n, "case")
	}
}

// overWhat: what two quarrel over is not of the second: in "a row between Oslo and Lima over fish" the row is over fish.
func (r *repairer) overWhat(m int) {
	w := r.s.Words
	b := w[m].Head
	if b < 0 || b > m || w[b].Deprel != "conj" {
		return
	}
	switch r.preposition(m) {
	case "over", "about", "on", "regarding", "concerning":
	default:
		return
	}
	if a := w[b].Head; a >= 0 && a < b && w[a].Deprel == "nmod" && r.preposition(a) == "between" && w[a].Head >= 0 && mutual[lower(w[w[a].Head].Lemma)] {
		r.set(m, w[a].Head, "nmod")
	}
}

// amountOfAmount: amounts of one measure are joined to each other: in "sales of 12 mln dlrs in Peru and 15 mln dlrs in Togo", read as
// sales in 15 mln dlrs, they are of 15 mln.
func (r *repairer) amountOfAmount(m int) {
	w := r.s.Words
	k := w[m].Head
	if k < 0 || k > m || !r.amount(m) || w[m].UPOS == "NUM" || r.amount(k) || r.caseBefore(m) >= 0 ||
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

// officeOfAnother: what "and" joins to an office is an office: in "Roe, chairman of the Exchange and former head of Berg", read as
// chairman of a head or as Roe and a head, Roe was both.
func (r *repairer) officeOfAnother(m int) {
	w := r.s.Words
	h := w[m].Head
	if w[m].XPOS == "NNS" || !isAgentNoun(w[m].Lemma) || h < 0 || h > m || w[h].UPOS != "PROPN" {
		return
	}
	cc := r.find(m, "cc")
	if cc < 1 || cc > m || w[cc-1].Form == "," || r.caseBefore(m) >= 0 || r.find(m, "appos", "flat") >= 0 {
		return
	}
	if a := r.find(m, "det"); a >= 0 && (lower(w[a].Form) == "the" || r.find(m, "amod") != a+1 || lower(w[a+1].Form) != "former") {
		return // "Roe, chairman of Berg, and a banker"
	}
	if a := w[h].Head; w[h].Deprel == "nmod" && a >= 0 && a < h && w[a].UPOS == "NOUN" && w[a].XPOS != "NNS" && isAgentNoun(w[a].Lemma) {
		r.set(m, a, "conj")
		return
	}
	if a := r.find(h, "appos"); a > h && a < cc && w[a].UPOS == "NOUN" && w[a].XPOS != "NNS" && isAgentNoun(w[a].Lemma) &&
		w[r.leftmost(a)-1].Form == "," || a > h && a < cc && w[r.leftmost(a)].Form == "," && isAgentNoun(w[a].Lemma) {
		r.set(m, a, "conj")
	}
}

// relativeOfName: what follows a name describes all of it: in "Bank of Peru Inc, which owns it" the bank does.
func (r *repairer) relativeOfName(c int) {
	w := r.s.Words
	t := w[c].Head
	if t < 1 || t > c || w[t].UPOS != "PROPN" {
		return
	}
	top := t
	for h := w[top].Head; h >= 0 && h < top && (w[top].Deprel == "nmod" || w[top].Deprel == "flat") && w[h].UPOS == "PROPN"; h = w[top].Head {
		for k := h + 1; k <= top; k++ {
			if len(w[k].NER) < 3 || w[k].NER[0] != 'I' || ner(w[k].NER) != ner(w[h].NER) {
				h = -1
				break
			}
		}
		if h < 0 {
			break
		}
		top = h
	}
	if top != t {
		r.set(c, top, w[c].Deprel)
	}
}

// appositionOfName: in "Peru Zero, a firm in Oslo" the firm is no other name of a part of the name.
func (r *repairer) appositionOfName(a int) {
	w := r.s.Words
	p := w[a].Head
	if p < 0 || p > a || w[p].UPOS != "PROPN" || w[p].Deprel != "compound" && w[p].Deprel != "amod" {
		return
	}
	if h := w[p].Head; h > p && h < a && w[h].UPOS == "PROPN" && w[h+1].Form == "," && r.leftmost(a) == h+1 {
		r.set(a, h, "appos")
	}
}

// hyphenatedOffice: "Director-General" is one office, not one with another name.
func (r *repairer) hyphenatedOffice(i int) {
	w := r.s.Words
	if i < 1 || i+1 >= len(w) || w[i-1].End != w[i].Begin || w[i].End != w[i+1].Begin || w[i+1].Head != i-1 ||
		w[i+1].Deprel != "appos" || !capitalised(w[i-1].Form) || !capitalised(w[i+1].Form) || !isAgentNoun(w[i-1].Form) {
		return
	}
	r.handOver(i+1, i-1, nil)
	r.set(i+1, i-1, "flat")
}

// titleNames: the words of a name before a title belong together: in "New York Port President Roe", where "Port" was read as
// describing what is before it, all of them are of the president.
func (r *repairer) titleNames(k int) {
	w := r.s.Words
	if k < 1 || k+1 >= len(w) || w[k].Head != k-1 ||
		w[k+1].UPOS != "PROPN" || w[k+1].Deprel != "compound" || w[k+1].Head < k+2 || w[k-1].Head != w[k+1].Head {
		return
	}
	r.set(k, k+1, "compound")
	r.set(k-1, k+1, "compound")
}

// nounOrVerb are plurals of nouns that are verbs, too, where an infinitive follows.
var nounOrVerb = words(`plans hopes aims needs intends expects seeks wants`)

// planningVerb: in "it may buy more and plans to sell", read as buying plans, it plans.
func (r *repairer) planningVerb(m int) {
	w := r.s.Words
	h := w[m].Head
	if !nounOrVerb[lower(w[m].Form)] || h < 1 || h > m || w[h].Deprel != "obj" || m+2 >= len(w) ||
		lower(w[m+1].Form) != "to" || w[m-1].UPOS != "CCONJ" || w[m-1].Head != m || lower(w[m-1].Form) != "and" {
		return
	}
	v, inf := w[h].Head, r.find(m, "acl")
	if v < 0 || v > h || w[v].UPOS != "VERB" || inf != w[m+1].Head || w[inf].XPOS != "VB" || r.find(m, "det", "amod", "nmod:poss", "nmod") >= 0 {
		return
	}
	s := r.find(v, "nsubj")
	if s < 0 || w[s].XPOS == "NNS" || w[s].XPOS == "NNPS" || w[s].XPOS == "PRP" && lower(w[s].Form) != "it" && lower(w[s].Form) != "he" &&
		lower(w[s].Form) != "she" || r.find(s, "conj") >= 0 {
		return
	}
	r.set(m, v, "conj")
	r.tag(m, "VERB", "VBZ")
	r.s.Words[m].Lemma = r.s.Words[m].Form[:len(w[m].Form)-1]
	r.set(inf, m, "xcomp")
}

// ofTime: nothing is of a weekday: in "the choice on Friday of Lund" and "the choice last week of Lund" it is the choice of Lund.
func (r *repairer) ofTime(m int) {
	w := r.s.Words
	t := w[m].Head
	if t < 1 || t > m || r.preposition(m) != "of" || r.temporalAt(m) || !r.deictic(t) {
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
	if d < 1 || d+1 >= len(w) || w[d+1].UPOS != "NUM" && !calendarNames[lower(w[d+1].Form)] {
		return
	}
	t := w[d].Head
	if t == d-1 { // "notes due May 2, 1992", read as notes, May 2
		k := d + 1
		for w[k].Head > k && r.temporalAt(w[k].Head) {
			k = w[k].Head
		}
		if rel := w[k].Deprel; w[k].Head == t && r.temporalAt(k) && (rel == "appos" || rel == "nmod") {
			r.set(k, d, "obl:unmarked")
		}
		return
	}
	if t <= d || w[d-1].UPOS != "NOUN" || w[d-1].XPOS == "VBG" || w[t].Head == d-1 || !r.temporalAt(t) {
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
	if t < 1 || t > c || !weekdays[lower(w[t].Form)] && nlp.Month(lower(w[t].Form)) == 0 {
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
	if v > 1 && w[v].Lemma == "end" && w[v].XPOS == "VB" && w[v-1].XPOS == "TO" && w[v-1].Head == v && r.temporalAt(v-2) && w[v-2].Head != v &&
		v+1 < len(w) && nlp.Month(lower(w[v+1].Form)) != 0 && (w[v].Deprel == "advcl" || w[v].Deprel == "xcomp") {
		r.set(v, v-2, "acl") // "in the year to end March"
		return
	}
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
	if d := r.find(v, "obj", "xcomp"); d > v && r.temporalAt(d) {
		r.set(d, v, "obl:unmarked") // the day, which the time does not end
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

// listInList: a list of two takes one "and": in "the repair and sale of cars and vans", read as the repair, the sale and vans, the last two
// are both repaired and sold.
func (r *repairer) listInList(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.caseBefore(k) >= 0 || r.find(k, "det", "nmod:poss") >= 0 {
		return
	}
	cc := r.find(k, "cc")
	if cc < 1 || cc > k || w[cc-1].UPOS == "PUNCT" || r.leftmost(k) != cc {
		return
	}
	c, last := r.among(h, h, k, "conj")
	if c < 0 || c != last {
		return
	}
	if cc2 := r.find(c, "cc"); cc2 <= h || cc2 > c || lower(w[cc2].Form) != lower(w[cc].Form) || r.leftmost(c) != cc2 || w[cc2-1].UPOS == "PUNCT" {
		return
	}
	n, _ := r.among(h, c, k, "nmod")
	if n < 0 {
		n, _ = r.among(c, c, k, "nmod")
	}
	if n < 0 || r.rightmost(n, k) != cc-1 || r.preposition(n) != "of" || w[n].UPOS != w[k].UPOS || w[n].XPOS != w[k].XPOS {
		return
	}
	r.set(k, n, "conj")
}
