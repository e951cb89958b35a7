package extract

import (
	"slices"
	"strings"
)

// clause is one predicate with its dependents sorted by what they are to it.
type clause struct {
	head     int
	lemma    string
	passive  bool
	copula   int // -1 for none
	subjects []int
	objects  []int
	iobj     int
	agent    int
	attrs    []int // predicate nominals, adjectives, secondary predicates
	obliques []int
	clauses  []int // complement clauses as arguments
	xcomp    int   // verbal complement without subject of its own
	gerunds  []int // clauses behind a preposition that the predicate says little without
	words    []int // of the predicate
	fronted  []int // obliques before a verb of saying that belong to what is said
	stranded []int // prepositions whose noun is the antecedent
	included int   // "including X" behind the verb, of whole; -1 for none
	whole    int
	together bool  // one of its lists is spoken of as a whole
	linked   []int // subjects that are brought together; linkedAs is the preposition before all but the first
	linkedAs string
	question bool // a question word stands for the subject or the object
}

// newClause returns memory for a clause.
func (r *reader) newClause() *clause {
	if len(r.clauses) == cap(r.clauses) {
		r.clauses = make([]clause, 0, 16)
	}
	r.clauses = r.clauses[:len(r.clauses)+1]
	return &r.clauses[len(r.clauses)-1]
}

// clause reads the clause of h and all below it.
func (r *reader) clause(h int, f frame) {
	if r.read[h] {
		return
	}
	w := &r.Words[h]
	verbal := w.UPOS == "VERB" || w.UPOS == "AUX"
	cop := r.child(h, "cop")
	if !verbal && cop < 0 && r.child(h, "nsubj", "nsubj:pass", "nsubj:outer") < 0 {
		r.nominal(h, f.status)
		r.read[h] = true
		return
	}
	r.read[h] = true
	if m := r.child(h, "mark"); m >= 0 && r.rel(h) == "acl" && lower(r.Words[m].Form) == "that" {
		f.antecedent = -1 // "the fact that prices fell" says what the fact is
	}
	whole, equates := r.child(h, "nsubj:outer"), cop
	if whole >= 0 && cop > whole {
		cop = -1
		if !verbal {
			cop = r.ownCopula(h, whole)
		}
	} else {
		whole = -1
	}
	c := r.gather(h, cop, f)
	r.subjects[h] = c.subjects
	if r.impersonal(c) {
		c.subjects = nil
	}
	outer := f.status
	r.attribute(h, c, &f)
	above := f.status
	r.stand(h, c, &f)
	r.stands[h] = f.status
	if whole >= 0 {
		r.equation(h, whole, equates, above)
	}
	if r.existential(c, f) {
		r.descend(c, f, outer)
		return
	}
	r.emit(c, f)
	r.descend(c, f, outer)
}

// equation: "the trouble is that prices rise": what the outer subject of h is said to be is the whole clause.
func (r *reader) equation(h, outer, cop int, st status) {
	if m := r.child(h, "mark"); m >= 0 && lower(r.Words[m].Form) != "whether" {
		if lower(r.Words[m].Form) == "as" && lower(r.Words[h].Lemma) == "follow" {
			return // "the figures were as follows:"
		}
		if f := lower(r.Words[m].Form); m > cop && (f == "against" || f == "for") && r.Words[h].XPOS == "VBG" {
			return // "is against selling it" is no selling
		}
		st.modality = weaker(st.modality, r.marked(h)) // "it is as if …"
	}
	for k := outer + 1; k <= cop+1 && k < len(r.Words); k++ {
		if r.Words[k].Head != h {
			continue
		}
		switch f := lower(r.Words[k].Form); {
		case r.negator(k):
			st.polarity = negate(st.polarity)
		case k < cop && (f == "will" || f == "shall"):
			st.modality = weaker(st.modality, Planned)
		case k < cop && (f == "may" || f == "might" || f == "could"):
			st.modality = weaker(st.modality, Possible)
		}
	}
	what := Argument{Role: Clause, Phrase: r.phrase(h, func(k int) bool {
		if r.Words[k].Head != h {
			return false
		}
		// "the aim is to sell it and I think we can": what one thinks is no part of the aim
		joined := r.Words[k].Deprel == "conj" && r.Words[h].XPOS == "VB" && r.child(h, "nsubj") < 0 && r.child(k, "nsubj", "nsubj:pass") > h
		return k <= cop || joined || r.Words[k].Deprel == "mark" && lower(r.Words[k].Form) != "to"
	})}
	what.Minimal = what.Phrase
	r.add("copula", Predicate{Phrase: Phrase{Words: []int{cop}, Head: cop}, Lemma: "be"}, st, r.argument(outer, Subject), what)
}

// ownCopula returns the copula of h behind that of its outer subject, -1 for none.
func (r *reader) ownCopula(h, outer int) int {
	n := 0
	for _, k := range r.kids[h] {
		if r.Words[k].Deprel == "cop" && k > outer {
			if n++; n == 2 {
				return k
			}
		}
	}
	return -1
}

// gather sorts the dependents of h.
func (r *reader) gather(h, cop int, f frame) *clause {
	w := &r.Words[h]
	verbal := w.UPOS == "VERB"
	c := r.newClause()
	*c = clause{head: h, copula: cop, lemma: lower(w.Lemma), iobj: -1, agent: -1, xcomp: -1, included: -1}
	if verbal && h > 1 && r.Words[h-1].Form == "-" && r.Words[h-2].End == r.Words[h-1].Begin && tied[lower(r.Words[h-2].Form)] {
		c.lemma = lower(r.Words[h-2].Form) + "-" + c.lemma // to ill-treat is not to treat
	}
	gap := f.antecedent >= 0 // no relative pronoun has been seen yet
	describes := r.rel(h) == "acl" || r.rel(h) == "advcl" && h < w.Head && r.child(h, "mark", "nsubj:pass", "expl") < 0
	participle := cop < 0 && (w.XPOS == "VBN" || w.XPOS == "VBD" && describes) && r.child(h, "aux", "nsubj") < 0
	c.passive = r.child(h, "nsubj:pass", "aux:pass", "csubj:pass") >= 0 ||
		participle && (r.rel(h) == "acl" || r.rel(h) == "advcl" || r.rel(h) == "amod" || r.rel(h) == "parataxis" && f.antecedent >= 0) ||
		r.rel(h) == "conj" && participle && w.XPOS == "VBN" && len(f.chain) == 0 && len(f.subject) > 0 && r.child(h, "obj") < 0 &&
			r.child(w.Head, "aux") < 0 && r.child(w.Head, "cop") >= 0 || // "is ready and priced at 5 dlrs"
		r.rel(h) == "conj" && participle && r.child(h, "obl:agent") >= 0 && r.child(h, "obj") < 0 && r.participial(w.Head) || // ", made of iron and kept by Oslo,"
		r.rel(h) == "conj" && len(f.chain) > 0 && r.child(r.Words[h].Head, "aux:pass") >= 0 && (participle || w.XPOS == "VBD") && !r.callsOn(h) &&
			(r.child(h, "obj", "iobj") < 0 || appointing[c.lemma] || giving[c.lemma])
	if participle && w.XPOS == "VBN" && r.rel(h) == "xcomp" && w.Head >= 0 && r.child(w.Head, "obj") >= 0 && r.child(h, "mark", "obj") < 0 {
		c.passive = true // "had the judge disqualified"
	}
	if c.passive && intransitive[c.lemma] && r.child(h, "aux:pass") < 0 {
		c.passive = false
	}
	words := append(make([]int, 0, 8), h)
	for _, k := range r.kids[h] {
		kw := &r.Words[k]
		switch kw.Deprel {
		case "nsubj", "nsubj:pass", "csubj", "csubj:pass":
			if p := k - 1; f.antecedent >= 0 && kw.XPOS == "WP" && p >= f.antecedent && (r.Words[p].Head == h &&
				(r.rel(p) == "mark" || r.rel(p) == "case") || p == f.antecedent && puzzles[lower(r.Words[p].Lemma)]) {
				gap, c.question = false, true // "a vote on who would be king", "no idea who is king"
			} else if f.antecedent >= 0 && r.relative(k) {
				gap = false
				if r.whose(k) {
					c.subjects = join(c.subjects, r.conjuncts(k))
					continue
				}
				c.subjects = append(c.subjects, f.antecedent)
			} else if r.interrogative(k) {
				c.question = true
			} else if kw.Deprel == "csubj:pass" && r.child(h, "nsubj:pass", "expl") >= 0 {
				c.clauses = append(c.clauses, k) // "it is reported that …"
			} else if kw.Deprel[0] == 'c' {
				c.subjects = append(c.subjects, k)
			} else {
				c.subjects = join(c.subjects, r.conjuncts(k))
			}
		case "obj":
			if f.antecedent >= 0 && r.relative(k) {
				gap = false
				if r.whose(k) {
					c.objects = join(c.objects, r.conjuncts(k))
					continue
				}
				if deep := r.child(h, "ccomp"); deep >= 0 && speaking(c.lemma) {
					continue // "prices which traders claim are needed": the object or subject of the clause below
				}
				c.objects = append(c.objects, f.antecedent)
			} else if r.interrogative(k) {
				c.question = true
			} else {
				c.objects = join(c.objects, r.conjuncts(k))
			}
		case "iobj":
			c.iobj = k
		case "obl:agent":
			if _, form := r.caseOf(k); form == "by" && !r.margin(k) && !r.byWay(k) && !r.deadline(k) {
				switch {
				case f.antecedent < 0 || !r.relative(k):
					c.agent = k
				case r.canAct(f.antecedent):
					c.agent, gap = f.antecedent, false // "the bank by which it was sold"
				default:
					c.obliques, gap = append(c.obliques, k), false // "the system by which prices are set"
				}
			} else {
				c.obliques = append(c.obliques, k)
			}
		case "obl", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked":
			if universal(kw.Deprel) == "nmod" && (cop < 0 || k > cop) {
				continue // belongs to the predicate nominal
			}
			if f.antecedent >= 0 && r.relative(k) {
				gap = false
			}
			if by, form := r.caseOf(k); form == "by" && c.passive && c.agent < 0 && len(by) == 1 && !r.temporal(k) && kw.XPOS != "CD" && !r.margin(k) && !r.byWay(k) {
				c.agent = k
				continue
			}
			if kw.UPOS == "ADP" {
				if gap { // "the freedom they believe in"
					gap = false
					c.stranded = append(c.stranded, k)
				}
				continue
			}
			if r.absolute(k, h) {
				continue
			}
			if end := r.distance(k); end >= 0 && (r.rel(end) != "mark" || r.Words[end].Head == h) {
				continue // "a week after the vote": said with the vote
			}
			if len(r.kids[k]) <= 3 && discourse[lower(r.text(r.phrase(k, nil).Words))] {
				continue // "for example" is no part of what happens
			}
			if r.contrast(k) {
				if k = r.butConjunct(k); k < 0 { // "not in Oslo but in Bergen", "not at once but to win votes"
					continue
				}
			}
			c.obliques = append(c.obliques, k)
		case "advmod":
			if f.antecedent >= 0 && relativePronouns[lower(kw.Form)] && k < h {
				gap = false
				continue
			}
			if (k == h+1 && verbParticles[lower(kw.Form)] || r.particleBehindObject(h, k)) && len(r.kids[k]) == 0 && verbal {
				words = append(words, k)
				c.lemma += " " + lower(kw.Form) // "pulled back"
			} else if r.circumstance(k) {
				c.obliques = append(c.obliques, k)
			} else if !relativePronouns[lower(kw.Form)] && (r.inside(k, h) && (len(r.kids[k]) == 0 || w.UPOS != "NOUN" && w.UPOS != "PROPN" && r.adverbs(k)) || r.behindVerb(h, k)) {
				words = r.subtree(words, k, nil)
			}
		case "aux", "aux:pass", "cop", "compound:prt":
			if kw.Deprel == "cop" && k != cop {
				continue // that of an outer subject
			}
			words = append(words, k)
			for _, m := range r.kids[k] {
				if r.negator(m) {
					words = append(words, m)
				}
			}
			if kw.Deprel == "compound:prt" {
				c.lemma += " " + lower(kw.Lemma)
			}
		case "mark":
			if lower(kw.Form) == "to" && kw.UPOS == "PART" {
				words = append(words, k)
			}
		case "xcomp":
			switch {
			case r.Words[k].UPOS == "VERB" || r.child(k, "cop") >= 0 || r.child(k, "mark") >= 0:
				c.xcomp = k
			case kw.UPOS == "ADJ" && k == h+1 && len(r.kids[k]) == 0 && r.child(h, "obj") > k:
				words = append(words, k) // "left open the possibility", "made clear its position"
				c.lemma += " " + lower(kw.Lemma)
			default:
				c.attrs = join(c.attrs, r.conjuncts(k))
			}
		case "ccomp":
			c.clauses = append(c.clauses, k)
		}
	}
	for _, k := range r.kids[h] {
		switch {
		case r.prevented(c, k):
			c.clauses = append(c.clauses, k)
		case r.governedGerund(c, k) || r.compared(c, k):
			c.gerunds = append(c.gerunds, k)
		}
	}
	c.obliques = slices.DeleteFunc(c.obliques, func(k int) bool {
		_, form := r.caseOf(k)
		whole := c.objects
		if len(whole) == 0 {
			whole = c.subjects
		}
		if form != "including" || k < h || len(whole) == 0 {
			return false
		}
		c.included, c.whole = k, whole[len(whole)-1]
		return true
	})
	c.obliques = append(c.obliques, f.fronted...)
	if len(c.clauses) == 1 && speech[c.lemma] && !c.passive && len(c.subjects) > 0 {
		// "Under the plan, the firm said, …": what is said is so under the plan.
		c.obliques = slices.DeleteFunc(c.obliques, func(k int) bool {
			if k > c.subjects[0] || c.subjects[0] > h || c.clauses[0] < h || r.relative(k) {
				return false
			}
			if r.temporal(k) {
				if r.between(k, c.subjects[0], h, c.clauses[0]) { // "In 1997, Lund wrote, prices rose": they did then
					c.fronted = append(c.fronted, k)
					return true
				}
				return false
			}
			switch _, form := r.caseOf(k); form {
			case "under", "for", "despite", "besides", "unlike", "with", "without":
				c.fronted = append(c.fronted, k)
				return true
			}
			return false
		})
	}
	// What follows the verb is closer to it than what was moved before it.
	slices.SortStableFunc(c.obliques, func(a, b int) int {
		if (a < h) == (b < h) {
			return a - b
		}
		if a > h {
			return -1
		}
		return 1
	})
	if c.lemma == "go" && h+1 < len(r.Words) && lower(r.Words[h+1].Form) == "on" && r.Words[h+1].Head == h && len(r.kids[h+1]) == 0 {
		if !slices.Contains(words, h+1) {
			words = append(words, h+1)
		}
		c.lemma = "go on" // "went on to buy": bought
	}
	if c.xcomp < 0 && infinitival[c.lemma] && len(c.objects) == 0 && !(c.passive && c.agent >= 0) {
		for _, k := range r.kids[h] {
			if m := r.child(k, "mark"); k > h && r.Words[k].Deprel == "advcl" && r.Words[k].XPOS == "VB" && m >= 0 &&
				r.Words[m].UPOS == "PART" &&
				r.child(k, "nsubj") < 0 {
				c.xcomp = k
				break
			}
		}
	}
	if len(c.objects) == 0 && len(c.clauses) == 0 && !c.passive && verbal && !intransitive[c.lemma] && len(c.obliques) == 0 {
		if o := r.objectOfLast(h); o >= 0 {
			c.objects = r.conjuncts(o)
		}
	}
	if len(c.objects) == 0 && len(c.clauses) == 0 && h+2 < len(r.Words) && r.Words[h+1].UPOS == "CCONJ" && verbal {
		// "shelled and bombed the suburbs": the object of the second verb is the first one's too.
		for _, k := range r.kids[h] {
			if r.Words[k].Deprel == "conj" && k > h+1 && k <= h+3 && r.Words[k].XPOS == w.XPOS && r.Words[k].UPOS == "VERB" &&
				r.child(k, "nsubj", "aux") < 0 {
				if o := r.child(k, "obj"); o > k && !c.passive && !intransitive[c.lemma] {
					c.objects = r.conjuncts(o)
				} else if o < 0 && len(c.obliques) == 0 && len(c.attrs) == 0 && c.agent < 0 && c.xcomp < 0 &&
					r.child(k, "xcomp", "ccomp") < 0 {
					// "was born and raised in Lima": so is where the second happened.
					for _, m := range r.kids[k] {
						switch {
						case m < k || r.rel(m) != "obl" || r.Words[m].UPOS == "ADP":
						case r.Words[m].Deprel == "obl:agent" && c.passive:
							c.agent = m
						default:
							c.obliques = append(c.obliques, m)
						}
					}
				}
			}
		}
	}
	slices.Sort(words)
	if cop >= 0 || w.UPOS != "VERB" && w.UPOS != "AUX" {
		if w.UPOS == "ADJ" && !r.ranked(h) || w.XPOS == "VBN" || w.XPOS == "VBG" {
			c.lemma = "be " + lower(w.Lemma)
			if k := h - 1; k >= 0 && w.UPOS == "ADJ" && w.Head != k && r.Words[k].Head == h && r.rel(k) == "advmod" && lower(r.Words[k].Form) == "less" {
				c.lemma = "be less " + lower(w.Lemma) // who is less able need not be able
			}
			if k := h + 1; k < len(r.Words) && r.Words[k].Head == h && lower(r.Words[k].Form) == "enough" && !slices.Contains(words, k) {
				words = merge(words, []int{k}) // what is not good enough may be good
			}
		} else {
			// The predicate is the copula; the nominal is its attribute.
			words = slices.DeleteFunc(words, func(k int) bool { return k == h })
			c.lemma = "be"
			if prep, _ := r.caseOf(h); len(prep) > 0 {
				c.obliques = append([]int{h}, c.obliques...)
			} else {
				c.attrs = join(c.attrs, r.conjuncts(h))
			}
		}
	}
	c.words = words
	if len(c.subjects) == 0 {
		c.subjects = f.subject
		gerund := w.XPOS == "VBG" && r.child(h, "mark", "case") >= 0 // "a deal on setting up zones": the deal sets up nothing
		if f.antecedent >= 0 && gap && r.Words[h].Deprel != "acl:relcl" && w.XPOS != "VB" && !gerund {
			c.subjects = []int{f.antecedent}
			gap = false
		}
	}
	if len(c.objects) == 0 && f.object >= 0 {
		c.objects = r.conjuncts(f.object)
	}
	if c.iobj > h && verbal && !c.passive {
		switch {
		case len(c.objects) == 0 && !giving[c.lemma] && !speech[c.lemma] && c.lemma != "ask" && c.lemma != "take":
			c.objects, c.iobj = r.conjuncts(c.iobj), -1 // "accused Oslo of dumping": nothing else is its object
		case len(c.objects) == 1 && len(c.attrs) == 0 && c.objects[0] > c.iobj &&
			(appointing[c.lemma] || lower(r.Words[c.iobj].Form) == "it" && (c.lemma == "make" || c.lemma == "leave")):
			c.attrs, c.objects, c.iobj = c.objects, []int{c.iobj}, -1 // "called him a hero", "making it the largest mill"
		}
	}
	if gap && len(c.objects) == 0 && !c.passive && cop < 0 && len(c.subjects) > 0 && r.Words[h].Deprel == "acl:relcl" &&
		len(c.clauses) == 0 && !r.adverbialNoun(f.antecedent) {
		c.objects = []int{f.antecedent}
	}
	if f.antecedent >= 0 && r.freeRelative(f.antecedent) { // "what he does": nobody does "what"
		asked := func(k int) bool { return k == f.antecedent }
		c.subjects = slices.DeleteFunc(slices.Clone(c.subjects), asked)
		c.objects = slices.DeleteFunc(slices.Clone(c.objects), asked)
		c.question = true
	}
	return c
}

// callsOn says whether h is a calling on or for something, which is active where nothing says that it is passive: "was opened and called on
// banks to lend".
func (r *reader) callsOn(h int) bool {
	if lower(r.Words[h].Lemma) != "call" || h+1 >= len(r.Words) {
		return false
	}
	f := lower(r.Words[h+1].Form)
	return f == "on" || f == "for" || f == "upon"
}

// objectOfLast returns the object of the last of the verbs that are listed from h on with nothing between them, which is that of all:
// "draft, sign and execute the treaty"; -1 for none.
func (r *reader) objectOfLast(h int) int {
	last, object, closed := h, -1, false // object is that of one of the verbs, closed says that "and" joined the last
	for k := h + 1; k < len(r.Words); k++ {
		switch w := &r.Words[k]; {
		case w.UPOS == "PUNCT" && w.Form == ",", w.UPOS == "CCONJ" && lower(w.Form) != "but":
		case w.UPOS == "VERB" && w.Deprel == "conj" && (w.Head == h || w.Head == last) && r.child(k, "nsubj", "aux", "mark") < 0 &&
			(w.XPOS == r.Words[h].XPOS || w.XPOS == "VB" && r.Words[h].XPOS == "VBP"):
			last, closed = k, closed || r.child(k, "cc") >= 0
			object = max(object, r.child(k, "obj"))
			if closed && object > k {
				return object
			}
		default:
			return -1
		}
	}
	return -1
}

// between says whether subject s and its verb v stand between two commas, the first right behind time k, the second right before
// clause x and not at the end of a quotation.
func (r *reader) between(k, s, v, x int) bool {
	_, last := r.span(k)
	first, _ := r.span(s)
	if first > 0 && r.Words[first-1].Form == "," && first-1 > last {
		last = first - 2
	}
	begin, _ := r.span(x)
	if begin < len(r.Words) && r.Words[begin].Form == "," {
		begin++
	}
	return first >= 2 && r.Words[first-1].Form == "," && last >= first-2 && v+2 < len(r.Words) && r.Words[v+1].Form == "," &&
		begin <= v+2 && !isQuote(r.Words[v+2].Form) && r.child(x, "mark") < 0
}

// participial says whether clause h is a bare participle that describes a noun or adds to a clause.
func (r *reader) participial(h int) bool {
	if h < 0 {
		return false
	}
	w := &r.Words[h]
	return w.XPOS == "VBN" && (w.Deprel == "acl" || w.Deprel == "advcl") && r.child(h, "aux", "aux:pass", "nsubj") < 0
}

// beyondPast says whether the verb of clause k is finite by itself and tells of the present or the future.
func (r *reader) beyondPast(k int) bool {
	if x := r.Words[k].XPOS; x == "VBZ" || x == "VBP" {
		return true
	}
	a := r.child(k, "aux", "cop")
	return a >= 0 && !r.past(k) && lower(r.Words[a].Form) != "could" && lower(r.Words[a].Form) != "would"
}

// frontedOf returns the times of c before its subject.
func (r *reader) frontedOf(c *clause) (fronted []int) {
	if len(c.subjects) == 0 {
		return nil
	}
	for _, k := range c.obliques {
		if k < c.subjects[0] && c.subjects[0] < c.head && r.temporal(k) {
			fronted = append(fronted, k)
		}
	}
	return fronted
}

// ranked says whether adjective h stands for one in a row of those that do what its infinitive says: "is the first to sell".
func (r *reader) ranked(h int) bool {
	if d := r.child(h, "det"); d < 0 || lower(r.Words[d].Form) != "the" || !ranking(&r.Words[h]) {
		return false
	}
	return slices.ContainsFunc(r.kids[h], func(k int) bool { return k > h && r.infinitival(k) })
}

// adverbs says whether the phrase of adverb k has nothing but adverbs in it: "well", "professionally and well".
func (r *reader) adverbs(k int) bool {
	for _, m := range r.kids[k] {
		switch r.Words[m].UPOS {
		case "ADV", "CCONJ":
		default:
			return false
		}
		if !r.adverbs(m) {
			return false
		}
	}
	return true
}

// behindVerb says whether adverb k behind the verb h is what it is about: right behind one without an object ("developed well", "stopped
// short"), and wherever one is denied ("will not rise sharply", "should not leave it solely to Oslo").
func (r *reader) behindVerb(h, k int) bool {
	if k < h || r.Words[h].UPOS != "VERB" || r.Words[k].UPOS != "ADV" || r.circumstance(k) || connectives[lower(r.Words[k].Form)] || r.mannerAdverb(k) ||
		r.commaBefore(k) || !r.adverbs(k) || lower(r.Words[k].Form) == "so" {
		return false
	}
	return k == h+1 && r.child(h, "obj", "xcomp", "ccomp", "compound:prt") < 0 || r.negated(h)
}

// interrogative says whether k is a question word or a free relative ("what they want", "which party"), which names nothing.
func (r *reader) interrogative(k int) bool {
	switch r.Words[k].XPOS {
	case "WDT", "WP", "WRB":
		return len(r.kids[k]) == 0
	}
	return r.asked(k) && k < r.Words[k].Head
}

// inside says whether adverb k stands among the words of the predicate.
func (r *reader) inside(k, h int) bool {
	first := h
	for _, m := range r.kids[h] {
		switch r.rel(m) {
		case "aux", "cop":
			first = min(first, m)
		}
	}
	return k > first && k < h || k == h-1 || r.negator(k) && k < h
}

// descend reads the clauses below c. Who says what c says is named in the status outer, not by himself.
func (r *reader) descend(c *clause, f frame, outer status) {
	h := c.head
	inner := r.top(f.status)
	inner.polarity = Positive
	for _, k := range r.kids[h] {
		kw := &r.Words[k]
		g := inner
		switch kw.Deprel {
		case "xcomp":
			if k != c.xcomp {
				r.nominal(k, inner.status)
				continue
			}
			r.infinitive(c, k, f)
		case "ccomp":
			r.content(c, k, f)
		case "advcl", "advcl:relcl":
			if k == c.xcomp {
				r.infinitive(c, k, f)
				continue
			}
			if r.asides[k] {
				g.status = f.plain().as(outer) // "as X said" itself is not said by X
				r.clause(k, g)
				continue
			}
			r.adverbial(c, k, f)
		case "conj":
			if r.child(k, "orphan") >= 0 {
				r.gapped(c, k, f)
				r.nominal(k, inner.status)
				continue
			}
			if !r.clausal(k) {
				if c.copula >= 0 {
					r.agentNouns(k, f.status, c.subjects)
				}
				r.nominal(k, inner.status)
				continue
			}
			if m := r.child(k, "mark"); m >= 0 && m < k && lower(r.Words[m].Form) == "that" && len(c.clauses) > 0 && speaking(c.lemma) {
				r.content(c, k, f) // "said that it fell and that it would rise"
				continue
			}
			if saying[c.lemma] && len(c.clauses) > 0 && c.clauses[0] < k && r.past(h) && !r.past(k) && !r.past(c.clauses[0]) &&
				r.child(k, "nsubj", "nsubj:pass", "expl") >= 0 && !speech[lower(kw.Lemma)] {
				r.content(c, k, f) // "said it will rise and others will fall": what is told in the past is not in the present beside it
				continue
			}
			if saying[c.lemma] && len(c.clauses) > 0 && c.clauses[0] < k && r.past(h) && r.backshifted(k) && r.backshifted(c.clauses[0]) &&
				!r.quoted(c.clauses[0]) && !speech[lower(kw.Lemma)] {
				r.content(c, k, f) // "said debt was rising but the level was not dangerous"
				continue
			}
			if c.lemma == "say" && len(c.clauses) > 0 && c.clauses[0] < k && r.past(h) && !r.quoted(c.clauses[0]) && r.goesOn(k) {
				r.content(c, k, f) // "said it broke the rules, but it got a delay"
				continue
			}
			if kw.XPOS == "VB" && r.infinitival(k) && !r.infinitival(h) && r.child(k, "nsubj", "nsubj:pass") < 0 && r.notBut(h, k) {
				r.adverbial(c, k, f) // "cut rates not for Oslo's sake but to help exporters"
				continue
			}
			g.polarity, g.modality, g.backshift = Positive, r.outer(h, f), f.backshift
			if r.child(k, "nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer") < 0 {
				g.subject = c.subjects
				if !r.past(h) || !r.beyondPast(k) {
					g.fronted = r.frontedOf(c) // but "last May she wrote it and will now sell it"
				}
				// A participle that was tagged wrong.
				past := kw.XPOS == "VBD" && r.child(h, "aux:pass") >= 0 && r.child(k, "obj") < 0 && !intransitive[lower(kw.Lemma)]
				if kw.XPOS == "VB" && c.copula >= 0 && r.Words[c.copula].XPOS == "VB" && r.child(k, "aux", "mark", "cop") < 0 {
					g.modality = f.modality // "would be simpler and help"
				}
				if (kw.XPOS == "VB" || kw.XPOS == "VBP" && len(c.subjects) == 1 && r.Words[c.subjects[0]].XPOS == "NN") &&
					r.Words[h].XPOS != "VB" && r.child(k, "aux", "aux:pass", "mark", "cop") < 0 && r.modal(h, false) != Asserted {
					g.modality = f.modality // "would be sold but also help": a base form shares the auxiliary
				}
				alike := kw.XPOS == "VB" || kw.XPOS == r.Words[h].XPOS && r.child(k, "aux", "aux:pass", "cop") < 0
				if alike && f.polarity == Negative && r.either(k) { // "is not expecting gains or see any", "never sang or danced"
					g.polarity, g.modality = f.polarity, f.modality
				}
				bare := r.bareAuxiliary(k) && (r.Words[h].XPOS == "VB" || r.bareAuxiliary(h)) // "will meet and be heard"
				if bare || r.child(k, "aux", "aux:pass", "cop") < 0 && (past || kw.XPOS == r.Words[h].XPOS) &&
					(past || kw.XPOS != "VBD") && kw.XPOS != "VBZ" && kw.XPOS != "VBP" {
					// The auxiliaries are shared: "have attacked and bombed", "did not attack or bomb".
					g.chain, g.polarity, g.modality = slices.Clone(f.chain), f.polarity, f.modality
					if cc := r.child(k, "cc"); cc >= 0 && lower(r.Words[cc].Form) == "but" {
						g.polarity = Positive // "has not attacked but defended"
					}
					own := r.negated(k)
					if own {
						g.polarity = Positive // "for not raising taxes, not paying debts": each has its own
					}
					for _, m := range c.words {
						if own && r.negator(m) {
							continue
						}
						if bare && r.Words[m].XPOS == "VB" {
							continue
						}
						if m < h && r.rel(m) != "advmod" && (r.rel(m) != "mark" || r.child(k, "mark") < 0) || r.negator(m) {
							g.chain = append(g.chain, m)
						}
					}
				}
				if len(c.objects) > 0 && r.child(k, "obj") < 0 && c.objects[0] > k && !intransitive[lower(kw.Lemma)] {
					g.object = c.objects[0]
				}
				if len(c.subjects) > 0 || r.Words[h].Deprel == "acl:relcl" {
					g.antecedent = f.antecedent
				}
			}
			if r.sharesMark(h, k) {
				g.modality = weaker(g.modality, r.marked(h)) // "if it buys the mill and sells the port"
			}
			if r.conditionBefore(h) && r.modalVerb(k) {
				g.modality = weaker(g.modality, Conditional) // "If it rains, the crop will grow and prices will fall"
			}
			if kw.XPOS == "VBN" && r.child(k, "nsubj", "nsubj:pass") >= 0 && r.child(k, "aux", "aux:pass", "cop") < 0 && r.child(h, "aux:pass") >= 0 {
				g.modality = f.modality // "tax will be cut and the savings invested"
			}
			if cc := r.child(k, "cc"); cc >= 0 && lower(r.Words[cc].Form) == "rather" {
				g.polarity = negate(g.polarity) // "negotiate rather than fight"
			}
			if g.polarity == Positive && r.either(k) && !r.severally(h, g.subject) {
				g.modality = weaker(g.modality, Possible)
			}
			r.clause(k, g)
		case "parataxis":
			g.status = f.plain()
			if r.asides[k] {
				g.status = g.as(outer) // "X said" itself is not said by X
			}
			r.clause(k, g)
		case "acl", "acl:relcl":
			if words, _ := r.caseOf(h); c.copula >= 0 && r.infinitival(k) && (len(words) > 0 || r.child(k, "nsubj", "nsubj:pass") >= 0) &&
				r.nounClause(h, k, f.status) {
				continue // "is in talks to buy it", "is the time for Oslo to pay"
			}
			g.antecedent = h
			g.modality = r.undone(h, k, r.restricting(h, k, f.modality))
			if k < c.copula && len(c.subjects) == 1 { // "Born in Lima, he is a poet": he was born there
				g.antecedent = c.subjects[0]
			} else if c.copula >= 0 && len(c.subjects) == 1 && f.polarity == Positive && r.Words[c.subjects[0]].UPOS != "PRON" &&
				(r.Words[h].XPOS != "NNP" || r.Words[c.subjects[0]].UPOS == "PROPN") { // but "the buyer is Lund, which makes cars"
				g.antecedent = c.subjects[0] // "they are soldiers who fight": they fight
				g.modality = f.modality
				if !r.done(h, k) && r.infinitival(k) { // "is the latest effort to cut costs"
					g.modality = weaker(g.modality, Planned)
				}
			}
			if c.copula >= 0 && r.done(h, k) { // "is the third country to sign"
				g.subject, g.antecedent, g.polarity, g.modality = c.subjects, -1, f.polarity, f.modality
			}
			r.clause(k, g)
		case "csubj", "csubj:pass":
			if r.child(h, "expl") >= 0 || slices.Contains(c.clauses, k) {
				r.content(c, k, f)
				continue
			}
			r.clause(k, g)
		default:
			st := inner.status
			if f.source != nil && f.source.Head == k {
				st = st.as(outer)
			} else if r.attributing(k) {
				st = status{polarity: Positive, modality: Asserted} // who the source of the whole sentence is
			}
			if kw.Deprel == "obj" && saying[c.lemma] && len(c.subjects) > 0 {
				st = r.says(st, r.speaker(c)) // a clause that a parser read as a thing
			}
			r.nominal(k, st)
		}
	}
	if r.Words[h].UPOS != "VERB" {
		r.noun(h, f.status, c.subjects)
	}
	if c.included >= 0 {
		words, _ := r.caseOf(c.included)
		r.including(c.whole, c.included, words, inner.status)
	}
	if !c.passive {
		for _, k := range c.obliques {
			r.helped(k, c.subjects, f.status)
		}
	}
}

// goesOn says whether clause k, joined to one of saying, has a subject that takes up what was said rather than who said it, "it" or
// "they", and is itself no saying.
func (r *reader) goesOn(k int) bool {
	s := r.child(k, "nsubj", "nsubj:pass")
	l := lower(r.Words[k].Lemma)
	if s < 0 || speaking(l) || refusing[l] || quotable[l] || l == "give" || l == "provide" {
		return false
	}
	f := lower(r.Words[s].Form)
	return f == "it" || f == "they"
}

// backshifted says whether the clause of k has a subject and an auxiliary or copula in the past, as what is reported in the past has.
func (r *reader) backshifted(k int) bool {
	if a := r.child(k, "aux", "aux:pass", "cop"); a >= 0 && r.child(k, "nsubj", "nsubj:pass", "expl") >= 0 {
		switch lower(r.Words[a].Form) {
		case "was", "were", "had", "would", "could", "might":
			return true
		}
	}
	return false
}

// outer returns the modality that the clause of h was given from above, without its own auxiliaries.
func (r *reader) outer(h int, f frame) Modality {
	if r.modal(h, f.backshift) == Asserted && r.marked(h) == Asserted {
		return f.modality
	}
	return Asserted
}

// sharesMark says whether clause k stands below the conjunction of clause h, to which it is joined: not what follows a comma behind the main
// clause, which may be joined to that one.
func (r *reader) sharesMark(h, k int) bool {
	if rel := r.rel(h); rel != "advcl" && rel != "ccomp" || r.child(k, "mark") >= 0 {
		return false
	}
	return k < r.Words[h].Head || !r.commaBefore(k)
}

// nominal reads the clauses and noun relations inside the phrase of i.
func (r *reader) nominal(i int, st status) {
	st.polarity = Positive
	if r.read[i] {
		return
	}
	switch r.Words[i].UPOS {
	case "NOUN", "PROPN", "NUM", "ADJ", "PRON", "SYM", "X":
		r.noun(i, st, nil)
	}
	for _, k := range r.kids[i] {
		g := r.top(st)
		switch r.Words[k].Deprel {
		case "acl", "acl:relcl":
			if r.nounClause(i, k, st) {
				continue
			}
			if r.sinceWhen(k) && (r.measured(i) || r.canAct(i)) {
				r.read[k] = true // "at 5 dlrs a share beginning May 3"
				continue
			}
			g.antecedent = i
			if g.modality = r.undone(i, k, r.restricting(i, k, st.modality)); g.modality == Asserted &&
				(r.Words[i].UPOS == "PROPN" || r.Words[i].Deprel == "appos" || r.definite(i) || r.commaBefore(k)) {
				g.status = g.told()
			}
			if h := r.Words[i].Head; h >= 0 && r.rel(i) == "obj" && (averting[r.verbLemma(h)] || preventing[r.verbLemma(h)]) && r.Words[k].Deprel == "acl" &&
				r.Words[k].XPOS == "VBG" && r.child(k, "mark", "aux", "nsubj") < 0 && (r.child(k, "obj") < 0 || r.Words[k].Lemma == "take") {
				g.polarity, g.modality = Negative, st.modality // "will prevent talks taking place"
			}
			if h := r.Words[i].Head; h >= 0 && r.absolute(i, h) {
				g.modality = st.modality // "will rise with costs falling"
			}
			if r.thereIsNo(i) && r.Words[k].Deprel == "acl" && r.Words[k].XPOS[0] == 'V' && r.Words[k].XPOS != "VB" && r.child(k, "mark", "case", "nsubj", "nsubj:pass", "aux") < 0 {
				g.polarity, g.modality = Negative, st.modality
			}
			r.clause(k, g)
		case "advcl", "advcl:relcl", "ccomp", "csubj", "parataxis", "xcomp", "csubj:pass":
			if r.Words[k].Deprel == "parataxis" && r.Words[k].XPOS == "VBN" && r.bracketed(i, k) &&
				r.child(k, "nsubj", "nsubj:pass") < 0 {
				g.antecedent = i // "Ana Cruz (born in Lima)"
				g.modality = Asserted
			}
			if r.Words[i].UPOS == "ADJ" && r.infinitival(k) {
				g.status = r.open(i, g.status) // "made it hard for Oslo to join"
			}
			r.clause(k, g)
		case "conj":
			if r.clausal(k) {
				r.clause(k, g)
			} else {
				r.nominal(k, st)
			}
		default:
			r.nominal(k, st)
		}
	}
}

// easyGoing nouns with "no" have a gerund of what is done: "has no trouble selling it".
var easyGoing = words(`trouble problem difficulty hesitation qualm`)

// thereIsNo says whether noun i is said not to be there, so that what describes it is not so: "there are no ships waiting", "had no meeting
// scheduled", "with no sale expected".
func (r *reader) thereIsNo(i int) bool {
	d, h := r.child(i, "det"), r.Words[i].Head
	if d < 0 || lower(r.Words[d].Form) != "no" || h < 0 || easyGoing[lower(r.Words[i].Lemma)] {
		return false
	}
	_, form := r.caseOf(i)
	return r.Words[i].Deprel == "obj" && lower(r.Words[h].Lemma) == "have" || r.child(h, "expl") >= 0 && r.rel(i) == "nsubj" || form == "with"
}

// open returns the status of an infinitive below adjective i, in a clause of status st.
func (r *reader) open(i int, st status) status {
	switch {
	case r.too(i):
		st.polarity = negate(st.polarity)
		return st
	case r.enough(i):
		st.modality = weaker(st.modality, Possible)
		return st
	}
	st = r.below(lower(r.Words[i].Lemma), infinitive, false, false, st)
	st.modality = weaker(st.modality, Planned)
	return st
}

// bareParticiple says whether c is a sentence of its own whose verb is a bare participle, which no sentence but a headline has: a
// parser has read part of a name or compound as the verb ("The bond issuing committee, which …, has met").
func (r *reader) bareParticiple(c *clause) bool {
	w := &r.Words[c.head]
	return w.XPOS == "VBG" && w.Head < 0 && c.copula < 0 && r.Words[len(r.Words)-1].Form == "." &&
		r.child(c.head, "aux", "aux:pass") < 0 &&
		r.child(c.head, "nsubj") >= 0 && len(c.words) == 1
}

// absolute says whether oblique k behind the verb h is the subject of a clause of its own: "ended with Peru taking the blame", "closed with
// shares down".
func (r *reader) absolute(k, h int) bool {
	if _, form := r.caseOf(k); form != "with" || k < h {
		return false
	}
	a := r.child(k, "acl")
	if a != k+1 || r.Words[a].XPOS != "VBG" || r.child(a, "obj", "obl", "xcomp", "ccomp") < 0 {
		return false
	}
	return r.Words[k].UPOS == "PROPN" || r.setOff(k) || intransitive[r.Words[a].Lemma] && r.child(a, "obj") < 0
}

// impersonal says whether the subject of c is the "it" of an infinitive behind: "it would take five months to repair the pipe".
func (r *reader) impersonal(c *clause) bool {
	if len(c.subjects) != 1 || lower(r.Words[c.subjects[0]].Form) != "it" {
		return false
	}
	if len(c.objects) == 0 && (c.lemma == "look" || c.lemma == "seem" || c.lemma == "sound" || c.lemma == "appear") {
		for _, k := range r.kids[c.head] { // "it looks like the firm will pay"
			m := r.child(k, "mark")
			if k > c.head && m == c.head+1 && r.hasSubject(k) {
				return true
			}
		}
		return false
	}
	if c.copula >= 0 && len(c.attrs) == 1 && c.attrs[0] == c.head && r.child(c.head, "det", "nmod:poss") < 0 {
		if n := lower(r.Words[c.head].Lemma); temporalNouns[n] && n != "time" || n == "season" || n == "weather" {
			return true // "it is Monday", "it's harvest season"
		}
	}
	if len(c.objects) == 0 || c.lemma != "take" && c.lemma != "cost" {
		return false
	}
	o := c.objects[0]
	if !r.temporal(o) && !r.measured(o) {
		return false
	}
	for _, k := range r.kids[c.head] {
		if m := r.child(k, "mark"); k > o && m > o && m < k && lower(r.Words[m].Form) == "to" && r.Words[m].UPOS == "PART" {
			return true
		}
	}
	return false
}

// standsIn says whether the verb of c stands for another one, as in "more than they do", or has lost the object that it cannot be
// without: the influence of "how much influence he has on them".
func (r *reader) standsIn(c *clause) bool {
	if c.copula >= 0 || c.passive || len(c.objects)+len(c.attrs)+len(c.clauses) > 0 || c.xcomp >= 0 || c.iobj >= 0 {
		return false
	}
	switch c.lemma {
	case "have":
		return true
	case "do":
		if len(c.obliques) == 0 {
			return true
		}
		m := r.child(c.head, "mark")
		return m >= 0 && (lower(r.Words[m].Form) == "than" || lower(r.Words[m].Form) == "as")
	}
	return false
}

// silent says whether c says nothing of subjects, or nothing that its complement does not say.
func (r *reader) silent(c *clause, subjects []int) bool {
	switch {
	case len(subjects) == 0 || r.bareParticiple(c) || r.impersonal(c) || r.standsIn(c):
		return true
	case len(c.clauses) > 0 && len(c.objects) == 0 && lower(r.Words[subjects[0]].Form) == "it" && (c.passive || c.copula >= 0):
		return true // "it is estimated that …"
	case r.causative(c) || r.wished(c):
		return true
	}
	return c.xcomp >= 0 && r.controls(c) && r.emptyVerb(c) // no act of its own, as "agreed to leave" has one
}

// unfinished says whether the verb of c, which has a subject only, says nothing so: it is an auxiliary whose verb is left out ("they
// said they would"), or one that does not go without what it takes, which stands elsewhere ("as we know", "the shirts they like").
func (r *reader) unfinished(c *clause) bool {
	if n := len(c.words); n == 0 || c.words[n-1] != c.head {
		return false // "get along"
	}
	return r.Words[c.head].UPOS == "AUX" || neverAlone[c.lemma]
}

// neverAlone are verbs that do not go without an object or a complement.
var neverAlone = words(`have do get take make give put keep let bring send use include contain require provide offer receive
	want need like love enjoy prefer hate deserve lack own trust mean seem become feel find see know think believe understand realise realize suppose
	guess consider regard treat face cause`)

// emit makes the propositions of clause c: one for each pair of subject and object conjuncts.
func (r *reader) emit(c *clause, f frame) {
	subjects := c.subjects
	r.gatherLists(c, &subjects)
	agentless := c.passive && c.agent < 0
	if c.passive && !agentless {
		subjects = r.conjuncts(c.agent)
	}
	if r.silent(c, subjects) {
		return
	}
	core := r.core[:0] // alternatives for the second argument
	rest := r.rest[:0] // shared by all
	args := r.args[:0] // all of one proposition
	r.core, r.rest, r.args = nil, nil, nil
	defer func() { r.core, r.rest, r.args = core, rest, args }()
	rule := "svo"
	if c.passive {
		rule = "passive"
		if !agentless {
			for _, s := range c.subjects {
				core = append(core, r.conjunct(s, Object, c.subjects))
			}
		}
	}
	if c.copula >= 0 {
		rule = "copula"
	}
	for _, o := range c.objects {
		a := r.conjunct(o, Object, r.described(o, c.objects, c, f))
		if len(core) == 0 || core[0].Role == Object && !c.passive {
			core = append(core, a)
		} else {
			rest = append(rest, a)
		}
	}
	rest = append(rest, r.others(c)...)
	if c.iobj >= 0 {
		rest = append(rest, r.argument(c.iobj, Indirect))
	}
	for _, k := range c.attrs {
		a := r.conjunct(k, Attribute, c.attrs)
		if len(core) == 0 || core[0].Role == Attribute {
			core = append(core, a)
		} else {
			rest = append(rest, a)
		}
	}
	for _, k := range c.stranded {
		a := r.argument(f.antecedent, Oblique)
		a.CaseWords, a.Case = []int{k}, lower(r.Words[k].Form)
		rest = append(rest, a)
	}
	for _, k := range c.obliques {
		if f.antecedent >= 0 && r.relative(k) {
			a := r.argument(f.antecedent, Oblique)
			a.CaseWords, a.Case = r.caseOf(k)
			rest = append(rest, a)
			continue
		}
		if noun, cw, form := r.complexCase(k); noun >= 0 {
			a := r.argument(noun, Oblique)
			a.CaseWords, a.Case = cw, form
			rest = append(rest, a)
			continue
		}
		if _, form := r.caseOf(k); strings.HasSuffix(form, "between") && r.child(k, "conj") < 0 && r.Words[k].UPOS == "PROPN" && r.Words[k].XPOS == "NNP" {
			continue // half of two
		}
		if conj := r.conjuncts(k); len(core) == 0 && len(conj) > 1 && r.apart(conj) && !r.spokenOfWhole(c, k) {
			core = r.obliques(k)
			continue
		}
		a := r.argument(k, Oblique)
		if strings.HasSuffix(a.Case, "between") || r.makeUp(c, r.conjuncts(k)) {
			a = r.listed(a)
		}
		rest = append(rest, a)
	}
	if n := slices.IndexFunc(rest, func(a Argument) bool { return a.Role != Time || a.Case != "" }); len(core) == 0 && n > 0 {
		rest = slices.Concat(rest[n:n+1], rest[:n], rest[n+1:]) // "ran daily on the network": where it ran is the core
	}
	complements := slices.Concat(c.clauses, c.gerunds)
	if c.xcomp >= 0 {
		complements = append(complements, c.xcomp)
	}
	for _, k := range complements {
		// "called on Athens to accept": the oblique before the clause is the core; a time never is.
		at := 0
		for at < len(rest) && rest[at].Head < k && rest[at].Role != Time && rest[at].Head > c.head {
			at++
		}
		a := r.argument(k, Clause)
		if r.prevented(c, k) || slices.Contains(c.gerunds, k) {
			m := r.child(k, "mark", "case")
			a.Words = r.trim(without(a.Words, []int{m}))
			a.Minimal, a.Case, a.CaseWords = a.Phrase, lower(r.Words[m].Form), []int{m}
		}
		rest = slices.Insert(rest, at, a)
	}
	if len(core) == 0 && c.question || len(core)+len(rest) == 0 && c.lemma == "be" {
		return // "as it had been then"
	}
	if len(core)+len(rest) == 0 && rule == "svo" && r.unfinished(c) {
		return
	}
	head := c.head
	if c.copula >= 0 && !slices.Contains(c.words, head) {
		head = c.copula
	}
	pred := Predicate{Phrase: Phrase{Words: merge(f.chain, c.words), Head: head}, Lemma: c.lemma, Passive: c.passive}
	if len(pred.Words) == 0 {
		pred.Text = "is" // a headline without verb: "Lavrov in Geneva"
	}
	if len(core) == 0 {
		core = append(core, Argument{Role: ""})
	}
	if c.xcomp >= 0 && r.controls(c) {
		f.derived = true // the infinitive says it in full: "agreed to leave"
	}
	for _, s := range subjects {
		role := Subject
		if agentless {
			role = Object
		}
		list := subjects
		if c.linked != nil {
			list = c.linked
		}
		subj := r.conjunct(s, role, r.described(s, list, c, f))
		if r.Words[s].Deprel == "nmod:poss" {
			subj = r.possessor(s) // "the bank's plan to lend"
			subj.Role = role
			f.derived = f.derived || r.Words[s].UPOS == "PRON"
		}
		if c.together {
			subj = r.listed(subj)
		}
		for _, o := range core {
			if c.together {
				o = r.listed(o)
			}
			p := r.proposition(rule, pred, f.status)
			p.Args = append(args[:0], subj)
			p.Derived = f.derived
			if p.Polarity == Positive && (r.disjoint(s, subjects) && !r.universal(subjects[0]) ||
				o.Role != "" && r.disjoint(o.Head, heads(core)) && !naming[c.lemma] && !r.severally(c.head, c.subjects)) {
				p.Modality = weaker(p.Modality, Possible)
			}
			if r.excluded(s) || o.Role != "" && r.excluded(o.Head) {
				p.Polarity = negate(p.Polarity)
			}
			if o.Role != "" {
				p.Args = append(p.Args, o)
				if o.Role == Attribute && c.copula >= 0 {
					st := r.nominalStatus(o.Head, f.status)
					p.Modality, p.Source, p.SourceSent, p.Via = weaker(p.Modality, st.modality), st.source, st.sourceSent, st.via
				}
			}
			if c.lemma == "lack" && o.Role == Object {
				p.Lemma, p.Polarity = "have", negate(p.Polarity) // what one lacks one has not
			}
			for _, a := range rest {
				if !r.ofAnother(a, o, core) {
					p.Args = append(p.Args, a)
				}
			}
			if f.antecedent >= 0 {
				// The noun that the clause describes stands here without that clause.
				for n := range p.Args {
					if a := &p.Args[n]; a.Head == f.antecedent {
						a.Words = r.trim(r.less(a.Words, c.head))
					}
				}
			}
			for n := range p.Args {
				if a := &p.Args[n]; a.Role == Subject || a.Role == Object || a.Role == Indirect {
					r.leave(a, c.head)
				}
			}
			args = p.Args
			if r.keep(p) {
				r.handover(&r.out[len(r.out)-1], c)
			}
		}
	}
	r.mutual(c, subjects, f)
	r.counted(c, f)
}

// leave takes out of argument a the clause about it that the predicate at head is part of: in "the money raised to build a dock" the money
// builds, or whoever has it, not "the money raised to build a dock".
func (r *reader) leave(a *Argument, head int) {
	if a.Head == head || !slices.Contains(a.Words, head) || r.freeRelative(a.Head) {
		return
	}
	clause := -1
	for k, n := head, 0; k >= 0 && k != a.Head && n < len(r.Words); k, n = r.Words[k].Head, n+1 {
		switch r.rel(k) {
		case "acl", "advcl":
			clause = k
		}
	}
	if clause < 0 || clause == head {
		return
	}
	if rest := r.trim(r.less(a.Words, clause)); slices.Contains(rest, a.Head) {
		a.Words = rest
		a.Minimal.Words = slices.DeleteFunc(slices.Clone(a.Minimal.Words), func(k int) bool { return !slices.Contains(rest, k) })
	}
}

// ofAnother says whether a stands behind an earlier one of list and is not said of o, which has the same of its own: in "sold mills at 5 dlrs and
// docks at 7" the docks went at 7.
func (r *reader) ofAnother(a, o Argument, list []Argument) bool {
	if o.Role == "" || a.Head < list[0].Head || a.Head > o.Head || a.Case == "" && a.Role != Time {
		return false
	}
	for _, m := range r.kids[o.Head] {
		if m < o.Head || r.Words[m].Deprel != "nmod" {
			continue
		}
		if _, form := r.caseOf(m); a.Role == Time && r.temporal(m) || a.Role != Time && form == a.Case && r.measured(o.Head) {
			return true
		}
	}
	return false
}

// bareAuxiliary says whether the first auxiliary of the clause of h is one that needs another before it: "be" of "be heard".
func (t *tree) bareAuxiliary(h int) bool {
	k := t.child(h, "aux", "aux:pass", "cop")
	return k >= 0 && k < h && t.Words[k].XPOS == "VB"
}
