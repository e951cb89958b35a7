package extract

import (
	"strings"

	"kg/internal/nlp"
)

// OIE renders p in the manner of open information extraction: the words of the predicate and of each argument, joined by
// single blanks, in the order subject, object, others. The preposition of the first argument after the subject is part of
// the predicate where no object stands between them. ok is false for a proposition that only restates another.
func OIE(doc *nlp.Document, p *Proposition) (pred string, args []string, ok bool) {
	if p.Derived || len(p.Args) == 0 {
		return "", nil, false
	}
	t := &tree{doc: doc, sent: p.Sent, Sentence: &doc.Sentences[p.Sent]}
	predWords := p.Words
	list := p.Args
	var by string
	if p.Passive && p.Args[0].Role == Subject && len(p.Args) > 1 {
		// The by-phrase follows its passive verb.
		list = append([]Argument{p.Args[1], p.Args[0]}, p.Args[2:]...)
		by = "by"
	}
	pred = t.text(predWords)
	if p.Text != "" {
		pred = p.Text
	}
	for n, a := range list {
		if len(a.Words) == 0 {
			continue
		}
		words := a.Words
		switch {
		case n == 1 && by != "":
			pred += " " + by
		case n == 1 && a.Case != "" && (a.Role == Oblique || a.Role == Place):
			if len(a.CaseWords) > 0 && a.Words[0] < p.Head && a.CaseWords[0] < p.Head && !p.Noun && a.CaseWords[0] == a.Words[0]-1 {
				words = merge(words, a.CaseWords) // moved to the front: "In Fallujah, …"
			} else if len(a.CaseWords) > 0 {
				pred = strings.TrimSpace(pred + " " + t.text(a.CaseWords))
			} else {
				pred += " " + a.Case
			}
		case n > 0 && len(a.CaseWords) > 0:
			words = merge(words, a.CaseWords)
		}
		if p.Noun && n > 1 {
			break // the description already says what its noun is of
		}
		args = append(args, t.text(words))
	}
	return pred, args, pred != "" && len(args) > 1
}
