package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
)

// speedArticles is how many articles the speed is measured over where no inputs are given.
const speedArticles = 500

func (ev *evaluator) speed(ctx context.Context, inputs []string) (*evaluation, error) {
	limit := 0
	if len(inputs) == 0 {
		dir, err := ev.news()
		if err != nil {
			return nil, err
		}
		inputs, limit = []string{dir}, speedArticles
	}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	var texts []string
	for item := range article.Read(ctx, inputs, article.Options{}) {
		if item.Article == nil {
			continue
		}
		texts = append(texts, item.Article.Text)
		if len(texts) == limit {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("no article in %s", strings.Join(inputs, ", "))
	}
	var tokens, props int
	var annotate, propose stopwatch
	for chunk := range slices.Chunk(texts, 50) {
		docs := make([]*nlp.Document, len(chunk))
		annotate.run(func() {
			for i, text := range chunk {
				docs[i] = a.Annotate(text)
			}
		})
		propose.run(func() {
			for _, doc := range docs {
				props += len(extract.Propositions(doc))
			}
		})
		for _, doc := range docs {
			for i := range doc.Sentences {
				tokens += len(doc.Sentences[i].Words)
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	set := fmt.Sprintf("%d articles", len(texts))
	var figures []figure
	for _, m := range []struct {
		stage string
		time  stopwatch
	}{{"annotate", annotate}, {"propositions", propose}, {"both", stopwatch{annotate.wall + propose.wall, annotate.cpu + propose.cpu}}} {
		rate := float64(tokens) / m.time.wall.Seconds()
		figures = append(figures, figure{Set: set, Measure: m.stage + " tokens/s", Value: &rate})
		if m.time.cpu > 0 {
			rate := float64(tokens) / m.time.cpu.Seconds()
			figures = append(figures, figure{Set: set, Measure: m.stage + " tokens/s of processor time", Value: &rate})
		}
	}
	return &evaluation{
		Name:    "speed",
		Note:    fmt.Sprintf("one goroutine, %s/%s, %d tokens, %d propositions", runtime.GOOS, runtime.GOARCH, tokens, props),
		Figures: figures,
	}, nil
}

// stopwatch sums up the time that something takes, by the clock and by the processor. The latter says more on a machine
// with other work; it counts the garbage collector's part on other cores, too.
type stopwatch struct{ wall, cpu time.Duration }

func (s *stopwatch) run(f func()) {
	wall, cpu := time.Now(), cpuTime()
	f()
	s.wall += time.Since(wall)
	s.cpu += cpuTime() - cpu
}
