package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"kg/internal/event"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/score"
	"kg/schema"
)

// events codes the events of the sets in folders of the data and scores them.
func (ev *evaluator) events(name string, folders []string, trees bool, save string) (*evaluation, error) {
	e := &evaluation{Name: name, Note: "matched one to one in each sentence; triple: type and both actors; macro-F1 over the types"}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, fmt.Errorf("load schema: %w", err)
	}
	tables, err := schema.LoadEvents(ev.schemaDir)
	if err != nil {
		return nil, fmt.Errorf("load schema: %w", err)
	}
	scorer, err := ev.eventScorer()
	if err != nil {
		return nil, err
	}
	var saved bytes.Buffer
	err = e.over(folders, func(set string) error {
		var gold []score.EventRecord
		var err error
		for _, file := range []string{"gold.jsonl", "dev.jsonl", "test.jsonl"} {
			var r io.ReadCloser
			if r, err = ev.open(set + "/" + file); err == nil {
				gold, err = score.ReadEvents(r)
				r.Close()
				break
			}
		}
		if err != nil {
			return err
		}
		var docs []*nlp.Document
		if trees {
			docs, err = ev.treeDocuments(set + "/sentences.conllu")
		} else {
			docs, err = ev.recordDocuments(gold)
		}
		if err != nil {
			return err
		}
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		coder := event.New(sch, tables, event.Options{})
		for _, doc := range docs {
			for _, found := range coder.Code(doc, extract.Propositions(doc)) {
				if err := enc.Encode(newEventJSON(doc.Sentences[found.Sent].ID, doc, &found)); err != nil {
					return err
				}
			}
		}
		saved.Write(out.Bytes())
		found, err := score.ReadEvents(&out)
		if err != nil {
			return err
		}
		s := scorer.Score(gold, found)
		for _, l := range s.Levels {
			e.Figures = append(e.Figures, counted(set, l.Name, l.PRF))
		}
		e.Figures = append(e.Figures, figure{Set: set, Measure: "macro-F1", F1: &s.Macro})
		return nil
	})
	if err == nil && save != "" {
		err = os.WriteFile(save, saved.Bytes(), 0o644)
	}
	return e, err
}

// treeDocuments reads the trees of a file, in the labels of UD 2 or 1.
func (ev *evaluator) treeDocuments(name string) ([]*nlp.Document, error) {
	r, err := ev.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	docs, err := readTrees(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return docs, nil
}

// recordDocuments annotates the texts of records, each as one sentence that bears the id of its record.
func (ev *evaluator) recordDocuments(gold []score.EventRecord) (docs []*nlp.Document, err error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range gold {
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		doc := nlp.TokenizeLines(oneLine(r.Text))
		a.AnnotateTokens(doc)
		for i := range doc.Sentences {
			doc.Sentences[i].ID = r.ID
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// eventScorer reads the tables that gold and output are compared by.
func (ev *evaluator) eventScorer() (*score.EventScorer, error) {
	var t score.EventTables
	for name, to := range map[string]*io.Reader{
		"events/ontology/cameo_codes.tsv":             &t.Codes,
		"events/ontology/country_codes.json":          &t.Countries,
		"events/dictionaries/country_surfaces.tsv":    &t.Surfaces,
		"events/countryinfo/countryinfo_surfaces.tsv": &t.CountryInfo,
		"entities/countries.csv":                      &t.States,
		"events/dictionaries/actors.tsv":              &t.Actors,
	} {
		r, err := ev.open(name)
		if errors.Is(err, errNoData) {
			if z, zipped := ev.open(name + ".gz"); zipped == nil {
				r, err = z, nil
			}
		}
		if err != nil {
			return nil, err
		}
		defer r.Close()
		*to = r
	}
	return score.NewEventScorer(t)
}
