package extract

// Misreadings of noun phrases with names, mended by what a name is: it takes no title after it, no agent and, where it is a
// person's, no place. They change arcs as the others do.

// phrases mends the phrase of name or noun i.
func (r *repairer) phrases(i int) {
	w := &r.s.Words[i]
	switch {
	case w.UPOS == "PROPN" && w.Head >= 0 && w.Head < i:
		r.nameAfterTitle(i)
		r.nameAfterNoun(i)
		r.circumstanceOfName(i)
	case w.UPOS == "NUM" && w.Head >= 0 && w.Head < i:
		r.circumstanceOfName(i)
	case w.UPOS == "NOUN" && w.Deprel == "appos":
		r.firmAfterPerson(i)
		r.afterList(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod" || w.Deprel == "acl" {
		r.afterApposition(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod:poss" && w.UPOS == "PROPN" && w.Head > i {
		r.ofPossessor(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "nmod:poss" && w.Head > i {
		r.behindPossessor(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "conj" && isAgentNoun(w.Lemma) && w.UPOS == "NOUN" {
		r.secondRole(i)
	}
	if w := &r.s.Words[i]; w.Deprel == "compound" && w.Head > i {
		r.ofCompound(i)
	}
}

func ner(tag string) string {
	if len(tag) < 3 {
		return ""
	}
	return tag[2:]
}

// first and last return the ends of the phrase of word i.
func (r *repairer) ends(i int) (first, last int) {
	first, last = i, i
	for first > 0 && i-first < reach && r.under(first-1, i) {
		first--
	}
	for last+1 < len(r.s.Words) && last-i < reach && r.under(last+1, i) {
		last++
	}
	return first, last
}

// preposition returns the first preposition of word i in lower case, empty for none.
func (r *repairer) preposition(i int) string {
	if k := r.caseBefore(i); k >= 0 {
		return lower(r.s.Words[k].Form)
	}
	return ""
}

// nameAfterTitle: in "Secretary of State John Kerry" the name is the head and the office its title.
func (r *repairer) nameAfterTitle(i int) {
	w := r.s.Words
	j := w[i].Head
	switch w[i].Deprel {
	case "nmod", "flat", "appos", "nmod:unmarked", "list", "dep":
	default:
		return
	}
	if !isAgentNoun(w[j].Lemma) || ner(w[i].NER) != "PER" || r.preposition(i) != "" || i-j > reach || i == j+1 && w[i].Deprel == "appos" || w[j].UPOS == "NOUN" && w[i].Deprel == "appos" {
		return
	}
	for k := j + 1; k < i; k++ {
		if !r.under(k, j) || w[k].UPOS == "PUNCT" || r.under(k, i) {
			return
		}
	}
	head, deprel := w[j].Head, w[j].Deprel
	for k, to := r.near(j); k < to; k++ {
		if x := r.s.Words[k]; x.Head == j && k != i && (x.Deprel == "case" || x.Deprel == "cop" || k > i || x.Deprel == "nsubj" || x.Deprel == "punct") {
			r.set(k, i, x.Deprel)
		}
	}
	r.set(i, head, deprel)
	r.set(j, i, "nmod:desc")
}

// nameAfterNoun: a name right after a noun, without a comma, names that noun and not the one before it: "chief executive of the
// bank Lund".
func (r *repairer) nameAfterNoun(i int) {
	w := r.s.Words
	if w[i].Deprel != "appos" || i == 0 {
		return
	}
	first, _ := r.ends(i)
	n := first - 1
	if w[first].UPOS == "PUNCT" {
		return
	}
	if ner(w[i].NER) == "PER" {
		// "leaders and chief of staff Lund": bare "staff" is part of the office.
		if n > 1 && w[n].XPOS == "NN" && w[n-1].Head == n && lower(w[n-1].Form) == "of" && w[n].Head == n-2 && isAgentNoun(w[n-2].Lemma) {
			if w[i].Head != n-2 && w[n-2].UPOS == "NOUN" {
				r.set(i, n-2, "appos")
			}
			return
		}
	}
	if n < 0 || n == w[i].Head || w[n].UPOS != "NOUN" || w[n].XPOS == "NNS" || !r.under(n, w[i].Head) || temporalNouns[lower(w[n].Lemma)] ||
		ner(w[i].NER) == "PER" && firmNouns[lower(w[n].Lemma)] {
		return
	}
	r.set(i, n, "appos")
}

// ofCompound: no compound has an "of" within: in "the unit of Union Bank" the bank is what the unit is of, not the unit a kind of bank.
func (r *repairer) ofCompound(c int) {
	w := r.s.Words
	h := w[c].Head
	y := h - 1
	if y <= c+1 || w[y].Head != c || w[y].Deprel != "nmod" || r.preposition(y) != "of" || w[h].UPOS != "PROPN" && w[h].UPOS != "NOUN" {
		return
	}
	for k := y + 1; k < len(w) && k < h+reach; k++ {
		if w[k].Head == c {
			return
		}
	}
	head, deprel := w[h].Head, w[h].Deprel
	cased := r.preposition(h) != ""
	if deprel == "nmod" && !cased && head >= 0 && head < c {
		deprel = "appos"
	}
	for k, to := r.near(h); k < to; k++ {
		switch x := r.s.Words[k]; {
		case x.Head == h && k < c, x.Head == h && k > h && (universal(x.Deprel) == "nsubj" || x.Deprel == "cop" || x.Deprel == "punct" || x.Deprel == "conj" || x.Deprel == "acl:relcl"):
			r.set(k, c, x.Deprel)
		case x.Head == y && x.Deprel == "case":
			r.set(k, h, "case")
		}
	}
	r.set(c, head, deprel)
	r.set(h, c, "nmod")
	r.set(y, h, "compound")
}

// circumstanceOfName: a person has no place and a name no agent: in "talks with Lund in Oslo" the talks are in Oslo, in "sanctions
// imposed on Peru by Oslo" Oslo imposes them.
func (r *repairer) circumstanceOfName(i int) {
	w := r.s.Words
	h := w[i].Head
	if w[i].Deprel != "nmod" || w[h].UPOS != "PROPN" {
		return
	}
	if first, _ := r.ends(i); first > 0 && w[first-1].Form == "," {
		return
	}
	switch form := r.preposition(i); {
	case form == "by" && w[i].UPOS == "PROPN":
	case form == "in" && ner(w[i].NER) == "LOC" && w[h].Head >= 0 && gatherings[lower(w[w[h].Head].Lemma)] && r.preposition(h) == "with":
		// "talks with Nordbank in Oslo": the talks
	case ner(w[h].NER) != "PER" && ner(w[h].NER) != "LOC" || w[h].Deprel == "conj" && ner(w[h].NER) == "LOC":
		return
	case form == "during" || form == "after" || form == "before" || form == "since":
	case form == "in" && w[i].UPOS == "NUM":
	case (form == "in" || form == "on") && ner(w[h].NER) == "PER":
	default:
		return
	}
	for up := w[h].Head; up >= 0; up = w[up].Head {
		switch {
		case w[up].UPOS == "VERB":
			r.set(i, up, "obl")
			return
		case w[up].UPOS == "NOUN" && actNouns[lower(w[up].Lemma)] && up < h:
			r.set(i, up, "nmod")
			return
		}
		if w[up].Deprel == "acl:relcl" || w[up].Deprel == "appos" || isAgentNoun(w[up].Lemma) {
			return
		}
	}
}

// firmNouns are organisations: what a person is not.
var firmNouns = words(`company firm bank group corporation agency organisation organization subsidiary unit maker manufacturer producer
	retailer broker brokerage airline automaker carmaker insurer lender publisher newspaper magazine website broadcaster network party
	movement institute university college school hospital museum charity foundation association union federation council committee ministry
	department consultancy conglomerate startup start-up developer operator supplier distributor chain tank watchdog body team club`)

// firmAfterPerson: in "Lund, head of Nordic Metals, a mining company" the company is Nordic Metals.
func (r *repairer) firmAfterPerson(i int) {
	w := r.s.Words
	p := w[i].Head
	if p < 0 || p > i || ner(w[p].NER) != "PER" || !firmNouns[lower(w[i].Lemma)] {
		return
	}
	first, _ := r.ends(i)
	n := first - 1
	if n > 0 && w[n].Form == "," {
		n--
	}
	for n > p && w[n].UPOS == "PROPN" && w[n].Head > p && w[w[n].Head].UPOS == "PROPN" {
		n = w[n].Head
	}
	if n > p && w[n].UPOS == "PROPN" && ner(w[n].NER) != "PER" && w[n].Head != p && r.under(n, p) && w[n].Deprel == "nmod" {
		r.set(i, n, "appos")
	}
}

// ofPossessor: in "the Bank of Peru's index" the bank has the index, not Peru.
func (r *repairer) ofPossessor(i int) {
	w := r.s.Words
	z := w[i].Head
	x := w[z].Head
	if i < 2 || x != i-2 || w[z].Deprel != "nmod" || w[x].UPOS != "PROPN" || lower(w[i-1].Form) != "of" || w[i-1].Head != z {
		return
	}
	head, deprel := w[x].Head, w[x].Deprel
	r.set(i-1, i, "case")
	r.set(i, x, "nmod")
	r.set(z, head, deprel)
	r.set(x, z, "nmod:poss")
	for k, to := r.near(z); k < to; k++ {
		switch v := r.s.Words[k]; {
		case v.Head == i && v.XPOS == "POS":
			r.set(k, x, "case")
		case v.Head == x && (v.Deprel == "case" || v.Deprel == "cc" || v.Deprel == "punct") && k < x:
			r.set(k, z, v.Deprel)
		}
	}
}

// behindPossessor: what stands behind 's is no part of the possessor: in "the bank's former chairman" the bank is not former.
func (r *repairer) behindPossessor(i int) {
	head := r.s.Words[i].Head
	mark := -1
	for k := i + 1; k < head && k < i+reach; k++ {
		switch w := &r.s.Words[k]; {
		case w.Head == i && w.XPOS == "POS":
			mark = k
		case w.Head == i && mark >= 0 && (w.Deprel == "amod" || w.Deprel == "compound" || w.Deprel == "nummod" || w.Deprel == "advmod"):
			r.set(k, head, w.Deprel)
		}
	}
}

// secondRole: in "a member of Nordbank and an ally of Lund" the second thing that someone is goes with the first, not with Nordbank.
func (r *repairer) secondRole(i int) {
	w := r.s.Words
	y := w[i].Head
	if y < 0 || w[y].Deprel != "nmod" || w[y].UPOS != "PROPN" || w[y].Head < 0 || w[y].Head > y || r.preposition(y) != "of" {
		return
	}
	x := w[y].Head
	if w[x].UPOS != "NOUN" || !isAgentNoun(w[x].Lemma) || r.find(x, "det") < 0 || r.find(i, "det") < y {
		return
	}
	r.set(i, x, "conj")
}

// afterList: a description of one after a list of names is of the last: in "Oslo and Nordbank, a company" the company is Nordbank.
func (r *repairer) afterList(i int) {
	w := r.s.Words
	h := w[i].Head
	if h < 0 || h > i || w[i].XPOS != "NN" || w[h].UPOS != "PROPN" {
		return
	}
	for k := i - 1; k > h; k-- {
		if w[k].Head == h && w[k].Deprel == "conj" && w[k].UPOS == "PROPN" {
			first, _ := r.ends(i)
			if _, last := r.ends(k); last == first-1 || last == first-2 && w[first-1].Form == "," {
				r.set(i, k, "appos")
			}
			return
		}
	}
}

// afterApposition: what follows a description without a comma belongs to it: in "Lund, an analyst at Nordbank" the analyst is at
// Nordbank.
func (r *repairer) afterApposition(i int) {
	w := r.s.Words
	h := w[i].Head
	if h < 0 || h > i || w[h].UPOS != "PROPN" {
		return
	}
	first, _ := r.ends(i)
	for k := h + 1; k < first; k++ {
		if w[k].Head == h && w[k].Deprel == "appos" && w[k].UPOS == "NOUN" {
			if _, last := r.ends(k); last == first-1 {
				r.set(i, k, w[i].Deprel)
				return
			}
		}
	}
}
