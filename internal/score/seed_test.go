package score

import (
	"slices"
	"strings"
	"testing"
)

const expectedRows = `# made up
level	subject	relation	object	polarity	modality	speaker	time	evidence
must	Norland	mediates	Lake talks	+	asserted			mediators of the lake talks
core	Mia Berg	denies	report	+	asserted	Norland		denied the report
core	Norland	meets	Sudland	+	planned			will meet
core	Norland	attacks	port	-	asserted			did not attack
hard	border guards	attacks	fishing boats near the port	+	asserted			attacked boats
hard	Sudland	visits	Norland	+	asserted			visit
`

func TestCompareClaims(t *testing.T) {
	rows, err := ReadExpected(strings.NewReader(expectedRows))
	if err != nil {
		t.Fatal(err)
	}
	claim := func(subject, relation, object string) Statement {
		return Statement{
			Subject: strings.Split(subject, "/"), Relation: relation, Object: strings.Split(object, "/"),
			Polarity: "+", Modality: "asserted",
		}
	}
	said := []Statement{
		claim("Norland", "mediates", "the talks/the Lake talks"),      // hit by alias
		claim("Berg/Mia Berg", "denies", "the report"),                // no speaker: only near by relation and names
		claim("Sudland", "meets", "Norland"),                          // symmetric
		claim("Norland", "attacks", "the port"),                       // wrong polarity
		claim("the Norland border guards", "open/fire_on", "boats"),   // same heads: near, by cue
		claim("Norland's harbour", "visits", "Sudland"),               // another head than Sudland's
		claim("Norland", "mediates", "Lake talks"),                    // second finding of a row
		claim("Norland border guards", "open/watch", "fishing boats"), // no cue
	}
	said[6].Plain = true
	said[0].Things, said[2].Things = true, true // the others have a text for an object
	relations := map[string]Cues{
		"meets": {Symmetric: true}, "attacks": {Lemmas: []string{"attack", "fire on"}}, "mediates": {}, "denies": {}, "visits": {},
	}
	found, unmatched := CompareClaims(rows, said, relations)
	var got []string
	for _, f := range found {
		got = append(got, f.Match.String())
	}
	want := []string{"hit", "miss", "hit", "miss", "near", "miss"}
	if !slices.Equal(got, want) {
		t.Errorf("matches %v, want %v", got, want)
	}
	for i, want := range []bool{true, false, true, false, false, false} {
		if found[i].Canonical != want {
			t.Errorf("row %d: canonical %v", i, found[i].Canonical)
		}
	}
	if found[0].Statement != 6 {
		t.Errorf("the plain edge is not preferred: statement %d", found[0].Statement)
	}
	if found[3].Statement != 3 {
		t.Errorf("the missed row names statement %d, want the one that differs in polarity", found[3].Statement)
	}
	if want := []int{1, 3, 5, 7}; !slices.Equal(unmatched, want) {
		t.Errorf("unmatched %v, want %v", unmatched, want)
	}
	said[1].Speaker = []string{"Norland"}
	if found, _ = CompareClaims(rows, said, relations); found[1].Match != Exact || found[1].Canonical {
		t.Errorf("with its speaker the denial is a %v, canonical %v", found[1].Match, found[1].Canonical)
	}
	said[4] = claim("border guards", "open/fire_on", "fishing boats near the port")
	said[4].Things = true
	if found, _ = CompareClaims(rows, said, relations); found[4].Match != Exact || found[4].Canonical {
		t.Errorf("by an open relation the attack is a %v, canonical %v", found[4].Match, found[4].Canonical)
	}
}

// Of sameAs a text will do for an object where the subject has both names.
func TestSameAs(t *testing.T) {
	row := []Expected{{Subject: "LTO", Relation: "sameAs", Object: "Lake Towns", Polarity: "+"}}
	cues := map[string]Cues{"sameAs": {Symmetric: true}}
	for _, c := range []struct {
		subject []string
		want    bool
	}{{[]string{"Lake Towns", "LTO"}, true}, {[]string{"Lake Towns"}, false}} {
		found, _ := CompareClaims(row, []Statement{{Subject: c.subject, Relation: "sameAs", Object: []string{"LTO"}, Polarity: "+"}}, cues)
		if found[0].Match != Exact || found[0].Canonical != c.want {
			t.Errorf("%v: %v, canonical %v", c.subject, found[0].Match, found[0].Canonical)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		want, name string
		match      Match
	}{
		{"de-escalation zones", "De-escalation  Zones", Exact},
		{"military", "its military", Exact},
		{"Syria’s opposition", "Syria's opposition", Exact},
		{"Vladimir Putin", "Putin", Near},
		{"Putin", "Putin's adviser", Missed},
		{"proposal for a truce", "the proposal", Near},
		{"talks in Kazakhstan", "talks in Switzerland", Missed},
		{"the", "a", Missed},
	} {
		if got := sameName(c.want, []string{c.name}); got != c.match {
			t.Errorf("sameName(%q, %q) = %v, want %v", c.want, c.name, got, c.match)
		}
	}
}

func TestReadExpectedErrors(t *testing.T) {
	for in, want := range map[string]string{
		"must\tA\n":                      "line 1: no header line",
		"level\nmust\tA\tb\tC\n":         "line 2: 4 columns instead of 9",
		"level\nm\tA\tb\tC\tyes\t\t\t\t": `line 2: polarity: neither + nor -: "yes"`,
	} {
		if _, err := ReadExpected(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("read %q: error %v, want %q", in, err, want)
		}
	}
}
