package index

import (
	"slices"
	"time"

	"kg/graph"
)

// What people judged of claims stands beside the rows, so that one judgement does not ask for a new index.

// Verdict returns what a person judged of a claim (graph.Accept or graph.Reject); ok is false where nobody did.
func (x *Index) Verdict(claim Ref) (j graph.Judgement, ok bool) {
	if x.judged.has(claim) {
		j, ok = x.verdicts[claim]
	}
	return j, ok
}

// Rejected says that a person judged a claim to be wrong. Lists leave it out unless their filter asks for it.
func (x *Index) Rejected(claim Ref) bool { return x.rejected.has(claim) }

func (x *Index) accepted(claim Ref) bool { return x.judged.has(claim) && !x.rejected.has(claim) }

// Standing is how many claims nobody rejected.
func (x *Index) Standing() int { return len(x.Claims) - x.rejected.count() }

// Kept are claims without those that people rejected.
func (x *Index) Kept(claims []Ref) []Ref {
	if x.rejected == nil || !slices.ContainsFunc(claims, x.Rejected) {
		return claims
	}
	return slices.DeleteFunc(slices.Clone(claims), x.Rejected)
}

// Verdicts are the values of Filter.Verdict but for "", which picks all but rejected claims.
var Verdicts = [...]string{"accepted", "rejected", "all"}

// verdictPicks says whether the verdict on a claim is one that the filter picks.
func (x *Index) verdictPicks(f *Filter, claim Ref) bool {
	switch f.Verdict {
	case "":
		return !x.Rejected(claim)
	case "accepted":
		return x.accepted(claim)
	case "rejected":
		return x.Rejected(claim)
	}
	return true
}

// setVerdicts takes the judgements of people; those on names, and on claims that are not there, are left out.
func (x *Index) setVerdicts(people []graph.Judgement) {
	x.verdicts = map[Ref]graph.Judgement{}
	for _, j := range people {
		if r, ok := x.Claim(j.From); ok && j.OnClaim() {
			x.verdicts[r] = j
		}
	}
	x.judge()
}

// judge fills in judged and rejected.
func (x *Index) judge() {
	x.judged = placesOf(len(x.Claims), func(add func(Ref)) {
		for r := range x.verdicts {
			add(r)
		}
	})
	x.rejected = placesOf(len(x.Claims), func(add func(Ref)) {
		for r, j := range x.verdicts {
			if j.Kind == graph.Reject {
				add(r)
			}
		}
	})
}

// Amend notes that judgements of people on claims were all that changed the store, from version before to version after; people are
// all judgements that there are now. Where the index is not of the version before, it is left to be made anew.
func (l *Live) Amend(before, after string, people []graph.Judgement) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index == nil || l.index.Version != before {
		return
	}
	x := *l.index
	x.Version, x.stats = after, nil
	x.setVerdicts(slices.Clone(people))
	l.index, l.at = &x, time.Now()
}
