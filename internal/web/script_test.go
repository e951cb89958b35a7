package web

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestBundles says that the committed scripts are what their sources give, and small enough.
func TestBundles(t *testing.T) {
	sum := 0
	for path, a := range scriptFiles {
		if !strings.HasSuffix(path, ".js") {
			continue
		}
		t.Logf("%7d %s", len(a.gz), path)
		if sum += len(a.gz); a.gz == nil {
			t.Errorf("%s is not kept gzipped", path)
		}
	}
	if sum == 0 || sum > 450_000 {
		t.Errorf("scripts have %d bytes gzipped, want at most 450000", sum)
	}

	t.Run("made anew", func(t *testing.T) {
		if testing.Short() {
			t.Skip("esbuild takes a while to compile; run without -short")
		}
		if _, err := os.Stat(filepath.Join("script", "node_modules", "cytoscape")); err != nil {
			t.Skipf("npm packages are not installed: run npm ci in internal/web/script (%v)", err)
		}
		if out, err := exec.Command("go", "run", "-C", "../../tools/bundle", ".", "-check", "../../internal/web/script").CombinedOutput(); err != nil {
			t.Errorf("run go generate ./internal/web: %v\n%s", err, out)
		}
	})
}

var packageLine = regexp.MustCompile(`(?m)^(@?[a-z0-9/-]+) [0-9.]+, (.+)$`)

// TestBundleLicences says that every npm package of which something is in a script stands in THIRD_PARTY.md, under a licence that may be
// passed on with ours.
func TestBundleLicences(t *testing.T) {
	b, err := os.ReadFile("script/bundle/LICENSES.txt")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("../../THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	packages := packageLine.FindAllStringSubmatch(string(b), -1)
	if len(packages) < 5 {
		t.Fatalf("LICENSES.txt names %d packages", len(packages))
	}
	for _, m := range packages {
		if !regexp.MustCompile(`[ |]` + regexp.QuoteMeta(m[1]) + `[ ,|]`).Match(list) {
			t.Errorf("THIRD_PARTY.md does not name the npm package %s (%s)", m[1], m[2])
		}
		switch m[2] {
		case "MIT", "ISC", "BSD-3-Clause", "Apache-2.0":
		default:
			t.Errorf("%s is under %s", m[1], m[2])
		}
	}
}

// TestScriptAddress says that a script is kept by browsers for good under the address that pages name, and asked for anew under any other.
func TestScriptAddress(t *testing.T) {
	s := talksServer(t, Options{})
	w := call(t, s, "GET", scriptURL("graph.js"), "", "Accept-Encoding: gzip")
	if w.Code != 200 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Content-Encoding") != "gzip" ||
		w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/static/graph.js", "/static/graph.js?v=1"} {
		w = call(t, s, "GET", path, "", "Accept-Encoding: gzip")
		if w.Code != 200 || w.Header().Get("Cache-Control") != "no-cache" || w.Header().Get("ETag") == "" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
		if w = call(t, s, "GET", path, "", "Accept-Encoding: gzip", "If-None-Match: "+w.Header().Get("ETag")); w.Code != 304 {
			t.Errorf("%s with its tag: %d", path, w.Code)
		}
	}
	if w = call(t, s, "GET", "/static/nothing.js", ""); w.Code != 404 {
		t.Errorf("nothing.js: %d", w.Code)
	}
}
