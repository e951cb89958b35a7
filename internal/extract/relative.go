package extract

// relative says whether k is a relative pronoun or a phrase with one ("whose leader", "most of which").
func (r *reader) relative(k int) bool {
	switch r.Words[k].XPOS {
	case "WDT", "WP", "WP$":
		return true
	}
	if lower(r.Words[k].Form) == "that" && r.Words[k].UPOS == "PRON" && r.Words[k].Feat("PronType") == "Rel" {
		return true
	}
	return r.whose(k)
}

// inRow says whether clause k is the infinitive of a noun in a row of those that do the same: "the third country to sign".
func (r *reader) inRow(i, k int) bool {
	if r.Words[i].UPOS != "NOUN" || r.Words[k].XPOS != "VB" || k < i || !r.infinitival(k) || r.hasSubject(k) {
		return false
	}
	for _, m := range r.kids[i] {
		if m < i && ranking(&r.Words[m]) {
			return true
		}
	}
	return false
}

// done says whether infinitive k is what noun i, one in a row of those that do the same, has done: of "the second attempt to sell it" and "the
// only way to sell it" it is not.
func (r *reader) done(i, k int) bool {
	l := lower(r.Words[i].Lemma)
	return r.inRow(i, k) && !planNouns[l] && !possibleNouns[l] && !wishNouns[l] && !openings[l]
}

// openings are what lets something be done.
var openings = words(`way means method chance attempt tool instrument time place moment day year vehicle device occasion thing`)

// whose says whether k is something of the antecedent, not the antecedent itself: "whose leader".
func (r *reader) whose(k int) bool {
	p := r.child(k, "nmod:poss")
	return p >= 0 && r.Words[p].XPOS == "WP$"
}

// subjectless says whether the finite clause of k lacks its subject.
func (r *reader) subjectless(k int) bool {
	return r.child(k, "nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "nsubj:outer") < 0 && !r.infinitival(k)
}

// infinitival says whether the clause of k is an infinitive with "to".
func (r *reader) infinitival(k int) bool {
	for _, m := range r.kids[k] {
		if r.rel(m) == "mark" && lower(r.Words[m].Form) == "to" && m < k {
			return r.Words[m].XPOS == "TO" || r.Words[m].UPOS == "PART"
		}
	}
	return false
}

// described returns the list that s is a member of; where s is the antecedent of the clause c and others are listed behind that
// clause, they are no part of what it describes: "Ford, which makes cars, and its unit".
func (r *reader) described(s int, list []int, c *clause, f frame) []int {
	if s != f.antecedent || len(list) > 1 {
		return list
	}
	for _, k := range r.kids[s] {
		if r.Words[k].Deprel == "conj" && k > c.head {
			return r.conjuncts(s)
		}
	}
	return list
}

// freeRelative says whether k is a question word that stands for what its own clause tells: "what they want".
func (r *reader) freeRelative(k int) bool {
	switch r.Words[k].XPOS {
	case "WP", "WDT", "WRB":
		return r.child(k, "acl:relcl", "advcl:relcl") > k
	}
	return r.asked(k)
}

// asked says whether noun k is what a question asks for: "what price".
func (r *reader) asked(k int) bool {
	d := r.child(k, "det")
	return d >= 0 && d < k && (r.Words[d].XPOS == "WDT" || r.Words[d].XPOS == "WP") && lower(r.Words[d].Form) != "that"
}

// adverbialNoun says whether a clause without pronoun tells when, where or why of noun i rather than what is done to it: "the reasons
// investors should not worry", "the day the army left".
func (r *reader) adverbialNoun(i int) bool {
	switch l := lower(r.Words[i].Lemma); l {
	case "reason", "way", "place", "extent", "degree", "manner":
		return true
	default:
		return temporalNouns[l]
	}
}
