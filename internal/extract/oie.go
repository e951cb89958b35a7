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

// Triple is one binary extraction.
type Triple struct{ Subject, Predicate, Object string }

// MinimalTriples renders p as binary extractions with short arguments: one for the core, and one for each further argument,
// whose predicate then holds the object: "handcuffed him to | the bars". Nil for a proposition that only restates another.
func MinimalTriples(doc *nlp.Document, p *Proposition) []Triple {
	if p.Derived || len(p.Args) < 2 {
		return nil
	}
	t := newTree(doc, p.Sent)
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
	var triples []Triple
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
		triples = append(triples, Triple{subject, rel, object})
		if !p.Noun {
			triples = append(triples, t.modifiers(subject, rel, &a)...)
		}
		if n == 0 && (a.Role == Object || a.Role == Attribute) && !by {
			pred += " " + object
		}
		if p.Noun {
			break // the description already says what its noun is of
		}
	}
	return triples
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

// modifiers gives each prepositional modifier of argument a its own triple: "uses a combination of | priorities".
func (t *tree) modifiers(subject, rel string, a *Argument) (triples []Triple) {
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
			triples = append(triples, Triple{subject, rel + " " + t.text(head) + " " + lower(t.text(cases)), t.text(t.short(&part))})
		}
	}
	return triples
}
