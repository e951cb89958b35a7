package nlp

import (
	"math"
	"strings"

	"github.com/viterin/vek/vek32"

	"kg/internal/boost"
)

// corefScratch holds what finding the chains of one document takes. It can be reused, but it is not safe for concurrent use.
type corefScratch struct {
	finder   referentFinder
	refs     []referent
	ids      map[string]int32 // lower-case words and phrases
	lower    []byte
	turn     []turn            // of each sentence
	labels   map[int32][]int32 // speaker → words of his label; word → speakers whose label has it
	quotes   []int32           // word of the sentence → number of the quotation, 0 outside
	lastWith map[int32][]int32 // id of a content word → referents that have it, rising
	heads    map[int32]int32   // id of a lemma → number of referents that it heads
	texts    map[int32]uint8   // id of a phrase → number of referents
	wordIDs  []int32
	cands    []int32
	marks    []int32
	barred   []int32 // clusters that the referent at hand can't belong to
	row      boost.Row
	rows     []boost.Row // of the candidates
	clusters []cluster
	of       []int32 // referent → cluster
	recent   []int32 // clusters of two and more, the one added to last at the end
	dialogue uint8   // share of the words I and you among the referents
	probs    []float32
}

// cluster is a chain as it grows from left to right.
type cluster struct {
	size, last                      int32
	begins                          int32 // sentence of the first
	named, spoke                    bool
	subjects                        uint8
	masc, fem, sing, plur           uint8
	he, she, person, several, thing bool  // has such a member: see clash
	says                            int32 // speaker of its "I", 0 for none
	texts, lemmas                   []int32
	textCounts, lemmaCounts         []uint8
	classes                         [len(SemanticClasses)]uint16
	words                           []int32 // of its longest name
	vectors                         []int32 // lines of the heads of its first names and nouns
	nominals, names, pronoun        uint8
}

// id returns a number for s in lower case, the same for the same.
func (c *corefScratch) id(s string) int32 {
	c.lower = c.lower[:0]
	for i := 0; i < len(s); i++ {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		c.lower = append(c.lower, b)
	}
	if id, ok := c.ids[string(c.lower)]; ok {
		return id
	}
	id := int32(len(c.ids) + 1)
	c.ids[string(c.lower)] = id
	return id
}

type pronoun struct{ pro, number, gender uint8 }

// pronouns gives the group, number and gender of pronouns by form in lower case.
var pronouns = func() map[string]pronoun {
	m := map[string]pronoun{}
	for _, p := range []struct {
		forms string
		pronoun
	}{
		{"i me my mine myself", pronoun{proI, singular, 0}},
		{"we us our ours ourselves 's ’s", pronoun{proWe, plural, 0}},
		{"you your yours ya ye", pronoun{proYou, 0, 0}},
		{"yourself", pronoun{proYou, singular, 0}}, {"yourselves", pronoun{proYou, plural, 0}},
		{"he him his himself", pronoun{proHe, singular, masculine}},
		{"she her hers herself", pronoun{proShe, singular, feminine}},
		{"it its itself it's", pronoun{proIt, singular, neuter}},
		{"they them their theirs themselves em 'em", pronoun{proThey, plural, 0}},
		{"this", pronoun{proThis, singular, 0}}, {"that", pronoun{proThat, singular, 0}},
		{"these", pronoun{proThese, plural, 0}}, {"those", pronoun{proThose, plural, 0}},
		{"what whatever", pronoun{proWhat, 0, 0}},
	} {
		for form := range strings.FieldsSeq(p.forms) {
			m[form] = p.pronoun
		}
	}
	return m
}()

// genders of titles and nouns of people.
var genders = func() map[string]uint8 {
	m := map[string]uint8{}
	for w := range strings.FieldsSeq(`mr mr. sir lord man men boy father dad son brother husband king prince uncle
		grandfather gentleman guy nephew businessman congressman fisherman duke emperor monk boyfriend grandson baron
		widower statesman policeman`) {
		m[w] = masculine
	}
	for w := range strings.FieldsSeq(`mrs mrs. ms ms. miss lady woman women girl mother mom mum daughter sister wife queen
		princess aunt grandmother niece actress businesswoman congresswoman duchess empress nun girlfriend granddaughter
		baroness widow waitress hostess policewoman spokeswoman chairwoman saleswoman`) {
		m[w] = feminine
	}
	return m
}()

var sayVerbs = set(`say tell add ask reply answer explain announce declare state note warn insist argue claim write recall comment
	continue conclude respond suggest admit deny shout whisper think believe`)

// otherThanSubject are prepositions with which a pronoun, if it is no reflexive, means another than the subject of the verb: he
// talked to him; but she put it beside her.
var otherThanSubject = set(`to by from against about of for upon`)

var determiners = map[string]uint8{
	"a": detA, "an": detA, "the": detThe, "this": detThis, "that": detThis, "these": detThis, "those": detThis, "some": detSome,
	"any": detSome, "each": detSome, "every": detSome, "no": detSome, "all": detSome, "both": detSome, "another": detA, "such": detThis,
	"many": detSome,
}

func roleOf(deprel string) uint8 {
	rel, _, _ := strings.Cut(deprel, ":")
	switch rel {
	case "nsubj", "csubj":
		return roleSubject
	case "obj":
		return roleObject
	case "obl", "iobj":
		return roleOblique
	case "nmod":
		if deprel == "nmod:poss" {
			return rolePossessive
		}
		return roleNmod
	case "appos":
		return roleApposition
	case "compound", "amod", "flat":
		return rolePart
	case "root", "ccomp", "advcl", "parataxis":
		return roleRoot
	case "conj":
		return roleConjunct
	}
	return roleOther
}

// describe fills in what r's own words and place tell of it.
func (c *corefScratch) describe(m *model, r *referent, words []Word, lemmaIDs []int32, views []wordView) {
	w := &words[r.head]
	f := &c.finder
	r.lemma = lemmaIDs[r.head]
	r.status = views[r.head].status
	r.vector, r.verb, r.predicate, r.governorVector = -1, -1, -1, -1
	r.role = roleOf(w.Deprel)
	r.possessive = w.Deprel == "nmod:poss"
	r.part = w.Deprel == "compound" || w.Deprel == "amod"
	if h := w.Head; h >= 0 && h > int(r.head) && words[h].UPOS == "PROPN" {
		switch w.Deprel {
		case "compound", "amod":
			r.inName = 1
		case "nmod:desc":
			r.inName = 2
		}
	}
	r.quote = c.quotes[r.head]
	r.quoted = r.quote != 0
	if len(w.NER) > 2 {
		r.ner = uint8(1 + typeIndex(w.NER[2:]))
	}
	up := w.Head
	for k := range r.above {
		r.above[k] = int32(up)
		if up >= 0 {
			if up = words[up].Head; words[r.above[k]].Deprel == "parataxis" {
				up = -1
			}
		}
	}
	h := w.Head
	if w.Deprel == "conj" {
		for steps := 0; h >= 0 && words[h].Deprel == "conj" && steps < 20; steps++ {
			h = words[h].Head
		}
		if h >= 0 {
			r.role = roleOf(words[h].Deprel)
			h = words[h].Head
		}
	}
	if h >= 0 {
		r.verb = int32(h)
		r.governor = lemmaIDs[h]
		r.governorVector = m.line(strings.ToLower(words[h].Lemma))
		r.speaks = r.role == roleSubject && sayVerbs[words[h].Lemma]
		r.main = r.role == roleSubject && words[h].Head < 0
		for k := f.child[h]; k >= 0; k = f.sibling[k] {
			switch words[k].Deprel {
			case "ccomp", "csubj", "csubj:pass", "xcomp", "csubj:outer":
				r.clausal = r.clausal || int(k) > h
			}
		}
	}
	switch {
	case w.Deprel == "appos":
		r.predicate = int32(w.Head)
	case f.has(int(r.head), "cop"):
		r.predicate = int32(f.dependent(int(r.head), "nsubj"))
	}
	r.expletive = w.Deprel == "expl"
	r.cases = true
	if r.role == roleOblique && w.Deprel != "iobj" {
		k := f.dependent(int(r.head), "case")
		r.cases = k >= 0 && otherThanSubject[strings.ToLower(words[k].Form)]
	}
	low := strings.ToLower(w.Form)
	r.rarity = rarity(m.line(low))
	switch w.UPOS {
	case "PRON", "DET":
		r.kind = kindPronoun
		p, ok := pronouns[low]
		if !ok {
			p.pro = proOne
		}
		r.pro, r.number, r.gender = p.pro, p.number, p.gender
		if r.speaker = c.turn[r.sent].speaker; r.pro == proI && !r.quoted {
			r.says = r.speaker
		}
		r.onePerson = r.pro == proHe || r.pro == proShe || r.pro == proI
		r.reflexive = strings.HasSuffix(low, "self") || strings.HasSuffix(low, "selves")
	case "PROPN":
		r.kind = kindName
	case "NUM":
		r.kind = kindNumber
	case "ADV":
		r.kind = kindAdverb
	default:
		if f.extraposed(int(r.head)) {
			r.kind = kindClause
			break
		}
		r.kind = kindNominal
		if !f.has(int(r.head), "det") && w.UPOS != "VERB" && r.head > 0 && isCapital(w.Form) && len(w.NER) > 2 {
			r.kind = kindName
		}
	}
	first, last := r.first, r.last
	for k := f.child[r.head]; k >= 0; k = f.sibling[k] {
		x := &words[k]
		switch x.Deprel {
		case "det", "det:predet":
			if d := determiners[strings.ToLower(x.Form)]; d != 0 {
				r.det = d
			} else if r.det == detNone {
				r.det = detSome
			}
		case "nmod:poss":
			r.det = detPossessive
			r.possessor = lemmaIDs[k]
		case "nummod":
			if r.det == detNone {
				r.det = detNumber
			}
			r.modified = true
			r.count = lemmaIDs[k]
		case "amod", "compound", "nmod:desc":
			if k < r.head {
				r.modified = true
			}
		case "nmod", "acl", "acl:relcl":
			if k > r.head {
				r.postmodified = true
			}
		}
	}
	for first < r.head && (words[first].UPOS == "DET" || words[first].UPOS == "PRON" && words[first].Deprel == "nmod:poss") {
		first++
	}
	if words[last].XPOS == "POS" && last > r.head {
		last--
	}
	if first == last {
		r.text = c.id(words[first].Form)
	} else {
		var b strings.Builder
		for k := first; k <= last; k++ {
			b.WriteString(words[k].Form)
			b.WriteByte(' ')
		}
		r.text = c.id(b.String())
	}
	from := len(c.wordIDs)
	for k := first; k <= last && len(c.wordIDs) < from+12; k++ {
		switch words[k].UPOS {
		case "NOUN", "PROPN", "ADJ", "NUM", "X":
			if k > r.head && words[k].Head != int(r.head) {
				continue
			}
			c.wordIDs = append(c.wordIDs, lemmaIDs[k])
		}
	}
	r.words = c.wordIDs[from:len(c.wordIDs):len(c.wordIDs)]
	if r.kind == kindClause {
		r.vector = m.line(low)
		r.class, r.classes[classAbstract] = classAbstract, 60
		r.number = singular
	} else if r.kind != kindPronoun {
		r.vector = m.line(low)
		r.classes = views[r.head].class
		best := 0
		for k, v := range r.classes {
			if v > r.classes[best] {
				best = k
			}
		}
		r.class = uint8(best)
		switch {
		case r.group, w.XPOS == "NNS", w.XPOS == "NNPS":
			r.number = plural
		case w.XPOS == "NN", w.XPOS == "NNP":
			r.number = singular
		case r.kind == kindNumber && low == "one":
			r.number = singular
		}
		if r.gender = genders[low]; r.gender == 0 {
			r.gender = genders[strings.ToLower(w.Lemma)]
		}
		if r.gender == 0 && !r.group && (r.ner == 1 || r.kind == kindName && r.class == classPerson) {
			k := first
			if g := genders[strings.ToLower(words[k].Form)]; g != 0 {
				r.gender = g
			} else {
				for k < last && r.ner == 1 && len(words[k].NER) < 3 {
					k++
				}
				if v, ok := m.words[strings.ToLower(words[k].Form)]; ok && m.coref != nil {
					switch p := m.coref.female(m, v); {
					case p > .8:
						r.gender = feminine
					case p < .2:
						r.gender = masculine
					}
				}
			}
		}
	} else {
		switch r.pro {
		case proI, proWe, proYou, proHe, proShe:
			r.class = classPerson
			r.classes[classPerson] = 60
		case proIt:
			r.class = classAbstract
		}
	}
}

// rarity tells how rare a word is by its line in the table of vectors, which begins with the most frequent ones.
func rarity(line int32) uint8 {
	if line < 0 {
		return 9
	}
	return bucket(int(line), 100, 300, 1000, 2000, 4000, 8000, 16000, 32000)
}

// cosine of two lines of the vector table, 0 where one is missing.
func (m *model) cosine(a, b int32) float32 {
	if a < 0 || b < 0 {
		return 0
	}
	if a == b {
		return 1
	}
	d := m.gloveDim
	x, y := m.vectors[int(a)*d:][:d], m.vectors[int(b)*d:][:d]
	var dot, xx, yy int32
	for i := range x {
		p, q := int32(int8(x[i])), int32(int8(y[i]))
		dot += p * q
		xx += p * p
		yy += q * q
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return float32(dot) / float32(math.Sqrt(float64(float32(xx)*float32(yy))))
}

// classWidth is the length of what classInput returns.
func (m *model) classWidth() int { return 2*m.hidden + m.gloveDim + len(entityTypes) + 1 }

// classInput is what the class of a word is told from: the network's view of it, its vector, its entity tag.
func (m *model) classInput(x []float32, enc []float32, word string, ner string) []float32 {
	x = append(x[:0], enc...)
	x = m.appendVector(x, word)
	for _, t := range entityTypes {
		x = append(x, float32(bit(len(ner) > 2 && ner[2:] == t)))
	}
	return append(x, 1)
}

func (m *model) appendVector(x []float32, word string) []float32 {
	return m.appendLine(x, m.line(strings.ToLower(word)))
}

// softmax63 turns scores into probabilities × 63 in p.
func softmax63(z []float32, p []uint8) {
	vek32.SubNumber_Inplace(z, vek32.Max(z))
	vek32.MaximumNumber_Inplace(z, -expLimit)
	vek32.Exp_Inplace(z)
	sum := vek32.Sum(z)
	for i := range p {
		p[i] = uint8(z[i]/sum*63 + .5)
	}
}
