package nlp

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// TimeAnchor is what a reader knows when he places a time expression on the calendar.
type TimeAnchor struct {
	// Published is when the article was; zero where unknown.
	Published time.Time
	// Told is the time that the text spoke of last: "the next day" and "two years later" count from it. Zero for none. ToldPast
	// says that it spoke of it in the past.
	Told     TimexValue
	ToldPast bool
	// Ahead says that what happens lies in the future of the article: "on Monday" is then the next one, else the last one. Past
	// says that it lies behind it.
	Ahead, Past bool
}

// TimexValue is a time expression placed on the calendar.
type TimexValue struct {
	Type TimexType
	// Value is the value that TIMEX3 gives it:
	//
	//	2017-07-04, 2017-07, 2017, 199 (a decade), 18 (the 19th century), BC0400, FY2017
	//	2017-W26 (a week of ISO 8601), 2017-W26-WE (its weekend), 2017-Q3, 2017-H1, 2017-SU (SP SU FA WI)
	//	2017-07-04TNI (TMO TAF TEV TNI), 2017-07-04T17:00
	//	P2D, PT3H, P3W, P0.5Y, PXY (several years), P2W/P3W (two to three weeks)
	//	P1W (every week), XXXX-WXX-7 (on Sundays)
	//	PAST_REF, PRESENT_REF, FUTURE_REF (recently, now, soon)
	//
	// Two notations are beside it. The nth week of a month is 2017-08-W5: weeks run from Monday to Sunday and belong to the
	// month that their Thursday lies in, as ISO 8601 has it for years; the last one of August 2017 is the fifth. What lies
	// between two times is an interval of ISO 8601: 2011/2015. X stands for digits that nobody can know: XXXX-07-04.
	Value string
	// Mod is START, MID, END, APPROX, BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER, LESS_THAN, MORE_THAN, EQUAL_OR_LESS,
	// EQUAL_OR_MORE; empty for none.
	Mod string
	// Grain is the unit of Value: day, daypart, minute, week, weekend, month, quarter, season, half, year, decade, century …;
	// empty where it has none.
	Grain string
	// Begin and End are the first and the last day ("2017-07-04"), Mod taken into account; empty where open or unknown.
	Begin, End string
	// Freq is how many times in Value of a set: "3X".
	Freq string
}

// When returns the time as the time of an event: Value where its days are known, an interval that may be open on one side
// ("2011/..", "../2017-07-31") where Mod or a stretch of time asks for one; empty for any other.
func (v *TimexValue) When() string {
	if v.Begin == "" && v.End == "" {
		return ""
	}
	open := func(s string) string {
		if s == "" {
			return ".."
		}
		return s
	}
	switch {
	case v.Type == SetTimex:
		return ""
	case v.Type == DurationTimex:
		return open(v.Begin) + "/" + open(v.End)
	case v.Mod == "ON_OR_AFTER" && v.narrowed():
		return open(v.Begin) + "/.."
	case v.Mod == "ON_OR_BEFORE" && v.narrowed():
		return "../" + open(v.End)
	case v.Mod == "ON_OR_AFTER":
		return v.Value + "/.."
	case v.Mod == "ON_OR_BEFORE":
		return "../" + v.Value
	case v.Mod == "BEFORE":
		return "../" + open(v.End)
	case v.Mod == "AFTER":
		return open(v.Begin) + "/.."
	}
	if n := len("2006-01-02T15:04"); len(v.Value) == n && v.Value[n-3] == ':' {
		return v.Value + ":00"
	}
	return v.Value
}

// narrowed says whether Begin or End is no end of Value itself: "since the end of 2011".
func (v *TimexValue) narrowed() bool {
	return v.Begin != "" && !strings.HasPrefix(v.Begin, v.Value) || v.End != "" && !strings.HasPrefix(v.End, v.Value) ||
		len(v.Value) == 4 && (v.Begin != "" && v.Begin[4:] != "-01-01" || v.End != "" && v.End[4:] != "-12-31")
}

// period is a stretch of days with its name.
type period struct {
	value      string
	grain      timeUnit
	begin, end time.Time // first and last day; zero where unknown
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func dayPeriod(t time.Time) period {
	return period{fmt.Sprintf("%04d-%02d-%02d", t.Year(), int(t.Month()), t.Day()), unitDay, t, t}
}

func weekPeriod(t time.Time) period {
	monday := t.AddDate(0, 0, 1-isoWeekday(t))
	y, w := monday.ISOWeek()
	return period{fmt.Sprintf("%04d-W%02d", y, w), unitWeek, monday, monday.AddDate(0, 0, 6)}
}

// weekend is that of a week.
func (p period) weekend() period {
	return period{p.value + "-WE", unitWeekend, p.begin.AddDate(0, 0, 5), p.end}
}

func monthPeriod(y int, m time.Month) period {
	first := date(y, m, 1)
	return period{fmt.Sprintf("%04d-%02d", first.Year(), int(first.Month())), unitMonth, first, first.AddDate(0, 1, -1)}
}

func monthsPeriod(y, m, n int, value string, grain timeUnit) period {
	first := date(y, time.Month(m), 1)
	return period{value, grain, first, first.AddDate(0, n, -1)}
}

// yearsPeriod is a year, decade, century or millennium that begins with year y.
func yearsPeriod(y int, grain timeUnit) period {
	p := period{grain: grain}
	switch grain {
	case unitDecade:
		p.value, p.begin, p.end = fmt.Sprintf("%03d", y/10), date(y, 1, 1), date(y+9, 12, 31)
	case unitCentury:
		p.value, p.begin, p.end = fmt.Sprintf("%02d", y/100), date(y, 1, 1), date(y/100*100+99, 12, 31)
	case unitMillennium:
		p.value, p.begin, p.end = strconv.Itoa(y/1000), date(max(y, 1), 1, 1), date(y+999, 12, 31)
	default:
		p.grain = unitYear
		p.value, p.begin, p.end = fmt.Sprintf("%04d", y), date(y, 1, 1), date(y, 12, 31)
	}
	if y < 0 {
		p.value, p.begin, p.end = fmt.Sprintf("BC%04d", -y), time.Time{}, time.Time{}
		if grain == unitCentury {
			p.value = fmt.Sprintf("BC%02d", -y/100-1)
		}
	}
	return p
}

// isoWeekday counts from Monday as 1.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// daysSince counts the days from the last weekday before or at t.
func daysSince(weekday int, t time.Time) int { return (isoWeekday(t) - weekday + 7) % 7 }

// grain is the unit that a date names.
func (s *timeSpec) grain() timeUnit {
	switch {
	case s.kind == offsetSpec || s.kind == durationSpec:
		return s.unit
	case s.clock:
		return unitMinute
	case s.part != "":
		return unitPart
	case s.nthUnit != 0:
		return s.nthUnit
	case s.day != 0 || s.weekday != 0 || s.holiday != "":
		return unitDay
	case s.month != 0:
		return unitMonth
	case s.quarter != 0:
		return unitQuarter
	case s.season != "":
		return unitSeason
	case s.half != 0:
		return unitHalf
	case s.span != 0:
		return s.span
	case s.year != 0:
		return unitYear
	}
	return noUnit
}

// Value places x on the calendar.
func (x *Timex) Value(a TimeAnchor) TimexValue {
	a.Published = date(a.Published.Year(), a.Published.Month(), a.Published.Day())
	if a.Published.Year() <= 1 {
		a.Published = time.Time{}
	}
	v := TimexValue{Type: x.Type, Mod: x.mod}
	s := &x.spec
	switch s.kind {
	case durationSpec:
		if s.rel == relNext && x.Prep == "in" && a.Ahead {
			if n, err := strconv.Atoi(s.count); err == nil { // "will open in two weeks"
				v.Type = DateTimex
				v.set(a.offset(&timeSpec{kind: offsetSpec, unit: s.unit, n: n}))
				return v
			}
		}
		v.Value, v.Grain = durationValue(s), unitNames[s.unit]
		if x.Prep == "within" && v.Mod == "" {
			v.Mod = "EQUAL_OR_LESS"
		}
		return v
	case stretchSpec:
		v.Value, v.Grain = durationValue(s), unitNames[s.unit]
		v.Begin, v.End = a.stretch(s)
		return v
	case setSpec:
		v.Value, v.Freq = setValue(s), s.freq
		if s.unit != 0 {
			v.Grain = unitNames[s.unit]
		}
		return v
	case vagueSpec:
		v.Value, v.Grain = s.value, unitNames[s.unit]
		return v
	case rangeSpec:
		to := a.place(s.to)
		from := a.placeBefore(s.from, to)
		v.Value, v.Grain = from.value+"/"+to.value, unitNames[to.grain]
		if !from.begin.IsZero() {
			v.Begin = dayPeriod(from.begin).value
		}
		if !to.end.IsZero() {
			v.End = dayPeriod(to.end).value
		}
		v.Mod = ""
		return v
	}
	p := a.place(s)
	v.set(p)
	if !a.Published.IsZero() {
		v.around(dayPeriod(a.Published).value)
	}
	v.narrow(p)
	v.open(x.Prep)
	return v
}

func (v *TimexValue) set(p period) {
	v.Value, v.Grain = p.value, unitNames[p.grain]
	if !p.begin.IsZero() {
		v.Begin, v.End = dayPeriod(p.begin).value, dayPeriod(p.end).value
	}
}

// around cuts the days of "earlier this year" and "later this year" at today, where today is one of them.
func (v *TimexValue) around(today string) {
	inside := v.Begin != "" && v.Begin <= today && today <= v.End
	switch {
	case v.Mod == "EARLIER" && inside:
		v.End = today
	case v.Mod == "LATER" && inside:
		v.Begin = today
	}
}

// narrow cuts the days down to the third that START, MID and END mean.
func (v *TimexValue) narrow(p period) {
	switch v.Mod { // told by where today lies, see around
	case "EARLIER":
		v.Mod = "START"
		return
	case "LATER":
		v.Mod = "END"
		return
	}
	if v.Begin == "" || p.grain <= unitDay {
		return
	}
	third := func(n int) time.Time { // first day of the nth third
		switch p.grain {
		case unitMonth:
			return p.begin.AddDate(0, 0, 10*n)
		case unitYear:
			return p.begin.AddDate(0, 4*n, 0)
		case unitDecade:
			return p.begin.AddDate([]int{0, 4, 7}[n], 0, 0)
		case unitCentury:
			return p.begin.AddDate([]int{0, 34, 67}[n], 0, 0)
		}
		days := int(p.end.Sub(p.begin).Hours()/24) + 1
		return p.begin.AddDate(0, 0, days*n/3)
	}
	switch v.Mod {
	case "START":
		v.End = dayPeriod(third(1).AddDate(0, 0, -1)).value
	case "MID":
		v.Begin, v.End = dayPeriod(third(1)).value, dayPeriod(third(2).AddDate(0, 0, -1)).value
	case "END":
		v.Begin = dayPeriod(third(2)).value
	}
}

// open turns the time into what a preposition makes of it.
func (v *TimexValue) open(prep string) {
	known := v.Begin != ""
	switch prep {
	case "since", "from":
		v.Mod, v.End = "ON_OR_AFTER", ""
	case "until", "till", "by":
		v.Mod, v.Begin = "ON_OR_BEFORE", ""
	case "before":
		v.Mod = "BEFORE"
		if known {
			v.Begin, v.End = "", shift(v.Begin, -1)
		}
	case "after":
		v.Mod = "AFTER"
		if known {
			v.Begin, v.End = shift(v.End, 1), ""
		}
	}
}

// shift moves a day by n.
func shift(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return dayPeriod(t.AddDate(0, 0, n)).value
}

var durationUnits = [...]string{unitSecond: "S", unitMinute: "M", unitHour: "H", unitDay: "D", unitWeekend: "WE", unitWeek: "W",
	unitMonth: "M", unitQuarter: "Q", unitYear: "Y", unitDecade: "DE", unitCentury: "CE", unitMillennium: "ML"}

func durationValue(s *timeSpec) string {
	p := "P"
	unit := durationUnits[s.unit]
	switch {
	case s.unit == unitPart:
		unit = strings.TrimPrefix(s.part, "T")
		p = "PT"
	case s.unit == unitSeason:
		unit = s.season
	case s.unit <= unitHour:
		p = "PT"
	}
	if a, b, ok := strings.Cut(s.count, "-"); ok {
		return p + a + unit + "/" + p + b + unit
	}
	return p + s.count + unit
}

func setValue(s *timeSpec) string {
	switch {
	case s.weekday != 0:
		return fmt.Sprintf("XXXX-WXX-%d", s.weekday)
	case s.month != 0:
		return fmt.Sprintf("XXXX-%02d", s.month)
	case s.season != "":
		return "XXXX-" + s.season
	case s.part != "":
		return "XXXX-XX-XX" + s.part
	}
	return durationValue(s)
}

// unknown is the period of a unit that nothing places on the calendar.
func unknown(unit timeUnit) period {
	value := "XXXX"
	switch unit {
	case unitDay, unitPart, unitMinute, unitHour, unitSecond:
		value = "XXXX-XX-XX"
	case unitWeek:
		value = "XXXX-WXX"
	case unitWeekend:
		value = "XXXX-WXX-WE"
	case unitMonth:
		value = "XXXX-XX"
	case unitQuarter:
		value = "XXXX-QX"
	case unitDecade:
		value = "XXX"
	case unitCentury:
		value = "XX"
	}
	return period{value: value, grain: unit}
}

// told is the time told of last where it is known as finely as unit asks for.
func (a *TimeAnchor) told(unit timeUnit) (t time.Time, ok bool) {
	if a.Told.Begin == "" || a.Told.End == "" {
		return t, false
	}
	b, err1 := time.Parse(time.DateOnly, a.Told.Begin)
	e, err2 := time.Parse(time.DateOnly, a.Told.End)
	if err1 != nil || err2 != nil {
		return t, false
	}
	switch unit {
	case unitDay, unitWeekend, unitWeek:
		return b, e.Sub(b) <= 24*time.Hour
	case unitMonth, unitQuarter:
		return b, e.Sub(b) < 32*24*time.Hour
	}
	return b, e.Sub(b) < 367*24*time.Hour
}

// move returns the period of unit that lies n of them from t.
func move(t time.Time, unit timeUnit, n int) period {
	switch unit {
	case unitDay:
		return dayPeriod(t.AddDate(0, 0, n))
	case unitWeekend:
		return weekPeriod(t.AddDate(0, 0, 7*n)).weekend()
	case unitWeek:
		return weekPeriod(t.AddDate(0, 0, 7*n))
	case unitMonth:
		return monthPeriod(t.Year(), t.Month()+time.Month(n))
	case unitQuarter:
		q := t.Year()*4 + (int(t.Month())-1)/3 + n
		return quarterPeriod(q/4, q%4+1)
	case unitYear:
		return yearsPeriod(t.Year()+n, unitYear)
	case unitDecade:
		return yearsPeriod(t.Year()/10*10+10*n, unitDecade)
	case unitCentury:
		return yearsPeriod(t.Year()/100*100+100*n, unitCentury)
	}
	return period{grain: unit}
}

// vagueValue stands for a time n units from now of which no more is known.
func vagueValue(n int) string {
	if n < 0 {
		return "PAST_REF"
	}
	return "FUTURE_REF"
}

func quarterPeriod(y, q int) period {
	return monthsPeriod(y, 3*q-2, 3, fmt.Sprintf("%04d-Q%d", y, q), unitQuarter)
}

// offset places what is counted from a known day.
func (a *TimeAnchor) offset(s *timeSpec) period {
	base, ok := a.Published, !a.Published.IsZero()
	if s.told {
		base, ok = a.told(s.unit)
	} else if s.definite && unitWeekend != s.unit {
		if t, there := a.told(s.unit); there {
			base, ok = t, true
		}
	}
	unit, n := s.unit, s.n
	if unit < unitDay && unit != noUnit || !ok && unit == noUnit {
		if n == 0 {
			return unknown(unitDay)
		}
		return period{value: vagueValue(n), grain: unit} // hours from now: the day may be any
	}
	if unit == unitMillennium || ok && (n < -maxYears(unit, base.Year()) || n > maxYears(unit, 3000)) {
		return period{value: vagueValue(n), grain: unit}
	}
	if !ok {
		p := unknown(unit)
		return p.at(s)
	}
	if unit == unitWeekend && n == 0 && !s.told && isoWeekday(base) < 6 && !a.Ahead && (s.definite || a.Past) {
		n = -1 // "over the weekend": the last one
	}
	if unit == unitYear && s.half != 0 {
		return halfPeriod(yearsPeriod(base.Year()+n, unitYear), s.half)
	}
	p := move(base, unit, n)
	if s.nth != 0 {
		return nthOf(p, s)
	}
	return p.at(s)
}

// maxYears is how many units there are in so many years, days and weeks not counted to the last.
func maxYears(unit timeUnit, years int) int {
	switch unit {
	case unitDay:
		return 365 * (years - 1)
	case unitWeekend, unitWeek:
		return 52 * (years - 1)
	case unitMonth:
		return 12 * (years - 1)
	case unitQuarter:
		return 4 * (years - 1)
	case unitDecade:
		return years/10 - 1
	case unitCentury:
		return years/100 - 1
	}
	return years - 1
}

// at adds the time of day of s to a day.
func (p period) at(s *timeSpec) period {
	switch {
	case s.clock:
		p.value += fmt.Sprintf("T%02d:%02d", s.hour, s.minute)
		p.grain = unitMinute
	case s.part != "":
		p.value += s.part
		p.grain = unitPart
	}
	return p
}

func halfPeriod(p period, half int) period {
	switch {
	case p.begin.IsZero():
	case p.grain == unitYear:
		return monthsPeriod(p.begin.Year(), 6*half-5, 6, fmt.Sprintf("%s-H%d", p.value, half), unitHalf)
	default:
		middle := p.begin.Add(p.end.Sub(p.begin)/2 + 12*time.Hour).Truncate(24 * time.Hour)
		if p.grain == unitCentury || p.grain == unitDecade {
			middle = date(p.begin.Year()+(p.end.Year()-p.begin.Year()+1)/2, 1, 1)
		}
		if half == 1 {
			p.end = middle.AddDate(0, 0, -1)
		} else {
			p.begin = middle
		}
	}
	return p
}

// nthOf picks the nth unit in p.
func nthOf(p period, s *timeSpec) period {
	n, none := s.nth, unknown(s.nthUnit)
	if p.begin.IsZero() {
		return none
	}
	switch s.nthUnit {
	case unitDay:
		if s.weekday != 0 { // "the first Monday of May"
			t := p.begin.AddDate(0, 0, (7-daysSince(s.weekday, p.begin))%7)
			if n < 0 {
				t = p.end.AddDate(0, 0, -daysSince(s.weekday, p.end))
			} else {
				t = t.AddDate(0, 0, 7*(n-1))
			}
			if t.After(p.end) {
				return none
			}
			return dayPeriod(t)
		}
		t := p.begin.AddDate(0, 0, n-1)
		if n < 0 {
			t = p.end
		}
		if t.After(p.end) {
			return none
		}
		return dayPeriod(t)
	case unitWeek, unitWeekend:
		// The first week whose Thursday lies in p.
		thursday := p.begin.AddDate(0, 0, (7-daysSince(4, p.begin))%7)
		last := p.end.AddDate(0, 0, -daysSince(4, p.end))
		number := int(last.Sub(thursday).Hours())/(24*7) + 1
		if n > 0 {
			last = thursday.AddDate(0, 0, 7*(n-1))
			number = n
		}
		if last.After(p.end) {
			return none
		}
		w := weekPeriod(last)
		if p.grain == unitMonth {
			w.value = fmt.Sprintf("%s-W%d", p.value, number)
		}
		if s.nthUnit == unitWeekend {
			return w.weekend()
		}
		return w
	case unitMonth:
		first := p.begin
		if n < 0 {
			return monthPeriod(p.end.Year(), p.end.Month())
		}
		if q := monthPeriod(first.Year(), first.Month()+time.Month(n-1)); !q.end.After(p.end) {
			return q
		}
	case unitYear:
		if n < 0 {
			return yearsPeriod(p.end.Year(), unitYear)
		}
		if n <= p.end.Year()-p.begin.Year()+1 {
			return yearsPeriod(p.begin.Year()+n-1, unitYear)
		}
	case unitDecade:
		if n < 0 {
			return yearsPeriod(p.end.Year()/10*10, unitDecade)
		}
		return yearsPeriod(p.begin.Year()/10*10+10*(n-1), unitDecade)
	}
	return none
}

// stretch gives the days of "the last three weeks".
func (a *TimeAnchor) stretch(s *timeSpec) (begin, end string) {
	if a.Published.IsZero() || s.rel != relLast && s.rel != relNext {
		return "", ""
	}
	moved := func(n int) time.Time {
		switch s.unit {
		case unitDay:
			return a.Published.AddDate(0, 0, n)
		case unitWeekend, unitWeek:
			return a.Published.AddDate(0, 0, 7*n)
		case unitMonth:
			return a.Published.AddDate(0, n, 0)
		case unitQuarter:
			return a.Published.AddDate(0, 3*n, 0)
		case unitYear:
			return a.Published.AddDate(n, 0, 0)
		case unitDecade:
			return a.Published.AddDate(10*n, 0, 0)
		case unitCentury:
			return a.Published.AddDate(100*n, 0, 0)
		}
		return a.Published
	}
	if s.n > maxYears(s.unit, a.Published.Year()) {
		return "", ""
	}
	today := dayPeriod(a.Published).value
	if s.n == 0 {
		if s.rel == relLast {
			return "", today
		}
		return today, ""
	}
	if s.rel == relLast {
		return dayPeriod(moved(-s.n)).value, today
	}
	return today, dayPeriod(moved(s.n)).value
}

// place gives a date its days.
func (a *TimeAnchor) place(s *timeSpec) period {
	if s.kind == offsetSpec {
		return a.offset(s)
	}
	if s.fiscal {
		return period{value: fmt.Sprintf("FY%04d", s.year), grain: unitYear}
	}
	if s.year != 0 {
		return inYear(s, s.year)
	}
	if s.weekday != 0 && s.month == 0 && s.nth == 0 && s.holiday == "" {
		return a.weekday(s)
	}
	if s.month == 0 && s.season == "" && s.quarter == 0 && s.half == 0 && s.holiday == "" { // only a time of day
		return period{value: "", grain: s.grain()}.at(s)
	}
	y, ok := a.yearOf(s)
	if !ok {
		return inNoYear(s)
	}
	return inYear(s, y)
}

// placeBefore places the first end of a range whose second end is known: the last such time that lies before it.
func (a *TimeAnchor) placeBefore(s *timeSpec, to period) period {
	if s.year != 0 || s.kind != calendarSpec || to.begin.IsZero() {
		return a.place(s)
	}
	if s.weekday != 0 && s.month == 0 {
		return dayPeriod(to.begin.AddDate(0, 0, -daysSince(s.weekday, to.begin))).at(s)
	}
	if s.month == 0 && s.season == "" && s.quarter == 0 {
		if s.clock && to.grain == unitMinute {
			return dayPeriod(to.begin).at(s)
		}
		return a.place(s)
	}
	p := inYear(s, to.begin.Year())
	if p.begin.After(to.begin) {
		p = inYear(s, to.begin.Year()-1)
	}
	return p
}

// weekday places "Monday".
func (a *TimeAnchor) weekday(s *timeSpec) period {
	base := a.Published
	unplaced := period{value: fmt.Sprintf("XXXX-WXX-%d", s.weekday), grain: unitDay}.at(s)
	if base.IsZero() {
		return unplaced
	}
	back := daysSince(s.weekday, base)
	var t time.Time
	switch {
	case s.unit == unitWeek: // "Tuesday last week"
		t = weekPeriod(base.AddDate(0, 0, 7*s.rel.step())).begin.AddDate(0, 0, s.weekday-1)
	case s.rel == relSame || s.rel == relAfter || s.rel == relPrior:
		told, ok := a.told(unitDay)
		if !ok {
			return unplaced
		}
		gap := daysSince(s.weekday, told)
		switch {
		case s.rel == relAfter:
			t = told.AddDate(0, 0, 7-gap)
		case s.rel == relPrior && gap == 0:
			t = told.AddDate(0, 0, -7)
		default:
			t = told.AddDate(0, 0, -gap)
		}
	case s.rel == relLast && back == 0:
		t = base.AddDate(0, 0, -7)
	case s.rel == relNext:
		t = base.AddDate(0, 0, 7-back)
	case s.rel == relThis && back != 0: // of this week, or the coming one
		t = base.AddDate(0, 0, 7-back)
		if !a.Ahead && isoWeekday(base) > s.weekday {
			t = base.AddDate(0, 0, -back)
		}
	case a.Ahead && s.rel == noRel:
		t = base.AddDate(0, 0, (7-back)%7)
	default:
		t = base.AddDate(0, 0, -back)
	}
	return dayPeriod(t).at(s)
}

// inYear places a date in year y.
func inYear(s *timeSpec, y int) period {
	var p period
	switch {
	case s.holiday != "":
		m, d := holidayDate(s.holiday, y)
		p = dayPeriod(date(y, m, d))
	case s.month != 0 && s.day != 0:
		t := date(y, time.Month(s.month), s.day)
		if t.Day() != s.day {
			return unknown(unitDay) // February 30
		}
		p = dayPeriod(t)
	case s.month != 0:
		p = monthPeriod(y, time.Month(s.month))
	case s.quarter != 0:
		p = quarterPeriod(y, s.quarter)
	case s.season != "":
		first := map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[s.season]
		p = monthsPeriod(y, first, 3, fmt.Sprintf("%04d-%s", y, s.season), unitSeason)
	default:
		p = yearsPeriod(y, s.span)
	}
	if y < 0 {
		return yearsPeriod(y, s.span)
	}
	if s.half != 0 && s.quarter == 0 {
		p = halfPeriod(p, s.half)
	}
	if s.nth != 0 {
		return nthOf(p, s)
	}
	return p.at(s)
}

// inNoYear names a date whose year is not known.
func inNoYear(s *timeSpec) period {
	p := period{grain: s.grain(), value: "XXXX"}
	switch {
	case s.nth != 0:
		return unknown(s.nthUnit)
	case s.holiday == "christmas":
		p.value = "XXXX-12-25"
	case s.holiday == "halloween":
		p.value = "XXXX-10-31"
	case s.holiday != "":
		p.value = "XXXX-XX-XX"
	case s.month != 0 && s.day != 0:
		p.value = fmt.Sprintf("XXXX-%02d-%02d", s.month, s.day)
	case s.month != 0:
		p.value = fmt.Sprintf("XXXX-%02d", s.month)
	case s.quarter != 0:
		p.value = fmt.Sprintf("XXXX-Q%d", s.quarter)
	case s.season != "":
		p.value = "XXXX-" + s.season
	case s.half != 0:
		p.value = fmt.Sprintf("XXXX-H%d", s.half)
	}
	return p.at(s)
}

// daysAhead is how far after publication a date without its year may lie where nothing says so ("payable April 15"): writers name
// the year of days that are nearly a year old.
const daysAhead = 100

// yearOf finds the year of a date that names none.
func (a *TimeAnchor) yearOf(s *timeSpec) (int, bool) {
	pub := a.Published
	step := s.rel.step()
	switch s.rel {
	case relSame, relAfter, relPrior:
		if t, ok := a.told(unitYear); ok {
			return t.Year() + step, true
		}
		return 0, false
	}
	if s.unit == unitYear && s.rel != noRel { // "July last year"
		if pub.IsZero() {
			return 0, false
		}
		return pub.Year() + step + s.n, true
	}
	if pub.IsZero() {
		// Any year that the text names may be one that it looks back to ("up from 1985") or ahead to ("bonds due 1992"); only a story
		// that goes from day to day stays in its year.
		t, ok := a.told(unitDay)
		return t.Year(), ok && s.rel == noRel && s.day != 0 && a.Past && a.ToldPast
	}
	y := pub.Year()
	plain := *s
	plain.nth = 0
	p := inYear(&plain, y)
	if p.begin.IsZero() {
		return y, true
	}
	switch s.rel {
	case relLast:
		if !p.end.Before(pub) {
			y--
		}
	case relNext:
		if !p.begin.After(pub) {
			y++
		}
	case relThis:
		if a.Past && p.begin.After(pub) {
			y--
		}
	case noRel:
		if t, ok := a.told(unitYear); ok && t.Year() < y-2 && s.quarter == 0 && s.half == 0 {
			return t.Year(), true // the story of an earlier year goes on; news compare with the last years
		}
		switch {
		case a.Ahead && p.end.Before(pub) && p.begin.Month() != pub.Month():
			y++
		case !a.Ahead:
			near := daysAhead
			if a.Past && s.day == 0 && s.holiday == "" {
				near = 0 // "in May" was the last one
			} else if a.Past {
				near /= 2
			}
			if p.begin.After(pub.AddDate(0, 0, near)) {
				y--
			}
		}
	}
	return y, true
}

var fixedHolidays = map[string]struct {
	month time.Month
	day   int
}{
	"christmas eve": {time.December, 24}, "christmas": {time.December, 25}, "boxing": {time.December, 26},
	"new year's eve": {time.December, 31}, "new year's day": {time.January, 1}, "valentine": {time.February, 14},
	"halloween": {time.October, 31},
}

// holidayDate gives the day of a holiday.
func holidayDate(name string, y int) (time.Month, int) {
	nth := func(m time.Month, weekday, n int) (time.Month, int) {
		p := nthOf(monthPeriod(y, m), &timeSpec{nth: n, nthUnit: unitDay, weekday: weekday})
		return m, p.begin.Day()
	}
	if d, ok := fixedHolidays[name]; ok {
		return d.month, d.day
	}
	switch name {
	case "thanksgiving":
		return nth(time.November, 4, 4)
	case "labor":
		return nth(time.September, 1, 1)
	case "memorial":
		return nth(time.May, 1, -1)
	}
	// Easter by the Gregorian calendar (Meeus, Jones, Butcher).
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	easter := date(y, time.Month((h+l-7*m+114)/31), (h+l-7*m+114)%31+1)
	switch name {
	case "easter monday":
		easter = easter.AddDate(0, 0, 1)
	case "good":
		easter = easter.AddDate(0, 0, -2)
	}
	return easter.Month(), easter.Day()
}

// PlacedTimex is a time expression with what its place in the text says of its date.
type PlacedTimex struct {
	Timex
	Anchor TimeAnchor
}

// toldFor is how many sentences long a time told of stays the one that "the next day" counts from.
const toldFor = 3

// TimesOf returns the time expressions of each sentence of doc, published as given, with their anchors. Ahead and Past follow from the
// tense of the verb above an expression. It is a pure function.
func TimesOf(doc *Document, published time.Time) [][]PlacedTimex {
	all := make([][]PlacedTimex, len(doc.Sentences))
	var told TimexValue
	var toldPast bool
	at := 0
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		found := Timexes(words)
		if i-at > toldFor {
			told, toldPast = TimexValue{}, false
		}
		for _, x := range found {
			p := PlacedTimex{x, TimeAnchor{Published: published, Told: told, ToldPast: toldPast}}
			p.Anchor.Ahead, p.Anchor.Past = tense(words, x.Last)
			all[i] = append(all[i], p)
			if x.Type == SetTimex || x.Type == DurationTimex {
				continue
			}
			bare := p.Timex
			bare.Prep, bare.mod = "", ""
			if v := bare.Value(p.Anchor); v.Begin != "" && v.End != "" {
				told, toldPast, at = v, p.Anchor.Past, i
			}
		}
	}
	return all
}

// tense says whether the clause that word k belongs to speaks of the future or of the past; neither for the present.
func tense(words []Word, k int) (future, past bool) {
	for n := 0; k >= 0 && n < 12; n++ {
		w := &words[k]
		if w.UPOS == "VERB" || w.UPOS == "AUX" || w.Head < 0 {
			to := false
			for m := range words {
				if words[m].Head != k {
					continue
				}
				helps := strings.HasPrefix(words[m].Deprel, "aux") || words[m].Deprel == "cop"
				switch strings.ToLower(words[m].Form) {
				case "will", "shall", "'ll", "’ll", "wo":
					if helps {
						return true, false
					}
				case "had", "was", "were", "did", "has", "have":
					past = past || helps
				case "to":
					to = to || words[m].Deprel == "mark"
				}
			}
			plan := false
			switch strings.ToLower(w.Lemma) {
			case "plan", "expect", "schedule", "intend", "hope", "due":
				plan = true
			}
			switch {
			case past:
				return false, true
			case plan:
				return true, false
			case to && w.Head < 0:
				return true, false
			case to:
				// "is to open on Monday": as the verb above has it, unless that is in the past.
				_, past := tense(words, w.Head)
				return !past, past
			case w.XPOS == "VBD":
				return false, true
			case w.Head < 0 || w.XPOS == "VBN" || w.XPOS == "VBG" || w.XPOS == "VBZ" || w.XPOS == "VBP":
				return false, false
			}
		}
		k = words[k].Head
	}
	return false, false
}
