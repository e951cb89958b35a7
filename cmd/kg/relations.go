package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/resolve"
	"kg/schema"
)

// relationsQuery is what kg relations lists.
type relationsQuery struct {
	kind      string // all, canonical or open
	match     string
	least     int // claims
	sort      string
	limit     int // negative for all
	examples  int
	output    string
	reresolve bool
}

func newRelationsCommand(app *app) *cobra.Command {
	q := &relationsQuery{}
	cmd := &cobra.Command{
		Use:   "relations",
		Short: "Count the relations of the graph, those of the schema and open ones",
		Long: `Relations lists the relations that the claims of the graph have: how many claims and articles, the words that they are said
with, examples. An open relation (kgo:open/…) is one that relations.tsv has no words for.

To make an open relation one of the schema: copy relations.tsv into the folder of --schema, add the words that stand behind
"said with" to the column verbs or nouns of a relation, or a line for a new relation, and run "kg relations --resolve". Claims follow
the new table, in both directions, without the articles being read again. kg build does the same at its end.`,
		Example: `  kg relations --kind open --top 20 --examples 3
  kg relations --match support -o json
  kg relations --schema myschema --resolve`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cmp.Or(oneOf("--kind", q.kind, relationKinds...), oneOf("--sort", q.sort, relationOrders...),
				oneOf("--output", q.output, "text", "json")); err != nil {
				return err
			}
			if q.examples < 0 || q.least < 0 {
				return usagef("--examples and --min take no negative number")
			}
			return app.withStore(!q.reresolve, func(store *graph.Store) error {
				if q.reresolve {
					return app.resolveRelations(cmd, store, q.output)
				}
				uses, err := store.RelationUses(cmd.Context(), q.examples)
				if err != nil {
					return fmt.Errorf("count relations of %s: %w", app.config.Store.Path, err)
				}
				uses = q.pick(uses)
				if q.output == "json" {
					return writeJSON(cmd.OutOrStdout(), relationsJSON(uses))
				}
				return printRelations(cmd.OutOrStdout(), uses)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.kind, "kind", "all", strings.Join(relationKinds, ", "))
	f.StringVar(&q.match, "match", "", "only relations with this text in their name, label or words")
	f.IntVar(&q.least, "min", 1, "only relations with at least so many claims")
	f.StringVar(&q.sort, "sort", "claims", strings.Join(relationOrders, ", "))
	f.IntVar(&q.limit, "top", -1, "only the first so many; -1: all")
	f.IntVar(&q.examples, "examples", 1, "so many claims of each with their sentences")
	f.StringVarP(&q.output, "output", "o", "text", "text or json")
	f.BoolVar(&q.reresolve, "resolve", false, "give every claim of the graph the relation that relations.tsv has for its words now")
	choices(cmd, "kind", relationKinds...)
	choices(cmd, "sort", relationOrders...)
	choices(cmd, "output", "text", "json")
	return cmd
}

var (
	relationKinds  = []string{"all", "canonical", "open"}
	relationOrders = []string{"claims", "articles", "name"}
)

// pick filters and sorts uses, which come by falling number of claims.
func (q *relationsQuery) pick(uses []graph.RelationUse) []graph.RelationUse {
	match := strings.ToLower(q.match)
	uses = slices.DeleteFunc(uses, func(u graph.RelationUse) bool {
		if u.Claims < q.least || q.kind == "open" && !u.Open() || q.kind == "canonical" && u.Open() {
			return true
		}
		return !strings.Contains(strings.ToLower(string(u.ID)), match) && !strings.Contains(strings.ToLower(u.Label), match) &&
			!slices.ContainsFunc(u.Cues, func(c graph.Count) bool { return strings.Contains(c.Name, match) })
	})
	switch q.sort {
	case "articles":
		slices.SortStableFunc(uses, func(a, b graph.RelationUse) int { return cmp.Compare(b.Articles, a.Articles) })
	case "name":
		slices.SortStableFunc(uses, func(a, b graph.RelationUse) int { return cmp.Compare(a.ID, b.ID) })
	}
	return firstOf(uses, q.limit)
}

type relationJSON struct {
	Relation  graph.IRI             `json:"relation"`
	Label     string                `json:"label"`
	Open      bool                  `json:"open"`
	Claims    int                   `json:"claims"`
	Plain     int                   `json:"plain"`
	Articles  int                   `json:"articles"`
	PLOVER    string                `json:"plover,omitempty"`
	CAMEO     string                `json:"cameo,omitempty"`
	Goldstein *float64              `json:"goldstein,omitempty"`
	Symmetric bool                  `json:"symmetric,omitempty"`
	Cues      []relationCueJSON     `json:"cues"`
	Examples  []relationExampleJSON `json:"examples"`
}

type relationCueJSON struct {
	Cue    string `json:"cue"`
	Noun   bool   `json:"noun,omitempty"`
	Claims int    `json:"claims"`
}

type relationExampleJSON struct {
	Claim    graph.IRI `json:"claim"`
	Article  graph.IRI `json:"article"`
	Subject  string    `json:"subject"`
	Object   string    `json:"object"`
	Status   string    `json:"status"`
	Sentence string    `json:"sentence"`
}

func relationsJSON(uses []graph.RelationUse) []relationJSON {
	out := make([]relationJSON, 0, len(uses))
	for i := range uses {
		u := &uses[i]
		r := relationJSON{Relation: u.ID, Label: u.Label, Open: u.Open(), Claims: u.Claims, Plain: u.Plain, Articles: u.Articles,
			PLOVER: u.PLOVER, CAMEO: u.CAMEO, Symmetric: u.Symmetric, Cues: []relationCueJSON{}, Examples: []relationExampleJSON{}}
		if n, ok := u.Score(); ok {
			r.Goldstein = &n
		}
		for _, c := range u.Cues {
			r.Cues = append(r.Cues, relationCueJSON{Cue: c.Name, Noun: c.Label == "noun", Claims: c.N})
		}
		for _, x := range u.Examples {
			r.Examples = append(r.Examples, relationExampleJSON(x))
		}
		out = append(out, r)
	}
	return out
}

// maxCues is how many of the words of a relation are printed.
const maxCues = 8

// printRelations prints a line for each relation, below it what it is said with and examples.
func printRelations(w io.Writer, uses []graph.RelationUse) error {
	bw := bufio.NewWriter(w)
	fmt.Fprintf(bw, "%7s %8s  relation\n", "claims", "articles")
	const indent = "                    "
	for i := range uses {
		u := &uses[i]
		fmt.Fprintf(bw, "%7s %8s  %s", thousands(u.Claims), thousands(u.Articles), u.ID)
		if u.PLOVER != "" {
			fmt.Fprintf(bw, "  %s %s %s", u.PLOVER, u.CAMEO, u.Goldstein)
		}
		fmt.Fprintln(bw)
		var cues []string
		for n, c := range u.Cues {
			if n == maxCues {
				cues = append(cues, "…")
				break
			}
			name := c.Name
			if c.Label == "noun" {
				name += " (noun)"
			}
			cues = append(cues, name+" "+thousands(c.N))
		}
		if len(cues) > 0 {
			fmt.Fprintf(bw, "%ssaid with: %s\n", indent, strings.Join(cues, ", "))
		}
		for _, x := range u.Examples {
			status := ""
			if x.Status != "asserted" {
				status = " (" + x.Status + ")"
			}
			fmt.Fprintf(bw, "%s%s → %s%s: “%s”\n", indent, clip(x.Subject, 40), clip(x.Object, 60), status,
				clip(oneLine(x.Sentence), 160))
		}
	}
	return bw.Flush()
}

// resolveRelations gives the claims of the store the relations of the schema as it is now, and says what came of it.
func (app *app) resolveRelations(cmd *cobra.Command, store *graph.Store, output string) error {
	sch, err := app.loadSchema()
	if err != nil {
		return err
	}
	res, err := relate(cmd.Context(), store, sch)
	if err == nil {
		err = app.settle(cmd.Context(), store, sch)
	}
	if err != nil {
		return fmt.Errorf("resolve relations of %s: %w", app.config.Store.Path, err)
	}
	if output == "json" {
		return writeJSON(cmd.OutOrStdout(), map[string]int{"claims": res.Claims, "articles": res.Articles, "quads": res.Quads})
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s claims of %s articles have another relation now\n", thousands(res.Claims),
		thousands(res.Articles))
	return err
}

// relate makes the predicates of all claims of store those of sch, which takes no more than a look where they are already.
func relate(ctx context.Context, store *graph.Store, sch *schema.Schema) (graph.Revised, error) {
	return store.Revise(ctx, func(rec *graph.Record) { resolve.Relate(sch, rec) }, sch.RelationsHash())
}
