package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// The SDK's client starts kg mcp and asks it over standard input and output.
func TestMCP(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("Russia supports Syria."), 0o644); err != nil {
		t.Fatal(err)
	}
	must(t, dir, "build", "a.txt")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "mcp", "--log-level", "warn")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), kgEnv+"=1")
	cmd.Stderr = os.Stderr
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cs, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &sdk.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := cs.CallTool(ctx, &sdk.CallToolParams{Name: "claims", Arguments: map[string]any{"entity": "Russia", "other": "Syria"}})
	if err != nil || res.IsError {
		t.Fatalf("%+v %v", res, err)
	}
	if text := res.Content[0].(*sdk.TextContent).Text; !strings.Contains(text, "Russia supports Syria [asserted; ") || !strings.Contains(text, "“Russia supports Syria.”") {
		t.Error(text)
	}
	res, err = cs.CallTool(ctx, &sdk.CallToolParams{Name: "query", Arguments: map[string]any{"query": `g.V("<kg:Russia>").Out("<kgo:supports>").All()`}})
	if err != nil || res.IsError || !strings.Contains(res.Content[0].(*sdk.TextContent).Text, "<kg:Syria>") {
		t.Errorf("%+v %v", res, err)
	}
	if err := cs.Close(); err != nil { // waits for kg to end by itself
		t.Errorf("kg mcp: %v", err)
	}
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("kg mcp ended with %v", cmd.ProcessState)
	}
}
