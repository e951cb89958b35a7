package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kg/graph"
)

func newStatsCommand(app *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what the graph holds",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("-f", format, "text", "json"); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				s, err := store.Stats(cmd.Context())
				if err != nil {
					return fmt.Errorf("count %s: %w", app.config.Store.Path, err)
				}
				if format == "json" {
					return writeJSON(cmd.OutOrStdout(), s)
				}
				return printStats(cmd.OutOrStdout(), &s, app.verbose)
			})
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	choices(cmd, "format", "text", "json")
	return cmd
}

// printStats prints the counts; of long lists the first ten, all where all is set.
func printStats(w io.Writer, s *graph.Stats, all bool) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	line := func(n int, name string) { fmt.Fprintf(tw, "%s\t %s\n", thousands(n), name) }
	line(s.Articles, "articles")
	line(s.Sentences, "sentences")
	line(s.Claims, "claims")
	line(s.PlainEdges, "plain edges")
	line(s.Entities, "entities")
	line(s.Quads, "quads")
	fmt.Fprint(tw, "\nDerived from all articles together:\n")
	line(s.Events, "events")
	line(s.Instances, "of them in a series")
	line(s.Corroborated, "claims that several articles make")
	line(s.Contradictions, "pairs of claims that contradict each other")
	line(s.NearDuplicates, "pairs of near-duplicate articles")
	line(s.Reused, "sentences that stand in several articles")
	for _, list := range []struct {
		title  string
		counts []graph.Count
	}{{"Claims by status", s.Status}, {"Entities by type", s.Types}, {"Claims by relation", s.Relations}} {
		if len(list.counts) == 0 {
			continue
		}
		fmt.Fprintf(tw, "\n%s:\n", list.title)
		for i, c := range list.counts {
			if i == 10 && !all {
				fmt.Fprintf(tw, "\t … and %s more (--verbose lists them)\n", thousands(len(list.counts)-i))
				break
			}
			line(c.N, c.Name)
		}
	}
	return tw.Flush()
}
