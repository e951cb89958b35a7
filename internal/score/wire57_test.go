package score

import (
	"strings"
	"testing"
)

const wire57Gold = `{"page": [{"id": "P 1", "sent": "She, a nurse, met old Ann in Rome.", "tokens": ["She", ",", "a", "nurse"], "tuples": [
 {"arg1": {"words": ["She"], "words_indexes": [0], "decorefed_words": ["Mary", "Ray"], "decorefed_indexes": ["coref", "coref"]},
  "rel": {"words": ["met"], "words_indexes": [5]},
  "arg2": {"words": ["old", "Ann"], "words_indexes": [[6, -1.5], 7], "decorefed_words": ["old", "Ann"],
	"decorefed_indexes": [6, 7]},
  "arg3+": [{"words": ["in", "Rome"], "words_indexes": [8, 9], "decorefed_words": [], "decorefed_indexes": []}]},
 {"arg1": {"words": ["She"], "words_indexes": [0]}, "rel": {"words": ["is"], "words_indexes": ["inf"]},
  "arg2": {"words": ["a", "nurse"], "words_indexes": ["inf", 3]}, "arg3+": []}]}],
 "empty": []}`

func TestWire57ByHand(t *testing.T) {
	names, docs, err := ReadWire57(strings.NewReader(wire57Gold))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(names, " ") != "page empty" || len(docs[0]) != 1 || len(docs[1]) != 0 || len(docs[0][0].Tuples) != 2 {
		t.Fatalf("read %v %+v", names, docs)
	}
	gold := docs[0]
	met, is := &gold[0].Tuples[0], &gold[0].Tuples[1]
	for _, c := range []struct {
		tuple             *Wire57Tuple
		arg1, rel         string
		rest              []string
		precision, recall float64
		ok                bool
	}{
		{met, "She", "met", []string{"old Ann", "in Rome"}, 1, 1, true},
		{met, "Mary Ray", "met", []string{"old Ann"}, 1, 5. / 7, true}, // the name instead of the pronoun: 7 words with it
		{met, "She", "had met", []string{"Ann"}, 3. / 4, 3. / 6, true},
		{met, "She", "met with", []string{"Ann Ann"}, 3. / 5, 3. / 6, true}, // a word of the gold is found once
		{met, "Ann", "met", []string{"She"}, 0, 0, false},
		{met, "She", "met", nil, 0, 0, false},
		{is, "She", "is", []string{"a nurse"}, 1, 1, true},      // what was put in may match
		{is, "She", "is", []string{"nurse"}, 1, 1, true},        // and need not be found
		{is, "She", "was", []string{"a nurse"}, 0, 0, false},    // but its part must match
		{is, "She", "is", []string{"a", "nurse"}, 1, 0.5, true}, // further arguments that the gold has not are ignored
	} {
		p, r, ok := c.tuple.Match(&Extraction{Predicate: c.rel, Args: append([]string{c.arg1}, c.rest...)})
		if ok != c.ok {
			t.Errorf("%s | %s | %q: match %v", c.arg1, c.rel, c.rest, ok)
			continue
		}
		near(t, "precision of "+c.rel, p, c.precision)
		near(t, "recall of "+c.rel, r, c.recall)
	}

	// The first two fit the first tuple, the better one takes it; the third fits none.
	out := [][]Extraction{{
		{Predicate: "had met", Args: []string{"She", "Ann"}, Confidence: 0.8},
		{Predicate: "met", Args: []string{"She", "old Ann", "in Rome"}, Confidence: 0.5},
		{Predicate: "was in", Args: []string{"She", "Rome"}, Confidence: 0.5},
	}}
	curve := Wire57(gold, out)
	if len(curve) != 2 {
		t.Fatalf("curve %+v", curve)
	}
	near(t, "precision of the first", curve[0].Precision, 0.75)
	near(t, "recall of the first", curve[0].Recall, 0.25)
	near(t, "precision", curve.All().Precision, 1./3)
	near(t, "recall", curve.All().Recall, 0.5)
	near(t, "F1", curve.All().F1, 0.4)
}

func TestWire57ReadErrors(t *testing.T) {
	for in, want := range map[string]string{
		`[]`:         "not a JSON object",
		`{"a": [3]}`: "document a",
		`{"a": [{"id": "A 1", "tuples": [{"rel": {"words": ["x"]}}]}]}`: "document a, sentence A 1, tuple 1: 1 words with 0 indexes",
		`{"a": []`: "EOF",
	} {
		if _, _, err := ReadWire57(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("read %s: error %v, want %q", in, err, want)
		}
	}
}
