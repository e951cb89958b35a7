package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

// writeSlack is added to the time limit of a query for sending its answer.
const writeSlack = 30 * time.Second

// pagePolicy is the policy of our own pages: one stylesheet, forms that stay here, no script at all.
const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// scriptPolicy is that of pages with a script: files of ours, which may ask this server for more.
const scriptPolicy = pagePolicy + "; script-src 'self'; connect-src 'self'"

// guard is what every request passes: the log, the net under panics, security headers, and the check of where it comes from.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		defer func() {
			v := recover()
			// http.ErrAbortHandler is how a handler breaks off an answer that it has begun.
			aborted := v == http.ErrAbortHandler
			if v != nil && !aborted {
				s.log.WithFields(logrus.Fields{"method": r.Method, "path": r.URL.Path, "panic": fmt.Sprint(v), "stack": string(debug.Stack())}).
					Error("request panicked")
				if rec.status == 0 {
					s.fail(rec, r, http.StatusInternalServerError, "the server met a fault of its own; its log has the details")
				} else {
					aborted = true
				}
			}
			if rec.status == 0 {
				rec.status = http.StatusOK
			}
			s.log.WithFields(logrus.Fields{
				"method": r.Method, "path": r.URL.Path, "status": rec.status, "bytes": rec.bytes,
				"ms": time.Since(start).Milliseconds(), "remote": r.RemoteAddr, "aborted": aborted,
			}).Log(accessLevel(r, rec.status), "request")
			if aborted {
				panic(http.ErrAbortHandler)
			}
		}()

		h := rec.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if err := s.checkSource(r); err != nil {
			s.fail(rec, r, http.StatusForbidden, err.Error())
			return
		}
		next.ServeHTTP(rec, r)
	})
}

// accessLevel keeps files and health checks out of the usual log.
func accessLevel(r *http.Request, status int) logrus.Level {
	if status < 400 && (r.URL.Path == "/health" || strings.HasPrefix(r.URL.Path, uiPath) || strings.HasPrefix(r.URL.Path, "/static/")) {
		return logrus.DebugLevel
	}
	return logrus.InfoLevel
}

// checkSource refuses what a foreign web page makes a browser send: a name of its own that it points here, and requests from
// another origin. Programs send no Origin and pass.
func (s *Server) checkSource(r *http.Request) error {
	if !s.knownHost(r.Host) {
		return fmt.Errorf("this server does not go by the name %.100q; kg serve --host NAME gives it a further one", r.Host)
	}
	if o := r.Header.Get("Origin"); o != "" {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, r.Host) {
			return fmt.Errorf("requests from pages of another origin (%.100q) are refused", o)
		}
	}
	switch site := r.Header.Get("Sec-Fetch-Site"); site {
	case "", "none", "same-origin":
	default: // "cross-site"; "same-site" is another port of this machine
		// A link from elsewhere may open a page, but may not run anything.
		opens := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
		if !opens || r.URL.Path != "/" && !strings.HasPrefix(r.URL.Path, uiPath) {
			return fmt.Errorf("requests from pages of another site are refused")
		}
	}
	return nil
}

// knownHost says whether host, from a Host header, may name this server. No page can be loaded from an address by a name of
// its own, so addresses are safe.
func (s *Server) knownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(name, "."), "["), "]"))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || net.ParseIP(name) != nil {
		return true
	}
	for _, h := range s.opt.Hosts {
		if strings.EqualFold(h, name) {
			return true
		}
	}
	return false
}

var errBusy = errors.New("too many queries run at the moment; try again soon")

// slot waits for the right to run a query. The caller calls release when done.
func (s *Server) slot(ctx context.Context) (release func(), err error) {
	select {
	case s.running <- struct{}{}:
	default:
		t := time.NewTimer(s.opt.QueueTimeout)
		defer t.Stop()
		select {
		case s.running <- struct{}{}:
		case <-t.C:
			return nil, errBusy
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return func() { <-s.running }, nil
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// stdLogger is what net/http writes its own complaints to.
func stdLogger(w io.Writer) *stdlog.Logger { return stdlog.New(w, "", 0) }
