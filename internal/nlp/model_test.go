package nlp

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// reference is one sentence of testdata/model.ref.json: what the training code computed for it, greedily.
type reference struct {
	Words           []string
	Feat0           [8]int
	Glove0          int32 // line in words.txt from 1 on, 0 for none
	Enc0, Arc0      []float32
	Head, Rel       []int // Head counts from 1, 0 is the root
	UPOS, XPOS, NER []int
}

func newAnnotator(t testing.TB) *Annotator {
	t.Helper()
	a, err := NewAnnotator(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestReference holds the network to the figures that come with the model: every tag, greedy head and relation exact, the
// floats to 1e-2.
func TestReference(t *testing.T) {
	raw, err := os.ReadFile("testdata/model.ref.json")
	if err != nil {
		t.Fatal(err)
	}
	var refs []reference
	if err := json.Unmarshal(raw, &refs); err != nil {
		t.Fatal(err)
	}
	m := newAnnotator(t).model
	var s scratch
	worst := 0.0
	near := func(i int, what string, got, want []float32) {
		for j := range want {
			d := math.Abs(float64(got[j] - want[j]))
			worst = max(worst, d)
			if d > 1e-2 {
				t.Errorf("sentence %d: %s[%d] = %v, want %v", i, what, j, got[j], want[j])
			}
		}
	}
	argmax := func(x []float32, skip int) int {
		best := -1
		for i, v := range x {
			if i != skip && (best < 0 || v > x[best]) {
				best = i
			}
		}
		return best
	}
	for i, ref := range refs {
		rows, glove := m.features(ref.Words[0])
		if rows != ref.Feat0 || glove+1 != ref.Glove0 {
			t.Errorf("sentence %d: features %v, vector %d; want %v, %d", i, rows, glove+1, ref.Feat0, ref.Glove0)
		}
		s.rows = s.rows[:0]
		for _, w := range ref.Words {
			s.rows = append(s.rows, m.wordInput(w))
		}
		m.encode(&s)
		near(i, "encoder output", s.enc, ref.Enc0)
		m.score(&s)
		near(i, "arc score", s.scores, ref.Arc0)
		for j, w := range ref.Words {
			row := s.heads[j*m.headCols:]
			head := argmax(s.scores[j*s.scoreCols:][:len(ref.Words)+1], j+1)
			got := [5]int{
				head, m.relation(&s, j, head-1, false), argmax(row[:len(m.upos)], -1),
				argmax(row[m.atXPOS:m.atXPOS+len(m.xpos)], -1), argmax(row[m.atNER:m.atNER+len(m.ner)], -1),
			}
			want := [5]int{ref.Head[j], ref.Rel[j], ref.UPOS[j], ref.XPOS[j], ref.NER[j]}
			if got != want {
				t.Errorf("sentence %d, word %d %q: head, relation, UPOS, XPOS, entity = %v, want %v", i, j+1, w, got, want)
			}
		}
	}
	t.Logf("%d sentences, largest difference of a float %.2g", len(refs), worst)
}
