package extract

import "slices"

// reader walks one sentence from its root down and collects what its clauses say.
type reader struct {
	*tree
	out  []Proposition
	read []bool // clause heads that were read
}

// frame is what a clause takes over from the clause or noun above it.
type frame struct {
	status
	subject    []int // heads of the subject, nil where there is none
	object     int   // object shared by conjoined verbs, -1 for none
	chain      []int // words of the governing predicates: "has failed" above "to reach"
	antecedent int   // noun that a relative or participial clause describes, -1 for none
	derived    bool  // another proposition says it in full
}

func (r *reader) top(st status) frame { return frame{status: st, object: -1, antecedent: -1} }

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
	words    []int // of the predicate
	stranded []int // prepositions whose noun is the antecedent
	question bool  // a question word stands for the subject or the object
}

// clause reads the clause of h and all below it.
func (r *reader) clause(h int, f frame) {
	if r.read[h] {
		return
	}
	r.read[h] = true
	w := &r.Words[h]
	verbal := w.UPOS == "VERB" || w.UPOS == "AUX"
	cop := r.child(h, "cop")
	if !verbal && cop < 0 && r.child(h, "nsubj", "nsubj:pass", "nsubj:outer") < 0 {
		r.nominal(h, f.status)
		return
	}
	if neg := r.negated(h); len(neg) == 1 {
		f.polarity = negate(f.polarity)
	}
	f.modality = weaker(f.modality, weaker(r.modal(h), r.marked(h)))
	if h == r.root && r.Words[len(r.Words)-1].Form == "?" {
		f.modality = Hypothetical
	}
	c := r.gather(h, cop, f)
	outer := f.status
	r.attribute(h, c, &f)
	r.emit(c, f)
	r.descend(c, f, outer)
}

// gather sorts the dependents of h.
func (r *reader) gather(h, cop int, f frame) *clause {
	w := &r.Words[h]
	verbal := w.UPOS == "VERB"
	c := &clause{head: h, copula: cop, lemma: lower(w.Lemma), iobj: -1, agent: -1, xcomp: -1}
	gap := f.antecedent >= 0 // no relative pronoun has been seen yet
	participle := cop < 0 && (w.XPOS == "VBN" || w.XPOS == "VBD" && r.rel(h) == "acl") && r.child(h, "aux", "nsubj") < 0
	c.passive = r.child(h, "nsubj:pass", "aux:pass", "csubj:pass") >= 0 ||
		participle && (r.rel(h) == "acl" || r.rel(h) == "advcl" || r.rel(h) == "amod") ||
		r.rel(h) == "conj" && len(f.chain) > 0 && r.child(r.Words[h].Head, "aux:pass") >= 0 && (participle || w.XPOS == "VBD")
	if c.passive && intransitive[c.lemma] && r.child(h, "aux:pass") < 0 {
		c.passive = false
	}
	words := []int{h}
	for _, k := range r.kids[h] {
		kw := &r.Words[k]
		switch kw.Deprel {
		case "nsubj", "nsubj:pass", "csubj", "csubj:pass":
			if f.antecedent >= 0 && r.relative(k) {
				gap = false
				c.subjects = append(c.subjects, f.antecedent)
			} else if r.interrogative(k) {
				c.question = true
			} else if kw.Deprel[0] == 'c' {
				c.subjects = append(c.subjects, k)
			} else {
				c.subjects = append(c.subjects, r.conjuncts(k)...)
			}
		case "obj":
			if f.antecedent >= 0 && r.relative(k) {
				gap = false
				c.objects = append(c.objects, f.antecedent)
			} else if r.interrogative(k) {
				c.question = true
			} else {
				c.objects = append(c.objects, r.conjuncts(k)...)
			}
		case "iobj":
			c.iobj = k
		case "obl:agent":
			if _, form := r.caseOf(k); form == "by" {
				c.agent = k
			} else {
				c.obliques = append(c.obliques, k)
			}
		case "obl", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked":
			if universal(kw.Deprel) == "nmod" {
				continue // belongs to the predicate nominal
			}
			if f.antecedent >= 0 && r.relative(k) {
				gap = false
			}
			if by, form := r.caseOf(k); form == "by" && c.passive && c.agent < 0 && len(by) == 1 && !r.temporal(k) && kw.XPOS != "CD" {
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
			c.obliques = append(c.obliques, k)
		case "advmod":
			if f.antecedent >= 0 && relativePronouns[lower(kw.Form)] && k < h {
				gap = false
				continue
			}
			if r.circumstance(k) {
				c.obliques = append(c.obliques, k)
			} else if len(r.kids[k]) == 0 && !relativePronouns[lower(kw.Form)] && r.inside(k, h, cop) {
				words = append(words, k)
			}
		case "aux", "aux:pass", "cop", "compound:prt":
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
			default:
				c.attrs = append(c.attrs, r.conjuncts(k)...)
			}
		case "ccomp":
			c.clauses = append(c.clauses, k)
		}
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
	if c.xcomp < 0 && infinitival[c.lemma] && len(c.objects) == 0 {
		for _, k := range r.kids[h] {
			if m := r.child(k, "mark"); k > h && r.Words[k].Deprel == "advcl" && r.Words[k].XPOS == "VB" && m >= 0 && r.Words[m].UPOS == "PART" &&
				r.child(k, "nsubj") < 0 {
				c.xcomp = k
				break
			}
		}
	}
	if len(c.objects) == 0 && len(c.clauses) == 0 && h+2 < len(r.Words) && r.Words[h+1].UPOS == "CCONJ" && verbal {
		// "shelled and bombed the suburbs": the object of the second verb is the first one's too.
		for _, k := range r.kids[h] {
			if r.Words[k].Deprel == "conj" && k > h+1 && k <= h+3 && r.Words[k].XPOS == w.XPOS && r.Words[k].UPOS == "VERB" && r.child(k, "nsubj", "aux") < 0 {
				if o := r.child(k, "obj"); o > k {
					c.objects = r.conjuncts(o)
				}
			}
		}
	}
	slices.Sort(words)
	if cop >= 0 || w.UPOS != "VERB" && w.UPOS != "AUX" {
		if w.UPOS == "ADJ" || w.XPOS == "VBN" || w.XPOS == "VBG" {
			c.lemma = "be " + lower(w.Lemma)
		} else {
			// The predicate is the copula; the nominal is its attribute.
			words = slices.DeleteFunc(words, func(k int) bool { return k == h })
			c.lemma = "be"
			if prep, _ := r.caseOf(h); len(prep) > 0 {
				c.obliques = append([]int{h}, c.obliques...)
			} else {
				c.attrs = append(c.attrs, r.conjuncts(h)...)
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
	if gap && len(c.objects) == 0 && !c.passive && cop < 0 && len(c.subjects) > 0 && r.Words[h].Deprel == "acl:relcl" {
		c.objects = []int{f.antecedent}
	}
	return c
}

// relative says whether k is a relative pronoun or a phrase with one ("whose leader", "most of which").
func (r *reader) relative(k int) bool {
	switch r.Words[k].XPOS {
	case "WDT", "WP", "WP$":
		return true
	}
	if lower(r.Words[k].Form) == "that" && r.Words[k].UPOS == "PRON" && r.Words[k].Feat("PronType") == "Rel" {
		return true
	}
	return r.child(k, "nmod:poss") >= 0 && r.Words[r.child(k, "nmod:poss")].XPOS == "WP$"
}

// interrogative says whether k is a question word or a free relative ("what they want"), which names nothing.
func (r *reader) interrogative(k int) bool {
	switch r.Words[k].XPOS {
	case "WDT", "WP", "WRB":
		return len(r.kids[k]) == 0
	}
	return false
}

// temporal says whether nominal k names a time: "Monday", "the last week of August", "2017".
func (r *reader) temporal(k int) bool {
	w := &r.Words[k]
	if temporalNouns[lower(w.Lemma)] {
		return true
	}
	if w.UPOS == "NUM" && len(w.Form) == 4 && (w.Form[0] == '1' || w.Form[0] == '2') {
		return true
	}
	if w.UPOS == "NUM" {
		for _, m := range r.kids[k] { // "21 September 2010"
			if temporalNouns[lower(r.Words[m].Form)] && r.Words[m].UPOS == "PROPN" {
				return true
			}
		}
	}
	if len(w.Form) == 5 && w.Form[4] == 's' && (w.Form[0] == '1' || w.Form[0] == '2') && w.Form[3] == '0' {
		return true // 1990s
	}
	return false
}

// circumstance says whether adverb k tells when or where.
func (r *reader) circumstance(k int) bool {
	switch lower(r.Words[k].Form) {
	case "today", "yesterday", "tomorrow", "tonight", "now", "recently", "earlier", "later", "ago", "currently", "here", "abroad",
		"soon", "previously", "originally", "nowadays", "afterwards", "overnight":
		return true
	}
	return false
}

// inside says whether adverb k stands among the words of the predicate.
func (r *reader) inside(k, h, cop int) bool {
	first := h
	for _, m := range r.kids[h] {
		switch r.rel(m) {
		case "aux", "cop":
			first = min(first, m)
		}
	}
	return k > first && k < h || k == h-1 || r.negator(k) && k < h
}

// attribute finds who says the clause of h: "according to X", a parenthetical "X said".
func (r *reader) attribute(h int, c *clause, f *frame) {
	c.obliques = slices.DeleteFunc(c.obliques, func(k int) bool {
		if _, form := r.caseOf(k); form == "according to" || form == "in the words of" {
			a := r.argument(k, Subject)
			f.source, f.sourceSent = &a, r.sent
			return true
		}
		return false
	})
	for _, k := range r.kids[h] {
		if r.Words[k].Deprel != "parataxis" || !speech[lower(r.Words[k].Lemma)] || r.child(k, "ccomp", "obj") >= 0 {
			continue
		}
		if s := r.child(k, "nsubj"); s >= 0 && !r.relative(s) {
			a := r.argument(s, Subject)
			f.source, f.sourceSent = &a, r.sent
		}
	}
}

// emit makes the propositions of clause c: one for each pair of subject and object conjuncts.
func (r *reader) emit(c *clause, f frame) {
	subjects := c.subjects
	var core []Argument // alternatives for the second argument
	var rest []Argument // shared by all
	rule := "svo"
	agentless := false
	if c.passive {
		rule = "passive"
		if c.agent >= 0 {
			for _, s := range c.subjects {
				core = append(core, r.conjunct(s, Object, c.subjects))
			}
			subjects = r.conjuncts(c.agent)
		} else {
			agentless = true
		}
	}
	if c.copula >= 0 {
		rule = "copula"
	}
	for _, o := range c.objects {
		a := r.conjunct(o, Object, c.objects)
		if len(core) == 0 || core[0].Role == Object && !c.passive {
			core = append(core, a)
		} else {
			rest = append(rest, a)
		}
	}
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
		conj := r.conjuncts(k)
		if len(core) == 0 && len(conj) > 1 && !r.temporal(k) {
			for _, m := range conj {
				a := r.conjunct(m, Oblique, conj)
				if a.Case == "" {
					a.CaseWords, a.Case = r.caseOf(k)
				}
				core = append(core, a)
			}
			continue
		}
		rest = append(rest, r.argument(k, Oblique))
	}
	complements := slices.Clone(c.clauses)
	if c.xcomp >= 0 {
		complements = append(complements, c.xcomp)
	}
	for _, k := range complements {
		// "called on Athens to accept": the oblique before the clause is the core; a time never is.
		at := 0
		for at < len(rest) && rest[at].Head < k && rest[at].Role != Time && rest[at].Head > c.head {
			at++
		}
		rest = slices.Insert(rest, at, r.argument(k, Clause))
	}
	if len(subjects) == 0 || c.question && len(core) == 0 {
		return
	}
	if len(c.clauses) > 0 && len(c.objects) == 0 && lower(r.Words[subjects[0]].Form) == "it" && (c.passive || c.copula >= 0) {
		return // "it is estimated that …" says no more than its clause
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
		core = []Argument{{Role: ""}}
	}
	if c.xcomp >= 0 && r.controls(c) {
		// The infinitive says it in full: "agreed to leave". Only verbs that are acts of their own are kept beside it.
		if raising[c.lemma] || failing[c.lemma] && !refusing[c.lemma] || c.copula >= 0 {
			return
		}
		f.derived = true
	}
	for _, s := range subjects {
		role := Subject
		if agentless {
			role = Object
		}
		subj := r.conjunct(s, role, subjects)
		for _, o := range core {
			p := Proposition{Sent: r.sent, Predicate: pred, Polarity: f.polarity, Modality: f.modality, Source: f.source,
				SourceSent: f.sourceSent, Rule: rule, Derived: f.derived}
			p.Args = append(p.Args, subj)
			if r.excluded(s) || o.Role != "" && r.excluded(o.Head) {
				p.Polarity = negate(p.Polarity)
			}
			if o.Role != "" {
				p.Args = append(p.Args, o)
			}
			p.Args = append(p.Args, rest...)
			if f.antecedent >= 0 {
				// The noun that the clause describes stands here without that clause.
				for n := range p.Args {
					if a := &p.Args[n]; a.Head == f.antecedent {
						a.Words = r.trim(without(a.Words, r.subtree(nil, c.head, nil)))
					}
				}
			}
			if r.keep(p) {
				r.handover(&r.out[len(r.out)-1], c)
			}
		}
	}
}

// handover adds, for a light verb with an act as its object, the proposition of the act: "hold talks with X" relates to X,
// "subject X to torture" is torture of X.
func (r *reader) handover(p *Proposition, c *clause) {
	if c.lemma == "subject" && len(p.Args) > 2 && p.Args[1].Role == Object {
		for _, a := range p.Args[2:] {
			if a.Case == "to" && a.Role == Oblique {
				q := *p
				q.Rule, q.Derived = "light", true
				q.Lemma = c.lemma + " " + lower(r.Words[a.Head].Lemma)
				q.Args = p.Args[:2:2]
				r.keep(q)
			}
		}
		return
	}
	if !light[c.lemma] || len(p.Args) < 2 || p.Args[1].Role != Object {
		return
	}
	o := p.Args[1].Head
	if r.Words[o].UPOS != "NOUN" || !actNouns[lower(r.Words[o].Lemma)] {
		return
	}
	q := *p
	q.Rule, q.Derived = "light", true
	q.Lemma = c.lemma + " " + lower(r.Words[o].Lemma)
	q.Words = merge(p.Words, []int{o})
	subject := 0
	q.Args = []Argument{p.Args[subject]}
	for _, k := range r.kids[o] {
		if _, form := r.caseOf(k); r.Words[k].Deprel == "nmod" && form != "" {
			q.Args = append(q.Args, r.argument(k, Oblique))
		}
	}
	q.Args = append(q.Args, p.Args[2:]...)
	r.keep(q)
}

// keep adds p to what the sentence says, without arguments that name nothing; it returns false where the subject or the
// second argument is one of them.
func (r *reader) keep(p Proposition) bool {
	args := p.Args[:0:0]
	for n, a := range p.Args {
		if r.names(a.Words) && r.names(a.Minimal.Words) {
			args = append(args, a)
		} else if n < 2 {
			return false
		}
	}
	if len(args) > 1 && args[0].Head != args[1].Head && r.text(args[0].Words) == r.text(args[1].Words) {
		return false // a pronoun of the same name, or a misreading
	}
	p.Args = args
	p.Confidence = r.confidence(&p)
	r.out = append(r.out, p)
	return true
}

// names says whether there is a word among words that can refer to something.
func (r *reader) names(words []int) bool {
	for _, i := range words {
		switch r.Words[i].UPOS {
		case "DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PART", "AUX":
		default:
			return true
		}
	}
	return false
}

func merge(a, b []int) []int {
	m := append(slices.Clone(a), b...)
	slices.Sort(m)
	return slices.Compact(m)
}

// descend reads the clauses below c. Who says what c says is named in the status outer, not by himself.
func (r *reader) descend(c *clause, f frame, outer status) {
	h := c.head
	hasObject := len(c.objects) > 0 || c.iobj >= 0
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
			if speech[c.lemma] || belief[c.lemma] || denial[c.lemma] {
				if s := r.speaker(c); s != nil {
					g.source, g.sourceSent = s, r.sent
				}
				if denial[c.lemma] {
					g.polarity = Negative
				}
				if f.modality != Asserted && f.modality != Planned || f.polarity == Negative {
					g.modality = weaker(g.modality, Possible)
				} else {
					g.modality = Asserted
				}
				if r.subjunctive(c, k) {
					g.modality = weaker(g.modality, Requested)
				}
			} else {
				g.status = r.below(c.lemma, hasObject, r.Words[h].XPOS == "VBD", status{f.polarity, f.modality, f.source, f.sourceSent})
			}
			r.clause(k, g)
		case "advcl", "advcl:relcl":
			if k == c.xcomp {
				r.infinitive(c, k, f)
				continue
			}
			r.adverbial(c, k, f)
		case "conj":
			if !r.clausal(k) {
				r.nominal(k, inner.status)
				continue
			}
			g.status = status{Positive, inner.modality, f.source, f.sourceSent}
			g.modality = r.outer(h, f)
			if r.child(k, "nsubj", "nsubj:pass", "csubj", "expl") < 0 {
				g.subject = c.subjects
				past := kw.XPOS == "VBD" && r.child(h, "aux:pass") >= 0 && r.child(k, "obj") < 0 // a participle that was tagged wrong
				if r.child(k, "aux", "aux:pass", "cop") < 0 && (past || kw.XPOS == r.Words[h].XPOS) && (past || kw.XPOS != "VBD") && kw.XPOS != "VBZ" && kw.XPOS != "VBP" {
					// The auxiliaries are shared: "have attacked and bombed", "did not attack or bomb".
					g.chain, g.polarity, g.modality = slices.Clone(f.chain), f.polarity, f.modality
					for _, m := range c.words {
						if m < h && r.rel(m) != "advmod" && (r.rel(m) != "mark" || r.child(k, "mark") < 0) || r.negator(m) {
							g.chain = append(g.chain, m)
						}
					}
				}
				if len(c.objects) > 0 && r.child(k, "obj") < 0 && c.objects[0] > k {
					g.object = c.objects[0]
				}
				g.antecedent = f.antecedent
			}
			r.clause(k, g)
		case "parataxis":
			g.status = status{Positive, Asserted, f.source, f.sourceSent}
			if speech[lower(kw.Lemma)] && r.child(k, "ccomp", "obj") < 0 {
				g.source, g.sourceSent = outer.source, outer.sourceSent // "X said" itself is not said by X
			}
			r.clause(k, g)
		case "acl", "acl:relcl":
			g.antecedent = h
			g.modality = Asserted
			if c.copula >= 0 && len(c.subjects) == 1 && f.polarity == Positive && r.Words[c.subjects[0]].UPOS != "PRON" {
				g.antecedent = c.subjects[0] // "they are soldiers who fight": they fight
				g.modality = f.modality
			}
			r.clause(k, g)
		case "csubj", "csubj:pass":
			r.clause(k, g)
		default:
			st := inner.status
			if f.source != nil && f.source.Head == k {
				st.source, st.sourceSent = outer.source, outer.sourceSent
			}
			r.nominal(k, st)
		}
	}
	if r.Words[h].UPOS != "VERB" {
		r.noun(h, f.status, c.subjects)
	}
	if !c.passive {
		for _, k := range c.obliques {
			r.helped(k, c.subjects, f.status)
		}
	}
}

// outer returns the modality that the clause of h was given from above, without its own auxiliaries.
func (r *reader) outer(h int, f frame) Modality {
	if r.modal(h) == Asserted {
		return f.modality
	}
	return Asserted
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

func (r *reader) speaker(c *clause) *Argument {
	if c.passive && c.agent >= 0 {
		a := r.argument(c.agent, Subject)
		return &a
	}
	if c.passive || len(c.subjects) == 0 {
		return nil
	}
	a := r.argument(c.subjects[0], Subject)
	return &a
}

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

// adverbial reads the adverbial clause k of c.
func (r *reader) adverbial(c *clause, k int, f frame) {
	g := r.top(status{Positive, Asserted, f.source, f.sourceSent})
	if r.child(k, "nsubj", "nsubj:pass", "csubj", "expl") < 0 {
		g.subject = c.subjects
		if c.passive && c.agent >= 0 && len(c.subjects) == 0 {
			g.subject = []int{c.agent}
		}
	}
	for _, m := range r.kids[k] {
		switch form := lower(r.Words[m].Form); {
		case r.rel(m) != "mark" && r.rel(m) != "case":
		case form == "without":
			g.polarity = Negative
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
			g.antecedent = i
			g.modality = Asserted // a relative clause stands on its own
			r.clause(k, g)
		case "advcl", "advcl:relcl", "ccomp", "csubj", "parataxis", "xcomp", "csubj:pass":
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

// argument returns the phrase of k as an argument.
func (r *reader) argument(k int, role Role) Argument {
	return r.conjunct(k, role, nil)
}

// conjunct returns the phrase of k as an argument; where k is one of several conjuncts, without the others.
func (r *reader) conjunct(k int, role Role, list []int) Argument {
	a := Argument{Role: role}
	split := len(list) > 1
	if role == Oblique {
		a.CaseWords, a.Case = r.caseOf(k)
	}
	own := func(m int) bool {
		top := r.Words[m].Head == k
		if role != Clause && top && r.predicative(k) {
			// A predicate nominal: what belongs to its clause is not part of the phrase.
			switch r.rel(m) {
			case "nsubj", "cop", "aux", "mark", "obl", "advcl", "ccomp", "csubj", "punct", "expl", "xcomp", "cc":
				return true
			case "advmod":
				return m < r.child(k, "cop") || r.negator(m)
			case "conj":
				return split || r.clausal(m)
			}
		}
		switch r.Words[m].Deprel {
		case "case":
			return role != Clause && top && m < k
		case "acl:relcl", "parataxis", "appos", "vocative", "discourse", "advcl:relcl":
			return role != Clause
		case "cc":
			return top && (split || m < k)
		case "conj", "cc:preconj":
			return top && (split || r.clausal(m) && role != Clause)
		case "nmod", "acl":
			// Set off by commas, it adds to what the phrase names: "Deseret, with two branches, is …".
			return role != Clause && top && m > k && r.setOff(m)
		case "mark":
			return role == Clause && top && lower(r.Words[m].Form) != "to"
		}
		return false
	}
	a.Phrase = r.phrase(k, own)
	a.Minimal = r.minimal(k)
	switch {
	case role != Oblique:
	case r.temporal(k):
		a.Role = Time
		a.Minimal = a.Phrase // "the last week of August" is no other week
	case r.circumstance(k):
		a.Role = Time
		if f := lower(r.Words[k].Form); f == "here" || f == "abroad" {
			a.Role = Place
		}
	case a.Case == "in" || a.Case == "at" || a.Case == "near" || a.Case == "inside" || a.Case == "outside":
		if w := &r.Words[k]; w.UPOS == "PROPN" && len(w.NER) > 2 && w.NER[2:] == "LOC" {
			a.Role = Place
		}
	}
	return a
}

// setOff says whether the phrase of modifier m begins after a comma.
func (r *reader) setOff(m int) bool {
	for _, k := range r.kids[m] {
		if r.Words[k].UPOS == "PUNCT" && r.Words[k].Form == "," && k < m {
			return true
		}
		if k < m {
			break
		}
	}
	first := m
	for _, k := range r.kids[m] {
		first = min(first, k)
	}
	return first > 0 && r.Words[first-1].Form == ","
}

// predicative says whether nominal k is the predicate of a copular clause.
func (r *reader) predicative(k int) bool {
	return r.Words[k].UPOS != "VERB" && r.child(k, "cop") >= 0
}

// minimal returns the words that name the thing of k: names whole; nouns with their compounds and adjectives and what
// follows "of".
func (r *reader) minimal(k int) Phrase {
	var words []int
	var add func(i int, top bool)
	add = func(i int, top bool) {
		words = append(words, i)
		for _, m := range r.kids[i] {
			switch r.Words[m].Deprel {
			case "compound", "flat", "fixed", "goeswith", "nmod:desc", "compound:prt":
				if w := &r.Words[m]; w.UPOS == "PROPN" && r.Words[i].UPOS == "PROPN" && m < i && temporalNouns[lower(w.Form)] && r.Words[m].Deprel == "compound" {
					continue // "last December BankAmerica announced"
				}
				add(m, false)
			case "amod":
				if m > i && top && len(r.kids[m]) > 0 {
					continue // "the valve necessary to …"
				}
				if !r.clausal(m) || len(r.kids[m]) == 0 || r.child(m, "obj", "nsubj") < 0 {
					add(m, false)
				}
			case "advmod", "punct":
				// "de-escalation", "newly elected"
				if !top && m < i || top && r.Words[m].XPOS == "HYPH" {
					words = append(words, m)
				}
			case "nummod":
				if !top || r.Words[i].UPOS == "PROPN" || m > i {
					add(m, false)
				}
			case "nmod":
				if _, form := r.caseOf(m); form == "of" {
					cw, _ := r.caseOf(m)
					words = append(words, cw...)
					add(m, false)
					if p := r.child(m, "nmod:poss"); p >= 0 {
						words = r.subtree(words, p, nil)
					}
				}
			case "nmod:poss":
				if !top && i > k { // "the remarks of Syria's leader"
					continue
				}
				if r.Words[i].UPOS == "PROPN" {
					words = r.subtree(words, m, nil) // "St. Paul's Cathedral"
				}
			}
		}
	}
	add(k, true)
	words = r.hyphenated(merge(words, nil))
	for _, m := range r.kids[k] {
		if title := r.titleWords(k, m); title != nil {
			words = without(words, title) // "Kremlin spokesman Dmitry Peskov" is named by the last two
		}
	}
	return Phrase{Words: r.trim(words), Head: k}
}

// hyphenated adds to words what a hyphen ties to them: all of "no-fly zones".
func (r *reader) hyphenated(words []int) []int {
	ties := func(i int) bool {
		return i > 0 && i+1 < len(r.Words) && r.Words[i].Form == "-" && r.Words[i-1].End == r.Words[i].Begin && r.Words[i].End == r.Words[i+1].Begin
	}
	for n := 0; n < len(words); n++ {
		for _, at := range [2]int{words[n] - 1, words[n] + 1} {
			if !ties(at) {
				continue
			}
			for _, k := range [2]int{at, 2*at - words[n]} { // the hyphen and what is behind it
				if !slices.Contains(words, k) {
					words = append(words, k)
				}
			}
		}
	}
	return merge(words, nil)
}

// confidence is a first guess: the base of the rule, lowered by uncertain arcs and long arguments.
func (r *reader) confidence(p *Proposition) float64 {
	base := map[string]float64{"svo": 0.85, "passive": 0.85, "copula": 0.85, "title": 0.85, "appos": 0.75, "possessive": 0.55,
		"agent": 0.75, "act": 0.65, "nmod": 0.6, "light": 0.75}[p.Rule]
	if base == 0 {
		base = 0.6
	}
	if p.Rule == "acronym" {
		return 0.9 // spelt out by its letters, whatever the arcs
	}
	m := r.margin(p.Head)
	long := 0
	for _, a := range p.Args {
		if a.Head >= 0 {
			m = min(m, r.margin(a.Head))
		}
		long = max(long, len(a.Words))
	}
	base *= 0.6 + 0.4*m
	if len(p.Args) < 2 {
		base -= 0.25
	}
	if long > 12 {
		base -= 0.05
	}
	return min(max(base, 0.05), 1)
}
