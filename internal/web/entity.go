package web

// entityRoutes are the pages about entities and pairs of them.
func (s *Server) entityRoutes(page pageRoute) {}
