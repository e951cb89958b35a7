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

// TestBrowser walks through the pages and Cayley's UI in Chromium: once read-only, once writable, under two hosts and two ports
// of which none is the usual 64210. SHOTS=DIR keeps pictures of every page.
func TestBrowser(t *testing.T) {
	dir, node, chromium := browser(t)
	bin := filepath.Join(t.TempDir(), "kg")
	if out, err := exec.Command("go", "build", "-o", bin, "kg/cmd/kg").CombinedOutput(); err != nil {
		t.Fatalf("go build kg/cmd/kg: %v\n%s", err, out)
	}
	for _, tt := range []struct {
		name, host string
		writable   bool
	}{{"read-only", "127.0.0.1", false}, {"writable", "localhost", true}} {
		t.Run(tt.name, func(t *testing.T) {
			port, stop := startKg(t, bin, tt.host, tt.writable)
			defer stop()
			args := []string{"ui.mjs", "http://" + net.JoinHostPort(tt.host, port)}
			if tt.writable {
				args = append(args, "--writable")
			}
			if shots := os.Getenv("SHOTS"); shots != "" {
				shots = filepath.Join(shots, tt.name)
				if err := os.MkdirAll(shots, 0o777); err != nil {
					t.Fatal(err)
				}
				args = append(args, "--shots", shots)
			}
			limit, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(limit, node, args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
			out, err := cmd.CombinedOutput()
			t.Logf("%s", strings.TrimSpace(string(out)))
			if err != nil {
				t.Errorf("ui.mjs: %v", err)
			}
		})
	}
}

// startKg runs `kg serve` on a store with the talks, on a free port. stop ends it as Ctrl-C does and sees that it ends well.
func startKg(t *testing.T, bin, host string, writable bool) (port string, stop func()) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "graph.kg")
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
	args := []string{"serve", "--store", file, "--listen", net.JoinHostPort(host, "0")}
	if writable {
		args = append(args, "--write")
	}
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	var log logBuffer
	cmd.Stderr = &log
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
	return port, func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
		defer timer.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("kg serve after Ctrl-C: %v\n%s", err, log.String())
		}
		if !strings.Contains(log.String(), "/api/v2/query") {
			t.Errorf("the log has no request: %s", log.String())
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
	args := []string{"article.mjs", ts.URL, event}
	if shots := os.Getenv("SHOTS"); shots != "" {
		shots = filepath.Join(shots, "article")
		if err := os.MkdirAll(shots, 0o777); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--shots", shots)
	}
	limit, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(limit, node, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", strings.TrimSpace(string(out)))
	if err != nil {
		t.Errorf("article.mjs: %v", err)
	}
}
