package graph

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"sort"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/graph/kgstore"
)

// pathSteps are the methods of paths, by name with a small first letter.
//
// Paths are never changed: every step works on a clone, since Cayley's share and cut their stacks. sizes count how a path grows
// when Cayley writes it out: a few doublings such as p = p.And(p), or steps in both directions, would take hours and all memory.
var pathSteps map[string]func(g *gizmo, p *pathObject, a args) goja.Value

func init() { // the steps refer to the table by way of pathValue
	step := func(grow func(p *pathObject) int, fn func(p *path.Path, a args) *path.Path) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			np := &pathObject{size: p.size + 1, labels: p.labels}
			if grow != nil {
				np.size = grow(p)
			}
			if np.size <= maxPath {
				np.path = fn(p.path.Clone(), a)
			}
			return g.pathValue(np)
		}
	}
	// other makes a step of a second path.
	other := func(grow func(p, other *pathObject) int, fn func(p, other *path.Path) *path.Path) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			o := a.path(0)
			if o == nil {
				return g.pathValue(p)
			}
			np := &pathObject{size: p.size + o.size + 1, labels: max(p.labels, o.labels)}
			if grow != nil {
				np.size = grow(p, o)
			}
			if np.size <= maxPath {
				np.path = fn(p.path.Clone(), o.path.Clone())
			}
			return g.pathValue(np)
		}
	}
	// traverse makes a step over predicates, with tags for them.
	traverse := func(both bool, fn func(p *path.Path, tags []string, via []any) *path.Path) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			via, size := a.via(0)
			tags := a.strings(1)
			np := &pathObject{size: p.size + size + p.labels, labels: p.labels}
			if both {
				np.size += p.size + size + p.labels
			}
			if np.size <= maxPath {
				np.path = fn(p.path.Clone(), tags, via)
			}
			return g.pathValue(np)
		}
	}
	has := func(reverse bool) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			if len(a.list) == 0 {
				g.throw(errors.New("want a predicate"))
			}
			if !a.has(0) {
				g.throw(errors.New("want a predicate, not null"))
			}
			via, size := a.oneVia(0)
			np := &pathObject{size: p.size + size + p.labels + 1, labels: p.labels}
			if np.size > maxPath {
				return g.pathValue(np)
			}
			if filters := a.filters(1); len(filters) > 0 {
				np.path = p.path.Clone().HasFilter(via, reverse, filters...)
			} else if nodes := a.nodes(1); reverse {
				np.path = p.path.Clone().HasReverse(via, nodes...)
			} else {
				np.path = p.path.Clone().Has(via, nodes...)
			}
			return g.pathValue(np)
		}
	}
	save := func(fn func(p *path.Path, via any, tag string) *path.Path) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			if len(a.list) == 0 || len(a.list) > 2 {
				g.throw(fmt.Errorf("want a predicate and a tag, got %d arguments", len(a.list)))
			}
			tag := ""
			if len(a.list) == 2 {
				tag = a.text(1)
			}
			via, size := a.oneVia(0)
			if tag == "" {
				switch v := via.(type) {
				case *path.Path:
					g.throw(errors.New("want a tag for a path"))
				case quad.IRI:
					tag = v.String()
					if g.req.JSONLD {
						tag = string(v)
					}
				case quad.Value:
					tag = quad.ToString(v)
				}
			}
			np := &pathObject{size: p.size + size + p.labels + 1, labels: p.labels}
			if np.size <= maxPath {
				np.path = fn(p.path.Clone(), via, tag)
			}
			return g.pathValue(np)
		}
	}
	union := other(nil, func(p, o *path.Path) *path.Path { return p.Or(o) })
	intersect := other(nil, func(p, o *path.Path) *path.Path { return p.And(o) })
	and := func(g *gizmo, p *pathObject, a args) goja.Value {
		if o := a.path(0); o != nil && o.all { // Cayley makes nothing of all nodes and all nodes
			return g.pathValue(p)
		}
		return intersect(g, p, a)
	}
	// An excluded path that turns out to be empty makes Cayley's optimizer panic, so that it gets a node that there is not.
	except := other(nil, func(p, o *path.Path) *path.Path { return p.Except(o.Or(path.StartPathNodes(nil, zeroNode))) })
	tag := step(nil, func(p *path.Path, a args) *path.Path { return p.Tag(a.strings(0)...) })
	forEach := func(g *gizmo, p *pathObject, a args) goja.Value {
		if n := len(a.list); n != 1 && n != 2 {
			g.throw(fmt.Errorf("want a function, or a limit and a function; got %d arguments", n))
		}
		fn, ok := goja.AssertFunction(a.list[len(a.list)-1])
		if !ok {
			g.throw(errors.New("want a function"))
		}
		limit := int64(-1)
		if len(a.list) == 2 {
			limit = a.number(0)
		}
		n := int64(0)
		g.iterate(p, true, func(sc iterator.Scanner) bool {
			if limit >= 0 && n >= limit {
				return false
			}
			n++
			row, err := g.tags(sc)
			if err != nil {
				g.throw(err)
			}
			if len(row) > 0 {
				g.call(fn, goja.Undefined(), g.object(row))
			}
			return true
		})
		return goja.Null()
	}
	toValue := func(tags bool) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			list := g.array(p, 1, tags)
			if len(list) == 0 {
				return goja.Null()
			}
			return g.vm.ToValue(list[0])
		}
	}
	toArray := func(tags bool) func(g *gizmo, p *pathObject, a args) goja.Value {
		return func(g *gizmo, p *pathObject, a args) goja.Value {
			limit := int64(-1)
			if a.has(0) {
				limit = a.number(0)
			}
			return g.vm.NewArray(g.array(p, limit, tags)...)
		}
	}
	pathSteps = map[string]func(g *gizmo, p *pathObject, a args) goja.Value{
		"is":   step(nil, func(p *path.Path, a args) *path.Path { return p.Is(a.nodes(0)...) }),
		"in":   traverse(false, func(p *path.Path, tags []string, via []any) *path.Path { return p.InWithTags(tags, via...) }),
		"out":  traverse(false, func(p *path.Path, tags []string, via []any) *path.Path { return p.OutWithTags(tags, via...) }),
		"both": traverse(true, func(p *path.Path, tags []string, via []any) *path.Path { return p.BothWithTags(tags, via...) }),
		"follow": other(func(p, o *pathObject) int { return p.size + o.size*(1+p.labels) },
			func(p, o *path.Path) *path.Path { return p.Follow(o) }),
		"followR": other(func(p, o *pathObject) int { return p.size + o.size*(1+p.labels) },
			func(p, o *path.Path) *path.Path { return p.FollowReverse(o) }),
		"followRecursive": func(g *gizmo, p *pathObject, a args) goja.Value {
			if !a.has(0) {
				g.throw(errors.New("want a predicate or a path"))
			}
			via, size := a.oneVia(0)
			depth, tags := 0, 1
			switch goValue(a.at(1)).(type) {
			case int64, float64:
				depth, tags = int(max(a.number(1), -1)), 2
			}
			np := &pathObject{size: p.size + size + 1, labels: p.labels}
			if np.size <= maxPath {
				np.path = p.path.Clone().FollowRecursive(via, depth, a.strings(tags))
			}
			return g.pathValue(np)
		},
		"and": and, "intersect": and, "or": union, "union": union, "except": except, "difference": except,
		"back": step(func(p *pathObject) int { return 2 * p.size }, func(p *path.Path, a args) *path.Path { return p.Back(a.text(0)) }),
		"tag":  tag, "as": tag,
		"has": has(false), "hasR": has(true),
		"save":     save(func(p *path.Path, via any, tag string) *path.Path { return p.Save(via, tag) }),
		"saveR":    save(func(p *path.Path, via any, tag string) *path.Path { return p.SaveReverse(via, tag) }),
		"saveOpt":  save(func(p *path.Path, via any, tag string) *path.Path { return p.SaveOptional(via, tag) }),
		"saveOptR": save(func(p *path.Path, via any, tag string) *path.Path { return p.SaveOptionalReverse(via, tag) }),
		"unique":   step(nil, func(p *path.Path, a args) *path.Path { return p.Unique() }),
		"labels": step(func(p *pathObject) int { return 2*p.size + 1 }, func(p *path.Path, a args) *path.Path {
			return p.Labels().Filters(anyNode{})
		}),
		"inPredicates":      step(nil, func(p *path.Path, a args) *path.Path { return p.InPredicates() }),
		"outPredicates":     step(nil, func(p *path.Path, a args) *path.Path { return p.OutPredicates() }),
		"saveInPredicates":  step(nil, func(p *path.Path, a args) *path.Path { return p.SavePredicates(true, a.text(0)) }),
		"saveOutPredicates": step(nil, func(p *path.Path, a args) *path.Path { return p.SavePredicates(false, a.text(0)) }),
		"labelContext": func(g *gizmo, p *pathObject, a args) goja.Value {
			via, size := a.via(0)
			tags := a.strings(1)
			if via == nil {
				size = 0
			}
			return g.pathValue(&pathObject{path: p.path.Clone().LabelContextWithTags(tags, via...), size: p.size + 1, labels: size})
		},
		"filter": step(nil, func(p *path.Path, a args) *path.Path {
			filters := a.filters(0)
			if len(filters) == 0 {
				a.g.throw(errors.New("want filters, such as regex(…) or gt(…)"))
			}
			return p.Filters(filters...)
		}),
		"limit": step(nil, func(p *path.Path, a args) *path.Path { return p.Limit(a.number(0)) }),
		"skip": step(nil, func(p *path.Path, a args) *path.Path {
			if n := a.number(0); n > 0 {
				return p.Skip(n)
			}
			return p
		}),
		"order": step(nil, func(p *path.Path, a args) *path.Path { return p.Order() }),

		"all": func(g *gizmo, p *pathObject, a args) goja.Value {
			g.all(p, -1)
			return goja.Undefined()
		},
		"getLimit": func(g *gizmo, p *pathObject, a args) goja.Value {
			limit := a.number(0)
			if limit == 0 {
				limit = -1 // as in Cayley
			}
			g.all(p, limit)
			return goja.Undefined()
		},
		"toArray": toArray(false), "tagArray": toArray(true), "toValue": toValue(false), "tagValue": toValue(true),
		"forEach": forEach, "map": forEach,
		"count": func(g *gizmo, p *pathObject, a args) goja.Value {
			n, known := g.counted(p)
			if known {
				return g.vm.ToValue(n)
			}
			g.iterate(p, true, func(iterator.Scanner) bool {
				n++
				return true
			})
			return g.vm.ToValue(n)
		},
	}
}

// oneVia is an argument that must be one predicate or a path.
func (a args) oneVia(i int) (via any, size int) {
	list, size := a.via(i)
	if len(list) != 1 {
		a.g.throw(fmt.Errorf("argument %d: want one predicate or a path", i+1))
	}
	return list[0], size
}

// filters are the arguments from i on where all are filters, or lists of them; else none.
func (a args) filters(i int) []shape.ValueFilter {
	var out []shape.ValueFilter
	for ; i < len(a.list); i++ {
		items := []goja.Value{a.list[i]}
		if list, ok := isArray(a.list[i]); ok {
			items = items[:0]
			for j := range a.g.length(list) {
				items = append(items, list.Get(fmt.Sprint(j)))
			}
		}
		for _, item := range items {
			f, ok := goValue(item).(*filterObject)
			if !ok {
				return nil
			}
			out = append(out, f.filter)
		}
	}
	return out
}

func (g *gizmo) comparison(op iterator.Operator) func(a args) goja.Value {
	return func(a args) goja.Value {
		if len(a.list) != 1 {
			g.throw(fmt.Errorf("want one argument, got %d", len(a.list)))
		}
		t := g.v.ns.term(g.nodeOf(a.at(0)))
		f := comparison{op: op, text: t.Value, kind: t.Kind, ns: g.v.ns}
		if n, ok := bigNumber(t); ok {
			f.num = n
		}
		f.typed = t.Datatype
		return g.opaque(&filterObject{f})
	}
}

// anyNode drops what Labels has of quads without a label, which is no node.
type anyNode struct{}

func (anyNode) BuildIterator(qs graph.QuadStore, it iterator.Shape) iterator.Shape {
	return iterator.NewValueFilter(qs, it, func(v quad.Value) (bool, error) { return v != nil, nil })
}

// comparison keeps the nodes that stand in order to a value: numbers by size, IRIs, blank nodes and strings by text, strings also
// with dates, times and URIs, since their texts sort as they do.
type comparison struct {
	op    iterator.Operator
	kind  Kind
	text  string
	typed IRI
	num   *big.Rat
	ns    *namespaces
}

func (f comparison) BuildIterator(qs graph.QuadStore, it iterator.Shape) iterator.Shape {
	return iterator.NewValueFilter(qs, it, func(v quad.Value) (bool, error) { return f.Match(v), nil })
}

// Match says whether a value is kept.
func (f comparison) Match(v quad.Value) bool {
	if v == nil {
		return false
	}
	t := f.ns.term(v)
	if t.Kind != f.kind {
		return false
	}
	n, isNumber := bigNumber(t)
	switch {
	case f.num != nil && isNumber:
		return f.holds(n.Cmp(f.num))
	case f.num != nil || isNumber:
		return false
	case textual(f.typed) && textual(t.Datatype) && !(f.typed == "" && t.Lang != ""), f.typed == t.Datatype:
		return f.holds(strings.Compare(t.Value, f.text))
	}
	return false
}

// Bounds tells the backend kg where the values that are kept are.
func (f comparison) Bounds() []kgstore.Bound {
	low := f.op == iterator.CompareGT || f.op == iterator.CompareGTE
	b := kgstore.Bound{}
	if low {
		b.From = f.text
	} else {
		b.To, b.HasTo = f.text, true
	}
	switch {
	case f.num != nil:
		x, _ := f.num.Float64()
		finite := x >= -math.MaxFloat64 && x <= math.MaxFloat64
		return []kgstore.Bound{{Kinds: kgstore.Numbers, Low: x, High: x, HasLow: low && finite, HasHigh: !low && finite}}
	case f.kind == Resource:
		b.Kinds = kgstore.IRIs
	case f.kind == Blank:
		b.Kinds = kgstore.BNodes
	case textual(f.typed):
		b.Kinds = kgstore.Texts | kgstore.LangTexts | kgstore.CivilTimes
		return []kgstore.Bound{b, {Kinds: kgstore.Others}}
	default:
		return []kgstore.Bound{{Kinds: kgstore.Others | kgstore.Numbers | kgstore.CivilTimes | kgstore.Instants}}
	}
	return []kgstore.Bound{b}
}

func textual(datatype IRI) bool {
	switch datatype {
	case "", "xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:dateTime", "xsd:anyURI":
		return true
	}
	return false
}

func (f comparison) holds(cmp int) bool {
	switch f.op {
	case iterator.CompareLT:
		return cmp < 0
	case iterator.CompareLTE:
		return cmp <= 0
	case iterator.CompareGT:
		return cmp > 0
	}
	return cmp >= 0
}

var numeric = map[IRI]bool{
	"xsd:integer": true, "xsd:int": true, "xsd:long": true, "xsd:short": true, "xsd:byte": true, "xsd:nonNegativeInteger": true,
	"xsd:positiveInteger": true, "xsd:nonPositiveInteger": true, "xsd:negativeInteger": true, "xsd:unsignedInt": true,
	"xsd:unsignedLong": true, "xsd:unsignedShort": true, "xsd:unsignedByte": true, "xsd:decimal": true, "xsd:double": true,
	"xsd:float": true,
}

// bigNumber is the value of a numeric literal.
func bigNumber(t Term) (*big.Rat, bool) {
	if t.Kind != Literal || !numeric[t.Datatype] || len(t.Value) > 40 || strings.ContainsAny(t.Value, "/_xXpPbBoO") {
		return nil, false
	}
	if i := strings.IndexAny(t.Value, "eE"); i >= 0 && len(t.Value)-i > 5 {
		return nil, false // an exponent of no double
	}
	return new(big.Rat).SetString(t.Value)
}

// number is a numeric literal as it stands in JSON and JavaScript.
func number(t Term) (any, bool) {
	r, ok := bigNumber(t)
	if !ok {
		return nil, false
	}
	if r.IsInt() && r.Num().IsInt64() {
		return r.Num().Int64(), true
	}
	f, _ := r.Float64()
	if f > 1.797e308 || f < -1.797e308 {
		return nil, false
	}
	return f, true
}

func keysOf(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
