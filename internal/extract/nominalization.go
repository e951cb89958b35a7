package extract

import "strings"

// act: a nominalisation with its arguments: "Russia's support for Syria", "the bombing of Aleppo by the army", "a meeting
// between Lavrov and Tillerson", "the Israeli attack on Gaza". st is the status of the clause around it.
// It returns false where the noun has not both who acts and what is acted on.
func (r *reader) act(i int, st status) bool {
	lemma := lower(r.Words[i].Lemma)
	pred := Predicate{Phrase: Phrase{Words: []int{i}, Head: i}, Lemma: lemma, Noun: true}
	agents, done := r.actors(i)
	var core, others []Argument                                      // the first phrase that is acted on, its conjuncts one by one; the other phrases
	acted := func(k int, form string, caseWords []int, whole bool) { // whole: behind a preposition of several words
		conj := r.conjuncts(k)
		first := len(core) == 0
		for _, m := range conj {
			a := r.conjunct(m, Oblique, conj)
			if a.Case, a.CaseWords = form, caseWords; first && a.Role == Oblique && (patientCases[form] || whole) {
				core = append(core, a)
			} else {
				others = append(others, a)
			}
		}
	}
	for _, k := range r.kids[i] {
		caseWords, form := r.caseOf(k)
		if done[k] || r.Words[k].Deprel != "nmod" || k < i || form == "" || r.bracketed(i, k) {
			continue
		}
		if conj := r.parties(k); (form == "between" && len(conj) >= 2 || form == "among") && !r.temporal(k) {
			for _, pair := range r.pairs(conj) { // "talks between A, B and C"
				r.add("act", pred, r.factual(i, st), pair...)
			}
			return len(conj) > 1
		}
		if (form == "from" || form == "by") && r.measured(k) && !r.temporal(k) {
			continue // "cut its stake from 20 pct"
		}
		if noun, words, whole := r.complexCase(k); noun >= 0 { // "an inquiry by the bank in connection with the sale"
			acted(noun, whole, words, true)
			continue
		}
		acted(k, form, caseWords, false)
	}
	if p := r.child(i, "nmod:poss"); p >= 0 && len(agents) > 0 && !done[p] && len(core) == 0 && r.Words[p].XPOS != "WP$" &&
		!r.temporal(p) {
		for _, m := range r.conjuncts(p) { // "Aleppo's bombing by the army"
			a := r.possessor(m)
			a.Role, a.Case = Oblique, "of"
			core = append(core, a)
		}
	}
	if len(core) == 0 && mutual[lemma] && r.Words[i].Deprel != "compound" {
		if x, y := r.pair(i); x >= 0 {
			s, a := r.single(x, Subject), r.single(y, Oblique)
			a.Case = "with"
			r.add("act", pred, r.factual(i, st), append([]Argument{s, a}, others...)...)
			return true
		}
	}
	if len(agents) == 0 || len(core) == 0 {
		return false
	}
	st = r.factual(i, st)
	for _, s := range agents {
		for _, a := range core {
			r.add("act", pred, st, append([]Argument{s, a}, others...)...)
		}
	}
	return true
}

// isAct says whether word i is a nominalisation.
func (t *tree) isAct(i int) bool {
	return t.Words[i].UPOS == "NOUN" && actNouns[lower(t.Words[i].Lemma)]
}

// parties returns the list that begins with k up to where "and" closes it: in "war between Peru and Chile, officials say" a
// parser may take the officials for a third party.
func (r *reader) parties(k int) []int {
	conj := r.conjuncts(k)
	closed := false
	for n, m := range conj {
		cc := r.child(m, "cc")
		joined := cc >= 0 && cc < m
		if closed && !joined {
			return conj[:n]
		}
		closed = closed || joined
	}
	return conj
}

// pairs returns each two of conj once, the second with "with".
func (r *reader) pairs(conj []int) (list [][]Argument) {
	for n, m := range conj {
		for _, o := range conj[n+1:] {
			a := r.conjunct(o, Oblique, conj)
			a.Case, a.CaseWords = "with", nil
			list = append(list, []Argument{r.conjunct(m, Subject, conj), a})
		}
	}
	return list
}

// pair returns the two names or adjectives of peoples that a hyphen joins before noun i, -1 for none: "US-Russian talks".
func (r *reader) pair(i int) (x, y int) {
	for k := max(2, i-3); k < i; k++ {
		w, v := &r.Words[k-2], &r.Words[k]
		if f := r.Words[k-1].Form; combining[lower(w.Form)] || f != "-" && f != "–" || !r.tight(k-1) || v.XPOS == "VBN" {
			continue
		}
		if (w.UPOS == "PROPN" || gentilic(w.Form)) && (v.UPOS == "PROPN" || gentilic(v.Form)) &&
			(k == i-1 || r.Words[k+1].UPOS != "PUNCT") {
			return k - 2, k
		}
	}
	return -1, -1
}

// combining forms of names stand for no one alone: "Franco-German".
var combining = words(`franco anglo sino russo indo afro euro latino greco turco italo hispano polono austro nippo trans intra
	inter pan pro anti`)

// single returns word k alone as an argument.
func (r *reader) single(k int, role Role) Argument {
	ph := Phrase{Words: []int{k}, Head: k}
	return Argument{Role: role, Phrase: ph, Minimal: ph}
}

// mutual acts are done by two with each other.
var mutual = words(`talk talks meeting summit negotiation consultation dialogue conversation discussion relation relations tie ties war
	conflict dispute agreement deal accord treaty pact alliance cooperation trade border friendship rivalry fighting clash`)

// patientCases are the prepositions of what an act is done to.
var patientCases = words(`of on for with against to from over into about in toward towards at upon as`)

// actors returns who does the act of noun i, and which of its dependents were read for that: the possessor, what follows "by", an
// adjective or name before it, or what follows "of" where the act has no patient of its own.
func (r *reader) actors(i int) (agents []Argument, done map[int]bool) {
	done = map[int]bool{}
	lemma := lower(r.Words[i].Lemma)
	take := func(k int) {
		done[k] = true
		conj := r.conjuncts(k)
		for _, m := range conj {
			if m == k || r.Words[m].UPOS != "ADJ" || gentilic(r.Words[m].Form) {
				agents = append(agents, r.possessor(m))
			}
		}
	}
	for _, k := range r.kids[i] {
		switch _, form := r.caseOf(k); {
		case r.Words[k].Deprel != "nmod" || k < i || r.temporal(k):
		case form == "by" && !r.margin(k):
			take(k)
			return agents, done
		case form == "of":
			for _, m := range r.kids[k] { // "the sale of the mill by Cuba": a parser hangs the agent below the mill.
				if _, by := r.caseOf(m); by == "by" && r.Words[m].Deprel == "nmod" && !r.temporal(m) {
					take(m)
					return agents, done
				}
			}
		}
	}
	if k := r.child(i, "nmod:poss"); k >= 0 && r.Words[k].XPOS != "WP$" && !r.temporal(k) {
		if undergone[lemma] && !r.has(i, "of") && !r.has(i, "as") {
			return nil, done // "Lind's arrest on Monday": who arrested him is not said
		}
		take(k)
		return agents, done
	}
	for _, k := range r.kids[i] {
		if k < i && r.acting(k) && !r.measured(k) && !r.agentBetween(k, i) && r.child(k, "nummod") < 0 {
			take(k)
			return agents, done
		}
	}
	if intransitive := subjective[lemma]; intransitive {
		for _, k := range r.kids[i] {
			if _, form := r.caseOf(k); k > i && form == "of" && r.Words[k].Deprel == "nmod" && !r.temporal(k) {
				take(k)
			}
		}
	}
	return agents, done
}

// has says whether a prepositional modifier of noun i begins with form.
func (r *reader) has(i int, form string) bool {
	for _, k := range r.kids[i] {
		if _, f := r.caseOf(k); f == form && k > i && r.rel(k) == "nmod" {
			return true
		}
	}
	return false
}

// agentBetween says whether a noun for those who act stands between adjective k and the act i: "Saudi investor interest" is not that of
// the Saudis.
func (r *reader) agentBetween(k, i int) bool {
	for _, m := range r.kids[i] {
		if m > k && m < i && r.Words[k].UPOS == "ADJ" && r.Words[m].Deprel == "compound" && r.Words[m].UPOS == "NOUN" && isAgentNoun(r.Words[m].Lemma) {
			return true
		}
	}
	return false
}

// acting says whether modifier k of an act noun tells who acts: an adjective of a people ("Israeli"), the name of a person or an
// organisation, an abbreviation. A place name beside which there is such an adjective ("Syria talks") is what the act is about.
func (r *reader) acting(k int) bool {
	w := &r.Words[k]
	switch w.Deprel {
	case "amod":
		return w.UPOS == "ADJ" && gentilic(w.Form) || w.UPOS == "PROPN" && isAcronym(w.Form)
	case "compound", "nmod:poss":
		if gentilic(w.Form) || isAcronym(w.Form) && r.Words[w.Head].Form != strings.ToUpper(r.Words[w.Head].Form) {
			return true // an abbreviation, unless all is in capitals
		}
		return w.UPOS == "PROPN" && (ner(w.NER) == "PER" || ner(w.NER) == "ORG") && !temporalNouns[lower(w.Form)]
	}
	return false
}

// gentilic says whether form is an adjective of a people or country by its ending: "Israeli", "Turkish", "Chinese", "Russian".
func gentilic(form string) bool {
	if len(form) < 4 || !capitalised(form) {
		return false
	}
	if gentilics[lower(form)] {
		return true
	}
	for _, end := range []string{"ian", "ean", "can", "ish", "ese"} {
		if len(form) > len(end)+1 && form[len(form)-len(end):] == end {
			return !faiths[lower(form)]
		}
	}
	return false
}
