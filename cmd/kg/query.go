package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kg/graph"
)

// maxQuery is the longest query that is read from standard input.
const maxQuery = 1 << 20

func newQueryCommand(app *app) *cobra.Command {
	var lang, format string
	cmd := &cobra.Command{
		Use:   "query QUERY",
		Short: "Ask the graph in Gizmo, GraphQL or MQL",
		Long: `Query runs a query and prints its rows. - reads the query from standard input.

A name in a query is written as in <kg:Russia> (things) or <kgo:mediates> (relations). Useful in Gizmo:
  g.V("<kg:Russia>").Out("<kgo:mediates>").All()                what Russia mediates
  g.V().Has("<rdf:type>", "<kgo:Claim>").Limit(5).All()         five claims
  g.V("<kg:Russia>").LabelContext().All()`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("takes one query, got %d; put it in single quotes", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--lang", lang, graph.Languages...); err != nil {
				return err
			}
			print, ok := map[string]func(io.Writer, []any) error{"table": printTable, "json": printRowsJSON, "lines": printLines}[format]
			if !ok {
				return usagef("-f %q is not one of table, json, lines", format)
			}
			text := args[0]
			if text == "-" {
				raw, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxQuery+1))
				if err != nil {
					return fmt.Errorf("read the query: %w", err)
				}
				text = string(raw)
			}
			if len(text) > maxQuery {
				return usagef("a query of more than %s", Bytes(maxQuery))
			}
			if strings.TrimSpace(text) == "" {
				return usagef("the query is empty")
			}
			var res *graph.Result
			err := app.withStore(true, func(store *graph.Store) (err error) {
				q := app.config.Query
				if res, err = store.Query(cmd.Context(), graph.QueryRequest{Lang: lang, Text: text, Limit: q.Limit, Timeout: q.Timeout}); err != nil {
					return queryError(err, app)
				}
				return nil
			})
			if err != nil {
				return err
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			if err := print(out, res.Rows); err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
			switch {
			case res.Truncated:
				fmt.Fprintf(cmd.ErrOrStderr(), "%s (--limit shows more)\n", res.Note())
			case len(res.Rows) == 0:
				fmt.Fprintln(cmd.ErrOrStderr(), "no rows")
			}
			return nil
		},
	}
	f := cmd.Flags()
	d := defaultConfig()
	f.StringVar(&lang, "lang", "gizmo", "language: "+strings.Join(graph.Languages, ", "))
	f.StringVarP(&format, "format", "f", "table", "table, json or lines")
	choices(cmd, "lang", graph.Languages...)
	choices(cmd, "format", "table", "json", "lines")
	f.Int("limit", d.Query.Limit, "most rows to show; -1: all")
	f.Duration("timeout", d.Query.Timeout, "end the query after this time")
	return cmd
}

// queryError says in plain words what became of a query.
func queryError(err error, app *app) error {
	var q *graph.QueryError
	switch {
	case isTimeout(err):
		return fmt.Errorf("the query did not end within %s (--timeout)", app.config.Query.Timeout)
	case errors.As(err, &q):
		return q
	}
	return fmt.Errorf("query: %w", err)
}

// printRowsJSON prints an array with a row a line.
func printRowsJSON(w io.Writer, rows []any) error {
	for i, row := range rows {
		b, err := marshal(row)
		if err != nil {
			return err
		}
		sep := ",\n "
		if i == 0 {
			sep = "["
		}
		fmt.Fprintf(w, "%s%s", sep, b)
	}
	if len(rows) == 0 {
		fmt.Fprint(w, "[")
	}
	_, err := fmt.Fprintln(w, "]")
	return err
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("print row: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// printLines prints a row a line: the value alone where it has one, else JSON.
func printLines(w io.Writer, rows []any) error {
	for _, row := range rows {
		if m, ok := row.(map[string]any); ok && len(m) == 1 && m["id"] != nil {
			row = m["id"]
		}
		if s, ok := row.(string); ok {
			fmt.Fprintln(w, oneLine(s))
			continue
		}
		b, err := marshal(row)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", b)
	}
	return nil
}

// printTable prints a column for each key of the rows, id first. Rows that are no flat objects (GraphQL) come as JSON.
func printTable(w io.Writer, rows []any) error {
	var columns []string
	for _, row := range rows {
		m, ok := row.(map[string]any)
		if !ok {
			return printLines(w, rows)
		}
		for k, v := range m {
			switch v.(type) {
			case map[string]any, []any:
				return printLines(w, rows)
			}
			if !slices.Contains(columns, k) {
				columns = append(columns, k)
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(columns, func(a, b string) int {
		if (a == "id") != (b == "id") {
			if a == "id" {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	})
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	if len(columns) > 1 {
		fmt.Fprintln(tw, strings.Join(columns, "\t"))
	}
	for _, row := range rows {
		m := row.(map[string]any)
		cells := make([]string, len(columns))
		for i, c := range columns {
			if v, ok := m[c]; ok && v != nil {
				cells[i] = oneLine(fmt.Sprint(v))
			}
		}
		fmt.Fprintln(tw, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
	}
	return tw.Flush()
}

func isTimeout(err error) bool { return errors.Is(err, context.DeadlineExceeded) }
