package extract

// Verbs, adjectives, nouns and adverbs by what they do to the status of what they govern or modify.

var (
	// factive verbs take their clause for granted, whoever is their subject: it stands as what is around them does.
	factive = words(`know realize realise discover learn forget remember recall notice regret find_out recognise recognize reveal_itself
		turn_out emerge transpire happen see_to mean prove`)
	// raisingNegation verbs, when negated, say that their clause is not so: "do not think that X".
	raisingNegation = words(`think believe expect suppose imagine consider feel anticipate`)
	// uncertain verbs hold their clause for no more than possible.
	uncertain = words(`hope fear worry wish suspect guess speculate wonder doubt caution warn pray bet wager gamble`)
	// inquiring verbs have a question as their clause.
	inquiring = words(`ask wonder question inquire enquire`)
	// showing verbs, beside those of speech, have evidence as their subject, which is the source: "figures show that …".
	showing = words(`show demonstrate illustrate imply make_clear`)
	// inferring verbs tell, of what happens, what follows from it, which need not be so.
	inferring = words(`suggest indicate signal hint`)
	// tellingEvents are events in which somebody speaks, and tellingNothing what is so without anybody saying anything, beside the events.
	tellingEvents  = words(`conference congress debate hearing session interview briefing broadcast show referendum tender auction close opening`)
	tellingNothing = words(`deal drop rebound doubling purchase sale departure suspension recovery slide sluggishness absence fact pause strength
		participation fraud weakness trend success failure resignation appointment acquisition takeover merger attack strike arrest victory defeat
		lack slowdown upturn downturn turnaround shift change selloff crisis development`)
	// securing verbs bring about or are to bring about what their clause says.
	securing = words(`ensure guarantee make_sure see_to_it arrange`)
	// seeming verbs leave open whether what they govern is so.
	seeming = words(`seem appear look sound`)
	// ceasing verbs say that what was so is so no more.
	ceasing = words(`cease stop quit discontinue give_up halt end`)
	// coercing verbs make somebody do a thing rather than say that he should.
	coercing = words(`persuade force oblige compel push pressure need convince`)
	// expecting verbs have behind their object an infinitive of what is expected or allowed of it, never a purpose.
	expecting = words(`expect want need intend mean wish prefer allow permit enable authorize authorise entitle empower`)
	// manifest is what a verb makes its clause that tells it.
	manifest = words(`clear known plain`)
	// moving verbs have an infinitive of where the movement ended: "fell to close at 20".
	moving = words(`rise fall drop gain lose climb slip decline advance jump surge plunge ease firm slide tumble recover rally
		retreat grow increase decrease shrink add shed open`)
	resulting = words(`close end finish settle stand total reach become hit trade`)
	// shunning verbs with "from" and a gerund, or with a gerund alone, say that it was not done.
	shunning = words(`refrain abstain desist avoid escape resist`)
	// barring verbs are the preventing ones that say what must not be.
	barring = words(`ban bar prohibit forbid disqualify exclude`)
	// pondering verbs leave open whether their gerund comes: "considered leaving".
	pondering = words(`consider contemplate discuss envisage envision weigh debate oppose resist risk imagine mean involve fear dread`)
	// proposing verbs with a gerund ask for it.
	proposing = words(`propose recommend suggest advise advocate urge support favor favour back encourage stipulate`)
	// deferring verbs put their gerund off, or give it leave to come.
	deferring = words(`delay postpone defer put_off hold_off approve sanction prioritize prioritise`)
	// realised are verbs, beside the raising and the causing ones, whose infinitive was done or is so.
	realised = words(`know see hear watch observe feel let leave use serve combine prompt happen chance rush flock live grow name elect
		appoint designate nominate choose select learn teach join stand`)
	// settling verbs with "on" and a gerund plan it.
	settling = words(`insist plan agree decide count bet work intend concentrate embark set`)
	// devoting verbs and adjectives with "to" and a gerund tell what somebody means to do.
	devoting = words(`commit dedicate devote committed dedicated devoted pledge`)
	// spendable things are given to a task, which they do not do.
	spendable = words(`time money effort resource fund energy attention life amount sum`)
	// entrusting verbs make a duty of the gerund behind their "with".
	entrusting = words(`task entrust mandate saddle`)
	// officeNouns, beside the bodies of people, have duties.
	officeNouns = words(`agency department office unit panel bureau taskforce force division body institution organization organisation
		official inspector prosecutor administrator ministry secretary`)
	// claiming verbs with an infinitive say it of their subject, who is the source.
	claiming = words(`claim profess purport allege report pretend boast admit acknowledge confess deny mention recall describe concede`)
	// rumouring participles with an infinitive say it by somebody who is not named: "is said to be".
	rumouring = words(`say report believe allege think understand rumor rumour claim consider estimate assume suspect presume hold
		find deem feel fear describe see hear judge reckon repute`)
	// reckoned is what verbs make their object that have "to be" behind it: "held the tax to be illegal".
	reckoned = words(`estimate believe consider think assume reckon judge deem understand hold presume suppose suspect calculate put
		declare allege report`)
	// demanding verbs want what their clause says.
	demanding = words(`demand request require order urge insist recommend propose ask command stipulate mandate beg plead prefer
		desire favour favor want`)
	// seeking verbs have as their object what may be nowhere: "wants a car that has four seats".
	seeking = words(`want need seek demand require request prefer desire favour favor await`)
	// lasts are verbs of what holds for a time, so that "once" puts it behind: "once owned the mill".
	lasts = words(`own hold have control run lead head rule govern employ dominate belong live work serve support oppose`)
	// multiplying verbs tell of an amount, which "almost" and "nearly" only make less exact.
	multiplying = words(`double redouble triple treble quadruple quintuple halve`)
	// telltale verbs with "would not" tell of somebody who did not speak, and so do giving verbs of what is told.
	tellable = words(`detail comment figure information reason explanation name estimate date answer location breakdown identity timing
		timetable specific elaboration indication`)
	telltale = words(`comment elaborate say disclose divulge identify name discuss specify reveal confirm speculate`)
	// foretelling participles have an infinitive of what will be: "is forecast to fall".
	foretelling = words(`forecast predict project anticipate tip foresee`)
	// yielding verbs have as their subject what was priced or issued, not who did it.
	yielding = words(`yield mature expire`)
	// reckoning participles before a clause are done by whoever speaks.
	reckoning = words(`take assume judge look speak consider`)
	// using verbs, when negated, take back their purpose.
	using = words(`use employ come go travel`)
	// announcing verbs have an act as their object that is theirs to tell.
	announcing = words(`announce report claim allege confirm declare predict forecast acknowledge admit reveal disclose`)
	// dropping verbs give up what their object plans.
	dropping = words(`abandon drop cancel scrap shelve suspend withdraw halt renounce call_off give_up ditch block veto rule_out
		avert prevent avoid foil thwart abort`)
	// quoting verbs have the speaker as their object and "as saying" behind it.
	quoting = words(`quote cite report`)
	// quotable verbs govern quoted words although they are no verbs of speech.
	quotable = words(`relate speak talk call describe dub brand label term denounce decry hail praise criticise criticize
		condemn slam blast mock express voice refer characterise characterize depict continue begin go_on start ask urge demand
		order accuse thank welcome invite appeal plead`)
)

var (
	// wishing verbs with "would" are polite: "would like to".
	wishing = words(`like love prefer welcome hate wish`)
	// desires are wishes when they have a clause: "his desire that".
	desires = words(`desire wish insistence proposal resolution`)
	// saying verbs have nothing but words as their object.
	saying = words(`say add note argue insist think believe`)
	// persuading verbs in the passive have the believer as their subject: "was convinced that".
	persuading = words(`convince persuade satisfy concern worry`)
	// having verbs make their subject the owner of the plan, effort or claim that is their object.
	having = words(`have make take announce unveil reveal outline present propose launch begin start continue step_up intensify sign reach
		conclude give get win receive face show express declare reaffirm confirm abandon pursue mount draw_up issue undertake accept
		repeat renew keep see find seek need lack drop cancel scrap shelve suspend disclose set offer submit hold strike ink
		approve adopt back fulfil fulfill break honour honor want deserve lose retain enjoy exercise earn`)
)

// charging verbs with their prepositions: what follows as a gerund is what the subject says that the object did.
var charging = map[string]set{
	"accuse": words(`of`), "suspect": words(`of`), "blame": words(`for`), "charge": words(`with`), "criticise": words(`for`),
	"criticize": words(`for`), "condemn": words(`for`), "denounce": words(`for`), "thank": words(`for`), "praise": words(`for`),
	"fault": words(`for`), "indict": words(`for on`), "sue": words(`for`), "arrest": words(`for`), "detain": words(`for`),
	"investigate": words(`for`), "congratulate": words(`on for`), "commend": words(`for`), "rebuke": words(`for`),
	"attack": words(`for`), "chide": words(`for`), "chastise": words(`for`), "castigate": words(`for`), "credit": words(`with`),
}

// Adjectives by what they do to the infinitive or the clause below them.
var (
	possibleAdjectives = words(`possible probable conceivable plausible able free easy difficult hard tough likely
		eligible entitled afraid scared frightened terrified`)
	// candid adjectives tell, behind "to be", how the sentence is meant.
	candid = words(`sure clear fair honest frank precise exact blunt certain specific candid brief`)
	// toughAdjectives say how the infinitive behind them is done to their subject: "hard to find".
	toughAdjectives     = words(`easy difficult hard tough impossible simple easier harder tougher simpler easiest hardest dangerous expensive`)
	necessaryAdjectives = words(`necessary important essential vital crucial imperative critical urgent advisable desirable obliged`)
	negativeAdjectives  = words(`unable unwilling unlikely reluctant impossible untrue false wrong doubtful improbable inconceivable hesitant
		unthinkable incorrect powerless helpless skeptical sceptical loath loth averse unfit insufficient inadequate`)
	// improbable ones of these leave open what they take back.
	improbable = words(`unlikely improbable doubtful skeptical sceptical`)
	// conditioning words make a condition of the gerund that follows them: "subject to Oslo approving it".
	conditioning = words(`subject conditional contingent dependent depend`)
	// unfounded claims are not so.
	unfounded = words(`untrue false unfounded baseless groundless incorrect inaccurate`)
	// yearning adjectives want what their clause says.
	yearning = words(`anxious eager keen insistent`)
	// uncertainAdjectives hold their clause for no more than possible.
	uncertainAdjectives = words(`hopeful afraid worried concerned fearful optimistic`)
	// believing adjectives name who holds their clause to be so.
	believing = words(`sure confident convinced certain hopeful optimistic afraid worried concerned adamant positive skeptical sceptical
		doubtful fearful satisfied persuaded`)
)

// Nouns by what they do to the clause or infinitive below them.
var (
	// claimNouns are what somebody says.
	claimNouns = words(`claim statement report allegation accusation rumor rumour assertion view belief opinion argument charge complaint
		comment remark announcement conclusion finding estimate forecast prediction warning confession admission insistence contention
		denial declaration pledge testimony word perception conviction theory message notion assumption determination ruling verdict`)
	// possibleNouns are what may be.
	possibleNouns = words(`possibility chance risk danger likelihood prospect probability fear concern worry hope expectation threat suspicion
		suggestion speculation question idea doubt impression ability capability capacity right authority power freedom opportunity warrant
		permission option jurisdiction leeway latitude potential licence license sign indication hint uncertainty case presumption`)
	// disputable ones of these are claims to whoever denies them.
	disputable = words(`speculation suggestion suspicion possibility fear concern worry idea impression hint`)
	// attitudes are those of these that somebody has, and voicing verbs tell of them.
	attitudes = words(`fear concern worry hope expectation suspicion doubt`)
	voicing   = words(`voice express raise share air state reiterate repeat`)
	// wordNouns are what words are found in.
	wordNouns = words(`statement remark comment message letter speech address interview tweet post email e-mail note word testimony memo
		communique declaration blog column article warning reply answer response apology`)
	// uncertainNouns are claims that hold for no more than possible.
	uncertainNouns = words(`theory assumption`)
	// planNouns are what is meant to be.
	planNouns = words(`plan intention intent promise commitment agreement deal decision offer bid effort attempt move campaign
		drive goal aim objective ambition desire wish determination willingness readiness mission mandate programme program
		scheme project proposal initiative strategy push quest fight struggle battle vow pledge undertaking preparation step
		measure pact accord treaty resolution target task resolve choice bill law legislation contract purpose design`)
	// wishNouns are what somebody wants of another.
	wishNouns = words(`call request demand order appeal recommendation requirement advice obligation instruction invitation duty need pressure reason
		ultimatum plea petition motion directive`)
	// issuing verbs give away warrants and options.
	issuing = words(`issue grant offer sell give distribute award write`)
	// lawNouns do what their infinitive says: "a law to ban the trade".
	lawNouns = words(`law legislation bill rule regulation amendment decree ordinance statute`)
	// bodyNouns are bodies of people that act as one, beside the firms.
	bodyNouns = words(`government board council committee parliament congress senate court police army military union party country nation
		state ministry cabinet commission authority administration opposition team bloc community assembly regime`)
	// dutyNouns name people by their part in something; they can be told what to do.
	dutyNouns = words(`creditor debtor lender borrower producer consumer exporter importer manufacturer employer employee worker farmer voter
		citizen people policymaker regulator diplomat insider aide businessman executive economist holder shareholder stockholder bondholder noteholder depositor investor buyer seller
		supplier retailer trader insurer banker taxpayer customer manager teacher doctor driver`)
	// faring verbs tell how somebody does, so that "should" is a guess: "the firm should earn 5 dlrs a share".
	faring = words(`earn benefit profit grow gain see achieve post report recover improve generate lose exceed reach become get have
		break continue remain show turn rise fall expand`)
	// negativeNouns take back what they govern.
	negativeNouns = words(`failure refusal inability reluctance unwillingness impossibility`)
	// viewNouns make a source of their possessor: "in the view of X".
	viewNouns = words(`view opinion words eyes estimation judgment judgement account telling reckoning assessment mind`)
	// sourceNouns name who or what speaks where no name does: "Police: …", "…: report".
	sourceNouns = words(`police official officials report source sources minister ministry president spokesman spokeswoman analyst analysts
		study survey poll media newspaper prosecutor prosecutors expert experts witness witnesses lawyer court agency army military
		commander governor mayor government chief envoy researchers scientists doctors`)
	// noSource are what "according to" may be followed by without anybody speaking.
	noSource = words(`plan schedule size need type age taste ability rank custom tradition timetable principle rule order kind interest formula term condition method practice usual need criterion procedure
		pattern`)
)

// Adverbs.
var (
	rumoured       = words(`reportedly allegedly purportedly supposedly`)
	perhaps        = words(`perhaps maybe possibly probably apparently seemingly presumably likely potentially conceivably arguably hopefully`)
	formerWords    = words(`former ex late onetime one-time erstwhile then deposed ousted ex- formerly previously retired previous past`)
	hopedWords     = words(`future would-be incoming prospective aspiring planned proposed upcoming`)
	suspectedWords = words(`suspected possible potential likely presumed apparent probable`)
	allegedWords   = words(`alleged purported reputed so-called self-proclaimed self-styled supposed accused`)
	// rankAbbreviations stand before the name of a person.
	rankAbbreviations = words(`maj. gen. lt. col. capt. sgt. cpl. pvt. spc. adm. brig. cmdr. sen. rep. gov. dr. mr. mrs. ms.
		prof. rev. hon. supt. insp. det.`)
	firstPerson = words(`i we`)
	// seldom adverbs negate what they stand in: "hardly", "rarely".
	seldom = words(`hardly scarcely rarely seldom`)
)
