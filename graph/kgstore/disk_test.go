package kgstore

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/cayley/graph"
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
