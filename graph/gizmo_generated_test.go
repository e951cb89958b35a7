package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	cayleygraph "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	cayleygizmo "github.com/cayleygraph/cayley/query/gizmo"
	cayleyui "github.com/cayleygraph/cayley/ui"
)

// Every method and function that gizmo.d.ts of Cayley's web UI declares is there, with a small and a capital first letter.
func TestGizmoIsWhole(t *testing.T) {
	decl, err := cayleyui.FS.ReadFile("web/gizmo.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	s := openTest(t, Options{})
	interfaces := map[string]string{"Path": "g.M()", "Graph": "graph"}
	of, methods := "", 0
	for line := range strings.Lines(string(decl)) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "interface "); ok {
			of = interfaces[strings.TrimSuffix(rest, " {")]
		}
		if strings.HasPrefix(line, "declare function ") {
			of, line = "this", strings.TrimPrefix(line, "declare function ")
		}
		name, _, ok := strings.Cut(line, "(")
		if !ok || of == "" || strings.ContainsAny(name, " *<") || name == "" {
			continue
		}
		methods++
		names := []string{name}
		if of != "this" {
			names = append(names, strings.ToLower(name[:1])+name[1:], strings.ToUpper(name[:1])+name[1:])
		}
		for _, n := range names {
			if got := ask(t, s, fmt.Sprintf("typeof %s.%s", of, n)); got != `["function"]` {
				t.Errorf("%s.%s is %s", of, n, got)
			}
		}
	}
	if methods < 45 {
		t.Errorf("only %d methods are declared", methods)
	}
	// What the documents have besides, and Cayley's environment.
	for _, name := range []string{"g.V().order", "g.V().tagArray", "g.Uri", "iri", "bnode", "raw", "str", "lang", "typed", "lt", "lte", "gt", "gte", "regex", "like"} {
		if got := ask(t, s, "typeof "+name); got != `["function"]` {
			t.Errorf("%s is %s", name, got)
		}
	}
}

// generated is a query and what may be said of its answer.
type generated struct {
	text   string
	full   string   // without its limits, where it has some
	tags   bool     // rows may have more than nodes, or be of another kind
	unique bool     // a step of it keeps one way to each node
	counts []string // paths that are counted, in the rows that are numbers
	loose  bool     // without its limits there may be less
	bomb   bool     // it is made to use up time or memory
}

// queryMaker puts pieces of Gizmo together, sensible and odd ones.
type queryMaker struct {
	r    *rand.Rand
	odd  int // one in how many arguments is odd; 0: none
	full *strings.Builder
	generated
	b strings.Builder
	n *int // tags until now: one that is set twice has the one value or the other
}

func newQueryMaker(seed uint64) *queryMaker {
	return &queryMaker{r: rand.New(rand.NewPCG(seed, 7)), full: &strings.Builder{}, n: new(int)}
}

func (m *queryMaker) pick(list ...string) string { return list[m.r.IntN(len(list))] }

// one is true once in n times.
func (m *queryMaker) one(n int) bool { return m.r.IntN(n) == 0 }

func (m *queryMaker) value(depth int) string {
	if depth > 3 {
		return m.pick(`1`, `"x"`)
	}
	switch m.r.IntN(14) {
	case 0:
		return m.pick(`null`, `undefined`, `NaN`, `-1`, `0`, `1`, `1e300`, `true`, `{}`, `[]`, `""`, `function () {}`, `/x/`, `new Date(0)`, `Symbol("s")`, `g`, `g.V`, `this`)
	case 1:
		return `[` + m.value(depth+1) + `, ` + m.value(depth+1) + `]`
	case 2:
		return `{a: ` + m.value(depth+1) + `}`
	case 3:
		return m.inner(depth + 1)
	case 4:
		return m.pick("gt", "lt", "gte", "lte", "regex", "like", "iri", "str", "bnode", "raw") + `(` + m.value(depth+1) + `)`
	case 5:
		return m.pick("typed", "lang", "regex") + `(` + m.value(depth+1) + `, ` + m.value(depth+1) + `)`
	case 6:
		return m.pick(`"\"1\"^^<xsd:int>"`, `"\"a\"@en"`, `"_:b"`, `"<"`, `"<>"`, `"\""`, `"\ud800"`, `"a\u0000b"`)
	case 7:
		return `function (d) { ` + m.pick(`g.emit(d)`, `throw d`, `return g.V(d.id).Out().ToArray()`, m.inner(depth+1)+`.All()`) + ` }`
	}
	return m.node()
}

func (m *queryMaker) node() string {
	return m.pick(`"<kg:bob>"`, `"<kg:greg>"`, `"<kg:dani>"`, `"<kg:charlie>"`, `"<kg:fred>"`, `"<kgo:follows>"`, `"<kgo:status>"`, `"<kgo:knows>"`, `"<kg:g1>"`, `"cool"`, `"smart"`,
		`"<unknown>"`)
}

func (m *queryMaker) predicate() string {
	if m.odd > 0 && m.one(m.odd) {
		return m.value(1)
	}
	return m.pick(`"<kgo:follows>"`, `"<kgo:follows>"`, `"<kgo:status>"`, `"<kgo:knows>"`, `"<kgo:kind>"`, `["<kgo:follows>", "<kgo:status>"]`, `null`, `g.V("<kg:relation>").In("<kgo:kind>")`)
}

// plain is a predicate where a list will not do.
func (m *queryMaker) plain() string {
	if m.odd > 0 && m.one(m.odd) {
		return m.value(1)
	}
	return m.pick(`"<kgo:follows>"`, `"<kgo:status>"`, `"<kgo:knows>"`)
}

func (m *queryMaker) filter() string {
	if m.odd > 0 && m.one(m.odd) {
		return m.value(1)
	}
	return m.pick(`gt("d")`, `lt("<kg:e>")`, `gte("cool")`, `lte("<kg:bob>")`, `regex("o")`, `regex("kg:.*e", true)`, `regex("^s")`, `like("%oo%")`, `like("s_art")`, `gt("c"), lt("t")`)
}

// inner is a path of its own in an argument, of which the limits are not noted.
func (m *queryMaker) inner(depth int) string {
	sub := &queryMaker{r: m.r, odd: m.odd, full: &strings.Builder{}, n: m.n}
	sub.path(depth)
	m.tags, m.unique = m.tags || sub.tags, m.unique || sub.unique
	m.loose = m.loose || sub.loose || sub.full.String() != sub.b.String()
	return sub.b.String()
}

func (m *queryMaker) tag() string {
	*m.n++
	m.tags = true
	return fmt.Sprintf(`"t%d"`, *m.n)
}

func (m *queryMaker) put(text string) {
	m.b.WriteString(text)
	m.full.WriteString(text)
}

// path writes a path, with all kinds of steps.
func (m *queryMaker) path(depth int) {
	start := m.pick(`g.V()`, `g.V(`+m.node()+`)`, `g.V(`+m.node()+`, `+m.node()+`)`)
	if m.odd > 0 && m.one(m.odd) {
		start = m.pick(`g.V(`+m.value(depth+1)+`)`, `g.M()`)
	}
	m.put(start)
	tagged := ""
	for range m.r.IntN(6) {
		call := func(name string, args ...string) {
			if m.one(2) {
				name = strings.ToUpper(name[:1]) + name[1:]
			}
			if m.odd > 0 && m.one(2*m.odd) { // another number of arguments
				args = args[:m.r.IntN(len(args)+1)]
				for range m.r.IntN(3) {
					args = append(args, m.value(depth+1))
				}
			}
			m.put("." + name + "(" + strings.Join(args, ", ") + ")")
		}
		if depth > 2 {
			call(m.pick("out", "in"), m.plain())
			continue
		}
		switch m.r.IntN(22) {
		case 0, 1, 2:
			call(m.pick("out", "in"), m.predicate())
		case 3:
			call("both", m.predicate())
		case 4:
			call(m.pick("out", "in"), m.predicate(), m.tag())
		case 5:
			call("is", m.node(), m.node())
		case 6:
			if m.one(2) {
				call(m.pick("has", "hasR"), m.plain(), m.filter())
			} else {
				call(m.pick("has", "hasR"), m.plain(), m.node())
			}
		case 7:
			call("labelContext", m.pick(`"<kg:g1>"`, `["<kg:g1>", "<kg:g2>"]`, `null`, m.node()))
		case 8:
			call(m.pick("labels", "inPredicates", "outPredicates", "unique"))
			m.unique = true
		case 9:
			call(m.pick("saveInPredicates", "saveOutPredicates"), m.tag())
		case 10:
			tagged = m.tag()
			call(m.pick("tag", "as"), tagged)
		case 11:
			if tagged != "" {
				call("back", tagged)
			}
		case 12:
			call(m.pick("save", "saveR", "saveOpt", "saveOptR"), m.plain(), m.tag())
		case 13, 14:
			name, path := m.pick("and", "intersect", "or", "union"), m.inner(depth+1)
			if path == "g.V()" || path == "g.M()" || strings.Contains(path, "rder(") {
				m.loose = true // all nodes and all nodes are none to Cayley, and it loses what is united with no nodes in order
			}
			call(name, path)
		case 15:
			tags := m.tags
			m.tags = false
			call(m.pick("except", "difference"), m.inner(depth+1))
			m.unique = m.unique || m.tags // Cayley leaves tags of what it excludes in rows
			m.tags = m.tags || tags
			m.loose = m.loose || m.b.String() != m.full.String()
		case 16:
			call(m.pick("follow", "followR"), m.pick(`g.M().Out("<kgo:follows>")`, `g.M().In().Out("<kgo:knows>")`, `g.M().Has("<kgo:status>", "cool").In("<kgo:follows>")`, `g.M()`))
		case 17:
			call("followRecursive", m.pick(m.plain(), `g.M().Out("<kgo:follows>")`, `g.M().In("<kgo:follows>")`))
			m.unique = true
		case 18:
			call("filter", m.filter())
		case 19:
			call("order")
		default:
			m.b.WriteString("." + m.pick("limit", "skip") + "(" + m.pick("0", "1", "2", "5") + ")")
		}
	}
}

// asked makes a query with one odd argument in odd, 0 for none.
func (m *queryMaker) asked(odd int) generated {
	m.odd = odd
	for range 1 + m.r.IntN(2) {
		switch m.r.IntN(12) {
		case 0:
			if odd > 0 {
				m.put(`g.emit(` + m.value(0) + `); `)
				m.tags, m.loose = true, true
			}
		case 1:
			m.put(`g.emit(`)
			from := m.b.Len()
			m.path(0)
			m.counts = append(m.counts, m.b.String()[from:])
			m.put(`.` + m.pick(`Count`, `count`) + `()); `)
		case 2:
			m.put(`g.emit(`)
			m.path(0)
			m.put(`.` + m.pick(`ToArray`, `TagArray`) + `()); `)
		case 3:
			m.put(m.pick(`g.emit(`, `(`))
			m.path(0)
			m.put(`.` + m.pick(`ToValue`, `TagValue`) + `()); `)
			m.loose = true
		case 4:
			m.path(0)
			m.b.WriteString(`.` + m.pick(`GetLimit`, `getLimit`) + `(` + m.pick("1", "2", "5") + `); `)
			m.full.WriteString(`.All(); `)
		case 5:
			m.path(0)
			m.put(`.` + m.pick(`ForEach`, `map`) + `(function (d) { g.emit(d) }); `)
		default:
			m.path(0)
			m.put(`.` + m.pick(`All`, `all`) + `(`)
			if odd > 0 && m.one(2*odd) {
				m.put(m.value(0))
			}
			m.put(`); `)
		}
	}
	m.text, m.generated.full = m.b.String(), m.full.String()
	return m.generated
}

// exploding makes a query that uses up memory, time or the stack.
func (m *queryMaker) exploding() generated {
	n := m.pick("2", "100", "1e4", "1e6", "1e9", "4294967295", "Infinity")
	grow := m.pick(
		`s += s`, `s = s + s + i`, "s = `${s}${s}`", `s = s.concat(s)`, `s = [s, s].join(s)`, `s = s.repeat(`+n+`)`, `s = s.padEnd(`+n+`, "ab")`, `s = s.replace(/a/g, s)`, `s = s.split("").join("aa")`,
		`s = s.toUpperCase() + s`, `s = JSON.stringify([s, s])`, `s = encodeURIComponent(s) + "ä"`, `s = s.replace(/./g, "$'")`, `s = s.normalize("NFKD") + "ﷺ".repeat(`+n+`)`,
		`a.push(a.length)`, `a = a.concat(a)`, `a = [...a, ...a]`, `a.push(...a)`, `a.push.apply(a, a)`, `a = a.flatMap(function (x) { return [x, x] })`, `a = Array(`+n+`).fill(i)`, `a = Array.from({length: `+n+`})`,
		`a.length = `+n+`; a.fill(1)`, `a[`+n+`] = 1; a.sort()`, `a = [a, a]; String(a)`, `a = [a, a]; JSON.stringify(a)`, `a = new Array(`+n+`).join("x")`, `a.splice(0, 0, ...a)`, `a = a.map(function () { return a.slice() })`, `a.unshift(a.slice())`,
		`o = {o: o, p: o}; JSON.stringify(o)`, `o["k" + i] = o; for (var k in o) k`, `o = Object.create(o); o.x`, `Object.assign(o, {["k" + i]: s})`, `o = {...o, [i + "k"]: o}`, `o = {get x() { return s + s }}; s = o.x`, `o = Object.entries(o).concat(Object.entries(o))`,
		`new Map([[s, s]]).forEach(function (v) { a.push(v + i) })`, `a = new Set(a.concat([i, s]))`, `Object.defineProperty(o, "p" + i, {get: function () { return o }})`, `a.push(function () { return a })`, `a.push(new Date(i))`, `a.push(Symbol(s))`, `a.push(/x/)`, `a.push(new Error(s))`,
		`a.push(g.V().Out().Out())`, `g.emit(s.repeat(1000))`, `g.emit(a)`, `p = p.And(p)`, `p = p.Both()`, `p = p.Or(p).Unique()`, `p = p.Save("<kgo:follows>", "t" + i)`, `p = p.Out(p)`, `p = p.Tag("t").Both().Back("t")`, `p = p.LabelContext(p).Out()`, `p = p.Except(p)`,
		`a = p.ToArray().concat(a)`, `a.push(p.TagArray())`, `p.ForEach(function (d) { a.push(d) })`, `p = p.Follow(g.M().Both().Both()).Tag("x" + i); p.All()`,
		`x = x * x + 1`, `x = Math.pow(i, i) % 7`, `new RegExp("(a|a)*".repeat(`+n+`)).test(s)`, `/(a+)+b/.test(s = s + "a")`, `/^(([a-z])+.)+[A-Z]([a-z])+$/.test(s)`, `new RegExp("a{1000}".repeat(i)).test(s)`, `s.match(/(.*)(.*)(.*)(.*)(.*)x/)`, `s.search(new RegExp(s))`,
		`eval("1")`, `new Function("return 1")()`, `2n ** 100000n`, `new Uint8Array(`+n+`)`, `new Proxy({}, {get: function (t, k) { return t[k] }}).x`, `Reflect.ownKeys(o)`, `Promise.resolve().then(function () {})`, `(function* () { yield i })().next()`, `new WeakMap()`, `structuredClone(a)`,
	)
	loop := m.pick(
		`while (true) { i++; BODY }`, `for (;;) { i++; BODY }`, `do { i++; BODY } while (1)`, `for (i = 0; i < 1e7; i++) { BODY }`, `for (i = 0; i < 60; i++) { BODY }`, `(function f() { i++; BODY; f() })()`, `(function f() { i++; try { BODY } finally { f() } })()`,
		`(function f(n) { if (n > 0) { i++; BODY; f(n - 1); f(n - 1) } })(50)`, `[1, 2].forEach(function f() { i++; BODY; [1, 2].forEach(f) })`, `[3, 2, 1].sort(function f() { i++; BODY; return [2, 1].sort(f) })`, `"aa".replace(/a/g, function f() { i++; BODY; return "aa".replace(/a/g, f) })`,
		`JSON.parse("[1,2,3]", function f() { i++; BODY; return JSON.parse("[1,2,3]", f) })`, `JSON.stringify({toJSON: function f() { i++; BODY; return {toJSON: f} }})`, `var it = {[Symbol.iterator]() { return {next() { i++; BODY; return {value: 1} }} }}; for (var y of it) y`,
		`var it = {[Symbol.iterator]() { return {next() { i++; BODY; return {value: 1} }} }}; [...it]`, `var it = {[Symbol.iterator]() { return {next() { i++; BODY; return {value: [i, i]} }} }}; new Map(it)`, `Array.from({length: `+n+`}, function () { i++; BODY })`,
		`var q = {toString() { i++; BODY; return q + "" }}; q + ""`, `var q = {get v() { i++; BODY; return q.v }}; q.v`, `Object.defineProperty(this, "zz", {get() { i++; BODY; return zz }}); zz`, `var q = {valueOf() { i++; BODY; return +q }}; q * 2`, `g.V().ForEach(function f() { i++; BODY; g.V().ForEach(f) })`,
		`while (true) { try { while (true) { i++; BODY } } catch (e) {} }`, `try { for (;;) { i++; BODY } } finally { for (;;) { BODY } }`, `function* f() { while (true) { i++; BODY; yield i } } [...f()]`, `l: while (true) { i++; BODY; continue l }`, `class A { constructor() { i++; BODY; new A() } } new A()`,
		`var q = []; q.length = `+n+`; q.map(function () { i++; BODY })`, `[].reduce.call({length: `+n+`}, function () { i++; BODY }, 0)`, `Array(50).fill(0).map(function f(x, k, l) { i++; BODY; return l.map(f) })`, `switch (1) { default: for (;;) { i++; BODY } }`,
	)
	m.text = `var s = "` + m.pick("a", "ab", "é", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "日本") + `", a = [1], o = {}, i = 0, x = 1, p = g.V(); ` + strings.ReplaceAll(loop, "BODY", grow) + m.pick(``, `; s.length`, `; a`, `; g.emit(s)`, `; p.Count()`)
	m.bomb = true
	return m.generated
}

// generate makes the query of a number: half of them are sensible, most of the others have odd arguments, one in six is a bomb.
func generate(n int) generated {
	m := newQueryMaker(uint64(n))
	switch n % 6 {
	case 0:
		return m.exploding()
	case 1, 2:
		return m.asked(4)
	}
	return m.asked(0)
}

// generatedQueries is how many TestGizmoGenerated tries: 10,000 take minutes.
func generatedQueries(t *testing.T) int {
	n := 1500
	if testing.Short() {
		n = 300
	}
	if env := os.Getenv("KG_GIZMO_QUERIES"); env != "" {
		var err error
		if n, err = strconv.Atoi(env); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// processorTime is the time that all cores worked for this process.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory watches how much memory the process has of the system until the returned function is called, which gives the most.
func peakMemory() func() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	var most uint64
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64()-sample[1].Value.Uint64())
			select {
			case <-quit:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(quit)
		<-done
		return most
	}
}

// Generated queries end with an answer or an error of the query, within their time and memory, and leave nothing running. What
// both answer has the results of Cayley's own engine on its memory store. KG_GIZMO_QUERIES sets how many are tried.
//
// Cayley drops rows where a node is reached in several ways, which ones depends on its plan. So of a query without tags and limits the
// distinct rows are compared, and of others Cayley's rows must be among those of the query without its limits; only the nodes of
// them where a step keeps one of several ways. Cayley's counts are not those of its rows; ours must be.
func TestGizmoGenerated(t *testing.T) {
	n := generatedQueries(t)
	s := openTest(t, Options{})
	if _, err := s.WriteQuads(ctx, smallGraph()); err != nil {
		t.Fatal(err)
	}
	cayley := &cayleyProcess{t: t}
	defer cayley.stop()
	const timeout = 150 * time.Millisecond
	var answered, faulty, bombs, equal, among, uncompared, crashed int
	var longest, longestWork time.Duration
	var worst string
	most := peakMemory()
	for i := range n {
		q := generate(i)
		goroutines := runtime.NumGoroutine()
		start, work := time.Now(), processorTime()
		limit := timeout
		if !q.bomb {
			limit = 2 * time.Second
		}
		res, err := s.Query(ctx, QueryRequest{Text: q.text, Timeout: limit, Limit: -1})
		took, worked := time.Since(start), processorTime()-work
		if took > longest {
			longest, worst = took, q.text
		}
		longestWork = max(longestWork, worked)
		if took > limit+2*time.Second && worked > limit+2*time.Second { // not where others have the cores
			t.Errorf("query %d took %v, %v of processor time: %s", i, took, worked, q.text)
		}
		var qe *QueryError
		if err != nil && !errors.As(err, &qe) {
			t.Errorf("query %d: %v is no QueryError: %s", i, err, q.text)
		}
		for range 3000 { // the context's timer may take a moment
			if runtime.NumGoroutine() <= goroutines {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if left := runtime.NumGoroutine() - goroutines; left > 0 {
			t.Errorf("query %d leaves %d goroutines: %s", i, left, q.text)
		}
		if q.bomb {
			bombs++
			continue
		}
		if err != nil {
			faulty++
			for _, fault := range []string{"nil pointer", "index out of range", "slice bounds", "interface conversion"} {
				if strings.Contains(err.Error(), fault) {
					t.Errorf("query %d: %v: %s", i, err, q.text)
				}
			}
			continue
		}
		answered++
		ours, err := rowSet(res.Rows)
		if err != nil {
			t.Errorf("query %d: rows: %v: %s", i, err, q.text)
			continue
		}
		theirs, alive, ok := cayley.ask(q.text)
		if !alive {
			crashed++
		}
		for _, path := range q.counts {
			count, err1 := s.Query(ctx, QueryRequest{Text: path + ".Count()", Timeout: 30 * time.Second})
			rows, err2 := s.Query(ctx, QueryRequest{Text: path + ".All()", Timeout: 30 * time.Second})
			if err1 != nil || err2 != nil {
				t.Errorf("query %d: %v, %v: %s", i, err1, err2, path)
			} else if count.Rows[0] != int64(rows.Total) {
				t.Errorf("query %d: counts %v of %d rows: %s", i, count.Rows[0], rows.Total, path)
			}
		}
		theirs = slices.DeleteFunc(theirs, func(row string) bool { // of the labels of quads without one
			return strings.HasPrefix(row, "{") && !strings.Contains(row, `"id":`)
		})
		limited := q.full != q.text
		if !ok || q.loose || strings.Contains(q.text, `""`) {
			uncompared++
			continue
		}
		if limited {
			all, err := s.Query(ctx, QueryRequest{Text: q.full, Timeout: 30 * time.Second, Limit: -1})
			if err != nil {
				t.Errorf("query %d: %v: %s", i, err, q.full)
				continue
			}
			if ours, err = rowSet(all.Rows); err != nil {
				t.Errorf("query %d: %v: %s", i, err, q.full)
				continue
			}
		}
		switch {
		case q.tags, limited, len(q.counts) > 0:
			among++
			if q.unique || testBackend != "kg" { // on Cayley's stores it is its plans that lose ways
				ours, theirs = onlyNodes(ours), onlyNodes(theirs)
			}
			if len(q.counts) > 0 {
				theirs = slices.DeleteFunc(theirs, func(row string) bool { _, err := strconv.Atoi(row); return err == nil })
			}
			for _, row := range theirs {
				if !slices.Contains(ours, row) {
					t.Errorf("query %d lacks %s, has\n%s\n%s", i, row, strings.Join(ours, "\n"), q.text)
				}
			}
		default:
			equal++
			if !slices.Equal(ours, theirs) {
				t.Errorf("query %d\nours   %s\nCayley %s\n%s", i, ours, theirs, q.text)
			}
		}
	}
	peak := most()
	t.Logf("%d queries: %d bombs; %d others had an answer, %d an error; %d times Cayley's process died or hung; of the answers %d have the same distinct rows as Cayley's, "+
		"%d (tags, limits, counts) hold its rows, %d are not compared; longest %v (%v of processor time), most memory %d MB", n, bombs, answered, faulty, crashed, equal, among, uncompared, longest, longestWork, peak>>20)
	t.Logf("longest: %s", worst)
	if peak > 1500<<20 {
		t.Errorf("%d MB of memory", peak>>20)
	}
	if answered < n/3 || equal < answered/5 {
		t.Errorf("only %d of %d queries were answered, %d compared", answered, n, equal)
	}
}

// Queries at the same time, bombs among them, have the answers that they have alone.
func TestGizmoConcurrent(t *testing.T) {
	n := generatedQueries(t) / 3
	s := openTest(t, Options{})
	if _, err := s.WriteQuads(ctx, smallGraph()); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	var answered, bombs atomic.Int64
	most := peakMemory()
	for range maxQueries {
		wg.Go(func() {
			for {
				i := int(next.Add(1))
				if i > n {
					return
				}
				q := generate(i)
				if q.bomb {
					bombs.Add(1)
					_, err := s.Query(ctx, QueryRequest{Text: q.text, Timeout: 150 * time.Millisecond})
					var qe *QueryError
					if err != nil && !errors.As(err, &qe) && !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("%v: %s", err, q.text)
					}
					continue
				}
				run := func() (string, error) {
					res, err := s.Query(ctx, QueryRequest{Text: q.text, Timeout: time.Minute, Limit: -1})
					if err != nil {
						return "", err
					}
					b, err := json.Marshal(res.Rows)
					return string(b), err
				}
				first, err := run()
				second, err2 := run()
				if first != second || (err == nil) != (err2 == nil) || errors.Is(err, errQueryMemory) || errors.Is(err2, errQueryMemory) {
					t.Errorf("%s\n%s %v\n%s %v", q.text, first, err, second, err2)
				}
				answered.Add(1)
			}
		})
	}
	wg.Wait()
	t.Logf("%d queries and %d bombs at the same time, most memory %d MB", answered.Load(), bombs.Load(), most()>>20)
}

// rowSet are the distinct rows as JSON, sorted. Lists are taken apart: their order and how often a node comes is that of the plan.
func rowSet(rows []any) ([]string, error) {
	var out []string
	for _, row := range rows {
		if list, ok := row.([]any); ok {
			inner, err := rowSet(list)
			if err != nil {
				return nil, err
			}
			out = append(out, inner...)
			continue
		}
		if row == nil {
			continue
		}
		b, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// onlyNodes leaves the tags of rows out.
func onlyNodes(rows []string) []string {
	for i, row := range rows {
		var tags map[string]any
		if json.Unmarshal([]byte(row), &tags) == nil {
			b, _ := json.Marshal(tags["id"])
			rows[i] = string(b)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// cayleyProcess answers with Cayley's own engine on its memory store. It is a process of its own, since many queries end that.
type cayleyProcess struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

const cayleyEnv = "KG_TEST_CAYLEY_ENGINE"

func (c *cayleyProcess) start() {
	c.cmd = exec.Command(os.Args[0], "-test.run=^TestCayleyEngine$")
	c.cmd.Env = append(os.Environ(), cayleyEnv+"=1")
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		c.t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	c.out.Buffer(nil, 64<<20)
}

func (c *cayleyProcess) stop() {
	if c.cmd != nil {
		c.in.Close()
		c.cmd.Process.Kill()
		c.cmd.Wait()
		c.cmd = nil
	}
}

// ask returns the distinct rows of a query; ok is false where Cayley has an error, alive where the process is no more.
func (c *cayleyProcess) ask(text string) (rows []string, alive, ok bool) {
	if c.cmd == nil {
		c.start()
	}
	b, err := json.Marshal(text)
	if err != nil {
		c.t.Fatal(err)
	}
	process := c.cmd.Process
	timer := time.AfterFunc(20*time.Second, func() { process.Kill() })
	defer timer.Stop()
	if _, err := c.in.Write(append(b, '\n')); err != nil || !c.out.Scan() {
		c.stop()
		return nil, false, false
	}
	var answer struct {
		Rows []any
		Err  string
	}
	if err := json.Unmarshal(c.out.Bytes(), &answer); err != nil {
		c.stop()
		return nil, false, false
	}
	if answer.Err != "" {
		return nil, true, false
	}
	rows, err = rowSet(answer.Rows)
	return rows, true, err == nil
}

// TestCayleyEngine is the process of cayleyProcess: queries come in as lines of JSON, answers go out.
func TestCayleyEngine(t *testing.T) {
	if os.Getenv(cayleyEnv) == "" {
		t.Skip("only as a process of TestGizmoGenerated")
	}
	s, err := openStore(Options{})
	if err != nil {
		t.Fatal(err)
	}
	qs, err := cayleygraph.NewQuadStore("memstore", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var deltas []cayleygraph.Delta
	for _, q := range smallGraph() {
		deltas = append(deltas, cayleygraph.Delta{Quad: s.ns.quad(q), Action: cayleygraph.Add})
	}
	if err := qs.ApplyDeltas(deltas, cayleygraph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var text string
		if err := json.Unmarshal(in.Bytes(), &text); err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Rows []any
			Err  string
		}
		c, cancel := context.WithTimeout(ctx, 10*time.Second)
		it, err := cayleygizmo.NewSession(qs).Execute(c, text, query.Options{Collation: query.JSON, Limit: -1})
		if err == nil {
			for it.Next(c) {
				answer.Rows = append(answer.Rows, it.Result())
			}
			err = it.Err()
			it.Close()
		}
		if c.Err() != nil && err == nil {
			err = c.Err()
		}
		cancel()
		if err != nil {
			answer.Rows, answer.Err = nil, err.Error()+"."
		}
		b, err := json.Marshal(answer)
		if err != nil {
			b = []byte(`{"Err":"not JSON"}`)
		}
		out.Write(append(b, '\n'))
		out.Flush()
	}
}
