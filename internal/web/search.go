package web

// searchRoutes are the search page, its completion and what changed.
func (s *Server) searchRoutes(page pageRoute) {}
