package resolve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kg/graph"
	"kg/schema"
)

// Identify judges which names of a store mean one thing. It looks at nothing but names, so its judgements do not depend on earlier
// ones nor on the order of articles. Pairs with a score of at least mergeScore are merges, those from candidateScore on candidates
// for a person to judge. Names are compared only where a key brings them together, so that time grows with their number.
func Identify(sch *schema.Schema, names *graph.Names) []graph.Judgement {
	x := newIdentifier(sch, names)
	x.sameNames()
	x.gazetteer()
	x.formerNames()
	x.wordOrder()
	x.legalForms()
	x.acronyms()
	x.persons()
	x.shortForms()
	x.scripts()
	x.slips()
	x.slipsOfType()
	return x.judgements()
}

// IdentityVersion changes with the rules, so that a store is judged anew.
const IdentityVersion = "2"

const (
	mergeScore     = .75
	candidateScore = .5
)

// Rules of judgements.
const (
	ruleSame     = "same name"
	ruleTable    = "known name"
	ruleAcronym  = "acronym"
	ruleFullName = "parts of a name"
	ruleLastName = "last name"
	ruleTitle    = "title"
	ruleShort    = "short form"
	ruleSpelling = "spelling"
	ruleScript   = "transliteration"
	ruleFormer   = "former name"
	ruleType     = "taken for a person"
)

// kind is what a name names, as far as rules care.
type kind uint8

const (
	kindUnknown kind = iota
	kindPerson
	kindOrganization
	kindPlace
	kindState
	kindGroup
	kindEvent
	kindOther
)

// entry is a name with what rules compare.
type entry struct {
	*graph.Name
	at     int // in the list
	kind   kind
	folded string   // letters and digits of the label in lower case without marks, words apart by blanks
	words  []string // of folded
	known  bool     // the gazetteers have it
	scoped bool     // a thing of one article, which goes by no name elsewhere
	proper bool     // written with a capital

	context map[int32]float64 // see contextOf
	norm    float64
}

// pair is a judgement in the making.
type pair struct {
	from, into int // entries
	rule       string
	score      float64
	evidence   string
}

type identifier struct {
	schema  *schema.Schema
	names   *graph.Names
	entries []entry
	byID    map[graph.IRI]int
	// articles holds the entries of each article that tell something of the others.
	articles [][]int32
	pairs    []pair
	byFolded map[string][]int // entries of one folded label
	// fullPerson holds the last names of persons whom an article gives a first name.
	fullPerson map[string]bool
	taken      map[int]int // entry → entry that it is merged into, by an earlier rule
}

// properName says whether a label is written as a name: with a capital, or with one behind particles: "bin Laden", "van der Leyen",
// "al-Assad".
func properName(label string) bool {
	for {
		if first, _ := utf8.DecodeRuneInString(label); unicode.IsUpper(first) {
			return true
		}
		n := strings.IndexAny(label, " -")
		if n < 0 || !particles[label[:n]] && !arabicArticles[label[:n]] {
			return false
		}
		label = label[n+1:]
	}
}

func newIdentifier(sch *schema.Schema, names *graph.Names) *identifier {
	x := &identifier{schema: sch, names: names, entries: make([]entry, len(names.Names)), byID: make(map[graph.IRI]int, len(names.Names)),
		articles: make([][]int32, len(names.Articles)), byFolded: map[string][]int{}, taken: map[int]int{}, fullPerson: map[string]bool{}}
	for i := range names.Names {
		n := &names.Names[i]
		e := &x.entries[i]
		*e = entry{Name: n, at: i, folded: fold(n.Label), scoped: strings.Contains(string(n.ID), "/")}
		e.words = strings.Fields(e.folded)
		e.kind = x.kindOf(n.Types)
		e.proper = properName(strings.TrimPrefix(n.Label, "the "))
		for _, k := range sch.Lookup(n.Label) {
			e.known = e.known || NameIRI(k.Label) == n.ID
		}
		if e.kind == kindState || e.kind == kindPerson && sch.Person(n.Label) == n.Label {
			e.known = true
		}
		x.byID[n.ID] = i
		x.byFolded[e.folded] = append(x.byFolded[e.folded], i)
		for _, a := range n.Articles {
			x.articles[a] = append(x.articles[a], int32(i))
		}
	}
	return x
}

func (x *identifier) kindOf(types []graph.IRI) kind {
	if len(types) == 0 {
		return kindUnknown
	}
	t := local(types[0])
	switch {
	case t == "Thing":
		return kindUnknown
	case t == "State":
		return kindState
	case t == "Group":
		return kindGroup
	case x.schema.IsA(t, "Person"):
		return kindPerson
	case x.schema.IsA(t, "Actor"):
		return kindOrganization
	case x.schema.IsA(t, "Place"):
		return kindPlace
	case x.schema.IsA(t, "Event"):
		return kindEvent
	}
	return kindOther
}

// agree says whether things of the kinds of a and b can be one.
func agree(a, b *entry) bool {
	return a.kind == b.kind || a.kind == kindUnknown || b.kind == kindUnknown
}

// fold writes a name in lower case without marks, points and apostrophes, its words apart by single blanks.
func fold(name string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(unicode.ToLower(r))
		case r == '.', r == '\'', r == '’', r == 'ʼ', unicode.Is(unicode.Mn, r):
		case r == '&':
			b.WriteString(" and")
			blank = true
		default:
			blank = true
		}
	}
	s := british.Replace(b.String())
	for _, article := range []string{"the ", "a "} {
		if len(s) > len(article)+2 {
			s = strings.TrimPrefix(s, article)
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

// british brings spellings of two sides of the Atlantic to one.
var british = strings.NewReplacer("isation", "ization", "defence", "defense", "labour", "labor", "centre", "center",
	"programme", "program", "harbour", "harbor", "aluminium", "aluminum")

// judge notes that from means what into means. The first judgement on a name stands: rules run with the surest first.
func (x *identifier) judge(from, into int, rule string, score float64, evidence string) {
	if from == into || score < candidateScore || x.root(from) == x.root(into) {
		return
	}
	x.pairs = append(x.pairs, pair{from, into, rule, score, evidence})
	if score >= mergeScore {
		if _, ok := x.taken[from]; !ok {
			x.taken[from] = into
		}
	}
}

// root follows merges to their end.
func (x *identifier) root(i int) int {
	for range x.entries {
		next, ok := x.taken[i]
		if !ok {
			return i
		}
		i = next
	}
	return i
}

// merged says whether an earlier rule merges entry i into another.
func (x *identifier) merged(i int) bool {
	_, ok := x.taken[i]
	return ok
}

// free says whether entry i is a proper name that may go by another in other articles, and that no rule has merged yet.
func (x *identifier) free(i int) bool {
	return !x.merged(i) && !x.entries[i].scoped && x.entries[i].proper
}

// alikes is a list of entries that a rule takes for one name, and the one of them to keep.
type alikes struct {
	list []int
	best int
}

// alike brings together the entries of one key, those for which key returns false left out, in the order of the first of each key.
func (x *identifier) alike(key func(i int, e *entry) (string, bool)) (all []alikes) {
	at := map[string]int{}
	for i := range x.entries {
		k, ok := key(i, &x.entries[i])
		if !ok {
			continue
		}
		n, ok := at[k]
		if !ok {
			n = len(all)
			at[k] = n
			all = append(all, alikes{best: i})
		}
		g := &all[n]
		g.list = append(g.list, i)
		if x.better(g.best, i) {
			g.best = i
		}
	}
	return slices.DeleteFunc(all, func(g alikes) bool { return len(g.list) < 2 })
}

// better says whether b is the name to keep of two that mean the same: one of the tables, the one of more articles, the longer.
func (x *identifier) better(a, b int) bool {
	p, q := &x.entries[a], &x.entries[b]
	return cmp.Or(bit(q.known)-bit(p.known), cmp.Compare(len(q.Articles), len(p.Articles)), cmp.Compare(len(q.Label), len(p.Label)),
		strings.Compare(string(p.ID), string(q.ID))) > 0
}

// bit is 1 for true.
func bit(v bool) int {
	if v {
		return 1
	}
	return 0
}

// judgements turns pairs into judgements, sorted.
func (x *identifier) judgements() []graph.Judgement {
	seen := map[[2]int]bool{}
	var list []graph.Judgement
	for _, p := range x.pairs {
		if seen[[2]int{p.from, p.into}] || seen[[2]int{p.into, p.from}] {
			continue
		}
		seen[[2]int{p.from, p.into}] = true
		j := graph.Judgement{Kind: graph.Merge, From: x.entries[p.from].ID, Into: x.entries[p.into].ID, Rule: p.rule,
			Score: math.Round(p.score*100) / 100, Evidence: p.evidence}
		if p.score < mergeScore {
			if x.root(p.from) == x.root(p.into) {
				continue
			}
			j.Kind = graph.Candidate
		}
		list = append(list, j)
	}
	slices.SortFunc(list, func(a, b graph.Judgement) int {
		return cmp.Or(compareIRI(a.From, b.From), compareIRI(a.Into, b.Into))
	})
	return list
}

// maxContext is how many articles of a name are looked at for its company, and how many names of one article.
const maxContext = 60

// contextOf returns the names that stand in the articles of entry i, each with a weight that is the higher the fewer articles it is
// in and the more it is with i.
func (x *identifier) contextOf(i int) (map[int32]float64, float64) {
	e := &x.entries[i]
	if e.context != nil {
		return e.context, e.norm
	}
	e.context = map[int32]float64{}
	step := max(1, len(e.Articles)/maxContext)
	for k := 0; k < len(e.Articles); k += step {
		for _, o := range x.articles[e.Articles[k]] {
			if c := &x.entries[o]; int(o) != i && !c.scoped && c.proper {
				e.context[o]++
			}
		}
	}
	for o, n := range e.context {
		w := (1 + math.Log(n)) * x.rarity(int(o))
		e.context[o] = w
	}
	keys := make([]int32, 0, len(e.context))
	for o := range e.context {
		keys = append(keys, o)
	}
	slices.Sort(keys)
	sum := 0.
	for _, o := range keys { // in order: sums of floats depend on it
		sum += e.context[o] * e.context[o]
	}
	e.norm = math.Sqrt(sum)
	return e.context, e.norm
}

// company compares the names that stand beside a and b: the cosine of their weights, the less the fewer rare names are among
// them, and those that weigh most.
func (x *identifier) company(a, b int) (similarity float64, shared []int) {
	p, pn := x.contextOf(a)
	q, qn := x.contextOf(b)
	if len(p) > len(q) {
		p, q = q, p
	}
	type common struct {
		at int
		w  float64
	}
	var list []common
	for o, w := range p {
		if v, ok := q[o]; ok && int(o) != a && int(o) != b {
			list = append(list, common{int(o), w * v})
		}
	}
	slices.SortFunc(list, func(c, d common) int { return cmp.Or(cmp.Compare(d.w, c.w), c.at-d.at) })
	told := 0.
	for _, c := range list {
		similarity += c.w
		told += x.rarity(c.at)
		if len(shared) < 3 {
			shared = append(shared, c.at)
		}
	}
	if pn*qn == 0 {
		return 0, nil
	}
	return similarity / (pn * qn) * (1 - math.Exp(-told/10)), shared
}

// rarity is how much a name tells of what it stands beside: the logarithm of one in how many articles has it.
func (x *identifier) rarity(i int) float64 {
	return math.Log(float64(len(x.articles)+1) / float64(len(x.entries[i].Articles)))
}

// together counts the articles that name both a and b.
func (x *identifier) together(a, b int) int {
	p, q := x.entries[a].Articles, x.entries[b].Articles
	n := 0
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i] < q[j]:
			i++
		case p[i] > q[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// roles are the relations of a person that tell him from others of his name.
var roles = set(`holdsPosition leads worksFor represents memberOf citizenOf`)

// sameRoles returns what is said alike of two persons.
func (x *identifier) sameRoles(a, b int) []string {
	have := map[graph.Fact]bool{}
	for _, f := range x.entries[a].Facts {
		if roles[local(f.Predicate)] {
			have[f] = true
		}
	}
	var out []string
	for _, f := range x.entries[b].Facts {
		if have[f] {
			name := f.Object
			if i, ok := x.byID[graph.IRI(f.Object)]; ok {
				name = x.entries[i].Label
			}
			out = append(out, name)
		}
	}
	return out
}

// evidence tells what two names share.
func (x *identifier) evidence(shared []int, roles []string) string {
	s := ""
	if len(shared) > 0 {
		s += "; beside both stand " + x.labels(shared)
	}
	if len(roles) > 0 {
		s += "; both are said to be " + strings.Join(roles[:min(3, len(roles))], ", ")
	}
	return s
}

func (x *identifier) labels(list []int) string {
	var out []string
	for _, i := range list {
		out = append(out, x.entries[i].Label)
	}
	return strings.Join(out, ", ")
}

// articles prints a number of them.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}

func (e *entry) quoted() string {
	return fmt.Sprintf("“%s” (%s)", e.Label, articles(len(e.Articles)))
}

// sameNames merges names that differ in case, points, marks and articles only.
func (x *identifier) sameNames() {
	for _, g := range x.alike(func(_ int, e *entry) (string, bool) { return e.folded, e.folded != "" && !e.scoped }) {
		for _, k := range g.list {
			p, q := &x.entries[k], &x.entries[g.best]
			if k == g.best || !sameCase(p, q) {
				continue
			}
			score := .95
			if !agree(p, q) {
				// A person and a place of one name are two things; other kinds are what a model mixes up.
				score = .3
				if p.kind != kindPerson && q.kind != kindPerson && len(p.words) > 1 {
					score = .85
				}
			} else if p.kind != q.kind && len(p.words) == 1 && (p.kind == kindPerson || q.kind == kindPerson) {
				score = .8
			}
			x.judge(k, g.best, ruleSame, score, fmt.Sprintf("%s and %s are written alike but for case, points or marks",
				p.quoted(), q.quoted()))
		}
	}
}

// sameCase keeps "us" from "US": of short names the capitals must agree.
func sameCase(a, b *entry) bool {
	if len(a.words) > 1 {
		return true
	}
	if len(a.folded) > 5 {
		return a.proper == b.proper
	}
	strip := func(s string) string { return strings.ReplaceAll(s, ".", "") }
	return strip(a.Label) == strip(b.Label) || a.proper && b.proper && a.kind == b.kind && a.kind != kindUnknown
}

// gazetteer merges names that the tables have in another spelling.
func (x *identifier) gazetteer() {
	for i := range x.entries {
		e := &x.entries[i]
		at := x.root(i) // what a name means that it is written like means this one too
		if e.scoped || e.known || !e.proper || x.entries[at].known {
			continue
		}
		if e.kind == kindPerson || len(e.words) > 1 {
			if full := x.schema.Person(e.Label); full != "" {
				if k, ok := x.byID[NameIRI(full)]; ok && x.entries[k].kind == kindPerson {
					x.judge(at, k, ruleTable, .9, fmt.Sprintf("%s is a name of %s in the table of persons", e.quoted(), full))
				}
			}
			if x.merged(at) {
				continue
			}
		}
		for _, f := range []string{strings.TrimPrefix(strings.TrimPrefix(e.Label, "the "), "The "),
			strings.ReplaceAll(e.Label, ".", ""), strings.ReplaceAll(e.Label, "-", " ")} {
			if f == e.Label {
				continue
			}
			for _, n := range x.schema.Lookup(f) {
				k, ok := x.byID[NameIRI(n.Label)]
				if !ok || n.Kind == schema.Capital || n.Kind == schema.Seat || n.Kind == schema.Adjective || n.Kind == schema.People {
					continue
				}
				if agree(e, &x.entries[k]) {
					x.judge(at, k, ruleTable, .9, fmt.Sprintf("%s is a name of %s in the tables of states, organisations and places",
						e.quoted(), n.Label))
				}
				break
			}
		}
	}
}

// renamed are cities that news of some years has under another name than news of today.
var renamed = []struct {
	old, now string
	from, to int // years; 0 where the name is older than news, or still in use beside the other
}{
	{"Nur-Sultan", "Astana", 2019, 2022}, {"Akmola", "Astana", 1992, 1998}, {"Tselinograd", "Astana", 1961, 1992},
	{"Alma-Ata", "Almaty", 1921, 0}, {"Frunze", "Bishkek", 1926, 1991}, {"Kiev", "Kyiv", 0, 0},
	{"Kharkov", "Kharkiv", 0, 0}, {"Lvov", "Lviv", 0, 0}, {"Odessa", "Odesa", 0, 0},
	{"Dnepropetrovsk", "Dnipro", 1926, 2016}, {"Leningrad", "St. Petersburg", 1924, 1991},
	{"Saint Petersburg", "St. Petersburg", 0, 0}, {"Gorky", "Nizhny Novgorod", 1932, 1990},
	{"Sverdlovsk", "Yekaterinburg", 1924, 1991}, {"Stalingrad", "Volgograd", 1925, 1961},
	{"Kuybyshev", "Samara", 1935, 1991}, {"Peking", "Beijing", 0, 0}, {"Canton", "Guangzhou", 0, 0},
	{"Saigon", "Ho Chi Minh City", 0, 0}, {"Rangoon", "Yangon", 0, 0}, {"Bombay", "Mumbai", 0, 0},
	{"Madras", "Chennai", 0, 0}, {"Calcutta", "Kolkata", 0, 0}, {"Bangalore", "Bengaluru", 0, 0},
	{"Leopoldville", "Kinshasa", 0, 0}, {"Danzig", "Gdansk", 0, 0}, {"Constantinople", "Istanbul", 0, 0},
}

// formerNames merges the names that a city had. A name that news has before the city bore it is another place.
func (x *identifier) formerNames() {
	byName := map[string]int{}
	for i := range x.entries {
		if e := &x.entries[i]; e.kind == kindPlace && !e.scoped {
			if _, ok := byName[e.folded]; !ok {
				byName[e.folded] = x.root(i)
			}
		}
	}
	for _, r := range renamed {
		i, ok := byName[fold(r.old)]
		k, ok2 := byName[fold(r.now)]
		if !ok || !ok2 {
			continue
		}
		score := .95
		for _, a := range x.entries[i].Articles {
			if t := x.names.Articles[a].Published; r.from > 0 && !t.IsZero() && t.Year() < r.from {
				score = .5
			}
		}
		years := ""
		if r.from > 0 && r.to > 0 {
			years = fmt.Sprintf(" from %d to %d", r.from, r.to)
		}
		x.judge(i, k, ruleFormer, score, fmt.Sprintf("%s was the name of %s%s", x.entries[i].quoted(), x.entries[k].quoted(), years))
	}
}

// slipsOfType merges what is taken for a last name alone with an organisation of that name whose company it keeps, where no person of
// that last name is known by more.
func (x *identifier) slipsOfType() {
	for i := range x.entries {
		e := &x.entries[i]
		if !x.free(i) || e.kind != kindPerson || len(e.words) > 2 || x.fullPerson[e.words[len(e.words)-1]] {
			continue
		}
		for _, k := range x.byFolded[e.folded] {
			o := &x.entries[k]
			if x.merged(k) || o.kind != kindOrganization && o.kind != kindPlace || o.scoped {
				continue
			}
			similarity, shared := x.company(i, k)
			score := .48 + min(.42, 2*similarity)
			x.judge(i, k, ruleType, score, fmt.Sprintf("%s is no known person's last name, and keeps the company of %s%s",
				e.quoted(), o.quoted(), x.evidence(shared, nil)))
			break
		}
	}
}
