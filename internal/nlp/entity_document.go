package nlp

import (
	"slices"
	"strings"
	"unicode"
)

// The tags of a sentence are mended by what the whole article says: a name has one type in an article, a surname means the person
// whose full name stands somewhere, initials mean the body that is spelt out.

// entityDocument mends the entity tags of doc.
type entityDocument struct {
	lists   *nameLists
	cases   *truecaser
	rank    map[string]int32
	types   map[string]*[len(entityTypes)]int // name → how often it has a type
	surname map[string]bool                   // last words of names of persons
	initial map[string]bool                   // initials of bodies
	place   map[string]bool                   // names that stand as places stand
	speaks  map[string]bool                   // names of one word that say something
	within  map[string]bool                   // words that things are in, at, from or near
	firm    map[string]bool                   // names of firms without their legal form, the beginnings of these, and rare first words
	called  map[string]bool                   // first words of names of firms that are common words too: Crown
	town    map[string]bool                   // first words of names of firms that are those of towns too
	short   map[string]bool                   // words of the article that may be initials
	given   map[string]bool                   // first words of names of persons
	storm   map[string]bool                   // names of storms
	works   [][]string                        // words of names of works
	houses  map[string][][]string             // by their first one, the names in firms that are called after several people
	key     []byte
}

func typeIndex(name string) int { return slices.Index(entityTypes[:], name) }

// entityEnd returns the last word of the entity that begins at word i.
func entityEnd(words []Word, i int) int {
	for i+1 < len(words) && strings.HasPrefix(words[i+1].NER, "I-") {
		i++
	}
	return i
}

// eachEntity calls f for the entities of words. f may change tags of the entity.
func eachEntity(words []Word, f func(first, last int)) {
	for i := 0; i < len(words); i++ {
		if strings.HasPrefix(words[i].NER, "B-") {
			last := entityEnd(words, i)
			f(i, last)
			i = last
		}
	}
}

func setEntity(words []Word, first, last int, typ string) {
	for k := first; k <= last; k++ {
		words[k].NER = "I-" + typ
	}
	words[first].NER = "B-" + typ
}

func (e *entityDocument) name(words []Word, first, last int) string {
	if first == last {
		return words[first].Form
	}
	e.key = e.key[:0]
	for k := first; k <= last; k++ {
		if k > first {
			e.key = append(e.key, ' ')
		}
		e.key = append(e.key, words[k].Form...)
	}
	return string(e.key)
}

// mendEntities mends the tags of doc.
func mendEntities(doc *Document, lists *nameLists, cases *truecaser, rank map[string]int32) {
	e := &entityDocument{lists: lists, cases: cases, rank: rank, types: map[string]*[len(entityTypes)]int{}, surname: map[string]bool{},
		speaks: map[string]bool{}, within: map[string]bool{}, initial: map[string]bool{}, place: map[string]bool{}, firm: map[string]bool{},
		called: map[string]bool{}, town: map[string]bool{}, short: shortForms(doc),
		given: map[string]bool{}, storm: map[string]bool{}, houses: map[string][][]string{}}
	for i := range doc.Sentences {
		e.bracketedHouses(doc.Sentences[i].Words)
	}
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		e.places(words)
		quotedNames(words)
		e.articles(words)
		saints(words)
		initialled(words)
		shopsOf(words)
		ships(words)
		hyphened(words)
		islamicState(words)
		e.stormNames(words)
		e.workNames(words)
		e.houseNames(words)
		e.spelt(words)
		eachEntity(words, func(first, last int) {
			last = e.edges(words, first, last)
			if words[first].NER == "O" {
				return
			}
			first, last = e.ofWhere(words, first, last)
			first = e.begin(words, first, last)
			beside := besideNoun(words, first, last)
			if beside != "" {
				setEntity(words, first, last, beside)
			}
			t := typeIndex(words[first].NER[2:])
			name := e.name(words, first, last)
			v := e.types[name]
			if v == nil {
				v = new([len(entityTypes)]int)
				e.types[name] = v
			}
			v[t]++
			if beside != "" {
				v[t] += 2 // which is plainer than what the tagger makes of the name elsewhere
			}
			if entityTypes[t] == "PER" && e.asPlace(words, first, last) {
				e.place[name] = true
			}
			if first == last && says(words, first) {
				e.speaks[name] = true
			}
			if first > 0 && locative(words[first-1].Form) {
				e.within[name] = true
			}
			if last > first && entityTypes[t] == "PER" && isCapitalised(words[last].Form) && len(words[last].Form) > 2 {
				e.surname[words[last].Form] = true
				if isCapitalised(words[first].Form) && len(words[first].Form) > 2 {
					e.given[words[first].Form] = true
				}
			}
			if last > first && entityTypes[t] == "ORG" {
				e.spellOut(words, first, last)
				e.shorten(words, first, last)
			}
		})
	}
	for i := range doc.Sentences {
		e.mend(doc.Sentences[i].Words)
	}
}

// quotedNames joins the parts of the name of a person that quotation marks part: the surname first, or the whole name before an
// address, as the headers of messages have it ("Fordham, Lena", "Lena Fordham" <), and a nickname inside (Lena "Lee" Fordham).
func quotedNames(words []Word) {
	for i := 0; i+3 < len(words); i++ {
		if !isQuote(words[i].Form) || !isCapital(words[i+1].Form) {
			continue
		}
		switch end := closingQuote(words, i); {
		case end < 0:
		case end == i+4 && words[i+2].Form == "," && words[i+3].NER == "B-PER":
			setEntity(words, i+1, i+3, "PER")
		case end+1 < len(words) && words[end+1].Form == "<":
			if end-i == 3 && isCapitalised(words[i+1].Form) && isCapitalised(words[i+2].Form) &&
				(words[i+1].NER == "O" || words[i+1].NER == "B-MISC") {
				setEntity(words, i+1, i+2, "PER")
			}
		case i > 0 && end-i <= 3 && end+1 < len(words) && strings.HasSuffix(words[i-1].NER, "-PER") && isCapitalised(words[end+1].Form) &&
			(words[end+1].NER == "B-PER" || words[end+1].UPOS == "PROPN" && words[end+1].NER == "O"):
			first := i - 1
			for words[first].NER == "I-PER" {
				first--
			}
			setEntity(words, first, entityEnd(words, end+1), "PER")
		}
	}
}

func isQuote(form string) bool { return form == "\"" || form == "“" || form == "”" }

// closingQuote returns the word with the quotation mark that ends the at most four words behind the one at i, -1 where there is none.
func closingQuote(words []Word, i int) int {
	for k := i + 2; k < len(words) && k <= i+4; k++ {
		if isQuote(words[k].Form) {
			return k
		}
	}
	return -1
}

// arabicArticles join two parts of one name; those that are English words too only with a hyphen behind.
var arabicArticles, hyphenedArticles = set("al az ar ash el ez"), set("al az ar ash el ez ad an as at ed er es")

// articles joins the parts of a name around an Arabic article: Dayr az Zawr, Hassan al-Fasi, az-Zaman.
func (e *entityDocument) articles(words []Word) {
	for i := 0; i+1 < len(words); i++ {
		low := lowerOf(words[i].Form)
		next := i + 1
		if words[next].Form == "-" && hyphenedArticles[low] {
			next++
		} else if !arabicArticles[low] {
			continue
		}
		if next == len(words) || !isCapital(words[next].Form) || low == words[i].Form && i == 0 {
			continue
		}
		after, before := words[next].NER, "O"
		if i > 0 && isCapital(words[i-1].Form) {
			before = words[i-1].NER
		}
		first, last, typ := i, next, ""
		if len(after) > 2 {
			typ, last = after[2:], entityEnd(words, next)
		}
		if len(before) > 2 && (typ == "" || typ == before[2:] || before[2:] == "PER") {
			typ = before[2:]
			for first--; first > 0 && strings.HasPrefix(words[first].NER, "I-"); {
				first--
			}
		} else if i > 1 && before == "O" && isCapitalised(words[i-1].Form) && words[i-1].UPOS == "PROPN" &&
			!placeBefore[lowerOf(words[i-1].Form)] {
			first-- // Dayr az Zawr, but not Near Ar Raqqah
		}
		if typ != "" {
			setEntity(words, first, last, typ)
		}
	}
}

// islamicState makes the Islamic State of some countries one body.
func islamicState(words []Word) {
	for i := 0; i+3 < len(words); i++ {
		if words[i].Form != "Islamic" || words[i+1].Form != "State" || words[i+2].Form != "of" || !isCapitalised(words[i+3].Form) {
			continue
		}
		last := entityEnd(words, i+3)
		if k := last + 1; k+1 < len(words) && words[k].Form == "and" {
			if k++; words[k].Form == "the" && k+1 < len(words) {
				k++
			}
			if words[k].Form == "Levant" || words[k].Form == "Syria" || words[k].Form == "Sham" {
				last = k
			}
		}
		setEntity(words, i, last, "ORG")
	}
}

// saints takes the title of a saint into the name, which is that of a place rather than of the saint: St. Orvin.
func saints(words []Word) {
	for i := 1; i < len(words); i++ {
		if words[i-1].Form != "St." || words[i-1].NER != "O" || !isCapitalised(words[i].Form) || !strings.HasPrefix(words[i].NER, "B-") {
			continue
		}
		typ := words[i].NER[2:]
		if typ == "PER" {
			typ = "LOC"
		}
		setEntity(words, i-1, entityEnd(words, i), typ)
	}
}

// initialled takes an initial before the name of a person into it: A. Lena Fordham.
func initialled(words []Word) {
	for i := 1; i < len(words); i++ {
		if f := words[i-1].Form; words[i].NER == "B-PER" && words[i-1].NER == "O" && len(f) == 2 && f[1] == '.' && isCapital(f) {
			setEntity(words, i-1, entityEnd(words, i), "PER")
		}
	}
}

// shops are what is called after its owner: Lena's Kitchen.
var shops = set(`Pizza Restaurant Cafe Café Diner Grill Kitchen Deli Bakery Steakhouse Tavern Pub Salon Garage Shop Store Market Books Hardware
	Furniture Florist Pharmacy Cafeteria Bistro Barbecue BBQ Foods`)

// shopsOf joins the name of an owner and what belongs to him to the name of a firm.
func shopsOf(words []Word) {
	for i := 0; i+1 < len(words); i++ {
		if f := words[i].Form; f != "'s" && f != "’s" || i == 0 || len(words[i-1].NER) < 3 || !tellsCase(words) {
			continue
		}
		last := i
		for last+1 < len(words) && isCapital(words[last+1].Form) && words[last+1].UPOS != "VERB" && words[last+1].UPOS != "AUX" {
			last++
		}
		if last == i || last > i+3 || !shops[words[last].Form] {
			continue
		}
		first := i - 1
		for strings.HasPrefix(words[first].NER, "I-") {
			first--
		}
		if typ := words[first].NER[2:]; typ == "PER" || typ == "ORG" && first == i-1 {
			setEntity(words, first, last, "ORG")
		}
	}
}

// shipPrefixes begin names of warships.
var shipPrefixes = set("USS USNS HMS HMAS HMCS HMNZS INS FS ROKS RFA")

// IsShipPrefix says whether form begins the names of warships of some navy: HMS.
func IsShipPrefix(form string) bool { return shipPrefixes[form] }

// ships makes the prefix and the name of a warship one name.
func ships(words []Word) {
	for i := 0; i+1 < len(words); i++ {
		if !shipPrefixes[words[i].Form] || !isCapitalised(words[i+1].Form) || strings.HasPrefix(words[i].NER, "I-") {
			continue
		}
		last := i + 1
		if words[last].NER != "O" {
			last = entityEnd(words, last)
		} else {
			for last+1 < len(words) && isCapitalised(words[last+1].Form) && words[last+1].NER == "O" && words[last+1].UPOS == "PROPN" {
				last++
			}
		}
		setEntity(words, i, last, "MISC")
	}
}

// hyphened joins two initials of bodies with nothing but a hyphen between: AFL-CIO.
func hyphened(words []Word) {
	body := func(w *Word) bool { return w.NER == "B-ORG" || w.NER == "I-ORG" || w.NER == "O" && w.UPOS == "PROPN" }
	for i := 0; i+2 < len(words); i++ {
		a, b := &words[i], &words[i+2]
		if words[i+1].Form == "-" && a.End == words[i+1].Begin && words[i+1].End == b.Begin && isInitials(a.Form) && isInitials(b.Form) &&
			body(a) && body(b) && (a.NER != "O" || b.NER != "O") && !strings.HasPrefix(b.NER, "I-") {
			first := i
			for strings.HasPrefix(words[first].NER, "I-") {
				first--
			}
			setEntity(words, first, max(i+2, entityEnd(words, i+2)), "ORG")
		}
	}
}

// isInitials says whether form is three to eight capitals.
func isInitials(form string) bool {
	return len(form) >= 3 && len(form) <= 8 && strings.Trim(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// shortForms returns the words of doc that are three to eight capitals and stand in sentences with small letters.
func shortForms(doc *Document) map[string]bool {
	out := map[string]bool{}
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		if !tellsCase(words) {
			continue
		}
		for k := range words {
			if isInitials(words[k].Form) {
				out[words[k].Form] = true
			}
		}
	}
	return out
}

// spelt moves the ends of a body to where its words spell initials that the article has somewhere: Housing Authority | of New Orleans,
// of which it speaks as HANO.
func (e *entityDocument) spelt(words []Word) {
	if len(e.short) == 0 {
		return
	}
	for i := 0; i < len(words); i++ {
		if words[i].NER != "B-ORG" && words[i].NER != "B-MISC" {
			continue
		}
		first, last := i, entityEnd(words, i)
		i = last
		if last == first && len(words[first].Form) > 2 && strings.ToUpper(words[first].Form) == words[first].Form {
			continue // initials themselves
		}
		from, to := first, last
		for k := first; k >= 0 && k >= first-4; k-- { // the longest
			if k < first && (!isCapital(words[k].Form) && !smallInside[words[k].Form] || strings.HasSuffix(words[k].NER, "PER")) {
				break
			}
			if !isCapital(words[k].Form) {
				continue
			}
			for j := last; j < len(words) && j <= last+8; j++ {
				if j > last && (!isCapital(words[j].Form) && !smallInside[words[j].Form] || strings.HasSuffix(words[j].NER, "PER")) {
					break
				}
				if isCapital(words[j].Form) && j-k > to-from && e.spells(words, k, j) {
					from, to = k, j
				}
			}
		}
		if from < first || to > last {
			setEntity(words, from, to, "ORG")
			i = to
		}
	}
}

// smallInside are the small words inside the names of bodies.
var smallInside = set("of and the for in on &")

// spells says whether the initials of the words first to last are a word of the article, with or without those of small words.
func (e *entityDocument) spells(words []Word, first, last int) bool {
	all, capitals := initials(words, first, last)
	return len(capitals) >= 3 && (e.short[string(all)] || e.short[string(capitals)])
}

// initials returns the first letters of the words first to last as capitals, and of those only that begin with a capital.
func initials(words []Word, first, last int) (all, capitals []byte) {
	for k := first; k <= last; k++ {
		c := words[k].Form[0]
		switch {
		case 'A' <= c && c <= 'Z':
			all, capitals = append(all, c), append(capitals, c)
		case 'a' <= c && c <= 'z':
			all = append(all, c-'a'+'A')
		}
	}
	return all, capitals
}

// spellOut keeps the initials of a body, with and without its small words.
func (e *entityDocument) spellOut(words []Word, first, last int) {
	all, capitals := initials(words, first, last)
	if len(capitals) >= 3 {
		e.initial[string(all)], e.initial[string(capitals)] = true, true
	}
}

// edges moves the ends of an entity and returns its last word: the 's of names that hold one, a legal form behind a comma, and a
// state behind a city, which is an entity of its own.
func (e *entityDocument) edges(words []Word, first, last int) int {
	typ := words[first].NER[2:]
	next := func(k int) string {
		if last+k < len(words) {
			return words[last+k].Form
		}
		return ""
	}
	if end := firmEnd(words, last); end > last {
		last, typ = end, "ORG"
		setEntity(words, first, last, typ)
	}
	switch {
	case next(1) == "'s" && possessiveNames[lowerOf(words[last].Form)] && (last == first || typ != "PER"):
		if typ == "PER" {
			typ = "ORG"
		}
		if last++; typ == "ORG" && next(1) != "" && words[last+1].NER == "B-ORG" { // Moody's | Investors Service
			last = entityEnd(words, last+1)
		}
		setEntity(words, first, last, typ)
	case typ == "ORG" && next(1) == "and" && last+2 < len(words) && words[last+2].NER == "B-ORG" &&
		words[last].Form == "Savings" && strings.HasPrefix(next(2), "Loan"): // "savings and loan" is one kind of bank
		last = entityEnd(words, last+2)
		setEntity(words, first, last, typ)
	case typ == "PER" && first > 0 && (words[first-1].Form == "near" || words[first-1].Form == "Near"):
		setEntity(words, first, last, "LOC")
	case typ == "LOC" && last == first && first > 1 && words[first-1].Form == "," && degrees[words[first].Form] &&
		strings.HasSuffix(words[first-2].NER, "-PER"):
		words[first].NER = "O"
	case typ == "ORG" && last > first && officers[words[last].Form] && !slices.ContainsFunc(words[first:last], func(w Word) bool { return w.Form == "of" }):
		words[last].NER = "O" // the Harbour Union Commander
		last--
	case typ == "ORG" && laws[words[first].Form] && last > first && (words[first+1].Form == "of" || words[first+1].Form == "on"):
		setEntity(words, first, last, "MISC")
	case typ == "LOC" && last > first && press[words[last].Form]:
		setEntity(words, first, last, "ORG")
	case typ == "LOC" && last == first && weekdays[words[first].Form]:
		words[first].NER = "O"
	case typ == "ORG" && last == first && timeZones[words[first].Form]:
		words[first].NER = "O"
	case last > first && words[last].Form == "Time" && // 1200 Eastern Time, Greenwich Mean Time
		(zoneWords[words[last-1].Form] || first > 0 && words[first-1].UPOS == "NUM"):
		for i := first; i <= last; i++ {
			words[i].NER = "O"
		}
	case typ != "MISC" && next(1) == "," && legalForms[strings.TrimSuffix(next(2), ".")] && next(2) != "Co":
		typ = "ORG"
		last += 2
		setEntity(words, first, last, typ)
	case typ == "LOC" && last > first:
		split := last
		if split-1 > first && e.listed(words, last-1, last)&(listState|listRegion) != 0 {
			split--
		}
		state := e.listed(words, split, last)&(listState|listRegion) != 0 || stateCodes[words[last].Form]
		if state && !placeNouns[lowerOf(words[last].Form)] && e.listed(words, first, last) == 0 && e.listed(words, first, split-1)&listCity != 0 {
			setEntity(words, split, last, typ)
			return split - 1
		}
	case typ == "LOC" && next(1) == "," && stateCodes[next(2)] && words[last+2].NER == "O":
		words[last+2].NER = "B-LOC"
	}
	return last
}

// says tells whether word i is the subject of a verb of saying beside it.
func says(words []Word, i int) bool {
	h := words[i].Head
	if words[i].Deprel != "nsubj" || h < i-1 || h > i+3 || h < 0 {
		return false
	}
	switch lowerOf(words[h].Form) { // lemmas come later
	case "said", "says", "told", "tells", "added", "adds", "noted", "notes", "explained", "explains", "replied", "recalled":
		return true
	}
	return false
}

// locative says whether a word puts things where the name behind it is.
func locative(form string) bool {
	switch lowerOf(form) {
	case "in", "at", "from", "near":
		return true
	}
	return false
}

// asPlace says whether what is tagged as a person stands as a place stands: the city of Corvo, Corvo, Portugal.
func (e *entityDocument) asPlace(words []Word, first, last int) bool {
	if first > 1 && words[first-1].Form == "of" && settlements[words[first-2].Form] {
		return true
	}
	at := last + 2
	if at >= len(words) || words[last+1].Form != "," || words[at].NER != "B-LOC" || e.titled(words, first) ||
		first < last && e.lists.class[lowerOf(words[first].Form)]&listForename != 0 {
		return false
	}
	end := entityEnd(words, at)
	if e.listed(words, at, end)&(listState|listRegion) == 0 {
		return false
	}
	switch end++; {
	case end == len(words):
		return true
	case words[end].Form == ",":
		return end+1 < len(words) && words[end+1].NER == "O" && words[end+1].UPOS != "CCONJ" // no list
	}
	return words[end].UPOS == "PUNCT" && words[end].Form != "-"
}

// settlements are what is followed by "of" and its name.
var settlements = set("city town village hamlet port suburb neighbourhood neighborhood City Town Village Port")

// titled says whether a title stands before word i.
func (e *entityDocument) titled(words []Word, i int) bool { return i > 0 && IsTitle(words[i-1].Form) }

// officers are who a body has, not the last word of its name.
var officers = set("Commander Spokesman Spokeswoman Spokesperson Chairman Chairwoman President Director Minister Secretary Ambassador Chief")

// laws are what with "of" or "on" names a law.
var laws = set("Law Act Treaty Convention Protocol Constitution Declaration Charter")

// degrees are those that are written like the codes of states; timeZones are written like initials of bodies.
var (
	degrees   = set("MD MA PA DO")
	timeZones = set("EST EDT CST CDT MST MDT PST PDT GMT UTC CET CEST BST")
)

// weekdays are days that are written like names; Sun is one.
var weekdays = set("Mon Tue Tues Wed Thu Thur Thurs Fri Sat")

// zoneWords stand before "Time" in the names of time zones.
var zoneWords = set("Mean Standard Daylight Summer")

// waters begin names of which the second part is the name of a place: Gulf of Oman.
var waters = set("Gulf Bay Strait Straits Sea Cape Isle Port Horn Mount")

// ofWhere takes what the name of a body or of a water says of its place into it, and what is joined to its subject (Supreme Court | of the
// District of Columbia, Department of Housing | and Urban Development), and returns its ends.
func (e *entityDocument) ofWhere(words []Word, first, last int) (int, int) {
	switch words[first].NER {
	case "B-LOC":
		if first > 1 && words[first-1].Form == "of" && waters[words[first-2].Form] &&
			(words[first-2].NER == "O" || words[first-2].NER == "B-LOC") {
			first -= 2
			setEntity(words, first, last, "LOC")
		}
	case "B-ORG":
		end := last
		if end+2 < len(words) && words[end+1].Form == "of" && seated[words[headOfBody(words, first, end)].Form] {
			k := end + 2
			if words[k].Form == "the" && k+1 < len(words) {
				k++
			}
			if words[k].NER == "B-LOC" {
				end = entityEnd(words, k)
				if end+2 < len(words) && words[end+1].Form == "of" && words[end+2].NER == "B-LOC" { // the District | of Columbia
					end = entityEnd(words, end+2)
				}
			}
		}
		if end == last && end+2 < len(words) && words[end+1].Form == "and" {
			end = e.bothSubjects(words, first, end)
		}
		if end > last {
			setEntity(words, first, end, "ORG")
			last = end
		}
	}
	return first, last
}

// bothSubjects returns the end of the name of a body that ends at last, with what "and" joins to its subject.
func (e *entityDocument) bothSubjects(words []Word, first, last int) int {
	of := last
	for of > first && words[of].Form != "of" && words[of].Form != "for" {
		of--
	}
	if of == first {
		return last
	}
	members := memberBodies[words[of-1].Form]
	part := func(w *Word) bool {
		return e.subject(w.Form) || members && (w.XPOS == "NNPS" || orgWords[lowerOf(w.Form)])
	}
	k := last + 2
	for k < len(words) && isCapital(words[k].Form) && part(&words[k]) &&
		(words[k].NER == "O" || words[k].NER == "B-ORG" && k == last+2 || words[k].NER == "I-ORG" && k > last+2) {
		k++
	}
	if k < len(words) && words[k].NER == "I-ORG" {
		return last // another body: the Department of Housing and | Harbour Council
	}
	end := k - 1
	if end == last+1 || orgWords[lowerOf(words[end].Form)] || slices.ContainsFunc(words[of+1:last+1], func(w Word) bool { return !part(&w) }) {
		return last
	}
	if members && end+2 < len(words) && (words[end+1].Form == "for" || words[of].Form == "for" && words[end+1].Form == "in") && words[end+2].NER == "B-LOC" {
		end = entityEnd(words, end+2) // Liberals and Democrats | for Europe, for Security and Cooperation | in Europe
	}
	return end
}

// headOfBody returns the word of the name of a body, words first to last, that says what it is: before "for" or at its end.
func headOfBody(words []Word, first, last int) int {
	for k := first + 1; k < last; k++ {
		if words[k].Form == "for" {
			return k - 1
		}
	}
	return last
}

// memberBodies have members, for which they are called: the Federation of Bakers and Millers.
var memberBodies = set(`Association Federation Confederation Alliance Union Society Institute League Guild Brotherhood Fellowship Network Campaign Coalition
	Organization Organisation Conference`)

// seated are bodies that are called after the place that they are for.
var seated = set("Court Council Bank Authority University Senate Parliament Academy Institute Museum Chamber Center Centre")

// subject says whether form is the word of a field of work, written small elsewhere.
func (e *entityDocument) subject(form string) bool {
	low := strings.ReplaceAll(lowerOf(form), "-", "")
	return e.cases.usual[low] == "" && e.lists.class[low] == 0 && !orgWords[low] && !personTitles[low] && e.common(low)
}

// begin takes the words with capitals before a body that hang inside its name into it (Federal Savings and Loan | Insurance Corp)
// and returns its first word.
func (e *entityDocument) begin(words []Word, first, last int) int {
	if words[first].NER != "B-ORG" || !tellsCase(words) {
		return first
	}
	begin := first
	for k := first - 1; k >= 0 && words[k].NER == "O"; k-- {
		w := &words[k]
		if isOrdinal(w.Form) { // 158th Fighter Wing
			begin = k
			break
		}
		if w.Form == "and" || w.Form == "&" || w.Form == "of" || w.Form == "-" {
			continue
		}
		low := lowerOf(w.Form)
		if !isCapital(w.Form) || w.UPOS == "DET" || w.UPOS == "PRON" || w.UPOS == "ADP" || w.UPOS == "SCONJ" || personTitles[low] ||
			e.lists.class[low]&listDemonym != 0 && words[k+1].Form != "-" { // but American-Arab
			break
		}
		if k == 0 && w.UPOS != "PROPN" {
			break
		}
		inside := e.joined(words, k, first, last)
		for j := k; j < first && !inside; j++ {
			if words[j].Head < k || words[j].Head > last {
				break
			}
			inside = j == first-1
		}
		if inside {
			begin = k
		}
	}
	if begin < first {
		setEntity(words, begin, last, "ORG")
	}
	return begin
}

// isOrdinal says whether form is a number with its ending: 2nd, 158th.
func isOrdinal(form string) bool {
	digits := strings.TrimRight(form, "dhnrst")
	return digits != "" && len(form)-len(digits) == 2 && strings.Trim(digits, "0123456789") == ""
}

// joined says whether "and" joins words with capitals, first of them k, to a body that says by its last word that it is one.
func (e *entityDocument) joined(words []Word, k, first, last int) bool {
	if k == 0 || !orgWords[lowerOf(words[last].Form)] {
		return false
	}
	ands := 0
	for _, w := range words[k:first] {
		switch {
		case w.Form == "and" || w.Form == "&":
			ands++
		case !isCapital(w.Form):
			return false
		}
	}
	return ands == 1
}

// firmEnd returns the last word of the legal form that follows a name which ends with word k ("Inc", "and Co", "and Sons Ltd"),
// k where none does.
func firmEnd(words []Word, k int) int {
	if k+2 < len(words) && (words[k+1].Form == "and" || words[k+1].Form == "&") &&
		partners[strings.TrimSuffix(words[k+2].Form, ".")] {
		k += 2
	}
	for k+1 < len(words) && legalForms[strings.TrimSuffix(words[k+1].Form, ".")] {
		k++
	}
	return k
}

// partners are what follows "and" at the end of the name of a firm.
var partners = set(`Co Sons Brothers Bros Partners Associates Company Cie`)

// shorten keeps how a firm is called without its legal form, and its first word.
func (e *entityDocument) shorten(words []Word, first, last int) {
	end := last
	for end > first {
		form := strings.TrimSuffix(words[end].Form, ".")
		if !legalForms[form] && !partners[form] && form != "and" && form != "&" && form != "," {
			break
		}
		end--
	}
	if end == last {
		return
	}
	e.firm[e.name(words, first, end)] = true
	for k := end - 1; k > first; k-- { // Orvin Commerce for Orvin Commerce Bancshares Inc
		if isCapitalised(words[k].Form) && e.listed(words, first, k)&^(listForename|listSurname) == 0 {
			e.firm[e.name(words, first, k)] = true
		}
	}
	switch word := words[first].Form; {
	case len(word) > 3 && e.rare(lowerOf(word)):
		e.firm[word] = true
	case end > first && !isCapital(words[first+1].Form) && !smallInside[words[first+1].Form]:
	case len(word) > 2 && isCapitalised(word) && !generalFirst[word]:
		switch class := e.listed(words, first, first) &^ (listForename | listSurname); class {
		case 0:
			e.called[word] = true
		case listCity:
			e.town[word] = true
		}
	}
}

// generalFirst begin names of firms and are not what these are called by.
var generalFirst = set("The General International National United First Associated American North South East West New Bank")

// listed returns the lists that the words first to last are in as one name.
func (e *entityDocument) listed(words []Word, first, last int) uint8 {
	return e.lists.class[lowerOf(e.name(words, first, last))]
}

// legalForms are the abbreviations that the name of a firm ends in, without their full stop.
var legalForms = set(`Inc Incorporated Ltd Limited LLC L.L.C Corp Corporation Co PLC Plc plc L.P LP LLP S.A SA N.V NV AG GmbH SpA ASA AB Oyj PJSC JSC KGaA A/S`)

// stateCodes are the postal codes and abbreviations of the states of the USA and of the provinces of Canada.
var stateCodes = set(`AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
	OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK Ca Calif. Tex. Fla. Mass. Conn. Pa. Va.
	Md. Ill. Ind. Mich. Minn. Wis. Ohio Ariz. Colo. Ga. Tenn. Ky. Okla. Ore. Wash. N.Y. N.J. N.C. S.C. D.C. N.H.`)

// possessiveNames are firms that are called after somebody, with 's.
var possessiveNames = set(`mcdonald wendy applebee denny domino arby macy kohl lowe dillard chili sainsbury moody lloyd
	christie sotheby levi kellogg hardee popeye bloomingdale wanamaker barron hershey nathan zagat mattel reuter claire
	loehmann woolworth campbell sear jimmy carl papa trader`)

// mend sets the tags of words by what the article says elsewhere.
func (e *entityDocument) mend(words []Word) {
	eachEntity(words, func(first, last int) {
		typ := words[first].NER[2:]
		name := e.name(words, first, last)
		if v := e.types[name]; v != nil {
			best, sum := 0, 0
			for t, n := range v {
				sum += n
				if n > v[best] {
					best = t
				}
			}
			if 2*v[best] > sum {
				typ = entityTypes[best]
			}
		}
		if !e.surname[name] && (e.firm[name] || (e.called[name] || e.town[name] && (typ == "PER" || e.speaks[name] && !e.within[name])) &&
			!e.given[name] && !e.titled(words, first)) {
			typ = "ORG"
		}
		if first == last {
			if e.initial[name] {
				typ = "ORG"
			}
			if e.surname[name] && typ != "PER" && (e.lists.class[lowerOf(name)]&(listState|listRegion|listCity) == 0 ||
				e.speaks[name] && !e.within[name]) { // Holland after Ana Holland, where nothing is in Holland
				typ = "PER"
			}
		}
		if typ == "PER" && e.place[name] && !e.surname[name] && !e.titled(words, first) {
			typ = "LOC"
		}
		switch end := e.workAt(words, first); {
		case end > last:
			typ, last = "MISC", end
		case (typ == "PER" || typ == "ORG") && first == last && e.storm[name] && !e.surname[name] && !e.given[name]:
			typ = "MISC"
		case typ != "MISC" && !e.surname[name] && !e.given[name] && atSomebodys(words, first, last):
			if typ == "PER" {
				typ = "LOC"
			}
			last++
		}
		if typ != words[first].NER[2:] || last > first && words[last].NER == "O" {
			setEntity(words, first, last, typ)
		}
	})
	for i := range words {
		w := &words[i]
		if len(w.NER) > 2 || !isCapital(w.Form) {
			continue
		}
		switch {
		case e.initial[w.Form]:
			w.NER = "B-ORG"
		case (e.called[w.Form] || e.firm[w.Form]) && !e.surname[w.Form] && !e.given[w.Form] && w.UPOS == "PROPN" && tellsCase(words) &&
			(i > 0 && words[i-1].Form != "<" && !strings.HasPrefix(words[i-1].Form, "'") || says(words, i)) && !besideName(words, i):
			w.NER = "B-ORG"
		case e.surname[w.Form] && (w.UPOS == "PROPN" || i > 0 && tellsCase(words)) && !(i > 0 && len(words[i-1].NER) > 2):
			w.NER = "B-PER"
		case e.given[w.Form] && w.UPOS == "PROPN" && e.rare(lowerOf(w.Form)) && tellsCase(words) && !besideName(words, i):
			w.NER = "B-PER"
		}
	}
}

// besideName says whether a word of a name, or one with a capital, stands beside word i.
func besideName(words []Word, i int) bool {
	return i > 0 && len(words[i-1].NER) > 2 || i+1 < len(words) && (len(words[i+1].NER) > 2 || isCapital(words[i+1].Form))
}

// places tags states and regions in small letters, which the model takes for common nouns.
func (e *entityDocument) places(words []Word) {
	for i := range words {
		w := &words[i]
		if len(w.NER) > 2 || !unicode.IsLower(firstRune(w.Form)) {
			continue
		}
		switch w.UPOS {
		case "NOUN", "PROPN", "X", "ADP":
		case "ADJ":
			if e.common(w.Form) {
				continue // maritime
			}
		default:
			continue
		}
		most := e.lists.most[w.Form]
		key := ""
		for n, last := 1, i; n <= most && last < len(words) && unicode.IsLower(firstRune(words[last].Form)); n, last = n+1, last+1 {
			if n > 1 {
				key += " "
			}
			key += words[last].Form
			class := e.lists.class[key]
			if class&listCity != 0 && i > 0 && placeBefore[words[i-1].Form] && e.rare(key) {
				class |= listRegion
			}
			if class&(listState|listRegion) != 0 && !commonPlaces[key] && len(key) > 4 {
				setEntity(words, i, last, "LOC")
				for k := i; k <= last; k++ {
					if words[k].UPOS == "NOUN" {
						words[k].UPOS, words[k].XPOS = "PROPN", "NNP"
					}
				}
			}
		}
	}
}

// rare says whether the words of key are no common words.
func (e *entityDocument) rare(key string) bool {
	for w := range strings.FieldsSeq(key) {
		if e.common(w) {
			return false
		}
	}
	return true
}

// common says whether word is one of the frequent words.
func (e *entityDocument) common(word string) bool {
	r, ok := e.rank[word]
	return ok && r < rareRank/2
}

// commonPlaces are words that name a place with a capital only.
var commonPlaces = set(`turkey jordan guinea georgia union central center north south western eastern northern southern
	capital coast islands highland highlands upper lower cross river plateau delta rivers state federal district province
	region county split china niger mobile reading orange sultan marche grand plata limon colon victoria field fields valley
	lakes mountain mountains metropolitan borough`)
