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

	"github.com/spf13/cobra"

	"kg/graph"
)

func newClaimCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "claim",
		Short: "Look at claims, and judge whether they were read rightly",
		Long: `Claim shows what articles claim, and keeps what people judge of it: whether the sentence says so.

A rejected claim stays in the graph, but is no plain edge, and counts for nothing that kg derives: how many articles say something,
events, contradictions. Judgements are kept when articles are read anew, and can be taken back.

ID is what the pages of kg serve and "kg claim list" name a claim by: 857a019310c03a659240 or kg:claim/857a019310c03a659240.`,
		Example: `  kg claim list --below 0.5 --limit 20
  kg claim list --entity Tillerson --relation kgo:visits
  kg claim show 857a019310c03a659240
  kg claim reject 857a019310c03a659240 --why "he asked for it, he did not do it"
  kg claim undo 857a019310c03a659240`,
		Args: noCommand,
		RunE: help,
	}
	cmd.AddCommand(newClaimList(app), newClaimShow(app), newClaimJudge(app, graph.Accept, "accept", "Judge that claims say what their sentences say"),
		newClaimJudge(app, graph.Reject, "reject", "Judge that claims do not say what their sentences say"), newClaimUndo(app))
	return cmd
}

// claimPrefix begins the IRIs of claims; commands print and take them without it.
const claimPrefix = "kg:claim/"

func claimID(text string) graph.IRI {
	if id, ok := iriOf(text); ok {
		return id
	}
	return graph.IRI(claimPrefix + text)
}

// findClaim returns the claim that text names.
func findClaim(ctx context.Context, store *graph.Store, text string) (graph.FoundClaim, error) {
	for c, err := range store.Claims(ctx, graph.ClaimFilter{ID: claimID(text)}) {
		return c, err
	}
	return graph.FoundClaim{}, fmt.Errorf("no claim %s", text)
}

// verdicts are what people judged of claims.
func verdicts(ctx context.Context, store *graph.Store) (map[graph.IRI]graph.Judgement, error) {
	people, _, err := store.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	of := map[graph.IRI]graph.Judgement{}
	for _, j := range people {
		if j.OnClaim() {
			of[j.From] = j
		}
	}
	return of, nil
}

// claimRow is a claim in lists.
type claimRow struct {
	claimView
	Confidence float64 `json:"confidence"`
	Verdict    string  `json:"verdict,omitempty"` // accept or reject
}

func newClaimList(app *app) *cobra.Command {
	var format, entity, relation string
	var below float64
	var limit int
	var judged bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List claims that nobody has judged, the least sure first",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			if below < 0 || below > 1 {
				return usagef("--below %v is not a confidence from 0 to 1", below)
			}
			ctx := cmd.Context()
			return app.withStore(true, func(store *graph.Store) error {
				f := graph.ClaimFilter{}
				if entity != "" {
					e, err := findEntity(ctx, store, entity)
					if err != nil {
						return err
					}
					f.Entity = e.ID
				}
				if relation != "" {
					f.Predicate = graph.IRI(relation)
					if !strings.Contains(relation, ":") {
						f.Predicate = "kgo:" + f.Predicate
					}
				}
				of, err := verdicts(ctx, store)
				if err != nil {
					return err
				}
				var found []graph.FoundClaim
				for c, err := range store.Claims(ctx, f) {
					if err != nil {
						return err
					}
					if _, is := of[c.ID]; is == judged && (below == 0 || c.Confidence < below) {
						found = append(found, c)
					}
				}
				slices.SortStableFunc(found, func(a, b graph.FoundClaim) int {
					return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(a.ID, b.ID))
				})
				shown := firstOf(found, limit)
				rows := make([]claimRow, len(shown))
				for i := range shown {
					v, err := newClaimView(ctx, store, &shown[i])
					if err != nil {
						return err
					}
					rows[i] = claimRow{v, shown[i].Confidence, of[shown[i].ID].Kind}
				}
				w := cmd.OutOrStdout()
				if format == "json" {
					return writeJSON(w, rows)
				}
				if len(rows) == 0 {
					fmt.Fprintln(w, "No claim is like that.")
					return nil
				}
				for _, r := range rows {
					mark := ""
					if r.Verdict != "" {
						mark = "  " + r.Verdict + "ed"
					}
					fmt.Fprintf(w, "%s  %.2f%s\n    %s\n", strings.TrimPrefix(string(r.ID), claimPrefix), r.Confidence, mark, r.claimView)
				}
				printRest(w, "", len(found)-len(shown))
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&entity, "entity", "", "only claims that this entity has a part in")
	f.StringVar(&relation, "relation", "", "only claims of this relation: visits, kgo:open/meet_with")
	f.Float64Var(&below, "below", 0, "only claims with a lower confidence; 0: all")
	f.BoolVar(&judged, "judged", false, "those that people have judged instead")
	f.IntVar(&limit, "limit", 20, "list so many; -1: all")
	outputFlag(cmd, &format)
	return cmd
}

// claimDetail is all that show tells of a claim.
type claimDetail struct {
	claimView
	Confidence float64        `json:"confidence"`
	Rule       string         `json:"rule"`
	Place      graph.IRI      `json:"place,omitempty"`
	Arguments  []argumentView `json:"arguments,omitempty"`
	PLOVER     string         `json:"plover,omitempty"`
	CAMEO      string         `json:"cameo,omitempty"`
	Headline   string         `json:"headline,omitempty"`
	Published  string         `json:"published,omitempty"`
	supportView
	Contradictions []contradictionOf `json:"contradictions,omitempty"`
	Judgement      *judgementView    `json:"judgement,omitempty"`
}

type argumentView struct {
	Role   string    `json:"role"`
	Case   string    `json:"case,omitempty"`
	Entity graph.IRI `json:"entity,omitempty"`
	Text   string    `json:"text"`
}

// contradictionOf is a claim that cannot be right together with the one shown.
type contradictionOf struct {
	Reason string    `json:"reason"` // polarity or quantity
	Claim  claimView `json:"claim"`
}

func newClaimShow(app *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show a claim: its sentence and article, who else says so, what contradicts it, who judged it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				v, err := viewClaim(cmd.Context(), store, args[0])
				if err != nil {
					return err
				}
				if format == "json" {
					return writeJSON(cmd.OutOrStdout(), v)
				}
				return v.print(cmd.OutOrStdout())
			})
		},
	}
	outputFlag(cmd, &format)
	return cmd
}

func viewClaim(ctx context.Context, store *graph.Store, text string) (*claimDetail, error) {
	c, err := findClaim(ctx, store, text)
	if err != nil {
		return nil, err
	}
	v := &claimDetail{Confidence: c.Confidence, Rule: c.Rule, Place: c.Place, PLOVER: c.PLOVER, CAMEO: c.CAMEO}
	if v.claimView, err = newClaimView(ctx, store, &c); err != nil {
		return nil, err
	}
	for _, a := range c.Arguments {
		v.Arguments = append(v.Arguments, argumentView{a.Role, a.Case, a.Entity, a.Text})
	}
	article, err := store.Article(ctx, c.Article)
	if err != nil {
		return nil, err
	}
	v.Headline = article.Headline
	if !article.Published.IsZero() {
		v.Published = article.Published.Format(time.DateOnly)
	}
	if settled, err := store.Settled(ctx); err != nil {
		return nil, err
	} else if settled != "" && !c.Rejected { // not after an interrupted build
		sup, err := store.Support(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		v.supportView = supportView(sup)
	}
	against, err := store.Contradictions(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range against {
		other, err := newClaimView(ctx, store, &against[i].Claim)
		if err != nil {
			return nil, err
		}
		v.Contradictions = append(v.Contradictions, contradictionOf{against[i].Reason, other})
	}
	of, err := verdicts(ctx, store)
	if err != nil {
		return nil, err
	}
	if j, ok := of[c.ID]; ok {
		view := newJudgementView(j)
		v.Judgement = &view
	}
	return v, nil
}

func (v *claimDetail) print(w io.Writer) error {
	fmt.Fprintf(w, "%s\n%s %s %s\n", v.ID, v.Subject, v.Predicate, v.Object)
	fmt.Fprintf(w, "“%s”\n\n", oneLine(v.Sentence))
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(tw, "%s\t%s\n", name, text)
		}
	}
	line("status", v.Status)
	line("says", cmp.Or(string(v.AttributedTo), "the article itself"))
	line("when", v.Time)
	line("where", string(v.Place))
	for _, a := range v.Arguments {
		line(a.Role, strings.TrimSpace(a.Case+" "+cmp.Or(string(a.Entity), fmt.Sprintf("%q", a.Text))))
	}
	line("article", strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", v.Article, v.Published, clip(v.Headline, 80))), " "))
	line("confidence", fmt.Sprintf("%.2f, rule %s", v.Confidence, v.Rule))
	line("event", strings.TrimSpace(v.PLOVER+" "+v.CAMEO))
	if v.Articles > 0 {
		line("said by", v.supportView.String())
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if v.Judgement != nil {
		fmt.Fprintln(w, "\nJudgement:")
		v.Judgement.print(w)
	}
	if len(v.Contradictions) > 0 {
		fmt.Fprintln(w, "\nContradictions:")
		for _, o := range v.Contradictions {
			fmt.Fprintf(w, "  %s: %s\n", o.Reason, o.Claim)
		}
	}
	return nil
}

func newClaimJudge(app *app, kind, name, short string) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   name + " ID...",
		Short: short,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				var add []graph.Judgement
				for _, arg := range args { // all of them, or none
					c, err := findClaim(ctx, store, arg)
					if err != nil {
						return err
					}
					if !slices.ContainsFunc(add, func(j graph.Judgement) bool { return j.From == c.ID }) {
						add = append(add, j.judgement(kind, c.ID, ""))
					}
				}
				done, err := app.judge(ctx, store, add, nil)
				if err != nil {
					return err
				}
				told(cmd.OutOrStdout(), done, fmt.Sprintf("%sed %s; undo with: kg claim undo %s", strings.ToUpper(name[:1])+name[1:],
					count(len(add), "claim"), strings.Join(claimNames(add), " ")))
				return nil
			})
		},
	}
	j.flags(cmd)
	return cmd
}

func claimNames(list []graph.Judgement) (names []string) {
	for _, j := range list {
		names = append(names, strings.TrimPrefix(string(j.From), claimPrefix))
	}
	return names
}

func newClaimUndo(app *app) *cobra.Command {
	return &cobra.Command{
		Use:   "undo ID...",
		Short: "Take back what people judged of claims",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				of, err := verdicts(ctx, store)
				if err != nil {
					return err
				}
				var withdraw []graph.Judgement
				for _, arg := range args {
					j, ok := of[store.Compact(string(claimID(arg)))]
					if !ok {
						return fmt.Errorf("nobody has judged the claim %s; \"kg claim list --judged\" lists those that are judged", arg)
					}
					withdraw = append(withdraw, j)
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
}
