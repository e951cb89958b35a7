package extract

import "slices"

// Whose claim a clause is:
//
//   - what is below a verb of saying, holding or showing is its subject's, and its agent's in the passive; of a passive without agent
//     ("is said to", "it is reported that") and of "allegedly" somebody's who is not named;
//   - what happens says nothing: "the drop shows that the mills are idle" is said by who says the sentence, and what it suggests may be so;
//   - what somebody is accused of, blamed or thanked for is who accuses' claim; what he was fined or convicted for is not;
//   - "acknowledge", "confirm" and "admit" are verbs of saying like others: what an official confirms is his;
//   - what one knows, realises, learns or forgets is so, whoever it is (factive verbs): it is said by who says the sentence;
//   - what a claim, report or denial is about is its author's; what is denied is the denier's, negated, and its author's as it is;
//   - "according to X", "in X's view", "X said" and "as X said" beside a clause make all of it X's, at the end of a sentence the whole of it.
//
// Who says that another says something passes it on (Proposition.Via). Quotations over sentences are read afterwards (quotation.go).

// unnamed is the source that is known to exist but not who it is.
func unnamed() *Argument { return &Argument{Phrase: Phrase{Head: -1}, Role: Subject} }

// says returns st as what a says; the same pronoun twice ("he said he expects") is one speaker.
func (r *reader) says(st status, a *Argument) status {
	if st.source != nil && st.source.Head >= 0 && a.Head >= 0 && r.Words[a.Head].UPOS == "PRON" {
		if f := lower(r.Words[a.Head].Form); f == "you" || firstPerson[f] {
			return st // "you have to wonder if", "I think": who says so wonders and thinks
		}
	}
	if st.source != nil && st.source.Head >= 0 && a.Head >= 0 && st.sourceSent == r.sent && r.Words[a.Head].UPOS == "PRON" &&
		lower(r.Words[a.Head].Form) == lower(r.Words[st.source.Head].Form) {
		return st
	}
	return st.saidBy(a, r.sent)
}

// saidBy returns st as what a says, who is named in sentence sent; who said so before passes it on.
func (st status) saidBy(a *Argument, sent int) status {
	if st.source != nil {
		if st.source.Head == a.Head && st.sourceSent == sent {
			return st
		}
		st.via = append([]Attribution{{*st.source, st.sourceSent}}, st.via...)
	}
	st.source, st.sourceSent, st.outer = a, sent, nil
	return st
}

// wants returns st as what a wants.
func (r *reader) wants(st status, a *Argument) status {
	outer := st
	if st = r.says(st, a); st.source == outer.source {
		return st
	}
	st.outer = &outer
	return st
}

// wantedBy returns st as what a, who is named in sentence sent, wants or charges somebody with.
func (st status) wantedBy(a *Argument, sent int) status {
	outer := st
	st = st.saidBy(a, sent)
	st.outer = &outer
	return st
}

// told returns st as what is said by who tells of a wish or a charge, not by who has it: "asked Oslo to drop its tax on salt" says that there
// is one.
func (st status) told() status {
	if st.outer != nil {
		st = st.as(*st.outer)
		st.outer = nil
	}
	return st
}

// attribute finds who says the clause of h beside a verb that governs it: "according to X", "in the view of X", a parenthetical
// "X said", "as X said", "reportedly". backshift says that he said so in the past tense.
func (r *reader) attribute(h int, c *clause, f *frame) {
	says := func(a *Argument) { f.status = f.status.saidBy(a, r.sent) }
	c.obliques = slices.DeleteFunc(c.obliques, func(k int) bool {
		if a := r.viewer(k); a != nil {
			says(a)
			if r.Words[k].UPOS == "NOUN" && a.Head != k {
				r.read[k] = true // "in Oslo's view" says no more than that
			}
			return true
		}
		_, form := r.caseOf(k)
		return form == "according to" && !noSource[lower(r.Words[k].Lemma)] // the source of a clause further up
	})
	for _, k := range r.kids[h] {
		switch r.rel(k) {
		case "parataxis", "advcl":
			if a := r.aside(k); a != nil {
				says(a)
				if from := r.cited(k, nil); from >= 0 {
					a := r.who(from)
					says(&a)
				}
				r.asides[k] = true
				f.backshift = f.backshift || r.past(k) && !r.marks(h, k)
			}
		case "discourse":
			if r.Words[k].Deprel == speakerRel {
				a := r.argument(k, Subject)
				says(&a)
			}
		case "advmod":
			if rumoured[lower(r.Words[k].Form)] && f.status.source == nil {
				says(unnamed()) // but "Oslo said he was reportedly held" is said by Oslo
			}
		}
	}
	if k, ok := r.according[h]; ok && !slices.Contains(r.kids[h], k) {
		a := r.argument(k, Subject)
		says(&a)
	}
}

// cited returns whose words verb h of saying, which has subjects, passes on: the diplomats of "the report, citing diplomats, said"; -1 for
// none.
func (r *reader) cited(h int, subjects []int) int {
	for _, at := range append([]int{h}, subjects...) {
		for _, k := range r.kids[at] {
			w := &r.Words[k]
			if w.XPOS != "VBG" || w.Lemma != "cite" && w.Lemma != "quote" || r.rel(k) != "advcl" && r.rel(k) != "acl" {
				continue
			}
			if o := r.child(k, "obj"); o > k && (r.canAct(o) || sourceNouns[lower(r.Words[o].Lemma)] || dutyNouns[lower(r.Words[o].Lemma)]) {
				return o
			}
		}
	}
	return -1
}

// said says whether the clause that k hangs below is what it is the source of.
func (r *reader) said(k int) bool {
	of, ok := r.according[r.Words[k].Head]
	return ok && of == k
}

// viewer returns who is the source that oblique k names, nil where it names none: "according to X", "in the words of X", "in X's
// view".
func (r *reader) viewer(k int) *Argument {
	_, form := r.caseOf(k)
	switch {
	case form == "according to" && r.said(k), form == "in the words of", form == "in the view of", form == "in the opinion of":
		a := r.argument(k, Subject)
		return &a
	case form == "for" && r.Words[k].UPOS == "PROPN" && ner(r.Words[k].NER) == "PER" && r.fronted(k):
		a := r.who(k) // "For Ana Cruz, the tax is a mistake"
		return &a
	case (form == "in" || form == "by") && viewNouns[lower(r.Words[k].Form)]:
		owner := r.child(k, "nmod:poss")
		if owner < 0 && r.child(k, "det", "amod") < 0 && r.Words[k].Feat("Number") != "Plur" {
			return nil // "in view of the rise"
		}
		if owner >= 0 && r.Words[owner].XPOS == "PRP$" && (lower(r.Words[owner].Form) == "my" || lower(r.Words[owner].Form) == "our") {
			return nil // who says "in my view" speaks anyway
		}
		if owner < 0 {
			if owner = r.child(k, "nmod"); owner < 0 {
				return nil
			}
			if _, of := r.caseOf(owner); of != "of" || !r.canAct(owner) && !r.people(owner) && !sourceNouns[lower(r.Words[owner].Lemma)] {
				return nil // "in the assessment of loans"
			}
		}
		a := r.possessor(owner)
		return &a
	}
	return nil
}

// fronted says whether the phrase of k begins the sentence and a comma follows it.
func (r *reader) fronted(k int) bool {
	first, last := r.span(k)
	return first == 0 && len(r.subtree(nil, k, nil)) == last+1 &&
		(r.Words[last].Form == "," || last+1 < len(r.Words) && r.Words[last+1].Form == ",")
}

// marks says whether a quotation mark stands in the clause of h or before it, clause k left out.
func (r *reader) marks(h, k int) bool {
	for _, i := range r.subtree(nil, h, func(m int) bool { return m == k }) {
		if isQuote(r.Words[i].Form) && r.Words[i].XPOS != "POS" {
			return true
		}
	}
	return false
}

// aside returns who speaks in clause k beside the clause that he says: "X, he said, …", "as X said"; nil where k is none.
func (r *reader) aside(k int) *Argument {
	w := &r.Words[k]
	if !speech[lower(w.Lemma)] && !belief[lower(w.Lemma)] || w.UPOS != "VERB" {
		return nil
	}
	if o := r.child(k, "ccomp"); o >= 0 && (o < k || k+1 >= len(r.Words) || r.Words[k+1].Form != ",") {
		return nil
	}
	if w.Deprel == "advcl" {
		m := r.child(k, "mark")
		if m < 0 || lower(r.Words[m].Form) != "as" || w.XPOS == "VBG" {
			return nil
		}
		for _, a := range r.kids[w.Head] {
			if lower(r.Words[a].Form) == "as" && r.rel(a) == "advmod" {
				return nil // "as large as Lund forecast"
			}
		}
		if w.Head < k && !r.commaBefore(k) && r.negated(w.Head) {
			return nil // "will not hurt trade as critics claim": they claim that it will
		}
	}
	if o := r.child(k, "obj"); o >= 0 && !telling[lower(w.Lemma)] {
		return nil
	}
	passive := r.child(k, "nsubj:pass", "aux:pass") >= 0 || w.XPOS == "VBN" && r.child(k, "aux", "nsubj") < 0
	if passive {
		if !speech[lower(w.Lemma)] {
			return nil // "as was expected by the market": it was so
		}
		for _, m := range r.kids[k] {
			if _, form := r.caseOf(m); form == "by" && r.rel(m) == "obl" {
				a := r.argument(m, Subject)
				return &a
			}
		}
		switch lower(w.Lemma) {
		case "allege", "claim", "rumour", "rumor":
			return unnamed()
		}
		return nil // "as expected", "as reported": it was so
	}
	s := r.child(k, "nsubj")
	if s < 0 || r.relative(s) {
		return nil
	}
	a := r.who(s)
	return &a
}

// speaker returns who says what the verb of c governs, unnamed where he is not there.
func (r *reader) speaker(c *clause) *Argument {
	switch {
	case c.passive && c.agent >= 0:
		a := r.argument(c.agent, Subject)
		return &a
	case len(c.subjects) == 0, c.passive && !persuading[c.lemma], c.lemma == "hear":
		return unnamed() // who hears a thing does not say it
	}
	s := c.subjects[0]
	if d := r.child(s, "det"); lower(r.Words[s].Form) == "it" && r.Words[s].Deprel == "expl" && !belief[c.lemma] || d >= 0 && r.Words[d].XPOS == "WDT" {
		return unnamed()
	}
	a := r.author(s)
	if a.Head == s && r.Words[c.head].Head == s { // "letters stating that …": what the letters say is no part of who they are
		a.Words = r.trim(r.less(a.Words, c.head))
	}
	return &a
}

// author returns who speaks where s does: "a report by Oslo says" and "Oslo's report says" that Oslo does.
func (r *reader) author(s int) Argument {
	if claimNouns[lower(r.Words[s].Lemma)] && r.Words[s].UPOS == "NOUN" {
		if by := r.authors(s); len(by) > 0 {
			return r.possessor(by[0])
		}
	}
	return r.who(s)
}

// authors returns those whose claim, plan or refusal noun i is: its possessor, who stands behind "by" or "from", a name behind "of".
func (r *reader) authors(i int) []int {
	for _, k := range r.kids[i] {
		w := &r.Words[k]
		_, form := r.caseOf(k)
		switch {
		case w.Deprel == "nmod:poss" && w.XPOS != "WP$" && !r.temporal(k):
			return r.conjuncts(k)
		case w.Deprel == "nmod" && k > i && (form == "by" || form == "of" && w.UPOS == "PROPN" || form == "from" && (w.UPOS == "PROPN" || w.UPOS == "NOUN" && r.canAct(k))):
			return r.conjuncts(k)
		case w.Deprel == "acl" && w.XPOS == "VBN" && k > i && lodging[lower(w.Lemma)]:
			if by := r.child(k, "obl:agent"); by >= 0 { // "a complaint filed by Oslo that …"
				return r.conjuncts(by)
			}
		}
	}
	return nil
}

// lodging verbs say, as participles beside a claim, who makes it.
var lodging = words(`file make issue submit present write bring lodge prepare express voice put_forward give draft launch
	send deliver sign`)

// personOf returns the name of the person that noun i describes as an apposition, -1 for none. agent says that a word on the way
// there says what the person does.
func (r *reader) personOf(i int, agent bool, depth int) int {
	if ner(r.Words[i].NER) == "PER" || depth == 0 {
		return -1
	}
	var appos []int
	for _, k := range r.kids[i] {
		if r.Words[k].Deprel == "appos" && !r.bracketed(i, k) {
			appos = append(appos, k)
			agent = agent || isAgentNoun(r.Words[k].Lemma)
		}
	}
	for _, k := range appos {
		if w := &r.Words[k]; agent && w.UPOS == "PROPN" && ner(w.NER) == "PER" {
			return k
		}
		if name := r.personOf(k, agent, depth-1); name >= 0 {
			return name
		}
	}
	return -1
}

// who returns the phrase of noun s as a source, without a quotation mark that lost its partner.
func (r *reader) who(s int) Argument {
	if name := r.personOf(s, isAgentNoun(r.Words[s].Lemma), 3); name >= 0 {
		s = name // "the army spokesman, Ana Cruz"
	}
	a := r.argument(s, Subject)
	marks := 0
	for _, k := range a.Words {
		if isQuote(r.Words[k].Form) && r.Words[k].XPOS != "POS" {
			marks++
		}
	}
	strip := func(words []int) []int {
		for len(words) > 1 && isQuote(r.Words[words[0]].Form) {
			words = words[1:]
		}
		for len(words) > 1 && isQuote(r.Words[words[len(words)-1]].Form) && r.Words[words[len(words)-1]].XPOS != "POS" {
			words = words[:len(words)-1]
		}
		return words
	}
	if marks == 1 {
		a.Words, a.Minimal.Words = strip(a.Words), strip(a.Minimal.Words)
	}
	return a
}

// attributing says whether k is the source behind an "according to".
func (r *reader) attributing(k int) bool {
	for _, s := range r.according {
		if s == k {
			return true
		}
	}
	return false
}

// findAccording looks for every "according to X" of the sentence and the clause that it belongs to.
func (r *reader) findAccording() {
	for i := 0; i+1 < len(r.Words); i++ {
		if lower(r.Words[i].Form) != "according" || lower(r.Words[i+1].Form) != "to" {
			continue
		}
		k := r.Words[i].Head
		if k < 0 || r.rel(i) != "case" || noSource[lower(r.Words[k].Lemma)] {
			continue
		}
		h := r.Words[k].Head
		for h >= 0 && !r.clausal(h) {
			h = r.Words[h].Head
		}
		// At the end of the sentence, behind a comma, it is said of all of it.
		for last := i > 0 && r.Words[i-1].Form == "," && r.ends(k) && len(r.according) == 0; last && h >= 0 && r.Words[h].Head >= 0; {
			h = r.Words[h].Head
		}
		// No clause that describes begins with it: what stands before is said so.
		if h >= 0 && i > 0 && r.Words[i-1].Form == "," && (r.rel(h) == "advcl" || r.rel(h) == "acl") {
			if first, _ := r.span(h); first >= i-1 {
				for h = r.Words[h].Head; h >= 0 && !r.clausal(h); {
					h = r.Words[h].Head
				}
			}
		}
		if h < 0 {
			h = r.root
		}
		r.according[h] = k
	}
}

// ends says whether nothing but punctuation follows the phrase of k.
func (r *reader) ends(k int) bool {
	_, last := r.span(k)
	for _, w := range r.Words[last+1:] {
		if w.UPOS != "PUNCT" {
			return false
		}
	}
	return true
}
