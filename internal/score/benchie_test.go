package score

import (
	"strings"
	"testing"
)

const benchieGold = "sent_id:7\tAnn gave the old mill to Bob on Monday .\n" +
	"7--> Cluster 1:\n" +
	"Ann --> gave --> [the] [old] mill\n" +
	"Ann --> gave [the] [old] mill --> to Bob <note>\n" +
	"7--> Cluster 2:\n" +
	"Ann --> gave [the old] mill on --> Monday\n" +
	"\n" +
	"sent_id:x\tIt 's 5 % .\n" +
	"x--> Cluster 1:\n" +
	"It --> 's --> 5 [%]\n"

func TestBenchIEByHand(t *testing.T) {
	gold, err := ReadBenchIE(strings.NewReader(benchieGold))
	if err != nil {
		t.Fatal(err)
	}
	if len(gold) != 2 || gold[0].ID != "7" || gold[1].Sentence != "It 's 5 % ." || len(gold[0].Facts) != 2 ||
		len(gold[0].Facts[0]) != 2 {
		t.Fatalf("read %+v", gold)
	}
	out := [][]Extraction{{
		{Predicate: "gave", Args: []string{"Ann", "mill"}, Confidence: 0.9},
		{Predicate: "gave", Args: []string{"Ann", "the  old mill", "to Bob"}, Confidence: 0.9}, // says the same fact again
		{Predicate: "gave the old mill", Args: []string{"Ann", "to Bob"}, Confidence: 0.8},     // and again
		{Predicate: "gave the mill on", Args: []string{"Ann", "Monday"}, Confidence: 0.5},      // half of an optional run
		{Predicate: "gave", Args: []string{"Ann"}, Confidence: 0.5},
	}, {
		{Predicate: "'s", Args: []string{"It", "5 %"}, Confidence: 0.5},
	}}
	curve := BenchIE(gold, out)
	want := Curve{
		{Confidence: 0.9, Extractions: 2, Precision: 1, Recall: 1. / 3, F1: 0.5},
		{Confidence: 0.8, Extractions: 3, Precision: 1, Recall: 1. / 3, F1: 0.5},
		{Confidence: 0.5, Extractions: 6, Precision: 0.5, Recall: 2. / 3, F1: 4. / 7},
	}
	if len(curve) != len(want) {
		t.Fatalf("curve %+v", curve)
	}
	for i, p := range curve {
		if p.Confidence != want[i].Confidence || p.Extractions != want[i].Extractions {
			t.Errorf("point %d: %+v, want %+v", i, p, want[i])
		}
		near(t, "precision", p.Precision, want[i].Precision)
		near(t, "recall", p.Recall, want[i].Recall)
		near(t, "F1", p.F1, want[i].F1)
	}
	if best := curve.Best(); best != curve[2] {
		t.Errorf("best %+v", best)
	}
	// From (0, 1) to (1/3, 1) and on to (2/3, 1/2).
	near(t, "AUC", curve.AUC(), 1./3+1./3*0.75)
	if p := BenchIE(gold, make([][]Extraction, 2)).All(); p != (CurvePoint{}) {
		t.Errorf("without extractions: %+v", p)
	}
}

func TestBenchIESlots(t *testing.T) {
	for _, c := range []struct {
		slot, text string
		want       bool
	}{
		{"[the] mill", "mill", true},
		{"[the] mill", "the mill", true},
		{"[the] mill", "The mill", false},
		{"[the] mill", "the old mill", false},
		{"a (b) [c+ d].", "a (b) c+ d .", true},
		{"a (b) [c+ d].", "a (b) .", true},
		{"a (b) [c+ d].", "a (b) c+ .", false},
		{"a", "a b", false},
	} {
		if got := NewSlot(c.slot).Match(c.text); got != c.want {
			t.Errorf("%q matches %q: %v", c.slot, c.text, got)
		}
	}
}

func TestBenchIEReadErrors(t *testing.T) {
	for in, want := range map[string]string{
		"sent_id:1 no tab\n":                            "line 1: no tab",
		"1--> Cluster 1:\n":                             "line 1: a fact before any sent_id",
		"sent_id:1\ta\n1--> Cluster 1:\na --> b\n":      "line 3: a triple has three parts",
		"sent_id:1\ta\n\n1--> Cluster 1:\nwhat is it\n": "line 4: neither sentence, cluster nor triple",
	} {
		if _, err := ReadBenchIE(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("read %q: error %v, want %q", in, err, want)
		}
	}
}
