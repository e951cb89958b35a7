package score

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The CaRB measure of open information extraction (Bhardwaj, Aggarwal, Mausam 2019): token overlap of predicate and
// arguments between gold tuples and extractions, precision from a one-to-one match, recall from the best match of each
// gold tuple; a curve over the confidences. CaRB(s,s) (Kolluru et al. 2020) takes the one-to-one match for recall too.
// The order of every sum, sort and tie below is part of the measure: two thresholds of equal F1 give different precision.

// Extraction is one open tuple of a sentence.
type Extraction struct {
	Predicate  string
	Args       []string
	Confidence float64 // of gold: 0
}

// Extractions holds the tuples of sentences. Sentences that differ only in blanks, brackets' escapes and ASCII
// punctuation are one; the last of them stands.
type Extractions struct {
	keys []string // in the order of first mention
	of   map[string][]Extraction
}

// Len returns the number of sentences and of tuples.
func (x *Extractions) Len() (sentences, tuples int) {
	for _, k := range x.keys {
		tuples += len(x.of[k])
	}
	return len(x.keys), tuples
}

// Keep drops the sentences that gold does not have.
func (x *Extractions) Keep(gold *Extractions) {
	x.keys = slices.DeleteFunc(x.keys, func(k string) bool {
		_, ok := gold.of[k]
		if !ok {
			delete(x.of, k)
		}
		return !ok
	})
}

// ReadCarbGold reads gold lines, SENTENCE TAB PREDICATE TAB ARG1 TAB ARG2…; arguments that hold "C: " (context) are left
// out, and so are lines without a tab.
func ReadCarbGold(r io.Reader) (*Extractions, error) {
	return readExtractions(r, func(line int, cols []string) (string, *Extraction, error) {
		if len(cols) < 2 {
			return "", nil, nil
		}
		e := &Extraction{Predicate: strip(cols[1]), Args: []string{}}
		for _, arg := range cols[2:] {
			if !strings.Contains(arg, "C: ") {
				e.Args = append(e.Args, strip(arg))
			}
		}
		return strip(cols[0]), e, nil
	})
}

// ReadCarbOutput reads lines of SENTENCE TAB CONFIDENCE TAB PREDICATE TAB ARG1 TAB ARG2…. An error names the line.
func ReadCarbOutput(r io.Reader) (*Extractions, error) {
	return readExtractions(r, func(line int, cols []string) (string, *Extraction, error) {
		if len(cols) == 1 && cols[0] == "" {
			return "", nil, nil
		}
		if len(cols) < 3 {
			return "", nil, fmt.Errorf("line %d: %d columns, at least 3 needed: %.80q", line, len(cols), strings.Join(cols, "\t"))
		}
		conf, err := strconv.ParseFloat(strip(cols[1]), 64)
		if err != nil || math.IsNaN(conf) {
			return "", nil, fmt.Errorf("line %d: confidence: not a number: %q", line, cols[1])
		}
		return cols[0], &Extraction{Predicate: cols[2], Args: cols[3:], Confidence: conf}, nil
	})
}

// readExtractions hands each line's columns to parse and gathers what comes back; a nil extraction is left out.
func readExtractions(r io.Reader, parse func(line int, cols []string) (string, *Extraction, error)) (*Extractions, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("not UTF-8")
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data))
	var sentences []string
	of := make(map[string][]Extraction)
	for i, line := range strings.Split(text, "\n") {
		sentence, e, err := parse(i+1, strings.Split(strip(line), "\t"))
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		if _, ok := of[sentence]; !ok {
			sentences = append(sentences, sentence)
		}
		of[sentence] = append(of[sentence], *e)
	}
	x := &Extractions{of: make(map[string][]Extraction)}
	for _, s := range sentences {
		k := sentenceKey(s)
		if _, ok := x.of[k]; !ok {
			x.keys = append(x.keys, k)
		}
		x.of[k] = of[s]
	}
	return x, nil
}

// bracketEscapes are taken out one after the other, in this order.
var bracketEscapes = []string{"-LRB-", "-RRB-", "-LSB-", "-RSB-", "-LCB-", "-RCB-"}

func sentenceKey(s string) string {
	s = strings.ReplaceAll(s, " ", "")
	for _, escape := range bracketEscapes {
		s = strings.ReplaceAll(s, escape, ".") // any punctuation: it goes below
	}
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			return -1
		}
		return r
	}, s)
}

// isSpace is white space as the measure's first implementation splits words: Unicode's and the separators U+001C to
// U+001F.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

func strip(s string) string    { return strings.TrimFunc(s, isSpace) }
func words(s string) []string  { return strings.FieldsFunc(s, isSpace) }
func joined(s []string) string { return strings.Join(s, " ") }

// Best returns how much of x is in the gold tuple of its sentence that it matches best, and how much of that tuple is in x, both 0
// where no tuple has a word of its predicate; ok is false where gold lacks the sentence. Best is the tuple of the highest F1.
func (gold *Extractions) Best(sentence string, x *Extraction) (precision, recall float64, ok bool) {
	tuples, ok := gold.of[sentenceKey(sentence)]
	for i := range tuples {
		if o := matchTuples(&tuples[i], x); harmonic(o.precision, o.recall) > harmonic(precision, recall) {
			precision, recall = o.precision, o.recall
		}
	}
	return precision, recall, ok
}

// CarbPoint is one point of the precision-recall curve.
type CarbPoint struct{ Precision, Recall, F1 float64 }

// CarbCurve sums up a precision-recall curve over the confidences of the output.
type CarbCurve struct {
	AUC  float64   // area under the curve
	Best CarbPoint // where F1 is highest
	All  CarbPoint // with every extraction
	// Points are all of the curve, the highest confidence first.
	Points Curve
}

// CarbScore holds the figures of an output.
type CarbScore struct {
	Carb   CarbCurve // recall by the best match of each gold tuple
	Single CarbCurve // CaRB(s,s): one-to-one for recall too
}

// Carb scores out, which should hold no sentence that gold lacks (see Keep), against gold. Without any extraction every
// figure is 0.
func Carb(gold, out *Extractions) CarbScore {
	return CarbScore{Carb: carbCurve(gold, out, false), Single: carbCurve(gold, out, true)}
}

// overlap is the match of a gold tuple with an extraction.
type overlap struct{ precision, recall float64 }

func carbCurve(gold, out *Extractions, single bool) CarbCurve {
	thresholds := []float64{}
	for _, k := range out.keys {
		for _, e := range out.of[k] {
			thresholds = append(thresholds, e.Confidence)
		}
	}
	slices.Sort(thresholds)
	thresholds = slices.Compact(thresholds)
	n := len(thresholds)
	if n == 0 {
		return CarbCurve{}
	}
	// Each sum is kept as differences between neighbouring thresholds.
	precision, extractions := make([]float64, n+1), make([]float64, n+1)
	recall, tuples := make([]float64, n+1), make([]float64, n+1)
	add := func(sum []float64, from, to int, v float64) {
		sum[from] += v
		sum[to] -= v
	}
	for _, k := range gold.keys {
		golds, outs := gold.of[k], out.of[k]
		score := make([][]overlap, len(golds))
		for i := range golds {
			score[i] = make([]overlap, len(outs))
			for j := range outs {
				score[i][j] = matchTuples(&golds[i], &outs[j])
			}
		}
		confs := make([]float64, len(outs))
		for j := range outs {
			confs[j] = outs[j].Confidence
		}
		slices.Sort(confs)
		prev := 0
		for _, conf := range slices.Compact(confs) {
			at, _ := slices.BinarySearch(thresholds, conf)
			var chosen []int
			for j := range outs {
				if outs[j].Confidence >= conf {
					chosen = append(chosen, j)
				}
			}
			var r float64
			if single {
				r = oneToOne(score, chosen, func(o overlap) float64 { return o.recall })
			} else {
				for i := range score {
					best := math.Inf(-1)
					for _, j := range chosen {
						best = max(best, score[i][j].recall)
					}
					r += best
				}
			}
			p := oneToOne(score, chosen, func(o overlap) float64 { return o.precision })
			add(precision, prev, at+1, p)
			add(extractions, prev, at+1, float64(len(chosen)))
			add(recall, prev, at+1, r)
			add(tuples, prev, at+1, float64(len(golds)))
			prev = at + 1
		}
		if prev < n {
			add(tuples, prev, n, float64(len(golds)))
		}
	}
	var curve CarbCurve
	points := make([]CarbPoint, n)
	counts := make([]int, n)
	var p, e, r, t float64
	for i := range points {
		p, e, r, t = p+precision[i], e+extractions[i], r+recall[i], t+tuples[i]
		points[i] = CarbPoint{Precision: 1}
		counts[i] = int(math.Round(e))
		if e > 0.5 { // sums of differences: never exactly 0
			points[i].Precision = p / e
		}
		if t > 0 {
			points[i].Recall = r / t
		}
		points[i].F1 = harmonic(points[i].Precision, points[i].Recall)
		if i == 0 || points[i].F1 > curve.Best.F1 {
			curve.Best = points[i]
		}
	}
	curve.All = points[0]
	for i := n - 1; i >= 0; i-- {
		curve.Points = append(curve.Points, CurvePoint{Confidence: thresholds[i], Extractions: counts[i], Precision: points[i].Precision,
			Recall: points[i].Recall, F1: points[i].F1})
	}
	for i, at := range points {
		next := CarbPoint{Precision: 1}
		if i+1 < n {
			next = points[i+1]
		}
		curve.AUC -= (next.Recall - at.Recall) * (next.Precision + at.Precision) / 2
	}
	return curve
}

// oneToOne matches each gold tuple with at most one of the chosen extractions, the best pair first, the first row and
// column where pairs are equal, and returns the sum of by over the pairs.
func oneToOne(score [][]overlap, chosen []int, by func(overlap) float64) float64 {
	type pair struct {
		score float64
		i, j  int
	}
	var pairs []pair
	for i := range score {
		for _, j := range chosen {
			pairs = append(pairs, pair{by(score[i][j]), i, j})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	rows, cols := make(map[int]bool), make(map[int]bool)
	sum := 0.0
	for _, p := range pairs {
		if rows[p.i] || cols[p.j] {
			continue
		}
		rows[p.i], cols[p.j] = true, true
		sum += p.score
		if len(rows) == min(len(score), len(chosen)) {
			break
		}
	}
	return sum
}

var sayWords = []string{"said", "told", "added", "adds", "says"}

// matchTuples compares tuples as subject, predicate and the rest; with a predicate of saying, where the speaker often
// stands last, also with the output's subject and rest exchanged.
func matchTuples(gold, out *Extraction) overlap {
	three := func(args []string) []string {
		if len(args) < 2 {
			return args
		}
		return []string{args[0], joined(args[1:])}
	}
	goldArgs, outArgs := three(gold.Args), three(out.Args)
	best := tokenOverlap(gold.Predicate, goldArgs, out.Predicate, outArgs)
	if !slices.ContainsFunc(sayWords, func(w string) bool { return strings.Contains(gold.Predicate, w) }) {
		return best
	}
	if len(outArgs) == 2 {
		outArgs = []string{outArgs[1], outArgs[0]}
	}
	turned := tokenOverlap(gold.Predicate, goldArgs, out.Predicate, outArgs)
	if turned.precision > best.precision || turned.precision == best.precision && turned.recall > best.recall {
		return turned
	}
	return best
}

var formsOfBe = map[string]bool{
	"be": true, "is": true, "am": true, "are": true, "was": true, "were": true, "been": true, "being": true,
}

// tokenOverlap is the share of the output's words that are in the gold, and of the gold's that are in the output, place
// by place. The predicates must share a word; a "be" of the output stands for any form of it. The first two places of the
// gold must be filled.
func tokenOverlap(goldPred string, goldArgs []string, outPred string, outArgs []string) overlap {
	g, o := words(goldPred), words(outPred)
	nGold, nOut := len(g), len(o)
	rest, matches := shared(g, o)
	if slices.Contains(rest, "be") && slices.ContainsFunc(g, func(w string) bool { return formsOfBe[w] }) {
		matches++
	}
	if matches == 0 {
		return overlap{}
	}
	for i, arg := range goldArgs {
		g = words(arg)
		nGold += len(g)
		if i >= len(outArgs) {
			if i < 2 {
				return overlap{}
			}
			continue
		}
		o = words(outArgs[i])
		nOut += len(o)
		_, m := shared(g, o)
		matches += m
	}
	return overlap{ratio(matches, nOut), ratio(matches, nGold)}
}

// shared counts the words of gold that are in out, each of out's used once, and returns out's others.
func shared(gold, out []string) (rest []string, matches int) {
	for _, w := range gold {
		if i := slices.Index(out, w); i >= 0 {
			matches++
			out = slices.Delete(out, i, i+1)
		}
	}
	return out, matches
}
