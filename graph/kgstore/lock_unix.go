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

// lockFolder takes the lock of a store: one writer, or any number of readers. It waits up to timeout. Where there is no file to lock
// and none can be made, as on a medium that only reads, no writer can be there either.
func lockFolder(path string, shared bool, timeout time.Duration) (io.Closer, error) {
	flag, how := os.O_RDWR|os.O_CREATE, syscall.LOCK_EX
	if shared {
		flag, how = os.O_RDONLY, syscall.LOCK_SH
	}
	f, err := os.OpenFile(filepath.Join(path, "LOCK"), flag, 0o644)
	if shared && errors.Is(err, os.ErrNotExist) {
		f, err = os.OpenFile(filepath.Join(path, "LOCK"), os.O_RDWR|os.O_CREATE, 0o644)
		if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return io.NopCloser(nil), nil
		}
	}
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
