package extract

import (
	"strings"

	"kg/internal/nlp"
)

// Extraction is a proposition as open information extraction writes it: words joined by single blanks, the subject first.
type Extraction struct {
	Predicate string
	Args      []string
}

// OIE renders the propositions of doc in the manner of open information extraction; what it returns is as long as props and in
// its order. With whole arguments a proposition gives one extraction: subject, object, others; the preposition of the first
// argument after the subject is part of the predicate where no object stands between them. With minimal ones it gives a
// binary extraction for the core and one for each further argument, whose predicate then holds the object:
// "handcuffed him to" | "bars". A proposition that only restates another gives none.
func OIE(doc *nlp.Document, props []Proposition, minimal bool) [][]Extraction {
	found := make([][]Extraction, len(props))
	var t *tree
	for i := range props {
		p := &props[i]
		if p.Derived || len(p.Args) < 2 {
			continue
		}
		if t == nil || t.sent != p.Sent {
			t = newTree(doc, p.Sent)
		}
		if minimal {
			found[i] = t.binary(p)
		} else if pred, args := t.full(p); pred != "" && len(args) > 1 {
			found[i] = []Extraction{{pred, args}}
		}
	}
	return found
}

// full renders p with all words of its arguments.
func (t *tree) full(p *Proposition) (pred string, args []string) {
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
	return pred, args
}

// binary renders p as binary extractions with short arguments.
func (t *tree) binary(p *Proposition) (found []Extraction) {
	list := p.Args
	pred := t.text(p.Words)
	if p.Text != "" {
		pred = p.Text
	}
	by := p.Passive && p.Args[0].Role == Subject
	if by {
		list = append([]Argument{p.Args[1], p.Args[0]}, p.Args[2:]...)
		pred += " by"
	}
	subject := t.text(t.short(&list[0]))
	for n, a := range list[1:] {
		rel := pred
		switch {
		case by && n == 0 || a.Case == "":
		case len(a.CaseWords) > 0:
			rel += " " + lower(t.text(a.CaseWords))
		default:
			rel += " " + a.Case
		}
		object := t.text(t.short(&a))
		found = append(found, Extraction{rel, []string{subject, object}})
		if !p.Noun {
			found = append(found, t.modifiers(subject, rel, &a)...)
		}
		if n == 0 && (a.Role == Object || a.Role == Attribute) && !by {
			pred += " " + object
		}
		if p.Noun {
			break // the description already says what its noun is of
		}
	}
	return found
}

// short returns the words of a that stand for it where it is read alone: the minimal phrase with possessor and number.
func (t *tree) short(a *Argument) []int {
	if a.Role == Clause {
		return a.Words
	}
	words := a.Minimal.Words
	for _, k := range t.kids[a.Head] {
		switch t.Words[k].Deprel {
		case "nmod:poss", "nummod":
			words = merge(words, t.subtree(nil, k, nil))
		}
	}
	keep := words[:0:0]
	for _, i := range words { // a number or possessor that was taken out of the argument stays out
		for _, w := range a.Words {
			if w == i {
				keep = append(keep, i)
			}
		}
	}
	return keep
}

// modifiers gives each prepositional modifier of argument a its own extraction: "uses a combination of" | "priorities".
func (t *tree) modifiers(subject, rel string, a *Argument) (found []Extraction) {
	if a.Role == Clause || a.Role == Time {
		return nil
	}
	for _, k := range t.kids[a.Head] {
		cases, _ := t.caseOf(k)
		if t.Words[k].Deprel != "nmod" || len(cases) == 0 || k < a.Head {
			continue
		}
		r := &reader{tree: t}
		conj := t.conjuncts(k)
		for _, m := range conj {
			part := r.conjunct(m, Oblique, conj)
			head := without(t.short(a), t.subtree(nil, k, nil))
			found = append(found, Extraction{rel + " " + t.text(head) + " " + lower(t.text(cases)), []string{subject, t.text(t.short(&part))}})
		}
	}
	return found
}
