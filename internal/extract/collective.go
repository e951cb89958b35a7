package extract

import (
	"slices"
	"strings"
)

// What is said of a list as a whole is not said of its members: a line that links two towns links neither alone.

// spokenOfWhole says whether what c says is so of the whole list that begins with oblique k: the figure of "sales rose 3 pct in May and
// June" is that of both months, and nothing is "between Oslo" alone.
func (r *reader) spokenOfWhole(c *clause, k int) bool {
	if _, form := r.caseOf(k); strings.HasSuffix(form, "between") {
		return !(c.passive && len(c.subjects) == 1 && r.isAct(c.subjects[0])) // "talks were held between Peru and Chile": each takes part
	}
	if r.makeUp(c, r.conjuncts(k)) || c.lemma == "range" {
		return true // "ranging from tin and zinc to gold"
	}
	return !slices.ContainsFunc(r.conjuncts(k), func(m int) bool { return !r.temporal(m) }) && (r.measures(c.obliques) || r.measures(c.objects))
}

// collections are what several kinds of things make up together.
var collections = words(`group team panel committee mix mixture combination blend pair sum total series range set delegation package consortium
	basket number average cocktail crew trio quartet portfolio ratio difference merger amalgamation fusion comparison`)

// ofWhole says whether the list that begins with modifier k of noun i is what the noun is of or in as a whole: "a panel of five miners and
// five dealers", "the sum of 5 pct and the base rate", "four plants in Oslo and Lima", "between 3 and 5 mln dlrs".
func (r *reader) ofWhole(i, k int, form string) bool {
	list := r.conjuncts(k)
	if len(list) < 2 || form == "between" {
		return false
	}
	for _, m := range list[1:] {
		if r.either(m) {
			return false
		}
		if cc := r.child(m, "cc"); cc >= 0 && lower(r.Words[cc].Form) == "plus" {
			return true
		}
		if cw, other := r.caseOf(m); len(cw) > 0 && other != form {
			return false
		}
	}
	switch {
	case strings.HasSuffix(form, "between"):
		return true
	case form == "of":
		return collections[lower(r.Words[i].Lemma)] && r.Words[i].XPOS != "NNS"
	case form == "in" || form == "at":
		n := r.child(i, "nummod")
		if n < 0 || r.measured(i) {
			return false
		}
		f := lower(r.Words[n].Form)
		year := len(f) == 4 && (strings.HasPrefix(f, "19") || strings.HasPrefix(f, "20")) // "1986 sales in Oslo and Lima"
		return f != "one" && !year
	}
	return false
}

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
	case len(*subjects) > 1 && r.combined(*subjects):
		*subjects, c.together = r.heads(*subjects), true
	case len(*subjects) > 1 && r.jointSum(c, *subjects):
		*subjects, c.together = r.heads(*subjects), true
	case !c.passive && c.copula < 0 && len(*subjects) > 1 && len(*subjects) < 5 && r.jointly(c, *subjects):
		c.linked, c.linkedAs = *subjects, "with"
		*subjects = (*subjects)[:1]
	case len(c.objects) > 1 && r.makeUp(c, c.objects):
		c.objects, c.together = r.heads(c.objects), true
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

// makeUp says whether list is all that the subject of c consists of: "the fee consists of 2 pct for Lund and 1 pct for Berg". Named members
// are each one of the whole, so that they stay apart.
func (r *reader) makeUp(c *clause, list []int) bool {
	switch c.lemma {
	case "consist", "comprise", "compose", "total":
	default:
		return false
	}
	return !slices.ContainsFunc(list[1:], r.either) &&
		slices.ContainsFunc(list, func(k int) bool { return r.Words[k].UPOS != "PROPN" })
}

// jointSum says whether one sum, no rate, is told for a list of two kinds of one thing that share what stands behind them: "loans and
// advances to firms rose to 5 bln dlrs".
func (r *reader) jointSum(c *clause, subjects []int) bool {
	if len(subjects) != 2 || c.passive || c.copula >= 0 || !moving[c.lemma] && !resulting[c.lemma] || r.either(subjects[1]) {
		return false
	}
	a, b := subjects[0], subjects[1]
	if r.Words[a].XPOS != "NNS" || r.Words[b].XPOS != "NNS" || r.Words[b].Head != a ||
		r.child(a, "det", "nmod:poss", "amod", "compound", "nummod", "cc:preconj") >= 0 ||
		r.child(b, "det", "nmod:poss", "amod", "compound", "nummod") >= 0 || len(r.sharedBehind(b, subjects)) == 0 {
		return false
	}
	return slices.ContainsFunc(slices.Concat(c.objects, c.obliques), func(k int) bool {
		q := r.quantity(k)
		return q != nil && r.measured(k) && q.Unit != "%" && !r.temporal(k)
	})
}

// jointly says whether subjects do together what the verb of c says: "Oslo and Lima work together".
func (r *reader) jointly(c *clause, subjects []int) bool {
	if r.among(c, "with") || r.disjoint(subjects[0], subjects) {
		return false
	}
	return slices.ContainsFunc(c.words, func(k int) bool { return k > c.head && lower(r.Words[k].Form) == "together" })
}

// combined says whether list ends with "combined": "fees and costs combined come to 3 pct".
func (r *reader) combined(list []int) bool {
	for _, k := range list {
		for _, m := range r.kids[k] {
			if f := lower(r.Words[m].Form); m > slices.Max(list) && (f == "combined" || f == "together") && len(r.kids[m]) == 0 {
				return true
			}
		}
	}
	return false
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
