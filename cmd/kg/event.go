package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kg/graph"
)

func newEventCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "event",
		Short: "Look at events, and judge which statements tell of one",
		Long: `Event shows what happened as rules make it out at the end of every build, of the statements of all articles that tell of one thing,
and lets people overrule them. Events get their names anew as articles come, so what people judge is kept with the statements: it
holds through a rebuild, and can be withdrawn at any time.

EVENT is an IRI (kg:event/2017-07-05/Peru_attacks_Chile) or the name of an event as "kg event list" has it.`,
		Example: `  kg event list --of Peru
  kg event show kg:event/2017-07-05/Peru_attacks_Chile
  kg event merge kg:event/2017-07-05/Peru_attacks_Chile kg:event/2017-07-06/Peru_bombs_Chile --why "one night"
  kg event split kg:event/2017-07-05/Peru_attacks_Chile kg:article/war/b`,
		Args: noCommand,
		RunE: help,
	}
	undo := newEntityUndo(app)
	undo.Short = "Withdraw judgements of people; rules say again what they said before"
	cmd.AddCommand(newEventList(app), newEventShow(app), newEventMerge(app), newEventSplit(app), undo)
	return cmd
}

func newEventView(x *graph.Event) eventView {
	return eventView{x.ID, x.Label, x.Kind, x.Time, x.Place, x.Series, x.Agents, x.Patients, x.Participants, x.Reported, x.LastReported,
		supportView(x.Support)}
}

// findEvent returns the one event that text names.
func findEvent(ctx context.Context, store *graph.Store, text string) (graph.Event, error) {
	if settled, err := store.Settled(ctx); err != nil || settled == "" {
		return graph.Event{}, cmp.Or(err, fmt.Errorf("events are older than the articles after an interrupted build; run kg build again"))
	}
	if id, ok := iriOf(text); ok {
		e, ok, err := store.Event(ctx, id)
		if err == nil && !ok {
			err = fmt.Errorf("no event %s; \"kg event list\" lists them", id)
		}
		return e, err
	}
	all, err := store.AllEvents(ctx)
	if err != nil {
		return graph.Event{}, err
	}
	found := slices.DeleteFunc(all, func(e graph.Event) bool { return !strings.EqualFold(e.Label, text) })
	switch len(found) {
	case 0:
		return graph.Event{}, fmt.Errorf("no event is called %q; \"kg event list\" lists them", text)
	case 1:
		return found[0], nil
	}
	var b strings.Builder
	for i := range found {
		fmt.Fprintf(&b, "\n  %s", found[i].ID)
	}
	return graph.Event{}, fmt.Errorf("%q names %d events; give the IRI of one:%s", text, len(found), b.String())
}

func newEventList(app *app) *cobra.Command {
	var format, of string
	var limit int
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List events by time, those that no article gives a time by the day of their first report",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				ctx := cmd.Context()
				var events []graph.Event
				var err error
				if of == "" {
					events, err = store.AllEvents(ctx)
				} else {
					var e graph.Entity
					if e, err = findEntity(ctx, store, of); err == nil {
						events, err = store.Events(ctx, e.ID)
					}
				}
				if err != nil {
					return err
				}
				at := func(e *eventView) string { return cmp.Or(strings.TrimPrefix(e.Time, "../"), e.Reported) }
				list := []eventView{}
				for i := range events {
					list = append(list, newEventView(&events[i]))
				}
				slices.SortStableFunc(list, func(a, b eventView) int { return cmp.Or(strings.Compare(at(&a), at(&b)), cmp.Compare(a.ID, b.ID)) })
				all := len(list)
				list = firstOf(list, limit)
				w := cmd.OutOrStdout()
				if format == "json" {
					return writeJSON(w, list)
				}
				tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
				for i := range list {
					fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", at(&list[i]), list[i].Kind, list[i].ID, list[i].supportView)
				}
				printRest(tw, "", all-len(list))
				return tw.Flush()
			})
		},
	}
	cmd.Flags().StringVar(&of, "of", "", "only those that this entity takes part in, or is the place or series of")
	cmd.Flags().IntVar(&limit, "limit", 50, "list so many; -1: all")
	outputFlag(cmd, &format)
	return cmd
}

// oneEventView is all that show tells of an event.
type oneEventView struct {
	eventView
	Quantities []string        `json:"quantities,omitempty"`
	Claims     []claimView     `json:"claims"`
	Judgements []judgementView `json:"judgements,omitempty"`
}

func newEventShow(app *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show EVENT",
		Short: "Show an event: who took part, when and where, and the statements that tell of it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("-o", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				ctx := cmd.Context()
				e, err := findEvent(ctx, store, args[0])
				if err != nil {
					return err
				}
				claims, err := store.EventClaims(ctx, e.ID)
				if err != nil {
					return err
				}
				v := oneEventView{eventView: newEventView(&e), Quantities: e.Quantities, Claims: []claimView{}}
				ids := idsOf(claims)
				for i := range claims {
					c, err := newClaimView(ctx, store, &claims[i])
					if err != nil {
						return err
					}
					v.Claims = append(v.Claims, c)
				}
				people, _, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				for _, j := range people {
					if j.OnEvent() && (slices.Contains(ids, j.From) || slices.Contains(ids, j.Into)) {
						v.Judgements = append(v.Judgements, newJudgementView(j))
					}
				}
				if format == "json" {
					return writeJSON(cmd.OutOrStdout(), v)
				}
				v.print(cmd.OutOrStdout())
				return nil
			})
		},
	}
	outputFlag(cmd, &format)
	return cmd
}

func (v *oneEventView) print(w io.Writer) {
	fmt.Fprintf(w, "%s  %s\n", v.ID, v.Label)
	for _, x := range []struct {
		what string
		ids  []graph.IRI
	}{{"By", v.Agents}, {"To", v.Patients}, {"With", v.Participants}, {"Place", oneIRI(v.Place)}, {"Series", oneIRI(v.Series)}} {
		for _, id := range x.ids {
			fmt.Fprintf(w, "%s: %s\n", x.what, id)
		}
	}
	if v.Time != "" {
		fmt.Fprintf(w, "Time: %s\n", v.Time)
	}
	for _, q := range v.Quantities {
		fmt.Fprintf(w, "Number: %s\n", q)
	}
	if v.Reported != "" {
		fmt.Fprintf(w, "Reported: %s to %s, %s\n", v.Reported, v.LastReported, v.supportView)
	}
	fmt.Fprintf(w, "\n%s:\n", count(len(v.Claims), "statement"))
	for i := range v.Claims {
		fmt.Fprintf(w, "  %s\n    %s\n", v.Claims[i].ID, v.Claims[i])
	}
	if len(v.Judgements) > 0 {
		fmt.Fprintf(w, "\nJudgements:\n")
		printJudgements(w, v.Judgements, -1)
	}
}

// oneIRI is a list of id, empty where that is.
func oneIRI(id graph.IRI) []graph.IRI {
	if id == "" {
		return nil
	}
	return []graph.IRI{id}
}

func idsOf(claims []graph.FoundClaim) (ids []graph.IRI) {
	for i := range claims {
		ids = append(ids, claims[i].ID)
	}
	return ids
}

// eventNow is the event that a claim tells of, empty for none.
func eventNow(ctx context.Context, store *graph.Store, claim graph.IRI) (graph.IRI, error) {
	events, err := store.Events(ctx, claim)
	if err != nil || len(events) == 0 {
		return "", err
	}
	return events[0].ID, nil
}

func newEventMerge(app *app) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "merge A B",
		Short: "Judge that A and B are one event",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				var events [2]graph.Event
				var claims [2][]graph.FoundClaim
				for i, arg := range args {
					var err error
					if events[i], err = findEvent(ctx, store, arg); err != nil {
						return err
					}
					if claims[i], err = store.EventClaims(ctx, events[i].ID); err != nil {
						return err
					}
				}
				if events[0].ID == events[1].ID {
					return fmt.Errorf("%s and %s are one event already, %s", args[0], args[1], events[0].ID)
				}
				people, _, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				what, withdraw, err := graph.JudgeOneEvent(people, claims[0], claims[1])
				if err != nil {
					return fmt.Errorf("%s and %s: %w", events[0].ID, events[1].ID, err)
				}
				return app.tellEvent(cmd, store, j.judgement(what.Kind, what.From, what.Into), withdraw)
			})
		},
	}
	j.flags(cmd)
	return cmd
}

// tellEvent judges of events and says which events its statements tell of now.
func (app *app) tellEvent(cmd *cobra.Command, store *graph.Store, j graph.Judgement, withdraw []graph.Judgement) error {
	ctx := cmd.Context()
	if _, err := app.judge(ctx, store, []graph.Judgement{j}, withdraw); err != nil {
		return err
	}
	a, err := eventNow(ctx, store, j.From)
	if err != nil {
		return err
	}
	b, err := eventNow(ctx, store, j.Into)
	if err != nil {
		return err
	}
	none := graph.IRI("no event")
	if j.Kind == graph.SameEvent {
		fmt.Fprintf(cmd.OutOrStdout(), "They are %s now", cmp.Or(a, none))
	} else {
		fmt.Fprintf(cmd.OutOrStdout(), "%s and %s are two events now", cmp.Or(b, none), cmp.Or(a, none))
	}
	fmt.Fprintf(cmd.OutOrStdout(), "; undo with: kg event undo %s\n", shortID(j.ID()))
	return nil
}

func newEventSplit(app *app) *cobra.Command {
	var j judging
	cmd := &cobra.Command{
		Use:   "split EVENT WHAT",
		Short: "Judge that an article or a statement tells of another event",
		Long: `Split judges that WHAT, an article or one of the statements that "kg event show" lists, tells of another event than the rest of
EVENT does. Of a statement its whole article leaves where the rest is of other articles, else its sentence where the rest has others.
What leaves is an event of its own, which "kg event merge" can join to another. What people have judged to the contrary is withdrawn.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return app.withStore(false, func(store *graph.Store) error {
				e, err := findEvent(ctx, store, args[0])
				if err != nil {
					return err
				}
				claims, err := store.EventClaims(ctx, e.ID)
				if err != nil {
					return err
				}
				what, _ := iriOf(args[1])
				what = store.Compact(string(what))
				people, _, err := store.Judgements(ctx)
				if err != nil {
					return err
				}
				d, withdraw, err := graph.JudgeOtherEvent(people, claims, what)
				if err != nil {
					return fmt.Errorf("%s: %w; \"kg event show %s\" lists its articles and statements", e.ID, err, e.ID)
				}
				return app.tellEvent(cmd, store, j.judgement(d.Kind, d.From, d.Into), withdraw)
			})
		},
	}
	j.flags(cmd)
	return cmd
}
