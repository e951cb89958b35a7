package kgstore

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// A disk that fails while the log is written ends the store's writing, and what was there before is there when it is opened
// again; of the transaction that failed all or nothing.
func TestFailedDisk(t *testing.T) {
	runs := 10
	if testing.Short() {
		runs = 2
	}
	failed := 0
	for i := range runs {
		rnd := rand.New(rand.NewPCG(uint64(i), 5))
		disk := vfs.NewCrashableMem()
		var left atomic.Int64
		left.Store(1 << 40)
		broken := errorfs.InjectorFunc(func(op errorfs.Op) error {
			switch op.Kind {
			case errorfs.OpFileWrite, errorfs.OpFileSync, errorfs.OpFileSyncData, errorfs.OpFileSyncTo:
				if strings.HasSuffix(op.Path, ".log") && left.Add(-1) < 0 {
					return errors.New("disk has failed")
				}
			}
			return nil
		})
		s, err := Open("store", Options{FS: errorfs.Wrap(disk, broken)})
		if err != nil {
			t.Fatal(err)
		}
		m := model{}
		var before model
		left.Store(int64(5 + rnd.IntN(60)))
		n := 0
		for ; ; n++ {
			in := killedTx(n % 4) // none that goes in as tables
			for i := range in {
				in[i].Quad.Label = killedTx(n)[0].Quad.Label
				in[i].Action = graph.Add
			}
			next, err := m.apply(in, graph.IgnoreOpts{IgnoreDup: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
				before, m = m, next
				failed++
				break
			}
			m = next
			if n > 500 {
				t.Fatal("the disk never failed")
			}
		}
		if err := s.ApplyDeltas(killedTx(0), graph.IgnoreOpts{IgnoreDup: true}); err == nil {
			t.Error("a store whose disk failed takes writes")
		}
		// As the machine would find it after a crash: all that was synced.
		s, err = Open("store", Options{FS: disk.CrashClone(vfs.CrashCloneCfg{})})
		if err != nil {
			t.Fatalf("run %d: reopen: %v", i, err)
		}
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		st, _ := sn.Stats(ctx, true)
		sn.Close()
		switch st.Quads.Value {
		case int64(len(before)):
			wantModel(t, s, before)
		case int64(len(m)):
			wantModel(t, s, m)
		default:
			t.Fatal(fmt.Errorf("run %d: %d quads after %d transactions; want %d or %d", i, st.Quads.Value, n, len(before), len(m)))
		}
		if err := s.ApplyDeltas(killedTx(1), graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Error(err)
		}
		s.Close()
	}
	t.Logf("%d failures", failed)
}

// A disk that fails under any file, at any time, in a goroutine of Pebble's own or in ours, is an error of the write that meets it or of
// the next; the process lives, Close comes back, reads that had begun go on, and the store opens again with whole transactions.
func TestFailedFiles(t *testing.T) {
	runs := 24
	if testing.Short() {
		runs = 6
	}
	small := memTableSize
	memTableSize = 256 << 10 // so that logs and manifests change
	defer func() { memTableSize = small }()
	files := []string{"MANIFEST", ".log", ".sst"}
	for i := range runs {
		rnd := rand.New(rand.NewPCG(uint64(i), 9))
		what := files[i%len(files)]
		disk := vfs.NewCrashableMem()
		var left atomic.Int64
		left.Store(1 << 40)
		broken := errorfs.InjectorFunc(func(op errorfs.Op) error {
			switch op.Kind {
			case errorfs.OpFileWrite, errorfs.OpFileSync, errorfs.OpFileSyncData, errorfs.OpFileSyncTo, errorfs.OpCreate, errorfs.OpRename,
				errorfs.OpReuseForWrite, errorfs.OpFileClose:
				if strings.Contains(op.Path, what) && !strings.Contains(op.Path, "ingest") && left.Add(-1) < 0 {
					return errors.New("disk has failed")
				}
			}
			return nil
		})
		s, err := Open("store", Options{FS: errorfs.Wrap(disk, broken), NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ApplyDeltas(addition(0), graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		left.Store(int64(rnd.IntN(map[string]int{"MANIFEST": 12, ".log": 100, ".sst": 100}[what])))
		n, end := 1, time.Now().Add(5*time.Second)
		var fault error
		for fault == nil && time.Now().Before(end) && n < 3000 {
			var in []graph.Delta
			for k := range 40 {
				in = append(in, graph.Delta{Quad: quad.MakeIRI(fmt.Sprintf("s%d/%d", n, k), "p", fmt.Sprint("o", rnd.Uint64()), "g"), Action: graph.Add})
			}
			if fault = s.ApplyDeltas(in, graph.IgnoreOpts{}); fault == nil {
				n++
			}
		}
		if ok, err := sn.HasQuad(addition(0)[0].Quad); !ok || err != nil {
			t.Errorf("run %d, %s: read after %v: %v, %v", i, what, fault, ok, err)
		}
		if fault != nil {
			if err := s.ApplyDeltas(addition(1), graph.IgnoreOpts{}); err == nil && s.health.broken() != nil {
				t.Errorf("run %d, %s: takes writes after %v", i, what, fault)
			}
		}
		closed := make(chan error, 1)
		go func() { closed <- errors.Join(sn.Close(), s.Close()) }()
		select {
		case <-closed:
		case <-time.After(20 * time.Second):
			t.Fatalf("run %d, %s: Close waits after %v", i, what, fault)
		}
		s, err = Open("store", Options{FS: disk.CrashClone(vfs.CrashCloneCfg{})})
		if err != nil {
			t.Fatalf("run %d, %s: open after %v: %v", i, what, fault, err)
		}
		if sn, err = s.Snapshot(); err != nil {
			t.Fatal(err)
		}
		if err := sn.Verify(); err != nil {
			t.Errorf("run %d, %s: after %v: %v", i, what, fault, err)
		}
		if st, _ := sn.Stats(ctx, true); st.Quads.Value > 0 && st.Quads.Value%40 != 1 {
			t.Errorf("run %d, %s: %d quads: part of a transaction", i, what, st.Quads.Value)
		}
		sn.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		t.Logf("run %d, %s: %d transactions, then %v", i, what, n, fault)
	}
}

func addition(n int) []graph.Delta {
	return []graph.Delta{{Quad: quad.MakeIRI(fmt.Sprint("s", n), "p", "o", "g"), Action: graph.Add}}
}

// ingestAlways has transactions of any size go in as tables until the test ends.
func ingestAlways(t *testing.T) {
	ingest := ingestFrom
	ingestFrom = 1
	t.Cleanup(func() { ingestFrom = ingest })
}

// writeFails is a disk in memory on which files with names that match cannot be written.
func writeFails(match func(path string) bool) vfs.FS {
	return errorfs.Wrap(vfs.NewMem(), errorfs.InjectorFunc(func(op errorfs.Op) error {
		switch op.Kind {
		case errorfs.OpFileWrite, errorfs.OpFileSync, errorfs.OpFileSyncData, errorfs.OpFileSyncTo:
			if match(op.Path) {
				return errors.New("disk has failed")
			}
		}
		return nil
	}))
}

// Tables that went in but cannot be cleared away are no error of the transaction: it is in the store.
func TestIngestNotCleared(t *testing.T) {
	ingestAlways(t)
	keep := errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind == errorfs.OpRemoveAll {
			return errors.New("folder is busy")
		}
		return nil
	})
	s, err := Open("store", Options{FS: errorfs.Wrap(vfs.NewMem(), keep)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := model{}
	for n := range 3 {
		m, _ = m.apply(addition(n), graph.IgnoreOpts{})
		if err := s.ApplyDeltas(addition(n), graph.IgnoreOpts{}); err != nil {
			t.Errorf("transaction %d: %v", n, err)
		}
	}
	wantModel(t, s, m)
}

// A disk that fails while a store is made is an error of Open.
func TestOpenOnFailedDisk(t *testing.T) {
	for _, what := range []string{".log", "MANIFEST"} {
		_, err := Open("store", Options{FS: writeFails(func(path string) bool { return strings.Contains(path, what) })})
		if err == nil || !strings.Contains(err.Error(), "disk has failed") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A store closes, with an error, where there is no room for tables; what was written is in its log.
func TestCloseOnFullDisk(t *testing.T) {
	var full atomic.Bool
	fs := writeFails(func(path string) bool { return full.Load() && strings.HasSuffix(path, ".sst") })
	s, err := Open("store", Options{FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ApplyDeltas(addition(0), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	full.Store(true)
	ingestAlways(t)
	if err := s.ApplyDeltas(addition(1), graph.IgnoreOpts{}); err == nil {
		t.Error("a transaction that has no room went in")
	}
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	select {
	case err := <-closed:
		if err == nil || !strings.Contains(err.Error(), "disk has failed") {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Close waits for room")
	}
	full.Store(false)
	if s, err = Open("store", Options{FS: fs}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantModel(t, s, model{keyOf(addition(0)[0].Quad): addition(0)[0].Quad})
}

// What is damaged on the disk is an error of Open, or of the read that meets it.
func TestDamagedTable(t *testing.T) {
	ingestAlways(t)
	path := filepath.Join(t.TempDir(), "store")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.ApplyDeltas(killedTx(0), graph.IgnoreOpts{}), s.Close()); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(path, "*.sst"))
	if err != nil {
		t.Fatal(err)
	}
	opened := 0
	for _, name := range tables {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bad := slices.Clone(whole)
		bad[2] ^= 0xff // in the first block of data
		if err := os.WriteFile(name, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := Open(path, Options{ReadOnly: true}); err == nil {
			opened++
			sn, err := s.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			if err := sn.Verify(); err == nil || !strings.Contains(err.Error(), "checksum") {
				t.Errorf("%s: %v", name, err)
			}
			sn.Close()
			s.Close()
		} else if !errors.Is(err, ErrNoStore) || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if opened == 0 || opened == len(tables) {
		t.Errorf("%d of %d tables are read by Open", len(tables)-opened, len(tables))
	}
}

// Verify tells keys and values of a wrong length.
func TestVerifyLengths(t *testing.T) {
	whole := openTest(t)
	if err := whole.ApplyDeltas(killedTx(0), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"s1", "p2", "c", "c1234567890", "hx", "hs1234567890", "v1", "v1234567890", "d", "mother"} {
		if err := whole.db.Set([]byte(key), nil, nil); err != nil {
			t.Fatal(err)
		}
		sn, err := whole.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		if err := sn.Verify(); err == nil {
			t.Errorf("key %q: no error", key)
		}
		sn.Close()
		whole.db.Delete([]byte(key), nil)
	}
	for _, b := range [][]byte{{}, {1, 2, 3, 4, 5}, {1, 2, 3}, {0xff}} {
		if _, err := decodeCounts(b); err == nil {
			t.Errorf("counts %x: no error", b)
		}
	}
	if _, err := decodeState(append((&state{}).append(nil), 0)); err == nil {
		t.Error("counters with more behind them: no error")
	}
	wantModelQuads(t, whole, int64(whole.st.quads))
}
