package extract

import "slices"

// What is said of a list as a whole is not said of its members: a line that links two towns links neither alone.

// linking verbs bring what is listed as their object together, or hold it apart: the preposition tells each of them from the first.
var linking = map[string]string{"link": "with", "connect": "with", "merge": "with", "combine": "with", "unite": "with", "join": "with",
	"pair": "with", "integrate": "with", "compare": "with", "mix": "with", "blend": "with", "fuse": "with", "consolidate": "with",
	"bring together": "with", "reconcile": "with", "separate": "from", "distinguish": "from"}

// buying verbs hand over all their objects for the sum behind "for".
var buying = words(`buy purchase sell acquire offer pay trade swap exchange issue`)

// gatherLists makes one argument of each list of c that is spoken of as a whole. Of subjects that are linked it leaves
// the first in its place and keeps the others as what that one is linked with.
func (r *reader) gatherLists(c *clause, subjects *[]int) {
	as := linking[c.lemma]
	if as != "" && r.among(c, "to", "with", "into", "from", "as") {
		as = ""
	}
	switch {
	case len(c.attrs) > 1 && c.copula >= 0 && r.listsAll(c):
		c.attrs, c.together = r.heads(c.attrs), true
	case as != "" && !c.passive && len(c.objects) > 1:
		c.objects, c.together = r.heads(c.objects), true
	case as != "" && c.passive && c.agent < 0 && len(*subjects) > 1 && len(*subjects) < 5:
		c.linked, c.linkedAs = *subjects, as
		*subjects = (*subjects)[:1]
	case buying[c.lemma] && len(c.objects) > 1 && r.pricedWhole(c):
		c.objects, c.together = r.heads(c.objects), true
	}
	if len(*subjects) > 1 {
		c.words = slices.DeleteFunc(slices.Clone(c.words), func(k int) bool {
			switch lower(r.Words[k].Form) {
			case "all", "both", "each":
				return k != c.head
			}
			return false
		})
	}
}

// heads returns list without the conjuncts of others in it: a list of one each, whose phrase has the others in it.
func (r *reader) heads(list []int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(k int) bool {
		return r.Words[k].Deprel == "conj" && slices.Contains(list, r.Words[k].Head)
	})
}

// listed returns a with the whole of its list as what names it.
func (r *reader) listed(a Argument) Argument {
	if a.Head >= 0 && r.child(a.Head, "conj") > a.Head && slices.Contains(a.Words, r.child(a.Head, "conj")) {
		a.Minimal = a.Phrase
	}
	return a
}

// others returns the linked things of c but the first.
func (r *reader) others(c *clause) (list []Argument) {
	for n, o := range c.linked {
		if n > 0 {
			a := r.conjunct(o, Oblique, c.linked)
			a.Role, a.Case, a.CaseWords = Oblique, c.linkedAs, nil
			list = append(list, a)
		}
	}
	return list
}

// counted says of each name that the predicate of c counts up that it is one of what the subject names.
func (r *reader) counted(c *clause, f frame) {
	if !c.together || c.copula < 0 || f.polarity != Positive || len(c.attrs) == 0 {
		return
	}
	list := r.conjuncts(c.attrs[0])
	for _, k := range list {
		if r.Words[k].UPOS == "PROPN" {
			r.describe(c.subjects[0], r.conjunct(k, Subject, list), f.status)
		}
	}
}

// listsAll says whether the predicate of c counts up what its plural subject is: "the winners were Peru, Chile and Cuba".
func (r *reader) listsAll(c *clause) bool {
	if len(c.subjects) != 1 {
		return false
	}
	s := c.subjects[0]
	if r.Words[s].XPOS != "NNS" || r.child(s, "det", "nmod:poss", "nummod") < 0 {
		return false
	}
	for _, k := range c.attrs {
		if w := &r.Words[k]; w.UPOS != "PROPN" && (w.UPOS != "NOUN" || w.XPOS == "NNS") || r.either(k) {
			return false
		}
	}
	return true
}

// among says whether c has an oblique with one of prepositions.
func (r *reader) among(c *clause, prepositions ...string) bool {
	for _, k := range c.obliques {
		if _, form := r.caseOf(k); slices.Contains(prepositions, form) {
			return true
		}
	}
	return false
}

// pricedWhole says whether a sum behind "for" is what all objects of c are worth together.
func (r *reader) pricedWhole(c *clause) bool {
	for _, k := range c.obliques {
		if _, form := r.caseOf(k); form == "for" && r.measured(k) {
			return true
		}
	}
	return false
}
