package extract

// nounClause reads the clause k that tells what noun i is about: "a plan to build", "the claim that Togo sold", "no intention of
// selling". It returns false where k describes i instead.
func (r *reader) nounClause(i, k int, st status) bool {
	w, noun := &r.Words[k], lower(r.Words[i].Lemma)
	if r.Words[i].UPOS != "NOUN" && r.Words[i].UPOS != "PROPN" {
		return false
	}
	var mark string
	for _, m := range r.kids[k] {
		if rel := r.rel(m); m < k && m > i && (rel == "mark" || rel == "case") {
			mark = lower(r.Words[m].Form)
			if mark == "for" && r.infinitival(k) {
				continue // "a proposal for Peru to guard the border"
			}
			break
		}
	}
	if w.XPOS == "VBG" && w.Deprel == "acl" && (mark == "" || mark == "in" || mark == "with") && r.trouble(i) && !besetting[lower(w.Lemma)] {
		return r.troubled(i, k, st)
	}
	finite := mark == "that" || mark == "whether" || mark == "" && w.Deprel == "acl" && r.child(k, "nsubj", "nsubj:pass") >= 0
	loose := mark == "to" && w.XPOS == "VB" || (w.XPOS == "VBG" || r.undergoing(k)) && (mark == "of" || mark == "for" || mark == "at" ||
		mark == "about" && possibleNouns[noun]) ||
		mark == "to" && r.child(k, "cop", "aux", "aux:pass") >= 0
	of := -1 // "no question of Brazil adopting a plan": who adopts it
	if mark == "" && w.XPOS == "VBG" && w.Deprel == "acl" &&
		(possibleNouns[noun] || planNouns[noun] || wishNouns[noun] || claimNouns[noun]) {
		for _, m := range r.kids[i] {
			if _, form := r.caseOf(m); r.Words[m].Deprel == "nmod" && m > i && m < k && form == "of" {
				of = m
			}
		}
		loose = of >= 0
	}
	if !finite && !loose || w.Deprel == "acl:relcl" && mark == "" {
		return false
	}
	g := r.top(st.plain())
	governor, told := r.governor(i), false
	denied := r.negativeDeterminer(i) || r.underNone(i) || governor >= 0 && r.denies(governor, i)
	switch {
	case finite && mark != "whether" && r.lookedFor(i) && !denied:
		if g.modality = Requested; noun == "evidence" || noun == "proof" || possibleNouns[noun] {
			g.modality = Possible // "seeks evidence that the mill was sold"
		}
	case finite && (claimNouns[noun] || possibleNouns[noun]) && r.baseless(i):
		g.polarity = Negative
	case finite && (claimNouns[noun] && !uncertainNouns[noun] || disputable[noun] && r.denier(i, governor) >= 0):
		by := r.authors(i)
		who := unnamed()
		if len(by) > 0 {
			a := r.possessor(by[0])
			who = &a
		} else if believer := r.inBelief(i); believer != nil {
			who = believer
		} else if governor >= 0 && having[r.verbLemma(governor)] {
			if s := r.subjects[governor]; len(s) > 0 {
				a := r.argument(s[0], Subject)
				who = &a
			}
		}
		if s := r.denier(i, governor); s >= 0 {
			// Who denies the claim says that it is not so; whose claim it is says that it is.
			a := r.argument(s, Subject)
			deny := st.plain().saidBy(&a, r.sent)
			deny.polarity = Negative
			if r.negated(governor) {
				deny.polarity, deny.modality = Positive, Possible
			}
			from := len(r.out)
			h := g
			h.status, h.backshift = deny, r.past(governor)
			r.clause(k, h)
			if len(by) > 0 {
				claimed := st.plain().saidBy(who, r.sent)
				for _, p := range r.out[from:len(r.out):len(r.out)] {
					if p.Source == deny.source {
						p.Source, p.SourceSent, p.Via = claimed.source, claimed.sourceSent, claimed.via
						p.Polarity, p.Modality = negate(p.Polarity), Asserted
						r.out = append(r.out, p)
					}
				}
			}
			return true
		}
		g.status = g.saidBy(who, r.sent)
		if denied {
			g.modality = Possible
		}
	case finite && noun == "doubt" && denied, finite && noun == "evidence" && !denied, finite && noun == "proof" && !denied:
	case finite && possibleNouns[noun], finite && (noun == "evidence" || noun == "proof" || noun == "reason"), mark == "whether":
		g.modality = Possible
		if attitudes[noun] && !denied {
			if who := r.holder(i, governor); who != nil {
				g.status = g.saidBy(who, r.sent) // "bankers voiced fears that"
			}
		}
		if denied && noun != "evidence" && noun != "proof" && noun != "sign" && noun != "indication" ||
			denied && r.negated(k) { // "no evidence that others could not": the one takes the other back
			g.polarity = Negative
		}
	case wishNouns[noun], finite && desires[noun]:
		g.modality = Requested
		if by := r.authors(i); len(by) > 0 {
			a := r.possessor(by[0])
			g.status = g.wantedBy(&a, r.sent)
		}
	case planNouns[noun]:
		g.modality = Planned
	case negativeNouns[noun]:
		g.polarity = negate(g.polarity)
	case possibleNouns[noun]:
		g.modality = Possible
	case finite || claimNouns[noun]:
		told = governor >= 0 && r.past(governor)
		if finite && !claimNouns[noun] {
			governor = -1 // "the fact that", "the news that": it is one whatever is done about it
		}
	default:
		if mark == "to" && r.child(k, "aux:pass") >= 0 && !r.done(i, k) {
			g.antecedent = i // "repairs to be paid for by Oslo"
		} else if mark != "to" || w.XPOS != "VB" {
			return false
		}
		g.modality = Planned // "an antibiotic to treat infections"
		if v := r.Words[i].Head; r.Words[i].Deprel == "xcomp" && v >= 0 && r.done(i, k) && len(r.subjects[v]) > 0 {
			// "became the third country to sign"
			g.subject, g.modality = r.subjects[v], r.stands[v].modality
			if r.stands[v].polarity == Negative {
				g.polarity = Negative
			}
			r.clause(k, g)
			return true
		}
	}
	if !finite && denied {
		g.polarity = negate(g.polarity)
	}
	if passive := r.child(k, "aux:pass") >= 0 && g.antecedent >= 0; governor >= 0 && !passive {
		// A plan under a condition, a call that may come.
		if st, ok := r.stands[governor]; ok && st.modality != Former && !r.settled(i, governor) {
			g.modality = weaker(g.modality, st.modality)
		}
	}
	if words, _ := r.caseOf(i); !finite && len(words) > 0 && r.child(i, "cop") >= 0 {
		g.modality = weaker(g.modality, r.stands[i].modality) // "may not be in a position to pay"
		if r.stands[i].polarity == Negative && !denied {
			g.polarity = negate(g.polarity)
		}
		if noun == "position" {
			g.modality = Possible
		}
	}
	if of >= 0 {
		g.subject = r.conjuncts(of)
	} else if !finite && g.antecedent < 0 && r.child(k, "nsubj", "nsubj:pass") < 0 {
		g.subject = r.doers(i, governor, noun)
		if len(g.subject) == 1 && g.subject[0] == i {
			g.antecedent = i
		}
	}
	g.backshift = finite && (told || governor >= 0 && r.past(governor))
	r.clause(k, g)
	return true
}

// trouble says whether noun i is a difficulty that somebody has with doing what a gerund behind it says.
func (r *reader) trouble(i int) bool {
	switch lower(r.Words[i].Lemma) {
	case "trouble", "difficulty", "problem", "challenge":
		return true
	case "time":
		m := r.child(i, "amod")
		return m >= 0 && toughAdjectives[lower(r.Words[m].Form)]
	}
	return false
}

// troubled reads gerund k behind difficulty i: whoever has the difficulty may do it, "had trouble selling the mill", or does it where there
// is none. It returns false where nobody has it and the gerund may describe it.
func (r *reader) troubled(i, k int, st status) bool {
	h := r.governor(i)
	if h < 0 || !(having[r.verbLemma(h)] || r.verbLemma(h) == "experience" || r.verbLemma(h) == "encounter") {
		l := lower(r.Words[i].Lemma)
		r.read[k] = l == "trouble" || l == "difficulty"
		return r.read[k]
	}
	g := r.top(st.plain())
	if s, ok := r.stands[h]; ok {
		g.modality = s.modality
	}
	if r.negativeDeterminer(i) == r.denied(h) {
		g.modality = weaker(g.modality, Possible)
	}
	if g.subject = r.subjects[h]; r.Words[i].Deprel == "obj" && r.child(h, "iobj") >= 0 {
		g.subject = []int{r.child(h, "iobj")}
	}
	r.clause(k, g)
	return true
}

// settled says whether noun i is a plan, a decision or a claim that somebody has whatever governor does about it: "may challenge Peru's decision
// to tax salt".
func (r *reader) settled(i, governor int) bool {
	lem := r.verbLemma(governor)
	return uttered[lower(r.Words[i].Lemma)] && r.child(i, "nmod:poss") >= 0 && r.rel(i) != "nsubj" && !having[lem] && !dropping[lem]
}

// denier returns who denies claim i with verb governor, -1 for nobody: "Oslo denied the report", "reports denied by Oslo".
func (r *reader) denier(i, governor int) int {
	if governor < 0 || !denial[r.verbLemma(governor)] {
		return -1
	}
	switch r.Words[i].Deprel {
	case "obj":
		if s := r.subjects[governor]; len(s) > 0 {
			return s[0]
		}
	case "nsubj:pass":
		return r.child(governor, "obl:agent")
	}
	return -1
}

// underNone says whether noun i is what somebody has no plan or sign of: "no plans for a meeting to review the pact".
func (r *reader) underNone(i int) bool {
	h := r.Words[i].Head
	if h < 0 || r.Words[i].Deprel != "nmod" || h > i || r.Words[h].UPOS != "NOUN" || !r.negativeDeterminer(h) {
		return false
	}
	l := lower(r.Words[h].Lemma)
	return planNouns[l] || possibleNouns[l] || wishNouns[l] || l == "evidence"
}

// inBelief returns who does what is done "in the belief that …", which is noun i; nil for any other phrase.
func (r *reader) inBelief(i int) *Argument {
	_, form := r.caseOf(i)
	switch lower(r.Words[i].Lemma) {
	case "belief", "assumption", "conviction", "expectation", "theory":
	default:
		return nil
	}
	h := r.Words[i].Head
	if form != "in" && form != "on" || h < 0 || r.rel(i) != "obl" || r.child(h, "nsubj:pass", "aux:pass") >= 0 {
		return nil
	}
	s := r.subjects[h]
	if len(s) == 0 || !r.canAct(s[0]) {
		return nil
	}
	a := r.who(s[0])
	return &a
}

// holder returns whose attitude noun i is: its possessor, or who voices it; nil for nobody.
func (r *reader) holder(i, governor int) *Argument {
	if by := r.authors(i); len(by) > 0 {
		a := r.possessor(by[0])
		return &a
	}
	if governor >= 0 && r.Words[i].Deprel == "obj" && voicing[r.verbLemma(governor)] {
		if s := r.subjects[governor]; len(s) > 0 && (r.canAct(s[0]) || r.people(s[0])) { // not of "the plan raised fears that"
			a := r.argument(s[0], Subject)
			return &a
		}
	}
	return nil
}

// baseless says whether claim i is said to be wrong: "no truth to reports that …", "reports that … are untrue".
func (r *reader) baseless(i int) bool {
	h := r.Words[i].Head
	if h < 0 {
		return false
	}
	switch r.rel(i) {
	case "nmod":
		switch lower(r.Words[h].Lemma) {
		case "truth", "basis", "foundation", "substance":
			return r.negativeDeterminer(h)
		}
	case "nsubj":
		if l := r.verbLemma(h); l == "prove" || l == "turn out" {
			x := r.child(h, "xcomp")
			return x > h && (unfounded[lower(r.Words[x].Lemma)] || lower(r.Words[x].Lemma) == "wrong") && !r.negated(h)
		}
		return unfounded[lower(r.Words[h].Lemma)] && !r.negated(h)
	}
	return false
}

// doers returns who does what the infinitive of noun i says: whose plan it is, or who has or makes it.
func (r *reader) doers(i, governor int, noun string) []int {
	for _, k := range r.kids[i] { // "a proposal for Peru to guard the border"
		if _, form := r.caseOf(k); form == "for" && r.Words[k].Deprel == "nmod" && k > i {
			return r.conjuncts(k)
		}
	}
	if appointments[noun] { // "the choice of Lund to run the bank"
		for _, k := range r.kids[i] {
			if _, form := r.caseOf(k); form == "of" && r.Words[k].Deprel == "nmod" && k > i {
				return r.conjuncts(k)
			}
		}
	}
	if lawNouns[noun] {
		return []int{i}
	}
	if noun == "warrant" || noun == "option" && governor >= 0 && issuing[r.verbLemma(governor)] {
		return nil // who gives them away does not use them
	}
	if by := r.authors(i); len(by) > 0 && (r.Words[by[0]].XPOS != "PRP$" || governor < 0 || len(r.subjects[governor]) == 0) {
		if wishNouns[noun] && noun != "need" && noun != "duty" && noun != "obligation" {
			return nil // "his call to withdraw" is to others
		}
		return by
	}
	if agents, _ := r.actors(i); len(agents) > 0 && r.Words[agents[0].Head].XPOS != "PRP$" {
		if r.canAct(i) && !planNouns[noun] && !possibleNouns[noun] && !wishNouns[noun] {
			return nil // "a Turkish firm to buy missiles"
		}
		return heads(agents) // "a Turkish plan to buy missiles"
	}
	if cop := r.child(i, "cop"); cop >= 0 { // "is in talks to buy", "is under pressure to sell"
		if words, _ := r.caseOf(i); len(words) > 0 {
			return r.subjects[i]
		}
	}
	if governor < 0 || r.Words[governor].UPOS != "VERB" {
		return nil
	}
	s := r.subjects[governor]
	lem := r.verbLemma(governor)
	switch r.rel(i) {
	case "obj":
		if k := r.child(governor, "iobj"); k >= 0 {
			return []int{k} // "gave the council the power to levy taxes"
		}
		if r.child(governor, "nsubj:pass", "aux:pass") < 0 && (having[lem] || dropping[lem]) &&
			(!wishNouns[noun] || noun == "reason" || lem == "have" || lem == "face" || lem == "receive") {
			return s
		}
	case "obl":
		if _, form := r.caseOf(i); form == "in" && (lem == "fail" || lem == "succeed" || lem == "persist") {
			return s
		}
	}
	return nil
}

// governor returns the verb whose argument noun i is, also as a conjunct; -1 for none.
func (r *reader) governor(i int) int {
	for r.Words[i].Deprel == "conj" && r.Words[i].Head >= 0 {
		i = r.Words[i].Head
	}
	switch r.rel(i) {
	case "obj", "nsubj", "obl", "iobj":
		return r.Words[i].Head
	}
	return -1
}

// denies says whether verb h says of its argument i that there is none or that nothing comes of it: "has no plan", "abandoned its
// plan".
func (r *reader) denies(h, i int) bool {
	lem := r.verbLemma(h)
	not := r.denied(h)
	if r.negativeDeterminer(i) {
		not = false // counted with the noun
	}
	if (dropping[lem] || lem == "lack" || lem == "lose") && (r.Words[i].Deprel == "obj" || r.Words[i].Deprel == "nsubj:pass") {
		return !not
	}
	if lem == "fail" && r.rel(i) == "obl" {
		return !not
	}
	return not && (r.Words[i].Deprel == "obj" || r.child(h, "expl") >= 0) && (having[lem] || lem == "be" || lem == "exist" || lem == "pave" || lem == "clear")
}

// denied says whether the clause of verb h is denied, by its own words or by what governs it ("failed to sign").
func (r *reader) denied(h int) bool {
	if st, ok := r.stands[h]; ok {
		return st.polarity == Negative
	}
	return r.negated(h)
}

// verbLemma returns the lemma of verb h with its particle: "give up".
func (r *reader) verbLemma(h int) string {
	if h < 0 {
		return ""
	}
	lem := lower(r.Words[h].Lemma)
	if p := r.child(h, "compound:prt"); p >= 0 {
		lem += " " + lower(r.Words[p].Lemma)
	}
	return lem
}
