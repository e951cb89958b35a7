package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/nlp"
	"kg/internal/resolve"
)

// report counts what a build does, shows how far it is, and tells at the end what came of it. Its methods belong to the
// goroutine that writes, but for onBytes.
type report struct {
	app      *app
	out, log io.Writer
	bar      *progressbar.ProgressBar // nil where the log is no terminal
	size     int64                    // bytes to read, 0 where unknown
	read     atomic.Int64
	started  time.Time
	told     time.Time // of the last line of progress
	elapsed  time.Duration

	articles, unchanged, added, replaced int
	sentences, tokens, claims, plain     int
	found                                int // claims, also of articles that are yet to be stored
	quads                                int
	peak                                 int64 // of ownMemory
	entities                             map[graph.IRI]bool
	skips                                []article.Skipped // the first of them
	skipped                              int
	kinds                                map[string]int // skipped inputs by kind
	warnings                             []article.Warning
	warned                               int
	dropped                              map[string]int // propositions by reason
	best                                 []finding
	identity                             string // what came of judging names
}

// finding is a claim to show.
type finding struct {
	claim                           graph.Claim
	subject, relation, object, text string
	open, subjectNamed, objectNamed bool
}

// maxListed is how many skipped inputs and warnings are listed; the others are counted.
const maxListed = 20

// maxFindings is how many claims are shown.
const maxFindings = 5

func newReport(cmd *cobra.Command, app *app, inputs []string) *report {
	r := &report{
		app: app, out: cmd.OutOrStdout(), log: cmd.ErrOrStderr(), started: time.Now(), told: time.Now(),
		entities: map[graph.IRI]bool{}, kinds: map[string]int{}, dropped: map[string]int{},
	}
	r.size = article.Size(cmd.Context(), inputs)
	if f, ok := r.log.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		total := r.size
		if total == 0 {
			total = -1
		}
		r.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(r.log), progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetElapsedTime(true), progressbar.OptionFullWidth())
	}
	return r
}

// onBytes is called by the goroutine that reads.
func (r *report) onBytes(n int64) { r.read.Add(n) }

// note takes what needed no annotation: a skipped input, a warning, an article that is in the graph already.
func (r *report) note(it article.Item) {
	switch {
	case it.Article != nil:
		r.articles++
		r.unchanged++
	case it.Skipped != nil:
		r.app.log.WithField("input", it.Skipped.Source).Debug("skipped: " + it.Skipped.Reason)
		r.skipped++
		r.kinds[it.Skipped.Kind]++
		if len(r.skips) < maxListed {
			r.skips = append(r.skips, *it.Skipped)
		}
	case it.Warning != nil:
		r.warned++
		if len(r.warnings) < maxListed {
			r.warnings = append(r.warnings, *it.Warning)
		}
	}
	r.progress()
}

// annotated takes an article's document and what was resolved from it.
func (r *report) annotated(doc *nlp.Document, rec *graph.Record, dropped []resolve.Dropped) {
	r.articles++
	r.found += len(rec.Claims)
	r.sentences += len(doc.Sentences)
	for i := range doc.Sentences {
		r.tokens += len(doc.Sentences[i].Words)
	}
	for _, d := range dropped {
		r.dropped[d.Reason]++
	}
	r.progress()
}

// stored takes a batch that is in the graph now.
func (r *report) stored(done graph.AddResult, batch []*graph.Record) {
	r.peak = max(r.peak, ownMemory())
	r.added += done.Added
	r.replaced += done.Replaced
	r.quads += done.Quads
	for _, rec := range batch {
		r.claims += len(rec.Claims)
		for i := range rec.Claims {
			if rec.Claims[i].Plain() {
				r.plain++
			}
		}
		for i := range rec.Entities {
			r.entities[rec.Entities[i].ID] = true
		}
		r.consider(rec)
	}
	r.progress()
}

// identified takes what the rules made of the names of all articles.
func (r *report) identified(took time.Duration, names *graph.Names, list []graph.Judgement, done graph.SettleNames) {
	r.peak = max(r.peak, ownMemory())
	merges, candidates := 0, 0
	for i := range list {
		if list[i].Kind == graph.Merge {
			merges++
		} else {
			candidates++
		}
	}
	if merges+candidates == 0 {
		return
	}
	global := 0
	for i := range names.Names {
		if !strings.Contains(string(names.Names[i].ID), "/") {
			global++
		}
	}
	r.identity = fmt.Sprintf("Compared %s of all articles in %.1f s: %s of something named otherwise too, "+
		"%s to review (kg entity candidates); %s written anew.\n",
		count(global, "name"), took.Seconds(), thousands(merges), count(candidates, "doubtful pair"), count(done.Articles, "article"))
}

// progress shows how far the build is: a bar on a terminal, else a line every few seconds.
func (r *report) progress() {
	if r.bar != nil {
		r.bar.Describe(count(r.articles, "article") + ", " + count(r.found, "claim"))
		// Set fails only for a bar that is over.
		_ = r.bar.Set64(min(r.read.Load(), max(r.size-1, 0)))
		return
	}
	if time.Since(r.told) < 5*time.Second {
		return
	}
	r.told = time.Now()
	share := ""
	if r.size > 0 {
		share = fmt.Sprintf(" (%d %% of the input)", min(100, 100*r.read.Load()/r.size))
	}
	fmt.Fprintf(r.log, "%4.0f s: %s%s, %s, %s tokens/s\n",
		time.Since(r.started).Seconds(), count(r.articles, "article"), share, count(r.found, "claim"), thousands(int(float64(r.tokens)/time.Since(r.started).Seconds())))
}

func (r *report) finish(elapsed time.Duration) {
	r.elapsed = elapsed
	if r.bar != nil {
		_ = r.bar.Clear()
	}
}

// consider keeps the claims of rec that are best to show: plain edges of relations that kg knows, between things with
// names, as sure as may be; of equals the first, at most one a sentence and one a relation.
func (r *report) consider(rec *graph.Record) {
	labels := make(map[graph.IRI]*graph.Entity, len(rec.Entities))
	for i := range rec.Entities {
		labels[rec.Entities[i].ID] = &rec.Entities[i]
	}
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if !c.Plain() || c.Object.Entity == "" || c.Predicate == "kgo:has" || c.Predicate == "kgo:is" || strings.Contains(string(c.Subject)+string(c.Object.Entity), "'") {
			continue
		}
		f := finding{claim: *c, open: strings.HasPrefix(string(c.Predicate), "kgo:open/")}
		s, o := labels[c.Subject], labels[c.Object.Entity]
		if s == nil || o == nil {
			continue
		}
		f.subject, f.object = s.Label, o.Label
		f.subjectNamed, f.objectNamed = capital(s.Label), capital(o.Label)
		if len(r.best) == maxFindings && better(&r.best[maxFindings-1], &f) >= 0 {
			continue
		}
		for _, rel := range rec.Relations {
			if rel.ID == c.Predicate {
				f.relation = rel.Label
			}
		}
		for _, sent := range rec.Sentences {
			if sent.ID == c.Sentence {
				f.text = strings.Join(strings.Fields(sent.Text), " ")
			}
		}
		same := func(b finding) bool { return b.claim.Sentence == c.Sentence || b.claim.Predicate == c.Predicate }
		if slices.ContainsFunc(r.best, func(b finding) bool { return same(b) && better(&b, &f) >= 0 }) {
			continue
		}
		r.best = slices.DeleteFunc(r.best, same)
		r.best = append(r.best, f)
		slices.SortStableFunc(r.best, func(a, b finding) int { return -better(&a, &b) })
		r.best = r.best[:min(len(r.best), maxFindings)]
	}
}

// better is positive where a is better to show than b.
func better(a, b *finding) int {
	rank := func(f *finding) int {
		n := 0
		if !f.open {
			n += 4
		}
		if f.subjectNamed {
			n += 2
		}
		if f.objectNamed {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.claim.Confidence, b.claim.Confidence))
}

// capital says whether a label begins like a name.
func capital(label string) bool {
	c, _ := utf8.DecodeRuneInString(label)
	return 'A' <= c && c <= 'Z'
}

// print tells what came of the build.
func (r *report) print(ctx context.Context, store *graph.Store, interrupted bool) {
	w := r.out
	verb := "Done"
	if interrupted {
		verb = "Interrupted"
	}
	fmt.Fprintf(w, "%s: %s read in %.1f s: %s added, %s replaced, %s unchanged; %s skipped.\n",
		verb, count(r.articles, "article"), r.elapsed.Seconds(), thousands(r.added), thousands(r.replaced), thousands(r.unchanged), count(r.skipped, "input"))
	if r.added+r.replaced > 0 {
		fmt.Fprintf(w, "Stored %s (%s) on %s as %s, from %s (%s, %s tokens/s).\n",
			count(r.claims, "claim"), count(r.plain, "plain edge"), count(len(r.entities), "entity"), count(r.quads, "quad"), count(r.sentences, "sentence"), count(r.tokens, "token"),
			thousands(int(float64(r.tokens)/max(r.elapsed.Seconds(), 1e-3))))
	}
	fmt.Fprint(w, r.identity)
	if n := total(r.dropped); n > 0 {
		fmt.Fprintf(w, "Left out %s: %s.\n", count(n, "statement"), byCount(r.dropped, 8))
	}
	if r.app.verbose {
		fmt.Fprintf(w, "Peak memory %d MB, without what the system keeps of the graph's file; %d MB with it.\n", max(r.peak, ownMemory())>>20, peakMemory()>>20)
	}
	if r.skipped > 0 {
		fmt.Fprintf(w, "\nSkipped: %s.\n", byCount(r.kinds, 12))
		for _, s := range r.skips {
			fmt.Fprintf(w, "  %s: %s\n", s.Source, s.Reason)
		}
		if more := r.skipped - len(r.skips); more > 0 {
			fmt.Fprintf(w, "  … and %s more (--log-level debug names each)\n", thousands(more))
		}
	}
	if r.warned > 0 {
		fmt.Fprintf(w, "\nWarnings: %s.\n", thousands(r.warned))
		for _, s := range r.warnings {
			fmt.Fprintf(w, "  %s: %s\n", s.Place, s.Message)
		}
		if more := r.warned - len(r.warnings); more > 0 {
			fmt.Fprintf(w, "  … and %s more\n", thousands(more))
		}
	}
	if len(r.best) > 0 {
		fmt.Fprintf(w, "\nSome of what was found:\n")
		for _, f := range r.best {
			fmt.Fprintf(w, "  %s — %s → %s\n      “%s”\n", f.subject, cmp.Or(f.relation, string(f.claim.Predicate)), f.object, clip(f.text, 200))
		}
	}
	if interrupted || r.articles == 0 {
		return
	}
	flag := ""
	if from := r.app.config.origins["store.path"]; from == "--store" {
		flag = " --store " + r.app.config.Store.Path
	}
	if r.app.config.origins["store.backend"] == "--backend" {
		flag += " --backend " + r.app.config.Store.Backend
	}
	if r.app.config.Store.Backend == "memory" {
		return
	}
	kg := "kg"
	if strings.ContainsRune(os.Args[0], os.PathSeparator) { // as it was called: it may be on no PATH
		kg = os.Args[0]
	}
	fmt.Fprintf(w, "\nNext:\n  %s serve%s\n", kg, flag)
	if q := r.example(ctx, store); q != "" {
		fmt.Fprintf(w, "  %s query%s '%s'\n", kg, flag, q)
	}
	fmt.Fprintf(w, "  %s export%s -o graph.ttl\n", kg, flag)
}

// example is a query that has rows on this graph; empty where there is none.
func (r *report) example(ctx context.Context, store *graph.Store) string {
	for _, f := range r.best {
		q := fmt.Sprintf(`g.V("<%s>").Out("<%s>").All()`, f.claim.Subject, f.claim.Predicate)
		if res, err := store.Query(ctx, graph.QueryRequest{Text: q, Limit: 1}); err == nil && len(res.Rows) > 0 {
			return q
		}
	}
	// Nothing new in this run: any claims that are there.
	some, err := store.Query(ctx, graph.QueryRequest{Limit: 20, Timeout: 5 * time.Second, Text: `g.V().Has("<rdf:type>", "<kgo:Claim>").Save("<rdf:subject>", "s").Save("<rdf:predicate>", "p").Limit(20).All()`})
	if err != nil {
		return ""
	}
	for _, row := range some.Rows {
		m, ok := row.(map[string]any)
		if !ok || strings.Contains(fmt.Sprint(m["s"], m["p"]), "'") {
			continue
		}
		q := fmt.Sprintf(`g.V("%s").Out("%s").All()`, m["s"], m["p"])
		if res, err := store.Query(ctx, graph.QueryRequest{Text: q, Limit: 1, Timeout: time.Second}); err == nil && len(res.Rows) > 0 {
			return q
		}
	}
	return ""
}

// err is the error of a build that read nothing at all.
func (r *report) err() error {
	if r.articles == 0 {
		return errors.New("no article could be read")
	}
	return nil
}

func total(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

// byCount lists the names in m by falling count, at most n of them.
func byCount(m map[string]int, n int) string {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	var parts []string
	rest := 0
	for i, k := range names {
		if i < n {
			parts = append(parts, fmt.Sprintf("%s %s", thousands(m[k]), k))
		} else {
			rest += m[k]
		}
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%s other", thousands(rest)))
	}
	return strings.Join(parts, ", ")
}

// thousands prints 12345 as 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count prints a number with the noun for it: "1 article", "2,000 articles", "3 entities".
func count(n int, noun string) string {
	if n != 1 {
		if stem, ok := strings.CutSuffix(noun, "y"); ok {
			noun = stem + "ies"
		} else {
			noun += "s"
		}
	}
	return thousands(n) + " " + noun
}

// clip shortens s to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}

// ownMemory is the memory of the process in bytes without the pages of mapped files, which the system takes back when it
// needs them. peakMemory is the most that it had at once, with them. Where the system does not say, both are what the Go
// runtime took.
func ownMemory() int64  { return processMemory("RssAnon:") }
func peakMemory() int64 { return processMemory("VmHWM:") }

func processMemory(field string) int64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			if v, ok := strings.CutPrefix(line, field); ok {
				if kb, err := strconv.ParseInt(strings.Fields(v)[0], 10, 64); err == nil {
					return kb << 10
				}
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
