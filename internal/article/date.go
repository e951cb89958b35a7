package article

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// dateLayouts are tried in order; month names match in any case. Two-digit days and months of numeric dates are read
// only in the year-first order: 04/07/2017 is two different days on the two sides of the Atlantic. A month or a year
// alone is no publication date: it would be stored as its first day.
var dateLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 Z07:00",
	"2006-01-02 15:04:05.999999999 -0700 MST",
	"2006-01-02 15:04:05.999999999 -0700",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04",
	"2006-01-02",
	"2006/01/02 15:04:05",
	"2006/01/02",
	"2006.01.02",
	"20060102T150405Z",
	"20060102150405",
	"20060102",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05",
	"2 Jan 2006 15:04",
	"2 Jan 2006",
	"2-Jan-2006 15:04:05.99",
	"2-Jan-2006",
	"2 January 2006 15:04",
	"2 January 2006",
	"Monday, 2 January 2006",
	"Monday 2 January 2006",
	"January 2, 2006 15:04:05",
	"January 2, 2006, 3:04 PM",
	"January 2, 2006 3:04 PM",
	"January 2, 2006",
	"Jan 2, 2006, 3:04 PM",
	"Jan 2, 2006 3:04 PM",
	"Jan 2, 2006",
	"Jan. 2, 2006",
	"Monday, January 2, 2006",
	time.ANSIC,
	time.UnixDate,
	time.RubyDate,
}

// parseDate reads a date in one of the usual formats; UTC where it names no zone. A string of digits alone that is no
// date is taken as Unix time.
func parseDate(s string) (time.Time, bool) {
	// Wire copy has control characters and routing codes after the date: "27-MAR-1987 00:02:59.13\x05\x05F".
	if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }); i > 0 {
		s = s[:i]
	}
	s = strings.Join(strings.Fields(s), " ")
	for _, layout := range dateLayouts {
		t, err := time.ParseInLocation(layout, s, time.UTC)
		if err == nil && t.Year() > 0 {
			// ParseInLocation gives an abbreviation ("EDT") the offset 0; Parse would ask the zone of this machine.
			if name, offset := t.Zone(); offset == 0 && name != "UTC" {
				t = t.UTC()
				if known, ok := zones[name]; ok {
					t = t.Add(-time.Duration(known) * time.Hour).In(time.FixedZone(name, known*3600))
				}
			}
			return t, true
		}
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return unixTime(n)
	}
	return time.Time{}, false
}

// Dates that a text itself gives at its start: a dateline, "MOSCOW, July 16, 2017 (Reuters) - ", and a line of a page, "Published: 5 July
// 2017, 18:32". A dateline without a year tells nothing.
const (
	monthName = `(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)`
	dayName   = `(?:` + monthName + ` \d{1,2}, \d{4}|\d{1,2} ` + monthName + ` \d{4}|\d{4}-\d{2}-\d{2})`
)

var (
	datelineDate  = regexp.MustCompile(`^\p{Lu}[\p{L}\p{M}'’.-]*(?:,? (?:of |de )?\p{Lu}[\p{L}\p{M}'’.-]*){0,6}, (` + dayName + `)(?: ?\([^()]{1,40}\))? ?(?:--?|–|—) ?["“‘]?\p{Lu}`)
	publishedDate = regexp.MustCompile(`(?i)^(?:first )?(?:published|posted)(?: (?:on|at))? ?:? ?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(` + dayName + `)\b`)
)

// datedLines is how many lines at the start of a text are looked at for its date.
const datedLines = 12

// textDate is the day on which a text says that it was published.
func textDate(text string) (time.Time, bool) {
	n := 0
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		for _, re := range []*regexp.Regexp{datelineDate, publishedDate} {
			if m := re.FindStringSubmatch(line); m != nil {
				day := strings.Replace(strings.Replace(m[1], ".", "", 1), "Sept ", "Sep ", 1)
				if t, ok := parseDate(day); ok {
					return t, true
				}
			}
		}
		if n++; n == datedLines {
			break
		}
	}
	return time.Time{}, false
}

// zones are the abbreviations of RFC 822, hours east of UTC. time.Parse knows only those of the local zone, which would
// make the result depend on the machine.
var zones = map[string]int{"GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

// unixTime reads seconds, milliseconds, micro- or nanoseconds since 1970, told apart by size. Years and other small
// numbers are refused.
func unixTime(n float64) (time.Time, bool) {
	if math.IsNaN(n) || n < 1e8 {
		return time.Time{}, false
	}
	for n > 1e11 {
		n /= 1000
	}
	if n < 1e8 {
		return time.Time{}, false
	}
	sec, frac := math.Modf(n)
	return time.Unix(int64(sec), int64(math.Round(frac*1000))*1e6).UTC(), true
}

// jsonDate reads a date from a JSON value: a string, a number, or an object such as MongoDB's {"$date": …}. shown is
// the value as a message should show it; empty where there is none (null, "").
func jsonDate(raw json.RawMessage) (t time.Time, shown string, ok bool) {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return time.Time{}, string(raw), false
	}
	switch v := v.(type) {
	case nil:
		return time.Time{}, "", false
	case string:
		if strings.TrimSpace(v) == "" {
			return time.Time{}, "", false
		}
		t, ok = parseDate(v)
		return t, strconv.Quote(clip(v, 60)), ok
	case float64:
		t, ok = parseDate(strings.TrimSpace(string(raw)))
		return t, clip(string(raw), 60), ok
	case map[string]any:
		for _, k := range []string{"$date", "value", "iso"} {
			if inner, there := v[k]; there {
				raw, err := json.Marshal(inner)
				if err == nil {
					return jsonDate(raw)
				}
			}
		}
	}
	return time.Time{}, clip(string(raw), 60), false
}

// clip shortens s to about n bytes for a message, never within a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
