package kgstore

import (
	"fmt"
	"maps"
	"regexp"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"
)

// row is a result of a path: a node and tags.
type row struct {
	node quad.Value
	tags map[string]quad.Value
}

func (r row) String() string {
	keys := slices.Sorted(maps.Keys(r.tags))
	var b strings.Builder
	b.WriteString(quad.StringOf(r.node))
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%s", k, quad.StringOf(r.tags[k]))
	}
	return b.String()
}

func (r row) at(v quad.Value, tags ...any) row {
	out := row{v, r.tags}
	for i := 0; i < len(tags); i += 2 {
		out.tags = maps.Clone(out.tags)
		if out.tags == nil {
			out.tags = map[string]quad.Value{}
		}
		out.tags[tags[i].(string)] = tags[i+1].(quad.Value)
	}
	return out
}

// walk is a path in two forms: Cayley's, and as a function that takes every row through every quad.
type walk struct {
	text  string
	path  func(p *path.Path) *path.Path
	rows  func(quads []quad.Quad, in []row) []row
	loose bool // which of several rows comes is open, so that only nodes can be compared
}

func (w walk) then(text string, loose bool, p func(*path.Path) *path.Path, rows func([]quad.Quad, []row) []row) walk {
	return walk{w.text + text, func(x *path.Path) *path.Path { return p(w.path(x)) }, func(quads []quad.Quad, in []row) []row { return rows(quads, w.rows(quads, in)) }, w.loose || loose}
}

func allNodes(quads []quad.Quad) []row {
	seen := map[quad.Value]bool{}
	var out []row
	for _, q := range quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil && !seen[v] {
				seen[v] = true
				out = append(out, row{node: v})
			}
		}
	}
	return out
}

func each(in []row, fn func(r row, emit func(row))) []row {
	var out []row
	for _, r := range in {
		fn(r, func(x row) { out = append(out, x) })
	}
	return out
}

var (
	pathNodes = []quad.Value{quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"), quad.String("cool"), quad.String("a rather long name"), quad.Int(1), quad.Int(2), quad.Int(30), quad.Float(1.5), typed("7", "integer"), typed("2017-07", "gYearMonth")}
	pathPreds = []quad.Value{quad.IRI("p"), quad.IRI("q"), quad.IRI("r")}
	pathGraph = []quad.Value{quad.IRI("g1"), quad.IRI("g2"), quad.IRI("a")}
)

func genPathQuads(t *rapid.T) []quad.Quad {
	n := rapid.SampledFrom([]int{3, 8, 20, 40}).Draw(t, "quads")
	seen := map[quad.Quad]bool{}
	var out []quad.Quad
	for range n {
		q := quad.Quad{Subject: rapid.SampledFrom(pathNodes[:6]).Draw(t, "s"), Predicate: rapid.SampledFrom(pathPreds).Draw(t, "p"), Object: rapid.SampledFrom(pathNodes).Draw(t, "o")}
		if rapid.Bool().Draw(t, "labelled") {
			q.Label = rapid.SampledFrom(pathGraph).Draw(t, "l")
		}
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out
}

func genNodes(t *rapid.T) []quad.Value {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(append(pathNodes[:len(pathNodes):len(pathNodes)], quad.IRI("unknown"))), 1, 3, func(v quad.Value) string { return fmt.Sprint(v) }).Draw(t, "nodes")
}

func genVia(t *rapid.T) []quad.Value {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(pathPreds), 0, 2, func(v quad.Value) string { return fmt.Sprint(v) }).Draw(t, "via")
}

func anys(list []quad.Value) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

func in(v quad.Value, list []quad.Value) bool { return len(list) == 0 || slices.Contains(list, v) }

// made is what a path has already.
type made struct {
	tags     int // each comes once
	optional bool
}

// genWalk makes a path.
func genWalk(t *rapid.T, depth int, st *made) walk {
	w := walk{path: func(p *path.Path) *path.Path { return p }, rows: func(_ []quad.Quad, in []row) []row { return in }}
	if rapid.Bool().Draw(t, "from nodes") {
		nodes := genNodes(t)
		w = w.then(fmt.Sprintf("V(%v)", nodes), false, func(p *path.Path) *path.Path { return p.Is(nodes...) }, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				if slices.Contains(nodes, r.node) {
					emit(r)
				}
			})
		})
	}
	for range rapid.IntRange(1, 4-depth).Draw(t, "steps") {
		w = genStep(t, w, depth, st)
	}
	return w
}

func genStep(t *rapid.T, w walk, depth int, st *made) walk {
	newTag := func() string { st.tags++; return fmt.Sprint("t", st.tags) }
	via := genVia(t)
	step := func(from, to quad.Direction) func([]quad.Quad, []row) []row {
		return func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if q.Get(from) == r.node && in(q.Predicate, via) {
						emit(r.at(q.Get(to)))
					}
				}
			})
		}
	}
	keep := func(match func(quad.Value) bool) func([]quad.Quad, []row) []row {
		return func(_ []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				if match(r.node) {
					emit(r)
				}
			})
		}
	}
	kinds := []string{"out", "in", "both", "has", "hasR", "hasAny", "tag", "save", "saveR", "is", "filter", "regexp", "outTags", "hasFilter", "labels", "unique", "predicates"}
	if !st.optional { // with two, Cayley's optimizer may lose one: IntersectOpt.Optimize of another
		kinds = append(kinds, "saveOpt")
	}
	if depth < 2 {
		kinds = append(kinds, "and", "or", "except", "follow")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "step"); kind {
	case "out":
		return w.then(fmt.Sprintf(".Out(%v)", via), false, func(p *path.Path) *path.Path { return p.Out(anys(via)...) }, step(quad.Subject, quad.Object))
	case "in":
		return w.then(fmt.Sprintf(".In(%v)", via), false, func(p *path.Path) *path.Path { return p.In(anys(via)...) }, step(quad.Object, quad.Subject))
	case "both":
		return w.then(fmt.Sprintf(".Both(%v)", via), false, func(p *path.Path) *path.Path { return p.Both(anys(via)...) }, func(quads []quad.Quad, rows []row) []row {
			return append(step(quad.Object, quad.Subject)(quads, rows), step(quad.Subject, quad.Object)(quads, rows)...)
		})
	case "outTags":
		name := newTag()
		return w.then(fmt.Sprintf(".Out(%v, %s)", via, name), false, func(p *path.Path) *path.Path { return p.OutWithTags([]string{name}, anys(via)...) }, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if q.Subject == r.node && in(q.Predicate, via) {
						emit(r.at(q.Object, name, q.Predicate))
					}
				}
			})
		})
	case "has", "hasR", "hasAny":
		from, to := quad.Subject, quad.Object
		nodes := genNodes(t)
		if kind == "hasR" {
			from, to = to, from
		}
		if kind == "hasAny" {
			nodes = nil
		}
		pred := rapid.SampledFrom(pathPreds).Draw(t, "pred")
		return w.then(fmt.Sprintf(".%s(%v, %v)", kind, pred, nodes), false, func(p *path.Path) *path.Path {
			if kind == "hasR" {
				return p.HasReverse(pred, nodes...)
			}
			return p.Has(pred, nodes...)
		}, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if q.Get(from) == r.node && q.Predicate == pred && in(q.Get(to), nodes) {
						emit(r)
					}
				}
			})
		})
	case "save", "saveR", "saveOpt":
		from, to := quad.Subject, quad.Object
		if kind == "saveR" {
			from, to = to, from
		}
		pred, name := rapid.SampledFrom(pathPreds).Draw(t, "pred"), newTag()
		st.optional = st.optional || kind == "saveOpt"
		return w.then(fmt.Sprintf(".%s(%v, %s)", kind, pred, name), false, func(p *path.Path) *path.Path {
			switch kind {
			case "saveR":
				return p.SaveReverse(pred, name)
			case "saveOpt":
				return p.SaveOptional(pred, name)
			}
			return p.Save(pred, name)
		}, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				found := false
				for _, q := range quads {
					if q.Get(from) == r.node && q.Predicate == pred {
						found = true
						emit(r.at(r.node, name, q.Get(to)))
					}
				}
				if !found && kind == "saveOpt" {
					emit(r)
				}
			})
		})
	case "tag":
		name := newTag()
		return w.then(fmt.Sprintf(".Tag(%s)", name), false, func(p *path.Path) *path.Path { return p.Tag(name) }, func(_ []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) { emit(r.at(r.node, name, r.node)) })
		})
	case "is":
		nodes := genNodes(t)
		return w.then(fmt.Sprintf(".Is(%v)", nodes), false, func(p *path.Path) *path.Path { return p.Is(nodes...) }, keep(func(v quad.Value) bool { return slices.Contains(nodes, v) }))
	case "filter", "hasFilter":
		op := rapid.SampledFrom([]iterator.Operator{iterator.CompareGT, iterator.CompareGTE, iterator.CompareLT, iterator.CompareLTE}).Draw(t, "op")
		val := rapid.SampledFrom([]quad.Value{quad.Int(1), quad.Int(2), quad.Int(5), quad.Float(1), quad.String("b"), quad.String("cool"), quad.IRI("b"), quad.String("a rather long name"), quad.IRI("")}).Draw(t, "value")
		match := comparison{shape.Comparison{Op: op, Val: val}}.Match
		if kind == "filter" {
			return w.then(fmt.Sprintf(".Filter(%v %v)", op, val), false, func(p *path.Path) *path.Path { return p.Filter(op, val) }, keep(match))
		}
		pred := rapid.SampledFrom(pathPreds).Draw(t, "pred")
		return w.then(fmt.Sprintf(".Has(%v, %v %v)", pred, op, val), false, func(p *path.Path) *path.Path { return p.HasFilter(pred, false, shape.Comparison{Op: op, Val: val}) }, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if q.Subject == r.node && q.Predicate == pred && match(q.Object) {
						emit(r)
					}
				}
			})
		})
	case "regexp":
		re := regexp.MustCompile(rapid.SampledFrom([]string{"^a", "o", "^co", "^a rather long name", "[0-9]", "^(a)", "(?i)^A", "^2017"}).Draw(t, "expression"))
		refs := rapid.Bool().Draw(t, "refs")
		f := shape.Regexp{Re: re, Refs: refs}
		return w.then(fmt.Sprintf(".Regexp(%v %v)", re, refs), false, func(p *path.Path) *path.Path { return p.Filters(f) }, keep(expression{f, re, refs, ""}.Match))
	case "labels":
		return w.then(".Labels()", true, func(p *path.Path) *path.Path { return p.Labels() }, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if (q.Subject == r.node || q.Object == r.node) && q.Label != nil {
						emit(r.at(q.Label))
					}
				}
			})
		})
	case "predicates":
		return w.then(".OutPredicates()", true, func(p *path.Path) *path.Path { return p.OutPredicates() }, func(quads []quad.Quad, rows []row) []row {
			return each(rows, func(r row, emit func(row)) {
				for _, q := range quads {
					if q.Subject == r.node {
						emit(r.at(q.Predicate))
					}
				}
			})
		})
	case "unique":
		return w.then(".Unique()", true, func(p *path.Path) *path.Path { return p.Unique() }, func(_ []quad.Quad, rows []row) []row { return rows })
	case "follow":
		o := genWalk(t, depth+1, st)
		return w.then(".Follow("+o.text+")", o.loose, func(p *path.Path) *path.Path { return o.path(p) }, o.rows)
	}
	o := genWalk(t, depth+1, st)
	other := func() *path.Path { return o.path(path.StartMorphism()) }
	switch kind := rapid.SampledFrom([]string{"and", "or", "except"}).Draw(t, "with"); kind {
	case "and":
		return w.then(".And("+o.text+")", o.loose, func(p *path.Path) *path.Path { return p.And(other()) }, func(quads []quad.Quad, rows []row) []row {
			others := o.rows(quads, allNodes(quads))
			return each(rows, func(r row, emit func(row)) {
				for _, x := range others {
					if x.node == r.node {
						merged := r
						for k, v := range x.tags {
							merged = merged.at(r.node, k, v)
						}
						emit(merged)
					}
				}
			})
		})
	case "or":
		return w.then(".Or("+o.text+")", o.loose, func(p *path.Path) *path.Path { return p.Or(other()) }, func(quads []quad.Quad, rows []row) []row {
			return append(rows[:len(rows):len(rows)], o.rows(quads, allNodes(quads))...)
		})
	default:
		return w.then(".Except("+o.text+")", o.loose, func(p *path.Path) *path.Path {
			return p.Except(other().Or(path.StartPathNodes(nil, NodeID(0)))) // else Cayley panics where it is empty
		}, func(quads []quad.Quad, rows []row) []row {
			gone := map[quad.Value]bool{}
			for _, x := range o.rows(quads, allNodes(quads)) {
				gone[x.node] = true
			}
			return each(rows, func(r row, emit func(row)) {
				if !gone[r.node] {
					emit(r)
				}
			})
		})
	}
}

func runWalk(qs graph.QuadStore, w walk) (rows []row, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	it := w.path(path.StartPath(qs)).BuildIterator(ctx)
	it, _ = it.Optimize(ctx)
	sc := it.Iterate()
	defer sc.Close()
	for sc.Next(ctx) {
		for ok := true; ok; ok = sc.NextPath(ctx) {
			v, err := qs.NameOf(sc.Result())
			if err != nil {
				return nil, err
			}
			if v == nil {
				continue
			}
			r := row{node: v, tags: map[string]quad.Value{}}
			refs := map[string]graph.Ref{}
			sc.TagResults(refs)
			for k, ref := range refs {
				if r.tags[k], err = qs.NameOf(ref); err != nil {
					return nil, err
				}
			}
			rows = append(rows, r)
		}
	}
	return rows, sc.Err()
}

func texts(rows []row, nodesOnly bool) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		if nodesOnly {
			r.tags = nil
		}
		list[i] = r.String()
	}
	sort.Strings(list)
	if nodesOnly {
		list = slices.Compact(list)
	}
	return list
}

// checkPaths compares paths over random quads: the nodes with those of Cayley's memory store, and the rows, each as often as it
// comes, with what every quad tried on every row gives. (Cayley's own stores lose rows where a node is found in several ways.)
func checkPaths(t *rapid.T, opened func() *Store) {
	quads := genPathQuads(t)
	s := opened()
	defer s.Close()
	var deltas []graph.Delta
	for _, q := range quads {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	mem, err := graph.NewQuadStore("memstore", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, qs := range []graph.QuadStore{s, mem} {
		if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	sn, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer sn.Close()
	for range 4 {
		w := genWalk(t, 0, &made{})
		want := w.rows(quads, allNodes(quads))
		got, err := runWalk(sn, w)
		if err != nil {
			t.Fatalf("%s: %v", w.text, err)
		}
		if len(want) > 20_000 {
			continue
		}
		if a, b := texts(want, w.loose), texts(got, w.loose); !slices.Equal(a, b) {
			t.Fatalf("%s over %v\nwant %d rows: %q\n got %d rows: %q", w.text, quads, len(a), a, len(b), b)
		}
		theirs, err := runWalk(mem, w)
		if err != nil {
			continue
		}
		if a, b := texts(theirs, true), texts(got, true); !slices.Equal(a, b) {
			t.Fatalf("%s over %v\nCayley's memory store %q\n got %q", w.text, quads, a, b)
		}
	}
}

func openMem(t fataler) *Store {
	s, err := Open("store", Options{FS: newMemFS()})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return s
}

func TestPaths(t *testing.T) {
	hubFrom = 3 // so that few quads make a hub
	defer func() { hubFrom = 32 }()
	rapid.Check(t, func(t *rapid.T) { checkPaths(t, func() *Store { return openMem(t) }) })
}

func FuzzPaths(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { checkPaths(t, func() *Store { return openMem(t) }) }))
}
