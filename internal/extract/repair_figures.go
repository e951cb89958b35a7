package extract

import (
	"strings"

	"kg/internal/nlp"
)

// Figures: numbers with their units, and the fixed phrases that markets use.

// stockSplit: in "declared a two-for-one stock split" the last word is a noun, however a parser took it for a verb.
func (r *repairer) stockSplit(k int) {
	w := r.s.Words
	if k < 2 {
		return
	}
	first := k - 1 // of the words between the article or number and the noun
	if f := lower(w[first].Form); f != "stock" && f != "share" {
		return
	}
	for first > 0 && (w[first-1].UPOS == "ADJ" || w[first-1].UPOS == "NOUN" ||
		w[first-1].XPOS == "NNP" && lower(w[first-1].Form) == "common") {
		first--
	}
	ratio := first - 5 // "two-for-one"
	if ratio < 0 || lower(w[first-3].Form) != "for" || w[first-4].Form != "-" || w[first-2].Form != "-" ||
		w[ratio].UPOS != "NUM" || w[first-1].UPOS != "NUM" {
		ratio = -1
	}
	det := first - 1
	if ratio >= 0 {
		det = ratio - 1
	}
	if det < 0 || ratio < 0 && w[det].UPOS != "DET" {
		return
	}
	from := det
	if w[det].UPOS != "DET" && w[det].XPOS != "PRP$" {
		from = det + 1
	}
	// The verb whose object it is stands before the phrase: the nearest word outside that a word of the phrase hangs on.
	verb := -1
	for m := from; m <= k; m++ {
		if h := w[m].Head; h >= 0 && h < from && w[h].UPOS == "VERB" && h > verb {
			verb = h
		}
		if h := w[m].Head; h >= 0 && h < from && w[h].UPOS != "VERB" && w[m].Deprel == "acl" && w[h].Head >= 0 &&
			w[w[h].Head].UPOS == "VERB" && w[h].Head < from && w[h].Head > verb {
			verb = w[h].Head // "recommend to holders a split", read as holders that are split
		}
	}
	if w[k].UPOS == "NOUN" && w[k].Deprel != "xcomp" && w[k].Deprel != "ccomp" || verb < 0 ||
		w[k].Head >= 0 && w[k].Head < from && w[w[k].Head].UPOS == "NOUN" && w[k].Deprel == "nmod" {
		return
	}
	r.tag(k, "NOUN", "NN")
	r.set(k, verb, "obj")
	for m := from; m < k; m++ {
		rel := "compound"
		switch {
		case m == det && w[m].XPOS == "PRP$":
			rel = "nmod:poss"
		case w[m].UPOS == "DET":
			rel = "det"
		case w[m].UPOS == "ADJ":
			rel = "amod"
		case w[m].UPOS == "PUNCT":
			rel = "punct"
		}
		r.set(m, k, rel)
	}
	for m := k + 1; m < min(len(w), k+reach); m++ { // what else hung on the words of the phrase
		if h := r.s.Words[m].Head; h >= from && h < k {
			r.set(m, k, r.s.Words[m].Deprel)
		} else if h == k && r.s.Words[m].UPOS == "ADJ" {
			r.set(m, k, "amod")
		} else if h == k && universal(r.s.Words[m].Deprel) == "obl" {
			r.set(m, k, "nmod")
		}
	}
}

// measureBefore: "a 15-dlr-a-share offer", "a 40-dlr-per-share bid": the measure tells what kind of offer it is.
func (r *repairer) measureBefore(u int) {
	w := r.s.Words
	if u > 1 && u+3 < len(w) && w[u-1].UPOS == "NUM" && w[u-2].UPOS == "DET" && lower(w[u].Form) == "dlr" &&
		(lower(w[u+1].Form) == "a" || lower(w[u+1].Form) == "an" || lower(w[u+1].Form) == "per") {
		r.measured(u-1, u, u+3) // "a 15 dlr a share offer"
		return
	}
	if u < 2 || u+4 >= len(w) || w[u-2].UPOS != "NUM" || w[u-1].Form != "-" || w[u+1].Form != "-" || w[u+3].Form != "-" {
		return
	}
	switch lower(w[u+2].Form) {
	case "a", "an", "per", "the":
	default:
		return
	}
	for m := u - 1; m < u+4; m++ {
		if w[m].Begin != w[m-1].End {
			return
		}
	}
	r.measured(u-2, u, u+5)
}

// countedThings: a number before a compound counts the things that its last noun names, not what they are called after: "16 Coalition
// aircraft". Years and what is written as part of the name count nothing.
func (r *repairer) countedThings(i int) {
	w := r.s.Words
	h := w[i].Head
	if h <= i || w[h].UPOS != "PROPN" || w[h].Deprel != "compound" || len(w[i].NER) > 2 {
		return
	}
	n := w[h].Head
	if n <= h || n > i+5 || w[n].UPOS != "NOUN" || w[n].Feat("Number") != "Plur" && w[n].Lemma != "aircraft" || r.find(n, "nummod", "punct") >= 0 ||
		len(w[i].Form) == 4 && (w[i].Form[0] == '1' || w[i].Form[0] == '2') {
		return
	}
	r.set(i, n, "nummod")
}

// measured makes the words from first, with the unit u, modifiers of the noun that ends the phrase at next.
func (r *repairer) measured(first, u, next int) {
	w := r.s.Words
	head := next
	for head < len(w) && (w[head].UPOS == "NOUN" || w[head].UPOS == "ADJ" || w[head].XPOS == "VB" ||
		w[head].XPOS == "VBP") && head < next+4 {
		head++
	}
	head--
	if head < next || w[head].UPOS == "ADJ" {
		return
	}
	out, rel := w[u].Head, w[u].Deprel
	if out >= first && out <= head || universal(rel) == "compound" {
		out, rel = w[head].Head, w[head].Deprel
	}
	if out >= first && out <= head {
		return
	}
	r.set(head, out, rel)
	for m := first; m < head; m++ {
		rel := "compound"
		switch {
		case w[m].UPOS == "PUNCT" || w[m].Form == "-":
			rel = "punct"
		case w[m].UPOS == "ADJ":
			rel = "amod"
		}
		if w[m].UPOS == "VERB" {
			r.tag(m, "NOUN", "NN")
		}
		r.set(m, head, rel)
	}
	from, to := r.near(u)
	for m := from; m < to; m++ {
		if h := r.s.Words[m].Head; (m < first || m > head) && h >= first && h < head {
			r.set(m, head, r.s.Words[m].Deprel)
		}
	}
}

// orAmount: "5 mln dlrs, or 14 cts a share" is one amount told twice: the second belongs to the first, and no verb hides in it.
func (r *repairer) orAmount(u int) {
	w := r.s.Words
	if u < 3 || w[u-1].UPOS != "NUM" || lower(w[u-2].Form) != "or" ||
		w[u-3].Form != "," && !unitNouns[lower(w[u-3].Lemma)] && !unitAbbreviations[lower(w[u-3].Form)] {
		return
	}
	if f := lower(w[u].Form); !unitAbbreviations[f] && !unitNouns[lower(w[u].Lemma)] {
		return
	}
	first := u - 3
	if w[first].Form == "," {
		first--
	}
	for first > 0 && w[first].Deprel == "fixed" {
		first--
	}
	if first < 1 || w[first].UPOS == "VERB" || w[first].Head == u {
		return
	}
	if bare := w[first].UPOS == "NUM" && w[first+1].Form == "," &&
		w[first].Deprel == "nmod"; !bare { // "gains of 147,671, or four cts a share"
		if !unitAbbreviations[lower(w[first].Form)] && !unitNouns[lower(w[first].Lemma)] {
			return // "net of 5 mln dlrs": it ends with the unit
		}
		if number := r.find(first, "nummod", "compound", "amod"); number < 0 || number > first || w[number].Head != first {
			return
		}
	}
	if w[u].Head == first && w[u].UPOS == "NOUN" && (w[u].Deprel == "conj" || w[u].Deprel == "appos") {
		return
	}
	out := w[u].Head
	if out > u || out < 0 {
		return
	}
	r.tag(u, "NOUN", "NNS")
	r.set(u-1, u, "nummod")
	r.set(u-2, u, "cc")
	r.set(u, first, "conj")
	home := w[first].Head // what else was read as part of the "verb"
	for k, to := r.near(u); k < to; k++ {
		x := &r.s.Words[k]
		if x.Head != u || k < u {
			continue
		}
		switch {
		case k <= u+2 && (x.Deprel == "obj" || x.Deprel == "obl" || x.Deprel == "obl:unmarked" || x.Deprel == "nmod"):
			r.set(k, u, "nmod:unmarked")
			if r.caseBefore(k) >= 0 {
				r.set(k, u, "nmod")
			}
		case w[first].Deprel != "nmod" && home >= 0 && (universal(x.Deprel) == "obl" || x.Deprel == "advmod" ||
			x.Deprel == "advcl" || x.Deprel == "parataxis"):
			r.set(k, home, x.Deprel)
		case universal(x.Deprel) == "obl" || x.Deprel == "obj":
			r.set(k, u, "nmod")
		}
	}
}

// quantity: a number and the unit behind it are one phrase, whose head is the unit: "rose 10 pct", "between 200 and 300 jobs",
// "four to six feet".
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
			r.handOver(o, u, func(m int, rel string) bool { return m < u && rel == "case" })
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
	case w[k].Deprel == "conj" && h < k && w[h].UPOS == "NUM" && w[h].Head == w[u].Head && h != u &&
		w[u].Deprel != "conj" && r.caseBefore(u) < 0 && r.rangeOf(h, k):
		// "between 200 and 300 jobs": the first number has the arc of the whole
		r.takeOver(h, u)
	case w[u].Head == k || (w[u].Head == h || w[h].UPOS == "NUM" && w[u].Head == w[h].Head && w[k].Deprel == "nmod") &&
		h != u && unitNouns[lower(w[u].Lemma)] && r.caseBefore(u) < 0:
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

// openRange: in "waves of four to six feet" the two numbers count one unit. After "from", or after a number with a unit of its
// own, "to" is a preposition of its own: "rose from four to six feet".
func (r *repairer) openRange(k, u int) bool {
	w := r.s.Words
	if k < 2 || k != u-1 || lower(w[k-1].Form) != "to" && lower(w[k-1].Form) != "or" || w[k-2].UPOS != "NUM" ||
		w[k-2].Head == u || w[k-2].Head < 0 || w[k].Head != u {
		return false
	}
	a := k - 2
	if w[k-1].Head != u && w[k-1].Head != k || w[u].Head == a && w[u].Deprel == "conj" || w[a].Head > k ||
		w[a].Deprel == "nummod" {
		return false
	}
	if a > 0 && (lower(w[a-1].Form) == "from" || nlp.Month(lower(w[a-1].Form)) > 0) || unitNouns[lower(w[a].Lemma)] || temporalDigits(w[a].Form) {
		return false // "cut on May 1 to 9 pct"
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
	if w[h].UPOS == "NUM" && w[k].Head == h && w[k].Deprel == "conj" && r.preposition(h) == "between" {
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
	r.handOver(k, u, func(m int, rel string) bool {
		return (rel != "conj" || m > u) && rel != "advmod" && rel != "cc" && rel != "compound"
	})
	r.set(k, u, "nummod")
}

// betweenPair: "between" wants two: in "a talk between Ross and an aide", read as a talk and an aide, the last two belong
// together.
func (r *repairer) betweenPair(b int) {
	w := r.s.Words
	if w[b].Head < 0 || w[b].Head > b {
		return
	}
	cc := r.joiner(b)
	if cc < 2 || lower(w[cc].Form) != "and" {
		return
	}
	a := -1
	for n, up := cc-1, 0; n > w[b].Head && up < reach; n, up = w[n].Head, up+1 {
		if p := r.preposition(n); p != "" {
			if p == "between" {
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
	if a < 0 || w[a].Head == b || r.find(a, "conj") >= 0 || w[a].XPOS == "NNS" || w[a].XPOS == "PRP" ||
		w[a].UPOS == "NUM" && w[b].UPOS != "NUM" || !r.under(a, w[b].Head) {
		return
	}
	r.set(b, a, "conj")
	r.set(cc, b, "cc")
}

// upTo: "up to 100 workers" counts, it is no preposition: the noun is the subject of its verb.
func (r *repairer) upTo(i int) {
	w := r.s.Words
	if w[i].Deprel == "compound:prt" && i+2 < len(w) && lower(w[i+1].Form) == "to" && w[w[i].Head].Head != i {
		r.upToObject(i)
		return
	}
	if w[i].Deprel != "case" || i+2 >= len(w) || lower(w[i+1].Form) != "to" || w[i+2].UPOS != "NUM" {
		return
	}
	noun := w[i].Head
	if noun <= i+2 || w[i+2].Head != noun {
		return
	}
	r.set(i, i+2, "advmod")
	v := w[noun].Head
	if w[noun].Deprel != "obl" || v < 0 || w[v].UPOS != "VERB" || r.find(v, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	switch {
	case noun > v && r.find(v, "obj") < 0:
		r.set(noun, v, "obj")
	case noun < v && r.find(v, "aux:pass") >= 0:
		r.set(noun, v, "nsubj:pass")
	case noun < v:
		r.set(noun, v, "nsubj")
	}
}

// upToObject: "slap up to 9 dlrs on imports", "buy up to another 300 shares": that much is slapped on them and bought, nobody buys up.
func (r *repairer) upToObject(i int) {
	w := r.s.Words
	v, n := w[i].Head, i+2
	for n < len(w)-1 && n < i+5 && (w[n].UPOS == "DET" && lower(w[n].Form) != "the" || w[n].UPOS == "ADJ") {
		n++ // "another", "an additional"
	}
	if w[n].UPOS != "NUM" && !limitNouns[lower(w[n].Lemma)] || w[i+1].Deprel != "case" {
		return
	}
	u := w[i+1].Head
	for u > i+1 && w[u].Head > u && (w[u].UPOS == "NUM" || w[u].Deprel == "compound" || w[u].Deprel == "nummod") {
		u = w[u].Head
	}
	if u < n || w[u].Head != v {
		return
	}
	switch o := r.find(v, "obj"); {
	case w[u].Deprel == "obl" && o < 0:
		r.set(u, v, "obj")
	case w[u].Deprel == "obj":
	default:
		return
	}
	at := u
	if w[n].UPOS == "NUM" {
		at = n
	}
	r.set(i, at, "advmod")
	r.set(i+1, at, "advmod")
}

// limitNouns tell how much at the most: "up to a maximum of 5 shares".
var limitNouns = words(`maximum total limit ceiling`)

// ownedShare: in "Acme, 65 pct owned by Bolt" Bolt owns Acme, not the percentage.
func (r *repairer) ownedShare(v int) {
	w := r.s.Words
	if w[v].Lemma != "own" && w[v].Lemma != "hold" && w[v].Lemma != "control" || v < 2 {
		return
	}
	p := v - 1
	if !unitNouns[lower(w[p].Lemma)] && w[p].Form != "%" || r.find(v, "nsubj", "nsubj:pass", "aux") >= 0 {
		return
	}
	n := w[p].Head
	switch {
	case w[p].Deprel == "appos" && n >= 0 && n < p && (w[v].Head == p || w[v].Head == n):
		r.set(v, n, "acl")
		r.set(p, v, "obl:unmarked")
	case w[v].Deprel == "amod" && w[v].Head > v && w[p].Head == w[v].Head: // "its 65 pct owned unit"
		r.set(p, v, "obl:unmarked")
	}
}

// settledAt: markets close up or down by a number, they do not "settle up" one: in "May settled up 12 at 740 stg" the 12 tells by how much.
func (r *repairer) settledAt(p int) {
	w := r.s.Words
	if p < 1 || w[p].Head != p-1 || p+1 >= len(w) || w[p+1].UPOS != "NUM" {
		return
	}
	switch w[p-1].Lemma {
	case "settle", "close", "end", "finish", "open", "trade":
	default:
		return
	}
	n := p + 1
	for n+1 < len(w) && w[n].Head == n+1 && (w[n+1].UPOS == "NUM" || w[n+1].UPOS == "NOUN") {
		n++
	}
	if w[n].Head != p-1 {
		return
	}
	r.tag(p, "ADV", "RB")
	r.set(p, p-1, "advmod")
	r.set(n, p-1, "obl:unmarked")
}

// datedNoun: an article before a date belongs to the noun behind it: in "backed a May 3, 1990, date for it", read as backing May 3, it is a
// date.
func (r *repairer) datedNoun(d int) {
	w := r.s.Words
	if d+3 >= len(w) || nlp.Month(lower(w[d+1].Form)) == 0 || w[d+2].UPOS != "NUM" {
		return
	}
	n := d + 3
	if w[n].Form == "," && n+1 < len(w) && w[n+1].UPOS == "NUM" && temporalDigits(w[n+1].Form) {
		n += 2
	} else if temporalDigits(w[n].Form) && w[n].UPOS == "NUM" {
		n++
	}
	if n < len(w) && w[n].Form == "," {
		n++
	}
	first := n
	for n < len(w) && n < first+4 && (w[n].UPOS == "NOUN" || w[n].UPOS == "ADJ" || w[n].XPOS == "VB" || w[n].XPOS == "VBP") {
		n++
	}
	if n--; n < first || w[n].UPOS == "ADJ" {
		return
	}
	top := -1 // has the arc of the whole
	for k := d; k <= n; k++ {
		if h := w[k].Head; (h < d || h > n) && h >= 0 && r.nominalAt(k) && w[k].Deprel != "conj" {
			top = k
			break
		}
	}
	if top < 0 {
		return
	}
	if top != n {
		r.set(n, w[top].Head, w[top].Deprel)
	}
	if w[n].UPOS != "NOUN" {
		r.tag(n, "NOUN", "NN")
	}
	for k, to := r.near(n); k < to; k++ {
		switch x := r.s.Words[k].Head; {
		case k == d:
			r.set(k, n, "det")
		case k > d && k < n && w[k].UPOS == "PUNCT":
			r.set(k, n, "punct")
		case k > d && k < n && w[k].UPOS == "ADJ":
			r.set(k, n, "amod")
		case k > d && k < n:
			r.set(k, n, "compound")
		case x >= d && x <= n && k > n && universal(r.s.Words[k].Deprel) == "obl":
			r.set(k, n, "nmod")
		case x >= d && x < n:
			r.set(k, n, r.s.Words[k].Deprel)
		}
	}
}

// ofRate: an amount is of what it measures, not the time in which it comes: "buys 2 mln tonnes a year of ore".
func (r *repairer) ofRate(m int) {
	w := r.s.Words
	t := w[m].Head
	if t < 2 || t > m || r.preposition(m) != "of" || !temporalNouns[lower(w[t].Lemma)] || r.caseBefore(m) != t+1 {
		return
	}
	switch lower(w[t-1].Form) {
	case "a", "per", "each":
	default:
		return
	}
	if u := t - 2; unitNouns[lower(w[u].Lemma)] && w[u].UPOS == "NOUN" && r.find(u, "nummod") >= 0 {
		r.set(m, u, "nmod")
		r.set(t, u, "nmod:unmarked")
	}
}

// ofBetween: in "sales of between 3 and 4 mln dlrs" both prepositions belong to the amounts.
func (r *repairer) ofBetween(b int) {
	w := r.s.Words
	if b < 1 || w[b-1].Deprel != "case" || b+1 >= len(w) {
		return
	}
	u := w[b].Head
	if u > b && w[u].UPOS == "NUM" && w[u].Deprel == "nummod" {
		u = w[u].Head
	}
	if u > b && w[b-1].Head == u {
		r.set(b, u, "case")
	}
}

// score: the result before a colon is no part of the report behind it: "Rovers 2, Lund 1: Ana Ruiz scored".
func (r *repairer) score(c int) {
	w := r.s.Words
	if c < 5 || c > 12 || c+3 > len(w) {
		return
	}
	numbers := 0
	for k := 0; k < c; k++ {
		switch {
		case w[k].UPOS == "NUM":
			numbers++
		case w[k].UPOS != "PROPN" && w[k].UPOS != "NOUN" && w[k].UPOS != "PUNCT" && w[k].UPOS != "ADJ":
			return
		}
	}
	root := r.root()
	if numbers != 2 || root < c {
		return
	}
	for k := range w {
		h := r.s.Words[k].Head
		switch {
		case h < 0 || k < c == (h < c):
		case k < c:
			r.set(k, root, "dep")
		case w[k].UPOS == "VERB":
			r.set(k, root, "parataxis")
		default:
			r.set(k, root, "dep")
		}
	}
}
