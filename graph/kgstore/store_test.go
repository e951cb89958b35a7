package kgstore

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cockroachdb/pebble/v2/vfs"
)

var ctx = context.Background()

// openTest opens a new store that is closed with the test.
func openTest(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "store"), Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Cayley's own suite for backends, with its queries on 30,000 films.
func TestCayleySuite(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Skipf("where is Cayley: %v", err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(out)), "graph", "kv")) // the suite looks for its data in ../../data
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options) { return openTest(t), nil }, &graphtest.Config{OptimizesComparison: true, AlwaysRunIntegration: true})
}

func newMemFS() vfs.FS { return vfs.NewMem() }

func newDiskFS() vfs.FS { return vfs.Default }

func sortedSeqs(list []uint64) []uint64 { return slices.Sorted(slices.Values(list)) }

func wantModelQuads(t *testing.T, s *Store, n int64) {
	t.Helper()
	sn, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer sn.Close()
	if err := sn.Verify(); err != nil {
		t.Error(err)
	}
	if st, _ := sn.Stats(ctx, true); st.Quads.Value != n {
		t.Errorf("%d quads, want %d", st.Quads.Value, n)
	}
}
