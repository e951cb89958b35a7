package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHighest(t *testing.T) {
	for _, tt := range []struct {
		counts []int
		n      int
		want   []Ref
	}{
		{nil, 3, nil},
		{[]int{0, 2, 0, 5, 2, 1}, 10, []Ref{3, 1, 4, 5}},
		{[]int{0, 2, 0, 5, 2, 1}, 2, []Ref{3, 1}},
		{[]int{9000, 5000, 8000}, 2, []Ref{0, 2}},
	} {
		if d := cmp.Diff(tt.want, Highest(tt.counts, tt.n)); d != "" {
			t.Errorf("%v, %d: %s", tt.counts, tt.n, d)
		}
	}
}
