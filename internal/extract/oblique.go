package extract

import (
	"slices"
	"strings"
)

// Words that tell what an oblique is to its verb. Where they do not, it stays a plain oblique: a wrong type is worse than none.
var (
	// talkVerbs, beside those of speech, and talkNouns are about something.
	talkVerbs = words(`talk speak discuss debate negotiate confer consult learn hear know worry ask inquire enquire lie agree
		disagree quarrel bicker chat lecture preach question interview brag think dream wonder care converse differ deliberate
		decide vote teach reflect speculate gossip forget`)
	talkNouns = words(`talk discussion debate negotiation conversation dialogue consultation statement report speech lecture article book story
		film documentary paper study comment remark question query dispute disagreement argument agreement accord deal treaty vote
		referendum resolution law bill decision ruling meeting summit conference seminar briefing information news detail evidence doubt
		concern fear worry uncertainty opinion view position complaint interview testimony announcement rumour rumor warning tweet
		message letter declaration consensus compromise controversy row policy legislation proposal session hearing`)
	// topicCases always name a topic; of-verbs do so with "of".
	topicCases = words(`regarding concerning as_to with_regard_to with_respect_to in_relation_to on_the_subject_of on_the_topic_of as_regards
		in_regard_to`)
	topicOf = words(`speak talk complain warn hear inform dream think boast know remind notify advise tell learn`)
	// media are what one speaks on or over.
	media = words(`television tv radio phone telephone internet web website twitter facebook air camera stage platform record behalf basis
		condition channel line network page paper tape video audio blog site ground floor way visit tour trip occasion side part
		average board foot sale order arrival mission duty leave`)
	// tools are what one does something with.
	tools = words(`knife gun rifle pistol revolver handgun shotgun weapon bomb grenade missile rocket mortar shell artillery bullet explosive
		dynamite hammer axe ax sword dagger spear arrow bow stick club baton truncheon stone rock brick bat whip rope chain wire needle
		scissors razor blade saw drill screwdriver wrench shovel spade fork spoon pen pencil brush broom key crowbar lever pump machine
		bulldozer tractor crane computer camera telescope microscope laser scanner sensor drone helicopter aircraft tank tear-gas teargas
		gas poison acid chemical firearm machete catapult slingshot cannon torpedo flamethrower tool instrument device software keyboard
		hand fist finger bare_hand pesticide fertilizer water_cannon`)
	// supplying verbs hand over, meet or join what stands after "with": it is no tool.
	supplying = words(`provide supply equip arm present reward fill cover load replace compare associate begin start end leave go live work
		charge deal meet talk agree be have come arrive fit stock lace litter adorn decorate outfit furnish entrust trust tamper interfere
		help cope experiment identify link connect mix combine armed sell buy trade compete return appear pose play stay remain`)
	// means go with a bare "by".
	means = words(`car train bus plane boat ship ferry truck lorry bicycle bike taxi rail air sea road land water helicopter phone telephone
		email e-mail mail post fax letter telegram radio satellite courier cheque check hand force`)
	// goals are verbs that one does for an act to come.
	goals = words(`go come arrive travel fly head leave return gather meet assemble stop use prepare train convene reconvene stay sail march
		rush queue wait hospitalize hospitalise summon invite visit`)
	// unwilled verbs happen without anybody's purpose.
	unwilled = words(`fall rise drop decline grow increase decrease slip plunge surge soar jump climb happen occur die fail seem appear remain
		welcome be have deserve lack need suffer`)
	// purposeCases name a purpose whatever the verb.
	purposeCases = words(`for_the_purpose_of for_purposes_of for_the_purposes_of for_the_sake_of in_pursuit_of in_search_of in_preparation_for
		with_the_aim_of with_a_view_to with_the_goal_of in_hopes_of in_the_hope_of`)
	// ways are nouns that, bare after "in", "with", "without", "by" or "at", tell how.
	ways = map[string]set{
		"in": words(`secret private public silence haste person unison vain anger detail full earnest tandem concert moderation desperation
			disbelief disgust fear shame triumph protest parallel anticipation`),
		"with": words(`care caution ease difficulty force enthusiasm pride respect precision speed confidence dignity surprise delight anger
			impunity restraint patience skill courage determination vigour vigor passion joy sadness relief horror contempt suspicion
			satisfaction interest sympathy kindness reluctance urgency accuracy certainty sincerity gratitude regret alarm dismay scepticism
			skepticism optimism zeal clarity conviction sorrow tact brutality cruelty`),
		"without": words(`delay warning hesitation comment difficulty incident success exception permission authorization authorisation notice
			explanation interruption bloodshed violence trial charge fear pause mercy precedent resistance reservation ceremony fuss`),
		"by": words(`force hand mistake accident surprise chance stealth consensus acclamation decree default proxy
			mutual_consent ballot`),
		"at": words(`length random will ease gunpoint knifepoint leisure speed once`),
		"on": words(`purpose foot horseback tiptoe`),
	}
	wayNouns = words(`way manner fashion style`)
	// mannerStems are adjectives whose -ly adverb tells how something is done rather than when, how much or how likely.
	mannerStems = words(`quick slow careful careless secret quiet loud peaceful violent brutal forcible illegal legal lawful
		unlawful public private open direct indirect personal formal informal firm harsh bitter angry calm bold brave blind
		clumsy cruel deliberate intentional accidental desperate diplomatic eager fierce gentle happy hasty honest dishonest
		joint unilateral bilateral unanimous mutual warm willing unwilling reluctant voluntary vigorous systematic swift smooth
		silent sincere safe rude polite patient impatient passionate nervous methodical manual automatic electronic remote
		separate individual collective anonymous cautious cheerful cold confident courageous covert clandestine democratic
		discreet enthusiastic fair unfair faithful fearless frantic furious graceful grim hostile humane inhumane illicit
		independent indiscriminate ruthless savage skilful skillful solemn stealthy stern strict surreptitious tactful tense
		thorough tireless treacherous verbal vocal arbitrary aggressive affectionate anxious awkward beautiful brisk casual
		conscientious constructive cordial diligent dutiful efficient elegant explicit expert fluent frank friendly generous
		helpful heroic hurried instinctive intense joyful kind lazy legitimate lovely loyal lucid merciful militar mysterious
		neat noisy obedient orderly painful peaceable pleasant proper prudent punctual random reasonable reckless respectful
		responsible rigorous scrupulous selfish senseless shrewd skilled speedy spontaneous stubborn tender thoughtful tight
		urgent vague valiant vicious vivid wise wrongful zealous`)
	// siteNouns are where something can be or happen.
	siteNouns = words(`capital city town village hamlet country region province district county municipality area zone border frontier coast
		shore street road avenue square building house home apartment flat office hospital clinic school university college airport port
		harbour harbor station base camp prison jail embassy consulate palace church mosque temple synagogue cathedral bazaar hotel
		restaurant cafe bar stadium arena museum theatre theater factory plant mill farm forest jungle mountain hill river lake
		sea ocean gulf bay island peninsula desert valley beach park garden room kitchen hall headquarters outskirts suburb centre center
		north south east west northeast northwest southeast southwest territory world continent place site location scene countryside
		checkpoint barracks warehouse refinery pipeline dock shipyard cemetery courtroom courthouse
		ghetto slum metropolis state republic kingdom homeland downtown intersection junction bridge tunnel highway motorway
		terminal runway outpost stronghold enclave plateau plain coastline heartland hinterland`)
	placeCases = words(`in at near inside outside across throughout within around along beneath above below behind beside opposite off amid
		alongside beyond close_to next_to in_front_of on_top_of in_the_middle_of in_the_heart_of on_the_outskirts_of`)
	onPlaces = words(`border frontier coast shore street road avenue square island peninsula river lake beach mountain hill farm field campus
		outskirts front base bridge highway motorway runway territory continent bank corner frontline plain plateau`)
)

// typed gives the obliques of p their types and adds its adverbs of manner and infinitives of purpose.
func (r *reader) typed(p *Proposition) {
	verb, noun := p.Lemma, ""
	if i := strings.LastIndexByte(verb, ' '); i >= 0 { // "hold talks", "carry out", "be worried"
		verb, noun = verb[:strings.IndexByte(verb, ' ')], verb[i+1:]
	}
	if p.Noun && p.Head >= 0 {
		verb, noun = "", lower(r.Words[p.Head].Lemma)
	}
	for i := range p.Args {
		a := &p.Args[i]
		if a.Role == Oblique && a.Head >= 0 && a.Case != "" {
			a.Role = r.oblique(verb, noun, p, a)
		}
	}
	if p.Noun || p.Head < 0 || r.Words[p.Head].UPOS != "VERB" || len(p.Args) == 0 {
		return
	}
	for _, k := range r.kids[p.Head] {
		switch {
		case r.mannerAdverb(k):
			r.further(p, Argument{Role: Manner, Phrase: r.phrase(k, nil)})
		case r.purpose(p.Head, k) && !asking[verb] && !planning[verb] && !permitting[verb] && !unwilled[verb]:
			r.further(p, Argument{Role: Purpose, Phrase: r.phrase(k, func(m int) bool {
				return r.Words[m].Deprel == "punct" && m < k
			})})
		}
	}
}

// further adds an argument that no other one covers.
func (r *reader) further(p *Proposition, a Argument) {
	for i := range p.Args {
		if slices.Contains(p.Args[i].Words, a.Head) {
			return
		}
	}
	a.Minimal = a.Phrase
	p.Args = append(p.Args, a)
}

// mannerAdverb says whether word k is an adverb that tells how: "secretly".
func (r *reader) mannerAdverb(k int) bool {
	w := &r.Words[k]
	if w.Deprel != "advmod" || w.UPOS != "ADV" || r.timex(k) != nil {
		return false
	}
	f := lower(w.Form)
	stem, ok := strings.CutSuffix(f, "ly")
	if !ok {
		return false
	}
	switch {
	case mannerStems[stem], mannerStems[stem+"le"]:
		return true
	case strings.HasSuffix(stem, "i"): // "happily", "angrily"
		return mannerStems[stem[:len(stem)-1]+"y"]
	case strings.HasSuffix(stem, "al"): // "systematically", "frantically"
		return mannerStems[strings.TrimSuffix(stem, "al")]
	}
	return false
}

// purpose says whether k is an infinitive that tells what the verb h was done for: "flew to Oslo to sign the deal".
func (r *reader) purpose(h, k int) bool {
	w := &r.Words[k]
	if w.Deprel != "advcl" || k < h || w.XPOS != "VB" || r.child(k, "nsubj", "nsubj:pass", "aux", "aux:pass", "cop") >= 0 {
		return false
	}
	m := r.child(k, "mark")
	if m < 0 {
		return false
	}
	for i := m; i >= 0 && i >= m-2; i-- { // "only to find", "too weak to go"
		if f := lower(r.Words[i].Form); f == "only" || f == "enough" || f == "than" ||
			f == "as" && lower(r.Words[max(0, i-1)].Form) != "so" {
			return false
		}
	}
	for _, i := range r.kids[h] {
		if f := lower(r.Words[i].Form); f == "too" || f == "enough" {
			return false
		}
	}
	switch lower(r.Words[m].Form) {
	case "to":
		return r.Words[m].UPOS == "PART"
	case "in":
		return len(r.fixed(m)) > 0
	}
	return false
}

// oblique returns the type of oblique a of a predicate with verb or noun; Oblique where nothing tells it.
func (r *reader) oblique(verb, noun string, p *Proposition, a *Argument) Role {
	w := &r.Words[a.Head]
	lemma := lower(w.Lemma)
	bare := true // without article, possessor or number
	for _, k := range r.kids[a.Head] {
		if k < a.Head && (r.rel(k) == "det" || r.rel(k) == "nummod" || r.Words[k].Deprel == "nmod:poss") {
			bare = false
		}
	}
	common := w.UPOS == "NOUN"
	talking := talkVerbs[verb] || speech[verb] || noun != "" && talkNouns[noun]
	switch {
	case topicCases[a.Case]:
		return Topic
	case purposeCases[a.Case]:
		return Purpose
	case a.Quantity != nil && a.Case != "in" && a.Case != "at" && a.Case != "with":
		return Oblique // "rose about 20 pct", "talked for 20 miles"
	}
	if common && (ways[a.Case][lemma] && bare && w.XPOS != "NNS" && r.child(a.Head, "nmod") < 0 || wayNouns[lemma] &&
		(a.Case == "in" || a.Case == "with") && !bare) {
		return Manner
	}
	switch a.Case {
	case "about":
		if talking || verb == "be" && noun != "" && !r.place(a.Head) {
			return Topic
		}
	case "on", "over", "upon":
		if talking && !media[lemma] && !r.place(a.Head) && !siteNouns[lemma] && !personNouns[lemma] && ner(w.NER) != "PER" {
			return Topic
		}
	case "of":
		if topicOf[verb] && !p.Noun {
			return Topic
		}
	case "with":
		if common && tools[lemma] && verb != "" && !supplying[verb] && r.Words[p.Head].UPOS == "VERB" && !p.Noun {
			return Instrument
		}
	case "by":
		if common && bare && means[lemma] && verb != "" && !p.Noun {
			return Instrument
		}
	case "by means of", "by way of":
		return Instrument
	case "for":
		if goals[verb] && common && (actNouns[lemma] || eventNouns[lemma]) {
			return Purpose
		}
	}
	named := w.UPOS == "PROPN" && r.place(a.Head)
	if placeCases[a.Case] && (named || common && siteNouns[lemma]) || a.Case == "on" && common && onPlaces[lemma] {
		return Place
	}
	return Oblique
}

// particleBehindObject says whether adverb k tells where verb h moves its object, which stands between them: "pushed prices down".
// Before a number it says where the object is: "saw prices down 5 pct".
func (r *reader) particleBehindObject(h, k int) bool {
	switch lower(r.Words[k].Form) {
	case "back", "down", "up", "out", "off", "away", "aside", "apart", "together", "forward":
	default:
		return false
	}
	if k+1 < len(r.Words) && r.Words[k+1].UPOS == "NUM" {
		return false
	}
	switch r.Words[h].Lemma {
	case "see", "show", "find", "report", "leave", "put", "have", "expect":
		return false
	}
	o := r.child(h, "obj")
	return o > h && o < k
}
