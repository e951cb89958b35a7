package nlp

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// plainFeats drops the features that Annotate does not give: slips, style, abbreviations and outer parts of speech.
func plainFeats(feats string) string {
	var keep []string
	for part := range strings.SplitSeq(feats, "|") {
		switch name, _, _ := strings.Cut(part, "="); name {
		case "Typo", "ExtPos", "Style", "Abbr", "Foreign", "":
		default:
			keep = append(keep, part)
		}
	}
	return strings.Join(keep, "|")
}

// TestFeatsTable makes model/feats.txt from the training sets with -update.
func TestFeatsTable(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	seen := map[featKey]map[string]int{}
	for _, file := range []string{"ewt/train.conllu.gz", "gum/train.conllu.gz"} {
		for _, doc := range treebank(t, file) {
			for _, sent := range doc.Sentences {
				for _, w := range sent.Words {
					switch w.UPOS {
					case "PRON", "DET", "ADV", "PART", "CCONJ", "INTJ", "ADJ":
					default:
						continue
					}
					if strings.Contains(w.Feats, "Typo") || strings.ContainsAny(w.Form, " *$@") || strings.HasPrefix(w.XPOS, "V") {
						continue
					}
					k := featKey{w.UPOS, w.XPOS, strings.ToLower(w.Form)}
					if seen[k] == nil {
						seen[k] = map[string]int{}
					}
					seen[k][plainFeats(w.Feats)]++
				}
			}
		}
	}
	plain := newFeaturer("")
	lines := map[string][]string{}
	for k, feats := range seen {
		best, total := "", 0
		for _, s := range slices.Sorted(mapKeys(feats)) {
			total += feats[s]
			if feats[s] > feats[best] {
				best = s
			}
		}
		one := []Word{{Form: k.form, UPOS: k.upos, XPOS: k.xpos, Head: -1}}
		if best == "" || total < 2 || best == plain.feats(one, []clause{{subject: -1}}, 0) {
			continue
		}
		head := k.upos + " " + k.xpos + " " + best
		lines[head] = append(lines[head], k.form)
	}
	var b strings.Builder
	for _, head := range slices.Sorted(mapKeys(lines)) {
		slices.Sort(lines[head])
		fmt.Fprintf(&b, "%s %s\n", head, strings.Join(lines[head], " "))
	}
	if err := os.WriteFile("model/feats.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines, %d bytes", len(lines), b.Len())
}

// TestFeatsQuality measures features with gold tags and trees.
func TestFeatsQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads treebanks")
	}
	f := newFeaturer(featsTable)
	var n, whole int
	gold, got, both := map[string]int{}, map[string]int{}, map[string]int{}
	wrong := map[string]int{}
	for _, doc := range treebank(t, "ewt/dev.conllu.gz") {
		for _, sent := range doc.Sentences {
			words := slices.Clone(sent.Words)
			f.sentence(words, nil)
			for i := range words {
				n++
				want := plainFeats(sent.Words[i].Feats)
				if want == words[i].Feats {
					whole++
				} else {
					wrong[fmt.Sprintf("%s %s %s: %s, not %s", words[i].XPOS, words[i].Deprel, words[i].Lemma, want, words[i].Feats)]++
				}
				for part := range strings.SplitSeq(want, "|") {
					name, _, _ := strings.Cut(part, "=")
					gold[name]++
					if slices.Contains(strings.Split(words[i].Feats, "|"), part) {
						both[name]++
					}
				}
				for part := range strings.SplitSeq(words[i].Feats, "|") {
					name, _, _ := strings.Cut(part, "=")
					got[name]++
				}
			}
		}
	}
	pct := 100 * float64(whole) / float64(n)
	t.Logf("all features of a word right: %.2f", pct)
	for _, name := range slices.Sorted(mapKeys(gold)) {
		if name != "" {
			t.Logf("%-9s F1 %.2f of %d", name, 200*float64(both[name])/float64(gold[name]+got[name]), gold[name])
		}
	}
	if os.Getenv("KG_SHOW") != "" {
		for _, k := range slices.SortedFunc(mapKeys(wrong), func(a, b string) int { return cmp.Or(wrong[b]-wrong[a], strings.Compare(a, b)) }) {
			t.Log(wrong[k], k)
		}
	}
	if pct < 97 {
		t.Errorf("features %.2f below 97", pct)
	}
}
