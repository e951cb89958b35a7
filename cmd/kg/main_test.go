package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
	"go.uber.org/goleak"

	"kg/internal/article"
)

// kgEnv makes the test binary run as kg, for tests that send signals.
const kgEnv = "KG_TEST_RUN_AS_KG"

func TestMain(m *testing.M) {
	if os.Getenv(kgEnv) != "" {
		os.Unsetenv(kgEnv)
		main()
		return
	}
	testscript.Main(m, map[string]func(){"kg": main})
}

// The scripts run kg as a user does. Besides the usual commands they know "code N COMMAND...": COMMAND exits with N.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: code N COMMAND...")
				}
				got := 0
				var exit *exec.ExitError
				if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
					got = exit.ExitCode()
				} else if err != nil {
					ts.Fatalf("%v", err)
				}
				if strconv.Itoa(got) != args[0] {
					ts.Fatalf("exit code %d, want %s", got, args[0])
				}
			},
		},
	})
}

// Every setting stands in config.yaml with its default, and nothing else does.
func TestConfigFile(t *testing.T) {
	v := viper.New()
	v.SetConfigFile("../../config.yaml")
	if err := v.ReadInConfig(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	fromFile := defaultConfig()
	defaults := defaultConfig().settings()
	for i, s := range fromFile.settings() {
		keys = append(keys, s.key)
		if !v.IsSet(s.key) {
			t.Errorf("config.yaml lacks %s", s.key)
			continue
		}
		if err := s.set(v.Get(s.key)); err != nil {
			t.Errorf("config.yaml: %s: %v", s.key, err)
		}
		if diff := cmp.Diff(defaults[i].value.Interface(), s.value.Interface()); diff != "" {
			t.Errorf("%s (-default +config.yaml)\n%s", s.key, diff)
		}
	}
	given := v.AllKeys()
	slices.Sort(given)
	slices.Sort(keys)
	if diff := cmp.Diff(keys, given); diff != "" {
		t.Errorf("keys (-known +config.yaml)\n%s", diff)
	}
}

// Every flag that flagKeys names exists on some command, with the setting's default or none of its own.
func TestFlagKeys(t *testing.T) {
	seen := map[string]bool{}
	defaults := map[string]string{}
	for _, s := range defaultConfig().settings() {
		defaults[s.key] = fmt.Sprint(s.value.Interface())
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		visit := func(f *pflag.Flag) {
			key, ok := flagKeys[f.Name]
			if !ok || !setsKey(cmd, f.Name) {
				return
			}
			seen[f.Name] = true
			if def, known := defaults[key]; !known || f.DefValue != def {
				// kg extract takes a text in any language.
				if cmd.Name() != "extract" || f.Name != "language" {
					t.Errorf("%s --%s: default %q, that of %s is %q", cmd.Name(), f.Name, f.DefValue, key, def)
				}
			}
		}
		cmd.LocalFlags().VisitAll(visit)
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRootCommand(&app{}))
	for name := range flagKeys {
		if !seen[name] {
			t.Errorf("no command has --%s", name)
		}
	}
}

func TestParseBytes(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Bytes
	}{
		{"1", 1}, {"1kB", 1 << 10}, {"10MB", 10 << 20}, {"10 MB", 10 << 20}, {"1.5GB", 3 << 29}, {"2KiB", 2 << 10}, {"3g", 3 << 30}, {"7b", 7},
		{"", -1}, {"MB", -1}, {"10 apples", -1}, {"-1", -1}, {"1e99", -1}, {"NaN", -1},
	} {
		got, err := parseBytes(c.in)
		if (err != nil) != (c.want < 0) || err == nil && got != c.want {
			t.Errorf("parseBytes(%q) = %d, %v", c.in, got, err)
		}
		if c.want >= 0 {
			if back, err := parseBytes(c.want.String()); err != nil || back != c.want {
				t.Errorf("%d prints as %s, which reads as %d, %v", c.want, c.want, back, err)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	var keys []string
	for _, s := range defaultConfig().settings() {
		keys = append(keys, s.key)
	}
	for in, want := range map[string]string{
		"store.pth": "store.path", "build.worker": "build.workers", "base_uri": "base_iri", "workers": "build.workers", "loglevel": "log.level", "serve.max_bdy": "serve.max_body",
	} {
		if got := nearest(in, keys); got != want {
			t.Errorf("nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

// articleLines is n articles as JSON lines. They share names, so that what an article is resolved to depends on those
// before it.
func articleLines(from, to int) string {
	states := []string{"Russia", "Turkey", "Iran", "France", "Germany", "Egypt", "Japan"}
	cities := []string{"Astana", "Geneva", "Vienna", "Cairo"}
	people := []string{"John Miller", "Anna Schmidt", "Omar Haddad", "Jean Moreau", "Peter Smith"}
	var b strings.Builder
	for i := from; i < to; i++ {
		s, o := states[i%len(states)], states[(i/3+1)%len(states)]
		p, c := people[i%len(people)], cities[i/2%len(cities)]
		_, last, _ := strings.Cut(p, " ")
		fmt.Fprintf(&b, `{"id": "%d", "title": "Report %d", "text": "%s supported %s in %d talks in %s. %s minister %s visited %s. %s said %s had rejected proposal %d. The Springfield team of %s met %s."}`+"\n",
			i, i, s, o, i+2, c, s, p, c, last, o, i, p, last)
	}
	return b.String()
}

// kg starts the test binary as kg in dir.
func kg(t *testing.T, dir string, stdin io.Reader, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), kgEnv+"=1")
	cmd.Stdin = stdin
	out := new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd, out
}

// must runs kg to its end, which must be a good one.
func must(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd, out := kg(t, dir, nil, args...)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("kg %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out.String()
}

// export returns the N-Quads of the graph in dir.
func export(t *testing.T, dir, store string) string {
	t.Helper()
	must(t, dir, "export", "--store", store, "-o", "out.nq")
	b, err := os.ReadFile(filepath.Join(dir, "out.nq"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func sameQuads(t *testing.T, what, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n"))
	t.Errorf("%s: the quads differ (-want +got)\n%.4000s", what, diff)
}

// A build that is interrupted or killed in its middle goes on where it was, and comes to the graph of one that ran
// through.
func TestEndedBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a thousand articles")
	}
	const n, part = 700, 450
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "stdin.jsonl"), []byte(articleLines(0, n)), 0o644); err != nil {
		t.Fatal(err)
	}
	must(t, dir, "build", "--store", "whole.db", "stdin.jsonl")
	want := export(t, dir, "whole.db")

	for _, c := range []struct {
		name   string
		signal os.Signal
	}{{"interrupt", os.Interrupt}, {"kill", os.Kill}} {
		t.Run(c.name, func(t *testing.T) {
			// Where the signal comes within the first transaction, nothing is left of the run: that must resume as well,
			// but the test is after one that leaves something, and waits longer the next time.
			for _, quiet := range []time.Duration{time.Second, 4 * time.Second, 15 * time.Second} {
				store := fmt.Sprintf("%s%d.db", c.name, quiet/time.Second)
				endBuild(t, dir, store, articleLines(0, part), c.signal, quiet)
				text := must(t, dir, "build", "--store", store, "stdin.jsonl")
				sameQuads(t, "resumed", want, export(t, dir, store))
				if !strings.Contains(text, " 0 unchanged") {
					return
				}
			}
			t.Error("nothing was left of any run that was ended")
		})
	}
}

// endBuild builds from standard input and sends the signal when the store has not grown for a while: the build then waits
// for more input.
func endBuild(t *testing.T, dir, store, input string, signal os.Signal, quiet time.Duration) {
	t.Helper()
	// JSON lines from standard input have the same names as those of stdin.jsonl.
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	cmd, out := kg(t, dir, r, "build", "--store", store, "-")
	r.Close()
	if _, err := io.WriteString(w, input); err != nil {
		t.Fatal(err)
	}
	started, grown, size := time.Now(), time.Now(), int64(0)
	for size < 256<<10 || time.Since(grown) < quiet {
		if n := stored(filepath.Join(dir, store)); n != size {
			grown, size = time.Now(), n
		}
		if time.Since(started) > 2*time.Minute {
			t.Fatalf("nothing stored in two minutes\n%s", out)
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("%v\n%s", err, out)
	}
	if signal == os.Interrupt {
		if exit.ExitCode() != 1 || !strings.Contains(out.String(), "Interrupted: ") || !strings.Contains(out.String(), "the same command goes on from there") {
			t.Errorf("exit code %d\n%s", exit.ExitCode(), out)
		}
	} else if s, ok := exit.Sys().(syscall.WaitStatus); !ok || !s.Signaled() {
		t.Errorf("not killed: %v\n%s", err, out)
	}
}

// stored is how many bytes the files of a store have.
func stored(folder string) (n int64) {
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			n += info.Size()
		}
	}
	return n
}

// A text with bytes that are no UTF-8 is stored with U+FFFD in their places, and the characters are counted right.
func TestInvalidUTF8(t *testing.T) {
	dir := t.TempDir()
	text := "Caf\xc3\xa9 owner Jean Mor\xff praised Russia. Russia supports Syria.\n"
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := must(t, dir, "build", "a.txt"); !strings.Contains(out, "1 added") {
		t.Fatal(out)
	}
	quads := export(t, dir, "kg.db")
	chars := []rune(text)
	begin := len([]rune("Caf\xc3\xa9 owner Jean Mor\xff praised Russia. "))
	for _, want := range []string{
		`"Café owner Jean Mor\ufffd praised Russia."`,
		fmt.Sprintf("/%d-%d> ", begin, len(chars)-1),
	} {
		want = strings.ReplaceAll(want, `\ufffd`, "\ufffd")
		if !strings.Contains(quads, want) {
			t.Errorf("no %s in\n%s", want, quads)
		}
	}
}

// A panic of a stage is a skipped article, not the end of the build.
func TestGuard(t *testing.T) {
	log := logrus.New()
	log.SetOutput(io.Discard)
	b := &builder{app: &app{log: log}}
	j := &job{item: article.Item{Article: &article.Article{Source: "a.txt"}}}
	err := b.guard(j, func(*article.Article) { panic("index out of range") })
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("guard: %v", err)
	}
	if err := b.guard(j, func(*article.Article) {}); err != nil {
		t.Errorf("guard of a good stage: %v", err)
	}
	if it := skipped(j.item.Article, "kg failed on it", err); it.Skipped.Source != "a.txt" || !strings.Contains(it.Skipped.Reason, "index out of range") {
		t.Errorf("%+v", it.Skipped)
	}
}

// Whatever ends a build, its goroutines end with it.
func TestGoroutinesEnd(t *testing.T) {
	dir := t.TempDir()
	input := filepath.Join(dir, "news.jsonl")
	if err := os.WriteFile(input, []byte(articleLines(0, 300)), 0o644); err != nil {
		t.Fatal(err)
	}
	before := goleak.IgnoreCurrent()
	for _, delay := range []time.Duration{0, time.Millisecond, 30 * time.Millisecond, 200 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(context.Background(), delay)
		root := newRootCommand(&app{log: logrus.New()})
		root.SetArgs([]string{"build", "--backend", "memory", "--workers", "3", input})
		root.SetOut(io.Discard)
		root.SetErr(io.Discard)
		if err := root.ExecuteContext(ctx); err == nil {
			t.Logf("the build took less than %s", delay)
		}
		cancel()
		goleak.VerifyNone(t, before)
	}
}

// One worker and four give the same bytes; so does a second build; so does a build in two steps.
func TestSameBytes(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 35 // under the race detector
	}
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("news.jsonl", articleLines(0, n))
	must(t, dir, "build", "--store", "one.db", "--workers", "1", "news.jsonl")
	one := export(t, dir, "one.db")
	if strings.Count(one, "\n") < n*10 {
		t.Fatalf("only %d quads", strings.Count(one, "\n"))
	}
	must(t, dir, "build", "--store", "four.db", "--workers", "4", "news.jsonl")
	sameQuads(t, "four workers", one, export(t, dir, "four.db"))

	if text := must(t, dir, "build", "--store", "one.db", "news.jsonl"); !strings.Contains(text, fmt.Sprintf("0 added, 0 replaced, %d unchanged", n)) {
		t.Errorf("second build:\n%s", text)
	}
	sameQuads(t, "second build", one, export(t, dir, "one.db"))

	if text := must(t, dir, "build", "--store", "one.db", "--again", "news.jsonl"); !strings.Contains(text, fmt.Sprintf("%d added", n)) && !strings.Contains(text, fmt.Sprintf("%d replaced", n)) {
		t.Errorf("build --again:\n%s", text)
	}
	sameQuads(t, "build --again", one, export(t, dir, "one.db"))

	// A changed article is replaced, and nothing else changes; changed back, the graph is as it was.
	lines := strings.SplitAfter(articleLines(0, n), "\n")
	lines[30] = `{"id": "30", "title": "Report 30", "text": "Japan criticised Egypt."}` + "\n"
	write("news.jsonl", strings.Join(lines, ""))
	if text := must(t, dir, "build", "--store", "one.db", "news.jsonl"); !strings.Contains(text, fmt.Sprintf("0 added, 1 replaced, %d unchanged", n-1)) {
		t.Errorf("changed article:\n%s", text)
	}
	changed := export(t, dir, "one.db")
	const graphOf30 = "article/news/30> ."
	derived := func(line string) bool { return strings.Contains(line, "/derived/") } // counts what all articles say
	for line := range strings.Lines(one) {
		if !strings.Contains(line, graphOf30) && !derived(line) && !strings.Contains(changed, line) {
			t.Errorf("lost: %s", line)
		}
	}
	for line := range strings.Lines(changed) {
		if strings.Contains(line, "report 30") || strings.Contains(line, "proposal 30") {
			t.Errorf("left of the old article: %s", line)
		}
		if !strings.Contains(line, graphOf30) && !derived(line) && !strings.Contains(one, line) {
			t.Errorf("new: %s", line)
		}
	}
	write("news.jsonl", articleLines(0, n))
	must(t, dir, "build", "--store", "one.db", "news.jsonl")
	sameQuads(t, "changed back", one, export(t, dir, "one.db"))
}
