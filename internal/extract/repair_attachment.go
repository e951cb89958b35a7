package extract

import "kg/internal/nlp"

// Complements and modifiers: which verb or noun objects, infinitives, participles and relative clauses belong to.

// objectBehindConjunct: an object stands behind its own verb: in "to cut costs and raise prices", read as cutting both, the
// second verb has the second.
func (r *repairer) objectBehindConjunct(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < 0 || h > v || w[h].UPOS != "VERB" || w[v].XPOS != w[h].XPOS || r.find(v, "obj", "nsubj", "ccomp", "xcomp") >= 0 {
		return
	}
	first := r.find(h, "obj")
	if first < h || first > v {
		return
	}
	for o := v + 1; o < min(len(w), v+8); o++ {
		if w[o].Head == h && w[o].Deprel == "obj" {
			if r.leftmost(o) == v+1 {
				r.set(o, v, "obj")
			}
			return
		}
		if w[o].UPOS == "PUNCT" || w[o].UPOS == "ADP" || w[o].UPOS == "VERB" {
			return
		}
	}
}

// receiver: of two objects side by side the first receives: "lent Brazil 2 bn dlrs".
func (r *repairer) receiver(o int) {
	w := r.s.Words
	v := w[o].Head
	if v < 0 || v > o || w[v].UPOS != "VERB" || !giving[w[v].Lemma] || r.find(v, "iobj", "aux:pass") >= 0 {
		return
	}
	first := r.leftmost(o)
	if c := w[first-1].Form; w[first].UPOS == "PUNCT" || c == "," || c == ":" || c == "--" {
		return
	}
	for k := v + 1; k < o; k++ {
		if w[k].Head == v && w[k].Deprel == "obj" && r.nominalAt(k) && w[k].UPOS != "NUM" && (w[k].UPOS != "PROPN" ||
			w[o].UPOS != "PROPN") {
			r.set(k, v, "iobj")
			return
		}
	}
}

// giftBesideName: what is given to a named one is no thing of its own: in "gives Shell control of two fields" and "granted Shell options to
// buy shares" Shell gets control and options.
func (r *repairer) giftBesideName(o int) {
	w := r.s.Words
	v, n := w[o].Head, o-1
	if v < 0 || v > n {
		return
	}
	if l := lower(w[o].Lemma); !yieldable[l] && !(leaveNouns[l] && o+2 < len(w) && w[o+1].XPOS == "TO" && w[o+2].XPOS == "VB") {
		return
	}
	switch w[v].Lemma {
	case "give", "grant", "deny", "offer", "guarantee":
	default:
		return
	}
	if w[n].UPOS != "PROPN" || w[n].Head != o || w[n].Deprel != "compound" && w[n].Deprel != "nmod:desc" || r.find(v, "iobj") >= 0 {
		return
	}
	for k := v + 1; k < n; k++ { // nothing but the name stands between
		if w[k].Head != n && !(w[k].Head == o && w[k].UPOS == "PROPN" && w[k].Deprel == "compound") {
			return
		}
	}
	r.set(n, v, "iobj")
	for k := v + 1; k < n; k++ {
		r.set(k, n, r.s.Words[k].Deprel)
	}
}

// wantedObject: nobody receives what is expected or wanted of him: in "expected the bank to report a loss" the bank is the object.
func (r *repairer) wantedObject(k int) {
	w := r.s.Words
	if v := w[k].Head; v >= 0 && v < k {
		switch w[v].Lemma {
		case "expect", "want", "need", "intend", "like", "prefer", "believe", "consider":
			if r.find(v, "obj") < 0 && r.find(v, "xcomp") > k {
				r.set(k, v, "obj")
			}
		}
	}
}

// designated: in "designated the party a terrorist organisation" the party is the object, not a receiver.
func (r *repairer) designated(h int) {
	lemma := r.s.Words[h].Lemma
	make := lemma == "make"
	if !appointing[lemma] && !make {
		return
	}
	first := -1
	for k := h + 1; k < min(len(r.s.Words), h+reach); k++ {
		w := r.s.Words[k]
		if w.Head != h || w.Deprel != "iobj" && w.Deprel != "obj" {
			continue
		}
		if first >= 0 {
			if make && (!isAgentNoun(w.Lemma) || r.find(k, "det") >= 0) {
				return // "made him chairman", but "made him a cake"
			}
			r.set(first, h, "obj")
			r.set(k, h, "xcomp")
			return
		}
		first = k
	}
}

// appointee: a name between a verb of appointing and a bare office is who gets it, not a part of what it is called: "elected Ana Lind
// chairman, succeeding Max Berg", where she succeeds him.
func (r *repairer) appointee(o int) {
	w := r.s.Words
	h := w[o].Head
	if h < 0 || h > o || w[h].UPOS != "VERB" ||
		!appointing[w[h].Lemma] || !isAgentNoun(w[o].Lemma) && w[o].Lemma != "executive" || r.find(o, "det", "nmod:poss", "case") >= 0 {
		return
	}
	n := r.leftmost(o)
	if n <= h || w[n].UPOS != "PROPN" || ner(w[n].NER) != "PER" || w[n].Head != o || w[n].Deprel != "compound" && w[n].Deprel != "nmod:desc" {
		return
	}
	r.set(n, h, "obj")
	r.set(o, h, "xcomp")
	for k, to := r.near(o); k < to; k++ {
		if x := &r.s.Words[k]; k > o && x.Head == h && x.Deprel == "advcl" && x.XPOS == "VBG" && (x.Lemma == "succeed" || x.Lemma == "replace") &&
			r.find(k, "mark", "case") < 0 {
			r.set(k, n, "acl")
		}
	}
}

// recordSince: what is the most or the first since a time is so among those since then: in "fell to the lowest level since 1981" the
// fall is not since 1981.
func (r *repairer) recordSince(t int) {
	w := r.s.Words
	v := w[t].Head
	if v < 0 || v > t || universal(w[t].Deprel) != "obl" || r.preposition(t) != "since" {
		return
	}
	m := r.leftmost(t) - 1
	if m <= v || w[m].UPOS != "NOUN" || !r.under(m, v) {
		return
	}
	for k := r.leftmost(m); k < m; k++ {
		if f := lower(w[k].Form); w[k].Head == m && (w[k].XPOS == "JJS" || f == "first") {
			r.set(t, m, "nmod")
			return
		}
	}
}

// frames are verbs that say nothing without a prepositional complement beside their object, each with its prepositions.
var frames = map[string]set{
	"accuse": words(`of`), "acquit": words(`of`), "attribute": words(`to`), "base": words(`on upon`), "blame": words(`for on`),
	"charge": words(`with`), "combine": words(`with`), "compare": words(`with to`), "convert": words(`into to`), "convict": words(`of`), "deprive": words(`of`), "devote": words(`to`), "expose": words(`to`),
	"inform": words(`of about`), "inflict": words(`on upon`), "notify": words(`of`), "prevent": words(`from`), "prohibit": words(`from`),
	"equip": words(`with`), "link": words(`with to`), "merge": words(`with into`), "pit": words(`against`),
	"protect": words(`from against`), "relieve": words(`of`), "remind": words(`of`), "replace": words(`with by`), "rid": words(`of`), "rob": words(`of`),
	"sentence": words(`to`), "strip": words(`of`), "subject": words(`to`), "submit": words(`to`), "subordinate": words(`to`), "substitute": words(`for`),
	"suspect": words(`of`), "swap": words(`for`), "thank": words(`for`), "warn": words(`of about against`),
}

// governed: a preposition that the verb asks for goes with the verb: in "subjected the inmates of the camp to torture" neither
// the inmates nor the camp are "to torture".
func (r *repairer) governed(h int) {
	prepositions := frames[r.s.Words[h].Lemma]
	if prepositions == nil {
		return
	}
	object := r.find(h, "obj")
	if object < h {
		object = h // a passive or a relative clause: nothing but its circumstances stands behind the verb
	}
	to := min(len(r.s.Words), h+reach)
	for k := object + 1; k < to; k++ {
		if w := r.s.Words; w[k].Head == h && (universal(w[k].Deprel) == "obl" ||
			w[k].Deprel == "advcl") && r.introduced(k, prepositions) {
			return // it has one
		}
	}
	for k := object + 1; k < to; k++ {
		w := r.s.Words
		if w[k].Deprel != "nmod" && w[k].Deprel != "acl" || w[k].Head <= h || !r.introduced(k, prepositions) {
			continue
		}
		for up := w[k].Head; ; up = w[up].Head {
			if up == h {
				deprel := "obl"
				if w[k].Deprel == "acl" {
					deprel = "advcl"
				}
				r.set(k, h, deprel)
				return
			}
			if up < 0 || w[up].Deprel == "acl:relcl" || w[up].Deprel == "conj" || w[up].UPOS == "VERB" {
				break
			}
		}
	}
}

// sharing verbs have behind "with" who takes part; mutual nouns and these have a partner of their own.
var (
	sharing   = words(`discuss debate share`)
	partnered = words(`border contract contact problem cooperation co-operation link connection partnership merger venture experience
		interview negotiation encounter alliance collaboration row feud surplus deficit imbalance exchange swap`)
)

// sharedWith: in "discussed the plane with the agency" it is discussed with the agency; "the trade with Peru" is a thing that one discusses.
func (r *repairer) sharedWith(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.preposition(k) != "with" || mutual[lower(w[h].Lemma)] || partnered[lower(w[h].Lemma)] ||
		w[k].UPOS != "PROPN" && ner(w[k].NER) == "" && !actorNoun(lower(w[k].Lemma)) {
		return
	}
	for up := h; up >= 0; up = w[up].Head {
		v := w[up].Head
		switch {
		case v < 0 || v > up:
			return
		case w[up].Deprel == "obj" && w[v].UPOS == "VERB":
			if first, _ := r.among(v, v, len(w), "obl"); sharing[w[v].Lemma] && (first < 0 || r.preposition(first) != "with") {
				r.set(k, v, "obl")
			}
			return
		case w[up].Deprel != "nmod" && w[up].Deprel != "conj":
			return
		}
	}
}

// presenting verbs have somebody behind "to".
var presenting = words(`propose present offer suggest explain submit announce recommend describe deliver hand pass outline
	reveal unveil show`)

// presentedTo: in "proposed a plan on the future of Peru to the leaders" it is proposed to the leaders.
func (r *repairer) presentedTo(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.preposition(k) != "to" || !isAgentNoun(w[k].Lemma) && !personNouns[lower(w[k].Lemma)] || w[h].Deprel != "nmod" {
		return
	}
	for up := w[h].Head; up >= 0 && up < h; up = w[up].Head {
		if w[up].Deprel == "obj" {
			if v := w[up].Head; v >= 0 && v < up && presenting[w[v].Lemma] {
				r.set(k, v, "obl")
			}
			return
		}
		if w[up].Deprel != "nmod" {
			return
		}
	}
}

// complexPreposition: what ends a preposition of several words belongs to its noun: in "sold in connection with the merger"
// nothing was sold "with the merger".
func (r *repairer) complexPreposition(k int) {
	w := r.s.Words
	if k == 0 || k+2 >= len(w) || w[k-1].Head != k || w[k-1].Deprel != "case" || w[k+1].Deprel != "case" ||
		!complexHeads[lower(w[k-1].Form)+" "+lower(w[k].Form)+" "+lower(w[k+1].Form)] {
		return
	}
	m := w[k+1].Head
	if m > k && w[m].Head != k && (universal(w[m].Deprel) == "obl" || w[m].Deprel == "nmod") && !r.under(k, m) {
		r.set(m, k, "nmod")
	}
}

// timeOfVerb: a weekday in a clause tells when it happens, not which president or town is meant: "the president on Tuesday named
// …". Only acts and events have a time of their own.
func (r *repairer) timeOfVerb(t int) {
	w := r.s.Words
	if w[t].Head < 0 || w[t].Head > t {
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

// timeInSubject: people and bodies are of no hour: in "the brigade over the past two days shelled nine towns" that is when it did.
func (r *repairer) timeInSubject(t int) {
	w := r.s.Words
	n := w[t].Head
	l := lower(w[t].Lemma)
	if n < 0 || n > t || w[n].Deprel != "nsubj" && w[n].Deprel != "nsubj:pass" || w[n].Head < t || !temporalNouns[l] && !temporalDigits(w[t].Form) ||
		l == "period" || l == "term" {
		return
	}
	switch r.preposition(t) {
	case "in", "during", "over", "within", "at", "on":
	default:
		return
	}
	v := w[n].Head
	if w[v].UPOS != "VERB" || r.find(v, "cop") >= 0 || r.caseBefore(t) != n+1 {
		return
	}
	if last := r.rightmost(t, v); w[last+1].Head != v && last+1 != v {
		return
	}
	nl := lower(w[n].Lemma)
	if w[n].UPOS == "PROPN" && !eventNouns[nl] || w[n].UPOS == "NOUN" && actorNoun(nl) {
		r.set(t, v, "obl")
	}
}

// infinitiveOfVerb: who allows, asks or causes wants an infinitive behind the object: "allow firms to grow", read as firms that
// are to grow. So does who agrees "in principle to buy".
func (r *repairer) infinitiveOfVerb(k int) {
	w := r.s.Words
	if w[k].Head < 0 || w[k].Head > k {
		return
	}
	if m := r.find(k, "mark"); m < 0 || lower(w[m].Form) != "to" || r.find(k, "nsubj") >= 0 {
		return
	}
	n := w[k].Head
	v := w[n].Head
	if v < 0 || v > n || w[v].UPOS != "VERB" || intentions[w[n].Lemma] || textNouns[w[n].Lemma] ||
		temporalNouns[w[n].Lemma] || possibleNouns[w[n].Lemma] && r.find(n, "det") < 0 || r.find(v, "xcomp") >= 0 { // "asked for licences to sell"
		return
	}
	switch {
	case w[n].Deprel == "obj" && commanding(w[v].Lemma):
		r.set(k, v, "xcomp")
	case w[n].Deprel == "obl" && infinitival[w[v].Lemma] && r.find(v, "obj", "aux:pass") < 0:
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

// infinitiveOfNoun: an infinitive right behind a noun that wants one belongs to it: in "criticised a plan to tax shares" the plan
// is to tax, and in "abandoned its hope to build a dam" the infinitive says what the hope is, not what for it was abandoned.
func (r *repairer) infinitiveOfNoun(k int) {
	w := r.s.Words
	if w[k].Head < 0 || w[k].Head > k {
		return
	}
	first := r.leftmost(k)
	if lower(w[first].Form) != "to" || w[first].Head != k || first == 0 {
		return
	}
	v := w[k].Head
	for n := first - 1; n > v; n = w[n].Head {
		beside := n == first-1 && (proposalNouns[w[n].Lemma] || w[k].Deprel == "advcl" && w[n].Head == v && r.aiming(n))
		beside = beside || n == first-1 && r.ranked(n)
		if w[n].UPOS == "NOUN" && (beside || intentions[w[n].Lemma] || appointments[w[n].Lemma] && n < first-1) && r.under(n, v) {
			r.set(k, n, "acl")
			return
		}
		if w[n].Deprel != "nmod" && w[n].Deprel != "flat" && w[n].Deprel != "appos" && (w[n].Deprel != "compound" ||
			w[n].Head > first) {
			return
		}
	}
}

// ranked says whether noun n, which tells what something is or becomes, is one of a row: "became the third country to sign".
func (r *repairer) ranked(n int) bool {
	w := r.s.Words
	if w[n].Deprel != "xcomp" && r.find(n, "cop") < 0 {
		return false
	}
	for k := r.leftmost(n); k < n; k++ {
		if w[k].Head == n && ranking(&w[k]) {
			return true
		}
	}
	return false
}

// ranking says whether w tells the place in a row: "third", "40th", "only", "largest".
func ranking(w *nlp.Word) bool {
	f := lower(w.Form)
	return ordinals[f] || f == "only" || f == "last" || f == "next" || w.XPOS == "JJS" ||
		len(f) > 2 && f[0] >= '0' && f[0] <= '9' && f[len(f)-1] >= 'a'
}

var ordinals = words(`first second third fourth fifth sixth seventh eighth ninth tenth`)

// toughInfinitive: in "the pistol is hard to find", read as finding it being hard, the infinitive belongs to the adjective, with who is
// to do it behind "for" as its subject.
func (r *repairer) toughInfinitive(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || !toughAdjectives[lower(w[h].Form)] || r.find(h, "cop") < 0 || r.find(k, "obj", "ccomp", "aux:pass") >= 0 {
		return
	}
	s := r.find(h, "nsubj")
	if to := r.find(k, "mark"); s < 0 || s > h || lower(w[s].Form) == "it" || to < h || w[k].Deprel != "csubj" && r.leftmost(k) != h+1 ||
		lower(w[k-1].Form) != "to" {
		return
	}
	r.set(k, h, "xcomp")
}

// aiming says whether noun n, an argument of its verb, is one whose infinitive says what it aims at.
func (r *repairer) aiming(n int) bool {
	switch r.s.Words[n].Deprel {
	case "obj", "obl", "nsubj:pass":
	default:
		return false
	}
	noun := lower(r.s.Words[n].Lemma)
	return planNouns[noun] || negativeNouns[noun] || wishNouns[noun] ||
		possibleNouns[noun] && noun != "case" && noun != "question"
}

// askedTo: in "ordered brokers to cease operations" the infinitive is what they were ordered, not what kind of brokers they are.
func (r *repairer) askedTo(k int) {
	w := r.s.Words
	if v := w[k].Head; w[k].Deprel == "advcl" && w[k].XPOS == "VB" && v >= 0 && v < k && w[v].Lemma == "call" &&
		r.find(v, "obj", "xcomp", "aux:pass") < 0 {
		// "called for the firm to pay"
		first := r.leftmost(k)
		if p := r.find(v, "obl"); p > v && p < k && lower(w[first].Form) == "to" && r.rightmost(p, k) == first-1 &&
			r.preposition(p) == "for" {
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
	if v := w[top].Head; v >= 0 && v < top && w[top].Deprel == "obl" && w[v].UPOS == "VERB" && to > o && to < k &&
		w[to].UPOS == "PART" && !planNouns[lower(w[o].Lemma)] {
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
	if to <= o || to > k || w[to].UPOS != "PART" || w[o].Deprel != "obj" && w[o].Deprel != "iobj" || w[o].Head < 0 ||
		w[o].Head > o {
		return
	}
	noun, verb := lower(w[o].Lemma), lower(w[w[o].Head].Lemma)
	switch verb {
	case "want", "need", "make", "help", "get", "bring", "offer", "call", "demand", "mandate", "recommend":
		return
	}
	if (asking[verb] || causing[verb] || permitting[verb]) && !planNouns[noun] && !wishNouns[noun] &&
		!possibleNouns[noun] && !negativeNouns[noun] {
		r.set(k, w[o].Head, "xcomp")
		r.set(o, w[o].Head, "obj")
	}
}

// strayFor: in "a deadline for parties to confirm it", the parties hanging on the deadline, "for" is theirs.
func (r *repairer) strayFor(n int) {
	w := r.s.Words
	c := r.leftmost(n) - 1
	if c < 1 || lower(w[c].Form) != "for" || w[c].Deprel != "mark" || w[n].Head > c || r.caseBefore(n) >= 0 {
		return
	}
	if v := w[c].Head; v > n && w[v].Head == w[n].Head && r.find(v, "nsubj", "nsubj:pass") < 0 {
		r.set(c, n, "case")
		r.tag(c, "ADP", "IN")
	}
}

// forSubject: in "an agreement for Bolt to carry gas" the name between "for" and "to" is who carries it.
func (r *repairer) forSubject(n int) {
	w := r.s.Words
	if w[n].UPOS != "PROPN" && w[n].UPOS != "PRON" && !isAgentNoun(w[n].Lemma) && !personNouns[w[n].Lemma] ||
		universal(w[n].Deprel) != "nmod" && universal(w[n].Deprel) != "obl" {
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
	if r.find(v, "nsubj", "nsubj:pass") >= 0 || w[v].Deprel != "advcl" && w[v].Deprel != "acl" &&
		w[v].Deprel != "xcomp" || r.under(n, v) || c > 0 && w[c-1].UPOS == "VERB" && w[n].Head == c-1 {
		return
	}
	rel := r.subjectRel(v)
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

// thatClause: in "no evidence that Togo sold the island" nothing is left for "that" to be: it only opens the clause.
func (r *repairer) thatClause(k int) {
	w := r.s.Words
	if w[k].Head < 0 || w[w[k].Head].UPOS != "NOUN" {
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

// usingMeans: means are used by who acts: in "flew over Peru using maps" Peru uses none.
func (r *repairer) usingMeans(v int) {
	w := r.s.Words
	if w[v].Lemma != "use" || w[v].Head < 0 || w[v].Head > v || r.find(v, "mark", "case", "nsubj") >= 0 || r.find(v, "obj") < v {
		return
	}
	n := w[v].Head
	if w[n].UPOS == "NOUN" && (isAgentNoun(w[n].Lemma) || personNouns[lower(w[n].Lemma)] ||
		firmNouns[lower(w[n].Lemma)] || w[n].XPOS == "NNS" && universal(w[n].Deprel) == "nmod") ||
		w[n].UPOS != "NOUN" && w[n].UPOS != "PROPN" {
		return
	}
	for up := w[n].Head; up >= 0; up = w[up].Head {
		if w[up].UPOS == "VERB" && up < n {
			if w[up].Deprel == "acl" && w[up].XPOS == "VBN" {
				continue // "strikes coordinated with Peru"
			}
			if r.find(up, "nsubj") >= 0 && r.find(up, "aux:pass") < 0 && (w[n].Deprel == "obj" ||
				universal(w[n].Deprel) == "obl" || w[n].Deprel == "nmod") {
				r.set(v, up, "advcl")
			}
			return
		}
		if w[up].Deprel == "root" && w[up].UPOS != "VERB" {
			return
		}
	}
}

// deeds are what people and firms do, not the things that they have.
var deeds = words(`get take bring make give leave win score beat finish end lose earn become join say add call tell urge accuse warn`)

// participleAfterComma: in "Ruiz has five goals, getting two in Oslo" it is Ruiz who got them.
func (r *repairer) participleAfterComma(v int) {
	w := r.s.Words
	n := w[v].Head
	if !deeds[w[v].Lemma] || n < 0 || n > v || w[n].XPOS != "NNS" || w[n].Deprel != "obj" || r.find(v, "mark", "case", "nsubj") >= 0 ||
		isAgentNoun(w[n].Lemma) || personNouns[lower(w[n].Lemma)] || textNouns[lower(w[n].Lemma)] ||
		firmNouns[lower(w[n].Lemma)] {
		return
	}
	first, h := r.leftmost(v), w[n].Head
	if w[first].Form != "," && (first == 0 || w[first-1].Form != ",") || h < 0 || h > n || w[h].UPOS != "VERB" ||
		r.find(h, "nsubj") < 0 {
		return
	}
	r.set(v, h, "advcl")
}

// participleAfterObject: a participle that follows the object and a comma describes the object: in "It plays a march, composed by
// Gil" Gil did not compose the player. In the treebanks EWT and GUM 19 of 24 such participles do; the others are those of
// comparisons.
func (r *repairer) participleAfterObject(k int) {
	w := r.s.Words
	v := w[k].Head
	if w[k].XPOS == "VBD" && w[k].Deprel == "conj" && namedAs[w[k].Lemma] && w[k].Lemma != "know" && v >= 0 && v < k-2 && w[v].XPOS == "VBD" &&
		w[k-1].Form == "," && r.nominalAt(k-2) && r.find(k, "nsubj", "cc", "aux") < 0 && r.namedBy(k) {
		r.tag(k, "VERB", "VBN")
		r.set(k, k-2, "acl") // "a tower, dubbed the Needle by neighbours": nobody who saw it dubbed it
		return
	}
	if w[k].XPOS != "VBN" || w[k].Deprel != "advcl" || v < 0 || v > k || k < 2 || w[k-1].Form != "," || w[v].UPOS != "VERB" {
		return
	}
	switch w[k].Lemma {
	case "compare", "base", "give", "provide", "concern":
		return
	}
	if r.find(k, "nsubj", "nsubj:pass", "mark", "aux", "aux:pass") >= 0 {
		return
	}
	if o := r.find(v, "obj"); o > v && o < k && r.under(k-2, o) {
		r.set(k, o, "acl")
	}
}

// namedBy says whether somebody named behind "by" gives the name that follows verb k, and makes of a participle behind him his
// description: "dubbed the Needle by sailors held there".
func (r *repairer) namedBy(k int) bool {
	by := false
	for m := k + 1; m < min(len(r.s.Words), k+reach); m++ {
		w := r.s.Words[m]
		switch h := w.Head; {
		case w.Deprel == "nsubj" && h > m && r.s.Words[h].Head == k && r.s.Words[h].XPOS == "VBN" && r.preposition(m) == "by":
			r.set(m, k, "obl:agent")
			r.set(h, m, "acl")
			by = true
		case h == k && (w.Deprel == "obl" || w.Deprel == "obl:agent"):
			by = by || r.preposition(m) == "by"
		}
	}
	return by
}

// participleAfterNoun: a participle without a comma right after a noun describes it where the verb tells a state ("fields
// covering ten acres"), the noun a text ("a letter saying") or the agent of a passive ("caused by a ship leaving port").
func (r *repairer) participleAfterNoun(v int) {
	w := r.s.Words
	if w[v].XPOS == "VBN" && w[v].Deprel == "advcl" && w[v].Head >= 0 && w[v].Head < v && namedAs[w[v].Lemma] &&
		r.find(v, "mark", "nsubj", "aux", "aux:pass") < 0 {
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
	if n := v - 1; n > 0 && w[v].XPOS == "VBN" && w[v].Deprel == "acl" && (w[v].Lemma == "locate" || w[v].Lemma == "situate") && w[v].Head >= 0 &&
		w[v].Head < n && w[n].UPOS == "NOUN" && w[n].Deprel == "nmod" && r.under(n, w[v].Head) {
		if p := r.preposition(n); p != "of" && p != "" {
			r.set(v, n, "acl") // "systems sold through offices located in Lima"
		}
		return
	}
	if w[v].XPOS != "VBG" || w[v].Deprel != "advcl" || w[v].Head < 0 || w[v].Head > v || r.find(v, "mark", "case", "nsubj") >= 0 {
		return
	}
	first := r.leftmost(v)
	if first == 0 || w[first].UPOS == "PUNCT" || w[first-1].UPOS != "NOUN" && w[first-1].UPOS != "PROPN" &&
		w[first-1].XPOS != "NNS" {
		return
	}
	n := first - 1
	for w[n].Deprel == "flat" || w[n].Deprel == "compound" && w[n].Head > n && w[n].Head < v {
		n = w[n].Head
	}
	if n < 0 || n >= v || n <= w[v].Head || !r.under(n, w[v].Head) {
		return
	}
	by := r.preposition(n) == "by" && r.find(w[v].Head, "aux:pass") >= 0
	if stative[w[v].Lemma] || textNouns[lower(w[n].Lemma)] && speech[w[v].Lemma] || by {
		r.set(v, n, "acl")
	}
}

// alsoKnown: another name in brackets is that of the name before them: in "the threat of Lund (also known as Linden)" Lund is
// known so.
func (r *repairer) alsoKnown(v int) {
	w := r.s.Words
	if w[v].Lemma != "know" && w[v].Lemma != "call" && w[v].Lemma != "name" && w[v].Lemma != "dub" {
		return
	}
	n := r.leftmost(v) - 1
	if n >= 0 && isBracket(w[n].Form) {
		n--
	}
	for n > w[v].Head && n >= 0 && w[n].Deprel == "flat" {
		n = w[n].Head
	}
	if n > w[v].Head && w[n].UPOS == "PROPN" && r.under(n, w[v].Head) && (isBracket(w[r.leftmost(v)].Form) ||
		isBracket(w[r.leftmost(v)-1].Form)) {
		r.set(v, n, "acl")
	}
}

// whoFollows: "who" describes a person: in "the power of the president, who …" the president rather than the power.
func (r *repairer) whoFollows(c int) {
	w := r.s.Words
	who := -1
	for k := max(0, c-reach); k < c; k++ {
		if w[k].Head == c && w[k].Deprel[0] == 'n' && lower(w[k].Form) == "who" {
			who = k
		}
	}
	noun := w[c].Head
	if who < 1 || noun < 0 || noun >= who || w[noun].UPOS != "NOUN" || isAgentNoun(w[noun].Lemma) || personNouns[w[noun].Lemma] {
		return
	}
	if r.personAbove(c, noun, who) {
		return
	}
	near := who - 1
	if w[near].Form == "," && near > 0 {
		near--
	}
	for near >= 0 && w[near].Deprel == "flat" {
		near = w[near].Head
	}
	if near <= noun || w[near].UPOS != "PROPN" && !isAgentNoun(w[near].Lemma) {
		return
	}
	for up := near; up != noun; up = w[up].Head {
		if up >= 0 && ner(w[near].NER) != "PER" && (personNouns[lower(w[up].Lemma)] || isAgentNoun(w[up].Lemma) && w[up].UPOS == "NOUN") {
			near = up // "the lives of people with AIDS, who"
			break
		}
		if up < 0 || w[up].Deprel == "conj" && ner(w[near].NER) != "PER" {
			return // not inside the phrase of the noun
		}
	}
	r.set(c, near, "acl:relcl")
}

// personAbove: in "the manager of one of the firms who spoke" it is the manager: a firm is no "who". False where noun, which "who" was
// hung on, belongs to nobody.
func (r *repairer) personAbove(c, noun, who int) bool {
	w := r.s.Words
	if !firmNouns[lower(w[noun].Lemma)] && !bodyNouns[lower(w[noun].Lemma)] || r.leftmost(c) != who || w[who-1].Form == "," {
		return false
	}
	for up := noun; w[up].Deprel == "nmod" && w[up].Head >= 0 && w[up].Head < up; {
		if up = w[up].Head; w[up].UPOS == "NOUN" && (isAgentNoun(w[up].Lemma) || personNouns[lower(w[up].Lemma)] && w[up].Lemma != "one") {
			r.set(c, up, "acl:relcl")
			return true
		}
	}
	return false
}

// thatOfDefinite: in "support of the talks that were held", where the support has no article, the talks were held.
func (r *repairer) thatOfDefinite(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < 0 || h > v {
		return
	}
	that := r.leftmost(v)
	if that < 2 || w[that].XPOS != "WDT" || lower(w[that].Form) != "that" {
		return
	}
	n := that - 1
	if n <= h || w[n].UPOS != "NOUN" || w[n].Deprel != "nmod" || w[n].Head != h && !r.under(n, h) || r.preposition(n) != "of" {
		return
	}
	d := r.find(n, "det")
	if d < 0 || lower(w[d].Form) != "the" || r.find(h, "det", "nmod:poss", "nummod") >= 0 || w[h].UPOS != "NOUN" {
		return
	}
	r.set(v, n, "acl:relcl")
}

// frontedRelative: in "the man to whom they sold it" the pronoun belongs to the clause behind it.
func (r *repairer) frontedRelative(k int) {
	w := r.s.Words
	if lower(w[k].Form) == "what" || w[k].Head < 0 || w[k].Head > k {
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

// crossingRelative: a relative clause describes a phrase that ends right before it: in "a gap of 5 dlrs, below the peak, which
// came in May" it was not the gap that came.
func (r *repairer) crossingRelative(c int) {
	w := r.s.Words
	n := w[c].Head
	if n < 0 || n > c || !r.nominalAt(n) {
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
		if !r.temporalAt(top) || w[top].Deprel == "obl" && r.caseBefore(top) >= 0 && !weekdays[lower(w[top].Form)] {
			r.set(c, top, "acl:relcl")
			return
		}
		k = r.leftmost(top) - 1
	}
}

// grammaticalNumber is the number that word k shows: 's', 'p' or 0 for none.
func (r *repairer) grammaticalNumber(k int) byte {
	switch w := &r.s.Words[k]; {
	case r.find(k, "conj") > k && w.UPOS != "VERB":
		return 0
	case w.XPOS == "NN" && !groupNames[lower(w.Lemma)]:
		return 's'
	case w.XPOS == "NNS" && lower(w.Form) != lower(w.Lemma):
		return 'p'
	case w.XPOS == "VBZ":
		return 's'
	case w.XPOS == "VBP", lower(w.Form) == "were":
		return 'p'
	case lower(w.Form) == "was":
		return 's'
	}
	return 0
}

// groupNames are singular nouns that take plural verbs.
var groupNames = words(`government company group team committee board council bank firm party police staff family public majority minority number
	press media army navy crew union cabinet ministry pct percent range series variety lot data audience management administration couple pair
	half third quarter rest`)

// agreeingRelative: in "a list of the talks, which shows that", the list shows it: a verb agrees with its subject.
func (r *repairer) agreeingRelative(c int) {
	w := r.s.Words
	h := w[c].Head
	if h < 0 || h > c {
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass")
	if s < h || s > c || w[s].XPOS != "WDT" {
		return
	}
	verb := c
	if a := r.find(c, "aux", "aux:pass", "cop"); a > s && a < c {
		verb = a
	}
	want, have := r.grammaticalNumber(verb), r.grammaticalNumber(h)
	if want == 0 || have == 0 || want == have {
		return
	}
	for n := w[h].Head; n >= 0 && n < h; n = w[n].Head { // the nouns that h modifies
		if w[n].UPOS != "NOUN" || w[h].Deprel != "nmod" {
			return
		}
		if r.grammaticalNumber(n) == want {
			r.set(c, n, "acl:relcl")
			return
		}
		h = n
	}
}

// concerningName: a person or body concerns nothing: in "a ruling in favour of Lund concerning the debt" the ruling does.
func (r *repairer) concerningName(c int) {
	w := r.s.Words
	h := w[c].Head
	if h < 0 || h > c || w[h].UPOS != "PROPN" || ner(w[h].NER) == "" {
		return
	}
	n := h
	for w[n].Deprel == "nmod" && w[n].Head >= 0 && w[n].Head < n {
		if n = w[n].Head; actNouns[lower(w[n].Lemma)] || textNouns[lower(w[n].Lemma)] || eventNouns[lower(w[n].Lemma)] || talkNouns[lower(w[n].Lemma)] {
			r.set(c, n, "acl")
			return
		}
	}
}

// placeOfTalks: in "talks on Peru in Oslo" it is the talks that are in Oslo; a bare name between them is what they are about.
func (r *repairer) placeOfTalks(c int) {
	w := r.s.Words
	h := w[c].Head
	if ner(w[c].NER) != "LOC" || h < 0 || h > c || w[h].UPOS != "PROPN" ||
		w[h].Deprel != "nmod" || ner(w[h].NER) != "LOC" || r.preposition(c) != "in" && r.preposition(c) != "at" {
		return
	}
	switch r.preposition(h) {
	case "on", "about", "over":
		if n := w[h].Head; n >= 0 && n < h && gatherings[lower(w[n].Lemma)] {
			r.set(c, n, "nmod")
		}
	}
}

// absoluteWith: in "ended with Peru taking the blame", read as ending and taking, Peru takes it.
func (r *repairer) absoluteWith(v int) {
	w := r.s.Words
	if v < 2 || w[v].Head < 0 || w[v].Head > v-2 {
		return
	}
	n := v - 1
	for w[n].Deprel == "flat" && w[n].Head < n {
		n = w[n].Head
	}
	if w[n].UPOS == "PROPN" && w[n].Head == w[v].Head && r.preposition(n) == "with" && r.find(v, "mark") < 0 {
		r.set(v, n, "acl")
	}
}

// wantsObject are verbs that have an object, here the noun that they describe.
var wantsObject = words(`sign reach make conclude negotiate announce launch propose issue publish submit win buy sell build reject approve
	impose release receive send file`)

// finiteDescription: a finite verb with a subject of its own behind a noun is a relative clause: "the contract Peru signed".
func (r *repairer) finiteDescription(c int) {
	w := r.s.Words
	n := w[c].Head
	if !r.finite(c) || n < 0 || n > c || w[n].UPOS != "NOUN" ||
		(contentNouns[w[n].Lemma] || textNouns[w[n].Lemma]) && !wantsObject[lower(w[c].Lemma)] || r.find(c, "mark", "obj", "ccomp", "xcomp", "aux:pass") >= 0 {
		return
	}
	if s := r.find(c, "nsubj"); s > n && s < c && r.leftmost(s) == n+1 {
		r.set(c, n, "acl:relcl")
	}
}

// getting verbs have behind "from" whoever gives, whatever stands between.
var getting = words(`receive get obtain win secure`)

// receivedFrom: in "received an order for a model of its jet from Acme" the order comes from Acme, not the jet.
func (r *repairer) receivedFrom(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.preposition(k) != "from" || w[h].Deprel != "nmod" || r.temporalAt(k) || ner(w[k].NER) == "LOC" ||
		w[k].UPOS != "PROPN" && w[k].XPOS != "NNS" {
		return
	}
	for up := w[h].Head; up >= 0 && up < h; up = w[up].Head {
		v := w[up].Head
		switch {
		case w[up].Deprel == "nmod":
		case w[up].Deprel == "obj" && v >= 0 && v < up && w[v].UPOS == "VERB" && getting[w[v].Lemma]:
			if first, _ := r.among(v, v, len(w), "obl"); first < 0 || r.preposition(first) != "from" {
				r.set(k, v, "obl")
			}
			return
		default:
			return
		}
	}
}

// agentOfAttribute: what a passive makes of somebody is done by its agent: in "was named a dealer by the bank" the bank names, it is no
// dealer's.
func (r *repairer) agentOfAttribute(k int) {
	w := r.s.Words
	n := w[k].Head
	if n < 0 || n > k || r.preposition(k) != "by" || w[n].Deprel != "xcomp" && w[n].Deprel != "obj" {
		return
	}
	v := w[n].Head
	if v < 0 || v > n || !appointing[lower(w[v].Lemma)] || r.find(v, "aux:pass") < 0 || r.find(v, "obl:agent") >= 0 || r.temporalAt(k) {
		return
	}
	r.set(k, v, "obl:agent")
}

// wantedFor are nouns of what somebody asks for: the thing stands behind "for".
var wantedFor = words(`demand need bid request order tender application appetite`)

// demandFor: in "reported demand for 5 mln tonnes" nothing is reported for them: they are in demand.
func (r *repairer) demandFor(k int) {
	w := r.s.Words
	v := w[k].Head
	if v < 0 || v > k || w[v].UPOS != "VERB" || r.preposition(k) != "for" || r.temporalAt(k) {
		return
	}
	o := r.leftmost(k) - 1
	if o <= v || w[o].Head != v || w[o].Deprel != "obj" || w[o].UPOS != "NOUN" || !wantedFor[lower(w[o].Lemma)] {
		return
	}
	r.set(k, o, "nmod")
}

// besideTime: a length of time has no place, aim or means: in "met for four weeks in Oslo" they met in Oslo, in "halts for a week for repairs" it
// halts for them.
func (r *repairer) besideTime(m int) {
	w := r.s.Words
	t := w[m].Head
	if t < 1 || t > m || w[t].UPOS != "NOUN" || universal(w[t].Deprel) != "obl" || r.temporalAt(m) || r.find(t, "acl:relcl") >= 0 {
		return
	}
	switch lower(w[t].Lemma) {
	case "minute", "hour", "day", "week", "month", "year", "decade":
	case "time":
		if a := r.find(t, "amod"); a < 0 || !ordinals[lower(w[a].Form)] && lower(w[a].Form) != "last" && lower(w[a].Form) != "next" {
			return
		}
	default:
		return
	}
	switch r.preposition(m) {
	case "in":
		if ner(w[m].NER) != "LOC" {
			return
		}
	case "for", "on", "under", "with":
	default:
		return
	}
	if v := w[t].Head; v >= 0 && w[v].UPOS == "VERB" {
		r.set(m, v, "obl")
	}
}

// asFollows: nothing follows in "are as follows"; it points to what stands behind it.
func (r *repairer) asFollows(i int) {
	w := r.s.Words
	if i < 1 || lower(w[i-1].Form) != "as" || w[i-1].Head != i || r.find(i, "nsubj", "obj") >= 0 {
		return
	}
	r.tag(i, "ADV", "RB")
	r.set(i, w[i].Head, "advmod")
	r.set(i-1, i, "fixed")
}

// includedOf: what a list begun by "including" is of stands before it and is several: in "a meeting with officials, including Lund", read
// as a meeting that includes him, he is one of the officials.
func (r *repairer) includedOf(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || w[h].XPOS != "NN" || universal(w[k].Deprel) != "nmod" || r.preposition(k) != "including" {
		return
	}
	n := r.leftmost(k) - 1
	if n >= 0 && w[n].Form == "," {
		n--
	}
	if n <= h || w[n].XPOS != "NNS" && w[n].XPOS != "NNPS" || !r.under(n, h) {
		return
	}
	r.set(k, n, w[k].Deprel)
}
