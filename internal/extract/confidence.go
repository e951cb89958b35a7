package extract

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kg/internal/nlp"
)

// The confidence of a proposition is the probability that a careful reader would call it right, by a logistic regression over
// what its words and arcs look like. The weights are learnt by "kg eval confidence --train", which says from what.

// Feature is one thing about a proposition that its confidence depends on: a number X or, where Level is not empty, a property
// with one of several values, for which X is 1.
type Feature struct {
	Name, Level string
	X           float64
}

// OtherLevel stands, as the level of a property, for all values that the weights do not list.
const OtherLevel = "*"

// Features returns the features of each of props, which were read from doc. It is a pure function; the last feature of each list
// is the constant 1.
func Features(doc *nlp.Document, props []Proposition) [][]Feature {
	all := make([][]Feature, len(props))
	var t *tree
	for i := range props {
		if t == nil || t.sent != props[i].Sent {
			t = newTree(doc, props[i].Sent)
		}
		all[i] = t.features(nil, &props[i])
	}
	return all
}

// features appends the features of p to f.
func (t *tree) features(f []Feature, p *Proposition) []Feature {
	is := func(name, level string) { f = append(f, Feature{name, level, 1}) }
	number := func(name string, x float64) {
		if x != 0 {
			f = append(f, Feature{name, "", x})
		}
	}
	flag := func(name string, on bool) {
		if on {
			f = append(f, Feature{name, "", 1})
		}
	}
	subject := p.Args[0].Head
	object := -1
	is("rule", p.Rule)
	is("modality", string(p.Modality))
	flag("negative", p.Polarity == Negative)
	flag("derived", p.Derived)
	flag("passive", p.Passive)
	is("arguments", strconv.Itoa(min(len(p.Args), 5)))
	second := "none"
	if len(p.Args) > 1 {
		object = p.Args[1].Head
		second = string(p.Args[1].Role)
		switch p.Args[1].Role {
		case Instrument, Topic, Purpose, Manner: // decided by the preposition, which is a feature of its own
			second = string(Oblique)
		}
		if p.Args[1].Case != "" {
			is("case", p.Args[1].Case)
		}
	}
	is("second", second)
	is("subject", t.kind(subject))
	if object >= 0 {
		is("object", t.kind(object))
	}
	pred := p.Head
	if pred >= 0 {
		is("predicate", t.Words[pred].XPOS)
		switch {
		case p.Noun:
		case p.Passive:
			is("passive predicate", t.Words[pred].XPOS)
		case t.rel(pred) != "cop":
			is("active predicate", t.Words[pred].XPOS)
		}
		flag("speech", speech[p.Lemma])
		if len(p.Words) > 0 {
			is("before predicate", t.edge(p.Words[0]-1))
			is("behind predicate", t.edge(p.Words[len(p.Words)-1]+1))
		}
		top := pred
		if t.rel(pred) == "cop" {
			top = t.Words[pred].Head
		}
		if !p.Noun {
			is("clause", t.Words[top].Deprel)
			if subject >= 0 && t.Words[subject].Head != top {
				is("subject from", t.Words[subject].Deprel) // of a clause above, an antecedent, a conjunct
			}
		}
	}

	// How sure the parser was of what holds the proposition together.
	if p.Rule != "acronym" { // spelt out by its letters, whatever the arcs
		least, label, doubt := float32(1), float32(1), 0.0
		changed := false
		arc := func(i int) {
			if t.bracketed(i) { // "three envoys (Peru, Chile, Cuba)": the brackets tell, whatever the arcs
				return
			}
			if m := t.Words[i].RelMargin; m > 0 {
				label = min(label, m)
			}
			if m := t.Words[i].ArcMargin; m > 0 {
				least = min(least, m)
				doubt -= math.Log(float64(max(m, 0.05)))
			}
			was := &t.doc.Sentences[t.sent].Words[i]
			changed = changed || was.Head != t.Words[i].Head || was.Deprel != t.Words[i].Deprel
		}
		if pred >= 0 {
			for n := range p.Args[:min(2, len(p.Args))] {
				t.path(p.Args[n].Head, pred, arc)
			}
			number("margin", float64(1-least))
			number("slack", slack(least))
			number("log margin", -math.Log(float64(max(least, 0.05))))
			if p.Noun {
				number("noun margin", float64(1-least))
			}
			number("doubt", min(doubt, 4))
			number("label", float64(1-label))
			number("log label", -math.Log(float64(max(label, 0.05))))
			if m := t.Words[pred].TagMargin; m > 0 {
				number("tag of predicate", float64(1-m))
			}
			for n := range p.Args[:min(2, len(p.Args))] {
				if h := p.Args[n].Head; h >= 0 && t.Words[h].TagMargin > 0 {
					number([2]string{"tag of subject", "tag of object"}[n], float64(1-t.Words[h].TagMargin))
				}
			}
			loose := float32(1) // a dependent that may belong elsewhere, or one that is missing
			other := float32(1) // one that may be something else
			for _, k := range t.kids[pred] {
				if m := t.Words[k].RelMargin; m > 0 && t.Words[k].UPOS != "PUNCT" {
					other = min(other, m)
				}
				if m := t.Words[k].ArcMargin; m > 0 && t.Words[k].UPOS != "PUNCT" {
					loose = min(loose, m)
				}
			}
			number("loose dependent", slack(loose))
			number("doubtful dependent", slack(other))
			if m := t.Words[pred].RelMargin; m > 0 && !p.Noun {
				number("doubtful clause", slack(m))
			}
			if m := t.Words[pred].ArcMargin; m > 0 && !p.Noun {
				number("loose clause", slack(m))
			}
		}
		flag("repaired", changed)
	}

	// What the parser's other trees say.
	for kind, name := range [...]string{lostArc: "lost", lostRelation: "lost by relation", lostSource: "lost source"} {
		number(name, min(p.lost[kind], 3))
		number("slack of "+name, math.Log1p(100*p.lost[kind]))
	}

	// Size and shape.
	long, inner := 0, float32(1)
	comma, broken, verbless := false, false, true
	for n := range p.Args {
		words := p.Args[n].Words
		long = max(long, len(words))
		for k, i := range words {
			w := &t.Words[i]
			if n < 2 && p.Args[n].Role != Clause {
				if w.ArcMargin > 0 && i != p.Args[n].Head {
					inner = min(inner, w.ArcMargin)
				}
				comma = comma || w.Form == "," || w.Form == ";" || w.Form == ":"
				verbless = verbless && w.UPOS != "VERB"
				broken = broken || k > 0 && words[k-1] != i-1
			}
		}
	}
	number("loose argument", slack(inner))
	flag("comma in argument", comma)
	flag("gap in argument", broken)
	flag("verb in argument", !verbless)
	number("longest argument", math.Log(float64(1+long)))
	number("predicate words", math.Log(float64(1+len(p.Words))))
	number("sentence words", math.Log(float64(1+len(t.Words))))
	if pred >= 0 {
		far, marks := 0, 0
		for n := range p.Args[:min(2, len(p.Args))] {
			if h := p.Args[n].Head; h >= 0 {
				far = max(far, h-pred, pred-h)
				for i := min(h, pred) + 1; i < max(h, pred); i++ {
					if t.Words[i].UPOS == "PUNCT" {
						marks++
					}
				}
			}
		}
		number("distance", math.Log(float64(1+far)))
		number("marks between", math.Log(float64(1+marks)))
		flag("subject behind", subject > pred && !p.Noun)
	}
	for n := range p.Args[:min(2, len(p.Args))] {
		if h := p.Args[n].Head; h >= 0 && (t.Words[h].Deprel == "conj" || t.child(h, "conj") >= 0) {
			is([2]string{"listed subject", "listed object"}[n], t.Words[h].UPOS)
		}
	}

	if p.Noun && subject >= 0 && object >= 0 { // "the Department of Transportation" is one name
		switch a, b := t.Words[subject].UPOS == "PROPN", t.Words[object].UPOS == "PROPN"; {
		case a && b:
			is("nouns", "both names")
		case a:
			is("nouns", "name first")
		case b:
			is("nouns", "name second")
		}
	}

	// What stands beside an argument: half of a name or a number that was cut off, a conjunction of which only one side was seen.
	for n := range p.Args[:min(2, len(p.Args))] {
		if words := p.Args[n].Words; len(words) > 0 {
			first, last := words[0]-1, words[len(words)-1]+1
			if cw := p.Args[n].CaseWords; len(cw) > 0 && cw[len(cw)-1] == first {
				first = -2
			}
			if first != -2 {
				is([2]string{"before subject", "before object"}[n], t.edge(first))
			}
			is([2]string{"behind subject", "behind object"}[n], t.edge(last))
		}
	}
	switch {
	case p.Source != nil && p.SourceSent == t.sent:
		is("source", t.kind(p.Source.Head))
	case p.Source != nil:
		is("source", "elsewhere")
	default:
		for i := range t.Words {
			if i != pred && t.Words[i].UPOS == "VERB" && speech[t.Words[i].Lemma] {
				is("source", "missing")
				break
			}
		}
	}

	// The sentence: headlines, tables and lists of figures are read badly.
	capital, digit, verb, finite := 0, 0, 0, false
	for i := range t.Words {
		w := &t.Words[i]
		switch c := w.Form[0]; {
		case c >= 'A' && c <= 'Z':
			capital++
		case c >= '0' && c <= '9':
			digit++
		}
		switch w.XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			finite = true
		}
		if w.UPOS == "VERB" {
			verb++
		}
	}
	words := float64(len(t.Words))
	number("capitals", float64(capital)/words)
	number("digits", float64(digit)/words)
	flag("no finite verb", !finite)
	flag("no full stop", t.Words[len(t.Words)-1].UPOS != "PUNCT")
	number("verbs", math.Log(float64(1+verb)))
	return append(f, Feature{"constant", "", 1})
}

// edge sorts word i as the neighbour of a phrase: a mark by its form, another word by its UPOS.
func (t *tree) edge(i int) string {
	switch {
	case i < 0 || i >= len(t.Words):
		return "none"
	case t.Words[i].UPOS == "PUNCT" || t.Words[i].UPOS == "SYM":
		return t.Words[i].Form
	}
	return t.Words[i].UPOS
}

// bracketed says whether word i stands in brackets that close behind it.
func (t *tree) bracketed(i int) bool {
	const most = 12 // words of the brackets
	open, end := i, i
	for open >= 0 && i-open < most && t.Words[open].Form != "(" {
		if t.Words[open].Form == ")" {
			return false
		}
		open--
	}
	for end < len(t.Words) && end-i < most && t.Words[end].Form != ")" {
		end++
	}
	return open >= 0 && t.Words[open].Form == "(" && end < len(t.Words) && t.Words[end].Form == ")"
}

// kind sorts word i as the head of an argument: name (by its type), other proper noun, "it", other pronoun, or its UPOS.
func (t *tree) kind(i int) string {
	if i < 0 {
		return "none"
	}
	w := &t.Words[i]
	switch {
	case w.UPOS == "PROPN" && ner(w.NER) != "":
		return ner(w.NER)
	case w.UPOS == "PRON" && w.XPOS == "PRP":
		if strings.EqualFold(w.Form, "it") {
			return "it"
		}
		return "PRP"
	}
	return w.UPOS
}

// slack stretches the doubt of a margin near 1, where most are: 0 for 1, 2.4 for 0.99, 6.9 for 0.
func slack(margin float32) float64 { return math.Log1p(1000 * float64(1-margin)) }

// path calls arc for each word whose arc lies on the way between words a and b.
func (t *tree) path(a, b int, arc func(i int)) {
	if a < 0 || b < 0 {
		return
	}
	var above [64]int // b and what is above it
	n := 0
	for i := b; i >= 0 && n < len(above); i = t.Words[i].Head {
		above[n] = i
		n++
	}
	for steps := 0; a >= 0 && steps < len(above); steps++ {
		if at := slices.Index(above[:n], a); at >= 0 {
			for _, i := range above[:at] {
				arc(i)
			}
			return
		}
		arc(a)
		a = t.Words[a].Head
	}
}

//go:embed confidence.tsv
var confidenceTSV string

// weight is that of one feature: for the confidence of a proposition, and what is added to it for that of an open extraction.
type weight struct{ confidence, open float64 }

// weights holds the weight of each feature by name and level.
type weights map[[2]string]weight

// embeddedWeights returns those of the file in this folder. A damaged file is a fault of the build.
var embeddedWeights = sync.OnceValue(func() weights {
	w, err := readWeights(confidenceTSV)
	if err != nil {
		panic("confidence.tsv: " + err.Error())
	}
	return w
})

// readWeights reads lines of NAME TAB LEVEL TAB WEIGHT TAB WEIGHT; comments begin with "#". An error names line and value.
func readWeights(text string) (weights, error) {
	w := weights{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 4 {
			return nil, fmt.Errorf("line %d: %d columns instead of 4: %q", n, len(cols), line)
		}
		var x [2]float64
		for i := range x {
			v, err := strconv.ParseFloat(cols[2+i], 64)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("line %d: weight: not a number: %q", n, cols[2+i])
			}
			x[i] = v
		}
		key := [2]string{cols[0], cols[1]}
		if _, twice := w[key]; twice {
			return nil, fmt.Errorf("line %d: %q for the second time", n, cols[:2])
		}
		w[key] = weight{x[0], x[1]}
	}
	return w, nil
}

// of returns the weight of f: of a level that is not listed that of OtherLevel, of an unknown feature 0.
func (w weights) of(f *Feature) weight {
	x, ok := w[[2]string{f.Name, f.Level}]
	if !ok && f.Level != "" {
		x = w[[2]string{f.Name, OtherLevel}]
	}
	return x
}

// leastConfidence is the least distance of a confidence from 0 and from 1.
const leastConfidence = 0.01

// confidence returns the confidence of a proposition with features f, and that of its open extraction.
func (w weights) confidence(f []Feature) (confidence, open float64) {
	for i := range f {
		x := w.of(&f[i])
		confidence += x.confidence * f[i].X
		open += x.open * f[i].X
	}
	logistic := func(sum float64) float64 {
		return min(max(1/(1+math.Exp(-sum)), leastConfidence), 1-leastConfidence)
	}
	return logistic(confidence), logistic(confidence + open)
}

// judge sets the confidence of props, given the trees of the sentences.
func judge(trees []*tree, props []Proposition) {
	w := embeddedWeights()
	f := make([]Feature, 0, 64)
	for i := range props {
		f = trees[props[i].Sent].features(f[:0], &props[i])
		props[i].Confidence, _ = w.confidence(f)
	}
}

// openConfidence returns the confidence of the open extraction of p: the probability that an annotator would have written it down.
// It ranks extractions: a possessive is seldom wrong, and seldom written down.
func (t *tree) openConfidence(p *Proposition) float64 {
	_, open := embeddedWeights().confidence(t.features(nil, p))
	return open
}
