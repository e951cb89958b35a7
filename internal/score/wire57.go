package score

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// The measure of WiRe57 (Léchelle, Gotti, Langlais 2019): an extraction matches a gold tuple of its sentence where they share a
// word in each of subject, predicate and object; the words then give precision and recall of the pair, pairs are made
// greedily by their F1, and unpaired extractions and tuples count 0. Gold has words that annotators put in ("[is]"): they may
// match, but nobody has to find them. An argument may stand as it is in the text or with its coreference resolved.

// Wire57Gold is a sentence with its tuples.
type Wire57Gold struct {
	ID, Sentence string
	Tokens       []string
	Tuples       []Wire57Tuple
}

// Wire57Tuple holds subject, predicate, object and further arguments.
type Wire57Tuple struct {
	Arg1, Rel, Arg2 Wire57Part
	More            []Wire57Part
}

// Wire57Part is a part of a gold tuple: alternative wordings, the one of the text first.
type Wire57Part [][]Wire57Word

// Wire57Word is a word of a gold part; Inferred ones are not in the sentence.
type Wire57Word struct {
	Form     string
	Inferred bool
}

// ReadWire57 reads the gold of WiRe57: a JSON object of documents, each a list of sentences with "tokens" and "tuples".
// Documents come in the order of the file. An error names document and sentence.
func ReadWire57(r io.Reader) (names []string, docs [][]Wire57Gold, err error) {
	type part struct {
		Words   []string          `json:"words"`
		Indexes []json.RawMessage `json:"words_indexes"`
		// The same with pronouns and definite descriptions replaced; only arguments have it.
		Resolved        []string          `json:"decorefed_words"`
		ResolvedIndexes []json.RawMessage `json:"decorefed_indexes"`
	}
	type sentence struct {
		ID     string   `json:"id"`
		Sent   string   `json:"sent"`
		Tokens []string `json:"tokens"`
		Tuples []struct {
			Arg1 part   `json:"arg1"`
			Rel  part   `json:"rel"`
			Arg2 part   `json:"arg2"`
			More []part `json:"arg3+"`
		} `json:"tuples"`
	}
	word := func(forms []string, indexes []json.RawMessage) ([]Wire57Word, error) {
		if len(forms) != len(indexes) {
			return nil, fmt.Errorf("%d words with %d indexes", len(forms), len(indexes))
		}
		list := make([]Wire57Word, len(forms))
		for i := range forms {
			list[i] = Wire57Word{forms[i], string(indexes[i]) == `"inf"`}
		}
		return list, nil
	}
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, fmt.Errorf("not a JSON object of documents: %v, %v", t, err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, nil, err
		}
		name := key.(string)
		var raw []sentence
		if err := dec.Decode(&raw); err != nil {
			return nil, nil, fmt.Errorf("document %s: %w", name, err)
		}
		doc := make([]Wire57Gold, len(raw))
		for i, s := range raw {
			doc[i] = Wire57Gold{ID: s.ID, Sentence: s.Sent, Tokens: s.Tokens}
			for n, t := range s.Tuples {
				read := func(p part) (w Wire57Part) {
					plain, e := word(p.Words, p.Indexes)
					w = Wire57Part{plain}
					if e == nil && len(p.Resolved) > 0 {
						var resolved []Wire57Word
						resolved, e = word(p.Resolved, p.ResolvedIndexes)
						if !slices.Equal(plain, resolved) {
							w = append(w, resolved)
						}
					}
					if e != nil && err == nil {
						err = fmt.Errorf("document %s, sentence %s, tuple %d: %w", name, s.ID, n+1, e)
					}
					return w
				}
				tuple := Wire57Tuple{Arg1: read(t.Arg1), Rel: read(t.Rel), Arg2: read(t.Arg2)}
				for _, p := range t.More {
					tuple.More = append(tuple.More, read(p))
				}
				doc[i].Tuples = append(doc[i].Tuples, tuple)
			}
		}
		if err != nil {
			return nil, nil, err
		}
		names, docs = append(names, name), append(docs, doc)
	}
	_, err = dec.Token()
	return names, docs, err
}

// Match compares e, whose parts are split at white space, with tuple t: the precision and recall of the words, and false where they
// do not match. Of alternative wordings the best counts.
func (t *Wire57Tuple) Match(e *Extraction) (precision, recall float64, ok bool) {
	if len(e.Args) < 2 {
		return 0, 0, false
	}
	var found, predicted, recalled, wanted int
	count := func(p Wire57Part, text string) (hit bool) {
		out := words(text)
		var best wire57Overlap
		for i, alternative := range p {
			if o := overlapWire57(alternative, out); i == 0 || o.likeness > best.likeness {
				best = o
			}
		}
		found, predicted = found+best.found, predicted+len(out)
		recalled, wanted = recalled+best.recalled, wanted+best.wanted
		return best.found > 0
	}
	if !count(t.Arg1, e.Args[0]) || !count(t.Rel, e.Predicate) || !count(t.Arg2, e.Args[1]) {
		return 0, 0, false
	}
	for i, p := range t.More {
		text := ""
		if i+2 < len(e.Args) {
			text = e.Args[i+2]
		}
		count(p, text)
	}
	precision, recall = ratio(found, predicted), 1
	if wanted > 0 {
		recall = ratio(recalled, wanted)
	}
	return precision, recall, true
}

type wire57Overlap struct {
	found            int // words of the extraction that are in the gold
	recalled, wanted int // words of the gold that are in the sentence: how many were found, how many there are
	likeness         float64
}

// overlapWire57 compares a wording with the words of an extraction, each used once. A word of the sentence is found before the
// same word put in.
func overlapWire57(gold []Wire57Word, out []string) (o wire57Overlap) {
	rest := slices.Clone(out)
	for _, inferred := range []bool{false, true} {
		for _, w := range gold {
			if w.Inferred != inferred {
				continue
			}
			if !inferred {
				o.wanted++
			}
			if i := slices.Index(rest, w.Form); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
				o.found++
				if !inferred {
					o.recalled++
				}
			}
		}
	}
	o.likeness = ratio(2*o.found, len(gold)+len(out))
	return o
}

// Wire57 scores out, the extractions of each sentence of gold in its order. Precision is the mean over extractions, recall over
// gold tuples.
func Wire57(gold []Wire57Gold, out [][]Extraction) Curve {
	total := 0
	for i := range gold {
		total += len(gold[i].Tuples)
	}
	var curve Curve
	for _, t := range thresholds(out) {
		n := 0
		var p, r float64
		for i := range gold {
			kept := atLeast(out[i], t)
			n += len(kept)
			for _, pair := range Wire57Pairs(&gold[i], kept) {
				p += pair.Precision
				r += pair.Recall
			}
		}
		point := CurvePoint{Confidence: t, Extractions: n, Precision: p / float64(n)}
		if total > 0 {
			point.Recall = r / float64(total)
		}
		point.F1 = harmonic(point.Precision, point.Recall)
		curve = append(curve, point)
	}
	return curve
}

// Wire57Pair is a gold tuple and the extraction that was matched with it, by their indices.
type Wire57Pair struct {
	Tuple, Extraction int
	Precision, Recall float64
}

// Wire57Pairs matches tuples and extractions of a sentence greedily: the pair of highest F1 first, the first of equal ones, each
// tuple and extraction once.
func Wire57Pairs(gold *Wire57Gold, out []Extraction) []Wire57Pair {
	var all []Wire57Pair
	for i := range gold.Tuples {
		for j := range out {
			if p, r, ok := gold.Tuples[i].Match(&out[j]); ok {
				all = append(all, Wire57Pair{i, j, p, r})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Wire57Pair) int {
		return cmp.Compare(harmonic(b.Precision, b.Recall), harmonic(a.Precision, a.Recall))
	})
	tuples, extractions := make(map[int]bool), make(map[int]bool)
	var pairs []Wire57Pair
	for _, p := range all {
		if p.Precision == 0 || p.Recall == 0 || tuples[p.Tuple] || extractions[p.Extraction] {
			continue
		}
		tuples[p.Tuple], extractions[p.Extraction] = true, true
		pairs = append(pairs, p)
	}
	return pairs
}
