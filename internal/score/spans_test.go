package score

import (
	"strings"
	"testing"
)

func counts[T any](pairs []Pair[T]) (m Matches) {
	for _, p := range pairs {
		AddPair(&m, p)
	}
	return m
}

// Worked by hand: 0-5 is found with its ends; of the two that touch 10-20 the one that covers more of it meets it; 30-35 has another
// type; 40-42 stands twice in the gold and counts once.
func TestPairSpans(t *testing.T) {
	gold := []Span{{0, 5, "PER"}, {10, 20, "ORG"}, {30, 35, "LOC"}, {40, 42, "LOC"}, {40, 42, "LOC"}}
	out := []Span{{0, 5, "PER"}, {8, 12, "ORG"}, {12, 20, "ORG"}, {30, 35, "ORG"}, {42, 44, "LOC"}}
	pairs := PairSpans(gold, out)
	m := counts(pairs)
	if want := (Matches{PRF{4, 5, 1}, PRF{4, 5, 2}}); m != want {
		t.Errorf("%+v, want %+v", m, want)
	}
	if *pairs[1].Output != out[2] || pairs[1].Overlap != .8 {
		t.Errorf("10-20 meets %+v with overlap %v", *pairs[1].Output, pairs[1].Overlap)
	}
	if got := counts(PairSpans(nil, nil)); got != (Matches{}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestPairRelations(t *testing.T) {
	a, b, c := Span{0, 5, ""}, Span{10, 20, ""}, Span{30, 35, ""}
	longer := Span{8, 20, ""}
	symmetric := map[string]bool{"Meets": true}
	for _, x := range []struct {
		name      string
		gold, out []Relation
		want      Matches
	}{
		{"same", []Relation{{a, b, "Owns"}}, []Relation{{a, b, "Owns"}}, Matches{PRF{1, 1, 1}, PRF{1, 1, 1}}},
		{"turned round", []Relation{{a, b, "Owns"}}, []Relation{{b, a, "Owns"}}, Matches{PRF{1, 1, 0}, PRF{1, 1, 0}}},
		{"turned round, symmetric", []Relation{{a, b, "Meets"}}, []Relation{{b, a, "Meets"}}, Matches{PRF{1, 1, 1}, PRF{1, 1, 1}}},
		{"twice", []Relation{{a, b, "Meets"}, {b, a, "Meets"}}, []Relation{{b, a, "Meets"}}, Matches{PRF{1, 1, 1}, PRF{1, 1, 1}}},
		{"one end longer", []Relation{{a, b, "Owns"}}, []Relation{{a, longer, "Owns"}}, Matches{PRF{1, 1, 0}, PRF{1, 1, 1}}},
		{"another type", []Relation{{a, b, "Owns"}}, []Relation{{a, b, "Meets"}}, Matches{PRF{1, 1, 0}, PRF{1, 1, 0}}},
		{"one end wrong", []Relation{{a, b, "Owns"}}, []Relation{{a, c, "Owns"}}, Matches{PRF{1, 1, 0}, PRF{1, 1, 0}}},
		{"types of the ends do not matter", []Relation{{a, b, "Owns"}}, []Relation{{Span{0, 5, "PER"}, b, "Owns"}}, Matches{PRF{1, 1, 1}, PRF{1, 1, 1}}},
	} {
		if got := counts(PairRelations(x.gold, x.out, symmetric)); got != x.want {
			t.Errorf("%s: %+v, want %+v", x.name, got, x.want)
		}
	}
}

func TestReadRe3d(t *testing.T) {
	const documents = `{ "_id" : "D1", "title" : "A", "text" : "Zoë met Bo." }` + "\n"
	const entities = `{ "begin" : 0, "end" : 3, "type" : "Person", "value" : "Zoë", "documentId" : "D1", "confidence" : 0.9 }
{ "begin" : 8, "end" : 10, "type" : "Person", "value" : "Bo", "documentId" : "D1", "confidence" : 1 }
{ "begin" : 0, "end" : 3, "type" : "Location", "value" : "Zoë", "documentId" : "D1", "confidence" : 0.2 }
`
	const relations = `{ "begin" : 4, "end" : 7, "sourceBegin" : 0, "sourceEnd" : 3, "source" : "Zoë", "targetBegin" : 8, "targetEnd" : 10, "target" : "Bo", "type" : "CommWith", "value" : "met", "documentId" : "D1", "confidence" : 1 }
{ "begin" : 4, "end" : 7, "sourceBegin" : 0, "sourceEnd" : 3, "source" : "Zoë", "targetBegin" : 8, "targetEnd" : 10, "target" : "Bo", "type" : "Likes", "value" : "met", "documentId" : "D1", "confidence" : 0.1 }
`
	read := func(d, e, r string) ([]Re3dDocument, error) {
		return ReadRe3d(strings.NewReader(d), strings.NewReader(e), strings.NewReader(r))
	}
	docs, err := read(documents, entities, relations)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 || len(docs[0].Entities) != 2 || docs[0].Entities[0] != (Span{0, 3, "Person"}) ||
		len(docs[0].Relations) != 1 || docs[0].Relations[0] != (Relation{Span{0, 3, ""}, Span{8, 10, ""}, "CommWith"}) {
		t.Errorf("%+v", docs)
	}
	for name, bad := range map[string][3]string{
		"documents: line 1": {"{", entities, relations},
		"entities: line 1":  {documents, `{"begin":0,"end":99,"documentId":"D1"}`, ""},
		"no document":       {documents, `{"begin":0,"end":1,"documentId":"D2"}`, ""},
		"relations: line 1": {documents, "", `{"sourceBegin":0,"sourceEnd":1,"targetBegin":5,"targetEnd":5,"documentId":"D1"}`},
	} {
		if _, err := read(bad[0], bad[1], bad[2]); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
