package graph

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/kgstore"
)

// Migrate copies all quads of the store that from names, in the order in which they were added, into a new store of the backend
// kg in the folder path, which must not exist. The folder is there only once all is copied. It returns the number of quads.
func Migrate(ctx context.Context, from Options, path string) (quads int, err error) {
	if _, err := os.Stat(path); err == nil {
		return 0, fmt.Errorf("migrate: %s exists already", path)
	}
	from.ReadOnly = true
	src, err := Open(from)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	path = filepath.Clean(path) // "folder/" as "folder"
	tmp := path + ".part"
	if err := os.RemoveAll(tmp); err != nil { // of a migration that was ended
		return 0, fmt.Errorf("migrate: %w", err)
	}
	defer os.RemoveAll(tmp)
	dst, err := kgstore.Open(tmp, kgstore.Options{})
	if err != nil {
		return 0, err
	}
	defer dst.Close()
	w, err := dst.NewQuadWriter()
	if err != nil {
		return 0, err
	}
	err = src.read(ctx, func(v *view) error {
		const chunk = 10_000
		links := make([]link, 0, chunk)
		flush := func() error {
			list, err := v.toQuads(ctx, links)
			if err != nil {
				return err
			}
			links = links[:0]
			quads += len(list)
			_, err = w.WriteQuads(list)
			return err
		}
		err := v.match(ctx, link{}, func(l link) error {
			if links = append(links, l); len(links) == chunk {
				return flush()
			}
			return nil
		})
		if err == nil {
			err = flush()
		}
		return err
	})
	if err == nil {
		err = w.Close()
	}
	var st graph.Stats
	if err == nil {
		st, err = dst.Stats(ctx, true)
	}
	if err == nil && st.Quads.Value != int64(quads) {
		err = fmt.Errorf("%d quads of %d have arrived", st.Quads.Value, quads)
	}
	if err = errors.Join(err, dst.Close()); err != nil {
		return 0, fmt.Errorf("migrate %s: %w", from.Path, err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return quads, nil
}
