package graph

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ask runs a Gizmo query and returns its rows as JSON.
func ask(t testing.TB, s *Store, text string) string {
	t.Helper()
	res, err := s.Query(ctx, QueryRequest{Text: text, Limit: -1})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	b, err := json.Marshal(res.Rows)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return string(b)
}

func sampleStore(t testing.TB) *Store {
	s := openTest(t, Options{})
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGizmoOnSample(t *testing.T) {
	s := sampleStore(t)
	for _, tt := range []struct{ query, want string }{
		{`g.V("<kg:Russia>").Out("<kgo:mediates>").All()`, `[{"id":"<kg:Astana_talks>"}]`},
		{`g.V("<http://example.org/kg/Russia>").out("<http://example.org/kg/ontology/mediates>").all()`, `[{"id":"<kg:Astana_talks>"}]`},
		{`g.V(g.IRI("http://example.org/kg/Russia")).Out(iri("kgo:mediates")).All()`, `[{"id":"<kg:Astana_talks>"}]`},
		{`g.addNamespace("ex", "http://example.org/kg/"); g.V(g.Uri("ex:Russia")).Out("<kgo:mediates>").All()`, `[{"id":"<kg:Astana_talks>"}]`},
		{`g.V("Russia").In("<rdfs:label>").All()`, `[{"id":"<kg:Russia>"}]`},
		{`g.V("<kg:claim/c1>").Out("<kgo:confidence>").All()`, `[{"id":0.9}]`},
		{`g.V("<kg:claim/c1>").Out("<nif:endIndex>").All()`, `[{"id":32}]`},
		{`g.V("<kg:claim/c1>").Out("<kgo:eventTime>").All()`, `[{"id":"2017-07-04"}]`},
		{`g.V("\"2017-07-04\"^^<xsd:date>").In("<kgo:eventTime>").All()`, `[{"id":"<kg:claim/c1>"}]`},
		{`g.V(typed("2017-07-04", "xsd:date")).In("<kgo:eventTime>").All()`, `[{"id":"<kg:claim/c1>"}]`},
		{`g.V().Has("<kgo:confidence>", gt(0.5)).Tag("c").Out("<kgo:confidence>").Filter(lt(1)).All()`, `[{"c":"<kg:claim/c1>","id":0.9}]`},
		{`g.V().Has("<kgo:eventTime>", gte("2017-07"), lt("2017-08")).All()`, `[{"id":"<kg:claim/c1>"}]`},
		{`g.V("<kg:Russia>").Out("<rdfs:label>").Filter(regex("^R.*a$")).All()`, `[{"id":"Russia"}]`},
		{`g.V("<kg:Russia>").Out("<rdfs:label>").Filter(like("Rus%")).All()`, `[{"id":"Russia"}]`},
		{`g.V("<kg:Russia>").Save("<rdfs:label>", "name").SaveOpt("<kgo:none>", "x").All()`, `[{"id":"<kg:Russia>","name":"Russia"}]`},
		{`g.V(["<kg:Russia>", "<kg:Astana_talks>"]).Out("<rdfs:label>").Order().All()`, `[{"id":"Astana talks"},{"id":"Russia"}]`},
		{`g.V("<kg:claim/c1>").Out(["<nif:beginIndex>", "<nif:endIndex>", "<kgo:confidence>", "<kgo:polarity>"]).Order().All()`, `[{"id":0},{"id":0.9},{"id":32},{"id":"+"}]`},
		{`g.V("<kg:claim/c1>").Out(["<nif:beginIndex>", "<nif:endIndex>", "<kgo:confidence>", "<kgo:polarity>"]).Order().Skip(1).Limit(2).All()`, `[{"id":0.9},{"id":32}]`},
		{`g.V("<kg:claim/c1>", "<kg:claim/c2>").Tag("c").Out("<rdf:type>").Order().Tag("t").All()`,
			`[{"c":"<kg:claim/c1>","id":"<kgo:Claim>","t":"<kgo:Claim>"},{"c":"<kg:claim/c2>","id":"<kgo:Claim>","t":"<kgo:Claim>"}]`},
		{`g.V().And(g.V()).And(g.M()).Is("<kg:Russia>").Labels().Order().All()`, `[{"id":"<kg:article/seed>"}]`},
		{`g.emit(g.V("<kg:Russia>").Out("<rdfs:label>").ToArray()); g.emit(g.V("<kg:Russia>").ToValue()); g.emit(g.V("<kg:none>").ToValue())`,
			`[["Russia"],"<kg:Russia>"]`},
		{`g.V("<kg:Russia>").Out("<rdfs:label>").ForEach(function (d) { g.emit({x: d.id + "!"}) })`, `[{"x":"Russia!"}]`},
		{`g.emit(g.V("<kg:Russia>").Tag("t").Out("<rdfs:label>").TagArray())`, `[[{"id":"Russia","t":"<kg:Russia>"}]]`},
		{`g.V("<kg:claim/c1>", "<kg:claim/c2>").Count()`, `[2]`},
		{`g.V("<kg:none>").Count()`, `[0]`},
		{`g.V().Except(g.V("<unknown>")).Has("<rdf:type>", "<kgo:State>").All()`, `[{"id":"<kg:Russia>"}]`},
		{`g.V("<kg:Russia>").Except(g.V("<kg:Russia>")).All()`, `[]`},
		{`g.V("<unknown>").Except(g.V("<unknown>")).All()`, `[]`},
		{`var m = g.M().Out("<rdf:subject>").Out("<rdfs:label>"); g.V("<kg:claim/c1>").Follow(m).All(); g.V("Russia").FollowR(m).Count()`, `[{"id":"Russia"}]`},
		{`g.V("<kgo:mediates>").FollowRecursive("<rdfs:subPropertyOf>").All()`, `[{"id":"<kgo:relatedTo>"}]`},
		{`g.emit(NaN); g.emit([1, [null, undefined], {a: undefined, b: function () {}, c: new Date(0)}])`, `[[1,[null,null],{"c":"Thu Jan 01 1970 00:00:00 GMT+0000 (UTC)"}]]`},
		{`g.emit(iri("kg:x")); g.emit({a: iri("kg:x"), b: str("s"), c: typed("1", "xsd:int")})`, `["\u003ckg:x\u003e",{"a":"\u003ckg:x\u003e","b":"s","c":1}]`},
		{`1 + 2`, `[3]`}, {`"a" + "b"`, `["ab"]`}, {`null`, `[]`}, {``, `[]`}, {`g.V()`, `[]`}, {`var s = "a"; s += "b"; s`, `["ab"]`},
		{"`x${1 + 1}y`", `["x2y"]`}, {`[3, 1, 2].sort().join("-")`, `["1-2-3"]`}, {`[1, [2, [3]]].flat().length`, `[3]`}, {`String([1, [2]])`, `["1,2"]`},
		{`"abab".replace(/b/g, "$&c")`, `["abcabc"]`}, {`"a,b".split(",").map(function (x) { return x.toUpperCase() })`, `[["A","B"]]`},
		{`JSON.stringify({a: [1, "x"]})`, `["{\"a\":[1,\"x\"]}"]`}, {`JSON.parse("[1]")[0]`, `[1]`}, {`Array.from("abc").length + new Array(3).length`, `[6]`},
		{`[..."ab", ...new Set([1, 1])].length`, `[3]`}, {`Math.max.apply(null, [1, 5, 2])`, `[5]`}, {`(function () { return Array.prototype.slice.call(arguments, 1) })(1, 2)`, `[[2]]`},
		{`[10, 9, 1].sort(function (a, b) { return a - b })[0]`, `[1]`}, {`new RegExp("a+").exec("baa")[0]`, `["aa"]`}, {`"x".padStart(3, "-") + "ab".repeat(2)`, `["--xabab"]`},
		{`/(\d+)/.test("a1") && new Array(1, 2).concat([3]).indexOf(3)`, `[2]`}, {`[] instanceof Array && /x/ instanceof RegExp && [].constructor === Array`, `[true]`},
		{`class A { f() { return 1 } }; class B extends A {}; new B().f()`, `[1]`}, {`var {a, ...r} = {a: 1, b: 2}; r.b`, `[2]`},
	} {
		want := strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(tt.want)
		if got := ask(t, s, tt.query); got != want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, want)
		}
	}
}

// The query that doc.go shows: from a plain edge to its claims, their sentence, characters and article.
func TestGizmoEdgeToArticle(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(doc), "//\tg.V(\"<kg:Russia>\").In(")
	text, _, _ = strings.Cut(text, "\n//\n")
	query := "g.V(\"<kg:Russia>\").In(" + strings.ReplaceAll(text, "\n//\t", "\n")
	if !found {
		t.Fatal("doc.go shows no query")
	}
	res, err := sampleStore(t).Query(ctx, QueryRequest{Text: query})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	want := []any{map[string]any{"id": "<kg:article/seed>", "claim": "<kg:claim/c1>", "begin": int64(0), "end": int64(32), "predicate": "7,15",
		"text": sampleRecord().Sentences[0].Text, "headline": "Astana talks"}}
	if d := cmp.Diff(want, res.Rows); d != "" {
		t.Errorf("%s\n%s", query, d)
	}
}

func TestGizmoJSONLD(t *testing.T) {
	res, err := sampleStore(t).Query(ctx, QueryRequest{JSONLD: true, Text: `
		g.V("<kg:claim/c1>").Tag("c").Out("<kgo:eventTime>").All()
		g.V("<kg:Russia>").Save("<rdfs:label>").All()
		g.emit(g.V("<kg:Russia>").ToArray())`})
	if err != nil {
		t.Fatal(err)
	}
	russia := map[string]any{"@id": "kg:Russia"}
	want := []any{
		map[string]any{"id": map[string]any{"@value": "2017-07-04", "@type": "http://www.w3.org/2001/XMLSchema#date"}, "c": map[string]any{"@id": "kg:claim/c1"}},
		map[string]any{"id": russia, "rdfs:label": "Russia"}, []any{russia},
	}
	if d := cmp.Diff(want, res.Rows); d != "" {
		t.Error(d)
	}
}

func TestQueryLimit(t *testing.T) {
	s := sampleStore(t)
	all, err := s.Query(ctx, QueryRequest{Text: `g.V().All()`, Limit: 1000})
	if err != nil || all.Truncated || !all.Counted || all.Total != len(all.Rows) {
		t.Fatal(all, err)
	}
	few, err := s.Query(ctx, QueryRequest{Text: `g.V().All()`, Limit: 3})
	if err != nil || len(few.Rows) != 3 || few.Total != all.Total || !few.Truncated || !few.Counted {
		t.Fatal(few, err)
	}
	if want := "showing 3 of "; !strings.HasPrefix(few.Note(), want) {
		t.Errorf("note %q", few.Note())
	}
	endless, err := s.Query(ctx, QueryRequest{Text: `while (true) { g.emit(1) }`, Limit: 5, Timeout: time.Second})
	if err != nil || len(endless.Rows) != 5 || endless.Counted || !strings.HasPrefix(endless.Note(), "showing 5 of at least ") {
		t.Fatalf("%+v, %v", endless, err)
	}
	two, err := s.Query(ctx, QueryRequest{Text: `g.V().GetLimit(2); g.V("<kg:Russia>").All()`})
	if err != nil || len(two.Rows) != 3 {
		t.Fatal(two, err)
	}
}

// Queries that kill, hang or fill Cayley's own session come back with an answer or an error, soon and with the memory freed.
func TestGizmoOddQueries(t *testing.T) {
	limit := 6 * time.Second // one Go built-in may overrun the deadline
	if testing.Short() {
		limit = time.Minute // under the race detector
	}
	s := sampleStore(t)
	for _, text := range []string{
		// wrong arguments
		`g.V().Out("<p>", 1).All()`, `g.V().In({}).All()`, `g.V().Out([1, {}]).All()`, `g.V(null).All()`, `g.V(undefined).All()`, `g.V({}).All()`, `g.V(g.V()).All()`,
		`g.V().Has().All()`, `g.V().Has(null, null).All()`, `g.V().Has("<p>", {}).All()`, `g.V().Has({}, 1).All()`, `g.V().Back().All()`, `g.V().Back("x").All()`,
		`g.V().And().All()`, `g.V().And(1).All()`, `g.V().Follow(1).All()`, `g.V().FollowRecursive().All()`, `g.V().FollowRecursive([]).All()`, `g.V().FollowRecursive({}).All()`,
		`g.V().Save().All()`, `g.V().Save(1, 2, 3).All()`, `g.V().Save(g.V()).All()`, `g.V().SaveOpt("<p>", {}).All()`, `g.V().Tag({}).All()`, `g.V().Limit("x").All()`,
		`g.V().Limit(-1).All()`, `g.V().Skip(-5).All()`, `g.V().Skip(1e300).All()`, `g.V().Limit(NaN).All()`, `g.V().GetLimit().All()`, `g.V().GetLimit(-1)`, `g.V().ForEach(1)`, `g.V().ForEach()`,
		`g.V().Labels().Back("x").All()`, `g.V().Tag("x").Labels().Back("x").All()`, `g.V().FollowR(g.M().InPredicates()).All()`, `g.V().Filter().All()`, `g.V().Filter(1).All()`,
		`g.V().Filter(regex("(")).All()`, `g.V().Filter(regex(1)).All()`, `g.V().Filter(like(1)).All()`, `lt()`, `gt({})`, `iri()`, `iri({})`, `lang("x")`, `typed({}, {})`,
		`g.V().LabelContext({}).All()`, `g.V().LabelContext(null).All()`, `g.V().LabelContext("<x>", 1).Out().All()`, `g.V.call(1)`, `g.V().Out.call({}, "<p>")`, `g.emit.call(null)`,
		`new g.V()`, `new (g.V().Out)()`, `g.V().all.apply(g, [])`, `g.M().All()`, `g.M().Out("<p>").All()`, `g.V(g.IRI).All()`, `g.addNamespace()`, `g.AddNamespace({}, 1)`,
		`g.V("<>").All()`, `g.V("").All()`, `g.V("_:").All()`, `g.V("\"").All()`, `g.V("\"a\"^^<").All()`, `g.V("\"a\"^^<>").All()`, `g.V("<kg:a b>").All()`, `g.V("\ud800").All()`, `g.V(1e400).All()`, `g.V(Symbol()).All()`,
		`g.V().Out(null, null).All()`, `g.V().Both(null, ["x", 1]).All()`, `g.V().Is().All()`, `g.V().Is(null).All()`, `g.V().InPredicates().OutPredicates().Labels().All()`,
		`g.V().Except().All()`, `g.V().Except(g.M()).All()`, `g.V().Except(g.V()).All()`, `g.V().Intersect(g.V("<u>")).All()`, `g.V("<u>").Union(g.V("<u>")).All()`, `g.V().Union(g.V("<u>").Out()).Unique().Order().All()`,
		`g.V().SaveInPredicates().All()`, `g.V().SaveOutPredicates("p").All()`, `g.V().HasR("<rdf:type>", "<kg:Russia>").All()`, `g.V().SaveOptR("<rdf:type>", "t").All()`,
		// faults of the program
		`(`, `}`, `x`, `throw 1`, `throw {}`, `throw null`, `throw undefined`, `throw new Error("x")`, `var a = {}; a.a = a; throw a`, `({}).x.y`, `"use strict"; x = 1`, "\xff", "\x00", `throw {toString: function () { throw 1 }}`,
		`throw {get message() { while (true) {} }, toString() { return 1 }}`, `Symbol() + ""`, `with ({}) { x }`, `yield`, `await 1`, `import("x")`, `#x`,
		// values that cannot be shown
		`var a = {}; a.a = a; g.emit(a)`, `var a = []; a.push(a); g.emit(a)`, `var a = {}; a.a = a; a`, `var a = []; for (var i = 0; i < 1e5; i++) a = [a]; g.emit(a)`, `var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; g.emit(a)`,
		`g.emit(g)`, `g.emit(g.V())`, `g.emit(function () {})`, `g.emit(Symbol())`, `g.emit({get x() { throw 1 }})`, `g.emit({get x() { while (true) {} }})`, `g.emit(1e400)`, `g.emit(new Date(NaN))`, `g.emit("\ud800")`, `g.emit({"\ud800": 1})`,
		// endless
		`while (true) {}`, `for (;;);`, `(function f() { f() })()`, `(function f() { try { f() } finally { f() } })()`, `while (true) { try { while (true) {} } catch (e) {} }`, `try { while (true) {} } finally { while (true) {} }`,
		`[1].forEach(function f() { [1].forEach(f) })`, `g.V().ForEach(function () { while (true) {} })`, `g.V().ForEach(function f() { g.V().ForEach(f) })`, `(async function f() { while (true) await 1 })()`, `(async function f() { await 1; f() })()`,
		`function* f() { while (true) yield 1 } [...f()]`, `function* f() { yield* f() } f().next()`, `Array.from((function* () { while (true) yield 1 })())`, `for (var x of {[Symbol.iterator]() { return {next() { return {} }} }});`,
		`new Map({[Symbol.iterator]() { return {next() { return {value: [{}, {}]} }} }})`, `var o = {toString() { return o + "" }}; o + ""`, `Object.defineProperty(globalThis, "q", {get() { return q }}); q`,
		`"a".replace(/a/, function f() { return "a".replace(/a/, f) })`, `[2, 1].sort(function () { while (true) {} })`, `JSON.stringify({toJSON() { while (true) {} }})`, `JSON.parse("[1]", function () { while (true) {} })`,
		`var p = g.V(); while (true) p = p.Out()`, `var p = g.V(); for (var i = 0; i < 40; i++) p = p.And(p); p.All()`, `var p = g.V(); for (var i = 0; i < 40; i++) p = p.Both(); p.All()`, `var p = g.V(); for (var i = 0; i < 40; i++) p = p.Or(p); p.Count()`,
		`var p = g.V(); for (var i = 0; i < 200; i++) p = p.Out(); p.All()`, `var m = g.M().Out(); for (var i = 0; i < 40; i++) m = m.Follow(m); g.V().Follow(m).All()`, `var p = g.V(); for (var i = 0; i < 12; i++) p = p.Tag("t").Both().Back("t"); p.All()`,
		`var p = g.V(); for (var i = 0; i < 10; i++) p = p.LabelContext(p).Out(); p.All()`, `var p = g.V(); for (var i = 0; i < 8; i++) p = p.Both(); p.All()`, `g.V().Both().Both().Both().Both().Both().Both().Count()`, `g.V().FollowRecursive(g.M().Both().Both(), -1).All()`,
		`var p = g.V(); for (var i = 0; i < 30; i++) p = p.Except(p); p.All()`, `var p = g.V(); for (var i = 0; i < 100; i++) p = p.Save("<rdf:type>", "t" + i); p.All()`, `var p = g.V(); for (var i = 0; i < 25; i++) p = p.SaveInPredicates("t" + i); p.All()`,
		// loops in built-in functions
		`new Array(3e8).join("x")`, `var a = []; a.length = 4e9; a.join()`, `var a = []; a.length = 4e9; a.indexOf(1)`, `var a = []; a.length = 4e9; [...a]`, `var a = []; a.length = 4e9; a.sort()`, `var a = []; a.length = 4e9; a.reverse()`, `var a = []; a.length = 4e9; g.emit(a)`, `var a = []; a.length = 4e9; a`,
		`var a = []; a.length = 4e9; JSON.stringify(a)`, `var a = []; a.length = 4e9; Math.max.apply(null, a)`, `var a = []; a.length = 4e9; Math.max(...a)`, `var a = []; a.length = 4e9; var [...b] = a`, `var a = []; a.length = 4e9; g.V(a).All()`, `var a = []; a.length = 4e9; new Set(a)`, `var a = []; a.length = 4e9; String(a)`, `var a = []; a.length = 4e9; Object.fromEntries(a)`,
		`Array.from({length: 4e9})`, `Array.prototype.fill.call({length: 4e9}, 1)`, `Array.prototype.map.call({length: 4e9}, function () {})`, `var n = 0; Array.prototype.join.call({get length() { return n++ ? 4e9 : 1 }})`, `Array.prototype.concat.call([], {length: 4e9, [Symbol.isConcatSpreadable]: true})`,
		`String.fromCharCode.apply(null, {length: 4e9})`, `(function () {}).apply(null, {length: 4e9})`, `Reflect.apply(Math.max, null, {length: 4e9})`, `new Uint8Array(4e9)`, `new ArrayBuffer(4e9)`, `Array(4e9).fill(0)`, `[].constructor(4e9).fill(0)`, `Object.getPrototypeOf([]).constructor(3e8).join()`,
		`String.raw({raw: {length: 4e9}})`, `"x".repeat(1e9)`, `"x".padEnd(1e9)`, `"x".repeat(1e6).split("").map(function (x) { return "y".repeat(1e6) }).join("")`, `"a".repeat(1e6).replace(/a/g, "b".repeat(1e6))`, `"a".repeat(1e6).replace(/a/g, "$'")`, `"a".repeat(1e6).replaceAll("a", "$` + "`" + `")`,
		`/a/g[Symbol.replace]("a".repeat(1e6), "b".repeat(1e6))`, `("é" + "a".repeat(1e6)).indexOf("a".repeat(5e5) + "b")`, `("é" + "a".repeat(1e6)).split("a".repeat(5e5) + "b")`, `var s = "ab".repeat(5e5), a = []; for (var i = 0; i < 1e5; i++) a.push(s); a.indexOf("ab".repeat(5e5))`,
		`var a = []; for (var i = 0; i < 2e5; i++) a.push("ab".repeat(1000) + i % 7); a.sort(); a.length`, `/(a+)+$/.test("a".repeat(40) + "b")`, `/(?=(a+)+$)b/.test("a".repeat(40) + "b")`, `new RegExp("(a+)+\\1$").test("a".repeat(40) + "b")`, `"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab".match("(?=a)(a+)+$")`, `/x/.compile("(?=(a+)+$)b")`, `/x/.constructor("(?=(a+)+$)b").test("a".repeat(50))`,
		`2n ** 1000000000n`, `BigInt(2) ** BigInt(1e9)`, `10n ** 100000000n`, `0x1n << 0xffffffffffn`, `eval("2n ** 1000000000n")`, `Function("return 1")()`, `(function () {}).constructor("while (true) {}")()`, `(async function () {}).constructor("1")`, `Object.getPrototypeOf(function* () {}).constructor("1")`, `new Proxy([], {})`,
		`var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity)`, `var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; JSON.stringify(a)`, `var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; String(a)`, `var a = []; for (var i = 0; i < 1e5; i++) a = [a]; String(a)`, `var a = []; for (var i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)`,
		`var f = function () {}; for (var i = 0; i < 1e6; i++) f = f.bind(null); f()`, `var o = {}; for (var i = 0; i < 1e6; i++) o = Object.create(o); o.x`, `var o = {}; for (var i = 0; i < 2e5; i++) o = {__proto__: o}; "x" in o`, `JSON.parse("[".repeat(5e5))`, `var e = new Error("x"); for (var i = 0; i < 1e6; i++) e = new Error("x", {cause: e}); throw e`,
		// memory
		`var s = "x"; while (true) s += s`, `var s = "x"; while (true) s = s + s`, `var s = "x"; while (true) s = ` + "`${s}${s}`", `var s = "x"; while (true) s = s.concat(s)`, `var s = "x"; while (true) s = [s, s].join("")`, `var s = "x"; while (true) s = s.replace(/x/, "xx")`, `var o = {s: "x"}; while (true) o.s += o.s`, `var s = "x"; for (;; s += s);`, `var f = (s = "x") => f(s + s); f()`,
		`var a = []; while (true) a.push(a.length)`, `var a = [1]; while (true) a = a.concat(a)`, `var a = [1]; while (true) a = [...a, ...a]`, `var a = [1]; while (true) a.push(...a)`, `var a = [1]; while (true) a.push.apply(a, a)`, `var o = {}; var i = 0; while (true) o[i++] = {}`, `var m = new Map(); var i = 0; while (true) m.set(i++, {})`, `var a = []; while (true) a.push("x".repeat(1e6) + a.length)`,
		`var a = []; while (true) a.push(g.V().Out().Out())`, `while (true) g.emit("x".repeat(1e6))`, `var a = []; while (true) a.push(function () { return a })`, `var a = []; while (true) a.push(/x/)`, `var s = Symbol("x"); var o = {}; while (true) o[Symbol("x".repeat(1e6) + Math.random())] = 1`, `while (true) setTimeout`,
		// deep source
		strings.Repeat("(", 30000), strings.Repeat("[", 30000), strings.Repeat("!", 30000) + "1", strings.Repeat("-+", 15000) + "1", strings.Repeat("x=>", 10000) + "1", strings.Repeat("a=", 15000) + "1", strings.Repeat("1+", 15000) + "1", strings.Repeat("a?", 8000) + "1" + strings.Repeat(":1", 8000), strings.Repeat("if(1)", 6000) + "1", strings.Repeat("typeof ", 4600) + "1",
		strings.Repeat("new ", 8000) + "x", strings.Repeat("f(", 900) + strings.Repeat(")", 900), strings.Repeat("`${", 10000), strings.Repeat("x:", 15000) + "1", "a" + strings.Repeat(".a", 15000), strings.Repeat("{", 999) + strings.Repeat("}", 999), "1" + strings.Repeat("**1", 10000), "a" + strings.Repeat("?.a", 10000), strings.Repeat("do ", 10000) + "1", "`" + strings.Repeat("${1}", 10000) + "`", "[" + strings.Repeat("1,", 16000) + "]",
		strings.Repeat("/", 30000), "/" + strings.Repeat("(", 900) + "/", "/" + strings.Repeat("a{1000}", 1400) + "/", `new RegExp("((((a{100}){100}){100}){100}){100}")`, `/` + strings.Repeat("(a|", 300) + strings.Repeat(")*", 300) + `/.test("aaaa")`, strings.Repeat("x", 40000), `g.V("` + strings.Repeat("x", 30000) + `").All()`, `g` + strings.Repeat(".V().Out()", 3000),
	} {
		before := runtime.NumGoroutine()
		start := time.Now()
		if testing.Verbose() {
			println("->", text[:min(len(text), 80)])
		}
		res, err := s.Query(ctx, QueryRequest{Text: text, Timeout: 300 * time.Millisecond})
		took := time.Since(start)
		show := text
		if len(show) > 120 {
			show = show[:120] + "…"
		}
		if took > limit {
			t.Errorf("%s: took %v", show, took)
		}
		var qe *QueryError
		if err != nil && !errors.As(err, &qe) {
			t.Errorf("%s: %v is no QueryError", show, err)
		}
		if err == nil {
			if _, err := json.Marshal(res.Rows); err != nil {
				t.Errorf("%s: rows: %v", show, err)
			}
		}
		for range 100 { // the context's timer may take a moment
			if runtime.NumGoroutine() <= before {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%s: %d goroutines are left", show, n-before)
		}
		if testing.Verbose() {
			t.Logf("%6.2f s  %v  <- %s", took.Seconds(), err, show)
		}
	}
	if got := ask(t, s, `g.V("<kg:Russia>").Out("<kgo:mediates>").All()`); !strings.Contains(got, "Astana") {
		t.Errorf("afterwards: %s", got)
	}
}

func TestQueryTimeoutAndCancel(t *testing.T) {
	s := sampleStore(t)
	for _, text := range []string{`while (true) {}`, `g.V().ForEach(function () { while (true) {} })`, `while (true) g.V().Out().Out().Count()`} {
		start := time.Now()
		_, err := s.Query(ctx, QueryRequest{Text: text, Timeout: 200 * time.Millisecond})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", text, err)
		}
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s: took %v", text, d)
		}
		c, cancel := context.WithCancel(ctx)
		time.AfterFunc(100*time.Millisecond, cancel)
		if _, err := s.Query(c, QueryRequest{Text: text}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", text, err)
		}
	}
}

// Errors of queries name line and column, in characters.
func TestGizmoErrorPlaces(t *testing.T) {
	s := sampleStore(t)
	for _, tt := range []struct {
		text         string
		line, column int
		err          string
	}{
		// read
		{"g.V(", 1, 5, "Unexpected end of input"},
		{"g.V()\n  .Out(]", 2, 8, "Unexpected token ]"},
		{"var ö = 'ä', x = ;", 1, 18, "Unexpected token ;"},
		{"1;\nlet a = 1; let a = 2", 2, 16, "already been declared"},
		{"1;\n\nvar x = 10n", 3, 9, "big integers"},
		{"1\nvar f = async function () {}", 2, 9, "async"},
		{"1; function* f() {}", 1, 4, "generators"},
		{"var a = 1\nvar r = /(?=a)b/", 2, 9, "lookaround"},
		{"1;\n" + strings.Repeat("(", 2000), 2, 1001, "nested too deeply"},
		{"x = 1; 'use strict'; break", 1, 22, "Illegal break"},
		// run
		{"g.V().All()\n  x.y()", 2, 3, "x is not defined"},
		{"var é = 'é'; null.x", 1, 19, "Cannot read property"},
		{"function f() {\n  throw new Error('no')\n}\nf()", 2, 9, "no"},
		{"1;\nthrow 'text'", 2, 1, "text"},
		{"({}).x.y", 1, 8, "undefined"},
		{"(function f() {\n f() })()", 2, 3, "calls nested"},
		// asked
		{"g.V()\n .Out({})", 2, 6, "out: want a node"},
		{"g.V('<kg:Russia>').In(1)\n .Has().All()", 2, 6, "has: want a predicate"},
		{"g.V().ForEach(function (d) {\n  g.V(d.id).Save()\n})", 2, 17, "save: want a predicate and a tag"},
		{"\n\n  regex('(')", 3, 8, "regex: "},
		{"g.V().Out().Limit('x')", 1, 18, "limit: argument 1: want a number"},
		{"g.V().And(1)", 1, 10, "and: argument 1: want a path"},
		{"g.V().Out.call({})", 1, 15, "is a method of paths"},
		// beyond the limits
		{"var s = 'x'\nwhile (true)\n  s += s", 3, 3, "string of more than"},
		{"1;\n  'x'.repeat(1e9)", 2, 13, "string of more than"},
		{"1;\nnew Array(3e8)", 2, 1, "array of more than"},
		{"1\n\nx = 0; while (true) { x = 1 }", 3, 0, "time limit"}, // at any of its steps
	} {
		_, err := s.Query(ctx, QueryRequest{Text: tt.text, Timeout: 2 * time.Second})
		var qe *QueryError
		if !errors.As(err, &qe) {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if qe.Line != tt.line || tt.column > 0 && qe.Column != tt.column || !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%.60q: %d:%d %v; want %d:%d %s", tt.text, qe.Line, qe.Column, err, tt.line, tt.column, tt.err)
		}
	}
}
