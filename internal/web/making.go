package web

import (
	"net/http"
	"strconv"
	"strings"

	"kg/internal/index"
)

// refreshMaking is how many seconds a browser waits before it asks again for a page whose index is being made.
const refreshMaking = 2

// making answers while there is no index yet: a page that says so and comes back, JSON where that was asked for.
func (s *Server) making(w http.ResponseWriter, r *http.Request, m *index.Making) {
	w.Header().Set("Retry-After", strconv.Itoa(refreshMaking))
	w.Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(r.URL.Path, "/api/") || wantsJSON(r) {
		s.fail(w, r, http.StatusServiceUnavailable, m.Error())
		return
	}
	view := struct {
		Title   string
		Percent int
	}{"One moment, please", int(100 * m.Part)}
	s.render(w, r, page{Template: "making.html", Title: view.Title, Status: http.StatusServiceUnavailable, Refresh: refreshMaking}, view)
}
