package extract

// Repairs of figures and of the fixed phrases that markets use.

// stockSplit: in "declared a two-for-one stock split" the last word is a noun, however a parser took it for a verb.
func (r *repairer) stockSplit(k int) {
	w := r.s.Words
	if lower(w[k].Form) != "split" || k < 2 {
		return
	}
	first := k - 1 // of the words between the article or number and the noun
	if f := lower(w[first].Form); f != "stock" && f != "share" {
		return
	}
	for first > 0 && (w[first-1].UPOS == "ADJ" || w[first-1].UPOS == "NOUN" || w[first-1].XPOS == "NNP" && lower(w[first-1].Form) == "common") {
		first--
	}
	ratio := first - 5 // "two-for-one"
	if ratio < 0 || lower(w[first-3].Form) != "for" || w[first-4].Form != "-" || w[first-2].Form != "-" || w[ratio].UPOS != "NUM" || w[first-1].UPOS != "NUM" {
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
		if h := w[m].Head; h >= 0 && h < from && w[h].UPOS != "VERB" && w[m].Deprel == "acl" && w[h].Head >= 0 && w[w[h].Head].UPOS == "VERB" && w[h].Head < from && w[h].Head > verb {
			verb = w[h].Head // "recommend to holders a split", read as holders that are split
		}
	}
	if w[k].UPOS == "NOUN" && w[k].Deprel != "xcomp" && w[k].Deprel != "ccomp" || verb < 0 || w[k].Head >= 0 && w[k].Head < from && w[w[k].Head].UPOS == "NOUN" && w[k].Deprel == "nmod" {
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
	if u > 1 && u+3 < len(w) && w[u-1].UPOS == "NUM" && w[u-2].UPOS == "DET" && lower(w[u].Form) == "dlr" && (lower(w[u+1].Form) == "a" || lower(w[u+1].Form) == "an" || lower(w[u+1].Form) == "per") {
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

// measured makes the words from first, with the unit u, modifiers of the noun that ends the phrase at next.
func (r *repairer) measured(first, u, next int) {
	w := r.s.Words
	head := next
	for head < len(w) && (w[head].UPOS == "NOUN" || w[head].UPOS == "ADJ" || w[head].XPOS == "VB" || w[head].XPOS == "VBP") && head < next+4 {
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
	if u < 3 || w[u-1].UPOS != "NUM" || lower(w[u-2].Form) != "or" || w[u-3].Form != "," && !unitNouns[lower(w[u-3].Lemma)] && !unitAbbreviations[lower(w[u-3].Form)] {
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
	if bare := w[first].UPOS == "NUM" && w[first+1].Form == "," && w[first].Deprel == "nmod"; !bare { // "gains of 147,671, or four cts a share"
		if !unitAbbreviations[lower(w[first].Form)] && !unitNouns[lower(w[first].Lemma)] {
			return // "net of 5 mln dlrs": it ends with the unit
		}
		if number := r.any(first, "nummod", "compound", "amod"); number < 0 || number > first || w[number].Head != first {
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
		case w[first].Deprel != "nmod" && home >= 0 && (universal(x.Deprel) == "obl" || x.Deprel == "advmod" || x.Deprel == "advcl" || x.Deprel == "parataxis"):
			r.set(k, home, x.Deprel)
		case universal(x.Deprel) == "obl" || x.Deprel == "obj":
			r.set(k, u, "nmod")
		}
	}
}

// nounInList: in "a fall in the dollar, a rise in yields, increases in prices or war" the plural without a subject is one more of the list.
func (r *repairer) nounInList(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBZ" || w[v].Deprel != "conj" || !changeNouns[w[v].Lemma] || v < 2 || v+1 >= len(w) || w[v-1].Form != "," || w[v+1].UPOS != "ADP" ||
		r.any(v, "nsubj", "nsubj:pass", "expl", "aux", "cc", "obj") >= 0 {
		return
	}
	n := v - 2
	for n >= 0 && w[n].Head >= 0 && w[n].Head < v && (w[n].Deprel == "nmod" || w[n].Deprel == "flat" || w[n].Deprel == "compound" || w[n].Deprel == "amod") {
		n = w[n].Head
	}
	if n < 0 || w[n].UPOS != "NOUN" || w[v].Head < 0 || w[v].Head > n {
		return
	}
	r.tag(v, "NOUN", "NNS")
	if w[n].Deprel == "appos" && w[n].Head >= 0 && w[w[n].Head].UPOS == "NOUN" && changeNouns[w[w[n].Head].Lemma] {
		first := w[n].Head
		r.set(n, first, "conj")
		n = first
	}
	r.set(v, n, "conj")
	for k := v + 1; k < min(len(w), v+reach); k++ {
		if x := &r.s.Words[k]; x.Head == v && universal(x.Deprel) == "obl" {
			r.set(k, v, "nmod")
		}
	}
}

// changeNouns are nouns whose plural reads like a verb.
var changeNouns = words(`increase decrease rise fall drop gain cut decline advance loss depreciation change climb jump slide surge`)
