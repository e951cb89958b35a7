package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/score"
)

// Confidence is learnt from three kinds of propositions of which it is known whether they are right:
//
//   - tree: those of treebank sentences, right where the grammar reads the same from the gold tree. They are many and show what the
//     parser gets wrong, but nothing of what the grammar gets wrong.
//   - carb: those of CaRB dev, right where they match a gold tuple well. They show what the grammar gets wrong, but the gold is far
//     from complete.
//   - news: those of news stories that were read one by one (judged.tsv). They say what a reader would, and are few.
//
// One regression learns from all of them. Each kind but the news has a constant and a weight for each rule of its own beside the
// shared weights; only the shared ones, which thus are those for news, are written.

// judgedTSV holds what was read: the hash of a sentence, the key of a proposition in it, 1 for right and 0 for wrong.
//
//go:embed judged.tsv
var judgedTSV string

// labelled is a proposition of which it is known whether it is right.
type labelled struct {
	kind, set string
	sentence  uint64 // hash of its text: what is of one sentence is learnt or tested together
	features  []extract.Feature
	conf      float64 // by the embedded weights
	right     bool
}

// newsStep takes every 40th story of the news corpus: its propositions are what the judged ones were drawn from.
const newsStep = 40

const newsDir = "articles/reuters21578"

func hashText(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, strings.Join(strings.Fields(s), " "))
	return h.Sum64()
}

// readJudged returns verdicts by sentence hash and key.
func readJudged(text string) (map[string]bool, error) {
	verdicts := make(map[string]bool)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 3 || cols[2] != "0" && cols[2] != "1" {
			return nil, fmt.Errorf("judged.tsv:%d: not HASH TAB KEY TAB 0 or 1: %q", n, line)
		}
		verdicts[cols[0]+" "+cols[1]] = cols[2] == "1"
	}
	return verdicts, nil
}

// newsDocuments returns the stories of the news sample.
func (ev *evaluator) newsDocuments(ctx context.Context) ([]*nlp.Document, error) {
	dir := filepath.Join(ev.dir, filepath.FromSlash(newsDir))
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("%w: %v", errNoData, err)
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var docs []*nlp.Document
	n := 0
	for item := range article.Read(ctx, []string{dir}, article.Options{}) {
		if item.Article == nil {
			continue
		}
		if n++; n%newsStep == 0 {
			docs = append(docs, a.Annotate(item.Article.Text))
		}
	}
	return docs, ctx.Err()
}

// sampleNews prints n propositions of the news sample at random that nobody has judged: hash, key, rule, how it reads, sentence.
func (ev *evaluator) sampleNews(ctx context.Context, w io.Writer, n int, seed uint64) error {
	verdicts, err := readJudged(judgedTSV)
	if err != nil {
		return err
	}
	docs, err := ev.newsDocuments(ctx)
	if err != nil {
		return err
	}
	var lines []string
	for _, doc := range docs {
		props := extract.Propositions(doc)
		for i := range props {
			p := &props[i]
			sent := &doc.Sentences[p.Sent]
			text := strings.Join(strings.Fields(doc.Text[sent.Begin:sent.End]), " ")
			hash, key := fmt.Sprintf("%016x", hashText(text)), score.KeyOf(p).String()
			if _, ok := verdicts[hash+" "+key]; ok {
				continue
			}
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\n", hash, key, p.Rule, reading(doc, p), text))
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	for _, line := range lines[:min(n, len(lines))] {
		if _, err := io.WriteString(w, line); err != nil {
			return err
		}
	}
	return nil
}

// reading writes p for a reader: status, source, arguments by role with their prepositions.
func reading(doc *nlp.Document, p *extract.Proposition) string {
	words := func(sent int, list []int) string {
		var b strings.Builder
		for n, i := range list {
			if n > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(doc.Sentences[sent].Words[i].Form)
		}
		return b.String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s", p.Polarity, p.Modality)
	if p.Source != nil {
		fmt.Fprintf(&b, " says <%s>", words(p.SourceSent, p.Source.Words))
	}
	pred := words(p.Sent, p.Words)
	if p.Text != "" {
		pred = p.Text
	}
	fmt.Fprintf(&b, ": [%s", pred)
	if p.Noun || p.Rule == "light" {
		fmt.Fprintf(&b, " (%s)", p.Lemma)
	}
	b.WriteByte(']')
	for i := range p.Args {
		a := &p.Args[i]
		fmt.Fprintf(&b, " %s", a.Role)
		if a.Case != "" {
			fmt.Fprintf(&b, ":%s", a.Case)
		}
		fmt.Fprintf(&b, "=<%s>", words(p.Sent, a.Words))
	}
	return b.String()
}

// labelProps appends the propositions of doc for which right gives a verdict.
func labelProps(list []labelled, kind, set string, doc *nlp.Document, props []extract.Proposition, right func(i int) (verdict, ok bool)) []labelled {
	var features [][]extract.Feature
	for i := range props {
		verdict, ok := right(i)
		if !ok {
			continue
		}
		if features == nil {
			features = extract.Features(doc, props)
		}
		sent := &doc.Sentences[props[i].Sent]
		list = append(list, labelled{kind, set, hashText(doc.Text[sent.Begin:sent.End]), features[i], props[i].Confidence, verdict})
	}
	return list
}

func (ev *evaluator) labelTrees(set string) ([]labelled, error) {
	docs, err := readTreebank(func(set string) (io.ReadCloser, error) { return ev.open("treebank/" + set + ".conllu.gz") }, set)
	if err != nil {
		return nil, err
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var list []labelled
	for _, gold := range docs {
		out := tokensOf(gold)
		a.AnnotateTokens(out)
		for i := range gold.Sentences {
			for k := range gold.Sentences[i].Words { // the trees are compared, not the names
				gold.Sentences[i].Words[k].NER = out.Sentences[i].Words[k].NER
			}
		}
		props := extract.Propositions(out)
		right := score.Agreement(extract.Propositions(gold), props)
		list = labelProps(list, "tree", set, out, props, func(i int) (bool, bool) { return right[i], true })
	}
	return list, nil
}

// An extraction counts as right where so much of it is in a gold tuple and so much of that tuple is in it.
const (
	carbPrecision = 0.6
	carbRecall    = 0.4
)

func (ev *evaluator) labelCarb() ([]labelled, error) {
	r, err := ev.open("oie/carb/dev.tsv")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	gold, err := score.ReadCarbGold(r)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	doc, err := ev.carbDocument()
	if err != nil {
		return nil, err
	}
	props := extract.Propositions(doc)
	found := extract.OIE(doc, props, false)
	return labelProps(nil, "carb", "carb/dev", doc, props, func(i int) (right, ok bool) {
		if props[i].Noun {
			return false, false // the gold hardly has what nouns carry
		}
		sent := &doc.Sentences[props[i].Sent]
		for _, e := range found[i] {
			p, r, known := gold.Best(doc.Text[sent.Begin:sent.End], &score.Extraction{Predicate: e.Predicate, Args: e.Args})
			right = right || p >= carbPrecision && r >= carbRecall
			ok = ok || known
		}
		return right, ok
	}), nil
}

func (ev *evaluator) labelNews(ctx context.Context) ([]labelled, error) {
	verdicts, err := readJudged(judgedTSV)
	if err != nil {
		return nil, err
	}
	docs, err := ev.newsDocuments(ctx)
	if err != nil {
		return nil, err
	}
	var list []labelled
	for _, doc := range docs {
		props := extract.Propositions(doc)
		list = labelProps(list, "news", "news", doc, props, func(i int) (right, ok bool) {
			sent := &doc.Sentences[props[i].Sent]
			right, ok = verdicts[fmt.Sprintf("%016x %s", hashText(doc.Text[sent.Begin:sent.End]), score.KeyOf(&props[i]))]
			return right, ok
		})
	}
	return list, nil
}

// confidenceFolds is the number of parts of the cross-validation.
const confidenceFolds = 5

// trainer turns labelled propositions into observations. Variables are numbered in order of first mention.
type trainer struct {
	names   []extract.Feature // of each shared variable, X unused
	index   map[extract.Feature]int
	penalty []float64
	own     map[string]int // variables of one kind of propositions, by kind and rule
}

const (
	leastExamples  = 15   // a level of a property with fewer has no weight of its own
	sharedPenalty  = 1    // on the square of a weight: as if one proposition had been seen against it
	ownPenalty     = 0.3  // on what one kind of propositions has of its own
	freePenalty    = 1e-6 // on constants
	newsWeight     = 4    // how often a judged proposition of the news counts
	unclearPenalty = 3    // on weights of single prepositions, of which there are many
)

// newTrainer takes the variables from list.
func newTrainer(list []labelled) *trainer {
	t := &trainer{index: make(map[extract.Feature]int), own: make(map[string]int)}
	count := make(map[extract.Feature]int)
	for i := range list {
		for _, f := range list[i].features {
			f.X = 0
			count[f]++
		}
	}
	add := func(penalty float64) int {
		t.penalty = append(t.penalty, penalty)
		return len(t.penalty) - 1
	}
	for i := range list {
		for _, f := range list[i].features {
			f.X = 0
			if f.Level != "" && count[f] < leastExamples {
				f.Level = extract.OtherLevel
			}
			if _, ok := t.index[f]; ok {
				continue
			}
			penalty := float64(sharedPenalty)
			switch f.Name {
			case "constant":
				penalty = freePenalty
			case "case":
				penalty = unclearPenalty
			}
			t.index[f] = add(penalty)
			t.names = append(t.names, f)
		}
	}
	for i := range list {
		if list[i].kind == "news" {
			continue
		}
		for _, name := range list[i].ownNames() {
			if _, ok := t.own[name]; !ok {
				penalty := ownPenalty
				if name == list[i].kind {
					penalty = freePenalty
				}
				t.own[name] = add(penalty)
			}
		}
	}
	return t
}

// ownNames names the variables of the kind of l.
func (l *labelled) ownNames() []string {
	names := []string{l.kind}
	for _, f := range l.features {
		if f.Name == "rule" {
			names = append(names, l.kind+" "+f.Level)
		}
	}
	return names
}

// observation returns l as an observation; what the trainer has no variable for is left out.
func (t *trainer) observation(l *labelled) score.Observation {
	o := score.Observation{Right: l.right, Weight: 1}
	for _, f := range l.features {
		x := f.X
		f.X = 0
		i, ok := t.index[f]
		if !ok && f.Level != "" {
			f.Level = extract.OtherLevel
			i, ok = t.index[f]
		}
		if ok {
			o.Terms = append(o.Terms, score.Term{Index: i, X: x})
		}
	}
	if l.kind == "news" {
		o.Weight = newsWeight
		return o
	}
	for _, name := range l.ownNames() {
		if i, ok := t.own[name]; ok {
			o.Terms = append(o.Terms, score.Term{Index: i, X: 1})
		}
	}
	return o
}

func (t *trainer) fit(list []labelled) ([]float64, error) {
	obs := make([]score.Observation, len(list))
	for i := range list {
		obs[i] = t.observation(&list[i])
	}
	return score.FitLogistic(obs, t.penalty)
}

// crossValidate returns the confidence of each of list by weights that were learnt without its sentence, with what its kind has of
// its own.
func crossValidate(list []labelled) ([]float64, error) {
	conf := make([]float64, len(list))
	for fold := range uint64(confidenceFolds) {
		var rest []labelled
		for _, l := range list {
			if l.sentence%confidenceFolds != fold {
				rest = append(rest, l)
			}
		}
		if len(rest) == 0 {
			continue
		}
		t := newTrainer(rest)
		w, err := t.fit(rest)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].sentence%confidenceFolds == fold {
				conf[i] = score.Logistic(t.observation(&list[i]).Terms, w)
			}
		}
	}
	return conf, nil
}

// writeWeights writes the shared weights. A rule that is not among them gets the mean of those that are, by number of examples.
func (t *trainer) writeWeights(out io.Writer, list []labelled, w []float64) error {
	var b strings.Builder
	kinds := map[string]int{}
	rules, sum := 0, 0.0
	for i := range list {
		kinds[list[i].kind]++
		for _, f := range list[i].features {
			if f.Name == "rule" {
				f.X = 0
				if k, ok := t.index[f]; ok {
					rules++
					sum += w[k]
				}
			}
		}
	}
	fmt.Fprintf(&b, "# Weights of the confidence of propositions: feature, level, weight. Made by \"kg eval confidence --train\" from %d propositions of\n"+
		"# treebanks, %d of CaRB dev and %d judged ones of news; cmd/kg/confidence.go tells how. Level %s is any that is not listed.\n",
		kinds["tree"], kinds["carb"], kinds["news"], extract.OtherLevel)
	other := extract.Feature{Name: "rule", Level: extract.OtherLevel}
	lines := make(map[extract.Feature]float64)
	for _, f := range t.names {
		lines[f] = w[t.index[f]]
	}
	if rules > 0 {
		lines[other] = sum / float64(rules)
	}
	keys := slices.Collect(maps.Keys(lines))
	slices.SortFunc(keys, func(a, b extract.Feature) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Level, b.Level))
	})
	for _, f := range keys {
		fmt.Fprintf(&b, "%s\t%s\t%.4f\n", f.Name, f.Level, lines[f])
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// treeSets are treebanks that the parser was not trained on: on what it was trained on it is surer than it is elsewhere.
var treeSets = []string{"ewt/dev", "ewt/test", "gum/dev"}

// confidence measures the confidence of propositions and, where train names a file, learns the weights anew and writes them there.
func (ev *evaluator) confidence(ctx context.Context, train string) (*evaluation, error) {
	e := &evaluation{Name: "confidence"}
	var list []labelled
	take := func(set []labelled, err error) error {
		list = append(list, set...)
		return err
	}
	for _, set := range treeSets {
		if err := take(ev.labelTrees(set)); err != nil {
			return nil, fmt.Errorf("%s: %w", set, err)
		}
	}
	if err := take(ev.labelCarb()); err != nil {
		return nil, err
	}
	if err := take(ev.labelNews(ctx)); err != nil {
		return nil, err
	}
	conf, err := crossValidate(list)
	if err != nil {
		return nil, err
	}
	if train != "" {
		t := newTrainer(list)
		w, err := t.fit(list)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := t.writeWeights(&b, list, w); err != nil {
			return nil, err
		}
		if err := os.WriteFile(train, b.Bytes(), 0o644); err != nil {
			return nil, err
		}
	}

	var details []confidenceTable
	measure := func(set string, keep func(l *labelled) bool, of func(i int) float64) {
		var forecasts []score.Forecast
		for i := range list {
			if keep(&list[i]) {
				forecasts = append(forecasts, score.Forecast{Confidence: of(i), Right: list[i].right})
			}
		}
		c := score.Calibrate(forecasts, 10)
		for _, m := range []struct {
			name  string
			value float64
		}{{"propositions", float64(c.Count)}, {"right", c.Right}, {"mean confidence", c.Confidence}, {"Brier", c.Brier}, {"ECE", c.ECE}, {"AUC", c.AUC}} {
			e.Figures = append(e.Figures, figure{Set: set, Measure: m.name, Value: &m.value})
		}
		details = append(details, confidenceTable{set, c.Bins})
	}
	held := func(i int) float64 { return conf[i] }
	for _, kind := range []string{"tree", "carb", "news"} {
		measure(kind+" held out", func(l *labelled) bool { return l.kind == kind }, held)
	}
	measure("news embedded", func(l *labelled) bool { return l.kind == "news" }, func(i int) float64 { return list[i].conf })
	e.Note = fmt.Sprintf("held out: %d-fold cross-validation by sentence, each kind with a constant and rule weights of its own; embedded: the weights of this program", confidenceFolds)
	e.Details = details
	e.text = func(w io.Writer) { printReliability(w, details) }
	return e, nil
}

// confidenceTable is the reliability table of a set.
type confidenceTable struct {
	Set  string      `json:"set"`
	Bins []score.Bin `json:"bins"`
}

func printReliability(w io.Writer, tables []confidenceTable) {
	rows := [][]string{{"set", "confidence", "propositions", "mean", "right"}}
	for _, t := range tables {
		for _, b := range t.Bins {
			if b.Count > 0 {
				rows = append(rows, []string{t.Set, fmt.Sprintf("%.1f to %.1f", b.Low, b.High), strconv.Itoa(b.Count),
					fmt.Sprintf("%.3f", b.Confidence), fmt.Sprintf("%.3f", b.Right)})
			}
		}
	}
	writeTable(w, rows, 2)
}
