package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Re3dDocument is a text of the Relationship and Entity Extraction Evaluation Dataset (Dstl) with what annotators found in it. Offsets
// are characters.
type Re3dDocument struct {
	ID, Text  string
	Entities  []Span
	Relations []Relation
}

// re3dConfidence is the least confidence of an annotation that counts: the probability, by the votes of the annotators, that its
// type is right. What is less likely was marked beforehand by a program or one annotator and turned down.
const re3dConfidence = 0.5

// Re3dSymmetric holds the relations that hold either way round.
var Re3dSymmetric = map[string]bool{
	"CoLocated": true, "Apart": true, "IsSynonymOf": true, "FightingAgainst": true, "AlliesOf": true, "CommWith": true,
}

// ReadRe3d reads the three files of a part of the set, one JSON object a line. Annotations with a confidence below 0.5 are left out;
// relations stay where an entity at their ends is left out. Errors name file and line.
func ReadRe3d(documents, entities, relations io.Reader) ([]Re3dDocument, error) {
	var docs []Re3dDocument
	index := make(map[string]int)
	length := make(map[string]int) // characters
	err := jsonLines("documents", documents, func(line []byte) error {
		var d struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		index[d.ID] = len(docs)
		length[d.ID] = len([]rune(d.Text))
		docs = append(docs, Re3dDocument{ID: d.ID, Text: d.Text})
		return nil
	})
	if err != nil {
		return nil, err
	}
	span := func(doc string, begin, end int, typ string) (Span, error) {
		if _, ok := index[doc]; !ok {
			return Span{}, fmt.Errorf("no document %q", doc)
		}
		if begin < 0 || end <= begin || end > length[doc] {
			return Span{}, fmt.Errorf("span %d to %d of %d characters", begin, end, length[doc])
		}
		return Span{begin, end, typ}, nil
	}
	err = jsonLines("entities", entities, func(line []byte) error {
		var e struct {
			Begin, End int
			Type       string
			DocumentID string
			Confidence float64
		}
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		s, err := span(e.DocumentID, e.Begin, e.End, e.Type)
		if err != nil || e.Confidence < re3dConfidence {
			return err
		}
		d := &docs[index[e.DocumentID]]
		d.Entities = append(d.Entities, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = jsonLines("relations", relations, func(line []byte) error {
		var r struct {
			SourceBegin, SourceEnd, TargetBegin, TargetEnd int
			Type                                           string
			DocumentID                                     string
			Confidence                                     float64
		}
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		source, err := span(r.DocumentID, r.SourceBegin, r.SourceEnd, "")
		if err != nil {
			return err
		}
		target, err := span(r.DocumentID, r.TargetBegin, r.TargetEnd, "")
		if err != nil || r.Confidence < re3dConfidence {
			return err
		}
		d := &docs[index[r.DocumentID]]
		d.Relations = append(d.Relations, Relation{source, target, r.Type})
		return nil
	})
	return docs, err
}

// jsonLines gives each line of r that is not empty to read; an error names file and line.
func jsonLines(file string, r io.Reader, read func(line []byte) error) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 0, 64<<10), 16<<20)
	for n := 1; scan.Scan(); n++ {
		if len(scan.Bytes()) == 0 {
			continue
		}
		if err := read(scan.Bytes()); err != nil {
			return fmt.Errorf("%s: line %d: %w", file, n, err)
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
