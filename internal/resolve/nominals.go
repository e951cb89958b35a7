package resolve

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"kg/graph"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// empty are the modifiers that a phrase loses without becoming another thing's: "several officials" are officials.
var empty = set(`own same such certain several many few more most much some any all both each every various numerous countless last
	next latest recent current ongoing further additional whole entire two three four five six seven eight nine ten
	half dozen hundred thousand million billion particular individual high-level very mere then less enough`)

// generic are those and modifiers that tell no kinds of things apart, though they may tell one from another in its article: "other
// officials", "global growth". An event loses them all: a "global" meeting is the meeting.
var generic = union(empty, set(`other another new old previous first second third fourth fifth former late late-stage early earlier different
	possible potential big large small major minor key main total good bad great high low long short top only single
	initial final alleged so-called apparent likely unspecified unidentified unnamed estimated overall general special
	formal informal global direct future present past longtime senior leading prominent important significant serious
	least`))

// union returns what is in a or b.
func union(a, b map[string]bool) map[string]bool {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// refer refers to what the phrase of an argument means.
func (s *run) refer(p *extract.Proposition, a *extract.Argument, st stance) reference {
	return s.referIn(p, p.Sent, a, st)
}

// referIn is refer for an argument of sentence sent, which is another one than p's for a speaker named there.
func (s *run) referIn(p *extract.Proposition, sent int, a *extract.Argument, st stance) reference {
	t := s.tree(sent)
	head := a.Head
	if head < 0 || head >= len(t.Words) || len(a.Words) == 0 {
		return reference{why: "empty argument"}
	}
	if a.Role == extract.Clause {
		return reference{literal: s.actName(t, head, s.proposing(p)), typ: "Claim"}
	}
	w := &t.Words[head]
	if w.UPOS == "PRON" || w.UPOS == "DET" && w.Feat("PronType") != "" {
		f := s.pronoun(p, sent, head)
		s.note(sent, head, []int{head}, f)
		return f
	}
	words := t.joined(shortest(a))
	if f := s.same[head]; f.id != "" && sent == p.Sent {
		s.note(sent, head, words, f)
		return f
	}
	key := mention{sent, head, words[0], words[len(words)-1], st}
	f, ok := s.refs[key]
	if !ok {
		f = s.phrase(t, sent, head, words, a.Words, st)
		s.refs[key] = f
	}
	s.note(sent, head, words, f)
	return f
}

// phrase refers to what a phrase with a noun, name or number as its head means.
func (s *run) phrase(t *tree, sent, head int, words, whole []int, st stance) reference {
	w := &t.Words[head]
	if w.UPOS == "PROPN" && len(w.NER) < 3 {
		lower := strings.ToLower(w.Form)
		if nlp.Month(lower) != 0 || nlp.IsWeekday(lower) {
			return reference{why: "a time as argument"}
		}
		if lower == w.Form {
			return s.nominal(t, sent, head, words, whole)
		}
	}
	if len(words) == 1 && len(w.Form) == 1 && (w.UPOS == "PROPN" || w.UPOS == "NOUN") {
		return reference{why: "a letter"} // "S" of "S and P"
	}
	if lower := strings.ToLower(strings.TrimSuffix(w.Form, ".")); len(words) == 1 && w.UPOS == "PROPN" &&
		companySuffixes[lower] && len(lower) < 5 {
		return reference{why: "a legal form without a name"} // but "the Company"
	}
	if w.UPOS == "PROPN" && t.respectively(head, words) {
		typ := "Group"
		if strings.HasSuffix(w.NER, "LOC") {
			typ = "Place"
		}
		return s.scoped(s.text(t, withoutDeterminer(t, words)), typ)
	}
	if label := s.countryman(t, head, words); label != "" {
		return s.scoped(label, "Person")
	}
	switch w.UPOS {
	case "PROPN":
		if name, ok := s.seriesOf(sent, head); ok {
			return s.seriesRef(t, sent, head, words, name)
		}
		if s.describes(t, head, words) && !t.soleCongress(head) {
			return s.nominal(t, sent, head, words, whole)
		}
		return s.name(t, head, words, st)
	case "NOUN":
		if len(w.NER) > 2 {
			// Names of companies and bodies often end in a common noun: the model's entity decides, not the tag.
			if span, _ := t.nerSpan(head); len(span) > 1 || unicode.IsUpper([]rune(w.Form)[0]) {
				return s.name(t, head, words, st)
			}
		}
		if unicode.IsUpper([]rune(w.Form)[0]) {
			if f, ok := s.known(s.text(t, words), st, ""); ok {
				return f
			}
			if head > 0 && len(w.Form) > 1 && !s.titleCase(t) && strings.ToLower(w.Form) != t.lemma(head)+"s" {
				if _, ok := s.nounOf(t, head); !ok {
					return s.name(t, head, words, st) // a name that the tagger took for a noun
				}
			}
		}
		return s.nominal(t, sent, head, words, whole)
	case "ADJ":
		if f, ok := s.known(w.Form, st, ""); ok && len(words) <= 2 {
			return f // "the French agreed"
		}
		if len(w.NER) > 2 {
			return s.name(t, head, words, st)
		}
		for _, k := range t.kids[head] {
			if t.Words[k].UPOS == "DET" {
				return s.nominal(t, sent, head, words, whole) // "the rich"
			}
		}
		return reference{why: "adjective as argument"}
	case "NUM":
		if len(w.NER) > 2 {
			return s.name(t, head, words, st)
		}
		if n, ok := s.schema.Noun(strings.ToLower(w.Form)); ok && n.Type == "Group" {
			return s.scoped(s.label(t, words), n.Type)
		}
		return reference{literal: s.amount(t, words, whole), typ: "Quantity"}
	case "SYM":
		return reference{literal: s.amount(t, words, whole), typ: "Quantity"}
	case "VERB", "AUX":
		return reference{literal: s.clause(t, head), typ: "Claim"}
	case "X":
		return s.name(t, head, words, st)
	}
	return reference{why: "no noun in the argument"}
}

// describes says whether what is tagged as a proper name is read as the description that its words are: "dlrs", "the Bank", "Traders".
func (s *run) describes(t *tree, head int, words []int) bool {
	w := &t.Words[head]
	if w.UPOS != "PROPN" {
		return false
	}
	if len(w.NER) < 3 && strings.ToLower(w.Form) == w.Form {
		return true
	}
	if s.capitalOffice(t, head, words) {
		return true
	}
	if len(words) > 1 || !s.commonNoun(w.Form) || s.schema.Lookup(w.Form) != nil || len(s.people.byName[w.Form]) > 0 {
		return false
	}
	span, typ := t.nerSpan(head)
	if _, role := s.schema.Role(strings.ToLower(w.Form)); typ == "PER" && w.XPOS == "NNP" && !role &&
		!slices.ContainsFunc(t.kids[head], func(k int) bool { return t.rel(k) == "det" }) {
		return false // Bill, Grant
	}
	return len(span) < 2
}

// capitalOffice says whether words are the office of a state in capitals, for whoever holds it: "the Norwegian President", "the US
// Treasury Secretary".
func (s *run) capitalOffice(t *tree, head int, words []int) bool {
	w := &t.Words[head]
	if len(words) < 2 || words[len(words)-1] != head || len(w.NER) > 2 || w.XPOS != "NNP" {
		return false
	}
	if _, role := s.schema.Role(strings.ToLower(w.Form)); !role {
		return false
	}
	return slices.ContainsFunc(s.schema.Lookup(t.Words[words[0]].Form), func(n schema.Name) bool {
		return n.Kind == schema.Adjective || n.Kind == schema.StateName
	})
}

// clause is the text of the clause of head: with its subject, without what introduces it ("that", "to"), what stands in
// parenthesis and the clauses joined to it, which are claims of their own.
func (s *run) clause(t *tree, head int) string { return s.text(t, s.clauseWords(t, head)) }

func (s *run) clauseWords(t *tree, head int) []int {
	var words []int
	var add func(k int)
	add = func(k int) {
		words = append(words, k)
		for _, m := range t.kids[k] {
			switch t.rel(m) {
			case "parataxis", "discourse", "vocative":
				continue
			case "mark":
				if k == head && strings.ToLower(t.Words[m].Form) != "if" {
					continue
				}
			case "cc", "conj":
				if k == head && (t.rel(m) == "cc" || t.Words[m].UPOS == "VERB" || t.Words[m].UPOS == "AUX") {
					continue
				}
			}
			add(m)
		}
	}
	add(head)
	slices.Sort(words)
	for len(words) > 1 && t.Words[words[0]].UPOS == "PUNCT" {
		words = words[1:]
	}
	for len(words) > 1 && t.Words[words[len(words)-1]].UPOS == "PUNCT" {
		words = words[:len(words)-1]
	}
	return words
}

func withoutDeterminer(t *tree, words []int) []int {
	for len(words) > 1 && t.Words[words[0]].UPOS == "DET" {
		words = words[1:]
	}
	return words
}

// label writes a phrase of common nouns: lower case but for names, without determiners.
func (s *run) label(t *tree, words []int) string {
	var b strings.Builder
	for n, i := range words {
		w := &t.Words[i]
		if n > 0 {
			prev := &t.Words[words[n-1]]
			if words[n-1] != i-1 || prev.End != w.Begin {
				b.WriteByte(' ')
			}
		}
		b.WriteString(s.cased(t, i))
	}
	return b.String()
}

// cased returns the form of word i, in lower case where only its place in the sentence or a headline gave it a capital.
func (s *run) cased(t *tree, i int) string {
	w := &t.Words[i]
	if w.UPOS == "PROPN" || len(w.NER) > 2 || w.UPOS == "NUM" || s.stateOf(w.Form) != "" {
		return w.Form
	}
	if (i > 0 || len(t.Words) > 1 && t.proper(1) && t.Words[1].Head > i) && !s.titleCase(t) {
		return w.Form // a capital inside a sentence, or before a name, is part of a name
	}
	return strings.ToLower(w.Form)
}

// respectively says whether words are a list of names that begins with head and that "respectively" pairs with another list, so that what is
// said of it is so of each in a way of its own: "Lund and Berg" of "Lund and Berg rose to 4 and 8 dlrs respectively".
func (t *tree) respectively(head int, words []int) bool {
	return slices.ContainsFunc(words, func(k int) bool { return t.Words[k].Deprel == "conj" && t.Words[k].Head == head }) &&
		slices.ContainsFunc(t.Words, func(w nlp.Word) bool { return strings.EqualFold(w.Form, "respectively") })
}

// countryman returns how the one of a people at head is called: "American" of "an American", who is no state; empty where there is none.
func (s *run) countryman(t *tree, head int, phrase []int) string {
	w := &t.Words[head]
	if t.hyphen(head-1) || len(w.NER) > 2 && !strings.HasSuffix(w.NER, "MISC") || !unicode.IsUpper([]rune(w.Form)[0]) || w.Feat("Number") == "Plur" ||
		!slices.ContainsFunc(t.kids[head], func(k int) bool { return t.rel(k) == "det" && k < head }) {
		return ""
	}
	for _, words := range [][]int{{head - 1, head}, {head}} {
		if words[0] < 0 || len(phrase) > len(words) {
			continue
		}
		form := s.text(t, words)
		if st := s.schema.StateNamed(s.stateOf(form)); st != nil && slices.Contains(st.People, form) && slices.Contains(st.People, form+"s") {
			return form
		}
	}
	return ""
}

// nounOf says what the common noun at head is.
func (s *run) nounOf(t *tree, head int) (typ string, known bool) {
	if s.ofWings(t, head) {
		return "MilitaryVehicle", true
	}
	if typ := t.model(head); typ != "" {
		return typ, true
	}
	form := strings.ToLower(t.Words[head].Form)
	if form == "concern" && t.rel(head) == "appos" {
		return "Company", true // "Lund, a shipping concern"; else it is a worry
	}
	if head > 0 {
		before := strings.ToLower(t.Words[head-1].Form) + " "
		n, ok := s.schema.Noun(before + form)
		if !ok {
			n, ok = s.schema.Noun(before + t.lemma(head))
		}
		if ok {
			return n.Type, true
		}
	}
	if n, ok := s.schema.Noun(form); ok {
		return n.Type, true
	}
	lemma := t.lemma(head)
	plural := form != lemma
	if i := strings.LastIndexByte(lemma, '-'); i > 0 {
		if _, ok := s.schema.Noun(lemma); !ok {
			lemma = lemma[i+1:]
		}
	}
	if _, ok := s.schema.Role(lemma); ok {
		if plural {
			return "Group", true
		}
		return "Person", true
	}
	n, ok := s.schema.Noun(lemma)
	if !ok {
		return "Thing", false
	}
	if plural {
		switch n.Type {
		case "Person", "Actor", "Company", "PublicBody", "PoliticalParty":
			return "Group", true
		}
	}
	return n.Type, true
}

// gathering are nouns that tell only how many there are, or that they are together.
var gathering = set("group dozen dozens hundred hundreds thousand thousands pair handful cluster collection series")

// gathered returns the type and the head of what the noun at head gathers, where that is no one who acts: a group of buildings, dozens of
// weapons; else no type.
func (s *run) gathered(t *tree, head int) (typ string, of int) {
	if !gathering[t.lemma(head)] {
		return "", -1
	}
	for _, k := range t.kids[head] {
		if k < head || t.rel(k) != "nmod" || t.caseOf(k) != "of" || t.Words[k].UPOS != "NOUN" {
			continue
		}
		typ, known := s.nounOf(t, k)
		if !known {
			typ = s.classType(t, k)
		}
		for _, things := range []string{"Place", "Weapon", "Vehicle"} {
			if s.schema.IsA(typ, things) {
				return typ, k
			}
		}
	}
	return "", -1
}

// portions are what a place is divided into, and where it ends.
var portions = set("part half portion swathe swath section sector edge outskirt outskirts heart stretch corner bank side rest tip")

// portion says whether the noun at head is a part of a named place: "large parts of Mali".
func (s *run) portion(t *tree, head int) bool {
	return portions[t.lemma(head)] && slices.ContainsFunc(t.kids[head], func(k int) bool {
		return k > head && t.rel(k) == "nmod" && t.caseOf(k) == "of" && strings.HasSuffix(t.Words[k].NER, "LOC")
	})
}

// multiples before an article make another amount of what follows it: half the shares are not the shares.
var multiples = set("half twice double triple")

// multiple returns the word before the article of head that makes it another amount, -1 for none.
func (t *tree) multiple(head int) int {
	for _, k := range t.kids[head] {
		switch t.Words[k].Deprel {
		case "det:predet", "advmod", "amod":
			if k+1 < head && multiples[strings.ToLower(t.Words[k].Form)] && (t.Words[k+1].UPOS == "DET" || t.Words[k+1].UPOS == "PRON") {
				return k
			}
		}
	}
	return -1
}

// nominal refers to what a phrase headed by a common noun means.
func (s *run) nominal(t *tree, sent, head int, words, whole []int) reference {
	if name, ok := s.seriesOf(sent, head); ok {
		return s.seriesRef(t, sent, head, words, name)
	}
	typ, known := s.nounOf(t, head)
	if !known {
		typ = s.classType(t, head)
	}
	words = s.core(t, head, words)
	if of, k := s.gathered(t, head); k > head {
		typ, words = of, through(words[0], k)
	} else if typ == "Thing" && s.portion(t, head) {
		typ = "Zone"
	}
	state := s.modifierState(t, head)
	if t.lemma(head) == "capital" && state != "" {
		if c := s.schema.StateNamed(state); c != nil && len(c.Capitals) > 0 {
			f, _ := s.known(c.Capitals[0][0], placed, "")
			s.alias(f.id, s.label(t, words))
			return f
		}
	}
	if typ == "Quantity" || typ == "TimeSpan" {
		for _, k := range t.kids[head] {
			if t.rel(k) == "nummod" {
				return reference{literal: s.amount(t, words, whole), typ: "Quantity"}
			}
		}
	}
	if f, ok := s.nominalChain(t, sent, head, typ); ok {
		return f
	}
	if f, ok := s.inOffice(t, head, typ, state); ok {
		return f
	}
	label := s.label(t, s.described(t, head, typ, words))
	if visible(label) == "" {
		return reference{why: "empty argument"}
	}
	idle := typ == "Thing" && !agentive(t.lemma(head))
	if k := t.multiple(head); k >= 0 {
		f := s.scoped(strings.ToLower(t.Words[k].Form)+" the "+label, typ)
		f.idle = idle
		return f
	}
	if typ == "Meeting" {
		if f, ok := s.nearestSeries(t, sent, head, words); ok {
			s.alias(f.id, label)
			return f
		}
	}
	one := len(words) == 1
	if short := s.label(t, words); short != label {
		f := s.scoped(label, typ)
		if relational[t.lemma(head)] != nil {
			if owner, ok := s.owner(t, head, label, state); ok {
				f = s.owned(owner, typ, label)
			}
		}
		f.idle = idle
		s.alias(f.id, short)
		return f
	}
	named, unique := false, false
	for _, k := range words {
		unique = unique || k != head && t.Words[k].UPOS == "PROPN" && s.stateOf(t.Words[k].Form) == "" && !s.temporal(t, k)
		named = named || k != head && (t.proper(k) || s.demonym(t.Words[k].Form)) && !s.temporal(t, k)
	}
	if one {
		if owner, ok := s.owner(t, head, label, state); ok {
			f := s.owned(owner, typ, label)
			f.idle = idle
			s.alias(f.id, label)
			return f
		}
	}
	plural := strings.ToLower(t.Words[head].Form) != t.lemma(head) || t.Words[head].XPOS == "NNS"
	var f reference
	shared := !one && s.shared(t, head, words, typ, named, unique, plural)
	if shared {
		f = reference{id: s.globalIRI(label, typ), typ: typ}
		s.entity(f.id, typ, label, "")
		s.nationality(t, words, f.id, typ, label)
	} else {
		f = s.scoped(label, typ)
	}
	f.idle = idle
	for n, k := range words {
		if n > 0 && (shared || named) && t.Words[k].UPOS == "ADP" {
			s.alias(f.id, s.label(t, words[:n]))                        // "units" of the military police
			s.alias(f.id, s.label(t, s.attributed(t, words[:n], head))) // "special units"
			break
		}
	}
	return f
}

// sureInOffice is how likely it is that a description by office and state means who held the office on the day of the article.
const sureInOffice = .9

// inOffice is who held the office of a state that a description names, "the French president", on the day of the article. The article
// itself names nobody that the description goes back to.
func (s *run) inOffice(t *tree, head int, typ, state string) (reference, bool) {
	if typ != "Person" || state == "" || s.published.IsZero() || t.rel(head) == "appos" {
		return reference{}, false
	}
	office, of, definite := strings.ToLower(t.Words[head].Form), "", false
	for n := len(t.kids[head]) - 1; n >= 0; n-- {
		k := t.kids[head][n]
		form := strings.ToLower(t.Words[k].Form)
		span, _ := t.nerSpan(k)
		switch rel := t.rel(k); {
		case s.stateOf(t.Words[k].Form) == state, len(span) > 1 && s.stateOf(s.text(t, span)) == state:
		case rel == "det":
			definite = form == "the"
		case rel == "nmod" && form == "state" && t.caseOf(k) == "of":
			of = " of state"
		case (rel == "amod" || rel == "compound") && k < head:
			office = form + " " + office // "former" makes no office of the table
		case rel == "case", rel == "punct", rel == "mark":
		default:
			return reference{}, false
		}
	}
	name, ok := s.schema.Holder(state, office+of, s.published)
	if !definite || !ok {
		return reference{}, false
	}
	id := s.globalIRI(name, "Person")
	s.entity(id, "Person", name, "")
	return reference{id: id, typ: "Person", guess: true, sure: sureInOffice}, true
}

// described adds to the noun of a single event, statement or plan what tells it from others: "meeting with Putin"; to one that says
// little alone what it asks for.
func (s *run) described(t *tree, head int, typ string, words []int) []int {
	if more := s.completed(t, head, words); len(more) > len(words) {
		return more
	}
	if len(words) > 2 || !s.schema.IsA(typ, "Event") && typ != "Statement" && typ != "Plan" && typ != "Agreement" {
		return words
	}
	last := words[len(words)-1]
	for _, m := range t.kids[head] {
		if m <= last || t.rel(m) != "nmod" || t.Words[m].Deprel == "nmod:poss" || t.Words[m].UPOS != "NOUN" && t.Words[m].UPOS != "PROPN" || s.temporal(t, m) {
			continue
		}
		switch t.caseOf(m) {
		case "with", "on", "for", "of", "between", "against", "about", "over", "to":
			out := words
			for _, k := range t.kids[m] {
				if t.rel(k) == "case" {
					out = append(out[:len(out):len(out)], k)
					break
				}
			}
			for _, k := range t.kids[m] {
				if t.Words[k].Deprel == "nmod:poss" && t.proper(k) && len(t.kids[k]) <= 1 {
					out = append(out[:len(out):len(out)], k)
					out = append(out, t.kids[k]...)
				}
			}
			out = append(out[:len(out):len(out)], t.joined(s.core(t, m, s.minimal(t, m)))...)
			if t.caseOf(m) == "between" {
				out = append(out, s.listed(t, m)...)
			}
			if typ == "Plan" {
				out = append(out, s.infinitiveOf(t, head, m)...)
			}
			return out
		}
	}
	if typ == "Plan" { // "proposal for Peru to guard the border"
		return append(words[:len(words):len(words)], s.infinitiveOf(t, head, last)...)
	}
	return words
}

// listed returns the words of what is joined to the noun at m, with the conjunctions: "and Peru".
func (s *run) listed(t *tree, m int) (words []int) {
	for _, k := range t.kids[m] {
		if t.rel(k) != "conj" || t.Words[k].UPOS != "PROPN" && t.Words[k].UPOS != "NOUN" {
			continue
		}
		for _, c := range t.kids[k] {
			if t.rel(c) == "cc" || t.Words[c].Form == "," {
				words = append(words, c)
			}
		}
		words = append(words, t.joined(s.core(t, k, s.minimal(t, k)))...)
		words = append(words, s.listed(t, k)...)
	}
	return words
}

// infinitiveOf returns the words of the infinitive after word from that tells what the plan at head is: "to monitor the areas".
func (s *run) infinitiveOf(t *tree, head, from int) (words []int) {
	for _, m := range append(slices.Clone(t.kids[head]), t.kids[from]...) {
		if m < from || t.rel(m) != "acl" && t.rel(m) != "advcl" || t.Words[m].XPOS != "VB" {
			continue
		}
		to := false
		for _, k := range t.kids[m] {
			switch t.rel(k) {
			case "mark":
				to = to || strings.EqualFold(t.Words[k].Form, "to")
				words = append(words, k)
			case "nsubj", "obj":
				words = append(words, s.minimal(t, k)...)
				for _, d := range t.kids[k] {
					if t.rel(d) == "det" || t.Words[d].Deprel == "nmod:poss" && t.proper(d) && len(t.kids[d]) <= 1 {
						words = append(append(words, d), t.kids[d]...)
					}
				}
			}
		}
		if !to {
			return nil
		}
		words = append(words, m)
		slices.Sort(words)
		return slices.Compact(words)
	}
	return nil
}

// idleNouns end like agent nouns and are none.
var idleNouns = set(`power number order paper water matter computer letter chapter silver copper border corner factor sector
	error motor floor door color colour labor behavior favor honor interior shelter danger river dinner summer fever timber
	rubber cover offer tender transfer encounter answer layer counter center register disaster quarter winter weather sugar
	dollar barrier weather feature fever hunger anger finger shoulder flower tower fibre meter trailer trigger mirror horror
	terror tumor harbor vapor guarantee fee committee degree coffee tree knee spree plant restaurant warrant grant want
	elephant covenant pollutant men's vermin engine container carrier freighter tanker helicopter newspaper poster sticker
	chamber wafer fertilizer laser`)

// agentive says whether a noun that no list has looks like one for who acts: "lobbyist".
func agentive(lemma string) bool {
	if idleNouns[lemma] {
		return false
	}
	for _, end := range []string{"er", "or", "ist", "ian", "man", "men", "woman", "women", "eer", "ee", "ant", "folk", "people"} {
		if strings.HasSuffix(lemma, end) {
			return true
		}
	}
	return false
}

// titleCase says whether a sentence is a headline with a capital on every word.
func (s *run) titleCase(t *tree) bool {
	if t.title != 0 {
		return t.title > 0
	}
	upper, lower := 0, 0
	for k := range t.Words {
		switch t.Words[k].UPOS {
		case "NOUN", "VERB", "ADJ":
			if unicode.IsUpper([]rune(t.Words[k].Form)[0]) {
				upper++
			} else {
				lower++
			}
		}
	}
	t.title = -1
	if upper > 3*lower {
		t.title = 1
	}
	return t.title > 0
}

// commonNoun says whether the lists of nouns and roles have a capitalized word, as a singular or a plural.
func (s *run) commonNoun(form string) bool {
	form = strings.ToLower(form)
	for _, f := range []string{form, strings.TrimSuffix(form, "s")} {
		if _, ok := s.schema.Noun(f); ok {
			return true
		}
		if _, ok := s.schema.Role(f); ok {
			return true
		}
	}
	return false
}

// temporal says whether word k names a time: "September", "week".
func (s *run) temporal(t *tree, k int) bool {
	lower := strings.ToLower(t.Words[k].Form)
	if nlp.Month(lower) != 0 || nlp.IsWeekday(lower) {
		return t.Words[k].UPOS == "PROPN"
	}
	n, ok := s.schema.Noun(t.lemma(k))
	return ok && n.Type == "TimeSpan"
}

// fractions are the nouns of parts whose number belongs to them.
var fractions = set(`third quarter fifth sixth seventh eighth ninth tenth half`)

// maxAmount is the number of words up to which an amount is written out: "nine of the ten ships".
const maxAmount = 12

// amount is the text of an amount, shorter where what hangs from it goes on and on.
func (s *run) amount(t *tree, words, whole []int) string {
	if whole = withoutDeterminer(t, whole); len(whole) <= maxAmount {
		return s.text(t, whole)
	}
	n := len(whole)
	for n > 1 && len(words) > 0 && whole[n-1] > words[len(words)-1] {
		n--
	}
	return s.text(t, whole[:n])
}

// core cuts what says nothing about the thing off a minimal phrase.
func (s *run) core(t *tree, head int, words []int) []int {
	vague := empty
	if n, ok := s.schema.Noun(t.lemma(head)); ok && s.schema.IsA(n.Type, "Event") {
		vague = generic
	}
	out := words[:0:0]
	skip := -1
	for _, k := range words {
		w := &t.Words[k]
		if k <= skip && k != head {
			continue
		}
		if k+2 < head && t.tight(k+1) && vague[strings.ToLower(w.Form+t.Words[k+1].Form+t.Words[k+2].Form)] {
			skip = k + 2 // "high-level"
			continue
		}
		if k != head {
			switch w.UPOS {
			case "DET", "PRON":
				if k+2 < len(t.Words) && t.tight(k+1) {
					break // "no-fly zone"
				}
				continue
			case "NUM":
				if k > 0 && k < head && nlp.Month(strings.ToLower(t.Words[k-1].Form)) != 0 {
					continue // "April 14 meeting"
				}
				if fractions[t.lemma(head)] && t.Words[head].XPOS == "NNS" && k == head-1 {
					break // "two thirds"
				}
				if t.rel(k) == "nummod" && t.Words[k].Head == head && !(k+1 < head && t.hyphen(k+1)) {
					continue // but "two-thirds", "two-and-a-half-week strike"
				}
			case "ADJ", "ADV":
				if w.XPOS == "WRB" {
					continue
				}
				if vague[strings.ToLower(w.Form)] && w.Head == head && k < head {
					continue
				}
				if h := w.Head; w.UPOS == "ADV" && h > k && h < head && t.Words[h].Head == head &&
					vague[strings.ToLower(t.Words[h].Form)] {
					continue // "relatively" new
				}
			case "PUNCT":
				if len(out) == 0 {
					continue
				}
			}
		}
		out = append(out, k)
	}
	for len(out) > 1 && out[len(out)-1] != head && (t.Words[out[len(out)-1]].UPOS == "PUNCT" || t.Words[out[len(out)-1]].UPOS == "ADP") {
		out = out[:len(out)-1]
	}
	return out
}

// attributed adds to words the adjectives of the noun at head that core took off.
func (s *run) attributed(t *tree, words []int, head int) []int {
	out := slices.Clone(words)
	for _, k := range t.kids[head] {
		if k < head && t.Words[k].UPOS == "ADJ" && t.rel(k) == "amod" && len(t.kids[k]) == 0 {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxShared is the number of words up to which a phrase may mean the same in every article.
const maxShared = 6

// shared says whether the same words mean the same thing in every article: what a name makes specific (unique: another name than
// that of a state), and kinds of things ("crude oil"), but not who acts without a name ("commercial banks", "industry sources", who are
// others in every article), a single one of a kind ("a senior official", "a Canadian bank") nor what happened or was said once ("the
// American offer").
func (s *run) shared(t *tree, head int, words []int, typ string, named, unique, plural bool) bool {
	for _, k := range words {
		if generic[strings.ToLower(t.Words[k].Form)] && t.Words[k].Head == head && k < head {
			return false // "other provinces" are others in every article
		}
		if t.Words[k].UPOS == "NUM" && !named {
			return false
		}
	}
	one, any := false, false // the phrase picks one of a kind, no matter which
	for _, k := range t.kids[head] {
		if t.rel(k) == "det" || t.Words[k].Deprel == "nmod:poss" {
			one = true
		}
		any = any || t.rel(k) == "det" && t.lemma(k) == "a"
	}
	switch {
	case typ == "Conflict", typ == "EventSeries":
		return named && !plural
	case s.schema.IsA(typ, "Event"), typ == "Statement", typ == "Plan", typ == "Agreement", typ == "Quantity", typ == "TimeSpan":
		return unique && !plural
	case typ == "Person", len(words) > maxShared:
		return false
	case named:
		return unique || plural || !any && typ != "Company"
	case s.schema.IsA(typ, "Actor"):
		return false
	}
	return plural || !one
}

// modifierState returns the state that modifies the noun at head: "Kazakh capital", "Syria's opposition", "capital of Kazakhstan".
func (s *run) modifierState(t *tree, head int) string {
	for _, k := range t.kids[head] {
		switch t.rel(k) {
		case "amod", "compound", "nmod":
			if t.Words[k].Deprel != "nmod:poss" && t.rel(k) == "nmod" && t.caseOf(k) != "of" {
				continue
			}
			if words, _ := t.nerSpan(k); len(words) > 1 {
				if st := s.stateOf(s.text(t, words)); st != "" {
					return st
				}
				continue // "New Mexico" is no Mexico
			}
			if st, _ := s.stateAt(t, k); st != "" && len(t.kids[k]) <= 2 {
				return st
			}
		}
	}
	return ""
}

// owner names the possessor of a one-word nominal in a way that makes it specific: "Iranian" military.
func (s *run) owner(t *tree, head int, label, state string) (string, bool) {
	for _, k := range t.kids[head] {
		if t.Words[k].Deprel != "nmod:poss" || t.Words[k].UPOS == "PRON" {
			continue
		}
		if state != "" {
			if st := s.schema.StateNamed(state); st != nil && len(st.Adjectives) > 0 {
				return st.Adjectives[0], true
			}
			return state, true
		}
		words := s.minimal(t, k)
		if t.proper(k) {
			f := s.name(t, k, words, neutral)
			if e := s.entities[f.id]; e != nil {
				if f.typ == "Person" && t.lemma(head) == "administration" {
					return e.Label[strings.LastIndexByte(e.Label, ' ')+1:], true // as it is called: "the Lund administration"
				}
				return e.Label + "'s", true
			}
			return "", false
		}
		if len(words) > 1 {
			label := s.label(t, s.core(t, k, words))
			if strings.HasSuffix(label, "s") && t.Words[k].XPOS == "NNS" {
				return label + "'", true
			}
			return label + "'s", true
		}
	}
	return "", false
}

// minimal returns the noun at k with its compounds and adjectives.
func (s *run) minimal(t *tree, k int) []int {
	var words []int
	for _, m := range t.kids[k] {
		switch t.rel(m) {
		case "compound", "amod", "flat":
			if m < k {
				if t.Words[m].UPOS == "PROPN" { // "Northern" Gas Corp
					for _, n := range t.kids[m] {
						if rel := t.rel(n); n == m-1 && (rel == "amod" || rel == "compound") {
							words = append(words, n)
						}
					}
				}
				words = append(words, m)
			}
		}
	}
	if len(words) > 0 {
		for words[0] >= 2 && t.hyphen(words[0]-1) && t.Words[words[0]-2].Head == words[0] {
			words = slices.Concat([]int{words[0] - 2, words[0] - 1}, words) // "U.S.-" Japan trade
		}
	}
	words = append(words, k)
	for _, m := range t.kids[k] {
		if t.rel(m) == "flat" && m > k {
			words = append(words, m)
		}
	}
	return words
}

// owned refers to the one-word nominal of a possessor.
func (s *run) owned(owner, typ, noun string) reference {
	label := owner + " " + noun
	switch {
	case s.schema.IsA(typ, "Organization"), typ == "Group", s.schema.IsA(typ, "Place"), typ == "Position":
		id := s.globalIRI(label, typ)
		s.entity(id, typ, label, "")
		return reference{id: id, typ: typ}
	}
	return s.scoped(label, typ)
}

// demonymic says whether word k looks like an adjective of a people or place that no table has: "Columbian".
func (s *run) demonymic(t *tree, k int) bool {
	w := &t.Words[k]
	return (w.UPOS == "ADJ" || w.UPOS == "PROPN") && unicode.IsUpper([]rune(w.Form)[0]) && strings.HasSuffix(w.Form, "an") &&
		len(s.schema.Lookup(w.Form)) == 0
}

// regions before the adjective of a state name a part of the world.
var regions = set(`central south north latin east west southern northern eastern western southeast sub-saharan pan inter meso`)

// nationality notes that a body or group with a state in its name is that state's: "Russian military police".
func (s *run) nationality(t *tree, words []int, id graph.IRI, typ, label string) {
	if !s.schema.IsA(typ, "PublicBody") && !s.schema.IsA(typ, "Group") && !s.schema.IsA(typ, "ArmedGroup") {
		return
	}
	for n, k := range words {
		if t.Words[k].UPOS == "ADP" {
			return
		}
		names := s.schema.Lookup(t.Words[k].Form)
		if len(names) > 0 && n+2 < len(words) && words[n+1] == k+1 && s.demonymic(t, k+1) {
			return // "British Columbian workers"
		}
		if k+1 < len(t.Words) && t.Words[k+1].Form == "-" && t.Words[k].End == t.Words[k+1].Begin {
			return // "Russian-backed forces" are backed by Russia, not Russia's
		}
		if k > 0 && names != nil && regions[strings.ToLower(t.Words[k-1].Form)] {
			return // "Central American states" are no part of the United States
		}
		if len(names) == 0 || names[0].Kind != schema.Adjective && (names[0].Kind != schema.StateName || n > 0) || n == len(words)-1 {
			continue
		}
		s.aside(id, draft{sent: t.index, rel: "has", subject: s.state(names[0].State), object: reference{id: id, typ: typ},
			rule: "demonym", confidence: .7, subjectWords: []int{k}, objectWords: words})
		if n == 0 {
			s.alias(id, s.label(t, words[1:]))
		}
		return
	}
}
