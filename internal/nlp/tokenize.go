package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokenize cuts text into sentences and words in the style of the English UD treebanks, with byte offsets only: clitics and
// most hyphenated words are split ("do|n't", "high|-|level", but "non-local"). Every byte that is not white space belongs to
// exactly one word; white space here takes in control characters, byte order marks, zero-width spaces and marks of
// writing direction.
func Tokenize(text string) *Document {
	t := tokenizer{text: text}
	t.words = make([]Word, 0, len(text)/5+8)
	t.gaps = make([]gap, 0, len(text)/5+8)
	t.run()
	return t.sentences(newLayout(text))
}

// TokenizeLines is Tokenize for input of one sentence a line: every line that is not blank is one sentence.
func TokenizeLines(text string) *Document {
	t := tokenizer{text: text}
	t.run()
	return t.lines()
}

// SplitTokens takes every line that is not blank as one sentence whose words are parted by white space, and keeps them.
func SplitTokens(text string) *Document {
	t := tokenizer{text: text, keep: true}
	t.run()
	return t.lines()
}

// gap is what stands before a word.
type gap uint8

const (
	touching gap = iota // nothing
	blank               // white space in a line
	newline             // one line end
	newPara             // two line ends or more
)

// tokenizer collects the words of a text. Each rule looks ahead a bounded number of bytes or consumes what it looked at, so
// that the whole takes linear time.
type tokenizer struct {
	text   string
	keep   bool // words are parted by white space only
	words  []Word
	gaps   []gap // what stands before each word
	before gap   // what stands before the next word
	quotes int   // single quotes that are open
	multi  int   // where the last multiword token begins
}

func isSpace(r rune) bool {
	switch {
	case r <= ' ' || r == 0x7f:
		return true
	case r < 0x80:
		return false
	case r == '\u00a0' || r == '\u0085' || r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u2069':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}

func isLineEnd(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// run goes through the text, chunk by chunk of what stands between white space.
func (t *tokenizer) run() {
	text := t.text
	for i := 0; i < len(text); {
		c := text[i]
		if c == ' ' {
			t.before = max(t.before, blank)
			i++
			continue
		}
		r, n := decode(text, i)
		if isSpace(r) {
			switch {
			case r == '\n' && i > 0 && text[i-1] == '\r':
			case isLineEnd(r):
				if t.before < newline {
					t.before = newline
				} else {
					t.before = newPara
				}
			default:
				t.before = max(t.before, blank)
			}
			i += n
			continue
		}
		end := i + n
		for end < len(text) {
			if c := text[end]; c > ' ' && c < 0x7f {
				end++
				continue
			}
			r, n := decode(text, end)
			if isSpace(r) {
				break
			}
			end += n
		}
		if t.keep {
			t.emit(i, end)
		} else {
			t.chunk(i, end)
		}
		i = end
	}
}

// decode returns the character at text[i:]; a broken byte is U+FFFD, one byte long.
func decode(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

// emit adds the word text[begin:end].
func (t *tokenizer) emit(begin, end int) {
	if begin >= end {
		return
	}
	t.words = append(t.words, Word{Begin: begin, End: end, Form: t.text[begin:end]})
	t.gaps = append(t.gaps, t.before)
	t.before = touching
}

// join makes the last n words one multiword token.
func (t *tokenizer) join(n int) {
	first := len(t.words) - n
	for i := first; i < len(t.words); i++ {
		t.words[i].Multi = 0
	}
	t.words[first].Multi = n
	t.multi = first
}

// chunk cuts text[begin:end], which holds no white space.
func (t *tokenizer) chunk(begin, end int) {
	for i := begin; i < end; {
		next := t.next(i, begin, end)
		if next <= i { // cannot be; a rule without progress must not hang the program
			next = i + 1
			t.emit(i, next)
		}
		i = next
	}
}

// next emits the word or words that begin at i and returns where they end.
func (t *tokenizer) next(i, begin, end int) int {
	text := t.text
	r, n := decode(text, i)
	if r < utf8.RuneSelf {
		if class[r]&(letter|digit) != 0 || r == '#' || r == '@' || r == '.' || r == '_' {
			if j := t.address(i, begin, end); j > i {
				t.emit(i, j)
				return j
			}
		}
		if j := emoticon(text[i:end]); j > 0 && (i == begin || class[text[i-1]]&digit == 0) {
			t.emit(i, i+j)
			return i + j
		}
	}
	switch {
	case isDigit(r), r == '.' && i == begin && i+1 < end && isDigitByte(text[i+1]):
		return t.number(i, end)
	case r == '+' && i == begin && i+1 < end && isDigitByte(text[i+1]): // +44
		return t.number(i, end)
	case isLetter(r):
		return t.word(i, end)
	case isApostrophe(r):
		return t.apostrophe(i, n, begin, end)
	}
	return t.symbol(i, end)
}

const (
	letter = 1 << iota
	upper
	digit
)

// class gives the ASCII characters their classes.
var class = func() (c [256]uint8) {
	for b := 'a'; b <= 'z'; b++ {
		c[b] = letter
		c[b-32] = letter | upper
	}
	for b := '0'; b <= '9'; b++ {
		c[b] = digit
	}
	return c
}()

func isDigitByte(b byte) bool { return class[b]&digit != 0 }

func isDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&digit != 0
	}
	return unicode.Is(unicode.Nd, r)
}

// isLetter takes in marks, and the soft hyphen and joiners, which stand inside words.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&letter != 0
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u00ad' || r == '\u200c'
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&upper != 0
	}
	return unicode.IsUpper(r)
}

// isApostrophe takes in what people type for an apostrophe.
func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' || r == '\u02bc' || r == '＇'
}

// wordEnd returns where the run of letters, digits and inner underscores that holds i ends.
func (t *tokenizer) wordEnd(i, end int) int {
	for i < end {
		r, n := decode(t.text, i)
		if isLetter(r) || isDigit(r) {
			i += n
			continue
		}
		if r == '_' && i+1 < end && class[t.text[i+1]] != 0 {
			i++
			continue
		}
		break
	}
	return i
}

// lettersEnd returns where the run of letters from i ends.
func (t *tokenizer) lettersEnd(i, end int) int {
	for i < end {
		r, n := decode(t.text, i)
		if !isLetter(r) {
			break
		}
		i += n
	}
	return i
}

// word emits the word that begins with the letter at i.
func (t *tokenizer) word(i, end int) int {
	text := t.text
	j := t.wordEnd(i, end)
	if k := t.dotted(i, j, end); k > 0 {
		t.emit(i, k)
		return k
	}
	// A prefix keeps its hyphen: non-local, e-mail, pro-Beijing.
	for k := 0; k < 2 && j+1 < end && text[j] == '-' && (i == 0 || text[i-1] != '-') && prefixes[lower(text[i:j], 12)]; k++ {
		r, _ := decode(text, j+1)
		if !isLetter(r) && !isDigit(r) {
			break
		}
		j = t.wordEnd(j+1, end)
	}
	// A title is one word: Secretary-General.
	if j+1 < end && text[j] == '-' && generals[lower(text[i:j], 12)] {
		if k := t.wordEnd(j+1, end); lower(text[j+1:k], 8) == "general" {
			j = k
		}
	}
	// AT&T, R&D
	if j+1 < end && text[j] == '&' && j-i <= 4 && allUpper(text[i:j]) {
		if k := t.wordEnd(j+1, end); k-j-1 <= 4 && k > j+1 && allUpper(text[j+1:k]) {
			j = k
		}
	}
	// US$
	if j < end && text[j] == '$' && j-i <= 3 && allUpper(text[i:j]) && (j+1 == end || isDigitByte(text[j+1])) {
		t.emit(i, j+1)
		return j + 1
	}
	// w/o
	if j+1 < end && text[j] == '/' && j-i == 1 {
		k := t.wordEnd(j+1, end)
		switch lower(text[i:k], 4) {
		case "w/o", "s/he", "l/c", "i/c", "a/c", "n/a", "b/w":
			j = k
		}
	}
	if k := t.misquoted(i, j, end); k > 0 {
		return k
	}
	// Inner apostrophes: O'Brien, don't, rock'n'roll. The clitics are split off below.
	for j < end {
		r, n := decode(text, j)
		if !isApostrophe(r) || j+n >= end {
			break
		}
		next, _ := decode(text, j+n)
		if !isLetter(next) {
			break
		}
		k := t.wordEnd(j+n, end)
		if r == '‘' || (r == '\'' && t.quotes > 0 && !isClitic(text[j+n:k]) && j-i > 1) {
			break
		}
		j = k
	}
	if j < end && text[j] == '.' && j-i <= 6 {
		if k := t.abbreviation(i, j, end); k > 0 {
			t.emit(i, k)
			return k
		}
	}
	if j < end && text[j] == '!' && text[i:j] == "Yahoo" {
		j++
	}
	t.clitics(i, j)
	return j
}

// misquoted emits text[i:j] and a clitic behind it that programs which replace marks have damaged, with its own letters as its form: a
// quotation mark for the apostrophe (don"t, I"ve), no vowel (we'r). It returns where it ends, 0 where there is none.
func (t *tokenizer) misquoted(i, j, end int) int {
	text := t.text
	if j+1 >= end || text[j] != '"' && text[j] != '\'' || class[text[j-1]]&letter == 0 {
		return 0
	}
	k, cut, form := t.wordEnd(j+1, end), j, ""
	switch clitic := lower(text[j+1:k], 2); {
	case clitic == "r":
		switch lower(text[i:j], 4) {
		case "we", "you", "they":
			form = "'re"
		}
	case text[j] != '"':
	case clitic == "t" && j-i > 2 && (text[j-1] == 'n' || text[j-1] == 'N'):
		cut--
		form = "n't"
	case clitic == "re", clitic == "ve", clitic == "ll":
		form = "'" + clitic
	}
	if form == "" {
		return 0
	}
	t.emit(i, cut)
	t.emit(cut, k)
	t.words[len(t.words)-1].Form = form
	t.join(2)
	return k
}

// clitics emits text[i:j] with its contractions split off.
func (t *tokenizer) clitics(i, j int) {
	text := t.text
	if parts, ok := contractions[lower(text[i:j], 10)]; ok && !(text[i] == 'I' && j-i <= 3) { // Im and Ive are names too
		n := 0
		for _, size := range parts {
			t.emit(i, i+size)
			i += size
			n++
		}
		t.emit(i, j)
		t.join(n + 1)
		return
	}
	var cuts [maxMulti - 1]int
	n, stop := 0, j
	for n < len(cuts) {
		cut := cliticStart(text[i:stop])
		if cut <= 0 {
			break
		}
		stop = i + cut
		cuts[n] = stop
		n++
	}
	at := i
	for k := n - 1; k >= 0; k-- {
		t.emit(at, cuts[k])
		at = cuts[k]
	}
	t.emit(at, j)
	if n > 0 {
		t.join(n + 1)
	}
}

// cliticStart returns where the last clitic of s begins ("do|n't", "he|'ll"), 0 for none.
func cliticStart(s string) int {
	for back := 1; back <= 2; back++ { // letters after the apostrophe
		k := len(s) - back
		if k < 2 || class[s[k]]&letter == 0 {
			return 0
		}
		r, n := utf8.DecodeLastRuneInString(s[:k])
		if !isApostrophe(r) {
			continue
		}
		cut := k - n
		switch strings.ToLower(s[k:]) {
		case "s", "m", "d", "re", "ve", "ll":
			return cut
		case "t":
			if cut > 1 && (s[cut-1] == 'n' || s[cut-1] == 'N') {
				return cut - 1
			}
		}
		return 0
	}
	return 0
}

// isClitic says whether s, what follows an apostrophe, is a clitic.
func isClitic(s string) bool {
	switch lower(s, 2) {
	case "s", "m", "d", "re", "ve", "ll", "t":
		return true
	}
	return false
}

// apostrophe emits what begins with the apostrophe of n bytes at i.
func (t *tokenizer) apostrophe(i, n, begin, end int) int {
	text := t.text
	after := i + n
	// '' and ‘’ as double quotes
	if after < end {
		if r, m := decode(text, after); isApostrophe(r) && r != '´' {
			t.emit(i, after+m)
			return after + m
		}
	}
	prevWord := i > begin && len(t.words) > 0 && t.words[len(t.words)-1].End == i
	letters := t.lettersEnd(after, end)
	r, _ := decode(text, i)
	if prevWord {
		last, _ := utf8.DecodeLastRuneInString(text[:i])
		// U.S.'s, 2000's: words that word and number left without their clitic
		if letters > after && isClitic(text[after:letters]) && text[after:letters] != "t" && (isLetter(last) || isDigit(last) || last == '.') {
			t.emit(i, letters)
			t.joinClitic()
			return letters
		}
		// boys'
		if letters == after && r != '‘' && r != '`' && (last == 's' || last == 'S' || last == 'z' || last == 'Z' || last == 'x') && t.quotes == 0 {
			t.emit(i, after)
			t.joinClitic()
			return after
		}
	}
	if !prevWord && letters > after {
		switch lower(text[after:letters], 5) {
		case "s", "m", "re", "ve", "ll", "em", "til", "tis", "twas", "cause", "cuz", "bout", "n":
			t.emit(i, letters)
			return letters
		}
	}
	// '90s
	if !prevWord && after+1 < end && isDigitByte(text[after]) && isDigitByte(text[after+1]) && (after+2 == end || !isDigitByte(text[after+2])) {
		k := after + 2
		if k < end && text[k] == 's' {
			k++
		}
		if k == end || class[text[k]] == 0 {
			t.emit(i, k)
			return k
		}
	}
	switch {
	case r == '‘' || r == '\'' && !prevWord && after < end:
		t.quotes++
	case t.quotes > 0:
		t.quotes--
	}
	t.emit(i, after)
	return after
}

// joinClitic makes the last word, a clitic, part of one multiword token with the word before it.
func (t *tokenizer) joinClitic() {
	last := len(t.words) - 1
	n := 2
	if m := t.words[t.multi].Multi; m > 0 && t.multi+m == last {
		if n = m + 1; n > maxMulti {
			return
		}
	}
	t.join(n)
}

// maxMulti is the number of words that a multiword token has at most.
const maxMulti = 6

// dotted returns the end of an acronym with periods that begins at i (U.S., e.g., Ph.D.), 0 for none; j is the end of its
// first run of letters.
func (t *tokenizer) dotted(i, j, end int) int {
	text := t.text
	if j >= end || text[j] != '.' || j-i > 3 {
		return 0
	}
	if j-i > 1 {
		if k := j + 1; strings.HasPrefix(text[k:end], "D.") && (text[i:j] == "Ph" || text[i:j] == "Ed") || strings.HasPrefix(text[k:end], "Sc.") {
			return t.wordEnd(k, end) + 1
		}
		return 0
	}
	k, letters := j, 1
	for k+1 < end && text[k] == '.' {
		m := t.lettersEnd(k+1, end)
		if m == k+1 {
			break
		}
		if utf8.RuneCountInString(text[k+1:m]) > 1 {
			// M.Sc.: the last part may have two letters where a period follows; otherwise a new word begins ("J.Smith")
			if m < end && text[m] == '.' && m-k-1 == 2 && letters == 1 {
				k = m
				letters++
			}
			break
		}
		k = m
		letters++
	}
	if letters == 1 {
		return 0
	}
	if k < end && text[k] == '.' {
		if k+1 < end && text[k+1] == '.' { // U.S...: the dots are an ellipsis
			return k
		}
		return k + 1
	}
	return k
}

// abbreviation returns the end of the abbreviation text[i:j] with its period at j, 0 where it is none.
func (t *tokenizer) abbreviation(i, j, end int) int {
	text := t.text
	w := text[i:j]
	if j+1 < end && (text[j+1] == '.' || class[text[j+1]] != 0) && !(isDigitByte(text[j+1]) && shortMonths[w]) { // "Dec.14"
		return 0
	}
	r, n := decode(text, i)
	if n == len(w) && abbreviations[w] == 0 { // an initial
		if !isUpper(r) || r == 'I' || j+1 < end {
			return 0
		}
		return j + 1
	}
	kind, ok := abbreviations[w]
	if !ok || w == "ed" && strings.HasSuffix(text[:i], "-") {
		return 0 // "an op-ed."
	}
	if kind == abbrNumber { // No. 5
		k := j + 1
		for k < len(text) && k < j+4 {
			r, n := decode(text, k)
			if !isSpace(r) {
				break
			}
			k += n
		}
		if k >= len(text) || k == j+1 && !shortMonths[w] || !isDigitByte(text[k]) {
			return 0
		}
	}
	return j + 1
}

// number emits the number that begins at i, with its unit as a word of its own.
func (t *tokenizer) number(i, end int) int {
	text := t.text
	if k := phone(text[i:end]); k > 0 {
		t.emit(i, i+k)
		return i + k
	}
	j := i
	if text[i] == '+' {
		j++
	}
	for j < end {
		r, n := decode(text, j)
		if isDigit(r) {
			j += n
			continue
		}
		if (r == '.' || r == ':' || r == '/') && j+1 < end && isDigitByte(text[j+1]) || r == ',' && thousands(text[j+1:end]) {
			j++
			continue
		}
		break
	}
	k := t.lettersEnd(j, end)
	if k == j {
		// 1990's
		if r, n := rune(0), 0; j < end {
			if r, n = decode(text, j); isApostrophe(r) && j+n < end && text[j+n] == 's' && (j+n+1 == end || class[text[j+n+1]] == 0) {
				t.emit(i, j+n+1)
				return j + n + 1
			}
		}
		t.emit(i, j)
		return j
	}
	if units[text[j:k]] && (k == end || !isDigitByte(text[k])) {
		t.emit(i, j)
		if k < end && text[k] == '.' && (text[j:k] == "p" || text[j:k] == "a") { // 5p.m.
			if m := t.dotted(j, k, end); m > 0 {
				k = m
			}
		}
		t.emit(j, k)
		return k
	}
	if k+1 < end && text[k] == '.' && k == j+1 && text[k+1] == 'm' { // 5p.m.
		t.emit(i, j)
		return j
	}
	k = t.wordEnd(k, end)
	t.emit(i, k)
	return k
}

// thousands says whether s begins with exactly three digits, as what follows the comma of "2,000" does; "[13,14]" is a list.
func thousands(s string) bool { return digits(s, 0, 3) }

// digits says whether s[at:] begins with exactly n digits.
func digits(s string, at, n int) bool {
	if at+n > len(s) {
		return false
	}
	for _, c := range []byte(s[at : at+n]) {
		if !isDigitByte(c) {
			return false
		}
	}
	return at+n == len(s) || !isDigitByte(s[at+n])
}

// phone returns the length of the telephone number or ZIP+4 code that s begins with, 0 for none: 1-800-555-0123,
// 713-555-0123, 713/555-0123, 555-0123, 77002-1234.
func phone(s string) int {
	sep := func(at int) bool { return at < len(s) && (s[at] == '-' || s[at] == '.' || s[at] == '/') }
	for _, p := range [...]string{"1334", "334", "34", "54"} {
		at, ok := 0, true
		for k := range len(p) {
			n := int(p[k] - '0')
			if k > 0 {
				ok = sep(at) && (len(p) > 2 || s[at] == '-')
				at++
			}
			if ok = ok && digits(s, at, n); !ok {
				break
			}
			at += n
		}
		if ok {
			return at
		}
	}
	return 0
}

// symbol emits the punctuation at i.
func (t *tokenizer) symbol(i, end int) int {
	text := t.text
	r, n := decode(text, i)
	j := i + n
	switch r {
	case '.':
		for j < end && text[j] == '.' {
			j++
		}
		if j == i+1 { // ".?" is one word, "...?" two
			for j < end && (text[j] == '!' || text[j] == '?') {
				j++
			}
		}
	case '!', '?':
		for j < end && (text[j] == '!' || text[j] == '?') {
			j++
		}
	case '-', '=', '*', '_', '+', '#', '~', '<', '>', ',', '^':
		for j < end && text[j] == text[i] {
			j++
		}
		if r == '-' || r == '=' || r == '<' { // arrows
			k := j
			for k < end && (text[k] == '-' || text[k] == '=') {
				k++
			}
			if k < end && text[k] == '>' && r != '<' {
				k++
				j = k
			} else if r == '<' && k > j {
				j = k
			}
		}
	case '[':
		if strings.HasPrefix(text[i:end], "[...]") {
			j = i + 5
		}
	case '…':
		for j < end {
			r, n := decode(text, j)
			if r != '…' && r != '.' {
				break
			}
			j += n
		}
	case utf8.RuneError:
		if n == 1 { // a run of broken bytes
			for j < end {
				if r, n := decode(text, j); r != utf8.RuneError || n != 1 {
					break
				}
				j++
			}
		}
	default:
		if r > 0x2000 {
			j = t.pictureEnd(i, j, end)
		}
	}
	t.emit(i, j)
	return j
}

// pictureEnd returns the end of the emoji at i: modifiers, joiners and flags included.
func (t *tokenizer) pictureEnd(i, j, end int) int {
	first, _ := decode(t.text, i)
	flag := first >= 0x1f1e6 && first <= 0x1f1ff
	for j < end {
		r, n := decode(t.text, j)
		switch {
		case r == 0xfe0f || r == 0xfe0e || r == 0x20e3 || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f || unicode.Is(unicode.Mn, r):
			j += n
		case r == 0x200d:
			j += n
			if j < end {
				if next, m := decode(t.text, j); next > 0x2000 {
					j += m
				}
			}
		case flag && r >= 0x1f1e6 && r <= 0x1f1ff:
			j += n
			flag = false
		default:
			return j
		}
	}
	return j
}

// emoticon returns the length of the emoticon that s begins with, 0 for none.
func emoticon(s string) int {
	if len(s) < 2 || class[s[0]] != 0 {
		return 0
	}
	for _, e := range emoticons {
		if strings.HasPrefix(s, e) {
			if len(s) == len(e) {
				return len(e)
			}
			next, last := s[len(e)], e[len(e)-1]
			if class[next] != 0 && (class[last] != 0 || e == ":/") || next == '/' && last == '/' {
				continue
			}
			return len(e)
		}
	}
	return 0
}

// address returns the end of the URL, e-mail address, domain or file name that begins at i, 0 where there is none.
func (t *tokenizer) address(i, begin, end int) int {
	text := t.text
	s := text[i:min(end, i+8)]
	for _, p := range [...]string{"http://", "https://", "ftp://", "www.", "mailto:"} {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			if j := urlEnd(text, i, end); j > i+len(p) {
				return j
			}
		}
	}
	if c := text[i]; c == '#' || c == '@' {
		if i != begin || i+1 >= end || class[text[i+1]]&letter == 0 {
			return 0
		}
		return t.wordEnd(i+1, end)
	}
	// local part or labels
	j, dots := i, 0
	lastDot := -1
	for j < end && j < i+64 {
		c := text[j]
		if class[c] != 0 || c == '_' || c == '%' || c == '+' || c == '-' {
			j++
			continue
		}
		if c == '.' && j > i && j+1 < end && (class[text[j+1]] != 0 || text[j+1] == '.' || text[j+1] == '@') {
			dots++
			lastDot = j
			j++
			continue
		}
		break
	}
	if j == i {
		return 0
	}
	if j < end && text[j] == '@' && j+1 < end && class[text[j+1]] != 0 {
		k := j + 1
		for k < end && k < j+255 && (class[text[k]] != 0 || (text[k] == '.' || text[k] == '-' || text[k] == '_') && k+1 < end && class[text[k+1]] != 0) {
			k++
		}
		return k
	}
	if dots == 0 || lastDot < 0 {
		return 0
	}
	k := lastDot + 1
	for k < j && class[text[k]] != 0 {
		k++
	}
	if dots >= 2 && newsgroups[text[i:i+max(0, strings.IndexByte(text[i:j], '.'))]] {
		return j
	}
	suffix := text[lastDot+1 : k]
	if fileTypes[strings.ToLower(suffix)] && (k == end || class[text[k]] == 0) {
		return k
	}
	if domains[suffix] || domains[strings.ToLower(suffix)] && allUpper(text[i:lastDot]) {
		if strings.Contains(text[i:k], "..") || class[text[lastDot-1]] == 0 {
			return 0
		}
		if k < end && text[k] == '/' {
			return urlEnd(text, i, end)
		}
		return k
	}
	return 0
}

// urlEnd returns the end of the URL that begins at i: punctuation at its end is not its own.
func urlEnd(text string, i, end int) int {
	j := i
	open := 0
	for j < end {
		c := text[j]
		if c == '<' || c == '>' || c == '"' || c == ']' || c == '[' && j > i {
			break
		}
		if c == '(' {
			open++
		}
		if c == ')' {
			if open == 0 {
				break
			}
			open--
		}
		if c >= utf8.RuneSelf {
			r, n := decode(text, j)
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			j += n
			continue
		}
		j++
	}
	for j > i && strings.IndexByte(".,;:!?'*", text[j-1]) >= 0 {
		j--
	}
	return j
}

// lower returns s in lower case where it has at most limit bytes, else "".
func lower(s string, limit int) string {
	if len(s) > limit {
		return ""
	}
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || class[c]&upper != 0 {
			return strings.ToLower(s)
		}
	}
	return s
}

// allUpper says whether s is ASCII capitals only.
func allUpper(s string) bool {
	for i := range len(s) {
		if class[s[i]]&upper == 0 {
			return false
		}
	}
	return s != ""
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// prefixes keep their hyphen and the word after it.
var prefixes = set("non e pre anti mid re post over co pro multi ex sub semi neo cross counter intra inter socio psycho micro mini arch un")

// generals are offices whose name goes on with "-General".
var generals = set("secretary attorney director governor prosecutor procurator consul inspector auditor solicitor surgeon comptroller postmaster")

// contractions without an apostrophe: sizes in bytes of all parts but the last.
var contractions = map[string][]int{
	"cannot": {3}, "gonna": {3}, "wanna": {3}, "gotta": {3}, "outta": {3}, "dunno": {2, 1},
	"dont": {2}, "didnt": {3}, "doesnt": {4}, "wont": {2}, "couldnt": {5}, "wouldnt": {5}, "shouldnt": {6}, "isnt": {2}, "arent": {3},
	"wasnt": {3}, "werent": {4}, "havent": {4}, "hasnt": {3}, "hadnt": {3}, "aint": {2}, "cant": {2},
	"thats": {4}, "im": {1}, "ive": {1}, "whats": {4}, "youre": {3}, "youll": {3}, "youve": {3}, "theyre": {4}, "theyve": {4},
}

// units are split from the number before them.
var units = set(`am pm AM PM a.m. p.m. k K m M b B bn mn mln t x X mm MM cm km kg mg lb lbs ft mph kph km² m² mb gb MB GB kb KB
	MW GW kW MHz GHz Hz kHz hrs hr min mins sec yrs yr ml psi rpm bpd bps pct oz in ºC ºF cc ha`)

// emoticons, longer ones before their beginnings.
var emoticons = strings.Fields(">:( :-) :-( ;-) :-D :-P :-/ :) :( ;) :D :P ;P =) =( =D :/ ^_^ -_- <3 :p :o :O :| :]")

// fileTypes are endings of file names.
var fileTypes = set("doc docx xls xlsx ppt pptx pdf txt htm html jpg jpeg gif png zip exe mp3 mp4 csv xml rtf wav avi")

// newsgroups are the first parts of Usenet groups.
var newsgroups = set("alt comp misc rec sci soc talk")

// domains are top-level domains that no English word looks like, in lower case.
var domains = set("com org net edu gov mil info biz uk ru de fr eu io tv ca au cn jp ch nl br il ua ir tr kz")

type abbrKind uint8

const (
	abbrTitle  abbrKind = iota + 1 // stands before a name: the sentence goes on
	abbrEnd                        // may end a sentence
	abbrNumber                     // stands before a number only: "No. 5", else a word
)

// shortMonths keep their period even right before a number.
var shortMonths = map[string]bool{"Jan": true, "Feb": true, "Mar": true, "Apr": true, "Jun": true, "Jul": true, "Aug": true, "Sept": true,
	"Sep": true, "Oct": true, "Nov": true, "Dec": true}

// abbreviations that keep their period, besides initials and letters with periods between them.
var abbreviations = func() map[string]abbrKind {
	m := map[string]abbrKind{}
	add := func(kind abbrKind, words string) {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	add(abbrTitle, `Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Rev Fr Hon Sen Rep Reps Sens Gov Pres Amb Mme Mlle
		Messrs St ST Ste Ft Mt Spc Pfc Lcpl Cpt Cdr Ens vs Vs v viz cf eg ie al Spec Supt Insp Det Ald Brig Atty Msgr Mgr approx Approx Attn attn`)
	add(abbrEnd, `Inc Corp Co Ltd Bros Plc Jr Sr Esq etc Etc est Est Ave Blvd Rd Hwy Dept Assn Univ Conf Div Vol vol Ed ed Ph Ext ext
		Jan Feb Apr Jun Jul Aug Sept Sep Oct Nov Dec Tue Tues Wed Thu Thur Thurs Fri Sat
		Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wis Wyo
		Que Ont hrs yrs mins lb lbs oz ca esp Esp div arrv Arrv Intl Natl Mfg Dist Cal`)
	add(abbrNumber, `No no Nos nos p pp Fig fig Figs figs Art art Sec sec Para para Ch ch Mar Sun`)
	return m
}()
