package resolve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"kg/graph"
	"kg/schema"
)

// sense is the bearer that a name of the long lists means in this article, one for all its places.
type sense struct {
	schema.Bearer
	placed bool // the text says where it is: "Paris, Texas"
	// untagged says that the model takes the name for a person, which the rest of the article speaks against.
	untagged bool
}

// occurrence is what the places of a name in the article tell about its bearer.
type occurrence struct {
	name  string
	votes [4]int   // places by tag: votePerson …
	plain int      // places without a tag
	after []string // what stands behind its places and a comma
	stop  bool     // stands behind a comma, with a full stop or in capitals: "Macon, Ga."
	where bool     // stands behind a preposition of place
	// explained says that the article uses it for what stands in small letters before it: "an artificial pancreas (AP)".
	explained bool
}

const (
	votePerson = iota
	voteOrganization
	votePlace
	voteOther
)

// findSenses chooses for each name of the long lists that the article has whom or what it means: by how well known each bearer is, the
// states and regions that the article names, what stands behind a comma, and the type that the model gives the name. States that the
// tables name are known by then.
func (s *run) findSenses() {
	s.senses, s.firms = map[string]*sense{}, map[string]bool{}
	g := s.schema.Gazetteer()
	found := s.occurrences(g)
	near := map[string]bool{} // states and regions that well-known places of the article lie in
	for _, o := range found {
		if o.plain+o.votes[votePlace] == 0 || o.short() && !o.stop {
			continue
		}
		for n, b := range g.Find(o.name) {
			if s.schema.IsA(b.Type, "Place") && b.State != "" && b.Prominence >= 6 && n == 0 && !b.Common && !b.Personal {
				near[b.State] = true
				near[b.State+"/"+cmp.Or(b.Region, b.Label)] = true
			}
		}
	}
	for _, o := range found {
		if se := s.choose(o, g.Find(o.name), near); se != nil {
			s.senses[o.name] = se
		}
	}
}

// short says whether the name is an abbreviation that needs its context: "Ga", "ME".
func (o *occurrence) short() bool { return len(o.name) < 5 && !strings.ContainsRune(o.name, ' ') }

// occurrences lists the names of the article that the lists may have, in the order of the text.
func (s *run) occurrences(g *schema.Gazetteer) []*occurrence {
	var list []*occurrence
	by := map[string]*occurrence{}
	at := func(name string) *occurrence {
		o := by[name]
		if o == nil {
			o = &occurrence{name: name}
			by[name] = o
			list = append(list, o)
		}
		return o
	}
	text := s.doc.Text
	i, k := 0, 0 // the word that a name begins at
	g.Scan(text, func(begin, end int) {
		for i < len(s.doc.Sentences) && s.doc.Sentences[i].End <= begin {
			i, k = i+1, 0
		}
		if i == len(s.doc.Sentences) {
			return
		}
		words := s.doc.Sentences[i].Words
		for k < len(words) && words[k].End <= begin {
			k++
		}
		if k == len(words) || words[k].Begin > begin {
			return
		}
		last := k
		for last+1 < len(words) && words[last+1].Begin < end {
			last++
		}
		o := at(strings.ReplaceAll(text[begin:end], "\n", " "))
		tag := words[k].NER
		switch {
		case len(tag) < 3:
			if len(words[last].NER) < 3 && (words[k].UPOS == "PROPN" || words[last].UPOS == "PROPN") {
				o.plain++
			}
		case tag[0] == 'I' || last+1 < len(words) && strings.HasPrefix(words[last+1].NER, "I-") && words[last+1].Form != ",":
			// Inside a longer name.
			if tag[2:] == "PER" || tag[2:] == "LOC" && (tag[0] == 'B' || k > 0 && words[k-1].Form == ",") {
				o.vote(tag[2:])
			}
		default:
			o.vote(tag[2:])
		}
		if begin > 2 && text[begin-1] == '(' && end < len(text) && text[end] == ')' && text[begin-3] >= 'a' && text[begin-3] <= 'z' &&
			strings.ToUpper(o.name) == o.name {
			o.explained = true
		}
		o.where = o.where || k > 0 && wherePrepositions[strings.ToLower(words[k-1].Form)]
		if rest, ok := strings.CutPrefix(text[end:], ", "); ok {
			o.after = append(o.after, rest[:min(len(rest), 40)])
		}
		if begin > 1 && text[begin-2] == ',' &&
			(strings.HasPrefix(text[end:], ".") || strings.ToUpper(o.name) == o.name && len(o.name) == 2) {
			o.stop = true
		}
	})
	// Names as the model sees them, which may have what no word of a name has, and those in capitals throughout.
	for i := range s.doc.Sentences {
		t := s.tree(i)
		for k := range t.Words {
			if !strings.HasPrefix(t.Words[k].NER, "B-") {
				continue
			}
			span, typ := t.nerSpan(k)
			name := s.text(t, span)
			if by[name] == nil && (len(g.Find(name)) > 0 || len(g.Find(inCapitals(name))) > 0) {
				o := at(name)
				o.vote(typ)
				if end := t.Words[span[len(span)-1]].End; strings.HasPrefix(text[end:], ", ") {
					o.after = append(o.after, text[end+2:min(len(text), end+42)])
				}
			}
		}
	}
	return list
}

// wherePrepositions lead to places, and rarely to persons.
var wherePrepositions = set("in near at inside outside into toward towards around across throughout")

func (o *occurrence) vote(typ string) {
	switch typ {
	case "PER":
		o.votes[votePerson]++
	case "ORG":
		o.votes[voteOrganization]++
	case "LOC":
		o.votes[votePlace]++
	default:
		o.votes[voteOther]++
	}
}

// inCapitals returns a name in capitals throughout as it is written elsewhere, any other as it is.
func inCapitals(name string) string {
	if len(name) < 4 || strings.ToUpper(name) != name || strings.ToLower(name) == name {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		_, n := utf8.DecodeRuneInString(w)
		words[i] = w[:n] + strings.ToLower(w[n:])
	}
	return strings.Join(words, " ")
}

// choose returns the likeliest bearer of a name, nil where none is likely enough. The weights were set on half of News-Fair.
func (s *run) choose(o *occurrence, bearers []schema.Bearer, near map[string]bool) *sense {
	long := s.acronyms[o.name]
	if o.explained || long != "" && !slices.ContainsFunc(bearers, func(b schema.Bearer) bool { return b.Label == long }) {
		return nil
	}
	if len(bearers) == 0 {
		bearers = s.schema.Gazetteer().Find(inCapitals(o.name))
	}
	initials := len(o.name) < 6 && inCapitals(o.name) != o.name && len(s.schema.Gazetteer().Find(o.name)) == 0 // PEPCO isn't Pepco
	homonyms := slices.ContainsFunc(bearers, func(b schema.Bearer) bool { return b.Common || b.Personal || s.schema.IsA(b.Type, "Place") })
	var best *sense
	most, even, firm := 0.0, false, false
	tagged := o.votes[votePerson] + o.votes[voteOrganization] + o.votes[votePlace] + o.votes[voteOther]
	for _, b := range bearers {
		place, person := s.schema.IsA(b.Type, "Place"), b.Type == "Person"
		if !place && !person && !b.Own && (initials || s.stranger(o.name, b, near, homonyms)) {
			firm = firm || b.Type == "Company" && o.votes[voteOrganization]*2 > tagged && !s.wordsOfMany(o.name) && acronym(o.name) != o.name
			continue
		}
		se := sense{Bearer: b}
		score := float64(b.Prominence)
		if b.Own {
			score += 100
		}
		support := false
		for _, after := range o.after {
			if place && s.lies(b, after) {
				se.placed = true
			}
		}
		switch {
		case se.placed:
			score += 6
		case place && b.State != "" && (near[b.State+"/"+b.Region] || s.states[b.State]):
			support = true
			score += 1.5
		case place && near[b.State]:
			support = true
			score++
		}
		if o.short() && b.Alias && b.Type == "Region" && !o.stop {
			continue
		}
		if b.Alias && !b.Own && b.Prominence < 5 && acronym(o.name) == o.name && b.Label != long && s.types[b.Label] == "" {
			continue // many bodies share the initials of a little known one, which the article does not spell out
		}
		kind := voteOrganization
		if person {
			kind = votePerson
		} else if place {
			kind = votePlace
		}
		switch {
		case tagged == 0 && o.plain == 0 && !b.Own && !se.placed:
			continue // never a name of its own
		case o.votes[votePerson] > o.votes[voteOrganization]+o.votes[votePlace] && !person && !b.Own:
			// A town of a state that the article names, which has the name of no person: "marched toward Raqqah".
			if !support || !o.where || b.Personal || b.Common || b.Prominence < 5 || strings.Contains(o.name, " ") {
				continue
			}
			se.untagged = true
		case tagged == 0 && !place:
			score--
		case o.votes[kind]*2 > tagged:
			score += 2
		case o.votes[voteOrganization]+o.votes[votePlace] > 0:
			score -= 1.5
		}
		if b.Common && tagged == 0 {
			score -= 5
		}
		if b.Common && o.votes[kind]*2 <= tagged {
			score--
		}
		if (b.Personal || b.Common) && place && !support && !se.placed && b.Prominence < 6 {
			score -= 2
		}
		if b.Alias {
			score -= .5
		}
		// A small town, a shop of few places: many share such a name.
		enough := 5.5
		if place && b.Type == "City" && b.Prominence <= 5 && !support && !se.placed {
			enough = 7.5
		} else if !place && !strings.ContainsAny(o.name, " -&'") {
			enough = 5
		} else if !place {
			enough = 3.5
		}
		if score >= enough && (best == nil || score > most) {
			best, most, even = &se, score, false
		} else if best != nil && score == most && !place && best.Type == b.Type && best.Wikidata != b.Wikidata {
			even = true
		}
	}
	if best == nil && firm {
		s.firms[o.name] = true
	}
	if even {
		return nil // a First State Bank of many
	}
	return best
}

// stranger says whether an article would name body b, which few know, with more words than name, so that name means another one there:
//   - a name without a word of its own is that of a body of many states (Central Bank, Ministry of Justice), unless the article speaks of
//     b's;
//   - initials, short names and the least known ones mean a body of a state that the article speaks of, or of one whose press leaves it out;
//   - it may be short for a longer name of the article (Burlington for Burlington Industries), or a person's with a genitive (Kohl's).
//
// homonyms says that the name is a word, a person's or a place's, too.
func (s *run) stranger(name string, b schema.Bearer, near map[string]bool, homonyms bool) bool {
	if b.Prominence >= 5 {
		return false
	}
	if stem, ok := cutGenitive(name); ok && (s.alone(stem) || s.schema.Person(stem) != "") {
		return true
	}
	here := s.states[b.State] || near[b.State]
	home := b.State == "" || b.State == "United States" || b.State == "United Kingdom"
	single := !strings.ContainsRune(name, ' ')
	switch {
	case s.wordsOfMany(name):
		return b.Common || b.State != "" && !here
	case single && !here && !home && (b.Prominence < 4 || b.Alias || b.Common || acronym(name) == name):
		return true
	case single && b.Prominence < 4 && homonyms:
		for long, typ := range s.types {
			rest, ok := strings.CutPrefix(long, name+" ")
			if !ok || typ != "ORG" {
				continue
			}
			next, _, _ := strings.Cut(strings.ToLower(rest), " ")
			if next = strings.TrimSuffix(next, "."); !companySuffixes[next] && !trades[next] && next != "'s" {
				return true
			}
		}
	}
	return false
}

// trades are words that a company's name leaves out as often as its legal form: Mobil Oil, Isuzu Motors.
var trades = set("motor motors oil petroleum group bank industrie & and")

// cutGenitive cuts 's off a name that ends with it.
func cutGenitive(name string) (string, bool) {
	for _, s := range []string{"'s", "’s", "ʼs"} {
		if stem, ok := strings.CutSuffix(name, s); ok {
			return stem, true
		}
	}
	return name, false
}

// alone says whether the article has word as a name without 's.
func (s *run) alone(word string) bool {
	for i := range s.doc.Sentences {
		words := s.doc.Sentences[i].Words
		for k := range words {
			if words[k].Form == word && words[k].UPOS == "PROPN" && (k+1 == len(words) || words[k+1].XPOS != "POS") {
				return true
			}
		}
	}
	return false
}

// wordsOfMany says whether the name of a body has no word of its own: Central Bank, First State Bank, United.
func (s *run) wordsOfMany(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	for _, w := range words {
		if offices[w] || shared[w] {
			continue
		}
		if _, ok := s.schema.Noun(w); !ok && !s.schema.RoleWord(w) || len(words) == 1 {
			return false
		}
	}
	return true
}

// shared are words that the names of many bodies have beside offices.
var shared = set("first second third united international global american european new peoples people's savings trust commercial agricultural")

// lies says whether text, which stands behind the name of b and a comma, begins with where b is.
func (s *run) lies(b schema.Bearer, text string) bool {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '\n' })
	for n := min(3, len(words)); n > 0; n-- {
		name := strings.TrimRight(strings.Join(words[:n], " "), ".,;:)!?'’\"”")
		for _, st := range s.schema.Lookup(name) {
			if st.Kind == schema.StateName && st.State == b.State {
				return true
			}
		}
		for _, r := range s.schema.Gazetteer().Find(name) {
			if r.Type == "Region" && r.State == b.State && (r.Label == b.Region || b.Region == "") {
				return true
			}
		}
	}
	return false
}

// meant refers to what a name of the long lists means in this article. Persons are left to personRef.
func (s *run) meant(name, ner string) (reference, bool) {
	se := s.senses[name]
	if se == nil {
		if rest, ok := strings.CutPrefix(name, "the "); ok {
			se = s.senses[rest]
		}
	}
	if se == nil || se.Type == "Person" || ner == "PER" && !se.Own && !se.untagged {
		return reference{}, false
	}
	id := s.bearerIRI(se.Bearer)
	s.entity(id, se.Type, se.Label, se.Wikidata)
	s.alias(id, name)
	return reference{id: id, typ: se.Type}, true
}

// bearerIRI is the IRI of a bearer, the same in every article: of those who share a name the tables' own has it bare, else the best
// known; the others say where or what they are.
func (s *run) bearerIRI(b schema.Bearer) graph.IRI {
	id := NameIRI(b.Label)
	first := true
	if len(s.schema.Lookup(b.Label)) > 0 || s.schema.Person(b.Label) != "" {
		n := schema.Name{}
		if names := s.schema.Lookup(b.Label); len(names) > 0 {
			n = names[0]
		}
		first = n.State == b.State && s.schema.IsA(n.Type, "Place") == s.schema.IsA(b.Type, "Place") && n.Kind != schema.StateName
	} else {
		for _, o := range s.schema.Gazetteer().Find(b.Label) {
			if o.Label == b.Label {
				first = o.Type == b.Type && o.State == b.State && o.Region == b.Region && o.Wikidata == b.Wikidata
				break
			}
		}
	}
	if first {
		return id
	}
	which := cmp.Or(b.Region, b.State)
	if which == b.Label || which == "" || !s.schema.IsA(b.Type, "Place") {
		which = b.Type
	}
	return id + graph.IRI("_("+slug(which)+")")
}

// item returns the item of Wikidata of a thing that the tables name without one, empty where the lists have none or several.
func (s *run) item(label, typ, state string) string {
	place := s.schema.IsA(typ, "Place")
	for _, b := range s.schema.Gazetteer().Find(label) {
		if b.Wikidata == "" || b.Alias || s.schema.IsA(b.Type, "Place") != place || (b.Type == "Person") != (typ == "Person") ||
			state != "" && b.State != "" && b.State != state || place && b.Type != typ {
			continue
		}
		return b.Wikidata
	}
	return ""
}
