package extract

import "strings"

// Names of firms and bodies with "and" in them: their parts are no list.

// nameSpan: what the tagger of names holds for one name is one: "the Securities and Exchange Commission", read as securities and an
// exchange commission.
func (r *repairer) nameSpan(c int) {
	w := r.s.Words
	if w[c].UPOS != "CCONJ" && w[c].Form != "&" || ner(w[c].NER) != "ORG" || w[c].NER[0] != 'I' || lower(w[c].Form) == "or" {
		return
	}
	from, to := c, c+1
	for from > 0 && w[from].NER[0] == 'I' {
		from--
	}
	for to < len(w) && len(w[to].NER) > 2 && w[to].NER[0] == 'I' {
		to++
	}
	if from == c || to == c+1 {
		return
	}
	if legalForms[lower(strings.TrimSuffix(w[c-1].Form, "."))] && legalForms[lower(strings.TrimSuffix(w[to-1].Form, "."))] {
		r.own() // "Lund Partners L.P and Berg Ltd" are two firms
		r.s.Words[c].NER = "O"
		r.s.Words[c+1].NER = "B" + w[c+1].NER[1:]
		return
	}
	// Its head is the last word before what follows "of" or "in", behind "and".
	head := to - 1
	for k := c + 1; k < to; k++ {
		if w[k].UPOS == "ADP" {
			if k == c+1 {
				return
			}
			head = k - 1
			break
		}
	}
	for k := from; k < c; k++ {
		if w[k].UPOS == "ADP" { // "Organisation of Oil and Gas Producers": the head is before it
			return
		}
	}
	if !r.nominalAt(head) || w[head].XPOS == "POS" {
		return
	}
	r.join(from, head+1, head)
}

// ofFirm: what follows a name with "of" in it and a word for its legal form is said of all of it: in "Bank of Peru Ltd, a unit of Berg"
// the bank is the unit, and no Peru Ltd is anything.
func (r *repairer) ofFirm(o int) {
	w := r.s.Words
	if o < 1 || w[o-1].UPOS != "PROPN" {
		return
	}
	n := o - 1
	for n+1 < len(w) && w[n+1].NER == "I-ORG" {
		n++
	}
	if n <= o || w[n].UPOS != "PROPN" || !legalForms[lower(strings.TrimSuffix(w[n].Form, "."))] || w[o].Head <= o || w[o].Head > n {
		return
	}
	r.set(n, o-1, "nmod")
	if r.s.Words[n].Head != o-1 {
		return
	}
	r.set(o, n, "case")
	r.handOver(n, o-1, func(k int, _ string) bool { return k > n })
}

// fieldsOfBody: the last of the fields that a body is named after is no body beside it: in "the Ministry of Trade and Industry's plan"
// one ministry has the plan.
func (r *repairer) fieldsOfBody(k int) {
	w := r.s.Words
	h := w[k].Head
	if h < 0 || h > k || w[h].UPOS != "PROPN" || ner(w[k].NER) != "ORG" || w[k].NER[0] != 'I' || !bodyWords[lower(w[h].Form)] {
		return
	}
	first := r.find(h, "nmod")
	cc := r.find(k, "cc")
	if first < h || first > k || cc < first || cc > k || r.preposition(first) != "of" && r.preposition(first) != "for" {
		return
	}
	for m := h + 1; m <= k; m++ {
		if w[m].NER == "" || w[m].NER[0] != 'I' {
			return
		}
	}
	r.set(k, first, "conj")
}

// join makes words from to to-1 one name with head, which takes over what hangs on the others from outside and the arc of the one
// that is nearest to the root.
func (r *repairer) join(from, to, head int) {
	w := r.s.Words
	top := -1
	depth := func(k int) (n int) {
		for ; w[k].Head >= 0 && n < reach; n++ {
			k = w[k].Head
		}
		return n
	}
	for k := from; k < to; k++ {
		if h := w[k].Head; (h < from || h >= to) && r.nominalAt(k) && (top < 0 || depth(k) < depth(top)) {
			top = k
		}
	}
	if top < 0 {
		return
	}
	h, rel := w[top].Head, w[top].Deprel
	if rel == "compound" && h < from {
		rel = "conj" // no compound follows its noun
		if cc := r.find(head, "cc"); (cc < 0 || cc >= from) && w[from-1].Form != "," && w[from-1].UPOS != "DET" {
			return
		}
	}
	if top != head {
		r.set(head, h, rel)
	}
	for k, end := r.near(head); k < end; k++ {
		x := r.s.Words[k].Head
		inside := k >= from && k < to
		switch {
		case k == head:
		case inside && w[k].UPOS == "PUNCT" && w[k].Form != "&":
			r.set(k, head, "punct")
		case inside && w[k].XPOS == "POS" && k+1 < to:
		case inside && (w[k].UPOS == "CCONJ" || w[k].Form == "&"):
			r.set(k, head, "flat")
		case inside && !(w[k].Deprel == "case" && x >= from && x < to):
			r.set(k, head, "compound")
		case !inside && x >= from && x < to && x != head:
			r.set(k, head, r.s.Words[k].Deprel)
		}
	}
	if to < len(w) && w[to].UPOS == "NOUN" && r.s.Words[to].Head == head && r.s.Words[to].Deprel == "conj" {
		r.set(to, h, rel) // "Food and Drug Administration approval"
		r.handOver(head, to, func(k int, rel string) bool {
			return k < from && (rel == "case" || rel == "det" || rel == "cc") || k > to
		})
		r.set(head, to, "compound")
		return
	}
	if to+1 >= len(w) || w[to].XPOS != "POS" || r.s.Words[to].Head != head || rel == "nmod:poss" {
		return
	}
	for n := to + 1; n < min(len(w), to+8); n++ { // what the name has, hung below it
		x := r.s.Words[n]
		if x.Head != head || x.UPOS != "NOUN" && x.UPOS != "PROPN" {
			continue
		}
		r.set(n, h, rel)
		r.handOver(head, n, func(k int, rel string) bool { return k < from && rel == "case" || k > n })
		r.set(head, n, "nmod:poss")
		return
	}
}

// tradeWords are fields and trades that bodies and firms are named after, two at a time.
var tradeWords = words(`food drug savings loan loans securities exchange oil gas tire rubber mineral minerals chemical chemicals trade
	industry commerce steel iron mining metal metals paper pulp timber power light electric electricity water sewer telephone telegraph
	finance banking insurance housing urban development agriculture agricultural forestry fisheries fish health human services education
	welfare science technology energy transport transportation communication communications tariff tariffs customs excise research
	engineering machinery manufacturing marketing sales coffee cocoa sugar tea grain cotton wool textile clothing shipping dock harbor
	harbour port airport land property construction shipbuilding aviation space aeronautics atmospheric oceanic labor labour employment
	pensions security economic social scientific cultural monetary fiscal budget planning reconstruction relief works forest parks
	recreation tourism culture sport alcohol tobacco firearms life accident casualty marine fire trust deposit mortgage thrift credit
	investment investments petroleum petrochemical petrochemicals coal coke aluminum aluminium copper zinc lead tin gold silver nickel
	mill mills smelting refining drilling exploration production refineries equipment tool tools die machine gear axle wheel car truck
	motor motors locomotive railway railroad soap cereal flour milling baking packing bottling brewing distilling poultry livestock meat
	dairy milk fruit vegetable seed feed fertilizer fertiliser gypsum cement concrete glass brick lumber plywood furniture carpet
	paint varnish plastic plastics leather shoe shoes foundry forge cable wire radio television broadcasting press publishing printing
	newspaper book magazine film music toy game games hardware software computer data control systems instrument instruments optical
	medical surgical hospital dental pharmaceutical cosmetic cosmetics jewelry jewellery watch clock navigation
	steamship export import producing exporting co-operation cooperation`)

// bodyWords stand at the end of the name of a body.
var bodyWords = union(firmWords, words(`administration commission association agency council committee department ministry minister secretary
	bank board bureau organization organisation authority union federation institute society office fund exchange department conference
	chamber service services subcommittee works`))

// bodyOfTwo: "Food and Drug Administration", "Tire and Rubber Co": two trades with capitals and the word for a body or firm behind them
// are one name.
func (r *repairer) bodyOfTwo(c int) {
	w := r.s.Words
	if c < 1 || !capitalised(w[c-1].Form) || !tradeWords[lower(w[c-1].Form)] {
		return
	}
	to := c + 1
	for to < len(w) && to < c+4 && capitalised(w[to].Form) && tradeWords[lower(w[to].Form)] && !bodyWords[lower(w[to].Form)] {
		to++
	}
	if to == c+1 || to >= len(w) || !capitalised(w[to].Form) || !bodyWords[lower(w[to].Form)] {
		return
	}
	to++
	from := c - 1
	for from > 0 && capitalised(w[from-1].Form) && (w[from-1].UPOS == "PROPN" || w[from-1].UPOS == "NOUN" || w[from-1].UPOS == "ADJ") &&
		r.under(from-1, w[from].Head) && !isAgentNoun(w[from-1].Lemma) {
		from--
	}
	if from == 0 && to-from < 3 {
		return
	}
	for k := from; k < to; k++ {
		if k != c && w[k].UPOS != "PUNCT" && w[k].XPOS != "POS" && !isAgentNoun(w[to-1].Lemma) {
			r.tag(k, "PROPN", "NNP")
		}
	}
	r.join(from, to, to-1)
}

// firmsOfTwo are firms known by two names, the first of them and the second.
var firmsOfTwo = words(`standard_poor procter_gamble johnson_johnson dun_bradstreet marks_spencer black_decker phillips_drew
	smith_nephew bausch_lomb ernst_young ernst_whinney deloitte_touche tate_lyle barnes_noble abercrombie_fitch young_rubicam
	ogilvy_mather saatchi_saatchi coopers_lybrand harper_row simon_schuster brown_root stone_webster pratt_whitney brown_williamson
	cable_wireless duff_phelps hambrecht_quist smith_wesson reckitt_colman brown_sharpe hill_knowlton pope_talbot marsh_mclennan
	alexander_alexander babcock_wilcox crabtree_evelyn dolce_gabbana ben_jerry bang_olufsen holt_rinehart funk_wagnalls
	rand_mcnally rowe_pitman quilter_goodison laing_cruickshank grieveson_grant arnold_porter sullivan_cromwell baker_mckenzie
	linklaters_paines slaughter_may kaufman_broad rowntree_mackintosh house_fraser`)

// firmOfTwo: "Standard and Poor's", "Procter and Gamble": the two names are one, with a word for the kind of firm behind them. So are
// two last names that an analyst is of: "analyst Ann Roe of Baker and Lund".
func (r *repairer) firmOfTwo(c int) {
	w := r.s.Words
	if c < 1 || c+1 >= len(w) || !capitalised(w[c-1].Form) || !capitalised(w[c+1].Form) ||
		!firmsOfTwo[lower(w[c-1].Form)+" "+lower(w[c+1].Form)] && !r.employersOf(c) {
		return
	}
	to := c + 2
	if to < len(w) && w[to].XPOS == "POS" && to+1 < len(w) && firmWords[lower(w[to+1].Form)] {
		to += 2 // "Standard and Poor's Corp"
	}
	for to < len(w) && firmWords[lower(w[to].Form)] && capitalised(w[to].Form) {
		to++
	}
	for k := c - 1; k < to; k++ {
		if w[k].XPOS != "POS" && k != c {
			r.tag(k, "PROPN", "NNP")
		}
	}
	r.own() // and the names that resolver and confidence see
	for k := c - 1; k < to; k++ {
		r.s.Words[k].NER = "I-ORG"
	}
	r.s.Words[c-1].NER = "B-ORG"
	r.join(c-1, to, to-1)
}

// employersOf says whether the two words beside c are the last names of a firm that somebody in finance works for.
func (r *repairer) employersOf(c int) bool {
	w := r.s.Words
	if c < 3 || w[c+1].Head != c-1 || w[c+1].Deprel != "conj" || w[c-1].UPOS != "PROPN" || w[c+1].UPOS != "PROPN" ||
		ner(w[c-1].NER) == "LOC" || ner(w[c+1].NER) == "LOC" || c+2 < len(w) && w[c+2].UPOS == "PROPN" {
		return false
	}
	switch lower(w[c-2].Form) {
	case "of", "at", "with":
	default:
		return false
	}
	h := w[c-1].Head
	if h < 0 || h > c-3 {
		return false
	}
	role := h
	if w[h].UPOS == "PROPN" {
		role = r.find(h, "nmod:desc", "compound", "appos")
	}
	return role >= 0 && financeRoles[lower(w[role].Lemma)]
}

// financeRoles are those who are named with the firm that they work for.
var financeRoles = words(`analyst economist broker trader dealer strategist stockbroker`)

// legalForms end the name of a firm for good.
var legalForms = words(`corp inc ltd plc llc llp l.p lp ag sa nv bv gmbh`)

// firmWords stand at the end of the name of a firm.
var firmWords = words(`co corp inc ltd plc company corporation incorporated limited group sons bros associates partners llc llp ag sa nv bv
	holdings`)
