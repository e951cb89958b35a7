package web

import (
	"context"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/index"
)

// heldStore is a store that is read when it is let.
type heldStore struct {
	*graph.Store
	let chan struct{}
}

func (s heldStore) Whole(ctx context.Context, part func(float64)) (*graph.Whole, error) {
	select {
	case <-s.let:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return s.Store.Whole(ctx, part)
}

// While the first index is being made, pages say so and come back by themselves; then they are there.
func TestMaking(t *testing.T) {
	t.Parallel()
	s := talksServer(t, Options{})
	held := heldStore{s.graph, make(chan struct{})}
	s.live = index.NewLive(held)
	defer s.live.Close()
	w := call(t, s, "GET", "/entity/Russia", "")
	for _, want := range []string{`<meta http-equiv="refresh" content="2">`, "0 %", "<h1>One moment, please</h1>"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page has no %s:\n%s", want, w.Body)
		}
	}
	if w.Code != 503 || w.Header().Get("Retry-After") != "2" || w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("answered %d with %v", w.Code, w.Header())
	}
	close(held.let)
	if w := call(t, s, "GET", "/entity/Russia", ""); w.Code != 200 || strings.Contains(w.Body.String(), "http-equiv") {
		t.Errorf("afterwards: %d\n%s", w.Code, w.Body)
	}
}
