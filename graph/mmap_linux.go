package graph

import (
	"syscall"

	hbbolt "github.com/hidal-go/hidalgo/kv/bbolt"
	"go.etcd.io/bbolt"
)

// dropPages takes the pages of the file out of this process; they stay in the system's cache and come back when they are read. A
// long build would else hold the whole file in memory, as far as anybody can see who looks at the process.
func dropPages(db *hbbolt.DB) {
	var size int64
	if err := db.DB().View(func(tx *bbolt.Tx) error {
		size = tx.Size()
		return nil
	}); err != nil || size < dropPagesFrom {
		return
	}
	syscall.Syscall(syscall.SYS_MADVISE, db.DB().Info().Data, uintptr(size), syscall.MADV_DONTNEED)
}

const dropPagesFrom = 128 << 20
