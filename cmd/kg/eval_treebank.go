package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

// parseSets are the treebanks that are never trained on.
var parseSets = []string{"ewt/dev", "ewt/test", "gum/dev"}

func (ev *evaluator) parse(files []string) (*evaluation, error) {
	e := &evaluation{Name: "parse", Note: "LAS with full relation labels, punctuation counted; raw text as in CoNLL 2018"}
	mends := mends{}
	e.Details = mends
	e.text = mends.print
	err := ev.treebanks(e, files, parseSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var gold, repaired score.Parse
		for _, doc := range docs {
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			p, err := score.ParseGoldTokens(doc, out)
			if err != nil {
				return err
			}
			gold.Add(p)
			fixed := mends.repair(doc, out)
			if p, err = score.ParseGoldTokens(doc, fixed); err != nil {
				return err
			}
			repaired.Add(p)
		}
		e.addParse(set+" gold tokens", &gold, false)
		e.Figures = append(e.Figures, counted(set+" repaired", "UAS", repaired.UAS), counted(set+" repaired", "LAS", repaired.LAS))
		raw, err := score.ParseRaw(docs, a.Annotate(score.RawText(docs)))
		if err != nil {
			return err
		}
		e.addParse(set+" raw text", &raw, true)
		return nil
	})
	return e, err
}

// mends counts, for each repair of extract, the arcs that it set right, the right ones that it broke, and those wrong before and
// after.
type mends map[string]*mend

type mend struct {
	Mended int `json:"mended"`
	Broken int `json:"broken"`
	Wrong  int `json:"wrong"`
}

// repair returns out as the grammar reads it and counts what that changes against gold.
func (m mends) repair(gold, out *nlp.Document) *nlp.Document {
	fixed := &nlp.Document{Text: out.Text, Sentences: slices.Clone(out.Sentences)}
	for i := range out.Sentences {
		by := map[int]string{}
		fixed.Sentences[i] = *extract.Repair(&out.Sentences[i], func(name string, word int) { by[word] = name })
		for word, name := range by {
			if m[name] == nil {
				m[name] = &mend{}
			}
			g, before, after := gold.Sentences[i].Words[word], out.Sentences[i].Words[word], fixed.Sentences[i].Words[word]
			was := before.Head == g.Head && before.Deprel == g.Deprel
			is := after.Head == g.Head && after.Deprel == g.Deprel
			switch {
			case is && !was:
				m[name].Mended++
			case was && !is:
				m[name].Broken++
			case !is:
				m[name].Wrong++
			}
		}
	}
	return fixed
}

func (m mends) print(w io.Writer) {
	rows := [][]string{{"repair", "mended", "broken", "wrong before and after"}}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		rows = append(rows, []string{name, strconv.Itoa(m[name].Mended), strconv.Itoa(m[name].Broken), strconv.Itoa(m[name].Wrong)})
	}
	writeTable(w, rows, 1)
}

func (e *evaluation) addParse(set string, p *score.Parse, raw bool) {
	if raw {
		e.Figures = append(e.Figures,
			counted(set, "tokens", p.Tokens), counted(set, "sentences", p.Sentences), counted(set, "words", p.Words))
	}
	e.Figures = append(e.Figures,
		counted(set, "UPOS", p.UPOS), counted(set, "XPOS", p.XPOS), counted(set, "lemma", p.Lemma),
		counted(set, "UAS", p.UAS), counted(set, "LAS", p.LAS), counted(set, "LAS-universal", p.UniversalLAS))
}

func (ev *evaluator) openTreebank(set string) (io.ReadCloser, error) {
	return ev.open("treebank/" + set + ".conllu.gz")
}

// treebanks runs measure for each of files or, without any, for those of sets that are in the data.
func (ev *evaluator) treebanks(e *evaluation, files, sets []string,
	measure func(set string, docs []*nlp.Document, a *nlp.Annotator) error) error {
	open := openPlainOrGzip
	if len(files) == 0 {
		files, open = sets, ev.openTreebank
	}
	return e.over(files, func(set string) error {
		docs, err := readTreebank(open, set)
		if err != nil {
			return err
		}
		a, err := ev.nlp()
		if err != nil {
			return err
		}
		return measure(set, docs, a)
	})
}

func readTreebank(open func(string) (io.ReadCloser, error), name string) ([]*nlp.Document, error) {
	r, err := open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return nlp.ReadCoNLLU(r)
}

// tokensOf returns doc with nothing but its text, sentences, their speakers and words.
func tokensOf(doc *nlp.Document) *nlp.Document {
	out := &nlp.Document{Text: doc.Text, Sentences: make([]nlp.Sentence, len(doc.Sentences))}
	for i, sent := range doc.Sentences {
		words := make([]nlp.Word, len(sent.Words))
		for j, w := range sent.Words {
			words[j] = nlp.Word{Begin: w.Begin, End: w.End, Form: w.Form, Multi: w.Multi}
		}
		out.Sentences[i] = nlp.Sentence{Begin: sent.Begin, End: sent.End, Speaker: sent.Speaker, Words: words}
	}
	return out
}

// timeSets are the documents with marked dates that nothing is tuned on.
var timeSets = []string{"gum/dev"}

func (ev *evaluator) times(files []string, misses bool) (*evaluation, error) {
	e := &evaluation{Name: "time", Note: "words given; dates that GUM marks, placed on the calendar from the date of the document"}
	err := ev.treebanks(e, files, timeSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var counts score.Times
		for _, doc := range docs {
			created, _ := time.Parse(time.DateOnly, doc.Meta["dateCreated"]) // zero where there is none
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			var note func(sent int, g *score.GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue)
			if misses {
				note = func(sent int, g *score.GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue) {
					noteTime(&e.notes, out, created, sent, g, x, v)
				}
			}
			counts.AddTimes(out, score.GoldTimes(doc), nlp.TimesOf(out, created), note)
		}
		e.Figures = append(e.Figures, counted(set, "spans", counts.Spans), counted(set, "overlapping spans", counts.Overlap),
			counted(set, "values", counts.Values))
		return nil
	})
	return e, err
}

// noteTime writes one line about a gold date and an expression that differ.
func noteTime(w io.Writer, doc *nlp.Document, created time.Time, sent int, g *score.GoldTime, x *nlp.PlacedTimex,
	v nlp.TimexValue) {
	words := doc.Sentences[sent].Words
	text := func(first, last int) string {
		return fmt.Sprintf("%q", oneLine(doc.Text[words[first].Begin:words[last].End]))
	}
	found, want := "–", "–"
	at := 0
	if x != nil {
		found = fmt.Sprintf("%s %s %s", text(x.First, x.Last), v.Value, v.Mod)
		at = x.First
	}
	if g != nil {
		want = fmt.Sprintf("%s %v", text(g.First, g.Last), g.Attrs)
		at = g.First
	}
	around := oneLine(doc.Text[words[max(0, at-6)].Begin:words[min(len(words)-1, at+6)].End])
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", created.Format(time.DateOnly), want, found, around)
}

// nerSets names the entity sets and their files.
var nerSets = []namedSet{
	{"uner-ewt/dev", "ner/uner-ewt/dev.iob2.gz"},
	{"uner-ewt/test", "ner/uner-ewt/test.iob2.gz"},
	{"wikigold", "ner/wikigold/all.conllu.gz"},
	{"wnut17/dev", "ner/wnut17/emerging.dev.conll.gz"},
	{"wnut17/test", "ner/wnut17/emerging.test.annotated.gz"},
}

// ner measures the tags of the model and, where a set tells its documents, the names of the whole pipeline with the types that their
// entities get.
func (ev *evaluator) ner(files []string) (*evaluation, error) {
	e := &evaluation{Name: "ner", Note: "words given; an entity counts where both ends and its type (PER, ORG, LOC) are right"}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	resolver := resolve.New(resolve.Options{Schema: sch, MinConfidence: resolve.DefaultMinConfidence})
	names, open := ev.sets(files, nerSets)
	err = e.over(names, func(set string) error {
		r, err := open(set)
		if err != nil {
			return err
		}
		defer r.Close()
		sents, err := score.ReadTagged(r)
		if err != nil {
			return err
		}
		a, err := ev.nlp()
		if err != nil {
			return err
		}
		model, pipeline := make(map[string]score.PRF), make(map[string]score.PRF)
		for first := 0; first < len(sents); {
			last := first + 1
			for last < len(sents) && sents[last].Document == sents[first].Document {
				last++
			}
			doc := taggedDocument(sents[first:last])
			a.AnnotateTokens(doc)
			typed := typedNames(sch, resolver, doc)
			for i, sent := range sents[first:last] {
				tags := make([]string, len(sent.Words))
				for j := range tags {
					tags[j] = doc.Sentences[i].Words[j].NER
				}
				score.Entities(sent.Tags, tags, model)
				score.Entities(sent.Tags, typed[i], pipeline)
			}
			first = last
		}
		e.addEntities(set, model)
		if len(sents) > 0 && sents[0].Document != "" {
			e.addEntities(set+" pipeline", pipeline)
		}
		return nil
	})
	return e, err
}

func (e *evaluation) addEntities(set string, counts map[string]score.PRF) {
	total, types := score.EntityTotal(counts)
	for _, t := range types {
		e.Figures = append(e.Figures, counted(set, t, counts[t]))
	}
	e.Figures = append(e.Figures, counted(set, "all", total))
}

// typedNames returns the tags of every sentence of doc that its names have by the node types of what they mean: persons PER,
// organisations ORG, states and places LOC, however they act.
func typedNames(sch *schema.Schema, resolver *resolve.Resolver, doc *nlp.Document) [][]string {
	tags := make([][]string, len(doc.Sentences))
	for i := range tags {
		tags[i] = make([]string, len(doc.Sentences[i].Words))
	}
	art := &article.Article{ID: "a", Text: doc.Text, Language: "en"}
	for _, m := range resolver.Mentions(art, doc, extract.Propositions(doc)) {
		if m.Kind != nlp.Named || m.Described {
			continue
		}
		typ := ""
		switch {
		case sch.IsA(m.Type, "Person"):
			typ = "PER"
		case sch.IsA(m.Type, "Organization"):
			typ = "ORG"
		case sch.IsA(m.Type, "State"), sch.IsA(m.Type, "Place"):
			typ = "LOC"
		default:
			continue
		}
		for k := m.NameFirst; k <= m.NameLast; k++ {
			switch {
			case tags[m.Sent][k] != "":
			case k == m.NameFirst:
				tags[m.Sent][k] = "B-" + typ
			default:
				tags[m.Sent][k] = "I-" + typ
			}
		}
	}
	return tags
}

// taggedDocument lays the words out one sentence a line, a blank between words.
func taggedDocument(sents []score.TaggedSentence) *nlp.Document {
	var text strings.Builder
	doc := &nlp.Document{Sentences: make([]nlp.Sentence, len(sents))}
	for i, sent := range sents {
		words := make([]nlp.Word, len(sent.Words))
		for j, form := range sent.Words {
			words[j].Begin = text.Len()
			text.WriteString(form)
			words[j].End, words[j].Form = text.Len(), form
			text.WriteByte(' ')
		}
		doc.Sentences[i] = nlp.Sentence{Begin: words[0].Begin, End: words[len(words)-1].End, Words: words}
		text.WriteByte('\n')
	}
	doc.Text = text.String()
	return doc
}
