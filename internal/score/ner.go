package score

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strings"
)

// TaggedSentence is a sentence of words with an entity tag each, in BIO notation ("B-PER", "I-PER", "O").
type TaggedSentence struct {
	Document string // identifier of the document, empty where the set does not tell
	Words    []string
	Tags     []string
}

// ReadTagged reads columns parted by tabs, a blank line after each sentence, "#" before a comment, in the layouts that
// entity sets come in: WORD TAG, and NUMBER WORD TAG with any further columns. Lines of multiword tokens ("3-4") are left
// out. The comment "# newdoc id = ID" begins a document. An error names the line.
func ReadTagged(r io.Reader) ([]TaggedSentence, error) {
	var sents []TaggedSentence
	var sent TaggedSentence
	document := ""
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 0, 64<<10), 1<<20)
	flush := func() {
		if len(sent.Words) > 0 {
			sent.Document = document
			sents = append(sents, sent)
			sent = TaggedSentence{}
		}
	}
	for line := 1; scan.Scan(); line++ {
		text := strings.TrimRight(scan.Text(), "\r\n")
		cols := strings.Split(text, "\t")
		switch {
		case strings.TrimSpace(text) == "":
			flush()
			continue
		case strings.HasPrefix(text, "# "):
			if id, ok := strings.CutPrefix(text, "# newdoc id = "); ok {
				flush()
				document = id
			}
			continue
		case len(cols) < 2:
			return nil, fmt.Errorf("line %d: no tab: %.80q", line, text)
		}
		word, tag := cols[0], cols[1]
		if len(cols) > 2 {
			if strings.Contains(cols[0], "-") {
				continue
			}
			word, tag = cols[1], cols[2]
		}
		tag = strings.TrimSpace(tag)
		if tag != "O" && !strings.HasPrefix(tag, "B-") && !strings.HasPrefix(tag, "I-") {
			return nil, fmt.Errorf("line %d: not a BIO tag: %q", line, tag)
		}
		sent.Words = append(sent.Words, word)
		sent.Tags = append(sent.Tags, tag)
	}
	if err := scan.Err(); err != nil {
		return nil, err
	}
	flush()
	return sents, nil
}

// EntitySpan is an entity of one sentence: words First to End-1, and its type.
type EntitySpan struct {
	First, End int
	Type       string
}

// EntitySpans returns the entities that BIO tags mark. An "I-" that continues nothing begins an entity, as in conlleval.
func EntitySpans(tags []string) []EntitySpan {
	var spans []EntitySpan
	open := false
	for i, tag := range tags {
		prefix, typ, _ := strings.Cut(tag, "-")
		switch {
		case prefix != "B" && prefix != "I":
			open = false
		case prefix == "I" && open && spans[len(spans)-1].Type == typ:
			spans[len(spans)-1].End = i + 1
		default:
			spans = append(spans, EntitySpan{i, i + 1, typ})
			open = true
		}
	}
	return spans
}

// EntityTypes maps the types of the sets to PER, ORG and LOC, the ones that they share. Types that are not here are left
// out on both sides.
var EntityTypes = map[string]string{
	"PER": "PER", "ORG": "ORG", "LOC": "LOC",
	"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG",
}

// Entities compares the tags of one sentence; a span agrees where both ends and the type do. It adds to the counts per
// type in into.
func Entities(gold, out []string, into map[string]PRF) {
	mapped := func(tags []string) []EntitySpan {
		var spans []EntitySpan
		for _, s := range EntitySpans(tags) {
			if s.Type = EntityTypes[s.Type]; s.Type != "" {
				spans = append(spans, s)
			}
		}
		return spans
	}
	in := make(map[EntitySpan]bool)
	for _, s := range mapped(gold) {
		in[s] = true
		c := into[s.Type]
		c.Gold++
		into[s.Type] = c
	}
	for _, s := range mapped(out) {
		c := into[s.Type]
		c.Output++
		if in[s] {
			c.Correct++
		}
		into[s.Type] = c
	}
}

// EntityTotal returns the sum over types and the types in order.
func EntityTotal(counts map[string]PRF) (PRF, []string) {
	var sum PRF
	var types []string
	for t, c := range counts {
		sum.Add(c)
		types = append(types, t)
	}
	sort.Strings(types)
	return sum, types
}
