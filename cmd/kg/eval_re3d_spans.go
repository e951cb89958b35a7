package main

import (
	"slices"
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

// re3dName widens the words of a name: by what a hyphen without blanks joins ("CJTF-South"), a person's by ranks and nickname ("Maj. Gen.
// Ana “Sunny” Ruiz"), others by what "of" leads to ("the Gulf of Oman").
func re3dName(words []nlp.Word, kids [][]int, m *nlp.Mention, first, last int) (int, int) {
	name := func(k int) bool { return k >= 0 && k < len(words) && words[k].UPOS == "PROPN" }
	tight := func(k int) bool { // word k is a hyphen between two names
		return k > 0 && k+1 < len(words) && words[k].Form == "-" && words[k-1].End == words[k].Begin && words[k].End == words[k+1].Begin &&
			strings.ToUpper(words[k-1].Form) == words[k-1].Form && strings.ToUpper(words[k+1].Form) == words[k+1].Form
	}
	quote := func(k int) bool { return k >= 0 && k < len(words) && strings.ContainsAny(words[k].Form, `“”"`) }
	for m.Type == "ORG" && tight(last+1) {
		last += 2
	}
	for m.Type == "ORG" && tight(first-1) {
		first -= 2
	}
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

var (
	re3dMagnitudes = map[string]bool{"dozens": true, "scores": true, "hundreds": true, "thousands": true, "tens": true, "millions": true}
	// re3dWholes are nouns for several of what follows "of".
	re3dWholes = map[string]bool{"group": true, "number": true, "series": true, "range": true, "set": true, "pair": true, "variety": true,
		"majority": true, "lot": true, "couple": true, "handful": true, "cluster": true}
	re3dUnits = map[string]bool{"mile": true, "kilometer": true, "kilometre": true, "meter": true, "metre": true, "acre": true,
		"hectare": true, "foot": true, "yard": true, "ton": true, "tonne": true, "pound": true, "kilogram": true, "gallon": true,
		"barrel": true, "liter": true, "litre": true, "percent": true, "%": true}
)

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

// re3dVague says whether a description is of nobody and nothing in particular: a bare singular ("said Jane Roe, commander, "), an
// adjective taken for a noun, "on the ground".
func re3dVague(words []nlp.Word, kids [][]int, m *nlp.Mention, typ string) bool {
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
			if typ != "Person" && typ != "Organisation" {
				return true // "all aircraft": none in particular
			}
		case "each", "every", "no":
			if typ != "Organisation" {
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
	if w.Deprel == "nmod" && w.Head >= 0 && re3dKinds[words[w.Head].Lemma] && typ != "Person" && typ != "Organisation" {
		return true // "the number and type of aircraft"
	}
	if typ != "Person" && (typ != "Location" || !re3dSites[w.Lemma]) || w.XPOS != "NN" {
		return false
	}
	if typ == "Person" && indefinite && predicate {
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

// re3dKinds are nouns that ask of what follows "of" how many or which there are, in the singular.
var re3dKinds = map[string]bool{"number": true, "type": true, "kind": true, "sort": true, "amount": true, "quantity": true}

// re3dSites are nouns of places that without an article are a state, not a place: "returned to base".
var re3dSites = map[string]bool{"base": true, "camp": true, "home": true, "port": true, "school": true, "prison": true, "town": true,
	"church": true, "jail": true, "hospital": true, "headquarters": true, "sea": true, "court": true, "market": true}

// personOf and groupOf are the pronouns of those who are meant by them; "it" and "which" mean too much else.
var (
	personOf = []string{"i", "me", "he", "him", "she", "her"}
	groupOf  = []string{"we", "us", "they", "them"}
)

// re3dPronoun is the type of what a pronoun stands for by its form, empty for none.
func re3dPronoun(form string) string {
	switch form = strings.ToLower(form); {
	case slices.Contains(personOf, form):
		return "Person"
	case slices.Contains(groupOf, form):
		return "Organisation"
	}
	return ""
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
	if outer == nil {
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
