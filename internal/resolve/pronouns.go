package resolve

import (
	"slices"
	"strings"

	"kg/internal/extract"
)

// noAntecedent is the reason where a pronoun is left unread.
const noAntecedent = "pronoun without antecedent"

// pronoun refers to what the pronoun at word stands for where that is beyond doubt: the speaker of a quotation for the
// first person, the speaker of an indirect clause for "it" and "he" in it, the only person that was the subject so far
// for "he" and "she".
func (s *run) pronoun(p *extract.Proposition, sent, word int) reference {
	if f, ok := s.each[[2]int{sent, word}]; ok {
		return f
	}
	if f := s.antecedent(p, sent, word); f.id == "" || !s.namedBeside(sent, word, f) {
		return f
	}
	return reference{why: noAntecedent}
}

// beside are prepositions of a verb's argument that is another than the verb's subject, unless it is a reflexive.
var beside = set(`to by from against about of for upon`)

// namedBeside says whether f is named where the pronoun at word can't mean it: as another argument of its verb ("he told Lund") or, a
// person, below the verb of which the pronoun is the subject ("he said Lund was ill").
func (s *run) namedBeside(sent, word int, f reference) bool {
	e := s.entities[f.id]
	t := s.tree(sent)
	verb := t.Words[word].Head
	form := strings.ToLower(t.Words[word].Form)
	if e == nil || verb < 0 || strings.HasSuffix(form, "self") || strings.HasSuffix(form, "selves") || !t.argues(word) {
		return false
	}
	commands := t.rel(word) == "nsubj" && f.typ == "Person" && (form == "he" || form == "she")
	for k := range t.Words {
		if k == word || !t.proper(k) || !t.named(k, e.Label) {
			continue
		}
		if t.Words[k].Head == verb && t.argues(k) {
			return true
		}
		for up, steps := t.Words[k].Head, 0; commands && k > word && up >= 0 && steps < len(t.Words); up, steps = t.Words[up].Head, steps+1 {
			if up == verb {
				return true
			}
			if t.rel(up) == "parataxis" {
				break
			}
		}
	}
	return false
}

// argues says whether word i is an argument of its verb that is another than the verb's other arguments.
func (t *tree) argues(i int) bool {
	switch t.rel(i) {
	case "nsubj", "obj", "iobj":
		return true
	case "obl":
		return beside[t.caseOf(i)]
	}
	return false
}

// named says whether word k heads a name that is label or a part of it, or longer than it: Lund, Ana Lund; Northgate Corp, Northgate.
func (t *tree) named(k int, label string) bool {
	words := strings.Fields(label)
	name, common := 1, bit(slices.Contains(words, t.Words[k].Form))
	switch t.rel(k) {
	case "flat", "compound", "appos":
		return false
	}
	for _, c := range t.kids[k] {
		if r := t.rel(c); (r == "flat" || r == "compound") && t.proper(c) {
			name++
			common += bit(slices.Contains(words, t.Words[c].Form))
		}
	}
	return common > 0 && (common == len(words) || common == name)
}

// antecedent is pronoun without regard to who else is named in its clause.
func (s *run) antecedent(p *extract.Proposition, sent, word int) reference {
	t := s.tree(sent)
	form := strings.ToLower(t.Words[word].Form)
	var speaker reference
	if p.Source != nil && p.Source.Head >= 0 && (p.SourceSent != sent || p.Source.Head != word) {
		speaker = s.referIn(p, p.SourceSent, p.Source, acting)
	}
	named := speaker.id != "" && speaker.ok()
	speaker.guess = true
	if f, ok := s.continued(p, sent, word, form); ok {
		return f
	}
	switch form {
	case "i", "me", "my", "mine", "myself":
		if named {
			return speaker
		}
	case "we", "us", "our", "ours", "ourselves":
		if named {
			return s.side(speaker)
		}
	case "he", "him", "his", "she", "her":
		if f, ok := s.lastPerson(sent, word); ok && !s.namedBeside(sent, word, f) {
			return f
		}
		if named && p.SourceSent == sent && (speaker.typ == "Person" || speaker.typ == "Thing") {
			return speaker
		}
	case "it", "its", "itself":
		if named && p.SourceSent == sent && t.Words[word].Deprel != "expl" &&
			(s.schema.IsA(speaker.typ, "Organization") || speaker.typ == "State" || speaker.typ == "Thing") {
			if f, ok := s.subjectBefore(p, sent, word, form); ok && f.id != speaker.id {
				return f // "Lund said Norbank lost when it sold the shares"
			}
			return speaker
		}
	case "they", "them", "their":
		if named && p.SourceSent == sent && speaker.typ == "Group" {
			return speaker
		}
	}
	if f, ok := s.pronounChain(sent, word, form); ok {
		return f
	}
	return reference{why: noAntecedent}
}

// subjectBefore refers to what the pronoun at word goes back to in its chain where that is another one who acts, the subject of a clause
// of the same sentence, than the speaker.
func (s *run) subjectBefore(p *extract.Proposition, sent, word int, form string) (reference, bool) {
	i := s.referentAt(sent, word)
	if i < 0 || s.doc.Referents[i].Antecedent < 0 {
		return reference{}, false
	}
	r := &s.doc.Referents[s.doc.Referents[i].Antecedent]
	t := s.tree(sent)
	if r.Sent != sent || t.rel(r.Head) != "nsubj" || t.Words[r.Head].Head == t.Words[p.Source.Head].Head {
		return reference{}, false
	}
	f, ok := s.pronounChain(sent, word, form)
	return f, ok && (s.schema.IsA(f.typ, "Organization") || f.typ == "State")
}

// said is who spoke in a sentence, the zero value where nobody or more than one did.
type said struct {
	sent    int
	speaker reference
}

// noteSpeakers remembers who spoke in the sentence of props: of several who pass on what was said, the last.
func (s *run) noteSpeakers(props []extract.Proposition) {
	var one reference
	for i := range props {
		p := &props[i]
		if p.Source == nil {
			continue
		}
		who := extract.Attribution{Argument: *p.Source, Sent: p.SourceSent}
		if n := len(p.Via); n > 0 {
			who = p.Via[n-1]
		}
		if who.Head < 0 {
			continue
		}
		f := s.referIn(p, who.Sent, &who.Argument, acting)
		if !f.ok() || f.id == "" || one.id != "" && one.id != f.id {
			s.lastSaid = said{}
			return
		}
		one = f
	}
	s.lastSaid = said{props[0].Sent, one}
}

// continued reads "It said" and "He said" right after a sentence with one speaker as the same one speaking on.
func (s *run) continued(p *extract.Proposition, sent, word int, form string) (reference, bool) {
	last := s.lastSaid
	speaks := p.Source != nil && p.SourceSent == sent && p.Source.Head == word || len(p.Args) > 0 && p.Args[0].Head == word && s.speech(p)
	if last.speaker.id == "" || last.sent != sent-1 || !speaks {
		return reference{}, false
	}
	typ := last.speaker.typ
	f := last.speaker
	f.guess = true
	switch form {
	case "it":
		return f, s.schema.IsA(typ, "Organization") || typ == "State" || typ == "Statement"
	case "he", "she":
		return f, typ == "Person"
	case "they":
		return f, typ == "Group"
	}
	return reference{}, false
}

// side refers to those for whom a speaker says "we": a state or body itself, else a group that only the article knows.
func (s *run) side(speaker reference) reference {
	if speaker.typ != "Person" && speaker.typ != "Thing" && !s.schema.IsA(speaker.typ, "Statement") {
		return speaker
	}
	f := s.scoped(s.entities[speaker.id].Label+"'s side", "Group")
	s.alias(f.id, "we")
	f.guess = true
	return f
}

// lastPerson refers to the only person that was named earlier in sentence sent or, failing that, in the one before; where
// there are several, to the only one among them that is a subject.
func (s *run) lastPerson(sent, word int) (reference, bool) {
	for back := 0; back < 2; back++ {
		all, subjects := map[string]bool{}, map[string]bool{}
		for _, p := range s.people.at[sent-back] {
			if back == 0 && p.word >= word {
				continue
			}
			full, ambiguous := s.fullName(p.name)
			if ambiguous {
				return reference{}, false
			}
			all[full] = true
			if p.subject {
				subjects[full] = true
			}
		}
		if len(all) == 0 {
			continue
		}
		if len(all) > 1 {
			all = subjects
		}
		if len(all) != 1 {
			return reference{}, false
		}
		for full := range all {
			f := s.personRef(full)
			f.guess = true
			return f, true
		}
	}
	return reference{}, false
}
