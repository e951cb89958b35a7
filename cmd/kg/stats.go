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
			if format != "text" && format != "json" {
				return usagef("-f %q is not one of text, json", format)
			}
			store, err := app.openStore(true)
			if err != nil {
				return err
			}
			defer store.Close()
			s, err := store.Stats(cmd.Context())
			if err != nil {
				return fmt.Errorf("count %s: %w", app.config.Store.Path, err)
			}
			if format == "json" {
				return writeJSON(cmd.OutOrStdout(), s)
			}
			return printStats(cmd.OutOrStdout(), &s, app.verbose)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	choices(cmd, "format", "text", "json")
	return cmd
}

// printStats prints the counts; of long lists the first ten, all where all is set.
func printStats(w io.Writer, s *graph.Stats, all bool) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	for _, c := range []struct {
		name string
		n    int
	}{{"articles", s.Articles}, {"sentences", s.Sentences}, {"claims", s.Claims}, {"plain edges", s.PlainEdges}, {"entities", s.Entities}, {"quads", s.Quads}} {
		fmt.Fprintf(tw, "%s\t %s\n", thousands(c.n), c.name)
	}
	fmt.Fprint(tw, "\nDerived from all articles together:\n")
	for _, c := range []struct {
		name string
		n    int
	}{{"events", s.Events}, {"of them in a series", s.Instances}, {"claims that several articles make", s.Corroborated},
		{"pairs of claims that contradict each other", s.Contradictions}, {"pairs of near-duplicate articles", s.NearDuplicates},
		{"sentences that stand in several articles", s.Reused}} {
		fmt.Fprintf(tw, "%s\t %s\n", thousands(c.n), c.name)
	}
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
			fmt.Fprintf(tw, "%s\t %s\n", thousands(c.N), c.Name)
		}
	}
	return tw.Flush()
}
