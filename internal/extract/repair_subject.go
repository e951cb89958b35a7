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

// namedAuxiliary: a name is no auxiliary: in "Ruding told the meeting", read as some form of a verb, the name is the subject.
func (r *repairer) namedAuxiliary(k int) {
	w := r.s.Words
	if w[k].Deprel != "aux" || w[k].Head != k+1 || !capitalised(w[k].Form) || w[k].XPOS == "MD" {
		return
	}
	switch w[k].Lemma {
	case "be", "have", "do", "get", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "ought", "need", "dare", "use", "let":
		return
	}
	v := k + 1
	if w[v].XPOS != "VBD" && w[v].XPOS != "VBN" && w[v].XPOS != "VBZ" || r.any(v, "nsubj", "nsubj:pass", "expl") >= 0 {
		return
	}
	r.set(k, v, "nsubj")
	r.tag(k, "PROPN", "NNP")
	if w[v].XPOS == "VBN" {
		r.tag(v, "VERB", "VBD")
	}
}
