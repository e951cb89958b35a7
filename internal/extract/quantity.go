package extract

import (
	"strconv"
	"strings"
)

// Bound says how the number of a quantity is meant.
type Bound string

const (
	Exact    Bound = ""
	Approx   Bound = "approx"    // about 30, tens of thousands
	AtLeast  Bound = "least"     // at least 20
	AtMost   Bound = "most"      // up to 20
	MoreThan Bound = "more than" // over 20
	LessThan Bound = "less than" // under 20, nearly 20
)

// Quantity is what a phrase counts or measures: "at least 20 people", "$2.5 bn", "two-thirds of the seats".
type Quantity struct {
	Value float64
	// Max is the upper end of a range ("between 10 and 20") or of an order of magnitude ("tens of thousands" are from 10,000 to
	// 100,000); 0 for none.
	Max   float64
	Bound Bound
	// Unit is the lemma of the noun that is counted, "%" for per cent, the code of a currency by ISO 4217; empty for a bare number.
	Unit string
}

// number is an expression of a number in a sentence: words first to last, both inside.
type number struct {
	first, last int
	Quantity
}

var (
	numerals = map[string]float64{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
		"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
		"eighty": 80, "ninety": 90,
	}
	scaleWords = map[string]float64{
		"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
		"bln": 1e9, "b": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12, "dozen": 12, "score": 20,
	}
	// magnitudes are plurals that stand for an unknown number: from the first to the second.
	magnitudes = map[string][2]float64{
		"dozens": {24, 100}, "scores": {40, 100}, "tens": {10, 100}, "hundreds": {1e2, 1e3}, "thousands": {1e3, 1e4},
		"millions": {1e6, 1e7}, "billions": {1e9, 1e10}, "trillions": {1e12, 1e13},
	}
	fractions = map[string]float64{
		"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
		"fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9,
		"tenth": 10, "tenths": 10,
	}
	// currencySigns stand before the number.
	currencySigns = map[string]string{
		"$": "USD", "us$": "USD", "u.s.$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR", "¥": "JPY",
		"jpy": "JPY", "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD",
		"chf": "CHF", "sfr": "CHF", "dm": "DEM", "₹": "INR", "₽": "RUB",
	}
	// currencyNouns stand after it; those that several states use need the adjective of one.
	currencyNouns = map[string]string{
		"dollar": "USD", "dlr": "USD", "dlrs": "USD", "usd": "USD", "stg": "GBP", "sterling": "GBP", "euro": "EUR",
		"eur": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "mark": "DEM", "marks": "DEM", "dm": "DEM",
		"guilder": "NLG", "lire": "ITL", "lira": "", "rupee": "INR", "rouble": "RUB", "ruble": "RUB", "rand": "ZAR",
		"won": "KRW", "zloty": "PLN", "forint": "HUF", "shekel": "ILS", "ringgit": "MYR", "baht": "THB", "franc": "",
		"pound": "", "peso": "", "crown": "", "krona": "SEK", "krone": "", "dinar": "", "rial": "", "riyal": "",
		"schilling": "ATS", "cruzado": "BRC",
	}
	currencyOf = map[string]string{
		"canadian dollar": "CAD", "australian dollar": "AUD", "zealand dollar": "NZD", "kong dollar": "HKD",
		"singapore dollar": "SGD", "taiwan dollar": "TWD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD",
		"swiss franc": "CHF", "french franc": "FRF", "belgian franc": "BEF", "british pound": "GBP", "egyptian pound": "EGP",
		"lebanese pound": "LBP", "syrian pound": "SYP", "sterling pound": "GBP", "mexican peso": "MXN", "argentine peso": "ARS",
		"philippine peso": "PHP", "chilean peso": "CLP", "colombian peso": "COP", "turkish lira": "TRY", "italian lira": "ITL",
		"danish crown": "DKK", "danish krone": "DKK", "norwegian crown": "NOK", "norwegian krone": "NOK",
		"swedish crown": "SEK", "swedish krona": "SEK", "czech crown": "CZK", "kuwaiti dinar": "KWD", "iraqi dinar": "IQD",
		"saudi riyal": "SAR", "iranian rial": "IRR", "german mark": "DEM", "west mark": "DEM", "indian rupee": "INR",
		"pakistani rupee": "PKR", "japanese yen": "JPY", "russian rouble": "RUB", "russian ruble": "RUB", "chinese yuan": "CNY",
	}
	// numberStarts are the words that numbers begin with, digits aside.
	numberStarts = func() set {
		s := words(`about around approximately roughly some nearly almost estimated a an over under more greater less fewer at
			no up as half several`)
		for _, m := range []map[string]float64{numerals, scaleWords} {
			for w := range m {
				s[w] = true
			}
		}
		for w := range magnitudes {
			s[w] = true
		}
		for w := range currencySigns {
			s[w] = true
		}
		return s
	}()
	percents = words(`% pct percent percentage per_cent`)
)

// numbers returns the numbers of the sentence that count or measure: no dates, no ordinals, no house numbers.
func (t *tree) numbers() []number {
	if t.numbered {
		return t.quantities
	}
	t.numbered = true
	for i := 0; i < len(t.Words); {
		if f := t.Words[i].Form; (f == "" || f[0] < '0' || f[0] > '9') && !numberStarts[t.form(i)] {
			i++
			continue
		}
		n, end := t.numberAt(i)
		if end <= i {
			i++
			continue
		}
		if x := t.timex(n.last); x == nil || x.First > n.first || x.Last < n.last {
			t.quantities = append(t.quantities, n)
		}
		i = end
	}
	return t.quantities
}

// form is the lower-case form of word i without a final dot, empty outside.
func (t *tree) form(i int) string {
	if i < 0 || i >= len(t.Words) {
		return ""
	}
	f := lower(t.Words[i].Form)
	if len(f) > 1 && strings.HasSuffix(f, ".") && f != "u.s." {
		f = f[:len(f)-1]
	}
	return f
}

func (t *tree) hyphen(i int) bool {
	f := t.form(i)
	return (f == "-" || f == "–") && i > 0 && i+1 < len(t.Words)
}

// bare reads a number without what stands around it.
func (t *tree) bare(i int) (v, most float64, end int) {
	f := t.form(i)
	if f == "" {
		return 0, 0, i
	}
	if f[0] >= '0' && f[0] <= '9' || f[0] == '.' && len(f) > 1 {
		return t.digits(i)
	}
	if m, ok := magnitudes[f]; ok && (t.form(i+1) == "of" || t.form(i+1) == "") {
		v, most, end = m[0], m[1], i+1
		if n, ok := magnitudes[t.form(i+2)]; ok && t.form(i+1) == "of" && n[0] > 100 { // "tens of thousands"
			return v * n[0], most * n[0], i + 3
		}
		return v, most, end
	}
	switch f {
	case "a", "an":
		s, ok := scaleWords[t.form(i+1)]
		if ok && len(t.form(i+1)) > 3 && t.form(i+1) != "score" {
			return t.scaled(s, i+2)
		}
		if d, ok := fractions[t.form(i+1)]; ok && (t.form(i+2) == "of" || d == 2) && t.Words[i+1].UPOS != "PROPN" {
			return t.scaled(1/d, i+2)
		}
		return 0, 0, i
	case "several":
		if s, ok := scaleWords[t.form(i+1)]; ok && s >= 12 {
			return 2 * s, 10 * s, i + 2
		}
		return 0, 0, i
	case "half":
		if t.form(i+1) == "a" || t.form(i+1) == "an" {
			if s, ok := scaleWords[t.form(i+2)]; ok {
				return s / 2, 0, i + 3
			}
			return 0, 0, i
		}
		if t.form(i+1) == "of" || t.form(i+1) == "the" {
			return 0.5, 0, i + 1
		}
		return 0, 0, i
	}
	n, ok := numerals[f]
	if !ok || t.Words[i].UPOS != "NUM" && t.Words[i].UPOS != "" {
		return 0, 0, i
	}
	end = i + 1
	if next := end; n >= 20 {
		if t.hyphen(next) {
			next++
		}
		if u, ok := numerals[t.form(next)]; ok && u < 10 {
			n, end = n+u, next+1
		}
	}
	// "two-thirds", "three quarters of"
	if next := end; n < 20 {
		if t.hyphen(next) {
			next++
		}
		if d, ok := fractions[t.form(next)]; ok && d > n && (next > end || t.form(next+1) == "of" || t.form(next+1) == "the") {
			return n / d, 0, next + 1
		}
	}
	return t.scaled(n, end)
}

// scaled multiplies n by the scaleWords that follow: "hundred", "million"; "two hundred and fifty thousand".
func (t *tree) scaled(n float64, i int) (float64, float64, int) {
	total, end := 0.0, i
	for {
		f := t.form(end)
		s, ok := scaleWords[f]
		if ok && len(f) == 1 && end < len(t.Words) && (t.Words[end].UPOS == "PROPN" || t.Words[end].Begin != t.Words[end-1].End) {
			ok = false // "5 m" of what?
		}
		if !ok {
			break
		}
		if s >= 1000 {
			total, n = total+n*s, 0
		} else {
			n *= s
		}
		end++
		next := end
		if t.form(next) == "and" {
			next++
		}
		u, ok := numerals[t.form(next)]
		if !ok {
			continue
		}
		if next > end && t.form(next) == "one" {
			break
		}
		n += u
		end = next + 1
		if v, ok := numerals[t.form(end)]; ok && u >= 20 && v < 10 {
			n, end = n+v, end+1
		} else if t.hyphen(end) {
			if v, ok := numerals[t.form(end+1)]; ok && u >= 20 && v < 10 {
				n, end = n+v, end+2
			}
		}
	}
	return total + n, 0, end
}

// digits reads "1,250", "2.5", "3/4", "1-1/2", "2.5bn".
func (t *tree) digits(i int) (v, most float64, end int) {
	f := t.form(i)
	k := 0
	for k < len(f) && (f[k] >= '0' && f[k] <= '9' || f[k] == '.' || f[k] == ',') {
		k++
	}
	head, tail := f[:k], f[k:]
	n, err := strconv.ParseFloat(strings.ReplaceAll(head, ",", ""), 64)
	if err != nil {
		return 0, 0, i
	}
	fraction := func(s string) (float64, bool) {
		a, b, ok := strings.Cut(s, "/")
		x, err1 := strconv.Atoi(a)
		y, err2 := strconv.Atoi(b)
		if !ok || err1 != nil || err2 != nil || y == 0 || x >= y || y > 64 {
			return 0, false
		}
		return float64(x) / float64(y), true
	}
	end = i + 1
	switch {
	case tail == "":
		if q, ok := fraction(t.form(end)); ok {
			return t.scaled(n+q, end+1)
		}
		if t.hyphen(end) {
			if q, ok := fraction(t.form(end + 1)); ok {
				return t.scaled(n+q, end+2)
			}
		}
		return t.scaled(n, end)
	case tail[0] == '/':
		q, ok := fraction(f)
		if !ok {
			return 0, 0, i
		}
		return t.scaled(q, end)
	case tail[0] == '-' && strings.Contains(tail, "/"):
		q, ok := fraction(tail[1:])
		if !ok {
			return 0, 0, i
		}
		return t.scaled(n+q, end)
	case scaleWords[tail] != 0:
		return n * scaleWords[tail], 0, end
	}
	return 0, 0, i
}

// numberAt reads a number with its bound, its currency or per cent that begins at word i.
func (t *tree) numberAt(i int) (n number, end int) {
	j := i
	bound := Exact
	f, g := t.form(i), t.form(i+1)
	switch {
	case f == "about" || f == "around" || f == "approximately" || f == "roughly" || f == "some" || f == "nearly" ||
		f == "almost" || f == "estimated":
		bound, j = Approx, i+1
		if f == "nearly" || f == "almost" {
			bound = LessThan
		}
	case f == "an" && g == "estimated":
		bound, j = Approx, i+2
	case f == "over":
		bound, j = MoreThan, i+1
	case f == "under":
		bound, j = LessThan, i+1
	case (f == "more" || f == "greater" || f == "less" || f == "fewer") && g == "than":
		bound, j = MoreThan, i+2
		if f == "less" || f == "fewer" {
			bound = LessThan
		}
	case f == "at" && (g == "least" || g == "most"):
		bound, j = AtLeast, i+2
		if g == "most" {
			bound = AtMost
		}
	case f == "no" && (g == "more" || g == "less" || g == "fewer") && t.form(i+2) == "than":
		bound, j = AtMost, i+3
		if g != "more" {
			bound = AtLeast
		}
	case f == "up" && g == "to":
		bound, j = AtMost, i+2
	case f == "as" && (g == "many" || g == "much") && t.form(i+2) == "as":
		bound, j = AtMost, i+3
	case f == "as" && (g == "few" || g == "little") && t.form(i+2) == "as":
		bound, j = AtLeast, i+3
	}
	unit := ""
	if c, ok := currencySigns[t.form(j)]; ok {
		unit, j = c, j+1
	}
	first := j
	v, most, end := t.bare(j)
	if end <= j {
		return n, i
	}
	if bound == Exact && most > 0 {
		bound = Approx
	}
	// "between 10 and 20", "10 to 20", "10-20"
	if next := end; most == 0 {
		between := t.form(i-1) == "between" && t.form(end) == "and"
		if between || t.form(end) == "to" || t.hyphen(end) || t.form(end) == "or" {
			next++
			if _, ok := currencySigns[t.form(next)]; ok {
				next++
			}
			w, _, stop := t.bare(next)
			if t.form(end) == "to" && t.form(i-1) == "from" && stop > next && v > w {
				stop = next // "cut from 20 to 10" are two
			}
			if stop > next && w > 0 {
				if _, ok := scaleWords[t.form(stop-1)]; ok && v < 1000 && w >= 1000 && v < w/scaleWords[t.form(stop-1)] {
					v *= scaleWords[t.form(stop-1)] // "10 to 20 million"
				}
				if v < w && (t.form(i-1) != "from" || t.form(end) != "to") {
					most, end = w, stop
				}
			}
		}
	}
	if t.hyphen(end) && t.form(end+1) == "to" {
		return n, i // "2.5-to-1"
	}
	n = number{first: i, last: end - 1, Quantity: Quantity{Value: v, Max: most, Bound: bound, Unit: unit}}
	if first > 0 && j == i {
		switch t.form(i - 1) {
		case "no", "number", "article", "chapter", "page", "room", "flight", "channel", "section", "#", "/", ":":
			return n, i
		}
	}
	if unit == "" {
		switch f := t.form(end); {
		case percents[f] || f == "per" && t.form(end+1) == "cent":
			n.Unit, n.last, end = "%", end, end+1
			if f == "per" {
				n.last, end = end, end+1
			}
		default:
			if c, stop := t.currency(end); stop > end {
				n.Unit, n.last, end = c, stop-1, stop
			}
		}
	}
	if t.form(end) == "or" {
		switch t.form(end + 1) {
		case "so":
			n.Bound, n.last, end = Approx, end+1, end+2
		case "more":
			n.Bound, n.last, end = AtLeast, end+1, end+2
		case "less", "fewer":
			n.Bound, n.last, end = AtMost, end+1, end+2
		}
	}
	return n, end
}

// currency reads "dlrs", "Canadian dollars", "New Zealand dlrs", "francs" at i.
func (t *tree) currency(i int) (code string, end int) {
	lemma := func(k int) string {
		f := t.form(k)
		switch f {
		case "dlr", "dlrs", "dollars":
			return "dollar"
		}
		if _, ok := currencyNouns[f]; ok {
			return f
		}
		return strings.TrimSuffix(f, "s")
	}
	for k := i; k <= i+2 && k < len(t.Words); k++ {
		l := lemma(k)
		c, ok := currencyNouns[l]
		if !ok {
			continue
		}
		if k > i {
			c = currencyOf[t.form(k-1)+" "+strings.TrimSuffix(l, "s")]
			if c == "" {
				return "", i
			}
			return c, k + 1
		}
		if c == "" || l == "won" && t.Words[k].UPOS == "VERB" || t.form(k) == "mark" && t.Words[k].UPOS != "NOUN" {
			return "", i
		}
		return c, k + 1
	}
	return "", i
}

// yearBefore says whether number n before noun k is more likely a year: "1987 oil prices".
func (r *reader) yearBefore(n *number, k int) bool {
	if n.first != n.last || len(r.Words[n.first].Form) != 4 || n.Value < 1900 || n.Value > 2050 || n.Bound != Exact {
		return false
	}
	return int(n.Value)%100 != 0 || k > n.last+1 || n.first > 0 && r.Words[n.first-1].UPOS == "DET"
}

// quantity returns what phrase k counts or measures, nil where it does neither.
func (r *reader) quantity(k int) *Quantity {
	w := &r.Words[k]
	if r.timex(k) != nil {
		return nil
	}
	for i := range r.numbers() {
		n := &r.quantities[i]
		switch {
		case n.first <= k && k <= n.last:
			// The number is the head: "20 were killed", "$ 5 mln", "tens of thousands of people", "two-thirds of the seats".
			q := n.Quantity
			if q.Unit == "" && w.UPOS != "NUM" && w.UPOS != "NOUN" && w.UPOS != "SYM" {
				return nil
			}
			if q.Unit == "" {
				for _, m := range r.kids[k] {
					if _, form := r.caseOf(m); form == "of" && r.Words[m].Deprel == "nmod" && m > n.last {
						q.Unit = lower(r.Words[m].Lemma)
					}
				}
				for m := range r.Words { // "of people" may hang from any word of "tens of thousands"
					if h := r.Words[m].Head; q.Unit == "" && m > n.last && h >= n.first && h <= n.last && r.Words[m].Deprel == "nmod" {
						if _, form := r.caseOf(m); form == "of" {
							q.Unit = lower(r.Words[m].Lemma)
						}
					}
				}
			}
			return &q
		case n.last < k && w.UPOS == "NOUN":
			// "four zones", "at least 20 young people"
			for m := n.first; m <= n.last; m++ {
				_, scale := scaleWords[r.form(m)]
				counts := r.Words[m].Deprel == "nummod" || r.Words[m].Deprel == "compound" && scale &&
					w.XPOS == "NNS" // "30 mln shares"
				if r.Words[m].Head == k && counts && n.Unit == "" && !r.yearBefore(n, k) {
					if k > n.last+1 && r.hyphen(n.last+1) {
						return nil // "20-year-old"
					}
					q := n.Quantity
					q.Unit = lower(w.Lemma)
					return &q
				}
			}
		}
	}
	return nil
}
