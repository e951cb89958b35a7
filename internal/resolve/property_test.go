package resolve

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
)

// Whatever a tagger and a parser may say of a text, the record is one that a store can take.
func TestAnyTree(t *testing.T) {
	r := newResolver(t)
	forms := strings.Fields(`Russia Moscow Russian Kremlin Peskov Anna talks meeting Astana Geneva the a no of in on with for to by during
		said says will not attacked supports met held reached deal agreement spokesman minister mediators company zones government troops
		he it we they who 5 pct 2017 July Monday , . - " ( ) 's “ é 語 U.S. Corp & < 🙂 high level capital thousands`)
	upos := strings.Fields("NOUN PROPN VERB AUX ADJ ADV PRON DET ADP NUM PUNCT PART SCONJ CCONJ SYM X INTJ")
	xpos := strings.Fields("NN NNS NNP VBD VBZ VBN VBG MD JJ RB PRP PRP$ WP DT IN CD , POS TO HYPH")
	deprels := strings.Fields(`nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss nmod:desc compound flat amod nummod det case mark conj cc
		appos acl acl:relcl advcl ccomp xcomp cop aux aux:pass advmod punct parataxis expl fixed dep list`)
	ner := strings.Fields("O O O B-PER I-PER B-ORG I-ORG B-LOC I-LOC B-MISC")
	rapid.Check(t, func(t2 *rapid.T) {
		doc := &nlp.Document{}
		var text strings.Builder
		for range rapid.IntRange(0, 4).Draw(t2, "sentences") {
			n := rapid.IntRange(1, 14).Draw(t2, "words")
			root := rapid.IntRange(0, n-1).Draw(t2, "root")
			var s nlp.Sentence
			for i := range n {
				if text.Len() > 0 && rapid.Bool().Draw(t2, "blank") {
					text.WriteByte(' ')
				}
				form := rapid.SampledFrom(forms).Draw(t2, "form")
				w := nlp.Word{Begin: text.Len(), End: text.Len() + len(form), Form: form, Lemma: strings.ToLower(form), Head: -1, Deprel: "root",
					UPOS: rapid.SampledFrom(upos).Draw(t2, "upos"), XPOS: rapid.SampledFrom(xpos).Draw(t2, "xpos"),
					NER: rapid.SampledFrom(ner).Draw(t2, "ner"), ArcMargin: 1}
				if i != root {
					// Towards the root only, so that heads form a tree.
					if i < root {
						w.Head = rapid.IntRange(i+1, root).Draw(t2, "head")
					} else {
						w.Head = rapid.IntRange(root, i-1).Draw(t2, "head")
					}
					w.Deprel = rapid.SampledFrom(deprels).Draw(t2, "deprel")
				}
				text.WriteString(form)
				s.Words = append(s.Words, w)
			}
			s.Begin, s.End = s.Words[0].Begin, s.Words[n-1].End
			doc.Sentences = append(doc.Sentences, s)
		}
		doc.Text = text.String()
		a := &article.Article{ID: "any/1", Text: doc.Text}
		props := extract.Propositions(doc)
		rec, dropped := r.Resolve(a, doc, props)
		check(t, a, doc, rec)
		for _, d := range dropped {
			if d.Reason == "" || d.Prop < 0 || d.Prop >= len(props) {
				t2.Fatalf("dropped %+v of %d propositions", d, len(props))
			}
		}
		if t.Failed() {
			t2.Fatalf("text %q", doc.Text)
		}
	})
}
