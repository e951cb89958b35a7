package extract

import "strings"

// Names that the parser takes apart or attaches wrong: what stands side by side is one name, and a name takes no title after it,
// no agent and, where it is a person's, no place.

// hyphenated: a hyphen without blanks joins: "JTF-South" and "A-Mobile" are one name each.
func (r *repairer) hyphenated(i int) {
	w := r.s.Words
	if i == 0 || i+1 >= len(w) || w[i-1].End != w[i].Begin || w[i].End != w[i+1].Begin || w[i-1].UPOS != "PROPN" {
		return
	}
	a, b := i-1, i+1
	switch {
	case w[b].UPOS == "PROPN" && w[a].Head == w[b].Head && w[a].Deprel == w[b].Deprel && w[a].Deprel != "compound" &&
		w[a].Deprel != "flat":
		r.set(b, a, "flat")
		r.handOver(b, a, nil)
	case w[b].Deprel == "amod" || w[b].Deprel == "compound":
		c := w[b].Head
		if c < b || w[c].Head != a || w[c].Deprel != "appos" || !capitalised(w[b].Form) {
			return
		}
		r.set(c, w[a].Head, w[a].Deprel) // "A-Mobile chairman"
		r.handOver(a, c, func(k int, _ string) bool { return k < a || k > c })
		r.set(a, c, "compound")
		r.set(i, a, "punct")
		r.set(b, a, "flat")
	}
}

// isRank says whether form is an abbreviation that stands before a person's name, with its stop or without.
func isRank(form string) bool {
	f := lower(form)
	return rankAbbreviations[f] || rankAbbreviations[f+"."]
}

// rankedName: what follows a rank is the name: in "by Navy Capt. Ana Ruiz" read as a captain beside her, she is the captain.
func (r *repairer) rankedName(i int) {
	w := r.s.Words
	if i+1 >= len(w) || !isRank(w[i].Form) || w[i+1].UPOS != "PROPN" || w[i+1].Deprel != "appos" || isRank(w[i+1].Form) {
		return
	}
	n := i + 1
	if w[n].Head != i {
		if w[n].Head < i && w[i].Head >= 0 && w[i].Head <= n {
			r.set(i, n, "nmod:desc")
		}
		return
	}
	head, deprel := w[i].Head, w[i].Deprel
	r.handOver(i, n, func(_ int, rel string) bool { return rel != "compound" && rel != "nmod:desc" && rel != "amod" })
	r.set(n, head, deprel)
	r.set(i, n, "nmod:desc")
}

// namedAgents: people who are named right behind what they are, without a comma, are meant by their names, as a single one is: "by
// investors Ana Ruiz and Jan Berg".
func (r *repairer) namedAgents(i int) {
	w := r.s.Words
	n := r.find(i, "appos")
	if n < 0 || w[n].UPOS != "PROPN" || ner(w[n].NER) != "PER" || r.leftmost(n) != i+1 || w[i+1].UPOS == "PUNCT" || r.find(n, "conj") < 0 {
		return
	}
	head, deprel := w[i].Head, w[i].Deprel
	r.handOver(i, n, func(_ int, rel string) bool {
		switch rel {
		case "compound", "nmod:desc", "nmod:poss", "amod", "det", "nummod":
			return false
		}
		return true
	})
	r.set(n, head, deprel)
	r.set(i, n, "nmod:desc")
}

// kindBesideName: a name right behind what it is the name of, read as a second phrase of the same verb, is one with it: "led by investor
// Ana Ruiz", "told the news agency Norpress".
func (r *repairer) kindBesideName(n int) {
	w := r.s.Words
	h := w[n].Head
	if h < 0 || ner(w[n].NER) != "PER" && ner(w[n].NER) != "ORG" || r.temporalAt(n) || r.find(n, "case", "cc", "det") >= 0 {
		return
	}
	rel := universal(w[n].Deprel)
	switch rel {
	case "obl", "obj", "iobj", "nmod", "conj":
	default:
		return
	}
	first := r.leftmost(n)
	if first < 1 || w[first].UPOS == "PUNCT" && w[first].Form != "<" {
		return
	}
	k := first - 1
	for k > 0 && w[k].Head != h && w[k].Head >= 0 && w[k].Head < k && w[k].UPOS != "PUNCT" {
		k = w[k].Head
	}
	if k == h || w[k].Head != h || w[k].UPOS != "NOUN" || universal(w[k].Deprel) != rel || r.temporalAt(k) {
		return
	}
	l, person := lower(w[k].Lemma), ner(w[n].NER) == "PER"
	if !isAgentNoun(l) && !personNouns[l] && (!person || !doerEnding(l)) && (person || !firmNouns[l] && !bodyNouns[l]) {
		return
	}
	r.handOver(k, n, func(m int, rel string) bool { return rel == "case" || rel == "cc" || m > n })
	r.set(n, h, w[k].Deprel)
	r.set(k, n, "nmod:desc")
}

// doerEnding says whether noun l ends as those do that are made from what somebody does: "investor", "raider", "biologist".
func doerEnding(l string) bool {
	for _, end := range []string{"er", "or", "ist", "man"} {
		if len(l) > len(end)+2 && strings.HasSuffix(l, end) {
			return true
		}
	}
	return false
}

// chiefTitle: in "Acme Chief Executive Ana Ruiz" and "chief executive Ana Ruiz", where each word was read as describing her, the two
// are one title, and the words before it are of it.
func (r *repairer) chiefTitle(i int) {
	w := r.s.Words
	if i+2 >= len(w) || !chiefs[lower(w[i+1].Form)] {
		return
	}
	n := w[i+1].Head
	if n < i+2 || n > i+3 || w[i].Head != n || ner(w[n].NER) != "PER" || w[n].UPOS != "PROPN" {
		return
	}
	for k := i; k <= i+1; k++ {
		if rel := w[k].Deprel; rel != "amod" && rel != "compound" && rel != "nmod:desc" && rel != "nmod" {
			return
		}
	}
	r.set(i+1, n, "nmod:desc")
	r.set(i, i+1, "amod")
	r.tag(i, "ADJ", "JJ")
	if capitalised(w[i].Form) {
		r.tag(i+1, "PROPN", "NNP")
	} else {
		r.tag(i+1, "NOUN", "NN")
	}
	for j := i - 1; j >= 0 && (r.s.Words[j].Head == n || r.s.Words[j].Head == i) && r.s.Words[j].UPOS == "PROPN" &&
		(universal(r.s.Words[j].Deprel) == "compound" || r.s.Words[j].Deprel == "nmod:desc" || r.s.Words[j].Deprel == "amod"); j-- {
		r.set(j, i+1, "compound")
	}
}

// chiefs are what a chief is the chief of in a title of two words.
var chiefs = words(`executive justice minister secretary whip inspector constable economist strategist scientist engineer architect
	counsel prosecutor rabbi correspondent negotiator spokesman spokeswoman analyst`)

// nickname: the name in quotation marks between two names belongs to both: Ana "Sunny" Ruiz.
func (r *repairer) nickname(i int) {
	w := r.s.Words
	if i < 2 || i+2 >= len(w) || w[i-1].UPOS != "PUNCT" || w[i+1].UPOS != "PUNCT" || !isQuote(w[i-1].Form) ||
		!isQuote(w[i+1].Form) {
		return
	}
	a, b := i-2, i+2
	if w[a].UPOS != "PROPN" || w[b].UPOS != "PROPN" {
		return
	}
	twice := w[b].Head == w[a].Head && w[b].Deprel == w[a].Deprel && w[i].Head == a // two subjects of one verb
	if !twice && (w[b].Deprel != "appos" || w[b].Head != a && (w[b].Head != i || w[i].Head != a)) {
		return
	}
	r.set(b, a, "flat")
	r.set(i, a, "flat")
	r.set(i-1, i, "punct")
	r.set(i+1, i, "punct")
	r.handOver(b, a, nil) // what describes the surname describes the person
	r.handOver(i, a, func(k int, _ string) bool { return k > b })
}

// bracketedGiven: who is quoted as saying "Minister (Karl) Berg" said "Minister Berg": the editor adds the given name, and the holder of the
// office is Berg.
func (r *repairer) bracketedGiven(g int) {
	w := r.s.Words
	if g < 2 || g+2 >= len(w) || w[g-1].Form != "(" || w[g+1].Form != ")" || w[g].Head != g-2 ||
		w[g+2].UPOS != "PROPN" || w[g+2].Head != g || w[g+2].Deprel != "flat" || ner(w[g+2].NER) != "PER" || ner(w[g-2].NER) == "PER" {
		return
	}
	t, b := g-2, g+2
	r.set(b, w[t].Head, w[t].Deprel)
	r.handOver(t, b, func(k int, rel string) bool { return rel == "case" || rel == "cc" || rel == "det" || k > b })
	r.handOver(g, b, func(k int, _ string) bool { return k > b })
	r.set(t, b, "nmod:desc")
	r.set(g, b, "compound")
	r.set(g-1, g, "punct")
	r.set(g+1, g, "punct")
}

// beforePossessor: a name right before a possessor is no part of what is possessed: in "the Lund 500 index's rise" it is the Lund 500 index
// that rose.
func (r *repairer) beforePossessor(m int) {
	w := r.s.Words
	h := w[m].Head
	if h < m || m+1 >= len(w) || w[m+1].XPOS != "POS" || r.temporalAt(m) {
		return
	}
	first := r.leftmost(m)
	for k := first - 1; k >= max(0, first-4); k-- {
		if w[k].Head != h || w[k].Deprel != "compound" || w[k].UPOS != "PROPN" || r.rightmost(k, m)+1 != first {
			continue
		}
		r.set(k, m, "compound")
		if d := r.leftmost(k) - 1; d >= 0 && r.s.Words[d].Head == h && r.s.Words[d].Deprel == "det" {
			r.set(d, m, "det")
		}
		return
	}
}

// unjoined: nothing stands between one name of a list and the next unless both are one: "its mill and Berg Paper Inc", read as Berg and a
// Paper Inc.
func (r *repairer) unjoined(k int) {
	w := r.s.Words
	if k > 0 && k+1 < len(w) && w[k].XPOS == "NN" && w[k-1].UPOS == "CCONJ" && w[k+1].UPOS == "NOUN" &&
		w[k+1].Deprel == "conj" && w[k+1].Head == w[k].Head && w[k].Head >= 0 && w[k].Head < k && r.rightmost(k, len(w)) == k {
		h := w[k].Head // "the army, navy and air force" are three, not four
		r.set(k, k+1, "compound")
		r.set(k-1, k+1, "cc")
		r.handOver(k+1, h, func(m int, rel string) bool { return rel == "det" && m < h })
		return
	}
	if w[k].UPOS != "PROPN" || k < 1 || k+1 >= len(w) || w[k-1].UPOS != "CCONJ" || w[k+1].UPOS != "PROPN" ||
		w[k+1].Deprel != "compound" {
		return
	}
	if m := w[k+1].Head; m > k+1 && w[m].UPOS == "PROPN" && w[m].Deprel == "conj" && w[k-1].Head == m && r.rightmost(k, len(w)) == k {
		r.set(k, m, "compound")
	}
}

// bareSingular: a bare noun in the singular for a thing that is counted is no member of a list, but says with the next one what the last is
// of: "bank and factory workers" are those of banks and those of factories.
func (r *repairer) bareSingular(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || w[h].XPOS != "NN" || !siteNouns[lower(w[h].Form)] && !shopWords[lower(w[h].Form)] ||
		r.find(h, "det", "amod", "nummod", "nmod:poss", "nmod", "acl", "acl:relcl", "case", "cop", "appos") >= 0 {
		return
	}
	cc, mod := r.find(k, "cc"), r.find(k, "compound")
	if cc != h+1 || mod != h+2 || w[mod].XPOS != "NN" || r.find(k, "det", "amod", "nummod", "nmod:poss", "case") >= 0 {
		return
	}
	r.set(k, w[h].Head, w[h].Deprel)
	r.handOver(h, k, func(n int, rel string) bool { return n > k })
	r.set(h, k, "compound")
	r.set(mod, h, "conj")
	r.set(cc, mod, "cc")
}

// sharedArticle: in "a steel tubes and cable company" one article stands before the company, which is named by what it makes.
func (r *repairer) sharedArticle(k int) {
	w := r.s.Words
	h := w[k].Head
	if !firmNouns[lower(w[k].Lemma)] && lower(w[k].Lemma) != "division" || h < 1 || h > k || w[h].XPOS != "NNS" ||
		firmNouns[lower(w[h].Lemma)] || isAgentNoun(w[h].Lemma) || r.find(h, "nmod", "acl", "acl:relcl", "nummod", "appos", "cop") >= 0 ||
		r.find(k, "det", "amod", "nummod", "nmod:poss", "case") >= 0 {
		return
	}
	cc, mod := r.find(k, "cc"), r.find(k, "compound")
	if cc != h+1 || mod < h+2 || r.leftmost(mod) != h+2 && r.leftmost(mod) != h+1 {
		return
	}
	d, based := r.find(h, "det", "nmod:poss"), r.find(h, "amod")
	one := d >= 0 && (lower(w[d].Form) == "a" || lower(w[d].Form) == "an" || w[d].Deprel == "nmod:poss" && based >= 0)
	if sited := based >= 0 && lower(w[based].Form) == "based"; !one && (d < 0 || !sited) {
		return
	}
	r.set(k, w[h].Head, w[h].Deprel)
	r.handOver(h, k, func(n int, rel string) bool {
		return n > k || rel == "det" || rel == "nmod:poss" || rel == "case" || n == based
	})
	r.set(h, k, "compound")
	r.set(mod, h, "conj")
	r.set(cc, mod, "cc")
}

// shopWords are places that sell or make something, which only come bare before another noun.
var shopWords = words(`store shop supermarket bank company firm hotel brewery mine smelter bakery brokerage foundry shipyard depot`)

// partedName: two names that hang from one noun and are one for the model go together: "broker" with "Lund", "Roe" and "Berg Inc" beside it.
func (r *repairer) partedName(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || len(w[k].NER) < 3 {
		return
	}
	from := k
	for from > 0 && from-1 != h && len(w[from].NER) > 2 && w[from].NER[0] == 'I' {
		from--
	}
	if from == k || len(w[from].NER) < 3 || w[from].NER[0] != 'B' {
		return // a name around the noun
	}
	for m := from; m < k; m++ {
		if w[m].Head != h || w[m].UPOS != "PROPN" {
			continue
		}
		switch w[m].Deprel {
		case "appos", "flat", "list":
			r.set(k, m, "flat")
			return
		case "compound": // "lead manager Lund" and "Bank Ltd"
			r.set(m, k, "compound")
		}
	}
}

// nameBehind: what is read as describing the name before it is its end: "Linden Airfield West".
func (r *repairer) nameBehind(i int) {
	if w := r.s.Words; i > 0 && w[i].Head == i-1 && w[i-1].UPOS == "PROPN" {
		r.set(i, i-1, "flat")
	}
}

// nameOfOffice: a bare noun for who acts and the name right behind it are a title and its holder: in "sold by lead manager Berg Bank"
// the bank sold it.
func (r *repairer) nameOfOffice(n int) {
	w := r.s.Words
	h := w[n].Head
	if h < 0 || h > n || w[h].UPOS != "NOUN" || w[h].XPOS != "NN" || !isAgentNoun(w[h].Lemma) ||
		r.leftmost(n) != h+1 || r.find(n, "nmod:poss") >= 0 || r.find(h, "det", "nmod:poss", "nmod", "acl", "conj", "cop") >= 0 {
		return
	}
	switch universal(w[h].Deprel) {
	case "nsubj", "obj", "obl", "nmod":
	default:
		return
	}
	r.set(n, w[h].Head, w[h].Deprel)
	r.handOver(h, n, func(k int, rel string) bool { return k > n || rel == "case" })
	r.set(h, n, "nmod:desc")
}

// nameWithAnd: "and" is part of some names, as of the Islamic State of Iraq and the Levant: what follows the name is not joined
// to what stands before it: "against Islamic State of Iraq and the Levant fighters".
func (r *repairer) nameWithAnd(i int) {
	w := r.s.Words
	if w[i].Form != "State" || i == 0 || w[i-1].Form != "Islamic" || i+4 >= len(w) || w[i+1].Form != "of" ||
		w[i+2].Form != "Iraq" || w[i+3].Form != "and" {
		return
	}
	iraq, cc, l := i+2, i+3, i+4
	if lower(w[l].Form) == "the" {
		l++
	}
	if l >= len(w) || w[l].Form != "Levant" && w[l].Form != "Syria" {
		return
	}
	n := w[l].Head
	if n != l+1 || w[l].Deprel != "compound" || w[n].UPOS != "NOUN" || w[n].Head == i {
		n = -1
	}
	if n < 0 && w[l].Head == iraq || w[i].Head < 0 || w[i].Head == n {
		return
	}
	v, rel := -1, ""
	if n >= 0 {
		v, rel = w[n].Head, w[n].Deprel
	}
	head, deprel := w[i].Head, w[i].Deprel
	if n >= 0 {
		r.set(n, head, deprel)
		r.handOver(i, n, func(k int, rel string) bool { return rel == "case" || rel == "det" && k < i-1 })
		r.set(i, n, "compound")
	}
	r.set(iraq, i, "nmod")
	r.set(i+1, iraq, "case")
	r.set(l, iraq, "flat") // one name, not two countries
	r.set(cc, l, "flat")
	if l > i+4 {
		r.set(i+4, l, "flat")
	}
	// "said the war on Islamic State of Iraq and the Levant fighters goes on": it is the war that does.
	if v > l && universal(rel) == "nsubj" && head < i && w[head].Deprel == "nsubj" && w[head].Head >= 0 &&
		w[head].Head < head && w[v].Head == w[head].Head {
		said := w[head].Head
		r.set(head, v, rel)
		r.set(v, said, "ccomp")
	}
}

// twoNames: two neighbouring names in one role are one name: "Ana" and "Cruz" as two subjects.
func (r *repairer) twoNames(i int) {
	w := r.s.Words
	if i+1 >= len(w) || w[i+1].UPOS != "PROPN" || w[i].Head != w[i+1].Head || w[i].Deprel != w[i+1].Deprel {
		return
	}
	r.handOver(i+1, i, nil)
	r.set(i+1, i, "flat")
}

// brokenName: two names side by side in one role are one with its title: "Secretary of State" and "Rex Tillerson", "Transport"
// and "Minister Maksim Sokolov".
func (r *repairer) brokenName(i int) {
	w := r.s.Words
	if w[i].XPOS == "NN" && i+1 < len(w) && w[i+1].UPOS == "PROPN" &&
		(w[i].Deprel != "obj" || w[i].Head >= 0 && !appointing[w[w[i].Head].Lemma]) &&
		w[i+1].Head == w[i].Head && w[i+1].Deprel == w[i].Deprel && isAgentNoun(w[i].Lemma) {
		r.set(i, i+1, "nmod:desc") // "bank analyst" and "Ana Cruz"
		return
	}
	if w[i].XPOS == "NN" && firmNouns[lower(w[i].Lemma)] && i+1 < len(w) && w[i+1].UPOS == "PROPN" && w[i].Deprel != "obj" &&
		w[i+1].Head == w[i].Head && w[i+1].Deprel == w[i].Deprel && r.find(i, "nmod", "acl", "acl:relcl") < 0 {
		r.set(i+1, i, "appos") // "the energy group" and "Berg"
		return
	}
	if n := i + 2; n < len(w) && w[i].XPOS == "NN" && w[i].Deprel != "nsubj:pass" && w[i+1].UPOS == "NUM" && w[i+1].Head == n &&
		w[n].Head == w[i].Head && w[n].Deprel == w[i].Deprel && w[n].UPOS == "NOUN" && r.find(n, "det", "nmod:poss") < 0 {
		r.set(i, n, "compound") // "a grade 3 fault": no fault beside a grade
		r.handOver(i, n, nil)
		return
	}
	if b := r.leftmost(i); w[i].UPOS == "NOUN" && w[i].Deprel == "nsubj" && i+1 < len(w) && w[i+1].UPOS == "PROPN" &&
		w[i+1].Deprel == "nsubj" && w[i+1].Head == w[i].Head &&
		r.find(i, "det") < 0 && (b == 0 || w[b-1].UPOS != "VERB") && capitalised(w[i].Form) {
		r.set(i, i+1, "compound") // "Manufacturers" and "Hanover"
		return
	}
	if w[i].UPOS != "PROPN" || w[i].Head < 0 {
		return
	}
	end := i + 1 // behind the phrase of i
	for end < len(w) && r.under(end, i) {
		end++
	}
	if end == len(w) {
		return
	}
	name := end
	for name < len(w) && (w[name].Head != w[i].Head || w[name].Deprel != w[i].Deprel) {
		if w[name].UPOS != "PROPN" && w[name].UPOS != "NOUN" && w[name].UPOS != "ADJ" {
			return
		}
		name++
	}
	if name == len(w) || w[name].UPOS != "PROPN" && (w[name].UPOS != "NOUN" || end != name || w[i].Deprel == "obj" ||
		temporalNouns[lower(w[i].Lemma)]) {
		return
	}
	if w[name].UPOS == "NOUN" {
		if r.find(name, "det", "nmod:poss") < 0 && r.leftmost(name) == name {
			r.set(i, name, "compound") // "a top Bolivia banker said", with what describes both
			r.handOver(i, name, func(k int, rel string) bool {
				return k < i && (rel == "det" || rel == "amod" && w[k].UPOS == "ADJ" && lower(w[k].Form) == w[k].Form)
			})
		}
		return
	}
	switch {
	case isAgentNoun(w[i].Lemma), rankAbbreviations[lower(w[i].Form)]:
		r.set(i, name, "nmod:desc")
	case end == i+1 && w[end].UPOS == "PROPN" && w[end].Head == name && !isAgentNoun(w[end].Lemma) && name == end+1:
		r.set(i, name, "compound") // "E.F." and "Hutton Group"
	case end < name && isAgentNoun(w[end].Lemma) && w[end].Head == name:
		r.set(i, end, "compound")
	}
}

// monthOfMay: no auxiliary follows a preposition or ends a sentence: in "PRICES FALL IN MAY" it is the month.
func (r *repairer) monthOfMay(m int) {
	w := r.s.Words
	if w[m].Form[0] != 'M' || m < 2 || w[m].Head > m || w[m].Head < 0 {
		return
	}
	switch lower(w[m-1].Form) {
	case "in", "since", "until", "from", "by", "during":
	default:
		return
	}
	r.tag(m, "PROPN", "NNP")
	r.set(m, w[m].Head, "obl")
	r.set(m-1, m, "case")
	r.tag(m-1, "ADP", "IN")
}

// phrases mends the phrase of name or noun i.
func (r *repairer) phrases(i int) {
	w := &r.s.Words[i]
	switch {
	case w.UPOS == "PROPN" && w.Head >= 0 && w.Head < i:
		r.nameAfterTitle(i)
		r.nameAfterNoun(i)
		r.circumstanceOfName(i)
	case w.UPOS == "NUM" && w.Head >= 0 && w.Head < i:
		r.circumstanceOfName(i)
	case w.UPOS == "NOUN" && w.Deprel == "appos":
		r.firmAfterPerson(i)
		r.afterList(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod" || w.Deprel == "acl" {
		r.afterApposition(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod:poss" && w.UPOS == "PROPN" && w.Head > i {
		r.ofPossessor(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod:poss" && w.Head > i {
		r.behindPossessor(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "conj" && isAgentNoun(w.Lemma) && w.UPOS == "NOUN" {
		r.secondRole(i)
	}
}

// nameAfterTitle: in "Secretary of State John Kerry" the name is the head and the office its title.
func (r *repairer) nameAfterTitle(i int) {
	w := r.s.Words
	j := w[i].Head
	switch w[i].Deprel {
	case "nmod", "flat", "appos", "nmod:unmarked", "list", "dep":
	default:
		return
	}
	if !isAgentNoun(w[j].Lemma) || ner(w[i].NER) != "PER" || r.preposition(i) != "" || i-j > reach ||
		i == j+1 && w[i].Deprel == "appos" && (w[j].UPOS != "PROPN" || r.find(j, "det") >= 0) || w[j].UPOS == "NOUN" && w[i].Deprel == "appos" {
		return
	}
	for k := j + 1; k < i; k++ {
		if !r.under(k, j) || w[k].UPOS == "PUNCT" || r.under(k, i) {
			return
		}
	}
	head, deprel := w[j].Head, w[j].Deprel
	r.handOver(j, i, func(k int, rel string) bool {
		return rel == "case" || rel == "cop" || k > i || rel == "nsubj" || rel == "punct"
	})
	r.set(i, head, deprel)
	r.set(j, i, "nmod:desc")
}

// nameAfterNoun: a name right after a noun, without a comma, names that noun and not the one before it: "chief executive of the
// bank Lund".
func (r *repairer) nameAfterNoun(i int) {
	w := r.s.Words
	if w[i].Deprel != "appos" || i == 0 {
		return
	}
	first := r.leftmost(i)
	n := first - 1
	if w[first].UPOS == "PUNCT" {
		return
	}
	if ner(w[i].NER) == "PER" {
		// "leaders and chief of staff Lund": bare "staff" is part of the office.
		if n > 1 && w[n].XPOS == "NN" && w[n-1].Head == n && lower(w[n-1].Form) == "of" && w[n].Head == n-2 &&
			isAgentNoun(w[n-2].Lemma) {
			if w[i].Head != n-2 && w[n-2].UPOS == "NOUN" {
				r.set(i, n-2, "appos")
			}
			return
		}
	}
	if n < 0 || n == w[i].Head || w[n].UPOS != "NOUN" || w[n].XPOS == "NNS" || !r.under(n, w[i].Head) ||
		temporalNouns[lower(w[n].Lemma)] ||
		ner(w[i].NER) == "PER" && firmNouns[lower(w[n].Lemma)] {
		return
	}
	r.set(i, n, "appos")
}

// circumstanceOfName: a person has no place and a name no agent: in "talks with Lund in Oslo" the talks are in Oslo, in
// "sanctions imposed on Peru by Oslo" Oslo imposes them.
func (r *repairer) circumstanceOfName(i int) {
	w := r.s.Words
	h := w[i].Head
	if w[i].Deprel != "nmod" || w[h].UPOS != "PROPN" {
		return
	}
	if first := r.leftmost(i); first > 0 && w[first-1].Form == "," {
		return
	}
	switch form := r.preposition(i); {
	case form == "by" && w[i].UPOS == "PROPN":
	case form == "in" && ner(w[i].NER) == "LOC" && w[h].Head >= 0 && gatherings[lower(w[w[h].Head].Lemma)] &&
		r.preposition(h) == "with":
		// "talks with Nordbank in Oslo": the talks
	case ner(w[h].NER) != "PER" && ner(w[h].NER) != "LOC" || w[h].Deprel == "conj" && ner(w[h].NER) == "LOC":
		return
	case form == "during" || form == "after" || form == "before" || form == "since":
	case form == "in" && w[i].UPOS == "NUM":
	case (form == "in" || form == "on") && ner(w[h].NER) == "PER":
	default:
		return
	}
	for up := w[h].Head; up >= 0; up = w[up].Head {
		switch {
		case w[up].UPOS == "VERB":
			r.set(i, up, "obl")
			return
		case w[up].UPOS == "NOUN" && actNouns[lower(w[up].Lemma)] && up < h:
			r.set(i, up, "nmod")
			return
		}
		if w[up].Deprel == "acl:relcl" || w[up].Deprel == "appos" || isAgentNoun(w[up].Lemma) {
			return
		}
	}
}

// firmNouns are organisations: what a person is not.
var firmNouns = words(`company firm bank group corporation agency organisation organization subsidiary unit maker
	manufacturer producer retailer broker brokerage airline automaker carmaker insurer lender publisher newspaper magazine
	website broadcaster network party movement institute university college school hospital museum charity foundation
	association union federation council committee ministry department consultancy conglomerate startup start-up developer
	operator supplier distributor chain tank watchdog body team club`)

// firmAfterPerson: in "Lund, head of Nordic Metals, a mining company" the company is Nordic Metals.
func (r *repairer) firmAfterPerson(i int) {
	w := r.s.Words
	p := w[i].Head
	if p < 0 || p > i || ner(w[p].NER) != "PER" || !firmNouns[lower(w[i].Lemma)] {
		return
	}
	first := r.leftmost(i)
	n := first - 1
	if n > 0 && w[n].Form == "," {
		n--
	}
	for n > p && w[n].UPOS == "PROPN" && w[n].Head > p && w[w[n].Head].UPOS == "PROPN" {
		n = w[n].Head
	}
	if n > p && w[n].UPOS == "PROPN" && ner(w[n].NER) != "PER" && w[n].Head != p && r.under(n, p) && w[n].Deprel == "nmod" {
		r.set(i, n, "appos")
	}
}

// ofPossessor: in "the Bank of Peru's index" the bank has the index, not Peru.
func (r *repairer) ofPossessor(i int) {
	w := r.s.Words
	z := w[i].Head
	x := w[z].Head
	if i < 2 || x != i-2 || w[z].Deprel != "nmod" || w[x].UPOS != "PROPN" || lower(w[i-1].Form) != "of" || w[i-1].Head != z {
		return
	}
	head, deprel := w[x].Head, w[x].Deprel
	r.set(i-1, i, "case")
	r.set(i, x, "nmod")
	r.set(z, head, deprel)
	r.set(x, z, "nmod:poss")
	for k, to := r.near(z); k < to; k++ {
		switch v := r.s.Words[k]; {
		case v.Head == i && v.XPOS == "POS":
			r.set(k, x, "case")
		case v.Head == x && (v.Deprel == "case" || v.Deprel == "cc" || v.Deprel == "punct") && k < x:
			r.set(k, z, v.Deprel)
		}
	}
}

// behindPossessor: what stands behind 's is no part of the possessor: in "the bank's former chairman" the bank is not former.
func (r *repairer) behindPossessor(i int) {
	head := r.s.Words[i].Head
	mark := -1
	for k := i + 1; k < head && k < i+reach; k++ {
		switch w := &r.s.Words[k]; {
		case w.Head == i && w.XPOS == "POS":
			mark = k
		case w.Head == i && mark >= 0 && (w.Deprel == "amod" || w.Deprel == "compound" || w.Deprel == "nummod" ||
			w.Deprel == "advmod"):
			r.set(k, head, w.Deprel)
		}
	}
}

// secondRole: in "a member of Nordbank and an ally of Lund" the second thing that someone is goes with the first, not with
// Nordbank.
func (r *repairer) secondRole(i int) {
	w := r.s.Words
	y := w[i].Head
	if y < 0 || w[y].Deprel != "nmod" || w[y].UPOS != "PROPN" && w[y].UPOS != "NOUN" || w[y].Head < 0 || w[y].Head > y ||
		r.preposition(y) != "of" {
		return
	}
	x := w[y].Head
	switch det := r.find(i, "det"); {
	case w[x].UPOS != "NOUN" || !isAgentNoun(w[x].Lemma):
		return
	case w[y].UPOS == "PROPN" && (r.find(x, "det") < 0 || det < y):
		return
	case w[y].UPOS == "NOUN" && (det >= 0 || w[i].XPOS != "NN" || w[x].XPOS != "NN" || w[x].Deprel != "appos" || isAgentNoun(w[y].Lemma) ||
		personNouns[w[y].Lemma]): // "professor of law and director of the museum"
		return
	}
	r.set(i, x, "conj")
}

// afterList: a description of one after a list of names is of the last: in "Oslo and Nordbank, a company" the company is
// Nordbank.
func (r *repairer) afterList(i int) {
	w := r.s.Words
	h := w[i].Head
	if h < 0 || h > i || w[i].XPOS != "NN" || w[h].UPOS != "PROPN" {
		return
	}
	for k := i - 1; k > h; k-- {
		if w[k].Head == h && w[k].Deprel == "conj" && w[k].UPOS == "PROPN" {
			first := r.leftmost(i)
			if last := r.rightmost(k, len(w)); last == first-1 || last == first-2 && w[first-1].Form == "," {
				r.set(i, k, "appos")
			}
			return
		}
	}
}

// afterApposition: what follows a description without a comma belongs to it: in "Lund, an analyst at Nordbank" the analyst is at
// Nordbank.
func (r *repairer) afterApposition(i int) {
	w := r.s.Words
	h := w[i].Head
	if h < 0 || h > i || w[h].UPOS != "PROPN" {
		return
	}
	first := r.leftmost(i)
	for k := h + 1; k < first; k++ {
		if w[k].Head == h && w[k].Deprel == "appos" && w[k].UPOS == "NOUN" {
			if last := r.rightmost(k, len(w)); last == first-1 {
				r.set(i, k, w[i].Deprel)
				return
			}
		}
	}
}

// namesAfterOf: no verb has two subjects: in "officials of Peru, Chile and Cuba agreed", read as officials of Peru and Chile
// agreeing, what follows the comma is listed with the name after "of". y is the second subject.
func (r *repairer) namesAfterOf(y int) {
	w := r.s.Words
	v := w[y].Head
	if v < y || r.find(y, "conj") < 0 || r.caseBefore(y) >= 0 {
		return
	}
	n := r.find(v, "nsubj")
	if n < 0 || n >= y || w[n].XPOS != "NNS" || !isAgentNoun(w[n].Lemma) {
		return
	}
	x := r.find(n, "nmod")
	if x < n || x > y || w[x].UPOS != "PROPN" {
		return
	}
	if c := r.caseBefore(x); c < 0 || lower(w[c].Form) != "of" {
		return
	}
	if first := r.leftmost(y); w[first].Form != "," && w[first-1].Form != "," {
		return
	}
	for k := x + 1; k < y; k++ {
		if w[k].Head == x && w[k].Deprel == "appos" && w[k].UPOS == "PROPN" {
			r.set(k, x, "conj")
		}
	}
	r.set(y, x, "conj")
}

// letters: two letters joined by "and" are one name: "S and P", "A and W".
func (r *repairer) letters(k int) {
	w := r.s.Words
	if k < 2 || len(w[k].Form) != 1 || !capitalised(w[k].Form) || w[k].Head != k-2 || len(w[k-2].Form) != 1 ||
		!capitalised(w[k-2].Form) || w[k-1].Head != k || lower(w[k-1].Form) != "and" && w[k-1].Form != "&" {
		return
	}
	r.set(k-1, k-2, "flat")
	r.set(k, k-2, "flat")
	r.tag(k-2, "PROPN", "NNP")
}

// holderOfOffice: a person named behind a comma is who holds the office before it, not the place or body that the office is of: "the
// governor of Piura, Luis Neyra".
func (r *repairer) holderOfOffice(k int) {
	w := r.s.Words
	p := w[k].Head
	if p < 0 || p > k || ner(w[k].NER) != "PER" || ner(w[p].NER) == "PER" || isAgentNoun(lower(w[p].Lemma)) || w[p].Deprel != "nmod" {
		return
	}
	n := w[p].Head
	if n < 0 || n > p || w[n].UPOS != "NOUN" || !isAgentNoun(lower(w[n].Lemma)) || r.find(n, "appos") >= 0 || w[r.leftmost(k)-1].Form != "," && w[r.leftmost(k)].Form != "," {
		return
	}
	switch r.preposition(p) {
	case "of", "for", "to", "in", "at":
		r.set(k, n, "appos")
	}
}

// officeBefore: an office with what it is of or for and the name of a person right behind are a title and its holder: "talks with the ambassador
// to Oslo Ana Ruiz", read as a Ruiz of Oslo, "the minister of mines and power Ana Ruiz", read as a minister and a Ruiz.
func (r *repairer) officeBefore(p int) {
	w := r.s.Words
	if w[p].NER != "B-PER" || p < 3 || w[p-1].UPOS != "NOUN" && w[p-1].UPOS != "PROPN" || isAgentNoun(w[p-1].Lemma) ||
		ner(w[p-1].NER) == "PER" || isRank(w[p-1].Form) {
		return
	}
	c := p - 1 // the preposition behind the office
	for ; c > 0 && p-c < 9; c-- {
		if u := w[c].UPOS; u == "ADP" && isAgentNoun(w[c-1].Lemma) {
			break
		} else if u != "NOUN" && u != "PROPN" && u != "ADJ" && u != "DET" && (u != "CCONJ" || lower(w[c].Form) != "and") && (u != "ADP" || lower(w[c].Form) != "of") {
			return
		}
	}
	a := c - 1
	if a < 0 || p-c >= 9 || w[c].UPOS != "ADP" || w[a].UPOS != "NOUN" && w[a].UPOS != "PROPN" || w[a].XPOS == "NNS" {
		return
	}
	switch lower(w[c].Form) {
	case "of", "for", "to", "at":
	default:
		return
	}
	if w[a].Head == p || w[p].Head == a && w[p].Deprel == "appos" || w[a].Head > a && w[a].Head < p || w[a].Head < 0 || r.find(p, "nmod:poss", "case") >= 0 {
		return
	}
	last := p // of the name
	for last+1 < len(w) && w[last+1].NER == "I-PER" {
		last++
	}
	if last+1 < len(w) && w[last+1].XPOS == "POS" || w[a].Head >= p && w[a].Head <= last {
		return
	}
	field, next := p-1, -1 // what the office is of, and what is joined to it
	for k := c + 1; k < p; k++ {
		switch {
		case w[k].UPOS == "CCONJ" && k > c+1 && r.nominalAt(k-1) && next < 0:
			field, next = k-1, p-1
			r.set(k, next, "cc")
		case w[k].UPOS == "ADP":
			field = k - 1 // "the Bank of Peru"
			if next >= 0 {
				return
			}
		}
	}
	r.set(p, w[a].Head, w[a].Deprel)
	for k := c + 1; k < p; k++ {
		if x := r.s.Words[k].Head; x >= p || x < c {
			switch {
			case k == field:
				r.set(k, a, "nmod")
			case k == next:
				r.set(k, field, "conj")
			case k < field || next < 0:
				r.set(k, field, "compound")
			case w[k].UPOS != "CCONJ":
				r.set(k, next, "compound")
			}
		}
	}
	r.set(c, field, "case")
	for k, to := r.near(p); k < to; k++ {
		x := r.s.Words[k].Head
		switch {
		case k > p && k <= last:
			if x < p {
				r.set(k, p, "flat")
			}
		case k > last && x >= a && x < p:
			r.set(k, p, r.s.Words[k].Deprel)
		case k < a && x == a && (w[k].Deprel == "case" || w[k].Deprel == "cc" || w[k].Deprel == "punct" || w[k].Deprel == "mark"):
			r.set(k, p, w[k].Deprel)
		}
	}
	r.set(a, p, "nmod:desc")
}

// officeAtBody: what follows the field of an office tells where the office is: in "Lund, deputy minister for trade at the Ministry of
// Commerce" the minister is there, not the trade.
func (r *repairer) officeAtBody(m int) {
	w := r.s.Words
	f := w[m].Head
	if f < 1 || f > m || r.preposition(m) != "at" || w[m].UPOS != "PROPN" && !firmNouns[lower(w[m].Lemma)] ||
		w[f].Deprel != "nmod" || w[f].UPOS != "NOUN" || isAgentNoun(w[f].Lemma) || firmNouns[lower(w[f].Lemma)] {
		return
	}
	a := w[f].Head
	if a < 0 || a > f || w[a].UPOS != "NOUN" || w[a].XPOS != "NN" || !isAgentNoun(w[a].Lemma) {
		return
	}
	switch r.preposition(f) {
	case "of", "for":
		r.set(m, a, "nmod")
	}
}

// listedDescriptions: what has its name right behind it gets no other one behind a comma: in "the insurer Lund, the bank Berg and Acme
// agreed", read as three names of an insurer, the next is another of the list.
func (r *repairer) listedDescriptions(k int) {
	w := r.s.Words
	i := w[k].Head
	if i < 0 || i > k || w[i].UPOS != "NOUN" || w[i].XPOS == "NNS" {
		return
	}
	name := r.find(i, "appos")
	if name < 0 || name >= k || w[name].UPOS != "PROPN" || r.leftmost(name) != i+1 {
		return
	}
	first := r.leftmost(k)
	if w[first].Form == "," {
		first++
	} else if w[first-1].Form != "," {
		return
	}
	if last := r.find(k, "conj"); last > k && r.find(last, "cc") > k && (w[first].UPOS == "DET" || w[k].UPOS == "PROPN" && ner(w[k].NER) == ner(w[name].NER)) {
		r.set(k, i, "conj")
	}
}
