package resolve

import (
	"strconv"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/extract"
	"kg/internal/nlp"
)

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

// dateline reads the first full date among the first words of an article ("MOSCOW, July 5, 2017 -"), zero where there is none.
func dateline(words []nlp.Word) time.Time {
	for i := range words[:min(12, len(words))] {
		month := nlp.Month(strings.ToLower(strings.TrimSuffix(words[i].Form, ".")))
		if month == 0 {
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

// timed are the prepositions of a time at which, since which or until which something happens; "for Monday" and "with last year"
// are none.
var timed = map[string]bool{
	"": true, "in": true, "on": true, "at": true, "during": true, "throughout": true, "over": true, "around": true, "about": true, "through": true,
	"since": true, "until": true, "till": true, "up until": true, "by": true, "before": true, "after": true, "from": true, "between": true, "near": true,
	"prior to": true, "ahead of": true, "as of": true, "within": true, "to": true, "circa": true,
	"at the end of": true, "at the beginning of": true, "at the start of": true, "in the middle of": true, "in the course of": true,
}

// eventTime reads the time of an argument and the words that name it.
func (s *run) eventTime(p *extract.Proposition, a *extract.Argument) (when string, words []int) {
	if !timed[a.Case] {
		return "", nil
	}
	for i := range s.times[p.Sent] {
		x := &s.times[p.Sent][i]
		if a.Head < x.First || a.Head > x.Last {
			continue
		}
		anchor := x.Anchor
		if p.Modality == extract.Planned && !anchor.Past {
			anchor.Ahead = true
		}
		v := x.Value(anchor)
		if when = v.When(); graph.TimeType(when) == "" {
			return "", nil
		}
		return when, through(x.First, x.Last)
	}
	return "", nil
}
