package kgstore

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// killedTx is the n-th transaction of the process that is killed: it adds quads, and deletes some of those before it. Every fifth
// is large enough to go in as tables.
func killedTx(n int) []graph.Delta {
	rnd := rand.New(rand.NewPCG(uint64(n), 1))
	count := 12 + rnd.IntN(200)
	if n%5 == 4 {
		count = killedIngest + 500
	}
	var out []graph.Delta
	add := func(n, i int) quad.Quad {
		return quad.Quad{Subject: quad.IRI(fmt.Sprintf("s%d/%d", n, i/7)), Predicate: quad.IRI(fmt.Sprintf("p%d", i%7)),
			Object: []quad.Value{quad.IRI(fmt.Sprintf("hub%d", i%3)), quad.String(fmt.Sprintf("text %d of transaction %d, longer than a key", i, n)), quad.Int(i)}[i%3], Label: quad.IRI(fmt.Sprintf("g%d", n))}
	}
	for i := range count {
		out = append(out, graph.Delta{Quad: add(n, i), Action: graph.Add})
	}
	for back := 1; back <= 2; back++ {
		if n >= 3*back {
			for i := range 5 {
				out = append(out, graph.Delta{Quad: add(n-back, i+5*(back-1)), Action: graph.Delete})
			}
		}
	}
	return out
}

// killedIngest is ingestFrom for this test.
const killedIngest = 2000

// A process that is killed in the middle of a load leaves whole transactions, the first ones, with all that it had reported among
// them, and indexes, counts and dictionary complete.
func TestKilled(t *testing.T) {
	if path := os.Getenv("KG_STORE_KILLED"); path != "" { // the process that is killed
		ingestFrom = killedIngest
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; ; n++ {
			if err := s.ApplyDeltas(killedTx(n), graph.IgnoreOpts{}); err != nil {
				t.Fatal(err)
			}
			fmt.Printf("done %d\n", n)
		}
	}
	points := 50
	if testing.Short() {
		points = 3
	}
	rnd := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	most, last := 0, 0
	for i := range points {
		path := filepath.Join(t.TempDir(), "store")
		cmd := exec.Command(os.Args[0], "-test.run", "^TestKilled$")
		cmd.Env = append(os.Environ(), "KG_STORE_KILLED="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(20+rnd.IntN(600))*time.Millisecond, func() { cmd.Process.Kill() })
		reported := -1
		for lines := bufio.NewScanner(out); lines.Scan(); {
			fmt.Sscanf(lines.Text(), "done %d", &reported)
		}
		cmd.Wait()
		kill.Stop()
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatalf("kill %d: %v", i, err)
		}
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		// The sequence tells how many transactions there are.
		m, seq, n := model{}, uint64(0), 0
		for seq < sn.Version() {
			in := killedTx(n)
			if m, err = m.apply(in, graph.IgnoreOpts{}); err != nil {
				t.Fatal(err)
			}
			seq += uint64(len(in))
			n++
		}
		if seq != sn.Version() || n <= reported {
			t.Fatalf("kill %d: %d transactions to number %d, the store is at %d; %d were reported", i, n, seq, sn.Version(), reported+1)
		}
		sn.Close()
		wantModel(t, s, m)
		if err := s.ApplyDeltas(killedTx(n), graph.IgnoreOpts{}); err != nil { // and it goes on
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		most, last = max(most, n), n
	}
	t.Logf("%d kills; up to %d transactions, %d in the last", points, most, last)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	want := func(what string, err error, target error, text string) {
		t.Helper()
		if !errors.Is(err, target) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v; want %v with %q", what, err, target, text)
		}
	}
	_, err := Open(path, Options{ReadOnly: true})
	want("read-only, nothing there", err, ErrNoStore, path)
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	q := quad.MakeIRI("a", "b", "c", "")
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path, Options{})
	want("second writer", err, ErrLocked, path)
	_, err = Open(path, Options{ReadOnly: true})
	want("reader beside a writer", err, ErrLocked, path)
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := snap.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.ValueOf(quad.IRI("a")); !errors.Is(err, ErrClosed) {
		t.Errorf("read of a closed store: %v", err)
	}
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Delete}}, graph.IgnoreOpts{}); !errors.Is(err, ErrClosed) {
		t.Errorf("write to a closed store: %v", err)
	}
	var readers []*Store
	for range 2 {
		r, err := Open(path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		readers = append(readers, r)
		if err := r.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Delete}}, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
			t.Errorf("write to a read-only store: %v", err)
		}
		wantModel(t, r, model{keyOf(q): q})
	}
	_, err = Open(path, Options{})
	want("writer beside readers", err, ErrLocked, path)
	for _, r := range readers {
		r.Close()
	}

	if err := os.Remove(filepath.Join(path, "LOCK")); err != nil { // as in a copy
		t.Fatal(err)
	}
	if r, err := Open(path, Options{ReadOnly: true}); err != nil {
		t.Errorf("read without LOCK: %v", err)
	} else {
		wantModel(t, r, model{keyOf(q): q})
		r.Close()
	}

	file := filepath.Join(dir, "file")
	os.WriteFile(file, []byte("no store"), 0o644)
	_, err = Open(file, Options{})
	want("a file", err, ErrNoStore, "a file")
	_, err = Open(dir, Options{})
	want("a folder with other things", err, ErrNoStore, "other things")
	empty := t.TempDir()
	if s, err := Open(empty, Options{}); err != nil {
		t.Error(err)
	} else {
		s.Close()
	}
	foreign := filepath.Join(dir, "foreign")
	db, err := pebble.Open(foreign, &pebble.Options{Logger: newHealth()})
	if err != nil {
		t.Fatal(err)
	}
	db.Set([]byte("a"), []byte("b"), pebble.Sync)
	db.Close()
	_, err = Open(foreign, Options{})
	want("another Pebble store", err, ErrNoStore, "something else")

	// Another version, and parts missing.
	damaged := func(name string, spoil func(path string)) string {
		p := filepath.Join(dir, name)
		s, err := Open(p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		ingest := ingestFrom
		ingestFrom = 1
		err = s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{})
		ingestFrom = ingest
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		spoil(p)
		return p
	}
	_, err = Open(damaged("version", func(p string) {
		db, err := openPebble(p, newDiskFS(), Options{CacheBytes: 1 << 20}, newHealth(), nil)
		if err != nil {
			t.Fatal(err)
		}
		db.Set(formatKey, []byte("kg quads 7"), pebble.Sync)
		db.Close()
	}), Options{})
	want("another version", err, ErrNoStore, "kg quads 7")
	remove := func(pattern string) func(string) {
		return func(p string) {
			files, err := filepath.Glob(filepath.Join(p, pattern))
			if err != nil || len(files) == 0 {
				t.Fatal(pattern, err)
			}
			os.Remove(files[0])
		}
	}
	_, err = Open(damaged("no table", remove("*.sst")), Options{})
	want("a table missing", err, ErrNoStore, "damaged")
	_, err = Open(damaged("no manifest", remove("MANIFEST-*")), Options{})
	want("the manifest missing", err, ErrNoStore, "damaged")
	_, err = Open(damaged("no marker", remove("marker.manifest.*")), Options{})
	want("the marker missing", err, ErrNoStore, "missing")
	_, err = Open(damaged("junk", func(p string) {
		files, _ := filepath.Glob(filepath.Join(p, "MANIFEST-*"))
		os.WriteFile(files[0], []byte(strings.Repeat("junk", 1000)), 0o644)
	}), Options{})
	want("junk as manifest", err, ErrNoStore, "damaged")
}

// Close comes between the steps of readers: they get ErrClosed, or their answer, and nothing is read that is not there any more.
func TestCloseWhileReading(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 6
	}
	for round := range rounds {
		s, err := Open("store", Options{FS: newMemFS()})
		if err != nil {
			t.Fatal(err)
		}
		var in []graph.Delta
		for i := range 300 {
			in = append(in, graph.Delta{Quad: quad.MakeIRI(fmt.Sprint("s", i), fmt.Sprint("p", i%3), fmt.Sprint("o", i%50), "g"), Action: graph.Add})
		}
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		var answered atomic.Int64
		for i := range 8 {
			wg.Go(func() {
				var src graph.QuadStore = s
				if i%2 == 0 {
					sn, err := s.Snapshot()
					if err != nil {
						return
					}
					defer sn.Close()
					src = sn
				}
				for n := 0; ; n++ {
					rows := 0
					p := path.StartPath(src, quad.IRI(fmt.Sprint("o", n%50))).In().Out().Has(quad.IRI("p1"))
					if n%3 == 0 {
						p = path.StartPath(src).Filters(shape.Regexp{Re: regexp.MustCompile("^s1")}).Out()
					}
					err := p.Iterate(ctx).EachValue(src, func(quad.Value) error {
						rows++
						return nil
					})
					if errors.Is(err, ErrClosed) {
						return
					}
					if err != nil || n%3 == 0 && rows != 0 {
						t.Errorf("%d rows, %v", rows, err)
						return
					}
					answered.Add(1)
				}
			})
		}
		for answered.Load() < int64(round*3) {
			time.Sleep(time.Millisecond)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		wg.Wait()
	}
}

// A snapshot keeps its state while the store goes on, and takes no part in later writes.
func TestSnapshot(t *testing.T) {
	s := openTest(t)
	m := model{}
	var snaps []*Snapshot
	var models []model
	for n := range 8 {
		in := killedTx(n)
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		m, _ = m.apply(in, graph.IgnoreOpts{})
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		snaps, models = append(snaps, sn), append(models, m)
	}
	for i, sn := range snaps {
		if err := sn.Verify(); err != nil {
			t.Errorf("snapshot %d: %v", i, err)
		}
		if st, err := sn.Stats(ctx, true); err != nil || st.Quads.Value != int64(len(models[i])) {
			t.Errorf("snapshot %d: %+v, %v; want %d quads", i, st, err, len(models[i]))
		}
		n := 0
		err := sn.EachLink(Link{}, true, func(Link, uint64) error {
			n++
			return nil
		})
		if err != nil || n != len(models[i]) {
			t.Errorf("snapshot %d: %d quads, %v; want %d", i, n, err, len(models[i]))
		}
		if err := sn.ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
			t.Error(err)
		}
		if err := sn.Close(); err != nil {
			t.Error(err)
		}
		if _, err := sn.hold(); !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}
}

// Quads come back in the order in which they were added; what is deleted and added in one transaction comes last.
func TestSequence(t *testing.T) {
	s := openTest(t)
	q := func(i int) quad.Quad {
		return quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI(fmt.Sprint("p", (i*7)%10)), Object: quad.IRI("o"), Label: quad.IRI("g")}
	}
	var in []graph.Delta
	for i := range 10 {
		in = append(in, graph.Delta{Quad: q(i), Action: graph.Add})
	}
	apply := func(in ...graph.Delta) {
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
	}
	apply(in...)
	apply(graph.Delta{Quad: q(3), Action: graph.Add}) // no change
	apply(graph.Delta{Quad: q(4), Action: graph.Delete}, graph.Delta{Quad: q(4), Action: graph.Add})
	want := []int{0, 1, 2, 3, 5, 6, 7, 8, 9, 4}
	sn, _ := s.Snapshot()
	defer sn.Close()
	for d, v := range map[quad.Direction]quad.Value{quad.Subject: quad.IRI("s"), quad.Object: quad.IRI("o"), quad.Label: quad.IRI("g"), quad.Any: nil} {
		var pattern Link
		if v != nil {
			ref, err := sn.ValueOf(v)
			if err != nil {
				t.Fatal(err)
			}
			node := ref.(NodeID)
			switch d {
			case quad.Subject:
				pattern.Subject = node
			case quad.Object:
				pattern.Object = node
			case quad.Label:
				pattern.Label = node
			}
		}
		got := map[uint64]quad.Quad{}
		var seqs []uint64
		if err := sn.EachLink(pattern, true, func(l Link, seq uint64) error {
			x, err := sn.Quad(l)
			got[seq] = x
			seqs = append(seqs, seq)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for i, seq := range sortedSeqs(seqs) {
			if got[seq] != q(want[i]) {
				t.Errorf("%v: quad %d is %v, want %v", d, i, got[seq], q(want[i]))
			}
		}
	}
	wantModelQuads(t, s, 10)
}

// A hub that loses as many quads as it gains, but of other predicates, has counts by predicate that say so.
func TestHubChangesPredicates(t *testing.T) {
	s, m := openTest(t), model{}
	q := func(i int, p string) quad.Quad {
		if i%2 == 0 {
			return quad.MakeIRI("hub", p, fmt.Sprint(i), "g")
		}
		return quad.MakeIRI(fmt.Sprint(i), p, "hub", "g")
	}
	var first, second []graph.Delta
	for i := range 4 * int(hubFrom) {
		first = append(first, graph.Delta{Quad: q(i, "p"), Action: graph.Add})
		if i < 4 {
			second = append(second, graph.Delta{Quad: q(i, "p"), Action: graph.Delete}, graph.Delta{Quad: q(i, "p2"), Action: graph.Add})
		}
	}
	for _, in := range [][]graph.Delta{first, second} {
		m, _ = m.apply(in, graph.IgnoreOpts{})
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		wantModel(t, s, m)
	}
}

// A bulk load of several runs, some of them again, is what single transactions give.
func TestBulk(t *testing.T) {
	s := openTest(t)
	ingest := ingestFrom
	ingestFrom = 3000
	defer func() { ingestFrom = ingest }()
	m := model{}
	w, err := s.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	transactions := 30
	if testing.Short() {
		transactions = 9 // under the race detector
	}
	for n := range transactions {
		var quads []quad.Quad
		for _, d := range killedTx(n) {
			if d.Action == graph.Add {
				quads = append(quads, d.Quad)
				m[keyOf(d.Quad)] = d.Quad
			}
		}
		if _, err := w.WriteQuads(append(quads, quads...)); err != nil {
			t.Fatal(err)
		}
		if n%7 == 0 {
			if err := w.(graph.BatchWriter).Flush(); err != nil {
				t.Fatal(err)
			}
			wantModel(t, s, m)
		}
	}
	if _, err := w.WriteQuads([]quad.Quad{{Subject: quad.IRI("a")}}); err == nil {
		t.Error("half a quad was taken")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wantModel(t, s, m)
	if names, err := filepath.Glob(filepath.Join(s.path, "ingest", "*")); err != nil || len(names) > 0 {
		t.Errorf("left in the folder: %v %v", names, err)
	}
	// All out again, in one transaction that goes in as tables.
	var in []graph.Delta
	for _, q := range m {
		in = append(in, graph.Delta{Quad: q, Action: graph.Delete})
	}
	if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	wantModel(t, s, model{})
}

// Long values come back whole, by value and by node, also from tables.
func TestLongValues(t *testing.T) {
	s := openTest(t)
	ingest := ingestFrom
	defer func() { ingestFrom = ingest }()
	m := model{}
	longest := 48 << 20
	if testing.Short() {
		longest = 5 << 20
	}
	for i, n := range []int{39, 40, 41, 64, 65, 1 << 16, longest} {
		ingestFrom = ingest
		if i%2 == 0 {
			ingestFrom = 1
		}
		text := strings.Repeat("x", n-1)
		q := quad.Quad{Subject: quad.IRI("http://" + strings.Repeat("y", min(n, 1<<16))), Predicate: quad.IRI("p"), Object: quad.String(text + "a")}
		q2 := q
		q2.Object = quad.LangString{Value: quad.String(text + "b"), Lang: "en"}
		if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}, {Quad: q2, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		m[keyOf(q)], m[keyOf(q2)] = q, q2
		for _, v := range []quad.Value{q.Object, q2.Object} {
			ref, err := s.ValueOf(v)
			if err != nil || ref == nil {
				t.Fatalf("%d bytes: %v, %v", n, ref, err)
			}
			if got, err := s.NameOf(ref); err != nil || got != v {
				t.Fatalf("%d bytes came back as others, %v", n, err)
			}
		}
		if ref, err := s.ValueOf(quad.String(text + "c")); ref != nil || err != nil {
			t.Fatalf("another text of %d bytes is found: %v, %v", n, ref, err)
		}
	}
	wantModel(t, s, m)
}

// Files of others that end as Pebble's logs do are neither taken for logs nor removed.
func TestForeignLogs(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "server.log"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(dir, Options{}); !errors.Is(err, ErrNoStore) {
		t.Errorf("a folder with a log of something else: %v", err)
		if err == nil {
			s.Close()
		}
	}
	path := filepath.Join(t.TempDir(), "store")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(path, "kg.log")
	if err := errors.Join(os.WriteFile(mine, nil, 0o644), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}

// Reads that go on after Close of their snapshot, or of the store, get ErrClosed.
func TestReadAfterClose(t *testing.T) {
	for _, what := range []string{"snapshot", "store"} {
		s := openTest(t)
		if err := s.ApplyDeltas(killedTx(0), graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		sn, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		quads, nodes := sn.QuadsAllIterator().Iterate(), sn.NodesAllIterator().Iterate()
		if !quads.Next(ctx) || !nodes.Next(ctx) {
			t.Fatal("nothing there")
		}
		link, q := quads.Result(), killedTx(0)[0].Quad
		if what == "store" {
			err = s.Close()
		} else {
			err = sn.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		for name, read := range map[string]func() error{
			"ValueOf":  func() error { _, err := sn.ValueOf(q.Subject); return err },
			"Quad":     func() error { _, err := sn.Quad(link); return err },
			"HasQuad":  func() error { _, err := sn.HasQuad(q); return err },
			"EachLink": func() error { return sn.EachLink(Link{}, true, func(Link, uint64) error { return nil }) },
			"Verify":   sn.Verify,
			"quads":    func() error { quads.Next(ctx); return quads.Err() },
			"nodes":    func() error { nodes.Next(ctx); return nodes.Err() },
		} {
			if err := read(); !errors.Is(err, ErrClosed) {
				t.Errorf("%s closed, %s: %v", what, name, err)
			}
		}
		if err := errors.Join(quads.Close(), nodes.Close(), sn.Close()); err != nil {
			t.Error(err)
		}
	}
}
