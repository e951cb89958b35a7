package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
	"kg/internal/index"
)

// drawRoutes are the drawings: graph, overview, timeline, matrix and map. The page has the content as a table, the twin (.json) is what
// the drawing is made of.
func (s *Server) drawRoutes(page pageRoute) {
	for path, h := range map[string]func(*drawing) error{
		"/graph": s.graphPage, "/timeline": s.timelinePage, "/matrix": s.matrixPage, "/map": s.mapPage,
	} {
		page(path, s.draw(h))
		page(path+".json", s.draw(h))
	}
	page("/graph/statements.json", s.draw(s.statementsOfEdge))
}

// drawing is a request for one.
type drawing struct {
	w      http.ResponseWriter
	r      *http.Request
	q      url.Values
	x      *index.Index
	filter index.Filter // that the address asks for
}

// draw reads what every drawing asks for and turns h's error into an answer.
func (s *Server) draw(h func(*drawing) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		d := &drawing{w: w, r: r, q: r.URL.Query()}
		var err error
		if d.filter, err = index.ParseFilter(d.q); err != nil {
			s.failErr(w, r, errorf(http.StatusBadRequest, "%w", err))
			return
		}
		var ok bool
		if d.x, ok = s.indexOf(w, r); !ok {
			return
		}
		if err := h(d); err != nil {
			s.failErr(w, r, err)
		}
	}
}

// number reads a parameter that is a whole number from least to most; without it, it is usual.
func (d *drawing) number(name string, usual, least, most int) (int, error) {
	v := d.q.Get(name)
	if v == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		return 0, errorf(http.StatusBadRequest, "%s: %.100q is not a number from %d to %d", name, v, least, most)
	}
	return n, nil
}

// entity reads a parameter that names an entity; None where it is not given.
func (d *drawing) entity(name string) (index.Ref, error) {
	v := d.q.Get(name)
	if v == "" {
		return index.None, nil
	}
	ref, ok := d.x.Entity(graph.IRI(v))
	if !ok {
		return index.None, errorf(http.StatusNotFound, "%s: the graph has nothing called %.200q", name, v)
	}
	return ref, nil
}

// with is the address of the page with parameters changed, the part of a list apart: a name and a value each, "" takes one away.
func (d *drawing) with(pairs ...string) string {
	return with(d.r, func(q url.Values) {
		q.Del("offset")
		for i := 0; i+1 < len(pairs); i += 2 {
			if q.Del(pairs[i]); pairs[i+1] != "" {
				q.Set(pairs[i], pairs[i+1])
			}
		}
	})
}

// actorsURL is the address of the matrix with other actors.
func (d *drawing) actorsURL(ids []string) string {
	return with(d.r, func(q url.Values) {
		q.Del("add")
		q.Del("n")
		q.Del("of")
		q["actor"] = ids
	})
}

// data is the address of the page's twin.
func (d *drawing) data() string {
	path, query, ok := strings.Cut(d.with(), "?")
	if ok {
		return path + ".json?" + query
	}
	return path + ".json"
}

// hidden are the parameters of the address other than those named, for a form that changes these.
func (d *drawing) hidden(but ...string) (list []param) {
	for _, k := range slices.Sorted(maps.Keys(d.q)) {
		if !slices.Contains(but, k) && k != "offset" {
			for _, v := range d.q[k] {
				list = append(list, param{k, v})
			}
		}
	}
	return list
}

// drawnNode is an entity in a drawing.
type drawnNode struct {
	ID   graph.IRI `json:"id"`
	Name string    `json:"name"`
	// Kind is its shape: "state", "place", "person", "organization", "event" or "thing".
	Kind       string `json:"kind"`
	Type       string `json:"type"` // in words, as the graph has it
	Statements int    `json:"statements"`
	URL        string `json:"url"`
	// Links is how many of the edges that are shown it has; of an overview.
	Links int `json:"links,omitempty"`
}

// drawnEdge are the statements on one side (cooperation, conflict or neither) with one entity as subject and another as object.
type drawnEdge struct {
	Source     graph.IRI      `json:"source"`
	Target     graph.IRI      `json:"target"`
	SourceName string         `json:"source_name"`
	TargetName string         `json:"target_name"`
	Side       string         `json:"side"`   // "cooperation", "conflict" or ""
	Status     string         `json:"status"` // "asserted" where one of them is, else the most frequent
	Statements int            `json:"statements"`
	Articles   int            `json:"articles"`
	Relations  []drawnCount   `json:"relations"` // the most frequent ones, at most edgeRelations
	Kinds      int            `json:"relations_total"`
	Statuses   map[string]int `json:"statuses"`
	First      string         `json:"first,omitempty"` // days
	Last       string         `json:"last,omitempty"`
	URL        string         `json:"url"` // the page of the pair
}

type drawnCount struct {
	ID         graph.IRI `json:"id"`
	Name       string    `json:"name"`
	Statements int       `json:"statements"`
}

// SourceURL and TargetURL are the pages of its ends.
func (e *drawnEdge) SourceURL() string { return entityURL(e.Source) }
func (e *drawnEdge) TargetURL() string { return entityURL(e.Target) }

// StatusText is the status in words.
func (e *drawnEdge) StatusText() string { return statusText(e.Status) }

// Label is the relation of most statements, with how many others there are.
func (e *drawnEdge) Label() string {
	if e.Kinds > 1 {
		return fmt.Sprintf("%s +%d", e.Relations[0].Name, e.Kinds-1)
	}
	return e.Relations[0].Name
}

// Graph is the drawing of a node's neighbours.
func (n *drawnNode) Graph() string { return graphURL(n.ID) }

func (d *drawing) node(ref index.Ref) drawnNode {
	t, e := thingOf(d.x, ref), &d.x.Entities[ref]
	return drawnNode{ID: e.ID, Name: t.Label, Kind: index.KindOf(e), Type: t.Type, Statements: len(e.Claims), URL: t.URL}
}

// edgeKey says what a drawn edge stands for: subject and object, 31 bits each, and the side, 2 bits.
type edgeKey uint64

var edgeSides = [...]string{"", "cooperation", "conflict"}

func keyOf(c *index.Claim) edgeKey {
	side := edgeKey(0)
	switch {
	case c.Cooperative():
		side = 1
	case c.Conflictual():
		side = 2
	}
	return edgeKey(c.Subject)<<33 | edgeKey(c.Object)<<2 | side
}

func (k edgeKey) subject() index.Ref { return index.Ref(k >> 33) }
func (k edgeKey) object() index.Ref  { return index.Ref(k >> 2 & (1<<31 - 1)) }

// edgeCount is an edge with the number of its claims.
type edgeCount struct {
	edgeKey
	n int
}

// count returns the edges that claims make with at least least of them, the most first and at most mostEdges; total are all.
func (d *drawing) count(claims []index.Ref, least int) (edges []edgeCount, total int) {
	keys := make([]edgeKey, len(claims))
	for i, r := range claims {
		keys[i] = keyOf(&d.x.Claims[r])
	}
	slices.Sort(keys)
	var all []edgeCount
	var counts []int
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		if j-i >= least {
			all = append(all, edgeCount{keys[i], j - i})
			counts = append(counts, j-i)
		}
		i = j
	}
	for _, i := range index.Highest(counts, mostEdges) {
		edges = append(edges, all[i])
	}
	return edges, len(all)
}

// edges are what edges say; claims are those that they were counted from, or more.
func (d *drawing) edges(counts []edgeCount, claims []index.Ref) []drawnEdge {
	place := make(map[edgeKey]int, len(counts))
	of := make([][]index.Ref, len(counts))
	for i, e := range counts {
		place[e.edgeKey] = i
		of[i] = make([]index.Ref, 0, e.n)
	}
	for _, r := range claims {
		if i, ok := place[keyOf(&d.x.Claims[r])]; ok {
			of[i] = append(of[i], r)
		}
	}
	list := make([]drawnEdge, len(counts))
	for i, e := range counts {
		list[i] = d.edge(e.edgeKey, of[i])
	}
	return list
}

// edgeRelations is how many relations of an edge are named.
const edgeRelations = 6

func (d *drawing) edge(k edgeKey, claims []index.Ref) drawnEdge {
	x := d.x
	source, target := thingOf(x, k.subject()), thingOf(x, k.object())
	e := drawnEdge{Source: source.ID, Target: target.ID, SourceName: source.Label, TargetName: target.Label, Side: edgeSides[k&3],
		Statements: len(claims), Statuses: map[string]int{}}
	relations := map[index.Ref]int{}
	for _, r := range claims {
		relations[x.Claims[r].Relation]++
		e.Statuses[x.Claims[r].Status.String()]++
	}
	for r, n := range relations {
		e.Relations = append(e.Relations, drawnCount{x.Relations[r].ID, relationName(x, x.Relations[r].ID), n})
	}
	slices.SortFunc(e.Relations, func(a, b drawnCount) int { return cmp.Or(b.Statements-a.Statements, cmp.Compare(a.ID, b.ID)) })
	e.Kinds = len(e.Relations)
	e.Relations = e.Relations[:min(e.Kinds, edgeRelations)]
	if e.Status = "asserted"; e.Statuses[e.Status] == 0 {
		for _, s := range index.Statuses {
			if e.Statuses[s] > e.Statuses[e.Status] {
				e.Status = s
			}
		}
	}
	articles, first, last := x.Spread(claims)
	e.Articles, e.First, e.Last = articles, first.String(), last.String()
	e.URL = d.pair(k.subject(), k.object())
	return e
}

// pair is the page of two entities, with the filter of the drawing and further parameters, a name and a value each.
func (d *drawing) pair(a, b index.Ref, more ...string) string {
	q := d.filter.Values()
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	u := pairURL(d.x.Entities[a].ID, d.x.Entities[b].ID)
	if len(q) > 0 {
		u += "&" + q.Encode()
	}
	return u
}

const (
	usualNodes    = 40
	usualOverview = 1500
	mostNodes     = 5000
	mostEdges     = 10_000
	sigmaNodes    = 2000    // from there on the drawing is that of the overview
	facetLinks    = 200_000 // above, counting what a filter may choose takes too long for a page
)

// graphView is a drawing of one entity with its neighbours, or, where Of is nil, of the entities of most statements.
type graphView struct {
	Of     *drawnNode  `json:"of,omitempty"`
	Nodes  []drawnNode `json:"nodes"` // Of first, then those of most statements with it
	Edges  []drawnEdge `json:"edges"` // the most statements first
	Shown  int         `json:"shown"` // neighbours, or entities of an overview
	Total  int         `json:"total"` // that there are
	Limit  int         `json:"limit"` // how many may be shown
	Min    int         `json:"min"`   // the least number of statements of an edge
	Mutual bool        `json:"between"`
	// Own is how many neighbours are left out, more than a few, of which nothing is said but that they are its own ("Syrian army" of Syria),
	// OwnName one of them; OwnURL and Folds show and hide them.
	Own     int    `json:"own,omitempty"`
	OwnName string `json:"-"`
	OwnURL  string `json:"-"`
	Folds   bool   `json:"-"`
	// TotalEdges and Statements are those between the nodes shown; ShownEdges the strongest.
	ShownEdges int        `json:"shown_edges"`
	TotalEdges int        `json:"total_edges"`
	Statements int        `json:"statements"`
	Filter     filterForm `json:"filter"`

	Table      []drawnEdge `json:"-"` // the part of the edges that the table shows, of an overview of Nodes
	TableNodes []drawnNode `json:"-"`
	Pager      pager       `json:"-"`
	Hidden     []param     `json:"-"` // of the form of Min, Limit and Mutual
	Data       string      `json:"-"` // address of the twin
	Worker     string      `json:"-"` // address of the layout's script

	counts []edgeCount // the edges shown
}

// graphPage draws the neighbourhood of the entity of=, or an overview.
func (s *Server) graphPage(d *drawing) error {
	of, err := d.entity("of")
	if err != nil {
		return err
	}
	usual := usualNodes
	if of == index.None {
		usual = usualOverview
	}
	v := graphView{Data: d.data(), Worker: scriptURL("layout.js"), Hidden: d.hidden("min", "nodes", "between"),
		Mutual: of == index.None || d.q.Get("between") != ""}
	if v.Min, err = d.number("min", 1, 1, 1_000_000); err != nil {
		return err
	}
	if v.Limit, err = d.number("nodes", usual, 1, mostNodes); err != nil {
		return err
	}
	p := page{Template: "graph.html", Title: "Graph", Here: "graph", Styles: []string{"draw.css"}, Scripts: []string{"graph.js"}}
	if of == index.None {
		err = v.overview(d)
		p.Template, p.Scripts = "overview.html", []string{"overview.js"}
	} else {
		err = v.neighbourhood(d, of)
		p.Title = "Graph of " + v.Of.Name
	}
	if err != nil {
		return err
	}
	if len(v.Nodes) > sigmaNodes {
		p.Scripts = []string{"overview.js"}
	}
	if v.ShownEdges == 0 {
		p.Scripts = nil
	}
	s.answer(d.w, d.r, p, &v)
	return nil
}

// links are the claims that connect two different entities, between both of which in holds.
func (d *drawing) links(claims []index.Ref, in func(subject, object index.Ref) bool) []index.Ref {
	var out []index.Ref
	for _, r := range claims {
		if c := &d.x.Claims[r]; c.Object != index.None && c.Subject != c.Object && in(c.Subject, c.Object) {
			out = append(out, r)
		}
	}
	return out
}

func (v *graphView) neighbourhood(d *drawing, of index.Ref) (err error) {
	x := d.x
	node := d.node(of)
	v.Of, v.Nodes = &node, []drawnNode{node}
	links := d.links(x.Entities[of].Claims, func(a, b index.Ref) bool { return a == of || b == of })
	if links, v.Filter, err = filterOf(d.r, x, links, of); err != nil {
		return err
	}
	neighbours := slices.DeleteFunc(x.Neighbours(of, links), func(n index.Neighbour) bool { return len(n.Claims) < v.Min })
	said := make(map[index.Ref]int, len(neighbours)) // claims beyond those of a mere adjective
	for _, n := range neighbours {
		for _, c := range n.Claims {
			if c := &x.Claims[c]; !ownBody(c) || c.Subject != of {
				said[n.Entity]++
			}
		}
	}
	slices.SortStableFunc(neighbours, func(a, b index.Neighbour) int {
		return cmp.Or(said[b.Entity]-said[a.Entity], len(b.Claims)-len(a.Claims))
	})
	v.Total = len(neighbours)
	own := len(neighbours) - len(said)
	if v.Folds = own > fewOwn; v.Folds {
		if v.OwnURL = d.with("own", "1"); d.q.Get("own") == "" {
			v.Own, v.OwnName = own, x.Entities[neighbours[len(neighbours)-own].Entity].Label
			neighbours = neighbours[:len(neighbours)-own]
		} else {
			v.OwnURL = d.with("own", "")
		}
	}
	neighbours = neighbours[:min(len(neighbours), v.Limit)]
	v.Shown = len(neighbours)
	in := map[index.Ref]bool{of: true}
	var drawn []index.Ref
	for _, n := range neighbours {
		in[n.Entity] = true
		v.Nodes = append(v.Nodes, d.node(n.Entity))
		drawn = append(drawn, n.Claims...)
	}
	if v.Mutual {
		for _, n := range neighbours {
			list := d.links(x.Entities[n.Entity].Claims, func(a, b index.Ref) bool { return a == n.Entity && b != of && in[b] })
			drawn = append(drawn, x.Pick(list, &d.filter, n.Entity)...)
		}
	}
	return v.take(d, drawn, 1)
}

// fewOwn neighbours that are merely an entity's own are drawn as others are.
const fewOwn = 2

// ownBody says whether a claim says no more than that a group or body with a state's adjective is that state's: "Syrian army".
func ownBody(c *index.Claim) bool { return c.Rule == "demonym" }

// overview draws the entities that have most statements with others.
func (v *graphView) overview(d *drawing) (err error) {
	x := d.x
	count := make([]int, len(x.Entities))
	x.EachPair(func(a, b index.Ref, claims []index.Ref) {
		n := 0
		for _, c := range claims {
			if !ownBody(&x.Claims[c]) {
				n++
			}
		}
		count[a] += n
		count[b] += n
	})
	top := index.Highest(count, v.Limit)
	for _, n := range count {
		if n > 0 {
			v.Total++
		}
	}
	in := make([]bool, len(x.Entities))
	for _, r := range top {
		in[r] = true
	}
	links := make([]index.Ref, 0, len(x.Claims)/2)
	for i := range x.Claims {
		if c := &x.Claims[i]; c.Object != index.None && c.Subject != c.Object && in[c.Subject] && in[c.Object] {
			links = append(links, index.Ref(i))
		}
	}
	if len(links) <= facetLinks {
		if links, v.Filter, err = filterOf(d.r, x, links, index.None); err != nil {
			return err
		}
	} else {
		if _, v.Filter, err = filterOf(d.r, x, nil, index.None); err != nil {
			return err
		}
		v.Filter.Total = len(links)
		links = x.Pick(links, &d.filter, index.None)
		v.Filter.Picked = len(links)
	}
	if err := v.take(d, links, v.Min); err != nil {
		return err
	}
	ends := map[graph.IRI]int{}
	for _, e := range v.counts {
		ends[x.Entities[e.subject()].ID]++
		ends[x.Entities[e.object()].ID]++
	}
	v.Nodes = []drawnNode{}
	for _, r := range top {
		if n := d.node(r); ends[n.ID] > 0 {
			n.Links = ends[n.ID]
			v.Nodes = append(v.Nodes, n)
		}
	}
	v.Shown = len(v.Nodes)
	v.TableNodes, v.Pager, err = pageOf(d.r, v.Nodes, "names")
	return err
}

// take makes the edges of claims: all for the twin, those of the table for the page.
func (v *graphView) take(d *drawing, claims []index.Ref, least int) error {
	v.counts, v.TotalEdges = d.count(claims, least)
	v.ShownEdges = len(v.counts)
	for _, e := range v.counts {
		v.Statements += e.n
	}
	part, pager, err := pageOf(d.r, v.counts, "links")
	if err != nil {
		return err
	}
	v.Pager = pager
	v.Edges = []drawnEdge{}
	switch {
	case wantsJSON(d.r):
		v.Edges = d.edges(v.counts, claims)
	case v.Of != nil:
		v.Table = d.edges(part, claims)
	}
	return nil
}

// edgeView are the statements of an edge, the latest first.
type edgeView struct {
	Statements []claimRow `json:"statements"`
	Shown      int        `json:"shown"`
	Total      int        `json:"total"`
	URL        string     `json:"url"` // the page of the pair
}

// edgeRows is how many statements of an edge are shown beside a drawing.
const edgeRows = 12

// statementsOfEdge answers source=, target= and of_side= ("" for neither) with statements.
func (s *Server) statementsOfEdge(d *drawing) error {
	source, err := d.entity("source")
	if err != nil {
		return err
	}
	target, err := d.entity("target")
	if err != nil {
		return err
	}
	if source == index.None || target == index.None {
		return errorf(http.StatusBadRequest, "source and target: both name an entity")
	}
	x := d.x
	list := slices.DeleteFunc(slices.Clone(x.Pick(x.Between(source, target), &d.filter, index.None)), func(r index.Ref) bool {
		c := &x.Claims[r]
		return c.Subject != source || d.q.Has("of_side") && c.Side() != d.q.Get("of_side")
	})
	slices.Reverse(list)
	v := edgeView{Total: len(list), URL: d.pair(source, target)}
	if v.Statements, err = s.claimRows(d.r.Context(), x, list[:min(len(list), edgeRows)]); err != nil {
		return err
	}
	v.Shown = len(v.Statements)
	s.answer(d.w, d.r, page{}, &v)
	return nil
}
