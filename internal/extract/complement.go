package extract

import (
	"slices"
	"strings"
)

// controls says whether the subject of c is also the subject of its infinitive.
func (r *reader) controls(c *clause) bool {
	if r.Words[c.xcomp].UPOS != "VERB" && r.child(c.xcomp, "cop") < 0 {
		return false
	}
	if c.passive {
		return true
	}
	if r.tough(c) {
		return false
	}
	return (len(c.objects) == 0 || c.lemma == "promise") && c.iobj < 0 && (!asking[c.lemma] || planning[c.lemma])
}

// tough says whether the subject of c is what its infinitive is done to: "the pistol is hard to find".
func (r *reader) tough(c *clause) bool {
	if c.copula < 0 || c.xcomp < 0 || !toughAdjectives[lower(r.Words[c.head].Form)] || r.enough(c.head) || r.too(c.head) {
		return false
	}
	k := c.xcomp
	return r.Words[k].XPOS == "VB" && r.child(k, "obj", "ccomp", "xcomp", "cop", "aux:pass") < 0 && !intransitive[lower(r.Words[k].Lemma)]
}

// stand works out the polarity and the modality of the clause of h from its own words.
func (r *reader) stand(h int, c *clause, f *frame) {
	if r.negated(h) {
		f.polarity = negate(f.polarity)
	}
	f.modality = weaker(f.modality, r.marked(h))
	own := r.modal(h, f.backshift)
	if own == Conditional && wishing[c.lemma] && !r.hadBeen(h) {
		own = Asserted // "would like to buy" is a polite present, "would have liked to buy" is not
	}
	if own != Asserted && r.reticent(c) && r.negated(h) && r.willing(h) && !r.onCondition(h) {
		own = Asserted // "would not comment": he did not
	}
	f.modality = weaker(f.modality, own)
	if f.polarity == Positive && r.alternative(h) && !r.severally(h, c.subjects) {
		f.modality = weaker(f.modality, Possible)
	}
	if r.infinitival(h) && r.child(h, "case") < 0 &&
		(h == r.root || r.child(h, "nsubj", "nsubj:pass") >= 0 && lower(r.Words[r.child(h, "mark")].Form) == "to") {
		f.modality = weaker(f.modality, Planned) // "Ford to build plant", not "for Ford to build a plant"
	}
	if r.bareSubjunctive(h) {
		f.modality = weaker(f.modality, Requested) // "the condition is that Peru be satisfied"
	}
	if to, yet := r.child(h, "mark"), r.child(h, "advmod"); yet > 0 && to == yet+1 && lower(r.Words[yet].Form) == "yet" && r.child(h, "aux", "cop", "aux:pass") == yet-1 {
		f.polarity, f.modality = negate(f.polarity), Asserted // "is yet to be fixed"
	}
	if r.formerly(h) && !speech[c.lemma] {
		f.modality = weaker(f.modality, Former)
	}
	if r.questioned(h) {
		f.modality = Hypothetical
	}
	if (r.onCondition(h) || r.butFor(h)) && len(c.clauses) == 0 && !r.pledges(h, c) {
		f.modality = weaker(f.modality, Conditional)
	}
}

// questioned says whether the clause of h is what a question mark at the end of the sentence asks: one joined to the main clause where that
// one has the order of a statement, "she can stay, so why did they call?".
func (r *reader) questioned(h int) bool {
	last := len(r.Words) - 1
	if last > 0 && isQuote(r.Words[last].Form) && !speaking(lower(r.Words[r.root].Lemma)) {
		last--
	}
	if h == r.root && r.Words[last].Form != "?" {
		return false
	}
	if h != r.root {
		for _, k := range r.kids[h] {
			if r.Words[k].Form == "?" && k > h && r.inverted(h) {
				return true // ""How can they pay?" Lund asked."
			}
		}
		if r.Words[last].Form != "?" {
			return false
		}
		return (r.rel(h) == "conj" || r.rel(h) == "parataxis" || r.rel(h) == "ccomp" && r.Words[h].Head < h) && r.Words[h].Head == r.root && r.inverted(h)
	}
	if r.inverted(h) || r.child(h, "nsubj", "nsubj:pass") < 0 {
		return true
	}
	for _, k := range r.kids[h] {
		if rel := r.rel(k); k > h && (rel == "conj" || rel == "parataxis") && r.inverted(k) {
			return false
		}
	}
	return true
}

// inverted says whether an auxiliary or copula stands before the subject of h.
func (r *reader) inverted(h int) bool {
	s, a := r.child(h, "nsubj", "nsubj:pass"), r.child(h, "aux", "aux:pass", "cop")
	return s >= 0 && a >= 0 && a < s
}

// reticent says whether c, when denied, tells of somebody who did not speak: "would not comment", "would not give details".
func (r *reader) reticent(c *clause) bool {
	if c.lemma == "give" || c.lemma == "provide" || c.lemma == "offer" {
		return len(c.objects) > 0 && tellable[lower(r.Words[c.objects[0]].Lemma)]
	}
	return telltale[c.lemma]
}

// willing says whether "would" is the auxiliary of h.
func (r *reader) willing(h int) bool {
	k := r.child(h, "aux")
	return k >= 0 && lower(r.Words[k].Form) == "would"
}

// emptyVerb says whether c adds no act to its infinitive: "began to leave", "failed to leave", "is able to leave".
func (r *reader) emptyVerb(c *clause) bool {
	return raising[c.lemma] || failing[c.lemma] && !refusing[c.lemma] || c.copula >= 0
}

// infinitive reads the verbal complement k of c, whose subject is the object or the subject of c.
func (r *reader) infinitive(c *clause, k int, f frame) {
	if having[c.lemma] && c.lemma != "need" && r.infinitiveOfObject(c, k, f) {
		return // "made a choice to leave"
	}
	g := r.top(f.status)
	form := infinitive
	if r.Words[k].XPOS == "VBG" && r.child(k, "aux") < 0 || r.undergoing(k) {
		form = gerund
	}
	past := r.past(c.head)
	adjective := c.copula >= 0 || r.Words[c.head].UPOS == "ADJ"
	switch {
	case adjective:
		g.status = r.below(lower(r.Words[c.head].Lemma), form, false, past, g.status)
		if r.too(c.head) {
			g.polarity = negate(g.polarity) // "too weak to defend"
		}
	case rumouring[c.lemma] && c.passive, claiming[c.lemma] && !c.passive && len(c.objects) == 0:
		if denial[c.lemma] {
			g.status = r.below(c.lemma, form, false, past, g.status)
		}
		if a := r.speaker(c); a.Head >= 0 || g.source == nil || g.source.Head < 0 {
			g.status = g.saidBy(a, r.sent)
		} // "a mill is thought to have closed, they said": they tell that it is thought
	case c.lemma == "have" && r.causative(c): // "had the judge disqualified"
	case r.let(c): // "have been allowed to leave": they left; "were not allowed to leave": they did not
	case reckoned[c.lemma] && form == infinitive && !c.passive && len(c.objects) > 0 && r.child(k, "cop", "aux") >= 0 && !r.negated(c.head):
		g.status = r.says(g.status, r.speaker(c)) // "estimated the cost to be 5 mln dlrs"
	default:
		g.status = r.below(c.lemma, form, len(c.objects) > 0 || c.iobj >= 0 || c.passive, past, g.status)
		if lem := c.lemma; r.infinitival(k) && !raising[lem] && !causing[lem] && !realised[lem] && !moving[lem] && !failing[lem] && !shunning[lem] &&
			!coercing[lem] && !denial[lem] {
			g.modality = weaker(g.modality, Planned) // "voted to pay", "is designed to pay": whether anybody does is not said
		}
		switch {
		case r.foresees(c, f):
			g.status = r.says(g.status, r.speaker(c))
			g.modality = weaker(g.modality, Planned)
		case r.wished(c):
			g.status = r.wants(g.status, r.speaker(c))
			g.modality = weaker(g.modality, Requested)
		}
		if wishing[c.lemma] && r.modal(c.head, false) != Asserted {
			g.modality = weaker(g.modality, Planned) // "would like to buy"
		}
	}
	if c.lemma == "encourage" && !c.passive && f.modality == Asserted && len(c.subjects) > 0 && r.canAct(c.subjects[0]) && r.infinitival(k) &&
		(r.Words[c.subjects[0]].UPOS != "PRON" || r.dutiful(c.head)) {
		g.modality = weaker(g.modality, Requested) // what somebody, rather than something, encourages is not done yet
	}
	if r.pledges(c.head, c) && r.onCondition(c.head) {
		g.modality = weaker(g.modality, Conditional)
	}
	if slices.ContainsFunc(c.subjects, r.fewOf) && !r.emptyVerb(c) {
		g.modality = weaker(g.modality, Possible) // "few expect prices to rise"
	}
	if r.inVain(c) {
		g.polarity, g.modality = negate(f.polarity), f.modality
	}
	if lower(r.Words[c.head].Form) == "got" && r.child(c.head, "aux") >= 0 && len(c.objects) == 0 {
		g.modality = weaker(g.modality, Requested) // "have got to leave"
	}
	for _, m := range r.kids[c.head] {
		if lower(r.Words[m].Form) == "yet" && m < k && (c.lemma == "have" || c.lemma == "be") {
			g.polarity, g.modality = negate(f.polarity), f.modality // "has yet to leave"
		}
	}
	if c.lemma == "remain" && r.infinitival(k) && r.child(k, "aux:pass") >= 0 {
		g.polarity = negate(f.polarity) // "remains to be decided"
	}
	g.chain = merge(f.chain, c.words)
	g.subject = c.subjects
	if c.xcomp == k && r.controls(c) && r.emptyVerb(c) {
		for _, o := range c.obliques { // "in May it began to sell": the sale is in May
			if r.temporal(o) {
				g.fronted = append(g.fronted, o)
			}
		}
	}
	switch {
	case r.tough(c):
		g.subject, g.chain = nil, nil // who finds it hard is not said, or said behind "for"
		if len(c.subjects) > 0 && r.child(k, "obl") < 0 {
			g.object = c.subjects[0]
		}
	case c.passive:
		// "was asked to leave": who is asked leaves.
		if c.lemma == "see" { // "prices are seen falling"
			g.modality = weaker(g.modality, Planned)
		}
	case form == gerund &&
		(proposing[c.lemma] || pondering[c.lemma] && c.lemma != "risk" && c.lemma != "consider" && c.lemma != "contemplate"):
		g.subject, g.chain = nil, nil // who is to do it is not said
		if len(c.objects) > 0 {
			g.subject = c.objects
		}
	case c.lemma == "need" && len(c.objects) > 0 && !r.canAct(c.objects[0]):
		// "needs the loan to build the port": it builds, not the loan.
		g.modality = weaker(f.modality, Planned)
	case len(c.objects) > 0 && c.lemma != "promise":
		g.subject, g.chain = c.objects, nil
	case c.iobj >= 0:
		g.subject, g.chain = []int{c.iobj}, nil
	case asking[c.lemma] && !planning[c.lemma]:
		// "called on Russia to work with the US": the object of a prepositional verb.
		for _, o := range c.obliques {
			if _, form := r.caseOf(o); form == "on" || form == "for" || form == "upon" {
				g.subject, g.chain = []int{o}, nil
				g.modality = weaker(f.modality, Requested)
			}
		}
	}
	if asking[c.lemma] && !coercing[c.lemma] && (len(g.chain) == 0 || c.passive) && g.modality == Requested {
		if a := r.speaker(c); a.Head >= 0 || !c.passive { // "will be required to pay": who tells of it, not who requires it, is known
			g.status = g.wantedBy(a, r.sent)
		}
	}
	r.clause(k, g)
}

// infinitiveOfObject reads infinitive k as what the object of c, a plan, a wish or a chance, is about, wherever a parser hung it; false
// where the object is none.
func (r *reader) infinitiveOfObject(c *clause, k int, f frame) bool {
	if c.passive || len(c.objects) != 1 || c.objects[0] < c.head || c.objects[0] > k || !r.infinitival(k) || r.child(k, "nsubj", "nsubj:pass") >= 0 {
		return false
	}
	noun := lower(r.Words[c.objects[0]].Lemma)
	return (planNouns[noun] || wishNouns[noun] || possibleNouns[noun]) && r.nounClause(c.objects[0], k, f.plain())
}

// pledges says whether c tells that something was threatened or promised: the condition beside it is that of what was, "threatened a strike if
// wages fell".
func (r *reader) pledges(h int, c *clause) bool {
	switch c.lemma {
	case "threaten", "promise", "offer", "pledge", "vow", "agree":
		return r.Words[h].XPOS != "VB" && !r.modalVerb(h)
	}
	return false
}

// inVain says whether c tells of an effort that came to nothing: "tried in vain to sell".
func (r *reader) inVain(c *clause) bool {
	switch c.lemma {
	case "try", "attempt", "seek", "struggle", "fight", "strive", "work":
	default:
		return false
	}
	return slices.ContainsFunc(r.kids[c.head], func(k int) bool {
		f := lower(r.Words[k].Form)
		_, form := r.caseOf(k)
		return f == "unsuccessfully" || f == "vainly" || f == "vain" && form == "in"
	})
}

// let says whether c tells that somebody let its object do a thing, and not that he might: in the past or the perfect, and where
// somebody does so rather than a rule.
func (r *reader) let(c *clause) bool {
	switch c.lemma {
	case "allow", "permit", "let":
	default:
		return false
	}
	if !r.past(c.head) && !r.perfect(c.head) || r.modalVerb(c.head) {
		return false
	}
	if c.passive {
		return c.agent < 0 || r.canAct(c.agent)
	}
	return len(c.subjects) > 0 && r.canAct(c.subjects[0]) && len(c.objects)+len(c.clauses) > 0
}

// quotedAs returns whose words c quotes with a "saying" behind it: the minister of "'…', a spokesman quoted the minister as saying" and of
// "'…', the minister was quoted as saying"; -1 for none.
func (r *reader) quotedAs(c *clause) int {
	if c.lemma != "quote" && c.lemma != "cite" {
		return -1
	}
	k := r.child(c.head, "advcl", "xcomp")
	if k < c.head || lower(r.Words[k].Form) != "saying" {
		return -1
	}
	switch {
	case c.passive && len(c.subjects) > 0:
		return c.subjects[0]
	case !c.passive && len(c.objects) > 0:
		return c.objects[0]
	case !c.passive:
		return c.iobj
	}
	return -1
}

// foresees says whether c tells what its subject thinks will be: "expect prices to fall", "see prices falling". What one saw was there,
// but for "said he saw prices falling".
func (r *reader) foresees(c *clause, f frame) bool {
	if len(c.objects) == 0 || c.passive {
		return false
	}
	switch c.lemma {
	case "expect", "anticipate", "predict", "forecast", "foresee":
		return true
	case "see":
		x := r.Words[c.head].XPOS
		return x == "VBP" || x == "VBZ" || x == "VBD" && f.backshift
	}
	return false
}

// wished says whether c is the seeing in "would like to see Oslo cut taxes", which is a wish for what is seen.
func (r *reader) wished(c *clause) bool {
	h := r.Words[c.head].Head
	if c.lemma != "see" || h < 0 || r.rel(c.head) != "xcomp" || c.xcomp < 0 || len(c.objects) == 0 || len(c.subjects) == 0 {
		return false
	}
	lem := lower(r.Words[h].Lemma)
	return wishing[lem] || lem == "want"
}

// causative says whether c makes its object do or undergo what its complement says, whatever it seems to say of the object: who "had the
// judge disqualified" had no judge, and who "got Oslo to pay" did not get Oslo.
func (r *reader) causative(c *clause) bool {
	if c.xcomp < 0 || len(c.objects) == 0 || c.passive || c.objects[0] > c.xcomp {
		return false
	}
	switch bare := r.child(c.xcomp, "mark") < 0 && (r.Words[c.xcomp].XPOS == "VBN" || r.Words[c.xcomp].XPOS == "VB"); c.lemma {
	case "have":
		return bare
	case "get":
		return bare || r.infinitival(c.xcomp)
	case "order", "want":
		if c.lemma == "want" && r.infinitival(c.xcomp) && !r.canAct(c.objects[0]) {
			return true // "wants wages to be raised"
		}
		return r.Words[c.xcomp].XPOS == "VBN" && r.child(c.xcomp, "mark") < 0 // "ordered the mill sold"
	}
	return false
}

// prevented says whether k is what c keeps its object from: "stopped them from leaving".
func (r *reader) prevented(c *clause, k int) bool {
	if r.Words[k].XPOS != "VBG" || r.Words[k].Deprel != "advcl" || !preventing[c.lemma] || len(c.objects) == 0 && !c.passive {
		return false
	}
	m := r.child(k, "mark", "case")
	return m >= 0 && lower(r.Words[m].Form) == "from"
}

// gerundCases are the prepositions that verbs and adjectives need with a gerund: one aims at doing something or aims at nothing.
var gerundCases = map[string]string{"aim": "at", "concentrate": "on", "focus": "on", "centre": "on", "center": "on", "insist": "on",
	"rely": "on", "depend": "on", "hinge": "on", "embark": "on", "succeed": "in", "persist": "in", "specialise": "in", "specialize": "in",
	"engage": "in", "participate": "in", "interested": "in", "involved": "in", "instrumental": "in", "consist": "of", "capable": "of",
	"accuse": "of", "suspect": "of", "refrain": "from", "desist": "from", "abstain": "from", "resort": "to", "dedicate": "to",
	"devote": "to", "commit": "to", "confine": "to", "credit": "with", "task": "with", "responsible": "for"}

// governedGerund says whether k is the gerund behind the preposition that c needs: "aimed at ending the war", "will concentrate on cutting
// costs".
func (r *reader) governedGerund(c *clause, k int) bool {
	if !r.gerund(k) || r.Words[k].Deprel != "advcl" || k < c.head {
		return false
	}
	m := r.child(k, "mark", "case")
	return m > c.head && m < k && !r.commaBefore(m) && gerundCases[strings.TrimPrefix(c.lemma, "be ")] == lower(r.Words[m].Form)
}

// compared says whether k is what c is as much as: "were twice as high as expected".
func (r *reader) compared(c *clause, k int) bool {
	if c.copula < 0 || r.Words[c.head].UPOS != "ADJ" || r.Words[k].Deprel != "advcl" || k < c.head {
		return false
	}
	m := r.child(k, "mark")
	return m == c.head+1 && c.head > 0 && lower(r.Words[m].Form) == "as" && lower(r.Words[c.head-1].Form) == "as"
}

// too says whether adjective h has a "too" before it.
func (r *reader) too(h int) bool {
	for _, m := range r.kids[h] {
		if lower(r.Words[m].Form) == "too" && m < h {
			return true
		}
	}
	return false
}

// enough says whether adjective h is "enough" or has one behind it.
func (r *reader) enough(h int) bool {
	if lower(r.Words[h].Form) == "enough" {
		return true
	}
	for _, m := range r.kids[h] {
		if lower(r.Words[m].Form) == "enough" && m == h+1 {
			return true
		}
	}
	return false
}

// enoughBefore says whether an adverb with an "enough" stands between verb and clause k: "acted quickly enough to save it".
func (r *reader) enoughBefore(c *clause, k int) bool {
	for _, m := range r.kids[c.head] {
		if m < k && m > c.head && r.rel(m) == "advmod" && (lower(r.Words[m].Form) == "enough" || r.enough(m)) {
			return true
		}
	}
	return false
}

// content reads the finite clause k that c governs: what is said, believed, wanted or so.
func (r *reader) content(c *clause, k int, f frame) {
	g := r.top(f.status)
	g.polarity, g.fronted = Positive, c.fronted
	lem, negative := c.lemma, f.polarity == Negative
	if f.antecedent >= 0 && r.Words[c.head].Deprel == "acl:relcl" && !slices.Contains(c.subjects, f.antecedent) &&
		speaking(lem) && r.subjectless(k) {
		g.subject = []int{f.antecedent} // "prices which traders claim are needed"
	}
	if lem == "make" && slices.ContainsFunc(c.attrs, func(a int) bool { return manifest[lower(r.Words[a].Form)] }) {
		lem = "make clear"
	}
	said := func() {
		if who := r.quotedAs(c); who >= 0 {
			a := r.who(who)
			g.status = r.says(g.status, &a)
		} else if a := r.speaker(c); a.Head < 0 && !c.passive && len(c.subjects) == 0 && g.source != nil && (r.past(c.head) || r.infinitival(c.head)) {
			return // who says so was not found, but somebody tells it
		} else if a.Head >= 0 && !(negative && speech[lem]) || !r.interrogates(k) {
			// But "did not say if it would sell", "it was too early to say if prices would fall": nobody does.
			g.status = r.says(g.status, a)
			if from := r.cited(c.head, c.subjects); from >= 0 {
				a := r.who(from)
				g.status = r.says(g.status, &a)
			}
		}
	}
	if r.perceives(c, lem) && !negative {
		f.modality = Asserted // "we can see that it fell": it did
	}
	// What is said by way of a plan, a wish or a condition, or is not said, may be so; "I would add that …" says it.
	open := f.modality != Asserted && f.modality != Planned || negative || slices.ContainsFunc(c.subjects, r.fewOf)
	if len(c.subjects) == 1 && firstPerson[lower(r.Words[c.subjects[0]].Form)] && speech[lem] && r.willing(c.head) && !negative {
		open = false
	}
	if m := r.child(k, "mark"); having[lem] && m >= 0 && lower(r.Words[m].Form) == "that" && len(c.objects) > 0 {
		for i := m - 1; i > c.head; i-- { // "had no information on rumours that prices fell"
			if r.Words[i].UPOS == "NOUN" && contentNouns[lower(r.Words[i].Lemma)] && r.within(i, c.head) && r.nounClause(i, k, f.status) {
				return
			}
		}
	}
	if h := &r.Words[c.head]; h.XPOS == "VB" && len(c.subjects) == 0 && r.child(c.head, "aux", "mark") < 0 &&
		(h.Deprel == "root" || h.Deprel == "conj" || h.Deprel == "parataxis") {
		r.clause(k, g) // "Note that …": the article says so
		return
	}
	switch {
	case (lem == "assume" || lem == "suppose") && r.Words[c.head].XPOS == "VBG" && !r.modalVerb(c.head) && r.child(c.head, "aux") < 0:
		g.modality = Hypothetical // "… would fall, assuming that prices hold"
	case (lem == "understand" || lem == "explain" || lem == "see") && r.opens(k, "why"):
		g.modality = Asserted // "did not explain why Oslo paid": it did, whoever explains it
	case c.copula >= 0 || r.Words[c.head].UPOS == "ADJ":
		g.backshift = r.past(c.head) // "was aware that they would return"
		adj := lower(r.Words[c.head].Lemma)
		personal := len(c.subjects) > 0 && r.child(c.head, "expl") < 0 && lower(r.Words[c.subjects[0]].Form) != "it" && c.subjects[0] != k
		switch {
		case personal && yearning[adj]:
			said()
			g.modality = weaker(g.modality, Requested) // "is anxious that the plan succeed"
		case personal && believing[adj]:
			said()
			if negativeAdjectives[adj] {
				g.polarity = Negative
			}
			if uncertainAdjectives[adj] || open {
				g.modality = weaker(g.modality, Possible)
			}
		case negativeAdjectives[adj]:
			g.polarity = negate(f.polarity)
			if improbable[adj] {
				g.modality = weaker(g.modality, Possible)
			}
		case possibleAdjectives[adj]:
			g.modality = weaker(g.modality, Possible)
			g.polarity = f.polarity
		case necessaryAdjectives[adj]:
			g.modality = weaker(g.modality, Requested)
		case adj == "true" || adj == "certain" || adj == "clear" || adj == "sure" || adj == "evident" || adj == "obvious" ||
			adj == "case":
			switch {
			case !negative && (adj == "certain" || adj == "sure") && r.infinitival(c.head):
				g.modality = weaker(f.modality, Planned) // "to be certain that it is paid"
			case negative && (adj == "true" || adj == "case"):
				g.polarity = Negative
			case negative:
				g.modality = weaker(g.modality, Possible)
			}
		}
	case denial[lem] || lem == "rule out":
		said()
		if negative {
			g.modality = weaker(g.modality, Possible)
		} else {
			g.polarity = Negative
		}
	case factive[lem]:
		g.modality = Asserted
		if lem == "mean" || lem == "prove" {
			g.polarity, g.modality = f.polarity, f.modality
		}
	case negative && c.passive && (lem == "tell" || lem == "inform" || lem == "notify") && !r.interrogates(k):
		g.modality = Asserted // "was not told that the sale was off": it was
	case failing[lem] && !refusing[lem] && c.xcomp >= 0 && speech[lower(r.Words[c.xcomp].Lemma)]:
		g.modality = Asserted // "failed to tell the bank that he had debts": he had
	case demanding[lem] && !(inquiring[lem] && (r.interrogates(k) || r.inverted(k))) && (r.subjunctive(c, k) || !speech[lem]) && r.marked(k) == Asserted:
		if n := len(c.subjects); lem != "require" || n == 0 || r.Words[c.subjects[0]].UPOS != "NOUN" || r.canAct(c.subjects[0]) ||
			textNouns[lower(r.Words[c.subjects[0]].Lemma)] { // nobody says what "the situation requires"
			g.status = r.wants(g.status, r.speaker(c))
		}
		g.polarity, g.modality = f.polarity, weaker(g.modality, Requested)
	case inquiring[lem]:
		said()
		if g.modality = Hypothetical; r.opens(k, "why") {
			g.modality = Asserted // "asked why it had not paid": it had not
		}
	case (lem == "decide" || lem == "determine") && r.interrogates(k):
		g.modality = Hypothetical // "will decide whether to pay"
	case negative && raisingNegation[lem] && !(r.past(c.head) && planning[lem]):
		said()
		g.polarity, g.modality = Negative, Asserted
	case (showing[lem] || inferring[lem]) && len(c.subjects) > 0 && !c.passive && r.happens(c.subjects[0], lem):
		if g.modality = f.modality; !r.negated(c.head) {
			g.polarity = f.polarity
		}
		if inferring[lem] || negative {
			g.modality = weaker(g.modality, Possible) // "the rise suggests that demand is strong"
		}
	case speech[lem] || belief[lem] || reporting[lem] || showing[lem] || uncertain[lem] || r.Words[k].Deprel == "csubj:pass":
		said()
		g.modality = Asserted
		if open || uncertain[lem] && lem != "warn" && lem != "caution" {
			g.modality = Possible
		}
		if lem == "expect" || lem == "anticipate" {
			g.modality = weaker(g.modality, Planned)
		}
		if r.subjunctive(c, k) {
			g.modality = weaker(g.modality, Requested)
		}
		if r.onCondition(c.head) {
			g.modality = weaker(g.modality, Conditional) // the condition is that of what is said
		}
		reported := r.past(c.head)
		if h := r.Words[c.head].Head; r.Words[c.head].XPOS == "VBG" && h >= 0 {
			reported = r.past(h) || r.Words[h].XPOS == "VBN" && r.rel(h) == "acl" // "quoted officials as saying they would"
		} else if h >= 0 && r.infinitival(c.head) {
			reported = r.past(h) // "refused to say if they would"
		}
		g.backshift = reported && !r.quoted(k)
	case securing[lem]:
		g.modality = weaker(g.modality, Planned)
	case seeming[lem]:
		g.polarity, g.modality = f.polarity, weaker(g.modality, Possible)
	case r.let(c):
		g.polarity, g.modality = f.polarity, f.modality
	default:
		g.status = r.below(lem, infinitive, len(c.objects) > 0 || c.iobj >= 0, r.past(c.head), f.status)
		if negative && r.asksHow(k) && r.infinitival(k) {
			g.polarity = Positive // "failed to agree on how to pay": they may pay
		}
	}
	r.clause(k, g)
}

// asksHow says whether infinitive k is a question: "on how to pay".
func (r *reader) asksHow(k int) bool {
	return slices.ContainsFunc(r.kids[k], func(m int) bool { return m < k && (r.Words[m].XPOS == "WRB" || r.Words[m].XPOS == "WP") })
}

// perceives says whether c tells with "can" that somebody does perceive or tell what its clause says: "we can see that prices fell", "I can
// confirm that he left".
func (r *reader) perceives(c *clause, lem string) bool {
	a := r.child(c.head, "aux")
	if a < 0 || lower(r.Words[a].Form) != "can" || r.marked(c.head) != Asserted || len(c.subjects) == 0 {
		return false
	}
	switch lem {
	case "see", "hear", "feel":
		return true
	case "confirm", "reveal", "disclose", "report", "announce", "say", "tell", "assure":
		f := lower(r.Words[c.subjects[0]].Form)
		return f == "i" || f == "we"
	}
	return false
}

// happens says whether subject s of a verb of showing is what happens or is so, from which something follows: nobody says what "the rise
// shows". Figures, studies and plans are made by somebody.
func (r *reader) happens(s int, verb string) bool {
	w, l := &r.Words[s], lower(r.Words[s].Lemma)
	switch w.UPOS {
	case "PRON":
		f := lower(w.Form)
		return f == "this" || f == "that" || f == "which" || f == "what" || f == "it" && showing[verb]
	case "NOUN":
		return eventNouns[l] && !tellingEvents[l] || mute[l] || furtherActs[l] || tellingNothing[l]
	}
	return r.clausal(s)
}

// interrogates says whether clause k opens with a question word: "asked how large they were".
func (r *reader) interrogates(k int) bool {
	first, _ := r.span(k)
	switch r.Words[first].XPOS {
	case "WRB", "WP", "WDT", "WP$":
		return true
	}
	f := lower(r.Words[first].Form)
	return f == "if" || f == "whether"
}

// opens says whether clause k begins with word form.
func (r *reader) opens(k int, form string) bool {
	first, _ := r.span(k)
	return lower(r.Words[first].Form) == form
}

// quoted says whether clause k stands in quotation marks of its own.
func (r *reader) quoted(k int) bool {
	first, _ := r.span(k)
	return isQuote(r.Words[first].Form) || first > 0 && isQuote(r.Words[first-1].Form) && r.Words[first-1].XPOS != "POS"
}

// restricting returns the modality of the relative clause k of noun i in a clause of modality m: one that says which things of a
// kind are meant is no more certain than they are ("any country that attacks", "would be a deal that ends the war"); others
// stand on their own.
func (r *reader) restricting(i, k int, m Modality) Modality {
	if r.Words[i].UPOS != "NOUN" && r.Words[i].UPOS != "PRON" || r.child(i, "nmod:poss") >= 0 {
		return Asserted
	}
	for _, w := range r.kids[k] {
		if r.Words[w].Form == "," && w < k {
			return Asserted // set off by a comma
		}
	}
	d := r.child(i, "det")
	if d >= 0 {
		switch lower(r.Words[d].Form) {
		case "every", "each":
			if !r.past(k) || m == Hypothetical {
				return Hypothetical
			}
			return Asserted // "every firm that failed"
		case "any", "no", "whichever", "whatever":
			return Hypothetical // however deep: "know of no firm that has a problem"
		}
	}
	switch lower(r.Words[i].Form) {
	case "anyone", "anybody", "anything", "whoever", "whatever":
		return Hypothetical
	}
	if r.lookedFor(i) && (d < 0 && r.Words[i].Feat("Number") == "Plur" || d >= 0 && (lower(r.Words[d].Form) == "a" || lower(r.Words[d].Form) == "an")) &&
		!r.past(k) && !r.perfect(k) && r.Words[k].Deprel == "acl:relcl" {
		return weaker(m, Requested) // "wants a car that has four seats"
	}
	if rel := r.rel(i); m != Hypothetical && m != Conditional && rel != "obj" && rel != "root" && rel != "conj" && rel != "nsubj" {
		return Asserted // deep inside: "must sell them to a firm that makes steel"
	}
	if r.Words[k].Deprel == "acl" && (r.Words[k].XPOS == "VBN" || r.Words[k].XPOS == "VBG") && m != Hypothetical {
		if (r.Words[k].XPOS == "VBG" || designing[lower(r.Words[k].Lemma)]) && r.madeBy(i) && r.child(k, "aux") < 0 {
			if r.lookedFor(i) {
				return weaker(m, Requested) // "wants a deal giving it the port"
			}
			return m // "must pass a law banning imports"
		}
		return Asserted // "must pay a firm owned by Oslo"
	}
	if d >= 0 {
		switch lower(r.Words[d].Form) {
		case "a", "an", "some":
			if r.past(k) || m != Hypothetical && r.perfect(k) {
				return Asserted
			}
			return m
		}
		return Asserted
	}
	if r.Words[i].Feat("Number") == "Plur" && m != Planned && !r.past(k) && (m == Hypothetical || !r.perfect(k)) {
		return m
	}
	return Asserted
}

// madeBy says whether noun i, indefinite, is what its verb brings about or wants: "should pass a law".
func (r *reader) madeBy(i int) bool {
	if _, fresh := r.fresh(i); !fresh || r.rel(i) != "obj" {
		return false
	}
	lem := r.verbLemma(r.Words[i].Head)
	return effecting[lem] || seeking[lem] || making[lem]
}

// groundOf says whether participle k stands for a preposition, so that it says nothing of the subject: "based on the figures, Oslo will
// cut rates", "given the risk, Oslo sold".
func (r *reader) groundOf(k int) bool {
	if r.Words[k].XPOS != "VBN" || r.child(k, "aux", "aux:pass", "mark") >= 0 {
		return false
	}
	switch r.Words[k].Lemma {
	case "give":
		return r.child(k, "obj", "ccomp") > k && r.child(k, "obl:agent", "iobj") < 0
	case "base":
		for _, m := range r.kids[k] {
			if _, form := r.caseOf(m); r.rel(m) == "obl" && (form == "on" || form == "upon") {
				return true
			}
		}
	}
	return false
}

// sinceWhen says whether participle k only tells the time that something goes on from: "will pay it in pounds, beginning in May".
func (r *reader) sinceWhen(k int) bool {
	switch lower(r.Words[k].Form) {
	case "beginning", "starting", "commencing":
	default:
		return false
	}
	times := 0
	for _, m := range r.kids[k] {
		switch rel := r.rel(m); {
		case rel == "punct", rel == "case", rel == "advmod" && !r.temporal(m):
		case r.temporal(m):
			times++
		default:
			return false
		}
	}
	return times > 0
}

// designing verbs say what their object was made like or for.
var designing = words(`aim base denominate design intend price secure guarantee back`)

// undone returns modality m, that of clause k which describes noun i, for an infinitive made weaker: "revisions, due to be announced",
// but "the last firm to pay" paid.
func (r *reader) undone(i, k int, m Modality) Modality {
	if !r.infinitival(k) || slices.ContainsFunc(r.kids[i], func(d int) bool { return d < i && ranking(&r.Words[d]) }) {
		return m
	}
	return weaker(m, Planned)
}

// lookedFor says whether noun i is what somebody wants or looks for, so that none need be there.
func (r *reader) lookedFor(i int) bool {
	h := r.Words[i].Head
	if h < 0 || r.Words[h].UPOS != "VERB" {
		return false
	}
	switch lem := r.verbLemma(h); r.rel(i) {
	case "obj":
		return seeking[lem]
	case "obl":
		_, form := r.caseOf(i)
		return form == "for" && (lem == "look" || lem == "search" || lem == "hunt" || lem == "ask" || lem == "call" || lem == "hope" || lem == "wait")
	}
	return false
}

// perfect says whether clause k tells what has been done: "people who have lost their jobs".
func (r *reader) perfect(k int) bool {
	for _, m := range r.kids[k] {
		if r.Words[m].Deprel == "aux" && (r.Words[m].XPOS == "VBZ" || r.Words[m].XPOS == "VBP") && lower(r.Words[m].Lemma) == "have" {
			return true
		}
	}
	return false
}

// hadBeen says whether the clause of h has a "have" behind a modal verb: "would have preferred".
func (r *reader) hadBeen(h int) bool {
	modal := r.child(h, "aux")
	for _, m := range r.kids[h] {
		if r.Words[m].Deprel == "aux" && m > modal && lower(r.Words[m].Form) == "have" {
			return r.Words[modal].XPOS == "MD"
		}
	}
	return false
}

// goingOn are verbs of saying that go on with what was said before.
var goingOn = words(`add note conclude`)

// adverbial reads the adverbial clause k of c.
func (r *reader) adverbial(c *clause, k int, f frame) {
	g := r.top(f.plain())
	g.backshift = f.backshift
	if w := &r.Words[k]; w.XPOS == "VBN" && comparing[w.Lemma] && k > c.head && r.child(k, "aux:pass", "nsubj:pass") < 0 {
		// "net rose to 5 mln dlrs, compared with 4 mln": the figure before it is compared.
		with, alike := r.child(k, "obl"), false
		for _, list := range [][]int{c.objects, c.obliques, c.attrs} {
			for _, m := range list {
				// "sold 9 cars at a loss of 2 dlrs, compared with 8 cars": like is compared with like
				if with > k && m < k && !r.temporal(m) && r.Words[m].UPOS == "NOUN" && r.Words[m].Lemma == r.Words[with].Lemma {
					g.subject, alike = []int{m}, true
				}
				if !alike && m < k && m > c.head && !r.temporal(m) && (len(g.subject) == 0 || m > g.subject[0]) {
					g.subject = []int{m}
				}
			}
		}
		r.clause(k, g)
		return
	}
	finite := r.child(k, "nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer") >= 0
	if !finite && (k < c.head || lower(r.Words[k].Form) == "considering" && r.Words[k].XPOS == "VBG" &&
		(len(c.subjects) == 0 || !r.canAct(c.subjects[0]))) && r.dangling(k) {
		// "Considering how Peru treats miners, …": nobody of the clause considers it.
		for _, m := range r.kids[k] {
			if rel := r.rel(m); rel == "ccomp" || rel == "obj" || rel == "obl" || rel == "xcomp" || rel == "advcl" {
				if rel == "ccomp" && (r.Words[k].Lemma == "assume" || r.Words[k].Lemma == "suppose") {
					g.modality = Hypothetical
				}
				r.clause(m, g)
			}
		}
		r.read[k] = true
		return
	}
	if s := r.child(k, "nsubj"); s > 0 && s == k-1 && r.Words[k].Lemma == "come" && lower(r.Words[s].Form) == "it" && lower(r.Words[s-1].Form) == "when" &&
		k+1 < len(r.Words) && lower(r.Words[k+1].Form) == "to" {
		for _, m := range r.kids[k] { // "when it comes to prices": nothing comes
			r.nominal(m, g.status)
		}
		r.read[k] = true
		return
	}
	if x := r.proviso(k); x >= 0 {
		g.modality = Hypothetical
		r.clause(x, g)
		r.read[k] = true
		return
	}
	if r.answers(c, k) {
		g.status = f.plain().saidBy(r.speaker(c), r.sent)
		g.modality = Planned
		r.clause(k, g)
		return
	}
	if !finite {
		g.subject = c.subjects
		if c.passive && (len(c.subjects) == 0 || r.means(k)) {
			// "reduced by removing the quarters": whoever reduces removes, not what is reduced.
			g.subject = nil
			if c.agent >= 0 && c.agent != k {
				g.subject = []int{c.agent}
			}
		}
	}
	w := &r.Words[k]
	if !finite && (r.groundOf(k) || r.sinceWhen(k) || w.XPOS == "VBG" && c.passive && c.lemma == "use") {
		g.subject = nil // "is used in making steel": it makes none
	}
	if m := r.child(k, "mark"); !finite && m >= 0 && lower(r.Words[m].Form) == "as" && r.child(k, "aux:pass") >= 0 {
		g.subject = nil // "as was expected", "as would be required by law"
	}
	if !finite && c.passive && c.lemma == "spend" && c.agent < 0 {
		g.subject = nil // "money was spent to buy land": money buys none
	}
	if n := len(c.subjects); !finite && w.XPOS == "VBG" && n > 0 && r.Words[c.subjects[0]].UPOS == "NOUN" && !r.canAct(c.subjects[0]) {
		m := r.child(k, "mark", "case")
		if (k < c.head || w.Lemma == "assume") && m < 0 && reckoning[w.Lemma] || m >= 0 && lower(r.Words[m].Form) == "in" && equativeNouns[lower(r.Words[c.subjects[0]].Lemma)] {
			g.subject = nil // "taking May as the start, the rise is small", "the key lies in cutting costs"
		}
	}
	if !finite && w.XPOS == "VBG" && k > c.head && w.Lemma == "result" && r.commaBefore(k) {
		g.subject = nil // what happened results in it, not who did it
	}
	if !finite && ((w.XPOS == "VBG" || w.XPOS == "VBN" || w.XPOS == "VB") && r.child(k, "aux", "aux:pass", "cop") < 0 || r.undergoing(k)) {
		g.modality = f.modality // "will help by sending troops"
		if st, ok := r.stands[c.xcomp]; ok && c.xcomp >= 0 && c.xcomp < k && c.copula >= 0 {
			g.modality = st.modality // "is likely to give in, making it cheaper"
		}
		if m := r.child(k, "mark"); m >= 0 && lower(r.Words[m].Form) == "as" && w.XPOS == "VBN" {
			g.modality = Asserted // "will leave as agreed"
			g.subject = nil       // what was agreed is the clause
		}
		if m := r.child(k, "mark"); m >= 0 && lower(r.Words[m].Form) == "than" && w.XPOS == "VBN" && !c.passive {
			g.subject = nil // "was stronger than expected": what was expected is how strong it was
		}
	}
	if adj := r.Words[c.head]; finite && c.copula >= 0 && adj.UPOS == "ADJ" && believing[lower(adj.Lemma)] {
		if m := r.child(k, "mark"); m < 0 || lower(r.Words[m].Form) == "that" {
			r.content(c, k, f)
			return
		}
	}
	first := k
	if r.undergoing(k) {
		first = r.child(k, "aux", "aux:pass", "cop")
	}
	if first >= 2 && (lower(r.Words[first-1].Form) == "than" && lower(r.Words[first-2].Form) == "rather" ||
		lower(r.Words[first-1].Form) == "of" && lower(r.Words[first-2].Form) == "instead") {
		g.polarity = Negative // "rather than buy"
	}
	if finite && speech[c.lemma] && (len(c.clauses) > 0 && k > c.clauses[0] || r.asides[c.head]) && r.reasoning(k) && !r.contrasted(k) &&
		!(len(c.clauses) > 0 && r.outsideMarks(c.clauses[0], k)) {
		// "said that it owns half, while Oslo holds the rest": what follows is said too, wherever the parser hung it.
		g.status = g.saidBy(r.speaker(c), r.sent)
		g.backshift = r.past(c.head)
	}
	if w.XPOS == "VBG" && !finite && speech[lower(w.Lemma)] && r.child(k, "ccomp") >= 0 && f.source != nil &&
		f.source.Head >= 0 && f.sourceSent == r.sent && f.source.Head < k &&
		(goingOn[lower(w.Lemma)] || len(c.subjects) == 0 || r.Words[c.head].XPOS == "VB" || r.Words[c.head].XPOS == "VBG" && r.child(c.head, "aux") < 0 ||
			!r.canAct(c.subjects[0]) || r.Words[c.subjects[0]].UPOS == "PRON" || slices.Contains(c.subjects, f.source.Head)) {
		// "said that rubber was stored there, adding that …": who said the one adds the other.
		g.subject = []int{f.source.Head}
		if g.source, g.via = nil, nil; len(f.via) > 0 {
			a := f.via[0].Argument
			g.source, g.sourceSent, g.via = &a, f.via[0].Sent, f.via[1:]
		}
	}
	marks := 0
	for _, m := range r.kids[k] {
		form := lower(r.Words[m].Form)
		if rel := r.rel(m); rel != "mark" && rel != "case" && !(rel == "advmod" && m < k && form == "when") {
			continue
		}
		marks++
		switch {
		case form == "without" && f.polarity == Negative && !finite && (f.modality == Possible || f.modality == Planned):
			g.modality = Requested // "cannot sell it without paying": they have to pay
		case form == "without":
			g.polarity = Negative
		case finite && w.XPOS == "VBG" && conditioning[lower(r.Words[c.head].Lemma)]:
			g.modality = weaker(f.modality, Possible) // "is subject to Oslo approving it"
		case form == "instead" || form == "rather":
		case w.XPOS == "VBG" && c.copula >= 0 && r.ableTo(c.head, form, f.status, &g), r.gerund(k) && r.gerundOf(c, form, f, &g):
		case (form == "after" || form == "for") && r.undergoing(k):
			g.modality = Asserted // "will serve five years after being convicted", "would be remembered for being brave"
		case r.gerund(k) && (form == "of" || form == "about" || form == "from" || form == "against" ||
			!r.undergoing(k) && (form == "on" || form == "for" || form == "to")):
			g.subject = nil // "failed to agree on setting up camps": nobody is said to set them up
		case form == "as" && w.XPOS == "VBG" && quoting[c.lemma]:
			// "quoted officials as saying": they say so, and the subject passes it on.
			if r.child(k, "ccomp", "obj", "xcomp", "parataxis") < 0 {
				r.read[k] = true // what he is quoted as saying stands before
				return
			}
			if !c.passive {
				if g.subject = c.objects; len(c.objects) == 0 && c.iobj >= 0 {
					g.subject = []int{c.iobj}
				}
			}
			g.status = f.plain()
			if a := r.speaker(c); a.Head >= 0 {
				g.status = g.saidBy(a, r.sent)
			}
			g.modality = f.modality
		case form == "as" && len(r.kids[m]) > 0 &&
			(lower(r.Words[r.kids[m][0]].Form) == "if" || lower(r.Words[r.kids[m][0]].Form) == "though"):
			g.modality = Hypothetical
		case form == "so" && len(r.fixed(m)) > 0:
			g.modality = weaker(f.modality, Planned) // "so that Ghana could leave"
		case form == "to" && r.Words[m].UPOS == "PART" && resulting[lower(w.Lemma)] && moving[c.lemma]:
			g.modality = f.modality // "fell to close at 20"
		case form == "with" && w.XPOS == "VBG":
			g.modality = weaker(f.modality, g.modality) // "will lend it 5 mln dlrs, with Lund providing 3 mln"
		case form == "to" && r.Words[m].UPOS == "PART":
			if n := len(c.objects); n > 0 && wishNouns[lower(r.Words[c.objects[n-1]].Lemma)] && !r.commaBefore(k) && r.infinitiveOfObject(c, k, f) {
				return // "put pressure on Oslo to pay"
			}
			g.modality = weaker(f.modality, Planned)
			if m > 0 && lower(r.Words[m-1].Form) == "only" && r.past(c.head) && !c.passive {
				g.modality = f.modality // "came back, only to find it closed"
			}
			if a := r.child(c.head, "aux:pass"); using[c.lemma] && c.passive && a >= 0 && lower(r.Words[a].Form) == "being" {
				g.modality = f.modality // "is being used to pay the guards": it pays them
			}
			if f.modality == Requested {
				g.modality = Planned // "must hold shares to get the dividend": nobody asks him to get it
			}
			if f.polarity == Negative && r.infinitival(c.head) && !r.negated(c.head) && !r.asksHow(k) {
				g.polarity = Negative // "refused to extend the duties to include pork"
			}
			if len(c.subjects) == 1 && r.infinitiveOf(c.subjects[0], k) {
				r.nounClause(c.subjects[0], k, f.plain()) // "calls grew for Oslo to pay"
				return
			}
			if c.passive && c.agent >= 0 && c.agent < k && (r.personal(c.agent) || firmNouns[lower(r.Words[c.agent].Lemma)]) {
				g.subject = []int{c.agent} // "a loan sought by Oslo to pay debts"
			}
			if hiring[c.lemma] && len(c.objects) > 0 && c.objects[0] < k && r.Words[k].Head == c.head && !r.setOff(k) {
				g.subject = c.objects // "hired a firm to run it"
			}
			if to := r.receiver(c); to >= 0 && to < k {
				g.subject = []int{to} // "provides them with money to buy food": they buy it
			}
			if o := r.reliedOn(c, k); o >= 0 {
				g.subject = []int{o}
			}
			if r.costing(c, k) {
				g.subject, g.object = nil, c.subjects[0]
			}
			if r.too(c.head) {
				g.polarity, g.modality = Negative, f.modality
			} else if r.enoughBefore(c, k) {
				g.polarity, g.modality = f.polarity, f.modality
			} else if r.enough(c.head) {
				g.polarity, g.modality = f.polarity, weaker(f.modality, Possible) // "is not high enough to help"
			}
			// An infinitive after an object belongs to the object where the verb asks: some parsers call it advcl.
			if (asking[c.lemma] || causing[c.lemma]) && len(c.objects) > 0 && c.objects[0] < k &&
				(c.lemma != "need" || r.canAct(c.objects[0])) {
				g.subject = c.objects
				g.modality = f.modality
				if !causing[c.lemma] {
					g.modality = weaker(g.modality, Requested)
				}
			}
			if (planning[c.lemma] || permitting[c.lemma]) && expecting[c.lemma] && len(c.objects) > 0 && c.objects[0] > c.head &&
				c.objects[0] < k && (c.lemma != "need" || r.canAct(c.objects[0])) {
				// "did not expect the bank to take any steps"
				g.subject = c.objects
				g.status = r.below(c.lemma, infinitive, true, r.past(c.head), f.status)
				if r.foresees(c, f) {
					g.status = r.says(g.status, r.speaker(c))
				}
			}
			if yielding[lower(w.Lemma)] && !c.passive && !moving[c.lemma] {
				if c.iobj >= 0 {
					g.subject = []int{c.iobj} // "gave the notes a coupon of 7 pct to yield 7.1"
				} else if len(c.objects) > 0 {
					g.subject = c.objects // "priced them at 99 to yield 7.1 pct"
				}
			}
			if n := len(c.objects); n > 0 && c.objects[n-1] < k && lawNouns[lower(r.Words[c.objects[n-1]].Lemma)] {
				g.subject = c.objects // "introduced legislation to require more disclosure"
			}
			if f.polarity == Negative && using[c.lemma] {
				g.polarity = Negative // "cannot use the loan to buy the mill"
			}
			if asking[c.lemma] && len(c.objects) == 0 && !planning[c.lemma] {
				for _, o := range c.obliques {
					if _, form := r.caseOf(o); form == "on" || form == "for" || form == "upon" {
						g.subject = []int{o}
						g.modality = weaker(f.modality, Requested)
						g.status = g.wantedBy(r.speaker(c), r.sent)
					}
				}
			}
		case form == "if" || form == "unless":
			g.modality = Hypothetical
		case form == "when" && !finite && w.XPOS == "VBN" && r.child(k, "aux", "aux:pass") < 0 && r.inPresent(c.head) && f.modality == Asserted:
			g.modality = Hypothetical // "is dangerous when inhaled"
		case form == "before" && r.forestalled(k):
			g.polarity = negate(f.polarity) // "left before they could arrest him"
		case finite && (form == "when" || form == "once" || form == "after" || form == "before" || form == "until" ||
			form == "till" || form == "as"):
			until := form == "until" || form == "till" || form == "before" || form == "once"
			if form == "when" && r.whenever(c, k) && f.modality == Asserted {
				g.modality = Hypothetical
				continue
			}
			told := w.XPOS == "VBD" && form != "as" && (f.backshift && r.modal(c.head, true) != Asserted || // "said it would pay when it sold the mill"
				until && r.infinitival(c.head) && f.modality != Asserted) // "told the mill to stop sales until prices rose"
			if (told || !r.past(k)) && (form != "as" || r.Words[m].Head == k && len(r.kids[m]) > 0) {
				m := f.modality // "will leave when Ghana arrives"
				if m == Requested {
					m = Planned // "must pay when the goods come": nobody asks for their coming
				}
				if until && m == Asserted {
					m = Planned // "is selling before prices fall"
				}
				g.modality = weaker(g.modality, m)
			}
		}
	}
	if marks == 0 && w.XPOS == "VBG" && k > c.head && !r.setOff(k) && gerundive(c.lemma) && len(c.objects) == 0 {
		r.infinitive(c, k, f) // a complement that a parser hung beside its verb
		return
	}
	be := r.child(k, "cop")
	if c.copula >= 0 && lower(r.Words[c.head].Form) == "far" && (w.XPOS == "VBG" || be >= 0 && r.Words[be].XPOS == "VBG") {
		g.subject, g.polarity, g.modality = c.subjects, negate(f.polarity), f.modality // "is far from meeting its targets"
	}
	r.clause(k, g)
}

// whenever says whether clause k behind "when" tells, in the present as c does, of what is so each time rather than of one time: "they pay
// when they leave".
func (r *reader) whenever(c *clause, k int) bool {
	if m := r.child(k, "mark", "advmod"); m > 0 && temporalNouns[lower(r.Words[m-1].Lemma)] {
		return false // "at a time when prices fall"
	}
	if !r.inPresent(k) || !r.inPresent(c.head) || speech[c.lemma] || speech[lower(r.Words[k].Lemma)] {
		return false
	}
	return !slices.ContainsFunc(r.kids[k], func(m int) bool { return r.rel(m) == "obl" && r.temporal(m) }) // "when they meet on Monday"
}

// inPresent says whether the verb of clause h is in the present tense.
func (r *reader) inPresent(h int) bool {
	v := -1
	for _, m := range r.kids[h] {
		if rel := r.rel(m); v < 0 && (rel == "aux" || rel == "cop") {
			v = m
		}
	}
	if v < 0 {
		v = h
	}
	return (r.Words[v].XPOS == "VBZ" || r.Words[v].XPOS == "VBP") && !r.perfect(h)
}

// outsideMarks says whether clause k, behind quoted clause x, stands outside of its quotation: "'It is cheap,' although he did not name a
// price".
func (r *reader) outsideMarks(x, k int) bool {
	first, last := r.span(x)
	odd := false
	for i := max(first-1, 0); i < k; i++ {
		if isQuote(r.Words[i].Form) && r.Words[i].XPOS != "POS" {
			odd = !odd
		}
	}
	return last < k && r.quoted(x) && !odd
}

// proviso returns the condition behind participle k, "provided" or "providing" with a clause and nothing else; -1 for none.
func (r *reader) proviso(k int) int {
	f, x := lower(r.Words[k].Form), r.child(k, "ccomp")
	if f != "provided" && f != "providing" || x < k || r.child(k, "aux", "aux:pass", "nsubj", "nsubj:pass", "obj", "obl", "mark") >= 0 {
		return -1
	}
	return x
}

// reliedOn returns on whom or what c relies to do what infinitive k says: "banks on exports to revive growth"; -1 for none.
func (r *reader) reliedOn(c *clause, k int) int {
	p := relying[c.lemma]
	if p == "" || c.passive || len(c.objects) > 0 {
		return -1
	}
	for _, o := range c.obliques {
		if _, form := r.caseOf(o); strings.TrimPrefix(form, "up") == p && o > c.head && o < k {
			return o
		}
	}
	return -1
}

// costing says whether c tells what it takes to do infinitive k to its subject: "the bridge cost 3 mln dlrs to build".
func (r *reader) costing(c *clause, k int) bool {
	return (c.lemma == "cost" || c.lemma == "take") && len(c.objects) > 0 && len(c.subjects) > 0 && c.objects[0] < k && !c.passive &&
		r.measure(c.objects[0]) && !r.canAct(c.subjects[0]) && r.child(k, "obj", "ccomp", "xcomp", "cop", "aux:pass") < 0 &&
		!intransitive[lower(r.Words[k].Lemma)]
}

// answers says whether c tells who gives an answer without a main clause: "To build a bridge, the minister said."
func (r *reader) answers(c *clause, k int) bool {
	return speech[c.lemma] && !c.passive && len(c.clauses)+len(c.objects) == 0 && c.xcomp < 0 && len(c.subjects) > 0 &&
		r.infinitival(k) && k < c.subjects[0] && r.child(k, "nsubj", "nsubj:pass") < 0 && r.ends(c.head)
}

// dangling says whether clause k is a participle that introduces what is taken for granted, as a preposition would: "given that …",
// "judging by …".
func (r *reader) dangling(k int) bool {
	w := &r.Words[k]
	first, _ := r.span(k)
	if w.UPOS == "ADJ" && candid[lower(w.Form)] && lower(r.Words[first].Form) == "to" && r.child(k, "cop") == first+1 {
		return true // "To be sure, …"
	}
	if first != k || r.child(k, "aux", "aux:pass") >= 0 {
		return false
	}
	behind := ""
	if k+1 < len(r.Words) {
		behind = lower(r.Words[k+1].Form)
	}
	switch f := lower(w.Form); f {
	case "given", "considering", "assuming", "supposing", "granted":
		return f == "considering" || f == "assuming" || behind == "that" || behind == "how"
	case "judging":
		return behind == "by" || behind == "from"
	case "depending":
		return behind == "on" || behind == "upon"
	case "speaking":
		return behind == "of"
	}
	return false
}

// receiver returns to whom the subject of c, which cannot act, gives means: "the loan gave the firm money", "provides it with money"; -1 for none.
func (r *reader) receiver(c *clause) int {
	if len(c.subjects) == 0 || c.passive || r.personal(c.subjects[0]) {
		return -1
	}
	if c.iobj >= 0 {
		return c.iobj
	}
	switch c.lemma {
	case "provide", "supply", "equip", "furnish", "arm":
		for _, o := range c.obliques {
			if _, form := r.caseOf(o); form == "with" && len(c.objects) == 1 && c.objects[0] < o {
				return c.objects[0]
			}
		}
	}
	return -1
}

// reasoning says whether adverbial clause k gives a reason, a contrast or a condition rather than a time.
func (r *reader) reasoning(k int) bool {
	for _, m := range r.kids[k] {
		switch lower(r.Words[m].Form) {
		case "while", "because", "since", "although", "though", "if", "unless", "once", "whereas", "so":
			if r.rel(m) == "mark" && m < k {
				return true
			}
		}
	}
	return false
}

// contrasted says whether adverbial clause k sets another speaker against the one before: "said that it would stay, while Oslo
// condemned the plan".
func (r *reader) contrasted(k int) bool {
	l := lower(r.Words[k].Lemma)
	m := r.child(k, "mark")
	f := ""
	if m >= 0 {
		f = lower(r.Words[m].Form)
	}
	return (f == "while" || f == "whereas") && r.past(k) && (speech[l] || quotable[l])
}

// gerundive says whether a gerund behind a verb is its complement.
func gerundive(lemma string) bool {
	return ceasing[lemma] || shunning[lemma] || pondering[lemma] || proposing[lemma] || denial[lemma] || lemma == "rule out" ||
		claiming[lemma]
}

// undergoing says whether k is the gerund of a passive or a copula: "being paid", "being ready".
func (r *reader) undergoing(k int) bool {
	a := r.child(k, "aux", "aux:pass", "cop")
	return a >= 0 && a < k && lower(r.Words[a].Form) == "being"
}

// gerund says whether k is a gerund: "paying", "having paid", "being paid".
func (r *reader) gerund(k int) bool {
	if r.Words[k].XPOS == "VBG" || r.undergoing(k) {
		return true
	}
	a := r.child(k, "aux", "aux:pass")
	return r.Words[k].XPOS == "VBN" && a >= 0 && lower(r.Words[a].Form) == "having"
}

// gerundOf sets in g what a verb says of the gerund that it governs with preposition form; false where it governs none.
func (r *reader) gerundOf(c *clause, form string, f frame, g *frame) bool {
	whom := c.objects
	if c.passive {
		whom = c.subjects
	}
	switch {
	case form == "with" && entrusting[c.lemma], form == "with" && c.lemma == "charge" && len(whom) > 0 && r.office(whom[0]):
		// "was tasked with finding them", "a commission charged with counting votes": a duty, nobody's charge
		g.subject = whom
		g.polarity, g.modality = f.polarity, weaker(f.modality, Planned)
	case charging[c.lemma][form]:
		g.subject = whom
		g.status = f.plain().wantedBy(r.speaker(c), r.sent)
		if f.polarity == Negative || f.modality != Asserted {
			g.modality = weaker(f.modality, Possible)
		}
	case form == "for" && judging[c.lemma], form == "of" && c.lemma == "convict":
		if len(whom) == 0 {
			return false
		}
		g.subject, g.modality = whom, f.modality // "fined the firm for dumping oil"
	case form == "of" && (c.lemma == "stop" || c.lemma == "fall") && r.child(c.head, "advmod", "xcomp") == c.head+1 && lower(r.Words[c.head+1].Form) == "short":
		g.polarity, g.modality = negate(f.polarity), f.modality // "stopped short of condemning it"
	case form == "of" && c.lemma == "acquit":
		g.subject, g.polarity = whom, negate(f.polarity)
	case form == "from" && preventing[c.lemma] && len(whom) > 0:
		g.subject = whom
		g.polarity, g.modality = negate(f.polarity), f.modality
		switch {
		case barring[c.lemma]:
			g.modality = weaker(g.modality, Requested) // he must not; whether he does is not said
		case c.lemma == "discourage":
			g.modality = weaker(g.modality, Possible)
		}
	case form == "from" && shunning[c.lemma]:
		g.polarity, g.modality = negate(f.polarity), f.modality
	case form == "against" && (c.lemma == "warn" || c.lemma == "advise" || c.lemma == "caution"):
		g.subject = whom
		g.status = f.plain().saidBy(r.speaker(c), r.sent)
		g.polarity, g.modality = Negative, Requested
	case form == "against" && (c.lemma == "decide" || c.lemma == "opt" || c.lemma == "rule"):
		g.polarity, g.modality = negate(f.polarity), weaker(f.modality, Planned)
	case form == "on" && settling[c.lemma]:
		g.polarity, g.modality = f.polarity, weaker(f.modality, Planned)
	case form == "at" && c.lemma == "aim":
		g.polarity, g.modality = f.polarity, weaker(f.modality, Planned)
		if len(whom) > 0 {
			g.subject = whom
		}
	case form == "in" && (c.lemma == "succeed" || c.lemma == "fail"):
		g.polarity, g.modality = f.polarity, f.modality
		if c.lemma == "fail" {
			g.polarity = negate(f.polarity)
		}
	case form == "to" && devoting[strings.TrimPrefix(c.lemma, "be ")]:
		g.polarity, g.modality = f.polarity, weaker(f.modality, Planned) // "is committed to ending the war"
		if c.passive && len(whom) > 0 && (r.temporal(whom[0]) || spendable[lower(r.Words[whom[0]].Lemma)]) {
			g.subject = nil
		} else if !c.passive && c.lemma != "commit" && r.past(c.head) {
			g.modality = f.modality // "devoted a week to ending it"
		}
	case form == "on" && (c.lemma == "rely" || c.lemma == "depend" || c.lemma == "hinge"):
		g.subject = nil
		g.modality = weaker(f.modality, Possible) // "depends on selling the mill"
	case form == "in" && c.lemma == "believe":
		g.polarity, g.modality = f.polarity, weaker(f.modality, Possible)
	case form == "in" && gerundCases[strings.TrimPrefix(c.lemma, "be ")] == form:
		g.polarity, g.modality = f.polarity, f.modality // "was not involved in selling arms"
	case form == "into" && len(whom) > 0:
		g.subject = whom // "talked Togo into selling"
		g.polarity, g.modality = f.polarity, f.modality
	default:
		return false
	}
	return true
}

// office says whether k is a body or its head, whose charge is a duty.
func (r *reader) office(k int) bool {
	l := lower(r.Words[k].Lemma)
	return r.Words[k].UPOS == "NOUN" && (bodyNouns[l] || officeNouns[l])
}

// ableTo sets in g what adjective h says of the gerund behind it: "capable of causing damage". It returns false where it says nothing.
func (r *reader) ableTo(h int, form string, st status, g *frame) bool {
	own := Asserted
	switch adj := lower(r.Words[h].Lemma); {
	case form == "of" && (adj == "capable" || adj == "incapable"):
		own = Possible
		if adj == "incapable" {
			st.polarity = negate(st.polarity)
		}
	case form == "of" && (adj == "afraid" || adj == "fearful" || adj == "wary"):
		own = Possible
	case form == "on" && (adj == "intent" || adj == "bent" || adj == "keen"), form == "of" && adj == "desirous":
		own = Planned
	case form == "in" && adj == "interested":
		own = Possible
	case form == "to" && (adj == "close" || adj == "near"):
		own = Planned // "is close to signing it"
	case form == "to" && devoting[adj]:
		own = Planned
	case (form == "in" || form == "for" || form == "to") && (necessaryAdjectives[adj] || adj == "useful" || adj == "key" || adj == "central"):
		own = Possible // "is essential in solving it"
	case form == "of" && adj == "guilty":
	default:
		return false
	}
	g.polarity, g.modality = st.polarity, weaker(st.modality, own)
	return true
}

// infinitiveOf says whether infinitive k with "for" and a subject of its own belongs to noun i, the subject of its clause: "calls grew for
// Oslo to pay".
func (r *reader) infinitiveOf(i, k int) bool {
	first, _ := r.span(k)
	return r.Words[i].UPOS == "NOUN" && i < k && lower(r.Words[first].Form) == "for" && r.child(k, "nsubj", "nsubj:pass") > first &&
		(wishNouns[lower(r.Words[i].Lemma)] || planNouns[lower(r.Words[i].Lemma)])
}

// subjunctive says whether clause k is what c wants to happen rather than what it says is so: "suggested that they send troops"
// beside "suggested that they had sent troops".
func (r *reader) subjunctive(c *clause, k int) bool {
	if r.child(k, "aux", "cop") >= 0 {
		return false
	}
	switch c.lemma {
	case "propose", "recommend", "demand", "request", "urge", "ask":
		return true
	case "suggest", "insist", "advise", "stipulate":
		if l := lower(r.Words[k].Lemma); c.lemma == "stipulate" && r.Words[k].XPOS == "VBP" {
			return !stative[l] && l != "reflect" // nobody is told to be so
		}
		switch r.Words[k].XPOS {
		case "VB":
			return true
		case "VBP": // what is so would stand in the past
			return r.Words[c.head].XPOS == "VBD"
		}
	}
	return false
}

// means says whether clause k tells by what means: "by removing the quarters".
func (r *reader) means(k int) bool {
	m := r.child(k, "mark", "case")
	return r.Words[k].XPOS == "VBG" && m >= 0 && lower(r.Words[m].Form) == "by"
}

// personal says whether k can act: a name, a pronoun, a person.
func (r *reader) personal(k int) bool {
	w := &r.Words[k]
	return w.UPOS == "PROPN" || w.UPOS == "PRON" || isAgentNoun(w.Lemma) || personNouns[lower(w.Lemma)]
}

// canAct says whether k is somebody, or a body of people.
func (r *reader) canAct(k int) bool {
	l := lower(r.Words[k].Lemma)
	return r.personal(k) || firmNouns[l] || bodyNouns[l]
}

// bareSubjunctive says whether h heads a clause after "that" of one subject whose verb stands in its base form: what is to be, not what
// is. Of several, what is so reads the same.
func (r *reader) bareSubjunctive(h int) bool {
	m := r.child(h, "mark")
	subject := r.child(h, "nsubj", "nsubj:pass")
	if m < 0 || lower(r.Words[m].Form) != "that" || subject < 0 || r.infinitival(h) {
		return false
	}
	verb := h
	for _, k := range r.kids[h] {
		if rel := r.rel(k); k > m && verb == h && (rel == "aux" || rel == "cop") {
			verb = k
		}
	}
	if lower(r.Words[verb].Form) == "be" {
		return true // nobody says "that they be paid" of what is so
	}
	return r.Words[verb].XPOS == "VB" && r.child(subject, "conj") < 0 && r.Words[subject].Feat("Number") != "Plur"
}
