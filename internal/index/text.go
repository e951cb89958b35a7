package index

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// textIndex finds texts by their words: sentences, then headlines, numbered as they were added. Read-only once made, a function of
// the texts.
//
// bleve v2.6.3 takes eight times the processor time to make (docs/PERFORMANCE.md); here postings have the numbers of Index.Sentences, so
// that a filter of claims is a look at the row.
type textIndex struct {
	terms []string // stems, sorted; a term's number is its place
	// postings of a term are lists[ends[t-1]:ends[t]], see addPosting; docs[t] is how many texts have it.
	ends  []uint32
	docs  []uint32
	lists []byte
	// lengths of texts in words, at most 255.
	lengths []byte
	average float64
}

// stemmer gives the stems of words, with a memory of those that it has seen. Not safe for concurrent use.
type stemmer struct{ seen map[string]string }

func newStemmer() *stemmer { return &stemmer{map[string]string{}} }

func (s *stemmer) stem(w string) string {
	if t, ok := s.seen[w]; ok {
		return t
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	t := strings.Clone(env.Current())
	s.seen[strings.Clone(w)] = t
	return t
}

// term gives the term of a token of a text.
func (s *stemmer) term(token string) string { return s.stem(fold(bare(token))) }

// textMaker collects texts.
type textMaker struct {
	stemmer *stemmer
	term    map[string]int32 // by stem
	raw     map[string]int32 // by the word as it stands, to save folding
	names   []string
	lists   []posting
	lengths []byte
	total   int
	here    map[int32][]uint32 // positions in the text at hand
	order   []int32
}

type posting struct {
	bytes []byte
	last  uint32 // text
	docs  uint32
}

func newTextMaker() *textMaker {
	return &textMaker{stemmer: newStemmer(), term: map[string]int32{}, raw: map[string]int32{}, here: map[int32][]uint32{}}
}

func (m *textMaker) add(text string) {
	doc := uint32(len(m.lengths))
	n := uint32(0)
	tokens(text, func(begin, end int) {
		id, ok := m.raw[text[begin:end]]
		if !ok {
			t := m.stemmer.term(text[begin:end])
			if id, ok = m.term[t]; !ok {
				id = int32(len(m.names))
				m.term[t] = id
				m.names = append(m.names, t)
				m.lists = append(m.lists, posting{})
			}
			m.raw[strings.Clone(text[begin:end])] = id
		}
		at := m.here[id]
		if len(at) == 0 {
			m.order = append(m.order, id)
		}
		m.here[id] = append(at, n)
		n++
	})
	for _, id := range m.order {
		p, at := &m.lists[id], m.here[id]
		p.bytes = addPosting(p.bytes, doc, p.last, p.docs == 0, at)
		p.last = doc
		p.docs++
		m.here[id] = at[:0]
	}
	m.order = m.order[:0]
	m.lengths = append(m.lengths, byte(min(n, 255)))
	m.total += int(n)
}

// addPosting appends a text with the positions of a term in it: the number of the text less that of the one before, the number of
// positions, the bytes that they take where they are more than one, and their differences, all as varints.
func addPosting(b []byte, doc, last uint32, first bool, at []uint32) []byte {
	if !first {
		doc -= last
	}
	b = binary.AppendUvarint(b, uint64(doc))
	b = binary.AppendUvarint(b, uint64(len(at)))
	if len(at) > 1 {
		size, before := 0, uint32(0)
		for _, p := range at {
			size += varintLen(p - before)
			before = p
		}
		b = binary.AppendUvarint(b, uint64(size))
	}
	before := uint32(0)
	for _, p := range at {
		b = binary.AppendUvarint(b, uint64(p-before))
		before = p
	}
	return b
}

func varintLen(v uint32) int {
	n := 1
	for ; v >= 0x80; v >>= 7 {
		n++
	}
	return n
}

func (m *textMaker) done() *textIndex {
	x := &textIndex{lengths: m.lengths}
	if len(m.lengths) > 0 {
		x.average = float64(m.total) / float64(len(m.lengths))
	}
	order := make([]int32, len(m.names))
	size := 0
	for i := range order {
		order[i] = int32(i)
		size += len(m.lists[i].bytes)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(m.names[a], m.names[b]) })
	x.lists = make([]byte, 0, size)
	for _, t := range order {
		x.terms = append(x.terms, m.names[t])
		x.lists = append(x.lists, m.lists[t].bytes...)
		x.ends = append(x.ends, uint32(len(x.lists)))
		x.docs = append(x.docs, m.lists[t].docs)
		m.lists[t].bytes = nil
	}
	return x
}

// cursor goes over the postings of a term.
type cursor struct {
	list  []byte
	doc   uint32 // math.MaxUint32 at the end
	count uint32 // positions in doc
	at    []byte // of the positions
	begun bool
}

const noDoc = math.MaxUint32

func uvarint(b []byte) (uint32, []byte) {
	if c := b[0]; c < 0x80 {
		return uint32(c), b[1:]
	}
	v, n := binary.Uvarint(b)
	return uint32(v), b[n:]
}

func (c *cursor) next() {
	if len(c.list) == 0 {
		c.doc = noDoc
		return
	}
	var d uint32
	d, c.list = uvarint(c.list)
	if c.begun {
		d += c.doc
	}
	c.doc, c.begun = d, true
	c.count, c.list = uvarint(c.list)
	if c.count == 1 {
		n := 1
		for c.list[n-1] >= 0x80 {
			n++
		}
		c.at, c.list = c.list[:n], c.list[n:]
		return
	}
	var size uint32
	size, c.list = uvarint(c.list)
	c.at, c.list = c.list[:size], c.list[size:]
}

func (c *cursor) seek(doc uint32) {
	for c.doc < doc || !c.begun {
		c.next()
	}
}

// positions decodes where the term stands in the text at hand.
func (c *cursor) positions(into []uint32) []uint32 {
	into = into[:0]
	p := uint32(0)
	for b := c.at; len(b) > 0; {
		var d uint32
		d, b = uvarint(b)
		p += d
		into = append(into, p)
	}
	return into
}

func (x *textIndex) find(term string) (int, bool) { return slices.BinarySearch(x.terms, term) }

func (x *textIndex) cursor(t int) cursor {
	begin := uint32(0)
	if t > 0 {
		begin = x.ends[t-1]
	}
	return cursor{list: x.lists[begin:x.ends[t]]}
}

// hits are texts, rising, with their scores.
type hits struct {
	docs   []uint32
	scores []float32
}

// weight is BM25's of a term with n positions in a text, k1 = 1.2, b = 0.75.
func (x *textIndex) weight(idf float64, n uint32, doc uint32) float32 {
	const k1, b = 1.2, .75
	f := float64(n)
	return float32(idf * f * (k1 + 1) / (f + k1*(1-b+b*float64(x.lengths[doc])/max(x.average, 1))))
}

func (x *textIndex) idf(docs int) float64 {
	n := float64(len(x.lengths))
	return math.Log(1 + (n-float64(docs)+.5)/(float64(docs)+.5))
}

// all are the texts with a term.
func (x *textIndex) all(t int) hits {
	h := hits{make([]uint32, 0, x.docs[t]), make([]float32, 0, x.docs[t])}
	c, idf := x.cursor(t), x.idf(int(x.docs[t]))
	for c.next(); c.doc != noDoc; c.next() {
		h.docs = append(h.docs, c.doc)
		h.scores = append(h.scores, x.weight(idf, c.count, c.doc))
	}
	return h
}

// phrase are the texts where terms stand one behind the other.
func (x *textIndex) phrase(terms []int) (h hits) {
	if len(terms) == 1 {
		return x.all(terms[0])
	}
	cursors := make([]cursor, len(terms))
	order := make([]int, len(terms)) // the rarest leads
	for i, t := range terms {
		cursors[i] = x.cursor(t)
		cursors[i].next()
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x.docs[terms[a]], x.docs[terms[b]]) })
	lead := &cursors[order[0]]
	var counts []uint32
	var begins, here []uint32
	for lead.doc != noDoc {
		doc := lead.doc
		next := doc
		for _, i := range order[1:] {
			if cursors[i].seek(doc); cursors[i].doc != doc {
				next = cursors[i].doc
				break
			}
		}
		if next != doc {
			if next == noDoc {
				break
			}
			lead.seek(next)
			continue
		}
		begins = begins[:0]
		for k, i := range order { // places where the phrase would begin
			here = cursors[i].positions(here)
			if k == 0 {
				for _, p := range here {
					if p >= uint32(i) {
						begins = append(begins, p-uint32(i))
					}
				}
				continue
			}
			kept, j := begins[:0], 0
			for _, b := range begins {
				for j < len(here) && here[j] < b+uint32(i) {
					j++
				}
				if j < len(here) && here[j] == b+uint32(i) {
					kept = append(kept, b)
				}
			}
			if begins = kept; len(begins) == 0 {
				break
			}
		}
		if len(begins) > 0 {
			h.docs = append(h.docs, doc)
			counts = append(counts, uint32(len(begins)))
		}
		lead.next()
	}
	idf := x.idf(len(h.docs))
	h.scores = make([]float32, len(h.docs))
	for i, d := range h.docs {
		h.scores[i] = x.weight(idf, counts[i], d)
	}
	return h
}

// and keeps the texts of h that have a term too.
func (x *textIndex) and(h hits, t int) hits {
	c, idf := x.cursor(t), x.idf(int(x.docs[t]))
	kept := 0
	c.next()
	for i, d := range h.docs {
		if c.seek(d); c.doc == d {
			h.docs[kept], h.scores[kept] = d, h.scores[i]+x.weight(idf, c.count, d)
			kept++
		}
		if c.doc == noDoc {
			break
		}
	}
	return hits{h.docs[:kept], h.scores[:kept]}
}

// keep keeps the texts of h that are in g too, with both scores, or else, where in is false, those that are not.
func (h hits) keep(g hits, in bool) hits {
	kept, j := 0, 0
	for i, d := range h.docs {
		for j < len(g.docs) && g.docs[j] < d {
			j++
		}
		if found := j < len(g.docs) && g.docs[j] == d; found != in {
			continue
		}
		h.docs[kept], h.scores[kept] = d, h.scores[i]
		if in {
			h.scores[kept] += g.scores[j]
		}
		kept++
	}
	return hits{h.docs[:kept], h.scores[:kept]}
}

// anyOf are the texts with one of terms, at most maxExpanded of them; the best of their weights is a text's.
func (x *textIndex) anyOf(terms []int) (h hits) {
	score := make([]float32, len(x.lengths))
	for _, t := range terms {
		c, idf := x.cursor(t), x.idf(int(x.docs[t]))
		for c.next(); c.doc != noDoc; c.next() {
			score[c.doc] = max(score[c.doc], x.weight(idf, c.count, c.doc))
		}
	}
	for d, s := range score {
		if s > 0 {
			h.docs = append(h.docs, uint32(d))
			h.scores = append(h.scores, s)
		}
	}
	return h
}

// withPrefix are the terms that begin with s, at most limit of them, those of most texts first.
func (x *textIndex) withPrefix(s string, limit int) []int {
	from, _ := slices.BinarySearch(x.terms, s)
	var list []int
	for t := from; t < len(x.terms) && strings.HasPrefix(x.terms[t], s); t++ {
		list = append(list, t)
	}
	if len(list) > limit {
		slices.SortFunc(list, func(a, b int) int { return cmp.Or(cmp.Compare(x.docs[b], x.docs[a]), cmp.Compare(a, b)) })
		list = list[:limit]
	}
	return list
}

// runes counts the characters of s.
func runes(s string) int { return utf8.RuneCountInString(s) }
