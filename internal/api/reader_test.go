package api

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kg/internal/index"
)

// A part of a list is the same whether all of it is sorted or only that part.
func TestSortClaims(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &index.Index{}
		var claims []index.Ref
		for i := range rapid.IntRange(0, 200).Draw(t, "claims") {
			x.Claims = append(x.Claims, index.Claim{Article: index.Ref(rapid.IntRange(0, 9).Draw(t, "article")), Confidence: float32(rapid.IntRange(0, 3).Draw(t, "confidence")),
				Independent: rapid.IntRange(1, 3).Draw(t, "independent")})
			claims = append(claims, index.Ref(i))
		}
		by := rapid.SampledFrom(append([]string{""}, Orders...)).Draw(t, "by")
		p := Part{Offset: rapid.IntRange(0, 60).Draw(t, "offset"), Limit: rapid.IntRange(1, 20).Draw(t, "limit")}
		all := part(sortClaims(x, claims, by, Part{Offset: 0, Limit: MaxLimit}), p)
		got := part(sortClaims(x, claims, by, p), p)
		if !slices.Equal(all, got) {
			t.Fatalf("%v of %d by %q: %v, want %v", p, len(claims), by, got, all)
		}
		if !slices.IsSorted(claims) {
			t.Fatal("the list that was given is changed")
		}
	})
}
