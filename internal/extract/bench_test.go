package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

// BenchmarkPropositions reads all example trees; tokens/s is what compares with the annotator's.
func BenchmarkPropositions(b *testing.B) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		b.Fatal(err)
	}
	var docs []*nlp.Document
	words := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' || line[0] == '=' {
				continue
			}
			doc, err := nlptest.ReadTrees(line)
			if err != nil {
				b.Fatal(err)
			}
			docs = append(docs, doc)
			words += len(doc.Sentences[0].Words)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			Propositions(doc)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
