package main

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kg/internal/nlp"
	"kg/internal/score"
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
	text  func(w io.Writer)
	notes strings.Builder // of what differs, printed after that
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
		return writeJSON(w, e)
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
	_, err := io.WriteString(w, e.notes.String())
	return err
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
	var trainNER, examplesNER string
	ner := &cobra.Command{
		Use:   "ner [FILE[.gz] ...]",
		Short: "Named entities (PER, ORG, LOC) against UNER-EWT, WikiGold and WNUT-17",
		Long: `Named entities against UNER-EWT, WikiGold and WNUT-17, or each FILE of tagged words
(WORD TAB TAG or NUMBER TAB WORD TAB TAG, BIO): the tags of the model and, where
"# newdoc id = ID" tells the documents, the names of the whole pipeline with the
types of what they mean. After a change of what the tagger of names sees learn its
weights anew, at the root of the source, and build again:
    kg eval ner --train internal/nlp/model/entities.bin`,
	}
	ner.Flags().StringVar(&trainNER, "train", "", "learn the weights anew from EWT, GUM, WikiGold and WNUT-17 and write them to this file")
	ner.Flags().StringVar(&examplesNER, "examples", "", "write the names of EWT and GUM train to this folder, for tools/parser, and measure nothing")
	add(ner, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		if examplesNER != "" {
			return &evaluation{}, ev.writeNames(examplesNER)
		}
		if trainNER != "" {
			if err := ev.trainNames(trainNER); err != nil {
				return nil, err
			}
		}
		return ev.ner(args)
	})

	var trainCoref string
	coref := &cobra.Command{
		Use:   "coref [FILE.conllu[.gz] ...]",
		Short: "Coreference chains against GUM",
		Long: `Chains of mentions against those that CoNLL-U marks (Entity= in MISC), with the
words given and kg's own trees and mentions; without a file, GUM dev. Chains of
one mention are left out on both sides, then counted too ("all mentions").
"exact" wants both ends of a mention, "heads" its head word. CoNLL is the mean F1
of MUC, B³ and CEAF-e. "classes" are the kinds of things that names and nouns are.
What is embedded is learnt anew from GUM train, and then measured, with

    kg eval coref --train internal/nlp/model/coref.txt`,
	}
	coref.Flags().StringVar(&trainCoref, "train", "", "learn anew from GUM train and write to this file")
	add(coref, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.coref(args, trainCoref, coref.ErrOrStderr())
	})

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
		if err := oneOf("--args", args, "full", "minimal"); err != nil {
			return nil, err
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
	re3d := &cobra.Command{
		Use:   "re3d [FOLDER ...]",
		Short: "Entities and typed relations against re3d",
		Long: `Entities with their types and typed relations between them, both found in the
text alone, against re3d (reports about Syria and Iraq). What kg's types and
relations are in the scheme of the set stands in cmd/kg/re3d.tsv. "exact" wants
both ends of every span, "overlap" a shared character, one to one. A FOLDER
(default those of kg/re3d-dev in the data) holds documents.json, entities.json
and relations.json.`,
	}
	re3d.Flags().BoolVar(&misses, "misses", false, "list what differs in the odd documents: - missed, + not in gold, ~ other ends")
	add(re3d, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.re3d(args, misses)
	})
	links := &cobra.Command{
		Use:   "links [FILE.jsonl[.gz] ...]",
		Short: "Links of names to Wikidata against News-Fair",
		Long: `Names that kg links to items of Wikidata against the annotated parts of News-Fair:
F1 of (span, item), of all items and of those that the gazetteers hold; without
coreference, and with it (pronouns and descriptions are linked too), or of each
FILE in the format of ELEVANT.`,
	}
	links.Flags().BoolVar(&misses, "misses", false, "list what differs in the odd articles")
	add(links, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.links(args, misses)
	})
	actors := &cobra.Command{
		Use:   "actors [FILE.jsonl ...]",
		Short: "The country of descriptions of actors",
		Long: `The country that kg finds for the description of an actor ("Kurdish-led Syrian
Democratic Forces"), and that it finds none where there is none. A FILE (default
entities/actor_tests.jsonl of the data) has objects with mention and country.`,
	}
	actors.Flags().BoolVar(&misses, "misses", false, "list the wrong ones of the odd rows")
	add(actors, func(_ context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.actors(args, misses)
	})
	add(&cobra.Command{
		Use:   "speed [INPUT ...]",
		Short: "Tokens a second of annotation and extraction",
		Long: `Tokens a second of annotation and extraction in one goroutine, over the articles
of the inputs or, without any, the first 500 of articles/reuters21578.`,
	}, func(ctx context.Context, ev *evaluator, args []string) (*evaluation, error) {
		return ev.speed(ctx, args)
	})
	var train string
	var trees, articles []string
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
	confidence.Flags().StringArrayVar(&trees, "trees", nil, "learn from the trees of this CoNLL-U file, too")
	confidence.Flags().StringArrayVar(&articles, "articles", nil, "learn from what was judged of these articles, too")
	confidence.Flags().IntVar(&sample, "sample", 0,
		"print so many propositions of the inputs (default: news) at random that nobody has judged, and measure nothing")
	confidence.Flags().Uint64Var(&seed, "seed", 1, "of the sample")
	add(confidence, func(ctx context.Context, ev *evaluator, _ []string) (*evaluation, error) {
		return ev.confidence(ctx, train, trees, articles)
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
	return &evaluator{dir: cmp.Or(data, os.Getenv("KG_DATA"), defaultData), schemaDir: schemaDir}
}

// open opens a file of the data, unpacked where its name ends in ".gz".
func (ev *evaluator) open(name string) (io.ReadCloser, error) {
	f, err := openPlainOrGzip(filepath.Join(ev.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %v", errNoData, err)
	}
	return f, err
}

// namedSet is a file of the data under the name that figures call it by.
type namedSet struct{ name, file string }

// sets returns the names of the sets and a function that opens one: those of the data, or files given by the user.
func (ev *evaluator) sets(files []string, data []namedSet) (names []string, open func(name string) (io.ReadCloser, error)) {
	if len(files) > 0 {
		return files, openPlainOrGzip
	}
	byName := make(map[string]string)
	for _, s := range data {
		byName[s.name] = s.file
		names = append(names, s.name)
	}
	return names, func(name string) (io.ReadCloser, error) { return ev.open(byName[name]) }
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
