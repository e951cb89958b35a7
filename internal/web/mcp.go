package web

import (
	"context"
	"errors"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/sirupsen/logrus"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/mcp"
)

// maxMCP is the most bytes of a message to /mcp.
const maxMCP = 256 << 10

// mcpRoutes is the Model Context Protocol over streamable HTTP, without sessions: each message is answered by itself.
func (s *Server) mcpRoutes(mux *http.ServeMux) {
	schemas := sdk.NewSchemaCache()
	h := sdk.NewStreamableHTTPHandler(func(r *http.Request) *sdk.Server {
		// The client does not know where pages stand; their addresses begin with the one that it asks at.
		base := "http://" + r.Host
		if overTLS(r) {
			base = "https://" + r.Host
		}
		reader := &api.Reader{Store: s.graph, Live: s.live, At: addresses(base)}
		return mcp.New(reader, mcp.Options{Version: apiVersion, Schemas: schemas, Index: s.live.Index, Query: s.queryForMCP, Fault: func(err error) {
			s.log.WithFields(logrus.Fields{"path": "/mcp", "error": err, "id": callerOf(r).id}).Error("request failed")
		}})
	}, &sdk.StreamableHTTPOptions{Stateless: true, JSONResponse: true, DisableLocalhostProtection: true}) // guard has checked host and origin
	s.handle(mux, "/mcp", func(w http.ResponseWriter, r *http.Request) error {
		if s.graph == nil {
			return errorf(http.StatusServiceUnavailable, "this server has no index")
		}
		if r.ContentLength > maxMCP {
			return errorf(http.StatusRequestEntityTooLarge, "%s", tooBig(maxMCP))
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxMCP)
		s.limited(h.ServeHTTP)(w, r)
		return nil
	}, http.MethodPost, http.MethodGet, http.MethodDelete)
}

// queryForMCP is run with what a client may be told of errors.
func (s *Server) queryForMCP(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
	res, err := s.run(ctx, q)
	var status *statusError
	if errors.As(err, &status) || errors.Is(err, errBusy) {
		return nil, mcp.Refused{Err: err}
	}
	return res, err
}
