package nlp

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dataDir is the folder of the evaluation data, which may be missing.
func dataDir() string {
	if dir := os.Getenv("KG_DATA"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}

// treebank reads a gzipped CoNLL-U file below the evaluation data, or skips the test.
func treebank(t testing.TB, name string) []*Document {
	t.Helper()
	f, err := os.Open(filepath.Join(dataDir(), "treebank", name))
	if err != nil {
		t.Skipf("no evaluation data: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := ReadCoNLLU(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// tokensOnly returns doc with nothing but Form, Begin and End.
func tokensOnly(doc *Document) *Document {
	out := &Document{Text: doc.Text}
	for _, sent := range doc.Sentences {
		words := make([]Word, len(sent.Words))
		for i, w := range sent.Words {
			words[i] = Word{Begin: w.Begin, End: w.End, Form: w.Form, Multi: w.Multi}
		}
		out.Sentences = append(out.Sentences, Sentence{Begin: sent.Begin, End: sent.End, Words: words})
	}
	return out
}

// TestParseQuality measures the parser with gold tokens.
func TestParseQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads treebanks")
	}
	a := newAnnotator(t)
	for _, c := range []struct {
		file      string
		las, upos float64 // least values in percent
	}{{"ewt/dev.conllu.gz", 85.5, 95.8}, {"ewt/test.conllu.gz", 86.0, 95.8}, {"gum/dev.conllu.gz", 85.5, 97.0}} {
		var n, upos, xpos, uas, las int
		start := time.Now()
		for _, gold := range treebank(t, c.file) {
			doc := tokensOnly(gold)
			a.AnnotateTokens(doc)
			for i := range gold.Sentences {
				for j := range gold.Sentences[i].Words {
					g, w := &gold.Sentences[i].Words[j], &doc.Sentences[i].Words[j]
					n++
					if g.UPOS == w.UPOS {
						upos++
					}
					if g.XPOS == w.XPOS {
						xpos++
					}
					if g.Head == w.Head {
						uas++
						if g.Deprel == w.Deprel {
							las++
						}
					}
				}
			}
		}
		pct := func(k int) float64 { return 100 * float64(k) / float64(n) }
		t.Logf("%s: UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f (%d words, %.1fs)", c.file, pct(upos), pct(xpos), pct(uas), pct(las), n,
			time.Since(start).Seconds())
		if pct(las) < c.las || pct(upos) < c.upos {
			t.Errorf("%s: LAS %.2f below %.2f, or UPOS %.2f below %.2f", c.file, pct(las), c.las, pct(upos), c.upos)
		}
	}
}

type span struct{ begin, end int }

// spans returns the surface tokens, the syntactic words and the sentences of doc as ranges over its text without white space.
func spans(doc *Document) (tokens, words, sents map[span]int) {
	at := make([]int, len(doc.Text)+1)
	n := 0
	for i := range len(doc.Text) {
		at[i] = n
		if strings.IndexByte(" \t\n\r", doc.Text[i]) < 0 {
			n++
		}
	}
	at[len(doc.Text)] = n
	tokens, words, sents = map[span]int{}, map[span]int{}, map[span]int{}
	for _, sent := range doc.Sentences {
		sents[span{at[sent.Begin], at[sent.End]}]++
		for i := 0; i < len(sent.Words); i++ {
			w := &sent.Words[i]
			k := max(1, w.Multi)
			tokens[span{at[w.Begin], at[sent.Words[i+k-1].End]}]++
			for _, v := range sent.Words[i : i+k] {
				words[span{at[v.Begin], at[v.End]}]++
			}
			i += k - 1
		}
	}
	return tokens, words, sents
}

// f1 of counts of spans.
type counts struct{ gold, got, both int }

func (c *counts) add(gold, got map[span]int) {
	for s, k := range gold {
		c.gold += k
		c.both += min(k, got[s])
	}
	for _, k := range got {
		c.got += k
	}
}

func (c *counts) f1() float64 { return 200 * float64(c.both) / float64(c.gold+c.got) }

// TestTokenQuality measures the tokeniser on raw text, as the CoNLL 2018 evaluation does.
func TestTokenQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads treebanks")
	}
	for _, c := range []struct {
		file   string
		tokens float64
	}{{"ewt/dev.conllu.gz", 98.5}, {"gum/dev.conllu.gz", 99.0}, {"ewt/train.conllu.gz", 0}, {"gum/train.conllu.gz", 0}} {
		var tokens, words, sents counts
		for _, gold := range treebank(t, c.file) {
			gt, gw, gs := spans(gold)
			ht, hw, hs := spans(Tokenize(gold.Text))
			tokens.add(gt, ht)
			words.add(gw, hw)
			sents.add(gs, hs)
		}
		t.Logf("%s: tokens %.2f words %.2f sentences %.2f", c.file, tokens.f1(), words.f1(), sents.f1())
		if tokens.f1() < c.tokens {
			t.Errorf("%s: tokens F1 %.2f below %.2f", c.file, tokens.f1(), c.tokens)
		}
	}
}
