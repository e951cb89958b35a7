package nlp

import (
	"fmt"
	"sync"
)

// ModelName names the embedded language model: English, 256 wide.
const ModelName = "en-256"

// maxPiece is the number of words that the network sees at once, since its arc scores take time and memory by the square of
// it. Longer sentences are cut into pieces and their trees joined.
const maxPiece = 200

// Options are the settings of an Annotator; the zero value is the one that a build uses.
type Options struct {
	// CacheWords is the number of word types whose first products are kept, at 4 kB each for an encoder 256 wide; 0 stands for 16384.
	CacheWords int
}

// Annotator turns text into Documents. It is safe for concurrent use, and what it returns depends on the text alone.
type Annotator struct {
	model    *model
	lemmas   *lemmatizer
	feats    *featurer
	cases    *truecaser
	lists    *nameLists
	entities *entityModel
	cache    *wordCache
	scratch  sync.Pool
}

// NewAnnotator loads the embedded model. An error means that the binary was built with a damaged model.
func NewAnnotator(opts Options) (*Annotator, error) {
	files, err := embeddedModel()
	if err != nil {
		return nil, err
	}
	m, err := loadModel(files)
	if err != nil {
		return nil, err
	}
	if opts.CacheWords <= 0 {
		opts.CacheWords = 16384
	}
	if m.coref, err = parseCoref(corefTable, m.classWidth(), m.gloveDim); err != nil {
		return nil, fmt.Errorf("coref.txt: %w", err)
	}
	a := &Annotator{model: m, cache: newWordCache(opts.CacheWords), feats: newFeaturer(featsTable),
		cases: newTruecaser(caseTable, m.words), lists: newNameLists(nameTable)}
	if a.entities, err = loadEntityModel(entityWeights, 4*m.hidden+m.gloveDim); err != nil {
		return nil, err
	}
	a.lemmas = newLemmatizer(lemmaTable, m.words, a.cases.usual)
	return a, nil
}

// Annotate returns text as a Document: sentences, words, tags, trees, lemmas, features and mentions. It takes any bytes,
// never panics and works in time proportional to the length of text.
func (a *Annotator) Annotate(text string) *Document {
	doc := Tokenize(text)
	a.AnnotateTokens(doc)
	return doc
}

// AnnotateTokens fills in, in place, what the words of doc still lack: doc has Sentences whose Words have Begin, End and
// Form only.
func (a *Annotator) AnnotateTokens(doc *Document) {
	s, _ := a.scratch.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	defer a.scratch.Put(s)
	a.annotateTokens(s, doc)
}

func (a *Annotator) annotateTokens(s *scratch, doc *Document) {
	s.views, s.observed, s.inputs, s.hidden = s.views[:0], s.observed[:0], s.inputs[:0], s.hidden[:0]
	a.read(s, doc.Sentences)
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		sent.Alternatives = a.parse(s, i, sent.Words)
	}
	properNames(doc)
	if !s.keep {
		a.tagEntities(s, doc)
		mendEntities(doc, a.lists, a.cases, a.model.words)
	}
	a.complete(s, doc)
	speakers(doc)
	if a.model.coref != nil && !s.observe && !s.keep {
		s.coref.chains(a.model, doc, s.views)
	}
}

// AnnotateTrees fills in what follows from tags, trees and types of names that doc has already: lemmas, features and mentions.
func (a *Annotator) AnnotateTrees(doc *Document) { a.complete(&scratch{}, doc) }

func (a *Annotator) complete(s *scratch, doc *Document) {
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		a.lemmas.sentence(sent.Words)
		s.clauses = a.feats.sentence(sent.Words, s.clauses)
		sent.Mentions = s.mentioner.mentions(sent.Words)
	}
}

// blockSentence is where a sentence begins in scratch.forms, scratch.kept and scratch.pieces.
type blockSentence struct{ forms, kept, pieces int }

// read sets out what the network is to read of sents. A sentence of more than maxPiece words goes through it in pieces.
func (a *Annotator) read(s *scratch, sents []Sentence) {
	s.forms, s.kept, s.pieces, s.sents, s.encoded = s.forms[:0], s.kept[:0], s.pieces[:0], s.sents[:0], 0
	for i := range sents {
		start := blockSentence{len(s.forms), len(s.kept), len(s.pieces)}
		s.sents = append(s.sents, start)
		s.forms = a.cases.modelForms(s.forms, sents[i].Words)
		s.kept = readable(s.kept, sents[i].Words)
		for first := start.kept; first < len(s.kept); first += maxPiece {
			s.pieces = append(s.pieces, piece{first, min(maxPiece, len(s.kept)-first), start.forms})
		}
	}
	s.sents = append(s.sents, blockSentence{len(s.forms), len(s.kept), len(s.pieces)})
}

// blockWords is the number of words, or a few more, that go through the encoder together.
const blockWords = 500

// encode runs the encoder over the next pieces.
func (a *Annotator) encode(s *scratch) {
	s.rows, s.missing = s.rows[:0], s.missing[:0]
	if s.missed == nil {
		s.missed = map[string]int{}
	}
	clear(s.missed)
	from := s.encoded
	for ; s.encoded < len(s.pieces) && len(s.rows) < blockWords; s.encoded++ {
		p := s.pieces[s.encoded]
		for _, i := range s.kept[p.first:][:p.n] {
			word := s.forms[p.forms+i]
			row := a.cache.get(word)
			if _, again := s.missed[word]; row == nil && !again {
				s.missed[word] = len(s.missing)
				s.missing = append(s.missing, word)
			}
			s.rows = append(s.rows, row)
		}
	}
	inputs := a.model.wordInputs(s, s.missing)
	for i, word := range s.missing {
		a.cache.put(word, inputs[i])
	}
	n := 0
	for _, p := range s.pieces[from:s.encoded] {
		for _, i := range s.kept[p.first:][:p.n] {
			if s.rows[n] == nil {
				s.rows[n] = inputs[s.missed[s.forms[p.forms+i]]]
			}
			n++
		}
	}
	a.model.encode(s, s.pieces[from:s.encoded])
}

// parse fills in tags, heads, relations and entity tags of sentence i. The roots of its later pieces hang from the
// first one's as parataxis.
func (a *Annotator) parse(s *scratch, i int, words []Word) (alternatives []Alternative) {
	m := a.model
	start, end := s.sents[i], s.sents[i+1]
	forms, kept := s.forms[start.forms:end.forms], s.kept[start.kept:end.kept]
	root := -1
	from := len(s.views)
	s.views = append(s.views, make([]wordView, len(words))...)
	if s.observe {
		s.observed = append(s.observed, make([]float32, len(words)*m.classWidth())...)
	}
	first := a.entitySpace(s, len(words))
	for k := start.pieces; k < end.pieces; k++ {
		if k == s.encoded {
			a.encode(s)
		}
		p := s.pieces[k]
		piece, enc := s.kept[p.first:][:p.n], s.of(s.enc, p)
		m.predict(s, p)
		if end.pieces == start.pieces+1 {
			alternatives = m.alternatives(s)
			for i := range alternatives {
				for k := range alternatives[i].Arcs {
					arc := &alternatives[i].Arcs[k]
					arc.Word = piece[arc.Word]
					if arc.Head >= 0 {
						arc.Head = piece[arc.Head]
					}
				}
			}
		}
		a.entityInput(s, first, p)
		for n, i := range piece {
			w, p := &words[i], &s.preds[n]
			w.UPOS, w.XPOS, w.Deprel, w.NER = m.upos[p.upos], m.xpos[p.xpos], m.rel[p.rel], m.ner[p.ner]
			w.ArcMargin, w.RelMargin, w.TagMargin = p.margin, p.relMargin, p.tagMargin
			if i > 0 && w.UPOS == "PRON" && (forms[i] == "mine" || forms[i] == "Mine") && beforeNoun[words[i-1].UPOS] {
				w.UPOS, w.XPOS = "NOUN", "NN" // "the mine", "a copper mine"; not "a friend of mine"
			}
			if s.observe || m.coref != nil && viewed(w) {
				s.x = m.classInput(s.x, enc[n*2*m.hidden:][:2*m.hidden], forms[i], w.NER)
				if s.observe {
					copy(s.observed[(from+i)*len(s.x):], s.x)
				} else {
					s.views[from+i] = m.coref.view(w, s.x)
				}
			}
			switch {
			case p.head >= 0:
				w.Head = piece[p.head]
			case root < 0:
				w.Head, root = -1, i
			default:
				w.Head, w.Deprel = root, "parataxis"
			}
		}
	}
	hangLabels(words, kept)
	return alternatives
}

// beforeNoun are the parts of speech that stand before a noun and before no pronoun.
var beforeNoun = map[string]bool{"DET": true, "ADJ": true, "NOUN": true, "PROPN": true}
