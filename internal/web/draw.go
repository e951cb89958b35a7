package web

// drawRoutes are the drawings: graph, overview, timeline, matrix and map, each with its data.
func (s *Server) drawRoutes(page pageRoute) {}
