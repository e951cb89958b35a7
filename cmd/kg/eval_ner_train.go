package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kg/internal/nlp"
	"kg/internal/score"
)

// The tagger of names learns from four sets. Each marks names in its own way; what cannot be told from it is left open.
//
//   - EWT train: which words are names tells its tree, of which type ewtnames.tsv. A third of what is no news comes a second time in
//     small letters, as people write in messages.
//   - GUM train: which words are names tells its tree, of which type the mention that they head.
//   - WikiGold and WNUT-17: marked as they are.
//
// Text that another tagger has marked adds nothing: taught on 450,000 words of news and reference texts by a tagger that, beside all that
// this one sees, sees the tags of spaCy's en_core_web_md, it is as good on UNER-EWT dev as without (F1 .722 before mending; its teacher .739).
// A better teacher, which sees MPNet too, does not help either: with 11,000 sentences of its news F1 is .762 after mending, .769 without.
// Nor do lists of 23,000 companies and public bodies, nor the mean of two models that learnt from different beginnings (.769).

// ewtNamesFile is where the types of EWT's names stand, from the root of the source.
const ewtNamesFile = "cmd/kg/ewtnames.tsv"

// taggedTypes maps the types of the entity sets to those of the tagger.
var taggedTypes = map[string]string{
	"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC",
	"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC",
}

// gumTypes maps GUM's types of named mentions; a name of another type is none.
var gumTypes = map[string]string{
	"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC", "abstract": "MISC",
}

// taggedPart is the number of sentences of an entity set that are taken for one article.
const taggedPart = 20

// trainNames trains the tagger of names and writes its weights to file.
func (ev *evaluator) trainNames(file string) error {
	a, err := ev.nlp()
	if err != nil {
		return err
	}
	examples, err := ev.ewtNames()
	if err != nil {
		return err
	}
	examples = append(examples, smallCopies(examples)...)
	more, err := ev.gumNames(a)
	if err != nil {
		return err
	}
	examples = append(examples, more...)
	for _, set := range []string{
		"wikigold/all.conllu.gz", "wnut17/wnut17train.conll.gz", "wnut17/emerging.dev.conll.gz", "wnut17/emerging.test.annotated.gz",
	} {
		if more, err = ev.taggedNames("ner/" + set); err != nil {
			return err
		}
		examples = append(examples, more...)
	}
	return os.WriteFile(file, a.TrainEntities(examples), 0o644)
}

// writeNames writes what is known of the names of the treebanks, in the order of their sentences, as folder/ner_ewt_train.tsv and
// folder/ner_gum_train.tsv: WORD TAB TAG (B-PER, I-PER, O; "B--" and "I--" where the type is not known), an empty line behind a sentence.
func (ev *evaluator) writeNames(folder string) error {
	a, err := ev.nlp()
	if err != nil {
		return err
	}
	ewt, err := ev.ewtNames()
	if err != nil {
		return err
	}
	gum, err := ev.gumNames(a)
	if err != nil {
		return err
	}
	for name, examples := range map[string][]nlp.EntityExample{"ewt": ewt, "gum": gum} {
		var b bytes.Buffer
		for _, e := range examples {
			for i, sent := range e.Doc.Sentences {
				tags := slices.Repeat([]string{"O"}, len(sent.Words))
				for _, s := range slices.Backward(e.Names[i]) { // of two that overlap the first counts
					for k := s.First; k <= s.Last; k++ {
						tags[k] = "I-" + s.Type
					}
					tags[s.First] = "B-" + s.Type
				}
				for k := range sent.Words {
					fmt.Fprintf(&b, "%s\t%s\n", sent.Words[k].Form, tags[k])
				}
				b.WriteByte('\n')
			}
		}
		if err := os.WriteFile(filepath.Join(folder, "ner_"+name+"_train.tsv"), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// readNameTypes reads NAME TAB TYPE. Errors name file and line.
func readNameTypes(file string) (map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	types := make(map[string]string)
	scan := bufio.NewScanner(f)
	for line := 1; scan.Scan(); line++ {
		if strings.HasPrefix(scan.Text(), "#") {
			continue
		}
		name, typ, ok := strings.Cut(scan.Text(), "\t")
		switch typ {
		case "PER", "ORG", "LOC", "MISC", nlp.UnknownName:
		case "O":
			typ = ""
		default:
			ok = false
		}
		if !ok {
			return nil, fmt.Errorf("%s:%d: not NAME TAB PER, ORG, LOC, MISC, O or -: %q", file, line, scan.Text())
		}
		types[name] = typ
	}
	return types, scan.Err()
}

// treebankNames reads the names of a treebank, of the types that read, asked for each document, gives the mentions of sentence i;
// see treeNames.
func (ev *evaluator) treebankNames(set string, read func(doc *nlp.Document) (func(i int, m nlp.Mention) string, error)) (
	[]nlp.EntityExample, error) {
	docs, err := readTreebank(ev.openTreebank, set)
	if err != nil {
		return nil, err
	}
	var out []nlp.EntityExample
	for _, doc := range docs {
		e := nlp.EntityExample{Doc: tokensOf(doc)}
		typ, err := read(doc)
		if err != nil {
			return nil, err
		}
		for i := range doc.Sentences {
			e.Doc.Sentences[i].ID = doc.Sentences[i].ID
			e.Names = append(e.Names, treeNames(&doc.Sentences[i], func(m nlp.Mention) string { return typ(i, m) }))
		}
		out = append(out, e)
	}
	return out, nil
}

func (ev *evaluator) ewtNames() ([]nlp.EntityExample, error) {
	types, err := readNameTypes(ewtNamesFile)
	if err != nil {
		return nil, err
	}
	return ev.treebankNames("ewt/train", func(doc *nlp.Document) (func(int, nlp.Mention) string, error) {
		return func(i int, m nlp.Mention) string {
			var words []string
			for _, w := range doc.Sentences[i].Words[m.First : m.Last+1] {
				words = append(words, w.Form)
			}
			if typ, ok := types[strings.Join(words, " ")]; ok {
				return typ
			}
			return nlp.UnknownName
		}, nil
	})
}

// smallCopies returns every third of the documents of EWT that are no news, with all words in small letters.
func smallCopies(examples []nlp.EntityExample) []nlp.EntityExample {
	var out []nlp.EntityExample
	n := 0
	for _, e := range examples {
		if id := e.Doc.Sentences[0].ID; strings.HasPrefix(id, "newsgroup") || strings.HasPrefix(id, "weblog") {
			continue
		}
		if n++; n%3 != 0 {
			continue
		}
		doc := tokensOf(e.Doc)
		for i := range doc.Sentences {
			for k := range doc.Sentences[i].Words {
				w := &doc.Sentences[i].Words[k]
				w.Form = strings.ToLower(w.Form)
			}
		}
		out = append(out, nlp.EntityExample{Doc: doc, Names: e.Names, Weight: 0.5})
	}
	return out
}

// taggedNames reads an entity set.
func (ev *evaluator) taggedNames(file string) ([]nlp.EntityExample, error) {
	r, err := ev.open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	sents, err := score.ReadTagged(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var out []nlp.EntityExample
	for part := range slices.Chunk(sents, taggedPart) {
		e := nlp.EntityExample{Doc: taggedDocument(part)}
		for _, s := range part {
			var names []nlp.EntitySpan
			for _, span := range score.EntitySpans(s.Tags) {
				typ, ok := taggedTypes[span.Type]
				if !ok {
					typ = nlp.UnknownName
				}
				names = append(names, nlp.EntitySpan{First: span.First, Last: span.End - 1, Type: typ})
			}
			e.Names = append(e.Names, names)
		}
		out = append(out, e)
	}
	return out, nil
}

// treeNames returns the names that the given tree of sent has and the type that typ gives each; an empty type is no name. Titles
// before the name of a person are no part of it.
func treeNames(sent *nlp.Sentence, typ func(m nlp.Mention) string) []nlp.EntitySpan {
	var out []nlp.EntitySpan
	covered := make([]bool, len(sent.Words))
	for _, m := range nlp.MentionsOf(sent.Words) {
		if m.Kind != nlp.Named {
			continue
		}
		t, first := typ(m), m.First
		for t == "PER" && first < m.Head && nlp.IsTitle(sent.Words[first].Form) {
			first++
		}
		for k := m.First; k <= m.Last; k++ {
			covered[k] = true
		}
		if t != "" {
			out = append(out, nlp.EntitySpan{First: first, Last: m.Last, Type: t})
		}
	}
	for i := range sent.Words {
		w := &sent.Words[i]
		if w.UPOS == "PROPN" && !covered[i] && w.XPOS != "ADD" && !nlp.IsTitle(w.Form) && !nlp.IsCalendar(w.Lemma) {
			out = append(out, nlp.EntitySpan{First: i, Last: i, Type: nlp.UnknownName})
		}
	}
	slices.SortFunc(out, func(a, b nlp.EntitySpan) int { return a.First - b.First })
	return out
}

func (ev *evaluator) gumNames(a *nlp.Annotator) ([]nlp.EntityExample, error) {
	return ev.treebankNames("gum/train", func(doc *nlp.Document) (func(int, nlp.Mention) string, error) {
		mentions, err := score.GoldMentions(doc)
		return func(i int, m nlp.Mention) string {
			var best *score.GoldMention // the shortest that the name heads
			for k := range mentions {
				g := &mentions[k]
				if g.Sent == i && slices.Contains(g.Heads, m.Head) && (best == nil || g.Last-g.First < best.Last-best.First) {
					best = g
				}
			}
			switch w := &doc.Sentences[i].Words[m.Head]; {
			case best == nil:
				return nlp.UnknownName
			case m.First == m.Last && (w.XPOS == "NNPS" || a.IsDemonym(w.Form)):
				return ""
			}
			return gumTypes[best.Class]
		}, err
	})
}
