package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/index"
)

// searchRoutes are the search page, its completion and what changed.
func (s *Server) searchRoutes(page pageRoute) {
	page("/start.json", s.startPage)
	page("/search", s.searchPage)
	page("/search.json", s.searchPage)
	page("/complete", s.completion)
	page("/changes", s.changesPage)
	page("/changes.json", s.changesPage)
}

// Completion

// maxTyped is the most characters of a search.
const maxTyped = 500

// completionEntry is what the search box offers: a thing, or an article by its headline.
type completionEntry struct {
	Label      string    `json:"label"`
	Name       string    `json:"name,omitempty"` // the alias that fits, where the label does not
	Type       string    `json:"type"`           // in words; "article"
	Note       string    `json:"note,omitempty"` // "120 statements", the day of an article
	Statements int       `json:"statements"`
	URL        string    `json:"url"`
	ID         graph.IRI `json:"id,omitempty"` // of a thing
}

const (
	completions  = 10
	headlineRows = 3 // of these, where names leave room for more
)

func (s *Server) completion(w http.ResponseWriter, r *http.Request) {
	text := strings.TrimSpace(r.URL.Query().Get("q"))
	answer := struct {
		Query   string            `json:"query"`
		Entries []completionEntry `json:"entries"`
	}{text, []completionEntry{}}
	if err := checkTyped(text); err != nil {
		s.fail(w, r, http.StatusBadRequest, err.Error())
		return
	}
	if text != "" {
		x, ok := s.indexOf(w, r)
		if !ok {
			return
		}
		answer.Entries = completionOf(x, text)
	}
	if err := writeJSON(w, http.StatusOK, "application/json", answer); err != nil {
		s.failErr(w, r, err)
	}
}

func checkTyped(text string) error {
	if n := len([]rune(text)); n > maxTyped {
		return errorf(http.StatusBadRequest, "q: has %d characters; at most %d are looked for", n, maxTyped)
	}
	return nil
}

func completionOf(x *index.Index, text string) []completionEntry {
	entries := []completionEntry{}
	for _, g := range groupNames(x, text, completions) {
		t := thingOf(x, g.hit.Entity)
		e := completionEntry{Label: t.Label, Type: t.Type, Note: plural(g.statements, "statement", "statements"), Statements: g.statements, URL: t.URL, ID: t.ID}
		if !strings.EqualFold(g.hit.Name, t.Label) {
			e.Name = g.hit.Name
		}
		entries = append(entries, e)
	}
	room := max(min(headlineRows, completions-len(entries)), 0)
	if last := strings.LastIndexByte(text, ' ') + 1; room > 0 && len(text)-last >= 3 && !strings.ContainsAny(text[last:], `"“”*-`) {
		text += "*" // the word that is being typed
	}
	if room > 0 {
		for i, ref := range x.Search(text, index.SearchOptions{Size: 1}).Articles {
			if i == room {
				break
			}
			a := &x.Articles[ref]
			entries = append(entries, completionEntry{Label: a.Headline, Type: "article", Note: dayWords(a.Day), Statements: len(a.Claims), URL: articleURL(a.ID)})
		}
	}
	return entries
}

// nameGroup is an entity whose name fits, or several that only one article each knows, under one name: "oil prices".
type nameGroup struct {
	hit        index.EntityHit
	things     int
	statements int
	articles   int
}

// groupNames are at most limit groups of names that text may be: those of things that any article may speak of before those of things
// of one article, apart from a name that is just what was typed; names that only fit with typos where none fits without.
func groupNames(x *index.Index, text string, limit int) []nameGroup {
	hits := x.Complete(text, 20*limit)
	exact := func(h index.EntityHit) bool { return h.Exactness < index.OneTypo }
	if slices.ContainsFunc(hits, exact) {
		hits = slices.DeleteFunc(hits, func(h index.EntityHit) bool { return !exact(h) })
	}
	local := func(h index.EntityHit) bool { return strings.Contains(string(x.Entities[h.Entity].ID), "/") }
	var list []nameGroup
	by := map[[2]string]int{}
	for _, h := range hits {
		e := &x.Entities[h.Entity]
		if local(h) {
			key := [2]string{strings.ToLower(e.Label), e.Type()}
			if i, ok := by[key]; ok {
				list[i].things++
				list[i].statements += len(e.Claims)
				list[i].articles += e.Articles
				continue
			}
			by[key] = len(list)
		}
		list = append(list, nameGroup{h, 1, len(e.Claims), e.Articles})
	}
	slices.SortStableFunc(list, func(a, b nameGroup) int {
		rank := func(g nameGroup) int {
			n := 0
			if local(g.hit) {
				n = 1
			}
			if g.hit.Exactness != index.Exact {
				n += 2
			}
			return n
		}
		return rank(a) - rank(b)
	})
	return list[:min(len(list), limit)]
}

// Search

// searchView is the search page.
type searchView struct {
	Query     string          `json:"query"`
	Entities  []foundEntity   `json:"entities"`
	Sentences []foundSentence `json:"sentences"`
	Articles  []foundArticle  `json:"articles"`
	Headlines int             `json:"headlines"` // all articles whose headline fits
	Meant     []link          `json:"meant,omitempty"`
	Unknown   []string        `json:"unknown,omitempty"` // words that no text has
	pager                     // of sentences
	From      string          `json:"from,omitempty"`
	To        string          `json:"to,omitempty"`
	Outlet    string          `json:"outlet,omitempty"`
	Outlets   []option        `json:"-"`
	Newest    bool            `json:"newest,omitempty"`
	Sorts     []link          `json:"-"`
	Clear     string          `json:"-"` // the address without conditions, "" where there are none
	Top       bool            `json:"-"` // the first part of the list
}

// foundEntity is an entity whose name fits.
type foundEntity struct {
	thing
	Name       string  `json:"name"` // that fits
	Pieces     []piece `json:"pieces"`
	Alias      bool    `json:"alias,omitempty"` // Name is not the label
	Exact      bool    `json:"exact,omitempty"`
	Typo       bool    `json:"typo,omitempty"` // Name is not quite what was typed
	Things     int     `json:"things"`         // that are called so, of which each is known to one article; else 1
	Statements int     `json:"statements"`
	Articles   int     `json:"articles"`
	Last       string  `json:"last,omitempty"`
}

// foundSentence is a sentence with the words marked, and what was read from it.
type foundSentence struct {
	Pieces     []piece    `json:"pieces"`
	Article    *source    `json:"article,omitempty"`
	Statements []claimRow `json:"statements"`
}

type foundArticle struct {
	source
	Pieces     []piece `json:"pieces"`
	Statements int     `json:"statements"`
}

const (
	searchRows  = 20
	searchNames = 10
)

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) {
	v := &searchView{Query: strings.TrimSpace(r.URL.Query().Get("q")), Entities: []foundEntity{}, Sentences: []foundSentence{}, Articles: []foundArticle{}}
	p := page{Template: "search.html", Title: "Search", Styles: []string{"search.css"}}
	if v.Query != "" {
		p.Title = v.Query + " – search"
		p.Also = []otherForm{{"application/json", "JSON", "/search.json?" + r.URL.RawQuery}}
	}
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	if err := s.search(r, x, v); err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, p, v)
}

func (s *Server) search(r *http.Request, x *index.Index, v *searchView) error {
	if err := checkTyped(v.Query); err != nil {
		return err
	}
	ctx, q := r.Context(), r.URL.Query()
	filter, err := index.ParseFilter(q)
	if err != nil {
		return errorf(http.StatusBadRequest, "%w", err)
	}
	filter = index.Filter{From: filter.From, To: filter.To, Dated: filter.Dated, Outlets: filter.Outlets}
	v.From, v.To, v.Outlet = q.Get("from"), q.Get("to"), q.Get("outlet")
	v.Newest = q.Get("sort") == "newest"
	if sort := q.Get("sort"); sort != "" && !v.Newest {
		return errorf(http.StatusBadRequest, "sort: %.100q is not newest", sort)
	}
	v.Outlets = outletsOf(x, v.Outlet)
	if v.From != "" || v.To != "" || v.Outlet != "" {
		v.Clear = "/search?" + url.Values{"q": {v.Query}}.Encode()
	}
	if v.Query == "" {
		return nil
	}
	if v.pager, err = pagerOf(r, searchRows, "sentences"); err != nil {
		return err
	}
	res := x.Search(v.Query, index.SearchOptions{Offset: v.Offset, Size: v.Limit, Filter: &filter, Newest: v.Newest})
	v.pager.fill(r, res.Total, len(res.Sentences))
	v.Top, v.Headlines, v.Unknown = v.Offset == 0, res.TotalArticles, res.Unknown
	for i, text := range []string{"best first", "newest first"} {
		v.Sorts = append(v.Sorts, link{text, with(r, func(q url.Values) {
			q.Del("offset")
			if q.Del("sort"); i == 1 {
				q.Set("sort", "newest")
			}
		}), v.Newest == (i == 1)})
	}
	if v.Top {
		for _, g := range groupNames(x, index.PlainWords(v.Query), searchNames) {
			h := g.hit
			f := foundEntity{thing: *thingOf(x, h.Entity), Name: h.Name, Pieces: markRanges(h.Name, h.Marks), Exact: h.Exactness == index.Exact,
				Typo: h.Exactness >= index.OneTypo, Things: g.things, Statements: g.statements, Articles: g.articles}
			if g.things == 1 {
				f.Last = x.Entities[h.Entity].Last.String()
			}
			f.Alias = f.Name != f.Label
			v.Entities = append(v.Entities, f)
		}
		for _, ref := range res.Articles {
			a := &x.Articles[ref]
			v.Articles = append(v.Articles, foundArticle{*sourceOf(x, ref), markRanges(a.Headline, res.Query.Ranges(a.Headline)), len(a.Claims)})
		}
	}
	for _, ref := range res.Sentences {
		of := &x.Sentences[ref]
		sent, _, ok, err := s.graph.Sentence(ctx, of.ID)
		if err != nil {
			return err
		}
		if !ok { // it has left the store since the index was made
			continue
		}
		f := foundSentence{Pieces: clip(markRanges(sent.Text, res.Query.Ranges(sent.Text)), 420), Article: sourceOf(x, of.Article), Statements: []claimRow{}}
		for _, c := range x.Kept(of.Claims) {
			f.Statements = append(f.Statements, rowOf(x, c))
		}
		v.Sentences = append(v.Sentences, f)
	}
	if instead := insteadOf(v.Query, &res); instead != "" && !strings.EqualFold(instead, v.Query) {
		v.Meant = append(v.Meant, link{Text: instead, URL: with(r, func(q url.Values) { q.Del("offset"); q.Set("q", instead) })})
	}
	if v.Total == 0 {
		for _, e := range v.Entities {
			if e.Typo && len(v.Meant) < 5 && !slices.ContainsFunc(v.Meant, func(l link) bool { return strings.EqualFold(l.Text, e.Name) }) {
				v.Meant = append(v.Meant, link{Text: e.Name, URL: with(r, func(q url.Values) { q.Del("offset"); q.Set("q", e.Name) })})
			}
		}
	}
	return nil
}

// insteadOf is the query with the words that no text has replaced by words near by; "" where one has none.
func insteadOf(query string, res *index.SearchResult) string {
	for i, w := range res.Unknown {
		if i >= len(res.Instead) || res.Instead[i] == "" {
			return ""
		}
		at := strings.Index(strings.ToLower(query), w)
		if at < 0 || at+len(w) > len(query) { // typed with other letters than it is looked up by: "Łódz"
			return ""
		}
		query = query[:at] + res.Instead[i] + query[at+len(w):]
	}
	return query
}

// outletsOf are the outlets of most articles, and the one that is chosen.
func outletsOf(x *index.Index, chosen string) []option {
	counts := map[string]int{}
	for i := range x.Articles {
		if o := x.Articles[i].Outlet; o != "" {
			counts[o]++
		}
	}
	return optionsOf(counts, chosen)
}

// markRanges parts a text where ranges, in characters and in their order, begin and end.
func markRanges(text string, ranges []index.Range) []piece {
	chars := []rune(text)
	var pieces []piece
	add := func(begin, end int, mark string) {
		if begin < end {
			pieces = append(pieces, piece{string(chars[begin:end]), mark})
		}
	}
	at := 0
	for _, m := range ranges {
		begin, end := max(m.Begin, at), min(m.End, len(chars))
		if begin >= end {
			continue
		}
		add(at, begin, "")
		add(begin, end, "found")
		at = end
	}
	add(at, len(chars), "")
	return pieces
}
