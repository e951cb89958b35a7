package event

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/extract"
	"kg/schema"
)

// name is a run of words that the gazetteers know.
type name struct {
	first, last int
	state       string
	union       string // UNO or EUR of a body of the United Nations or the European Union, whose state is IGO
	place       bool   // a city or region rather than who acts
	person      bool
}

// code is the state of a name, of the two unions their own code.
func (n *name) code() string { return cmp.Or(n.union, n.state) }

const longestName = 6

// findNames finds the names of the sentence, the longest first where they overlap, in text order.
func (s *sentence) findNames() {
	for i := 0; i < len(s.words); i++ {
		if !capital(s.words[i].Form) && s.words[i].UPOS != "PROPN" &&
			!(article[s.words[i].Form] && i+1 < len(s.words) && s.words[i+1].Begin <= s.words[i].End+1) {
			continue
		}
		end := -1
		var best name
		for k := i; k < len(s.words) && k < i+longestName; k++ {
			if s.words[k].End < s.words[i].Begin || s.words[k].End > len(s.text) {
				break
			}
			full := strings.ReplaceAll(strings.ReplaceAll(s.text[s.words[i].Begin:s.words[k].End], " - ", "-"), " '", "'")
			if n, ok := s.lookup(full); ok && !(n.person && s.partOfName(i, k)) {
				best, end = n, k
			} else if k == i && !capital(full) {
				// "iSrael", "tunisian": names that lost their capital.
				r, size := utf8.DecodeRuneInString(full)
				if n, ok := s.lookup(string(unicode.ToUpper(r)) + lower(full[size:])); ok {
					best, end = n, k
				}
			}
		}
		if w := &s.words[i]; end < 0 && w.UPOS != "PUNCT" && (!strings.HasSuffix(w.NER, "PER") || w.XPOS == "NNPS") {
			if state := s.misspelt(w.Form); state != "" {
				best, end = name{state: state}, i
			}
		}
		if end >= 0 {
			best.first, best.last = i, end
			s.names = append(s.names, best)
			i = end
		}
	}
}

// article are the Arabic articles that begin names: "al-Shabaab".
var article = map[string]bool{"al": true, "el": true, "ash": true, "as": true, "al-": true}

// misspelt returns the state whose name, adjective or people word is but for one letter left out, put in, changed or swapped with the
// next, empty for none or several.
func (s *sentence) misspelt(word string) string {
	if len(word) < 6 || !capital(word) {
		return ""
	}
	state := ""
	for _, n := range s.spellings {
		if n.word[0] != word[0] || !oneSlip(n.word, word) {
			continue
		}
		if state != "" && state != n.state {
			return ""
		}
		state = n.state
	}
	return state
}

// spelling is a name, an adjective or a people of a state, of one word.
type spelling struct{ word, state string }

func spellings(sch *schema.Schema) (list []spelling) {
	for i := range sch.States {
		st := &sch.States[i]
		for _, w := range slices.Concat([]string{st.Name}, st.Adjectives, st.People) {
			if len(w) > 5 && st.ISO3 != "" && !strings.ContainsRune(w, ' ') {
				list = append(list, spelling{w, st.ISO3})
			}
		}
	}
	return list
}

// oneSlip says whether two different words differ by one letter left out, put in or changed, or by two neighbours swapped.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// partOfName says whether words i to k are but a part of somebody's name: "Omar Hassan" of "Omar Hassan Ali".
func (s *sentence) partOfName(i, k int) bool {
	if next := k + 1; next < len(s.words) && s.words[next].UPOS == "PROPN" && s.words[next].XPOS != "NNPS" &&
		(s.words[next].Deprel == "flat" || s.words[k].Deprel == "compound" && s.words[k].Head == next) {
		return true
	}
	if i == k && strings.HasSuffix(s.words[i].NER, "-PER") && i+1 < len(s.words) && s.words[i+1].NER == "I-PER" {
		return true // "Kamal" of "Jam Kamal Khan"
	}
	if i == k && i > 0 && s.words[i].Deprel == "flat" && s.words[i-1].UPOS == "PROPN" {
		// A last name alone: its bearer is known by another first name only where the table has no full name of his.
		full := lower(s.words[i-1].Form + " " + s.words[i].Form)
		_, ok := s.events.Actor(full)
		return !ok && s.words[i].Head == i-1 && s.firstName(i-1)
	}
	return false
}

// firstName says whether the name that begins at i has nothing but titles before it.
func (s *sentence) firstName(i int) bool {
	return i == 0 || s.words[i-1].UPOS != "PROPN" || s.events.AgentRole(lower(s.words[i-1].Form)) != ""
}

func capital(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// lookup returns what a name as it is written acts for.
func (s *sentence) lookup(full string) (name, bool) {
	for _, n := range s.schema.Lookup(full) {
		switch n.Kind {
		case schema.OrganizationName:
			if n.Type == "InternationalOrganization" {
				a, _ := s.events.Actor(n.Label)
				return withUnion(name{state: cmp.Or(a.State, "IGO")}), true
			}
		default:
			if st := s.schema.StateNamed(n.State); st != nil && st.ISO3 != "" {
				return name{state: st.ISO3, place: n.Kind == schema.PlaceName || n.Kind == schema.Capital}, true
			}
		}
	}
	if a, ok := s.events.Actor(strings.ToLower(full)); ok {
		return withUnion(name{state: a.State, place: a.Kind == "place", person: a.Kind == "person"}), true
	}
	if person := s.schema.Person(full); person != "" {
		if a, ok := s.events.Actor(strings.ToLower(person)); ok {
			return withUnion(name{state: a.State}), true
		}
	}
	if len(full) < 4 || strings.ContainsAny(full[len(full)-1:], ",;:()\"") {
		return name{}, false // "Ho", "Wa": what looks like a small town is mostly part of something else
	}
	for _, b := range s.schema.Gazetteer().Find(full) {
		st := s.schema.StateNamed(b.State)
		if st == nil || st.ISO3 == "" || b.Common || b.Alias && len(full) < 5 {
			continue
		}
		switch {
		case s.schema.IsA(b.Type, "Place") && b.Prominence > 3, b.Own:
			return name{state: st.ISO3, place: s.schema.IsA(b.Type, "Place")}, true
		case b.Type == "PublicBody", b.Type == "Organization":
			return name{state: st.ISO3}, true
		}
	}
	return name{}, false
}

// withUnion moves the codes of the two unions where they are kept.
func withUnion(n name) name {
	if n.state == "UNO" || n.state == "EUR" {
		n.union, n.state = n.state, "IGO"
	}
	return n
}

// actors returns who argument a names: one actor, or each of a list. Known says that the state of at least one of them is known.
func (s *sentence) actors(a *extract.Argument) (list []Actor, known bool) {
	if a.Head < 0 || len(a.Words) == 0 {
		return nil, false
	}
	heads := []int{a.Head}
	for at := 0; at < len(heads); at++ {
		for _, k := range s.kids[heads[at]] {
			if s.words[k].Deprel == "conj" && slices.Contains(a.Words, k) {
				heads = append(heads, k)
			}
		}
	}
	slices.Sort(heads)
	for n, h := range heads {
		words := a.Minimal.Words
		if len(heads) > 1 {
			words = s.part(a.Words, h)
		}
		actor := Actor{Words: words, Text: s.join(words), State: s.stateOf(h, a.Words), Role: s.roleOf(h)}
		if actor.State == "" && n > 0 && list[0].State == "" && len(list) == 1 {
			// "French and Egyptian warships" comes as one phrase; what is unknown twice is one actor.
			continue
		}
		known = known || actor.State != ""
		list = append(list, actor)
	}
	if len(list) == 1 && s.words[a.Head].XPOS == "NNS" {
		// "the presidents of Kenya and Uganda"
		for n := range s.names {
			m := &s.names[n]
			if m.first <= a.Head || !slices.Contains(a.Words, m.first) || m.state == list[0].State || list[0].State == "" {
				continue
			}
			w := &s.words[m.last]
			if w.Deprel == "conj" && w.Head >= 0 && s.words[w.Head].Head == a.Head && s.nameAt(w.Head) != nil {
				other := s.named(m)
				other.Role = list[0].Role
				list = append(list, other)
			}
		}
	}
	return append(list, s.adjectives(a)...), known // "Hungarian and Romanian officials" are two sides
}

// part returns the words of the conjunct of h among words.
func (s *sentence) part(words []int, h int) []int {
	var part []int
	var add func(i int)
	add = func(i int) {
		if slices.Contains(words, i) && s.words[i].UPOS != "PUNCT" {
			part = append(part, i)
		}
		for _, k := range s.kids[i] {
			switch universal(s.words[k].Deprel) {
			case "conj", "cc", "acl", "appos", "det", "punct":
			default:
				add(k)
			}
		}
	}
	add(h)
	slices.Sort(part)
	return part
}

// adjectives returns the other states of a phrase whose adjectives are conjoined: the second of "Hungarian and Romanian officials".
func (s *sentence) adjectives(a *extract.Argument) (list []Actor) {
	for _, k := range s.kids[a.Head] {
		if k > a.Head || s.words[k].Deprel != "amod" && s.words[k].Deprel != "compound" {
			continue
		}
		for _, m := range s.joined(k) {
			if n := s.nameAt(m); n != nil && s.nameAt(k) != nil && s.nameAt(k).state != n.state {
				list = append(list, Actor{Words: []int{m}, Text: s.words[m].Form, State: n.state})
			}
		}
	}
	return list
}

// roleOf returns the role of who is named by noun h: of the noun itself, of the nouns before it ("rebel leaders"), of the title
// before a name.
func (s *sentence) roleOf(h int) string {
	if role := s.events.AgentRole(lower(s.words[h].Lemma)); role != "" {
		return role
	}
	if role := s.events.AgentRole(lower(s.words[h].Form)); role != "" {
		return role
	}
	for n := len(s.kids[h]) - 1; n >= 0; n-- {
		switch k := s.kids[h][n]; s.words[k].Deprel {
		case "compound", "nmod:desc", "amod", "flat":
			if role := s.events.AgentRole(lower(s.words[k].Lemma)); role != "" {
				return role
			}
		}
	}
	return ""
}

// joined returns the adjectives that "and" joins to k, as its conjuncts or as a second adjective of its noun.
func (s *sentence) joined(k int) (list []int) {
	for _, m := range s.kids[k] {
		if s.words[m].Deprel == "conj" {
			list = append(list, m)
		}
	}
	for m := k + 1; m < len(s.words) && m <= k+2; m++ {
		if s.words[m].Head == s.words[k].Head && s.words[m].Deprel == s.words[k].Deprel &&
			slices.ContainsFunc(s.kids[m], func(c int) bool { return s.words[c].Deprel == "cc" }) {
			list = append(list, m)
		}
	}
	return list
}

// named returns the state of a name as an actor.
func (s *sentence) named(n *name) Actor {
	words := seq(n.first, n.last+1)
	return Actor{Words: words, Text: s.join(words), State: n.state}
}

func (s *sentence) nameAt(i int) *name {
	for n := range s.names {
		if s.names[n].first <= i && i <= s.names[n].last {
			return &s.names[n]
		}
	}
	return nil
}

// stateOf returns the state of the phrase of head h among words: of the adjectives, possessors and titles before the head, of the
// head itself, of what follows it.
func (s *sentence) stateOf(h int, words []int) string {
	if n := s.nameOf(h, words); n != nil {
		return n.state
	}
	return ""
}

// nameOf returns the name that stateOf takes the state of, nil for none.
func (s *sentence) nameOf(h int, words []int) *name {
	var before, self, after *name
	for n := range s.names {
		m := &s.names[n]
		if !slices.Contains(words, m.first) || !s.inside(m.first, h) {
			continue
		}
		switch {
		case m.first <= h && h <= m.last:
			self = m
		case m.last < h && (before == nil || before.place && !m.place ||
			s.words[before.last].Head != h && s.words[m.last].Head == h):
			before = m // "Qaeda-linked Somali rebels": what belongs to the head itself
		case m.first > h && (after == nil || after.state == "IMG"):
			after = m
		}
	}
	if before != nil && before.state == "IMG" && after != nil && after.state != "IGO" {
		before = after // what a band of several states holds counts to where it is
	}
	switch {
	case before != nil && (self == nil || !before.place):
		return before
	case self != nil:
		return self
	case after != nil:
		return after
	}
	return s.sharedName(h, words)
}

// sharedName returns the name behind the last noun that is joined to h, nil for none: in "home and workplace of the Peruvian
// president" what follows counts to both.
func (s *sentence) sharedName(h int, words []int) *name {
	last := -1
	for i := range s.words {
		if s.words[i].Head == h && s.words[i].Deprel == "conj" && slices.Contains(words, i) && s.words[i].UPOS == "NOUN" {
			last = i
		}
	}
	if last < 0 || s.words[h].UPOS != "NOUN" {
		return nil
	}
	for n := range s.names {
		if m := &s.names[n]; m.first > last && slices.Contains(words, m.first) && s.inside(m.first, last) {
			return m
		}
	}
	return nil
}

// inside says whether word i belongs to the phrase of h rather than to a conjunct of it.
func (s *sentence) inside(i, h int) bool {
	for n := 0; n < len(s.words); n++ {
		if i == h {
			return true
		}
		if i < 0 || s.words[i].Deprel == "conj" && s.words[i].Head == h {
			return false
		}
		i = s.words[i].Head
	}
	return false
}

// sources returns the actors of the subjects of c, pronouns replaced by what they stand for.
func (s *sentence) sources(c *clause) (list []Actor) {
	for i := range c.subjects {
		a := s.meant(c, &c.subjects[i])
		if w := &s.words[c.head]; w.Deprel == "acl" && w.Head == a.Head && !s.animate(a.Head) && s.stateOf(a.Head, a.Words) == "" {
			// "issued a statement demanding": who issued it.
			if main := s.byHead[s.words[a.Head].Head]; main != nil && main != c && len(main.subjects) > 0 {
				a = &main.subjects[0]
			}
		}
		found, _ := s.actors(a)
		if s.eventful([]int{a.Head}) {
			// "Talks between Oslo and Rome collapsed."
			for _, m := range s.modifiers(a.Head) {
				if m.Case == "between" || m.Case == "among" {
					found, _ = s.actors(&m)
				}
			}
		}
		list = append(list, found...)
	}
	if len(list) == 0 && c.passive {
		// "rockets were fired from Gaza": who lives there.
		for i := range c.obliques {
			if a := &c.obliques[i]; a.Case == "from" {
				if from, ok := s.actors(a); ok {
					return from
				}
			}
		}
		// "were killed in Israeli shelling": who shells.
		for i := range c.obliques {
			a := &c.obliques[i]
			if a.Case != "in" && a.Case != "during" || !s.eventful(a.Words) {
				continue
			}
			for n := range s.names {
				if m := &s.names[n]; slices.Contains(a.Words, m.first) && m.last < a.Head && s.words[m.last].Deprel != "conj" {
					return []Actor{s.named(m)}
				}
			}
		}
	}
	return list
}

// eventful says whether there is a noun among words that stands for an event by itself.
func (s *sentence) eventful(words []int) bool {
	return slices.ContainsFunc(words, func(i int) bool {
		return s.events.Noun(lower(s.words[i].Lemma)) != nil
	})
}

func (s *sentence) pronoun(a *extract.Argument) bool {
	return a.Head >= 0 && s.words[a.Head].UPOS == "PRON"
}

// meant returns a or, where it is a pronoun of clause c, what it stands for.
func (s *sentence) meant(c *clause, a *extract.Argument) *extract.Argument {
	if s.pronoun(a) {
		if of := s.antecedent(c, a); of != nil {
			return of
		}
	}
	return a
}

// antecedent returns what the third-person pronoun a of clause c stands for where there is little doubt: who says the clause, else
// the subject of the nearest clause above or before it.
func (s *sentence) antecedent(c *clause, a *extract.Argument) *extract.Argument {
	switch lower(s.words[a.Head].Form) {
	case "it", "they", "he", "she", "them", "him", "her", "itself", "themselves", "himself":
	default:
		return nil
	}
	if c.source != nil && !s.pronoun(c.source) && c.source.Head != a.Head {
		return c.source
	}
	var best *extract.Argument
	for _, o := range s.clauses {
		for i := range o.subjects {
			if p := &o.subjects[i]; !s.pronoun(p) && p.Head < a.Head && (best == nil || p.Head < best.Head) {
				best = p
			}
		}
	}
	return best
}

// targetCases are the prepositions whose nouns may suffer an event, the likeliest first.
var targetCases = strings.Fields("against with to on upon at toward towards for from between of over into about in by")

// targets returns whom the event of c concerns besides its source: the object, the receiver, what prepositions add to verb or
// object; the last resort is any other state that the clause names.
func (s *sentence) targets(c *clause, source []Actor) []Actor {
	var fallback []Actor
	try := func(a *extract.Argument) []Actor {
		a = s.meant(c, a)
		list, known := s.actors(a)
		if len(list) == 0 || sameWords(list, source) {
			return nil
		}
		if known {
			return list
		}
		if fallback == nil && s.animate(a.Head) {
			fallback = list
		}
		return nil
	}
	if v := s.words[c.head].Lemma; v == "share" || v == "discuss" {
		for i := range c.obliques { // "shared evidence of the guilt of Peru with Oslo"
			if c.obliques[i].Case == "with" {
				if list := try(&c.obliques[i]); known(list) {
					return list
				}
			}
		}
	}
	for i := range c.objects {
		if list := try(&c.objects[i]); list != nil {
			for k := i + 1; k < len(c.objects); k++ {
				if more, known := s.actors(&c.objects[k]); known {
					list = append(list, more...)
				}
			}
			return list
		}
	}
	for i := range c.receivers {
		if list := try(&c.receivers[i]); list != nil {
			return list
		}
	}
	cases := s.cases(c)
	for _, form := range targetCases {
		for i := range cases {
			if cases[i].Case == form {
				if list := try(&cases[i]); list != nil {
					return list
				}
			}
		}
	}
	for _, k := range s.kids[c.head] {
		// "opened the border to let grain into Chad"
		if p := s.byHead[k]; p != nil && s.words[k].Deprel == "advcl" && s.words[k].XPOS == "VB" {
			if list := s.targets(p, source); known(list) {
				return list
			} else if fallback == nil {
				fallback = list
			}
		}
	}
	return fallback
}

// cases returns the prepositional phrases of c and of its objects.
func (s *sentence) cases(c *clause) []extract.Argument {
	list := slices.Clone(c.obliques)
	for i := range c.obliques {
		list = append(list, s.modifiers(c.obliques[i].Head)...)
	}
	for i := range c.objects {
		list = append(list, s.modifiers(c.objects[i].Head)...)
	}
	return list
}

// modifiers returns the prepositional phrases that modify noun h.
func (s *sentence) modifiers(h int) (list []extract.Argument) {
	if h < 0 {
		return nil
	}
	for _, k := range s.kids[h] {
		if d := s.words[k].Deprel; d != "nmod" && d != "obl" {
			continue
		}
		a := extract.Argument{Role: extract.Oblique}
		if a.Case, a.CaseWords = s.caseOf(k); a.Case == "" {
			continue
		}
		for _, i := range s.subtree(k) {
			if !slices.Contains(a.CaseWords, i) {
				a.Words = append(a.Words, i)
			}
		}
		a.Head, a.Minimal = k, extract.Phrase{Words: s.part(a.Words, k), Head: k}
		list = append(list, a)
		list = append(list, s.modifiers(k)...)
	}
	return list
}

func sameWords(a, b []Actor) bool {
	for i := range a {
		for j := range b {
			for _, w := range a[i].Words {
				if slices.Contains(b[j].Words, w) {
					return true
				}
			}
		}
	}
	return false
}

// animate says whether word h is or heads a name or a noun for people or bodies.
func (s *sentence) animate(h int) bool {
	if h < 0 {
		return false
	}
	if w := &s.words[h]; w.UPOS == "PROPN" {
		return len(w.NER) < 3 || w.NER[2:] == "PER" || w.NER[2:] == "ORG"
	}
	if s.events.AgentRole(lower(s.words[h].Lemma)) != "" {
		return true
	}
	n, ok := s.schema.Noun(lower(s.words[h].Lemma))
	if !ok {
		n, ok = s.schema.Noun(lower(s.words[h].Form))
	}
	return ok && s.schema.IsA(n.Type, "Actor")
}
