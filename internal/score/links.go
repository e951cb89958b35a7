package score

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// LinkedArticle is a text of which a part was annotated with Wikidata identifiers, in the format of ELEVANT (Bast et al. 2022).
type LinkedArticle struct {
	ID    int64
	Title string
	Text  string
	// Begin and End are the characters of the part that was annotated; nothing is known of the rest.
	Begin, End int
	Labels     []LinkLabel
}

// LinkLabel is a phrase and what it means.
type LinkLabel struct {
	Span // Type is the Wikidata identifier ("Q159"), empty for what Wikidata does not have, and for dates and amounts
	// Parts are the labels that together say the same as this one ("Denver", "Colorado" of "Denver, Colorado").
	Parts []LinkLabel
}

// ReadElevant reads one article a line, the labels of each as a list of trees. Errors name the line.
func ReadElevant(r io.Reader) ([]LinkedArticle, error) {
	var articles []LinkedArticle
	err := jsonLines("articles", r, func(line []byte) error {
		var a struct {
			ID     int64
			Title  string
			Text   string
			Part   []int `json:"evaluation_span"`
			Labels []struct {
				ID       int
				Span     []int
				Entity   string `json:"entity_id"`
				Parent   *int
				Children []int
			}
		}
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		n := len([]rune(a.Text))
		if len(a.Part) != 2 || a.Part[0] < 0 || a.Part[1] < a.Part[0] || a.Part[1] > n {
			return fmt.Errorf("evaluation_span: %v of %d characters", a.Part, n)
		}
		byID := make(map[int]int)
		for i, l := range a.Labels {
			if len(l.Span) != 2 || l.Span[0] < 0 || l.Span[1] <= l.Span[0] || l.Span[1] > n {
				return fmt.Errorf("label %d: span %v of %d characters", l.ID, l.Span, n)
			}
			byID[l.ID] = i
		}
		var tree func(i, depth int) (LinkLabel, error)
		tree = func(i, depth int) (LinkLabel, error) {
			l := a.Labels[i]
			label := LinkLabel{Span: Span{Begin: l.Span[0], End: l.Span[1]}}
			if strings.HasPrefix(l.Entity, "Q") && strings.Trim(l.Entity[1:], "0123456789") == "" { // not "QUANTITY"
				label.Type = l.Entity
			}
			for _, id := range l.Children {
				c, ok := byID[id]
				if !ok || depth == len(a.Labels) {
					return label, fmt.Errorf("label %d: part %d is not there or holds it", l.ID, id)
				}
				part, err := tree(c, depth+1)
				if err != nil {
					return label, err
				}
				label.Parts = append(label.Parts, part)
			}
			return label, nil
		}
		article := LinkedArticle{ID: a.ID, Title: a.Title, Text: a.Text, Begin: a.Part[0], End: a.Part[1]}
		for i, l := range a.Labels {
			if l.Parent != nil {
				continue
			}
			label, err := tree(i, 0)
			if err != nil {
				return err
			}
			article.Labels = append(article.Labels, label)
		}
		articles = append(articles, article)
		return nil
	})
	return articles, err
}

// CompareLinks compares the links of an article's annotated part, each a span with an identifier. A label is found where a link has its
// span and its identifier, or where all parts of it that have an identifier are found. Links on parts of a label are not counted
// as wrong, links where gold knows no identifier are. held says of which identifiers labels count (nil for all).
func CompareLinks(a *LinkedArticle, links []Span, held func(id string) bool) (c PRF) {
	have := make(map[Span]bool)
	for _, l := range links {
		if l.Begin >= a.Begin && l.End <= a.End {
			have[l] = true
		}
	}
	used := make(map[Span]bool) // links that stand for a label or a part of one
	var found func(l *LinkLabel) bool
	found = func(l *LinkLabel) bool {
		parts, all := 0, true
		for i := range l.Parts {
			p := &l.Parts[i]
			if p.Type == "" && len(p.Parts) == 0 {
				continue
			}
			parts++
			if !found(p) {
				all = false
			}
		}
		if have[l.Span] && l.Type != "" {
			used[l.Span] = true
			return true
		}
		return parts > 0 && all
	}
	for i := range a.Labels {
		l := &a.Labels[i]
		hit := found(l)
		if l.Type == "" || held != nil && !held(l.Type) {
			continue
		}
		c.Gold++
		if hit {
			c.Correct++
			c.Output++
		}
	}
	for l := range have {
		if !used[l] {
			c.Output++
		}
	}
	return c
}
