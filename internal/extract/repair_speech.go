package extract

// Misreadings around verbs of saying: who speaks, whom he tells, what is said.

// extraposed: in "it was announced by the ministry that prices would rise" the clause is what was announced.
func (r *repairer) extraposed(c int) {
	w := r.s.Words
	if w[c].Deprel != "acl:relcl" && w[c].Deprel != "acl" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	n := w[c].Head
	v := w[n].Head
	if v < 0 || v > n || universal(w[n].Deprel) != "obl" || !speech[w[v].Lemma] && !belief[w[v].Lemma] {
		return
	}
	it := r.any(v, "nsubj:pass", "expl")
	if it < 0 || lower(w[it].Form) != "it" {
		return
	}
	that := r.leftmost(c)
	if lower(w[that].Form) != "that" || w[that].Head != c {
		return
	}
	r.set(that, c, "mark")
	r.tag(that, "SCONJ", "IN")
	r.set(c, v, "ccomp")
}

// objectOfSpeech: who says something says no thing: in "said large firms have suffered", read as saying firms, the noun before the
// clause is its subject.
func (r *repairer) objectOfSpeech(c int) {
	w := r.s.Words
	active := w[c].Deprel == "acl" && (w[c].XPOS == "VBN" || w[c].XPOS == "VBD") && r.find(c, "obj") > c && r.any(c, "obl:agent", "iobj") < 0
	late := w[c].Deprel == "advcl" && w[c].Head >= 0 && w[c].Head < c && r.find(w[c].Head, "obj") < 0 && r.lateSubject(w[c].Head) >= 0
	if w[c].Deprel != "ccomp" && w[c].Deprel != "parataxis" && w[c].Deprel != "acl:relcl" && w[c].Deprel != "conj" && !active && !late || w[c].UPOS != "VERB" && r.find(c, "cop") < 0 {
		return
	}
	v := w[c].Head
	if (w[c].Deprel == "acl:relcl" || active) && v >= 0 {
		v = w[v].Head
	}
	if v < 0 || v > c || !speech[w[v].Lemma] && !thinking[w[v].Lemma] && w[c].Deprel != "ccomp" || w[v].UPOS != "VERB" {
		return
	}
	r.listOfSpeech(v, c)
	if r.any(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "cc") >= 0 {
		return
	}
	aux := r.any(c, "aux", "aux:pass", "cop")
	if !active && !r.finite(c) && (aux < 0 || w[aux].XPOS != "VBZ" && w[aux].XPOS != "VBP" && w[aux].XPOS != "VBD" && w[aux].XPOS != "MD") {
		return
	}
	if active && (comparing[w[c].Lemma] || w[v].Deprel == "acl" || !speech[w[v].Lemma] || appointing[w[c].Lemma] || giving[w[c].Lemma]) {
		return
	}
	o := r.find(v, "obj")
	hearer := r.find(v, "iobj")
	if o < 0 {
		o = r.lateSubject(v)
	}
	if o < 0 && hearer > v && speech[w[v].Lemma] && w[hearer].UPOS != "PRON" {
		o = hearer
	}
	if o < v || o > c || (telling[w[v].Lemma] || giving[w[v].Lemma]) && (hearer < 0 || hearer >= o) || w[o].XPOS == "WRB" || w[o].XPOS == "WP" || w[o].XPOS == "WDT" {
		return
	}
	if aux < 0 && w[c].XPOS == "VBD" && w[o].Deprel != "nsubj" && r.any(c, "obj", "ccomp", "xcomp") < 0 && !intransitive[w[c].Lemma] {
		return // "reported losses suffered in March"
	}
	commas, first := 0, r.leftmost(c)
	for k := o + 1; k < first || k < c && w[k].UPOS == "PUNCT"; k++ { // one comma or a conjunction between them parts the two, a pair does not
		if k < first && !r.under(k, o) && w[k].Form != "," {
			return
		}
		if w[k].Form == "," {
			commas++
		}
	}
	if commas == 1 {
		return
	}
	if !speech[w[v].Lemma] && !thinking[w[v].Lemma] && (contentNouns[w[o].Lemma] || textNouns[w[o].Lemma] || w[v].Deprel == "acl") {
		return // "expressed confidence he would win", "rules that bar banks were abolished"
	}
	rel := "nsubj"
	if aux >= 0 && r.find(c, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(c, v, "ccomp")
	r.set(o, c, rel)
	if active {
		r.tag(c, "VERB", "VBD")
	}
}

// listOfSpeech: in "said the plan and the law are good", read as saying the plan, both are the subject.
func (r *repairer) listOfSpeech(v, c int) {
	w := r.s.Words
	o, s := r.any(v, "obj", "iobj"), r.any(c, "nsubj", "nsubj:pass")
	if o < v || s < o || s > c || telling[w[v].Lemma] || giving[w[v].Lemma] || !r.nominalAt(o) || w[o].UPOS == "PRON" {
		return
	}
	cc := r.joiner(s)
	if cc <= o || w[cc].UPOS != "CCONJ" || lower(w[cc].Form) != "and" || w[cc-1].Form == "," || !r.under(cc-1, o) && cc-1 != o {
		return
	}
	rel := w[s].Deprel
	r.set(o, c, rel)
	r.set(s, o, "conj")
	r.set(cc, s, "cc")
}

// speakerAtEnd: behind the comma at the end of what was said, the noun before "said" is who says it, not one more of a list: "it will not
// bring a boom, bankers and traders said".
func (r *repairer) speakerAtEnd(v int) {
	w := r.s.Words
	if r.sayingAtEnd(v) {
		return
	}
	if !speech[w[v].Lemma] || !r.finite(v) || v < 3 || w[v].UPOS != "VERB" || r.any(v, "nsubj", "aux", "aux:pass", "nsubj:pass", "cc", "ccomp", "obj") >= 0 && w[v].Head >= 0 || r.any(v, "nsubj", "aux:pass", "aux") >= 0 {
		return
	}
	switch {
	case v+1 == len(w) || w[v+1].UPOS == "PUNCT":
	default:
		return
	}
	comma := v - 1
	for comma > 0 && w[comma].Form != "," && w[comma].UPOS != "PUNCT" {
		comma--
	}
	if comma < 2 || w[comma].Form != "," && w[comma].Form != "\"" && w[comma].Form != "''" && w[comma].Form != "”" {
		return
	}
	speaker := -1
	for k := comma + 1; k < v; k++ {
		h := w[k].Head
		if h > comma && h < v {
			continue
		}
		if !r.nominalAt(k) {
			if w[k].UPOS == "CCONJ" || w[k].UPOS == "ADV" {
				continue
			}
			return
		}
		if speaker < 0 {
			speaker = k
			switch universal(w[k].Deprel) {
			case "conj", "appos", "nmod", "obl", "obj", "compound", "flat", "list", "xcomp":
			case "nsubj": // behind its verb, which has another: "…, if prices fall, traders said"
				if w[k].Head > k || r.any(w[k].Head, "nsubj", "nsubj:pass") == k {
					return
				}
			default:
				return
			}
			if r.caseBefore(k) >= 0 || w[k].UPOS == "NUM" || r.find(k, "cc") >= 0 && r.find(k, "cc") < k {
				return
			}
		}
	}
	if speaker < 0 || r.under(v, speaker) {
		return
	}
	for k := comma + 1; k < v; k++ {
		if h := w[k].Head; (h <= comma || h >= v) && k != speaker && r.nominalAt(k) {
			r.set(k, speaker, "conj")
		}
	}
	if w[v].Deprel == "conj" {
		r.set(v, w[v].Head, "parataxis")
	}
	if w[v].Head > comma && w[v].Head < v || w[v].Head == speaker {
		return
	}
	r.set(speaker, v, "nsubj")
}

// joiner returns the word before the phrase of s, or the conjunction that begins it.
func (r *repairer) joiner(s int) int {
	if cc := r.find(s, "cc"); cc >= 0 && cc < s {
		return cc
	}
	return r.leftmost(s) - 1
}

// subjectOfSaid: in "Many voters are seeking a change, Smith said", where both nouns were read as who says it, the first is the subject
// of what is said.
func (r *repairer) subjectOfSaid(v int) {
	w := r.s.Words
	if !speech[w[v].Lemma] || w[v].UPOS != "VERB" {
		return
	}
	r.subjectOfDescription(v)
	c := r.find(v, "ccomp")
	if c < 0 || c > v || r.any(c, "csubj", "expl") >= 0 {
		return
	}
	first, last := -1, -1
	for k := max(0, c-reach); k < v; k++ {
		if w[k].Head == v && w[k].Deprel == "nsubj" {
			if k < c && first < 0 {
				first = k
			}
			if k > c {
				last = k
			}
		}
	}
	if late := r.any(c, "nsubj", "nsubj:pass"); late > c && first >= 0 && last < 0 {
		// the two the other way round
		rel := w[late].Deprel
		if r.leftmost(late) > 0 && w[r.leftmost(late)-1].Form == "," && late < v {
			r.set(late, v, "nsubj")
			r.set(first, c, rel)
		}
		return
	}
	if first < 0 || last < 0 || r.any(c, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	rel := "nsubj"
	if r.find(c, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(first, c, rel)
}

// sayingAtEnd: "…, the minister said." at the end describes no noun before it. It returns true where v is such a verb with a subject.
func (r *repairer) sayingAtEnd(v int) bool {
	w := r.s.Words
	if !speech[w[v].Lemma] || !r.finite(v) || w[v].UPOS != "VERB" || v+1 < len(w) && w[v+1].UPOS != "PUNCT" || r.any(v, "obj", "ccomp", "mark", "cc") >= 0 {
		return false
	}
	s := r.find(v, "nsubj")
	if s < 1 || s > v || w[s].XPOS == "WDT" || w[s].XPOS == "WP" {
		return false
	}
	first := r.leftmost(s)
	if first < 2 || w[first-1].Form != "," && w[first-1].Form != "\"" && w[first-1].Form != "''" && w[first-1].Form != "”" {
		return false
	}
	switch w[v].Deprel {
	case "acl:relcl", "acl", "conj", "advcl", "appos", "xcomp":
	default:
		return true
	}
	top := w[v].Head
	for top >= 0 && w[top].Head >= 0 && w[top].Deprel != "root" {
		top = w[top].Head
	}
	if top >= 0 && top < first {
		r.set(v, top, "parataxis")
	}
	return true
}

// hearerBesideSubject: in "told reporters Japan should wait", where both nouns were read as subjects of the clause, the first is the hearer.
func (r *repairer) hearerBesideSubject(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" || !telling[w[h].Lemma] || r.any(h, "obj", "iobj") >= 0 {
		return
	}
	c := r.find(h, "ccomp")
	if c <= h {
		return
	}
	first, n := -1, 0
	for k := h + 1; k < c; k++ {
		if w[k].Head == c && (w[k].Deprel == "nsubj" || w[k].Deprel == "nsubj:pass") {
			if n++; first < 0 {
				first = k
			}
		}
	}
	if n > 1 && r.leftmost(first) == h+1 {
		r.set(first, h, "iobj")
	}
}

// sayingBeforeClause: in "Officials in Lima say aid is small", where "say" was read as put in and the officials as what is small, the
// officials say so.
func (r *repairer) sayingBeforeClause(v int) {
	w := r.s.Words
	h := w[v].Head
	if w[v].Deprel != "parataxis" || h < v || !speech[w[v].Lemma] || !r.finite(v) || r.any(v, "nsubj", "ccomp", "obj") >= 0 {
		return
	}
	first, second := -1, -1
	for k := max(0, v-reach); k < h; k++ {
		if w[k].Head == h && (w[k].Deprel == "nsubj" || w[k].Deprel == "nsubj:pass") {
			if k < v {
				first = k
			} else if second < 0 {
				second = k
			}
		}
	}
	if first < 0 || second < 0 || w[v-1].UPOS == "PUNCT" || !r.under(v-1, first) {
		return
	}
	r.set(v, w[h].Head, w[h].Deprel)
	r.set(h, v, "ccomp")
	r.set(first, v, "nsubj")
}
