package graph

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/cayley/graph/iterator"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/graph/kgstore"
)

// Gizmo is Cayley's query language: JavaScript with an object g whose methods build paths through the graph. This is a binding of
// our own over Cayley's paths, shapes and iterators. Cayley's session runs queries in a goroutine of its own without recover, so
// that one bad argument ends the process; it knows no limit of memory; and it can neither count what it does not show nor stop an
// iterator that finds nothing.
//
// The names, arguments and answers are those of Cayley's, each method with a small and a capital first letter, with these
// differences:
//
//   - A mistake is an exception, or a path without results where Cayley has one.
//   - An empty string is a literal, and not any node.
//   - All nodes and all nodes are all nodes, and not none: g.V().And(g.V()).
//   - Labels are those of quads that have one.
//   - Every way to a node is a row. Cayley drops some where a node is reached in several ways; which ones depends on its plan.
//   - Full IRIs find the nodes of their compact forms.
//   - Numbers compare with literals of all numeric datatypes, strings also with dates and times.
//   - Count does not count what was deleted.
//   - A list of nodes may stand where Cayley's documents allow it: g.V(["<a>", "<b>"]).
//   - A query without rows that ends in a value has that value as its row.
type gizmo struct {
	*sandbox
	ctx   context.Context
	v     *view
	req   QueryRequest
	names namer
	user  map[string]string // namespaces of AddNamespace

	res       *Result
	countEnds time.Time // of rows beyond the limit
	pathProto *goja.Object
	onPath    func(p *pathObject) // where set, gets the paths instead of their being run
	calling   string              // the method or function that runs, for errors
}

// maxPath is how large a path may be, measured by how many steps it has when all paths in it are written out.
const maxPath = 2000

// errEnough ends a query that has all its rows and has counted long enough.
var errEnough = errors.New("enough rows")

func runGizmo(ctx context.Context, v *view, req QueryRequest) (*Result, error) {
	g := newGizmo(ctx, v, req)
	val, err := g.run(req.Text)
	if errors.Is(err, errEnough) {
		g.res.Counted = false
		return g.res, nil
	}
	if err != nil {
		return nil, err
	}
	if g.res.Total == 0 && val != nil && !goja.IsUndefined(val) && !goja.IsNull(val) {
		if _, isPath := goValue(val).(*pathObject); !isPath && val != g.vm.Get("g") {
			if x, err := g.export(val); err == nil && x != nil {
				g.row(func() (any, error) { return x, nil })
			}
		}
	}
	return g.res, nil
}

// run runs a program and tells its exceptions as errors, with the place of the innermost call in the text.
func (g *gizmo) run(text string) (val goja.Value, err error) {
	prog, err := parseSandboxed(text)
	if err != nil {
		return nil, err
	}
	defer g.stop.onSet(func(err error) { g.vm.Interrupt(err) })()
	err = guard("query", func() (err error) {
		val, err = g.vm.RunProgram(prog)
		return err
	})
	var stopped *goja.InterruptedError
	var overflow *goja.StackOverflowError
	var ex *goja.Exception
	switch {
	case errors.As(err, &stopped):
		if cause, ok := stopped.Value().(error); ok {
			return nil, placed(text, stopped.Stack(), cause)
		}
	case errors.As(err, &overflow):
		return nil, placed(text, overflow.Stack(), fmt.Errorf("calls nested more than %d deep", maxCalls))
	case errors.As(err, &ex):
		if goErr, ok := goValue(ex.Value()).(error); ok {
			return nil, placed(text, ex.Stack(), goErr)
		}
		if inner := ex.Unwrap(); inner != nil {
			return nil, placed(text, ex.Stack(), inner)
		}
		thrown := ""
		if again := g.vm.Try(func() { thrown = ex.Value().String() }); again != nil {
			thrown = "exception"
		}
		return nil, placed(text, ex.Stack(), errors.New(thrown))
	case err != nil: // of our own, which goja has not seen
		return nil, placed(text, g.vm.CaptureCallStack(0, nil), err)
	}
	return val, err
}

// placed is err with the place of the innermost call that stands in the query's text.
func placed(text string, stack []goja.StackFrame, err error) error {
	var known *faultAt
	if errors.As(err, &known) {
		return err
	}
	for i := range stack {
		if at := stack[i].Position(); at.Line > 0 && at.Filename == queryName {
			return placedAt(text, at.Line, at.Column, err)
		}
	}
	return err
}

// placedAt is err with a place of which the column counts bytes.
func placedAt(text string, line, column int, err error) error {
	for range line - 1 {
		_, text, _ = strings.Cut(text, "\n")
	}
	if column > 0 && column-1 <= len(text) {
		column = utf8.RuneCountInString(text[:column-1]) + 1
	}
	return &faultAt{line, column, err}
}

func newGizmo(ctx context.Context, v *view, req QueryRequest) *gizmo {
	g := &gizmo{sandbox: newSandbox(v.stop), ctx: ctx, v: v, req: req, names: namer{v: v}, user: map[string]string{},
		res: &Result{Counted: true}}
	g.pathProto = g.vm.NewObject()
	for name, step := range pathSteps {
		g.method(g.pathProto, name, func(call goja.FunctionCall) goja.Value {
			p, ok := goValue(call.This).(*pathObject)
			if !ok {
				panic(g.vm.NewTypeError("%s is a method of paths", name))
			}
			return step(g, p, args{g, call.Arguments})
		})
	}
	root := g.vm.NewObject()
	for name, fn := range map[string]func(args) goja.Value{
		"V": g.vertex, "vertex": g.vertex,
		"M": g.morphism, "morphism": g.morphism,
		"emit": func(a args) goja.Value {
			x, err := g.export(a.at(0))
			if err != nil {
				g.throw(err)
			}
			if x != nil {
				g.row(func() (any, error) { return x, nil })
			}
			return goja.Null()
		},
		"IRI": g.iri, "uri": g.iri,
		"addNamespace": func(a args) goja.Value {
			g.user[a.text(0)] = a.text(1)
			return goja.Undefined()
		},
		"addDefaultNamespaces": func(args) goja.Value { return goja.Undefined() }, // known without
		"loadNamespaces":       func(args) goja.Value { return goja.Undefined() },
	} {
		g.method(root, name, func(call goja.FunctionCall) goja.Value { return fn(args{g, call.Arguments}) })
	}
	g.vm.Set("g", root)
	g.vm.Set("graph", root)
	for name, fn := range map[string]func(args) goja.Value{
		"iri":   func(a args) goja.Value { return g.value(quad.IRI(a.text(0))) },
		"bnode": func(a args) goja.Value { return g.value(quad.BNode(a.text(0))) },
		//lint:ignore SA1019 raw is a word of the language; quad.Raw is the only maker of what it means
		"raw": func(a args) goja.Value { return g.value(quad.Raw(a.text(0))) },
		"str": func(a args) goja.Value { return g.value(quad.String(a.text(0))) },
		"lang": func(a args) goja.Value {
			return g.value(quad.LangString{Value: quad.String(a.text(0)), Lang: a.text(1)})
		},
		"typed": func(a args) goja.Value {
			return g.value(quad.TypedString{Value: quad.String(a.text(0)), Type: quad.IRI(a.text(1))})
		},
		"lt":  g.comparison(iterator.CompareLT),
		"lte": g.comparison(iterator.CompareLTE),
		"gt":  g.comparison(iterator.CompareGT),
		"gte": g.comparison(iterator.CompareGTE),
		"regex": func(a args) goja.Value {
			allRefs := len(a.list) > 1 && a.list[1].ToBoolean()
			var pattern string
			switch v := g.nodeOf(a.at(0)).(type) {
			case quad.String:
				pattern = string(v)
			case quad.IRI:
				pattern = string(v)
			case quad.BNode:
				pattern = string(v)
			default:
				g.throw(fmt.Errorf("not a pattern: %v", a.at(0)))
			}
			if _, isString := g.nodeOf(a.at(0)).(quad.String); !isString && !allRefs {
				g.throw(errors.New("regexps are not allowed on IRIs"))
			}
			re, err := regexp.Compile(pattern)
			if err != nil {
				g.throw(err)
			}
			return g.opaque(&filterObject{kgstore.Expression(re, allRefs)})
		},
		"like": func(a args) goja.Value {
			if _, ok := a.at(0).(goja.String); !ok {
				g.throw(fmt.Errorf("not a pattern: %v", a.at(0)))
			}
			return g.opaque(&filterObject{shape.Wildcard{Pattern: a.text(0)}})
		},
	} {
		g.vm.Set(name, func(call goja.FunctionCall) goja.Value {
			g.stop.check()
			return g.recovered(name, func() goja.Value { return fn(args{g, call.Arguments}) })
		})
	}
	return g
}

// method defines a method with a small and with a capital first letter.
func (g *gizmo) method(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
	wrapped := func(call goja.FunctionCall) goja.Value {
		g.stop.check()
		return g.recovered(name, func() goja.Value { return fn(call) })
	}
	for _, n := range []string{strings.ToLower(name[:1]) + name[1:], strings.ToUpper(name[:1]) + name[1:], name} {
		o.DefineDataProperty(n, g.vm.ToValue(wrapped), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
}

// throw raises an exception that names what was called.
func (g *gizmo) throw(err error) {
	if g.calling != "" {
		err = fmt.Errorf("%s: %w", g.calling, err)
	}
	g.sandbox.throw(err)
}

// recovered turns panics of Cayley's code into JavaScript exceptions; those of goja and of the limits pass.
func (g *gizmo) recovered(name string, fn func() goja.Value) goja.Value {
	outer := g.calling
	g.calling = name
	defer func() {
		g.calling = outer
		p := recover()
		switch p := p.(type) {
		case nil:
		case goja.Value, interrupted, *goja.Exception, *goja.InterruptedError, *goja.StackOverflowError:
			panic(p)
		case error:
			if _, uncatchable := p.(interface{ Value() any }); uncatchable {
				panic(p)
			}
			g.sandbox.throw(fmt.Errorf("%s: %w", name, p))
		default:
			g.sandbox.throw(fmt.Errorf("%s: %v", name, p))
		}
	}()
	return fn()
}

// Objects of Go in JavaScript. They are opaque there: without exported fields or methods.
type (
	pathObject struct {
		path   *path.Path
		all    bool // all nodes, without a step
		size   int  // steps, with all inner paths written out
		labels int  // size of the label context, which every later step repeats
	}
	valueObject  struct{ value quad.Value }
	filterObject struct{ filter shape.ValueFilter }
)

// String is what a value becomes in JavaScript's strings.
func (v *valueObject) String() string { return quad.StringOf(v.value) }

func (g *gizmo) opaque(x any) goja.Value { return g.vm.ToValue(x) }

func (g *gizmo) value(v quad.Value) goja.Value { return g.opaque(&valueObject{v}) }

func (g *gizmo) pathValue(p *pathObject) goja.Value {
	if p.size > maxPath {
		g.throw(fmt.Errorf("path of more than %d steps", maxPath))
	}
	o := g.vm.ToValue(p).(*goja.Object)
	o.SetPrototype(g.pathProto)
	return o
}

// args are the arguments of a call.
type args struct {
	g    *gizmo
	list []goja.Value
}

func (a args) at(i int) goja.Value {
	if i < len(a.list) {
		return a.list[i]
	}
	return goja.Undefined()
}

func (a args) has(i int) bool {
	return i < len(a.list) && !goja.IsUndefined(a.list[i]) && !goja.IsNull(a.list[i])
}

// text is an argument that must be a string, or an IRI or other value, which gives its notation.
func (a args) text(i int) string {
	switch x := goValue(a.at(i)).(type) {
	case string:
		return x
	case *valueObject:
		return quad.StringOf(x.value)
	case int64, float64, bool:
		return fmt.Sprint(x)
	}
	a.g.throw(fmt.Errorf("argument %d: want a string", i+1))
	return ""
}

// number is an argument that must be a number.
func (a args) number(i int) int64 {
	switch x := goValue(a.at(i)).(type) {
	case int64:
		return x
	case float64:
		if x == x && x > -1<<53 && x < 1<<53 {
			return int64(x)
		}
		if x > 0 {
			return 1 << 53
		}
		return -1
	}
	a.g.throw(fmt.Errorf("argument %d: want a number", i+1))
	return 0
}

// strings are the arguments from i on, lists among them taken apart.
func (a args) strings(i int) []string {
	var out []string
	for ; i < len(a.list); i++ {
		if !a.has(i) {
			continue
		}
		if list, ok := isArray(a.list[i]); ok {
			for j := range a.g.length(list) {
				out = append(out, args{a.g, []goja.Value{list.Get(strconv.Itoa(j))}}.text(0))
			}
			continue
		}
		out = append(out, a.text(i))
	}
	return out
}

// path is an argument that must be a path; nil where it is not given.
func (a args) path(i int) *pathObject {
	if !a.has(i) {
		return nil
	}
	p, ok := goValue(a.list[i]).(*pathObject)
	if !ok {
		a.g.throw(fmt.Errorf("argument %d: want a path", i+1))
	}
	return p
}

// nodeOf turns a JavaScript value into a node: strings in Cayley's notation, others into literals.
func (g *gizmo) nodeOf(v goja.Value) quad.Value {
	var out quad.Value
	switch x := goValue(v).(type) {
	case string:
		out = g.nodeOfText(x)
	case bool:
		out = quad.Bool(x)
	case int64:
		out = quad.Int(x)
	case float64:
		if x == float64(int64(x)) {
			out = quad.Int(int64(x))
		} else {
			out = quad.Float(x)
		}
	case time.Time:
		out = quad.Time(x)
	case *valueObject:
		out = x.value
	default:
		kind := "an object"
		switch {
		case goja.IsUndefined(v):
			kind = "undefined"
		case goja.IsNull(v):
			kind = "null"
		}
		g.throw(fmt.Errorf("want a node, such as \"<kg:Russia>\", and got %s", kind))
	}
	return g.v.ns.lookupForm(out)
}

// nodeOfText reads the notation of nodes in Cayley: <iri>, _:blank, "text"^^<datatype>, "text"@lang, and else a plain literal.
func (g *gizmo) nodeOfText(s string) quad.Value {
	switch {
	case s == "":
		return quad.String("")
	case s[0] == '"':
		if t, rest, err := scanTerm(s); err == nil && rest == "" && (t.Datatype != "" || t.Lang != "") {
			return g.v.ns.value(t)
		}
	}
	v := quad.StringToValue(s)
	if iri, ok := v.(quad.IRI); ok && iri == "" || v == nil {
		return quad.String(s)
	}
	return v
}

// nodes are the arguments from i on as nodes, lists among them taken apart.
func (a args) nodes(i int) []quad.Value {
	var out []quad.Value
	for ; i < len(a.list); i++ {
		if list, ok := isArray(a.list[i]); ok {
			for j := range a.g.length(list) {
				out = append(out, a.g.nodeOf(list.Get(strconv.Itoa(j))))
			}
			continue
		}
		out = append(out, a.g.nodeOf(a.list[i]))
	}
	return out
}

// via is an argument that tells predicates or graphs: nothing for all, a path, a node, or a list of nodes.
func (a args) via(i int) (via []any, size int) {
	if !a.has(i) {
		return nil, 1
	}
	v := a.list[i]
	if p, ok := goValue(v).(*pathObject); ok {
		return []any{p.path.Clone()}, p.size
	}
	if list, ok := isArray(v); ok {
		n := a.g.length(list)
		if n == 1 {
			return args{a.g, []goja.Value{list.Get("0")}}.via(0)
		}
		for j := range n {
			via = append(via, a.g.nodeOf(list.Get(strconv.Itoa(j))))
		}
		return via, 1
	}
	return []any{a.g.nodeOf(v)}, 1
}

func (g *gizmo) iri(a args) goja.Value {
	s := a.text(0)
	if i := strings.IndexByte(s, ':'); i >= 0 {
		if full, ok := g.user[s[:i]]; ok {
			s = full + s[i+1:]
		}
	}
	return g.value(quad.IRI(g.v.ns.compact(s)))
}

func (g *gizmo) vertex(a args) goja.Value {
	nodes := a.nodes(0)
	return g.pathValue(&pathObject{path: path.StartMorphism(nodes...), all: len(nodes) == 0, size: 1})
}

func (g *gizmo) morphism(args) goja.Value {
	return g.pathValue(&pathObject{path: path.StartMorphism(), all: true, size: 1})
}

// row takes the next row, made by fn only where it is returned.
func (g *gizmo) row(fn func() (any, error)) {
	g.stop.check()
	g.res.Total++
	if len(g.res.Rows) < g.req.Limit {
		x, err := fn()
		if err != nil {
			g.throw(err)
		}
		g.res.Rows = append(g.res.Rows, x)
		return
	}
	g.res.Truncated = true
	now := time.Now()
	if g.countEnds.IsZero() {
		g.countEnds = now.Add(countTime)
		if end, ok := g.ctx.Deadline(); ok {
			if half := now.Add(end.Sub(now) / 2); half.Before(g.countEnds) {
				g.countEnds = half
			}
		}
	}
	if now.After(g.countEnds) {
		panic(interrupted{errEnough})
	}
}

// export turns an emitted value into one that marshals to JSON.
func (g *gizmo) export(v goja.Value) (any, error) {
	e := exporter{s: g.sandbox, seen: map[*goja.Object]bool{}, native: func(x any) (any, bool) {
		if val, ok := x.(*valueObject); ok {
			return g.v.ns.native(val.value, g.req.JSONLD), true
		}
		return nil, true
	}}
	return e.export(v)
}

// build makes the iterator of a path. Cayley's optimizer panics where a part turns out to be empty in some places, or leaves nothing
// where an iterator has to be; the shape then runs as it is. That may panic, too, as Cayley cannot reverse every step.
func (g *gizmo) build(p *pathObject) iterator.Shape {
	s := p.path.Shape()
	var it iterator.Shape
	if notInterrupted(func() {
		opt, _ := shape.Optimize(g.ctx, s, g.v)
		it = g.iterator(opt)
	}) {
		return it
	}
	return g.iterator(s)
}

func (g *gizmo) iterator(s shape.Shape) iterator.Shape {
	if shape.IsNull(s) {
		return iterator.NewNull()
	}
	return s.BuildIterator(g.v)
}

// notInterrupted says whether fn came to its end; it lets only panics through that end the query.
func notInterrupted(fn func()) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			if in, isStop := p.(interrupted); isStop {
				panic(in)
			}
			ok = false
		}
	}()
	fn()
	return true
}

// counted is the number of results of a path where the store keeps the counts that tell it.
func (g *gizmo) counted(p *pathObject) (n int64, ok bool) {
	if g.onPath != nil {
		return 0, false
	}
	it, ok := g.build(p).(interface {
		Count(ctx context.Context) (int64, bool, error)
	})
	if !ok {
		return 0, false
	}
	n, ok, err := it.Count(g.ctx)
	if err != nil {
		g.throw(err)
	}
	return n, ok
}

// iterate calls fn at each result of a path, also at each further way to one where paths is set, until fn returns false.
func (g *gizmo) iterate(p *pathObject, paths bool, fn func(sc iterator.Scanner) bool) {
	if g.onPath != nil {
		g.onPath(p)
	}
	it := iterator.Tag(g.build(p), "id")
	it, _ = it.Optimize(g.ctx)
	sc := it.Iterate()
	defer sc.Close()
	for sc.Next(g.ctx) {
		g.stop.check()
		if !fn(sc) {
			return
		}
		for paths && sc.NextPath(g.ctx) {
			g.stop.check()
			if !fn(sc) {
				return
			}
		}
	}
	g.stop.check()
	if err := sc.Err(); err != nil {
		g.throw(err)
	}
}

// tags gives the tagged nodes of a result as they stand in a row; nil where there are none.
func (g *gizmo) tags(sc iterator.Scanner) (map[string]any, error) {
	tagged := map[string]refs.Ref{}
	sc.TagResults(tagged)
	return g.tagValues(tagged)
}

func (g *gizmo) tagValues(tagged map[string]refs.Ref) (map[string]any, error) {
	row := make(map[string]any, len(tagged))
	for tag, ref := range tagged {
		v, err := g.names.nameOf(ref)
		if err != nil {
			return nil, err
		}
		if x := g.v.ns.native(v, g.req.JSONLD); x != nil {
			row[tag] = x
		}
	}
	return row, nil
}

// all adds at most limit results of p to the rows; limit is negative for no limit.
func (g *gizmo) all(p *pathObject, limit int64) {
	n := int64(0)
	g.iterate(p, true, func(sc iterator.Scanner) bool {
		if limit >= 0 && n >= limit {
			return false
		}
		n++
		if len(g.res.Rows) >= g.req.Limit { // only counted
			g.row(nil)
			return true
		}
		tagged := map[string]refs.Ref{}
		sc.TagResults(tagged)
		g.row(func() (any, error) { return g.tagValues(tagged) })
		return true
	})
}

// array collects results for JavaScript: nodes, or maps of tags.
func (g *gizmo) array(p *pathObject, limit int64, tags bool) []any {
	out := []any{}
	if limit == 0 {
		return out
	}
	g.iterate(p, tags, func(sc iterator.Scanner) bool {
		if len(out) >= maxArray {
			g.fail("array of more than %d results; use ForEach", maxArray)
		}
		var x any
		if tags {
			row, err := g.tags(sc)
			if err != nil {
				g.throw(err)
			}
			if len(row) > 0 {
				x = g.object(row)
			}
		} else {
			v, err := g.names.nameOf(sc.Result())
			if err != nil {
				g.throw(err)
			}
			x = g.v.ns.native(v, g.req.JSONLD)
			if m, ok := x.(map[string]any); ok {
				x = g.object(m)
			}
		}
		if x != nil {
			out = append(out, x)
		}
		return limit < 0 || int64(len(out)) < limit
	})
	return out
}

// object makes a plain JavaScript object.
func (g *gizmo) object(m map[string]any) *goja.Object {
	o := g.vm.NewObject()
	for _, k := range keysOf(m) {
		x := m[k]
		if inner, ok := x.(map[string]any); ok {
			x = g.object(inner)
		}
		o.Set(k, x)
	}
	return o
}

// zeroNode is a reference to no node.
var zeroNode = cayleykv.Int64Value(0)
