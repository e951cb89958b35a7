package extract

// Misreadings of infinitives: what they belong to and who does what they say.

// infinitiveOfVerb: who allows, asks or causes wants an infinitive behind the object: "allow firms to grow", read as firms that are to
// grow. So does who agrees "in principle to buy".
func (r *repairer) infinitiveOfVerb(k int) {
	w := r.s.Words
	if w[k].Deprel != "acl" || w[k].XPOS != "VB" || w[k].Head < 0 || w[k].Head > k {
		return
	}
	if m := r.find(k, "mark"); m < 0 || lower(w[m].Form) != "to" || r.find(k, "nsubj") >= 0 {
		return
	}
	n := w[k].Head
	v := w[n].Head
	if v < 0 || v > n || w[v].UPOS != "VERB" || intentions[w[n].Lemma] || textNouns[w[n].Lemma] || temporalNouns[w[n].Lemma] || r.any(v, "xcomp") >= 0 {
		return
	}
	switch {
	case w[n].Deprel == "obj" && commanding(w[v].Lemma):
		r.set(k, v, "xcomp")
	case w[n].Deprel == "obl" && infinitival[w[v].Lemma] && r.any(v, "obj", "aux:pass") < 0:
		r.set(k, v, "xcomp")
	}
}

// commanding says whether a verb has an object and an infinitive of which the object is the subject.
func commanding(lemma string) bool {
	switch lemma {
	case "need", "call", "consider", "discuss", "contemplate", "risk", "want", "demand", "appeal":
		return false
	}
	return causing[lemma] || permitting[lemma] || asking[lemma] && !planning[lemma]
}

// infinitiveOfNoun: an infinitive right behind a noun that wants one belongs to it: in "criticised a plan to tax shares" the plan is to tax.
func (r *repairer) infinitiveOfNoun(k int) {
	w := r.s.Words
	if w[k].Deprel != "advcl" && w[k].Deprel != "xcomp" || w[k].XPOS != "VB" || w[k].Head < 0 || w[k].Head > k {
		return
	}
	first := r.leftmost(k)
	if lower(w[first].Form) != "to" || w[first].Head != k || first == 0 {
		return
	}
	v := w[k].Head
	for n := first - 1; n > v; n = w[n].Head {
		if w[n].UPOS == "NOUN" && (intentions[w[n].Lemma] || n == first-1 && proposalNouns[w[n].Lemma]) && r.under(n, v) {
			r.set(k, n, "acl")
			return
		}
		if w[n].Deprel != "nmod" && w[n].Deprel != "flat" && w[n].Deprel != "appos" && (w[n].Deprel != "compound" || w[n].Head > first) {
			return
		}
	}
}

// forSubject: in "an agreement for Bolt to carry gas" the name between "for" and "to" is who carries it.
func (r *repairer) forSubject(n int) {
	w := r.s.Words
	if w[n].UPOS != "PROPN" && w[n].UPOS != "PRON" && !isAgentNoun(w[n].Lemma) && !personNouns[w[n].Lemma] || universal(w[n].Deprel) != "nmod" && universal(w[n].Deprel) != "obl" {
		return
	}
	c := r.caseBefore(n)
	if c < 0 || lower(w[c].Form) != "for" || c != r.leftmost(n) {
		return
	}
	to := n + 1
	for to < len(w) && w[to].Deprel == "flat" && w[to].Head == n {
		to++
	}
	if to+1 >= len(w) || w[to].XPOS != "TO" || w[to].Head <= to || w[w[to].Head].XPOS != "VB" {
		return
	}
	v := w[to].Head
	if r.any(v, "nsubj", "nsubj:pass") >= 0 || w[v].Deprel != "advcl" && w[v].Deprel != "acl" && w[v].Deprel != "xcomp" || r.under(n, v) || c > 0 && w[c-1].UPOS == "VERB" && w[n].Head == c-1 {
		return
	}
	rel := "nsubj"
	if r.find(v, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	if w[v].Deprel == "acl" && w[v].Head == w[n].Head {
		return // both belong to the noun, which is read with them
	}
	if w[v].Head == n {
		r.set(v, w[n].Head, "advcl")
	}
	r.set(n, v, rel)
	r.set(c, v, "mark")
	r.tag(c, "SCONJ", "IN")
}
