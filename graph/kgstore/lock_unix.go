//go:build unix && !solaris && !aix

package kgstore

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockFolder takes the lock of a store: one writer, or any number of readers. It waits up to timeout.
func lockFolder(path string, shared bool, timeout time.Duration) (io.Closer, error) {
	flag, how := os.O_RDWR|os.O_CREATE, syscall.LOCK_EX
	if shared {
		flag, how = os.O_RDONLY, syscall.LOCK_SH
	}
	f, err := os.OpenFile(filepath.Join(path, "LOCK"), flag, 0o644)
	if err != nil {
		return nil, err
	}
	end := time.Now().Add(timeout)
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("lock: %w", err)
		}
		if time.Now().After(end) {
			f.Close()
			return nil, fmt.Errorf("%w (waited %v)", ErrLocked, timeout)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
