package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

// seedPage is the scraped page in the data, beside its expected.tsv.
const seedPage = "articles/seed/000_0df30992622a6f22.txt"

// seedRow is an expected claim and what was found for it.
type seedRow struct {
	Level    string `json:"level"`
	Expected string `json:"expected"`
	Match    string `json:"match"` // hit, near, miss
	Plain    bool   `json:"plain"` // found as a plain edge
	// Canonical is whether it was found between things by its canonical relation.
	Canonical bool `json:"canonical"`
	// Found is the claim that matches; of a miss, the nearest one. Empty for none.
	Found    string `json:"found"`
	Evidence string `json:"evidence"`
}

type seedDetails struct {
	Rows      []seedRow `json:"rows"`
	Unmatched []string  `json:"unmatched"` // claims that match no row
}

func (ev *evaluator) seed(ctx context.Context) (*evaluation, error) {
	r, err := ev.open("articles/seed/expected.tsv")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rows, err := score.ReadExpected(r)
	if err != nil {
		return nil, fmt.Errorf("expected.tsv: %w", err)
	}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	said, err := ev.statements(ctx, sch, filepath.Join(ev.dir, filepath.FromSlash(seedPage)))
	if err != nil {
		return nil, err
	}
	relations := make(map[string]score.Cues)
	for _, rel := range sch.Relations {
		relations[rel.ID] = score.Cues{Lemmas: slices.Concat(rel.Verbs, rel.Nouns), Symmetric: rel.Symmetric}
	}
	found, unmatched := score.CompareClaims(rows, said, relations)

	e := &evaluation{Name: "seed", Note: fmt.Sprintf("%d claims against %d expected ones; a near hit has the head of the expected phrase",
		len(said), len(rows))}
	details := &seedDetails{Rows: []seedRow{}, Unmatched: []string{}}
	type level struct{ exact, near, plain, canonical score.PRF }
	levels := make(map[string]*level)
	var order []string
	for _, f := range found {
		l := levels[f.Level]
		if l == nil {
			l = &level{}
			levels[f.Level] = l
			order = append(order, f.Level)
		}
		row := seedRow{Level: f.Level, Match: f.Match.String(), Canonical: f.Canonical, Evidence: f.Evidence}
		row.Expected = score.Statement{
			Subject: []string{f.Subject}, Relation: f.Relation, Object: []string{f.Object}, Polarity: f.Polarity,
			Modality: f.Modality,
			Speaker:  slices.DeleteFunc([]string{f.Speaker}, func(s string) bool { return s == "" }),
		}.String()
		if f.Statement >= 0 {
			row.Found = said[f.Statement].String()
			row.Plain = f.Match > score.Missed && said[f.Statement].Plain
		}
		for _, c := range []*score.PRF{&l.exact, &l.near, &l.plain, &l.canonical} {
			c.Gold++
		}
		if f.Match == score.Exact {
			l.exact.Correct++
			if row.Plain {
				l.plain.Correct++
			}
		}
		if f.Canonical {
			l.canonical.Correct++
		}
		if f.Match > score.Missed {
			l.near.Correct++
		}
		details.Rows = append(details.Rows, row)
	}
	recall := func(level, measure string, c score.PRF) {
		r := c.Recall()
		c.Output = len(said)
		e.Figures = append(e.Figures, figure{Set: level, Measure: measure, Recall: &r, Counts: &c})
	}
	for _, name := range order {
		recall(name, "hit", levels[name].exact)
		recall(name, "hit between things, canonical relation", levels[name].canonical)
		recall(name, "hit or near", levels[name].near)
		recall(name, "hit as plain edge", levels[name].plain)
	}
	for _, i := range unmatched {
		details.Unmatched = append(details.Unmatched, said[i].String())
	}
	e.Details = details
	e.text = details.print
	return e, nil
}

func (d *seedDetails) print(w io.Writer) {
	for _, r := range d.Rows {
		fmt.Fprintf(w, "%-4s %-4s %s\n", r.Match, r.Level, r.Expected)
		switch {
		case r.Match == "hit" && !r.Canonical:
			fmt.Fprintf(w, "          by an open relation or a text: %s\n", r.Found)
		case r.Match == "miss" && r.Found != "":
			fmt.Fprintf(w, "          nearest: %s\n", r.Found)
		case r.Match == "near":
			fmt.Fprintf(w, "          found: %s\n", r.Found)
		}
	}
	fmt.Fprintf(w, "%d claims match no expected one:\n", len(d.Unmatched))
	for _, s := range d.Unmatched {
		fmt.Fprintf(w, "     %s\n", s)
	}
}

// statements returns what kg claims of the articles in path, with every name of the things in it.
func (ev *evaluator) statements(ctx context.Context, sch *schema.Schema, path string) ([]score.Statement, error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	resolver := resolve.New(resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence})
	var said []score.Statement
	for item := range article.Read(ctx, []string{path}, article.Options{}) {
		if item.Skipped != nil {
			return nil, fmt.Errorf("read %s: %s", item.Skipped.Source, item.Skipped.Reason)
		}
		if item.Article == nil {
			continue
		}
		doc := a.Annotate(item.Article.Text)
		rec, _ := resolver.Resolve(item.Article, doc, extract.Propositions(doc))
		names := make(map[graph.IRI][]string)
		for _, ent := range rec.Entities {
			names[ent.ID] = append([]string{ent.Label}, ent.Aliases...)
		}
		sentences := make(map[graph.IRI]string)
		for _, s := range rec.Sentences {
			sentences[s.ID] = s.Text
		}
		for i := range rec.Claims {
			c := &rec.Claims[i]
			s := score.Statement{
				Subject: names[c.Subject], Object: names[c.Object.Entity],
				Relation: strings.TrimPrefix(string(c.Predicate), "kgo:"),
				Polarity: c.Polarity, Modality: c.Modality, Speaker: names[c.AttributedTo], Plain: c.Plain(),
				Sentence: sentences[c.Sentence],
			}
			s.Things = c.Object.Entity != "" || c.Object.Datatype != "xsd:string"
			if c.Object.Entity == "" {
				s.Object = []string{c.Object.Literal}
			}
			said = append(said, s)
		}
	}
	return said, nil
}
