package graph

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// The names of the layout that doc.go describes, in the store's compact form.
const (
	rdfType      = "rdf:type"
	rdfSubject   = "rdf:subject"
	rdfPredicate = "rdf:predicate"
	rdfObject    = "rdf:object"
	rdfsLabel    = "rdfs:label"
	rdfsSubProp  = "rdfs:subPropertyOf"
	owlSameAs    = "owl:sameAs"

	schemaAlternateName = "schema:alternateName"
	schemaIsPartOf      = "schema:isPartOf"
	schemaHeadline      = "schema:headline"
	schemaURL           = "schema:url"
	schemaPublished     = "schema:datePublished"
	schemaPublisher     = "schema:publisher"
	schemaLanguage      = "schema:inLanguage"

	provAttributed = "prov:wasAttributedTo"
	provQuotedFrom = "prov:wasQuotedFrom"
	nifBegin       = "nif:beginIndex"
	nifEnd         = "nif:endIndex"
	nifText        = "nif:anchorOf"
	nifString      = "nif:isString"

	kgoPolarity       = "kgo:polarity"
	kgoModality       = "kgo:modality"
	kgoStatus         = "kgo:status"
	kgoEventTime      = "kgo:eventTime"
	kgoTimeChars      = "kgo:timeChars"
	kgoPlace          = "kgo:place"
	kgoConfidence     = "kgo:confidence"
	kgoRule           = "kgo:rule"
	kgoSubjectChars   = "kgo:subjectChars"
	kgoPredicateChars = "kgo:predicateChars"
	kgoObjectChars    = "kgo:objectChars"
	kgoArgument       = "kgo:argument"
	kgoRole           = "kgo:role"
	kgoCase           = "kgo:case"
	kgoEntity         = "kgo:entity"
	kgoText           = "kgo:text"
	kgoChars          = "kgo:chars"
	kgoContentHash    = "kgo:contentHash"
	kgoCue            = "kgo:cue"
	kgoCueClass       = "kgo:cueClass"
	kgoDeclined       = "kgo:declined"
	kgoObjectType     = "kgo:objectType"
	kgoPLOVER         = "kgo:plover"
	kgoCAMEO          = "kgo:cameo"
	kgoGoldstein      = "kgo:goldstein"

	kgoNameOf       = "kgo:nameOf"
	kgoNameType     = "kgo:nameType"
	kgoNameAlias    = "kgo:nameAlias"
	kgoNameSameAs   = "kgo:nameSameAs"
	kgoNamedSubject = "kgo:namedSubject"
	kgoNamedObject  = "kgo:namedObject"
	kgoNamedSource  = "kgo:namedSource"
	kgoNamedPlace   = "kgo:namedPlace"
	kgoNamedEntity  = "kgo:namedEntity"

	itsIdent        = "itsrdf:taIdentRef"
	kgoNamedMention = "kgo:namedMention"
	kgoSkipped      = "kgo:skipped"
	kgoDropped      = "kgo:dropped"

	kgoKind       = "kgo:kind"
	kgoFrom       = "kgo:from"
	kgoInto       = "kgo:into"
	kgoNewLabel   = "kgo:newLabel"
	kgoBy         = "kgo:by"
	kgoScore      = "kgo:score"
	kgoEvidence   = "kgo:evidence"
	kgoPending    = "kgo:pending"
	provGenerated = "prov:generatedAtTime"

	classClaim    = "kgo:Claim"
	classSentence = "nif:Sentence"
	classArticle  = "schema:NewsArticle"
	classRelation = "rdf:Property"
	// A name that is not that of its entity, and a judgement.
	className      = "kgo:Name"
	classJudgement = "kgo:Judgement"

	classSymmetric = "owl:SymmetricProperty"

	statusRejected = "rejected"
)

// structural are the predicates that the layout itself uses. A claim cannot have one as its predicate, since its plain edge would
// read as something else.
var structural = map[string]bool{}

// reserved are the classes that tell what a subject is; no entity has one.
var reserved = map[string]bool{classClaim: true, classSentence: true, classArticle: true, classRelation: true, className: true,
	classJudgement: true, classSymmetric: true}

func init() {
	for _, p := range []string{
		rdfType, rdfSubject, rdfPredicate, rdfObject, rdfsLabel, rdfsSubProp, owlSameAs, schemaAlternateName, schemaIsPartOf,
		schemaHeadline, schemaURL, schemaPublished, schemaPublisher, schemaLanguage, provAttributed, provQuotedFrom, nifBegin, nifEnd,
		nifText, kgoPolarity, kgoModality, kgoStatus, kgoEventTime, kgoPlace, kgoConfidence, kgoRule, kgoSubjectChars,
		kgoPredicateChars, kgoObjectChars, kgoArgument, kgoRole, kgoCase, kgoEntity, kgoText, kgoChars, kgoContentHash,
		kgoTimeChars, kgoNameOf, kgoNameType, kgoNameAlias, kgoNameSameAs, kgoNamedSubject, kgoNamedObject, kgoNamedSource,
		kgoNamedPlace, kgoNamedEntity, kgoKind, kgoFrom, kgoInto, kgoNewLabel, kgoBy, kgoScore, kgoEvidence, kgoPending, provGenerated,
		kgoCue, kgoCueClass, kgoDeclined, kgoObjectType, kgoPLOVER, kgoCAMEO, kgoGoldstein, nifString, itsIdent, kgoNamedMention,
		kgoSkipped, kgoDropped,
	} {
		structural[p] = true
	}
}

// Check says what of r cannot be stored; nil means that Add takes it. The error is a *RecordError.
func (r *Record) Check() error {
	ns, err := newNamespaces("")
	if err != nil {
		return err
	}
	return r.check(ns)
}

// checker collects the first fault of a record.
type checker struct {
	ns      *namespaces
	article IRI
	err     error
}

func (c *checker) fail(field, value string, err error) {
	if c.err == nil {
		c.err = &RecordError{Article: c.article, Field: field, Value: value, Err: err}
	}
}

func (c *checker) iri(field string, v IRI) {
	if err := checkIRI(string(v)); err != nil {
		c.fail(field, string(v), err)
	}
}

func (c *checker) text(field, v string, needed bool) {
	if !utf8.ValidString(v) {
		c.fail(field, v, errUTF8)
	} else if needed && v == "" {
		c.fail(field, v, errors.New("empty"))
	}
}

// span checks a character range; an empty one is allowed only where none is told.
func (c *checker) span(field string, v Span, needed bool) {
	if v == (Span{}) && !needed {
		return
	}
	if v.Begin < 0 || v.End <= v.Begin {
		c.fail(field, fmt.Sprintf("%d,%d", v.Begin, v.End), errors.New("no range of characters"))
	}
}

// passages checks a list of passages: each once, in the order of the text.
func (c *checker) passages(field string, list []Passage) {
	for i := range list {
		at := fmt.Sprintf("%s[%d].", field, i)
		c.span(at+"span", list[i].Span, true)
		c.text(at+"why", list[i].Why, true)
		if i > 0 && list[i-1].Compare(list[i]) >= 0 {
			c.fail(at+"span", chars(list[i].Span), errors.New("not behind the passage before it"))
		}
	}
}

// codes checks the codes of an event.
func (c *checker) codes(at, plover, cameo, goldstein string) {
	c.text(at+"plover", plover, false)
	c.text(at+"cameo", cameo, false)
	if goldstein == "" {
		return
	}
	if err := (Term{Kind: Literal, Value: goldstein, Datatype: "xsd:decimal"}).check(); err != nil {
		c.fail(at+"goldstein", goldstein, err)
	} else if _, err := strconv.ParseFloat(goldstein, 64); err != nil {
		c.fail(at+"goldstein", goldstein, errors.New("no decimal"))
	}
}

func (r *Record) check(ns *namespaces) error {
	c := &checker{ns: ns, article: r.Article.ID}
	a := &r.Article
	c.iri("article.id", a.ID)
	c.text("article.hash", a.Hash, true)
	c.text("article.headline", a.Headline, false)
	c.text("article.url", a.URL, false)
	c.text("article.publisher", a.Publisher, false)
	c.text("article.language", a.Language, false)
	if y := a.Published.Year(); y < 0 || y > 9999 {
		c.fail("article.published", a.Published.String(), errors.New("year out of range"))
	}
	if _, off := a.Published.Zone(); off%60 != 0 || off <= -24*3600 || off >= 24*3600 {
		c.fail("article.published", a.Published.String(), errors.New("time zone of odd seconds"))
	}
	// One IRI is one thing: reading back tells things apart by their class.
	kinds := map[string]string{}
	passages := passagesOf(ns, a.ID)
	kind := func(field string, id IRI, k string) {
		c.iri(field, id)
		key := ns.compact(string(id))
		if strings.HasPrefix(key, passages) {
			c.fail(field, string(id), errors.New("names characters of the article"))
		}
		if old, ok := kinds[key]; ok {
			if old == k {
				c.fail(field, string(id), fmt.Errorf("second %s with this id", k))
			} else {
				c.fail(field, string(id), fmt.Errorf("is also the id of %s", old))
			}
		}
		kinds[key] = k
	}
	kind("article.id", a.ID, "the article")
	for i := range r.Sentences {
		s, at := &r.Sentences[i], fmt.Sprintf("sentences[%d].", i)
		kind(at+"id", s.ID, "a sentence")
		c.span(at+"span", s.Span, true)
		c.text(at+"text", s.Text, true)
	}
	for i := range r.Entities {
		e, at := &r.Entities[i], fmt.Sprintf("entities[%d].", i)
		kind(at+"id", e.ID, "an entity")
		c.text(at+"label", e.Label, true)
		seen := map[string]bool{}
		for j, t := range e.Types {
			c.iri(fmt.Sprintf("%stypes[%d]", at, j), t)
			short := ns.compact(string(t))
			if reserved[short] {
				c.fail(fmt.Sprintf("%stypes[%d]", at, j), string(t), errors.New("no type of an entity"))
			}
			if seen[short] {
				c.fail(fmt.Sprintf("%stypes[%d]", at, j), string(t), errors.New("repeated"))
			}
			seen[short] = true
		}
		for j, alias := range e.Aliases {
			c.text(fmt.Sprintf("%saliases[%d]", at, j), alias, true)
		}
		for j, same := range e.SameAs {
			c.iri(fmt.Sprintf("%ssameAs[%d]", at, j), same)
		}
	}
	for i := range r.Relations {
		rel, at := &r.Relations[i], fmt.Sprintf("relations[%d].", i)
		kind(at+"id", rel.ID, "a relation")
		c.text(at+"label", rel.Label, true)
		if rel.Parent != "" {
			c.iri(at+"parent", rel.Parent)
		}
		c.codes(at, rel.PLOVER, rel.CAMEO, rel.Goldstein)
	}
	c.text("text", r.Text, false)
	for i := range r.Mentions {
		m, at := &r.Mentions[i], fmt.Sprintf("mentions[%d].", i)
		c.span(at+"span", m.Span, true)
		c.iri(at+"entity", m.Entity)
		if i > 0 && r.Mentions[i-1].Span.Compare(m.Span) >= 0 {
			c.fail(at+"span", chars(m.Span), errors.New("not behind the mention before it"))
		}
	}
	c.passages("skipped", r.Skipped)
	c.passages("dropped", r.Dropped)
	if c.err != nil {
		return c.err
	}
	for i := range r.Claims {
		cl, at := &r.Claims[i], fmt.Sprintf("claims[%d].", i)
		kind(at+"id", cl.ID, "a claim")
		c.iri(at+"sentence", cl.Sentence)
		c.span(at+"span", cl.Span, true)
		c.iri(at+"subject", cl.Subject)
		c.iri(at+"predicate", cl.Predicate)
		if structural[ns.compact(string(cl.Predicate))] {
			c.fail(at+"predicate", string(cl.Predicate), errors.New("belongs to the layout of the graph"))
		}
		c.codes(at, cl.PLOVER, cl.CAMEO, cl.Goldstein)
		c.text(at+"cue", cl.Cue, false)
		if cl.Cue == "" && (cl.CueNoun || len(cl.Declined) > 0) {
			c.fail(at+"cue", cl.Cue, errors.New("empty, though more is said of it"))
		}
		for j, id := range cl.Declined {
			c.iri(fmt.Sprintf("%sdeclined[%d]", at, j), id)
		}
		o := cl.Object
		if o.Type != "" {
			c.iri(at+"object.type", o.Type)
		}
		switch {
		case o.Entity != "" && o.Type != "":
			c.fail(at+"object.type", string(o.Type), errors.New("an entity has its own types"))
		case o.Entity != "" && (o.Literal != "" || o.Datatype != ""):
			c.fail(at+"object", o.Literal, fmt.Errorf("both the entity %s and a literal", o.Entity))
		case o.Entity != "":
			c.iri(at+"object.entity", o.Entity)
		default:
			c.text(at+"object.literal", o.Literal, true)
			if err := (Term{Kind: Literal, Value: o.Literal, Datatype: o.Datatype}).check(); err != nil {
				c.fail(at+"object.datatype", string(o.Datatype), err)
			}
		}
		c.span(at+"subjectSpan", cl.SubjectSpan, false)
		c.span(at+"predicateSpan", cl.PredicateSpan, false)
		c.span(at+"objectSpan", cl.ObjectSpan, false)
		if cl.Polarity != "+" && cl.Polarity != "-" {
			c.fail(at+"polarity", cl.Polarity, errors.New(`neither "+" nor "-"`))
		}
		c.text(at+"modality", cl.Modality, true)
		if cl.AttributedTo != "" {
			c.iri(at+"attributedTo", cl.AttributedTo)
		}
		if cl.Time != "" && TimeType(cl.Time) == "" {
			c.fail(at+"time", cl.Time, errors.New("neither a time of xsd nor one of TIMEX3"))
		}
		c.span(at+"timeSpan", cl.TimeSpan, false)
		if cl.Place != "" {
			c.iri(at+"place", cl.Place)
		}
		if !(cl.Confidence >= 0 && cl.Confidence <= 1) { // also NaN
			c.fail(at+"confidence", fmt.Sprint(cl.Confidence), errors.New("not between 0 and 1"))
		}
		c.text(at+"rule", cl.Rule, true)
		for j := range cl.Arguments {
			arg, at := &cl.Arguments[j], fmt.Sprintf("%sarguments[%d].", at, j)
			kind(at+"id", argumentID(cl.ID, j), "an argument")
			c.text(at+"role", arg.Role, true)
			c.text(at+"case", arg.Case, false)
			c.text(at+"text", arg.Text, false)
			if arg.Entity != "" {
				c.iri(at+"entity", arg.Entity)
			}
			c.span(at+"span", arg.Span, false)
		}
		if c.err != nil {
			return c.err
		}
	}
	return c.err
}

func argumentID(claim IRI, i int) IRI { return claim + IRI("/arg"+strconv.Itoa(i+1)) }

// Status sums up polarity, modality and source in one word: "asserted" (exactly the claims that also are plain edges), "denied"
// for negative polarity, else the modality where it is not "asserted", else "reported" (asserted by somebody other than the
// article).
func (c *Claim) Status() string {
	switch {
	case c.Plain():
		return "asserted"
	case c.Polarity == "-":
		return "denied"
	case c.Modality != "asserted":
		return c.Modality
	}
	return "reported"
}

// quadWriter appends the quads of one article.
type quadWriter struct {
	ns    *namespaces
	graph quad.Value
	quads []quad.Quad
	terms map[string]quad.Value // common names, so that equal ones share their bytes
	ids   *identity
}

// entity adds what stands at p, an entity, and under named the name that the article has for it where that is another.
func (w *quadWriter) entity(s quad.Value, p, named string, name IRI) {
	name = IRI(w.ns.compact(string(name)))
	w.add(s, p, w.iri(w.ids.of(name)))
	if w.ids.of(name) != name {
		w.add(s, named, w.iri(name))
	}
}

func (w *quadWriter) iri(s IRI) quad.Value {
	short := w.ns.compact(string(s))
	if v, ok := w.terms[short]; ok {
		return v
	}
	v := quad.IRI(short)
	w.terms[short] = v
	return v
}

func (w *quadWriter) add(s quad.Value, p string, o quad.Value) {
	w.quads = append(w.quads, quad.Quad{Subject: s, Predicate: w.iri(IRI(p)), Object: o, Label: w.graph})
}

func (w *quadWriter) text(s quad.Value, p, v string) {
	if v != "" {
		w.add(s, p, quad.String(v))
	}
}

func (w *quadWriter) typed(s quad.Value, p, v string, datatype IRI) {
	w.add(s, p, w.ns.value(Term{Kind: Literal, Value: v, Datatype: datatype}))
}

func (w *quadWriter) index(s quad.Value, p string, n int) {
	w.typed(s, p, strconv.Itoa(n), "xsd:nonNegativeInteger")
}

func (w *quadWriter) chars(s quad.Value, p string, v Span) {
	if v != (Span{}) {
		w.text(s, p, chars(v))
	}
}

// codes adds the codes of an event.
func (w *quadWriter) codes(s quad.Value, plover, cameo, goldstein string) {
	w.text(s, kgoPLOVER, plover)
	w.text(s, kgoCAMEO, cameo)
	if goldstein != "" {
		w.typed(s, kgoGoldstein, goldstein, "xsd:decimal")
	}
}

// quadsAbout is about how many quads a record has, mostly a few more.
func quadsAbout(r *Record) int {
	return 16 + 5*len(r.Sentences) + 5*len(r.Entities) + len(r.Mentions) + len(r.Skipped) + len(r.Dropped) + 20*len(r.Claims)
}

// recordQuads gives the quads of a checked record, each once, with its names standing for the entities that ids gives. The content
// hash comes last.
func recordQuads(ns *namespaces, r *Record, ids *identity) []quad.Quad {
	w := &quadWriter{ns: ns, ids: ids, terms: map[string]quad.Value{},
		quads: make([]quad.Quad, 0, quadsAbout(r))}
	a := w.iri(r.Article.ID)
	w.graph = a
	w.add(a, rdfType, w.iri(classArticle))
	w.text(a, schemaHeadline, r.Article.Headline)
	if r.Article.URL != "" {
		w.typed(a, schemaURL, r.Article.URL, "xsd:anyURI")
	}
	if !r.Article.Published.IsZero() {
		w.typed(a, schemaPublished, r.Article.Published.Format(time.RFC3339Nano), "xsd:dateTime")
	}
	w.text(a, schemaPublisher, r.Article.Publisher)
	w.text(a, schemaLanguage, r.Article.Language)
	for i := range r.Sentences {
		sent := &r.Sentences[i]
		s := w.iri(sent.ID)
		w.add(s, rdfType, w.iri(classSentence))
		w.index(s, nifBegin, sent.Begin)
		w.index(s, nifEnd, sent.End)
		w.text(s, nifText, sent.Text)
		w.add(s, schemaIsPartOf, a)
	}
	w.entities(r.Entities)
	for i := range r.Relations {
		rel := &r.Relations[i]
		s := w.iri(rel.ID)
		w.add(s, rdfType, w.iri(classRelation))
		w.text(s, rdfsLabel, rel.Label)
		if rel.Parent != "" {
			w.add(s, rdfsSubProp, w.iri(rel.Parent))
		}
		if rel.Symmetric {
			w.add(s, rdfType, w.iri(classSymmetric))
		}
		w.codes(s, rel.PLOVER, rel.CAMEO, rel.Goldstein)
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		s := w.iri(c.ID)
		var object quad.Value
		subject := IRI(ns.compact(string(c.Subject)))
		loop := false // of two names for one entity
		if c.Object.Entity != "" {
			name := IRI(ns.compact(string(c.Object.Entity)))
			object = w.iri(ids.of(name))
			loop = name != subject && ids.of(name) == ids.of(subject)
		} else {
			object = ns.value(Term{Kind: Literal, Value: c.Object.Literal, Datatype: c.Object.Datatype})
		}
		wrong := ids.rejected(IRI(ns.compact(string(c.ID))))
		if c.Plain() && !loop && !wrong {
			w.add(w.iri(ids.of(subject)), string(c.Predicate), object)
		}
		w.add(s, rdfType, w.iri(classClaim))
		w.entity(s, rdfSubject, kgoNamedSubject, c.Subject)
		w.add(s, rdfPredicate, w.iri(c.Predicate))
		if c.Object.Entity != "" {
			w.entity(s, rdfObject, kgoNamedObject, c.Object.Entity)
		} else {
			w.add(s, rdfObject, object)
		}
		if c.Object.Type != "" {
			w.add(s, kgoObjectType, w.iri(c.Object.Type))
		}
		w.text(s, kgoCue, c.Cue)
		if c.CueNoun {
			w.text(s, kgoCueClass, "noun")
		}
		for _, id := range c.Declined {
			w.add(s, kgoDeclined, w.iri(id))
		}
		w.codes(s, c.PLOVER, c.CAMEO, c.Goldstein)
		w.text(s, kgoPolarity, c.Polarity)
		w.text(s, kgoModality, c.Modality)
		if wrong {
			w.text(s, kgoStatus, statusRejected)
		} else {
			w.text(s, kgoStatus, c.Status())
		}
		if c.AttributedTo != "" {
			w.entity(s, provAttributed, kgoNamedSource, c.AttributedTo)
		}
		if c.Time != "" {
			w.typed(s, kgoEventTime, c.Time, TimeType(c.Time))
			w.chars(s, kgoTimeChars, c.TimeSpan)
		}
		if c.Place != "" {
			w.entity(s, kgoPlace, kgoNamedPlace, c.Place)
		}
		conf := c.Confidence
		if conf == 0 {
			conf = 0 // no "-0"
		}
		w.typed(s, kgoConfidence, strconv.FormatFloat(conf, 'f', -1, 64), "xsd:decimal")
		w.text(s, kgoRule, c.Rule)
		w.add(s, provQuotedFrom, w.iri(c.Sentence))
		w.index(s, nifBegin, c.Begin)
		w.index(s, nifEnd, c.End)
		w.chars(s, kgoSubjectChars, c.SubjectSpan)
		w.chars(s, kgoPredicateChars, c.PredicateSpan)
		w.chars(s, kgoObjectChars, c.ObjectSpan)
		for j := range c.Arguments {
			arg := &c.Arguments[j]
			as := w.iri(argumentID(c.ID, j))
			w.add(s, kgoArgument, as)
			w.text(as, kgoRole, arg.Role)
			w.text(as, kgoCase, arg.Case)
			if arg.Entity != "" {
				w.entity(as, kgoEntity, kgoNamedEntity, arg.Entity)
			}
			w.text(as, kgoText, arg.Text)
			w.chars(as, kgoChars, arg.Span)
		}
	}
	w.textLayer(r)
	w.text(a, kgoContentHash, r.Article.Hash)
	return uniqueQuads(w.quads)
}

// textLayer adds the article's text and what stands where in it.
func (w *quadWriter) textLayer(r *Record) {
	w.text(w.iri(r.Article.ID), nifString, r.Text)
	for i := range r.Mentions {
		w.entity(w.passage(r, r.Mentions[i].Span), itsIdent, kgoNamedMention, r.Mentions[i].Entity)
	}
	for i := range r.Skipped {
		w.text(w.passage(r, r.Skipped[i].Span), kgoSkipped, r.Skipped[i].Why)
	}
	for i := range r.Dropped {
		w.text(w.passage(r, r.Dropped[i].Span), kgoDropped, r.Dropped[i].Why)
	}
}

// passage names characters of the article's text.
func (w *quadWriter) passage(r *Record, at Span) quad.Value {
	return quad.IRI(passagesOf(w.ns, r.Article.ID) + chars(at))
}

// passagesOf is what names of passages of an article begin with, as RFC 5147 writes ranges of characters.
func passagesOf(ns *namespaces, article IRI) string { return ns.compact(string(article)) + "/char=" }

// entities adds what the article says of each name. A name of another entity keeps its types apart, so that only the entity has them;
// the entity gets its types and names. An entity that the article names itself too then has its own description a second time.
func (w *quadWriter) entities(list []Entity) {
	named := map[IRI]bool{} // by another name
	for i := range list {
		if id := IRI(w.ns.compact(string(list[i].ID))); w.ids.of(id) != id {
			named[w.ids.of(id)] = true
		}
	}
	for i := range list {
		e := &list[i]
		id := IRI(w.ns.compact(string(e.ID)))
		s := w.iri(id)
		if w.ids.of(id) != id {
			w.add(s, rdfType, w.iri(className))
			w.describe(s, e, kgoNameType, rdfsLabel, schemaAlternateName, owlSameAs)
			w.add(s, kgoNameOf, w.iri(w.ids.of(id)))
			continue
		}
		w.describe(s, e, rdfType, rdfsLabel, schemaAlternateName, owlSameAs)
		if named[id] {
			w.add(s, kgoNameOf, s)
			w.describe(s, e, kgoNameType, "", kgoNameAlias, kgoNameSameAs)
		}
	}
	for i := range list {
		e := &list[i]
		id := IRI(w.ns.compact(string(e.ID)))
		if w.ids.of(id) != id {
			w.describe(w.iri(w.ids.of(id)), e, rdfType, schemaAlternateName, schemaAlternateName, owlSameAs)
		}
	}
}

// describe adds what the article says of a name to s under these predicates; the label only where label is not empty.
func (w *quadWriter) describe(s quad.Value, e *Entity, types, label, aliases, same string) {
	for _, t := range e.Types {
		w.add(s, types, w.iri(t))
	}
	if label != "" {
		w.text(s, label, e.Label)
	}
	for _, alias := range e.Aliases {
		w.text(s, aliases, alias)
	}
	for _, id := range e.SameAs {
		w.add(s, same, w.iri(id))
	}
}

// uniqueQuads drops repeated quads and keeps the order: Cayley would raise the reference counts of their nodes though it ignores
// them, and deletes would leave ghosts.
func uniqueQuads(quads []quad.Quad) []quad.Quad {
	seen := make(map[quad.Quad]struct{}, len(quads))
	out := quads[:0]
	for _, q := range quads {
		if _, ok := seen[q]; !ok {
			seen[q] = struct{}{}
			out = append(out, q)
		}
	}
	return out
}

// props are the quads of one subject in one graph, by predicate, in the order in which they were added.
type props map[string][]Term

func (p props) first(name string) string {
	if v := p[name]; len(v) > 0 {
		return v[0].Value
	}
	return ""
}

func (p props) int(name string) int {
	n, _ := strconv.Atoi(p.first(name))
	return n
}

func (p props) span(name string) Span { return readSpan(p.first(name)) }

// chars is "57,68".
func chars(v Span) string { return strconv.Itoa(v.Begin) + "," + strconv.Itoa(v.End) }

// readSpan reads "57,68", the zero Span where it is none.
func readSpan(chars string) Span {
	begin, end, _ := strings.Cut(chars, ",")
	b, err1 := strconv.Atoi(begin)
	e, err2 := strconv.Atoi(end)
	if err1 != nil || err2 != nil {
		return Span{}
	}
	return Span{b, e}
}

func (p props) iris(name string) []IRI {
	var out []IRI
	for _, t := range p[name] {
		out = append(out, IRI(t.Value))
	}
	return out
}

func (p props) has(name, value string) bool {
	for _, t := range p[name] {
		if t.Kind == Resource && t.Value == value {
			return true
		}
	}
	return false
}

// noName says that a subject is no name: a claim, sentence, article, relation, judgement or contradiction.
func (p props) noName() bool {
	return slices.ContainsFunc(p[rdfType], func(t Term) bool { return t.Kind == Resource && reserved[t.Value] && t.Value != className })
}

// readRecord is the inverse of recordQuads: it reads the quads of one article, in the order in which they were added. Entities come in
// that of their labels, which no judgement moves.
func readRecord(ns *namespaces, article IRI, quads []Quad) *Record {
	subjects := map[Term]props{}
	var order, labelled []Term
	for _, q := range quads {
		p := subjects[q.Subject]
		if p == nil {
			p = props{}
			subjects[q.Subject] = p
			order = append(order, q.Subject)
		}
		p[q.Predicate.Value] = append(p[q.Predicate.Value], q.Object)
		if q.Predicate.Value == rdfsLabel {
			labelled = append(labelled, q.Subject)
		}
	}
	a := subjects[Res(article)]
	r := &Record{Article: readArticle(article, a), Text: a.first(nifString)}
	passages := passagesOf(ns, article)
	for _, s := range order {
		id, p := IRI(s.Value), subjects[s]
		switch {
		case p.has(rdfType, classSentence):
			r.Sentences = append(r.Sentences, readSentence(id, p))
		case p.has(rdfType, classClaim):
			r.Claims = append(r.Claims, readClaim(id, p.asNamed(), func(arg IRI) props { return subjects[Res(arg)].asNamed() }))
		case p.has(rdfType, classRelation):
			r.Relations = append(r.Relations, readRelation(id, p))
		case strings.HasPrefix(s.Value, passages):
			r.readPassage(readSpan(s.Value[len(passages):]), p.asNamed())
		}
	}
	// Judgements write quads anew, so their order says nothing.
	slices.SortFunc(r.Mentions, func(a, b Mention) int { return a.Span.Compare(b.Span) })
	slices.SortFunc(r.Skipped, Passage.Compare)
	slices.SortFunc(r.Dropped, Passage.Compare)
	for _, s := range labelled {
		p := subjects[s]
		if p.has(rdfType, classSentence) || p.has(rdfType, classClaim) || p.has(rdfType, classRelation) || p.has(rdfType, classArticle) {
			continue
		}
		r.Entities = append(r.Entities, readEntity(ns, IRI(s.Value), p))
	}
	return r
}

// readPassage reads what an article has at some characters.
func (r *Record) readPassage(at Span, p props) {
	if name := p.first(itsIdent); name != "" {
		r.Mentions = append(r.Mentions, Mention{at, IRI(name)})
	}
	for _, t := range p[kgoSkipped] {
		r.Skipped = append(r.Skipped, Passage{at, t.Value})
	}
	for _, t := range p[kgoDropped] {
		r.Dropped = append(r.Dropped, Passage{at, t.Value})
	}
}

// namedAs are the predicates of names beside those of the entities that they mean.
var namedAs = [...]struct{ name, entity string }{
	{kgoNamedSubject, rdfSubject}, {kgoNamedObject, rdfObject}, {kgoNamedSource, provAttributed}, {kgoNamedPlace, kgoPlace},
	{kgoNamedEntity, kgoEntity}, {kgoNamedMention, itsIdent},
}

// asNamed gives the properties of a claim, an argument or a passage with the names that the article has for entities.
func (p props) asNamed() props {
	out, cloned := p, false
	for _, pair := range namedAs {
		if v := p[pair.name]; len(v) > 0 {
			if !cloned {
				out, cloned = maps.Clone(p), true
			}
			out[pair.entity] = v
		}
	}
	return out
}

// readEntity reads what one article says of a name.
func readEntity(ns *namespaces, id IRI, p props) Entity {
	types, aliases, same := rdfType, schemaAlternateName, owlSameAs
	switch {
	case p.has(kgoNameOf, string(id)):
		types, aliases, same = kgoNameType, kgoNameAlias, kgoNameSameAs
	case len(p[kgoNameOf]) > 0:
		types = kgoNameType
	}
	e := Entity{ID: id, Types: p.iris(types), Label: p.first(rdfsLabel)}
	for _, t := range p[aliases] {
		e.Aliases = append(e.Aliases, t.Value)
	}
	for _, x := range p.iris(same) {
		e.SameAs = append(e.SameAs, IRI(ns.expand(string(x))))
	}
	return e
}

func readArticle(id IRI, p props) Article {
	a := Article{ID: id, Headline: p.first(schemaHeadline), URL: p.first(schemaURL), Publisher: p.first(schemaPublisher),
		Language: p.first(schemaLanguage), Hash: p.first(kgoContentHash)}
	if t, err := time.Parse(time.RFC3339Nano, p.first(schemaPublished)); err == nil {
		a.Published = t
	}
	return a
}

func readRelation(id IRI, p props) Relation {
	return Relation{ID: id, Label: p.first(rdfsLabel), Parent: IRI(p.first(rdfsSubProp)), Symmetric: p.has(rdfType, classSymmetric),
		PLOVER: p.first(kgoPLOVER), CAMEO: p.first(kgoCAMEO), Goldstein: p.first(kgoGoldstein)}
}

func readSentence(id IRI, p props) Sentence {
	return Sentence{ID: id, Span: Span{p.int(nifBegin), p.int(nifEnd)}, Text: p.first(nifText)}
}

// readClaim reads a claim from its own properties and those of its arguments.
func readClaim(id IRI, p props, argument func(IRI) props) Claim {
	c := Claim{
		ID: id, Sentence: IRI(p.first(provQuotedFrom)), Span: Span{p.int(nifBegin), p.int(nifEnd)},
		Subject: IRI(p.first(rdfSubject)), Predicate: IRI(p.first(rdfPredicate)),
		SubjectSpan: p.span(kgoSubjectChars), PredicateSpan: p.span(kgoPredicateChars), ObjectSpan: p.span(kgoObjectChars),
		Polarity: p.first(kgoPolarity), Modality: p.first(kgoModality), AttributedTo: IRI(p.first(provAttributed)),
		Cue: p.first(kgoCue), CueNoun: p.first(kgoCueClass) == "noun", Declined: p.iris(kgoDeclined),
		PLOVER: p.first(kgoPLOVER), CAMEO: p.first(kgoCAMEO), Goldstein: p.first(kgoGoldstein),
		Time: p.first(kgoEventTime), TimeSpan: p.span(kgoTimeChars), Place: IRI(p.first(kgoPlace)), Rule: p.first(kgoRule),
	}
	if f, err := strconv.ParseFloat(p.first(kgoConfidence), 64); err == nil && !math.IsNaN(f) {
		c.Confidence = f
	}
	if o := p[rdfObject]; len(o) > 0 {
		if c.Object = readObject(o[0]); o[0].Kind == Literal {
			c.Object.Type = IRI(p.first(kgoObjectType))
		}
	}
	args := p.iris(kgoArgument)
	slices.SortFunc(args, compareArguments)
	for _, a := range args {
		ap := argument(a)
		c.Arguments = append(c.Arguments, RoleArg{Role: ap.first(kgoRole), Case: ap.first(kgoCase), Entity: IRI(ap.first(kgoEntity)),
			Text: ap.first(kgoText), Span: ap.span(kgoChars)})
	}
	return c
}
