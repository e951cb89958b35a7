package event

import (
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/internal/nlp"
)

// sentence holds what is read of one sentence.
type sentence struct {
	*Coder
	sent    int
	text    string     // of the document
	words   []nlp.Word // of the tree that the propositions were read from
	kids    [][]int
	clauses []*clause // in the order of the propositions: the main clause first
	byHead  map[int]*clause
	names   []name
	done    map[int]*reading
}

// clause gathers the propositions of one verb.
type clause struct {
	head      int
	lemma     string
	subjects  []extract.Argument
	objects   []extract.Argument // with attributes
	receivers []extract.Argument
	obliques  []extract.Argument
	below     []int // heads of the clauses that are arguments
	passive   bool
	negative  bool
	source    *extract.Argument // who says so
	aux       []string
}

func newSentence(of *Coder, doc *nlp.Document, props []extract.Proposition) *sentence {
	mended := props[0].Mended
	s := &sentence{Coder: of, text: doc.Text, sent: props[0].Sent, words: mended.Words,
		kids: mended.Children(), byHead: map[int]*clause{}, done: map[int]*reading{}}
	s.findNames()
	for i := range props {
		p := &props[i]
		if p.Noun || p.Head < 0 {
			continue
		}
		c := s.byHead[p.Head]
		if c == nil {
			c = &clause{head: p.Head, lemma: p.Lemma}
			if p.Source != nil && p.Source.Head >= 0 && p.SourceSent == p.Sent {
				c.source = p.Source
			}
			if p.Rule == "light" {
				c.lemma = lower(s.words[p.Head].Lemma)
			}
			for _, k := range p.Words {
				if d := s.words[k].Deprel; d == "aux" || d == "aux:pass" || d == "cop" {
					c.aux = append(c.aux, lower(s.words[k].Form))
				}
			}
			s.byHead[p.Head] = c
			s.clauses = append(s.clauses, c)
		}
		c.passive = c.passive || p.Passive
		for _, a := range p.Args {
			if a.Head < 0 || len(a.Words) == 0 {
				continue // not in the sentence
			}
			a.Words = s.naming(&a)
			switch a.Role {
			case extract.Subject, extract.Agent:
				c.subjects = addArgument(c.subjects, a)
			case extract.Object, extract.Attribute:
				c.objects = addArgument(c.objects, a)
			case extract.Indirect:
				c.receivers = addArgument(c.receivers, a)
			case extract.Clause:
				if !slices.Contains(c.below, a.Head) {
					c.below = append(c.below, a.Head)
				}
			case extract.Time:
				if a.Case != "" && s.known(a.Words) {
					c.obliques = addArgument(c.obliques, a) // "met with Mr Ali Friday"
				}
				for _, m := range s.modifiers(a.Head) {
					if m.Case == "of" && a.Case == "" && len(c.objects) == 0 && a.Head > p.Head {
						m.Role, m.Case, m.CaseWords = extract.Object, "", nil
						c.objects = append(c.objects, m) // "held two days of talks"
						continue
					}
					if len(m.Words) > 0 && capital(s.words[m.Words[len(m.Words)-1]].Form) {
						c.obliques = addArgument(c.obliques, m) // "on Friday between Oslo and Rome"
					}
				}
			default:
				c.obliques = addArgument(c.obliques, a)
			}
		}
	}
	for _, c := range s.clauses {
		if verb, ok := strings.CutPrefix(c.lemma, "be "); ok && len(c.objects) > 0 && !c.passive {
			c.lemma = verb // "it would free prisoners" with a verb that was tagged an adjective
		}
		for _, k := range c.below {
			s.bare(k)
		}
	}
	s.governors()
	for _, c := range s.byHead {
		c.negative = s.negated(c)
	}
	return s
}

// naming returns the words of argument a without the relative clauses of its noun, which tell of other things.
func (s *sentence) naming(a *extract.Argument) []int {
	if s.words[a.Head].UPOS != "NOUN" {
		return a.Words
	}
	return slices.DeleteFunc(slices.Clone(a.Words), func(i int) bool {
		for ; i >= 0 && i != a.Head; i = s.words[i].Head {
			if s.words[i].Deprel == "acl:relcl" && s.words[i].Head == a.Head {
				return true
			}
		}
		return false
	})
}

// governors adds the verbs and adjectives that made no proposition because their infinitive says it all ("is willing to sell"),
// each before its infinitive.
func (s *sentence) governors() {
	list := s.clauses
	s.clauses = nil
	for _, c := range list {
		w := &s.words[c.head]
		if h := w.Head; w.Deprel == "xcomp" && h >= 0 && s.byHead[h] == nil {
			s.bare(h)
			g := s.byHead[h]
			g.subjects, g.source = c.subjects, c.source
			if !slices.Contains(g.below, c.head) {
				g.below = append(g.below, c.head)
			}
			s.clauses = append(s.clauses, g)
		}
		s.clauses = append(s.clauses, c)
	}
}

// negated says whether c has a negation of its own: one that it owes to the verb above it is that verb's.
func (s *sentence) negated(c *clause) bool {
	for _, k := range s.kids[c.head] {
		switch universal(s.words[k].Deprel) {
		case "advmod", "det":
			if negator(s.words[k].Form) {
				return true
			}
		case "aux", "cop":
			for _, m := range s.kids[k] {
				if negator(s.words[m].Form) {
					return true
				}
			}
		}
	}
	for _, list := range [][]extract.Argument{c.objects, c.subjects} {
		for i := range list {
			for _, k := range s.kids[list[i].Head] {
				if s.words[k].Deprel == "det" && lower(s.words[k].Form) == "no" {
					return true
				}
			}
		}
	}
	return false
}

func negator(form string) bool {
	switch lower(form) {
	case "not", "n't", "n’t", "never", "no", "neither", "nor":
		return true
	}
	return false
}

// bare makes a clause of verb k, which made no proposition for want of a subject, from the tree alone. It stands for no event of
// its own.
func (s *sentence) bare(k int) {
	if s.byHead[k] != nil || k < 0 {
		return
	}
	c := &clause{head: k, lemma: lower(s.words[k].Lemma)}
	if s.words[k].UPOS == "ADJ" {
		c.lemma = "be " + c.lemma
	}
	s.byHead[k] = c
	for _, m := range s.kids[k] {
		a := extract.Argument{Phrase: extract.Phrase{Words: s.subtree(m), Head: m}}
		a.Minimal = a.Phrase
		a.Case, _ = s.caseOf(m)
		switch universal(s.words[m].Deprel) {
		case "obj":
			c.objects = append(c.objects, a)
		case "iobj":
			c.receivers = append(c.receivers, a)
		case "obl":
			if a.Case != "" {
				c.obliques = append(c.obliques, a)
			}
		case "xcomp", "ccomp":
			c.below = append(c.below, m)
			s.bare(m)
		case "compound":
			if s.words[m].Deprel == "compound:prt" {
				c.lemma += " " + lower(s.words[m].Lemma)
			}
		case "aux":
			c.aux = append(c.aux, lower(s.words[m].Form))
		}
	}
}

// known says whether words hold a name that the gazetteers know.
func (s *sentence) known(words []int) bool {
	for i := range s.names {
		if slices.Contains(words, s.names[i].first) {
			return true
		}
	}
	return false
}

// caseOf returns the prepositions before noun h, joined by blanks, and their words.
func (s *sentence) caseOf(h int) (form string, words []int) {
	for _, k := range s.kids[h] {
		if s.words[k].Deprel == "case" && k < h {
			form = strings.TrimSpace(form + " " + lower(s.words[k].Form))
			words = append(words, k)
		}
	}
	return form, words
}

// unless says whether an "unless" follows the predicate of c.
func (s *sentence) unless(c *clause) bool {
	return slices.ContainsFunc(s.words[c.head:], func(w nlp.Word) bool { return lower(w.Form) == "unless" })
}

func addArgument(list []extract.Argument, a extract.Argument) []extract.Argument {
	for i := range list {
		if list[i].Head == a.Head {
			return list
		}
	}
	return append(list, a)
}

func (s *sentence) subtree(i int) []int {
	words := []int{i}
	for at := 0; at < len(words); at++ {
		words = append(words, s.kids[words[at]]...)
	}
	slices.Sort(words)
	return words
}

func (s *sentence) join(words []int) string {
	var b strings.Builder
	for n, i := range words {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.words[i].Form)
	}
	return b.String()
}

func universal(deprel string) string {
	rel, _, _ := strings.Cut(deprel, ":")
	return rel
}

func lower(s string) string { return strings.ToLower(s) }
