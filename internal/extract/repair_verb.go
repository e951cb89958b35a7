package extract

// Verbs: which word is the verb of its clause, and what is its auxiliary.

// auxiliary: a subject hung below the auxiliary belongs to the verb behind it: "Oslo has … rejected", and so does the auxiliary.
func (r *repairer) auxiliary(k int) {
	w := r.s.Words
	h := w[k].Head
	if h <= k || w[h].Deprel != "aux" && w[h].Deprel != "aux:pass" {
		return
	}
	v := h + 1
	for v < len(w) && v < h+6 && (w[v].UPOS == "ADV" || w[v].UPOS == "AUX" || w[v].UPOS == "PART") {
		v++
	}
	if v == len(w) || w[v].UPOS != "VERB" || r.find(v, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	rel := w[h].Deprel
	if r.under(v, k) {
		return
	}
	r.set(h, v, rel)
	r.set(k, v, w[k].Deprel)
}

// auxiliaryVerb: after a modal or "to" a base form is a verb, whatever noun follows: "will veto the bill", read as a veto bill.
func (r *repairer) auxiliaryVerb(v int) {
	w := r.s.Words
	if w[v].Head <= v || v == 0 {
		return
	}
	m := v - 1
	if w[m].XPOS != "MD" && w[m].XPOS != "TO" || w[m].Head != v && w[m].Head != w[v].Head {
		return
	}
	n := w[v].Head
	switch w[n].Deprel {
	case "obj", "iobj", "nsubj", "xcomp", "ccomp", "root", "nmod", "obl":
	default:
		return
	}
	rel := w[n].Deprel
	h := w[n].Head
	switch {
	case w[m].XPOS == "TO" && h >= 0 && r.nominalAt(h):
		rel = "acl"
	case w[m].XPOS == "TO" && m > 0 && w[m-1].UPOS == "NOUN" && (intentions[w[m-1].Lemma] || textNouns[w[m-1].Lemma]):
		h, rel = m-1, "acl" // "its application to trade futures"
	case w[m].XPOS == "TO" && h >= 0:
		rel = "xcomp"
	case rel != "root":
		rel = "ccomp"
	}
	r.set(v, h, rel)
	r.handOver(n, v, func(k int, rel string) bool {
		return k < v && (rel == "nsubj" || rel == "aux" || rel == "advmod" || rel == "mark" || rel == "case")
	})
	if w[m].XPOS == "TO" {
		r.set(m, v, "mark")
		r.tag(m, "PART", "TO")
	} else {
		r.set(m, v, "aux")
	}
	r.set(n, v, "obj")
}

// auxiliaries are the verbs that can be one.
var auxiliaries = words(`be have do get 's will would can could may might shall should must ought need dare use`)

// notAuxiliary: only a few verbs are auxiliaries: in "DENIES PLAN TO RAISE TAXES" the first word is the verb.
func (r *repairer) notAuxiliary(a int) {
	w := r.s.Words
	if w[a].Head <= a || w[w[a].Head].XPOS != "VB" || auxiliaries[w[a].Lemma] {
		return
	}
	n := w[a].Head
	r.set(a, w[n].Head, w[n].Deprel)
	r.tag(a, "VERB", w[a].XPOS)
	r.handOver(n, a, func(k int, rel string) bool { return k < a || k > n && (rel == "punct" || rel == "parataxis") })
	if x := r.find(n, "xcomp"); x > n {
		r.set(x, n, "acl")
	}
	if w[n].UPOS == "VERB" && w[n].XPOS == "VB" {
		r.tag(n, "NOUN", "NN")
	}
	r.set(n, a, "obj")
}

// namedAuxiliary: a name is no auxiliary: in "Ruding told the meeting", read as some form of a verb, the name is the subject.
func (r *repairer) namedAuxiliary(k int) {
	w := r.s.Words
	if w[k].Head != k+1 || !capitalised(w[k].Form) || w[k].XPOS == "MD" || auxiliaries[w[k].Lemma] {
		return
	}
	v := k + 1
	if w[v].XPOS != "VBD" && w[v].XPOS != "VBN" && w[v].XPOS != "VBZ" || r.find(v, "nsubj", "nsubj:pass", "expl") >= 0 {
		return
	}
	r.set(k, v, "nsubj")
	r.tag(k, "PROPN", "NNP")
	if w[v].XPOS == "VBN" {
		r.tag(v, "VERB", "VBD")
	}
}

// verbWithAuxiliary: an adjective has no auxiliary: in "but firms had unloaded cargoes", read as cargoes that were unloaded, it
// is the verb.
func (r *repairer) verbWithAuxiliary(v int) {
	w := r.s.Words
	if w[v].Head != v+1 && w[v].Head != v+2 {
		return
	}
	n := w[v].Head
	a := r.find(v, "aux", "aux:pass")
	h := w[n].Head
	if a < 0 || a > v || h < 0 || h > a || universal(w[n].Deprel) != "obj" && universal(w[n].Deprel) != "obl" &&
		w[n].Deprel != "conj" {
		return
	}
	s := r.find(a, "nsubj")
	if s < 0 {
		s = r.find(v, "nsubj", "nsubj:pass")
	}
	if s < 0 || s <= h {
		return
	}
	rel := "parataxis"
	if r.find(a, "cc") >= 0 || r.find(v, "cc") >= 0 {
		rel = "conj"
	}
	r.set(v, h, rel)
	r.handOver(a, v, func(k int, rel string) bool { return k < v && rel != "advmod" })
	r.set(n, v, "obj")
	r.tag(v, "VERB", w[v].XPOS)
}

// verbAsModifier: a participle with a subject of its own is no adjective: in "tanks shelled positions" read as positions that
// were shelled, the noun is its object.
func (r *repairer) verbAsModifier(v int) {
	w := r.s.Words
	if w[v].Head <= v {
		return
	}
	subject, _ := r.among(v, 0, v, "nsubj")
	noun := w[v].Head
	if subject < 0 || w[noun].UPOS != "NOUN" && w[noun].UPOS != "PROPN" || r.find(noun, "cop") >= 0 {
		return
	}
	r.set(v, w[noun].Head, w[noun].Deprel)
	r.tag(v, "VERB", "VBD")
	r.handOver(noun, v, func(k int, rel string) bool {
		return k < v && rel != "det" || k > noun && (rel == "punct" || rel == "parataxis" || rel == "advcl" || rel == "advmod")
	})
	r.set(noun, v, "obj")
}

// perfect: in "has imposed sanctions", read as having sanctions that were imposed, "imposed" is the verb. A true adjective
// ("has unresolved differences") is tagged JJ; a determiner before the participle ("has the imposed sanctions") or an adverb of
// manner ("has newly trained staff") keeps it.
func (r *repairer) perfect(h int) {
	w := r.s.Words
	if w[h].Lemma != "have" || h+1 >= len(w) {
		return
	}
	v := h + 1
	if v+2 < len(w) && lower(w[v].Form) == "to" && lower(w[v+1].Form) == "date" {
		v += 2 // "has to date reported losses"
	}
	for v+1 < len(w) && w[v].UPOS == "ADV" && midAdverbs[lower(w[v].Form)] {
		v++
	}
	if !r.past(v) || w[v].Deprel != "amod" {
		return
	}
	noun := w[v].Head
	if noun > v && w[h].Head == noun && w[h].Deprel == "aux" && w[noun].UPOS == "NOUN" {
		r.perfectClause(h, v, noun)
		return
	}
	if noun <= v || w[noun].Head != h || w[noun].Deprel != "obj" {
		return
	}
	head, deprel := w[h].Head, w[h].Deprel
	r.set(v, head, deprel)
	r.tag(v, "VERB", "VBN")
	r.handOver(h, v, nil)
	for k := h + 1; k < v; k++ {
		if r.s.Words[k].UPOS == "ADV" || r.s.Words[k].Head == noun || r.s.Words[k].Head == h {
			r.set(k, v, "advmod")
		}
	}
	r.set(h, v, "aux")
	r.tag(h, "AUX", w[h].XPOS)
}

// perfectClause: the same where the noun was read as the predicate: in "that it had bought tanks" it had not "tanks".
func (r *repairer) perfectClause(h, v, noun int) {
	w := r.s.Words
	head, deprel := w[noun].Head, w[noun].Deprel
	r.set(v, head, deprel)
	r.tag(v, "VERB", "VBN")
	r.handOver(noun, v, func(k int, _ string) bool {
		return k <= h || k < v && r.s.Words[k].UPOS == "ADV" || r.s.Words[k].UPOS == "PUNCT"
	})
	r.set(noun, v, "obj")
}

// coordination: in "attacked and bombed civilians", read as attacking bombed civilians, the participle is the second verb.
func (r *repairer) coordination(h int) {
	w := r.s.Words
	if h+3 > len(w) || w[h+1].UPOS != "CCONJ" || w[h].Deprel == "amod" || w[h].Deprel == "case" {
		return
	}
	v := h + 2
	for v+2 < len(w) && (w[v].UPOS == "ADV" || w[v+1].Form == "-" && w[v].End == w[v+1].Begin ||
		w[v].Form == "-" && w[v-1].End == w[v].Begin) {
		v++ // "and otherwise ill-treated"
	}
	if v >= len(w) || !r.past(v) || w[v].Deprel != "amod" {
		return
	}
	noun := w[v].Head
	if noun <= v || w[noun].Head != h || w[noun].Deprel != "obj" && w[noun].Deprel != "conj" {
		return
	}
	r.set(v, h, "conj")
	r.tag(v, "VERB", w[h].XPOS)
	r.set(h+1, v, "cc")
	for k := h + 2; k < v; k++ {
		if w[k].UPOS == "ADV" {
			r.set(k, v, "advmod")
		}
	}
	r.set(noun, h, "obj")
}

// verbBeforeNumber: an adjective follows its number: in "hit a tank; damaged 18 roads" the participle before it is a verb.
func (r *repairer) verbBeforeNumber(v int) {
	w := r.s.Words
	if v == 0 || v+1 >= len(w) || w[v].Head <= v+1 {
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
			r.handOver(n, v, func(k int, rel string) bool { return k < v && k >= v-3 && (rel == "punct" || rel == "cc") })
			return
		}
	}
}

// verbBesideAdverb: a verb is joined to a verb: in "must invest overseas and gain experience", read as "overseas and gain", the
// object behind it is its own.
func (r *repairer) verbBesideAdverb(v int) {
	w := r.s.Words
	if w[v].Head < 0 || w[v].Head > v || w[w[v].Head].UPOS != "ADV" {
		return
	}
	h := w[w[v].Head].Head
	if h < 0 || h > v || w[h].UPOS != "VERB" || r.find(v, "obj", "nsubj") >= 0 {
		return
	}
	r.set(v, h, "conj")
	if o := r.find(h, "obj"); o > v {
		r.set(o, v, "obj")
	}
}

// appointed: in "was elected president", read as being an elected president, the participle is the verb.
func (r *repairer) appointed(v int) {
	w := r.s.Words
	if !appointing[w[v].Lemma] || v == 0 || w[v].Head != v+1 {
		return
	}
	noun := w[v].Head
	cop := r.find(noun, "cop")
	if cop < 0 || cop >= v || r.find(noun, "det") >= 0 {
		return
	}
	r.set(v, w[noun].Head, w[noun].Deprel)
	r.tag(v, "VERB", w[v].XPOS)
	for k, to := r.near(noun); k < to; k++ {
		if r.s.Words[k].Head != noun {
			continue
		}
		switch rel := r.s.Words[k].Deprel; {
		case rel == "nsubj":
			r.set(k, v, "nsubj:pass")
		case rel == "cop":
			r.set(k, v, "aux:pass")
		case rel == "nmod" && k > noun && lower(w[k-1].Form) != "of":
			r.set(k, v, "obl")
		case k < v || universal(rel) != "nmod" && universal(rel) != "conj" && universal(rel) != "cc" &&
			universal(rel) != "appos" && universal(rel) != "acl":
			r.set(k, v, rel)
		}
	}
	r.set(noun, v, "xcomp")
}

// headlessClause: a sentence whose root is a noun with a finite verb below it as its description is a clause of that verb: "No
// one signed", "The claim that … angered Lima", and in headlines "Togo to sell island".
func (r *repairer) headlessClause(i int) {
	if i > 0 {
		return // once a sentence
	}
	w := r.s.Words
	root := r.root()
	if root < 0 || len(w) > reach || w[root].UPOS != "NOUN" && w[root].UPOS != "PROPN" && w[root].UPOS != "PRON" &&
		w[root].UPOS != "NUM" {
		return
	}
	verb := -1
	for k := range w {
		switch {
		case w[k].Head == root && (w[k].Deprel == "cop" || universal(w[k].Deprel) == "nsubj"):
			return
		case k <= root:
		case w[k].Deprel == "acl" && r.past(k) && r.find(k, "mark", "nsubj", "nsubj:pass", "aux", "aux:pass") < 0 &&
			(r.find(k, "obj") > k || w[k].XPOS == "VBD" || r.bareComplement(k) || (speech[lower(w[k].Lemma)] ||
				asking[lower(w[k].Lemma)]) && r.find(k, "obl") > k) && r.under(k, root):
			verb = k
		case (w[k].Deprel == "advcl" || w[k].Deprel == "acl") && w[k].Head == root && w[k].XPOS == "VB" &&
			(w[root].UPOS == "PROPN" || isAgentNoun(w[root].Lemma)) && r.find(k, "nsubj") < 0:
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
	r.handOver(root, verb, func(k int, rel string) bool { // the full stop and what follows the verb
		return k > verb || rel == "cc:preconj" && lower(w[k].Form) == "neither"
	})
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

// mainVerb: a finite verb with an object is no participle: in "Waves hit the coast", read as waves that were hit, it is the main
// verb and the noun its subject.
func (r *repairer) mainVerb(v int) {
	w := r.s.Words
	if w[v].Head < 0 || w[v].Head >= v {
		return
	}
	n := w[v].Head
	if w[n].Head >= 0 || !r.nominalAt(n) || r.find(n, "cop", "nsubj") >= 0 ||
		r.find(v, "nsubj", "nsubj:pass", "mark", "case", "obl:agent", "aux:pass") >= 0 {
		return
	}
	for k := 0; k < v; k++ {
		if w[k].XPOS == "WRB" || w[k].XPOS == "WP" || w[k].XPOS == "WDT" {
			return // "why prices rise"
		}
	}
	switch w[v].XPOS {
	case "VBZ", "VBP":
	case "VBD", "VBN":
		if r.find(v, "obj", "ccomp") < 0 && !intransitive[w[v].Lemma] || w[len(w)-1].Form != "." || w[v-1].Form == "," {
			return
		}
	default:
		return
	}
	r.makeSubject(n, v)
	if w[v].XPOS == "VBN" {
		r.tag(v, "VERB", "VBD")
	}
}

// twoVerbs: of two finite verbs that nothing joins the second is that of the sentence: in "The accord signed in May set a limit", read
// as signing, the accord was signed and set it.
func (r *repairer) twoVerbs(v int) {
	w := r.s.Words
	if intransitive[w[v].Lemma] || speech[w[v].Lemma] || !pastParticiple(lower(w[v].Form)) {
		return
	}
	s := r.find(v, "nsubj")
	if s < 0 || s > v || w[s].UPOS == "PRON" || r.find(v, "aux", "obj", "ccomp", "xcomp", "iobj", "aux:pass") >= 0 ||
		v+1 == len(w) || w[v+1].UPOS != "ADP" || clausePrepositions[lower(w[v+1].Form)] {
		return
	}
	for k := s + 1; k < v; k++ {
		if w[k].UPOS == "PUNCT" || w[k].Head == v {
			return // "The accord also signed"
		}
	}
	for m, to := r.near(v); m < to; m++ {
		if m <= v+2 || w[m].Head != v || w[m].UPOS != "VERB" && w[m].UPOS != "AUX" || !r.finite(m) ||
			w[m].Deprel != "advcl" && w[m].Deprel != "parataxis" && w[m].Deprel != "dep" && w[m].Deprel != "ccomp" ||
			r.find(m, "mark", "nsubj", "nsubj:pass", "cc", "csubj", "expl") >= 0 {
			continue
		}
		first := r.leftmost(m)
		if w[first].UPOS == "PUNCT" || w[first].XPOS == "WRB" || w[first-1].UPOS == "PUNCT" || w[first-1].UPOS == "CCONJ" {
			continue
		}
		r.set(m, w[v].Head, w[v].Deprel)
		r.set(s, m, r.subjectRel(m))
		r.set(v, s, "acl")
		r.tag(v, "VERB", "VBN")
		r.handOver(v, m, func(k int, rel string) bool { return k < s || k > m })
		return
	}
}

// clausePrepositions may have a clause behind them.
var clausePrepositions = words(`after before until till since as than like`)

// pastParticiple says whether form is a past tense that is a participle, too.
func pastParticiple(form string) bool {
	return len(form) > 4 && form[len(form)-2:] == "ed" || bothForms[form]
}

var bothForms = words(`made held sold bought paid set put cut led sent spent built lost found brought hit left met read kept won told taught
	caught fought sought thought dealt meant lent bound laid struck swung fed shot`)

// copulaOfRelative: in "Output of the mills which report to it was small", where the predicate was read as what they report and
// no verb is left for the first noun, the predicate is that of the sentence.
func (r *repairer) copulaOfRelative(p int) {
	w := r.s.Words
	cop := r.find(p, "cop")
	v := w[p].Head
	if cop < 1 || cop > p || w[cop].XPOS != "VBZ" && w[cop].XPOS != "VBD" && w[cop].XPOS != "VBP" || v < 0 || v > cop ||
		w[v].Deprel != "acl:relcl" && w[v].Deprel != "acl" ||
		r.find(p, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "nsubj:outer") >= 0 {
		return
	}
	n := w[v].Head
	for n >= 0 && w[n].Deprel == "nmod" && w[n].Head < n {
		n = w[n].Head
	}
	if n < 0 || w[n].Head >= 0 || !r.nominalAt(n) || r.find(n, "cop", "nsubj") >= 0 ||
		w[cop-1].UPOS == "PUNCT" && w[cop-1].Form != "," {
		return
	}
	r.makeSubject(n, p)
}

// nounBeforeVerb: two finite verbs with nothing between them share no subject: in "Data on capital flows have been kept" the
// first is a noun.
func (r *repairer) nounBeforeVerb(c int) {
	w := r.s.Words
	v := w[c].Head
	if v < 2 || v > c || w[v].XPOS != "VBZ" || w[c].UPOS != "VERB" && r.find(c, "cop") < 0 ||
		r.find(c, "cc", "nsubj", "nsubj:pass", "expl", "mark") >= 0 || r.find(v, "aux", "obj", "ccomp", "xcomp") >= 0 {
		return
	}
	aux := r.find(c, "aux", "aux:pass", "cop")
	first := r.leftmost(c)
	if aux < 0 || aux != first || w[aux].XPOS != "VBP" || w[first-1].UPOS == "PUNCT" {
		return
	}
	n, s := v-1, r.find(v, "nsubj")
	if s < 0 || s > n || w[n].XPOS != "NN" || n != s && w[n].Head != s {
		return
	}
	rel := r.subjectRel(c)
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

// verbLike are adjectives that are verbs as well.
var verbLike = words(`correct secure complete clear open free clean dry empty narrow slow smooth lower further better
	perfect separate`)

// participleOfAgent: a past tense with an agent and without subject and object is a participle: "Peru, made up by locals".
func (r *repairer) participleOfAgent(v int) {
	if w := r.s.Words; r.find(v, "obl:agent") > v && r.find(v, "obj", "nsubj", "aux", "aux:pass") < 0 {
		switch w[v].Deprel {
		case "advcl", "acl":
			r.tag(v, "VERB", "VBN")
		}
	}
}

// toClarify: an infinitive that only announces what the sentence says is no plan of anybody: "To clarify: troops are leaving".
func (r *repairer) toClarify(v int) {
	w := r.s.Words
	if w[v].Head >= 0 || v != 1 || lower(w[0].Form) != "to" || v+2 >= len(w) || w[v+1].UPOS != "PUNCT" || r.find(v, "nsubj", "obj", "aux") >= 0 {
		return
	}
	c := r.find(v, "ccomp", "parataxis")
	if c < 0 || r.find(c, "nsubj", "nsubj:pass", "expl") < 0 {
		return
	}
	r.set(c, -1, "root")
	r.set(v, c, "parataxis")
}

// gerundBesideNoun: in "accused of murder and of killing a guard" the gerund with the preposition of the noun is the verb's, too.
func (r *repairer) gerundBesideNoun(g int) {
	w := r.s.Words
	x := w[g].Head
	if x < 0 || x > g || w[x].UPOS != "NOUN" || universal(w[x].Deprel) != "obl" {
		return
	}
	p, v := r.find(g, "mark", "case"), w[x].Head
	if p < 0 || p > g || v < 0 || w[v].UPOS != "VERB" || lower(w[p].Form) != r.preposition(x) {
		return
	}
	r.set(g, v, "advcl")
}

// livesIn: "lives" and "works" between "and" and a place, after a verb of the same form, are verbs: "works in Oslo and lives in Bergen".
func (r *repairer) livesIn(k int) {
	w := r.s.Words
	if k < 3 || k+2 >= len(w) || w[k-1].UPOS != "CCONJ" || w[k+1].UPOS != "ADP" ||
		r.find(k, "det", "amod", "compound", "nummod", "nmod:poss") >= 0 {
		return
	}
	lemma := ""
	switch lower(w[k].Form) {
	case "lives":
		lemma = "live"
	case "works":
		lemma = "work"
	default:
		return
	}
	v := w[k].Head
	for n := 0; v >= 0 && w[v].XPOS != "VBZ" && n < 4; n++ {
		v = w[v].Head
	}
	if v < 0 || v > k || w[v].XPOS != "VBZ" {
		return
	}
	r.tag(k, "VERB", "VBZ")
	r.s.Words[k].Lemma = lemma
	r.set(k, v, "conj")
	for m, end := r.near(k); m < end; m++ {
		if w := r.s.Words; w[m].Head == k && w[m].Deprel == "nmod" {
			r.set(m, k, "obl")
		}
	}
}

// toVerb: an object has no preposition: in "want to correct practices", read as what is wanted, the adjective is the verb.
func (r *repairer) toVerb(a int) {
	w := r.s.Words
	n, to := w[a].Head, a-1
	if !verbLike[lower(w[a].Form)] || to < 1 || lower(w[to].Form) != "to" || w[to].Head != n || w[to].Deprel != "case" || n < a ||
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

// dueTo: in "the board is due to approve it", read as "due to" and a verb, the adjective is the predicate and the verb its
// complement.
func (r *repairer) dueTo(d int) {
	w := r.s.Words
	if d+2 >= len(w) || lower(w[d+1].Form) != "to" || w[d+1].Head != d || w[d+1].Deprel != "fixed" || w[d+2].XPOS != "VB" {
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
		case k < d || x.Deprel == "punct" || x.Deprel == "parataxis" ||
			x.Deprel == "conj" && r.find(k, "nsubj", "nsubj:pass", "expl") >= 0:
			r.set(k, d, x.Deprel)
		}
	}
	r.set(v, d, "xcomp")
	r.set(d+1, v, "mark")
	r.tag(d+1, "PART", "TO")
}

// usedTo: what somebody used to do is what "used" governs.
func (r *repairer) usedTo(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h+2 > k || lower(w[h].Form) != "used" || !r.past(h) || lower(w[h+1].Form) != "to" ||
		w[h+1].Head != k || r.find(h, "obj") >= 0 || r.find(h, "nsubj") < 0 || r.find(h, "aux") >= 0 {
		return
	}
	r.set(k, h, "xcomp")
	r.tag(h, "VERB", "VBD")
}

// acting are pronouns of who acts.
var acting = words(`he she they we i you who`)

// isTo: "Ford is to close the plant" says what Ford will do; "the aim is to close the plant" says what the aim is.
func (r *repairer) isTo(v int) {
	w := r.s.Words
	c, s, m := r.find(v, "cop"), r.find(v, "nsubj:outer", "nsubj"), r.find(v, "mark")
	if w[v].XPOS == "VBN" && m > 0 && m+2 <= v && w[m+1].XPOS == "VB" && lower(w[m+1].Form) == "be" && w[m+1].Head == v && lower(w[m].Form) == "to" {
		// "is to be closed": so is the plan, but not the aim
		if c < 0 {
			c = r.find(v, "aux:pass")
		}
		if c < 0 || c > m || s < 0 || w[s].Deprel != "nsubj:outer" || w[s].UPOS == "PRON" && !acting[lower(w[s].Form)] ||
			w[s].UPOS == "ADJ" || equativeNouns[w[s].Lemma] {
			return
		}
		r.set(c, v, "aux")
		r.set(s, v, "nsubj:pass")
		return
	}
	if have := r.find(v, "aux"); w[v].XPOS != "VB" && (w[v].XPOS != "VBN" || have < 0 || w[have].XPOS != "VB" || lower(w[have].Lemma) != "have") {
		return // "was to close" or "was to have closed"
	}
	if c < 0 || s < 0 || m < c || m > v || lower(w[m].Form) != "to" || w[s].UPOS == "PRON" && !acting[lower(w[s].Form)] {
		return
	}
	if w[s].UPOS == "ADJ" || w[s].UPOS == "NUM" && r.find(s, "nmod") >= 0 || c+1 < m && w[c+1].XPOS == "WRB" {
		return // "one of the problems is how to curb it"
	}
	if w[s].UPOS == "NOUN" && (intentions[w[s].Lemma] || equativeNouns[w[s].Lemma] ||
		w[v].XPOS == "VB" && (textNouns[w[s].Lemma] || proposalNouns[w[s].Lemma])) {
		return
	}
	r.set(c, v, "aux")
	r.set(s, v, "nsubj")
}

// atFirst: "at first" is an adverb: in "At first Ruiz agreed" she is not the first.
func (r *repairer) atFirst(i int) {
	w := r.s.Words
	if i+2 >= len(w) || lower(w[i+1].Form) != "first" && lower(w[i+1].Form) != "last" || w[i+2].UPOS != "PROPN" && w[i+2].XPOS != "PRP" {
		return
	}
	n := w[i+1].Head
	if n < i+2 || w[n].Head < 0 || w[i].Head != n {
		return
	}
	r.set(i, w[n].Head, "advmod")
	r.set(i+1, i, "fixed")
}

// passiveAdjective: a participle with an auxiliary of the passive is a verb: "are now classified into three types", tagged as an
// adjective.
func (r *repairer) passiveAdjective(v int) {
	if r.find(v, "aux:pass") >= 0 && r.find(v, "cop") < 0 {
		r.tag(v, "VERB", "VBN")
	}
}

// consisting: "consisting of" is always a verb and describes the noun before it or the subject.
func (r *repairer) consisting(v int) {
	w := r.s.Words
	if v+1 >= len(w) || lower(w[v+1].Form) != "of" || w[v].Head < 0 || w[v].UPOS == "VERB" || w[v].Deprel == "root" {
		return
	}
	r.tag(v, "VERB", "VBG")
	for k, to := r.near(v); k < to; k++ {
		if x := r.s.Words[k]; x.Head == v && x.Deprel == "nmod" {
			r.set(k, v, "obl")
		}
	}
	h := w[v].Head
	if s := r.find(h, "nsubj:pass", "nsubj"); s >= 0 && s < h && h < v && w[h].UPOS == "VERB" && r.find(h, "obj") < 0 {
		r.set(v, s, "acl")
	}
}

// labelled: of two nouns that a verb of naming is read as making its object, the first is the object: "called the plan a mistake".
func (r *repairer) labelled(v int) {
	w := r.s.Words
	if !appointing[lower(w[v].Lemma)] || r.find(v, "obj", "iobj", "nsubj:pass") >= 0 {
		return
	}
	first, last := r.among(v, v, len(w), "xcomp")
	if first < 0 || first == last || !r.nominalAt(first) || w[last].UPOS == "VERB" || r.leftmost(first) != v+1 {
		return
	}
	r.set(first, v, "obj")
}

// caseOfNumber: a preposition before a number and its noun is that of both: "priced at 101 pct".
func (r *repairer) caseOfNumber(k int) {
	w := r.s.Words
	n := w[k].Head
	if n != k+1 || w[n].Deprel != "nummod" || w[n].Head <= n || r.caseBefore(w[n].Head) >= 0 {
		return
	}
	h := w[n].Head
	for m := n + 1; m < h; m++ {
		if x := w[m].Head; x < n || x > h || w[m].UPOS != "NOUN" && w[m].UPOS != "NUM" && w[m].UPOS != "SYM" {
			if f := w[n].Form; len(f) == 4 && (f[:2] == "19" || f[:2] == "20") {
				r.set(n, h, "obl") // "In 1986 sales were 5 mln dlrs"
			}
			return
		}
	}
	if r.leftmost(h) != k {
		return
	}
	r.set(k, h, "case")
	if w[h].Deprel == "obj" || w[h].Deprel == "obl:unmarked" {
		r.set(h, w[h].Head, "obl")
	}
}

// particleOfObject: in "cut back output" what is cut is no back output.
func (r *repairer) particleOfObject(p int) {
	w := r.s.Words
	if p < 1 || !verbParticles[lower(w[p].Form)] || w[p-1].UPOS != "VERB" || w[p].Head <= p || w[w[p].Head].Head != p-1 || w[w[p].Head].Deprel != "obj" || r.leftmost(w[p].Head) != p || w[p].UPOS == "PROPN" {
		return
	}
	r.tag(p, "ADP", "RP")
	r.set(p, p-1, "compound:prt")
}

// verbParticles are adverbs that belong to the verb right before them.
var verbParticles = words(`back aside apart forward together`)

// clauseOfAs: in "as rumours of a split circulated", read as a phrase with split circulated, the rumours circulated.
func (r *repairer) clauseOfAs(v int) {
	w := r.s.Words
	if w[v].Head < 0 || w[v].Head > v || r.find(v, "obj", "obl:agent", "nsubj") >= 0 {
		return
	}
	n := w[v].Head
	for w[n].Deprel == "nmod" && w[n].Head >= 0 && w[n].Head < n {
		n = w[n].Head
	}
	as := r.caseBefore(n)
	if as < 0 || lower(w[as].Form) != "as" || r.leftmost(n) != as || w[n].Deprel != "obl" {
		return
	}
	h := w[n].Head
	r.set(v, h, "advcl")
	r.set(n, v, "nsubj")
	r.set(as, v, "mark")
	r.tag(as, "SCONJ", "IN")
}

// auxiliaryBehind: no auxiliary stands behind its verb: in "said it has bought shares", read as "said has" with a thing bought, it has
// bought them.
func (r *repairer) auxiliaryBehind(a int) {
	w := r.s.Words
	h := w[a].Head
	if h < 0 || h > a || w[h].UPOS != "VERB" || lower(w[a].Lemma) != "have" || !saying[lower(w[h].Lemma)] {
		return
	}
	v := a + 1
	for v < len(w) && w[v].UPOS == "ADV" {
		v++
	}
	if v >= len(w) || w[v].UPOS != "VERB" || !r.past(v) || w[v].Head != a && w[v].Head != h {
		return
	}
	s := a - 1
	for s > h && !(universal(w[s].Deprel) == "nsubj" && (w[s].Head == a || w[s].Head == v || w[s].Head == h)) {
		s--
	}
	if s <= h {
		return
	}
	r.set(v, h, "ccomp")
	r.tag(v, "VERB", "VBN")
	r.handOver(a, v, func(k int, _ string) bool { return k != v })
	r.set(s, v, "nsubj")
	r.set(a, v, "aux")
}

// saidGerund: who says something says no gerund: in "Lund said using the data, the sum is wrong" it is part of what is said.
func (r *repairer) saidGerund(g int) {
	w := r.s.Words
	v := w[g].Head
	if v < 0 || v > g || lower(w[v].Lemma) != "say" || r.find(g, "aux", "aux:pass") >= 0 {
		return
	}
	if c := r.find(v, "ccomp"); c > g {
		r.set(g, c, "advcl")
	}
}

// subjectOfInfinitive: no subject follows its infinitive: in "has decided to stay, the paper said" the paper says so.
func (r *repairer) subjectOfInfinitive(s int) {
	w := r.s.Words
	i := w[s].Head
	if i < 0 || i > s || w[i].XPOS != "VB" || r.find(i, "mark") < 0 || r.find(i, "mark") > i {
		return
	}
	v := r.rightmost(s, len(w)) + 1
	if v >= len(w) || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] || !r.finite(v) || r.find(v, "nsubj") >= 0 || r.under(v, s) {
		return
	}
	r.set(s, v, "nsubj")
}

// particleBeforeObject: an object has no preposition: in "took over the mill" the word behind the verb belongs to the verb.
func (r *repairer) particleBeforeObject(k int) {
	w := r.s.Words
	o := w[k].Head
	if k < 1 || o < k || w[o].Deprel != "obj" || w[o].Head != k-1 || w[k-1].UPOS != "VERB" {
		return
	}
	switch lower(w[k].Form) {
	case "over", "up", "out", "off", "down", "back", "away":
		r.set(k, k-1, "compound:prt")
	}
}
