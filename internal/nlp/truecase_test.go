package nlp

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestCaseTable makes model/cases.txt with -update.
func TestCaseTable(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	counts := map[string]map[string]int{}
	count := func(form string, n int) {
		for _, r := range form {
			if !unicode.IsLetter(r) {
				return
			}
		}
		if len(form) < 2 {
			return
		}
		low := strings.ToLower(form)
		if counts[low] == nil {
			counts[low] = map[string]int{}
		}
		counts[low][form] += n
	}
	for _, file := range []string{"ewt/train.conllu.gz", "gum/train.conllu.gz"} {
		for _, doc := range treebank(t, file) {
			for _, sent := range doc.Sentences {
				if isShouted(sent.Words) || isTitle(sent.Words) {
					continue
				}
				for i, w := range sent.Words {
					if i > 0 && !strings.ContainsAny(sent.Words[i-1].Form, `"“:.([`) {
						count(w.Form, 1)
					}
				}
			}
		}
	}
	f, err := os.Open(filepath.Join(dataDir(), "entities", "countries.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for word := range strings.FieldsFuncSeq(row[1]+" "+row[3], func(r rune) bool { return !unicode.IsLetter(r) }) {
			if unicode.IsUpper([]rune(word)[0]) {
				switch word {
				case "Republic", "Islands", "Island", "Democratic", "The", "Islamic", "New", "State", "States", "United", "People", "Saint", "Central", "South", "North":
				default:
					count(word, 3)
				}
			}
		}
	}
	var out []string
	for low, forms := range counts {
		best, total := low, 0
		for _, form := range slices.Sorted(mapKeys(forms)) {
			total += forms[form]
			if forms[form] > forms[best] {
				best = form
			}
		}
		if best != low && forms[best]*2 > total && (total > 1 || !allUpper(best)) {
			out = append(out, best)
		}
	}
	slices.Sort(out)
	if err := os.WriteFile("model/cases.txt", []byte(strings.Join(out, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d words", len(out))
}
