package nlp

import (
	"unicode"
	"unicode/utf8"
)

// Short labels in brackets behind a name ("Ford <F>", "the European Community (EC)", "Dole (R-Kan.)") and the angle brackets that
// news agencies put around the names of firms without a listing ("<Dart Group Corp>") lead a parser astray that has seen few of
// them. The network reads the sentence without them; the label then stands in apposition to its name.

// maxLabel is the number of words between the brackets of a label, maxBracketed that between angle brackets of any kind.
const maxLabel, maxBracketed = 4, 8

// readable appends to kept the indices of the words that the network reads.
func readable(kept []int, words []Word) []int {
	first := len(kept)
	for i := 0; i < len(words); {
		if describesMeans(words, i) {
			i += 2
			continue
		}
		end := i
		switch words[i].Form {
		case "<", "(", "-LRB-":
			end = labelEnd(words, i)
		}
		if end == i {
			kept = append(kept, i)
			i++
			continue
		}
		if !isLabel(words, i, end) { // the name of a firm: only its brackets go
			for k := i + 1; k < end; k++ {
				kept = append(kept, k)
			}
		}
		i = end + 1
	}
	if len(kept) == first { // nothing but a label
		for i := range words {
			kept = append(kept, i)
		}
	}
	return kept
}

// byMeans are participles, and before what they stand as one adjective, mostly with a hyphen: rocket-propelled.
var byMeans = map[string]map[string]bool{
	"propelled": set("rocket jet"),
	"powered":   set("nuclear solar steam battery jet gas diesel hydrogen wind coal"),
	"guided":    set("laser radar satellite wire"),
	"fired":     set("shoulder coal gas"),
	"launched":  set("shoulder"),
	"tipped":    set("nuclear"),
	"borne":     set("vehicle"),
	"mounted":   set("truck vehicle"),
}

// noNoun are words that do not go on with the phrase of such an adjective.
var noNoun = set(`into them that this these those their from with through toward towards across around along over what some more
	against during under until when where while they your each after before only again away back upon onto both`)

// describesMeans says whether words i and i+1 are such an adjective without its hyphen and a common noun may follow ("a rocket propelled
// grenade"): parsers take the participle for the verb of a clause, and the network does not read the two.
func describesMeans(words []Word, i int) bool {
	if i+2 >= len(words) || !byMeans[words[i+1].Form][words[i].Form] {
		return false
	}
	next := words[i+2].Form
	r, _ := utf8.DecodeRuneInString(next)
	return len(next) > 3 && unicode.IsLower(r) && !noNoun[next]
}

// labelEnd returns the index of the bracket that closes the label or firm opened at i, and i where there is none.
func labelEnd(words []Word, i int) int {
	closing := ")"
	if words[i].Form == "<" {
		closing = ">"
	}
	for k := i + 1; k < len(words) && k-i <= maxBracketed+1; k++ {
		f := words[k].Form
		if f != closing && (f != "-RRB-" || closing == ">") {
			continue
		}
		if k == i+1 {
			return i
		}
		if isLabel(words, i, k) {
			return k
		}
		if closing == ">" {
			for n := i + 1; n < k; n++ {
				r, _ := utf8.DecodeRuneInString(words[n].Form)
				switch f := words[n].Form; {
				case n == i+1 && !unicode.IsUpper(r):
					return i // a tag or an address
				case unicode.IsLetter(r), unicode.IsDigit(r), f == "&", f == "-", f == ".", f == "'":
				default:
					return i
				}
			}
			return k
		}
		return i
	}
	return i
}

// isLabel says whether the words between the brackets at open and end are a label of the name before them: one acronym or symbol
// ("EC", "PGLO.AS", "BRK-A", "TOYO.T"), or a party with a state ("R-Kan.").
func isLabel(words []Word, open, end int) bool {
	if open == 0 || end-open-1 > maxLabel {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(words[open-1].Form); !unicode.IsUpper(r) && !unicode.IsDigit(r) && !behindGenitive(words, open) {
		return false
	}
	letters := 0
	for k := open + 1; k < end; k++ {
		for _, r := range words[k].Form {
			switch {
			case unicode.IsUpper(r):
				letters++
			case r == '.' || r == '-' || r == '/' || r == ',' && words[open].Form == "<":
			case unicode.IsLower(r) && end == open+4 && k == end-1 &&
				(words[open+1].Form == "R" || words[open+1].Form == "D") && words[open+2].Form == "-":
			default:
				return false
			}
		}
		if k > open+1 && words[k].Begin > words[k-1].End && words[open].Form != "<" {
			return false // words, not a symbol
		}
	}
	return letters >= 1 && letters <= 7 && (letters > 1 || words[open].Form == "<" || end-open-1 > 1)
}

// behindGenitive says whether an angle bracket stands behind the genitive of a name: Orvin's <ORV> unit.
func behindGenitive(words []Word, open int) bool {
	if open < 2 || words[open].Form != "<" || words[open-1].Begin > words[open-2].End {
		return false
	}
	r, _ := utf8.DecodeRuneInString(words[open-2].Form)
	return isGenitive(words[open-1].Form) && unicode.IsUpper(r)
}

func isGenitive(form string) bool {
	return form == "'s" || form == "’s" || form == "'" || form == "’"
}

// hangLabels gives the words that the network has not read their place in the tree. kept is what it has read, rising.
func hangLabels(words []Word, kept []int) {
	if len(kept) == len(words) {
		return
	}
	next := 0
	for i := 0; i < len(words); i++ {
		if next < len(kept) && kept[next] == i {
			next++
			continue
		}
		if describesMeans(words, i) {
			head := i + 2
			for n := head; n < len(words) && words[head].Deprel == "compound" && words[head].Head > head; n++ {
				head = words[head].Head
			}
			unread(&words[i], "NOUN", "NN", i+1, "compound")
			unread(&words[i+1], "VERB", "VBN", head, "amod")
			i++
			continue
		}
		end := i + 1
		for end < len(words) && (next >= len(kept) || kept[next] != end) && !describesMeans(words, end) {
			end++
		}
		if end == i+1 { // one bracket around a firm
			w := &words[i]
			near := i - 1
			if w.Form == "<" && next < len(kept) || near < 0 {
				near = i + 1
			}
			if h := words[near].Head; h >= 0 && (words[near].Deprel == "compound" || words[near].Deprel == "flat") {
				near = h
			}
			bracket(w, near)
			continue
		}
		for from := i; from < end; { // labels may follow one another
			to := from + 1
			for to < end-1 && words[to].Form != ">" && words[to].Form != ")" && words[to].Form != "-RRB-" {
				to++
			}
			name := i - 1
			if behindGenitive(words, i) {
				name--
			}
			for n := 0; n < 3 && (words[name].Deprel == "flat" || words[name].Deprel == "punct") && words[name].Head >= 0; n++ {
				name = words[name].Head
			}
			for k := from; k <= to && k < end; k++ {
				w := &words[k]
				switch k {
				case from, to:
					bracket(w, from+1)
				case from + 1:
					unread(w, "PROPN", "NNP", name, "appos")
				default:
					unread(w, "PROPN", "NNP", from+1, "flat")
				}
			}
			from = to + 1
		}
		i = end - 1
	}
}

func bracket(w *Word, head int) {
	xpos := "-LRB-"
	if w.Form == ">" || w.Form == ")" || w.Form == "-RRB-" {
		xpos = "-RRB-"
	}
	unread(w, "PUNCT", xpos, head, "punct")
}

// unread tags a word that the network has not read.
func unread(w *Word, upos, xpos string, head int, deprel string) {
	w.UPOS, w.XPOS, w.Head, w.Deprel, w.NER, w.ArcMargin = upos, xpos, head, deprel, "O", 1
}
