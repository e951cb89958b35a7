package extract

import (
	"strings"
	"testing"
)

// TestRepairWords: a misspelt relation, tag or form would silence a repair.
func TestRepairWords(t *testing.T) {
	relations := words(`acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat
		goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp`)
	upos := words(`ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X`)
	xpos := words(`CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP
		WP$ WRB`)
	for _, r := range repairs {
		for v := range strings.FieldsSeq(r.words.rel) {
			if !relations[universal(v)] {
				t.Errorf("%s: relation %q", r.name, v)
			}
		}
		for v := range strings.FieldsSeq(r.words.upos) {
			if !upos[v] {
				t.Errorf("%s: UPOS %q", r.name, v)
			}
		}
		for v := range strings.FieldsSeq(r.words.xpos) {
			if !xpos[v] {
				t.Errorf("%s: XPOS %q", r.name, v)
			}
		}
		if r.words.form != strings.ToLower(r.words.form) {
			t.Errorf("%s: form %q", r.name, r.words.form)
		}
	}
}
