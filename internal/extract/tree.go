package extract

import (
	"slices"

	"kg/internal/nlp"
)

// tree is a sentence with the dependents of each word in text order.
type tree struct {
	doc  *nlp.Document
	sent int
	*nlp.Sentence
	kids [][]int
	root int // -1 for none
	wordLists
	// respective is the clause whose lists "respectively" pairs, -1 for none.
	respective int

	figures
}

// figures are the times and numbers in a sentence.
type figures struct {
	times []nlp.Timex // once timed: see timex
	timed bool
	// timeArcs are the words whose arcs the times depend on.
	timeArcs []int
	// quantities are the numbers of the sentence once numbered: see numbers.
	quantities []number
	numbered   bool
}

func newTree(doc *nlp.Document, sent int) *tree {
	s := Repair(&doc.Sentences[sent], nil)
	t := &tree{doc: doc, sent: sent, Sentence: s, kids: s.Children()}
	t.root = slices.IndexFunc(s.Words, func(w nlp.Word) bool { return w.Head < 0 })
	t.respective = t.pairing()
	return t
}

// rel returns the relation of word i without its subtype ("nsubj" of "nsubj:pass").
func (t *tree) rel(i int) string { return universal(t.Words[i].Deprel) }

// universal returns deprel without its subtype.
func universal(deprel string) string {
	for i := 0; i < len(deprel); i++ {
		if deprel[i] == ':' {
			return deprel[:i]
		}
	}
	return deprel
}

// child returns the first dependent of i whose full relation is among rels, -1 where there is none.
func (t *tree) child(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if slices.Contains(rels, t.Words[k].Deprel) {
			return k
		}
	}
	return -1
}

// conjuncts returns i and the words conjoined with it, in text order. Conjuncts that are themselves clauses are left
// out when i is a nominal: "Russia and said" is no list.
func (t *tree) conjuncts(i int) []int {
	list := only(i)
	if t.respective >= 0 && t.paired(i) || t.oneName(i) {
		return list
	}
	for at := 0; at < len(list); at++ { // conj may hang from the first or, in other treebanks, from the previous conjunct
		if at > 0 && t.oneName(list[at]) {
			continue // "Ford and Smith and Co"
		}
		for _, k := range t.kids[list[at]] {
			if t.Words[k].Deprel == "conj" && !t.clausal(k) && t.child(k, "orphan") < 0 && !t.oneWith(k) {
				list = append(list, k)
			}
		}
	}
	slices.Sort(list)
	return list
}

// clausal says whether word i heads a clause: a verb with finite or non-finite form, or any word with a copula or subject.
func (t *tree) clausal(i int) bool {
	if t.Words[i].UPOS == "VERB" || t.Words[i].UPOS == "AUX" {
		return true
	}
	return t.child(i, "cop", "nsubj", "nsubj:pass", "csubj", "nsubj:outer") >= 0
}

// indices are those of the first words of any sentence.
var indices = func() (all [256]int) {
	for i := range all {
		all[i] = i
	}
	return all
}()

// only returns the list of word i alone, which must not be written to.
func only(i int) []int {
	if i < len(indices) {
		return indices[i : i+1 : i+1]
	}
	return []int{i}
}

// subtree appends to words all words below i and i itself whose relation to their head is not skipped, in text order but for
// arcs that cross.
func (t *tree) subtree(words []int, i int, skip func(k int) bool) []int {
	self := false
	for _, k := range t.kids[i] {
		if !self && k > i {
			words, self = append(words, i), true
		}
		if skip == nil || !skip(k) {
			words = t.subtree(words, k, skip)
		}
	}
	if !self {
		words = append(words, i)
	}
	return words
}

// span returns the first and the last word of the subtree of i.
func (t *tree) span(i int) (first, last int) {
	first, last = i, i
	for _, k := range t.kids[i] {
		from, to := t.span(k)
		first, last = min(first, from), max(last, to)
	}
	return first, last
}

// within says whether word i is word h or below it.
func (t *tree) within(i, h int) bool {
	for i >= 0 && i != h {
		i = t.Words[i].Head
	}
	return i == h
}

// less returns words without those of the subtree of k.
func (t *tree) less(words []int, k int) []int {
	return omit(words, func(i int) bool { return t.within(i, k) })
}

// phrase returns the words of the subtree of i, rising, without punctuation at its ends.
func (t *tree) phrase(i int, skip func(k int) bool) Phrase {
	words := t.subtree(t.borrow(), i, skip)
	slices.Sort(words)
	p := Phrase{Words: t.copy(t.trim(words)), Head: i}
	t.scratch = words
	return p
}

// wordLists is memory for lists of words.
type wordLists struct {
	all     []int // those that are kept, one behind the other
	scratch []int // for a list in the making: see borrow
}

// copy returns a copy of words to keep.
func (l *wordLists) copy(words []int) []int {
	if cap(l.all)-len(l.all) < len(words) {
		l.all = make([]int, 0, max(len(words), 128))
	}
	from := len(l.all)
	l.all = append(l.all, words...)
	return slices.Clip(l.all[from:])
}

// borrow returns memory for a list in the making, to be given back as scratch; meanwhile others get other memory.
func (l *wordLists) borrow() []int {
	words := l.scratch[:0]
	l.scratch = nil
	return words
}

// trim cuts punctuation off the ends of words and out of gaps. Where it cuts nothing out it returns a part of words.
func (t *tree) trim(words []int) []int {
	for len(words) > 1 && t.punct(words[0]) {
		words = words[1:]
	}
	for len(words) > 1 && t.Words[words[0]].UPOS == "CCONJ" && t.Words[words[0]].Deprel == "cc" &&
		t.Words[words[0]].Head != words[len(words)-1] {
		words = words[1:] // a conjunction joins the phrase to the one before
	}
	for len(words) > 1 && t.punct(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if n := len(words); n > 2 && t.unpaired(words) {
		words = words[:n-1] // the mark that ends a quotation which the phrase is only part of
		for len(words) > 1 && t.punct(words[len(words)-1]) {
			words = words[:len(words)-1]
		}
	}
	if n := t.unclosed(words); n > 0 && t.Words[words[n-1]].UPOS == "ADP" && n+1 < len(words) {
		words = slices.Delete(slices.Clone(words), n, n+1) // "55 pct of (Lund Plc": no preposition ends a phrase
	} else if n > 0 {
		words = words[:n]
	}
	// A comma or bracket whose phrase was skipped is left between two words that stood apart.
	open := false
	at := -1 // index in words of the one looked at
	return omit(words, func(i int) bool {
		at++
		switch t.Words[i].Form {
		case "(", "-LRB-":
			open = true
		case ")", "-RRB-":
			if !open && t.Words[i].UPOS == "PUNCT" && len(words) > 1 {
				return true // its partner was cut off
			}
			open = false
		}
		if t.Words[i].UPOS == "PUNCT" && len(words) > 1 && (t.Words[i].Form == "<" || t.Words[i].Form == ">") {
			return true // an agency's mark of a name
		}
		if t.Words[i].UPOS == "PUNCT" && at+1 < len(words) {
			w := t.Words[i].Form
			gap := words[at+1] != i+1 || at > 0 && words[at-1] != i-1
			return gap && (w == "," || w == "-" || w == "--" || w == "—" || w == "–" || w == ";" || w == ":" || isBracket(w))
		}
		return false
	})
}

// unpaired says whether the last of words is the closing mark of a quotation that does not begin in them.
func (t *tree) unpaired(words []int) bool {
	odd := false
	for _, k := range words {
		switch t.Words[k].Form {
		case "\"", "``", "''", "“", "”":
			odd = !odd
		}
	}
	switch t.Words[words[len(words)-1]].Form {
	case "\"", "''", "”":
		return odd
	}
	return false
}

// unclosed returns the index among words of a bracket that opens and does not close, -1 for none.
func (t *tree) unclosed(words []int) int {
	open := -1
	for n, k := range words {
		switch t.Words[k].Form {
		case "(", "-LRB-", "[":
			open = n
		case ")", "-RRB-", "]":
			open = -1
		}
	}
	return open
}

func isBracket(w string) bool {
	switch w {
	case "(", ")", "[", "]", "-LRB-", "-RRB-", "{", "}", "<", ">":
		return true
	}
	return false
}

// capitalised says whether form begins with one of A to Z.
func capitalised(form string) bool { return form[0] >= 'A' && form[0] <= 'Z' }

// tight says whether word k touches both its neighbours.
func (t *tree) tight(k int) bool {
	return k > 0 && k+1 < len(t.Words) && t.Words[k-1].End == t.Words[k].Begin && t.Words[k].End == t.Words[k+1].Begin
}

// punct says whether word i is a mark that can be cut off at the end of a phrase. Quotation marks stay: whether their partner is
// inside only the whole phrase knows.
func (t *tree) punct(i int) bool {
	switch t.Words[i].Form {
	case "``", "''", "\"", "“", "”", "‘", "’", "'":
		return false
	}
	return t.Words[i].UPOS == "PUNCT"
}

// caseOf returns the words of the preposition of nominal i and its lower-case form ("because of"), nil and "" for none.
func (t *tree) caseOf(i int) (words []int, form string) {
	for _, k := range t.kids[i] {
		if t.rel(k) != "case" || k > i || t.Words[k].XPOS == "POS" {
			continue
		}
		if words == nil {
			words = only(k)
		} else {
			words = append(words, k)
		}
		words = append(words, t.fixed(k)...)
	}
	if len(words) == 1 {
		return words, lower(t.Words[words[0]].Form)
	}
	slices.Sort(words)
	return words, lower(t.text(words))
}

// complexCase reads a preposition of several words with a noun in it ("on the side of"): for the nominal k = "side" it
// returns the nominal that the whole preposition governs, all its words and its form; -1 where k is no such noun.
func (t *tree) complexCase(k int) (noun int, words []int, form string) {
	first, prep := t.caseOf(k)
	if len(first) == 0 || t.Words[k].UPOS != "NOUN" || t.child(k, "amod", "compound", "nummod") >= 0 {
		return -1, nil, "" // "on the southern side of the island" is a place
	}
	for _, m := range t.kids[k] {
		if m < k || t.Words[m].Deprel != "nmod" {
			continue
		}
		last, follow := t.caseOf(m)
		if !complexHeads[prep+" "+lower(t.Words[k].Form)+" "+follow] {
			continue
		}
		if lower(t.Words[k].Form) == "grounds" && (t.Words[m].UPOS == "PROPN" || t.child(m, "det", "nmod:poss") >= 0) {
			continue // "on the grounds of the castle"
		}
		for i := first[0]; i <= last[len(last)-1]; i++ {
			words = append(words, i)
		}
		return m, words, lower(t.text(words))
	}
	return -1, nil, ""
}

// fixed returns the further words of the fixed expression that begins with word i.
func (t *tree) fixed(i int) (words []int) {
	for _, k := range t.kids[i] {
		if t.Words[k].Deprel == "fixed" || t.Words[k].Deprel == "goeswith" {
			words = append(words, k)
		}
	}
	return words
}

// alike says whether a and b read the same.
func (t *tree) alike(a, b []int) bool {
	return slices.EqualFunc(a, b, func(i, k int) bool { return t.Words[i].Form == t.Words[k].Form })
}

// text returns words joined by single blanks.
func (t *tree) text(words []int) string {
	n := 0
	for _, i := range words {
		n += len(t.Words[i].Form) + 1
	}
	b := make([]byte, 0, n)
	for k, i := range words {
		if k > 0 {
			b = append(b, ' ')
		}
		b = append(b, t.Words[i].Form...)
	}
	return string(b)
}
