package extract

// finite says whether word k can only be a finite verb.
func (r *repairer) finite(k int) bool {
	w := &r.s.Words[k]
	return (w.UPOS == "VERB" || w.UPOS == "AUX") && (w.XPOS == "VBD" || w.XPOS == "VBZ" || w.XPOS == "VBP")
}

// nominalAt says whether word k is a noun, name, number or pronoun.
func (r *repairer) nominalAt(k int) bool {
	switch r.s.Words[k].UPOS {
	case "NOUN", "PROPN", "NUM", "PRON", "SYM":
		return true
	}
	return false
}

// any returns the first dependent of head whose relation is among rels, -1 where there is none.
func (r *repairer) any(head int, rels ...string) int {
	for k, to := r.near(head); k < to; k++ {
		if w := &r.s.Words[k]; w.Head == head {
			for _, rel := range rels {
				if w.Deprel == rel {
					return k
				}
			}
		}
	}
	return -1
}

// leftmost returns the first word of the subtree of i.
func (r *repairer) leftmost(i int) int {
	first := i
	for k := i - 1; k >= max(0, i-reach) && r.under(k, i); k-- {
		first = k
	}
	return first
}

// caseBefore returns the first preposition of nominal k, -1 for none.
func (r *repairer) caseBefore(k int) int {
	if c := r.find(k, "case"); c < k {
		return c
	}
	return -1
}

// mainVerb: a finite verb with an object is no participle: in "Waves hit the coast", read as waves that were hit, it is the main
// verb and the noun its subject.
func (r *repairer) mainVerb(v int) {
	w := r.s.Words
	if w[v].Deprel != "acl" || w[v].UPOS != "VERB" || w[v].Head < 0 || w[v].Head >= v {
		return
	}
	n := w[v].Head
	if w[n].Head >= 0 || !r.nominalAt(n) || r.any(n, "cop", "nsubj") >= 0 || r.any(v, "nsubj", "nsubj:pass", "mark", "case", "obl:agent", "aux:pass") >= 0 {
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
		if r.any(v, "obj", "ccomp") < 0 && !intransitive[w[v].Lemma] || w[len(w)-1].Form != "." || w[v-1].Form == "," {
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

// makeSubject gives v the arc of nominal n and n to v as its subject, and to v what follows it.
func (r *repairer) makeSubject(n, v int) {
	r.set(v, r.s.Words[n].Head, r.s.Words[n].Deprel)
	for k, to := v+1, min(len(r.s.Words), v+reach); k < to; k++ {
		if r.s.Words[k].Head == n {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	for k := max(0, n-reach); k < n; k++ { // what stands before the subject belongs to the clause
		if d := r.s.Words[k].Deprel; r.s.Words[k].Head == n && (d == "obl" || d == "advcl" || d == "discourse" || d == "mark") {
			r.set(k, v, d)
		}
	}
	r.set(n, v, "nsubj")
}

// coordinatedSubject: in "Gold and silver rose", read as "gold" and "silver rose", both nouns are the subject.
func (r *repairer) coordinatedSubject(v int) {
	w := r.s.Words
	if w[v].Deprel != "conj" || w[v].UPOS != "VERB" && w[v].UPOS != "AUX" || w[v].Head < 0 || w[v].Head >= v {
		return
	}
	n := w[v].Head
	if w[n].Deprel != "root" && w[n].Deprel != "ccomp" && w[n].Deprel != "parataxis" || !r.nominalAt(n) || r.any(n, "cop", "nsubj", "nsubj:pass") >= 0 {
		return
	}
	s := r.any(v, "nsubj", "nsubj:pass")
	if s < 0 || s > v || !r.nominalAt(s) {
		return
	}
	cc := r.joiner(s)
	if cc <= max(n, 0) || w[cc].UPOS != "CCONJ" || lower(w[cc].Form) == "but" || w[cc-1].Form == "," {
		return
	}
	rel := w[s].Deprel
	for k := n + 1; k < cc; k++ { // nothing but modifiers between the two
		if w[k].Form == "." || w[k].Form == "?" || w[k].Form == "!" {
			return
		}
	}
	r.makeSubject(n, v)
	r.set(n, v, rel)
	r.set(s, n, "conj")
	r.set(cc, s, "cc")
}

// gap: in "Ford will build the car and Fiat the engine" the last two nouns are the subject and object of a verb left out: nouns side by
// side without a comma or conjunction are no list.
func (r *repairer) gap(o int) {
	w := r.s.Words
	if w[o].Deprel != "conj" || !r.nominalAt(o) || w[o].Head < 0 {
		return
	}
	h := w[o].Head // of the first conjunct, on which all of a list hang
	for w[h].Deprel == "conj" && w[h].Head >= 0 && w[h].Head < h && r.nominalAt(w[h].Head) {
		h = w[h].Head
	}
	for n := 0; w[h].Deprel == "nmod" && w[h].Head >= 0 && w[h].Head < h && n < reach; n++ {
		h = w[h].Head
	}
	v := w[h].Head
	if cop := r.find(h, "cop"); cop >= 0 && cop < h { // "Ford is a maker of cars and Boeing a maker of planes"
		v = h
	} else if w[h].Deprel != "obj" || v < 0 || v >= h || w[v].UPOS != "VERB" {
		return
	}
	first := r.leftmost(o)
	if first < 2 || w[first].UPOS != "DET" && w[first].UPOS != "NUM" && w[first].XPOS != "PRP$" {
		return
	}
	s := first - 1
	for s > 0 && w[s].Deprel == "flat" {
		s = w[s].Head
	}
	if s <= h || s >= o || w[s].UPOS != "PROPN" || w[s].Deprel != "conj" || !r.under(s, h) || r.any(s, "case") >= 0 {
		return
	}
	r.set(s, v, "conj")
	r.set(o, s, "orphan")
}

// timeOfVerb: a weekday in a clause tells when it happens, not which president or town is meant: "the president on Tuesday named …".
// Only acts and events have a time of their own.
func (r *repairer) timeOfVerb(t int) {
	w := r.s.Words
	if w[t].Deprel != "nmod" && w[t].Deprel != "nmod:unmarked" || w[t].Head < 0 || w[t].Head > t {
		return
	}
	l := lower(w[t].Lemma)
	if l != "today" && l != "yesterday" && l != "tomorrow" && l != "tonight" && !weekdays[l] {
		return
	}
	if c := r.caseBefore(t); c >= 0 && (lower(w[c].Form) != "on" || c != r.leftmost(t)) {
		return
	}
	n := w[t].Head
	if w[n].UPOS != "NOUN" && w[n].UPOS != "PROPN" || temporalNouns[lower(w[n].Lemma)] {
		return
	}
	for up := n; up >= 0; up = w[up].Head {
		switch rel := universal(w[up].Deprel); {
		case w[up].UPOS == "NOUN" && (actNouns[lower(w[up].Lemma)] || eventNouns[lower(w[up].Lemma)]):
			return // "talks in Paris on Monday"
		case rel == "nmod" || rel == "flat" || rel == "conj" || rel == "compound" || rel == "appos":
			continue
		case rel == "nsubj" || rel == "obj" || rel == "obl" || rel == "iobj" || rel == "xcomp":
			v := w[up].Head
			if v >= 0 && w[v].UPOS == "VERB" {
				rel := "obl"
				if r.caseBefore(t) < 0 {
					rel = "obl:unmarked"
				}
				r.set(t, v, rel)
			}
			return
		default:
			return
		}
	}
}

// frontedRelative: in "the man to whom they sold it" the pronoun belongs to the clause behind it.
func (r *repairer) frontedRelative(k int) {
	w := r.s.Words
	if w[k].XPOS != "WDT" && w[k].XPOS != "WP" || lower(w[k].Form) == "what" || w[k].Deprel != "nmod" || w[k].Head < 0 || w[k].Head > k {
		return
	}
	if c := r.caseBefore(k); c < 0 || lower(w[c].Form) == "of" {
		return // "the population of which is young"
	}
	for v := k + 1; v < min(len(w), k+reach); v++ {
		if w[v].Head == w[k].Head && w[v].Deprel == "acl:relcl" {
			r.set(k, v, "obl")
			return
		}
	}
}

// receiver: of two objects side by side the first receives: "lent Brazil 2 bn dlrs".
func (r *repairer) receiver(o int) {
	w := r.s.Words
	v := w[o].Head
	if w[o].Deprel != "obj" || v < 0 || v > o || w[v].UPOS != "VERB" || !giving[w[v].Lemma] || r.any(v, "iobj", "aux:pass") >= 0 || !r.nominalAt(o) {
		return
	}
	first := r.leftmost(o)
	if c := w[first-1].Form; w[first].UPOS == "PUNCT" || c == "," || c == ":" || c == "--" {
		return
	}
	for k := v + 1; k < o; k++ {
		if w[k].Head == v && w[k].Deprel == "obj" && r.nominalAt(k) && w[k].UPOS != "NUM" && (w[k].UPOS != "PROPN" || w[o].UPOS != "PROPN") {
			r.set(k, v, "iobj")
			return
		}
	}
}

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
	if v < 0 || v > n || w[v].UPOS != "VERB" || intentions[w[n].Lemma] != "" || textNouns[w[n].Lemma] || temporalNouns[w[n].Lemma] || r.any(v, "xcomp") >= 0 {
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
		if w[n].UPOS == "NOUN" && (intentions[w[n].Lemma] != "" || n == first-1 && proposalNouns[w[n].Lemma]) && r.under(n, v) {
			r.set(k, n, "acl")
			return
		}
		if w[n].Deprel != "nmod" && w[n].Deprel != "flat" && w[n].Deprel != "appos" && (w[n].Deprel != "compound" || w[n].Head > first) {
			return
		}
	}
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

// secondSubject: two finite verbs without a conjunction between them do not share a subject: in "Peru beats Chile and Cuba plays Spain", read as
// beating Chile and Cuba, the noun before the second verb is its subject.
func (r *repairer) secondSubject(v int) {
	w := r.s.Words
	switch w[v].Deprel {
	case "conj":
	case "advcl", "parataxis":
		if speech[w[v].Lemma] {
			return
		}
	default:
		return
	}
	if w[v].Head < 0 || w[v].Head > v || r.any(v, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	own := r.find(v, "cc") // a parser may have given the conjunction to the verb already
	h := w[v].Head
	if w[h].Deprel == "acl" || w[h].Deprel == "amod" || r.any(h, "nsubj", "nsubj:pass", "expl") < 0 || w[h].UPOS != "VERB" && r.any(h, "cop") < 0 {
		return
	}
	a := r.any(v, "aux", "aux:pass", "cop")
	bare := w[v].XPOS == "VB" && a < 0 // "changes depend", read as an infinitive
	if !bare && !r.finite(v) && (a < 0 || w[a].XPOS == "VBN" || w[a].XPOS == "VB" || w[a].XPOS == "VBG") {
		return
	}
	if a < 0 && w[v].XPOS == "VBD" && r.any(v, "obj", "ccomp", "xcomp", "obl:unmarked") < 0 && !intransitive[w[v].Lemma] {
		return // "80 cars and 30 trucks sold in May"
	}
	first := r.leftmost(v)
	if first < 2 || w[first].UPOS == "PUNCT" {
		return
	}
	s := first - 1
	for w[s].Deprel == "flat" || w[s].Deprel == "nmod" || w[s].Deprel == "appos" || w[s].Deprel == "compound" && w[s].Head > s && w[s].Head < v {
		s = w[s].Head
		if s < 0 {
			return
		}
	}
	if w[s].Deprel != "conj" || s >= v || s <= h || !r.nominalAt(s) || temporalDigits(w[s].Form) || !r.under(s, h) {
		return
	}
	clause := h
	for up := s; up != h; up = w[up].Head { // the list is of the clause before
		switch {
		case universal(w[up].Deprel) == "nsubj" || w[up].Deprel == "acl":
			return
		case w[up].UPOS == "VERB" && w[up].Deprel == "ccomp" && clause == h:
			clause = up
		}
	}
	cc := r.any(s, "cc")
	if own >= 0 && own == r.leftmost(s)-1 {
		cc = own
	} else if own >= 0 {
		return
	}
	if c := r.caseBefore(w[s].Head); c >= 0 && lower(w[c].Form) == "between" {
		return
	}
	if cc < 0 || cc > s || bare && w[s].XPOS != "NNS" && w[s].XPOS != "NNPS" {
		return
	}
	if bare {
		r.tag(v, "VERB", "VBP")
	}
	rel := "nsubj"
	if r.find(v, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(v, clause, "conj")
	r.set(s, v, rel)
	r.set(cc, v, "cc")
}

// joinedClause: a clause with a conjunction and a subject of its own describes no noun: it goes on after the clause before.
func (r *repairer) joinedClause(v int) {
	w := r.s.Words
	if w[v].Deprel != "acl" || w[v].Head < 0 || w[v].Head > v || w[v].UPOS != "VERB" {
		return
	}
	cc, s := r.find(v, "cc"), r.any(v, "nsubj", "nsubj:pass")
	if cc < 0 || s < cc || s > v || cc < w[v].Head || r.find(v, "mark") >= 0 || lower(w[cc].Form) != "and" && lower(w[cc].Form) != "but" || w[s].XPOS == "WDT" || w[s].XPOS == "WP" {
		return
	}
	for h := w[w[v].Head].Head; h >= 0; h = w[h].Head {
		if w[h].UPOS == "VERB" && h < v {
			r.set(v, h, "conj")
			return
		}
	}
}

// clauseAfterPreposition: in "resigned after the party lost", read as "after the party" and a clause without subject, the noun is the subject
// of the clause and the preposition its conjunction.
func (r *repairer) clauseAfterPreposition(v int) {
	w := r.s.Words
	switch w[v].Deprel {
	case "advcl", "acl", "ccomp", "parataxis", "acl:relcl":
	default:
		return
	}
	if w[v].Head < 0 || r.any(v, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "case", "cc", "obl:agent") >= 0 {
		return
	}
	a := r.any(v, "aux", "aux:pass", "cop")
	if !(w[v].XPOS == "VBD" || w[v].XPOS == "VBZ" || w[v].XPOS == "VBP") && (a < 0 || a > v || w[a].XPOS == "VBN" || w[a].XPOS == "VB" || w[a].XPOS == "VBG") {
		return
	}
	first := r.leftmost(v)
	if first < 2 || w[first].UPOS == "PUNCT" || w[first-1].UPOS == "PUNCT" {
		return
	}
	o := first - 1
	for n := 0; o >= 0 && n < reach && r.caseBefore(o) < 0; n++ {
		if o = w[o].Head; o >= v {
			return
		}
	}
	for o >= 0 && w[o].Deprel == "nmod" && w[o].Head < o { // "after the leader of the party lost"
		c := r.caseBefore(o)
		if c >= 0 && subordinators[lower(w[c].Form)] {
			break
		}
		o = w[o].Head
	}
	if o < 0 || !r.nominalAt(o) || universal(w[o].Deprel) != "obl" && w[o].Deprel != "nmod" || !r.under(first-1, o) {
		return
	}
	c := r.caseBefore(o)
	if c < 0 || !subordinators[lower(w[c].Form)] || c != r.leftmost(o) || r.temporalAt(o) {
		return
	}
	if v == w[o].Head || w[v].Head != w[o].Head && w[v].Head != o {
		return
	}
	if w[v].XPOS == "VBD" && a < 0 && w[v].Head == o && r.any(v, "obj", "ccomp", "xcomp") < 0 && !intransitive[w[v].Lemma] {
		return // "after the deal announced in May"
	}
	rel := "nsubj"
	if r.find(v, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(v, w[o].Head, "advcl")
	r.set(o, v, rel)
	r.set(c, v, "mark")
	r.tag(c, "SCONJ", "IN")
}

// subordinators introduce nominals and clauses.
var subordinators = words(`after before since until till as than once because while although though if unless whereas`)

func (r *repairer) temporalAt(k int) bool {
	w := &r.s.Words[k]
	return temporalNouns[lower(w.Lemma)] || w.UPOS == "NUM"
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
	if w[s].UPOS == "NOUN" && (intentions[w[s].Lemma] != "" || textNouns[w[s].Lemma] || equativeNouns[w[s].Lemma] || proposalNouns[w[s].Lemma]) {
		return
	}
	r.set(c, v, "aux")
	r.set(s, v, "nsubj")
}

// compoundParticiple: behind a possessor or article, a noun and a participle before another noun describe it together: "its state owned bank".
func (r *repairer) compoundParticiple(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || v < 2 || v+1 >= len(w) {
		return
	}
	if w[v].Deprel != "acl" && w[v].Deprel != "amod" && w[v].Deprel != "advcl" {
		return
	}
	p, o := v-1, r.find(v, "obj")
	if o <= v || w[p].UPOS != "NOUN" || w[o].UPOS != "NOUN" && w[o].UPOS != "PROPN" || r.leftmost(o) <= v {
		return
	}
	poss := r.any(p, "nmod:poss", "det")
	c := r.caseBefore(p)
	if poss != p-1 || c >= 0 && c != poss-1 || universal(w[p].Deprel) != "obl" || w[p].Head < 0 || w[p].Head == v || r.s.Words[poss].XPOS != "PRP$" {
		return
	}
	r.set(o, w[p].Head, w[p].Deprel)
	for k := max(0, p-reach); k < p; k++ {
		if r.s.Words[k].Head == p {
			r.set(k, o, r.s.Words[k].Deprel)
		}
	}
	for k := o + 1; k < min(len(w), o+reach); k++ {
		if r.s.Words[k].Head == v {
			r.set(k, o, map[bool]string{true: "nmod", false: r.s.Words[k].Deprel}[r.s.Words[k].Deprel == "obl"])
		}
	}
	r.set(v, o, "amod")
	r.set(p, v, "compound")
}

// objectBeforeVerb: no noun between two verbs is the object of the second: "helps firms grow crops".
func (r *repairer) objectBeforeVerb(k int) {
	w := r.s.Words
	if w[k].Deprel != "obj" || w[k].Head <= k || !r.nominalAt(k) || w[k].XPOS == "WDT" || w[k].XPOS == "WP" {
		return
	}
	v := w[k].Head
	h := w[v].Head
	if w[v].Deprel != "xcomp" && w[v].Deprel != "ccomp" || h < 0 || h >= k || w[h].UPOS != "VERB" || r.find(v, "mark") >= 0 && r.find(v, "mark") < k || r.any(h, "obj", "iobj") >= 0 {
		return
	}
	if w[v].XPOS == "VB" || w[v].XPOS == "VBG" {
		r.set(k, h, "obj")
	}
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

// subjectWithPreposition: no subject has a preposition of place: in "Near Homs, one strike hit a bridge", read as Homs that hit it, the
// noun behind the comma is the subject.
func (r *repairer) subjectWithPreposition(k int) {
	w := r.s.Words
	if w[k].Deprel != "nsubj" && w[k].Deprel != "nsubj:pass" || w[k].Head < k || !r.nominalAt(k) {
		return
	}
	c := r.caseBefore(k)
	if c < 0 || c != r.leftmost(k) || c > 0 && w[c-1].UPOS != "PUNCT" {
		return
	}
	switch lower(w[c].Form) {
	case "in", "near", "at", "on", "from", "by", "with", "after", "before", "since", "during", "inside", "outside", "for", "under":
	default:
		return
	}
	v, rel := w[k].Head, w[k].Deprel
	subject := -1
	for m := k + 1; m < v; m++ {
		switch {
		case w[m].Head == v && w[m].Deprel == rel:
			subject = m
		case w[m].Head == k && (w[m].Deprel == "appos" || w[m].Deprel == "conj") && r.nominalAt(m) && w[r.leftmost(m)-1].Form == "," && r.find(m, "cc") < 0:
			if subject < 0 {
				subject = m
			}
		}
	}
	if subject < 0 {
		return
	}
	r.set(k, v, "obl")
	r.set(subject, v, rel)
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

// lateSubject returns a second subject of v behind it, -1 for none.
func (r *repairer) lateSubject(v int) int {
	w := r.s.Words
	before, after := false, -1
	for k, to := r.near(v); k < to; k++ {
		if w[k].Head == v && w[k].Deprel == "nsubj" {
			before = before || k < v
			if k > v {
				after = k
			}
		}
	}
	if !before {
		return -1
	}
	return after
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

// pluralBehindArticle: "a" goes with no plural: in "a bill limiting fees", read as fees of a kind, the participle describes the noun before it.
func (r *repairer) pluralBehindArticle(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBG" || w[v].Deprel != "compound" && w[v].Deprel != "amod" || w[v].Head <= v || v < 2 {
		return
	}
	n, o := v-1, w[v].Head
	if w[n].XPOS != "NN" || w[n].Head != o || w[n].Deprel != "compound" || w[o].XPOS != "NNS" {
		return
	}
	d := r.find(o, "det")
	if d < 0 || d > n || lower(w[d].Form) != "a" && lower(w[d].Form) != "an" && lower(w[d].Form) != "this" && lower(w[d].Form) != "another" {
		return
	}
	r.set(n, w[o].Head, w[o].Deprel)
	for k := max(0, n-reach); k < n; k++ {
		if r.s.Words[k].Head == o {
			r.set(k, n, r.s.Words[k].Deprel)
		}
	}
	r.set(v, n, "acl")
	r.tag(v, "VERB", "VBG")
	r.set(o, v, "obj")
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

// clauseOfRelative: in "prices which traders claim are needed", read as two descriptions of the prices, the second is what is claimed.
func (r *repairer) clauseOfRelative(c int) {
	w := r.s.Words
	if w[c].Deprel != "acl:relcl" || w[c].Head < 0 || r.any(c, "nsubj", "nsubj:pass", "expl", "csubj", "mark", "cc") >= 0 {
		return
	}
	v := r.leftmost(c) - 1
	if v < 1 || w[v].Deprel != "acl:relcl" || w[v].Head != w[c].Head || !speaking(w[v].Lemma) || w[v].UPOS != "VERB" {
		return
	}
	if a := r.any(c, "aux", "aux:pass", "cop"); a >= 0 && a < c && w[a].XPOS != "VBG" || r.finite(c) {
		r.set(c, v, "ccomp")
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

// betweenPair: "between" wants two: in "a talk between Ross and an aide", read as a talk and an aide, the last two belong together.
func (r *repairer) betweenPair(b int) {
	w := r.s.Words
	if w[b].Deprel != "conj" || w[b].Head < 0 || w[b].Head > b || !r.nominalAt(b) {
		return
	}
	cc := r.joiner(b)
	if cc < 2 || lower(w[cc].Form) != "and" {
		return
	}
	a := -1
	for n, up := cc-1, 0; n > w[b].Head && up < reach; n, up = w[n].Head, up+1 {
		if c := r.caseBefore(n); c >= 0 {
			if lower(w[c].Form) == "between" {
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
	if a < 0 || w[a].Head == b || r.find(a, "conj") >= 0 || w[a].XPOS == "NNS" || w[a].XPOS == "PRP" || w[a].UPOS == "NUM" && w[b].UPOS != "NUM" || !r.under(a, w[b].Head) {
		return
	}
	r.set(b, a, "conj")
	r.set(cc, b, "cc")
}

// subjectOfDescription: in "Demand in Peru will offset the loss, the report said", where both nouns were read as subjects of "said" and the
// verb between them as describing the first, that verb is what is said.
func (r *repairer) subjectOfDescription(v int) {
	w := r.s.Words
	if r.find(v, "ccomp") >= 0 || !r.finite(v) {
		return
	}
	first, last := -1, -1
	for k := max(0, v-reach); k < v; k++ {
		if w[k].Head == v && w[k].Deprel == "nsubj" {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	if first < 0 || last == first {
		return
	}
	if b := r.leftmost(last); b < 1 || w[b-1].Form != "," && w[b-1].Form != "\"" && w[b-1].Form != "''" && w[b-1].Form != "”" || r.leftmost(v) < first && !r.under(last, v) {
		return
	}
	for x := first + 1; x < last; x++ {
		if w[x].UPOS != "VERB" && r.find(x, "cop") < 0 || r.any(x, "nsubj", "nsubj:pass", "expl", "mark", "case") >= 0 {
			continue
		}
		aux := r.any(x, "aux", "aux:pass", "cop")
		finite := aux >= 0 && aux < x && w[aux].XPOS != "VBG" && w[aux].XPOS != "VBN" && w[aux].XPOS != "VB" || aux < 0 && (r.finite(x) || w[x].XPOS == "VBN" && r.any(x, "obj", "obl:unmarked") > x)
		if !finite || w[x].Head != first && w[x].Head != v && !r.under(v, x) || r.find(x, "obl:agent") >= 0 {
			continue
		}
		switch w[x].Deprel {
		case "acl", "parataxis", "acl:relcl", "appos", "advcl", "root", "ccomp":
		default:
			continue
		}
		rel := "nsubj"
		if r.find(x, "aux:pass") >= 0 {
			rel = "nsubj:pass"
		}
		if !r.under(v, x) {
			r.set(x, v, "ccomp")
		}
		if w[x].XPOS == "VBN" && aux < 0 {
			r.tag(x, "VERB", "VBD")
		}
		r.set(first, x, rel)
		return
	}
}

// objectIsSubject: a noun before a finite verb is its subject, not its object: "hoped the bank would found a unit".
func (r *repairer) objectIsSubject(o int) {
	w := r.s.Words
	c := w[o].Head
	if w[o].Deprel != "obj" || c <= o || !r.nominalAt(o) || w[o].UPOS == "PRON" && w[o].XPOS != "PRP" || w[c].UPOS != "VERB" {
		return
	}
	if w[c].Deprel != "ccomp" && w[c].Deprel != "root" && w[c].Deprel != "advcl" || r.any(c, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	aux := r.any(c, "aux", "aux:pass")
	if !(aux > o && aux < c && (w[aux].XPOS == "MD" || w[aux].XPOS == "VBZ" || w[aux].XPOS == "VBP" || w[aux].XPOS == "VBD") || aux < 0 && r.finite(c)) {
		return
	}
	for k := o + 1; k < c; k++ { // nothing but its phrase and the verb's adverbs between them
		if !r.under(k, o) && (w[k].Head != c || w[k].UPOS == "PUNCT") && w[k].UPOS != "DET" && !r.under(k, c) {
			return
		}
	}
	rel := "nsubj"
	if r.find(c, "aux:pass") >= 0 {
		rel = "nsubj:pass"
	}
	r.set(o, c, rel)
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
