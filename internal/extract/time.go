package extract

import (
	"kg/internal/nlp"
)

// timex returns the time expression that word k is in, nil for none.
func (t *tree) timex(k int) *nlp.Timex {
	if !t.timed {
		t.times, t.timeArcs = nlp.TimexesByArcs(t.Words)
		t.timed = true
	}
	for i := range t.times {
		if x := &t.times[i]; x.First <= k && k <= x.Last {
			return x
		}
	}
	return nil
}

// temporal says whether nominal k names a time: "Monday", "the last week of August", "2017", "two days"; not "May" in "May said".
func (r *reader) temporal(k int) bool {
	if r.timex(k) != nil {
		return true
	}
	// Nouns of time that no expression is made of: "the day of the attack", "at the time".
	w := &r.Words[k]
	switch lower(w.Lemma) {
	case "fall":
		if !r.season(k) {
			return false
		}
	case "quarter":
		if r.fraction(k) {
			return false
		}
	}
	return w.UPOS != "PROPN" && temporalNouns[lower(w.Lemma)] && !calendarNames[lower(w.Lemma)] &&
		lower(w.Form) != "terms" // "on equal terms"
}

// season says whether the noun k, which also means a decline, is a time of the year: "opens in the fall", but "after the fall in prices".
func (r *reader) season(k int) bool {
	for _, m := range r.kids[k] {
		switch r.Words[m].Deprel {
		case "nmod", "nmod:poss", "nummod", "compound":
			if !r.temporal(m) {
				return false
			}
		}
	}
	switch _, form := r.caseOf(k); form {
	case "", "in", "by", "during", "until", "till", "since", "for", "before", "through", "throughout", "from":
		return true
	}
	return false
}

// fraction says whether quarter k is one of four parts of something that is no time: "a quarter of the loans".
func (r *reader) fraction(k int) bool {
	m := r.child(k, "nmod")
	if m < k || r.child(k, "amod") >= 0 || r.Words[m].UPOS == "NUM" {
		return false
	}
	_, form := r.caseOf(m)
	return form == "of" && !r.temporal(m)
}

// apart says whether no two of list are in one time expression: "from May to July" is no list.
func (r *reader) apart(list []int) bool {
	var last *nlp.Timex
	for _, k := range list {
		x := r.timex(k)
		if x != nil && x == last || x == nil && r.temporal(k) {
			return false
		}
		last = x
	}
	return true
}

// circumstance says whether adverb k tells when or where.
func (r *reader) circumstance(k int) bool {
	switch lower(r.Words[k].Form) {
	case "today", "yesterday", "tomorrow", "tonight", "now", "recently", "earlier", "later", "ago", "currently", "here", "abroad",
		"soon", "previously", "originally", "nowadays", "afterwards", "overnight":
		return true
	}
	return r.Words[k].UPOS == "ADV" && r.timex(k) != nil
}
