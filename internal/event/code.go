package event

import (
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/schema"
)

// deepest is how many clauses below one another are read as one event: "said it would agree to stop".
const deepest = 4

func particle(form string) bool {
	switch lower(form) {
	case "over", "up", "out", "off", "down", "back", "away", "in":
		return true
	}
	return false
}

// material is what the terms of a pattern are held against.
type material struct {
	complement []string // words of objects
	deep       []string // words of the clauses below
	subject    []string
	particle   string
	cases      []extract.Argument
	purpose    []string // words of infinitives of purpose
	inner      *reading
	unless     bool
	object     bool
	first      bool // the word stands before the clause below
	base       bool // the clause below has its verb in the base form
	clause     bool
	other      bool // the clause below has another subject
}

// read codes clause c. The result is never nil; its code is empty where c is no event.
func (s *sentence) read(c *clause, depth int) *reading {
	if rd := s.done[c.head]; rd != nil {
		return rd
	}
	rd := &reading{head: c.head}
	s.done[c.head] = rd // also the answer to a clause below itself, which broken trees may have
	if depth > deepest {
		return rd
	}
	rd.source = s.sources(c)
	m := &material{cases: s.cases(c), object: len(c.objects) > 0, unless: s.unless(c)}
	for i := range c.objects {
		m.complement = s.collect(m.complement, c.objects[i].Minimal.Words)
	}
	for i := range c.receivers {
		m.complement = s.collect(m.complement, c.receivers[i].Minimal.Words)
	}
	for i := range c.subjects {
		m.subject = s.collect(m.subject, c.subjects[i].Minimal.Words)
	}
	next := c.head + 1
	if next == len(s.words) || s.words[next].Head != c.head || s.words[next].Deprel != "advmod" {
		next = -1
	}
	if next > 0 {
		m.complement = s.collect(m.complement, []int{next}) // an object without determiner that was taken for an adverb: "expressed sorrow"
	}
	_, m.particle, _ = strings.Cut(c.lemma, " ")
	var inner *reading
	var innerClause *clause
	below := c.below
	if len(below) == 0 && s.takesClause(c.lemma) {
		// An infinitive that a parser took for a purpose: "asked Cuba to help".
		for _, k := range s.kids[c.head] {
			if s.words[k].Deprel == "advcl" && s.words[k].XPOS == "VB" {
				s.bare(k)
				below = []int{k}
			}
		}
	}
	for _, k := range below {
		if b := s.byHead[k]; b != nil {
			inner, innerClause = s.read(b, depth+1), b
			m.clause, m.first = true, c.head < k
			m.base = (s.words[k].XPOS == "VB" || s.words[k].XPOS == "VBP") && len(b.aux) == 0 && s.words[k].Deprel == "ccomp" &&
				b.lemma != "have"
			m.other = (len(b.subjects) > 0 || b.passive && len(b.objects) > 0) && !s.sameSubject(b, c.subjects)
			m.deep = s.collectDeep(m.deep, b, 0)
			break
		}
	}
	m.inner = inner
	for _, k := range s.kids[c.head] {
		if s.words[k].Deprel == "advcl" && s.words[k].XPOS == "VB" {
			s.bare(k)
			m.purpose = s.collectDeep(m.purpose, s.byHead[k], 0)
		}
	}
	var p *schema.EventPattern
	if next > 0 && particle(s.words[next].Form) {
		// A particle that was taken for an adverb: "handed over two suspects".
		m.particle = lower(s.words[next].Form)
		p = s.choose(s.events.Verb(c.lemma+" "+m.particle), m)
	}
	if p == nil {
		p = s.choose(s.events.Verb(c.lemma), m)
	}
	if p == nil && strings.Contains(c.lemma, " ") {
		verb, _, _ := strings.Cut(c.lemma, " ")
		p = s.choose(s.events.Verb(verb), m)
	}
	frame := ""
	if p != nil {
		rd.code, rd.counter, frame, rd.plain = p.Code, p.Counter, p.Frame, len(p.Terms) == 0 && !p.Own
		if p.Reversed {
			rd.target, rd.source = rd.source, nil
			for i := range m.cases {
				if a := &m.cases[i]; (a.Case == "from" || a.Case == "by") && len(rd.source) == 0 && s.animate(a.Head) {
					rd.source, _ = s.actors(a)
				}
			}
			if len(rd.source) == 0 && (c.passive || len(c.objects) > 0 || len(m.cases) > 0) {
				rd.source = s.targets(c, rd.target)
			}
			return s.status(c, rd)
		}
	}
	if p == nil || rd.plain || rd.code == "" && frame == "" && len(p.Terms) == 0 {
		if noun := s.lightNoun(c, m); noun != nil {
			rd.code, rd.plain = noun.Code, false
		}
	}
	if frame != "" {
		s.frame(frame, c, innerClause, m, rd)
	} else if rd.code != "" {
		rd.target = s.targets(c, rd.source)
		if len(rd.target) == 0 && inner != nil {
			rd.target = others(append(slices.Clone(inner.source), inner.target...), rd.source)
		}
		if inner != nil {
			rd.below = append(rd.below, inner.head)
		}
	}
	return s.status(c, rd)
}

// frame sets the code and the actors of rd, a governing word over the event of the clause below.
func (s *sentence) frame(frame string, c, below *clause, m *material, rd *reading) {
	inner := m.inner
	code := ""
	if inner != nil {
		code = inner.code
	} else if noun := s.lightNoun(c, m); noun != nil {
		code = noun.Code // "demanded the withdrawal"
	}
	rd.code = s.events.Frame(frame, code)
	if rd.code == "" {
		return
	}
	if c.passive && len(c.subjects) == 0 {
		for i := range c.objects { // "is prepared to leave"
			list, _ := s.actors(s.meant(c, &c.objects[i]))
			rd.source = append(rd.source, list...)
		}
	}
	as := rd.code == "="
	if as {
		rd.code = code
	}
	if inner != nil {
		rd.below = append(append(rd.below, inner.head), inner.below...)
		rd.plain = as && inner.plain
	}
	switch frame {
	case "saidother", "reported":
		if as {
			rd.source, rd.target = inner.source, inner.target
		} else {
			rd.target = inner.source
		}
	case "appeal", "demand", "wish":
		for _, a := range s.cases(c) {
			// "demanded the return of the island from Chile", "called on Chile to …"
			if !known(rd.target) && (a.Case == "from" || a.Case == "on" || a.Case == "upon") {
				if list, ok := s.actors(&a); ok && !sameWords(list, rd.source) {
					rd.target = list
				}
			}
		}
		if !known(rd.target) {
			rd.target = s.targets(c, rd.source)
		}
		if inner != nil && !known(rd.target) {
			if list := others(inner.source, rd.source); known(list) || len(rd.target) == 0 && len(list) > 0 {
				rd.target = list
			}
			if list := others(inner.target, rd.source); !known(rd.target) && known(list) {
				rd.target = list
			}
		}
	default:
		if inner != nil {
			if len(rd.source) == 0 || frame == "pass" && !known(rd.source) && known(inner.source) {
				rd.source = inner.source
			}
			rd.target = inner.target
		}
		if !known(rd.target) || frame != "pass" && frame != "saidself" && frame != "try" && inner == nil {
			if own := s.targets(c, rd.source); known(own) || len(rd.target) == 0 {
				rd.target = own
			}
		}
		if inner != nil && len(rd.target) == 0 && below != nil {
			rd.target = others(inner.source, rd.source)
		}
	}
}

// status turns the code of rd by the auxiliaries and the negation of c.
func (s *sentence) status(c *clause, rd *reading) *reading {
	unless := s.unless(c)
	apply := func(word string, other, self bool) (frame string, found bool) {
		for _, p := range s.events.Aux(word) {
			ok := true
			for _, t := range p.Terms {
				ok = ok && (t.Where == schema.WithOther && other || t.Where == schema.WithSelf && self ||
					t.Where == schema.WithUnless && unless)
			}
			if ok {
				return p.Frame, true
			}
		}
		return "", false
	}
	if rd.code == "" && !c.negative {
		return rd
	}
	var speaker []Actor
	if c.source != nil {
		speaker, _ = s.actors(c.source)
	}
	self := c.source != nil && s.sameSubject(c, []extract.Argument{*c.source})
	other := len(speaker) > 0 && !self && len(rd.source) > 0
	switch {
	case c.negative:
		frame, ok := apply("not", other, self)
		switch {
		case !ok:
		case rd.code != "":
			rd.code = s.events.Frame(frame, rd.code)
		case self && slices.ContainsFunc(c.aux, func(aux string) bool { f, ok := apply(aux, false, true); return ok && f != "" }):
			// Whatever it is that one will not do: "said it would not stop enriching".
			rd.code = s.events.Frame(frame, "")
			rd.target = s.targets(c, rd.source)
		}
	default:
		for _, aux := range c.aux {
			frame, ok := apply(aux, other, self)
			if !ok {
				continue
			}
			if frame == "" {
				rd.code = "" // no more than a possibility
				break
			}
			code := s.events.Frame(frame, rd.code)
			if code != "=" && code != "" {
				rd.code, rd.plain = code, false
			}
			if frame == "demand" || frame == "appeal" {
				rd.target, rd.source = rd.source, speaker
			}
			break
		}
	}
	return rd
}

// choose returns the pattern that asks for most and finds it: own ones before those of the dictionary, except that its bare words
// go last.
func (s *sentence) choose(patterns []*schema.EventPattern, m *material) *schema.EventPattern {
	var best *schema.EventPattern
	rank := func(p *schema.EventPattern) int {
		r := min(len(p.Terms), 9)
		switch {
		case p.Firm:
			return 40 + r
		case p.Own && r > 0:
			return 20 + 2*r
		case r > 0:
			return 19 + 2*r
		case p.Own:
			return 5
		}
		return 0
	}
	for _, p := range patterns {
		if best != nil && rank(best) >= rank(p) {
			continue
		}
		if s.suits(p, m) {
			best = p
		}
	}
	return best
}

func (s *sentence) suits(p *schema.EventPattern, m *material) bool {
	for i := range p.Terms {
		t := &p.Terms[i]
		ok := false
		switch t.Where {
		case schema.WithClause:
			ok = m.clause
		case schema.WithOther:
			ok = m.clause && m.other
		case schema.WithSelf:
			ok = m.clause && !m.other
		case schema.WithObject:
			ok = m.object
		case schema.WithBase:
			ok = m.base
		case schema.WithFirst:
			ok = m.first
		case schema.WithUnless:
			ok = m.unless
		case schema.WithSubject:
			ok = hasAny(t, m.subject)
		case schema.WithParticle:
			ok = t.Has(m.particle)
		case schema.WithComplement:
			ok = hasAny(t, m.complement) || p.Frame == "" && hasAny(t, m.deep)
		case schema.WithCase:
			for k := range m.cases {
				if !slices.Contains(t.Cases, m.cases[k].Case) {
					continue
				}
				if t.Any() {
					ok = true
					break
				}
				if ok = hasAny(t, s.collect(nil, s.opening(&m.cases[k]))); ok {
					break
				}
			}
			if !ok && slices.Contains(t.Cases, "to") && !t.Any() {
				ok = hasAny(t, m.deep) || hasAny(t, m.purpose)
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

func hasAny(t *schema.EventTerm, words []string) bool { return slices.ContainsFunc(words, t.Has) }

// collect adds the lemmas and forms of words to set, and each pair and triple of neighbours.
func (s *sentence) collect(set []string, words []int) []string {
	for n, i := range words {
		w := &s.words[i]
		text := lower(w.Form)
		set = append(set, lower(w.Lemma), text)
		for k := n + 1; k < len(words) && k < n+3 && words[k] == i+k-n; k++ {
			set = append(set, text+" "+lower(s.words[words[k]].Lemma))
			text += " " + lower(s.words[words[k]].Form)
			set = append(set, text)
		}
	}
	return set
}

// takesClause says whether the verb has a reading with a clause below it.
func (s *sentence) takesClause(lemma string) bool {
	return slices.ContainsFunc(s.events.Verb(lemma), func(p *schema.EventPattern) bool {
		return p.Frame != "" && slices.ContainsFunc(p.Terms, func(t schema.EventTerm) bool {
			return t.Where == schema.WithClause || t.Where == schema.WithOther
		})
	})
}

// opening returns the words of a up to its first own preposition.
func (s *sentence) opening(a *extract.Argument) []int {
	for n, i := range a.Words {
		if s.words[i].Deprel == "case" && s.words[i].XPOS != "POS" && i > a.Words[0] {
			return a.Words[:n]
		}
	}
	return a.Words
}

// collectDeep adds the words of clause c below another, and of its objects.
func (s *sentence) collectDeep(set []string, c *clause, depth int) []string {
	set = append(set, c.lemma)
	for i := range c.objects {
		set = s.collect(set, c.objects[i].Minimal.Words)
	}
	if depth < deepest {
		for _, k := range c.below {
			if b := s.byHead[k]; b != nil {
				set = s.collectDeep(set, b, depth+1)
			}
		}
	}
	return set
}

// lightNoun returns the reading of the object of c as an event by itself: the verb has no reading with it.
func (s *sentence) lightNoun(c *clause, m *material) *schema.EventPattern {
	for i := range c.objects {
		h := c.objects[i].Head
		if h < 0 || s.words[h].UPOS != "NOUN" {
			continue
		}
		if p := s.choose(s.events.Noun(lower(s.words[h].Lemma)), m); p != nil {
			return p
		}
	}
	return nil
}

// nouns returns the readings of nouns that stand for an event by themselves: "the riots against the tax".
func (s *sentence) nouns() (found []*reading) {
	for h := range s.words {
		w := &s.words[h]
		if w.UPOS != "NOUN" {
			continue
		}
		patterns := s.events.Noun(lower(w.Lemma))
		if patterns == nil {
			continue
		}
		c := &clause{head: h, lemma: lower(w.Lemma)}
		m := &material{cases: s.modifiers(h)}
		var before []int
		for _, k := range s.kids[h] {
			switch universal(s.words[k].Deprel) {
			case "compound", "amod":
				if k < h {
					before = append(before, s.subtree(k)...)
				}
			case "nmod":
				if s.words[k].Deprel == "nmod:poss" {
					c.subjects = append(c.subjects, extract.Argument{Phrase: extract.Phrase{Words: s.subtree(k), Head: k},
						Minimal: extract.Phrase{Words: s.part(s.subtree(k), k), Head: k}})
				}
			}
		}
		m.complement = s.collect(m.complement, before)
		p := s.choose(patterns, m)
		if p == nil || p.Code == "" {
			continue
		}
		rd := &reading{head: h, code: p.Code, plain: true}
		for i := range m.cases {
			if m.cases[i].Case == "by" || m.cases[i].Case == "between" {
				c.subjects = append(c.subjects, m.cases[i])
			} else {
				c.obliques = append(c.obliques, m.cases[i])
			}
		}
		rd.source = s.sources(c)
		if !known(rd.source) {
			slices.Sort(before)
			for _, i := range before {
				if n := s.nameAt(i); n != nil {
					rd.source = []Actor{s.named(n)}
					break
				}
			}
		}
		rd.target = s.targets(c, rd.source)
		if known(rd.source) {
			found = append(found, rd)
		}
	}
	return found
}

func seq(from, to int) (list []int) {
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

func known(list []Actor) bool {
	for i := range list {
		if list[i].State != "" {
			return true
		}
	}
	return false
}

// others returns the actors of list that are none of those in not.
func others(list, not []Actor) (rest []Actor) {
	for i := range list {
		if !sameWords(list[i:i+1], not) {
			rest = append(rest, list[i])
		}
	}
	return rest
}

// sameSubject says whether the subjects of c are those of list or pronouns for them.
func (s *sentence) sameSubject(c *clause, list []extract.Argument) bool {
	for i := range c.subjects {
		a := &c.subjects[i]
		of := a
		if s.pronoun(a) {
			of = s.antecedent(c, a)
		}
		for j := range list {
			if list[j].Head == a.Head || of != nil && list[j].Head == of.Head {
				return true
			}
		}
	}
	return false
}
