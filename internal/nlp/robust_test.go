package nlp

import (
	"bytes"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// checkSpans reports words that leave out or share a byte, or whose form is not what stands at their place.
func checkSpans(t interface{ Fatalf(string, ...any) }, text string, doc *Document) {
	if doc.Text != text {
		t.Fatalf("text was changed")
	}
	at := 0
	between := func(end int) {
		for at < end {
			r, n := utf8.DecodeRuneInString(text[at:])
			if !isSpace(r) || r == utf8.RuneError && n == 1 {
				t.Fatalf("%q at byte %d belongs to no word", text[at:at+n], at)
			}
			at += n
		}
	}
	for i, sent := range doc.Sentences {
		if len(sent.Words) == 0 {
			t.Fatalf("sentence %d is empty", i)
		}
		if sent.Begin != sent.Words[0].Begin || sent.End != sent.Words[len(sent.Words)-1].End {
			t.Fatalf("sentence %d is [%d,%d), its words [%d,%d)", i, sent.Begin, sent.End, sent.Words[0].Begin, sent.Words[len(sent.Words)-1].End)
		}
		multi := 0 // words of the token still to come
		for j, w := range sent.Words {
			if w.Begin < at || w.End <= w.Begin || w.End > len(text) || text[w.Begin:w.End] != w.Form {
				t.Fatalf("sentence %d, word %d %q is [%d,%d) after byte %d of %d", i, j, w.Form, w.Begin, w.End, at, len(text))
			}
			if multi > 0 && w.Begin != at {
				t.Fatalf("sentence %d, word %d %q does not touch the word before, with which it is one token", i, j, w.Form)
			}
			between(w.Begin)
			at = w.End
			inside := multi > 0
			multi = max(0, multi-1)
			if w.Multi != 0 {
				if inside || w.Multi < 2 || j+w.Multi > len(sent.Words) {
					t.Fatalf("sentence %d, word %d %q: Multi = %d", i, j, w.Form, w.Multi)
				}
				multi = w.Multi - 1
			}
		}
	}
	between(len(text))
}

// checkTrees reports sentences that are no single tree, columns that are empty, and chains that cannot be.
func checkTrees(t interface{ Fatalf(string, ...any) }, doc *Document) {
	checkChains(t, doc)
	for i, sent := range doc.Sentences {
		state := make([]int8, len(sent.Words))
		roots := 0
		for j, w := range sent.Words {
			if w.Lemma == "" || w.UPOS == "" || w.XPOS == "" || w.Deprel == "" || w.ArcMargin < 0 || w.ArcMargin > 1 || w.ArcMargin != w.ArcMargin {
				t.Fatalf("sentence %d, word %d: %+v", i, j, w)
			}
			if (w.Head < 0) != (w.Deprel == "root") {
				t.Fatalf("sentence %d, word %d %q: head %d, relation %q", i, j, w.Form, w.Head, w.Deprel)
			}
			if w.Head < 0 {
				roots++
			}
			k := j
			for k >= 0 && state[k] == 0 {
				state[k] = 1
				k = sent.Words[k].Head
			}
			if k >= 0 && state[k] == 1 {
				t.Fatalf("sentence %d: the heads from word %d %q on go in a circle", i, j, w.Form)
			}
			for k = j; k >= 0 && state[k] == 1; k = sent.Words[k].Head {
				state[k] = 2
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d has %d roots", i, roots)
		}
		for k, m := range sent.Mentions {
			if m.First < 0 || m.Last < m.First || m.Last >= len(sent.Words) || m.Head < m.First || m.Head > m.Last || m.Kind == 0 {
				t.Fatalf("sentence %d, mention %d: %+v", i, k, m)
			}
			if k > 0 {
				p := sent.Mentions[k-1]
				if p.First > m.First || p.First == m.First && p.Last <= m.Last {
					t.Fatalf("sentence %d: mention %+v after %+v", i, m, p)
				}
			}
		}
	}
}

var odd = []string{
	"", " ", "\n\n\n", "\x00", "\xff\xfe", "a\xffb", "\u00a0\u200b\ufeff", "\r\n\r\n", "...", "?!?!", "((((", "'''", "’’’’", "''''s", "U.S.A.", "U.S...",
	"don't can't won't've", "I'll'd've", "cannot", "gonna", "http://", "http://)", "www.", "@", "#", "a@", "a@b", "1,", "1,000,", "1.000.", "$", "US$", "%",
	"-", "--", "- - -", "a-", "-a", "non-", "non-non-non-a", "e-e-e-e", "😀😀", "👨\u200d👩\u200d👧", "🇩🇪🇫🇷", "e\u0301", "\u0301", "[...]", "[1][2]", "[", "[1", ":)", ":-",
	"Mr.", "No. 5", "No.", "p.m.", "at 5 p.m.", "5p.m.", "Ph.D.", "M.Sc.", "A.B", "I.", "Plan B. The", "1. 2. 3.", "«x»", "“x”", "‘x’s’", "boys'", "'90s", "1990's",
	"WORLD POWERS AGREE ON DEAL", "a\u0085b", "a\u2028b", "a\vb", "\tA\n  B\n", "ＡＢ", "مرحبا", "司空图", "İstanbul", "ǅ", "\u00ad", "x\u200c", "Yahoo!", "AT&T", "A&",
}

func TestOddText(t *testing.T) {
	a := newAnnotator(t)
	for _, text := range append(odd, strings.Join(odd, " "), strings.Join(odd, "\n"), strings.Join(odd, "")) {
		doc := a.Annotate(text)
		checkSpans(t, text, doc)
		checkTrees(t, doc)
		for _, doc := range []*Document{TokenizeLines(text), SplitTokens(text)} {
			checkSpans(t, text, doc)
			a.AnnotateTokens(doc)
			checkTrees(t, doc)
		}
	}
}

// TestProperties: whatever the text, spans tile it, heads form one tree, and CoNLL-U comes back as it went out.
func TestProperties(t *testing.T) {
	a := newAnnotator(t)
	pieces := append([]string{" ", " ", " ", "\n", ". ", "The ", "minister ", "said ", "Reuters", ",", "\"", "'s", "of "}, odd...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, 60).Draw(t, "pieces"), "")
		doc := a.Annotate(text)
		checkSpans(t, text, doc)
		checkTrees(t, doc)
		if !utf8.ValidString(text) || len(doc.Sentences) == 0 {
			return
		}
		var out bytes.Buffer
		if err := WriteCoNLLU(&out, doc); err != nil {
			t.Fatalf("%v", err)
		}
		back, err := ReadCoNLLU(&out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		if len(back) != 1 || len(back[0].Sentences) != len(doc.Sentences) {
			t.Fatalf("%d documents", len(back))
		}
		for i, sent := range doc.Sentences {
			for j, w := range sent.Words {
				b := back[0].Sentences[i].Words[j]
				if b.Form != oneLine(w.Form) || b.UPOS != w.UPOS || b.XPOS != w.XPOS || b.Feats != w.Feats || b.Head != w.Head || b.Deprel != w.Deprel || b.Multi != w.Multi {
					t.Fatalf("%+v came back as %+v", w, b)
				}
			}
		}
	})
}

// TestLongText: time grows with the length of the text and no faster, whatever the text.
func TestLongText(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 128 << 10
	for _, piece := range []string{
		"a", "A.", "a.", "a-", "-", ".", ". ", "(", "'", "’", "1", "1,", "1.", "a@", "www.", "http://", "x_", "é", "\xff", "😀", "\u200d", "a\r", "a\v", "a\n", "a\n\n",
		"a b\n", "[1] ", "] ", ") ", "[", "\" ", "' ", "non-", "I'd", "'s", "a'", "\u00a0a", "U.S. ", "Mr. ", ":) ", "^", "0/", "#", "!", "lower case line without an end that is longer than forty bytes\n",
	} {
		text := strings.Repeat(piece, size/len(piece))
		start := time.Now()
		doc := Tokenize(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q repeated to %d bytes: %v", piece, len(text), took)
		}
		checkSpans(t, text, doc)
		for _, sent := range doc.Sentences {
			if len(sent.Words) > maxPiece {
				t.Errorf("%q repeated: a sentence of %d words", piece, len(sent.Words))
				break
			}
		}
	}
	a := newAnnotator(t)
	for _, doc := range []*Document{
		Tokenize(strings.Repeat("word and ", 50_000)), TokenizeLines(strings.Repeat("word and ", 10_000)), SplitTokens(strings.Repeat("( a ' ", 10_000)),
		SplitTokens(strings.Repeat("a", 1<<20)), SplitTokens(strings.Repeat("BUSH ", 1000)),
	} {
		start := time.Now()
		a.AnnotateTokens(doc)
		checkTrees(t, doc)
		t.Logf("%d sentences, %d words: %v", len(doc.Sentences), wordCount(doc), time.Since(start))
	}
}

// TestSameAlone: what the network says of a sentence is the same to the last bit whatever stands around it.
func TestSameAlone(t *testing.T) {
	text, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	a := newAnnotator(t)
	s, alone := &scratch{}, &scratch{}
	doc := Tokenize(strings.Repeat(string(text), 3) + strings.Repeat("and so on ", 300))
	a.read(s, doc.Sentences)
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		words := slices.Clone(sent.Words)
		alternatives := a.parse(s, i, sent.Words)
		a.read(alone, []Sentence{{Words: words}})
		if want := a.parse(alone, 0, words); !slices.Equal(sent.Words, words) || !reflect.DeepEqual(alternatives, want) {
			t.Fatalf("sentence %d alone: %+v with %v, in the text: %+v with %v", i, words, want, sent.Words, alternatives)
		}
	}
	if !slices.Equal(s.hidden, alone.hidden) {
		t.Error("the inputs of the tagger of names differ")
	}
}

// TestSameEverywhere: the same text gives the same document in any order, from any number of workers, with a small cache and
// a large one.
func TestSameEverywhere(t *testing.T) {
	var texts []string
	rnd := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("The minister of Russia 's talks with Ankara said it would not be held in Astana , Turkey and Iran 42 U.S. officials agreed on : ( ) deal")
	for range 60 {
		var b strings.Builder
		for range rnd.IntN(60) {
			b.WriteString(words[rnd.IntN(len(words))])
			b.WriteByte(" .\n"[min(2, rnd.IntN(12)/5)])
		}
		texts = append(texts, b.String())
	}
	want := make([]*Document, len(texts))
	a := newAnnotator(t)
	for i, text := range texts {
		want[i] = a.Annotate(text)
	}
	small, err := NewAnnotator(Options{CacheWords: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []*Annotator{a, small} {
		got := make([]*Document, len(texts))
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := len(texts) - 1 - w; i >= 0; i -= 4 {
					got[i] = a.Annotate(texts[i])
				}
			})
		}
		wg.Wait()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, text := range odd {
		f.Add(text)
	}
	f.Add(strings.Join(odd, "\n"))
	f.Fuzz(func(t *testing.T, text string) {
		checkSpans(t, text, Tokenize(text))
		checkSpans(t, text, TokenizeLines(text))
		checkSpans(t, text, SplitTokens(text))
	})
}

func FuzzAnnotate(f *testing.F) {
	for _, text := range odd {
		f.Add(text)
	}
	a := newAnnotator(f)
	f.Fuzz(func(t *testing.T, text string) {
		doc := a.Annotate(text)
		checkSpans(t, text, doc)
		checkTrees(t, doc)
	})
}
