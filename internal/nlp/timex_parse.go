package nlp

import (
	"strconv"
	"strings"
)

// tok returns token i, an empty one outside.
func (p *timeParser) tok(i int) timeToken {
	if i < 0 || i >= len(p.toks) {
		return timeToken{word: -1}
	}
	return p.toks[i]
}

func (p *timeParser) is(i int, class timeClass) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].class == class
}

func (p *timeParser) says(i int, forms ...string) bool {
	if i < 0 || i >= len(p.toks) {
		return false
	}
	for _, f := range forms {
		if p.toks[i].s == f {
			return true
		}
	}
	return false
}

// dash skips a hyphen or dash at i.
func (p *timeParser) dash(i int) int {
	if p.says(i, "-", "–", "—", "--") {
		return i + 1
	}
	return i
}

func (p *timeParser) comma(i int) int {
	if p.says(i, ",") {
		return i + 1
	}
	return i
}

// expression reads the expression that begins at token i; end is i where none does.
func (p *timeParser) expression(i int) (x Timex, end int) {
	if x, end = p.single(i); end <= i {
		return x, i
	}
	// "Monday at 5 p.m.", "5 p.m. on Monday", "10 a.m. Wednesday"
	for range 2 {
		j := p.comma(end)
		if p.says(j, "at", "on", "of", "around", "about", "in") {
			j++
		}
		y, next := p.single(j)
		if next <= j {
			break
		}
		if joined, ok := join(x.spec, y.spec); ok && (x.mod == "" || y.mod == "") {
			x.spec, x.Type, end = joined, TimeTimex, next
			if y.mod != "" {
				x.mod = y.mod
			}
			continue
		}
		break
	}
	return p.interval(i, x, end)
}

// join puts a date and a time of day together.
func join(a, b timeSpec) (timeSpec, bool) {
	timeOnly := func(s timeSpec) bool {
		return s.kind == calendarSpec && (s.clock || s.part != "") && s.year == 0 && s.month == 0 && s.weekday == 0 && s.holiday == "" && s.rel == noRel && s.season == ""
	}
	dayOf := func(s timeSpec) bool {
		return !s.clock && s.part == "" && (s.kind == calendarSpec && s.nth == 0 && (s.day != 0 || s.weekday != 0 || s.holiday != "") || s.kind == offsetSpec && s.unit == unitDay)
	}
	switch {
	case timeOnly(a) && dayOf(b):
		a, b = b, a
	case dayOf(a) && timeOnly(b):
	default:
		return a, false
	}
	a.clock, a.hour, a.minute, a.part, a.zone = b.clock, b.hour, b.minute, b.part, b.zone
	return a, true
}

// interval reads what follows where x is the first of two ends: "from 2011 to 2015", "between May and July", "2011-13".
func (p *timeParser) interval(i int, x Timex, end int) (Timex, int) {
	if x.Type != DateTimex && x.Type != TimeTimex || x.spec.kind != calendarSpec && x.spec.kind != offsetSpec || x.spec.nth != 0 {
		return x, end
	}
	prep := p.tok(i - 1).s
	j := end
	switch {
	case p.says(j, "to", "until", "till", "through", "thru"), p.dash(j) > j && p.tok(j).word >= 0:
	case p.says(j, "/") && x.spec.year > 0 && x.spec.month == 0 && p.is(j+1, clsNumber): // "1986/87"
	case p.says(j, "and") && prep == "between":
	default:
		return x, end
	}
	loose := !p.says(j, "and") && prep != "from"
	j++
	if p.says(j, "the") && !p.is(j+1, clsEdge) && !p.is(j+1, clsRel) {
		j++
	}
	if p.says(j, "present", "now", "today", "date") && (p.says(end, "-", "–", "—") || prep == "from") {
		x.Prep = "since" // "2013 – present"
		return x, j + 1
	}
	var y Timex
	next := j
	if n := p.tok(j); n.class == clsNumber && len(n.s) == 2 && x.spec.year > 0 && x.spec.month == 0 && (p.dash(end) > end || p.says(end, "/")) {
		y.spec.year = x.spec.year/100*100 + n.val // "2011-13"
		if y.spec.year <= x.spec.year {
			return x, end
		}
		next = j + 1
	} else {
		y, next = p.single(j)
	}
	if next <= j || y.spec.kind != calendarSpec && y.spec.kind != offsetSpec || y.spec.nth != 0 && !x.spec.calendarDay() {
		return x, end
	}
	a, b := x.spec, y.spec
	if loose && (a.grain() != b.grain() || a.year == 0 && a.month == 0 && a.weekday == 0 && a.hour == 0) {
		return x, end
	}
	if a.weekday != 0 && a.day == 0 && (b.month != 0 || b.year != 0) {
		return x, end
	}
	if a.span != b.span && a.span == 0 || a.fiscal != b.fiscal {
		return x, end
	}
	if a.year == 0 && b.year != 0 && a.month != 0 {
		a.year = b.year
		if b.month != 0 && a.month > b.month {
			a.year--
		}
	}
	if a.rel == noRel && a.year == 0 && b.rel != noRel && a.month != 0 {
		a.rel = b.rel
	}
	x.ends = []Timex{{First: p.toks[i].word, Last: p.toks[end-1].word, Type: x.Type, spec: a, mod: x.mod},
		{First: p.toks[j].word, Last: p.toks[next-1].word, Type: y.Type, spec: b, mod: y.mod}}
	x.spec = timeSpec{kind: rangeSpec, from: &a, to: &b}
	return x, next
}

func (s *timeSpec) calendarDay() bool { return s.kind == calendarSpec && s.day != 0 }

// preposition returns the preposition before token i where it matters to the time.
func (p *timeParser) preposition(i, end int, s *timeSpec) string {
	last := p.tok(end - 1).word
	if p.says(i-1, "from") {
		// "up from last year", "from Monday's low": compared, not begun.
		if s.kind != calendarSpec || last+1 < len(p.words) && p.words[last+1].XPOS == "POS" {
			return ""
		}
		switch p.words[last].Deprel {
		case "nummod", "compound", "amod", "nmod:poss":
			return ""
		}
	}
	switch s := p.tok(i - 1).s; s {
	case "since", "until", "till", "by", "before", "after", "from", "in", "within", "for", "over", "during", "through", "throughout", "at", "on", "between":
		return s
	case "to":
		switch {
		case p.says(i-2, "up"):
			return "until"
		case p.says(i-2, "prior"):
			return "before"
		}
		return s
	case "of":
		switch {
		case p.says(i-2, "ahead"):
			return "before"
		}
		return s
	}
	return ""
}

// deepestTimex bounds how deep expressions hold each other ("the end of the first week of …").
const deepestTimex = 6

// single reads one expression, without what may be joined to it.
func (p *timeParser) single(i int) (x Timex, end int) {
	if p.depth >= deepestTimex {
		return x, i
	}
	p.depth++
	x, end = p.one(i)
	p.depth--
	return x, end
}

func (p *timeParser) one(i int) (x Timex, end int) {
	date := func(s timeSpec, end int) (Timex, int) {
		typ := DateTimex
		if s.clock || s.part != "" {
			typ = TimeTimex
		}
		return Timex{Type: typ, spec: s}, end
	}
	t := p.tok(i)
	j := i
	if t.class == clsThe {
		j++
	}
	// "early 2017", "the end of July", "mid-August"
	if mod, k := p.modifier(j); k > j {
		if y, next := p.single(k); next > k && y.mod == "" && (y.Type == DateTimex || y.Type == TimeTimex) && y.spec.kind != vagueSpec {
			y.mod = mod
			return y, next
		}
		if s, next := p.definite(k); next > k {
			x, end = date(s, next)
			x.mod = mod
			return x, end
		}
	}
	if s, mod, k := p.yearEnd(j); k > j {
		x, end = date(s, k)
		x.mod = mod
		return x, end
	}
	if s, end := p.set(i); end > i {
		return Timex{Type: SetTimex, spec: s}, end
	}
	if s, end := p.vague(i); end > i {
		return date(s, end)
	}
	if s, end := p.relative(i); end > i {
		x, end = date(s, end)
		if s.kind == stretchSpec {
			x.Type = DurationTimex
		}
		return x, end
	}
	if s, end := p.calendar(j); end > j {
		if j > i && !p.articled(s, j) {
			return x, i
		}
		return date(s, end)
	}
	if s, mod, end := p.lasting(i); end > i {
		typ := DurationTimex
		if s.kind != durationSpec {
			typ = DateTimex
		}
		return Timex{Type: typ, spec: s, mod: mod}, end
	}
	if s, end := p.timeOfDay(i); end > i {
		return date(s, end)
	}
	return x, i
}

// articled says whether a date may have an article: "the 1990s", "the summer of 2017", "the 4th of July", not "the 2017" of "the 2017
// election".
func (p *timeParser) articled(s timeSpec, j int) bool {
	switch {
	case s.kind == rangeSpec, s.span != 0, s.nth != 0, s.half != 0, s.quarter != 0, s.season != "", s.fiscal:
		return true
	case s.day != 0 && (p.is(j, clsOrdinal) || p.is(j, clsNumber)):
		return true
	}
	return p.says(j, "year", "month", "holiday")
}

// modifier reads a word that picks a part of what follows: START, MID, END.
func (p *timeParser) modifier(i int) (mod string, end int) {
	t := p.tok(i)
	switch t.class {
	case clsEarly:
		mod = map[string]string{"early": "START", "mid": "MID", "middle": "MID", "late": "END"}[t.s]
		j := p.dash(i + 1)
		if t.s == "early" || t.s == "late" {
			if p.says(j, "on", "in") {
				return mod, j + 1
			}
			if p.says(j, "or", "to") && p.is(j+1, clsEarly) {
				return "", i
			}
		}
		if p.says(j, "the") {
			return "", i
		}
		return mod, j
	case clsEdge:
		switch t.s {
		case "beginning", "start", "outset", "turn":
			mod = "START"
		case "middle", "height":
			mod = "MID"
		case "end", "close":
			mod = "END"
		default:
			return "", i
		}
		j := i + 1
		if p.says(j, "of") {
			if p.says(j+1, "the") && !p.is(j+2, clsRel) {
				return mod, j + 1
			}
			return mod, j + 1
		}
		if t.s == "end" && (p.dash(j) > j || p.is(j, clsMonth) || p.is(j, clsNumber) && len(p.tok(j).s) == 4) { // "end-July"
			return mod, p.dash(j)
		}
	case clsVague:
		if t.s == "later" || t.s == "earlier" { // "later this year", "earlier in the week"
			j := i + 1
			if p.says(j, "in", "on") {
				j++
				if !p.says(j, "the") && !p.is(j, clsMonth) && !p.is(j, clsNumber) {
					return "", i
				}
			} else if !p.is(j, clsRel) && !p.is(j, clsDeictic) {
				return "", i
			}
			if p.says(j, "the") && p.is(j+1, clsRel) {
				return "", i
			}
			return strings.ToUpper(t.s), j
		}
	}
	return "", i
}

// definite reads "the year", "the month" after what makes it a time: "the end of the year" is that of publication.
func (p *timeParser) definite(i int) (s timeSpec, end int) {
	if p.says(i, "the") && p.is(i+1, clsUnit) && !p.tok(i+1).many && !p.says(i+2, "of") {
		unit := timeUnit(p.tok(i + 1).val)
		if unit >= unitDay {
			return timeSpec{kind: offsetSpec, unit: unit, definit: true}, i + 2
		}
	}
	return s, i
}

// calendar reads a date that names its place on the calendar.
func (p *timeParser) calendar(i int) (s timeSpec, end int) {
	t := p.tok(i)
	switch t.class {
	case clsNumeric:
		return timeSpec{year: t.val / 10000, month: t.val / 100 % 100, day: t.val % 100}, i + 1
	case clsWeekday:
		return p.weekday(i)
	case clsMonth:
		return p.month(i)
	case clsNumber, clsOrdinal:
		if s, end = p.dayMonth(i); end > i {
			return s, end
		}
		if s, end = p.nthOf(i); end > i {
			return s, end
		}
		if s, end = p.spelledYear(i); end > i {
			return s, end
		}
		if y, end := p.year(i, true); end > i {
			return timeSpec{year: y}, end
		}
	case clsRel:
		if t.s == "last" {
			return p.nthOf(i)
		}
	case clsHalf:
		return s, i
	case clsDecade:
		return p.decade(i)
	case clsUnit:
		if t.s == "year" || t.s == "years" {
			if y, end := p.year(i+1, false); end > i+1 {
				return timeSpec{year: y}, end
			}
		}
	case clsSeason:
		return p.season(i)
	case clsHoliday:
		return p.holiday(i)
	case clsQuarter:
		return p.quarter(i)
	}
	return s, i
}

// yearEnd reads "year-end 2016", "mid-year", "month-end".
func (p *timeParser) yearEnd(i int) (s timeSpec, mod string, end int) {
	first, second := p.tok(i), p.tok(p.dash(i+1))
	end = p.dash(i+1) + 1
	unit := timeUnit(first.val)
	switch {
	case first.class == clsUnit && !first.many && unit >= unitWeek && second.s == "end" && !p.says(end, "of"):
		mod = "END"
	case first.s == "mid" && second.class == clsUnit && !second.many && timeUnit(second.val) >= unitWeek:
		mod, unit = "MID", timeUnit(second.val)
	default:
		return s, "", i
	}
	if y, next := p.year(end, false); next > end && unit == unitYear {
		return timeSpec{year: y}, mod, next
	}
	return timeSpec{kind: offsetSpec, unit: unit, definit: true}, mod, end
}

// year reads a year at i; alone says that nothing but the words around tells it from a number.
func (p *timeParser) year(i int, alone bool) (year, end int) {
	t := p.tok(i)
	if p.says(i, "'", "’", "`") && p.is(i+1, clsNumber) && len(p.tok(i+1).s) == 2 && !alone {
		return fullYear(p.tok(i + 1).val), i + 2
	}
	if t.class != clsNumber || t.many {
		return 0, i
	}
	digits := t.s
	if strings.IndexByte("'’`"[:1], digits[0]) >= 0 || strings.HasPrefix(digits, "’") {
		if n := strings.TrimLeft(digits, "'’`"); len(n) == 2 && !alone {
			return fullYear(t.val), i + 1
		}
		return 0, i
	}
	if digits[0] < '0' || digits[0] > '9' || strings.Contains(digits, ".") {
		return 0, i
	}
	era := 0
	next := i + 1
	switch {
	case p.says(next, "bc", "bce", "b.c", "b.c.e"):
		era, next = -1, next+1
	case p.says(next, "ad", "ce", "a.d", "c.e"):
		era, next = 1, next+1
	case p.says(i-1, "ad", "a.d"):
		era = 1
	}
	if era != 0 {
		if t.val == 0 {
			return 0, i
		}
		if era < 0 {
			return -t.val, next
		}
		return t.val, next
	}
	if len(digits) != 4 || t.val < 1000 || t.val > 2199 {
		if alone && len(digits) == 3 && p.says(i-1, "in", "since", "until") && p.freeNumber(i) && strings.HasPrefix(p.words[t.word].Deprel, "obl") ||
			!alone && len(digits) == 3 && t.val >= 100 && (p.says(i-1, "of") || p.is(i-1, clsMonth) && p.is(i-2, clsNumber)) && p.freeNumber(i) {
			return t.val, next // "in 348", "30 September 420"
		}
		return 0, i
	}
	if p.says(next, "%", "pct", "gmt", "hours", "km", "kg", "metres", "meters", "feet", "miles") || p.says(i-1, "$", "£", "€", "#", "no", "number", "flight", "room", "about", "nearly", "almost", "over", "than", "least", "some", "approximately") && alone {
		return 0, i
	}
	if alone && !p.yearlike(i) {
		return 0, i
	}
	return t.val, next
}

// freeNumber says whether the number at i counts nothing.
func (p *timeParser) freeNumber(i int) bool {
	w := &p.words[p.tok(i).word]
	switch w.Deprel {
	case "nummod", "compound", "nummod:gov", "amod":
		return false
	}
	n := p.tok(i + 1)
	if n.word < 0 {
		return true
	}
	switch p.words[n.word].UPOS {
	case "NOUN", "PROPN", "ADJ", "NUM", "SYM":
		return false
	}
	return true
}

// yearlike says whether a number of four digits stands where a year does.
func (p *timeParser) yearlike(i int) bool {
	k := p.tok(i).word
	w := &p.words[k]
	if w.UPOS != "" && w.UPOS != "NUM" && w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return false
	}
	if n := p.tok(i + 2); p.says(i+1, "/") && n.class == clsNumber && (len(n.s) == 2 && n.val == (p.tok(i).val+1)%100 || n.val == p.tok(i).val+1) {
		return true // "the 1986/87 crop"
	}
	recent := p.tok(i).val >= 1500 && p.tok(i).val < 2050
	if p.says(i-1, "(", "-LRB-", "[") && p.says(i+1, ")", "-RRB-", "]", "-", "–", ";", ",") || p.says(i+1, ")", "-RRB-", "]") && p.says(i-1, ",") {
		return p.tok(i).val >= 1400 && p.tok(i).val < 2050
	}
	if p.says(i-1, "in", "since", "until", "till", "by", "from", "during", "before", "after", "through", "of", "for", "late", "early", "circa", "c", "to", "and", "mid", "-", "–", "between", "around", "summer", "winter", "spring", "fall", "autumn") &&
		p.freeNumber(i) {
		return recent || p.says(i-1, "in", "since", "until", "by", "from", "circa", "c") || p.says(i-1, "to", "and", "-", "–") && p.is(i-2, clsNumber) && len(p.tok(i-2).s) == 4
	}
	if w.Head < 0 || w.Deprel == "" {
		return recent && w.Deprel == "root" && len(p.words) <= 3
	}
	n := p.tok(i + 1)
	plural := n.word >= 0 && (p.words[n.word].XPOS == "NNS" || p.words[n.word].UPOS == "SYM")
	switch w.Deprel {
	case "nummod":
		// "the 2016 election" beside "2000 soldiers"
		h := &p.words[w.Head]
		if h.XPOS == "NNS" && h.UPOS == "NOUN" && w.Head > k && !p.says(i-1, "the", "its", "his", "their", "this") {
			return false
		}
		return recent && !plural || recent && p.says(i-1, "the", "its")
	case "nmod:tmod", "obl:tmod", "nmod:unmarked", "obl:unmarked", "compound", "nmod:desc", "amod", "appos", "obl", "nmod", "dep", "list", "parataxis", "nsubj", "conj", "flat", "nmod:poss":
		return recent && !plural
	}
	return false
}

// spelledYear reads "nineteen ninety-nine", "two thousand sixteen", "fifteen sixteen" after "in" or "of".
func (p *timeParser) spelledYear(i int) (s timeSpec, end int) {
	small := func(k int) (int, int) { // a number below 100 in words
		t := p.tok(k)
		if t.class != clsNumber || t.s == "" || t.s[0] >= '0' && t.s[0] <= '9' {
			return 0, k
		}
		n, next := t.val, k+1
		if n >= 20 {
			if u := p.tok(p.dash(next)); u.class == clsNumber && u.val < 10 && u.s != "" && (u.s[0] < '0' || u.s[0] > '9') {
				return n + u.val, p.dash(next) + 1
			}
		}
		return n, next
	}
	a, j := small(i)
	switch {
	case j == i:
	case a == 2 && p.says(j, "thousand"):
		k := j + 1
		if p.says(k, "and") {
			k++
		}
		if b, next := small(k); next > k && b < 50 && (next >= len(p.toks) || !p.is(next, clsUnit)) && p.says(i-1, "in", "of", "since", "until", "by", "from") {
			return timeSpec{year: 2000 + b}, next
		}
	case a >= 15 && a <= 20:
		if b, next := small(j); next > j && b >= 10 && !p.is(next, clsUnit) && p.says(i-1, "in", "of", "since", "until", "by", "from", "around", "or") {
			return timeSpec{year: a*100 + b}, next
		}
	}
	return s, i
}

// dayNumber reads a day of the month.
func (p *timeParser) dayNumber(i int) (day, end int) {
	t := p.tok(i)
	if (t.class == clsNumber && !t.many && !strings.Contains(t.s, ".") || t.class == clsOrdinal) && t.val >= 1 && t.val <= 31 {
		if t.class == clsNumber && t.s != "" && (t.s[0] < '0' || t.s[0] > '9') {
			if t.val >= 20 && p.is(p.dash(i+1), clsOrdinal) && p.tok(p.dash(i+1)).val < 10 { // "twenty-first"
				k := p.dash(i + 1)
				return t.val + p.tok(k).val, k + 1
			}
			return 0, i
		}
		return t.val, i + 1
	}
	return 0, i
}

// dayMonth reads "4 July 2017", "the 4th of July", "4-6 July".
func (p *timeParser) dayMonth(i int) (s timeSpec, end int) {
	day, j := p.dayNumber(i)
	if j == i {
		return s, i
	}
	if k := p.dash(j); k > j || p.says(j, "to", "and") {
		if k == j {
			k++
		}
		if to, next := p.dayNumber(k); next > k && to > day {
			if y, end := p.dayMonth(k); end > k && y.kind == calendarSpec && y.day == to && (p.dash(j) > j || p.says(i-1, "from", "between")) {
				x := y
				x.day = day
				return timeSpec{kind: rangeSpec, from: &x, to: &y}, end
			}
		}
	}
	k := j
	if p.says(k, "of") {
		k++
	}
	k = p.dash(k)
	m := p.tok(k)
	if m.class != clsMonth || p.words[m.word].UPOS == "AUX" || m.s == "may" && !m.upper || m.s == "march" && !m.upper {
		return s, i
	}
	s = timeSpec{day: day, month: m.val}
	end = k + 1
	if p.tok(j).word >= 0 && p.is(end, clsNumber) && p.tok(i).class == clsNumber && k == j && p.looksLikeDay(end) && !p.looksLikeYear(end) {
		return timeSpec{}, i // "killed 12 May 4"
	}
	return p.ofYear(s, end)
}

func (p *timeParser) looksLikeDay(i int) bool {
	n, end := p.dayNumber(i)
	return end > i && n > 0
}

func (p *timeParser) looksLikeYear(i int) bool {
	_, end := p.year(i, false)
	return end > i
}

// ofYear reads the year that follows a date, as ", 2017", "of 2017", "last year", "of that year".
func (p *timeParser) ofYear(s timeSpec, i int) (timeSpec, int) {
	for _, j := range [2]int{i, i + 1} {
		if j > i && !p.says(i, ",", "of", "in") {
			break
		}
		if p.says(i, "in") && s.day != 0 {
			break
		}
		if p.is(j, clsThe) {
			j++
		}
		if y, end := p.year(j, false); end > j {
			if n := p.tok(end); j > i && p.says(i, ",") && s.day == 0 && !p.says(end, ",", ".", ")", ";") && n.word >= 0 && p.words[n.word].UPOS == "NOUN" {
				break // "in July, 2000 soldiers"
			}
			s.year = y
			return s, end
		}
		if r := p.tok(j); r.class == clsRel && p.says(j+1, "year", "yr") && !p.says(i, ",") {
			s.rel = timeRel(r.val)
			if s.rel == relThis || s.rel == relLast || s.rel == relNext {
				return timeSpec{kind: s.kind, month: s.month, day: s.day, season: s.season, quarter: s.quarter, half: s.half, nth: s.nth, nthUnit: s.nthUnit, holiday: s.holiday, weekday: s.weekday,
					rel: s.rel, unit: unitYear}, j + 2
			}
			return s, j + 2
		}
		if r := p.tok(j); r.class == clsThe && p.is(j+1, clsRel) && p.says(j+2, "year") {
			s.rel = timeRel(p.tok(j + 1).val)
			return s, j + 3
		}
		if p.is(j-1, clsThe) && p.says(j, "year") && p.says(i, "of") {
			s.unit, s.rel = unitYear, relThis
			return s, j + 1
		}
		if p.is(j-1, clsThe) && p.is(j, clsRel) && p.says(j+1, "year") {
			s.rel = timeRel(p.tok(j).val)
			return s, j + 2
		}
	}
	if p.says(i, "(", ",") {
		return s, i
	}
	return s, i
}

// month reads a date that begins with the name of a month.
func (p *timeParser) month(i int) (s timeSpec, end int) {
	t := p.tok(i)
	w := &p.words[t.word]
	if w.UPOS == "AUX" || w.UPOS == "VERB" && t.s != "may" && !t.upper {
		return s, i
	}
	s.month = t.val
	j := p.dash(i + 1)
	if j > i+1 && !p.is(j, clsNumber) {
		j = i + 1
	}
	if p.says(j, "the") && p.is(j+1, clsOrdinal) {
		j++
	}
	if n := p.tok(j); j == i+1 && n.class == clsNumber && n.upper && n.val < 10 && t.upper && !p.counts(j+1) { // "June Two"
		s.day = n.val
		return p.ofYear(s, j+1)
	}
	if day, k := p.dayNumber(j); k > j && !p.looksLikeYear(j) && t.upper && !p.counts(k) {
		s.day = day
		if d := p.dash(k); d > k || p.says(k, "to", "and", "through") {
			if d == k {
				d++
			}
			if to, next := p.dayNumber(d); next > d && to > day && !p.counts(next) && !p.is(next, clsMonth) {
				a, b := s, s
				b.day = to
				b, end = p.ofYear(b, next)
				a.year, a.rel, a.unit = b.year, b.rel, b.unit
				if p.says(k, "and") && !p.says(i-1, "between") {
					a, b = s, s // two days, the first of them here
					return p.ofYear(a, k)
				}
				return timeSpec{kind: rangeSpec, from: &a, to: &b}, end
			}
		}
		return p.ofYear(s, k)
	}
	if t.abbr && !p.looksLikeYear(j) {
		if !strings.HasSuffix(w.Form, ".") || p.says(i, "mar", "jun", "sat", "sun") {
			return s, i
		}
	}
	s, end = p.ofYear(s, i+1)
	if end == i+1 && p.says(i+1, "-", "–") && p.looksLikeYear(i+2) {
		s, end = p.ofYear(s, i+2)
	}
	if end > i+1 {
		return s, end
	}
	if !p.monthAlone(i) {
		return s, i
	}
	return s, end
}

// counts says whether the number before token i counts what is there: "In May 10 people died".
func (p *timeParser) counts(i int) bool {
	if p.is(i, clsUnit) || p.says(i, "%", "pct", "percent", "per", "mln", "million", "billion", "bn", "thousand") {
		return true
	}
	n := p.tok(i)
	if n.word < 0 {
		return false
	}
	num := &p.words[p.tok(i-1).word]
	return num.Deprel == "nummod" && num.Head >= n.word && p.words[num.Head].XPOS == "NNS" && n.s != "," && !p.is(i-1, clsOrdinal)
}

// monthAlone tells the month from the name, the modal and the verb: "in May", not "May said".
func (p *timeParser) monthAlone(i int) bool {
	t := p.tok(i)
	w := &p.words[t.word]
	if strings.HasSuffix(w.NER, "PER") || strings.HasSuffix(w.NER, "ORG") {
		return false
	}
	if !t.upper && (t.s == "may" || t.s == "march" || t.s == "august") {
		return false
	}
	if k := w.Head; k >= 0 && (w.Deprel == "flat" || w.Deprel == "compound" && p.words[k].UPOS == "PROPN" && p.words[k].NER != "O" && p.words[k].NER != "" && k > t.word) {
		return false
	}
	if n := p.tok(i + 1); n.word >= 0 && p.words[n.word].UPOS == "PROPN" && p.words[n.word].Deprel == "flat" && p.words[n.word].Head == t.word {
		return false // "April Jones"
	}
	for k := t.word + 1; k < len(p.words) && k <= t.word+4; k++ {
		if p.words[k].Head == t.word && p.words[k].Deprel == "nmod" && t.s == "march" {
			return false // "March of the Penguins"
		}
	}
	if t.s == "may" || t.s == "march" || t.s == "june" || t.s == "april" || t.s == "august" {
		prev := p.tok(i - 1)
		switch prev.s {
		case "in", "of", "since", "until", "till", "by", "from", "to", "through", "during", "before", "after", "between", "and", "or", "mid", "late", "early", "-", "last", "next", "this", "for", "on", "every", "each", "–", "/", "end", "(":
			return prev.s != "and" && prev.s != "or" || p.is(i-2, clsMonth) || p.is(i-2, clsNumber)
		case ",":
			return p.is(i-2, clsMonth)
		}
		if p.is(i+1, clsNumber) || p.says(i+1, "and", "or", "to", "-") && p.is(i+2, clsMonth) {
			return true
		}
		if t.s == "may" || t.s == "march" {
			return false
		}
	}
	return true
}

// weekday reads "Monday", "Monday, July 4, 2017", "Monday night".
func (p *timeParser) weekday(i int) (s timeSpec, end int) {
	t := p.tok(i)
	if t.many || p.is(i-1, clsOrdinal) {
		return s, i // "on Mondays", "the first Monday"
	}
	if t.abbr && !(p.says(i+1, ",") && p.is(i+2, clsMonth)) && !strings.HasSuffix(p.words[t.word].Form, ".") && !p.is(i+1, clsMonth) || t.s == "sun" && !p.is(p.comma(i+1), clsMonth) {
		return s, i
	}
	w := &p.words[t.word]
	if k := w.Head; k >= 0 && k > t.word && w.Deprel == "compound" && p.words[k].UPOS == "PROPN" && (strings.HasSuffix(w.NER, "ORG") || strings.HasSuffix(w.NER, "MISC")) {
		return s, i // "the Sunday Times"
	}
	if strings.HasSuffix(w.NER, "PER") || t.word > 0 && p.words[t.word-1].UPOS == "PROPN" && p.words[t.word-1].Head == t.word && p.words[t.word-1].Deprel == "compound" && p.says(i-1, "black", "bloody", "ash", "super", "palm", "cyber", "easter") {
		return s, i
	}
	j := p.comma(i + 1)
	if p.says(j, "the") {
		j++
	}
	if p.is(j, clsMonth) || p.is(j, clsOrdinal) || p.is(j, clsNumber) {
		var d timeSpec
		k := j
		if p.is(j, clsMonth) {
			d, k = p.month(j)
		} else {
			d, k = p.dayMonth(j)
		}
		if k > j && d.kind == calendarSpec && d.day != 0 {
			d.weekday = t.val
			return d, k
		}
	}
	s.weekday = t.val
	if p.is(i+1, clsRel) && p.says(i+2, "week") && !p.says(i+1, "past") { // "Tuesday last week"
		s.rel, s.unit = timeRel(p.tok(i+1).val), unitWeek
		return s, i + 3
	}
	if p.is(i+1, clsPart) && !p.tok(i+1).many {
		s.part = partCodes[p.tok(i+1).val]
		return s, i + 2
	}
	return s, i + 1
}

var partCodes = [...]string{"TMO", "TAF", "TEV", "TNI"}

var seasonCodes = [...]string{"SP", "SU", "FA", "FA", "WI"}

// season reads "summer 2017", "the summer of 2017", "summer": a verb and a jump are none.
func (p *timeParser) season(i int) (s timeSpec, end int) {
	t := p.tok(i)
	w := &p.words[t.word]
	if w.UPOS == "VERB" || w.UPOS == "ADJ" {
		return s, i
	}
	s.season = seasonCodes[t.val]
	s, end = p.ofYear(s, i+1)
	if end > i+1 {
		return s, end
	}
	if p.says(i, "fall", "spring") && (p.says(i+1, "of") || !p.says(i-1, "in", "this", "last", "next", "since", "early", "late", "by", "until") && !(p.says(i-1, "the") && p.says(i-2, "in", "during", "by", "since", "until"))) {
		return s, i
	}
	if k := w.Head; k > t.word && w.Deprel == "compound" {
		return s, i // "summer camp"
	}
	if t.many || p.says(i+1, "of") {
		return s, i
	}
	return s, i + 1
}

// decade reads "1990s", "the nineties", "'90s".
func (p *timeParser) decade(i int) (s timeSpec, end int) {
	t := p.tok(i)
	if t.many { // "the 1800s"
		return timeSpec{year: t.val, span: unitCentury}, i + 1
	}
	year := t.val
	if year < 100 {
		quoted := strings.ContainsAny(t.s[:1], "'’`") || strings.HasPrefix(t.s, "’") || p.says(i-1, "'", "’", "`")
		if !quoted && !p.says(i-1, "the", "early", "late", "mid", "-", "and", "swinging", "roaring") || p.is(i-1, clsRel) {
			return s, i // "in her sixties"
		}
		for k := i - 1; k >= 0 && k > i-5; k-- {
			if p.says(k, "his", "her", "their", "my", "its", "our", "your", "aged") {
				return s, i
			}
		}
		year += 1900
		if t.val < 20 {
			year += 100
		}
	}
	if year%10 != 0 {
		return s, i
	}
	return timeSpec{year: year, span: unitDecade}, i + 1
}

// nthOf reads what counts units in a longer one: "19th century", "third quarter of 2017", "first half", "last week of August",
// "first nine months of 1986", "first Monday in May".
func (p *timeParser) nthOf(i int) (s timeSpec, end int) {
	if p.depth >= deepestTimex {
		return s, i
	}
	p.depth++
	s, end = p.ordinal(i)
	p.depth--
	return s, end
}

func (p *timeParser) ordinal(i int) (s timeSpec, end int) {
	t := p.tok(i)
	n, j := t.val, i+1
	switch {
	case t.class == clsRel && t.s == "last":
		n = -1
	case t.class == clsNumber && t.val >= 20 && p.is(p.dash(j), clsOrdinal) && p.tok(p.dash(j)).val < 10:
		j = p.dash(j)
		n, j = t.val+p.tok(j).val, j+1
	case t.class != clsOrdinal:
		return s, i
	}
	j = p.dash(j)
	if k := j + 1; p.says(j, "and", "to", "or", "through") && n > 1 && (p.is(k, clsOrdinal) || p.says(k, "the") && p.is(k+1, clsOrdinal)) {
		if p.says(k, "the") {
			k++
		}
		if b, next := p.nthOf(k); next > k && b.kind == calendarSpec && // "the 18th and 19th centuries"
			b.span == unitCentury && b.year > 0 && n*100 <= b.year {
			a := b
			a.year = (n - 1) * 100
			return timeSpec{kind: rangeSpec, from: &a, to: &b}, next
		}
		return s, i
	}
	if p.is(j, clsHalf) && (n == 1 || n == 2) {
		s.half = n
		if p.says(j+1, "of") {
			k := j + 2
			if p.says(k, "the") {
				k++
			}
			if y, next := p.single(k); next > k && y.Type == DateTimex && y.spec.kind == calendarSpec && y.spec.nth == 0 && y.mod == "" {
				if y.spec.year != 0 && y.spec.month == 0 && y.spec.quarter == 0 && y.spec.season == "" {
					y.spec.half = n // "the first half of 2017", "of the 19th century"
					return y.spec, next
				}
			}
			if y, next := p.relative(k); next > k && y.kind == offsetSpec && y.unit == unitYear {
				return timeSpec{half: n, rel: relThis, unit: unitYear, n: y.n}, next
			}
			if p.says(k, "year") {
				return timeSpec{half: n, rel: relThis, unit: unitYear}, k + 1
			}
			return s, i
		}
		if next, k := p.ofYear(s, j+1); k > j+1 {
			return next, k
		}
		if p.says(i-1, "the", "in", "'s") {
			w := p.tok(j + 1)
			if w.word < 0 || p.words[w.word].UPOS != "NOUN" {
				return s, j + 1
			}
		}
		return s, i
	}
	u := p.tok(j)
	switch u.class {
	case clsUnit:
		unit := timeUnit(u.val)
		switch {
		case unit == unitCentury && n > 0:
			s = timeSpec{year: (n - 1) * 100, span: unitCentury}
			if p.says(j+1, "bc", "bce", "b.c", "b.c.e") {
				return timeSpec{year: -n * 100, span: unitCentury}, j + 2
			}
			if p.says(j+1, "ad", "ce", "a.d") {
				j++
			}
			if n > 22 {
				return timeSpec{}, i
			}
			if n == 1 {
				s.year = 1
			}
			return s, j + 1
		case unit == unitMillennium && n > 0 && n < 4:
			return timeSpec{year: (n - 1) * 1000, span: unitMillennium}, j + 1
		case unit == unitQuarter && n >= 1 && n <= 4 && !u.many:
			s.quarter = n
			s, end = p.ofYear(s, j+1)
			if end > j+1 {
				return s, end
			}
			if p.says(i-1, "the", "in", "a", "since", "by", "'s", "this", "for") || p.says(i, "1st", "2nd", "3rd", "4th") || p.says(j, "qtr") || u.part {
				return s, j + 1
			}
			w := p.tok(j + 1)
			if w.word >= 0 && p.words[w.word].UPOS == "NOUN" { // "first quarter net profit"
				return s, j + 1
			}
			return s, i
		case unit == unitQuarter && n == -1, unit == unitDecade && n == -1:
			return s, i
		case p.says(j+1, "of", "in") && unit >= unitDay && (n == -1 || n <= 5 || unit == unitDay):
			k := j + 2
			if p.says(k, "the") {
				k++
			}
			y, next := p.calendar(k)
			if next == k || y.kind != calendarSpec || y.nth != 0 || y.day != 0 || y.weekday != 0 {
				if y, next = p.relative(k); next == k || y.kind != offsetSpec || y.unit <= unit {
					if p.is(k, clsUnit) && p.says(k-1, "the") && !p.tok(k).many && timeUnit(p.tok(k).val) > unit {
						y, next = timeSpec{kind: offsetSpec, unit: timeUnit(p.tok(k).val)}, k+1
					} else {
						return s, i
					}
				}
			}
			if u.many {
				return s, i
			}
			y.nth, y.nthUnit = n, unit
			return y, next
		}
	case clsWeekday:
		if p.says(j+1, "of", "in") {
			k := j + 2
			if y, next := p.calendar(k); next > k && y.kind == calendarSpec && y.month != 0 && y.day == 0 && y.nth == 0 {
				y.nth, y.nthUnit, y.weekday = n, unitDay, u.val
				return y, next
			}
		}
	case clsNumber:
		// "the first nine months of 1986"
		if v := p.tok(p.dash(j + 1)); (n == 1 || n == -1) && v.class == clsUnit {
			j = p.dash(j + 1)
			unit := timeUnit(v.val)
			if unit == unitMonth && u.val < 12 && p.says(j+1, "of", "in", "to") {
				k := j + 2
				if p.says(j+1, "to") {
					return s, i
				}
				if y, next := p.year(k, false); next > k {
					a, b := timeSpec{year: y, month: 1}, timeSpec{year: y, month: u.val}
					if n == -1 {
						a.month, b.month = 13-u.val, 12
					}
					return timeSpec{kind: rangeSpec, from: &a, to: &b}, next
				}
				if y, next := p.relative(k); next > k && y.kind == offsetSpec && y.unit == unitYear && !y.told {
					a, b := timeSpec{rel: relThis, unit: unitYear, n: y.n, month: 1}, timeSpec{rel: relThis, unit: unitYear, n: y.n, month: u.val}
					if n == -1 {
						a.month, b.month = 13-u.val, 12
					}
					return timeSpec{kind: rangeSpec, from: &a, to: &b}, next
				}
			}
		}
	}
	return s, i
}

// quarter reads "Q3 2017", "fiscal 2017".
func (p *timeParser) quarter(i int) (s timeSpec, end int) {
	if p.says(i, "fiscal", "fy") {
		j := i + 1
		if p.says(j, "year", "yr") {
			j++
		}
		if y, end := p.year(j, false); end > j {
			return timeSpec{year: y, fiscal: true}, end
		}
		return s, i
	}
	if !p.tok(i).upper {
		return s, i
	}
	s.quarter = p.tok(i).val
	return p.ofYear(s, i+1)
}

func (p *timeParser) holiday(i int) (s timeSpec, end int) {
	t := p.tok(i)
	end = i + 1
	switch t.s {
	case "9/11":
		return timeSpec{year: 2001, month: 9, day: 11}, end
	case "christmas":
		s.holiday = "christmas"
		if p.says(end, "eve") {
			s.holiday, end = "christmas eve", end+1
		} else if p.says(end, "day") {
			end++
		}
	case "easter", "thanksgiving", "halloween":
		s.holiday = t.s
		if p.says(end, "day") || t.s == "easter" && p.says(end, "sunday") {
			end++
		} else if t.s == "easter" && p.says(end, "monday") {
			s.holiday, end = "easter monday", end+1
		}
	case "new":
		if !p.says(i+1, "year") || !p.says(i+2, "'s", "’s") || !p.says(i+3, "eve", "day") || !t.upper {
			return s, i
		}
		s.holiday, end = "new year's "+p.tok(i+3).s, i+4
	case "boxing", "labor", "memorial", "good", "valentine":
		next := map[string]string{"boxing": "day", "labor": "day", "memorial": "day", "good": "friday", "valentine": "'s"}[t.s]
		if !p.says(end, next) || !t.upper || !p.tok(end).upper && t.s != "valentine" {
			return s, i
		}
		end++
		if t.s == "valentine" {
			if !p.says(end, "day") {
				return s, i
			}
			end++
		}
		s.holiday = t.s
	}
	if !t.upper {
		return s, i
	}
	w := &p.words[t.word]
	if last := p.tok(end - 1); last.word >= 0 {
		w = &p.words[last.word]
	}
	if w.Head > p.tok(end-1).word && w.Deprel == "compound" {
		return s, i // "Easter Island", "Christmas tree"
	}
	return p.ofYear(s, end)
}

// relative reads what is counted from the present or from the time told of: "last week", "this summer", "the next day", "that year",
// "the past three months".
func (p *timeParser) relative(i int) (s timeSpec, end int) {
	j, definite := i, false
	if p.is(j, clsThe) {
		j, definite = j+1, true
	}
	t := p.tok(j)
	if t.class != clsRel {
		if definite {
			return p.around(i)
		}
		return s, i
	}
	rel := timeRel(t.val)
	if w := p.tok(j - 1); w.word >= 0 && !definite && (p.words[w.word].XPOS == "PRP$" || p.words[w.word].XPOS == "POS") {
		return s, i // "his last year"
	}
	if (t.s == "that" || t.s == "those" || t.s == "this" || t.s == "these") && p.says(j+1, "same", "past", "coming", "last", "next") && !definite {
		j++
		if !p.says(j, "same") {
			rel = timeRel(p.tok(j).val)
		}
	} else if t.s == "recent" && definite {
		return s, i
	}
	k := j + 1
	if p.is(k, clsEarly) && p.dash(k+1) > k+1 {
		k = p.dash(k + 1) // "last mid-July"
	}
	// a number of units
	if count, next := p.count(k); next > k {
		u := p.tok(p.dash(next))
		if u.class == clsUnit && (u.many || count == "1") {
			unit := timeUnit(u.val)
			n := 0
			if v, err := strconv.Atoi(count); err == nil {
				n = v
			}
			s = timeSpec{kind: stretchSpec, unit: unit, count: count, n: n, rel: rel}
			switch rel {
			case relLast, relNext, relPrior, relAfter:
				return s, p.dash(next) + 1
			case relThis, relSame:
				return timeSpec{}, i
			}
		}
		return timeSpec{}, i
	}
	u := p.tok(k)
	told := rel == relSame || rel == relAfter || rel == relPrior || definite && rel == relNext
	step := map[timeRel]int{relLast: -1, relPrior: -1, relNext: 1, relAfter: 1}[rel]
	switch u.class {
	case clsUnit:
		unit := timeUnit(u.val)
		if u.many {
			if definite || t.s == "recent" || t.s == "coming" || t.s == "past" || t.s == "next" || t.s == "last" || t.s == "these" {
				switch rel {
				case relLast:
					return timeSpec{kind: vagueSpec, value: "PAST_REF", unit: unit}, k + 1
				case relNext:
					return timeSpec{kind: vagueSpec, value: "FUTURE_REF", unit: unit}, k + 1
				case relThis:
					if unit == unitDay {
						return timeSpec{kind: vagueSpec, value: "PRESENT_REF", unit: unit}, k + 1
					}
				}
			}
			return s, i
		}
		if t.s == "these" || t.s == "those" || unit < unitDay || unit == unitSeason {
			if unit == unitSeason && !u.many && (rel == relLast || rel == relNext || rel == relThis) && p.says(k, "season") {
				return s, i // of a sport
			}
			return s, i
		}
		if t.s == "recent" || unit == unitDay && !told && (rel != relThis || p.says(j-1, "to")) {
			return s, i // "to this day", "last day"
		}
		if definite && rel == relLast && t.s == "past" || t.s == "past" {
			return timeSpec{kind: stretchSpec, unit: unit, count: "1", n: 1, rel: relLast}, k + 1
		}
		if definite && rel == relLast {
			return s, i // "the last day": of something
		}
		if rel == relSame && t.s == "that" {
			if w := &p.words[t.word]; w.UPOS != "" && w.UPOS != "DET" && w.UPOS != "PRON" {
				return s, i
			}
		}
		s = timeSpec{kind: offsetSpec, unit: unit, n: step, told: told}
		return s, k + 1
	case clsMonth:
		if definite || u.many || u.s == "may" && !u.upper || t.s == "that" && p.words[t.word].UPOS == "SCONJ" {
			return s, i
		}
		if p.words[u.word].UPOS == "AUX" || strings.HasSuffix(p.words[u.word].NER, "PER") || t.s == "recent" || t.s == "that" && !p.monthAlone(k) {
			return s, i
		}
		m, next := p.month(k)
		if next == k {
			m, next = timeSpec{month: u.val}, k+1
		}
		if m.kind == calendarSpec && m.year == 0 {
			m.rel = rel
		}
		return m, next
	case clsWeekday, clsHoliday:
		m, next := p.weekdayOrHoliday(k)
		if next == k || definite && rel == relLast || t.s == "recent" || t.s == "that" && p.words[t.word].UPOS == "SCONJ" {
			return s, i
		}
		if m.kind == calendarSpec && m.year == 0 && m.month == 0 {
			m.rel = rel
		}
		return m, next
	case clsSeason:
		if u.many || definite && rel == relLast || t.s == "recent" || p.words[u.word].UPOS == "VERB" {
			return s, i
		}
		return timeSpec{season: seasonCodes[u.val], rel: rel}, k + 1
	case clsPart:
		if u.many || definite && rel == relLast || t.s == "recent" {
			return s, i
		}
		s = timeSpec{kind: offsetSpec, unit: unitDay, part: partCodes[u.val], told: told}
		if step != 0 && !(rel == relLast && u.val == 3 && p.says(k, "night")) {
			s.n = step
		}
		if rel == relLast {
			s.n = -1
		}
		return s, k + 1
	case clsQuarter:
		if definite || !p.tok(k).upper {
			return s, i
		}
	}
	return s, i
}

func (p *timeParser) weekdayOrHoliday(i int) (timeSpec, int) {
	if p.is(i, clsHoliday) {
		return p.holiday(i)
	}
	return p.weekday(i)
}

// around reads "the day before yesterday", "the year before", "the weekend".
func (p *timeParser) around(i int) (s timeSpec, end int) {
	u := p.tok(i + 1)
	if u.class == clsUnit && !u.many {
		unit := timeUnit(u.val)
		switch {
		case unit == unitDay && p.says(i+2, "before", "after") && p.is(i+3, clsDeictic):
			d := p.tok(i + 3).val
			if p.says(i+2, "before") {
				return timeSpec{kind: offsetSpec, unit: unitDay, n: d - 1}, i + 4
			}
			return timeSpec{kind: offsetSpec, unit: unitDay, n: d + 1}, i + 4
		case unit >= unitDay && p.says(i+2, "before", "earlier", "after") && p.closing(i+3):
			n := -1
			if p.says(i+2, "after") {
				n = 1
			}
			return timeSpec{kind: offsetSpec, unit: unit, n: n, told: true}, i + 3
		case unit == unitWeekend && p.says(i-1, "over", "on", "at", "during", "for", "throughout", "through"):
			return timeSpec{kind: offsetSpec, unit: unitWeekend, definit: true}, i + 2
		}
	}
	return s, i
}

// closing says whether a phrase can end before token i.
func (p *timeParser) closing(i int) bool {
	t := p.tok(i)
	if t.word < 0 {
		return true
	}
	switch p.words[t.word].UPOS {
	case "PUNCT", "VERB", "AUX", "CCONJ", "SCONJ":
		return true
	case "ADP":
		return !p.says(i, "of")
	}
	return false
}

// vague reads deictic words: "yesterday", "now", "recently", "in the past".
func (p *timeParser) vague(i int) (s timeSpec, end int) {
	t := p.tok(i)
	switch t.class {
	case clsDeictic:
		s = timeSpec{kind: offsetSpec, unit: unitDay, n: t.val}
		end = i + 1
		if t.s == "tonight" {
			s.part = "TNI"
		} else if p.is(end, clsPart) && !p.tok(end).many {
			s.part = partCodes[p.tok(end).val]
			end++
		}
		return s, end
	case clsVague:
		w := &p.words[t.word]
		switch t.s {
		case "ago", "once", "eventually", "earlier", "later", "beforehand", "henceforth":
			// They tell a time only of what stands beside them or as adverbs of their own.
			if t.s == "once" || t.s == "ago" || w.UPOS == "ADJ" || w.Deprel == "amod" || w.Deprel == "mark" {
				return s, i
			}
		}
		if w.UPOS != "" && w.UPOS != "ADV" && w.UPOS != "ADJ" && w.UPOS != "NOUN" || w.Deprel == "amod" || w.Deprel == "mark" || p.says(i+1, "than") {
			return s, i
		}
		s.kind = vagueSpec
		switch t.s {
		case "now", "currently", "presently", "nowadays":
			if w.UPOS == "SCONJ" || t.s == "now" && p.says(i+1, "that") {
				return s, i
			}
			s.value = "PRESENT_REF"
		case "soon", "shortly", "eventually", "henceforth":
			if p.says(i-1, "as") || p.says(i+1, "after", "before", "as") {
				return timeSpec{}, i
			}
			s.value = "FUTURE_REF"
		case "later", "afterwards", "afterward":
			s.value, s.told = "FUTURE_REF", true
		case "overnight":
			return timeSpec{kind: offsetSpec, unit: unitDay, n: -1, part: "TNI"}, i + 1
		case "earlier", "beforehand":
			s.value, s.told = "PAST_REF", true
		default:
			s.value = "PAST_REF"
		}
		return s, i + 1
	case clsThe:
		switch {
		case p.says(i+1, "moment", "present") && p.says(i-1, "at", "for"):
			return timeSpec{kind: vagueSpec, value: "PRESENT_REF"}, i + 2
		case p.says(i+1, "past") && p.says(i-1, "in") && p.closing(i+2):
			return timeSpec{kind: vagueSpec, value: "PAST_REF"}, i + 2
		case p.says(i+1, "future") && p.says(i-1, "in", "for") && p.closing(i+2):
			return timeSpec{kind: vagueSpec, value: "FUTURE_REF"}, i + 2
		case p.says(i+1, "near") && p.says(i+2, "future") && p.says(i-1, "in", "for"):
			return timeSpec{kind: vagueSpec, value: "FUTURE_REF"}, i + 3
		}
	}
	return s, i
}

// set reads how often: "every week", "daily", "on Sundays", "three times a week", "a year" after a rate.
func (p *timeParser) set(i int) (s timeSpec, end int) {
	s.kind = setSpec
	t := p.tok(i)
	switch t.class {
	case clsOften:
		if t.s == "twice" || t.s == "thrice" {
			if p.is(i+1, clsA) && p.is(i+2, clsUnit) || p.is(i+1, clsEvery) && p.is(i+2, clsUnit) {
				s.unit, s.count, s.freq = timeUnit(p.tok(i+2).val), "1", map[string]string{"twice": "2X", "thrice": "3X"}[t.s]
				return s, i + 3
			}
			return s, i
		}
		s.unit, s.count = timeUnit(t.val), "1"
		if t.upper && i > 0 {
			return s, i // "the Daily Mail"
		}
		return s, i + 1
	case clsEvery:
		j := i + 1
		if t.val == 1 { // "all day", "the whole year": how long
			return s, i
		}
		s.count = "1"
		if p.says(j, "other") {
			s.count, j = "2", j+1
		}
		if count, next := p.count(j); next > j {
			s.count, j = count, next
		}
		u := p.tok(j)
		switch u.class {
		case clsUnit:
			s.unit = timeUnit(u.val)
			if s.unit == unitQuarter && p.says(j+1, "of") || p.says(j+1, "of") {
				return s, i
			}
			return s, j + 1
		case clsWeekday:
			if s.count == "X" || j > i+1 && p.is(j-1, clsNumber) {
				return s, i
			}
			s.weekday = u.val
			return s, j + 1
		case clsMonth:
			if !u.upper || j > i+1 {
				return s, i
			}
			s.month = u.val
			return s, j + 1
		case clsSeason:
			s.season = seasonCodes[u.val]
			return s, j + 1
		case clsPart:
			s.part = partCodes[u.val]
			return s, j + 1
		}
	case clsVague:
		if t.s == "once" && (p.is(i+1, clsA) || p.is(i+1, clsEvery)) {
			j := i + 2
			if count, next := p.count(j); next > j && p.is(i+1, clsEvery) && p.is(next, clsUnit) {
				s.unit, s.count, s.freq = timeUnit(p.tok(next).val), count, "1X"
				return s, next + 1
			}
			if p.is(j, clsUnit) && !p.tok(j).many {
				s.unit, s.count, s.freq = timeUnit(p.tok(j).val), "1", "1X"
				return s, j + 1
			}
		}
	case clsNumber, clsHazy:
		// "three times a week", "several times per month"
		if p.says(i+1, "times") && (p.is(i+2, clsA) || p.is(i+2, clsEvery)) && p.is(i+3, clsUnit) && !p.tok(i+3).many {
			s.unit, s.count, s.freq = timeUnit(p.tok(i+3).val), "1", "X"
			if t.class == clsNumber {
				s.freq = strconv.Itoa(t.val) + "X"
			}
			return s, i + 4
		}
	case clsWeekday:
		if t.many && t.upper {
			s.weekday = t.val
			return s, i + 1
		}
	case clsA:
		// "barrels a day": a rate
		if u := p.tok(i + 1); u.class == clsUnit && !u.many && p.ratedBefore(i) && !p.is(i+2, clsVague) && !p.says(i+2, "before", "after") {
			s.unit, s.count = timeUnit(u.val), "1"
			return s, i + 2
		}
	}
	return s, i
}

// ratedBefore says whether the words before "a day" are an amount.
func (p *timeParser) ratedBefore(i int) bool {
	w := p.tok(i).word
	if w < 1 || w+1 >= len(p.words) {
		return false
	}
	u := &p.words[p.tok(i+1).word]
	prev := &p.words[w-1]
	switch u.Deprel {
	case "nmod:unmarked", "nmod:npmod", "nmod:tmod", "nmod":
		return prev.XPOS == "NNS" || prev.XPOS == "CD" || prev.UPOS == "SYM" || prev.UPOS == "NUM"
	case "obl:unmarked", "obl:npmod", "obl:tmod", "obl":
		return prev.XPOS == "NNS" || prev.XPOS == "CD" || prev.UPOS == "SYM"
	}
	return false
}

// count reads a number of units: "2", "three", "a few", "two to three", "2 1/2", "half a".
func (p *timeParser) count(i int) (count string, end int) {
	t := p.tok(i)
	if t.part && p.says(i-1, "/") {
		return "", i // of a fraction
	}
	number := func(i int) (string, int) {
		t := p.tok(i)
		if t.class != clsNumber {
			return "", i
		}
		n, next := t.val, i+1
		if t.s[0] >= '0' && t.s[0] <= '9' && strings.Contains(t.s, ".") {
			return strings.TrimRight(strings.TrimRight(t.s, "0"), "."), next
		}
		if u := p.tok(p.dash(next)); n >= 20 && n < 100 && n%10 == 0 && u.class == clsNumber && u.val < 10 && u.s[0] > '9' && t.s[0] > '9' {
			n, next = n+u.val, p.dash(next)+1
		}
		for scale := true; scale; {
			switch {
			case p.says(next, "hundred"):
				n, next = n*100, next+1
			case p.says(next, "thousand"):
				n, next = n*1000, next+1
			case p.says(next, "million", "mln"):
				n, next = n*1000000, next+1
			case p.says(next, "billion", "bn"):
				n, next = n*1000000000, next+1
			default:
				scale = false
			}
		}
		out := strconv.Itoa(n)
		switch {
		case p.says(next, "1/2"), p.says(next, "½"):
			return out + ".5", next + 1
		case p.dash(next) > next && p.says(next+1, "1") && p.says(next+2, "/") && p.says(next+3, "2"):
			return out + ".5", next + 4
		case p.says(next, "1") && p.says(next+1, "/") && p.says(next+2, "2"):
			return out + ".5", next + 3
		case p.says(next, "1") && p.dash(next+1) > next+1 && p.says(next+2, "1/2"):
			return out + ".5", next + 3
		case p.says(next, "and") && p.is(next+1, clsA) && p.is(next+2, clsHalf):
			return out + ".5", next + 3
		case p.says(next, "and") && p.says(next+1, "one") && p.dash(next+2) > next+2 && p.is(next+3, clsHalf):
			return out + ".5", next + 4
		}
		return out, next
	}
	switch t.class {
	case clsNumber:
		count, end = number(i)
		if p.says(end, "to", "or", "-", "–") {
			j := end + 1
			if k := p.dash(j); k > j && p.says(end, "-") { // "three-to-five"
				j = k
			}
			if p.says(end, "-") && p.says(j, "to") {
				j = p.dash(j + 1)
			}
			if b, next := number(j); next > j && p.is(p.dash(next), clsUnit) {
				return count + "-" + b, next
			}
		}
		return count, end
	case clsHazy:
		if p.says(i, "couple") {
			end = i + 1
			if p.says(end, "of") {
				end++
			}
			return "2", end
		}
		if p.says(i, "dozens") && p.says(i+1, "of") {
			return "X", i + 2
		}
		if p.says(i, "few") && p.says(i-1, "the") && !p.is(i-2, clsRel) {
			return "", i
		}
		end = i + 1
		if p.says(end, "dozen", "hundred", "thousand", "million", "billion", "more") {
			end++
		}
		return "X", end
	case clsA:
		switch {
		case p.says(i+1, "few"), p.says(i+1, "several"):
			return "X", i + 2
		case p.says(i+1, "couple"):
			end = i + 2
			if p.says(end, "of") {
				end++
			}
			return "2", end
		case p.says(i+1, "dozen"):
			return "12", i + 2
		case p.says(i+1, "hundred"):
			return "100", i + 2
		case p.says(i+1, "thousand"):
			return "1000", i + 2
		case p.is(i+1, clsHalf) && p.is(p.dash(i+2), clsUnit):
			return "0.5", p.dash(i + 2)
		case p.says(i+1, "full", "whole", "entire", "further", "single"):
			return "1", i + 2
		}
		return "1", i + 1
	case clsHalf:
		if p.is(i+1, clsA) {
			return "0.5", i + 2
		}
	}
	return "", i
}

// lasting reads how long, and what is counted from now or from the time told of: "two days", "more than a year", "three weeks ago",
// "two years later", "two-day".
func (p *timeParser) lasting(i int) (s timeSpec, mod string, end int) {
	j := i
	switch {
	case p.says(j, "about", "around", "approximately", "roughly", "some"):
		mod, j = "APPROX", j+1
	case p.says(j, "nearly", "almost"):
		mod, j = "LESS_THAN", j+1
	case p.says(j, "over") && p.is(j+1, clsNumber):
		mod, j = "MORE_THAN", j+1
	case p.says(j, "under") && p.is(j+1, clsNumber):
		mod, j = "LESS_THAN", j+1
	case p.says(j, "more", "less") && p.says(j+1, "than"):
		mod = map[string]string{"more": "MORE_THAN", "less": "LESS_THAN"}[p.tok(j).s]
		j += 2
	case p.says(j, "no") && p.says(j+1, "more", "less") && p.says(j+2, "than"):
		mod = map[string]string{"more": "EQUAL_OR_LESS", "less": "EQUAL_OR_MORE"}[p.tok(j+1).s]
		j += 3
	case p.says(j, "at") && p.says(j+1, "least", "most"):
		mod = map[string]string{"least": "EQUAL_OR_MORE", "most": "EQUAL_OR_LESS"}[p.tok(j+1).s]
		j += 2
	case p.says(j, "up") && p.says(j+1, "to"):
		mod, j = "EQUAL_OR_LESS", j+2
	case p.says(j, "only", "just") && (p.is(j+1, clsNumber) || p.is(j+1, clsA) || p.is(j+1, clsHazy)):
		j++
	}
	count, k := p.count(j)
	if k == j {
		if p.says(j, "some") {
			count, k = "X", j+1
		} else if p.is(j, clsEvery) && p.tok(j).val == 1 && p.is(j+1, clsUnit) && !p.tok(j+1).many { // "all day"
			return timeSpec{kind: durationSpec, unit: timeUnit(p.tok(j + 1).val), count: "1"}, "", j + 2
		} else if p.is(j, clsEvery) && p.tok(j).val == 1 && p.says(j, "all") && p.is(j+1, clsPart) && !p.tok(j+1).many {
			return timeSpec{kind: durationSpec, unit: unitPart, count: "1", part: partCodes[p.tok(j+1).val]}, "", j + 2
		} else if p.is(j, clsThe) && p.is(j+1, clsEvery) && p.tok(j+1).val == 1 && p.is(j+2, clsUnit) && !p.tok(j+2).many {
			return timeSpec{kind: durationSpec, unit: timeUnit(p.tok(j + 2).val), count: "1"}, "", j + 3
		} else if u := p.tok(j); u.class == clsUnit && u.many && mod == "" && (p.says(j-1, "for", "in", "within", "after", "over", "of") || p.says(j+1, "ago", "later", "earlier", "before")) {
			if p.says(j-1, "of") && !p.says(j-2, "tens", "hundreds", "thousands", "dozens", "couple", "number") {
				return s, "", i
			}
			if p.says(j-1, "in", "over", "after") && !p.says(j+1, "ago", "later", "earlier", "before") && p.says(j-1, "over") {
				return s, "", i
			}
			count, k = "X", j
		} else {
			return s, "", i
		}
	}
	k = p.dash(k)
	for p.says(k, "long", "full", "consecutive", "straight", "successive", "more", "additional", "further", "whole", "calendar", "working", "business", "other") {
		k++
	}
	u := p.tok(k)
	if u.class != clsUnit && u.class != clsSeason && u.class != clsPart || u.class == clsSeason && !u.many || u.class == clsPart && !u.many {
		return s, "", i
	}
	if u.class == clsPart {
		s = timeSpec{kind: durationSpec, unit: unitPart, count: count, part: partCodes[u.val]}
		return s, mod, k + 1
	}
	if u.class == clsSeason {
		s = timeSpec{kind: durationSpec, unit: unitSeason, count: count, season: seasonCodes[u.val]}
		return s, mod, k + 1
	}
	if u.s == "min" || u.s == "sec" || u.s == "season" {
		if u.s == "season" {
			return s, "", i
		}
	}
	unit := timeUnit(u.val)
	if p.is(j, clsA) && j+1 == k && unit == unitQuarter { // "a quarter" is a fraction
		return s, "", i
	}
	s = timeSpec{kind: durationSpec, unit: unit, count: count}
	if u.s == "fortnight" || u.s == "fortnights" {
		if v, err := strconv.Atoi(count); err == nil {
			s.count = strconv.Itoa(2 * v)
		}
	}
	end = k + 1
	if p.says(end, "and") && p.is(end+1, clsA) && p.is(end+2, clsHalf) && !strings.Contains(count, ".") && count != "X" {
		s.count, end = count+".5", end+3 // "a year and a half"
	}
	if p.says(end, "'", "’") || p.says(end, "'s", "’s") && !p.is(j, clsA) {
		end++
		if p.says(end, "time") && p.says(i-1, "in") { // "in two weeks' time"
			return p.counted(s, 1, false), mod, end + 1
		}
		end--
	}
	if p.says(end, "old") || p.dash(end) > end && p.says(p.dash(end), "old", "olds") {
		return s, "", i // an age
	}
	switch {
	case p.says(end, "ago"):
		return p.counted(s, -1, false), mod, end + 1
	case p.says(end, "from") && p.says(end+1, "now", "today"):
		return p.counted(s, 1, false), mod, end + 2
	case p.says(end, "hence"):
		return p.counted(s, 1, false), mod, end + 1
	case p.says(end, "later", "afterwards", "afterward", "on") && (!p.says(end, "on") || p.closing(end+1) && !p.is(end+1, clsThe) && p.says(end+1, ",", ".")):
		return p.counted(s, 1, true), mod, end + 1
	case p.says(end, "earlier", "previously"), p.says(end, "before") && p.closing(end+1):
		return p.counted(s, -1, true), mod, end + 1
	case p.says(end, "after", "before") && p.is(end+1, clsDeictic):
		return s, mod, end
	}
	if p.says(i-1, "in") || p.says(i-1, "within") {
		s.rel = relNext // "in two weeks" may be a time ahead: see value
	}
	return s, mod, end
}

// counted makes a point of a duration.
func (p *timeParser) counted(s timeSpec, sign int, told bool) timeSpec {
	n, err := strconv.Atoi(s.count)
	if err != nil {
		value := "PAST_REF"
		if sign > 0 {
			value = "FUTURE_REF"
		}
		if half := strings.TrimSuffix(s.count, ".5"); half != s.count {
			if y, err := strconv.Atoi(half); err == nil && s.unit == unitYear {
				return timeSpec{kind: offsetSpec, unit: unitMonth, n: sign * (12*y + 6), told: told}
			} else if err == nil && s.unit == unitMonth {
				return timeSpec{kind: offsetSpec, unit: unitMonth, n: sign * y, told: told}
			}
		}
		return timeSpec{kind: vagueSpec, value: value, unit: s.unit, told: told}
	}
	switch s.unit { // a point is told by finer units: "a decade ago" is a year
	case unitDecade:
		s.unit, n = unitYear, 10*n
	case unitCentury:
		s.unit, n = unitYear, 100*n
	case unitQuarter:
		s.unit, n = unitMonth, 3*n
	}
	return timeSpec{kind: offsetSpec, unit: s.unit, n: sign * n, told: told}
}

// timeOfDay reads clock times and parts of a day: "5:30 p.m.", "1200 GMT", "noon", "the morning", "five o'clock".
func (p *timeParser) timeOfDay(i int) (s timeSpec, end int) {
	t := p.tok(i)
	clock := func(h, m int, half string, end int) (timeSpec, int) {
		switch half {
		case "pm":
			if h < 12 {
				h += 12
			}
		case "am":
			if h == 12 {
				h = 0
			}
		}
		s := timeSpec{clock: true, hour: h % 24, minute: m}
		if p.says(end, "gmt", "utc", "est", "edt", "cst", "cdt", "pst", "pdt", "et", "bst", "cet", "cest", "eastern", "local", "msk", "ist", "jst") {
			s.zone = true
			end++
			if p.says(end-1, "local", "eastern") && p.says(end, "time") {
				end++
			} else if p.says(end-1, "local") {
				end--
			}
		}
		return s, end
	}
	half := func(i int) (string, int) {
		switch {
		case p.says(i, "am", "a.m", "a.m."):
			return "am", i + 1
		case p.says(i, "pm", "p.m", "p.m."):
			return "pm", i + 1
		case p.says(i, "a", "p") && p.says(i+1, ".") && p.says(i+2, "m"):
			return p.tok(i).s + "m", i + 3
		}
		return "", i
	}
	switch t.class {
	case clsClock:
		switch t.s {
		case "noon", "midday":
			return timeSpec{clock: true, hour: 12}, i + 1
		case "midnight":
			return timeSpec{clock: true, hour: 0}, i + 1
		}
		h, m, mark, ok := clockOf(t.s)
		if !ok {
			return s, i
		}
		end = i + 1
		if mark == "" {
			mark, end = half(end)
		}
		if mark == "" && !strings.Contains(t.s, ":") {
			return s, i
		}
		if mark == "" && !p.says(i-1, "at", "by", "until", "from", "to", "since", "around", "about", "before", "after", "till") && !p.says(end, "gmt", "utc", "est", "local", "on") {
			return s, i // "Luke 5:30", "won in 2:15"
		}
		return clock(h, m, mark, end)
	case clsNumber:
		if mark, next := half(i + 1); next > i+1 && t.val <= 12 && t.val > 0 {
			return clock(t.val, 0, mark, next)
		}
		if p.says(i+1, "o'clock", "o’clock") && t.val <= 12 {
			mark, next := half(i + 2)
			return clock(t.val, 0, mark, next)
		}
		if len(t.s) == 4 && t.s[0] >= '0' && t.s[0] <= '2' && t.val%100 < 60 && t.val < 2400 && p.says(i+1, "gmt", "utc", "est", "edt", "hrs", "hours", "bst") {
			if p.says(i+1, "hrs", "hours") && !p.says(i-1, "at", "by", "until", "from") {
				return s, i
			}
			s, end = clock(t.val/100, t.val%100, "", i+1)
			if p.says(end, "hrs", "hours") {
				end++
			}
			return s, end
		}
	case clsThe:
		u := p.tok(i + 1)
		if u.class == clsPart && !u.many && p.says(i-1, "in", "during", "through", "until", "by", "throughout", "into") && !p.says(i+2, "of") {
			return timeSpec{part: partCodes[u.val]}, i + 2
		}
		if u.class == clsPart && !u.many && p.says(i+2, "of") {
			if d, next := p.single(i + 3); next > i+3 && (d.spec.day != 0 || d.spec.weekday != 0 || d.spec.kind == offsetSpec && d.spec.unit == unitDay) && d.spec.part == "" && d.spec.kind != rangeSpec {
				d.spec.part = partCodes[u.val]
				return d.spec, next
			}
		}
	case clsPart:
		if p.says(i-1, "at") && t.s == "night" {
			return timeSpec{part: "TNI"}, i + 1
		}
	}
	return s, i
}
