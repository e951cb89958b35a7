package nlp

import "testing"

func TestProperNames(t *testing.T) {
	// FORM, UPOS, XPOS and head of each word as the tagger might give them.
	type word struct {
		form, upos, xpos string
		head             int
	}
	for name, c := range map[string]struct {
		sentences [][]word
		want      string // UPOS of the last word of the first sentence and of the first word of the last one
	}{
		"a surname after a first name, and alone at the start of the next sentence": {[][]word{
			{{"he", "PRON", "PRP", 1}, {"met", "VERB", "VBD", -1}, {"envoy", "NOUN", "NN", 4}, {"Petro", "PROPN", "NNP", 4}, {"Zubko", "NOUN", "NN", 1}},
			{{"Zubko", "NOUN", "NN", 1}, {"left", "VERB", "VBD", -1}},
		}, "PROPN PROPN"},
		"a word that the document also writes small": {[][]word{
			{{"the", "DET", "DT", 2}, {"Orange", "PROPN", "NNP", 2}, {"Bank", "NOUN", "NN", -1}},
			{{"a", "DET", "DT", 1}, {"bank", "NOUN", "NN", -1}, {"fell", "VERB", "VBD", 1}},
			{{"Bank", "NOUN", "NN", 1}, {"fell", "VERB", "VBD", -1}},
		}, "NOUN NOUN"},
		"a headline in title case tells nothing": {[][]word{
			{{"Syria", "PROPN", "NNP", 1}, {"Deal", "NOUN", "NN", -1}},
			{{"Deal", "NOUN", "NN", -1}},
		}, "NOUN NOUN"},
	} {
		doc := &Document{}
		for _, ws := range c.sentences {
			var s Sentence
			for _, w := range ws {
				s.Words = append(s.Words, Word{Form: w.form, UPOS: w.upos, XPOS: w.xpos, Head: w.head})
			}
			doc.Sentences = append(doc.Sentences, s)
		}
		properNames(doc)
		first, last := doc.Sentences[0].Words, doc.Sentences[len(doc.Sentences)-1].Words
		if got := first[len(first)-1].UPOS + " " + last[0].UPOS; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
