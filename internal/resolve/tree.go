package resolve

import (
	"slices"
	"strings"
	"unicode"

	"kg/internal/extract"
	"kg/internal/nlp"
)

// tree is a sentence with the dependents of each word in text order.
type tree struct {
	*nlp.Sentence
	index int // of the sentence
	kids  [][]int
	title int8 // 1 a headline with a capital on every word, -1 none, 0 not known yet
}

// tree returns sentence i, its dependents computed once.
func (s *run) tree(i int) *tree {
	t := &s.trees[i]
	if t.kids != nil {
		return t
	}
	if t.Sentence == nil {
		t.Sentence = extract.Repair(&s.doc.Sentences[i], nil) // as the grammar has read it
	}
	t.index, t.kids = i, t.Children()
	return t
}

// rel returns the relation of word i to its head without the subtype.
func (t *tree) rel(i int) string {
	rel, _, _ := strings.Cut(t.Words[i].Deprel, ":")
	return rel
}

// caseOf returns the preposition of nominal i in lower case, its words joined by blanks.
func (t *tree) caseOf(i int) string {
	for _, k := range t.kids[i] {
		if t.rel(k) != "case" || t.Words[k].XPOS == "POS" {
			continue
		}
		form := strings.ToLower(t.Words[k].Form)
		for _, m := range t.kids[k] {
			if t.Words[m].Deprel == "fixed" {
				form += " " + strings.ToLower(t.Words[m].Form)
			}
		}
		return form
	}
	return ""
}

// text returns the words as they stand in the text, runs of white space and gaps as one blank.
func (s *run) text(t *tree, words []int) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return t.Words[words[0]].Form
	}
	var b strings.Builder
	for n, i := range words {
		w := &t.Words[i]
		if n > 0 {
			prev := &t.Words[words[n-1]]
			if words[n-1] != i-1 || prev.End != w.Begin {
				b.WriteByte(' ')
			}
		}
		b.WriteString(w.Form)
	}
	return b.String()
}

// joined returns words with the hyphens and the like that stand between two of them without a blank: "de-escalation".
func (t *tree) joined(words []int) []int {
	missing := false
	for n := 1; n < len(words) && !missing; n++ {
		missing = words[n] == words[n-1]+2 && t.tight(words[n-1]+1)
	}
	if !missing {
		return words
	}
	out := make([]int, 0, len(words)+2)
	for n, k := range words {
		if n > 0 && k == words[n-1]+2 && t.tight(k-1) {
			out = append(out, k-1)
		}
		out = append(out, k)
	}
	return out
}

// withArticles returns words with the articles that were left out between them: Organization of "the" Petroleum Exporting Countries.
func (t *tree) withArticles(words []int) []int {
	for n := 1; n < len(words); n++ {
		if k := words[n] - 1; k == words[n-1]+1 && t.Words[k].UPOS == "DET" {
			return t.withArticles(slices.Insert(slices.Clone(words), n, k))
		}
	}
	return words
}

// tight says whether word k is a mark that touches both its neighbours.
func (t *tree) tight(k int) bool {
	w := &t.Words[k]
	return w.UPOS == "PUNCT" && t.Words[k-1].End == w.Begin && t.Words[k+1].Begin == w.End
}

// nerSpan returns the words of the named entity that word i is part of and its type, nil where it is part of none.
func (t *tree) nerSpan(i int) ([]int, string) {
	tag := t.Words[i].NER
	if len(tag) < 3 {
		return nil, ""
	}
	first, last := i, i
	for first > 0 && t.Words[first].NER[:2] == "I-" && len(t.Words[first-1].NER) > 2 && t.Words[first-1].NER[2:] == tag[2:] {
		first--
	}
	for last+1 < len(t.Words) && t.Words[last+1].NER == "I-"+tag[2:] {
		last++
	}
	for last > i && (t.Words[last].UPOS == "ADP" || t.Words[last].UPOS == "CCONJ") {
		last-- // "Lund of"
	}
	if tag[2:] == "PER" || tag[2:] == "ORG" {
		first, last = t.doubled(first, last)
	}
	return through(first, last), tag[2:]
}

// through returns the words first to last.
func through(first, last int) []int {
	words := make([]int, 0, last-first+1)
	for k := first; k <= last; k++ {
		words = append(words, k)
	}
	return words
}

// doubled takes the other half of a double name into the entity of words first to last ("Allied-Lyons", "Walker-Gooderham") and the
// surname behind a nickname in quotation marks ("Richard "Tex" Coe").
func (t *tree) doubled(first, last int) (int, int) {
	tag := t.Words[first].NER
	half := func(k, beside int) bool {
		w := &t.Words[k]
		if w.UPOS != "PROPN" && w.XPOS != "NNP" {
			return false
		}
		inside := w.Head >= first && w.Head <= last
		return len(w.NER) < 3 || w.NER[2:] == tag[2:] && (inside || t.rel(k) == "flat" || t.rel(beside) == "flat")
	}
	if last > first && t.hyphen(last) {
		last--
	}
	for first >= 2 && t.hyphen(first-1) && half(first-2, first) {
		first -= 2
	}
	for last+2 < len(t.Words) && t.hyphen(last+1) && half(last+2, last) {
		last += 2
	}
	if tag[2:] == "PER" && last+4 < len(t.Words) && quoteMark(t.Words[last+1].Form) && t.Words[last+2].UPOS == "PROPN" &&
		quoteMark(t.Words[last+3].Form) && t.Words[last+4].UPOS == "PROPN" && t.Words[last+1].End == t.Words[last+2].Begin &&
		t.Words[last+2].End == t.Words[last+3].Begin {
		last += 4
		for last+1 < len(t.Words) && t.Words[last+1].NER == "I-PER" {
			last++
		}
	}
	return first, last
}

// hyphen says whether word k is a hyphen that touches both its neighbours.
func (t *tree) hyphen(k int) bool {
	return k > 0 && k+1 < len(t.Words) && t.Words[k].Form == "-" && t.tight(k)
}

func quoteMark(form string) bool {
	switch form {
	case "\"", "“", "”", "``", "''":
		return true
	}
	return false
}

// flatName says whether words are proper nouns that stand together.
func (t *tree) flatName(words []int) bool {
	for n, k := range words {
		if t.Words[k].UPOS != "PROPN" || n > 0 && words[n-1] != k-1 {
			return false
		}
	}
	return true
}

// capitalized says whether all words begin with a capital.
func (t *tree) capitalized(words []int) bool {
	for _, k := range words {
		if !unicode.IsUpper([]rune(t.Words[k].Form)[0]) {
			return false
		}
	}
	return true
}

// beforeComma returns the part of a name with commas that word m is in: "Hamburg" of "Hamburg, Germany".
func (t *tree) beforeComma(span []int, m int) []int {
	from := 0
	for n, k := range span {
		if t.Words[k].Form != "," {
			continue
		}
		if k > m {
			return span[from:n]
		}
		from = n + 1
	}
	return span[from:]
}

// lemma returns the lemma of word i in lower case.
func (t *tree) lemma(i int) string { return strings.ToLower(t.Words[i].Lemma) }

// proper says whether word i is part of a name.
func (t *tree) proper(i int) bool {
	w := &t.Words[i]
	return w.UPOS == "PROPN" || len(w.NER) > 2 && w.UPOS != "PRON" && w.UPOS != "DET"
}
