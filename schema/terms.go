package schema

import (
	"slices"
	"time"
)

// term is that somebody held an office from one day to another, the second outside.
type term struct {
	name     string
	from, to time.Time
}

// termsKnown is the day up to which terms.tsv is known to hold.
var termsKnown = time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)

// readTerms reads who held which office of a state when.
func (s *Schema) readTerms(t *table) error {
	if err := t.columns("state", "office", "name", "from", "to"); err != nil {
		return err
	}
	codes := map[string]string{}
	for i := range s.States {
		codes[s.States[i].ISO3] = s.States[i].Name
	}
	s.terms = map[[2]string][]term{}
	for _, r := range t.rows {
		state, ok := codes[r.get("state")]
		if !ok || r.get("state") == "" {
			return r.errorf("state", "no state has the code %q", r.get("state"))
		}
		v := term{name: r.get("name"), to: termsKnown}
		if v.name == "" || r.get("office") == "" {
			return r.errorf("name", "a name or an office is empty")
		}
		for _, d := range []struct {
			column string
			to     *time.Time
		}{{"from", &v.from}, {"to", &v.to}} {
			if text := r.get(d.column); text != "" || d.column == "from" {
				day, err := time.Parse(time.DateOnly, text)
				if err != nil {
					return r.errorf(d.column, "not a day: %q", text)
				}
				*d.to = day
			}
		}
		key := [2]string{state, r.get("office")}
		if !v.from.Before(v.to) || slices.ContainsFunc(s.terms[key], func(o term) bool { return v.from.Before(o.to) && o.from.Before(v.to) }) {
			return r.errorf("from", "%s: the days are those of another, or none", v.name)
		}
		s.terms[key] = append(s.terms[key], v)
	}
	return nil
}

// Holder is who held an office ("prime minister") of a state, by its name, on a day; ok is false where that is not known. On the first
// and last days of a term the office may be another's, depending on the hour, so they are not known.
func (s *Schema) Holder(state, office string, day time.Time) (name string, ok bool) {
	for _, v := range s.terms[[2]string{state, office}] {
		if day.Sub(v.from) > 24*time.Hour && v.to.Sub(day) > 24*time.Hour {
			return v.name, true
		}
	}
	return "", false
}
