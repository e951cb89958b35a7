//go:build !unix || solaris || aix

package kgstore

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// lockFolder takes the lock of a store, for one process at a time, also where it only reads.
func lockFolder(path string, _ bool, timeout time.Duration) (io.Closer, error) {
	end := time.Now().Add(timeout)
	for {
		lock, err := vfs.Default.Lock(filepath.Join(path, "LOCK"))
		if err == nil {
			return lock, nil
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("%w (waited %v): %w", ErrLocked, timeout, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
