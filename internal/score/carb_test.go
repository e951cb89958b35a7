package score

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// carbLine is a score in the notation of the Python reference.
func carbLine(gold, out *Extractions) string {
	sents, exts := out.Len()
	s := Carb(gold, out)
	return fmt.Sprintf("sents %4d ext %5d | CaRB AUC %.3f best P %.3f R %.3f F1 %.3f | all-ext P %.3f R %.3f F1 %.3f | CaRB(s,s) AUC %.3f F1 %.3f",
		sents, exts, s.Carb.AUC, s.Carb.Best.Precision, s.Carb.Best.Recall, s.Carb.Best.F1,
		s.Carb.All.Precision, s.Carb.All.Recall, s.Carb.All.F1, s.Single.AUC, s.Single.Best.F1)
}

func readCarb(t *testing.T, gold, out string) (*Extractions, *Extractions) {
	t.Helper()
	g, err := ReadCarbGold(strings.NewReader(gold))
	if err != nil {
		t.Fatal(err)
	}
	o, err := ReadCarbOutput(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	o.Keep(g)
	return g, o
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The figures of want.txt were printed by the Python reference.
func TestCarbRecorded(t *testing.T) {
	gold := readFile(t, "testdata/carb/gold.tsv")
	for _, line := range strings.Split(strings.TrimSpace(readFile(t, "testdata/carb/want.txt")), "\n") {
		name, want, _ := strings.Cut(line, " ")
		g, o := readCarb(t, gold, readFile(t, filepath.Join("testdata/carb", name)))
		if got := carbLine(g, o); got != strings.TrimSpace(want) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, strings.TrimSpace(want))
		}
	}
}

// One sentence, one gold tuple "Ann | visited | the old mill": by hand, the output "visited | Ann | the mill" has all of
// its 4 words in the gold's 5.
func TestCarbByHand(t *testing.T) {
	const sentence = "Ann visited the old mill ."
	g, o := readCarb(t, sentence+"\tvisited\tAnn\tthe old mill\n",
		sentence+"\t0.5\tvisited\tAnn\tthe mill\n"+sentence+"\t0.25\tsaw\tAnn\tthe mill\n")
	s := Carb(g, o).Carb
	near(t, "best precision", s.Best.Precision, 1)
	near(t, "best recall", s.Best.Recall, 0.8)
	near(t, "best F1", s.Best.F1, 2*0.8/1.8)
	near(t, "precision of all", s.All.Precision, 0.5)
	near(t, "recall of all", s.All.Recall, 0.8)
	// The curve runs from (0.8, 0.5) up to (0.8, 1) and then to (0, 1).
	near(t, "AUC", s.AUC, 0.8)
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want-1e-9 || got > want+1e-9 {
		t.Errorf("%s = %g, want %g", what, got, want)
	}
}

func TestCarbReadErrors(t *testing.T) {
	for in, want := range map[string]string{
		"a\t0.5\tb\tc\n\nd\t0.5\n": "line 3: 2 columns",
		"a\tsoon\tb\tc\n":          `line 1: confidence: not a number: "soon"`,
		"a\tnan\tb\tc\n":           "line 1: confidence: not a number",
		"a\t1\tb\t\xff\n":          "not UTF-8",
	} {
		if _, err := ReadCarbOutput(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("read %q: error %v, want %q", in, err, want)
		}
	}
}

// TestCarbReference compares with the Python reference on random tuples: many ties, missing arguments, forms of "be",
// verbs of saying, sentences without any tuple, sentences that share a key.
func TestCarbReference(t *testing.T) {
	python, script := reference(t, "carb_score.py")
	dir := t.TempDir()
	goldFile := filepath.Join(dir, "gold.tsv")
	rnd := rand.New(rand.NewPCG(1, 2))
	vocabulary := strings.Fields("the the dog cat is was be said told says went to of ( -LRB- , . old\u00a0mill 's été C: x\u2028y")
	phrase := func(longest int) string {
		var w []string
		for range rnd.IntN(longest + 1) {
			w = append(w, vocabulary[rnd.IntN(len(vocabulary))])
		}
		return strings.Join(w, " ")
	}
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	for round := range rounds {
		var sentences []string
		for range 1 + rnd.IntN(12) {
			sentences = append(sentences, fmt.Sprintf("s%d %s", rnd.IntN(8), phrase(3)))
		}
		tuples := func(with func() string) string {
			var b strings.Builder
			for _, s := range sentences {
				for range rnd.IntN(5) {
					fmt.Fprintf(&b, "%s\t%s%s", s, with(), phrase(3))
					for range rnd.IntN(5) {
						fmt.Fprintf(&b, "\t%s", phrase(4))
					}
					b.WriteString([]string{"\n", "\n", "\r\n", "\n\n"}[rnd.IntN(4)])
				}
			}
			return b.String()
		}
		gold := "s0\tx\ty\n" + tuples(func() string { return "" })
		if err := os.WriteFile(goldFile, []byte(gold), 0o644); err != nil {
			t.Fatal(err)
		}
		args := []string{script, goldFile}
		var outs []string
		for i := range 8 {
			out := tuples(func() string {
				// At least one argument word keeps the columns of an otherwise empty line.
				return fmt.Sprintf("%.1f\tx ", rnd.Float64()*float64(i)/4)
			})
			if i == 0 {
				out = ""
			}
			name := filepath.Join(dir, fmt.Sprintf("out%d.tsv", i))
			if err := os.WriteFile(name, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
			outs = append(outs, out)
			args = append(args, "tab:"+name)
		}
		printed, err := exec.Command(python, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, printed)
		}
		lines := strings.Split(strings.TrimSpace(string(printed)), "\n")[1:]
		for i, out := range outs {
			g, o := readCarb(t, gold, out)
			// Python negates a sum of zeros.
			want := strings.ReplaceAll(lines[i][strings.Index(lines[i], "sents"):], "-0.000", "0.000")
			if got := carbLine(g, o); got != want {
				t.Fatalf("round %d, output %d:\n got %s\nwant %s\ngold:\n%s\noutput:\n%s", round, i, got, want, gold, out)
			}
		}
	}
}
