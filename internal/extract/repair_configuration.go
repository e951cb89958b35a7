package extract

// Configurations that the grammar rules out: each has but one reading that it allows.

// gerundSubject: in "Raising fares would lead to strikes," he said, the gerund is the subject that the clause behind it lacks, not what he
// does while he says so.
func (r *repairer) gerundSubject(g int) {
	w := r.s.Words
	if w[g].XPOS != "VBG" || w[g].Deprel != "advcl" || w[g].Head <= g || r.any(g, "mark", "nsubj", "aux", "case") >= 0 {
		return
	}
	v := w[g].Head
	c := r.find(v, "ccomp")
	if c < g || c > v || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] || r.any(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	aux := r.any(c, "aux", "aux:pass", "cop")
	if !(aux > g && aux < c && (w[aux].XPOS == "MD" || w[aux].XPOS == "VBZ" || w[aux].XPOS == "VBD")) && !(aux < 0 && w[c].XPOS == "VBZ") {
		return
	}
	for k := g + 1; k < c; k++ {
		if w[k].Form == "," || w[k].Form == ":" {
			return
		}
	}
	r.set(g, c, "csubj")
}

// siblingObjects: a bare noun right before a noun that was read as another object of the same verb describes it: in "targeted waste energy
// systems" two things are not targeted.
func (r *repairer) siblingObjects(i int) {
	w := r.s.Words
	v := w[i].Head
	if w[i].UPOS != "NOUN" || w[i].XPOS != "NN" || w[i].Deprel != "obj" && w[i].Deprel != "iobj" || v < 0 || v > i || w[v].UPOS != "VERB" || giving[w[v].Lemma] || appointing[w[v].Lemma] ||
		telling[w[v].Lemma] || w[v].Lemma == "make" || w[v].Lemma == "call" || r.leftmost(i) != i || temporalNouns[w[i].Lemma] || unitNouns[w[i].Lemma] {
		return
	}
	for k := i + 1; k < min(len(w), i+8); k++ {
		if w[k].Head == v {
			if w[k].UPOS == "NOUN" && w[k].Deprel == "obj" && r.leftmost(k) == i+1 && r.any(k, "det", "nmod:poss", "nummod", "case") < 0 && r.rightmost(i, k) == i && !temporalNouns[w[k].Lemma] {
				r.set(i, k, "compound")
			}
			return
		}
	}
}

// rightmost returns the last word of the subtree of i before to.
func (r *repairer) rightmost(i, to int) int {
	last := i
	for k := i + 1; k < to && r.under(k, i); k++ {
		last = k
	}
	return last
}

// perfectInList: in "it grew and sales had supported profits", where the participle was read as one more noun of a list, "had" is its auxiliary.
func (r *repairer) perfectInList(h int) {
	w := r.s.Words
	v := h + 1
	if w[h].Lemma != "have" || w[h].XPOS != "VBD" && w[h].XPOS != "VBZ" && w[h].XPOS != "VBP" || v >= len(w) || w[v].XPOS != "VBN" || w[h].Deprel == "aux" || r.under(v, h) || w[v].Deprel != "conj" {
		return
	}
	o := r.find(h, "obj")
	if o < v || r.any(h, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	s := h - 1
	for s > 0 && (w[s].Deprel == "flat" || w[s].Deprel == "nmod") && w[s].Head < s && w[s].Head >= 0 {
		s = w[s].Head
	}
	if !r.nominalAt(s) || w[s].Head != v {
		return
	}
	head, rel := w[h].Head, w[h].Deprel
	if head == v || head < 0 || r.under(head, v) {
		return
	}
	cc := r.joiner(s)
	r.set(v, head, rel)
	r.tag(v, "VERB", "VBN")
	for k := max(0, h-reach); k < min(len(w), h+reach); k++ {
		if r.s.Words[k].Head == h && k != v {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	r.set(h, v, "aux")
	r.tag(h, "AUX", w[h].XPOS)
	r.set(s, v, "nsubj")
	if cc > 0 && w[cc].UPOS == "CCONJ" {
		r.set(cc, v, "cc")
	}
}

// crossingRelative: a relative clause describes a phrase that ends right before it: in "a gap of 5 dlrs, below the peak, which came in May" it
// was not the gap that came.
func (r *repairer) crossingRelative(c int) {
	w := r.s.Words
	n := w[c].Head
	if w[c].Deprel != "acl:relcl" || n < 0 || n > c || !r.nominalAt(n) {
		return
	}
	p := r.leftmost(c)
	if p < n+3 || w[p].UPOS == "PUNCT" && p+1 < c {
		p++
	}
	if p >= c || lower(w[p].Form) != "which" && lower(w[p].Form) != "who" || w[p-1].Form != "," {
		return
	}
	k := p - 2
	if k <= n || w[k].UPOS == "PUNCT" || r.under(k, n) {
		return
	}
	verb := w[n].Head
	for k > n {
		top := k
		for w[top].Head > n && w[top].Head < p && r.nominalAt(w[top].Head) {
			top = w[top].Head
		}
		if !r.nominalAt(top) || w[top].Head != verb && w[top].Head != n {
			return
		}
		if !r.temporalAt(top) || w[top].Deprel == "obl" && r.caseBefore(top) >= 0 {
			r.set(c, top, "acl:relcl")
			return
		}
		k = r.leftmost(top) - 1
	}
}

// copulaOfRelative: in "Output of the mills which report to it was small", where the predicate was read as what they report and no verb is
// left for the first noun, the predicate is that of the sentence.
func (r *repairer) copulaOfRelative(p int) {
	w := r.s.Words
	cop := r.find(p, "cop")
	v := w[p].Head
	if cop < 1 || cop > p || w[cop].XPOS != "VBZ" && w[cop].XPOS != "VBD" && w[cop].XPOS != "VBP" || v < 0 || v > cop || w[p].Deprel != "ccomp" && w[p].Deprel != "xcomp" && w[p].Deprel != "advcl" ||
		w[v].Deprel != "acl:relcl" && w[v].Deprel != "acl" || r.any(p, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "nsubj:outer") >= 0 {
		return
	}
	n := w[v].Head
	for n >= 0 && w[n].Deprel == "nmod" && w[n].Head < n {
		n = w[n].Head
	}
	if n < 0 || w[n].Head >= 0 || !r.nominalAt(n) || r.any(n, "cop", "nsubj") >= 0 || w[cop-1].UPOS == "PUNCT" && w[cop-1].Form != "," {
		return
	}
	r.makeSubject(n, p)
}
