package extract

import (
	"slices"
	"strings"
)

// Noun phrases: which word is the head and what only describes it.

// listedModifiers: adjectives without a noun are no things: in "Danish, Dutch and German ships sank" they all describe the ships,
// as kinds of craft do in "attack, fighter and transport aircraft".
func (r *repairer) listedModifiers(i int) {
	w := r.s.Words
	if r.find(i, "det", "nmod:poss", "nummod", "amod", "cop", "nmod", "acl") >= 0 {
		return
	}
	last, before, kinds, members := -1, i, 0, 0
	for k, to := r.near(i); k < to; k++ {
		if k < i || w[k].Head != i || w[k].Deprel != "conj" {
			continue
		}
		if last >= 0 {
			if w[last].XPOS != w[i].XPOS && w[last].XPOS != "NNP" ||
				r.find(last, "det", "nmod:poss", "nummod", "nmod", "acl") >= 0 {
				return
			}
			members++
			before = last
			if w[i].XPOS == "NN" && crafts[lower(w[last].Lemma)] {
				members--
				break // "as well as artillery" has its own noun
			}
			if craftKinds[lower(w[last].Lemma)] {
				kinds++
			}
		}
		last = k
	}
	if last < 0 || members == 0 || w[last].UPOS != "NOUN" || r.find(last, "det", "nmod:poss", "nummod") >= 0 {
		return
	}
	cc := last - 1
	for cc > before && w[cc].UPOS != "CCONJ" {
		cc--
	}
	if cc == before {
		return
	}
	rel := "amod"
	if w[i].XPOS == "JJ" {
		if w[last].XPOS != "NNS" || last == cc+1 {
			return
		}
	} else {
		rel = "compound"
		if kinds < members || !craftKinds[lower(w[i].Lemma)] || !crafts[lower(w[last].Lemma)] {
			return
		}
	}
	head, deprel := w[i].Head, w[i].Deprel
	for k, to := r.near(i); k < to; k++ {
		if x := r.s.Words[k]; x.Head == i && (x.Deprel == "case" || x.Deprel == "cc" || k > last) {
			r.set(k, last, x.Deprel)
		}
		if m := r.s.Words[k].Head; m > i && m < last && w[m].Head == i && r.s.Words[k].Deprel == "amod" && k > m {
			r.set(k, last, "amod") // "fighter and remotely piloted aircraft"
		}
	}
	if w[cc].Head < last {
		r.set(cc, before, "cc")
	}
	r.set(last, head, deprel)
	r.set(i, last, rel)
}

// craftKinds say what a craft is for.
var (
	craftKinds = words(`attack bomber fighter transport cargo passenger tanker refuelling refueling reconnaissance
		surveillance patrol training rescue command support combat assault escort supply hospital civilian military`)
	crafts = words(`aircraft plane airplane aeroplane jet helicopter drone ship vessel boat warship vehicle truck craft`)
)

// adjectiveBesideNoun: an adjective with an article is no object beside one: "a single, sometimes small effect".
func (r *repairer) adjectiveBesideNoun(i int) {
	w := r.s.Words
	d := r.find(i, "det")
	if w[i].Head < 0 || w[i].Head > i || d < 0 || d > i || lower(w[d].Form) != "a" && lower(w[d].Form) != "an" {
		return
	}
	n := i + 1
	for n < len(w) && n < i+reach && (w[n].Head != w[i].Head || w[n].Deprel != "obj") {
		if w[n].UPOS != "ADV" && w[n].UPOS != "ADJ" && w[n].Form != "," {
			return
		}
		n++
	}
	if n >= len(w) || n >= i+reach || w[n].XPOS != "NN" || r.find(n, "det") >= 0 {
		return
	}
	r.set(i, n, "amod")
	r.set(d, n, "det")
}

// agentAfterGerund: an agent noun in the singular needs an article: in "the lead investigating officer", read as a lead that
// investigates one, it is the head.
func (r *repairer) agentAfterGerund(v int) {
	w := r.s.Words
	n, o := v-1, v+1
	if n < 1 || o >= len(w) || w[v].Head != n || w[n].XPOS != "NN" || w[o].Head != v || w[o].Deprel != "obj" ||
		w[o].XPOS != "NN" || !isAgentNoun(w[o].Lemma) || r.find(n, "det") < 0 {
		return
	}
	head, deprel := w[n].Head, w[n].Deprel
	r.handOver(n, o, func(k int, _ string) bool { return k != v })
	r.handOver(v, o, nil)
	r.set(o, head, deprel)
	r.set(n, o, "compound")
	r.set(v, o, "amod")
}

// verbsBeforeNoun: a bare verb joined to a noun is none: in "by training, advise and assist missions" the two describe the
// missions.
func (r *repairer) verbsBeforeNoun(a int) {
	w := r.s.Words
	if a == 0 || a+3 >= len(w) || w[a+1].UPOS != "CCONJ" || w[a+2].Deprel != "amod" ||
		w[a+2].XPOS != "VB" && w[a+2].XPOS != "VBP" || w[a+2].Head != a+3 {
		return
	}
	n, h := a+3, w[a].Head
	p := a - 1
	if w[p].UPOS == "CCONJ" || w[p].Form == "," {
		p--
	}
	if h < 0 || p < 0 || w[h].XPOS == "VB" || w[h].XPOS == "VBP" || w[n].Head != a || w[n].Deprel != "obj" ||
		!r.nominalAt(p) || r.find(a, "mark", "nsubj", "aux") >= 0 {
		return
	}
	for w[p].Head > h && r.nominalAt(w[p].Head) && w[p].Head < a {
		p = w[p].Head
	}
	r.set(n, p, "conj")
	r.handOver(a, n, nil)
	r.set(a, n, "amod")
	r.tag(a, "ADJ", "JJ")
	r.tag(a+2, "ADJ", "JJ")
	r.set(a+2, a, "conj")
	r.set(a+1, a+2, "cc")
}

// nounInList: in "a fall in the dollar, a rise in yields, increases in prices or war" the plural without a subject is one more of
// the list.
func (r *repairer) nounInList(v int) {
	w := r.s.Words
	if !changeNouns[w[v].Lemma] || v < 2 || v+1 >= len(w) || w[v-1].Form != "," || w[v+1].UPOS != "ADP" ||
		r.find(v, "nsubj", "nsubj:pass", "expl", "aux", "cc", "obj") >= 0 {
		return
	}
	n := v - 2
	for n >= 0 && w[n].Head >= 0 && w[n].Head < v && (w[n].Deprel == "nmod" || w[n].Deprel == "flat" ||
		w[n].Deprel == "compound" || w[n].Deprel == "amod") {
		n = w[n].Head
	}
	if n < 0 || w[n].UPOS != "NOUN" || w[v].Head < 0 || w[v].Head > n {
		return
	}
	r.tag(v, "NOUN", "NNS")
	if w[n].Deprel == "appos" && w[n].Head >= 0 && w[w[n].Head].UPOS == "NOUN" && changeNouns[w[w[n].Head].Lemma] {
		first := w[n].Head
		r.set(n, first, "conj")
		n = first
	}
	r.set(v, n, "conj")
	r.obliquesOfNoun(v)
}

// listedThings: what "destroyed a loader, a mortar, a position, and a tunnel" lists are several things, though the parser takes
// the ones after the first for other names of it: a chain of phrases that all begin with "a" or a number, the last one after "and".
func (r *repairer) listedThings(i int) {
	w := r.s.Words
	if w[i].Deprel == "appos" || !r.counted(i) {
		return
	}
	var chain []int
	joined := false
	for last := i; !joined; {
		next := -1
		for k := last + 1; k < len(w); k++ {
			if (w[k].Head == last || w[k].Head == i) && (w[k].Deprel == "appos" || w[k].Deprel == "conj") && !slices.Contains(chain, k) {
				next = k
				break
			}
		}
		if next < 0 || !r.counted(next) {
			return
		}
		if from := r.leftmost(next); w[from].Form != "," && w[from-1].Form != "," && r.find(next, "cc") < 0 {
			return
		}
		chain = append(chain, next)
		joined = r.find(next, "cc") >= 0
		last = next
	}
	if len(chain) < 2 {
		return
	}
	for _, k := range chain {
		r.set(k, i, "conj")
		if w[k].UPOS == "ADJ" {
			r.tag(k, "NOUN", "NN")
		}
	}
}

// counted says whether the phrase of word i begins with an indefinite article or a number.
func (r *repairer) counted(i int) bool {
	for k, x := range r.s.Words {
		article := x.Deprel == "det" && (lower(x.Form) == "a" || lower(x.Form) == "an")
		if x.Head == i && (article || x.Deprel == "nummod" && k < i) {
			return true
		}
	}
	return false
}

// changeNouns are nouns whose plural reads like a verb.
var changeNouns = words(`increase decrease rise fall drop gain cut decline advance loss depreciation change climb jump slide surge`)

// finiteNoun: a finite verb has a subject: in "has started exchange offers for the notes", read as what offers, the plural behind
// a bare noun that is the object is the object itself.
func (r *repairer) finiteNoun(v int) {
	w := r.s.Words
	if v < 2 || v+1 >= len(w) ||
		r.find(v, "nsubj", "nsubj:pass", "expl", "csubj", "aux", "cc", "mark", "obj", "iobj", "ccomp", "xcomp", "cop") >= 0 {
		return
	}
	o := v - 1
	h := w[o].Head
	if w[o].XPOS != "NN" || w[o].Deprel != "obj" || h < 0 || h >= o || w[v].Head < 0 || w[v].Head > h ||
		w[v+1].UPOS != "ADP" && w[v+1].UPOS != "PUNCT" || speech[w[v].Lemma] {
		return
	}
	r.tag(v, "NOUN", "NNS")
	r.set(v, h, "obj")
	r.handOver(o, v, nil)
	r.obliquesOfNoun(v)
	r.set(o, v, "compound")
}

// countNouns stand for a thing of their own only with an article: without one they describe the noun at the end of the list.
var countNouns = words(`bond stock share mark dollar franc car truck bus ship farm bank plant computer machine company house
	city state crop forest hotel film book newspaper passenger customer consumer student`)

// sharedHead: in "flowed into bond and stock markets" and "buy mark and dollar bonds" the last noun is the head of both.
func (r *repairer) sharedHead(i int) {
	w := r.s.Words
	if i+5 < len(w) && w[i+1].Form == "," {
		r.sharedByList(i)
		return
	}
	if i+3 >= len(w) || w[i+1].UPOS != "CCONJ" || w[i].Head < 0 {
		return
	}
	if w[i].UPOS == "PROPN" || w[i].XPOS == "NNS" {
		r.sharedByNames(i)
		return
	}
	if w[i].XPOS != "NN" || w[i].UPOS != "NOUN" || !countNouns[w[i].Lemma] ||
		r.find(i, "det", "nmod:poss", "nummod", "compound", "nmod", "acl") >= 0 {
		return
	}
	switch universal(w[i].Deprel) {
	case "obj", "obl", "nmod", "nsubj":
	default:
		return
	}
	n := i + 2
	for n < len(w) && w[n].XPOS != "NNS" && (w[n].UPOS == "NOUN" && w[n].Deprel == "compound" ||
		w[n].UPOS == "ADJ" && w[n].Deprel == "amod") {
		n++
	}
	if n >= len(w) || n < i+3 || w[n].XPOS != "NNS" || w[n-1].Deprel != "compound" || w[n-1].Head != n || r.leftmost(n) < i+1 ||
		!(w[n].Head == i && w[n].Deprel == "conj" || w[n].Head == w[i].Head && w[n].Deprel == w[i].Deprel) {
		return
	}
	r.set(n, w[i].Head, w[i].Deprel)
	r.handOver(i, n, func(k int, rel string) bool { return rel == "case" || k > n })
	r.set(i, n, "compound")
	r.set(n-1, i, "conj")
	r.set(i+1, n-1, "cc")
	r.handOver(n, n-1, func(k int, _ string) bool { return k > i+1 && k < n-1 })
}

// sharedByList: in "growth in consumer, capital markets and fund management activities" the activities are of three kinds: a bare "consumer" is
// none of them.
func (r *repairer) sharedByList(i int) {
	w := r.s.Words
	if w[i].XPOS != "NN" || w[i].UPOS != "NOUN" || w[i].Head < 0 || !countNouns[w[i].Lemma] && w[i].Lemma != "retail" && w[i].Lemma != "wholesale" ||
		r.find(i, "det", "amod", "nmod:poss", "nummod", "compound", "nmod", "acl", "acl:relcl", "appos") >= 0 {
		return
	}
	switch universal(w[i].Deprel) {
	case "obj", "obl", "nmod", "nsubj":
	default:
		return
	}
	n, last := 0, -1
	for k := i + 2; k < min(len(w), i+12); k++ {
		if w[k].Head != i || w[k].Deprel != "conj" {
			continue
		}
		if n, last = n+1, k; r.find(k, "det", "nmod:poss", "nummod", "case", "acl", "appos") >= 0 || w[k].UPOS != "NOUN" {
			return
		}
	}
	if n < 2 || w[last].XPOS != "NNS" || isAgentNoun(w[last].Lemma) {
		return
	}
	cc, m := r.find(last, "cc"), last-1
	if cc < 0 || m <= cc || w[m].Deprel != "compound" || w[m].Head != last || r.leftmost(last) != cc {
		return
	}
	r.set(last, w[i].Head, w[i].Deprel)
	r.handOver(i, last, func(k int, rel string) bool { return rel == "case" || k > last })
	r.set(i, last, "compound")
	r.set(m, i, "conj")
	r.set(cc, m, "cc")
	r.handOver(last, m, func(k int, _ string) bool { return k > cc && k < m })
}

// sharedByNames: in "linked to Oman and Dubai oil prices", where both names are of one kind, the last noun is the head of both, as it is
// of a plural with "a" before it: "a plan for an oils and fats market".
func (r *repairer) sharedByNames(i int) {
	w := r.s.Words
	kind := ner(w[i].NER)
	article := r.find(i, "det")
	single := article >= 0 && (lower(w[article].Form) == "a" || lower(w[article].Form) == "an")
	switch {
	case w[i].UPOS == "NOUN" && single:
	case w[i].UPOS == "PROPN" && (kind == "LOC" || kind == "ORG") && ner(w[i+2].NER) == kind && article < 0:
	default:
		return
	}
	switch universal(w[i].Deprel) {
	case "obj", "obl", "nmod", "nsubj":
	default:
		return
	}
	if r.find(i, "nmod:poss", "nummod", "nmod", "acl", "appos", "acl:relcl") >= 0 {
		return
	}
	n := -1
	for k := i + 2; k < min(len(w), i+9); k++ {
		if w[k].Head == i && w[k].Deprel == "conj" {
			n = k
			break
		}
	}
	if n < i+3 || w[n].UPOS != "NOUN" || r.leftmost(n) < i+1 || isAgentNoun(w[n].Lemma) || personNouns[lower(w[n].Lemma)] ||
		r.find(n, "det", "nmod:poss", "nummod", "conj") >= 0 || w[n-1].UPOS == "PUNCT" {
		return
	}
	b := i + 2 // the last word of the second name
	for b+1 < n && w[b].UPOS == "PROPN" && w[b+1].UPOS == "PROPN" && len(w[b+1].NER) > 2 && w[b+1].NER[0] == 'I' {
		b++
	}
	if w[b].Deprel != "compound" && w[b].Deprel != "amod" || w[b].UPOS != w[i].UPOS || w[i].UPOS == "NOUN" && w[b].XPOS != "NNS" {
		return
	}
	r.set(n, w[i].Head, w[i].Deprel)
	r.handOver(i, n, func(k int, rel string) bool { return rel == "case" || rel == "det" || k > n })
	r.set(i, n, "compound")
	r.set(b, i, "conj")
	r.set(i+1, b, "cc")
}

// siblingObjects: a bare noun right before a noun that was read as another object of the same verb describes it: in "targeted
// waste energy systems" two things are not targeted.
func (r *repairer) siblingObjects(i int) {
	w := r.s.Words
	v := w[i].Head
	if v < 0 || v > i || w[v].UPOS != "VERB" || giving[w[v].Lemma] || appointing[w[v].Lemma] ||
		telling[w[v].Lemma] || w[v].Lemma == "make" || w[v].Lemma == "call" {
		return
	}
	if k := i + 1; k < len(w) && w[k].XPOS == "NN" && w[k].UPOS == "NOUN" && w[k].Head == v && w[k].Deprel == "obj" &&
		r.leftmost(k) == k && r.find(i, "det") >= 0 && !temporalNouns[w[k].Lemma] {
		r.handOver(i, k, func(m int, rel string) bool { return m < i && rel == "det" }) // "a percentage point cut"
		r.set(i, k, "compound")
		return
	}
	if r.leftmost(i) != i || temporalNouns[w[i].Lemma] || unitNouns[w[i].Lemma] {
		return
	}
	for k := i + 1; k < min(len(w), i+8); k++ {
		if w[k].Head == v {
			if w[k].UPOS == "NOUN" && w[k].Deprel == "obj" && r.leftmost(k) == i+1 &&
				r.find(k, "det", "nmod:poss", "nummod", "case") < 0 && r.rightmost(i, k) == i && !temporalNouns[w[k].Lemma] {
				r.set(i, k, "compound")
			}
			return
		}
	}
}

// likeWithLike: in "written by Ana Cruz in her thesis and several papers" the papers are listed with the thesis, not with the
// name.
func (r *repairer) likeWithLike(k int) {
	w := r.s.Words
	x := w[k].Head
	if x < 0 || x > k || w[x].UPOS != "PROPN" {
		return
	}
	cc := r.find(k, "cc")
	if cc < 2 || cc > k {
		return
	}
	y := cc - 1
	for n := 0; y > x && w[y].Head > x && n < reach; n++ {
		y = w[y].Head
	}
	if y > x && y < cc && w[y].UPOS == "NOUN" && w[y].Head == w[x].Head && (universal(w[y].Deprel) == "obl" ||
		w[y].Deprel == "obj") {
		r.set(k, y, "conj")
	}
}

// bracketInCompound: two subjects or objects with nothing but a bracket between them are one: "a liquid-crystal (LC) screen".
func (r *repairer) bracketInCompound(i int) {
	w := r.s.Words
	if w[i].Head < 0 || i+4 >= len(w) || !isBracket(w[i+1].Form) || !isBracket(w[i+3].Form) || w[i+2].Head != i {
		return
	}
	k := i + 4
	if w[k].UPOS != "NOUN" || w[k].Head != w[i].Head || w[k].Deprel != w[i].Deprel {
		return
	}
	r.handOver(i, k, func(m int, _ string) bool { return m < i })
	r.set(i, k, "compound")
}

// adjectiveBeforeGerund: no adjective describes a verb: in "by lower selling prices" "selling" belongs to the noun.
func (r *repairer) adjectiveBeforeGerund(v int) {
	w := r.s.Words
	if v == 0 || v+1 >= len(w) {
		return
	}
	a := v - 1
	if w[a].UPOS != "ADJ" || w[a].Head != v || w[a].Deprel != "amod" && w[a].Deprel != "advmod" && w[a].Deprel != "compound" {
		return
	}
	o := r.find(v, "obj")
	if o != v+1 || w[o].UPOS != "NOUN" {
		return
	}
	if r.find(v, "mark", "case") >= 0 {
		r.nounAfter(v, o, a)
	}
}

// participleBeforeNoun: no past participle is an infinitive or gerund: in "lost to imported oils", read as being to import oils,
// it describes the noun. So it does between a noun and another behind a possessor: "its majority owned unit".
func (r *repairer) participleBeforeNoun(v int) {
	w := r.s.Words
	if v+1 >= len(w) || v == 0 {
		return
	}
	o := r.find(v, "obj")
	p := w[v-1]
	if h := w[v].Head; w[v].Deprel == "xcomp" && h == v-1 && o == v+1 && w[o].UPOS == "NOUN" && w[h].UPOS == "VERB" &&
		r.find(v, "mark", "nsubj") < 0 {
		switch w[h].Lemma {
		case "have", "get", "be", "keep", "leave", "make", "see", "want", "need", "go", "come", "help", "hear", "feel", "become",
			"remain", "seem":
			return
		}
		r.nounAfter(v, o, -1) // "yield agreed statements"
		r.set(o, h, "obj")
		return
	}
	if o <= v || w[o].UPOS != "NOUN" || r.leftmost(o) != v+1 || p.Head != v ||
		p.Deprel != "mark" && p.Deprel != "case" || p.UPOS != "ADP" && p.XPOS != "TO" {
		return
	}
	r.nounAfter(v, o, -1)
}

// nounAfter gives noun o the arc of the participle v before it, which was read as a verb with o as its object, and v to o as its
// adjective. a, unless -1, is an adjective before v.
func (r *repairer) nounAfter(v, o, a int) {
	w := r.s.Words
	if w[v].Head < 0 {
		return
	}
	rel := "obl"
	if r.nominalAt(w[v].Head) {
		rel = "nmod"
	}
	r.set(o, w[v].Head, rel)
	for k, to := r.near(v); k < to; k++ {
		if r.s.Words[k].Head == v && k != o {
			rel := r.s.Words[k].Deprel
			switch {
			case rel == "mark":
				rel = "case"
				if r.s.Words[k].XPOS == "TO" {
					r.tag(k, "ADP", "IN")
				}
			case k == a:
				rel = "amod"
			case rel == "obl" || rel == "advcl" && k > o:
				rel = "nmod"
			}
			r.set(k, o, rel)
		}
	}
	r.set(v, o, "amod")
}

// obliquesOfNoun makes what follows n, which was read as a verb, modifiers of the noun that it is.
func (r *repairer) obliquesOfNoun(n int) {
	for k, to := n+1, min(len(r.s.Words), n+reach); k < to; k++ {
		if w := &r.s.Words[k]; w.Head == n && universal(w.Deprel) == "obl" {
			r.set(k, n, "nmod")
		}
	}
}

// sharedNoun: a noun that is counted needs an article: in "a truck and bus plant" and "its timber and Steel Corp unit" what is named is one
// plant, one unit.
func (r *repairer) sharedNoun(i int) {
	w := r.s.Words
	if w[i].UPOS == "PRON" || w[i].UPOS == "NUM" || i+3 >= len(w) || w[i+1].UPOS != "CCONJ" || w[i].Head < 0 ||
		lower(w[i+1].Form) != "and" && lower(w[i+1].Form) != "or" || w[i].XPOS == "NNS" {
		return
	}
	d := r.find(i, "det", "nmod:poss")
	if d < 0 || d > i || w[d].Deprel == "det" && lower(w[d].Form) != "a" && lower(w[d].Form) != "an" && lower(w[d].Form) != "another" ||
		w[d].Deprel == "nmod:poss" && w[d].XPOS != "PRP$" {
		return
	}
	n := i + 2
	for n < len(w) && (w[n].UPOS == "NOUN" || w[n].UPOS == "PROPN" || w[n].UPOS == "ADJ") && w[n].Head > n {
		n++
	}
	if n >= len(w) || n < i+3 || w[n].XPOS != "NN" || w[n].UPOS != "NOUN" || r.leftmost(n) < i+1 || abstract(w[n].Lemma) || talkNouns[w[n].Lemma] ||
		actNouns[w[n].Lemma] {
		return
	}
	same := w[n].Head == w[i].Head && (w[n].Deprel == w[i].Deprel || w[n].Deprel == "conj")
	if !(w[n].Head == i && w[n].Deprel == "conj") && !same || r.find(n, "det", "nmod:poss") >= 0 {
		return
	}
	if w[d].Deprel == "nmod:poss" && !(w[i].UPOS == "PROPN" && firmNouns[w[n].Lemma]) {
		return // "its plant and timber mill" may be two
	}
	if w[d].Deprel == "det" && w[n-1].Deprel != "compound" && w[n-1].Deprel != "amod" {
		return
	}
	r.set(n, w[i].Head, w[i].Deprel)
	r.handOver(i, n, func(k int, rel string) bool {
		return k < i && (rel == "case" || rel == "det" || rel == "nmod:poss" || rel == "cc") || k > n
	})
	r.set(i, n, "compound")
	r.set(n-1, i, "conj")
	r.set(i+1, n-1, "cc")
}

// abstract says whether noun lemma ends as those do that need no article.
func abstract(lemma string) bool {
	for _, end := range []string{"ness", "ity", "tion", "sion", "ment", "ance", "ence", "ing", "ism", "ship", "cy", "th", "age", "ware"} {
		if strings.HasSuffix(lemma, end) {
			return true
		}
	}
	return false
}

// twoOffices: in "president and chief executive Ana Lund", read as a president and Ana Lund, she is both.
func (r *repairer) twoOffices(i int) {
	w := r.s.Words
	if ner(w[i].NER) == "PER" || !isAgentNoun(w[i].Lemma) || w[i].XPOS == "NNS" || w[i].Head < 0 ||
		i+3 >= len(w) || w[i+1].UPOS != "CCONJ" || r.find(i, "det") >= 0 {
		return
	}
	y := i + 2
	for y < len(w) && w[y].Head > y && ner(w[y].NER) != "PER" && !(isAgentNoun(w[y].Lemma) && w[y].Deprel == "nmod:desc") {
		y++
	}
	if y >= len(w) || w[y].Deprel != "nmod:desc" || !isAgentNoun(w[y].Lemma) || w[y].Head <= y {
		return
	}
	name := w[y].Head
	if w[name].Head != i || w[name].Deprel != "conj" || ner(w[name].NER) != "PER" {
		return
	}
	r.set(name, w[i].Head, w[i].Deprel)
	r.handOver(i, name, func(k int, rel string) bool { return rel == "case" || k > name })
	r.set(i, name, "nmod:desc")
	r.set(y, i, "conj")
	r.set(i+1, y, "cc")
}

// twoDescriptions: a bare noun in the singular for somebody names nobody by itself: in "miner and town councillor Ana Lund", read as a miner
// and Ana Lund, she is both.
func (r *repairer) twoDescriptions(i int) {
	w := r.s.Words
	someone := func(k int) bool {
		l := w[k].Lemma
		return w[k].UPOS == "NOUN" && w[k].XPOS == "NN" && (isAgentNoun(l) || personNouns[l] || k == i && doerEnding(l))
	}
	if i+3 >= len(w) || w[i+1].UPOS != "CCONJ" || !someone(i) || w[i].Head < 0 || r.find(i, "det", "nmod:poss") >= 0 {
		return
	}
	y := r.find(i, "conj")
	name := y + 1
	if y < i || name >= len(w) || !someone(y) || r.find(y, "cc") != i+1 || r.find(y, "det", "nmod:poss") >= 0 || ner(w[name].NER) != "PER" ||
		!(w[name].Deprel == "appos" && (w[name].Head == y || w[name].Head == i) || w[name].Head == w[i].Head && w[name].Deprel == w[i].Deprel) {
		return
	}
	r.set(name, w[i].Head, w[i].Deprel)
	r.handOver(i, name, func(k int, rel string) bool { return rel == "case" || k > name })
	r.handOver(y, name, func(k int, _ string) bool { return k > name })
	r.set(i, name, "nmod:desc")
}

// secondTitle: two titles of one name are joined: in "Prime Minister and Defence Minister Roe", read as a prime minister and a defence, Roe
// has both.
func (r *repairer) secondTitle(y int) {
	w := r.s.Words
	n := w[y].Head
	if n != y+1 || !isAgentNoun(w[y].Lemma) {
		return
	}
	c := y - 1
	for c > 0 && c > y-4 && w[c].UPOS != "CCONJ" {
		if w[c].UPOS != "PROPN" && w[c].UPOS != "NOUN" && w[c].UPOS != "ADJ" {
			return
		}
		c--
	}
	x := c - 1
	if x < 0 || w[c].UPOS != "CCONJ" || w[x].Head != n || w[x].Deprel != "nmod:desc" || !isAgentNoun(w[x].Lemma) {
		return
	}
	r.set(y, x, "conj")
	r.set(c, y, "cc")
	for k := c + 1; k < y; k++ {
		if w[k].Head < c || w[k].Head > y {
			r.set(k, y, "compound")
		}
	}
}

// ahead: no place is ahead of a time: in "began work at the mine a month ahead of schedule" the work was early.
func (r *repairer) ahead(a int) {
	w := r.s.Words
	h := w[a].Head
	if h < 0 || !r.nominalAt(h) || h > a {
		return
	}
	v := w[h].Head
	for n := 0; v >= 0 && w[v].UPOS != "VERB" && n < 4; n++ {
		v = w[v].Head
	}
	if v >= 0 && w[v].UPOS == "VERB" {
		r.set(a, v, "advmod")
	}
}

// headBehindList: a noun behind a list that has a preposition and it has none is the head of the list: in "an outbreak of foot and mouth
// disease", read as one of foot and mouth, it is one of a disease.
func (r *repairer) headBehindList(n int) {
	w := r.s.Words
	if n < 4 || r.caseBefore(n) >= 0 || r.leftmost(n) != n {
		return
	}
	x, cc := n-3, n-2
	if w[n-1].Head != x || w[n-1].Deprel != "conj" || w[n-1].UPOS != "NOUN" || w[cc].UPOS != "CCONJ" || w[x].UPOS != "NOUN" || w[x].Deprel != "nmod" ||
		w[x].Head != w[n].Head || r.caseBefore(x) != x-1 {
		return
	}
	r.set(x-1, n, "case")
	r.set(x, n, "compound")
}
