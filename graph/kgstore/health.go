package kgstore

import (
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// health keeps the first error after which a store must be opened anew, since Pebble cannot tell any more what is on the disk.
//
// Pebble calls such errors fatal: it logs them so that the process ends, or panics, partly in goroutines of its own and partly
// with locks in a state that no recover mends. So it does not get to see them: storeFS keeps the goroutine that meets one waiting
// for ever, as on a disk that never answers, and every other that would write after it. Nothing is built on what may be missing;
// reads go on. Errors under a table count, too, although Pebble could live with them: it would try again at once and for ever.
type health struct {
	mu     sync.Mutex
	err    error
	failed chan struct{} // closed with the first error
}

func newHealth() *health { return &health{failed: make(chan struct{})} }

func (h *health) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err == nil {
		h.err = err
		close(h.failed)
	}
}

// broken is the error that the store has met, nil while it is sound.
func (h *health) broken() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err == nil {
		return nil
	}
	return fmt.Errorf("store has to be opened anew after: %w", h.err)
}

// do runs what writes by way of Pebble, and returns as soon as the store has failed. fn may then wait for ever: what it uses must
// not be used again after an error for which broken has one too.
func (h *health) do(fn func() error) error {
	type outcome struct {
		err   error
		panic any
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- outcome{panic: p}
			}
		}()
		done <- outcome{err: fn()}
	}()
	var out outcome
	select {
	case out = <-done:
	case <-h.failed:
		select {
		case out = <-done: // it had come to its end
		default:
			return h.err
		}
	}
	if out.panic != nil {
		panic(out.panic)
	}
	return out.err
}

// As Pebble's logger: errors come back from calls, and what is fatal for other reasons than the disk ends the goroutine.

func (h *health) Infof(string, ...any)  {}
func (h *health) Errorf(string, ...any) {}

func (h *health) Fatalf(format string, args ...any) {
	h.fail(fmt.Errorf(format, args...))
	runtime.Goexit()
}

// check keeps the goroutine for ever where the disk has failed, with err or before.
func (h *health) check(err error) {
	if err != nil {
		h.fail(err)
	}
	select {
	case <-h.failed:
		select {}
	default:
	}
}

// storeFS is where Pebble's files are.
type storeFS struct {
	vfs.FS
	h *health
}

// Lock leaves locking to open: lockFolder lets several readers in, and a store that has failed can be let go.
func (storeFS) Lock(string) (io.Closer, error) { return io.NopCloser(nil), nil }

func (fs storeFS) wrap(f vfs.File, err error, name string) (vfs.File, error) {
	fs.h.check(err)
	return storeFile{f, fs.h, isLog(fs.PathBase(name))}, nil
}

func (fs storeFS) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	fs.h.check(nil)
	f, err := fs.FS.Create(name, category)
	return fs.wrap(f, err, name)
}

func (fs storeFS) ReuseForWrite(from, to string, category vfs.DiskWriteCategory) (vfs.File, error) {
	fs.h.check(nil)
	f, err := fs.FS.ReuseForWrite(from, to, category)
	return fs.wrap(f, err, to)
}

func (fs storeFS) OpenDir(name string) (vfs.File, error) {
	f, err := fs.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return storeFile{f, fs.h, false}, nil
}

func (fs storeFS) Remove(name string) error {
	fs.h.check(nil)
	return fs.FS.Remove(name)
}

func (fs storeFS) RemoveAll(name string) error {
	fs.h.check(nil)
	return fs.FS.RemoveAll(name)
}

func (fs storeFS) Rename(from, to string) error {
	fs.h.check(nil)
	return fs.FS.Rename(from, to)
}

func (fs storeFS) Link(from, to string) error {
	fs.h.check(nil)
	return fs.FS.Link(from, to)
}

// storeFile is a file that is written, or a folder.
type storeFile struct {
	vfs.File
	h   *health
	log bool
}

// Preallocate takes less of the disk in advance for logs.
func (f storeFile) Preallocate(offset, length int64) error {
	if f.log {
		length = min(length, 1<<20)
	}
	err := f.File.Preallocate(offset, length)
	f.h.check(err)
	return nil
}

func (f storeFile) Write(b []byte) (int, error) {
	f.h.check(nil)
	n, err := f.File.Write(b)
	f.h.check(err)
	return n, nil
}

func (f storeFile) Sync() error {
	f.h.check(nil)
	f.h.check(f.File.Sync())
	return nil
}

func (f storeFile) SyncData() error {
	f.h.check(nil)
	f.h.check(f.File.SyncData())
	return nil
}

func (f storeFile) SyncTo(length int64) (bool, error) {
	f.h.check(nil)
	whole, err := f.File.SyncTo(length)
	f.h.check(err)
	return whole, nil
}

func (f storeFile) Close() error {
	f.h.check(f.File.Close())
	return nil
}
