package nlp

import "strings"

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
	return timeSpec{kind: offsetSpec, unit: unit, definite: true}, mod, end
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
	if digits[0] == '\'' || strings.HasPrefix(digits, "’") {
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
		if alone && len(digits) == 3 && p.says(i-1, "in", "since", "until") && p.freeNumber(i) &&
			strings.HasPrefix(p.arc(t.word).Deprel, "obl") ||
			!alone && len(digits) == 3 && t.val >= 100 &&
				(p.says(i-1, "of") || p.is(i-1, clsMonth) && p.is(i-2, clsNumber)) && p.freeNumber(i) {
			return t.val, next // "in 348", "30 September 420"
		}
		return 0, i
	}
	if p.says(next, "%", "pct", "gmt", "est", "edt", "cst", "pst", "utc", "bst", "hours", "hrs", "km", "kg", "metres", "meters", "feet",
		"miles") ||
		alone && p.says(i-1, "$", "£", "€", "#", "no", "number", "flight", "room", "about", "nearly", "almost", "over", "than", "least",
			"some", "approximately") {
		return 0, i
	}
	if alone && !p.yearlike(i) {
		return 0, i
	}
	return t.val, next
}

// freeNumber says whether the number at i counts nothing.
func (p *timeParser) freeNumber(i int) bool {
	w := p.arc(p.tok(i).word)
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
	w := p.arc(k)
	if w.UPOS != "" && w.UPOS != "NUM" && w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return false
	}
	if n := p.tok(i + 2); p.says(i+1, "/") && n.class == clsNumber &&
		(len(n.s) == 2 && n.val == (p.tok(i).val+1)%100 || n.val == p.tok(i).val+1) {
		return true // "the 1986/87 crop"
	}
	recent := p.tok(i).val >= 1500 && p.tok(i).val < 2050
	if p.says(i-1, "(", "-LRB-", "[") && p.says(i+1, ")", "-RRB-", "]", "-", "–", ";", ",") ||
		p.says(i+1, ")", "-RRB-", "]") && p.says(i-1, ",") {
		return p.tok(i).val >= 1400 && p.tok(i).val < 2050
	}
	if p.says(i-1, "in", "since", "until", "till", "by", "from", "during", "before", "after", "through", "of", "for", "late",
		"early", "circa", "c", "to", "and", "mid", "-", "–", "between", "around", "summer", "winter", "spring", "fall", "autumn") &&
		p.freeNumber(i) {
		return recent || p.says(i-1, "in", "since", "until", "by", "from", "circa", "c") ||
			p.says(i-1, "to", "and", "-", "–") && p.is(i-2, clsNumber) && len(p.tok(i-2).s) == 4
	}
	if w.Head < 0 || w.Deprel == "" {
		return recent && w.Deprel == "root" && len(p.words) <= 3
	}
	n := p.tok(i + 1)
	plural := n.word >= 0 && (p.words[n.word].XPOS == "NNS" || p.words[n.word].UPOS == "SYM")
	if p.says(i-1, "in", "since", "by", "during", "until") && (w.Deprel == "obl" || p.tok(i-1).word == 0) {
		return p.tok(i).val >= 1900 && p.tok(i).val < 2050 // "In 1986 sales rose"
	}
	switch w.Deprel {
	case "nummod":
		// "the 2016 election" beside "2000 soldiers"
		h := &p.words[w.Head]
		if h.XPOS == "NNS" && h.UPOS == "NOUN" && w.Head > k && !p.says(i-1, "the", "its", "his", "their", "this") {
			return false
		}
		return recent && !plural || recent && p.says(i-1, "the", "its")
	case "nmod:tmod", "obl:tmod", "nmod:unmarked", "obl:unmarked", "compound", "nmod:desc", "amod", "appos", "obl", "nmod",
		"dep", "list", "parataxis", "nsubj", "conj", "flat", "nmod:poss":
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
		if b, next := small(k); next > k && b < 50 && !p.is(next, clsUnit) &&
			p.says(i-1, "in", "of", "since", "until", "by", "from") {
			return timeSpec{year: 2000 + b}, next
		}
	case a >= 15 && a <= 20:
		if b, next := small(j); next > j && b >= 10 && !p.is(next, clsUnit) &&
			p.says(i-1, "in", "of", "since", "until", "by", "from", "around", "or") {
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
			if y, end := p.dayMonth(k); end > k && y.kind == calendarSpec && y.day == to &&
				(p.dash(j) > j || p.says(i-1, "from", "between")) {
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
	if p.is(end, clsNumber) && p.tok(i).class == clsNumber && k == j && p.looksLikeDay(end) && !p.looksLikeYear(end) {
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
		if j > i && (!p.says(i, ",", "of", "in") || p.says(i, "in") && s.day != 0) {
			break
		}
		the := p.is(j, clsThe)
		if the {
			j++
		}
		if y, end := p.year(j, false); end > j {
			if n := p.tok(end); j > i && p.says(i, ",") && s.day == 0 && n.word >= 0 && p.words[n.word].UPOS == "NOUN" {
				break // "in July, 2000 soldiers"
			}
			s.year = y
			return s, end
		}
		switch r := p.tok(j); {
		case r.class == clsRel && p.says(j+1, "year", "yr") && !p.says(i, ","):
			s.rel = timeRel(r.val)
			if s.rel == relThis || s.rel == relLast || s.rel == relNext {
				s.unit = unitYear
			}
			return s, j + 2
		case the && r.s == "year" && p.says(i, "of"):
			s.unit, s.rel = unitYear, relThis
			return s, j + 1
		}
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
	num := p.arc(p.tok(i - 1).word)
	return num.Deprel == "nummod" && num.Head >= n.word && p.words[num.Head].XPOS == "NNS" && n.s != "," && !p.is(i-1, clsOrdinal)
}

// monthAlone tells the month from the name, the modal and the verb: "in May", not "May said".
func (p *timeParser) monthAlone(i int) bool {
	t := p.tok(i)
	w := p.arc(t.word)
	if strings.HasSuffix(w.NER, "PER") || strings.HasSuffix(w.NER, "ORG") {
		return false
	}
	if !t.upper && (t.s == "may" || t.s == "march" || t.s == "august") {
		return false
	}
	if k := w.Head; k >= 0 && (w.Deprel == "flat" || w.Deprel == "compound" && p.words[k].UPOS == "PROPN" &&
		p.words[k].NER != "O" && p.words[k].NER != "" && k > t.word) {
		return false
	}
	if n := p.tok(i + 1); n.word >= 0 && p.words[n.word].UPOS == "PROPN" && p.arc(n.word).Deprel == "flat" &&
		p.words[n.word].Head == t.word {
		return false // "April Jones"
	}
	for k := t.word + 1; k < len(p.words) && k <= t.word+4; k++ {
		if t.s == "march" && p.arc(k).Head == t.word && p.words[k].Deprel == "nmod" {
			return false // "March of the Penguins"
		}
	}
	if t.s == "may" || t.s == "march" || t.s == "june" || t.s == "april" || t.s == "august" {
		prev := p.tok(i - 1)
		switch prev.s {
		case "in", "of", "since", "until", "till", "by", "from", "to", "through", "during", "before", "after", "between",
			"and", "or", "mid", "late", "early", "-", "last", "next", "this", "for", "on", "every", "each", "–", "/", "end", "(":
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
	if t.abbr && !(p.says(i+1, ",") && p.is(i+2, clsMonth)) && !strings.HasSuffix(p.words[t.word].Form, ".") &&
		!p.is(i+1, clsMonth) || t.s == "sun" && !p.is(p.comma(i+1), clsMonth) {
		return s, i
	}
	w := p.arc(t.word)
	if k := w.Head; k >= 0 && k > t.word && w.Deprel == "compound" && p.words[k].UPOS == "PROPN" &&
		(strings.HasSuffix(w.NER, "ORG") || strings.HasSuffix(w.NER, "MISC")) {
		return s, i // "the Sunday Times"
	}
	if strings.HasSuffix(w.NER, "PER") || t.word > 0 && p.words[t.word-1].UPOS == "PROPN" &&
		p.arc(t.word-1).Head == t.word && p.words[t.word-1].Deprel == "compound" &&
		p.says(i-1, "black", "bloody", "ash", "super", "palm", "cyber", "easter") {
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
	w := p.arc(t.word)
	if w.UPOS == "VERB" || w.UPOS == "ADJ" {
		return s, i
	}
	s.season = seasonCodes[t.val]
	s, end = p.ofYear(s, i+1)
	if end > i+1 {
		return s, end
	}
	if p.says(i, "fall", "spring") && (p.says(i+1, "of") ||
		!p.says(i-1, "in", "this", "last", "next", "since", "early", "late", "by", "until") &&
			!(p.says(i-1, "the") && p.says(i-2, "in", "during", "by", "since", "until"))) {
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
		quoted := strings.IndexAny(t.s, "'’`") == 0 || p.says(i-1, "'", "’", "`")
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
	if k := j + 1; p.says(j, "and", "to", "or", "through") && n > 1 &&
		(p.is(k, clsOrdinal) || p.says(k, "the") && p.is(k+1, clsOrdinal)) {
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
			if y, next := p.single(k); next > k && y.Type == DateTimex && y.spec.kind == calendarSpec && y.spec.nth == 0 &&
				y.mod == "" && !p.says(next, "/") {
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
			if p.says(i-1, "the", "in", "a", "since", "by", "'s", "this", "for") || p.says(i, "1st", "2nd", "3rd", "4th") ||
				p.says(j, "qtr") || u.part {
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
			if unit == unitMonth && u.val < 12 && p.says(j+1, "of", "in") {
				k := j + 2
				if y, next := p.year(k, false); next > k {
					return monthsOf(timeSpec{year: y}, n, u.val), next
				}
				if y, next := p.relative(k); next > k && y.kind == offsetSpec && y.unit == unitYear && !y.told {
					return monthsOf(timeSpec{rel: relThis, unit: unitYear, n: y.n}, n, u.val), next
				}
			}
		}
	}
	return s, i
}

// monthsOf is the range of the first (which 1) or last (-1) n months of year.
func monthsOf(year timeSpec, which, n int) timeSpec {
	a, b := year, year
	a.month, b.month = 1, n
	if which == -1 {
		a.month, b.month = 13-n, 12
	}
	return timeSpec{kind: rangeSpec, from: &a, to: &b}
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
	last := p.tok(end - 1).word
	if w := p.arc(last); w.Head > last && w.Deprel == "compound" {
		return s, i // "Easter Island", "Christmas tree"
	}
	return p.ofYear(s, end)
}
