package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"kg/internal/event"
	"kg/internal/nlp"
	"kg/internal/score"
	"kg/schema"
)

// actorFile holds descriptions of actors with the code of their country: ISO 3166 of a state, IGO, UNO or EUR of an international
// organisation.
const actorFile = "entities/actor_tests.jsonl"

// actorTest is a row of actorFile. Country is empty where the description belongs to none.
type actorTest struct {
	ID              string
	Mention         string
	Country         string
	ExpectedFailure bool `json:"expected_failure"` // by the program that the rows were written for
}

// actors measures the country of descriptions of actors.
func (ev *evaluator) actors(files []string, misses bool) (*evaluation, error) {
	e := &evaluation{Name: "actors",
		Note: "the country of a description of an actor; hard: those that the program they were written for fails"}
	names, open := ev.sets(files, []namedSet{{"actor tests", actorFile}})
	err := e.over(names, func(name string) error {
		r, err := open(name)
		if err != nil {
			return err
		}
		defer r.Close()
		tests, err := readActorTests(r)
		if err != nil {
			return err
		}
		countryOf, err := ev.countryOf()
		if err != nil {
			return err
		}
		counts := make(map[string]*score.PRF)
		sets := []string{"with a country", "with a country, odd rows", "with a country, even rows", "without a country", "hard"}
		for _, set := range sets {
			counts[set] = &score.PRF{}
		}
		for i, t := range tests {
			got := countryOf(t.Mention)
			in := []string{sets[0], sets[1+i%2]}
			switch {
			case t.ExpectedFailure:
				in = []string{"hard"}
			case t.Country == "":
				in = []string{"without a country"}
			}
			for _, set := range in {
				counts[set].Gold++
				counts[set].Output++ // an answer to every row: accuracy
				if got == t.Country {
					counts[set].Correct++
				}
			}
			if misses && got != t.Country && i%2 == 0 {
				fmt.Fprintf(&e.notes, "%s\t%s\tgot %s\t%s\n", in[0], t.Mention, got, t.Country)
			}
		}
		for _, set := range sets {
			v := counts[set].Recall()
			e.Figures = append(e.Figures, figure{Set: name + " " + set, Measure: "right", Value: &v, Counts: counts[set]})
		}
		return nil
	})
	return e, err
}

// readActorTests reads one test a line. An error names the line.
func readActorTests(r io.Reader) (tests []actorTest, err error) {
	scan := bufio.NewScanner(r)
	for line := 1; scan.Scan(); line++ {
		var t actorTest
		if err := json.Unmarshal(scan.Bytes(), &t); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if t.Mention == "" {
			return nil, fmt.Errorf("line %d: mention: empty", line)
		}
		tests = append(tests, t)
	}
	return tests, scan.Err()
}

// countryOf returns the function that is measured: from the description of an actor to the code of its country.
func (ev *evaluator) countryOf() (func(actor string) string, error) {
	a, err := ev.nlp()
	if err != nil {
		return nil, err
	}
	sch, err := schema.Load(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	events, err := schema.LoadEvents(ev.schemaDir)
	if err != nil {
		return nil, err
	}
	coder := event.New(sch, events, event.Options{})
	return func(actor string) string {
		doc := nlp.TokenizeLines(actor)
		a.AnnotateTokens(doc)
		return coder.State(doc)
	}, nil
}
