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
// mentions, and adjectives of states beside a noun ("Russian troops"). Arguments as for Resolve.
func (r *Resolver) Links(a *article.Article, doc *nlp.Document, props []extract.Proposition) []Link {
	type word struct{ sent, k int }
	linked := map[word]Link{} // by first word
	inside := map[word]bool{} // words of names, linked or not
	for _, m := range r.Mentions(a, doc, props) {
		if m.Kind != nlp.Named {
			continue
		}
		words := doc.Sentences[m.Sent].Words
		for k := m.NameFirst; k <= m.NameLast; k++ {
			inside[word{m.Sent, k}] = true
		}
		if m.Wikidata != "" {
			first := m.NameFirst
			if first > 1 && words[first-1].Form == "The" { // not at the beginning of a sentence: "2009 The Associated Press"
				first--
			}
			linked[word{m.Sent, first}] = Link{words[first].Begin, words[m.NameLast].End, m.Wikidata}
		}
	}
	var out []Link
	for i := range doc.Sentences {
		for k := range doc.Sentences[i].Words {
			w := &doc.Sentences[i].Words[k]
			at := word{i, k}
			if l, ok := linked[at]; ok {
				out = append(out, l)
			}
			if inside[at] || r.partOfTitle(doc.Sentences[i].Words, k) {
				continue
			}
			for _, n := range r.schema.Lookup(w.Form) {
				if n.Kind == schema.Adjective && n.Wikidata != "" {
					out = append(out, Link{w.Begin, w.End, n.Wikidata})
					break
				}
			}
		}
	}
	return out
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
	if k+1 == len(words) {
		return false
	}
	next := words[k+1].Form
	return unicode.IsUpper([]rune(next)[0]) && r.schema.RoleWord(strings.ToLower(next))
}
