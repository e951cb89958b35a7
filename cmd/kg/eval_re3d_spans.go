package main

import (
	"strings"

	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/internal/score"
)

// re3dPhrase returns the first and the last word of a mention as re3d draws its entities: with article, possessor, modifiers and titles
// before the head ("the ISIL's War Committee", "Lt. Gen. Stephen J. Townsend"), without what counts it ("two" artillery systems: an
// entity of its own), and of what follows the head only what "of" leads to ("the heart of East Mosul").
func re3dPhrase(sent *nlp.Sentence, kids [][]int, m *nlp.Mention) (first, last int) {
	words := sent.Words
	below := func(i int) bool { // word i is part of the phrase of the head
		for n := 0; i >= 0 && i != m.Head && n < len(words); n++ {
			if words[i].Head == m.Head {
				switch rel, _, _ := strings.Cut(words[i].Deprel, ":"); rel {
				case "det", "amod", "compound", "nmod", "nummod", "flat", "goeswith", "punct":
					return true
				}
				return false
			}
			i = words[i].Head
		}
		return i == m.Head
	}
	counts := func(i int) bool { // it counts the head, or belongs to what does: "more than 850"
		for n := 0; i >= 0 && i != m.Head && n < len(words); n++ {
			if words[i].Head == m.Head {
				return words[i].Deprel == "nummod" && words[i].UPOS == "NUM"
			}
			i = words[i].Head
		}
		return false
	}
	first, last = m.Head, m.Head
	if m.Kind == nlp.Named {
		first, last = min(m.First, m.Head), max(m.Last, m.Head)
	}
	for first > 0 && below(first-1) && !counts(first-1) && !strings.ContainsAny(words[first-1].Form, `,;:()“”"`) {
		first--
	}
	if first > 0 && words[first-1].Form == "," && below(first-1) {
		for k := m.Head - 1; k > first; k-- { // of a list of modifiers that share the noun the last is the phrase: "bomber, fighter and | scout aircraft"
			if words[k].UPOS == "CCONJ" {
				first = k + 1
				break
			}
		}
	}
	for first < m.Head && (words[first].UPOS == "PUNCT" || words[first].UPOS == "CCONJ" || words[first].UPOS == "ADP" ||
		words[first].Deprel == "case" || first < m.First && m.Kind == nlp.Named && strings.EqualFold(words[first].Form, "near")) {
		first++
	}
	if m.Kind == nlp.Named {
		return re3dName(words, kids, m, first, last)
	}
	for at := m.Head; ; { // "a group of | buildings", one "of" after another
		next := -1
		for _, k := range kids[at] {
			if k > last && words[k].Deprel == "nmod" && strings.EqualFold(words[last+1].Form, "of") && words[last+1].Head == k {
				next = k
			}
		}
		if next < 0 {
			return first, last
		}
		at, last = next, next
		for _, k := range kids[at] { // "the Islamic State": what follows the noun and belongs to it
			if k == last+1 && (words[k].Deprel == "flat" || words[k].Deprel == "compound") {
				last = k
			}
		}
	}
}

// re3dName widens the words of a name: a person's by ranks and nickname ("Maj. Gen.
// Ana “Sunny” Ruiz"), others by what "of" leads to ("the Gulf of Oman").
func re3dName(words []nlp.Word, kids [][]int, m *nlp.Mention, first, last int) (int, int) {
	name := func(k int) bool { return k >= 0 && k < len(words) && words[k].UPOS == "PROPN" }
	quote := func(k int) bool { return k >= 0 && k < len(words) && strings.ContainsAny(words[k].Form, `“”"`) }
	if m.Type == "PER" {
		if quote(last+1) && name(last+2) && quote(last+3) && name(last+4) {
			for last += 4; name(last+1) && words[last+1].Head < last; last++ {
			}
		} else if quote(first-1) && quote(last+1) && name(first-2) && name(last+2) {
			first, last = first-2, last+2
		} else if quote(first-1) && name(first-2) && quote(first-3) && name(first-4) {
			first -= 4
		}
		for first > 0 && nlp.IsTitle(words[first-1].Form) && words[first-1].Form != strings.ToLower(words[first-1].Form) {
			first--
		}
		return first, last
	}
	for _, k := range kids[m.Head] {
		if k > last && k < last+4 && words[k].Deprel == "nmod" && strings.EqualFold(words[last+1].Form, "of") && name(k) {
			last = k
			for n := k + 1; n < len(words); n++ { // "of Iraq and the Levant"
				switch rel := words[n].Deprel; {
				case name(n) && (rel == "flat" || rel == "compound" || rel == "conj" && m.Type == "ORG" && words[n].Head == k):
					last = n
					continue
				case rel == "cc" || rel == "det" || rel == "flat":
					continue
				}
				break
			}
			return first, last
		}
	}
	return first, last
}

// re3dPart returns the noun that a noun counts or measures, which "of" leads to right behind it: "miles of land"; -1 for none.
func re3dPart(words []nlp.Word, kids [][]int, m *nlp.Mention) int {
	if m.Head+1 >= len(words) || !strings.EqualFold(words[m.Head+1].Form, "of") {
		return -1
	}
	for _, k := range kids[m.Head] {
		if k > m.Head && words[k].Deprel == "nmod" && words[m.Head+1].Head == k {
			return k
		}
	}
	return -1
}

// re3dTheNumber says whether word k is "number" with its article: "the number of guns" is no guns, "a number of guns" are several.
func re3dTheNumber(words []nlp.Word, k int) bool {
	return words[k].Lemma == "number" && k > 0 && strings.EqualFold(words[k-1].Form, "the")
}

// re3dMember says whether word k is one of those that a group has as its members: "the allies include Norland".
func re3dMember(words []nlp.Word, k int) bool {
	for words[k].Deprel == "conj" {
		k = words[k].Head
	}
	return words[k].Deprel == "obj" && (words[words[k].Head].Lemma == "include" || words[words[k].Head].Lemma == "comprise")
}

// vague says whether a description is of nobody and nothing in particular: a bare singular ("said Jane Roe, commander, "), an
// adjective taken for a noun, "on the ground".
func (rm *re3dMapping) vague(words []nlp.Word, kids [][]int, m *nlp.Mention, typ string) bool {
	person := rm.words["pronoun"]["he"]
	people := typ != "" && (typ == person || typ == rm.words["pronoun"]["they"])
	if m.Kind != nlp.Nominal {
		return false
	}
	w := &words[m.Head]
	if w.UPOS == "ADJ" || w.UPOS == "ADV" || w.UPOS == "VERB" {
		return true
	}
	if w.Lemma == "ground" && m.Head > 1 && words[m.Head-1].Form == "the" && words[m.Head-2].Form == "on" {
		return true // where armies fight, not a place
	}
	indefinite, predicate, says := false, w.Deprel == "appos", false
	for _, k := range kids[m.Head] {
		form := strings.ToLower(words[k].Form)
		switch form {
		case "all", "any", "such":
			if !people {
				return true // "all aircraft": none in particular
			}
		case "each", "every", "no":
			if !people || typ == person {
				return true
			}
		case "a", "an":
			indefinite = true
		case "as": // "used the hall as a base"
			says = says || words[k].Deprel == "case" && k < m.Head
		}
		predicate = predicate || words[k].Deprel == "cop"
		says = says || words[k].Deprel == "cop" && re3dDescribes(words, kids, m.Head)
	}
	if says {
		return true
	}
	if w.Deprel == "nmod" && w.Head >= 0 && rm.listed("kind", words[w.Head].Lemma) && !people {
		return true // "the number and type of aircraft"
	}
	if typ != person && (typ == "" || rm.words["site"][w.Lemma] != typ) || w.XPOS != "NN" {
		return false
	}
	if typ == person && indefinite && predicate {
		return true // "was a member of the council" says of somebody what he is
	}
	for _, k := range kids[m.Head] {
		switch words[k].Deprel {
		case "det", "nmod:poss", "nmod", "amod", "compound", "nmod:desc", "flat", "nummod":
			return false
		}
	}
	return true
}

// re3dDescribes says whether the predicate at word k is a class and no other mention of a thing: it has no article, that of one of many,
// or is the most of its kind: "was a base", "is the largest city".
func re3dDescribes(words []nlp.Word, kids [][]int, k int) bool {
	definite := false
	for _, m := range kids[k] {
		w := &words[m]
		switch {
		case w.Deprel == "case" || w.Deprel == "nummod":
			return false // "is in the room", "were 30 airmen"
		case w.XPOS == "JJS" && m < k:
			return true
		case w.Deprel == "nmod:poss", w.Deprel == "det" && w.Lemma != "a":
			definite = true
		}
	}
	return !definite
}

// outermost leaves out the spans that lie inside another, as re3d does; of two with the same ends the first stays.
func outermost(spans []score.Span) (out []score.Span) {
	for i, s := range spans {
		inside := false
		for j, o := range spans {
			if o.Begin <= s.Begin && s.End <= o.End && (o.End-o.Begin > s.End-s.Begin || o.End-o.Begin == s.End-s.Begin && j < i) {
				inside = true
				break
			}
		}
		if !inside {
			out = append(out, s)
		}
	}
	return out
}

// placeAfter returns the last word of the place right behind the place m that says where it is ("Palmyra, Syria"), -1 where there is none.
// named leads from sentence and first word of a named place to the place.
func placeAfter(words []nlp.Word, named map[[2]int]*resolve.Mention, m *resolve.Mention) int {
	if m.Kind != nlp.Named || m.Last+2 >= len(words) || words[m.Last+1].Form != "," {
		return -1
	}
	outer := named[[2]int{m.Sent, m.Last + 2}]
	if outer == nil || outer.Last+1 < len(words) && words[outer.Last+1].XPOS == "POS" { // "Basra, Iraq's second city"
		return -1
	}
	end := outer.Last
	if next := end + 1; outer.Type != "State" && outer.Type != "Region" && next < len(words) {
		for ; next < len(words); next++ {
			if _, more := named[[2]int{m.Sent, next}]; more {
				return -1 // "the Red Sea, the Gulf of Aden and the Gulf of Oman"
			}
			if upos := words[next].UPOS; upos != "PUNCT" && upos != "CCONJ" && upos != "DET" {
				break
			}
		}
	}
	// Not the first of a list: what is joined to it, or a conjunction behind.
	for k := m.Last + 2; k <= end; k++ {
		if rel := words[k].Deprel; rel == "conj" {
			return -1
		}
	}
	return end
}
