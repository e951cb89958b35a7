package extract

import (
	"slices"
	"strings"

	"kg/internal/nlp"
)

// Quotations run over sentences, and only the first or the last of these names the speaker. So the quotation marks of the whole
// text are paired, every quotation gets its speaker, and the propositions inside it that no verb has given him yet become his:
//
//	"We bought it. It was cheap," Ana Cruz said. "We need it."
//
// all four are Ana Cruz's. In order, the speaker is
//
//  1. the subject of the nearest verb of speech outside the quotation in the sentence where it ends or begins, or who "according
//     to" names there;
//  2. for a quotation without such a verb, who spoke last in its paragraph, or at the end of the paragraph before: a quotation
//     goes on with its speaker until another one is named;
//  3. who speaks in the next sentence of the paragraph;
//  4. a source that is not named. Words in quotation marks are never the article's own.
//
// Quoted titles and single words ("the "isolation" of the town") have no predicate inside and are left alone.

// place is a word of the document.
type place struct{ sent, word int }

func (a place) before(b place) bool { return a.sent < b.sent || a.sent == b.sent && a.word < b.word }

// quotation is the words between two quotation marks, both marks left out: from the first to the last.
type quotation struct {
	from, to place
	speaker  *Attribution
}

func (q *quotation) holds(p place) bool { return !p.before(q.from) && !q.to.before(p) }

// quotations gives the propositions of doc inside quotation marks to their speakers. trees are those of the sentences.
func quotations(doc *nlp.Document, trees []*tree, props []Proposition) {
	lay := newLayout(doc)
	quotes := findQuotations(doc, lay, trees)
	if len(quotes) == 0 {
		return
	}
	v := &voices{doc: doc, layout: lay, trees: trees, quotes: quotes}
	for i := range quotes {
		v.attribute(i)
	}
	at := 0
	for i := range props {
		p := &props[i]
		where := place{p.Sent, p.Head}
		for at < len(quotes) && quotes[at].to.sent < p.Sent {
			at++
		}
		for k := at; k < len(quotes) && quotes[k].from.sent <= p.Sent; k++ {
			if quotes[k].holds(where) {
				v.say(p, &quotes[k])
				break
			}
		}
	}
}

// say gives p, which stands inside q, to the speaker of q, unless somebody outside it says p already.
func (v *voices) say(p *Proposition, q *quotation) {
	if q.speaker == nil {
		return
	}
	if p.Source == nil {
		a := q.speaker.Argument
		p.Source, p.SourceSent = &a, q.speaker.Sent
		return
	}
	inside := func(a *Argument, sent int) bool { return a.Head >= 0 && q.holds(place{sent, a.Head}) }
	if !inside(p.Source, p.SourceSent) && p.Source.Head >= 0 {
		return
	}
	if h := p.Source.Head; h >= 0 && q.speaker.Head >= 0 {
		if up := v.trees[p.SourceSent].Words[h].Head; up >= 0 && v.inside(place{p.SourceSent, up}) < 0 {
			a := q.speaker.Argument // what stands inside was taken for the speaker outside
			p.Source, p.SourceSent = &a, q.speaker.Sent
			return
		}
	}
	if h := p.Source.Head; h >= 0 && firstPerson[lower(v.trees[p.SourceSent].Words[h].Form)] {
		// "I think we won," Ana Cruz said: it is she who thinks so.
		if len(p.Via) == 0 {
			a := q.speaker.Argument
			p.Source, p.SourceSent = &a, q.speaker.Sent
		} else if a := p.Via[0].Argument; !inside(&a, p.Via[0].Sent) {
			p.Source, p.SourceSent, p.Via = &a, p.Via[0].Sent, p.Via[1:]
		}
		return
	}
	for i := range p.Via {
		if !inside(&p.Via[i].Argument, p.Via[i].Sent) {
			return
		}
	}
	if p.Source.Head < 0 && q.speaker.Head < 0 {
		return
	}
	p.Via = append(slices.Clip(p.Via), *q.speaker)
}

// voices finds the speakers of the quotations of a document.
type voices struct {
	doc    *nlp.Document
	layout *layout
	trees  []*tree
	quotes []quotation
}

// attribute finds the speaker of quotation i; those before it have theirs.
func (v *voices) attribute(i int) {
	q := &v.quotes[i]
	if i > 0 && v.goesOn(i) {
		q.speaker = v.quotes[i-1].speaker
		return
	}
	// A verb of speech in the sentences where it ends and begins, the nearer one to its marks first.
	best, bestDistance := (*Attribution)(nil), 1<<20
	for _, sent := range []int{q.to.sent, q.from.sent} {
		for _, s := range v.speakers(sent) {
			if v.inside(place{sent, s.verb}) >= 0 {
				continue
			}
			d := v.distance(q, place{sent, s.verb})
			if d < bestDistance && (s.says || d <= 15) {
				best, bestDistance = &Attribution{s.who, sent}, d
			}
		}
	}
	if best != nil {
		q.speaker = best
		return
	}
	if v.partial(q) && !v.clausal(q) {
		return
	}
	silent := 0 // sentences outside of quotations in which nobody spoke
	for sent := q.from.sent - 1; sent >= 0 && silent < farBack; sent-- {
		parted := v.parted(sent)
		if parted && (sent < q.from.sent-1 || v.partial(q)) {
			break // its paragraph began with something else
		}
		if s := v.last(sent, i); s != nil {
			q.speaker = s
			return
		}
		if parted {
			break
		}
		if v.inside(place{sent, len(v.doc.Sentences[sent].Words) / 2}) < 0 {
			if s := v.presented(sent); silent == 0 && s != nil && !v.partial(q) {
				q.speaker = s
				return
			}
			silent++
		}
	}
	if sent := q.to.sent + 1; sent < len(v.trees) && !v.parted(q.to.sent) {
		for _, s := range v.speakers(sent) {
			if s.says && v.inside(place{sent, s.verb}) < 0 {
				q.speaker = &Attribution{s.who, sent}
				return
			}
		}
	}
	if v.clausal(q) {
		q.speaker = &Attribution{Argument: *unnamed(), Sent: q.from.sent}
	}
}

// farBack is how many sentences in which nobody speaks may stand between a quotation and who spoke before it.
const farBack = 3

// presented returns who sentence sent is about, a person: "Ana Cruz is a nurse in Lima. 'We bought it.'"; nil for none.
func (v *voices) presented(sent int) *Attribution {
	t := v.trees[sent]
	if t == nil {
		return nil
	}
	s := t.child(t.root, "nsubj", "nsubj:pass")
	if s < 0 || t.child(s, "conj") >= 0 {
		return nil
	}
	switch w := &t.Words[s]; {
	case w.UPOS == "PROPN" && ner(w.NER) == "PER" && t.child(s, "flat") >= 0, lower(w.Form) == "he", lower(w.Form) == "she":
	default:
		return nil
	}
	return &Attribution{(&reader{tree: t}).who(s), sent}
}

// goesOn says whether quotation i is the one before it going on in the next paragraph, whose end it did not mark.
func (v *voices) goesOn(i int) bool {
	a, b := &v.quotes[i-1], &v.quotes[i]
	return a.to.sent+1 == b.from.sent && a.to.word == len(v.doc.Sentences[a.to.sent].Words)-1 && b.from.word == 1 &&
		!isQuote(v.doc.Sentences[a.to.sent].Words[a.to.word].Form)
}

// last returns who spoke last in sentence sent, in it or in a quotation before i that ends in it; nil where nobody did.
func (v *voices) last(sent, i int) *Attribution {
	var found *Attribution
	for _, s := range v.speakers(sent) {
		if s.says && v.inside(place{sent, s.verb}) < 0 {
			found = &Attribution{s.who, sent}
		}
	}
	if found == nil && i > 0 && v.quotes[i-1].to.sent == sent && v.quotes[i-1].speaker != nil && v.quotes[i-1].speaker.Head >= 0 {
		return v.quotes[i-1].speaker
	}
	return found
}

// inside returns the quotation that holds p, -1 for none.
func (v *voices) inside(p place) int {
	return slices.IndexFunc(v.quotes, func(q quotation) bool { return q.holds(p) })
}

// distance counts the words between q and p, which is outside of it, in p's sentence.
func (v *voices) distance(q *quotation, p place) int {
	d := 1 << 19
	if p.sent == q.to.sent && p.word > q.to.word {
		d = min(d, p.word-q.to.word)
	}
	if p.sent == q.from.sent && p.word < q.from.word {
		d = min(d, q.from.word-p.word)
	}
	return d
}

// partial says whether q is but a piece of its sentence.
func (v *voices) partial(q *quotation) bool {
	return q.from.sent == q.to.sent && (q.from.word > 1 || q.to.word+3 < len(v.doc.Sentences[q.to.sent].Words))
}

// clausal says whether q has a verb and a few words.
func (v *voices) clausal(q *quotation) bool {
	if q.from.sent != q.to.sent {
		return true
	}
	words := v.doc.Sentences[q.from.sent].Words[q.from.word : q.to.word+1]
	if len(words) < 4 {
		return false
	}
	for i := range words {
		if words[i].UPOS == "VERB" || words[i].UPOS == "AUX" {
			return true
		}
	}
	return false
}

// parted says whether a paragraph ends with sentence i.
func (v *voices) parted(i int) bool { return v.layout.parted(i) }

// layout knows where the paragraphs of a document end.
type layout struct {
	doc     *nlp.Document
	wrapped bool // line ends stand inside sentences too, so that one alone ends no paragraph
}

func newLayout(doc *nlp.Document) *layout {
	inside, all := 0, strings.Count(doc.Text, "\n")
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		inside += strings.Count(doc.Text[s.Begin:s.End], "\n")
	}
	return &layout{doc, inside*5 > all}
}

// parted says whether a paragraph ends with sentence i: a blank line or an indented line follows or, where lines are not wrapped,
// any.
func (l *layout) parted(i int) bool {
	if i+1 >= len(l.doc.Sentences) || l.doc.Sentences[i].End > l.doc.Sentences[i+1].Begin {
		return true
	}
	gap := l.doc.Text[l.doc.Sentences[i].End:l.doc.Sentences[i+1].Begin]
	nl := strings.IndexByte(gap, '\n')
	return nl >= 0 && (!l.wrapped || strings.Count(gap, "\n") > 1 || strings.HasPrefix(gap[nl+1:], "  ") ||
		strings.HasPrefix(gap[nl+1:], "\t"))
}

// voice is who speaks with which verb.
type voice struct {
	verb int
	who  Argument
	// says is false for verbs that only beside a quotation tell who speaks: "'Stop it,' Ana Cruz began".
	says bool
}

// speakers returns who speaks in sentence sent, in the order of the verbs. Sources that stand for nobody are left out.
func (v *voices) speakers(sent int) (list []voice) {
	t := v.trees[sent]
	if t == nil {
		return nil
	}
	r := &reader{tree: t}
	for h := range t.Words {
		w := &t.Words[h]
		if w.Deprel == speakerRel {
			list = append(list, voice{h, r.argument(h, Subject), true})
			continue
		}
		if w.UPOS != "VERB" {
			if lower(w.Form) == "according" && w.Head > h && w.Deprel == "case" && !noSource[lower(t.Words[w.Head].Lemma)] {
				list = append(list, voice{h, r.argument(w.Head, Subject), true})
			}
			continue
		}
		lem := lower(w.Lemma)
		if p := t.child(h, "compound:prt"); p >= 0 {
			lem += " " + lower(t.Words[p].Lemma)
		}
		clause := t.child(h, "ccomp", "parataxis") >= 0 || t.rel(h) == "parataxis"
		says := speech[lem] && (clause || !handling[lem] || t.child(h, "obj") < 0) || speaking(lem) && clause
		s := v.subject(r, h)
		if !says && s >= 0 && v.utters(t, h) {
			says = r.canAct(s) || t.Words[s].UPOS == "PRON" // what rises "in a speech" only rose there
		}
		if !says && !speaking(lem) && (!quotable[lem] || w.XPOS == "VB") && !colonQuote(t, h) {
			continue // "has yet to speak" tells of no words
		}
		if s >= 0 && lower(t.Words[s].Form) == "you" {
			continue
		}
		if s >= 0 && t.Words[s].Head != h && t.Words[s].UPOS == "NOUN" && !isAgentNoun(t.Words[s].Lemma) &&
			!sourceNouns[lower(t.Words[s].Lemma)] {
			continue // not beside its verb, a thing is no speaker
		}
		if s >= 0 && t.Words[s].UPOS == "NOUN" && mute[lower(t.Words[s].Lemma)] {
			continue
		}
		if s >= 0 && v.inside(place{sent, s}) >= 0 {
			s = v.beside(t, sent, h) // a parser took what stands in the quotation for the speaker
		}
		if s < 0 {
			continue
		}
		list = append(list, voice{h, r.author(s), says})
	}
	return list
}

// mute are things that no quotation comes from, whatever they require, show or conclude with.
var mute = words(`war conflict attack battle fight fighting clash raid idea business price market thing way day week month year
	time product trade talks meeting event move step action process system problem situation crisis increase decline rise fall
	loss growth`)

// handling verbs of saying say nothing where they have a thing as object: "held a meeting", "maintains a fleet".
var handling = words(`hold charge maintain read post observe rule`)

// beside returns the name, pronoun or agent noun next to verb h of sentence sent, on the side of it where no quotation stands
// between; -1 for none.
func (v *voices) beside(t *tree, sent, h int) int {
	speaks := func(k int) bool {
		w := &t.Words[k]
		return w.UPOS == "PROPN" || w.UPOS == "PRON" && w.XPOS == "PRP" || w.UPOS == "NOUN" && isAgentNoun(w.Lemma)
	}
	for _, step := range [2]int{-1, 1} {
		for k := h + step; k >= 0 && k < len(t.Words) && k != h+12*step && v.inside(place{sent, k}) < 0; k += step {
			if !speaks(k) {
				continue
			}
			for {
				up := t.Words[k].Head
				if up < 0 || up == h || v.inside(place{sent, up}) >= 0 || (up-h)*step <= 0 || !speaks(up) {
					break
				}
				k = up
			}
			return k
		}
	}
	return -1
}

// utters says whether verb h has words as its object or means, or a colon behind it at the end of the sentence: "released the
// following statement", "took questions in a letter:".
func (v *voices) utters(t *tree, h int) bool {
	for _, k := range t.kids[h] {
		switch t.rel(k) {
		case "obj":
			if wordNouns[lower(t.Words[k].Lemma)] {
				return true
			}
		case "obl":
			if _, form := t.caseOf(k); form == "in" && wordNouns[lower(t.Words[k].Lemma)] {
				return true
			}
		case "punct":
			if k == len(t.Words)-1 && t.Words[k].Form == ":" {
				return true
			}
		}
	}
	return false
}

// colonQuote says whether a colon and a quotation mark stand in the clause of verb h behind it: 'The woman gushes: "It was fun!"'
func colonQuote(t *tree, h int) bool {
	if t.child(h, "mark") >= 0 || t.Words[h].XPOS != "VBD" && t.Words[h].XPOS != "VBZ" && t.Words[h].XPOS != "VBP" {
		return false
	}
	for k := h + 1; k+1 < len(t.Words) && k < h+12; k++ {
		if t.Words[k].UPOS == "VERB" {
			return false
		}
		if t.Words[k].Form == ":" {
			return isQuote(t.Words[k+1].Form)
		}
	}
	return false
}

// subject returns who speaks with verb h: its subject, that of the verb it is conjoined with or a complement of, what a relative
// clause describes; with "was quoted as saying" and "quoted officials as saying" who is quoted. -1 for none.
func (v *voices) subject(r *reader, h int) int {
	lem := lower(r.Words[h].Lemma)
	if quoting[lem] && lem != "report" {
		if s := r.child(h, "nsubj:pass"); s >= 0 {
			return s
		}
		if o := r.child(h, "obj"); o >= 0 {
			return o
		}
	}
	for at, n := h, 0; at >= 0 && n < 5; n++ {
		if s := r.child(at, "nsubj"); s >= 0 {
			if !r.relative(s) {
				return s
			}
			if r.rel(at) == "acl" {
				return r.Words[at].Head
			}
			return -1
		}
		if r.child(at, "nsubj:pass") >= 0 {
			if by := r.child(at, "obl:agent"); by >= 0 && at == h {
				return by
			}
			return -1
		}
		switch r.rel(at) {
		case "conj", "xcomp", "advcl":
			at = r.Words[at].Head
		case "acl":
			if r.Words[at].XPOS == "VBG" {
				return r.Words[at].Head
			}
			return -1
		default:
			return -1
		}
	}
	return -1
}

func isQuote(form string) bool {
	switch form {
	case "\"", "``", "''", "“", "”", "„", "«", "»", "‘", "’", "'", "‟", "`", "’’", "‘‘":
		return true
	}
	return false
}

// mark says whether word i of s is a mark that opens or closes a quotation.
func mark(doc *nlp.Document, s *nlp.Sentence, i int) (opens, closes bool) {
	w := &s.Words[i]
	if !isQuote(w.Form) || w.XPOS == "POS" {
		return false, false
	}
	switch w.Form {
	case "“", "``", "„", "«", "‘", "`", "‘‘":
		return true, false
	case "”", "»", "’’", "''":
		return false, true
	}
	blank := func(at int) bool {
		return at < 0 || at >= len(doc.Text) || strings.IndexByte(" \t\r\n", doc.Text[at]) >= 0
	}
	left := blank(w.Begin-1) || strings.IndexByte("([-", doc.Text[w.Begin-1]) >= 0 ||
		strings.HasSuffix(doc.Text[:w.Begin], "—") || strings.HasSuffix(doc.Text[:w.Begin], "–")
	right := blank(w.End) || strings.IndexByte(".,;:!?)]-", doc.Text[w.End]) >= 0
	switch {
	case left && !right:
		return w.Form != "’", false
	case right && !left:
		return false, true
	}
	return w.XPOS == "``" && w.Form != "’", w.XPOS == "''"
}

// single says whether a mark is one of the single ones, which stand inside double ones, or in their place.
func single(form string) bool {
	switch form {
	case "‘", "’", "'", "`":
		return true
	}
	return false
}

// introduced says whether a quotation behind a word of this form is more than some words of a clause.
func introduced(form string) bool {
	switch form {
	case ",", ":", ".", "?", "!", "-", "--", "–", "—", ")", "...", "…":
		return true
	}
	return isQuote(form)
}

// beforeTag returns where a quotation from word from of t on ends whose closing mark is missing: behind the comma before who says it
// ("We bought it, Ana Cruz said"), at the latest at to.
func beforeTag(t *tree, from, to int) int {
	if t == nil {
		return to
	}
	for v := from + 2; v < to; v++ {
		w := &t.Words[v]
		lem := lower(w.Lemma)
		if w.UPOS != "VERB" || !speech[lem] && lem != "ask" || w.XPOS != "VBD" && w.XPOS != "VBZ" {
			continue
		}
		s := t.child(v, "nsubj")
		if s < 0 || t.child(v, "mark") >= 0 || t.Words[s].XPOS == "WP" || t.Words[s].XPOS == "WDT" || t.child(v, "ccomp") > v ||
			t.child(v, "obj") > v && !telling[lem] && lem != "ask" {
			continue
		}
		if f := lower(t.Words[s].Form); f == "you" || f == "it" || firstPerson[f] {
			continue
		}
		comma := v - 1
		if s < v {
			comma, _ = t.span(s)
			if t.Words[comma].Form != "," {
				comma--
			}
		}
		if comma > from && t.Words[comma].Form == "," {
			return comma + 1
		}
	}
	return to
}

// losesMarks says whether a sentence of doc opens a quotation that ends before who says it, without a mark: such a text lost some.
func losesMarks(doc *nlp.Document, trees []*tree) bool {
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		from := -1
		for k := range s.Words {
			if single(s.Words[k].Form) {
				continue
			}
			switch opens, closes := mark(doc, s, k); {
			case closes:
				from = -1
			case opens:
				from = k + 1
			}
		}
		if from >= 0 && beforeTag(trees[i], from, len(s.Words)) < len(s.Words) {
			return true
		}
	}
	return false
}

// untagged says whether a quotation that opens at from may well go on until the next one opens with sentence to: whole sentences, few,
// with nobody who says them.
func untagged(trees []*tree, from place, to int) bool {
	if to-from.sent > 8 || from.word > 1 && !introduced(trees[from.sent].Words[from.word-2].Form) {
		return false
	}
	for _, t := range trees[from.sent:to] {
		if t == nil {
			return false
		}
		for h := range t.Words {
			w := &t.Words[h]
			lem := lower(w.Lemma)
			if w.UPOS != "VERB" || !speech[lem] && lem != "ask" || t == trees[from.sent] && h < from.word {
				continue
			}
			if s := t.child(h, "nsubj"); s >= 0 && !firstPerson[lower(t.Words[s].Form)] {
				return false
			}
		}
	}
	return true
}

// findQuotations pairs the quotation marks of doc. A quotation ends with its mark, and at the latest with its paragraph; what stands
// inside another one is no quotation of its own. A single mark opens one only where a single mark closes it in the paragraph.
func findQuotations(doc *nlp.Document, lay *layout, trees []*tree) (found []quotation) {
	var open *quotation
	var form string
	close := func(to place) {
		if open != nil && !to.before(open.from) && to.sent < len(doc.Sentences) {
			open.to = to
			found = append(found, *open)
		}
		open = nil
	}
	sentenceEnd := func(p place) place {
		if p.sent >= len(doc.Sentences) || p.word > 1 && !introduced(doc.Sentences[p.sent].Words[p.word-2].Form) {
			return place{-1, 0} // amid a clause: words in marks, nobody knows how many
		}
		return place{p.sent, beforeTag(trees[p.sent], p.word, len(doc.Sentences[p.sent].Words)) - 1}
	}
	prev := place{-1, 0}
	whole := !losesMarks(doc, trees)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if len(s.Words) == 0 {
			continue
		}
		if open != nil && prev.sent >= 0 && prev.sent < i && lay.parted(i-1) {
			switch next, _ := mark(doc, s, 0); {
			case single(form):
				open = nil // an apostrophe
			case next:
				close(prev) // it goes on in this paragraph
			default:
				close(sentenceEnd(open.from)) // its end was not marked: no more is sure than its sentence
			}
		}
		for k := range s.Words {
			opens, closes := mark(doc, s, k)
			if opens && open != nil && k > 0 && open.from.sent <= i && !single(form) && prev.sent == i &&
				strings.IndexByte(",.?!", s.Words[k-1].Form[0]) >= 0 {
				opens, closes = false, true // a typist's mark the wrong way round: “We won, “he said
			}
			switch {
			case open == nil && opens:
				open, form = &quotation{from: place{i, k + 1}}, s.Words[k].Form
				if k+1 == len(s.Words) {
					open.from = place{i + 1, 0}
				}
			case open == nil:
			case opens && single(form) && !single(s.Words[k].Form):
				open, form = &quotation{from: place{i, k + 1}}, s.Words[k].Form
			case opens && whole && k == 0 && !single(s.Words[k].Form) && !single(form) && untagged(trees, open.from, i):
				close(prev) // a new paragraph of it, where none are marked
				open, form = &quotation{from: place{i, k + 1}}, s.Words[k].Form
			case opens && !single(s.Words[k].Form) && !single(form):
				if end := sentenceEnd(open.from); prev.sent == open.from.sent && prev.before(end) {
					close(prev) // its end was not marked
				} else {
					close(sentenceEnd(open.from))
				}
				open, form = &quotation{from: place{i, k + 1}}, s.Words[k].Form
			case closes && single(s.Words[k].Form) == single(form):
				close(prev)
			}
			prev = place{i, k}
		}
	}
	if open != nil && !single(form) {
		close(sentenceEnd(open.from))
	}
	return found
}
