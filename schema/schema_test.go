package schema

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func load(t *testing.T) *Schema {
	t.Helper()
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTypes(t *testing.T) {
	s := load(t)
	if !s.IsA("City", "Place") || s.IsA("City", "Actor") || !s.IsA("Thing", "Thing") || s.IsA("NoSuch", "Thing") {
		t.Errorf("type tree: ancestors of City are %q", s.Ancestors("City"))
	}
	if got := s.Ancestors("PoliticalParty"); !slices.Equal(got, []string{"PoliticalParty", "Organization", "Actor", "Thing"}) {
		t.Errorf("ancestors of PoliticalParty: %q", got)
	}
	for _, ty := range s.Types {
		if up := s.Ancestors(ty.ID); up[len(up)-1] != "Thing" {
			t.Errorf("types.tsv:%d: %s does not lead up to Thing: %q", ty.Line, ty.ID, up)
		}
	}
}

func TestCues(t *testing.T) {
	s := load(t)
	for _, c := range []struct{ lemma, prep, want string }{
		{"call", "on", "requests"}, {"work", "with", "cooperatesWith"}, {"agree", "to", "agreesTo"}, {"agree", "with", "agreesWith"},
		{"mediate", "", "mediates"}, {"hold talks", "with", "meets"}, {"work", "", ""}, {"no such", "", ""},
	} {
		got := ""
		if rels := s.ByVerb(c.lemma, c.prep); len(rels) > 0 {
			got = rels[0].ID
		}
		if got != c.want {
			t.Errorf("ByVerb(%q, %q) = %q, want %q", c.lemma, c.prep, got, c.want)
		}
	}
	if rels := s.ByNoun("support", "for"); len(rels) == 0 || rels[0].ID != "supports" {
		t.Errorf("ByNoun(support, for) = %v", rels)
	}
	if got := s.Label("takesPlaceIn"); got != "takes place in" {
		t.Errorf("Label(takesPlaceIn) = %q", got)
	}
}

func TestEvents(t *testing.T) {
	s, err := LoadEvents("")
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"057": "SUPPORT", "0571": "SUPPORT", "020": "", "1": "", "": ""} {
		got := ""
		if c := s.Code(code); c != nil {
			got = c.Type
		}
		if got != want {
			t.Errorf("Code(%q) is of type %q, want %q", code, got, want)
		}
	}
	for _, c := range []struct{ frame, inner, want string }{
		{"refuse", "072", "1222"}, {"refuse", "0721", "1222"}, {"refuse", "", "120"}, {"refuse", "190", ""}, {"intend", "111", "="}, {"none", "04", ""},
		{"threaten", "057", "130"}, {"threaten", "0", "130"},
	} {
		if got := s.Frame(c.frame, c.inner); got != c.want {
			t.Errorf("Frame(%q, %q) = %q, want %q", c.frame, c.inner, got, c.want)
		}
	}
	for word, patterns := range map[string][]*EventPattern{
		"meet": s.Verb("meet"), "carry out": s.Verb("carry out"), "n:truce": s.Noun("truce"), "aux:must": s.Aux("must"),
	} {
		if len(patterns) == 0 {
			t.Errorf("no pattern of %q", word)
		}
	}
	for name, want := range map[string]string{"boutros boutros-ghali": "IGO", "nobody at all": ""} {
		if a, _ := s.Actor(name); a.State != want {
			t.Errorf("Actor(%q) = %q, want %q", name, a.State, want)
		}
	}
	if got := s.AgentRole("guerrilla"); got != "REB" {
		t.Errorf("AgentRole(guerrilla) = %q", got)
	}
}

func TestLookup(t *testing.T) {
	s := load(t)
	for _, c := range []struct {
		name  string
		kind  NameKind
		label string
		state string
	}{
		{"Russia", StateName, "Russia", "Russia"},
		{"Russian Federation", StateName, "Russia", "Russia"},
		{"U.S.", StateName, "United States", "United States"},
		{"MOSCOW", Capital, "Moscow", "Russia"},
		{"Kiev", Capital, "Kyiv", "Ukraine"},
		{"Dutch", Adjective, "Netherlands", "Netherlands"},
		{"Kremlin", Seat, "Kremlin", "Russia"},
		{"CIS", OrganizationName, "Commonwealth of Independent States", ""},
		{"Aleppo", PlaceName, "Aleppo", "Syria"},
	} {
		names := s.Lookup(c.name)
		if len(names) == 0 || names[0].Kind != c.kind || names[0].Label != c.label || names[0].State != c.state {
			t.Errorf("Lookup(%q) = %+v, want kind %d of %s in %q", c.name, names, c.kind, c.label, c.state)
		}
	}
	for _, name := range []string{"us", "moscow", "polish", ""} {
		if names := s.Lookup(name); names != nil {
			t.Errorf("Lookup(%q) = %+v, want nothing", name, names)
		}
	}
	for name, want := range map[string]string{"Merkel": "Angela Merkel", "Volodymyr Zelensky": "Volodymyr Zelenskiy", "Clinton": "", "Smith": ""} {
		if got := s.Person(name); got != want {
			t.Errorf("Person(%q) = %q, want %q", name, got, want)
		}
	}
	for _, st := range s.States {
		if got := s.StateNamed(st.Name); got == nil || got.Name != st.Name {
			t.Errorf("StateNamed(%q) = %v", st.Name, got)
		}
	}
}

// A user's folder replaces the files that it has; an error names file, line and value.
func TestLoadFolder(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, c := range []struct{ name, file, content, want string }{
		{"own roles", "roles.tsv", "noun\trelation\nsecond-in-command\tleads\n", ""},
		{"comments and CRLF", "roles.tsv", "# mine\r\nnoun\trelation\r\n\r\naide\tworksFor\r\n", ""},
		{"no header", "roles.tsv", "", "roles.tsv:1: no header line"},
		{"missing column", "roles.tsv", "noun\n", `roles.tsv:1: no column "relation"`},
		{"unknown relation", "roles.tsv", "noun\trelation\naide\thelps\n", `roles.tsv:2: relation: no relation is called "helps"`},
		{"too many columns", "roles.tsv", "noun\trelation\na\tleads\tb\n", "roles.tsv:2: 3 columns"},
		{"not UTF-8", "roles.tsv", "noun\trelation\na\xff\tleads\n", "roles.tsv:2: not UTF-8"},
		{"parent below child", "types.tsv", "id\tparent\taligned\tnote\nCity\tPlace\t\t\n", `types.tsv:2: parent: no type above is called "Place"`},
		{"type twice", "types.tsv", read("types.tsv") + "City\tPlace\t\t\n", `id: given twice: "City"`},
		{"unknown domain", "relations.tsv", read("relations.tsv") + "eats\tAnimal\tThing\t\t\t\t\t\teat\t\n", `domain: no type is called "Animal"`},
		{"odd name", "relations.tsv", read("relations.tsv") + "e ats\tThing\tThing\t\t\t\t\t\teat\t\n", `id: not a name of letters and digits: "e ats"`},
		{"neither yes nor no", "relations.tsv", read("relations.tsv") + "eats\tThing\tThing\tmaybe\t\t\t\t\teat\t\n", `symmetric: neither yes nor no: "maybe"`},
		{"score out of range", "relations.tsv", read("relations.tsv") + "eats\tThing\tThing\t\t\t\t10.5\t\teat\t\n", `goldstein: no decimal from -10 to 10: "10.5"`},
		{"score in words", "relations.tsv", read("relations.tsv") + "eats\tThing\tThing\t\t\t\t1e0\t\teat\t\n", `goldstein: no decimal from -10 to 10: "1e0"`},
		{"bad Wikidata id", "organizations.tsv", "name\tacronym\ttype\taliases\twikidata\nX\t\tCompany\t\t17\n", `organizations.tsv:2: wikidata: not a Q identifier: "17"`},
		{"not an organisation", "organizations.tsv", "name\tacronym\ttype\taliases\twikidata\nX\t\tCity\t\t\n", `type: no organisation or group: "City"`},
		{"no such CAMEO code", "events.tsv", "word\twith\tcode\nmeet\t\t999\n", `events.tsv:2: code: no such code: "999"`},
		{"no such frame", "events.tsv", "word\twith\tcode\nmeet\t\t@greet\n", `events.tsv:2: code: no frame is called "greet"`},
		{"no such word class", "events.tsv", "word\twith\tcode\nmeet\twith:&kings\t040\n", `events.tsv:2: with: no word class is called "kings"`},
		{"term without word", "events.tsv", "word\twith\tcode\nmeet\t+\t040\n", `events.tsv:2: with: a term without a word: "+"`},
		{"odd CAMEO code", "cameo.tsv", "code\tplover\town\tsymmetric\tname\n4\t\t\t\t\n", `cameo.tsv:2: code: not two to four digits: "4"`},
		{"frame twice", "event_frames.tsv", "frame\tinner\tcode\na\t04\t040\na\t04\t042\n", `event_frames.tsv:3: inner: given twice for a: "04"`},
		{"actor kind", "actors.tsv", "name\tstate\tkind\nana cruz\tPER\tking\n", `actors.tsv:2: kind: not one of person, body, group, place: "king"`},
		{"actor in capitals", "actors.tsv", "name\tstate\tkind\nAna\tPER\tperson\n", `actors.tsv:2: name: empty or not in lower case: "Ana"`},
		{"role", "agents.tsv", "noun\trole\nmayor\tgov\n", `agents.tsv:2: role: not three capitals: "gov"`},
		{"unknown state", "places.tsv", "name\ttype\tstate\taliases\nX\tCity\tAtlantis\t\n", `places.tsv:2: state: no state is called "Atlantis"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := Load(dir)
			if err == nil {
				_, err = LoadEvents(dir)
			}
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want == "" && len(s.roles) != 1:
				t.Errorf("%d roles, want those of the file", len(s.roles))
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), dir)):
				t.Errorf("error %v, want the path and %q", err, c.want)
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error for a folder that is not there")
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("noun\trelation\naide\tworksFor\n"))
	f.Add([]byte("# c\n\na\n"))
	f.Add([]byte("\t\t\n\t"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tab, err := parseTable("x.tsv", data)
		if err != nil {
			return
		}
		for _, r := range tab.rows {
			for column := range tab.header {
				if strings.ContainsAny(r.get(column), "\t\n") {
					t.Errorf("cell %q", r.get(column))
				}
			}
		}
	})
}

// The scores of relations are those of their codes.
func TestRelationScores(t *testing.T) {
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	events, err := LoadEvents("")
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Relations {
		r := &s.Relations[i]
		if (r.CAMEO == "") != (r.Goldstein == "") || r.CAMEO == "" && r.PLOVER != "" {
			t.Errorf("relations.tsv:%d: %s: PLOVER %q, CAMEO %q, score %q", r.Line, r.ID, r.PLOVER, r.CAMEO, r.Goldstein)
		}
		if c := events.Code(r.CAMEO); c != nil && c.Goldstein != r.Goldstein {
			t.Errorf("relations.tsv:%d: %s: score %s, that of %s is %s", r.Line, r.ID, r.Goldstein, c.Code, c.Goldstein)
		}
	}
}
