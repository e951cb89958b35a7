package graph

import (
	"regexp"
	"strings"
	"time"
)

// timex3 is the datatype of times that xsd has no type for.
const timex3 IRI = "kgo:timex3"

var (
	timexValue = regexp.MustCompile(`^(?:(?:BC)?\d{1,4}|\d{4}-(?:Q[1-4]|H[12]|SP|SU|FA|WI|W\d\d(?:-WE|-[1-7])?|\d\d(?:-\d\d|-W[1-6](?:-WE)?)?))(?:T(?:MO|AF|EV|NI|\d\d:\d\d(?::\d\d)?))?$`)
	grains     = []struct {
		form  *regexp.Regexp
		grain string
	}{
		{regexp.MustCompile(`T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?$`), "minute"}, {regexp.MustCompile(`T[A-Z]{2}$`), "daypart"},
		{regexp.MustCompile(`-WE$`), "weekend"}, {regexp.MustCompile(`^\d{4}-(\d\d-)?W\d+$`), "week"},
		{regexp.MustCompile(`^\d{4}-Q\d$`), "quarter"},
		{regexp.MustCompile(`^\d{4}-H\d$`), "half"}, {regexp.MustCompile(`^\d{4}-[SFW][PUAI]$`), "season"},
		{regexp.MustCompile(`^(BC)?\d{4}$`), "year"},
		{regexp.MustCompile(`^\d{3}$`), "decade"}, {regexp.MustCompile(`^(BC)?\d\d$`), "century"}, {regexp.MustCompile(`^\d$`),
			"millennium"},
		{regexp.MustCompile(`^\d{4}-\d\d$`), "month"}, {regexp.MustCompile(`^\d{4}-(\d\d-\d\d|W\d\d-\d)$`), "day"},
	}
)

// TimeType is the datatype of an event time: of xsd where it has one, else kgo:timex3; "" where value is no time.
func TimeType(value string) IRI {
	for _, f := range []struct {
		layout string
		typ    IRI
	}{
		{"2006-01-02", "xsd:date"}, {"2006-01", "xsd:gYearMonth"}, {"2006", "xsd:gYear"},
		{"2006-01-02T15:04:05Z07:00", "xsd:dateTime"}, {"2006-01-02T15:04:05", "xsd:dateTime"},
	} {
		// Parse takes fractions of seconds and commas that the layout does not name.
		if _, err := time.Parse(f.layout, value); err == nil && !strings.Contains(value, ",") {
			return f.typ
		}
	}
	from, to, interval := strings.Cut(value, "/")
	if interval && (from == ".." || to == "..") {
		if one := strings.TrimPrefix(from, "..") + strings.TrimPrefix(to, ".."); one != "" && TimeType(one) != "" &&
			!strings.Contains(one, "/") {
			return timex3
		}
		return ""
	}
	if interval {
		if strings.Contains(to, "/") || TimeType(from) == "" || TimeType(to) == "" {
			return ""
		}
		return timex3
	}
	if timexValue.MatchString(value) && !dated.MatchString(value) {
		return timex3
	}
	// The day of a night has to be a day.
	if day, _, ok := strings.Cut(value, "T"); ok && timexValue.MatchString(value) && TimeType(day) == "xsd:date" {
		return timex3
	}
	return ""
}

// dated is what looks like a month or a day of the calendar.
var dated = regexp.MustCompile(`^\d{4}-\d\d(?:-\d\d)?(?:T|$)`)

// Grain is the unit that an event time names: "day", "week", "month", "year", "decade" …; of an interval that of its end, or of its
// beginning where it has no end; "" where value is no time.
func Grain(value string) string {
	if TimeType(value) == "" {
		return ""
	}
	if from, to, ok := strings.Cut(value, "/"); ok {
		if value = to; to == ".." {
			value = from
		}
	}
	for _, g := range grains {
		if g.form.MatchString(value) {
			return g.grain
		}
	}
	return ""
}
