package score

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kg/internal/nlp"
)

// readCoNLLCoref reads the last column of the CoNLL-2012 format: "(ID", "ID)", "(ID)", parted by "|" or by nothing. Only the tests
// need it.
func readCoNLLCoref(path string) ([]Chain, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bracketReader{index: make(map[string]int)}
	scan := bufio.NewScanner(f)
	word := 0
	for scan.Scan() {
		line := strings.TrimSpace(scan.Text())
		switch {
		case strings.HasPrefix(line, "#"):
			continue
		case line == "":
			if err := r.end(); err != nil {
				return nil, err
			}
			r.sent, word = r.sent+1, 0
			continue
		}
		cols := strings.Fields(line)
		if value := cols[len(cols)-1]; value != "-" && value != "_" {
			if err := r.word(word, strings.ReplaceAll(value, "|", "")); err != nil {
				return nil, fmt.Errorf("%s: %w", line, err)
			}
		}
		word++
	}
	return r.chains, scan.Err()
}

// corefCases holds the values of TestCases.README that come with the reference scorers: recall and precision by measure. MUC, B³,
// CEAF and LEA are those of mentions that stand once.
var corefCases = []struct {
	name  string
	want  map[string][2]float64 // recall, precision
	chain string                // to say what it is about
}{
	{"A-1", map[string][2]float64{"B3": {1, 1}, "MUC": {1, 1}, "CEAFm": {1, 1}, "CEAFe": {1, 1}, "LEA": {1, 1}}, "perfect"},
	{"A-2", map[string][2]float64{"B3": {7. / 18, 1}, "MUC": {1. / 3, 1}, "CEAFm": {.5, 1}, "CEAFe": {.6, .9}, "LEA": {2. / 6, 1}}, "missing"},
	{"A-3", map[string][2]float64{"B3": {1, 55. / 108}, "MUC": {1, 3. / 5}, "CEAFm": {1, 6. / 9},
		"CEAFe": {(1 + 4./5 + 6./7) / 3, (1 + 4./5 + 6./7) / 4}, "LEA": {1, (1 + 1 + 2.) / 9}}, "false alarms"},
	{"A-4", map[string][2]float64{"B3": {5. / 9, 17. / 42}, "MUC": {1. / 3, 1. / 3}, "CEAFm": {4. / 6, 4. / 7}, "CEAFe": {2.2 / 3, 2.2 / 4},
		"LEA": {.5, 2. / 7}}, "both"},
	{"A-5", map[string][2]float64{"B3": {5. / 9, 5. / 16}, "MUC": {1. / 3, 1. / 4}, "CEAFm": {4. / 6, 4. / 8},
		"CEAFe": {(1 + 4./6 + 2./5) / 3, (1 + 4./6 + 2./5) / 4}, "LEA": {.5, (1 + 4./6) / 8}}, "overlapping, same entity"},
	{"A-6", map[string][2]float64{"LEA": {.5, 2. / 8}}, "overlapping, other entity"},
	{"A-7", map[string][2]float64{"B3": {5. / 9, 17. / 42}, "MUC": {1. / 3, 1. / 3}, "CEAFm": {4. / 6, 4. / 7}, "CEAFe": {2.2 / 3, 2.2 / 4},
		"LEA": {.5, 2. / 7}}, "duplicate, same entity"},
	{"A-8", map[string][2]float64{"B3": {5. / 9, 17. / 42}, "MUC": {1. / 3, 1. / 3}, "CEAFm": {4. / 6, 4. / 7}, "CEAFe": {2.2 / 3, 2.2 / 4},
		"LEA": {.5, 2. / 7}}, "duplicate, other entity"},
	{"A-9", map[string][2]float64{"B3": {5. / 9, 17. / 42}, "MUC": {1. / 3, 1. / 3}, "CEAFm": {4. / 6, 4. / 7}, "CEAFe": {2.2 / 3, 2.2 / 4},
		"LEA": {.5, 2. / 7}}, "duplicate ten times"},
	{"A-10", map[string][2]float64{"B3": {3. / 6, 1}, "MUC": {0, 0}, "LEA": {1. / 6, 1. / 6}}, "singletons"},
	{"A-11", map[string][2]float64{"B3": {1, 7. / 18}, "MUC": {1, 3. / 5}, "LEA": {5. / 6, 4. / 15}}, "one entity"},
	{"A-12", map[string][2]float64{"B3": {13. / 36, 4. / 7}, "MUC": {0, 0}, "LEA": {1. / 6, 1. / 7}}, "singletons, system mentions"},
	{"A-13", map[string][2]float64{"B3": {17. / 36, 6. / 49}, "MUC": {1. / 3, 1. / 6}}, "one entity, system mentions"},
	{"D-1", map[string][2]float64{"B3": {1, 16. / 21}, "MUC": {1, 9. / 10}, "LEA": {1, (5 + 7*11./21) / 12}}, "small with big"},
	{"E-1", map[string][2]float64{"B3": {1, 7. / 12}, "MUC": {1, 9. / 10}, "LEA": {1, (10*20./45 + 2) / 12}}, "two big"},
	{"F-1", map[string][2]float64{"MUC": {2. / 3, 1}, "LEA": {2. / 6, 1}}, "split"},
	{"G-1", map[string][2]float64{"MUC": {1, 2. / 3}, "LEA": {1, 2. / 6}}, "merged"},
	{"H-1", map[string][2]float64{"MUC": {1, 1}, "LEA": {1, 1}}, "same"},
	{"I-1", map[string][2]float64{"MUC": {2. / 3, 1}, "LEA": {2. / 6, 1}}, "split"},
	{"J-1", map[string][2]float64{"MUC": {1. / 2, 1}, "LEA": {1. / 3, 1}}, "one missing"},
	{"K-1", map[string][2]float64{"MUC": {3. / 6, 3. / 6}, "LEA": {3. / 21, 3. / 9}}, "three for one"},
	{"L-1", map[string][2]float64{"MUC": {2. / 5, 2. / 4}, "LEA": {(1 + 4./6) / 7, 3. / 7}}, "crossing"},
	{"M-1", map[string][2]float64{"B3": {1, 1}, "MUC": {1, 1}, "CEAFm": {1, 1}, "CEAFe": {1, 1}, "LEA": {1, 1}}, "one entity"},
	{"M-2", map[string][2]float64{"MUC": {0, 0}, "LEA": {0, 0}}, "no link"},
	{"M-3", map[string][2]float64{"LEA": {4. / 15, 5. / 6}}, "some links"},
	{"M-4", map[string][2]float64{"LEA": {3. / 15, 3. / 15}}, "system mentions"},
	{"M-5", map[string][2]float64{"MUC": {0, 0}, "LEA": {0, 0}}, "system singletons"},
	{"M-6", map[string][2]float64{"LEA": {1. / 15, 2. / 6}}, "system mixed"},
	{"N-1", map[string][2]float64{"B3": {1, 1}, "MUC": {0, 0}, "CEAFm": {1, 1}, "CEAFe": {1, 1}, "LEA": {1, 1}}, "only singletons"},
	{"N-2", map[string][2]float64{"LEA": {0, 0}}, "all linked"},
	{"N-3", map[string][2]float64{"LEA": {1. / 6, 1. / 6}}, "some linked"},
	{"N-4", map[string][2]float64{"MUC": {0, 0}, "LEA": {.5, .5}}, "system singletons"},
	{"N-5", map[string][2]float64{"LEA": {0, 0}}, "system linked"},
	{"N-6", map[string][2]float64{"LEA": {0, 0}}, "system mixed"},
}

// TestCorefCases wants the known values of the reference scorers' own test cases.
func TestCorefCases(t *testing.T) {
	data := os.Getenv("KG_DATA")
	if data == "" {
		data = "../../../shared/data"
	}
	dir := filepath.Join(data, "coref", "coval")
	for _, c := range corefCases {
		series, _, _ := strings.Cut(c.name, "-")
		gold, err := readCoNLLCoref(filepath.Join(dir, "TC-"+series+".key"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no evaluation data (set KG_DATA to its folder): %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		out, err := readCoNLLCoref(filepath.Join(dir, "TC-"+c.name+".response"))
		if err != nil {
			t.Fatal(err)
		}
		got := CompareChains(gold, out)
		for measure, want := range c.want {
			r := map[string]Ratio{"MUC": got.MUC, "B3": got.B3, "CEAFm": got.CEAFm, "CEAFe": got.CEAFe, "LEA": got.LEA}[measure]
			if math.Abs(r.Recall()-want[0]) > 1e-9 || math.Abs(r.Precision()-want[1]) > 1e-9 {
				t.Errorf("TC-%s (%s): %s recall %.6f precision %.6f, want %.6f %.6f", c.name, c.chain, measure, r.Recall(), r.Precision(),
					want[0], want[1])
			}
		}
	}
}

// chains makes chains of one-word mentions from letters: "ab cde" has {a b} and {c d e}.
func chains(text string) []Chain {
	var out []Chain
	for _, word := range strings.Fields(text) {
		var c Chain
		for _, r := range word {
			c = append(c, CorefMention{0, int(r), int(r)})
		}
		out = append(out, c)
	}
	return out
}

// Worked by hand: gold {ab} {cde} {f}, output {abc} {de} {g}.
//
//	MUC   recall (1 + 1) of 3, precision (1 + 1) of 3
//	B³    recall (2·2/2 + (1·1 + 2·2)/3) / 6 = (2 + 5/3) / 6, precision ((2·2 + 1·1)/3 + 2·2/2) / 6
//	CEAFm {ab}–{abc} 2, {cde}–{de} 2: 4 of 6 both ways
//	CEAFe 2·2/5 + 2·2/5 = 1.6, of 3 both ways
//	LEA   recall (2·1 + 3·1/3 + 0) / 6, precision (3·1/3 + 2·1 + 0) / 6
func TestCompareChains(t *testing.T) {
	c := CompareChains(chains("ab cde f"), chains("abc de g"))
	for _, x := range []struct {
		name      string
		got, want float64
	}{
		{"MUC recall", c.MUC.Recall(), 2. / 3}, {"MUC precision", c.MUC.Precision(), 2. / 3},
		{"B³ recall", c.B3.Recall(), 11. / 18}, {"B³ precision", c.B3.Precision(), 11. / 18},
		{"CEAFm", c.CEAFm.F1(), 4. / 6}, {"CEAFe recall", c.CEAFe.Recall(), 1.6 / 3}, {"CEAFe precision", c.CEAFe.Precision(), 1.6 / 3},
		{"LEA recall", c.LEA.Recall(), .5}, {"LEA precision", c.LEA.Precision(), .5},
		{"CoNLL", c.CoNLL(), (2./3 + 11./18 + 1.6/3) / 3},
	} {
		if math.Abs(x.got-x.want) > 1e-12 {
			t.Errorf("%s %.6f, want %.6f", x.name, x.got, x.want)
		}
	}
	if c.Mentions != (PRF{Gold: 6, Output: 6, Correct: 5}) {
		t.Errorf("mentions %+v", c.Mentions)
	}
	if empty := CompareChains(nil, nil); empty.CoNLL() != 0 {
		t.Errorf("of nothing: %v", empty)
	}
	got := WithoutSingletons(chains("ab c de c"))
	if !slices.EqualFunc(got, chains("ab de"), func(a, b Chain) bool { return slices.Equal(a, b) }) {
		t.Errorf("without singletons: %v", got)
	}
}

// The assignment is as good as the best of all permutations.
func TestBestAssignment(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows, cols := 1+rng.IntN(5), 1+rng.IntN(5)
		weight := make([][]float64, rows)
		for i := range weight {
			weight[i] = make([]float64, cols)
			for j := range weight[i] {
				if rng.IntN(3) > 0 {
					weight[i][j] = float64(rng.IntN(8)) / 4
				}
			}
		}
		used := make([]bool, cols)
		var best func(i int) float64
		best = func(i int) float64 {
			if i == rows {
				return 0
			}
			sum := best(i + 1) // row i is left out
			for j := range used {
				if !used[j] {
					used[j] = true
					sum = max(sum, weight[i][j]+best(i+1))
					used[j] = false
				}
			}
			return sum
		}
		if got, want := bestAssignment(weight), best(0); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v: %v, want %v", weight, got, want)
		}
	}
}

func TestGoldChains(t *testing.T) {
	const text = `# sent_id = s1
1	The	the	DET	DT	_	2	det	_	Entity=(1-person-new-2-sgl(2-place
2	mayor	mayor	NOUN	NN	_	5	nsubj	_	Entity=2)
3	of	of	ADP	IN	_	4	case	_	_
4	Oslo	Oslo	PROPN	NNP	_	2	nmod	_	Entity=(3-place)1)|SpaceAfter=No
5	left	leave	VERB	VBD	_	0	root	_	_

# sent_id = s2
1	He	he	PRON	PRP	_	2	nsubj	_	Entity=(1-person)
2	saw	see	VERB	VBD	_	0	root	_	_
3	her	her	PRON	PRP	_	2	obj	_	Entity=(4-person)

`
	docs, err := nlp.ReadCoNLLU(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := GoldChains(docs[0])
	if err != nil {
		t.Fatal(err)
	}
	want := []Chain{{{0, 0, 3}, {1, 0, 0}}, {{0, 0, 1}}, {{0, 3, 3}}, {{1, 2, 2}}}
	if !slices.EqualFunc(got, want, func(a, b Chain) bool { return slices.Equal(a, b) }) {
		t.Errorf("chains %v, want %v", got, want)
	}
	for i, m := range []CorefMention{{0, 0, 3}, {0, 2, 3}, {1, 0, 2}} {
		if got := HeadWord(docs[0], m); got != []int{1, 3, 1}[i] {
			t.Errorf("head of %v: %d", m, got)
		}
	}
	// "mayor" alone has the head of the whole phrase and of "The mayor": the first gold one that is free.
	head := func(m CorefMention) int { return HeadWord(docs[0], m) }
	matched := MatchHeads(got, []Chain{{{0, 1, 1}, {1, 0, 0}, {1, 1, 1}}, {{0, 0, 1}}}, head)
	if want := (Chain{{0, 0, 3}, {1, 0, 0}, {1, 1, 1}}); !slices.Equal(matched[0], want) || matched[1][0] != (CorefMention{0, 0, 1}) {
		t.Errorf("matched by head: %v", matched)
	}

	for _, bad := range []string{"(1-person", "1)", "(", "1", "(1[1/2]-person)"} {
		doc := &nlp.Document{Sentences: []nlp.Sentence{{ID: "s", Words: []nlp.Word{{Misc: "Entity=" + bad}}}}}
		if _, err := GoldChains(doc); err == nil || !strings.Contains(err.Error(), "sentence s") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}
