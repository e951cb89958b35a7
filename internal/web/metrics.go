package web

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kg/internal/index"
)

// metrics are what /metrics tells, of one Server.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec   // by route, method, status
	duration *prometheus.HistogramVec // by route
	refused  *prometheus.CounterVec   // by reason
}

// Reasons of metrics.refused.
const (
	refusedOrigin  = "origin"  // a foreign page's, or under a name that is not this server's
	refusedToken   = "token"   // none or a wrong one
	refusedQueries = "queries" // too many run
	refusedPages   = "pages"   // too many are made
)

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kg_http_requests_total", Help: "Requests that were answered."},
			[]string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kg_http_request_duration_seconds", Help: "How long answers took.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10, 30}}, []string{"route"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kg_http_refused_total", Help: "Requests that were refused, by reason."},
			[]string{"reason"}),
	}
	for _, reason := range []string{refusedOrigin, refusedToken, refusedQueries, refusedPages} {
		m.refused.WithLabelValues(reason) // 0 is told too
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	made := func(count func(*index.Index) int) func() float64 {
		return func() float64 {
			if s.live == nil {
				return 0
			}
			x := s.live.Latest()
			if x == nil {
				return 0
			}
			return float64(count(x))
		}
	}
	m.registry.MustRegister(m.requests, m.duration, m.refused,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("kg_queries_running", "Queries, reads and writes that run.", func() float64 { return float64(len(s.running)) }),
		gauge("kg_queries_limit", "Queries, reads and writes that may run at the same time.", func() float64 { return float64(cap(s.running)) }),
		gauge("kg_pages_running", "Pages that are being made.", func() float64 { return float64(len(s.pages)) }),
		gauge("kg_pages_limit", "Pages that may be made at the same time.", func() float64 { return float64(cap(s.pages)) }),
		gauge("kg_index_age_seconds", "Time since the index was made; -1 where there is none.", func() float64 {
			if s.live != nil {
				if x, at, _ := s.live.State(); x != nil {
					return time.Since(at).Seconds()
				}
			}
			return -1
		}),
		gauge("kg_index_making", "1 while an index is being made.", func() float64 {
			if s.live != nil {
				if _, _, making := s.live.State(); making {
					return 1
				}
			}
			return 0
		}),
		gauge("kg_store_articles", "Articles, as of the index.", made(func(x *index.Index) int { return len(x.Articles) })),
		gauge("kg_store_claims", "Claims, as of the index.", made(func(x *index.Index) int { return len(x.Claims) })),
		gauge("kg_store_entities", "Entities, as of the index.", made(func(x *index.Index) int { return len(x.Entities) })),
		gauge("kg_store_events", "Events, as of the index.", made(func(x *index.Index) int { return len(x.Events) })),
		gauge("kg_store_sentences", "Sentences with claims, as of the index.", made(func(x *index.Index) int { return len(x.Sentences) })),
	)
	return m
}

// count notes an answer. The route is the pattern that the request matched, so there are as many as there are routes.
func (m *metrics) count(r *http.Request, status int, took time.Duration) {
	route := r.Pattern
	if _, path, ok := strings.Cut(route, " "); ok {
		route = path
	}
	if route == "" {
		route = "none" // it was refused before, or goes nowhere
	}
	method := r.Method
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// metricsRoutes are what programs that look after the server ask.
func (s *Server) metricsRoutes(mux *http.ServeMux) {
	read := []string{http.MethodGet, http.MethodHead}
	h := promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
	s.handle(mux, "/metrics", func(w http.ResponseWriter, r *http.Request) error {
		switch {
		case s.opt.Metrics == MetricsOff:
			return errorf(http.StatusNotFound, "there is nothing at this address")
		case s.opt.Metrics != MetricsAll && !callerOf(r).trusted && !fromHere(r):
			return errorf(http.StatusUnauthorized, "metrics are told to this computer and to whoever has the token")
		}
		h.ServeHTTP(w, r)
		return nil
	}, read...)
	s.handle(mux, "/health", func(w http.ResponseWriter, r *http.Request) error {
		if s.graph != nil {
			if _, err := s.graph.Version(r.Context()); err != nil {
				return err
			}
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}, read...)
	s.handle(mux, "/ready", func(w http.ResponseWriter, r *http.Request) error {
		if s.graph == nil {
			return writeJSON(w, http.StatusOK, "application/json", readiness{Ready: true})
		}
		version, err := s.graph.Version(r.Context())
		if err != nil {
			return err
		}
		x, at, making := s.live.State()
		v := readiness{Ready: x != nil, Making: making}
		if x == nil {
			w.Header().Set("Retry-After", "2")
			return writeJSON(w, http.StatusServiceUnavailable, "application/json", v)
		}
		v.Current = x.Version == version
		v.Made = at.UTC().Format(time.RFC3339)
		return writeJSON(w, http.StatusOK, "application/json", v)
	}, read...)
}

// readiness is what /ready answers.
type readiness struct {
	Ready   bool   `json:"ready"`             // pages can be made
	Current bool   `json:"current,omitempty"` // of the store as it is now
	Making  bool   `json:"making,omitempty"`  // an index is being made
	Made    string `json:"made,omitempty"`    // when the index was
}

// fromHere says whether r comes from this computer itself, and is not passed on by a proxy.
func fromHere(r *http.Request) bool {
	if r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Via") != "" {
		return false
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return false
	}
	name := hostName(r.Host)
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}
