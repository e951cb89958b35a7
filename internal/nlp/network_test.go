package nlp

import (
	"math"
	"testing"
)

func TestSoftmaxAt(t *testing.T) {
	if p := softmaxAt([]float32{1, 2, 50, 3}, 3, 2); math.Abs(float64(p)-0.66524) > 1e-4 {
		t.Errorf("share %v, want 0.66524", p)
	}
	if p := softmaxAt([]float32{-1e9, 0, 5, 1e9}, 3, 2); p != 1 {
		t.Errorf("share %v, want 1", p)
	}
}

// TestEntities: tags are decoded as one valid BIO sequence, I-X after B-X or I-X only.
func TestEntities(t *testing.T) {
	tags := []string{"O", "B-PER", "I-PER", "B-ORG", "I-ORG"}
	m := &model{ner: tags, headCols: len(tags)}
	// The best single tags would be O I-PER I-ORG.
	s := &scratch{preds: make([]prediction, 3), heads: []float32{
		3, 2, 9, 0, 0,
		0, 1, 5, 1, 4,
		0, 0, 2, 0, 3,
	}}
	m.entities(s)
	got := [3]string{tags[s.preds[0].ner], tags[s.preds[1].ner], tags[s.preds[2].ner]}
	if want := [3]string{"B-PER", "I-PER", "I-PER"}; got != want {
		t.Errorf("tags %v, want %v", got, want)
	}
}
