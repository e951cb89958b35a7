package boost

import (
	"bufio"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// choices are queries with two features: the right option is the one whose first feature is greatest, if that is above 10; the case
// of none sees whether there is one.
func choices(n int) (queries []Query) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range n {
		var q Query
		best := uint8(10)
		for range 4 {
			o := []uint8{uint8(rnd.IntN(21)), uint8(rnd.IntN(64))}
			q.Options = append(q.Options, o)
			best = max(best, o[0])
		}
		none := uint8(1)
		for _, o := range q.Options {
			q.Right = append(q.Right, o[0] == best && best > 10)
			if o[0] > 10 {
				none = 0
			}
		}
		q.None = []uint8{none, uint8(rnd.IntN(64))}
		queries = append(queries, q)
	}
	return queries
}

var settings = Settings{Trees: 60, Depth: 4, Rate: .3, Penalty: 1, Features: 1, Rows: .7, Seed: 1}

// pick returns the option of highest score, -1 for none.
func pick(none, option *Ensemble, q *Query) int {
	var x Row
	copy(x[:], q.None)
	best, top := -1, none.Score(&x)
	for k, o := range q.Options {
		copy(x[:], o)
		if v := option.Score(&x); v > top {
			best, top = k, v
		}
	}
	return best
}

func TestRank(t *testing.T) {
	none, option, err := Rank(choices(2000), settings)
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	unseen := choices(2400)[2000:]
	for i := range unseen {
		k := pick(none, option, &unseen[i])
		if k >= 0 && !unseen[i].Right[k] || k < 0 && unseen[i].None[0] == 0 {
			wrong++
		}
	}
	if wrong > 20 {
		t.Errorf("%d of %d choices wrong", wrong, len(unseen))
	}

	var text strings.Builder
	option.WriteTo(&text)
	again, err := Read(bufio.NewReader(strings.NewReader(text.String())), 2)
	if err != nil {
		t.Fatal(err)
	}
	_, same, _ := Rank(choices(2000), settings)
	for i := range unseen {
		for _, o := range unseen[i].Options {
			var x Row
			copy(x[:], o)
			if want := option.Score(&x); again.Score(&x) != want || same.Score(&x) != want {
				t.Fatalf("score of %v: %v as learnt, %v as read, %v as learnt again", o, want, again.Score(&x), same.Score(&x))
			}
		}
	}
}

func TestRankErrors(t *testing.T) {
	q := Query{None: []uint8{1}, Options: [][]uint8{{1, 2}, {1}}, Right: []bool{true, false}}
	deep := settings
	deep.Depth = MaxDepth + 1
	for _, c := range []struct {
		want    string
		queries []Query
		set     Settings
	}{
		{"query 0: row of 1 features among rows of 2", []Query{q}, settings},
		{"query 0: 1 options, 0 of them judged", []Query{{None: []uint8{1}, Options: [][]uint8{{1}}}}, settings},
		{"query 0: feature 0: value 64", []Query{{None: []uint8{64}}}, settings},
		{"trees of depth 7: at most 6", nil, deep},
	} {
		if _, _, err := Rank(c.queries, c.set); err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "number of trees: EOF",
		"x\n":                  `number of trees: "x"`,
		"1\n":                  "tree 1 of 1: EOF",
		"1\n0>1 5 6\n":         `tree 1: no colon: "0>1 5 6\n"`,
		"1\n2>1 : 5 6\n":       `tree 1: split "2>1"`,
		"1\n0>64 : 5 6\n":      `tree 1: split "0>64"`,
		"1\n0>1 : 5 x\n":       `tree 1: leaf "x"`,
		"1\n0>1 1>1 : 5 6 7\n": "tree 1: 2 splits and 3 leaves",
	} {
		if _, err := Read(bufio.NewReader(strings.NewReader(text)), 2); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

func TestMean(t *testing.T) {
	queries := choices(300)
	other := settings
	other.Seed, other.Penalty = 5, 3
	a, _, err := Rank(queries, settings)
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := Rank(queries, other)
	if err != nil {
		t.Fatal(err)
	}
	m := Mean(a, b)
	if len(m.Trees) != 2*settings.Trees {
		t.Errorf("%d trees of twice %d", len(m.Trees), settings.Trees)
	}
	differ := false
	for i := range queries {
		var x Row
		copy(x[:], queries[i].None)
		p, q, got := a.Score(&x), b.Score(&x), m.Score(&x)
		differ = differ || p != q
		if off := math.Abs(float64(got - (p+q)/2)); off > float64(len(m.Trees))/leafUnit/2 {
			t.Errorf("query %d: %v and %v, mean %v", i, p, q, got)
		}
	}
	if !differ {
		t.Error("both ensembles are one")
	}
}
