package nlp

import (
	"slices"
	"testing"
)

// TestAlternatives: each alternative of a sentence is another tree over its words, no two are the same, the likeliest comes first, and
// what may hang in two places has one for the other place.
func TestAlternatives(t *testing.T) {
	a, err := NewAnnotator(Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := a.Annotate("The minister saw the delegate with the telescope. The firm, which dealers say is selling ships to rivals in Oslo, " +
		"expects losses to fall and orders from the navy to rise. It rained. Stop!")
	seen := 0
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		share := float32(1)
		for k, alt := range s.Alternatives {
			seen++
			if alt.Share < leastDoubt || alt.Share > share {
				t.Errorf("sentence %d: share %v behind %v", i, alt.Share, share)
			}
			share = alt.Share
			heads := make([]int, len(s.Words))
			for w := range heads {
				heads[w] = s.Words[w].Head
			}
			for _, arc := range alt.Arcs {
				if was := s.Words[arc.Word]; was.Head == arc.Head && was.Deprel == arc.Deprel {
					t.Errorf("sentence %d: the arc of %q is no other", i, was.Form)
				}
				heads[arc.Word] = arc.Head
			}
			roots := 0
			for _, h := range heads {
				if h < 0 {
					roots++
				}
			}
			if len(alt.Arcs) == 0 || roots != 1 || !new(treeScratch).isTree(heads) {
				t.Errorf("sentence %d: no tree with one root: %+v", i, alt)
			}
			for _, other := range s.Alternatives[:k] {
				if slices.Equal(other.Arcs, alt.Arcs) {
					t.Errorf("sentence %d: twice %+v", i, alt)
				}
			}
		}
	}
	s := &doc.Sentences[0]
	telescope := len(s.Words) - 2
	if !slices.ContainsFunc(s.Alternatives, func(alt Alternative) bool { return alt.Arcs[0].Word == telescope }) {
		t.Errorf("no doubt where %q hangs: %+v", s.Words[telescope].Form, s.Alternatives)
	}
	if seen < 5 {
		t.Errorf("%d alternatives", seen)
	}
}
