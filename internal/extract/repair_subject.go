package extract

// Subjects: each finite verb has one, which is no other verb's object and has no preposition.

// frontedPlace: in "Near Linden, two shells hit a ship", read as Linden that is described, the noun behind the comma is the
// subject.
func (r *repairer) frontedPlace(root int) {
	w := r.s.Words
	if v := w[root].Head; w[root].Deprel == "nsubj" && v > root && w[v].Deprel == "acl" && w[v].Head > root &&
		w[v].Head < v && w[w[v].Head].Head < 0 && r.nominalAt(w[v].Head) {
		n, c := w[v].Head, r.caseBefore(root)
		if c < 0 || c > 0 && w[c-1].UPOS != "PUNCT" || w[n].UPOS != "NOUN" || r.find(v, "obj") < v ||
			r.find(v, "aux", "mark", "obl:agent") >= 0 || r.find(n, "cop") >= 0 {
			return
		}
		r.set(v, -1, "root")
		r.tag(v, "VERB", "VBD")
		r.set(n, v, "nsubj")
		r.set(root, v, "obl")
		return
	}
	if w[root].Head >= 0 || w[root].UPOS != "PROPN" || r.find(root, "cop", "nsubj") >= 0 {
		return
	}
	c := r.caseBefore(root)
	if c < 0 || c > 0 && w[c-1].UPOS != "PUNCT" {
		return
	}
	for v := root + 2; v < min(len(w), root+reach); v++ {
		n := w[v].Head
		if w[v].Deprel != "acl" || !r.past(v) || n <= root || w[n].Head != root || w[n].Deprel != "appos" ||
			r.find(v, "obj", "conj") < v ||
			r.find(v, "nsubj", "aux", "mark", "obl:agent") >= 0 {
			continue
		}
		if b := r.leftmost(n); b < 1 || w[b].Form != "," && w[b-1].Form != "," {
			return
		}
		r.set(v, -1, "root")
		r.tag(v, "VERB", "VBD")
		r.set(n, v, "nsubj")
		r.set(root, v, "obl")
		r.handOver(root, v, func(k int, _ string) bool { return k > v })
		return
	}
}

// subjectWithPreposition: no subject has a preposition of place: in "Near Homs, one strike hit a bridge", read as Homs that hit
// it, the noun behind the comma is the subject.
func (r *repairer) subjectWithPreposition(k int) {
	w := r.s.Words
	if w[k].Head < k {
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
		case w[m].Head == k && (w[m].Deprel == "appos" || w[m].Deprel == "conj") && r.nominalAt(m) &&
			w[r.leftmost(m)-1].Form == "," && r.find(m, "cc") < 0:
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

// casedSubject: of two subjects the one with a preposition is none: "For Ana Cruz, the tax is a mistake".
func (r *repairer) casedSubject(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < k {
		return
	}
	p := r.find(k, "case")
	if p < 0 || p > k || w[p].UPOS != "ADP" || lower(w[p].Form) == "of" {
		return
	}
	if other, _ := r.among(h, k+1, h, "nsubj", "nsubj:pass"); other >= 0 {
		r.set(k, h, "obl")
	}
}

// bracketedSubject: what stands in brackets behind a noun explains it: in "said the ECB (European Central Bank) should wait",
// read as the bank in the brackets that should, the noun before them is the subject. Behind a phrase with a preposition, names in
// brackets tell who that is: "according to the sponsors of the bill (Peru, Chile) announced".
func (r *repairer) bracketedSubject(s int) {
	w := r.s.Words
	c := w[s].Head
	if c <= s {
		return
	}
	open := s
	for open >= 0 && s-open < 12 && !isBracket(w[open].Form) {
		open--
	}
	if open < 1 || s-open >= 12 || !isBracket(w[open].Form) {
		return
	}
	end := s
	for end < c && !isBracket(w[end].Form) {
		end++
	}
	n := open - 1
	if end == c || w[n].UPOS != "NOUN" && w[n].UPOS != "PROPN" {
		return
	}
	if w[n].Head == w[c].Head && w[n].Deprel == "obj" {
		r.set(n, c, w[s].Deprel)
	} else {
		for h := w[n].Head; h >= 0 && h < n && universal(w[n].Deprel) == "nmod" && r.nominalAt(h); h = w[n].Head {
			n = h
		}
		if rel := universal(w[n].Deprel); rel != "obl" && rel != "nmod" || w[s].UPOS != "PROPN" || r.caseBefore(n) < 0 || r.caseBefore(s) >= 0 {
			return
		}
	}
	r.set(s, n, "appos")
	for _, k := range [2]int{open, end} {
		r.set(k, s, "punct")
	}
}

// timeBesideSubject: of two subjects of one verb, that which names a time tells when: "The drop in prices the past year caused
// losses".
func (r *repairer) timeBesideSubject(t int) {
	w := r.s.Words
	v := w[t].Head
	if v < t || !temporalNouns[lower(w[t].Lemma)] || r.caseBefore(t) >= 0 {
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

// frontedTime: a time that begins a clause tells when all of it happens, not which subject is meant: "In 1986 sales rose", "Last
// year exports fell", where no comma parts them.
func (r *repairer) frontedTime(h int) {
	w := r.s.Words
	v := w[h].Head
	if v < h {
		return
	}
	t := h - 1
	for ; t >= 0 && t > h-5; t-- {
		if w[t].Head == h && r.calendarAt(t) {
			break
		}
	}
	if t < 0 || t == h-5 || w[t+1].Form == "'s" || w[t+1].Form == "-" {
		return
	}
	switch w[t].Deprel {
	case "nummod", "compound", "amod", "nmod", "nmod:unmarked", "nmod:desc":
	default:
		return
	}
	first := t
	for first > 0 && (r.calendarAt(first-1) || timeModifiers[lower(w[first-1].Form)]) {
		first--
	}
	begin, deprel := first, "obl:unmarked"
	if first > 0 && frontedPrepositions[lower(w[first-1].Form)] {
		begin, deprel = first-1, "obl"
		if w[t].UPOS == "NUM" && lower(w[first].Form) == "the" {
			return // "In the 1986 election"
		}
	} else if !deictics[lower(w[first].Form)] || !temporalNouns[lower(w[t].Lemma)] {
		return
	}
	if begin > 0 && w[begin-1].UPOS != "PUNCT" && w[begin-1].UPOS != "CCONJ" && lower(w[begin-1].Form) != "that" {
		return
	}
	r.set(t, v, deprel)
	for k := begin; k < t; k++ {
		switch {
		case k < first:
			r.set(k, t, "case")
		case !r.under(k, t):
			r.set(k, t, modifierRelation(w[k].UPOS))
		}
	}
}

// modifierRelation is the relation of a word with that part of speech to the noun behind it.
func modifierRelation(upos string) string {
	switch upos {
	case "DET":
		return "det"
	case "ADJ":
		return "amod"
	case "NUM":
		return "nummod"
	}
	return "compound"
}

// calendarAt says whether word k is a year, a month, a weekday or a noun of time.
func (r *repairer) calendarAt(k int) bool {
	w := &r.s.Words[k]
	if w.UPOS == "NUM" {
		return len(w.Form) == 4 && (w.Form[:2] == "19" || w.Form[:2] == "20")
	}
	l := lower(w.Lemma)
	return temporalNouns[l] && (w.UPOS == "NOUN" || w.UPOS == "PROPN")
}

// onlySubject: an outer subject stands beside an inner one; alone it is the subject of its adjective.
func (r *repairer) onlySubject(s int) {
	w := r.s.Words
	h := w[s].Head
	if h < s || w[h].UPOS != "ADJ" || r.find(h, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	if c := r.find(h, "cop"); c > s && c < h && r.find(c+1, "cop") < 0 {
		r.set(s, h, "nsubj")
	}
}

// subjectBeforeVerb: no compound stands before a verb and its noun behind: in "Turkey backs rebel groups" Turkey is the subject,
// not what kind of groups they are.
func (r *repairer) subjectBeforeVerb(h int) {
	w := r.s.Words
	if w[h].Deprel == "conj" || w[h].Deprel == "amod" {
		return
	}
	if r.find(h, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	for k, from := h-1, max(0, h-reach); k >= from; k-- {
		if w[k].Head < h || w[k].Deprel != "compound" && w[k].Deprel != "flat" && w[k].Deprel != "nmod:desc" {
			continue
		}
		if w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" {
			r.set(k, h, "nsubj")
		}
		return
	}
}

// subjectAfterList: a list needs a conjunction before its last member: in "leaving Lima, Peru, the guests visited Quito" the
// guests are not what was left but who visited.
func (r *repairer) subjectAfterList(h int) {
	w := r.s.Words
	if w[h].Deprel == "conj" || h < 2 {
		return
	}
	k := h - 1
	if w[k].Deprel != "conj" || w[k].UPOS != "NOUN" && w[k].UPOS != "PROPN" || r.find(k, "cc") >= 0 || r.find(k, "punct") < 0 {
		return
	}
	if r.find(h, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	if r.under(k, h) {
		r.set(k, h, "nsubj")
	}
}

// plainPlural: in "Financing talks are poised to fail, bankers said", read as a clause of its own that is said, the plural
// without a verb is the subject of the one behind it.
func (r *repairer) plainPlural(n int) {
	w := r.s.Words
	v := w[n].Head
	if v <= n || !speech[lower(w[v].Lemma)] || n == 0 || w[n-1].Head != n || w[n-1].Deprel != "nsubj" || r.find(n, "cop", "aux", "obj") >= 0 {
		return
	}
	for c := n + 1; c < v; c++ {
		if w[c].Head != v || w[c].Deprel != "ccomp" {
			continue
		}
		if r.find(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "cc") >= 0 ||
			r.find(c, "aux", "aux:pass", "cop") < n && !r.finite(c) {
			return
		}
		rel := r.subjectRel(c)
		r.set(n-1, n, "compound")
		r.set(n, c, rel)
		r.obliquesOfNoun(n)
		r.handOver(n, c, func(k int, rel string) bool { return rel == "punct" && k > c })
		return
	}
}

// thatOfClause: "that" goes with no plural and a clause has one subject: in "and that firms would pay" and "told holders of
// shares that he would pay" it opens the clause.
func (r *repairer) thatOfClause(k int) {
	w := r.s.Words
	if w[k].Head <= k {
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
				if w[c].Deprel == "ccomp" && w[c].Head >= 0 && w[c].Head < c && speaking(lower(w[w[c].Head].Lemma)) &&
					r.find(c, "mark") >= 0 {
					r.set(v, c, "conj")
					return
				}
			}
		}
	case (w[k].Deprel == "nsubj" || w[k].Deprel == "nsubj:pass") && w[n].Deprel == "acl:relcl" && w[n].Head >= 0 && w[n].Head < k:
		for s := k + 1; s < n; s++ {
			if w[s].Head == n && (w[s].Deprel == "nsubj" || w[s].Deprel == "nsubj:pass" ||
				w[s].Deprel == "expl") && r.leftmost(s) == k+1 && r.nominalAt(s) && r.caseBefore(s) < 0 && w[k+1].UPOS != "ADP" {
				r.set(k, n, "mark")
				r.tag(k, "SCONJ", "IN")
				return
			}
		}
	}
}

// pronounSubject: "it" before a verb with a complement that is no clause refers to something: "it became the capital". So does
// that of "it said that …": only passives and verbs of seeming have an empty one.
func (r *repairer) pronounSubject(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < k || w[h].UPOS != "VERB" || r.find(h, "nsubj") >= 0 {
		return
	}
	if lem := lower(w[h].Lemma); (speech[lem] || belief[lem]) && (w[h].XPOS != "VBN" || r.find(h, "aux:pass") < 0) {
		r.set(k, h, "nsubj")
		return
	}
	if r.find(h, "csubj", "ccomp", "advcl") >= 0 {
		return
	}
	for _, rel := range []string{"obj", "xcomp"} {
		if c := r.find(h, rel); c > h && (w[c].UPOS == "NOUN" || w[c].UPOS == "PROPN") && r.find(c, "cop") < 0 {
			r.set(k, h, "nsubj")
			return
		}
	}
}

// gerundSubject: in "Raising fares would lead to strikes," he said, the gerund is the subject that the clause behind it lacks,
// not what he does while he says so.
func (r *repairer) gerundSubject(g int) {
	w := r.s.Words
	if w[g].Head <= g || r.find(g, "mark", "nsubj", "aux", "case") >= 0 {
		return
	}
	v := w[g].Head
	c := r.find(v, "ccomp")
	if c < g || c > v || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] ||
		r.find(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	aux := r.find(c, "aux", "aux:pass", "cop")
	if !(aux > g && aux < c && (w[aux].XPOS == "MD" || w[aux].XPOS == "VBZ" ||
		w[aux].XPOS == "VBD")) && !(aux < 0 && w[c].XPOS == "VBZ") {
		return
	}
	for k := g + 1; k < c; k++ {
		if w[k].Form == "," || w[k].Form == ":" {
			return
		}
	}
	r.set(g, c, "csubj")
}

// coordinatedSubject: in "Gold and silver rose", read as "gold" and "silver rose", both nouns are the subject.
func (r *repairer) coordinatedSubject(v int) {
	w := r.s.Words
	if w[v].Head < 0 || w[v].Head >= v {
		return
	}
	n := w[v].Head
	if w[n].Deprel != "root" && w[n].Deprel != "ccomp" && w[n].Deprel != "parataxis" || !r.nominalAt(n) ||
		r.find(n, "cop", "nsubj", "nsubj:pass") >= 0 {
		return
	}
	s := r.find(v, "nsubj", "nsubj:pass")
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

// secondSubject: two finite verbs without a conjunction between them do not share a subject: in "Peru beats Chile and Cuba plays
// Spain", read as beating Chile and Cuba, the noun before the second verb is its subject.
func (r *repairer) secondSubject(v int) {
	w := r.s.Words
	if w[v].Deprel != "conj" && speech[w[v].Lemma] {
		return
	}
	if w[v].Head < 0 || w[v].Head > v || r.find(v, "nsubj", "nsubj:pass", "csubj", "expl", "mark") >= 0 {
		return
	}
	own := r.find(v, "cc") // a parser may have given the conjunction to the verb already
	h := w[v].Head
	if w[h].Deprel == "acl" || w[h].Deprel == "amod" || r.find(h, "nsubj", "nsubj:pass", "expl") < 0 ||
		w[h].UPOS != "VERB" && r.find(h, "cop") < 0 {
		return
	}
	a := r.find(v, "aux", "aux:pass", "cop")
	bare := w[v].XPOS == "VB" && a < 0 // "changes depend", read as an infinitive
	if !bare && !r.finite(v) && (a < 0 || w[a].XPOS == "VBN" || w[a].XPOS == "VB" || w[a].XPOS == "VBG") {
		return
	}
	if a < 0 && w[v].XPOS == "VBD" && r.find(v, "obj", "ccomp", "xcomp", "obl:unmarked") < 0 && !intransitive[w[v].Lemma] {
		return // "80 cars and 30 trucks sold in May"
	}
	first := r.leftmost(v)
	if first < 2 || w[first].UPOS == "PUNCT" {
		return
	}
	s := first - 1
	if m := w[s].Head; w[s].Form == "," && m > h && m < s && w[m].Deprel == "conj" && w[r.leftmost(m)].Form == "," && r.find(m, "cc") > 0 &&
		lower(w[r.find(m, "cc")].Form) == "or" {
		s = w[m].Head // "and 90 shares, or a third of them, will be kept"
	}
	for w[s].Deprel == "flat" || w[s].Deprel == "nmod" || w[s].Deprel == "appos" ||
		w[s].Deprel == "compound" && w[s].Head > s && w[s].Head < v {
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
	cc := r.find(s, "cc")
	if own >= 0 && own == r.leftmost(s)-1 {
		cc = own
	} else if own >= 0 {
		return
	}
	if r.preposition(w[s].Head) == "between" {
		return
	}
	if cc < 0 || cc > s || bare && w[s].XPOS != "NNS" && w[s].XPOS != "NNPS" {
		return
	}
	if bare {
		r.tag(v, "VERB", "VBP")
	}
	rel := r.subjectRel(v)
	r.set(v, clause, "conj")
	r.set(s, v, rel)
	r.set(cc, v, "cc")
}

// joinedClause: a clause with a conjunction and a subject of its own describes no noun: it goes on after the clause before.
func (r *repairer) joinedClause(v int) {
	w := r.s.Words
	if w[v].Head < 0 || w[v].Head > v {
		return
	}
	cc, s := r.find(v, "cc"), r.find(v, "nsubj", "nsubj:pass")
	if cc < 0 || s < cc || s > v || cc < w[v].Head || r.find(v, "mark") >= 0 ||
		lower(w[cc].Form) != "and" && lower(w[cc].Form) != "but" || w[s].XPOS == "WDT" || w[s].XPOS == "WP" {
		return
	}
	for h := w[w[v].Head].Head; h >= 0; h = w[h].Head {
		if w[h].UPOS == "VERB" && h < v {
			r.set(v, h, "conj")
			return
		}
	}
}

// gap: in "Ford will build the car and Fiat the engine" the last two nouns are the subject and object of a verb left out: nouns
// side by side without a comma or conjunction are no list.
func (r *repairer) gap(o int) {
	w := r.s.Words
	if w[o].Head < 0 {
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
	if s <= h || s >= o || w[s].UPOS != "PROPN" || w[s].Deprel != "conj" || !r.under(s, h) || r.find(s, "case") >= 0 {
		return
	}
	r.set(s, v, "conj")
	r.set(o, s, "orphan")
}

// clauseAfterPreposition: in "resigned after the party lost", read as "after the party" and a clause without subject, the noun is
// the subject of the clause and the preposition its conjunction.
func (r *repairer) clauseAfterPreposition(v int) {
	w := r.s.Words
	if w[v].Head < 0 || r.find(v, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "case", "cc", "obl:agent") >= 0 {
		return
	}
	a := r.find(v, "aux", "aux:pass", "cop")
	if !(w[v].XPOS == "VBD" || w[v].XPOS == "VBZ" || w[v].XPOS == "VBP") && (a < 0 || a > v || w[a].XPOS == "VBN" ||
		w[a].XPOS == "VB" || w[a].XPOS == "VBG") {
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
	if w[v].XPOS == "VBD" && a < 0 && w[v].Head == o && r.find(v, "obj", "ccomp", "xcomp") < 0 && !intransitive[w[v].Lemma] {
		return // "after the deal announced in May"
	}
	rel := r.subjectRel(v)
	r.set(v, w[o].Head, "advcl")
	r.set(o, v, rel)
	r.set(c, v, "mark")
	r.tag(c, "SCONJ", "IN")
}

// subordinators introduce nominals and clauses.
var subordinators = words(`after before since until till as than once because while although though if unless whereas`)

// objectIsSubject: a noun before a finite verb is its subject, not its object: "hoped the bank would found a unit".
func (r *repairer) objectIsSubject(o int) {
	w := r.s.Words
	c := w[o].Head
	if c <= o || w[o].UPOS == "PRON" && w[o].XPOS != "PRP" || w[c].UPOS != "VERB" {
		return
	}
	if w[c].Deprel != "ccomp" && w[c].Deprel != "root" && w[c].Deprel != "advcl" ||
		r.find(c, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	aux := r.find(c, "aux", "aux:pass")
	if !(aux > o && aux < c && (w[aux].XPOS == "MD" || w[aux].XPOS == "VBZ" || w[aux].XPOS == "VBP" ||
		w[aux].XPOS == "VBD") || aux < 0 && r.finite(c)) {
		return
	}
	for k := o + 1; k < c; k++ { // nothing but its phrase and the verb's adverbs between them
		if !r.under(k, o) && (w[k].Head != c || w[k].UPOS == "PUNCT") && w[k].UPOS != "DET" && !r.under(k, c) {
			return
		}
	}
	rel := r.subjectRel(c)
	r.set(o, c, rel)
}

// objectBeforeVerb: no noun between two verbs is the object of the second: "helps firms grow crops".
func (r *repairer) objectBeforeVerb(k int) {
	w := r.s.Words
	if w[k].Head <= k || w[k].XPOS == "WDT" || w[k].XPOS == "WP" {
		return
	}
	v := w[k].Head
	h := w[v].Head
	if w[v].Deprel != "xcomp" && w[v].Deprel != "ccomp" || h < 0 || h >= k || w[h].UPOS != "VERB" ||
		r.find(v, "mark") >= 0 && r.find(v, "mark") < k || r.find(h, "obj", "iobj") >= 0 {
		return
	}
	if w[v].XPOS == "VB" || w[v].XPOS == "VBG" {
		r.set(k, h, "obj")
	}
}

// objectOfParticiple: of two subjects side by side, the second ends a participle that describes the first: "farmers growing rice
// were invited".
func (r *repairer) objectOfParticiple(p int) {
	w := r.s.Words
	noun := w[p].Head
	if noun < 0 || noun > p || universal(w[noun].Deprel) != "nsubj" || r.find(p, "obj") >= 0 {
		return
	}
	for k := p + 1; k < min(len(w), p+reach) && k < w[noun].Head; k++ {
		if w[k].Head == w[noun].Head {
			if w[k].Deprel == w[noun].Deprel && (w[k].UPOS == "NOUN" || w[k].UPOS == "PROPN") {
				r.set(k, p, "obj")
			}
			return
		}
	}
}

// subjectBehindMark: what stands between "while" and its verb is no second subject of the main clause: in "sales rose, while costs
// compared with 5 mln", read as sales and costs that rose, the costs compared.
func (r *repairer) subjectBehindMark(v int) {
	w := r.s.Words
	g := w[v].Head
	if g < 0 || g > v || r.find(v, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	m := r.find(v, "mark")
	if m < g || m > v || w[m].XPOS == "TO" {
		return
	}
	s, _ := r.among(g, m+1, v, "nsubj", "nsubj:pass")
	if s < 0 || r.leftmost(s) != m+1 {
		return
	}
	if first := r.find(g, "nsubj", "nsubj:pass"); first > g {
		return
	}
	r.set(s, v, r.subjectRel(v))
	if w[v].XPOS == "VBN" && r.find(v, "aux", "aux:pass") < 0 {
		r.tag(v, "VERB", "VBD")
	}
}

// yearBesideSubject: a year between an article and a noun tells which one: in "the 1979 pact expires", read as two subjects, one expires.
func (r *repairer) yearBesideSubject(y int) {
	w := r.s.Words
	h := w[y].Head
	if !temporalDigits(w[y].Form) || y == 0 || w[y-1].UPOS != "DET" || h < y {
		return
	}
	n := y + 1
	for n < h && w[n].Head > n && w[n].Head < h {
		n++
	}
	if n < h && w[n].Head == h && w[n].Deprel == w[y].Deprel && (w[n].UPOS == "NOUN" || w[n].UPOS == "PROPN") && w[y-1].Head >= y && w[y-1].Head <= n {
		r.set(y, n, "compound")
		r.set(y-1, n, "det")
	}
}

// itContinues: the "it" of "it continues to believe" is who believes, read as the empty one of "it continues to rain".
func (r *repairer) itContinues(i int) {
	w := r.s.Words
	h := w[i].Head
	if h < i || w[h].UPOS != "VERB" || !raising[w[h].Lemma] || r.find(h, "nsubj", "nsubj:pass", "csubj", "ccomp", "aux:pass") >= 0 {
		return
	}
	x := r.find(h, "xcomp")
	if x < h || w[x].XPOS != "VB" && w[x].XPOS != "VBG" || r.find(x, "aux:pass", "csubj", "expl") >= 0 {
		return
	}
	if l := lower(w[x].Lemma); belief[l] || speech[l] || planning[l] {
		r.set(i, h, "nsubj")
	}
}
