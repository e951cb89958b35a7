package index

import (
	"testing"

	"kg/graph"
)

func TestAlikeEvents(t *testing.T) {
	entity := func(id, label string) Entity { return Entity{Entity: graph.Entity{ID: graph.IRI(id), Label: label}} }
	const russia, turkey, iran, astana, geneva, crowd, people = 0, 1, 2, 3, 4, 5, 6
	x := &Index{Entities: []Entity{entity("kg:Russia", "Russia"), entity("kg:Turkey", "Turkey"), entity("kg:Iran", "Iran"), entity("kg:Astana", "Astana"),
		entity("kg:Geneva", "Geneva"), entity("kg:article/1/people", "people"), entity("kg:article/2/people", "people")}}
	event := func(kind string, day Day, place Ref, who ...Ref) {
		e := Event{Event: graph.Event{Kind: kind, Label: "Meeting"}, Day: day, PlaceRef: place, SeriesRef: None, Others: who}
		x.Events = append(x.Events, e)
	}
	event("CONSULT", 1, astana, russia, turkey)
	event("CONSULT", 2, None, russia, turkey) // a day later
	event("CONSULT", 3, None, russia)         // names fewer
	event("CONSULT", 3, geneva, russia, iran) // with another, elsewhere
	event("ASSAULT", 3, None, russia, turkey) // of another kind
	event("PROTEST", 4, astana, crowd)        // nobody with a name, of two articles
	event("PROTEST", 4, astana, people)
	event("CONSULT", 30, astana, russia, turkey) // weeks later
	event("CONSULT", NoDay, astana, russia, turkey)
	var got []string
	for _, p := range x.AlikeEvents() {
		got = append(got, string(rune('0'+p.A))+string(rune('0'+p.B))+" "+x.Explain(p).Evidence)
	}
	want := []string{"01 both name Russia and Turkey; reported a day apart", "56 both name people; both in Astana; reported on the same day"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %q\nwant %q", got, want)
		}
	}
	for _, g := range got[len(want):] {
		if g[:2] != "12" && g[:2] != "02" && g[:2] != "23" {
			t.Errorf("%s may be one", g)
		}
	}
}

func TestLeading(t *testing.T) {
	x := &Index{}
	for _, label := range []string{"law", "finance ministers", "Astana", "de-escalation zones", "sanctions on Russia", "president", "U.S.", "3 ships"} {
		x.Entities = append(x.Entities, Entity{Entity: graph.Entity{Label: label}})
	}
	counts := []int{90, 80, 10, 20, 30, 70, 0, 60}
	for limit, want := range map[int]string{2: "43", 3: "432", 4: "4321", 9: "4321"} {
		got := ""
		for _, e := range x.Leading(counts, limit) {
			got += string(rune('0' + e))
		}
		if got != want {
			t.Errorf("the %d leading: %s, want %s", limit, got, want)
		}
	}
}
