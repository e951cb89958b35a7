package nlp

import (
	"slices"
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
	return slices.Contains(forms, p.toks[i].s)
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
		return s.kind == calendarSpec && (s.clock || s.part != "") && s.year == 0 && s.month == 0 && s.weekday == 0 &&
			s.holiday == "" && s.rel == noRel && s.season == ""
	}
	dayOf := func(s timeSpec) bool {
		return !s.clock && s.part == "" && (s.kind == calendarSpec && s.nth == 0 && (s.day != 0 || s.weekday != 0 ||
			s.holiday != "") || s.kind == offsetSpec && s.unit == unitDay)
	}
	switch {
	case timeOnly(a) && dayOf(b):
		a, b = b, a
	case dayOf(a) && timeOnly(b):
	default:
		return a, false
	}
	a.clock, a.hour, a.minute, a.part = b.clock, b.hour, b.minute, b.part
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
	if n := p.tok(j); n.class == clsNumber && len(n.s) == 2 && x.spec.year > 0 && x.spec.month == 0 && (p.dash(end) > end ||
		p.says(end, "/")) {
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
		switch p.arc(last).Deprel {
		case "nummod", "compound", "amod", "nmod:poss":
			return ""
		}
	}
	switch s := p.tok(i - 1).s; s {
	case "since", "until", "till", "by", "before", "after", "from", "in", "within", "for", "over", "during", "through",
		"throughout", "at", "on", "between":
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
		if p.says(i-2, "ahead") {
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
		if y, next := p.single(k); next > k && y.mod == "" && (y.Type == DateTimex || y.Type == TimeTimex) &&
			y.spec.kind != vagueSpec {
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

// articled says whether a date may have an article: "the 1990s", "the summer of 2017", "the 4th of July", not "the 2017" of "the
// 2017 election".
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
		mod = map[string]string{"early": "START", "mid": "MID", "late": "END"}[t.s]
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
			return timeSpec{kind: offsetSpec, unit: unit, definite: true}, i + 2
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
