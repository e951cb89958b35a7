package graph

import (
	"context"
	"io"
)

// Export writes the whole store, full IRIs, sorted, so that equal stores give equal bytes. format is:
//
//   - "nquads": as many lines as the store holds quads.
//   - "ntriples", "turtle": each triple once, however many articles say it; the articles stay reachable through the claims.
//
// It returns the number of lines or triples written. It needs constant memory: sorted runs are kept in temporary files.
func (s *Store) Export(ctx context.Context, w io.Writer, format string) (n int, err error) {
	return 0, errTODO
}
