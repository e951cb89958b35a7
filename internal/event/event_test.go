package event

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
	"kg/schema"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata/*.txt")

func newCoder(t testing.TB, opt Options) *Coder {
	t.Helper()
	s, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	e, err := schema.LoadEvents("")
	if err != nil {
		t.Fatal(err)
	}
	return New(s, e, opt)
}

// A golden file holds examples: a comment line, a tree line in the notation of nlptest.ReadTrees and the lines of its events, each
// after "= ": source, code, target, with "?" for nobody and "+" between the actors of one side.
func TestGolden(t *testing.T) {
	const file = "testdata/events.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	coder := newCoder(t, Options{})
	var out strings.Builder
	var doc *nlp.Document
	var want []string
	examples, at := 0, 0
	flush := func() {
		if doc == nil {
			return
		}
		examples++
		var got []string
		for _, e := range coder.Code(doc, extract.Propositions(doc)) {
			got = append(got, side(e.Source)+" "+e.Code+" "+side(e.Target))
		}
		if !*update && strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, at, doc.Text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, g := range got {
			out.WriteString("= " + g + "\n")
		}
		doc, want = nil, nil
	}
	sc := bufio.NewScanner(strings.NewReader(string(data)))
	for line := 1; sc.Scan(); line++ {
		text := sc.Text()
		if strings.HasPrefix(text, "= ") {
			want = append(want, text[2:])
			continue
		}
		flush()
		if text != "" && text[0] != '#' {
			if doc, err = nlptest.ReadTrees(text); err != nil {
				t.Fatalf("%s:%d: %v", file, line, err)
			}
			at = line
		}
		out.WriteString(text + "\n")
	}
	flush()
	if examples == 0 {
		t.Fatal("no examples")
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func side(actors []Actor) string {
	if len(actors) == 0 {
		return "?"
	}
	var list []string
	for _, a := range actors {
		code := a.Code()
		if code == "" {
			code = a.Text
		}
		list = append(list, strings.ReplaceAll(code, " ", "_"))
	}
	return strings.Join(list, "+")
}

// Any tree is coded without panic, twice alike, and its events name words of their sentence.
func TestCodeOfAnyTree(t *testing.T) {
	coder := newCoder(t, Options{All: true})
	xpos := strings.Fields("NN NNS NNP VB VBD VBZ VBN VBG IN WDT JJ RB TO PRP CC CD MD , EX")
	rels := strings.Fields(`nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss amod advmod det case mark cop aux aux:pass conj cc xcomp ccomp
		advcl acl acl:relcl appos parataxis compound compound:prt flat punct expl`)
	forms := strings.Fields("Russia Peru talks said agreed attacked refused to by with in not will must unless rebels president Assad it sanctions between Lima strike")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		order := rapid.Permutation(seq(0, n)).Draw(t, "order")
		heads, labels := make([]int, n), make([]string, n)
		labels[order[0]] = "root"
		for at, i := range order[1:] {
			heads[i] = order[rapid.IntRange(0, at).Draw(t, "head")] + 1
			labels[i] = rapid.SampledFrom(rels).Draw(t, "rel")
		}
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s/%s/%d/%s ", rapid.SampledFrom(forms).Draw(t, "form"), rapid.SampledFrom(xpos).Draw(t, "xpos"),
				heads[i], labels[i])
		}
		doc, err := nlptest.ReadTrees(b.String())
		if err != nil {
			t.Fatal(err)
		}
		props := extract.Propositions(doc)
		events := coder.Code(doc, props)
		if again := coder.Code(doc, props); !reflect.DeepEqual(events, again) {
			t.Fatalf("%+v, then %+v", events, again)
		}
		for _, e := range events {
			if e.Code == "" || e.Predicate < 0 || e.Predicate >= n || len(e.Source)+len(e.Target) == 0 {
				t.Fatalf("event %+v", e)
			}
			for _, a := range append(slices.Clone(e.Source), e.Target...) {
				if !slices.IsSorted(a.Words) || len(a.Words) > 0 && (a.Words[0] < 0 || a.Words[len(a.Words)-1] >= n) ||
					a.Code() == "" && a.Text == "" {
					t.Fatalf("actor %+v", a)
				}
			}
		}
	})
}

// Odd trees, clauses deep below one another and documents without propositions code nothing and end.
func TestOddTrees(t *testing.T) {
	coder := newCoder(t, Options{All: true})
	for _, tree := range []string{
		"Attack/NN/0/root",
		"Oslo/NNP/2/nsubj said~say/VBD/0/root said~say/VBD/2/ccomp said~say/VBD/3/ccomp said~say/VBD/4/ccomp said~say/VBD/5/ccomp attacked~attack/VBD/6/ccomp Rome/NNP/7/obj",
		"and/CC/0/root ,/,/1/punct",
	} {
		doc, err := nlptest.ReadTrees(tree)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range coder.Code(doc, extract.Propositions(doc)) {
			if e.Predicate < 0 || e.Predicate >= len(doc.Sentences[e.Sent].Words) || e.Code == "" {
				t.Errorf("%q: event %+v", tree, e)
			}
		}
	}
	if events := coder.Code(&nlp.Document{}, nil); events != nil {
		t.Errorf("events of an empty document: %v", events)
	}
}

// The state of a description of an actor is that of the adjective before its head, else of what it is of, also where a slip of the pen
// or another way to write it hides a name.
func TestStateOfPhrase(t *testing.T) {
	coder := newCoder(t, Options{})
	for tree, want := range map[string]string{
		"Peruvian/JJ/2/amod soldiers/NNS/0/root":                                                   "PER",
		"soldiers/NNS/0/root of/IN/3/case Peru/NNP/1/nmod":                                         "PER",
		"Qatar/NNP/0/root":                                                                         "QAT",
		"barracks/NNS/0/root and/CC/3/cc school/NN/1/conj of/IN/5/case Peru/NNP/3/nmod":            "PER",
		"barracks/NNS/0/root and/CC/4/cc Peruvian/JJ/4/amod school/NN/1/conj":                      "",
		"tired/JJ/2/amod soldiers/NNS/0/root":                                                      "",
		"Peru/NNP/3/nmod:poss 's/POS/1/case envoy/NN/0/root to/IN/5/case Qatar/NNP/3/nmod":         "PER",
		"Uzbkes/NNPS/0/root":                                                                       "UZB",
		"Portugese/JJ/2/amod troops/NNS/0/root":                                                    "PRT",
		"Moammar/NNP/3/compound al/NNP/3/compound Qadhdhafi/NNP/0/root":                            "LBY",
		"Mouammar/NNP/2/compound Gadhafi/NNP/0/root":                                               "LBY",
		"police/NN/0/root in/IN/3/case Düsseldorf/NNP/1/nmod":                                      "DEU",
		"inspectors/NNS/0/root of/IN/3/case UNESCO/NNP/1/nmod":                                     "UNO",
		"envoy/NN/0/root of/IN/5/case the/DT/5/det European/NNP/5/compound Commission/NNP/1/nmod":  "EUR",
		"delegates/NNS/0/root from/IN/5/case the/DT/5/det African/NNP/5/compound Union/NNP/1/nmod": "IGO",
	} {
		doc, err := nlptest.ReadTrees(tree)
		if err != nil {
			t.Fatal(err)
		}
		if got := coder.State(doc); got != want {
			t.Errorf("%s: %q, want %q", doc.Text, got, want)
		}
	}
	if got := coder.State(&nlp.Document{}); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}
