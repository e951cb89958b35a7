package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

// re3dParts are the folders of the set.
var re3dParts = []string{"centcom", "dfat", "eu-delegation"}

//go:embed re3d.tsv
var re3dTable []byte

// re3dMapping is re3d.tsv.
type re3dMapping struct {
	types     []re3dRow
	nouns     map[string]string // by lemma
	classes   map[string]string
	relations map[string][]re3dRow
	words     map[string]map[string]string // lists of words by the name of the list, the type that each stands for, if any
}

type re3dRow struct {
	kg              string
	subject, object []string // re3d types, none for any; of a type row, subject may be "acting"
	re3d            string
	back            bool
}

// readRe3dMapping reads the table and checks its types and relations against the schema. An error names the line.
func readRe3dMapping(r io.Reader, sch *schema.Schema) (*re3dMapping, error) {
	m := &re3dMapping{nouns: make(map[string]string), classes: make(map[string]string), relations: make(map[string][]re3dRow),
		words: make(map[string]map[string]string)}
	scan := bufio.NewScanner(r)
	header := false
	for line := 1; scan.Scan(); line++ {
		text := scan.Text()
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		cols := strings.Split(text, "\t")
		if len(cols) != 6 {
			return nil, fmt.Errorf("line %d: %d columns instead of 6: %q", line, len(cols), text)
		}
		if !header {
			header = true
			continue
		}
		list := func(s string) []string {
			return strings.FieldsFunc(s, func(r rune) bool { return r == '|' })
		}
		row := re3dRow{cols[1], list(cols[2]), list(cols[3]), cols[4], cols[5] == "back"}
		switch {
		case cols[0] == "type" && sch.Type(row.kg) != nil:
			m.types = append(m.types, row)
		case cols[0] == "noun":
			m.nouns[row.kg] = row.re3d
		case cols[0] == "class" && slices.Contains(nlp.SemanticClasses[:], row.kg):
			m.classes[strings.TrimSpace(row.kg+" "+cols[2])] = row.re3d
		case cols[0] == "words":
			if m.words[row.kg] == nil {
				m.words[row.kg] = make(map[string]string)
			}
			for _, word := range row.subject {
				m.words[row.kg][word] = row.re3d
			}
		case cols[0] == "relation" && (row.kg[0] == '@' || sch.Relation(row.kg) != nil):
			m.relations[row.kg] = append(m.relations[row.kg], row)
		default:
			return nil, fmt.Errorf("line %d: neither a type nor a relation of the schema: %q", line, text)
		}
	}
	return m, scan.Err()
}

// listed says whether a list of the table has a word, in lower case.
func (m *re3dMapping) listed(list, word string) bool {
	_, ok := m.words[list][strings.ToLower(word)]
	return ok
}

// nounOf is the re3d type of the phrases of a common noun, empty for none.
func (m *re3dMapping) nounOf(lemma string) string { return m.nouns[strings.ToLower(lemma)] }

// classOf is the re3d type of a phrase by its semantic class, empty for none and where the node is known to be of another kind: an
// investigation is no body, nor is a law.
func (m *re3dMapping) classOf(sch *schema.Schema, doc *nlp.Document, x *resolve.Mention) string {
	if sch.IsA(x.Type, "Event") || sch.IsA(x.Type, "Agreement") {
		return ""
	}
	if w := &doc.Sentences[x.Sent].Words[x.Head]; strings.HasSuffix(w.Lemma, "ation") && len(sch.ByNoun(w.Lemma, "of")) > 0 {
		return "" // "the liberation of the town": what is done, no body
	}
	for i := range doc.Referents {
		r := &doc.Referents[i]
		if r.Sent == x.Sent && r.Head == x.Head {
			number := "one"
			if doc.Sentences[x.Sent].Words[x.Head].Feat("Number") == "Plur" {
				number = "several"
			}
			if typ, ok := m.classes[r.Class+" "+number]; ok {
				return typ
			}
			return m.classes[r.Class]
		}
	}
	return ""
}

// typeOf is the re3d type of a node type, empty for none: that of the nearest ancestor with a row.
func (m *re3dMapping) typeOf(sch *schema.Schema, typ string, acting bool) string {
	for _, t := range sch.Ancestors(typ) {
		for _, row := range m.types {
			if row.kg == t && (len(row.subject) == 0 || acting) {
				return row.re3d
			}
		}
	}
	return ""
}

// relate returns the relations that a relation of kg between two spans is.
func (m *re3dMapping) relate(rel string, subject, object score.Span) (found []score.Relation) {
	fits := func(types []string, s score.Span) bool { return len(types) == 0 || slices.Contains(types, s.Type) }
	for _, row := range m.relations[rel] {
		if !fits(row.subject, subject) || !fits(row.object, object) {
			continue
		}
		r := score.Relation{Source: subject, Target: object, Type: row.re3d}
		if row.back {
			r.Source, r.Target = object, subject
		}
		found = append(found, r)
	}
	return found
}

// re3d measures entities and typed relations, both from the text alone.
func (ev *evaluator) re3d(folders []string, misses bool) (*evaluation, error) {
	e := &evaluation{Name: "re3d",
		Note: "annotations of confidence 0.5 and more; exact: both ends of a span right, overlap: a character shared, one to one"}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	mapping, err := readRe3dMapping(bytes.NewReader(re3dTable), sch)
	if err != nil {
		return nil, fmt.Errorf("re3d.tsv: %w", err)
	}
	name, open := "re3d", openPlainOrGzip
	if len(folders) == 0 {
		name, open = "re3d-dev", ev.open
		for _, part := range re3dParts {
			folders = append(folders, "kg/re3d-dev/"+part)
		}
	}
	var docs []score.Re3dDocument
	for _, folder := range folders {
		var files [3]io.ReadCloser
		for i, kind := range []string{"documents", "entities", "relations"} {
			if files[i], err = open(folder + "/" + kind + ".json"); err != nil {
				return nil, err
			}
			defer files[i].Close()
		}
		more, err := score.ReadRe3d(files[0], files[1], files[2])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		docs = append(docs, more...)
	}
	// By identifier, so that the odd ones can be read for errors and the even ones stay unseen.
	slices.SortFunc(docs, func(a, b score.Re3dDocument) int { return strings.Compare(a.ID, b.ID) })
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	entities, relations := make(map[string]*score.Matches), make(map[string]*score.Matches)
	for i, d := range docs {
		half := [2]string{"odd documents", "even documents"}[i%2]
		spans, rels := re3dOutput(sch, mapping, a, d.ID, d.Text)
		entityPairs, relationPairs := score.PairSpans(d.Entities, spans), score.PairRelations(d.Relations, rels, score.Re3dSymmetric)
		countPairs(entities, half, entityPairs, func(s score.Span) string { return s.Type })
		countPairs(relations, half, relationPairs, func(r score.Relation) string { return r.Type })
		if misses && i%2 == 0 {
			noteRe3d(&e.notes, d, entityPairs, relationPairs)
		}
	}
	for _, c := range []struct {
		set  string
		sums map[string]*score.Matches
	}{{name + " entities", entities}, {name + " relations", relations}} {
		order := func(a, b string) int { return strings.Compare(upperLast(a), upperLast(b)) }
		for _, name := range slices.SortedFunc(maps.Keys(c.sums), order) {
			m := c.sums[name]
			e.Figures = append(e.Figures, counted(c.set+" exact", name, m.Exact), counted(c.set+" overlap", name, m.Overlap))
		}
	}
	return e, nil
}

// upperLast sorts totals, in lower case, before types.
func upperLast(name string) string {
	if name[0] >= 'a' {
		return " " + name
	}
	return name
}

// countPairs adds pairs to the sums of all, of the half, and of their type.
func countPairs[T any](sums map[string]*score.Matches, half string, pairs []score.Pair[T], typ func(T) string) {
	for _, p := range pairs {
		x := p.Gold
		if x == nil {
			x = p.Output
		}
		for _, name := range []string{"all", half, typ(*x)} {
			if sums[name] == nil {
				sums[name] = &score.Matches{}
			}
			score.AddPair(sums[name], p)
		}
	}
}

// noteRe3d lists what differs in a document: "-" the gold has it, "+" the output has it, "~" the ends differ (gold, then output).
func noteRe3d(w io.Writer, d score.Re3dDocument, entities []score.Pair[score.Span], relations []score.Pair[score.Relation]) {
	text := []rune(d.Text)
	words := func(s score.Span) string { return "[" + oneLine(string(text[s.Begin:s.End])) + "]" }
	fmt.Fprintf(w, "== %s\n", d.ID)
	for _, p := range entities {
		around := func(s *score.Span) string {
			return oneLine(string(text[max(0, s.Begin-30):min(len(text), s.End+30)]))
		}
		switch {
		case p.Output == nil:
			fmt.Fprintf(w, "- %s %s\t%s\n", p.Gold.Type, words(*p.Gold), around(p.Gold))
		case p.Gold == nil:
			fmt.Fprintf(w, "+ %s %s\t%s\n", p.Output.Type, words(*p.Output), around(p.Output))
		case p.Overlap < 1:
			fmt.Fprintf(w, "~ %s %s %s\n", p.Gold.Type, words(*p.Gold), words(*p.Output))
		}
	}
	for _, p := range relations {
		line := func(r *score.Relation) string {
			begin, end := min(r.Source.Begin, r.Target.Begin), max(r.Source.End, r.Target.End)
			return fmt.Sprintf("%s %s %s\t%s", r.Type, words(r.Source), words(r.Target), oneLine(string(text[begin:end])))
		}
		switch {
		case p.Output == nil:
			fmt.Fprintf(w, "- %s\n", line(p.Gold))
		case p.Gold == nil:
			fmt.Fprintf(w, "+ %s\n", line(p.Output))
		case p.Overlap < 1:
			fmt.Fprintf(w, "~ %s %s %s\n", line(p.Gold), words(p.Output.Source), words(p.Output.Target))
		}
	}
}

// re3dOutput returns what kg finds in a text, in the terms of re3d: its mentions and times, and the relations of its claims.
func re3dOutput(sch *schema.Schema, mapping *re3dMapping, a *nlp.Annotator, id, text string) ([]score.Span, []score.Relation) {
	art := &article.Article{ID: id, Text: text, Language: "en"}
	doc := a.Annotate(text)
	props := extract.Propositions(doc)
	options := resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence}
	mentions := resolve.New(options).Mentions(art, doc, props)
	options.MinConfidence = re3dConfidence
	rec, _ := resolve.New(options).Resolve(art, doc, props)
	doc = repaired(doc)

	chars := charOffsets(text)
	var entities []score.Span
	var relations []score.Relation
	src := &re3dSource{mapping: mapping, doc: doc}
	kids := make([][][]int, len(doc.Sentences))
	for i := range kids {
		kids[i] = doc.Sentences[i].Children()
	}
	place, group := mapping.typeOf(sch, "Place", false), mapping.typeOf(sch, "Group", false)
	named := make(map[[2]int]*resolve.Mention) // the place that is named from a word on
	for i := range mentions {
		if m := &mentions[i]; m.Kind == nlp.Named && mapping.typeOf(sch, m.Type, false) == place {
			named[[2]int{m.Sent, m.First}] = m
		}
	}
	typeOf := func(m *resolve.Mention) string {
		words := doc.Sentences[m.Sent].Words
		typ := mapping.nounOf(words[m.Head].Lemma)
		if m.Kind == nlp.Named && m.First == m.Last || typ == "" { // "Press Briefing Room" is a room
			typ = mapping.typeOf(sch, m.Type, m.Acting || re3dMember(words, m.Head) || mapping.listed("partner", caseOf(words, m.Head)))
		}
		if typ == "" {
			typ = mapping.classOf(sch, doc, m)
		}
		if typ == group && m.Kind == nlp.Named && mapping.listed("place", caseOf(words, m.Head)) && seat(sch, words[m.NameFirst:m.NameLast+1]) {
			return place // "at the Pentagon"
		}
		if mapping.vague(words, kids[m.Sent], &m.Mention, typ) {
			return ""
		}
		return typ
	}
	at := make(map[[2]int]*resolve.Mention) // by sentence and head, the longest
	for i := range mentions {
		m := &mentions[i]
		if old := at[[2]int{m.Sent, m.Head}]; old == nil || m.Last-m.First > old.Last-old.First {
			at[[2]int{m.Sent, m.Head}] = m
		}
	}
	amountType := mapping.typeOf(sch, "Quantity", false)
	counted := make(map[[2]int]score.Span) // the amount of what hangs from a word of a sentence
	for i := range mentions {
		m := &mentions[i]
		words := doc.Sentences[m.Sent].Words
		if m.Type == "TimeSpan" {
			continue // times are found below
		}
		first, last := re3dPhrase(&doc.Sentences[m.Sent], kids[m.Sent], &m.Mention)
		typ := typeOf(m)
		amountFirst, amountLast := m.AmountFirst, m.AmountLast
		if of := re3dPart(words, kids[m.Sent], &m.Mention); of >= 0 && m.Kind == nlp.Nominal {
			unit := typ == amountType || amountFirst >= 0 && mapping.listed("unit", words[m.Head].Lemma)
			switch magnitude := mapping.listed("magnitude", words[m.Head].Form); {
			case unit && amountFirst >= 0, magnitude && amountFirst < 0: // "700 square miles of land", "dozens of guns"
				begin := m.Head
				if amountFirst >= 0 {
					begin = amountFirst
				}
				amount := score.Span{Begin: chars(words[begin].Begin), End: chars(words[m.Head].End), Type: amountType}
				counted[[2]int{m.Sent, of}] = amount
				entities = append(entities, amount)
				continue
			case at[[2]int{m.Sent, of}] != nil && mapping.listed("whole", words[m.Head].Lemma) && !re3dTheNumber(words, m.Head):
				// "a group of buildings" is what they are
				typ = typeOf(at[[2]int{m.Sent, of}])
			}
		}
		if typ == amountType {
			if amountFirst < 0 {
				continue // "the number of munitions"
			}
			if unit, ok := mapping.words["unit"][strings.ToLower(words[m.Head].Lemma)]; ok {
				typ = unit
			}
			if typ == mapping.typeOf(sch, "TimeSpan", false) { // "the past 20 months"
				for amountFirst > 0 && slices.Contains(re3dOfPeriod, strings.ToLower(words[amountFirst-1].Form)) && words[amountFirst-1].UPOS != "VERB" {
					amountFirst--
				}
			}
			entities = append(entities, score.Span{Begin: chars(words[amountFirst].Begin), End: chars(words[last].End), Type: typ})
			continue
		}
		if end := mapping.numbered(words, m.Head); end >= 0 { // "section 12 of the Act"
			for _, k := range kids[m.Sent][m.Head] {
				if words[k].Deprel == "nmod" && end+1 < len(words) && words[end+1].Form == "of" && words[end+1].Head == k {
					end = max(end, k)
				}
			}
			typ, first, last = mapping.words["numbered"][strings.ToLower(words[m.Head].Lemma)], min(first, m.First), max(last, end)
		}
		if end := placeAfter(words, named, m); end > last && typ == place {
			last = end
		}
		span := score.Span{Begin: chars(words[first].Begin), End: chars(words[last].End), Type: typ}
		whole := score.Span{Begin: chars(words[min(first, m.First)].Begin), End: chars(words[max(last, m.Last)].End)}
		src.things = append(src.things, re3dThing{span, whole, m.Sent, m.Head, m.ID})
		if typ != "" {
			entities = append(entities, span)
		}
		if amountFirst >= 0 && !(amountFirst == amountLast && words[amountFirst].Lemma == "one") { // "one strike" is "a strike"
			amount := score.Span{Begin: chars(words[amountFirst].Begin), End: chars(words[amountLast].End), Type: amountType}
			entities = append(entities, amount)
			counted[[2]int{m.Sent, m.Head}] = amount
		}
	}
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		for _, m := range doc.Sentences[i].Mentions {
			if m.Kind == nlp.Pronoun {
				span := score.Span{Begin: chars(words[m.First].Begin), End: chars(words[m.Last].End), Type: mapping.words["pronoun"][strings.ToLower(words[m.Head].Form)]}
				src.things = append(src.things, re3dThing{span, span, i, m.Head, ""})
				if span.Type != "" {
					entities = append(entities, span)
				}
			}
		}
	}
	for i := range doc.Sentences { // sums, and "Norwegian law", where the whole phrase is nothing of the scheme
		words := doc.Sentences[i].Words
		for k, w := range words {
			if sign, ok := mapping.words["sign"][w.Form[len(strings.TrimRight(w.Form, "$€£")):]]; ok && k+1 < len(words) && words[k+1].UPOS == "NUM" { // "$5 million"
				last := k + 1
				for last+1 < len(words) && words[last+1].UPOS == "NUM" {
					last++
				}
				entities = append(entities, score.Span{Begin: chars(w.Begin), End: chars(words[last].End), Type: sign})
			}
			adjective := w.XPOS == "JJ" && w.Deprel == "amod" && w.Head > k && words[w.Head].UPOS == "NOUN"
			if adjective && slices.ContainsFunc(sch.Lookup(w.Form), func(n schema.Name) bool { return n.Kind == schema.Adjective }) {
				entities = append(entities, score.Span{Begin: chars(w.Begin), End: chars(w.End), Type: mapping.words["adjective"]["state"]})
			}
		}
	}
	for i, times := range nlp.TimesOf(doc, time.Time{}) {
		words := doc.Sentences[i].Words
		for _, x := range times {
			if x.First == x.Last && (words[x.First].UPOS == "ADV" || words[x.First].UPOS == "ADJ") {
				continue // "recently", "daily": no time of its own
			}
			if typ := mapping.typeOf(sch, "TimeSpan", false); typ != "" {
				entities = append(entities, score.Span{Begin: chars(words[x.First].Begin), End: chars(words[x.Last].End), Type: typ})
			}
		}
	}

	for i := range src.things {
		x := &src.things[i]
		if amount, ok := counted[[2]int{x.sent, x.head}]; ok && x.Type != "" {
			relations = append(relations, mapping.relate("@amount", x.Span, amount)...)
		}
	}
	src.claims(rec)
	src.propositions(sch, props)
	src.located()
	src.sides(sch)
	return outermost(entities), append(relations, src.found...)
}

// repaired returns doc with its trees as the grammar has read them.
func repaired(doc *nlp.Document) *nlp.Document {
	out := *doc
	out.Sentences = make([]nlp.Sentence, len(doc.Sentences))
	for i := range doc.Sentences {
		out.Sentences[i] = *extract.Repair(&doc.Sentences[i], nil)
	}
	return &out
}

// re3dOfPeriod are words before the number of a period that say which one.
var re3dOfPeriod = []string{"the", "past", "last", "next", "previous", "first", "coming"}

// numbered returns the number that makes word k, a kind of document or part of one, a particular one ("resolution 12", "section 3.1"),
// -1 for none.
func (m *re3dMapping) numbered(words []nlp.Word, k int) int {
	if m.listed("numbered", words[k].Lemma) && k+1 < len(words) && words[k+1].UPOS == "NUM" && words[k].XPOS != "NNS" {
		return k + 1
	}
	return -1
}

// caseOf is the preposition of word k in lower case, empty for none.
func caseOf(words []nlp.Word, k int) string {
	for i := range words[:k] {
		if words[i].Head == k && words[i].Deprel == "case" {
			return strings.ToLower(words[i].Form)
		}
	}
	return ""
}

// seat says whether words name a house that stands for a government.
func seat(sch *schema.Schema, words []nlp.Word) bool {
	var forms []string
	for i := range words {
		if words[i].UPOS != "DET" {
			forms = append(forms, words[i].Form)
		}
	}
	return slices.ContainsFunc(sch.Lookup(strings.Join(forms, " ")), func(n schema.Name) bool { return n.Kind == schema.Seat })
}

// charOffsets returns a function from bytes to characters of text.
func charOffsets(text string) func(byteOffset int) int {
	if len(text) == utf8.RuneCountInString(text) {
		return func(b int) int { return b }
	}
	at := make([]int, len(text)+1) // characters that begin before a byte
	for b := range len(text) {
		at[b+1] = at[b]
		if utf8.RuneStart(text[b]) {
			at[b+1]++
		}
	}
	return func(b int) int { return at[b] }
}
