package extract

import (
	"slices"
	"strings"
)

// argument returns the phrase of k as an argument.
func (r *reader) argument(k int, role Role) Argument {
	return r.conjunct(k, role, nil)
}

// conjunct returns the phrase of k as an argument; where k is one of several conjuncts, without the others.
func (r *reader) conjunct(k int, role Role, list []int) Argument {
	a := Argument{Role: role}
	split := len(list) > 1
	if role == Oblique {
		a.CaseWords, a.Case = r.caseOf(k)
	}
	own := func(m int) bool {
		top := r.Words[m].Head == k
		if top && role == Oblique && len(a.CaseWords) > 0 && m < a.CaseWords[0] && r.Words[m].Deprel == "advmod" {
			return true // "just before the talks", "mainly by the state"
		}
		if top && m < k && r.negator(m) && r.contrast(k) {
			return true // "bought not the mill but the dock"
		}
		if role == Attribute && top && r.Words[k].UPOS == "VERB" {
			// A clause as predicate: "the aim is to close the plant", "the prices are as follows".
			if cop := r.child(k, "cop"); cop >= 0 && m <= cop || r.rel(m) == "nsubj" || r.rel(m) == "cc" || r.rel(m) == "conj" {
				return true
			}
		}
		if role != Clause && top && r.predicative(k) {
			// A predicate nominal: what belongs to its clause is not part of the phrase.
			if cop := r.child(k, "cop"); m < cop && cop < k {
				return true // "Born in Lima, he is a poet"
			}
			switch r.rel(m) {
			case "advcl", "xcomp":
				return !(m > k && r.Words[k].UPOS == "ADJ" && r.ranked(k) && r.infinitival(m))
			case "nsubj", "cop", "aux", "mark", "obl", "ccomp", "csubj", "punct", "expl", "cc":
				return true
			case "advmod":
				return m < r.child(k, "cop") || r.negator(m) || r.inside(m, k) && len(r.kids[m]) == 0 // of the predicate
			case "conj":
				return split || r.clausal(m)
			case "nmod":
				if m < r.child(k, "cop") {
					return true // "In 1986 sales were 665 mln dlrs"
				}
			}
		}
		if r.ownersLetters(m) {
			return role != Clause
		}
		if top && role == Oblique && len(a.CaseWords) > 0 && r.distance(m) == a.CaseWords[0] {
			return true // "a week after the vote": said with the preposition
		}
		switch r.Words[m].Deprel {
		case "advmod":
			// "shortly after the opening": of its preposition
			return top && m < k && role != Oblique && role != Clause && !r.predicative(k) && r.rel(m+1) == "case" && r.Words[m+1].Head == k &&
				r.Words[m+1].XPOS != "POS" && len(r.kids[m]) == 0 && !r.measured(k)
		case "case":
			if f := lower(r.Words[m].Form); top && role != Oblique && m+1 < len(r.Words) && r.measured(k) &&
				(f == "up" && lower(r.Words[m+1].Form) == "to" || f == "to" && m > 0 && lower(r.Words[m-1].Form) == "up") {
				return false // "up to 5 mln dlrs" limits the amount
			}
			return role != Clause && top && (m < k || r.Words[m].XPOS == "POS" && r.Words[k].Deprel == "nmod:poss")
		case "nmod:poss":
			return top && r.Words[m].XPOS == "WP$" // "whose leader"
		case "appos":
			if h := r.Words[m].Head; r.child(h, "conj") > h && r.child(h, "conj") < m && r.Words[m].UPOS == r.Words[h].UPOS && r.commaBefore(m) {
				return top && split // "Cuba, Peru, the U.S.": another of the list
			}
			return role != Clause && !r.nameOf(r.Words[m].Head, m) && !r.amidName(r.Words[m].Head, m) && !r.placeInPlace(r.Words[m].Head, m)
		case "acl:relcl", "advcl:relcl":
			return role != Clause && !r.freeRelative(r.Words[m].Head) && !r.narrowing(r.Words[m].Head, m)
		case "parataxis", "vocative", "discourse", "orphan":
			return role != Clause
		case "advcl":
			return role != Clause && top && m > k && r.Words[k].UPOS != "VERB" && r.hasSubject(m) // of the clause: "became king when he …"
		case "cc":
			return top && (m > k && split || m < k && r.leads(k, m))
		case "conj", "cc:preconj":
			if r.oneWith(m) {
				return false
			}
			return top && (split || r.clausal(m) && role != Clause)
		case "nmod", "acl":
			// Set off by commas, it adds to what the phrase names: "Aurora, with two masts, is …".
			return role != Clause && top && m > k && r.setOff(m)
		case "mark":
			if role != Clause {
				// "even if neither the firm's owner …", read as one noun
				return top && m < k && r.Words[k].UPOS != "VERB" && r.Words[m].XPOS != "TO" && lower(r.Words[m].Form) != "as" &&
					!r.clausal(k)
			}
			switch lower(r.Words[m].Form) {
			case "to", "because", "like", "if", "whether":
				return false // "it was because prices fell", "asked whether prices fell"
			case "as":
				return top && lower(r.Words[k].Form) != "follows"
			}
			return top
		}
		return false
	}
	a.Phrase = r.phrase(k, own)
	opener := -1
	if w := &r.Words[a.Words[0]]; (role == Subject || role == Object) && len(a.Words) > 1 && w.XPOS == "WRB" && w.Head != k && r.Words[k].UPOS == "NOUN" &&
		len(r.kids[a.Words[0]]) == 0 && (lower(w.Form) == "when" || lower(w.Form) == "where") {
		opener = a.Words[0] // of the clause
		a.Words = r.trim(a.Words[1:])
	}
	var shared []int
	if split {
		for _, m := range r.sharedBehind(k, list) {
			a.Words = r.trim(merge(a.Words, r.subtree(nil, m, nil)))
			shared = append(shared, m)
		}
	}
	if m := r.sharedOwner(k, list); m >= 0 {
		a.Words = merge(r.subtree(nil, m, nil), a.Words)
	}
	if n := len(a.CaseWords); n > 0 && a.CaseWords[0] > 0 {
		// What limits the phrase stands before its preposition: "only in Oslo".
		if m := a.CaseWords[0] - 1; r.Words[m].Head == k && r.Words[m].Deprel == "advmod" && len(r.kids[m]) == 0 && !r.negator(m) &&
			r.child(k, "cop") < 0 {
			a.CaseWords = merge(a.CaseWords, []int{m})
		} else if h := r.Words[m].Head; (h == k || h == r.Words[k].Head) && r.distance(m) == a.CaseWords[0] {
			a.CaseWords = merge(a.CaseWords, r.subtree(nil, m, nil)) // "a week after the vote"
		}
	}
	if end := r.distance(k); role == Oblique && end >= 0 && r.rel(end) == "mark" {
		a.Words = r.trim(merge(a.Words, r.subtree(nil, r.Words[end].Head, nil))) // "left a week after he lost"
	}
	a.Minimal = r.minimal(k)
	if m := r.countedBehind(k, list); m >= 0 {
		a.Words = r.trim(merge(a.Words, r.subtree(nil, m, nil)))
		a.Minimal = a.Phrase
	}
	if opener >= 0 {
		a.Minimal.Words = without(a.Minimal.Words, []int{opener})
	}
	for _, m := range shared {
		if cw, form := r.caseOf(m); form == "of" {
			a.Minimal.Words = merge(merge(a.Minimal.Words, cw), r.minimal(m).Words)
		}
	}
	if r.freeRelative(k) {
		a.Minimal = a.Phrase
	}
	if role != Clause {
		a.Quantity, a.Pronoun = r.quantity(k), r.pronoun(k)
	}
	if r.oneName(k) {
		a.Minimal = a.Phrase
	}
	if r.respective >= 0 && r.paired(k) && r.child(k, "conj") >= 0 {
		a.Words = r.trim(slices.DeleteFunc(slices.Clone(a.Words), func(i int) bool { return lower(r.Words[i].Form) == "respectively" }))
		a.Minimal = a.Phrase // one of the list alone would say something else
	}
	switch {
	case role != Oblique:
	case r.caseOfComparison(k, a.Case):
	case r.temporal(k):
		a.Role = Time
		a.Minimal = a.Phrase // "the last week of August" is no other week
	case r.circumstance(k):
		a.Role = Time
		if f := lower(r.Words[k].Form); f == "here" || f == "abroad" {
			a.Role = Place
		}
	case a.Case == "in" || a.Case == "at" || a.Case == "near" || a.Case == "inside" || a.Case == "outside":
		if r.Words[k].UPOS == "PROPN" && r.place(k) {
			a.Role = Place
		}
	}
	return a
}

// distance returns the word right behind the phrase of m where m tells how long after or before something, or how far above or below, by the
// word that says so: "after" of "a week after he left"; -1 for any other word m.
func (r *reader) distance(m int) int {
	switch r.Words[m].Deprel {
	case "obl:unmarked", "nmod:unmarked", "obl:tmod", "obl:npmod":
	default:
		return -1
	}
	_, end := r.span(m)
	if end++; end >= len(r.Words) || end < m || r.Words[m].UPOS != "NOUN" {
		return -1
	}
	switch rel := r.rel(end); lower(r.Words[end].Form) {
	case "after", "before", "ahead", "prior":
		if rel != "mark" && rel != "case" && rel != "advmod" && rel != "obl" || !spans[lower(r.Words[m].Lemma)] {
			return -1
		}
		for _, k := range r.kids[m] {
			switch f := lower(r.Words[k].Form); r.rel(k) {
			case "nummod", "advmod":
			case "det":
				if f != "a" && f != "an" && f != "some" && f != "several" {
					return -1
				}
			case "amod":
				if f == "last" || f == "this" || f == "next" || f == "same" || f == "late" || f == "early" {
					return -1 // "left last year after he lost"
				}
			default:
				return -1
			}
		}
	case "above", "below":
		if rel != "case" || r.Words[m].Head != r.Words[end].Head || !r.measured(m) {
			return -1 // "rose 2 cents above its level": it rose by them
		}
	default:
		return -1
	}
	return end
}

// spans are what long times are counted in.
var spans = words(`second minute hour day week fortnight month year decade century generation moment`)

// ownersLetters says whether word m is a symbol or the letters of a name that stand alone between it and what it has: "the Lund Metal
// Exchange's, LME, committee", "Ford's <F> mill".
func (r *reader) ownersLetters(m int) bool {
	if m < 2 || m+1 >= len(r.Words) || r.Words[m-2].XPOS != "POS" || r.Words[m].Head < m && r.Words[m].Deprel != "appos" {
		return false
	}
	switch before, behind := r.Words[m-1].Form, r.Words[m+1].Form; {
	case before == "," && behind == ",":
		return len(r.Words[m].Form) > 1 && isAcronym(r.Words[m].Form)
	case isBracket(before) && isBracket(behind):
		return r.Words[m].Form == strings.ToUpper(r.Words[m].Form)
	}
	return false
}

// leads says whether no word of the phrase of k but its preposition stands before the conjunction m: "and" of "the 1981 and 1982 plans" is
// inside, whatever it hangs on.
func (r *reader) leads(k, m int) bool {
	for _, n := range r.kids[k] {
		switch {
		case n >= m:
			return true
		case r.rel(n) == "compound" || r.rel(n) == "amod" || r.rel(n) == "nummod":
			return false
		}
	}
	return true
}

// narrowing says whether relative clause m tells which ones are meant: "people who smoke", "every bank that lends", "the one that failed", "a
// law that he broke". In English it does where nothing sets it off.
func (r *reader) narrowing(i, m int) bool {
	w := &r.Words[i]
	if m < i || r.setOff(m) || r.commaBefore(m) {
		return false
	}
	switch w.UPOS {
	case "PRON":
		switch lower(w.Form) {
		case "those", "that", "anyone", "anybody", "everyone", "everybody", "someone", "somebody", "anything", "everything", "something", "nobody",
			"nothing", "one", "ones":
			return true
		}
	case "NOUN":
		plain := func(k int) bool { return k < 0 || r.Words[k].UPOS != "PUNCT" || isQuote(r.Words[k].Form) }
		first, _ := r.span(m)
		return plain(first) && plain(first-1) // no dash
	}
	return lower(w.Form) == "one" || lower(w.Form) == "ones"
}

// obliques returns k and its conjuncts as obliques, those without a preposition with that of k.
func (r *reader) obliques(k int) (list []Argument) {
	conj := r.conjuncts(k)
	for _, m := range conj {
		a := r.conjunct(m, Oblique, conj)
		if a.Case == "" {
			a.CaseWords, a.Case = r.caseOf(k)
		}
		list = append(list, a)
	}
	return list
}

// pronoun says whether k stands for something that the text names elsewhere: personal, possessive and demonstrative pronouns.
func (r *reader) pronoun(k int) bool {
	w := &r.Words[k]
	return w.UPOS == "PRON" && (w.XPOS == "PRP" || w.XPOS == "PRP$" || w.XPOS == "DT")
}

// sharedBehind returns the modifiers behind the list, or the part of it that ends there, which its first member has and that are as much those
// of k: "the production and sale of arms".
func (r *reader) sharedBehind(k int, list []int) (shared []int) {
	first := slices.Min(list)
	if k == first || r.Words[k].Deprel != "conj" || r.Words[k].Head != first || r.Words[k].UPOS != "NOUN" && r.Words[k].XPOS != "NNPS" {
		return nil
	}
	for _, m := range r.kids[first] {
		if d := r.Words[m].Deprel; m > k && d == "nmod" && !r.setOff(m) {
			begin, _ := r.span(m)
			if slices.ContainsFunc(list, func(c int) bool {
				_, end := r.span(c)
				return c >= k && begin == end+1
			}) {
				shared = append(shared, m)
			}
		}
	}
	return shared
}

// sharedOwner returns the owner of the first of list where k, a later one with no word of its own before it, is as much the owner's:
// "the firm's planning and control"; -1 for none.
func (r *reader) sharedOwner(k int, list []int) int {
	if len(list) < 2 {
		return -1
	}
	first := slices.Min(list)
	m := r.child(first, "nmod:poss")
	if k == first || r.Words[k].Deprel != "conj" || r.Words[k].Head != first || r.Words[k].UPOS != "NOUN" || m < 0 || m > first ||
		r.Words[m].XPOS == "WP$" || r.child(k, "det", "nmod:poss", "case", "nummod") >= 0 || r.Words[k].Lemma == r.Words[first].Lemma {
		return -1
	}
	cc := r.child(k, "cc")
	if cc > k || cc >= 0 && (lower(r.Words[cc].Form) == "as" || len(list) == 2 && r.Words[cc-1].UPOS == "PUNCT") {
		return -1 // "its mill, and land in Peru"
	}
	return m
}

// countedBehind returns what the bare number k counts, which only the other amount of its list names: "bought 2 mln or 95 pct of the
// shares"; -1 for none.
func (r *reader) countedBehind(k int, list []int) int {
	if len(list) != 2 || k != list[0] || !r.either(list[1]) || !r.amounts(list[1:]) || !largeNumbers[lower(r.Words[k].Form)] && r.Words[k].UPOS != "NUM" ||
		r.child(k, "nmod") >= 0 {
		return -1
	}
	if m := r.child(list[1], "nmod"); m > list[1] {
		if _, form := r.caseOf(m); form == "of" {
			return m
		}
	}
	return -1
}

// nameOf says whether apposition m is the name that its noun i has right behind it: "the ferry Aurora".
func (r *reader) nameOf(i, m int) bool {
	return m > i && r.Words[m].UPOS == "PROPN" && r.Words[i].UPOS == "NOUN" && !r.commaBefore(m) && !r.bracketed(i, m)
}

// amidName says whether apposition m stands between the words of the one name that i begins: "Lund, Berg, Vik handles the account".
func (r *reader) amidName(i, m int) bool {
	return r.Words[m].UPOS == "PROPN" && r.child(i, "conj") > m && r.oneName(i)
}

// hasSubject says whether k heads a clause with a subject of its own.
func (t *tree) hasSubject(k int) bool { return t.child(k, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 }

// setOff says whether the phrase of modifier m begins after a comma.
func (r *reader) setOff(m int) bool {
	for _, k := range r.kids[m] {
		if r.Words[k].UPOS == "PUNCT" && r.Words[k].Form == "," && k < m {
			return true
		}
		if k < m {
			break
		}
	}
	first := m
	for _, k := range r.kids[m] {
		first = min(first, k)
	}
	return first > 0 && r.Words[first-1].Form == ","
}

// predicative says whether nominal k is the predicate of a copular clause.
func (r *reader) predicative(k int) bool {
	return r.Words[k].UPOS != "VERB" && r.child(k, "cop") >= 0
}

// minimal returns the words that name the thing of k: names whole; nouns with their compounds and adjectives and what
// follows "of".
func (r *reader) minimal(k int) Phrase {
	words := r.borrow()
	var add func(i int, top bool)
	add = func(i int, top bool) {
		words = append(words, i)
		for _, m := range r.kids[i] {
			switch r.Words[m].Deprel {
			case "case":
				if r.Words[m].XPOS == "POS" && r.Words[i].Deprel != "nmod:poss" && r.Words[i].UPOS == "PROPN" {
					words = append(words, m) // "Moody's"
				}
			case "compound", "flat", "fixed", "goeswith", "nmod:desc", "compound:prt":
				if w := &r.Words[m]; w.UPOS == "PROPN" && r.Words[i].UPOS == "PROPN" && m < i && temporalNouns[lower(w.Form)] &&
					r.Words[m].Deprel == "compound" {
					continue // "last December BankAmerica announced"
				}
				if !r.ownersLetters(m) {
					add(m, false)
				}
			case "conj":
				if r.oneWith(m) || !top && r.oneEntity(i, m) {
					words = r.subtree(words, m, nil) // "30 pct or more", "the Department of Trade and Industry"
					continue
				}
				if d := r.Words[i].Deprel; !top && m < r.Words[i].Head && (d == "compound" && !isAgentNoun(r.Words[i].Lemma) || d == "nummod") {
					words = r.subtree(words, m, nil) // "a 10 and 15 year plan", "commercial and industrial loans"
					continue
				}
				if cc := r.child(m, "cc"); !top && (r.namePart(i) && r.namePart(m) || r.Words[i].Deprel == "compound" &&
					r.Words[i].UPOS == "NOUN" && r.Words[m].UPOS == "NOUN" && cc == i+1 && lower(r.Words[cc].Form) == "and") && m < k && cc == i+1 && m == cc+1 &&
					len(r.kids[i]) == 1 {
					words = append(words, cc) // "the Oil and Gas unit", "a command and control node"
					add(m, false)
				}
			case "amod":
				if m > i && top && len(r.kids[m]) > 0 {
					continue // "the valve necessary to …"
				}
				if m < i && r.Words[i].UPOS == "PROPN" && r.Words[m].UPOS == "VERB" && len(r.kids[m]) > 0 {
					continue // "the US-backed Free Syrian Army"
				}
				if !r.clausal(m) || len(r.kids[m]) == 0 || r.child(m, "obj", "nsubj") < 0 {
					add(m, false)
				}
				for n := m + 1; m > i && lower(r.Words[m].Form) == "due" && n < len(r.Words) && (r.Words[n].UPOS == "NUM" || calendarNames[lower(r.Words[n].Form)]); n++ {
					words = append(words, n) // "debentures due 2002"
				}
			case "advmod", "punct":
				// "de-escalation", "newly elected"
				if !top && m < i || top && r.Words[m].XPOS == "HYPH" || !top && r.rel(i) == "flat" && isQuote(r.Words[m].Form) {
					words = r.subtree(words, m, nil) // "more than 55", "as much as 55"
				}
			case "nummod":
				switch {
				case unitNouns[lower(r.Words[i].Lemma)]:
					// "10 pct" is no other number of them
					words = r.subtree(words, m, func(n int) bool { return r.rel(n) == "advmod" || r.rel(n) == "case" })
				case !top || r.Words[i].UPOS == "PROPN" || m > i || m > 0 && r.Words[m-1].Deprel == "compound" && r.Words[m-1].Head == i:
					add(m, false) // "the Lund 100 index", "a grade 3 fault"
				}
			case "acl":
				if top && r.inRow(i, m) {
					if clause := r.subtree(nil, m, nil); len(clause) < 9 {
						words = append(words, clause...) // "the third country to sign": which third country else
					}
				}
			case "nmod":
				if cw, form := r.caseOf(m); form == "due" {
					words = r.subtree(words, m, nil) // "notes due May 1992"
				} else if r.bodyFor(i, m) {
					words = append(words, cw...)
					add(m, false)
					for _, c := range r.kids[m] {
						if cc := r.child(c, "cc"); r.Words[c].Deprel == "conj" && cc == m+1 && r.Words[c].UPOS == "PROPN" {
							words = append(words, cc)
							add(c, false)
						}
					}
				} else if strings.HasPrefix(form, "of") && r.ofWhole(i, m, form) {
					words = append(words, cw...)
					words = r.subtree(words, m, func(n int) bool { return r.rel(n) == "acl" || r.rel(n) == "appos" })
				} else if form == "of" && !r.origin(i, m) {
					words = append(words, cw...)
					add(m, false)
					if r.oneName(m) {
						words = append(words, r.minimal(m).Words...)
						for _, c := range r.kids[m] {
							if r.Words[c].Deprel == "conj" {
								words = r.subtree(words, c, nil)
							}
						}
					}
					if p := r.child(m, "nmod:poss"); p >= 0 {
						words = r.subtree(words, p, nil)
					}
				}
			case "nmod:poss":
				if !top && i > k { // "the remarks of Syria's leader"
					continue
				}
				if r.Words[i].UPOS == "PROPN" {
					words = r.subtree(words, m, nil) // "St. Paul's Cathedral"
				}
			}
		}
	}
	add(k, true)
	words = sorted(words)
	for n := len(words) - 1; n > 0; n-- { // "tank and computer tests"
		if c := words[n] - 1; words[n-1] == c-1 && lower(r.Words[c].Form) == "and" && words[n] != k && r.Words[words[n]].Deprel != "conj" {
			words = append(words, c)
		}
	}
	words = r.hyphenated(sorted(words))
	memory := words
	for _, m := range r.kids[k] {
		if title := r.titleWords(k, m); title != nil {
			words = without(words, title) // "Kremlin spokesman Dmitry Peskov" is named by the last two
		}
	}
	p := Phrase{Words: r.copy(r.trim(words)), Head: k}
	r.scratch = memory
	return p
}

// oneEntity says whether the tagger of names holds i and what is joined to it for parts of the name of one body.
func (r *reader) oneEntity(i, m int) bool {
	return r.Words[i].UPOS == "PROPN" && ner(r.Words[i].NER) == "ORG" && m > i && slices.Contains(r.entity(i), m)
}

// namePart says whether word i stands before the noun that it belongs to and is written like a name: "Oil and Gas unit", "Industrial
// and Commercial Bank".
func (r *reader) namePart(i int) bool {
	w := &r.Words[i]
	return w.UPOS == "PROPN" && (w.Deprel == "compound" || w.Deprel == "conj") ||
		(w.XPOS == "NNP" || w.UPOS == "ADJ" && capitalised(w.Form)) && (w.Deprel == "amod" || w.Deprel == "conj")
}

var pactWords = words(`agreement treaty convention protocol charter`)

// withinName says whether the tagger of names takes word i, the one preposition behind it and m for one name: "Soup on Skates". An
// office is held at what it is of, all the same.
func (r *reader) withinName(i, m int) bool {
	cw, _ := r.caseOf(m)
	if m < i || len(cw) != 1 || cw[0] != i+1 || isAgentNoun(r.Words[i].Lemma) {
		return false
	}
	for k := i + 1; k <= m; k++ {
		if !strings.HasPrefix(r.Words[k].NER, "I-") {
			return false
		}
	}
	return true
}

// bodyFor says whether "for" or "on" and name m belong to the name of the body i: "the Economic Commission for Africa".
func (r *reader) bodyFor(i, m int) bool {
	if r.withinName(i, m) {
		return true
	}
	w := &r.Words[i]
	if w.UPOS != "PROPN" || !bodyWords[lower(w.Form)] && !pactWords[lower(w.Form)] || r.Words[m].UPOS != "PROPN" || m < i {
		return false
	}
	cw, form := r.caseOf(m)
	return (form == "for" || form == "on") && len(cw) == 1 && cw[0] == i+1 && !r.temporal(m) && ner(r.Words[m].NER) != "PER"
}

// origin says whether name m after "of" is where person i comes from or acts for: "Lund of Peru", "Roe of Berg Bank".
func (r *reader) origin(i, m int) bool {
	w := &r.Words[i]
	return w.UPOS == "PROPN" && ner(w.NER) == "PER" && (ner(r.Words[m].NER) == "LOC" || ner(r.Words[m].NER) == "ORG") && !isAgentNoun(w.Lemma)
}

// hyphenated adds to words what a hyphen ties to them: all of "no-fly zones", the whole name in "New York-based".
func (r *reader) hyphenated(words []int) []int {
	for n := 0; n < len(words); n++ {
		for _, at := range [2]int{words[n] - 1, words[n] + 1} {
			if !r.tight(at) || r.Words[at].Form != "-" {
				continue
			}
			for _, k := range [2]int{at, 2*at - words[n]} { // the hyphen and what is behind it
				if !slices.Contains(words, k) {
					words = append(words, k)
				}
			}
			name := r.entity(at - 1)
			for k := at - 2; slices.Contains(name, k) && capitalised(r.Words[k].Form) && !slices.Contains(words, k); k-- {
				words = append(words, k)
			}
		}
	}
	return sorted(words)
}
