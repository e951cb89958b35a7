package extract

import (
	"strings"

	"kg/internal/nlp"
)

// acronyms finds "Commonwealth of Independent States (CIS)", "CIS (Commonwealth of Independent States)" and "HMS Larch (F 231)" by the
// text in the brackets, whatever the tree says of it.
func (r *reader) acronyms(st status) {
	for open := 1; open+2 < len(r.Words); open++ {
		if f := r.Words[open].Form; f != "(" && f != "-LRB-" {
			continue
		}
		end := open + 1
		for end < len(r.Words) && end-open < 10 && !isBracket(r.Words[end].Form) {
			end++
		}
		if end == len(r.Words) || !isBracket(r.Words[end].Form) || end == open+1 {
			continue
		}
		inside := seq(open+1, end)
		last := open // behind the long form, whose possessive mark may stand before the bracket
		if r.Words[open-1].XPOS == "POS" {
			last--
		}
		switch {
		case r.hullNumber(inside):
			if from := r.ship(open); from >= 0 {
				r.sameAs(seq(from, open), inside, st)
			}
		case len(inside) == 1 && isAcronym(r.Words[open+1].Form):
			// As many words before the bracket as it takes to spell the acronym.
			for from := open - 1; from >= 0 && open-from <= 10; from-- {
				short, long := stripDots(r.Words[open+1].Form), seq(from, open)
				if r.initials(long) == short || r.allInitials(long) == short {
					r.sameAs(seq(from, last), inside, st)
					break
				}
				if r.syllabic(seq(from, last), r.Words[open+1].Form) {
					for from > 0 && r.Words[from-1].XPOS == "NNP" {
						from-- // what the abbreviation has nothing of
					}
					r.sameAs(seq(from, last), inside, st)
					break
				}
			}
		case isAcronym(r.Words[open-1].Form) && r.initials(inside) == stripDots(r.Words[open-1].Form):
			r.sameAs(inside, []int{open - 1}, st)
		}
	}
}

func (r *reader) sameAs(name, short []int, st status) {
	long := Phrase{Words: name, Head: name[0]}
	for _, i := range name {
		if h := r.Words[i].Head; h < name[0] || h > name[len(name)-1] {
			long.Head = i
			break
		}
	}
	abbreviation := Phrase{Words: short, Head: short[0]}
	r.add("acronym", Predicate{Phrase: Phrase{Head: short[0]}, Lemma: "same as", Noun: true, Text: "is"}, st,
		Argument{Phrase: long, Role: Subject, Minimal: long}, Argument{Phrase: abbreviation, Role: Attribute, Minimal: abbreviation})
}

// isAcronym says whether form has two to eight letters, all but the last capitals ("CIS", "U.N.", "MPs").
func isAcronym(form string) bool {
	form = stripDots(form)
	if len(form) < 2 || len(form) > 8 {
		return false
	}
	for i := range len(form) {
		if c := form[i]; (c < 'A' || c > 'Z') && (i < len(form)-1 || i < 2) {
			return false
		}
	}
	return true
}

// syllabic says whether short is made of the beginnings of names among words, two letters and more of each, in their order, and the first
// word is one of them: "CENTCOM" of "Central Command", "NAVCENT" of "Naval Forces Central Command".
func (r *reader) syllabic(words []int, short string) bool {
	var spell func(at int, rest string, parts int) bool
	spell = func(at int, rest string, parts int) bool {
		if rest == "" {
			return parts > 1
		}
		for ; at < len(words); at++ {
			w := &r.Words[words[at]]
			form := strings.ToUpper(w.Form)
			for n := min(len(rest), len(form)); n > 1 && capitalised(w.Form); n-- {
				if form[:n] == rest[:n] && spell(at+1, rest[n:], parts+1) {
					return true
				}
			}
			if parts == 0 {
				return false
			}
		}
		return false
	}
	return len(short) > 4 && spell(0, short, 0)
}

// hullNumber says whether words are the number that a navy gives a ship: "F 231", "DDG-70".
func (r *reader) hullNumber(words []int) bool {
	if len(words) > 3 {
		return false
	}
	text := ""
	for _, k := range words {
		text += r.Words[k].Form
	}
	letters := strings.TrimRight(text, "0123456789")
	digits := len(text) - len(letters)
	letters = strings.TrimSuffix(letters, "-")
	return digits > 0 && digits < 5 && len(letters) > 0 && len(letters) < 5 && strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// ship returns the first word of the name of a warship that ends before word end, -1 for none.
func (r *reader) ship(end int) int {
	for k := end - 1; k >= 0 && end-k < 6 && r.Words[k].UPOS != "PUNCT"; k-- {
		if k < end-1 && nlp.IsShipPrefix(r.Words[k].Form) {
			return k
		}
	}
	return -1
}

// initials returns the first letters of the capitalised words.
func (r *reader) initials(words []int) string {
	var b []byte
	for _, i := range words {
		if f := r.Words[i].Form; capitalised(f) {
			b = append(b, f[0])
		}
	}
	return string(b)
}

// allInitials returns the first letters of all words and of the parts of compounds, as capitals: "EM" of "expectation–maximization".
func (r *reader) allInitials(words []int) string {
	var b []byte
	for _, i := range words {
		for _, part := range strings.FieldsFunc(r.Words[i].Form, func(c rune) bool { return c == '-' || c == '–' || c == '/' }) {
			if c := part[0]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
				b = append(b, c&^0x20)
			}
		}
	}
	return string(b)
}

func stripDots(s string) string { return strings.ReplaceAll(s, ".", "") }
