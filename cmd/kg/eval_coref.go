package main

import (
	"fmt"

	"kg/internal/nlp"
	"kg/internal/score"
)

// corefSets are the documents with chains that nothing is trained on.
var corefSets = []string{"gum/dev"}

// coref measures the chains of documents whose words are given; trees, mentions and chains are kg's own. Of the sums over documents
// those without singletons are the figure to compare; documents are also counted in two halves, by their place in the file, so that
// one half can be read for errors and the other stays unseen.
func (ev *evaluator) coref(files []string) (*evaluation, error) {
	e := &evaluation{Name: "coref", Note: "words given, kg's own mentions; exact: both ends of a mention right, heads: its head word right"}
	err := ev.treebanks(e, files, corefSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var exact, heads, all score.Coref
		var halves [2]score.Coref
		for i, doc := range docs {
			gold, err := score.GoldChains(doc)
			if err != nil {
				return fmt.Errorf("document %d: %w", i+1, err)
			}
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			chains := documentChains(out)
			all.Add(score.CompareChains(gold, chains))
			gold, chains = score.WithoutSingletons(gold), score.WithoutSingletons(chains)
			c := score.CompareChains(gold, chains)
			exact.Add(c)
			halves[i%2].Add(c)
			head := func(m score.CorefMention) int { return score.HeadWord(out, m) }
			heads.Add(score.CompareChains(gold, score.MatchHeads(gold, chains, head)))
		}
		e.addCoref(set+" without singletons, exact", &exact)
		e.addCoref(set+" without singletons, heads", &heads)
		e.addCoref(set+" all mentions, exact", &all)
		for i, name := range []string{"odd", "even"} {
			v := halves[i].CoNLL()
			e.Figures = append(e.Figures, figure{Set: set + " " + name + " documents without singletons, exact", Measure: "CoNLL", F1: &v})
		}
		return nil
	})
	return e, err
}

func (e *evaluation) addCoref(set string, c *score.Coref) {
	e.Figures = append(e.Figures, counted(set, "mentions", c.Mentions))
	for _, m := range []struct {
		name string
		r    score.Ratio
	}{{"MUC", c.MUC}, {"B³", c.B3}, {"CEAF-m", c.CEAFm}, {"CEAF-e", c.CEAFe}, {"LEA", c.LEA}} {
		p, r, f := m.r.Precision(), m.r.Recall(), m.r.F1()
		e.Figures = append(e.Figures, figure{Set: set, Measure: m.name, Precision: &p, Recall: &r, F1: &f})
	}
	v := c.CoNLL()
	e.Figures = append(e.Figures, figure{Set: set, Measure: "CoNLL", F1: &v})
}

// documentChains returns the chains of doc, every mention in one of them: mentions that nothing else means are singletons.
// Today only names of the same words are one.
func documentChains(doc *nlp.Document) []score.Chain {
	var chains []score.Chain
	byName := make(map[string]int)
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		for _, m := range sent.Mentions {
			mention := score.CorefMention{Sent: i, First: m.First, Last: m.Last}
			name := doc.Text[sent.Words[m.First].Begin:sent.Words[m.Last].End]
			if at, ok := byName[name]; ok && m.Kind == nlp.Named {
				chains[at] = append(chains[at], mention)
				continue
			}
			if m.Kind == nlp.Named {
				byName[name] = len(chains)
			}
			chains = append(chains, score.Chain{mention})
		}
	}
	return chains
}
