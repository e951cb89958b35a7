package extract

import (
	"slices"

	"kg/internal/nlp"
)

// repairs in the order in which they run, each over the whole sentence; a later one sees what the earlier ones mended. They go
// from the inside out: phrases, the verbs between them, the subjects of the verbs, their complements and modifiers, and last
// who says all that. Verbs of saying come early, too, where the clause below them was not read as one. A rule is asked only about words
// that stand in the relation, have the tags and the lower-case form that it names.
var repairs = []struct {
	name  string
	words about
	mend  func(r *repairer, i int)
}{
	// Fixed phrases and figures, which have one reading whatever stands around them.
	{"stock split", about{form: "split"}, (*repairer).stockSplit},
	{"measure before", about{}, (*repairer).measureBefore},
	{"or amount", about{}, (*repairer).orAmount},
	{"score", about{form: ":"}, (*repairer).score},
	{"dated noun", about{form: "a an"}, (*repairer).datedNoun},
	{"at first", about{form: "at"}, (*repairer).atFirst},
	{"as follows", about{rel: "advcl", form: "follows"}, (*repairer).asFollows},
	{"due to", about{form: "due"}, (*repairer).dueTo},
	{"month of May", about{rel: "aux", xpos: "MD", form: "may"}, (*repairer).monthOfMay},
	{"per unit", about{rel: "obj"}, (*repairer).perUnit},
	{"not for", about{form: "had were"}, (*repairer).notFor},

	// Names and lists of nouns: what is one phrase, and which word is its head.
	{"noun in list", about{rel: "conj", xpos: "VBZ"}, (*repairer).nounInList},
	{"listed things", about{upos: "NOUN"}, (*repairer).listedThings},
	{"hyphenated", about{form: "-"}, (*repairer).hyphenated},
	{"tied modifier", about{upos: "NOUN"}, (*repairer).tiedModifier},
	{"parted name", about{rel: "appos", upos: "PROPN"}, (*repairer).partedName},
	{"ranked name", about{upos: "PROPN"}, (*repairer).rankedName},
	{"named agents", about{xpos: "NNS"}, (*repairer).namedAgents},
	{"kind beside name", about{upos: "PROPN"}, (*repairer).kindBesideName},
	{"chief title", about{form: "chief"}, (*repairer).chiefTitle},
	{"nickname", about{upos: "PROPN"}, (*repairer).nickname},
	{"bracketed given name", about{rel: "appos", upos: "PROPN"}, (*repairer).bracketedGiven},
	{"unjoined", about{rel: "conj"}, (*repairer).unjoined},
	{"name behind", about{rel: "compound", upos: "PROPN"}, (*repairer).nameBehind},
	{"name of office", about{rel: "appos", upos: "PROPN"}, (*repairer).nameOfOffice},
	{"name with and", about{form: "state"}, (*repairer).nameWithAnd},
	{"listed modifiers", about{rel: "nsubj nsubj:pass obj obl obl:agent nmod", xpos: "JJ NN"}, (*repairer).listedModifiers},
	{"counted things", about{rel: "nummod", upos: "NUM"}, (*repairer).countedThings},
	{"adjective beside noun", about{rel: "obj", xpos: "JJ"}, (*repairer).adjectiveBesideNoun},
	{"agent after gerund", about{rel: "acl", xpos: "VBG"}, (*repairer).agentAfterGerund},
	{"verbs before noun", about{rel: "conj", xpos: "VB VBP"}, (*repairer).verbsBeforeNoun},
	{"across verb", about{rel: "compound", upos: "NOUN"}, (*repairer).acrossVerb},
	{"finite noun", about{rel: "ccomp conj parataxis advcl", upos: "VERB", xpos: "VBZ"}, (*repairer).finiteNoun},
	{"shared head", about{}, (*repairer).sharedHead},
	{"shared noun", about{upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).sharedNoun},
	{"head behind list", about{rel: "nmod", upos: "NOUN"}, (*repairer).headBehindList},
	{"two offices", about{upos: "NOUN PROPN"}, (*repairer).twoOffices},
	{"two descriptions", about{upos: "NOUN", xpos: "NN"}, (*repairer).twoDescriptions},
	{"second title", about{rel: "nmod:desc"}, (*repairer).secondTitle},
	{"two names", about{rel: "nsubj obj nsubj:pass", upos: "PROPN"}, (*repairer).twoNames},
	{"broken name", about{rel: "nsubj nsubj:pass obj"}, (*repairer).brokenName},
	{"names after of", about{rel: "nsubj", upos: "PROPN"}, (*repairer).namesAfterOf},
	{"included of", about{upos: "PROPN"}, (*repairer).includedOf},
	{"letters", about{rel: "conj"}, (*repairer).letters},
	{"name span", about{}, (*repairer).nameSpan},
	{"before possessor", about{rel: "nmod:poss", upos: "NOUN"}, (*repairer).beforePossessor},
	{"bare singular", about{rel: "conj", xpos: "NNS"}, (*repairer).bareSingular},
	{"shared article", about{rel: "conj", xpos: "NN"}, (*repairer).sharedArticle},
	{"of firm", about{rel: "case", form: "of"}, (*repairer).ofFirm},
	{"fields of body", about{rel: "conj"}, (*repairer).fieldsOfBody},
	{"firm of two", about{form: "and &"}, (*repairer).firmOfTwo},
	{"body of two", about{form: "and &"}, (*repairer).bodyOfTwo},
	{"case before title", about{rel: "case", upos: "ADP"}, (*repairer).caseBeforeTitle},
	{"hyphenated office", about{form: "-"}, (*repairer).hyphenatedOffice},
	{"title names", about{rel: "amod compound", upos: "PROPN"}, (*repairer).titleNames},
	{"apposition of name", about{rel: "appos"}, (*repairer).appositionOfName},
	{"holder of office", about{rel: "appos", upos: "PROPN"}, (*repairer).holderOfOffice},
	{"office before", about{upos: "PROPN"}, (*repairer).officeBefore},
	{"office at body", about{rel: "nmod"}, (*repairer).officeAtBody},
	{"listed descriptions", about{rel: "appos"}, (*repairer).listedDescriptions},
	{"relative of name", about{rel: "acl:relcl acl"}, (*repairer).relativeOfName},
	{"office of another", about{rel: "conj", upos: "NOUN"}, (*repairer).officeOfAnother},
	{"planning verb", about{rel: "conj", upos: "NOUN"}, (*repairer).planningVerb},
	{"amount of amount", about{rel: "conj"}, (*repairer).amountOfAmount},
	{"loss of amount", about{rel: "nmod"}, (*repairer).lossOf},
	{"case of conjunct", about{rel: "conj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).caseOfConjunct},
	{"modifier after and", about{rel: "nmod", upos: "NOUN PROPN"}, (*repairer).modifierAfterAnd},
	{"list in list", about{rel: "conj", upos: "NOUN PROPN"}, (*repairer).listInList},
	{"of time", about{rel: "nmod"}, (*repairer).ofTime},
	{"over what", about{rel: "nmod"}, (*repairer).overWhat},
	{"year of change", about{rel: "nmod"}, (*repairer).yearOfChange},
	{"in principle", about{rel: "nmod"}, (*repairer).inPrinciple},
	{"due date", about{form: "due"}, (*repairer).dueDate},
	{"relative of day", about{rel: "acl:relcl"}, (*repairer).relativeOfDay},
	{"that which", about{rel: "acl:relcl"}, (*repairer).thatWhich},
	{"ending time", about{rel: "advcl xcomp acl"}, (*repairer).endingTime},
	{"beside ending", about{rel: "acl"}, (*repairer).besideEnding},
	{"complement behind", about{rel: "nmod"}, (*repairer).complementBehind},

	// Verbs of saying that were read as describing a noun, and speakers read as one of a list: what is said is a clause only
	// below its verb.
	{"said after clause", about{rel: "ccomp advcl acl acl:relcl conj parataxis", upos: "VERB"}, (*repairer).saidAfterClause},
	{"bracketed subject", about{rel: "nsubj nsubj:pass"}, (*repairer).bracketedSubject},
	{"said of source", about{xpos: "VBD VBN"}, (*repairer).saidOfSource},
	{"said as participle", about{rel: "acl", xpos: "VBD VBN"}, (*repairer).saidAsParticiple},
	{"subject beside hearer", about{rel: "appos"}, (*repairer).subjectBesideHearer},
	{"hearer's opinion", about{rel: "acl:relcl", upos: "VERB"}, (*repairer).hearersOpinion},
	{"inverted said", about{upos: "VERB"}, (*repairer).invertedSaid},
	{"forecast at end", about{rel: "acl", xpos: "VBD VBN"}, (*repairer).forecastAtEnd},
	{"speaker before said", about{rel: "parataxis", upos: "VERB AUX", xpos: "VBD VBZ VBP"}, (*repairer).speakerBeforeSaid},
	{"named speaker", about{}, (*repairer).namedSpeaker},

	// Places, times, objects and participles that hang on the noun beside them: it has a subject, verb or owner that rules them out.
	{"fronted place", about{}, (*repairer).frontedPlace},
	{"fronted time", about{rel: "nsubj nsubj:pass", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).frontedTime},
	{"time beside subject", about{rel: "nsubj"}, (*repairer).timeBesideSubject},
	{"object behind conjunct", about{rel: "conj", upos: "VERB"}, (*repairer).objectBehindConjunct},
	{"using means", about{rel: "acl", xpos: "VBG"}, (*repairer).usingMeans},
	{"also known", about{rel: "acl", xpos: "VBN"}, (*repairer).alsoKnown},
	{"that of definite", about{rel: "acl:relcl"}, (*repairer).thatOfDefinite},
	{"presented to", about{rel: "nmod", upos: "NOUN"}, (*repairer).presentedTo},
	{"participle after comma", about{rel: "acl", xpos: "VBG"}, (*repairer).participleAfterComma},
	{"participle after object", about{rel: "conj advcl", xpos: "VBD VBN"}, (*repairer).participleAfterObject},

	// Verbs whose auxiliary or subject was read as something else.
	{"named auxiliary", about{rel: "aux"}, (*repairer).namedAuxiliary},
	{"headless clause", about{}, (*repairer).headlessClause},
	{"compared", about{xpos: "VBD VBN"}, (*repairer).comparedVerb},
	{"compared of said", about{rel: "advcl acl", xpos: "VBD VBN"}, (*repairer).comparedOfSaid},
	{"than expected", about{xpos: "JJR"}, (*repairer).thanExpected},
	{"verb with auxiliary", about{rel: "amod", xpos: "VBN VBD VBG VB"}, (*repairer).verbWithAuxiliary},
	{"passive adjective", about{upos: "ADJ", xpos: "VBN"}, (*repairer).passiveAdjective},
	{"is doing", about{rel: "amod"}, (*repairer).isDoing},
	{"consisting", about{form: "consisting"}, (*repairer).consisting},
	{"particle of object", about{rel: "advmod amod compound"}, (*repairer).particleOfObject},
	{"clause of as", about{rel: "acl", xpos: "VBD"}, (*repairer).clauseOfAs},
	{"subject of auxiliary", about{rel: "nsubj nsubj:pass"}, (*repairer).auxiliary},

	// Amounts, prepositions of several words and names with their titles, whose heads those verbs have changed.
	{"up to", about{rel: "compound:prt case", form: "up"}, (*repairer).upTo},
	{"over number", about{rel: "case"}, (*repairer).overNumber},
	{"settled at", about{rel: "compound:prt", form: "up down"}, (*repairer).settledAt},
	{"of between", about{rel: "advmod", form: "between"}, (*repairer).ofBetween},
	{"of rate", about{rel: "nmod"}, (*repairer).ofRate},
	{"complex preposition", about{upos: "NOUN"}, (*repairer).complexPreposition},
	{"name in phrase", about{}, (*repairer).phrases},

	// Verbs that were read as modifiers, nouns or auxiliaries of the word beside them.
	{"verb as modifier", about{rel: "amod", xpos: "VBD VBN"}, (*repairer).verbAsModifier},
	{"to verb", about{rel: "amod", upos: "ADJ"}, (*repairer).toVerb},
	{"noun before verb", about{rel: "conj"}, (*repairer).nounBeforeVerb},
	{"auxiliary verb", about{rel: "compound amod", xpos: "VB"}, (*repairer).auxiliaryVerb},
	{"not auxiliary", about{rel: "aux", xpos: "VBZ"}, (*repairer).notAuxiliary},
	{"headline", about{}, (*repairer).headline},
	{"headline participle", about{upos: "VERB", xpos: "VBD VBN"}, (*repairer).headlineParticiple},
	{"perfect", about{upos: "VERB AUX"}, (*repairer).perfect},
	{"coordination", about{upos: "VERB", xpos: "VBD VBN"}, (*repairer).coordination},
	{"lives in", about{rel: "conj", xpos: "NNS"}, (*repairer).livesIn},
	{"participle of agent", about{xpos: "VBD"}, (*repairer).participleOfAgent},
	{"to clarify", about{xpos: "VB"}, (*repairer).toClarify},
	{"gerund beside noun", about{rel: "conj", xpos: "VBG"}, (*repairer).gerundBesideNoun},
	{"verb before number", about{rel: "amod", xpos: "VBD VBN"}, (*repairer).verbBeforeNumber},
	{"auxiliary behind", about{rel: "aux"}, (*repairer).auxiliaryBehind},
	{"said gerund", about{rel: "xcomp", xpos: "VBG"}, (*repairer).saidGerund},
	{"subject of infinitive", about{rel: "nsubj"}, (*repairer).subjectOfInfinitive},

	// Two subjects of a verb of saying: one is that of what is said.
	{"speaker at the end", about{upos: "VERB AUX", xpos: "VBD VBZ VBP"}, (*repairer).speakerAtEnd},
	{"subject of what is said", about{upos: "VERB"}, (*repairer).subjectOfSaid},
	{"beside speaker", about{rel: "nsubj", upos: "NOUN PROPN"}, (*repairer).besideSpeaker},
	{"speaker of clause", about{upos: "VERB"}, (*repairer).speakerOfClause},
	{"apposition before speaker", about{upos: "VERB AUX", xpos: "VBD VBZ VBP"}, (*repairer).appositionBeforeSpeaker},

	// The subjects of the other verbs.
	{"subject with preposition", about{rel: "nsubj nsubj:pass", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).subjectWithPreposition},
	{"fronted of", about{rel: "nsubj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).frontedOf},
	{"bracket in compound", about{upos: "NOUN"}, (*repairer).bracketInCompound},
	{"only subject", about{rel: "nsubj:outer"}, (*repairer).onlySubject},
	{"plain plural", about{rel: "ccomp", xpos: "NNS"}, (*repairer).plainPlural},
	{"that of clause", about{form: "that"}, (*repairer).thatOfClause},
	{"subject before verb", about{upos: "VERB", xpos: "VBZ VBD VBP"}, (*repairer).subjectBeforeVerb},
	{"subject behind mark", about{rel: "advcl", upos: "VERB"}, (*repairer).subjectBehindMark},
	{"year beside subject", about{rel: "nsubj nsubj:pass", upos: "NUM"}, (*repairer).yearBesideSubject},
	{"subject after list", about{upos: "VERB", xpos: "VBZ VBD VBP"}, (*repairer).subjectAfterList},
	{"object of participle", about{rel: "acl", xpos: "VBG"}, (*repairer).objectOfParticiple},
	{"pronoun subject", about{rel: "expl", form: "it"}, (*repairer).pronounSubject},
	{"it continues", about{rel: "expl", form: "it"}, (*repairer).itContinues},
	{"copula of relative", about{rel: "ccomp xcomp advcl"}, (*repairer).copulaOfRelative},
	{"like with like", about{rel: "conj", upos: "NOUN"}, (*repairer).likeWithLike},

	// What verbs ask for beside their subject, and participles that no subject is left for.
	{"appointed", about{rel: "amod", xpos: "VBN"}, (*repairer).appointed},
	{"designated", about{upos: "VERB"}, (*repairer).designated},
	{"as office", about{rel: "nsubj", xpos: "NN"}, (*repairer).asOffice},
	{"labelled", about{upos: "VERB"}, (*repairer).labelled},
	{"quoted saying", about{rel: "nsubj"}, (*repairer).quotedSaying},
	{"governed", about{upos: "VERB"}, (*repairer).governed},
	{"shared with", about{rel: "nmod"}, (*repairer).sharedWith},
	{"filed with", about{rel: "nmod obl"}, (*repairer).filedWith},
	{"depends for", about{rel: "nmod"}, (*repairer).dependsFor},
	{"main verb", about{rel: "acl", upos: "VERB"}, (*repairer).mainVerb},
	{"raised were", about{rel: "csubj", xpos: "VBN"}, (*repairer).raisedWere},
	{"two verbs", about{upos: "VERB", xpos: "VBD"}, (*repairer).twoVerbs},
	{"fined amount", about{rel: "conj", xpos: "VBD VBN"}, (*repairer).finedAmount},
	{"verb beside adverb", about{rel: "conj", upos: "VERB"}, (*repairer).verbBesideAdverb},

	// A number and its unit, two nouns as one subject, a verb left out: they count the arguments of their verb.
	{"quantity", about{}, (*repairer).quantity},
	{"case of number", about{rel: "case", upos: "ADP"}, (*repairer).caseOfNumber},
	{"coordinated subject", about{rel: "conj", upos: "VERB AUX"}, (*repairer).coordinatedSubject},
	{"gap", about{rel: "conj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).gap},
	{"case in gap", about{rel: "case", upos: "ADP"}, (*repairer).caseInGap},
	{"figures in gap", about{rel: "obl"}, (*repairer).figuresInGap},

	// Gerunds, conditions and second verbs that hang on the wrong word.
	{"swelling noun", about{rel: "xcomp advcl", xpos: "VBG"}, (*repairer).swellingNoun},
	{"finite beside gerund", about{rel: "conj", xpos: "VBD VBN"}, (*repairer).finiteBesideGerund},
	{"nearest subject", about{rel: "conj", xpos: "VBD VBN"}, (*repairer).nearestSubject},
	{"signs that", about{rel: "acl:relcl"}, (*repairer).signsThat},
	{"bare conjunct", about{rel: "conj", xpos: "VB"}, (*repairer).bareConjunct},
	{"gerund of condition", about{rel: "advcl acl xcomp", xpos: "VBG"}, (*repairer).gerundOfCondition},
	{"mark of condition", about{rel: "mark", form: "if unless although because while"}, (*repairer).markOfCondition},
	{"seen verb", about{rel: "compound", xpos: "VB"}, (*repairer).seenVerb},
	{"terms of issue", about{}, (*repairer).termsOfIssue},
	{"scheduled event", about{rel: "advcl acl", form: "scheduled due set expected"}, (*repairer).scheduledEvent},
	{"undergone infinitive", about{rel: "acl", xpos: "VBN"}, (*repairer).undergoneInfinitive},
	{"totalling", about{rel: "advcl", xpos: "VBG"}, (*repairer).totalling},
	{"aimed at", about{rel: "acl", form: "aimed"}, (*repairer).aimedAt},
	{"owing to", about{rel: "acl advcl", form: "owing"}, (*repairer).owingTo},
	{"charged for", about{rel: "acl", xpos: "VBG"}, (*repairer).chargedFor},
	{"saying beside hope", about{rel: "advcl", xpos: "VBG"}, (*repairer).sayingBesideHope},
	{"saying beside object", about{rel: "acl", xpos: "VBG"}, (*repairer).sayingBesideObject},
	{"joined infinitive", about{rel: "conj", xpos: "VB"}, (*repairer).joinedInfinitive},
	{"yesterday of plan", about{form: "yesterday"}, (*repairer).yesterdayOfPlan},

	// What times, relative clauses, receivers and participles belong to, now that verbs have their arguments.
	{"who follows", about{rel: "acl:relcl"}, (*repairer).whoFollows},
	{"who of place", about{rel: "acl:relcl"}, (*repairer).whoOfPlace},
	{"what harmed", about{rel: "acl:relcl"}, (*repairer).whatHarmed},
	{"time of the verb", about{rel: "nmod nmod:unmarked"}, (*repairer).timeOfVerb},
	{"time in subject", about{rel: "nmod", upos: "NOUN PROPN NUM"}, (*repairer).timeInSubject},
	{"year of the offence", about{rel: "obl"}, (*repairer).yearOfOffence},
	{"in fact", about{rel: "nmod", form: "fact reality essence turn addition"}, (*repairer).inFact},
	{"each receiver", about{form: "each"}, (*repairer).eachReceiver},
	{"agent of time", about{rel: "obl:agent"}, (*repairer).agentOfTime},
	{"worth from", about{rel: "obl"}, (*repairer).worthFrom},
	{"from behind to", about{rel: "nmod"}, (*repairer).fromBehindTo},
	{"received from", about{rel: "nmod"}, (*repairer).receivedFrom},
	{"agent of attribute", about{rel: "nmod"}, (*repairer).agentOfAttribute},
	{"demand for", about{rel: "obl"}, (*repairer).demandFor},
	{"more behind amount", about{rel: "advmod obl", upos: "ADJ ADV", form: "more less fewer"}, (*repairer).moreBehindAmount},
	{"time of figures", about{rel: "obl"}, (*repairer).timeOfFigures},
	{"ahead", about{rel: "advmod", form: "ahead"}, (*repairer).ahead},
	{"amount behind time", about{rel: "conj"}, (*repairer).amountBehindTime},
	{"earlier time", about{upos: "ADV ADP", form: "ago earlier before previously"}, (*repairer).earlierTime},
	{"time of comparison", about{}, (*repairer).timeOfComparison},
	{"amount of time", about{rel: "nmod"}, (*repairer).amountOfTime},
	{"beside time", about{rel: "nmod", upos: "NOUN PROPN"}, (*repairer).besideTime},
	{"fronted relative", about{rel: "nmod", xpos: "WDT WP"}, (*repairer).frontedRelative},
	{"receiver", about{rel: "obj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).receiver},
	{"appointee", about{rel: "obj xcomp", upos: "NOUN"}, (*repairer).appointee},
	{"record since", about{}, (*repairer).recordSince},
	{"wanted object", about{rel: "iobj"}, (*repairer).wantedObject},
	{"gift beside name", about{rel: "obj", upos: "NOUN"}, (*repairer).giftBesideName},
	{"participle after noun", about{rel: "advcl acl", xpos: "VBN VBG"}, (*repairer).participleAfterNoun},
	{"telling text", about{rel: "advcl acl", xpos: "VBG"}, (*repairer).tellingText},
	{"represented amount", about{rel: "advcl", xpos: "VBG"}, (*repairer).representedAmount},
	{"part of text", about{xpos: "VBG"}, (*repairer).partOfText},
	{"owned share", about{xpos: "VBD VBN"}, (*repairer).ownedShare},
	{"between pair", about{rel: "conj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).betweenPair},

	// Whom one tells, and clauses that were read as describing him.
	{"told that", about{upos: "VERB"}, (*repairer).toldThat},
	{"extraposed", about{rel: "acl:relcl acl"}, (*repairer).extraposed},
	{"hearer beside subject", about{upos: "VERB"}, (*repairer).hearerBesideSubject},
	{"hearer in subject", about{rel: "nsubj nsubj:pass", xpos: "NNS"}, (*repairer).hearerInSubject},
	{"clause of relative", about{rel: "acl:relcl"}, (*repairer).clauseOfRelative},
	{"saying before clause", about{rel: "parataxis", upos: "VERB AUX", xpos: "VBD VBZ VBP"}, (*repairer).sayingBeforeClause},

	// A noun between two verbs, the subject of the second.
	{"clause after preposition", about{rel: "advcl acl ccomp parataxis acl:relcl"}, (*repairer).clauseAfterPreposition},
	{"second subject", about{rel: "conj advcl parataxis"}, (*repairer).secondSubject},
	{"joined clause", about{rel: "acl", upos: "VERB"}, (*repairer).joinedClause},
	{"is to", about{xpos: "VB VBN"}, (*repairer).isTo},
	{"object is subject", about{rel: "obj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).objectIsSubject},
	{"object before verb", about{rel: "obj", upos: "NOUN PROPN NUM PRON SYM"}, (*repairer).objectBeforeVerb},

	// Infinitives, gerunds and modifiers that look like verbs: whose they are.
	{"stray for", about{rel: "nmod"}, (*repairer).strayFor},
	{"for subject", about{}, (*repairer).forSubject},
	{"tough infinitive", about{rel: "csubj advcl ccomp", xpos: "VB"}, (*repairer).toughInfinitive},
	{"infinitive of verb", about{rel: "acl", xpos: "VB"}, (*repairer).infinitiveOfVerb},
	{"infinitive of noun", about{rel: "advcl xcomp", xpos: "VB"}, (*repairer).infinitiveOfNoun},
	{"gave leave", about{rel: "advcl xcomp", xpos: "VB"}, (*repairer).gaveLeave},
	{"particle before object", about{rel: "case"}, (*repairer).particleBeforeObject},
	{"adjective before gerund", about{rel: "advcl acl xcomp ccomp", xpos: "VBG"}, (*repairer).adjectiveBeforeGerund},
	{"participle before noun", about{rel: "advcl acl xcomp ccomp", xpos: "VBD VBN"}, (*repairer).participleBeforeNoun},
	{"that clause", about{rel: "acl:relcl", upos: "VERB"}, (*repairer).thatClause},
	{"asked to", about{rel: "advcl acl", xpos: "VB VBN"}, (*repairer).askedTo},
	{"used to", about{rel: "advcl", xpos: "VB"}, (*repairer).usedTo},
	{"sibling objects", about{rel: "obj iobj", upos: "NOUN", xpos: "NN"}, (*repairer).siblingObjects},
	{"crossing relative", about{rel: "acl:relcl"}, (*repairer).crossingRelative},
	{"finite description", about{rel: "acl", upos: "VERB"}, (*repairer).finiteDescription},
	{"agreeing relative", about{rel: "acl:relcl"}, (*repairer).agreeingRelative},
	{"event of relative", about{rel: "acl:relcl"}, (*repairer).eventOfRelative},
	{"concerning name", about{rel: "acl", form: "concerning regarding affecting involving"}, (*repairer).concerningName},
	{"place of talks", about{rel: "nmod", upos: "PROPN"}, (*repairer).placeOfTalks},
	{"absolute with", about{rel: "advcl xcomp", xpos: "VBG"}, (*repairer).absoluteWith},

	// Last what is said and who says it, when the clauses are whole.
	{"object of speech", about{rel: "ccomp parataxis acl acl:relcl advcl conj"}, (*repairer).objectOfSpeech},
	{"verb of said", about{rel: "acl", xpos: "VBD VBN"}, (*repairer).verbOfSaid},
	{"clauses of said", about{rel: "ccomp"}, (*repairer).clausesOfSaid},
	{"thanks to", about{rel: "obl obl:unmarked nmod nmod:unmarked advmod discourse parataxis appos case orphan", form: "thanks"}, (*repairer).thanksTo},
	{"speaker of quotation", about{upos: "VERB"}, (*repairer).speakerOfQuotation},
	{"speaker behind said", about{upos: "VERB"}, (*repairer).speakerBehindSaid},
	{"said that", about{rel: "acl:relcl acl"}, (*repairer).saidThat},
	{"gerund subject", about{rel: "advcl", xpos: "VBG"}, (*repairer).gerundSubject},
	{"cited by speaker", about{rel: "advcl", xpos: "VBG", form: "citing quoting"}, (*repairer).citedBySpeaker},
	{"condition of said", about{rel: "advcl", xpos: "VBN"}, (*repairer).conditionOfSaid},
	{"circumstance of said", about{rel: "ccomp"}, (*repairer).circumstanceOfSaid},
	{"closing said", about{upos: "VERB", xpos: "VBD VBZ VBP"}, (*repairer).closingSaid},
	{"modifier in quotation", about{}, (*repairer).modifierInQuotation},
	{"time of saying", about{upos: "VERB", xpos: "VBD VBN"}, (*repairer).timeOfSaying},
	{"said before", about{rel: "parataxis conj"}, (*repairer).saidBefore},
	{"saying after infinitive", about{rel: "advcl", xpos: "VBG"}, (*repairer).sayingAfterInfinitive},
	{"rumour that", about{rel: "acl:relcl"}, (*repairer).rumourThat},
	{"other speaker", about{rel: "advcl", xpos: "VBD"}, (*repairer).otherSpeaker},
	{"silence of speaker", about{rel: "conj"}, (*repairer).silenceOfSpeaker},
	{"speaker's next act", about{rel: "conj", upos: "VERB", xpos: "VBD VBN"}, (*repairer).speakersNextAct},
	{"speaker's next clause", about{rel: "conj", upos: "VERB AUX", xpos: "VBD VBZ VBP"}, (*repairer).speakersNextClause},
	{"preposition of subject", about{rel: "nsubj", upos: "PROPN NOUN"}, (*repairer).casedSubject},
}

// Repair returns s with misreadings mended that parsers make again and again in news text, each a change of a few arcs that
// grammar alone can justify. s itself stays as it is; where nothing is to be mended it is returned. changed, unless nil, is told
// each word whose head or relation a repair sets, with the name of the repair.
func Repair(s *nlp.Sentence, changed func(name string, word int)) *nlp.Sentence {
	r := &repairer{s: s, changed: changed, about: repairSorts()}
	r.sort()
	for n := range repairs {
		class := &r.about.of[n]
		if !class.meets(&r.all) {
			continue
		}
		r.name = repairs[n].name
		for i := range r.sorts {
			if class.meets(&r.sorts[i]) {
				repairs[n].mend(r, i)
			}
		}
	}
	return r.s
}

type repairer struct {
	s       *nlp.Sentence
	copied  bool
	name    string
	changed func(name string, word int)
	about   *classes
	sorts   []sorts // of each word
	all     sorts   // of all words, and of what they were before
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
	r.resort(i)
}

// tag changes the part of speech of word i.
func (r *repairer) tag(i int, upos, xpos string) {
	r.own()
	r.s.Words[i].UPOS, r.s.Words[i].XPOS = upos, xpos
	r.resort(i)
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
