package nlp

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files and tables anew")

// TestLemmaTable makes model/lemmas.txt from the training sets with -update: every form that is seen with a lemma that the
// rules do not give it.
func TestLemmaTable(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	l := newLemmatizer("", newAnnotator(t).model.words, newAnnotator(t).cases.usual)
	type key struct{ xpos, form string }
	seen, ruled := map[key]map[string]int{}, map[key]map[string]int{}
	for _, file := range []string{"ewt/train.conllu.gz", "gum/train.conllu.gz"} {
		for _, doc := range treebank(t, file) {
			for _, sent := range doc.Sentences {
				title := isTitle(sent.Words)
				for i := range sent.Words {
					w := &sent.Words[i]
					low := strings.ToLower(w.Form)
					if w.Lemma == "" || w.Lemma == "_" || strings.ContainsAny(low+w.Lemma, " \t") || w.XPOS == "GW" || w.XPOS == "ADD" || w.XPOS == "AFX" ||
						strings.Contains(w.Feats, "ExtPos") || w.XPOS == "NFP" || strings.Contains(w.Feats, "Typo") && len(low) > 2 {
						continue
					}
					switch low {
					case "'s", "’s", "s", "'d", "’d", "d":
						continue
					}
					k := key{w.XPOS, low}
					if seen[k] == nil {
						seen[k], ruled[k] = map[string]int{}, map[string]int{}
					}
					seen[k][w.Lemma]++
					ruled[k][l.lemma(sent.Words, i, title)]++
				}
			}
		}
	}
	lines := map[string][]string{}
	for k, lemmas := range seen {
		best, total := "", 0
		for _, lemma := range slices.Sorted(mapKeys(lemmas)) {
			total += lemmas[lemma]
			if best == "" || lemmas[lemma] > lemmas[best] {
				best = lemma
			}
		}
		right := 0
		for lemma, n := range ruled[k] {
			right += min(n, lemmas[lemma])
		}
		if lemmas[best]*2 <= total || right >= lemmas[best] || strings.ContainsAny(k.form+best, "*$@%!") {
			continue
		}
		// A single odd lemma that is no word, where the rules give one, is a slip of the treebank.
		if rule := slices.Sorted(mapKeys(ruled[k]))[0]; total <= 5 && !l.known(strings.ToLower(best)) && l.known(strings.ToLower(rule)) {
			continue
		}
		lines[k.xpos] = append(lines[k.xpos], k.form+" "+best)
	}
	var b strings.Builder
	n := 0
	for _, tag := range slices.Sorted(mapKeys(lines)) {
		sort.Strings(lines[tag])
		n += len(lines[tag])
		fmt.Fprintf(&b, "%s %s\n", tag, strings.Join(lines[tag], " "))
	}
	if err := os.WriteFile("model/lemmas.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d exceptions, %d bytes", n, b.Len())
}

func mapKeys[K cmp.Ordered, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// TestLemmaOfPrefixed: what stands before a hyphen stays, the rest is the verb's.
func TestLemmaOfPrefixed(t *testing.T) {
	l := newAnnotator(t).lemmas
	for form, want := range map[string]string{"re-took": "re-take", "co-wrote": "co-write", "re-elected": "re-elect", "re-takes": "re-take"} {
		w := []Word{{Form: form, UPOS: "VERB", XPOS: "VBD"}}
		if strings.HasSuffix(form, "s") {
			w[0].XPOS = "VBZ"
		}
		if got := l.lemma(w, 0, false); got != want {
			t.Errorf("%s: %s, want %s", form, got, want)
		}
	}
}

// TestLemmaQuality measures lemmas with gold tags.
func TestLemmaQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads treebanks")
	}
	l := newAnnotator(t).lemmas
	for _, c := range []struct {
		file string
		min  float64
	}{{"ewt/dev.conllu.gz", 97}, {"gum/dev.conllu.gz", 97}} {
		n, right := 0, 0
		wrong := map[string]int{}
		for _, doc := range treebank(t, c.file) {
			for _, sent := range doc.Sentences {
				title := isTitle(sent.Words)
				for i := range sent.Words {
					n++
					if got := l.lemma(sent.Words, i, title); got == sent.Words[i].Lemma {
						right++
					} else {
						wrong[fmt.Sprintf("%s %s: %s, not %s", sent.Words[i].XPOS, sent.Words[i].Form, sent.Words[i].Lemma, got)]++
					}
				}
			}
		}
		pct := 100 * float64(right) / float64(n)
		t.Logf("%s: lemmas %.2f", c.file, pct)
		if testing.Verbose() && os.Getenv("KG_SHOW") != "" {
			for _, k := range slices.SortedFunc(mapKeys(wrong), func(a, b string) int { return cmp.Or(wrong[b]-wrong[a], strings.Compare(a, b)) }) {
				t.Log(wrong[k], k)
			}
		}
		if pct < c.min {
			t.Errorf("%s: lemmas %.2f below %.2f", c.file, pct, c.min)
		}
	}
}
