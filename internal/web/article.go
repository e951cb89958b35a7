package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
	"kg/internal/index"
)

// articleRoutes are the pages about articles, claims and events.
func (s *Server) articleRoutes(page pageRoute) {
	for _, p := range []struct {
		path string
		h    http.HandlerFunc
	}{{"/article", s.articlePage}, {"/claim", s.claimPage}, {"/event", s.eventPage}} {
		page(p.path, p.h)
		for _, suffix := range suffixes {
			page(p.path+suffix, p.h)
		}
		page(p.path+"/{name...}", p.h)
	}
	page("/sentence/{name...}", s.sentencePage)
	page("/articles", s.articlesPage)
	page("/articles.json", s.articlesPage)
	page("/events", s.eventsPage)
	page("/events.json", s.eventsPage)
}

// safeURL is address where a browser may follow it: a page of the web.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// Claims

// claimView is all that is known of a statement.
type claimView struct {
	Statement claimRow `json:"statement"`
	Status    string   `json:"status_explained"`
	Rejected  bool     `json:"rejected,omitempty"` // a person judged that it was read wrongly
	// Before and After are the words around the sentence, Words the sentence with its marks.
	Before string  `json:"before,omitempty"`
	Words  []piece `json:"words"`
	After  string  `json:"after,omitempty"`
	Link   string  `json:"link,omitempty"` // of the article at its publisher
	// Rule is what in the grammar of the sentence the statement was read from.
	Rule     string         `json:"rule_explained"`
	Called   []calledAs     `json:"called,omitempty"` // names that the article has for who is spoken of
	More     []argumentView `json:"further"`
	Codes    *codesView     `json:"codes,omitempty"`
	Event    *eventLink     `json:"event,omitempty"`
	Same     claimList      `json:"same"`     // what other articles say
	Opposite []oppositeView `json:"opposite"` // and what contradicts it
	Reused   []reusedView   `json:"reused"`   // the sentence in other articles
	Turtle   string         `json:"-"`
	JSONLD   string         `json:"-"`
	ID       string         `json:"iri"` // in full
	Position string         `json:"characters"`
	Names    []nameOfRole   `json:"-"`
	// Verdict is what a person judged of it, nil where nobody has. Judge is the form to do so where the reader may, nil where not.
	Verdict *verdictView `json:"verdict,omitempty"`
	Judge   *judgeForm   `json:"-"`
}

// verdictView is a person's judgement on a statement.
type verdictView struct {
	Accepted bool   `json:"accepted"`
	By       string `json:"by"`
	Day      string `json:"day,omitempty"`
	Why      string `json:"why,omitempty"`
}

// judgeForm is what the form of a judgement needs: the statement, where to come back to, and who judges, "" where he has to say.
type judgeForm struct {
	Claim graph.IRI
	Next  string
	By    string
}

type nameOfRole struct{ Mark, Text string }

type calledAs struct {
	Entity thing  `json:"entity"`
	Name   string `json:"name"`
}

type argumentView struct {
	Role   string `json:"role"`
	Case   string `json:"case,omitempty"`
	Text   string `json:"text"`
	Entity *thing `json:"entity,omitempty"`
}

// codesView are the codes of the event that a statement tells of.
type codesView struct {
	PLOVER    string `json:"plover,omitempty"`
	CAMEO     string `json:"cameo,omitempty"`
	Goldstein string `json:"goldstein,omitempty"`
	Relation  bool   `json:"of_relation"` // they are those that its relation mostly has, not of these very words
}

type eventLink struct {
	ID    graph.IRI `json:"id"`
	Label string    `json:"label"`
	URL   string    `json:"url"`
}

// oppositeView is a statement that contradicts another.
type oppositeView struct {
	Statement claimRow `json:"statement"`
	Why       string   `json:"why"` // "denies it", "gives another amount", "holds since", "held before"
}

// reusedView is a sentence of another article with mostly the same words.
type reusedView struct {
	Article source `json:"article"`
	Text    string `json:"text"`
}

// statusWords explain the statuses to a reader.
var statusWords = map[string]string{
	"asserted":     "The article itself says so, as a fact.",
	"reported":     "Somebody says so; the article only passes it on.",
	"denied":       "It is said that this is not so.",
	"former":       "This was so and is no longer.",
	"planned":      "This is planned or announced; the sentence does not say that it happened.",
	"requested":    "Somebody asks for this; the sentence does not say that it happened.",
	"possible":     "This may be so.",
	"conditional":  "This holds only under a condition.",
	"hypothetical": "This is imagined, not told as a fact.",
}

// ruleWords explain the rules of the grammar to a reader.
var ruleWords = map[string]string{
	"svo":             "a clause: somebody does something to somebody",
	"passive":         "a passive clause: something is done by somebody",
	"copula":          "a clause with “is”: something is something",
	"existential":     "a clause with “there is”",
	"possessive":      "a possessive: “Syria’s zones”",
	"appos":           "a description beside a name: “Lavrov, the minister”",
	"title":           "a title before a name: “Foreign Minister Lavrov”",
	"agent":           "a noun for who acts: “the producer of the film”",
	"nmod":            "a noun with a preposition behind it: “zones in Syria”",
	"act":             "a noun for what is done: “Russia’s support for Syria”",
	"light":           "a verb whose object says what is done: “held talks with”",
	"helped":          "a verb of helping with what is done behind it",
	"compound":        "a word of two parts: “Geneva-based”",
	"demonym":         "a word for where something is from: “Russian troops”",
	"place":           "a place before a name: “Moscow’s Kremlin”",
	"acronym":         "a name with its short form in brackets",
	"short form":      "a short form of a name that the article has in full",
	"same name":       "two spellings of one name",
	"last name":       "a last name and the full name of the same person",
	"spelling":        "two spellings of one name",
	"transliteration": "two spellings of one foreign name",
	"example":         "examples of a group: “producers such as Iran”",
	"include":         "members of a group: “producers including Iran”",
	"during":          "what happened while something else did",
}

// argumentWords are the roles of further arguments.
var argumentWords = map[string]string{"oblique": "", "indirect": "to or for", "time": "when", "place": "where", "manner": "how", "instrument": "with what",
	"topic": "about", "purpose": "what for", "clause": "", "attribute": "as", "object": ""}

func (s *Server) claimPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	ref, ok := x.Claim(graph.IRI("kg:claim/" + name))
	if !ok {
		s.notFound(w, r)
		return
	}
	if s.linked(w, r, x, x.Claims[ref].ID) {
		return
	}
	view, err := s.claimView(r, x, ref)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	row := &view.Statement
	object := row.Text
	if row.Object != nil {
		object = row.Object.Label
	}
	s.answer(w, r, page{Template: "claim.html", Title: strings.Join([]string{row.Subject.Label, row.Relation.Label, short(object, 60)}, " "),
		Styles: []string{"article.css"}, Also: otherForms(r)}, view)
}

// short is text, or its first n characters or so.
func short(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return untilSpace(string(r[:n])) + " …"
	}
	return text
}

func (s *Server) claimView(r *http.Request, x *index.Index, ref index.Ref) (*claimView, error) {
	ctx := r.Context()
	id := x.Claims[ref].ID
	var c graph.FoundClaim
	for found, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: id}) {
		if err != nil {
			return nil, err
		}
		c = found
	}
	if c.ID == "" {
		return nil, errorf(http.StatusNotFound, "this statement has left the graph")
	}
	rec, err := s.graph.Record(ctx, c.Article)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		return nil, errorf(http.StatusNotFound, "the article of this statement has left the graph")
	}
	row := rowOf(x, ref)
	v := &claimView{Statement: row, Status: statusWords[row.Status], Rejected: c.Rejected || x.Rejected(ref), Link: safeURL(rec.Article.URL),
		Rule: cmp.Or(ruleWords[c.Rule], c.Rule), More: []argumentView{}, Opposite: []oppositeView{}, Reused: []reusedView{},
		ID: s.store.Expand(id), Position: fmt.Sprintf("%d–%d", c.Begin, c.End)}
	if j, ok := x.Verdict(ref); ok {
		v.Verdict = &verdictView{j.Kind == graph.Accept, j.By, index.DayOf(j.When).String(), j.Evidence}
	}
	if s.mayWrite(r) {
		v.Judge = &judgeForm{id, row.URL, nameOfReviewer(r)}
	}
	v.context(rec, &c.Claim)
	v.Statement.Sentence = v.Words
	label := func(name graph.IRI) string {
		for i := range rec.Entities {
			if rec.Entities[i].ID == name {
				return rec.Entities[i].Label
			}
		}
		return ""
	}
	for _, n := range [][2]graph.IRI{{c.Subject, c.Named.Subject}, {c.Object.Entity, c.Named.Object}, {c.AttributedTo, c.Named.AttributedTo},
		{c.Place, c.Named.Place}} {
		if e, ok := x.Entity(n[0]); ok && n[1] != "" {
			if t := thingOf(x, e); label(n[1]) != "" && label(n[1]) != t.Label {
				v.Called = append(v.Called, calledAs{*t, label(n[1])})
			}
		}
	}
	for _, a := range c.Arguments {
		arg := argumentView{Role: a.Role, Case: a.Case, Text: strings.Join(strings.Fields(a.Text), " ")}
		if words, ok := argumentWords[a.Role]; ok {
			arg.Role = words
		}
		if e, ok := x.Entity(a.Entity); ok && a.Entity != "" {
			arg.Entity = thingOf(x, e)
		}
		v.More = append(v.More, arg)
	}
	rel := &x.Relations[x.Claims[ref].Relation]
	switch {
	case c.PLOVER != "" || c.CAMEO != "":
		v.Codes = &codesView{c.PLOVER, c.CAMEO, c.Goldstein, false}
	case rel.PLOVER != "" || rel.CAMEO != "":
		v.Codes = &codesView{rel.PLOVER, rel.CAMEO, rel.Goldstein, true}
	}
	if e := x.Claims[ref].Event; e != index.None {
		v.Event = &eventLink{x.Events[e].ID, eventLabel(&x.Events[e]), eventURL(x.Events[e].ID)}
	}
	same, err := s.sameClaims(ctx, x, ref)
	if err != nil {
		return nil, err
	}
	if v.Same, err = s.claimList(r, x, same); err != nil {
		return nil, err
	}
	if v.Opposite, err = s.opposites(ctx, x, ref); err != nil {
		return nil, err
	}
	passages, err := s.graph.Passages(ctx, c.Sentence)
	if err != nil {
		return nil, err
	}
	listed := map[graph.IRI]bool{} // among those that say the same
	for _, r := range same {
		if at := x.Claims[r].Sentence; at != index.None {
			listed[x.Sentences[at].ID] = true
		}
	}
	passages = slices.DeleteFunc(passages, func(p graph.FoundSentence) bool { return listed[p.ID] })
	for _, p := range passages[:min(len(passages), pageRows)] {
		if a, ok := x.Article(p.Article); ok {
			v.Reused = append(v.Reused, reusedView{*sourceOf(x, a), p.Text})
		}
	}
	quads, _, err := s.description(ctx, x, id, 0)
	if err != nil {
		return nil, err
	}
	for format, text := range map[string]*string{"turtle": &v.Turtle, "jsonld": &v.JSONLD} {
		if *text, err = s.rdfText(format, quads); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// around is how many characters before and behind a sentence are shown, at most.
const around = 320

// context puts the sentence of c into v, with the words around it where the graph has them.
func (v *claimView) context(rec *graph.Record, c *graph.Claim) {
	i := slices.IndexFunc(rec.Sentences, func(sent graph.Sentence) bool { return sent.ID == c.Sentence })
	if i < 0 {
		return
	}
	sent := &rec.Sentences[i]
	marks := []mark{{c.SubjectSpan, "subject"}, {c.PredicateSpan, "relation"}, {c.ObjectSpan, "object"}, {c.TimeSpan, "time"}}
	v.Words = markText([]rune(sent.Text), sent.Begin, sent.Begin, sent.End, marks)
	for _, m := range marks {
		if slices.ContainsFunc(v.Words, func(p piece) bool { return p.Mark == m.name }) {
			v.Names = append(v.Names, nameOfRole{m.name, map[string]string{"subject": "subject", "relation": "relation", "object": "object", "time": "when"}[m.name]})
		}
	}
	if text := []rune(rec.Text); rec.Text != "" && sent.End <= len(text) {
		v.Before, v.After = sentenceBefore(text[:sent.Begin]), sentenceAfter(text[sent.End:])
		return
	}
	if i > 0 {
		v.Before = rec.Sentences[i-1].Text
	}
	if i+1 < len(rec.Sentences) {
		v.After = rec.Sentences[i+1].Text
	}
}

// sentenceEnds says whether a sentence seems to end behind text[i].
func sentenceEnds(text []rune, i int) bool {
	if text[i] == '\n' && i > 0 && (text[i-1] == '\n' || i+1 < len(text) && unicode.IsSpace(text[i+1])) {
		return true
	}
	return strings.ContainsRune(".!?”\"", text[i]) && i > 1 && !unicode.IsUpper(text[i-1]) && i+1 < len(text) && unicode.IsSpace(text[i+1])
}

// sentenceBefore is the end of text, from where a sentence begins.
func sentenceBefore(text []rune) string {
	from := max(0, len(text)-around)
	if from > 0 {
		for i := from; i+1 < len(text)-20; i++ {
			if sentenceEnds(text, i) {
				return strings.TrimSpace(string(text[i+1:]))
			}
		}
		return "… " + strings.TrimSpace(afterSpace(string(text[from:])))
	}
	return strings.TrimSpace(string(text))
}

// sentenceAfter is the beginning of text, up to where a sentence ends.
func sentenceAfter(text []rune) string {
	if len(text) <= around {
		return strings.TrimSpace(string(text))
	}
	for i := around; i > 20; i-- {
		if sentenceEnds(text, i) {
			return strings.TrimSpace(string(text[:i+1]))
		}
	}
	return strings.TrimSpace(untilSpace(string(text[:around]))) + " …"
}

func (s *Server) rdfText(format string, quads []graph.Quad) (string, error) {
	var buf strings.Builder
	err := s.encodeRDF(&buf, format, quads)
	return buf.String(), err
}

// sameClaims are the claims of other articles that say the same: of the same subject, relation, object, polarity and modality, whoever
// speaks (kg:derived/corroboration, graph/doc.go).
func (s *Server) sameClaims(ctx context.Context, x *index.Index, ref index.Ref) ([]index.Ref, error) {
	c := &x.Claims[ref]
	if c.Subject == index.None {
		return nil, nil
	}
	symmetric := x.Relations[c.Relation].Symmetric && c.Object != index.None
	kind := func(status index.Status) index.Status {
		if status == index.Reported {
			return index.Asserted
		}
		return status
	}
	var list []index.Ref
	for _, r := range x.Entities[c.Subject].Claims {
		o := &x.Claims[r]
		if o.Relation != c.Relation || o.Article == c.Article || kind(o.Status) != kind(c.Status) {
			continue
		}
		if o.Subject == c.Subject && o.Object == c.Object && strings.EqualFold(o.Literal, c.Literal) ||
			symmetric && o.Subject == c.Object && o.Object == c.Subject {
			list = append(list, r)
		}
	}
	if c.Status != index.Denied || len(list) == 0 {
		return list, nil
	}
	// What is denied may be planned or asserted, which rows do not tell apart.
	modality := func(r index.Ref) (m string, err error) {
		for found, err := range s.graph.Claims(ctx, graph.ClaimFilter{ID: x.Claims[r].ID}) {
			if err != nil {
				return "", err
			}
			m = found.Modality
		}
		return m, nil
	}
	want, err := modality(ref)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, r := range list {
		m, err := modality(r)
		if err != nil {
			return nil, err
		}
		if m == want {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// opposites are the claims that contradict one, and those that say what held before or since.
func (s *Server) opposites(ctx context.Context, x *index.Index, ref index.Ref) ([]oppositeView, error) {
	type opposite struct {
		ref index.Ref
		why string
	}
	var list []opposite
	for _, p := range x.Contradictions {
		switch {
		case p.A != ref && p.B != ref:
		case p.Change && p.A == ref:
			list = append(list, opposite{p.B, "says later that this has turned"})
		case p.Change:
			list = append(list, opposite{p.A, "says what held before"})
		default:
			why := "says the opposite"
			if p.Reason == "quantity" {
				why = "gives another amount"
			}
			list = append(list, opposite{p.A + p.B - ref, why})
		}
	}
	out := []oppositeView{}
	for _, o := range list[:min(len(list), pageRows)] {
		rows, err := s.claimRows(ctx, x, []index.Ref{o.ref})
		if err != nil {
			return nil, err
		}
		out = append(out, oppositeView{rows[0], o.why})
	}
	return out, nil
}

// sentencePage leads to the sentence in its article.
func (s *Server) sentencePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	id := graph.IRI("kg:sentence/" + name)
	sent, article, ok, err := s.graph.Sentence(r.Context(), id)
	switch {
	case err != nil:
		s.failErr(w, r, err)
	case !ok:
		s.notFound(w, r)
	case !s.linked(w, r, x, id):
		http.Redirect(w, r, articleURL(article)+fmt.Sprintf("#sentence=%d", sent.Begin), http.StatusSeeOther)
	}
}

// Articles

// articleView is an article with what was read in it.
type articleView struct {
	Article  source `json:"article"`
	Link     string `json:"link,omitempty"` // at its publisher
	Language string `json:"language,omitempty"`
	Time     string `json:"published,omitempty"`
	// Text is the whole text; empty where the graph does not keep it.
	Text       string          `json:"text,omitempty"`
	Statements []statementView `json:"statements"`
	Mentions   []mentionView   `json:"mentions"`
	Skipped    []passageView   `json:"skipped"` // was not read
	Dropped    []passageView   `json:"dropped"` // was read and made no statement
	Entities   []mentioned     `json:"entities"`
	Duplicates []source        `json:"near_duplicates"`
	Sections   []section       `json:"-"`
	Old        bool            `json:"-"` // the graph knows nothing but sentences
	Part       int             `json:"part"`
	Parts      int             `json:"parts"`
	PartLinks  []link          `json:"-"`
}

// statementView is a statement with the characters of the text that it stands on.
type statementView struct {
	N         int      `json:"-"`
	Statement claimRow `json:"statement"`
	Chars     [2]int   `json:"characters"`
	Subject   *[2]int  `json:"subject,omitempty"`
	Relation  *[2]int  `json:"relation,omitempty"`
	Object    *[2]int  `json:"object,omitempty"`
}

// mentionView is a phrase that means an entity.
type mentionView struct {
	Chars  [2]int `json:"characters"`
	Entity thing  `json:"entity"`
}

type passageView struct {
	N     int    `json:"-"`
	Chars [2]int `json:"characters"`
	Why   string `json:"why"`
	Text  string `json:"text"`
}

// WhyText is the reason in a reader's words.
func (p passageView) WhyText() string { return cmp.Or(whyWords[p.Why], p.Why) }

// whyWords put the reasons for which no statement was made into words that need no grammar.
var whyWords = map[string]string{
	"no second argument":                               "only one thing takes part",
	"pronoun without antecedent":                       "it is not clear whom or what a pronoun means",
	"less likely right than build.min_confidence asks": "too unsure to be kept",
	"an abstract possession of no named owner":         "belongs to nobody who is named",
	"subject is no thing":                              "its subject names no thing",
	"adjective as argument":                            "a quality where a thing is needed",
	"no noun in the argument":                          "no thing is named",
	"no clear apposition":                              "it is not clear that both are one",
	"description without a relation":                   "a description that relates nothing",
	"a description of another kind of thing":           "a description of another kind of thing",
	"a time as argument":                               "a time where a thing is needed",
	"a time as subject":                                "a time where a thing is needed",
	"a thing is not said":                              "things are not said",
	"subject and object are the same":                  "both sides are one and the same",
	"a noun that names nothing":                        "a word that names nothing",
}

// mentioned is an entity with how often an article names it.
type mentioned struct {
	thing
	Mentions   int `json:"mentions"`
	Statements int `json:"statements"`
}

// section is a part of the text that was read, or that was skipped for one reason.
type section struct {
	Skipped string
	Blocks  []block
}

// maxPart is how many characters of an article a page shows, a little more where a paragraph does not end there.
const maxPart = 40_000

// maxNumbered is how many statements and dropped passages of a page article-marks.css has rules for; those behind it are marked
// when they are chosen by a link or by the script.
const maxNumbered = 200

func (s *Server) articlePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	name, _ := s.nameOf(r)
	id := graph.IRI("kg:article/" + name)
	if whole, chars, ok := strings.Cut(string(id), "/char="); ok { // a passage of it
		if ref, found := x.Article(graph.IRI(whole)); found {
			http.Redirect(w, r, articleURL(x.Articles[ref].ID)+"#char="+url.PathEscape(chars), http.StatusSeeOther)
			return
		}
	}
	ref, ok := x.Article(id)
	if !ok {
		s.notFound(w, r)
		return
	}
	if s.linked(w, r, x, id) {
		return
	}
	view, err := s.articleView(r, x, ref)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	s.answer(w, r, page{Template: "article.html", Title: view.Article.Headline, Styles: []string{"article.css", "article-marks.css"},
		Scripts: []string{"article.js"}, Also: otherForms(r)}, view)
}

func pair(s graph.Span) *[2]int {
	if s == (graph.Span{}) {
		return nil
	}
	return &[2]int{s.Begin, s.End}
}

func (s *Server) articleView(r *http.Request, x *index.Index, ref index.Ref) (*articleView, error) {
	rec, err := s.graph.Record(r.Context(), x.Articles[ref].ID)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		return nil, errorf(http.StatusNotFound, "this article has left the graph")
	}
	v := &articleView{Article: *sourceOf(x, ref), Link: safeURL(rec.Article.URL), Language: rec.Article.Language, Text: rec.Text,
		Statements: []statementView{}, Mentions: []mentionView{}, Skipped: []passageView{}, Dropped: []passageView{}, Entities: []mentioned{},
		Duplicates: []source{}, Part: 1, Parts: 1}
	if !rec.Article.Published.IsZero() {
		v.Time = rec.Article.Published.Format("2006-01-02T15:04:05Z07:00")
	}
	v.Old = rec.Text == "" && len(rec.Mentions)+len(rec.Dropped)+len(rec.Skipped) == 0
	for _, d := range x.Articles[ref].NearDuplicates {
		v.Duplicates = append(v.Duplicates, *sourceOf(x, d))
	}

	// What is shown of the text: its blocks, or the sentences that the graph has, each at its place.
	text, blocks := sheet(rec)
	if blocks, err = v.choosePart(r, blocks); err != nil {
		return nil, err
	}
	from, to := 0, 0
	if len(blocks) > 0 {
		from, to = blocks[0].Begin, blocks[len(blocks)-1].End
	}
	in := func(s graph.Span) bool { return s.Begin >= from && s.Begin < to }

	m := &textMarks{}
	count := map[index.Ref]*mentioned{}
	named := func(e index.Ref) *mentioned {
		if count[e] == nil {
			count[e] = &mentioned{thing: *thingOf(x, e)}
		}
		return count[e]
	}
	var things []*thing
	for _, men := range rec.Mentions {
		e, ok := x.Entity(men.Entity)
		if !ok {
			continue
		}
		n := named(e)
		n.Mentions++
		if in(men.Span) {
			m.mentions = append(m.mentions, men.Span)
			things = append(things, &n.thing)
			v.Mentions = append(v.Mentions, mentionView{[2]int{men.Begin, men.End}, n.thing})
		}
	}
	m.link = func(i int) (string, string) { return things[i].URL, things[i].Label }
	for i := range rec.Claims {
		c := &rec.Claims[i]
		ref, ok := x.Claim(c.ID)
		if !ok {
			continue
		}
		for e := range parties(&x.Claims[ref]) {
			named(e).Statements++
		}
		if !in(c.Span) {
			continue
		}
		row := rowOf(x, ref)
		row.Article = nil
		n := len(v.Statements) + 1
		v.Statements = append(v.Statements, statementView{n, row, [2]int{c.Begin, c.End}, pair(c.SubjectSpan), pair(c.PredicateSpan), pair(c.ObjectSpan)})
		spans := []graph.Span{c.SubjectSpan, c.ObjectSpan}
		if c.PredicateSpan != (graph.Span{}) {
			m.numbered = append(m.numbered, numbered{c.PredicateSpan, n, true})
		} else if c.SubjectSpan == (graph.Span{}) && c.ObjectSpan == (graph.Span{}) {
			m.numbered = append(m.numbered, numbered{c.Span, n, true})
		}
		for _, span := range spans {
			if span != (graph.Span{}) {
				m.numbered = append(m.numbered, numbered{span, n, false})
			}
		}
	}
	quote := func(p graph.Span) string { return string(text(p)) }
	for _, p := range rec.Skipped {
		v.Skipped = append(v.Skipped, passageView{0, [2]int{p.Begin, p.End}, p.Why, quote(p.Span)})
	}
	for _, p := range rec.Dropped {
		if !in(p.Span) {
			continue
		}
		n := len(v.Statements) + len(v.Dropped) + 1
		v.Dropped = append(v.Dropped, passageView{n, [2]int{p.Begin, p.End}, p.Why, strings.Join(strings.Fields(quote(p.Span)), " ")})
		m.numbered = append(m.numbered, numbered{p.Span, n, false})
	}
	for i := range blocks {
		b := &blocks[i]
		b.mark(text(b.Span), m)
		if k := len(v.Sections) - 1; k >= 0 && v.Sections[k].Skipped == b.Skipped {
			v.Sections[k].Blocks = append(v.Sections[k].Blocks, *b)
		} else {
			v.Sections = append(v.Sections, section{b.Skipped, []block{*b}})
		}
	}
	for _, n := range count {
		v.Entities = append(v.Entities, *n)
	}
	slices.SortFunc(v.Entities, func(a, b mentioned) int {
		return cmp.Or(b.Statements-a.Statements, b.Mentions-a.Mentions, strings.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
	})
	return v, nil
}

// parties yields the entities that a claim is about, each once.
func parties(c *index.Claim) func(yield func(index.Ref) bool) {
	return func(yield func(index.Ref) bool) {
		if c.Subject != index.None && !yield(c.Subject) {
			return
		}
		if c.Object != index.None && c.Object != c.Subject {
			yield(c.Object)
		}
	}
}

// sheet returns the paragraphs of an article and its characters. Where the text is not kept these are its sentences with statements.
func sheet(rec *graph.Record) (text func(graph.Span) []rune, blocks []block) {
	if rec.Text != "" {
		all := []rune(rec.Text)
		return func(s graph.Span) []rune {
			begin := min(max(s.Begin, 0), len(all))
			return all[begin:max(begin, min(s.End, len(all)))]
		}, paragraphs(all, within(rec.Skipped, len(all)))
	}
	sentences := slices.Clone(rec.Sentences)
	slices.SortFunc(sentences, func(a, b graph.Sentence) int { return cmp.Or(a.Begin-b.Begin, a.End-b.End) })
	for i := range sentences {
		if n := len(blocks); n == 0 || sentences[i].Begin >= blocks[n-1].End {
			blocks = append(blocks, block{Span: graph.Span{Begin: sentences[i].Begin, End: sentences[i].Begin + utf8.RuneCountInString(sentences[i].Text)}})
		}
	}
	return func(s graph.Span) []rune { // in one of the sentences
		for i := range sentences {
			if at := &sentences[i]; s.Begin >= at.Begin && s.Begin < at.End {
				all := []rune(at.Text)
				begin := min(s.Begin-at.Begin, len(all))
				return all[begin:max(begin, min(s.End-at.Begin, len(all)))]
			}
		}
		return nil
	}, blocks
}

// within leaves out what does not lie in a text of n characters.
func within(list []graph.Passage, n int) []graph.Passage {
	return slices.DeleteFunc(slices.Clone(list), func(p graph.Passage) bool { return p.Begin < 0 || p.End > n })
}

// choosePart takes the blocks that the parameter part asks for.
func (v *articleView) choosePart(r *http.Request, blocks []block) ([]block, error) {
	var parts [][]block
	for begin, i := 0, 0; i < len(blocks); i++ {
		if i+1 == len(blocks) || blocks[i+1].End-blocks[begin].Begin > maxPart {
			parts = append(parts, blocks[begin:i+1])
			begin = i + 1
		}
	}
	v.Parts = max(1, len(parts))
	if p := r.URL.Query().Get("part"); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > v.Parts {
			return nil, errorf(http.StatusBadRequest, "part: %.100q is not a number from 1 to %d", p, v.Parts)
		}
		v.Part = n
	}
	if v.Parts > 1 {
		for i := range v.Parts {
			v.PartLinks = append(v.PartLinks, link{strconv.Itoa(i + 1), with(r, func(q url.Values) { q.Set("part", strconv.Itoa(i+1)) }), i+1 == v.Part})
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	return parts[v.Part-1], nil
}

// articlesView is a list of articles.
type articlesView struct {
	Rows []articleRow `json:"rows"`
	pager
	Outlets []option `json:"outlets"` // with the most articles
	Outlet  string   `json:"-"`
	From    string   `json:"-"`
	To      string   `json:"-"`
	Words   string   `json:"-"`
	Set     bool     `json:"-"` // a condition is set
}

type articleRow struct {
	source
	Statements int `json:"statements"`
	Duplicates int `json:"near_duplicates,omitempty"`
}

// days reads the parameters from and to.
func days(q url.Values) (from, to index.Day, err error) {
	from, to = index.NoDay, index.NoDay
	for _, f := range []struct {
		name string
		to   *index.Day
	}{{"from", &from}, {"to", &to}} {
		if v := q.Get(f.name); v != "" {
			d, ok := index.ParseDay(v)
			if !ok {
				return from, to, errorf(http.StatusBadRequest, "%s: %.100q is no day, month or year such as 2017-07-04, 2017-07 or 2017", f.name, v)
			}
			if f.name == "to" { // the last day of a month or year
				switch t := d.Time(); len(v) {
				case 4:
					d = index.DayOf(t.AddDate(1, 0, -1))
				case 7:
					d = index.DayOf(t.AddDate(0, 1, -1))
				}
			}
			*f.to = d
		}
	}
	return from, to, nil
}

func (s *Server) articlesPage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.indexOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	v := &articlesView{Rows: []articleRow{}, Outlets: []option{}, Outlet: q.Get("outlet"), From: q.Get("from"), To: q.Get("to"), Words: q.Get("text")}
	v.Set = v.Outlet+v.From+v.To+v.Words != ""
	from, to, err := days(q)
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	words := strings.Fields(strings.ToLower(v.Words))
	outlets := map[string]int{}
	var list []index.Ref
	for i := len(x.Articles) - 1; i >= 0; i-- {
		a := &x.Articles[i]
		headline := strings.ToLower(a.Headline)
		if from != index.NoDay && a.Day < from || to != index.NoDay && (a.Day > to || a.Day == index.NoDay) ||
			slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(headline, word) }) {
			continue
		}
		if a.Outlet != "" {
			outlets[a.Outlet]++
		}
		if v.Outlet == "" || a.Outlet == v.Outlet {
			list = append(list, index.Ref(i))
		}
	}
	v.Outlets = optionsOf(outlets, v.Outlet)
	shown, p, err := pageOf(r, list, "articles")
	if err != nil {
		s.failErr(w, r, err)
		return
	}
	v.pager = p
	for _, a := range shown {
		v.Rows = append(v.Rows, articleRow{*sourceOf(x, a), len(x.Articles[a].Claims), len(x.Articles[a].NearDuplicates)})
	}
	s.answer(w, r, page{Template: "articles.html", Title: "Articles", Styles: []string{"article.css"}}, v)
}
