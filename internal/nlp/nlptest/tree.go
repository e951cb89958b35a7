// Package nlptest makes annotated documents for tests from trees in a short notation, without running a tagger.
package nlptest

import (
	"fmt"
	"strconv"
	"strings"

	"kg/internal/nlp"
)

// ReadTrees reads sentences as FORM[~LEMMA]/XPOS/HEAD/DEPREL[/NER] with the head counted from 1, 0 for the root, words parted by
// blanks; "_" before a word joins it to the one before, "¶" at the start of a line begins a paragraph. UPOS follows from the rest.
// An error names the word.
func ReadTrees(lines ...string) (*nlp.Document, error) {
	doc := &nlp.Document{}
	for _, line := range lines {
		var s nlp.Sentence
		line, paragraph := strings.CutPrefix(line, "¶")
		for i, tok := range strings.Fields(line) {
			join := strings.HasPrefix(tok, "_") && len(doc.Text) > 0
			f := strings.Split(strings.TrimPrefix(tok, "_"), "/")
			if len(f) != 4 && len(f) != 5 {
				return nil, fmt.Errorf("word %d: %q is not FORM/XPOS/HEAD/DEPREL/NER", i+1, tok)
			}
			head, err := strconv.Atoi(f[2])
			if err != nil {
				return nil, fmt.Errorf("word %d: head: %w", i+1, err)
			}
			form, lemma, ok := strings.Cut(f[0], "~")
			if !ok {
				lemma = form
				if !strings.HasPrefix(f[1], "NNP") {
					lemma = strings.ToLower(form)
				}
			}
			switch {
			case doc.Text != "" && i == 0 && paragraph:
				doc.Text += "\n\n"
			case doc.Text != "" && !join:
				doc.Text += " "
			}
			w := nlp.Word{Begin: len(doc.Text), Form: form, Lemma: lemma, XPOS: f[1], UPOS: upos(f[1], f[3], lemma), Head: head - 1, Deprel: f[3],
				ArcMargin: 1, NER: "O"}
			if len(f) == 5 {
				w.NER = f[4]
			}
			if form == "which" || form == "who" {
				w.Feats = "PronType=Rel"
			}
			doc.Text += form
			w.End = len(doc.Text)
			s.Words = append(s.Words, w)
		}
		for i, w := range s.Words {
			if w.Head >= len(s.Words) {
				return nil, fmt.Errorf("word %d: head %d of %d words", i+1, w.Head+1, len(s.Words))
			}
		}
		s.Begin, s.End = s.Words[0].Begin, len(doc.Text)
		doc.Sentences = append(doc.Sentences, s)
	}
	return doc, nil
}

func upos(xpos, deprel, lemma string) string {
	switch {
	case strings.HasPrefix(deprel, "aux"), deprel == "cop", xpos == "MD":
		return "AUX"
	case strings.HasPrefix(xpos, "NNP"):
		return "PROPN"
	case strings.HasPrefix(xpos, "NN"):
		return "NOUN"
	case strings.HasPrefix(xpos, "VB"):
		return "VERB"
	case strings.HasPrefix(xpos, "JJ"):
		return "ADJ"
	case lemma == "not" || lemma == "n't" || xpos == "TO" || xpos == "POS":
		return "PART"
	case strings.HasPrefix(xpos, "RB"), xpos == "WRB":
		return "ADV"
	case xpos == "IN" && deprel == "mark":
		return "SCONJ"
	case xpos == "IN", xpos == "RP":
		return "ADP"
	case strings.HasPrefix(xpos, "PRP"), strings.HasPrefix(xpos, "W"), xpos == "EX":
		return "PRON"
	case xpos == "DT" && deprel == "det", xpos == "PDT":
		return "DET"
	case xpos == "DT":
		return "PRON"
	case xpos == "CD":
		return "NUM"
	case xpos == "CC":
		return "CCONJ"
	}
	return "PUNCT"
}
