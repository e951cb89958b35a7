package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
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
//     With them go, where such a file is given, those of news whose trees a larger parser made (tools/parser).
//   - carb: those of CaRB dev, right where they match a gold tuple well. They show what the grammar gets wrong, but the gold is far
//     from complete.
//   - news: those of old wire stories and newer articles that were read one by one (judged.tsv). They say what a reader would, and
//     are few.
//
// One regression learns from the trees, which are many. What it says of a proposition is one feature of a second regression, which learns
// from news and CaRB how much that tells, and what it lacks: a little for each feature, as the judged are few. What is right in CaRB and not
// in news goes into weights that CaRB has of its own beside the shared ones. The shared weights, which thus are those for news, make the
// confidence of propositions; with CaRB's own they make that of open extractions. At last both are scaled so that confidences of
// propositions that nothing was learnt from are right on average.

// judgedTSV holds what was read: the hash of a sentence, the key of a proposition in it, 1 for right and 0 for wrong, and for those that
// were drawn under earlier trees or rules "earlier". Of them those are left that are still read alike, which favours what is right: they
// have a constant of their own, and nothing is measured on them.
//
//go:embed judged.tsv
var judgedTSV string

// judgedStories lists stories of the news sample, by number, that were drawn from besides every 20th.
//
//go:embed judged_stories.txt
var judgedStories string

// labelled is a proposition of which it is known whether it is right.
type labelled struct {
	kind, set string
	sentence  uint64 // hash of its text: what is of one sentence is learnt or tested together
	features  []extract.Feature
	conf      float64 // by the embedded weights
	right     bool
	lines     [][2]string // of carb: for each extraction what stands before and behind the confidence in a line of output
}

// earlierNews is the kind of news that was judged under earlier trees.
const earlierNews = "earlier news"

// newsStep takes every 20th story of the news corpus: its propositions are what the judged ones were drawn from.
const newsStep = 20

func hashText(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, strings.Join(strings.Fields(s), " "))
	return h.Sum64()
}

// judgedKey is what judged.tsv names a proposition by: the hash of its sentence and its key there.
func judgedKey(doc *nlp.Document, p *extract.Proposition) string {
	sent := &doc.Sentences[p.Sent]
	return fmt.Sprintf("%016x\t%s", hashText(doc.Text[sent.Begin:sent.End]), score.KeyOf(p))
}

type verdict struct{ right, earlier bool }

// readJudged returns verdicts by judgedKey.
func readJudged(text string) (map[string]verdict, error) {
	verdicts := make(map[string]verdict)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		earlier := len(cols) == 4 && cols[3] == "earlier"
		if len(cols) != 3 && !earlier || cols[2] != "0" && cols[2] != "1" {
			return nil, fmt.Errorf("judged.tsv:%d: not HASH TAB KEY TAB 0 or 1, perhaps TAB earlier: %q", n, line)
		}
		verdicts[cols[0]+"\t"+cols[1]] = verdict{cols[2] == "1", earlier}
	}
	return verdicts, nil
}

// readStories reads the numbers of stories, one a line.
func readStories(text string) (map[int]bool, error) {
	stories := make(map[int]bool)
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("judged_stories.txt: not the number of a story: %q", line)
		}
		stories[n] = true
	}
	return stories, nil
}

// newsDocuments returns the articles of inputs or, without any, the stories of the news sample.
func (ev *evaluator) newsDocuments(ctx context.Context, inputs []string) ([]*nlp.Document, error) {
	step := 1
	var drawn map[int]bool
	if len(inputs) == 0 {
		dir, err := ev.news()
		if err != nil {
			return nil, err
		}
		if drawn, err = readStories(judgedStories); err != nil {
			return nil, err
		}
		inputs, step = []string{dir}, newsStep
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var docs []*nlp.Document
	n := 0
	for item := range article.Read(ctx, inputs, article.Options{}) {
		if item.Article == nil {
			continue
		}
		if n++; n%step == 0 || drawn[n] {
			docs = append(docs, a.Annotate(item.Article.Text))
		}
	}
	return docs, ctx.Err()
}

// newerDocuments returns the newer articles of which propositions were judged, as far as the data is there: the pages of the
// extraction benchmark, and of re3d and News-Fair the odd articles, which may be read.
func (ev *evaluator) newerDocuments(ctx context.Context) ([]*nlp.Document, error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var docs []*nlp.Document
	pages, err := filepath.Glob(filepath.Join(ev.dir, filepath.FromSlash("articles/extraction/html/*.gz")))
	if err != nil {
		return nil, err
	}
	for item := range article.Read(ctx, pages, article.Options{}) {
		if item.Article != nil {
			docs = append(docs, a.Annotate(item.Article.Text))
		}
	}
	texts := make(map[string]string) // of re3d, by identifier
	for _, part := range re3dParts {
		err := ev.eachJSON("kg/re3d-dev/"+part+"/documents.json", func(_ int, id, text string) { texts[id] = text })
		if err != nil {
			return nil, err
		}
	}
	for i, id := range slices.Sorted(maps.Keys(texts)) {
		if i%2 == 0 {
			docs = append(docs, a.Annotate(texts[id]))
		}
	}
	err = ev.eachJSON(linkSets[1].file, func(n int, _, text string) {
		if n%2 == 0 {
			docs = append(docs, a.Annotate(text))
		}
	})
	if err != nil {
		return nil, err
	}
	return docs, ctx.Err()
}

// eachJSON gives use the number, identifier and text of each line of a file of JSON lines; none where the file is missing.
func (ev *evaluator) eachJSON(file string, use func(n int, id, text string)) error {
	r, err := ev.open(file)
	if errors.Is(err, errNoData) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	in := json.NewDecoder(r)
	for n := 0; ; n++ {
		var line struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		switch err := in.Decode(&line); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("%s: line %d: %w", file, n+1, err)
		}
		use(n, line.ID, line.Text)
	}
}

// sampleNews prints n propositions of the inputs, by default of the news sample, at random that nobody has judged: hash, key,
// rule, how it reads, sentence.
func (ev *evaluator) sampleNews(ctx context.Context, w io.Writer, n int, seed uint64, inputs []string) error {
	verdicts, err := readJudged(judgedTSV)
	if err != nil {
		return err
	}
	docs, err := ev.newsDocuments(ctx, inputs)
	if err != nil {
		return err
	}
	var lines []string
	for _, doc := range docs {
		props := extract.Propositions(doc)
		for i := range props {
			p := &props[i]
			sent := &doc.Sentences[p.Sent]
			key := judgedKey(doc, p)
			if _, ok := verdicts[key]; ok {
				continue
			}
			text := strings.Join(strings.Fields(doc.Text[sent.Begin:sent.End]), " ")
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\n", key, p.Rule, reading(doc, p), text))
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
func labelProps(list []labelled, kind, set string, doc *nlp.Document, props []extract.Proposition,
	right func(i int) (verdict, ok bool)) []labelled {
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
		list = append(list, labelled{kind, set, hashText(doc.Text[sent.Begin:sent.End]), features[i], props[i].Confidence,
			verdict, nil})
	}
	return list
}

// labelTrees labels the propositions of a treebank or, with an open of its own, of a file of trees, which may lack lemmas and features.
func (ev *evaluator) labelTrees(open func(string) (io.ReadCloser, error), set string) ([]labelled, error) {
	docs, err := readTreebank(open, set)
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
		if len(gold.Sentences) > 0 && gold.Sentences[0].Words[0].Lemma == "" {
			a.AnnotateTrees(gold)
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
	gold, err := ev.carbGold("")
	if err != nil {
		return nil, err
	}
	doc, err := ev.carbDocument()
	if err != nil {
		return nil, err
	}
	props := extract.Propositions(doc)
	found := extract.OIE(doc, props, false)
	var of []int
	list := labelProps(nil, "carb", "carb/dev", doc, props, func(i int) (right, ok bool) {
		sent := &doc.Sentences[props[i].Sent]
		for _, e := range found[i] {
			p, r, known := gold.Best(doc.Text[sent.Begin:sent.End], &score.Extraction{Predicate: e.Predicate, Args: e.Args})
			right = right || p >= carbPrecision && r >= carbRecall
			ok = ok || known
		}
		if ok {
			of = append(of, i)
		}
		return right, ok
	})
	for n, i := range of {
		list[n].conf = found[i][0].Confidence
		sent := &doc.Sentences[props[i].Sent]
		for _, e := range found[i] {
			list[n].lines = append(list[n].lines,
				[2]string{doc.Text[sent.Begin:sent.End], e.Predicate + "\t" + strings.Join(e.Args, "\t")})
		}
	}
	return list, nil
}

// labelNews labels what was judged of the news sample, of newer articles and of further ones that are not among the data.
func (ev *evaluator) labelNews(ctx context.Context, further []string) ([]labelled, error) {
	verdicts, err := readJudged(judgedTSV)
	if err != nil {
		return nil, err
	}
	docs, err := ev.newsDocuments(ctx, nil)
	if err != nil {
		return nil, err
	}
	newer, err := ev.newerDocuments(ctx)
	if err != nil {
		return nil, err
	}
	docs = append(docs, newer...)
	if len(further) > 0 {
		more, err := ev.newsDocuments(ctx, further)
		if err != nil {
			return nil, err
		}
		docs = append(docs, more...)
	}
	var list []labelled
	for _, doc := range docs {
		props := extract.Propositions(doc)
		for _, kind := range []string{"news", earlierNews} {
			list = labelProps(list, kind, kind, doc, props, func(i int) (right, ok bool) {
				v, ok := verdicts[judgedKey(doc, &props[i])]
				return v.right, ok && v.earlier == (kind == earlierNews)
			})
		}
	}
	return list, nil
}

// labelAll returns the propositions of all sets that are there, and which are not, and of files of trees and further articles.
func (ev *evaluator) labelAll(ctx context.Context, trees, articles []string) (list []labelled, skipped []string, err error) {
	type source struct {
		set   string
		label func() ([]labelled, error)
	}
	sources := []source{{"carb/dev", ev.labelCarb}, {"news", func() ([]labelled, error) { return ev.labelNews(ctx, articles) }}}
	for _, set := range parseSets { // where the parser was trained it is surer than it is elsewhere
		sources = append(sources, source{set, func() ([]labelled, error) { return ev.labelTrees(ev.openTreebank, set) }})
	}
	for _, file := range trees {
		sources = append(sources, source{file, func() ([]labelled, error) { return ev.labelTrees(openPlainOrGzip, file) }})
	}
	var missing error
	for _, s := range sources {
		l, err := s.label()
		switch {
		case errors.Is(err, errNoData):
			missing = err
			skipped = append(skipped, fmt.Sprintf("%s: %v", s.set, err))
		case err != nil:
			return nil, nil, fmt.Errorf("%s: %w", s.set, err)
		}
		list = append(list, l...)
	}
	if len(list) == 0 && missing != nil {
		return nil, nil, missing
	}
	return list, skipped, nil
}

// confidenceFolds is the number of parts of the cross-validation.
const confidenceFolds = 5

// The penalties were chosen by the likelihood of held-out news.
const (
	leastExamples = 15   // a level of a property with fewer has no weight of its own, except for a rule
	treePenalty   = 2    // on the square of a weight by trees
	judgedPenalty = 50   // the same, of one by the judged
	carbPenalty   = 10   // the same, of one that CaRB has of its own
	freePenalty   = 1e-6 // on constants, and on how much trees tell
)

// treesSay is the feature of a judged proposition that holds its log-odds by the weights of trees.
const treesSay = "trees say"

// variable names a weight: of trees, of the judged (kind "news"), or what another kind of the judged has of its own beside it.
type variable struct{ kind, name, level string }

// confidenceModel is what was learnt: weights by variable.
type confidenceModel struct {
	listed  map[[2]string]bool // the levels of properties that have weights of their own
	weights map[variable]float64
}

// listLevels returns the levels of properties that are frequent enough in list, and all rules.
func listLevels(list []labelled) map[[2]string]bool {
	count := make(map[[2]string]int)
	for i := range list {
		for _, f := range list[i].features {
			count[[2]string{f.Name, f.Level}]++
		}
	}
	listed := make(map[[2]string]bool)
	for level, n := range count {
		if n >= leastExamples || level[0] == "rule" {
			listed[level] = true
		}
	}
	return listed
}

// each calls use for each variable that a proposition of this kind with these features has a value of.
func (m *confidenceModel) each(kind string, features []extract.Feature, use func(v variable, x float64)) {
	main := "news"
	if kind == "tree" {
		main = kind
	}
	for i := range features {
		f := &features[i]
		level := f.Level
		if level != "" && !m.listed[[2]string{f.Name, level}] {
			level = extract.OtherLevel
		}
		use(variable{main, f.Name, level}, f.X)
		if kind == "carb" || kind == earlierNews && f.Name == "constant" {
			use(variable{kind, f.Name, level}, f.X)
		}
	}
}

// features returns those of l: with what trees say, where it is no tree itself.
func (m *confidenceModel) features(l *labelled) []extract.Feature {
	if l.kind == "tree" {
		return l.features
	}
	odds := 0.0
	m.each("tree", l.features, func(v variable, x float64) { odds += m.weights[v] * x })
	return append(slices.Clone(l.features), extract.Feature{Name: treesSay, X: odds})
}

func (m *confidenceModel) logOdds(l *labelled) float64 {
	odds := 0.0
	m.each(l.kind, m.features(l), func(v variable, x float64) { odds += m.weights[v] * x })
	return odds
}

// learn learns the weights of trees and then, with what these say, those of the judged.
func learn(list []labelled) (*confidenceModel, error) {
	m := &confidenceModel{listed: listLevels(list), weights: make(map[variable]float64)}
	for _, trees := range []bool{true, false} {
		var obs []score.Observation
		var penalty []float64
		var variables []variable
		index := make(map[variable]int)
		for i := range list {
			l := &list[i]
			if l.kind == "tree" != trees {
				continue
			}
			o := score.Observation{Right: l.right, Weight: 1}
			m.each(l.kind, m.features(l), func(v variable, x float64) {
				n, ok := index[v]
				if !ok {
					n = len(variables)
					index[v] = n
					variables = append(variables, v)
					penalty = append(penalty, v.penalty())
				}
				o.Terms = append(o.Terms, score.Term{Index: n, X: x})
			})
			obs = append(obs, o)
		}
		w, err := score.FitLogistic(obs, penalty)
		if err != nil {
			return nil, fmt.Errorf("learn confidence: %w", err)
		}
		for n, v := range variables {
			m.weights[v] = w[n]
		}
	}
	return m, nil
}

func (v variable) penalty() float64 {
	switch {
	case v.name == "constant" || v.name == treesSay:
		return freePenalty
	case v.kind == "tree":
		return treePenalty
	case v.kind == "news":
		return judgedPenalty
	}
	return carbPenalty
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
		m, err := learn(rest)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].sentence%confidenceFolds == fold {
				conf[i] = 1 / (1 + math.Exp(-m.logOdds(&list[i])))
			}
		}
	}
	return conf, nil
}

// scale is how a held-out log-odds becomes a confidence that is right on average: slope·x + shift (Platt 1999). Weights fit what
// they were learnt from better than anything else, so the slope is below 1.
type scale struct{ slope, shift float64 }

func logOdds(confidence float64) float64 { return math.Log(confidence / (1 - confidence)) }

// fitScale returns the scale of the propositions of list for which use holds, with their held-out confidences; where there are
// none, one that changes nothing.
func fitScale(list []labelled, held []float64, use func(l *labelled) bool) (scale, error) {
	var obs []score.Observation
	for i := range list {
		if use(&list[i]) {
			terms := []score.Term{{Index: 0, X: logOdds(held[i])}, {Index: 1, X: 1}}
			obs = append(obs, score.Observation{Terms: terms, Right: list[i].right, Weight: 1})
		}
	}
	if len(obs) == 0 {
		return scale{1, 0}, nil
	}
	w, err := score.FitLogistic(obs, []float64{freePenalty, freePenalty})
	if err != nil {
		return scale{}, fmt.Errorf("scale confidence: %w", err)
	}
	return scale{w[0], w[1]}, nil
}

// scaled returns the held-out confidences on the scale of their kind, which is fitted to the other parts.
func scaled(list []labelled, held []float64) ([]float64, error) {
	out := make([]float64, len(held))
	for _, kind := range []string{"tree", "carb", "news"} {
		for fold := range uint64(confidenceFolds) {
			s, err := fitScale(list, held, func(l *labelled) bool { return l.kind == kind && l.sentence%confidenceFolds != fold })
			if err != nil {
				return nil, err
			}
			for i := range list {
				if list[i].kind == kind && list[i].sentence%confidenceFolds == fold {
					out[i] = 1 / (1 + math.Exp(-s.slope*logOdds(held[i])-s.shift))
				}
			}
		}
	}
	return out, nil
}

// train learns the weights from all of list, puts them on the scale of the held-out confidences, and returns them as the text of
// confidence.tsv. A rule that it does not list gets the mean of those that it does, by number of propositions.
func train(list []labelled, held []float64) ([]byte, error) {
	news, err := fitScale(list, held, func(l *labelled) bool { return l.kind == "news" })
	if err != nil {
		return nil, err
	}
	carb, err := fitScale(list, held, func(l *labelled) bool { return l.kind == "carb" })
	if err != nil {
		return nil, err
	}
	m, err := learn(list)
	if err != nil {
		return nil, err
	}
	rows := [][4]string{}
	row := func(name, level string, shared, own float64) {
		confidence, open := news.slope*shared, carb.slope*(shared+own)
		if name == "constant" {
			confidence, open = confidence+news.shift, open+carb.shift
		}
		open -= confidence
		rows = append(rows, [4]string{name, level, fmt.Sprintf("%.4f", confidence), fmt.Sprintf("%.4f", open)})
	}
	// What trees say is a sum over the same features, so that it goes into their weights.
	weight := func(kind, name, level string) float64 {
		return m.weights[variable{kind, name, level}] + m.weights[variable{kind, treesSay, ""}]*m.weights[variable{"tree", name, level}]
	}
	kinds := make(map[string]int)
	seen := make(map[[2]string]bool)
	var rule [2]float64
	for i := range list {
		kinds[list[i].kind]++
		m.each("tree", list[i].features, func(v variable, _ float64) {
			shared, own := weight("news", v.name, v.level), weight("carb", v.name, v.level)
			if v.name == "rule" {
				rule[0] += shared / float64(len(list))
				rule[1] += own / float64(len(list))
			}
			if key := [2]string{v.name, v.level}; !seen[key] {
				seen[key] = true
				row(v.name, v.level, shared, own)
			}
		})
	}
	row("rule", extract.OtherLevel, rule[0], rule[1])
	slices.SortFunc(rows, func(a, b [4]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Weights of the confidence of propositions. Columns: feature, level (%s for any that is not listed), weight, and what
# is added to it for the confidence of open extractions. Made by "kg eval confidence --train" from %d propositions of treebanks, %d of CaRB
# dev and %d of news that were judged by a reader; cmd/kg/confidence.go tells how.
`, extract.OtherLevel, kinds["tree"], kinds["carb"], kinds["news"]+kinds[earlierNews])
	for _, r := range rows {
		b.WriteString(strings.Join(r[:], "\t") + "\n")
	}
	return b.Bytes(), nil
}

// confidence measures the confidence of propositions and, where trainFile is not empty, learns the weights anew and writes them
// there. Files of trees are learnt from beside the treebanks.
func (ev *evaluator) confidence(ctx context.Context, trainFile string, trees, articles []string) (*evaluation, error) {
	list, skipped, err := ev.labelAll(ctx, trees, articles)
	if err != nil {
		return nil, err
	}
	held, err := crossValidate(list)
	if err != nil {
		return nil, err
	}
	if trainFile != "" {
		if len(skipped) > 0 {
			return nil, fmt.Errorf("learn confidence: not all sets are there: %s", strings.Join(skipped, "; "))
		}
		tsv, err := train(list, held)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(trainFile, tsv, 0o644); err != nil {
			return nil, err
		}
	}
	held, err = scaled(list, held)
	if err != nil {
		return nil, err
	}
	e := &evaluation{
		Name: "confidence", Skipped: skipped,
		Note: fmt.Sprintf("held out: by weights that were learnt without the sentence, %d parts; embedded: by those of this program, "+
			"which may have seen it", confidenceFolds),
	}
	var tables []reliability
	measure := func(kind, how string, conf func(l int) float64) error {
		var forecasts []score.Forecast
		var output strings.Builder
		for i := range list {
			if list[i].kind != kind {
				continue
			}
			forecasts = append(forecasts, score.Forecast{Confidence: conf(i), Right: list[i].right})
			for _, line := range list[i].lines {
				fmt.Fprintf(&output, "%s\t%.4f\t%s\n", line[0], conf(i), line[1])
			}
		}
		if len(forecasts) == 0 {
			return nil
		}
		set := kind + " " + how
		value := func(measure string, v float64) {
			e.Figures = append(e.Figures, figure{Set: set, Measure: measure, Value: &v})
		}
		c := score.Calibrate(forecasts, 10)
		value("propositions", float64(c.Count))
		value("right", c.Right)
		value("mean confidence", c.Confidence)
		value("Brier", c.Brier)
		value("ECE", c.ECE)
		value("AUC", c.AUC)
		tables = append(tables, reliability{set, c.Bins})
		if output.Len() == 0 {
			return nil
		}
		gold, err := ev.carbGold("")
		if err != nil {
			return err
		}
		out, err := score.ReadCarbOutput(strings.NewReader(output.String()))
		if err != nil {
			return err
		}
		out.Keep(gold)
		s := score.Carb(gold, out)
		value("CaRB AUC", s.Carb.AUC)
		value("CaRB best F1", s.Carb.Best.F1)
		return nil
	}
	for _, kind := range []string{"tree", "carb", "news"} {
		if err := measure(kind, "held out", func(i int) float64 { return held[i] }); err != nil {
			return nil, err
		}
	}
	for _, kind := range []string{"carb", "news"} { // nothing is embedded that tree has of its own
		if err := measure(kind, "embedded", func(i int) float64 { return list[i].conf }); err != nil {
			return nil, err
		}
	}
	e.Details = tables
	e.text = func(w io.Writer) { printReliability(w, tables) }
	return e, nil
}

// reliability is the reliability table of a set.
type reliability struct {
	Set  string      `json:"set"`
	Bins []score.Bin `json:"bins"`
}

func printReliability(w io.Writer, tables []reliability) {
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
