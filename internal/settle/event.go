package settle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kg/graph"
	"kg/schema"
)

// An event is a node where somebody may want to look it up: what a noun names and claims say more of ("the attack", with a place, a
// time or who took part), and what a verb of meeting, fighting, arresting … tells of somebody with a name and of a second one, a
// place, a time or a number. "Supports", "says" and "owns" tell of no event.

// kinds are the PLOVER types of the relations that tell of events. AGREE, SUPPORT, COOPERATE, AID, REQUEST, ACCUSE, REJECT and
// THREATEN are what is said or held rather than what happens.
var kinds = map[string]bool{"CONSULT": true, "ASSAULT": true, "COERCE": true, "PROTEST": true, "MOBILIZE": true, "SANCTION": true,
	"RETREAT": true}

// kindOf are the kinds of further relations that tell of events.
var kindOf = map[string]string{"agreesWith": "AGREE", "signs": "AGREE", "declaresCeasefire": "CONCEDE", "acquires": "acquires",
	"mergesWith": "mergesWith", "appoints": "appoints"}

// describing relations tell when, where, with whom and with what end an event that a noun names took place.
var describing = map[graph.IRI]bool{"kgo:participatesIn": true, "kgo:hosts": true, "kgo:mediates": true, "kgo:takesPlaceIn": true,
	"kgo:occursOn": true, "kgo:subEventOf": true, "kgo:hasCasualties": true, "kgo:concerns": true, "kgo:kills": true, "kgo:injures": true,
	"kgo:displaces": true, "kgo:destroys": true}

// consequence are what comes of an attack; what is attacked and who is killed need not be the same.
var consequence = map[graph.IRI]bool{"kgo:kills": true, "kgo:injures": true, "kgo:displaces": true, "kgo:destroys": true}

// event is what claims of one article, and then of several, tell of one happening.
type event struct {
	kind         string
	relation     graph.IRI // that tells of it, empty where only nouns do
	agents       []graph.IRI
	patients     []graph.IRI
	participants []graph.IRI // of a symmetric relation, or of no known part
	nouns        []graph.IRI // entities that stand for it
	series       graph.IRI
	place        graph.IRI
	when         span // of what happened; noSpan where no claim says
	time         string
	planned      bool
	claims       []int
	quantities   []string
	casualties   []toll
	first, last  int // days of the reports, 0 where unknown
	begin        int // first character of it in its article
	nominal      bool
}

// toll is a number of people to whom something happened, as a claim gives it.
type toll struct {
	what  string // predicate and unit: "kgo:kills people"
	n     amount
	claim int
}

// eventKind is the kind of the events that a relation tells of, "" for none.
func eventKind(rel *schema.Relation) string {
	if rel == nil {
		return ""
	}
	if k := kindOf[rel.ID]; k != "" {
		return k
	}
	switch rel.ID {
	case "hosts", "mediates", "informs", "invites", "discusses":
		return "" // the event is their object, or none takes place
	}
	if kinds[rel.PLOVER] {
		return rel.PLOVER
	}
	return ""
}

// nounKind is the kind of the events that a noun names: "attack" as "attack on" does.
func (w *world) nounKind(label string) string {
	all := strings.Fields(strings.ToLower(label))
	fields := beforePreposition(all)
	if len(fields) == 0 {
		return ""
	}
	noun := fields[len(fields)-1]
	if ambiguous[strings.TrimSuffix(noun, "s")] && len(fields) == len(all) {
		return ""
	}
	for _, form := range []string{noun, strings.TrimSuffix(noun, "s")} {
		for _, prep := range []string{"on", "of", "against", "with", "in", "to", "between", "from", ""} {
			for _, rel := range w.sch.ByNoun(form, prep) {
				if k := eventKind(rel); k != "" {
					return k
				}
			}
		}
	}
	return ""
}

// beforePreposition returns the words of a label that its noun ends.
func beforePreposition(words []string) []string {
	for i, w := range words {
		if i > 0 && preposition[w] {
			return words[:i]
		}
	}
	return words
}

// ambiguous nouns name an event of their relation's kind only with what they are against, on or of.
var ambiguous = map[string]bool{"operation": true, "strike": true, "call": true, "exercise": true, "release": true, "campaign": true,
	"sale": true, "trial": true, "fight": true, "flight": true, "tour": true, "session": true, "takeover": true}

// findEvents returns the events of all articles, those that several articles tell of as one, sorted by kind, day and participants.
func (w *world) findEvents() []*event {
	byArticle := make([][]int, len(w.Articles))
	for i := range w.Claims {
		a := w.articles[w.Claims[i].Article]
		byArticle[a] = append(byArticle[a], i)
	}
	var all []*event
	for a, claims := range byArticle {
		w.inOrder(claims)
		for _, e := range w.articleEvents(a, claims) {
			if w.browsable(e) {
				all = append(all, e)
			}
		}
	}
	return w.mergeArticles(all)
}

// inOrder sorts claims of one article as they stand in its text.
func (w *world) inOrder(claims []int) {
	slices.SortFunc(claims, func(i, j int) int {
		// Claims are sorted by ID, which i-j stands for.
		return cmp.Or(w.at(i)-w.at(j), w.Claims[i].Begin-w.Claims[j].Begin, w.Claims[i].End-w.Claims[j].End, i-j)
	})
}

// at is where a claim's relation stands in the text.
func (w *world) at(claim int) int {
	c := &w.Claims[claim]
	if c.PredicateSpan != (graph.Span{}) {
		return c.PredicateSpan.Begin
	}
	return c.Begin
}

// articleEvents groups the claims of one article, given in the order of the text, by the event that they tell of.
func (w *world) articleEvents(article int, claims []int) (events []*event) {
	nouns := map[graph.IRI]*event{}
	named := map[[2]int]*event{} // by the words that name it
	found := func(kind string, begin int) *event {
		return &event{kind: kind, when: noSpan, begin: begin, first: w.day[article], last: w.day[article]}
	}
	noun := func(id graph.IRI, at graph.Span) *event {
		if !w.isA(id, "Event") {
			return nil
		}
		e := nouns[id]
		if e == nil {
			label := w.entity(id).Label
			e = found(w.nounKind(label), at.Begin)
			events = append(events, e)
			if e.kind == "" && w.isA(id, "Meeting") {
				e.kind = "CONSULT"
			}
			e.nominal = true
			if w.isA(id, "EventSeries") {
				e.series = id
			} else {
				e.nouns = append(e.nouns, id)
			}
			nouns[id] = e
		}
		if at.End > at.Begin {
			named[[2]int{at.Begin, at.End}] = e
		}
		return e
	}
	// First what nouns name, so that a verb finds "the attack" that follows it.
	for _, i := range claims {
		c := &w.Claims[i]
		if c.Polarity != "+" || c.Modality == "hypothetical" || c.Modality == "conditional" {
			continue
		}
		if e := noun(c.Subject, c.SubjectSpan); e != nil {
			w.describe(e, i, true)
		}
		if e := noun(c.Object.Entity, c.ObjectSpan); e != nil {
			w.describe(e, i, false)
		}
	}
	// Then what verbs tell, what comes of an attack last: "killing 12" may stand before it.
	verbs := slices.Clone(claims)
	slices.SortStableFunc(verbs, func(i, j int) int {
		of := func(i int) int {
			if consequence[w.Claims[i].Predicate] {
				return 1
			}
			return 0
		}
		return of(i) - of(j)
	})
	for _, i := range verbs {
		c := &w.Claims[i]
		rel := w.relation(c.Predicate)
		kind := eventKind(rel)
		if kind == "" || c.Polarity != "+" || c.Modality == "hypothetical" || c.Modality == "conditional" || c.Modality == "requested" ||
			nouns[c.Subject] != nil || nouns[c.Object.Entity] != nil || !w.isA(c.Subject, "Actor") {
			continue
		}
		if rel.Symmetric && !w.isA(c.Object.Entity, "Actor") {
			continue // nobody meets a waiver
		}
		one := found(kind, c.Begin)
		one.relation, one.planned, one.claims = c.Predicate, c.Modality == "planned", []int{i}
		if rel.Symmetric {
			one.participants = union(one.participants, c.Subject, c.Object.Entity)
		} else {
			one.agents, one.patients = union(nil, c.Subject), union(nil, c.Object.Entity)
		}
		w.circumstances(one, i)
		if e := w.sameInArticle(events, one, named); e != nil {
			e.absorb(one)
		} else {
			events = append(events, one)
		}
	}
	return w.nounsToVerbs(events)
}

// describe adds what a claim says of e, which is its subject or its object.
func (w *world) describe(e *event, claim int, subject bool) {
	c := &w.Claims[claim]
	e.claims = append(e.claims, claim)
	other := c.Object.Entity
	if !subject {
		other = c.Subject
	}
	e.planned = e.planned || c.Modality == "planned"
	switch c.Predicate {
	case "kgo:participatesIn", "kgo:hosts", "kgo:mediates":
		if !subject {
			e.participants = union(e.participants, other)
		}
	case "kgo:takesPlaceIn":
		if subject && e.place == "" {
			e.place = other
		}
	case "kgo:subEventOf":
		if subject && w.isA(other, "EventSeries") && e.series == "" {
			e.series = other
		} else if !subject {
			return // what happens within it has its own time and place
		}
	case "kgo:occursOn":
		if s, ok := spanOf(c.Object.Literal); subject && ok {
			e.setTime(c.Object.Literal, s)
		}
	}
	if describing[c.Predicate] || subject {
		w.circumstances(e, claim)
	}
	if !subject {
		for _, a := range c.Arguments { // "held talks with Merkel"
			if a.Case == "with" && w.isA(a.Entity, "Actor") {
				e.participants = union(e.participants, a.Entity)
			}
		}
	}
}

// circumstances takes time, place and numbers over from a claim.
func (w *world) circumstances(e *event, claim int) {
	c := &w.Claims[claim]
	if s, ok := spanOf(c.Time); ok {
		e.setTime(c.Time, s)
	}
	if e.place == "" {
		e.place = c.Place
	}
	switch c.Predicate {
	case "kgo:kills", "kgo:injures", "kgo:displaces", "kgo:hasCasualties", "kgo:detains", "kgo:abducts":
		phrase := w.objectWords(c)
		n, ok := amountOf(phrase)
		if !ok {
			return
		}
		what := string(c.Predicate)
		if c.Predicate == "kgo:hasCasualties" { // whether they died, its verb says
			what = w.words(c, c.PredicateSpan)
		}
		e.casualties = append(e.casualties, toll{what + " " + n.unit, n, claim})
		verb := strings.ToLower(w.words(c, c.PredicateSpan))
		e.quantities = union(e.quantities, strings.TrimSpace(verb+" "+strings.Join(strings.Fields(phrase), " ")))
	}
}

// words returns the characters of a claim's sentence.
func (w *world) words(c *graph.FoundClaim, at graph.Span) string {
	i, ok := w.sents[c.Sentence]
	if !ok || at.End <= at.Begin {
		return ""
	}
	s := &w.Sentences[i]
	text := s.Text
	if len(text) != s.End-s.Begin {
		runes := []rune(text)
		if at.Begin < s.Begin || at.End > s.End || at.End-s.Begin > len(runes) {
			return ""
		}
		return string(runes[at.Begin-s.Begin : at.End-s.Begin])
	}
	if at.Begin < s.Begin || at.End > s.End {
		return ""
	}
	return text[at.Begin-s.Begin : at.End-s.Begin]
}

// objectWords are the words of a claim's object, those of the literal where the sentence is not known.
func (w *world) objectWords(c *graph.FoundClaim) string {
	return cmp.Or(w.words(c, c.ObjectSpan), c.Object.Literal)
}

// setTime keeps the narrowest of the times that claims give, the first of equal ones.
func (e *event) setTime(value string, s span) {
	if e.time == "" || s.days() < e.when.days() {
		e.time, e.when = value, s
	}
}

// union adds to a sorted list what it does not have.
func union[T ~string](list []T, more ...T) []T {
	for _, x := range more {
		if x == "" {
			continue
		}
		if i, ok := slices.BinarySearch(list, x); !ok {
			list = slices.Insert(list, i, x)
		}
	}
	return list
}

// everybody are those who take part in e, in whatever part, sorted.
func (e *event) everybody() []graph.IRI {
	return union(union(slices.Clone(e.participants), e.agents...), e.patients...)
}

// absorb makes e tell what f does too.
func (e *event) absorb(f *event) {
	if e.kind == "" {
		e.kind = f.kind
	}
	if e.relation == "" || f.relation != "" && (consequence[e.relation] && !consequence[f.relation] ||
		consequence[e.relation] == consequence[f.relation] && f.relation < e.relation) {
		e.relation = f.relation
	}
	e.agents, e.patients = union(e.agents, f.agents...), union(e.patients, f.patients...)
	e.participants, e.nouns = union(e.participants, f.participants...), union(e.nouns, f.nouns...)
	e.quantities = union(e.quantities, f.quantities...)
	if e.series == "" {
		e.series = f.series
	}
	if e.place == "" || local(e.place) && f.place != "" && !local(f.place) {
		e.place = f.place
	}
	if f.time != "" && (e.time == "" || f.when.days() < e.when.days() || f.when.days() == e.when.days() && f.time < e.time) {
		e.time, e.when = f.time, f.when
	}
	e.planned = e.planned && f.planned
	e.nominal = e.nominal && f.nominal
	e.claims = append(e.claims, f.claims...)
	e.casualties = append(e.casualties, f.casualties...)
	if f.first != 0 && (e.first == 0 || f.first < e.first) {
		e.first = f.first
	}
	e.last = max(e.last, f.last)
}

// sameInArticle returns the event of an article that f, told by one claim, belongs to: the one that the same words name, or an
// earlier one of its kind whose participants, place and time do not speak against it.
func (w *world) sameInArticle(events []*event, f *event, named map[[2]int]*event) *event {
	c := &w.Claims[f.claims[0]]
	if w.words(c, c.PredicateSpan) != "" {
		// "the attack on the town": one noun is the event and carries the relation, of several one of its kind, then the shortest.
		var best *event
		var span [2]int
		for at, e := range named {
			if at[0] > c.PredicateSpan.Begin || c.PredicateSpan.Begin >= at[1] || e.kind != f.kind && e.kind != "" {
				continue
			}
			if best == nil || cmp.Or(strings.Compare(best.kind, e.kind), at[1]-at[0]-(span[1]-span[0]), at[0]-span[0]) < 0 {
				best, span = e, at
			}
		}
		if best != nil {
			return best
		}
	}
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		if e.kind != f.kind || e.series != "" {
			continue
		}
		if consequence[c.Predicate] && len(e.agents) > 0 && shared(e.agents, f.agents) > 0 && !consequence[e.relation] &&
			w.Claims[e.claims[0]].Sentence == c.Sentence && (e.time == "" || f.time == "" || e.when.overlaps(f.when)) {
			return e // "attacked the town, killing 12"
		}
		if !compatible(e, f) {
			continue
		}
		sameWords := false
		for _, k := range e.claims {
			o := &w.Claims[k]
			sameWords = sameWords || o.PredicateSpan == c.PredicateSpan && o.Predicate == c.Predicate
		}
		n := len(f.agents) + len(f.patients) + len(f.participants)
		if sameWords || matching(e, f) >= 2 || matching(e, f) == 1 && (n == 1 || e.nominal) {
			return e
		}
	}
	return nil
}

// compatible says whether neither participants nor place nor time keep two events of one kind apart.
func compatible(e, f *event) bool {
	if e.time != "" && f.time != "" && !e.when.overlaps(f.when) {
		return false
	}
	if e.place != "" && f.place != "" && e.place != f.place && !local(e.place) && !local(f.place) {
		return false
	}
	return !disjoint(e.agents, f.agents) && !disjoint(e.patients, f.patients)
}

// disjoint says whether two lists have something, but nothing in common.
func disjoint(a, b []graph.IRI) bool {
	return len(a) > 0 && len(b) > 0 && shared(a, b) == 0
}

func shared(a, b []graph.IRI) (n int) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}

// matching counts the participants that two events have in common in the same part.
func matching(e, f *event) int {
	if len(e.participants) > 0 || len(f.participants) > 0 {
		return shared(e.everybody(), f.everybody())
	}
	return shared(e.agents, f.agents) + shared(e.patients, f.patients)
}

// reach is how many characters after an event "the attack" may stand and still mean it.
const reach = 900

// nounsToVerbs joins a noun that says nothing of its own ("the attack", of no time, place and participants) to the nearest event of
// its kind before it.
func (w *world) nounsToVerbs(events []*event) []*event {
	out := events[:0]
	for i, e := range events {
		var to *event
		if e.nominal && e.kind != "" && e.series == "" && e.time == "" && len(e.everybody()) == 0 && len(e.nouns) == 1 &&
			local(e.nouns[0]) && len(strings.Fields(w.entity(e.nouns[0]).Label)) == 1 {
			for j, f := range events {
				if j != i && f.kind == e.kind && !f.nominal && f.begin <= e.begin && e.begin-f.begin < reach &&
					(to == nil || f.begin > to.begin) && compatible(e, f) {
					to = f
				}
			}
		}
		if to == nil {
			out = append(out, e)
			continue
		}
		to.absorb(e)
	}
	return out
}

// browsable says whether an event is worth a node.
func (w *world) browsable(e *event) bool {
	named, all := 0, 0
	for _, l := range [][]graph.IRI{e.agents, e.patients, e.participants} {
		for _, id := range l {
			all++
			if w.named(id) {
				named++
			}
		}
	}
	if e.series != "" && len(e.nouns) == 0 {
		return e.time != "" && e.when.days() <= maxHappening // a dated instance of the series
	}
	detail := e.time != "" || e.place != "" || len(e.quantities) > 0
	switch {
	case e.nominal:
		own := false
		for _, n := range e.nouns {
			own = own || w.ownName(n) != ""
		}
		return e.series != "" || named > 0 || own && (e.time != "" || e.kind != "") ||
			w.named(e.place) && (e.kind != "" || detail && len(e.claims) > 1)
	case len(e.patients) > 0 && (e.kind == "acquires" || e.kind == "appoints" || e.kind == "AGREE"):
		// A purchase of shares or the signing of a bill is no event of two parties.
		return len(e.agents) > 0 && w.named(e.agents[0]) && w.named(e.patients[0]) && w.isA(e.patients[0], "Actor")
	}
	return named > 0 && (all > 1 || detail)
}

// maxHappening is the number of days up to which a time tells when something happened; "1987" does not.
const maxHappening = 45

// An event whose time no claim gives lies at most unknownBefore days before its report, one that is planned at most plannedAhead days
// after it.
const (
	unknownBefore = 3
	plannedAhead  = 60
)

// window is when e happened, as far as time or reports tell.
func (e *event) window() span {
	switch {
	case e.time != "" && e.when.days() <= maxHappening:
		return e.when
	case e.first == 0:
		return noSpan
	case e.planned:
		return span{e.first, e.last + plannedAhead}
	}
	return span{e.first - unknownBefore, e.last}
}

// anchor is the first day of e's window.
func (e *event) anchor() int {
	w := e.window()
	if w.from == minDay {
		return w.to
	}
	return w.from
}

// mergeArticles joins the events of several articles that are one: of one kind, with the same participants in the same parts, or one
// of them and the place, or the same name, at the same time. Events are taken by day, and each goes to the first event before it
// that it fits, so that a series of daily events does not grow together.
func (w *world) mergeArticles(all []*event) []*event {
	type sorted struct {
		e   *event
		key string
	}
	list := make([]sorted, len(all))
	for i, e := range all {
		list[i] = sorted{e, strings.Join([]string{e.kind, join(e.agents), join(e.patients), join(e.participants), join(e.nouns),
			string(w.Claims[e.claims[0]].ID)}, "\x00")}
	}
	slices.SortFunc(list, func(a, b sorted) int {
		return cmp.Or(a.e.anchor()-b.e.anchor(), strings.Compare(a.key, b.key))
	})
	index := map[string][]*event{}
	var out []*event
	for _, s := range list {
		e := s.e
		keys := w.keys(e)
		var to *event
		for _, k := range keys {
			for _, f := range index[k] {
				if f != to && w.sameEvent(e, f) && (to == nil || f.anchor() < to.anchor()) {
					to = f
				}
			}
		}
		if to != nil {
			to.absorb(e)
			keys = w.keys(to)
		} else {
			to = e
			out = append(out, e)
		}
		for _, k := range keys {
			if !slices.Contains(index[k], to) {
				index[k] = append(index[k], to)
			}
		}
	}
	w.instances(out)
	return out
}

// instances makes a name that events of several times go by the series that they are instances of: "the Nordic summit" of every year.
func (w *world) instances(events []*event) {
	by, series := map[string][]*event{}, map[string]graph.IRI{}
	for _, e := range events {
		for _, n := range e.nouns {
			if name := w.ownName(n); name != "" && e.series == "" && e.first != 0 {
				by[name] = append(by[name], e)
				if !local(n) && w.isA(n, "Meeting") && (series[name] == "" || n < series[name]) {
					series[name] = n
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(series)) {
		list := by[name]
		apart := false
		for _, e := range list {
			for _, f := range list {
				apart = apart || e.window().to < f.window().from
			}
		}
		for _, e := range list {
			if apart && e.series == "" {
				e.series = series[name]
			}
		}
	}
}

// ownName is the name of an event that other articles know it by: "ASEAN summit", not "meeting with Putin"; empty where it has none.
func (w *world) ownName(id graph.IRI) string {
	e := w.entity(id)
	if e == nil || local(id) && !strings.Contains(e.Label, " ") {
		return ""
	}
	head := e.Label
	if local(id) {
		head = strings.Join(beforePreposition(strings.Fields(e.Label)), " ")
	}
	if strings.IndexFunc(head, unicode.IsUpper) < 0 {
		return ""
	}
	return strings.ToLower(e.Label)
}

func join(ids []graph.IRI) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(string(id))
		b.WriteByte(' ')
	}
	return b.String()
}

// keys are what an event of another article must have one of to be this one.
func (w *world) keys(e *event) (keys []string) {
	key := func(parts ...string) { keys = append(keys, strings.Join(parts, "\x00")) }
	for _, n := range e.nouns {
		if name := w.ownName(n); name != "" {
			key("name", name)
		}
	}
	if e.series != "" && e.time != "" {
		key("series", string(e.series))
	}
	if e.kind == "" {
		return keys
	}
	for _, a := range e.agents {
		for _, p := range e.patients {
			if a, p, ok := w.parts(a, p); ok {
				key(e.kind, a, p)
			}
		}
	}
	everybody := e.everybody()
	if len(e.participants) > 0 {
		for i, a := range everybody {
			for _, b := range everybody[i+1:] {
				if a, b, ok := w.parts(a, b); ok {
					key(e.kind, "with", a, b)
				}
			}
		}
	}
	if e.place != "" && !local(e.place) {
		for _, a := range everybody {
			if w.named(a) {
				key(e.kind, "at", string(a), string(e.place))
			}
		}
	}
	return keys
}

// description is what other articles may call people without a name by whom an event is told from others: "police officers". One word
// says too little.
func (w *world) description(id graph.IRI) (string, bool) {
	e := w.entity(id)
	if e == nil || !local(id) || !w.isA(id, "Group") || !strings.Contains(e.Label, " ") {
		return "", false
	}
	return strings.ToLower(e.Label), true
}

// parts names two participants as another article would, at least one of them by its own name; not ok where that cannot be.
func (w *world) parts(a, b graph.IRI) (x, y string, ok bool) {
	x, y = string(a), string(b)
	da, oka := w.description(a)
	db, okb := w.description(b)
	switch {
	case !local(a) && !local(b):
		return x, y, true
	case oka && !local(b):
		return da, y, true
	case okb && !local(a):
		return x, db, true
	}
	return "", "", false
}

// described is e with descriptions in place of groups that only its article knows.
func (w *world) described(e *event) *event {
	d := *e
	for _, list := range []*[]graph.IRI{&d.agents, &d.patients, &d.participants} {
		if !slices.ContainsFunc(*list, func(id graph.IRI) bool { _, ok := w.description(id); return ok }) {
			continue
		}
		*list = slices.Clone(*list)
		for i, id := range *list {
			if as, ok := w.description(id); ok {
				(*list)[i] = graph.IRI(as)
			}
		}
		slices.Sort(*list)
	}
	return &d
}

// sameEvent says whether two events with a key in common are one.
func (w *world) sameEvent(e, f *event) bool {
	e, f = w.described(e), w.described(f)
	a, b := e.window(), f.window()
	if a == noSpan || b == noSpan || e.kind != f.kind && e.kind != "" && f.kind != "" {
		return false
	}
	if e.time != "" && e.time == f.time && e.when.days() > maxHappening {
		// "in 1984": the day of the report says nothing then
	} else if e.time != "" && f.time != "" {
		if !a.overlaps(b) {
			return false
		}
	} else if a.from > b.to+1 || b.from > a.to+1 {
		return false
	}
	return compatible(e, f) || len(e.participants)+len(f.participants) > 0 && !disjoint(e.participants, f.participants)
}

// hashOf is the name of what has none.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Quote(p)))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// eventQuads names the events and writes what is known of them.
func (w *world) eventQuads(events []*event) (quads []graph.Quad) {
	type row struct {
		id, label string
		e         *event
	}
	rows := make([]row, len(events))
	for i, e := range events {
		rows[i].e = e
		rows[i].id, rows[i].label = w.name(e)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return strings.Compare(a.id, b.id) })
	for i, r := range rows {
		id := r.id
		if i > 0 && rows[i-1].id == id || i+1 < len(rows) && rows[i+1].id == id {
			// What tells events of one name apart must not depend on how many there are.
			id += "_" + hashOf(string(w.Claims[slices.Min(r.e.claims)].ID))[:8]
		}
		e, s := r.e, graph.Res(graph.IRI(id))
		add := func(p graph.IRI, o graph.Term) { quads = append(quads, quad(s, p, o)) }
		add("rdf:type", graph.Res("kgo:Event"))
		if e.kind == "CONSULT" {
			add("rdf:type", graph.Res("kgo:Meeting"))
		}
		add("rdfs:label", graph.Str(r.label))
		if e.kind != "" {
			add(graph.KgoEventType, graph.Str(e.kind))
		}
		for _, a := range e.agents {
			add(graph.KgoAgent, graph.Res(a))
		}
		for _, p := range e.patients {
			add(graph.KgoPatient, graph.Res(p))
		}
		for _, p := range e.everybody() {
			add(graph.SemActor, graph.Res(p))
		}
		if e.place != "" {
			add(graph.SemPlace, graph.Res(e.place))
		}
		if e.time != "" {
			add(graph.SemTime, graph.TimeTerm(e.time))
		}
		if e.first != 0 {
			add(graph.KgoReported, graph.TimeTerm(dayText(e.first)))
			add(graph.KgoLastReported, graph.TimeTerm(dayText(e.last)))
		}
		for _, q := range e.quantities {
			add(graph.KgoQuantity, graph.Str(q))
		}
		if e.series != "" {
			add(graph.SubEventOf, graph.Res(e.series))
		}
		quads = appendSupport(quads, s, w.support(e.claims))
		of := map[graph.IRI]bool{}
		for _, c := range e.claims {
			of[w.Claims[c].ID] = true
		}
		for _, n := range e.nouns {
			of[n] = true
		}
		for _, id := range slices.Sorted(maps.Keys(of)) {
			quads = append(quads, quad(graph.Res(id), graph.KgoOfEvent, s))
		}
	}
	return quads
}

// nameOf is the shortest label of e's own names, empty where it has none.
func (w *world) nameOf(e *event) (label string) {
	for _, n := range e.nouns {
		if w.ownName(n) == "" {
			continue
		}
		if l := w.entity(n).Label; label == "" || len(l) < len(label) || len(l) == len(label) && l < label {
			label = l
		}
	}
	return label
}

// whatOf is what IRIs tell an event by: names in their order by IRI, few of them, since an IRI of all that is told of it would change
// with every article.
func (w *world) whatOf(e *event) (what string) {
	verb := "meets"
	if rel := w.relation(e.relation); rel != nil {
		verb = rel.Label
	}
	list := func(ids []graph.IRI) string {
		var names []string
		if some := slices.DeleteFunc(slices.Clone(ids), func(id graph.IRI) bool { return !w.named(id) }); len(some) > 0 {
			ids = some // "soldiers" beside who has a name say little
		}
		for i, id := range ids {
			if i == 3 && len(ids) > 4 {
				names = append(names, "others")
				break
			}
			if x := w.entity(id); x != nil && !slices.Contains(names, x.Label) {
				names = append(names, x.Label)
			}
		}
		return strings.Join(names, ", ")
	}
	switch {
	case e.series != "" && len(e.nouns) == 0:
		what = w.entity(e.series).Label
	case e.kind == "CONSULT" && w.nameOf(e) != "":
		what = w.nameOf(e)
	case len(e.nouns) > 0 && (len(e.agents) == 0 || len(e.patients) == 0) && len(e.participants) < 2 || e.relation == "":
		for _, n := range e.nouns {
			if x := w.entity(n); x != nil && len(x.Label) > len(what) {
				what = x.Label
			}
		}
		others := slices.DeleteFunc(e.everybody(), func(id graph.IRI) bool {
			x := w.entity(id)
			return x == nil || strings.Contains(what, x.Label) // "trade row between Japan and the United States" says who rows
		})
		if len(others) > 0 && len(others) <= 3 && w.nameOf(e) == "" {
			what += " (" + list(others) + ")"
		}
	case len(e.participants) > 0:
		what = list(e.participants[:1]) + " " + verb + " " + list(e.participants[1:])
	default:
		object := list(e.patients)
		for _, c := range e.claims {
			if o := w.Claims[c].Object.Literal; object == "" && len(o) < 40 {
				object = o // "5,000 tonnes of rapeseed"
			}
		}
		what = list(e.agents) + " " + verb + " " + object
	}
	return strings.Join(strings.Fields(what), " ")
}

// name gives an event an IRI of what tells it from others, its day, kind and participants, and a label for readers.
func (w *world) name(e *event) (id, label string) {
	day := e.time
	if day == "" && e.first != 0 {
		day = dayText(e.first)
	}
	what := w.whatOf(e)
	slug := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '_'
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '-', r == '_', r == '.':
			return r
		case r >= 0xC0 && r <= 0x24F, r >= 0x370 && r <= 0x52F && r != 0x378 && r != 0x379:
			return r
		}
		return -1
	}, what)
	if len(slug) > 80 {
		slug = strings.ToValidUTF8(slug[:80], "") + "_" + hashOf(what)[:6]
	}
	date, _, _ := strings.Cut(day, "T")
	date = strings.ReplaceAll(date, "/", "_")
	label = w.headline(e)
	if day != "" {
		year := day // for readers, of a week or quarter the month or year that it lies in
		for _, part := range []string{"-W", "-Q", "-H", "-S", "-FA"} {
			year, _, _ = strings.Cut(year, part)
		}
		label += ", " + year
		slug = date + "/" + slug
	}
	return "kg:event/" + strings.Trim(slug, "/"), label
}
