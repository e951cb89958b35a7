package index

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kg/graph"
)

// unexported is of every part of an Index.
var unexported = cmp.Options{cmp.AllowUnexported(Index{}, names{}, name{}, start{}, word{}, textIndex{}, pairs{}, links{}),
	cmpopts.IgnoreTypes(&sync.Pool{})}

func TestSaveLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		if _, err := s.Judge(t.Context(), []graph.Judgement{{Kind: graph.Merge, From: "kg:Lund", Into: "kg:Lavrov", By: "Anna", When: day("2020-01-01")}}, nil); err != nil {
			t.Fatal(err)
		}
		x := indexOf(t, s)
		if len(x.Claims) > 0 {
			x.setVerdicts([]graph.Judgement{{Kind: graph.Reject, From: x.Claims[0].ID, By: "Anna", When: day("2020-01-02")}})
		}
		if err := x.Save(path, "stamp"); err != nil {
			t.Fatal(err)
		}
		y, err := Load(path, x.Version, "stamp")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(x, y, unexported, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("(-saved +loaded):\n%s", d)
		}
		for _, other := range [][2]string{{x.Version + "1", "stamp"}, {x.Version, "another"}} {
			if _, err := Load(path, other[0], other[1]); !errors.Is(err, ErrStale) {
				t.Fatalf("of another state: %v", err)
			}
		}
	})
}

// A file that was torn, changed or is of something else is an error, never a panic or another index.
func TestLoadBroken(t *testing.T) {
	s := storeOf(t, world()...)
	defer s.Close()
	x := indexOf(t, s)
	path := filepath.Join(t.TempDir(), "index")
	if err := x.Save(path, ""); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := func(what string, b []byte) {
		t.Helper()
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path, x.Version, ""); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	for n := 0; n < len(whole); n += 1 + n/50 {
		bad("torn", whole[:n])
	}
	for n := 0; n < len(whole); n += 7 {
		b := []byte(string(whole))
		b[n] ^= 0x41
		bad("changed", b)
	}
	bad("longer", append([]byte(string(whole)), 0))
	bad("another format", []byte(strings.Replace(string(whole), magic, "kg index 0\n", 1)))
	// What a sound checksum covers must not panic either.
	for n := len(magic); n < len(whole)-8; n += 3 {
		c := &coder{bytes: append([]byte(string(whole[len(magic):n])), 255, 255, 255, 255)}
		func() (err error) {
			defer recoverCoder(&err)
			var version, stamp string
			c.state(&version, &stamp)
			c.index(&Index{})
			return nil
		}()
	}
	if _, err := Load(path+"none", x.Version, ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// counted is a store that counts how often it is read.
type counted struct {
	*graph.Store
	reads int
}

func (s *counted) Whole(ctx context.Context, part func(float64)) (*graph.Whole, error) {
	s.reads++
	return s.Store.Whole(ctx, part)
}

// The index of a store that did not change is read from its file, that of another made anew, wherever the file may be.
func TestLiveKeeps(t *testing.T) {
	for _, backend := range []string{"bbolt", "kg"} {
		t.Run(backend, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "store")
			var faults []error
			open := func(readOnly bool, do func(*counted, *Live)) (reads int) {
				t.Helper()
				st, err := graph.Open(graph.Options{Path: path, Backend: backend, ReadOnly: readOnly})
				if err != nil {
					t.Fatal(err)
				}
				defer st.Close()
				s := &counted{Store: st}
				l := NewLive(s)
				l.Keep(func() (string, string) { return st.Aside("index") }, func(err error) { faults = append(faults, err) })
				do(s, l)
				l.Close()
				return s.reads
			}
			ask := func(articles int) func(*counted, *Live) {
				return func(s *counted, l *Live) {
					t.Helper()
					x, err := l.Index(t.Context())
					if err != nil || len(x.Articles) != articles {
						t.Fatalf("%v; want %d articles", err, articles)
					}
					if hits := x.Complete("rus", 1); articles > 0 && (len(hits) != 1 || x.Entities[hits[0].Entity].ID != "kg:Russia") {
						t.Errorf("hits %v", hits)
					}
					if r := x.Search("supports Syria", SearchOptions{}); articles > 0 && (r.Total == 0 || x.Sentences[r.Sentences[0]].ID == "") {
						t.Errorf("found %v", r)
					}
				}
			}
			write := func(r *graph.Record) func(*counted, *Live) {
				return func(s *counted, l *Live) {
					if _, err := s.Add(t.Context(), r); err != nil {
						t.Fatal(err)
					}
				}
			}
			open(false, write(world()[0]))
			for i, step := range []struct {
				readOnly bool
				do       func(*counted, *Live)
				reads    int
			}{
				{true, ask(1), 1}, {true, ask(1), 0}, {false, ask(1), 0}, {false, write(world()[1]), 0}, {true, ask(2), 1}, {true, ask(2), 0},
				{false, func(s *counted, l *Live) { // only a judgement: the file has it at the end
					x, err := l.Index(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					j := graph.Judgement{Kind: graph.Reject, From: x.Claims[0].ID, By: "Anna", When: day("2020-01-01")}
					if _, err := s.Judge(t.Context(), []graph.Judgement{j}, nil); err != nil {
						t.Fatal(err)
					}
					after, err := s.Version(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					l.Amend(x.Version, after, []graph.Judgement{j})
				}, 0},
				{true, func(s *counted, l *Live) {
					x, err := l.Index(t.Context())
					if err != nil || !x.Rejected(0) {
						t.Errorf("the judgement is gone: %v", err)
					}
				}, 0},
			} {
				if reads := open(step.readOnly, step.do); reads != step.reads {
					t.Errorf("step %d reads the store %d times, want %d", i, reads, step.reads)
				}
			}
			if len(faults) > 0 {
				t.Errorf("faults %v", faults)
			}
			file := path + ".index"
			if backend == "kg" {
				file = filepath.Join(path, "kg.index")
			}
			if err := os.WriteFile(file, []byte(magic+"and then nothing"), 0o600); err != nil {
				t.Fatal(err)
			}
			if reads := open(true, ask(2)); reads != 1 || len(faults) != 1 {
				t.Errorf("beside a torn file the store is read %d times; faults %v", reads, faults)
			}
			// Where nothing can be written, a folder in its place say, the index stays in memory.
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Join(file, "in the way"), 0o700); err != nil {
				t.Fatal(err)
			}
			faults = nil
			if reads := open(true, ask(2)); reads != 1 || len(faults) == 0 {
				t.Errorf("without a file the store is read %d times; faults %v", reads, faults)
			}
			left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*index.*"))
			if len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
