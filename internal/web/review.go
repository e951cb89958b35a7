package web

import "net/http"

// reviewRoutes are the page on which people judge, and what it sends.
func (s *Server) reviewRoutes(mux *http.ServeMux, page pageRoute) {}
