package score

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// The measure of BenchIE (Gashteovski et al. 2022): the gold of a sentence is a list of facts, each with all the triples that
// say it. An extraction is right where its three slots are those of a triple, word for word; a fact that several extractions
// say counts once.

// BenchIEGold is a sentence with its facts.
type BenchIEGold struct {
	ID, Sentence string
	Facts        []BenchIEFact
}

// BenchIEFact is a set of triples (subject, predicate, object) that say the same.
type BenchIEFact [][3]Slot

// Slot is one part of a gold triple; words that may be missing stand in square brackets.
type Slot struct {
	Text    string
	pattern *regexp.Regexp
}

var slotParts = regexp.MustCompile(`\[[^\]]*\]|[^\s\[\]]+`)

// NewSlot reads the notation of a slot, "[the] [first] Prime Minister": a bracket may hold several words.
func NewSlot(text string) Slot {
	var b strings.Builder
	b.WriteByte('^')
	for _, part := range slotParts.FindAllString(text, -1) {
		if part[0] == '[' {
			b.WriteString("(?: " + regexp.QuoteMeta(strip(part[1:len(part)-1])) + ")?")
		} else {
			b.WriteString(" " + regexp.QuoteMeta(part))
		}
	}
	b.WriteByte('$')
	return Slot{text, regexp.MustCompile(b.String())}
}

// Match says whether text has the words of the slot, with or without the optional ones.
func (s Slot) Match(text string) bool { return s.pattern.MatchString(" " + joined(words(text))) }

var (
	factHeader = regexp.MustCompile(`^\S*\s*-->\s*Cluster\b`)
	factNote   = regexp.MustCompile(`\s*<.*?>\s*$`)
)

// ReadBenchIE reads gold facts: a line "sent_id:ID TAB SENTENCE", for each fact a line "ID--> Cluster N:" and its triples,
// "SUBJECT --> PREDICATE --> OBJECT". An error names the line.
func ReadBenchIE(r io.Reader) ([]BenchIEGold, error) {
	var gold []BenchIEGold
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		text := strip(sc.Text())
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		switch {
		case text == "":
		case strings.HasPrefix(text, "sent_id:"):
			id, sentence, ok := strings.Cut(text[len("sent_id:"):], "\t")
			if !ok {
				return nil, fmt.Errorf("line %d: no tab between sent_id and sentence: %.80q", line, text)
			}
			gold = append(gold, BenchIEGold{ID: strip(id), Sentence: strip(sentence)})
		case !strings.Contains(text, "-->"):
			return nil, fmt.Errorf("line %d: neither sentence, cluster nor triple: %.80q", line, text)
		case len(gold) == 0:
			return nil, fmt.Errorf("line %d: a fact before any sent_id: %.80q", line, text)
		default:
			facts := &gold[len(gold)-1].Facts
			if factHeader.MatchString(text) {
				*facts = append(*facts, nil)
				continue
			}
			parts := strings.SplitN(text, "-->", 3)
			if len(parts) < 3 {
				return nil, fmt.Errorf("line %d: a triple has three parts: %.80q", line, text)
			}
			if len(*facts) == 0 {
				*facts = append(*facts, nil)
			}
			fact := &(*facts)[len(*facts)-1]
			object := factNote.ReplaceAllString(strip(parts[2]), "")
			*fact = append(*fact, [3]Slot{NewSlot(strip(parts[0])), NewSlot(strip(parts[1])), NewSlot(object)})
		}
	}
	return gold, sc.Err()
}

// Says returns the index of each fact that the extraction says.
func (g *BenchIEGold) Says(e Extraction) (facts []int) {
	if len(e.Args) < 2 {
		return nil
	}
	slots := [3]string{e.Args[0], e.Predicate, e.Args[1]}
	for i, fact := range g.Facts {
	triples:
		for _, triple := range fact {
			for n := range triple {
				if !triple[n].Match(slots[n]) {
					continue triples
				}
			}
			facts = append(facts, i)
			break
		}
	}
	return facts
}

// BenchIE scores out, the extractions of each sentence of gold in its order, of which subject, predicate and first object count.
// Precision is facts / (facts + wrong extractions), so that saying a fact twice neither helps nor harms; recall is the share of
// the facts.
func BenchIE(gold []BenchIEGold, out [][]Extraction) Curve {
	total := 0
	for i := range gold {
		total += len(gold[i].Facts)
	}
	type verdict struct {
		confidence float64
		facts      []int
	}
	verdicts := make([][]verdict, len(gold))
	for i := range gold {
		for _, e := range out[i] {
			verdicts[i] = append(verdicts[i], verdict{e.Confidence, gold[i].Says(e)})
		}
	}
	var curve Curve
	for _, t := range thresholds(out) {
		n, wrong, hit := 0, 0, 0
		for _, list := range verdicts {
			said := make(map[int]bool)
			for _, v := range list {
				if v.confidence < t {
					continue
				}
				n++
				if len(v.facts) == 0 {
					wrong++
				}
				for _, f := range v.facts {
					said[f] = true
				}
			}
			hit += len(said)
		}
		p, r := ratio(hit, hit+wrong), ratio(hit, total)
		curve = append(curve, CurvePoint{Confidence: t, Extractions: n, Precision: p, Recall: r, F1: harmonic(p, r)})
	}
	return curve
}
