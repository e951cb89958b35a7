// Package nlp turns the text of an article into a Document: sentences of words in CoNLL-U columns, with mentions,
// every one of them a byte range of the untouched text. It knows the English language and no graph.
package nlp

import "strings"

// Document is the annotated text of one article. It is read-only after Annotator.Annotate returns it and then safe for
// concurrent use.
type Document struct {
	// Text is the text as it was read; it is never rewritten, so every Begin and End below is a byte offset into it.
	Text      string
	Sentences []Sentence
	// Referents are the phrases that refer to something, in the order of their first words, longer ones first.
	Referents []Referent
	// Chains are those of Referents, by index, that mean the same: two at least, rising; chains stand in the order of their
	// first ones.
	Chains [][]int
	// Meta holds the comments "# meta::KEY = VALUE" of CoNLL-U input, nil where there are none.
	Meta map[string]string
}

// Sentence is a run of words that the parser sees as one tree.
type Sentence struct {
	// Begin and End are byte offsets into Document.Text: first byte of the first word, one past the last byte of the
	// last word.
	Begin, End int
	// ID is the sent_id of CoNLL-U input, empty elsewhere.
	ID string
	// Speaker is who says the sentence in a transcript, as its label or CoNLL-U's comment "speaker" has it; empty elsewhere.
	Speaker string
	Words   []Word
	// Mentions are ordered by Begin, longer ones first where two begin together.
	Mentions []Mention
	// Alternatives are the other trees that the parser holds likeliest, the likeliest first; none where the tree was given.
	Alternatives []Alternative
}

// Alternative is a tree that a sentence may have instead of the one that it got.
type Alternative struct {
	// Share is the probability, 0 to 1, of the arc or relation that the tree was made for, which is the first of Arcs.
	Share float32
	// Arcs are what differs from the tree of the sentence.
	Arcs []Arc
}

// Arc is the head of a word, -1 for the root, and the relation to it.
type Arc struct {
	Word, Head int
	Deprel     string
}

// Children returns the dependents of each word, rising. The lists share one array and must not grow.
func (s *Sentence) Children() [][]int {
	n := make([]int, len(s.Words))
	for _, w := range s.Words {
		if w.Head >= 0 {
			n[w.Head]++
		}
	}
	kids := make([][]int, len(s.Words))
	all := make([]int, 0, len(s.Words))
	for i := range kids {
		kids[i] = all[len(all) : len(all) : len(all)+n[i]]
		all = all[:len(all)+n[i]]
	}
	for i, w := range s.Words {
		if w.Head >= 0 {
			kids[w.Head] = append(kids[w.Head], i)
		}
	}
	return kids
}

// Word is one syntactic word in the columns of CoNLL-U (https://universaldependencies.org/format.html). The words of a
// multiword token ("don't") are two Words that touch and share a Token range in the written form.
type Word struct {
	// Begin and End are byte offsets into Document.Text.
	Begin, End int
	// Form is Text[Begin:End], except that a word that is not in the text (hand-made CoNLL-U) has its own Form.
	Form  string
	Lemma string
	// UPOS is the universal tag ("PROPN"), XPOS the Penn tag ("NNP").
	UPOS, XPOS string
	// Feats holds the UD features, ordered and joined by "|" ("Number=Sing|Person=3"); empty for none.
	Feats string
	// Head is the index in Sentence.Words of the head, -1 for the root. (CoNLL-U counts from 1 and writes 0 for the
	// root; reader and writer convert.)
	Head int
	// Deprel is the UD relation to the head with its subtype ("nsubj:pass").
	Deprel string
	// NER is the entity tag in BIO notation over PER, ORG, LOC, MISC ("B-PER"); "O" or empty for none.
	NER string
	// ArcMargin is the parser's certainty about Head: probability of the chosen arc among all heads, 0 to 1; 1 where the
	// tree was given.
	ArcMargin float32
	// RelMargin and TagMargin are the probabilities of Deprel, given Head, and of UPOS, 0 to 1; 0 where nothing was predicted.
	RelMargin, TagMargin float32
	// Multi is the number of words of the multiword token that begins here (2 for the "do" of "don't"), 0 elsewhere.
	Multi int
	// Misc is the MISC column of CoNLL-U input without SpaceAfter, empty elsewhere.
	Misc string
}

// MentionKind says how a mention refers.
type MentionKind uint8

const (
	Named   MentionKind = iota + 1 // a proper name: "Dmitry Peskov"
	Nominal                        // a noun phrase headed by a common noun: "the armed opposition"
	Pronoun                        // "he", "they", "which"
)

// Mention is a phrase that refers to something: a named entity or a noun phrase.
type Mention struct {
	// First and Last are the indices in Sentence.Words of the first and the last word, both inside.
	First, Last int
	// Head is the index in Sentence.Words of the syntactic head.
	Head int
	Kind MentionKind
	// Type is PER, ORG, LOC or MISC where the model says so, else empty.
	Type string
}

// Feat returns the value of the UD feature name of w ("Number" → "Plur"), empty where w has none.
func (w *Word) Feat(name string) string {
	for rest := w.Feats; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "|")
		if k, v, ok := strings.Cut(pair, "="); ok && k == name {
			return v
		}
	}
	return ""
}
