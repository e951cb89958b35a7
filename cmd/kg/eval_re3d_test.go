package main

import (
	"bytes"
	"strings"
	"testing"

	"kg/internal/score"
	"kg/schema"
)

func TestRe3dMapping(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readRe3dMapping(bytes.NewReader(re3dTable), sch); err != nil {
		t.Fatal(err)
	}
	const table = "kind\tkg\tsubject\tobject\tre3d\tdirection\n" +
		"type\tActor\t\t\tOrganisation\t\ntype\tPerson\t\t\tPerson\t\ntype\tState\tacting\t\tOrganisation\t\ntype\tState\t\t\tLocation\t\n" +
		"relation\thas\tOrganisation\tWeapon\tBelongsTo\tback\nrelation\tmeets\t\t\tCommWith\t\n"
	m, err := readRe3dMapping(strings.NewReader(table), sch)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typ    string
		acting bool
		want   string
	}{{"Person", false, "Person"}, {"Company", false, "Organisation"}, {"State", true, "Organisation"}, {"State", false, "Location"}, {"Event", false, ""}} {
		if got := m.typeOf(sch, c.typ, c.acting); got != c.want {
			t.Errorf("%s, acting %v: %q, want %q", c.typ, c.acting, got, c.want)
		}
	}
	org, weapon := score.Span{Begin: 0, End: 4, Type: "Organisation"}, score.Span{Begin: 5, End: 9, Type: "Weapon"}
	if got := m.relate("has", org, weapon); len(got) != 1 || got[0] != (score.Relation{Source: weapon, Target: org, Type: "BelongsTo"}) {
		t.Errorf("has: %+v", got)
	}
	if got := m.relate("has", weapon, org); got != nil {
		t.Errorf("has, types turned round: %+v", got)
	}
	for _, bad := range []string{"type\tNone\t\t\tPerson\t", "relation\tnone\t\t\tLikes\t", "type\tPerson", "what\tPerson\t\t\tPerson\t"} {
		if _, err := readRe3dMapping(strings.NewReader("kind\tkg\tsubject\tobject\tre3d\tdirection\n"+bad), sch); err == nil ||
			!strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestCharOffsets(t *testing.T) {
	chars := charOffsets("Zoë – Bo")
	for b, want := range map[int]int{0: 0, 2: 2, 4: 3, 5: 4, 8: 5, 11: 8} {
		if got := chars(b); got != want {
			t.Errorf("byte %d: character %d, want %d", b, got, want)
		}
	}
}
