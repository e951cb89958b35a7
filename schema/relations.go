package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Relation is a canonical predicate, named without its prefix ("mediates").
type Relation struct {
	ID    string
	Label string // "agrees with"
	// Domain and Range are the types that subject and object must have, any one of them.
	Domain, Range []string
	Symmetric     bool
	PLOVER, CAMEO string   // event codes, empty for none
	Goldstein     string   // of the CAMEO code, from -10 (conflict) to 10 (cooperation), empty for none
	Aligned       []string // compact IRIs of like properties elsewhere ("schema:worksFor")
	// Verbs and Nouns are the cues: lemmas with what belongs to them ("call on", "hold talks").
	Verbs, Nouns []string
	Line         int // of relations.tsv
}

// goldsteinScore says whether v is a decimal from -10 to 10.
func goldsteinScore(v string) bool {
	n, err := strconv.ParseFloat(v, 64)
	return err == nil && decimal.MatchString(v) && n >= -10 && n <= 10
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func (s *Schema) readRelations(t *table) error {
	if err := t.columns("id", "domain", "range", "symmetric", "plover", "cameo", "aligned", "verbs", "nouns"); err != nil {
		return err
	}
	s.relations = make(map[string]int, len(t.rows))
	s.Relations = make([]Relation, 0, len(t.rows))
	for _, r := range t.rows {
		rel := Relation{
			ID:        r.get("id"),
			Label:     r.get("label"),
			Domain:    r.list("domain", "|"),
			Range:     r.list("range", "|"),
			PLOVER:    r.get("plover"),
			CAMEO:     r.get("cameo"),
			Goldstein: r.get("goldstein"),
			Aligned:   r.list("aligned", " "),
			Verbs:     r.list("verbs", ","),
			Nouns:     r.list("nouns", ","),
			Line:      r.line,
		}
		if !validID(rel.ID) {
			return r.errorf("id", "not a name of letters and digits: %q", rel.ID)
		}
		if _, ok := s.relations[rel.ID]; ok {
			return r.errorf("id", "given twice: %q", rel.ID)
		}
		if rel.Label == "" {
			rel.Label = Words(rel.ID)
		}
		for column, types := range map[string][]string{"domain": rel.Domain, "range": rel.Range} {
			if len(types) == 0 {
				return r.errorf(column, "empty; write Thing for anything")
			}
			for _, id := range types {
				if s.Type(id) == nil {
					return r.errorf(column, "no type is called %q", id)
				}
			}
		}
		if rel.Goldstein != "" && !goldsteinScore(rel.Goldstein) {
			return r.errorf("goldstein", "no decimal from -10 to 10: %q", rel.Goldstein)
		}
		var err error
		if rel.Symmetric, err = r.yes("symmetric"); err != nil {
			return err
		}
		s.relations[rel.ID] = len(s.Relations)
		s.Relations = append(s.Relations, rel)
	}
	s.verbCues = map[string][]*Relation{}
	s.nounCues = map[string][]*Relation{}
	for i := range s.Relations {
		rel := &s.Relations[i]
		for _, cue := range rel.Verbs {
			s.verbCues[cue] = append(s.verbCues[cue], rel)
		}
		for _, cue := range rel.Nouns {
			s.nounCues[cue] = append(s.nounCues[cue], rel)
		}
	}
	return nil
}

// Relation returns the relation called id, nil where there is none.
func (s *Schema) Relation(id string) *Relation {
	i, ok := s.relations[id]
	if !ok {
		return nil
	}
	return &s.Relations[i]
}

// ByVerb returns the relations that the verb lemma (with particle) cues, in order of preference. A preposition asks for
// a cue that ends in it ("call" + "on"); without one only cues for a direct object count.
func (s *Schema) ByVerb(lemma, preposition string) []*Relation {
	if preposition != "" {
		return s.verbCues[lemma+" "+preposition]
	}
	return s.verbCues[lemma]
}

// ByNoun returns the relations that the noun lemma cues, in order of preference: agent nouns without a preposition
// ("mediator"), nominalisations with theirs ("support" + "for").
func (s *Schema) ByNoun(lemma, preposition string) []*Relation {
	if preposition != "" {
		return s.nounCues[lemma+" "+preposition]
	}
	return s.nounCues[lemma]
}

// RelationsHash is a version of what relations mean: of their names, types, codes and cues and of the types above types.
func (s *Schema) RelationsHash() string {
	h := sha256.New()
	for i := range s.Types {
		fmt.Fprintf(h, "%q %q\n", s.Types[i].ID, s.Types[i].Parent)
	}
	for i := range s.Relations {
		r := &s.Relations[i]
		fmt.Fprintf(h, "%q %q %q %q %t %q %q %q %q %q\n", r.ID, r.Label, r.Domain, r.Range, r.Symmetric, r.PLOVER, r.CAMEO,
			r.Goldstein, r.Verbs, r.Nouns)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Label returns how a person reads the relation or type called id: "agreesWith" → "agrees with".
func (s *Schema) Label(id string) string {
	if r := s.Relation(id); r != nil {
		return r.Label
	}
	return Words(id)
}

// Words parts an identifier at its capitals: "takesPlaceIn" → "takes place in".
func Words(id string) string {
	var b strings.Builder
	for i, c := range id {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
