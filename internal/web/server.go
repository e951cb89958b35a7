package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/sirupsen/logrus"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/index"
)

// DefaultAddr is where kg serves unless told otherwise; Cayley's clients look there.
const DefaultAddr = "localhost:64210"

// Options say how to serve. The zero value serves read-only with the limits named here.
type Options struct {
	// AllowWrites lets clients that have the Token change the store through the API, the UI's Write page and the review. Without it they
	// are answered 403.
	AllowWrites bool
	// Token is what clients that write send as "Authorization: Bearer TOKEN" or sign in with at /login: at least 16 characters of ASCII.
	// AllowWrites needs one.
	Token string
	// Private lets only those read who have the Token.
	Private bool
	// Hosts are further names (without port) under which the server may be addressed, "kg.example.org" say. localhost and every
	// IP address are always allowed; any other Host header is refused, since a foreign page can point a name of its own at this
	// server (DNS rebinding).
	Hosts []string
	// MaxBody is the most bytes of a request's body, before and after decompression; 16 MiB where 0. A query may have 1 MiB at
	// most.
	MaxBody int64
	// QueryTimeout ends queries; graph.DefaultTimeout where 0.
	QueryTimeout time.Duration
	// RowLimit is the number of rows of an answer where the request asks for no number; graph.DefaultLimit where 0, graph.MaxRows
	// where -1. A request may ask for up to graph.MaxRows.
	RowLimit int
	// MaxQueries is how many queries, reads and writes run at the same time; twice the cores and at least 4 where 0. Others wait
	// up to QueueTimeout (5 s where 0) and are then answered 503.
	MaxQueries   int
	QueueTimeout time.Duration
	// MaxPages is how many pages are made at the same time; 8 times MaxQueries where 0. Others wait as queries do. PageTimeout ends the
	// making of one; where 0, the time that a query on it may wait and run and 5 s more.
	MaxPages    int
	PageTimeout time.Duration
	// TLS certificate and key to serve with, PEM files; plain HTTP where empty.
	CertFile, KeyFile string
	// Metrics says to whom /metrics answers; MetricsLocal where empty.
	Metrics Metrics
	// Origins are those of other sites, "https://app.example.org", whose pages may read the API at /api/kg/v1.
	Origins []string
	// Grace is how long Serve lets running requests go on after its context ends; 5 s where 0.
	Grace time.Duration
	// Logger gets one line a request and every error; nil means logrus.StandardLogger().
	Logger *logrus.Logger
	// Settle derives anew what follows from judgements on events (internal/settle); where nil they wait for the next kg build. It is run
	// in the background, one run at a time, and again where its error is graph.ErrChanged.
	Settle func(context.Context) error
	// Examples are the queries that the start page offers. Where nil it offers some that fit what the store holds.
	Examples []Example
}

// Metrics says to whom the server tells its metrics.
type Metrics string

// MetricsLocal is programs of this computer, if no proxy passes their requests on, and whoever has the token; MetricsAll is everybody.
const (
	MetricsLocal Metrics = "local"
	MetricsAll   Metrics = "all"
	MetricsOff   Metrics = "off"
)

// Example is a query with the question that it answers.
type Example struct {
	Title string // "What does Russia mediate?"
	Lang  string // "gizmo" where empty
	Query string
}

// store is what the pages and the API ask of a graph.Store.
type store interface {
	Query(context.Context, graph.QueryRequest) (*graph.Result, error)
	Shape(ctx context.Context, lang, text string) (*graph.QueryShape, error)
	Stats(context.Context) (graph.Stats, error)
	Entity(context.Context, graph.IRI) (graph.Entity, bool, error)
	Claims(context.Context, graph.ClaimFilter) iter.Seq2[graph.FoundClaim, error]
	Quads(context.Context, graph.Quad) iter.Seq2[graph.Quad, error]
	ParseQuads(r io.Reader, format string, maxQuads int) ([]graph.Quad, error)
	EncodeQuads(w io.Writer, format string, quads iter.Seq2[graph.Quad, error]) (int, error)
	WriteQuads(context.Context, []graph.Quad) (int, error)
	DeleteQuads(context.Context, []graph.Quad) (int, error)
	Expand(graph.IRI) string
	Compact(string) graph.IRI
}

// Server is an http.Handler. It is safe for concurrent use and read-only after New, apart from what it caches.
type Server struct {
	opt      Options
	store    store
	graph    *graph.Store // the same, for pages; nil only in tests of the API
	live     *index.Live  // nil where graph is
	reader   *api.Reader  // of both, for programs
	openAPI  *huma.OpenAPI
	log      *logrus.Logger
	handler  http.Handler
	ui       map[string]*asset // by path below /ui/
	running  chan struct{}     // holds a place for every query, read and write that runs
	pages    chan struct{}     // the same for pages
	auth     *auth
	metrics  *metrics
	born     string // differs for every Server, in tags
	start    startCache
	doubtful doubtfulClaims
	alike    alikeEvents
	settling settling
	seen     atomic.Pointer[seenCounts] // what pages say of the store
}

// New returns a server of s. The caller closes s, after Serve has returned. An error means that the options
// are at odds, or that the UI of the Cayley module is not the one that this package knows how to serve.
func New(s *graph.Store, opt Options) (*Server, error) {
	srv, err := newServer(s, opt)
	if err == nil {
		srv.graph, srv.live = s, index.NewLive(s)
		srv.live.Keep(func() (path, stamp string) { return s.Aside("index") }, func(err error) {
			srv.log.WithError(err).Warn("the index is not kept; it is made anew when kg serves the next time")
		})
		srv.reader.Store, srv.reader.Live = srv.graph, srv.live
	}
	return srv, err
}

func newServer(s store, opt Options) (*Server, error) {
	if opt.MaxBody <= 0 {
		opt.MaxBody = 16 << 20
	}
	if opt.QueryTimeout <= 0 {
		opt.QueryTimeout = graph.DefaultTimeout
	}
	switch {
	case opt.RowLimit == 0:
		opt.RowLimit = graph.DefaultLimit
	case opt.RowLimit < 0 || opt.RowLimit > graph.MaxRows:
		opt.RowLimit = graph.MaxRows
	}
	if opt.MaxQueries <= 0 {
		opt.MaxQueries = max(4, 2*runtime.GOMAXPROCS(0))
	}
	if opt.QueueTimeout <= 0 {
		opt.QueueTimeout = 5 * time.Second
	}
	if opt.Grace <= 0 {
		opt.Grace = 5 * time.Second
	}
	if opt.MaxPages <= 0 {
		opt.MaxPages = 8 * opt.MaxQueries
	}
	if opt.PageTimeout <= 0 {
		opt.PageTimeout = opt.QueueTimeout + opt.QueryTimeout + 5*time.Second
	}
	if opt.Token == "" && (opt.AllowWrites || opt.Private) {
		return nil, errors.New("a server that is written to, or private, needs a token")
	}
	srv := &Server{opt: opt, store: s, log: opt.Logger, running: make(chan struct{}, opt.MaxQueries), pages: make(chan struct{}, opt.MaxPages),
		born: rand.Text(), reader: &api.Reader{At: addresses("")}}
	srv.settling.ctx, srv.settling.cancel = context.WithCancel(context.Background())
	if srv.log == nil {
		srv.log = logrus.StandardLogger()
	}
	var err error
	if srv.auth, err = newAuth(opt.Token); err != nil {
		return nil, err
	}
	srv.metrics = newMetrics(srv)
	if srv.ui, err = cayleyUI(!opt.AllowWrites); err != nil {
		return nil, fmt.Errorf("prepare the web UI: %w", err)
	}
	srv.handler = srv.guard(srv.routes())
	return srv, nil
}

// addresses are where things have their pages, behind base.
func addresses(base string) api.Addresses {
	at := func(page func(graph.IRI) string) func(graph.IRI) string {
		return func(id graph.IRI) string { return base + page(id) }
	}
	return api.Addresses{Entity: at(entityURL), Claim: at(claimURL), Article: at(articleURL), Event: at(eventURL), Relation: at(relationURL)}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve answers requests on ln until ctx ends, then lets running ones finish for Options.Grace, cancels what is left, and
// returns nil. It closes ln. Another error means that ln failed.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	// Requests do not inherit ctx, or its end would cut them off instead of letting them finish.
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	errs := s.log.WriterLevel(logrus.WarnLevel)
	defer errs.Close()
	var wg sync.WaitGroup
	hs := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			wg.Add(1)
			defer wg.Done()
			s.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute + s.opt.QueueTimeout + s.opt.QueryTimeout + writeSlack,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          stdLogger(errs),
	}
	if s.live != nil {
		s.live.Start() // before the first visitor comes
		go atlas()
		defer s.live.Close()
		defer s.settling.stop()
	}
	served := make(chan error, 1)
	go func() {
		if s.opt.CertFile != "" {
			served <- hs.ServeTLS(ln, s.opt.CertFile, s.opt.KeyFile)
		} else {
			served <- hs.Serve(ln)
		}
	}()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	grace, stop := context.WithTimeout(context.Background(), s.opt.Grace)
	defer stop()
	if err := hs.Shutdown(grace); err != nil {
		s.log.Warn("running requests are cancelled")
		cancel()
		hs.Close()
	}
	<-served
	// Shutdown and Close don't wait for handlers of closed connections; the store must stay open until they are done. They obey
	// their contexts, which have ended, but a stuck one must not keep the process.
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-time.After(s.opt.Grace):
		return errors.New("stop serving: a request does not end")
	}
}
