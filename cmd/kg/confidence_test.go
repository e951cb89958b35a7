package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kg/internal/extract"
)

func TestReadJudged(t *testing.T) {
	verdicts, err := readJudged(judgedTSV)
	if err != nil || len(verdicts) < 300 {
		t.Errorf("%d verdicts, %v", len(verdicts), err)
	}
	for _, text := range []string{"00ff\t1 2 3 - +asserted -\n", "00ff\t1 2 3 - +asserted -\tyes\n"} {
		if _, err := readJudged("# c\n" + text); err == nil || !strings.Contains(err.Error(), "judged.tsv:2:") {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

// TestTrain learns from propositions of two rules. In the trees "loose" matters and both rules are as good; the news say that one
// of them is worse.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var list []labelled
	add := func(kind, rule string, n int, share float64) {
		for range n {
			loose := float64(rng.IntN(2))
			list = append(list, labelled{
				kind: kind, sentence: rng.Uint64(), right: rng.Float64() < share*(1-loose/2),
				features: []extract.Feature{{Name: "rule", Level: rule, X: 1}, {Name: "loose", X: loose},
					{Name: "rare", Level: strconv.Itoa(rng.IntN(5000)), X: 1}, {Name: "constant", X: 1}},
			})
		}
	}
	add("tree", "svo", 3000, 0.9)
	add("tree", "appos", 3000, 0.9)
	add("carb", "svo", 2000, 0.5)
	add("news", "svo", 2000, 0.9)
	add("news", "appos", 2000, 0.4)
	held, err := crossValidate(list)
	if err != nil {
		t.Fatal(err)
	}
	tsv, err := train(list, held)
	if err != nil {
		t.Fatal(err)
	}
	again, err := train(list, held)
	if err != nil || !bytes.Equal(tsv, again) {
		t.Errorf("not the same when learnt again (%v)", err)
	}
	weight := make(map[string][2]float64)
	for line := range strings.Lines(string(tsv)) {
		if line[0] == '#' {
			continue
		}
		cols := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cols) != 4 {
			t.Fatalf("line %q", line)
		}
		var w [2]float64
		for i := range w {
			if w[i], err = strconv.ParseFloat(cols[2+i], 64); err != nil {
				t.Fatal(err)
			}
		}
		weight[cols[0]+" "+cols[1]] = w
	}
	for _, c := range []struct {
		what string
		ok   bool
	}{
		{"a doubtful arc lowers confidence", weight["loose "][0] < -1},
		{"the news lower a rule", weight["rule appos"][0] < weight["rule svo"][0]-1},
		{"CaRB has less of everything", weight["constant "][1]+weight["rule svo"][1] < -1},
		{"an unknown rule is between", weight["rule appos"][0] < weight["rule *"][0] &&
			weight["rule *"][0] < weight["rule svo"][0]},
		{"rare levels have no weight", len(weight) == 6},
	} {
		if !c.ok {
			t.Errorf("not so: %s\n%s", c.what, tsv)
		}
	}
	held, err = scaled(list, held)
	if err != nil {
		t.Fatal(err)
	}
	mean := func(kind, rule string) float64 {
		sum, n := 0.0, 0.0
		for i := range list {
			if list[i].kind == kind && slices.Contains(list[i].features, extract.Feature{Name: "rule", Level: rule, X: 1}) {
				sum, n = sum+held[i], n+1
			}
		}
		return sum / n
	}
	for _, c := range []struct {
		kind, rule string
		want       float64
	}{{"tree", "svo", 0.675}, {"tree", "appos", 0.675}, {"news", "svo", 0.675}, {"news", "appos", 0.3}} {
		if got := mean(c.kind, c.rule); got < c.want-0.06 || got > c.want+0.06 {
			t.Errorf("%s %s: mean confidence %.3f instead of %.3f", c.kind, c.rule, got, c.want)
		}
	}
}

// TestScale: confidences that are twice as sure as they should be.
func TestScale(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var list []labelled
	var held []float64
	for range 20000 {
		x := rng.NormFloat64()
		list = append(list, labelled{kind: "news", sentence: rng.Uint64(), right: rng.Float64() < 1/(1+math.Exp(-x-0.5))})
		held = append(held, 1/(1+math.Exp(-2*x)))
	}
	s, err := fitScale(list, held, func(*labelled) bool { return true })
	if err != nil || math.Abs(s.slope-0.5) > 0.05 || math.Abs(s.shift-0.5) > 0.08 {
		t.Errorf("%+v (%v) instead of 0.5 and 0.5", s, err)
	}
	conf, err := scaled(list, held)
	if err != nil || math.Abs(logOdds(conf[0])-(0.5*logOdds(held[0])+0.5)) > 0.3 {
		t.Errorf("%v becomes %v (%v)", held[0], conf[0], err)
	}
	if s, err := fitScale(list, held, func(*labelled) bool { return false }); err != nil || s != (scale{1, 0}) {
		t.Errorf("of nothing: %+v, %v", s, err)
	}
}

// TestGateConfidence: confidence has to mean something. docs/QUALITY.md has the figures.
func TestGateConfidence(t *testing.T) {
	ev := gate(t)
	file := filepath.Join(t.TempDir(), "weights.tsv")
	e, err := ev.confidence(t.Context(), file, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	value := func(set, measure string) float64 {
		f, ok := e.find(set, measure)
		if !ok {
			t.Fatalf("%s: no %s", set, measure)
		}
		return *f.Value
	}
	for _, c := range []struct {
		set          string
		leastAUC     float64
		greatestFail float64
	}{{"tree held out", 0.75, 0.04}, {"carb held out", 0.68, 0.08}, {"news held out", 0.68, 0.10}} {
		if auc, ece := value(c.set, "AUC"), value(c.set, "ECE"); auc < c.leastAUC || ece > c.greatestFail {
			t.Errorf("%s: AUC %.4f, at least %.2f wanted; ECE %.4f, at most %.2f wanted", c.set, auc, c.leastAUC, ece,
				c.greatestFail)
		}
	}
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "\nrule\t*\t") {
		t.Errorf("weights written: %v %q", err, text)
	}
}
