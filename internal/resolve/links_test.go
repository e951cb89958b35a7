package resolve

import (
	"strings"
	"testing"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

// What is linked: names of their own, with the item of what they name, not of what they stand for.
func TestLinks(t *testing.T) {
	for _, c := range []struct{ tree, want string }{
		{"Norwegian/JJ/2/amod ships~ship/NNS/3/nsubj left/VBD/0/root Germany/NNP/3/obj/B-LOC", "Norwegian=Q20 Germany=Q183"},
		{"Norwegian/JJ/3/amod and/CC/3/cc German/JJ/1/conj ships~ship/NNS/5/nsubj left/VBD/0/root", "Norwegian=Q20 German=Q183"},
		{"the/DT/3/det U.S./NNP/3/compound/B-LOC Navy/NNP/4/nsubj/B-ORG left/VBD/0/root", ""},
		{"the/DT/3/det U.S./NNP/3/compound/B-LOC NASA/NNP/4/nsubj/B-ORG left/VBD/0/root", "U.S. NASA=Q23548"},
		{"the/DT/3/det U.S./NNP/3/compound/B-LOC ships~ship/NNS/4/nsubj left/VBD/0/root", "U.S.=Q30"},
		{"U.S./NNP/3/compound/B-LOC Trade/NNP/3/compound Secretary/NNP/4/nsubj left/VBD/0/root", ""},
		{"she/PRP/2/nsubj speaks/VBZ/0/root Spanish/NNP/2/obj", ""},
		{"French/JJ/2/amod fries~fry/NNS/3/nsubj sold/VBD/0/root", ""},
		{"Moscow/NNP/2/nsubj/B-LOC criticised~criticise/VBD/0/root Germany/NNP/2/obj/B-LOC", "Moscow=Q649 Germany=Q183"},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		s := &doc.Sentences[0]
		for k := range s.Words {
			if strings.HasPrefix(s.Words[k].NER, "B-") {
				s.Mentions = append(s.Mentions, nlp.Mention{First: k, Last: k, Head: k, Kind: nlp.Named, Type: s.Words[k].NER[2:]})
			}
		}
		var got []string
		for _, l := range newResolver(t).Links(&article.Article{ID: "a", Text: doc.Text}, doc, extract.Propositions(doc)) {
			got = append(got, doc.Text[l.Begin:l.End]+"="+l.Wikidata)
		}
		if links := strings.Join(got, " "); links != c.want {
			t.Errorf("%s: %s, want %s", c.tree, links, c.want)
		}
	}
}
