package schema

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestHolder(t *testing.T) {
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ state, office, day, want string }{
		{"France", "president", "2017-05-10", "François Hollande"},
		{"France", "president", "2017-05-14", ""}, // who it was depends on the hour
		{"France", "president", "2017-07-05", "Emmanuel Macron"},
		{"United States", "president", "1987-03-16", "Ronald Reagan"},
		{"United States", "secretary of state", "2018-04-10", ""}, // nobody was confirmed
		{"Germany", "chancellor", "2025-09-20", "Friedrich Merz"},
		{"Germany", "chancellor", "2031-01-01", ""}, // nobody knows yet
		{"Germany", "former chancellor", "2017-07-05", ""},
	} {
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := s.Holder(tt.state, tt.office, day); got != tt.want {
			t.Errorf("%s of %s on %s: %q, want %q", tt.office, tt.state, tt.day, got, tt.want)
		}
	}
}

// The PETRARCH dictionaries have, up to about 2013, who belonged to which government from when to when, whatever the office. Every term
// that ended before must begin or end in a month in which they let the person come or go.
func TestTermsOfDictionary(t *testing.T) {
	data := os.Getenv("KG_DATA")
	if data == "" {
		data = "../../shared/data"
	}
	f, err := os.Open(filepath.Join(data, "events", "dictionaries", "actors.tsv.gz"))
	if err != nil {
		t.Skipf("no dictionary: set KG_DATA (%v)", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	fold := func(name string) string {
		return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			switch {
			case unicode.Is(unicode.Mn, r):
				return -1
			case unicode.IsLetter(r):
				return unicode.ToUpper(r)
			}
			return ' '
		}, norm.NFD.String(name))), " ")
	}
	days := map[string][]time.Time{} // on which somebody came or went, by state and name
	for lines := bufio.NewScanner(z); lines.Scan(); {
		c := strings.Split(lines.Text(), "\t")
		if len(c) < 4 || len(c[1]) < 6 || c[1][3:6] != "GOV" {
			continue
		}
		for _, text := range c[2:4] {
			if day, err := time.Parse("20060102", text); err == nil {
				key := c[1][:3] + fold(c[0])
				days[key] = append(days[key], day)
			}
		}
	}
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	near := func(a time.Time, list []time.Time) bool {
		for _, b := range list {
			if d := a.Sub(b); -32*24*time.Hour < d && d < 32*24*time.Hour {
				return true
			}
		}
		return false
	}
	known, same := 0, 0
	for key, list := range s.terms {
		for _, v := range list {
			dates := days[s.StateNamed(key[0]).ISO3+fold(v.name)]
			if len(dates) == 0 || v.to.Year() > 2012 {
				continue
			}
			known++
			if near(v.from, dates) || near(v.to, dates) {
				same++
			} else {
				t.Logf("%s of %s: %s from %s to %s; the dictionary has %v", key[1], key[0], v.name, v.from, v.to, dates)
			}
		}
	}
	if known < 80 || same < known*95/100 {
		t.Errorf("of %d terms that the dictionary has %d are the same", known, same)
	}
}
