package graph

import (
	"context"
	"time"
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
	// application/ld+json (which Cayley's web UI sends), instead of strings.
	JSONLD bool
}

const (
	DefaultLimit   = 100
	MaxRows        = 100_000
	DefaultTimeout = 30 * time.Second

	// maxQueries is how many queries run at once; more wait.
	maxQueries = 8
)

// Languages are the query languages that Query knows.
var Languages = []string{"gizmo", "graphql", "mql"}

// Result is the answer to a query.
type Result struct {
	// Rows marshal to JSON. A Gizmo row is what API v1 and v2 of Cayley give: {"id": "<kg:Russia>", "tag": …} of All, or whatever was
	// given to emit. GraphQL has one row, the data object. Row order is Cayley's.
	Rows []any
	// Total is the number of rows that there are; where Truncated and not Counted it is only how many were seen, at least.
	Total     int
	Truncated bool // Rows are fewer than there are
	Counted   bool // Total is exact
	Elapsed   time.Duration
}

// Note says how much of the answer Rows is: "3 rows", "showing 100 of 1234", "showing 100 of at least 5000".
func (r *Result) Note() string { return "" }

// QueryError is a fault of the query's text or of what it asks, as against one of the store: an API answers it with status 400.
type QueryError struct {
	Lang string
	Err  error
}

func (e *QueryError) Error() string { return e.Lang + ": " + e.Err.Error() }
func (e *QueryError) Unwrap() error { return e.Err }

// Query runs a query. Whatever the text does – endless loops, deep recursion, memory bombs, wrong argument types – it ends with an
// answer or an error at its time limit at the latest, and nothing of it runs on afterwards.
func (s *Store) Query(ctx context.Context, req QueryRequest) (*Result, error) {
	return nil, errTODO
}

// Shape returns the shape of a query as Cayley's web UI draws it (POST /api/v1/shape/LANG): a value that marshals to
// {"nodes": [{"id": 1, …}], "links": [{"source": 1, "target": 2, …}]}.
func (s *Store) Shape(ctx context.Context, lang, text string) (any, error) { return nil, errTODO }
