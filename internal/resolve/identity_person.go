package resolve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"kg/schema"
)

// nameParts is a person's name in parts, folded.
type nameParts struct {
	at      int
	given   []string // first and middle names; some may be initials
	last    string
	suffix  string // "jr", "iii"
	titled  bool   // a title was cut off
	single  bool   // a last name alone
	initial bool   // the first name is an initial
}

var generations = set(`jr sr ii iii iv junior senior`)

// particles begin a last name of several words. Some are first names too.
var (
	particles  = set(`de del della di da dos van von der den ten la le al el bin ibn abu ben st saint mac o`)
	firstNames = set(`al ben della mac van`)
)

// honorifics come before names and are no part of them, besides the roles of the schema.
var honorifics = set(`mr mrs ms miss dr sir lord lady dame madame madam monsieur herr prof rev hon sheikh sheik imam ayatollah king
	queen prince princess emperor pope`)

// nicknames are short forms of English first names, and what they are short for.
var nicknames = map[string]string{
	"bill": "william", "billy": "william", "will": "william", "bob": "robert", "bobby": "robert", "rob": "robert", "jim": "james",
	"jimmy": "james", "jamie": "james", "jack": "john", "johnny": "john", "dick": "richard", "rick": "richard", "rich": "richard",
	"mike": "michael", "mick": "michael", "tom": "thomas", "tommy": "thomas", "joe": "joseph",
	"dave": "david", "dan": "daniel", "danny": "daniel", "ed": "edward", "eddie": "edward", "ted": "edward", "ned": "edward",
	"al": "albert", "alex": "alexander", "andy": "andrew", "tony": "anthony", "ben": "benjamin", "charlie": "charles",
	"chuck": "charles", "chris": "christopher", "don": "donald", "doug": "douglas", "frank": "francis", "fred": "frederick",
	"greg": "gregory", "hank": "henry", "harry": "henry", "jeff": "jeffrey", "jerry": "gerald", "jon": "jonathan", "ken": "kenneth",
	"larry": "lawrence", "len": "leonard", "matt": "matthew", "nick": "nicholas", "norm": "norman", "pat": "patrick",
	"pete": "peter", "phil": "philip", "ray": "raymond", "ron": "ronald", "sam": "samuel", "steve": "steven", "stephen": "steven",
	"stu": "stuart", "tim": "timothy", "vince": "vincent", "walt": "walter", "liz": "elizabeth", "beth": "elizabeth", "sue": "susan",
	"kate": "katherine", "kathy": "katherine", "peggy": "margaret", "maggie": "margaret", "jenny": "jennifer", "vic": "victor",
}

func (x *identifier) parts(i int) (p nameParts, ok bool) {
	e := &x.entries[i]
	if e.kind != kindPerson || e.scoped || !e.proper {
		return p, false
	}
	var w []string
	for _, part := range strings.FieldsFunc(e.Label, func(r rune) bool { return r == ' ' || r == ',' }) {
		// "Miller-Day" is one name, "al-Sisi" two, "S.R." are two letters.
		if dot := strings.IndexByte(part, '.'); dot >= 0 && dot < len(part)-1 && len(part) < 7 {
			w = append(w, strings.Fields(fold(strings.ReplaceAll(part, ".", " ")))...)
			continue
		}
		f := strings.Fields(fold(part))
		for len(f) > 1 && arabicArticles[f[0]] {
			f = f[1:]
		}
		if len(f) > 0 {
			w = append(w, strings.Join(f, "-"))
		}
	}
	if len(w) == 0 || len(w) > 6 {
		return p, false
	}
	for n, part := range w {
		if n > 0 && (part == "of" || part == "and" || part == "company") || x.demonymWord(part) && len(w) > 2 {
			return p, false // "Dutch company Akzo", "Hall of Mills" are slips of the model
		}
	}
	p.at = i
	for len(w) > 1 && (honorifics[w[0]] || x.title(w[0])) {
		w, p.titled = w[1:], true
	}
	if n := len(w); n > 1 && generations[w[n-1]] {
		p.suffix, w = w[n-1], w[:n-1]
	}
	begin := len(w) - 1
	for begin > 1 && particles[w[begin-1]] {
		begin--
	}
	if begin == 1 && particles[w[0]] && !firstNames[w[0]] {
		begin = 0
	}
	p.last = strings.Join(w[begin:], " ")
	p.given = w[:begin]
	p.single = len(p.given) == 0
	p.initial = !p.single && utf8.RuneCountInString(p.given[0]) == 1
	return p, utf8.RuneCountInString(p.last) > 2
}

// demonymWord says whether word is the adjective of a state.
func (x *identifier) demonymWord(word string) bool {
	for _, n := range x.schema.Lookup(strings.ToUpper(word[:1]) + word[1:]) {
		if n.Kind == schema.Adjective {
			return true
		}
	}
	return false
}

func (x *identifier) title(word string) bool {
	if _, ok := x.schema.Role(word); ok {
		return len(word) > 3 && word != "bishop" && word != "prince" && word != "major" // names too
	}
	return false
}

// likeGiven says how well the first and middle names of two persons fit: 2 where one has all that the other says, 1 where an
// initial stands for a name or a short form for another, 0 where they are two persons.
func likeGiven(a, b []string) int {
	like := func(p, q string) int {
		switch {
		case p == q:
			return 2
		case utf8.RuneCountInString(p) == 1 && strings.HasPrefix(q, p), utf8.RuneCountInString(q) == 1 && strings.HasPrefix(p, q):
			return 1
		case cmp.Or(nicknames[p], p) == cmp.Or(nicknames[q], q):
			return 1
		}
		return 0
	}
	fit := like(a[0], b[0])
	if fit == 2 && utf8.RuneCountInString(a[0]) == 1 {
		fit = 1 // "J. Berg" and "J. Berg" may be two
	}
	for k := 1; k < len(a) && k < len(b) && fit > 0; k++ {
		if like(a[k], b[k]) == 0 {
			return 0
		}
	}
	return fit
}

// persons merges names of persons: without titles, with initials and middle names, and last names alone.
func (x *identifier) persons() {
	byLast := map[string][]nameParts{}
	var lasts []string
	var all []nameParts
	family := map[string]bool{} // last names that somebody with a first name has
	for i := range x.entries {
		if p, ok := x.parts(i); ok && !x.merged(i) {
			all = append(all, p)
			family[p.last] = family[p.last] || !p.single
		}
	}
	for _, p := range all {
		// "Van Basten" alone is the last name of "Marco van Basten", "Van Morrison" is whole.
		if len(p.given) == 1 && firstNames[p.given[0]] && family[p.given[0]+" "+p.last] {
			p.last, p.given, p.single = p.given[0]+" "+p.last, nil, true
		}
		if byLast[p.last] == nil {
			lasts = append(lasts, p.last)
		}
		byLast[p.last] = append(byLast[p.last], p)
	}
	for _, last := range lasts {
		var full, single []nameParts
		for _, p := range byLast[last] {
			if p.single {
				single = append(single, p)
			} else {
				full = append(full, p)
			}
		}
		x.fullPerson[last] = len(full) > 0
		x.fullNames(full)
		for _, p := range single {
			x.lastName(p, full)
		}
	}
}

// fullNames merges the names of several words that share a last name.
func (x *identifier) fullNames(full []nameParts) {
	// The most complete first, so that others find them.
	slices.SortStableFunc(full, func(a, b nameParts) int {
		p, q := &x.entries[a.at], &x.entries[b.at]
		return cmp.Or(bit(a.initial)-bit(b.initial), bit(a.titled)-bit(b.titled), len(q.Articles)-len(p.Articles),
			compareIRI(p.ID, q.ID))
	})
	for n := 1; n < len(full); n++ {
		p := full[n]
		type choice struct {
			nameParts
			fit     int
			company float64
			shared  []int
		}
		var fits []choice
		for _, q := range full[:n] {
			if x.merged(q.at) || q.suffix != p.suffix && q.suffix != "" && p.suffix != "" {
				continue
			}
			if fit := likeGiven(p.given, q.given); fit > 0 {
				c := choice{nameParts: q, fit: fit}
				c.company, c.shared = x.company(p.at, q.at)
				fits = append(fits, c)
			}
		}
		if len(fits) == 0 {
			continue
		}
		slices.SortStableFunc(fits, func(a, b choice) int {
			return cmp.Or(b.fit-a.fit, cmp.Compare(b.company, a.company))
		})
		best := fits[0]
		score := .9
		switch {
		case best.fit == 1 && (p.initial || best.initial):
			score = .62 + min(.25, 2*best.company)
		case best.fit == 1:
			score = .7 + min(.2, best.company)
		}
		if len(fits) > 1 && fits[1].fit == best.fit && (p.initial || likeGiven(fits[1].given, best.given) == 0) {
			score -= .12
			if best.company > 2*fits[1].company+.02 {
				score += .05
			}
		}
		if p.suffix != best.suffix {
			score -= .1
			if x.together(p.at, best.at) > 0 || len(x.entries[best.at].Articles) > 20+5*len(x.entries[p.at].Articles) {
				score -= .3 // father and son: an article has both, or one of them is always called without it
			}
		}
		roles := x.sameRoles(p.at, best.at)
		if len(roles) > 0 {
			score += .06
		}
		rule := ruleFullName
		if p.titled {
			rule = ruleTitle
		}
		e, f := &x.entries[p.at], &x.entries[best.at]
		x.judge(p.at, best.at, rule, min(score, .97), fmt.Sprintf("%s fits %s%s", e.quoted(), f.quoted(), x.evidence(best.shared, roles)))
	}
}

// lastName merges a last name alone with the one person of that name, or the one whose company it keeps.
func (x *identifier) lastName(p nameParts, full []nameParts) {
	e := &x.entries[p.at]
	// The persons of the name, each with all names merged so far.
	var persons []int
	for _, q := range full {
		if r := x.root(q.at); !slices.Contains(persons, r) && x.entries[r].kind == kindPerson {
			persons = append(persons, r)
		}
	}
	if len(persons) == 0 {
		return
	}
	votes := make([]int, len(persons))
	cast := 0
	for _, a := range e.Articles {
		best, second, at := 0., 0., -1
		for k, r := range persons {
			ctx, n := x.contextOf(r)
			sum, told := 0., 0.
			for _, o := range x.articles[a] {
				if w := ctx[o]; w > 0 && int(o) != p.at && int(o) != r {
					sum += w
					told += x.rarity(int(o))
				}
			}
			if n > 0 {
				sum *= (1 - math.Exp(-told/10)) / n
			}
			if sum > best {
				best, second, at = sum, best, k
			} else if sum > second {
				second = sum
			}
		}
		if at >= 0 && best > .15 && best > 1.3*second {
			votes[at]++
			cast++
		}
	}
	best := 0
	for k, r := range persons {
		if votes[k] > votes[best] ||
			votes[k] == votes[best] && len(x.entries[r].Articles) > len(x.entries[persons[best]].Articles) {
			best = k
		}
	}
	r := persons[best]
	similarity, shared := x.company(p.at, r)
	roles := x.sameRoles(p.at, r)
	score := .48
	if len(persons) == 1 {
		score = .6
	}
	if cast > 0 {
		score += .25 * float64(votes[best]) / float64(len(e.Articles)) * float64(votes[best]) / float64(cast)
	}
	score += min(.15, similarity/2)
	if len(roles) > 0 {
		score += .1
	}
	if len(e.Articles) > 5*len(x.entries[r].Articles)+5 {
		score -= .15 // so often named without a first name: probably somebody whose name in full the store never has
	}
	// "Ford" is more often the company.
	for _, k := range x.byFolded[p.last] {
		if c := &x.entries[k]; c.kind != kindPerson && len(c.Articles) > len(e.Articles) {
			score -= .25
			break
		}
	}
	who := "the only person of that last name here"
	if len(persons) > 1 {
		who = fmt.Sprintf("of %d persons of that last name the one whose company fits in %d of %s",
			len(persons), votes[best], articles(len(e.Articles)))
	}
	x.judge(p.at, r, ruleLastName, min(score, .97), fmt.Sprintf("%s: %s is %s%s",
		e.quoted(), x.entries[r].quoted(), who, x.evidence(shared, roles)))
}
