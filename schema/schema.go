// Package schema holds what the graph may say and the words that say it: node types, relations with their cue words,
// prefixes, and gazetteers of states, organisations, places and nouns, read from TSV files that a user can replace. It
// knows no text type and imports nothing internal.
package schema

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

//go:embed *.tsv
var embedded embed.FS

// Schema is everything that the data files say. It is read-only after Load returns it and then safe for concurrent use.
type Schema struct {
	// Types in file order, parents before their children.
	Types []Type
	// Relations in file order, which is the order of preference where two share a cue.
	Relations []Relation
	Prefixes  []Prefix
	States    []State
	// Organizations are international organisations, parties, media and companies that news names without saying what
	// they are.
	Organizations []Organization
	Places        []Place

	types     map[string]int
	relations map[string]int
	states    map[string]int
	verbCues  map[string][]*Relation
	nounCues  map[string][]*Relation
	names     map[string][]Name
	people    map[string]string
	nouns     map[string]Noun
	roles     map[string]Role
	terms     map[[2]string][]term // by state and office
	roleWords map[string]bool
	gazetteer func() *Gazetteer
}

// Prefix is the short name of a namespace.
type Prefix struct{ Name, IRI string }

// Load reads the data files of dir; a file that dir has not, and every file where dir is empty, is the one built into
// the program. own are files of the user's, lists of names that go before all others, with the columns name, type, aliases
// (between "|"), state (name or ISO code) and wikidata, of which only the first two are needed. An error names file, line and
// offending value.
func Load(dir string, own ...string) (*Schema, error) {
	s := &Schema{}
	err := readFiles(dir, []dataFile{
		{"prefixes.tsv", s.readPrefixes},
		{"types.tsv", s.readTypes},
		{"relations.tsv", s.readRelations},
		{"states.tsv", s.readStates},
		{"organizations.tsv", s.readOrganizations},
		{"places.tsv", s.readPlaces},
		{"people.tsv", s.readPeople},
		{"nouns.tsv", s.readNouns},
		{"roles.tsv", s.readRoles},
		{"terms.tsv", s.readTerms},
	})
	if err != nil {
		return nil, err
	}
	s.gazetteer = sync.OnceValue(func() *Gazetteer {
		g, err := loadGazetteer(s, "")
		if err != nil {
			panic(err) // of files that a test reads
		}
		return g
	})
	if dir != "" || len(own) > 0 {
		g, err := loadGazetteer(s, dir, own...)
		if err != nil {
			return nil, err
		}
		s.gazetteer = func() *Gazetteer { return g }
	}
	return s, nil
}

// Gazetteer returns the long lists. Where they are those built in, they are read when they are first asked for.
func (s *Schema) Gazetteer() *Gazetteer { return s.gazetteer() }

// dataFile is a data file and what reads it.
type dataFile struct {
	name string
	read func(*table) error
}

func readFiles(dir string, files []dataFile) error {
	for _, f := range files {
		data, path, err := open(dir, f.name)
		if err != nil {
			return err
		}
		t, err := parseTable(path, data)
		if err != nil {
			return err
		}
		if err := f.read(t); err != nil {
			return err
		}
	}
	return nil
}

// open returns the content of the data file name and the path that messages call it by.
func open(dir, name string) (data []byte, path string, err error) {
	if dir != "" {
		path = filepath.Join(dir, name)
		data, err = os.ReadFile(path)
		if err == nil {
			return data, path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("read schema: %w", err)
		}
		if _, err := os.Stat(dir); err != nil {
			return nil, "", fmt.Errorf("read schema: %w", err)
		}
	}
	data, err = embedded.ReadFile(name)
	if err != nil {
		return nil, "", fmt.Errorf("read built-in schema: %w", err)
	}
	return data, name, nil
}

// openOwn returns the content of a file of the user's.
func openOwn(path string) (data []byte, name string, err error) {
	if data, err = os.ReadFile(path); err != nil {
		return nil, "", fmt.Errorf("read gazetteer: %w", err)
	}
	return data, path, nil
}

func (s *Schema) readPrefixes(t *table) error {
	if err := t.columns("prefix", "iri"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range t.rows {
		p := Prefix{Name: r.get("prefix"), IRI: r.get("iri")}
		if p.Name == "" || seen[p.Name] {
			return r.errorf("prefix", "empty or given twice: %q", p.Name)
		}
		if p.IRI == "" {
			return r.errorf("iri", "empty")
		}
		seen[p.Name] = true
		s.Prefixes = append(s.Prefixes, p)
	}
	return nil
}
