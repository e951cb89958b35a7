package schema

import (
	"strconv"
	"strings"
	"unicode"
)

// State is a country.
type State struct {
	Name       string // the short English name; its node is kg:Name with blanks as "_"
	Type       string // State, or Region for a dependent territory
	ISO2, ISO3 string
	Aliases    []string // official and other names, abbreviations
	Adjectives []string // "Russian"
	People     []string // "Russians"
	// Capitals are the capital and other seats of government that are cities, each with its other names behind it.
	Capitals [][]string
	// Seats are names that stand for the state when it acts and that are no city: "Kremlin", "White House".
	Seats    []string
	Wikidata string // "Q159", empty where unknown
	// Lat and Lon are about the middle of its largest part, in degrees north and east; both 0 where unknown.
	Lat, Lon float64
	// Parliament is what news calls its parliament where several states have one of that name: "Congress"; empty for most.
	Parliament string
}

// Organization is a named organisation.
type Organization struct {
	Name     string
	Acronym  string
	Type     string
	Aliases  []string
	Wikidata string
}

// Place is a named city, region or other place.
type Place struct {
	Name    string
	Type    string
	State   string // name of the state that it is in, empty where it is in none or several
	Aliases []string
}

// NameKind says what a name in the gazetteers is the name of.
type NameKind uint8

const (
	StateName NameKind = iota + 1
	Adjective          // "Russian"
	People             // "Russians"
	Capital            // "Moscow": a city, or the state when it acts
	Seat               // "Kremlin": a public body, or the state when it acts
	OrganizationName
	PlaceName
)

// Name is what a name in the gazetteers refers to.
type Name struct {
	Kind NameKind
	// Label is the canonical name of the thing ("Russia" for "Russian Federation", "Moscow" for "Moscow").
	Label string
	Type  string // node type
	// State is the name of the state that the thing belongs to or, for adjectives and peoples, means; empty where
	// unknown.
	State    string
	Acronym  string
	Wikidata string
}

// Noun says what a common noun is when it heads a phrase.
type Noun struct {
	Lemma string
	Type  string
	// Series is the noun of the series that several of this event make when they share a place: "talks" for "meeting";
	// empty for none.
	Series string
}

// Role is a noun for what a person is to an institution: "spokesman", "minister".
type Role struct {
	Lemma string
	// Relation is what its holder does to the institution: represents, leads, worksFor, memberOf.
	Relation string
}

func (s *Schema) readStates(t *table) error {
	if err := t.columns("name", "type", "iso2", "iso3", "aliases", "adjectives", "people", "capitals", "seats", "wikidata"); err != nil {
		return err
	}
	s.names = map[string][]Name{}
	s.states = make(map[string]int, len(t.rows))
	for _, r := range t.rows {
		st := State{
			Name:       r.get("name"),
			Type:       r.get("type"),
			ISO2:       r.get("iso2"),
			ISO3:       r.get("iso3"),
			Aliases:    r.list("aliases", "|"),
			Adjectives: r.list("adjectives", "|"),
			People:     r.list("people", "|"),
			Seats:      r.list("seats", "|"),
			Wikidata:   r.get("wikidata"),
			Parliament: r.get("parliament"),
		}
		if st.Name == "" {
			return r.errorf("name", "empty")
		}
		if !s.IsA(st.Type, "State") && !s.IsA(st.Type, "Place") {
			return r.errorf("type", "neither a state nor a place: %q", st.Type)
		}
		for _, names := range r.list("capitals", "|") {
			st.Capitals = append(st.Capitals, strings.Split(names, "="))
		}
		if len(st.ISO2) != 2 && st.ISO2 != "" {
			return r.errorf("iso2", "not two letters: %q", st.ISO2)
		}
		if len(st.ISO3) != 3 && st.ISO3 != "" {
			return r.errorf("iso3", "not three letters: %q", st.ISO3)
		}
		if err := checkWikidata(r, st.Wikidata); err != nil {
			return err
		}
		for _, c := range []string{"lat", "lon"} {
			if err := checkDegrees(r, c); err != nil {
				return err
			}
		}
		st.Lat, st.Lon = degrees(r.get("lat")), degrees(r.get("lon"))
		if _, ok := s.states[st.Name]; ok {
			return r.errorf("name", "given twice: %q", st.Name)
		}
		s.states[st.Name] = len(s.States)
		s.States = append(s.States, st)
		state := Name{Kind: StateName, Label: st.Name, Type: st.Type, State: st.Name, Wikidata: st.Wikidata}
		s.addName(st.Name, state)
		for _, a := range st.Aliases {
			s.addName(a, state)
		}
		for _, a := range st.Adjectives {
			s.addName(a, Name{Kind: Adjective, Label: st.Name, Type: st.Type, State: st.Name, Wikidata: st.Wikidata})
		}
		for _, a := range st.People {
			s.addName(a, Name{Kind: People, Label: a, Type: "Group", State: st.Name})
		}
		for _, names := range st.Capitals {
			for _, n := range names {
				s.addName(n, Name{Kind: Capital, Label: names[0], Type: "City", State: st.Name})
			}
		}
		for _, a := range st.Seats {
			s.addName(a, Name{Kind: Seat, Label: a, Type: "PublicBody", State: st.Name})
		}
	}
	return nil
}

func (s *Schema) readOrganizations(t *table) error {
	if err := t.columns("name", "acronym", "type", "aliases", "wikidata"); err != nil {
		return err
	}
	for _, r := range t.rows {
		o := Organization{
			Name:     r.get("name"),
			Acronym:  r.get("acronym"),
			Type:     r.get("type"),
			Aliases:  r.list("aliases", "|"),
			Wikidata: r.get("wikidata"),
		}
		if o.Name == "" {
			return r.errorf("name", "empty")
		}
		if !s.IsA(o.Type, "Organization") && o.Type != "Group" {
			return r.errorf("type", "no organisation or group: %q", o.Type)
		}
		if err := checkWikidata(r, o.Wikidata); err != nil {
			return err
		}
		s.Organizations = append(s.Organizations, o)
		n := Name{Kind: OrganizationName, Label: o.Name, Type: o.Type, Acronym: o.Acronym, Wikidata: o.Wikidata}
		s.addName(o.Name, n)
		if o.Acronym != "" {
			s.addName(o.Acronym, n)
		}
		for _, a := range o.Aliases {
			s.addName(a, n)
		}
	}
	return nil
}

func (s *Schema) readPlaces(t *table) error {
	if err := t.columns("name", "type", "state", "aliases"); err != nil {
		return err
	}
	for _, r := range t.rows {
		p := Place{Name: r.get("name"), Type: r.get("type"), State: r.get("state"), Aliases: r.list("aliases", "|")}
		if p.Name == "" {
			return r.errorf("name", "empty")
		}
		if !s.IsA(p.Type, "Place") {
			return r.errorf("type", "no place: %q", p.Type)
		}
		if p.State != "" && s.StateNamed(p.State) == nil {
			return r.errorf("state", "no state is called %q", p.State)
		}
		s.Places = append(s.Places, p)
		n := Name{Kind: PlaceName, Label: p.Name, Type: p.Type, State: p.State}
		s.addName(p.Name, n)
		for _, a := range p.Aliases {
			s.addName(a, n)
		}
	}
	return nil
}

func (s *Schema) readPeople(t *table) error {
	if err := t.columns("name", "aliases", "short"); err != nil {
		return err
	}
	s.people = map[string]string{}
	for _, r := range t.rows {
		name := r.get("name")
		if name == "" {
			return r.errorf("name", "empty")
		}
		for _, n := range append([]string{name}, append(r.list("aliases", "|"), r.list("short", "|")...)...) {
			if other, ok := s.people[n]; ok && other != name {
				return r.errorf("name", "%q already names %q", n, other)
			}
			s.people[n] = name
		}
	}
	return nil
}

func (s *Schema) readNouns(t *table) error {
	if err := t.columns("noun", "type", "series"); err != nil {
		return err
	}
	s.nouns = make(map[string]Noun, len(t.rows))
	for _, r := range t.rows {
		n := Noun{Lemma: r.get("noun"), Type: r.get("type"), Series: r.get("series")}
		if n.Lemma == "" {
			return r.errorf("noun", "empty")
		}
		if _, ok := s.nouns[n.Lemma]; ok {
			return r.errorf("noun", "given twice: %q", n.Lemma)
		}
		if s.Type(n.Type) == nil {
			return r.errorf("type", "no type is called %q", n.Type)
		}
		s.nouns[n.Lemma] = n
	}
	return nil
}

func (s *Schema) readRoles(t *table) error {
	if err := t.columns("noun", "relation"); err != nil {
		return err
	}
	s.roles = make(map[string]Role, len(t.rows))
	s.roleWords = map[string]bool{}
	for _, r := range t.rows {
		role := Role{Lemma: r.get("noun"), Relation: r.get("relation")}
		if role.Lemma == "" {
			return r.errorf("noun", "empty")
		}
		if _, ok := s.roles[role.Lemma]; ok {
			return r.errorf("noun", "given twice: %q", role.Lemma)
		}
		if role.Relation != "" && s.Relation(role.Relation) == nil {
			return r.errorf("relation", "no relation is called %q", role.Relation)
		}
		s.roles[role.Lemma] = role
		for _, w := range strings.Fields(role.Lemma) {
			s.roleWords[w] = true
		}
	}
	return nil
}

// Lookup returns what name (its letters' case matters: "US" is a state, "us" is not) can refer to, in the order of the
// data files: states first. Names in capitals throughout are also found as they are written elsewhere ("MOSCOW").
func (s *Schema) Lookup(name string) []Name {
	if strings.Contains(name, "’") {
		name = strings.ReplaceAll(name, "’", "'") // as the data files write it
	}
	if found := s.names[name]; found != nil || len(name) < 4 || strings.ContainsFunc(name, func(r rune) bool { return unicode.ToUpper(r) != r }) {
		return found
	}
	return s.names[capitalized(name)]
}

// Items returns the items of Wikidata ("Q159") that a name in the gazetteers leads to.
func (s *Schema) Items() map[string]bool {
	items := map[string]bool{}
	for _, names := range s.names {
		for _, n := range names {
			if n.Wikidata != "" {
				items[n.Wikidata] = true
			}
		}
	}
	s.Gazetteer().addItems(items)
	return items
}

// Person returns the full name of the well-known person that name means, as one of his names or as a last name that is
// his alone; empty where it means none.
func (s *Schema) Person(name string) string { return s.people[name] }

// Noun says what lemma is when it heads a phrase.
func (s *Schema) Noun(lemma string) (Noun, bool) {
	n, ok := s.nouns[lemma]
	return n, ok
}

// Role says what the person called a lemma is to an institution.
func (s *Schema) Role(lemma string) (Role, bool) {
	r, ok := s.roles[lemma]
	return r, ok
}

// RoleWord says whether the lower-case word stands in the name of a role: "prime", "minister".
func (s *Schema) RoleWord(word string) bool { return s.roleWords[word] }

// StateNamed returns the state called name, nil where there is none.
func (s *Schema) StateNamed(name string) *State {
	i, ok := s.states[name]
	if !ok {
		return nil
	}
	return &s.States[i]
}

// addName keeps one entry for each kind and label, so that a list that names a thing twice does no harm.
func (s *Schema) addName(name string, n Name) {
	for _, have := range s.names[name] {
		if have.Kind == n.Kind && have.Label == n.Label && have.State == n.State {
			return
		}
	}
	s.names[name] = append(s.names[name], n)
}

// capitalized writes each word of an all-capitals name with one capital: "NEW YORK" → "New York".
func capitalized(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		c := []rune(w)
		words[i] = string(c[:1]) + strings.ToLower(string(c[1:]))
	}
	return strings.Join(words, " ")
}

func checkWikidata(r row, id string) error {
	if id == "" {
		return nil
	}
	if n, ok := strings.CutPrefix(id, "Q"); ok {
		if _, err := strconv.ParseUint(n, 10, 64); err == nil {
			return nil
		}
	}
	return r.errorf("wikidata", "not a Q identifier: %q", id)
}
