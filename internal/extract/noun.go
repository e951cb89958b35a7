package extract

// noun reads the relations that the phrase of noun i carries in itself: possessor, title, apposition, agent noun,
// nominalisation, place. holders are the subjects of the clause where i is a predicate nominal ("X is the mediator of Y").
func (r *reader) noun(i int, st status, holders []int) {
	w := &r.Words[i]
	if w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return
	}
	st.polarity, st.modality = Positive, Asserted
	for _, s := range holders {
		if r.Words[s].UPOS != "PRON" && w.UPOS == "NOUN" && isAgentNoun(w.Lemma) {
			r.agentNoun(i, s, st)
		}
	}
	for _, k := range r.kids[i] {
		switch r.Words[k].Deprel {
		case "nmod:poss":
			r.possessive(i, k, st)
		case "nmod:desc", "compound", "amod":
			if w.UPOS == "PROPN" && k < i {
				r.title(i, k, st)
			}
		case "appos":
			r.apposition(i, k, st)
		case "parataxis", "list", "dep", "nmod", "nmod:unmarked", "flat":
			if r.bracketed(i, k) {
				r.apposition(i, k, st)
			} else if _, form := r.caseOf(k); form != "" && r.rel(k) == "nmod" {
				r.located(i, k, form, st)
				r.helped(k, []int{i}, st)
			}
		}
	}
	if actNouns[lower(w.Lemma)] && w.UPOS == "NOUN" && !r.act(i, st) && groupNouns[lower(w.Lemma)] {
		if k := r.child(i, "nmod:poss"); k >= 0 {
			r.owned(i, k, st)
		}
	}
}

func (r *reader) add(rule string, p Predicate, st status, args ...Argument) {
	derived := rule == "possessive" && r.Words[args[0].Head].UPOS == "PRON" || rule == "agent" || rule == "nmod" || rule == "helped" // the clause or the phrase says it in full
	r.keep(Proposition{Sent: r.sent, Predicate: p, Args: args, Polarity: st.polarity, Modality: st.modality, Source: st.source,
		SourceSent: st.sourceSent, Rule: rule, Derived: derived})
}

// helped: "attacked with the support of Russia", "forces with the backing of Russia" say that Russia supports them: k is the
// noun of the help.
func (r *reader) helped(k int, whom []int, st status) {
	if _, form := r.caseOf(k); form != "with" && form != "without" || !helping[lower(r.Words[k].Lemma)] {
		return
	} else if form == "without" {
		st.polarity = Negative
	} else {
		st.polarity = Positive
	}
	for _, m := range r.kids[k] {
		if _, form := r.caseOf(m); r.Words[m].Deprel != "nmod:poss" && (r.Words[m].Deprel != "nmod" || form != "of" && form != "from") {
			continue
		}
		for _, helper := range r.conjuncts(m) {
			for _, s := range whom {
				r.add("helped", Predicate{Phrase: Phrase{Words: []int{k}, Head: k}, Lemma: lower(r.Words[k].Lemma), Noun: true}, st,
					r.possessor(helper), r.conjunct(s, Object, whom))
			}
		}
	}
}

// possessive: "Syria's de-escalation zones", "their leader".
func (r *reader) possessive(i, k int, st status) {
	if r.Words[k].XPOS == "WP$" || r.Words[i].Deprel == "nmod:desc" && isAgentNoun(r.Words[i].Lemma) {
		return // "Turkey's spokesman Ibrahim Kalin" is read as a title
	}
	head := &r.Words[i]
	if mark := r.child(k, "case"); head.UPOS == "PROPN" && (r.insideName(k, i) || mark >= 0 && r.Words[mark].Form == "'" && capitalised(r.Words[k].Form)) {
		return // "Workers' Party", "Reader's Digest"
	}
	if head.UPOS == "NOUN" && (actNouns[lower(head.Lemma)] || temporalNouns[lower(head.Lemma)]) || r.temporal(k) {
		return // "Russia's support" is read as an act, "Monday's meeting" is no possession
	}
	r.owned(i, k, st)
}

func capitalised(form string) bool { return form[0] >= 'A' && form[0] <= 'Z' }

// insideName says whether words from to to are one name for the model.
func (r *reader) insideName(from, to int) bool {
	if ner := r.Words[from].NER; len(ner) < 3 {
		return false
	}
	for k := from + 1; k <= to; k++ {
		if ner := r.Words[k].NER; len(ner) < 3 || ner[0] != 'I' || ner[1:] != r.Words[from].NER[1:] {
			return false
		}
	}
	return from < to
}

// owned says that k has i.
func (r *reader) owned(i, k int, st status) {
	thing := r.conjunct(i, Object, r.conjuncts(i))
	thing.Words = without(thing.Words, r.subtree(nil, k, nil))
	for _, m := range r.kids[i] {
		if m < k && r.Words[m].Deprel == "compound" && isAgentNoun(r.Words[m].Lemma) { // the owner's title
			thing.Words = without(thing.Words, r.subtree(nil, m, nil))
			thing.Minimal.Words = without(thing.Minimal.Words, r.subtree(nil, m, nil))
		}
	}
	for _, owner := range r.conjuncts(k) {
		o := r.possessor(owner)
		r.add("possessive", Predicate{Phrase: Phrase{Head: i}, Lemma: "have", Noun: true, Text: "has"}, st, o, thing)
	}
}

// possessor returns the phrase of owner without its 's.
func (r *reader) possessor(owner int) Argument {
	o := r.conjunct(owner, Subject, r.conjuncts(owner))
	var marks []int
	for _, m := range o.Words {
		if r.Words[m].XPOS == "POS" {
			marks = append(marks, m)
		}
	}
	o.Words = without(o.Words, marks)
	o.Minimal.Words = without(o.Minimal.Words, marks)
	return o
}

func without(words, cut []int) []int {
	out := words[:0:0]
	for _, i := range words {
		keep := true
		for _, c := range cut {
			keep = keep && i != c
		}
		if keep {
			out = append(out, i)
		}
	}
	return out
}

// titleWords returns the words of title k before the head of a name and all that belongs to it: of "Russian Foreign Minister
// Lavrov" the first three; nil where k is no title.
func (r *reader) titleWords(name, k int) []int {
	t := &r.Words[k]
	if k > name || r.Words[name].UPOS != "PROPN" || t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return nil
	}
	switch t.Deprel {
	case "nmod:desc", "compound", "amod":
	default:
		return nil
	}
	if !isAgentNoun(t.Lemma) && !isAgentNoun(t.Form) {
		return nil
	}
	if p := r.child(name, "nmod:poss"); p > k {
		return nil // "Amazon founder Jeff Bezos's Blue Origin": the title is the owner's
	}
	words := r.subtree(nil, k, nil)
	for _, m := range r.kids[name] {
		if m < k && (r.rel(m) == "compound" || r.rel(m) == "amod" || r.Words[m].Deprel == "nmod:desc" || r.Words[m].Deprel == "nmod:poss") {
			words = r.subtree(words, m, nil)
		}
	}
	words = merge(words, nil)
	for len(words) > 0 && (r.rel(words[0]) == "case" || r.rel(words[0]) == "punct" || r.rel(words[0]) == "cc") {
		words = words[1:] // "close to Treasury Secretary Baker"
	}
	return words
}

// title: "Kremlin spokesman Dmitry Peskov": name is the head, k the noun before it.
func (r *reader) title(name, k int, st status) {
	titleWords := r.titleWords(name, k)
	if titleWords == nil {
		return
	}
	t := &r.Words[k]
	holder := r.conjunct(name, Subject, r.conjuncts(name))
	role := Argument{Role: Attribute, Phrase: Phrase{Words: r.trim(titleWords), Head: k}}
	role.Minimal = role.Phrase
	holder.Words = without(holder.Words, titleWords)
	holder.Minimal.Words = without(holder.Minimal.Words, titleWords)
	if len(holder.Words) == 0 {
		return
	}
	args := []Argument{holder, role}
	for _, m := range titleWords {
		if m == k || r.Words[m].UPOS == "PUNCT" || r.Words[m].UPOS == "DET" || r.Words[m].XPOS == "POS" {
			continue
		}
		if r.Words[m].UPOS == "PROPN" || r.Words[m].XPOS == "NNP" {
			if (r.Words[m].Head == k || r.Words[m].Head == name) && r.Words[m].Deprel != "flat" {
				of := r.argument(m, Oblique)
				of.Case, of.CaseWords = "of", nil
				args = append(args, of)
			}
		}
	}
	r.add("title", Predicate{Phrase: Phrase{Head: k}, Lemma: lower(t.Lemma), Noun: true, Text: "is"}, st, args...)
}

// bracketed says whether modifier k of i stands in brackets of its own.
func (r *reader) bracketed(i, k int) bool {
	if k <= i {
		return false
	}
	for _, m := range r.kids[k] {
		if m < k && isBracket(r.Words[m].Form) {
			return true
		}
	}
	return false
}

// apposition: "Lavrov, the Russian foreign minister", "the guarantors, Russia and Iran", "mediators of the talks (Russia, Iran,
// Turkey)", "Commonwealth of Independent States (CIS)".
func (r *reader) apposition(i, k int, st status) {
	a, b := &r.Words[i], &r.Words[k]
	nominal := func(w string) bool { return w == "NOUN" || w == "PROPN" }
	if !nominal(a.UPOS) || !nominal(b.UPOS) {
		return
	}
	members := r.members(k)
	if j := a.Head; j >= 0 && r.Words[k].UPOS == "PROPN" && r.Words[i].Deprel == "nmod" && r.bracketed(i, k) &&
		actNouns[lower(a.Lemma)] && isAgentNoun(r.Words[j].Lemma) {
		i, a = j, &r.Words[j] // "the mediators of the talks (Russia, Iran)": names are no talks, they mediate
	}
	named := func(m int) bool { return r.Words[m].UPOS == "PROPN" }
	switch {
	case a.UPOS == "NOUN" && named(k):
		if p := r.child(k, "nmod:poss"); p == i+1 && isAgentNoun(a.Lemma) {
			r.describe("appos", i, r.possessor(p), st) // "founder Jeff Bezos's Blue Origin" describes Jeff Bezos
			return
		}
		// The name follows its description: each name is one of them.
		for _, m := range members {
			if named(m) {
				name := r.conjunct(m, Subject, members)
				name.CaseWords, name.Case = nil, ""
				r.describe("appos", i, name, st)
			}
		}
	case a.UPOS == "PROPN" && b.UPOS == "NOUN":
		name := r.conjunct(i, Subject, r.conjuncts(i))
		for _, m := range members {
			r.describe("appos", m, name, st)
		}
	case r.place(i) && r.place(k) && k > i:
		r.add("appos", Predicate{Phrase: Phrase{Head: k}, Lemma: "be in", Noun: true, Text: "is in"}, st, // "Hamburg, Germany"
			r.conjunct(i, Subject, r.conjuncts(i)), r.conjunct(k, Attribute, nil))
	}
}

// place says whether the model takes word i for a place.
func (r *reader) place(i int) bool {
	ner := r.Words[i].NER
	return len(ner) > 2 && ner[2:] == "LOC"
}

// members returns k and what is listed with it: conjuncts, and names that a parser hung below k as a list.
func (r *reader) members(k int) []int {
	list := r.conjuncts(k)
	for _, m := range r.kids[k] {
		switch r.Words[m].Deprel {
		case "appos", "list", "flat", "parataxis", "nmod:unmarked":
			// "Russia, Iran, Turkey": only what a comma parts is another member.
			if m > k && m > 0 && r.Words[m].UPOS == r.Words[k].UPOS && r.commaBefore(m) {
				list = append(list, r.members(m)...)
			}
		}
	}
	return list
}

func (r *reader) commaBefore(m int) bool {
	for _, k := range r.subtree(nil, m, nil) {
		m = min(m, k)
	}
	return r.Words[m].Form == "," || m > 0 && r.Words[m-1].Form == ","
}

// describe says that name is what the noun phrase of i says: position and relation to what follows "of".
func (r *reader) describe(rule string, i int, name Argument, st status) {
	role := r.argument(i, Attribute)
	role.Words = without(role.Words, name.Words)
	args := []Argument{name, role}
	args = append(args, r.complements(i)...)
	r.add(rule, Predicate{Phrase: Phrase{Head: i}, Lemma: lower(r.Words[i].Lemma), Noun: true, Text: "is"}, st, args...)
}

// agentNoun: "X is the leader of Y": the relation of the noun beside the copula.
func (r *reader) agentNoun(i, holder int, st status) {
	args := append([]Argument{r.argument(holder, Subject), r.argument(i, Attribute)}, r.complements(i)...)
	if len(args) < 3 {
		return
	}
	r.add("agent", Predicate{Phrase: Phrase{Head: i}, Lemma: lower(r.Words[i].Lemma), Noun: true, Text: "is"}, st, args...)
}

// complements returns what noun i relates to: its prepositional modifiers, its possessor and its proper-noun compounds,
// the last two as if after "of".
func (r *reader) complements(i int) (args []Argument) {
	of := func(a Argument) {
		a.Role, a.Case, a.CaseWords = Oblique, "of", nil
		args = append(args, a)
	}
	for _, k := range r.kids[i] {
		w := &r.Words[k]
		switch {
		case r.rel(k) == "nmod" && w.Deprel != "nmod:poss" && k > i:
			conj := r.conjuncts(k)
			for _, m := range conj {
				a := r.conjunct(m, Oblique, conj)
				if a.Case == "" {
					a.CaseWords, a.Case = r.caseOf(k)
				}
				if a.Case != "" {
					args = append(args, a)
				}
			}
		case w.Deprel == "nmod:poss" && w.XPOS != "WP$":
			of(r.possessor(k))
		case (w.Deprel == "compound" || w.Deprel == "amod" || w.Deprel == "nmod:desc") && (w.UPOS == "PROPN" || w.XPOS == "NNP"):
			of(r.argument(k, Oblique))
		}
	}
	return args
}

// act: a nominalisation with its arguments: "Russia's support for Syria", "the bombing of Aleppo by the army", "a meeting
// between Lavrov and Tillerson".
// It returns false where the noun has not both of them.
func (r *reader) act(i int, st status) bool {
	pred := Predicate{Phrase: Phrase{Words: []int{i}, Head: i}, Lemma: lower(r.Words[i].Lemma), Noun: true}
	var agents, patients, others []Argument
	for _, k := range r.kids[i] {
		w := &r.Words[k]
		switch {
		case w.Deprel == "nmod:poss" && w.XPOS != "WP$" && !r.temporal(k):
			for _, m := range r.conjuncts(k) {
				agents = append(agents, r.possessor(m))
			}
		case r.rel(k) == "nmod" && k > i:
			conj := r.conjuncts(k)
			caseWords, form := r.caseOf(k)
			if form == "" || r.bracketed(i, k) {
				continue
			}
			if form == "between" && len(conj) == 2 || form == "among" {
				for n, m := range conj {
					a := r.conjunct(m, Subject, conj)
					a.Case, a.CaseWords = "", nil
					if n == 0 {
						agents = append(agents, a)
					} else {
						a.Role, a.Case, a.CaseWords = Oblique, "with", nil
						patients = append(patients, a)
					}
				}
				continue
			}
			for _, m := range r.kids[k] {
				// "the sale of the mill by Cuba": a parser hangs the agent below the mill.
				if _, by := r.caseOf(m); form == "of" && by == "by" && r.Words[m].Deprel == "nmod" {
					a := r.argument(m, Subject)
					agents = append(agents, a)
				}
			}
			for _, m := range conj {
				a := r.conjunct(m, Oblique, conj)
				a.Case, a.CaseWords = form, caseWords
				switch form {
				case "by":
					a.Role, a.Case, a.CaseWords = Subject, "", nil
					agents = append(agents, a)
				case "of", "on", "for", "with", "against", "to", "from", "over", "into", "about":
					if a.Role == Time {
						others = append(others, a)
					} else {
						patients = append(patients, a)
					}
				default:
					others = append(others, a)
				}
			}
		}
	}
	if len(agents) == 0 || len(patients) == 0 {
		return false
	}
	for _, s := range agents {
		s.Role = Subject
		// The first patient is the core; the others follow.
		r.add("act", pred, st, append(append([]Argument{s}, patients...), others...)...)
	}
	return true
}

// located: "zones in Syria", "a meeting on Syria": what a prepositional modifier says of its noun.
func (r *reader) located(i, k int, form string, st status) {
	switch form {
	case "in", "at", "on", "near", "about", "inside", "outside", "from", "between", "of", "for", "with", "against":
	default:
		return
	}
	thing := r.argument(i, Subject)
	conj := r.conjuncts(k)
	caseWords, _ := r.caseOf(k)
	thing.Words = without(thing.Words, r.subtree(nil, k, nil))
	thing.Words = r.trim(thing.Words)
	for _, m := range conj {
		a := r.conjunct(m, Oblique, conj)
		a.Case, a.CaseWords = form, caseWords
		r.add("nmod", Predicate{Phrase: Phrase{Head: i}, Lemma: "be", Noun: true, Text: "is"}, st, thing, a)
	}
}

// acronyms finds "Commonwealth of Independent States (CIS)" and "CIS (Commonwealth of Independent States)" by the text in the
// brackets, whatever the tree says of it.
func (r *reader) acronyms(st status) {
	for open := 1; open+2 < len(r.Words); open++ {
		if f := r.Words[open].Form; f != "(" && f != "-LRB-" {
			continue
		}
		end := open + 1
		for end < len(r.Words) && end-open < 10 && !isBracket(r.Words[end].Form) {
			end++
		}
		if end == len(r.Words) || !isBracket(r.Words[end].Form) || end == open+1 {
			continue
		}
		inside := seq(open+1, end)
		switch {
		case len(inside) == 1 && isAcronym(r.Words[open+1].Form):
			// As many words before the bracket as it takes to spell the acronym.
			for from := open - 1; from >= 0 && open-from <= 10; from-- {
				if r.initials(seq(from, open)) == stripDots(r.Words[open+1].Form) {
					r.sameAs(seq(from, open), inside, st)
					break
				}
			}
		case isAcronym(r.Words[open-1].Form) && r.initials(inside) == stripDots(r.Words[open-1].Form):
			r.sameAs(inside, []int{open - 1}, st)
		}
	}
}

func (r *reader) sameAs(name, short []int, st status) {
	long := Phrase{Words: name, Head: name[0]}
	for _, i := range name {
		if h := r.Words[i].Head; h < name[0] || h > name[len(name)-1] {
			long.Head = i
			break
		}
	}
	abbreviation := Phrase{Words: short, Head: short[0]}
	r.add("acronym", Predicate{Phrase: Phrase{Head: short[0]}, Lemma: "same as", Noun: true, Text: "is"}, st,
		Argument{Phrase: long, Role: Subject, Minimal: long}, Argument{Phrase: abbreviation, Role: Attribute, Minimal: abbreviation})
}

func seq(from, to int) []int {
	s := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		s = append(s, i)
	}
	return s
}

// isAcronym says whether form has two to eight letters, all but the last capitals ("CIS", "U.N.", "MPs").
func isAcronym(form string) bool {
	form = stripDots(form)
	if len(form) < 2 || len(form) > 8 {
		return false
	}
	for i := range len(form) {
		if c := form[i]; (c < 'A' || c > 'Z') && (i < len(form)-1 || i < 2) {
			return false
		}
	}
	return true
}

// initials returns the first letters of the capitalised words.
func (r *reader) initials(words []int) string {
	var b []byte
	for _, i := range words {
		if c := r.Words[i].Form[0]; c >= 'A' && c <= 'Z' {
			b = append(b, c)
		}
	}
	return string(b)
}

func stripDots(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '.' {
			b = append(b, s[i])
		}
	}
	return string(b)
}
