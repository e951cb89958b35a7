package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"kg/graph"
	"kg/internal/index"
	"kg/schema"
)

// relationView is what the page of a relation shows. All but what it is follows the filter.
type relationView struct {
	Relation   relationTag  `json:"relation"`
	Open       bool         `json:"open"` // it is no relation of the schema, but a word of the articles
	Symmetric  bool         `json:"symmetric"`
	Parent     *relationTag `json:"parent,omitempty"`
	PLOVER     string       `json:"plover,omitempty"`
	Class      string       `json:"class,omitempty"`
	CAMEO      string       `json:"cameo,omitempty"`
	CAMEOName  string       `json:"cameo_name,omitempty"`
	Goldstein  string       `json:"goldstein,omitempty"`
	Statements int          `json:"statements_in_all"`
	Articles   int          `json:"articles"`
	First      string       `json:"first,omitempty"`
	Last       string       `json:"last,omitempty"`
	Spark      *sparkline   `json:"over_time,omitempty"`
	Filter     filterForm   `json:"filter"`
	Subjects   []topRow     `json:"subjects"`
	Objects    []topRow     `json:"objects"`
	Pairs      []topPair    `json:"pairs"`
	AllPairs   int          `json:"pairs_in_all"`
	List       claimList    `json:"statements"`
}

type topRow struct {
	Thing thing `json:"thing"`
	N     int   `json:"statements"`
	// URL is the entity's page with this relation only.
	URL string `json:"url"`
}

type topPair struct {
	A           thing      `json:"a"`
	B           thing      `json:"b"`
	N           int        `json:"statements"`
	Articles    int        `json:"articles"`
	Independent int        `json:"independent_articles"`
	First       string     `json:"first,omitempty"`
	Last        string     `json:"last,omitempty"`
	Spark       *sparkline `json:"over_time,omitempty"`
	URL         string     `json:"url"`
}

const (
	topRows  = 15
	topPairs = 20
)

// codes are the names of CAMEO's codes, as the tables of this program have them.
var codes = sync.OnceValues(func() (*schema.Events, error) { return schema.LoadCodes("") })

func (s *Server) relationPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	ref, ok := x.Relation(graph.IRI("kgo:" + strings.TrimPrefix(name, "kgo:")))
	if !ok {
		ref, ok = x.Relation(graph.IRI(name))
	}
	if !ok {
		s.unknownRelation(w, r, x, name)
		return
	}
	if s.linked(w, r, x, x.Relations[ref].ID) {
		return
	}
	view, err := s.relationView(r, x, ref)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "relation.html", Title: "… " + view.Relation.Label + " …", Also: otherForms(r)}, view)
}

// unknownRelation names relations with a word of the name in common.
func (s *Server) unknownRelation(w http.ResponseWriter, r *http.Request, x *index.Index, name string) {
	words := index.Words(name)
	view := unknownView{Error: "no statement has this relation", Name: words, Similar: []thing{},
		Search: "/relations?" + url.Values{"text": {words}}.Encode()}
	for i := range x.Relations {
		rel := &x.Relations[i]
		like := func(w string) bool { return len(w) > 3 && strings.Contains(rel.Label, w[:len(w)-1]) }
		if len(view.Similar) < 12 && slices.ContainsFunc(strings.Fields(words), like) {
			t := relationOf(x, index.Ref(i), rel.Quad)
			view.Similar = append(view.Similar, thing{ID: t.ID, Label: t.Label, URL: t.URL})
		}
	}
	s.answer(w, r, page{Template: "unknown-relation.html", Title: "Unknown relation", Status: http.StatusNotFound}, &view)
}

func (s *Server) relationView(r *http.Request, x *index.Index, ref index.Ref) (*relationView, error) {
	rel := &x.Relations[ref]
	picked, form, err := filterOf(r, x, rel.Claims, index.None)
	if err != nil {
		return nil, err
	}
	form.Facets = slices.DeleteFunc(form.Facets, func(f facet) bool { return f.Name == "relation" })
	v := &relationView{Relation: relationOf(x, ref, rel.Quad), Open: rel.Open(), Symmetric: rel.Symmetric, PLOVER: strings.ToLower(rel.PLOVER),
		Class: rel.Quad.String(), CAMEO: rel.CAMEO, Goldstein: rel.Goldstein, Statements: len(rel.Claims), Filter: form,
		Subjects: []topRow{}, Objects: []topRow{}, Pairs: []topPair{}}
	if p, ok := x.Relation(rel.Parent); ok && rel.Parent != "" {
		t := relationOf(x, p, x.Relations[p].Quad)
		v.Parent = &t
	}
	if rel.CAMEO != "" {
		names, err := codes()
		if err != nil {
			return nil, err
		}
		if c := names.Code(rel.CAMEO); c != nil {
			v.CAMEOName = c.Name
		}
	}
	articles, first, last := x.Published(picked)
	v.Articles, v.First, v.Last = articles, first.String(), last.String()
	sp, dated := spanOf(x, picked)
	if dated {
		v.Spark = sparkOf(x, picked, sp, 90)
	}
	v.Subjects = topOf(x, picked, rel.ID, "subject", func(c *index.Claim) index.Ref { return c.Subject })
	v.Objects = topOf(x, picked, rel.ID, "object", func(c *index.Claim) index.Ref { return c.Object })
	v.pairs(x, ref, picked, func(claims []index.Ref) *sparkline {
		if !dated {
			return nil
		}
		return sparkOf(x, claims, sp, 24)
	})
	v.List, err = s.claimList(r, x, picked)
	return v, err
}

// topOf are the entities that most of claims have as one part.
func topOf(x *index.Index, claims []index.Ref, relation graph.IRI, role string, part func(*index.Claim) index.Ref) []topRow {
	counts := map[index.Ref]int{}
	for _, r := range claims {
		if e := part(&x.Claims[r]); e != index.None {
			counts[e]++
		}
	}
	rows := []topRow{}
	for _, e := range most(counts, topRows, cmp.Compare[index.Ref]) {
		t := thingOf(x, e)
		sep := "?"
		if strings.Contains(t.URL, "?") {
			sep = "&"
		}
		rows = append(rows, topRow{*t, counts[e], t.URL + sep + url.Values{"relation": {string(relation)}, "role": {role}}.Encode() + "#relations"})
	}
	return rows
}

// pairs are those of subject and object that most articles and claims have.
func (v *relationView) pairs(x *index.Index, ref index.Ref, claims []index.Ref, spark func([]index.Ref) *sparkline) {
	type key struct{ a, b index.Ref }
	keyOf := func(r index.Ref) (k key, ok bool) {
		c := &x.Claims[r]
		k = key{c.Subject, c.Object}
		if x.Relations[ref].Symmetric && k.b < k.a {
			k.a, k.b = k.b, k.a
		}
		return k, c.Subject != index.None && c.Object != index.None && c.Subject != c.Object
	}
	counts := map[key]int{}
	for _, r := range claims {
		if k, ok := keyOf(r); ok {
			counts[k]++
		}
	}
	v.AllPairs = len(counts)
	top := most(counts, topPairs, func(p, q key) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	by := make(map[key][]index.Ref, len(top))
	for _, k := range top {
		by[k] = make([]index.Ref, 0, counts[k])
	}
	for _, r := range claims {
		if k, ok := keyOf(r); ok {
			if l, ok := by[k]; ok {
				by[k] = append(l, r)
			}
		}
	}
	for _, k := range top {
		p := topPair{A: *thingOf(x, k.a), B: *thingOf(x, k.b), N: len(by[k]), Spark: spark(by[k])}
		n := x.Neighbours(k.a, by[k])
		if len(n) > 0 {
			p.Articles, p.Independent, p.First, p.Last = n[0].Articles, n[0].Independent, n[0].First.String(), n[0].Last.String()
		}
		p.URL = pairURL(p.A.ID, p.B.ID) + "&" + url.Values{"relation": {string(x.Relations[ref].ID)}}.Encode()
		v.Pairs = append(v.Pairs, p)
	}
}

// relationsView is the list of all relations.
type relationsView struct {
	Kind  string        `json:"kind,omitempty"` // "schema" or "open", "" for both
	Text  string        `json:"text,omitempty"`
	Kinds []link        `json:"-"`
	Rows  []relationRow `json:"rows"`
	pager
}

type relationRow struct {
	Relation relationTag `json:"relation"`
	Open     bool        `json:"open"`
	N        int         `json:"statements"`
	PLOVER   string      `json:"plover,omitempty"`
	Class    string      `json:"class,omitempty"`
	Score    string      `json:"goldstein,omitempty"`
	Spark    *sparkline  `json:"over_time,omitempty"`
}

func (s *Server) relationsPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	v := &relationsView{Kind: q.Get("kind"), Text: strings.TrimSpace(q.Get("text")), Rows: []relationRow{}}
	if !slices.Contains([]string{"", "schema", "open"}, v.Kind) {
		s.failErr(w, r, errorf(http.StatusBadRequest, "kind: %.100q is not schema or open", v.Kind))
		return
	}
	for _, k := range [][2]string{{"", "all"}, {"schema", "with a definition"}, {"open", "words of the articles only"}} {
		v.Kinds = append(v.Kinds, link{k[1], with(r, func(q url.Values) {
			q.Del("offset")
			if q.Del("kind"); k[0] != "" {
				q.Set("kind", k[0])
			}
		}), k[0] == v.Kind})
	}
	var list []index.Ref
	for i := range x.Relations {
		rel := &x.Relations[i]
		if (v.Kind == "" || (v.Kind == "open") == rel.Open()) && strings.Contains(strings.ToLower(rel.Label), strings.ToLower(v.Text)) && len(rel.Claims) > 0 {
			list = append(list, index.Ref(i))
		}
	}
	shown, p, err := pageOf(r, list, "relations")
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	v.pager = p
	sp, dated := articleDays(x)
	for _, ref := range shown {
		rel := &x.Relations[ref]
		row := relationRow{Relation: relationOf(x, ref, rel.Quad), Open: rel.Open(), N: len(rel.Claims), PLOVER: strings.ToLower(rel.PLOVER),
			Class: rel.Quad.String(), Score: rel.Goldstein}
		if dated {
			row.Spark = sparkOf(x, rel.Claims, sp, 24)
		}
		v.Rows = append(v.Rows, row)
	}
	s.answer(w, r, page{Template: "relations.html", Title: "Relations"}, v)
}
