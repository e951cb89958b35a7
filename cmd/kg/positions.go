package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"kg/graph"
)

// positionView is a position that articles say a person holds or held. Days are those of articles: of the first and the last that say it of
// their own day, and of the first that says that it was so before. They are empty where no article has a day.
type positionView struct {
	Position     graph.IRI `json:"position"`
	Label        string    `json:"label"`
	First        string    `json:"first,omitempty"`
	Last         string    `json:"last,omitempty"`
	FormerBy     string    `json:"formerBy,omitempty"`
	Times        []string  `json:"times,omitempty"` // since when or how long, where a sentence says so
	Articles     int       `json:"articles"`
	held, former bool
}

// positionsOf returns the positions of a person, those of the earliest first; one that several articles have a node of their own for is one
// where its label is. What people rejected, and what is denied, planned or asked, is left out.
func positionsOf(ctx context.Context, store *graph.Store, person graph.IRI) ([]positionView, error) {
	byLabel, articles := map[string]*positionView{}, map[string]map[graph.IRI]bool{}
	days := map[graph.IRI]string{}
	for c, err := range store.Claims(ctx, graph.ClaimFilter{Subject: person, Predicate: "kgo:holdsPosition"}) {
		if err != nil {
			return nil, err
		}
		if c.Rejected || c.Polarity != "+" || c.Modality != "asserted" && c.Modality != "former" || c.Object.Entity == "" {
			continue
		}
		e, ok, err := store.Entity(ctx, c.Object.Entity)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		day, known := days[c.Article]
		if !known {
			a, err := store.Article(ctx, c.Article)
			if err != nil {
				return nil, err
			}
			if !a.Published.IsZero() {
				day = a.Published.Format(time.DateOnly)
			}
			days[c.Article] = day
		}
		key := strings.ToLower(e.Label)
		v := byLabel[key]
		if v == nil {
			v = &positionView{Position: e.ID, Label: e.Label}
			byLabel[key], articles[key] = v, map[graph.IRI]bool{}
		}
		v.see(day, e.ID, c.Modality == "former", c.Time)
		articles[key][c.Article] = true
	}
	var list []positionView
	for key, v := range byLabel {
		v.Articles = len(articles[key])
		slices.Sort(v.Times)
		list = append(list, *v)
	}
	slices.SortFunc(list, func(a, b positionView) int {
		return cmp.Or(strings.Compare(a.from(), b.from()), strings.Compare(a.Label, b.Label), cmp.Compare(a.Position, b.Position))
	})
	return list, nil
}

// see takes over what one article of a day, empty where it has none, says.
func (v *positionView) see(day string, id graph.IRI, former bool, when string) {
	v.Position = min(v.Position, id) // whatever the order of claims
	earlier := func(have string) bool { return day != "" && (have == "" || day < have) }
	if former {
		v.former = true
		if earlier(v.FormerBy) {
			v.FormerBy = day
		}
	} else {
		v.held = true
		if earlier(v.First) {
			v.First = day
		}
		v.Last = max(v.Last, day)
	}
	if when != "" && !slices.Contains(v.Times, when) {
		v.Times = append(v.Times, when)
	}
}

// from is the day by which positions are sorted.
func (v *positionView) from() string { return cmp.Or(v.First, v.FormerBy) }

func (v *positionView) String() string {
	var parts []string
	switch {
	case v.held && v.First == "":
		parts = append(parts, "at a day that is not known")
	case v.held && v.First == v.Last:
		parts = append(parts, "on "+v.First)
	case v.held:
		parts = append(parts, v.First+" to "+v.Last)
	}
	if v.former {
		parts = append(parts, strings.TrimSpace("formerly "+v.FormerBy))
	}
	if len(v.Times) > 0 {
		parts = append(parts, "said of "+strings.Join(v.Times, ", "))
	}
	return strings.Join(parts, "; ")
}

// printPositions lists when articles say that a person holds which position.
func printPositions(w io.Writer, list []positionView, limit int) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\nPositions, by the days of the articles that say so:\n")
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	shown := firstOf(list, limit)
	for i := range shown {
		fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\n", shown[i].Position, shown[i].Label, &shown[i], count(shown[i].Articles, "article"))
	}
	tw.Flush()
	printRest(w, "  ", len(list)-len(shown))
}
