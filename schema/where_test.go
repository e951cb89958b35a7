package schema

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAtlas(t *testing.T) {
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	a := s.Atlas()
	for _, tt := range []struct {
		name, typ, within string
		lat, lon          float64 // within 1.5 degrees
		kind, state       string
	}{
		{"London", "City", "", 51.5, -0.1, "city", "United Kingdom"},
		{"London", "City", "Canada", 43, -81.2, "city", "Canada"},
		{"Savannah", "City", "Georgia", 32.1, -81.1, "city", "United States"},
		{"Bombay", "City", "", 19, 72.9, "city", "India"},
		{"Australia", "State", "", -25.5, 134.5, "state", "Australia"},
		{"Soviet Union", "State", "", 60, 90, "state", "Soviet Union"},
		{"Arizona", "Region", "", 33.3, -111.9, "region", "United States"},
	} {
		at, ok := a.Find(tt.name, tt.typ, tt.within)
		if !ok || math.Abs(at.Lat-tt.lat) > 1.5 || math.Abs(at.Lon-tt.lon) > 1.5 || at.Kind != tt.kind || at.State != tt.state {
			t.Errorf("%s %s in %q: %+v %v", tt.typ, tt.name, tt.within, at, ok)
		}
	}
	for _, name := range []string{"headquarters of the army", "", "London"} {
		if at, ok := a.Find(name, "Facility", ""); ok {
			t.Errorf("%q: %+v", name, at)
		}
	}
	for _, st := range s.States {
		if st.Lat == 0 && st.Lon == 0 {
			t.Errorf("%s lies nowhere", st.Name)
		}
	}
}

func TestFaultyDegrees(t *testing.T) {
	dir := t.TempDir()
	b, _, err := open("", "states.tsv")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(b), "\t33.8\t65.9", "\t133.8\t65.9", 1)
	if err := os.WriteFile(filepath.Join(dir, "states.tsv"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "states.tsv") || !strings.Contains(err.Error(), `"133.8"`) {
		t.Errorf("latitude 133.8: %v", err)
	}
}
