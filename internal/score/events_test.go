package score

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func smallScorer(t *testing.T) *EventScorer {
	t.Helper()
	s, err := NewEventScorer(EventTables{
		Codes:       strings.NewReader("code\tplover\n04\tCONSULT\n19\tASSAULT\n01\t\n0871\tRETREAT\n08\tRETREAT\n"),
		Countries:   strings.NewReader(`{"CC": ["PER", "CHL", "XKX"]}`),
		Surfaces:    strings.NewReader("surface\tcode\tfrom\tto\nPERU\tPER\t\t\nCHILE\tCHL\t\t\nINCAS\tPER\t\t15330101\n"),
		CountryInfo: strings.NewReader("surface\tcode\tkind\nLIMA\tPER\tcapital\n"),
		States:      strings.NewReader("Name,CCA3,Nationality\nPeru,PER,\"Peruvian, Peruvians\"\n"),
		Actors:      strings.NewReader("surface\tcode\tto\nANA CRUZ\tCHLGOV\t\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEventsByHand(t *testing.T) {
	s := smallScorer(t)
	read := func(lines string) []EventRecord {
		r, err := ReadEvents(strings.NewReader(lines))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	gold := read(`{"id":"a","code":"040","source_country":["PER"],"target_country":["CHL"],"symmetric":true}
{"id":"b","code":"190","source":["Peruvian rebels"],"target":[]}
{"id":"c","code":null}
`)
	for _, c := range []struct {
		name, found, level string
		want               PRF
	}{
		{"both sides turned round", `{"id":"a","code":"046","source":"Ana Cruz","target":"the mayor of Lima"}`, "triple",
			PRF{2, 1, 1}},
		{"not turned round where one does it to the other", `{"id":"b","code":"190","source":"CHL","target":"PER"}`, "triple",
			PRF{2, 1, 0}},
		{"an empty side is anyone", `{"id":"b","code":"190","source":"PERREB","target":"CHL"}`, "triple", PRF{2, 1, 1}},
		{"the type of a CAMEO code", `{"id":"b","code":"ASSAULT","source":["Lima"],"target":null}`, "triple", PRF{2, 1, 1}},
		{"a code without type stays as output", `{"id":"b","code":"010","source":"PER"}`, "root", PRF{2, 1, 0}},
		{"the same twice counts once", `{"id":"b","code":"190","source":"PER"}` + "\n" + `{"id":"b","code":"193","source":"PER"}`, "triple", PRF{2, 1, 1}},
		{"one gold for two", `{"id":"b","code":"190","source":"PER"}` + "\n" + `{"id":"b","code":"190","source":"Peru"}`,
			"triple", PRF{2, 2, 1}},
		{"a sentence without event", `{"id":"c","code":"190","source":"PER"}`, "sent", PRF{2, 1, 0}},
		{"text where no state is known", `{"id":"b","code":"190","source":"rebels"}`, "src", PRF{2, 1, 1}},
	} {
		got := s.Score(gold, read(c.found))
		if got.Level(c.level) != c.want {
			t.Errorf("%s: %s %+v, want %+v", c.name, c.level, got.Level(c.level), c.want)
		}
	}
	if got := s.Score(gold, read(`{"id":"z","code":"190"}`+"\n"+`{"id":"a","code":"nonsense"}`)); got.Stray != 1 ||
		got.Unreadable != 1 || got.Negatives != 1 {
		t.Errorf("%d stray, %d unreadable, %d negatives", got.Stray, got.Unreadable, got.Negatives)
	}
	for in, want := range map[string]string{"{\n": "line 1: ", "\n{\"id\":\"a\"}\n{\"id\": 3}": "line 3: "} {
		if _, err := ReadEvents(strings.NewReader(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("read %q: error %v, want %q", in, err, want)
		}
	}
}

// TestEventsReference compares with the Python reference on the gold sets and random output: codes and texts, lists, unknown
// names, several events a sentence.
func TestEventsReference(t *testing.T) {
	python, script := reference(t, "event_score.py")
	data := os.Getenv("KG_DATA")
	if data == "" {
		data = "../../../shared/data"
	}
	scorer, err := openEventScorer(t, data)
	if err != nil {
		t.Skipf("no evaluation data (set KG_DATA to its folder): %v", err)
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	codes := strings.Fields(`010 02 031 040 042 057 0871 0831 08 100 112 1721 163 1712 190 20 3 AGREE DEMAND fight YIELD CONCEDE RETREAT
		ASSAULT SANCTION nonsense 193:145`)
	actors := []string{"USA", "RUSGOV", "---MIL", "---CVL", "IGO", "Israel", "the Israeli army", "U.N. peacekeepers",
		"President Vladimir Putin",
		"rebels", "Syrian rebels", "a man from Côte d'Ivoire", "Hamas", "ROM", "Palestinians", "Talks",
		"students throughout Indonesia", ""}
	for _, set := range []string{"plover-gsr/dev.jsonl", "petrarch-validation/gold.jsonl"} {
		goldFile := filepath.Join(data, "events", set)
		goldData := readFile(t, goldFile)
		gold, err := ReadEvents(strings.NewReader(goldData))
		if err != nil {
			t.Fatal(err)
		}
		rounds := 4
		if testing.Short() {
			rounds = 1
		}
		for round := range rounds {
			var out strings.Builder
			for _, g := range gold {
				for range rnd.IntN(3) {
					side := func(gold []string) any {
						switch rnd.IntN(5) {
						case 0:
							return nil
						case 1:
							return []string{actors[rnd.IntN(len(actors))], actors[rnd.IntN(len(actors))]}
						case 2:
							return actors[rnd.IntN(len(actors))]
						}
						return append([]string{}, gold...)
					}
					code := codes[rnd.IntN(len(codes))]
					if rnd.IntN(2) == 0 && g.Code != "" {
						code = g.Code
					}
					id := g.ID
					if rnd.IntN(20) == 0 {
						id = "stray"
					}
					line, err := json.Marshal(map[string]any{"id": id, "code": code,
						"source": side(append(g.SourceCountry, g.Source...)),
						"target": side(append(g.TargetCode, g.Target...))})
					if err != nil {
						t.Fatal(err)
					}
					out.Write(append(line, '\n'))
				}
			}
			outFile := filepath.Join(t.TempDir(), "out.jsonl")
			if err := os.WriteFile(outFile, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			printed, err := exec.Command(python, script, goldFile, outFile, "--json").Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, printed)
			}
			found, err := ReadEvents(strings.NewReader(out.String()))
			if err != nil {
				t.Fatal(err)
			}
			if diff := diffEventReference(scorer.Score(gold, found), printed); diff != "" {
				t.Fatalf("%s, round %d: %s", set, round, diff)
			}
		}
	}
}

func openEventScorer(t *testing.T, data string) (*EventScorer, error) {
	var files [6]*os.File
	for i, name := range []string{"events/ontology/cameo_codes.tsv", "events/ontology/country_codes.json",
		"events/dictionaries/country_surfaces.tsv", "events/countryinfo/countryinfo_surfaces.tsv", "entities/countries.csv",
		"events/dictionaries/actors.tsv.gz"} {
		f, err := os.Open(filepath.Join(data, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { f.Close() })
		files[i] = f
	}
	actors, err := gzip.NewReader(files[5])
	if err != nil {
		return nil, err
	}
	return NewEventScorer(EventTables{files[0], files[1], files[2], files[3], files[4], actors})
}

// diffEventReference says where s is not what event_score.py --json printed; empty where they agree.
func diffEventReference(s EventScore, printed []byte) string {
	var ref struct {
		Levels map[string]struct {
			TP   int `json:"tp"`
			Pred int `json:"pred"`
			Gold int `json:"gold"`
		} `json:"levels"`
		Macro      *float64 `json:"macro"`
		Stray      int      `json:"stray"`
		Unreadable int      `json:"unreadable"`
	}
	if err := json.Unmarshal(printed, &ref); err != nil {
		return err.Error()
	}
	if len(ref.Levels) != len(s.Levels) {
		return fmt.Sprintf("%d levels, reference has %d", len(s.Levels), len(ref.Levels))
	}
	for _, l := range s.Levels {
		if r := ref.Levels[l.Name]; l.PRF != (PRF{Gold: r.Gold, Output: r.Pred, Correct: r.TP}) {
			return fmt.Sprintf("%s: %+v, reference has %+v", l.Name, l.PRF, r)
		}
	}
	if ref.Macro == nil || math.Abs(*ref.Macro-s.Macro) > 1e-9 || ref.Stray != s.Stray || ref.Unreadable != s.Unreadable {
		return fmt.Sprintf("macro %v, stray %d, unreadable %d; reference %v, %d, %d",
			s.Macro, s.Stray, s.Unreadable, ref.Macro, ref.Stray, ref.Unreadable)
	}
	return ""
}
