package extract

// Subjects that lost their verb: each repair gives a finite verb its subject back.

// move changes the arc of word i where that makes no circle.
func (r *repairer) move(i, head int, deprel string) {
	if head != i && !r.under(head, i) {
		r.set(i, head, deprel)
	}
}

// auxiliary: a subject hung below the auxiliary belongs to the verb behind it: "Oslo has … rejected", and so does the auxiliary.
func (r *repairer) auxiliary(k int) {
	w := r.s.Words
	if w[k].Deprel != "nsubj" && w[k].Deprel != "nsubj:pass" {
		return
	}
	h := w[k].Head
	if h <= k || w[h].Deprel != "aux" && w[h].Deprel != "aux:pass" {
		return
	}
	v := h + 1
	for v < len(w) && v < h+6 && (w[v].UPOS == "ADV" || w[v].UPOS == "AUX" || w[v].UPOS == "PART") {
		v++
	}
	if v == len(w) || w[v].UPOS != "VERB" || r.find(v, "nsubj") >= 0 || r.find(v, "nsubj:pass") >= 0 {
		return
	}
	rel := w[h].Deprel
	if r.under(v, k) {
		return
	}
	r.move(h, v, rel)
	r.set(k, v, w[k].Deprel)
}

// clauseBeforeSpeaker: in "guerrillas shot a guard, police said" the first of two subjects is that of the clause said.
func (r *repairer) clauseBeforeSpeaker(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" || !speech[lower(w[h].Lemma)] {
		return
	}
	c := r.find(h, "ccomp")
	if c < 0 || c > h || r.find(c, "nsubj") >= 0 || r.find(c, "nsubj:pass") >= 0 {
		return
	}
	first, second := -1, -1
	for k, to := r.near(h); k < to; k++ {
		if w[k].Head == h && (w[k].Deprel == "nsubj" || w[k].Deprel == "nsubj:pass") {
			if k < c && first < 0 {
				first = k
			} else if k > c {
				second = k
			}
		}
	}
	if first >= 0 && second >= 0 {
		rel := "nsubj"
		if r.find(c, "aux:pass") >= 0 {
			rel = "nsubj:pass"
		}
		r.move(first, c, rel)
	}
}

// verbAsModifier: a participle with a subject of its own is no adjective: in "tanks shelled positions" read as positions that were
// shelled, the noun is its object.
func (r *repairer) verbAsModifier(v int) {
	w := r.s.Words
	if w[v].Deprel != "amod" || w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || w[v].Head <= v {
		return
	}
	subject := -1
	for k, to := r.near(v); k < to && k < v; k++ {
		if w[k].Head == v && w[k].Deprel == "nsubj" {
			subject = k
		}
	}
	noun := w[v].Head
	if subject < 0 || w[noun].UPOS != "NOUN" && w[noun].UPOS != "PROPN" || r.find(noun, "cop") >= 0 {
		return
	}
	r.set(v, w[noun].Head, w[noun].Deprel)
	r.s.Words[v].UPOS, r.s.Words[v].XPOS = "VERB", "VBD"
	for k, to := r.near(noun); k < to && k < v; k++ {
		if r.s.Words[k].Head == noun && r.s.Words[k].Deprel != "det" {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	for k := noun + 1; k < min(len(w), noun+reach); k++ {
		switch rel := r.s.Words[k].Deprel; {
		case r.s.Words[k].Head != noun:
		case rel == "punct" || rel == "parataxis" || rel == "advcl" || rel == "advmod":
			r.set(k, v, rel)
		}
	}
	r.set(noun, v, "obj")
}

// verblessRoot: a past tense is no participle: in "a blast killed two" read as a blast that is described, it is the verb.
func (r *repairer) verblessRoot(noun int) {
	w := r.s.Words
	if w[noun].Head >= 0 || w[noun].UPOS != "NOUN" && w[noun].UPOS != "PROPN" || r.find(noun, "cop") >= 0 || r.find(noun, "nsubj") >= 0 {
		return
	}
	for v := noun + 1; v < min(len(w), noun+reach); v++ {
		if w[v].Head != noun || w[v].Deprel != "acl" {
			continue
		}
		if w[v].XPOS != "VBD" || r.find(v, "nsubj") >= 0 || r.find(v, "obj") < 0 {
			return
		}
		r.set(v, -1, "root")
		r.set(noun, v, "nsubj")
		for k := v + 1; k < min(len(w), noun+reach); k++ {
			if rel := r.s.Words[k].Deprel; r.s.Words[k].Head == noun && (rel == "punct" || rel == "parataxis" || rel == "conj") {
				r.set(k, v, rel)
			}
		}
		return
	}
}

// upTo: "up to 100 workers" counts, it is no preposition: the noun is the subject of its verb.
func (r *repairer) upTo(i int) {
	w := r.s.Words
	if lower(w[i].Form) == "up" && w[i].Deprel == "compound:prt" && i+2 < len(w) && lower(w[i+1].Form) == "to" && w[i+2].UPOS == "NUM" && w[w[i].Head].Head != i {
		// "slap up to 9 dlrs on imports"
		if u := w[i+1].Head; u > i+1 && w[i+1].Deprel == "case" && r.find(w[i].Head, "obj") < 0 && w[u].Deprel == "obl" && w[u].Head == w[i].Head {
			r.set(i, u, "advmod")
			r.set(i+1, u, "advmod")
			r.set(u, w[i].Head, "obj")
			if w[u].UPOS != "NUM" {
				r.set(i, i+2, "advmod")
				r.set(i+1, i+2, "advmod")
			}
		}
		return
	}
	if lower(w[i].Form) != "up" || w[i].Deprel != "case" || i+2 >= len(w) || lower(w[i+1].Form) != "to" || w[i+2].UPOS != "NUM" {
		return
	}
	noun := w[i].Head
	if noun <= i+2 || w[i+2].Head != noun {
		return
	}
	r.set(i, i+2, "advmod")
	v := w[noun].Head
	if w[noun].Deprel != "obl" || v < 0 || w[v].UPOS != "VERB" || r.find(v, "nsubj") >= 0 || r.find(v, "nsubj:pass") >= 0 {
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

// twoNames: two neighbouring names in one role are one name: "Ana" and "Cruz" as two subjects.
func (r *repairer) twoNames(i int) {
	w := r.s.Words
	if i+1 >= len(w) || w[i].UPOS != "PROPN" || w[i+1].UPOS != "PROPN" || w[i].Head != w[i+1].Head || w[i].Deprel != w[i+1].Deprel ||
		w[i].Deprel != "nsubj" && w[i].Deprel != "obj" && w[i].Deprel != "nsubj:pass" {
		return
	}
	for k, to := r.near(i); k < to; k++ {
		if r.s.Words[k].Head == i+1 {
			r.set(k, i, r.s.Words[k].Deprel)
		}
	}
	r.set(i+1, i, "flat")
}
