package resolve

import (
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/schema"
)

// An act as a thing ("rejects → commenting on the remarks") is named by its gerund: an infinitive names it only beside its verb.

// weighing verbs add no act to a proposal: who suggests considering a mission suggests the mission.
var weighing = set(`consider contemplate weigh examine study`)

// actName returns the clause of head as the name of an act where it is one: an infinitive without a subject of its own or, after
// a verb of proposing, what is proposed. Anything else is returned as it stands.
func (s *run) actName(t *tree, head int, proposed bool) string {
	if proposed {
		for weighing[t.lemma(head)] {
			next := -1
			for _, k := range t.kids[head] {
				if t.rel(k) == "xcomp" && t.Words[k].XPOS == "VBG" {
					next = k
				}
			}
			if next < 0 {
				break
			}
			head = next
		}
		if t.Words[head].XPOS == "VBG" {
			return s.clause(t, head)
		}
	}
	verb, to := head, false
	for _, k := range t.kids[head] {
		switch {
		case t.rel(k) == "mark" && strings.EqualFold(t.Words[k].Form, "to"):
			to = true
		case t.rel(k) == "cop" || t.rel(k) == "aux":
			if verb == head {
				verb = k // "to be ready", "to have left"
			}
		}
	}
	if !to || t.Words[verb].XPOS != "VB" || s.hasSubject(t, head) {
		return s.clause(t, head)
	}
	words := s.clauseWords(t, head)
	at := slices.Index(words, verb)
	if at < 0 {
		return s.clause(t, head)
	}
	parts := []string{gerund(t.Words[verb].Form)}
	if at > 0 {
		parts = append([]string{s.text(t, words[:at])}, parts...)
	}
	if at+1 < len(words) {
		parts = append(parts, s.text(t, words[at+1:]))
	}
	return strings.Join(parts, " ")
}

// proposing says whether the clause among p's arguments is what its subject proposes.
func (s *run) proposing(p *extract.Proposition) bool {
	for _, rel := range s.schema.ByVerb(p.Lemma, "") {
		if rel.ID == "proposes" {
			return true
		}
	}
	return false
}

// actWords is how many words the name of an act may have that is a thing.
const actWords = 8

// namedAct makes an act that somebody proposes, rejects, supports or opposes a thing of the article where its name says whose or which
// one it is: "rejects → commenting on Lund's remarks". Other acts ("rejects → commenting") stay words, which tell as much.
func (s *run) namedAct(rel *schema.Relation, p *extract.Proposition, at int, act reference) reference {
	switch rel.ID {
	case "proposes", "rejects", "supports", "opposes":
	default:
		return act
	}
	words := strings.Fields(act.literal)
	if len(words) < 2 || len(words) > actWords || !strings.HasSuffix(words[0], "ing") ||
		strings.ContainsAny(act.literal, "\",;:()–—") || strings.Contains(act.literal, "--") {
		return act
	}
	t := s.tree(p.Sent)
	for _, k := range p.Args[at].Words {
		if strings.HasPrefix(t.Words[k].NER, "B-") && strings.Contains(act.literal, t.Words[k].Form) {
			return s.scoped(act.literal, "Plan")
		}
	}
	return act
}

// doubling verbs of more than one syllable are stressed on the last: their consonant doubles before -ing.
var doubling = set(`acquit admit allot begin commit compel concur confer control defer deter dispel emit equip excel expel
	forbid forget incur infer occur omit patrol permit prefer propel rebel recur refer regret remit repel submit transfer
	transmit unplug upset`)

// gerund returns the -ing form of the base form of a verb.
func gerund(verb string) string {
	v := strings.ToLower(verb)
	n := len(v)
	vowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiou", v[i]) >= 0 }
	vowels := 0
	for i := range n {
		if vowel(i) && !vowel(i-1) {
			vowels++
		}
	}
	switch {
	case n < 3 || strings.HasSuffix(v, "ee") || strings.HasSuffix(v, "oe") || strings.HasSuffix(v, "ye"):
		return v + "ing"
	case strings.HasSuffix(v, "ie"):
		return v[:n-2] + "ying"
	case v[n-1] == 'e':
		if v == "singe" || v == "binge" || v == "tinge" || v == "be" {
			return v + "ing"
		}
		return v[:n-1] + "ing"
	case strings.HasSuffix(v, "ic"):
		return v + "king" // panicking
	case strings.IndexByte("aeiouwxyh", v[n-1]) < 0 && vowel(n-2) && (!vowel(n-3) || strings.HasSuffix(v[:n-1], "qui")) &&
		(vowels == 1 || doubling[v]):
		return v + v[n-1:] + "ing"
	}
	return v + "ing"
}
