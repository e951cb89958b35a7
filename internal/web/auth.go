package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Whoever has the token may write, and read a private server. Programs send it with each request; people sign in with it at /login
// and get a session, kept in memory only.

const (
	minToken    = 16 // characters
	sessionTime = 12 * time.Hour
	maxSessions = 1000
	// A client may be wrong so many times in so much time; then nothing that it sends is looked at until the time is over.
	maxWrong  = 5
	wrongTime = time.Minute
	// maxClients bounds the clients that are told apart; all further ones share one count.
	maxClients = 10_000
)

// auth checks tokens and keeps sessions. It is safe for concurrent use.
type auth struct {
	token [sha256.Size]byte // hashes are of one length, so comparing takes the same time for any guess
	set   bool              // there is a token

	mu       sync.Mutex
	sessions map[[sha256.Size]byte]time.Time // by the hash of the cookie's value: when it ends
	wrong    map[netip.Prefix]*wrongTries    // by client
}

type wrongTries struct {
	n     int
	until time.Time // when it is forgotten
}

func newAuth(token string) (*auth, error) {
	a := &auth{sessions: map[[sha256.Size]byte]time.Time{}, wrong: map[netip.Prefix]*wrongTries{}}
	switch {
	case token == "":
	case len(token) < minToken:
		return nil, fmt.Errorf("token has %d characters; it must have at least %d", len(token), minToken)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return nil, fmt.Errorf("token has a space or a character that is not ASCII")
	default:
		a.token, a.set = sha256.Sum256([]byte(token)), true
	}
	return a, nil
}

// clientOf is who a request counts as: its IPv4 address, or its IPv6 network, since one host has as many addresses as it likes.
func clientOf(r *http.Request) netip.Prefix {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Prefix{}
	}
	addr = addr.Unmap().WithZone("")
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	p, _ := addr.Prefix(bits)
	return p
}

// try says whether token is the right one. wait is how long the client must wait before anything is looked at again.
func (a *auth) try(from netip.Prefix, token string, now time.Time) (ok bool, wait time.Duration) {
	guess := sha256.Sum256([]byte(token))
	a.mu.Lock()
	defer a.mu.Unlock()
	w := a.wrong[from]
	if w != nil && !now.Before(w.until) {
		delete(a.wrong, from)
		w = nil
	}
	if w == nil && len(a.wrong) >= maxClients {
		for c, old := range a.wrong {
			if !now.Before(old.until) {
				delete(a.wrong, c)
			}
		}
		if len(a.wrong) >= maxClients {
			from = netip.Prefix{}
			w = a.wrong[from]
		}
	}
	if w != nil && w.n >= maxWrong {
		return false, w.until.Sub(now)
	}
	if a.set && subtle.ConstantTimeCompare(guess[:], a.token[:]) == 1 {
		return true, 0
	}
	if w == nil {
		w = &wrongTries{until: now.Add(wrongTime)}
		a.wrong[from] = w
	}
	w.n++
	return false, 0
}

// open begins a session and returns the value of its cookie.
func (a *auth) open(now time.Time) string {
	value := rand.Text()
	a.mu.Lock()
	defer a.mu.Unlock()
	var first [sha256.Size]byte // to end
	at := time.Time{}
	for k, ends := range a.sessions {
		if !now.Before(ends) {
			delete(a.sessions, k)
		} else if at.IsZero() || ends.Before(at) {
			first, at = k, ends
		}
	}
	if len(a.sessions) >= maxSessions {
		delete(a.sessions, first)
	}
	a.sessions[sha256.Sum256([]byte(value))] = now.Add(sessionTime)
	return value
}

func (a *auth) close(value string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.sessions, sha256.Sum256([]byte(value)))
}

func (a *auth) isOpen(value string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	ends, ok := a.sessions[sha256.Sum256([]byte(value))]
	return ok && now.Before(ends)
}

// caller is what guard finds out about a request.
type caller struct {
	id      string // of the request, in the log and the answer
	trusted bool   // it has the token or a session
}

type callerKey struct{}

func callerOf(r *http.Request) caller {
	c, _ := r.Context().Value(callerKey{}).(caller)
	return c
}

// identify says whether r has the token or a session. A wrong token is an error.
func (s *Server) identify(r *http.Request) (trusted bool, err error) {
	now := time.Now()
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		ok, wait := s.auth.try(clientOf(r), strings.TrimSpace(token), now)
		switch {
		case wait > 0:
			return false, tooManyTries(wait)
		case !ok && !s.auth.set:
			return false, errorf(http.StatusUnauthorized, "this server has no token; kg serve --token-file gives it one")
		case !ok:
			return false, errorf(http.StatusUnauthorized, "the token is not the one of this server")
		}
		return true, nil
	}
	if c, err := r.Cookie(cookieName(r)); err == nil {
		return s.auth.isOpen(c.Value, now), nil
	}
	return false, nil
}

func tooManyTries(wait time.Duration) error {
	s := seconds(wait)
	return &statusError{status: http.StatusTooManyRequests, retry: s, err: fmt.Errorf("too many wrong tokens; try again in %d seconds", s)}
}

// seconds rounds up.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// mayWrite says whether r may change the store: writing is on, and r has the token or a session.
func (s *Server) mayWrite(r *http.Request) bool { return s.opt.AllowWrites && callerOf(r).trusted }

// loginURL is where whoever sees the page of r can sign in, to come back to it.
func loginURL(r *http.Request) string {
	next := "/" // what was sent is not sent again
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		next = r.URL.RequestURI()
	}
	return "/login?" + url.Values{"next": {next}}.Encode()
}

const needsToken = "this needs the server's token: programs send it as Authorization: Bearer TOKEN, people sign in at /login and try again"

// writes guards what changes the store.
func (s *Server) writes(h func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !s.opt.AllowWrites {
			return errorf(http.StatusForbidden, readOnlyText)
		}
		if !callerOf(r).trusted {
			s.metrics.refused.WithLabelValues(refusedToken).Inc()
			return errorf(http.StatusUnauthorized, needsToken)
		}
		release, err := s.slot(r.Context())
		if err != nil {
			return err
		}
		defer release()
		return h(w, r)
	}
}

// openToAll says whether path is answered to anybody, whatever Options.Private says; /metrics decides by itself.
func openToAll(path string) bool {
	switch path {
	case "/login", "/health", "/ready", "/metrics", "/favicon.ico":
		return true
	}
	return strings.HasPrefix(path, "/static/")
}

func (s *Server) loginRoutes(mux *http.ServeMux) {
	s.handle(mux, "/login", func(w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodPost {
			return s.login(w, r)
		}
		s.loginPage(w, r, http.StatusOK, localPath(r.URL.Query().Get("next")), "")
		return nil
	}, http.MethodGet, http.MethodHead, http.MethodPost)
	s.handle(mux, "/logout", func(w http.ResponseWriter, r *http.Request) error {
		if c, err := r.Cookie(cookieName(r)); err == nil {
			s.auth.close(c.Value)
		}
		http.SetCookie(w, &http.Cookie{Name: cookieName(r), Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return nil
	}, http.MethodPost)
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request, status int, next, fault string) {
	s.render(w, r, page{Template: "login.html", Title: "Sign in", Status: status}, struct {
		Next, Fault               string
		HasToken, SignedIn, Write bool
	}{next, sentence(fault), s.auth.set, callerOf(r).trusted, s.opt.AllowWrites})
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	next := localPath(r.PostForm.Get("next"))
	if !s.auth.set {
		s.loginPage(w, r, http.StatusForbidden, next, "")
		return nil
	}
	now := time.Now()
	ok, wait := s.auth.try(clientOf(r), strings.TrimSpace(r.PostForm.Get("token")), now)
	switch {
	case wait > 0:
		w.Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
		s.loginPage(w, r, http.StatusTooManyRequests, next, tooManyTries(wait).Error())
		return nil
	case !ok:
		s.loginPage(w, r, http.StatusUnauthorized, next, "that is not the token of this server")
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName(r), Value: s.auth.open(now), Path: "/", MaxAge: int(sessionTime.Seconds()), HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: overTLS(r)})
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// cookieName has the port in it, since browsers keep one jar for all ports of a host.
func cookieName(r *http.Request) string {
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		return "kg_session_" + port
	}
	return "kg_session"
}

// overTLS says whether the browser speaks TLS: with this server, or with a proxy before it, of which the Origin tells. guard has
// checked that it is this server's.
func overTLS(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(strings.ToLower(r.Header.Get("Origin")), "https://")
}

// localPath is next where it is a path of this server, else "/".
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || len(next) > 2000 ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// withCaller is r with what is known of it.
func withCaller(r *http.Request, c caller) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
}
