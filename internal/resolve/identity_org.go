package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// legalForms merges names of companies that differ in their legal form only.
func (x *identifier) legalForms() {
	for _, g := range x.alike(func(i int, e *entry) (string, bool) {
		short, _ := withoutSuffix(e.Label)
		if !x.free(i) || e.kind != kindOrganization || len(x.schema.Lookup(short)) > 0 {
			return "", false
		}
		w := e.words
		for len(w) > 1 && (companySuffixes[w[len(w)-1]] || w[len(w)-1] == "and") {
			w = w[:len(w)-1]
		}
		return strings.Join(w, " "), true
	}) {
		for _, k := range g.list {
			x.judge(k, g.best, ruleShort, .9, fmt.Sprintf("%s and %s differ in the legal form of a company only",
				x.entries[k].quoted(), x.entries[g.best].quoted()))
		}
	}
}

// wordOrder merges "Ministry of Trade" with "Trade Ministry".
func (x *identifier) wordOrder() {
	for _, g := range x.alike(func(i int, e *entry) (string, bool) {
		if !x.free(i) || e.kind != kindOrganization || len(e.words) < 2 || !titleCased(e.Label) {
			return "", false
		}
		w := slices.DeleteFunc(slices.Clone(e.words), func(w string) bool {
			return w == "of" || w == "for" || w == "the" || w == "and" || w == "de" || w == "da"
		})
		slices.Sort(w)
		return strings.Join(w, " "), true
	}) {
		for _, k := range g.list {
			p, q := &x.entries[k], &x.entries[g.best]
			similarity, shared := x.company(k, g.best)
			score := .6
			if len(p.words) > 2 || len(q.words) > 2 {
				score = .76
			}
			x.judge(k, g.best, ruleSame, score+min(.15, similarity), fmt.Sprintf("%s and %s have the same words in another order%s",
				p.quoted(), q.quoted(), x.evidence(shared, nil)))
		}
	}
}

// acronyms merges acronyms with what they stand for: as an article says, or by the first letters of names that stand beside them.
func (x *identifier) acronyms() {
	stated := map[string][]int{}   // acronym → names that an article says it stands for
	initials := map[string][]int{} // first letters → names
	letters := map[string][]int{}  // the same letters in the order of the alphabet: USDA, the U.S. Agriculture Department
	for i := range x.entries {
		e := &x.entries[i]
		if e.scoped || len(e.words) < 2 || e.kind == kindPerson || e.kind == kindPlace {
			continue
		}
		for _, a := range e.Aliases {
			if s := acronym(a); s != "" {
				stated[s] = append(stated[s], i)
			}
		}
		for _, s := range initialsOf(e.Label) {
			if len(s) > 1 && e.proper && titleCased(e.Label) {
				initials[s] = append(initials[s], i)
				if len(s) > 3 {
					letters[sorted(s)] = append(letters[sorted(s)], i)
				}
			}
		}
	}
	for i := range x.entries {
		e := &x.entries[i]
		short := acronym(e.Label)
		if x.merged(i) || e.scoped || e.known || short == "" || e.kind == kindPerson || e.kind == kindState {
			continue
		}
		said := x.roots(stated[short], e)
		if len(said) > 0 {
			best, others := x.closest(i, said)
			score := .9
			if others {
				score = .66
			}
			x.judge(i, best.at, ruleAcronym, score+min(.08, best.company), fmt.Sprintf("an article says that %s stands for %s%s",
				e.quoted(), x.entries[best.at].quoted(), x.evidence(best.shared, nil)))
			continue
		}
		long := x.roots(initials[short], e)
		if len(long) == 0 && len(short) > 3 {
			long = slices.DeleteFunc(x.roots(letters[sorted(short)], e), func(k int) bool { return x.together(i, k) < 3 })
		}
		if len(long) == 0 {
			continue
		}
		best, others := x.closest(i, long)
		score := .42 + min(.3, .1*float64(best.together)) + min(.2, best.company)
		if best.together > 0 {
			score += .1
		}
		if len(short) > 2 {
			score += .1
		}
		if others {
			score -= .15
		}
		if best.together > 0 || best.company > .1 {
			x.judge(i, best.at, ruleAcronym, min(score, .95), fmt.Sprintf("%s are the first letters of %s; named together in %s%s",
				e.quoted(), x.entries[best.at].quoted(), articles(best.together), x.evidence(best.shared, nil)))
		}
	}
}

// titleCased says whether all words of a name but the smallest begin with a capital.
func titleCased(name string) bool {
	for _, w := range strings.Fields(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !small[w] {
			return false
		}
	}
	return true
}

var small = set(`of the and for in on at to de del la le les du des et y e di da van von der den und für`)

// acronym returns name without points where it is one: "I.M.F.".
func acronym(name string) string {
	s := strings.ReplaceAll(name, ".", "")
	if len(s) < 2 || len(s) > 6 || companySuffixes[strings.ToLower(s)] {
		return ""
	}
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return ""
		}
	}
	return s
}

func sorted(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

// initialsOf are the first letters of the capitalised words of a name, of "U.S." both, and of those without its legal form.
func initialsOf(name string) []string {
	short, _ := withoutSuffix(name)
	var out []string
	for _, n := range []string{name, short} {
		s := ""
		for _, w := range strings.FieldsFunc(n, func(r rune) bool { return r == ' ' || r == '-' }) {
			if a := acronym(w); a != "" && strings.Contains(w, ".") {
				s += a
				continue
			}
			for _, r := range w {
				if unicode.IsUpper(r) {
					s += string(r)
				}
				break
			}
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// roots are the entities of list so far that e can be.
func (x *identifier) roots(list []int, e *entry) []int {
	var out []int
	for _, i := range list {
		if r := x.root(i); r != e.at && !slices.Contains(out, r) &&
			(agree(e, &x.entries[r]) || e.kind != kindPerson && e.kind != kindState) {
			out = append(out, r)
		}
	}
	return out
}

// near is how near another name is to one.
type near struct {
	at       int
	company  float64
	shared   []int
	together int
}

// closest returns which of list is nearest to entry i, and whether others come near that.
func (x *identifier) closest(i int, list []int) (best near, others bool) {
	var all []near
	for _, k := range list {
		n := near{at: k, together: x.together(i, k)}
		n.company, n.shared = x.company(i, k)
		all = append(all, n)
	}
	slices.SortStableFunc(all, func(a, b near) int {
		return cmp.Or(b.together-a.together, cmp.Compare(b.company, a.company),
			len(x.entries[b.at].Articles)-len(x.entries[a.at].Articles))
	})
	best = all[0]
	for _, second := range all[1:] {
		if !x.variant(best.at, second.at) {
			return best, best.together < 4*second.together ||
				best.together == 0 && second.together == 0 && best.company < 2*second.company+.02
		}
	}
	return best, false
}

// variant says whether one of two names has all words of the other.
func (x *identifier) variant(a, b int) bool {
	p, q := x.entries[a].words, x.entries[b].words
	if len(p) > len(q) {
		p, q = q, p
	}
	for _, w := range p {
		if !slices.Contains(q, w) {
			return false
		}
	}
	return true
}

// bodyWords behind a company's own name say what it does.
var bodyWords = set(`motor motors bank banks banking group groups holdings holding industries industry international airlines airways
	air lines oil petroleum electric electronics steel brothers bros insurance stores foods chemical chemicals energy systems
	computer computers technologies technology communications resources financial finance partners securities press telecom
	telecommunications associates products pharmaceuticals laboratories labs minerals mining mines metals gas pipeline
	broadcasting publishing newspapers realty properties investments investment capital trust savings services service
	enterprises works manufacturing paper rubber tire tobacco breweries brewing instruments aircraft aerospace aviation shipping
	railway railroad railways and sons corp co company corporation inc ltd plc limited incorporated america usa us of the`)

// unitWords stand in the names of parts of companies.
var unitWords = set(`international acquisition aerospace america american usa us europe european canada canadian uk pacific asia
	services financial credit capital overseas`)

// shortForms merges "Ford" with "Ford Motor Co": the first words of a name of an organisation that stand beside it.
func (x *identifier) shortForms() {
	byFirst := map[string][]int{}
	for i := range x.entries {
		e := &x.entries[i]
		if !x.free(i) || len(e.words) < 2 || e.kind != kindOrganization {
			continue
		}
		byFirst[e.words[0]] = append(byFirst[e.words[0]], i)
	}
	for i := range x.entries {
		e := &x.entries[i]
		if !x.free(i) || e.known || len(e.words) == 0 || len(e.words[0]) < 3 {
			continue
		}
		if e.kind != kindOrganization && e.kind != kindUnknown && e.kind != kindPlace || !x.ownName(e) {
			continue
		}
		var long []int
		for _, k := range byFirst[e.words[0]] {
			l := &x.entries[k]
			if len(l.words) > len(e.words) && titleCased(l.Label) && slices.Equal(l.words[:len(e.words)], e.words) {
				if r := x.root(k); r != i && !slices.Contains(long, r) {
					long = append(long, r)
				}
			}
		}
		if len(long) == 0 {
			continue
		}
		best, others := x.closest(i, long)
		l := &x.entries[best.at]
		plain, unit := true, false
		if len(l.words) > len(e.words) {
			for _, w := range l.words[len(e.words):] {
				plain = plain && bodyWords[w]
				unit = unit || unitWords[w]
			}
		}
		share := float64(best.together) / float64(len(e.Articles))
		score := .4 + min(.2, .05*float64(best.together)) + .15*share + min(.1, best.company)
		if plain {
			score += .15
		}
		if share < .5 && unit {
			score -= .2 // a part of it rather
		} else if share < .3 {
			score -= .1
		}
		if others {
			score -= .2
		} else if len(long) == 1 {
			score += .05
		}
		switch e.kind {
		case kindUnknown:
			score -= .05
		case kindPlace: // as a model takes it
			score -= .15
		}
		if !plain && best.together == 1 || share < .5 && len(e.Articles) > len(l.Articles) {
			score -= .08
		}
		what := "the only organisation here whose name begins so"
		if len(long) > 1 {
			what = fmt.Sprintf("of %d organisations whose name begins so the one most often beside it", len(long))
		}
		x.judge(i, best.at, ruleShort, min(score, .95), fmt.Sprintf("%s: %s is %s, in %s%s",
			e.quoted(), l.quoted(), what, articles(best.together), x.evidence(best.shared, nil)))
	}
}

// ownName says whether the words of e are a name of their own and no common words or places.
func (x *identifier) ownName(e *entry) bool {
	for _, w := range e.words {
		_, noun := x.schema.Noun(w)
		if !noun && !bodyWords[w] && !generic[w] && !x.schema.RoleWord(w) && !offices[w] {
			return len(x.schema.Lookup(e.Label)) == 0
		}
	}
	return false
}
