package web

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kg/graph"
)

// browser finds what the browser tests need, or skips them: the folder of the scripts, node, Chromium.
func browser(t *testing.T) (dir, node, chromium string) {
	t.Helper()
	if testing.Short() {
		t.Skip("the browser takes half a minute; run without -short")
	}
	dir, err := filepath.Abs("../../test/browser")
	if err != nil {
		t.Fatal(err)
	}
	chromium = os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	if _, err := os.Stat(chromium); err != nil {
		t.Skipf("no browser: set CHROMIUM to a Chromium (%v)", err)
	}
	node, err = exec.LookPath("node")
	if err != nil {
		t.Skipf("no node: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "playwright-core")); err != nil {
		t.Skipf("playwright-core is not installed: run npm ci in test/browser (%v)", err)
	}
	return dir, node, chromium
}

// buildKg makes the command.
func buildKg(t *testing.T) (bin string) {
	t.Helper()
	bin = filepath.Join(t.TempDir(), "kg")
	if out, err := exec.Command("go", "build", "-o", bin, "kg/cmd/kg").CombinedOutput(); err != nil {
		t.Fatalf("go build kg/cmd/kg: %v\n%s", err, out)
	}
	return bin
}

// runScript runs a script of test/browser, with pictures in a folder of this name where SHOTS says that they are wanted.
func runScript(t *testing.T, dir, node, chromium, name string, args ...string) {
	t.Helper()
	if shots := os.Getenv("SHOTS"); shots != "" {
		shots = filepath.Join(shots, name)
		if err := os.MkdirAll(shots, 0o777); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--shots", shots)
	}
	limit, cancel := context.WithTimeout(context.Background(), 6*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(limit, node, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", strings.TrimSpace(string(out)))
	if err != nil {
		t.Errorf("%s: %v", args[0], err)
	}
}

// TestBrowserPages walks through all pages, and through a session of a researcher, on the graph of the examples as kg build makes it;
// then judges on the review page of a server that may write.
func TestBrowserPages(t *testing.T) {
	dir, node, chromium := browser(t)
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "axe-core")); err != nil {
		t.Fatalf("axe-core is not installed: run npm ci in test/browser (%v)", err)
	}
	bin := buildKg(t)
	file := filepath.Join(t.TempDir(), "graph.kg")
	if out, err := exec.Command(bin, "build", "--store", file, "../../examples").CombinedOutput(); err != nil {
		t.Fatalf("kg build: %v\n%s", err, out)
	}
	t.Run("read-only", func(t *testing.T) {
		port, _, stop := serveKg(t, bin, file, "127.0.0.1")
		defer stop()
		runScript(t, dir, node, chromium, "pages", "pages.mjs", "http://"+net.JoinHostPort("127.0.0.1", port))
	})
	t.Run("writable", func(t *testing.T) {
		t.Setenv("KG_SERVE_TOKEN", testToken)
		port, log, stop := serveKg(t, bin, file, "localhost", "--write")
		defer stop()
		runScript(t, dir, node, chromium, "review", "pages.mjs", "http://"+net.JoinHostPort("localhost", port), "--writable", testToken)
		if strings.Contains(log.String(), testToken) {
			t.Error("the log has the token")
		}
	})
}

// TestBrowser walks through the pages and Cayley's UI in Chromium: once read-only, once writable, under two hosts and two ports
// of which none is the usual 64210. SHOTS=DIR keeps pictures of every page.
func TestBrowser(t *testing.T) {
	dir, node, chromium := browser(t)
	bin := buildKg(t)
	for _, tt := range []struct {
		name, host string
		writable   bool
	}{{"read-only", "127.0.0.1", false}, {"writable", "localhost", true}} {
		t.Run(tt.name, func(t *testing.T) {
			port, stop := startKg(t, bin, tt.host, tt.writable)
			defer stop()
			args := []string{"ui.mjs", "http://" + net.JoinHostPort(tt.host, port)}
			if tt.writable {
				args = append(args, "--writable", testToken)
			}
			runScript(t, dir, node, chromium, tt.name, args...)
		})
	}
}

// startKg runs `kg serve` on a store with the talks, on a free port. stop ends it as Ctrl-C does and sees that it ends well.
func startKg(t *testing.T, bin, host string, writable bool) (port string, stop func()) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "graph.kg")
	store, err := graph.Open(graph.Options{Path: file, Backend: "kg"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Add(context.Background(), talks()); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	var more []string
	if writable {
		t.Setenv("KG_SERVE_TOKEN", testToken)
		more = append(more, "--write")
	}
	port, log, end := serveKg(t, bin, file, host, more...)
	return port, func() {
		end()
		if !strings.Contains(log.String(), "/api/v2/query") {
			t.Errorf("the log has no request: %s", log.String())
		}
	}
}

// serveKg runs `kg serve` on a store, on a free port.
func serveKg(t *testing.T, bin, file, host string, more ...string) (port string, log *logBuffer, stop func()) {
	t.Helper()
	cmd := exec.Command(bin, append([]string{"serve", "--store", file, "--listen", net.JoinHostPort(host, "0")}, more...)...)
	cmd.Dir = t.TempDir()
	log = &logBuffer{}
	cmd.Stderr = log
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	address := regexp.MustCompile(`http://\S+:(\d+)/`)
	for port == "" && lines.Scan() {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			port = m[1]
		}
	}
	if port == "" {
		cmd.Process.Kill()
		t.Fatalf("kg serve told no address: %v\n%s", cmd.Wait(), log.String())
	}
	go io.Copy(io.Discard, stdout)
	return port, log, func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
		defer timer.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("kg serve after Ctrl-C: %v\n%s", err, log.String())
		}
	}
}

// TestArticleBrowser looks at the pages of articles, statements and events. SHOTS=DIR keeps pictures of them.
func TestArticleBrowser(t *testing.T) {
	dir, node, chromium := browser(t)
	s := articleServer(t)
	event := ""
	for q, err := range s.graph.Quads(t.Context(), graph.Quad{Predicate: graph.Res(graph.KgoOfEvent), Graph: graph.Res(graph.EventGraph)}) {
		if err != nil {
			t.Fatal(err)
		}
		event = eventURL(graph.IRI(q.Object.Value))
	}
	ts := httptest.NewServer(s)
	defer ts.Close()
	runScript(t, dir, node, chromium, "article", "article.mjs", ts.URL, event)
}
