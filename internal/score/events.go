package score

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// EventRecord is a coded event, gold or found, as event_score.py reads it: one JSON object a line. A gold record without code
// stands for a sentence without event.
type EventRecord struct {
	ID            string    `json:"id"`
	Text          string    `json:"text"`
	Source        eventSide `json:"source"` // text or actor codes
	Target        eventSide `json:"target"`
	SourceCode    eventSide `json:"source_code"`
	TargetCode    eventSide `json:"target_code"`
	SourceCountry eventSide `json:"source_country"`
	TargetCountry eventSide `json:"target_country"`
	Code          string    `json:"code"` // CAMEO code of one to four digits, or PLOVER type
	Penta         int       `json:"penta"`
	Conflict      *bool     `json:"conflict"`
	Symmetric     bool      `json:"symmetric"`
	Skip          bool      `json:"skip"`

	sides string // source and target as they were written
}

// eventSide is a string, a list of strings or null.
type eventSide []string

func (s *eventSide) UnmarshalJSON(data []byte) error {
	*s = nil
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if data[0] == '"' {
		var one string
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		*s = eventSide{one}
		return nil
	}
	var list []*string
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	for _, v := range list {
		if v != nil {
			*s = append(*s, *v)
		}
	}
	return nil
}

// ReadEvents reads JSON lines. An error names the line.
func ReadEvents(r io.Reader) ([]EventRecord, error) {
	var records []EventRecord
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 16<<20)
	for line := 1; scan.Scan(); line++ {
		if len(bytes.TrimSpace(scan.Bytes())) == 0 {
			continue
		}
		var e EventRecord
		if err := json.Unmarshal(scan.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		var raw struct{ Source, Target json.RawMessage }
		if err := json.Unmarshal(scan.Bytes(), &raw); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		var sides bytes.Buffer
		for _, side := range []json.RawMessage{raw.Source, raw.Target} {
			if len(side) == 0 {
				side = json.RawMessage("null")
			}
			if err := json.Compact(&sides, side); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			sides.WriteByte(0)
		}
		e.sides = sides.String()
		records = append(records, e)
	}
	return records, scan.Err()
}

// EventTables are the files that the scorer of events knows codes and actors by: the CAMEO codes with their PLOVER types, the codes
// of countries, the surfaces of countries in two lists, countries with their nationalities, and actors.
type EventTables struct {
	Codes, Countries, Surfaces, CountryInfo, States, Actors io.Reader
}

// EventScorer scores coded events after the definition of event_score.py. It is read-only once made and then safe for concurrent
// use.
type EventScorer struct {
	plover    map[string]string
	countries map[string]bool
	names     map[string]map[string]bool // words in capitals, joined by blanks → country codes
	longest   int                        // in words
}

var (
	eventQuad = map[string]int{"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
		"YIELD": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4,
		"ASSAULT": 4}
	// earlierTypes are PLOVER types of former editions.
	earlierTypes = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
		"CRIME": "ASSAULT"}
	// countryAliases are other codes of countries in event data.
	countryAliases = map[string]string{"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "YUG": "SRB", "SCG": "SRB", "KSV": "XKX",
		"KOS": "XKX", "PAL": "PSE", "GZS": "PSE", "WSB": "PSE", "BGZ": "PSE", "TAW": "TWN", "BRM": "MMR", "GER": "DEU",
		"JAP": "JPN", "SPN": "ESP"}
	genericActors = map[string]bool{"IGO": true, "NGO": true, "NGM": true, "IMG": true, "MNC": true, "INT": true, "UIS": true}
	eventStop     = stopWords("the a an of and in on for to by with at from s his her their its")
	actorCode     = regexp.MustCompile(`^(?:[A-Z]{3}(?:[A-Z]{3})*|---[A-Z]*)$`)
	countryCode   = regexp.MustCompile(`^[A-Z]{3}$`)
	roleCode      = regexp.MustCompile(`^[-A-Z]{6,}$`)
	cameoDigits   = regexp.MustCompile(`^\d{1,4}$`)
	actorKey      = regexp.MustCompile(`[A-Z0-9À-Ý]+`)
	actorToken    = regexp.MustCompile(`[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9.]*`)
	actorWord     = regexp.MustCompile(`[\p{L}\p{N}_]+`)
)

func stopWords(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// NewEventScorer reads the tables. An error names the table and the line.
func NewEventScorer(t EventTables) (*EventScorer, error) {
	s := &EventScorer{plover: map[string]string{}, countries: map[string]bool{}, names: map[string]map[string]bool{}, longest: 1}
	err := eachRow("codes", t.Codes, '\t', []string{"code", "plover"}, func(r []string) { s.plover[r[0]] = r[1] })
	if err != nil {
		return nil, err
	}
	var lists map[string][]string
	if err := json.NewDecoder(t.Countries).Decode(&lists); err != nil {
		return nil, fmt.Errorf("countries: %w", err)
	}
	for _, c := range lists["CC"] {
		s.countries[c] = true
	}
	err = errors.Join(
		eachRow("country surfaces", t.Surfaces, '\t', []string{"surface", "code", "from", "to"}, func(r []string) {
			if r[2] == "" && r[3] == "" {
				s.addName(r[0], r[1])
			}
		}),
		eachRow("country info", t.CountryInfo, '\t', []string{"surface", "code", "kind"}, func(r []string) {
			switch r[2] {
			case "name", "nationality", "capital", "majorcities":
				s.addName(r[0], r[1])
			}
		}),
		eachRow("states", t.States, ',', []string{"Name", "CCA3", "Nationality"}, func(r []string) {
			s.addName(r[0], r[1])
			for _, n := range strings.Split(r[2], ",") {
				s.addName(n, r[1])
			}
		}),
		eachRow("actors", t.Actors, '\t', []string{"surface", "code", "to"}, func(r []string) {
			if r[2] == "" && utf8.RuneCountInString(r[0]) >= 5 && strings.Contains(r[0], " ") {
				s.addName(r[0], r[1])
			}
		}),
	)
	if err != nil {
		return nil, err
	}
	for code, names := range map[string]string{
		"USA": "US|U.S.|USA|U.S|WASHINGTON|WHITE HOUSE|PENTAGON", "GBR": "UK|U.K.",
		"IGO": "UN|U.N.|NATO|EU|EUROPEAN UNION|UNITED NATIONS",
		"RUS": "KREMLIN|RUSSIA", "PSE": "PALESTINIANS|HAMAS",
	} {
		for _, n := range strings.Split(names, "|") {
			s.names[nameKey(n)] = map[string]bool{code: true}
		}
	}
	for _, w := range strings.Fields("IT IN AM AS OF MARCH MAY MOBILE READING NICE BEST MOST MAN SON SAY TALKS") {
		delete(s.names, w)
	}
	return s, nil
}

// eachRow calls f with the wanted columns of each row of a table whose first line names the columns.
func eachRow(name string, r io.Reader, comma rune, columns []string, f func(row []string)) error {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = comma, true, -1
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	at := make([]int, len(columns))
	for i, col := range columns {
		if at[i] = slices.Index(header, col); at[i] < 0 {
			return fmt.Errorf("%s: no column %q", name, col)
		}
	}
	row := make([]string, len(columns))
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i, k := range at {
			row[i] = ""
			if k < len(cells) {
				row[i] = cells[k]
			}
		}
		f(row)
	}
}

func nameKey(name string) string {
	name = strings.ReplaceAll(strings.ReplaceAll(strings.ToUpper(name), ".", ""), "'S", "")
	return strings.Join(actorKey.FindAllString(name, -1), " ")
}

func country(code string) string {
	code = code[:min(3, len(code))]
	if c, ok := countryAliases[code]; ok {
		return c
	}
	return code
}

func (s *EventScorer) addName(name, code string) {
	key := nameKey(name)
	n := strings.Count(key, " ") + 1
	if key == "" || code == "" || n == 1 && utf8.RuneCountInString(key) < 3 {
		return
	}
	c := country(code)
	if !s.countries[c] && !genericActors[c] {
		return
	}
	if s.names[key] == nil {
		s.names[key] = map[string]bool{}
	}
	s.names[key][c] = true
	s.longest = max(s.longest, min(n, 6))
}

// codes returns the countries that actor codes or the names in texts stand for.
func (s *EventScorer) codes(values []string) map[string]bool {
	set := map[string]bool{}
	for _, v := range values {
		switch {
		case v == "":
		case actorCode.MatchString(v):
			if c := country(v); c != "---" {
				set[c] = true
			}
		default:
			s.named(v, set)
		}
	}
	return set
}

// named adds the countries of the names in text to set, the longest name first, left to right.
func (s *EventScorer) named(text string, set map[string]bool) {
	tokens := actorToken.FindAllString(text, -1)
	upper := make([]string, len(tokens))
	for i, t := range tokens {
		upper[i] = strings.ToUpper(strings.ReplaceAll(t, ".", ""))
	}
	for i := 0; i < len(tokens); {
		step := 1
		if first, _ := utf8.DecodeRuneInString(tokens[i]); unicode.IsUpper(first) {
			for n := min(s.longest, len(tokens)-i); n > 0; n-- {
				if found, ok := s.names[strings.Join(upper[i:i+n], " ")]; ok {
					for c := range found {
						set[c] = true
					}
					step = n
					break
				}
			}
		}
		i += step
	}
}

// codedEvent is an event as it is compared.
type codedEvent struct {
	cameo          bool   // the code is CAMEO's
	root           string // two digits or a PLOVER type, empty for none
	plover         string
	quad           int   // 1 to 4, 0 for none
	conflict       *bool // nil for unknown
	symmetric      bool
	source, target codedSide
}

type codedSide struct {
	countries map[string]bool
	text      []string
	code      []string
	empty     bool
}

// code reads a CAMEO code or PLOVER type.
func (s *EventScorer) code(e *codedEvent, code string) {
	c, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(code)), ":")
	c, _, _ = strings.Cut(c, "-")
	if !cameoDigits.MatchString(c) {
		if now, ok := earlierTypes[c]; ok {
			c = now
		}
		e.root, e.plover, e.quad = c, c, eventQuad[c]
		return
	}
	if len(c) == 1 {
		c = "0" + c
	}
	e.cameo, e.root = true, c[:2]
	switch {
	case e.root <= "05":
		e.quad = 1
	case e.root <= "09":
		e.quad = 2
	case e.root <= "13":
		e.quad = 3
	default:
		e.quad = 4 // protest too: compared on PLOVER's footing
	}
	for ; c != ""; c = c[:len(c)-1] {
		if p, ok := s.plover[c]; ok {
			e.plover = p
			return
		}
	}
}

func (s *EventScorer) goldSide(text, code, countries []string) codedSide {
	side := codedSide{countries: map[string]bool{}, text: text, code: code}
	for _, c := range countries {
		if countryCode.MatchString(c) {
			side.countries[country(c)] = true
		}
	}
	if len(side.countries) == 0 {
		side.countries = s.codes(code)
	}
	if len(side.countries) == 0 && len(text) > 0 {
		side.countries = s.codes(text)
	}
	side.empty = len(side.countries) == 0 && len(text) == 0 &&
		!slices.ContainsFunc(code, func(c string) bool { return strings.Trim(c, "-") != "" })
	return side
}

func (s *EventScorer) foundSide(values []string) codedSide {
	side := codedSide{countries: s.codes(values)}
	for _, v := range values {
		if v != "" {
			side.text = append(side.text, v)
		}
	}
	return side
}

// sameActor says whether what was found is the gold actor. A side that gold leaves empty is anyone.
func sameActor(gold, found *codedSide) bool {
	switch {
	case gold.empty:
		return true
	case len(gold.countries) > 0:
		for c := range gold.countries {
			if found.countries[c] {
				return true
			}
		}
		return len(found.countries) == 0 && textOverlap(gold.text, found.text)
	case len(gold.text) > 0:
		return textOverlap(gold.text, found.text)
	}
	for _, c := range gold.code {
		for _, v := range found.text {
			if c == v || len(c) > 3 && roleCode.MatchString(v) && c[3:min(6, len(c))] == v[3:6] {
				return true
			}
		}
	}
	return false
}

// textOverlap says whether two phrases of a and b are one inside the other or share half of their words.
func textOverlap(a, b []string) bool {
	bag := func(text string) map[string]bool {
		set := map[string]bool{}
		for _, w := range actorWord.FindAllString(strings.ToLower(text), -1) {
			if !eventStop[w] {
				set[w] = true
			}
		}
		return set
	}
	for _, x := range a {
		for _, y := range b {
			p, q := bag(x), bag(y)
			if len(p) == 0 || len(q) == 0 {
				continue
			}
			both := 0
			for w := range p {
				if q[w] {
					both++
				}
			}
			if both == len(p) || both == len(q) || 2*both >= len(p)+len(q)-both {
				return true
			}
		}
	}
	return false
}

// eventLevels are what is counted, from coarse to fine.
var eventLevels = []string{"sent", "sign", "quad", "plover", "root", "src", "tgt", "dyad", "r+src", "q+dyad", "triple"}

func matches(level string, g, p *codedEvent) bool {
	switch level {
	case "root":
		if g.root == "" {
			return false
		}
		if g.cameo && p.cameo {
			return g.root == p.root
		}
		return g.plover != "" && g.plover == p.plover
	case "plover":
		return g.plover != "" && g.plover == p.plover
	case "quad":
		return g.quad != 0 && g.quad == p.quad
	case "sign":
		return g.conflict != nil && *g.conflict == (p.quad > 2)
	case "src":
		return sameActor(&g.source, &p.source) || g.symmetric && sameActor(&g.target, &p.source)
	case "tgt":
		return sameActor(&g.target, &p.target) || g.symmetric && sameActor(&g.source, &p.target)
	case "dyad":
		return sameActor(&g.source, &p.source) && sameActor(&g.target, &p.target) ||
			g.symmetric && sameActor(&g.target, &p.source) && sameActor(&g.source, &p.target)
	case "r+src":
		return matches("root", g, p) && matches("src", g, p)
	case "q+dyad":
		return matches("quad", g, p) && matches("dyad", g, p)
	case "triple":
		return matches("root", g, p) && matches("dyad", g, p)
	}
	return true
}

// EventScore is how well events were found.
type EventScore struct {
	Levels []EventLevel
	// Macro is the mean F1 over the root labels that gold has, on the sets of labels of each sentence; 0 where it has none.
	Macro float64
	// Labels are the counts behind Macro, with labels that only the output has.
	Labels               map[string]PRF
	Sentences, Negatives int // of gold; without event
	Stray, Unreadable    int // events found with an unknown id or code
}

// EventLevel is one level of agreement: sent (there is an event), sign, quad (class), plover (type), root, src, tgt (one actor),
// dyad (both), r+src, q+dyad, triple (root and both actors).
type EventLevel struct {
	Name string
	PRF
}

// Level returns the counts of the level called name; zero where it is not counted.
func (s *EventScore) Level(name string) PRF {
	for _, l := range s.Levels {
		if l.Name == name {
			return l.PRF
		}
	}
	return PRF{}
}

// Score compares found events with gold ones. In each sentence they are matched one to one.
func (s *EventScorer) Score(gold, found []EventRecord) EventScore {
	events := map[string][]codedEvent{}
	skip := map[string]bool{}
	var ids []string
	yield, onlyCameo, any := false, true, false
	for _, r := range gold {
		if _, ok := events[r.ID]; !ok {
			events[r.ID] = nil
			ids = append(ids, r.ID)
		}
		skip[r.ID] = skip[r.ID] || r.Skip
		e := codedEvent{symmetric: r.Symmetric, quad: r.Penta}
		if r.Code != "" {
			s.code(&e, r.Code)
		} else if r.Penta == 0 && r.Conflict == nil {
			continue
		}
		if e.root == "YIELD" {
			e.plover = "YIELD"
		}
		if e.conflict = r.Conflict; e.quad != 0 {
			conflict := e.quad > 2
			e.conflict = &conflict
		}
		e.source = s.goldSide(r.Source, r.SourceCode, r.SourceCountry)
		e.target = s.goldSide(r.Target, r.TargetCode, r.TargetCountry)
		yield = yield || e.root == "YIELD"
		onlyCameo = onlyCameo && e.cameo
		any = true
		events[r.ID] = append(events[r.ID], e)
	}
	onlyCameo = onlyCameo && any
	ids = slices.DeleteFunc(ids, func(id string) bool { return skip[id] })
	score := EventScore{Sentences: len(ids), Labels: map[string]PRF{}}
	output := map[string][]codedEvent{}
	seen := map[string]bool{}
	for _, r := range found {
		if _, ok := events[r.ID]; !ok {
			score.Stray++
			continue
		}
		if skip[r.ID] {
			continue
		}
		e := codedEvent{}
		if r.Code != "" {
			s.code(&e, r.Code)
		}
		if yield && (e.plover == "CONCEDE" || e.plover == "RETREAT" || e.root == "08") {
			e.plover = "YIELD"
			if !e.cameo {
				e.root = "YIELD"
			}
		}
		if e.quad == 0 {
			score.Unreadable++
			continue
		}
		e.source, e.target = s.foundSide(r.Source), s.foundSide(r.Target)
		key := strings.Join([]string{r.ID, e.root, r.sides}, "\x00")
		if !seen[key] {
			seen[key] = true
			output[r.ID] = append(output[r.ID], e)
		}
	}
	hasRoot, hasQuad := false, false
	for _, id := range ids {
		if len(events[id]) == 0 {
			score.Negatives++
		}
		for i := range events[id] {
			hasRoot = hasRoot || events[id][i].root != ""
			hasQuad = hasQuad || events[id][i].quad != 0
		}
	}
	for _, level := range eventLevels {
		switch level {
		case "root", "plover", "r+src", "triple":
			if !hasRoot {
				continue
			}
		case "quad", "q+dyad":
			if !hasQuad {
				continue
			}
		}
		var count PRF
		for _, id := range ids {
			count.Add(sentenceCounts(level, events[id], output[id]))
		}
		score.Levels = append(score.Levels, EventLevel{level, count})
	}
	for _, id := range ids {
		g, p := map[string]bool{}, map[string]bool{}
		for i := range events[id] {
			g[label(&events[id][i], onlyCameo, true)] = true
		}
		for i := range output[id] {
			p[label(&output[id][i], onlyCameo, false)] = true
		}
		for l := range g {
			score.count(l, 1, 0, p[l])
		}
		for l := range p {
			score.count(l, 0, 1, false)
		}
	}
	n := 0
	for _, l := range slices.Sorted(maps.Keys(score.Labels)) { // the order of a sum shows in its last digit
		if c := score.Labels[l]; c.Gold > 0 {
			n++
			score.Macro += c.F1()
		}
	}
	if n > 0 {
		score.Macro /= float64(n)
	}
	return score
}

func (s *EventScore) count(label string, gold, output int, correct bool) {
	if label == "" {
		return
	}
	c := s.Labels[label]
	c.Gold += gold
	c.Output += output
	if correct {
		c.Correct++
	}
	s.Labels[label] = c
}

// label is the root label of e: the CAMEO root where all of gold is CAMEO, else the PLOVER type.
func label(e *codedEvent, onlyCameo, gold bool) string {
	if onlyCameo && (gold || e.cameo) {
		return e.root
	}
	return e.plover
}

// sentenceCounts counts one sentence at level.
func sentenceCounts(level string, gold, found []codedEvent) PRF {
	if level == "plover" {
		untyped := func(e codedEvent) bool { return e.plover == "" }
		gold = slices.DeleteFunc(slices.Clone(gold), untyped)
		found = slices.DeleteFunc(slices.Clone(found), untyped)
	}
	if level == "sent" {
		var c PRF
		if len(gold) > 0 {
			c.Gold = 1
		}
		if len(found) > 0 {
			c.Output = 1
		}
		c.Correct = c.Gold * c.Output
		return c
	}
	return PRF{Gold: len(gold), Output: len(found), Correct: bipartite(len(gold), len(found), func(i, j int) bool {
		return matches(level, &gold[i], &found[j])
	})}
}

// bipartite returns the size of a largest one-to-one matching of left with right along edges.
func bipartite(left, right int, edge func(i, j int) bool) int {
	mate := make([]int, right) // left node + 1
	size := 0
	var seen []bool
	var augment func(i int) bool
	augment = func(i int) bool {
		for j := range right {
			if seen[j] || !edge(i, j) {
				continue
			}
			seen[j] = true
			if mate[j] == 0 || augment(mate[j]-1) {
				mate[j] = i + 1
				return true
			}
		}
		return false
	}
	for i := range left {
		seen = make([]bool, right)
		if augment(i) {
			size++
		}
	}
	return size
}
