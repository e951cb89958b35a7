package extract

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

func withoutArticles(s string) []string {
	return slices.DeleteFunc(strings.Fields(strings.ToLower(s)), func(w string) bool { return w == "the" || w == "a" || w == "an" })
}

// drawTree draws a tree of up to max words with the given forms, in the notation of nlptest, and returns the number of its words.
func drawTree(t *rapid.T, forms []string, max int) (line string, n int) {
	xpos := strings.Fields("NN NNS NNP VB VBD VBZ VBN VBG IN DT WDT WP WRB JJ RB TO PRP PRP$ CC CD MD POS , . -LRB- EX")
	rels := strings.Fields(`nsubj nsubj:pass csubj obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:desc amod advmod det case mark cop
		aux aux:pass conj cc xcomp ccomp advcl acl acl:relcl appos parataxis compound compound:prt flat fixed punct expl nummod list dep orphan`)
	n = rapid.IntRange(1, max).Draw(t, "n")
	root := rapid.IntRange(0, n-1).Draw(t, "root")
	order := rapid.Permutation(seq(0, n)).Draw(t, "order")
	order = slices.Insert(slices.DeleteFunc(order, func(i int) bool { return i == root }), 0, root)
	var b strings.Builder
	heads := make([]int, n)
	for at, i := range order[1:] {
		heads[i] = order[rapid.IntRange(0, at).Draw(t, "head")] + 1
	}
	for i := range n {
		rel := rapid.SampledFrom(rels).Draw(t, "rel")
		if i == root {
			rel = "root"
		}
		fmt.Fprintf(&b, "%s/%s/%d/%s ", rapid.SampledFrom(forms).Draw(t, "form"), rapid.SampledFrom(xpos).Draw(t, "xpos"), heads[i], rel)
	}
	return b.String(), n
}

// Quotation marks wherever they stand, over sentences and paragraphs, give every proposition a source in the document or none.
func TestQuotationsOfAnyTrees(t *testing.T) {
	forms := strings.Fields("Russia said says \" \" “ ” ' ’ , . that I we not than rather according to plan no longer Oslo adding quoted as")
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for range rapid.IntRange(1, 4).Draw(t, "sentences") {
			line, _ := drawTree(t, forms, 12)
			if rapid.Bool().Draw(t, "paragraph") {
				line = "¶ " + line
			}
			lines = append(lines, line)
		}
		doc, err := nlptest.ReadTrees(lines...)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range Propositions(doc) {
			if p.Source == nil && len(p.Via) > 0 {
				t.Fatalf("passed on by %v and said by nobody: %s", p.Via, show(doc, &p))
			}
			if p.Source == nil {
				continue
			}
			for _, by := range append([]Attribution{{*p.Source, p.SourceSent}}, p.Via...) {
				if by.Sent < 0 || by.Sent >= len(doc.Sentences) || by.Head >= len(doc.Sentences[by.Sent].Words) || (by.Head < 0) != (len(by.Words) == 0) {
					t.Fatalf("source %+v: %s", by, show(doc, &p))
				}
			}
		}
	})
}

// Any tree, however odd, is read without panic, twice alike, and gives phrases of its own words only.
func TestPropositionsOfAnyTree(t *testing.T) {
	forms := strings.Fields("Russia talks said that to by not no mediators ( ) , of in which who fail it 's the will if according with support")
	rapid.Check(t, func(t *rapid.T) {
		line, n := drawTree(t, forms, 25)
		doc, err := nlptest.ReadTrees(line)
		if err != nil {
			t.Fatal(err)
		}
		props := Propositions(doc)
		again := Propositions(doc)
		if len(props) != len(again) {
			t.Fatalf("%d propositions, then %d", len(props), len(again))
		}
		for k := range props {
			p := &props[k]
			if show(doc, p) != show(doc, &again[k]) {
				t.Fatalf("%q, then %q", show(doc, p), show(doc, &again[k]))
			}
			if len(p.Args) == 0 || p.Lemma == "" || p.Rule == "" || p.Confidence <= 0 || p.Confidence > 1 {
				t.Fatalf("incomplete: %+v", p)
			}
			phrases := []Phrase{p.Phrase}
			for _, a := range p.Args {
				if len(a.Words) == 0 || len(a.Minimal.Words) == 0 {
					t.Fatalf("empty argument %s: %s", a.Role, show(doc, p))
				}
				phrases = append(phrases, a.Phrase, a.Minimal)
			}
			for _, ph := range phrases {
				if !slices.IsSorted(ph.Words) || len(ph.Words) > 0 && (ph.Words[0] < 0 || ph.Words[len(ph.Words)-1] >= n) {
					t.Fatalf("words %v of %d", ph.Words, n)
				}
			}
		}
		// No extraction says what another of the sentence says, none has an argument of function words only.
		naming := map[string]bool{} // forms of words that can refer, as the mended tree has them
		for _, w := range newTree(doc, 0).Words {
			switch w.UPOS {
			case "DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PART", "AUX":
			default:
				naming[w.Form] = true
			}
		}
		for _, minimal := range []bool{false, true} {
			said := map[string]bool{}
			for _, list := range OIE(doc, props, minimal) {
				for _, x := range list {
					if x.Predicate == "" || len(x.Args) < 2 || minimal && len(x.Args) != 2 || x.Confidence <= 0 || x.Confidence > 1 {
						t.Fatalf("extraction %q %q %g", x.Predicate, x.Args, x.Confidence)
					}
					for _, arg := range x.Args {
						if !slices.ContainsFunc(strings.Fields(arg), func(form string) bool { return naming[form] }) {
							t.Fatalf("argument %q of %q %q names nothing", arg, x.Predicate, x.Args)
						}
					}
					key := fmt.Sprintf("%q %q", withoutArticles(x.Predicate), withoutArticles(strings.Join(x.Args, " | ")))
					if said[key] {
						t.Fatalf("%s is said twice", key)
					}
					said[key] = true
				}
			}
		}
	})
}

// A variant with other arcs reads what their tree made anew reads, and is the tree that it is of when they are taken back.
func TestVariantOfAnyTree(t *testing.T) {
	forms := strings.Fields("Russia talks said that to by not ( ) , of in who it will on May Monday 1987 March last quarter 12 pct and respectively as")
	rels := strings.Fields("nsubj obj obl obl:unmarked nmod compound amod case conj flat nummod advcl acl:relcl ccomp appos")
	rapid.Check(t, func(t *rapid.T) {
		line, n := drawTree(t, forms, 15)
		doc, err := nlptest.ReadTrees(line)
		if err != nil {
			t.Fatal(err)
		}
		of := newTree(doc, 0)
		var v variant
		v.begin(of, nil)
		for range 3 {
			var arcs []nlp.Arc
			for range rapid.IntRange(1, 3).Draw(t, "arcs") {
				arcs = append(arcs, nlp.Arc{Word: rapid.IntRange(0, n-1).Draw(t, "word"), Head: rapid.IntRange(-1, n-1).Draw(t, "head"),
					Deprel: rapid.SampledFrom(rels).Draw(t, "rel")})
			}
			if v.take(arcs) {
				v.compare()
				v.reset(&v.own)
				s := v.own.Sentence
				anew := &tree{doc: doc, Sentence: s, kids: s.Children(), root: v.own.root}
				anew.respective = anew.pairing()
				var r reader
				r.reset(anew)
				got, want := v.propositions(), r.propositions()
				if len(got) != len(want) {
					t.Fatalf("%d propositions instead of %d", len(got), len(want))
				}
				for i := range got {
					if got, want := show(doc, &got[i]), show(doc, &want[i]); got != want {
						t.Fatalf("%q instead of %q", got, want)
					}
				}
			}
			v.restore()
			if !reflect.DeepEqual(v.own.Words, of.Words) || !reflect.DeepEqual(v.own.kids, of.kids) || v.own.root != of.root {
				t.Fatal("the arcs are not taken back")
			}
		}
		for i, k := range indices {
			if i != k {
				t.Fatalf("word %d was written over %d", k, i)
			}
		}
	})
}
