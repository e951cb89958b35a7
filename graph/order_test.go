package graph

import (
	"fmt"
	"testing"
)

// The first nodes in order are those of all, also of more than are kept.
func TestOrderLimit(t *testing.T) {
	s := openTest(t, Options{})
	var quads []Quad
	for i := range 5000 {
		quads = append(quads, Quad{Subject: Res("kg:s"), Predicate: Res("kgo:p"), Object: Term{Kind: Literal, Value: fmt.Sprint((i*7919)%5000 - 100), Datatype: "xsd:integer"}})
	}
	if _, err := s.WriteQuads(ctx, quads); err != nil {
		t.Fatal(err)
	}
	for _, tt := range [][2]string{
		{`g.V("<kg:s>").Out("<kgo:p>").Order().Limit(3).All()`, `[{"id":-100},{"id":-99},{"id":-98}]`},
		{`g.V("<kg:s>").Out("<kgo:p>").Order().Skip(4998).Limit(3).All()`, `[{"id":4898},{"id":4899}]`},
		{`g.V("<kg:s>").Out("<kgo:p>").Order().Skip(98).Limit(4).All()`, `[{"id":-2},{"id":-1},{"id":0},{"id":1}]`},
		{`g.V("<kg:s>").Out("<kgo:p>").Order().Limit(3000).Count()`, `[3000]`},
		{`g.V("<kg:s>").Out("<kgo:p>").Filter(gt(0)).Order().Limit(1).All()`, `[{"id":1}]`},
	} {
		if got := ask(t, s, tt[0]); got != tt[1] {
			t.Errorf("%s\n got %s\nwant %s", tt[0], got, tt[1])
		}
	}
}
