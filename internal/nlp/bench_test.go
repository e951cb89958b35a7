package nlp

import (
	"os"
	"testing"
)

// article is a fixed text of several paragraphs for benchmarks.
func article(b *testing.B) string {
	raw, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		b.Fatal(err)
	}
	return string(raw)
}

func wordCount(doc *Document) (n int) {
	for i := range doc.Sentences {
		n += len(doc.Sentences[i].Words)
	}
	return n
}

func BenchmarkTokenize(b *testing.B) {
	text := article(b)
	n := wordCount(Tokenize(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Tokenize(text)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkAnnotate measures the whole annotation of one article whose words are mostly known from the article before.
func BenchmarkAnnotate(b *testing.B) {
	text := article(b)
	a := newAnnotator(b)
	n := wordCount(a.Annotate(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		a.Annotate(text)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkNewAnnotator measures the start: converting the weights and building the tables.
func BenchmarkNewAnnotator(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newAnnotator(b)
	}
}

// BenchmarkCorpus annotates news stories one after another, new words and all.
func BenchmarkCorpus(b *testing.B) {
	var stories []string
	n := 0
	for _, doc := range treebank(b, "gum/train.conllu.gz") {
		stories = append(stories, doc.Text)
		n += wordCount(doc)
	}
	a := newAnnotator(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range stories {
			a.Annotate(text)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
