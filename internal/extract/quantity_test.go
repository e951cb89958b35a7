package extract

import (
	"fmt"
	"strings"
	"testing"

	"kg/internal/nlp/nlptest"
)

// Each tree has one phrase whose quantity is asked for: the object of its root.
func TestQuantity(t *testing.T) {
	for _, c := range []struct{ tree, want string }{
		{"Rebels/NNS/2/nsubj held~hold/VBD/0/root four/CD/4/nummod zones~zone/NNS/2/obj", "4 zone"},
		{"It/PRP/2/nsubj cost/VBD/0/root $/$/2/obj 2.5/CD/5/compound bn/CD/3/nummod", "2500000000 USD"},
		{"It/PRP/2/nsubj cost/VBD/0/root 1.2/CD/4/compound mln/CD/5/nummod dlrs~dlr/NNS/2/obj", "1200000 USD"},
		{"It/PRP/2/nsubj cost/VBD/0/root 30/CD/5/nummod Canadian/JJ/5/amod dollars~dollar/NNS/2/obj", "30 CAD"},
		{"It/PRP/2/nsubj cost/VBD/0/root 30/CD/4/nummod pesos~peso/NNS/2/obj", "30 peso"},
		{"Prices/NNS/2/nsubj lost~lose/VBD/0/root 3/CD/4/nummod pct/NN/2/obj", "3 %"},
		{"Prices/NNS/2/nsubj lost~lose/VBD/0/root about/RB/4/advmod 30/CD/6/nummod per/IN/6/case cent/NN/2/obj", "30 % approx"},
		{"It/PRP/2/nsubj fed/VBD/0/root at/RB/5/advmod least/RBS/3/fixed 20/CD/6/nummod people/NNS/2/obj", "20 people least"},
		{"It/PRP/2/nsubj fed/VBD/0/root up/IN/5/advmod to/IN/3/fixed 20/CD/7/nummod young/JJ/7/amod dogs~dog/NNS/2/obj", "20 dog most"},
		{"It/PRP/2/nsubj fed/VBD/0/root no/RB/6/advmod fewer/JJR/3/fixed than/IN/3/fixed 20/CD/7/nummod dogs~dog/NNS/2/obj", "20 dog least"},
		{"It/PRP/2/nsubj fed/VBD/0/root between/IN/4/advmod 10/CD/7/nummod and/CC/6/cc 20/CD/4/conj dogs~dog/NNS/2/obj", "10-20 dog"},
		{"It/PRP/2/nsubj fed/VBD/0/root a/DT/4/det dozen/NN/5/nummod dogs~dog/NNS/2/obj", "12 dog"},
		{"It/PRP/2/nsubj fed/VBD/0/root tens~ten/NNS/2/obj of/IN/5/case thousands~thousand/NNS/3/nmod of/IN/7/case dogs~dog/NNS/5/nmod", "10000-100000 dog approx"},
		{"It/PRP/2/nsubj won/VBD/0/root two/CD/5/nummod _-/HYPH/5/punct _thirds~third/NNS/2/obj of/IN/8/case the/DT/8/det seats~seat/NNS/5/nmod", "0.6667 seat"},
		{"It/PRP/2/nsubj won/VBD/0/root two/CD/4/compound hundred/CD/6/nummod fifty/CD/4/flat seats~seat/NNS/2/obj", "250 seat"},
		{"It/PRP/2/nsubj won/VBD/0/root twenty/CD/5/compound _-/HYPH/5/punct _one/CD/6/nummod seats~seat/NNS/2/obj", "21 seat"},
		{"It/PRP/2/nsubj spent/VBD/0/root two/CD/4/nummod weeks~week/NNS/2/obj", ""},
		{"It/PRP/2/nsubj flew/VBD/0/root Boeing/NNP/2/obj 747/CD/3/nummod", ""},
		{"It/PRP/2/nsubj cut/VBD/0/root 1987/CD/5/nummod oil/NN/5/compound prices~price/NNS/2/obj", ""},
		{"It/PRP/2/nsubj won/VBD/0/root the/DT/4/det odds/NNS/2/obj", ""},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		r := &reader{tree: newTree(doc, 0)}
		got := ""
		if o := r.child(1, "obj"); o >= 0 {
			if q := r.quantity(o); q != nil {
				got = showQuantity(q)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", doc.Text, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"three and a quarter", "3"}, {"five hundred and twenty thousand", "520000"}, {"2.5bn", "2500000000"}, {"1,250", "1250"},
		{"3/4", "0.75"}, {"half a million", "500000"}, {"10 to 20 million", "10000000-20000000"}, {"several hundred", "200-1000 approx"},
		{"20 or so", "20 approx"}, {"as many as 20", "20 most"}, {"nearly 20", "20 less than"}, {"more than $ 5 mln", "5000000 USD more than"},
		{"US$ 5 million", "5000000 USD"}, {"5 million New Zealand dlrs", "5000000 NZD"}, {"No 5", ""}, {"the second", ""}, {"2.5 - to - 1", "1"},
	} {
		tree := ""
		for _, w := range strings.Fields(c.words) {
			xpos := "NN"
			if w[0] >= '0' && w[0] <= '9' || numerals[w] != 0 {
				xpos = "CD"
			}
			tree += fmt.Sprintf("%s/%s/0/dep ", strings.ReplaceAll(w, "/", "∕"), xpos)
		}
		doc, err := nlptest.ReadTrees(tree)
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc.Sentences[0].Words {
			w := &doc.Sentences[0].Words[i]
			w.Form = strings.ReplaceAll(w.Form, "∕", "/")
			if w.XPOS == "CD" {
				w.UPOS = "NUM"
			}
		}
		r := &reader{tree: newTree(doc, 0)}
		got := ""
		if list := r.numbers(); len(list) > 0 {
			got = showQuantity(&list[0].Quantity)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.words, got, c.want)
		}
	}
}

// showQuantity writes value or range, unit and bound.
func showQuantity(q *Quantity) string {
	s := fmt.Sprintf("%.10g", float64(int(q.Value*1e4+.5))/1e4)
	if q.Max != 0 {
		s += fmt.Sprintf("-%.10g", q.Max)
	}
	for _, part := range []string{q.Unit, string(q.Bound)} {
		if part != "" {
			s += " " + part
		}
	}
	return s
}
