package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

func newMigrateCommand(app *app) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate FILE FOLDER",
		Short: "Copy a graph of the backend bbolt to the backend kg",
		Long: `Migrate copies the graph in FILE, of the backend bbolt, to a new graph in FOLDER, of the backend kg. FILE stays as it
is. FOLDER is only there once the copy is whole; use it with --store FOLDER, or store.path in config.yaml.`,
		Example: "  kg migrate kg.db graph.kg",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("want the old file and the new folder, got %d arguments", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := graph.Migrate(cmd.Context(), graph.Options{Path: args[0], Backend: "bbolt",
				BaseIRI: app.config.BaseIRI}, args[1])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s quads copied; use them with --store %s\n", thousands(n),
				args[1])
			return err
		},
	}
}
