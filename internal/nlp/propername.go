package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// properNames mends the commonest fault of the tagger in news text: a rare surname tagged as a common noun. A capitalised noun
// inside a sentence that ends a name ("Petro Poroshenko") is a proper noun; so is the same word at the start of a sentence where
// the document never writes it small.
func properNames(doc *Document) {
	var names, small map[string]bool
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		generalTitles(words)
		if !tellsCase(words) {
			continue
		}
		for k := range words {
			w := &words[k]
			switch {
			case !isCapitalised(w.Form):
				continue
			case k > 0 && w.XPOS == "NN" && w.UPOS == "NOUN" && words[k-1].UPOS == "PROPN" && words[k-1].Head == k && isCapitalised(words[k-1].Form):
				w.UPOS, w.XPOS = "PROPN", "NNP"
				fallthrough
			case k > 0 && w.UPOS == "PROPN":
				if names == nil {
					names = map[string]bool{}
				}
				names[w.Form] = true
			}
		}
	}
	if names == nil {
		return
	}
	for i := range doc.Sentences {
		w := &doc.Sentences[i].Words[0]
		if w.UPOS != "NOUN" || w.XPOS != "NN" || !names[w.Form] {
			continue
		}
		if small == nil { // only now is it needed
			small = map[string]bool{}
			for j := range doc.Sentences {
				for _, v := range doc.Sentences[j].Words {
					if r, _ := utf8.DecodeRuneInString(v.Form); unicode.IsLower(r) {
						small[v.Form] = true
					}
				}
			}
		}
		r, n := utf8.DecodeRuneInString(w.Form)
		if !small[string(unicode.ToLower(r))+w.Form[n:]] {
			w.UPOS, w.XPOS = "PROPN", "NNP"
		}
	}
}

// generalTitles makes nouns of titles such as "Attorney-General" that the tagger took for adjectives.
func generalTitles(words []Word) {
	for k := range words {
		w := &words[k]
		if n := len(w.Form) - len("-General"); w.UPOS != "ADJ" || n <= 0 || !strings.EqualFold(w.Form[n:], "-general") {
			continue
		}
		if w.UPOS, w.XPOS = "NOUN", "NN"; isCapitalised(w.Form) {
			w.UPOS, w.XPOS = "PROPN", "NNP"
		}
		if w.Deprel == "amod" {
			if w.Deprel = "compound"; words[w.Head].UPOS == "PROPN" {
				w.Deprel = "nmod:desc"
			}
		}
	}
}

// isCapitalised says whether form begins with a capital and goes on with a small letter.
func isCapitalised(form string) bool {
	r, n := utf8.DecodeRuneInString(form)
	s, _ := utf8.DecodeRuneInString(form[n:])
	return unicode.IsUpper(r) && unicode.IsLower(s)
}

// tellsCase says whether capitals mean something in a sentence: it has common words in small letters, as a headline in title
// case has not.
func tellsCase(words []Word) bool {
	for i := range words {
		switch words[i].UPOS {
		case "NOUN", "VERB", "ADJ", "AUX":
			if r, _ := utf8.DecodeRuneInString(words[i].Form); unicode.IsLower(r) {
				return true
			}
		}
	}
	return false
}
