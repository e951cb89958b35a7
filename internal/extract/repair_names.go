package extract

// Names and lists that the parser takes apart, mended by what stands side by side.

// hyphenated: a hyphen without blanks joins: "JTF-South" and "A-Mobile" are one name each.
func (r *repairer) hyphenated(i int) {
	w := r.s.Words
	if i == 0 || i+1 >= len(w) || w[i].Form != "-" || w[i-1].End != w[i].Begin || w[i].End != w[i+1].Begin || w[i-1].UPOS != "PROPN" {
		return
	}
	a, b := i-1, i+1
	switch {
	case w[b].UPOS == "PROPN" && w[a].Head == w[b].Head && w[a].Deprel == w[b].Deprel && w[a].Deprel != "compound" && w[a].Deprel != "flat":
		r.set(b, a, "flat")
		for k, to := r.near(b); k < to; k++ {
			if r.s.Words[k].Head == b {
				r.set(k, a, r.s.Words[k].Deprel)
			}
		}
	case w[b].Deprel == "amod" || w[b].Deprel == "compound":
		c := w[b].Head
		if c < b || w[c].Head != a || w[c].Deprel != "appos" || w[b].Form[0] < 'A' || w[b].Form[0] > 'Z' {
			return
		}
		r.set(c, w[a].Head, w[a].Deprel) // "A-Mobile chairman"
		for k, to := r.near(a); k < to; k++ {
			if x := r.s.Words[k]; x.Head == a && (k < a || k > c) {
				r.set(k, c, x.Deprel)
			}
		}
		r.set(a, c, "compound")
		r.set(i, a, "punct")
		r.set(b, a, "flat")
	}
}

// ranks are abbreviations that stand before a person's name.
var ranks = words(`capt. col. gen. lt. maj. sgt. adm. cmdr. cpl. spc. pfc. pvt. dr. sen. rep. gov. prof. rev. mr. mrs. ms. capt col gen lt maj sgt adm cmdr sen rep gov prof`)

// rankedName: what follows a rank is the name: in "by Navy Capt. Ana Ruiz" read as a captain beside her, she is the captain.
func (r *repairer) rankedName(i int) {
	w := r.s.Words
	if i+1 >= len(w) || w[i].UPOS != "PROPN" || !ranks[lower(w[i].Form)] || w[i+1].UPOS != "PROPN" || w[i+1].Deprel != "appos" || ranks[lower(w[i+1].Form)] {
		return
	}
	n := i + 1
	if w[n].Head != i {
		if w[n].Head < i && w[i].Head >= 0 && w[i].Head <= n {
			r.set(i, n, "nmod:desc")
		}
		return
	}
	head, deprel := w[i].Head, w[i].Deprel
	for k, to := r.near(i); k < to; k++ {
		if x := r.s.Words[k]; x.Head == i && k != n && x.Deprel != "compound" && x.Deprel != "nmod:desc" && x.Deprel != "amod" {
			r.set(k, n, x.Deprel)
		}
	}
	r.set(n, head, deprel)
	r.set(i, n, "nmod:desc")
}

// nickname: the name in quotation marks between two names belongs to both: Ana "Sunny" Ruiz.
func (r *repairer) nickname(i int) {
	w := r.s.Words
	if i < 2 || i+2 >= len(w) || w[i-1].UPOS != "PUNCT" || w[i+1].UPOS != "PUNCT" || !isQuote(w[i-1].Form) || !isQuote(w[i+1].Form) {
		return
	}
	a, b := i-2, i+2
	if w[a].UPOS != "PROPN" || w[b].UPOS != "PROPN" || w[i].UPOS != "PROPN" || w[b].Deprel != "appos" ||
		w[b].Head != a && (w[b].Head != i || w[i].Head != a) {
		return
	}
	r.set(b, a, "flat")
	r.set(i, a, "flat")
	r.set(i-1, i, "punct")
	r.set(i+1, i, "punct")
	for k, to := r.near(b); k < to; k++ { // what describes the surname describes the person
		if h := r.s.Words[k].Head; h == b || h == i && k > b {
			r.set(k, a, r.s.Words[k].Deprel)
		}
	}
}

// nameBehind: what is read as describing the name before it is its end: "Linden Airfield West".
func (r *repairer) nameBehind(i int) {
	if w := r.s.Words; i > 0 && w[i].UPOS == "PROPN" && w[i].Deprel == "compound" && w[i].Head == i-1 && w[i-1].UPOS == "PROPN" {
		r.set(i, i-1, "flat")
	}
}

// listedModifiers: adjectives without a noun are no things: in "Danish, Dutch and German ships sank" they all describe the ships, as
// kinds of craft do in "attack, fighter and transport aircraft".
func (r *repairer) listedModifiers(i int) {
	w := r.s.Words
	switch w[i].Deprel {
	case "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod":
	default:
		return
	}
	if w[i].XPOS != "JJ" && w[i].XPOS != "NN" || r.any(i, "det", "nmod:poss", "nummod", "amod", "cop", "nmod", "acl") >= 0 {
		return
	}
	last, before, kinds, members := -1, i, 0, 0
	for k, to := r.near(i); k < to; k++ {
		if k < i || w[k].Head != i || w[k].Deprel != "conj" {
			continue
		}
		if last >= 0 {
			if w[last].XPOS != w[i].XPOS && w[last].XPOS != "NNP" || r.any(last, "det", "nmod:poss", "nummod", "nmod", "acl") >= 0 {
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
	if last < 0 || members == 0 || w[last].UPOS != "NOUN" || r.any(last, "det", "nmod:poss", "nummod") >= 0 {
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
	craftKinds = words(`attack bomber fighter transport cargo passenger tanker refuelling refueling reconnaissance surveillance patrol training rescue
		command support combat assault escort supply hospital civilian military`)
	crafts = words(`aircraft plane airplane aeroplane jet helicopter drone ship vessel boat warship vehicle truck craft`)
)

// adjectiveBesideNoun: an adjective with an article is no object beside one: "a single, sometimes small effect".
func (r *repairer) adjectiveBesideNoun(i int) {
	w := r.s.Words
	d := r.find(i, "det")
	if w[i].XPOS != "JJ" || w[i].Deprel != "obj" || w[i].Head < 0 || w[i].Head > i || d < 0 || d > i || lower(w[d].Form) != "a" && lower(w[d].Form) != "an" {
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

// agentAfterGerund: an agent noun in the singular needs an article: in "the lead investigating officer", read as a lead that investigates
// one, it is the head.
func (r *repairer) agentAfterGerund(v int) {
	w := r.s.Words
	n, o := v-1, v+1
	if n < 1 || o >= len(w) || w[v].XPOS != "VBG" || w[v].Deprel != "acl" || w[v].Head != n || w[n].XPOS != "NN" || w[o].Head != v || w[o].Deprel != "obj" ||
		w[o].XPOS != "NN" || !isAgentNoun(w[o].Lemma) || r.find(n, "det") < 0 {
		return
	}
	head, deprel := w[n].Head, w[n].Deprel
	for k, to := r.near(n); k < to; k++ {
		if x := r.s.Words[k]; (x.Head == n || x.Head == v) && k != v && k != o {
			r.set(k, o, x.Deprel)
		}
	}
	r.set(o, head, deprel)
	r.set(n, o, "compound")
	r.set(v, o, "amod")
}

// verbsBeforeNoun: a bare verb joined to a noun is none: in "by training, advise and assist missions" the two describe the missions.
func (r *repairer) verbsBeforeNoun(a int) {
	w := r.s.Words
	if w[a].XPOS != "VB" && w[a].XPOS != "VBP" || w[a].Deprel != "conj" || a == 0 || a+3 >= len(w) || w[a+1].UPOS != "CCONJ" || w[a+2].Deprel != "amod" ||
		w[a+2].XPOS != "VB" && w[a+2].XPOS != "VBP" || w[a+2].Head != a+3 {
		return
	}
	n, h := a+3, w[a].Head
	p := a - 1
	if w[p].UPOS == "CCONJ" || w[p].Form == "," {
		p--
	}
	if h < 0 || p < 0 || w[h].XPOS == "VB" || w[h].XPOS == "VBP" || w[n].Head != a || w[n].Deprel != "obj" || !r.nominalAt(p) || r.any(a, "mark", "nsubj", "aux") >= 0 {
		return
	}
	for w[p].Head > h && r.nominalAt(w[p].Head) && w[p].Head < a {
		p = w[p].Head
	}
	r.set(n, p, "conj")
	for k, to := r.near(a); k < to; k++ {
		if x := r.s.Words[k]; x.Head == a && k != n {
			r.set(k, n, x.Deprel)
		}
	}
	r.set(a, n, "amod")
	r.tag(a, "ADJ", "JJ")
	r.tag(a+2, "ADJ", "JJ")
	r.set(a+2, a, "conj")
	r.set(a+1, a+2, "cc")
}

// atFirst: "at first" is an adverb: in "At first Ruiz agreed" she is not the first.
func (r *repairer) atFirst(i int) {
	w := r.s.Words
	if lower(w[i].Form) != "at" || i+2 >= len(w) || lower(w[i+1].Form) != "first" && lower(w[i+1].Form) != "last" || w[i+2].UPOS != "PROPN" && w[i+2].XPOS != "PRP" {
		return
	}
	n := w[i+1].Head
	if n < i+2 || w[n].Head < 0 || w[i].Head != n {
		return
	}
	r.set(i, w[n].Head, "advmod")
	r.set(i+1, i, "fixed")
}

// frontedPlace: in "Near Linden, two shells hit a ship", read as Linden that is described, the noun behind the comma is the subject.
func (r *repairer) frontedPlace(root int) {
	w := r.s.Words
	if v := w[root].Head; w[root].Deprel == "nsubj" && v > root && w[v].Deprel == "acl" && w[v].Head > root && w[v].Head < v && w[w[v].Head].Head < 0 && r.nominalAt(w[v].Head) {
		n, c := w[v].Head, r.caseBefore(root)
		if c < 0 || c > 0 && w[c-1].UPOS != "PUNCT" || w[n].UPOS != "NOUN" || r.any(v, "obj") < v || r.any(v, "aux", "mark", "obl:agent") >= 0 || r.any(n, "cop") >= 0 {
			return
		}
		r.set(v, -1, "root")
		r.tag(v, "VERB", "VBD")
		r.set(n, v, "nsubj")
		r.set(root, v, "obl")
		return
	}
	if w[root].Head >= 0 || w[root].UPOS != "PROPN" || r.any(root, "cop", "nsubj") >= 0 {
		return
	}
	c := r.caseBefore(root)
	if c < 0 || c > 0 && w[c-1].UPOS != "PUNCT" {
		return
	}
	for v := root + 2; v < min(len(w), root+reach); v++ {
		n := w[v].Head
		if w[v].Deprel != "acl" || w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || n <= root || w[n].Head != root || w[n].Deprel != "appos" || r.any(v, "obj", "conj") < v ||
			r.any(v, "nsubj", "aux", "mark", "obl:agent") >= 0 {
			continue
		}
		if b := r.leftmost(n); b < 1 || w[b].Form != "," && w[b-1].Form != "," {
			return
		}
		r.set(v, -1, "root")
		r.tag(v, "VERB", "VBD")
		r.set(n, v, "nsubj")
		r.set(root, v, "obl")
		for k, to := r.near(root); k < to; k++ {
			if x := r.s.Words[k]; x.Head == root && k > v {
				r.set(k, v, x.Deprel)
			}
		}
		return
	}
}

// saidAfterClause: a subject stands before its verb: in "They ask for it," a man in Oslo said, read as asking that somebody said so, both
// words behind the clause are the speech.
func (r *repairer) saidAfterClause(v int) {
	w := r.s.Words
	if !speech[w[v].Lemma] || w[v].UPOS != "VERB" || !r.finite(v) || w[v].Head < 0 || r.any(v, "nsubj", "ccomp", "obj", "mark") >= 0 || v+1 < len(w) && w[v+1].UPOS != "PUNCT" {
		return
	}
	switch w[v].Deprel {
	case "ccomp", "advcl", "acl", "acl:relcl", "conj", "parataxis":
	default:
		return
	}
	s := v - 1
	for s > 0 && v-s < 30 && (w[s].Deprel != "nsubj" || w[s].Head >= s || !r.nominalAt(s)) {
		s--
	}
	h := w[s].Head
	if w[s].Deprel != "nsubj" || h < 0 || h >= s || !r.under(v, h) {
		return
	}
	if b := r.leftmost(s); b <= h || !isQuote(w[b-1].Form) && w[b-1].Form != "," && w[b].Form != "," {
		return
	}
	for k := s + 1; k < v; k++ {
		if !r.under(k, s) && !r.under(k, v) {
			return
		}
	}
	r.set(v, h, "parataxis")
	r.set(s, v, "nsubj")
}

// objectBehindConjunct: an object stands behind its own verb: in "to cut costs and raise prices", read as cutting both, the second verb has
// the second.
func (r *repairer) objectBehindConjunct(v int) {
	w := r.s.Words
	h := w[v].Head
	if w[v].Deprel != "conj" || w[v].UPOS != "VERB" || h < 0 || h > v || w[h].UPOS != "VERB" || w[v].XPOS != w[h].XPOS || r.any(v, "obj", "nsubj", "ccomp", "xcomp") >= 0 {
		return
	}
	first := r.any(h, "obj")
	if first < h || first > v {
		return
	}
	for o := v + 1; o < min(len(w), v+8); o++ {
		if w[o].Head == h && w[o].Deprel == "obj" {
			if r.leftmost(o) == v+1 {
				r.set(o, v, "obj")
			}
			return
		}
		if w[o].UPOS == "PUNCT" || w[o].UPOS == "ADP" || w[o].UPOS == "VERB" {
			return
		}
	}
}

// usingMeans: means are used by who acts: in "flew over Peru using maps" Peru uses none.
func (r *repairer) usingMeans(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBG" || w[v].Lemma != "use" || w[v].Deprel != "acl" || w[v].Head < 0 || w[v].Head > v || r.any(v, "mark", "case", "nsubj") >= 0 || r.any(v, "obj") < v {
		return
	}
	n := w[v].Head
	if w[n].UPOS == "NOUN" && (isAgentNoun(w[n].Lemma) || personNouns[lower(w[n].Lemma)] || firmNouns[lower(w[n].Lemma)] || w[n].XPOS == "NNS" && universal(w[n].Deprel) == "nmod") ||
		w[n].UPOS != "NOUN" && w[n].UPOS != "PROPN" {
		return
	}
	for up := w[n].Head; up >= 0; up = w[up].Head {
		if w[up].UPOS == "VERB" && up < n {
			if w[up].Deprel == "acl" && w[up].XPOS == "VBN" {
				continue // "strikes coordinated with Peru"
			}
			if r.any(up, "nsubj") >= 0 && r.any(up, "aux:pass") < 0 && (w[n].Deprel == "obj" || universal(w[n].Deprel) == "obl" || w[n].Deprel == "nmod") {
				r.set(v, up, "advcl")
			}
			return
		}
		if w[up].Deprel == "root" && w[up].UPOS != "VERB" {
			return
		}
	}
}

// alsoKnown: another name in brackets is that of the name before them: in "the threat of Lund (also known as Linden)" Lund is known so.
func (r *repairer) alsoKnown(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" || w[v].Deprel != "acl" || w[v].Lemma != "know" && w[v].Lemma != "call" && w[v].Lemma != "name" && w[v].Lemma != "dub" {
		return
	}
	n := r.leftmost(v) - 1
	if n >= 0 && isBracket(w[n].Form) {
		n--
	}
	for n > w[v].Head && n >= 0 && w[n].Deprel == "flat" {
		n = w[n].Head
	}
	if n > w[v].Head && w[n].UPOS == "PROPN" && r.under(n, w[v].Head) && (isBracket(w[r.leftmost(v)].Form) || isBracket(w[r.leftmost(v)-1].Form)) {
		r.set(v, n, "acl")
	}
}

// nameWithAnd: "and" is part of some names, as of the Islamic State of Iraq and the Levant: what follows the name is not joined to what
// stands before it: "against Islamic State of Iraq and the Levant fighters".
func (r *repairer) nameWithAnd(i int) {
	w := r.s.Words
	if w[i].Form != "State" || i == 0 || w[i-1].Form != "Islamic" || i+4 >= len(w) || w[i+1].Form != "of" || w[i+2].Form != "Iraq" || w[i+3].Form != "and" {
		return
	}
	iraq, cc, l := i+2, i+3, i+4
	if lower(w[l].Form) == "the" {
		l++
	}
	if l >= len(w) || w[l].Form != "Levant" && w[l].Form != "Syria" {
		return
	}
	n := w[l].Head
	if n != l+1 || w[l].Deprel != "compound" || w[n].UPOS != "NOUN" || w[n].Head == i {
		n = -1
	}
	if n < 0 && w[l].Head == iraq || w[i].Head < 0 || w[i].Head == n {
		return
	}
	v, rel := -1, ""
	if n >= 0 {
		v, rel = w[n].Head, w[n].Deprel
	}
	head, deprel := w[i].Head, w[i].Deprel
	if n >= 0 {
		r.set(n, head, deprel)
		for k, to := r.near(i); k < to; k++ {
			if x := r.s.Words[k]; x.Head == i && (x.Deprel == "case" || x.Deprel == "det" && k < i-1) {
				r.set(k, n, x.Deprel)
			}
		}
		r.set(i, n, "compound")
	}
	r.set(iraq, i, "nmod")
	r.set(i+1, iraq, "case")
	r.set(l, iraq, "flat") // one name, not two countries
	r.set(cc, l, "flat")
	if l > i+4 {
		r.set(i+4, l, "flat")
	}
	// "said the war on Islamic State of Iraq and the Levant fighters goes on": it is the war that does.
	if v > l && universal(rel) == "nsubj" && head < i && w[head].Deprel == "nsubj" && w[head].Head >= 0 && w[head].Head < head && w[v].Head == w[head].Head {
		said := w[head].Head
		r.set(head, v, rel)
		r.set(v, said, "ccomp")
	}
}

// speakerBeforeSaid: the person right before "said" at the end of a sentence says it: "…, the town's mayor, chief aide Ana Ruiz said."
func (r *repairer) speakerBeforeSaid(v int) {
	w := r.s.Words
	if v < 3 || !speech[w[v].Lemma] || w[v].Deprel != "parataxis" || !r.finite(v) || r.any(v, "nsubj", "ccomp", "obj", "mark") >= 0 || w[v-1].UPOS != "PROPN" || ner(w[v-1].NER) != "PER" {
		return
	}
	n := v - 1
	for n > 0 && w[n].Deprel == "flat" && w[n].Head < n {
		n = w[n].Head
	}
	if w[n].Deprel != "appos" && w[n].Deprel != "conj" && w[n].Deprel != "nmod:unmarked" || w[n].Head > n || w[n].UPOS != "PROPN" {
		return
	}
	c := n - 1
	for c > 0 && w[c].Form != "," && w[c].UPOS != "VERB" && n-c < 12 {
		c--
	}
	if w[c].Form != "," {
		return
	}
	r.set(n, v, "nsubj")
	for k := c + 1; k < n; k++ {
		if h := r.s.Words[k].Head; h <= c {
			r.set(k, n, "compound")
		}
	}
}

// score: the result before a colon is no part of the report behind it: "Rovers 2, Lund 1: Ana Ruiz scored".
func (r *repairer) score(c int) {
	w := r.s.Words
	if w[c].Form != ":" || c < 5 || c > 12 || c+3 > len(w) {
		return
	}
	numbers, root := 0, -1
	for k := 0; k < c; k++ {
		switch {
		case w[k].UPOS == "NUM":
			numbers++
		case w[k].UPOS != "PROPN" && w[k].UPOS != "NOUN" && w[k].UPOS != "PUNCT" && w[k].UPOS != "ADJ":
			return
		}
	}
	for k := c; k < len(w); k++ {
		if w[k].Head < 0 {
			root = k
		}
	}
	if numbers != 2 || root < 0 {
		return
	}
	for k := range w {
		h := r.s.Words[k].Head
		switch {
		case h < 0 || k < c == (h < c):
		case k < c:
			r.set(k, root, "dep")
		case w[k].UPOS == "VERB":
			r.set(k, root, "parataxis")
		default:
			r.set(k, root, "dep")
		}
	}
}

// thatOfDefinite: in "support of the talks that were held", where the support has no article, the talks were held.
func (r *repairer) thatOfDefinite(v int) {
	w := r.s.Words
	h := w[v].Head
	if w[v].Deprel != "acl:relcl" || h < 0 || h > v {
		return
	}
	that := r.leftmost(v)
	if that < 2 || w[that].XPOS != "WDT" || lower(w[that].Form) != "that" {
		return
	}
	n := that - 1
	if n <= h || w[n].UPOS != "NOUN" || w[n].Deprel != "nmod" || w[n].Head != h && !r.under(n, h) || r.preposition(n) != "of" {
		return
	}
	d := r.find(n, "det")
	if d < 0 || lower(w[d].Form) != "the" || r.any(h, "det", "nmod:poss", "nummod") >= 0 || w[h].UPOS != "NOUN" {
		return
	}
	r.set(v, n, "acl:relcl")
}

// presenting verbs have somebody behind "to".
var presenting = words(`propose present offer suggest explain submit announce recommend describe deliver hand pass outline reveal unveil show`)

// presentedTo: in "proposed a plan on the future of Peru to the leaders" it is proposed to the leaders.
func (r *repairer) presentedTo(k int) {
	w := r.s.Words
	h := w[k].Head
	if w[k].Deprel != "nmod" || w[k].UPOS != "NOUN" || h < 0 || h > k || r.preposition(k) != "to" || !isAgentNoun(w[k].Lemma) && !personNouns[lower(w[k].Lemma)] || w[h].Deprel != "nmod" {
		return
	}
	for up := w[h].Head; up >= 0 && up < h; up = w[up].Head {
		if w[up].Deprel == "obj" {
			if v := w[up].Head; v >= 0 && v < up && presenting[w[v].Lemma] {
				r.set(k, v, "obl")
			}
			return
		}
		if w[up].Deprel != "nmod" {
			return
		}
	}
}

// deeds are what people and firms do, not the things that they have.
var deeds = words(`get take bring make give leave win score beat finish end lose earn become join say add call tell urge accuse warn`)

// participleAfterComma: in "Ruiz has five goals, getting two in Oslo" it is Ruiz who got them.
func (r *repairer) participleAfterComma(v int) {
	w := r.s.Words
	n := w[v].Head
	if w[v].XPOS != "VBG" || w[v].Deprel != "acl" || !deeds[w[v].Lemma] || n < 0 || n > v || w[n].XPOS != "NNS" || w[n].Deprel != "obj" || r.any(v, "mark", "case", "nsubj") >= 0 ||
		isAgentNoun(w[n].Lemma) || personNouns[lower(w[n].Lemma)] || textNouns[lower(w[n].Lemma)] || firmNouns[lower(w[n].Lemma)] {
		return
	}
	first, h := r.leftmost(v), w[n].Head
	if w[first].Form != "," && (first == 0 || w[first-1].Form != ",") || h < 0 || h > n || w[h].UPOS != "VERB" || r.any(h, "nsubj") < 0 {
		return
	}
	r.set(v, h, "advcl")
}
