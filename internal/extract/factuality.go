package extract

import "strings"

// How the text presents an act that a noun names.
//
// A noun phrase mostly takes its act for granted: "Iraq's invasion of Kuwait led to a war" says that Iraq invaded Kuwait, and so does
// "the UN did not condemn the invasion". It does not where
//   - a modifier of the noun says so: "a possible attack", "no support", "the planned sale";
//   - the noun stands below one that does: "the threat of an attack", "calls for the release", "plans for a sale";
//   - it is what the verb wants, doubts, allows or prevents: "rejected the sale", "plans an attack", "was accused of the murder";
//     What is rejected or feared all the same is there where it is itself something said: "rejected Syria's accusations against Israel";
//   - it is the object of a verb that is itself not asserted, unless the phrase is definite: "may launch an attack" but "may condemn
//     the attack"; or the subject of a modal verb: "a sale of the unit would need approval". A "the" that only points to what follows
//     makes no phrase definite to whoever approves, negotiates or pays for the act: "approved the sale of its unit".

// factual returns the status of the act of noun i; st is that of the clause around it.
func (r *reader) factual(i int, st status) status {
	clause := st.modality
	st.polarity, st.modality = Positive, Asserted
	st = st.under(r.modified(i), false)
	definite := r.definite(i)
	fresh := !definite || r.cataphoric(i)
	if r.child(i, "nmod:poss") >= 0 && possessed[lower(r.Words[i].Lemma)] {
		return st // "a plan to buy its stake": it has one
	}
	if uttered[lower(r.Words[i].Lemma)] && (definite || r.answered(i)) {
		if h := r.Words[i].Head; clause == Asserted && h >= 0 && (r.rel(i) == "obj" || r.Words[i].Deprel == "nsubj:pass") &&
			dropping[r.verbLemma(h)] && !r.denied(h) {
			st.modality = weaker(st.modality, Former) // "dropped its bid for Lund"
		}
		return st
	}
	_, form := r.caseOf(i)
	switch {
	case form == "in case of" || form == "in the event of" || form == "barring":
		st.modality = weaker(st.modality, Hypothetical)
	case absent[form]:
		st.polarity = Negative
	}
	at := i
	for r.Words[at].Deprel == "conj" && r.Words[at].Head >= 0 { // "a sale or merger"
		at = r.Words[at].Head
		_, form = r.caseOf(at)
	}
	h := r.Words[at].Head
	if h < 0 {
		st.modality = weaker(st.modality, clause)
		return st
	}
	lemma := lower(r.Words[h].Lemma)
	switch rel := r.rel(at); rel {
	case "nmod", "compound", "appos":
		if uttered[lower(r.Words[i].Lemma)] && answers[lemma] && rel == "nmod" {
			break // what is approved or rejected was said
		}
		if r.Words[h].UPOS != "NOUN" || r.Words[at].Deprel == "nmod:poss" {
			break
		}
		if lemma == "failure" && gatherings[lower(r.Words[i].Lemma)] {
			break // talks that failed were held
		}
		if rel == "nmod" || rel == "compound" && r.attributive(at) {
			st = st.under(r.lent(h, form), definite)
			if fresh && (form == "for" || form == "on" || form == "of") {
				st = st.under(opening[lemma], false)
			}
			if fresh && (form == "toward" || form == "towards") {
				st = st.under(Planned, false) // "a step towards the sale of the mill"
			}
		}
		if rel == "nmod" && form == "of" && unclear[lemma] {
			st.modality = weaker(st.modality, Possible)
		}
	case "obj", "nsubj", "obl", "iobj", "csubj":
		verb := lemma
		if p := r.child(h, "compound:prt"); p >= 0 {
			verb += " " + lower(r.Words[p].Lemma)
		}
		if rel == "obl" {
			verb += " " + form
		}
		negated := r.negated(h)
		switch passive := r.Words[at].Deprel == "nsubj:pass"; {
		case rel == "obj" || rel == "obl" || passive:
			if m := verbGovernors(verb, rel == "obj" || passive); (!passive || !r.purposeful(h)) &&
				!(m == Planned && expressed[lower(r.Words[i].Lemma)]) && !(rel == "obj" && (verb == "claim" || verb == "allege")) &&
				!(rel == "obj" && m == Requested && r.child(h, "xcomp") > at) { // "asked the mission to leave"
				st = st.under(m, definite)
			}
			if rel == "obj" && verb == "target" && r.ofAmount(i) {
				st = st.under(Planned, false) // "targets growth of 5 pct"
			}
			if fresh {
				st = st.under(enabling(verb), false)
				if r.outlines(h, verb) {
					st = st.under(Planned, false)
				}
			}
			st = r.told(h, verb, rel == "obj" || passive, st)
			if r.changed(i, at) {
				break
			}
			if rel == "obj" && (negated && !definite || light[lemma] && r.denied(h)) {
				st.polarity = Negative // "was not able to make its payment to Lund"
			}
			if passive && negated && !definite {
				st.polarity = Negative
			}
			if (!definite || passive && !r.purposeful(h) || (light[lemma] || aspectual[lemma]) && !r.frames(i, rel, form) ||
				rel == "obl" && clause == Planned && (form == "during" || form == "at") && (gatherings[lower(r.Words[i].Lemma)] || eventNouns[lower(r.Words[i].Lemma)]) ||
				rel == "obj" && gaining[verb] && !gatherings[lower(r.Words[i].Lemma)] || fresh && r.brought(verb, rel, form, clause)) && !(definite && rel != "obl" && presupposing[lemma]) {
				st.modality = weaker(st.modality, clause)
			}
		case negated && !definite && r.child(h, "expl") >= 0:
			st.polarity, st.modality = Negative, weaker(st.modality, clause) // "there was not a meeting with Lund"
		case (staying[lemma] || failing[verb] && gatherings[lower(r.Words[i].Lemma)]) && clause != Conditional, definite && r.ofAmount(i): // "talks on salt will continue", "its loss of 5 mln dlrs will hurt"
		case !standing[lower(r.Words[i].Lemma)] || !definite:
			st.modality = weaker(st.modality, clause)
		}
	}
	return st
}

// brought says whether verb helps or tells of a cataphoric act: "will fund the sale of a mill", "does not include the return of refugees", "will
// be done through the creation of a council".
func (r *reader) brought(verb, rel, form string, clause Modality) bool {
	return furthering[verb] || outlining[verb] || rel == "obl" && (form == "through" || form == "via" || until[form] && clause == Planned)
}

// frames says whether act i, which form joins to its verb, is what the verb happens under or in rather than what it brings about: "will hold
// the shares under the pact between Lund and Oslo". What gathers is yet to come: "will sign it at the talks".
func (r *reader) frames(i int, rel, form string) bool {
	l := lower(r.Words[i].Lemma)
	return rel == "obl" && (form == "under" || form == "in" && !gatherings[l] && !eventNouns[l])
}

// cataphoric says whether "the" before act i only points to what follows it, so that nobody need know of the act: "the sale of a mill" beside
// "the recent sale of a mill".
func (r *reader) cataphoric(i int) bool {
	the, of := false, false
	for _, k := range r.kids[i] {
		switch r.Words[k].Deprel {
		case "det":
			the = lower(r.Words[k].Form) == "the"
		case "amod", "nmod:poss":
			if f := lower(r.Words[k].Form); r.Words[k].Deprel == "nmod:poss" || past[f] || strings.HasSuffix(f, "announced") || strings.HasSuffix(f, "agreed") {
				return false
			}
		case "nmod":
			_, form := r.caseOf(k)
			of = of || k > i && (form == "of" || form == "by")
		case "acl", "acl:relcl":
			if !r.infinitival(k) {
				return false // "the sale of the mill announced in May"
			}
		}
	}
	return the && of
}

// changed says whether act i, which the verb of at changes, is there already: "asked that output of steel be cut".
func (r *reader) changed(i, at int) bool {
	h := r.Words[at].Head
	if h < 0 || r.rel(at) != "obj" && r.Words[at].Deprel != "nsubj:pass" || r.Words[i].UPOS != "NOUN" {
		return false
	}
	d := r.child(i, "det")
	return lasting[r.verbLemma(h)] && d < 0 && r.modified(i) == ""
}

// answered says whether the verb of act i, its object, is what is done to something that was said or asked: "rejected a request by Oslo".
func (r *reader) answered(i int) bool {
	if h := r.Words[i].Head; h >= 0 && (r.Words[i].Deprel == "obj" || r.Words[i].Deprel == "nsubj:pass") {
		if r.verbLemma(h) == "consider" && (r.has(i, "for") || r.has(i, "against")) && !r.has(i, "from") && !r.has(i, "by") {
			return false // "is considering a bid for Lund" of its own, beside "is considering a bid from Lund"
		}
		return answering[r.verbLemma(h)]
	}
	return false
}

// told gives the act that is the object of verb h to who tells of it: "demanded the release", "announced the sale", "denied the
// murder".
func (r *reader) told(h int, verb string, object bool, st status) status {
	switch {
	case object && (demanding[verb] || announcing[verb]), verb == "call for", verb == "appeal for", verb == "press for", verb == "accuse of":
	case object && (verb == "deny" || verb == "dispute" || verb == "refute"):
		if !r.negated(h) {
			st.polarity, st.modality = Negative, Asserted
		}
	default:
		return st
	}
	if s := r.subjects[h]; len(s) > 0 && r.child(h, "nsubj:pass", "aux:pass") < 0 {
		a := r.who(s[0])
		return r.says(st, &a)
	}
	return r.says(st, unnamed())
}

// purposeful says whether verb h of a passive has an infinitive that tells more of its subject than that it happens: "the
// agreement is expected to link the markets" beside "the sale is expected to be completed".
func (r *reader) purposeful(h int) bool {
	x := r.child(h, "xcomp")
	if x < 0 {
		return false
	}
	l := lower(r.Words[x].Lemma)
	return r.Words[x].UPOS == "VERB" && !aspectual[l] && !light[l] && l != "occur" && l != "happen" && l != "come" && l != "go"
}

// under returns st below a governor that lends m to its act.
func (st status) under(m Modality, definite bool) status {
	switch m {
	case "":
	case unreal:
		st.polarity = Negative
	case doubted:
		if !definite {
			st.modality = weaker(st.modality, Possible)
		}
	default:
		st.modality = weaker(st.modality, m)
	}
	return st
}

// doubted marks governors that leave open only what is new: "discussed a sale of tanks to X" beside "discussed X's invasion of Y".
const doubted Modality = "doubted"

// unreal marks what keeps an act from being real: "no", "prevented".
const unreal Modality = "unreal"

// modified returns the status that the modifiers of noun i give its act, empty for none.
func (r *reader) modified(i int) Modality {
	if r.fewOf(i) {
		return Possible // "drew little support"
	}
	for _, k := range r.kids[i] {
		if k > i {
			break
		}
		form := lower(r.Words[k].Form)
		switch r.rel(k) {
		case "det":
			if form == "no" || form == "neither" {
				return unreal
			}
			if form == "any" {
				return Possible
			}
		case "aux":
			if form == "would" && r.tight(k+1) {
				return Planned // "the would-be merger"
			}
		case "amod", "compound", "advmod":
			switch {
			case alleged[form]:
				return Possible
			case intended[form]:
				return Planned
			case prevented[form]:
				return unreal
			}
			for _, m := range r.kids[k] { // "would-be", "not yet completed"
				if f := lower(r.Words[m].Form); f == "would" {
					return Planned
				} else if f == "not" || f == "never" {
					return unreal
				}
			}
		}
	}
	return ""
}

// definite says whether the phrase of noun i takes what it names for known.
func (r *reader) definite(i int) bool {
	for _, k := range r.kids[i] {
		switch r.Words[k].Deprel {
		case "nmod:poss":
			return true
		case "det":
			switch lower(r.Words[k].Form) {
			case "the", "this", "that", "these", "those":
				return true
			}
		case "amod":
			if past[lower(r.Words[k].Form)] {
				return true
			}
		}
	}
	return false
}

// lent returns what noun h lends to an act or a thing behind it after preposition form.
func (r *reader) lent(h int, form string) Modality {
	lemma := lower(r.Words[h].Lemma)
	if lemma == "charge" && form != "of" {
		return "" // "a charge for the closure of a mill" is an expense
	}
	switch lemma {
	case "way":
		if form == "for" {
			return Possible // "cleared the way for flights to Lima"
		}
	case "want":
		if form == "of" {
			return unreal // "closed for want of coal"
		}
	case "event", "case":
		if _, in := r.caseOf(h); in == "in" && form == "of" && (lemma == "event" || r.child(h, "det") < 0) {
			return Hypothetical // "in the event of an attack on Peru"
		}
	case "evidence", "sign", "indication", "proof", "trace":
		if r.unproven(h) {
			return Possible // "no evidence of sales of bonds"
		}
	case "reason", "ground", "basis", "justification", "cause", "room", "scope":
		if r.negativeDeterminer(h) {
			return Possible // "little reason for a cut in rates"
		}
	case "obstacle", "barrier", "impediment", "hurdle", "route", "path", "road", "alternative":
		if form == "to" {
			return doubted // "obstacles to a deal with Oslo"
		}
	}
	return nounGovernors[lemma]
}

// unproven says whether what noun h is evidence of may not be so: "no evidence of sales", "did not see signs of a rise", "without proof of the
// crime".
func (r *reader) unproven(h int) bool {
	if r.negativeDeterminer(h) || r.anyOf(h) || r.modified(h) != "" {
		return true
	}
	if _, form := r.caseOf(h); absent[form] {
		return true
	}
	v := r.governor(h)
	if v < 0 {
		return false
	}
	st, ok := r.stands[v]
	return ok && (st.polarity == Negative || st.modality != Asserted) && r.rel(h) != "nsubj" || r.lookedFor(h)
}

// attributive says whether noun k stands directly before the noun that it modifies: "attack plans".
func (r *reader) attributive(k int) bool { return r.Words[k].Head == k+1 }

// verbGovernors returns what a verb, with its preposition where the act is no object, lends to an act below it.
func verbGovernors(verb string, object bool) Modality {
	switch {
	case averting[verb]:
		return unreal
	case conditionedOn[verb]:
		return Conditional
	case rejecting[verb], suspecting[verb]:
		return Possible
	case wanting[verb], object && asking[verb] && !hearing[verb]:
		return Requested
	case intending[verb], object && planning[verb] && !standingVerbs[verb]:
		return Planned
	case weighing[verb], object && permitting[verb]:
		return doubted
	}
	return ""
}

// enabling returns what a verb, with its preposition where the act is no object, lends to an act that it makes possible or settles.
func enabling(verb string) Modality {
	switch {
	case settlingActs[verb]:
		return Planned
	case openingUp[verb]:
		return Possible
	}
	return ""
}

// outlines says whether verb h tells what a plan or a deal is to bring: "the plan includes the sale of the mill".
func (r *reader) outlines(h int, verb string) bool {
	s := r.subjects[h]
	return outlining[verb] && !r.past(h) && !r.perfect(h) && len(s) > 0 && r.Words[s[0]].UPOS == "NOUN" && outlined[lower(r.Words[s[0]].Lemma)]
}

// nounGovernors say what a noun lends to the act that follows it.
var nounGovernors = func() map[string]Modality {
	m := map[string]Modality{}
	for status, list := range map[Modality]string{
		Planned: `plan planning proposal intention intent preparation aim goal objective scheme pledge promise commitment offer
			readiness willingness desire wish hope bid ambition preparedness candidate schedule timetable roadmap precondition deadline`,
		Requested: `call demand appeal request plea petition need push clamour clamor advocate`,
		Possible: `threat risk danger possibility likelihood chance prospect probability suspicion allegation accusation rumour rumor
			speculation hint option idea authorisation authorization permission capacity potential pretext plot attempt
			scenario hypothesis notion motion right ability expectation forecast prediction`,
		// A definite act that is discussed, opposed or campaigned for may well be so.
		doubted: `condition date pressure campaign fear concern warning worry claim charge approval conspiracy suspect case
			opponent opposition resistance objection vote referendum ban prohibition moratorium talk discussion debate
			consideration question rejection denial failure`,
		unreal: `lack absence refusal prevention avoidance cancellation`,
	} {
		for w := range words(list) {
			m[w] = status
		}
	}
	return m
}()

var (
	// past, alleged, intended and prevented modifiers tell how far an act is real.
	past = words(`earlier previous recent last past latest ongoing continuing continued current existing long-standing longstanding
		decades-old failed brief bloody deadly bitter`)
	alleged = words(`possible potential alleged suspected reported supposed purported so-called apparent rumoured rumored feared likely
		conceivable threatened attempted presumed hypothetical claimed`)
	intended = words(`planned proposed scheduled intended future upcoming forthcoming imminent impending prospective pending looming expected anticipated projected
		envisaged envisioned contemplated eventual ultimate requested demanded desired hoped-for would-be`)
	prevented = words(`cancelled canceled aborted averted foiled thwarted abandoned scrapped postponed shelved blocked nonexistent`)
	// averting verbs keep their object from happening.
	averting = words(`prevent block avoid avert thwart foil forestall cancel call_off abandon scrap shelve veto rule_out forbid ban prohibit
		preclude deter drop decline prevent_from deter_from refrain_from postpone delay`)
	// rejecting verbs are about acts that mostly are not done.
	rejecting = words(`reject refuse oppose deny resist refute dismiss fear threaten threaten_with suspect allege`)
	// conditionedOn are the verbs and adjectives, with their prepositions, whose subject waits for what they govern.
	conditionedOn = words(`condition_on condition_upon conditional_on conditional_upon contingent_on contingent_upon`)
	// hearing verbs have as their object who is asked, not what for: "told a meeting of bankers".
	hearing = words(`advise counsel tell remind warn caution persuade instruct oblige compel implore exhort petition lobby`)
	// suspecting verbs charge someone with an act.
	suspecting = words(`accuse_of suspect_of charge_with warn_of warn_against warn_about threaten_with arrest_for blame_for indict_for
		indict_on arrest_on hear_of speculate_about vote_on vote_against guard_against protect_against defend_against
		insure_against risk fear_of object_to`)
	// wanting verbs, beside the asking ones, ask for an act.
	wanting = words(`call_for appeal_for press_for ask_for push_for insist_on lobby_for campaign_for plead_for beg_for advocate
		favour favor seek desire bid_for apply_for argue_for fight_for`)
	// intending verbs, beside the planning ones, put it into the future.
	intending = words(`plan_for prepare_for plan_on hope_for wait_for look_for search_for shop_for await schedule_for brace_for gear_up_for plot envisage
		envision foresee anticipate predict forecast project aim_for aim_at aim_to look_forward_to look_to agree_to commit_to
		move_toward move_towards work_toward work_towards work_on opt_for settle_for provide_for allow_for arrange_for`)
	// weighing verbs, beside the permitting ones, leave open what is new: they say nothing of what is known.
	weighing = words(`discuss debate contemplate weigh explore study mull consider examine review approve clear imagine
		negotiate vote_for decide_on agree_on sanction endorse back support welcome claim investigate probe hint_at look_at
		talk_about inquire_into justify warrant`)
	// settlingActs are verbs, with their prepositions, by which an act is agreed on that is still to come; openingUp ones leave it open.
	settlingActs = words(`approve authorize authorise negotiate arrange agree_on vote_for decide_on sanction clear propose recommend`)
	openingUp    = words(`allow permit entitle legalise legalize consider contemplate explore allow_for provide_for vote_on facilitate
		enable`)
	// furthering verbs help an act that is not there before they are done.
	furthering = words(`finance fund promote support underwrite encourage assure ensure guarantee back endorse coincide_with come_with raise_through
		raise_by raise_via finance_by finance_through`)
	// opening nouns, with "for", "on" or "of", are about an act to come.
	opening = map[string]Modality{"negotiation": Planned, "talk": Planned, "groundwork": Planned, "approval": Planned, "loan": Planned,
		"financing": Planned, "agreement": Planned, "accord": Planned, "contract": Planned, "deal": Planned, "condition": Planned, "arrangement": Planned,
		"framework": Planned, "discussion": Possible, "permission": Possible,
		"authorization": Possible, "authorisation": Possible, "vote": Possible}
	// outlining verbs tell what outlined things, which are to be done, come to.
	outlining = words(`include involve contain entail comprise cover call_for provide_for envisage envision`)
	outlined  = words(`plan proposal offer program programme package agreement accord deal contract pact budget bill scheme transaction resolution
		restructuring legislation`)
	// changes are what such a thing may bring, beside acts and events.
	changes = words(`cut reduction change improvement swap exchange rebate freeze saving restriction moratorium`)
	// creating nouns are of what they bring about.
	creating = words(`introduction creation formation construction establishment launch issuance imposition building publication`)
	// standingVerbs plan nothing when their object is an act.
	standingVerbs = words(`target fight need bid want work struggle try attempt determine resolve set mean arrange choose elect`)
	// standingAmounts are verbs whose object is an amount that is there already.
	standingAmounts = words(`own fight absorb mop_up complement assume use consume cover repay reject accept oppose fund`)
	// arriving are prepositions of what the act of a verb comes to: "will sell it at a price of 5 dlrs".
	arriving = words(`at to for with by as through via`)
	// furtherActs are what somebody does or what comes about, beside the acts that are read with who does them (actNouns).
	furtherActs = words(`completion redemption issuance imposition introduction implementation renewal extension escalation suppression freeing doubling
		importation transmission repurchase termination resumption expansion passage formation merging listing reinstatement liquidation
		revaluation devaluation restructuring rescheduling refinancing repayment prepayment conversion consolidation liberalisation
		liberalization deregulation elimination curtailment closure closing reopening opening enactment repeal modification amendment
		reorganization reorganisation relaxation tightening easing lifting placement flotation allocation separation spin-off dissolution
		installation modernization modernisation renovation rehabilitation divestment recapitalization recapitalisation lease buyback
		re-election reelection winding-up phasing-out unification winding harmonisation harmonization standardisation standardization
		expropriation confiscation reconciliation inclusion integration recapture impeachment inauguration eradication deepening strengthening
		intensification acceleration broadening transformation granting issuing cancellation breakup shutdown toppling incorporation
		normalisation normalization`)
	// aspectual verbs tell how far their object has got.
	aspectual = words(`begin start continue resume complete finish end halt stop suspend accelerate expand intensify step_up increase extend
		announce confirm unveil reveal close finalise finalize conclude`)
	// presupposing verbs change, keep or end what is there already: "will cut imports of steel".
	presupposing = words(`raise lower cut reduce increase boost curb trim double halve improve extend expand widen narrow maintain keep retain
		preserve protect strengthen weaken accelerate intensify step_up slow speed_up ease tighten continue end halt stop suspend limit
		restrict control monitor change alter amend modify revise replace renew repay redeem refinance restructure leave lose
		harm hurt damage undermine disrupt affect jeopardise jeopardize endanger impair hamper complicate erode
		correct rectify remedy solve resolve address tackle overcome counter combat discontinue dismantle eliminate abolish repeal revoke
		rescind lift remove destroy connect link join regulate deregulate hit attack bomb shell raid storm invade visit inspect
		reverse check stem arrest offset counteract cushion compensate_for make_up_for`)
	// lasting are acts that these verbs make more or less of.
	lasting = words(`raise lower cut reduce increase boost curb trim double halve expand slow speed_up step_up limit restrict harm hurt damage
		undermine disrupt jeopardise jeopardize endanger impair hamper complicate erode strengthen improve discontinue halt stop suspend`)
	// staying verbs have as their subject what is there already.
	staying = words(`remain continue stay persist last rise fall grow increase decline drop improve worsen change shrink climb slip`)
	// effecting verbs, some with their prepositions, bring about what their object names, or the having of it.
	effecting = words(`make create build construct design develop produce manufacture form establish found set_up launch start begin
		open introduce issue provide give offer bring_about yield generate cause trigger spark mean achieve reach find get gain obtain
		secure have need require include write draft draw_up publish release prepare impose levy conclude sign strike arrange
		organize organise install erect result_in lead_to end_in contribute_to amount_to turn_into alert_to add post report record show incur
		receive hold represent constitute reflect imply signal herald pose enter_into realize realise bring carry feature book attain
		propose submit table see foster stimulate file file_for carry_out undertake
		float award grant win earn contain host convene stage contribute_toward contribute_towards face encounter undergo suffer`)
	// gaining verbs have as their object what nobody has before: "will win the support of Oslo".
	gaining = words(`win gain get obtain secure earn attract draw enlist`)
	// building verbs make what they have as their object, whoever's it is.
	building = words(`create build construct form establish found erect manufacture invent`)
	// until are prepositions of what has to happen first.
	until = map[string]bool{"pending": true, "until": true, "upon": true, "prior to": true, "ahead of": true, "following": true, "after": true}
	// making verbs are further ones that bring about what they have as their object.
	making = words(`pass adopt enact decree sign draft envisage plan allow suggest recommend`)
	// mulling verbs have as their object what somebody may come to do or have.
	mulling = words(`consider contemplate mull weigh explore`)
	// weighed things, beside what was said, are there before anybody considers them.
	weighed = words(`motion amendment resolution bill legislation measure petition complaint case matter issue question problem topic subject`)
	// estimating verbs have as their object what their subject thinks it is.
	estimating = words(`estimate forecast project predict`)
	// absent are prepositions of what there is none of.
	absent = map[string]bool{"without": true, "instead of": true, "in lieu of": true, "short of": true, "in the absence of": true}
	// emerging verbs have as their subject what they say comes to be; so have the passives of effecting ones.
	emerging = words(`emerge arise occur happen begin start appear follow ensue develop result come exist take_place`)
	// standing acts last beyond the verb: "Russia's support will grow" takes it for given.
	standing = words(`support opposition resistance relation relations tie alliance partnership control ownership occupation siege conflict
		war dispute backing involvement participation presence invasion cooperation friendship dependence rule`)
	// uttered acts are things said or decided: whatever becomes of them, they were made.
	uttered = words(`accusation allegation claim demand appeal request call proposal offer threat warning statement criticism condemnation
		complaint denial rejection refusal apology suggestion remark comment decision promise pledge protest lawsuit suit plan bid application`)
	// answering verbs have such an act as their object.
	answering = words(`grant approve accept reject refuse decline deny dismiss turn_down meet heed honour honor answer fulfil fulfill withdraw
		consider study review oppose repeat renew ignore`)
	// answers are nouns of the same kind.
	answers = words(`approval acceptance rejection refusal denial consideration review`)
	// dreaded things need not be there: "the fear of a strike".
	dreaded = words(`fear concern warning worry talk opponent opposition resistance objection ban prohibition moratorium`)
	// expressed acts are done by saying so: who offers condolences or pledges support gives it.
	expressed = words(`condolence apology thanks praise support backing sympathy congratulation welcome tribute blessing endorsement gratitude
		recognition solidarity`)
	// gatherings take place whatever comes of them.
	gatherings = words(`talk talks meeting negotiation summit conference discussion dialogue consultation visit war battle attempt`)
	// unclear nouns make of an act what someone says or thinks of it.
	unclear = words(`allegation accusation report claim suspicion rumour rumor suggestion`)
	// undergone acts have their patient as a possessor: "Lind's arrest".
	undergone = words(`arrest detention deportation expulsion extradition execution killing murder assassination trial conviction sentence
		sentencing indictment prosecution kidnapping abduction release imprisonment torture appointment election nomination dismissal
		liberation capture destruction demolition displacement creation establishment rescue ouster removal evacuation hospitalisation
		hospitalization treatment abuse poisoning shooting overthrow disappearance suspension`)
	// subjective acts are done by what follows "of": "the withdrawal of troops from X".
	subjective = words(`visit trip arrival departure withdrawal pullout retreat offensive war fight struggle support opposition resistance
		refusal decision resignation participation involvement cooperation advance march entry return flight
		response reaction accession belonging membership dependence reliance readiness intention ability objection
		contribution attitude loyalty influence impact effect interference intervention`)
	gentilics = words(`french dutch greek swiss czech thai afghan german turk kurd kurdish croat serb uzbek kazakh kyrgyz tajik turkmen uyghur
		slovak roman norman chechen filipino malay lao iraqi israeli saudi yemeni omani kuwaiti bahraini qatari emirati pakistani bengali
		bangladeshi azerbaijani somali swazi tibetan cypriot monegasque icelandic arab greenlandic zulu basque argentine philippine sioux`)
	faiths = words(`christian lutheran presbyterian anglican republican confucian utopian olympian victorian elizabethan
		edwardian freudian marxian jewish civilian guardian custodian`)
)

// possessed nouns are what somebody has rather than does.
var possessed = words(`stake interest holding share ownership position presence investment property asset`)
