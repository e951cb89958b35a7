package score

import (
	"slices"
	"strings"
	"testing"

	"kg/internal/extract"
	"kg/internal/nlp/nlptest"
)

func propositions(t *testing.T, tree string) []extract.Proposition {
	t.Helper()
	doc, err := nlptest.ReadTrees(tree)
	if err != nil {
		t.Fatal(err)
	}
	return extract.Propositions(doc)
}

func TestAgreement(t *testing.T) {
	gold := propositions(t, "Chad/NNP/3/nsubj has/VBZ/3/aux left~leave/VBN/0/root the/DT/5/det trial/NN/3/obj in/IN/7/case May/NNP/3/obl ././3/punct")
	for _, c := range []struct {
		name, tree string
		want       []bool
	}{
		{"a modifier elsewhere", "Chad/NNP/3/nsubj has/VBZ/3/aux left~leave/VBN/0/root the/DT/5/det trial/NN/3/obj in/IN/7/case May/NNP/5/nmod ././3/punct", []bool{true, false}},
		{"no subject", "Chad/NNP/3/obj has/VBZ/3/aux left~leave/VBN/0/root the/DT/5/det trial/NN/3/nsubj in/IN/7/case May/NNP/3/obl ././3/punct", []bool{false}},
		{"no object", "Chad/NNP/3/nsubj has/VBZ/3/aux left~leave/VBN/0/root the/DT/5/det trial/NN/3/dep in/IN/7/case May/NNP/3/obl ././3/punct", []bool{false}},
	} {
		out := propositions(t, c.tree)
		if got := Agreement(gold, out); !slices.Equal(got, c.want) {
			var keys []string
			for i := range out {
				keys = append(keys, KeyOf(&out[i]).String())
			}
			t.Errorf("%s: %v instead of %v: %q against %q", c.name, got, c.want, keys, KeyOf(&gold[0]))
		}
	}
	// One argument agrees with more circumstances, but not with an object.
	came := propositions(t, "Chad/NNP/2/nsubj came~come/VBD/0/root to/IN/4/case Paris/NNP/2/obl")
	if got := Agreement(came, propositions(t, "Chad/NNP/2/nsubj came~come/VBD/0/root to/IN/4/case Paris/NNP/2/dep")); !slices.Equal(got, []bool{true}) {
		t.Errorf("without circumstance: %v", got)
	}
	left := propositions(t, "Chad/NNP/2/nsubj left~leave/VBD/0/root Paris/NNP/2/obj")
	if got := Agreement(left, propositions(t, "Chad/NNP/2/nsubj left~leave/VBD/0/root Paris/NNP/2/dep")); !slices.Equal(got,
		[]bool{false}) {
		t.Errorf("without object: %v", got)
	}
}

func TestPropositionKey(t *testing.T) {
	var keys []string
	for _, p := range propositions(t, "Oslo/NNP/2/nsubj said~say/VBD/0/root Chad/NNP/6/nsubj will/MD/6/aux not/RB/6/advmod leave/VB/2/ccomp Syria/NNP/9/nmod:poss 's/POS/7/case union/NN/6/obj") {
		keys = append(keys, KeyOf(&p).String())
	}
	want := []string{"2 1 6 - +asserted -", "6 3 9 - -planned 0/1", "9 7 9 have +asserted 0/1"}
	if !slices.Equal(keys, want) {
		t.Errorf("%q instead of %q", keys, want)
	}
}

func TestBestGoldTuple(t *testing.T) {
	gold, err := ReadCarbGold(strings.NewReader("Ann saw Bob and left .\tsaw\tAnn\tBob\nAnn saw Bob and left .\tsaw and left\tAnn\tBob\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sentence  string
		x         Extraction
		precision float64
		recall    float64
		ok        bool
	}{
		{"Ann saw Bob and left .", Extraction{Predicate: "saw", Args: []string{"Ann", "Bob"}}, 1, 1, true},
		{"Ann saw Bob and left .", Extraction{Predicate: "saw", Args: []string{"Ann", "Bob and Tom"}}, 0.6, 1, true},
		{"Ann saw Bob and left .", Extraction{Predicate: "met", Args: []string{"Ann", "Bob"}}, 0, 0, true},
		{"Ann slept .", Extraction{Predicate: "slept", Args: []string{"Ann"}}, 0, 0, false},
	} {
		if p, r, ok := gold.Best(c.sentence, &c.x); p != c.precision || r != c.recall || ok != c.ok {
			t.Errorf("%s: %v: %v %v %v", c.sentence, c.x, p, r, ok)
		}
	}
}
