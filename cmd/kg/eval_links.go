package main

import (
	"fmt"
	"io"
	"strconv"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

// linkSets are the annotations of the same articles without coreference and with it.
var linkSets = []namedSet{
	{"news-fair no coreference", "entities/news-fair/news-fair-no-coref.benchmark.jsonl.gz"},
	{"news-fair with coreference", "entities/news-fair/news-fair.benchmark.jsonl.gz"},
}

// links measures links to Wikidata, of all labels and of those whose item the gazetteers hold.
func (ev *evaluator) links(files []string, misses bool) (*evaluation, error) {
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	items := sch.Items()
	held := func(id string) bool { return items[id] }
	e := &evaluation{Name: "links",
		Note: fmt.Sprintf("span and item right, in the annotated parts; the gazetteers hold %d items", len(items))}
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	resolver := resolve.New(resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence})
	names, open := ev.sets(files, linkSets)
	err = e.over(names, func(set string) error {
		r, err := open(set)
		if err != nil {
			return err
		}
		defer r.Close()
		articles, err := score.ReadElevant(r)
		if err != nil {
			return err
		}
		var all, known score.PRF
		var halves [2]score.PRF
		for i := range articles {
			x := &articles[i]
			doc := a.Annotate(x.Text)
			chars := charOffsets(x.Text)
			art := &article.Article{ID: strconv.FormatInt(x.ID, 10), Title: x.Title, Text: x.Text, Language: "en"}
			var out []score.Span
			for _, l := range resolver.Links(art, doc, extract.Propositions(doc)) {
				out = append(out, score.Span{Begin: chars(l.Begin), End: chars(l.End), Type: l.Wikidata})
			}
			all.Add(score.CompareLinks(x, out, nil))
			c := score.CompareLinks(x, out, held)
			known.Add(c)
			halves[i%2].Add(c)
			if misses && i%2 == 0 {
				noteLinks(&e.notes, x, out, held)
			}
		}
		e.Figures = append(e.Figures, counted(set, "held by the gazetteers", known), counted(set, "held, odd articles", halves[0]),
			counted(set, "held, even articles", halves[1]), counted(set, "all", all))
		return nil
	})
	return e, err
}

// noteLinks lists the labels of an article's annotated part without a link ("-", "h" where the gazetteers hold the item) and the links
// without a label ("+").
func noteLinks(w io.Writer, x *score.LinkedArticle, out []score.Span, held func(string) bool) {
	text := []rune(x.Text)
	line := func(mark string, s score.Span) {
		fmt.Fprintf(w, "%s %s [%s]\t%s\n", mark, s.Type, oneLine(string(text[s.Begin:s.End])),
			oneLine(string(text[max(0, s.Begin-40):min(len(text), s.End+40)])))
	}
	fmt.Fprintf(w, "== %s\n", x.Title)
	labels := make(map[score.Span]bool)
	var gather func(l score.LinkLabel)
	gather = func(l score.LinkLabel) {
		labels[l.Span] = true
		for _, p := range l.Parts {
			gather(p)
		}
	}
	for _, l := range x.Labels {
		gather(l)
		alone := *x
		alone.Labels = []score.LinkLabel{l}
		if l.Type == "" || score.CompareLinks(&alone, out, nil).Correct > 0 {
			continue
		}
		mark := "-"
		if held(l.Type) {
			mark = "-h"
		}
		line(mark, l.Span)
	}
	for _, l := range out {
		if l.Begin >= x.Begin && l.End <= x.End && !labels[l] {
			line("+", l)
		}
	}
}
