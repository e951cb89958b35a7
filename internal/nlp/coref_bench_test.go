package nlp

import "testing"

// BenchmarkChains measures finding the chains of an article that is annotated but for them.
func BenchmarkChains(b *testing.B) {
	text := article(b)
	a := newAnnotator(b)
	s := &scratch{}
	doc := Tokenize(text)
	a.annotateTokens(s, doc)
	n := wordCount(doc)
	b.ReportAllocs()
	for b.Loop() {
		s.coref.chains(a.model, doc, s.views)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
