package nlp

import (
	_ "embed"
	"strings"
)

// feats.txt holds the features of closed-class words: one line each of features and words, universal tag, Penn tag, features,
// then the words in lower case. Counted from the training sets of the treebanks (go test -run TestFeatsTable -update).
//
//go:embed model/feats.txt
var featsTable string

type featKey struct{ upos, xpos, form string }

// featurer derives the UD features of words from tags, lemmas and trees. It is read-only once made and safe for concurrent
// use.
type featurer struct{ closed map[featKey]string }

func newFeaturer(table string) *featurer {
	f := &featurer{closed: map[featKey]string{}}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 4 {
			continue
		}
		for _, form := range fields[3:] {
			f.closed[featKey{fields[0], fields[1], form}] = fields[2]
		}
	}
	return f
}

// clause is what the features of a verb need to know of the words that depend on it.
type clause struct {
	subject   int // index of its subject, -1 for none
	passive   bool
	have      bool // a form of have among its helpers
	helper    bool // any aux
	modal     bool // a modal or do
	to        bool // marked by to
	copula    bool
	plural    bool // has a conjunct, joined by and
	expletive bool
}

// sentence fills in the features of words, whose tags, lemmas and heads are known. It uses and returns buf.
func (f *featurer) sentence(words []Word, buf []clause) []clause {
	buf = grow(buf, len(words))
	for i := range buf {
		buf[i] = clause{subject: -1}
	}
	for i := range words {
		w := &words[i]
		if w.Head < 0 || w.Head >= len(words) {
			continue
		}
		c := &buf[w.Head]
		switch w.Deprel {
		case "nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer":
			if c.subject < 0 || w.Deprel != "nsubj:outer" {
				c.subject = i
			}
		case "expl":
			c.expletive = true
		case "aux:pass":
			c.passive, c.helper = true, true
		case "aux":
			c.helper = true
			c.have = c.have || w.Lemma == "have"
			c.modal = c.modal || w.XPOS == "MD" || w.Lemma == "do"
		case "cop":
			c.copula = true
		case "mark":
			c.to = c.to || w.XPOS == "TO"
		case "conj":
			c.plural = true
		}
	}
	for i := range words {
		words[i].Feats = f.feats(words, buf, i)
	}
	return buf
}

const (
	gerund      = "VerbForm=Ger"
	presentPart = "Tense=Pres|VerbForm=Part"
	pastPart    = "Tense=Past|VerbForm=Part"
	passivePart = "Tense=Past|VerbForm=Part|Voice=Pass"
	infinitive  = "VerbForm=Inf"
	imperative  = "Mood=Imp|VerbForm=Fin"
)

// finite holds the features of finite verbs by tense (present, past), number (singular, plural) and person.
var finite = [2][2][4]string{
	{{"", "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin", "Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin",
		"Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"},
		{"", "Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin", "", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"}},
	{{"", "Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin", "Mood=Ind|Number=Sing|Person=2|Tense=Past|VerbForm=Fin",
		"Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"},
		{"", "Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin", "", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"}},
}

func (f *featurer) feats(words []Word, cl []clause, i int) string {
	w := &words[i]
	if w.Form == "" {
		return ""
	}
	low := lower(w.Form, 16)
	if low == "" {
		low = w.Form
	}
	if w.UPOS == "PRON" && (low == "you" || low == "it") && w.XPOS == "PRP" {
		nominative := strings.HasPrefix(w.Deprel, "nsubj") || w.Deprel == "expl"
		switch {
		case low == "you" && nominative:
			return "Case=Nom|Person=2|PronType=Prs"
		case low == "you":
			return "Case=Acc|Person=2|PronType=Prs"
		case nominative:
			return "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs"
		}
		return "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs"
	}
	switch w.XPOS {
	case "WP", "WDT", "WRB":
		if low == "that" || inRelative(words, i) {
			return "PronType=Rel"
		}
		return "PronType=Int"
	case "VBZ":
		return finite[0][0][3]
	case "VBP", "VBD":
		return f.finiteFeats(words, cl, i)
	case "VB":
		return f.baseFeats(words, cl, i)
	case "VBG":
		return gerundFeats(words, cl, i, 0)
	case "VBN":
		if w.UPOS == "AUX" || w.Deprel == "cop" {
			return pastPart
		}
		return participleFeats(words, cl, i, 0)
	}
	if feats, ok := f.closed[featKey{w.UPOS, w.XPOS, low}]; ok {
		return feats
	}
	switch w.UPOS {
	case "NUM":
		return numberFeats(low)
	case "SYM", "X", "PUNCT":
		return ""
	}
	switch w.XPOS {
	case "NNP":
		switch w.UPOS {
		case "ADJ":
			return "Degree=Pos"
		case "VERB":
			if strings.HasSuffix(low, "ing") {
				return gerund
			}
			return pastPart
		}
		return "Number=Sing"
	case "NN":
		if isDigitByte(w.Form[0]) {
			return "Number=Sing|NumForm=Combi|NumType=Ord"
		}
		return "Number=Sing"
	case "NNS", "NNPS":
		if isDigitByte(w.Form[0]) {
			return "Number=Ptan|NumForm=Combi|NumType=Card"
		}
		if w.Lemma == low && strings.HasSuffix(low, "s") && w.XPOS == "NNS" {
			return "Number=Ptan"
		}
		return "Number=Plur"
	case "JJ":
		if isDigitByte(w.Form[0]) {
			return "Degree=Pos|NumForm=Combi|NumType=Ord"
		}
		return "Degree=Pos"
	case "JJR", "RBR":
		return "Degree=Cmp"
	case "JJS", "RBS":
		return "Degree=Sup"
	case "MD":
		return "VerbForm=Fin"
	}
	return ""
}

// numberFeats returns the features of a number.
func numberFeats(low string) string {
	if low == "" || !isDigitByte(low[0]) && !(len(low) > 1 && (low[0] == '.' || low[0] == '\'' || low[0] == '+')) {
		if strings.Trim(low, "ivxlcdm") == "" && low != "m" {
			return "NumForm=Roman|NumType=Card"
		}
		return "NumForm=Word|NumType=Card"
	}
	if strings.Contains(low, "/") || strings.Contains(low, ".") {
		if !strings.Contains(low, ":") && strings.Count(low, "/")+strings.Count(low, ".") == 1 {
			return "NumForm=Digit|NumType=Frac"
		}
	}
	return "NumForm=Digit|NumType=Card"
}

// inRelative says whether the question word at i stands in a relative clause.
func inRelative(words []Word, i int) bool {
	for steps := 0; i >= 0 && i < len(words) && steps < 8; steps++ {
		switch words[i].Deprel {
		case "acl:relcl", "advcl:relcl":
			return true
		case "root", "ccomp", "csubj", "advcl", "parataxis", "xcomp":
			return false
		}
		i = words[i].Head
	}
	return false
}

// clauseHead returns the word that the subject of the verb at i hangs from.
func clauseHead(words []Word, i int) int {
	switch words[i].Deprel {
	case "aux", "aux:pass", "cop":
		if h := words[i].Head; h >= 0 && h < len(words) {
			return h
		}
	}
	return i
}

// subjectOf returns the subject of the clause of head h, that of the first conjunct where it has none of its own, -1 for
// none.
func subjectOf(words []Word, cl []clause, h int) int {
	for steps := 0; steps < 16; steps++ {
		if cl[h].subject >= 0 {
			return cl[h].subject
		}
		if words[h].Deprel != "conj" || words[h].Head < 0 || words[h].Head >= len(words) {
			return -1
		}
		h = words[h].Head
	}
	return -1
}

// finiteFeats returns the features of a verb tagged VBP or VBD: number and person are its subject's.
func (f *featurer) finiteFeats(words []Word, cl []clause, i int) string {
	tense := 0
	if words[i].XPOS == "VBD" {
		tense = 1
	}
	h := clauseHead(words, i)
	subj := subjectOf(words, cl, h)
	low := strings.ToLower(words[i].Form)
	if subj >= 0 && (words[subj].XPOS == "WDT" || words[subj].XPOS == "WP") {
		// the antecedent of a relative pronoun
		if words[h].Deprel == "acl:relcl" && words[h].Head >= 0 {
			subj = words[h].Head
		}
	}
	person, plural := 3, tense == 0
	if subj >= 0 {
		s := &words[subj]
		switch strings.ToLower(s.Form) {
		case "i":
			person, plural = 1, false
		case "we":
			person, plural = 1, true
		case "you":
			person, plural = 2, false
		case "they", "these", "those", "both", "many", "few":
			plural = true
		default:
			if tense == 1 {
				plural = s.XPOS == "NNS" || s.XPOS == "NNPS" || cl[subj].plural && (s.UPOS == "NOUN" || s.UPOS == "PROPN") ||
					s.UPOS == "NUM" && s.Lemma != "one" && s.Lemma != "1"
			}
		}
	}
	if tense == 1 && person == 3 {
		switch low {
		case "was":
			plural = false
		case "were":
			plural = subj < 0 || words[subj].XPOS != "PRP" || words[subj].Lemma == "they"
		}
	}
	if tense == 0 && low == "am" {
		person, plural = 1, false
	}
	n := 0
	if plural && person != 2 {
		n = 1
	}
	return finite[tense][n][person]
}

// baseFeats tells the imperative from the infinitive.
func (f *featurer) baseFeats(words []Word, cl []clause, i int) string {
	w := &words[i]
	h := clauseHead(words, i)
	c := &cl[h]
	helper := h != i // be or do before another word
	switch {
	case helper && (w.Deprel == "cop" || w.Deprel == "aux:pass"):
		if !c.modal && !c.to && c.subject < 0 && (words[h].Deprel == "root" || words[h].Deprel == "parataxis") && i < h && !c.helper {
			return imperative
		}
		return infinitive
	case helper: // do n't
		if w.Lemma == "do" && c.subject < 0 {
			return imperative
		}
		return infinitive
	}
	for steps := 0; steps < 16; steps++ {
		c := &cl[h]
		if c.modal || c.to || c.helper {
			return infinitive
		}
		if c.subject >= 0 {
			return infinitive
		}
		switch words[h].Deprel {
		case "root", "parataxis":
			return imperative
		case "conj":
			if g := words[h].Head; g >= 0 && g < len(words) && words[g].XPOS == "VB" {
				h = g
				continue
			}
		}
		return infinitive
	}
	return infinitive
}

// gerundFeats tells the gerund from the present participle.
func gerundFeats(words []Word, cl []clause, i, depth int) string {
	w := &words[i]
	if w.UPOS == "AUX" || cl[i].helper {
		return presentPart
	}
	switch w.Deprel {
	case "acl", "amod", "xcomp", "csubj", "csubj:pass", "obj", "nsubj", "obl", "nmod", "compound", "ccomp", "appos":
		return gerund
	case "conj":
		if w.Head >= 0 && w.Head < len(words) && words[w.Head].XPOS == "VBG" && depth < 8 {
			return gerundFeats(words, cl, w.Head, depth+1)
		}
	}
	return presentPart
}

// participleFeats tells the passive from the active past participle.
func participleFeats(words []Word, cl []clause, i, depth int) string {
	w, c := &words[i], &cl[i]
	switch {
	case c.passive:
		return passivePart
	case c.have:
		return pastPart
	case w.Deprel == "conj" && !c.helper && w.Head >= 0 && w.Head < len(words) && words[w.Head].XPOS == "VBN" && depth < 8:
		return participleFeats(words, cl, w.Head, depth+1)
	case c.helper:
		return pastPart
	}
	return passivePart
}
