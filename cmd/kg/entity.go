package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/resolve"
)

func newEntityCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "entity",
		Short: "Look at entities, and judge which names mean one thing",
		Long: `Entity shows the things that articles speak of, and which of their names mean one thing.

Articles keep the names that they use. That two names mean one entity is a judgement: of the rules that run at the end of
every build, or of a person. A judgement can be undone at any time and restores what was before; those of people win over
those of rules and are kept when articles are read anew.

NAME is an IRI (kg:Rex_Tillerson) or a name as articles have it ("Rex Tillerson"). Of several things with one name, kg lists
the IRIs to choose from.`,
		Example: `  kg entity list --type Person --limit 20
  kg entity show Tillerson
  kg entity candidates
  kg entity merge "R. Tillerson" "Rex Tillerson" --why "same office, same day"
  kg entity split kg:Smith_(Person) kg:Peter_Smith
  kg entity rename kg:ISIS "Islamic State"`,
		Args: noCommand,
		RunE: help,
	}
	cmd.AddCommand(newEntityList(app), newEntityShow(app), newEntityCandidates(app), newEntityJudgements(app), newEntityMerge(app),
		newEntitySplit(app), newEntityRename(app), newEntityUndo(app))
	return cmd
}

// noCommand refuses what a command of several takes for the name of one.
func noCommand(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("unknown command %q", args[0])
	}
	return nil
}

func help(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// outputFlag adds -o text|json.
func outputFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVarP(format, "output", "o", "text", "text or json")
	choices(cmd, "output", "text", "json")
}

// withStore runs fn on a graph that is there.
func (app *app) withStore(readOnly bool, fn func(store *graph.Store) error) (err error) {
	if _, err := os.Stat(app.config.Store.Path); errors.Is(err, os.ErrNotExist) {
		readOnly = true // openStore then says how to make one
	}
	store, err := app.openStore(readOnly)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return fn(store)
}

// kindName is the type of an entity without its prefix.
func kindName(e *graph.Entity) string {
	if len(e.Types) == 0 {
		return ""
	}
	return strings.TrimPrefix(string(e.Types[0]), "kgo:")
}

// iriOf reads an IRI as a user may write it; ok is false for a name.
func iriOf(text string) (graph.IRI, bool) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">")
	return graph.IRI(text), strings.HasPrefix(text, "kg:") || strings.Contains(text, "://")
}

// findEntity returns the one entity that text names.
func findEntity(ctx context.Context, store *graph.Store, text string) (graph.Entity, error) {
	if id, ok := iriOf(text); ok {
		e, ok, err := store.Entity(ctx, id)
		if err == nil && !ok {
			err = fmt.Errorf("no entity %s", id)
		}
		return e, err
	}
	found, err := store.Named(ctx, text)
	if err != nil {
		return graph.Entity{}, err
	}
	labelled := slices.DeleteFunc(slices.Clone(found), func(e graph.Entity) bool { return e.Label != text })
	if len(labelled) > 0 {
		found = labelled
	}
	if len(found) == 0 {
		if found, err = similar(ctx, store, text); err != nil {
			return graph.Entity{}, err
		}
		if len(found) == 0 {
			return graph.Entity{}, fmt.Errorf("nothing is called %q", text)
		}
		return graph.Entity{}, fmt.Errorf("nothing is called %q; did you mean\n%s", text, choiceList(found))
	}
	if len(found) > 1 {
		return graph.Entity{}, fmt.Errorf("%q names %d things; give the IRI of one:\n%s", text, len(found), choiceList(found))
	}
	return found[0], nil
}

// similar are entities with text somewhere in their names, whatever the case of letters; at most ten, those with the shortest labels.
func similar(ctx context.Context, store *graph.Store, text string) ([]graph.Entity, error) {
	lower := strings.ToLower(text)
	var found []graph.Entity
	for e, err := range store.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		names := append([]string{e.Label}, e.Aliases...)
		if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(strings.ToLower(n), lower) }) {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b graph.Entity) int { return len(a.Label) - len(b.Label) })
	return found[:min(len(found), 10)], nil
}

func choiceList(list []graph.Entity) string {
	var b strings.Builder
	tw := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	for i := range list {
		fmt.Fprintf(tw, "  %s\t%s\t%s\n", list[i].ID, kindName(&list[i]), list[i].Label)
	}
	tw.Flush()
	return strings.TrimRight(b.String(), "\n")
}

// entityRow is an entity in lists.
type entityRow struct {
	ID       graph.IRI   `json:"id"`
	Label    string      `json:"label"`
	Type     string      `json:"type"`
	Articles int         `json:"articles"`
	Claims   int         `json:"claims"`
	Names    []graph.IRI `json:"names,omitempty"` // merged into it
}

// entityRows lists all entities with their counts.
func entityRows(ctx context.Context, store *graph.Store) ([]entityRow, error) {
	names, err := store.Names(ctx)
	if err != nil {
		return nil, err
	}
	rows := map[graph.IRI]*entityRow{}
	articles := map[graph.IRI]map[int32]bool{}
	for i := range names.Names {
		n := &names.Names[i]
		r := rows[n.Of]
		if r == nil {
			r = &entityRow{ID: n.Of}
			rows[n.Of], articles[n.Of] = r, map[int32]bool{}
		}
		r.Claims += n.Claims
		for _, a := range n.Articles {
			articles[n.Of][a] = true
		}
		if n.ID != n.Of {
			r.Names = append(r.Names, n.ID)
		}
	}
	list := []entityRow{} // JSON has [] for an empty store
	for e, err := range store.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		if r := rows[e.ID]; r != nil {
			r.Label, r.Type, r.Articles = e.Label, kindName(&e), len(articles[e.ID])
			list = append(list, *r)
		}
	}
	return list, nil
}

func newEntityList(app *app) *cobra.Command {
	var format, typ, by string
	var limit int
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List entities with how many claims and articles name them",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			order, ok := map[string]func(a, b entityRow) int{
				"claims":   func(a, b entityRow) int { return cmp.Compare(b.Claims, a.Claims) },
				"articles": func(a, b entityRow) int { return cmp.Compare(b.Articles, a.Articles) },
				"names":    func(a, b entityRow) int { return cmp.Compare(len(b.Names), len(a.Names)) },
				"label":    func(a, b entityRow) int { return strings.Compare(a.Label, b.Label) },
			}[by]
			if !ok {
				return usagef("--sort %q is not one of claims, articles, names, label", by)
			}
			return app.withStore(true, func(store *graph.Store) error {
				list, err := entityRows(cmd.Context(), store)
				if err != nil {
					return err
				}
				if typ != "" {
					list = slices.DeleteFunc(list, func(r entityRow) bool { return !strings.EqualFold(r.Type, strings.TrimPrefix(typ, "kgo:")) })
				}
				slices.SortStableFunc(list, func(a, b entityRow) int { return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID)) })
				all := len(list)
				list = firstOf(list, limit)
				if format == "json" {
					return writeJSON(cmd.OutOrStdout(), list)
				}
				tw := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
				fmt.Fprintln(tw, "claims\tarticles\tnames\ttype\tentity\tcalled")
				for _, r := range list {
					fmt.Fprintf(tw, "%d\t%d\t%d\t%s\t%s\t%s\n", r.Claims, r.Articles, 1+len(r.Names), r.Type, r.ID, r.Label)
				}
				printRest(tw, "", all-len(list))
				return tw.Flush()
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&typ, "type", "", "only entities of this type: Person, Company, State …")
	f.StringVar(&by, "sort", "claims", "claims, articles, names or label")
	f.IntVar(&limit, "limit", 50, "list so many; -1: all")
	choices(cmd, "sort", "claims", "articles", "names", "label")
	outputFlag(cmd, &format)
	return cmd
}

// entityView is all that show tells of an entity.
type entityView struct {
	ID             graph.IRI           `json:"id"`
	Label          string              `json:"label"`
	Types          []graph.IRI         `json:"types"`
	Aliases        []string            `json:"aliases,omitempty"`
	SameAs         []graph.IRI         `json:"sameAs,omitempty"`
	Names          []graph.IRI         `json:"names,omitempty"` // merged into it
	Judgements     []judgementView     `json:"judgements,omitempty"`
	Positions      []positionView      `json:"positions,omitempty"`
	Relations      []relationView      `json:"relations,omitempty"`
	Events         []eventView         `json:"events,omitempty"`
	Contradictions []contradictionView `json:"contradictions,omitempty"`
	Articles       []articleView       `json:"articles,omitempty"`
	Claims         int                 `json:"claims"`
}

type relationView struct {
	Subject   graph.IRI `json:"subject"`
	Predicate graph.IRI `json:"predicate"`
	Object    string    `json:"object"`
	Claims    int       `json:"claims"`
	supportView
	claim graph.IRI // the first of them
}

// supportView is how many articles, and how many independent ones, say something; 0 independent ones where that is not derived yet.
type supportView struct {
	Articles    int `json:"articles"`
	Independent int `json:"independentArticles,omitempty"`
}

func (s supportView) String() string {
	if s.Articles < 2 || s.Independent == 0 {
		return count(s.Articles, "article")
	}
	return fmt.Sprintf("%d articles, %d independent", s.Articles, s.Independent)
}

type eventView struct {
	ID           graph.IRI   `json:"id"`
	Label        string      `json:"label"`
	Kind         string      `json:"kind,omitempty"`
	Time         string      `json:"time,omitempty"`
	Place        graph.IRI   `json:"place,omitempty"`
	Series       graph.IRI   `json:"series,omitempty"`
	Agents       []graph.IRI `json:"agents,omitempty"`
	Patients     []graph.IRI `json:"patients,omitempty"`
	Participants []graph.IRI `json:"participants,omitempty"`
	Reported     string      `json:"reported,omitempty"` // days of the first and the last article
	LastReported string      `json:"lastReported,omitempty"`
	supportView
}

// contradictionView is two claims that cannot both be right.
type contradictionView struct {
	Reason string    `json:"reason"` // polarity or quantity
	Claim  claimView `json:"claim"`
	Other  claimView `json:"other"`
}

type claimView struct {
	ID           graph.IRI `json:"id"`
	Subject      graph.IRI `json:"subject"`
	Predicate    graph.IRI `json:"predicate"`
	Object       string    `json:"object"`
	Status       string    `json:"status"`
	AttributedTo graph.IRI `json:"attributedTo,omitempty"`
	Time         string    `json:"time,omitempty"`
	Article      graph.IRI `json:"article"`
	Sentence     string    `json:"sentence"`
}

func newClaimView(ctx context.Context, store *graph.Store, c *graph.FoundClaim) (claimView, error) {
	sent, _, _, err := store.Sentence(ctx, c.Sentence)
	return claimView{c.ID, c.Subject, c.Predicate, objectText(&c.Object), c.Status(), c.AttributedTo, c.Time, c.Article, sent.Text}, err
}

func (c claimView) String() string {
	s := fmt.Sprintf("%s %s %s  %s", c.Subject, c.Predicate, c.Object, c.Status)
	if c.AttributedTo != "" {
		s += fmt.Sprintf(", says %s", c.AttributedTo)
	}
	return s + fmt.Sprintf(", in %s\n      “%s”", c.Article, clip(oneLine(c.Sentence), 160))
}

// objectText is an entity, or a text in quotes.
func objectText(o *graph.Object) string {
	if o.Entity != "" {
		return string(o.Entity)
	}
	return fmt.Sprintf("%q", o.Literal)
}

type articleView struct {
	ID       graph.IRI `json:"id"`
	Headline string    `json:"headline,omitempty"`
	Date     string    `json:"date,omitempty"`
	Claims   int       `json:"claims"`
}

func newEntityShow(app *app) *cobra.Command {
	var format string
	limit := 12
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show an entity: its names and why they are one, its relations, events, contradictions and articles",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				if format == "json" {
					limit = -1
				}
				v, err := viewEntity(cmd.Context(), store, args[0], limit)
				if err != nil {
					return err
				}
				if format == "json" {
					return writeJSON(cmd.OutOrStdout(), v)
				}
				return v.print(cmd.OutOrStdout(), limit)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", limit, "list so many relations, events, articles …; -1: all")
	outputFlag(cmd, &format)
	return cmd
}

// viewEntity reads all that is told of an entity; how many articles say a relation it looks up for the first limit, for all where that
// is negative.
func viewEntity(ctx context.Context, store *graph.Store, text string, limit int) (*entityView, error) {
	e, err := findEntity(ctx, store, text)
	if err != nil {
		return nil, err
	}
	v := &entityView{ID: e.ID, Label: e.Label, Types: e.Types, Aliases: e.Aliases, SameAs: e.SameAs}
	if v.Positions, err = positionsOf(ctx, store, e.ID); err != nil {
		return nil, err
	}
	names, err := store.NamesOf(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	v.Names = slices.DeleteFunc(slices.Clone(names), func(id graph.IRI) bool { return id == e.ID })
	people, rules, err := store.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	for _, j := range append(people, rules...) {
		if slices.Contains(names, j.From) || slices.Contains(names, j.Into) || j.From == e.ID || j.Into == e.ID {
			v.Judgements = append(v.Judgements, newJudgementView(j))
		}
	}
	type edge struct {
		subject, predicate graph.IRI
		object             string
	}
	contradicted, err := store.Contradicted(ctx)
	if err != nil {
		return nil, err
	}
	relations, in, articles := map[edge]*relationView{}, map[edge][]graph.IRI{}, map[graph.IRI]int{}
	for c, err := range store.Claims(ctx, graph.ClaimFilter{Entity: e.ID}) {
		if err != nil {
			return nil, err
		}
		v.Claims++
		articles[c.Article]++
		if c.Plain() && !c.Rejected && (c.Subject == e.ID || c.Object.Entity == e.ID) {
			key := edge{c.Subject, c.Predicate, objectText(&c.Object)}
			r := relations[key]
			if r == nil {
				r = &relationView{Subject: key.subject, Predicate: key.predicate, Object: key.object, claim: c.ID}
				relations[key] = r
			}
			r.Claims++
			if !slices.Contains(in[key], c.Article) {
				in[key] = append(in[key], c.Article)
			}
		}
		if !contradicted[c.ID] { // as nearly all: a look into the store for each would take most of the time
			continue
		}
		against, err := store.Contradictions(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		for i := range against {
			o := &against[i]
			pair := contradictionView{Reason: o.Reason}
			if slices.ContainsFunc(v.Contradictions, func(x contradictionView) bool { return x.Claim.ID == o.Claim.ID && x.Other.ID == c.ID }) {
				continue // both are claims of this entity
			}
			if pair.Claim, err = newClaimView(ctx, store, &c); err != nil {
				return nil, err
			}
			if pair.Other, err = newClaimView(ctx, store, &o.Claim); err != nil {
				return nil, err
			}
			v.Contradictions = append(v.Contradictions, pair)
		}
	}
	for key, r := range relations {
		r.Articles = len(in[key])
		v.Relations = append(v.Relations, *r)
	}
	slices.SortFunc(v.Relations, func(a, b relationView) int {
		return cmp.Or(b.Claims-a.Claims, cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Object, b.Object))
	})
	settled, err := store.Settled(ctx)
	if err != nil {
		return nil, err
	}
	shown := firstOf(v.Relations, limit)
	for i := range shown {
		if settled == "" {
			break // after an interrupted build
		}
		sup, err := store.Support(ctx, shown[i].claim)
		if err != nil {
			return nil, err
		}
		shown[i].supportView = supportView(sup)
	}
	events, err := store.Events(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	for i := range events {
		x := &events[i]
		v.Events = append(v.Events, eventView{x.ID, x.Label, x.Kind, x.Time, x.Place, x.Series, x.Agents, x.Patients, x.Participants,
			x.Reported, x.LastReported, supportView(x.Support)})
	}
	for id, n := range articles {
		rec, err := store.Article(ctx, id)
		if err != nil {
			return nil, err
		}
		a := articleView{ID: id, Headline: rec.Headline, Claims: n}
		if !rec.Published.IsZero() {
			a.Date = rec.Published.Format(time.DateOnly)
		}
		v.Articles = append(v.Articles, a)
	}
	slices.SortFunc(v.Articles, func(a, b articleView) int {
		return cmp.Or(b.Claims-a.Claims, cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID))
	})
	return v, nil
}

func (v *entityView) print(w io.Writer, limit int) error {
	var types []string
	for _, t := range v.Types {
		types = append(types, strings.TrimPrefix(string(t), "kgo:"))
	}
	fmt.Fprintf(w, "%s  %s\n%s\n", v.ID, v.Label, strings.Join(types, ", "))
	if len(v.Aliases) > 0 {
		fmt.Fprintf(w, "Also called: %s\n", strings.Join(v.Aliases, "; "))
	}
	for _, s := range v.SameAs {
		fmt.Fprintf(w, "Same as: %s\n", s)
	}
	if len(v.Names) > 0 {
		fmt.Fprintf(w, "\nNames merged into it:\n")
		for _, n := range v.Names {
			fmt.Fprintf(w, "  %s\n", n)
		}
	}
	if len(v.Judgements) > 0 {
		fmt.Fprintf(w, "\nJudgements:\n")
		printJudgements(w, v.Judgements, limit)
	}
	printPositions(w, v.Positions, limit)
	if len(v.Relations) > 0 {
		fmt.Fprintf(w, "\nRelations that articles assert:\n")
		tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
		shown := firstOf(v.Relations, limit)
		for _, r := range shown {
			fmt.Fprintf(tw, "  %d\t%s\t%s\t%s\t%s\n", r.Claims, r.Subject, r.Predicate, r.Object, r.supportView)
		}
		tw.Flush()
		printRest(w, "  ", len(v.Relations)-len(shown))
	}
	if len(v.Events) > 0 {
		fmt.Fprintf(w, "\nEvents:\n")
		tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
		shown := firstOf(v.Events, limit)
		for i := range shown {
			x := &shown[i]
			fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\n", cmp.Or(x.Time, x.Reported), x.Kind, x.ID, x.supportView)
		}
		tw.Flush()
		printRest(w, "  ", len(v.Events)-len(shown))
	}
	if len(v.Contradictions) > 0 {
		fmt.Fprintf(w, "\nContradictions:\n")
		shown := firstOf(v.Contradictions, limit)
		for i := range shown {
			fmt.Fprintf(w, "  %s: %s\n  but %s\n", shown[i].Reason, shown[i].Claim, shown[i].Other)
		}
		printRest(w, "  ", len(v.Contradictions)-len(shown))
	}
	fmt.Fprintf(w, "\n%s in %s:\n", count(v.Claims, "claim"), count(len(v.Articles), "article"))
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	shown := firstOf(v.Articles, limit)
	for _, a := range shown {
		fmt.Fprintf(tw, "  %d\t%s\t%s\t%s\n", a.Claims, a.Date, a.ID, clip(a.Headline, 70))
	}
	tw.Flush()
	printRest(w, "  ", len(v.Articles)-len(shown))
	return nil
}

// firstOf are the first n of list, all where n is negative.
func firstOf[T any](list []T, n int) []T {
	if n < 0 {
		return list
	}
	return list[:min(n, len(list))]
}

// printRest says that n things are left out, if any.
func printRest(w io.Writer, indent string, n int) {
	if n > 0 {
		fmt.Fprintf(w, "%s… and %s more (--limit)\n", indent, thousands(n))
	}
}

// judgementView is a judgement as it is shown.
type judgementView struct {
	ID       graph.IRI `json:"id"`
	Kind     string    `json:"kind"`
	From     graph.IRI `json:"from"`
	Into     graph.IRI `json:"into,omitempty"` // none of a claim
	Label    string    `json:"label,omitempty"`
	By       string    `json:"by,omitempty"`
	When     string    `json:"when,omitempty"`
	Rule     string    `json:"rule,omitempty"`
	Score    float64   `json:"score,omitempty"`
	Evidence string    `json:"evidence,omitempty"`
}

func newJudgementView(j graph.Judgement) judgementView {
	v := judgementView{ID: j.ID(), Kind: j.Kind, From: j.From, Into: j.Into, Label: j.Label, By: j.By, Rule: j.Rule, Score: j.Score,
		Evidence: j.Evidence}
	if !j.When.IsZero() {
		v.When = j.When.Format(time.RFC3339)
	}
	return v
}

func (v *judgementView) print(w io.Writer) {
	what := map[string]string{graph.Merge: "is", graph.Distinct: "is not", graph.Rename: "is from now on",
		graph.Candidate: "may be", graph.Accept: "is read rightly", graph.Reject: "is read wrongly",
		graph.SameEvent: "tells of the same event as", graph.OtherEvent: "tells of another event than"}[v.Kind]
	fmt.Fprintf(w, "  %s %s", v.From, what)
	if v.Into != "" {
		fmt.Fprintf(w, " %s", v.Into)
	}
	if v.Label != "" {
		fmt.Fprintf(w, " %q", v.Label)
	}
	if v.Rule != "" {
		fmt.Fprintf(w, "  (%s, %.2f)\n", v.Rule, v.Score)
	} else {
		fmt.Fprintf(w, "  (%s, %s; %s)\n", v.By, v.When, shortID(v.ID))
	}
	if v.Evidence != "" {
		fmt.Fprintf(w, "      %s\n", v.Evidence)
	}
}

func printJudgements(w io.Writer, list []judgementView, limit int) {
	shown := firstOf(list, limit)
	for i := range shown {
		shown[i].print(w)
	}
	printRest(w, "  ", len(list)-len(shown))
}

func newEntityCandidates(app *app) *cobra.Command {
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "candidates",
		Short: "List pairs of names that may mean one thing, for a person to judge",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				people, rules, err := store.Judgements(cmd.Context())
				if err != nil {
					return err
				}
				list := []judgementView{}
				for _, j := range graph.OpenCandidates(people, rules) {
					list = append(list, newJudgementView(j))
				}
				w := cmd.OutOrStdout()
				if format == "json" {
					return writeJSON(w, firstOf(list, limit))
				}
				if len(list) == 0 {
					fmt.Fprintln(w, "There are no doubtful pairs.")
					return nil
				}
				printJudgements(w, list, limit)
				a, b := quoteIRI(list[0].From), quoteIRI(list[0].Into)
				fmt.Fprintf(w, "\nThey are one:  kg entity merge %s %s\nThey are two:  kg entity split %s %s\n", a, b, a, b)
				return nil
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "list so many; -1: all")
	outputFlag(cmd, &format)
	return cmd
}

// quoteIRI quotes an IRI for a shell where it must be.
func quoteIRI(id graph.IRI) string {
	if strings.ContainsAny(string(id), "()'&;$*?[]!<>|~#\"") {
		return "'" + strings.ReplaceAll(string(id), "'", `'\''`) + "'"
	}
	return string(id)
}

var judgementKinds = []string{graph.Merge, graph.Distinct, graph.Rename, graph.Candidate, graph.Accept, graph.Reject, graph.SameEvent,
	graph.OtherEvent}

func newEntityJudgements(app *app) *cobra.Command {
	var format, kind string
	var rulesToo bool
	var limit int
	cmd := &cobra.Command{
		Use:   "judgements",
		Short: "List what people, or rules too, have judged of names and statements",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cmp.Or(oneOf("-o", format, "text", "json"), oneOf("--kind", cmp.Or(kind, graph.Merge), judgementKinds...)); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				people, rules, err := store.Judgements(cmd.Context())
				if err != nil {
					return err
				}
				if kind != "" {
					other := func(j graph.Judgement) bool { return j.Kind != kind }
					people, rules = slices.DeleteFunc(people, other), slices.DeleteFunc(rules, other)
				}
				if rulesToo {
					people = append(people, rules...)
				}
				list := []judgementView{}
				for _, j := range people {
					list = append(list, newJudgementView(j))
				}
				w := cmd.OutOrStdout()
				if format == "json" {
					return writeJSON(w, firstOf(list, limit))
				}
				of := ""
				if kind != "" {
					of = " of the kind " + kind
				}
				switch {
				case len(list) > 0:
				case rulesToo:
					fmt.Fprintf(w, "There are no judgements%s.\n", of)
				default:
					fmt.Fprintf(w, "Nobody has made a judgement%s yet; --rules lists the %s of rules.\n", of, count(len(rules), "judgement"))
				}
				printJudgements(w, list, limit)
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&rulesToo, "rules", false, "those of rules too")
	f.StringVar(&kind, "kind", "", "only those of one kind: "+strings.Join(judgementKinds, ", "))
	f.IntVar(&limit, "limit", 100, "list so many; -1: all")
	choices(cmd, "kind", judgementKinds...)
	outputFlag(cmd, &format)
	return cmd
}

// judging holds the flags of commands that judge.
type judging struct{ why, by string }

func (j *judging) flags(cmd *cobra.Command) {
	name := "unknown"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	cmd.Flags().StringVar(&j.why, "why", "", "the reason, kept with the judgement")
	cmd.Flags().StringVar(&j.by, "by", cmp.Or(os.Getenv("USER"), name), "who judges")
}

func (j *judging) judgement(kind string, from, into graph.IRI) graph.Judgement {
	return graph.Judgement{Kind: kind, From: from, Into: into, By: j.by, Evidence: j.why, When: time.Now().UTC().Truncate(time.Second)}
}

// judgementPrefix begins the IRIs of judgements; commands print and take them without it.
const judgementPrefix = "kg:judgement/"

func shortID(id graph.IRI) string { return strings.TrimPrefix(string(id), judgementPrefix) }

// tell judges and says what that came to.
func (app *app) tell(cmd *cobra.Command, store *graph.Store, j graph.Judgement, withdraw []graph.Judgement, what string) error {
	done, err := app.judge(cmd.Context(), store, []graph.Judgement{j}, withdraw)
	if err != nil {
		return err
	}
	told(cmd.OutOrStdout(), done, what+"; undo with: kg entity undo "+shortID(j.ID()))
	return nil
}

func told(w io.Writer, done graph.SettleNames, what string) {
	fmt.Fprintf(w, "%s (%s written anew).\n", what, count(done.Articles, "article"))
}

func newEntityMerge(app *app) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "merge A B",
		Short: "Judge that A is a name of B",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				a, err := findEntity(ctx, store, args[0])
				if err != nil {
					return err
				}
				b, err := findEntity(ctx, store, args[1])
				if err != nil {
					return err
				}
				if a.ID == b.ID {
					fmt.Fprintf(cmd.OutOrStdout(), "%s and %s are names of %s already.\n", args[0], args[1], b.ID)
					return nil
				}
				people, rules, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				m := j.judgement(graph.Merge, a.ID, b.ID)
				overruled := graph.Overruled(people, rules, m) // who judged that they are two
				return app.tell(cmd, store, m, overruled, fmt.Sprintf("%s is %s now", a.ID, b.ID))
			})
		},
	}
	j.flags(cmd)
	return cmd
}

// findName returns the one name, merged or not, that text is.
func findName(ctx context.Context, store *graph.Store, text string) (graph.IRI, error) {
	if id, ok := iriOf(text); ok {
		return id, nil
	}
	list, err := store.NamesCalled(ctx, text)
	switch {
	case err != nil:
		return "", err
	case len(list) == 0:
		e, err := findEntity(ctx, store, text)
		return e.ID, err
	case len(list) > 1:
		var b strings.Builder
		for _, id := range list {
			fmt.Fprintf(&b, "\n  %s", id)
		}
		return "", fmt.Errorf("%q names %d things; give the IRI of one:%s", text, len(list), b.String())
	}
	return list[0], nil
}

func newEntitySplit(app *app) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "split A B",
		Short: "Judge that A and B are two things",
		Long: `Split judges that the names A and B mean two things, and withdraws what people have judged to the contrary. Rules do not
merge them again. A and B are names as articles have them ("kg entity show" lists those of an entity).`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				a, err := findName(ctx, store, args[0])
				if err != nil {
					return err
				}
				b, err := findName(ctx, store, args[1])
				if err != nil {
					return err
				}
				if a == b {
					return fmt.Errorf("%s and %s are one name, %s; \"kg entity show %s\" lists the names of the entity",
						args[0], args[1], a, a)
				}
				for _, id := range []graph.IRI{a, b} {
					if _, ok, err := store.Entity(ctx, id); err != nil || !ok {
						return cmp.Or(err, fmt.Errorf("no entity %s", id))
					}
				}
				people, rules, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				d := j.judgement(graph.Distinct, a, b)
				return app.tell(cmd, store, d, graph.Overruled(people, rules, d), fmt.Sprintf("%s and %s are two things now", a, b))
			})
		},
	}
	j.flags(cmd)
	return cmd
}

func newEntityRename(app *app) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "rename A NAME",
		Short: "Give the entity A another name, and the IRI that goes with it",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			label := strings.Join(strings.Fields(args[1]), " ")
			if _, ok := iriOf(label); ok || label == "" {
				return usagef("%q is no name", args[1])
			}
			return app.withStore(false, func(store *graph.Store) error {
				a, err := findEntity(ctx, store, args[0])
				if err != nil {
					return err
				}
				into := resolve.NameIRI(label)
				if b, ok, err := store.Entity(ctx, into); err != nil {
					return err
				} else if ok && b.ID != a.ID {
					return fmt.Errorf("%s is the name of another entity; if they are one: kg entity merge %s %s", into,
						quoteIRI(a.ID), quoteIRI(b.ID))
				}
				r := j.judgement(graph.Rename, a.ID, into)
				r.Label = label
				return app.tell(cmd, store, r, nil, fmt.Sprintf("%s is %s, %q, now", a.ID, into, label))
			})
		},
	}
	j.flags(cmd)
	return cmd
}

func newEntityUndo(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undo JUDGEMENT...",
		Short: "Withdraw judgements of people; what was before is restored",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				people, rules, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				var withdraw []graph.Judgement
				for _, arg := range args {
					id := graph.IRI(judgementPrefix + strings.TrimPrefix(arg, judgementPrefix))
					same := func(j graph.Judgement) bool { return j.ID() == id }
					if i := slices.IndexFunc(people, same); i >= 0 {
						withdraw = append(withdraw, people[i])
					} else if i := slices.IndexFunc(rules, same); i >= 0 {
						return fmt.Errorf("%s is a rule's, which would judge so again; overrule it: kg entity split %s %s", arg,
							quoteIRI(rules[i].From), quoteIRI(rules[i].Into))
					} else {
						return fmt.Errorf("no judgement %s; \"kg entity judgements\" lists them", arg)
					}
				}
				done, err := app.judge(ctx, store, nil, withdraw)
				if err != nil {
					return err
				}
				told(cmd.OutOrStdout(), done, "Withdrew "+count(len(withdraw), "judgement"))
				return nil
			})
		},
	}
	return cmd
}
