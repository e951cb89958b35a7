package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// kg serve answers until it is interrupted, says where, and ends with exit code 0.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("Russia supports Syria."), 0o644); err != nil {
		t.Fatal(err)
	}
	must(t, dir, "build", "a.txt")

	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "serve", "--listen", "localhost:0", "--log-level", "error")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), kgEnv+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	var address string
	for address == "" && lines.Scan() {
		address = regexp.MustCompile(`http://localhost:\d+`).FindString(lines.Text())
	}
	if address == "" {
		t.Fatal("kg serve names no address")
	}

	client := &http.Client{Timeout: 20 * time.Second}
	get := func(path string) (int, string) {
		resp, err := client.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	for _, path := range []string{"/", "/ui/"} {
		if code, body := get(path); code != 200 || !strings.Contains(strings.ToLower(body), "<html") {
			t.Errorf("GET %s: %d %.200s", path, code, body)
		}
	}
	ask := func(path, body string) (int, string) {
		resp, err := client.Post(address+path, "text/plain", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(answer)
	}
	if code, body := ask("/api/v2/query?lang=gizmo", `g.V("<kg:Russia>").Out("<kgo:supports>").All()`); code != 200 || !strings.Contains(body, "kg:Syria") {
		t.Errorf("query: %d %s", code, body)
	}
	if code, _ := ask("/api/v1/write", `[{"subject": "<kg:a>", "predicate": "<kg:b>", "object": "<kg:c>"}]`); code != http.StatusForbidden {
		t.Errorf("write without --write: %d", code)
	}

	// Readers do not shut each other out.
	if rows := must(t, dir, "query", `g.V("<kg:Russia>").Out("<kgo:supports>").All()`); rows != "<kg:Syria>\n" {
		t.Errorf("query while serving: %q", rows)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
}
