package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
	"kg/internal/index"
)

// filterForm is the form by which a page's statements are filtered: what there is to choose, with counts, and what is chosen.
type filterForm struct {
	Set    []chip  `json:"set"`    // what is chosen
	Facets []facet `json:"facets"` // what may be
	Total  int     `json:"total"`  // statements without the filter
	Picked int     `json:"picked"` // statements with it
	From   string  `json:"-"`
	To     string  `json:"-"`
	Text   string  `json:"-"`
	Action string  `json:"-"`
	Clear  string  `json:"-"` // address without any filter
	Hidden []param `json:"-"` // other parameters of the page, which stay
}

type param struct{ Name, Value string }

// chip is a condition that is set; URL is the page without it.
type chip struct {
	Name string `json:"name"` // of the parameter
	Text string `json:"text"`
	URL  string `json:"without"`
}

// facet is a parameter with the values that occur, and how many statements have each while the other conditions hold.
type facet struct {
	Name    string   `json:"name"`
	Legend  string   `json:"legend"`
	One     bool     `json:"-"` // only one value may be chosen
	Any     string   `json:"-"` // what no value means, of a facet with One
	Options []option `json:"options"`
	More    int      `json:"more,omitempty"` // values that are left out, the rarest
}

type option struct {
	Value string `json:"value"`
	Label string `json:"label"`
	N     int    `json:"n"`
	On    bool   `json:"on,omitempty"`
}

// optionRows is how many values the field of a list offers.
const optionRows = 100

// optionsOf are the values of the highest counts, and the chosen one, "" for none, even where it is rarer.
func optionsOf(counts map[string]int, chosen string) []option {
	values := most(counts, optionRows, strings.Compare)
	if n := len(values); chosen != "" && counts[chosen] > 0 && !slices.Contains(values, chosen) {
		values[n-1] = chosen
	}
	list := make([]option, 0, len(values))
	for _, v := range values {
		list = append(list, option{v, v, counts[v], v == chosen})
	}
	return list
}

// facetRows is how many values of a facet are listed; chosen ones always are.
const facetRows = 40

// filterOf reads the filter of r, picks those of claims that it picks, and makes the form. about is the entity whose claims they are, or
// None. An error names the parameter and its value.
func filterOf(r *http.Request, x *index.Index, claims []index.Ref, about index.Ref) (picked []index.Ref, form filterForm, err error) {
	q := r.URL.Query()
	f, err := index.ParseFilter(q)
	if err != nil {
		return nil, form, errorf(http.StatusBadRequest, "%w", err)
	}
	if f.Dated && f.From > f.To {
		return nil, form, errorf(http.StatusBadRequest, "to: %.100q is before from: %.100q", q.Get("to"), q.Get("from"))
	}
	picked = x.Pick(claims, &f, about)
	own := filterParameters()
	form = filterForm{Set: []chip{}, Facets: []facet{}, Total: len(x.Kept(claims)), Picked: len(picked),
		From: q.Get("from"), To: q.Get("to"), Text: f.Text, Action: r.URL.EscapedPath()}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for k := range q {
			if !yield(k) {
				return
			}
		}
	}) {
		if !own[name] && name != "offset" {
			for _, v := range q[name] {
				form.Hidden = append(form.Hidden, param{name, v})
			}
		}
	}
	address := func(f *index.Filter) string {
		return with(r, func(q url.Values) {
			for k := range q {
				if own[k] || k == "offset" {
					q.Del(k)
				}
			}
			for k, v := range f.Values() {
				q[k] = v
			}
		})
	}
	form.Clear = address(&index.Filter{})
	form.chips(x, f, address)
	form.facets(x, f, claims, picked, about)
	return picked, form, nil
}

// filterParameters are the names of all parameters of a filter.
func filterParameters() map[string]bool {
	full := index.Filter{Relations: []graph.IRI{"r"}, Status: []index.Status{0}, Side: "s", From: 1, To: 2, Dated: true, Outlets: []string{"o"}, Speaker: "s",
		Confidence: 1, Articles: 1, Type: "t", Role: "r", Text: "t", Verdict: "v"}
	names := map[string]bool{}
	for k := range full.Values() {
		names[k] = true
	}
	return names
}

// chips are the conditions of f in words, each with the address without it.
func (form *filterForm) chips(x *index.Index, f index.Filter, address func(*index.Filter) string) {
	add := func(name, text string, change func(*index.Filter)) {
		without := f
		change(&without)
		form.Set = append(form.Set, chip{name, text, address(&without)})
	}
	for i, id := range f.Relations {
		add("relation", relationName(x, id), func(w *index.Filter) { w.Relations = slices.Delete(slices.Clone(f.Relations), i, i+1) })
	}
	for i, st := range f.Status {
		add("status", statusText(st.String()), func(w *index.Filter) { w.Status = slices.Delete(slices.Clone(f.Status), i, i+1) })
	}
	if f.Side != "" {
		add("side", f.Side, func(w *index.Filter) { w.Side = "" })
	}
	if form.From != "" {
		add("from", "from "+dateWords(form.From), func(w *index.Filter) { w.From = index.NoDay })
	}
	if form.To != "" {
		add("to", "until "+dateWords(form.To), func(w *index.Filter) { w.To = index.LastDay })
	}
	for i, o := range f.Outlets {
		add("outlet", o, func(w *index.Filter) { w.Outlets = slices.Delete(slices.Clone(f.Outlets), i, i+1) })
	}
	switch f.Speaker {
	case "":
	case "-":
		add("speaker", "said by the articles themselves", func(w *index.Filter) { w.Speaker = "" })
	default:
		add("speaker", "said by "+entityName(x, f.Speaker), func(w *index.Filter) { w.Speaker = "" })
	}
	if f.Confidence > 0 {
		add("confidence", "confidence from "+strconv.FormatFloat(f.Confidence, 'f', -1, 64), func(w *index.Filter) { w.Confidence = 0 })
	}
	if f.Articles > 0 {
		add("articles", "at least "+plural(f.Articles, "independent article", "independent articles"), func(w *index.Filter) { w.Articles = 0 })
	}
	if f.Type != "" {
		add("type", index.Words(string(f.Type)), func(w *index.Filter) { w.Type = "" })
	}
	if f.Role != "" {
		add("role", roleWords[f.Role], func(w *index.Filter) { w.Role = "" })
	}
	if f.Verdict != "" {
		add("verdict", verdictWords[f.Verdict], func(w *index.Filter) { w.Verdict = "" })
	}
	if f.Text != "" {
		add("text", "“"+f.Text+"”", func(w *index.Filter) { w.Text = "" })
	}
}

var roleWords = map[string]string{"subject": "as the one who acts", "object": "as the one acted on"}

var verdictWords = map[string]string{"accepted": "accepted by people", "rejected": "rejected by people", "all": "rejected ones too"}

func relationName(x *index.Index, id graph.IRI) string {
	if r, ok := x.Relation(id); ok {
		return cmp.Or(x.Relations[r].Label, index.Words(string(id)))
	}
	return index.Words(string(id))
}

func entityName(x *index.Index, id graph.IRI) string {
	if e, ok := x.Entity(id); ok {
		return thingOf(x, e).Label
	}
	return index.Words(string(id))
}

// facets counts what there is to choose.
func (form *filterForm) facets(x *index.Index, f index.Filter, claims, picked []index.Ref, about index.Ref) {
	levels := []float64{0.5, 0.65, 0.8, 0.9}
	if f.Confidence > 0 && !slices.Contains(levels, f.Confidence) {
		levels = append(levels, f.Confidence)
		slices.Sort(levels)
	}
	least := []int{2, 3, 5}
	if f.Articles > 0 && !slices.Contains(least, f.Articles) {
		least = append(least, f.Articles)
		slices.Sort(least)
	}
	t := index.Tally{Levels: levels, Least: least}
	// What a condition is set on is counted among the statements that the other conditions leave, all else among those picked.
	counted := index.Facet(index.AllFacets)
	for _, c := range []struct {
		set   bool
		facet index.Facet
		unset func(*index.Filter)
	}{
		{len(f.Relations) > 0, index.ByRelation, func(w *index.Filter) { w.Relations = nil }},
		{len(f.Status) > 0, index.ByStatus, func(w *index.Filter) { w.Status = nil }},
		{len(f.Outlets) > 0, index.ByOutlet, func(w *index.Filter) { w.Outlets = nil }},
		{f.Side != "", index.BySide, func(w *index.Filter) { w.Side = "" }},
		{f.Type != "", index.ByType, func(w *index.Filter) { w.Type = "" }},
		{f.Speaker != "", index.BySpeaker, func(w *index.Filter) { w.Speaker = "" }},
		{f.Role != "", index.ByRole, func(w *index.Filter) { w.Role = "" }},
		{f.Confidence > 0, index.ByConfidence, func(w *index.Filter) { w.Confidence = 0 }},
		{f.Articles > 0, index.ByArticles, func(w *index.Filter) { w.Articles = 0 }},
	} {
		if c.set {
			without := f
			c.unset(&without)
			x.Count(&t, c.facet, x.Pick(claims, &without, about), about)
			counted &^= c.facet
		}
	}
	x.Count(&t, counted, picked, about)

	relations := map[graph.IRI]int{}
	for rel, n := range t.Relations {
		if n > 0 {
			relations[x.Relations[rel].ID] = n
		}
	}
	countFacet(form, facet{Name: "relation", Legend: "Relation"}, 2, relations, f.Relations, func(id graph.IRI) string { return relationName(x, id) })

	statuses := map[index.Status]int{}
	for st, n := range t.Status {
		if n > 0 {
			statuses[index.Status(st)] = n
		}
	}
	countFacet(form, facet{Name: "status", Legend: "Status"}, 2, statuses, f.Status, func(s index.Status) string { return statusText(s.String()) })

	countFacet(form, facet{Name: "outlet", Legend: "Outlet"}, 2, t.Outlets, f.Outlets, func(o string) string { return o })

	sides := map[string]int{}
	for side, n := range map[string]int{"cooperation": t.Cooperation, "conflict": t.Conflict} {
		if n > 0 {
			sides[side] = n
		}
	}
	countFacet(form, facet{Name: "side", Legend: "Cooperation or conflict", One: true, Any: "either, or neither"}, 1, sides, one(f.Side),
		func(s string) string { return s })

	delete(t.Types, "kgo:Thing") // everything is one
	legend := "Kind of the other one"
	if about == index.None {
		legend = "Kind of either"
	}
	countFacet(form, facet{Name: "type", Legend: legend, One: true, Any: "any"}, 2, t.Types, one(f.Type),
		func(t graph.IRI) string { return index.Words(string(t)) })

	speakers := map[graph.IRI]int{}
	for s, n := range t.Speakers {
		if s == index.None {
			speakers["-"] = n
		} else {
			speakers[x.Entities[s].ID] = n
		}
	}
	countFacet(form, facet{Name: "speaker", Legend: "Said by", One: true, Any: "anybody"}, 2, speakers, one(f.Speaker), func(id graph.IRI) string {
		if id == "-" {
			return "the articles themselves"
		}
		return entityName(x, id)
	})

	if about != index.None {
		roles := map[string]int{}
		for role, n := range map[string]int{"subject": t.Subject, "object": t.Object} {
			if n > 0 {
				roles[role] = n
			}
		}
		countFacet(form, facet{Name: "role", Legend: "Its part", One: true, Any: "any"}, 2, roles, one(f.Role),
			func(r string) string { return roleWords[r] })
	}

	verdicts := map[string]int{}
	if x.AnyJudged() {
		judged := f
		judged.Verdict = "all"
		all := x.Pick(claims, &judged, about)
		accepted, rejected := x.Judged(all)
		for verdict, n := range map[string]int{"accepted": accepted, "rejected": rejected} {
			if n > 0 {
				verdicts[verdict] = n
			}
		}
		if rejected > 0 {
			verdicts["all"] = len(all)
		}
	}
	countFacet(form, facet{Name: "verdict", Legend: "Judged", One: true, Any: "not rejected"}, 1, verdicts, one(f.Verdict),
		func(v string) string { return verdictWords[v] })

	var sure []option
	for i, level := range levels {
		v := strconv.FormatFloat(level, 'f', -1, 64)
		sure = append(sure, option{v, v + " and more, " + sureWords(level), t.Confidence[i], level == f.Confidence})
	}
	form.add(facet{Name: "confidence", Legend: "Confidence", One: true, Any: "any", Options: sure}, 1)

	var several []option
	for i, k := range least {
		if n := t.Articles[i]; n > 0 || k == f.Articles {
			several = append(several, option{strconv.Itoa(k), "at least " + strconv.Itoa(k), n, k == f.Articles})
		}
	}
	form.add(facet{Name: "articles", Legend: "Independent articles", One: true, Any: "any number", Options: several}, 1)
}

// one is a list of v, empty where it is the zero value.
func one[T comparable](v T) []T {
	var zero T
	if v == zero {
		return nil
	}
	return []T{v}
}

// add adds a facet that has so many values at least, or one that is chosen.
func (form *filterForm) add(fc facet, least int) {
	if len(fc.Options) >= least || slices.ContainsFunc(fc.Options, func(o option) bool { return o.On }) {
		form.Facets = append(form.Facets, fc)
	}
}

// countFacet adds a facet with the values of the highest counts, and the chosen ones whether they occur or not, by falling number, then
// by label.
func countFacet[T ~string | ~uint8](form *filterForm, fc facet, least int, counts map[T]int, chosen []T, label func(T) string) {
	for _, c := range chosen {
		counts[c] += 0
	}
	values := most(counts, facetRows, cmp.Compare[T])
	for _, c := range chosen {
		if !slices.Contains(values, c) {
			values = append(values, c)
		}
	}
	for _, v := range values {
		fc.Options = append(fc.Options, option{optionValue(v), label(v), counts[v], slices.Contains(chosen, v)})
	}
	slices.SortFunc(fc.Options, func(a, b option) int {
		return cmp.Or(b.N-a.N, strings.Compare(a.Label, b.Label), strings.Compare(a.Value, b.Value))
	})
	fc.More = len(counts) - len(fc.Options)
	form.add(fc, least)
}

func optionValue(v any) string {
	switch v := v.(type) {
	case index.Status:
		return v.String()
	case graph.IRI:
		return string(v)
	case string:
		return v
	}
	panic("no value of a filter")
}
