package nlp

import (
	"strconv"
	"strings"
)

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
			if p.says(j+1, "of") {
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
		if u := p.tok(i + 1); u.class == clsUnit && !u.many && p.ratedBefore(i) && !p.is(i+2, clsVague) && !p.says(i+2, "before",
			"after") {
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
	u := p.arc(p.tok(i + 1).word)
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
		if u := p.tok(p.dash(next)); n >= 20 && n < 100 && n%10 == 0 && u.class == clsNumber && u.val < 10 && u.s[0] > '9' &&
			t.s[0] > '9' {
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
		} else if u := p.tok(j); u.class == clsUnit && u.many && mod == "" && (p.says(j-1, "for", "in", "within", "after", "over",
			"of") || p.says(j+1, "ago", "later", "earlier", "before")) {
			if p.says(j-1, "of") && !p.says(j-2, "tens", "hundreds", "thousands", "dozens", "couple", "number") {
				return s, "", i
			}
			if p.says(j-1, "over") && !p.says(j+1, "ago", "later", "earlier", "before") {
				return s, "", i
			}
			count, k = "X", j
		} else {
			return s, "", i
		}
	}
	k = p.dash(k)
	for p.says(k, "long", "full", "consecutive", "straight", "successive", "more", "additional", "further", "whole", "calendar",
		"working", "business", "other") {
		k++
	}
	u := p.tok(k)
	switch {
	case u.class == clsPart && u.many:
		return timeSpec{kind: durationSpec, unit: unitPart, count: count, part: partCodes[u.val]}, mod, k + 1
	case u.class == clsSeason && u.many:
		return timeSpec{kind: durationSpec, unit: unitSeason, count: count, season: seasonCodes[u.val]}, mod, k + 1
	case u.class != clsUnit, u.s == "season":
		return s, "", i
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
	case p.says(end, "later", "afterwards", "afterward", "on") && (!p.says(end, "on") || p.closing(end+1) && !p.is(end+1,
		clsThe) && p.says(end+1, ",", ".")):
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
		if half := strings.TrimSuffix(s.count, ".5"); half != s.count {
			if y, err := strconv.Atoi(half); err == nil && s.unit == unitYear {
				return timeSpec{kind: offsetSpec, unit: unitMonth, n: sign * (12*y + 6), told: told}
			} else if err == nil && s.unit == unitMonth {
				return timeSpec{kind: offsetSpec, unit: unitMonth, n: sign * y, told: told}
			}
		}
		return timeSpec{kind: vagueSpec, value: vagueValue(sign), unit: s.unit, told: told}
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
		if p.says(end, "gmt", "utc", "est", "edt", "cst", "cdt", "pst", "pdt", "et", "bst", "cet", "cest", "eastern", "local",
			"msk", "ist", "jst") {
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
		if mark == "" && !p.says(i-1, "at", "by", "until", "from", "to", "since", "around", "about", "before", "after", "till") &&
			!p.says(end, "gmt", "utc", "est", "local", "on") {
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
		if len(t.s) == 4 && t.s[0] >= '0' && t.s[0] <= '2' && t.val%100 < 60 && t.val < 2400 && p.says(i+1, "gmt", "utc", "est",
			"edt", "hrs", "hours", "bst") {
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
		if u.class == clsPart && !u.many && p.says(i-1, "in", "during", "through", "until", "by", "throughout", "into") &&
			!p.says(i+2, "of") {
			return timeSpec{part: partCodes[u.val]}, i + 2
		}
		if u.class == clsPart && !u.many && p.says(i+2, "of") {
			if d, next := p.single(i + 3); next > i+3 && (d.spec.day != 0 || d.spec.weekday != 0 || d.spec.kind == offsetSpec &&
				d.spec.unit == unitDay) && d.spec.part == "" && d.spec.kind != rangeSpec {
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
