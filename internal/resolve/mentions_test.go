package resolve

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

func TestMentions(t *testing.T) {
	doc, err := nlptest.ReadTrees(
		"President/NNP/2/compound Jana/NNP/4/nsubj/B-PER Kovac/NNP/2/flat/I-PER sent/VBD/0/root two/CD/6/nummod ships/NNS/4/obj to/IN/8/case Valdera/NNP/4/obl/B-LOC ././4/punct",
		"He/PRP/2/nsubj left/VBD/0/root Germany/NNP/2/obj/B-LOC ././2/punct")
	if err != nil {
		t.Fatal(err)
	}
	doc.Sentences[0].Mentions = []nlp.Mention{{First: 0, Last: 2, Head: 1, Kind: nlp.Named, Type: "PER"},
		{First: 4, Last: 5, Head: 5, Kind: nlp.Nominal}, {First: 7, Last: 7, Head: 7, Kind: nlp.Named, Type: "LOC"}}
	doc.Sentences[1].Mentions = []nlp.Mention{{First: 0, Last: 0, Head: 0, Kind: nlp.Pronoun}, {First: 2, Last: 2, Head: 2, Kind: nlp.Named, Type: "LOC"}}
	got := newResolver(t).Mentions(&article.Article{ID: "a", Text: doc.Text}, doc, nil)
	want := []string{
		"0 1-2 Person kg:Jana_Kovac amount -1--1 acting", // without the title
		"0 4-5 Thing kg:a/ships amount 4-4",
		"0 7-7 Place kg:Valdera amount -1--1",
		"1 2-2 State kg:Germany Q183 amount -1--1",
	}
	if len(got) != len(want) {
		t.Fatalf("%d mentions: %+v", len(got), got)
	}
	for i, m := range got {
		text := fmt.Sprintf("%d %d-%d %s %s ", m.Sent, m.NameFirst, m.NameLast, m.Type, m.ID)
		if m.Wikidata != "" {
			text += m.Wikidata + " "
		}
		text += fmt.Sprintf("amount %d-%d", m.AmountFirst, m.AmountLast)
		if m.Acting {
			text += " acting"
		}
		if text != want[i] {
			t.Errorf("mention %d: %s, want %s", i, text, want[i])
		}
	}
}

// All that means an entity of the record is a mention, also where no claim was made of it; what was read and made no claim has its
// reason.
func TestRecordMentions(t *testing.T) {
	doc, err := nlptest.ReadTrees(
		"President/NNP/2/compound Jana/NNP/4/nsubj/B-PER Kovač/NNP/2/flat/I-PER attacked~attack/VBD/0/root Valdera/NNP/4/obj/B-LOC ././4/punct",
		"She/PRP/2/nsubj supports~support/VBZ/0/root Germany/NNP/2/obj/B-LOC ././2/punct",
		"It/PRP/2/nsubj rained~rain/VBD/0/root near/IN/4/case Valdera/NNP/2/obl/B-LOC ././2/punct")
	if err != nil {
		t.Fatal(err)
	}
	doc.Sentences[0].Mentions = []nlp.Mention{{First: 0, Last: 2, Head: 1, Kind: nlp.Named, Type: "PER"}, {First: 4, Last: 4, Head: 4, Kind: nlp.Named, Type: "LOC"}}
	doc.Sentences[1].Mentions = []nlp.Mention{{First: 0, Last: 0, Head: 0, Kind: nlp.Pronoun}, {First: 2, Last: 2, Head: 2, Kind: nlp.Named, Type: "LOC"}}
	doc.Sentences[2].Mentions = []nlp.Mention{{First: 0, Last: 0, Head: 0, Kind: nlp.Pronoun}, {First: 3, Last: 3, Head: 3, Kind: nlp.Named, Type: "LOC"}}
	a := &article.Article{ID: "a", Text: doc.Text}
	rec, _ := newResolver(t).Resolve(a, doc, extract.Propositions(doc))
	check(t, a, doc, rec)
	chars := []rune(rec.Text)
	var got, dropped []string
	for _, m := range rec.Mentions {
		got = append(got, string(chars[m.Begin:m.End])+" = "+string(m.Entity))
	}
	for _, p := range rec.Dropped {
		dropped = append(dropped, string(chars[p.Begin:p.End])+": "+p.Why)
	}
	want := []string{"President Jana Kovač = kg:Jana_Kovač", "President = kg:president", "Valdera = kg:Valdera", "She = kg:Jana_Kovač", "Germany = kg:Germany", "Valdera = kg:Valdera"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mentions (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"It rained near Valdera: pronoun without antecedent"}, dropped); d != "" {
		t.Errorf("dropped (-want +got)\n%s", d)
	}
}

// A group of things that do not act is no group of those who do.
func TestGathered(t *testing.T) {
	for _, c := range []struct{ tree, want string }{
		{"a/DT/2/det group/NN/0/root of/IN/4/case bridges~bridge/NNS/2/nmod", "Facility"},
		{"dozens~dozen/NNS/0/root of/IN/3/case rifles~rifle/NNS/1/nmod", "Weapon"},
		{"a/DT/2/det group/NN/0/root of/IN/4/case rebels~rebel/NNS/2/nmod", "Group"},
		{"a/DT/2/det group/NN/0/root of/IN/4/case Rome/NNP/2/nmod", "Group"},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		last := len(doc.Sentences[0].Words) - 1
		doc.Sentences[0].Mentions = []nlp.Mention{{First: 0, Last: last, Head: last - 2, Kind: nlp.Nominal}}
		got := newResolver(t).Mentions(&article.Article{ID: "a", Text: doc.Text}, doc, nil)
		if len(got) != 1 || got[0].Type != c.want {
			t.Errorf("%s: %+v, want one of type %s", c.tree, got, c.want)
		}
	}
}
