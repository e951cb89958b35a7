//go:build unix

// Command pagebench makes a store of made-up articles, indexes it, and times what the pages ask of the index and the pages themselves, as
// the server answers them (without the network): by the clock, and the processor time of the whole process in user mode, which counts what
// the garbage collector does beside, but not what other programs on the machine take. The index is in memory twice, here and in the server, so
// that the garbage collector has twice the work that it has in kg serve.
//
//	go run ./internal/web/pagebench -articles 100000 -store /tmp/made.kg
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/sirupsen/logrus"

	"kg/graph"
	"kg/internal/index"
	"kg/internal/index/indextest"
	"kg/internal/settle"
	"kg/internal/web"
	"kg/schema"
)

func main() {
	path := flag.String("store", "", "folder of the store; made where it is not there")
	articles := flag.Int("articles", 100_000, "articles to make up")
	runs := flag.Int("runs", 20, "requests for each page, of different things")
	slowest := flag.Duration("slowest", 0, "fail where half of the requests for a page take longer; 0: never")
	only := flag.String("only", "", "time only what this regular expression fits: \"^entity\"")
	profile := flag.String("profile", "", "write a processor profile of what is timed to this file")
	flag.Parse()
	if err := run(*path, *articles, *runs, *slowest, *only, *profile); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// rows picks what is timed.
var rows *regexp.Regexp

func run(path string, articles, runs int, slowest time.Duration, only, profile string) (err error) {
	if path == "" {
		return errors.New("-store names no folder")
	}
	if rows, err = regexp.Compile(only); err != nil {
		return err
	}
	ctx := context.Background()
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := fill(ctx, path, articles); err != nil {
			return err
		}
	}
	start := time.Now()
	store, err := graph.Open(graph.Options{Path: path, Backend: "kg", ReadOnly: true})
	if err != nil {
		return err
	}
	defer store.Close()
	say("open the store", time.Since(start))
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	x, err := open(ctx, store)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %d sentences, %d claims, %d entities, %d relations, %d events\n",
		len(x.Articles), len(x.Sentences), len(x.Claims), len(x.Entities), len(x.Relations), len(x.Events))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("the index takes %d MB of memory\n\n", m.HeapAlloc>>20)
	questions(ctx, x, runs)
	return pages(store, x, runs, slowest)
}

// fill makes the store.
func fill(ctx context.Context, path string, articles int) error {
	sch, err := schema.Load("")
	if err != nil {
		return err
	}
	store, err := graph.Open(graph.Options{Path: path, Backend: "kg"})
	if err != nil {
		return err
	}
	start := time.Now()
	var batch []*graph.Record
	flush := func() error {
		_, err := store.Add(ctx, batch...)
		batch = batch[:0]
		return err
	}
	for r := range indextest.Records(indextest.Options{Articles: articles, Seed: 1}, sch) {
		if batch = append(batch, r); len(batch) == 2000 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	say("add articles", time.Since(start))
	start = time.Now()
	facts, err := store.Facts(ctx)
	if err != nil {
		return err
	}
	if _, err := store.Settle(ctx, facts.Version, settle.Derive(facts, sch), settle.Version); err != nil {
		return err
	}
	say("settle", time.Since(start))
	return store.Close()
}

// open loads the index; where none is kept that fits the store, it makes and saves one before.
func open(ctx context.Context, store *graph.Store) (*index.Index, error) {
	version, err := store.Version(ctx)
	if err != nil {
		return nil, err
	}
	path, stamp := store.Aside("index")
	if _, err := index.Load(path, version, stamp); err != nil {
		start, user := time.Now(), userTime()
		x, err := index.Make(ctx, store, nil)
		if err != nil {
			return nil, err
		}
		say("make the index", time.Since(start))
		say("the same, processor time", userTime()-user)
		start = time.Now()
		if err := x.Save(path, stamp); err != nil {
			return nil, err
		}
		say("save the index", time.Since(start))
	}
	runtime.GC()
	start := time.Now() // by now the file has been read or written, so that the disk is not what is timed
	x, err := index.Load(path, version, stamp)
	say("load the index", time.Since(start))
	return x, err
}

func say(what string, d time.Duration) { fmt.Printf("%-34s %10.3f s\n", what, d.Seconds()) }

// quantile is the one of q, the median where 0.5, of times, which are sorted.
func quantile(times []time.Duration, q float64) time.Duration {
	return times[min(int(q*float64(len(times))), len(times)-1)]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func table(what string) {
	fmt.Printf("%-40s %9s %9s %9s %9s %9s\n", what, "first ms", "p50 ms", "worst ms", "user p50", "worst")
}

// row prints times in the order in which they were taken, by the clock and of the processor.
func row(what string, times, user []time.Duration, note string) {
	first := times[0]
	slices.Sort(times)
	slices.Sort(user)
	fmt.Printf("%-40s %9.1f %9.1f %9.1f %9.1f %9.1f  %s\n", what, ms(first), ms(quantile(times, .5)), ms(times[len(times)-1]),
		ms(quantile(user, .5)), ms(user[len(user)-1]), note)
}

// userTime is the processor time of the process in user mode.
func userTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano())
}

// questions times what pages ask of the index.
func questions(ctx context.Context, x *index.Index, runs int) {
	table("index")
	ask := func(what string, fn func(i int) any) {
		if !rows.MatchString(what) {
			return
		}
		var times, used []time.Duration
		var last any
		for i := range runs {
			start, user := time.Now(), userTime()
			last = fn(i)
			times, used = append(times, time.Since(start)), append(used, userTime()-user)
		}
		row(what, times, used, fmt.Sprint(last))
	}
	known := func(i int) index.Ref { return index.Ref(i % len(x.Entities)) }
	ask("groups of the best known entity", func(int) any { return len(x.Groups(0, x.Entities[0].Claims)) })
	ask("groups of the 100 best known", func(i int) any {
		e := index.Ref(i * 100 / runs)
		return len(x.Groups(e, x.Entities[e].Claims))
	})
	ask("between two of the best known", func(i int) any { return len(x.Between(index.Ref(i), index.Ref(i+1))) })
	ask("paths of the best known, length 3", func(i int) any {
		ways, _ := x.Paths(ctx, index.Ref(i), known(2*i+40), 3, 10, nil)
		return len(ways)
	})
	ask("paths of little known ones, length 3", func(i int) any {
		ways, _ := x.Paths(ctx, known(2000+i), known(9000+2*i), 3, 10, nil)
		return len(ways)
	})
	all := make([]index.Ref, len(x.Claims))
	for i := range all {
		all[i] = index.Ref(i)
	}
	filter := func(q string) *index.Filter {
		v, err := url.ParseQuery(q)
		if err != nil {
			panic(err)
		}
		f, err := index.ParseFilter(v)
		if err != nil {
			panic(err)
		}
		return &f
	}
	ask("pick of all claims: status, year", func(int) any { return len(x.Pick(all, filter("status=denied&from=2019&to=2019"), index.None)) })
	ask("pick of all claims: words", func(int) any { return len(x.Pick(all, filter("text=bank"), index.None)) })
	ask("pick of the best known entity's", func(int) any {
		return len(x.Pick(x.Entities[0].Claims, filter("side=conflict&confidence=.8&type=kgo:State"), 0))
	})
	word := func(i int) string { return strings.Fields(x.Articles[i*37%len(x.Articles)].Headline)[0] }
	for _, q := range []string{"said", "the company", "oil week", `"the company"`, `"said on"`, "percent -oil", "bil*"} {
		ask("search: "+q, func(int) any { return x.Search(q, index.SearchOptions{}).Total })
	}
	ask("search: said, of one year, denied", func(int) any {
		return x.Search("said", index.SearchOptions{Filter: filter("status=denied&from=2019&to=2019")}).Total
	})
	ask("search: names of headlines", func(i int) any { return x.Search(word(i), index.SearchOptions{}).Total })
	ask("complete: one letter", func(i int) any { return len(x.Complete(word(i)[:1], 8)) })
	ask("complete: three letters", func(i int) any { return len(x.Complete(word(i)[:min(3, len(word(i)))], 8)) })
	ask("complete: with a typo", func(i int) any {
		w := word(i) + "alnorber"
		return len(x.Complete(w[:3]+w[4:8], 8))
	})
	ask("complete: nothing near", func(i int) any { return len(x.Complete("qwxzvbqq pfgh", 8)) })
	last := x.Articles[len(x.Articles)-1].Day
	for _, days := range []index.Day{7, 365, 3650} {
		ask(fmt.Sprintf("changes of %d days", days), func(int) any {
			c := x.Changes(last-days, index.ChangeOptions{})
			return fmt.Sprint(c.TotalNewPairs, " ", c.TotalTurned, " ", c.TotalNewEntities)
		})
	}
	ask("recent entities", func(int) any { _, l := x.Recent(12); return len(l) })
	fmt.Println()
}

// pages times the answers of the server.
func pages(store *graph.Store, x *index.Index, runs int, slowest time.Duration) error {
	log := logrus.New()
	log.SetOutput(io.Discard)
	srv, err := web.New(store, web.Options{Logger: log})
	if err != nil {
		return err
	}
	get := func(path string) (*httptest.ResponseRecorder, time.Duration) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "localhost:64210"
		w := httptest.NewRecorder()
		start := time.Now()
		srv.ServeHTTP(w, r)
		return w, time.Since(start)
	}
	for { // until the index is there
		if w, _ := get("/"); w.Code != http.StatusServiceUnavailable {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	name := func(id graph.IRI) string { return url.PathEscape(strings.TrimPrefix(string(id), "kg:")) }
	slash := func(id graph.IRI) string { return strings.ReplaceAll(name(id), "%2F", "/") }
	entity := func(i int) string { return slash(x.Entities[i].ID) }
	pair := func(i, j int) string {
		return url.Values{"a": {string(x.Entities[i].ID)}, "b": {string(x.Entities[j].ID)}}.Encode()
	}
	spread := func(i, n int) int { return (i*7919 + 13) % max(n, 1) }
	late := false
	table("page")
	for _, p := range []struct {
		what string
		path func(i int) string
	}{
		{"start", func(int) string { return "/" }},
		{"search", func(i int) string {
			return "/search?q=" + url.QueryEscape([]string{"said", "the company", "oil week", `"the company"`}[i%4])
		}},
		{"search with a filter", func(int) string { return "/search?q=said&status=denied&from=2019&to=2019" }},
		{"search of names", func(i int) string { return "/search?q=" + url.QueryEscape(x.Entities[i*10%len(x.Entities)].Label) }},
		{"completion", func(i int) string {
			return "/complete?q=" + url.QueryEscape(x.Entities[i*10%len(x.Entities)].Label[:3])
		}},
		{"changes of a week", func(int) string { return "/changes?since=" + (x.Articles[len(x.Articles)-1].Day - 7).String() }},
		{"changes of five years", func(int) string { return "/changes?since=2020-01-01" }},
		{"entity, the 20 best known", func(i int) string { return "/entity/" + entity(i%20) }},
		{"entity, any", func(i int) string { return "/entity/" + entity(spread(i, len(x.Entities))) }},
		{"entity with a filter", func(i int) string { return "/entity/" + entity(i%20) + "?side=conflict&from=2019&confidence=.5" }},
		{"entity as Turtle", func(i int) string { return "/entity/" + entity(spread(i, 5000)) + ".ttl" }},
		{"entity as Turtle, best known", func(i int) string { return "/entity/" + entity(i%20) + ".ttl" }},
		{"pair, best known", func(i int) string { return "/pair?" + pair(i%20, i%20+1) }},
		{"pair, not linked", func(i int) string { return "/pair?" + pair((2000+i)%len(x.Entities), (9000+2*i)%len(x.Entities)) }},
		{"relations", func(int) string { return "/relations" }},
		{"relation, the 20 most used", func(i int) string {
			return "/relation/" + strings.TrimPrefix(string(x.Relations[i%20].ID), "kgo:")
		}},
		{"statement", func(i int) string { return "/" + slash(x.Claims[spread(i, len(x.Claims))].ID) }},
		{"sentence", func(i int) string { return "/" + slash(x.Sentences[spread(i, len(x.Sentences))].ID) }},
		{"article", func(i int) string { return "/" + slash(x.Articles[spread(i, len(x.Articles))].ID) }},
		{"articles", func(int) string { return "/articles" }},
		{"articles with words", func(int) string { return "/articles?text=bank" }},
		{"event", func(i int) string {
			if len(x.Events) == 0 {
				return "/events"
			}
			return "/" + slash(x.Events[spread(i, len(x.Events))].ID)
		}},
		{"events", func(int) string { return "/events" }},
		{"graph of the best known", func(i int) string { return "/graph?" + url.Values{"of": {string(x.Entities[i%20].ID)}}.Encode() }},
		{"graph, overview", func(int) string { return "/graph" }},
		{"timeline", func(i int) string { return "/timeline?" + url.Values{"of": {string(x.Entities[i%20].ID)}}.Encode() }},
		{"timeline of all", func(int) string { return "/timeline" }},
		{"matrix", func(int) string { return "/matrix" }},
		{"map", func(int) string { return "/map" }},
		{"query", func(int) string { return "/query" }},
		{"review", func(int) string { return "/review" }},
		{"counts for programs", func(int) string { return "/api/kg/v1/stats" }},
	} {
		if !rows.MatchString(p.what) {
			continue
		}
		var times, used []time.Duration
		codes := map[int]int{}
		size := 0
		for i := range runs {
			user := userTime()
			w, d := get(p.path(i))
			times, used = append(times, d), append(used, userTime()-user)
			codes[w.Code]++
			size += w.Body.Len()
		}
		note := fmt.Sprintf("%d kB", size/runs>>10)
		if codes[http.StatusOK] != runs {
			note += fmt.Sprint(" answers ", codes)
		}
		row(p.what, times, used, note)
		late = late || slowest > 0 && quantile(times, .5) > slowest
	}
	if late {
		return fmt.Errorf("a page takes longer than %v", slowest)
	}
	return nil
}
