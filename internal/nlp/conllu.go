package nlp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest CoNLL-U line that ReadCoNLLU takes, in bytes: a "# text" of a 100,000-word sentence fits.
const maxLine = 16 << 20

// ReadCoNLLU reads all of r (https://universaldependencies.org/format.html) and returns one Document for each "# newdoc",
// or a single one where r has none. Document.Text is put together from the forms, SpaceAfter=No and the paragraph marks: a
// blank between sentences, a blank line between paragraphs. Empty nodes ("8.1") and the DEPS column are not kept. Errors
// name the line and the value; the documents read before it are returned with it.
func ReadCoNLLU(r io.Reader) ([]*Document, error) {
	var docs []*Document
	c := NewCoNLLUReader(r)
	for {
		doc, err := c.Next()
		if err == io.EOF {
			return docs, nil
		}
		if err != nil {
			return docs, err
		}
		docs = append(docs, doc)
	}
}

// CoNLLUReader reads CoNLL-U document by document. It is not safe for concurrent use.
type CoNLLUReader struct {
	scan *bufio.Scanner
	line int
	held bool // the "# newdoc" of the next document has been read
	err  error
}

// NewCoNLLUReader returns a reader over r.
func NewCoNLLUReader(r io.Reader) *CoNLLUReader {
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 0, 64<<10), maxLine)
	return &CoNLLUReader{scan: scan}
}

// Next returns the next document, io.EOF after the last one. After an error it returns the same error again.
func (c *CoNLLUReader) Next() (*Document, error) {
	if c.err != nil {
		return nil, c.err
	}
	doc, err := c.next()
	if err != nil {
		c.err = err
	}
	return doc, err
}

// conlluRow is one word line, before offsets are known.
type conlluRow struct {
	line       int
	cols       [10]string
	spaceAfter bool
	misc       string
}

type conlluRange struct {
	line       int
	first, end int // indices of words, end outside
	form       string
	spaceAfter bool
}

func (c *CoNLLUReader) next() (*Document, error) {
	doc := &Document{}
	var (
		text        strings.Builder
		rows        []conlluRow
		multi       []conlluRange
		id, speaker string
		parBrk      bool
		gap         = "" // white space owed before the next word
		any         = c.held
	)
	c.held = false
	flush := func() error {
		if len(rows) == 0 {
			if len(multi) > 0 {
				return fmt.Errorf("line %d: multiword token %q has no words", multi[0].line, multi[0].form)
			}
			return nil
		}
		if parBrk && text.Len() > 0 {
			gap = "\n\n"
		}
		sent, after, err := layOut(&text, gap, rows, multi)
		if err != nil {
			return err
		}
		gap = after
		sent.ID, sent.Speaker = id, speaker
		doc.Sentences = append(doc.Sentences, sent)
		rows, multi, id, speaker, parBrk = rows[:0], multi[:0], "", "", false
		return nil
	}
	for c.scan.Scan() {
		c.line++
		line := strings.TrimSuffix(c.scan.Text(), "\r")
		if c.line == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		switch {
		case strings.TrimSpace(line) == "":
			if err := flush(); err != nil {
				return nil, err
			}
		case strings.HasPrefix(line, "#"):
			key, value, _ := strings.Cut(strings.TrimSpace(line[1:]), "=")
			key, value = strings.TrimSpace(key), strings.TrimSpace(value)
			switch {
			case key == "sent_id":
				id = value
			case key == "speaker":
				speaker = value
			case strings.HasPrefix(key, "meta::"):
				if doc.Meta == nil {
					doc.Meta = map[string]string{}
				}
				doc.Meta[key[len("meta::"):]] = value
			case key == "newpar" || key == "newpar id":
				parBrk = true
			case key == "newdoc" || key == "newdoc id":
				if len(rows) > 0 {
					return nil, fmt.Errorf("line %d: %q inside a sentence", c.line, line)
				}
				if any || len(doc.Sentences) > 0 {
					c.held = true
					doc.finish(text.String())
					return doc, nil
				}
				any = true
			}
		default:
			if err := addRow(line, c.line, &rows, &multi); err != nil {
				return nil, err
			}
		}
	}
	if err := c.scan.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return nil, fmt.Errorf("line %d: longer than %d bytes", c.line+1, maxLine)
		}
		return nil, fmt.Errorf("line %d: %w", c.line+1, err)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	if !any && len(doc.Sentences) == 0 {
		return nil, io.EOF
	}
	doc.finish(text.String())
	return doc, nil
}

// finish sets the text and cuts every form that stands in it out of it, so that the document holds the text once.
func (doc *Document) finish(text string) {
	doc.Text = text
	for i := range doc.Sentences {
		for j := range doc.Sentences[i].Words {
			w := &doc.Sentences[i].Words[j]
			if text[w.Begin:w.End] == w.Form {
				w.Form = text[w.Begin:w.End]
			}
		}
	}
}

// addRow parses one line that is no comment.
func addRow(line string, no int, rows *[]conlluRow, multi *[]conlluRange) error {
	cols := strings.Split(line, "\t")
	if len(cols) != 10 {
		return fmt.Errorf("line %d: %d columns instead of 10: %.80q", no, len(cols), line)
	}
	if strings.TrimSpace(cols[1]) == "" {
		return fmt.Errorf("line %d: empty form", no)
	}
	space, misc := true, ""
	if cols[9] != "_" {
		for part := range strings.SplitSeq(cols[9], "|") {
			switch {
			case part == "SpaceAfter=No":
				space = false
			case part == "SpaceAfter=Yes":
			case misc == "":
				misc = part
			default:
				misc += "|" + part
			}
		}
	}
	number, last, isRange := strings.Cut(cols[0], "-")
	if strings.Contains(number, ".") && !isRange {
		return nil // an empty node
	}
	n, err := strconv.Atoi(number)
	if err != nil || n != len(*rows)+1 {
		return fmt.Errorf("line %d: word number %q instead of %d", no, cols[0], len(*rows)+1)
	}
	if isRange {
		end, err := strconv.Atoi(last)
		if err != nil || end <= n || end-n > 100 {
			return fmt.Errorf("line %d: not a range of words: %q", no, cols[0])
		}
		if k := len(*multi); k > 0 && (*multi)[k-1].end > n-1 {
			return fmt.Errorf("line %d: range %q begins inside the one before", no, cols[0])
		}
		*multi = append(*multi, conlluRange{line: no, first: n - 1, end: end, form: cols[1], spaceAfter: space})
		return nil
	}
	*rows = append(*rows, conlluRow{line: no, cols: [10]string(cols), spaceAfter: space, misc: misc})
	return nil
}

// layOut writes the words of one sentence to text and returns the sentence and the white space owed after it.
func layOut(text *strings.Builder, gap string, rows []conlluRow, multi []conlluRange) (Sentence, string, error) {
	words := make([]Word, len(rows))
	blank := func(s string) string {
		if s == "_" {
			return ""
		}
		return s
	}
	root := -1
	for i := range rows {
		c := &rows[i].cols
		head := -1
		if c[6] != "_" {
			h, err := strconv.Atoi(c[6])
			if err != nil || h < 0 || h > len(rows) || h == i+1 {
				return Sentence{}, "", fmt.Errorf("line %d: not a head in a sentence of %d words: %q", rows[i].line, len(rows), c[6])
			}
			head = h - 1
			if head < 0 {
				if root >= 0 {
					return Sentence{}, "", fmt.Errorf("line %d: second root %q", rows[i].line, c[1])
				}
				root = i
			}
		} else if blank(c[7]) != "" {
			return Sentence{}, "", fmt.Errorf("line %d: relation %q without a head", rows[i].line, c[7])
		}
		lemma := c[2]
		if lemma == "_" && c[1] != "_" {
			lemma = ""
		}
		words[i] = Word{
			Form: c[1], Lemma: lemma, UPOS: blank(c[3]), XPOS: blank(c[4]), Feats: blank(c[5]), Head: head,
			Deprel: blank(c[7]), ArcMargin: 1, Misc: rows[i].misc,
		}
	}
	if err := checkTree(words, rows); err != nil {
		return Sentence{}, "", err
	}
	for i := 0; i < len(words); {
		text.WriteString(gap)
		begin := text.Len()
		space := rows[i].spaceAfter
		n := 1
		if len(multi) > 0 && multi[0].first == i {
			m := multi[0]
			multi = multi[1:]
			if m.end > len(words) {
				return Sentence{}, "", fmt.Errorf("line %d: multiword token %q goes past the sentence of %d words", m.line, m.form, len(words))
			}
			n, space = m.end-i, m.spaceAfter
			words[i].Multi = n
			text.WriteString(m.form)
			placeWords(words[i:m.end], m.form, begin)
		} else {
			text.WriteString(words[i].Form)
			words[i].Begin, words[i].End = begin, text.Len()
		}
		i += n
		gap = ""
		if space {
			gap = " "
		}
	}
	if len(multi) > 0 {
		return Sentence{}, "", fmt.Errorf("line %d: multiword token %q goes past the sentence of %d words", multi[0].line, multi[0].form, len(words))
	}
	return Sentence{Begin: words[0].Begin, End: words[len(words)-1].End, Words: words}, gap, nil
}

// placeWords gives the words of one multiword token their byte ranges: side by side where their forms join to the token,
// else the whole token for each.
func placeWords(words []Word, form string, begin int) {
	rest := form
	for i := range words {
		var ok bool
		if rest, ok = strings.CutPrefix(rest, words[i].Form); !ok {
			break
		}
		if i == len(words)-1 && rest == "" {
			at := begin
			for j := range words {
				words[j].Begin, words[j].End = at, at+len(words[j].Form)
				at = words[j].End
			}
			return
		}
	}
	for i := range words {
		words[i].Begin, words[i].End = begin, begin+len(form)
	}
}

// checkTree reports a word that no path of heads leads from to the root. A column of heads that is all empty passes: such
// files hold tokens only.
func checkTree(words []Word, rows []conlluRow) error {
	given := false
	for i := range rows {
		given = given || rows[i].cols[6] != "_"
	}
	if !given {
		return nil
	}
	state := make([]int8, len(words)) // 0 unseen, 1 on the path, 2 reaches the root
	roots := 0
	for i := range words {
		if rows[i].cols[6] == "_" {
			return fmt.Errorf("line %d: word %q has no head", rows[i].line, words[i].Form)
		}
		if words[i].Head < 0 {
			roots++
		}
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = 1
			j = words[j].Head
		}
		if j >= 0 && state[j] == 1 {
			return fmt.Errorf("line %d: the heads from word %q on go in a circle", rows[i].line, words[i].Form)
		}
		for j = i; j >= 0 && state[j] == 1; j = words[j].Head {
			state[j] = 2
		}
	}
	return nil
}

// WriteCoNLLU writes doc: newpar comments where a blank line parts two sentences, sent_id (the sentence's own ID or its
// number), text, multiword token ranges, SpaceAfter=No, and the entity tags as NER= in MISC. White space and invalid UTF-8
// inside a form come out as a blank and U+FFFD, since the format has no room for them.
func WriteCoNLLU(w io.Writer, doc *Document) error {
	b := bufio.NewWriter(w)
	b.WriteString("# newdoc\n")
	for _, key := range slices.Sorted(maps.Keys(doc.Meta)) {
		fmt.Fprintf(b, "# meta::%s = %s\n", key, doc.Meta[key])
	}
	end := 0
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		if i == 0 || strings.Count(between(doc.Text, end, sent.Begin), "\n") > 1 {
			b.WriteString("# newpar\n")
		}
		end = sent.End
		id := sent.ID
		if id == "" {
			id = strconv.Itoa(i + 1)
		}
		next := len(doc.Text)
		if i+1 < len(doc.Sentences) {
			next = doc.Sentences[i+1].Begin
		}
		fmt.Fprintf(b, "# sent_id = %s\n", oneLine(id))
		if sent.Speaker != "" {
			fmt.Fprintf(b, "# speaker = %s\n", oneLine(sent.Speaker))
		}
		fmt.Fprintf(b, "# text = %s\n", oneLine(between(doc.Text, sent.Begin, sent.End)))
		writeWords(b, doc.Text, sent.Words, next)
		b.WriteByte('\n')
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write CoNLL-U: %w", err)
	}
	return nil
}

// writeWords writes the word lines of one sentence; next is where the sentence after it begins.
func writeWords(b *bufio.Writer, text string, words []Word, next int) {
	inMulti := 0 // words of the current multiword token still to come
	spaceAfter := func(i int) bool {
		to := next
		if i+1 < len(words) {
			to = words[i+1].Begin
		}
		return words[i].End >= len(text) || words[i].End < to
	}
	// Without a tree every head is -1, which is no row of roots.
	flat := len(words) > 1 && !slices.ContainsFunc(words, func(w Word) bool { return w.Head >= 0 })
	for i := range words {
		w := &words[i]
		if w.Multi > 1 && i+w.Multi <= len(words) {
			inMulti = w.Multi
			last := i + w.Multi - 1
			misc := "_"
			if !spaceAfter(last) {
				misc = "SpaceAfter=No"
			}
			fmt.Fprintf(b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", i+1, last+1, column(between(text, w.Begin, words[last].End)), misc)
		}
		misc := w.Misc
		add := func(s string) {
			if misc != "" {
				misc += "|"
			}
			misc += s
		}
		if w.NER != "" && w.NER != "O" {
			add("NER=" + w.NER)
		}
		if inMulti == 0 && !spaceAfter(i) {
			add("SpaceAfter=No")
		}
		if inMulti > 0 {
			inMulti--
		}
		head := strconv.Itoa(w.Head + 1)
		if flat {
			head = "_"
		}
		fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t_\t%s\n", i+1, column(w.Form), column(w.Lemma), column(w.UPOS), column(w.XPOS),
			column(w.Feats), head, column(w.Deprel), column(misc))
	}
}

// between returns text[begin:end], or "" where hand-made offsets lie outside text.
func between(text string, begin, end int) string {
	if begin < 0 || end > len(text) || begin > end {
		return ""
	}
	return text[begin:end]
}

// column makes s fit into one CoNLL-U column.
func column(s string) string {
	if s == "" {
		return "_"
	}
	return oneLine(s)
}

// oneLine turns every run of white space and control characters into one blank and invalid UTF-8, and a form of nothing but
// those, into U+FFFD.
func oneLine(s string) string {
	clean := utf8.ValidString(s)
	for _, r := range s {
		if r != ' ' && (unicode.IsSpace(r) || unicode.IsControl(r)) {
			clean = false
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			if !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteRune(r)
	}
	if strings.TrimSpace(b.String()) == "" {
		return "\ufffd"
	}
	return b.String()
}
