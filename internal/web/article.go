package web

// articleRoutes are the pages about articles, claims, events and relations.
func (s *Server) articleRoutes(page pageRoute) {}
