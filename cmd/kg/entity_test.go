package main

import (
	"testing"
	"time"

	"kg/graph"
)

// Where nothing is derived yet, articles are counted and nothing is said of how many are independent; what a person rejects is no
// relation.
func TestViewEntity(t *testing.T) {
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ctx := t.Context()
	for _, name := range []string{"a", "b"} {
		article := graph.IRI("kg:article/" + name)
		sent := graph.Sentence{ID: graph.IRI("kg:sentence/" + name), Span: graph.Span{End: 22}, Text: "Peru supports Chile."}
		claim := graph.Claim{ID: graph.IRI("kg:claim/" + name), Sentence: sent.ID, Span: sent.Span, Subject: "kg:Peru", Predicate: "kgo:supports",
			Object: graph.Object{Entity: "kg:Chile"}, Polarity: "+", Modality: "asserted", Confidence: .9, Rule: "svo"}
		rec := &graph.Record{Article: graph.Article{ID: article, Hash: name}, Sentences: []graph.Sentence{sent}, Claims: []graph.Claim{claim},
			Entities: []graph.Entity{{ID: "kg:Peru", Label: "Peru"}, {ID: "kg:Chile", Label: "Chile"}}}
		if _, err := store.Add(ctx, rec); err != nil {
			t.Fatal(err)
		}
	}
	v, err := viewEntity(ctx, store, "Peru", -1)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Relations) != 1 || v.Relations[0].Claims != 2 || v.Relations[0].supportView != (supportView{Articles: 2}) ||
		v.Relations[0].String() != "2 articles" {
		t.Errorf("%+v", v.Relations)
	}
	no := graph.Judgement{Kind: graph.Reject, From: "kg:claim/a", By: "Eva", When: time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)}
	if _, err := store.Judge(ctx, []graph.Judgement{no}, nil); err != nil {
		t.Fatal(err)
	}
	if v, err = viewEntity(ctx, store, "Peru", -1); err != nil {
		t.Fatal(err)
	}
	if len(v.Relations) != 1 || v.Relations[0].Claims != 1 || v.Relations[0].String() != "1 article" {
		t.Errorf("with one rejected: %+v", v.Relations)
	}
}
