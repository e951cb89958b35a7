package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// stance is how a phrase takes part: it decides what a capital stands for.
type stance uint8

const (
	neutral stance = iota
	acting         // as one who acts or is acted with: "Moscow suggested"
	placed         // as where something is: "talks in Moscow"
)

// reference is what a phrase refers to: an entity, a literal, or nothing.
type reference struct {
	id      graph.IRI
	typ     string // node type of an entity
	literal string
	why     string  // the reason where it refers to nothing
	guess   bool    // a pronoun's antecedent, less certain
	sure    float64 // of an antecedent that coreference found: the share of such ones that readers found right
	idle    bool    // a common noun of unknown type that does not look like one for who acts
}

func (f reference) ok() bool { return f.why == "" }

// mention keys the phrases that were resolved before.
type mention struct {
	sent, head, first, last int
	stance                  stance
}

// people are the persons that an article names in full.
type people struct {
	full   map[string]string   // first and last name → the name as first written
	byName map[string][]string // last name or only name → names in full
	first  map[string][]string // first name → names in full
	// at holds the persons of each sentence, with the word of their head.
	at map[int][]personAt
}

type personAt struct {
	word    int
	name    string
	subject bool
}

// survey reads the whole article once before anything is named, so that a name means the same at its first place and at
// its last: full names of persons, explained acronyms, types by majority, the series that its events form.
func (s *run) survey(props []extract.Proposition) {
	s.people = people{map[string]string{}, map[string][]string{}, map[string][]string{}, map[int][]personAt{}}
	votes := map[string]*[4]int{}
	companies := map[string]bool{} // names without their legal form
	for i := range props {
		s.trees[props[i].Sent].Sentence = props[i].Mended
	}
	for i := range s.doc.Sentences {
		t := s.tree(i)
		for k := 0; k < len(t.Words); k++ {
			w := &t.Words[k]
			if w.Form[0] >= utf8.RuneSelf || unicode.IsUpper(rune(w.Form[0])) {
				for _, n := range s.schema.Lookup(w.Form) {
					if n.Kind == schema.StateName || n.Kind == schema.Adjective {
						s.states[n.State] = true
					}
				}
			}
			if nlp.IsShipPrefix(w.Form) {
				end := k + 1
				for end < len(t.Words) && t.Words[end].UPOS == "PROPN" && t.Words[end].Head >= k && t.Words[end].Head < end {
					end++
				}
				if end > k+1 {
					s.ships[s.text(t, through(k+1, end-1))] = s.text(t, through(k, end-1))
				}
			}
			if !strings.HasPrefix(w.NER, "B-") {
				continue
			}
			span, typ := t.nerSpan(k)
			name := s.text(t, span)
			v := votes[name]
			if v == nil {
				v = &[4]int{}
				votes[name] = v
			}
			switch typ {
			case "PER":
				v[0]++
				if _, company := withoutSuffix(name); !company {
					s.person(i, t, span)
				}
			case "ORG":
				v[1]++
				if short, company := withoutSuffix(name); company {
					companies[short] = true
				}
			case "LOC":
				v[2]++
				if t.team(span[0], span[len(span)-1]) {
					s.teams[name] = true
				}
			default:
				v[3]++
			}
			if len(span) > 1 {
				for _, n := range s.schema.Lookup(name) {
					if n.Kind == schema.StateName {
						s.states[n.State] = true
					}
				}
			}
		}
	}
	for name, v := range votes {
		best := 0
		for k, n := range v {
			if n > v[best] {
				best = k
			}
		}
		if _, company := withoutSuffix(name); company || companies[name] {
			best = 1
		}
		s.types[name] = [4]string{"PER", "ORG", "LOC", "MISC"}[best]
	}
	for i := range props {
		p := &props[i]
		if p.Rule != "acronym" || len(p.Args) < 2 {
			continue
		}
		t := s.tree(p.Sent)
		long, short := s.text(t, p.Args[0].Minimal.Words), s.text(t, p.Args[1].Minimal.Words)
		if len(long) < len(short) {
			long, short = short, long
		}
		long = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(long, "'s"), "’s"), "<>[](), ")
		if first, _, _ := strings.Cut(long, " "); nlp.IsShipPrefix(first) {
			s.ships[short] = long // "HMS Larch (F 231)"
		} else if _, ok := s.acronyms[short]; !ok && short != long {
			s.acronyms[short] = long
		}
	}
	s.initialsOfBodies(votes)
	s.published = s.article.Published
	for i := 0; i < min(4, len(s.doc.Sentences)) && s.published.IsZero(); i++ {
		s.published = dateline(s.doc.Sentences[i].Words)
	}
	s.findSenses()
	s.shortFirms(companies)
	s.times = nlp.TimesOf(s.doc, s.published)
	s.findSeries()
}

// shortFirms keeps the names that bodies of the article share with one of its companies, whose full names without their legal form are
// given, or that begin the name of one: Orvin for Orvin Mills Ltd.
func (s *run) shortFirms(companies map[string]bool) {
	for name, typ := range s.types {
		if typ != "ORG" {
			continue
		}
		for full := range companies {
			if full == name || strings.HasPrefix(full, name+" ") {
				s.firms[name] = true
			}
		}
	}
}

// initialsOfBodies takes three capitals and more for the one body of the article that has them as its initials, explained or not: AMC
// beside American Motors Corp. votes counts the types of names: person, organisation.
func (s *run) initialsOfBodies(votes map[string]*[4]int) {
	bodies := map[string][]string{} // initials → names, without their legal form
	for name, v := range votes {
		if v[1] == 0 || s.types[name] != "ORG" || !strings.Contains(name, " ") {
			continue
		}
		short, _ := withoutSuffix(name)
		for _, initials := range initialsOf(name) {
			if !slices.Contains(bodies[initials], short) {
				bodies[initials] = append(bodies[initials], short)
			}
		}
	}
	for name := range votes {
		if len(name) < 3 || acronym(name) != name || s.acronyms[name] != "" || s.schema.Lookup(name) != nil {
			continue
		}
		if of := bodies[name]; len(of) == 1 {
			s.acronyms[name] = of[0]
		}
	}
}

// person notes a name that the model takes for a person's.
func (s *run) person(sent int, t *tree, span []int) {
	span = s.withoutTitles(t, span, span[len(span)-1])
	if len(span) == 0 {
		return
	}
	name := s.personName(t, span)
	if len(s.schema.Lookup(name)) > 0 && !strings.ContainsRune(name, ' ') {
		return // "Turks" is no surname
	}
	head := span[0]
	for _, k := range span {
		if h := t.Words[k].Head; h < span[0] || h > span[len(span)-1] {
			head = k
			break
		}
	}
	s.people.at[sent] = append(s.people.at[sent], personAt{head, name, strings.HasPrefix(t.Words[head].Deprel, "nsubj")})
	first, rest, ok := strings.Cut(name, " ")
	if !ok {
		return
	}
	last := rest[strings.LastIndexByte(rest, ' ')+1:]
	if strings.HasSuffix(last, ".") || len(last) < 2 {
		return
	}
	key := first + " " + last
	if full, ok := s.people.full[key]; ok {
		if sameMiddle(name, full) {
			return
		}
		if key = name; s.people.full[key] != "" {
			return
		}
	}
	s.people.full[key] = name
	for from := rest; ; { // "de Mistura", "Mistura"
		s.people.byName[from] = append(s.people.byName[from], key)
		if up := strings.ToUpper(from[:1]) + from[1:]; up != from {
			s.people.byName[up] = append(s.people.byName[up], key)
		}
		i := strings.IndexByte(from, ' ')
		if i < 0 {
			break
		}
		from = from[i+1:]
	}
	s.people.first[first] = append(s.people.first[first], key)
}

// sameMiddle says whether what stands between the first and the last name of two persons may be of one: no "H.W." and "W.", father and son.
func sameMiddle(name, other string) bool {
	a, b := middleInitials(name), middleInitials(other)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// middleInitials are the first letters of the names between the first and the last: "HW" of "George H.W. Bush".
func middleInitials(name string) string {
	parts := strings.Fields(name)
	var initials strings.Builder
	for n := 1; n < len(parts)-1; n++ {
		for _, part := range strings.Split(parts[n], ".") {
			if r, _ := utf8.DecodeRuneInString(part); unicode.IsUpper(r) {
				initials.WriteRune(r)
			}
		}
	}
	return initials.String()
}

// personName writes a person's name as a text has it, without what a scraper or a wire left in it.
func (s *run) personName(t *tree, span []int) string {
	for n, k := range span {
		if n > 0 && n+3 < len(span) && quoteMark(t.Words[k].Form) && quoteMark(t.Words[span[n+2]].Form) {
			span = slices.Concat(span[:n], span[n+3:]) // the nickname
			break
		}
	}
	name := s.text(t, span)
	if strings.ToUpper(name) == name && len(name) > 4 && strings.ContainsRune(name, ' ') {
		parts := strings.Fields(strings.ToLower(name))
		for i, p := range parts {
			r := []rune(p)
			r[0] = unicode.ToUpper(r[0])
			parts[i] = string(r)
		}
		name = strings.Join(parts, " ")
	}
	return name
}

// withoutTitles returns the part of a person's name that word head is in, without honorifics and roles before it and the
// 's behind it: of "Trump Attorney Marc Kasowitz" either name.
func (s *run) withoutTitles(t *tree, span []int, head int) []int {
	// "Secretary of | State Hanna Berg": the end of an office before the name.
	for len(span) > 1 && span[0] > 0 {
		before, lower := strings.ToLower(t.Words[span[0]-1].Form), strings.ToLower(t.Words[span[0]].Form)
		if lower != "exchequer" && (before != "of" || lower != "state" && !offices[lower]) || before != "of" && before != "the" {
			break
		}
		span = span[1:]
	}
	for n := len(span) - 2; n >= 0; n-- {
		form := strings.ToLower(t.Words[span[n]].Form)
		_, ok := s.schema.Role(form)
		end, long := n+1, form
		for k := n + 1; k < len(span)-1 && k < n+4; k++ { // "Secretary of State"
			long += " " + strings.ToLower(t.Words[span[k]].Form)
			if _, found := s.schema.Role(long); found {
				ok, end = true, k+1
			}
		}
		if ok && end < len(span)-1 && t.Words[span[end]].Form == "of" { // "Secretary of Commerce"
			for end++; end < len(span)-1 && (offices[strings.ToLower(t.Words[span[end]].Form)] || s.schema.RoleWord(strings.ToLower(t.Words[span[end]].Form))); end++ {
			}
		}
		if !ok || form == "st." || n > 0 && (len(form) < 6 && !strings.HasSuffix(form, ".") || form == "prince" ||
			form == "bishop") {
			continue
		}
		if n > 0 && head < span[n] && !services[strings.ToLower(t.Words[span[0]].Form)] {
			span = span[:n]
			n = len(span) - 1
			continue
		}
		span = span[end:]
		break
	}
	for len(span) > 0 && (t.Words[span[len(span)-1]].XPOS == "POS" || t.Words[span[len(span)-1]].UPOS == "PUNCT") {
		span = span[:len(span)-1]
	}
	return span
}

// services come before the ranks of their officers: "Navy Capt. Lund".
var services = set("army navy marine marines air coast police guard")

// capital says whether the capital of word k makes it part of a name: not the first word of its sentence, none of a headline, no
// role.
func (s *run) capital(t *tree, k int) bool {
	form := t.Words[k].Form
	lower := strings.ToLower(form)
	if k == 0 || t.Words[k-1].UPOS == "PUNCT" && t.Words[k-1].Form != "-" || !unicode.IsUpper([]rune(form)[0]) &&
		!ordinal(lower) || generic[lower] || bygone[lower] || s.titleCase(t) {
		return false
	}
	_, role := s.schema.Role(lower)
	return !role && !s.schema.RoleWord(lower)
}

// ordinal says whether form is a number in order: "2nd".
func ordinal(form string) bool {
	return len(form) > 2 && form[0] >= '0' && form[0] <= '9' &&
		(strings.HasSuffix(form, "st") || strings.HasSuffix(form, "nd") || strings.HasSuffix(form, "rd") ||
			strings.HasSuffix(form, "th"))
}

// personRef refers to the person of a name: in full, or a last name that the article gives in full once.
func (s *run) personRef(name string) reference {
	if len(name) == 1 {
		return reference{why: "a letter"}
	}
	full, ambiguous := s.fullName(name)
	if ambiguous {
		return s.scoped(name, "Person")
	}
	id := s.globalIRI(full, "Person")
	item := ""
	if strings.ContainsRune(full, ' ') {
		item = s.item(full, "Person", "")
	}
	s.entity(id, "Person", full, item)
	s.alias(id, name)
	return reference{id: id, typ: "Person"}
}

// fullName returns the name in full of the person that name means in this article.
func (s *run) fullName(name string) (full string, ambiguous bool) {
	first, rest, several := strings.Cut(name, " ")
	known := s.schema.Person(name)
	if several && known != "" {
		return known, false
	}
	if several {
		if keys := s.people.byName[name]; len(keys) == 1 {
			return s.people.full[keys[0]], false
		}
		last := rest[strings.LastIndexByte(rest, ' ')+1:]
		if full, ok := s.people.full[first+" "+last]; ok && sameMiddle(name, full) {
			return full, false
		}
		return name, false
	}
	keys := s.people.byName[name]
	if len(keys) == 0 {
		keys = s.people.first[name]
	}
	switch {
	case len(keys) == 0 && known != "":
		return known, false
	case len(keys) == 0:
		return name, false
	case len(keys) == 1:
		full = s.people.full[keys[0]]
		if k := s.schema.Person(full); k != "" {
			full = k
		}
		if known != "" && known != full {
			return name, true // his wife, or he?
		}
		return full, false
	}
	return name, true
}

// name refers to what a proper name means. words are those of the phrase that carries it, head among them.
func (s *run) name(t *tree, head int, words []int, st stance) reference {
	for len(words) > 1 && (t.Words[words[0]].UPOS == "DET" || t.Words[words[0]].UPOS == "ADP") && words[0] != head {
		words = words[1:]
	}
	for len(words) > 1 && (t.Words[words[len(words)-1]].XPOS == "POS" || t.Words[words[len(words)-1]].UPOS == "PUNCT" ||
		t.Words[words[len(words)-1]].UPOS == "ADP") && words[len(words)-1] != head {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && words[0] != head && !t.proper(words[0]) && t.Words[words[0]].UPOS != "NUM" &&
		unicode.IsLower([]rune(t.Words[words[0]].Form)[0]) && !(t.hyphen(words[0]+1) && words[1] == words[0]+1) {
		words = words[1:]
	}
	words = t.withArticles(s.reach(t, s.joint(t, head, words)))
	if span, _ := t.nerSpan(head); len(span) > len(words) && contains(span, words) &&
		(t.hyphen(words[0]-1) || t.hyphen(words[len(words)-1]+1)) {
		words = span // "Allied-" Lyons
	}
	for n, k := range words {
		// "Ankara of arming rebels" is Ankara.
		if k > head && t.Words[k].UPOS == "ADP" && n+1 < len(words) && !t.proper(words[n+1]) && t.Words[words[n+1]].UPOS != "DET" && !unicode.IsUpper([]rune(t.Words[words[n+1]].Form)[0]) {
			words = words[:n]
			break
		}
	}
	full := s.text(t, words)
	if f, ok := s.namedAfter(t, head, words); ok {
		return f
	}
	if len(s.people.first[full]) > 0 && strings.HasSuffix(t.Words[head].NER, "-PER") {
		return s.personRef(full) // Jordan, of whom the article says that he is Jordan Smith
	}
	if span, _ := t.nerSpan(head); (len(span) < 2 || onlyLegalForm(s.text(t, span))) && onlyLegalForm(full) {
		return reference{why: "a legal form without a name"}
	}
	if f, ok := s.known(full, st, ""); ok {
		if f.typ == "Group" {
			for _, k := range t.kids[head] {
				if k < head && t.rel(k) == "det" && counting[t.lemma(k)] {
					return s.scoped(t.lemma(k)+" "+full, "Group") // "some Serbs"
				}
			}
		}
		return f
	}
	span, ner := t.nerSpan(head)
	if ner == "LOC" {
		if cut := t.beforeComma(span, head); len(cut) < len(span) && len(cut) > 0 {
			return s.placeList(t, span, cut, st)
		}
	}
	if len(span) > 0 {
		name := s.text(t, span)
		if f, ok := s.known(name, st, ner); ok && (len(span) == len(words) || contains(span, words)) {
			return f
		}
		if vote := s.types[name]; vote != "" {
			ner = vote
		}
	}
	for _, n := range s.schema.Lookup(t.Words[words[len(words)-1]].Form) {
		if (n.Kind == schema.People || n.Type == "Group") && len(words) > 1 && (ner != "PER" || t.Words[words[len(words)-1]].Feat("Number") == "Plur") {
			// "Bosnian Serbs", but not "Ana al-Kuwaiti"
			if counting[t.lemma(words[0])] || t.Words[words[0]].UPOS == "NUM" {
				return s.scoped(full, "Group") // "two Serbs"
			}
			id := s.globalIRI(full, "Group")
			s.entity(id, "Group", full, "")
			return reference{id: id, typ: "Group"}
		}
	}
	if ner == "PER" && len(span) == 1 && len(words) > 1 && t.Words[head].XPOS == "NNPS" {
		ner = "" // "Christian Democrats"
	}
	if ner == "PER" {
		if len(span) < len(words) && contains(words, span) && t.flatName(words) {
			span = words // the model broke the name
		}
		cut := s.withoutTitles(t, span, head)
		if len(cut) > 0 && (cut[len(cut)-1] == span[len(span)-1] || t.Words[span[len(span)-1]].XPOS == "POS" || s.types[s.text(t, cut)] == "PER" || len(s.people.byName[s.text(t, cut)]) > 0) {
			return s.personRef(s.personName(t, cut))
		}
		if len(cut) > 0 {
			span, words, ner = cut, cut, "" // "Transport" Minister Sokolov
			if f, ok := s.known(s.text(t, cut), st, ""); ok {
				return f
			}
		}
	}
	if len(words) == 1 && (len(s.people.byName[full]) == 1) {
		return s.personRef(full)
	}
	// The name proper: the entity that the model sees, else the phrase from its first capital on.
	if len(span) > 1 && !contains(span, words) && ner != "MISC" {
		words = s.whole(t, span, words)
	} else if (ner == "ORG" || ner == "LOC") && len(span) > len(words) && t.Words[head].UPOS == "PROPN" && t.flatName(span) && !s.hasRole(t, span) {
		words = span // "First" Interstate
	}
	for len(words) > 1 && words[0] != head && !t.proper(words[0]) && t.Words[words[0]].XPOS != "NNP" &&
		!s.demonym(t.Words[words[0]].Form) && !numberedName(t.Words[words[0]].Form) &&
		(ner == "PER" || !s.capital(t, words[0])) {
		words = words[1:]
	}
	if len(words) > 1 && ner == "" {
		// "President Putin" where the model sees no entity.
		if cut := s.withoutTitles(t, words, words[len(words)-1]); len(cut) > 0 && len(cut) < len(words) && t.capitalized(cut) &&
			(len(cut) > 1 || !nlp.IsTitle(t.Words[cut[0]].Form)) && s.surnamed(t, cut[len(cut)-1]) {
			return s.personRef(s.personName(t, cut))
		}
	}
	label := s.text(t, words)
	if onlyLegalForm(label) {
		return reference{why: "a legal form without a name"}
	}
	if long, ok := s.acronyms[label]; ok {
		if f, ok := s.known(long, st, ""); ok {
			s.alias(f.id, label)
			return f
		}
		if s.shortForThing(label) {
			return s.scoped(long, "Thing")
		}
		id := s.globalIRI(long, "Organization")
		s.entity(id, "Organization", long, "")
		s.alias(id, label)
		return reference{id: id, typ: "Organization"}
	}
	if ship, ok := s.ships[label]; ok {
		id := s.globalIRI(ship, "MilitaryVehicle")
		s.entity(id, "MilitaryVehicle", ship, "")
		s.alias(id, label)
		return reference{id: id, typ: "MilitaryVehicle"}
	}
	typ := s.nameType(t, head, words, ner)
	if typ == "Thing" && len(words) == 2 && t.Words[words[1]].UPOS == "NUM" && formations[t.Words[words[0]].Form] {
		typ = "ArmedGroup"
	}
	if typ == "Thing" && len(words) == 1 && s.types[label] == "PER" {
		return s.personRef(label) // as the model sees it elsewhere in the article
	}
	name := label
	if s.schema.IsA(typ, "Organization") {
		short, company := withoutSuffix(label)
		if company {
			typ = "Company"
			for _, k := range words[:len(words)-1] {
				if t.Words[k].UPOS == "PROPN" {
					name = short // but Fishery Credit Corporation, which has no word of its own
				}
			}
		}
	}
	if n, ok := s.schema.Noun(t.lemma(words[len(words)-1])); ok && n.Series != "" && typ != "Person" {
		typ = "EventSeries"
	}
	congress := name == "Congress" && t.soleCongress(head)
	if congress {
		typ = "PublicBody"
	}
	if (s.schema.IsA(typ, "PublicBody") || typ == "PoliticalParty") && s.commonBody(t, words) {
		// Every state has a Defence Ministry.
		state := s.modifierState(t, head)
		if state == "" {
			state = s.stateOfBody(name) // "the Defence Ministry" after "Russia's Defence Ministry"
		}
		if _, told := s.bodies[name]; state == "" && !told && congress {
			state = s.stateOfCongress()
		}
		if state == "" {
			return s.scoped(name, typ)
		}
		if st := s.schema.StateNamed(state); state == unitedStates {
			name = "US " + name
		} else if st != nil && len(st.Adjectives) > 0 {
			name = st.Adjectives[0] + " " + name
		}
	}
	id := s.globalIRI(name, typ)
	s.entity(id, typ, name, "")
	s.alias(id, label)
	s.alias(id, full)
	s.nationality(t, words, id, typ, name)
	return reference{id: id, typ: typ}
}

// surnamed says whether word k is the end of a name of a person rather than what a person is or works for: no "Parole" Officer, General "Terms".
func (s *run) surnamed(t *tree, k int) bool {
	w := &t.Words[k]
	return w.XPOS != "NNPS" && w.UPOS != "NOUN" && !s.commonNoun(w.Form) && !offices[strings.ToLower(w.Form)]
}

// commonBody says whether the name of a public body has no word of its own: "Defence Ministry", "Parliament".
func (s *run) commonBody(t *tree, words []int) bool {
	for _, k := range words {
		lower := strings.ToLower(t.Words[k].Form)
		if _, ok := s.schema.Noun(lower); ok || s.schema.RoleWord(lower) || offices[lower] {
			continue
		}
		return false
	}
	return true
}

// stateOfBody returns the state whose body of a common name the article speaks of where it names its state, none where there are several.
func (s *run) stateOfBody(name string) string {
	if s.bodies != nil {
		return s.bodies[name]
	}
	s.bodies = map[string]string{}
	for i := range s.doc.Sentences {
		t := s.tree(i)
		for k := range t.Words {
			if t.Words[k].NER != "B-ORG" {
				continue
			}
			body, state := s.bodyOfState(t, k)
			switch before, known := s.bodies[body]; {
			case state == "":
			case !known:
				s.bodies[body] = state
			case before != state:
				s.bodies[body] = ""
			}
		}
	}
	return s.bodies[name]
}

// unitedStates is the state whose bodies news names without saying whose, or as those of the US.
const unitedStates = "United States"

// soleCongress says whether word k is "Congress" without a word that tells which.
func (t *tree) soleCongress(k int) bool {
	return t.Words[k].Form == "Congress" && t.proper(k) && !slices.ContainsFunc(t.kids[k], func(c int) bool {
		return c < k && t.Words[c].UPOS != "PUNCT" && t.rel(c) != "case"
	})
}

// stateOfCongress returns whose "Congress" is where nothing tells: that of the United States, unless the article rather speaks of another
// state that has one.
func (s *run) stateOfCongress() string {
	own, others := 0, 0
	for i := range s.doc.Sentences {
		for k := range s.doc.Sentences[i].Words {
			w := &s.doc.Sentences[i].Words[k]
			if w.Form[0] < 'A' || w.Form[0] > 'Z' {
				continue
			}
			switch st := s.schema.StateNamed(s.stateOf(w.Form)); {
			case st == nil || st.Parliament != "Congress":
			case st.Name == unitedStates:
				own++
			default:
				others++
			}
		}
	}
	if others > own {
		return ""
	}
	return unitedStates
}

// bodyOfState returns the common name of the body whose name begins at word k, and the state that stands beside or in it: "Defence Ministry"
// of Russia for "Russia's Defence Ministry" and "Russian Defence Ministry".
func (s *run) bodyOfState(t *tree, k int) (body, state string) {
	words, _ := t.nerSpan(k)
	state = s.stateOf(t.Words[k].Form)
	if state != "" && len(words) > 1 {
		words = words[1:]
	}
	if !s.commonBody(t, words) {
		return "", ""
	}
	for _, h := range words {
		if state == "" && !slices.Contains(words, t.Words[h].Head) {
			state = s.modifierState(t, h)
		}
	}
	return s.text(t, words), state
}

// offices are words that the bodies of many states have in their names.
var offices = set(`foreign defence defense interior finance justice health education labour labor trade transport energy agriculture
	economy economic planning culture supreme high constitutional national central federal state royal general public civil
	internal external affairs revenue customs upper lower house of and for the commerce industry environment oil petroleum
	information communications social welfare security intelligence statistics statistical reserve military people democratic
	republican labour conservative communist socialist social liberal green christian workers ruling`)

// joint returns words with what is joined to a part of the name of head: "Securities and" Exchange Commission, Ministry of Trade
// "and Industry".
func (s *run) joint(t *tree, head int, words []int) []int {
	if t.Words[head].XPOS != "NNP" {
		return words
	}
	part := func(k int) bool {
		w := &t.Words[k]
		return (w.UPOS == "PROPN" || w.XPOS == "NNP") && s.stateOf(w.Form) == "" && !strings.HasSuffix(w.NER, "PER") &&
			!strings.HasSuffix(w.NER, "LOC")
	}
	// within says whether conjunct k, joined to word h by "and", stands inside the name.
	within := func(h, k int) bool {
		if h >= k || t.rel(k) != "conj" || !part(h) || !part(k) || t.lemma(k-1) != "and" && t.Words[k-1].Form != "&" ||
			!s.bare(t, h, k) {
			return false
		}
		if t.rel(h) == "compound" && t.Words[h].Head == head && k < head {
			return true
		}
		return t.rel(h) == "nmod" && t.Words[h].Head == head && t.caseOf(h) == "of" &&
			offices[strings.ToLower(t.Words[k].Form)] && len(t.kids[k]) == 1
	}
	in := map[int]bool{}
	for _, w := range words {
		in[w] = true
	}
	grown := false
	for _, w := range words {
		if h := t.Words[w].Head; t.rel(w) == "conj" && h >= 0 && !in[h] && within(h, w) {
			for k := h; k < w; k++ {
				in[k] = true
			}
			for _, k := range t.kids[h] {
				if k < h && part(k) && (t.rel(k) == "compound" || t.rel(k) == "amod") {
					in[k] = true
				}
			}
			grown = true
		}
		for _, k := range t.kids[w] {
			if !in[k] && within(w, k) {
				for m := w; m <= k; m++ {
					in[m] = true
				}
				grown = true
			}
		}
	}
	if !grown {
		return words
	}
	out := make([]int, 0, len(in))
	for k := range t.Words {
		if in[k] {
			out = append(out, k)
		}
	}
	return out
}

// bare says whether nothing but names and conjunctions stands between words h and k.
func (s *run) bare(t *tree, h, k int) bool {
	for m := h + 1; m < k; m++ {
		if w := &t.Words[m]; w.UPOS != "PROPN" && w.XPOS != "NNP" && w.UPOS != "CCONJ" && w.Form != "," && w.Form != "&" {
			return false
		}
	}
	return true
}

// reach takes the capitalised words right before a name that hang from it into the name: "West" Germany, "African"
// Development Bank.
func (s *run) reach(t *tree, words []int) []int {
	first, last := words[0], words[len(words)-1]
	for k := first - 1; k >= 0; k-- {
		w := &t.Words[k]
		inside := w.Head >= first && w.Head <= last
		if rel := t.rel(k); !inside || rel != "compound" && rel != "amod" && rel != "flat" || !unicode.IsUpper([]rune(w.Form)[0]) {
			break
		}
		_, role := s.schema.Role(strings.ToLower(w.Form))
		if role || generic[strings.ToLower(w.Form)] || k == 0 && w.UPOS != "PROPN" && !s.demonym(w.Form) || s.titleCase(t) {
			break
		}
		if len(s.schema.Lookup(w.Form)) > 0 && t.Words[last].NER != w.NER && len(w.NER) > 2 && len(t.Words[last].NER) > 2 && w.NER[2:] != t.Words[last].NER[2:] {
			break // "Japan Miyazawa" are two
		}
		words = append([]int{k}, words...)
		first = k
	}
	return words
}

// hasRole says whether a role stands in the words of a name.
func (s *run) hasRole(t *tree, words []int) bool {
	for _, k := range words {
		if _, ok := s.schema.Role(strings.ToLower(t.Words[k].Form)); ok {
			return true
		}
	}
	return false
}

// whole returns the entity that the model sees with the rest of its name in words: "African" Development Bank.
func (s *run) whole(t *tree, span, words []int) []int {
	first, last := span[0], span[len(span)-1]
	named := func(k int) bool {
		return t.Words[k].UPOS == "PROPN" || t.Words[k].UPOS == "ADJ" && unicode.IsUpper([]rune(t.Words[k].Form)[0]) ||
			t.Words[k].UPOS == "NOUN" && s.capital(t, k) // "Commodity" Credit Corporation
	}
	and := func(k int) bool { return t.Words[k].UPOS == "CCONJ" && slices.Contains(words, k) }
	for first-1 >= words[0] && (named(first-1) || and(first-1) && first-2 >= words[0] && named(first-2)) {
		first--
	}
	for last+1 <= words[len(words)-1] && t.Words[last+1].UPOS == "PROPN" {
		last++
	}
	return through(first, last)
}

func contains(outer, inner []int) bool {
	return len(inner) > 0 && outer[0] <= inner[0] && outer[len(outer)-1] >= inner[len(inner)-1]
}

// placeList refers to a place of which its name says where it is: "Hamburg, Germany".
func (s *run) placeList(t *tree, span, cut []int, st stance) reference {
	inner := s.place(t, cut, st)
	if rest := span[len(cut):]; cut[0] == span[0] && len(rest) > 1 {
		outer := s.place(t, t.beforeComma(rest[1:], rest[1]), placed)
		s.aside(inner.id, draft{sent: t.index, rel: "locatedIn", subject: inner, object: outer, rule: "place", confidence: .8,
			subjectWords: cut, objectWords: rest[1:]})
	}
	return inner
}

// counting are words for how many or which of a people are meant.
var counting = set(`some many most several few other more fewer such various certain numerous dozen hundred thousand`)

// numberedName says whether form is an ordinal in figures, which belongs to the name that it stands before: "4th Infantry Division".
func numberedName(form string) bool {
	digits := strings.TrimRight(form, "stndrh")
	return len(form)-len(digits) == 2 && strings.Trim(digits, "0123456789") == "" && digits != ""
}

func (s *run) place(t *tree, words []int, st stance) reference {
	name := s.text(t, words)
	if f, ok := s.known(name, st, "LOC"); ok {
		return f
	}
	id := s.globalIRI(name, "Place")
	s.entity(id, "Place", name, "")
	return reference{id: id, typ: "Place"}
}

// nameType is the node type of a name that no gazetteer has.
func (s *run) nameType(t *tree, head int, words []int, ner string) string {
	if len(words) > 1 && nlp.IsShipPrefix(t.Words[words[0]].Form) {
		return "MilitaryVehicle"
	}
	if typ := t.designated(words); typ != "" {
		return typ
	}
	if typ := t.model(words[len(words)-1]); typ != "" {
		return typ
	}
	if n := len(words); n > 1 && ner != "PER" {
		// A noun of two words: "Central Bank" is no company.
		two := strings.ToLower(t.Words[words[n-2]].Form + " " + t.Words[words[n-1]].Form)
		if noun, ok := s.schema.Noun(two); ok && s.schema.IsA(noun.Type, "PublicBody") {
			return noun.Type
		}
	}
	for _, k := range []int{head, words[len(words)-1]} {
		n, ok := s.schema.Noun(strings.ToLower(t.Words[k].Form))
		if !ok {
			n, ok = s.schema.Noun(t.lemma(k))
		}
		if !ok || len(words) == 1 {
			continue
		}
		switch {
		case ner == "LOC" && s.schema.IsA(n.Type, "Place"), ner == "ORG" && s.schema.IsA(n.Type, "Organization"):
			return n.Type
		case ner == "ORG" && s.schema.IsA(n.Type, "Facility"): // "Charing Cross Hospital"
			return "Organization"
		case ner == "MISC" || ner == "":
			// What the model takes for no name at all is rarely a place: "Ordinary Least Squares".
			if n.Type != "Group" && n.Type != "Quantity" && n.Type != "TimeSpan" && n.Type != "Person" &&
				(ner == "MISC" || !s.schema.IsA(n.Type, "Place")) {
				return n.Type
			}
		}
	}
	switch last := strings.ToLower(t.Words[words[len(words)-1]].Form); {
	case ner == "PER":
		return "Person"
	case ner == "ORG" && len(words) > 1 && companyWords[last]:
		return "Company"
	case ner == "ORG" && len(words) > 1 && outletWords[last]:
		return "MediaOutlet"
	case ner == "ORG" && s.firms[s.text(t, words)]:
		return "Company"
	case ner == "ORG":
		return "Organization"
	case ner == "LOC":
		return "Place"
	}
	return "Thing"
}

// formations are what armed forces call bodies that they tell apart by numbers: task forces, brigade combat teams, expeditionary units.
var formations = set(`TF CTF JTF CJTF CTG BCT MEU RCT CSG`)

// companyWords and outletWords end names of companies and of newspapers and broadcasters; they are common nouns of other things.
var (
	companyWords = set(`industries holdings enterprises airways airlines airline motors petroleum resources laboratories pharmaceuticals
		bancorp bancshares bankshares securities realty foods stores breweries mines minerals steel chemicals electronics semiconductors
		technologies systems utilities railway railways railroad shipping insurance brands products`)
	outletWords = set(`times post journal tribune herald gazette daily magazine broadcasting`)
)

// shortForThing says whether the article explains label as the letters of a thing: AP in "the artificial pancreas (AP)" is no news agency.
func (s *run) shortForThing(label string) bool {
	long := s.acronyms[label]
	return long != "" && strings.ToLower(long) == long
}

// known refers to a name that the gazetteers have.
func (s *run) known(name string, st stance, ner string) (reference, bool) {
	if s.shortForThing(name) {
		return reference{}, false
	}
	names := s.schema.Lookup(name)
	if len(names) == 0 {
		if rest, ok := strings.CutPrefix(name, "the "); ok {
			names = s.schema.Lookup(rest)
		}
		if len(names) == 0 {
			return s.meant(name, ner)
		}
	}
	if se := s.senses[name]; se != nil && (se.Own || se.placed && se.Type == "Region" && names[0].Kind == schema.StateName) {
		return s.meant(name, ner) // "Atlanta, Georgia"
	}
	if ner == "PER" && strings.ContainsRune(name, ' ') {
		return reference{}, false
	}
	if len(s.people.byName[name]) == 1 && s.types[name] == "PER" {
		return reference{}, false
	}
	n := names[0]
	for _, m := range names[1:] {
		// Moscow was the capital of two states: the one that the article names.
		if m.Kind == n.Kind && s.states[m.State] && !s.states[n.State] {
			n = m
		}
	}
	switch n.Kind {
	case schema.Capital, schema.Seat:
		if st == acting {
			if name == "Brussels" && !s.states[n.State] { // of an article that does not speak of Belgium
				union := "European Union"
				if y := s.published.Year(); y > 1 && y < 1993 {
					union = "European Community"
				}
				if f, ok := s.known(union, neutral, ""); ok {
					return f, true
				}
			}
			f := s.state(n.State)
			s.alias(f.id, name)
			return f, true
		}
	case schema.Adjective:
		f := s.state(n.State)
		s.alias(f.id, name)
		return f, true
	case schema.StateName:
		f := s.state(n.State)
		s.alias(f.id, name)
		return f, true
	}
	id := NameIRI(n.Label) // the tables hold one thing of a name
	wikidata := n.Wikidata
	if wikidata == "" {
		wikidata = s.item(n.Label, n.Type, n.State)
	}
	s.entity(id, n.Type, n.Label, wikidata)
	s.alias(id, name)
	if n.Acronym != "" {
		s.alias(id, n.Acronym)
	}
	return reference{id: id, typ: n.Type}, true
}

// state refers to the state of that name.
func (s *run) state(name string) reference {
	st := s.schema.StateNamed(name)
	if st == nil {
		return reference{why: "unknown state"}
	}
	id := NameIRI(st.Name)
	s.entity(id, st.Type, st.Name, st.Wikidata)
	return reference{id: id, typ: st.Type}
}

// demonym says whether word is the adjective of a state.
func (s *run) demonym(word string) bool { return s.stateOf(word) != "" }

// stateOf returns the state that word is the adjective or the name of, as a modifier: "Russian", "U.S.", empty where it
// is none.
func (s *run) stateOf(word string) string {
	for _, n := range s.schema.Lookup(word) {
		if n.Kind == schema.Adjective || n.Kind == schema.StateName {
			return n.State
		}
	}
	return ""
}

var companySuffixes = map[string]bool{
	"corp": true, "inc": true, "ltd": true, "plc": true, "co": true, "corporation": true, "limited": true, "incorporated": true,
	"ag": true, "sa": true, "s.a": true, "nv": true, "n.v": true, "gmbh": true, "spa": true, "s.p.a": true, "llc": true, "oy": true,
	"kk": true, "pty": true, "bhd": true, "cie": true, "lp": true, "bv": true, "company": true, "cos": true,
	"asa": true, "ab": true, "oyj": true, "pjsc": true, "jsc": true, "kgaa": true, "a/s": true,
}

// onlyLegalForm says whether nothing but legal forms stands in a name: "Co Ltd", what is left of "Yanase and Co Ltd".
func onlyLegalForm(name string) bool {
	words := strings.Fields(name)
	for _, w := range words {
		if !companySuffixes[strings.ToLower(strings.TrimSuffix(w, "."))] {
			return false
		}
	}
	return len(words) > 0
}

// trade are words of business that are no company's name without its legal form: News Corp.
var trade = set(`news media energy steel oil gas power water air computer bank trust savings insurance paper coal gold silver copper
	chemical electric film food health radio sugar systems technology telephone tobacco travel music data software security national international
	american united general first new western eastern northern southern central pacific atlantic continental global standard universal federal`)

// withoutSuffix cuts legal forms off a company's name: "Exxon Corp" → "Exxon", but "News Corp".
func withoutSuffix(name string) (short string, company bool) {
	short = name
	for {
		i := strings.LastIndexByte(short, ' ')
		if i < 0 {
			return short, company
		}
		last := strings.ToLower(strings.TrimSuffix(short[i+1:], "."))
		if !companySuffixes[last] && last != "&" && last != "and" {
			return short, company
		}
		if last == "&" || last == "and" {
			if !company {
				return short, false
			}
			short = short[:i]
			continue
		}
		company = true
		rest := strings.TrimSuffix(short[:i], ",")
		if trade[strings.ToLower(rest)] {
			return short, true
		}
		short = rest
	}
}

// entity adds an entity of this article.
func (s *run) entity(id graph.IRI, typ, label, wikidata string) {
	if _, ok := s.entities[id]; ok {
		return
	}
	e := &graph.Entity{ID: id, Label: visible(label)}
	for _, t := range s.schema.Ancestors(typ) {
		e.Types = append(e.Types, kgo(t))
	}
	if wikidata != "" {
		e.SameAs = []graph.IRI{graph.IRI(wikidataItem + wikidata)}
	}
	s.entities[id] = e
	s.aliases[id] = map[string]bool{}
}

// alias notes another name of id.
func (s *run) alias(id graph.IRI, name string) {
	if a := s.aliases[id]; a != nil && name != "" {
		if e := s.entities[id]; strings.Contains(name, " and ") && !strings.Contains(e.Label, " and ") && !strings.Contains(e.Label, "&") {
			return // "the EU and its neighbours"
		}
		a[visible(name)] = true
	}
}

// visible leaves invisible marks out of a name and makes its white space single blanks.
func visible(name string) string {
	for i := 0; i < len(name); i++ {
		if name[i] >= utf8.RuneSelf || name[i] < ' ' {
			name = strings.Map(func(c rune) rune {
				if unicode.Is(unicode.Cf, c) {
					return -1
				}
				return c
			}, name)
			return strings.Join(strings.Fields(name), " ")
		}
	}
	return name
}

// isScoped says whether only this article knows id.
func (s *run) isScoped(id graph.IRI) bool { return strings.HasPrefix(string(id), "kg:"+s.slug+"/") }

// scoped refers to a thing that only this article knows by this name.
func (s *run) scoped(label, typ string) reference {
	id := graph.IRI("kg:" + s.slug + "/" + slug(label))
	if have, ok := s.entities[id]; ok {
		return reference{id: id, typ: local(have.Types[0])}
	}
	s.entity(id, typ, label, "")
	return reference{id: id, typ: typ}
}
