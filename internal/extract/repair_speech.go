package extract

// Around verbs of saying: who speaks, whom he tells, what is said.

// speakerRel is the relation of a name before a colon or behind a dash that says whose words the headline is: "Minister: …".
const speakerRel = "discourse:speaker"

// namedSpeaker: in "Minister: island sold" and "Island sold - minister" the minister says so.
func (r *repairer) namedSpeaker(i int) {
	if i > 0 {
		return // once a sentence
	}
	w := r.s.Words
	nominal := func(from, to int) int { // the head of a phrase of names and nouns, -1 where from to to is none
		head := -1
		for k := from; k < to; k++ {
			if w[k].Form == "(" { // "Ana Cruz (D-Va.): …"
				for k < to && w[k].Form != ")" {
					k++
				}
				continue
			}
			switch w[k].UPOS {
			case "PROPN", "NOUN", "ADJ", "DET", "ADP":
			default:
				if w[k].XPOS != "HYPH" {
					return -1
				}
			}
			if h := w[k].Head; (h < from || h >= to) && (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN") {
				head = k
			}
		}
		if head < 0 {
			return -1
		}
		if sourceNouns[lower(w[to-1].Form)] || sourceNouns[lower(w[head].Form)] {
			return head
		}
		if from == 0 && (ner(w[head].NER) == "PER" || ner(w[to-1].NER) == "PER" && r.quoteBehindColon(to)) {
			return head
		}
		return -1
	}
	end := len(w)
	if end > 0 && w[end-1].UPOS == "PUNCT" {
		end--
	}
	for c, bracketed := 1, false; c < min(end-2, 6) || (bracketed || r.quoteBehindColon(c)) && c < min(end-2, 14); c++ {
		bracketed = bracketed || w[c].Form == "("
		if w[c].Form == ":" {
			if head := nominal(0, c); head >= 0 {
				r.speaks(head, 0, c)
			}
			return
		}
	}
	for c := end - 2; c > 3 && c >= end-5; c-- {
		f := w[c].Form
		if f == ":" || (f == "-" || f == "–" || f == "—" || f == "--") && w[c-1].End < w[c].Begin {
			if head := nominal(c+1, end); head >= 0 {
				r.speaks(head, c+1, end)
			}
			return
		}
	}
}

// quoteBehindColon says whether a colon and a quotation mark stand at c or behind it: 'the former winger Ana Cruz: "It was fun."'
func (r *repairer) quoteBehindColon(c int) bool {
	for w := r.s.Words; c+1 < min(len(w), 14); c++ {
		if w[c].Form == ":" {
			return isQuote(w[c+1].Form)
		}
	}
	return false
}

// speaks makes the phrase of head, words from to to, the speaker of the sentence.
func (r *repairer) speaks(head, from, to int) {
	w := r.s.Words
	out, rel := w[head].Head, w[head].Deprel
	root, verb := r.root(), -1
	for k := range w {
		if k >= from && k < to {
			continue
		}
		if (w[k].UPOS == "VERB" || w[k].UPOS == "AUX") && verb < 0 {
			verb = k
		}
	}
	if root < 0 || verb < 0 {
		return
	}
	if root == head {
		// The clause hangs below its speaker.
		root = -1
		for k := range w {
			if (k < from || k >= to) && w[k].Head >= from && w[k].Head < to && w[k].UPOS != "PUNCT" && (root < 0 ||
				w[k].UPOS == "VERB") {
				root = k
			}
		}
		if root < 0 {
			return
		}
		r.set(root, -1, "root")
		out, rel = root, "dep"
	} else if root >= from && root < to {
		return
	}
	for k := range r.s.Words {
		if h := r.s.Words[k].Head; (k < from || k >= to) && h >= from && h < to {
			switch {
			case k == root:
			case rel == "nsubj" || rel == "obj" || rel == "obl":
				if w[k].UPOS == "NOUN" || w[k].UPOS == "PROPN" {
					r.set(k, out, rel)
				} else {
					r.set(k, root, r.s.Words[k].Deprel)
				}
			default:
				r.set(k, root, r.s.Words[k].Deprel)
			}
		}
	}
	r.set(head, root, speakerRel)
}

// saidAfterClause: a subject stands before its verb: in "They ask for it," a man in Oslo said, read as asking that somebody said
// so, both words behind the clause are the speech.
func (r *repairer) saidAfterClause(v int) {
	w := r.s.Words
	if !speech[w[v].Lemma] || !r.finite(v) || w[v].Head < 0 ||
		r.find(v, "nsubj", "ccomp", "obj", "mark") >= 0 || v+1 < len(w) && w[v+1].UPOS != "PUNCT" {
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

// saidAsParticiple: of two subjects side by side, the first with a participle of saying, the first says so: "The office confirmed
// the minister had left".
func (r *repairer) saidAsParticiple(p int) {
	w := r.s.Words
	s := w[p].Head
	if s < 0 || s > p || !speech[lower(w[p].Lemma)] || universal(w[s].Deprel) != "nsubj" ||
		r.find(p, "obj", "obl", "obl:agent", "ccomp", "nsubj", "aux", "aux:pass") >= 0 {
		return
	}
	v := w[s].Head
	if v < p {
		return
	}
	if second, _ := r.among(v, p+1, v, "nsubj", "nsubj:pass"); second < 0 || r.leftmost(second) != p+1 {
		return
	}
	r.set(p, w[v].Head, w[v].Deprel)
	r.tag(p, "VERB", "VBD")
	r.handOver(v, p, func(m int, rel string) bool { return m < s || m > v && (rel == "punct" || rel == "parataxis") })
	r.set(s, p, "nsubj")
	r.set(v, p, "ccomp")
}

// invertedSaid: a comma parts no subject from its verb: in "offered a share, said managing partners Ross and Lund" those behind
// "said" say it.
func (r *repairer) invertedSaid(v int) {
	w := r.s.Words
	if !saying[lower(w[v].Lemma)] || !r.finite(v) || v < 3 || v+2 >= len(w) || w[v-1].Form != "," || r.find(v, "ccomp", "cc", "mark") >= 0 {
		return
	}
	s := r.find(v, "nsubj")
	if s < 1 || s > v || r.leftmost(s) < 2 || w[r.leftmost(s)-1].UPOS == "PUNCT" || w[s].UPOS == "PRON" {
		return
	}
	for k := s + 1; k < v-1; k++ {
		if w[k].Form == "," {
			return // what it sets off stands between the two
		}
	}
	x, behind := v, r.find(v, "obj")
	if c := r.find(v, "xcomp"); behind < v && c > v && (w[c].XPOS == "VBG" || w[c].XPOS == "VBN") {
		x, behind = c, r.find(c, "obj")
	}
	if behind < v || w[behind].UPOS != "PROPN" && !isAgentNoun(w[behind].Lemma) && !sourceNouns[lower(w[behind].Form)] {
		return
	}
	before := r.leftmost(s) - 1
	if r.under(v, before) && w[before].Head == v || !r.nominalAt(before) {
		return
	}
	r.set(behind, v, "nsubj")
	if x != v {
		r.set(x, behind, "amod")
	}
	r.set(s, before, "nmod:unmarked")
}

// forecastAtEnd: in "Output will rise, the survey predicted." the participle at the end is the verb and the noun behind the comma
// its subject.
func (r *repairer) forecastAtEnd(p int) {
	w := r.s.Words
	n := w[p].Head
	if n < 0 || n > p || !speech[lower(w[p].Lemma)] || p+1 != len(w)-1 || w[p+1].Form != "." {
		return
	}
	comma := p - 1
	for comma > 0 && w[comma].Form != "," {
		comma--
	}
	if comma < 2 || comma >= n || w[comma+1].UPOS == "ADP" || w[n].Deprel == "nsubj" {
		return
	}
	root := r.root()
	if root < 0 || root >= comma || w[root].UPOS != "VERB" && r.find(root, "cop") < 0 ||
		r.find(root, "nsubj", "nsubj:pass", "expl") < 0 || speech[lower(w[root].Lemma)] {
		return
	}
	for k := comma + 1; k < p; k++ {
		if w[k].UPOS == "VERB" {
			return
		}
		if w[k].Head == n && w[k].Deprel == "case" && k > comma+1 &&
			w[k].Form == "of" { // "the Bank of Peru's survey", its "of" on the last noun
			if m := k + 1; m < n && w[m].Head == n && w[m].Deprel == "nmod:poss" && w[k-1].Head == n {
				r.set(k, m, "case")
				r.set(m, k-1, "nmod")
			}
		}
	}
	r.set(p, root, "parataxis")
	r.tag(p, "VERB", "VBD")
	r.set(n, p, "nsubj")
}

// speakerBeforeSaid: the person right before "said" at the end of a sentence says it: "…, the town's mayor, chief aide Ana Ruiz
// said."
func (r *repairer) speakerBeforeSaid(v int) {
	w := r.s.Words
	if v < 3 || !speech[w[v].Lemma] || r.find(v, "nsubj", "ccomp", "obj", "mark") >= 0 || w[v-1].UPOS != "PROPN" || ner(w[v-1].NER) != "PER" {
		return
	}
	n := v - 1
	for n > 0 && w[n].Deprel == "flat" && w[n].Head < n {
		n = w[n].Head
	}
	if w[n].Deprel != "appos" && w[n].Deprel != "conj" && w[n].Deprel != "nmod:unmarked" || w[n].Head > n ||
		w[n].UPOS != "PROPN" {
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

// speakerAtEnd: behind the comma at the end of what was said, the noun before "said" is who says it, not one more of a list: "it
// will not bring a boom, bankers and traders said".
func (r *repairer) speakerAtEnd(v int) {
	w := r.s.Words
	if r.sayingAtEnd(v) {
		return
	}
	if !speech[w[v].Lemma] || v < 3 || w[v].UPOS != "VERB" ||
		r.find(v, "nsubj", "aux", "aux:pass", "nsubj:pass", "cc", "ccomp", "obj") >= 0 && w[v].Head >= 0 ||
		r.find(v, "nsubj", "aux:pass", "aux") >= 0 {
		return
	}
	switch {
	case v+1 == len(w) || w[v+1].UPOS == "PUNCT":
	default:
		return
	}
	comma := v - 1
	for comma > 0 && w[comma].Form != "," && w[comma].UPOS != "PUNCT" {
		comma--
	}
	if comma < 2 || w[comma].Form != "," && !isQuote(w[comma].Form) {
		return
	}
	speaker := -1
	for k := comma + 1; k < v; k++ {
		h := w[k].Head
		if h > comma && h < v {
			continue
		}
		if !r.nominalAt(k) {
			if w[k].UPOS == "CCONJ" || w[k].UPOS == "ADV" {
				continue
			}
			return
		}
		if speaker < 0 {
			speaker = k
			switch universal(w[k].Deprel) {
			case "conj", "appos", "nmod", "obl", "obj", "compound", "flat", "list", "xcomp":
			case "nsubj": // behind its verb, which has another: "…, if prices fall, traders said"
				if w[k].Head > k || r.find(w[k].Head, "nsubj", "nsubj:pass") == k {
					return
				}
			default:
				return
			}
			if r.caseBefore(k) >= 0 || w[k].UPOS == "NUM" || r.find(k, "cc") >= 0 && r.find(k, "cc") < k {
				return
			}
		}
	}
	if speaker < 0 || r.under(v, speaker) {
		return
	}
	for k := comma + 1; k < v; k++ {
		if h := w[k].Head; (h <= comma || h >= v) && k != speaker && r.nominalAt(k) {
			r.set(k, speaker, "conj")
		}
	}
	if w[v].Deprel == "conj" {
		r.set(v, w[v].Head, "parataxis")
	}
	if w[v].Head > comma && w[v].Head < v || w[v].Head == speaker {
		return
	}
	r.set(speaker, v, "nsubj")
}

// sayingAtEnd: "…, the minister said." at the end describes no noun before it. It returns true where v is such a verb with a
// subject.
func (r *repairer) sayingAtEnd(v int) bool {
	w := r.s.Words
	if !speech[w[v].Lemma] || !r.finite(v) || w[v].UPOS != "VERB" || v+1 < len(w) && w[v+1].UPOS != "PUNCT" ||
		r.find(v, "obj", "ccomp", "mark", "cc") >= 0 {
		return false
	}
	s := r.find(v, "nsubj")
	if s < 1 || s > v || w[s].XPOS == "WDT" || w[s].XPOS == "WP" {
		return false
	}
	first := r.leftmost(s)
	if first < 2 || w[first-1].Form != "," && !isQuote(w[first-1].Form) {
		return false
	}
	switch w[v].Deprel {
	case "acl:relcl", "acl", "conj", "advcl", "appos", "xcomp":
	default:
		return true
	}
	top := w[v].Head
	for top >= 0 && w[top].Head >= 0 && w[top].Deprel != "root" {
		top = w[top].Head
	}
	if top >= 0 && top < first {
		r.set(v, top, "parataxis")
	}
	return true
}

// closingSaid: ", traders said" at the end of a sentence is said of all of it and joined to nothing.
func (r *repairer) closingSaid(v int) {
	w := r.s.Words
	if !speech[lower(w[v].Lemma)] || w[v].Head < 0 || w[v].Head > v {
		return
	}
	switch w[v].Deprel {
	case "conj", "acl", "advcl", "dep", "appos":
	case "acl:relcl":
		if r.find(v, "obj") >= 0 && r.find(v, "obj") < v {
			return
		}
	case "parataxis":
		for w[w[v].Head].Deprel == "xcomp" && w[w[v].Head].Head >= 0 { // said of all, not of the infinitive
			r.set(v, w[w[v].Head].Head, "parataxis")
			w = r.s.Words
		}
		return
	default:
		return
	}
	for k := v + 1; k < len(w); k++ {
		if w[k].UPOS != "PUNCT" {
			return
		}
	}
	if r.find(v, "cc", "ccomp", "mark") >= 0 {
		return
	}
	comma := v - 1
	for comma > 0 && w[comma].Form != "," {
		switch w[comma].UPOS {
		case "PROPN", "NOUN", "ADJ", "DET", "ADP", "NUM", "PRON", "CCONJ", "PUNCT", "PART":
		default:
			return
		}
		comma--
	}
	if comma < 2 || comma == v-1 || w[comma+1].UPOS == "CCONJ" {
		return
	}
	s := r.find(v, "nsubj")
	for k := comma + 1; k < v && s < comma; k++ {
		if h := w[k].Head; (h <= comma || h >= v) && (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" || w[k].UPOS == "PRON") {
			s = k
		}
	}
	if s < comma {
		return
	}
	root := w[v].Head
	for n := 0; w[root].Head >= 0 && n < reach; n++ {
		root = w[root].Head
	}
	r.set(s, v, "nsubj")
	r.set(v, root, "parataxis")
}

// speakerOfQuotation: who stands between a quotation and its "said" is no part of what was said.
func (r *repairer) speakerOfQuotation(v int) {
	w := r.s.Words
	if !speech[lower(w[v].Lemma)] || r.find(v, "nsubj", "nsubj:pass", "aux:pass") >= 0 {
		return
	}
	q := v - 1
	for from := max(1, v-40); q >= from && !isQuote(w[q].Form); q-- {
	}
	if q < 1 || v-q > 40 || q+1 == v || !isQuote(w[q].Form) || w[q].XPOS == "POS" {
		return
	}
	switch w[q-1].Form {
	case ",", "?", "!", ".", "-", "--", "…":
	default:
		return
	}
	for k := q + 1; k < v; k++ {
		if (w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" || w[k].UPOS == "PRON") && w[k].Head >= 0 && w[k].Head < q {
			r.set(k, v, "nsubj")
			r.set(q, v, "punct")
			return
		}
	}
}

// speakerBehindSaid: behind a quotation a verb of speech without a subject has one: the nominal next to it says, asks or reads it
// ('"Are you tired?" asked the president').
func (r *repairer) speakerBehindSaid(v int) {
	w := r.s.Words
	l := lower(w[v].Lemma)
	if v < 3 || !isQuote(w[v-1].Form) || w[v-1].XPOS == "POS" || !speech[l] && l != "ask" || telling[l] && l != "remind" ||
		r.find(v, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "mark", "cc") >= 0 {
		return
	}
	switch w[v-2].Form {
	case ",", "?", "!", ".", "-", "--", "…", "...":
	default:
		return
	}
	o := r.find(v, "obj", "iobj")
	if o < v || r.leftmost(o) != v+1 || !r.nominalAt(o) || w[v].XPOS == "VBG" {
		return
	}
	if f := lower(w[o].Form); f == "me" || f == "him" || f == "them" || f == "us" || w[o].XPOS == "PRP" && f == "her" {
		return
	}
	if next, last := r.among(v, o+1, len(w), "obj", "iobj"); next >= 0 || last >= 0 {
		return
	}
	r.set(o, v, "nsubj")
	if w[v].XPOS != "VBZ" {
		r.tag(v, "VERB", "VBD")
	}
}

// modifierInQuotation: in "It is cheap now," she said, what stands inside the marks says when it is cheap, not when she said so.
func (r *repairer) modifierInQuotation(k int) {
	w := r.s.Words
	v := w[k].Head
	if v < 0 || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] {
		return
	}
	switch universal(w[k].Deprel) {
	case "obl", "advmod", "advcl":
	default:
		return
	}
	c := r.find(v, "ccomp")
	if c < 0 && w[v].Deprel == "parataxis" {
		c = w[v].Head
	}
	if c < 0 || !r.apart(k, v) || !r.apart(c, v) || r.apart(k, c) {
		return
	}
	for { // of joined clauses that whose conjunction stands before k
		next := -1
		for m, to := r.near(c); m < to; m++ {
			if w[m].Head != c || w[m].Deprel != "conj" || r.apart(m, k) {
				continue
			}
			if cc := r.find(m, "cc"); m < k || cc >= 0 && cc < k {
				next = m
			}
		}
		if next < 0 {
			break
		}
		c = next
	}
	r.set(k, c, w[k].Deprel)
}

// apart says whether one of the words a and b stands in quotation marks that the other is outside of.
func (r *repairer) apart(a, b int) bool {
	odd := false
	for k := min(a, b) + 1; k < max(a, b); k++ {
		switch r.s.Words[k].Form {
		case "\"", "``", "''", "“", "”":
			odd = !odd
		}
	}
	return odd
}

// speakerOfClause: a subject before "said" cannot belong to the clause after it.
func (r *repairer) speakerOfClause(h int) {
	w := r.s.Words
	if r.find(h, "nsubj") >= 0 {
		return
	}
	c := r.find(h, "ccomp")
	if c <= h {
		return
	}
	_, speaker := r.among(c, 0, h, "nsubj")
	if first, last := r.among(c, 0, len(w), "nsubj"); speaker >= 0 && first != last {
		r.set(speaker, h, "nsubj")
	}
}

// sayingBeforeClause: in "Officials in Lima say aid is small", where "say" was read as put in and the officials as what is small,
// the officials say so.
func (r *repairer) sayingBeforeClause(v int) {
	w := r.s.Words
	h := w[v].Head
	if h < v || !speech[w[v].Lemma] || r.find(v, "nsubj", "ccomp", "obj") >= 0 {
		return
	}
	_, first := r.among(h, 0, v, "nsubj", "nsubj:pass")
	second, _ := r.among(h, v, h, "nsubj", "nsubj:pass")
	if first < 0 || second < 0 || w[v-1].UPOS == "PUNCT" || !r.under(v-1, first) {
		return
	}
	r.set(v, w[h].Head, w[h].Deprel)
	r.set(h, v, "ccomp")
	r.set(first, v, "nsubj")
}

// subjectOfSaid: in "Many voters are seeking a change, Smith said", where both nouns were read as who says it, the first is the
// subject of what is said.
func (r *repairer) subjectOfSaid(v int) {
	w := r.s.Words
	if !speech[w[v].Lemma] {
		return
	}
	r.subjectOfDescription(v)
	c := r.find(v, "ccomp")
	if c < 0 || c > v {
		return
	}
	first, _ := r.among(v, 0, c, "nsubj", "nsubj:pass")
	_, last := r.among(v, c, len(w), "nsubj", "nsubj:pass")
	if late := r.find(c, "nsubj", "nsubj:pass"); late > c && first >= 0 && last < 0 {
		// the two the other way round
		rel := w[late].Deprel
		if r.leftmost(late) > 0 && w[r.leftmost(late)-1].Form == "," && late < v {
			r.set(late, v, "nsubj")
			r.set(first, c, rel)
		}
		return
	}
	if first < 0 || last < 0 || r.find(c, "nsubj", "nsubj:pass") >= 0 {
		return
	}
	r.set(first, c, r.subjectRel(c))
}

// subjectOfDescription: in "Demand in Peru will offset the loss, the report said", where both nouns were read as subjects of
// "said" and the verb between them as describing the first, that verb is what is said.
func (r *repairer) subjectOfDescription(v int) {
	w := r.s.Words
	if r.find(v, "ccomp") >= 0 || !r.finite(v) {
		return
	}
	first, last := r.among(v, 0, v, "nsubj")
	if first < 0 || last == first {
		return
	}
	if b := r.leftmost(last); b < 1 || w[b-1].Form != "," && !isQuote(w[b-1].Form) || r.leftmost(v) < first && !r.under(last, v) {
		return
	}
	for x := first + 1; x < last; x++ {
		if w[x].UPOS != "VERB" && r.find(x, "cop") < 0 || r.find(x, "nsubj", "nsubj:pass", "expl", "mark", "case") >= 0 {
			continue
		}
		aux := r.find(x, "aux", "aux:pass", "cop")
		finite := aux >= 0 && aux < x && w[aux].XPOS != "VBG" && w[aux].XPOS != "VBN" && w[aux].XPOS != "VB" ||
			aux < 0 && (r.finite(x) || w[x].XPOS == "VBN" && r.find(x, "obj", "obl:unmarked") > x)
		if !finite || w[x].Head != first && w[x].Head != v && !r.under(v, x) || r.find(x, "obl:agent") >= 0 {
			continue
		}
		switch w[x].Deprel {
		case "acl", "parataxis", "acl:relcl", "appos", "advcl", "root", "ccomp":
		default:
			continue
		}
		rel := r.subjectRel(x)
		if !r.under(v, x) {
			r.set(x, v, "ccomp")
		}
		if w[x].XPOS == "VBN" && aux < 0 {
			r.tag(x, "VERB", "VBD")
		}
		r.set(first, x, rel)
		return
	}
}

// objectOfSpeech: who says something says no thing: in "said large firms have suffered", read as saying firms, the noun before
// the clause is its subject.
func (r *repairer) objectOfSpeech(c int) {
	w := r.s.Words
	active := w[c].Deprel == "acl" && r.past(c) && r.find(c, "obj") > c && r.find(c, "obl:agent", "iobj") < 0
	late := w[c].Deprel == "advcl" && w[c].Head >= 0 && w[c].Head < c && r.find(w[c].Head, "obj") < 0 &&
		r.lateSubject(w[c].Head) >= 0
	if w[c].Deprel == "acl" && !active || w[c].Deprel == "advcl" && !late || w[c].UPOS != "VERB" && r.find(c, "cop") < 0 {
		return
	}
	v := w[c].Head
	if (w[c].Deprel == "acl:relcl" || active) && v >= 0 {
		v = w[v].Head
	}
	if v < 0 || v > c || !speech[w[v].Lemma] && !thinking[w[v].Lemma] && w[c].Deprel != "ccomp" || w[v].UPOS != "VERB" {
		return
	}
	r.listOfSpeech(v, c)
	if r.find(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "cc") >= 0 {
		return
	}
	aux := r.find(c, "aux", "aux:pass", "cop")
	if !active && !r.finite(c) && (aux < 0 || w[aux].XPOS != "VBZ" && w[aux].XPOS != "VBP" && w[aux].XPOS != "VBD" &&
		w[aux].XPOS != "MD") {
		return
	}
	if active && (comparing[w[c].Lemma] || w[v].Deprel == "acl" || !speech[w[v].Lemma] || appointing[w[c].Lemma] ||
		giving[w[c].Lemma]) {
		return
	}
	o := r.find(v, "obj")
	hearer := r.find(v, "iobj")
	if o < 0 {
		o = r.lateSubject(v)
	}
	if o < 0 && hearer > v && speech[w[v].Lemma] && w[hearer].UPOS != "PRON" {
		o = hearer
	}
	if o < v || o > c || (telling[w[v].Lemma] || giving[w[v].Lemma]) && (hearer < 0 || hearer >= o) ||
		w[o].XPOS == "WRB" || w[o].XPOS == "WP" || w[o].XPOS == "WDT" {
		return
	}
	if aux < 0 && w[c].XPOS == "VBD" && w[o].Deprel != "nsubj" && r.find(c, "obj", "ccomp", "xcomp") < 0 &&
		!intransitive[w[c].Lemma] {
		return // "reported losses suffered in March"
	}
	commas, first := 0, r.leftmost(c)
	for k := o + 1; k < first || k < c &&
		w[k].UPOS == "PUNCT"; k++ { // one comma or a conjunction between them parts the two, a pair does not
		if k < first && !r.under(k, o) && w[k].Form != "," {
			return
		}
		if w[k].Form == "," {
			commas++
		}
	}
	if commas == 1 {
		return
	}
	if !speech[w[v].Lemma] && !thinking[w[v].Lemma] && (contentNouns[w[o].Lemma] || textNouns[w[o].Lemma] ||
		w[v].Deprel == "acl") {
		return // "expressed confidence he would win", "rules that bar banks were abolished"
	}
	rel := r.subjectRel(c)
	r.set(c, v, "ccomp")
	r.set(o, c, rel)
	if active {
		r.tag(c, "VERB", "VBD")
	}
}

// listOfSpeech: in "said the plan and the law are good", read as saying the plan, both are the subject.
func (r *repairer) listOfSpeech(v, c int) {
	w := r.s.Words
	o, s := r.find(v, "obj", "iobj"), r.find(c, "nsubj", "nsubj:pass")
	if o < v || s < o || s > c || telling[w[v].Lemma] || giving[w[v].Lemma] || !r.nominalAt(o) || w[o].UPOS == "PRON" {
		return
	}
	cc := r.joiner(s)
	if cc <= o || w[cc].UPOS != "CCONJ" || lower(w[cc].Form) != "and" || w[cc-1].Form == "," || !r.under(cc-1, o) && cc-1 != o {
		return
	}
	rel := w[s].Deprel
	r.set(o, c, rel)
	r.set(s, o, "conj")
	r.set(cc, s, "cc")
}

// lateSubject returns a second subject of v behind it, -1 for none.
func (r *repairer) lateSubject(v int) int {
	if early, _ := r.among(v, 0, v, "nsubj"); early < 0 {
		return -1
	}
	_, late := r.among(v, v, len(r.s.Words), "nsubj")
	return late
}

// subjectBesideHearer: in "told a meeting the answer is peace", read as a meeting that is the answer, the second noun is the
// subject that the clause behind it lacks.
func (r *repairer) subjectBesideHearer(a int) {
	w := r.s.Words
	o := w[a].Head
	if o < 0 || o > a || w[o].Deprel != "iobj" && w[o].Deprel != "obj" || w[o].Head < 0 || !telling[w[w[o].Head].Lemma] {
		return
	}
	h := w[o].Head
	if first := r.leftmost(a); first <= o || w[first-1].UPOS == "PUNCT" {
		return
	}
	c := r.find(h, "ccomp")
	if c < a || r.find(c, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "nsubj:outer") >= 0 {
		return
	}
	if aux := r.find(c, "aux", "aux:pass", "cop"); aux < a && !r.finite(c) {
		return
	}
	rel := r.subjectRel(c)
	r.set(a, c, rel)
}

// hearerBesideSubject: in "told reporters Japan should wait", where both nouns were read as subjects of the clause, the first is
// the hearer.
func (r *repairer) hearerBesideSubject(h int) {
	w := r.s.Words
	if !telling[w[h].Lemma] || r.find(h, "obj", "iobj") >= 0 {
		return
	}
	c := r.find(h, "ccomp")
	if c <= h {
		return
	}
	first, last := r.among(c, h+1, c, "nsubj", "nsubj:pass", "obj")
	if first != last && r.leftmost(first) == h+1 {
		r.set(first, h, "iobj")
	}
}

// hearersOpinion: in "told reporters he hopes Oslo will pay", read as reporters whom he hopes, what he hopes is told.
func (r *repairer) hearersOpinion(c int) {
	w := r.s.Words
	o := w[c].Head
	if o < 0 || o > c || w[o].Head < 0 || !telling[w[w[o].Head].Lemma] || !speaking(lower(w[c].Lemma)) {
		return
	}
	h, s := w[o].Head, r.find(c, "nsubj")
	if s != o+1 || w[s].XPOS != "PRP" {
		return
	}
	d := r.find(h, "ccomp")
	n := r.find(c, "obj")
	if d < c || n < c || n > d || r.find(d, "nsubj", "nsubj:pass", "expl", "mark") >= 0 ||
		r.find(d, "aux", "aux:pass", "cop") < n && !r.finite(d) {
		return
	}
	rel := r.subjectRel(d)
	r.set(d, c, "ccomp")
	r.set(c, h, "ccomp")
	r.set(n, d, rel)
}

// toldThat: in "told reporters in Vienna that …" the clause is what was told, not a description of Vienna or the reporters.
func (r *repairer) toldThat(h int) {
	if !telling[r.s.Words[h].Lemma] || r.find(h, "ccomp") >= 0 {
		return
	}
	for k := h + 1; k < min(len(r.s.Words), h+reach); k++ {
		w := r.s.Words
		if lower(w[k].Form) != "that" || w[k].Deprel != "mark" || w[k].Head <= k {
			continue
		}
		c := w[k].Head
		if w[c].Deprel != "acl" && w[c].Deprel != "acl:relcl" && w[c].Deprel != "advcl" ||
			w[c].Head >= 0 && textNouns[lower(w[w[c].Head].Lemma)] {
			return
		}
		for n := w[c].Head; n > h; n = w[n].Head { // hung somewhere below the verb
			if w[n].Head == h {
				r.set(c, h, "ccomp")
				return
			}
		}
		if w[c].Head == h {
			r.set(c, h, "ccomp")
		}
		return
	}
}

// saidThat: in "said in reply to an inquiry that it would pay" the clause is what was said, not what the inquiry was.
func (r *repairer) saidThat(c int) {
	w := r.s.Words
	if w[c].Head < 0 || w[c].Head > c {
		return
	}
	that := r.find(c, "mark")
	if that < 0 || that > c || lower(w[that].Form) != "that" || r.find(c, "nsubj", "nsubj:pass", "expl") < 0 {
		return
	}
	n := w[c].Head
	for n >= 0 && w[n].Deprel == "nmod" {
		n = w[n].Head
	}
	if n < 0 || w[n].Head < 0 || w[n].Head > n {
		return
	}
	v := w[n].Head
	if w[n].Deprel == "obj" && r.caseBefore(n) >= 0 && w[that-1].Form == "," && speech[lower(w[v].Lemma)] {
		r.set(n, v, "obl") // "alleges, among other things, that …"
		r.set(c, v, "ccomp")
		return
	}
	if w[n].Deprel == "obl" && w[v].UPOS == "VERB" && r.find(v, "ccomp", "obj") < 0 &&
		(saying[lower(w[v].Lemma)] || w[that-1].Form == "," && speech[lower(w[v].Lemma)]) {
		r.set(c, v, "ccomp")
	}
}

// saidBefore: a clause that follows a bare "said" is what was said: "Oslo said in a letter, it will pay".
func (r *repairer) saidBefore(c int) {
	w := r.s.Words
	v := w[c].Head
	if w[c].Deprel == "parataxis" && v >= 0 && v < c {
		for k := v + 1; k+1 < c; k++ { // "and said that, in line with it, Oslo would pay", hung on the verb before
			if w[k].Head == v && w[k].Deprel == "conj" && saying[lower(w[k].Lemma)] && (w[k+1].Head == k ||
				w[k+1].Head == c) && w[k+1].Deprel == "mark" {
				r.set(c, k, "ccomp")
				r.set(k+1, c, "mark")
				return
			}
		}
	}
	if w[c].Deprel == "conj" && v >= 0 && v < c && saying[lower(w[v].Lemma)] && r.find(v, "ccomp", "obj") < 0 && v+1 < len(w) &&
		w[v+1].Head == c && universal(w[v+1].Deprel) == "nsubj" {
		r.set(c, v, "ccomp") // "said it and its partner will hold half": joined are the two, not the verbs
		return
	}
	if w[c].Deprel != "parataxis" || v < 0 || v > c || w[v].UPOS != "VERB" || !saying[lower(w[v].Lemma)] ||
		speech[lower(w[c].Lemma)] {
		return
	}
	if r.find(v, "nsubj") < 0 || r.find(v, "ccomp", "obj") >= 0 || r.find(c, "nsubj") < v && r.find(c, "nsubj:pass") < v {
		return
	}
	r.set(c, v, "ccomp")
}

// sayingAfterInfinitive: in "refused to leave, saying he was ill" he says so when he refuses, not when he leaves.
func (r *repairer) sayingAfterInfinitive(k int) {
	w := r.s.Words
	x := w[k].Head
	if !speech[lower(w[k].Lemma)] || x < 0 || x > k || w[x].XPOS != "VB" ||
		w[x].Deprel != "xcomp" || w[x].Head < 0 || w[x].Head > x || r.find(x, "mark") < 0 || r.find(k, "mark") >= 0 {
		return
	}
	if first := r.leftmost(k); first < 1 || w[first-1].Form != "," && w[first].Form != "," {
		return
	}
	r.set(k, w[x].Head, "advcl")
}

// speakersNextClause: in "the analyst said sales would fall, and she put the loss at 5 mln dlrs" she says the one and puts the other.
func (r *repairer) speakersNextClause(k int) {
	w := r.s.Words
	c := w[k].Head
	if c < 0 || c > k || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	v, l := w[c].Head, lower(w[k].Lemma)
	if w[v].XPOS != "VBD" || !saying[lower(w[v].Lemma)] || !reckonedAt[l] && !speech[l] && !belief[l] {
		return
	}
	said, goes := r.find(v, "nsubj"), r.find(k, "nsubj")
	if said < 0 || goes < c || goes > k || r.find(k, "mark") >= 0 || said > v && w[c].Head != v {
		return
	}
	if f := lower(w[goes].Form); f != "he" && f != "she" || w[said].UPOS == "PRON" && lower(w[said].Form) != f || w[said].XPOS == "NNS" {
		return
	}
	if s := r.find(c, "nsubj", "nsubj:pass", "expl"); s < 0 || lower(w[s].Form) == lower(w[goes].Form) {
		return // "said she sold it and she put the gain at 5 mln"
	}
	if cc := r.find(k, "cc"); cc < 1 || w[cc-1].Form != "," {
		return
	}
	r.set(k, v, "conj")
}

// otherSpeaker: in "the union said wages fell while the ministry reported a rise" the ministry's report is no part of what the union said.
func (r *repairer) otherSpeaker(k int) {
	w := r.s.Words
	c := w[k].Head
	if !speech[lower(w[k].Lemma)] || c < 0 || c > k || w[c].Deprel != "ccomp" ||
		w[c].Head < 0 || w[c].Head > c || !saying[lower(w[w[c].Head].Lemma)] {
		return
	}
	m, s, said := r.find(k, "mark"), r.find(k, "nsubj"), r.find(w[c].Head, "nsubj")
	if m < c || s < m || s > k || said < 0 || w[s].UPOS == "PRON" || lower(w[m].Form) != "while" && lower(w[m].Form) != "whereas" {
		return
	}
	r.set(k, w[c].Head, "advcl")
}

// silenceOfSpeaker: things keep nothing back: in "the navy said mines lay there but would not give the place" the navy would not.
func (r *repairer) silenceOfSpeaker(k int) {
	w := r.s.Words
	c := w[k].Head
	if c < 0 || c > k || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > c ||
		!saying[lower(w[w[c].Head].Lemma)] || r.find(k, "nsubj", "nsubj:pass", "expl", "mark") >= 0 {
		return
	}
	switch l := lower(w[k].Lemma); {
	case l == "decline" || l == "refuse":
	case (telltale[l] && l != "say" || l == "give" || l == "provide") && w[k].XPOS == "VB":
		silent := false
		for m := c + 1; m < k; m++ {
			silent = silent || w[m].Head == k && (lower(w[m].Form) == "not" || lower(w[m].Form) == "n't")
		}
		if o := r.find(k, "obj"); !silent || !telltale[l] && (o < 0 || !tellable[lower(w[o].Lemma)]) {
			return
		}
	default:
		return
	}
	s, said := r.find(c, "nsubj", "nsubj:pass", "expl"), r.find(w[c].Head, "nsubj")
	if s < 0 || said < 0 || !r.inert(s) {
		return
	}
	r.set(k, w[c].Head, "conj")
}

// inert says whether s heads the name of a thing, which neither speaks nor decides.
func (r *repairer) inert(s int) bool {
	w := &r.s.Words[s]
	l := lower(w.Lemma)
	switch w.UPOS {
	case "PROPN":
		return false
	case "PRON":
		return lower(w.Form) == "it" || lower(w.Form) == "there"
	}
	return !isAgentNoun(l) && !personNouns[l] && !firmNouns[l] && !bodyNouns[l]
}

// citedBySpeaker: in "said the talks collapsed, citing a dispute" who says so cites it, not the talks; and who reports that somebody bought
// missiles cites officials for it.
func (r *repairer) citedBySpeaker(p int) {
	w := r.s.Words
	c := w[p].Head
	if c < 1 || p < c || w[c].Deprel != "ccomp" || r.find(p, "nsubj", "mark", "aux") >= 0 {
		return
	}
	if b := r.leftmost(p); b < 1 || w[b].Form != "," && w[b-1].Form != "," {
		return
	}
	v, s, o := w[c].Head, r.find(c, "nsubj", "nsubj:pass", "expl"), r.find(p, "obj")
	if v < 0 || v > c || w[v].UPOS != "VERB" || !speaking(lower(w[v].Lemma)) || r.find(v, "nsubj") < 0 || o < p || s < 0 {
		return
	}
	if l := lower(w[o].Lemma); sourceNouns[l] || actorNoun(l) || r.inert(s) && lower(w[s].Form) != "it" {
		r.set(p, v, "advcl")
	}
}

// reckonedAt are verbs that tell what their subject thinks of a thing: "put the price at 5 dlrs".
var reckonedAt = words(`put peg place rate call describe cite blame attribute see reject rule_out urge criticise criticize accuse dismiss
	deny welcome praise condemn`)

// conditionOfSaid: in "If passed, the officials said the bill would help" the condition is that of what is said: nobody passed
// the officials.
func (r *repairer) conditionOfSaid(a int) {
	w := r.s.Words
	v := w[a].Head
	if v < a || w[v].UPOS != "VERB" || !speech[lower(w[v].Lemma)] ||
		r.find(a, "nsubj", "nsubj:pass", "aux", "aux:pass") >= 0 || r.find(v, "aux:pass") >= 0 {
		return
	}
	m := r.find(a, "mark")
	if m < 0 || m > a {
		return
	}
	switch lower(w[m].Form) {
	case "if", "once", "unless", "when":
	default:
		return
	}
	if c := r.find(v, "ccomp"); c > v && r.find(c, "nsubj", "nsubj:pass") > v {
		r.set(a, c, "advcl")
	}
}

// clauseOfRelative: in "prices which traders claim are needed", read as two descriptions of the prices, the second is what is
// claimed.
func (r *repairer) clauseOfRelative(c int) {
	w := r.s.Words
	if w[c].Head < 0 || r.find(c, "nsubj", "nsubj:pass", "expl", "csubj", "mark", "cc") >= 0 {
		return
	}
	v := r.leftmost(c) - 1
	if v < 1 || w[v].Deprel != "acl:relcl" || w[v].Head != w[c].Head || !speaking(w[v].Lemma) || w[v].UPOS != "VERB" {
		return
	}
	if a := r.find(c, "aux", "aux:pass", "cop"); a >= 0 && a < c && w[a].XPOS != "VBG" || r.finite(c) {
		r.set(c, v, "ccomp")
	}
}

// extraposed: in "it was announced by the ministry that prices would rise" the clause is what was announced.
func (r *repairer) extraposed(c int) {
	w := r.s.Words
	if w[c].Head < 0 || w[c].Head > c {
		return
	}
	n := w[c].Head
	v := w[n].Head
	if v < 0 || v > n || universal(w[n].Deprel) != "obl" || !speech[w[v].Lemma] && !belief[w[v].Lemma] {
		return
	}
	it := r.find(v, "nsubj:pass", "expl")
	if it < 0 || lower(w[it].Form) != "it" {
		return
	}
	that := r.leftmost(c)
	if lower(w[that].Form) != "that" || w[that].Head != c {
		return
	}
	r.set(that, c, "mark")
	r.tag(that, "SCONJ", "IN")
	r.set(c, v, "ccomp")
}

// verbOfSaid: what is said has a verb: in "said the rules corresponded to a ratio", read as said by rules that correspond, they did.
func (r *repairer) verbOfSaid(p int) {
	w := r.s.Words
	s := w[p].Head
	if s < 0 || s > p || w[s].Deprel != "nsubj" || r.find(p, "nsubj", "obl:agent", "aux", "mark") >= 0 {
		return
	}
	v := w[s].Head
	if v < 0 || v > s || w[v].UPOS != "VERB" || !saying[lower(w[v].Lemma)] || r.lateSubject(v) != s || r.find(v, "ccomp") >= 0 ||
		r.leftmost(s) != v+1 {
		return
	}
	r.set(p, v, "ccomp")
	r.tag(p, "VERB", "VBD")
	r.set(s, p, "nsubj")
}

// saidOfSource: whoever "according to" names ends before a verb of saying without a subject that tells more of him: in "will be held
// in May, according to the envoys announced in a statement" the meeting is the main thing, not what is announced.
func (r *repairer) saidOfSource(v int) {
	w := r.s.Words
	if !speech[w[v].Lemma] || r.find(v, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "mark", "cop") >= 0 {
		return
	}
	c := r.find(v, "ccomp")
	if c < 0 || c > v {
		return
	}
	for n, to := r.near(c); n < min(v, to); n++ {
		if n > c && w[n].Head == c && universal(w[n].Deprel) == "obl" && r.preposition(n) == "according" && r.rightmost(n, v) == v-1 {
			r.set(c, w[v].Head, w[v].Deprel)
			r.set(v, c, "parataxis")
			return
		}
	}
}

// appositionBeforeSpeaker: of two subjects of "said" behind what is said, the one beside the verb says it. The one before is its title
// ("…, lead manager Lund Bank said") or, where a comma and a pronoun follow it, tells more of what stands before its own comma ("did not
// meet the creditors, the big banks, he said").
func (r *repairer) appositionBeforeSpeaker(v int) {
	w := r.s.Words
	c := r.find(v, "ccomp")
	if !speech[lower(w[v].Lemma)] || c < 0 || c > v {
		return
	}
	first, last := r.among(v, c+1, v, "nsubj")
	if first < 0 || first == last || w[first].UPOS != "NOUN" || r.find(first, "acl:relcl", "case") >= 0 {
		return
	}
	begin, end := r.leftmost(last), r.rightmost(first, v)
	switch {
	case end+1 == begin && end == first && w[last].UPOS == "PROPN" && isAgentNoun(w[first].Lemma):
		r.set(first, last, "nmod:desc")
	case end+2 == begin && w[end+1].Form == "," && w[last].UPOS == "PRON":
		comma := r.leftmost(first)
		if w[comma].Form != "," {
			comma--
		}
		if comma < 1 || w[comma].Form != "," {
			return
		}
		for k := comma - 1; k > 0 && r.under(k, c) && k != c; k-- {
			if w[k].UPOS == "NOUN" || w[k].UPOS == "PROPN" && w[k].Deprel != "flat" {
				r.set(first, k, "appos")
				return
			}
		}
	}
}

// circumstances are prepositions whose phrase behind a bare "said" tells of what is said, not of the saying.
var circumstances = words(`despite under unlike besides without because due owing notwithstanding barring pending`)

// circumstanceOfSaid: in "said despite the rise in rents, profits grew" they grew despite it, "said on completion of the sale it would
// close" tells when it closes, and "Under the plan, officials said wages will fall" how they do.
func (r *repairer) circumstanceOfSaid(c int) {
	w := r.s.Words
	v := w[c].Head
	if v < 0 || v > c || !speech[lower(w[v].Lemma)] {
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass", "expl")
	if s < v || s > c {
		return
	}
	begin := r.leftmost(s)
	for k := v + 1; k < begin; k++ {
		if w[k].Deprel == "mark" && w[k].Head == c {
			return
		}
	}
	for k := v + 1; k < begin; k++ {
		if w[k].Head != v || w[k].Deprel != "obl" {
			continue
		}
		form := r.preposition(k)
		if circumstances[form] || form == "on" && w[k].UPOS == "NOUN" && fulfilments[lower(w[k].Lemma)] && r.find(k, "nmod") > k {
			r.set(k, c, "obl")
			w = r.s.Words
		}
	}
	speaker := r.find(v, "nsubj")
	if speaker < 0 || speaker > v {
		return
	}
	for k := 0; k < speaker; k++ {
		if w[k].Head == v && w[k].Deprel == "obl" && r.beforeSpeaker(k, c) {
			r.set(k, c, "obl")
			return
		}
	}
}

// beforeSpeaker says whether the phrase of k, which stands before who says clause c, tells of what is said: "Under the plan, officials said
// wages will fall." In a statement, after a meeting, on taxes and in Lima something is said.
func (r *repairer) beforeSpeaker(k, c int) bool {
	w := r.s.Words
	noun := lower(w[k].Lemma)
	switch form := r.preposition(k); form {
	case "on":
		return noun == "basis"
	case "in":
		return noun == "return" || noun == "case" || noun == "addition" || noun == "exchange"
	case "at":
		return unitNouns[noun]
	case "following":
		a := r.find(c, "aux")
		return a > 0 && (lower(w[a].Form) == "will" || lower(w[a].Form) == "would") && !gatherings[noun] && !eventNouns[noun]
	case "of", "excluding", "against", "for":
		return w[k].UPOS != "PROPN" && noun != "part"
	default:
		return circumstances[form]
	}
}

// fulfilments are acts that "on" makes a time of: "on completion of the sale".
var fulfilments = words(`completion closing receipt approval conclusion delivery maturity conversion termination expiration expiry consummation
	ratification signing`)

// clausesOfSaid: of two clauses beside each other below one "said", the first describes the subject of the second that it stands in
// ("said cuts in the rate it charges banks may help"), or the second is what somebody thinks by the first ("said he felt the sale should
// wait").
func (r *repairer) clausesOfSaid(second int) {
	w := r.s.Words
	v := w[second].Head
	if v < 0 || v > second || !speech[lower(w[v].Lemma)] {
		return
	}
	first := r.find(v, "ccomp")
	s := r.find(second, "nsubj", "nsubj:pass")
	if first < v || first >= second || s < v || w[first].UPOS != "VERB" {
		return
	}
	begin := r.leftmost(first)
	if w[begin-1].Form == "," {
		begin--
	}
	switch n := begin - 1; {
	case n > v && s < begin && r.nominalAt(n) && r.under(n, s) && r.find(first, "mark") < 0:
		if r.find(first, "nsubj", "nsubj:pass") > v {
			r.set(first, n, "acl:relcl")
			return
		}
		if r.past(first) {
			r.tag(first, "VERB", "VBN")
		}
		r.set(first, n, "acl")
	case s > first && (belief[lower(w[first].Lemma)] || w[first].Lemma == "indicate") && r.finite(first) && r.leftmost(second)-first < 5 &&
		r.find(first, "ccomp", "obj", "xcomp") < 0 && r.find(second, "cc") < 0 && r.find(first, "nsubj") > v:
		for k := v + 1; k < second; k++ {
			if isQuote(w[k].Form) {
				return
			}
		}
		r.set(second, first, "ccomp")
	}
}

// speakersActs are, beside verbs of saying, what only somebody does who speaks or wishes.
var speakersActs = words(`want urge ask demand appeal call accuse blame criticise criticize condemn praise thank deny reject promise threaten hope
	expect seek advise recommend refuse decline express welcome dismiss`)

// speakersNextAct: things neither speak nor want: in "the minister said the answer was poor and warned of reprisals" the minister warned.
func (r *repairer) speakersNextAct(k int) {
	w := r.s.Words
	c := w[k].Head
	if c < 0 || c > k || w[c].Deprel != "ccomp" || w[c].Head < 0 || w[c].Head > c {
		return
	}
	v := w[c].Head
	if w[v].XPOS != "VBD" || !speech[lower(w[v].Lemma)] && !belief[lower(w[v].Lemma)] || !speech[lower(w[k].Lemma)] && !speakersActs[lower(w[k].Lemma)] ||
		r.find(k, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux", "aux:pass") >= 0 {
		return
	}
	if cc := r.find(k, "cc"); cc < c || cc > k || lower(w[cc].Form) == "or" || r.find(k, "ccomp", "xcomp", "obj", "obl") < k ||
		(w[k].XPOS == "VBN" || r.find(c, "aux:pass") >= 0) && r.find(k, "ccomp", "obj") < k && r.preposition(r.find(k, "obl")) != "for" {
		return // "said the plan was approved and expected to start"
	}
	s, said := r.find(c, "nsubj", "nsubj:pass", "csubj", "expl"), r.find(v, "nsubj")
	if s < 0 || said < 0 || r.couldSpeak(s) {
		return
	}
	r.set(k, v, "conj")
	if w[k].XPOS == "VBN" {
		r.tag(k, "VERB", "VBD")
	}
}

// gathered people decide and speak as one.
var gathered = words(`jury panel tribunal crowd audience public electorate delegation staff crew cast family couple household conference
	meeting assembly inquiry newspaper report poll`)

// couldSpeak says whether word k names a person, a body, or a text, which all may say something.
func (r *repairer) couldSpeak(k int) bool {
	w := &r.s.Words[k]
	l := lower(w.Lemma)
	switch {
	case w.UPOS == "PRON":
		f := lower(w.Form)
		return w.Deprel != "expl" && f != "there" && f != "this" && f != "that"
	case w.UPOS == "PROPN":
		return true
	}
	return actorNoun(l) || textNouns[l] || gathered[l]
}
