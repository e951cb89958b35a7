package nlp

import (
	"bufio"
	_ "embed"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/viterin/vek/vek32"

	"kg/internal/boost"
)

// SemanticClasses are GUM's kinds of things; the class of a referent is one of them.
var SemanticClasses = [...]string{
	"person", "animal", "organization", "place", "object", "plant", "substance", "event", "time", "abstract",
}

const (
	classPerson = iota
	classAnimal
	classOrganization
	classPlace
	classObject
	classPlant
	classSubstance
	classEvent
	classTime
	classAbstract
)

// Referent is a phrase that refers to something, with all that belongs to it: determiners, complements, relative clauses.
// Appositions and what a copula says of a subject are referents of their own. The span is that of GUM's guidelines.
type Referent struct {
	// Sent is the index in Document.Sentences; First and Last, both inside, and Head are words of it.
	Sent, First, Last, Head int
	Kind                    MentionKind
	// Group says that the phrase names several things joined by "and".
	Group bool
	// Class is the likeliest of SemanticClasses; of a pronoun that its form leaves open it is empty.
	Class string
	// ClassProbability is that of Class, 0 to 1.
	ClassProbability float32
	// Chain is the index in Document.Chains, -1 where nothing else means the same.
	Chain int
	// Antecedent is the index in Document.Referents of the earlier referent that it was linked to, -1 for none.
	Antecedent int
	// Probability is how sure the link is by the ranker: of all that the phrase may go back to, or to nothing, the share of the
	// chain of Antecedent. 0 without a link.
	Probability float32
}

// corefTable holds what finding chains has learnt (kg eval coref --train).
//
//go:embed model/coref.txt
var corefTable string

// corefModel is read-only once loaded and safe for concurrent use.
type corefModel struct {
	network string    // checksum of the network that the classes were learnt from
	class   []float32 // a row of inputs for each of SemanticClasses
	gender  []float32 // of the word vector, and a constant: log odds of a woman's name
	status  []float32 // a row of inputs for each status of names and nouns, then of pronouns
	rank    [3]ranker // of pronouns, names, other phrases
}

// Whether a phrase is the only one that means its thing, the first one, one that goes back to an earlier one, or no phrase that GUM marks.
const (
	statusAlone = iota
	statusFirst
	statusBack
	statusNone
	statuses
)

// wordView is what the network's view of a word tells of the phrase that it heads: probabilities × 63 of its classes and statuses.
type wordView struct {
	class  [len(SemanticClasses)]uint8
	status [statuses]uint8
}

// ranker scores what a referent may go back to.
type ranker struct {
	none, option *boost.Ensemble
}

func rankerOf(kind uint8) int {
	switch kind {
	case kindPronoun:
		return 0
	case kindName:
		return 1
	}
	return 2
}

// female is the probability that the word of line v of the vector table is a woman's name.
func (c *corefModel) female(m *model, v int32) float32 {
	if len(c.gender) == 0 {
		return .5
	}
	z := c.gender[m.gloveDim]
	scale := m.scales[v]
	for i, b := range m.vectors[int(v)*m.gloveDim:][:m.gloveDim] {
		z += c.gender[i] * float32(int8(b)) * scale
	}
	return float32(1 / (1 + math.Exp(-float64(z))))
}

// networkSum names a network.
func networkSum(weights []byte) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE(weights)) }

// parseCoref reads coref.txt: a line "network" with the checksum of model.safetensors, lines "class", "gender" and "status" with weights in
// thousandths, then for pronouns, names and other phrases the ensembles of none and of options. Nothing is read of an empty text.
func parseCoref(text string, inputs, gloveDim int) (*corefModel, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	c := &corefModel{}
	r := bufio.NewReader(strings.NewReader(text))
	line, err := r.ReadString('\n')
	var ok bool
	if c.network, ok = strings.CutPrefix(strings.TrimSpace(line), "network "); !ok || err != nil {
		return nil, fmt.Errorf("first line %.20q instead of the network's checksum", line)
	}
	weights := func(name string, n int) ([]float32, error) {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		fields := strings.Fields(line)
		if len(fields) != n+1 || fields[0] != name {
			return nil, fmt.Errorf("%s: %d weights instead of %d", name, len(fields)-1, n)
		}
		out := make([]float32, n)
		for i, f := range fields[1:] {
			v, err := strconv.Atoi(f)
			if err != nil {
				return nil, fmt.Errorf("%s: weight %q", name, f)
			}
			out[i] = float32(v) / 1000
		}
		return out, nil
	}
	if c.class, err = weights("class", inputs*len(SemanticClasses)); err != nil {
		return nil, err
	}
	if c.gender, err = weights("gender", gloveDim+1); err != nil {
		return nil, err
	}
	if c.status, err = weights("status", 2*statuses*inputs); err != nil {
		return nil, err
	}
	for k := range c.rank {
		if c.rank[k].none, err = boost.Read(r, noneWidth); err != nil {
			return nil, fmt.Errorf("ranker %d: none: %w", k, err)
		}
		if c.rank[k].option, err = boost.Read(r, optionWidth); err != nil {
			return nil, fmt.Errorf("ranker %d: options: %w", k, err)
		}
	}
	return c, nil
}

// write is the inverse of parseCoref.
func (c *corefModel) write() string {
	var b strings.Builder
	row := func(name string, w []float32) {
		b.WriteString(name)
		for _, v := range w {
			fmt.Fprintf(&b, " %d", int(math.Round(float64(v)*1000)))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "network %s\n", c.network)
	row("class", c.class)
	row("gender", c.gender)
	row("status", c.status)
	for k := range c.rank {
		c.rank[k].none.WriteTo(&b)
		c.rank[k].option.WriteTo(&b)
	}
	return b.String()
}

// view returns what input x tells of word w.
func (c *corefModel) view(w *Word, x []float32) (v wordView) {
	var z [len(SemanticClasses)]float32
	rows := func(z []float32, weights []float32, out []uint8) {
		for k := range z {
			z[k] = vek32.Dot(weights[k*len(x):(k+1)*len(x)], x)
		}
		softmax63(z, out)
	}
	status := c.status
	if classed(w) {
		rows(z[:], c.class, v.class[:])
	} else {
		status = status[len(status)/2:]
	}
	rows(z[:statuses], status, v.status[:])
	return v
}

// viewed says whether a word may head a phrase whose class or status is told from the network's view of it.
func viewed(w *Word) bool {
	return w.UPOS == "PRON" || w.UPOS == "DET" && w.Deprel != "det" || classed(w)
}

// classed says whether a word is one whose class is told.
func classed(w *Word) bool {
	switch w.UPOS {
	case "NOUN", "PROPN", "NUM", "ADJ", "X", "SYM", "ADV":
		return true
	case "VERB":
		return w.XPOS == "VBG"
	}
	return false
}

// prepare finds and describes the referents of doc. views has one of each word of doc.
func (c *corefScratch) prepare(m *model, doc *Document, views []wordView) {
	c.refs, c.wordIDs = c.refs[:0], c.wordIDs[:0]
	if c.ids == nil {
		c.ids, c.lastWith, c.texts, c.heads = map[string]int32{}, map[int32][]int32{}, map[int32]uint8{}, map[int32]int32{}
		c.labels = map[int32][]int32{}
	}
	clear(c.ids)
	clear(c.lastWith)
	clear(c.texts)
	clear(c.heads)
	clear(c.labels)
	c.clusters, c.recent = c.clusters[:0], c.recent[:0]
	c.turns(doc)
	var lemmas []int32
	at, end := 0, 0
	quote, open := int32(0), false
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		if i > 0 && strings.Contains(doc.Text[end:max(end, doc.Sentences[i].Begin)], "\n\n") {
			open = false
		}
		end = doc.Sentences[i].End
		lemmas = grow(lemmas, len(words))
		c.quotes = grow(c.quotes, len(words))
		for k := range words {
			lemma := words[k].Lemma
			if lemma == "" {
				lemma = words[k].Form
			}
			lemmas[k] = c.id(lemma)
			switch words[k].Form {
			case "\"":
				open = !open
				quote += int32(bit(open))
			case "“", "``":
				open = true
				quote++
			case "”", "''":
				open = false
			}
			c.quotes[k] = 0
			if open {
				c.quotes[k] = quote
			}
		}
		from := len(c.refs)
		c.refs = c.finder.find(c.refs, i, words)
		for n := from; n < len(c.refs); n++ {
			r := &c.refs[n]
			c.describe(m, r, words, lemmas, views[at:at+len(words)])
			for q := n - 1; q >= from; q-- {
				if c.refs[q].last >= r.last && c.refs[q].first <= r.first {
					r.depth = c.refs[q].depth + 1
					break
				}
			}
			if r.kind == kindName {
				c.initials(r, words)
			}
		}
		at += len(words)
	}
	c.marks, c.of = grow(c.marks, len(c.refs)), grow(c.of, len(c.refs))
	persons := 0
	for i := range c.refs {
		if p := c.refs[i].pro; p == proI || p == proYou {
			persons++
		}
	}
	c.dialogue = bucket(100*persons/max(len(c.refs), 1), 1, 3, 6, 12, 20)
	for i := range c.refs {
		c.marks[i] = -1
		r := &c.refs[i]
		r.earlier = c.heads[r.lemma]
		c.heads[r.lemma]++
		r.repeats = c.texts[r.text]
		if c.texts[r.text] < 255 {
			c.texts[r.text]++
		}
		add := func(id int32) {
			list := c.lastWith[id]
			if n := len(list); n == 0 || list[n-1] != int32(i) {
				c.lastWith[id] = append(list, int32(i))
			}
		}
		if r.kind == kindName && len(r.words) == 1 && r.ner <= 1 {
			c.surname(r)
		}
		add(r.lemma)
		if r.kind == kindPronoun {
			if r.says != 0 {
				add(-r.says)
			}
			continue
		}
		for _, w := range r.words {
			add(w)
		}
		if r.short != 0 {
			add(-r.short)
		}
		if r.initials != 0 {
			add(-r.initials)
		}
	}
}

// turn tells who says a sentence of a transcript, and who spoke last and speaks next but him; 0 where the text does not tell.
type turn struct{ speaker, before, after int32 }

// turns fills c.turn, a turn for each sentence of doc, and c.labels.
func (c *corefScratch) turns(doc *Document) {
	n := len(doc.Sentences)
	c.turn = grow(c.turn, n)
	for i := range n {
		c.turn[i] = turn{}
		if s := doc.Sentences[i].Speaker; s != "" {
			id := c.id("\x01" + s)
			if c.turn[i].speaker = id; c.labels[id] == nil {
				c.labels[id] = c.labelWords(s)
				for _, w := range c.labels[id] {
					c.labels[w] = append(c.labels[w], id)
				}
			}
		}
	}
	for i := 1; i < n; i++ {
		if c.turn[i].before = c.turn[i-1].speaker; c.turn[i].before == c.turn[i].speaker {
			c.turn[i].before = c.turn[i-1].before
		}
	}
	for i := n - 2; i >= 0; i-- {
		if c.turn[i].after = c.turn[i+1].speaker; c.turn[i].after == c.turn[i].speaker {
			c.turn[i].after = c.turn[i+1].after
		}
	}
}

// labelWords returns the ids of the words of a speaker's label, which may stand together: "Laura Stone:", LauraStone.
func (c *corefScratch) labelWords(label string) []int32 {
	var out []int32
	from := 0
	add := func(to int) {
		if w := strings.Trim(label[from:to], " :."); len(w) > 1 {
			out = append(out, c.id(w))
		}
		from = to
	}
	for i := 1; i < len(label); i++ {
		if label[i] == ' ' || 'A' <= label[i] && label[i] <= 'Z' && 'a' <= label[i-1] && label[i-1] <= 'z' {
			add(i)
		}
	}
	add(len(label))
	return out
}

// labelled says whether name r is that of a speaker: its head stands in his label.
func (c *corefScratch) labelled(speaker int32, r *referent) bool {
	return r.kind == kindName && slices.Contains(c.labels[speaker], r.lemma)
}

// surname gives a name of one word what an earlier name of a person tells that ends with it: Stone after Laura Stone is no thing.
func (c *corefScratch) surname(r *referent) {
	for _, j := range c.lastWith[r.lemma] {
		b := &c.refs[j]
		if n := len(b.words); b.kind == kindName && b.ner == 1 && n > 1 && b.words[n-1] == r.lemma {
			r.class, r.classes, r.ner, r.gender = b.class, b.classes, 1, b.gender
			return
		}
	}
}

// initials notes what acronym a name is or could have.
func (c *corefScratch) initials(r *referent, words []Word) {
	if r.first == r.last || words[r.first].UPOS == "DET" && r.first+1 == r.last {
		form := words[r.last].Form
		if len(form) >= 2 && len(form) <= 8 && strings.ToUpper(form) == form && form[0] >= 'A' {
			r.short = c.id("\x00" + strings.ReplaceAll(form, ".", ""))
		}
		return
	}
	var b [10]byte
	n := 1
	for k := r.first; k <= r.last && n < len(b); k++ {
		if f := words[k].Form; isCapital(f) && f[0] < 0x80 && words[k].UPOS != "DET" {
			b[n] = f[0]
			n++
		}
	}
	if n > 2 {
		r.initials = c.id(string(b[:n]))
	}
}

// choose returns the candidate of c.cands that referent i is linked to, -1 for none, and the probability of its chain.
func (c *corefScratch) choose(m *model, cm *corefModel, i int) (int, float32) {
	if id := c.refs[i].says; id != 0 {
		list := c.lastWith[-id]
		if n, _ := slices.BinarySearch(list, int32(i)); n > 0 {
			return int(list[n-1]), sameSpeaker
		}
	}
	c.candidates(i)
	if len(c.cands) == 0 {
		return -1, 0
	}
	rk := &cm.rank[rankerOf(c.refs[i].kind)]
	c.noneFeatures(c.row[:0], i)
	none := rk.none.Score(&c.row)
	c.probs, c.rows = grow(c.probs, len(c.cands)), grow(c.rows, len(c.cands))
	// The first trees tell the unlikely ones, the rest decides among the others.
	all := len(rk.option.Trees)
	early := all / 4
	lead := none * float32(early) / float32(max(all, 1))
	agreeing := 0
	for n, j := range c.cands {
		c.optionFeatures(m, c.rows[n][:0], i, int(j), n, agreeing)
		c.probs[n] = rk.option.ScoreOf(&c.rows[n], 0, early)
		lead = max(lead, c.probs[n])
		if c.agrees(i, int(j)) {
			agreeing++
		}
	}
	top := none
	for n := range c.cands {
		if c.probs[n] < lead-maxBehind {
			c.probs[n] = -expLimit
			continue
		}
		c.probs[n] += rk.option.ScoreOf(&c.rows[n], early, all)
		top = max(top, c.probs[n])
	}
	sum := float32(math.Exp(float64(none - top)))
	for n := range c.probs {
		c.probs[n] = float32(math.Exp(float64(max(c.probs[n]-top, -expLimit))))
		sum += c.probs[n]
	}
	best, share := -1, float32(0)
	for n, j := range c.cands {
		mass, first := float32(0), true
		for q, k := range c.cands {
			if c.of[k] == c.of[j] {
				if q < n {
					first = false
					break
				}
				mass += c.probs[q]
			}
		}
		if first && mass > share {
			best, share = n, mass
		}
	}
	share /= sum
	if best < 0 || share < linkAt[rankerOf(c.refs[i].kind)] {
		return -1, share
	}
	to := best
	for n, j := range c.cands {
		if c.of[j] == c.of[c.cands[best]] && c.probs[n] > c.probs[to] {
			to = n
		}
	}
	return int(c.cands[to]), share
}

// sameSpeaker is the probability that "I" and "I" of one speaker of a transcript are one: quotations without marks are rare.
const sameSpeaker = .97

// maxBehind is how far behind the best one a candidate may be after the first quarter of the trees: with 1.5 the CoNLL average of
// GUM dev is what it is with all trees asked (0.5692, 0.5699), in two thirds of the time.
const maxBehind = 1.5

// linkAt is the least probability of a chain that a pronoun, name or other phrase joins it with.
var linkAt = [3]float32{.30, .29, .34}

// agrees says whether nothing known of i and j speaks against their being one.
func (c *corefScratch) agrees(i, j int) bool {
	a, b := &c.refs[i], &c.refs[j]
	if agreement(a.number, b.number) == 0 || agreement(a.gender, b.gender) == 0 {
		return false
	}
	dot := 0
	for q := range a.classes {
		dot += int(a.classes[q]) * int(b.classes[q])
	}
	return a.kind == kindPronoun && (a.pro == proIt || a.pro >= proThey) && b.class != classPerson || dot > 63*63/3
}

// chains finds the chains of doc, whose words are annotated in full.
func (c *corefScratch) chains(m *model, doc *Document, views []wordView) {
	c.prepare(m, doc, views)
	for i := range c.refs {
		// not while learning: teams that are taken for people have plurals in their chains
		r := &c.refs[i]
		r.onePerson = r.onePerson || r.kind == kindName && r.ner == 1 && r.class == classPerson && r.number == singular
		r.noPerson = r.kind == kindName && (r.ner == 2 || r.ner == 3) && r.classes[classOrganization]+r.classes[classPlace] > 60 // of 63
	}
	doc.Referents = make([]Referent, len(c.refs))
	for i := range c.refs {
		j, p := c.choose(m, m.coref, i)
		c.join(i, j)
		r := &c.refs[i]
		out := Referent{Sent: int(r.sent), First: int(r.first), Last: int(r.last), Head: int(r.head), Kind: Nominal,
			Chain: -1, Antecedent: j, Group: r.group}
		if j >= 0 {
			out.Probability = p
		}
		switch r.kind {
		case kindPronoun:
			out.Kind = Pronoun
		case kindName:
			out.Kind = Named
		}
		if r.kind != kindPronoun || r.pro <= proShe && r.pro != proNone {
			out.Class, out.ClassProbability = SemanticClasses[r.class], float32(r.classes[r.class])/63
		}
		doc.Referents[i] = out
	}
	doc.Chains = nil
	number := make([]int, len(c.clusters))
	for i := range doc.Referents {
		k := c.of[i]
		if c.clusters[k].size < 2 {
			continue
		}
		if number[k] == 0 {
			doc.Chains = append(doc.Chains, nil)
			number[k] = len(doc.Chains)
		}
		doc.Referents[i].Chain = number[k] - 1
		doc.Chains[number[k]-1] = append(doc.Chains[number[k]-1], i)
	}
}
