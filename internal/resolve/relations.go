package resolve

import (
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/schema"
)

// Reasons why a proposition makes no claim.
const (
	noSecond    = "no second argument"
	elsewhere   = "another proposition says it"
	emptyLight  = "its object says it"
	timeSubject = "a time as subject"
	unclear     = "modifier without a relation"
)

// sentence makes claims of the propositions of one sentence; first is the index of the first of them.
func (s *run) sentence(props []extract.Proposition, first int) {
	sent := &s.doc.Sentences[props[0].Sent]
	for s.skip < len(s.article.Skip) && s.article.Skip[s.skip].End <= sent.Begin {
		s.skip++
	}
	if s.skip < len(s.article.Skip) && s.article.Skip[s.skip].Begin < sent.End {
		for i := range props {
			s.drop(first+i, s.article.Skip[s.skip].Reason)
		}
		return
	}
	s.sameThings(props)
	for i := range props {
		p := &props[i]
		if len(p.Args) == 0 {
			s.drop(first+i, "no argument")
			continue
		}
		before := len(s.claims)
		var why string
		s.forEach(p, func() { why = s.claim(p, props, i) })
		if len(s.claims) > before {
			continue
		}
		if why == "" {
			why = noSecond
		}
		s.drop(first+i, why)
	}
	for _, d := range s.asides {
		s.add(d)
	}
	s.asides = s.asides[:0]
	s.noteSpeakers(props)
}

// claim makes the claims of p, which is props[i] of its sentence, and returns the reason where it makes none.
func (s *run) claim(p *extract.Proposition, props []extract.Proposition, i int) string {
	switch p.Rule {
	case "title", "appos", "agent", "example":
		return s.describe(p)
	case "include":
		return elsewhere // "member" says what each is
	case "acronym":
		return s.acronym(p)
	case "compound":
		return s.compound(p)
	case "possessive":
		return s.possessive(p)
	case "nmod":
		return s.attached(p)
	case "act":
		s.struck(p)
		return s.act(p)
	case "copula":
		return s.copula(p, props)
	}
	made := s.company(p)
	made = s.partaking(p) || made
	made = s.struck(p) || made
	// A light verb is left to the proposition of its object, which follows it.
	if i+1 < len(props) && props[i+1].Rule == "light" && p.Rule != "light" && sameHead(p, &props[i+1]) {
		q := &props[i+1]
		if c, _, _, _ := s.byVerb(q); c.rel != nil {
			return emptyLight
		}
	}
	return s.verb(p, props, made)
}

func sameHead(p, q *extract.Proposition) bool {
	return p.Head == q.Head && p.Args[0].Head == q.Args[0].Head
}

// press are those who hear what somebody tells the public.
var press = set(`reporter journalist newsman correspondent press media newspaper broadcaster`)

// stative verbs say nothing that only one who acts can do: the capital before them is a city.
var stative = set(`be have lie stand sit grow fall rise remain become include contain border suffer look seem appear cover span
	boast number experience exist`)

func (s *run) subjectStance(p *extract.Proposition) stance {
	if p.Args[0].Role != extract.Subject || stative[p.Lemma] || strings.HasPrefix(p.Lemma, "be ") {
		return neutral
	}
	return acting
}

// byVerb finds the canonical relation of a verb and which argument is its object. A relation between any two things is only taken
// where no argument has a closer one: "sent troops to Mali" tells of Mali.
func (s *run) byVerb(p *extract.Proposition) (c candidate, at int, subject, object reference) {
	if p.Args[0].Role != extract.Subject {
		return candidate{}, 0, reference{}, reference{}
	}
	if c, at, subject, object = s.byArgument(p, false); c.rel == nil {
		c, at, subject, object = s.byArgument(p, true)
	}
	return c, at, subject, object
}

// general says whether rel holds between any two things.
func general(rel *schema.Relation) bool {
	return len(rel.Domain) == 1 && rel.Domain[0] == "Thing" && anything(rel)
}

// anything says whether rel has any thing as its object.
func anything(rel *schema.Relation) bool { return len(rel.Range) == 1 && rel.Range[0] == "Thing" }

// givenWith returns the argument that says what the object of p is given: "provided the town with water"; 0 for none.
func givenWith(p *extract.Proposition) int {
	switch p.Lemma {
	case "provide", "supply", "present", "furnish", "issue", "equip":
	default:
		return 0
	}
	if len(p.Args) < 3 || p.Args[1].Role != extract.Object {
		return 0
	}
	return max(0, slices.IndexFunc(p.Args, func(a extract.Argument) bool { return a.Case == "with" && a.Oblique() }))
}

// byArgument is byVerb among the general relations or among the others.
func (s *run) byArgument(p *extract.Proposition, generals bool) (c candidate, at int, subject, object reference) {
	whole := make(map[int]bool, 2) // arguments that are one clause together
	for i := 1; i < len(p.Args); i++ {
		if state := s.brought(p, i); state > 0 {
			whole[i], whole[state] = true, true
		}
	}
	given := givenWith(p)
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if _, _, ok := s.idiom(p, i); ok {
			return candidate{}, 0, reference{}, reference{}
		}
		var rels []candidate
		role := a.Role
		if a.Oblique() {
			role = extract.Oblique
		}
		switch role {
		case extract.Object, extract.Clause, extract.Attribute, extract.Indirect:
			rels = s.verbCue(p.Lemma, "")
			if a.Role != extract.Clause && s.infinitive(p) {
				// "told Russia to leave" is no "told Russia that …".
				if asked := s.cued(verbCue(p.Lemma, toDo)); asked != nil {
					rels = asked
				}
			}
			if noun, ok := strings.CutPrefix(p.Lemma, "subject to "); ok && rels == nil {
				rels = s.actCues(noun) // "subjected them to abuse"
			} else if p.Rule == "helped" {
				rels = append(rels, s.actCues(p.Lemma)...)
			}
			if a.Role == extract.Object && a.Head >= 0 {
				// A light verb whose object is what it makes: "issue statement".
				rels = append(s.cued(verbCue(p.Lemma+" "+s.tree(p.Sent).lemma(a.Head), "")), rels...)
				for _, way := range s.resulting(p, a.Head) {
					rels = append(s.cued(verbCue(p.Lemma+" "+way, "")), rels...)
				}
			}
			if given > 0 && a.Role == extract.Object {
				rels = slices.DeleteFunc(slices.Clone(rels), func(c candidate) bool { return c.rel.ID != "aids" })
			}
		case extract.Oblique:
			rels = s.verbCue(p.Lemma, a.Case)
			if i == given {
				rels = slices.DeleteFunc(slices.Clone(s.verbCue(p.Lemma, "")), func(c candidate) bool { return c.rel.ID != "provides" })
			}
		default:
			continue
		}
		rels = slices.DeleteFunc(rels, func(c candidate) bool { return general(c.rel) != generals || anything(c.rel) && whole[i] })
		if c, sub, obj := s.fitting(p, rels, &p.Args[0], a); c.rel != nil {
			if p.Lemma == "leave" && s.leavesBehind(p) || p.Lemma == "seek" && a.Role == extract.Clause {
				continue // "left the door open", "sought to grow"
			}
			if c.rel.ID == "requests" && p.Lemma == "ask" && !s.infinitive(p) && !slices.ContainsFunc(p.Args, func(b extract.Argument) bool { return b.Case == "for" }) {
				continue // "asked by reporters whether he would stay"
			}
			if c.rel.ID == "agreesTo" && a.Role == extract.Clause && !s.infinitive(p) {
				continue // "agreed that it was minimal" agrees to nothing
			}
			return c, i, sub, obj
		}
		if a.Oblique() && a.Role != extract.Place && p.Rule == "light" {
			_, noun, _ := strings.Cut(p.Lemma, " ")
			if c, sub, obj := s.fitting(p, s.nounCue(noun, a.Case), &p.Args[0], a); c.rel != nil {
				return c, i, sub, obj
			}
		}
	}
	return candidate{}, 0, reference{}, reference{}
}

// violent things and events strike what they hit or target.
var violent = set(`attack airstrike strike raid bombing blast explosion shelling bombardment assault offensive ambush shooting gunfire fire
	barrage salvo missile rocket bomb bomber bullet mortar artillery drone jet fighter shell torpedo grenade mine operation mission sortie force
	squad gunman aircraft plane warplane helicopter gunship ship submarine fighting violence`)

// terrorism says whether an argument of p speaks of terror: "designated the group as a terrorist organisation".
func (s *run) terrorism(p *extract.Proposition) bool {
	words := s.tree(p.Sent).Words
	return slices.ContainsFunc(p.Args, func(a extract.Argument) bool {
		return slices.ContainsFunc(a.Words, func(k int) bool { return strings.HasPrefix(strings.ToLower(words[k].Form), "terror") })
	})
}

// resulting are words behind the object of p, word k, that tell what becomes of it: "drove the rebels out of the town", "shot him dead".
func (s *run) resulting(p *extract.Proposition, k int) (out []string) {
	t := s.tree(p.Sent)
	for i, w := range t.Words {
		if i < k || w.Head < 0 {
			continue
		}
		switch form := strings.ToLower(w.Form); {
		case form == "dead" && w.Head == p.Head && w.Deprel == "xcomp":
			out = append(out, form)
		case form == "out" && w.Deprel == "case" && t.Words[w.Head].Head == p.Head:
			if typ, _ := s.nounOf(t, w.Head); t.proper(w.Head) || s.schema.IsA(typ, "Place") { // none is driven out of a market
				out = append(out, form)
			}
		}
	}
	return out
}

// leavesBehind says whether p says how or to whom something is left, not that it is departed from.
func (s *run) leavesBehind(p *extract.Proposition) bool {
	for i := 1; i < len(p.Args); i++ {
		switch a := &p.Args[i]; {
		case a.Role == extract.Clause && !a.Oblique(), a.Role == extract.Attribute, a.Role == extract.Indirect,
			a.Case == "to", a.Case == "with", a.Case == "without":
			return true
		}
	}
	return false
}

// infinitive says whether p has an infinitive as an argument.
func (s *run) infinitive(p *extract.Proposition) bool {
	for i := range p.Args {
		if a := &p.Args[i]; a.Role == extract.Clause && len(a.Words) > 0 {
			if w := &s.doc.Sentences[p.Sent].Words[a.Words[0]]; w.UPOS == "PART" && strings.EqualFold(w.Form, "to") {
				return true
			}
		}
	}
	return false
}

// verbCue looks a verb up; the noun of a light verb may stand as a plural in the data ("hold talks").
func (s *run) verbCue(lemma, prep string) []candidate {
	if rels := s.cued(verbCue(lemma, prep)); rels != nil || strings.IndexByte(lemma, ' ') < 0 {
		return rels
	}
	return s.cued(verbCue(lemma+"s", prep))
}

func (s *run) nounCue(lemma, prep string) []candidate {
	if rels := s.cued(nounCue(lemma, prep)); rels != nil {
		return rels
	}
	return s.cued(nounCue(lemma+"s", prep))
}

// actCues looks up what the act that a noun names is to its patient, whichever preposition the patient has.
func (s *run) actCues(noun string) (rels []candidate) {
	for _, prep := range [...]string{"of", "for", "to", "on", "against", "with"} {
		rels = append(rels, s.nounCue(noun, prep)...)
	}
	return rels
}

// fitting returns the first of rels whose domain and range suit the arguments.
func (s *run) fitting(p *extract.Proposition, rels []candidate, sub, obj *extract.Argument) (candidate, reference, reference) {
	for _, c := range rels {
		rel := c.rel
		if rel.ID == "has" && p.Lemma == "have" && obj.Role == extract.Clause {
			continue // "had them tell the truth"
		}
		if rel.ID == "violatesCeasefire" && obj.Head >= 0 && !ceasefires[s.tree(p.Sent).lemma(obj.Head)] {
			continue
		}
		st := neutral
		if general(rel) {
			st = s.subjectStance(p)
		}
		subject := s.refer(p, sub, s.stanceFor(rel.Domain, st))
		if !s.suits(subject, rel.Domain) {
			continue
		}
		st = neutral
		if locative[obj.Case] || obj.Case == "from" || obj.Case == "to" || obj.Case == "into" {
			st = placed
		}
		object := s.refer(p, obj, s.stanceFor(rel.Range, st))
		if t := s.tree(p.Sent); slices.Contains(rel.Range, "Position") && obj.Head >= 0 && t.Words[obj.Head].UPOS == "NOUN" {
			if role, ok := s.roleIn(t, obj); ok && object.typ == "Person" {
				object = s.position(t, obj, role) // "resigned as chairman"
			}
		}
		if rel.ID == "meets" && (p.Lemma == "speak" || p.Lemma == "talk") && obj.Head >= 0 && (object.typ == "MediaOutlet" || press[s.tree(p.Sent).lemma(obj.Head)]) {
			return s.fitting(p, s.cued(verbCue("inform", "")), sub, obj) // "spoke to reporters"
		}
		if s.misleads(rel, p, sub, obj, subject, object) {
			continue
		}
		if s.suits(object, rel.Range) {
			return c, subject, object
		}
	}
	return candidate{}, reference{}, reference{}
}

// misleads says whether the cue of rel means something else between these arguments.
func (s *run) misleads(rel *schema.Relation, p *extract.Proposition, sub, obj *extract.Argument, subject, object reference) bool {
	t := s.tree(p.Sent)
	is := func(f reference, types ...string) bool {
		return slices.ContainsFunc(types, func(typ string) bool { return s.schema.IsA(f.typ, typ) })
	}
	noun := "" // that heads the object
	if obj.Head >= 0 {
		noun = t.lemma(obj.Head)
	}
	others := slices.ContainsFunc(p.Args, func(a extract.Argument) bool { return a.Role == extract.Object && a.Head != obj.Head })
	if obj.Case == "of" && (p.Noun || p.Rule == "light") && object.typ == "Quantity" && !slices.Contains(rel.Range, "Quantity") {
		return true // "had sales of ten million" sells no money
	}
	if object.idle && certain[p.Lemma] && !p.Noun && !slices.Contains(rel.Range, "Thing") {
		return true
	}
	switch rel.ID {
	case "hosts":
		return p.Lemma != "host" && !is(object, "Event") // "holds a meeting" hosts it, "holds the shares" does not
	case "agreesTo":
		return object.typ == "Quantity" && accepting[p.Lemma] && !sums[noun] // "accepted nine tonnes" takes them
	case "owns":
		return object.idle && (p.Lemma == "hold" || p.Lemma == "control") && !holdings[noun] || // "held a range", "controlled inflation"
			object.typ == "Claim" || // "the court held that the law stands"
			p.Lemma != "own" && is(object, "Place") && subject.typ != "Company" && subject.typ != "Person" ||
			object.typ == "State" || object.typ == "City" || object.typ == "Region" // who holds a town does not own it
	case "controls":
		return object.idle || !is(object, "Place") && object.typ != "State" // "held the remainder"
	case "starts":
		return object.typ == "Quantity" || is(object, "Person") || // "opened two points up", "introduced Lund to the board"
			p.Lemma == "open" && opened[noun] // "opened its market" starts none
	case "basedOn": // "guests come from Lima", "exports from Peru"
		return (p.Lemma == "come" || p.Lemma == "originate") && (is(subject, "Actor") || is(object, "Actor", "Place"))
	case "informs":
		return p.Lemma == "address" && !is(object, "Actor", "Meeting") // "addressed the crisis"
	case "causes":
		return p.Lemma == "contribute" && is(subject, "Actor") && reporting[noun] // "Lund contributed to this report"
	case "increases", "reduces":
		return points[noun] && s.numbered(p, obj) || // "sales increased five percent": by that
			rel.ID == "increases" && p.Lemma == "raise" && sums[noun] // who raises funds gets them
	case "risesBy", "fallsBy", "risesTo", "fallsTo":
		// "raised the rate by a point", "hit the peak of Berg", "gained votes", "rose to power"
		if others || is(object, "Place") || object.id != "" && !s.numbered(p, obj) && !levels[noun] {
			return true
		}
		return strings.HasSuffix(rel.ID, "By") && stretching[p.Lemma] && len(obj.CaseWords) == 0 &&
			!(points[noun] && s.numbered(p, obj)) // "the firm increased sales": by more or less
	case "amountsTo":
		return object.id != "" && subject.typ != "Quantity" && !s.numbered(p, obj) // "reached a turning point"
	case "leads":
		return noun == "life" || managing[p.Lemma] && !is(object, "Organization") // "managed the stairs"
	case "wins":
		return figurative[noun]
	case "signs":
		return object.typ == "Claim" || // "concluded that the plan was dead"
			p.Lemma == "enter" && object.typ != "Agreement" || p.Lemma != "sign" && object.typ == "Statement" // "entered a plea"
	case "proposes":
		return obj.Role == extract.Clause && obj.Head >= 0 && t.indicative(obj.Head) || // "suggested that the plan was dead"
			obj.Role == extract.Indirect || obj.Oblique() && is(object, "Actor") // "offered Lund a job", "a proposal for the company"
	case "deports": // a club that expels a member sends him out of no country
		return p.Lemma == "expel" && subject.typ != "Thing" && subject.typ != "State" && subject.typ != "PublicBody"
	case "enters", "comparesWith":
		return obj.Oblique() && others // who moves ships into a gulf does not enter it, who compares one with another is like neither
	case "concerns":
		return p.Lemma == "cover" && subject.typ == "Thing" // "water covered the road", "deposits cover the deficit"
	case "strikes": // "tensions hit the country"
		return sub.Head >= 0 && !violent[t.lemma(sub.Head)] && (subject.typ == "Thing" || is(subject, "Event"))
	case "designatesTerrorist":
		return !s.terrorism(p) // "designated the firm as a dealer"
	case "locatedIn":
		return subject.idle && p.Lemma == "lie" // "the responsibility lies on Lund"
	case "pays":
		return p.Lemma == "spend" && obj.Head >= 0 && s.spanOfTime(t, obj.Head) // who spends a week pays nothing
	case "says":
		return object.typ == "Thing" && obj.Head >= 0 && t.proper(obj.Head) || // who is named is not said
			p.Lemma == "say" && object.typ != "Claim" && object.typ != "Statement" ||
			object.typ != "Claim" && (printing[p.Lemma] || p.Lemma == "claim" && claimed[noun])
	case "produces", "seizes", "destroys", "sells":
		return object.idle && immaterial[noun]
	case "mobilizes":
		return p.Lemma == "send" && !s.sendsForces(p)
	}
	return false
}

// numbered says whether a has a number in it.
func (s *run) numbered(p *extract.Proposition, a *extract.Argument) bool {
	t := s.tree(p.Sent)
	return slices.ContainsFunc(a.Words, func(i int) bool { return t.Words[i].UPOS == "NUM" })
}

// levels are what tells how high something is without a number.
var levels = set(`level high low peak record maximum minimum top bottom extent degree`)

// figurative are what is gained in a manner of speaking.
var figurative = set(`ground weight speed momentum height`)

// indicative says whether the clause of head tells what is so or may be so, rather than what should be done.
func (t *tree) indicative(head int) bool {
	finite := func(k int) bool {
		x := t.Words[k].XPOS
		return x == "VBD" || x == "VBZ" || x == "VBP" && t.lemma(k) != "be"
	}
	return finite(head) || slices.ContainsFunc(t.kids[head], func(k int) bool {
		rel := t.rel(k)
		return (rel == "aux" || rel == "cop") && (finite(k) || t.Words[k].XPOS == "VBP" || t.Words[k].XPOS == "MD" && t.lemma(k) != "should")
	})
}

// spanOfTime says whether the phrase of head is a time, or several: "three weeks", "hundreds of years".
func (s *run) spanOfTime(t *tree, head int) bool {
	return s.temporal(t, head) || slices.ContainsFunc(t.kids[head], func(k int) bool {
		return t.rel(k) == "nmod" && t.caseOf(k) == "of" && s.temporal(t, k)
	})
}

// points are heads of how far something has changed.
var points = set(`percent pct % point`)

// stretching verbs change their subject by an amount, or else their object.
var stretching = set(`increase expand widen decrease shrink narrow`)

// reporting is what those who helped with a text contributed to.
var reporting = set(`story report article reporting investigation`)

// accepting verbs agree to a sum or a plan, and take or let pass other things.
var accepting = set(`accept approve adopt endorse`)

// sums are heads of phrases for money.
var sums = set(`fund funds capital cash money finance financing equity loan dollar dlr dlrs yen mark franc pound sterling stg lira lire
	guilder crown krona krone peso peseta rupee rouble ruble rupiah won yuan euro shilling rand dinar riyal billion bln million mln`)

// certain are verbs of many senses: only an object known to be of a relation's range tells the one that cues it. "Reach a deal"
// is to agree, "reach a level" is not.
var certain = set(`leave quit strike reach adopt accept offer table submit suggest deny dismiss rebut refute announce report declare
	disclose acknowledge concede state read create form launch start found join attend hold host convene organise organize chair
	ease relax lift evacuate cede withdraw conclude initial underwrite guarantee refuse decline examine inspect cover address relate
	promise commend defend back table issue release publish mediate broker facilitate arbitrate press order admit probe`)

// immaterial are things that are neither made nor taken nor traded, whatever the verb says in a figure: "seized the opportunity".
var immaterial = set(`opportunity chance initiative moment control power market relation relationship confidence trust
	consensus interest economy pressure tie plan strategy idea skill momentum case argument problem symptom performance result
	effect benefit profit loss evidence hope dream career reputation image life future impression growth trend response
	reaction change improvement increase decline rise fall`)

// holdings are what is owned by being held.
var holdings = set(`share stake stock interest bond asset property land patent licence license right debenture security
	holding option warrant equity subsidiary estate oil gold copyright account deposit`)

// opened is what was there before it was opened.
var opened = set(`door gate window market way path road border eye mouth fire economy country book mind heart port sector industry skies sky letter
	parcel box bottle umbrella wound rift gap`)

// managing verbs lead an organisation; what else they have as their object is handled.
var managing = set(`manage coach captain`)

// printing verbs have as their object what is made public, which need not be said by who does it.
var printing = set(`publish issue release`)

// claimed is what one says is one's own.
var claimed = set(`responsibility credit victory title life casualty benefit damage compensation asylum ownership sovereignty payment
	allowance pension welfare membership expense`)

// arms are things that are sent to fight.
var arms = set(`ship warship vessel fleet frigate destroyer carrier submarine plane warplane aircraft jet fighter bomber
	helicopter drone tank missile weapon arms artillery reinforcement mission peacekeeper`)

// sendsForces says whether what p sends are people or arms: "sent troops to Mali", not "sent a letter to Mali".
func (s *run) sendsForces(p *extract.Proposition) bool {
	for i := 1; i < len(p.Args); i++ {
		if a := &p.Args[i]; a.Role == extract.Object {
			f := s.refer(p, a, neutral)
			return a.Pronoun || f.ok() && s.schema.IsA(f.typ, "Actor") || a.Head >= 0 && arms[s.tree(p.Sent).lemma(a.Head)]
		}
	}
	return false
}

// ceasefires are the agreements that fighting violates.
var ceasefires = set(`ceasefire cease-fire truce armistice cessation peace`)

// stanceFor is what a relation's types make of a capital.
func (s *run) stanceFor(types []string, st stance) stance {
	actor, place := false, false
	for _, t := range types {
		actor = actor || s.schema.IsA(t, "Actor") && t != "State"
		place = place || s.schema.IsA(t, "Place")
	}
	switch {
	case actor && !place:
		return acting
	case place:
		return placed
	}
	return st
}

// suits says whether f can be one of types.
func (s *run) suits(f reference, types []string) bool {
	return f.ok() && fits(s.schema, f.typ, f.id == "", f.idle, types)
}

// verb makes the claims of a clause; made says that it has made one already.
func (s *run) verb(p *extract.Proposition, props []extract.Proposition, made bool) string {
	if p.Args[0].Role != extract.Subject {
		return s.agentless(p)
	}
	p = upTo(p)
	if why, ok := s.opinion(p); ok {
		return why
	}
	c, at, subject, object := s.byVerb(p)
	if rel := c.rel; rel != nil {
		if rel.ID == "says" && object.id == "" {
			if s.carried(p, props) {
				return elsewhere
			}
			if !s.hasSubject(s.tree(p.Sent), p.Args[at].Head) {
				return "a clause without its subject"
			}
		}
		if general(rel) && p.Args[at].Role == extract.Clause && s.carried(p, props) {
			return elsewhere
		}
		if rel.ID == "is" && object.typ == "Claim" {
			if object.literal = s.complement(s.tree(p.Sent), p, &p.Args[at]); object.literal == "" {
				return "a clause that says nothing of its subject"
			}
		}
		object = s.mutual(p, at, object, props)
		if object.typ == "Claim" && p.Args[at].Role == extract.Clause {
			object = s.namedAct(rel, p, at, object)
		}
		d := s.begin(p, subject, object, p.Args[0].Words, p.Args[at].Words, 0, at)
		d.rel, d.cue, d.source = rel.ID, c.cue, s.speaker(p)
		if p.Args[at].Oblique() {
			d.predicateWords = merge(p.Words, p.Args[at].CaseWords)
		}
		why := s.add(d)
		if rel.ID == "appoints" && s.suits(object, []string{"Person"}) {
			s.installed(p, object, at)
		}
		return why
	}
	if why, ok := s.reciprocal(p, props); ok {
		return why
	}
	if p.Derived || p.Rule == "light" || s.speech(p) {
		return elsewhere
	}
	subject = s.refer(p, &p.Args[0], s.subjectStance(p))
	if !subject.ok() {
		return subject.why
	}
	if subject.typ == "TimeSpan" {
		return timeSubject
	}
	if why, ok := s.happens(p, subject); ok {
		return why
	}
	at = s.openObject(p)
	if at > 0 && p.Lemma == "say" && p.Args[at].Role == extract.Object {
		return "a thing is not said"
	}
	if at == 0 {
		if made {
			return ""
		}
		return noSecond
	}
	a := &p.Args[at]
	if c, about, ok := s.idiom(p, at); ok {
		return s.ofIdiom(p, c, about, at, subject)
	}
	object = s.refer(p, a, s.objectStance(a))
	if p.Args[at].Role == extract.Clause && s.carried(p, props) {
		return elsewhere
	}
	state := s.brought(p, at)
	if state == 0 && a.Role == extract.Object && bringing[p.Lemma] && s.actsBelow(p, a.Head, props) {
		return elsewhere
	}
	if state > 0 {
		// "The rules allow farmers to plant oats": it is no farmers that they allow.
		words := slices.Concat(a.Words, p.Args[state].Words)
		slices.Sort(words)
		if len(words) > maxBrought || a.Pronoun {
			return "a clause too long for a claim"
		}
		switch s.doc.Sentences[p.Sent].Words[p.Args[state].Words[0]].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			return elsewhere // a clause without a subject of its own
		}
		object = reference{literal: s.text(s.tree(p.Sent), withoutDeterminer(s.tree(p.Sent), slices.Compact(words))), typ: "Claim"}
		d := s.begin(p, subject, object, p.Args[0].Words, words, 0, at, state)
		d.cue = verbCue(p.Lemma, "")
		for _, rel := range d.cue.relations(s.schema) {
			if d.rel == "" && anything(rel) && s.suits(subject, rel.Domain) {
				d.rel = rel.ID
			}
		}
		d.source = s.speaker(p)
		return s.add(d)
	}
	if !object.ok() {
		return object.why
	}
	if p.Rule == "existential" {
		return elsewhere // "there was a fall in output": that there was one, not that it is in output
	}
	if p.Lemma == "be" && a.Oblique() && !(aside[a.Case] && (object.typ == "State" || s.schema.IsA(object.typ, "Place"))) {
		// "is under pressure" says how its subject is; a preposition is no relation but where it leads to what is near.
		words := merge(a.CaseWords, a.Words)
		state := reference{literal: s.text(s.tree(p.Sent), words), typ: "Words"}
		if len(words) > maxBrought || state.literal == "" {
			return "a state too long for a claim"
		}
		used := []int{0}
		if object.id == "" || s.isScoped(object.id) {
			used = append(used, at)
		}
		d := s.begin(p, subject, state, p.Args[0].Words, words, used...)
		d.rel, d.source = "is", s.speaker(p)
		return s.add(d)
	}
	d := s.begin(p, subject, object, p.Args[0].Words, a.Words, 0, at)
	prep := a.Case
	if a.Quantity != nil && (prep == "up to" || prep == "between") {
		prep = "" // "handles up to nine lines" handles lines
	}
	d.cue = verbCue(p.Lemma, prep)
	if a.Role == extract.Object && s.infinitive(p) {
		d.cue = verbCue(p.Lemma, toDo)
	}
	d.predicateWords = merge(p.Words, a.CaseWords)
	d.source = s.speaker(p)
	return s.add(d)
}

// labelling verbs say what their object is in the eyes of their subject.
var labelling = set(`call brand label term dub deem declare proclaim pronounce`)

// opinion reads "Lund called the plan a mistake": the plan is one, as Lund says. ok is false where p says no such thing.
func (s *run) opinion(p *extract.Proposition) (why string, ok bool) {
	if !labelling[p.Lemma] || p.Passive || len(p.Args) < 3 || p.Args[1].Role != extract.Object || p.Args[1].Head < 0 {
		return "", false
	}
	t := s.tree(p.Sent)
	for i := 2; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Role != extract.Attribute || a.Head < p.Args[1].Head || t.proper(a.Head) {
			continue
		}
		subject := s.refer(p, &p.Args[1], neutral)
		if !subject.ok() {
			return subject.why, true
		}
		object := s.refer(p, a, neutral)
		if !object.ok() {
			return object.why, true
		}
		q := *p
		q.Source, q.SourceSent = &p.Args[0], p.Sent
		d := s.begin(p, subject, object, p.Args[1].Words, a.Words, 0, 1, i)
		d.rel, d.source = "is", s.speaker(&q)
		return s.add(d), true
	}
	return "", false
}

// bringing verbs have as their object what does something or comes to be something rather than what they act upon.
var bringing = set(`make let allow enable permit help cause force lead prompt expect believe consider find want need like see
	hear keep leave have get render require deem think feel assume suppose intend mean forbid prevent stop declare prohibit
	discourage bar block convince persuade urge force push drive`)

// bareInfinitive are the bringing verbs with an infinitive without "to": "made loans to help them" has one of purpose.
var bareInfinitive = set(`make let see hear have keep leave find feel stop prevent`)

// maxBrought is the number of words up to which a clause stands as the object of a claim.
const maxBrought = 14

// brought returns the index of what the object at index at of p does or is because of p, 0 for none: "farmers to plant oats".
func (s *run) brought(p *extract.Proposition, at int) int {
	if p.Args[at].Role != extract.Object || !bringing[p.Lemma] {
		return 0
	}
	for i := at + 1; i < len(p.Args); i++ {
		if a := &p.Args[i]; (a.Role == extract.Clause || a.Role == extract.Attribute) && len(a.Words) > 0 &&
			len(p.Args[at].Words) > 0 && a.Words[0] > p.Args[at].Words[0] {
			if first := &s.doc.Sentences[p.Sent].Words[a.Words[0]]; bareInfinitive[p.Lemma] && first.XPOS == "TO" {
				continue
			}
			return i
		}
	}
	return 0
}

// rising verbs go with "up" themselves: "added up to nine".
var rising = set(`add go come move climb creep get walk catch step live stand look measure wake own shoot jump run build`)

// upTo returns p with an object where the parser took the "up to" before a number for a particle and a preposition: "handles up
// to nine lines" handles lines.
func upTo(p *extract.Proposition) *extract.Proposition {
	verb, ok := strings.CutSuffix(p.Lemma, " up")
	if !ok || rising[verb] {
		return p
	}
	for i := range p.Args {
		a := &p.Args[i]
		if a.Role == extract.Object {
			return p
		}
		if a.Oblique() && a.Case == "to" && a.Quantity != nil {
			q := *p
			q.Lemma, q.Args = verb, slices.Clone(p.Args)
			q.Args[i].Role, q.Args[i].Case, q.Args[i].CaseWords = extract.Object, "", nil
			return &q
		}
	}
	return p
}

// actsBelow says whether what the word object names is the subject of a clause that depends on p: "allowed them to grow".
func (s *run) actsBelow(p *extract.Proposition, object int, props []extract.Proposition) bool {
	t := s.tree(p.Sent)
	for i := range props {
		q := &props[i]
		if q.Head >= 0 && q.Head != p.Head && !q.Noun && q.Args != nil && q.Args[0].Head == object &&
			q.Args[0].Role == extract.Subject && q.Head > object {
			for h, n := t.Words[q.Head].Head, 0; h >= 0 && n < 3; h, n = t.Words[h].Head, n+1 {
				if h == p.Head {
					return true
				}
				if h == object {
					break // a relative clause of it
				}
			}
		}
	}
	return false
}

// speech says whether p only says that its subject spoke: what was said stands by itself.
func (s *run) speech(p *extract.Proposition) bool {
	for i := 1; i < len(p.Args); i++ {
		if p.Args[i].Role == extract.Object {
			return false
		}
	}
	for _, rel := range s.schema.ByVerb(p.Lemma, "") {
		if rel.ID == "says" {
			return true
		}
	}
	return false
}

// objectStance is how the object of an unmapped verb takes part.
func (s *run) objectStance(a *extract.Argument) stance {
	if locative[a.Case] || a.Case == "to" || a.Case == "from" || a.Case == "into" || a.Role == extract.Place {
		return placed
	}
	return neutral
}

// openObject is the argument that an unmapped verb relates its subject to, 0 for none.
func (s *run) openObject(p *extract.Proposition) int {
	for _, roles := range [][]extract.Role{{extract.Object, extract.Attribute},
		{extract.Oblique, extract.Place, extract.Topic, extract.Purpose, extract.Instrument}, {extract.Indirect, extract.Clause}} {
		for i := 1; i < len(p.Args); i++ {
			for _, r := range roles {
				a := &p.Args[i]
				if a.Role == r && (r != extract.Purpose || a.Oblique()) && !circumstance[a.Case] && !s.adverbial(p, a) {
					return i
				}
			}
		}
	}
	return 0
}

// adverbs are nouns that stand for an adverb after a preposition, without anything beside them: "agreed in principle".
var adverbs = set(`principle part full turn general particular fact place regard detail effect practice total return advance public
	private person vain time times course force line earnest short brief secret haste contrast addition response law name average
	board hand once last least first present large force far`)

// feelings, with "to", tell how somebody takes what happens: "to Lund's dismay".
var feelings = set(`chagrin surprise dismay delight relief horror astonishment disappointment amazement embarrassment
	annoyance satisfaction`)

// adverbial says whether the prepositional argument a of p names nothing.
func (s *run) adverbial(p *extract.Proposition, a *extract.Argument) bool {
	if !a.Oblique() || a.Head < 0 {
		return false
	}
	t := s.tree(p.Sent)
	lemma := t.lemma(a.Head)
	if a.Case == "to" && feelings[lemma] {
		return true
	}
	switch lemma {
	case "past", "future", "meantime", "interim":
		return a.Case == "in" || a.Case == "for"
	}
	for _, k := range t.kids[a.Head] {
		if rel := t.rel(k); rel == "det" || rel == "amod" || t.Words[k].Deprel == "nmod:poss" {
			lemma = "" // "in the law"
		}
	}
	return len(a.Minimal.Words) <= 1 && t.Words[a.Head].XPOS == "NN" && adverbs[lemma]
}

// circumstance prepositions tell how things were when something happened, not what it happened to.
var circumstance = map[string]bool{
	"during": true, "after": true, "before": true, "since": true, "until": true, "amid": true, "despite": true, "without": true,
	"because of": true, "due to": true, "as": true, "by": true, "following": true, "prior to": true, "ahead of": true,
	"in spite of": true, "instead of": true, "as well as": true, "in addition to": true, "along with": true, "such as": true,
	"than": true, "including": true, "except": true, "besides": true, "while": true, "per": true, "via": true, "unlike": true,
	"like": true, "as of": true, "based on": true, "thanks to": true, "in case of": true, "in order": true, "because": true,
}

func (s *run) hasSubject(t *tree, head int) bool {
	for _, k := range t.kids[head] {
		if rel := t.rel(k); rel == "nsubj" || rel == "csubj" || rel == "expl" {
			return true
		}
	}
	return false
}

// carried says whether a clause below p's subject has propositions of its own, said by that subject.
func (s *run) carried(p *extract.Proposition, props []extract.Proposition) bool {
	clause := -1
	for i := range p.Args {
		if p.Args[i].Role == extract.Clause {
			clause = p.Args[i].Head
		}
	}
	for i := range props {
		q := &props[i]
		if q.Source != nil && q.SourceSent == p.Sent && q.Source.Head == p.Args[0].Head || clause >= 0 && q.Head == clause && !q.Noun {
			return true
		}
	}
	return false
}

// company claims that who acts during talks takes part in them. It says whether it made a claim.
func (s *run) company(p *extract.Proposition) bool {
	if p.Derived || p.Rule == "light" || p.Args[0].Role != extract.Subject {
		return false
	}
	t := s.tree(p.Sent)
	made := false
	for k := range t.Words {
		form := t.caseOf(k)
		if form != "during" && form != "at" && form != "in" || s.seriesClass(t, k) == "" || !s.meanwhile(t, p, k, form) {
			continue
		}
		if form == "in" && (p.Polarity == extract.Negative || s.idiomatic(p, k)) {
			continue // "has not taken part in talks"
		}
		event := s.phrase(t, p.Sent, k, t.joined(s.minimal(t, k)), s.minimal(t, k), neutral)
		subject := s.refer(p, &p.Args[0], acting)
		if !event.ok() || !s.schema.IsA(event.typ, "Event") || !subject.ok() || !s.schema.IsA(subject.typ, "Actor") {
			continue
		}
		d := s.begin(p, subject, event, p.Args[0].Words, s.minimal(t, k), 0)
		d.rel, d.rule, d.polarity, d.args, d.source = "participatesIn", "during", "+", nil, s.speaker(p)
		d.code = nil
		d.predicateWords = slices.DeleteFunc(slices.Clone(t.kids[k]), func(m int) bool { return t.rel(m) != "case" })
		d.confidence *= .8
		made = s.add(d) == "" || made
	}
	return made
}

// idiomatic says whether an idiom of p is about word k.
func (s *run) idiomatic(p *extract.Proposition, k int) bool {
	for i := 1; i < len(p.Args); i++ {
		if _, about, ok := s.idiom(p, i); ok && about.Head == k {
			return true
		}
	}
	return false
}

// meanwhile says whether the event noun k tells when p happens: as an argument of its verb or, after "during", anywhere below
// it where nobody else acts ("failed to sign a treaty on opening a port during talks").
func (s *run) meanwhile(t *tree, p *extract.Proposition, k int, form string) bool {
	for i := 1; i < len(p.Args); i++ {
		if a := &p.Args[i]; a.Head == k && (a.Oblique() || a.Role == extract.Time) {
			return true
		}
	}
	if form != "during" {
		return false
	}
	for h, n := t.Words[k].Head, 0; h >= 0 && n < len(t.Words); h, n = t.Words[h].Head, n+1 {
		if h == p.Head {
			return true
		}
		if s.hasSubject(t, h) {
			return false
		}
	}
	return false
}

// happens reads that an event takes place: where and when. ok is false where p says something else.
func (s *run) happens(p *extract.Proposition, event reference) (why string, ok bool) {
	if event.typ == "Thing" && s.isScoped(event.id) && s.takesPlace(p) {
		event = s.retype(event, "Event")
	}
	if !s.schema.IsA(event.typ, "Event") {
		return "", false
	}
	passive := p.Args[0].Role == extract.Object
	switch p.Lemma {
	case "take place", "occur", "happen", "begin", "start", "open", "end", "resume", "continue", "be":
	case "take": // "take place" where the parser sees an object
	case "hold", "host", "convene", "schedule", "organise", "organize", "plan", "stage", "conduct", "set":
		if !passive {
			return "", false
		}
	default:
		return "", false
	}
	t := s.tree(p.Sent)
	why = noSecond
	at := 0 // of the "place" of "take place"
	for i := 1; i < len(p.Args) && p.Lemma == "take"; i++ {
		if a := &p.Args[i]; a.Role == extract.Object && a.Head >= 0 && t.lemma(a.Head) == "place" {
			at = i
		}
	}
	if p.Lemma == "take" && at == 0 {
		return "", false
	}
	ok = at > 0
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		switch {
		case a.Role == extract.Time && p.Lemma == "end": // what ends on a day went on before it
		case a.Role == extract.Time:
			when, words := s.eventTime(p, a)
			object := reference{literal: when, typ: "TimeSpan"}
			if when == "" && s.lasts(t, a.Words) {
				continue // "scheduled to last nine minutes"
			}
			if when == "" {
				object = reference{literal: s.text(t, a.Words), typ: "Words"}
			}
			d := s.begin(p, event, object, p.Args[0].Words, a.Words, 0, i, at)
			d.rel, d.source, d.time, d.timeWords = "occursOn", s.speaker(p), when, words
			if w := s.add(d); w == "" {
				ok = true
			} else {
				why = w
			}
		case (a.Role == extract.Place || a.Oblique() && locative[a.Case]) && !aside[a.Case]:
			place := s.refer(p, a, placed)
			if !s.suits(place, []string{"Place", "State"}) || place.typ == "Thing" {
				continue
			}
			d := s.begin(p, event, place, p.Args[0].Words, a.Words, 0, i, at)
			d.rel, d.source = "takesPlaceIn", s.speaker(p)
			if w := s.add(d); w == "" {
				ok = true
			} else {
				why = w
			}
		case a.Role == extract.Object && i != at:
			return "", false
		}
	}
	return why, ok
}

// takesPlace says whether p says so, whatever its subject.
func (s *run) takesPlace(p *extract.Proposition) bool {
	if p.Args[0].Role != extract.Subject {
		return false
	}
	switch p.Lemma {
	case "take place", "occur":
		return true
	case "take":
		a := &p.Args[min(1, len(p.Args)-1)]
		return a.Role == extract.Object && len(a.Words) == 1 && s.tree(p.Sent).lemma(a.Head) == "place"
	}
	return false
}

// lasts says whether words are a length of time rather than a time: "nine minutes", but not "nine minutes ago".
func (s *run) lasts(t *tree, words []int) bool {
	number := false
	for _, k := range words {
		switch t.lemma(k) {
		case "ago", "later", "before", "after", "earlier", "on", "in", "at":
			return false
		}
		number = number || t.Words[k].UPOS == "NUM"
	}
	return number && t.Words[words[len(words)-1]].XPOS == "NNS"
}

// agentless reads a passive without an agent: what was done to its subject, and where.
func (s *run) agentless(p *extract.Proposition) string {
	t := s.tree(p.Sent)
	subject := s.refer(p, &p.Args[0], neutral)
	if !subject.ok() {
		return subject.why
	}
	if subject.typ == "TimeSpan" {
		return timeSubject
	}
	if why, ok := s.happens(p, subject); ok {
		return why
	}
	if p.Derived && p.Rule != "compound" {
		return elsewhere
	}
	// "Troops will be deployed to the zones": who is moved moves.
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if !a.Oblique() {
			continue
		}
		for _, c := range s.verbCue(p.Lemma, a.Case) {
			switch c.rel.ID {
			case "mobilizes", "basedIn", "familyOf", "withdrawsFrom", "concerns", "locatedIn":
				object := s.refer(p, a, placed)
				if s.suits(subject, c.rel.Domain) && s.suits(object, c.rel.Range) {
					d := s.begin(p, subject, object, p.Args[0].Words, a.Words, 0, i)
					d.rel, d.cue, d.source = c.rel.ID, c.cue, s.speaker(p)
					d.predicateWords = merge(p.Words, a.CaseWords)
					return s.add(d)
				}
			}
		}
	}
	if why, ok := s.appointed(p, subject); ok {
		return why
	}
	if why, ok := s.called(p, subject); ok {
		return why
	}
	at := s.openObject(p)
	if at == 0 {
		return noSecond
	}
	a := &p.Args[at]
	if a.Role == extract.Clause {
		return elsewhere
	}
	object := s.refer(p, a, s.objectStance(a))
	if !object.ok() {
		return object.why
	}
	if (a.Case == "between" || a.Case == "among") && s.schema.IsA(subject.typ, "Event") && s.schema.IsA(object.typ, "Actor") {
		d := s.begin(p, object, subject, a.Words, p.Args[0].Words, 0, at)
		d.rel, d.source = "participatesIn", s.speaker(p) // "talks were held between Russia and Turkey"
		return s.add(d)
	}
	verb := strings.ToLower(t.Words[p.Head].Form)
	if _, particle, ok := strings.Cut(p.Lemma, " "); ok {
		verb += " " + particle
	}
	d := s.begin(p, subject, object, p.Args[0].Words, a.Words, 0, at)
	d.cue = verbCue("be "+verb, a.Case)
	d.rel = s.related(d.cue, subject, object)
	d.predicateWords = merge(p.Words, a.CaseWords)
	d.source = s.speaker(p)
	return s.add(d)
}

// naming verbs give their subject in the passive another name.
var naming = set(`know call dub nickname rename`)

// called reads "the movement, known as Fajr" and "the party is called Syriza": one thing with another name. ok is false where p
// says no such thing.
func (s *run) called(p *extract.Proposition, subject reference) (why string, ok bool) {
	if !naming[p.Lemma] || subject.id == "" {
		return "", false
	}
	t := s.tree(p.Sent)
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Case != "as" && a.Role != extract.Attribute && a.Role != extract.Object || a.Head < 0 || !t.proper(a.Head) {
			continue
		}
		words := a.Minimal.Words
		if span, _ := t.nerSpan(a.Head); len(span) > len(words) {
			words = span
		}
		name := s.text(t, words)
		s.alias(subject.id, name)
		d := s.begin(p, subject, reference{literal: name, typ: "Name"}, p.Args[0].Words, a.Words, 0, i)
		d.rel, d.source = "sameAs", s.speaker(p)
		return s.add(d), true
	}
	return "", false
}

// appointed reads "X was appointed envoy" and "X was named as envoy": X holds the position. ok is false where p says no such
// thing.
func (s *run) appointed(p *extract.Proposition, subject reference) (why string, ok bool) {
	appoints := func(c candidate) bool { return c.rel.ID == "appoints" }
	if !s.suits(subject, []string{"Person"}) || !slices.ContainsFunc(s.verbCue(p.Lemma, ""), appoints) {
		return "", false
	}
	return s.installed(p, subject, 0)
}

// installed claims the position that p gives to the person of the argument at: "named her chairman". ok is false where it gives none.
func (s *run) installed(p *extract.Proposition, person reference, at int) (why string, ok bool) {
	t := s.tree(p.Sent)
	for i := at + 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Role != extract.Attribute && a.Role != extract.Object && a.Case != "as" {
			continue
		}
		role, found := s.roleIn(t, a)
		if !found {
			continue
		}
		d := s.begin(p, person, s.position(t, a, role), p.Args[at].Words, a.Words, 0, at, i)
		d.rel, d.source = "holdsPosition", s.speaker(p)
		return s.add(d), true
	}
	return "", false
}

// reciprocal reads a list as the subject of a symmetric relation without an object: "Russia and Turkey agreed". ok is
// false where p is none.
func (s *run) reciprocal(p *extract.Proposition, props []extract.Proposition) (why string, ok bool) {
	for _, a := range p.Args[1:] {
		if p.Rule != "light" && (a.Role == extract.Clause || a.Role == extract.Object) { // the clause of a light verb is its noun's
			return "", false
		}
	}
	rels := s.verbCue(p.Lemma, "")
	for _, c := range rels {
		rel := c.rel
		if !rel.Symmetric {
			continue
		}
		found := false
		after := false
		for i := range props {
			q := &props[i]
			if q == p {
				after = true
				continue
			}
			if !after || q.Head != p.Head || q.Lemma != p.Lemma || q.Rule != p.Rule || q.Args[0].Head == p.Args[0].Head {
				continue
			}
			found = true
			subject, object := s.refer(p, &p.Args[0], acting), s.refer(q, &q.Args[0], acting)
			if !s.suits(subject, rel.Domain) || !s.suits(object, rel.Range) {
				continue
			}
			d := s.begin(p, subject, object, p.Args[0].Words, q.Args[0].Words, 0)
			d.rel, d.cue, d.source = rel.ID, c.cue, s.speaker(p)
			if w := s.add(d); w != "" {
				why = w
			} else {
				ok = true
			}
		}
		if found || ok {
			return why, ok
		}
	}
	return "", false
}

// mutualNouns name what two have with each other.
var mutualNouns = set(`difference disagreement dispute quarrel relation relationship tie link border friendship alliance partnership
	rivalry treaty pact`)

// mutual makes the object at index at of p specific where two share it: what "Russia and Turkey have differences" says of Russia
// is that it has differences with Turkey.
func (s *run) mutual(p *extract.Proposition, at int, object reference, props []extract.Proposition) reference {
	t := s.tree(p.Sent)
	a := &p.Args[at]
	if a.Role != extract.Object || a.Head < 0 || object.id == "" || !mutualNouns[t.lemma(a.Head)] {
		return object
	}
	for _, k := range t.kids[a.Head] {
		if form := t.caseOf(k); form == "with" || form == "between" {
			return object
		}
	}
	other := reference{}
	for i := range props {
		q := &props[i]
		if q.Head != p.Head || q.Rule != p.Rule || len(q.Args) <= at || q.Args[at].Head != a.Head ||
			q.Args[0].Head == p.Args[0].Head {
			continue
		}
		f := s.refer(q, &q.Args[0], acting)
		if other.id != "" || !f.ok() || !s.schema.IsA(f.typ, "Actor") {
			return object // of more than two, each pair may have its own
		}
		other = f
	}
	if other.id == "" {
		return object
	}
	label := s.entities[object.id].Label
	f := s.scoped(label+" with "+s.entities[other.id].Label, object.typ)
	s.alias(f.id, label)
	return f
}

// copula reads "X is Y".
func (s *run) copula(p *extract.Proposition, props []extract.Proposition) string {
	t := s.tree(p.Sent)
	if len(p.Args) < 2 {
		return noSecond
	}
	subject := s.refer(p, &p.Args[0], neutral)
	if !subject.ok() {
		return subject.why
	}
	if subject.typ == "TimeSpan" {
		return timeSubject
	}
	a := &p.Args[1]
	switch {
	case a.Role == extract.Attribute && p.Lemma == "be":
		if s.agentBeside(p, props) {
			return elsewhere
		}
		if role, ok := s.roleIn(t, a); ok && subject.typ == "Person" && t.Words[a.Head].UPOS == "NOUN" {
			d := s.begin(p, subject, s.position(t, a, role), p.Args[0].Words, a.Words, 0, 1)
			d.rel, d.source = "holdsPosition", s.speaker(p)
			return s.add(d)
		}
		object := s.refer(p, a, neutral)
		if !object.ok() {
			return object.why
		}
		if object.typ == "Claim" {
			if object.literal = s.complement(t, p, a); object.literal == "" {
				return "a clause that says nothing of its subject"
			}
		}
		if rel, way, ok := s.moved(t, a, object); ok {
			d := s.begin(p, subject, reference{literal: s.text(t, way[1:]), typ: "Quantity"}, p.Args[0].Words, way[1:], 0, 1)
			d.rel, d.cue, d.source = rel, verbCue("be "+strings.ToLower(t.Words[way[0]].Form), ""), s.speaker(p)
			d.predicateWords = merge(p.Words, way[:1])
			return s.add(d)
		}
		d := s.begin(p, subject, object, p.Args[0].Words, a.Words, 0, 1)
		d.rel, d.source = "is", s.speaker(p)
		return s.add(d)
	case a.Oblique():
		if p.Lemma == "be" {
			if why, ok := s.happens(p, subject); ok {
				return why
			}
			c, sub, obj := s.fitting(p, s.verbCue("be", a.Case), &p.Args[0], a)
			if c.rel != nil && (obj.typ != "Thing" || c.rel.ID != "locatedIn") {
				d := s.begin(p, sub, obj, p.Args[0].Words, a.Words, 0, 1)
				d.rel, d.cue, d.source = c.rel.ID, c.cue, s.speaker(p)
				return s.add(d)
			}
		}
	}
	return s.verb(p, props, false)
}

// moved reads "was up 3 percent": the relation, and the words of the direction and of the amount. ok is false where a says no such
// thing.
func (s *run) moved(t *tree, a *extract.Argument, object reference) (rel string, words []int, ok bool) {
	if object.typ != "Quantity" || a.Head < 2 || len(t.kids[a.Head]) == 0 {
		return "", nil, false
	}
	number := a.Head
	for _, k := range t.kids[a.Head] {
		if t.rel(k) == "nummod" || t.Words[k].UPOS == "NUM" || t.Words[k].UPOS == "SYM" {
			number = min(number, k)
		}
	}
	way := number - 1
	if way < 0 || t.Words[way].UPOS == "PUNCT" {
		return "", nil, false
	}
	switch strings.ToLower(t.Words[way].Form) {
	case "up":
		rel = "risesBy"
	case "down", "off":
		rel = "fallsBy"
	default:
		return "", nil, false
	}
	return rel, through(way, a.Head), true
}

// complement is the text of the clause that a copula joins to its subject, without the subject: "the catch is that it costs
// money". It is empty where the clause is relative or too long.
func (s *run) complement(t *tree, p *extract.Proposition, a *extract.Argument) string {
	words := s.clauseWords(t, a.Head)
	from := p.Args[0].Head
	if from > a.Head {
		from = -1
	}
	for _, k := range p.Words {
		if t.Words[k].UPOS == "AUX" && k > from && k < a.Head && from >= 0 {
			from = k
			break
		}
	}
	for len(words) > 0 && (words[0] <= from || t.Words[words[0]].UPOS == "SCONJ" || t.Words[words[0]].UPOS == "PUNCT") {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > maxBrought || t.Words[words[0]].XPOS == "WDT" || t.Words[words[0]].XPOS == "WP" {
		return ""
	}
	return s.text(t, words)
}

// agentBeside says whether the predicate nominal of p is an agent noun whose relation stands as a proposition of its own.
func (s *run) agentBeside(p *extract.Proposition, props []extract.Proposition) bool {
	for i := range props {
		q := &props[i]
		if q.Rule != "agent" || len(q.Args) < 3 || q.Args[0].Head != p.Args[0].Head || q.Args[1].Head != p.Args[1].Head {
			continue
		}
		if _, role := s.roleIn(s.tree(q.Sent), &q.Args[1]); role {
			continue
		}
		if s.nounCue(q.Lemma, q.Args[2].Case) != nil || s.nounCue(q.Lemma, "") != nil {
			return true
		}
	}
	return false
}

func merge(a, b []int) []int {
	if len(b) == 0 {
		return a
	}
	out := make([]int, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			out = append(out, a[i])
			i++
		case i < len(a) && a[i] == b[j]:
			i++
		default:
			out = append(out, b[j])
			j++
		}
	}
	return out
}
