package nlp

import "strings"

// Names whose type or end is told by a word in them or beside them: storms, newspapers, shops and houses behind "at", works in quotation
// marks.

// storms are what stands before the name of a storm.
var storms = set("Hurricane Typhoon Cyclone")

// stormNames makes a storm and its name one name, which no person bears: Hurricane Corva.
func (e *entityDocument) stormNames(words []Word) {
	for i := 0; i+1 < len(words); i++ {
		tropical := words[i].Form == "Storm" && i > 0 && words[i-1].Form == "Tropical"
		next := &words[i+1]
		if !storms[words[i].Form] && !tropical || !isCapitalised(next.Form) || next.UPOS != "PROPN" || orgWords[lowerOf(next.Form)] ||
			i+2 < len(words) && strings.HasPrefix(words[i+2].NER, "I-") {
			continue
		}
		first := i
		if tropical {
			first--
		}
		setEntity(words, first, i+1, "MISC")
		e.storm[next.Form] = true
	}
}

// press are words that names of newspapers end in, behind that of a place: the Corvo Post.
var press = set("Post Times Tribune Herald Gazette Journal Telegraph Chronicle")

// bodies are nouns right behind which stands the name of a body of that kind.
var bodies = set(`party union group company firm agency newspaper daily weekly magazine movement organisation organization federation
	club militia airline retailer insurer broadcaster charity consortium conglomerate bank`)

// besideNoun returns the type of the name of words first to last that the noun right before it tells, "" where none does: the union
// Corvo, the town Corvo.
func besideNoun(words []Word, first, last int) string {
	n := first - 1
	if n < 0 || words[n].XPOS != "NN" || words[n].NER != "O" {
		return ""
	}
	h := first
	for h <= last && words[h].Head >= first && words[h].Head <= last {
		h++
	}
	if h > last || !(words[h].Head == n && words[h].Deprel == "appos") &&
		!(words[n].Head == h && (words[n].Deprel == "nmod:desc" || words[n].Deprel == "compound")) {
		return ""
	}
	switch noun := lowerOf(words[n].Form); {
	case bodies[noun]:
		return "ORG"
	case settlements[noun]:
		return "LOC"
	}
	return ""
}

// workNames joins the parts of the name of a work that stands in quotation marks, of which the owner is tagged alone: "Corvo's Best
// Bakers", and keeps it.
func (e *entityDocument) workNames(words []Word) {
	for i := 0; i+4 < len(words); i++ {
		if !isQuote(words[i].Form) || !strings.HasPrefix(words[i+1].NER, "B-") {
			continue
		}
		last := entityEnd(words, i+1) + 1
		if last+1 >= len(words) || words[last].Form != "'s" && words[last].Form != "’s" {
			continue
		}
		for last+1 < len(words) && isCapital(words[last+1].Form) {
			last++
		}
		end := last + 1
		if end < len(words) && words[end].Form == "," {
			end++
		}
		if end == len(words) || !isQuote(words[end].Form) || !isCapital(words[last].Form) || !tellsCase(words) {
			continue
		}
		e.works = append(e.works, formsOf(words[i+1:last+1]))
	}
}

func formsOf(words []Word) []string {
	out := make([]string, len(words))
	for i := range words {
		out[i] = words[i].Form
	}
	return out
}

// workAt returns the last word of the work of the article that is named from word i on, -1 where none is.
func (e *entityDocument) workAt(words []Word, i int) int {
next:
	for _, work := range e.works {
		if i+len(work) > len(words) {
			continue
		}
		for k, form := range work {
			if words[i+k].Form != form {
				continue next
			}
		}
		return i + len(work) - 1
	}
	return -1
}

// goes are verbs with which "to" leads to a place.
var goes = set("go goes going gone went come comes came drive drove walk walked head headed back been")

// atSomebodys says whether the name of words first to last and the 's behind it name a place, as nothing follows that its bearer could
// have: we ate at Orvin's on Monday.
func atSomebodys(words []Word, first, last int) bool {
	if first == 0 || last+1 >= len(words) || words[last+1].Form != "'s" && words[last+1].Form != "’s" {
		return false
	}
	switch before := lowerOf(words[first-1].Form); {
	case before == "at", before == "to" && first > 1 && goes[lowerOf(words[first-2].Form)]:
	default:
		return false
	}
	if last+2 == len(words) {
		return true
	}
	switch w := &words[last+2]; w.UPOS {
	case "ADP", "SCONJ", "CCONJ":
		return true
	default:
		return strings.Contains(".,;:!?", w.Form)
	}
}

// knownHouses are firms called after several people, with a comma or "and" between their names, by the words of these.
var knownHouses = func() map[string][][]string {
	out := map[string][][]string{}
	for house := range strings.SplitSeq(`Goldman Sachs|Kidder Peabody|Bear Stearns|Donaldson Lufkin Jenrette|Harper Row|Smith Barney Harris Upham|
		Duff Phelps|Sears Roebuck|Hambrecht Quist|Peat Marwick Mitchell|Peat Marwick|Warburg Pincus|Merrill Lynch Pierce Fenner Smith|
		Welsh Carson Anderson Stowe|Prescott Ball Turben|Piper Jaffray Hopwood|Dillon Read|Keefe Bruyette Woods|Ladenburg Thalmann|
		Kohlberg Kravis Roberts|Mabon Nugent|Holt Rinehart Winston|Spear Leeds Kellogg|Butcher Singer|Laing Cruickshank|Phillips Drew|
		Corroon Black|Strawbridge Clothier|Kaufman Broad|Morgan Olmstead Kennedy Gardner|McCarthy Crisanti Maffei|Johnson Lane Space Smith|
		Blunt Ellis Loewi|Eppler Guerin Turner|Rauscher Pierce Refsnes|Legg Mason Wood Walker|Cravath Swaine Moore|
		Skadden Arps Slate Meagher Flom|Wachtell Lipton Rosen Katz|Sullivan Cromwell|Bell Howell|Pratt Whitney|Black Decker|Procter Gamble|
		Dun Bradstreet|Young Rubicam|Coopers Lybrand`, "|") {
		words := strings.Fields(house)
		out[words[0]] = append(out[words[0]], words)
	}
	return out
}()

// bracketedHouses keeps the firms that stand in angle brackets with "and" in their names: <Orvin and Brown>, whom the article goes on
// to name so.
func (e *entityDocument) bracketedHouses(words []Word) {
	for i := 0; i+4 < len(words); i++ {
		if words[i].Form != "<" {
			continue
		}
		var parts []string
		ands, end := 0, i+1
		for ; end < len(words) && end < i+12 && words[end].Form != ">"; end++ {
			switch f := words[end].Form; {
			case f == "and" || f == "&":
				if legalForms[strings.TrimSuffix(words[end-1].Form, ".")] {
					ands = 9 // two firms
				}
				ands++
			case f == ",":
			case isCapital(f):
				parts = append(parts, f)
			default:
				ands = 9
			}
		}
		for len(parts) > 0 && (legalForms[strings.TrimSuffix(parts[len(parts)-1], ".")] || partners[parts[len(parts)-1]]) {
			parts = parts[:len(parts)-1]
		}
		if end < len(words) && words[end].Form == ">" && ands == 1 && len(parts) > 1 {
			e.houses[parts[0]] = append(e.houses[parts[0]], parts)
		}
	}
}

// houseEnds follow the names of the people in the name of a firm.
var houseEnds = set("Securities Capital Markets Management Research Futures Government International Corp Group Partners Associates")

// houseNames makes one name of each firm that is called after several people: Orvin, Brown and Pike Securities.
func (e *entityDocument) houseNames(words []Word) {
	for i := 0; i < len(words); i++ {
		for _, houses := range []map[string][][]string{e.houses, knownHouses} {
			for _, house := range houses[words[i].Form] {
				last := houseEnd(words, i, house)
				if last < 0 {
					continue
				}
				for last+1 < len(words) && houseEnds[words[last+1].Form] {
					last++
				}
				last = firmEnd(words, last)
				for end := last + 1; end < len(words) && strings.HasPrefix(words[end].NER, "I-"); end++ {
					words[end].NER = "O" // of a name that began inside
				}
				setEntity(words, i, last, "ORG")
				i = last
			}
		}
	}
}

// houseEnd returns the last word of the name of house where it begins at word i, -1 where it does not.
func houseEnd(words []Word, i int, house []string) int {
	if i > 0 && strings.HasPrefix(words[i].NER, "I-") && isCapital(words[i-1].Form) {
		return -1 // inside a longer name
	}
	k := i
	for n, part := range house {
		if n > 0 {
			for k < len(words) && (words[k].Form == "," || words[k].Form == "and" || words[k].Form == "&") {
				k++
			}
		}
		if k == len(words) || words[k].Form != part {
			return -1
		}
		k++
	}
	return k - 1
}
