package schema

import (
	"regexp"
	"strings"
)

// Events holds what leads from words to coded events and actors. It is read-only after LoadEvents returns it and then safe for
// concurrent use. It stands apart from Schema because its tables are long and only coding needs them.
type Events struct {
	codes    map[string]*EventCode
	classes  map[string]map[string]bool
	frames   map[string]map[string]string
	patterns map[string][]*EventPattern // nouns begin with "n:", auxiliaries with "aux:"
	actors   map[string]EventActor
	// loose holds the actors of several words by what all ways to write them in Latin letters share; the zero value where two states do.
	loose  map[string]EventActor
	agents map[string]string
}

// LoadEvents reads the tables of events as Load reads those of the schema.
func LoadEvents(dir string) (*Events, error) {
	s := &Events{}
	return s, readFiles(dir, []dataFile{
		{"cameo.tsv", s.readCodes},
		{"event_words.tsv", s.readWords},
		{"petrarch_words.tsv", s.readWords},
		{"event_frames.tsv", s.readFrames},
		{"events.tsv", s.readPatterns},
		{"petrarch.tsv", s.readPatterns},
		{"leaders.tsv", s.readActors},
		{"officials.tsv", s.readActors},
		{"factbook.tsv", s.readActors},
		{"actors.tsv", s.readActors},
		{"petrarch_actors.tsv", s.readActors},
		{"agents.tsv", s.readAgents},
	})
}

// LoadCodes reads the table of codes only: Code and Root are all that the result answers.
func LoadCodes(dir string) (*Events, error) {
	s := &Events{}
	return s, readFiles(dir, []dataFile{{"cameo.tsv", s.readCodes}})
}

// EventCode is a code of the CAMEO event ontology.
type EventCode struct {
	Code string // "057": the root ("05") and up to two digits more
	Type string // PLOVER type ("SUPPORT"), empty where PLOVER has none
	Name string
	// Goldstein is its score from -10 (conflict) to 10 (cooperation), a decimal; empty for none.
	Goldstein string
	// Own says that an event without a counterpart concerns the state of its source: a demonstration, a curfew.
	Own bool
	// Symmetric says that both sides do it.
	Symmetric bool
}

// EventPattern is one reading of a verb or noun as an event.
type EventPattern struct {
	// Terms are what has to stand with the word, each of them; none for the bare word.
	Terms []EventTerm
	// Code is a CAMEO code, empty where the reading is no event or Frame names what it does to the event below it.
	Code string
	// Frame is the name of a frame ("refuse"), whose codes Events.Frame gives.
	Frame string
	// Reversed says that the subject suffers what the object or another does.
	Reversed bool
	// Counter is the code of what the other side does to the subject at the same time ("042", a visit, where Code is "043"),
	// empty for none.
	Counter string
	// Own says that the pattern stands in the first file, events.tsv; Firm that it goes before all that are not firm.
	Own, Firm bool
}

// EventTerm is one condition of a pattern.
type EventTerm struct {
	Where EventPlace
	// Cases are the prepositions of an oblique, any of them; "to" is also the infinitive. Empty elsewhere.
	Cases []string
	words []map[string]bool
}

// EventPlace says where an EventTerm looks.
type EventPlace uint8

const (
	WithComplement EventPlace = iota // object, attribute, infinitive and its object
	WithCase                         // oblique with one of Cases
	WithSubject
	WithParticle
	WithClause // any clause below
	WithOther  // a clause below that has another subject; of an auxiliary: somebody else says so
	WithSelf   // a clause below that has the same subject; of an auxiliary: its subject says so
	WithUnless // a condition that begins with "unless"
	WithFirst  // the word stands before the clause below
	WithBase   // the verb of the clause below is in its base form
	WithObject // any object, or the subject of a passive
)

// Any says that the term asks for no word: "on:" for any oblique with "on".
func (t *EventTerm) Any() bool { return len(t.words) == 0 }

// Has says whether word, a lower-case lemma or form, is one of those that the term asks for.
func (t *EventTerm) Has(word string) bool {
	for _, set := range t.words {
		if set[word] {
			return true
		}
	}
	return false
}

var cameoCode = regexp.MustCompile(`^\d{2,4}$`)

func (s *Events) readCodes(t *table) error {
	if err := t.columns("code", "plover", "own", "symmetric", "name"); err != nil {
		return err
	}
	s.codes = make(map[string]*EventCode, len(t.rows))
	for _, r := range t.rows {
		c := &EventCode{Code: r.get("code"), Type: r.get("plover"), Name: r.get("name"), Goldstein: r.get("goldstein")}
		if !cameoCode.MatchString(c.Code) {
			return r.errorf("code", "not two to four digits: %q", c.Code)
		}
		if c.Goldstein != "" && !goldsteinScore(c.Goldstein) {
			return r.errorf("goldstein", "no decimal from -10 to 10: %q", c.Goldstein)
		}
		if _, ok := s.codes[c.Code]; ok {
			return r.errorf("code", "given twice: %q", c.Code)
		}
		var err error
		if c.Own, err = r.yes("own"); err != nil {
			return err
		}
		if c.Symmetric, err = r.yes("symmetric"); err != nil {
			return err
		}
		s.codes[c.Code] = c
	}
	return nil
}

// Code returns what the table says of code or, where it has not that code, of the longest code that it begins with; nil for
// none.
func (s *Events) Code(code string) *EventCode {
	for ; code != ""; code = code[:len(code)-1] {
		if c := s.codes[code]; c != nil {
			return c
		}
	}
	return nil
}

// Root returns the entry of the root of code, whose flags hold for all codes below it; nil for none.
func (s *Events) Root(code string) *EventCode {
	if len(code) < 2 {
		return nil
	}
	return s.codes[code[:2]]
}

func (s *Events) readWords(t *table) error {
	if err := t.columns("class", "words"); err != nil {
		return err
	}
	if s.classes == nil {
		s.classes = map[string]map[string]bool{}
	}
	for _, r := range t.rows {
		name := r.get("class")
		if !validID(name) {
			return r.errorf("class", "not a name of letters and digits: %q", name)
		}
		set := s.classes[name]
		if set == nil {
			set = map[string]bool{}
			s.classes[name] = set
		}
		for _, w := range r.list("words", "|") {
			if in, ok := strings.CutPrefix(w, "&"); ok {
				for w := range s.classes[in] {
					set[w] = true
				}
				if s.classes[in] == nil {
					return r.errorf("words", "no class above is called %q", in)
				}
				continue
			}
			set[strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return nil
}

// readFrames reads what becomes of the event below a frame.
func (s *Events) readFrames(t *table) error {
	if err := t.columns("frame", "inner", "code"); err != nil {
		return err
	}
	s.frames = map[string]map[string]string{}
	for _, r := range t.rows {
		name, inner, code := r.get("frame"), r.list("inner", "|"), r.get("code")
		if !validID(name) {
			return r.errorf("frame", "not a name of letters and digits: %q", name)
		}
		if code != "=" && code != "-" && s.codes[code] == nil {
			return r.errorf("code", "no such code: %q", code)
		}
		if s.frames[name] == nil {
			s.frames[name] = map[string]string{}
		}
		if len(inner) == 0 {
			inner = []string{""}
		}
		for _, prefix := range inner {
			if _, ok := s.frames[name][prefix]; ok {
				return r.errorf("inner", "given twice for %s: %q", name, prefix)
			}
			s.frames[name][prefix] = code
		}
	}
	return nil
}

// Frame returns the code of a frame over an event that is coded inner, which may be empty for one that has no code: the
// entry of the longest prefix of inner. The code is "=" where the event below stands as it is, and empty where none comes of it.
func (s *Events) Frame(frame, inner string) string {
	table := s.frames[frame]
	if inner == "" {
		return strings.TrimPrefix(table[""], "-")
	}
	for p := inner; p != ""; p = p[:len(p)-1] {
		if code, ok := table[p]; ok {
			return strings.TrimPrefix(code, "-")
		}
	}
	if code, ok := table["*"]; ok {
		return strings.TrimPrefix(code, "-")
	}
	return strings.TrimPrefix(table[""], "-")
}

// wordless are the terms that ask for no word.
var wordless = map[string]EventPlace{"!clause": WithClause, "!other": WithOther, "!unless": WithUnless, "!object": WithObject,
	"!base": WithBase, "!first": WithFirst, "!self": WithSelf}

func (s *Events) readPatterns(t *table) error {
	if err := t.columns("word", "with", "code"); err != nil {
		return err
	}
	own := s.patterns == nil
	if own {
		s.patterns = map[string][]*EventPattern{}
	}
	for _, r := range t.rows {
		p := &EventPattern{Own: own}
		code := r.get("code")
		switch {
		case code == "-":
		case strings.HasPrefix(code, "@"):
			p.Frame, p.Firm = strings.CutSuffix(code[1:], "!")
			if s.frames[p.Frame] == nil {
				return r.errorf("code", "no frame is called %q", p.Frame)
			}
		default:
			code, p.Firm = strings.CutSuffix(code, "!")
			p.Code, p.Reversed = strings.CutPrefix(code, "<")
			p.Code, p.Counter, _ = strings.Cut(p.Code, ":")
			if s.codes[p.Code] == nil || p.Counter != "" && s.codes[p.Counter] == nil {
				return r.errorf("code", "no such code: %q", code)
			}
		}
		for _, item := range r.list("with", " ") {
			term := EventTerm{}
			switch {
			case wordless[item] != 0:
				term.Where, item = wordless[item], ""
			case item[0] == '<':
				term.Where, item = WithSubject, item[1:]
			case item[0] == '+':
				term.Where, item = WithParticle, item[1:]
			default:
				if prep, rest, ok := strings.Cut(item, ":"); ok {
					term.Where, term.Cases, item = WithCase, strings.Split(strings.ReplaceAll(prep, "_", " "), "|"), rest
				}
			}
			var err error
			if term.words, err = s.wordSets(r, "with", item); err != nil {
				return err
			}
			if term.Any() && (term.Where == WithComplement || term.Where == WithSubject || term.Where == WithParticle) {
				return r.errorf("with", "a term without a word: %q", r.get("with"))
			}
			p.Terms = append(p.Terms, term)
		}
		kind, words := "", r.get("word")
		for _, prefix := range []string{"n:", "aux:"} {
			if rest, ok := strings.CutPrefix(words, prefix); ok {
				kind, words = prefix, rest
			}
		}
		sets, err := s.wordSets(r, "word", words)
		if err != nil {
			return err
		}
		if len(sets) == 0 {
			return r.errorf("word", "empty")
		}
		for _, set := range sets {
			for w := range set {
				s.patterns[kind+w] = append(s.patterns[kind+w], p)
			}
		}
	}
	return nil
}

// wordSets reads "a|b|&class".
func (s *Events) wordSets(r row, column, cell string) (sets []map[string]bool, err error) {
	own := map[string]bool{}
	for _, w := range strings.Split(cell, "|") {
		if w == "" {
			continue
		}
		if name, ok := strings.CutPrefix(w, "&"); ok {
			set := s.classes[name]
			if set == nil {
				return nil, r.errorf(column, "no word class is called %q", name)
			}
			sets = append(sets, set)
			continue
		}
		own[strings.ReplaceAll(w, "_", " ")] = true
	}
	if len(own) > 0 {
		sets = append(sets, own)
	}
	return sets, nil
}

// Verb returns the patterns of a verb lemma, with its particle after a blank ("carry out"), in order of preference.
func (s *Events) Verb(lemma string) []*EventPattern { return s.patterns[lemma] }

// Aux returns the patterns of an auxiliary form ("will", "not").
func (s *Events) Aux(form string) []*EventPattern { return s.patterns["aux:"+form] }

// Noun returns the patterns of a noun lemma that stands for an event by itself, in order of preference.
func (s *Events) Noun(lemma string) []*EventPattern { return s.patterns["n:"+lemma] }

// EventActor is what a name in the lists of actors acts for.
type EventActor struct {
	State string // ISO 3166 alpha-3; IGO, UNO (United Nations), EUR (European Union) or IMG
	Kind  string // person, body, group or place
}

// actorKey is a name as the lists of actors are searched for it: in lower case, without accents and full stops, "-" as a blank.
func actorKey(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(plainLetters(name)), ".", ""), "-", " ")
}

// readActors reads a list of actors, either one to a line in the column name, in lower case, or those of one state and kind in the
// column names, between "|".
func (s *Events) readActors(t *table) error {
	column := "names"
	_, several := t.header[column]
	if !several {
		column = "name"
	}
	if err := t.columns(column, "state", "kind"); err != nil {
		return err
	}
	for _, r := range t.rows {
		a := EventActor{State: r.get("state"), Kind: r.get("kind")}
		if len(a.State) != 3 {
			return r.errorf("state", "not three letters: %q", a.State)
		}
		switch a.Kind {
		case "person", "body", "group", "place":
		default:
			return r.errorf("kind", "not one of person, body, group, place: %q", a.Kind)
		}
		if name := r.get(column); !several && (name == "" || name != strings.ToLower(name)) {
			return r.errorf(column, "empty or not in lower case: %q", name)
		}
		for _, name := range r.list(column, "|") {
			s.addActor(name, a)
		}
	}
	return nil
}

// addActor keeps the first entry of a name.
func (s *Events) addActor(name string, a EventActor) {
	if s.loose == nil {
		s.actors, s.loose = map[string]EventActor{}, map[string]EventActor{}
	}
	key := actorKey(name)
	if _, ok := s.actors[key]; ok {
		return
	}
	s.actors[key] = a
	if key = looseKey(key); key != "" {
		if other, ok := s.loose[key]; ok && other.State != a.State {
			a = EventActor{}
		}
		s.loose[key] = a
	}
}

// looseKey is what the ways to write a name in Latin letters share ("Moammar al-Gadhafi", "Muammar al Gaddafi"): letters that one
// hears alike are one, doubled ones single, silent ones, blanks and apostrophes left out. Empty for a name of one word, which may
// well be like another, and for short ones.
func looseKey(key string) string {
	if !strings.ContainsRune(key, ' ') {
		return ""
	}
	var b []byte
	for i := 0; i < len(key); i++ {
		c := key[i]
		next := byte(' ')
		if i+1 < len(key) {
			next = key[i+1]
		}
		switch {
		case c == ' ' || c == '\'' || c == '/':
			continue
		case c == 'h' && len(b) > 0: // "Sunnah", "Khalid", "Gadhafi"
			continue
		case c == 'p' && next == 'h':
			c = 'f'
		case c == 'q' || c == 'c' && next != 'h' && next != 'e' && next != 'i':
			c = 'k'
		case c == 'o' && (next == 'u' || next == 'o'), c == 'o' && len(b) > 0:
			c = 'u'
		case c == 'e' || c == 'y':
			c = 'i'
		case c == 'z':
			c = 's'
		case c == 'w':
			c = 'v'
		}
		if len(b) == 0 || b[len(b)-1] != c {
			b = append(b, c)
		}
	}
	if len(b) < 9 {
		return ""
	}
	return string(b)
}

// Actor returns what the name, whatever its case, acts for; for want of an entry the one of several words that only another way to
// write it in Latin letters has.
func (s *Events) Actor(name string) (EventActor, bool) {
	key := actorKey(name)
	a, ok := s.actors[key]
	if !ok {
		a = s.loose[looseKey(key)]
		ok = a.State != ""
	}
	return a, ok
}

func (s *Events) readAgents(t *table) error {
	if err := t.columns("noun", "role"); err != nil {
		return err
	}
	s.agents = make(map[string]string, len(t.rows))
	for _, r := range t.rows {
		noun, role := r.get("noun"), r.get("role")
		if noun == "" || noun != strings.ToLower(noun) {
			return r.errorf("noun", "empty or not in lower case: %q", noun)
		}
		if len(role) != 3 || role != strings.ToUpper(role) {
			return r.errorf("role", "not three capitals: %q", role)
		}
		s.agents[noun] = role
	}
	return nil
}

// AgentRole returns the role that a noun for who acts has in CAMEO actor codes ("REB" for "guerrilla"), empty for none.
func (s *Events) AgentRole(noun string) string { return s.agents[noun] }
