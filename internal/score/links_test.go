package score

import (
	"strings"
	"testing"
)

// The article says "Zoë Roe of Denver, Colorado met a Pole in May. Oslo." and is annotated up to "May.".
const linkedArticle = `{"id": 7, "title": "T", "text": "Zoë Roe of Denver, Colorado met a Pole in May. Oslo.", "evaluation_span": [0, 46], "labels": [
{"id": 0, "span": [0, 7], "entity_id": "<NIL>", "name": "Unknown", "type": "OTHER"},
{"id": 1, "span": [11, 27], "entity_id": "Q16554", "name": "Denver", "type": "Q1", "children": [2, 3]},
{"id": 2, "span": [11, 17], "entity_id": "Q16554", "name": "Denver", "type": "Q1", "parent": 1},
{"id": 3, "span": [19, 27], "entity_id": "Q1261", "name": "Colorado", "type": "Q1", "parent": 1},
{"id": 4, "span": [34, 38], "entity_id": "Q36", "name": "Poland", "type": "Q1"},
{"id": 5, "span": [42, 45], "entity_id": "QUANTITY", "name": "May", "type": "OTHER"}]}`

func TestCompareLinks(t *testing.T) {
	articles, err := ReadElevant(strings.NewReader(strings.ReplaceAll(linkedArticle, "\n", " ")))
	if err != nil {
		t.Fatal(err)
	}
	a := &articles[0]
	if a.ID != 7 || a.End != 46 || len(a.Labels) != 4 || len(a.Labels[1].Parts) != 2 || a.Labels[0].Type != "" || a.Labels[3].Type != "" {
		t.Fatalf("%+v", a)
	}
	whole, denver, colorado := Span{11, 27, "Q16554"}, Span{11, 17, "Q16554"}, Span{19, 27, "Q1261"}
	pole := Span{34, 38, "Q36"}
	for _, c := range []struct {
		name  string
		links []Span
		want  PRF
	}{
		{"none", nil, PRF{2, 0, 0}},
		{"whole", []Span{whole, pole}, PRF{2, 2, 2}},
		{"both parts", []Span{denver, colorado}, PRF{2, 1, 1}},
		{"whole and its parts", []Span{whole, denver, colorado}, PRF{2, 1, 1}},
		{"one part is neither right nor wrong", []Span{denver}, PRF{2, 0, 0}},
		{"another identifier", []Span{{34, 38, "Q37"}}, PRF{2, 1, 0}},
		{"another span", []Span{{32, 38, "Q36"}}, PRF{2, 1, 0}},
		{"where nothing is known", []Span{{0, 7, "Q5"}, {42, 45, "Q6"}}, PRF{2, 2, 0}},
		{"outside the annotated part", []Span{{47, 51, "Q585"}}, PRF{2, 0, 0}},
		{"twice", []Span{pole, pole}, PRF{2, 1, 1}},
	} {
		if got := CompareLinks(a, c.links, nil); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	held := func(id string) bool { return id == "Q36" }
	if got, want := CompareLinks(a, []Span{pole, {0, 7, "Q5"}}, held), (PRF{1, 2, 1}); got != want {
		t.Errorf("held: %+v, want %+v", got, want)
	}
	for _, bad := range []string{"{", `{"text": "ab", "evaluation_span": [0, 3]}`, `{"text": "ab", "evaluation_span": [0, 2], "labels": [{"span": [1, 1]}]}`,
		`{"text": "ab", "evaluation_span": [0, 2], "labels": [{"id": 1, "span": [0, 1], "children": [9]}]}`} {
		if _, err := ReadElevant(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: error %v", bad, err)
		}
	}
}
