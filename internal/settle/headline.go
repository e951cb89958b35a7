package settle

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
)

// How an event reads in a list: who first, those who are told of most and have names before others, then a verb that agrees with them,
// then whom it concerns, then where: "Russia and Turkey meet in Astana".

// headline is e's label without its time.
func (w *world) headline(e *event) string {
	var text, more string // more goes behind the place
	noun := w.nounOf(e)
	switch {
	case e.series != "" && len(e.nouns) == 0:
		text = w.entity(e.series).Label
	case noun != "" && (e.kind == "CONSULT" && w.nameOf(e) != "" || e.relation == "" ||
		(len(e.agents) == 0 || len(e.patients) == 0) && len(e.participants) < 2):
		text, more = w.nominalHeadline(e, noun)
	case len(e.participants) > 0:
		text = w.mutual(e)
	default:
		text = w.acting(e)
	}
	text = strings.Join(strings.Fields(text), " ")
	if p := w.entity(e.place); p != nil && !mentions(text, p.Label) && !(w.relationID(e) == "visits" && len(e.patients) > 0) {
		text += " in " + p.Label
	}
	if text += more; text == "" {
		text = "event"
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func (w *world) relationID(e *event) string { return strings.TrimPrefix(string(e.relation), "kgo:") }

// nounOf is the noun that names e: its own name, else the longest description; empty where none does.
func (w *world) nounOf(e *event) (noun string) {
	if name := w.nameOf(e); name != "" {
		return name
	}
	for _, n := range e.nouns {
		if x := w.entity(n); x != nil && len(x.Label) > len(noun) {
			noun = x.Label
		}
	}
	return noun
}

// meetings are nouns that say no more than that people met.
var meetings = map[string]bool{"meeting": true, "meetings": true, "talk": true, "talks": true}

// nominalHeadline is that of an event that a noun names: "ASEAN summit", more "(Japan)", "World Bank: meeting of executive board".
func (w *world) nominalHeadline(e *event, noun string) (text, more string) {
	others := slices.DeleteFunc(w.ranked(e, e.everybody()), func(id graph.IRI) bool { return mentions(noun, w.entity(id).Label) })
	switch {
	case len(others) == 0:
		return noun, ""
	case w.nameOf(e) != "":
		return noun, " (" + w.list(others) + ")"
	case meetings[strings.ToLower(noun)] && (len(others) > 1 || w.plural(others[0])):
		return w.list(others) + " meet", ""
	}
	return w.list(others) + ": " + noun, ""
}

// mutual is the headline of what several do with each other.
func (w *world) mutual(e *event) string {
	who := w.ranked(e, e.everybody())
	verb, prep := w.verbOf(e)
	oneSided := func() bool { rel := w.relation(e.relation); return rel != nil && !rel.Symmetric }
	switch {
	case len(who) == 0:
		return verb
	case len(who) > 1 && oneSided(): // of a noun, "Tillerson's visit to Kyiv": nobody goes to a person who is where he is
		slices.SortStableFunc(who, func(a, b graph.IRI) int {
			place := func(id graph.IRI) int {
				if w.isA(id, "Place") || w.isA(id, "State") {
					return 1
				}
				return 0
			}
			return place(a) - place(b)
		})
		return strings.Join([]string{w.list(who[:1]), e.agree(verb, w.plural(who[0])), prep, w.list(who[1:])}, " ")
	case len(who) == 1:
		return w.list(who) + " " + e.agree(verb, w.plural(who[0]))
	case len(who) == 2 && w.named(who[0]) && !w.named(who[1]): // "the minister meets journalists"
		return strings.Join([]string{w.list(who[:1]), e.agree(verb, w.plural(who[0])), prep, w.list(who[1:])}, " ")
	}
	return w.list(who) + " " + e.agree(verb, true)
}

// acting is the headline of what some do to others.
func (w *world) acting(e *event) string {
	agents, patients := w.ranked(e, e.agents), w.ranked(e, e.patients)
	verb, prep := w.verbOf(e)
	object, after := w.list(patients), ""
	if object == "" {
		object = w.literalOf(e)
	}
	switch w.relationID(e) {
	case "visits":
		if object == "" {
			verb = "travels"
		}
	case "designatesTerrorist":
		verb, prep, after = "designates", "", "as terrorist"
	case "resigns":
		prep = "from"
		if len(patients) > 0 && w.isA(patients[0], "Position") {
			prep = "as"
		}
	case "mobilizes":
		if len(patients) > 0 && (w.isA(patients[0], "Place") || w.isA(patients[0], "State") || w.isA(patients[0], "Zone")) {
			prep = "in"
		}
	}
	if object == "" {
		prep, after = "", ""
	}
	if len(agents) == 0 {
		return strings.Join([]string{verb, prep, object, after}, " ")
	}
	return strings.Join([]string{w.list(agents), e.agree(verb, len(agents) > 1 || w.plural(agents[0])), prep, object, after}, " ")
}

// verbOf is the verb of e's relation in the third person, and the preposition behind it.
func (w *world) verbOf(e *event) (verb, prep string) {
	rel := w.relation(e.relation)
	if rel == nil {
		return "meets", ""
	}
	words := strings.Fields(rel.Label)
	if n := len(words); n > 1 && preposition[words[n-1]] {
		return strings.Join(words[:n-1], " "), words[n-1]
	}
	return rel.Label, ""
}

// maxLiteral is how many bytes of a phrase that is no thing a headline may have.
const maxLiteral = 48

// literalOf is the first phrase that a claim has for what is done to, cut between words.
func (w *world) literalOf(e *event) string {
	for _, c := range e.claims {
		o := strings.Join(strings.Fields(w.Claims[c].Object.Literal), " ")
		if o == "" || w.Claims[c].Predicate != e.relation {
			continue
		}
		if len(o) > maxLiteral {
			o = o[:maxLiteral]
			if i := strings.LastIndexByte(o, ' '); i > 0 {
				o = o[:i]
			}
			o = strings.ToValidUTF8(o, "") + " …"
		}
		return o
	}
	return ""
}

// ranked sorts who takes part for readers: who has a name first, then whom most claims tell of. Where some have names, the others, who
// say little beside them ("soldiers"), are left out.
func (w *world) ranked(e *event, ids []graph.IRI) []graph.IRI {
	told := map[graph.IRI]int{}
	for _, c := range e.claims {
		told[w.Claims[c].Subject] += 2
		told[w.Claims[c].Object.Entity]++
	}
	list := slices.DeleteFunc(slices.Clone(ids), func(id graph.IRI) bool { return w.entity(id) == nil })
	if some := slices.DeleteFunc(slices.Clone(list), func(id graph.IRI) bool { return !w.named(id) }); len(some) > 1 ||
		len(some) == 1 && len(e.participants) == 0 {
		list = some
	}
	rank := func(id graph.IRI) int {
		if w.named(id) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b graph.IRI) int {
		return cmp.Or(rank(a)-rank(b), told[b]-told[a], strings.Compare(string(a), string(b)))
	})
	seen := map[string]bool{} // "police officers" of two articles
	return slices.DeleteFunc(list, func(id graph.IRI) bool {
		label := w.entity(id).Label
		again := seen[label]
		seen[label] = true
		return again
	})
}

// list is "A", "A and B", "A, B and C", "A, B, C and others".
func (w *world) list(ids []graph.IRI) string {
	var names []string
	for i, id := range ids {
		if i == 3 && len(ids) > 4 {
			names = append(names, "others")
			break
		}
		names = append(names, w.entity(id).Label)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// mentions says whether a text has a name as words of its own.
func mentions(text, name string) bool {
	i := strings.Index(text, name)
	if i < 0 || name == "" {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+len(name):])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// pluralNouns end in no s.
var pluralNouns = map[string]bool{"people": true, "police": true, "men": true, "women": true, "children": true, "media": true,
	"policemen": true, "fishermen": true, "servicemen": true, "businessmen": true, "gunmen": true, "militiamen": true, "clergy": true,
	"lawmen": true, "congressmen": true, "spokesmen": true, "troops": true, "cattle": true}

// singularNouns end in s.
var singularNouns = map[string]bool{"news": true, "series": true, "gas": true, "bus": true, "crisis": true, "congress": true, "press": true,
	"business": true, "analysis": true, "corps": true, "headquarters": true, "consensus": true, "virus": true, "chess": true}

// plural says whether a verb agrees with a thing as with several: "officials", "Syrian government forces", "Houthis", not "Reuters".
func (w *world) plural(id graph.IRI) bool {
	e := w.entity(id)
	words := beforePreposition(strings.Fields(e.Label))
	if len(words) == 0 {
		return false
	}
	head := words[len(words)-1]
	group := w.isA(id, "Group") && !w.isA(id, "Organization") || w.isA(id, "ArmedGroup")
	if group && strings.Contains(e.Label, " and ") {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(head); unicode.IsUpper(first) && !group {
		return false
	}
	head = strings.ToLower(head)
	return pluralNouns[head] || strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") && !strings.HasSuffix(head, "us") &&
		!strings.HasSuffix(head, "is") && !singularNouns[head]
}

// agree puts the first word of a verb, which is in the third person singular, into the plural, or, of what is only planned, into the
// infinitive: "Spain and Peru to meet".
func (e *event) agree(verb string, plural bool) string {
	if !plural && !e.planned {
		return verb
	}
	first, rest, _ := strings.Cut(verb, " ")
	switch {
	case first == "is" && e.planned:
		first = "be"
	case first == "is":
		first = "are"
	case first == "has":
		first = "have"
	case strings.HasSuffix(first, "ies"):
		first = strings.TrimSuffix(first, "ies") + "y"
	case slices.ContainsFunc([]string{"ches", "shes", "sses", "xes", "oes"}, func(end string) bool { return strings.HasSuffix(first, end) }):
		first = strings.TrimSuffix(first, "es")
	default:
		first = strings.TrimSuffix(first, "s")
	}
	if e.planned {
		first = "to " + first
	}
	return strings.TrimSpace(first + " " + rest)
}
