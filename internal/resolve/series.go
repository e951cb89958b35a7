package resolve

import (
	"slices"
	"sort"
	"strings"

	"kg/schema"
)

// seriesAt is a place in the text that names an event of a series by where it meets: "meeting on Syria in Astana".
type seriesAt struct {
	sent, word int
	place      reference
	said       reference // the place as the text has it: a state whose city the article names elsewhere
	state      string    // that the place is in or is, empty where unknown
	class      string    // noun of the series: "talks"
	name       string    // "Astana talks"
	one        bool      // a single event of the series: "the next meeting"
	again      bool      // its words say that there are others: "the next meeting", "a new round of talks", "the Geneva talks"
}

// findSeries notes the event nouns with a place that form a series: one of them says that there are others, or the article comes back
// to them. Talks in a country are those in its city where the article names one.
func (s *run) findSeries() {
	back := map[string]int{} // by class, how often the article goes back to events of it
	for i := range s.doc.Sentences {
		t := s.tree(i)
		for k := range t.Words {
			class := s.seriesClass(t, k)
			if class == "" || s.ownName(t, k) {
				continue
			}
			place, state := s.venue(t, k)
			if place.id == "" {
				if s.goesBack(t, k, class, s.minimal(t, k)) {
					back[class]++
				}
				continue
			}
			lemma := t.lemma(k)
			s.series = append(s.series, seriesAt{sent: i, word: k, place: place, said: place, state: state, class: class,
				again: s.recurs(t, k),
				one:   class == "talks" && lemma != "talk" && lemma != "talks" && t.Words[k].XPOS != "NNS" && t.Words[k].XPOS != "NNPS"})
		}
	}
	cities := map[[2]string]reference{}
	for _, a := range s.series {
		key := [2]string{a.state, a.class}
		if _, ok := cities[key]; !ok && a.place.typ != "State" && a.state != "" {
			cities[key] = a.place
		}
	}
	count, again := map[string]int{}, map[string]bool{} // by name
	for i := range s.series {
		a := &s.series[i]
		if city, ok := cities[[2]string{a.state, a.class}]; ok && a.place.typ == "State" {
			a.place = city
		}
		a.name = s.entities[a.place.id].Label + " " + a.class
		count[a.name]++
		again[a.name] = again[a.name] || a.again
	}
	s.series = slices.DeleteFunc(s.series, func(a seriesAt) bool { return count[a.name]+back[a.class] < 2 && !again[a.name] })
	s.seriesBy = make(map[[2]int]int, len(s.series))
	s.byClass = map[string][]int{}
	for i := range s.series {
		a := &s.series[i]
		s.seriesBy[[2]int{a.sent, a.word}] = i
		s.byClass[a.class] = append(s.byClass[a.class], i)
	}
}

// returning are the adjectives of one event among others of its kind.
var returning = set(`next last previous first second third fourth fifth sixth seventh eighth ninth tenth latest another further
	annual yearly monthly weekly regular biennial quarterly forthcoming upcoming subsequent earlier follow-up ongoing resumed renewed`)

// recurs says whether the words of event noun k tell that there are others of its kind.
func (s *run) recurs(t *tree, k int) bool {
	for _, m := range t.kids[k] {
		switch t.rel(m) {
		case "amod":
			if returning[strings.ToLower(t.Words[m].Form)] {
				return true
			}
		case "compound":
			if p, _ := s.venueName(t, m, true); p.id != "" {
				return true // "the Geneva talks"
			}
		}
	}
	if h := t.Words[k].Head; h >= 0 && t.rel(k) == "nmod" {
		switch t.lemma(h) {
		case "round", "series", "session":
			return true // "a round of talks"
		}
	}
	return false
}

// ownName says whether the event of noun k has a name besides that of a place: "G-20 Summit".
func (s *run) ownName(t *tree, k int) bool {
	for _, m := range t.kids[k] {
		if rel := t.rel(m); (rel == "compound" || rel == "flat" || rel == "amod" && t.Words[k].UPOS == "PROPN") && t.proper(m) {
			if p, _ := s.venueName(t, m, true); p.id == "" {
				return true
			}
		}
	}
	return false
}

// seriesClass returns the noun of the series that events of word k form, empty where k is no such noun.
func (s *run) seriesClass(t *tree, k int) string {
	if t.Words[k].UPOS != "NOUN" && t.Words[k].UPOS != "PROPN" {
		return ""
	}
	form := strings.ToLower(t.Words[k].Form)
	if k > 0 {
		if n, ok := s.schema.Noun(strings.ToLower(t.Words[k-1].Form) + " " + form); ok {
			return n.Series // "news conference" is none
		}
	}
	if n, ok := s.schema.Noun(form); ok {
		return n.Series
	}
	n, _ := s.schema.Noun(t.lemma(k))
	return n.Series
}

// venue returns where the event of noun k takes place, as its own phrase or its verb says.
func (s *run) venue(t *tree, k int) (place reference, state string) {
	for _, m := range t.kids[k] {
		switch t.rel(m) {
		case "compound", "amod", "nmod":
			form := t.caseOf(m)
			direct := t.rel(m) != "nmod" || t.Words[m].Deprel == "nmod:poss"
			if !direct && form != "in" && form != "at" {
				// A parser may hang the place on the topic: "meeting on Syria in Astana".
				if form == "on" || form == "about" || form == "over" {
					for _, l := range t.kids[m] {
						if c := t.caseOf(l); t.rel(l) == "nmod" && c == "in" && t.proper(m) {
							if p, st := s.venueName(t, l, false); p.id != "" && st != s.stateOf(t.Words[m].Form) {
								return p, st
							}
						}
					}
				}
				continue
			}
			if direct && t.Words[m].Deprel == "amod" {
				continue // "Syrian talks" are about Syria
			}
			if p, st := s.venueName(t, m, direct); p.id != "" {
				return p, st
			}
		}
	}
	// "talks were held in Astana", "they held talks in Astana"
	h := t.Words[k].Head
	if h < 0 || !holding[t.lemma(h)] {
		return reference{}, ""
	}
	switch t.Words[k].Deprel {
	case "nsubj", "nsubj:pass", "obj":
	default:
		return reference{}, ""
	}
	for _, m := range t.kids[h] {
		if c := t.caseOf(m); t.rel(m) == "obl" && c == "in" {
			if p, st := s.venueName(t, m, false); p.id != "" {
				return p, st
			}
		}
	}
	return reference{}, ""
}

// holding verbs say of an event that it takes place.
var holding = set(`hold take occur happen begin start open convene resume continue end host conduct conclude attend schedule launch`)

// venueName returns the place that nominal m names; before a noun ("the Geneva talks") only a city will do.
func (s *run) venueName(t *tree, m int, city bool) (reference, string) {
	if t.Words[m].UPOS == "NOUN" && t.lemma(m) == "capital" {
		if state := s.modifierState(t, m); state != "" {
			if st := s.schema.StateNamed(state); st != nil && len(st.Capitals) > 0 {
				f, _ := s.known(st.Capitals[0][0], placed, "")
				return f, state
			}
		}
	}
	if !t.proper(m) {
		return reference{}, ""
	}
	words := []int{m}
	if span, _ := t.nerSpan(m); len(span) > 0 {
		words = t.beforeComma(span, m)
	}
	name := s.text(t, words)
	for _, n := range s.schema.Lookup(name) {
		switch n.Kind {
		case schema.Capital, schema.PlaceName:
			f, ok := s.known(name, placed, "")
			return reference{id: f.id, typ: f.typ}, pick(ok, n.State)
		case schema.StateName:
			if city {
				return reference{}, ""
			}
			return s.state(n.State), n.State
		case schema.Adjective, schema.OrganizationName, schema.People, schema.Seat:
			return reference{}, ""
		}
	}
	if _, ner := t.nerSpan(m); ner == "LOC" {
		f := s.name(t, m, words, placed)
		if s.schema.IsA(f.typ, "Place") {
			return f, ""
		}
	}
	return reference{}, ""
}

func pick(ok bool, v string) string {
	if ok {
		return v
	}
	return ""
}

// seriesOf returns the series or event that the noun at word names with its place.
func (s *run) seriesOf(sent, word int) (seriesAt, bool) {
	i, ok := s.seriesBy[[2]int{sent, word}]
	if !ok {
		return seriesAt{}, false
	}
	return s.series[i], true
}

// seriesRef refers to the series of a, or to the single event of it that the phrase names.
func (s *run) seriesRef(t *tree, sent, head int, words []int, a seriesAt) reference {
	id := s.globalIRI(a.name, "EventSeries")
	s.entity(id, "EventSeries", a.name, "")
	label := s.label(t, s.core(t, head, words))
	f := reference{id: id, typ: "EventSeries"}
	place := s.entities[a.place.id].Label
	if !a.one {
		if label != a.name {
			s.alias(id, label+" in "+place)
			s.alias(id, label+" in "+s.entities[a.said.id].Label)
		}
		return f
	}
	topic := label
	for _, m := range t.kids[head] {
		if c := t.caseOf(m); t.rel(m) == "nmod" && (c == "on" || c == "about") {
			topic = label + " " + c + " " + s.label(t, s.minimal(t, m))
		}
	}
	e := s.scoped(topic+" in "+place, "Meeting")
	s.alias(e.id, topic)
	s.alias(e.id, label)
	s.aside(e.id, draft{sent: sent, rel: "subEventOf", subject: e, object: f, rule: "series", confidence: .6,
		subjectWords: words, objectWords: words})
	return e
}

// goesBack says whether the event noun at head, of a class of series, is a definite one without a place of its own.
func (s *run) goesBack(t *tree, head int, class string, words []int) bool {
	if t.Words[head].XPOS != "NNS" && class == "talks" {
		return false
	}
	definite := false
	for _, m := range t.kids[head] {
		switch t.rel(m) {
		case "det":
			f := strings.ToLower(t.Words[m].Form)
			definite = f == "the" || f == "these" || f == "those"
		case "nmod", "acl":
			if t.Words[m].Deprel == "nmod:poss" || t.caseOf(m) != "of" {
				return false // has a description of its own
			}
		}
	}
	if !definite {
		return false
	}
	for _, k := range words {
		if k != head && t.lemma(k) != "peace" && (t.rel(k) == "compound" || t.proper(k) || s.demonym(t.Words[k].Form)) {
			return false
		}
	}
	return true
}

// nearestSeries refers to the series that a definite noun without a place of its own goes back to: "the peace talks".
func (s *run) nearestSeries(t *tree, sent, head int, words []int) (reference, bool) {
	class := s.seriesClass(t, head)
	if class == "" || !s.goesBack(t, head, class, words) {
		return reference{}, false
	}
	all := s.byClass[class]
	if len(all) == 0 {
		return reference{}, false
	}
	// The last one up to the end of this sentence, else the first one after it.
	best := all[0]
	if n := sort.Search(len(all), func(i int) bool { return s.series[all[i]].sent > sent }); n > 0 {
		best = all[n-1]
	}
	a := s.series[best]
	id := s.globalIRI(a.name, "EventSeries")
	s.entity(id, "EventSeries", a.name, "")
	return reference{id: id, typ: "EventSeries"}, true
}
