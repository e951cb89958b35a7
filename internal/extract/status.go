package extract

import (
	"slices"
	"strings"
)

// status is how a clause stands: what is inherited by the clauses below it.
type status struct {
	polarity   Polarity
	modality   Modality
	source     *Argument
	sourceSent int
	via        []Attribution
	outer      *status // nil, or that of a wish or a charge, inside what is wanted or charged
}

// plain returns the status of a clause that stands on its own, said by whoever says st.
func (st status) plain() status {
	st.polarity, st.modality = Positive, Asserted
	return st
}

// as gives st the source of other.
func (st status) as(other status) status {
	st.source, st.sourceSent, st.via = other.source, other.sourceSent, other.via
	return st
}

// weaker returns the modality of a clause that is itself b inside a clause that is a: the less certain of the two.
func weaker(a, b Modality) Modality {
	rank := func(m Modality) int {
		return slices.Index([]Modality{Asserted, Former, Planned, Requested, Possible, Conditional, Hypothetical}, m)
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func negate(p Polarity) Polarity {
	if p == Positive {
		return Negative
	}
	return Positive
}

// inNoWay says whether k denies the whole clause that it stands in: "in no way", "by no means", "under no circumstances", "at no time".
func (t *tree) inNoWay(k int) bool {
	d, c := t.child(k, "det"), t.child(k, "case")
	return d >= 0 && c >= 0 && c < d && d < k && lower(t.Words[d].Form) == "no" && wholly[lower(t.Words[c].Form)+" "+lower(t.Words[k].Lemma)]
}

// wholly are the phrases that deny a clause with "no" between their words.
var wholly = map[string]bool{"in way": true, "in sense": true, "in case": true, "in event": true, "by mean": true, "by means": true,
	"under circumstance": true, "under condition": true, "at time": true, "at point": true, "at stage": true, "on account": true}

// negated says whether particles or determiners of core arguments negate the clause of h: one of either takes the other back ("no
// country did not sign").
func (t *tree) negated(h int) bool {
	particle, determiner := false, false
	for _, k := range t.kids[h] {
		w := &t.Words[k]
		switch t.rel(k) {
		case "advmod", "det", "cc":
			particle = particle || t.almost(k) || t.negator(k) && !t.notOnly(k) && !t.notUntil(h) && !t.joinsQuestion(k) || t.noLonger(k)
		case "obl", "nmod":
			particle = particle || t.inNoWay(k)
		case "aux", "cop":
			for _, m := range t.kids[k] {
				particle = particle || t.negator(m) && !t.notOnly(m)
			}
		case "nsubj", "obj":
			l := lower(w.Form)
			if t.contrast(k) && t.butConjunct(k) >= 0 {
				continue // "bought not the mill but the dock"
			}
			determiner = determiner || l == "nobody" || l == "nothing" || l == "none" || l == "no-one" ||
				w.Deprel != "obj" && l == "neither" || t.noneOf(k)
			if m := t.child(k, "nmod:poss"); m >= 0 {
				determiner = determiner || t.noneOf(m) // "has no court's consent"
			}
		}
	}
	return particle != determiner
}

// contrast says whether phrase k is named only to be taken back, by "not" right before it, for what "but" names or as an afterthought:
// "not in Oslo but in Bergen".
func (t *tree) contrast(k int) bool {
	if len(t.kids[k]) == 0 {
		return false
	}
	first := t.kids[k][0]
	rel := t.rel(first)
	if first > k || rel != "advmod" && rel != "cc" || lower(t.Words[first].Form) != "not" || t.notOnly(first) {
		return false
	}
	return t.butConjunct(k) >= 0 || t.notBut(t.Words[k].Head, -1) || first > 0 && t.Words[first-1].Form == ","
}

// butConjunct returns the conjunct of k behind "but", -1 for none.
func (t *tree) butConjunct(k int) int {
	for _, m := range t.kids[k] {
		if cc := t.child(m, "cc"); m > k && t.Words[m].Deprel == "conj" && cc >= 0 && lower(t.Words[cc].Form) == "but" {
			return m
		}
	}
	return -1
}

// notBut says whether "but" joins infinitive k, or any for k < 0, to the finite clause of h to name the purpose that it has rather than what
// a "not" took back.
func (t *tree) notBut(h, k int) bool {
	if k < 0 {
		if h < 0 {
			return false
		}
		if k = t.butConjunct(h); k < 0 || t.Words[k].XPOS != "VB" {
			return false
		}
	}
	cc, to := t.child(k, "cc"), t.child(k, "mark")
	if cc < 0 || lower(t.Words[cc].Form) != "but" || to < 0 || lower(t.Words[to].Form) != "to" {
		return false
	}
	for m := h + 1; m < cc; m++ {
		if lower(t.Words[m].Form) == "not" && t.Words[m].Head != h {
			return true
		}
	}
	return false
}

// negativeDeterminer says whether a word before noun k says that there is none or hardly one: "no troops", "few countries".
func (t *tree) negativeDeterminer(k int) bool { return t.noneOf(k) || t.fewOf(k) }

// noneOf says whether a word before noun k says that there is none: "no troops", "hardly anyone".
func (t *tree) noneOf(k int) bool {
	return slices.ContainsFunc(t.kids[k], func(d int) bool {
		return t.determines(d, k) && t.negator(d) && t.Words[d].Deprel != "amod" && !t.notOnly(d)
	})
}

// fewOf says whether noun k is few or little: what few do is done, but not much is to be built on it. "A few" are some.
func (t *tree) fewOf(k int) bool {
	return slices.ContainsFunc(t.kids[k], func(d int) bool {
		f := lower(t.Words[d].Form)
		return t.determines(d, k) && (f == "few" || f == "little") && t.child(k, "det") < 0 && len(t.kids[d]) == 0 &&
			(d == 0 || lower(t.Words[d-1].Form) != "a")
	})
}

// determines says whether d stands before noun k and tells how many or which.
func (t *tree) determines(d, k int) bool {
	switch t.Words[d].Deprel {
	case "det", "advmod", "cc:preconj", "amod", "nummod":
		return d < k
	}
	return false
}

// almost says whether adverb k says of the verb behind it that it was not quite done: "almost captured the port".
func (t *tree) almost(k int) bool {
	f := lower(t.Words[k].Form)
	if f != "almost" && f != "nearly" || len(t.kids[k]) > 0 || k+1 >= len(t.Words) || t.Words[k].Head != k+1 {
		return false
	}
	w := &t.Words[k+1]
	return w.UPOS == "VERB" && w.XPOS != "VBG" && !multiplying[lower(w.Lemma)]
}

// joinsQuestion says whether negator k only joins one question to another that is not answered: "it was not clear whether they came, nor
// if they stayed".
func (t *tree) joinsQuestion(k int) bool {
	if k+1 >= len(t.Words) || lower(t.Words[k].Form) != "nor" {
		return false
	}
	f := lower(t.Words[k+1].Form)
	return f == "if" || f == "whether"
}

// noLonger says whether adverb k is the "longer" of "no longer" or "not any more".
func (t *tree) noLonger(k int) bool {
	switch lower(t.Words[k].Form) {
	case "longer", "more":
		return k > 0 && lower(t.Words[k-1].Form) == "no" && !t.notOnly(k-1)
	}
	return false
}

// formerly says whether the clause of h is said to be so no more, whatever its polarity: "no longer", "formerly", "any more".
func (t *tree) formerly(h int) bool {
	for _, k := range t.kids[h] {
		if r := t.rel(k); r != "advmod" && r != "amod" && r != "obl" {
			continue
		}
		switch f := lower(t.Words[k].Form); {
		case t.noLonger(k), f == "formerly", f == "once" && k < h && t.Words[h].XPOS == "VBD" && lasts[lower(t.Words[h].Lemma)] && t.rel(h) != "advcl", f == "anymore", f == "more" && k > 0 && lower(t.Words[k-1].Form) == "any":
			return true
		}
	}
	return false
}

// notOnly says whether negator k adds rather than denies: "not only shelled the town but also …", "no doubt", "no fewer than
// ten".
func (t *tree) notOnly(k int) bool {
	if k+1 >= len(t.Words) {
		return false
	}
	switch lower(t.Words[k+1].Form) {
	case "only", "just", "merely", "simply", "solely":
		return lower(t.Words[k].Form) == "not" || t.Words[k].UPOS == "PART"
	case "doubt":
		return lower(t.Words[k].Form) == "no" && t.rel(k+1) != "nsubj" && t.rel(k+1) != "obj"
	case "fewer", "less", "later", "sooner", "matter", "wonder":
		return lower(t.Words[k].Form) == "no"
	case "more": // "no more than ten"
		return lower(t.Words[k].Form) == "no" && k+2 < len(t.Words) && lower(t.Words[k+2].Form) == "than"
	}
	return false
}

// notUntil says whether the negation of h only says when: "did not begin until Monday" began on Monday.
func (t *tree) notUntil(h int) bool {
	past := t.Words[h].XPOS == "VBD"
	for _, k := range t.kids[h] {
		if f := lower(t.Words[k].Form); (t.rel(k) == "aux" || t.rel(k) == "cop") && (f == "did" || f == "was" || f == "were" || f == "had") {
			past = true
		}
	}
	if !past {
		return false
	}
	for _, k := range t.kids[h] {
		switch t.rel(k) {
		case "obl", "advcl":
			for _, m := range t.kids[k] {
				if lower(t.Words[m].Form) == "until" && (t.rel(m) == "case" || t.rel(m) == "mark") {
					return true
				}
			}
		case "advmod": // "not until Monday did …"
			if k+1 < len(t.Words) && lower(t.Words[k].Form) == "not" && lower(t.Words[k+1].Form) == "until" {
				return true
			}
		}
	}
	return false
}

// excluded says whether conjunct k is named as what is not meant: "a type rather than a breed", "peace, not war".
func (t *tree) excluded(k int) bool {
	if t.contrast(k) && t.butConjunct(k) >= 0 && t.rel(k) != "obl" {
		return true
	}
	if t.Words[k].Deprel != "conj" || t.clausal(k) {
		return false
	}
	for _, m := range t.kids[k] {
		if m > k {
			break
		}
		switch t.rel(m) {
		case "cc", "advmod", "case", "mark":
			switch f := lower(t.Words[m].Form); f {
			case "rather", "instead", "not", "except":
				return !t.notOnly(m)
			}
		}
	}
	return false
}

func (t *tree) negator(k int) bool {
	if k+1 < len(t.Words) && t.Words[k+1].Form == "-" && t.Words[k+1].Begin == t.Words[k].End {
		return false // "no-fly zones"
	}
	switch f := lower(t.Words[k].Form); f {
	case "not", "n't", "n’t", "never", "no", "neither", "nor", "nowhere":
		return true
	default:
		return seldom[f]
	}
}

// modal returns the modality that the auxiliaries and adverbs of h give it, and Asserted where there are none. backshift says that
// the clause is reported in the past tense.
func (t *tree) modal(h int, backshift bool) Modality {
	m := Asserted
	perfect := false
	for _, k := range t.kids[h] {
		perfect = perfect || t.rel(k) == "aux" && lower(t.Words[k].Lemma) == "have"
	}
	for _, k := range t.kids[h] {
		f := lower(t.Words[k].Form)
		switch t.rel(k) {
		case "aux", "cop":
		case "advmod", "discourse":
			if (perhaps[f] || t.nearly(k) && !t.modalVerb(h)) && t.Words[k].Deprel == "advmod" {
				m = weaker(m, Possible)
			}
			continue
		default:
			continue
		}
		switch f {
		case "will", "shall", "'ll", "’ll", "wo", "sha":
			m = weaker(m, Planned)
		case "would", "'d", "’d":
			if t.Words[k].XPOS == "MD" && !t.habitual(h) {
				if backshift && !perfect && !t.supposed(h) {
					m = weaker(m, Planned)
				} else {
					m = weaker(m, Conditional)
				}
			}
		case "can", "could", "may", "might", "ca":
			if f != "could" || !t.forestalled(h) {
				m = weaker(m, Possible)
			}
		case "need":
			if t.Words[k].XPOS == "MD" || lower(t.Words[k].Lemma) == "need" {
				m = weaker(m, Requested) // "need not pay"
			}
		case "must", "should", "ought":
			if perfect || f == "should" && !t.dutiful(h) {
				m = weaker(m, Possible)
			} else {
				m = weaker(m, Requested)
			}
		case "is", "are", "was", "were", "'s", "’s", "’re", "'re", "am":
			// "is to visit"
			if to := t.child(h, "mark"); to > k && lower(t.Words[to].Form) == "to" && (t.Words[h].XPOS == "VB" ||
				slices.ContainsFunc(t.kids[h], func(b int) bool { return b > to && t.Words[b].XPOS == "VB" && lower(t.Words[b].Form) == "be" })) {
				m = weaker(m, Planned)
			}
		}
	}
	if to := t.child(h, "mark"); h == t.root && t.Words[h].XPOS == "VB" && to >= 0 && t.Words[to].UPOS == "PART" &&
		t.child(h, "nsubj") >= 0 {
		m = weaker(m, Planned) // the headline "Togo to sell island"
	}
	return m
}

// forestalled says whether the clause of h is one that did not come to pass: "left before they could arrest him".
func (t *tree) forestalled(h int) bool {
	m, a, up := t.child(h, "mark"), t.child(h, "aux"), t.Words[h].Head
	return t.rel(h) == "advcl" && m >= 0 && lower(t.Words[m].Form) == "before" && a >= 0 && lower(t.Words[a].Form) == "could" &&
		t.past(up) && !t.modalVerb(up) && !t.negated(h)
}

// nearly says whether adverb k is the "certainly" of "almost certainly".
func (t *tree) nearly(k int) bool {
	switch lower(t.Words[k].Form) {
	case "certainly", "surely", "definitely":
		return k > 0 && (lower(t.Words[k-1].Form) == "almost" || lower(t.Words[k-1].Form) == "nearly")
	}
	return false
}

// modalVerb says whether h has a modal verb beside it.
func (t *tree) modalVerb(h int) bool {
	return slices.ContainsFunc(t.kids[h], func(k int) bool { return t.rel(k) == "aux" && t.Words[k].XPOS == "MD" })
}

// habitual says whether "would" in the clause of h tells what was done each time: "when they would ask him".
func (t *tree) habitual(h int) bool {
	for _, k := range t.kids[h] {
		if f := lower(t.Words[k].Form); k < h && (f == "when" || f == "whenever") && t.rel(h) == "advcl" {
			up := t.Words[h].Head // "becomes due in May, when it would be 90 days late" tells what will be
			return up < 0 || t.Words[up].XPOS != "VBZ" && t.Words[up].XPOS != "VBP"
		}
	}
	return false
}

// supposed says whether the subject of h is an act that nobody is said to plan, so that "would" tells what followed from it: "said a strike
// would cut output" beside "said the strike would end".
func (t *tree) supposed(h int) bool {
	s := t.child(h, "nsubj")
	if s < 0 || t.child(h, "obj") < 0 || !t.isAct(s) && !eventNouns[lower(t.Words[s].Lemma)] {
		return false
	}
	d := t.child(s, "det")
	return d >= 0 && (lower(t.Words[d].Form) == "a" || lower(t.Words[d].Form) == "an")
}

// dutiful says whether the subject of h is somebody who can be told what to do, so that "should" is a duty and no guess: "the
// minister should resign" beside "prices should fall".
func (t *tree) dutiful(h int) bool {
	s := t.child(h, "nsubj", "nsubj:pass")
	if s < 0 {
		return true
	}
	w := &t.Words[s]
	switch {
	case w.UPOS == "PRON":
		f := lower(w.Form)
		return f != "it" && f != "this" && f != "that" && f != "there" && f != "which"
	case w.UPOS == "PROPN":
		return t.child(h, "cop") < 0
	}
	switch lower(t.Words[h].Lemma) {
	case "include", "contain", "cover", "specify", "address", "comprise", "stipulate":
		return true // "the package should include tax cuts"
	}
	return isAgentNoun(w.Lemma) || dutyNouns[lower(w.Lemma)] || firmNouns[lower(w.Lemma)] && !faring[lower(t.Words[h].Lemma)] || bodyNouns[lower(w.Lemma)] || w.Deprel == "nsubj:pass"
}

// marked returns the modality that the conjunction of clause h gives it.
func (t *tree) marked(h int) Modality {
	if t.inverted(h) {
		return Hypothetical
	}
	if t.soLong(h) {
		return Hypothetical
	}
	for _, k := range t.kids[h] {
		if r := t.rel(k); r != "mark" && r != "advmod" && r != "cc" {
			continue
		}
		switch lower(t.Words[k].Form) {
		case "if", "unless", "whether", "lest", "provided", "providing", "assuming", "supposing":
			if k < h {
				return Hypothetical
			}
		case "in": // "in case Lund pays", "in the event that it pays"
			for _, m := range t.kids[k] {
				if f := lower(t.Words[m].Form); k < h && t.rel(k) == "mark" && t.Words[m].Deprel == "fixed" && (f == "case" || f == "event") {
					return Hypothetical
				}
			}
		}
	}
	return Asserted
}

// soLong says whether the clause of h is a condition behind "as long as" or "so long as", whose "long" it hangs from.
func (t *tree) soLong(h int) bool {
	m, up := t.child(h, "mark"), t.Words[h].Head
	if t.rel(h) != "advcl" || m < 2 || lower(t.Words[m].Form) != "as" || lower(t.Words[m-1].Form) != "long" || t.past(h) {
		return false
	}
	f := lower(t.Words[m-2].Form)
	return (f == "as" || f == "so") && up >= 0 && (up == m-1 || t.Words[m-1].Head == up)
}

// inverted says whether the clause of h is a condition by its order of words: "Had Spain joined the pact, …", "Should the talks fail, …".
func (t *tree) inverted(h int) bool {
	if t.rel(h) != "advcl" {
		return false
	}
	a, s := t.child(h, "aux", "cop"), t.child(h, "nsubj", "nsubj:pass")
	if a < 0 || s < a || s > h || t.child(h, "mark") >= 0 && t.child(h, "mark") < a {
		return false
	}
	switch lower(t.Words[a].Form) {
	case "had", "were", "should":
	default:
		return false
	}
	for _, k := range t.kids[h] {
		if k < a && t.Words[k].UPOS != "PUNCT" { // "nor had they", "so had it"
			return false
		}
	}
	return true
}

// onCondition says whether the clause of h holds under a condition that stands beside it: "… if it rains".
func (t *tree) onCondition(h int) bool {
	if inquiring[lower(t.Words[h].Lemma)] {
		return false // "asked if it rained"
	}
	for _, k := range t.kids[h] {
		if t.rel(k) != "advcl" {
			continue
		}
		if t.inverted(k) {
			return true
		}
		for _, m := range t.kids[k] {
			if m > k || t.rel(m) != "mark" && t.rel(m) != "advmod" {
				continue
			}
			switch lower(t.Words[m].Form) {
			case "if", "unless", "provided", "providing", "assuming", "supposing":
				if before := m - 1; before < 0 || lower(t.Words[before].Form) != "even" && lower(t.Words[before].Form) != "as" {
					return true
				}
			}
		}
	}
	return false
}

// conditionBefore says whether a condition opens the clause of h: all that is joined to it holds under that.
func (t *tree) conditionBefore(h int) bool {
	for _, k := range t.kids[h] {
		if t.rel(k) == "advcl" && k < h && t.marked(k) == Hypothetical && !t.evenIf(k) {
			return true
		}
	}
	return false
}

// evenIf says whether the condition of clause k changes nothing: "even if", "whether or not".
func (t *tree) evenIf(k int) bool {
	m := t.child(k, "mark")
	if m < 0 {
		return false
	}
	f := lower(t.Words[m].Form)
	return f == "whether" || m > 0 && lower(t.Words[m-1].Form) == "even"
}

// butFor says whether the clause of h tells with "would" or "could" what were so without a thing: "without the loan it would close".
func (t *tree) butFor(h int) bool {
	would, modal := false, false
	for _, k := range t.kids[h] {
		f := lower(t.Words[k].Form)
		would = would || t.rel(k) == "aux" && (f == "would" || f == "could" || f == "'d")
		modal = modal || t.rel(k) == "aux" && t.Words[k].XPOS == "MD"
	}
	for _, k := range t.kids[h] {
		if t.rel(k) != "obl" || !modal {
			continue
		}
		if _, form := t.caseOf(k); form == "in the event of" || form == "in case of" || form == "in" && lower(t.Words[k].Lemma) == "event" && t.child(k, "nmod", "acl") > k {
			return true // "will send troops in the event of an attack"
		}
	}
	if !would {
		return false
	}
	for _, k := range t.kids[h] {
		if t.rel(k) != "obl" || k > h {
			continue
		}
		switch _, form := t.caseOf(k); form {
		case "without", "barring", "absent", "failing", "but for", "short of", "in the event of", "in case of":
			return true
		}
	}
	return false
}

// past says whether the verb k is in the past tense.
func (t *tree) past(k int) bool {
	if t.Words[k].XPOS == "VBD" {
		return true
	}
	for _, m := range t.kids[k] {
		if f := lower(t.Words[m].Form); t.rel(m) == "aux" || t.rel(m) == "cop" {
			if f == "had" || f == "was" || f == "were" || f == "did" {
				return true
			}
		}
	}
	return false
}

// nominalStatus returns st changed by what modifies noun i: "former", "alleged", "would-be".
func (r *reader) nominalStatus(i int, st status) status {
	apply := func(f string) {
		switch {
		case formerWords[f], strings.HasPrefix(f, "ex-"):
			st.modality = weaker(st.modality, Former)
		case hopedWords[f], strings.HasSuffix(f, "-elect"), strings.HasSuffix(f, "-designate"):
			st.modality = weaker(st.modality, Planned)
		case suspectedWords[f]:
			st.modality = weaker(st.modality, Possible)
		case allegedWords[f]:
			st = st.saidBy(unnamed(), r.sent)
		}
	}
	if i > 0 && lower(r.Words[i].Form) != "elect" {
		for _, k := range r.kids[i] {
			switch r.Words[k].Deprel {
			case "amod", "compound", "advmod", "nmod:desc":
				if k < i {
					apply(lower(r.Words[k].Form))
				}
			}
		}
	}
	f := lower(r.Words[i].Form)
	if strings.HasPrefix(f, "ex-") || strings.HasSuffix(f, "-elect") || strings.HasSuffix(f, "-designate") {
		apply(f)
	}
	return st
}

// complement is the form of what a predicate governs.
type complement int

const (
	infinitive complement = iota // to leave
	gerund                       // leaving
)

// below returns the status of an infinitive or gerund governed by a predicate with lemma lem and status st. past says that the
// governor is in the past tense.
func (r *reader) below(lem string, form complement, hasObject, past bool, st status) status {
	switch {
	case hasObject && causing[lem] && form == infinitive:
	case hasObject && form == gerund && preventing[lem] && lem != "keep" && lem != "stop": // "prevented the mill closing"
		st.polarity = negate(st.polarity)
		if barring[lem] {
			st.modality = weaker(st.modality, Requested)
		}
	case ceasing[lem]:
		if st.polarity = negate(st.polarity); st.polarity == Negative {
			st.modality = weaker(st.modality, Former)
		}
	case lem == "use" && past:
		st.modality = weaker(st.modality, Former)
	case denial[lem], lem == "rule out":
		if st.polarity == Negative {
			st.polarity, st.modality = Positive, weaker(st.modality, Possible)
		} else {
			st.polarity = Negative
			if lem == "rule out" {
				st.modality = weaker(st.modality, Planned)
			}
		}
	case failing[lem], shunning[lem], negativeAdjectives[lem]:
		st.polarity = negate(st.polarity)
		if improbable[lem] {
			st.modality = weaker(st.modality, Possible)
		}
	case form == gerund && proposing[lem]:
		st.modality = weaker(st.modality, Requested)
	case form == gerund && pondering[lem]:
		st.modality = weaker(st.modality, Possible)
	case hasObject && asking[lem]:
		st.modality = weaker(st.modality, Requested)
	case permitting[lem], seeming[lem]:
		st.modality = weaker(st.modality, Possible)
	case lem == "able":
		if !past { // "was able to leave" left
			st.modality = weaker(st.modality, Possible)
		}
	case lem == "have" && hasObject:
		st.modality = weaker(st.modality, Planned) // "has money to spend"
	case lem == "need", lem == "owe", lem == "obligate":
		st.modality = weaker(st.modality, Requested)
	case lem == "have":
		if !past { // "has to leave" has not left, "had to leave" has
			st.modality = weaker(st.modality, Requested)
		}
	case form == gerund && deferring[lem]:
		st.modality = weaker(st.modality, Planned)
	case foretelling[lem], lem == "stand", lem == "go", lem == "be", lem == "about", lem == "suppose", planning[lem], coming[lem]:
		st.modality = weaker(st.modality, Planned)
	case necessaryAdjectives[lem], lem == "ought":
		st.modality = weaker(st.modality, Requested)
	case possibleAdjectives[lem]:
		st.modality = weaker(st.modality, Possible)
	case asking[lem]:
		st.modality = weaker(st.modality, Requested)
	}
	return st
}
