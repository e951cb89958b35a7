package score

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// reference returns python3 and the file of the Python reference called name, and skips the test where either is not there.
func reference(t *testing.T, name string) (python, script string) {
	t.Helper()
	tools := os.Getenv("KG_TOOLS")
	if tools == "" {
		tools = "../../../shared/tools"
	}
	script = filepath.Join(tools, name)
	if _, err := os.Stat(script); err != nil {
		t.Skipf("no Python reference (set KG_TOOLS to its folder): %v", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("no python3: %v", err)
	}
	return python, script
}
