package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kg/graph"
)

// Texts with marks. All places are characters (code points) of the article's text.

// tile parts the characters from to to where spans begin and end. On holds the indices of the spans that a tile lies in, rising. The
// tiles follow each other without gaps.
func tile(spans []graph.Span, from, to int) []tileOf {
	cuts := []int{from, to}
	for _, s := range spans {
		for _, at := range [...]int{s.Begin, s.End} {
			if at > from && at < to {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	order := make([]int, 0, len(spans))
	for i, s := range spans {
		if s.Begin < s.End && s.Begin < to && s.End > from {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spans[a].Begin, spans[b].Begin) })
	var tiles []tileOf
	var open []int
	for k := 0; k+1 < len(cuts); k++ {
		begin := cuts[k]
		for len(order) > 0 && spans[order[0]].Begin <= begin {
			open = append(open, order[0])
			order = order[1:]
		}
		open = slices.DeleteFunc(open, func(i int) bool { return spans[i].End <= begin })
		on := slices.Clone(open)
		slices.Sort(on)
		tiles = append(tiles, tileOf{graph.Span{Begin: begin, End: cuts[k+1]}, on})
	}
	return tiles
}

type tileOf struct {
	graph.Span
	On []int
}

// mark is a span of a sentence with its name; of two that hold a character the shorter one has it.
type mark struct {
	graph.Span
	name string
}

// markText parts the characters from to to of text, which begins at character base, by marks.
func markText(text []rune, base, from, to int, marks []mark) []piece {
	from, to = max(from, base), min(to, base+len(text))
	if from >= to {
		return nil
	}
	spans := make([]graph.Span, len(marks))
	for i := range marks {
		spans[i] = marks[i].Span
	}
	var pieces []piece
	for _, t := range tile(spans, from, to) {
		name, size := "", 0
		for _, i := range t.On {
			if n := spans[i].End - spans[i].Begin; name == "" || n < size {
				name, size = marks[i].name, n
			}
		}
		words := string(text[t.Begin-base : t.End-base])
		if k := len(pieces) - 1; k >= 0 && pieces[k].Mark == name {
			pieces[k].Text += words
		} else {
			pieces = append(pieces, piece{words, name})
		}
	}
	return pieces
}

// block is a paragraph of an article: Runs are its whole text.
type block struct {
	graph.Span
	Skipped string // why it was not read, "" where it was
	Table   bool   // its blanks matter
	Runs    []run
}

// run is a part of a paragraph with one link, or none.
type run struct {
	ID    string // char=5,11 of a mention
	URL   string
	Title string
	Kind  string // "mention", "said" (leads to the statement), ""
	Text  []marked
}

// marked is a part of a text with the numbers of the statements and dropped passages that it belongs to.
type marked struct {
	Text    string
	Classes string // "k1 k7"
}

// maxBlock is how many characters a paragraph has at most; a longer one is cut at a blank.
const maxBlock = 20_000

// paragraphs parts a text of runes at the ends of paragraphs and where something was skipped. Where its lines are wrapped by hand, a
// paragraph ends at an empty line or before an indented one, else with its line.
func paragraphs(text []rune, skipped []graph.Passage) []block {
	wrapped := true
	length, lines := 0, 0
	for _, r := range text {
		if length++; r == '\n' {
			length, lines = 0, lines+1
		}
		if length > 120 {
			wrapped = false
			break
		}
	}
	wrapped = wrapped && lines > 2
	cut := map[int]bool{}
	for i := 1; i < len(text); i++ {
		if text[i-1] != '\n' {
			continue
		}
		// text[i] begins a line.
		switch {
		case text[i] == '\n' || text[i] == '\r': // an empty line belongs to what is before it
		case !wrapped, text[i] == ' ', text[i] == '\t', i >= 2 && (text[i-2] == '\n' || text[i-2] == '\r' && i >= 3 && text[i-3] == '\n'):
			cut[i] = true
		}
	}
	for _, s := range skipped {
		cut[s.Begin], cut[s.End] = true, true
	}
	var out []block
	begin, blank := 0, -1
	end := func(i int) {
		if i > begin {
			out = append(out, block{Span: graph.Span{Begin: begin, End: i}, Table: table(text[begin:i])})
			begin, blank = i, -1
		}
	}
	for i := range text {
		switch {
		case cut[i]:
			end(i)
		case i-begin >= maxBlock:
			if blank > begin {
				end(blank + 1)
			} else {
				end(i)
			}
		}
		if unicode.IsSpace(text[i]) {
			blank = i
		}
	}
	end(len(text))
	at := 0
	for i := range out {
		for at < len(skipped) && skipped[at].End <= out[i].Begin {
			at++
		}
		if at < len(skipped) && skipped[at].Begin <= out[i].Begin && out[i].End <= skipped[at].End {
			out[i].Skipped = skipped[at].Why
		}
	}
	return out
}

// table says whether a paragraph is set with blanks: most of its lines, and more than two, have a gap inside.
func table(text []rune) bool {
	lines, gaps := 0, 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines++
			if strings.Contains(line, "   ") {
				gaps++
			}
		}
	}
	return gaps > 2 && 2*gaps > lines
}

// textMarks are what is marked in the text of an article.
type textMarks struct {
	mentions []graph.Span // in the order of the text
	link     func(mention int) (url, title string)
	numbered []numbered
}

// numbered is a span of the words of a statement or dropped passage.
type numbered struct {
	graph.Span
	n    int
	says bool // words of its relation, which lead to it
}

// mark makes the runs of b; text is that of b alone.
func (b *block) mark(text []rune, m *textMarks) {
	spans := make([]graph.Span, 0, len(m.mentions)+len(m.numbered))
	spans = append(spans, m.mentions...)
	for _, n := range m.numbered {
		spans = append(spans, n.Span)
	}
	const none = -1
	owner := -2 // what the last run is of: a mention, or a statement behind all mentions
	for _, t := range tile(spans, b.Begin, b.End) {
		mention, says := none, none
		var classes []string
		seen := map[int]bool{}
		for _, i := range t.On {
			if i < len(m.mentions) {
				if mention == none || spans[i].End-spans[i].Begin <= spans[mention].End-spans[mention].Begin {
					mention = i
				}
				continue
			}
			n := &m.numbered[i-len(m.mentions)]
			if !seen[n.n] {
				seen[n.n] = true
				classes = append(classes, fmt.Sprintf("k%d", n.n))
			}
			if n.says && says == none {
				says = n.n
			}
		}
		is := none
		r := run{}
		switch {
		case mention != none:
			is, r.Kind = mention, "mention"
			r.URL, r.Title = m.link(mention)
			if t.Begin == spans[mention].Begin {
				r.ID = fmt.Sprintf("char=%d,%d", spans[mention].Begin, spans[mention].End)
			}
		case says != none:
			is, r.Kind, r.URL = len(m.mentions)+says, "said", fmt.Sprintf("#k%d", says)
		}
		if is != owner || len(b.Runs) == 0 {
			b.Runs = append(b.Runs, r)
			owner = is
		}
		last := &b.Runs[len(b.Runs)-1]
		last.Text = append(last.Text, marked{string(text[t.Begin-b.Begin : t.End-b.Begin]), strings.Join(classes, " ")})
	}
}

// marksCSS shows, without script, what belongs together on the page of an article: while something of a number is pointed at, has the
// focus or is the target of the address, all of that number has another ground.
func marksCSS() []byte {
	var b strings.Builder
	b.WriteString("/* One rule for each number of a statement; see marks.go. */\n")
	for n := 1; n <= maxNumbered; n++ {
		fmt.Fprintf(&b, ".reading:has(:is(.k%[1]d:is(:hover,:focus-within,:target),a:focus>.k%[1]d)) .k%[1]d{--on:var(--relation)}\n", n)
	}
	return []byte(b.String())
}
