package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// eval runs "kg eval" with args and returns what it prints.
func eval(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	cmd := newEvalCommand(&app{config: defaultConfig()})
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestEvalCarbOfFile(t *testing.T) {
	carb := filepath.Join("..", "..", "internal", "score", "testdata", "carb")
	args := []string{"carb", "--gold", filepath.Join(carb, "gold.tsv"), "--output", filepath.Join(carb, "ties.tsv")}
	text, err := eval(t, args...)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"11 extractions of 6 sentences", "CaRB AUC", "0.8204", "ties.tsv"} {
		if !strings.Contains(text, want) {
			t.Errorf("table lacks %q:\n%s", want, text)
		}
	}
	text, err = eval(t, append(args, "--json")...)
	if err != nil {
		t.Fatal(err)
	}
	var e evaluation
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	best, ok := e.find("ties.tsv", "CaRB best")
	if !ok || fmt.Sprintf("%.3f %.3f %.3f", *best.Precision, *best.Recall, *best.F1) != "0.848 0.883 0.865" {
		t.Errorf("JSON:\n%s", text)
	}
}

func TestEvalParseOfFile(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the language model")
	}
	file := filepath.Join(t.TempDir(), "two.conllu")
	const conllu = `# text = Ann sleeps.
1	Ann	Ann	PROPN	NNP	Number=Sing	2	nsubj	_	_
2	sleeps	sleep	VERB	VBZ	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

`
	if err := os.WriteFile(file, []byte(conllu), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := eval(t, "parse", "--json", file)
	if err != nil {
		t.Fatal(err)
	}
	var e evaluation
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{file + " gold tokens", file + " raw text"} {
		if f, ok := e.find(set, "LAS"); !ok || *f.F1 != 1 || f.Counts.Gold != 3 {
			t.Errorf("%s: LAS %+v in\n%s", set, f, text)
		}
	}
}

func TestEvalWithoutData(t *testing.T) {
	empty := t.TempDir()
	for _, name := range []string{"parse", "ner", "carb", "seed", "speed"} {
		_, err := eval(t, name, "--data", empty)
		if err == nil || !strings.Contains(err.Error(), "set KG_DATA or --data") {
			t.Errorf("eval %s without data: error %v", name, err)
		}
	}
	if _, err := eval(t, "parse", filepath.Join(empty, "none.conllu")); err == nil || !strings.Contains(err.Error(), "none.conllu") {
		t.Errorf("eval parse of a missing file: error %v", err)
	}
}

// gate returns an evaluator over the evaluation data, or skips the test.
func gate(t *testing.T) *evaluator {
	t.Helper()
	if testing.Short() {
		t.Skip("annotates whole treebanks")
	}
	data := os.Getenv("KG_DATA")
	if data == "" {
		data = filepath.Join("..", "..", defaultData)
	}
	ev := newEvaluator(data, "")
	if _, err := os.Stat(ev.dir); err != nil {
		t.Skipf("no evaluation data (set KG_DATA): %v", err)
	}
	return ev
}

// The least that a version of kg must reach. docs/QUALITY.md has what it does reach.
func TestGateParse(t *testing.T) {
	ev := gate(t)
	e, err := ev.parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set, measure string
		least        float64
	}{
		{"ewt/test gold tokens", "LAS", 0.860},
		{"ewt/test gold tokens", "UPOS", 0.958},
		{"ewt/dev raw text", "tokens", 0.985},
		{"gum/dev raw text", "tokens", 0.990},
	} {
		f, ok := e.find(c.set, c.measure)
		if !ok {
			t.Errorf("%s: no %s", c.set, c.measure)
		} else if *f.F1 < c.least {
			t.Errorf("%s: %s %.4f, at least %.4f wanted", c.set, c.measure, *f.F1, c.least)
		}
	}
}

func TestGateSeed(t *testing.T) {
	ev := gate(t)
	e, err := ev.seed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	must := 0
	for _, row := range e.Details.(*seedDetails).Rows {
		if row.Level != "must" {
			continue
		}
		must++
		if row.Match != "hit" || !row.Plain {
			t.Errorf("%s: %s, plain edge: %v; nearest: %s", row.Expected, row.Match, row.Plain, row.Found)
		}
	}
	if must == 0 {
		t.Error("no expected claim of level must")
	}
}

// TestGateCarb compares the figures of kg's own extractions with those of the Python reference.
func TestGateCarb(t *testing.T) {
	ev := gate(t)
	saved := filepath.Join(t.TempDir(), "kg.tsv")
	e, err := ev.carb("", "", saved)
	if err != nil {
		t.Fatal(err)
	}
	value := func(measure string) float64 {
		f, ok := e.find("carb/dev", measure)
		switch {
		case !ok:
			t.Fatalf("no %s", measure)
		case f.Value != nil:
			return *f.Value
		}
		return *f.F1
	}
	best, _ := e.find("carb/dev", "CaRB best")
	all, _ := e.find("carb/dev", "CaRB all extractions")
	got := fmt.Sprintf("CaRB AUC %.3f best P %.3f R %.3f F1 %.3f | all-ext P %.3f R %.3f F1 %.3f | CaRB(s,s) AUC %.3f F1 %.3f",
		value("CaRB AUC"), *best.Precision, *best.Recall, *best.F1, *all.Precision, *all.Recall, *all.F1,
		value("CaRB(s,s) AUC"), value("CaRB(s,s) best"))
	t.Log(got)

	tools := os.Getenv("KG_TOOLS")
	if tools == "" {
		tools = filepath.Join(ev.dir, "..", "tools")
	}
	reference := filepath.Join(tools, "carb_score.py")
	if _, err := os.Stat(reference); err != nil {
		t.Skipf("no Python reference (set KG_TOOLS to its folder): %v", err)
	}
	printed, err := exec.Command("python3", reference, filepath.Join(ev.dir, "oie", "carb", "dev.tsv"), "tab:"+saved).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	if !strings.Contains(string(printed), got) {
		t.Errorf("kg: %s\nreference: %s", got, printed)
	}
}
