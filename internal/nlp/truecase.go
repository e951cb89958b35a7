package nlp

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cases.txt holds words that are written with capitals inside sentences, in their usual case; counted from the training sets
// of the treebanks (go test -run TestCaseTable -update) with the names of countries, their peoples and capitals.
//
//go:embed model/cases.txt
var caseTable string

// truecaser guesses the usual case of words in a sentence that is all in capitals. It is read-only once made and safe for
// concurrent use.
type truecaser struct {
	usual map[string]string // lower case → usual case
	rank  map[string]int32  // words by falling frequency
}

func newTruecaser(table string, rank map[string]int32) *truecaser {
	t := &truecaser{usual: map[string]string{}, rank: rank}
	for w := range strings.FieldsSeq(table) {
		t.usual[strings.ToLower(w)] = w
	}
	return t
}

// isShouted says whether a sentence is written in capitals, so that they tell nothing about its words.
func isShouted(words []Word) bool {
	letters, capitals, long := 0, 0, 0
	for i := range words {
		f := words[i].Form
		upper := true
		n := 0
		for _, r := range f {
			if unicode.IsLetter(r) {
				n++
				if unicode.IsUpper(r) {
					capitals++
				} else {
					upper = false
				}
			}
		}
		letters += n
		if upper && n > 3 {
			long++
		}
	}
	return long >= 2 && letters >= 12 && capitals*10 >= letters*9
}

// rareRank is the rank from which on an unknown word is rather a name than a common word.
const rareRank = 25000

// form returns form as it would be written in a sentence in normal case; first says that it begins the sentence.
func (t *truecaser) form(form string, first bool) string {
	low := strings.ToLower(form)
	if usual, ok := t.usual[low]; ok {
		return usual
	}
	r, n := utf8.DecodeRuneInString(form)
	if n == len(form) || !unicode.IsLetter(r) || strings.ContainsRune(form, '.') {
		if low == "a" && !first {
			return low
		}
		return form
	}
	if rank, ok := t.rank[low]; first || !ok || rank > rareRank {
		if !ok && n < len(form) && len(form) <= 4 { // no word: an abbreviation
			return form
		}
		return string(unicode.ToUpper(r)) + low[min(len(low), n):]
	}
	return low
}

// modelForms appends the forms that the network reads for words: their own, or their usual case where the whole sentence is
// in capitals.
func (t *truecaser) modelForms(buf []string, words []Word) []string {
	shouted := isShouted(words)
	for i := range words {
		if shouted {
			buf = append(buf, t.form(words[i].Form, i == 0))
		} else {
			buf = append(buf, words[i].Form)
		}
	}
	return buf
}
