package resolve

import (
	"testing"

	"kg/internal/article"
	"kg/internal/nlp"
	"kg/schema"
)

// What a name of the long lists means depends on what else the article names.
func TestSenses(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	word := func(form, upos, ner string) [3]string { return [3]string{form, upos, ner} }
	for _, c := range []struct {
		words    [][3]string
		name     string
		id, item string
	}{
		{[][3]string{word("Flooding", "NOUN", "O"), word("hit", "VERB", "O"), word("Munich", "PROPN", "B-LOC"), word(".", "PUNCT", "O")},
			"Munich", "kg:Munich", "Q1726"},
		{[][3]string{word("Paris", "PROPN", "B-LOC"), word(",", "PUNCT", "O"), word("Texas", "PROPN", "B-LOC"), word(".", "PUNCT", "O")},
			"Paris", "kg:Paris_(Texas)", ""},
		{[][3]string{word("Reading", "VERB", "O"), word("helps", "VERB", "O"), word(".", "PUNCT", "O")}, "Reading", "", ""},
		{[][3]string{word("Target", "PROPN", "B-ORG"), word("sells", "VERB", "O"), word("it", "PRON", "O"), word(".", "PUNCT", "O")},
			"Target", "kg:Target_Corporation", "Q1046951"},
		{[][3]string{word("Target", "PROPN", "O"), word("sells", "VERB", "O"), word("it", "PRON", "O"), word(".", "PUNCT", "O")}, "Target", "", ""},
		{[][3]string{word("Austin", "PROPN", "B-PER"), word("said", "VERB", "O"), word("so", "ADV", "O"), word(".", "PUNCT", "O")}, "Austin", "", ""},
		// A town of a state that the article names, which no person is called after.
		{[][3]string{word("Syria", "PROPN", "B-LOC"), word("marched", "VERB", "O"), word("toward", "ADP", "O"), word("Raqqah", "PROPN", "B-PER"),
			word(".", "PUNCT", "O")}, "Raqqah", "kg:Ar_Raqqah", ""},
		{[][3]string{word("Syria", "PROPN", "B-LOC"), word("told", "VERB", "O"), word("Raqqah", "PROPN", "B-PER"),
			word(".", "PUNCT", "O")}, "Raqqah", "", ""},
		// Initials of a little known body, of which there are many.
		{[][3]string{word("AMC", "PROPN", "B-ORG"), word("makes", "VERB", "O"), word("cars", "NOUN", "O"), word(".", "PUNCT", "O")}, "AMC", "", ""},
		// A name without a word of its own, which is that of a body of the state that the article names.
		{[][3]string{word("Norway", "PROPN", "B-LOC"), word("warned", "VERB", "O"), word("State", "PROPN", "B-ORG"), word("Bank", "PROPN", "I-ORG"),
			word(".", "PUNCT", "O")}, "State Bank", "", ""},
		// A body of a state that the article does not speak of, and one of a state that it does.
		{[][3]string{word("Norway", "PROPN", "B-LOC"), word("asked", "VERB", "O"), word("Comex", "PROPN", "B-ORG"), word(".", "PUNCT", "O")},
			"Comex", "", ""},
		{[][3]string{word("Mexico", "PROPN", "B-LOC"), word("asked", "VERB", "O"), word("Comex", "PROPN", "B-ORG"), word(".", "PUNCT", "O")},
			"Comex", "kg:Comex_Group", "Q5151654"},
		// Short for a longer name of the article.
		{[][3]string{word("Burlington", "PROPN", "B-ORG"), word("Mills", "PROPN", "I-ORG"), word("grew", "VERB", "O"), word(";", "PUNCT", "O"),
			word("Burlington", "PROPN", "B-ORG"), word("sells", "VERB", "O"), word("cloth", "NOUN", "O"), word(".", "PUNCT", "O")}, "Burlington", "", ""},
	} {
		var sent nlp.Sentence
		text := ""
		for i, w := range c.words {
			if i > 0 && w[1] != "PUNCT" {
				text += " "
			}
			begin := len(text)
			text += w[0]
			sent.Words = append(sent.Words, nlp.Word{Form: w[0], Lemma: w[0], UPOS: w[1], NER: w[2], Head: -1, Begin: begin, End: len(text)})
		}
		sent.End = len(text)
		r := New(Options{Schema: sch})
		s := newRun(r, &article.Article{ID: "a", Text: text}, &nlp.Document{Text: text, Sentences: []nlp.Sentence{sent}})
		s.survey(nil)
		ner := ""
		for _, w := range c.words {
			if w[0] == c.name && len(w[2]) > 1 {
				ner = w[2][2:]
			}
		}
		f, ok := s.meant(c.name, ner)
		if ok != (c.id != "") || string(f.id) != c.id {
			t.Errorf("%s in %q is %q, want %q", c.name, text, f.id, c.id)
		} else if se := s.senses[c.name]; ok && se.Wikidata != c.item {
			t.Errorf("%s in %q is %s, want %s", c.name, text, se.Wikidata, c.item)
		}
	}
}
