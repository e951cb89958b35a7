package index

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kg/graph"
)

func TestFold(t *testing.T) {
	for s, want := range map[string]string{"Łódź": "lodz", "São Paulo": "sao paulo", "Straße": "strasse", "U.S.": "us", "O’Neill": "oneill", "Erdoğan's": "erdogan",
		"İstanbul": "istanbul", "a-b": "a b", "1,200.5": "12005", "Cœur": "coeur", "Ægir": "aegir", "ﬁnance": "finance", "": "", "…": "", "Ünal, Jr.": "unal jr", "北京": "北京", "ς": "ς"} {
		if got := foldWords(s); got != want {
			t.Errorf("foldWords(%q) = %q, want %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := foldWords(s)
		if again := foldWords(once); again != once {
			t.Fatalf("%q folds to %q, and that to %q", s, once, again)
		}
		last := 0
		tokens(s, func(begin, end int) {
			if begin < last || end <= begin || end > len(s) {
				t.Fatalf("%q: token %d to %d behind %d", s, begin, end, last)
			}
			last = end
		})
	})
}

// distance is the number of edits from a to b, of letters and of neighbours that change places: the table of the textbook.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], 1+d[i-2][j-2])
			}
		}
	}
	return d[len(a)][len(b)]
}

// The walk over sorted words finds just what the distance of each says.
func TestSimilar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune("abcé")), 1, 7, -1)
		n := &names{}
		for _, w := range rapid.SliceOfDistinct(letters, rapid.ID).Draw(t, "words") {
			n.words = append(n.words, word{text: w})
		}
		slices.SortFunc(n.words, func(a, b word) int { return strings.Compare(a.text, b.text) })
		w := []rune(letters.Draw(t, "word"))
		typos := rapid.IntRange(0, 2).Draw(t, "typos")
		for _, prefix := range []bool{false, true} {
			var want, got []string
			for _, v := range n.words {
				text := []rune(v.text)
				ok := distance(text, w) <= typos
				for i := 1; prefix && i <= len(text); i++ {
					ok = ok || distance(text[:i], w) <= typos
				}
				if ok {
					want = append(want, v.text)
				}
			}
			n.similar(w, typos, prefix, func(v *word) { got = append(got, v.text) })
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%d typos in %s, prefix %v (-want +got):\n%s", typos, string(w), prefix, d)
			}
		}
	})
}

func TestComplete(t *testing.T) {
	r := say("n1", day("2020-01-01"), "R", "Sergei_Lavrov visits Russia", "Sergei_Lavrov visits Syria", "Sergei_Lavrov visits Iran", "Rex_Tillerson visits Russia",
		"Lavrov_Bridge visits Iran", "Recep_Tayyip_Erdoğan visits Russia", "International_Monetary_Fund visits Iran", "International_Monetary_Fund_Board visits Iran",
		"International_Monetary_Fund_Board visits Syria", "Ruritania visits Iran", "Lavrov visits Ruritania")
	for i := range r.Entities {
		if r.Entities[i].ID == "kg:Russia" {
			r.Entities[i].Aliases = []string{"Moscow", "the Kremlin"}
		}
	}
	s := storeOf(t, r)
	defer s.Close()
	x := indexOf(t, s)
	for _, c := range []struct {
		typed string
		limit int
		want  []string // "Name exactness", the characters that fit in brackets
	}{
		{"ru", 5, []string{"[Ru]ssia 1", "[Ru]ritania 1"}},
		{"RUSSIA", 5, []string{"[Russia] 0"}},
		{"mosc", 5, []string{"[Mosc]ow 1"}},
		{"kremlin", 5, []string{"the [Kremlin] 1"}},
		{"lavrov", 5, []string{"[Lavrov] 0", "Sergei [Lavrov] 1", "[Lavrov] Bridge 1"}},
		{"sergei l", 5, []string{"[Sergei] [L]avrov 1"}},
		{"lavrov ser", 5, []string{"[Ser]gei [Lavrov] 2"}},
		{"erdogan", 5, []string{"Recep Tayyip [Erdoğan] 1"}},
		{"Erdoğ", 5, []string{"Recep Tayyip [Erdoğ]an 1"}},
		{"tilerson", 5, []string{"Rex Tillerson 3"}},
		{"tillreson", 5, []string{"Rex Tillerson 3"}},
		{"tilersn", 5, []string{"Rex Tillerson 4"}},
		{"internatonal monetery fund", 5, []string{"International Monetary Fund 3", "International Monetary Fund Board 3"}},
		{"rusia", 1, []string{"Russia 3"}},
		{"ryx", 5, nil}, // too short for typos
		{"", 5, nil}, {" - ", 5, nil}, {"russia", 0, nil},
	} {
		var got []string
		for _, h := range x.Complete(c.typed, c.limit) {
			name := []rune(h.Name)
			text, at := "", 0
			for _, m := range h.Marks {
				text += string(name[at:m.Begin]) + "[" + string(name[m.Begin:m.End]) + "]"
				at = m.End
			}
			got = append(got, fmt.Sprint(text+string(name[at:]), " ", h.Exactness))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.typed, d)
		}
	}
}

// sentenceStore has an article for each text, with one claim in each of its sentences (parted by |); the first sentence is its headline.
func sentenceStore(t tester, texts ...string) *graph.Store {
	t.Helper()
	var recs []*graph.Record
	for i, text := range texts {
		sentences := strings.Split(text, "|")
		r := say(fmt.Sprintf("t%d", i), day("2020-01-01").AddDate(0, 0, i), []string{"Reuters", "TASS"}[i%2], slices.Repeat([]string{"Russia visits Iran"}, len(sentences))...)
		for j, s := range sentences {
			r.Sentences[j].Text = strings.TrimSpace(s)
		}
		r.Article.Headline = r.Sentences[0].Text
		recs = append(recs, r)
	}
	return storeOf(t, recs...)
}

func TestSearch(t *testing.T) {
	s := sentenceStore(t,
		"Oil prices rose in London.|The minister said it was about oil and the price of gas.",
		"Talks in Łódź on pricing failed.|\"We can't agree\", it said.",
		"Oil prices fell; oil prices rose.|Nothing of it.")
	defer s.Close()
	x := indexOf(t, s)
	for _, c := range []struct {
		query    string
		want     []string
		articles int
	}{
		{"oil", []string{"t2/0", "t0/0", "t0/1"}, 2},
		{"OILS", []string{"t2/0", "t0/0", "t0/1"}, 2},
		{"oil price", []string{"t2/0", "t0/0", "t0/1"}, 2},
		{`"oil prices"`, []string{"t2/0", "t0/0"}, 2},
		{`"price oil"`, nil, 0},
		{`“prices rose”`, []string{"t2/0", "t0/0"}, 2},
		{"price -rise -rose", []string{"t1/0", "t0/1"}, 1},
		{"oil -\"prices rose\"", []string{"t0/1"}, 0},
		{"-oil", nil, 0},
		{"lodz", []string{"t1/0"}, 1},
		{"pric*", []string{"t2/0", "t1/0", "t0/0", "t0/1"}, 3},
		{"the it", []string{"t0/1"}, 0},
		{"it", []string{"t2/1", "t1/1", "t0/1"}, 0},
		{`"said it"`, []string{"t0/1"}, 0},
		{`"it said"`, []string{"t1/1"}, 0},
		{"can't", []string{"t1/1"}, 0},
		{"oil unheard", nil, 0},
		{"", nil, 0}, {`""`, nil, 0}, {"*", nil, 0},
	} {
		r := x.Search(c.query, SearchOptions{Size: 100})
		var got []string
		for _, h := range r.Sentences {
			got = append(got, strings.TrimPrefix(string(x.Sentences[h].ID), "kg:sentence/"))
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if d := cmp.Diff(c.want, got); d != "" || r.Total != len(c.want) || r.TotalArticles != c.articles || len(r.Articles) != c.articles {
			t.Errorf("%s: %d sentences and %d articles, want %d (-want +got):\n%s", c.query, r.Total, r.TotalArticles, c.articles, d)
		}
	}
	if first := x.Search("oil prices", SearchOptions{Size: 1}); len(first.Sentences) != 1 || x.Sentences[first.Sentences[0]].ID != "kg:sentence/t2/0" || first.Total != 3 {
		t.Errorf("the sentence that says it twice comes first: %+v", first)
	}
	for i, want := range []string{"t2/1", "t1/1", "t0/1"} {
		r := x.Search("it", SearchOptions{Newest: true, Offset: i, Size: 1})
		if len(r.Sentences) != 1 || string(x.Sentences[r.Sentences[0]].ID) != "kg:sentence/"+want || r.Total != 3 {
			t.Errorf("the newest but %d: %+v", i, r)
		}
	}
	if r := x.Search("it", SearchOptions{Offset: 1000}); len(r.Sentences) != 0 || r.Total != 3 {
		t.Errorf("beyond the end: %+v", r)
	}
	f := Filter{Outlets: []string{"TASS"}}
	if r := x.Search("pric*", SearchOptions{Filter: &f}); r.Total != 1 || r.TotalArticles != 1 {
		t.Errorf("of one outlet: %+v", r)
	}
	if r := x.Search("visitt irann", SearchOptions{}); !slices.Equal(r.Unknown, []string{"visitt", "irann"}) || len(r.Instead) != 2 {
		t.Errorf("unknown words: %v, %v", r.Unknown, r.Instead)
	}
	if r := x.Search(`"russia"`, SearchOptions{}); len(r.Entities) != 1 || r.Entities[0].Name != "Russia" {
		t.Errorf("entities: %+v", r.Entities)
	}
}

func TestRanges(t *testing.T) {
	for _, c := range [][3]string{
		{"oil price", "Oil prices: the price of oils.", "[Oil] [prices]: the [price] of [oils]."},
		{`"oil prices"`, "Oil prices, oil and prices.", "[Oil prices], oil and prices."},
		{"pric*", "Pricing, prices, pride.", "[Pricing], [prices], pride."},
		{"the lodz", "Über the city of Łódź, Łódź’s.", "Über the city of [Łódź], [Łódź’s]."},
		{"rise -oil", "Oil rises", "Oil [rises]"},
		{`"a b" "b c"`, "a b c", "[a b c]"},
		{"", "a", "a"},
		{"it", "It said it.", "[It] said [it]."},
	} {
		q := ParseQuery(c[0])
		text, at := []rune(c[1]), 0
		got := ""
		for _, r := range q.Ranges(c[1]) {
			got += string(text[at:r.Begin]) + "[" + string(text[r.Begin:r.End]) + "]"
			at = r.End
		}
		if got += string(text[at:]); got != c[2] {
			t.Errorf("%s: %s, want %s", c[0], got, c[2])
		}
	}
}

// What the postings find and what a reading of every text finds is the same, and so are the marks.
func TestSearchAgainstReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vocabulary := []string{"oil", "oils", "price", "priced", "the", "it", "said", "Łódź"}
		draw := func(name string, most int) []string {
			return rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, most).Draw(t, name)
		}
		maker := newTextMaker()
		var texts [][]string
		for range rapid.IntRange(0, 12).Draw(t, "texts") {
			words := draw("text", 8)
			texts = append(texts, words)
			maker.add(strings.Join(words, " "))
		}
		x := maker.done()
		query := ""
		for range rapid.IntRange(1, 3).Draw(t, "parts") {
			words := draw("part", 3)
			part := words[0]
			if len(words) > 1 {
				part = `"` + strings.Join(words, " ") + `"`
			}
			query += rapid.SampledFrom([]string{" ", " ", " -"}).Draw(t, "not") + part
		}
		q := ParseQuery(query)
		st := newStemmer()
		holds := func(words []string, p *part) bool {
			for i := 0; i+len(p.terms) <= len(words); i++ {
				all := true
				for j, term := range p.terms {
					all = all && st.term(words[i+j]) == term
				}
				if all {
					return true
				}
			}
			return false
		}
		positive := slices.ContainsFunc(q.used(), func(p part) bool { return !p.not })
		var want []uint32
		for i, words := range texts {
			fits := positive
			for _, p := range q.used() {
				fits = fits && holds(words, &p) != p.not
			}
			if fits {
				want = append(want, uint32(i))
				if len(q.Ranges(strings.Join(words, " "))) == 0 {
					t.Fatalf("%s: nothing marked in %v", query, words)
				}
			}
		}
		h, _ := x.match(&q)
		if !slices.Equal(h.docs, want) {
			t.Fatalf("%s in %v: %v, want %v", query, texts, h.docs, want)
		}
		for _, s := range h.scores {
			if !(s > 0) || math.IsInf(float64(s), 0) {
				t.Fatalf("score %v", s)
			}
		}
	})
}

// Any text is a query, and what is typed never breaks anything.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"oil", `"oil prices`, "-", "--a", "“", "a*b*", "\xff", "’s 's", "1,", "I\u0307"} {
		f.Add(s, s)
	}
	s := sentenceStore(f, "Oil prices rose in London.|It said.", "Talks in Łódź.")
	x := indexOf(f, s)
	f.Fuzz(func(t *testing.T, query, text string) {
		start := time.Now()
		r := x.Search(query, SearchOptions{})
		last := 0
		for _, m := range r.Query.Ranges(text) {
			if m.Begin < last || m.End <= m.Begin || m.End > len([]rune(text)) {
				t.Fatalf("%q in %q: %v", query, text, m)
			}
			last = m.End
		}
		for _, e := range append(r.Entities, x.Complete(query, 5)...) {
			for _, m := range e.Marks {
				if m.Begin < 0 || m.End < m.Begin || m.End > len([]rune(e.Name)) {
					t.Fatalf("%q: %+v", query, e)
				}
			}
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Fatalf("%q takes %v", query, d)
		}
	})
}
