package score

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Expected is one row of a list of claims that a careful reader takes from an article.
type Expected struct {
	Line                        int
	Level                       string // must, core, hard
	Subject, Relation, Object   string
	Polarity, Modality, Speaker string // Speaker is empty for any
	Time, Evidence              string
}

// ReadExpected reads rows of LEVEL SUBJECT RELATION OBJECT POLARITY MODALITY SPEAKER TIME EVIDENCE, parted by tabs, under a
// header line; "#" begins a comment. An error names the line.
func ReadExpected(r io.Reader) ([]Expected, error) {
	var rows []Expected
	header := false
	scan := bufio.NewScanner(r)
	for line := 1; scan.Scan(); line++ {
		text := strings.TrimRight(scan.Text(), "\r\n")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		cols := strings.Split(text, "\t")
		if !header {
			if cols[0] != "level" {
				return nil, fmt.Errorf("line %d: no header line: %.80q", line, text)
			}
			header = true
			continue
		}
		if len(cols) != 9 {
			return nil, fmt.Errorf("line %d: %d columns instead of 9: %.80q", line, len(cols), text)
		}
		if cols[4] != "+" && cols[4] != "-" {
			return nil, fmt.Errorf("line %d: polarity: neither + nor -: %q", line, cols[4])
		}
		rows = append(rows, Expected{
			Line: line, Level: cols[0], Subject: cols[1], Relation: cols[2], Object: cols[3], Polarity: cols[4],
			Modality: cols[5], Speaker: cols[6], Time: cols[7], Evidence: cols[8],
		})
	}
	return rows, scan.Err()
}

// Statement is a claim of the output with every name of the things in it.
type Statement struct {
	Subject, Object []string // label first, then aliases; of a literal its lexical form
	// Relation is the name of a canonical relation ("mediates") or an open one, "open/" and its lemma ("open/carry_out").
	Relation string
	Polarity string
	Modality string
	Speaker  []string // none for the article itself
	Plain    bool     // also stands as a plain edge
	// Things says that subject and object are nodes of the graph, or the object a date, rather than a text.
	Things   bool
	Sentence string
}

// String is the statement as a reader wants it in a list.
func (s Statement) String() string {
	first := func(names []string) string {
		if len(names) == 0 {
			return "?"
		}
		return names[0]
	}
	text := fmt.Sprintf("%s | %s | %s", first(s.Subject), s.Relation, first(s.Object))
	if s.Polarity == "-" {
		text += " | not"
	}
	if s.Modality != "asserted" {
		text += " | " + s.Modality
	}
	if len(s.Speaker) > 0 {
		text += " | says " + first(s.Speaker)
	}
	return text
}

// Cues are the words that lead to a canonical relation, and whether it reads both ways.
type Cues struct {
	Lemmas    []string // "attack", "carry out"
	Symmetric bool
}

// Match says how an expected row was found.
type Match uint8

const (
	Missed Match = iota
	// Near: a phrase stands for the expected one that has the same head and only more or fewer modifiers ("the forces" for
	// "Syrian government forces").
	Near
	// Exact: every name equals one of the names of the thing, apart from case and determiner.
	Exact
)

func (m Match) String() string { return [...]string{"miss", "near", "hit"}[m] }

// Found is an expected row with the best statement for it.
type Found struct {
	Expected
	Match Match
	// Statement is the index of the statement that matches; of a missed row, of one that has two of subject, relation and
	// object right, else -1.
	Statement int
	// Canonical says that a statement matches exactly by the canonical relation of the row itself, not an open one, between things; of
	// sameAs, that one thing has both names.
	Canonical bool
}

// CompareClaims looks for every expected row among the statements: subject and object by any of their names, the relation by
// its name or as an open relation whose lemma is one of its cues, polarity, and the speaker where the row has one. Symmetric
// relations match either way round. Modality and time are not compared. A plain edge is taken before a mere claim. Unmatched
// holds the indices of the statements that match no row.
func CompareClaims(rows []Expected, said []Statement, relations map[string]Cues) (found []Found, unmatched []int) {
	used := make([]bool, len(said))
	for _, row := range rows {
		f := Found{Expected: row, Statement: -1}
		best := 0
		for i := range said {
			s := &said[i]
			relation := sameRelation(row.Relation, s.Relation, relations)
			sub, obj := sameName(row.Subject, s.Subject), sameName(row.Object, s.Object)
			if relations[row.Relation].Symmetric {
				turnedSub, turnedObj := sameName(row.Subject, s.Object), sameName(row.Object, s.Subject)
				if min(turnedSub, turnedObj) > min(sub, obj) {
					sub, obj = turnedSub, turnedObj
				}
			}
			speaker := Exact
			if row.Speaker != "" {
				speaker = sameName(row.Speaker, s.Speaker)
			}
			match := min(sub, obj, speaker)
			if !relation || row.Polarity != s.Polarity {
				match = Missed
			}
			if match == Exact && row.Relation == s.Relation && (s.Things || s.Relation == "sameAs" &&
				sameName(row.Subject, s.Subject) == Exact && sameName(row.Object, s.Subject) == Exact) {
				f.Canonical = true
			}
			rank := 0
			switch {
			case match > Missed:
				used[i] = true
				rank = 4 * int(match)
				if s.Plain {
					rank++
				}
			case sub > Missed && obj > Missed:
				rank = 2
			case relation && (sub > Missed || obj > Missed):
				rank = 1
			}
			if rank > best {
				best, f.Match, f.Statement = rank, match, i
			}
		}
		found = append(found, f)
	}
	for i := range said {
		if !used[i] {
			unmatched = append(unmatched, i)
		}
	}
	return found, unmatched
}

func sameRelation(want, got string, relations map[string]Cues) bool {
	if want == got {
		return true
	}
	open, ok := strings.CutPrefix(got, "open/")
	if !ok {
		return false
	}
	open = strings.ReplaceAll(open, "_", " ")
	return slices.ContainsFunc(relations[want].Lemmas, func(cue string) bool {
		return open == cue || strings.HasPrefix(open, cue+" ")
	})
}

// sameName compares an expected phrase with the names of a thing and returns the best match.
func sameName(want string, names []string) Match {
	best := Missed
	w := nameWords(want)
	for _, name := range names {
		n := nameWords(name)
		switch {
		case slices.Equal(w, n):
			return Exact
		case nearPhrase(w, n):
			best = Near
		}
	}
	return best
}

var determiners = map[string]bool{
	"the": true, "a": true, "an": true, "this": true, "that": true, "these": true, "those": true, "its": true, "his": true,
	"her": true, "their": true, "our": true, "my": true, "your": true,
}

// nameWords cuts a name into lower-case words: without determiner in front, possessive endings split off, so that
// "Syria's opposition" has the word "syria".
func nameWords(name string) []string {
	name = strings.NewReplacer("’", "'", "‘", "'", "\u00a0", " ", "_", " ").Replace(strings.ToLower(name))
	var out []string
	for _, w := range strings.Fields(name) {
		w = strings.Trim(w, `.,;:"“”()[]`)
		if stem, ok := strings.CutSuffix(w, "'s"); ok {
			w = stem
		}
		w = strings.TrimSuffix(w, "'")
		if w != "" {
			out = append(out, w)
		}
	}
	if len(out) > 1 && determiners[out[0]] {
		out = out[1:]
	}
	return out
}

// linkWords end the head of a phrase and are no content.
var linkWords = map[string]bool{
	"of": true, "in": true, "on": true, "at": true, "to": true, "for": true, "with": true, "from": true, "by": true,
	"about": true, "over": true, "against": true, "between": true, "into": true,
	"near": true, "during": true, "after": true, "before": true, "since": true, "under": true, "as": true, "that": true, "which": true, "who": true,
}

// nearPhrase says whether two phrases have the same head and the content words of one are all in the other.
func nearPhrase(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 || phraseHead(a) != phraseHead(b) {
		return false
	}
	content := func(words []string) map[string]bool {
		in := make(map[string]bool)
		for _, w := range words {
			if !linkWords[w] && !determiners[w] {
				in[w] = true
			}
		}
		return in
	}
	small, big := content(a), content(b)
	if len(small) > len(big) {
		small, big = big, small
	}
	for w := range small {
		if !big[w] {
			return false
		}
	}
	return len(small) > 0
}

// phraseHead is the last word before the first link word, or the first word where the phrase begins with one.
func phraseHead(words []string) string {
	for i, w := range words {
		if i > 0 && linkWords[w] {
			return words[i-1]
		}
	}
	return words[len(words)-1]
}
