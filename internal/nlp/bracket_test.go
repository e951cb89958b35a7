package nlp

import (
	"strings"
	"testing"
)

// The network does not read labels in brackets behind a name, nor the angle brackets around a firm.
func TestReadable(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ford <F> said it sold trucks.", "Ford said it sold trucks ."},
		{"Hello Bank <HB.PA> rose.", "Hello Bank rose ."},
		{"Lund Corp's <LND.O> Acme Mill unit rose.", "Lund Corp 's Acme Mill unit rose ."},
		{"The Gulf Council (GC) met.", "The Gulf Council met ."},
		{"Senator Ross (R-Kan.) left.", "Senator Ross left ."},
		{"<Acme Mill Corp> left.", "Acme Mill Corp left ."},
		{"It bought <Acme Mill Corp>.", "It bought Acme Mill Corp ."},
		{"He left (by train) early.", "He left ( by train ) early ."},
		{"The mills (Acme, Bolt) closed.", "The mills ( Acme , Bolt ) closed ."},
		{"He fired a rocket propelled grenade.", "He fired a grenade ."},
		{"A rocket propelled the probe.", "A rocket propelled the probe ."},
		{"The rocket propelled them away.", "The rocket propelled them away ."},
		{"if a < b then c > d", "if a < b then c > d"},
	} {
		doc := Tokenize(c.text)
		words := doc.Sentences[0].Words
		var got []string
		for _, i := range readable(nil, words) {
			got = append(got, words[i].Form)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: reads %q, want %q", c.text, strings.Join(got, " "), c.want)
		}
	}
}

// A label hangs from its name, its brackets from it; every word has one place in the tree.
func TestHangLabels(t *testing.T) {
	a, err := NewAnnotator(Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := a.Annotate("The Gulf Council (GC) told Ford <F> to wait.")
	words := doc.Sentences[0].Words
	roots := 0
	for i := range words {
		w := &words[i]
		if w.Head < 0 {
			roots++
		}
		switch w.Form {
		case "GC", "F":
			if w.Deprel != "appos" || w.Head != i-2 || w.UPOS != "PROPN" {
				t.Errorf("%s: %s of word %d, %s", w.Form, w.Deprel, w.Head, w.UPOS)
			}
		case "(", ")", "<", ">":
			if h := words[w.Head].Form; w.Deprel != "punct" || h != "GC" && h != "F" {
				t.Errorf("%s: %s of %s", w.Form, w.Deprel, h)
			}
		}
	}
	if roots != 1 {
		t.Errorf("%d roots", roots)
	}
}

// What the network has not read of a phrase hangs from its head.
func TestDescribesMeans(t *testing.T) {
	doc := newAnnotator(t).Annotate("They found three tents, a shoulder fired missile launcher and a laser guided bomb.")
	words := doc.Sentences[0].Words
	heads := map[string]string{"shoulder": "fired", "fired": "launcher", "laser": "guided", "guided": "bomb"}
	for i := range words {
		w := &words[i]
		want, ok := heads[w.Form]
		if !ok {
			continue
		}
		if w.Head < 0 || words[w.Head].Form != want {
			t.Errorf("%s hangs from word %d", w.Form, w.Head)
		}
		delete(heads, w.Form)
	}
	if len(heads) > 0 {
		t.Errorf("not found: %v", heads)
	}
}
