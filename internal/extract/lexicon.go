package extract

import (
	"maps"
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

// lower returns s in lower case, s itself where it is.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c-'A' < 26 || c >= utf8.RuneSelf {
			return lowered(s)
		}
	}
	return s
}

// lowerForms holds words beside their lower-case forms, each at its hash: the grammar asks for the same ones again and again.
var lowerForms [1 << 13]atomic.Pointer[struct{ word, lower string }]

// lowered returns s in lower case.
func lowered(s string) string {
	hash := uint32(2166136261) // FNV-1a
	for i := 0; i < len(s); i++ {
		hash = (hash ^ uint32(s[i])) * 16777619
	}
	at := &lowerForms[hash%uint32(len(lowerForms))]
	if known := at.Load(); known != nil && known.word == s {
		return known.lower
	}
	l := strings.ToLower(s)
	if len(s) < 32 {
		at.Store(&struct{ word, lower string }{strings.Clone(s), strings.Clone(l)}) // clones, which hold no text in memory
	}
	return l
}

type set map[string]bool

func words(list string) set {
	s := set{}
	for _, w := range strings.Fields(list) {
		s[strings.ReplaceAll(w, "_", " ")] = true
	}
	return s
}

func union(sets ...set) set {
	all := set{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}

// Verbs by what they do to the clause below them.
var (
	// speech verbs name the speaker of their clause.
	speech = words(`say tell state announce add claim report declare acknowledge admit assert stress note explain argue insist
		maintain reply respond answer remark comment write tweet reveal disclose confirm concede contend allege complain
		emphasize emphasise underline warn predict forecast pledge promise vow affirm reiterate repeat recall mention observe
		testify swear conclude estimate suggest propose indicate caution boast joke quip shout whisper cry exclaim inform
		notify assure remind advise signal hint post blog vouch point_out spell_out lament rule brief gloat
		deplore charge hold decree stipulate read retort interject confide protest elaborate summarise summarize quote cite`)
	// transitive verbs always have an object in the active: without one their past is a participle, "Man arrested at port".
	transitive = words(`accuse acquit appoint arrest convict deport detain diagnose disqualify eject eliminate evacuate execute expel
		hospitalise hospitalize imprison indict injure jail kidnap nominate oust prosecute rescue sentence stab suspend wound`)
	// intransitive verbs have no passive: a participle of one is a past tense that was tagged wrong.
	intransitive = words(`rise fall remain go come happen occur arrive die exist seem appear result belong consist depend emerge
		arise vanish disappear collapse erupt persist lie sleep sit stand wait fly stay last differ vary climb slip decline surge soar
		plunge firm slide tumble rally jump dwindle peter_out recede flop
		flourish languish loom linger thrive succumb`)
	// telling verbs have the hearer as object and then what he is told.
	telling = words(`tell inform assure warn remind notify advise persuade convince promise`)
	// appointing verbs say what their object becomes.
	appointing = words(`elect re-elect name appoint declare crown proclaim nominate ordain call vote consider select choose
		designate label brand dub term`)
	// belief verbs name who holds their clause to be so.
	belief = words(`think believe feel understand hope fear expect suspect assume doubt consider suppose guess imagine
		find hold hear worry agree decide determine speculate wish anticipate maintain reckon judge trust`)
	// giving verbs take a receiver and a thing.
	giving = words(`give lend offer pay sell send grant award owe hand show teach tell promise deny loan cede assign allot allow guarantee
		secure win earn advance buy bring cost charge fine ask leave pass refuse write feed serve`)
	// stative verbs in -ing after a noun tell what it is like rather than what someone does meanwhile.
	stative = words(`contain include involve concern cover total number represent comprise consist belong surround range weigh measure
		carry bear own hold exceed correspond relate pertain appertain resemble equal face border lie live reside await depend
		lack deserve merit mean cost affect govern regulate underlie bind owe require need`)
	// midAdverbs stand between "have" and its participle.
	midAdverbs = words(`not n't never ever also already just now recently since then always previously repeatedly long yet only still
		so thus far therefore even again often later finally apparently reportedly allegedly subsequently lately consistently`)
	// preventing verbs keep their object from what a gerund after "from" says.
	preventing = words(`prevent stop ban bar prohibit block keep deter discourage dissuade exclude restrain hinder preclude disqualify
		forbid inhibit restrict`)
	// judging verbs answer what their object did, told by a gerund after "for"; those that only accuse him of it are charging verbs.
	judging = words(`fine jail punish reprimand scold censure penalise penalize imprison sentence prosecute reward applaud`)
	// headlineVerbs are common verbs whose third person can be read as a plural noun or a name.
	headlineVerbs = words(`accept acquire add adopt alter announce appoint approve arrest ask attack award back ban begin block
		bomb boost bring build buy call cancel challenge change charge clear close complete consider create criticise criticize
		cut declare defend delay demand deny discuss drop earn ease elect eliminate end enter expand expect extend eye face
		favor favour file find fire follow form get give grant halt help hit hold honor honour impose increase indict invest
		issue join kill launch lead leave lift link list lose lower make meet merge mull name need nominate offer open oppose
		order oust pass pay pick plan plant post praise predict press probe promise propose protest push raise reach receive
		recommend reduce reject release repay report restructure resume retain return review rule say see seek sell send set
		settle show shut sign slash split stop study sue support suspend take target tell test threaten top trim turn unveil
		urge use veto void vow want warn weigh win withdraw`)
	// causing verbs make their object do something.
	causing = words(`cause lead enable help get induce prompt drive motivate inspire assist encourage incite provoke force compel make
		spur bring`)
	// namedAs are verbs whose participle behind a comma describes the noun before it.
	namedAs = words(`call know name dub title entitle nickname term style christen locate situate date`)
	// reporting verbs, beside those of speech and belief, tell what their subject says or thinks where they have a clause.
	reporting = words(`counter clarify attest theorise theorize proclaim opine posit surmise recount bet wager gamble figure presume
		reassure preach rationalise rationalize philosophise philosophize pronounce trumpet tout purport bemoan venture`)
	// puzzles are nouns with a question behind them: "no idea who came".
	puzzles = words(`idea clue inkling notion question doubt debate`)
	// besetting verbs have as their subject a difficulty.
	besetting = words(`face arise concern involve affect include plague relate stem result surround require confront threaten cause come lie
		dog beset regard exist remain loom await follow pertain`)
	// comparing verbs set what stands before their participle beside something else.
	comparing = words(`compare`)
	// thinking verbs have a clause as object where a clause follows them.
	thinking = words(`think believe expect hope fear know suspect assume doubt guess realize realise feel understand`)
	// denial verbs turn their clause round: who denies says that it is not so.
	denial = words(`deny doubt dispute refute reject dismiss rebut`)
	// failing verbs take what their infinitive says back.
	failing = words(`fail refuse decline neglect forget avoid hesitate omit`)
	// refusing verbs are acts of their own beside the thing not done.
	refusing = words(`refuse decline reject`)
	// raising verbs add no act: their infinitive is what happens.
	raising = words(`seem appear continue begin start keep happen tend prove turn_out come go get have use fail manage cease
		stop go_on proceed finish resume be need dare help remain`)
	// planning verbs put what their infinitive says into the future.
	planning = words(`plan want intend hope seek aim wish expect agree promise pledge vow threaten offer prepare decide choose
		propose mean arrange volunteer commit undertake determine resolve schedule set slate consent opt elect strive
		try attempt struggle work fight need bid target project forecast anticipate poise destine prime tip doom
		contract covenant endeavour endeavor`)
	// infinitival verbs want an infinitive: one that a parser hung beside them as a purpose is their complement.
	infinitival = words(`go_on refuse decline fail agree promise plan want intend hope seek vow threaten offer choose decide manage continue
		begin start try attempt pledge prepare consent opt elect tend seem appear expect wish aim dare hesitate volunteer`)
	// hiring verbs have as their object who is to do what their infinitive says.
	hiring = words(`hire employ recruit retain engage commission contract appoint assign dispatch mandate task deputise deputize enlist`)
	// groupNouns are acts that are as often the people or the thing: "Syria's opposition", "Iran's exports".
	groupNouns = words(`opposition resistance alliance partnership coalition export import production investment construction control trade
		leadership contract treaty pact stake holding border letter message loan grant funding membership relationship friendship
		claim report access subsidy exposure presence reform pressure training competition ruling verdict insurgency uprising victory defeat`)
	// asking verbs request what their infinitive says of their object.
	asking = words(`ask urge call call_on tell order request require beg press invite encourage advise instruct command persuade
		want need demand appeal petition lobby implore exhort summon force compel oblige push pressure warn caution remind recommend mandate`)
	// harming verbs have as their subject who or what hurts.
	harming = words(`kill injure wound maim hurt destroy damage devastate wreck flatten`)
	// harmCauses are events and weapons that hurt.
	harmCauses = words(`attack bombing bomb blast explosion raid airstrike shelling bombardment crash collision derailment accident
		disaster earthquake quake storm hurricane typhoon cyclone tornado flood avalanche landslide mudslide fire blaze wildfire eruption
		tsunami clash fighting shooting stampede ambush assault offensive missile rocket mine grenade device violence riot war
		battle massacre epidemic outbreak famine`)
	// relying verbs have behind their preposition who is to do what their infinitive says.
	relying = map[string]string{"rely": "on", "depend": "on", "count": "on", "bank": "on", "look": "to", "wait": "for",
		"long": "for", "press": "for", "push": "for", "plead": "for", "pray": "for", "arrange": "for", "pay": "for"}
	// permitting verbs make it possible.
	permitting = words(`allow permit enable let authorize authorise empower entitle qualify risk`)
	// light verbs hand their meaning over to their object.
	light = words(`hold have make take give reach impose launch conduct carry_out pay offer sign stage mount lay undertake
		perform provide lend express issue deliver do enter engage_in wage start begin open commit maintain hand_over keep_up`)
	// resuming verbs hand over to their noun as light ones do: who steps up attacks attacks.
	resuming = words(`continue resume intensify step_up escalate renew repeat expand announce`)
	// performative acts are done once they are announced.
	performative = words(`sanction embargo ban agreement deal accord pact investigation probe inquiry support backing recognition boycott
		opposition acquisition purchase takeover merger appointment withdrawal suspension release`)
	// undergoing verbs have who undergoes the act as their subject; who does it follows "from" or "by".
	undergoing = words(`receive get win obtain gain secure enjoy accept suffer undergo face attract draw sustain`)
	// helping nouns turn round who acts: "with the support of X" says that X supports the subject.
	helping = words(`support help backing assistance aid approval consent blessing cooperation participation mediation protection
		permission encouragement funding`)
	// complexHeads are nouns of prepositions of several words: "on the side of", "in response to".
	complexHeads = words(`on_side_of on_behalf_of in_favor_of in_favour_of in_support_of in_response_to as_result_of in_front_of
		in_middle_of at_end_of at_beginning_of in_wake_of in_light_of in_view_of in_charge_of in_need_of in_line_with in_accordance_with
		in_tandem_with in_accord_with in_concert_with in_step_with in_keeping_with in_competition_with in_parallel_with in_proportion_to
		in_association_with in_partnership_with in_combination_with in_contact_with in_touch_with in_common_with in_concurrence_with
		in_addition_to in_terms_of on_basis_of by_means_of for_sake_of at_hands_of at_request_of at_invitation_of in_exchange_for
		in_return_for in_retaliation_for in_search_of in_case_of in_event_of in_spite_of in_place_of on_top_of with_respect_to
		with_regard_to in_relation_to in_honor_of in_honour_of at_expense_of by_way_of on_part_of under_auspices_of in_presence_of
		in_absence_of in_face_of in_course_of at_time_of in_context_of with_help_of in_preparation_for in_protest_at in_protest_against
		in_connection_with in_conjunction_with in_cooperation_with in_collaboration_with in_compliance_with in_contrast_to
		in_comparison_with with_reference_to in_reference_to at_odds_with in_excess_of on_account_of in_pursuit_of in_defense_of
		in_defence_of in_opposition_to in_possession_of in_danger_of in_lieu_of in_control_of in_violation_of in_breach_of at_hand_of
		at_mercy_of in_hands_of into_hands_of on_verge_of on_brink_of on_subject_of on_issue_of on_back_of on_heels_of on_eve_of in_aftermath_of
		in_midst_of over_course_of during_course_of in_process_of in_form_of in_name_of with_aim_of with_goal_of with_exception_of at_risk_of
		on_condition_of on_sidelines_of in_regard_to in_advance_of in_respect_of at_start_of at_height_of at_forefront_of for_fear_of
		in_solidarity_with in_memory_of at_behest_of at_insistence_of on_occasion_of under_guise_of under_pretext_of in_hope_of
		in_hopes_of in_anticipation_of in_recognition_of in_celebration_of by_virtue_of in_eyes_of for_purpose_of
		for_purposes_of for_benefit_of in_interest_of in_interests_of for_lack_of for_want_of on_grounds_of within_framework_of in_framework_of
		on_cusp_of at_helm_of at_heart_of at_urging_of in_spirit_of in_throes_of in_grip_of on_strength_of with_purpose_of on_pretext_of
		under_weight_of in_vicinity_of to_detriment_of to_point_of to_tune_of`)
	// idioms are a preposition and a noun that names no thing of its own: "opportunities on offer in Russia".
	idioms = words(`on_offer on_display on_sale on_show on_tour on_stage on_patrol on_trial on_strike on_leave on_duty on_board on_record on_air
		on_hold on_course on_track on_loan on_bail on_guard on_holiday on_vacation on_site on_location on_foot on_fire at_work at_war
		at_peace at_risk at_stake at_home at_large at_length at_sea at_odds at_school at_university in_place in_force in_effect in_power
		in_office in_prison in_jail in_custody in_detention in_exile in_hiding in_public in_private in_person in_part in_turn in_fact
		in_advance in_attendance in_operation in_service in_use in_session in_production in_business in_hospital in_school in_court
		in_town in_debt in_touch in_need in_solidarity in_orbit in_transit in_theory in_practice in_principle into_force into_effect
		into_exile into_custody into_place into_orbit into_office into_power into_hiding under_way under_threat under_attack under_fire
		under_pressure under_arrest under_construction under_contract under_review under_investigation under_siege under_control
		under_consideration under_discussion under_scrutiny`)
	// respects tell in what sense a noun is meant: "a son in law", "an agreement in principle".
	respects = words(`in_law in_chief in_principle in_point in_question in_general in_particular in_name in_deed in_kind in_fact in_part
		in_common in_theory in_practice in_effect in_mind at_large at_heart`)
	// coming adjectives put their infinitive into the future.
	coming = words(`due ready desperate minded disposed impatient bound willing eager keen anxious determined inclined prepared expected scheduled poised
		certain sure`)
)

// Nouns that carry a relation.
var (
	// actNouns are nominalisations: they have an agent and a patient as a verb has.
	actNouns = words(`talk talks meeting summit consultation call conversation negotiation mediation visit trip tour arrival
		departure invitation agreement pledge commitment consent promise accord deal proposal offer initiative suggestion
		signing ratification guarantee support backing endorsement recognition cooperation co-operation coordination exercise
		trade sale purchase acquisition takeover merger aid funding delivery assistance help protection concession amnesty
		release exchange withdrawal pullout retreat ceasefire truce surrender disarmament resignation demand appeal request
		rejection refusal veto disagreement denial accusation allegation condemnation criticism investigation probe inquiry
		inspection charge indictment lawsuit prosecution trial conviction sentence threat warning ultimatum protest
		demonstration rally march suspension expulsion sanction sanctions embargo ban designation deployment build-up arrest
		detention deportation siege blockade capture occupation liberation seizure raid attack airstrike strike shelling
		offensive bombing bombardment invasion fight fighting clash battle war killing assassination murder massacre execution
		torture abuse kidnapping abduction violation breach displacement appointment election nomination establishment creation
		opposition resistance dispute conflict alliance partnership relation relations ties contact dialogue discussion
		testimony statement speech remark comment announcement decision vote response reaction reply approval adoption control
		ownership use destruction construction development production export import investment loan payment transfer shipment
		supply attempt effort plan search demolition evacuation rescue explosion crash collision attacker apology involvement
		participation presence intervention interference incursion aggression violence operation campaign crackdown poisoning
		shooting stabbing beheading boycott assault ambush onslaught strikes annexation reunification independence encounter
		session briefing interview suit complaint petition bid stake holding divestiture buyout pact treaty contract
		collaboration coalition accession membership border journey flight return entry exit pull-out advance victory win defeat
		loss triumph praise tribute thanks letter message report denunciation repudiation abolition removal dismissal ouster
		overthrow coup uprising revolt rebellion insurgency mutiny clampdown pressure lobbying access contribution donation
		grant subsidy lending exposure claim resettlement relocation extradition imprisonment jailing handover exclusion
		isolation blacklisting acquittal pardon sentencing ruling verdict injunction enforcement implementation compliance
		abandonment monitoring surveillance nationalisation nationalization privatisation privatization disruption disappearance
		reconstruction restoration encirclement reinforcement training sponsorship leadership mobilisation mobilization
		patronage vandalism hostility animosity friendship relationship quarrel feud rift rivalry struggle competition contest
		duel role work study review objection condolence tariff moratorium interest disapproval retaking confidence blessing
		permission adherence defense defence launch bias prejudice discrimination espionage sabotage smear persecution
		harassment intimidation repression oppression subjugation airlift bailout outreach overture embrace acceptance reform
		treatment handling`)
	// agentNouns name who does something to what follows "of" or "for" or stands before.
	agentNouns = words(`mediator guarantor sponsor broker negotiator host supporter backer opponent rival critic ally enemy leader
		head chief commander chairman chairwoman chair president minister premier taoiseach chancellor secretary governor mayor king queen
		prince emir sultan spokesman spokeswoman spokesperson representative envoy ambassador delegate director
		manager founder owner member partner signatory participant donor author creator editor producer
		victim target attorney lawyer adviser advisor aide deputy officer official general colonel captain judge senator
		congressman lawmaker candidate nominee successor predecessor wife husband son daughter brother sister father
		mother friend student teacher professor coach player winner capital subsidiary unit branch division part wing
		affiliate parent neighbor neighbour architect designer inventor composer builder citizen resident native analyst
		economist correspondent reporter columnist executive trader commissioner treasurer comptroller`)
	// quantityNouns count or measure what follows "of": it does not have them.
	quantityNouns = union(pureQuantities, words(`part portion share piece bit minority half third quarter percent percentage trillion
		pair group series set range variety array kind type sort form class rest sum string spate wave flood host deal most some
		all many each one ton pound barrel acre mile foot inch gallon`))
	// placeNouns before "of" and a name say what the name is: "the city of Lima".
	placeNouns = words(`city town village state country nation province region district county republic kingdom island isle port
		capital municipality borough parish lake gulf bay cape strait valley mount mountain peninsula desert`)
	temporalNouns = union(calendarNames, weekdays, words(`second minute hour day week weekend fortnight month quarter year decade
		century season spring summer autumn fall winter morning afternoon evening night noon midnight today tomorrow yesterday
		tonight moment period date deadline christmas easter ramadan eve time era age term`))
	// unitNouns are what numbers count in measures, in the spellings of news agencies too.
	unitNouns = words(`pct percent percentage_point point dollar dlr dlrs cent ct cts yen mark franc pound sterling stg pence peso crown krona krone
		guilder lira lire rupee won yuan ringgit riyal dinar rand cruzado austral schilling euro ecu barrel bpd tonne ton bushel ounce
		gallon litre liter kilo kilogram kilometre kilometer km mile metre meter foot inch acre hectare megawatt mw kilowatt
		share time basis_point ordinary dlrs cts lbs`)
	// tied words make another verb of the one behind their hyphen.
	tied = words(`ill test hand force stage cross double court-martial mis re co pre over under out fast self air spoon`)
	// yieldable is what one gives to others without its having an owner: "gave Iran access to".
	yieldable = words(`control access power authority permission time responsibility leverage priority notice ownership immunity asylum
		independence autonomy membership status assurance clearance protection credit`)
	// What may stand before a time that begins a clause, and within it.
	frontedPrepositions = words(`in by since during within until`)
	deictics            = words(`last this next that`)
	timeModifiers       = union(deictics, words(`the early late mid past first second third fourth fiscal same previous following`))
	weekdays            = words(`monday tuesday wednesday thursday friday saturday sunday`)
	// eventNouns happen at a time of their own: "the game on Friday".
	eventNouns = words(`event game match race party concert show hearing session conference congress auction tender debate ceremony
		parade festival celebration referendum briefing interview broadcast riot storm earthquake flood accident incident fire
		rise fall drop increase decrease decline gain loss plunge surge slump jump rally crash close opening outbreak`)
	// mutualNouns hold between the members of their subject.
	mutualNouns = words(`ally partner rival enemy neighbor neighbour friend competitor opponent brother sister twin cousin colleague
		adversary foe spouse sibling associate`)
	// placing are prepositions that tell where.
	placing = words(`in at on near inside outside within across throughout`)
	// proposalNouns want an infinitive right behind them.
	proposalNouns = words(`proposal request application offer order recommendation motion need appeal campaign measure scheme programme
		program project`)
	// equativeNouns are said to be an act: "the aim is to close the plant".
	equativeNouns = words(`aim goal idea task job purpose objective target way step thing point key problem solution answer role
		mission question priority strategy policy tactic trick challenge difficulty hope ambition dream function duty
		responsibility alternative approach danger risk scope temptation tendency practice custom habit rule method result
		effect consequence`)
	// contentNouns have a clause that says what they are: "confidence that he would win".
	contentNouns = words(`confidence hope fear belief view fact doubt concern news sign indication claim conviction feeling
		impression suspicion assurance assumption expectation possibility probability likelihood chance risk danger guarantee
		condition argument complaint charge allegation assertion contention certainty worry idea notion thought knowledge proof
		rumour rumor signal hint word`)
	personNouns = words(`person people man woman guy boy girl child individual human somebody someone anyone one those`)
	// textNouns are pieces of writing and speech that say what a participle after them tells: "a letter saying that …".
	textNouns = words(`letter note memo message telegram cable telex statement report article story book paper study survey communique
		communiqué document decree order law bill act legislation rule regulation resolution amendment motion petition declaration
		treaty pact accord contract agreement deal clause plan proposal recommendation suggestion warning notice advertisement
		ad poster placard banner sign graffiti rumour rumor speculation evidence testimony opinion ruling verdict judgment`)
	// calendarNames are names of months, some of them of people and other things, too: only a time expression has them.
	calendarNames = words(`january february march april may june july august september october november december`)
	// connectives tie a clause to the one before and say nothing of what happens in it.
	connectives = words(`then also however therefore thus too instead moreover furthermore nevertheless nonetheless meanwhile otherwise
		hence besides consequently accordingly likewise`)
	// discourse phrases tie a clause to the text around it.
	discourse = words(`to_date for_example for_instance in_addition in_fact in_reality in_essence as_a_result of_course in_general in_particular in_contrast
		by_contrast in_turn at_least in_short in_other_words on_the_other_hand on_the_one_hand on_the_contrary in_any_case in_the_meantime
		at_any_rate after_all above_all in_conclusion as_a_matter_of_fact as_a_consequence`)
	// pureQuantities stand for what follows "of", only counted: "a total of six ships" are six ships.
	pureQuantities   = words(`number total amount lot couple handful majority plenty dozen hundred thousand million billion`)
	relativePronouns = words(`who whom which that whose where when why`)
)

// speaking says whether a clause below lemma is what someone says or thinks.
func speaking(lemma string) bool { return speech[lemma] || belief[lemma] || denial[lemma] }

// isAgentNoun says whether a noun lemma names someone by what he does or is to another.
func isAgentNoun(lemma string) bool {
	lemma = lower(lemma)
	if i := strings.LastIndexByte(lemma, '-'); i >= 0 && (agentNouns[lemma[i+1:]] || lemma[i+1:] == "general") {
		return true
	}
	return agentNouns[lemma]
}

// actorNoun says whether a lemma in lower case means people or a body that may act.
func actorNoun(lemma string) bool {
	return isAgentNoun(lemma) || personNouns[lemma] || firmNouns[lemma] || bodyNouns[lemma] || dutyNouns[lemma] || agentive[lemma]
}

// intentions are nouns whose infinitive is done by who has them.
// appointments are acts by which somebody is to do what an infinitive behind them says.
var appointments = words(`appointment nomination election selection choice recruitment hiring promotion`)

var intentions = words(`plan decision agreement intention intent promise pledge commitment vow wish desire readiness willingness
	determination attempt effort bid move threat contract right ability option warrant chance opportunity permission authority power
	capacity freedom failure refusal inability reluctance unwillingness`)
