package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/schema"
)

func newBuildCommand(app *app) *cobra.Command {
	b := &builder{app: app}
	cmd := &cobra.Command{
		Use:   "build INPUT...",
		Short: "Read articles into the graph",
		Long: `Build reads articles, finds what they say and adds it to the graph.

INPUT is a file, a folder (read with all below it), an http or https URL of a page or a feed, or - for standard input.
Read are plain text, Markdown, HTML, JSON, JSON lines, RSS, Atom and JSON feeds, and tar, zip and gzip archives of these.
Of JSON objects it takes text (or body, content, articleBody …), title, url, published (or date, datePublished …),
publisher (or outlet, source …), language and id, whatever their case.

An article that is in the graph already is left alone; one that has changed is replaced. A build that was ended, even by
force, goes on where it was when the same command is run again.`,
		Example: `  kg build articles/
  kg build news.jsonl archive.tar.gz https://www.example.org/feed.xml
  zcat page.html.gz | kg build -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("nothing to read: name files, folders or URLs, or - for standard input")
			}
			for _, in := range args {
				if in == "-" || strings.Contains(in, "://") {
					continue
				}
				if _, err := os.Stat(in); err != nil {
					return fmt.Errorf("%s: %w", in, plainPath(err))
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return b.run(cmd, args) },
	}
	f := cmd.Flags()
	d := defaultConfig()
	f.IntP("workers", "j", d.Build.Workers, "articles annotated at the same time (0: one for each core)")
	f.String("language", d.Build.Language, "read only articles in this language, or any")
	f.String("max-article", d.Build.MaxArticle.String(), "skip larger articles")
	f.Float64("min-confidence", d.Build.MinConfidence, "leave out claims that are less likely right than this, from 0 to 1")
	f.BoolVar(&b.again, "again", false, "read articles anew that are in the graph already")
	return cmd
}

// builder runs one build.
type builder struct {
	*app
	again bool

	store     *graph.Store
	stamp     string // what, besides the article, a stored hash stands for
	resolver  *resolve.Resolver
	annotator *nlp.Annotator
	report    *report
}

// job is one thing that was read, on its way to the graph.
type job struct {
	item   article.Item
	weight int64 // of the article in the window of bytes
	// Set by the worker before done is closed. Without a doc the job needs no more than a note in the report.
	doc   *nlp.Document
	props []extract.Proposition
	// failure is a panic, which must not cost the user the articles after this one.
	failure error
	done    chan struct{}
}

// flow is the whole of the program: read articles, annotate them and find propositions, resolve, add.
//
// The reader sends each job twice: to whichever worker is free, and to the writer, which takes them in input order, so
// that the result is the same for any number of workers. The window bounds the bytes of text between the two. Each
// goroutine ends when its channel is closed or ctx is done; Wait returns when all have ended.
func (b *builder) flow(ctx context.Context, inputs []string, opt article.Options, workers int) error {
	group, ctx := errgroup.WithContext(ctx)
	window := semaphore.NewWeighted(windowBytes)
	todo := make(chan *job, workers)
	ordered := make(chan *job, windowJobs)

	group.Go(func() error {
		defer close(todo)
		defer close(ordered)
		for item := range article.Read(ctx, inputs, opt) {
			j := &job{item: item, done: make(chan struct{})}
			if a := item.Article; a == nil || b.unchanged(ctx, a) {
				close(j.done)
			} else {
				j.weight = min(int64(len(a.Text))+minWeight, windowBytes)
			}
			if err := window.Acquire(ctx, j.weight); err != nil {
				return err
			}
			if !send(ctx, ordered, j) || j.weight > 0 && !send(ctx, todo, j) {
				return ctx.Err()
			}
		}
		return ctx.Err()
	})
	for range workers {
		group.Go(func() error {
			for j := range todo {
				if ctx.Err() == nil {
					j.failure = b.guard(j, func(a *article.Article) {
						j.doc = b.annotator.Annotate(a.Text)
						j.props = extract.Propositions(j.doc)
					})
				}
				close(j.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		return (&writer{builder: b}).run(ctx, ordered, window)
	})
	return group.Wait()
}

// Bounds of what is between reader and writer. An annotated text takes about a hundred times its bytes.
const (
	windowBytes = 2 << 20
	windowJobs  = 256
	minWeight   = 2 << 10 // what an article takes besides its text
	batchClaims = 10_000  // written in one transaction; of smaller ones more is written twice, larger ones take more memory
	batchRecs   = 1000
	batchAge    = 10 * time.Second // of the oldest article in it: what is lost where the process is killed
)

// guard runs a stage on j's article and returns a panic of it as an error, having logged where it came from.
func (b *builder) guard(j *job, stage func(*article.Article)) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v (please report this)", p)
			b.log.WithFields(logrus.Fields{"input": j.item.Article.Source, "panic": p, "stack": string(debug.Stack())}).
				Error("stage failed on an article")
		}
	}()
	stage(j.item.Article)
	return nil
}

// skipped is an article that was read but is left out.
func skipped(a *article.Article, kind string, err error) article.Item {
	return article.Item{Skipped: &article.Skipped{Source: a.Source, Kind: kind, Reason: kind + ": " + err.Error()}}
}

func send(ctx context.Context, ch chan<- *job, j *job) bool {
	select {
	case ch <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

func wait(ctx context.Context, done <-chan struct{}) bool {
	select {
	case <-done:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// unchanged says whether the graph holds a just as it is.
func (b *builder) unchanged(ctx context.Context, a *article.Article) bool {
	if b.again {
		return false
	}
	hash, ok, err := b.store.ArticleHash(ctx, articleIRI(a))
	return err == nil && ok && hash == a.Hash+b.stamp // an error comes again, and is told, when the article is added
}

func articleIRI(a *article.Article) graph.IRI { return graph.IRI("kg:article/" + a.ID) }

// schemaStamp is a hash of the user's own schema without its relations, and of his own gazetteers; empty without one: with other types
// or names every article says something else and has to be read anew; claims follow other relations without that (relate).
func schemaStamp(dir string, own []string) (string, error) {
	var files []string
	if dir != "" {
		var err error
		if files, err = filepath.Glob(filepath.Join(dir, "*.tsv")); err != nil {
			return "", err
		}
	}
	files = slices.DeleteFunc(files, func(name string) bool { return filepath.Base(name) == "relations.tsv" })
	files = append(files, own...)
	if len(files) == 0 {
		return "", nil
	}
	h := sha256.New()
	for _, name := range files { // sorted by Glob
		data, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", filepath.Base(name), len(data))
		h.Write(data)
	}
	return "-" + hex.EncodeToString(h.Sum(nil)[:4]), nil
}

// writer resolves articles in input order and adds them in batches.
type writer struct {
	*builder
	batch  []*graph.Record
	claims int
	due    <-chan time.Time // when the batch is to be added, however few it has
}

// run takes jobs until there are no more or ctx ends.
func (w *writer) run(ctx context.Context, jobs <-chan *job, window *semaphore.Weighted) error {
	for {
		select {
		case j, ok := <-jobs:
			if !ok || !wait(ctx, j.done) {
				return w.flush(ctx)
			}
			if err := w.take(ctx, j); err != nil {
				return err
			}
			window.Release(j.weight)
		case <-w.due:
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
}

func (w *writer) take(ctx context.Context, j *job) error {
	a := j.item.Article
	if j.failure == nil && (a == nil || j.doc == nil) {
		w.report.note(j.item)
		return nil
	}
	var rec *graph.Record
	var dropped []resolve.Dropped
	if j.failure == nil {
		j.failure = w.guard(j, func(a *article.Article) { rec, dropped = w.resolver.Resolve(a, j.doc, j.props) })
	}
	if j.failure != nil {
		w.report.note(skipped(a, "kg failed on it", j.failure))
		return nil
	}
	rec.Article.Hash += w.stamp
	if !w.config.Store.Text {
		rec.Text = ""
	}
	w.report.annotated(j.doc, rec, dropped)
	if !utf8.ValidString(a.Text) {
		replaceInvalid(rec)
	}
	if err := rec.Check(); err != nil {
		w.report.note(skipped(a, "cannot be stored", err))
		return nil
	}
	if w.again {
		if _, err := w.store.Delete(ctx, rec.Article.ID); err != nil {
			return fmt.Errorf("replace %s: %w", a.Source, err)
		}
	}
	if w.batch = append(w.batch, rec); len(w.batch) == 1 {
		w.due = time.After(batchAge)
	}
	if w.claims += len(rec.Claims); w.claims >= batchClaims || len(w.batch) >= batchRecs {
		return w.flush(ctx)
	}
	return nil
}

// replaceInvalid puts U+FFFD for every byte of rec's texts that is no UTF-8, which RDF cannot hold. A byte is a character
// to all counts here, so that offsets stay right.
func replaceInvalid(rec *graph.Record) {
	fix := func(s *string) {
		if !utf8.ValidString(*s) {
			*s = string([]rune(*s))
		}
	}
	fix(&rec.Article.Headline)
	fix(&rec.Article.Publisher)
	fix(&rec.Text)
	for i := range rec.Sentences {
		fix(&rec.Sentences[i].Text)
	}
	for i := range rec.Entities {
		fix(&rec.Entities[i].Label)
		for k := range rec.Entities[i].Aliases {
			fix(&rec.Entities[i].Aliases[k])
		}
	}
	for i := range rec.Relations {
		fix(&rec.Relations[i].Label)
	}
	for i := range rec.Claims {
		fix(&rec.Claims[i].Object.Literal)
		for k := range rec.Claims[i].Arguments {
			fix(&rec.Claims[i].Arguments[k].Text)
		}
	}
}

// flush adds the batch, also when ctx has ended: what was resolved is not thrown away by an interrupt.
func (w *writer) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	done, err := w.store.Add(context.WithoutCancel(ctx), w.batch...)
	if err != nil {
		return fmt.Errorf("add %d articles to %s: %w", len(w.batch), w.config.Store.Path, err)
	}
	w.report.stored(done, w.batch)
	w.batch, w.claims, w.due = nil, 0, nil
	return nil
}

// identify has rules judge which names of all articles mean one thing, unless they have judged these articles before.
func (b *builder) identify(ctx context.Context, sch *schema.Schema) error {
	defer lean()()
	started := time.Now()
	stamp := "rules " + resolve.IdentityVersion + b.stamp
	if have, err := b.store.RulesStamp(ctx); err != nil || have == stamp {
		return err
	}
	names, err := b.store.Names(ctx)
	if err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	judgements := resolve.Identify(sch, names)
	done, err := b.store.SetRules(ctx, judgements, stamp)
	if err != nil {
		return fmt.Errorf("merge names: %w", err)
	}
	b.report.identified(time.Since(started), names, judgements, done)
	return nil
}

// run prepares the stages, runs the flow and tells what came of it.
func (b *builder) run(cmd *cobra.Command, inputs []string) (err error) {
	ctx := cmd.Context()
	cfg := b.config
	sch, err := b.loadSchema()
	if err != nil {
		return err
	}
	if b.stamp, err = schemaStamp(cfg.SchemaDir, cfg.Build.Gazetteers); err != nil {
		return fmt.Errorf("load schema: %w", err)
	}
	if least := cfg.Build.MinConfidence; least != resolve.DefaultMinConfidence {
		b.stamp += "-" + strconv.FormatFloat(least, 'g', -1, 64)
	}
	if !cfg.Store.Text {
		b.stamp += "-notext" // so that a build takes out texts that an earlier one has kept
	}
	if b.annotator, err = nlp.NewAnnotator(nlp.Options{}); err != nil {
		return fmt.Errorf("load language model: %w", err)
	}
	if b.store, err = b.openStore(false); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.store.Close()) }()
	// Before new articles come in: these follow the schema anyway.
	if _, err := relate(ctx, b.store, sch); err != nil {
		return fmt.Errorf("resolve relations of %s: %w", cfg.Store.Path, err)
	}
	events, err := schema.LoadEvents(cfg.SchemaDir)
	if err != nil {
		return fmt.Errorf("load schema: %w", err)
	}
	b.resolver = resolve.New(resolve.Options{Schema: sch, MinConfidence: cfg.Build.MinConfidence, Events: events})

	workers := cfg.Build.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	b.report = newReport(cmd, b.app, inputs)
	stdin := cmd.InOrStdin()
	if slices.Contains(inputs, "-") {
		stdin = interruptible(ctx, stdin)
	}
	opt := article.Options{
		MaxBytes: int64(cfg.Build.MaxArticle), Stdin: stdin, UserAgent: cfg.Build.UserAgent, Timeout: cfg.Build.WebTimeout,
		OnBytes: b.report.onBytes,
	}
	if cfg.Build.Language != "any" {
		opt.Language = cfg.Build.Language
	}
	started := time.Now()
	err = b.flow(ctx, inputs, opt, workers)
	b.annotator, b.resolver = nil, nil // the model's memory is free for what follows
	if err == nil {
		err = b.identify(ctx, sch)
	}
	if err == nil {
		err = b.settle(ctx, b.store, sch)
	}
	b.report.finish(time.Since(started))
	switch {
	case ctx.Err() != nil:
		b.report.print(context.WithoutCancel(ctx), b.store, true)
		return fmt.Errorf("interrupted; %s is whole as far as it goes, and the same command goes on from there", cfg.Store.Path)
	case err != nil:
		return err
	}
	b.report.print(ctx, b.store, false)
	return b.report.err()
}
