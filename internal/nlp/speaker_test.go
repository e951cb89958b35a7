package nlp

import (
	"slices"
	"testing"
)

func TestSpeakers(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The minister met reporters.\n\nQ: When do you leave?\n\nMINISTER STONE: I leave on Monday. I come back in May.\n\nQ: Is that long?\n\n" +
			"MINISTER STONE: I hope not.", []string{"", "Q", "MINISTER STONE", "MINISTER STONE", "Q", "MINISTER STONE"}},
		{"Place: Oslo\n\nDate: Monday\n\nPlace: the harbour\n\nHe came late.", []string{"", "", "", ""}},
		{"Stone said: I leave on Monday.\nStone said: We stay.\nHahn said: I stay.\nHahn said: So do I.", []string{"", "", "", ""}},
	} {
		doc := Tokenize(c.text)
		speakers(doc)
		var got []string
		for i := range doc.Sentences {
			if s := doc.Sentences[i].Speaker; len(got) == 0 || doc.Text[doc.Sentences[i].Begin:doc.Sentences[i].End] != "" {
				got = append(got, s)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q\ngot  %q\nwant %q", c.text, got, c.want)
			for i := range doc.Sentences {
				t.Logf("%q", doc.Text[doc.Sentences[i].Begin:doc.Sentences[i].End])
			}
		}
	}
}
