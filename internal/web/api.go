package web

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sirupsen/logrus"

	"kg/graph"
	"kg/internal/index"
)

// maxQuery is the most bytes of a query.
const maxQuery = 1 << 20

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	s.handle(mux, "/api/v1/query/{lang}", s.queryV1, http.MethodPost)
	s.handle(mux, "/api/v1/shape/{lang}", s.shapeV1, http.MethodPost)
	s.handle(mux, "/api/v1/write", s.writes(s.writeV1), http.MethodPost)
	s.handle(mux, "/api/v1/write/file/nquad", s.writes(s.writeFileV1), http.MethodPost)
	s.handle(mux, "/api/v1/delete", s.writes(s.deleteV1), http.MethodPost)
	s.handle(mux, "/api/v2/query", s.queryV2, http.MethodGet, http.MethodPost)
	s.handle(mux, "/api/v2/read", s.readV2, http.MethodGet, http.MethodPost)
	s.handle(mux, "/api/v2/write", s.writes(s.writeV2), http.MethodPost)
	s.handle(mux, "/api/v2/delete", s.writes(s.deleteV2), http.MethodPost)
	s.handle(mux, "/api/v2/node/delete", s.writes(s.deleteNodeV2), http.MethodPost)
	s.handle(mux, "/api/v2/formats", s.formatsV2, http.MethodGet)

	file := func(pattern string, h http.HandlerFunc) {
		s.handle(mux, pattern, func(w http.ResponseWriter, r *http.Request) error { h(w, r); return nil }, http.MethodGet, http.MethodHead)
	}
	var page pageRoute = func(pattern string, h http.HandlerFunc) { file(pattern, s.limited(s.tagged(h))) }
	page("/{$}", s.startPage)
	s.queryRoutes(page)
	s.entityRoutes(page)
	s.articleRoutes(page)
	s.searchRoutes(page)
	s.drawRoutes(page)
	s.restRoutes(mux)
	s.mcpRoutes(mux)
	s.reviewRoutes(mux, page)
	s.loginRoutes(mux)
	file("/static/", s.serveStatic)
	file("/favicon.ico", s.serveStatic)
	file("/ui", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, uiPath, http.StatusMovedPermanently) })
	file("/ui/", s.serveUI)
	file("/gizmo.d.ts", func(w http.ResponseWriter, r *http.Request) { s.ui["gizmo.d.ts"].serve(w, r) })
	s.metricsRoutes(mux)
	mux.HandleFunc("/", s.notFound)
	return mux
}

// pageRoute registers a page, which is only read, within the limits of pages. Its content is a function of the address, the store, the
// day and who asks.
type pageRoute func(pattern string, h http.HandlerFunc)

// handle registers h for methods and answers others 405. It turns h's error into an answer.
func (s *Server) handle(mux *http.ServeMux, pattern string, h func(http.ResponseWriter, *http.Request) error, methods ...string) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(methods, r.Method) {
			w.Header().Set("Allow", strings.Join(methods, ", "))
			s.fail(w, r, http.StatusMethodNotAllowed, "only "+strings.Join(methods, " and ")+" are answered here")
			return
		}
		if err := h(w, r); err != nil {
			s.failErr(w, r, err)
		}
	})
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, http.StatusNotFound, "there is nothing at this address")
}

// statusError is an error with the status that it is answered with.
type statusError struct {
	status int
	err    error
	retry  int // seconds after which it may be tried again; 0 where that is not said
}

func (e *statusError) Error() string { return e.err.Error() }
func (e *statusError) Unwrap() error { return e.err }

func errorf(status int, format string, args ...any) error {
	return &statusError{status: status, err: fmt.Errorf(format, args...)}
}

// failErr answers with err.
func (s *Server) failErr(w http.ResponseWriter, r *http.Request, err error) {
	var status *statusError
	var tooLarge *http.MaxBytesError
	var query *graph.QueryError
	var quad *graph.QuadError
	var making *index.Making
	switch {
	case errors.As(err, &making):
		s.making(w, r, making)
	case errors.As(err, &status):
		if status.retry > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(status.retry))
		}
		if status.status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Bearer realm="kg"`)
		}
		s.fail(w, r, status.status, err.Error())
	case errors.As(err, &tooLarge):
		s.fail(w, r, http.StatusRequestEntityTooLarge, tooBig(tooLarge.Limit))
	case errors.Is(err, context.DeadlineExceeded):
		s.fail(w, r, http.StatusGatewayTimeout, fmt.Sprintf("stopped at the time limit of %s", s.opt.QueryTimeout))
	case r.Context().Err() != nil || errors.Is(err, context.Canceled):
		// The client is gone or the server stops.
		s.fail(w, r, http.StatusServiceUnavailable, "stopped before the end")
	case errors.Is(err, errBusy), errors.Is(err, errBusyPages):
		w.Header().Set("Retry-After", "5")
		s.fail(w, r, http.StatusServiceUnavailable, err.Error())
	case errors.As(err, &query), errors.As(err, &quad):
		s.fail(w, r, http.StatusBadRequest, err.Error())
	case errors.Is(err, graph.ErrReadOnly):
		s.fail(w, r, http.StatusForbidden, readOnlyText)
	case errors.Is(err, graph.ErrClosed):
		s.fail(w, r, http.StatusServiceUnavailable, "the server is stopping")
	default:
		id := callerOf(r).id
		s.log.WithFields(logrus.Fields{"method": r.Method, "path": r.URL.Path, "error": err, "id": id}).Error("request failed")
		s.fail(w, r, http.StatusInternalServerError, "the graph could not be read or written; the server's log has the details under "+id)
	}
}

// fail answers with an error: JSON below /api/ and where the address asks for it, else a page.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, text string) {
	switch {
	case strings.HasPrefix(r.URL.Path, restPath+"/"):
		failProblem(w, status, text)
		return
	case !strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != "/mcp" && !wantsJSON(r) && accepted(r)[0] != "application/json":
		s.errorPage(w, r, status, text)
		return
	}
	answer := map[string]any{"error": text}
	if r.PathValue("lang") == "graphql" || r.URL.Query().Get("lang") == "graphql" {
		answer["errors"] = []map[string]string{{"message": text}}
	}
	writeJSON(w, status, "application/json", answer)
}

// writeJSON answers with v. Nothing is sent before all of it is known to be JSON.
func writeJSON(w http.ResponseWriter, status int, ctype string, v any) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return errorf(http.StatusBadRequest, "the answer cannot be written as JSON: %w", err)
	}
	w.Header().Set("Content-Type", ctype)
	w.Header().Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	w.Write(buf.Bytes())
	return nil
}

// Queries

func (s *Server) queryV1(w http.ResponseWriter, r *http.Request) error {
	text, err := s.queryText(w, r)
	if err != nil {
		return err
	}
	return s.query(w, r, r.PathValue("lang"), text, false)
}

func (s *Server) queryV2(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if q.Get("lang") == "" {
		return errorf(http.StatusBadRequest, "query language not specified: add lang=gizmo, graphql or mql")
	}
	text := q.Get("qu")
	if r.Method == http.MethodPost {
		var err error
		if text, err = s.queryText(w, r); err != nil {
			return err
		}
	}
	return s.query(w, r, q.Get("lang"), text, slices.Contains(accepted(r)[:1], typeJSONLD))
}

func (s *Server) queryText(w http.ResponseWriter, r *http.Request) (string, error) {
	b, err := s.body(w, r, min(maxQuery, s.opt.MaxBody))
	return string(b), err
}

// answer is what a query is answered with. Cayley's clients read Result or Data only.
type answer struct {
	Result []any `json:"result"`
	Meta   meta  `json:"meta"`
}

type graphqlAnswer struct {
	Data any  `json:"data"`
	Meta meta `json:"meta"`
}

type meta struct {
	Rows      int    `json:"rows"`
	Total     int    `json:"total"`   // rows that there are
	Counted   bool   `json:"counted"` // false: total is how many were seen, at least
	Truncated bool   `json:"truncated"`
	Note      string `json:"note"` // the same in words: "showing 100 of 1234"
	Ms        int64  `json:"ms"`
}

func (s *Server) query(w http.ResponseWriter, r *http.Request, lang, text string, jsonLD bool) error {
	limit, err := s.rowLimit(r)
	if err != nil {
		return err
	}
	res, err := s.run(r.Context(), graph.QueryRequest{Lang: lang, Text: text, Limit: limit, JSONLD: jsonLD})
	if err != nil {
		return err
	}
	total := strconv.Itoa(res.Total)
	if !res.Counted {
		total += "+"
	}
	w.Header().Set("Kg-Rows", strconv.Itoa(len(res.Rows)))
	w.Header().Set("Kg-Total", total)
	m := meta{len(res.Rows), res.Total, res.Counted, res.Truncated, res.Note(), res.Elapsed.Milliseconds()}
	if lang == "graphql" {
		var data any
		if len(res.Rows) > 0 {
			data = res.Rows[0]
		}
		return writeJSON(w, http.StatusOK, "application/json", graphqlAnswer{data, m})
	}
	ctype := "application/json"
	if jsonLD {
		ctype = typeJSONLD
	}
	return writeJSON(w, http.StatusOK, ctype, answer{res.Rows, m})
}

// run runs a query within the limits. Rows is never nil.
func (s *Server) run(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
	if err := checkQuery(q.Lang, q.Text); err != nil {
		return nil, err
	}
	release, err := s.slot(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	q.Timeout = s.opt.QueryTimeout
	res, err := s.store.Query(ctx, q)
	if err != nil {
		return nil, err
	}
	if res.Rows == nil {
		res.Rows = []any{}
	}
	return res, nil
}

func checkQuery(lang, text string) error {
	if !slices.Contains(graph.Languages, lang) {
		return errorf(http.StatusBadRequest, "unknown query language %.40q: there are %s", lang, strings.Join(graph.Languages, ", "))
	}
	if strings.TrimSpace(text) == "" {
		return errorf(http.StatusBadRequest, "query is empty")
	}
	if len(text) > maxQuery {
		return errorf(http.StatusRequestEntityTooLarge, "%s", tooBig(maxQuery))
	}
	if !utf8.ValidString(text) {
		return errorf(http.StatusBadRequest, "query is not valid UTF-8")
	}
	return nil
}

// rowLimit reads limit=N: absent or 0 for the server's own, -1 for all.
func (s *Server) rowLimit(r *http.Request) (int, error) {
	v := r.URL.Query().Get("limit")
	if v == "" {
		return s.opt.RowLimit, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < -1 {
		return 0, errorf(http.StatusBadRequest, "limit: not a number of rows: %.40q", v)
	}
	switch {
	case n == 0:
		n = s.opt.RowLimit
	case n > graph.MaxRows:
		n = graph.MaxRows
	}
	return n, nil
}

func (s *Server) shapeV1(w http.ResponseWriter, r *http.Request) error {
	text, err := s.queryText(w, r)
	if err != nil {
		return err
	}
	lang := r.PathValue("lang")
	if err := checkQuery(lang, text); err != nil {
		return err
	}
	release, err := s.slot(r.Context())
	if err != nil {
		return err
	}
	defer release()
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.QueryTimeout)
	defer cancel()
	shape, err := s.store.Shape(ctx, lang, text)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, "application/json", shape)
}

// Reading

func (s *Server) readV2(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, min(maxQuery, s.opt.MaxBody))
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f, err := readFormat(r)
	if err != nil {
		return err
	}
	short := false
	switch v := r.Form.Get("iri"); v {
	case "", "full":
	case "short":
		short = true
	default:
		return errorf(http.StatusBadRequest, "iri: neither short nor full: %.40q", v)
	}
	patterns, err := readPatterns(r)
	if err != nil {
		return err
	}
	limit := -1
	if v := r.Form.Get("limit"); v != "" {
		if limit, err = strconv.Atoi(v); err != nil || limit < -1 {
			return errorf(http.StatusBadRequest, "limit: not a number of quads: %.40q", v)
		}
	}
	release, err := s.slot(r.Context())
	if err != nil {
		return err
	}
	defer release()

	var readErr error
	quads := func(yield func(graph.Quad, error) bool) {
		n := 0
		for _, p := range patterns {
			for q, err := range s.store.Quads(r.Context(), p) {
				if err != nil {
					readErr = err
					yield(q, err)
					return
				}
				if n == limit || !yield(q, nil) {
					return
				}
				n++
			}
		}
	}
	w.Header().Set("Content-Type", f.mime[0])
	w.Header().Set("Vary", "Accept, Accept-Encoding")
	return s.dump(w, r, func(out io.Writer) error {
		if err := f.encode(s.store, out, quads, short); err != nil {
			return err
		}
		return readErr
	})
}

// dump answers with what write writes, compressed where r takes that. It may take longer than a query, so it has no time limit; but a
// client that stops reading is dropped. The error is one from before the answer began; after that the connection is broken off.
func (s *Server) dump(w http.ResponseWriter, r *http.Request, write func(io.Writer) error) error {
	out := &patientWriter{w: w, rc: http.NewResponseController(w)}
	var dst io.Writer = out
	var zw *gzip.Writer
	if acceptsGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		zw = gzip.NewWriter(out)
		dst = zw
	}
	buf := bufio.NewWriterSize(dst, 64<<10)
	err := write(buf)
	if err == nil {
		err = buf.Flush()
	}
	if err == nil && zw != nil {
		err = zw.Close()
	}
	if err == nil {
		return nil
	}
	if out.begun {
		// The status is sent; a broken connection is the only way left to tell that quads are missing.
		s.log.WithFields(logrus.Fields{"path": r.URL.Path, "error": err, "id": callerOf(r).id}).Warn("answer broken off")
		panic(http.ErrAbortHandler)
	}
	w.Header().Del("Content-Encoding")
	return err
}

// patientWriter gives the client a minute for each piece.
type patientWriter struct {
	w     io.Writer
	rc    *http.ResponseController
	begun bool
}

func (p *patientWriter) Write(b []byte) (int, error) {
	p.begun = true
	// Where the connection has no deadlines (a test's recorder) there is nothing to extend.
	_ = p.rc.SetWriteDeadline(time.Now().Add(time.Minute))
	return p.w.Write(b)
}

// readPatterns reads sub, pred, obj and label, each a list of nodes with commas between, as Cayley does; every combination is a
// pattern.
func readPatterns(r *http.Request) ([]graph.Quad, error) {
	patterns := []graph.Quad{{}}
	for _, p := range []struct {
		name string
		set  func(*graph.Quad, graph.Term)
	}{
		{"sub", func(q *graph.Quad, t graph.Term) { q.Subject = t }},
		{"pred", func(q *graph.Quad, t graph.Term) { q.Predicate = t }},
		{"obj", func(q *graph.Quad, t graph.Term) { q.Object = t }},
		{"label", func(q *graph.Quad, t graph.Term) { q.Graph = t }},
	} {
		list := r.Form.Get(p.name)
		if list == "" {
			continue
		}
		var next []graph.Quad
		seen := map[graph.Term]bool{}
		for v := range strings.SplitSeq(list, ",") {
			t, err := graph.ParseTerm(v)
			if err != nil {
				return nil, errorf(http.StatusBadRequest, "%s: %w", p.name, err)
			}
			if seen[t] {
				continue
			}
			seen[t] = true
			for _, q := range patterns {
				p.set(&q, t)
				next = append(next, q)
			}
			if len(next) > 1000 {
				return nil, errorf(http.StatusBadRequest, "more than 1000 combinations of sub, pred, obj and label")
			}
		}
		patterns = next
	}
	return patterns, nil
}

// Writing

const readOnlyText = "this server is read-only; start it with kg serve --write to change the graph"

// written is the answer to a write or delete; API v1 has Result only.
type written struct {
	Result string `json:"result"`
	Count  int    `json:"count"`
}

func (s *Server) writeV1(w http.ResponseWriter, r *http.Request) error {
	quads, err := s.bodyQuads(w, r, formatNamed("json"))
	if err != nil {
		return err
	}
	return s.add(w, r, quads)
}

func (s *Server) deleteV1(w http.ResponseWriter, r *http.Request) error {
	quads, err := s.bodyQuads(w, r, formatNamed("json"))
	if err != nil {
		return err
	}
	return s.remove(w, r, quads)
}

func (s *Server) writeV2(w http.ResponseWriter, r *http.Request) error {
	f, err := writeFormat(r)
	if err != nil {
		return err
	}
	quads, err := s.bodyQuads(w, r, f)
	if err != nil {
		return err
	}
	return s.add(w, r, quads)
}

func (s *Server) deleteV2(w http.ResponseWriter, r *http.Request) error {
	f, err := writeFormat(r)
	if err != nil {
		return err
	}
	quads, err := s.bodyQuads(w, r, f)
	if err != nil {
		return err
	}
	return s.remove(w, r, quads)
}

// writeFileV1 takes a form with the file NQuadFile, which may be compressed with gzip or bzip2.
func (s *Server) writeFileV1(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, s.opt.MaxBody)
	parts, err := r.MultipartReader()
	if err != nil {
		return errorf(http.StatusBadRequest, "not a form with a file: %w", err)
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return errorf(http.StatusBadRequest, "the form has no file NQuadFile")
		}
		if err != nil {
			return badForm(err)
		}
		if part.FormName() != "NQuadFile" {
			continue
		}
		in := bufio.NewReader(part)
		var rd io.Reader = in
		magic, _ := in.Peek(3)
		switch {
		case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
			if rd, err = gzip.NewReader(in); err != nil {
				return errorf(http.StatusBadRequest, "NQuadFile: %w", err)
			}
		case bytes.HasPrefix(magic, []byte("BZh")):
			rd = bzip2.NewReader(in)
		}
		b, err := readAll(rd, s.opt.MaxBody)
		if err != nil {
			return err
		}
		quads, err := formatNamed("nquads").parse(s.store, b)
		if err != nil {
			return err
		}
		return s.add(w, r, quads)
	}
}

func (s *Server) bodyQuads(w http.ResponseWriter, r *http.Request, f *format) ([]graph.Quad, error) {
	b, err := s.body(w, r, s.opt.MaxBody)
	if err != nil {
		return nil, err
	}
	return f.parse(s.store, b)
}

func (s *Server) add(w http.ResponseWriter, r *http.Request, quads []graph.Quad) error {
	added, err := s.store.WriteQuads(r.Context(), quads)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Successfully wrote %d quads.", len(quads))
	if added < len(quads) {
		text = fmt.Sprintf("Successfully wrote %d quads, %d of them new.", len(quads), added)
	}
	return writeJSON(w, http.StatusOK, "application/json", written{text, len(quads)})
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request, quads []graph.Quad) error {
	n, err := s.store.DeleteQuads(r.Context(), quads)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, "application/json", written{fmt.Sprintf("Successfully deleted %d quads.", n), n})
}

// deleteNodeV2 removes every quad that has the node of the body in any place.
func (s *Server) deleteNodeV2(w http.ResponseWriter, r *http.Request) error {
	f, err := writeFormat(r)
	if err != nil {
		return err
	}
	b, err := s.body(w, r, min(128<<10, s.opt.MaxBody))
	if err != nil {
		return err
	}
	node, err := f.parseNode(s.store, b)
	if err != nil {
		return err
	}
	var quads []graph.Quad
	seen := map[graph.Quad]bool{}
	for _, p := range []graph.Quad{{Subject: node}, {Predicate: node}, {Object: node}, {Graph: node}} {
		if node.Kind == graph.Literal && p.Object != node {
			continue
		}
		for q, err := range s.store.Quads(r.Context(), p) {
			if err != nil {
				return err
			}
			if !seen[q] {
				seen[q] = true
				quads = append(quads, q)
			}
		}
	}
	if len(quads) == 0 {
		return errorf(http.StatusNotFound, "the graph has no node %.100s", node)
	}
	if _, err := s.store.DeleteQuads(r.Context(), quads); err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, "application/json", written{"Successfully deleted 1 nodes.", 1})
}

func (s *Server) formatsV2(w http.ResponseWriter, r *http.Request) error {
	type entry struct {
		ID     string   `json:"id"`
		Read   bool     `json:"read,omitempty"`
		Write  bool     `json:"write,omitempty"`
		Nodes  bool     `json:"nodes,omitempty"`
		Ext    []string `json:"ext,omitempty"`
		Mime   []string `json:"mime,omitempty"`
		Binary bool     `json:"binary,omitempty"`
	}
	var out []entry
	for _, f := range formats {
		out = append(out, entry{f.name, f.parse != nil, f.encode != nil, f.parseNode != nil, f.ext, f.mime, f.binary})
	}
	return writeJSON(w, http.StatusOK, "application/json", out)
}

// Bodies

// body reads a request's body, decompressed. More than limit bytes, as sent or decompressed, are an error: nothing is ever cut.
func (s *Server) body(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, errorf(http.StatusRequestEntityTooLarge, "%s", tooBig(limit))
	}
	var rd io.Reader = http.MaxBytesReader(w, r.Body, limit)
	switch enc := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
	case "gzip", "x-gzip":
		zr, err := gzip.NewReader(rd)
		if err != nil {
			return nil, badBody(err)
		}
		rd = zr
	default:
		return nil, errorf(http.StatusUnsupportedMediaType, "the body is compressed with %.40q; gzip is understood", enc)
	}
	return readAll(rd, limit)
}

func readAll(rd io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(rd, limit+1))
	if err != nil {
		return nil, badBody(err)
	}
	if int64(len(b)) > limit {
		return nil, errorf(http.StatusRequestEntityTooLarge, "%s", tooBig(limit))
	}
	return b, nil
}

func badBody(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return errorf(http.StatusBadRequest, "read the body: %w", err)
}

func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return errorf(http.StatusBadRequest, "read the form: %w", err)
}

func tooBig(limit int64) string {
	size := fmt.Sprintf("%d bytes", limit)
	if limit >= 1<<20 && limit%(1<<20) == 0 {
		size = fmt.Sprintf("%d MiB", limit>>20)
	}
	return "the request is larger than the limit of " + size + "; nothing of it was used"
}

// accepted lists the media types of the Accept header, the most wanted first, at least one.
func accepted(r *http.Request) []string {
	type want struct {
		ctype string
		q     float64
	}
	var wants []want
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		ctype, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if v, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(v, 64); err != nil || q <= 0 {
				continue
			}
		}
		wants = append(wants, want{ctype, q})
	}
	slices.SortStableFunc(wants, func(a, b want) int {
		switch {
		case a.q > b.q:
			return -1
		case a.q < b.q:
			return 1
		}
		return 0
	})
	out := make([]string, 0, len(wants)+1)
	for _, w := range wants {
		out = append(out, w.ctype)
	}
	if len(out) == 0 {
		out = append(out, "*/*")
	}
	return out
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.0")
		}
	}
	return false
}
