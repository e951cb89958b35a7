package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
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
	"kg/schema"
)

func newExtractCommand(app *app) *cobra.Command {
	x := &extractor{app: app, records: map[string]bool{}}
	cmd := &cobra.Command{
		Use:   "extract [INPUT...]",
		Short: "Print what kg finds in a text, without a graph",
		Long: `Extract prints what the articles say and stores nothing. INPUT is what kg build reads; without any, standard input.

Formats:
  text    each sentence with the claims that it makes
  jsonl   one JSON object a claim; begin and end count characters of the article's text
  oie     SENTENCE TAB CONFIDENCE TAB PREDICATE TAB ARG1 TAB ARG2 …, everything that the grammar finds
  conllu  the annotation, in CoNLL-U
  events  one JSON object a coded event: source and target as state or text, CAMEO code, PLOVER type; the leading one of
          each sentence, or all with --all

With --lines a line may be a JSON object with "text" and "id". With --conllu, or for a name that ends in .conllu, the input holds
trees (UD 2 or 1), which are taken as they are.`,
		Example: `  echo 'Russia supports Syria.' | kg extract
  kg extract -f jsonl article.txt
  kg extract -f oie --lines sentences.txt`,
		RunE: func(cmd *cobra.Command, args []string) error { return x.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringVarP(&x.format, "format", "f", "text", "text, jsonl, oie, conllu or events")
	choices(cmd, "format", "text", "jsonl", "oie", "conllu", "events")
	f.StringVar(&x.args, "args", "full", "of -f oie: full (all words of each argument) or minimal (pairs of the words that name things)")
	choices(cmd, "args", "full", "minimal")
	f.BoolVar(&x.lines, "lines", false, "each line of the input is one sentence")
	f.BoolVar(&x.tokenized, "tokenized", false, "each line is one sentence, its words are parted by single blanks")
	f.BoolVar(&x.trees, "conllu", false, "the input is CoNLL-U; its trees are taken as they are")
	f.BoolVar(&x.all, "all", false, "of -f events: all events of a sentence, not only the leading one")
	f.String("language", "any", "read only articles in this language, or any")
	f.Float64("min-confidence", defaultConfig().Build.MinConfidence,
		"of -f text and jsonl: leave out claims that are less likely right than this, from 0 to 1")
	f.String("max-article", defaultConfig().Build.MaxArticle.String(), "skip larger articles")
	return cmd
}

// extractor runs kg extract.
type extractor struct {
	*app
	format    string
	args      string
	lines     bool
	tokenized bool
	trees     bool
	all       bool

	coder     *event.Coder
	records   map[string]bool // ids of articles that are records of one sentence
	annotator *nlp.Annotator
	resolver  *resolve.Resolver
	stdin     io.Reader
	out       *bufio.Writer
}

func (x *extractor) run(cmd *cobra.Command, inputs []string) (err error) {
	print, ok := map[string]func(*article.Article, *nlp.Document) error{
		"text": x.printText, "jsonl": x.printJSON, "oie": x.printOIE, "conllu": x.printCoNLLU,
		"events": x.printEvents,
	}[x.format]
	if !ok {
		return usagef("-f %q is not one of text, jsonl, oie, conllu, events", x.format)
	}
	if err := oneOf("--args", x.args, "full", "minimal"); err != nil {
		return err
	}
	if len(inputs) == 0 {
		inputs = []string{"-"}
	}
	if x.annotator, err = nlp.NewAnnotator(nlp.Options{}); err != nil {
		return fmt.Errorf("load language model: %w", err)
	}
	sch, err := x.loadSchema()
	if err != nil {
		return err
	}
	x.resolver = resolve.New(resolve.Options{Schema: sch, MinConfidence: x.config.Build.MinConfidence})
	if x.format == "events" {
		events, err := schema.LoadEvents(x.config.SchemaDir)
		if err != nil {
			return fmt.Errorf("load schema: %w", err)
		}
		x.coder = event.New(sch, events, event.Options{All: x.all})
	}
	x.stdin = cmd.InOrStdin()
	if slices.Contains(inputs, "-") {
		x.stdin = interruptible(cmd.Context(), x.stdin)
	}
	x.out = bufio.NewWriter(cmd.OutOrStdout())
	defer func() { err = errors.Join(err, x.out.Flush()) }()

	x.trees = x.trees || !slices.ContainsFunc(inputs, func(name string) bool { return !strings.HasSuffix(name, ".conllu") })
	articles := x.articles(cmd, inputs)
	if x.lines || x.tokenized || x.trees {
		articles = x.sentences(cmd, inputs)
	}
	found, skipped := 0, 0
	for it := range articles {
		switch {
		case it.Skipped != nil:
			skipped++
			fmt.Fprintf(cmd.ErrOrStderr(), "skipped %s: %s\n", it.Skipped.Source, it.Skipped.Reason)
		case it.Warning != nil:
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", it.Warning.Place, it.Warning.Message)
		default:
			found++
			docs, err := x.documents(it.Article)
			if err != nil {
				return err
			}
			for _, doc := range docs {
				if x.trees {
					it.Article.Text = doc.Text
				}
				if err := print(it.Article, doc); err != nil {
					return err
				}
			}
			if err := x.out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := cmd.Context().Err(); err != nil {
		return errors.New("interrupted")
	}
	if found == 0 && skipped > 0 {
		return errors.New("no article could be read")
	}
	return nil
}

// articles reads the inputs as kg build does.
func (x *extractor) articles(cmd *cobra.Command, inputs []string) func(func(article.Item) bool) {
	opt := article.Options{
		MaxBytes: int64(x.config.Build.MaxArticle), Stdin: x.stdin, UserAgent: x.config.Build.UserAgent, Timeout: x.config.Build.WebTimeout,
	}
	// A text that is given by hand is extracted from in whatever language it seems to be, unless the user says otherwise.
	if l := x.config.Build.Language; l != "any" && x.config.origins["build.language"] == "--language" {
		opt.Language = l
	}
	return article.Read(cmd.Context(), inputs, opt)
}

// sentences reads the inputs as plain lines, whatever they look like.
func (x *extractor) sentences(cmd *cobra.Command, inputs []string) func(func(article.Item) bool) {
	return func(yield func(article.Item) bool) {
		give := func(it article.Item) bool { return cmd.Context().Err() == nil && yield(it) }
		for _, name := range inputs {
			var raw []byte
			var err error
			if name == "-" {
				raw, err = io.ReadAll(x.stdin)
			} else {
				raw, err = os.ReadFile(name)
			}
			articles := []article.Article{{ID: name, Source: name, Text: string(raw)}}
			if err == nil && x.lines && bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
				articles, err = readRecords(name, raw)
				for i := range articles {
					x.records[articles[i].ID] = true
				}
			}
			if err != nil {
				if !give(article.Item{Skipped: &article.Skipped{Source: name, Reason: plainPath(err).Error()}}) {
					return
				}
				continue
			}
			for i := range articles {
				if !give(article.Item{Article: &articles[i]}) {
					return
				}
			}
		}
	}
}

// readRecords reads JSON lines with "text" and, where they have it, "id"; a second record of one id, which some event sets have for
// the second event of a sentence, is left out.
func readRecords(name string, raw []byte) ([]article.Article, error) {
	var records []article.Article
	seen := map[string]bool{}
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var r struct {
			ID   string  `json:"id"`
			Text *string `json:"text"`
		}
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
		if r.Text == nil {
			return nil, fmt.Errorf("%s:%d: no \"text\": %.80q", name, i+1, line)
		}
		if r.ID == "" {
			r.ID = fmt.Sprintf("%s:%d", name, i+1)
		}
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		records = append(records, article.Article{ID: r.ID, Source: name, Text: oneLine(*r.Text)})
	}
	return records, nil
}

// documents returns the article annotated; a file of trees may hold several documents.
func (x *extractor) documents(a *article.Article) ([]*nlp.Document, error) {
	if !x.trees {
		return []*nlp.Document{x.annotate(a.Text)}, nil
	}
	docs, err := readTrees(strings.NewReader(a.Text))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", a.Source, err)
	}
	return docs, nil
}

// readTrees reads CoNLL-U in the labels of UD 2 or 1.
func readTrees(r io.Reader) ([]*nlp.Document, error) {
	docs, err := nlp.ReadCoNLLU(r)
	for _, doc := range docs {
		for i := range doc.Sentences {
			doc.Sentences[i].FromUD1()
		}
	}
	return docs, err
}

func (x *extractor) annotate(text string) *nlp.Document {
	var doc *nlp.Document
	switch {
	case x.tokenized:
		doc = nlp.SplitTokens(text)
	case x.lines:
		doc = nlp.TokenizeLines(text)
	default:
		return x.annotator.Annotate(text)
	}
	x.annotator.AnnotateTokens(doc)
	return doc
}

func (x *extractor) printCoNLLU(a *article.Article, doc *nlp.Document) error {
	return nlp.WriteCoNLLU(x.out, doc)
}

// eventJSON is a coded event as kg extract -f events prints it. Source and target are CAMEO actor codes, the state with the role
// behind it, where one of them is known, else the text; a list where there are several, null where there is none.
type eventJSON struct {
	ID         string   `json:"id"`
	Source     any      `json:"source"`
	Target     any      `json:"target"`
	Code       string   `json:"code"`
	PLOVER     string   `json:"plover"`
	Text       string   `json:"text"` // the sentence
	Predicate  string   `json:"predicate"`
	SourceText []string `json:"source_text"`
	TargetText []string `json:"target_text"`
}

func newEventJSON(id string, doc *nlp.Document, e *event.Event) eventJSON {
	side := func(list []event.Actor) (any, []string) {
		codes, text := []string{}, []string{}
		for _, a := range list {
			code := a.Code()
			if code == "" {
				code = a.Text
			}
			if code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
			if a.Text != "" {
				text = append(text, a.Text)
			}
		}
		switch len(codes) {
		case 0:
			return nil, text
		case 1:
			return codes[0], text
		}
		return codes, text
	}
	sent := &doc.Sentences[e.Sent]
	j := eventJSON{ID: id, Code: e.Code, PLOVER: e.Type, Text: oneLine(doc.Text[sent.Begin:sent.End]),
		Predicate: sent.Words[e.Predicate].Form}
	j.Source, j.SourceText = side(e.Source)
	j.Target, j.TargetText = side(e.Target)
	return j
}

func (x *extractor) printEvents(a *article.Article, doc *nlp.Document) error {
	enc := json.NewEncoder(x.out)
	enc.SetEscapeHTML(false)
	for _, e := range x.coder.Code(doc, extract.Propositions(doc)) {
		sent := &doc.Sentences[e.Sent]
		id := sent.ID
		switch {
		case id != "":
		case x.records[a.ID]:
			id = a.ID
		case x.lines || x.tokenized:
			id = fmt.Sprintf("%s:%d", a.ID, 1+strings.Count(doc.Text[:sent.Begin], "\n"))
		default:
			id = fmt.Sprintf("%s#%d", a.ID, e.Sent+1)
		}
		if err := enc.Encode(newEventJSON(id, doc, &e)); err != nil {
			return err
		}
	}
	return nil
}

// printOIE prints every proposition. The sentence is the input line as it is where lines are sentences, else the sentence
// on one line.
func (x *extractor) printOIE(a *article.Article, doc *nlp.Document) error {
	props := extract.Propositions(doc)
	for i, found := range extract.OIE(doc, props, x.args == "minimal") {
		sent := &doc.Sentences[props[i].Sent]
		text := doc.Text[sent.Begin:sent.End]
		if x.lines || x.tokenized {
			text = lineAround(doc.Text, sent.Begin, sent.End)
		} else {
			text = oneLine(text)
		}
		for _, e := range found {
			fmt.Fprintf(x.out, "%s\t%s\t%s", text, strconv.FormatFloat(e.Confidence, 'f', 4, 64), oneLine(e.Predicate))
			for _, arg := range e.Args {
				fmt.Fprintf(x.out, "\t%s", oneLine(arg))
			}
			fmt.Fprintln(x.out)
		}
	}
	return nil
}

// lineAround widens the range to the line that it stands in.
func lineAround(text string, begin, end int) string {
	begin = strings.LastIndexByte(text[:begin], '\n') + 1
	if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
		end += i
	} else {
		end = len(text)
	}
	return strings.TrimSuffix(text[begin:end], "\r")
}

// oneLine replaces tabs and line breaks, which would break a table.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// claimJSON is a claim as kg extract -f jsonl prints it. Begin and End count characters of the article's text.
type claimJSON struct {
	Article    string         `json:"article"`
	Sentence   spanJSON       `json:"sentence"`
	Subject    thingJSON      `json:"subject"`
	Predicate  predicateJSON  `json:"predicate"`
	Object     thingJSON      `json:"object"`
	Arguments  []argumentJSON `json:"arguments"`
	Polarity   string         `json:"polarity"`
	Modality   string         `json:"modality"`
	Source     *sourceJSON    `json:"source"` // null: the article itself
	Time       *timeJSON      `json:"time"`   // null: not told
	Place      *sourceJSON    `json:"place"`
	Confidence float64        `json:"confidence"`
	Rule       string         `json:"rule"`
}

type spanJSON struct {
	Text  string `json:"text"`
	Begin int    `json:"begin"`
	End   int    `json:"end"`
}

type thingJSON struct {
	spanJSON
	Type string `json:"type"` // kgo:Person, or the datatype of a literal
	ID   string `json:"id"`   // empty for a literal
	// Pronoun says that the words are a pronoun: type and id are those of what it goes back to.
	Pronoun  bool          `json:"pronoun,omitempty"`
	Quantity *quantityJSON `json:"quantity,omitempty"`
}

// quantityJSON is what the words count or measure.
type quantityJSON struct {
	Value float64 `json:"value"`
	Max   float64 `json:"max,omitempty"`   // of a range
	Bound string  `json:"bound,omitempty"` // approx, least, most, more than, less than
	Unit  string  `json:"unit,omitempty"`  // noun, "%" or currency code
}

// timeJSON is when something happened: Value is a time of xsd, of TIMEX3 or an interval (see graph/doc.go).
type timeJSON struct {
	spanJSON
	Value string `json:"value"`
	Type  string `json:"type"`  // xsd:date, kgo:timex3
	Grain string `json:"grain"` // day, week, month, year
}

type predicateJSON struct {
	spanJSON
	Lemma    string `json:"lemma"`
	Relation string `json:"relation"`
}

type argumentJSON struct {
	Role string `json:"role"`
	Case string `json:"case,omitempty"`
	thingJSON
	Timex string `json:"timex,omitempty"` // TIMEX3 value of an argument that tells how long, how often or vaguely when
}

type sourceJSON struct {
	Text string `json:"text"`
	Type string `json:"type"`
	ID   string `json:"id"`
}

func (x *extractor) printJSON(a *article.Article, doc *nlp.Document) error {
	props := extract.Propositions(doc)
	rec, _ := x.resolver.Resolve(a, doc, props)
	lemmas := newLemmaIndex(doc, props)
	chars := []rune(a.Text)
	entities := make(map[graph.IRI]*graph.Entity, len(rec.Entities))
	for i := range rec.Entities {
		entities[rec.Entities[i].ID] = &rec.Entities[i]
	}
	sentences := make(map[graph.IRI]*graph.Sentence, len(rec.Sentences))
	for i := range rec.Sentences {
		sentences[rec.Sentences[i].ID] = &rec.Sentences[i]
	}
	span := func(s graph.Span, instead string) spanJSON {
		if s.Begin < s.End && s.End <= len(chars) {
			return spanJSON{string(chars[s.Begin:s.End]), s.Begin, s.End}
		}
		return spanJSON{instead, s.Begin, s.End}
	}
	phrases := newPhraseIndex(a, doc, props)
	thing := func(id graph.IRI, s graph.Span, instead string) thingJSON {
		t := phrases.thing(s)
		if e := entities[id]; e != nil {
			t.spanJSON, t.ID = span(s, e.Label), string(id)
			if len(e.Types) > 0 {
				t.Type = string(e.Types[0])
			}
			return t
		}
		t.spanJSON, t.ID = span(s, instead), string(id)
		return t
	}
	source := func(id graph.IRI) *sourceJSON {
		if id == "" {
			return nil
		}
		t := thing(id, graph.Span{}, string(id))
		return &sourceJSON{t.Text, t.Type, t.ID}
	}
	enc := json.NewEncoder(x.out)
	enc.SetEscapeHTML(false)
	for i := range rec.Claims {
		c := &rec.Claims[i]
		j := claimJSON{
			Article:   string(rec.Article.ID),
			Subject:   thing(c.Subject, c.SubjectSpan, string(c.Subject)),
			Predicate: predicateJSON{span(c.PredicateSpan, ""), lemmas.of(c), string(c.Predicate)},
			Object:    thing(c.Object.Entity, c.ObjectSpan, c.Object.Literal),
			Arguments: []argumentJSON{}, Polarity: c.Polarity, Modality: c.Modality,
			Source: source(c.AttributedTo), Place: source(c.Place), Confidence: c.Confidence, Rule: c.Rule,
		}
		if s := sentences[c.Sentence]; s != nil {
			j.Sentence = spanJSON{s.Text, s.Begin, s.End}
		}
		if c.Object.Entity == "" {
			j.Object.Type = string(c.Object.Datatype)
		}
		if c.Time != "" {
			j.Time = &timeJSON{span(c.TimeSpan, c.Time), c.Time, string(graph.TimeType(c.Time)), graph.Grain(c.Time)}
		}
		for _, arg := range c.Arguments {
			t := thing(arg.Entity, arg.Span, arg.Text)
			j.Arguments = append(j.Arguments, argumentJSON{arg.Role, arg.Case, t, phrases.timex(arg)})
		}
		if err := enc.Encode(j); err != nil {
			return err
		}
	}
	return nil
}

// phraseIndex finds what the grammar knows of the words of a claim's parts, by their characters, which the graph does not keep.
type phraseIndex struct {
	args  map[graph.Span]*extract.Argument
	times map[graph.Span]string
}

func newPhraseIndex(a *article.Article, doc *nlp.Document, props []extract.Proposition) *phraseIndex {
	x := &phraseIndex{map[graph.Span]*extract.Argument{}, map[graph.Span]string{}}
	chars := charsBefore(doc.Text)
	times := nlp.TimesOf(doc, a.Published)
	for i := range props {
		p := &props[i]
		words := doc.Sentences[p.Sent].Words
		for k := range p.Args {
			arg := &p.Args[k]
			if len(arg.Words) == 0 {
				continue
			}
			s := graph.Span{Begin: chars[words[slices.Min(arg.Words)].Begin], End: chars[words[slices.Max(arg.Words)].End]}
			if x.args[s] == nil {
				x.args[s] = arg
			}
			if arg.Role != extract.Time {
				continue
			}
			for m := range times[p.Sent] {
				if t := &times[p.Sent][m]; t.First <= arg.Head && arg.Head <= t.Last {
					v := t.Value(t.Anchor)
					x.times[s] = v.Value
				}
			}
		}
	}
	return x
}

// thing returns what the words at s are by themselves.
func (x *phraseIndex) thing(s graph.Span) (t thingJSON) {
	arg := x.args[s]
	if arg == nil {
		return t
	}
	t.Pronoun = arg.Pronoun
	if q := arg.Quantity; q != nil {
		t.Quantity = &quantityJSON{q.Value, q.Max, string(q.Bound), q.Unit}
	}
	return t
}

func (x *phraseIndex) timex(arg graph.RoleArg) string {
	if arg.Role != string(extract.Time) {
		return ""
	}
	return x.times[arg.Span]
}

// charsBefore counts the characters before each byte of text, and all of them.
func charsBefore(text string) []int {
	chars := make([]int, len(text)+1)
	for i := range len(text) {
		chars[i+1] = chars[i]
		if utf8.RuneStart(text[i]) {
			chars[i+1]++
		}
	}
	return chars
}

// lemmaIndex finds the proposition behind a claim, whose predicate's normal form the graph does not keep: by rule and first and
// last character of the predicate ("should build" and "should … sell" begin alike) or, where that is not in the text, of the
// subject.
type lemmaIndex map[lemmaKey]string

type lemmaKey struct {
	rule    string // empty for any
	subject bool   // begin is that of the subject
	begin   int
	end     int // of the predicate, 0 for any
}

func newLemmaIndex(doc *nlp.Document, props []extract.Proposition) lemmaIndex {
	x := lemmaIndex{}
	put := func(k lemmaKey, lemma string) {
		if _, there := x[k]; !there {
			x[k] = lemma
		}
	}
	chars := charsBefore(doc.Text)
	for i := range props {
		p := &props[i]
		words := doc.Sentences[p.Sent].Words
		if len(p.Words) > 0 {
			begin := chars[words[slices.Min(p.Words)].Begin]
			last := &words[slices.Max(p.Words)]
			end := chars[last.Begin] + utf8.RuneCountInString(last.Form)
			put(lemmaKey{p.Rule, false, begin, end}, p.Lemma)
			put(lemmaKey{p.Rule, false, begin, 0}, p.Lemma)
			put(lemmaKey{"", false, begin, 0}, p.Lemma)
		}
		if len(p.Args) > 0 && len(p.Args[0].Words) > 0 {
			put(lemmaKey{p.Rule, true, chars[words[slices.Min(p.Args[0].Words)].Begin], 0}, p.Lemma)
		}
	}
	return x
}

func (x lemmaIndex) of(c *graph.Claim) string {
	keys := []lemmaKey{{c.Rule, true, c.SubjectSpan.Begin, 0}}
	if c.PredicateSpan.Begin < c.PredicateSpan.End {
		begin := c.PredicateSpan.Begin
		keys = []lemmaKey{{c.Rule, false, begin, c.PredicateSpan.End}, {c.Rule, false, begin, 0}, {"", false, begin, 0}}
	}
	for _, k := range keys {
		if lemma, ok := x[k]; ok {
			return lemma
		}
	}
	_, name, _ := strings.Cut(string(c.Predicate), ":")
	return strings.TrimPrefix(name, "open/")
}

// printText prints the sentences that make claims, each with its claims below.
func (x *extractor) printText(a *article.Article, doc *nlp.Document) error {
	props := extract.Propositions(doc)
	rec, _ := x.resolver.Resolve(a, doc, props)
	labels := map[graph.IRI]string{}
	for _, e := range rec.Entities {
		labels[e.ID] = e.Label
	}
	for _, r := range rec.Relations {
		labels[r.ID] = r.Label
	}
	name := func(id graph.IRI) string {
		if l := labels[id]; l != "" {
			return l
		}
		return string(id)
	}
	title := a.Source
	if a.Title != "" {
		title += ": " + a.Title
	}
	fmt.Fprintf(x.out, "%s\n", title)
	if !a.Published.IsZero() {
		fmt.Fprintf(x.out, "published %s\n", a.Published.Format(time.DateOnly))
	}
	if len(rec.Claims) == 0 {
		fmt.Fprintf(x.out, "\nNo claims found in %d sentences.\n", len(doc.Sentences))
	}
	texts := map[graph.IRI]string{}
	for _, s := range rec.Sentences {
		texts[s.ID] = s.Text
	}
	var last graph.IRI
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if c.Sentence != last {
			fmt.Fprintf(x.out, "\n%s\n", oneLine(texts[c.Sentence]))
			last = c.Sentence
		}
		object := c.Object.Literal
		if c.Object.Entity != "" {
			object = name(c.Object.Entity)
		}
		notes := []string{}
		if c.Polarity == string(extract.Negative) {
			notes = append(notes, "denied")
		}
		if c.Modality != string(extract.Asserted) {
			notes = append(notes, c.Modality)
		}
		if c.AttributedTo != "" {
			notes = append(notes, "according to "+name(c.AttributedTo))
		}
		switch {
		case graph.Grain(c.Time) == "decade":
			notes = append(notes, c.Time+"0s")
		case c.Time != "":
			notes = append(notes, c.Time)
		}
		if c.Place != "" {
			notes = append(notes, "in "+name(c.Place))
		}
		notes = append(notes, fmt.Sprintf("%.2f", c.Confidence))
		fmt.Fprintf(x.out, "  %s — %s → %s  (%s)\n", name(c.Subject), name(c.Predicate), object, strings.Join(notes, "; "))
	}
	fmt.Fprintln(x.out)
	return nil
}
