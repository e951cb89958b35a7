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
