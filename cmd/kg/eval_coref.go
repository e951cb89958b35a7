package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"kg/internal/nlp"
	"kg/internal/score"
)

// corefSets are the documents with chains that nothing is trained on.
var corefSets = []string{"gum/dev"}

// coref measures the chains of documents whose words are given, and of transcripts who says each sentence; trees, mentions and chains are kg's own. Of the sums over documents
// those without singletons are the figure to compare; documents are also counted in two halves, by their place in the file, so that
// one half can be read for errors and the other stays unseen.
func (ev *evaluator) coref(files []string, trainFile string, log io.Writer) (*evaluation, error) {
	if trainFile != "" {
		if err := ev.trainCoref(trainFile, log); err != nil {
			return nil, err
		}
	}
	e := &evaluation{Name: "coref",
		Note: "words and speakers of transcripts given, kg's own mentions; exact: both ends of a mention right, heads: its head word right"}
	err := ev.treebanks(e, files, corefSets, func(set string, docs []*nlp.Document, a *nlp.Annotator) error {
		var exact, heads, all score.Coref
		var halves [2]score.Coref
		classes := make(map[string]score.PRF)
		for i, doc := range docs {
			gold, err := score.GoldChains(doc)
			if err != nil {
				return fmt.Errorf("document %d: %w", i+1, err)
			}
			out := tokensOf(doc)
			a.AnnotateTokens(out)
			if err := classCounts(classes, doc, out); err != nil {
				return fmt.Errorf("document %d: %w", i+1, err)
			}
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
		var right score.PRF
		for _, name := range nlp.SemanticClasses {
			e.Figures = append(e.Figures, counted(set+" classes of names and nouns", name, classes[name]))
			right.Add(classes[name])
		}
		e.Figures = append(e.Figures, counted(set+" classes of names and nouns", "all", right))
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
func documentChains(doc *nlp.Document) []score.Chain {
	chains := make([]score.Chain, len(doc.Chains))
	for i := range doc.Referents {
		r := &doc.Referents[i]
		m := score.CorefMention{Sent: r.Sent, First: r.First, Last: r.Last}
		if r.Chain >= 0 {
			chains[r.Chain] = append(chains[r.Chain], m)
		} else {
			chains = append(chains, score.Chain{m})
		}
	}
	return chains
}

// classCounts counts the mentions that kg and the gold have both, and those of them whose semantic class is right.
func classCounts(counts map[string]score.PRF, doc, out *nlp.Document) error {
	gold, err := score.GoldClasses(doc)
	if err != nil {
		return err
	}
	for i := range out.Referents {
		r := &out.Referents[i]
		want, ok := gold[score.CorefMention{Sent: r.Sent, First: r.First, Last: r.Last}]
		if !ok || r.Kind == nlp.Pronoun {
			continue
		}
		w := counts[want]
		w.Gold++
		counts[want] = w
		o := counts[r.Class]
		o.Output++
		if want == r.Class {
			o.Correct++
		}
		counts[r.Class] = o
	}
	return nil
}

// trainCoref learns from the documents of GUM train and writes what coref.go of nlp embeds.
func (ev *evaluator) trainCoref(file string, log io.Writer) error {
	docs, err := readTreebank(ev.openTreebank, "gum/train")
	if err != nil {
		return err
	}
	var golds []nlp.CorefGold
	for i, doc := range docs {
		chains, err := score.GoldChains(doc)
		if err != nil {
			return fmt.Errorf("document %d: %w", i+1, err)
		}
		classes, err := score.GoldClasses(doc)
		if err != nil {
			return fmt.Errorf("document %d: %w", i+1, err)
		}
		gold := nlp.CorefGold{Doc: tokensOf(doc), Chain: make(map[[3]int]int), Class: make(map[[3]int]string)}
		for n, chain := range chains {
			for _, m := range chain {
				key := [3]int{m.Sent, m.First, m.Last}
				gold.Chain[key], gold.Class[key] = n, classes[m]
			}
		}
		golds = append(golds, gold)
	}
	names, err := ev.forenames()
	if err != nil {
		return err
	}
	a, err := ev.nlp()
	if err != nil {
		return err
	}
	text, err := a.TrainCoref(golds, names, log)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// forenames reads which first names are those of women and of men; those that a quarter of the countries see otherwise are left out.
func (ev *evaluator) forenames() (nlp.CorefNames, error) {
	const file = "entities/names/common-forenames-by-country.csv"
	var names nlp.CorefNames
	f, err := ev.open(file)
	if err != nil {
		return names, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return names, fmt.Errorf("%s: %w", file, err)
	}
	gender, name := slices.Index(rows[0], "Gender"), slices.Index(rows[0], "Romanized Name")
	if gender < 0 || name < 0 {
		return names, fmt.Errorf("%s: no columns Gender and Romanized Name: %q", file, rows[0])
	}
	type count struct{ women, men int }
	counts := make(map[string]count)
	for _, row := range rows[1:] {
		for part := range strings.FieldsSeq(strings.ToLower(row[name])) {
			c := counts[part]
			if row[gender] == "F" {
				c.women++
			} else {
				c.men++
			}
			counts[part] = c
		}
	}
	for _, part := range slices.Sorted(maps.Keys(counts)) {
		switch c := counts[part]; {
		case c.women >= 3*c.men:
			names.Women = append(names.Women, part)
		case c.men >= 3*c.women:
			names.Men = append(names.Men, part)
		}
	}
	return names, nil
}
