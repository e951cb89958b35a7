package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
)

// exportFormats are the formats of graph.Store.Export with the suffixes of their files.
var exportFormats = []struct{ name, suffix string }{{"nquads", ".nq"}, {"ntriples", ".nt"}, {"turtle", ".ttl"}, {"jsonld", ".jsonld"}}

func newExportCommand(app *app) *cobra.Command {
	var format, file string
	var names []string
	for _, f := range exportFormats {
		names = append(names, f.name)
	}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph as RDF",
		Long: `Export writes the whole graph with full IRIs, sorted: the same graph gives the same bytes.

N-Quads keep for each statement the article that makes it; N-Triples, Turtle and JSON-LD have each statement once. Without -f
the suffix of FILE tells the format (` + "`.nq`, `.nt`, `.ttl`, `.jsonld`" + `), else it is N-Quads. A FILE that ends in .gz is compressed. FILE is only
there, or replaced, once the export is whole.`,
		Example: `  kg export -o graph.ttl
  kg export -f nquads -o graph.nq.gz
  kg export | wc -l`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format == "" {
				format = "nquads"
				for _, f := range exportFormats {
					if filepath.Ext(strings.TrimSuffix(file, ".gz")) == f.suffix {
						format = f.name
					}
				}
			}
			if err := oneOf("-f", format, names...); err != nil {
				return err
			}
			return app.withStore(true, func(store *graph.Store) error {
				if file == "" || file == "-" {
					out := bufio.NewWriterSize(cmd.OutOrStdout(), 64<<10)
					if _, err := store.Export(cmd.Context(), out, format); err != nil {
						return fmt.Errorf("export: %w", err)
					}
					return out.Flush()
				}
				n, err := exportFile(cmd.Context(), store, file, format)
				if err != nil {
					return fmt.Errorf("export to %s: %w", file, err)
				}
				what := "triples"
				if format == "nquads" {
					what = "quads"
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "wrote %s %s to %s\n", thousands(n), what, file)
				return nil
			})
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "", strings.Join(names, ", ")+" (default: by the suffix of -o, else nquads)")
	choices(cmd, "format", names...)
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to this file (default standard output)")
	return cmd
}

// exportFile writes to a temporary file beside file and renames it, so that file is never half an export.
func exportFile(ctx context.Context, store *graph.Store, file, format string) (n int, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return 0, plainPath(err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	buf := bufio.NewWriterSize(tmp, 64<<10)
	var w io.Writer = buf
	var gz *gzip.Writer
	if strings.HasSuffix(file, ".gz") {
		gz = gzip.NewWriter(buf)
		w = gz
	}
	if n, err = store.Export(ctx, w, format); err != nil {
		return n, err
	}
	if gz != nil {
		if err = gz.Close(); err != nil {
			return n, err
		}
	}
	if err = buf.Flush(); err != nil {
		return n, err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return n, err
	}
	if err = tmp.Sync(); err != nil {
		return n, err
	}
	if err = tmp.Close(); err != nil {
		return n, err
	}
	return n, os.Rename(tmp.Name(), file)
}
