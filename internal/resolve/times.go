package resolve

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kg/internal/extract"
	"kg/internal/nlp"
)

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
	"november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
	"nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

func isWeekday(word string) bool {
	_, ok := weekdays[word]
	return ok
}

// yearOf reads a year between 1000 and 2099 written in four digits, 0 for anything else.
func yearOf(form string) int {
	if len(form) != 4 || form[0] != '1' && (form[0] != '2' || form[1] != '0') {
		return 0
	}
	n, err := strconv.Atoi(form)
	if err != nil {
		return 0
	}
	return n
}

// timeOf reads a time expression as an xsd date, gYearMonth or gYear, empty where its words do not fix one. Relative
// expressions count from published (zero where unknown); year is what a date without one falls in then, 0 where unknown.
// A weekday or a date without a year is the last one before publication, or the next one where ahead says so.
func timeOf(words []string, published time.Time, year int, ahead bool) string {
	var month time.Month
	var day, y int
	weekday, hasWeekday := time.Sunday, false
	relative, unit := "", ""
	vague := false // counts in units that no xsd type has
	for _, w := range words {
		w = strings.ToLower(strings.TrimSuffix(w, "."))
		if m, ok := months[w]; ok && (w != "may" && w != "march" || len(words) > 0) {
			month = m
			continue
		}
		if d, ok := weekdays[w]; ok {
			weekday, hasWeekday = d, true
			continue
		}
		if n := yearOf(w); n != 0 {
			y = n
			continue
		}
		digits := strings.TrimRight(w, "stndrh")
		if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= 31 && len(digits) <= 2 {
			day = n
			continue
		}
		switch w {
		case "today", "tonight", "yesterday", "tomorrow":
			unit = w
		case "last", "next", "this", "previous", "past", "coming":
			relative = w
		case "year", "month":
			unit = w
		case "years", "months", "week", "weeks", "days", "hours", "decade", "decades", "century", "quarter", "ago", "since", "until", "half":
			vague = true
		}
	}
	if vague && month == 0 && y == 0 {
		return ""
	}
	known := !published.IsZero()
	switch {
	case month != 0 && day != 0:
		if y == 0 && known {
			y = nearestYear(month, day, published, ahead)
		}
		if y == 0 {
			y = year
		}
		if y == 0 {
			return ""
		}
		d := time.Date(y, month, day, 0, 0, 0, 0, time.UTC)
		if d.Month() != month {
			return ""
		}
		return d.Format(time.DateOnly)
	case month != 0:
		if y == 0 && known {
			y = nearestYear(month, 1, published, ahead)
		}
		if y == 0 {
			y = year
		}
		if y == 0 {
			return ""
		}
		return fmt.Sprintf("%04d-%02d", y, month)
	case y != 0 && day == 0:
		return fmt.Sprintf("%04d", y)
	case !known:
		return ""
	case hasWeekday && relative != "last" && relative != "next":
		back := (int(published.Weekday()) - int(weekday) + 7) % 7
		if ahead {
			return published.AddDate(0, 0, (7-back)%7).Format(time.DateOnly)
		}
		return published.AddDate(0, 0, -back).Format(time.DateOnly)
	}
	step := 0
	switch relative {
	case "last", "previous":
		step = -1
	case "next", "coming":
		step = 1
	case "this":
	default:
		if unit == "year" || unit == "month" {
			return ""
		}
	}
	switch unit {
	case "today", "tonight":
		return published.Format(time.DateOnly)
	case "yesterday":
		return published.AddDate(0, 0, -1).Format(time.DateOnly)
	case "tomorrow":
		return published.AddDate(0, 0, 1).Format(time.DateOnly)
	case "year":
		return fmt.Sprintf("%04d", published.Year()+step)
	case "month":
		return time.Date(published.Year(), published.Month()+time.Month(step), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	}
	return ""
}

// dateline reads the first full date among the first words of an article ("MOSCOW, July 5, 2017 -"), zero where there is none.
func dateline(words []nlp.Word) time.Time {
	for i := range words[:min(12, len(words))] {
		month, ok := months[strings.ToLower(strings.TrimSuffix(words[i].Form, "."))]
		if !ok {
			continue
		}
		var day, year int
		for k := max(0, i-1); k < min(len(words), i+4); k++ {
			if y := yearOf(words[k].Form); y != 0 {
				year = y
			} else if n, err := strconv.Atoi(words[k].Form); err == nil && n >= 1 && n <= 31 {
				day = n
			}
		}
		if day != 0 && year != 0 {
			return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		}
	}
	return time.Time{}
}

// nearestYear is the year of the last such day that lies not after published, or of the next one where ahead says so.
func nearestYear(month time.Month, day int, published time.Time, ahead bool) int {
	y := published.Year()
	d := time.Date(y, month, day, 0, 0, 0, 0, time.UTC)
	today := time.Date(y, published.Month(), published.Day(), 0, 0, 0, 0, time.UTC)
	switch {
	case ahead && d.Before(today) && d.Month() != published.Month():
		return y + 1
	case !ahead && d.After(today):
		return y - 1
	}
	return y
}

// eventTime reads the time of an argument.
func (s *run) eventTime(t *tree, a *extract.Argument, modality extract.Modality) string {
	words := make([]string, len(a.Words))
	for i, k := range a.Words {
		words[i] = t.Words[k].Form
	}
	switch a.Case {
	case "since", "until", "before", "after", "till", "from", "by", "for", "between", "within", "over":
		// Not when it happens but where a stretch of time begins or ends: the words stay an argument.
		return ""
	}
	return timeOf(words, s.published, s.year, modality == extract.Planned)
}

// timeType is the datatype of what timeOf returns.
func timeType(lexical string) string {
	switch len(lexical) {
	case len("2006"):
		return "xsd:gYear"
	case len("2006-01"):
		return "xsd:gYearMonth"
	}
	return "xsd:date"
}
