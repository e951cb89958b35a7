package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"kg/graph"
	"kg/internal/extract"
	"kg/schema"
)

// draft is a claim before its offsets and names are those of the graph.
type draft struct {
	sent                                      int
	rel                                       string // canonical, empty where an open relation of the cue
	cue                                       cue    // empty where the words are no cue of rel
	subject, object                           reference
	subjectWords, predicateWords, objectWords []int
	polarity, modality                        string
	source                                    graph.IRI
	time                                      string
	timeWords                                 []int
	place                                     graph.IRI
	args                                      []graph.RoleArg
	code                                      *schema.EventCode // of the event that the predicate's word tells of, nil for none
	rule                                      string
	confidence                                float64
}

// claimKey tells claims of one sentence apart.
type claimKey struct {
	sent                                int
	subject, rel                        graph.IRI
	object, polarity, modality, speaker string
}

// Reasons why a draft makes no claim.
const (
	namesNothing = "a noun that names nothing"
	ofAnybody    = "what people do in general"
	selfRelation = "subject and object are the same"
	repeated     = "said twice in the sentence"
	doubtful     = "less likely right than build.min_confidence asks"
)

// add makes d a claim and returns the reason where it does not.
func (s *run) add(d draft) string {
	switch {
	case d.subject.why != "":
		return d.subject.why
	case d.object.why != "":
		return d.object.why
	case d.subject.id == "":
		return "subject is no thing"
	case d.object.id == "" && strings.TrimSpace(d.object.literal) == "":
		return "empty argument"
	case d.subject.id == d.object.id:
		return selfRelation
	case s.empty(d.subject), s.empty(d.object):
		return namesNothing
	case d.object.id == "" && d.rule != "acronym" && within(d.subjectWords, d.objectWords):
		return selfRelation // the phrase of the object tells of the subject: "held land that it held"
	case d.rel == "is" && (d.object.typ == "Quantity" || d.object.typ == "TimeSpan") &&
		s.schema.IsA(d.subject.typ, "Actor") && !strings.HasPrefix(d.object.literal, "one of "):
		return "nobody is an amount"
	}
	if s.anybody(&d) {
		return ofAnybody
	}
	for _, f := range []reference{d.subject, d.object} {
		if f.sure > 0 {
			d.confidence *= f.sure
		}
	}
	if d.subject.guess && d.subject.sure == 0 || d.object.guess && d.object.sure == 0 {
		d.confidence *= .95 // all of 55 antecedents in news stories that were read were right
	}
	if d.confidence < s.least {
		return doubtful
	}
	_, predicate := d.cue.open()
	if d.rel != "" {
		predicate = kgo(d.rel)
	}
	key := claimKey{d.sent, d.subject.id, predicate, string(d.object.id) + d.object.literal, d.polarity, d.modality, string(d.source)}
	if s.seen[key] {
		return repeated
	}
	s.seen[key] = true
	// What a name says by itself is not worth saying beside a statement of it.
	said := claimKey{d.sent, d.subject.id, predicate, key.object, d.polarity, "", ""}
	if (d.rule == "place" || d.rule == "demonym") && s.seen[said] {
		return repeated
	}
	s.seen[said] = true

	t := s.tree(d.sent)
	sent := &s.doc.Sentences[d.sent]
	c := graph.Claim{
		Sentence:      sentenceIRI(s.article.ID, s.chars.span(sent.Begin, sent.End)),
		Subject:       d.subject.id,
		Predicate:     predicate,
		Cue:           d.cue.words,
		CueNoun:       d.cue.noun,
		SubjectSpan:   s.span(t, d.subjectWords),
		PredicateSpan: s.span(t, d.predicateWords),
		ObjectSpan:    s.span(t, d.objectWords),
		Polarity:      d.polarity,
		Modality:      d.modality,
		AttributedTo:  d.source,
		Time:          d.time,
		TimeSpan:      s.span(t, d.timeWords),
		Place:         d.place,
		Confidence:    d.confidence,
		Rule:          d.rule,
		Arguments:     d.args,
	}
	if d.code != nil {
		c.PLOVER, c.CAMEO, c.Goldstein = d.code.Type, d.code.Code, d.code.Goldstein
	}
	c.Confidence = float64(int(c.Confidence*1000+.5)) / 1000
	if d.object.id != "" {
		c.Object.Entity = d.object.id
	} else {
		c.Object.Literal, c.Object.Datatype = strings.Join(strings.Fields(d.object.literal), " "), "xsd:string"
		switch d.object.typ {
		case "TimeSpan":
			c.Object.Datatype = graph.TimeType(d.object.literal)
		case "Claim", "Quantity":
			c.Object.Type = kgo(d.object.typ)
		}
	}
	c.Span = cover(c.SubjectSpan, c.PredicateSpan, c.ObjectSpan)
	if c.Span == (graph.Span{}) {
		c.Span = s.chars.span(sent.Begin, sent.End)
	}
	c.ID = s.claimID(&c)
	s.claims = append(s.claims, placedClaim{d.sent, c})
	return ""
}

// within says whether all of inner are among outer.
func within(inner, outer []int) bool {
	for _, k := range inner {
		if !slices.Contains(outer, k) {
			return false
		}
	}
	return len(inner) > 0
}

// hollow nouns name nothing when nothing stands beside them.
var hollow = set(`thing things something anything everything nothing way ways lot lots one ones kind kinds sort sorts part
	parts bit bits piece pieces aspect aspects fact sense most some many few much more less others rest couple bunch stuff
	manner extent others other same latter former first second`)

// empty says whether f is a phrase of one noun that names nothing or a letter.
func (s *run) empty(f reference) bool {
	e := s.entities[f.id]
	return e != nil && (s.isScoped(f.id) && hollow[strings.ToLower(e.Label)] || len(e.Label) == 1) // "S" of "S and P"
}

// aside notes a claim that the name of id makes by itself, such as Russia having Russian troops: once an article.
func (s *run) aside(id graph.IRI, d draft) {
	if s.told[id] {
		return
	}
	s.told[id] = true
	d.polarity, d.modality = string(extract.Positive), string(extract.Asserted)
	s.asides = append(s.asides, d)
}

// span is the range of characters from the first to the last of words.
func (s *run) span(t *tree, words []int) graph.Span {
	if len(words) == 0 {
		return graph.Span{}
	}
	begin, end := t.Words[words[0]].Begin, t.Words[words[0]].End
	for _, k := range words {
		begin, end = min(begin, t.Words[k].Begin), max(end, t.Words[k].End)
	}
	return s.chars.span(begin, end)
}

// cover is the smallest span that holds all spans that are not empty.
func cover(spans ...graph.Span) graph.Span {
	var all graph.Span
	for _, x := range spans {
		switch {
		case x.End <= x.Begin:
		case all.End <= all.Begin:
			all = x
		default:
			all = graph.Span{Begin: min(all.Begin, x.Begin), End: max(all.End, x.End)}
		}
	}
	return all
}

// claimID is a hash of all that the claim says and where, its cue standing for the relation, which may change with the schema.
func (s *run) claimID(c *graph.Claim) graph.IRI {
	rel := "cue " + c.Cue
	if c.Cue == "" {
		rel = string(c.Predicate)
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q%q%d,%d,%d,%d,%d,%d%q%q%q%q%q%s%s%q%q%q%q", s.article.ID, c.Sentence, c.SubjectSpan.Begin, c.SubjectSpan.End,
		c.PredicateSpan.Begin, c.PredicateSpan.End, c.ObjectSpan.Begin, c.ObjectSpan.End, c.Subject, rel, c.Object.Entity,
		c.Object.Literal, c.Object.Datatype, c.Polarity, c.Modality, c.AttributedTo, c.Time, c.Place, c.Rule)
	for _, a := range c.Arguments {
		fmt.Fprintf(h, "%q%q%q%q%d,%d", a.Role, a.Case, a.Entity, a.Text, a.Span.Begin, a.Span.End)
	}
	return graph.IRI("kg:claim/" + hex.EncodeToString(h.Sum(nil)[:10]))
}

// begin makes the draft of what p says of subject and object, the arguments at indices used left out of the further ones.
func (s *run) begin(p *extract.Proposition, subject, object reference, subjectWords, objectWords []int, used ...int) draft {
	d := draft{
		sent: p.Sent, subject: subject, object: object, subjectWords: subjectWords, predicateWords: p.Words, objectWords: objectWords,
		polarity: string(p.Polarity), modality: string(p.Modality), rule: p.Rule, confidence: p.Confidence,
		code: s.codes[[2]int{p.Sent, p.Head}],
	}
	t := s.tree(p.Sent)
	for i := range p.Args {
		a := &p.Args[i]
		if slices.Contains(used, i) || len(a.Words) == 0 {
			continue
		}
		if a.Role == extract.Time && slices.Contains(d.timeWords, a.Head) {
			continue // another part of the time found before
		}
		if a.Role == extract.Time {
			if d.time == "" {
				if d.time, d.timeWords = s.eventTime(p, a); d.time != "" {
					continue
				}
			}
			d.args = append(d.args, graph.RoleArg{Role: string(a.Role), Case: a.Case, Text: s.text(t, a.Words), Span: s.span(t, a.Words)})
			continue
		}
		r := graph.RoleArg{Role: string(a.Role), Case: a.Case, Text: s.text(t, a.Words), Span: s.span(t, a.Words)}
		if a.Role != extract.Clause && a.Role != extract.Manner && (a.Role != extract.Purpose || a.Oblique()) {
			st := neutral
			if locative[a.Case] {
				st = placed
			}
			if f := s.refer(p, a, st); f.ok() && f.id != "" {
				if d.place == "" && (locative[a.Case] && a.Case != "on" || a.Role == extract.Place) && !aside[a.Case] && (s.schema.IsA(f.typ, "Place") || f.typ == "State") &&
					!(a.Case == "across" && crossed[t.lemma(a.Head)]) && !(p.Lemma == "sentence" && confined[t.lemma(a.Head)]) {
					d.place = f.id
					continue
				}
				r.Entity = f.id
			}
		}
		d.args = append(d.args, r)
	}
	return d
}

// confined are where one is sentenced to, not where the court sits: "sentenced him to six years in prison".
var confined = set("prison jail custody detention exile")

// crossed are what one goes across without being in it.
var crossed = set("border frontier boundary river line channel strait bridge street road sea ocean fence wall")

var locative = set(`in at near inside outside on across throughout within`)

// aside are the locative ones of what is not in the place.
var aside = set(`near outside`)

// speaker returns who says p, empty for the article itself. Where he is not named, or by a pronoun that stands for nobody, it is
// who passes on what he says.
func (s *run) speaker(p *extract.Proposition) graph.IRI {
	if p.Source == nil {
		return ""
	}
	if f := s.referIn(p, p.SourceSent, p.Source, acting); f.ok() && f.id != "" {
		return f.id
	}
	for i := range p.Via {
		v := &p.Via[i]
		if f := s.referIn(p, v.Sent, &v.Argument, acting); f.ok() && f.id != "" {
			return f.id
		}
	}
	// Dropping the claim would lose it, leaving the speaker out would make the article say it.
	return s.scoped("unnamed speaker", "Actor").id
}
