package score

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kg/internal/nlp"
)

// CorefMention is a phrase of a document: words First to Last of sentence Sent, both inside.
type CorefMention struct{ Sent, First, Last int }

// Chain is the mentions of one document that mean the same thing; a chain of one mention is a singleton.
type Chain []CorefMention

// Ratio is a recall and a precision as sums, so that documents can be added up before they are divided.
type Ratio struct {
	Found, Gold   float64 // recall = Found / Gold
	Right, Output float64 // precision = Right / Output
}

// Add adds the sums of q to r.
func (r *Ratio) Add(q Ratio) {
	r.Found += q.Found
	r.Gold += q.Gold
	r.Right += q.Right
	r.Output += q.Output
}

// Recall is 0 to 1; 0 where the gold has nothing.
func (r Ratio) Recall() float64 { return ratio(r.Found, r.Gold) }

// Precision is 0 to 1; 0 where there is no output.
func (r Ratio) Precision() float64 { return ratio(r.Right, r.Output) }

// F1 is the harmonic mean of precision and recall, 0 to 1.
func (r Ratio) F1() float64 { return harmonic(r.Precision(), r.Recall()) }

// Coref is how well chains agree with gold ones, by the measures of the field: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin
// 1998), CEAF over mentions and over entities (Luo 2005), LEA (Moosavi and Strube 2016).
type Coref struct {
	Mentions                   PRF
	MUC, B3, CEAFm, CEAFe, LEA Ratio
}

// Add adds the sums of q to c.
func (c *Coref) Add(q Coref) {
	c.Mentions.Add(q.Mentions)
	c.MUC.Add(q.MUC)
	c.B3.Add(q.B3)
	c.CEAFm.Add(q.CEAFm)
	c.CEAFe.Add(q.CEAFe)
	c.LEA.Add(q.LEA)
}

// CoNLL is the mean F1 of MUC, B³ and CEAFe, the measure of the CoNLL shared tasks, 0 to 1.
func (c *Coref) CoNLL() float64 { return (c.MUC.F1() + c.B3.F1() + c.CEAFe.F1()) / 3 }

// CompareChains compares the chains of one document. Mentions agree where both ends do; one that stands twice counts where it
// stands first. Singletons count: leave them out with WithoutSingletons.
func CompareChains(gold, out []Chain) Coref {
	gold, out = uniqueMentions(gold), uniqueMentions(out)
	goldOf, outOf := chainOf(gold), chainOf(out)
	c := Coref{Mentions: PRF{Gold: len(goldOf), Output: len(outOf)}}
	for m := range goldOf {
		if _, ok := outOf[m]; ok {
			c.Mentions.Correct++
		}
	}
	c.MUC.Found, c.MUC.Gold = mucLinks(gold, outOf)
	c.MUC.Right, c.MUC.Output = mucLinks(out, goldOf)
	c.B3.Found, c.B3.Gold = bCubed(gold, outOf)
	c.B3.Right, c.B3.Output = bCubed(out, goldOf)
	c.LEA.Found, c.LEA.Gold = lea(gold, out, outOf)
	c.LEA.Right, c.LEA.Output = lea(out, gold, goldOf)

	byMention, byEntity := make([][]float64, len(gold)), make([][]float64, len(gold))
	for i := range gold {
		byMention[i], byEntity[i] = make([]float64, len(out)), make([]float64, len(out))
		for j, n := range overlaps(gold[i], outOf) {
			byMention[i][j] = float64(n)
			byEntity[i][j] = 2 * float64(n) / float64(len(gold[i])+len(out[j]))
		}
	}
	common, similar := bestAssignment(byMention), bestAssignment(byEntity)
	c.CEAFm = Ratio{common, float64(len(goldOf)), common, float64(len(outOf))}
	c.CEAFe = Ratio{similar, float64(len(gold)), similar, float64(len(out))}
	return c
}

// WithoutSingletons returns the chains of two mentions or more.
func WithoutSingletons(chains []Chain) []Chain {
	return slices.DeleteFunc(uniqueMentions(chains), func(c Chain) bool { return len(c) < 2 })
}

// uniqueMentions returns chains in which each mention stands once, without empty ones.
func uniqueMentions(chains []Chain) []Chain {
	seen := make(map[CorefMention]bool)
	var out []Chain
	for _, chain := range chains {
		var c Chain
		for _, m := range chain {
			if !seen[m] {
				seen[m] = true
				c = append(c, m)
			}
		}
		if len(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// chainOf maps each mention to the index of its chain.
func chainOf(chains []Chain) map[CorefMention]int {
	of := make(map[CorefMention]int)
	for i, c := range chains {
		for _, m := range c {
			of[m] = i
		}
	}
	return of
}

// overlaps counts the mentions that chain has in common with the chains of the other side, by their index.
func overlaps(chain Chain, otherOf map[CorefMention]int) map[int]int {
	n := make(map[int]int)
	for _, m := range chain {
		if i, ok := otherOf[m]; ok {
			n[i]++
		}
	}
	return n
}

// mucLinks returns how many of the links that hold the chains together (one less than mentions) survive the partition of the
// other side, and how many there are.
func mucLinks(chains []Chain, otherOf map[CorefMention]int) (found, all float64) {
	for _, c := range chains {
		in := overlaps(c, otherOf)
		parts := len(in) + len(c)
		for _, n := range in {
			parts -= n // the mentions that the other side lacks stand alone
		}
		found += float64(len(c) - parts)
		all += float64(len(c) - 1)
	}
	return found, all
}

// bCubed returns the sum over mentions of the share of their chain that the other side puts with them, and the number of mentions.
func bCubed(chains []Chain, otherOf map[CorefMention]int) (found, all float64) {
	for _, c := range chains {
		squares := 0
		for _, n := range overlaps(c, otherOf) {
			squares += n * n
		}
		found += float64(squares) / float64(len(c))
		all += float64(len(c))
	}
	return found, all
}

// lea returns the sum over chains of their size times the share of their links that the other side has, and the number of
// mentions. A singleton has one link, to itself, which a singleton of the other side has too.
func lea(chains, others []Chain, otherOf map[CorefMention]int) (found, all float64) {
	for _, c := range chains {
		size := float64(len(c))
		all += size
		if len(c) == 1 {
			if i, ok := otherOf[c[0]]; ok && len(others[i]) == 1 {
				found++
			}
			continue
		}
		links := 0
		for _, n := range overlaps(c, otherOf) {
			links += n * (n - 1) / 2
		}
		found += size * float64(links) / (size * (size - 1) / 2)
	}
	return found, all
}

// bestAssignment returns the greatest sum of a one-to-one assignment of rows to columns, by the Hungarian method with potentials in
// O(rows² · columns). Weights are at least 0; rows may have more or fewer columns.
func bestAssignment(weight [][]float64) float64 {
	if len(weight) == 0 || len(weight[0]) == 0 {
		return 0
	}
	if len(weight) > len(weight[0]) {
		turned := make([][]float64, len(weight[0]))
		for j := range turned {
			turned[j] = make([]float64, len(weight))
			for i := range weight {
				turned[j][i] = weight[i][j]
			}
		}
		weight = turned
	}
	rows, cols := len(weight), len(weight[0])
	// Rows and columns count from 1; column 0 is where the path of a new row begins. The cost is the weight below zero.
	u, v := make([]float64, rows+1), make([]float64, cols+1)
	rowOf, before := make([]int, cols+1), make([]int, cols+1)
	least, done := make([]float64, cols+1), make([]bool, cols+1)
	const far = 1e300
	for i := 1; i <= rows; i++ {
		rowOf[0] = i
		for j := range least {
			least[j], done[j] = far, false
		}
		col := 0
		for rowOf[col] != 0 {
			done[col] = true
			row, step, next := rowOf[col], far, 0
			for j := 1; j <= cols; j++ {
				if done[j] {
					continue
				}
				if cost := -weight[row-1][j-1] - u[row] - v[j]; cost < least[j] {
					least[j], before[j] = cost, col
				}
				if least[j] < step {
					step, next = least[j], j
				}
			}
			for j := 0; j <= cols; j++ {
				if done[j] {
					u[rowOf[j]] += step
					v[j] -= step
				} else {
					least[j] -= step
				}
			}
			col = next
		}
		for col != 0 {
			rowOf[col] = rowOf[before[col]]
			col = before[col]
		}
	}
	sum := 0.0
	for j := 1; j <= cols; j++ {
		if rowOf[j] > 0 {
			sum += weight[rowOf[j]-1][j-1]
		}
	}
	return sum
}

// HeadWord returns the word of mention m that hangs from a word outside it, the first of several.
func HeadWord(doc *nlp.Document, m CorefMention) int {
	words := doc.Sentences[m.Sent].Words
	for k := m.First; k <= m.Last; k++ {
		if h := words[k].Head; h < m.First || h > m.Last {
			return k
		}
	}
	return m.Last
}

// MatchHeads returns out with the gold mention in place of every mention that has the head of one, as head matching counts
// (CRAC 2023): those with the same ends stay, of several with the same head the first free ones meet. headOf gives the head word of
// gold and output mentions, in one tree.
func MatchHeads(gold, out []Chain, headOf func(CorefMention) int) []Chain {
	type head struct{ sent, word int }
	goldOf, taken := chainOf(gold), make(map[CorefMention]bool)
	byHead := make(map[head][]CorefMention)
	for _, c := range gold {
		for _, m := range c {
			h := head{m.Sent, headOf(m)}
			byHead[h] = append(byHead[h], m)
		}
	}
	for _, c := range out {
		for _, m := range c {
			if _, ok := goldOf[m]; ok {
				taken[m] = true
			}
		}
	}
	matched := make([]Chain, len(out))
	for i, c := range out {
		for _, m := range c {
			if _, ok := goldOf[m]; !ok {
				for _, g := range byHead[head{m.Sent, headOf(m)}] {
					if !taken[g] {
						taken[g] = true
						m = g
						break
					}
				}
			}
			matched[i] = append(matched[i], m)
		}
	}
	return matched
}

// GoldChains reads the chains of a document that came from CoNLL-U, in the order of their first mention: MISC Entity= with brackets
// "(ID-TYPE-…" that open a mention at its first word and "ID)" that close it at its last one, both where it has one word
// (https://universaldependencies.org/misc.html#entity). A mention has at most one sentence. Errors name sentence, word and value.
func GoldChains(doc *nlp.Document) ([]Chain, error) {
	r, err := readBrackets(doc)
	return r.chains, err
}

// GoldMention is a mention with its TYPE ("person", "place" …) and the words of its head, empty where the bracket does not tell them.
type GoldMention struct {
	CorefMention
	Class string
	Heads []int
}

// GoldMentions reads the mentions that GoldChains reads, in the order of their ends.
func GoldMentions(doc *nlp.Document) ([]GoldMention, error) {
	r, err := readBrackets(doc)
	return r.mentions, err
}

// GoldClasses reads the TYPE of every mention that GoldChains reads.
func GoldClasses(doc *nlp.Document) (map[CorefMention]string, error) {
	mentions, err := GoldMentions(doc)
	classes := make(map[CorefMention]string)
	for _, m := range mentions {
		classes[m.CorefMention] = m.Class
	}
	return classes, err
}

func readBrackets(doc *nlp.Document) (bracketReader, error) {
	r := bracketReader{index: make(map[string]int)}
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		r.sent = i
		for k := range sent.Words {
			for _, pair := range strings.Split(sent.Words[k].Misc, "|") {
				value, ok := strings.CutPrefix(pair, "Entity=")
				if !ok {
					continue
				}
				if err := r.word(k, value); err != nil {
					return r, fmt.Errorf("sentence %s: word %d: %w", sent.ID, k+1, err)
				}
			}
		}
		if err := r.end(); err != nil {
			return r, fmt.Errorf("sentence %s: %w", sent.ID, err)
		}
	}
	return r, nil
}

// bracketReader gathers chains from nested brackets word by word.
type bracketReader struct {
	chains   []Chain
	mentions []GoldMention
	index    map[string]int // ID → index in chains
	sent     int
	open     []openBracket
}

type openBracket struct {
	id string
	GoldMention
}

// end says what is still open at the end of a sentence.
func (r *bracketReader) end() error {
	if len(r.open) > 0 {
		return fmt.Errorf("mention of %q begins at word %d and does not end", r.open[0].id, r.open[0].First+1)
	}
	return nil
}

// word reads the brackets of word k: "(12-person-new", "(12)", "12)", several of them one after another.
func (r *bracketReader) word(k int, value string) error {
	for rest := value; rest != ""; {
		opens := rest[0] == '('
		if opens {
			rest = rest[1:]
		}
		end := strings.IndexAny(rest, "()")
		label := rest
		closes := false
		if end >= 0 {
			label = rest[:end]
			closes = rest[end] == ')'
		}
		rest = rest[len(label):]
		if closes {
			rest = rest[1:]
		}
		id, _, _ := strings.Cut(label, "-")
		switch {
		case id == "" || strings.Contains(id, "["):
			return fmt.Errorf("not an entity bracket: %q", value)
		case opens:
			if _, ok := r.index[id]; !ok {
				r.index[id] = len(r.chains)
				r.chains = append(r.chains, nil)
			}
			r.open = append(r.open, openBracket{id, r.mention(k, label)})
		case !closes:
			return fmt.Errorf("bracket neither opens nor closes: %q", value)
		}
		if closes {
			at := len(r.open) - 1
			for at >= 0 && r.open[at].id != id { // mentions may cross
				at--
			}
			if at < 0 {
				return fmt.Errorf("mention %q ends and has not begun: %q", id, value)
			}
			i := r.index[id]
			m := r.open[at].GoldMention
			m.Last = k
			r.chains[i] = append(r.chains[i], m.CorefMention)
			r.mentions = append(r.mentions, m)
			r.open = slices.Delete(r.open, at, at+1)
		}
	}
	return nil
}

// mention reads the label of a mention that begins at word k: "ID-TYPE-…", the sixth field of GUM's the words of the head, counted
// from 1 in the mention.
func (r *bracketReader) mention(k int, label string) GoldMention {
	m := GoldMention{CorefMention: CorefMention{Sent: r.sent, First: k}}
	fields := strings.Split(label, "-")
	if len(fields) > 1 {
		m.Class = fields[1]
	}
	if len(fields) > 5 {
		for n := range strings.SplitSeq(fields[5], ",") {
			if n, err := strconv.Atoi(n); err == nil {
				m.Heads = append(m.Heads, k+n-1)
			}
		}
	}
	return m
}
