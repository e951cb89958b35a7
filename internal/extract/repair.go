package extract

import (
	"slices"

	"kg/internal/nlp"
)

// repairs in the order in which they run, each over the whole sentence; a later one sees what the earlier ones mended.
var repairs = []struct {
	name string
	mend func(r *repairer, i int)
}{
	{"stock split", (*repairer).stockSplit},
	{"measure before", (*repairer).measureBefore},
	{"or amount", (*repairer).orAmount},
	{"noun in list", (*repairer).nounInList},
	{"hyphenated", (*repairer).hyphenated},
	{"ranked name", (*repairer).rankedName},
	{"nickname", (*repairer).nickname},
	{"name behind", (*repairer).nameBehind},
	{"name with and", (*repairer).nameWithAnd},
	{"listed modifiers", (*repairer).listedModifiers},
	{"score", (*repairer).score},
	{"adjective beside noun", (*repairer).adjectiveBesideNoun},
	{"agent after gerund", (*repairer).agentAfterGerund},
	{"verbs before noun", (*repairer).verbsBeforeNoun},
	{"at first", (*repairer).atFirst},
	{"fronted place", (*repairer).frontedPlace},
	{"said after clause", (*repairer).saidAfterClause},
	{"that of clause", (*repairer).thatOfClause},
	{"finite noun", (*repairer).finiteNoun},
	{"due to", (*repairer).dueTo},
	{"plain plural", (*repairer).plainPlural},
	{"shared head", (*repairer).sharedHead},
	{"noun before verb", (*repairer).nounBeforeVerb},
	{"only subject", (*repairer).onlySubject},
	{"said as participle", (*repairer).saidAsParticiple},
	{"subject beside hearer", (*repairer).subjectBesideHearer},
	{"hearer's opinion", (*repairer).hearersOpinion},
	{"inverted said", (*repairer).invertedSaid},
	{"forecast at end", (*repairer).forecastAtEnd},
	{"month of May", (*repairer).monthOfMay},
	{"time beside subject", (*repairer).timeBesideSubject},
	{"to verb", (*repairer).toVerb},
	{"speaker before said", (*repairer).speakerBeforeSaid},
	{"object behind conjunct", (*repairer).objectBehindConjunct},
	{"using means", (*repairer).usingMeans},
	{"also known", (*repairer).alsoKnown},
	{"that of definite", (*repairer).thatOfDefinite},
	{"presented to", (*repairer).presentedTo},
	{"participle after comma", (*repairer).participleAfterComma},
	{"named auxiliary", (*repairer).namedAuxiliary},
	{"names after of", (*repairer).namesAfterOf},
	{"letters", (*repairer).letters},
	{"named speaker", (*repairer).namedSpeaker},
	{"headless clause", (*repairer).headlessClause},
	{"two names", (*repairer).twoNames},
	{"broken name", (*repairer).brokenName},
	{"verb with auxiliary", (*repairer).verbWithAuxiliary},
	{"subject of auxiliary", (*repairer).auxiliary},
	{"up to", (*repairer).upTo},
	{"verb as modifier", (*repairer).verbAsModifier},
	{"name in phrase", (*repairer).phrases},
	{"auxiliary verb", (*repairer).auxiliaryVerb},
	{"not auxiliary", (*repairer).notAuxiliary},
	{"headline", (*repairer).headline},
	{"perfect", (*repairer).perfect},
	{"coordination", (*repairer).coordination},
	{"speaker at the end", (*repairer).speakerAtEnd},
	{"subject with preposition", (*repairer).subjectWithPreposition},
	{"subject of what is said", (*repairer).subjectOfSaid},
	{"verb before number", (*repairer).verbBeforeNumber},
	{"bracketed subject", (*repairer).bracketedSubject},
	{"speaker of clause", (*repairer).speakerOfClause},
	{"clause before speaker", (*repairer).clauseBeforeSpeaker},
	{"subject before verb", (*repairer).subjectBeforeVerb},
	{"subject after list", (*repairer).subjectAfterList},
	{"object of participle", (*repairer).objectOfParticiple},
	{"pronoun subject", (*repairer).pronounSubject},
	{"bracket in compound", (*repairer).bracketInCompound},
	{"like with like", (*repairer).likeWithLike},
	{"participle after object", (*repairer).participleAfterObject},
	{"complex preposition", (*repairer).complexPreposition},
	{"told that", (*repairer).toldThat},
	{"appointed", (*repairer).appointed},
	{"designated", (*repairer).designated},
	{"who follows", (*repairer).whoFollows},
	{"governed", (*repairer).governed},
	{"quantity", (*repairer).quantity},
	{"copula of relative", (*repairer).copulaOfRelative},
	{"main verb", (*repairer).mainVerb},
	{"coordinated subject", (*repairer).coordinatedSubject},
	{"gap", (*repairer).gap},
	{"time of the verb", (*repairer).timeOfVerb},
	{"fronted relative", (*repairer).frontedRelative},
	{"receiver", (*repairer).receiver},
	{"extraposed", (*repairer).extraposed},
	{"participle after noun", (*repairer).participleAfterNoun},
	{"hearer beside subject", (*repairer).hearerBesideSubject},
	{"owned share", (*repairer).ownedShare},
	{"verb beside adverb", (*repairer).verbBesideAdverb},
	{"between pair", (*repairer).betweenPair},
	{"clause of relative", (*repairer).clauseOfRelative},
	{"saying before clause", (*repairer).sayingBeforeClause},
	{"clause after preposition", (*repairer).clauseAfterPreposition},
	{"second subject", (*repairer).secondSubject},
	{"joined clause", (*repairer).joinedClause},
	{"is to", (*repairer).isTo},
	{"object is subject", (*repairer).objectIsSubject},
	{"object before verb", (*repairer).objectBeforeVerb},
	{"for subject", (*repairer).forSubject},
	{"infinitive of verb", (*repairer).infinitiveOfVerb},
	{"infinitive of noun", (*repairer).infinitiveOfNoun},
	{"adjective before gerund", (*repairer).adjectiveBeforeGerund},
	{"participle before noun", (*repairer).participleBeforeNoun},
	{"object of speech", (*repairer).objectOfSpeech},
	{"used to", (*repairer).usedTo},
	{"content of noun", (*repairer).contentOfNoun},
	{"that clause", (*repairer).thatClause},
	{"asked to", (*repairer).askedTo},
	{"it says", (*repairer).itSays},
	{"speaker of quotation", (*repairer).speakerOfQuotation},
	{"said that", (*repairer).saidThat},
	{"gerund subject", (*repairer).gerundSubject},
	{"condition of said", (*repairer).conditionOfSaid},
	{"sibling objects", (*repairer).siblingObjects},
	{"crossing relative", (*repairer).crossingRelative},
	{"closing said", (*repairer).closingSaid},
	{"said before", (*repairer).saidBefore},
	{"preposition of subject", (*repairer).casedSubject},
}

// Repair returns s with misreadings mended that parsers make again and again in news text, each a change of a few arcs that
// grammar alone can justify. s itself stays as it is; where nothing is to be mended it is returned. changed, unless nil, is told
// each word whose head or relation a repair sets, with the name of the repair.
func Repair(s *nlp.Sentence, changed func(name string, word int)) *nlp.Sentence {
	r := &repairer{s: s, changed: changed}
	for _, rep := range repairs {
		r.name = rep.name
		for i := range s.Words {
			rep.mend(r, i)
		}
	}
	return r.s
}

type repairer struct {
	s       *nlp.Sentence
	copied  bool
	name    string
	changed func(name string, word int)
}

// own makes r.s a copy that may be changed.
func (r *repairer) own() {
	if !r.copied {
		c := *r.s
		c.Words = slices.Clone(c.Words)
		r.s, r.copied = &c, true
	}
}

// set changes the arc of word i.
func (r *repairer) set(i, head int, deprel string) {
	if head >= 0 && r.under(head, i) {
		return // no word is above itself
	}
	r.own()
	w := &r.s.Words[i]
	if r.changed != nil && (w.Head != head || w.Deprel != deprel) {
		r.changed(r.name, i)
	}
	w.Head, w.Deprel = head, deprel
}

// tag changes the part of speech of word i.
func (r *repairer) tag(i int, upos, xpos string) {
	r.own()
	r.s.Words[i].UPOS, r.s.Words[i].XPOS = upos, xpos
}

// reach is how far from a word its dependents stand at the most: the parser sees no more words at once. It keeps the search for
// them from taking time by the square of an endless sentence.
const reach = 200

// near returns the range of words around i.
func (r *repairer) near(i int) (from, to int) { return max(0, i-reach), min(len(r.s.Words), i+reach) }

func (r *repairer) find(head int, rel string) int {
	for k, to := r.near(head); k < to; k++ {
		if r.s.Words[k].Head == head && r.s.Words[k].Deprel == rel {
			return k
		}
	}
	return -1
}

// perfect: in "has imposed sanctions", read as having sanctions that were imposed, "imposed" is the verb. A true adjective
// ("has unresolved differences") is tagged JJ; a determiner before the participle ("has the imposed sanctions") or an adverb of
// manner ("has newly trained staff") keeps it.
func (r *repairer) perfect(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" && w[h].UPOS != "AUX" || w[h].Lemma != "have" || h+1 >= len(w) {
		return
	}
	v := h + 1
	if v+2 < len(w) && lower(w[v].Form) == "to" && lower(w[v+1].Form) == "date" {
		v += 2 // "has to date reported losses"
	}
	for v+1 < len(w) && w[v].UPOS == "ADV" && midAdverbs[lower(w[v].Form)] {
		v++
	}
	if w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || w[v].Deprel != "amod" {
		return
	}
	noun := w[v].Head
	if noun > v && w[h].Head == noun && w[h].Deprel == "aux" && w[noun].UPOS == "NOUN" {
		r.perfectClause(h, v, noun)
		return
	}
	if noun <= v || w[noun].Head != h || w[noun].Deprel != "obj" {
		return
	}
	head, deprel := w[h].Head, w[h].Deprel
	r.set(v, head, deprel)
	r.s.Words[v].UPOS, r.s.Words[v].XPOS = "VERB", "VBN"
	for k, to := r.near(h); k < to; k++ {
		if r.s.Words[k].Head == h && k != v {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	for k := h + 1; k < v; k++ {
		if r.s.Words[k].UPOS == "ADV" || r.s.Words[k].Head == noun || r.s.Words[k].Head == h {
			r.set(k, v, "advmod")
		}
	}
	r.set(h, v, "aux")
	r.s.Words[h].UPOS = "AUX"
}

// coordination: in "attacked and bombed civilians", read as attacking bombed civilians, the participle is the second verb.
func (r *repairer) coordination(h int) {
	w := r.s.Words
	if w[h].XPOS != "VBD" && w[h].XPOS != "VBN" || w[h].UPOS != "VERB" || h+3 > len(w) || w[h+1].UPOS != "CCONJ" || w[h].Deprel == "amod" || w[h].Deprel == "case" {
		return
	}
	v := h + 2
	for v+2 < len(w) && (w[v].UPOS == "ADV" || w[v+1].Form == "-" && w[v].End == w[v+1].Begin || w[v].Form == "-" && w[v-1].End == w[v].Begin) {
		v++ // "and otherwise ill-treated"
	}
	if v >= len(w) || w[v].XPOS != "VBN" && w[v].XPOS != "VBD" || w[v].Deprel != "amod" {
		return
	}
	noun := w[v].Head
	if noun <= v || w[noun].Head != h || w[noun].Deprel != "obj" && w[noun].Deprel != "conj" {
		return
	}
	r.set(v, h, "conj")
	r.s.Words[v].UPOS, r.s.Words[v].XPOS = "VERB", w[h].XPOS
	r.set(h+1, v, "cc")
	for k := h + 2; k < v; k++ {
		if w[k].UPOS == "ADV" {
			r.set(k, v, "advmod")
		}
	}
	r.set(noun, h, "obj")
}

// bracketedSubject: what stands in brackets behind a noun explains it: in "said the ECB (European Central Bank) should wait", read as
// the bank in the brackets that should, the noun before them is the subject.
func (r *repairer) bracketedSubject(s int) {
	w := r.s.Words
	c := w[s].Head
	if w[s].Deprel != "nsubj" && w[s].Deprel != "nsubj:pass" || c <= s {
		return
	}
	open := s
	for open >= 0 && s-open < 12 && !isBracket(w[open].Form) {
		open--
	}
	if open < 1 || s-open >= 12 || !isBracket(w[open].Form) {
		return
	}
	end := s
	for end < c && !isBracket(w[end].Form) {
		end++
	}
	n := open - 1
	if end == c || w[n].UPOS != "NOUN" && w[n].UPOS != "PROPN" || w[n].Head != w[c].Head || w[n].Deprel != "obj" {
		return
	}
	r.set(n, c, w[s].Deprel)
	r.set(s, n, "appos")
	for _, k := range [2]int{open, end} {
		r.set(k, s, "punct")
	}
}

// speakerOfClause: a subject before "said" cannot belong to the clause after it.
func (r *repairer) speakerOfClause(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" || r.find(h, "nsubj") >= 0 {
		return
	}
	c := r.find(h, "ccomp")
	if c <= h {
		return
	}
	first, n := -1, 0
	for k, to := r.near(c); k < to; k++ {
		if w[k].Head == c && w[k].Deprel == "nsubj" {
			if n++; k < h {
				first = k
			}
		}
	}
	if first >= 0 && n > 1 {
		r.set(first, h, "nsubj")
	}
}

// toldThat: in "told reporters in Vienna that …" the clause is what was told, not a description of Vienna or the reporters.
func (r *repairer) toldThat(h int) {
	if w := r.s.Words[h]; w.UPOS != "VERB" || !telling[w.Lemma] || r.find(h, "ccomp") >= 0 {
		return
	}
	for k := h + 1; k < min(len(r.s.Words), h+reach); k++ {
		w := r.s.Words
		if lower(w[k].Form) != "that" || w[k].Deprel != "mark" || w[k].Head <= k {
			continue
		}
		c := w[k].Head
		if w[c].Deprel != "acl" && w[c].Deprel != "acl:relcl" && w[c].Deprel != "advcl" || w[c].Head >= 0 && textNouns[lower(w[w[c].Head].Lemma)] {
			return
		}
		for n := w[c].Head; n > h; n = w[n].Head { // hung somewhere below the verb
			if w[n].Head == h {
				r.set(c, h, "ccomp")
				return
			}
		}
		if w[c].Head == h {
			r.set(c, h, "ccomp")
		}
		return
	}
}

// appointed: in "was elected president", read as being an elected president, the participle is the verb.
func (r *repairer) appointed(v int) {
	w := r.s.Words
	if w[v].XPOS != "VBN" || w[v].Deprel != "amod" || !appointing[w[v].Lemma] || v == 0 || w[v].Head != v+1 {
		return
	}
	noun := w[v].Head
	cop := r.find(noun, "cop")
	if cop < 0 || cop >= v || r.find(noun, "det") >= 0 {
		return
	}
	r.set(v, w[noun].Head, w[noun].Deprel)
	r.s.Words[v].UPOS = "VERB"
	for k, to := r.near(noun); k < to; k++ {
		if r.s.Words[k].Head != noun {
			continue
		}
		switch rel := r.s.Words[k].Deprel; {
		case rel == "nsubj":
			r.set(k, v, "nsubj:pass")
		case rel == "cop":
			r.set(k, v, "aux:pass")
		case rel == "nmod" && k > noun && lower(w[k-1].Form) != "of":
			r.set(k, v, "obl")
		case k < v || universal(rel) != "nmod" && universal(rel) != "conj" && universal(rel) != "cc" && universal(rel) != "appos" && universal(rel) != "acl":
			r.set(k, v, rel)
		}
	}
	r.set(noun, v, "xcomp")
}

// designated: in "designated the party a terrorist organisation" the party is the object, not a receiver.
func (r *repairer) designated(h int) {
	make := r.s.Words[h].Lemma == "make"
	if w := r.s.Words[h]; w.UPOS != "VERB" || !appointing[w.Lemma] && !make {
		return
	}
	first := -1
	for k := h + 1; k < min(len(r.s.Words), h+reach); k++ {
		w := r.s.Words[k]
		if w.Head != h || w.Deprel != "iobj" && w.Deprel != "obj" {
			continue
		}
		if first >= 0 {
			if make && (!isAgentNoun(w.Lemma) || r.find(k, "det") >= 0) {
				return // "made him chairman", but "made him a cake"
			}
			r.set(first, h, "obj")
			r.set(k, h, "xcomp")
			return
		}
		first = k
	}
}

// whoFollows: "who" describes a person: in "the power of the president, who …" the president rather than the power.
func (r *repairer) whoFollows(c int) {
	w := r.s.Words
	if w[c].Deprel != "acl:relcl" {
		return
	}
	who := -1
	for k := max(0, c-reach); k < c; k++ {
		if w[k].Head == c && w[k].Deprel[0] == 'n' && lower(w[k].Form) == "who" {
			who = k
		}
	}
	noun := w[c].Head
	if who < 1 || noun < 0 || noun >= who || w[noun].UPOS != "NOUN" || isAgentNoun(w[noun].Lemma) || personNouns[w[noun].Lemma] {
		return
	}
	near := who - 1
	if w[near].Form == "," && near > 0 {
		near--
	}
	for near >= 0 && w[near].Deprel == "flat" {
		near = w[near].Head
	}
	if near <= noun || w[near].UPOS != "PROPN" && !isAgentNoun(w[near].Lemma) {
		return
	}
	for up := near; up != noun; up = w[up].Head {
		if up < 0 || w[up].Deprel == "conj" && ner(w[near].NER) != "PER" {
			return // not inside the phrase of the noun
		}
	}
	r.set(c, near, "acl:relcl")
}

// brokenName: two names side by side in one role are one with its title: "Secretary of State" and "Rex Tillerson", "Transport" and
// "Minister Maksim Sokolov".
func (r *repairer) brokenName(i int) {
	w := r.s.Words
	if w[i].XPOS == "NN" && i+1 < len(w) && w[i+1].UPOS == "PROPN" && (w[i].Deprel == "nsubj" || w[i].Deprel == "nsubj:pass") && w[i+1].Head == w[i].Head &&
		w[i+1].Deprel == w[i].Deprel && isAgentNoun(w[i].Lemma) {
		r.set(i, i+1, "nmod:desc") // "bank analyst" and "Ana Cruz"
		return
	}
	if b := r.leftmost(i); w[i].UPOS == "NOUN" && w[i].Deprel == "nsubj" && i+1 < len(w) && w[i+1].UPOS == "PROPN" && w[i+1].Deprel == "nsubj" && w[i+1].Head == w[i].Head &&
		r.find(i, "det") < 0 && (b == 0 || w[b-1].UPOS != "VERB") && w[i].Form[0] >= 'A' && w[i].Form[0] <= 'Z' {
		r.set(i, i+1, "compound") // "Manufacturers" and "Hanover"
		return
	}
	if w[i].UPOS != "PROPN" || w[i].Deprel != "nsubj" && w[i].Deprel != "obj" && w[i].Deprel != "nsubj:pass" || w[i].Head < 0 {
		return
	}
	end := i + 1 // behind the phrase of i
	for end < len(w) && r.under(end, i) {
		end++
	}
	if end == len(w) {
		return
	}
	name := end
	for name < len(w) && (w[name].Head != w[i].Head || w[name].Deprel != w[i].Deprel) {
		if w[name].UPOS != "PROPN" && w[name].UPOS != "NOUN" && w[name].UPOS != "ADJ" {
			return
		}
		name++
	}
	if name == len(w) || w[name].UPOS != "PROPN" && (w[name].UPOS != "NOUN" || end != name || w[i].Deprel == "obj" || temporalNouns[lower(w[i].Lemma)]) {
		return
	}
	if w[name].UPOS == "NOUN" {
		if r.find(name, "det") < 0 && r.find(name, "nmod:poss") < 0 && r.leftmost(name) == name {
			r.set(i, name, "compound")             // "a top Bolivia banker said"
			for k := max(0, i-reach); k < i; k++ { // with what describes both
				if d := r.s.Words[k].Deprel; r.s.Words[k].Head == i && (d == "det" || d == "amod" && r.s.Words[k].UPOS == "ADJ" && lower(r.s.Words[k].Form) == r.s.Words[k].Form) {
					r.set(k, name, d)
				}
			}
		}
		return
	}
	switch {
	case isAgentNoun(w[i].Lemma), rankAbbreviations[lower(w[i].Form)]:
		r.set(i, name, "nmod:desc")
	case end == name && name == i+1:
		r.set(i, name, "compound") // "Acme" and "Trust"
	case end == i+1 && w[end].UPOS == "PROPN" && w[end].Head == name && !isAgentNoun(w[end].Lemma) && name == end+1:
		r.set(i, name, "compound") // "E.F." and "Hutton Group"
	case end < name && isAgentNoun(w[end].Lemma) && w[end].Head == name:
		r.set(i, end, "compound")
	}
}

// under says whether word k is below word i.
func (r *repairer) under(k, i int) bool {
	for n := 0; k >= 0 && n < reach; n++ {
		if k == i {
			return true
		}
		k = r.s.Words[k].Head
	}
	return false
}

// subjectBeforeVerb: no compound stands before a verb and its noun behind: in "Turkey backs rebel groups" Turkey is the subject,
// not what kind of groups they are.
func (r *repairer) subjectBeforeVerb(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" || w[h].XPOS != "VBZ" && w[h].XPOS != "VBD" && w[h].XPOS != "VBP" || w[h].Deprel == "conj" || w[h].Deprel == "amod" {
		return
	}
	for _, rel := range []string{"nsubj", "nsubj:pass", "csubj", "expl"} {
		if r.find(h, rel) >= 0 {
			return
		}
	}
	for k, from := h-1, max(0, h-reach); k >= from; k-- {
		if w[k].Head < h || w[k].Deprel != "compound" && w[k].Deprel != "flat" && w[k].Deprel != "nmod:desc" {
			continue
		}
		if w[k].UPOS == "PROPN" || w[k].UPOS == "NOUN" {
			r.set(k, h, "nsubj")
		}
		return
	}
}

// subjectAfterList: a list needs a conjunction before its last member: in "leaving Lima, Peru, the guests visited Quito" the guests are
// not what was left but who visited.
func (r *repairer) subjectAfterList(h int) {
	w := r.s.Words
	if w[h].UPOS != "VERB" || w[h].XPOS != "VBZ" && w[h].XPOS != "VBD" && w[h].XPOS != "VBP" || w[h].Deprel == "conj" || h < 2 {
		return
	}
	k := h - 1
	if w[k].Deprel != "conj" || w[k].UPOS != "NOUN" && w[k].UPOS != "PROPN" || r.find(k, "cc") >= 0 || r.find(k, "punct") < 0 {
		return
	}
	for _, rel := range []string{"nsubj", "nsubj:pass", "csubj", "expl"} {
		if r.find(h, rel) >= 0 {
			return
		}
	}
	if r.under(k, h) {
		r.set(k, h, "nsubj")
	}
}

// objectOfParticiple: of two subjects side by side, the second ends a participle that describes the first: "farmers growing rice were
// invited".
func (r *repairer) objectOfParticiple(p int) {
	w := r.s.Words
	noun := w[p].Head
	if w[p].XPOS != "VBG" || w[p].Deprel != "acl" || noun < 0 || noun > p || universal(w[noun].Deprel) != "nsubj" || r.find(p, "obj") >= 0 {
		return
	}
	for k := p + 1; k < min(len(w), p+reach) && k < w[noun].Head; k++ {
		if w[k].Head == w[noun].Head {
			if w[k].Deprel == w[noun].Deprel && (w[k].UPOS == "NOUN" || w[k].UPOS == "PROPN") {
				r.set(k, p, "obj")
			}
			return
		}
	}
}

// bracketInCompound: two subjects or objects with nothing but a bracket between them are one: "a liquid-crystal (LC) screen".
func (r *repairer) bracketInCompound(i int) {
	w := r.s.Words
	if w[i].UPOS != "NOUN" || w[i].Head < 0 || i+4 >= len(w) || !isBracket(w[i+1].Form) || !isBracket(w[i+3].Form) || w[i+2].Head != i {
		return
	}
	k := i + 4
	if w[k].UPOS != "NOUN" || w[k].Head != w[i].Head || w[k].Deprel != w[i].Deprel {
		return
	}
	for m := max(0, i-reach); m < i; m++ {
		if r.s.Words[m].Head == i {
			r.set(m, k, r.s.Words[m].Deprel)
		}
	}
	r.set(i, k, "compound")
}

// complexPreposition: what ends a preposition of several words belongs to its noun: in "sold in connection with the merger" nothing was
// sold "with the merger".
func (r *repairer) complexPreposition(k int) {
	w := r.s.Words
	if k == 0 || k+2 >= len(w) || w[k].UPOS != "NOUN" || w[k-1].Head != k || w[k-1].Deprel != "case" || w[k+1].Deprel != "case" ||
		!complexHeads[lower(w[k-1].Form)+" "+lower(w[k].Form)+" "+lower(w[k+1].Form)] {
		return
	}
	m := w[k+1].Head
	if m > k && w[m].Head != k && (universal(w[m].Deprel) == "obl" || w[m].Deprel == "nmod") && !r.under(k, m) {
		r.set(m, k, "nmod")
	}
}

// participleAfterObject: a participle that follows the object and a comma describes the object: in "It plays a march, composed by Gil" Gil
// did not compose the player. In the treebanks EWT and GUM 19 of 24 such participles do; the others are those of comparisons.
func (r *repairer) participleAfterObject(k int) {
	w := r.s.Words
	v := w[k].Head
	if w[k].XPOS != "VBN" || w[k].Deprel != "advcl" || v < 0 || v > k || k < 2 || w[k-1].Form != "," || w[v].UPOS != "VERB" {
		return
	}
	switch w[k].Lemma {
	case "compare", "base", "give", "provide", "concern":
		return
	}
	for _, rel := range []string{"nsubj", "nsubj:pass", "mark", "aux", "aux:pass"} {
		if r.find(k, rel) >= 0 {
			return
		}
	}
	if o := r.find(v, "obj"); o > v && o < k && r.under(k-2, o) {
		r.set(k, o, "acl")
	}
}

// likeWithLike: in "written by Ana Cruz in her thesis and several papers" the papers are listed with the thesis, not with the name.
func (r *repairer) likeWithLike(k int) {
	w := r.s.Words
	x := w[k].Head
	if w[k].Deprel != "conj" || w[k].UPOS != "NOUN" || x < 0 || x > k || w[x].UPOS != "PROPN" {
		return
	}
	cc := r.find(k, "cc")
	if cc < 2 || cc > k {
		return
	}
	y := cc - 1
	for n := 0; y > x && w[y].Head > x && n < reach; n++ {
		y = w[y].Head
	}
	if y > x && y < cc && w[y].UPOS == "NOUN" && w[y].Head == w[x].Head && (universal(w[y].Deprel) == "obl" || w[y].Deprel == "obj") {
		r.set(k, y, "conj")
	}
}

// pronounSubject: "it" before a verb with a complement that is no clause refers to something: "it became the capital".
func (r *repairer) pronounSubject(k int) {
	w := r.s.Words
	h := w[k].Head
	if w[k].Deprel != "expl" || lower(w[k].Form) != "it" || h < k || w[h].UPOS != "VERB" || r.find(h, "nsubj") >= 0 || r.find(h, "csubj") >= 0 ||
		r.find(h, "ccomp") >= 0 || r.find(h, "advcl") >= 0 {
		return
	}
	for _, rel := range []string{"obj", "xcomp"} {
		if c := r.find(h, rel); c > h && (w[c].UPOS == "NOUN" || w[c].UPOS == "PROPN") && r.find(c, "cop") < 0 {
			r.set(k, h, "nsubj")
			return
		}
	}
}

// frames are verbs that say nothing without a prepositional complement beside their object, each with its prepositions.
var frames = map[string]set{
	"accuse": words(`of`), "acquit": words(`of`), "attribute": words(`to`), "base": words(`on upon`), "blame": words(`for on`),
	"charge": words(`with`), "convict": words(`of`), "deprive": words(`of`), "devote": words(`to`), "expose": words(`to`),
	"inform": words(`of about`), "inflict": words(`on upon`), "notify": words(`of`), "prevent": words(`from`), "prohibit": words(`from`),
	"protect": words(`from against`), "relieve": words(`of`), "remind": words(`of`), "rid": words(`of`), "rob": words(`of`),
	"sentence": words(`to`), "strip": words(`of`), "subject": words(`to`), "subordinate": words(`to`), "suspect": words(`of`),
	"thank": words(`for`), "warn": words(`of about against`),
}

// governed: a preposition that the verb asks for goes with the verb: in "subjected the inmates of the camp to torture" neither
// the inmates nor the camp are "to torture".
func (r *repairer) governed(h int) {
	prepositions := frames[r.s.Words[h].Lemma]
	if prepositions == nil || r.s.Words[h].UPOS != "VERB" {
		return
	}
	object := r.find(h, "obj")
	if object < h {
		object = h // a passive or a relative clause: nothing but its circumstances stands behind the verb
	}
	to := min(len(r.s.Words), h+reach)
	for k := object + 1; k < to; k++ {
		if w := r.s.Words; w[k].Head == h && (universal(w[k].Deprel) == "obl" || w[k].Deprel == "advcl") && r.introduced(k, prepositions) {
			return // it has one
		}
	}
	for k := object + 1; k < to; k++ {
		w := r.s.Words
		if w[k].Deprel != "nmod" && w[k].Deprel != "acl" || w[k].Head <= h || !r.introduced(k, prepositions) {
			continue
		}
		for up := w[k].Head; ; up = w[up].Head {
			if up == h {
				deprel := "obl"
				if w[k].Deprel == "acl" {
					deprel = "advcl"
				}
				r.set(k, h, deprel)
				return
			}
			if up < 0 || w[up].Deprel == "acl:relcl" || w[up].Deprel == "conj" || w[up].UPOS == "VERB" {
				break
			}
		}
	}
}

// introduced says whether one of prepositions introduces the phrase of k.
func (r *repairer) introduced(k int, prepositions set) bool {
	for m := max(0, k-reach); m < k; m++ {
		if w := &r.s.Words[m]; w.Head == k && (w.Deprel == "case" || w.Deprel == "mark") {
			return prepositions[lower(w.Form)]
		}
	}
	return false
}

// finite says whether word k can only be a finite verb.
func (r *repairer) finite(k int) bool {
	w := &r.s.Words[k]
	return (w.UPOS == "VERB" || w.UPOS == "AUX") && (w.XPOS == "VBD" || w.XPOS == "VBZ" || w.XPOS == "VBP")
}

// nominalAt says whether word k is a noun, name, number or pronoun.
func (r *repairer) nominalAt(k int) bool {
	switch r.s.Words[k].UPOS {
	case "NOUN", "PROPN", "NUM", "PRON", "SYM":
		return true
	}
	return false
}

// any returns the first dependent of head whose relation is among rels, -1 where there is none.
func (r *repairer) any(head int, rels ...string) int {
	for k, to := r.near(head); k < to; k++ {
		if w := &r.s.Words[k]; w.Head == head {
			for _, rel := range rels {
				if w.Deprel == rel {
					return k
				}
			}
		}
	}
	return -1
}

// leftmost returns the first word of the subtree of i.
func (r *repairer) leftmost(i int) int {
	first := i
	for k := i - 1; k >= max(0, i-reach) && r.under(k, i); k-- {
		first = k
	}
	return first
}

// caseBefore returns the first preposition of nominal k, -1 for none.
func (r *repairer) caseBefore(k int) int {
	if c := r.find(k, "case"); c < k {
		return c
	}
	return -1
}

// makeSubject gives v the arc of nominal n and n to v as its subject, and to v what follows it.
func (r *repairer) makeSubject(n, v int) {
	r.set(v, r.s.Words[n].Head, r.s.Words[n].Deprel)
	for k, to := v+1, min(len(r.s.Words), v+reach); k < to; k++ {
		if r.s.Words[k].Head == n {
			r.set(k, v, r.s.Words[k].Deprel)
		}
	}
	for k := max(0, n-reach); k < n; k++ { // what stands before the subject belongs to the clause
		if d := r.s.Words[k].Deprel; r.s.Words[k].Head == n && (d == "obl" || d == "advcl" || d == "discourse" || d == "mark") {
			r.set(k, v, d)
		}
	}
	r.set(n, v, "nsubj")
}
