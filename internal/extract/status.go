package extract

import "slices"

// status is how a clause stands: what is inherited by the clauses below it.
type status struct {
	polarity   Polarity
	modality   Modality
	source     *Argument
	sourceSent int
}

// weaker returns the modality of a clause that is itself b inside a clause that is a: the less certain of the two.
func weaker(a, b Modality) Modality {
	rank := func(m Modality) int {
		return slices.Index([]Modality{Asserted, Planned, Requested, Possible, Hypothetical}, m)
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

// negated says whether the clause of h is negated by a particle or by the determiner of a core argument, and returns the
// words that do so.
func (t *tree) negated(h int) (neg []int) {
	for _, k := range t.kids[h] {
		w := &t.Words[k]
		switch t.rel(k) {
		case "advmod", "det", "cc":
			if t.negator(k) {
				neg = append(neg, k)
			}
		case "aux", "cop":
			for _, m := range t.kids[k] {
				if t.negator(m) {
					neg = append(neg, m)
				}
			}
		case "nsubj", "obj":
			if l := lower(w.Form); l == "nobody" || l == "nothing" || l == "none" || w.Deprel != "obj" && l == "neither" {
				neg = append(neg, k)
				continue
			}
			if d := t.child(k, "det", "advmod", "cc:preconj"); d >= 0 && t.negator(d) && d < k {
				neg = append(neg, d)
			}
		}
	}
	return neg
}

// excluded says whether conjunct k is named as what is not meant: "a type rather than a breed", "peace, not war".
func (t *tree) excluded(k int) bool {
	if t.Words[k].Deprel != "conj" {
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
				return true
			}
		}
	}
	return false
}

func (t *tree) negator(k int) bool {
	if k+1 < len(t.Words) && t.Words[k+1].Form == "-" && t.Words[k+1].Begin == t.Words[k].End {
		return false // "no-fly zones"
	}
	switch lower(t.Words[k].Form) {
	case "not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely":
		return true
	}
	return false
}

// modal returns the modality that the auxiliaries of h give it, and Asserted where there are none.
func (t *tree) modal(h int) Modality {
	m := Asserted
	for _, k := range t.kids[h] {
		if t.rel(k) != "aux" && t.rel(k) != "cop" {
			continue
		}
		switch lower(t.Words[k].Form) {
		case "will", "shall", "'ll", "’ll", "wo", "sha":
			m = weaker(m, Planned)
		case "would", "'d", "’d":
			if t.Words[k].XPOS == "MD" {
				m = weaker(m, Hypothetical)
			}
		case "can", "could", "may", "might", "should", "must", "ought", "ca":
			m = weaker(m, Possible)
		}
	}
	return m
}

// marked returns the modality that the conjunction of clause h gives it.
func (t *tree) marked(h int) Modality {
	for _, k := range t.kids[h] {
		if r := t.rel(k); r != "mark" && r != "advmod" && r != "cc" {
			continue
		}
		switch lower(t.Words[k].Form) {
		case "if", "unless", "whether", "lest", "provided", "assuming", "supposing":
			return Hypothetical
		}
	}
	return Asserted
}

// below returns the status of an infinitive or complement clause governed by a predicate with lemma lem and status st.
// past says that the governor is in the past tense.
func (r *reader) below(lem string, hasObject, past bool, st status) status {
	switch {
	case failing[lem], unable[lem]:
		st.polarity = negate(st.polarity)
	case hasObject && asking[lem]:
		st.modality = weaker(st.modality, Requested)
	case permitting[lem]:
		st.modality = weaker(st.modality, Possible)
	case lem == "have" || lem == "need":
		if !past { // "has to leave" has not left, "had to leave" has
			st.modality = weaker(st.modality, Planned)
		}
	case planning[lem], likely[lem]:
		st.modality = weaker(st.modality, Planned)
	case asking[lem]:
		st.modality = weaker(st.modality, Requested)
	}
	return st
}
