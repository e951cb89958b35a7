package extract

import (
	"slices"

	"kg/internal/nlp"
)

// repairs in the order in which they run, each over the whole sentence; a later one sees what the earlier ones mended. They go
// from the inside out: phrases, the verbs between them, the subjects of the verbs, their complements and modifiers, and last
// who says all that. Verbs of saying come early, too, where the clause below them was not read as one.
var repairs = []struct {
	name string
	mend func(r *repairer, i int)
}{
	// Fixed phrases and figures, which have one reading whatever stands around them.
	{"stock split", (*repairer).stockSplit},
	{"measure before", (*repairer).measureBefore},
	{"or amount", (*repairer).orAmount},
	{"score", (*repairer).score},
	{"dated noun", (*repairer).datedNoun},
	{"at first", (*repairer).atFirst},
	{"as follows", (*repairer).asFollows},
	{"due to", (*repairer).dueTo},
	{"month of May", (*repairer).monthOfMay},
	{"per unit", (*repairer).perUnit},
	{"not for", (*repairer).notFor},

	// Names and lists of nouns: what is one phrase, and which word is its head.
	{"noun in list", (*repairer).nounInList},
	{"listed things", (*repairer).listedThings},
	{"hyphenated", (*repairer).hyphenated},
	{"tied modifier", (*repairer).tiedModifier},
	{"ranked name", (*repairer).rankedName},
	{"named agents", (*repairer).namedAgents},
	{"kind beside name", (*repairer).kindBesideName},
	{"chief title", (*repairer).chiefTitle},
	{"nickname", (*repairer).nickname},
	{"bracketed given name", (*repairer).bracketedGiven},
	{"unjoined", (*repairer).unjoined},
	{"name behind", (*repairer).nameBehind},
	{"name of office", (*repairer).nameOfOffice},
	{"name with and", (*repairer).nameWithAnd},
	{"listed modifiers", (*repairer).listedModifiers},
	{"counted things", (*repairer).countedThings},
	{"adjective beside noun", (*repairer).adjectiveBesideNoun},
	{"agent after gerund", (*repairer).agentAfterGerund},
	{"verbs before noun", (*repairer).verbsBeforeNoun},
	{"across verb", (*repairer).acrossVerb},
	{"finite noun", (*repairer).finiteNoun},
	{"shared head", (*repairer).sharedHead},
	{"shared noun", (*repairer).sharedNoun},
	{"head behind list", (*repairer).headBehindList},
	{"two offices", (*repairer).twoOffices},
	{"two descriptions", (*repairer).twoDescriptions},
	{"second title", (*repairer).secondTitle},
	{"two names", (*repairer).twoNames},
	{"broken name", (*repairer).brokenName},
	{"names after of", (*repairer).namesAfterOf},
	{"included of", (*repairer).includedOf},
	{"letters", (*repairer).letters},
	{"name span", (*repairer).nameSpan},
	{"before possessor", (*repairer).beforePossessor},
	{"bare singular", (*repairer).bareSingular},
	{"shared article", (*repairer).sharedArticle},
	{"of firm", (*repairer).ofFirm},
	{"fields of body", (*repairer).fieldsOfBody},
	{"firm of two", (*repairer).firmOfTwo},
	{"body of two", (*repairer).bodyOfTwo},
	{"case before title", (*repairer).caseBeforeTitle},
	{"hyphenated office", (*repairer).hyphenatedOffice},
	{"title names", (*repairer).titleNames},
	{"apposition of name", (*repairer).appositionOfName},
	{"holder of office", (*repairer).holderOfOffice},
	{"office before", (*repairer).officeBefore},
	{"office at body", (*repairer).officeAtBody},
	{"listed descriptions", (*repairer).listedDescriptions},
	{"relative of name", (*repairer).relativeOfName},
	{"office of another", (*repairer).officeOfAnother},
	{"planning verb", (*repairer).planningVerb},
	{"amount of amount", (*repairer).amountOfAmount},
	{"loss of amount", (*repairer).lossOf},
	{"case of conjunct", (*repairer).caseOfConjunct},
	{"modifier after and", (*repairer).modifierAfterAnd},
	{"list in list", (*repairer).listInList},
	{"of time", (*repairer).ofTime},
	{"over what", (*repairer).overWhat},
	{"year of change", (*repairer).yearOfChange},
	{"in principle", (*repairer).inPrinciple},
	{"due date", (*repairer).dueDate},
	{"relative of day", (*repairer).relativeOfDay},
	{"that which", (*repairer).thatWhich},
	{"ending time", (*repairer).endingTime},
	{"beside ending", (*repairer).besideEnding},
	{"complement behind", (*repairer).complementBehind},

	// Verbs of saying that were read as describing a noun, and speakers read as one of a list: what is said is a clause only
	// below its verb.
	{"said after clause", (*repairer).saidAfterClause},
	{"bracketed subject", (*repairer).bracketedSubject},
	{"said of source", (*repairer).saidOfSource},
	{"said as participle", (*repairer).saidAsParticiple},
	{"subject beside hearer", (*repairer).subjectBesideHearer},
	{"hearer's opinion", (*repairer).hearersOpinion},
	{"inverted said", (*repairer).invertedSaid},
	{"forecast at end", (*repairer).forecastAtEnd},
	{"speaker before said", (*repairer).speakerBeforeSaid},
	{"named speaker", (*repairer).namedSpeaker},

	// Places, times, objects and participles that hang on the noun beside them: it has a subject, verb or owner that rules them out.
	{"fronted place", (*repairer).frontedPlace},
	{"fronted time", (*repairer).frontedTime},
	{"time beside subject", (*repairer).timeBesideSubject},
	{"object behind conjunct", (*repairer).objectBehindConjunct},
	{"using means", (*repairer).usingMeans},
	{"also known", (*repairer).alsoKnown},
	{"that of definite", (*repairer).thatOfDefinite},
	{"presented to", (*repairer).presentedTo},
	{"participle after comma", (*repairer).participleAfterComma},
	{"participle after object", (*repairer).participleAfterObject},

	// Verbs whose auxiliary or subject was read as something else.
	{"named auxiliary", (*repairer).namedAuxiliary},
	{"headless clause", (*repairer).headlessClause},
	{"compared", (*repairer).comparedVerb},
	{"compared of said", (*repairer).comparedOfSaid},
	{"than expected", (*repairer).thanExpected},
	{"verb with auxiliary", (*repairer).verbWithAuxiliary},
	{"passive adjective", (*repairer).passiveAdjective},
	{"is doing", (*repairer).isDoing},
	{"consisting", (*repairer).consisting},
	{"particle of object", (*repairer).particleOfObject},
	{"clause of as", (*repairer).clauseOfAs},
	{"subject of auxiliary", (*repairer).auxiliary},

	// Amounts, prepositions of several words and names with their titles, whose heads those verbs have changed.
	{"up to", (*repairer).upTo},
	{"over number", (*repairer).overNumber},
	{"settled at", (*repairer).settledAt},
	{"of between", (*repairer).ofBetween},
	{"of rate", (*repairer).ofRate},
	{"complex preposition", (*repairer).complexPreposition},
	{"name in phrase", (*repairer).phrases},

	// Verbs that were read as modifiers, nouns or auxiliaries of the word beside them.
	{"verb as modifier", (*repairer).verbAsModifier},
	{"to verb", (*repairer).toVerb},
	{"noun before verb", (*repairer).nounBeforeVerb},
	{"auxiliary verb", (*repairer).auxiliaryVerb},
	{"not auxiliary", (*repairer).notAuxiliary},
	{"headline", (*repairer).headline},
	{"headline participle", (*repairer).headlineParticiple},
	{"perfect", (*repairer).perfect},
	{"coordination", (*repairer).coordination},
	{"lives in", (*repairer).livesIn},
	{"participle of agent", (*repairer).participleOfAgent},
	{"to clarify", (*repairer).toClarify},
	{"gerund beside noun", (*repairer).gerundBesideNoun},
	{"verb before number", (*repairer).verbBeforeNumber},
	{"auxiliary behind", (*repairer).auxiliaryBehind},
	{"said gerund", (*repairer).saidGerund},
	{"subject of infinitive", (*repairer).subjectOfInfinitive},

	// Two subjects of a verb of saying: one is that of what is said.
	{"speaker at the end", (*repairer).speakerAtEnd},
	{"subject of what is said", (*repairer).subjectOfSaid},
	{"beside speaker", (*repairer).besideSpeaker},
	{"speaker of clause", (*repairer).speakerOfClause},
	{"apposition before speaker", (*repairer).appositionBeforeSpeaker},

	// The subjects of the other verbs.
	{"subject with preposition", (*repairer).subjectWithPreposition},
	{"fronted of", (*repairer).frontedOf},
	{"bracket in compound", (*repairer).bracketInCompound},
	{"only subject", (*repairer).onlySubject},
	{"plain plural", (*repairer).plainPlural},
	{"that of clause", (*repairer).thatOfClause},
	{"subject before verb", (*repairer).subjectBeforeVerb},
	{"subject behind mark", (*repairer).subjectBehindMark},
	{"year beside subject", (*repairer).yearBesideSubject},
	{"subject after list", (*repairer).subjectAfterList},
	{"object of participle", (*repairer).objectOfParticiple},
	{"pronoun subject", (*repairer).pronounSubject},
	{"it continues", (*repairer).itContinues},
	{"copula of relative", (*repairer).copulaOfRelative},
	{"like with like", (*repairer).likeWithLike},

	// What verbs ask for beside their subject, and participles that no subject is left for.
	{"appointed", (*repairer).appointed},
	{"designated", (*repairer).designated},
	{"as office", (*repairer).asOffice},
	{"labelled", (*repairer).labelled},
	{"quoted saying", (*repairer).quotedSaying},
	{"governed", (*repairer).governed},
	{"filed with", (*repairer).filedWith},
	{"depends for", (*repairer).dependsFor},
	{"main verb", (*repairer).mainVerb},
	{"raised were", (*repairer).raisedWere},
	{"two verbs", (*repairer).twoVerbs},
	{"fined amount", (*repairer).finedAmount},
	{"verb beside adverb", (*repairer).verbBesideAdverb},

	// A number and its unit, two nouns as one subject, a verb left out: they count the arguments of their verb.
	{"quantity", (*repairer).quantity},
	{"case of number", (*repairer).caseOfNumber},
	{"coordinated subject", (*repairer).coordinatedSubject},
	{"gap", (*repairer).gap},
	{"case in gap", (*repairer).caseInGap},
	{"figures in gap", (*repairer).figuresInGap},

	// Gerunds, conditions and second verbs that hang on the wrong word.
	{"swelling noun", (*repairer).swellingNoun},
	{"finite beside gerund", (*repairer).finiteBesideGerund},
	{"nearest subject", (*repairer).nearestSubject},
	{"signs that", (*repairer).signsThat},
	{"bare conjunct", (*repairer).bareConjunct},
	{"gerund of condition", (*repairer).gerundOfCondition},
	{"mark of condition", (*repairer).markOfCondition},
	{"seen verb", (*repairer).seenVerb},
	{"terms of issue", (*repairer).termsOfIssue},
	{"scheduled event", (*repairer).scheduledEvent},
	{"undergone infinitive", (*repairer).undergoneInfinitive},
	{"totalling", (*repairer).totalling},
	{"aimed at", (*repairer).aimedAt},
	{"owing to", (*repairer).owingTo},
	{"charged for", (*repairer).chargedFor},
	{"saying beside hope", (*repairer).sayingBesideHope},
	{"saying beside object", (*repairer).sayingBesideObject},
	{"joined infinitive", (*repairer).joinedInfinitive},
	{"yesterday of plan", (*repairer).yesterdayOfPlan},

	// What times, relative clauses, receivers and participles belong to, now that verbs have their arguments.
	{"who follows", (*repairer).whoFollows},
	{"who of place", (*repairer).whoOfPlace},
	{"what harmed", (*repairer).whatHarmed},
	{"time of the verb", (*repairer).timeOfVerb},
	{"year of the offence", (*repairer).yearOfOffence},
	{"in fact", (*repairer).inFact},
	{"each receiver", (*repairer).eachReceiver},
	{"agent of time", (*repairer).agentOfTime},
	{"worth from", (*repairer).worthFrom},
	{"from behind to", (*repairer).fromBehindTo},
	{"received from", (*repairer).receivedFrom},
	{"agent of attribute", (*repairer).agentOfAttribute},
	{"demand for", (*repairer).demandFor},
	{"more behind amount", (*repairer).moreBehindAmount},
	{"time of figures", (*repairer).timeOfFigures},
	{"ahead", (*repairer).ahead},
	{"amount behind time", (*repairer).amountBehindTime},
	{"earlier time", (*repairer).earlierTime},
	{"time of comparison", (*repairer).timeOfComparison},
	{"amount of time", (*repairer).amountOfTime},
	{"beside time", (*repairer).besideTime},
	{"fronted relative", (*repairer).frontedRelative},
	{"receiver", (*repairer).receiver},
	{"appointee", (*repairer).appointee},
	{"record since", (*repairer).recordSince},
	{"wanted object", (*repairer).wantedObject},
	{"gift beside name", (*repairer).giftBesideName},
	{"participle after noun", (*repairer).participleAfterNoun},
	{"telling text", (*repairer).tellingText},
	{"represented amount", (*repairer).representedAmount},
	{"part of text", (*repairer).partOfText},
	{"owned share", (*repairer).ownedShare},
	{"between pair", (*repairer).betweenPair},

	// Whom one tells, and clauses that were read as describing him.
	{"told that", (*repairer).toldThat},
	{"extraposed", (*repairer).extraposed},
	{"hearer beside subject", (*repairer).hearerBesideSubject},
	{"hearer in subject", (*repairer).hearerInSubject},
	{"clause of relative", (*repairer).clauseOfRelative},
	{"saying before clause", (*repairer).sayingBeforeClause},

	// A noun between two verbs, the subject of the second.
	{"clause after preposition", (*repairer).clauseAfterPreposition},
	{"second subject", (*repairer).secondSubject},
	{"joined clause", (*repairer).joinedClause},
	{"is to", (*repairer).isTo},
	{"object is subject", (*repairer).objectIsSubject},
	{"object before verb", (*repairer).objectBeforeVerb},

	// Infinitives, gerunds and modifiers that look like verbs: whose they are.
	{"stray for", (*repairer).strayFor},
	{"for subject", (*repairer).forSubject},
	{"tough infinitive", (*repairer).toughInfinitive},
	{"infinitive of verb", (*repairer).infinitiveOfVerb},
	{"infinitive of noun", (*repairer).infinitiveOfNoun},
	{"gave leave", (*repairer).gaveLeave},
	{"particle before object", (*repairer).particleBeforeObject},
	{"adjective before gerund", (*repairer).adjectiveBeforeGerund},
	{"participle before noun", (*repairer).participleBeforeNoun},
	{"that clause", (*repairer).thatClause},
	{"asked to", (*repairer).askedTo},
	{"used to", (*repairer).usedTo},
	{"sibling objects", (*repairer).siblingObjects},
	{"crossing relative", (*repairer).crossingRelative},
	{"finite description", (*repairer).finiteDescription},
	{"agreeing relative", (*repairer).agreeingRelative},
	{"event of relative", (*repairer).eventOfRelative},
	{"concerning name", (*repairer).concerningName},
	{"place of talks", (*repairer).placeOfTalks},
	{"absolute with", (*repairer).absoluteWith},

	// Last what is said and who says it, when the clauses are whole.
	{"object of speech", (*repairer).objectOfSpeech},
	{"verb of said", (*repairer).verbOfSaid},
	{"clauses of said", (*repairer).clausesOfSaid},
	{"thanks to", (*repairer).thanksTo},
	{"speaker of quotation", (*repairer).speakerOfQuotation},
	{"speaker behind said", (*repairer).speakerBehindSaid},
	{"said that", (*repairer).saidThat},
	{"gerund subject", (*repairer).gerundSubject},
	{"condition of said", (*repairer).conditionOfSaid},
	{"circumstance of said", (*repairer).circumstanceOfSaid},
	{"closing said", (*repairer).closingSaid},
	{"modifier in quotation", (*repairer).modifierInQuotation},
	{"time of saying", (*repairer).timeOfSaying},
	{"said before", (*repairer).saidBefore},
	{"saying after infinitive", (*repairer).sayingAfterInfinitive},
	{"rumour that", (*repairer).rumourThat},
	{"other speaker", (*repairer).otherSpeaker},
	{"silence of speaker", (*repairer).silenceOfSpeaker},
	{"speaker's next clause", (*repairer).speakersNextClause},
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

// near returns the range of words around i.
func (r *repairer) near(i int) (from, to int) { return max(0, i-reach), min(len(r.s.Words), i+reach) }

// find returns the first dependent of head whose relation is among rels, -1 where there is none.
func (r *repairer) find(head int, rels ...string) int {
	for k, to := r.near(head); k < to; k++ {
		if w := &r.s.Words[k]; w.Head == head && slices.Contains(rels, w.Deprel) {
			return k
		}
	}
	return -1
}

// among returns the first and the last dependent of head in words from to to-1 whose relation is among rels, -1 for none.
func (r *repairer) among(head, from, to int, rels ...string) (first, last int) {
	first, last = -1, -1
	for k := max(from, head-reach); k < min(to, head+reach); k++ {
		if w := &r.s.Words[k]; w.Head == head && slices.Contains(rels, w.Deprel) {
			if last = k; first < 0 {
				first = k
			}
		}
	}
	return first, last
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

// caseBefore returns the first preposition of nominal k, -1 for none.
func (r *repairer) caseBefore(k int) int {
	if c := r.find(k, "case"); c < k {
		return c
	}
	return -1
}

// preposition returns the first preposition of word i in lower case, empty for none.
func (r *repairer) preposition(i int) string {
	if k := r.caseBefore(i); k >= 0 {
		return lower(r.s.Words[k].Form)
	}
	return ""
}

// leftmost returns the first word of the subtree of i.
func (r *repairer) leftmost(i int) int {
	first := i
	for k := i - 1; k >= max(0, i-reach) && r.under(k, i); k-- {
		first = k
	}
	return first
}

// rightmost returns the last word of the subtree of i before to.
func (r *repairer) rightmost(i, to int) int {
	last := i
	for k := i + 1; k < to && r.under(k, i); k++ {
		last = k
	}
	return last
}

// joiner returns the word before the phrase of s, or the conjunction that begins it.
func (r *repairer) joiner(s int) int {
	if cc := r.find(s, "cc"); cc >= 0 && cc < s {
		return cc
	}
	return r.leftmost(s) - 1
}

// root returns the root of the sentence, -1 for none.
func (r *repairer) root() int {
	return slices.IndexFunc(r.s.Words, func(w nlp.Word) bool { return w.Head < 0 })
}

// subjectRel returns the relation of the subject of v.
func (r *repairer) subjectRel(v int) string {
	if r.find(v, "aux:pass") >= 0 {
		return "nsubj:pass"
	}
	return "nsubj"
}

// finite says whether word k can only be a finite verb.
func (r *repairer) finite(k int) bool {
	w := &r.s.Words[k]
	return (w.UPOS == "VERB" || w.UPOS == "AUX") && (w.XPOS == "VBD" || w.XPOS == "VBZ" || w.XPOS == "VBP")
}

// past says whether word k is a past participle or in the past tense, which taggers confuse.
func (r *repairer) past(k int) bool { return r.s.Words[k].XPOS == "VBN" || r.s.Words[k].XPOS == "VBD" }

// nominalAt says whether word k is a noun, name, number or pronoun.
func (r *repairer) nominalAt(k int) bool {
	switch r.s.Words[k].UPOS {
	case "NOUN", "PROPN", "NUM", "PRON", "SYM":
		return true
	}
	return false
}

func (r *repairer) temporalAt(k int) bool {
	w := &r.s.Words[k]
	return temporalNouns[lower(w.Lemma)] || w.UPOS == "NUM"
}

func ner(tag string) string {
	if len(tag) < 3 {
		return ""
	}
	return tag[2:]
}

// handOver gives to what hangs on from, or those of it for which when holds.
func (r *repairer) handOver(from, to int, when func(k int, rel string) bool) {
	for k, end := r.near(from); k < end; k++ {
		if w := &r.s.Words[k]; w.Head == from && k != to && (when == nil || when(k, w.Deprel)) {
			r.set(k, to, w.Deprel)
		}
	}
}

// makeSubject gives v the arc of nominal n and n to v as its subject, and to v what follows it.
func (r *repairer) makeSubject(n, v int) {
	r.set(v, r.s.Words[n].Head, r.s.Words[n].Deprel)
	r.handOver(n, v, func(k int, rel string) bool { // what stands before the subject belongs to the clause
		return k > v || k < n && (rel == "obl" || rel == "advcl" || rel == "discourse" || rel == "mark")
	})
	r.set(n, v, "nsubj")
}
