package resolve

import (
	"slices"
	"strings"
	"unicode"

	"kg/schema"
)

// namedAfter refers to what a name of a place means where it is that of something called after the place: a team of sport (then
// everywhere in the article but behind prepositions of place), a county of a list whose noun stands behind the last name.
func (s *run) namedAfter(t *tree, head int, words []int) (reference, bool) {
	first, last := words[0], words[len(words)-1]
	name, noun := s.text(t, words), t.sharedNoun(first, last)
	team := t.team(first, last) || s.teams[name] && !wherePrepositions[t.caseOf(head)]
	if noun == "" && !team || !s.placeName(name) {
		return reference{}, false
	}
	if noun == "" {
		// The town has its bare name.
		id := NameIRI(name) + "_(Organization)"
		s.entity(id, "Organization", name, "")
		return reference{id: id, typ: "Organization"}, true
	}
	name += " " + noun
	id := s.globalIRI(name, "Region")
	s.entity(id, "Region", name, "")
	return reference{id: id, typ: "Region"}, true
}

// placeName says whether name is that of a state or another place, as far as the article has it.
func (s *run) placeName(name string) bool {
	if se := s.senses[name]; se != nil {
		return s.schema.IsA(se.Type, "Place")
	}
	return slices.ContainsFunc(s.schema.Lookup(name), func(n schema.Name) bool {
		return n.Kind == schema.StateName || n.Kind == schema.Capital || n.Kind == schema.PlaceName && s.schema.IsA(n.Type, "Place")
	})
}

// team says whether the place named by the words from first to last is one that plays: before a player's position, beside "versus", as
// one that beats, wins or is played against where the sentence gives the score.
func (t *tree) team(first, last int) bool {
	if last+1 < len(t.Words) && positionsOfPlay[strings.TrimSuffix(strings.ToLower(t.Words[last+1].Form), "s")] {
		return true
	}
	against := func(k, other int) bool {
		return k >= 0 && k < len(t.Words) && (t.lemma(k) == "versus" || t.lemma(k) == "vs" || t.lemma(k) == "vs.") && t.match(other)
	}
	if against(last+1, last+2) || against(first-1, first-2) {
		return true
	}
	for k := first; k <= last; k++ {
		h := t.Words[k].Head
		if h < 0 || h >= first && h <= last {
			continue
		}
		switch rel := t.rel(k); {
		case rel == "nsubj" && (beatings[t.lemma(h)] || playings[t.lemma(h)]), rel == "obj" && beatings[t.lemma(h)],
			(rel == "obl" || rel == "nmod") && opponents[t.caseOf(k)]:
			return t.scores()
		}
	}
	return false
}

// match says whether word k is of a name: what a place plays against.
func (t *tree) match(k int) bool { return k >= 0 && k < len(t.Words) && t.Words[k].UPOS == "PROPN" }

// scores says whether the sentence has the score of a match ("3-1") and not a range ("3-4 pct").
func (t *tree) scores() bool {
	points := func(form string) bool {
		return len(form) > 0 && len(form) < 4 && strings.Trim(form, "0123456789") == ""
	}
	for k := range t.Words {
		first, rest, ok := strings.Cut(t.Words[k].Form, "-")
		next := k + 1
		if !ok && k+2 < len(t.Words) && t.Words[k+1].Form == "-" {
			rest, ok, next = t.Words[k+2].Form, true, k+3
		}
		if ok && points(first) && points(rest) && (next == len(t.Words) || t.Words[next].UPOS == "PUNCT" || t.Words[next].UPOS == "ADP" ||
			t.Words[next].UPOS == "CCONJ" || playings[t.lemma(next)]) {
			return true
		}
	}
	return false
}

// sharedNoun is the noun in the singular that the name from first to last shares with other names of its list: "Wayne, Monroe and
// Oakland counties". Empty for none.
func (t *tree) sharedNoun(first, last int) string {
	names, listed := 1, false
	if first > 1 && t.match(first-2) && (t.Words[first-1].Form == "," || t.lemma(first-1) == "and") {
		names++
	}
	for k := last + 1; k < len(t.Words); k++ {
		w := &t.Words[k]
		switch form := w.Form; {
		case sharedPlaces[strings.ToLower(form)] != "":
			if names > 1 {
				return sharedPlaces[strings.ToLower(form)]
			}
			return ""
		case form == ",", form == "and", form == "or":
			listed = true
		case w.UPOS == "PROPN" || w.UPOS == "ADJ" && unicode.IsUpper([]rune(form)[0]):
			if !listed {
				return "" // "Oakland Hills and ..."
			}
			names++
		default:
			return ""
		}
	}
	return ""
}

var (
	// positionsOfPlay are what players are by where they stand; words that mean anything else are left out.
	positionsOfPlay = set(`quarterback linebacker cornerback lineman halfback fullback defenseman defenceman goaltender goalie goalkeeper
		midfielder striker shortstop outfielder infielder baseman batsman bowler winger`)
	// beatings are what one team does to another.
	beatings = set("beat defeat edge rout trounce thrash outscore crush blank")
	// playings are what a team does without one that it does it to, and what comes of it.
	playings = set("win lose draw tie score play trail victory loss defeat lead")
	// opponents lead to the other team.
	opponents = set("against over past")
	// sharedPlaces are the nouns of regions that names of a list share, with their singular.
	sharedPlaces = map[string]string{"counties": "County", "provinces": "Province", "districts": "District", "boroughs": "Borough",
		"parishes": "Parish", "prefectures": "Prefecture"}
)
