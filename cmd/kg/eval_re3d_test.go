package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

func TestRe3dMapping(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readRe3dMapping(bytes.NewReader(re3dTable), sch); err != nil {
		t.Fatal(err)
	}
	const table = "kind\tkg\tsubject\tobject\tre3d\tdirection\n" +
		"type\tActor\t\t\tOrganisation\t\ntype\tPerson\t\t\tPerson\t\ntype\tState\tacting\t\tOrganisation\t\ntype\tState\t\t\tLocation\t\n" +
		"relation\thas\tOrganisation\tWeapon\tBelongsTo\tback\nrelation\tmeets\t\t\tCommWith\t\n"
	m, err := readRe3dMapping(strings.NewReader(table), sch)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typ    string
		acting bool
		want   string
	}{{"Person", false, "Person"}, {"Company", false, "Organisation"}, {"State", true, "Organisation"}, {"State", false, "Location"}, {"Event", false, ""}} {
		if got := m.typeOf(sch, c.typ, c.acting); got != c.want {
			t.Errorf("%s, acting %v: %q, want %q", c.typ, c.acting, got, c.want)
		}
	}
	org, weapon := score.Span{Begin: 0, End: 4, Type: "Organisation"}, score.Span{Begin: 5, End: 9, Type: "Weapon"}
	if got := m.relate("has", org, weapon); len(got) != 1 || got[0] != (score.Relation{Source: weapon, Target: org, Type: "BelongsTo"}) {
		t.Errorf("has: %+v", got)
	}
	if got := m.relate("has", weapon, org); got != nil {
		t.Errorf("has, types turned round: %+v", got)
	}
	for _, bad := range []string{"type\tNone\t\t\tPerson\t", "relation\tnone\t\t\tLikes\t", "type\tPerson", "what\tPerson\t\t\tPerson\t"} {
		if _, err := readRe3dMapping(strings.NewReader("kind\tkg\tsubject\tobject\tre3d\tdirection\n"+bad), sch); err == nil ||
			!strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestCharOffsets(t *testing.T) {
	chars := charOffsets("Zoë – Bo")
	for b, want := range map[int]int{0: 0, 2: 2, 4: 3, 5: 4, 8: 5, 11: 8} {
		if got := chars(b); got != want {
			t.Errorf("byte %d: character %d, want %d", b, got, want)
		}
	}
}

// Entities of re3d have articles and titles, no number, and of what follows the head only what "of" leads to.
func TestRe3dPhrase(t *testing.T) {
	for _, c := range []struct {
		tree    string
		mention nlp.Mention
		want    string
	}{
		{"the/DT/2/det militants/NNS/0/root from/IN/4/case Sudland/NNP/2/nmod", nlp.Mention{First: 0, Last: 3, Head: 1, Kind: nlp.Nominal}, "the militants"},
		{"more/JJR/3/advmod than/IN/1/fixed two/CD/5/nummod heavy/JJ/5/amod guns/NNS/0/root", nlp.Mention{First: 0, Last: 4, Head: 4, Kind: nlp.Nominal}, "heavy guns"},
		{"the/DT/2/det heart/NN/0/root of/IN/4/case Valdera/NNP/2/nmod", nlp.Mention{First: 0, Last: 3, Head: 1, Kind: nlp.Nominal}, "the heart of Valdera"},
		{"Lt./NNP/4/compound Gen./NNP/4/compound ,/,/4/punct Kovac/NNP/0/root", nlp.Mention{First: 3, Last: 3, Head: 3, Kind: nlp.Named}, "Kovac"},
		{"Lt./NNP/3/compound Gen./NNP/3/compound Jana/NNP/0/root Kovac/NNP/3/flat", nlp.Mention{First: 2, Last: 3, Head: 2, Kind: nlp.Named}, "Lt. Gen. Jana Kovac"},
		{"It/PRP/4/nsubj is/VBZ/4/cop a/DT/4/det tank/NN/0/root", nlp.Mention{First: 2, Last: 3, Head: 3, Kind: nlp.Nominal}, "a tank"},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		sent := &doc.Sentences[0]
		first, last := re3dPhrase(sent, sent.Children(), &c.mention)
		if got := doc.Text[sent.Words[first].Begin:sent.Words[last].End]; got != c.want {
			t.Errorf("%s: %q, want %q", doc.Text, got, c.want)
		}
	}
}

func TestPlaceAfter(t *testing.T) {
	doc, err := nlptest.ReadTrees("Lund/NNP/0/root ,/,/3/punct Norland/NNP/1/appos ,/,/5/punct Sudland/NNP/1/conj")
	if err != nil {
		t.Fatal(err)
	}
	named := map[[2]int]int{{0, 0}: 0, {0, 2}: 2, {0, 4}: 4}
	for first, want := range map[int]int{0: 2, 2: -1, 4: -1} {
		m := &resolve.Mention{Mention: nlp.Mention{First: first, Last: first, Head: first, Kind: nlp.Named}}
		if got := placeAfter(doc.Sentences[0].Words, named, m); got != want {
			t.Errorf("after word %d: %d, want %d", first, got, want)
		}
	}
}

func TestOutermost(t *testing.T) {
	a, b, c := score.Span{Begin: 0, End: 9, Type: "x"}, score.Span{Begin: 2, End: 5, Type: "y"}, score.Span{Begin: 8, End: 12, Type: "x"}
	twin := score.Span{Begin: 0, End: 9, Type: "z"}
	if got := outermost([]score.Span{b, a, twin, c}); !slices.Equal(got, []score.Span{a, c}) {
		t.Errorf("%v", got)
	}
}
