package resolve

import (
	"slices"
	"strings"

	"kg/internal/extract"
)

// What a clause tells beside what its verb relates: what body one who acts is part of, and whose things are attacked.

// partaking claims that who does something "as part of" a body belongs to it: "flew missions as part of the 12th Air Group", "was sent as
// part of a UN force". It says whether it made a claim.
func (s *run) partaking(p *extract.Proposition) bool {
	if p.Derived || p.Noun || p.Rule == "light" || regarding[p.Lemma] {
		return false
	}
	t := s.tree(p.Sent)
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Case != "as" || a.Head < 0 || t.lemma(a.Head) != "part" {
			continue
		}
		for _, k := range t.kids[a.Head] {
			if k < a.Head || t.rel(k) != "nmod" || t.caseOf(k) != "of" {
				continue
			}
			words := t.joined(s.minimal(t, k))
			whole := s.phrase(t, p.Sent, k, words, s.minimal(t, k), acting)
			if !whole.ok() || whole.id == "" || !s.schema.IsA(whole.typ, "Organization") && whole.typ != "Group" {
				continue
			}
			at := 0
			for n := 1; n < i; n++ {
				if p.Args[n].Role == extract.Object && sending[p.Lemma] {
					at = n
				}
			}
			part := s.refer(p, &p.Args[at], acting)
			rel := ""
			switch {
			case !part.ok() || part.id == "":
			case part.typ == "Person", part.typ == "Group", part.typ == "State", part.typ == "Company", part.typ == "PoliticalParty":
				rel = "memberOf"
			case s.schema.IsA(part.typ, "Organization"), part.typ == "MilitaryVehicle":
				rel = "partOf"
			}
			if rel == "" {
				continue
			}
			d := s.begin(p, part, whole, p.Args[at].Words, words, at, i)
			d.rel, d.rule, d.source, d.code = rel, "part", s.speaker(p), nil
			d.predicateWords = merge(a.CaseWords, []int{a.Head})
			return s.add(d) == ""
		}
	}
	return false
}

// sending verbs put their object where it serves.
var sending = set(`send deploy dispatch station include integrate contribute`)

// regarding verbs have behind "as" what something is held to be.
var regarding = set(`recognise recognize regard see view count consider treat describe think accept portray define list class classify
	know remember depict`)

// struck claims that who attacks the positions, bases or targets of somebody attacks him: "bombed Ansar positions". It says whether it
// made a claim.
func (s *run) struck(p *extract.Proposition) bool {
	if p.Args[0].Role != extract.Subject {
		return false
	}
	t := s.tree(p.Sent)
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Head < 0 || !emplacements[t.lemma(a.Head)] || a.Role != extract.Object && !a.Oblique() {
			continue
		}
		rels := s.verbCue(p.Lemma, a.Case)
		if p.Noun {
			rels = s.nounCue(p.Lemma, a.Case)
		}
		k := slices.IndexFunc(rels, func(c candidate) bool { return c.rel.ID == "attacks" })
		if k < 0 {
			continue
		}
		subject := s.refer(p, &p.Args[0], acting)
		owner, words := s.holder(t, p.Sent, a.Head)
		if !s.suits(subject, rels[k].rel.Domain) || !owner.ok() || owner.id == "" || !s.schema.IsA(owner.typ, "Actor") {
			continue
		}
		d := s.begin(p, subject, owner, p.Args[0].Words, words, 0, i)
		d.rel, d.rule, d.source = "attacks", "struck", s.speaker(p)
		d.predicateWords = merge(p.Words, a.CaseWords)
		d.confidence *= .9
		return s.add(d) == ""
	}
	return false
}

// emplacements are what those who fight hold or use, so that who attacks it attacks them.
var emplacements = set(`target position stronghold hideout outpost bunker trench camp base convoy encampment checkpoint headquarters
	emplacement fortification redoubt garrison`)

// holder refers to whose the thing at head is, by the name before it, its possessor or its "of", with the words for him.
func (s *run) holder(t *tree, sent, head int) (reference, []int) {
	for _, k := range t.kids[head] {
		switch w := &t.Words[k]; {
		case w.UPOS == "PRON":
			continue
		case w.Deprel == "nmod:poss", (w.Deprel == "compound" || w.Deprel == "amod") && t.proper(k):
		case w.Deprel == "amod" && s.demonym(w.Form):
			return s.state(s.stateOf(w.Form)), []int{k}
		case t.rel(k) == "nmod" && k > head && t.caseOf(k) == "of":
		default:
			continue
		}
		words := t.joined(s.minimal(t, k))
		words = slices.DeleteFunc(words, func(m int) bool { return t.Words[m].XPOS == "POS" })
		if f := s.phrase(t, sent, k, words, words, acting); f.ok() && s.schema.IsA(f.typ, "Actor") {
			return f, words
		}
	}
	return reference{why: "nobody's"}, nil
}

// ofWings says whether the noun at head, a fighter or bomber, is one that flies: it is listed with aircraft and nothing else is said of it.
func (s *run) ofWings(t *tree, head int) bool {
	if lemma := t.lemma(head); lemma != "fighter" && lemma != "bomber" || len(t.kids[head]) > 0 &&
		slices.ContainsFunc(t.kids[head], func(k int) bool { return k < head && t.rel(k) != "punct" && t.rel(k) != "cc" && t.rel(k) != "nummod" }) {
		return false
	}
	first := head
	for n := 0; t.rel(first) == "conj" && t.Words[first].Head >= 0 && n < len(t.Words); n++ {
		first = t.Words[first].Head
	}
	for k := range t.Words {
		if k != head && (k == first || t.rel(k) == "conj" && t.Words[k].Head == first) && flying[strings.ToLower(t.lemma(k))] {
			return true
		}
	}
	return false
}

var flying = set(`aircraft plane airplane aeroplane warplane jet drone helicopter`)
