package settle

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/schema"
)

// People join and part events, in the order in which they say so, whatever rules found; how much leaves depends on what stays.
func TestJudgedEvents(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2017, 7, 10, 0, 0, 0, 0, time.UTC)
	facts := func() *graph.Facts {
		f := &graph.Facts{Entities: []graph.Entity{
			{ID: "kg:Chile", Label: "Chile", Types: []graph.IRI{"kgo:Actor", "kgo:State"}},
			{ID: "kg:Peru", Label: "Peru", Types: []graph.IRI{"kgo:Actor", "kgo:State"}}}}
		for _, a := range []string{"a", "b", "c"} {
			f.Articles = append(f.Articles, graph.Article{ID: graph.IRI("kg:article/" + a), Published: day})
		}
		// a and b tell of the attack of the 5th, a in two sentences, the first with two claims; c of that of the 9th.
		for i, c := range []struct{ article, sentence, time string }{
			{"a", "a1", "2017-07-05"}, {"a", "a1", "2017-07-05"}, {"a", "a2", "2017-07-05"}, {"b", "b1", "2017-07-05"}, {"c", "c1", "2017-07-09"},
		} {
			f.Claims = append(f.Claims, graph.FoundClaim{Article: graph.IRI("kg:article/" + c.article),
				Claim: graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/%d", i)), Subject: "kg:Peru", Predicate: "kgo:attacks",
					Object: graph.Object{Entity: "kg:Chile"}, Polarity: "+", Modality: "asserted", Time: c.time,
					Sentence: graph.IRI("kg:sentence/" + c.sentence)}})
		}
		return f
	}
	same := func(a, b int) graph.Judgement {
		return graph.Judgement{Kind: graph.SameEvent, From: graph.IRI(fmt.Sprintf("kg:claim/%d", a)), Into: graph.IRI(fmt.Sprintf("kg:claim/%d", b))}
	}
	other := func(a, b int) graph.Judgement {
		j := same(a, b)
		j.Kind = graph.OtherEvent
		return j
	}
	for _, c := range []struct {
		judged []graph.Judgement
		want   string // claims of each event
	}{
		{nil, "0 1 2 3; 4"},
		{[]graph.Judgement{same(4, 0)}, "0 1 2 3 4"},
		{[]graph.Judgement{other(0, 3)}, "0 1 2; 3; 4"},               // the article
		{[]graph.Judgement{other(0, 2)}, "0 1; 2 3; 4"},               // the sentence
		{[]graph.Judgement{other(0, 1)}, "0; 1 2 3; 4"},               // the claim
		{[]graph.Judgement{other(3, 0), same(3, 4)}, "0 1 2; 3 4"},    // to where it belongs
		{[]graph.Judgement{same(3, 4), other(3, 0)}, "0 1 2 4; 3"},    // the later one takes out of what the earlier one made
		{[]graph.Judgement{same(0, 3), other(3, 4)}, "0 1 2 3; 4"},    // what rules say already
		{[]graph.Judgement{same(0, 9), other(9, 0)}, "0 1 2 3; 4"},    // a claim that is not there any more
		{[]graph.Judgement{other(0, 3), same(1, 3)}, "0 1 2 3; 4"},    // and back
		{[]graph.Judgement{other(0, 2), other(2, 3)}, "0 1; 2; 3; 4"}, // one after another
	} {
		f := facts()
		f.OnEvents = c.judged
		w := newWorld(f, sch)
		var got []string
		for _, e := range w.judged(w.findEvents()) {
			claims := slices.Clone(e.claims)
			slices.Sort(claims)
			got = append(got, strings.Trim(fmt.Sprint(slices.Compact(claims)), "[]"))
			if e.kind != "ASSAULT" || fmt.Sprint(e.agents, e.patients) != "[kg:Peru] [kg:Chile]" {
				t.Errorf("%v: event of %v: %s %v %v", c.judged, claims, e.kind, e.agents, e.patients)
			}
		}
		slices.Sort(got)
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%+v: events of claims %s, want %s", c.judged, g, c.want)
		}
	}
}
