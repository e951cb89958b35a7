package schema

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func gazetteer(t testing.TB, own ...string) *Gazetteer {
	t.Helper()
	s, err := Load("", own...)
	if err != nil {
		t.Fatal(err)
	}
	return s.Gazetteer()
}

func TestFind(t *testing.T) {
	g := gazetteer(t)
	for _, c := range []struct{ name, label, typ, state, wikidata string }{
		{"Munich", "Munich", "City", "Germany", "Q1726"},
		{"Bombay", "Mumbai", "City", "India", ""},
		{"Lodz", "Łódź", "City", "Poland", "Q580"},
		{"Washington DC", "Washington", "City", "United States", "Q61"},
		{"Ohio", "Ohio", "Region", "United States", "Q1397"},
		{"Barclays", "Barclays", "Company", "United Kingdom", "Q245343"},
		{"munich", "", "", "", ""},
		{"Mun", "", "", "", ""},
	} {
		var got Bearer
		if found := g.Find(c.name); len(found) > 0 {
			got = found[0]
		}
		if got.Label != c.label || got.Type != c.typ || got.State != c.state || got.Wikidata != c.wikidata {
			t.Errorf("Find(%q) = %+v", c.name, got)
		}
	}
	if found := g.Find("Reading"); len(found) == 0 || !found[0].Common {
		t.Errorf("Reading is a common word: %+v", found)
	}
}

func TestScan(t *testing.T) {
	g := gazetteer(t)
	text := "He flew from São Paulo to Rio de Janeiro, then to St. Louis. Chicago's mayor met Deutsche Bank in Munich–Hamburg talks on New\nYork City."
	var got []string
	g.Scan(text, func(begin, end int) { got = append(got, text[begin:end]) })
	for _, want := range []string{"São Paulo", "Rio de Janeiro", "St. Louis", "Chicago", "Deutsche Bank", "Munich", "Hamburg", "New\nYork City"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// Every line of the built-in lists must pass what a user's own has to.
func TestBuiltInLists(t *testing.T) {
	g := gazetteer(t)
	for _, l := range g.files {
		if err := g.check(l); err != nil {
			t.Error(err)
		}
	}
}

func TestOwnGazetteer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.tsv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("# ours\nname\ttype\taliases\tstate\twikidata\nMunich Works\tCompany\tMWorks|Munich\tDEU\tQ1\n")
	g := gazetteer(t, path)
	if b := g.Find("Munich")[0]; !b.Own || b.Label != "Munich Works" || b.State != "Germany" || b.Wikidata != "Q1" {
		t.Errorf("the user's own does not come first: %+v", b)
	}
	for text, want := range map[string]string{
		"name\ttype\nMunich Works\tFirm\n":               `own.tsv:2: type: no type of things is called "Firm"`,
		"name\ttype\tstate\nMunich Works\tCompany\tXX\n": `own.tsv:2: state: no state has this name or code: "XX"`,
		"name\ttype\twikidata\n\nWorks\tCompany\t159\n":  `own.tsv:3: wikidata: not a Q identifier: "159"`,
		"name\tkind\nMunich Works\tCompany\n":            `own.tsv:1: no such column: "kind"`,
		"Munich Works\tCompany\n":                        `own.tsv:1: no such column: "Munich Works"`,
		"name\ttype\n\tCompany\n":                        `own.tsv:2: name: empty`,
	} {
		write(text)
		if _, err := Load("", path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzScan(f *testing.F) {
	g := gazetteer(f)
	f.Add("Munich's São Paulo–’s U.S. St. Louis\xff")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		g.Scan(text, func(begin, end int) {
			if begin < last || end <= begin || end > len(text) || len(g.Find(text[begin:end])) == 0 {
				t.Errorf("%q: %d-%d after %d", text, begin, end, last)
			}
			last = end
		})
	})
}

func BenchmarkLoadGazetteer(b *testing.B) {
	s, err := Load("")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loadGazetteer(s, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	g := gazetteer(b)
	text := strings.Repeat(`Talks between Germany and France on a loan to Deutsche Bank went on in Munich on Friday, officials said. The
minister, who had flown in from New York, told reporters that the two sides were close to an agreement about the terms. Shares of
the company rose by 3.4 percent in Frankfurt, while those of its rivals fell. "We are not there yet," she said, "but we shall be."
`, 200)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		g.Scan(text, func(begin, end int) { n++ })
	}
}
