package web

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sirupsen/logrus"

	"kg/graph"
)

// fakeStore answers as its fields say, so that tests can have answers that no healthy store gives. It holds compact IRIs of
// http://example.org/kg/.
type fakeStore struct {
	mu    sync.Mutex
	quads []graph.Quad

	stats    graph.Stats
	statsErr error
	entities map[graph.IRI]graph.Entity
	claims   []graph.FoundClaim
	query    func(context.Context, graph.QueryRequest) (*graph.Result, error)
	shape    func(ctx context.Context, lang, text string) (*graph.QueryShape, error)
	quadsErr error // after the quads
	writeErr error
}

func (f *fakeStore) Query(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
	if f.query == nil {
		return &graph.Result{Counted: true}, nil
	}
	return f.query(ctx, q)
}

func (f *fakeStore) Shape(ctx context.Context, lang, text string) (*graph.QueryShape, error) {
	return f.shape(ctx, lang, text)
}

func (f *fakeStore) Stats(context.Context) (graph.Stats, error) { return f.stats, f.statsErr }

func (f *fakeStore) Entity(_ context.Context, id graph.IRI) (graph.Entity, bool, error) {
	e, ok := f.entities[id]
	return e, ok, nil
}

func (f *fakeStore) Claims(context.Context, graph.ClaimFilter) iter.Seq2[graph.FoundClaim, error] {
	return func(yield func(graph.FoundClaim, error) bool) {
		for _, c := range f.claims {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (f *fakeStore) Quads(_ context.Context, p graph.Quad) iter.Seq2[graph.Quad, error] {
	f.mu.Lock()
	quads := slices.Clone(f.quads)
	f.mu.Unlock()
	fits := func(p, t graph.Term) bool { return p.Kind == graph.None || p == t }
	return func(yield func(graph.Quad, error) bool) {
		for _, q := range quads {
			if fits(p.Subject, q.Subject) && fits(p.Predicate, q.Predicate) && fits(p.Object, q.Object) && fits(p.Graph, q.Graph) && !yield(q, nil) {
				return
			}
		}
		if f.quadsErr != nil {
			yield(graph.Quad{}, f.quadsErr)
		}
	}
}

func (f *fakeStore) ParseQuads(r io.Reader, format string, n int) ([]graph.Quad, error) {
	s, err := graph.Open(graph.Options{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.ParseQuads(r, format, n)
}

func (f *fakeStore) EncodeQuads(w io.Writer, format string, quads iter.Seq2[graph.Quad, error]) (int, error) {
	s, err := graph.Open(graph.Options{})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.EncodeQuads(w, format, quads)
}

func (f *fakeStore) WriteQuads(_ context.Context, quads []graph.Quad) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writeErr != nil {
		return 0, f.writeErr
	}
	added := 0
	for _, q := range quads {
		if !slices.Contains(f.quads, q) {
			f.quads = append(f.quads, q)
			added++
		}
	}
	return added, nil
}

func (f *fakeStore) DeleteQuads(_ context.Context, quads []graph.Quad) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	before := len(f.quads)
	f.quads = slices.DeleteFunc(f.quads, func(q graph.Quad) bool { return slices.Contains(quads, q) })
	return before - len(f.quads), nil
}

const base = "http://example.org/kg/"

func (f *fakeStore) Expand(iri graph.IRI) string {
	if rest, ok := strings.CutPrefix(string(iri), "kgo:"); ok {
		return base + "ontology/" + rest
	}
	if rest, ok := strings.CutPrefix(string(iri), "kg:"); ok {
		return base + rest
	}
	if rest, ok := strings.CutPrefix(string(iri), "xsd:"); ok {
		return "http://www.w3.org/2001/XMLSchema#" + rest
	}
	return string(iri)
}

func (f *fakeStore) Compact(iri string) graph.IRI {
	if rest, ok := strings.CutPrefix(iri, base+"ontology/"); ok {
		return graph.IRI("kgo:" + rest)
	}
	if rest, ok := strings.CutPrefix(iri, base); ok {
		return graph.IRI("kg:" + rest)
	}
	if rest, ok := strings.CutPrefix(iri, "http://www.w3.org/2001/XMLSchema#"); ok {
		return graph.IRI("xsd:" + rest)
	}
	return graph.IRI(iri)
}

// logBuffer collects a server's log.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// testToken is that of the servers of tests; call sends it.
const testToken = "token-of-the-tests"

func fakeServer(t testing.TB, f *fakeStore, opt Options) (*Server, *logBuffer) {
	t.Helper()
	var log logBuffer
	opt.Logger = logrus.New()
	opt.Logger.SetOutput(&log)
	opt.Logger.SetLevel(logrus.DebugLevel)
	opt.Token = testToken
	s, err := newServer(f, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}
