package resolve

import (
	"slices"
	"strings"
	"unicode"

	"kg/internal/extract"
	"kg/schema"
)

// describe reads what a title, an apposition or an agent noun says of its holder: Args[0] is the holder, Args[1] the
// description, the others what it is a description in relation to.
func (s *run) describe(p *extract.Proposition) string {
	t := s.tree(p.Sent)
	if len(p.Args) < 2 {
		return noSecond
	}
	attr := &p.Args[1]
	holder := s.refer(p, &p.Args[0], acting)
	if !holder.ok() {
		return holder.why
	}
	if holder.id == "" {
		return "holder is no thing"
	}
	why := "description without a relation"
	if rel := map[string]string{"be unit of": "partOf", "be in": "basedIn"}[p.Lemma]; rel != "" && s.schema.IsA(holder.typ, "Organization") {
		return s.unitOf(p, holder, rel)
	}
	role, isRole := s.roleIn(t, attr)
	if isRole && role.Relation == "" {
		return "a title that says nothing"
	}
	person := holder.typ == "Person" || holder.typ == "Thing"
	if isRole && person {
		if t.Words[attr.Head].XPOS == "NNS" && !t.inList(p.Args[0].Head) {
			return "a role of several" // "auditors Nordbank" are a firm, "brokers Lund Berg" too
		}
		if holder.typ == "Thing" {
			holder = s.retype(holder, "Person")
		}
		if p.Rule != "agent" { // the copula beside it says so already
			d := s.begin(p, holder, s.position(t, attr, role), p.Args[0].Words, attr.Words, 0, 1)
			d.rel, d.args, d.source = "holdsPosition", nil, s.speaker(p)
			why = s.add(d)
		}
		s.institutions(p, holder, role)
		return why
	}
	related := false
	for i := 2; i < len(p.Args); i++ {
		a := &p.Args[i]
		rels := s.nounCue(p.Lemma, a.Case)
		if rels == nil && a.Case == "of" {
			rels = s.nounCue(p.Lemma, "")
		}
		if bare := s.nounCue(p.Lemma, "") != nil || agentive(p.Lemma); t.Words[attr.Head].UPOS == "PROPN" &&
			unicode.IsUpper([]rune(t.Words[attr.Head].Form)[0]) || !bare && p.Rule != "appos" && p.Rule != "agent" {
			rels = nil // "Lund Brothers" are nobody's
		}
		if typ, _ := s.nounOf(t, attr.Head); s.schema.IsA(typ, "Event") || typ == "Plan" || typ == "Statement" ||
			typ == "Agreement" {
			rels = nil // "the initiative of Lund" names no proposer
		}
		for _, c := range rels {
			rel := c.rel
			if rel.ID == "leads" && len(a.CaseWords) == 0 && s.nounBetween(t, a.Words, attr.Head) {
				continue
			}
			object := s.refer(p, a, s.stanceFor(rel.Range, neutral))
			if making[rel.ID] && len(a.CaseWords) == 0 &&
				(t.Words[attr.Head].UPOS == "PROPN" || t.worldwide(a.Head) || object.typ == "State" ||
					s.schema.IsA(object.typ, "Place")) {
				continue // "the world's largest producer" makes no world
			}
			if !s.suits(holder, rel.Domain) || !s.suits(object, rel.Range) {
				continue
			}
			d := s.begin(p, holder, object, p.Args[0].Words, a.Words, 0, 1, i)
			d.rel, d.cue, d.source = rel.ID, c.cue, s.speaker(p)
			if rel.ID == "partOf" && object.typ == "State" && len(a.CaseWords) == 0 {
				d.rel, d.cue = "basedIn", cue{} // "the South African subsidiary"
			}
			if w := s.add(d); w != "" {
				why = w
			}
			related = true
			break
		}
	}
	if (p.Rule == "example" || p.Rule == "appos" && p.Text == "is one of") && !related {
		group := s.description(p, attr)
		if !group.ok() || group.id == "" || !s.schema.IsA(holder.typ, "Actor") || !s.specific(t, attr) ||
			!s.suits(group, []string{"Group", "Organization"}) || group.typ == "Thing" {
			return why
		}
		d := s.begin(p, holder, group, p.Args[0].Words, attr.Words, 0, 1)
		d.rel, d.args, d.source = "memberOf", nil, s.speaker(p)
		return s.add(d)
	}
	if related || p.Rule != "appos" {
		return why
	}
	if t.Words[attr.Head].UPOS == "PROPN" {
		if f, ok := s.partOf(p, holder, attr); ok {
			return f
		}
		if t.Words[p.Args[0].Head].UPOS == "PROPN" {
			return "two names side by side" // more often a list than two names of one thing
		}
	}
	if !s.apposed(t, &p.Args[0], attr) {
		return "no clear apposition"
	}
	object := s.description(p, attr)
	if object.ok() && (object.id == "" || !s.sameKind(holder, object) || t.Words[attr.Head].XPOS == "NNS" ||
		(holder.typ == "Person" || holder.typ == "State") && object.idle) {
		return "a description of another kind of thing"
	}
	d := s.begin(p, holder, object, p.Args[0].Words, attr.Words, 0, 1)
	d.rel, d.args, d.source = "is", nil, s.speaker(p)
	return s.add(d)
}

// inList says whether the noun at k is one of several conjuncts.
func (t *tree) inList(k int) bool {
	return t.rel(k) == "conj" || slices.ContainsFunc(t.kids[k], func(m int) bool { return t.rel(m) == "conj" })
}

// specific says whether a description has a modifier that tells what kind it is of: "oil producers", not "several countries".
func (s *run) specific(t *tree, attr *extract.Argument) bool {
	return len(s.core(t, attr.Head, shortest(attr))) > 1
}

// apposed says whether a name and a description surely stand for one thing: the name right behind its noun ("accounting firm
// Lund"), or one parted from the other by a comma where the description has a determiner or possessor ("its rival, Lund"; "Lund,
// a firm"). What opens a sentence with a preposition ends at its comma: "In the bond sector, Lund …".
func (s *run) apposed(t *tree, name, attr *extract.Argument) bool {
	first, d := name.Words[0], attr.Head
	if c := []rune(t.Words[name.Head].Form)[0]; unicode.IsLower(c) && len(name.Words) == 1 {
		return false // "rose" is no name
	}
	if first == d+1 {
		return true
	}
	determined := false
	for _, k := range t.kids[d] {
		determined = determined || t.rel(k) == "det" && k < d || t.Words[k].Deprel == "nmod:poss"
	}
	if !determined || name.Head > d && (first == 0 || t.Words[first-1].UPOS != "PUNCT") {
		return false
	}
	if name.Head < d {
		return true
	}
	open := 0
	for open < first && t.Words[open].UPOS == "PUNCT" {
		open++
	}
	if t.rel(open) != "case" && t.rel(open) != "mark" {
		return true
	}
	for k := open; k < first-1; k++ {
		if t.Words[k].Form == "," {
			return true
		}
	}
	return false
}

// making relations have as their object what is made or owned: a place before their noun is none.
var making = set(`produces sells acquires owns`)

// worldwide says whether word k stands for everywhere: "the world's biggest".
func (t *tree) worldwide(k int) bool {
	switch t.lemma(k) {
	case "world", "globe", "planet", "continent", "earth", "country", "nation", "region", "industry", "sector", "market":
		return true
	}
	return false
}

// description refers to what a description says, not to the thing described.
func (s *run) description(p *extract.Proposition, attr *extract.Argument) reference {
	t := s.tree(p.Sent)
	return s.phrase(t, p.Sent, attr.Head, t.joined(shortest(attr)), attr.Words, neutral)
}

// shortest returns the words of the minimal phrase of a, all of its words where it has none.
func shortest(a *extract.Argument) []int {
	if len(a.Minimal.Words) == 0 {
		return a.Words
	}
	return a.Minimal.Words
}

// sameKind says whether two things can be one.
func (s *run) sameKind(a, b reference) bool {
	kind := func(typ string) string {
		for _, k := range []string{"Person", "Organization", "Actor", "Place", "Event", "Position"} {
			if s.schema.IsA(typ, k) {
				return k
			}
		}
		if typ == "Thing" {
			return ""
		}
		return "other"
	}
	x, y := kind(a.typ), kind(b.typ)
	return x == y || x == "" || y == "" || x == "Actor" && (y == "Person" || y == "Organization") ||
		y == "Actor" && (x == "Person" || x == "Organization")
}

// sameThings notes which descriptions of a sentence stand for the one named thing beside them: in "the minister, Lavrov, said"
// it is Lavrov who said so.
func (s *run) sameThings(props []extract.Proposition) {
	clear(s.same)
	for i := range props {
		p := &props[i]
		if p.Rule != "appos" || len(p.Args) < 2 || p.Args[1].Head < 0 || p.Args[0].Head < 0 {
			continue
		}
		t := s.tree(p.Sent)
		head := p.Args[1].Head
		if _, twice := s.same[head]; twice {
			s.same[head] = reference{}
			continue
		}
		s.same[head] = reference{}
		if t.Words[head].UPOS != "NOUN" || t.Words[head].XPOS == "NNS" || !t.proper(p.Args[0].Head) {
			continue
		}
		typ, known := s.nounOf(t, head)
		holder := s.refer(p, &p.Args[0], neutral)
		if (known || holder.typ == "Person") && holder.ok() && holder.id != "" && s.sameKind(holder, reference{typ: typ}) {
			if typ == "Person" && holder.typ == "Thing" {
				holder = s.retype(holder, typ)
			}
			s.same[head] = holder
		}
	}
}

// partOf reads a place after a place that lies in it: "Hamburg, Germany".
func (s *run) partOf(p *extract.Proposition, inner reference, attr *extract.Argument) (why string, ok bool) {
	t := s.tree(p.Sent)
	outer := s.refer(p, attr, placed)
	if !s.schema.IsA(inner.typ, "Place") || !outer.ok() || outer.typ != "State" && outer.typ != "Region" {
		return "", false
	}
	if name := s.text(t, p.Args[0].Minimal.Words); outer.typ == "State" && s.stateOf(name) != "" {
		return "two states side by side", true // a list
	}
	if t.inList(attr.Head) || t.inList(p.Args[0].Head) && t.rel(attr.Head) == "conj" {
		return "places side by side", true // "Ohio, Iowa and Utah"
	}
	d := s.begin(p, inner, outer, p.Args[0].Words, attr.Words, 0, 1)
	d.rel, d.source = "locatedIn", s.speaker(p)
	return s.add(d), true
}

// roleIn finds the role that a description names: the longest role that ends at its head.
func (s *run) roleIn(t *tree, a *extract.Argument) (schema.Role, bool) {
	role, _, ok := s.roleFrom(t, a.Head)
	return role, ok
}

// roleFrom finds the longest role that ends at word head or goes on after it with "of" ("chief of staff"), and the first of its
// words.
func (s *run) roleFrom(t *tree, head int) (role schema.Role, from int, ok bool) {
	if head < 0 {
		return schema.Role{}, 0, false
	}
	from = head
	if of, end := s.roleOf(t, head); end > head {
		return of, from, true
	}
	name := strings.ToLower(t.Words[head].Form)
	lemma := t.lemma(head)
	best, ok := s.schema.Role(name)
	if !ok {
		best, ok = s.schema.Role(lemma)
	}
	if !ok {
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			best, ok = s.schema.Role(name[i+1:])
		}
	}
	for k := head - 1; k >= 0 && k >= head-3; k-- {
		name = strings.ToLower(t.Words[k].Form) + " " + name
		if r, found := s.schema.Role(name); found {
			best, from, ok = r, k, true
		}
	}
	return best, from, ok
}

// roleOf finds the longest role that begins at word head and goes on with "of", and the last of its words, head where there is
// none.
func (s *run) roleOf(t *tree, head int) (role schema.Role, end int) {
	end = head
	if head+2 >= len(t.Words) || t.Words[head+1].Form != "of" {
		return role, end
	}
	name := t.lemma(head)
	for k := head + 1; k < len(t.Words) && k <= head+4; k++ {
		name += " " + strings.ToLower(t.Words[k].Form)
		if r, found := s.schema.Role(name); found {
			role, end = r, k
		}
	}
	return role, end
}

// bygone modifiers say that a position is no longer held: the modality of the claim says so, and the position is named without
// them.
var bygone = set("former formerly previously ex late deposed ousted onetime one-time erstwhile retired then- then past previous")

// rulers are the roles of those who lead a state.
var rulers = set("president premier chancellor king queen emperor emir sultan leader ruler dictator prince pope")

// rulesState says whether a role described by nothing but a state is that of its leader: "Japanese Prime Minister", but not
// "Peruvian central bank president".
func (s *run) rulesState(t *tree, a *extract.Argument, role schema.Role) bool {
	if !rulers[role.Lemma] && role.Lemma != "prime minister" && role.Lemma != "head of state" && role.Lemma != "supreme leader" {
		return false
	}
	for _, k := range a.Words {
		w := &t.Words[k]
		if (w.UPOS == "NOUN" || w.UPOS == "PROPN") && k < a.Head && !s.schema.RoleWord(strings.ToLower(w.Form)) {
			if st, _ := s.stateAt(t, k); st != "" {
				continue
			}
			if span, _ := t.nerSpan(k); len(span) < 2 || s.stateOf(s.text(t, span)) == "" {
				return false
			}
		}
	}
	return true
}

// ranks are words before a role that belong to it.
var ranks = set(`acting interim caretaker designate outgoing incoming deputy vice assistant associate senior chief prime
	special honorary`)

// position refers to the position that a description names: "Kremlin spokesman".
func (s *run) position(t *tree, a *extract.Argument, role schema.Role) reference {
	words := shortest(a)
	var parts []string
	after := false // behind the preposition: names of institutions
	last := -1     // word that is in the label
	_, from, _ := s.roleFrom(t, a.Head)
	_, end := s.roleOf(t, a.Head)
	for n, k := range words {
		after = after || t.Words[k].UPOS == "ADP" && k > a.Head
		form := t.Words[k].Form
		lower := strings.ToLower(form)
		if t.Words[k].UPOS == "PUNCT" && last != k-1 {
			continue // of "60-year-old chairman" nothing is left
		}
		if bygone[lower] && k < a.Head {
			continue
		}
		if t.Words[k].UPOS == "DET" || t.Words[k].UPOS == "PRON" || s.temporal(t, k) || t.Words[k].UPOS == "NUM" ||
			t.Words[k].UPOS == "ADV" && (k+2 >= len(t.Words) || !t.tight(k+1)) || (k < from || k > end) && generic[lower] &&
			lower != "first" && (form == lower || k == 0 && t.Words[k].UPOS != "PROPN") {
			continue
		}
		if (k >= from && k <= end || !after && ranks[lower]) && len(s.schema.Lookup(form)) == 0 {
			form = lower
		}
		if k == a.Head && t.Words[k].XPOS == "NNS" {
			form = t.lemma(k) // "judges Lund and Berg": each is a judge
		}
		last = k
		if len(parts) > 0 && words[n-1] == k-1 && t.Words[k-1].End == t.Words[k].Begin {
			parts[len(parts)-1] += form
			continue
		}
		parts = append(parts, form)
	}
	label := strings.Join(parts, " ")
	id := s.globalIRI(label, "Position")
	s.entity(id, "Position", label, "")
	f := reference{id: id, typ: "Position"}
	s.note(t.index, a.Head, words, f)
	return f
}

// institutions claims what the holder of a role is to each institution that p names with it.
func (s *run) institutions(p *extract.Proposition, holder reference, role schema.Role) {
	t := s.tree(p.Sent)
	attr := &p.Args[1]
	_, from, _ := s.roleFrom(t, attr.Head)
	tell := func(inst reference, words []int, used ...int) {
		rel := s.schema.Relation(role.Relation)
		if rel == nil {
			return
		}
		if rel.ID == "leads" && s.nounBetween(t, words, attr.Head) {
			if inst.typ == "State" {
				return // "Peruvian central bank president"
			}
			rel = s.schema.Relation("worksFor") // a "Nordbank branch manager" leads the branch
		}
		last := role.Lemma[strings.LastIndexByte(role.Lemma, ' ')+1:]
		if rel.ID == "leads" && s.schema.IsA(inst.typ, "Place") && inst.typ != "State" && firmRoles[last] {
			return // "London managing director"
		}
		if rel.ID == "leads" && s.junior(t, from) {
			rel = s.schema.Relation("worksFor") // "assistant general manager"
		}
		if inst.typ == "State" && rel.ID == "leads" && !s.rulesState(t, attr, role) {
			return
		}
		if inst.typ == "State" && (rel.ID == "worksFor" || rel.ID == "memberOf") {
			rel = s.schema.Relation("represents")
		}
		if rel == nil || !s.suits(inst, rel.Range) || inst.typ == "Thing" {
			return
		}
		d := s.begin(p, holder, inst, p.Args[0].Words, words, append(used, 0, 1)...)
		d.rel, d.args, d.source = rel.ID, nil, s.speaker(p)
		d.confidence *= .9
		s.add(d)
	}
	done := map[int]bool{}
	_, end := s.roleOf(t, attr.Head)
	names := 0 // words of names before the role
	for _, k := range attr.Words {
		if k < from && t.Words[k].UPOS == "PROPN" {
			names++
		}
	}
	for i := 2; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Head > attr.Head && a.Head <= end {
			continue // "staff" of "chief of staff"
		}
		if a.Case == "of" && len(a.CaseWords) == 0 && a.Head >= from && a.Head < attr.Head {
			rest := s.before(a, from) // "Pentagon Press" of "Pentagon Press Secretary"
			if rest == nil {
				continue
			}
			a = rest
		}
		switch a.Case {
		case "of", "":
		case "for", "to", "at", "with":
			// "Russia's envoy for Syria" speaks for Russia, "ambassador to the UN" for neither.
			if role.Relation == "represents" && (a.Case == "to" || len(done) > 0) {
				continue
			}
		default:
			continue
		}
		if a.Role == extract.Time || a.Head < 0 || done[a.Head] || offices[strings.ToLower(t.Words[a.Head].Form)] && len(a.Words) == 1 {
			continue // "Energy Secretary" names no body called Energy
		}
		st := acting
		if t.Words[a.Head].UPOS == "PROPN" {
			st = neutral // "Kremlin spokesman" speaks for the Kremlin
			if f := s.refer(p, a, st); f.typ == "City" && role.Relation != "leads" && names <= len(a.Words) {
				st = acting // "Moscow's envoy", but "London's mayor"
			}
		}
		if w := strings.ToLower(t.Words[a.Head].Form); len(a.Minimal.Words) == 1 && a.Head < from &&
			(ranks[w] || s.schema.RoleWord(w)) {
			continue // "Assistant" Secretary
		}
		done[a.Head] = true
		tell(s.refer(p, a, st), a.Words, i)
	}
	for _, k := range attr.Words { // "the Russian envoy for Syria" is Russia's alone
		if span, typ := t.nerSpan(k); typ == "ORG" && len(span) > 1 && span[len(span)-1] > k {
			continue // "Anglo American"
		}
		if st, words := s.stateAt(t, k); st != "" && words[len(words)-1] < attr.Head && !done[k] {
			for _, m := range words {
				done[m] = true
			}
			tell(s.state(st), words)
		}
	}
}

// stateAt returns the state that word k names or describes, alone or with its neighbours, and the words: "Korean" of "North Korean".
func (s *run) stateAt(t *tree, k int) (state string, words []int) {
	for n := 3; n > 1; n-- {
		for first := max(0, k-n+1); first <= k && first+n <= len(t.Words); first++ {
			form := t.Words[first].Form
			for m := first + 1; m < first+n; m++ {
				form += " " + t.Words[m].Form
			}
			if st := s.stateOf(form); st != "" {
				for m := first; m < first+n; m++ {
					words = append(words, m)
				}
				return st, words
			}
		}
	}
	if st := s.stateOf(t.Words[k].Form); st != "" {
		return st, []int{k}
	}
	return "", nil
}

// firmRoles are roles in firms, which a place before them only locates.
var firmRoles = set("director manager executive president chairman chairwoman chief partner ceo treasurer editor boss")

// nounBetween says whether a common noun stands between a name before a role and the role.
func (s *run) nounBetween(t *tree, name []int, role int) bool {
	if len(name) == 0 {
		return false
	}
	for k := name[len(name)-1] + 1; k < role; k++ {
		if t.Words[k].UPOS == "NOUN" && !s.schema.RoleWord(strings.ToLower(t.Words[k].Form)) {
			return true
		}
	}
	return false
}

// junior says whether the word before the role that begins at word from makes it a lower one: "assistant", "vice".
func (s *run) junior(t *tree, from int) bool {
	k := from - 1
	if k > 0 && t.Words[k].UPOS == "PUNCT" {
		k--
	}
	if k < 0 {
		return false
	}
	switch strings.ToLower(t.Words[k].Form) {
	case "assistant", "deputy", "vice", "associate", "under":
		return true
	}
	return false
}

// before returns the words of a that stand before word from as an argument, nil where there are none.
func (s *run) before(a *extract.Argument, from int) *extract.Argument {
	cut := func(words []int) (out []int) {
		for _, k := range words {
			if k < from {
				out = append(out, k)
			}
		}
		return out
	}
	b := *a
	b.Words, b.Minimal.Words = cut(a.Words), cut(a.Minimal.Words)
	if len(b.Words) == 0 || len(b.Minimal.Words) == 0 {
		return nil
	}
	b.Head = b.Minimal.Words[len(b.Minimal.Words)-1]
	return &b
}

// retype gives an entity of unknown type the type that its place in a sentence shows.
func (s *run) retype(f reference, typ string) reference {
	e := s.entities[f.id]
	if e == nil {
		return f
	}
	e.Types = e.Types[:0]
	for _, t := range s.schema.Ancestors(typ) {
		e.Types = append(e.Types, kgo(t))
	}
	f.typ = typ
	return f
}

// unitOf reads "2nd Battalion, 9th Rifle Regiment" and "9th Rifle Regiment, Fort Dunmore".
func (s *run) unitOf(p *extract.Proposition, unit reference, rel string) string {
	whole := s.refer(p, &p.Args[1], neutral)
	if !s.suits(whole, s.schema.Relation(rel).Range) || whole.id == unit.id {
		return "no unit of that"
	}
	d := s.begin(p, unit, whole, p.Args[0].Words, p.Args[1].Words, 0, 1)
	d.rel, d.source = rel, s.speaker(p)
	return s.add(d)
}

// acronym reads "Commonwealth of Independent States (CIS)": one thing with two names, the merge recorded as a claim.
func (s *run) acronym(p *extract.Proposition) string {
	if len(p.Args) < 2 {
		return noSecond
	}
	t := s.tree(p.Sent)
	long, short := &p.Args[0], &p.Args[1]
	name := s.text(t, short.Minimal.Words)
	if len(s.text(t, long.Minimal.Words)) < len(name) {
		long, short = short, long
		name = s.text(t, short.Minimal.Words)
	}
	f := s.refer(p, long, neutral)
	if f.ok() && f.id != "" {
		s.alias(f.id, name)
	}
	d := s.begin(p, f, reference{literal: name, typ: "Name"}, long.Words, short.Words, 0, 1)
	d.rel, d.source = "sameAs", s.speaker(p)
	return s.add(d)
}

// possessive reads "Syria's zones".
func (s *run) possessive(p *extract.Proposition) string {
	if len(p.Args) < 2 {
		return noSecond
	}
	owner := s.refer(p, &p.Args[0], neutral)
	if !owner.ok() {
		return owner.why
	}
	thing := s.refer(p, &p.Args[1], neutral)
	if !thing.ok() {
		return thing.why
	}
	if thing.id == "" {
		return "an amount is no possession"
	}
	if thing.typ == "TimeSpan" || owner.typ == "TimeSpan" {
		return "a time is no possession"
	}
	t := s.tree(p.Sent)
	head := p.Args[1].Head
	if w := &t.Words[p.Args[0].Head]; w.UPOS == "PRON" && owner.typ == "Group" {
		return "an abstract possession of no named owner" // "our nation"
	}
	if s.doc.Sentences[p.Sent].Words[p.Args[0].Head].UPOS == "PRON" && s.isScoped(thing.id) && homeland[t.lemma(head)] {
		return "an abstract possession of no named owner" // "his country"
	}
	if lemma := t.lemma(p.Args[0].Head); lemma == "world" || lemma == "globe" || lemma == "planet" {
		return "an abstract possession of no named owner" // "the world's largest producer"
	}
	abstract := thing.typ == "Thing" || s.familyOf(thing.typ) == workFamily || s.familyOf(thing.typ) == eventFamily
	if abstract && (s.doc.Sentences[p.Sent].Words[p.Args[0].Head].UPOS == "PRON" || s.isScoped(owner.id) && s.isScoped(thing.id)) {
		return "an abstract possession of no named owner"
	}
	d := s.begin(p, owner, thing, p.Args[0].Words, p.Args[1].Words, 0, 1)
	d.rel, d.source = "has", s.speaker(p)
	if role, ok := s.roleIn(t, &p.Args[1]); ok && thing.typ == "Person" && owner.typ != "Person" {
		// "Kazakhstan's foreign minister": what he is to it.
		rel := s.schema.Relation(role.Relation)
		if rel != nil && rel.ID == "leads" && owner.typ != "State" && s.nounBetween(t, p.Args[0].Words, head) {
			rel = s.schema.Relation("worksFor") // "the bank's branch manager"
		}
		if rel != nil && owner.typ == "State" && (rel.ID == "worksFor" || rel.ID == "memberOf" || rel.ID == "leads" && !s.rulesState(t, &p.Args[1], role)) {
			rel = s.schema.Relation("represents")
		}
		if rel != nil && s.suits(owner, rel.Range) {
			d.rel, d.subject, d.object = rel.ID, thing, owner
			d.subjectWords, d.objectWords = d.objectWords, d.subjectWords
			return s.add(d)
		}
	}
	s.belonging(t, &d, owner, thing, head)
	if d.rel == "has" && thing.typ == "Person" {
		return "a person is no possession"
	}
	return s.add(d)
}

// homeland are nouns whose possessor belongs to them, not they to him.
var homeland = set(`country nation state homeland government city town village region world industry market company firm
	employer party bank agency side team church school university profession generation era time turn way`)

// belonging gives d a closer relation than having where the noun at head or the types of owner and thing tell it: who or what the
// thing is to its owner is the subject then ("Lund's wife", "the bank's unit", "Spain's Bilbao").
func (s *run) belonging(t *tree, d *draft, owner, thing reference, head int) {
	turn := func(rel string, c cue) {
		d.rel, d.cue, d.subject, d.object = rel, c, thing, owner
		d.subjectWords, d.objectWords = d.objectWords, d.subjectWords
	}
	if !t.proper(head) {
		for _, c := range s.nounCue(t.lemma(head), "") {
			rel := c.rel
			if making[rel.ID] && rel.ID != "owns" || rel.ID == "cooperatesWith" && thing.typ == "Person" && owner.typ == "Person" {
				continue // what one produces is no possessor; the partner of a person shares his life
			}
			if rel.ID == "leads" && (s.nounBetween(t, d.subjectWords, head) || owner.typ == "Thing" || thing.typ == "Thing") {
				continue // "China's health chiefs", "her mother's head"
			}
			if s.suits(thing, rel.Domain) && s.suits(owner, rel.Range) && (rel.ID == "locatedIn" || rel.ID == "partOf" ||
				s.schema.IsA(thing.typ, "Actor") && (rel.ID == "owns" || s.schema.IsA(owner.typ, "Actor"))) {
				turn(rel.ID, c.cue)
				return
			}
		}
		if role, ok := s.schema.Role(t.lemma(head)); ok && thing.typ == "Person" && owner.typ == "Person" &&
			(role.Relation == "worksFor" || role.Relation == "represents") {
			turn(role.Relation, cue{}) // "Lund's lawyer"
		}
		return
	}
	switch {
	case thing.typ == "Person" && owner.typ == "State":
		turn("citizenOf", cue{}) // "Spain's Lund"
	case thing.typ == "Person" && s.schema.IsA(owner.typ, "Organization"):
		turn("worksFor", cue{}) // "Nordbank's Lund"
	case thing.typ == "Company" && owner.typ == "State":
		turn("basedIn", cue{})
	case (thing.typ == "City" || thing.typ == "Region" || thing.typ == "Facility" || thing.typ == "Place") &&
		(owner.typ == "State" || owner.typ == "City" || owner.typ == "Region"):
		turn("locatedIn", cue{})
	}
}

// attached reads a prepositional modifier of a noun: "zones in Syria", "a meeting on Syria".
func (s *run) attached(p *extract.Proposition) string {
	if len(p.Args) < 2 {
		return noSecond
	}
	a := &p.Args[1]
	thing := s.refer(p, &p.Args[0], neutral)
	if !thing.ok() {
		return thing.why
	}
	if a.Role == extract.Time {
		if when, _ := s.eventTime(p, a); when == "" {
			return unclear // "at the same time"
		}
		if why, ok := s.happens(p, thing); ok {
			return why
		}
		return unclear
	}
	rel := ""
	st := neutral
	event := s.schema.IsA(thing.typ, "Event")
	switch a.Case {
	case "in", "at", "inside":
		st = placed
		rel = "locatedIn"
		if event {
			rel = "takesPlaceIn"
		}
	case "on", "about", "over", "regarding", "concerning":
		rel = "concerns"
	case "between", "among", "with":
		if !event || a.Case == "with" && !s.schema.IsA(thing.typ, "Meeting") && !s.schema.IsA(thing.typ, "Conflict") &&
			thing.typ != "EventSeries" {
			return unclear
		}
		rel, st = "participatesIn", acting
	case "of":
		rel = "partOf"
	case "from":
		rel, st = "memberOf", acting
	default:
		return unclear
	}
	object := s.refer(p, a, st)
	if !object.ok() {
		return object.why
	}
	if object.id == "" {
		return unclear
	}
	d := s.begin(p, thing, object, p.Args[0].Words, a.Words, 0, 1)
	d.predicateWords = a.CaseWords
	switch rel {
	case "locatedIn":
		if a.Case == "at" && thing.typ == "Person" && (s.schema.IsA(object.typ, "Organization") || object.typ == "Facility") {
			rel = "worksFor" // "a partner at Nordbank"
			break
		}
		if a.Case == "at" && thing.typ == "Person" {
			return unclear // people are in a town; at one that is called like a town they work
		}
		if object.typ != "State" && !s.schema.IsA(object.typ, "Place") || s.schema.IsA(thing.typ, "Quantity") || thing.typ == "TimeSpan" {
			if s.schema.IsA(object.typ, "Event") && event {
				rel = "subEventOf"
				break
			}
			return unclear
		}
		switch {
		case s.schema.IsA(thing.typ, "Place"), s.schema.IsA(thing.typ, "Organization"), thing.typ == "Group", thing.typ == "Person":
		default:
			return unclear
		}
	case "takesPlaceIn":
		if s.schema.IsA(object.typ, "Event") {
			rel = "subEventOf"
		} else if object.typ != "State" && !s.schema.IsA(object.typ, "Place") {
			return unclear
		}
	case "concerns":
		if t := s.tree(p.Sent); t.Words[p.Args[0].Head].UPOS == "PROPN" {
			return unclear // the whole is a name: General Agreement on Tariffs
		}
		d.polarity, d.modality = string(extract.Positive), string(extract.Asserted) // what it is about is its name
		if !s.suits(thing, s.schema.Relation(rel).Domain) || thing.typ == "Thing" ||
			event && a.Case == "on" && thing.typ != "Meeting" && thing.typ != "EventSeries" {
			return unclear
		}
	case "participatesIn":
		if !s.schema.IsA(object.typ, "Actor") {
			return unclear
		}
		if e := s.entities[thing.id]; a.Case == "with" && e != nil && strings.Contains(e.Label, " with ") {
			return elsewhere // it is talks with the other that he takes part in
		}
		d.subject, d.object = object, thing
		d.subjectWords, d.objectWords = d.objectWords, d.subjectWords
	case "memberOf": // "militants from Ansar"
		lemma := s.tree(p.Sent).lemma(p.Args[0].Head)
		role, ok := s.schema.Role(lemma)
		if !serving[lemma] && (!ok || role.Relation != "memberOf") || thing.typ != "Group" && thing.typ != "Person" ||
			!s.schema.IsA(object.typ, "Organization") {
			return unclear
		}
	case "partOf":
		group := s.schema.IsA(object.typ, "Organization") || object.typ == "Group"
		if !group || thing.typ != "Group" && !s.schema.IsA(thing.typ, "Organization") {
			return unclear
		}
		switch s.tree(p.Sent).lemma(p.Args[0].Head) {
		case "unit", "branch", "part", "wing", "division", "brigade", "department", "subsidiary":
		default:
			return unclear
		}
	}
	d.rel, d.source = rel, s.speaker(p)
	return s.add(d)
}

// serving are those who belong to the body that they are from.
var serving = set(`troop troops force forces soldier airman marine sailor commando paratrooper gunman guerrilla policeman`)

// bloodless says whether the war that p names is fought without arms: "a price war", "a war of words".
func (s *run) bloodless(p *extract.Proposition) bool {
	t := s.tree(p.Sent)
	for _, k := range t.kids[p.Head] {
		switch t.lemma(k) {
		case "trade", "price", "tariff", "currency", "bidding", "culture", "legal", "court", "rate", "takeover", "word",
			"proxy", "political", "custody", "boardroom":
			return true
		}
	}
	return false
}

// act reads a nominalisation: "Russia's support for Syria".
func (s *run) act(p *extract.Proposition) string {
	if len(p.Args) < 2 {
		return noSecond
	}
	for i := 1; i < len(p.Args); i++ {
		a := &p.Args[i]
		if a.Role == extract.Time {
			continue
		}
		if c, sub, obj := s.fitting(p, s.nounCue(p.Lemma, a.Case), &p.Args[0], a); c.rel != nil &&
			!(c.rel.ID == "fightsAgainst" && s.bloodless(p)) {
			d := s.begin(p, sub, obj, p.Args[0].Words, a.Words, 0, i)
			d.rel, d.cue, d.source = c.rel.ID, c.cue, s.speaker(p)
			d.predicateWords = merge(p.Words, a.CaseWords)
			return s.add(d)
		}
	}
	at := s.openObject(p)
	if at == 0 || locative[p.Args[at].Case] || p.Args[at].Role == extract.Place {
		return noSecond
	}
	a := &p.Args[at]
	subject := s.refer(p, &p.Args[0], acting)
	object := s.refer(p, a, s.objectStance(a))
	if !subject.ok() {
		return subject.why
	}
	if !object.ok() {
		return object.why
	}
	if subject.idle || object.id == "" {
		return "an act of no actor" // "the contribution of exports to growth", "a loss of ten million"
	}
	d := s.begin(p, subject, object, p.Args[0].Words, a.Words, 0, at)
	d.cue = nounCue(p.Lemma, a.Case)
	d.predicateWords = merge(p.Words, a.CaseWords)
	d.source = s.speaker(p)
	return s.add(d)
}

// compound reads "Russian-backed forces" and "Geneva-based group".
func (s *run) compound(p *extract.Proposition) string {
	if len(p.Args) < 2 {
		return noSecond
	}
	if p.Args[0].Role != extract.Subject {
		if p.Lemma != "base" && p.Lemma != "headquarter" {
			return s.agentless(p)
		}
		subject, place := s.refer(p, &p.Args[0], neutral), s.refer(p, &p.Args[1], placed)
		if !s.suits(subject, []string{"Organization", "Group"}) || !place.ok() || place.id == "" {
			return s.agentless(p)
		}
		d := s.begin(p, subject, place, p.Args[0].Words, p.Args[1].Words, 0, 1)
		d.rel, d.source = "basedIn", s.speaker(p) // whatever the place is known as
		return s.add(d)
	}
	c, subject, object := s.fitting(p, s.verbCue(p.Lemma, ""), &p.Args[0], &p.Args[1])
	rel := c.rel
	if rel != nil && rel.ID != "controls" && (p.Lemma == "hold" || rel.ID == "owns" && p.Lemma != "own" && !s.schema.IsA(object.typ, "Organization")) {
		rel = nil // who holds a town does not own it
	}
	if subject.typ == "Thing" || object.typ == "Thing" && rel == nil {
		return "a compound of kinds"
	}
	if rel == nil {
		if subject, object = s.refer(p, &p.Args[0], acting), s.refer(p, &p.Args[1], neutral); !subject.ok() {
			return subject.why
		} else if subject.typ == "Thing" || !s.schema.IsA(subject.typ, "Actor") {
			return "a compound of kinds"
		}
	}
	d := s.begin(p, subject, object, p.Args[0].Words, p.Args[1].Words, 0, 1)
	d.source = s.speaker(p)
	d.cue = verbCue(p.Lemma, "")
	if rel != nil {
		d.rel, d.cue = rel.ID, c.cue
	}
	return s.add(d)
}
