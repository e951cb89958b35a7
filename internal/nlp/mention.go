package nlp

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dependents finds the dependents of words, from the first to the last.
type dependents struct {
	words          []Word
	child, sibling []int32 // first dependent, next dependent of the same head; -1 for none
}

func (d *dependents) begin(words []Word) {
	n := len(words)
	d.words = words
	d.child, d.sibling = grow(d.child, n), grow(d.sibling, n)
	for i := range n {
		d.child[i], d.sibling[i] = -1, -1
	}
	for i := n - 1; i >= 0; i-- {
		if h := words[i].Head; h >= 0 && h < n && h != i {
			d.sibling[i], d.child[h] = d.child[h], int32(i)
		}
	}
}

// dependent returns the first dependent of word i in the relation, -1 for none.
func (d *dependents) dependent(i int, deprel string) int {
	for k := d.child[i]; k >= 0; k = d.sibling[k] {
		if d.words[k].Deprel == deprel {
			return int(k)
		}
	}
	return -1
}

// has says whether word i has a dependent in the relation.
func (d *dependents) has(i int, deprel string) bool { return d.dependent(i, deprel) >= 0 }

// mentioner finds the mentions of a sentence. It can be reused, but it is not safe for concurrent use.
type mentioner struct {
	dependents
	in    []bool // words of the phrase that is being built
	stack []int32
	named []int32 // word → 1 + index in out of the name that it is part of
	out   []Mention
	title bool // capitals tell nothing: a headline
}

// MentionsOf returns the mentions of words, whose tags, heads and relations are known, ordered by First, longer ones first.
func MentionsOf(words []Word) []Mention {
	var m mentioner
	return m.mentions(words)
}

func (m *mentioner) mentions(words []Word) []Mention {
	n := len(words)
	m.begin(words)
	m.in, m.named = grow(m.in, n), grow(m.named, n)
	clear(m.in)
	clear(m.named)
	m.out = m.out[:0]
	m.title = isTitle(words)
	for i := range words {
		if m.named[i] == 0 && m.isNameHead(i) {
			m.name(i)
		}
	}
	m.entitySpans()
	for i := range words {
		switch w := &words[i]; {
		case w.UPOS == "NOUN" && m.headsPhrase(i), w.UPOS == "NUM" && w.Deprel != "nummod" && isArgument(w.Deprel) && w.Form != "" && !isDigitByte(w.Form[0]),
			w.UPOS == "ADJ" && isArgument(w.Deprel) && m.has(i, "det"):
			if m.named[i] == 0 {
				m.nominal(i, 0)
			}
		case w.UPOS == "PRON" && w.Deprel != "expl" && w.XPOS != "EX" && w.Deprel != "goeswith":
			m.out = append(m.out, Mention{First: i, Last: i, Head: i, Kind: Pronoun})
		}
	}
	if len(m.out) == 0 {
		return nil
	}
	out := slices.Clone(m.out)
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(a.First-b.First, b.Last-a.Last, int(a.Kind)-int(b.Kind), a.Head-b.Head)
	})
	return slices.CompactFunc(out, func(a, b Mention) bool { return a.First == b.First && a.Last == b.Last })
}

// isArgument says whether a relation is one that noun phrases stand in.
func isArgument(deprel string) bool {
	switch deprel {
	case "nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent":
		return true
	}
	return false
}

// headsPhrase says whether the noun at i heads a phrase of its own rather than being part of a compound.
func (m *mentioner) headsPhrase(i int) bool {
	switch m.words[i].Deprel {
	case "compound", "flat", "fixed", "goeswith", "case", "mark", "cc", "advmod", "discourse", "reparandum":
		return false
	}
	return true
}

// isName says whether word i is a proper noun or an adjective or verb that is tagged as part of a name (United, Supreme).
func (m *mentioner) isName(i int) bool {
	return m.words[i].UPOS == "PROPN" || m.words[i].XPOS == "NNP"
}

// isNameHead says whether a name begins its tree at word i.
func (m *mentioner) isNameHead(i int) bool {
	w := &m.words[i]
	if w.UPOS != "PROPN" || w.XPOS == "ADD" {
		return false
	}
	h := w.Head
	switch w.Deprel {
	case "flat", "goeswith", "fixed":
		return false
	case "compound", "nmod:desc":
		if h >= 0 && h < len(m.words) && m.isName(h) {
			// A part of the head's name, or the title before it; a name that hangs on a common noun stands alone.
			return false
		}
		return w.Deprel == "compound" || i > h // "minister Clinton": the noun is the title
	}
	return true
}

// titles are nouns that, with "of", name an office rather than a body.
var titles = set(`president minister king queen prince princess secretary chairman chairwoman governor mayor ambassador head director member
	leader chief general emperor sheikh duke earl lord bishop archbishop pope professor dean commander speaker premier taoiseach chancellor envoy
	representative spokesman spokeswoman republic kingdom`)

// name adds the name that word i heads.
func (m *mentioner) name(i int) {
	m.collectName(i, 0)
	first, last := i, i
	for first > 0 && m.in[first-1] {
		first--
	}
	for last+1 < len(m.words) && m.in[last+1] {
		last++
	}
	m.clear()
	for first < i && !m.isName(first) && m.words[first].UPOS != "NUM" && m.words[first].UPOS != "NOUN" {
		first++ // punctuation at the edge
	}
	for last > i && (m.words[last].UPOS == "PUNCT" || m.words[last].UPOS == "ADP" || m.words[last].UPOS == "CCONJ" || m.words[last].UPOS == "DET") {
		last--
	}
	first, last = m.asTagged(i, first, last)
	typ := m.entityType(first, last, i)
	if typ != "PER" && calendar[m.words[i].Lemma] { // May the month, not Theresa May
		return
	}
	if last == i && titles[strings.ToLower(m.words[i].Form)] { // the President of Russia, the Prime Minister
		m.nominal(i, Nominal)
		return
	}
	m.out = append(m.out, Mention{First: first, Last: last, Head: i, Kind: Named, Type: typ})
	for k := first; k <= last; k++ {
		m.named[k] = int32(len(m.out))
	}
}

// asTagged returns the ends of the entity that word i, which heads the name of words first to last in the tree, is tagged as part
// of: the tagger knows better what belongs to a name. Titles that the tree takes into the name of a person stay; so do first and
// last where the word is in no entity, or in one of no known type that is no ship.
func (m *mentioner) asTagged(i, first, last int) (int, int) {
	if len(m.words[i].NER) < 3 {
		return first, last
	}
	begin := i
	for begin > 0 && m.words[begin].NER[0] == 'I' && len(m.words[begin-1].NER) > 2 {
		begin--
	}
	if strings.HasSuffix(m.words[i].NER, "MISC") && !shipPrefixes[m.words[begin].Form] {
		return first, last
	}
	end := entityEnd(m.words, begin)
	for begin > first && strings.HasSuffix(m.words[i].NER, "PER") && IsTitle(m.words[begin-1].Form) {
		begin--
	}
	return begin, end
}

// calendar holds the lemmas of names that are times, not things.
var calendar = set(`January February March April May June July August September October November December
	Monday Tuesday Wednesday Thursday Friday Saturday Sunday`)

// IsCalendar says whether lemma is a month or a day of the week.
func IsCalendar(lemma string) bool { return calendar[lemma] }

// add marks word i as part of the phrase.
func (m *mentioner) add(i int32) {
	m.in[i] = true
	m.stack = append(m.stack, i)
}

// clear forgets the phrase.
func (m *mentioner) clear() {
	for _, i := range m.stack {
		m.in[i] = false
	}
	m.stack = m.stack[:0]
}

// maxDepth bounds how deep the parts of a name nest.
const maxDepth = 12

// collectName marks the words of the name that word i heads.
func (m *mentioner) collectName(i, depth int) {
	m.add(int32(i))
	if depth > maxDepth {
		return
	}
	for c := m.child[i]; c >= 0; c = m.sibling[c] {
		j := int(c)
		w := &m.words[j]
		switch w.Deprel {
		case "flat", "goeswith":
			m.collectName(j, depth+1)
		case "compound":
			if m.isName(j) || w.UPOS == "NUM" || m.capitalPart(i, j) {
				m.collectName(j, depth+1)
			}
		case "amod":
			if w.XPOS == "NNP" || m.capitalPart(i, j) {
				m.collectName(j, depth+1)
			}
		case "nummod":
			if j == i+1 { // World War II, Boeing 747
				m.collectName(j, depth+1)
			}
		case "punct":
			if w.XPOS == "HYPH" || w.Form == "-" && j > 0 && j+1 < len(m.words) && m.words[j-1].End == w.Begin && m.words[j+1].Begin == w.End {
				m.add(c)
			}
		case "conj", "cc":
			// Securities and Exchange Commission: inside a compound only
			if depth > 0 && (w.Deprel == "cc" || m.isName(j)) && m.words[i].Deprel == "compound" {
				m.collectName(j, depth+1)
			}
		case "nmod":
			if m.ofName(i, j) {
				m.collectName(j, depth+1)
				for k := m.child[j]; k >= 0; k = m.sibling[k] {
					if d := m.words[k].Deprel; d == "case" || d == "det" || d == "conj" && m.isName(int(k)) {
						m.collectName(int(k), depth+1)
					}
					if m.words[k].Deprel == "conj" {
						for q := m.child[k]; q >= 0; q = m.sibling[q] {
							if m.words[q].Deprel == "cc" || m.words[q].Deprel == "punct" && m.words[q].Form == "," {
								m.add(q)
							}
						}
					}
				}
			}
		}
	}
}

// capitalPart says whether the common noun or adjective at j is part of the name that word i heads: Federal Deposit Insurance
// Corp, but not the British of British Theresa May.
func (m *mentioner) capitalPart(i, j int) bool {
	w := &m.words[j]
	if j == 0 && len(w.NER) < 3 { // the capital of a sentence's first word tells nothing
		return false
	}
	return j < i && !m.title && isCapital(w.Form) && !strings.HasSuffix(m.words[i].NER, "PER") && !titles[strings.ToLower(w.Form)] &&
		!titles[strings.ToLower(m.words[i].Form)]
}

// ofName says whether the phrase of word j, which hangs from the name of word i, is part of the name: Ministry of Foreign
// Affairs, but not President of Russia.
func (m *mentioner) ofName(i, j int) bool {
	if j < i || titles[strings.ToLower(m.words[i].Form)] || m.words[j].UPOS != "PROPN" && (m.title || m.words[j].UPOS != "NOUN" || !isCapital(m.words[j].Form)) {
		return false
	}
	if strings.HasSuffix(m.words[i].NER, "PER") || m.has(i, "flat") { // Anna Keller of the Valdera Times
		return false
	}
	first := j
	for c := m.child[j]; c >= 0 && int(c) < j; c = m.sibling[c] {
		w := &m.words[c]
		switch w.Deprel {
		case "case":
			if w.Form != "of" && w.Form != "for" || w.Form == "for" && len(m.words[i].Form) < 5 {
				return false
			}
			first = min(first, int(c))
		case "compound", "amod":
			if !isCapital(w.Form) {
				return false
			}
		case "det", "flat", "punct":
		default:
			return false
		}
	}
	// An entity of its own: the Central Bank of | Iran.
	for k := first + 1; k <= j; k++ {
		if strings.HasPrefix(m.words[k].NER, "B-") && len(m.words[i].NER) > 2 {
			return false
		}
	}
	// Nothing but parts of the head's own name may stand between.
	for k := i + 1; k < first; k++ {
		if !m.isName(k) {
			return false
		}
	}
	return first < j && m.words[first].Deprel == "case"
}

// entityType returns the type that the tags of words first to last vote for, the head's vote counting double; "" for none.
func (m *mentioner) entityType(first, last, head int) string {
	if first > 0 && strings.HasPrefix(m.words[first].NER, "I") && m.words[first-1].UPOS == "ADP" {
		return "" // the California of the University of California: the tag is not its own
	}
	best, votes := "", 0
	var tally [8]struct {
		name string
		n    int
	}
	for k := first; k <= last; k++ {
		tag := m.words[k].NER
		if len(tag) < 3 {
			continue
		}
		weight := 1
		if k == head {
			weight = 2
		}
		for t := range tally {
			if tally[t].name == "" {
				tally[t].name = tag[2:]
			}
			if tally[t].name == tag[2:] {
				if tally[t].n += weight; tally[t].n > votes {
					best, votes = tag[2:], tally[t].n
				}
				break
			}
		}
	}
	return best
}

// entitySpans adds the spans that the entity tags mark and the tree does not: they must hold a capital and not cut a name.
func (m *mentioner) entitySpans() {
	eachEntity(m.words, func(i, j int) {
		typ := m.words[i].NER[2:]
		free, capital := true, false
		for k := i; k <= j; k++ {
			if m.named[k] != 0 {
				free = false
			}
			capital = capital || isCapital(m.words[k].Form)
		}
		if free && (capital || typ == "LOC") && m.words[i].UPOS != "PRON" && m.words[i].UPOS != "DET" {
			head := i
			for k := i; k <= j; k++ {
				if h := m.words[k].Head; h < i || h > j {
					head = k
					break
				}
			}
			m.out = append(m.out, Mention{First: i, Last: j, Head: head, Kind: Named, Type: typ})
			for k := i; k <= j; k++ {
				m.named[k] = int32(len(m.out))
			}
		}
	})
}

// nominal adds the noun phrase that word i heads: its subtree without relative clauses, appositions, conjuncts, what makes a
// clause of it, and what is set off by commas or brackets. Its kind is told from its capitals where kind is 0.
func (m *mentioner) nominal(i int, kind MentionKind) {
	m.add(int32(i))
	for c := m.child[i]; c >= 0; c = m.sibling[c] {
		switch m.words[c].Deprel {
		case "det", "det:predet", "amod", "nummod", "compound", "nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat", "acl", "cc:preconj", "goeswith",
			"compound:prt", "fixed":
			if !m.setOff(i, int(c)) {
				m.add(c)
			}
		case "obl": // the biggest of the three
			if m.words[i].UPOS != "NOUN" && int(c) > i {
				m.add(c)
			}
		case "punct":
			if m.words[c].XPOS == "HYPH" {
				m.add(c)
			}
		}
	}
	// all that hangs below, but for relative clauses and asides
	for k := 1; k < len(m.stack); k++ {
		top := m.stack[k]
		for c := m.child[top]; c >= 0; c = m.sibling[c] {
			switch m.words[c].Deprel {
			case "acl:relcl", "appos", "parataxis", "list", "vocative", "discourse", "advcl:relcl", "advcl":
				continue
			}
			if !m.in[c] {
				m.add(c)
			}
		}
	}
	first, last := i, i
	for first > 0 && m.in[first-1] {
		first--
	}
	for last+1 < len(m.words) && m.in[last+1] {
		last++
	}
	m.clear()
	for first < i && (m.words[first].UPOS == "PUNCT" || m.words[first].UPOS == "CCONJ" || m.words[first].UPOS == "ADP") {
		first++
	}
	for last > i && (m.words[last].UPOS == "PUNCT" || m.words[last].UPOS == "CCONJ") {
		last--
	}
	if kind == 0 {
		kind = Nominal
		if !m.title && m.capitals(first, last) {
			kind = Named
		}
	}
	typ := ""
	if tag := m.words[i].NER; len(tag) > 2 {
		typ = tag[2:]
	}
	m.out = append(m.out, Mention{First: first, Last: last, Head: i, Kind: kind, Type: typ})
}

// capitals says whether words first to last, at least two of them and not at the start of the sentence, all begin with a
// capital: a name that the tagger took for common nouns.
func (m *mentioner) capitals(first, last int) bool {
	if m.words[first].UPOS == "DET" {
		first++
	}
	if first == 0 || last <= first {
		return false
	}
	for k := first; k <= last; k++ {
		if !isCapital(m.words[k].Form) {
			return false
		}
	}
	return true
}

// isCapital says whether form begins with a capital.
func isCapital(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// setOff says whether a comma, dash or bracket parts dependent c from the noun at i before it.
func (m *mentioner) setOff(i, c int) bool {
	if c < i {
		return false
	}
	first := c
	for k := m.child[c]; k >= 0 && int(k) < c; k = m.sibling[k] {
		first = int(k)
		break
	}
	switch m.words[first].Form {
	case ",", "(", "[", "-", "--", "–", "—":
		return true
	}
	if first > 0 && first-1 > i {
		switch m.words[first-1].Form {
		case ",", "(", "[", "--", "—":
			return true
		}
	}
	return false
}
