package extract

// The repairs that status and source rest on.

// perfectClause: the same where the noun was read as the predicate: in "that it had bought tanks" it had not "tanks".
func (r *repairer) perfectClause(h, v, noun int) {
	w := r.s.Words
	head, deprel := w[noun].Head, w[noun].Deprel
	r.set(v, head, deprel)
	r.tag(v, "VERB", "VBN")
	for k, to := r.near(noun); k < to; k++ {
		if x := &r.s.Words[k]; x.Head == noun && k != v && (k <= h || k < v && x.UPOS == "ADV" || x.UPOS == "PUNCT") {
			r.set(k, v, x.Deprel)
		}
	}
	r.set(noun, v, "obj")
}

// usedTo: what somebody used to do is what "used" governs.
func (r *repairer) usedTo(k int) {
	w := r.s.Words
	h := w[k].Head
	if w[k].Deprel != "advcl" || w[k].XPOS != "VB" || h < 0 || h+2 > k || lower(w[h].Form) != "used" || w[h].XPOS != "VBD" && w[h].XPOS != "VBN" || lower(w[h+1].Form) != "to" ||
		w[h+1].Head != k || r.find(h, "obj") >= 0 || r.find(h, "nsubj") < 0 || r.find(h, "aux") >= 0 {
		return
	}
	r.set(k, h, "xcomp")
	r.tag(h, "VERB", "VBD")
}

// contentOfNoun: in "abandoned its plan to build a dam" the infinitive says what the plan is, not what for it was abandoned.
func (r *repairer) contentOfNoun(k int) {
	w := r.s.Words
	if w[k].Deprel != "advcl" && w[k].Deprel != "xcomp" || w[k].XPOS != "VB" || w[k].Head < 0 {
		return
	}
	to := r.find(k, "mark")
	if to < 1 || to > k || w[to].UPOS != "PART" {
		return
	}
	n := to - 1
	if w[n].UPOS != "NOUN" || w[n].Head != w[k].Head || w[n].Deprel != "obj" && w[n].Deprel != "obl" && w[n].Deprel != "nsubj:pass" {
		return
	}
	if noun := lower(w[n].Lemma); w[k].Deprel == "advcl" && (planNouns[noun] || negativeNouns[noun] || wishNouns[noun] || possibleNouns[noun] && noun != "case" && noun != "question") {
		r.set(k, n, "acl")
	}
}

// speakerRel is the relation of a name before a colon or behind a dash that says whose words the headline is: "Minister: …".
const speakerRel = "discourse:speaker"

// namedSpeaker: in "Minister: island sold" and "Island sold - minister" the minister says so.
func (r *repairer) namedSpeaker(i int) {
	if i > 0 {
		return // once a sentence
	}
	w := r.s.Words
	nominal := func(from, to int) int { // the head of a phrase of names and nouns, -1 where from to to is none
		head := -1
		for k := from; k < to; k++ {
			switch w[k].UPOS {
			case "PROPN", "NOUN", "ADJ", "DET", "ADP":
			default:
				return -1
			}
			if h := w[k].Head; (h < from || h >= to) && (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN") {
				head = k
			}
		}
		if head < 0 {
			return -1
		}
		if sourceNouns[lower(w[to-1].Form)] || sourceNouns[lower(w[head].Form)] {
			return head
		}
		if ner := w[head].NER; len(ner) > 2 && ner[2:] == "PER" && from == 0 {
			return head
		}
		return -1
	}
	end := len(w)
	if end > 0 && w[end-1].UPOS == "PUNCT" {
		end--
	}
	for c := 1; c < min(end-2, 6); c++ {
		if w[c].Form == ":" {
			if head := nominal(0, c); head >= 0 {
				r.speaks(head, 0, c)
			}
			return
		}
	}
	for c := end - 2; c > 3 && c >= end-5; c-- {
		f := w[c].Form
		if f == ":" || (f == "-" || f == "–" || f == "—" || f == "--") && w[c-1].End < w[c].Begin {
			if head := nominal(c+1, end); head >= 0 {
				r.speaks(head, c+1, end)
			}
			return
		}
	}
}

// speaks makes the phrase of head, words from to to, the speaker of the sentence.
func (r *repairer) speaks(head, from, to int) {
	w := r.s.Words
	out, rel := w[head].Head, w[head].Deprel
	root := -1
	verb := -1
	for k := range w {
		if w[k].Head < 0 {
			root = k
		}
		if k >= from && k < to {
			continue
		}
		if (w[k].UPOS == "VERB" || w[k].UPOS == "AUX") && verb < 0 {
			verb = k
		}
	}
	if root < 0 || verb < 0 {
		return
	}
	if root == head {
		// The clause hangs below its speaker.
		root = -1
		for k := range w {
			if (k < from || k >= to) && w[k].Head >= from && w[k].Head < to && w[k].UPOS != "PUNCT" && (root < 0 || w[k].UPOS == "VERB") {
				root = k
			}
		}
		if root < 0 {
			return
		}
		r.set(root, -1, "root")
		out, rel = root, "dep"
	} else if root >= from && root < to {
		return
	}
	for k := range r.s.Words {
		if h := r.s.Words[k].Head; (k < from || k >= to) && h >= from && h < to {
			switch {
			case k == root:
			case rel == "nsubj" || rel == "obj" || rel == "obl":
				if w[k].UPOS == "NOUN" || w[k].UPOS == "PROPN" {
					r.set(k, out, rel)
				} else {
					r.set(k, root, r.s.Words[k].Deprel)
				}
			default:
				r.set(k, root, r.s.Words[k].Deprel)
			}
		}
	}
	r.set(head, root, speakerRel)
}

// headlessClause: a sentence whose root is a noun with a finite verb below it as its description is a clause of that verb: "No one
// signed", "The claim that … angered Lima", and in headlines "Togo to sell island".
func (r *repairer) headlessClause(i int) {
	if i > 0 {
		return // once a sentence
	}
	w := r.s.Words
	root := -1
	for k := range w {
		if w[k].Head < 0 {
			root = k
		}
	}
	if root < 0 || len(w) > reach || w[root].UPOS != "NOUN" && w[root].UPOS != "PROPN" && w[root].UPOS != "PRON" && w[root].UPOS != "NUM" {
		return
	}
	verb := -1
	for k := range w {
		switch {
		case w[k].Head == root && (w[k].Deprel == "cop" || universal(w[k].Deprel) == "nsubj"):
			return
		case k <= root:
		case w[k].Deprel == "acl" && (w[k].XPOS == "VBD" || w[k].XPOS == "VBN") && r.find(k, "mark") < 0 && r.find(k, "nsubj") < 0 && r.find(k, "nsubj:pass") < 0 && r.find(k, "aux") < 0 && r.find(k, "aux:pass") < 0 &&
			(r.find(k, "obj") > k || w[k].XPOS == "VBD" || r.bareComplement(k) || (speech[lower(w[k].Lemma)] || asking[lower(w[k].Lemma)]) && r.find(k, "obl") > k) && r.under(k, root):
			verb = k
		case (w[k].Deprel == "advcl" || w[k].Deprel == "acl") && w[k].Head == root && w[k].XPOS == "VB" && (w[root].UPOS == "PROPN" || isAgentNoun(w[root].Lemma)) && r.find(k, "nsubj") < 0:
			if to := r.find(k, "mark"); verb < 0 && to >= 0 && to < k && lower(w[to].Form) == "to" && !r.otherFinite(k) {
				verb = k
			}
		}
	}
	if verb < 0 {
		return
	}
	r.set(verb, -1, "root")
	if r.s.Words[verb].XPOS == "VBN" {
		r.tag(verb, "VERB", "VBD")
	}
	r.set(root, verb, "nsubj")
	if c := r.find(verb, "xcomp"); c > verb && r.s.Words[c].UPOS == "PROPN" {
		r.set(c, verb, "obj")
	}
	for k := range r.s.Words {
		if x := &r.s.Words[k]; x.Head == root && k > verb {
			r.set(k, verb, x.Deprel) // the full stop and what follows the verb
		}
		if x := &r.s.Words[k]; x.Head == root && x.Deprel == "cc:preconj" && lower(x.Form) == "neither" {
			r.set(k, verb, "cc:preconj")
		}
	}
}

// bareComplement says whether participle k has a name behind it that no preposition brings in: "angered Lima".
func (r *repairer) bareComplement(k int) bool {
	c := r.find(k, "xcomp")
	return c > k && r.s.Words[c].UPOS == "PROPN" && r.find(c, "case") < 0
}

// otherFinite says whether the sentence has a finite verb beside k.
func (r *repairer) otherFinite(k int) bool {
	for i := range r.s.Words {
		switch r.s.Words[i].XPOS {
		case "VBZ", "VBD", "VBP", "MD":
			if i != k {
				return true
			}
		}
	}
	return false
}

// thatClause: in "no evidence that Togo sold the island" nothing is left for "that" to be: it only opens the clause.
func (r *repairer) thatClause(k int) {
	w := r.s.Words
	if w[k].Deprel != "acl:relcl" || w[k].Head < 0 || w[w[k].Head].UPOS != "NOUN" || w[k].UPOS != "VERB" {
		return
	}
	that := r.find(k, "obj")
	if that < 0 || that > k || lower(w[that].Form) != "that" || that != w[k].Head+1 || r.find(k, "nsubj") < 0 {
		return
	}
	for o, to := k+1, min(len(w), k+reach); o < to; o++ {
		if w[o].Head == k && w[o].Deprel == "obj" {
			r.set(that, k, "mark")
			r.tag(that, "SCONJ", "IN")
			r.set(k, w[k].Head, "acl")
			return
		}
	}
}

// speakerOfQuotation: who stands between a quotation and its "said" is no part of what was said.
func (r *repairer) speakerOfQuotation(v int) {
	w := r.s.Words
	if w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] || r.find(v, "nsubj:pass") >= 0 || r.find(v, "aux:pass") >= 0 {
		return
	}
	first := r.find(v, "nsubj")
	q := v - 1
	for from := max(1, v-40); q >= from && !isQuote(w[q].Form); q-- {
	}
	if q < 1 || v-q > 40 || q+1 == v || !isQuote(w[q].Form) || w[q].XPOS == "POS" {
		return
	}
	switch w[q-1].Form {
	case ",", "?", "!", ".", "-", "--", "…":
	default:
		return
	}
	if first >= 0 {
		// "Members of Congress have begun to see it," Yeutter said: the members see, he says.
		if c := r.find(v, "ccomp"); first < q && c > first && c < q && r.find(c, "nsubj") < 0 && r.find(c, "nsubj:pass") < 0 {
			for k := q + 1; k < v; k++ {
				if w[k].Head == v && w[k].Deprel == "nsubj" {
					r.set(first, c, "nsubj")
					return
				}
			}
		}
		return
	}
	for k := q + 1; k < v; k++ {
		if (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" || w[k].UPOS == "PRON") && w[k].Head >= 0 && w[k].Head < q {
			r.set(k, v, "nsubj")
			r.set(q, v, "punct")
			return
		}
	}
}

// askedTo: in "ordered brokers to cease operations" the infinitive is what they were ordered, not what kind of brokers they are.
func (r *repairer) askedTo(k int) {
	w := r.s.Words
	if v := w[k].Head; w[k].Deprel == "advcl" && w[k].XPOS == "VB" && v >= 0 && v < k && w[v].Lemma == "call" && r.any(v, "obj", "xcomp", "aux:pass") < 0 {
		// "called for the firm to pay"
		first := r.leftmost(k)
		if p := r.find(v, "obl"); p > v && p < k && lower(w[first].Form) == "to" && r.rightmost(p, k) == first-1 && r.caseBefore(p) >= 0 && lower(w[r.caseBefore(p)].Form) == "for" {
			r.set(k, v, "xcomp")
		}
		return
	}
	if w[k].Deprel != "acl" || w[k].XPOS != "VB" && w[k].XPOS != "VBN" || w[k].Head < 1 {
		return
	}
	o, to := w[k].Head, r.find(k, "mark")
	top := o
	for w[top].Deprel == "conj" && w[top].Head >= 0 {
		top = w[top].Head
	}
	if v := w[top].Head; v >= 0 && v < top && w[top].Deprel == "obl" && w[v].UPOS == "VERB" && to > o && to < k && w[to].UPOS == "PART" {
		p := r.find(top, "case")
		switch lem := lower(w[v].Lemma); {
		case p < 0 || lower(w[p].Form) != "for" && lower(w[p].Form) != "on":
		case lem == "call" || lem == "ask" || lem == "appeal" || lem == "press" || lem == "push" || lem == "plead":
			r.set(k, v, "xcomp") // "called for the debts to be examined"
		}
		return
	}
	if w[k].XPOS != "VB" {
		return
	}
	if to <= o || to > k || w[to].UPOS != "PART" || w[o].Deprel != "obj" && w[o].Deprel != "iobj" || w[o].Head < 0 || w[o].Head > o {
		return
	}
	noun, verb := lower(w[o].Lemma), lower(w[w[o].Head].Lemma)
	switch verb {
	case "want", "need", "make", "help", "get", "bring", "offer", "call", "demand", "mandate", "recommend":
		return
	}
	if (asking[verb] || causing[verb] || permitting[verb]) && !planNouns[noun] && !wishNouns[noun] && !possibleNouns[noun] && !negativeNouns[noun] {
		r.set(k, w[o].Head, "xcomp")
		r.set(o, w[o].Head, "obj")
	}
}

// itSays: the "it" of "it said that …" is somebody: only passives and verbs of seeming have an empty one.
func (r *repairer) itSays(v int) {
	w := r.s.Words
	lem := lower(w[v].Lemma)
	if w[v].UPOS != "VERB" || !speech[lem] && !belief[lem] || w[v].XPOS == "VBN" && r.find(v, "aux:pass") >= 0 || r.find(v, "nsubj") >= 0 {
		return
	}
	if it := r.find(v, "expl"); it >= 0 && it < v && lower(w[it].Form) == "it" {
		r.set(it, v, "nsubj")
	}
}

// saidBefore: a clause that follows a bare "said" is what was said: "Oslo said in a letter, it will pay".
func (r *repairer) saidBefore(c int) {
	w := r.s.Words
	v := w[c].Head
	if w[c].Deprel == "parataxis" && v >= 0 && v < c {
		for k := v + 1; k+1 < c; k++ { // "and said that, in line with it, Oslo would pay", hung on the verb before
			if w[k].Head == v && w[k].Deprel == "conj" && saying[lower(w[k].Lemma)] && (w[k+1].Head == k || w[k+1].Head == c) && w[k+1].Deprel == "mark" {
				r.set(c, k, "ccomp")
				r.set(k+1, c, "mark")
				return
			}
		}
	}
	if w[c].Deprel == "conj" && v >= 0 && v < c && saying[lower(w[v].Lemma)] && r.find(v, "ccomp") < 0 && r.find(v, "obj") < 0 && v+1 < len(w) &&
		w[v+1].Head == c && universal(w[v+1].Deprel) == "nsubj" {
		r.set(c, v, "ccomp") // "said it and its partner will hold half": joined are the two, not the verbs
		return
	}
	if w[c].Deprel != "parataxis" || v < 0 || v > c || w[v].UPOS != "VERB" || !saying[lower(w[v].Lemma)] || speech[lower(w[c].Lemma)] {
		return
	}
	if r.find(v, "nsubj") < 0 || r.find(v, "ccomp") >= 0 || r.find(v, "obj") >= 0 || r.find(c, "nsubj") < v && r.find(c, "nsubj:pass") < v {
		return
	}
	r.set(c, v, "ccomp")
}

// saidThat: in "said in reply to an inquiry that it would pay" the clause is what was said, not what the inquiry was.
func (r *repairer) saidThat(c int) {
	w := r.s.Words
	if w[c].Deprel != "acl:relcl" && w[c].Deprel != "acl" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	that := r.find(c, "mark")
	if that < 0 || that > c || lower(w[that].Form) != "that" || r.find(c, "nsubj") < 0 && r.find(c, "nsubj:pass") < 0 && r.find(c, "expl") < 0 {
		return
	}
	n := w[c].Head
	for n >= 0 && w[n].Deprel == "nmod" {
		n = w[n].Head
	}
	if n < 0 || w[n].Deprel != "obl" || w[n].Head < 0 || w[n].Head > n {
		return
	}
	if v := w[n].Head; w[v].UPOS == "VERB" && saying[lower(w[v].Lemma)] && r.find(v, "ccomp") < 0 && r.find(v, "obj") < 0 {
		r.set(c, v, "ccomp")
	}
}

// closingSaid: ", traders said" at the end of a sentence is said of all of it and joined to nothing.
func (r *repairer) closingSaid(v int) {
	w := r.s.Words
	if w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] || w[v].XPOS != "VBD" && w[v].XPOS != "VBZ" && w[v].XPOS != "VBP" || w[v].Head < 0 || w[v].Head > v {
		return
	}
	switch w[v].Deprel {
	case "conj", "acl", "advcl", "dep", "appos":
	case "acl:relcl":
		if r.find(v, "obj") >= 0 && r.find(v, "obj") < v {
			return
		}
	case "parataxis":
		for w[w[v].Head].Deprel == "xcomp" && w[w[v].Head].Head >= 0 { // said of all, not of the infinitive
			r.set(v, w[w[v].Head].Head, "parataxis")
			w = r.s.Words
		}
		return
	default:
		return
	}
	for k := v + 1; k < len(w); k++ {
		if w[k].UPOS != "PUNCT" {
			return
		}
	}
	if r.find(v, "cc") >= 0 || r.find(v, "ccomp") >= 0 || r.find(v, "mark") >= 0 {
		return
	}
	comma := v - 1
	for comma > 0 && w[comma].Form != "," {
		switch w[comma].UPOS {
		case "PROPN", "NOUN", "ADJ", "DET", "ADP", "NUM", "PRON", "CCONJ", "PUNCT", "PART":
		default:
			return
		}
		comma--
	}
	if comma < 2 || comma == v-1 || w[comma+1].UPOS == "CCONJ" {
		return
	}
	s := r.find(v, "nsubj")
	for k := comma + 1; k < v && s < comma; k++ {
		if h := w[k].Head; (h <= comma || h >= v) && (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" || w[k].UPOS == "PRON") {
			s = k
		}
	}
	if s < comma {
		return
	}
	root := w[v].Head
	for n := 0; w[root].Head >= 0 && n < reach; n++ {
		root = w[root].Head
	}
	r.set(s, v, "nsubj")
	r.set(v, root, "parataxis")
}

// casedSubject: of two subjects the one with a preposition is none: "For Ana Cruz, the tax is a mistake".
func (r *repairer) casedSubject(k int) {
	w := r.s.Words
	h := w[k].Head
	if w[k].Deprel != "nsubj" || h < k || w[k].UPOS != "PROPN" && w[k].UPOS != "NOUN" {
		return
	}
	p := r.find(k, "case")
	if p < 0 || p > k || w[p].UPOS != "ADP" || lower(w[p].Form) == "of" {
		return
	}
	for m := k + 1; m < h; m++ {
		if w[m].Head == h && universal(w[m].Deprel) == "nsubj" {
			r.set(k, h, "obl")
			return
		}
	}
}
