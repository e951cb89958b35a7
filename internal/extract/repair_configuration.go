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
		telling[w[v].Lemma] || w[v].Lemma == "make" || w[v].Lemma == "call" {
		return
	}
	if k := i + 1; k < len(w) && w[k].XPOS == "NN" && w[k].UPOS == "NOUN" && w[k].Head == v && w[k].Deprel == "obj" && r.leftmost(k) == k && r.find(i, "det") >= 0 && !temporalNouns[w[k].Lemma] {
		for m := max(0, i-reach); m < i; m++ { // "a percentage point cut"
			if x := &r.s.Words[m]; x.Head == i && x.Deprel == "det" {
				r.set(m, k, "det")
			}
		}
		r.set(i, k, "compound")
		return
	}
	if r.leftmost(i) != i || temporalNouns[w[i].Lemma] || unitNouns[w[i].Lemma] {
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

// thatOfClause: "that" goes with no plural and a clause has one subject: in "and that firms would pay" and "told holders of shares that he would
// pay" it opens the clause.
func (r *repairer) thatOfClause(k int) {
	w := r.s.Words
	if lower(w[k].Form) != "that" || w[k].Head <= k {
		return
	}
	switch n := w[k].Head; {
	case w[k].Deprel == "det" && w[n].XPOS == "NNS" && (w[n].Deprel == "nsubj" || w[n].Deprel == "nsubj:pass") && w[n].Head > n:
		v := w[n].Head
		if r.find(v, "mark") >= 0 {
			return
		}
		r.set(k, v, "mark")
		r.tag(k, "SCONJ", "IN")
		if cc := k - 1; w[v].Deprel == "conj" && cc > 0 && w[cc].UPOS == "CCONJ" && w[v].Head < k {
			for c := cc - 1; c > w[v].Head; c-- { // "said that it fell and that …"
				if w[c].Deprel == "ccomp" && w[c].Head >= 0 && w[c].Head < c && speaking(lower(w[w[c].Head].Lemma)) && r.find(c, "mark") >= 0 {
					r.set(v, c, "conj")
					return
				}
			}
		}
	case (w[k].Deprel == "nsubj" || w[k].Deprel == "nsubj:pass") && w[n].Deprel == "acl:relcl" && w[n].Head >= 0 && w[n].Head < k:
		for s := k + 1; s < n; s++ {
			if w[s].Head == n && (w[s].Deprel == "nsubj" || w[s].Deprel == "nsubj:pass" || w[s].Deprel == "expl") && r.leftmost(s) == k+1 && r.nominalAt(s) && r.caseBefore(s) < 0 && w[k+1].UPOS != "ADP" {
				r.set(k, n, "mark")
				r.tag(k, "SCONJ", "IN")
				return
			}
		}
	}
}

// finiteNoun: a finite verb has a subject: in "has started exchange offers for the notes", read as what offers, the plural behind a bare noun
// that is the object is the object itself.
func (r *repairer) finiteNoun(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBZ" || v < 2 || v+1 >= len(w) || w[v].UPOS != "VERB" || r.any(v, "nsubj", "nsubj:pass", "expl", "csubj", "aux", "cc", "mark", "obj", "iobj", "ccomp", "xcomp", "cop") >= 0 {
		return
	}
	switch w[v].Deprel {
	case "ccomp", "conj", "parataxis", "advcl":
	default:
		return
	}
	o := v - 1
	h := w[o].Head
	if w[o].XPOS != "NN" || w[o].Deprel != "obj" || h < 0 || h >= o || w[v].Head < 0 || w[v].Head > h || w[v+1].UPOS != "ADP" && w[v+1].UPOS != "PUNCT" || speech[w[v].Lemma] {
		return
	}
	r.tag(v, "NOUN", "NNS")
	r.set(v, h, "obj")
	for k := max(0, o-reach); k < min(len(w), v+reach); k++ {
		if x := &r.s.Words[k]; x.Head == o {
			r.set(k, v, x.Deprel)
		} else if x.Head == v && k > v && universal(x.Deprel) == "obl" {
			r.set(k, v, "nmod")
		}
	}
	r.set(o, v, "compound")
}

// conditionOfSaid: in "If passed, the officials said the bill would help" the condition is that of what is said: nobody passed the officials.
func (r *repairer) conditionOfSaid(a int) {
	w := r.s.Words
	v := w[a].Head
	if w[a].Deprel != "advcl" || w[a].XPOS != "VBN" || v < a || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] || r.any(a, "nsubj", "nsubj:pass", "aux", "aux:pass") >= 0 || r.find(v, "aux:pass") >= 0 {
		return
	}
	m := r.find(a, "mark")
	if m < 0 || m > a {
		return
	}
	switch lower(w[m].Form) {
	case "if", "once", "unless", "when":
	default:
		return
	}
	if c := r.find(v, "ccomp"); c > v && r.any(c, "nsubj", "nsubj:pass") > v {
		r.set(a, c, "advcl")
	}
}

// dueTo: in "the board is due to approve it", read as "due to" and a verb, the adjective is the predicate and the verb its complement.
func (r *repairer) dueTo(d int) {
	w := r.s.Words
	if lower(w[d].Form) != "due" || d+2 >= len(w) || lower(w[d+1].Form) != "to" || w[d+1].Head != d || w[d+1].Deprel != "fixed" || w[d+2].XPOS != "VB" {
		return
	}
	v := d + 2
	c := r.find(v, "cop")
	if c < 0 || c > d || w[v].Head == d || w[v].Deprel == "xcomp" {
		return
	}
	r.set(d, w[v].Head, w[v].Deprel)
	r.tag(d, "ADJ", "JJ")
	for k := max(0, v-reach); k < min(len(w), v+reach); k++ {
		x := &r.s.Words[k]
		switch {
		case x.Head != v || k == d || k == d+1:
		case x.Deprel == "nsubj:outer":
			r.set(k, d, "nsubj")
		case k < d || x.Deprel == "punct" || x.Deprel == "parataxis" || x.Deprel == "conj" && r.any(k, "nsubj", "nsubj:pass", "expl") >= 0:
			r.set(k, d, x.Deprel)
		}
	}
	r.set(v, d, "xcomp")
	r.set(d+1, v, "mark")
	r.tag(d+1, "PART", "TO")
}

// plainPlural: in "Financing talks are poised to fail, bankers said", read as a clause of its own that is said, the plural without a verb is the
// subject of the one behind it.
func (r *repairer) plainPlural(n int) {
	w := r.s.Words
	v := w[n].Head
	if w[n].XPOS != "NNS" || w[n].Deprel != "ccomp" || v <= n || !speech[lower(w[v].Lemma)] || n == 0 || w[n-1].Head != n || w[n-1].Deprel != "nsubj" || r.any(n, "cop", "aux", "obj") >= 0 {
		return
	}
	for c := n + 1; c < v; c++ {
		if w[c].Head != v || w[c].Deprel != "ccomp" {
			continue
		}
		if r.any(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "cc") >= 0 || r.any(c, "aux", "aux:pass", "cop") < n && !r.finite(c) {
			return
		}
		rel := "nsubj"
		if r.find(c, "aux:pass") >= 0 {
			rel = "nsubj:pass"
		}
		r.set(n-1, n, "compound")
		r.set(n, c, rel)
		for k := n + 1; k < min(len(w), v+reach); k++ {
			if x := &r.s.Words[k]; x.Head == n && universal(x.Deprel) == "obl" {
				r.set(k, n, "nmod")
			} else if x.Head == n && x.Deprel == "punct" && k > c {
				r.set(k, c, "punct")
			}
		}
		return
	}
}

// countNouns stand for a thing of their own only with an article: without one they describe the noun at the end of the list.
var countNouns = words(`bond stock share mark dollar franc car truck bus ship farm bank plant computer machine company house city state crop forest
	hotel film book newspaper passenger customer consumer student`)

// sharedHead: in "flowed into bond and stock markets" and "buy mark and dollar bonds" the last noun is the head of both.
func (r *repairer) sharedHead(i int) {
	w := r.s.Words
	if w[i].XPOS != "NN" || w[i].UPOS != "NOUN" || !countNouns[w[i].Lemma] || i+3 >= len(w) || w[i+1].UPOS != "CCONJ" || w[i].Head < 0 || r.any(i, "det", "nmod:poss", "nummod", "compound", "nmod", "acl") >= 0 {
		return
	}
	switch universal(w[i].Deprel) {
	case "obj", "obl", "nmod", "nsubj":
	default:
		return
	}
	n := i + 2
	for n < len(w) && w[n].XPOS != "NNS" && (w[n].UPOS == "NOUN" && w[n].Deprel == "compound" || w[n].UPOS == "ADJ" && w[n].Deprel == "amod") {
		n++
	}
	if n >= len(w) || n < i+3 || w[n].XPOS != "NNS" || w[n-1].Deprel != "compound" || w[n-1].Head != n || r.leftmost(n) < i+1 ||
		!(w[n].Head == i && w[n].Deprel == "conj" || w[n].Head == w[i].Head && w[n].Deprel == w[i].Deprel) {
		return
	}
	r.set(n, w[i].Head, w[i].Deprel)
	for k := max(0, i-reach); k < min(len(w), n+reach); k++ {
		if x := &r.s.Words[k]; x.Head == i && k != n && (x.Deprel == "case" || k > n) {
			r.set(k, n, x.Deprel)
		}
	}
	r.set(i, n, "compound")
	r.set(n-1, i, "conj")
	r.set(i+1, n-1, "cc")
	for k := i + 2; k < n-1; k++ {
		if r.s.Words[k].Head == n {
			r.set(k, n-1, r.s.Words[k].Deprel)
		}
	}
}

// invertedSaid: a comma parts no subject from its verb: in "offered a share, said managing partners Ross and Lund" those behind "said" say it.
func (r *repairer) invertedSaid(v int) {
	w := r.s.Words
	if w[v].UPOS != "VERB" || !saying[lower(w[v].Lemma)] || !r.finite(v) || v < 3 || v+2 >= len(w) || w[v-1].Form != "," || r.any(v, "ccomp", "cc", "mark") >= 0 {
		return
	}
	s := r.find(v, "nsubj")
	if s < 1 || s > v || r.leftmost(s) < 2 || w[r.leftmost(s)-1].UPOS == "PUNCT" || w[s].UPOS == "PRON" {
		return
	}
	for k := s + 1; k < v-1; k++ {
		if w[k].Form == "," {
			return // what it sets off stands between the two
		}
	}
	x, behind := v, r.any(v, "obj")
	if c := r.find(v, "xcomp"); behind < v && c > v && (w[c].XPOS == "VBG" || w[c].XPOS == "VBN") {
		x, behind = c, r.find(c, "obj")
	}
	if behind < v || w[behind].UPOS != "PROPN" && !isAgentNoun(w[behind].Lemma) && !sourceNouns[lower(w[behind].Form)] {
		return
	}
	before := r.leftmost(s) - 1
	if r.under(v, before) && w[before].Head == v || !r.nominalAt(before) {
		return
	}
	r.set(behind, v, "nsubj")
	if x != v {
		r.set(x, behind, "amod")
	}
	r.set(s, before, "nmod:unmarked")
}

// saidAsParticiple: of two subjects side by side, the first with a participle of saying, the first says so: "The office confirmed the minister
// had left".
func (r *repairer) saidAsParticiple(p int) {
	w := r.s.Words
	s := w[p].Head
	if w[p].XPOS != "VBN" && w[p].XPOS != "VBD" || w[p].Deprel != "acl" || s < 0 || s > p || !speech[lower(w[p].Lemma)] || universal(w[s].Deprel) != "nsubj" ||
		r.any(p, "obj", "obl", "obl:agent", "ccomp", "nsubj", "aux", "aux:pass") >= 0 {
		return
	}
	v := w[s].Head
	if v < p {
		return
	}
	for k := p + 1; k < v; k++ {
		if w[k].Head == v && universal(w[k].Deprel) == "nsubj" {
			if r.leftmost(k) != p+1 {
				return
			}
			r.set(p, w[v].Head, w[v].Deprel)
			r.tag(p, "VERB", "VBD")
			for m := max(0, s-reach); m < min(len(w), v+reach); m++ {
				if x := &r.s.Words[m]; x.Head == v && (m < s || m > v && (x.Deprel == "punct" || x.Deprel == "parataxis")) {
					r.set(m, p, x.Deprel)
				}
			}
			r.set(s, p, "nsubj")
			r.set(v, p, "ccomp")
			return
		}
	}
}

// subjectBesideHearer: in "told a meeting the answer is peace", read as a meeting that is the answer, the second noun is the subject that the clause
// behind it lacks.
func (r *repairer) subjectBesideHearer(a int) {
	w := r.s.Words
	o := w[a].Head
	if w[a].Deprel != "appos" || o < 0 || o > a || w[o].Deprel != "iobj" && w[o].Deprel != "obj" || w[o].Head < 0 || !telling[w[w[o].Head].Lemma] {
		return
	}
	h := w[o].Head
	if first := r.leftmost(a); first <= o || w[first-1].UPOS == "PUNCT" {
		return
	}
	c := r.find(h, "ccomp")
	if c < a || r.any(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "nsubj:outer") >= 0 {
		return
	}
	if aux := r.any(c, "aux", "aux:pass", "cop"); aux < a && !r.finite(c) {
		return
	}
	rel := "nsubj"
	if r.find(c, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(a, c, rel)
}

// hearersOpinion: in "told reporters he hopes Oslo will pay", read as reporters whom he hopes, what he hopes is told.
func (r *repairer) hearersOpinion(c int) {
	w := r.s.Words
	o := w[c].Head
	if w[c].Deprel != "acl:relcl" || o < 0 || o > c || w[o].Head < 0 || !telling[w[w[o].Head].Lemma] || !speaking(lower(w[c].Lemma)) || w[c].UPOS != "VERB" {
		return
	}
	h, s := w[o].Head, r.find(c, "nsubj")
	if s != o+1 || w[s].XPOS != "PRP" {
		return
	}
	d := r.find(h, "ccomp")
	n := r.find(c, "obj")
	if d < c || n < c || n > d || r.any(d, "nsubj", "nsubj:pass", "expl", "mark") >= 0 || r.any(d, "aux", "aux:pass", "cop") < n && !r.finite(d) {
		return
	}
	rel := "nsubj"
	if r.find(d, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(d, c, "ccomp")
	r.set(c, h, "ccomp")
	r.set(n, d, rel)
}

// forecastAtEnd: in "Output will rise, the survey predicted." the participle at the end is the verb and the noun behind the comma its subject.
func (r *repairer) forecastAtEnd(p int) {
	w := r.s.Words
	n := w[p].Head
	if w[p].XPOS != "VBN" && w[p].XPOS != "VBD" || w[p].Deprel != "acl" || n < 0 || n > p || !speech[lower(w[p].Lemma)] || p+1 != len(w)-1 || w[p+1].Form != "." {
		return
	}
	comma := p - 1
	for comma > 0 && w[comma].Form != "," {
		comma--
	}
	if comma < 2 || comma >= n || w[comma+1].UPOS == "ADP" || w[n].Deprel == "nsubj" {
		return
	}
	root := n
	for k := range w {
		if w[k].Head < 0 {
			root = k
		}
	}
	if root >= comma || w[root].UPOS != "VERB" && r.find(root, "cop") < 0 || r.any(root, "nsubj", "nsubj:pass", "expl") < 0 || speech[lower(w[root].Lemma)] {
		return
	}
	for k := comma + 1; k < p; k++ {
		if w[k].UPOS == "VERB" {
			return
		}
		if w[k].Head == n && w[k].Deprel == "case" && k > comma+1 && w[k].Form == "of" { // "the Bank of Peru's survey", its "of" on the last noun
			if m := k + 1; m < n && w[m].Head == n && w[m].Deprel == "nmod:poss" && w[k-1].Head == n {
				r.set(k, m, "case")
				r.set(m, k-1, "nmod")
			}
		}
	}
	r.set(p, root, "parataxis")
	r.tag(p, "VERB", "VBD")
	r.set(n, p, "nsubj")
}

// nounBeforeVerb: two finite verbs with nothing between them share no subject: in "Data on capital flows have been kept" the first is a noun.
func (r *repairer) nounBeforeVerb(c int) {
	w := r.s.Words
	v := w[c].Head
	if w[c].Deprel != "conj" || v < 2 || v > c || w[v].XPOS != "VBZ" || w[c].UPOS != "VERB" && r.find(c, "cop") < 0 || r.any(c, "cc", "nsubj", "nsubj:pass", "expl", "mark") >= 0 || r.any(v, "aux", "obj", "ccomp", "xcomp") >= 0 {
		return
	}
	aux := r.any(c, "aux", "aux:pass", "cop")
	first := r.leftmost(c)
	if aux < 0 || aux != first || w[aux].XPOS != "VBP" || w[first-1].UPOS == "PUNCT" {
		return
	}
	n, s := v-1, r.any(v, "nsubj")
	if s < 0 || s > n || w[n].XPOS != "NN" || n != s && w[n].Head != s {
		return
	}
	rel := "nsubj"
	if r.find(c, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(c, w[v].Head, w[v].Deprel)
	r.tag(v, "NOUN", "NNS")
	for k := max(0, v-reach); k < min(len(w), c+reach); k++ {
		switch x := &r.s.Words[k]; {
		case k == c || k == s || k == n:
		case x.Head == v && universal(x.Deprel) == "obl" && k > v && k < c:
			r.set(k, v, "nmod")
		case x.Head == v:
			r.set(k, c, x.Deprel)
		case x.Head == n:
			r.set(k, v, x.Deprel)
		}
	}
	if n == s {
		r.set(v, c, rel)
	} else {
		r.set(v, s, w[n].Deprel)
		r.set(s, c, rel)
	}
	r.set(n, v, "compound")
}

// onlySubject: an outer subject stands beside an inner one; alone it is the subject of its adjective.
func (r *repairer) onlySubject(s int) {
	w := r.s.Words
	h := w[s].Head
	if w[s].Deprel != "nsubj:outer" || h < s || w[h].UPOS != "ADJ" || r.any(h, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	if c := r.find(h, "cop"); c > s && c < h && r.find(c+1, "cop") < 0 {
		r.set(s, h, "nsubj")
	}
}

// timeBesideSubject: of two subjects of one verb, that which names a time tells when: "The drop in prices the past year caused losses".
func (r *repairer) timeBesideSubject(t int) {
	w := r.s.Words
	v := w[t].Head
	if w[t].Deprel != "nsubj" || v < t || !temporalNouns[lower(w[t].Lemma)] || r.caseBefore(t) >= 0 {
		return
	}
	other := -1
	for k := max(0, v-reach); k < v; k++ {
		if w[k].Head == v && w[k].Deprel == "nsubj" && k != t {
			if other >= 0 || temporalNouns[lower(w[k].Lemma)] || !r.nominalAt(k) {
				return
			}
			other = k
		}
	}
	if other < 0 {
		return
	}
	if d := r.leftmost(t); d < t && w[d].UPOS == "DET" || d < t && w[d].UPOS == "ADJ" { // "the past year", "last month"
		r.set(t, v, "obl:unmarked")
	}
}

// verbLike are adjectives that are verbs as well.
var verbLike = words(`correct secure complete clear open free clean dry empty narrow slow smooth lower further better perfect separate`)

// toVerb: an object has no preposition: in "want to correct practices", read as what is wanted, the adjective is the verb.
func (r *repairer) toVerb(a int) {
	w := r.s.Words
	n, to := w[a].Head, a-1
	if w[a].UPOS != "ADJ" || w[a].Deprel != "amod" || !verbLike[lower(w[a].Form)] || to < 1 || lower(w[to].Form) != "to" || w[to].Head != n || w[to].Deprel != "case" || n < a ||
		w[n].Deprel != "obj" || w[n].Head != to-1 || w[to-1].UPOS != "VERB" || w[n].XPOS == "NN" {
		return
	}
	v := to - 1
	r.set(a, v, "xcomp")
	r.tag(a, "VERB", "VB")
	r.set(to, a, "mark")
	r.tag(to, "PART", "TO")
	r.set(n, a, "obj")
}

// monthOfMay: no auxiliary follows a preposition or ends a sentence: in "PRICES FALL IN MAY" it is the month.
func (r *repairer) monthOfMay(m int) {
	w := r.s.Words
	if w[m].XPOS != "MD" || lower(w[m].Form) != "may" || w[m].Form[0] != 'M' || w[m].Deprel != "aux" || m < 2 || w[m].Head > m || w[m].Head < 0 {
		return
	}
	switch lower(w[m-1].Form) {
	case "in", "since", "until", "from", "by", "during":
	default:
		return
	}
	r.tag(m, "PROPN", "NNP")
	r.set(m, w[m].Head, "obl")
	r.set(m-1, m, "case")
	r.tag(m-1, "ADP", "IN")
}
