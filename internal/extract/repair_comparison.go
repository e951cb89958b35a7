package extract

// Figures that are set beside others, and the times of both: "rose to 12 mln dlrs from 10 mln in May", "compared with 8 mln a year
// earlier". A time behind the second figure is that figure's, and what compares them is no act of anybody.

// comparisonCases introduce the figure that another is compared with.
var comparisonCases = words(`from against versus vs with above below than`)

// timeOfComparison: in "rose to 12 mln dlrs from 10 mln in May" the 10 mln were in May.
func (r *repairer) timeOfComparison(t int) {
	w := r.s.Words
	v := w[t].Head
	if v < 0 || v > t || w[v].UPOS != "VERB" && r.find(v, "cop") < 0 || universal(w[t].Deprel) != "obl" || !r.temporalAt(t) ||
		r.preposition(t) != "in" && r.preposition(t) != "at" && r.caseBefore(t) >= 0 {
		return
	}
	if comparing[lower(w[v].Lemma)] && w[v].XPOS == "VBN" { // "compared with a rise of 8 pct in May"
		if _, with := r.among(v, v, t, "obl"); with > v && !r.temporalAt(with) {
			r.set(t, with, "nmod")
		}
		return
	}
	first := r.leftmost(t)
	if first < 1 || w[first-1].UPOS == "PUNCT" {
		return
	}
	m := first - 1
	for m > v && !(r.amount(m) && r.caseBefore(m) >= 0) {
		m = w[m].Head
	}
	if m <= v || r.rightmost(m, len(w)) < first-1 || !comparisonCases[r.preposition(m)] ||
		r.preposition(m) == "with" && !comparing[lower(w[max(0, w[m].Head)].Lemma)] {
		return
	}
	r.set(t, m, "nmod")
}

// amount says whether word k is a number or a unit that a number counts.
func (r *repairer) amount(k int) bool {
	w := &r.s.Words[k]
	return w.UPOS == "NUM" && w.Deprel != "nummod" && w.Deprel != "compound" || w.UPOS == "SYM" ||
		(unitNouns[lower(w.Lemma)] || largeNumbers[lower(w.Form)]) && r.find(k, "nummod", "compound", "amod") >= 0 && w.Deprel != "compound"
}

var largeNumbers = words(`mln bln billion million trillion thousand`)

// amountOfTime: an amount after "of" is not that of a year: in "a shortfall later this year of 5 mln dlrs" it is the shortfall's.
func (r *repairer) amountOfTime(m int) {
	w := r.s.Words
	t := w[m].Head
	if t < 1 || t > m || r.preposition(m) != "of" || !r.amount(m) || !r.temporalAt(t) || w[t].UPOS == "NUM" ||
		w[t].Deprel != "obl:unmarked" && w[t].Deprel != "nmod:unmarked" && universal(w[t].Deprel) != "obl" {
		return
	}
	n := r.leftmost(t) - 1
	for n > 0 && w[n].UPOS == "ADV" {
		n--
	}
	if n > 0 && w[n].UPOS == "NOUN" && !r.temporalAt(n) {
		r.set(m, n, "nmod")
	}
}

// amountBehindTime: no amount is listed with a time: in "fell in May to 36,510, or 2 pct", read as in May or 2 pct, the 2 pct are the 36,510.
func (r *repairer) amountBehindTime(k int) {
	w := r.s.Words
	t := w[k].Head
	if t < 0 || t > k || !r.amount(k) || !calendarNames[lower(w[t].Lemma)] || r.caseBefore(k) >= 0 {
		return
	}
	for m := k - 1; m > t; m-- {
		if w[m].Head == w[t].Head && r.amount(m) {
			r.set(k, m, "conj")
			return
		}
	}
}

// earlierTime: what says from when a time is counted belongs to it: "a year earlier".
func (r *repairer) earlierTime(i int) {
	w := r.s.Words
	if i == 0 || w[i].Head == i-1 || !temporalNouns[lower(w[i-1].Lemma)] || w[i-1].UPOS != "NOUN" {
		return
	}
	if w[i-1].Head == i && w[i-1].Deprel == "obl:unmarked" && w[i].Head >= 0 && w[i].Deprel == "advmod" { // the other way round
		r.set(i-1, w[i].Head, "obl:unmarked")
		w = r.s.Words
	}
	if w[i].Head == w[i-1].Head && (w[i].Deprel == "advmod" || w[i].Deprel == "obl") && r.find(i-1, "det", "nummod", "amod") >= 0 {
		r.set(i, i-1, "advmod")
	}
}

// tiedModifier: a hyphen ties the noun before it to what describes the noun behind: "the year-ago period", "state-owned banks".
func (r *repairer) tiedModifier(i int) {
	w := r.s.Words
	if i+2 >= len(w) || w[i+1].Form != "-" || w[i+1].Begin != w[i].End || w[i+1].End != w[i+2].Begin {
		return
	}
	m := i + 2
	h := w[m].Head
	if w[m].Deprel != "amod" || h <= m || w[i].Head == h || w[i].Head == m || w[i].Head > i && w[i].Head < h {
		return
	}
	r.set(i, m, "compound")
	r.set(i+1, m, "punct")
}

// timeOfSaying: in "Lund said Friday the port was closed" and "told reporters last week the port was closed" he said so then.
func (r *repairer) timeOfSaying(v int) {
	w := r.s.Words
	if !saying[lower(w[v].Lemma)] && !telling[lower(w[v].Lemma)] {
		return
	}
	c := r.find(v, "ccomp")
	if c < v {
		return
	}
	first := v + 1
	if h := r.find(v, "iobj", "obj"); h > v && r.leftmost(h) == v+1 {
		first = r.rightmost(h, len(w)) + 1
	} else if o := r.find(v, "obl"); o > v && o < c && r.leftmost(o) == v+1 && r.caseBefore(o) >= 0 { // "said in a letter yesterday it would sell"
		first = r.rightmost(o, len(w)) + 1
	}
	if first >= c {
		return
	}
	t := first
	if lower(w[t].Form) == "on" && w[t].Head < c { // "said on Friday it would sell"
		t = w[t].Head
	}
	for w[t].Head != c && w[t].Head > t && w[t].Head < c {
		t = w[t].Head
	}
	cased := t > 0 && r.caseBefore(t) >= 0
	if w[t].Head != c || t >= c || r.leftmost(t) != first || !cased && !r.bygone(t) || cased && !weekdays[lower(w[t].Form)] {
		return
	}
	switch w[t].Deprel {
	case "obl:unmarked", "obl", "advmod", "obl:tmod", "obl:npmod", "nsubj":
	default:
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass", "expl")
	if s == t {
		s, _ = r.among(c, t+1, c, "nsubj", "nsubj:pass", "expl")
	}
	if last := r.rightmost(t, len(w)); s < t || w[last].UPOS == "PUNCT" || r.leftmost(s) != last+1 {
		return // "said Friday, the day of the vote, …"
	}
	rel := "obl:unmarked"
	switch {
	case cased:
		rel = "obl"
	case w[t].UPOS == "ADV":
		rel = "advmod"
	}
	r.set(t, v, rel)
}

// bygone says whether word t names a day or a time that is past: "Friday", "yesterday", "last week",
// "today", "earlier this month".
func (r *repairer) bygone(t int) bool {
	f := lower(r.s.Words[t].Form)
	if weekdays[f] || f == "today" || f == "yesterday" {
		return r.leftmost(t) == t
	}
	return temporalNouns[f] && t > 0 && r.s.Words[t-1].Head == t && (lower(r.s.Words[t-1].Form) == "last" ||
		t > 1 && lower(r.s.Words[t-1].Form) == "this" && lower(r.s.Words[t-2].Form) == "earlier" && r.s.Words[t-2].Head == t)
}

// comparedVerb: "compared with" is no verb of a sentence: in "Sales rose 5 pct compared with 8 pct", read as sales that compared, they
// rose.
func (r *repairer) comparedVerb(c int) {
	w := r.s.Words
	if !comparing[lower(w[c].Lemma)] || r.find(c, "aux", "aux:pass", "obj") >= 0 || c+1 >= len(w) ||
		lower(w[c+1].Form) != "with" && lower(w[c+1].Form) != "to" {
		return
	}
	s := r.find(c, "nsubj", "nsubj:pass")
	if s < 0 || s > c {
		return
	}
	// The verb between subject and comparison.
	for v := s + 1; v < c; v++ {
		if w[v].UPOS != "VERB" || !r.finite(v) || r.find(v, "nsubj", "nsubj:pass", "mark") >= 0 || w[v].Head != s && w[v].Head != c {
			continue
		}
		rel := w[s].Deprel
		r.set(v, w[c].Head, w[c].Deprel)
		r.handOver(c, v, func(k int, _ string) bool { return k < v || w[k].UPOS == "PUNCT" })
		r.set(s, v, rel)
		r.set(c, v, "advcl")
		r.tag(c, "VERB", "VBN")
		return
	}
}

// comparedOfSaid: in "said its income of 5 mln dlrs compared with 4 mln" no income is said: it compared, as is said.
func (r *repairer) comparedOfSaid(c int) {
	w := r.s.Words
	v := w[c].Head
	if !comparing[lower(w[c].Lemma)] || c+1 >= len(w) ||
		lower(w[c+1].Form) != "with" && lower(w[c+1].Form) != "to" || v < 0 || v > c || r.find(c, "aux", "aux:pass", "obj", "nsubj") >= 0 {
		return
	}
	o := v
	if w[c].Deprel == "acl" {
		v = w[o].Head
	} else {
		o = r.find(v, "obj")
	}
	if v < 0 || o < v || o > c || w[o].Head != v || w[o].Deprel != "obj" || w[o].UPOS != "NOUN" || w[v].UPOS != "VERB" || !saying[lower(w[v].Lemma)] ||
		r.find(v, "ccomp") >= 0 || r.rightmost(o, c) != c-1 {
		return
	}
	r.set(c, v, "ccomp")
	r.set(o, c, "nsubj")
	r.tag(c, "VERB", "VBD")
}

// thanExpected: in "posted stronger than expected sales" the sales are stronger, and nothing is done to them "than".
func (r *repairer) thanExpected(a int) {
	w := r.s.Words
	if a+3 >= len(w) || lower(w[a+1].Form) != "than" {
		return
	}
	e := a + 2
	switch lower(w[e].Form) {
	case "expected", "forecast", "predicted", "anticipated", "planned", "usual", "normal", "average", "hoped":
	default:
		return
	}
	n := e + 1
	for n < len(w) && w[n].Head > n && (w[n].Deprel == "compound" || w[n].Deprel == "amod") {
		n++
	}
	if n >= len(w) || w[n].UPOS != "NOUN" || temporalNouns[lower(w[n].Lemma)] || w[n].Head < 0 || w[n].Head >= a {
		return
	}
	object := w[n].Deprel == "obj" ||
		w[n].Deprel == "obl" && (w[a].Deprel == "xcomp" || w[a].Deprel == "advmod") && r.find(w[n].Head, "obj") < 0
	if !object || w[a].Head != n && w[a].Head != w[n].Head || r.find(n, "det", "nmod:poss") > a {
		return
	}
	r.set(n, w[n].Head, "obj")
	r.set(a, n, "amod")
	r.set(e, a, "advcl")
	r.set(a+1, e, "mark")
}

// caseOfComparison says whether preposition form sets time k beside another rather than telling when something was: "rose 5 pct from a
// year earlier", "over the same month of last year", "less than last year".
func (r *reader) caseOfComparison(k int, form string) bool {
	switch form {
	case "than", "against", "versus", "vs", "above", "below":
		return true
	case "from", "over":
	default:
		return false
	}
	h := r.Words[k].Head
	if h < 0 {
		return false
	}
	if f := lower(r.Words[h].Form); f != "up" && f != "down" && !moving[lower(r.Words[h].Lemma)] && !r.measured(h) {
		return false
	}
	if form == "over" {
		return r.Words[k].Feat("Number") != "Plur" && r.child(k, "nummod") < 0 // "rose 5 pct over three years"
	}
	for _, m := range r.kids[h] { // "from May to July"
		if _, to := r.caseOf(m); (to == "to" || to == "until" || to == "through") && m > k && r.temporal(m) {
			return false
		}
	}
	return true
}

// moreBehindAmount: "more" behind an amount belongs to it: in "brought in 5 mln dlrs more in taxes than in May" 5 mln dlrs is not what was
// brought in.
func (r *repairer) moreBehindAmount(m int) {
	w := r.s.Words
	u := m - 1
	if u < 1 || w[m].Head != w[u].Head || w[u].Deprel != "obj" || !r.amount(u) {
		return
	}
	v := w[u].Head
	r.set(m, u, "amod")
	r.handOver(m, v, func(k int, rel string) bool { return k > m && universal(rel) == "obl" && r.preposition(k) != "than" })
}

// reportingFigures tell of results that are older than the report.
var reportingFigures = words(`report announce disclose publish release`)

// timeOfFigures: in "reported earnings of 5 dlrs a share in 1986" the earnings are those of 1986; they were reported later.
func (r *repairer) timeOfFigures(t int) {
	w := r.s.Words
	v := w[t].Head
	if v < 0 || v > t || !reportingFigures[lower(w[v].Lemma)] || r.preposition(t) != "in" || !r.temporalAt(t) {
		return
	}
	if d := lower(w[t].Lemma); !temporalDigits(w[t].Form) && d != "quarter" && d != "year" && d != "half" {
		return
	}
	o := r.find(v, "obj")
	if o < v || o > t || w[o].UPOS != "NOUN" || r.rightmost(o, t) != r.leftmost(t)-1 {
		return
	}
	for k := o; k < t; k++ {
		if r.amount(k) && r.under(k, o) {
			r.set(t, o, "nmod")
			return
		}
	}
}
