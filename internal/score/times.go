package score

import (
	"strings"
	"time"

	"kg/internal/nlp"
)

// GoldTime is a date that GUM marks: words First to Last of a sentence, both inside, with the attributes of TEI's date.
type GoldTime struct {
	Sent, First, Last int
	Attrs             map[string]string // when, from, to, notBefore, notAfter
}

// GoldTimes reads the dates in the MISC columns of doc (XML=<date when:::"2015">…</date>), in text order. One that is not
// closed in its sentence is left out.
func GoldTimes(doc *nlp.Document) []GoldTime {
	var all []GoldTime
	for i := range doc.Sentences {
		var open []GoldTime
		for k, w := range doc.Sentences[i].Words {
			for part := range strings.SplitSeq(w.Misc, "|") {
				tags, ok := strings.CutPrefix(part, "XML=")
				for ok && tags != "" {
					var tag string
					if tag, tags, ok = strings.Cut(tags, ">"); !ok {
						break
					}
					tag = strings.TrimPrefix(tag, "<")
					switch {
					case tag == "/date" && len(open) > 0:
						g := open[len(open)-1]
						open = open[:len(open)-1]
						g.Last = k
						all = append(all, g)
					case strings.HasPrefix(tag, "date "):
						g := GoldTime{Sent: i, First: k, Attrs: map[string]string{}}
						for _, a := range strings.Fields(tag[len("date "):]) {
							if name, value, ok := strings.Cut(a, ":::"); ok {
								g.Attrs[name] = strings.Trim(value, `"`)
							}
						}
						open = append(open, g)
					}
				}
			}
		}
	}
	return all
}

// Times counts how time expressions agree with GUM's dates.
type Times struct {
	Spans   PRF // the same words, leading articles and prepositions aside
	Overlap PRF // at least one word in common
	Values  PRF // of those that overlap, the same days; Output and Gold are both what overlaps
}

// AddTimes compares the expressions of a document that have a place on the calendar with its gold. note, when not nil, is told of
// each disagreement: the gold, the expression with its value, either nil for none.
func (t *Times) AddTimes(doc *nlp.Document, gold []GoldTime, found [][]nlp.PlacedTimex,
	note func(sent int, g *GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue)) {
	used := map[int]bool{}
	for i, list := range found {
		words := doc.Sentences[i].Words
		for _, x := range bare(list) {
			v := x.Value(x.Anchor)
			if v.Begin == "" && v.End == "" && !strings.HasPrefix(v.Value, "BC") {
				continue
			}
			best, exact := -1, false
			for n := range gold {
				g := &gold[n]
				if g.Sent != i || used[n] || g.First > x.Last || g.Last < x.First {
					continue
				}
				same := core(words, g.First, g.Last) == core(words, x.First, x.Last)
				if best < 0 || same && !exact {
					best, exact = n, same
				}
			}
			t.Spans.Output++
			t.Overlap.Output++
			if best < 0 {
				if note != nil {
					note(i, nil, x, v)
				}
				continue
			}
			used[best] = true
			t.Overlap.Correct++
			t.Values.Output++
			t.Values.Gold++
			if exact {
				t.Spans.Correct++
			}
			right := gold[best].agrees(v)
			if right {
				t.Values.Correct++
			}
			if note != nil && !(exact && right) {
				note(i, &gold[best], x, v)
			}
		}
	}
	t.Spans.Gold += len(gold)
	t.Overlap.Gold += len(gold)
	for n := range gold {
		if !used[n] && note != nil {
			note(gold[n].Sent, &gold[n], nil, nlp.TimexValue{})
		}
	}
}

// bare returns the expressions as GUM marks them: without their prepositions, and the two ends of a range for themselves.
func bare(list []nlp.PlacedTimex) (out []*nlp.PlacedTimex) {
	for _, x := range list {
		parts := x.Ends()
		if parts == nil {
			parts = []nlp.Timex{x.Timex}
		}
		for _, p := range parts {
			p.Prep = ""
			out = append(out, &nlp.PlacedTimex{Timex: p, Anchor: x.Anchor})
		}
	}
	return out
}

// core is the span without articles and prepositions at its beginning and marks at its end.
func core(words []nlp.Word, first, last int) [2]int {
	for first < last && (words[first].UPOS == "DET" || words[first].UPOS == "ADP") &&
		!strings.EqualFold(words[first].Form, "this") && !strings.EqualFold(words[first].Form, "that") {
		first++
	}
	for first < last && (words[last].UPOS == "PUNCT" || words[last].XPOS == "POS") {
		last--
	}
	return [2]int{first, last}
}

// agrees says whether v names the days of g.
func (g *GoldTime) agrees(v nlp.TimexValue) bool {
	if when, ok := g.Attrs["when"]; ok {
		value := strings.TrimSuffix(v.Value, "-WE")
		if strings.HasPrefix(value, "BC") {
			return strings.TrimLeft(when, "-0") == strings.TrimLeft(value[2:], "0") && when[0] == '-'
		}
		if !strings.Contains(when, "T") {
			value, _, _ = strings.Cut(value, "T")
		}
		if len(when) < 4 { // "837"
			when = "0000"[len(when):] + when
		}
		return value == when || value+":00" == when
	}
	if rest, bc := strings.CutPrefix(v.Value, "BC"); bc && !strings.Contains(rest, "/") {
		for _, attr := range []string{"from", "to", "notBefore", "notAfter"} {
			if year, ok := strings.CutPrefix(g.Attrs[attr], "-"); ok && strings.TrimLeft(year, "0") == strings.TrimLeft(rest, "0") {
				return true
			}
		}
		return false
	}
	begin, end := g.Attrs["from"]+g.Attrs["notBefore"], g.Attrs["to"]
	if end == "" {
		end = g.Attrs["notAfter"]
	}
	if begin == "" && end == "" {
		return false
	}
	return (begin == "" || v.Begin == wholeDay(begin, false)) && (end == "" || v.End == wholeDay(end, true))
}

// wholeDay returns the first or the last day of a year, month or day.
func wholeDay(value string, last bool) string {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		t, err := time.Parse(layout, value)
		if err != nil {
			continue
		}
		if last {
			switch layout {
			case "2006-01":
				t = t.AddDate(0, 1, -1)
			case "2006":
				t = t.AddDate(1, 0, -1)
			}
		}
		return t.Format(time.DateOnly)
	}
	return value
}
