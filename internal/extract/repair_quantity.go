package extract

import "strings"

// quantity: a number and the unit behind it are one phrase, whose head is the unit: "rose 10 pct", "between 200 and 300 jobs", "four to
// six feet".
func (r *repairer) quantity(u int) {
	w := r.s.Words
	if u == 0 {
		return
	}
	if f := lower(w[u].Form); w[u].UPOS != "NOUN" && unitAbbreviations[f] && w[u-1].UPOS == "NUM" {
		r.tag(u, "NOUN", "NN")
		r.s.Words[u].Lemma = strings.TrimSuffix(f, "s")
		w = r.s.Words
		if o := u + 2; o < len(w) && w[u+1].UPOS == "DET" && w[u+1].Head == o && w[u-1].Head == o && w[o].Head < u-1 {
			// "by one dlr a barrel", read as a verb
			r.takeOver(u-1, u)
			r.set(u, w[o].Head, w[o].Deprel)
			for m := max(0, u-reach); m < u; m++ {
				if x := &r.s.Words[m]; x.Head == o && x.Deprel == "case" {
					r.set(m, u, "case")
				}
			}
			r.set(u-1, u, "nummod")
			r.set(o, u, "nmod:unmarked")
			return
		}
	}
	if w[u].UPOS != "NOUN" && w[u].UPOS != "SYM" {
		return
	}
	k := u - 1
	for k > 0 && (w[k].UPOS == "NUM" || scales[lower(w[k].Form)]) && w[k].Head == u { // "10.37 mln"
		k--
	}
	if w[k].UPOS != "NUM" && k+1 < u {
		k++
	}
	if w[k].UPOS != "NUM" || w[k].Head < 0 {
		return
	}
	if r.openRange(k, u) {
		return
	}
	if w[k].Head == u || w[u].Deprel == "conj" && w[k].Head == w[u].Head {
		r.between(k, u)
		return
	}
	h := w[k].Head
	switch {
	case w[k].Deprel == "conj" && h < k && w[h].UPOS == "NUM" && w[h].Head == w[u].Head && h != u && w[u].Deprel != "conj" && r.caseBefore(u) < 0 && r.rangeOf(h, k):
		// "between 200 and 300 jobs": the first number has the arc of the whole
		r.takeOver(h, u)
	case w[u].Head == k || (w[u].Head == h || w[h].UPOS == "NUM" && w[u].Head == w[h].Head && w[k].Deprel == "nmod") && h != u && unitNouns[lower(w[u].Lemma)] && r.caseBefore(u) < 0:
		if !unitNouns[lower(w[u].Lemma)] || w[u].Deprel == "conj" || w[u].Deprel == "appos" || w[u].Deprel == "nsubj" {
			return
		}
		if w[u].Deprel == "compound" && w[u].Head == h { // "a 20 pct stake"
			r.set(k, u, "nummod")
			return
		}
		r.takeOver(k, u)
	}
}

// unitAbbreviations are no other words.
var unitAbbreviations = words(`dlr dlrs pct stg cts tonnes bpd mln bln`)

// scales are words of a number that taggers take for something else.
var scales = words(`mln bln mn bn million billion trillion thousand hundred dozen`)

// openRange: in "waves of four to six feet" the two numbers count one unit. After "from", or after a number with a unit of its own, "to"
// is a preposition of its own: "rose from four to six feet".
func (r *repairer) openRange(k, u int) bool {
	w := r.s.Words
	if k < 2 || k != u-1 || lower(w[k-1].Form) != "to" && lower(w[k-1].Form) != "or" || w[k-2].UPOS != "NUM" || w[k-2].Head == u || w[k-2].Head < 0 || w[k].Head != u {
		return false
	}
	a := k - 2
	if w[k-1].Head != u && w[k-1].Head != k || w[u].Head == a && w[u].Deprel == "conj" || w[a].Head > k || w[a].Deprel == "nummod" {
		return false
	}
	if a > 0 && lower(w[a-1].Form) == "from" || unitNouns[lower(w[a].Lemma)] || temporalDigits(w[a].Form) {
		return false
	}
	r.takeOver(a, u)
	r.set(k, a, "conj")
	r.set(k-1, k, "cc")
	return true
}

// temporalDigits says whether form can be a year.
func temporalDigits(form string) bool {
	return len(form) == 4 && (form[0] == '1' || form[0] == '2')
}

// between: "between 200 and 300 jobs" with 300 below the jobs and 200 apart.
func (r *repairer) between(k, u int) {
	w := r.s.Words
	if w[u].Deprel != "conj" || w[u].Head < 0 || w[u].Head >= k || k < 2 {
		return
	}
	h := w[u].Head
	if c := r.caseBefore(h); w[h].UPOS == "NUM" && w[k].Head == h && w[k].Deprel == "conj" && c >= 0 && lower(w[c].Form) == "between" {
		r.takeOver(h, u) // "between 3 billion and 4 billion dollars"
		return
	}
	if w[h].UPOS != "NUM" || h != k-2 || !r.rangeOf(h, k) {
		return
	}
	r.takeOver(h, u)
	r.set(k, h, "conj")
	if w[k-1].UPOS == "CCONJ" {
		r.set(k-1, k, "cc")
	}
}

// rangeOf says whether the numbers a and b are the ends of a range: "between 5 and 6", "5 to 6", "5 or 6".
func (r *repairer) rangeOf(a, b int) bool {
	if b != a+2 {
		return false
	}
	switch w := r.s.Words; lower(w[a+1].Form) {
	case "to", "or", "-":
		return true
	case "and":
		return a > 0 && lower(w[a-1].Form) == "between"
	}
	return false
}

// takeOver gives the unit u the arc of its number k, all that hangs on k but what is part of the number, and k as its number.
func (r *repairer) takeOver(k, u int) {
	if head, rel := r.s.Words[k].Head, r.s.Words[k].Deprel; rel != "nummod" || r.s.Words[u].Head != head {
		r.set(u, head, rel)
	}
	for m, to := r.near(k); m < to; m++ {
		if w := &r.s.Words[m]; w.Head == k && m != u && (w.Deprel != "conj" || m > u) && w.Deprel != "advmod" && w.Deprel != "cc" && w.Deprel != "compound" {
			r.set(m, u, w.Deprel)
		}
	}
	r.set(k, u, "nummod")
}

// betweenPair: "between" wants two: in "a talk between Ross and an aide", read as a talk and an aide, the last two belong together.
func (r *repairer) betweenPair(b int) {
	w := r.s.Words
	if w[b].Deprel != "conj" || w[b].Head < 0 || w[b].Head > b || !r.nominalAt(b) {
		return
	}
	cc := r.joiner(b)
	if cc < 2 || lower(w[cc].Form) != "and" {
		return
	}
	a := -1
	for n, up := cc-1, 0; n > w[b].Head && up < reach; n, up = w[n].Head, up+1 {
		if c := r.caseBefore(n); c >= 0 {
			if lower(w[c].Form) == "between" {
				a = n
			}
			if a >= 0 || w[n].Deprel != "nmod" {
				break
			}
		}
		if w[n].Head < 0 {
			return
		}
	}
	if a < 0 || w[a].Head == b || r.find(a, "conj") >= 0 || w[a].XPOS == "NNS" || w[a].XPOS == "PRP" || w[a].UPOS == "NUM" && w[b].UPOS != "NUM" || !r.under(a, w[b].Head) {
		return
	}
	r.set(b, a, "conj")
	r.set(cc, b, "cc")
}
