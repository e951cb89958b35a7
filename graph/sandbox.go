package graph

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
)

// The JavaScript of a query runs in this process, so nothing in it may kill the process or keep a core:
//
//   - The interpreter looks for an interrupt at every instruction, but not within a built-in function. So every built-in that can
//     run or allocate out of proportion to its arguments is removed or refuses what is too big: strings are at most maxString
//     long, arrays that a built-in works on at most maxArray, and both together at most maxWork steps.
//   - The operators that make strings, + and templates, are no functions. parseSandboxed puts their results through a check.
//   - Big integers, whose operators take time without bound, code from strings, and what reaches memory by other ways (typed
//     arrays, proxies) are not there.
//   - What grows by many small steps is left to the heap's watcher and the time limit.
const (
	maxString = 1 << 20 // UTF-16 units
	maxArray  = 200_000
	maxWork   = 1 << 30
	maxCalls  = 400  // nested calls
	maxDepth  = 200  // nested values
	maxNodes  = 1000 // nested parts of the source
)

// errSandbox is what a query ends with that goes beyond the limits; JavaScript cannot catch it.
type errSandbox string

func (e errSandbox) Error() string { return string(e) }

// checkString is the name of the check of strings in the transformed program. No source text can name it.
const checkString = "\x00string"

// parseSandboxed parses a query and puts a check around every + and template.
func parseSandboxed(text string) (*goja.Program, error) {
	if at, err := checkNesting(text); err != nil {
		return nil, placedAt(text, 1+strings.Count(text[:at], "\n"), at-strings.LastIndexByte(text[:at], '\n'), err)
	}
	tree, err := parser.ParseFile(nil, queryName, text, 0, parser.WithDisableSourceMaps)
	var faults parser.ErrorList
	if errors.As(err, &faults) && len(faults) > 0 {
		return nil, placedAt(text, faults[0].Position.Line, faults[0].Position.Column, errors.New(faults[0].Message))
	}
	if err != nil {
		return nil, err
	}
	t := transformer{seen: map[uintptr]bool{}}
	t.walk(reflect.ValueOf(tree))
	if t.err != nil {
		return nil, inTree(text, tree, t.at, t.err)
	}
	prog, err := goja.CompileAST(tree, false)
	var fault *goja.CompilerSyntaxError
	if errors.As(err, &fault) {
		return nil, inTree(text, tree, file.Idx(fault.Offset+tree.File.Base()), errors.New(fault.Message))
	}
	return prog, err
}

// queryName is the name of a query's text in positions.
const queryName = "query"

// inTree is err with a place in the text that was parsed to tree.
func inTree(text string, tree *ast.Program, at file.Idx, err error) error {
	offset := int(at) - tree.File.Base()
	if offset < 0 || offset > len(text) {
		return err
	}
	pos := tree.File.Position(offset)
	return placedAt(text, pos.Line, pos.Column, err)
}

// checkNesting bounds how deep the parser recurses, and chains of labels, for which goja's parser takes quadratic time. It reads
// text roughly: what looks like a comment may stand in a string, so that brackets in comments count and separators in them do not.
// An error is at an offset in the text.
func checkNesting(text string) (at int, err error) {
	depth, deepest, labels := 0, 0, 0
	comment := byte(0) // what it ends with
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '(', '[', '{':
			if depth++; depth > 1000 && deepest <= 1000 {
				at = i
			}
			deepest = max(deepest, depth)
		case ')', ']', '}':
			depth--
		case ':':
			if labels++; labels > 300 {
				return i, errors.New("more than 300 labels in a row")
			}
		case '\n':
			if comment == '\n' {
				comment = 0
			}
		case '/':
			if comment == '*' && i > 0 && text[i-1] == '*' {
				comment = 0
			} else if comment == 0 && i+1 < len(text) && (text[i+1] == '*' || text[i+1] == '/') {
				comment = '*'
				if text[i+1] == '/' {
					comment = '\n'
				}
				i++
			}
		}
		if comment == 0 && strings.IndexByte("()[]{};,?", text[i]) >= 0 {
			labels = 0
		}
	}
	if deepest > 1000 {
		return at, errNested
	}
	return 0, nil
}

var errNested = errors.New("nested too deeply")

type transformer struct {
	seen  map[uintptr]bool // a declaration hangs at its statement and at its function
	depth int
	err   error
	at    file.Idx // of err, or of the node that is walked
}

var expressionType = reflect.TypeOf((*ast.Expression)(nil)).Elem()

func (t *transformer) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || t.seen[v.Pointer()] || v.Type().Elem().PkgPath() != reflect.TypeOf(ast.Program{}).PkgPath() {
			return
		}
		t.seen[v.Pointer()] = true
		if n, ok := v.Interface().(ast.Node); ok && t.err == nil {
			t.at = placeOf(n, t.at)
			t.check(n)
		}
		if t.depth++; t.depth > maxNodes {
			t.err = errNested
		} else if t.err == nil {
			t.walk(v.Elem())
		}
		t.depth--
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		t.walk(v.Elem())
		if v.Type() == expressionType && v.CanSet() {
			if e, ok := v.Interface().(ast.Expression); ok && growsString(e) {
				v.Set(reflect.ValueOf(&ast.CallExpression{Callee: &ast.Identifier{Name: checkString, Idx: e.Idx0()},
					ArgumentList: []ast.Expression{e}, LeftParenthesis: e.Idx0(), RightParenthesis: e.Idx1()}))
			}
		}
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if v.Type().Field(i).IsExported() {
				t.walk(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := 0; i < v.Len(); i++ {
			t.walk(v.Index(i))
		}
	}
}

// placeOf is where a node begins; goja does not know that of all.
func placeOf(n ast.Node, otherwise file.Idx) (at file.Idx) {
	defer func() {
		if recover() != nil {
			at = otherwise
		}
	}()
	return n.Idx0()
}

// check refuses what cannot be bounded at run time.
func (t *transformer) check(node any) {
	switch n := node.(type) {
	case *ast.NumberLiteral:
		if strings.HasSuffix(n.Literal, "n") && !strings.HasPrefix(n.Literal, "0x") {
			t.err = errNoBigInt
		}
		switch n.Value.(type) {
		case int64, float64:
		default:
			t.err = errNoBigInt
		}
	case *ast.FunctionLiteral:
		if n.Async || n.Generator {
			t.err = errNoGenerators
		}
	case *ast.ArrowFunctionLiteral:
		if n.Async {
			t.err = errNoGenerators
		}
	case *ast.RegExpLiteral:
		if err := checkRegexp(n.Pattern); err != nil {
			t.err = err
		}
	case *ast.TemplateLiteral:
		if len(n.Expressions) > 50 {
			t.err = errors.New("template with more than 50 expressions")
		}
	}
}

var errNoBigInt = errors.New("big integers are not available in queries")

// Generators nest in Go's stack without a limit of calls, and an interrupt takes minutes to leave a deep one.
var errNoGenerators = errors.New("generators and async functions are not available in queries")

func growsString(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		return e.Operator == token.PLUS
	case *ast.AssignExpression:
		return e.Operator == token.PLUS
	case *ast.TemplateLiteral:
		return e.Tag == nil && len(e.Expressions) > 0
	}
	return false
}

// checkRegexp refuses expressions that need backtracking, which takes exponential time at worst.
func checkRegexp(pattern string) error {
	if len(pattern) > 10_000 {
		return errors.New("regular expression of more than 10000 characters")
	}
	_, err := parser.TransformRegExp(pattern, false, true)
	var incompatible parser.RegexpErrorIncompatible
	if errors.As(err, &incompatible) {
		return fmt.Errorf("regular expression with lookaround or back reference: %.40q", pattern)
	}
	return nil // goja tells other faults better
}

// sandbox is a JavaScript runtime whose built-in functions keep within limits. For one goroutine.
type sandbox struct {
	vm    *goja.Runtime
	stop  *stopper
	binds int
	depth int
}

// fail ends the query.
func (s *sandbox) fail(format string, args ...any) {
	panic(interrupted{errSandbox(fmt.Sprintf(format, args...))})
}

// throw raises a JavaScript exception with err's text.
func (s *sandbox) throw(err error) { panic(s.vm.NewGoError(err)) }

func newSandbox(stop *stopper) *sandbox {
	s := &sandbox{vm: goja.New(), stop: stop}
	s.vm.SetMaxCallStackSize(maxCalls)
	s.vm.SetParserOptions(parser.WithDisableSourceMaps)
	if _, err := s.vm.RunString(sandboxPrelude); err != nil {
		panic(err) // a fault of this file
	}
	s.strings()
	s.arrays()
	s.others()
	return s
}

// sandboxPrelude removes what cannot be bounded. Constructors of functions are reachable through the prototypes of functions.
const sandboxPrelude = `(function () {
	delete (async function () {}).constructor.prototype.constructor;
	delete Object.getPrototypeOf(async function () {}).constructor;
	delete Object.getPrototypeOf(async () => {}).constructor;
	delete Object.getPrototypeOf(function* () {}).constructor;
	delete Function.prototype.constructor;
	delete Function.prototype.toString;
	delete Array.prototype.toLocaleString;
	delete Array.prototype.copyWithin;
	delete RegExp.prototype.compile;
	delete String.raw;
	["eval", "Function", "BigInt", "Promise", "Proxy", "Reflect", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array",
		"Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array",
		"BigUint64Array", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "GoError", "escape", "unescape"].forEach(function (name) {
		delete globalThis[name];
	});
})()`

// wrap replaces a method by one that first runs before; before may end the query or change the arguments.
func (s *sandbox) wrap(o *goja.Object, name string, before func(call *goja.FunctionCall)) {
	orig, ok := goja.AssertFunction(o.Get(name))
	if !ok {
		return
	}
	o.DefineDataProperty(name, s.vm.ToValue(s.wrapped(orig, before)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (s *sandbox) wrapSymbol(o *goja.Object, name *goja.Symbol, before func(call *goja.FunctionCall)) {
	orig, ok := goja.AssertFunction(o.GetSymbol(name))
	if !ok {
		return
	}
	o.DefineDataPropertySymbol(name, s.vm.ToValue(s.wrapped(orig, before)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (s *sandbox) wrapped(orig goja.Callable, before func(call *goja.FunctionCall)) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		s.stop.check()
		before(&call)
		return s.call(orig, call.This, call.Arguments...)
	}
}

// call calls a JavaScript function and passes its exception on.
func (s *sandbox) call(fn goja.Callable, this goja.Value, args ...goja.Value) goja.Value {
	v, err := fn(this, args...)
	if err != nil {
		var ex *goja.Exception
		if errors.As(err, &ex) {
			panic(ex.Value())
		}
		panic(interrupted{err})
	}
	return v
}

// text is v as a string, in UTF-16 units of at most maxString.
func (s *sandbox) text(v goja.Value) (goja.String, int) {
	str, ok := v.(goja.String)
	if !ok {
		if _, isSym := v.(*goja.Symbol); isSym {
			panic(s.vm.NewTypeError("Cannot convert a Symbol value to a string"))
		}
		str, ok = v.ToString().(goja.String)
		if !ok {
			str = s.vm.ToValue(v.String()).(goja.String)
		}
	}
	n := str.Length()
	if n > maxString {
		s.fail("string of more than %d characters", maxString)
	}
	return str, n
}

// integer is an argument as a length or count; less than 0 and NaN are 0.
func integer(v goja.Value) int64 {
	f := v.ToFloat()
	switch {
	case !(f > 0):
		return 0
	case f > 1<<53:
		return 1 << 53
	}
	return int64(f)
}

// strings bounds the functions of strings. Their this and patterns are made strings once: an object could tell another text at
// every look.
func (s *sandbox) strings() {
	proto := s.vm.Get("String").(*goja.Object).Get("prototype").(*goja.Object)
	this := func(call *goja.FunctionCall) int {
		if goja.IsNull(call.This) || goja.IsUndefined(call.This) {
			panic(s.vm.NewTypeError("string method on null or undefined"))
		}
		str, n := s.text(call.This)
		call.This = str
		return n
	}
	copyArgs := func(call *goja.FunctionCall) { call.Arguments = append([]goja.Value(nil), call.Arguments...) }
	// A plain search compares at every place, so its work may be the product of the lengths.
	search := func(call *goja.FunctionCall) (n, m int) {
		n = this(call)
		copyArgs(call)
		if len(call.Arguments) > 0 {
			if o, ok := call.Arguments[0].(*goja.Object); ok && o.ClassName() == "RegExp" {
				s.regexp(o)
				return n, 0
			}
			if !goja.IsUndefined(call.Arguments[0]) && !goja.IsNull(call.Arguments[0]) {
				call.Arguments[0], m = s.text(call.Arguments[0])
			}
		}
		if n*m > maxWork {
			s.fail("search for a string of %d characters in one of %d", m, n)
		}
		return n, m
	}
	for _, name := range []string{"indexOf", "lastIndexOf", "includes", "startsWith", "endsWith", "split"} {
		s.wrap(proto, name, func(call *goja.FunctionCall) { search(call) })
	}
	for _, name := range []string{"match", "matchAll", "search"} {
		s.wrap(proto, name, func(call *goja.FunctionCall) {
			search(call)
			if str, ok := call.Argument(0).(goja.String); ok { // becomes an expression
				if err := checkRegexp(str.String()); err != nil {
					s.throw(err)
				}
			}
		})
	}
	for _, name := range []string{"replace", "replaceAll"} {
		s.wrap(proto, name, func(call *goja.FunctionCall) {
			n, _ := search(call)
			s.replacement(call, n)
		})
	}
	for _, name := range []string{"padStart", "padEnd"} {
		s.wrap(proto, name, func(call *goja.FunctionCall) {
			this(call)
			copyArgs(call)
			if n := integer(call.Argument(0)); n > maxString {
				s.fail("string of more than %d characters", maxString)
			} else if len(call.Arguments) > 0 {
				call.Arguments[0] = s.vm.ToValue(n)
			}
		})
	}
	s.wrap(proto, "repeat", func(call *goja.FunctionCall) {
		n := this(call)
		copyArgs(call)
		if len(call.Arguments) > 0 && call.Arguments[0].ToFloat() >= 0 {
			k := integer(call.Arguments[0])
			if k > maxString || int64(n)*k > maxString {
				s.fail("string of more than %d characters", maxString)
			}
			call.Arguments[0] = s.vm.ToValue(k)
		}
	})
	s.wrap(proto, "concat", func(call *goja.FunctionCall) {
		n := this(call)
		copyArgs(call)
		for i := range call.Arguments {
			var m int
			call.Arguments[i], m = s.text(call.Arguments[i])
			if n += m; n > maxString {
				s.fail("string of more than %d characters", maxString)
			}
		}
	})
	for _, name := range []string{"normalize", "toUpperCase", "toLowerCase", "toLocaleUpperCase", "toLocaleLowerCase", "localeCompare"} {
		s.wrap(proto, name, func(call *goja.FunctionCall) { this(call) })
	}
	global := s.vm.GlobalObject()
	for _, name := range []string{"encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"} {
		s.wrap(global, name, func(call *goja.FunctionCall) {
			copyArgs(call)
			if len(call.Arguments) > 0 {
				call.Arguments[0], _ = s.text(call.Arguments[0])
			}
		})
	}
	re := s.vm.Get("RegExp").(*goja.Object)
	reProto := re.Get("prototype").(*goja.Object)
	for _, sym := range []*goja.Symbol{goja.SymMatch, goja.SymMatchAll, goja.SymSearch, goja.SymSplit, goja.SymReplace} {
		s.wrapSymbol(reProto, sym, func(call *goja.FunctionCall) {
			copyArgs(call)
			n := 0
			if len(call.Arguments) > 0 {
				call.Arguments[0], n = s.text(call.Arguments[0])
			}
			if sym == goja.SymReplace {
				s.replacement(call, n)
			}
		})
	}
	for _, name := range []string{"exec", "test"} {
		s.wrap(reProto, name, func(call *goja.FunctionCall) {
			copyArgs(call)
			if len(call.Arguments) > 0 {
				call.Arguments[0], _ = s.text(call.Arguments[0])
			}
		})
	}
	newRegexp := func(call goja.ConstructorCall) *goja.Object {
		s.stop.check()
		args := append([]goja.Value(nil), call.Arguments...)
		if len(args) > 0 {
			if o, ok := args[0].(*goja.Object); ok && o.ClassName() == "RegExp" {
				s.regexp(o)
			} else if !goja.IsUndefined(args[0]) {
				var str goja.String
				str, _ = s.text(args[0])
				if err := checkRegexp(str.String()); err != nil {
					s.throw(err)
				}
				args[0] = str
			}
		}
		o, err := s.vm.New(re, args...)
		if err != nil {
			var ex *goja.Exception
			if errors.As(err, &ex) {
				panic(ex.Value())
			}
			panic(interrupted{err})
		}
		return o
	}
	s.replaceConstructor("RegExp", re, newRegexp)
}

// regexp checks the source of an expression object that a built-in is about to copy.
func (s *sandbox) regexp(o *goja.Object) {
	if err := checkRegexp(o.Get("source").String()); err != nil {
		s.throw(err)
	}
}

// replacement bounds what replace makes of a string of n characters: each of at most n+1 matches may be replaced by the
// replacement, and $` and $' in it by all of the string.
func (s *sandbox) replacement(call *goja.FunctionCall, n int) {
	if len(call.Arguments) < 2 {
		return
	}
	if _, isFunc := goja.AssertFunction(call.Arguments[1]); isFunc {
		return
	}
	str, m := s.text(call.Arguments[1])
	call.Arguments[1] = str
	text := str.String()
	quadratic := strings.Count(text, "$`") + strings.Count(text, "$'")
	groups := strings.Count(text, "$") - quadratic
	if (n+1)*m+groups*n+(n+1)*n*quadratic > 16*maxString && (n+1)*m > maxString {
		s.fail("replacement may make a string of more than %d characters", 16*maxString)
	}
	if (n+1)*n*quadratic > 16*maxString {
		s.fail("replacement may make a string of more than %d characters", 16*maxString)
	}
}

// replaceConstructor puts another function in the place of a built-in constructor, with its static functions and prototype.
func (s *sandbox) replaceConstructor(name string, orig *goja.Object, construct func(goja.ConstructorCall) *goja.Object) {
	fn := s.vm.ToValue(construct).(*goja.Object)
	proto := orig.Get("prototype").(*goja.Object)
	for _, key := range orig.GetOwnPropertyNames() {
		if key != "prototype" && key != "length" && key != "name" {
			fn.DefineDataProperty(key, orig.Get(key), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	fn.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	proto.DefineDataProperty("constructor", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	s.vm.GlobalObject().DefineDataProperty(name, fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func isArray(v goja.Value) (*goja.Object, bool) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Array" {
		return nil, false
	}
	return o, true
}

// length is the length of an array, at most maxArray.
func (s *sandbox) length(o *goja.Object) int {
	n := integer(o.Get("length"))
	if n > maxArray {
		s.fail("array of more than %d elements", maxArray)
	}
	return int(n)
}

// arrays bounds the functions of arrays. What only looks like an array is copied to one first, since its length may change between
// the check and the work.
func (s *sandbox) arrays() {
	array := s.vm.Get("Array").(*goja.Object)
	proto := array.Get("prototype").(*goja.Object)
	this := func(call *goja.FunctionCall) (*goja.Object, int) {
		if o, ok := isArray(call.This); ok {
			return o, s.length(o)
		}
		if goja.IsNull(call.This) || goja.IsUndefined(call.This) {
			panic(s.vm.NewTypeError("array method on null or undefined"))
		}
		from := call.This.ToObject(s.vm)
		n := s.length(from)
		items := make([]any, n)
		for i := range items {
			items[i] = from.Get(strconv.Itoa(i))
		}
		o := s.vm.NewArray(items...)
		call.This = o
		return o, n
	}
	for _, name := range proto.GetOwnPropertyNames() {
		if name == "constructor" || name == "length" || name == "toString" || name == "join" || name == "concat" {
			continue
		}
		s.wrap(proto, name, func(call *goja.FunctionCall) {
			_, n := this(call)
			for _, arg := range call.Arguments {
				if str, ok := arg.(goja.String); ok && n*str.Length() > maxWork {
					s.fail("search for a long string in a long array")
				}
				if o, ok := isArray(arg); ok {
					n += s.length(o)
				}
			}
			switch name {
			case "flat":
				budget := maxArray
				s.countNested(call.This, integer(call.Argument(0)), &budget)
			case "sort", "toSorted":
				if goja.IsUndefined(call.Argument(0)) {
					call.Arguments = []goja.Value{s.vm.ToValue(s.compareText)}
				}
			}
		})
	}
	s.wrapSymbol(proto, goja.SymIterator, func(call *goja.FunctionCall) { this(call) })
	join := func(call goja.FunctionCall) goja.Value {
		s.stop.check()
		o, n := this(&call)
		sep := ","
		if !goja.IsUndefined(call.Argument(0)) {
			str, _ := s.text(call.Argument(0))
			sep = str.String()
		}
		if s.depth++; s.depth > maxDepth {
			s.fail("arrays nested more than %d deep", maxDepth)
		}
		defer func() { s.depth-- }()
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteString(sep)
			}
			if v := o.Get(strconv.Itoa(i)); v != nil && !goja.IsNull(v) && !goja.IsUndefined(v) {
				str, _ := s.text(v)
				b.WriteString(str.String())
			}
			if b.Len() > 3*maxString {
				s.fail("string of more than %d characters", maxString)
			}
			if i%1024 == 0 {
				s.stop.check()
			}
		}
		str, _ := s.text(s.vm.ToValue(b.String()))
		return str
	}
	// Objects other than arrays count as one element, whatever Symbol.isConcatSpreadable says.
	concat := func(call goja.FunctionCall) goja.Value {
		s.stop.check()
		this(&call)
		var items []any
		for _, part := range append([]goja.Value{call.This}, call.Arguments...) {
			o, ok := isArray(part)
			if !ok {
				items = append(items, part)
				continue
			}
			n := s.length(o)
			if len(items)+n > maxArray {
				s.fail("array of more than %d elements", maxArray)
			}
			for i := range n {
				v := o.Get(strconv.Itoa(i))
				if v == nil {
					v = goja.Undefined()
				}
				items = append(items, v)
			}
		}
		return s.vm.NewArray(items...)
	}
	proto.DefineDataProperty("concat", s.vm.ToValue(concat), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto.DefineDataProperty("join", s.vm.ToValue(join), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto.DefineDataProperty("toString", s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return join(goja.FunctionCall{This: call.This})
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	from := func(call goja.FunctionCall) goja.Value {
		s.stop.check()
		src := call.Argument(0)
		var items []any
		add := func(v goja.Value) bool {
			if len(items)%1024 == 0 {
				s.stop.check()
			}
			if len(items) >= maxArray {
				s.fail("array of more than %d elements", maxArray)
			}
			if fn, ok := goja.AssertFunction(call.Argument(1)); ok {
				v = s.call(fn, call.Argument(2), v, s.vm.ToValue(len(items)))
			}
			items = append(items, v)
			return true
		}
		if goja.IsNull(src) || goja.IsUndefined(src) {
			panic(s.vm.NewTypeError("Array.from of null or undefined"))
		}
		o := src.ToObject(s.vm)
		if it := o.GetSymbol(goja.SymIterator); it != nil && !goja.IsUndefined(it) && !goja.IsNull(it) {
			s.vm.ForOf(src, add)
		} else {
			for i := range s.length(o) {
				v := o.Get(strconv.Itoa(i))
				if v == nil {
					v = goja.Undefined()
				}
				add(v)
			}
		}
		return s.vm.NewArray(items...)
	}
	s.replaceConstructor("Array", array, func(call goja.ConstructorCall) *goja.Object {
		s.stop.check()
		if len(call.Arguments) == 1 {
			switch goValue(call.Arguments[0]).(type) {
			case int64, float64:
				if integer(call.Arguments[0]) > maxArray {
					s.fail("array of more than %d elements", maxArray)
				}
			}
		}
		o, err := s.vm.New(array, call.Arguments...)
		if err != nil {
			var ex *goja.Exception
			if errors.As(err, &ex) {
				panic(ex.Value())
			}
			panic(interrupted{err})
		}
		return o
	})
	s.vm.Get("Array").(*goja.Object).DefineDataProperty("from", s.vm.ToValue(from), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// compareText orders values as sort does by default, and looks for the end of the query.
func (s *sandbox) compareText(call goja.FunctionCall) goja.Value {
	s.stop.check()
	a, _ := s.text(call.Argument(0))
	b, _ := s.text(call.Argument(1))
	return s.vm.ToValue(a.CompareTo(b))
}

// countNested takes what flat would make of v from the budget.
func (s *sandbox) countNested(v goja.Value, depth int64, budget *int) {
	o, ok := isArray(v)
	if !ok || depth < 0 {
		return
	}
	if s.depth++; s.depth > maxDepth {
		s.fail("arrays nested more than %d deep", maxDepth)
	}
	defer func() { s.depth-- }()
	n := s.length(o)
	if *budget -= n; *budget < 0 {
		s.fail("array of more than %d elements", maxArray)
	}
	for i := range n {
		s.countNested(o.Get(strconv.Itoa(i)), depth-1, budget)
	}
}

// others bounds JSON, functions and the check of + and templates.
func (s *sandbox) others() {
	s.vm.GlobalObject().DefineDataProperty(checkString, s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if str, ok := v.(goja.String); ok && str.Length() > maxString {
			s.fail("string of more than %d characters", maxString)
		}
		return v
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	json := s.vm.Get("JSON").(*goja.Object)
	s.wrap(json, "parse", func(call *goja.FunctionCall) {
		call.Arguments = append([]goja.Value(nil), call.Arguments...)
		if len(call.Arguments) > 0 {
			str, _ := s.text(call.Arguments[0])
			if _, err := checkNesting(str.String()); err != nil {
				s.throw(err)
			}
			call.Arguments[0] = str
		}
	})
	s.wrap(json, "stringify", func(call *goja.FunctionCall) {
		e := exporter{s: s, seen: map[*goja.Object]bool{}}
		if _, err := e.export(call.Argument(0)); err != nil {
			s.throw(err)
		}
	})
	fn := s.vm.ToValue(func() {}).(*goja.Object).Prototype()
	s.wrap(fn, "apply", func(call *goja.FunctionCall) {
		if o, ok := call.Argument(1).(*goja.Object); ok {
			n := s.length(o)
			if n > 10_000 {
				s.fail("call with more than 10000 arguments")
			}
			items := make([]any, n)
			for i := range items {
				items[i] = o.Get(strconv.Itoa(i))
			}
			call.Arguments = []goja.Value{call.Argument(0), s.vm.NewArray(items...)}
		}
	})
	s.wrap(fn, "bind", func(call *goja.FunctionCall) {
		if s.binds++; s.binds > 1000 {
			s.fail("more than 1000 bound functions")
		}
	})
}

// goValue is what a JavaScript value is in Go: a primitive, a date, or an object of ours. Other objects stay as they are: goja's
// Export follows what they hold, allocating an array of any length and recursing without end.
func goValue(v goja.Value) any {
	o, ok := v.(*goja.Object)
	if !ok {
		return v.Export()
	}
	switch o.ClassName() {
	case "String", "Number", "Boolean", "Date":
		return o.Export()
	}
	switch o.ExportType() {
	case reflect.TypeFor[*pathObject](), reflect.TypeFor[*valueObject](), reflect.TypeFor[*filterObject](), reflect.TypeFor[error]():
		return o.Export()
	}
	if o.ExportType().Implements(reflect.TypeFor[error]()) {
		return o.Export()
	}
	return o
}

// exporter turns JavaScript values into Go values that marshal to JSON.
type exporter struct {
	s      *sandbox
	native func(v any) (any, bool) // for Go values within; nil for none
	seen   map[*goja.Object]bool   // the objects that we are in
	nodes  int
	bytes  int
}

// errCyclic is the fault of a value that contains itself.
var errCyclic = errors.New("value contains itself")

func (e *exporter) export(v goja.Value) (any, error) {
	if e.nodes++; e.nodes > 5*maxArray || e.bytes > 16*maxString {
		return nil, errors.New("value is too large")
	}
	if e.nodes%1024 == 0 {
		e.s.stop.check()
	}
	if v == nil || goja.IsNull(v) || goja.IsUndefined(v) {
		return nil, nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		if _, isSym := v.(*goja.Symbol); isSym {
			return nil, nil
		}
		x := v.Export()
		switch x := x.(type) {
		case float64:
			if x != x || x > 1.797e308 || x < -1.797e308 {
				return nil, nil // as JSON.stringify has it
			}
		case string:
			e.bytes += len(x)
			return strings.ToValidUTF8(x, "\uFFFD"), nil
		}
		return x, nil
	}
	if e.native != nil && strings.HasPrefix(o.ExportType().String(), "*graph.") {
		if x, ok := e.native(goValue(o)); ok {
			return x, nil
		}
	}
	switch o.ClassName() {
	case "Function":
		return nil, nil
	case "String", "Number", "Boolean":
		return e.export(e.s.vm.ToValue(goValue(o)))
	case "Date", "RegExp", "Error":
		return o.String(), nil
	}
	if e.seen[o] {
		return nil, errCyclic
	}
	if len(e.seen) >= maxDepth {
		return nil, fmt.Errorf("value nested more than %d deep", maxDepth)
	}
	e.seen[o] = true
	defer delete(e.seen, o)
	if o.ClassName() == "Array" {
		list := make([]any, e.s.length(o))
		for i := range list {
			x, err := e.export(o.Get(strconv.Itoa(i)))
			if err != nil {
				return nil, err
			}
			list[i] = x
		}
		return list, nil
	}
	out := map[string]any{}
	for _, key := range o.Keys() {
		e.bytes += len(key)
		val := o.Get(key)
		if _, isFunc := goja.AssertFunction(val); isFunc || goja.IsUndefined(val) {
			continue
		}
		x, err := e.export(val)
		if err != nil {
			return nil, err
		}
		out[strings.ToValidUTF8(key, "\uFFFD")] = x
	}
	return out, nil
}
