package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/quad"
)

// QueryRequest is a query in one of Languages.
type QueryRequest struct {
	Lang string // "gizmo" (the default), "graphql" or "mql"
	Text string
	// Limit is the most rows to return: 0 means DefaultLimit, -1 means MaxRows.
	Limit int
	// Timeout ends a query that runs longer with an error that matches context.DeadlineExceeded; DefaultTimeout where 0.
	Timeout time.Duration
	// JSONLD gives nodes of Gizmo rows as {"@id": "kg:Russia"} and {"@value": …, "@type": …} objects, as API v2 does for Accept:
	// application/ld+json (which Cayley's web UI sends), instead of strings. GraphQL and MQL have no such form.
	JSONLD bool
}

const (
	DefaultLimit   = 100
	MaxRows        = 100_000
	DefaultTimeout = 30 * time.Second

	// maxQueries is how many queries run at once; more wait.
	maxQueries = 8
	// maxQueryText is the most bytes of a query: parsers recurse, and Go's stack is not without end.
	maxQueryText = 32 << 10
	// maxHeapGrowth is how much the heap may grow while a query runs before it is ended.
	maxHeapGrowth = 256 << 20
	// countTime is how long rows beyond the limit are counted.
	countTime = 2 * time.Second
)

// Languages are the query languages that Query knows.
var Languages = []string{"gizmo", "graphql", "mql"}

// Result is the answer to a query.
type Result struct {
	// Rows marshal to JSON, and are never nil.
	//
	// A Gizmo row is what API v1 and v2 of Cayley give: {"id": "<kg:Russia>", "tag": …} of All, or whatever was given to emit. IRIs
	// are strings in brackets, plain literals strings, numbers and truth values native, dates, times and URIs strings without
	// their type; other literals strings in N-Quads notation. A query without rows that ends in a value, such as
	// g.V().Count(), has that value as its row.
	//
	// GraphQL has one row, the data object. MQL has its result objects, where every value is a string.
	Rows []any
	// Total is the number of rows that there are; where not Counted it is only how many were seen, at least. GraphQL counts the
	// objects of the top-level fields.
	Total     int
	Truncated bool // Rows are fewer than there are
	Counted   bool // Total is exact
	Elapsed   time.Duration
}

// Note says how much of the answer Rows is: "3 rows", "showing 100 of 1234", "showing 100 of at least 5000".
func (r *Result) Note() string {
	shown := r.Total
	if r.Truncated && len(r.Rows) < r.Total {
		shown = len(r.Rows)
	}
	switch {
	case r.Truncated && r.Counted:
		return fmt.Sprintf("showing %d of %d", shown, r.Total)
	case r.Truncated:
		return fmt.Sprintf("showing %d of at least %d", shown, r.Total)
	case r.Total == 1:
		return "1 row"
	}
	return fmt.Sprintf("%d rows", r.Total)
}

// QueryError is a fault of the query's text or of what it asks, as against one of the store: an API answers it with status 400.
type QueryError struct {
	Lang string
	Err  error // names line and column where they are known
	// Where in a Gizmo query the fault is, from 1 on, columns in characters; 0 where that is not known.
	Line, Column int
}

func (e *QueryError) Error() string { return e.Lang + ": " + e.Err.Error() }
func (e *QueryError) Unwrap() error { return e.Err }

// faultAt is an error with its place in the text of a query.
type faultAt struct {
	line, column int // from 1 on, in characters; 0 where not known
	err          error
}

func (f *faultAt) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", f.line, f.column, f.err)
}

func (f *faultAt) Unwrap() error { return f.err }

var (
	errQueryTimeout = fmt.Errorf("query ran into its time limit: %w", context.DeadlineExceeded)
	errQueryMemory  = errors.New("query needs too much memory")
)

// admit waits until one more query may run, or until it is the only one, and returns what ends its turn.
func (s *Store) admit(ctx context.Context, alone bool) (done func(), err error) {
	want := 1
	if alone {
		want = maxQueries
		select {
		case s.alone <- struct{}{}: // two that gather turns would wait for each other
			defer func() { <-s.alone }()
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	for n := range want {
		select {
		case s.queries <- struct{}{}:
		case <-ctx.Done():
			for range n {
				<-s.queries
			}
			return nil, context.Cause(ctx)
		}
	}
	return func() {
		for range want {
			<-s.queries
		}
	}, nil
}

// Query runs a query. Whatever the text does – endless loops, deep recursion, memory bombs, wrong argument types – it ends with an
// answer or an error at its time limit, or after the one built-in function that runs then, and nothing of it runs on afterwards:
// it runs in the caller's goroutine. Errors are of the store, of ctx, or a *QueryError.
func (s *Store) Query(ctx context.Context, req QueryRequest) (*Result, error) {
	start := time.Now()
	if req.Lang == "" {
		req.Lang = "gizmo"
	}
	if len(req.Text) > maxQueryText {
		return nil, &QueryError{Lang: req.Lang, Err: fmt.Errorf("query of %d bytes; at most %d are allowed", len(req.Text), maxQueryText)}
	}
	var run func(ctx context.Context, v *view, req QueryRequest) (*Result, error)
	switch req.Lang {
	case "gizmo":
		run = runGizmo
	case "graphql":
		run = runGraphQL
	case "mql":
		run = runMQL
	default:
		return nil, &QueryError{Lang: req.Lang, Err: fmt.Errorf("unknown query language; there are %v", Languages)}
	}
	switch {
	case req.Limit == 0:
		req.Limit = DefaultLimit
	case req.Limit < 0 || req.Limit > MaxRows:
		req.Limit = MaxRows
	}
	if req.Timeout <= 0 {
		req.Timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeoutCause(ctx, req.Timeout, errQueryTimeout)
	defer cancel()
	res, others, err := s.query(ctx, req, run, false)
	if errors.Is(err, errQueryMemory) && others {
		res, _, err = s.query(ctx, req, run, true)
	}
	if err != nil {
		return nil, err
	}
	if res.Rows == nil {
		res.Rows = []any{}
	}
	res.Elapsed = time.Since(start)
	return res, nil
}

// query runs a query, alone where that is asked for: the heap's growth does not tell whose it is. others says that there were other
// queries at its end.
func (s *Store) query(ctx context.Context, req QueryRequest, run func(context.Context, *view, QueryRequest) (*Result, error), alone bool) (
	res *Result, others bool, err error) {
	done, err := s.admit(ctx, alone)
	if err != nil {
		return nil, false, err
	}
	defer done()
	stop := &stopper{}
	defer watchHeap(stop)()
	err = s.readUntil(ctx, stop, func(v *view) error {
		err := guard("query", func() (err error) {
			res, err = run(ctx, v, req)
			return err
		})
		if err == nil {
			return nil
		}
		if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
			return context.Cause(ctx)
		}
		return stop.fault(req.Lang, err)
	})
	return res, !alone && len(s.queries) > 1, err
}

// fault is the error of a query, with its place: what ended it tells more than what Cayley or goja makes of that.
func (s *stopper) fault(lang string, err error) error {
	at := &faultAt{}
	errors.As(err, &at)
	if cause := s.err.Load(); cause != nil {
		if err = *cause; at.line != 0 {
			err = &faultAt{at.line, at.column, err}
		}
	}
	return &QueryError{Lang: lang, Err: err, Line: at.line, Column: at.column}
}

// watchHeap sets stop when the heap has grown too much, until the returned function is called.
func watchHeap(stop *stopper) (done func()) {
	heap := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	start := heap()
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		limit := start + maxHeapGrowth
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
			}
			if h := heap(); h < limit {
				continue
			}
			// Much of it may be garbage, of this query or of others.
			runtime.GC()
			h := heap()
			if h >= start+maxHeapGrowth {
				stop.set(errQueryMemory)
				return
			}
			limit = max(start+maxHeapGrowth, h+maxHeapGrowth/2) // do not collect at every tick
		}
	}()
	return func() {
		close(quit)
		<-ended
	}
}

// native gives a value as it stands in rows.
func (ns *namespaces) native(v quad.Value, jsonLD bool) any {
	if v == nil {
		return nil
	}
	if jsonLD {
		return ns.nativeLD(v)
	}
	switch t := ns.term(v); {
	case t.Kind != Literal:
		return t.String()
	case t.Lang != "" || t.Datatype == "":
		return t.Value
	default:
		if n, ok := number(t); ok {
			return n
		}
		switch t.Datatype {
		case "xsd:boolean":
			return t.Value == "true" || t.Value == "1"
		case "xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:dateTime", "xsd:time", "xsd:anyURI":
			return t.Value
		}
		return t.String()
	}
}

func (ns *namespaces) nativeLD(v quad.Value) any {
	switch t := ns.term(v); {
	case t.Kind == Resource:
		return map[string]any{"@id": t.Value}
	case t.Kind == Blank:
		return map[string]any{"@id": t.String()}
	case t.Lang != "":
		return map[string]any{"@value": t.Value, "@language": t.Lang}
	case t.Datatype != "":
		return map[string]any{"@value": t.Value, "@type": ns.expand(string(t.Datatype))}
	default:
		return t.Value
	}
}

// runGraphQL and runMQL run Cayley's own packages: they work in the calling goroutine and start none, so guard, the stopper below
// every read and watchHeap contain them.
func runGraphQL(ctx context.Context, v *view, req QueryRequest) (*Result, error) {
	it, err := graphql.NewSession(v).Execute(ctx, req.Text, query.Options{Collation: query.JSON, Limit: req.Limit})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	res := &Result{Counted: true}
	for it.Next(ctx) {
		data, _ := it.Result().(map[string]any)
		row := map[string]any{}
		for field, x := range data {
			list, ok := x.([]map[string]any)
			switch {
			case !ok && x == nil:
			case !ok:
				res.Total++
			default:
				res.Total += len(list)
				if len(list) > req.Limit {
					x = list[:req.Limit]
					res.Truncated = true
				}
			}
			row[field] = v.ns.plain(x)
		}
		res.Rows = append(res.Rows, row)
	}
	v.stop.check()
	return res, it.Err()
}

// plain turns the values in GraphQL's objects into JSON; IRIs stand without brackets, as Cayley gives them there.
func (ns *namespaces) plain(x any) any {
	switch x := x.(type) {
	case quad.IRI:
		return string(x)
	case quad.Value:
		return ns.native(x, false)
	case []quad.Value:
		out := make([]any, len(x))
		for i := range x {
			out[i] = ns.plain(x[i])
		}
		return out
	case []map[string]any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = ns.plain(x[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, val := range x {
			out[k] = ns.plain(val)
		}
		return out
	}
	return x
}

func runMQL(ctx context.Context, v *view, req QueryRequest) (*Result, error) {
	it, err := mql.NewSession(v).Execute(ctx, req.Text, query.Options{Collation: query.JSON})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	res := &Result{Counted: true}
	for it.Next(ctx) { // collects all rows at the first step
		if len(res.Rows) < req.Limit {
			res.Rows = append(res.Rows, it.Result())
		}
		res.Total++
	}
	res.Truncated = res.Total > len(res.Rows)
	v.stop.check()
	return res, it.Err()
}

// namer remembers the values of nodes within one query: rows repeat them.
type namer struct {
	v    *view
	seen map[any]quad.Value
}

func (n *namer) nameOf(ref refs.Ref) (quad.Value, error) {
	if ref == nil {
		return nil, nil
	}
	key := ref.Key()
	if val, ok := n.seen[key]; ok {
		return val, nil
	}
	val, err := n.v.NameOf(ref)
	if err == nil {
		if n.seen == nil || len(n.seen) > 10_000 {
			n.seen = map[any]quad.Value{}
		}
		n.seen[key] = val
	}
	return val, err
}
