package kgstore

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"regexp"
	"regexp/syntax"
	"sort"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// Matcher is a filter of values that this package can run itself: it says for each value whether it is kept, and which values it
// may keep at all.
type Matcher interface {
	shape.ValueFilter
	Match(v quad.Value) bool
	// Bounds returns where the values that Match keeps are; they may hold others. nil means anywhere.
	Bounds() []Bound
}

// Bound is a set of values: all of some kinds, or those of them within a range.
type Bound struct {
	Kinds Kinds
	// Low and High, both included, are the range of numbers and of times; of texts as far as they are compared by bytes. A bound
	// that is not set is open. Prefix is the beginning of texts.
	Low, High       float64
	HasLow, HasHigh bool
	From, To        string
	HasTo           bool
	Prefix          string
}

// Kinds are kinds of values.
type Kinds uint16

const (
	IRIs       Kinds = 1 << iota
	BNodes           // blank nodes
	Texts            // quad.String; From, To, Prefix
	LangTexts        // quad.LangString; From, To, Prefix
	Numbers          // quad.Int, quad.Float, literals of XSD's numeric datatypes; Low, High
	CivilTimes       // literals of xsd:gYear, gYearMonth, date, dateTime; From, To, which compare as their texts
	Instants         // quad.Time; Low, High in seconds
	Others           // other typed literals, and truth values
)

// idRange is a range of ids, both ends included.
type idRange struct{ lo, hi uint64 }

// textRange is a range of the dictionary.
type textRange struct {
	kind   byte
	lo, hi []byte // keys: from lo on, before hi
}

// where is a shape: the nodes whose values pass filters.
type where struct {
	src     source
	filters []Matcher
	all     bool        // any node may pass
	ids     []idRange   // sorted: what passes is here
	texts   []textRange // or here
	of      []Bound     // of the filter that leads
}

// newWhere returns nil where a filter is none that this package can run.
func newWhere(src source, filters []shape.ValueFilter) *where {
	w := &where{src: src, all: true}
	for _, f := range filters {
		m := matcherOf(f)
		if m == nil {
			return nil
		}
		w.filters = append(w.filters, m)
		// The narrowest filter leads; all are tested.
		if b := m.Bounds(); b != nil && (w.all || narrower(b, w.of)) {
			w.all, w.of = false, b
		}
	}
	w.ids, w.texts = ranges(w.of)
	// Two comparisons of numbers make a range of both ends.
	for _, m := range w.filters {
		if b := m.Bounds(); b != nil && !w.all {
			ids, _ := ranges(b)
			w.ids = intersectRanges(w.ids, ids)
		}
	}
	return w
}

// narrower says whether texts are better bounded by a than by b.
func narrower(a, b []Bound) bool {
	score := func(list []Bound) (n int) {
		for _, x := range list {
			n -= 4
			if x.Prefix != "" {
				n += 3 + len(x.Prefix)
			}
			if x.From != "" || x.HasLow {
				n++
			}
			if x.HasTo || x.HasHigh {
				n++
			}
		}
		return n
	}
	return score(a) > score(b)
}

func intersectRanges(a, b []idRange) (out []idRange) {
	for len(a) > 0 && len(b) > 0 {
		if lo, hi := max(a[0].lo, b[0].lo), min(a[0].hi, b[0].hi); lo <= hi {
			out = append(out, idRange{lo, hi})
		}
		if a[0].hi < b[0].hi {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// ranges says where values are: in ranges of ids, and for texts that have entries also in ranges of the dictionary. The ids of
// such texts are all of their classes.
func ranges(bounds []Bound) (ids []idRange, texts []textRange) {
	class := func(c int) { ids = append(ids, idRange{makeID(c, 0), makeID(c, 1<<60-1)}) }
	order := func(c int, lo, hi uint64) {
		if lo <= hi {
			ids = append(ids, idRange{makeID(c, lo<<formBits), makeID(c, hi<<formBits|lastForm)})
		}
	}
	for _, b := range bounds {
		text := func(kind byte) {
			n := maxKey(kind)
			cut := func(s string) []byte { return append([]byte{keyDict, kind}, s[:min(n, len(s))]...) }
			r := textRange{kind, cut(b.From), after([]byte{keyDict, kind})}
			if b.Prefix != "" {
				r.lo, r.hi = cut(b.Prefix), after(cut(b.Prefix))
			}
			if b.HasTo {
				if hi := after(cut(b.To)); len(b.To) > 0 && bytes.Compare(hi, r.hi) < 0 {
					r.hi = hi
				}
			}
			texts = append(texts, r)
		}
		if b.Kinds&IRIs != 0 {
			class(classIRI)
			text(kindIRI)
		}
		if b.Kinds&BNodes != 0 {
			class(classBNode)
			text(kindBNode)
		}
		if b.Kinds&Texts != 0 {
			lo, hi := shortBounds(b)
			if lo <= hi {
				ids = append(ids, idRange{lo, hi})
			}
			class(classText)
			text(kindText)
		}
		if b.Kinds&LangTexts != 0 {
			class(classLang)
			text(kindLang)
		}
		if b.Kinds&Others != 0 {
			class(classTyped)
			class(classBool)
		}
		if b.Kinds&Numbers != 0 {
			lo, hi := uint64(0), uint64(maxOrder)
			if b.HasLow {
				low := math.Nextafter(b.Low, math.Inf(-1))
				if b.Low == 0 {
					low = math.Copysign(5e-324, -1)
				}
				lo = orderOf(low)
			}
			if b.HasHigh {
				hi = orderOf(math.Nextafter(b.High, math.Inf(1)))
			}
			order(classNumber, lo, hi)
		}
		if b.Kinds&CivilTimes != 0 {
			order(classCivil, civilBound(b.From, 0), civilTop(b))
		}
		if b.Kinds&Instants != 0 {
			lo, hi := uint64(0), uint64(maxOrder)
			if b.HasLow && b.Low > -1<<43 {
				lo = uint64(min(math.Floor(b.Low)+1<<43, maxOrder))
			}
			if b.HasHigh && b.High < 1<<43 {
				hi = uint64(max(math.Ceil(b.High)+1<<43, 0))
			}
			order(classInstant, lo, hi)
		}
		if b.Kinds&(Numbers|CivilTimes|Instants) != 0 {
			class(classSpill)
		}
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i].lo < ids[j].lo })
	merged := ids[:0]
	for _, r := range ids {
		if n := len(merged); n > 0 && r.lo <= merged[n-1].hi {
			merged[n-1].hi = max(merged[n-1].hi, r.hi)
			continue
		}
		merged = append(merged, r)
	}
	return merged, texts
}

// civilBound is the place of a text among dates and times, or of the last field in it that reads as one; 0, or top, where it has
// none.
func civilBound(s string, other uint64) uint64 {
	for n := len(s); n >= 4; n-- {
		if order, _, rest, ok := parseCivil(s[:n]); ok && rest == "" {
			return order
		}
	}
	return other
}

// civilTop is the last place of dates and times up to b.To.
func civilTop(b Bound) uint64 {
	if !b.HasTo {
		return maxOrder
	}
	s := b.To
	for n := len(s); n >= 4; n-- {
		if order, fields, rest, ok := parseCivil(s[:n]); ok && rest == "" {
			// All that begins with these fields may be below.
			span := uint64(1)
			for _, f := range civilFields[fields:] {
				span *= uint64(f.values)
			}
			return order + span - 1
		}
	}
	return maxOrder
}

// shortBounds are the ids of short texts within a bound, or more.
func shortBounds(b Bound) (lo, hi uint64) {
	pack := func(s string, fill uint64) uint64 {
		var id uint64
		ended := false
		for i := range 8 {
			id <<= 7
			switch {
			case !ended && i < len(s) && s[i] < 0x80:
				id |= uint64(s[i])
			default:
				if !ended && i < len(s) {
					fill = 0x7f // greater than all ASCII
				}
				ended = true
				id |= fill
			}
		}
		return makeID(classShort, id<<4|fill&15)
	}
	lo, hi = pack(b.From, 0), makeID(classShort, 1<<60-1)
	if b.HasTo {
		hi = pack(b.To, 0x7f)
	}
	if b.Prefix != "" {
		lo, hi = max(lo, pack(b.Prefix, 0)), min(hi, pack(b.Prefix, 0x7f))
	}
	return lo, hi
}

// narrow says whether reading by ranges of ids leaves much out.
func (w *where) narrow() bool { return !w.all && len(w.ids) <= 16 }

func (w *where) String() string {
	if w.all {
		return "kg values"
	}
	return fmt.Sprintf("kg values(%d ranges)", len(w.ids))
}

// may says whether an id is in the ranges.
func (w *where) may(id uint64) bool {
	if w.all {
		return true
	}
	for _, r := range w.ids {
		if id >= r.lo && id <= r.hi {
			return true
		}
	}
	return false
}

// test says whether the value of a node passes.
func (w *where) test(sn *Snapshot, id uint64) (bool, error) {
	if !w.may(id) {
		return false, nil
	}
	v, err := sn.value(id)
	if err != nil {
		return false, err
	}
	if v == nil {
		return false, nil
	}
	for _, m := range w.filters {
		if !m.Match(v) {
			return false, nil
		}
	}
	return true, nil
}

// size counts the nodes in the ranges, up to most or some more, of which it reads no more than a few.
func (w *where) size(sn *Snapshot, most int64) (int64, error) {
	all := int64(sn.st.nodes)
	if w.all {
		return all, nil
	}
	most = min(most, 256)
	n := int64(0)
	err := w.each(sn, func(uint64) bool {
		n++
		return n <= most
	})
	if n > most {
		n = max(n, all/4)
	}
	return n, err
}

// each calls fn with the nodes in the ranges until it returns false: first those of ids, then those of texts.
func (w *where) each(sn *Snapshot, fn func(id uint64) bool) error {
	c := w.candidates(sn)
	defer c.close()
	for c.next() {
		if !fn(c.id) {
			break
		}
	}
	return c.err
}

// candidates goes over the nodes in the ranges.
type candidates struct {
	w      *where
	sn     *Snapshot
	counts countScan
	opened bool
	range_ int // of ids, while less than their number
	dict   *cursor
	inDict bool
	text   int
	list   []uint64 // of one key of the dictionary
	id     uint64
	err    error
}

func (w *where) candidates(sn *Snapshot) *candidates {
	c := &candidates{w: w, sn: sn, text: -1}
	if w.all {
		c.w = &where{ids: []idRange{{0, ^uint64(0)}}}
	}
	return c
}

// byText says whether the nodes of a range of ids are read from the dictionary instead.
func (w *where) byText(r idRange) bool {
	if len(w.texts) == 0 {
		return false
	}
	switch classOf(r.lo) {
	case classIRI, classBNode, classText, classLang:
		return classOf(r.hi) == classOf(r.lo) && r.lo&(1<<60-1) == 0 && r.hi == makeID(classOf(r.lo), 1<<60-1)
	}
	return false
}

func (c *candidates) next() bool {
	for c.err == nil && c.range_ < len(c.w.ids) {
		r := c.w.ids[c.range_]
		if c.w.byText(r) {
			c.range_++
			c.opened = false
			continue
		}
		if c.counts.cur == nil && c.counts.err == nil {
			c.counts.open(c.sn)
		}
		ok := false
		if !c.opened {
			c.opened = true
			ok = c.counts.seek(r.lo)
		} else {
			ok = c.counts.next()
		}
		if ok && c.counts.id <= r.hi {
			c.id = c.counts.id
			return true
		}
		c.err = c.counts.err
		c.range_++
		c.opened = false
	}
	for c.err == nil {
		if len(c.list) > 0 {
			c.id, c.list = c.list[0], c.list[1:]
			return true
		}
		ok := false
		if c.inDict {
			ok = c.dict.next()
		} else {
			if c.text++; c.text >= len(c.w.texts) {
				return false
			}
			if c.dict == nil {
				if c.dict, c.err = c.sn.cursor(keyDict); c.err != nil {
					return false
				}
			}
			ok = c.dict.seek(c.w.texts[c.text].lo)
		}
		if !ok {
			if c.err = c.dict.err; c.err != nil {
				return false
			}
		}
		c.inDict = ok && bytes.Compare(c.dict.key, c.w.texts[c.text].hi) < 0
		if c.inDict {
			c.err = c.dict.value(func(val []byte) error {
				return decodeDictIDs(val, func(id uint64) { c.list = append(c.list, id) })
			})
		}
	}
	return false
}

func (c *candidates) close() {
	c.counts.cur.back()
	c.dict.back()
	c.counts.cur, c.dict = nil, nil
}

// As a shape and iterator of nodes.

func (w *where) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return w, false }
func (w *where) BuildIterator(graph.QuadStore) iterator.Shape                  { return whereShape{w} }

type whereShape struct{ w *where }

func (s whereShape) String() string                                  { return s.w.String() }
func (s whereShape) Optimize(context.Context) (iterator.Shape, bool) { return s, false }
func (s whereShape) SubIterators() []iterator.Shape                  { return nil }

func (s whereShape) Stats(context.Context) (iterator.Costs, error) {
	c := iterator.Costs{NextCost: 2, ContainsCost: 1}
	sn, err := s.w.src.hold()
	if err != nil {
		return c, err
	}
	defer sn.let()
	n, err := s.w.size(sn, 1<<62)
	c.Size = refs.Size{Value: n/2 + 1}
	return c, err
}

func (s whereShape) Iterate() iterator.Scanner {
	sn, err := s.w.src.hold()
	if err != nil {
		return &whereScan{w: s.w, err: err}
	}
	it := s.w.iterate(sn)
	it.own = true
	return it
}

func (w *where) iterate(sn *Snapshot) *whereScan {
	return &whereScan{w: w, sn: sn, c: w.candidates(sn)}
}

func (s whereShape) Lookup() iterator.Index {
	it := &whereIndex{w: s.w}
	it.sn, it.err = s.w.src.hold()
	return it
}

type whereScan struct {
	w     *where
	sn    *Snapshot
	own   bool
	c     *candidates
	valid bool
	err   error
}

func (it *whereScan) Next(context.Context) bool {
	it.valid = false
	for it.err == nil && it.c.next() {
		ok, err := it.w.test(it.sn, it.c.id)
		if err != nil {
			it.err = err
			return false
		}
		if ok {
			it.valid = true
			return true
		}
	}
	if it.err == nil {
		it.err = it.c.err
	}
	return false
}

func (it *whereScan) Result() graph.Ref {
	if !it.valid {
		return nil
	}
	return NodeID(it.c.id)
}

func (it *whereScan) String() string                  { return it.w.String() }
func (it *whereScan) TagResults(map[string]graph.Ref) {}
func (it *whereScan) NextPath(context.Context) bool   { return false }
func (it *whereScan) Err() error                      { return it.err }

func (it *whereScan) Close() error {
	if it.c != nil {
		it.c.close()
	}
	if it.own {
		it.own = false
		it.sn.let()
	}
	return nil
}

type whereIndex struct {
	w      *where
	sn     *Snapshot
	result graph.Ref
	err    error
}

func (it *whereIndex) Contains(_ context.Context, v graph.Ref) bool {
	id, ok := v.(NodeID)
	if !ok || it.err != nil {
		return false
	}
	ok, it.err = it.w.test(it.sn, uint64(id))
	if ok {
		it.result = v
	}
	return ok
}

func (it *whereIndex) String() string                  { return it.w.String() }
func (it *whereIndex) TagResults(map[string]graph.Ref) {}
func (it *whereIndex) NextPath(context.Context) bool   { return false }
func (it *whereIndex) Err() error                      { return it.err }
func (it *whereIndex) Result() graph.Ref               { return it.result }

func (it *whereIndex) Close() error {
	if it.sn != nil {
		it.sn.let()
		it.sn = nil
	}
	return nil
}

// matcherOf returns Cayley's filters as matchers; nil for one that is neither.
func matcherOf(f shape.ValueFilter) Matcher {
	switch f := f.(type) {
	case Matcher:
		return f
	case shape.Comparison:
		switch f.Val.(type) {
		case quad.Int, quad.Float, quad.String, quad.BNode, quad.IRI, quad.Time:
			return comparison{f}
		}
	case shape.Regexp:
		return Expression(f.Re, f.Refs)
	case shape.Wildcard:
		if strings.Trim(f.Pattern, "%") == "" {
			return nil
		}
		re, err := regexp.Compile(f.Regexp())
		if err != nil {
			return nil
		}
		return Expression(re, true)
	}
	return nil
}

// comparison is Cayley's, which compares values of one Go type.
type comparison struct{ shape.Comparison }

func (c comparison) Match(v quad.Value) bool {
	switch val := c.Val.(type) {
	case quad.Int:
		x, ok := v.(quad.Int)
		return ok && iterator.RunIntOp(x, c.Op, val)
	case quad.Float:
		x, ok := v.(quad.Float)
		return ok && iterator.RunFloatOp(x, c.Op, val)
	case quad.String:
		x, ok := v.(quad.String)
		return ok && iterator.RunStrOp(string(x), c.Op, string(val))
	case quad.BNode:
		x, ok := v.(quad.BNode)
		return ok && iterator.RunStrOp(string(x), c.Op, string(val))
	case quad.IRI:
		x, ok := v.(quad.IRI)
		return ok && iterator.RunStrOp(string(x), c.Op, string(val))
	case quad.Time:
		x, ok := v.(quad.Time)
		return ok && iterator.RunTimeOp(time.Time(x), c.Op, time.Time(val))
	}
	return false
}

func (c comparison) Bounds() []Bound {
	low := c.Op == iterator.CompareGT || c.Op == iterator.CompareGTE
	number := func(kind Kinds, f float64) []Bound {
		return []Bound{{Kinds: kind, Low: f, High: f, HasLow: low, HasHigh: !low}}
	}
	text := func(kind Kinds, s string) []Bound {
		if low {
			return []Bound{{Kinds: kind, From: s}}
		}
		return []Bound{{Kinds: kind, To: s, HasTo: true}}
	}
	switch val := c.Val.(type) {
	case quad.Int:
		return number(Numbers, float64(val))
	case quad.Float:
		if val != val {
			return []Bound{}
		}
		return number(Numbers, float64(val))
	case quad.String:
		return text(Texts, string(val))
	case quad.BNode:
		return text(BNodes, string(val))
	case quad.IRI:
		return text(IRIs, string(val))
	case quad.Time:
		return number(Instants, float64(time.Time(val).Unix()))
	}
	return nil
}

// expression is Cayley's filter by a regular expression.
type expression struct {
	shape.ValueFilter
	re    *regexp.Regexp
	refs  bool
	begin string
}

func (e expression) Match(v quad.Value) bool {
	switch v := v.(type) {
	case quad.String:
		return e.re.MatchString(string(v))
	case quad.LangString:
		return e.re.MatchString(string(v.Value))
	case quad.TypedString:
		return e.re.MatchString(string(v.Value))
	case quad.BNode:
		return e.refs && e.re.MatchString(string(v))
	case quad.IRI:
		return e.refs && e.re.MatchString(string(v))
	}
	return false
}

func (e expression) Bounds() []Bound {
	kinds := Texts | LangTexts
	if e.refs {
		kinds |= IRIs | BNodes
	}
	return []Bound{{Kinds: kinds, Prefix: e.begin}, {Kinds: Others | Numbers | CivilTimes}}
}

// Expression is the filter that keeps literals, with refs also IRIs and blank nodes, whose text an expression matches.
func Expression(re *regexp.Regexp, refs bool) Matcher {
	return expression{shape.Regexp{Re: re, Refs: refs}, re, refs, beginning(re)}
}

// beginning returns what every text that matches an expression begins with; "" where that is open.
func beginning(re *regexp.Regexp) string {
	tree, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	tree = tree.Simplify()
	if tree.Op != syntax.OpConcat || len(tree.Sub) < 2 || tree.Sub[0].Op != syntax.OpBeginText {
		return ""
	}
	lit := tree.Sub[1]
	if lit.Op == syntax.OpCapture && len(lit.Sub) == 1 {
		lit = lit.Sub[0]
	}
	if lit.Op != syntax.OpLiteral || lit.Flags&syntax.FoldCase != 0 {
		return ""
	}
	return string(lit.Rune)
}
