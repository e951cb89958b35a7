package settle

import (
	"strconv"
	"strings"
	"time"
)

// span is a range of days, both ends within it, as numbers of days since 1970. Open ends are minDay and maxDay.
type span struct{ from, to int }

const (
	minDay = -1 << 30
	maxDay = 1 << 30
)

var noSpan = span{minDay, maxDay}

func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dayText(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format("2006-01-02") }

func (s span) overlaps(t span) bool { return s.from <= t.to && t.from <= s.to }

// days is the number of days of s, maxDay where an end is open.
func (s span) days() int {
	if s.from == minDay || s.to == maxDay {
		return maxDay
	}
	return s.to - s.from + 1
}

// seasons and other parts of the year, as months from and to; a winter begins in December of the year before.
var yearParts = map[string][2]int{"Q1": {1, 3}, "Q2": {4, 6}, "Q3": {7, 9}, "Q4": {10, 12}, "H1": {1, 6}, "H2": {7, 12},
	"SP": {3, 5}, "SU": {6, 8}, "FA": {9, 11}, "WI": {0, 2}}

// spanOf is the range of days that an event time means; ok is false where value is none or lies before the year 1.
func spanOf(value string) (s span, ok bool) {
	if from, to, interval := strings.Cut(value, "/"); interval {
		s = noSpan
		if from != ".." {
			f, ok := spanOf(from)
			if !ok {
				return noSpan, false
			}
			s.from = f.from
		}
		if to != ".." {
			t, ok := spanOf(to)
			if !ok {
				return noSpan, false
			}
			s.to = t.to
		}
		return s, true
	}
	value, _, _ = strings.Cut(value, "T")
	month := func(y, m int) int { return dayOf(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)) }
	parts := strings.Split(value, "-")
	y, err := strconv.Atoi(parts[0])
	if err != nil || y < 0 {
		return noSpan, false
	}
	switch {
	case len(parts) == 1:
		unit := 1
		for range 4 - len(parts[0]) {
			unit *= 10
		}
		return span{month(y*unit, 1), month((y+1)*unit, 1) - 1}, true
	case yearParts[parts[1]] != [2]int{}:
		p := yearParts[parts[1]]
		return span{month(y, p[0]), month(y, p[1]+1) - 1}, true
	case strings.HasPrefix(parts[1], "W"):
		w, err := strconv.Atoi(parts[1][1:])
		if err != nil {
			return noSpan, false
		}
		monday := dayOf(time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC))
		monday -= weekday(monday)
		monday += 7 * (w - 1)
		return week(monday, parts[2:])
	}
	m, err := strconv.Atoi(parts[1])
	if err != nil {
		return noSpan, false
	}
	if len(parts) == 2 {
		return span{month(y, m), month(y, m+1) - 1}, true
	}
	if strings.HasPrefix(parts[2], "W") { // weeks belong to the month of their Thursday
		w, err := strconv.Atoi(parts[2][1:])
		if err != nil {
			return noSpan, false
		}
		thursday := month(y, m)
		thursday += (3 - weekday(thursday) + 7) % 7
		return week(thursday-3+7*(w-1), parts[3:])
	}
	d, err := strconv.Atoi(parts[2])
	if err != nil {
		return noSpan, false
	}
	day := month(y, m) + d - 1
	return span{day, day}, true
}

// weekday is 0 on Mondays.
func weekday(day int) int { return ((day+3)%7 + 7) % 7 }

// week is the one that begins on monday, its weekend or one day of it.
func week(monday int, rest []string) (span, bool) {
	switch {
	case len(rest) == 0:
		return span{monday, monday + 6}, true
	case rest[0] == "WE":
		return span{monday + 5, monday + 6}, true
	}
	d, err := strconv.Atoi(rest[0])
	if err != nil || d < 1 || d > 7 {
		return noSpan, false
	}
	return span{monday + d - 1, monday + d - 1}, true
}

// Days is the range of days that an event time means, both ends within it, as numbers of days since 1970-01-01, those of an open end
// beyond a billion either way; ok is false where value is no time or lies before the year 1.
func Days(value string) (from, to int, ok bool) {
	s, ok := spanOf(value)
	return s.from, s.to, ok
}
