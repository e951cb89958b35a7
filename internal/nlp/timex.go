package nlp

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// TimexType is the type of a time expression as TIMEX3 (ISO-TimeML) names it.
type TimexType string

const (
	DateTimex     TimexType = "DATE"     // a day or more: "July 4", "last week", "the 1990s", "recently"
	TimeTimex     TimexType = "TIME"     // less than a day: "Monday night", "5 p.m."
	DurationTimex TimexType = "DURATION" // how long: "two days", "for several years"
	SetTimex      TimexType = "SET"      // how often: "every week", "daily", "on Sundays"
)

// Timex is a time expression in a sentence, before it is placed on a calendar: that takes the date of the article, see
// Value.
type Timex struct {
	// First and Last are the indices in Sentence.Words of the first and the last word, both inside. The preposition before it
	// is no part of it, an article or "last" is.
	First, Last int
	Type        TimexType
	// Prep is the preposition before it in lower case, where it says how the time relates to what happens: "since",
	// "until", "by", "before", "after", "from", "in", "within"; empty for any other.
	Prep string
	mod  string
	spec timeSpec
	ends []Timex // of "from 2011 to 2015"
}

// Ends returns the two times that an expression such as "2011 to 2015" lies between, nil for any other.
func (x *Timex) Ends() []Timex { return x.ends }

type timeUnit uint8

const (
	noUnit timeUnit = iota
	unitSecond
	unitMinute
	unitHour
	unitPart // of a day
	unitDay
	unitWeekend
	unitWeek
	unitMonth
	unitQuarter
	unitSeason
	unitHalf
	unitYear
	unitDecade
	unitCentury
	unitMillennium
)

var unitNames = [...]string{"", "second", "minute", "hour", "daypart", "day", "weekend", "week", "month", "quarter", "season",
	"half",
	"year", "decade", "century", "millennium"}

// timeRel says how a unit or an incomplete date lies to a known day.
type timeRel uint8

const (
	noRel timeRel = iota
	relLast
	relThis
	relNext
	relSame  // "that year", "the same day": of the time told of
	relAfter // "the following day"
	relPrior // "the previous year"
)

// step is how many units ahead rel points.
func (r timeRel) step() int {
	switch r {
	case relLast, relPrior:
		return -1
	case relNext, relAfter:
		return 1
	}
	return 0
}

type specKind uint8

const (
	calendarSpec specKind = iota // a date, with or without its year
	offsetSpec                   // n units from the day of publication or from the time told of
	durationSpec
	stretchSpec // the last or next n units
	setSpec
	vagueSpec
	rangeSpec
)

// timeSpec is what the words of an expression say, and no more. Zero values stand for what they do not say.
type timeSpec struct {
	kind   specKind
	year   int      // below 0: before Christ
	span   timeUnit // decade, century or millennium that begins with year
	fiscal bool
	rel    timeRel // of what stands without its year
	// month and day count from 1, weekday from Monday as 1.
	half, quarter, month, day, weekday int
	season                             string // SP SU FA WI
	// nth of the units nthUnit in the rest, -1 for the last: "the last week of August".
	nth     int
	nthUnit timeUnit
	holiday string
	part    string // TMO TAF TEV TNI TMD TDT
	clock   bool
	hour    int
	minute  int

	unit     timeUnit
	n        int
	told     bool   // counted from the time told of, not from publication
	count    string // of a duration: "2", "0.5", "X"; "2-3" for two or three
	value    string // of a vague one: PAST_REF, PRESENT_REF, FUTURE_REF
	freq     string
	from     *timeSpec
	to       *timeSpec
	definite bool // "the year", which only an edge ("the end of the year") makes a time of its own
}

// Timexes returns the time expressions in the words of a sentence, in text order; they do not overlap. It is a pure function.
func Timexes(words []Word) []Timex {
	times, _ := TimexesByArcs(words)
	return times
}

// TimexesByArcs returns the same and the words whose Head or Deprel was looked at, in no order, some of them twice: where other words
// only hang elsewhere, the times stay the same.
func TimexesByArcs(words []Word) (found []Timex, arcs []int) {
	p := timeParser{words: words}
	if !p.lex() {
		return nil, nil
	}
	for i := 0; i < len(p.toks); {
		if p.toks[i].class == clsNone {
			i++
			continue
		}
		x, end := p.expression(i)
		if end <= i {
			i++
			continue
		}
		x.First, x.Last = p.toks[i].word, p.toks[end-1].word
		if n := len(found); n > 0 && found[n-1].Last >= x.First { // parts of one hyphenated word
			i = end
			continue
		}
		if x.Prep == "" {
			x.Prep = p.preposition(i, end, &x.spec)
		}
		found = append(found, x)
		i = end
	}
	return found, p.arcs
}

type timeClass uint8

const (
	clsNone timeClass = iota
	clsThe
	clsRel     // val: timeRel
	clsNumber  // val
	clsHazy    // "several"
	clsA       // "a"
	clsHalf    // "half"
	clsOrdinal // val, -1 for last
	clsMonth
	clsWeekday
	clsSeason
	clsUnit
	clsPart
	clsDeictic // val: days from today
	clsVague
	clsEarly // mods before what they change: "early", "mid"
	clsEdge  // nouns: "the end of"
	clsHoliday
	clsOften // "daily"; val: unit
	clsEvery
	clsDecade  // "nineties", "1990s"; val: year, below 100 without its century
	clsQuarter // "Q3"
	clsApprox  // "about", "at least" begin a count
	clsClock   // "5:30", "noon"
	clsNumeric // "2017-07-04"
)

type timeToken struct {
	word  int
	s     string // lower case, without a final dot
	class timeClass
	val   int
	upper bool
	many  bool // a plural unit, weekday or season
	abbr  bool // a short month or weekday ("Mar", "Sat"), which needs a number beside it
	part  bool // of a hyphenated word
}

type timeParser struct {
	words []Word
	toks  []timeToken
	depth int
	arcs  []int // words that arc was asked for
}

// arc returns word k for a look at its Head or Deprel, which only what is gotten here may be asked for.
func (p *timeParser) arc(k int) *Word {
	p.arcs = append(p.arcs, k)
	return &p.words[k]
}

type timeWord struct {
	class timeClass
	val   int
	many  bool
	abbr  bool
}

var timeWords = func() map[string]timeWord {
	m := map[string]timeWord{}
	// list gives the words, and the short forms behind a slash, the values 1, 2 …
	list := func(class timeClass, words string) {
		for i, group := range strings.Fields(words) {
			for j, w := range strings.Split(group, "/") {
				m[w] = timeWord{class: class, val: 1 + i, abbr: j > 0}
			}
		}
	}
	all := func(class timeClass, val int, words string) {
		for w := range strings.FieldsSeq(words) {
			m[w] = timeWord{class: class, val: val}
		}
	}
	list(clsMonth, `january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct
		november/nov december/dec`)
	list(clsWeekday, "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thurs/thur friday/fri saturday/sat sunday/sun")
	list(clsNumber, `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
		eighteen nineteen twenty`)
	list(clsOrdinal, `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
		fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`)
	for i, w := range strings.Fields("thirty forty fifty sixty seventy eighty ninety") {
		stem := strings.TrimSuffix(w, "y")
		m[w] = timeWord{class: clsNumber, val: 30 + 10*i}
		m[stem+"ies"] = timeWord{class: clsDecade, val: 30 + 10*i}
		m[stem+"ieth"] = timeWord{class: clsOrdinal, val: 30 + 10*i}
	}
	all(clsDecade, 20, "twenties")
	for rel, words := range map[timeRel]string{relLast: "last past recent", relThis: "this these current",
		relNext: "next coming upcoming", relSame: "that those same", relPrior: "previous preceding",
		relAfter: "following ensuing"} {
		all(clsRel, int(rel), words)
	}
	for w, unit := range map[string]timeUnit{"second": unitSecond, "sec": unitSecond, "minute": unitMinute, "min": unitMinute,
		"hour": unitHour, "hr": unitHour, "day": unitDay, "week": unitWeek, "fortnight": unitWeek, "weekend": unitWeekend,
		"month": unitMonth, "mth": unitMonth, "quarter": unitQuarter, "qtr": unitQuarter, "year": unitYear, "yr": unitYear,
		"decade": unitDecade, "season": unitSeason, "century": unitCentury, "millennium": unitMillennium} {
		if w != "second" { // an ordinal
			m[w] = timeWord{class: clsUnit, val: int(unit)}
		}
		many := w + "s"
		switch w {
		case "century":
			many = "centuries"
		case "millennium":
			many = "millennia"
		}
		m[many] = timeWord{class: clsUnit, val: int(unit), many: true}
	}
	for i, w := range strings.Fields("spring summer autumn fall winter") {
		m[w], m[w+"s"] = timeWord{class: clsSeason, val: i}, timeWord{class: clsSeason, val: i, many: true}
	}
	for i, w := range strings.Fields("morning afternoon evening night") {
		m[w], m[w+"s"] = timeWord{class: clsPart, val: i}, timeWord{class: clsPart, val: i, many: true}
	}
	for i, w := range strings.Fields("mondays tuesdays wednesdays thursdays fridays saturdays sundays") {
		m[w] = timeWord{class: clsWeekday, val: i + 1, many: true}
	}
	all(clsDeictic, 0, "today tonight")
	all(clsDeictic, -1, "yesterday")
	all(clsDeictic, 1, "tomorrow")
	all(clsVague, 0, `now currently presently nowadays recently lately previously formerly originally earlier later soon shortly
		afterwards afterward ago once eventually henceforth beforehand overnight`)
	all(clsEarly, 0, "early mid late")
	all(clsEdge, 0, "beginning start end close middle outset turn height eve")
	for unit, words := range map[timeUnit]string{noUnit: "twice thrice", unitHour: "hourly", unitDay: "daily nightly",
		unitWeek: "weekly fortnightly", unitMonth: "monthly", unitQuarter: "quarterly", unitYear: "yearly annually annual"} {
		all(clsOften, int(unit), words)
	}
	all(clsEvery, 0, "every each per")
	all(clsEvery, 1, "all entire whole")
	all(clsHazy, 0, "several few many some couple dozens numerous")
	all(clsHoliday, 0, "christmas easter thanksgiving halloween new boxing valentine good labor memorial 9/11")
	all(clsApprox, 0, "about around approximately roughly nearly almost over under more less at up no only just")
	all(clsClock, 0, "noon midday midnight")
	all(clsThe, 0, "the")
	all(clsA, 0, "a an")
	all(clsHalf, 0, "half")
	all(clsQuarter, 0, "fiscal fy")
	return m
}()

// Month returns the month whose name or abbreviation the lower-case word is, 0 for none.
func Month(word string) time.Month {
	if w := timeWords[word]; w.class == clsMonth {
		return time.Month(w.val)
	}
	return 0
}

// IsWeekday says whether the lower-case word is the full name of a day of the week.
func IsWeekday(word string) bool {
	w := timeWords[word]
	return w.class == clsWeekday && !w.abbr && !w.many
}

// telling classes are those that no expression does without.
func (c timeClass) telling() bool {
	switch c {
	case clsMonth, clsWeekday, clsSeason, clsUnit, clsPart, clsDeictic, clsVague, clsHoliday, clsOften, clsDecade, clsQuarter,
		clsClock, clsNumeric:
		return true
	}
	return false
}

// lex cuts the words into tokens, hyphenated ones into their parts, and says whether there may be a time among them.
func (p *timeParser) lex() bool {
	telling := false
	var buf [32]byte
	p.toks = make([]timeToken, 0, len(p.words)+4)
	for i := range p.words {
		form := p.words[i].Form
		if form == "" {
			continue
		}
		if c := form[0]; c < utf8.RuneSelf && !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') &&
			len(form) < 3 {
			p.toks = append(p.toks, timeToken{word: i, s: form})
			continue
		}
		t := timeToken{word: i, upper: form[0] >= 'A' && form[0] <= 'Z'}
		if len(form) <= len(buf) {
			low := buf[:0]
			for k := 0; k < len(form); k++ {
				c := form[k]
				if c >= 'A' && c <= 'Z' {
					c += 'a' - 'A'
				}
				low = append(low, c)
			}
			if n := len(low); n > 1 && low[n-1] == '.' {
				low = low[:n-1]
			}
			if w, ok := timeWords[string(low)]; ok {
				t.class, t.val, t.many, t.abbr = w.class, w.val, w.many, w.abbr
				t.s = string(low)
				telling = telling || t.class.telling()
				p.toks = append(p.toks, t)
				continue
			}
		}
		digit := strings.IndexFunc(form, unicode.IsDigit) >= 0
		if hyphen := strings.IndexAny(form, "-–—/"); (hyphen > 0 && hyphen < len(form)-1 || digit) && len(form) <= 32 {
			t.s = strings.TrimSuffix(strings.ToLower(form), ".")
			if p.digits(&t) {
				telling = telling || t.class.telling() || t.class == clsNumber && t.val >= 100
				p.toks = append(p.toks, t)
				continue
			}
			if hyphen > 0 && hyphen < len(form)-1 {
				telling = p.split(t) || telling
				continue
			}
			p.toks = append(p.toks, t)
			continue
		}
		if len(form) <= 12 {
			t.s = strings.ToLower(form)
		}
		p.toks = append(p.toks, t)
	}
	return telling
}

// split adds the parts of a hyphenated word.
func (p *timeParser) split(t timeToken) (telling bool) {
	rest := t.s
	for rest != "" {
		part, sep := rest, ""
		if k := strings.IndexAny(rest, "-–—/"); k >= 0 {
			_, n := utf8.DecodeRuneInString(rest[k:])
			part, sep, rest = rest[:k], rest[k:k+n], rest[k+n:]
		} else {
			rest = ""
		}
		u := timeToken{word: t.word, s: part, part: true}
		if at := strings.Index(t.s, part); at >= 0 && at < len(p.words[t.word].Form) {
			u.upper = p.words[t.word].Form[at] >= 'A' && p.words[t.word].Form[at] <= 'Z'
		}
		if w, ok := timeWords[part]; ok {
			u.class, u.val, u.many, u.abbr = w.class, w.val, w.many, w.abbr
		} else {
			p.digits(&u)
		}
		telling = telling || u.class.telling() || u.class == clsNumber && u.val >= 100
		p.toks = append(p.toks, u)
		if sep != "" {
			p.toks = append(p.toks, timeToken{word: t.word, s: sep, part: true})
		}
	}
	return telling
}

// digits classes a token with digits in it.
func (p *timeParser) digits(t *timeToken) bool {
	s := strings.TrimLeft(t.s, "'’`")
	if s == "" {
		return false
	}
	if n, ok := atoi(s); ok {
		t.class, t.val = clsNumber, n
		return true
	}
	if s[0] < '0' || s[0] > '9' {
		if len(s) == 2 && s[0] == 'q' && s[1] >= '1' && s[1] <= '4' {
			t.class, t.val = clsQuarter, int(s[1]-'0')
			return true
		}
		return false
	}
	k := 0
	for k < len(s) && s[k] >= '0' && s[k] <= '9' {
		k++
	}
	n, _ := atoi(s[:k])
	switch tail := s[k:]; {
	case tail == "": // too long for a number
		return false
	case tail == "st" || tail == "nd" || tail == "rd" || tail == "th":
		t.class, t.val = clsOrdinal, n
	case (tail == "s" || tail == "'s" || tail == "’s") && (k == 4 || k == 2) && n%10 == 0:
		t.class, t.val = clsDecade, n
		if k == 4 && n%100 == 0 && n < 1900 {
			t.many = true // "the 1800s" are a century
		}
	case tail == "am" || tail == "pm" || tail == "a.m" || tail == "p.m":
		t.class, t.val = clsClock, n
	case strings.Contains("/-.", tail[:1]):
		if y, m, d := numericDate(s); m != 0 {
			t.class, t.val = clsNumeric, y*10000+m*100+d
			return true
		}
		if n, err := strconv.ParseFloat(s, 64); err == nil && tail[0] == '.' {
			t.class, t.val = clsNumber, int(n)
			return true
		}
		return false
	case tail[0] == ':':
		if h, m, _, ok := clockOf(s); ok && h < 24 && m < 60 {
			t.class, t.val = clsClock, n
			return true
		}
		return false
	case tail[0] == ',':
		n, ok := atoi(strings.ReplaceAll(s, ",", ""))
		t.class, t.val, t.many = clsNumber, n, true // no year
		return ok
	default:
		return false
	}
	return true
}

func atoi(s string) (int, bool) {
	if len(s) == 0 || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// numericDate reads 2017-07-04, 7/4/2017 (month first unless that is none) and 4.7.2017 (day first); month 0 for anything else.
func numericDate(s string) (year, month, day int) {
	sep := s[strings.IndexAny(s, "-/."):][:1]
	f := strings.Split(s, sep)
	if len(f) != 3 {
		return 0, 0, 0
	}
	var n [3]int
	for i := range f {
		var ok bool
		if n[i], ok = atoi(f[i]); !ok || len(f[i]) > 4 {
			return 0, 0, 0
		}
	}
	switch {
	case len(f[0]) == 4:
		year, month, day = n[0], n[1], n[2]
	case len(f[2]) == 4 && sep == "/" && n[0] <= 12:
		year, month, day = n[2], n[0], n[1]
	case len(f[2]) == 4:
		year, month, day = n[2], n[1], n[0]
	case len(f[2]) == 2 && sep == "/" && n[0] <= 12 && n[1] <= 31:
		year, month, day = fullYear(n[2]), n[0], n[1]
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1000 || year > 2199 {
		return 0, 0, 0
	}
	return year, month, day
}

// fullYear gives a year of two digits its century: up to 49 the present one.
func fullYear(n int) int {
	if n < 50 {
		return 2000 + n
	}
	return 1900 + n
}

// clockOf reads "5:30pm", "17:45", "5pm".
func clockOf(s string) (hour, minute int, half string, ok bool) {
	s = strings.ReplaceAll(s, ".", "")
	for _, h := range []string{"am", "pm"} {
		if rest, cut := strings.CutSuffix(s, h); cut {
			s, half = rest, h
		}
	}
	h, m, colon := strings.Cut(s, ":")
	m, _, _ = strings.Cut(m, ":")
	if hour, ok = atoi(h); !ok {
		return 0, 0, "", false
	}
	if colon {
		if minute, ok = atoi(m); !ok || len(m) != 2 {
			return 0, 0, "", false
		}
	}
	return hour, minute, half, hour <= 24 && minute < 60
}
