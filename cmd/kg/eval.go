package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/event"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

// defaultData is where the evaluation data lies beside a checkout.
const defaultData = "../shared/data"

// errNoData stands in the chain of every error about evaluation data that is not there.
var errNoData = errors.New("no evaluation data (set KG_DATA or --data to its folder)")

// figure is one line of an evaluation.
type figure struct {
	Set     string `json:"set"`
	Measure string `json:"measure"`
	// Precision, Recall and F1 are shares of 1; nil where the measure has none. Value is a measure that is none of them.
	Precision *float64   `json:"precision,omitempty"`
	Recall    *float64   `json:"recall,omitempty"`
	F1        *float64   `json:"f1,omitempty"`
	Value     *float64   `json:"value,omitempty"`
	Counts    *score.PRF `json:"counts,omitempty"`
}

func counted(set, measure string, c score.PRF) figure {
	p, r, f := c.Precision(), c.Recall(), c.F1()
	return figure{Set: set, Measure: measure, Precision: &p, Recall: &r, F1: &f, Counts: &c}
}

// evaluation is what one command of eval prints.
type evaluation struct {
	Name    string   `json:"eval"`
	Note    string   `json:"note,omitempty"` // how it was measured
	Figures []figure `json:"figures"`
	Skipped []string `json:"skipped,omitempty"` // sets that are not there
	Details any      `json:"details,omitempty"`
	// Curve is the confidence-ranked curve of the measures that have one.
	Curve []curvePoint `json:"curve,omitempty"`
	// text prints Details under the table; nil for none.
	text func(w io.Writer)
}

// find returns the figure of set and measure; ok is false where there is none.
func (e *evaluation) find(set, measure string) (f figure, ok bool) {
	for _, f := range e.Figures {
		if f.Set == set && f.Measure == measure {
			return f, true
		}
	}
	return figure{}, false
}

// print writes e as a table, as JSON, or as the rows of the table in docs/QUALITY.md.
func (e *evaluation) print(w io.Writer, asJSON, asMarkdown bool) error {
	share := func(v *float64) string {
		switch {
		case v == nil:
			return ""
		case *v >= 100:
			return strconv.FormatFloat(*v, 'f', 0, 64)
		}
		return strconv.FormatFloat(*v, 'f', 4, 64)
	}
	if asMarkdown {
		for _, f := range e.Figures {
			_, err := fmt.Fprintf(w, "| `kg eval %s` | %s | %s | %s | %s | %s | %s | %s |\n", e.Name, f.Set, f.Measure,
				share(f.Precision), share(f.Recall), share(f.F1), share(f.Value), time.Now().Format(time.DateOnly))
			if err != nil {
				return err
			}
		}
		return nil
	}
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(e)
	}
	if e.Note != "" {
		fmt.Fprintf(w, "%s: %s\n", e.Name, e.Note)
	}
	rows := [][]string{{"set", "measure", "P", "R", "F1", "value", "correct", "output", "gold"}}
	for _, f := range e.Figures {
		row := []string{f.Set, f.Measure, share(f.Precision), share(f.Recall), share(f.F1), share(f.Value), "", "", ""}
		if f.Counts != nil {
			row[6], row[7], row[8] = strconv.Itoa(f.Counts.Correct), strconv.Itoa(f.Counts.Output), strconv.Itoa(f.Counts.Gold)
		}
		rows = append(rows, row)
	}
	writeTable(w, rows, 2)
	for _, s := range e.Skipped {
		fmt.Fprintf(w, "skipped %s\n", s)
	}
	if e.text != nil {
		e.text(w)
	}
	return nil
}

// writeTable writes rows under the header rows[0] in aligned columns, the first left ones to the left, the others to the
// right; a column without any value is left out.
func writeTable(w io.Writer, rows [][]string, left int) {
	var b strings.Builder
	for i, row := range rows {
		sep := ""
		for c, cell := range row {
			width, used := 0, false
			for j, r := range rows {
				width = max(width, utf8.RuneCountInString(r[c]))
				used = used || j > 0 && r[c] != ""
			}
			if !used {
				continue
			}
			b.WriteString(sep)
			sep = "  "
			if c < left {
				fmt.Fprintf(&b, "%-*s", width, cell)
			} else {
				fmt.Fprintf(&b, "%*s", width, cell)
			}
		}
		if i > 0 || sep != "" {
			b.WriteByte('\n')
		}
	}
	io.WriteString(w, b.String())
}

// evaluator runs evaluations over the data in dir. The annotator is made on first use.
type evaluator struct {
	dir       string
	schemaDir string
	annotator *nlp.Annotator
}

func (ev *evaluator) nlp() (*nlp.Annotator, error) {
	if ev.annotator == nil {
		a, err := nlp.NewAnnotator(nlp.Options{})
		if err != nil {
			return nil, fmt.Errorf("load the language model: %w", err)
		}
		ev.annotator = a
	}
	return ev.annotator, nil
}

// newEvalCommand returns "kg eval" with one subcommand for each benchmark.
func newEvalCommand(app *app) *cobra.Command {
	var data string
	var asJSON, asMarkdown bool
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure the quality of each stage against gold data",
		Long: `Measure the quality of each stage against gold data, read from $KG_DATA
(default ` + defaultData + `). Shares are of 1. A set that is not there is skipped
and named; an evaluation without any data fails.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&data, "data", "", "folder of the evaluation data (default $KG_DATA, else "+defaultData+")")
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON instead of a table")
	cmd.PersistentFlags().BoolVar(&asMarkdown, "markdown", false, "print dated rows for docs/QUALITY.md instead of a table")
	cmd.MarkFlagsMutuallyExclusive("json", "markdown")
	add := func(sub *cobra.Command, run func(ctx context.Context, ev *evaluator, args []string) (*evaluation, error)) {
		sub.RunE = func(cmd *cobra.Command, args []string) error {
			e, err := run(cmd.Context(), newEvaluator(data, app.config.SchemaDir), args)
			if err != nil {
				return err
			}
			return e.print(cmd.OutOrStdout(), asJSON, asMarkdown)
		}
		cmd.AddCommand(sub)
	}

	add(&cobra.Command{
		Use:   "parse [FILE.conllu[.gz] ...]",
		Short: "Tokens, sentences, tags, lemmas and trees against CoNLL-U",
		Long: `Tokens, sentences, tags, lemmas and trees against CoNLL-U files; without any,
EWT dev and test and GUM dev. "gold tokens" gives the annotator the words and
measures accuracy; "raw text" gives it the text alone and measures F1 as the
CoNLL 2018 shared task did. Punctuation counts. LAS wants the whole relation
label ("nsubj:pass"), LAS-universal its part before the colon. "repaired" is
the tree that the grammar reads; a second table counts the arcs that each
repair set right or broke.`,
	}, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) { return ev.parse(args) })
	add(&cobra.Command{
		Use:   "ner",
		Short: "Named entities (PER, ORG, LOC) against UNER-EWT, WikiGold and WNUT-17",
		Args:  cobra.NoArgs,
	}, func(_ context.Context, ev *evaluator, _ []string) (*evaluation, error) { return ev.ner() })

	var misses bool
	timeCmd := &cobra.Command{
		Use:   "time [FILE.conllu[.gz] ...]",
		Short: "Dates and their values against GUM",
		Long: `Time expressions that have a place on the calendar against the dates that GUM marks
(XML=<date when=…> in MISC), with the words given and the document's own date as the
date of publication; without a file, GUM dev. "spans" wants the same words, articles
and prepositions aside; "values" is the share of overlapping ones with the same days.`,
	}
	timeCmd.Flags().BoolVar(&misses, "misses", false, "list what differs")
	add(timeCmd, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.times(args, misses)
	})

	var gold, output, save string
	carb := &cobra.Command{
		Use:   "carb",
		Short: "Open information extraction against CaRB",
		Long: `Extract from the sentences of CaRB dev and score the result, or score the file
of another program: SENTENCE TAB CONFIDENCE TAB PREDICATE TAB ARG1 TAB ARG2 …`,
		Args: cobra.NoArgs,
	}
	carb.Flags().StringVar(&gold, "gold", "", "gold tuples, SENTENCE TAB PREDICATE TAB ARG1 … (default oie/carb/dev.tsv of the data)")
	carb.Flags().StringVar(&output, "output", "", "score this file instead of running the extractor")
	carb.Flags().StringVar(&save, "save", "", "write the extractions to this file")
	var curve, args string
	curveFlag := func(cmd *cobra.Command) {
		cmd.Flags().StringVar(&curve, "curve", "", "write the confidence-ranked curve to this file, tab-separated")
	}
	curveFlag(carb)
	add(carb, func(_ context.Context, ev *evaluator, _ []string) (*evaluation, error) {
		return ev.carb(gold, output, save, curve)
	})
	benchie := &cobra.Command{
		Use:   "benchie",
		Short: "Open information extraction against the facts of BenchIE",
		Long: `Extract from the sentences of BenchIE with minimal arguments and compare with the
facts: an extraction is right where its three slots are those of a triple of the
fact, word for word.`,
		Args: cobra.NoArgs,
	}
	benchie.Flags().StringVar(&gold, "gold", "", "gold facts in the notation of BenchIE (default "+benchieFile+" of the data)")
	curveFlag(benchie)
	add(benchie, func(_ context.Context, ev *evaluator, _ []string) (*evaluation, error) {
		return ev.benchie(gold, curve)
	})
	wire57 := &cobra.Command{
		Use:   "wire57",
		Short: "Open information extraction against WiRe57",
		Long: `Extract from the sentences of WiRe57, whose tokens are kept, and compare with its
tuples word by word. Words that its annotators put in may match but need not be
found; arguments may stand with their coreference resolved.`,
		Args: cobra.NoArgs,
	}
	wire57.Flags().StringVar(&gold, "gold", "", "gold tuples in the JSON of WiRe57 (default "+wire57File+" of the data)")
	wire57.Flags().StringVar(&args, "args", "full", "rendering of the arguments: full or minimal")
	choices(wire57, "args", "full", "minimal")
	curveFlag(wire57)
	add(wire57, func(_ context.Context, ev *evaluator, _ []string) (*evaluation, error) {
		if args != "full" && args != "minimal" {
			return nil, usagef("--args %q is not one of full, minimal", args)
		}
		return ev.wire57(gold, args, curve)
	})

	for _, c := range []struct{ name, short, set, words string }{
		{"plover", "Coded events (source, PLOVER type, target) against the PLOVER gold standard records",
			"events/plover-gsr", "their sentences"},
		{"petrarch", "Coded events (source, CAMEO root, target) against the PETRARCH validation records",
			"events/petrarch-validation", "the trees given with them"},
	} {
		var save string
		cmd := &cobra.Command{
			Use:   c.name + " [FOLDER ...]",
			Short: c.short,
			Long: fmt.Sprintf(`Code the leading events of the records in each FOLDER of the data (default
%s) from %s and score them as event_score.py
does: one to one in each sentence; a side that gold leaves empty is anyone.
Levels go from sent (there is an event) to triple (type and both actors).
FOLDER holds gold.jsonl or dev.jsonl or test.jsonl.`, c.set, c.words),
		}
		cmd.Flags().StringVar(&save, "save", "", "write the coded events to this file")
		add(cmd, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
			if len(args) == 0 {
				args = []string{c.set}
			}
			return ev.events(c.name, args, c.name == "petrarch", save)
		})
	}

	add(&cobra.Command{
		Use:   "seed",
		Short: "Claims of the seed page against what a careful reader takes from it",
		Args:  cobra.NoArgs,
	}, func(ctx context.Context, ev *evaluator, _ []string) (*evaluation, error) { return ev.seed(ctx) })
	add(&cobra.Command{
		Use:   "speed [INPUT ...]",
		Short: "Tokens a second of annotation and extraction",
		Long: `Tokens a second of annotation and extraction in one goroutine, over the articles
of the inputs or, without any, the first 500 of articles/reuters21578.`,
	}, func(ctx context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.speed(ctx, args)
	})
	var train string
	var sample int
	var seed uint64
	confidence := &cobra.Command{
		Use:   "confidence [INPUT ...]",
		Short: "Confidence of propositions against what is right",
		Long: `Measure how well the confidence of propositions agrees with the share of them
that is right: on treebanks, where the proposition from the gold tree is right;
on CaRB dev, where a gold tuple is; on news, where a reader judged. After a
change of the grammar learn the weights anew, at the root of the source:
    kg eval confidence --train internal/extract/confidence.tsv
Inputs are for --sample.`,
	}
	confidence.Flags().StringVar(&train, "train", "", "learn the weights anew from all sets and write them to this file")
	confidence.Flags().IntVar(&sample, "sample", 0,
		"print so many propositions of the inputs (default: news) at random that nobody has judged, and measure nothing")
	confidence.Flags().Uint64Var(&seed, "seed", 1, "of the sample")
	add(confidence, func(ctx context.Context, ev *evaluator, _ []string) (*evaluation, error) {
		return ev.confidence(ctx, train)
	})
	measure := confidence.RunE
	confidence.RunE = func(cmd *cobra.Command, args []string) error {
		if sample > 0 {
			return newEvaluator(data, app.config.SchemaDir).sampleNews(cmd.Context(), cmd.OutOrStdout(), sample, seed, args)
		}
		if len(args) > 0 {
			return usagef("inputs are for --sample only: %q", args[0])
		}
		return measure(cmd, args)
	}
	return cmd
}

func newEvaluator(data, schemaDir string) *evaluator {
	if data == "" {
		data = os.Getenv("KG_DATA")
	}
	if data == "" {
		data = defaultData
	}
	return &evaluator{dir: data, schemaDir: schemaDir}
}

// open opens a file of the data, unpacked where its name ends in ".gz".
func (ev *evaluator) open(name string) (io.ReadCloser, error) {
	f, err := openPlainOrGzip(filepath.Join(ev.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %v", errNoData, err)
	}
	return f, err
}

// newsDir holds the news stories of the data.
const newsDir = "articles/reuters21578"

func (ev *evaluator) news() (dir string, err error) {
	dir = filepath.Join(ev.dir, filepath.FromSlash(newsDir))
	if _, err := os.Stat(dir); err != nil {
		return "", fmt.Errorf("%w: %v", errNoData, err)
	}
	return dir, nil
}

type gzipFile struct {
	*gzip.Reader
	file *os.File
}

func (g gzipFile) Close() error { return errors.Join(g.Reader.Close(), g.file.Close()) }

func openPlainOrGzip(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return gzipFile{z, f}, nil
}

// over runs measure for every set that is there and lists the others as skipped; without any it fails.
func (e *evaluation) over(sets []string, measure func(set string) error) error {
	var missing error
	for _, set := range sets {
		err := measure(set)
		if errors.Is(err, errNoData) {
			if missing == nil {
				missing = err
			}
			e.Skipped = append(e.Skipped, fmt.Sprintf("%s: %v", set, err))
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", set, err)
		}
	}
	if missing != nil && len(e.Figures) == 0 {
		return missing
	}
	return nil
}

// parseSets are the treebanks that are never trained on.
var parseSets = []string{"ewt/dev", "ewt/test", "gum/dev"}

func (ev *evaluator) parse(files []string) (*evaluation, error) {
	e := &evaluation{Name: "parse", Note: "LAS with full relation labels, punctuation counted; raw text as in CoNLL 2018"}
	mends := mends{}
	e.Details = mends
	e.text = mends.print
	err := ev.treebanks(e, files, parseSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var gold, repaired score.Parse
		for _, doc := range docs {
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			p, err := score.ParseGoldTokens(doc, out)
			if err != nil {
				return err
			}
			gold.Add(p)
			fixed := mends.repair(doc, out)
			if p, err = score.ParseGoldTokens(doc, fixed); err != nil {
				return err
			}
			repaired.Add(p)
		}
		e.addParse(set+" gold tokens", &gold, false)
		e.Figures = append(e.Figures, counted(set+" repaired", "UAS", repaired.UAS), counted(set+" repaired", "LAS", repaired.LAS))
		raw, err := score.ParseRaw(docs, a.Annotate(score.RawText(docs)))
		if err != nil {
			return err
		}
		e.addParse(set+" raw text", &raw, true)
		return nil
	})
	return e, err
}

// mends counts, for each repair of extract, the arcs that it set right, the right ones that it broke, and those wrong before and after.
type mends map[string]*mend

type mend struct {
	Mended int `json:"mended"`
	Broken int `json:"broken"`
	Wrong  int `json:"wrong"`
}

// repair returns out as the grammar reads it and counts what that changes against gold.
func (m mends) repair(gold, out *nlp.Document) *nlp.Document {
	fixed := &nlp.Document{Text: out.Text, Sentences: slices.Clone(out.Sentences)}
	for i := range out.Sentences {
		by := map[int]string{}
		fixed.Sentences[i] = *extract.Repair(&out.Sentences[i], func(name string, word int) { by[word] = name })
		for word, name := range by {
			if m[name] == nil {
				m[name] = &mend{}
			}
			g, before, after := gold.Sentences[i].Words[word], out.Sentences[i].Words[word], fixed.Sentences[i].Words[word]
			was := before.Head == g.Head && before.Deprel == g.Deprel
			is := after.Head == g.Head && after.Deprel == g.Deprel
			switch {
			case is && !was:
				m[name].Mended++
			case was && !is:
				m[name].Broken++
			case !is:
				m[name].Wrong++
			}
		}
	}
	return fixed
}

func (m mends) print(w io.Writer) {
	rows := [][]string{{"repair", "mended", "broken", "wrong before and after"}}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		rows = append(rows, []string{name, strconv.Itoa(m[name].Mended), strconv.Itoa(m[name].Broken), strconv.Itoa(m[name].Wrong)})
	}
	writeTable(w, rows, 1)
}

func (e *evaluation) addParse(set string, p *score.Parse, raw bool) {
	if raw {
		e.Figures = append(e.Figures,
			counted(set, "tokens", p.Tokens), counted(set, "sentences", p.Sentences), counted(set, "words", p.Words))
	}
	e.Figures = append(e.Figures,
		counted(set, "UPOS", p.UPOS), counted(set, "XPOS", p.XPOS), counted(set, "lemma", p.Lemma),
		counted(set, "UAS", p.UAS), counted(set, "LAS", p.LAS), counted(set, "LAS-universal", p.UniversalLAS))
}

func (ev *evaluator) openTreebank(set string) (io.ReadCloser, error) {
	return ev.open("treebank/" + set + ".conllu.gz")
}

// treebanks runs measure for each of files or, without any, for those of sets that are in the data.
func (ev *evaluator) treebanks(e *evaluation, files, sets []string,
	measure func(set string, docs []*nlp.Document, a *nlp.Annotator) error) error {
	open := openPlainOrGzip
	if len(files) == 0 {
		files, open = sets, ev.openTreebank
	}
	return e.over(files, func(set string) error {
		docs, err := readTreebank(open, set)
		if err != nil {
			return err
		}
		a, err := ev.nlp()
		if err != nil {
			return err
		}
		return measure(set, docs, a)
	})
}

func readTreebank(open func(string) (io.ReadCloser, error), name string) ([]*nlp.Document, error) {
	r, err := open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return nlp.ReadCoNLLU(r)
}

// tokensOf returns doc with nothing but its text, sentences and words.
func tokensOf(doc *nlp.Document) *nlp.Document {
	out := &nlp.Document{Text: doc.Text, Sentences: make([]nlp.Sentence, len(doc.Sentences))}
	for i, sent := range doc.Sentences {
		words := make([]nlp.Word, len(sent.Words))
		for j, w := range sent.Words {
			words[j] = nlp.Word{Begin: w.Begin, End: w.End, Form: w.Form, Multi: w.Multi}
		}
		out.Sentences[i] = nlp.Sentence{Begin: sent.Begin, End: sent.End, Words: words}
	}
	return out
}

// timeSets are the documents with marked dates that nothing is tuned on.
var timeSets = []string{"gum/dev"}

func (ev *evaluator) times(files []string, misses bool) (*evaluation, error) {
	e := &evaluation{Name: "time", Note: "words given; dates that GUM marks, placed on the calendar from the date of the document"}
	var notes strings.Builder
	err := ev.treebanks(e, files, timeSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var counts score.Times
		for _, doc := range docs {
			created, _ := time.Parse(time.DateOnly, doc.Meta["dateCreated"]) // zero where there is none
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			var note func(sent int, g *score.GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue)
			if misses {
				note = func(sent int, g *score.GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue) {
					noteTime(&notes, out, created, sent, g, x, v)
				}
			}
			counts.AddTimes(out, score.GoldTimes(doc), nlp.TimesOf(out, created, 0), note)
		}
		e.Figures = append(e.Figures, counted(set, "spans", counts.Spans), counted(set, "overlapping spans", counts.Overlap),
			counted(set, "values", counts.Values))
		return nil
	})
	if misses {
		e.text = func(w io.Writer) { io.WriteString(w, notes.String()) }
	}
	return e, err
}

// noteTime writes one line about a gold date and an expression that differ.
func noteTime(w io.Writer, doc *nlp.Document, created time.Time, sent int, g *score.GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue) {
	words := doc.Sentences[sent].Words
	text := func(first, last int) string {
		return fmt.Sprintf("%q", oneLine(doc.Text[words[first].Begin:words[last].End]))
	}
	found, want := "–", "–"
	at := 0
	if x != nil {
		found = fmt.Sprintf("%s %s %s", text(x.First, x.Last), v.Value, v.Mod)
		at = x.First
	}
	if g != nil {
		want = fmt.Sprintf("%s %v", text(g.First, g.Last), g.Attrs)
		at = g.First
	}
	around := oneLine(doc.Text[words[max(0, at-6)].Begin:words[min(len(words)-1, at+6)].End])
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", created.Format(time.DateOnly), want, found, around)
}

// nerSets names the entity sets and their files.
var nerSets = []struct{ name, file string }{
	{"uner-ewt/dev", "ner/uner-ewt/dev.iob2.gz"},
	{"uner-ewt/test", "ner/uner-ewt/test.iob2.gz"},
	{"wikigold", "ner/wikigold/all.conllu.gz"},
	{"wnut17/dev", "ner/wnut17/emerging.dev.conll.gz"},
	{"wnut17/test", "ner/wnut17/emerging.test.annotated.gz"},
}

func (ev *evaluator) ner() (*evaluation, error) {
	e := &evaluation{Name: "ner", Note: "words given; an entity counts where both ends and its type (PER, ORG, LOC) are right"}
	files := make(map[string]string)
	var names []string
	for _, s := range nerSets {
		files[s.name] = s.file
		names = append(names, s.name)
	}
	err := e.over(names, func(set string) error {
		r, err := ev.open(files[set])
		if err != nil {
			return err
		}
		defer r.Close()
		sents, err := score.ReadTagged(r)
		if err != nil {
			return err
		}
		a, err := ev.nlp()
		if err != nil {
			return err
		}
		doc := taggedDocument(sents)
		a.AnnotateTokens(doc)
		counts := make(map[string]score.PRF)
		for i, sent := range sents {
			tags := make([]string, len(sent.Words))
			for j := range tags {
				tags[j] = doc.Sentences[i].Words[j].NER
			}
			score.Entities(sent.Tags, tags, counts)
		}
		total, types := score.EntityTotal(counts)
		for _, t := range types {
			e.Figures = append(e.Figures, counted(set, t, counts[t]))
		}
		e.Figures = append(e.Figures, counted(set, "all", total))
		return nil
	})
	return e, err
}

// taggedDocument lays the words out one sentence a line, a blank between words.
func taggedDocument(sents []score.TaggedSentence) *nlp.Document {
	var text strings.Builder
	doc := &nlp.Document{Sentences: make([]nlp.Sentence, len(sents))}
	for i, sent := range sents {
		words := make([]nlp.Word, len(sent.Words))
		for j, form := range sent.Words {
			words[j].Begin = text.Len()
			text.WriteString(form)
			words[j].End, words[j].Form = text.Len(), form
			text.WriteByte(' ')
		}
		doc.Sentences[i] = nlp.Sentence{Begin: words[0].Begin, End: words[len(words)-1].End, Words: words}
		text.WriteByte('\n')
	}
	doc.Text = text.String()
	return doc
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
			fmt.Fprintf(&b, "%s\t%.4f\t%s\t%s\n", doc.Text[sent.Begin:sent.End], e.Confidence, e.Predicate, strings.Join(e.Args, "\t"))
		}
	}
	return b.Bytes(), nil
}

// seedPage is the scraped page in the data, beside its expected.tsv.
const seedPage = "articles/seed/000_0df30992622a6f22.txt"

// seedRow is an expected claim and what was found for it.
type seedRow struct {
	Level    string `json:"level"`
	Expected string `json:"expected"`
	Match    string `json:"match"` // hit, near, miss
	Plain    bool   `json:"plain"` // found as a plain edge
	// Found is the claim that matches; of a miss, the nearest one. Empty for none.
	Found    string `json:"found"`
	Evidence string `json:"evidence"`
}

type seedDetails struct {
	Rows      []seedRow `json:"rows"`
	Unmatched []string  `json:"unmatched"` // claims that match no row
}

func (ev *evaluator) seed(ctx context.Context) (*evaluation, error) {
	r, err := ev.open("articles/seed/expected.tsv")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rows, err := score.ReadExpected(r)
	if err != nil {
		return nil, fmt.Errorf("expected.tsv: %w", err)
	}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	said, err := ev.statements(ctx, sch, filepath.Join(ev.dir, filepath.FromSlash(seedPage)))
	if err != nil {
		return nil, err
	}
	relations := make(map[string]score.Cues)
	for _, rel := range sch.Relations {
		relations[rel.ID] = score.Cues{Lemmas: slices.Concat(rel.Verbs, rel.Nouns), Symmetric: rel.Symmetric}
	}
	found, unmatched := score.CompareClaims(rows, said, relations)

	e := &evaluation{Name: "seed", Note: fmt.Sprintf("%d claims against %d expected ones; a near hit has the head of the expected phrase",
		len(said), len(rows))}
	details := &seedDetails{Rows: []seedRow{}, Unmatched: []string{}}
	type level struct{ exact, near, plain score.PRF }
	levels := make(map[string]*level)
	var order []string
	for _, f := range found {
		l := levels[f.Level]
		if l == nil {
			l = &level{}
			levels[f.Level] = l
			order = append(order, f.Level)
		}
		row := seedRow{Level: f.Level, Match: f.Match.String(), Evidence: f.Evidence}
		row.Expected = score.Statement{
			Subject: []string{f.Subject}, Relation: f.Relation, Object: []string{f.Object}, Polarity: f.Polarity, Modality: f.Modality,
			Speaker: slices.DeleteFunc([]string{f.Speaker}, func(s string) bool { return s == "" }),
		}.String()
		if f.Statement >= 0 {
			row.Found = said[f.Statement].String()
			row.Plain = f.Match > score.Missed && said[f.Statement].Plain
		}
		for _, c := range []*score.PRF{&l.exact, &l.near, &l.plain} {
			c.Gold++
		}
		if f.Match == score.Exact {
			l.exact.Correct++
			if row.Plain {
				l.plain.Correct++
			}
		}
		if f.Match > score.Missed {
			l.near.Correct++
		}
		details.Rows = append(details.Rows, row)
	}
	recall := func(level, measure string, c score.PRF) {
		r := c.Recall()
		c.Output = len(said)
		e.Figures = append(e.Figures, figure{Set: level, Measure: measure, Recall: &r, Counts: &c})
	}
	for _, name := range order {
		recall(name, "hit", levels[name].exact)
		recall(name, "hit or near", levels[name].near)
		recall(name, "hit as plain edge", levels[name].plain)
	}
	for _, i := range unmatched {
		details.Unmatched = append(details.Unmatched, said[i].String())
	}
	e.Details = details
	e.text = details.print
	return e, nil
}

func (d *seedDetails) print(w io.Writer) {
	for _, r := range d.Rows {
		fmt.Fprintf(w, "%-4s %-4s %s\n", r.Match, r.Level, r.Expected)
		switch {
		case r.Match == "miss" && r.Found != "":
			fmt.Fprintf(w, "          nearest: %s\n", r.Found)
		case r.Match == "near":
			fmt.Fprintf(w, "          found: %s\n", r.Found)
		}
	}
	fmt.Fprintf(w, "%d claims match no expected one:\n", len(d.Unmatched))
	for _, s := range d.Unmatched {
		fmt.Fprintf(w, "     %s\n", s)
	}
}

// statements returns what kg claims of the articles in path, with every name of the things in it.
func (ev *evaluator) statements(ctx context.Context, sch *schema.Schema, path string) ([]score.Statement, error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	resolver := resolve.New(resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence})
	var said []score.Statement
	for item := range article.Read(ctx, []string{path}, article.Options{}) {
		if item.Skipped != nil {
			return nil, fmt.Errorf("read %s: %s", item.Skipped.Source, item.Skipped.Reason)
		}
		if item.Article == nil {
			continue
		}
		doc := a.Annotate(item.Article.Text)
		rec, _ := resolver.Resolve(item.Article, doc, extract.Propositions(doc))
		names := make(map[graph.IRI][]string)
		for _, ent := range rec.Entities {
			names[ent.ID] = append([]string{ent.Label}, ent.Aliases...)
		}
		sentences := make(map[graph.IRI]string)
		for _, s := range rec.Sentences {
			sentences[s.ID] = s.Text
		}
		for i := range rec.Claims {
			c := &rec.Claims[i]
			s := score.Statement{
				Subject: names[c.Subject], Object: names[c.Object.Entity], Relation: strings.TrimPrefix(string(c.Predicate), "kgo:"),
				Polarity: c.Polarity, Modality: c.Modality, Speaker: names[c.AttributedTo], Plain: c.Plain(),
				Sentence: sentences[c.Sentence],
			}
			if c.Object.Entity == "" {
				s.Object = []string{c.Object.Literal}
			}
			said = append(said, s)
		}
	}
	return said, nil
}

// events codes the events of the sets in folders of the data and scores them.
func (ev *evaluator) events(name string, folders []string, trees bool, save string) (*evaluation, error) {
	e := &evaluation{Name: name, Note: "matched one to one in each sentence; triple: type and both actors; macro-F1 over the types"}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, fmt.Errorf("load schema: %w", err)
	}
	tables, err := schema.LoadEvents(ev.schemaDir)
	if err != nil {
		return nil, fmt.Errorf("load schema: %w", err)
	}
	scorer, err := ev.eventScorer()
	if err != nil {
		return nil, err
	}
	var saved bytes.Buffer
	err = e.over(folders, func(set string) error {
		var gold []score.EventRecord
		var err error
		for _, file := range []string{"gold.jsonl", "dev.jsonl", "test.jsonl"} {
			var r io.ReadCloser
			if r, err = ev.open(set + "/" + file); err == nil {
				gold, err = score.ReadEvents(r)
				r.Close()
				break
			}
		}
		if err != nil {
			return err
		}
		var docs []*nlp.Document
		if trees {
			docs, err = ev.treeDocuments(set + "/sentences.conllu")
		} else {
			docs, err = ev.recordDocuments(gold)
		}
		if err != nil {
			return err
		}
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		coder := event.New(sch, tables, event.Options{})
		for _, doc := range docs {
			for _, found := range coder.Code(doc, extract.Propositions(doc)) {
				if err := enc.Encode(newEventJSON(doc.Sentences[found.Sent].ID, doc, &found)); err != nil {
					return err
				}
			}
		}
		saved.Write(out.Bytes())
		found, err := score.ReadEvents(&out)
		if err != nil {
			return err
		}
		s := scorer.Score(gold, found)
		for _, l := range s.Levels {
			e.Figures = append(e.Figures, counted(set, l.Name, l.PRF))
		}
		e.Figures = append(e.Figures, figure{Set: set, Measure: "macro-F1", F1: &s.Macro})
		return nil
	})
	if err == nil && save != "" {
		err = os.WriteFile(save, saved.Bytes(), 0o644)
	}
	return e, err
}

// treeDocuments reads the trees of a file, in the labels of UD 2 or 1.
func (ev *evaluator) treeDocuments(name string) ([]*nlp.Document, error) {
	r, err := ev.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	docs, err := readTrees(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return docs, nil
}

// recordDocuments annotates the texts of records, each as one sentence that bears the id of its record.
func (ev *evaluator) recordDocuments(gold []score.EventRecord) (docs []*nlp.Document, err error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range gold {
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		doc := nlp.TokenizeLines(oneLine(r.Text))
		a.AnnotateTokens(doc)
		for i := range doc.Sentences {
			doc.Sentences[i].ID = r.ID
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// eventScorer reads the tables that gold and output are compared by.
func (ev *evaluator) eventScorer() (*score.EventScorer, error) {
	var t score.EventTables
	for name, to := range map[string]*io.Reader{
		"events/ontology/cameo_codes.tsv":             &t.Codes,
		"events/ontology/country_codes.json":          &t.Countries,
		"events/dictionaries/country_surfaces.tsv":    &t.Surfaces,
		"events/countryinfo/countryinfo_surfaces.tsv": &t.CountryInfo,
		"entities/countries.csv":                      &t.States,
		"events/dictionaries/actors.tsv":              &t.Actors,
	} {
		r, err := ev.open(name)
		if errors.Is(err, errNoData) {
			if z, zipped := ev.open(name + ".gz"); zipped == nil {
				r, err = z, nil
			}
		}
		if err != nil {
			return nil, err
		}
		defer r.Close()
		*to = r
	}
	return score.NewEventScorer(t)
}

// speedArticles is how many articles the speed is measured over where no inputs are given.
const speedArticles = 500

func (ev *evaluator) speed(ctx context.Context, inputs []string) (*evaluation, error) {
	limit := 0
	if len(inputs) == 0 {
		dir, err := ev.news()
		if err != nil {
			return nil, err
		}
		inputs, limit = []string{dir}, speedArticles
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var texts []string
	for item := range article.Read(ctx, inputs, article.Options{}) {
		if item.Article == nil {
			continue
		}
		texts = append(texts, item.Article.Text)
		if len(texts) == limit {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("no article in %s", strings.Join(inputs, ", "))
	}
	var tokens, props int
	var annotate, propose stopwatch
	for chunk := range slices.Chunk(texts, 50) {
		docs := make([]*nlp.Document, len(chunk))
		annotate.run(func() {
			for i, text := range chunk {
				docs[i] = a.Annotate(text)
			}
		})
		propose.run(func() {
			for _, doc := range docs {
				props += len(extract.Propositions(doc))
			}
		})
		for _, doc := range docs {
			for i := range doc.Sentences {
				tokens += len(doc.Sentences[i].Words)
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	set := fmt.Sprintf("%d articles", len(texts))
	var figures []figure
	for _, m := range []struct {
		stage string
		time  stopwatch
	}{{"annotate", annotate}, {"propositions", propose}, {"both", stopwatch{annotate.wall + propose.wall, annotate.cpu + propose.cpu}}} {
		rate := float64(tokens) / m.time.wall.Seconds()
		figures = append(figures, figure{Set: set, Measure: m.stage + " tokens/s", Value: &rate})
		if m.time.cpu > 0 {
			rate := float64(tokens) / m.time.cpu.Seconds()
			figures = append(figures, figure{Set: set, Measure: m.stage + " tokens/s of processor time", Value: &rate})
		}
	}
	return &evaluation{
		Name:    "speed",
		Note:    fmt.Sprintf("one goroutine, %s/%s, %d tokens, %d propositions", runtime.GOOS, runtime.GOARCH, tokens, props),
		Figures: figures,
	}, nil
}

// stopwatch sums up the time that something takes, by the clock and by the processor. The latter says more on a machine
// with other work; it counts the garbage collector's part on other cores, too.
type stopwatch struct{ wall, cpu time.Duration }

func (s *stopwatch) run(f func()) {
	wall, cpu := time.Now(), cpuTime()
	f()
	s.wall += time.Since(wall)
	s.cpu += cpuTime() - cpu
}
