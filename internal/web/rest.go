package web

import "net/http"

// restRoutes is the API under /api/kg/v1.
func (s *Server) restRoutes(mux *http.ServeMux) {}
