package kgstore

import (
	"math"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"
)

func typed(s, t string) quad.Value {
	return quad.TypedString{Value: quad.String(s), Type: quad.IRI(xsd + t)}
}

func same(a, b quad.Value) bool {
	if t, ok := a.(quad.Time); ok {
		return t.Equal(b)
	}
	if f, ok := a.(quad.Float); ok {
		g, ok := b.(quad.Float)
		return ok && math.Float64bits(float64(f)) == math.Float64bits(float64(g))
	}
	return a == b
}

var oddValues = []quad.Value{
	quad.String(""), quad.String("a"), quad.String("a\x00"), quad.String("asserted"), quad.String("éa"), quad.String("nine long"), quad.String("\x00"),
	quad.Int(0), quad.Int(-1), quad.Int(1<<33 - 1), quad.Int(1 << 33), quad.Int(1<<33 + 1), quad.Int(math.MaxInt64), quad.Int(math.MaxInt64 - 1), quad.Int(math.MinInt64),
	quad.Float(0), quad.Float(math.Copysign(0, -1)), quad.Float(0.5), quad.Float(0.1), quad.Float(math.Inf(1)), quad.Float(math.MaxFloat64), quad.Float(5e-324),
	quad.Bool(true), quad.Bool(false), typed("5", "integer"), typed("05", "integer"), typed("+5", "integer"), typed("-0", "integer"), typed("-7", "int"), typed("5", "decimal"), typed("0.9", "decimal"),
	typed("0.684", "decimal"), typed("-0.5", "decimal"), typed(".5", "decimal"), typed("0.50", "decimal"), typed("0.123456789", "decimal"), typed("12345.678", "decimal"), typed("1e3", "double"), typed("INF", "double"), typed("1e999", "double"),
	typed(strings.Repeat("9", 300), "integer"), typed("x", "integer"), typed("", "integer"), typed("2017", "gYear"), typed("2017-07", "gYearMonth"), typed("2017-07-04", "date"), typed("2017-02-30", "date"), typed("2017-13-01", "date"), typed("2017-07-04Z", "date"),
	typed("2017-07-04T12:30:00", "dateTime"), typed("2017-07-04T12:30:00Z", "dateTime"), typed("2017-07-04T12:30:00+03:00", "dateTime"), typed("2017-07-04T12:30:00-14:00", "dateTime"), typed("2017-07-04T12:30:00+00:00", "dateTime"), typed("2017-07-04T12:30:00-00:00", "dateTime"),
	typed("2017-07-04T12:30:00+03:07", "dateTime"), typed("2017-07-04T12:30:00.25Z", "dateTime"), typed("2017-07-04", "gYear"), typed("12017", "gYear"), typed("-0001", "gYear"), typed("2017-07-04T12:30", "dateTime"), typed("2017-7", "gYearMonth"),
	typed("a", "anyURI"), quad.TypedString{Value: "5", Type: "xsd:integer"}, quad.TypedString{Value: "5"}, quad.LangString{Value: "a", Lang: "en"}, quad.LangString{Value: "a\x00b", Lang: "en-GB"},
	quad.Time(time.Unix(0, 0)), quad.Time(time.Unix(1, 1)), quad.Time(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)), quad.Time(time.Date(9999, 1, 1, 0, 0, 0, 5, time.FixedZone("x", 3600))), quad.Time(time.Unix(1<<50, 3)),
	quad.IRI("a"), quad.IRI("http://example.org/" + strings.Repeat("x", 100)), quad.BNode("a"),
}

// Values come back exactly from their ids or their entries, and no two share one.
func TestValuesExact(t *testing.T) {
	ids := map[uint64]quad.Value{}
	entries := map[entry]quad.Value{}
	for _, v := range oddValues {
		if err := check(v); err != nil {
			t.Errorf("%v: %v", v, err)
		}
		if id, ok := inlineID(v); ok {
			if !inline(id) {
				t.Errorf("%v: id %x is not inline", v, id)
			}
			if got := inlineValue(id); !same(v, got) {
				t.Errorf("%v came back from %x as %v", v, id, got)
			}
			if old, ok := ids[id]; ok {
				t.Errorf("%v and %v share id %x", v, old, id)
			}
			ids[id] = v
			continue
		}
		e, err := entryOf(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.value(); !same(v, got) {
			t.Errorf("%v came back from its entry as %v", v, got)
		}
		if old, ok := entries[e]; ok {
			t.Errorf("%v and %v share an entry", v, old)
		}
		entries[e] = v
	}
	t.Logf("%d inline, %d entries", len(ids), len(entries))
	for _, v := range []quad.Value{quad.Int(5), typed("0.684", "decimal"), typed("143", "nonNegativeInteger"), typed("2017-07-04T12:30:00+03:00", "dateTime"), quad.String("1148,116"), quad.Float(0.5)} {
		if _, ok := inlineID(v); !ok {
			t.Errorf("%v is not inline", v)
		}
	}
}

// placeOf is the class and place of a value.
func placeOf(v quad.Value) (int, uint64) {
	if id, ok := inlineID(v); ok {
		return classOf(id), id >> formBits & maxOrder
	}
	e, err := entryOf(v)
	if err != nil {
		panic(err)
	}
	return e.class()
}

func TestOrderProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, g := rapid.Float64().Draw(t, "f"), rapid.Float64().Draw(t, "g")
		if f > g {
			f, g = g, f
		}
		if orderOf(f) > orderOf(g) {
			t.Fatalf("%v is placed behind %v", f, g)
		}
		if got := atOrder(orderOf(f)); orderOf(got) != orderOf(f) || math.Abs(got) > math.Abs(f) {
			t.Fatalf("%v is placed at %v", f, got)
		}
		n := rapid.Int64().Draw(t, "n")
		if id, ok := inlineID(quad.Int(n)); ok && inlineValue(id) != quad.Int(n) {
			t.Fatalf("%d came back as %v", n, inlineValue(id))
		}
		s := rapid.StringMatching(`-?[0-9]{0,6}\.[0-9]{1,9}`).Draw(t, "decimal")
		if id, ok := inlineID(typed(s, "decimal")); ok && inlineValue(id) != typed(s, "decimal") {
			t.Fatalf("%s came back as %v", s, inlineValue(id))
		}
		text := rapid.String().Draw(t, "text")
		if id, ok := inlineID(quad.String(text)); ok && inlineValue(id) != quad.String(text) {
			t.Fatalf("%q came back as %v", text, inlineValue(id))
		}
	})
}

// Dates and times are placed as their texts sort.
func TestCivilOrderProperty(t *testing.T) {
	gen := rapid.Custom(func(t *rapid.T) quad.TypedString {
		typ := rapid.SampledFrom([]string{"gYear", "gYearMonth", "date", "dateTime"}).Draw(t, "type")
		re := map[string]string{"gYear": `(19|20)[0-9]{2}`, "gYearMonth": `20[0-9]{2}-[01][0-9]`, "date": `201[78]-[01][0-9]-[0-3][0-9](Z|\+01:00)?`,
			"dateTime": `201[78]-0[12]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{1,3})?(Z|[+-][01][0-9]:[0134][05])?`}[typ]
		return quad.TypedString{Value: quad.String(rapid.StringMatching(re).Draw(t, "text")), Type: quad.IRI(xsd + typ)}
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(gen, 2, 20).Draw(t, "times")
		sort.Slice(list, func(i, j int) bool { return list[i].Value < list[j].Value })
		last := uint64(0)
		for _, v := range list {
			class, order := placeOf(v)
			if class != classCivil {
				continue
			}
			if order < last {
				t.Fatalf("%v is placed before a lesser text", v)
			}
			last = order
			if id, ok := inlineID(v); ok && inlineValue(id) != quad.Value(v) {
				t.Fatalf("%v came back as %v", v, inlineValue(id))
			}
		}
	})
}
