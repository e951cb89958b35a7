package extract

// Misreadings of participles and gerunds: which are verbs, and whose.

// participleAfterNoun: a participle without a comma right after a noun describes it where the verb tells a state ("fields covering
// ten acres"), the noun a text ("a letter saying") or the agent of a passive ("caused by a ship leaving port").
func (r *repairer) participleAfterNoun(v int) {
	w := r.s.Words
	if w[v].XPOS == "VBN" && w[v].Deprel == "advcl" && w[v].Head >= 0 && w[v].Head < v && namedAs[w[v].Lemma] && r.any(v, "mark", "nsubj", "aux", "aux:pass") < 0 {
		n := r.leftmost(v) - 1 // ", also called the Q-West"
		if n > 0 && w[n].Form == "," {
			n--
		}
		for n > w[v].Head && (w[n].Deprel == "flat" || w[n].Deprel == "compound" && w[n].Head > n && w[n].Head < v) {
			n = w[n].Head
		}
		if n > w[v].Head && (w[n].UPOS == "PROPN" || w[n].UPOS == "NOUN") && r.under(n, w[v].Head) {
			r.set(v, n, "acl")
		}
		return
	}
	if w[v].XPOS != "VBG" || w[v].Deprel != "advcl" || w[v].Head < 0 || w[v].Head > v || r.any(v, "mark", "case", "nsubj") >= 0 {
		return
	}
	first := r.leftmost(v)
	if first == 0 || w[first].UPOS == "PUNCT" || w[first-1].UPOS != "NOUN" && w[first-1].UPOS != "PROPN" && w[first-1].XPOS != "NNS" {
		return
	}
	n := first - 1
	for w[n].Deprel == "flat" || w[n].Deprel == "compound" && w[n].Head > n && w[n].Head < v {
		n = w[n].Head
	}
	if n < 0 || n >= v || n <= w[v].Head || !r.under(n, w[v].Head) {
		return
	}
	by := false
	if c := r.caseBefore(n); c >= 0 {
		by = lower(w[c].Form) == "by" && r.any(w[v].Head, "aux:pass") >= 0
	}
	if stative[w[v].Lemma] || textNouns[lower(w[n].Lemma)] && speech[w[v].Lemma] || by {
		r.set(v, n, "acl")
	}
}

// adjectiveBeforeGerund: no adjective describes a verb: in "by lower selling prices" "selling" belongs to the noun.
func (r *repairer) adjectiveBeforeGerund(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBG" || v == 0 || v+1 >= len(w) || w[v].Deprel != "advcl" && w[v].Deprel != "acl" && w[v].Deprel != "xcomp" && w[v].Deprel != "ccomp" {
		return
	}
	a := v - 1
	if w[a].UPOS != "ADJ" || w[a].Head != v || w[a].Deprel != "amod" && w[a].Deprel != "advmod" && w[a].Deprel != "compound" {
		return
	}
	o := r.find(v, "obj")
	if o != v+1 || w[o].UPOS != "NOUN" {
		return
	}
	if r.any(v, "mark", "case") >= 0 {
		r.nounAfter(v, o, a)
	}
}

// nounAfter gives noun o the arc of the participle v before it, which was read as a verb with o as its object, and v to o as its
// adjective. a, unless -1, is an adjective before v.
func (r *repairer) nounAfter(v, o, a int) {
	w := r.s.Words
	if w[v].Head < 0 {
		return
	}
	rel := "obl"
	if r.nominalAt(w[v].Head) {
		rel = "nmod"
	}
	r.set(o, w[v].Head, rel)
	for k, to := r.near(v); k < to; k++ {
		if r.s.Words[k].Head == v && k != o {
			rel := r.s.Words[k].Deprel
			switch {
			case rel == "mark":
				rel = "case"
				if r.s.Words[k].XPOS == "TO" {
					r.tag(k, "ADP", "IN")
				}
			case k == a:
				rel = "amod"
			case rel == "obl" || rel == "advcl" && k > o:
				rel = "nmod"
			}
			r.set(k, o, rel)
		}
	}
	r.set(v, o, "amod")
}

// participleBeforeNoun: no past participle is an infinitive or gerund: in "lost to imported oils", read as being to import oils, it
// describes the noun. So it does between a noun and another behind a possessor: "its majority owned unit".
func (r *repairer) participleBeforeNoun(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || v+1 >= len(w) || v == 0 {
		return
	}
	switch w[v].Deprel {
	case "advcl", "acl", "xcomp", "ccomp":
	default:
		return
	}
	o := r.find(v, "obj")
	p := w[v-1]
	if h := w[v].Head; w[v].Deprel == "xcomp" && h == v-1 && o == v+1 && w[o].UPOS == "NOUN" && w[h].UPOS == "VERB" && r.any(v, "mark", "nsubj") < 0 {
		switch w[h].Lemma {
		case "have", "get", "be", "keep", "leave", "make", "see", "want", "need", "go", "come", "help", "hear", "feel", "become", "remain", "seem":
			return
		}
		r.nounAfter(v, o, -1) // "yield agreed statements"
		r.set(o, h, "obj")
		return
	}
	if o <= v || w[o].UPOS != "NOUN" || r.leftmost(o) != v+1 || p.Head != v || p.Deprel != "mark" && p.Deprel != "case" || p.UPOS != "ADP" && p.XPOS != "TO" {
		return
	}
	r.nounAfter(v, o, -1)
}

// verbWithAuxiliary: an adjective has no auxiliary: in "but firms had unloaded cargoes", read as cargoes that were unloaded, it is the verb.
func (r *repairer) verbWithAuxiliary(v int) {
	w := r.s.Words
	if w[v].Deprel != "amod" || w[v].XPOS != "VBN" && w[v].XPOS != "VBD" && w[v].XPOS != "VBG" && w[v].XPOS != "VB" || w[v].Head != v+1 && w[v].Head != v+2 {
		return
	}
	n := w[v].Head
	a := r.any(v, "aux", "aux:pass")
	h := w[n].Head
	if a < 0 || a > v || h < 0 || h > a || universal(w[n].Deprel) != "obj" && universal(w[n].Deprel) != "obl" && w[n].Deprel != "conj" {
		return
	}
	s := r.any(a, "nsubj")
	if s < 0 {
		s = r.any(v, "nsubj", "nsubj:pass")
	}
	if s < 0 || s <= h {
		return
	}
	rel := "parataxis"
	if r.any(a, "cc") >= 0 || r.any(v, "cc") >= 0 {
		rel = "conj"
	}
	r.set(v, h, rel)
	for k := max(0, a-reach); k < v; k++ {
		if r.s.Words[k].Head == a && r.s.Words[k].Deprel != "advmod" {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	r.set(n, v, "obj")
	r.tag(v, "VERB", w[v].XPOS)
}

// acting are pronouns of who acts.
var acting = words(`he she they we i you who`)

// isTo: "Ford is to close the plant" says what Ford will do; "the aim is to close the plant" says what the aim is.
func (r *repairer) isTo(v int) {
	w := r.s.Words
	if w[v].XPOS != "VB" {
		return
	}
	c, s, m := r.find(v, "cop"), r.any(v, "nsubj:outer", "nsubj"), r.find(v, "mark")
	if c < 0 || s < 0 || m < c || m > v || lower(w[m].Form) != "to" || w[s].UPOS == "PRON" && !acting[lower(w[s].Form)] {
		return
	}
	if w[s].UPOS == "ADJ" || w[s].UPOS == "NUM" && r.find(s, "nmod") >= 0 || c+1 < m && w[c+1].XPOS == "WRB" {
		return // "one of the problems is how to curb it"
	}
	if w[s].UPOS == "NOUN" && (intentions[w[s].Lemma] || textNouns[w[s].Lemma] || equativeNouns[w[s].Lemma] || proposalNouns[w[s].Lemma]) {
		return
	}
	r.set(c, v, "aux")
	r.set(s, v, "nsubj")
}

// verbBeforeNumber: an adjective follows its number: in "hit a tank; damaged 18 roads" the participle before it is a verb.
func (r *repairer) verbBeforeNumber(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || w[v].Deprel != "amod" || v == 0 || v+1 >= len(w) || w[v].Head <= v+1 {
		return
	}
	n := w[v].Head
	if x := w[v+1]; x.Head != n || x.Deprel != "nummod" && x.Deprel != "det" || w[n].Deprel != "conj" {
		return
	}
	if p := w[v-1].Form; p != ";" && p != "," && w[v-1].UPOS != "CCONJ" {
		return
	}
	for h := w[n].Head; h >= 0; h = w[h].Head {
		if w[h].UPOS == "VERB" && h < v {
			r.set(v, h, "conj")
			r.tag(v, "VERB", w[h].XPOS)
			r.set(n, v, "obj")
			for k := max(0, v-3); k < v; k++ {
				if x := &r.s.Words[k]; x.Head == n && (x.Deprel == "punct" || x.Deprel == "cc") {
					r.set(k, v, x.Deprel)
				}
			}
			return
		}
	}
}

// verbBesideAdverb: a verb is joined to a verb: in "must invest overseas and gain experience", read as "overseas and gain", the object behind
// it is its own.
func (r *repairer) verbBesideAdverb(v int) {
	w := r.s.Words
	if w[v].UPOS != "VERB" || w[v].Deprel != "conj" || w[v].Head < 0 || w[v].Head > v || w[w[v].Head].UPOS != "ADV" {
		return
	}
	h := w[w[v].Head].Head
	if h < 0 || h > v || w[h].UPOS != "VERB" || r.any(v, "obj", "nsubj") >= 0 {
		return
	}
	r.set(v, h, "conj")
	if o := r.find(h, "obj"); o > v {
		r.set(o, v, "obj")
	}
}

// ownedShare: in "Acme, 65 pct owned by Bolt" Bolt owns Acme, not the percentage.
func (r *repairer) ownedShare(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || w[v].Lemma != "own" && w[v].Lemma != "hold" && w[v].Lemma != "control" || v < 2 {
		return
	}
	p := v - 1
	if !unitNouns[lower(w[p].Lemma)] && w[p].Form != "%" || r.any(v, "nsubj", "nsubj:pass", "aux") >= 0 {
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
