package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decodeText turns the bytes of a text file into a string. A byte-order mark decides and is dropped; other text is taken
// as UTF-8, and as Windows-1252 where it plainly is that. Bytes that are neither are kept as they are.
func decodeText(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(b[3:])
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		dec := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder()
		if out, _, err := transform.Bytes(dec, b); err == nil {
			return string(out)
		}
	}
	if !utf8.Valid(b) && plainlyWindows1252(b) {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	return string(b)
}

// plainlyWindows1252 says whether b, which is no UTF-8, reads as Western text: no UTF-8 sequence at all, no byte that
// Windows-1252 leaves undefined, no control character, and at most one byte in eight beyond ASCII.
func plainlyWindows1252(b []byte) bool {
	high := 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x03:
			return false
		case c < 0x80:
		case c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d:
			return false
		default:
			if r, n := utf8.DecodeRune(b[i:]); n > 1 && r != utf8.RuneError {
				return false
			}
			high++
		}
	}
	return high*8 <= len(b)
}

// isBinary says whether the first bytes of an input are no text in any encoding that is read here.
func isBinary(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return false
	}
	controls := 0
	for _, c := range head {
		switch {
		case c == 0:
			return true
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b:
			controls++
		}
	}
	return controls*20 > len(head)
}

// headline returns the first line of a plain text where it looks like a title: short, no full stop at its end, set apart
// from what follows by an empty line or by being much shorter.
func headline(text string) string {
	lines := linesOf(text)
	for i, l := range lines {
		line := text[l.begin:l.end]
		if line == "" || isBoilerplate(line) {
			continue
		}
		title := strings.TrimSpace(strings.TrimLeft(line, "#*_ "))
		title = strings.TrimRight(title, "#*_ ")
		words := len(strings.Fields(title))
		if words < 2 || words > 30 || len(title) > 200 || strings.ContainsRune(".,;:", lastRune(title)) {
			return ""
		}
		if first, _ := utf8.DecodeRuneInString(title); unicode.IsLower(first) {
			return ""
		}
		rest := lines[i+1:]
		if len(rest) == 0 {
			return ""
		}
		apart := rest[0].begin == rest[0].end
		for _, next := range rest {
			if n := next.end - next.begin; n > 0 {
				if apart || n > 2*len(line) {
					return cleanTitle(title)
				}
				break
			}
		}
		return ""
	}
	return ""
}

// cleanTitle puts a title on one line.
func cleanTitle(s string) string {
	return strings.Join(strings.Fields(stripControls(strings.ToValidUTF8(s, "�"))), " ")
}

// sampleLetters is how many letters the language is told from; minLetters is the fewest that allow to tell at all: below
// it names alone can look like any language.
const (
	sampleLetters = 2000
	minLetters    = 120
)

// englishWords are function words that hardly any other language has; "vs" is there for tables of results, which hold
// little else and look French by their trigrams.
var englishWords = set("the|of|and|that|with|which|his|her|their|was|were|has|have|had|will|from|by|be|they|this|not|would|it|its|at|are|he|she|said|after|been|who|but|than|about|over|could|or|when|we|vs|vs.")

// language tells the language of text as an ISO 639-1 code. sure is false for a short or mixed text.
//
// One word in eight from englishWords, four of them different, is English; that settles most articles in a tenth of the
// time that trigrams take.
func language(text string) (code string, sure bool) {
	var b strings.Builder
	letters, words, english, kinds := 0, 0, 0, 0
	seen := map[string]bool{}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && r != '\'' && r != '’' }) {
		w = strings.ToLower(w) // trigrams of capitals are in no profile
		words++
		letters += utf8.RuneCountInString(w)
		if englishWords[w] {
			english++
			if !seen[w] {
				kinds++
			}
		}
		seen[w] = true
		// Words only: digits, tables and punctuation mislead trigrams.
		b.WriteString(w)
		b.WriteByte(' ')
		if letters >= sampleLetters {
			break
		}
	}
	if letters == 0 {
		return "", false
	}
	if english*8 >= words && kinds >= 4 {
		return "en", letters >= minLetters
	}
	info := whatlanggo.Detect(b.String())
	if info.Lang < 0 {
		return "", false
	}
	code = info.Lang.Iso6391()
	// A text with a fair share of English words or with few different words is no foreign one: a table, a list of names.
	// (Scripts without blanks have few words.)
	table := english*20 >= words || info.Script == unicode.Latin && (len(seen) < 25 || digits(text)*12 > len(text))
	return code, letters >= minLetters && info.Confidence >= 0.5 && (code == "en" || !table)
}

func digits(s string) (n int) {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// languageName is the English name of an ISO 639-1 code, or the code itself.
func languageName(code string) string {
	for lang, name := range whatlanggo.Langs {
		if lang.Iso6391() == code {
			return name
		}
	}
	return code
}

// baseLanguage brings "en-GB", "en_us", "English" and "eng" to "en"; empty where nothing is known.
func baseLanguage(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, "-_ ,;"); i > 0 {
		s = s[:i]
	}
	if len(s) == 2 {
		return s
	}
	for lang, name := range whatlanggo.Langs {
		if len(s) == 3 && lang.Iso6393() == s || strings.EqualFold(name, s) {
			return lang.Iso6391()
		}
	}
	return ""
}
