package resolve

import (
	"strings"
	"unicode"

	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// Link is a name in the text with the item of Wikidata that it means.
type Link struct {
	Begin, End int    // byte offsets into Document.Text
	Wikidata   string // "Q159"
}

// Links returns the names in doc that mean something of which the gazetteers know the item of Wikidata, in the order of the text:
// mentions, and adjectives of states beside a noun ("Russian troops"). A name is the longest one: "U.S." of "the U.S. Navy" is none.
// Arguments as for Resolve.
func (r *Resolver) Links(a *article.Article, doc *nlp.Document, props []extract.Proposition) []Link {
	type word struct{ sent, k int }
	linked := map[word]Link{} // by first word
	inside := map[word]bool{} // words of names, linked or not
	before := map[word]int{}  // first word of the name of a state that is part of the name that begins here
	for _, m := range r.Mentions(a, doc, props) {
		if m.Kind != nlp.Named {
			continue
		}
		words := doc.Sentences[m.Sent].Words
		for k := m.NameFirst; k <= m.NameLast; k++ {
			inside[word{m.Sent, k}] = true
		}
		item := r.itemOf(&m, words, doc.Text[words[m.NameFirst].Begin:words[m.NameLast].End])
		part := r.partOfName(words, m.NameFirst, m.NameLast)
		if part && m.Type == "State" {
			before[word{m.Sent, m.NameLast + 1}] = m.NameFirst
		}
		if item == "" || part || m.Type == "State" && r.office(words, m.NameLast) {
			continue
		}
		first := m.NameFirst
		if first > 1 && words[first-1].Form == "The" { // not at the beginning of a sentence: "2009 The Associated Press"
			first--
		}
		if state, ok := before[word{m.Sent, first}]; ok && words[first].NER == "B-ORG" {
			first = state // "the U.S. Forest Service" is the Forest Service
		}
		linked[word{m.Sent, first}] = Link{words[first].Begin, words[m.NameLast].End, item}
	}
	var out []Link
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		for k := range words {
			w := &words[k]
			at := word{i, k}
			if l, ok := linked[at]; ok {
				out = append(out, l)
			}
			if inside[at] || r.partOfTitle(words, k) || r.partOfName(words, k, k) {
				continue
			}
			for _, n := range r.schema.Lookup(w.Form) {
				if n.Kind == schema.Adjective && n.Wikidata != "" && ofState(words, k) {
					out = append(out, Link{w.Begin, w.End, n.Wikidata})
					break
				}
			}
		}
	}
	return out
}

// itemOf is the item of Wikidata that a mention with this name links to, empty for none. A capital that stands for its state is named
// itself, a seat of government is not the state, and a word that only describes a person ("the Democrat") names nobody.
func (r *Resolver) itemOf(m *Mention, words []nlp.Word, name string) string {
	switch m.Type {
	case "State":
		names := r.schema.Lookup(name)
		if len(names) > 0 && names[0].Kind == schema.Adjective && !ofState(words, m.NameLast) {
			return ""
		}
		if len(names) == 0 || names[0].Kind != schema.Capital && names[0].Kind != schema.Seat {
			break
		}
		for _, b := range r.schema.Gazetteer().Find(name) {
			if b.State == names[0].State && (b.Type == "City" || names[0].Kind == schema.Seat) {
				return b.Wikidata
			}
		}
		return ""
	case "Person":
		if r.schema.RoleWord(strings.ToLower(name)) || len(r.schema.Lookup(name)) > 0 {
			return ""
		}
		if n, ok := r.schema.Noun(strings.ToLower(name)); ok && n.Type != "Thing" {
			return ""
		}
	}
	return m.Wikidata
}

// ofState says whether the adjective at word k is one of a state beside a noun: no language ("speaks Spanish", "a French teacher"), no
// people ("an American", "the Dutch"), no sort of things that are called after one ("French fries").
func ofState(words []nlp.Word, k int) bool {
	for words[k].Deprel == "conj" && words[k].Head < k && words[k].Head >= 0 {
		k = words[k].Head // "British and French ships"
	}
	h := words[k].Head
	return h > k && (words[k].Deprel == "amod" || words[k].Deprel == "compound" || words[k].Deprel == "nmod") &&
		!ofLanguage[strings.ToLower(words[h].Lemma)]
}

// ofLanguage are nouns before which the adjective of a state means a language or a sort.
var ofLanguage = set(`language lesson translation translator accent grammar vocabulary dictionary fry toast bulldog shepherd terrier
	breakfast muffin dressing football`)

// partOfName says whether the name from first to last is part of a longer one, as the model or the capitals behind it show: "U.S." of
// "the U.S. Navy", "Houston" of "Houston's Best Kitchens".
func (r *Resolver) partOfName(words []nlp.Word, first, last int) bool {
	next := last + 1
	if next == len(words) {
		return false
	}
	w := &words[next]
	switch w.NER {
	case "I-ORG", "I-MISC":
		return w.Form != "," && words[last].NER != "O" && strings.HasSuffix(words[last].NER, w.NER[2:])
	}
	if w.UPOS != "PROPN" || w.NER == "B-PER" || !unicode.IsUpper([]rune(w.Form)[0]) || strings.ToUpper(w.Form) == w.Form && len(w.Form) > 4 {
		return false
	}
	// The next word is the noun that the name stands before, or another of the names before it.
	h := words[last].Head
	for k := first; k < last; k++ {
		if words[k].Head > last {
			h = words[k].Head
		}
	}
	if h < next || words[h].UPOS != "PROPN" || strings.HasSuffix(words[h].NER, "-PER") || r.schema.RoleWord(strings.ToLower(words[h].Form)) {
		return false
	}
	for k := next; k <= h; k++ {
		if form := words[k].Form; words[k].UPOS == "PUNCT" || words[k].XPOS == "POS" || !unicode.IsUpper([]rune(form)[0]) && words[k].UPOS != "ADP" &&
			words[k].UPOS != "CCONJ" {
			return false
		}
	}
	return true
}

// partOfTitle says whether the adjective of a state at word k means no state: of an office in capitals ("British Prime Minister"), of
// a people that is not the state's ("African American", "Latin American").
func (r *Resolver) partOfTitle(words []nlp.Word, k int) bool {
	if k > 0 {
		switch words[k-1].Form {
		case "African", "Latin", "Native", "South", "North", "Central", "Anglo", "-":
			return true
		}
	}
	return r.office(words, k)
}

// office says whether what stands behind the name of a state that ends at word k makes an office of it: "U.S. Trade Representative".
func (r *Resolver) office(words []nlp.Word, k int) bool {
	for n := k + 1; n < len(words) && n < k+4; n++ {
		w := &words[n]
		if !unicode.IsUpper([]rune(w.Form)[0]) || strings.HasSuffix(w.NER, "-PER") {
			return false
		}
		if r.schema.RoleWord(strings.ToLower(w.Form)) {
			return true
		}
	}
	return false
}
