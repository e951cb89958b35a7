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

	said, stop := startServe(t, dir, nil, "--listen", "localhost:0", "--log-level", "error")
	address := said(`http://localhost:\d+`)
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
	stop()
}

// startServe runs kg serve in dir. said waits for something in what it prints; stop interrupts it, and wants exit code 0.
func startServe(t *testing.T, dir string, env []string, args ...string) (said func(pattern string) string, stop func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"serve"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), kgEnv+"=1"), env...)
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
	said = func(pattern string) string {
		for lines.Scan() {
			if m := regexp.MustCompile(pattern).FindStringSubmatch(lines.Text()); m != nil {
				return m[len(m)-1]
			}
		}
		t.Fatalf("kg serve does not print %s", pattern)
		return ""
	}
	return said, func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("after an interrupt: %v", err)
		}
	}
}

// With --write a token is made and printed, unless there is one.
func TestServeToken(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("Russia supports Syria."), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte("token-of-a-file-0815\nsecond line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, dir, "build", "a.txt")
	try := func(address, token string) int {
		req, err := http.NewRequest("POST", address+"/api/v1/write", strings.NewReader(`[{"subject": "<kg:a>", "predicate": "<kg:b>", "object": "<kg:c>"}]`))
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	for _, tt := range []struct {
		env   []string
		args  []string
		token string // "" for one that is printed
	}{
		{nil, nil, ""},
		{[]string{"KG_SERVE_TOKEN=token-of-the-environment"}, nil, "token-of-the-environment"},
		{nil, []string{"--token-file", "token"}, "token-of-a-file-0815"},
	} {
		said, stop := startServe(t, dir, tt.env, append([]string{"--listen", "127.0.0.1:0", "--write", "--log-level", "error"}, tt.args...)...)
		address := said(`http://localhost:\d+`)
		token := tt.token
		if token == "" {
			token = said(`Token of this run: (\S+)`)
		}
		if code := try(address, ""); code != 401 {
			t.Errorf("%v %v: without a token %d", tt.env, tt.args, code)
		}
		if code := try(address, token); code != 200 {
			t.Errorf("%v %v: with the token %d", tt.env, tt.args, code)
		}
		stop()
	}
}
