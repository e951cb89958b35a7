package extract

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

// exampleTrees returns the documents of the golden files.
func exampleTrees(t *testing.T) []*nlp.Document {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	var docs []*nlp.Document
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' || line[0] == '=' {
				continue
			}
			doc, err := nlptest.ReadTrees(line)
			if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			docs = append(docs, doc)
		}
	}
	return docs
}

// A rule that the embedded weights do not list is one that was added since: "kg eval confidence --train" learns it.
func TestEmbeddedWeights(t *testing.T) {
	w := embeddedWeights()
	for _, key := range [][2]string{{"constant", ""}, {"slack", ""}, {"rule", OtherLevel}} {
		if _, ok := w[key]; !ok {
			t.Errorf("no weight of %q", key)
		}
	}
	missing := make(map[string]bool)
	for _, doc := range exampleTrees(t) {
		for _, p := range Propositions(doc) {
			if _, ok := w[[2]string{"rule", p.Rule}]; !ok && !missing[p.Rule] {
				missing[p.Rule] = true
				t.Errorf("no weight of rule %q", p.Rule)
			}
		}
	}
}

func TestFeatures(t *testing.T) {
	for _, doc := range exampleTrees(t) {
		props := Propositions(doc)
		first, again := Features(doc, props), Features(doc, props)
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%q: %v, then %v", doc.Text, first, again)
		}
		w := embeddedWeights()
		for i, f := range first {
			if f[len(f)-1] != (Feature{"constant", "", 1}) {
				t.Errorf("%q: the last feature is %v", doc.Text, f[len(f)-1])
			}
			seen := make(map[string]bool)
			for _, x := range f {
				if seen[x.Name] {
					t.Errorf("%q: two features %q", doc.Text, x.Name)
				}
				seen[x.Name] = true
				if x.Level != "" && x.X != 1 {
					t.Errorf("%q: level of weight %v: %v", doc.Text, x.X, x)
				}
			}
			if got, _ := w.confidence(f); got != props[i].Confidence {
				t.Errorf("%q: confidence %v by its features, %v as read", doc.Text, got, props[i].Confidence)
			}
		}
	}
}

func TestConfidence(t *testing.T) {
	const tree = "Chad/NNP/2/nsubj left~leave/VBD/0/root the/DT/4/det union/NN/2/obj ././2/punct"
	doc, err := nlptest.ReadTrees(tree)
	if err != nil {
		t.Fatal(err)
	}
	sure := Propositions(doc)[0].Confidence
	doc.Sentences[0].Words[3].ArcMargin = 0.4
	unsure := Propositions(doc)[0].Confidence
	if unsure >= sure {
		t.Errorf("confidence %v with a doubtful object, %v without", unsure, sure)
	}
	open := OIE(doc, Propositions(doc), false)
	if len(open) != 1 || len(open[0]) != 1 || open[0][0].Confidence <= 0 || open[0][0].Confidence >= 1 {
		t.Errorf("open extraction %v", open)
	}
}

func TestWeights(t *testing.T) {
	w, err := readWeights("# comment\nrule\tsvo\t1\t0.5\nrule\t*\t-2\t1\nconstant\t\t1\t0\nwords\t\t-0.5\t0\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		f          []Feature
		conf, open float64
	}{
		{[]Feature{{"rule", "svo", 1}, {"constant", "", 1}, {"words", "", 4}}, 0.5, 0.6224593312018546},
		{[]Feature{{"rule", "unheard of", 1}, {"constant", "", 1}}, 0.2689414213699951, 0.5},
		{[]Feature{{"unknown", "", 3}, {"unknown too", "level", 1}}, 0.5, 0.5},
		{[]Feature{{"words", "", 1e6}}, leastConfidence, leastConfidence},
		{[]Feature{{"words", "", -1e6}}, 1 - leastConfidence, 1 - leastConfidence},
	} {
		if conf, open := w.confidence(c.f); conf != c.conf || open != c.open {
			t.Errorf("%v: %v, open %v instead of %v, %v", c.f, conf, open, c.conf, c.open)
		}
	}
	for text, want := range map[string]string{
		"rule\tsvo\t1\n":                      "line 1: 3 columns",
		"a\t\t1\t0\nrule\tsvo\tmuch\t0\n":     `line 2: weight: not a number: "much"`,
		"rule\tsvo\t1\tNaN\n":                 `line 1: weight: not a number: "NaN"`,
		"a\t\t1\t0\n\n# c\na\t\t2\t0\n":       "line 4:",
		"rule\tsvo\t1\t0\nrule\tsvo\t1\t+Inf": "line 2",
	} {
		if _, err := readWeights(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// TestSurvive: what hangs on a doubtful arc is lost with it, the rest of the sentence is not, and speakers are told apart from what is
// said.
func TestSurvive(t *testing.T) {
	doc, err := nlptest.ReadTrees("Chile/NNP/2/nsubj sold~sell/VBD/0/root ships~ship/NNS/2/obj to/IN/5/case Peru/NNP/2/obl _././2/punct")
	if err != nil {
		t.Fatal(err)
	}
	lost := func(alt ...nlp.Alternative) map[string][3]float64 {
		doc.Sentences[0].Alternatives = alt
		out := make(map[string][3]float64)
		for _, p := range Propositions(doc) {
			out[p.Rule+" "+p.Lemma] = p.lost
		}
		return out
	}
	plain := lost()
	if len(plain) != 1 || plain["svo sell"] != [3]float64{} {
		t.Fatalf("without alternatives: %v", plain)
	}
	// The ships sell Chile.
	got := lost(nlp.Alternative{Share: 0.5, Arcs: []nlp.Arc{{Word: 2, Head: 1, Deprel: "nsubj"}, {Word: 0, Head: 1, Deprel: "obj"}}})["svo sell"]
	if got[lostArc] != 0 || math.Abs(got[lostRelation]-math.Ln2) > 1e-6 || got[lostSource] != 0 {
		t.Errorf("another relation: lost %v", got)
	}
	// Where the recipient hangs is nothing to the core.
	if got := lost(nlp.Alternative{Share: 0.5, Arcs: []nlp.Arc{{Word: 4, Head: 2, Deprel: "nmod"}}})["svo sell"]; got != [3]float64{} {
		t.Errorf("recipient: lost %v", got)
	}
	// The subject hangs elsewhere.
	got = lost(nlp.Alternative{Share: 0.5, Arcs: []nlp.Arc{{Word: 0, Head: 2, Deprel: "compound"}}})["svo sell"]
	if math.Abs(got[lostArc]-math.Ln2) > 1e-6 || got[lostRelation] != 0 {
		t.Errorf("subject: lost %v", got)
	}
	// What makes no tree is none.
	if got := lost(nlp.Alternative{Share: 0.5, Arcs: []nlp.Arc{{Word: 1, Head: 2, Deprel: "acl"}}})["svo sell"]; got != [3]float64{} {
		t.Errorf("no tree: lost %v", got)
	}
}
