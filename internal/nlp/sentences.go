package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is the number of words after which a sentence ends at the next chance, and at the latest 25 words on, so that
// debris without full stops stays cheap for every later stage.
const maxSentence = maxPiece - 25

// lines returns the words as one sentence a line.
func (t *tokenizer) lines() *Document {
	doc := &Document{Text: t.text}
	first := 0
	for i := range t.words {
		if i+1 == len(t.words) || t.gaps[i+1] >= newline {
			words := t.words[first : i+1 : i+1]
			if !t.keep {
				words = t.finalStop(words, first)
			}
			doc.addSentence(words)
			first = i + 1
		}
	}
	return doc
}

func (doc *Document) addSentence(words []Word) {
	doc.Sentences = append(doc.Sentences, Sentence{Begin: words[0].Begin, End: words[len(words)-1].End, Words: words})
}

// sentences groups the words of a running text.
func (t *tokenizer) sentences(lay *layout) *Document {
	doc := &Document{Text: t.text}
	if len(t.words) == 0 {
		return doc
	}
	doc.Sentences = make([]Sentence, 0, len(t.words)/16+1)
	first := 0
	for i := range t.words {
		if i+1 == len(t.words) || t.endsAt(i, first, lay) {
			doc.addSentence(t.finalStop(t.words[first:i+1:i+1], first))
			first = i + 1
		}
	}
	return doc
}

// finalStop splits the period off an abbreviation that ends the sentence of words, which begins with word first, as EWT has
// it: "at 5 p.m|.", "Norlund Corp|." An acronym in capitals keeps it, as in GUM, so that the U.S. is one name everywhere.
func (t *tokenizer) finalStop(words []Word, first int) []Word {
	last, _ := t.unclose(first+len(words)-1, first)
	w := words[last-first]
	if n := len(w.Form); n < 3 || isUpper(rune(w.Form[0])) && w.Form[1] == '.' || w.Form[n-1] != '.' || w.Form[n-2] == '.' || last == first || class[w.Form[n-2]]&letter == 0 {
		return words
	}
	out := make([]Word, 0, len(words)+1)
	out = append(out, words[:last-first+1]...)
	cut := w.End - 1
	out[last-first].End, out[last-first].Form = cut, t.text[w.Begin:cut]
	out = append(out, Word{Begin: cut, End: w.End, Form: t.text[cut:w.End]})
	return append(out, words[last-first+1:]...)
}

// endsAt says whether a sentence that began with word first ends with word i; there is a word i+1.
func (t *tokenizer) endsAt(i, first int, lay *layout) bool {
	before := t.gaps[i+1]
	switch before {
	case newPara:
		return true
	case newline:
		if lay.breaksAfter(t.words[i].End) {
			return true
		}
	}
	if t.dateline(i, first) {
		return true
	}
	if n := i + 1 - first; n >= maxSentence && !t.insideMulti(i, first) {
		if n >= maxPiece-10 {
			return true
		}
		switch t.words[i].Form {
		case ",", ";", ":", "-", "--", "—", "–", ")", "...":
			return true
		}
	}
	if t.dashed(i, first) || t.heading(i, first) {
		return true
	}
	if before == touching && !t.gluedEnd(i) {
		return false
	}
	next := t.words[i+1].Form
	switch next[0] {
	case '[':
		if t.citation(i + 1) { // belongs to what stands before it
			return false
		}
	case '.', '?', '!':
		return false
	}
	if emoticon(next) == len(next) {
		return false
	}
	last, quoted := t.unclose(i, first)
	w := t.words[last].Form
	r, _ := utf8.DecodeRuneInString(next)
	startsLow := unicode.IsLower(r)
	switch c := w[len(w)-1]; {
	case w == "." || (c == '!' || c == '?') && class[w[0]]&letter == 0 || strings.HasSuffix(w, "…") || c == '.' && strings.Trim(w, ".") == "":
		if i == first && w == "." {
			return before != touching && (first == 0 || t.gaps[first] >= newline) // a bullet, not a word
		}
		if startsLow {
			if quoted {
				return false
			}
			if last > first && t.gaps[last] == touching && w == "." {
				p := t.words[last-1].Form
				pr, n := utf8.DecodeRuneInString(p)
				return !(unicode.IsUpper(pr) && len(p) <= 5 || n == len(p))
			}
			return w == "." || c == '?' || c == '!'
		}
		if w == "..." || w == "…" || w == ".." {
			return unicode.IsUpper(r) || r == '"' || r == '“'
		}
		if w == "." && last > first && t.gaps[last] == touching {
			p := t.words[last-1].Form
			if len(p) == 1 && class[p[0]]&(letter|upper) == letter { // (b. 1970)
				return false
			}
			if last-1 == first && isNumber(p) && !quoted { // 2.1. Results
				return false
			}
		}
		return true
	case c == '.' && len(w) > 1: // an abbreviation
		if startsLow || quoted && !unicode.IsUpper(r) {
			return false
		}
		if abbreviations[strings.TrimSuffix(w, ".")] == abbrTitle {
			return false
		}
		opens := (next == `"` || next == "“") && i+2 < len(t.words) && t.gaps[i+2] == touching
		if t.bareFirm(w) {
			return opens || unicode.IsUpper(r) && !firmForms[strings.TrimSuffix(next, ".")] // "Dalby Co. Inc"
		}
		if opens { // `said Roe of Acme Inc. "There is no news."`
			next = t.words[i+2].Form
		}
		if joiners[next] && acronymStops(w) && !t.lowerBehindAcronym() {
			return false
		}
		return starters[next]
	}
	return false
}

// joiners are starters that more often go on with a sentence, in texts that write every word behind "U.S." with a capital, as an old wire
// does: "the U.S. And Japan agreed".
var joiners = set(`And Or To By Officials Analysts Such`)

// acronymStops says whether w is an acronym of capitals that each have a stop: "U.S."
func acronymStops(w string) bool {
	for i := range len(w) {
		if w[i] == '.' != (i%2 == 1) || i%2 == 0 && (w[i] < 'A' || w[i] > 'Z') {
			return false
		}
	}
	return len(w) > 2
}

// lowerBehindAcronym says whether the text goes on with a small letter behind such an acronym anywhere.
func (t *tokenizer) lowerBehindAcronym() bool {
	for k := 0; k+1 < len(t.words); k++ {
		if r, _ := utf8.DecodeRuneInString(t.words[k+1].Form); unicode.IsLower(r) && acronymStops(t.words[k].Form) {
			return true
		}
	}
	return false
}

// dashed says whether word i is the dash of a break between two paragraphs that were put on one line: "It closed.- The bank said".
func (t *tokenizer) dashed(i, first int) bool {
	if t.words[i].Form != "-" || i-first < 3 || t.gaps[i] != touching {
		return false
	}
	last := i - 1
	if f := t.words[last].Form; (f == `"` || f == "”" || f == ")") && t.gaps[last] == touching {
		last--
	}
	if f := t.words[last].Form; f != "." && f != "?" && f != "!" {
		return false
	}
	next := t.words[i+1].Form
	if (next == `"` || next == "“") && i+2 < len(t.words) {
		next = t.words[i+2].Form
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsUpper(r)
}

// maxHeading is the number of words that a heading on the line of its text has at most.
const maxHeading = 18

// heading says whether words first to i are a heading that was put on one line with the sentence below it, which begins with a capital where
// no name does: "Factory to close The firm said". The last word of a heading is none that goes on with a phrase.
func (t *tokenizer) heading(i, first int) bool {
	w, next := t.words[i].Form, t.words[i+1].Form
	if n := i + 1 - first; n < 2 || n > maxHeading || i+3 >= len(t.words) || !openers[next] || len(w) < 3 || goesOn[w] || openEnded[w] {
		return false
	}
	for k := range len(w) {
		if c := class[w[k]]; c&letter == 0 || c&upper != 0 && (k > 0 || !pronounOpeners[next]) {
			return false
		}
	}
	behind := t.words[i+2].Form
	if class[behind[0]]&letter == 0 || class[behind[0]]&upper != 0 || t.gaps[i+2] == touching || next == "A" && (goesOn[behind] || lettered[w]) {
		return false
	}
	for k := first; k <= i; k++ {
		switch t.words[k].Form {
		case `"`, "“", "”", "(", ")", ".", "?", "!", ";":
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(t.words[first].Form)
	return unicode.IsUpper(r)
}

var (
	// openers begin sentences with a capital and stand in no name before a word in small letters.
	openers = set(`The A An In It He She They We But This These Those There According After When While Although Though Despite Since If As
		At On For With During Following His Her Its Their Our Some Many Most Both`)
	// pronounOpeners do so even behind a name.
	pronounOpeners = set(`It He She They We But This These According When While Although If`)
	// lettered are what is told apart by letters: "class A warrants".
	lettered = set(`class type grade series group category hepatitis vitamin plan section schedule part option tranche unit team level share
		shares stock rated serie influenza formula item list point`)
	// openEnded are further words that no heading ends with.
	openEnded = set(`upon near like about onto against without within throughout during among across behind beyond around toward towards
		because although though since until till unless when while where what whom said says told tells adds added writes wrote reports
		reported called named entitled titled dubbed known either neither both could must also only even such some every each your`)
)

// firmForms are abbreviations of what a firm is.
var firmForms = set(`Inc Corp Co Cos Ltd Plc Bros`)

// bareFirm says whether w, such as "Corp.", stands without its period inside the sentences of the text and never with it: then the period
// ends the sentence, as in most agency stories.
func (t *tokenizer) bareFirm(w string) bool {
	stem := strings.TrimSuffix(w, ".")
	if !firmForms[stem] {
		return false
	}
	bare := false
	for k := 0; k+1 < len(t.words); k++ {
		next := t.words[k+1].Form
		switch t.words[k].Form {
		case stem:
			bare = bare || next != "."
		case w:
			if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) || next == "," || next == "'s" {
				return false
			}
		}
	}
	return bare
}

// maxDateline is the number of words that a dateline has at most, its dash among them.
const maxDateline = 16

// dateline says whether words first to i are the dateline of an agency story, which EWT keeps as a sentence of its own:
// "WASHINGTON (CNN) --", "PONCHATOULA, La. --", "MOSCOW, July 16, 2017 -", "Geneva, May 3 (Reuters) -". It stands at the start
// of a line, begins with a place, and ends with a dash before a capital.
func (t *tokenizer) dateline(i, first int) bool {
	if w, next := &t.words[first], &t.words[i+1]; i == first && len(w.Form) > 3 && isCapitals(w.Form) && strings.HasPrefix(t.text[w.End:], "  ") &&
		!isCapitals(next.Form) && isCapitalised(next.Form) {
		return true // "WASHINGTON  The talks failed": the dash is lost
	}
	switch t.words[i].Form {
	case "-", "--", "—", "–":
	default:
		return false
	}
	if i == first || i-first >= maxDateline || first > 0 && t.gaps[first] < newline || t.gaps[i] == touching && t.gaps[i+1] == touching {
		return false
	}
	next, _ := utf8.DecodeRuneInString(t.words[i+1].Form)
	if !unicode.IsUpper(next) && next != '"' && next != '“' || len(t.words[i+1].Form) > 1 && isCapitals(t.words[i+1].Form) && i+2 < len(t.words) && isCapitals(t.words[i+2].Form) {
		return false // a headline in capitals goes on
	}
	capitals, marked := isCapitals(t.words[first].Form) && (i-first > 1 || len(t.words[first].Form) > 3), false // "OK - I will" is none
	depth := 0
	for k := first; k < i; k++ {
		w := t.words[k].Form
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "(":
			depth, marked = depth+1, true
		case w == ")":
			depth--
		case w == "," || w == "/" || depth > 0:
		case isNumber(w):
			marked = true
		case !unicode.IsUpper(r) && w != "de" && w != "of":
			return false
		}
	}
	return depth == 0 && (capitals || marked)
}

func isCapitals(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// unclose steps back from word i over closing quotes and brackets, citations and emoticons to what may end the sentence;
// quoted says whether there was a quote among them.
func (t *tokenizer) unclose(i, first int) (last int, quoted bool) {
	last = i
	for last > first {
		f := t.words[last].Form
		if f == "]" {
			k := last - 1
			for k > first && k > last-12 && t.words[k].Form != "[" {
				k--
			}
			if k > first && t.citation(k) {
				last = k - 1
				continue
			}
		}
		switch {
		case t.closes(last):
			quoted = quoted || f != ")" && f != "]"
		case emoticon(f) == len(f):
		default:
			return last, quoted
		}
		last--
	}
	return last, quoted
}

// citation says whether the bracket at word i opens a reference such as [12] or [3,4].
func (t *tokenizer) citation(i int) bool {
	for k := i + 1; k < len(t.words) && k < i+12; k++ {
		switch f := t.words[k].Form; {
		case f == "]":
			return k > i+1
		case f != "," && f != "-" && f != "–" && !isNumber(f) && f != "citation" && f != "needed":
			return false
		}
	}
	return false
}

// gluedEnd says whether a sentence may end with word i although no white space follows: "done.The".
func (t *tokenizer) gluedEnd(i int) bool {
	w, next := t.words[i].Form, t.words[i+1].Form
	if w != "." && w != "?" && w != "!" && w != "..." || i == 0 || t.gaps[i] != touching {
		return false
	}
	prev := t.words[i-1].Form
	r, _ := utf8.DecodeRuneInString(next)
	p, _ := utf8.DecodeLastRuneInString(prev)
	return unicode.IsUpper(r) && len(next) > 1 && unicode.IsLower(p) && utf8.RuneCountInString(prev) > 1
}

// insideMulti says whether word i and the one after it are in one multiword token.
func (t *tokenizer) insideMulti(i, first int) bool {
	for k := max(first, i-maxMulti); k <= i; k++ {
		if m := t.words[k].Multi; m > 0 && k+m > i+1 {
			return true
		}
	}
	return false
}

// closes says whether word i is a quote or bracket that closes: nothing but white space or more of them follows it, and
// nothing stands between it and the word before.
func (t *tokenizer) closes(i int) bool {
	switch t.words[i].Form {
	case ")", "]", "”", "’", "»", "’’":
		return true
	case `"`, "'", "''":
		return t.gaps[i] == touching
	}
	return false
}

// isNumber says whether s is the short number of an item, a section or a reference.
func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigitByte(s[i]) && (s[i] != '.' || i == 0) {
			return false
		}
	}
	return s != "" && len(s) < 6
}

// starters are words that, in capitals after an abbreviation, begin a sentence.
var starters = set(`The A An This That These Those It He She They We I You There But And In On At As If When While After Before
	Although Since However Meanwhile For From To By With Its His Her Their Our My Some Many Most All Both One Two Who What Why How
	Where According Earlier Later Last Under Such No Not Nor Or So Yet Then Now Here Analysts Officials Also Another Each Other`)

// layout knows how the lines of a text hang together: whether a single line end inside it parts two paragraphs or wraps a
// long line. Blank lines always part.
type layout struct {
	text string
	// width is the length in bytes of the longest line that is plainly wrapped (the next line goes on in lower case), 0 where
	// the text is not wrapped.
	width int
	// indented says that paragraphs of the text begin with white space.
	indented bool
}

// line is one line of a text: where its first and last character other than white space stand.
type line struct {
	begin, end int
	indent     int
}

// lineAt returns the line that holds text[i].
func (l *layout) lineAt(i int) line {
	begin := strings.LastIndexByte(l.text[:i], '\n') + 1
	end := strings.IndexByte(l.text[i:], '\n')
	if end < 0 {
		end = len(l.text)
	} else {
		end += i
	}
	return trimLine(l.text, begin, end)
}

func trimLine(text string, begin, end int) line {
	s := text[begin:end]
	left := strings.TrimLeftFunc(s, isSpace)
	right := strings.TrimRightFunc(left, isSpace)
	return line{begin: begin + len(s) - len(left), end: begin + len(s) - len(left) + len(right), indent: len(s) - len(left)}
}

// Lines that are longer than this are no wrapped lines.
const maxWrap = 110

func newLayout(text string) *layout {
	l := &layout{text: text}
	var prev line
	havePrev := false
	pairs, low := 0, 0
	for begin := 0; begin < len(text); {
		end := strings.IndexByte(text[begin:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += begin
		}
		cur := trimLine(text, begin, end)
		begin = end + 1
		if cur.begin == cur.end {
			havePrev = false
			continue
		}
		if havePrev && cur.indent >= prev.indent+2 {
			l.indented = true
		}
		if havePrev && prev.end-prev.begin >= 40 && prev.end-prev.begin <= maxWrap && !terminal(text[prev.begin:prev.end]) && cur.indent < prev.indent+2 {
			pairs++
			if r, _ := utf8.DecodeRuneInString(text[cur.begin:]); unicode.IsLower(r) {
				low++
				l.width = max(l.width, prev.end-prev.begin+min(prev.indent, 4))
			}
		}
		prev, havePrev = cur, true
	}
	if low == 0 || low*3 < pairs {
		l.width = 0
	}
	return l
}

// terminal says whether a line ends as a sentence does.
func terminal(s string) bool {
	s = strings.TrimRight(s, `"')]”’`)
	return s != "" && strings.IndexByte(".!?:", s[len(s)-1]) >= 0
}

// breaksAfter says whether the line end after text[:end], the end of a word, parts two paragraphs.
func (l *layout) breaksAfter(end int) bool {
	next := end
	for l.text[next] != '\n' { // this never goes past white space: a line end follows, and a word after it
		r, n := decode(l.text, next)
		if !isSpace(r) || isLineEnd(r) && r != '\r' {
			return true // a line end other than \n: no wrapped text
		}
		next += n
	}
	a, b := l.lineAt(end-1), l.lineAt(next+1)
	if b.begin >= b.end {
		return true
	}
	r, n := utf8.DecodeRuneInString(l.text[b.begin:])
	if bullet(l.text[b.begin:b.end], r, n) {
		return true
	}
	tail := l.text[a.begin:a.end]
	tail = tail[strings.LastIndexByte(tail, ' ')+1:]
	hangs := strings.HasSuffix(tail, ",") || goesOn[strings.ToLower(tail)] // the line cannot end here
	if l.width == 0 {
		return !((unicode.IsLower(r) || hangs) && a.end-a.begin >= 30)
	}
	if b.indent >= a.indent+2 && b.indent >= 2 {
		return true
	}
	if unicode.IsLower(r) || hangs {
		return false
	}
	word := strings.IndexFunc(l.text[b.begin:b.end], isSpace)
	if word < 0 {
		word = b.end - b.begin
	}
	if a.end-a.begin+min(a.indent, 4)+1+word > l.width-2 {
		return false
	}
	// The first line of an agency story is short where its dateline was cut off.
	if l.indented && a.indent == 0 && b.end-b.begin > l.width-20 && l.startsBlock(a.begin) {
		return false
	}
	return true
}

// startsBlock says whether the line that begins at text[begin], without indent, is the first one or follows a blank line.
func (l *layout) startsBlock(begin int) bool {
	before := strings.TrimRightFunc(l.text[:begin], func(r rune) bool { return r != '\n' && isSpace(r) })
	before = strings.TrimSuffix(before, "\n")
	before = strings.TrimRightFunc(before, func(r rune) bool { return r != '\n' && isSpace(r) })
	return before == "" || strings.HasSuffix(before, "\n")
}

// bullet says whether a line begins as an item of a list does.
func bullet(s string, r rune, n int) bool {
	switch r {
	case '•', '·', '*', '-', '–', '—', '●', '▪', '◦', '‣', '■', '>', '+', 'o':
		return n < len(s) && (s[n] == ' ' || s[n] == '\t')
	}
	k := 0
	for k < len(s) && k < 3 && isDigitByte(s[k]) {
		k++
	}
	return k > 0 && k+1 < len(s) && (s[k] == '.' || s[k] == ')') && s[k+1] == ' '
}

// goesOn are words that no line of its own ends with.
var goesOn = set(`the a an of to in on at by for from with and or but as that which who whose its his her their our my this these those
	is are was were be been has have had will would could should may might can said not than into over under after before between`)
