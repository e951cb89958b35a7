package nlp

import (
	"strconv"
	"strings"
)

// relative reads what is counted from the present or from the time told of: "last week", "this summer", "the next day", "that
// year", "the past three months".
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
	if (t.s == "that" || t.s == "those" || t.s == "this" || t.s == "these") && p.says(j+1, "same", "past", "coming", "last",
		"next") && !definite {
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
	step := rel.step()
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
			return s, i // a season may be of a sport
		}
		if t.s == "recent" || unit == unitDay && !told && (rel != relThis || p.says(j-1, "to")) {
			return s, i // "to this day", "last day"
		}
		if t.s == "past" {
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
		if p.words[u.word].UPOS == "AUX" || strings.HasSuffix(p.words[u.word].NER, "PER") || t.s == "recent" || t.s == "that" &&
			!p.monthAlone(k) {
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
			return timeSpec{kind: offsetSpec, unit: unitWeekend, definite: true}, i + 2
		}
	}
	return s, i
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
		w := p.arc(t.word)
		switch t.s {
		case "ago", "once", "eventually", "earlier", "later", "beforehand", "henceforth":
			// They tell a time only of what stands beside them or as adverbs of their own.
			if t.s == "once" || t.s == "ago" || w.UPOS == "ADJ" || w.Deprel == "amod" || w.Deprel == "mark" {
				return s, i
			}
		}
		if w.UPOS != "" && w.UPOS != "ADV" && w.UPOS != "ADJ" && w.UPOS != "NOUN" || w.Deprel == "amod" || w.Deprel == "mark" ||
			p.says(i+1, "than") {
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
