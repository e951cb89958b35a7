package extract

import (
	"slices"
	"strings"
)

// noun reads the relations that the phrase of noun i carries in itself: possessor, title, apposition, agent noun,
// nominalisation, place. holders are the subjects of the clause where i is a predicate nominal ("X is the mediator of Y").
func (r *reader) noun(i int, st status, holders []int) {
	w := &r.Words[i]
	r.agentNouns(i, st, holders)
	if w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return
	}
	clause := st
	st = st.plain().told()
	for _, k := range r.kids[i] {
		switch r.Words[k].Deprel {
		case "nmod:poss":
			own := st
			if furtherActs[lower(w.Lemma)] {
				own, _ = r.present(i, clause) // "pressed for its renewal"
			} else if r.created(i) {
				made, ok := r.stands[r.Words[i].Head]
				if ok && made.polarity == Negative {
					continue // "did not form its own army"
				}
				if ok {
					own = own.under(made.modality, false) // "may form its own army"
				}
			}
			r.possessive(i, k, own)
		case "nmod:desc", "compound", "amod":
			if k > i && r.Words[k].UPOS == "ADJ" {
				if st, there := r.present(i, clause); there {
					r.quality(i, k, st)
				}
			}
			if w.UPOS == "PROPN" && k < i {
				r.title(i, k, st)
			}
			r.compound(i, k, st)
		case "appos":
			if !r.amidName(i, k) {
				r.apposition(i, k, st)
			}
		case "parataxis", "list", "dep", "nmod", "nmod:unmarked", "flat":
			if r.bracketed(i, k) {
				if words, _ := r.caseOf(k); len(words) == 0 { // not "stocks of salt (in Lima)"
					r.apposition(i, k, st)
				}
			} else if r.Words[k].Deprel == "nmod:unmarked" && r.placeInPlace(i, k) {
				r.apposition(i, k, st)
			} else if words, form := r.caseOf(k); form == "such as" {
				r.example(i, k, false, st)
			} else if form == "including" {
				r.including(i, k, words, st)
				r.example(i, k, true, st)
			} else if form != "" && r.rel(k) == "nmod" {
				if st, there := r.present(i, clause); there {
					r.located(i, k, form, st)
				}
				r.helped(k, []int{i}, st)
			}
		}
	}
	if r.isAct(i) && !r.act(i, clause) && groupNouns[lower(w.Lemma)] {
		if k := r.child(i, "nmod:poss"); k >= 0 {
			r.owned(i, k, st)
		}
	}
}

// quality: "troops loyal to the king", "a land rich in ore": an adjective behind its noun that has a complement says how the noun is.
func (r *reader) quality(i, k int, st status) {
	var args []Argument
	for _, m := range r.kids[k] {
		if c, _ := r.caseOf(m); m > k && r.rel(m) == "obl" && len(c) > 0 {
			args = append(args, r.argument(m, Oblique))
		}
	}
	switch lower(r.Words[k].Form) {
	case "other", "such", "due", "same", "different":
		return // "banks other than Lund": which ones are meant
	}
	if len(args) == 0 || r.universal(i) {
		return
	}
	noun := r.argument(i, Subject)
	noun.Words = r.trim(r.less(noun.Words, k))
	words := []int{k}
	for _, m := range r.kids[k] {
		if r.Words[m].Deprel == "advmod" && m < k {
			words = merge(words, []int{m})
		}
	}
	r.add("svo", Predicate{Phrase: Phrase{Words: words, Head: k}, Lemma: "be " + lower(r.Words[k].Lemma)}, st,
		append([]Argument{noun}, args...)...)
}

// universal says whether nominal i means all of a kind, which what stands behind it narrows: "all banks loyal to Oslo".
func (r *reader) universal(i int) bool {
	for _, m := range r.kids[i] {
		if rel := r.rel(m); m < i && (rel == "det" || rel == "amod") {
			switch lower(r.Words[m].Form) {
			case "all", "any", "every", "each", "most", "no", "whichever", "whatever":
				return true
			}
		}
	}
	return false
}

// agentNouns: what the predicate nominal i says of holders, in the status of its clause. Of pronouns only personal ones hold anything.
func (r *reader) agentNouns(i int, st status, holders []int) {
	if m := r.oneOf(i); m >= 0 {
		i = m
	}
	for _, s := range holders {
		if (r.Words[s].UPOS != "PRON" || r.Words[s].XPOS == "PRP") && r.Words[i].UPOS == "NOUN" && isAgentNoun(r.Words[i].Lemma) {
			r.agentNoun(i, s, st)
		}
	}
}

// oneOf returns the noun of "one of the founders" for the word one, -1 for any other.
func (r *reader) oneOf(i int) int {
	if lower(r.Words[i].Form) != "one" {
		return -1
	}
	for _, k := range r.kids[i] {
		if _, form := r.caseOf(k); k > i && r.Words[k].Deprel == "nmod" && form == "of" && r.Words[k].UPOS == "NOUN" &&
			isAgentNoun(r.Words[k].Lemma) {
			return k
		}
	}
	return -1
}

// agentNoun: "X is the leader of Y": the relation of the noun beside the copula.
func (r *reader) agentNoun(i, holder int, st status) {
	args := append([]Argument{r.argument(holder, Subject), r.argument(i, Attribute)}, r.complements(i)...)
	if len(args) < 3 {
		return
	}
	r.add("agent", r.isA(i), r.nominalStatus(i, st), args...)
}

// isA returns the predicate that says of something that it is what noun i names.
func (r *reader) isA(i int) Predicate {
	return Predicate{Phrase: Phrase{Head: i}, Lemma: lower(r.Words[i].Lemma), Noun: true, Text: "is"}
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
			for _, a := range r.obliques(k) {
				if a.Case != "" {
					args = append(args, a)
				}
			}
		case w.Deprel == "nmod:poss" && w.XPOS != "WP$":
			of(r.possessor(k))
		case (w.Deprel == "compound" || w.Deprel == "amod" || w.Deprel == "nmod:desc") && (w.UPOS == "PROPN" || w.XPOS == "NNP") && !gradeWords[lower(w.Form)]:
			of(r.argument(k, Oblique))
		}
	}
	return args
}

// gradeWords tell the grade of an office: nobody is president of Vice.
var gradeWords = words(`senior vice executive deputy assistant associate chief general managing first acting junior group joint under
	principal special supreme honorary corporate prime minority majority high shadow medical permanent founding crown lead rear brigadier
	lieutenant new former incoming outgoing`)

// located: "zones in Syria", "a meeting on Syria": what a prepositional modifier says of its noun.
func (r *reader) located(i, k int, form string, st status) {
	if noun, _, _ := r.complexCase(i); noun == k {
		return // "in connection with the merger": a preposition
	}
	switch form {
	case "in", "at", "on", "near", "about", "inside", "outside", "from", "between", "of", "for", "with", "against":
	default:
		return
	}
	if noun, _, _ := r.complexCase(k); noun >= 0 {
		return // "in front of the house"
	}
	if _, prep := r.caseOf(i); prep != "" && idioms[prep+" "+lower(r.Words[i].Form)] && r.child(i, "det", "amod", "nmod:poss", "compound", "nummod") < 0 {
		return // "opportunities on offer in Russia"
	}
	if respects[form+" "+lower(r.Words[k].Form)] && r.child(k, "det", "amod", "nmod:poss", "compound", "nummod") < 0 {
		return
	}
	if form == "of" && r.Words[i].UPOS == "PROPN" && r.Words[k].UPOS == "PROPN" {
		return // "Bank of Peru" is one name
	}
	if form == "of" && quantityNouns[lower(r.Words[i].Lemma)] && r.child(k, "nummod") < 0 {
		return // "a lot of rain", "two thirds of the villages": how much of it
	}
	if form == "of" && setTerms[lower(r.Words[i].Lemma)+" "+lower(r.Words[k].Lemma)] && r.child(k, "det", "amod", "nmod:poss", "compound") < 0 {
		return // "a letter of credit"
	}
	if r.bodyFor(i, k) {
		return // "the Economic Commission for Africa"
	}
	if form == "for" && r.Words[i].UPOS == "PROPN" && !isAgentNoun(r.Words[i].Lemma) && lower(r.Words[i].Lemma) != "mp" && capitalised(r.Words[k].Form) {
		return // "Everyone for Reform" is one name, "Lund for Berg" who replaces or works for whom
	}
	if d := r.child(i, "det"); form != "of" && form != "for" && r.universal(i) && !(d >= 0 && lower(r.Words[d].Form) == "no") {
		return // "all mills in Lund closed": which ones, not where all are
	}
	if r.measured(i) || r.temporal(i) || form == "of" && unitNouns[lower(r.Words[i].Lemma)] &&
		(r.Words[i].Deprel == "nmod:unmarked" || r.child(i, "det", "nmod:poss", "amod") < 0) {
		return // "12 mln dlrs of debt", "90 dlrs per tonne of copper", "the end of May": how much and when, of nothing that is
	}
	if form == "against" && unitNouns[lower(r.Words[i].Lemma)] {
		return // "the fall of the won against the yen": it fell against it
	}
	if !r.namesThing(k) {
		return // "at least", "a forecast at up to 15 tonnes"
	}
	if r.temporal(k) && (r.Words[i].UPOS == "PROPN" || r.personal(i) || firmNouns[lower(r.Words[i].Lemma)]) {
		return // "banks in 1986": what they do is of that time
	}
	if a := r.child(k, "acl"); form == "with" && a == k+1 && r.Words[a].XPOS == "VBG" {
		return // "in the black, with the bank seeing a surplus"
	}
	switch form {
	case "at", "against", "from":
		if r.setOff(k) || r.measured(k) || r.temporal(k) || r.clausal(k) {
			return // "sales from 12 mln dlrs", "an offer at the start of May": beside the noun by chance
		}
		if form == "from" && slices.ContainsFunc(r.kids[i], func(j int) bool { _, f := r.caseOf(j); return f == "to" && j > i && j < k }) {
			return // "cut the debt to B from A": where a change begins
		}
	case "between":
		if len(r.parties(k)) < 2 && r.Words[k].Feat("Number") != "Plur" {
			return // half of two
		}
	default:
		if form != "of" && form != "with" && r.setOff(k) {
			return
		}
	}
	if st.polarity == Negative {
		first := i
		for r.Words[first].Deprel == "conj" && r.Words[first].Head >= 0 {
			first = r.Words[first].Head
		}
		if !r.noneOf(i) && !r.noneOf(first) {
			return // "bans the sale of land": that there is none is not to say that it is of something else
		}
	}
	if named := r.namedIn(i) || slices.ContainsFunc(r.conjuncts(k), r.namedIn); !named && (st.modality != Asserted ||
		r.child(i, "det", "nummod") < 0 && !isAgentNoun(r.Words[i].Lemma) && !(form == "in" && r.canAct(i))) {
		return // "sales of meat", "might help trade with banks": of no particular thing, or of none that is there
	}
	thing := r.argument(i, Subject)
	for _, j := range r.kids[i] {
		// "a drop in output and a rise": the rise is not in output; "talks with Oslo for a loan" are for one, whoever with.
		if d := r.Words[j].Deprel; j > k && (d == "conj" || d == "nmod" || d == "acl" || d == "nmod:unmarked") {
			thing.Words = r.trim(r.less(thing.Words, j))
		}
	}
	conj := r.conjuncts(k)
	if form == "between" {
		conj = r.parties(k)
	}
	caseWords, _ := r.caseOf(k)
	thing.Words = r.less(thing.Words, k)
	thing.Words = r.trim(thing.Words)
	if form == "of" && r.namedPlace(i, k) {
		kind := Argument{Role: Attribute, Phrase: thing.Phrase, Minimal: thing.Phrase}
		r.add("appos", r.isA(i), st, r.argument(k, Subject), kind)
		return
	}
	if r.ofWhole(i, k, form) {
		a := r.argument(k, Oblique)
		a.Case, a.CaseWords, a.Minimal = form, caseWords, a.Phrase
		r.add("nmod", Predicate{Phrase: Phrase{Head: i}, Lemma: "be", Noun: true, Text: "is"}, st, thing, a)
		return
	}
	for _, m := range conj {
		a := r.conjunct(m, Oblique, conj)
		if m != k && a.Case != "" && a.Case != form {
			continue // joined to another phrase
		}
		a.Case, a.CaseWords = form, caseWords
		args := []Argument{thing, a}
		if form == "between" { // of one alone it says nothing
			for _, o := range conj {
				if o != m {
					b := r.conjunct(o, Oblique, conj)
					b.Case, b.CaseWords = form, caseWords
					args = append(args, b)
				}
			}
		}
		r.add("nmod", Predicate{Phrase: Phrase{Head: i}, Lemma: "be", Noun: true, Text: "is"}, st, args...)
	}
}

// namedPlace says whether k is the name of what noun i tells the kind of: "the port of Lund". "The main port of Peru" is in Peru.
func (r *reader) namedPlace(i, k int) bool {
	if !placeKinds[lower(r.Words[i].Form)] || r.Words[k].UPOS != "PROPN" || r.child(k, "conj", "nmod:poss") >= 0 {
		return false
	}
	d := r.child(i, "det")
	if d < 0 || lower(r.Words[d].Form) != "the" || r.child(i, "nummod", "compound") >= 0 {
		return false
	}
	for _, m := range r.kids[i] {
		if w := &r.Words[m]; m < i && w.Deprel == "amod" && (w.XPOS == "JJS" || ranked[lower(w.Form)]) {
			return false
		}
	}
	return true
}

var (
	// placeKinds have the name of the place behind "of".
	placeKinds = words(`city town village island port county`)
	// ranked tells which one of several is meant.
	ranked = words(`main chief principal only other first second third last next old new whole entire central inner outer`)
)

// namedIn says whether noun k is a name or has one before it.
func (r *reader) namedIn(k int) bool {
	if r.Words[k].UPOS == "PROPN" || ner(r.Words[k].NER) != "" {
		return true
	}
	for _, m := range r.kids[k] {
		if w := &r.Words[m]; m < k && (w.UPOS == "PROPN" || capitalised(w.Form) && w.UPOS == "ADJ") {
			return true
		}
	}
	return false
}

// namesThing says whether word k, behind a preposition, names something.
func (r *reader) namesThing(k int) bool {
	switch r.Words[k].UPOS {
	case "NOUN", "PROPN", "NUM", "PRON", "SYM", "DET":
		return true
	case "ADJ":
		return r.child(k, "det", "nmod", "nmod:poss") >= 0 || capitalised(r.Words[k].Form) // "from the rational to the emotional"
	case "VERB":
		return r.Words[k].XPOS == "VBG" || r.child(k, "det") >= 0 // "for all concerned"
	}
	return false
}

// margin says whether k tells by how much, not by whom: "passed by 220 votes", "cut by 5 pct".
func (r *reader) margin(k int) bool {
	switch lower(r.Words[k].Lemma) {
	case "vote":
		return r.child(k, "nummod") >= 0
	case "margin", "majority":
		return true
	case "half":
		return r.child(k, "nmod") < 0
	}
	return r.Words[k].UPOS != "NUM" && r.measured(k)
}

// byWay says whether k, behind "by", tells how a thing is done, not who does it: "reached by phone", "passed by voice vote".
func (r *reader) byWay(k int) bool {
	if h := r.Words[k].Head; h >= 0 && naming[r.Words[h].Lemma] && nameNouns[lower(r.Words[k].Lemma)] {
		return true // "better known by his nickname"
	}
	return r.Words[k].XPOS == "NN" && meansNouns[lower(r.Words[k].Form)] && !r.namedIn(k) && // "Lima radio" speaks
		r.child(k, "det", "nmod:poss", "amod", "nmod", "conj", "acl", "acl:relcl") < 0
}

// nameNouns are what somebody is called by.
var nameNouns = words(`name nickname surname forename initial initials alias acronym abbreviation pseudonym moniker title stage_name`)

// meansNouns are ways of travelling, sending and deciding.
var meansNouns = words(`telephone phone mail e-mail email post fax telex cable telegram letter courier radio satellite television rail railway road
	sea air land water ship boat barge truck lorry car bus train plane helicopter bicycle foot pipeline hand vote ballot acclamation
	consensus auction tender offer lottery mistake accident chance default means way virtue`)

// deadline says whether k, behind "by", tells until when: "due by year end".
func (r *reader) deadline(k int) bool {
	switch lower(r.Words[k].Form) {
	case "end", "year-end", "yearend", "month-end", "mid-year", "midyear", "midnight", "noon":
		return r.child(k, "det", "nmod") < 0
	}
	return false
}

// setTerms are nouns that with what follows "of" are the name of one thing.
var setTerms = words(`letter_credit line_credit letter_intent term_trade balance_payment balance_trade balance_power cost_living standard_living
	rule_law code_conduct state_emergency state_war memorandum_understanding point_view rate_return rate_exchange vote_confidence
	economy_scale certificate_deposit power_attorney chief_staff board_director court_appeal court_law prisoner_war crime_passion
	freedom_speech right_way way_life declaration_independence bill_exchange bill_lading proof_purchase statement_intent breach_contract
	breach_peace burden_proof conflict_interest contempt_court cause_action course_action line_business line_defence line_defense
	piece_legislation place_birth place_work plan_action rate_interest source_income sphere_influence unit_account weapon_destruction`)

// measured says whether noun i is an amount: "12 mln dlrs", "20 pct", "1,200".
func (r *reader) measured(i int) bool {
	w := &r.Words[i]
	return w.UPOS == "NUM" || w.UPOS == "SYM" || (unitNouns[lower(w.Lemma)] || largeNumbers[lower(w.Form)]) && r.child(i, "nummod", "compound", "amod") >= 0
}

// present returns the status of what is said about the thing or act that noun i names, in a clause of status clause; false where there is
// no such thing. What the text takes for known stands by itself. What is new is no more certain than what brings it up: it stands
//   - below a verb or noun that wants, plans, fears or prevents it, as an act does (factuality.go): "threatened action against Peru", "the
//     lack of a vote on taxes";
//   - in a clause that is not asserted: "may show a deficit of 5 mln dlrs" beside "may show the deficit of the year"; in one that is
//     planned where its verb brings it about: "will build a mill in Oslo" beside "will buy a mill in Oslo";
//   - not at all where it is denied: "is not a book for children".
func (r *reader) present(i int, clause status) (st status, there bool) {
	words, form := r.caseOf(i)
	if r.child(i, "cop") >= 0 && clause.modality != Former && clause.polarity == Positive && clause.modality != Asserted {
		return clause, len(words) == 0 || !r.definite(i) // "will be makers of a market in Oslo": they are none yet
	}
	if r.isAct(i) || furtherActs[lower(r.Words[i].Lemma)] {
		if st = r.factual(i, clause); st.polarity == Positive && st.modality == Asserted && (r.definite(i) || r.changed(i, i)) {
			st = st.told()
		}
		return st, st.polarity == Positive || r.isAct(i)
	}
	negative := clause.polarity == Negative // that of its copula
	st = clause.plain()
	if clause.modality == Former {
		clause.modality = Asserted
	}
	if d := r.child(i, "det"); d >= 0 && (lower(r.Words[d].Form) == "no" || lower(r.Words[d].Form) == "neither") &&
		lower(r.Words[i].Lemma) != "question" {
		if h := r.Words[i].Head; h >= 0 && r.rel(i) == "obj" && tellable[lower(r.Words[i].Lemma)] && r.Words[i].Lemma != "estimate" {
			switch r.verbLemma(h) {
			case "give", "offer", "provide":
				return st, false // "could give no reason for the delay": there may be one
			}
		}
		st.polarity, st.modality = Negative, weaker(st.modality, clause.modality)
		return st, true
	}
	if made, ok := r.stands[r.Words[i].Head]; ok && r.numbered(i) && (r.Words[i].Deprel == "obj" || r.Words[i].Deprel == "nsubj:pass") &&
		(effecting[r.verbLemma(r.Words[i].Head)] || building[r.verbLemma(r.Words[i].Head)]) {
		st.modality = weaker(st.modality, made.modality) // "will open two mills in Oslo"
		return st, made.polarity == Positive
	}
	article, fresh := r.fresh(i)
	if !fresh || !article && r.people(i) &&
		(clause.modality == Asserted || clause.modality == Planned || clause.modality != Hypothetical && r.Words[i].XPOS == "NNS" && r.personal(i) && !r.lookedFor(i)) {
		return st.told(), true
	}
	if h := r.Words[i].Head; article && r.rel(i) == "nsubj" && r.child(h, "expl") >= 0 && r.denied(h) {
		return st, false // "there was not a single mill in Lima"
	}
	if absent[form] || form == "in case of" || form == "in the event of" || form == "barring" {
		return st, false // "works without a lid on its mill"
	}
	if r.child(i, "cop") >= 0 {
		st.modality = weaker(st.modality, clause.modality) // "it would be a blow to Peru"
		return st, !negative
	}
	at := i
	for r.Words[at].Deprel == "conj" && r.Words[at].Head >= 0 { // "a mill or port in Oslo"
		at = r.Words[at].Head
	}
	h := r.Words[at].Head
	if h < 0 {
		return st, true
	}
	_, form = r.caseOf(at)
	rel := r.rel(at)
	if rel == "nmod" {
		if r.Words[h].UPOS != "NOUN" || r.Words[at].Deprel == "nmod:poss" || form != "of" && form != "for" && form != "to" && form != "on" {
			return st, true
		}
		switch m, noun := r.lent(h, form), lower(r.Words[h].Lemma); {
		case (form == "on" || form == "for") && article && opening[noun] == Planned && !r.canAct(i):
			st.modality = weaker(st.modality, Planned) // "no accord on a route through Peru"
			return st, true
		case form == "on" || form == "to" && m != doubted:
			return st, true
		case form == "to":
			return st.under(m, false), true // "an obstacle to a deal on salt"
		case form == "of" && creating[noun]:
			return r.present(h, clause) // "the launch of a journal in Oslo"
		case noun == "offer" || noun == "bid" || noun == "demand": // "a bid for a bank in Lima": the bank is there
			return st, true
		case m == unreal:
			return st, false
		case m == doubted && !dreaded[noun]:
			return st, true
		default:
			return st.under(m, false), true
		}
	}
	verb := r.verbLemma(h)
	object := rel == "obj" || r.Words[at].Deprel == "nsubj:pass"
	switch {
	case object && presupposing[verb] && !r.anyOf(i), rel == "nsubj" && staying[verb],
		r.Words[at].Deprel == "nsubj:pass" && r.child(h, "xcomp", "obj") >= 0: // "wages in Oslo are expected to fall", "holders are given a right"
		return st, true
	case object, rel == "obl":
		if rel == "obl" {
			verb += " " + form
			if fulfilments[lower(r.Words[i].Lemma)] && (form == "on" || form == "upon" || form == "after" || form == "until" || form == "pending") {
				st.modality = weaker(st.modality, clause.modality) // "will close on completion of the sale"
			}
		}
		switch m := verbGovernors(verb, false); {
		case m == unreal:
			return st, false
		case object && demanding[verb]:
			st.modality = weaker(st.modality, Requested)
		case object && planning[verb] && (!standingVerbs[verb] || verb == "target" && r.ofAmount(i)) && verb != "offer":
			st.modality = weaker(st.modality, Planned)
		case object && mulling[verb] && !weighed[lower(r.Words[i].Lemma)] && !uttered[lower(r.Words[i].Lemma)] && !tellable[lower(r.Words[i].Lemma)] && r.child(h, "xcomp", "advcl") < 0:
			st.modality = weaker(st.modality, Possible) // "is considering a rise in rents"
		case m != doubted && !charging[r.verbLemma(h)][form]: // "blamed for a rise in rents"
			st = st.under(m, false)
		}
		if s := r.subjects[h]; rel == "obj" && estimating[verb] && len(s) > 0 {
			a := r.who(s[0])
			st = r.says(st, &a) // "estimated a loss of 5 mln dlrs"
		}
		if l := lower(r.Words[i].Lemma); (eventNouns[l] || changes[l]) && r.outlines(h, verb) {
			st.modality = weaker(st.modality, Planned) // "the budget contains a cut in taxes"
		}
		if st, ok := r.stands[h]; ok && st.polarity == Negative && !tellable[lower(r.Words[i].Lemma)] &&
			(object && effecting[verb] && verb != "include" || r.anyOf(i)) {
			return st, false // "did not build a mill in Oslo", "does not see any shortage of salt"
		}
		if l := lower(r.Words[i].Lemma); article && (rel == "obl" && (form == "as" || form == "into") ||
			(object || rel == "obl" && form == "from") && (eventNouns[l] || changes[l])) {
			st.modality = weaker(st.modality, clause.modality) // "will be seen as a blow to Peru", "hopes to inspire a change in Peru"
		}
		if clause.modality != Planned && (article || object && r.Words[i].XPOS == "NNS") || effecting[verb] ||
			article && (r.anyOf(i) || r.ofAmount(i) && (object && !standingAmounts[verb] || arriving[form])) {
			st.modality = weaker(st.modality, clause.modality)
		}
	case rel == "nsubj" && (clause.modality != Planned && article || emerging[verb] || r.anyOf(i) || eventNouns[lower(r.Words[i].Lemma)]):
		st.modality = weaker(st.modality, clause.modality)
	case rel == "xcomp" && article: // "would become a member of the club", "could make it a target for Oslo"
		st.modality = weaker(st.modality, clause.modality)
	}
	return st, true
}

// created says whether noun i, somebody's, is what its verb makes: "will build its mill", "wants to launch its own currency".
func (r *reader) created(i int) bool {
	h := r.Words[i].Head
	if h < 0 || r.Words[i].Deprel != "obj" || r.child(h, "xcomp") >= 0 {
		return false // "will make its own economy stronger"
	}
	verb := r.verbLemma(h)
	return building[verb] || effecting[verb] && slices.ContainsFunc(r.kids[i], func(k int) bool {
		f := lower(r.Words[k].Form)
		return k < i && r.Words[k].Deprel == "amod" && (f == "own" || f == "new" || f == "first")
	})
}

// ofAmount says whether an amount behind "of" tells how much noun i is: "a yield of 6 pct".
func (r *reader) ofAmount(i int) bool {
	return slices.ContainsFunc(r.kids[i], func(k int) bool {
		_, form := r.caseOf(k)
		return k > i && form == "of" && r.Words[k].Deprel == "nmod" && r.measured(k)
	})
}

// anyOf says whether noun i is one of whatever there is of its kind: "any shortage", "another cut".
func (r *reader) anyOf(i int) bool {
	d := r.child(i, "det")
	return d >= 0 && (lower(r.Words[d].Form) == "any" || lower(r.Words[d].Form) == "another")
}

// fresh says whether noun i names something new: by its article, or without any word that tells which one is meant.
func (r *reader) fresh(i int) (article, fresh bool) {
	if r.Words[i].UPOS != "NOUN" && r.Words[i].UPOS != "PROPN" {
		return false, false
	}
	if d := r.child(i, "det"); d >= 0 {
		f := lower(r.Words[d].Form)
		article = f == "a" || f == "an" || f == "any" || f == "another"
		return article, article
	}
	return false, r.Words[i].UPOS == "NOUN" && r.child(i, "nmod:poss") < 0 && !r.numbered(i) && (!r.definite(i) || r.goingOn(i))
}

// numbered says whether a number and no other determiner stands before noun i.
func (r *reader) numbered(i int) bool {
	n := r.child(i, "nummod")
	return n >= 0 && r.child(i, "det", "nmod:poss") < 0 && !(len(r.Words[n].Form) == 4 && strings.Trim(r.Words[n].Form, "0123456789") == "") // "1988 sales"
}

// goingOn says whether noun i is definite only in that what it names goes on, which it does in "expects continued growth" no more than
// growth is there.
func (r *reader) goingOn(i int) bool {
	going := false
	for _, k := range r.kids[i] {
		switch f := lower(r.Words[k].Form); {
		case r.Words[k].Deprel == "det" || r.Words[k].Deprel == "nmod:poss":
			return false
		case r.Words[k].Deprel == "amod" && past[f]:
			if f != "continued" && f != "continuing" {
				return false
			}
			going = true
		}
	}
	return going
}

// people says whether noun i names people.
func (r *reader) people(i int) bool { return r.personal(i) || dutyNouns[lower(r.Words[i].Lemma)] }
