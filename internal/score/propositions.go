package score

import (
	"fmt"
	"strings"

	"kg/internal/extract"
)

// PropositionKey is what two propositions of a document have to share to say the same in the name of the same.
type PropositionKey struct {
	Sent int
	extract.Key
	SourceBack, Source int // sentences back to the source, and its head; 0 and -1 for none
}

// KeyOf returns the key of p.
func KeyOf(p *extract.Proposition) PropositionKey {
	k := PropositionKey{Sent: p.Sent, Key: p.Key(), Source: -1}
	if p.Source != nil {
		k.SourceBack, k.Source = p.Sent-p.SourceSent, p.Source.Head
	}
	return k
}

// String writes k without its sentence: words counted from 1, 0 for none.
func (k PropositionKey) String() string {
	source := "-"
	if k.Source >= 0 || k.SourceBack != 0 {
		source = fmt.Sprintf("%d/%d", k.SourceBack, k.Source+1)
	}
	lemma := k.Lemma
	if lemma == "" {
		lemma = "-"
	}
	return fmt.Sprintf("%d %d %d %s %s%s %s", k.Predicate+1, k.Subject+1, k.Object+1, strings.ReplaceAll(lemma, " ", "_"),
		k.Polarity, k.Modality, source)
}

// Agreement says of each of out whether gold says the same of the sentence. A proposition of one argument also agrees with one that
// says more about the circumstances.
func Agreement(gold, out []extract.Proposition) []bool {
	said := make(map[PropositionKey]bool)
	for i := range gold {
		g := &gold[i]
		k := KeyOf(g)
		said[k] = true
		if len(g.Args) > 1 {
			switch g.Args[1].Role {
			case extract.Object, extract.Attribute, extract.Clause, extract.Indirect, extract.Agent:
			default:
				k.Object = -1
				said[k] = true
			}
		}
	}
	right := make([]bool, len(out))
	for i := range out {
		right[i] = said[KeyOf(&out[i])]
	}
	return right
}
