package extract

// possessive: "Syria's de-escalation zones", "their leader".
func (r *reader) possessive(i, k int, st status) {
	if r.Words[k].XPOS == "WP$" || r.Words[i].Deprel == "nmod:desc" && isAgentNoun(r.Words[i].Lemma) {
		return // "Turkey's spokesman Ibrahim Kalin" is read as a title
	}
	for _, m := range r.kids[i] {
		if m > k && r.titleWords(i, m) != nil {
			return // "Peru's President Lund": the title says what Lund is to Peru
		}
	}
	head := &r.Words[i]
	if mark := r.child(k, "case"); head.UPOS == "PROPN" &&
		(r.insideName(k, i) || mark >= 0 && r.Words[mark].Form == "'" && capitalised(r.Words[k].Form) ||
			r.Words[k].Form == "People") {
		return // "Workers' Party", "Reader's Digest", "the People's Daily"
	}
	if n := k + 2; n < i && r.Words[n-1].XPOS == "POS" && r.Words[n].UPOS == "PROPN" && r.Words[n].Head == i && r.insideName(k, n) {
		return // "a Lund County Sheriff's Department van"
	}
	if f := head.Form; f[0] >= '0' && f[0] <= '9' || r.label(i) || legalForms[lower(f)] {
		return // "in his 20s", "Lund's <LND> mill", "Lund's Inc"
	}
	if r.kindOf(i, k) {
		return // "a women's group"
	}
	if r.isAct(i) || head.UPOS == "NOUN" && temporalNouns[lower(head.Lemma)] || r.temporal(k) {
		return // "Russia's support" is read as an act, "Monday's meeting" is no possession
	}
	if _, form := r.caseOf(i); r.Words[k].XPOS == "PRP$" && ownTurns[form+" "+lower(head.Form)] || form == "in" && lower(head.Form) == "case" {
		return // "in its entirety", "on his behalf", "in Peru's case"
	}
	if h := head.Head; h >= 0 && head.Deprel == "obj" && r.Words[k].XPOS == "PRP$" && courses[lower(r.Words[h].Lemma)+" "+lower(head.Form)] {
		return // "runs its course"
	}
	r.owned(i, k, st)
}

// kindOf says whether k tells what kind of thing noun i is, not whose: one article before several owners is that of the thing.
func (r *reader) kindOf(i, k int) bool {
	if r.Words[k].XPOS != "NNS" || r.Words[i].XPOS != "NN" {
		return false
	}
	for _, n := range []int{i, k} {
		if d := r.child(n, "det"); d >= 0 && d < k && (lower(r.Words[d].Form) == "a" || lower(r.Words[d].Form) == "an" || lower(r.Words[d].Form) == "another") {
			return true
		}
	}
	return false
}

// courses are turns of speech in which nobody has the object.
var courses = words(`run_course take_course throw_lot cast_lot make_way find_way lose_way take_place take_toll take_turn turn_attention turn_back
	change_mind make_mark keep_word do_best do_utmost do_part play_part bide_time take_time lose_temper raise_voice hold_breath
	follow_suit hold_own wash_hand set_sight shrug_shoulder make_debut`)

// ownTurns are turns of speech in which nobody has what the noun names.
var ownTurns = words(`_place in_entirety in_place in_stead on_behalf for_part on_part in_turn at_expense in_favour in_favor in_wake in_midst on_account
	in_way on_way at_peak in_name in_view in_opinion at_disposal for_sake in_right in_own on_own in_path in_honour in_honor at_best at_worst at_least`)

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
	thing.Words = r.trim(r.less(thing.Words, k))
	if owner := r.less(thing.Minimal.Words, k); len(owner) > 0 {
		thing.Minimal.Words = owner // "Lund's Berg Bank"
	}
	for _, m := range r.kids[i] {
		if m < k && r.Words[m].Deprel == "compound" && isAgentNoun(r.Words[m].Lemma) { // the owner's title
			thing.Words = r.less(thing.Words, m)
			thing.Minimal.Words = r.less(thing.Minimal.Words, m)
		}
	}
	st = r.nominalStatus(i, st)
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
