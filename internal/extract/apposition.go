package extract

import (
	"slices"
	"strings"
)

// titleWords returns the words of title k before the head of a name and all that belongs to it: of "Russian Foreign Minister
// Lavrov" the first three; nil where k is no title.
func (r *reader) titleWords(name, k int) []int {
	t := &r.Words[k]
	if k > name || r.Words[name].UPOS != "PROPN" || pactWords[lower(r.Words[name].Form)] || t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return nil
	}
	if n := strings.TrimSuffix(lower(r.Words[name].Form), "."); t.UPOS == "PROPN" && k == name-1 &&
		(legalForms[n] || bodyWords[n] && ner(r.Words[name].NER) != "PER" && !isAgentNoun(n)) {
		return nil // "Lund Business Brokers Inc" and "Coal Miners Union" are all name
	}
	switch r.Words[name].Deprel {
	case "nmod:desc", "compound", "amod":
		if r.Words[name].Head > name && (r.Words[name].Deprel != "nmod:desc" || isAgentNoun(r.Words[name].Lemma)) {
			return nil // "Deputy" of "Deputy Treasury Secretary Lund" is part of one title
		}
	}
	switch t.Deprel {
	case "nmod:desc", "compound", "amod":
	default:
		return nil
	}
	if !isAgentNoun(t.Lemma) && !isAgentNoun(t.Form) && !(t.XPOS == "NNS" && t.Deprel == "nmod:desc" && ner(r.Words[name].NER) == "PER") ||
		r.namesFirm(k) {
		return nil // "investors Ana Ruiz and Jan Berg" are that
	}
	if t.UPOS == "PROPN" && ner(t.NER) == "ORG" && slices.Contains(r.entity(k), name) {
		return nil // "King Metals" is nobody's king
	}
	if p := r.child(name, "nmod:poss"); p > k {
		return nil // "Amazon founder Jeff Bezos's Blue Origin": the title is the owner's
	}
	words := slices.DeleteFunc(r.subtree(nil, k, nil), func(m int) bool { return m > name }) // "chair Ana Cruz in a letter"
	for _, m := range r.kids[name] {
		if m < k && (r.rel(m) == "compound" || r.rel(m) == "amod" || r.Words[m].Deprel == "nmod:desc" ||
			r.Words[m].Deprel == "nmod:poss") {
			words = r.subtree(words, m, nil)
		}
	}
	words = merge(words, nil)
	if n := k + 1; n < name && generals[lower(t.Form)+" "+lower(r.Words[n].Form)] && r.Words[n].Head == name {
		words = merge(words, []int{n}) // "director general Ana Cruz"
	}
	if n := r.leadingBracket(words, k); n > 0 {
		words = words[n:] // "(CNN) President Lund", beside "the Farm Office (FO) director"
	}
	for len(words) > 0 && r.Words[words[len(words)-1]].XPOS == "POS" {
		words = words[:len(words)-1] // of the name: "Chancellor Lund's"
	}
	for len(words) > 0 && (r.rel(words[0]) == "case" || r.rel(words[0]) == "punct" || r.rel(words[0]) == "cc") {
		words = words[1:] // "close to Treasury Secretary Baker"
	}
	return words
}

// leadingBracket returns the index among words of what follows a bracket that they begin with, before word k; 0 for none.
func (r *reader) leadingBracket(words []int, k int) int {
	open := words[0]
	if open > 0 && isBracket(r.Words[open-1].Form) {
		open--
	}
	if f := r.Words[open].Form; f != "(" && f != "-LRB-" && f != "[" {
		return 0
	}
	for n, i := range words {
		if i > open && i < k && isBracket(r.Words[i].Form) {
			return n + 1
		}
		if n > 0 && i-1 > open && i-1 < k && isBracket(r.Words[i-1].Form) {
			return n
		}
	}
	return 0
}

// namesFirm says whether word k, which also means somebody, is part of the name of a firm: "Lund Brothers Inc", "Berg Capital Corp",
// counts the members of one: "the six-member union", or tells where it stands: "the right-wing Union Party".
func (r *reader) namesFirm(k int) bool {
	w := &r.Words[k]
	switch l := lower(w.Lemma); l {
	case "wing":
		if k > 0 {
			switch lower(r.Words[k-1].Form) {
			case "-", "left", "right":
				return true // "right-wing"
			}
		}
		return capitalised(w.Form) && (w.XPOS == "NNPS" || w.XPOS == "NNS" || lower(w.Form) != l)
	case "brother", "partner", "unit", "part", "parent", "division":
		return capitalised(w.Form) && (w.XPOS == "NNPS" || w.XPOS == "NNS" || lower(w.Form) != l)
	case "capital", "target":
		return true
	case "member":
		return k > 0 && r.Words[k-1].Form == "-"
	default:
		return strings.HasSuffix(l, "-member")
	}
}

// title: "Kremlin spokesman Dmitry Peskov": name is the head, k the noun before it.
func (r *reader) title(name, k int, st status) {
	if h := r.Words[name].Head; h > name && honorifics[lower(strings.TrimSuffix(r.Words[name].Form, "."))] && r.Words[h].UPOS == "PROPN" {
		name = h // "chairman Sir Bo Lund"
	}
	titleWords := r.titleWords(name, k)
	if titleWords == nil {
		return
	}
	for _, m := range r.kids[name] {
		if m > k && m < name && r.titleWords(name, m) != nil && r.child(m, "cc") < 0 {
			return // "Attorney" of "Attorney General Lund": the last word of a title is its head
		}
	}
	list := r.conjuncts(name)
	holder := r.conjunct(name, Subject, list)
	role := Argument{Role: Attribute, Phrase: Phrase{Words: r.trim(titleWords), Head: k}}
	role.Minimal = role.Phrase
	holder.Words = without(holder.Words, r.subtree(slices.Clone(titleWords), k, nil))
	holder.Minimal.Words = without(holder.Minimal.Words, r.subtree(slices.Clone(titleWords), k, nil))
	if len(holder.Words) == 0 {
		return
	}
	general := func(m int) bool { return generals[lower(r.Words[m].Form)+" "+lower(r.Words[k].Form)] }
	args := []Argument{holder, role}
	for _, m := range titleWords {
		if m == k || r.Words[m].UPOS == "PUNCT" || r.Words[m].UPOS == "DET" || r.Words[m].XPOS == "POS" || rankWords[lower(r.Words[m].Form)] ||
			r.Words[m].Deprel == "conj" && isAgentNoun(lower(r.Words[m].Lemma)) {
			continue
		}
		if r.Words[m].UPOS == "PROPN" || r.Words[m].XPOS == "NNP" || r.Words[m].Deprel == "nmod:poss" && r.Words[m].UPOS == "NOUN" {
			if h := r.Words[m].Head; (h == k || h == name || h == k-1 && (general(h) || gradeWords[lower(r.Words[h].Form)])) && r.Words[m].Deprel != "flat" && !gradeWords[lower(r.Words[m].Form)] &&
				!(m == k-1 && general(m)) {
				of := r.argument(m, Oblique)
				span := r.entity(m)
				if len(span) < 2 {
					span = r.sideBySide(m, name)
				}
				for len(span) > 0 {
					last := span[len(span)-1]
					if last < k && slices.Contains(titleWords, last) && !gradeWords[lower(r.Words[last].Form)] {
						break
					}
					span = span[:len(span)-1] // "Majority" of "Senate Majority Leader"
				}
				if len(span) > 1 && r.Words[m].Deprel != "nmod:poss" {
					if m != span[len(span)-1] {
						continue // "York" of "New York Exchange"
					}
					of.Words, of.Minimal.Words = merge(of.Words, span), merge(of.Minimal.Words, span)
				}
				if r.Words[m].Deprel == "nmod:poss" {
					of = r.possessor(m)
					of.Role = Oblique
				}
				if words, form := r.caseOf(m); m > k && form != "" {
					of.Case, of.CaseWords = form, words // "special envoy to Peru Ana Lund"
				} else {
					of.Case, of.CaseWords = "of", nil
				}
				args = append(args, of)
			}
		}
	}
	shared := slices.Clone(args) // by all holders
	for _, m := range r.kids[name] {
		if ner(r.Words[name].NER) == "ORG" {
			break // "manager Union Bank of Peru": its name
		}
		if words, form := r.caseOf(m); form == "of" && m > name && r.Words[m].Deprel == "nmod" && r.Words[m].UPOS == "PROPN" &&
			(words[0] == name+1 || r.Words[words[0]-1].Deprel == "flat") && len(args) < 3 {
			of := r.argument(m, Oblique) // "Foreign Minister Lund of Peru"
			of.CaseWords = words
			args = append(args, of)
		}
	}
	st = r.titleStatus(name, k, st)
	r.add("title", r.isA(k), st, args...)
	if r.Words[k].XPOS != "NNS" && r.Words[k].XPOS != "NNPS" || r.coordinated(titleWords) {
		return
	}
	for _, c := range list { // "Senators Ana Ruiz and Jan Berg"
		if c != name && r.Words[c].UPOS == "PROPN" && ner(r.Words[c].NER) == "PER" && r.child(c, "nmod:desc") < 0 {
			shared = slices.Clone(shared)
			shared[0] = r.conjunct(c, Subject, list)
			r.add("title", r.isA(k), st, shared...)
		}
	}
}

// coordinated says whether one of words is a conjunction: "French and Dutch ministers" are not all of both.
func (r *reader) coordinated(words []int) bool {
	return slices.ContainsFunc(words, func(i int) bool { return r.Words[i].UPOS == "CCONJ" })
}

// sideBySide returns the names around m that are compounds of one head before the name: "Green County" of "Green County sheriff".
func (r *reader) sideBySide(m, name int) []int {
	part := func(k int) bool {
		w := &r.Words[k]
		return w.Head == r.Words[m].Head && len(r.kids[k]) == 0 && (w.UPOS == "PROPN" && w.Deprel == "compound" && !rankWords[lower(w.Form)] ||
			w.UPOS == "CCONJ" && w.Deprel == "flat") // "Trade and Industry Secretary"
	}
	if !part(m) {
		return nil
	}
	from, to := m, m+1
	for from > 0 && part(from-1) {
		from--
	}
	for to < name && part(to) {
		to++
	}
	return seq(from, to)
}

// honorifics stand before the name of a person of whatever office.
var honorifics = words(`sir lord lady dame mr mrs ms miss dr`)

// generals are titles of two words of which nobody is the second of the first.
var generals = words(`secretary_general attorney_general director_general consul_general governor_general solicitor_general surgeon_general
	lieutenant_general major_general brigadier_general inspector_general auditor_general postmaster_general federal_judge
	lieutenant_colonel lieutenant_governor lieutenant_commander`)

// rankWords of a title tell its rank, however they are written, and not what it is of: "Deputy Prime Minister".
var rankWords = words(`prime first deputy vice chief senior assistant associate foreign acting executive general principal junior`)

// titleStatus is nominalStatus for title k before a name: what stands before the name may belong to the title.
func (r *reader) titleStatus(name, k int, st status) status {
	was := st
	st = r.nominalStatus(k, st)
	if st.modality == was.modality && st.source == was.source {
		st = r.nominalStatus(name, st)
	}
	return st
}

// entity returns the words of the name that word i is part of for the model, nil where it is part of none.
func (r *reader) entity(i int) []int {
	if len(r.Words[i].NER) < 3 {
		return nil
	}
	from, to := i, i+1
	for from > 0 && r.Words[from].NER[0] == 'I' {
		from--
	}
	for to < len(r.Words) && len(r.Words[to].NER) > 2 && r.Words[to].NER[0] == 'I' {
		to++
	}
	return seq(from, to)
}

// bracketed says whether modifier k of i stands in brackets of its own. What a preposition before them joins to i, as in "a unit of
// privately owned (Lund Plc)", does not.
func (r *reader) bracketed(i, k int) bool {
	if k <= i {
		return false
	}
	c, _ := r.caseOf(k)
	for _, m := range r.kids[k] {
		if m < k && isBracket(r.Words[m].Form) {
			return len(c) == 0 || c[0] > m
		}
	}
	return false
}

// label says whether k is a symbol or acronym alone in brackets.
func (r *reader) label(k int) bool {
	if k == 0 || !isBracket(r.Words[k-1].Form) && r.Words[k-1].Form != "<" || r.Words[k].Form != strings.ToUpper(r.Words[k].Form) {
		return false
	}
	end := k + 1
	for end < len(r.Words) && r.Words[end].Head == k && r.Words[end].Deprel == "flat" {
		end++
	}
	return end < len(r.Words) && (isBracket(r.Words[end].Form) || r.Words[end].Form == ">")
}

// apposition: "Lavrov, the Russian foreign minister", "the guarantors, Russia and Iran", "mediators of the talks (Russia, Iran,
// Turkey)", "Commonwealth of Independent States (CIS)".
func (r *reader) apposition(i, k int, st status) {
	if h := r.Words[i].Head; r.Words[i].Deprel == "conj" && h >= 0 && r.oneName(h) {
		i = h // "Berg, Roe and Partners, a law firm"
	}
	if r.label(k) {
		return // "Ford <F>"; acronyms are read by their letters
	}
	a, b := &r.Words[i], &r.Words[k]
	if m := r.oneOf(k); m >= 0 && a.UPOS == "PROPN" { // "Lund, one of the founders of the bank"
		r.describe(m, r.conjunct(i, Subject, r.conjuncts(i)), st)
		return
	}
	nominal := func(w string) bool { return w == "NOUN" || w == "PROPN" }
	if !nominal(a.UPOS) || !nominal(b.UPOS) || r.quoteEnds(i, k) || lower(a.Lemma) == "other" || lower(b.Lemma) == "other" ||
		a.UPOS == "PROPN" && r.otherOnes(k) {
		return
	}
	if headings[lower(a.Form)] && i+1 < len(r.Words) && r.Words[i+1].Form == ":" {
		return // "Note: Full name is Lund Corp"
	}
	if f := b.Form; b.UPOS == "NOUN" && f == strings.ToUpper(f) && len(f) < 4 && r.bracketed(i, k) {
		return // "HMS Ocean (L 12)"
	}
	if m := r.singledOut(k); m >= 0 {
		r.including(i, k, []int{m}, st)
		r.example(i, k, true, st)
		return
	}
	members := r.members(k)
	if j := a.Head; j >= 0 && r.Words[k].UPOS == "PROPN" && r.Words[i].Deprel == "nmod" && r.bracketed(i, k) &&
		actNouns[lower(a.Lemma)] && isAgentNoun(r.Words[j].Lemma) {
		i, a = j, &r.Words[j] // "the mediators of the talks (Russia, Iran)": names are no talks, they mediate
	}
	named := func(m int) bool { return r.Words[m].UPOS == "PROPN" }
	switch {
	case a.UPOS == "NOUN" && named(k) && (r.creditedTo(i, k) || r.listedBeside(i, k) || r.signature(i, k)):
		return
	case a.UPOS == "NOUN" && named(k) && a.XPOS == "NNS" && !r.bracketed(i, k) && r.listedAfterOf(i, k):
		return // "subsidiaries of Peru Steel, Lund Bank": another in the list
	case a.UPOS == "NOUN" && named(k):
		if p := r.child(k, "nmod:poss"); p == i+1 && isAgentNoun(a.Lemma) {
			r.describe(i, r.possessor(p), st) // "founder Jeff Bezos's Blue Origin" describes Jeff Bezos
			return
		}
		// The name follows its description: each name is one of them.
		var described []int
		list := r.conjuncts(k)
		one := len(list) > 1 && r.oneThing(i)
		for _, m := range members {
			if cc := r.child(m, "cc"); one && m != k && slices.Contains(list, m) && !(cc > k && lower(r.Words[cc].Form) == "or" && r.Words[cc-1].Form == ",") {
				continue // "the giant Lund Plc and Berg Inc", beside "the Trade Act, or TA"
			}
			if named(m) && !slices.Contains(described, m) && !r.restOfName(m, i) {
				name := r.wholeName(m, i, r.conjunct(m, Subject, members))
				described = append(described, name.Words...)
				r.describe(i, name, st)
			}
		}
	case a.UPOS == "PROPN" && named(k) && isAgentNoun(lower(a.Lemma)) && ner(b.NER) == "PER" && ner(a.NER) != "PER" && r.commaBefore(k):
		r.describe(i, r.conjunct(k, Subject, members), st) // "Minister of Trade, Ana Lund, said"
	case a.UPOS == "PROPN" && (b.UPOS == "NOUN" && !r.districtAround(i, k) || r.place(i) && b.Form == lower(b.Form) && r.child(k, "det") >= 0):
		name := r.conjunct(i, Subject, r.conjuncts(i))
		for _, m := range members {
			r.describe(m, name, st)
		}
	case r.unit(i) && k > i && r.commaBefore(k) && (r.unit(k) || r.place(k)):
		// "2nd Battalion, 9th Rifle Regiment, Fort Dunmore": each is a unit of the next, the last in the place behind it.
		if u := r.unitBefore(i, k); u >= 0 {
			i = u
		}
		lemma, text := "be unit of", "is a unit of"
		if !r.unit(k) {
			lemma, text = "be in", "is in"
		}
		apart := func(k int, role Role) Argument { // without its preposition and the rest of the row
			a := r.conjunct(k, role, r.conjuncts(k))
			before, _ := r.caseOf(k)
			a.Words = without(a.Words, before)
			for _, m := range r.kids[k] {
				if r.Words[m].Deprel == "appos" {
					a.Words = r.less(a.Words, m)
				}
			}
			a.Words = r.trim(a.Words)
			return a
		}
		inner, outer := apart(i, Subject), apart(k, Attribute)
		r.add("appos", Predicate{Phrase: Phrase{Head: k}, Lemma: lemma, Noun: true, Text: text}, st, inner, outer)
	case r.placeInPlace(i, k), r.districtAround(i, k):
		inner := r.conjunct(i, Subject, r.conjuncts(i))
		first, _ := r.span(k)
		inner.Words = slices.DeleteFunc(r.less(inner.Words, k), func(m int) bool { return m > first }) // "Lima, Peru, Nov. 6"
		for len(inner.Words) > 1 && r.Words[inner.Words[0]].UPOS == "PUNCT" {
			inner.Words = inner.Words[1:]
		}
		inner.Words = r.trim(inner.Words)
		r.add("appos", Predicate{Phrase: Phrase{Head: k}, Lemma: "be in", Noun: true, Text: "is in"}, st, inner,
			r.conjunct(k, Attribute, nil))
	}
}

// otherOnes says whether noun k names others than what stands before it in a list: "Lund, other banks and firms".
func (r *reader) otherOnes(k int) bool {
	m := r.child(k, "amod")
	return m >= 0 && lower(r.Words[m].Form) == "other" && r.child(k, "det", "nmod:poss", "nummod") < 0 && r.Words[k].XPOS == "NNS"
}

// wholeName returns the argument of name m, described by noun i, with all words of the name that the model sees: in "broker Lund Roe Inc"
// a parser may part them.
func (r *reader) wholeName(m, i int, name Argument) Argument {
	span := r.entity(m)
	if len(span) < 2 || slices.Contains(span, i) || ner(r.Words[m].NER) == "LOC" {
		return name
	}
	name.Words, name.Minimal.Words = merge(name.Words, span), merge(name.Minimal.Words, span)
	return name
}

// restOfName says whether name m goes on with the name of an earlier apposition to i.
func (r *reader) restOfName(m, i int) bool {
	span := r.entity(m)
	return !slices.Contains(span, i) && slices.ContainsFunc(r.kids[i], func(k int) bool {
		return k < m && r.Words[k].Deprel == "appos" && r.Words[k].UPOS == "PROPN" && slices.Contains(span, k)
	})
}

// creditedTo says whether noun i is what the name before it does at k: "Ana Lund, commander, Northern Command".
func (r *reader) creditedTo(i, k int) bool {
	h := r.Words[i].Head
	if r.Words[i].Deprel != "appos" || h < 0 || h > i || r.Words[h].UPOS != "PROPN" || k < i || ner(r.Words[k].NER) == "PER" {
		return false
	}
	return r.personal(i) && ner(r.Words[h].NER) == "PER" || r.creditOf(i) == k
}

// listedBeside says whether name k, behind a comma, dash or bracket, begins a list of which the one thing that noun i means is none or
// another: "the company, Lund and Roe", "join the fund -- Lund, Roe and Berg".
func (r *reader) listedBeside(i, k int) bool {
	list := r.conjuncts(k)
	if len(list) < 2 || !r.oneThing(i) || k < i {
		return false
	}
	last := list[len(list)-1]
	cc := r.child(last, "cc")
	if cc < k || lower(r.Words[cc].Form) == "or" || len(list) == 2 && r.Words[cc-1].Form == "," {
		return false // "its owner, Ana Lund, and Jo Berg"
	}
	first, _ := r.span(k)
	return r.commaBefore(k) || r.bracketed(i, k) || r.Words[first].UPOS == "PUNCT" && r.Words[first].Form != "<" ||
		first > 0 && r.Words[first-1].UPOS == "PUNCT" && r.Words[first-1].Form != "<"
}

// oneThing says whether noun i means one person or thing, so that of several names only one can be its own.
func (r *reader) oneThing(i int) bool {
	w := &r.Words[i]
	return w.XPOS == "NN" && w.Deprel != "conj" && !several[lower(w.Lemma)]
}

// several nouns mean in the singular more than one, too.
var several = words(`couple pair duo trio quartet quintet band team crew staff cast family group alliance partnership coalition bloc
	opposition list series majority number range lot variety set media press side police leadership`)

// headings stand before a colon and tell what kind of remark follows.
var headings = words(`note notes remark correction clarification update source sources contact caption photo background summary subject
	opinion opinions picture pictures analysis interactive video gallery feature interview explainer quiz podcast timeline check review`)

// wireServices sign what they send: "outlawed in Peru - Reuters".
var wireServices = words(`tass reuters afp dpa ap upi ansa kyodo xinhua interfax efe`)

// signature says whether name k only signs what stands before it, noun i, which is no agency.
func (r *reader) signature(i, k int) bool {
	if !wireServices[lower(r.Words[k].Form)] || r.commaBefore(k) {
		return false
	}
	switch lower(r.Words[i].Lemma) {
	case "agency", "service", "newswire", "wire", "organisation", "organization", "company", "group", "outlet", "firm", "media":
		first, _ := r.span(k)
		return r.Words[first].UPOS == "PUNCT" || first > 0 && r.Words[first-1].UPOS == "PUNCT"
	}
	return true
}

// placeInPlace says whether k is where i lies: "Hamburg, Germany". Behind others of its list it is another of them: "Cuba, Peru, the U.S."
func (r *reader) placeInPlace(i, k int) bool {
	if c := r.child(i, "conj"); c > i && c < k {
		return false
	}
	if d := r.child(k, "det"); d >= 0 && (lower(r.Words[d].Form) != "the" || r.child(k, "nmod") > k || lower(r.Words[k].Form) == "u.s.") {
		return false // "Lima, a trading centre", "Peru, the U.S."
	}
	return k > i && r.place(i) && r.place(k) && r.commaBefore(k)
}

// districtAround says whether k names a district in which i lies and tells its kind: "Akela, Lund province".
func (r *reader) districtAround(i, k int) bool {
	c := r.child(k, "compound")
	if !districts[lower(r.Words[k].Form)] || r.child(k, "det", "amod", "nmod:poss", "nummod") >= 0 || c < 0 {
		return false
	}
	return r.placeInPlace(i, k) || k > i && r.place(i) && r.place(c) && r.commaBefore(k) && r.child(i, "conj") < 0
}

var districts = words(`province state county district region prefecture department governorate territory republic island`)

// unit says whether word i heads the name of a unit of armed forces that has a number: "9th Rifle Regiment".
func (r *reader) unit(i int) bool {
	if !units[lower(r.Words[i].Lemma)] || !capitalised(r.Words[i].Form) {
		return false
	}
	for k := i - 1; k >= 0 && i-k < 5 && r.Words[k].Head <= i && r.Words[k].Head > k; k-- {
		if c := r.Words[k].Form[0]; c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

var units = words(`platoon company squadron battery troop battalion regiment brigade group wing division corps army fleet flotilla force`)

// unitBefore returns the unit that hangs from unit i and stands last before k, -1 for none: a parser hangs all of a row from the first.
func (r *reader) unitBefore(i, k int) int {
	last := -1
	for _, m := range r.kids[i] {
		if m > i && m < k && r.Words[m].Deprel == "appos" && r.unit(m) {
			last = m
		}
	}
	return last
}

// quoteEnds says whether a quotation that began before the phrase of i ends between i and k: who is named behind it is no apposition
// to its last word.
func (r *reader) quoteEnds(i, k int) bool {
	for q := i + 1; q < k; q++ {
		switch r.Words[q].Form {
		case "''", "\"", "”":
			for o := i; o >= 0; o-- {
				switch r.Words[o].Form {
				case "``", "\"", "“":
					return !slices.Contains(r.subtree(nil, i, nil), o+1) || r.Words[i].UPOS != "PROPN"
				}
			}
			return true
		}
	}
	return false
}

// place says whether the model takes word i for a place.
func (r *reader) place(i int) bool { return ner(r.Words[i].NER) == "LOC" }

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

// commaBefore says whether the phrase of m begins with a comma or right behind one.
func (r *reader) commaBefore(m int) bool {
	first, _ := r.span(m)
	return r.Words[first].Form == "," || first > 0 && r.Words[first-1].Form == ","
}

// describe says that name is what the noun phrase of i says: position and relation to what follows "of".
func (r *reader) describe(i int, name Argument, st status) {
	role := r.conjunct(i, Attribute, r.conjuncts(i))
	role.Words = without(role.Words, name.Words)
	for _, m := range r.kids[i] {
		if r.Words[m].Deprel == "appos" {
			role.Words = r.less(role.Words, m)
		}
	}
	args := []Argument{name, role}
	for _, a := range r.complements(i) {
		if a.Case != "such as" && a.Case != "including" && !slices.Contains(name.Words, a.Head) {
			args = append(args, a)
		}
	}
	if m := r.creditOf(i); m >= 0 {
		of := r.conjunct(m, Oblique, nil)
		of.Case = "of"
		args = append(args, of)
	}
	pred := r.isA(i)
	if x := r.Words[i].XPOS; x == "NNS" && r.child(i, "det", "nummod", "nmod:poss") >= 0 || x == "NNPS" {
		pred.Text = "is one of" // nobody is "three directors"
	}
	r.add("appos", pred, r.nominalStatus(i, st), args...)
}

// creditOf returns the organisation behind a bare title, as in a line of credit: "Jane Roe, chairman, Acme Corp.", -1 for none. i is the
// title.
func (r *reader) creditOf(i int) int {
	w := &r.Words[i]
	if w.Deprel != "appos" || w.XPOS != "NN" || w.Head < 0 || w.Head > i || r.Words[w.Head].UPOS != "PROPN" {
		return -1
	}
	for _, k := range r.kids[i] {
		switch universal(r.Words[k].Deprel) {
		case "punct", "compound", "amod", "appos", "list":
		default:
			return -1 // "a director", "director of sales"
		}
	}
	for m := i + 1; m < len(r.Words); m++ {
		d := r.Words[m].Deprel
		if (d != "appos" && d != "list") || r.Words[m].Head != w.Head && r.Words[m].Head != i {
			continue
		}
		if first, _ := r.span(m); (r.Words[first].Form == "," && first == i+1 || first == i+2 && r.Words[i+1].Form == ",") &&
			r.Words[m].UPOS == "PROPN" && ner(r.Words[m].NER) == "ORG" {
			return m
		}
		return -1
	}
	return -1
}

// listedAfterOf says whether name k comes after a comma behind a name that noun i is of.
func (r *reader) listedAfterOf(i, k int) bool {
	if !r.commaBefore(k) {
		return false
	}
	for _, m := range r.kids[i] {
		if _, form := r.caseOf(m); form == "of" && m > i && m < k && r.Words[m].UPOS == "PROPN" {
			return true
		}
	}
	return false
}

// example: "allies such as Oman and Jordan", "allies, including Oman": each is one of what it stands for. i is the noun, k the first
// example.
func (r *reader) example(i, k int, including bool, st status) {
	if w := &r.Words[i]; including && (w.XPOS == "NN" || unitNouns[lower(w.Lemma)]) {
		return // what "a group" or "two miles of coast" includes is neither
	}
	if h := r.Words[i].Head; !including && h >= 0 && h < i && r.Words[i].Deprel == "nmod" && r.place(k) && landNouns[lower(r.Words[h].Lemma)] &&
		!landNouns[lower(r.Words[i].Lemma)] && !r.canAct(i) {
		i = h // "countries with surpluses such as Peru"
	}
	kind := r.argument(i, Attribute)
	kind.Words = r.trim(r.less(kind.Words, k))
	if c := r.lastBefore(i, k); c != i && !including { // "farming and services such as banking"
		list := r.conjuncts(i)
		kind = r.conjunct(c, Attribute, list)
		kind.Words = r.trim(r.less(kind.Words, k))
		i = c
	}
	var of []Argument
	for _, a := range r.complements(i) {
		if a.Case != "such as" && a.Case != "including" {
			a.Words = r.trim(r.less(a.Words, k))
			of = append(of, a)
		}
	}
	members := r.members(k)
	for _, m := range members {
		if including && r.Words[m].UPOS != "PROPN" {
			continue
		}
		name := r.conjunct(m, Subject, members)
		if adverb := r.singledOut(m); adverb >= 0 {
			name.Words = r.trim(without(name.Words, []int{adverb}))
		}
		before := len(r.out)
		r.add("example", r.isA(i), st, append([]Argument{name, kind}, of...)...)
		if including && len(r.out) > before {
			r.out[before].Derived = true // what it includes is said as part of it
		}
	}
}

// landNouns are kinds of land that have names.
var landNouns = words(`country nation state land economy city town region area place province`)

// lastBefore returns the last noun of the list that begins with i before word k.
func (r *reader) lastBefore(i, k int) int {
	last := i
	for _, m := range r.conjuncts(i) {
		if m > last && m < k && r.Words[m].UPOS == "NOUN" {
			last = m
		}
	}
	return last
}

// singledOut returns the adverb that makes an apposition k name some of what stands before it: "the allies, especially Oman"; -1 for none.
func (r *reader) singledOut(k int) int {
	for _, m := range r.kids[k] {
		if m < k && r.Words[m].Deprel == "advmod" {
			switch lower(r.Words[m].Form) {
			case "especially", "particularly", "notably":
				return m
			}
		}
	}
	return -1
}

// including: "three cities, including Quito and Lima": the noun i includes each of what is listed from k on. words are those that say so.
func (r *reader) including(i, k int, words []int, st status) {
	if d := r.child(i, "det"); d >= 0 && lower(r.Words[d].Form) == "no" {
		return // "no figures including taxes" are there
	}
	whole := r.argument(i, Subject)
	whole.Words = r.trim(r.less(whole.Words, k))
	members := r.members(k)
	for _, m := range members {
		part := r.conjunct(m, Object, members)
		part.Words = r.trim(without(part.Words, words))
		r.add("include", Predicate{Phrase: Phrase{Words: words, Head: words[0]}, Lemma: "include"}, st, whole, part)
	}
}
