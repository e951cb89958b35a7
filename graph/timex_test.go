package graph

import "testing"

func TestTimeType(t *testing.T) {
	for value, want := range map[string][2]string{
		"2017": {"xsd:gYear", "year"}, "2017-07": {"xsd:gYearMonth", "month"}, "2017-07-04": {"xsd:date", "day"},
		"2017-07-04T17:00:00": {"xsd:dateTime", "minute"}, "2017-07-04T17:00:00Z": {"xsd:dateTime", "minute"},
		"2017-W26": {"kgo:timex3", "week"}, "2017-W26-WE": {"kgo:timex3", "weekend"}, "2017-08-W5": {"kgo:timex3", "week"},
		"2017-Q3": {"kgo:timex3", "quarter"}, "2017-H1": {"kgo:timex3", "half"}, "2017-SU": {"kgo:timex3", "season"},
		"199": {"kgo:timex3", "decade"}, "18": {"kgo:timex3", "century"}, "BC0400": {"kgo:timex3", "year"}, "0837": {"xsd:gYear", "year"},
		"2017-07-04TNI": {"kgo:timex3", "daypart"}, "2011/2015": {"kgo:timex3", "year"}, "2011/..": {"kgo:timex3", "year"},
		"../2017-07-04": {"kgo:timex3", "day"}, "2017-W26/2017-W28": {"kgo:timex3", "week"},
		"": {}, "soon": {}, "2017-13": {}, "2017-02-30": {}, "2017-02-30TNI": {}, "../..": {}, "2011/2012/2013": {}, "2011/soon": {}, "XXXX-07": {},
		"PAST_REF": {}, "P2D": {}, "..": {}, "2011/": {}, "/2011": {},
	} {
		if typ, grain := TimeType(value), Grain(value); string(typ) != want[0] || grain != want[1] {
			t.Errorf("%q: %s %s, want %s", value, typ, grain, want)
		}
	}
}
