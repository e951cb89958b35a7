package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
)

// maxSlug is the number of characters after which a name is cut; what was cut lives on in a hash at its end.
const maxSlug = 100

// slug writes a name as the local part of an IRI: letters, marks and digits of any script, "-" and "_" stay, and "." inside; blanks
// become "_"; an apostrophe becomes the letter U+02BC, which reads the same and needs no escape in RDF or JavaScript;
// all else is percent-encoded, and invisible marks (Unicode's Cf) are left out.
func slug(name string) string {
	name = strings.TrimRight(strings.TrimSpace(name), ".")
	if utf8.RuneCountInString(name) > maxSlug {
		sum := sha256.Sum256([]byte(name))
		runes := []rune(name)
		name = string(runes[:maxSlug]) + "_" + hex.EncodeToString(sum[:4])
	}
	plain := true
	for i := 0; i < len(name) && plain; i++ {
		c := name[i]
		plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
	}
	if plain {
		return name
	}
	var b strings.Builder
	blank := false
	for _, c := range name {
		if unicode.Is(unicode.Cf, c) {
			continue // invisible marks
		}
		if unicode.IsSpace(c) {
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte('_')
		}
		blank = false
		switch {
		case unicode.IsLetter(c), unicode.IsMark(c), unicode.IsDigit(c), c == '-', c == '_', c == '.':
			b.WriteRune(c)
		case c == '\'', c == '’':
			b.WriteRune('ʼ')
		default:
			var buf [4]byte
			for _, x := range buf[:utf8.EncodeRune(buf[:], c)] {
				fmt.Fprintf(&b, "%%%02X", x)
			}
		}
	}
	return b.String()
}

// NameIRI is the IRI of what goes by name in every article, where nothing of another kind is likely to share it (globalIRI).
func NameIRI(name string) graph.IRI { return graph.IRI("kg:" + slug(name)) }

// articleSlug is the article's ID as the first part of the names that only it knows. It keeps clear of the words that
// the graph layout begins its own IRIs with.
func articleSlug(id string) string {
	first, _, _ := strings.Cut(id, "/")
	switch first {
	case "article", "claim", "sentence":
		return "_" + id
	}
	return id
}

func articleIRI(id string) graph.IRI { return graph.IRI("kg:article/" + id) }

func sentenceIRI(id string, span graph.Span) graph.IRI {
	return graph.IRI(fmt.Sprintf("kg:sentence/%s/%d-%d", id, span.Begin, span.End))
}

func kgo(id string) graph.IRI { return graph.IRI("kgo:" + id) }

// local is the part of an IRI after its prefix.
func local(id graph.IRI) string {
	_, name, _ := strings.Cut(string(id), ":")
	return name
}

func compareIRI(a, b graph.IRI) int { return strings.Compare(string(a), string(b)) }

// family is a coarse kind of thing.
type family uint8

const (
	unknownFamily family = iota
	personFamily
	actorOrPlace // one family, because news uses the names of places for who acts there
	eventFamily
	workFamily // agreements, plans, statements, positions, quantities
)

// familyOf returns the family of a node type.
func (r *Resolver) familyOf(typ string) family {
	switch {
	case r.schema.IsA(typ, "Person"):
		return personFamily
	case r.schema.IsA(typ, "Actor"), r.schema.IsA(typ, "Place"):
		return actorOrPlace
	case r.schema.IsA(typ, "Event"):
		return eventFamily
	case typ == "Thing":
		return unknownFamily
	}
	return workFamily
}

// globalIRI returns the IRI of a thing that goes by the same name in every article. Where a thing of another kind may well have the
// same name, the IRI says what kind it means: "Ford" is a company, and the last name of many. Two words are rarely shared, more
// often a model takes a company for a person ("Goldman Sachs").
func (s *run) globalIRI(name, typ string) graph.IRI {
	id := NameIRI(name)
	if first, _ := utf8.DecodeRuneInString(name); strings.ContainsRune(name, ' ') || !unicode.IsUpper(first) && s.familyOf(typ) != personFamily {
		return id
	}
	switch s.familyOf(typ) {
	case personFamily:
		id += "_(Person)"
	case eventFamily:
		id += "_(Event)"
	case workFamily:
		id += graph.IRI("_(" + typ + ")")
	}
	return id
}

// charIndex turns byte offsets of a valid UTF-8 text into offsets of characters.
type charIndex struct {
	text string
	// before holds the number of characters that begin before each stride'th byte; nil for a text of ASCII only.
	before []int
}

const stride = 64

func newCharIndex(text string) charIndex {
	x := charIndex{text: text}
	n := 0
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			x.before = append(x.before, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if n == len(text) {
		x.before = nil
	}
	return x
}

// at returns the number of characters before byte i.
func (x charIndex) at(i int) int {
	if x.before == nil {
		return i
	}
	k := min(i/stride, len(x.before)-1)
	n := x.before[k]
	for j := k * stride; j < i; j++ {
		if utf8.RuneStart(x.text[j]) {
			n++
		}
	}
	return n
}

func (x charIndex) span(begin, end int) graph.Span {
	return graph.Span{Begin: x.at(begin), End: x.at(end)}
}
