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
	for first < m.Head && (words[first].UPOS == "PUNCT" || words[first].UPOS == "CCONJ" || words[first].UPOS == "ADP") {
		first++
	}
	if m.Kind == nlp.Named {
		return first, last
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

// personOf and groupOf are the pronouns of those who are meant by them; "it" and "which" mean too much else.
var (
	personOf = []string{"i", "me", "my", "he", "him", "his", "she", "her"}
	groupOf  = []string{"we", "us", "our", "they", "them", "their"}
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
// named leads from sentence and first word of a named place to its last word.
func placeAfter(words []nlp.Word, named map[[2]int]int, m *resolve.Mention) int {
	if m.Kind != nlp.Named || m.Last+2 >= len(words) || words[m.Last+1].Form != "," {
		return -1
	}
	end, ok := named[[2]int{m.Sent, m.Last + 2}]
	if !ok {
		return -1
	}
	// Not the first of a list: what is joined to it, or a conjunction behind.
	for k := m.Last + 2; k <= end; k++ {
		if rel := words[k].Deprel; rel == "conj" {
			return -1
		}
	}
	return end
}
