package resolve

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/schema"
)

// namesOf reads the articles of a block of testdata/identity/names.txt.
func namesOf(t testing.TB, sch *schema.Schema, articles []string) *graph.Names {
	t.Helper()
	names := &graph.Names{}
	at := map[graph.IRI]*graph.Name{}
	s := &run{Resolver: New(Options{Schema: sch})}
	for a, line := range articles {
		article := graph.Article{ID: graph.IRI(fmt.Sprintf("kg:article/%03d", a))}
		if date, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(line, "@") {
			published, err := time.Parse("@2006", date)
			if err != nil {
				t.Fatal(err)
			}
			article.Published, line = published, rest
		}
		names.Articles = append(names.Articles, article)
		for _, field := range strings.Split(line, ";") {
			label, typ, ok := strings.Cut(strings.TrimSpace(field), "/")
			if !ok {
				t.Fatalf("no type: %q", field)
			}
			parts := strings.Split(typ, "=")
			id := s.globalIRI(label, parts[0])
			n := at[id]
			if n == nil {
				n = &graph.Name{Entity: graph.Entity{ID: id, Label: label}}
				for _, anc := range sch.Ancestors(parts[0]) {
					n.Types = append(n.Types, kgo(anc))
				}
				at[id] = n
			}
			for _, alias := range parts[1:] {
				if !slices.Contains(n.Aliases, alias) {
					n.Aliases = append(n.Aliases, alias)
				}
			}
			n.Articles = append(n.Articles, int32(a))
		}
	}
	for _, n := range at {
		names.Names = append(names.Names, *n)
	}
	slices.SortFunc(names.Names, func(a, b graph.Name) int { return compareIRI(a.ID, b.ID) })
	return names
}

func TestIdentity(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/identity/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(data), "\n\n") {
		var title string
		var articles, want, got []string
		for _, l := range strings.Split(strings.TrimSpace(block), "\n") {
			if rest, ok := strings.CutPrefix(l, "= "); ok {
				want = append(want, rest)
			} else if strings.HasPrefix(l, "#") {
				title = l
			} else if l != "" {
				articles = append(articles, l)
			}
		}
		if len(articles) == 0 {
			continue
		}
		names := namesOf(t, sch, articles)
		for _, j := range Identify(sch, names) {
			got = append(got, fmt.Sprintf("%s %s %s %s", j.Kind, local(j.From), local(j.Into), j.Rule))
			t.Logf("%.2f %s", j.Score, j.Evidence)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", title, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// The order of articles, and so their numbers, makes no difference.
func TestIdentityOrderFree(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	articles := manyNames(300)
	want := Identify(sch, namesOf(t, sch, articles))
	if len(want) < 50 {
		t.Fatalf("%d judgements", len(want))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	if got := Identify(sch, namesOf(t, sch, articles)); !reflect.DeepEqual(got, want) {
		t.Errorf("%d judgements in another order, %d before", len(got), len(want))
	}
}

// manyNames makes articles about made-up people and companies, named in full and in short.
func manyNames(n int) []string {
	r := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ba lo ri ten kar mu vel son dra pi gor las tun fe ros mik hal jen dor qui")
	word := func() string {
		s := ""
		for range 2 + r.IntN(2) {
			s += syllables[r.IntN(len(syllables))]
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var people, companies []string
	for range n {
		people = append(people, word()+" "+word())
		companies = append(companies, word()+" "+[]string{"Motor", "Bank", "Foods", "Steel"}[r.IntN(4)])
	}
	var out []string
	for i := range n {
		first, last, _ := strings.Cut(people[i], " ")
		short, _, _ := strings.Cut(companies[i], " ")
		out = append(out, people[i]+"/Person; "+companies[i]+"/Company; "+short+"/Company")
		out = append(out, last+"/Person; "+companies[i]+"/Company")
		out = append(out, first[:1]+". "+last+"/Person; "+companies[i]+"/Company; "+people[(i+1)%n]+"/Person")
	}
	return out
}

// Time grows with the number of names, not with its square.
func TestIdentityScale(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	names := namesOf(t, sch, manyNames(20_000))
	begin := time.Now()
	list := Identify(sch, names)
	took := time.Since(begin)
	t.Logf("%d names of %d articles: %d judgements in %v", len(names.Names), len(names.Articles), len(list), took)
	if took > 30*time.Second {
		t.Errorf("%v for %d names", took, len(names.Names))
	}
}
