package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

// writeSlack is added to the time limit of a query for sending its answer.
const writeSlack = 30 * time.Second

// pagePolicy is the policy of our own pages: stylesheets and scripts that are files of ours, forms that stay here, nothing within a page.
// Scripts may ask this server for more and have workers.
const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"script-src 'self'; connect-src 'self'; worker-src 'self'"

// guard is what every request passes: its id, the log, the net under panics, security headers, and the checks of where it comes from
// and of who sends it.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		id := requestID(r)
		rec.Header().Set("X-Request-Id", id)
		r = withCaller(r, caller{id: id})
		defer func() {
			v := recover()
			// http.ErrAbortHandler is how a handler breaks off an answer that it has begun.
			aborted := v == http.ErrAbortHandler
			if v != nil && !aborted {
				s.log.WithFields(logrus.Fields{
					"method": r.Method, "path": r.URL.Path, "id": id, "panic": fmt.Sprint(v), "stack": string(debug.Stack()),
				}).Error("request panicked")
				if rec.status == 0 {
					s.fail(rec, r, http.StatusInternalServerError, "the server met a fault of its own; its log has the details under "+id)
				} else {
					aborted = true
				}
			}
			if rec.status == 0 {
				rec.status = http.StatusOK
			}
			s.log.WithFields(logrus.Fields{
				"method": r.Method, "path": r.URL.Path, "status": rec.status, "bytes": rec.bytes,
				"ms": time.Since(start).Milliseconds(), "remote": r.RemoteAddr, "aborted": aborted, "id": id,
			}).Log(accessLevel(r, rec.status), "request")
			s.metrics.count(r, rec.status, time.Since(start))
			if aborted {
				panic(http.ErrAbortHandler)
			}
		}()

		h := rec.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer browsers send forms with the Origin "null"
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if s.crossOrigin(rec, r) {
			return
		}
		if err := s.checkSource(r); err != nil {
			s.metrics.refused.WithLabelValues(refusedOrigin).Inc()
			s.fail(rec, r, http.StatusForbidden, err.Error())
			return
		}
		trusted, err := s.identify(r)
		if err != nil {
			s.metrics.refused.WithLabelValues(refusedToken).Inc()
			s.failErr(rec, r, err)
			return
		}
		if s.opt.Private && !trusted && !openToAll(r.URL.Path) {
			if opensPage(r) {
				http.Redirect(rec, r, loginURL(r), http.StatusSeeOther)
			} else {
				s.metrics.refused.WithLabelValues(refusedToken).Inc()
				s.failErr(rec, r, errorf(http.StatusUnauthorized, needsToken))
			}
			return
		}
		r = withCaller(r, caller{id, trusted})
		next.ServeHTTP(rec, r)
	})
}

var validID = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// requestID is what the request is called in the log and in its answer: what a proxy calls it, or a new name.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); validID.MatchString(id) {
		return id
	}
	return strings.ToLower(rand.Text()[:16])
}

// opensPage says whether r is a browser that goes to a page, as against a program or a script.
func opensPage(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(r.URL.Path, "/api/") && accepted(r)[0] == "text/html"
}

// accessLevel keeps files and health checks out of the usual log.
func accessLevel(r *http.Request, status int) logrus.Level {
	path := r.URL.Path
	quiet := path == "/health" || path == "/ready" || path == "/metrics" || strings.HasPrefix(path, uiPath) || strings.HasPrefix(path, "/static/")
	if quiet && status < 400 {
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
	if s.mayRead(r) {
		return nil
	}
	if o := r.Header.Get("Origin"); o != "" {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, r.Host) {
			return fmt.Errorf("requests from pages of another origin (%.100q) are refused", o)
		}
	}
	if fromElsewhere(r) {
		// A link from elsewhere may open a page, which runs no query then, but nothing else.
		opens := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
		if !opens || strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/mcp" || r.URL.Path == "/metrics" {
			return fmt.Errorf("requests from pages of another site are refused")
		}
	}
	return nil
}

// mayRead says whether r reads the API for programs and comes from a page of one of Options.Origins.
func (s *Server) mayRead(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions) && strings.HasPrefix(r.URL.Path, restPath+"/") &&
		slices.Contains(s.opt.Origins, r.Header.Get("Origin"))
}

// crossOrigin lets pages of Options.Origins read the API, without the cookies of this server, and answers what their browsers ask before.
func (s *Server) crossOrigin(w http.ResponseWriter, r *http.Request) (answered bool) {
	if len(s.opt.Origins) > 0 && strings.HasPrefix(r.URL.Path, restPath+"/") {
		w.Header().Add("Vary", "Origin")
	}
	if !s.mayRead(r) || !s.knownHost(r.Host) {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Request-Id")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if r.Method != http.MethodOptions {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "Authorization, If-None-Match")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// fromElsewhere says whether a page of another site makes the browser send r. "same-site" is another port of this machine.
func fromElsewhere(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site != "" && site != "none" && site != "same-origin"
}

// knownHost says whether host, from a Host header, may name this server. No page can be loaded from an address by a name of
// its own, so addresses are safe.
func (s *Server) knownHost(host string) bool {
	name := hostName(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || net.ParseIP(name) != nil {
		return true
	}
	return slices.ContainsFunc(s.opt.Hosts, func(h string) bool { return strings.EqualFold(h, name) })
}

// hostName is the name or address in a Host header, in lower case.
func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(host, "."), "["), "]"))
}

var (
	errBusy      = errors.New("too many queries run at the moment; try again soon")
	errBusyPages = errors.New("too many pages are asked for at the moment; try again soon")
)

// slot waits for the right to run a query. The caller calls release when done.
func (s *Server) slot(ctx context.Context) (release func(), err error) {
	return s.take(ctx, s.running, errBusy, refusedQueries)
}

// pageSlot is slot for a page.
func (s *Server) pageSlot(ctx context.Context) (release func(), err error) {
	return s.take(ctx, s.pages, errBusyPages, refusedPages)
}

// take waits for a place among places. After Options.QueueTimeout without one it is full, which counts as reason.
func (s *Server) take(ctx context.Context, places chan struct{}, full error, reason string) (release func(), err error) {
	select {
	case places <- struct{}{}:
	default:
		t := time.NewTimer(s.opt.QueueTimeout)
		defer t.Stop()
		select {
		case places <- struct{}{}:
		case <-t.C:
			s.metrics.refused.WithLabelValues(reason).Inc()
			return nil, full
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return func() { <-places }, nil
}

// limited makes a page end at the time limit, and wait where too many are being made.
func (s *Server) limited(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.opt.PageTimeout)
		defer cancel()
		release, err := s.pageSlot(ctx)
		if err != nil {
			s.failErr(w, r, err)
			return
		}
		defer release()
		h(w, r.WithContext(ctx))
	}
}

// tagged answers 304 where the client has the page as it would be made now.
func (s *Server) tagged(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tag := s.tag(r)
		if tag == "" {
			h(w, r)
			return
		}
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Add("Vary", "Accept, Cookie, Authorization")
		if hasTag(r, tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h(w, r)
	}
}

// tag names the answer to r: what all of it depends on. "" where the state of the store is not known.
func (s *Server) tag(r *http.Request) string {
	if s.graph == nil {
		return ""
	}
	version, err := s.graph.Version(r.Context())
	if err != nil {
		return "" // whoever reads the store next says why
	}
	made := "" // pages may be of an index of the state before
	if x := s.live.Latest(); x != nil {
		made = x.Version
	}
	sum := sha256.New()
	for _, part := range []string{s.born, version, made, time.Now().Format(time.DateOnly), r.URL.RequestURI(), strings.Join(r.Header.Values("Accept"), ","),
		strconv.FormatBool(callerOf(r).trusted), strconv.FormatBool(fromElsewhere(r)), nameOfReviewer(r), strconv.FormatBool(s.settling.active())} {
		fmt.Fprintf(sum, "%d %s", len(part), part)
	}
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// hasTag says whether r has an answer with the tag already.
func hasTag(r *http.Request, tag string) bool {
	for have := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if have = strings.TrimSpace(have); have == "*" || strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
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
		if status >= 300 && status != http.StatusNotModified && w.Header().Get("ETag") != "" { // that was meant for the page
			w.Header().Del("ETag")
			w.Header().Set("Cache-Control", "no-store")
		}
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
