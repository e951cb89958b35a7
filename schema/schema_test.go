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
		{"unknown domain", "relations.tsv", read("relations.tsv") + "eats\tAnimal\tThing\t\t\t\t\teat\t\n", `domain: no type is called "Animal"`},
		{"odd name", "relations.tsv", read("relations.tsv") + "e ats\tThing\tThing\t\t\t\t\teat\t\n", `id: not a name of letters and digits: "e ats"`},
		{"neither yes nor no", "relations.tsv", read("relations.tsv") + "eats\tThing\tThing\tmaybe\t\t\t\teat\t\n", `symmetric: neither yes nor no: "maybe"`},
		{"bad Wikidata id", "organizations.tsv", "name\tacronym\ttype\taliases\twikidata\nX\t\tCompany\t\t17\n", `organizations.tsv:2: wikidata: not a Q identifier: "17"`},
		{"not an organisation", "organizations.tsv", "name\tacronym\ttype\taliases\twikidata\nX\t\tCity\t\t\n", `type: no organisation: "City"`},
		{"unknown state", "places.tsv", "name\ttype\tstate\taliases\nX\tCity\tAtlantis\t\n", `places.tsv:2: state: no state is called "Atlantis"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := Load(dir)
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
