package extract

// Clauses that hang on the wrong word or have lost their subject: gerunds, conditions, second verbs.

var (
	// swelling participles before a noun say how it changes: "mounting debts". Those of fading verbs, which have no object, always do.
	swelling = words(`mount grow increase widen deepen worsen`)
	fading   = words(`rise fall dwindle emerge exist remain`)
	// confronting verbs have a thing as their object and never a gerund.
	confronting = words(`face cite see show report fear suffer reflect encounter have cope meet bring cause create`)
)

// swellingNoun: in "is facing mounting debts" nobody mounts them.
func (r *repairer) swellingNoun(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < 0 || h > v || r.find(v, "aux", "nsubj") >= 0 {
		return
	}
	n := r.find(v, "obj")
	m := r.find(v, "mark", "case")
	if n < v || r.leftmost(n) != v+1 || w[n].UPOS != "NOUN" || r.find(n, "det", "nmod:poss") >= 0 || m > v ||
		w[v].Deprel == "advcl" && m < 0 || m >= 0 && m != v-1 || m < 0 && v != h+1 {
		return
	}
	amid := m >= 0 && (lower(w[m].Form) == "amid" || lower(w[m].Form) == "despite")
	if !fading[w[v].Lemma] && !(swelling[w[v].Lemma] && (amid || confronting[w[h].Lemma])) {
		return
	}
	r.handOver(v, h, func(k int, _ string) bool { return k > v && k != n })
	if m >= 0 {
		r.set(n, h, "obl")
		r.set(m, n, "case")
	} else {
		r.set(n, h, "obj")
	}
	r.set(v, n, "amod")
}

// notFor: "had it not been for" and "were it not for" are prepositions of what would have changed it all.
func (r *repairer) notFor(i int) {
	w := r.s.Words
	if i+4 >= len(w) || lower(w[i+1].Form) != "it" || lower(w[i+2].Form) != "not" {
		return
	}
	p := i + 3
	if lower(w[p].Form) == "been" {
		p++
	}
	if p+1 >= len(w) || lower(w[p].Form) != "for" {
		return
	}
	n := w[p].Head
	if n < p || !r.nominalAt(n) {
		n = p + 1
		for n+1 < len(w) && !(w[n].UPOS == "NOUN" || w[n].UPOS == "PROPN") {
			n++
		}
		for n+1 < len(w) && w[n].Deprel == "compound" && w[n].Head == n+1 {
			n++
		}
	}
	h := -1
	for k := i - 1; k >= 0 && h < 0; k-- {
		if w[k].UPOS == "VERB" && r.find(k, "aux") >= 0 && r.find(k, "aux") < k {
			h = k
		}
	}
	if root := r.root(); h < 0 && root > n && w[root].UPOS == "VERB" {
		h = root
	}
	if h < 0 {
		return
	}
	if w[n].Head >= i && w[n].Head <= p || r.under(h, n) { // cut loose what would be above itself
		r.own()
		r.s.Words[n].Head = h
	}
	r.set(n, h, "obl")
	r.handOver(p-1, n, func(k int, _ string) bool { return k > p })
	r.set(i, n, "case")
	for k := i + 1; k <= p; k++ {
		r.set(k, i, "fixed")
	}
}

// perUnit: "earned six dlrs a share" has one object: the share is what the money is counted by.
func (r *repairer) perUnit(u int) {
	w := r.s.Words
	v := w[u].Head
	if u < 3 || v < 0 || v > u || lower(w[u-1].Form) != "a" && lower(w[u-1].Form) != "an" ||
		w[u-1].Head != u || !unitNouns[lower(w[u].Lemma)] && !temporalNouns[lower(w[u].Lemma)] {
		return
	}
	if n := u - 2; w[n].Head == v && (w[n].Deprel == "obj" || w[n].Deprel == "iobj") && unitNouns[lower(w[n].Lemma)] &&
		r.find(n, "nummod", "compound") >= 0 {
		r.set(n, v, "obj")
		r.set(u, n, "nmod:unmarked")
	}
}

// finiteBesideGerund: a finite verb is joined to a finite one: in "barred it from trading and ordered a review" nobody is kept from
// ordering.
func (r *repairer) finiteBesideGerund(v int) {
	w := r.s.Words
	g := w[v].Head
	if g < 0 || g > v || w[g].XPOS != "VBG" || r.find(g, "aux", "aux:pass") >= 0 ||
		r.find(v, "nsubj", "nsubj:pass", "aux", "aux:pass") >= 0 || r.find(v, "obj", "ccomp", "parataxis", "xcomp") < v {
		return
	}
	m := r.find(g, "mark", "case")
	h := w[g].Head
	if m < 0 || m > g || h < 0 || h > m || w[h].UPOS != "VERB" || w[h].XPOS != "VBD" {
		return
	}
	r.set(v, h, "conj")
	r.tag(v, "VERB", "VBD")
}

// gerundOfCondition: in "is subject to Oslo approving it" it is Oslo that approves.
func (r *repairer) gerundOfCondition(g int) {
	w := r.s.Words
	h := w[g].Head
	if h < 0 || h > g || r.find(g, "nsubj", "mark", "case") >= 0 {
		return
	}
	n := r.leftmost(g) - 1
	for n > 0 && (w[n].Deprel == "flat" || w[n].Deprel == "compound" && w[n].Head > n) && w[n].Head < g && w[n].Head >= 0 {
		n = w[n].Head
	}
	for n > 0 && w[n].Deprel == "conj" && w[n].Head >= 0 && w[n].Head < n {
		n = w[n].Head
	}
	if n <= 0 || !r.nominalAt(n) || w[n].Head != h && n != h {
		return
	}
	top := w[n].Head
	c := r.caseBefore(n)
	if top < 0 || c < 0 || c != r.leftmost(n) || universal(w[n].Deprel) != "obl" {
		return
	}
	switch lower(w[top].Lemma) + " " + lower(w[c].Form) {
	case "subject to", "conditional on", "conditional upon", "contingent on", "contingent upon", "dependent on", "depend on", "depend upon":
		r.set(g, top, "advcl")
		r.set(n, g, "nsubj")
		r.set(c, g, "mark")
		r.tag(c, "SCONJ", "IN")
	}
}

// markOfCondition: in "said if Lima paid, Oslo would go", the "if" belongs to the clause that it opens.
func (r *repairer) markOfCondition(m int) {
	w := r.s.Words
	h := w[m].Head
	if h < m {
		return
	}
	for a := m + 1; a < h; a++ {
		if w[a].Head == h && w[a].Deprel == "advcl" {
			if r.leftmost(a) == m+1 && r.find(a, "mark") < 0 && r.find(a, "nsubj", "nsubj:pass", "expl") >= 0 {
				r.set(m, a, "mark")
			}
			return
		}
	}
}

// seenVerb: in "see Oslo cut taxes", read as taxes of some cut, Oslo cuts them.
func (r *repairer) seenVerb(v int) {
	w := r.s.Words
	n := w[v].Head
	if n < v || v < 2 || w[n].Deprel != "obj" || w[n].XPOS == "NNP" {
		return
	}
	h := w[n].Head
	s := v - 1
	if h < 0 || h > s || w[h].UPOS != "VERB" || r.leftmost(n) != h+1 || w[s].UPOS != "PROPN" && w[s].UPOS != "NOUN" {
		return
	}
	switch w[h].Lemma {
	case "see", "let", "make", "watch", "help", "hear":
	default:
		return
	}
	if w[s].Head != v && w[s].Head != n {
		return
	}
	r.set(v, h, "xcomp")
	r.tag(v, "VERB", "VB")
	r.set(n, v, "obj")
	r.set(s, h, "obj")
}

// debtNouns name papers that pay something, are priced at something and fall due.
var debtNouns = words(`bond eurobond note debenture issue paper certificate bill loan deposit preferred`)

// termsOfIssue: in "is issuing a bond due 1990 paying 15 pct and priced at 101" it is the bond that pays and is priced.
func (r *repairer) termsOfIssue(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < 0 || h > v || w[h].UPOS != "VERB" || r.find(v, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark") >= 0 {
		return
	}
	if n := w[h].Head; w[h].XPOS == "VBG" && w[h].Deprel == "acl" && w[v].Deprel == "conj" && r.past(v) && w[v].Lemma == "price" &&
		r.find(v, "obj") < 0 && n >= 0 && n < h && debtNouns[lower(w[n].Lemma)] {
		r.set(v, n, "acl") // joined to "paying"
		r.tag(v, "VERB", "VBN")
		return
	}
	o := r.find(h, "obj")
	if o < h || o > v || !debtNouns[lower(w[o].Lemma)] {
		return
	}
	switch {
	case w[v].XPOS == "VBG" && w[v].Deprel == "advcl" && (w[v].Lemma == "pay" || w[v].Lemma == "yield" || w[v].Lemma == "carry" ||
		w[v].Lemma == "bear") && w[r.leftmost(v)].Form != "," && w[r.leftmost(v)-1].Form != ",":
	case r.past(v) && (w[v].Deprel == "conj" || w[v].Deprel == "advcl") && w[v].Lemma == "price" && r.find(v, "obj") < 0:
		r.tag(v, "VERB", "VBN")
	default:
		return
	}
	r.set(v, o, "acl")
}

// scheduledEvent: what is scheduled to begin or end is an event: in "will attend the talks as chairman, due to end on Monday" the talks
// end.
func (r *repairer) scheduledEvent(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" && w[v].UPOS != "ADJ" || w[v].Head < 0 || w[v].Head > v {
		return
	}
	first := r.leftmost(v)
	x := r.find(v, "xcomp")
	if first < 2 || w[first].Form != "," && w[first-1].Form != "," || x < v || r.find(v, "nsubj", "nsubj:pass", "mark") >= 0 {
		return
	}
	switch w[x].Lemma {
	case "begin", "start", "end", "finish", "open", "close", "last", "conclude", "resume":
	default:
		return
	}
	for k := first - 1; k > max(0, first-8); k-- {
		if l := lower(w[k].Lemma); w[k].UPOS == "NOUN" && (eventNouns[l] || gatherings[l]) {
			if k != w[v].Head && r.under(k, w[v].Head) || w[v].Deprel == "acl" && w[k].Head >= 0 {
				r.set(v, k, "acl")
			}
			return
		}
	}
}

// undergoneInfinitive: in "asked to have the suit dismissed" nobody has the suit: it is to be dismissed.
func (r *repairer) undergoneInfinitive(v int) {
	w := r.s.Words
	o := w[v].Head
	if o < 0 || o > v || w[o].Deprel != "obj" || w[o].Head < 0 || w[o].Head > o ||
		r.find(v, "mark", "obj", "aux", "aux:pass") >= 0 || stative[w[v].Lemma] || w[v].Lemma == "base" || w[v].Lemma == "name" {
		return
	}
	h := w[o].Head
	d := r.find(o, "det", "nmod:poss")
	if w[h].XPOS != "VB" || w[h].Lemma != "have" || r.find(h, "mark") < 0 || d < 0 || w[d].Deprel == "det" && lower(w[d].Form) != "the" ||
		r.leftmost(v) != v || w[v-1].Form == "," {
		return
	}
	r.set(v, h, "xcomp")
}

// sayingBesideHope: in "hoped the figures were wrong, saying they fell" who hopes says so, not the figures.
func (r *repairer) sayingBesideHope(k int) {
	w := r.s.Words
	c := w[k].Head
	if !speech[lower(w[k].Lemma)] || r.find(k, "ccomp") < k || r.find(k, "mark") >= 0 ||
		c < 0 || c > k || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	v := w[c].Head
	if first := r.leftmost(k); first < 1 || w[first-1].Form != "," && w[first].Form != "," || !belief[w[v].Lemma] {
		return
	}
	r.set(k, v, "advcl")
}

// adding participles tell what a sum comes to.
var adding = words(`total average number amount`)

// totalling: in "will urge the fund to release two loans, totalling 40 mln dlrs" the loans do.
func (r *repairer) totalling(v int) {
	w := r.s.Words
	h := w[v].Head
	if !adding[w[v].Lemma] || h < 0 || h > v || w[h].UPOS != "VERB" || r.find(v, "mark", "nsubj", "aux") >= 0 || r.find(h, "aux:pass") >= 0 {
		return
	}
	if o := r.find(h, "obj"); o > h && o < v {
		r.set(v, o, "acl")
	}
}

// aimedAt: talks, not those who talk, are aimed at something: "talks with Lima and the fund aimed at ending the strike".
func (r *repairer) aimedAt(v int) {
	w := r.s.Words
	n := w[v].Head
	if n < 0 || n > v || v+1 >= len(w) || lower(w[v+1].Form) != "at" || w[n].UPOS != "PROPN" && !isAgentNoun(w[n].Lemma) {
		return
	}
	for up := n; (w[up].Deprel == "nmod" || w[up].Deprel == "conj") && w[up].Head >= 0 && w[up].Head < up; {
		if up = w[up].Head; w[up].UPOS == "NOUN" && (actNouns[lower(w[up].Lemma)] || talkNouns[lower(w[up].Lemma)]) {
			r.set(v, up, "acl")
			r.tag(v, "VERB", "VBN")
			return
		}
	}
}

// owingTo: "owing to" says why: in "keeps output at ten tonnes owing to low prices" the tonnes owe nothing.
func (r *repairer) owingTo(v int) {
	w := r.s.Words
	if v+2 >= len(w) || lower(w[v+1].Form) != "to" || r.find(v, "obj", "nsubj", "mark") >= 0 {
		return
	}
	n, h := r.find(v, "obl"), w[v].Head
	if n < v || r.leftmost(n) != v+1 || w[v+1].Head != n || h < 0 || h > v {
		return
	}
	switch lower(w[h].Lemma) {
	case "debt", "money", "sum", "amount", "loan", "balance":
		return // "debts owing to Lima"
	}
	for h >= 0 && w[h].UPOS != "VERB" && r.find(h, "cop") < 0 {
		h = w[h].Head
	}
	if h < 0 || h > v {
		return
	}
	r.set(n, h, "obl")
	r.set(v, n, "case")
	r.set(v+1, v, "fixed")
}

// chargedFor: in "criticised the report for not naming the firm" the gerund is what it is criticised for.
func (r *repairer) chargedFor(g int) {
	w := r.s.Words
	o := w[g].Head
	if o < 0 || o > g || w[o].Deprel != "obj" || w[o].Head < 0 || w[o].Head > o {
		return
	}
	m := r.find(g, "mark", "case")
	if v := w[o].Head; m > o && m < g && charging[lower(w[v].Lemma)][lower(w[m].Form)] {
		r.set(g, v, "advcl")
	}
}

// joinedInfinitive: in "agreed that the plan would help and to continue it" what is agreed is to continue: an infinitive is not joined to
// a finite verb.
func (r *repairer) joinedInfinitive(k int) {
	w := r.s.Words
	c := w[k].Head
	if c < 0 || c > k || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	to, cc := r.find(k, "mark"), r.find(k, "cc")
	if to < c || to > k || w[to].XPOS != "TO" || cc < c || r.find(k, "nsubj") >= 0 || r.find(c, "nsubj", "nsubj:pass") < 0 {
		return
	}
	if v := w[c].Head; w[v].UPOS == "VERB" && infinitival[lower(w[v].Lemma)] && r.find(v, "xcomp") < 0 {
		r.set(k, v, "xcomp")
	}
}

// sayingBesideObject: in "envoys toured the states saying all was well" the envoys say so.
func (r *repairer) sayingBesideObject(k int) {
	w := r.s.Words
	n := w[k].Head
	if !saying[lower(w[k].Lemma)] && w[k].Lemma != "warn" || n < 0 || n > k ||
		r.find(k, "ccomp") < k || r.find(k, "mark", "nsubj") >= 0 || w[n].Deprel != "obj" || w[n].Head < 0 || w[n].Head > n {
		return
	}
	v, l := w[n].Head, lower(w[n].Lemma)
	if w[v].UPOS != "VERB" || r.find(v, "nsubj") < 0 || quoting[w[v].Lemma] || giving[w[v].Lemma] || textNouns[l] ||
		wordNouns[l] || claimNouns[l] || isAgentNoun(l) || personNouns[l] || w[v].Lemma == "see" || w[v].Lemma == "hear" || w[n].UPOS == "PROPN" && ner(w[n].NER) != "LOC" {
		return
	}
	r.set(k, v, "advcl")
}

// yesterdayOfPlan: what is planned was not done yesterday: in "announced his decision to leave the bank yesterday during a meeting" it
// was announced then, and all that follows the time belongs to that verb, too.
func (r *repairer) yesterdayOfPlan(t int) {
	w := r.s.Words
	k := w[t].Head
	if k < 0 || k > t || w[k].XPOS != "VB" || r.caseBefore(t) >= 0 || r.find(k, "aux", "cop") >= 0 ||
		r.find(k, "mark") < 0 || universal(w[t].Deprel) != "obl" && universal(w[t].Deprel) != "nmod" && w[t].Deprel != "advmod" {
		return
	}
	v := w[k].Head
	switch {
	case v >= 0 && v < k && w[k].Deprel == "acl" && (planNouns[lower(w[v].Lemma)] || wishNouns[lower(w[v].Lemma)]):
		if v = w[v].Head; v < 0 || v > k {
			return
		}
	case v >= 0 && v < k && w[k].Deprel == "xcomp" && planning[lower(w[v].Lemma)]:
	default:
		return
	}
	if w[v].XPOS != "VBD" {
		return
	}
	for o := t; o < min(len(w), t+reach); o++ {
		if w := r.s.Words; w[o].Head == k && (o == t || universal(w[o].Deprel) == "obl") {
			r.set(o, v, w[o].Deprel)
		}
	}
}

// nearestSubject: a verb without a subject has that of the clause before it: in "the plan was rejected but leaders voted and urged a strike",
// read as joining the first and the last, the leaders urged it.
func (r *repairer) nearestSubject(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < 0 || h > v || w[h].UPOS != "VERB" && r.find(h, "cop") < 0 ||
		r.find(v, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "cop") >= 0 || r.find(v, "obj", "ccomp", "xcomp", "iobj") < v {
		return
	}
	cc := r.leftmost(v)
	if w[cc].UPOS != "CCONJ" || lower(w[cc].Form) != "and" {
		return
	}
	for c := cc - 1; c > h; c-- {
		if w[c].Head == h && w[c].Deprel == "conj" && w[c].XPOS == "VBD" && r.find(c, "nsubj") >= 0 && r.rightmost(c, v) == cc-1 {
			r.set(v, c, "conj")
			r.tag(v, "VERB", "VBD")
			return
		}
	}
}

// bareConjunct: a base form is joined to an infinitive: in "plans to boost demand, raise imports and give help", read as planning and
// raising, all three are planned.
func (r *repairer) bareConjunct(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || w[h].XPOS != "VBZ" && w[h].XPOS != "VBD" || w[h].UPOS != "VERB" ||
		r.find(k, "nsubj", "nsubj:pass", "aux", "aux:pass", "cop", "mark") >= 0 || r.find(h, "aux") >= 0 {
		return
	}
	for x := k - 1; x > h; x-- {
		if m := r.find(x, "mark"); w[x].XPOS == "VB" && m >= 0 && m < x && w[m].XPOS == "TO" && r.under(x, h) &&
			(w[x].Deprel == "xcomp" || w[x].Deprel == "advcl") {
			r.set(k, x, "conj")
			return
		}
	}
}

// rumourThat: nobody dies a rumour: in "rumours that Berg had died" the clause says what the rumours are.
func (r *repairer) rumourThat(c int) {
	w := r.s.Words
	n := w[c].Head
	if n < 0 || n > c {
		return
	}
	l := lower(w[n].Lemma)
	that := r.find(c, "obj", "obl")
	if !contentNouns[l] && !claimNouns[l] && !possibleNouns[l] || that < n || that > c || lower(w[that].Form) != "that" ||
		!intransitive[lower(w[c].Lemma)] || r.find(c, "nsubj") < 0 {
		return
	}
	r.set(c, n, "acl")
	r.set(that, c, "mark")
	r.tag(that, "SCONJ", "IN")
}

// signsThat: in "there are signs growth is slowing", read as growth that slows signs, the clause says what they are signs of.
func (r *repairer) signsThat(c int) {
	w := r.s.Words
	n := w[c].Head
	if n < 0 || n > c || !contentNouns[lower(w[n].Lemma)] || w[n].Deprel != "nsubj" || w[n].Head < 0 || r.find(w[n].Head, "expl") < 0 {
		return
	}
	if s := r.find(c, "nsubj", "nsubj:pass"); s > n && s < c && r.leftmost(s) == n+1 && w[n+1].XPOS != "WDT" && w[n+1].XPOS != "WP" &&
		lower(w[n+1].Form) != "that" {
		r.set(c, n, "acl")
	}
}
