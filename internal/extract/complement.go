package extract

// controls says whether the subject of c is also the subject of its infinitive.
func (r *reader) controls(c *clause) bool {
	if r.Words[c.xcomp].UPOS != "VERB" {
		return false
	}
	if c.passive {
		return true
	}
	return (len(c.objects) == 0 || c.lemma == "promise") && c.iobj < 0 && (!asking[c.lemma] || planning[c.lemma])
}

// infinitive reads the verbal complement k of c, whose subject is the object or the subject of c.
func (r *reader) infinitive(c *clause, k int, f frame) {
	g := r.top(f.status)
	if c.copula >= 0 || r.Words[c.head].UPOS == "ADJ" {
		g.status = r.below(lower(r.Words[c.head].Lemma), false, false, g.status)
	} else {
		g.status = r.below(c.lemma, len(c.objects) > 0, r.Words[c.head].XPOS == "VBD", g.status)
	}
	g.chain = merge(f.chain, c.words)
	g.subject = c.subjects
	switch {
	case c.passive:
		// "was asked to leave": who is asked leaves.
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
	if asking[c.lemma] && len(g.chain) == 0 && g.source == nil && g.modality == Requested {
		g.source, g.sourceSent = r.speaker(c), r.sent
	}
	r.clause(k, g)
}

// prevented says whether k is what c keeps its object from: "stopped them from leaving".
func (r *reader) prevented(c *clause, k int) bool {
	if r.Words[k].XPOS != "VBG" || r.Words[k].Deprel != "advcl" || !preventing[c.lemma] || len(c.objects) == 0 && !c.passive {
		return false
	}
	m := r.child(k, "mark", "case")
	return m >= 0 && lower(r.Words[m].Form) == "from"
}

// adverbial reads the adverbial clause k of c.
func (r *reader) adverbial(c *clause, k int, f frame) {
	g := r.top(status{Positive, Asserted, f.source, f.sourceSent})
	if r.child(k, "nsubj", "nsubj:pass", "csubj", "expl") < 0 {
		g.subject = c.subjects
		if c.passive && (len(c.subjects) == 0 || r.means(k)) {
			// "reduced by removing the quarters": whoever reduces removes, not what is reduced.
			g.subject = nil
			if c.agent >= 0 && c.agent != k {
				g.subject = []int{c.agent}
			}
		}
	}
	for _, m := range r.kids[k] {
		switch form := lower(r.Words[m].Form); {
		case r.rel(m) != "mark" && r.rel(m) != "case":
		case form == "without":
			g.polarity = Negative
		case r.Words[k].XPOS == "VBG" && r.gerund(c, form, f, &g):
		case r.Words[k].XPOS == "VBG" && (form == "on" || form == "for" || form == "of" || form == "about" || form == "from" || form == "against" || form == "to"):
			g.subject = nil // "failed to agree on setting up camps": nobody is said to set them up
		case form == "to" && r.Words[m].UPOS == "PART":
			g.modality = weaker(f.modality, Planned)
			// An infinitive after an object belongs to the object where the verb asks: some parsers call it advcl.
			if asking[c.lemma] && len(c.objects) > 0 {
				g.subject = c.objects
				g.modality = weaker(g.modality, Requested)
			}
			if asking[c.lemma] && len(c.objects) == 0 && !planning[c.lemma] {
				for _, o := range c.obliques {
					if _, form := r.caseOf(o); form == "on" || form == "for" || form == "upon" {
						g.subject = []int{o}
						g.modality = weaker(f.modality, Requested)
						g.source, g.sourceSent = r.speaker(c), r.sent
					}
				}
			}
		case form == "if" || form == "unless":
			g.modality = Hypothetical
		}
	}
	r.clause(k, g)
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
	case "suggest", "insist", "advise":
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

// gerund sets in g who does what the gerund after preposition form says, where the verb of c tells it: "stopped Iran from exporting",
// "accused the bank of hiding losses", "fined the firm for dumping oil". It returns false where the verb tells nothing.
func (r *reader) gerund(c *clause, form string, f frame, g *frame) bool {
	patient := c.objects
	if c.passive {
		patient = c.subjects
		if c.agent >= 0 && len(c.subjects) == 0 {
			return false
		}
	}
	if len(patient) == 0 {
		return false
	}
	switch {
	case form == "from" && preventing[c.lemma]:
		g.polarity = negate(f.polarity)
		g.modality = f.modality
	case form == "of" && accusing[c.lemma]:
		g.modality = weaker(f.modality, Possible)
		if g.source == nil && !c.passive {
			g.source, g.sourceSent = r.speaker(c), r.sent
		}
	case form == "for" && judging[c.lemma]:
		g.modality = f.modality
	default:
		return false
	}
	g.subject = patient
	return true
}

// nounInfinitive sets in g what the infinitive that noun i governs takes over: who plans, and how sure it is: "Chile's plan to build a
// port", "won the right to build it", "failed in his attempt to". holders are the subjects of the clause where i is its object.
func (r *reader) nounInfinitive(i int, holders []int, g *frame) {
	l := lower(r.Words[i].Lemma)
	m, ok := intentions[l]
	if !ok {
		if !proposalNouns[l] {
			return
		}
		m, holders = Possible, nil // who proposes need not be who does it, unless "by" says so
		if r.child(i, "nmod:poss") >= 0 {
			return
		}
	}
	if p := r.child(i, "nmod:poss"); p >= 0 {
		if r.Words[p].XPOS == "WP$" {
			return
		}
		holders = r.conjuncts(p)
	}
	if agents, _ := r.actors(i); len(agents) > 0 { // "a Turkish plan to buy missiles"
		holders = nil
		for _, a := range agents {
			holders = append(holders, a.Head)
		}
		g.status = r.factual(i, g.status)
	}
	for _, k := range r.kids[i] {
		if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && k > i && (form == "by" || form == "of" && refusals[l]) {
			holders = r.conjuncts(k) // "a proposal by the speaker", "the failure of the bank"
		}
	}
	if len(holders) == 0 {
		return
	}
	g.antecedent = -1
	g.subject = holders
	g.modality = weaker(g.modality, m)
	if refusals[l] {
		g.polarity = negate(g.polarity)
	}
}
