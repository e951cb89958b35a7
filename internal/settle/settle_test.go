package settle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/graph"
)

func TestSpanOf(t *testing.T) {
	for _, c := range []struct{ value, from, to string }{
		{"2017-07-04", "2017-07-04", "2017-07-04"}, {"2017-07-04TNI", "2017-07-04", "2017-07-04"}, {"2017-02", "2017-02-01", "2017-02-28"},
		{"2017", "2017-01-01", "2017-12-31"}, {"199", "1990-01-01", "1999-12-31"}, {"18", "1800-01-01", "1899-12-31"},
		{"2017-Q3", "2017-07-01", "2017-09-30"}, {"2017-H2", "2017-07-01", "2017-12-31"}, {"2017-SU", "2017-06-01", "2017-08-31"},
		{"2018-WI", "2017-12-01", "2018-02-28"}, {"2017-W26", "2017-06-26", "2017-07-02"}, {"2017-W26-WE", "2017-07-01", "2017-07-02"},
		{"2017-W26-3", "2017-06-28", "2017-06-28"}, {"2017-08-W5", "2017-08-28", "2017-09-03"}, {"2017-08-W1", "2017-07-31", "2017-08-06"},
		{"2011/2015", "2011-01-01", "2015-12-31"}, {"2017-07-04T10:30:00Z", "2017-07-04", "2017-07-04"},
	} {
		s, ok := spanOf(c.value)
		if !ok || dayText(s.from) != c.from || dayText(s.to) != c.to {
			t.Errorf("%s: %s to %s, %v; want %s to %s", c.value, dayText(s.from), dayText(s.to), ok, c.from, c.to)
		}
	}
	if s, ok := spanOf("2011/.."); !ok || dayText(s.from) != "2011-01-01" || s.to != maxDay {
		t.Error("2011/..:", s, ok)
	}
	for _, v := range []string{"", "soon", "2017-x", "BC12"} {
		if s, ok := spanOf(v); ok {
			t.Errorf("%q is %v", v, s)
		}
	}
}

func TestAmountOf(t *testing.T) {
	for _, c := range []struct{ phrase, want string }{
		{"12 soldiers", "12 12 soldiers"}, {"at least 12 people in the town", "12 1e+300 people"}, {"twenty-one", "21 21 "},
		{"more than 1,200 refugees", "1200 1e+300 refugees"}, {"up to 40 rebels", "0 40 rebels"}, {"5.2 million barrels of oil", "5.2e+06 5.2e+06 barrels"},
		{"two hundred and five men", "205 205 men"}, {"about 40 people", "none"}, {"dozens of people", "none"}, {"10 to 12 people", "none"},
		{"soldiers", "none"},
	} {
		got := "none"
		if a, ok := amountOf(c.phrase); ok {
			got = fmt.Sprintf("%g %g %s", a.least, a.most, a.unit)
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.phrase, got, c.want)
		}
	}
	a, _ := amountOf("at least 12 soldiers")
	b, _ := amountOf("15 soldiers")
	c, _ := amountOf("11 soldiers")
	if a.differ(b) || !a.differ(c) || !b.differ(c) {
		t.Error("differ")
	}
}

// Sentences with one word in ten changed, dropped or added are found; with a third of them changed, and among sentences of the same
// words in other places, they are not.
func TestReuseOfEdited(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	word := func() string { return fmt.Sprintf("w%c%c", 'a'+rng.IntN(26), 'a'+rng.IntN(26)) }
	sentence := func(n int) (s []string) {
		for range n {
			s = append(s, word())
		}
		return s
	}
	edit := func(s []string, n int) []string {
		s = slices.Clone(s)
		for range n {
			switch i := rng.IntN(len(s)); rng.IntN(3) {
			case 0:
				s[i] = word()
			case 1:
				s = slices.Delete(s, i, i+1)
			default:
				s = slices.Insert(s, i, word())
			}
		}
		return s
	}
	const n = 400
	f := &graph.Facts{}
	add := func(article, sent int, words []string) {
		f.Sentences = append(f.Sentences, graph.FoundSentence{Sentence: graph.Sentence{ID: graph.IRI(fmt.Sprintf("kg:sentence/%d/%06d", article, sent)),
			Text: strings.Join(words, " ")}, Article: graph.IRI(fmt.Sprintf("kg:article/%d", article))})
	}
	for i := range n {
		s := sentence(20)
		add(1, i, s)
		add(2, i, edit(s, 2))
		add(3, i, edit(s, 9))
		rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
		add(4, i, s)
	}
	for a := 1; a <= 4; a++ {
		f.Articles = append(f.Articles, graph.Article{ID: graph.IRI(fmt.Sprintf("kg:article/%d", a))})
	}
	slices.SortFunc(f.Sentences, func(a, b graph.FoundSentence) int { return strings.Compare(string(a.ID), string(b.ID)) })
	r := findReuse(f)
	found := map[int]int{}
	for i := range n {
		p, ok := r.passage[graph.IRI(fmt.Sprintf("kg:sentence/1/%06d", i))]
		for a := 2; a <= 4; a++ {
			if q, ok2 := r.passage[graph.IRI(fmt.Sprintf("kg:sentence/%d/%06d", a, i))]; ok && ok2 && p == q {
				found[a]++
			}
		}
	}
	t.Logf("of %d: %d with two edits, %d with nine, %d shuffled", n, found[2], found[3], found[4])
	if found[2] < n*95/100 || found[3] > n/50 || found[4] > 0 {
		t.Errorf("of %d: %d with two edits, %d with nine, %d shuffled", n, found[2], found[3], found[4])
	}
	if !slices.Equal(r.duplicates, [][2]int{{0, 1}}) {
		t.Errorf("near-duplicates %v", r.duplicates)
	}
}
