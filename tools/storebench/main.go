// Command storebench compares quad stores on news-shaped quads: bulk load, article-sized transactions, queries, readers beside a
// writer. Each store runs in a process of its own, so that peak memory is its own.
//
//	go run . -n 2000000 -stores kg,memory,bbolt,pebble,leveldb
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	_ "github.com/cayleygraph/cayley/graph/kv/bbolt"
	_ "github.com/cayleygraph/cayley/graph/kv/leveldb"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	hpebble "github.com/hidal-go/hidalgo/kv/flat/pebble"

	_ "kg/graph/kgstore"
)

func init() {
	open := func(path string, _ graph.Options) (hkv.KV, error) {
		db, err := hpebble.OpenPath(path)
		if err != nil {
			return nil, err
		}
		return flat.Upgrade(db), nil
	}
	cayleykv.Register("pebble", cayleykv.Registration{NewFunc: open, InitFunc: open, IsPersistent: true})
}

const xsd = "http://www.w3.org/2001/XMLSchema#"

// generator makes articles as kg stores them: sentences, entities with labels and types, claims with their parts, plain edges.
// Entities follow a power law. The same seed gives the same quads.
type generator struct {
	rnd      *rand.Rand
	entities *rand.Zipf
	words    *rand.Zipf
	article  int
}

const (
	numEntities  = 60_000
	numRelations = 300
)

func newGenerator() *generator {
	rnd := rand.New(rand.NewPCG(7, 7))
	return &generator{rnd: rnd, entities: rand.NewZipf(rnd, 1.15, 8, numEntities-1), words: rand.NewZipf(rnd, 1.1, 4, 5000)}
}

var syllables = strings.Fields("al ber co dan el fin gor han is jar kal lov mos nik or pet rus sok tal ur vin wex yar zan")

func name(n int) string {
	var b strings.Builder
	for i := range 3 {
		s := syllables[n%len(syllables)]
		n /= len(syllables)
		if i == 0 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		b.WriteString(s)
	}
	return fmt.Sprintf("%s %d", b.String(), n)
}

func entity(n int) quad.IRI { return quad.IRI(fmt.Sprintf("kg:%s_%d", syllables[n%len(syllables)], n)) }

func relation(n int) quad.IRI {
	if n < 60 {
		return quad.IRI(fmt.Sprintf("kgo:relation%d", n))
	}
	return quad.IRI(fmt.Sprintf("kgo:open/verb_%d", n))
}

func (g *generator) text(n int) quad.String {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		w := int(g.words.Uint64())
		b.WriteString(syllables[w%len(syllables)])
		b.WriteString(syllables[w/len(syllables)%len(syllables)])
	}
	b.WriteByte('.')
	return quad.String(b.String())
}

func count(n int) quad.Value {
	return quad.TypedString{Value: quad.String(fmt.Sprint(n)), Type: xsd + "nonNegativeInteger"}
}

// next returns the quads of the next article, each once.
func (g *generator) next() []quad.Quad {
	g.article++
	id := quad.IRI(fmt.Sprintf("kg:article/reuters/%06d", g.article))
	var quads []quad.Quad
	seen := map[quad.Quad]bool{}
	add := func(s quad.Value, p string, o quad.Value) {
		q := quad.Quad{Subject: s, Predicate: quad.IRI(p), Object: o, Label: id}
		if !seen[q] {
			seen[q] = true
			quads = append(quads, q)
		}
	}
	day := time.Date(1987, 2, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, g.article/120)
	add(id, "rdf:type", quad.IRI("schema:NewsArticle"))
	add(id, "schema:headline", g.text(8))
	published := day.Add(time.Duration(g.article%86400) * time.Second)
	add(id, "schema:datePublished", quad.TypedString{Value: quad.String(published.Format(time.RFC3339)), Type: xsd + "dateTime"})
	add(id, "kgo:contentHash", quad.String(fmt.Sprintf("%016x%016x", g.rnd.Uint64(), g.rnd.Uint64())))
	at := 0
	for range 3 + g.rnd.IntN(5) {
		text := g.text(10 + g.rnd.IntN(18))
		sent := quad.IRI(fmt.Sprintf("kg:sentence/reuters/%06d/%d-%d", g.article, at, at+len(text)))
		add(sent, "rdf:type", quad.IRI("nif:Sentence"))
		add(sent, "nif:beginIndex", count(at))
		add(sent, "nif:endIndex", count(at+len(text)))
		add(sent, "nif:anchorOf", text)
		add(sent, "schema:isPartOf", id)
		for range g.rnd.IntN(4) {
			subj, obj, rel := int(g.entities.Uint64()), int(g.entities.Uint64()), int(g.words.Uint64())%numRelations
			for _, e := range []int{subj, obj} {
				add(entity(e), "rdf:type", quad.IRI([]string{"kgo:Person", "kgo:State", "kgo:Company", "kgo:Thing", "kgo:City"}[e%5]))
				add(entity(e), "rdfs:label", quad.String(name(e)))
			}
			claim := quad.IRI(fmt.Sprintf("kg:claim/%016x%04x", g.rnd.Uint64(), g.rnd.Uint64()&0xffff))
			add(claim, "rdf:type", quad.IRI("kgo:Claim"))
			add(claim, "rdf:subject", entity(subj))
			add(claim, "rdf:predicate", relation(rel))
			add(claim, "rdf:object", entity(obj))
			add(claim, "kgo:polarity", quad.String("+"))
			status := []string{"asserted", "asserted", "reported", "planned"}[g.rnd.IntN(4)]
			add(claim, "kgo:modality", quad.String("asserted"))
			add(claim, "kgo:status", quad.String(status))
			add(claim, "kgo:confidence", quad.Float(float64(g.rnd.IntN(1000))/1000))
			add(claim, "kgo:rule", quad.String([]string{"svo", "appos", "passive", "prep"}[g.rnd.IntN(4)]))
			add(claim, "prov:wasQuotedFrom", sent)
			b := at + g.rnd.IntN(40)
			add(claim, "nif:beginIndex", count(b))
			add(claim, "nif:endIndex", count(b+30))
			add(claim, "kgo:subjectChars", quad.String(fmt.Sprintf("%d,%d", b, b+6)))
			add(claim, "kgo:predicateChars", quad.String(fmt.Sprintf("%d,%d", b+7, b+13)))
			add(claim, "kgo:objectChars", quad.String(fmt.Sprintf("%d,%d", b+14, b+30)))
			if status == "asserted" {
				add(entity(subj), string(relation(rel)), entity(obj))
			}
		}
		at += len(text) + 1
	}
	return quads
}

func main() {
	n := flag.Int("n", 2_000_000, "quads")
	stores := flag.String("stores", "kg,memory,bbolt,pebble,leveldb", "what to compare")
	dir := flag.String("dir", os.TempDir(), "where stores are made")
	one := flag.String("one", "", "run this store in this process")
	only := flag.Bool("transactions", false, "with -one: only article-sized transactions")
	profile := flag.String("profile", "", "with -one: write a profile of the processor to this file")
	dump := flag.String("dump", "", "only write the quads to this file, for oxigraph.py")
	limit := flag.Duration("limit", 5*time.Second, "a query that took so long once is not run again")
	flag.Parse()
	if *dump != "" {
		if err := write(*dump, *n); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	if *one != "" {
		if *profile != "" {
			f, err := os.Create(*profile)
			if err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
			pprof.StartCPUProfile(f)
			defer pprof.StopCPUProfile()
		}
		var err error
		if *only {
			err = transactions(*one, *n, filepath.Join(*dir, fmt.Sprintf("storebench-%d", os.Getpid())))
		} else {
			err = run(*one, *n, *dir, *limit)
		}
		if err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	for _, s := range strings.Split(*stores, ",") {
		fmt.Printf("== %s, %d quads, %d cores\n", s, *n, runtime.NumCPU())
		cmd := exec.Command(os.Args[0], "-one", s, "-n", fmt.Sprint(*n), "-dir", *dir, "-limit", limit.String())
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			fmt.Println(s, err)
		}
	}
}

// write writes the quads as N-Quads.
func write(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	g := newGenerator()
	for n > 0 {
		quads := g.next()
		n -= len(quads)
		for _, q := range quads {
			if x, ok := q.Object.(quad.Float); ok { // Cayley's own type of numbers is none of SPARQL's
				q.Object = quad.TypedString{Value: quad.String(fmt.Sprint(float64(x))), Type: xsd + "double"}
			}
			fmt.Fprintln(w, q.NQuad())
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

func open(store, path string) (graph.QuadStore, error) {
	if store == "memory" {
		return graph.NewQuadStore("memstore", "", nil)
	}
	opts := graph.Options{"no_bloom": true}
	if err := graph.InitQuadStore(store, path, opts); err != nil {
		return nil, err
	}
	return graph.NewQuadStore(store, path, opts)
}

// peak is the most memory that the process had.
func peak() string {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return "?"
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if v, ok := strings.CutPrefix(sc.Text(), "VmHWM:"); ok {
			return strings.TrimSpace(v)
		}
	}
	return "?"
}

// load is how busy the machine is.
func load() string {
	b, _ := os.ReadFile("/proc/loadavg")
	return "load " + strings.TrimSpace(string(b))
}

// processor is the time that all cores worked for this process.
func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func size(path string) (n int64) {
	filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}

func run(store string, n int, dir string, limit time.Duration) error {
	tmp, err := os.MkdirTemp(dir, "storebench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	fmt.Println(load())
	if err := transactions(store, min(n/10, 200_000), filepath.Join(tmp, "tx")); err != nil {
		return err
	}
	path := filepath.Join(tmp, "bulk")
	qs, err := open(store, path)
	if err != nil {
		return err
	}
	defer qs.Close()
	// The generator's time is not the store's.
	g := newGenerator()
	w, err := qs.NewQuadWriter()
	if err != nil {
		return err
	}
	var took, cpu time.Duration
	done := 0
	var buf []quad.Quad
	for done < n {
		buf = buf[:0]
		for len(buf) < 20_000 && done+len(buf) < n {
			buf = append(buf, g.next()...)
		}
		start, cpu0 := time.Now(), processor()
		if _, err := w.WriteQuads(buf); err != nil {
			return err
		}
		took += time.Since(start)
		cpu += processor() - cpu0
		done += len(buf)
	}
	start, cpu0 := time.Now(), processor()
	if err := w.Close(); err != nil {
		return err
	}
	took += time.Since(start)
	cpu += processor() - cpu0
	st, err := qs.Stats(context.Background(), true)
	if err != nil {
		return err
	}
	fmt.Printf("bulk load: %d quads, %d nodes in %.2f s: %.0f quads/s, %.0f a second of processor time; disk %.1f MB; peak memory %s\n",
		st.Quads.Value, st.Nodes.Value, took.Seconds(), float64(done)/took.Seconds(), float64(done)/cpu.Seconds(), float64(size(path))/1e6, peak())
	for _, q := range list() {
		measure(qs, q, limit)
	}
	if err := page(qs); err != nil {
		fmt.Println("page of an entity:", err)
	}
	if store != "memory" {
		readers(qs, g)
	}
	// Last, since on some stores it takes hours, and cannot be stopped.
	given := make(chan struct{})
	go func() {
		measure(qs, neighbourhoods, limit)
		close(given)
	}()
	select {
	case <-given:
	case <-time.After(12 * limit):
		fmt.Printf("%-48s not within %v\n", neighbourhoods.name, 12*limit)
		os.RemoveAll(tmp)
		os.Exit(0) // it still reads
	}
	if err := qs.Close(); err != nil {
		return err
	}
	fmt.Printf("peak memory at the end %s; disk after closing %.1f MB\n", peak(), float64(size(path))/1e6)
	return nil
}

// transactions loads articles, each in a transaction of its own.
func transactions(store string, n int, path string) error {
	qs, err := open(store, path)
	if err != nil {
		return err
	}
	defer qs.Close()
	g := newGenerator()
	done, articles := 0, 0
	var took, cpu time.Duration
	for done < n && took < 30*time.Second {
		var deltas []graph.Delta
		for _, q := range g.next() {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
		}
		start, cpu0 := time.Now(), processor()
		if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			return err
		}
		took += time.Since(start)
		cpu += processor() - cpu0
		done += len(deltas)
		articles++
	}
	fmt.Printf("article-sized transactions: %d articles, %d quads in %.2f s: %.0f quads/s, %.0f a second of processor time, %.2f ms each\n",
		articles, done, took.Seconds(), float64(done)/took.Seconds(), float64(done)/cpu.Seconds(), took.Seconds()*1e3/float64(articles))
	return nil
}

type query struct {
	name string
	path func(qs graph.QuadStore) *path.Path
	rows int // 0: count
	tags bool
}

var neighbourhoods = query{"intersection of two neighbourhoods", func(qs graph.QuadStore) *path.Path {
	return path.StartPath(qs, entity(0)).Both().And(path.StartPath(qs, entity(1)).Both()).Unique()
}, 0, false}

func list() []query {
	v := path.StartPath
	mid := entity(40)
	return []query{
		{"1 hop, rows", func(qs graph.QuadStore) *path.Path {
			return v(qs, entity(12)).Out()
		}, 1000, false},
		{"2 hops, 100 rows", func(qs graph.QuadStore) *path.Path { return v(qs, mid).Out().Out() }, 100, false},
		{"2 hops, counted", func(qs graph.QuadStore) *path.Path {
			return v(qs, mid).Out(relation(0), relation(1), relation(2)).Out()
		}, 0, false},
		{"3 hops, 100 rows", func(qs graph.QuadStore) *path.Path { return v(qs, mid).Out().Out().Out() }, 100, false},
		{"what points at a hub, counted", func(qs graph.QuadStore) *path.Path { return v(qs, entity(0)).In() }, 0, false},
		{"what points at a hub by a predicate, counted", func(qs graph.QuadStore) *path.Path {
			return v(qs, quad.IRI("kgo:Claim")).In(quad.IRI("rdf:type"))
		}, 0, false},
		{"rows with their labels", func(qs graph.QuadStore) *path.Path {
			return v(qs, entity(6)).Out(relation(0), relation(1), relation(2), relation(3)).Save(quad.IRI("rdfs:label"), "label")
		}, 62, true},
		{"intersection of claims of two", func(qs graph.QuadStore) *path.Path {
			return v(qs, entity(0)).In(quad.IRI("rdf:subject")).And(v(qs, entity(1)).In(quad.IRI("rdf:object")))
		}, 0, false},
		{"numeric filter", func(qs graph.QuadStore) *path.Path {
			return v(qs).HasFilter(quad.IRI("kgo:confidence"), false, shape.Comparison{Op: iterator.CompareGT, Val: quad.Float(.95)})
		}, 0, false},
		{"pattern on labels", func(qs graph.QuadStore) *path.Path {
			return v(qs).HasFilter(quad.IRI("rdfs:label"), false, shape.Regexp{Re: regexp.MustCompile("sok.* [12]$")})
		}, 0, false},
		{"prefix of labels", func(qs graph.QuadStore) *path.Path {
			return v(qs).HasFilter(quad.IRI("rdfs:label"), false, shape.Regexp{Re: regexp.MustCompile("^Ber")})
		}, 0, false},
		{"all quads of a predicate, counted", func(qs graph.QuadStore) *path.Path { return v(qs).Out(quad.IRI("rdf:type")) }, 0, false},
	}
}

// measure runs a query nine times, or until it has taken as long as limit once.
func measure(qs graph.QuadStore, q query, limit time.Duration) {
	var times []time.Duration
	n := 0
	for range 9 {
		start := time.Now()
		var err error
		if n, err = runQuery(qs, q); err != nil {
			fmt.Printf("%-48s %v\n", q.name, err)
			break
		}
		times = append(times, time.Since(start))
		if times[len(times)-1] > limit {
			break
		}
	}
	report(q.name, n, times)
}

func report(name string, n int, times []time.Duration) {
	if len(times) == 0 {
		return
	}
	slices.Sort(times)
	fmt.Printf("%-48s %8d  p50 %9.3f ms\n", name, n, times[len(times)/2].Seconds()*1e3)
}

func runQuery(qs graph.QuadStore, q query) (n int, err error) {
	ctx := context.Background()
	it := q.path(qs).Iterate(ctx).On(qs)
	if q.rows == 0 {
		count, err := it.Count()
		return int(count), err
	}
	it = it.Limit(q.rows)
	if q.tags {
		err = it.TagValues(qs, func(map[string]quad.Value) error {
			n++
			return nil
		})
		return n, err
	}
	err = it.EachValue(qs, func(quad.Value) error {
		n++
		return nil
	})
	return n, err
}

// page reads the page of an entity: its quads, and the labels of what they lead to.
func page(qs graph.QuadStore) error {
	ctx := context.Background()
	var times []time.Duration
	n := 0
	for range 9 {
		start := time.Now()
		n = 0
		ref, err := qs.ValueOf(entity(60))
		if err != nil {
			return err
		}
		it := qs.QuadIterator(quad.Subject, ref).Iterate()
		for it.Next(ctx) {
			n++
			o, err := qs.QuadDirection(it.Result(), quad.Object)
			if err != nil {
				return err
			}
			if _, err := qs.Quad(it.Result()); err != nil {
				return err
			}
			label := path.StartPathNodes(qs, o).Out(quad.IRI("rdfs:label")).Iterate(ctx).Limit(1)
			if err := label.EachValue(qs, func(quad.Value) error { return nil }); err != nil {
				return err
			}
		}
		if err := errors.Join(it.Err(), it.Close()); err != nil {
			return err
		}
		times = append(times, time.Since(start))
	}
	report("page of an entity, quads with labels", n, times)
	return nil
}

// readers has 64 goroutines ask for two hops while articles are written.
func readers(qs graph.QuadStore, g *generator) {
	stop := make(chan struct{})
	var mu sync.Mutex
	var times []time.Duration
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(i), 3))
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Duration(rnd.IntN(400)) * time.Millisecond):
				}
				e := entity(50 + rnd.IntN(5000))
				start := time.Now()
				p := path.StartPath(qs, e).Out().Out()
				err := p.Iterate(context.Background()).Limit(100).EachValue(qs, func(quad.Value) error { return nil })
				if err != nil {
					fmt.Println("read:", err)
					return
				}
				d := time.Since(start)
				mu.Lock()
				times = append(times, d)
				mu.Unlock()
			}
		})
	}
	written := 0
	end := time.Now().Add(8 * time.Second)
	start := time.Now()
	for time.Now().Before(end) {
		var deltas []graph.Delta
		for range 20 {
			for _, q := range g.next() {
				deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
			}
		}
		if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			fmt.Println("write:", err)
			break
		}
		written += len(deltas)
	}
	took := time.Since(start)
	close(stop)
	wg.Wait()
	slices.Sort(times)
	if len(times) > 0 {
		fmt.Printf("64 readers, 2 hops, beside a writer of %.0f quads/s: %d queries, p50 %.2f ms, p99 %.2f ms\n",
			float64(written)/took.Seconds(), len(times), times[len(times)/2].Seconds()*1e3, times[len(times)*99/100].Seconds()*1e3)
	}
}
