package extract

// Participles and relative clauses behind a noun that is not the one they describe.

// tellingVerbs are what texts do; papers are texts, too, that ask for something.
var (
	tellingVerbs = words(`say state allege claim charge warn ask call demand urge seek request declare confirm accuse propose argue`)
	papers       = words(`suit lawsuit complaint motion certificate application papers paper memorandum report statement charge`)
)

// tellingText: a text tells what a participle behind it says, whatever stands between: in "issued permits to traders stating how much" the permits
// state it, in "a suit was filed last year claiming" the suit claims. A comma parts what somebody else does.
func (r *repairer) tellingText(v int) {
	w := r.s.Words
	h := w[v].Head
	if v < 2 || h < 0 || h > v || !tellingVerbs[w[v].Lemma] ||
		w[v-1].UPOS == "PUNCT" || r.find(v, "nsubj", "nsubj:pass", "mark", "aux", "case", "advmod") >= 0 {
		return
	}
	text := func(k int) bool {
		l := lower(w[k].Lemma)
		return w[k].UPOS == "NOUN" && (textNouns[l] || papers[l])
	}
	if w[h].UPOS == "VERB" && w[h].Lemma == "quote" { // "quoted an official saying"
		if o := r.find(h, "obj", "iobj"); o > h && r.rightmost(o, v) == v-1 {
			r.set(o, h, "obj")
			r.set(v, o, "acl")
		}
		return
	}
	for k := v - 1; k > max(0, v-16); k-- {
		if w[k].UPOS == "VERB" && k != h && !r.under(k, h) || w[k].UPOS == "SCONJ" {
			return
		}
		if !text(k) {
			continue
		}
		switch rel := w[k].Deprel; {
		case w[v].Deprel == "acl" && (k == h || text(h) || w[v].Lemma == "seek" || rel != "obj" || w[k].Head > k || !r.under(h, k) && w[h].Head != w[k].Head):
		case w[v].Deprel == "acl":
			r.set(v, k, "acl")
		case w[h].UPOS != "VERB":
		case rel == "nsubj:pass" && w[k].Head == h, rel == "obl" && r.under(k, h): // who files a suit claims what it does
			r.set(v, k, "acl")
		}
		return
	}
}

// representedAmount: in "convertible at 8 dlrs a share, representing a premium of 5 pct" the price has the premium, in "won 43 pct of the vote,
// representing a majority" the votes are one.
func (r *repairer) representedAmount(v int) {
	w := r.s.Words
	h := w[v].Head
	if w[v].Lemma != "represent" || v < 3 || w[v-1].Form != "," || h < 0 || h > v || r.find(v, "nsubj", "mark", "aux", "case") >= 0 {
		return
	}
	if o := r.find(v, "obj"); o < v || !proportions[lower(w[o].Lemma)] {
		return
	}
	amount := -1
	for k := v - 2; k > h && r.under(k, h); k = w[k].Head {
		if r.amountAt(k) && !r.temporalAt(k) || w[k].UPOS == "NUM" {
			amount = k
		}
	}
	if amount > h {
		r.set(v, amount, "acl")
	}
}

// proportions are what an amount may be in relation to another.
var proportions = words(`premium discount increase decrease rise gain drop fall decline majority minority growth improvement reduction pct percent percentage
	proportion share`)

// courseVerbs tell the course of what takes time, lastingNouns are things that do.
var (
	courseVerbs  = words(`begin start expire end conclude complete resume schedule break`)
	lastingNouns = words(`year period season trend programme program project plan cycle era day process course crisis`)
)

// eventOfRelative: what begins, ends or expires is something that takes time: in "talks on quotas, which broke down" the talks did, in "its offer
// for shares that expired Friday" the offer.
func (r *repairer) eventOfRelative(c int) {
	w := r.s.Words
	m := w[c].Head
	if !courseVerbs[w[c].Lemma] || m < 1 || m > c || w[m].Deprel != "nmod" || r.caseBefore(m) < 0 || r.find(c, "obj", "ccomp") >= 0 {
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass")
	if s < m || w[s].XPOS != "WDT" || r.find(c, "xcomp") >= 0 && w[c].Lemma != "schedule" || w[c].Lemma == "break" && r.find(c, "compound:prt") < 0 {
		return
	}
	takesTime := func(l string) bool {
		return actNouns[l] || eventNouns[l] || r.temporalAt(m) && l == lower(w[m].Lemma) || lastingNouns[l]
	}
	n := w[m].Head
	if n < 0 || n > m || w[n].UPOS != "NOUN" || !takesTime(lower(w[n].Lemma)) || lastingNouns[lower(w[n].Lemma)] || takesTime(lower(w[m].Lemma)) {
		return
	}
	for k := s + 1; k <= c; k++ { // the finite verb agrees with it
		if k != c && w[k].Head != c || w[k].UPOS != "VERB" && w[k].UPOS != "AUX" {
			continue
		}
		f := lower(w[k].Form)
		if one := w[k].XPOS == "VBZ" || f == "was"; (one || w[k].XPOS == "VBP" || f == "were") && one != (w[n].XPOS == "NN") {
			return
		}
		break
	}
	r.set(c, n, "acl:relcl")
}
