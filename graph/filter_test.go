package graph

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Filters keep the same nodes on the backend kg, where they read ranges of an index, as in memory, where they read all values.
func TestFiltersOnBackends(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	genLiteral := rapid.Custom(func(t *rapid.T) Term {
		lit := func(typ, re string) Term {
			return Term{Kind: Literal, Value: rapid.StringMatching(re).Draw(t, "text"), Datatype: IRI(typ)}
		}
		switch rapid.IntRange(0, 12).Draw(t, "kind") {
		case 0, 1:
			return lit("xsd:integer", `-?[0-9]{1,3}`)
		case 2:
			return lit("xsd:decimal", `-?[0-9]{1,2}\.[0-9]{1,11}`)
		case 3:
			return lit("xsd:double", `-?[0-9]{1,2}(\.[0-9])?(e[0-9]{1,3})?`)
		case 4:
			return lit("xsd:nonNegativeInteger", `[0-9]{1,22}`)
		case 5:
			return lit("xsd:gYear", `20[01][0-9]Z?`)
		case 6:
			return lit("xsd:date", `201[0-2]-0[12]-[0-3][0-9](Z|\+01:00)?`)
		case 7:
			return lit("xsd:dateTime", `201[0-2]-0[12]-0[1-3]T[01][0-9]:00:00(\.[0-9]{1,2})?(Z|[+-]0[0-9]:[03]0)?`)
		case 8:
			return lit("xsd:anyURI", `[ab]{1,3}`)
		case 9:
			return lit("urn:type", `[0-9a-b]{1,3}`)
		case 10:
			return Term{Kind: Literal, Value: rapid.StringMatching(`[a-cé]{1,4}`).Draw(t, "text"), Lang: "en"}
		case 11:
			return Str(rapid.StringMatching(`(201[0-2])?[a-dé -]{1,60}`).Draw(t, "text"))
		}
		return Str(rapid.StringMatching(`[0-9a-dé]{1,9}`).Draw(t, "text"))
	})
	genNode := rapid.OneOf(genLiteral, genLiteral, rapid.Custom(func(t *rapid.T) Term {
		return Res(IRI("kg:" + rapid.StringMatching(`[a-c]{1,4}`).Draw(t, "iri")))
	}))
	rapid.Check(t, func(t *rapid.T) {
		runs++
		mem, err := Open(Options{Backend: "memory"})
		if err != nil {
			t.Fatal(err)
		}
		defer mem.Close()
		kg, err := Open(Options{Backend: "kg", Path: filepath.Join(dir, fmt.Sprint(runs))})
		if err != nil {
			t.Fatal(err)
		}
		defer kg.Close()
		var quads []Quad
		var nodes []Term
		for i := range rapid.IntRange(1, 60).Draw(t, "quads") {
			o := genNode.Draw(t, "object")
			nodes = append(nodes, o)
			quads = append(quads, Quad{Subject: Res(IRI(fmt.Sprintf("kg:s%d", i%7))), Predicate: Res(IRI(fmt.Sprintf("kgo:p%d", i%2))), Object: o})
		}
		for _, s := range []*Store{mem, kg} {
			if _, err := s.WriteQuads(ctx, quads); err != nil {
				t.Fatal(err)
			}
		}
		filter := func() string {
			switch rapid.IntRange(0, 4).Draw(t, "filter") {
			case 0:
				return fmt.Sprintf("regex(%q, %v)", rapid.SampledFrom([]string{"^a", "^2011", "b", "^ab?", "^[0-9]", "(?i)^A", "é", "^kg:a"}).Draw(t, "expression"), rapid.Bool().Draw(t, "refs"))
			case 1:
				return fmt.Sprintf("like(%q)", rapid.SampledFrom([]string{"a%", "%b", "2011%", "a?", "%", "kg:b%"}).Draw(t, "pattern"))
			}
			x := rapid.OneOf(genNode, rapid.SampledFrom(nodes)).Draw(t, "than")
			text, _ := json.Marshal(x.String())
			return fmt.Sprintf("%s(%s)", rapid.SampledFrom([]string{"gt", "gte", "lt", "lte"}).Draw(t, "op"), text)
		}
		for range 5 {
			list := []string{filter()}
			if rapid.Bool().Draw(t, "two") {
				list = append(list, filter())
			}
			f := strings.Join(list, ", ")
			for _, text := range []string{fmt.Sprintf(`g.V().Filter(%s).All()`, f), fmt.Sprintf(`g.V().Has("<kgo:p0>", %s).All()`, f), fmt.Sprintf(`g.V("<kg:s1>", "<kg:s2>").Out("<kgo:p1>").Filter(%s).All()`, f),
				fmt.Sprintf(`g.V().Tag("s").Out("<kgo:p0>").Filter(%s).All()`, f)} {
				var got [2][]string
				for i, s := range []*Store{mem, kg} {
					res, err := s.Query(ctx, QueryRequest{Text: text, Limit: -1})
					if err != nil {
						t.Fatalf("%s: %v", text, err)
					}
					for _, row := range res.Rows {
						b, err := json.Marshal(row)
						if err != nil {
							t.Fatal(err)
						}
						got[i] = append(got[i], string(b))
					}
					sort.Strings(got[i])
					got[i] = slices.Compact(got[i])
				}
				if !slices.Equal(got[0], got[1]) {
					t.Fatalf("%s\nmemory %s\nkg     %s", text, got[0], got[1])
				}
			}
		}
	})
}
