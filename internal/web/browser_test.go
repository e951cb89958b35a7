package web

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestBrowser walks through the pages and Cayley's UI in Chromium: once read-only, once writable, under two hosts and two ports
// of which none is the usual 64210. SHOTS=DIR keeps pictures of every page.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the browser takes half a minute; run without -short")
	}
	dir, err := filepath.Abs("../../test/browser")
	if err != nil {
		t.Fatal(err)
	}
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	if _, err := os.Stat(chromium); err != nil {
		t.Skipf("no browser: set CHROMIUM to a Chromium (%v)", err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skipf("no node: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "playwright-core")); err != nil {
		t.Skipf("playwright-core is not installed: run npm ci in test/browser (%v)", err)
	}
	for _, tt := range []struct {
		name, host string
		writable   bool
	}{{"read-only", "127.0.0.1", false}, {"writable", "localhost", true}} {
		t.Run(tt.name, func(t *testing.T) {
			s := talksServer(t, Options{AllowWrites: tt.writable})
			ln, err := net.Listen("tcp", tt.host+":0")
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			served := make(chan error, 1)
			go func() { served <- s.Serve(ctx, ln) }()
			defer func() {
				cancel()
				if err := <-served; err != nil {
					t.Error(err)
				}
			}()

			_, port, err := net.SplitHostPort(ln.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
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
			limit, stop := context.WithTimeout(context.Background(), 4*time.Minute)
			defer stop()
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
