package extract

import (
	"strings"
	"sync"
)

// about tells which words a repair is about: those that have one of the relations, one of the tags and one of the lower-case forms
// that it names, separated by blanks; where it names none, any.
type about struct{ rel, upos, xpos, form string }

// sorts are sets of relations, tags and forms as bits, each the sets of one word, of what a repair is about, or of all words of a
// sentence. The first bit stands for whatever no repair names.
type sorts struct {
	rel, upos, xpos uint64
	form            [3]uint64
}

// meets says whether a word of sorts w, or one of several words, is what a repair is about.
func (s *sorts) meets(w *sorts) bool {
	return s.rel&w.rel != 0 && s.upos&w.upos != 0 && s.xpos&w.xpos != 0 &&
		s.form[0]&w.form[0]|s.form[1]&w.form[1]|s.form[2]&w.form[2] != 0
}

// add makes s the union of itself and o.
func (s *sorts) add(o *sorts) {
	s.rel |= o.rel
	s.upos |= o.upos
	s.xpos |= o.xpos
	for i := range s.form {
		s.form[i] |= o.form[i]
	}
}

// numbering numbers the values of a column that repairs name, from 1; any other is 0.
type numbering map[string]int

// set returns the numbers of a list of values, those of all values for an empty one.
func (n numbering) set(list string) (bits [3]uint64) {
	if list == "" {
		return [3]uint64{^uint64(0), ^uint64(0), ^uint64(0)}
	}
	for v := range strings.FieldsSeq(list) {
		if _, known := n[v]; !known {
			n[v] = len(n) + 1
		}
		bits[n[v]/64] |= 1 << (n[v] % 64)
	}
	return bits
}

// small returns set of a column with few values.
func (n numbering) small(list string) uint64 {
	bits := n.set(list)
	if len(n) > 63 {
		panic("more values than bits: " + list)
	}
	return bits[0]
}

// classes is what the repairs are about.
type classes struct {
	rel, upos, xpos, form numbering
	of                    []sorts // of each of repairs
}

// repairSorts returns what the repairs are about.
var repairSorts = sync.OnceValue(func() *classes {
	c := &classes{numbering{}, numbering{}, numbering{}, numbering{}, make([]sorts, len(repairs))}
	for i := range repairs {
		a := &repairs[i].words
		c.of[i] = sorts{c.rel.small(a.rel), c.upos.small(a.upos), c.xpos.small(a.xpos), c.form.set(a.form)}
	}
	return c
})

// sort sets the sorts of all words.
func (r *repairer) sort() {
	r.sorts = make([]sorts, len(r.s.Words))
	for i := range r.sorts {
		n := r.about.form[lower(r.s.Words[i].Form)]
		r.sorts[i].form[n/64] = 1 << (n % 64)
		r.resort(i)
	}
}

// resort sets the sorts of word i, whose arc or tags have changed.
func (r *repairer) resort(i int) {
	c, w, s := r.about, &r.s.Words[i], &r.sorts[i]
	s.rel, s.upos, s.xpos = 1<<c.rel[w.Deprel], 1<<c.upos[w.UPOS], 1<<c.xpos[w.XPOS]
	r.all.add(s)
}
