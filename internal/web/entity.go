package web

import (
	"net/http"

	"kg/graph"
)

// entityRoutes are the pages about entities and pairs of them.
func (s *Server) entityRoutes(page pageRoute) {
	page("/entity", s.entityPage)
	page("/entity.json", s.entityPage)
	page("/entity/{name...}", s.entityPage)
}

func (s *Server) entityPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	e, ok := x.Entity(graph.IRI("kg:" + name))
	if !ok {
		s.notFound(w, r)
		return
	}
	picked, form, err := filterOf(r, x, x.Entities[e].Claims, e)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	view := entityView{Entity: *thingOf(x, e), Filter: form}
	if sp, ok := spanOf(x, picked); ok {
		view.Spark = sparkOf(x, picked, sp, 48)
	}
	if view.List, err = s.claimList(r, x, picked); err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "entity.html", Title: view.Entity.Label}, &view)
}

type entityView struct {
	Entity thing      `json:"entity"`
	Spark  *sparkline `json:"over_time,omitempty"`
	Filter filterForm `json:"filter"`
	List   claimList  `json:"statements"`
}
