package index

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"
	"unicode"
)

// SearchOptions say what of a search is wanted.
type SearchOptions struct {
	Offset int // sentences to leave out
	Size   int // sentences to give; 20 where 0
	// Filter picks sentences by their claims: one of them must pass. nil picks all.
	Filter *Filter
	Newest bool // the newest sentence first, instead of the one that fits best
}

// SearchResult is what a text finds.
type SearchResult struct {
	Query Query
	// Entities are the ten whose names fit best, of the whole text as typed.
	Entities  []EntityHit
	Sentences []Ref // Size of them, from Offset on
	Articles  []Ref // the ten whose headlines fit best
	// Total and TotalArticles count all sentences and all headlines that fit.
	Total, TotalArticles int
	// Unknown are words of the query that no text has; Instead are words near by, that texts have, in the same order, "" for none.
	Unknown, Instead []string
}

// Query is a text search: words that must all be there, in any form of theirs; "several words" that stand together; -word, that must
// not be there; word*, any that begins so.
type Query struct{ parts []part }

type part struct {
	words  []string // as typed, folded
	terms  []string // their stems
	not    bool
	prefix bool // of one word
}

// Empty says that there is nothing to look for.
func (q *Query) Empty() bool {
	return !slices.ContainsFunc(q.parts, func(p part) bool { return !p.not })
}

// ParseQuery reads a query; anything is one.
func ParseQuery(text string) (q Query) {
	st := newStemmer()
	for len(text) > 0 {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		not := strings.HasPrefix(text, "-")
		text = strings.TrimPrefix(text, "-")
		var s string
		quoted := false
		for _, marks := range [][2]string{{`"`, `"`}, {"“", "”"}} {
			if rest, ok := strings.CutPrefix(text, marks[0]); ok {
				quoted = true
				s, text, _ = strings.Cut(rest, marks[1])
				break
			}
		}
		if !quoted {
			end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == '“' })
			if end < 0 {
				end = len(text)
			}
			s, text = text[:end], text[end:]
		}
		p := part{not: not, prefix: !quoted && strings.HasSuffix(s, "*")}
		tokens(s, func(begin, end int) {
			w := fold(bare(s[begin:end]))
			p.words = append(p.words, w)
			p.terms = append(p.terms, st.stem(w))
		})
		if p.prefix && len(p.words) != 1 {
			p.prefix = false
		}
		if len(p.words) > 0 {
			q.parts = append(q.parts, p)
		}
	}
	return q
}

// stopWords say little: they only count where a query has no other words, and in phrases.
var stopWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("a an and are as at be but by for from had has have he her his i in into is it its of on or she " +
		"that the their them they this to was we were which who will with you") {
		m[w] = true
	}
	return m
}()

func (p *part) stop() bool { return len(p.words) == 1 && !p.prefix && !p.not && stopWords[p.words[0]] }

// used are the parts that count.
func (q *Query) used() []part {
	var list []part
	for _, p := range q.parts {
		if !p.stop() {
			list = append(list, p)
		}
	}
	if !slices.ContainsFunc(list, func(p part) bool { return !p.not }) {
		return q.parts
	}
	return list
}

var signs = strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "*", " ")

// PlainWords takes the signs of a query away, so that names may be looked for by it.
func PlainWords(query string) string { return signs.Replace(query) }

// Ranges are the characters of a text that fit the query.
func (q *Query) Ranges(text string) (ranges []Range) {
	if q.Empty() {
		return nil
	}
	type token struct {
		begin, end int
		word, term string
	}
	var list []token
	st := newStemmer()
	tokens(text, func(begin, end int) {
		w := fold(bare(text[begin:end]))
		list = append(list, token{begin, end, w, st.stem(w)})
	})
	for _, p := range q.used() {
		if p.not {
			continue
		}
		for i := range list {
			if i+len(p.terms) > len(list) {
				break
			}
			fits := true
			for j, t := range p.terms {
				if p.prefix {
					fits = fits && strings.HasPrefix(list[i+j].word, p.words[j])
				} else {
					fits = fits && list[i+j].term == t
				}
			}
			if fits {
				ranges = append(ranges, Range{list[i].begin, list[i+len(p.terms)-1].end})
			}
		}
	}
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Or(a.Begin-b.Begin, b.End-a.End) })
	out := ranges[:0]
	for _, r := range ranges { // those that overlap become one
		if n := len(out); n > 0 && r.Begin < out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
			continue
		}
		out = append(out, r)
	}
	at, char := 0, 0
	for i := range out { // bytes become characters
		char += runes(text[at:out[i].Begin])
		n := runes(text[out[i].Begin:out[i].End])
		at = out[i].End
		out[i] = Range{char, char + n}
		char += n
	}
	return out
}

// maxExpanded is the most terms that word* stands for.
const maxExpanded = 500

// match finds the texts that fit q; unknown are words that no text has.
func (x *textIndex) match(q *Query) (h hits, unknown []string) {
	type step struct {
		part
		ids  []int
		cost uint32
	}
	var steps []step
	missing := false
	for _, p := range q.used() {
		s := step{part: p, cost: noDoc}
		if p.prefix {
			s.ids = x.withPrefix(p.words[0], maxExpanded)
			// A stem may be shorter than what was typed: "policies*".
			if t, ok := x.find(p.terms[0]); ok && !slices.Contains(s.ids, t) && strings.HasPrefix(p.words[0], x.terms[t]) {
				s.ids = append(s.ids, t)
			}
			s.cost = 0
			for _, t := range s.ids {
				s.cost += x.docs[t]
			}
			if len(s.ids) == 0 && !p.not {
				unknown, missing = append(unknown, p.words[0]), true
			}
		} else {
			for i, t := range p.terms {
				id, ok := x.find(t)
				if !ok {
					s.ids = nil
					if !p.not {
						unknown, missing = append(unknown, p.words[i]), true
					}
					s.cost = 0
					break
				}
				s.ids = append(s.ids, id)
				s.cost = min(s.cost, x.docs[id])
			}
		}
		steps = append(steps, s)
	}
	if missing {
		return h, unknown
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		if a.not != b.not {
			if b.not {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.cost, b.cost)
	})
	for i, s := range steps {
		get := func() hits {
			switch {
			case len(s.ids) == 0:
				return hits{}
			case s.prefix:
				return x.anyOf(s.ids)
			}
			return x.phrase(s.ids)
		}
		switch {
		case i == 0 && s.not: // only words that must not be there
			return h, nil
		case i == 0:
			h = get()
		case s.not:
			h = h.keep(get(), false)
		case !s.prefix && len(s.ids) == 1:
			h = x.and(h, s.ids[0])
		default:
			h = h.keep(get(), true)
		}
	}
	return h, nil
}

// Search finds entities by name, and sentences and articles by the words of sentence and headline.
func (x *Index) Search(text string, opt SearchOptions) SearchResult {
	if opt.Size <= 0 {
		opt.Size = 20
	}
	opt.Offset = max(opt.Offset, 0)
	r := SearchResult{Query: ParseQuery(text), Entities: x.Complete(PlainWords(text), 10)}
	if r.Query.Empty() {
		return r
	}
	h, unknown := x.text.match(&r.Query)
	r.Unknown = unknown
	for _, w := range unknown {
		r.Instead = append(r.Instead, x.near(w))
	}
	sentences := uint32(len(x.Sentences))
	passes := func(doc uint32) bool { return true }
	if opt.Filter != nil && !opt.Filter.Empty() {
		pick := x.Picker(opt.Filter, None)
		passes = func(doc uint32) bool {
			claims := []Ref(nil)
			if doc < sentences {
				claims = x.Sentences[doc].Claims
			} else {
				claims = x.Articles[doc-sentences].Claims
			}
			return slices.ContainsFunc(claims, pick)
		}
	}
	best, titles := top{keep: opt.Offset + opt.Size}, top{keep: 10}
	for i, d := range h.docs {
		if !passes(d) {
			continue
		}
		if d >= sentences {
			r.TotalArticles++
			titles.add(d, h.scores[i])
			continue
		}
		r.Total++
		score := h.scores[i]
		if opt.Newest {
			score = 0 // sentences come by day: a later one has the higher number
		}
		best.add(d, score)
	}
	list := best.sorted()
	for _, e := range list[min(opt.Offset, len(list)):] {
		r.Sentences = append(r.Sentences, Ref(e.doc))
	}
	for _, e := range titles.sorted() {
		r.Articles = append(r.Articles, Ref(e.doc-sentences))
	}
	return r
}

// near is the word nearest to w that texts have, "" where none is near.
func (x *Index) near(w string) string {
	best, fits := "", uint32(0)
	for typos := 1; typos <= 2 && best == ""; typos++ {
		if typosIn(w, typos) < typos {
			break
		}
		x.names.similar([]rune(w), typos, false, func(v *word) {
			if t, ok := x.text.find(newStemmer().stem(v.text)); ok && x.text.docs[t] > fits {
				best, fits = v.text, x.text.docs[t]
			}
		})
	}
	return best
}

// top keeps the best of many texts: those of the highest score, then the later ones.
type top struct {
	keep int
	list []scored
}

type scored struct {
	doc   uint32
	score float32
}

func (s scored) worse(t scored) bool {
	return s.score < t.score || s.score == t.score && s.doc < t.doc
}

func (t *top) Len() int           { return len(t.list) }
func (t *top) Less(i, j int) bool { return t.list[i].worse(t.list[j]) }
func (t *top) Swap(i, j int)      { t.list[i], t.list[j] = t.list[j], t.list[i] }
func (t *top) Push(v any)         { t.list = append(t.list, v.(scored)) }
func (t *top) Pop() any {
	v := t.list[len(t.list)-1]
	t.list = t.list[:len(t.list)-1]
	return v
}

func (t *top) add(doc uint32, score float32) {
	s := scored{doc, score}
	switch {
	case len(t.list) < t.keep:
		heap.Push(t, s)
	case t.keep > 0 && t.list[0].worse(s):
		t.list[0] = s
		heap.Fix(t, 0)
	}
}

func (t *top) sorted() []scored {
	slices.SortFunc(t.list, func(a, b scored) int {
		if b.worse(a) {
			return -1
		}
		return 1
	})
	return t.list
}
