package nlp

// Options are the settings of an Annotator; the zero value is the one that a build uses.
type Options struct{}

// Annotator turns text into Documents. It is safe for concurrent use.
type Annotator struct{}

// NewAnnotator loads the embedded model. An error means that the binary was built with a damaged model.
func NewAnnotator(opts Options) (*Annotator, error) { return &Annotator{}, nil }

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
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		for j := range words {
			words[j].Head = j - 1
		}
	}
}
