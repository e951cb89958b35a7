package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"kg/graph"
	"kg/internal/index"
)

// entityRoutes are the pages about entities, pairs of them and relations.
func (s *Server) entityRoutes(page pageRoute) {
	page("/entity", s.entityPage)
	for _, suffix := range suffixes { // of names that stand in the parameter id
		page("/entity"+suffix, s.entityPage)
	}
	page("/entity/{name...}", s.entityPage)
	page("/pair", s.pairPage)
	page("/pair.json", s.pairPage)
	page("/relations", s.relationsPage)
	page("/relations.json", s.relationsPage)
	page("/relation", s.relationPage)
	for _, suffix := range suffixes {
		page("/relation"+suffix, s.relationPage)
	}
	page("/relation/{name...}", s.relationPage)
}

// entityView is what the page of an entity shows. All but what it is called follows the filter.
type entityView struct {
	Entity  thing        `json:"entity"`
	Types   []string     `json:"types"` // in words, most specific first
	Aliases []string     `json:"aliases"`
	Links   []outside    `json:"links"`
	Names   []mergedName `json:"merged_names"`

	Statements int        `json:"statements_in_all"` // whatever the filter
	Articles   int        `json:"articles"`          // that the picked ones are of
	First      string     `json:"first,omitempty"`   // days of the first and last of these articles
	Last       string     `json:"last,omitempty"`
	Spark      *sparkline `json:"over_time,omitempty"`
	Filter     filterForm `json:"filter"`

	Person     bool           `json:"-"`
	Positions  []neighbourRow `json:"positions"` // of a person; of others what they are members of
	InOffice   []neighbourRow `json:"people_in_its_offices"`
	Partners   []neighbourRow `json:"partners"`
	Groups     []groupView    `json:"relations"`
	MoreGroups []groupView    `json:"more_relations"` // without their neighbours
	RestGroups int            `json:"rest_of_relations"`
	Opposites  oppositeList   `json:"contradictions"`
	Events     eventList      `json:"events"`
	Facts      factList       `json:"facts"`
	List       claimList      `json:"statements"`

	Graph, Timeline, Pair, AllEvents string `json:"-"`
}

// outside is an address elsewhere.
type outside struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// mergedName is a name that means the entity, and who says so.
type mergedName struct {
	ID       graph.IRI `json:"id"`
	Label    string    `json:"label"`
	By       string    `json:"by,omitempty"`   // a person
	Rule     string    `json:"rule,omitempty"` // or a rule
	When     string    `json:"when,omitempty"`
	Score    string    `json:"score,omitempty"`
	Evidence string    `json:"evidence,omitempty"`
}

// neighbourRow is an entity beside another, with what is said of the two.
type neighbourRow struct {
	Thing       thing         `json:"thing"`
	Relation    *relationTag  `json:"relation,omitempty"` // where rows of several relations stand together
	Statements  int           `json:"statements"`
	Articles    int           `json:"articles"`
	Independent int           `json:"independent_articles"` // the most that one of the statements has
	First       string        `json:"first,omitempty"`
	Last        string        `json:"last,omitempty"`
	Times       []string      `json:"times,omitempty"` // that sentences tell, in words
	Status      []statusCount `json:"status,omitempty"`
	Plain       bool          `json:"asserted"` // at least one statement is simply asserted
	Cooperation int           `json:"cooperation,omitempty"`
	Conflict    int           `json:"conflict,omitempty"`
	Spark       *sparkline    `json:"over_time,omitempty"`
	URL         string        `json:"url"` // of what is said of the two
}

// statusCount counts the statements of a status other than asserted.
type statusCount struct {
	Status string `json:"status"`
	N      int    `json:"n"`
}

func (s statusCount) Text() string { return statusText(s.Status) }

// groupView are the statements of one relation and direction.
type groupView struct {
	Relation   relationTag    `json:"relation"`
	Out        bool           `json:"out"`  // the entity is the one who acts
	Both       bool           `json:"both"` // it makes no difference who is which
	Statements int            `json:"statements"`
	Articles   int            `json:"articles"`
	Names      int            `json:"names"` // neighbours in all
	First      string         `json:"first,omitempty"`
	Last       string         `json:"last,omitempty"`
	Spark      *sparkline     `json:"over_time,omitempty"`
	Neighbours []neighbourRow `json:"neighbours,omitempty"`
	URL        string         `json:"url"` // the page with these only
	Of         string         `json:"-"`   // what the entity is called in "… visits Of"
	Open       bool           `json:"-"`
}

type eventList struct {
	Rows  []eventRow `json:"rows"` // newest first
	Total int        `json:"total"`
}

// oppositeList are pairs of statements that cannot both hold, or of which the later says that the earlier holds no more.
type oppositeList struct {
	Rows  []opposites `json:"rows"`
	More  []opposites `json:"more"` // without sentences
	Total int         `json:"total"`
}

type opposites struct {
	A      claimRow `json:"a"`
	B      claimRow `json:"b"`
	Change bool     `json:"change"`
	Words  string   `json:"words"`
}

// factList are statements whose object is no thing but words, equal ones once.
type factList struct {
	Rows  []factRow `json:"rows"`
	More  []factRow `json:"more"`
	Total int       `json:"total"`
}

type factRow struct {
	claimRow
	Same int `json:"statements"` // that say it
}

// How much of each list a page shows, and at most behind "more".
const (
	groupRows     = 20
	moreGroupRows = 150
	neighbourMany = 8
	neighbourAll  = 300
	partnerRows   = 15
	positionRows  = 10
	eventMost     = 12
	oppositeRows  = 4
	moreOpposites = 100
	factRows      = 12
	moreFactRows  = 150
)

// offices are relations of who is what where: held those in which the entity has the office, given those in which it gets one, at those
// in which it is where somebody has one.
var (
	officeHeld  = []graph.IRI{"kgo:holdsPosition", "kgo:leads", "kgo:memberOf", "kgo:worksFor", "kgo:represents", "kgo:succeeds", "kgo:resigns"}
	officeGiven = []graph.IRI{"kgo:appoints"}
	officeAt    = []graph.IRI{"kgo:holdsPosition", "kgo:leads", "kgo:memberOf", "kgo:worksFor", "kgo:represents", "kgo:resigns"}
)

// vague relations say little; they come after the others.
var vague = []graph.IRI{"kgo:has", "kgo:is", "kgo:relatedTo", "kgo:includes"}

func (s *Server) entityPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, form := s.nameOf(r)
	e, ok := findEntity(x, name)
	if to := recordPage(name); !ok && to != "" {
		redirectName(w, r, to, form)
		return
	}
	if !ok {
		s.unknownName(w, r, x, name)
		return
	}
	if id := x.Entities[e].ID; !isName(id, name) {
		redirectName(w, r, entityURL(id), form)
		return
	}
	if s.linked(w, r, x, x.Entities[e].ID) {
		return
	}
	view, err := s.entityView(r, x, e)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "entity.html", Title: view.Entity.Label, Also: otherForms(r)}, view)
}

// findEntity finds an entity by the name in an address: an IRI without kg:, or any other IRI.
func findEntity(x *index.Index, name string) (index.Ref, bool) {
	if name == "" {
		return index.None, false
	}
	if e, ok := x.Entity(graph.IRI("kg:" + strings.TrimPrefix(name, "kg:"))); ok {
		return e, true
	}
	return x.Entity(graph.IRI(name))
}

func isName(id graph.IRI, name string) bool {
	return string(id) == "kg:"+strings.TrimPrefix(name, "kg:") || string(id) == name
}

// redirectName leads to the address of the entity that a name means, with the form and the parameters that were asked for. People may
// judge otherwise some day, so it is not for ever.
func redirectName(w http.ResponseWriter, r *http.Request, target, form string) {
	u, err := url.Parse(target)
	if err != nil {
		panic(err) // the address is our own
	}
	u.Path += form
	if u.RawPath != "" {
		u.RawPath += form
	}
	q := r.URL.Query()
	q.Del("id")
	for k, v := range u.Query() {
		q[k] = v
	}
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusFound)
}

// unknownView is the page of a name that nothing has.
type unknownView struct {
	Error   string  `json:"error"`
	Name    string  `json:"name"`
	Similar []thing `json:"similar"`
	Search  string  `json:"search"`
}

func (s *Server) unknownName(w http.ResponseWriter, r *http.Request, x *index.Index, name string) {
	words := strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(name, "kg:"), "_", " "))
	view := unknownView{Error: "nothing in the graph has this name", Name: words, Similar: []thing{},
		Search: "/search?" + url.Values{"q": {words}}.Encode()}
	seen := map[string]bool{} // of things of one name and kind the one of most statements
	for _, hit := range x.Complete(words, 40) {
		t := thingOf(x, hit.Entity)
		if key := t.Label + "\n" + t.Type; !seen[key] && len(view.Similar) < 12 {
			seen[key] = true
			view.Similar = append(view.Similar, *t)
		}
	}
	s.answer(w, r, page{Template: "unknown.html", Title: "Unknown name", Status: http.StatusNotFound}, &view)
}

func (s *Server) entityView(r *http.Request, x *index.Index, e index.Ref) (*entityView, error) {
	entity := &x.Entities[e]
	picked, form, err := filterOf(r, x, entity.Claims, e)
	if err != nil {
		return nil, err
	}
	v := &entityView{Entity: *thingOf(x, e), Types: typeWords(entity.Types), Aliases: append([]string{}, entity.Aliases...), Links: outsideOf(entity.SameAs),
		Statements: form.Total, Filter: form, Person: slices.Contains(entity.Types, "kgo:Person"),
		AllEvents: "/events?" + url.Values{"of": {string(entity.ID)}}.Encode(), Graph: graphURL(entity.ID), Timeline: timelineURL(entity.ID),
		Pair: "/pair?" + url.Values{"a": {string(entity.ID)}}.Encode()}
	if f, err := index.ParseFilter(r.URL.Query()); err == nil && !f.Empty() { // drawings show what the page shows
		v.Graph += "&" + f.Values().Encode()
		v.Timeline += "&" + f.Values().Encode()
	}
	if v.Names, err = s.mergedNames(r.Context(), entity.ID); err != nil {
		return nil, err
	}
	articles, first, last := x.Published(picked)
	v.Articles, v.First, v.Last = articles, first.String(), last.String()
	sp, dated := spanOf(x, picked)
	if dated {
		v.Spark = sparkOf(x, picked, sp, 90)
	}
	row := func(n *index.Neighbour) neighbourRow {
		out := neighbourRowOf(x, n)
		if out.URL = pairURL(entity.ID, x.Entities[n.Entity].ID); dated {
			out.Spark = sparkOf(x, n.Claims, sp, 24)
		}
		return out
	}

	groups := groupsOf(x, e, picked)
	v.offices(x, groups, row)
	v.groups(r, x, groups, row, func(g *index.Group) *sparkline {
		if !dated {
			return nil
		}
		return sparkOf(x, g.Claims, sp, 24)
	})
	v.partners(x, e, picked, row)
	if v.Opposites, err = s.oppositesOf(r.Context(), x, picked); err != nil {
		return nil, err
	}
	v.Events = eventsOf(x, entity.Events, picked, len(form.Set) == 0)
	v.Facts = factsOf(x, e, picked)
	v.List, err = s.claimList(r, x, picked)
	return v, err
}

// typeWords are types in words, without the two that everything of some kind has.
func typeWords(types []graph.IRI) []string {
	out := []string{}
	for _, t := range types {
		if t != "kgo:Thing" && t != "kgo:Actor" {
			out = append(out, index.Words(string(t)))
		}
	}
	return out
}

// outsideOf are the addresses of the same thing elsewhere; an IRI that is no web address has none.
func outsideOf(same []graph.IRI) []outside {
	out := []outside{}
	for _, iri := range same {
		address := safeURL(string(iri))
		u, err := url.Parse(address)
		if address == "" || err != nil {
			continue
		}
		text := u.Host
		if name, ok := strings.CutPrefix(u.Path, "/entity/"); ok && strings.HasSuffix(u.Host, "wikidata.org") {
			text, address = "Wikidata "+name, "https://www.wikidata.org/wiki/"+url.PathEscape(name)
		}
		out = append(out, outside{text, address})
	}
	return out
}

// mergedNames are the names that mean an entity, itself excepted, with the judgement that says so.
func (s *Server) mergedNames(ctx context.Context, id graph.IRI) ([]mergedName, error) {
	names, err := s.graph.NamesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []mergedName{}
	for _, name := range names {
		if name == id {
			continue
		}
		m := mergedName{ID: name, Label: strings.ReplaceAll(strings.TrimPrefix(string(name), "kg:"), "_", " ")}
		if err := s.whoMerged(ctx, &m); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// whoMerged finds the judgement that joined a name to another, a person's before a rule's. The names that others were joined to have none.
func (s *Server) whoMerged(ctx context.Context, m *mergedName) error {
	for q, err := range s.graph.Quads(ctx, graph.Quad{Predicate: graph.Res("kgo:from"), Object: graph.Res(m.ID)}) {
		if err != nil {
			return err
		}
		p := map[string]string{}
		for q, err := range s.graph.Quads(ctx, graph.Quad{Subject: q.Subject}) {
			if err != nil {
				return err
			}
			p[q.Predicate.Value] = q.Object.Value
		}
		if p["kgo:kind"] == graph.Merge && (p["kgo:by"] != "" || m.By == "") {
			m.By, m.Rule, m.When, m.Score, m.Evidence = p["kgo:by"], p["kgo:rule"], dateWords(p["prov:generatedAtTime"]), p["kgo:score"], p["kgo:evidence"]
		}
	}
	return nil
}

func neighbourRowOf(x *index.Index, n *index.Neighbour) neighbourRow {
	row := neighbourRow{Thing: *thingOf(x, n.Entity), Statements: len(n.Claims), Articles: n.Articles, Independent: n.Independent,
		First: n.First.String(), Last: n.Last.String()}
	row.Status, row.Plain = statusesOf(x, n.Claims)
	for _, r := range n.Claims {
		c := &x.Claims[r]
		switch c.Side() {
		case "cooperation":
			row.Cooperation++
		case "conflict":
			row.Conflict++
		}
	}
	return row
}

// statusesOf counts the statuses of claims other than asserted, in their order; plain says that one of them is asserted.
func statusesOf(x *index.Index, claims []index.Ref) (list []statusCount, plain bool) {
	counts := make([]int, len(index.Statuses))
	for _, r := range claims {
		counts[x.Claims[r].Status]++
	}
	for st, n := range counts {
		if st != int(index.Asserted) && n > 0 {
			list = append(list, statusCount{index.Status(st).String(), n})
		}
	}
	return list, counts[index.Asserted] > 0
}

// groupsOf are the groups of an entity, vague relations last. Those that no page shows are not described.
func groupsOf(x *index.Index, e index.Ref, claims []index.Ref) []index.Group {
	groups := x.Groups(e, claims)
	rank := func(g *index.Group) int {
		if slices.Contains(vague, x.Relations[g.Relation].ID) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(groups, func(a, b index.Group) int { return rank(&a) - rank(&b) })
	limit := max(neighbourMany, positionRows)
	if len(groups) <= 2 {
		limit = neighbourAll
	}
	for i := range groups {
		g := &groups[i]
		if id := x.Relations[g.Relation].ID; i < groupRows+moreGroupRows || slices.Contains(officeHeld, id) || slices.Contains(officeGiven, id) {
			x.Describe(g, e, limit)
		}
	}
	return groups
}

// offices are the positions that the entity has, and the people who have one at it.
func (v *entityView) offices(x *index.Index, groups []index.Group, row func(*index.Neighbour) neighbourRow) {
	take := func(pick func(id graph.IRI, out bool) bool) []neighbourRow {
		rows := []neighbourRow{}
		for i := range groups {
			g := &groups[i]
			rel := &x.Relations[g.Relation]
			if !pick(rel.ID, g.Out) {
				continue
			}
			for j := range g.Neighbours[:min(len(g.Neighbours), positionRows)] {
				n := &g.Neighbours[j]
				out := row(n)
				tag := relationOf(x, g.Relation, index.NoQuad)
				out.Relation, out.Spark = &tag, nil
				out.URL += "&" + url.Values{"relation": {string(rel.ID)}}.Encode()
				for _, c := range n.Claims {
					if t := timeWords(x.Claims[c].Time); t != "" && !slices.Contains(out.Times, t) && len(out.Times) < 3 {
						out.Times = append(out.Times, t)
					}
				}
				rows = append(rows, out)
			}
		}
		slices.SortStableFunc(rows, func(a, b neighbourRow) int { return cmp.Or(b.Articles-a.Articles, b.Statements-a.Statements) })
		return rows[:min(len(rows), positionRows)]
	}
	// "The U.S. leads the protests" is no office.
	v.Positions = take(func(id graph.IRI, out bool) bool {
		if !v.Person {
			return out && id == "kgo:memberOf"
		}
		return out && slices.Contains(officeHeld, id) || !out && slices.Contains(officeGiven, id)
	})
	v.InOffice = take(func(id graph.IRI, out bool) bool { return !out && slices.Contains(officeAt, id) })
}

func (v *entityView) groups(r *http.Request, x *index.Index, groups []index.Group, row func(*index.Neighbour) neighbourRow,
	spark func(*index.Group) *sparkline) {
	v.Groups, v.MoreGroups = []groupView{}, []groupView{}
	of := v.Entity.Label
	if utf8.RuneCountInString(of) > 28 {
		of = "it"
	}
	limit := neighbourMany
	if len(groups) <= 2 {
		limit = neighbourAll
	}
	for i := range groups {
		g := &groups[i]
		rel := &x.Relations[g.Relation]
		role := "object"
		if g.Out {
			role = "subject"
		}
		if rel.Symmetric {
			role = ""
		}
		view := groupView{Relation: relationOf(x, g.Relation, rel.Quad), Out: g.Out, Both: rel.Symmetric, Statements: len(g.Claims), Articles: g.Articles,
			Names: g.Names, First: g.First.String(), Last: g.Last.String(), Of: of, Open: len(groups) <= 2,
			URL: with(r, func(q url.Values) {
				q.Del("offset")
				q.Set("relation", string(rel.ID))
				if q.Del("role"); role != "" {
					q.Set("role", role)
				}
			}) + "#relations"}
		switch {
		case i < groupRows:
			view.Spark = spark(g)
			for j := range g.Neighbours[:min(len(g.Neighbours), limit)] {
				n := row(&g.Neighbours[j])
				n.URL += "&" + url.Values{"relation": {string(rel.ID)}}.Encode()
				view.Neighbours = append(view.Neighbours, n)
			}
			v.Groups = append(v.Groups, view)
		case i < groupRows+moreGroupRows:
			v.MoreGroups = append(v.MoreGroups, view)
		default:
			v.RestGroups++
		}
	}
}

// Rarer is the number of relations that are not listed with their neighbours.
func (v *entityView) Rarer() int { return len(v.MoreGroups) + v.RestGroups }

// partners are those who act, where there are some; else whatever the entity is connected with most.
func (v *entityView) partners(x *index.Index, e index.Ref, picked []index.Ref, row func(*index.Neighbour) neighbourRow) {
	v.Partners = []neighbourRow{}
	isVague := make([]bool, len(x.Relations))
	for _, id := range vague {
		if r, ok := x.Relation(id); ok {
			isVague[r] = true
		}
	}
	actor := x.Typed("kgo:Actor")
	acts := func(n index.Ref) bool { return n != e && actor(n) }
	// "The U.S. has banks" makes the banks no partner where others are.
	telling := slices.DeleteFunc(slices.Clone(picked), func(r index.Ref) bool { return isVague[x.Claims[r].Relation] })
	list, total := x.Nearest(e, telling, partnerRows, acts)
	if total < 3 {
		all, n := x.Nearest(e, telling, partnerRows, nil)
		if list = all; n < 3 {
			if list, total = x.Nearest(e, picked, partnerRows, acts); total < 3 {
				list, _ = x.Nearest(e, picked, partnerRows, nil)
			}
		}
	}
	for i := range list {
		v.Partners = append(v.Partners, row(&list[i]))
	}
}

// oppositesOf are the pairs of which one is among claims, the newest first. claims are in the order of Index.Claims.
func (s *Server) oppositesOf(ctx context.Context, x *index.Index, claims []index.Ref) (list oppositeList, err error) {
	type pair struct {
		a, b   index.Ref
		change bool
	}
	var pairs []pair
	for _, r := range claims {
		c := &x.Claims[r]
		if !c.Opposed {
			continue
		}
		for _, o := range c.Contradicts {
			pairs = append(pairs, pair{min(r, o), max(r, o), false})
		}
		for _, o := range c.ChangedTo {
			pairs = append(pairs, pair{r, o, true})
		}
	}
	newest := func(p pair) index.Ref { return max(x.Claims[p.a].Article, x.Claims[p.b].Article) }
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(newest(q), newest(p)), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	pairs = slices.Compact(pairs)
	list = oppositeList{Rows: []opposites{}, More: []opposites{}, Total: len(pairs)}
	for i, p := range pairs[:min(len(pairs), oppositeRows+moreOpposites)] {
		o := opposites{Change: p.change, Words: "They give different numbers"}
		switch {
		case p.change:
			o.Words = "The later one says the opposite"
		case (x.Claims[p.a].Status == index.Denied) != (x.Claims[p.b].Status == index.Denied):
			o.Words = "One says what the other denies"
		}
		if i >= oppositeRows {
			o.A, o.B = rowOf(x, p.a), rowOf(x, p.b)
			list.More = append(list.More, o)
			continue
		}
		rows, err := s.claimRows(ctx, x, []index.Ref{p.a, p.b})
		if err != nil {
			return list, err
		}
		o.A, o.B = rows[0], rows[1]
		list.Rows = append(list.Rows, o)
	}
	return list, nil
}

// eventsOf are events, the newest first; where not all, only those that one of claims tells of.
func eventsOf(x *index.Index, events, claims []index.Ref, all bool) eventList {
	list := eventList{Rows: []eventRow{}}
	var picked []bool
	if !all && len(events) > 0 {
		picked = make([]bool, len(x.Claims))
		for _, c := range claims {
			picked[c] = true
		}
	}
	for _, r := range slices.Backward(events) {
		e := &x.Events[r]
		if !all && !slices.ContainsFunc(e.Claims, func(c index.Ref) bool { return picked[c] }) {
			continue
		}
		if list.Total++; list.Total <= eventMost {
			list.Rows = append(list.Rows, eventOf(x, r))
		}
	}
	return list
}

// factsOf are what claims say of e in words, what most independent articles say first.
func factsOf(x *index.Index, e index.Ref, claims []index.Ref) factList {
	list := factList{Rows: []factRow{}, More: []factRow{}}
	type key struct {
		relation index.Ref
		words    string
		status   index.Status
	}
	at := map[key]int{}
	type fact struct {
		claim index.Ref
		n     int
	}
	var facts []fact
	for _, r := range claims {
		c := &x.Claims[r]
		if c.Subject != e || c.Object != index.None || strings.TrimSpace(c.Literal) == "" {
			continue
		}
		k := key{c.Relation, strings.ToLower(c.Literal), c.Status}
		i, ok := at[k]
		if !ok {
			i = len(facts)
			at[k] = i
			facts = append(facts, fact{claim: r})
		}
		facts[i].claim = r // the latest
		facts[i].n++
	}
	slices.SortStableFunc(facts, func(a, b fact) int {
		p, q := &x.Claims[a.claim], &x.Claims[b.claim]
		return cmp.Or(cmp.Compare(q.Independent, p.Independent), b.n-a.n, cmp.Compare(q.Article, p.Article), cmp.Compare(b.claim, a.claim))
	})
	list.Total = len(facts)
	for i, f := range facts[:min(len(facts), factRows+moreFactRows)] {
		row := factRow{rowOf(x, f.claim), f.n}
		if i < factRows {
			list.Rows = append(list.Rows, row)
		} else {
			list.More = append(list.More, row)
		}
	}
	return list
}
