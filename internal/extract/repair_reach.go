package extract

import "strings"

// What a preposition, relative pronoun or article can reach: the readings that the kind of a noun rules out.

// resultNouns are sums of accounts, which come to an amount.
var resultNouns = words(`loss gain profit charge credit provision benefit writeoff writedown write-off write-down income earnings`)

// worthNouns come to an amount themselves: in "a gain on the sale of assets of 5 mln dlrs" the assets may.
var worthNouns = words(`asset debt revenue sale turnover income earnings profit loss gain charge cost expense dividend payment price value
	capital equity tax interest provision reserve saving proceeds credit benefit liability investment stake amount total sum fee bond note
	loan fund budget deficit surplus`)

// lossOf: operations and principles come to no amount: in "a loss from discontinued operations of 5 mln dlrs" the loss does.
func (r *repairer) lossOf(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.preposition(k) != "of" || w[h].UPOS != "NOUN" || w[h].Deprel != "nmod" ||
		worthNouns[lower(w[h].Lemma)] || resultNouns[lower(w[h].Lemma)] || !r.amount(k) || temporalDigits(w[k].Form) {
		return
	}
	switch r.preposition(h) {
	case "from", "on", "in", "for", "of", "against":
	default:
		return
	}
	for n := w[h].Head; n >= 0 && n < k; n = w[n].Head {
		switch l := lower(w[n].Lemma); {
		case resultNouns[l]:
			for m := n + 1; m < h; m++ {
				if w[m].Head == n && w[m].Deprel == "nmod" && r.amount(m) {
					return // it has one
				}
			}
			r.set(k, n, "nmod")
			return
		case w[n].Deprel != "nmod" || worthNouns[l] && l != "sale":
			return
		}
	}
}

// audiences are gatherings that are told things.
var audiences = words(`conference meeting rally audience gathering congress seminar forum crowd briefing`)

// hearerInSubject: "a" goes with no plural: in "told a news conference taxes were raised", read as taxes of a conference, the conference is
// told so.
func (r *repairer) hearerInSubject(s int) {
	w := r.s.Words
	c := w[s].Head
	if c < s || s < 3 || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > s {
		return
	}
	v, d := w[c].Head, r.find(s, "det")
	if !telling[w[v].Lemma] || d != v+1 || lower(w[d].Form) != "a" && lower(w[d].Form) != "an" || r.find(v, "obj", "iobj") >= 0 {
		return
	}
	n := s - 1
	for n > d && !(w[n].Head == s && audiences[lower(w[n].Lemma)] && w[n].XPOS == "NN") {
		n--
	}
	if n <= d {
		return
	}
	r.set(n, v, "iobj")
	for k := d; k < n; k++ {
		if r.s.Words[k].Head == s {
			r.set(k, n, r.s.Words[k].Deprel)
		}
	}
}

// whoOfPlace: no river or town is a "who": in "farmers along the rivers who planted late" it is the farmers.
func (r *repairer) whoOfPlace(c int) {
	w := r.s.Words
	n := w[c].Head
	if n < 0 || n > c || w[n].UPOS != "PROPN" || ner(w[n].NER) != "LOC" || w[n].Head < 0 || w[n].Head > n {
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass", "obj")
	if s < n || s > c || lower(w[s].Form) != "who" && lower(w[s].Form) != "whom" {
		return
	}
	up := w[n].Head
	if w[n].Deprel == "obl" {
		up = r.find(up, "obj")
	} else if w[n].Deprel != "nmod" {
		return
	}
	for ; up >= 0 && up < n; up = w[up].Head {
		if w[up].UPOS == "NOUN" && (isAgentNoun(w[up].Lemma) || personNouns[lower(w[up].Lemma)]) {
			r.set(c, up, "acl:relcl")
			return
		}
		if w[up].Deprel != "nmod" {
			return
		}
	}
}

// whatHarmed: in "an attack on a tanker in the Gulf, which killed ten sailors" neither ship nor sea killed them.
func (r *repairer) whatHarmed(c int) {
	w := r.s.Words
	n := w[c].Head
	if n < 0 || n > c || !harming[lower(w[c].Lemma)] || r.find(c, "aux:pass") >= 0 || r.find(c, "obj") < c {
		return
	}
	s := r.find(c, "nsubj")
	if s < n || s > c || lower(w[s].Form) != "which" && lower(w[s].Form) != "that" || harmCauses[lower(w[n].Lemma)] {
		return
	}
	for up := n; up >= 0; up = w[up].Head {
		rel := w[up].Deprel
		switch {
		case up < n && harmCauses[lower(w[up].Lemma)] && w[up].UPOS == "NOUN":
			r.set(c, up, "acl:relcl")
			return
		case rel == "obl" && w[up].Head >= 0 && w[up].Head < up:
			// a place hung on the verb: "blamed a bomb near the station that injured ten people"
			if o := r.find(w[up].Head, "obj", "obl"); o > w[up].Head && o < up && harmCauses[lower(w[o].Lemma)] {
				r.set(c, o, "acl:relcl")
			}
			return
		case rel != "nmod" || w[up].Head > up:
			return
		}
	}
}

// frontedOf: in "Of the ten towers built there, nine stand empty, Roe said" the towers are those that are counted and say nothing.
func (r *repairer) frontedOf(k int) {
	w := r.s.Words
	v := w[k].Head
	if v < k {
		return
	}
	c := r.caseBefore(k)
	if c < 0 || c != r.leftmost(k) || lower(w[c].Form) != "of" || c > 0 && w[c-1].UPOS != "PUNCT" {
		return
	}
	if other, _ := r.among(v, k+1, v, "nsubj", "nsubj:pass"); other < 0 {
		return
	}
	if said := r.find(v, "ccomp"); said > k && said < v {
		v = said
	}
	r.set(k, v, "obl")
}

// overNumber: an object has no preposition: in "employs over half of them" and "load up to 7 tonnes" the words before the number tell how
// exact it is.
func (r *repairer) overNumber(p int) {
	w := r.s.Words
	o := w[p].Head
	if o <= p || w[o].Deprel != "obj" || p+2 >= len(w) || r.leftmost(o) != p {
		return
	}
	n := p + 1
	switch lower(w[p].Form) {
	case "over", "under", "around", "about":
	case "up":
		if lower(w[n].Form) != "to" {
			return
		}
		n++
	default:
		return
	}
	if w[n].UPOS != "NUM" && (n != o || lower(w[n].Form) != "half") {
		return
	}
	r.set(p, n, "advmod")
	if n == p+2 {
		r.set(p+1, p, "fixed")
	}
}

// besideSpeaker: of two subjects that a comma parts only one speaks: in "The firm, Roe said, will wait" the other does what is said, in
// "its chief, Ana Roe, said" both are one, and in "And the firms, Roe said, they will wait" it stands outside.
func (r *repairer) besideSpeaker(s int) {
	w := r.s.Words
	v := w[s].Head
	if v < s || !speech[lower(w[v].Lemma)] || w[v].UPOS != "VERB" {
		return
	}
	_, last := r.among(v, s+1, v, "nsubj")
	c := r.find(v, "ccomp")
	if last < 0 || c < 0 || w[r.leftmost(last)-1].Form != "," && w[r.leftmost(last)].Form != "," || w[last].UPOS == "NUM" {
		return
	}
	agent := w[s].UPOS == "NOUN" && w[s].XPOS == "NN" && isAgentNoun(w[s].Lemma) || ner(w[s].NER) == "PER"
	named := w[last].UPOS == "PROPN" || ner(w[s].NER) == "PER" && w[last].UPOS == "NOUN" && isAgentNoun(w[last].Lemma)
	switch subject := r.find(c, "nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer"); {
	case agent && (subject >= 0 || c < s) && named:
		r.set(last, s, "appos")
	case c > v && w[v+1].UPOS != "PUNCT": // "its text, a copy of a draft, said prices would rise"
	case c > v && subject < 0:
		r.set(s, c, r.subjectRel(c))
	case c > v:
		r.set(s, c, "dislocated")
	case ner(w[s].NER) != "PER":
		r.set(s, c, "dep") // "the holders affected, the bankers, he added"
	}
}

// finedAmount: in "was jailed and fined 11,000 dlrs", read as fining the dollars, he was fined, too.
func (r *repairer) finedAmount(v int) {
	w := r.s.Words
	h := w[v].Head
	if w[v].Lemma != "fine" && w[v].Lemma != "award" || h < 0 || h > v ||
		w[h].XPOS != "VBN" || r.find(h, "aux:pass") < 0 || r.find(v, "nsubj", "nsubj:pass", "aux", "aux:pass") >= 0 {
		return
	}
	if o := r.find(v, "obj"); o > v && r.amount(o) {
		r.tag(v, "VERB", "VBN")
	}
}

// agentOfTime: no time does anything: in "will be passed by next Friday" and "was announced by the end of May" it tells when.
func (r *repairer) agentOfTime(k int) {
	w := r.s.Words
	if ner(w[k].NER) != "" {
		return
	}
	l := lower(w[k].Lemma)
	for _, part := range [...]string{"mid-", "early-", "late-"} {
		l = strings.TrimPrefix(l, part) // "by mid-May"
	}
	switch {
	case weekdays[l], l == "today", l == "tomorrow", l == "yesterday", calendarNames[l]:
		if r.find(k, "flat", "det") >= 0 {
			return
		}
	case l == "end" || l == "beginning" || l == "start" || l == "close" || l == "middle":
		if t := r.find(k, "nmod"); t < k || r.preposition(t) != "of" || !temporalNouns[lower(w[t].Lemma)] && !temporalDigits(w[t].Form) {
			return
		}
	case temporalNouns[l]:
		if m := r.find(k, "amod", "det"); m < 0 || m > k || !deictics[lower(w[m].Form)] {
			return
		}
	default:
		return
	}
	r.set(k, w[k].Head, "obl")
}

// worthFrom: what is worth so much is worth it from, to and in nothing: in "won an order worth 5 mln dlrs from Acme" it was won from Acme.
func (r *repairer) worthFrom(k int) {
	w := r.s.Words
	a := w[k].Head
	if a < 1 || a > k || lower(w[a].Form) != "worth" || w[a].Deprel != "amod" && w[a].Deprel != "acl" || r.caseBefore(k) < 0 ||
		r.preposition(k) == "of" {
		return
	}
	if m := r.find(a, "obl:unmarked", "obj"); m < a || m > k {
		return
	}
	n := w[a].Head
	if n < 0 || n > a {
		return
	}
	switch v := w[n].Head; {
	case v >= 0 && w[v].UPOS == "VERB" && v < n && (w[n].Deprel == "obj" || w[n].Deprel == "obl"):
		r.set(k, v, "obl")
	default:
		r.set(k, n, "nmod")
	}
}

// quotedSaying: in "the report quoted Roe as saying …" there is one subject, and Roe is whom it quotes.
func (r *repairer) quotedSaying(o int) {
	w := r.s.Words
	v := w[o].Head
	if v < 0 || v > o || w[v].Lemma != "quote" && w[v].Lemma != "cite" || r.find(v, "obj", "aux:pass") >= 0 || r.find(v, "nsubj") == o {
		return
	}
	if g := r.find(v, "advcl", "xcomp", "ccomp"); g > o && lower(w[g].Form) == "saying" && lower(w[r.leftmost(g)].Form) == "as" {
		r.set(o, v, "obj")
	}
}

// lookingBack verbs are, beside charging and judging ones, about what was done before.
var lookingBack = words(`convict acquit try apologise apologize`)

// yearOfOffence: in "sentenced him for the murder of guards in 1992" that is when they were murdered.
func (r *repairer) yearOfOffence(y int) {
	w := r.s.Words
	v := w[y].Head
	if v < 0 || v > y || r.preposition(y) != "in" || !temporalDigits(w[y].Form) ||
		charging[w[v].Lemma] == nil && !judging[w[v].Lemma] && !lookingBack[w[v].Lemma] {
		return
	}
	first := r.leftmost(y)
	for o := first - 1; o > v; o-- {
		if w[o].Head != v || w[o].Deprel != "obl" {
			continue
		}
		if p := r.preposition(o); (p == "for" || p == "of" || p == "over") && r.rightmost(o, y) == first-1 && r.find(o, "nmod") > o &&
			(actNouns[lower(w[o].Lemma)] || eventNouns[lower(w[o].Lemma)]) {
			r.set(y, o, "nmod")
		}
		return
	}
}

// thatWhich: in "a price equal to that which they got" the clause describes the pronoun right before it.
func (r *repairer) thatWhich(c int) {
	w := r.s.Words
	h := w[c].Head
	if h < 0 || h > c {
		return
	}
	p := r.leftmost(c)
	if p < 1 || lower(w[p].Form) != "which" && lower(w[p].Form) != "who" || p-1 == h {
		return
	}
	switch lower(w[p-1].Form) {
	case "that", "those":
		if w[p-1].UPOS == "PRON" || w[p-1].XPOS == "DT" && w[p-1].Head < p-1 {
			r.set(c, p-1, "acl:relcl")
		}
	}
}

// yearOfChange: in "the collapse in the oil price in 1986" it is the collapse that came in 1986; prices are in no year.
func (r *repairer) yearOfChange(y int) {
	w := r.s.Words
	h := w[y].Head
	if h < 0 || h > y || r.preposition(y) != "in" || !temporalDigits(w[y].Form) && !calendarNames[lower(w[y].Lemma)] ||
		w[h].Deprel != "nmod" || w[h].UPOS != "NOUN" || eventNouns[lower(w[h].Lemma)] || actNouns[lower(w[h].Lemma)] {
		return
	}
	n := w[h].Head
	if n < 0 || n > h || !changeNouns[lower(w[n].Lemma)] && !eventNouns[lower(w[n].Lemma)] && w[n].Lemma != "collapse" {
		return
	}
	switch r.preposition(h) {
	case "in", "of":
		r.set(y, n, "nmod")
	}
}

// acrossVerb: no compound reaches over a verb: in "the source of rain endangering forests", read as forests of rain, the noun before the
// verb ends its own phrase and the participle describes it.
func (r *repairer) acrossVerb(n int) {
	w := r.s.Words
	o, v := w[n].Head, n+1
	if o <= v || w[v].XPOS != "VBG" || w[v].UPOS != "VERB" || w[v].Deprel != "acl" ||
		w[o].Head != v || w[o].Deprel != "obj" || w[v].Head < 0 || w[v].Head >= n || r.find(v, "nsubj", "mark", "aux") >= 0 {
		return
	}
	h := w[v].Head
	cased := false
	for k := h + 1; k < n; k++ {
		if r.s.Words[k].Head != o {
			continue
		}
		cased = cased || r.s.Words[k].Deprel == "case"
		r.set(k, n, r.s.Words[k].Deprel)
	}
	if first := r.leftmost(n); !cased && r.s.Words[first].UPOS == "ADP" {
		r.set(first, n, "case")
	}
	r.set(n, h, "nmod")
	r.set(v, n, "acl")
}

// filedWith: papers are filed with an office: in "to file a statement covering the offering with the commission" the offering is with nobody.
func (r *repairer) filedWith(k int) {
	w := r.s.Words
	if r.preposition(k) != "with" {
		return
	}
	switch l := lower(w[k].Lemma); l {
	case "commission", "sec", "court", "agency", "registrar", "authority":
	default:
		return
	}
	for v := w[k].Head; v >= 0 && v < k; v = w[v].Head {
		if w[v].Lemma == "file" && w[v].UPOS == "VERB" {
			if v == w[k].Head || r.find(v, "obj") < v {
				return
			}
			from := w[k].Head
			r.set(k, v, "obl")
			for t := k + 1; t < min(len(w), k+10); t++ { // the time behind it is that of the filing, too
				if w := r.s.Words; w[t].Head >= from && w[t].Head < k && w[t].Head > v && universal(w[t].Deprel) == "obl" && r.temporalAt(t) {
					r.set(t, v, w[t].Deprel)
				}
			}
			return
		}
		switch w[v].Deprel {
		case "obj", "nmod", "acl":
		default:
			return
		}
	}
}

// asOffice: in "named Roe as president replacing Ana Cruz", read as a clause of which a president is the subject, Roe becomes president.
func (r *repairer) asOffice(n int) {
	w := r.s.Words
	v := w[n].Head
	if v != n+1 || w[v].XPOS != "VBG" || n == 0 || lower(w[n-1].Form) != "as" || w[n-1].Head != v ||
		w[n-1].Deprel != "mark" || !isAgentNoun(w[n].Lemma) || w[v].Head < 0 || w[v].Head > n || r.find(v, "aux") >= 0 {
		return
	}
	h := w[v].Head
	r.set(n, h, "obl")
	r.set(n-1, n, "case")
	r.tag(n-1, "ADP", "IN")
	if o := r.find(h, "obj", "nsubj:pass"); o >= 0 && o < n {
		r.set(v, o, "acl") // who is named replaces her
	}
}

// isDoing: a singular is no bare plural: in "the policy is frustrating attempts to grow", read as the policy being attempts, it frustrates
// them.
func (r *repairer) isDoing(g int) {
	w := r.s.Words
	o := w[g].Head
	if !strings.HasSuffix(lower(w[g].Form), "ing") || o <= g || w[o].XPOS != "NNS" || g == 0 {
		return
	}
	c, s := r.find(o, "cop"), r.find(o, "nsubj")
	if c != g-1 || s < 0 || s > c || lower(w[c].Form) != "is" && lower(w[c].Form) != "was" || w[s].XPOS != "NN" ||
		isAgentNoun(w[o].Lemma) || r.leftmost(s) == s || r.find(o, "det", "nmod:poss", "nummod") >= 0 || r.find(s, "nmod", "conj") >= 0 ||
		r.preposition(o) != "" {
		return
	}
	lemma := strings.TrimSuffix(lower(w[g].Form), "ing")
	if w[g].UPOS == "VERB" {
		lemma = w[g].Lemma
	} else if strings.HasSuffix(lemma, "at") {
		lemma += "e"
	}
	out, rel := w[o].Head, w[o].Deprel
	r.set(g, out, rel)
	r.tag(g, "VERB", "VBG")
	r.s.Words[g].Lemma = lemma
	r.handOver(o, g, func(k int, rel string) bool {
		return k < g || rel == "punct" || universal(rel) == "obl" || rel == "advcl" || rel == "parataxis"
	})
	r.set(c, g, "aux")
	r.set(o, g, "obj")
}

// dependsFor: who depends on somebody for something is what the second preposition goes with: in "depends on tax for half its income"
// no tax is for half of it. So is who sells something to somebody for an amount.
func (r *repairer) dependsFor(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || r.preposition(k) != "for" || w[h].Deprel != "obl" {
		return
	}
	switch v := w[h].Head; {
	case v < 0 || v > h || w[v].UPOS != "VERB":
	case (w[v].Lemma == "depend" || w[v].Lemma == "rely") && (r.preposition(h) == "on" || r.preposition(h) == "upon"),
		trading[w[v].Lemma] && (r.preposition(h) == "to" || r.preposition(h) == "from") && r.amount(k):
		r.set(k, v, "obl")
	}
}

// trading verbs have a price behind "for".
var trading = words(`sell buy acquire purchase resell auction lease transfer divest`)

// raisedWere: in "Raised to A from B were the firm's notes", read as a clause that is the notes, the notes were raised.
func (r *repairer) raisedWere(v int) {
	w := r.s.Words
	s := w[v].Head
	if s <= v || !r.nominalAt(s) || r.find(v, "nsubj", "aux", "mark", "obj") >= 0 {
		return
	}
	c := r.find(s, "cop")
	if c < v || c > s || r.leftmost(v) > 0 && w[r.leftmost(v)-1].UPOS != "PUNCT" || r.find(s, "nsubj") >= 0 {
		return
	}
	r.set(v, w[s].Head, w[s].Deprel)
	r.handOver(s, v, func(k int, rel string) bool { return rel == "punct" && k > s || rel == "parataxis" || rel == "advcl" })
	r.set(c, v, "aux:pass")
	r.set(s, v, "nsubj:pass")
}

// inPrinciple: "in principle" tells how, and principles of this kind are of nothing: in "the abolition in principle of the tax" the tax is
// abolished.
func (r *repairer) inPrinciple(k int) {
	w := r.s.Words
	p := w[k].Head
	if p < 1 || p > k || lower(w[p].Form) != "principle" || r.leftmost(p) != p-1 || lower(w[p-1].Form) != "in" ||
		w[p].Deprel != "nmod" || r.preposition(k) != "of" && r.preposition(k) != "to" {
		return
	}
	if n := w[p].Head; n >= 0 && n < p {
		r.set(k, n, "nmod")
	}
}

// inFact: "in fact" between a subject and its verb tells how true the clause is: in "the figures in fact are poor" no figures are in it.
func (r *repairer) inFact(k int) {
	w := r.s.Words
	if k < 2 || k+1 >= len(w) || lower(w[k-1].Form) != "in" || w[k-1].Head != k || r.leftmost(k) != k-1 || r.rightmost(k, len(w)) != k {
		return
	}
	n := w[k].Head
	if n < 0 || n > k || universal(w[n].Deprel) != "nsubj" || w[n].Head < k {
		return
	}
	if v := w[n].Head; v == k+1 || w[k+1].Head == v && (w[k+1].UPOS == "AUX" || w[k+1].UPOS == "ADV") {
		r.set(k, v, "obl")
	}
}

// eachReceiver: no "each" stands before "a": in "giving each a vote" each gets one.
func (r *repairer) eachReceiver(k int) {
	w := r.s.Words
	o := w[k].Head
	if k < 1 || k+1 >= len(w) || o < k || w[o].Deprel != "obj" || w[o].Head != k-1 || w[k-1].UPOS != "VERB" ||
		lower(w[k+1].Form) != "a" && lower(w[k+1].Form) != "an" || w[k+1].Head != o || r.find(k-1, "iobj") >= 0 {
		return
	}
	r.tag(k, "PRON", "DT")
	r.set(k, k-1, "iobj")
}

// leaveNouns let one do something.
var leaveNouns = words(`ahead permission permit licence license right option mandate authority approval leave power chance opportunity freedom
	warrant`)

// gaveLeave: in "gave Oslo a licence to drill" it is Oslo that may drill, as the licence says.
func (r *repairer) gaveLeave(k int) {
	w := r.s.Words
	v := w[k].Head
	if v < 0 || v > k || w[v].Lemma != "give" && w[v].Lemma != "grant" {
		return
	}
	first, o := r.leftmost(k), r.find(v, "obj")
	if lower(w[first].Form) != "to" || o != first-1 || r.find(v, "iobj") < v {
		return
	}
	if leaveNouns[lower(w[o].Lemma)] {
		r.set(k, o, "acl")
	}
}

// descriptive participles tell what a text is about or what comes of something, as no body does.
var descriptive = words(`cover explain relate result arise stem propose describe outline respect`)

// partOfText: who files, sends or gets a text covers nothing: in "filed a statement with the commission covering its offer" and "sent a letter
// to the board proposing to wait" the text does, in "a dispute with the staff of Acme resulting from a loss" the dispute results.
func (r *repairer) partOfText(g int) {
	w := r.s.Words
	n := w[g].Head
	if !descriptive[lower(w[g].Lemma)] || n < 0 || n > g || r.find(g, "mark", "nsubj", "aux", "case") >= 0 {
		return
	}
	body := func(k int) bool {
		return w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" && (isAgentNoun(w[k].Lemma) || bodyNouns[lower(w[k].Lemma)] || firmNouns[lower(w[k].Lemma)])
	}
	if w[g].Deprel == "acl" && body(n) {
		for up := n; w[up].Head >= 0 && w[up].Head < up; {
			rel := universal(w[up].Deprel)
			if rel != "nmod" && rel != "obl" && rel != "conj" {
				return
			}
			if up = w[up].Head; w[up].UPOS == "VERB" {
				n = up // the text may be its object
				break
			}
			if l := lower(w[up].Lemma); w[up].UPOS == "NOUN" && !body(up) && (textNouns[l] || actNouns[l] || talkNouns[l] || eventNouns[l] || l == "dispute") {
				r.set(g, up, "acl")
				return
			}
		}
	} else if w[g].Deprel != "advcl" {
		return
	}
	if first := r.leftmost(g); w[n].UPOS != "VERB" || w[first].Form == "," || w[first-1].Form == "," {
		return
	}
	if o := r.find(n, "obj"); o > n && o < g && textNouns[lower(w[o].Lemma)] {
		r.set(g, o, "acl")
	}
}
