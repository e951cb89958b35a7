package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/score"
)

// The gold of the benchmarks in the data.
const (
	carbFile    = "oie/carb/dev.tsv"
	benchieFile = "oie/benchie/dev.txt.gz"
	wire57File  = "oie/wire57/dev.json"
)

// curvePoint is a point of a confidence-ranked curve with what was measured.
type curvePoint struct {
	Set     string `json:"set"`
	Measure string `json:"measure"`
	score.CurvePoint
}

func points(set, measure string, curve score.Curve) []curvePoint {
	list := make([]curvePoint, len(curve))
	for i, p := range curve {
		list[i] = curvePoint{set, measure, p}
	}
	return list
}

// writeCurve writes the curve to file as tab-separated columns under a header; nothing where file is empty.
func writeCurve(file string, curve []curvePoint) error {
	if file == "" {
		return nil
	}
	var b strings.Builder
	b.WriteString("set\tmeasure\tconfidence\textractions\tprecision\trecall\tf1\n")
	for _, p := range curve {
		fmt.Fprintf(&b, "%s\t%s\t%.4f\t%d\t%.4f\t%.4f\t%.4f\n",
			p.Set, p.Measure, p.Confidence, p.Extractions, p.Precision, p.Recall, p.F1)
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// curveFigures are the lines of a table for a curve: every extraction, the best point, the area.
func curveFigures(set, measure string, curve score.Curve) []figure {
	point := func(measure string, p score.CurvePoint) figure {
		return figure{Set: set, Measure: measure, Precision: &p.Precision, Recall: &p.Recall, F1: &p.F1}
	}
	auc := curve.AUC()
	return []figure{
		point(measure+" all extractions", curve.All()),
		point(measure+" best", curve.Best()),
		{Set: set, Measure: measure + " AUC", Value: &auc},
	}
}

// openGold opens a gold file of the user, or that of the data.
func (ev *evaluator) openGold(file, inData string) (io.ReadCloser, error) {
	if file == "" {
		return ev.open(inData)
	}
	return openPlainOrGzip(file)
}

// extractLines runs the extractor over sentences, each a line of words parted by blanks, and returns the extractions of each.
// A sentence does not see its neighbours.
func (ev *evaluator) extractLines(lines []string, minimal bool) ([][]score.Extraction, error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	out := make([][]score.Extraction, len(lines))
	for i, line := range lines {
		doc := nlp.SplitTokens(line)
		a.AnnotateTokens(doc)
		props := extract.Propositions(doc)
		for _, found := range extract.OIE(doc, props, minimal) {
			for _, e := range found {
				// The confidence as kg extract prints it.
				c, _ := strconv.ParseFloat(strconv.FormatFloat(e.Confidence, 'f', 4, 64), 64)
				out[i] = append(out[i], score.Extraction{Predicate: e.Predicate, Args: e.Args, Confidence: c})
			}
		}
	}
	return out, nil
}

func (ev *evaluator) carb(goldFile, outputFile, saveFile, curveFile string) (*evaluation, error) {
	gold, err := ev.carbGold(goldFile)
	if err != nil {
		return nil, err
	}
	set := "carb/dev"
	var output io.Reader
	if outputFile != "" {
		set = filepath.Base(outputFile)
		f, err := openPlainOrGzip(outputFile)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		output = f
	} else {
		extracted, err := ev.extractCarb()
		if err != nil {
			return nil, err
		}
		if saveFile != "" {
			if err := os.WriteFile(saveFile, extracted, 0o644); err != nil {
				return nil, err
			}
		}
		output = bytes.NewReader(extracted)
	}
	out, err := score.ReadCarbOutput(output)
	if err != nil {
		return nil, fmt.Errorf("read output: %w", err)
	}
	out.Keep(gold)
	s := score.Carb(gold, out)
	goldSentences, goldTuples := gold.Len()
	sentences, tuples := out.Len()
	point := func(measure string, p score.CarbPoint) figure {
		return figure{Set: set, Measure: measure, Precision: &p.Precision, Recall: &p.Recall, F1: &p.F1}
	}
	e := &evaluation{
		Name: "carb",
		Note: fmt.Sprintf("%d extractions of %d sentences against %d tuples of %d sentences",
			tuples, sentences, goldTuples, goldSentences),
		Figures: []figure{
			{Set: set, Measure: "CaRB AUC", Value: &s.Carb.AUC},
			point("CaRB best", s.Carb.Best),
			point("CaRB all extractions", s.Carb.All),
			{Set: set, Measure: "CaRB(s,s) AUC", Value: &s.Single.AUC},
			point("CaRB(s,s) best", s.Single.Best),
		},
		Curve: append(points(set, "CaRB", s.Carb.Points), points(set, "CaRB(s,s)", s.Single.Points)...),
	}
	return e, writeCurve(curveFile, e.Curve)
}

// carbGold reads a gold file of the user, or that of the data.
func (ev *evaluator) carbGold(file string) (*score.Extractions, error) {
	r, err := ev.openGold(file, carbFile)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	gold, err := score.ReadCarbGold(r)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	return gold, nil
}

// carbDocument annotates the sentences of CaRB dev, whose tokens are kept.
func (ev *evaluator) carbDocument() (*nlp.Document, error) {
	r, err := ev.open("oie/carb/dev.txt")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	doc := nlp.SplitTokens(string(bytes.TrimPrefix(text, []byte("\ufeff"))))
	a.AnnotateTokens(doc)
	return doc, nil
}

// extractCarb runs the extractor over the sentences of CaRB dev and returns tab-separated lines.
func (ev *evaluator) extractCarb() ([]byte, error) {
	doc, err := ev.carbDocument()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	props := extract.Propositions(doc)
	for i, found := range extract.OIE(doc, props, false) {
		sent := &doc.Sentences[props[i].Sent]
		for _, e := range found {
			fmt.Fprintf(&b, "%s\t%.4f\t%s\t%s\n", doc.Text[sent.Begin:sent.End], e.Confidence, e.Predicate,
				strings.Join(e.Args, "\t"))
		}
	}
	return b.Bytes(), nil
}

func (ev *evaluator) benchie(goldFile, curveFile string) (*evaluation, error) {
	r, err := ev.openGold(goldFile, benchieFile)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	gold, err := score.ReadBenchIE(r)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	lines := make([]string, len(gold))
	facts := 0
	for i := range gold {
		lines[i] = gold[i].Sentence
		facts += len(gold[i].Facts)
	}
	out, err := ev.extractLines(lines, true)
	if err != nil {
		return nil, err
	}
	set := setName(goldFile, "benchie/dev")
	curve := score.BenchIE(gold, out)
	e := &evaluation{
		Name: "benchie",
		Note: fmt.Sprintf("%d extractions with minimal arguments against %d facts of %d sentences",
			curve.All().Extractions, facts, len(gold)),
		Figures: curveFigures(set, "BenchIE", curve),
		Curve:   points(set, "BenchIE", curve),
	}
	return e, writeCurve(curveFile, e.Curve)
}

func (ev *evaluator) wire57(goldFile, args, curveFile string) (*evaluation, error) {
	r, err := ev.openGold(goldFile, wire57File)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	names, docs, err := score.ReadWire57(r)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	set := setName(goldFile, "wire57/dev")
	e := &evaluation{Name: "wire57"}
	var all []score.Wire57Gold
	var allOut [][]score.Extraction
	tuples := 0
	for i, doc := range docs {
		lines := make([]string, len(doc))
		for j := range doc {
			lines[j] = strings.Join(doc[j].Tokens, " ")
			tuples += len(doc[j].Tuples)
		}
		out, err := ev.extractLines(lines, args == "minimal")
		if err != nil {
			return nil, err
		}
		p := score.Wire57(doc, out).All()
		e.Figures = append(e.Figures, figure{Set: set + " " + names[i], Measure: "WiRe57 all extractions",
			Precision: &p.Precision, Recall: &p.Recall, F1: &p.F1})
		all, allOut = append(all, doc...), append(allOut, out...)
	}
	curve := score.Wire57(all, allOut)
	e.Note = fmt.Sprintf("%d extractions with %s arguments against %d tuples of %d sentences",
		curve.All().Extractions, args, tuples, len(all))
	e.Figures = append(e.Figures, curveFigures(set, "WiRe57", curve)...)
	e.Curve = points(set, "WiRe57", curve)
	return e, writeCurve(curveFile, e.Curve)
}

// setName names what was measured: a file of the user by its name.
func setName(file, inData string) string {
	if file == "" {
		return inData
	}
	return file
}
