package score

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/nlp"
)

// Parse counts the words whose annotation agrees with the gold. With gold tokens, Gold = Output = words and F1 is the
// accuracy; from raw text the measures are those of the CoNLL 2018 shared task (Zeman et al. 2018, section 5): F1 over
// words that align. Every word counts, punctuation included.
type Parse struct {
	// Tokens and Sentences agree where they begin and end at the same characters, white space not counted. Words agree
	// where they align (see ParseRaw).
	Tokens, Sentences, Words PRF
	UPOS, XPOS, Lemma        PRF
	// UAS wants the right head, LAS also its full relation label ("nsubj:pass"), UniversalLAS the label without its
	// subtype, as the shared task counted.
	UAS, LAS, UniversalLAS PRF
}

// Add adds the counts of q to p.
func (p *Parse) Add(q Parse) {
	for _, pair := range []struct {
		to   *PRF
		from PRF
	}{
		{&p.Tokens, q.Tokens}, {&p.Sentences, q.Sentences}, {&p.Words, q.Words}, {&p.UPOS, q.UPOS}, {&p.XPOS, q.XPOS},
		{&p.Lemma, q.Lemma}, {&p.UAS, q.UAS}, {&p.LAS, q.LAS}, {&p.UniversalLAS, q.UniversalLAS},
	} {
		pair.to.Add(pair.from)
	}
}

// ParseGoldTokens compares out with gold, which have the same sentences and words. An error names the first sentence
// that differs in number or form of its words.
func ParseGoldTokens(gold, out *nlp.Document) (Parse, error) {
	if len(gold.Sentences) != len(out.Sentences) {
		return Parse{}, fmt.Errorf("compare trees: %d sentences instead of %d", len(out.Sentences), len(gold.Sentences))
	}
	var p Parse
	p.Sentences = PRF{len(gold.Sentences), len(gold.Sentences), len(gold.Sentences)}
	for i := range gold.Sentences {
		g, o := gold.Sentences[i].Words, out.Sentences[i].Words
		if len(g) != len(o) {
			return Parse{}, fmt.Errorf("compare trees: sentence %d: %d words instead of %d", i+1, len(o), len(g))
		}
		for j := range g {
			if g[j].Form != o[j].Form {
				return Parse{}, fmt.Errorf("compare trees: sentence %d, word %d: %q instead of %q", i+1, j+1, o[j].Form, g[j].Form)
			}
			p.countWord(&g[j], &o[j], g[j].Head == o[j].Head)
		}
		p.Tokens.Add(PRF{len(g), len(g), len(g)})
		p.Words.Add(PRF{len(g), len(g), len(g)})
	}
	p.setTotals()
	return p, nil
}

// countWord counts the columns of two words that align.
func (p *Parse) countWord(g, o *nlp.Word, sameHead bool) {
	count := func(c *PRF, ok bool) {
		if ok {
			c.Correct++
		}
	}
	count(&p.UPOS, g.UPOS == o.UPOS)
	count(&p.XPOS, g.XPOS == o.XPOS)
	count(&p.Lemma, g.Lemma == "" || g.Lemma == o.Lemma) // a gold lemma that is left out fits any
	count(&p.UAS, sameHead)
	count(&p.LAS, sameHead && g.Deprel == o.Deprel)
	count(&p.UniversalLAS, sameHead && universal(g.Deprel) == universal(o.Deprel))
}

// setTotals gives every measure over words the number of words in gold and output.
func (p *Parse) setTotals() {
	for _, c := range []*PRF{&p.UPOS, &p.XPOS, &p.Lemma, &p.UAS, &p.LAS, &p.UniversalLAS} {
		c.Gold, c.Output = p.Words.Gold, p.Words.Output
	}
}

func universal(deprel string) string {
	label, _, _ := strings.Cut(deprel, ":")
	return label
}

// RawText returns the text of docs as one article: a blank between sentences, a blank line where a document or paragraph
// begins. What stands between two sentences of docs is read as a paragraph mark where it holds a blank line.
func RawText(docs []*nlp.Document) string {
	var b strings.Builder
	for _, doc := range docs {
		end := 0
		for i := range doc.Sentences {
			sent := &doc.Sentences[i]
			switch {
			case b.Len() == 0:
			case i == 0 || strings.Contains(doc.Text[end:sent.Begin], "\n\n"):
				b.WriteString("\n\n")
			default:
				b.WriteByte(' ')
			}
			b.WriteString(doc.Text[sent.Begin:sent.End])
			end = sent.End
		}
	}
	return b.String()
}

// ParseRaw compares out, annotated from raw text, with gold, which may be cut into several documents. Both must hold the
// same characters in the same order; white space may differ. The error of a difference shows both sides of it.
//
// Words align where they cover the same characters. Where either side has a multiword token, the words inside the
// smallest run of characters that cuts no such token are aligned by the longest common subsequence of their lower-case
// forms instead, since words of a multiword token need not be in the text.
func ParseRaw(gold []*nlp.Document, out *nlp.Document) (Parse, error) {
	g, o := newChars(gold...), newChars(out)
	if err := sameChars(g.text, o.text); err != nil {
		return Parse{}, err
	}
	p := Parse{
		Tokens:    sameSpans(g.tokens, o.tokens),
		Sentences: sameSpans(g.sentences, o.sentences),
	}
	toGold := alignWords(g.words, o.words)
	p.Words = PRF{Gold: len(g.words), Output: len(o.words)}
	for j, i := range toGold {
		if i < 0 {
			continue
		}
		p.Words.Correct++
		goldHead, outHead := g.words[i].head, o.words[j].head
		sameHead := goldHead < 0 && outHead < 0 || outHead >= 0 && goldHead >= 0 && toGold[outHead] == goldHead
		p.countWord(g.words[i].word, o.words[j].word, sameHead)
	}
	p.setTotals()
	return p, nil
}

// span is a range of characters that are not white space, counted from the begin of the text, the end outside.
type span struct{ begin, end int }

// charWord is a word by the characters of its token.
type charWord struct {
	span
	multi bool // part of a multiword token, whose span it has
	head  int  // index among all words, -1 for a root
	word  *nlp.Word
}

// chars is annotated text counted in characters that are not white space.
type chars struct {
	text              string // without white space
	words             []charWord
	tokens, sentences []span
}

func newChars(docs ...*nlp.Document) *chars {
	c := &chars{}
	var text strings.Builder
	for _, doc := range docs {
		at := newCharIndex(doc.Text, &text)
		for i := range doc.Sentences {
			words := doc.Sentences[i].Words
			if len(words) == 0 {
				continue
			}
			first := len(c.words)
			for j := 0; j < len(words); {
				n := max(1, min(words[j].Multi, len(words)-j))
				token := span{at.char(words[j].Begin), at.char(words[j+n-1].End)}
				c.tokens = append(c.tokens, token)
				for k := j; k < j+n; k++ {
					w := charWord{span: token, multi: n > 1, head: -1, word: &words[k]}
					if words[k].Head >= 0 {
						w.head = first + words[k].Head
					}
					c.words = append(c.words, w)
				}
				j += n
			}
			last := len(c.tokens) - 1
			c.sentences = append(c.sentences, span{c.words[first].begin, c.tokens[last].end})
		}
	}
	c.text = text.String()
	return c
}

// charIndex turns byte offsets of a text, asked for in rising order, into counts of characters that are not white space.
type charIndex struct {
	text     string
	byteAt   int
	charAt   int
	notSpace *strings.Builder
}

func newCharIndex(text string, notSpace *strings.Builder) *charIndex {
	c := &charIndex{text: text, notSpace: &strings.Builder{}}
	c.charAt = utf8.RuneCountInString(notSpace.String())
	for _, r := range text {
		if !unicode.IsSpace(r) {
			notSpace.WriteRune(r)
		}
	}
	return c
}

func (c *charIndex) char(offset int) int {
	if offset < c.byteAt { // words of one token may overlap: count back
		for _, r := range c.text[offset:c.byteAt] {
			if !unicode.IsSpace(r) {
				c.charAt--
			}
		}
		c.byteAt = offset
		return c.charAt
	}
	for _, r := range c.text[c.byteAt:offset] {
		if !unicode.IsSpace(r) {
			c.charAt++
		}
	}
	c.byteAt = offset
	return c.charAt
}

func sameChars(gold, out string) error {
	if gold == out {
		return nil
	}
	g, o := []rune(gold), []rune(out)
	at := 0
	for at < len(g) && at < len(o) && g[at] == o[at] {
		at++
	}
	near := func(r []rune) string { return string(r[max(0, at-20):min(len(r), at+20)]) }
	return fmt.Errorf("compare raw text: character %d (white space not counted): %q in the output, %q in the gold", at, near(o), near(g))
}

// sameSpans counts the spans that both have; both are in text order and do not overlap.
func sameSpans(gold, out []span) PRF {
	p := PRF{Gold: len(gold), Output: len(out)}
	for i, j := 0, 0; i < len(gold) && j < len(out); {
		switch {
		case gold[i].begin < out[j].begin:
			i++
		case gold[i].begin > out[j].begin:
			j++
		default:
			if gold[i].end == out[j].end {
				p.Correct++
			}
			i++
			j++
		}
	}
	return p
}

// alignWords returns for each word of out the index of the gold word that it aligns with, -1 for none.
func alignWords(gold, out []charWord) []int {
	to := make([]int, len(out))
	for j := range to {
		to[j] = -1
	}
	i, j := 0, 0
	// inside returns the index after the words from k on that end inside [.., end).
	inside := func(words []charWord, k, end int) int {
		for k < len(words) && words[k].end <= end {
			k++
		}
		return k
	}
	// before returns the index of the first word from k on that begins at begin or later.
	before := func(words []charWord, k, begin int) int {
		for k < len(words) && words[k].begin < begin {
			k++
		}
		return k
	}
	plain := func(i, iEnd, j, jEnd int) {
		for i < iEnd && j < jEnd {
			switch {
			case gold[i].span == out[j].span:
				to[j] = i
				i++
				j++
			case gold[i].begin <= out[j].begin:
				i++
			default:
				j++
			}
		}
	}
	for _, region := range multiRegions(gold, out) {
		iRegion, jRegion := before(gold, i, region.begin), before(out, j, region.begin)
		plain(i, iRegion, j, jRegion)
		iEnd, jEnd := inside(gold, iRegion, region.end), inside(out, jRegion, region.end)
		alignForms(gold, iRegion, iEnd, out, jRegion, jEnd, to)
		i, j = iEnd, jEnd
	}
	plain(i, len(gold), j, len(out))
	return to
}

// multiRegions returns, in order, the unions of the multiword tokens of both sides that overlap.
func multiRegions(gold, out []charWord) []span {
	var regions []span
	for i, j := 0, 0; i < len(gold) || j < len(out); {
		var w *charWord
		if j == len(out) || i < len(gold) && gold[i].begin <= out[j].begin {
			w = &gold[i]
			i++
		} else {
			w = &out[j]
			j++
		}
		if !w.multi {
			continue
		}
		if last := len(regions) - 1; last >= 0 && w.begin < regions[last].end {
			regions[last].end = max(regions[last].end, w.end)
		} else {
			regions = append(regions, w.span)
		}
	}
	return regions
}

// alignForms aligns gold[i:iEnd] with out[j:jEnd] by the longest common subsequence of their lower-case forms.
func alignForms(gold []charWord, i, iEnd int, out []charWord, j, jEnd int, to []int) {
	rows, cols := iEnd-i, jEnd-j
	if rows == 0 || cols == 0 {
		return
	}
	lower := func(words []charWord) []string {
		forms := make([]string, len(words))
		for k := range words {
			forms[k] = strings.ToLower(words[k].word.Form)
		}
		return forms
	}
	g, o := lower(gold[i:iEnd]), lower(out[j:jEnd])
	// longest[r][c] is the length for g[r:] and o[c:].
	longest := make([][]int, rows+1)
	for r := range longest {
		longest[r] = make([]int, cols+1)
	}
	for r := rows - 1; r >= 0; r-- {
		for c := cols - 1; c >= 0; c-- {
			longest[r][c] = max(longest[r+1][c], longest[r][c+1])
			if g[r] == o[c] {
				longest[r][c] = max(longest[r][c], 1+longest[r+1][c+1])
			}
		}
	}
	for r, c := 0, 0; r < rows && c < cols; {
		switch {
		case g[r] == o[c]:
			to[j+c] = i + r
			r++
			c++
		case longest[r][c] == longest[r+1][c]:
			r++
		default:
			c++
		}
	}
}
