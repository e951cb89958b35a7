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
	}
	if w.Deprel == "nmod" || w.Deprel == "acl" {
		r.afterApposition(i)
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
	if n < 0 || n == w[i].Head || w[n].UPOS != "NOUN" || w[n].XPOS == "NNS" || !r.under(n, w[i].Head) || temporalNouns[lower(w[n].Form)] {
		return
	}
	r.set(i, n, "appos")
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
