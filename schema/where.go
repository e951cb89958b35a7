package schema

import (
	"strconv"
	"strings"
)

// Location is where a place lies.
type Location struct {
	Lat, Lon float64 // degrees north and east
	// Kind says how exactly: "city", "state" (the middle of its largest part), "region" (the middle of its towns).
	Kind  string
	State string // that it lies in, or that it is; empty where unknown
}

// Atlas knows where cities, regions and states lie. It is read-only and so safe for concurrent use.
type Atlas struct {
	schema  *Schema
	cities  map[string][]city // by name in lower case, the largest first
	regions map[string][]region
}

type city struct {
	lat, lon      float32
	state, region string
}

type region struct {
	state         string
	lat, lon, sum float64 // of its towns, weighted with their people
}

// Atlas returns where the places of the lists lie. It takes some tens of milliseconds and 20 MB: keep it.
func (s *Schema) Atlas() *Atlas {
	a := &Atlas{schema: s, cities: map[string][]city{}, regions: map[string][]region{}}
	g := s.Gazetteer()
	for _, l := range g.files {
		if !l.cities || l.columns[latColumn] < 0 || l.columns[lonColumn] < 0 {
			continue
		}
		header := true
		for line := range strings.SplitSeq(l.text, "\n") {
			if blankLine(line) {
				continue
			}
			if header {
				header = false
				continue
			}
			line = strings.TrimRight(line, "\r")
			lat, lon := l.cell(line, latColumn), l.cell(line, lonColumn)
			if lat == "" || lon == "" {
				continue
			}
			c := city{float32(degrees(lat)), float32(degrees(lon)), g.iso[l.cell(line, stateColumn)], l.cell(line, regionColumn)}
			names := append([]string{l.cell(line, nameColumn)}, strings.Split(l.cell(line, aliasColumn), "|")...)
			for _, n := range names {
				if n = strings.ToLower(n); n != "" {
					a.cities[n] = append(a.cities[n], c)
				}
			}
			people, err := strconv.ParseFloat(l.cell(line, peopleColumn), 64)
			if c.region == "" || err != nil {
				continue
			}
			key := strings.ToLower(c.region)
			list := a.regions[key]
			i := 0
			for i < len(list) && list[i].state != c.state {
				i++
			}
			if i == len(list) {
				list = append(list, region{state: c.state})
			}
			list[i].lat += float64(c.lat) * people
			list[i].lon += float64(c.lon) * people
			list[i].sum += people
			a.regions[key] = list
		}
	}
	return a
}

// Find says where the place called name lies, whose type is a node type: State, City, Region. within names the state or region that it
// lies in where more than one place has the name, "" where that is not known: then it is the largest city.
func (a *Atlas) Find(name, typ, within string) (Location, bool) {
	if a.schema.IsA(typ, "State") || typ == "Region" {
		if st := a.schema.StateNamed(name); st != nil && (st.Lat != 0 || st.Lon != 0) {
			return Location{st.Lat, st.Lon, "state", st.Name}, true
		}
	}
	key := strings.ToLower(name)
	if typ == "City" {
		list := a.cities[key]
		for _, c := range list {
			if within == "" || within == c.state || within == c.region {
				return Location{float64(c.lat), float64(c.lon), "city", c.state}, true
			}
		}
	}
	if typ == "Region" {
		var best *region
		for i := range a.regions[key] {
			r := &a.regions[key][i]
			if (within == "" || within == r.state) && (best == nil || r.sum > best.sum) {
				best = r
			}
		}
		if best != nil && best.sum > 0 {
			return Location{best.lat / best.sum, best.lon / best.sum, "region", best.state}, true
		}
	}
	return Location{}, false
}

// degrees reads a number of degrees that was checked; 0 where there is none.
func degrees(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// checkDegrees looks at the column lat or lon of r.
func checkDegrees(r row, column string) error {
	v := r.get(column)
	if v == "" {
		return nil
	}
	most := 90.0
	if column == "lon" {
		most = 180
	}
	if f, err := strconv.ParseFloat(v, 64); err != nil || !(f >= -most && f <= most) {
		return r.errorf(column, "not a number of degrees from -%.0f to %.0f: %q", most, most, v)
	}
	return nil
}
