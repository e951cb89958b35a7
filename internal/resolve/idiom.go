package resolve

import (
	"slices"
	"strings"

	"kg/internal/extract"
)

// idioms are verbs with an object, or a noun behind a preposition, that names no thing and the preposition of what they are about: who takes advantage of a rule has
// something to do with the rule, none with an advantage.
var idioms = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(`
take advantage of, take hold of, take note of, take care of, take aim at, take possession of, take pride in, take issue with
take exception to, take revenge on, take stock of, take offence at, take offense at, take heed of, take leave of, take cognisance of
take account of, take delight in, take pleasure in, take comfort in, take solace in, take refuge in, take precedence over
take inspiration from, take heart from, take toll on, take place at
take root in, take shape in, take time off, take umbrage at, take pity on, take notice of
pay attention to, pay tribute to, pay heed to, pay homage to, pay respects to, pay respect to, pay lip service to
lose sight of, lose track of, lose touch with, lose interest in, lose patience with, lose faith in, lose trust in, lose contact with
lose confidence in, keep track of, keep pace with, keep tabs on, keep watch over, keep faith with, keep company with
make use of, make way for, make sense of, make fun of, make light of, make contact with
make peace with, make room for, make mention of
give way to, give birth to, give rise to, give credence to, give thanks to, give chase to, give notice to
get rid of, get hold of, get wind of, catch sight of, catch hold of, catch up on, set fire to, set foot in, set foot on
set sail for, set eyes on, set sights on, lay claim to, lay waste to, lay hold of, play host to, put faith in, put trust in, put emphasis on
put an end to, put a stop to, bear witness to, draw attention to, draw inspiration from, find fault with, find solace in
find comfort in, have faith in, have confidence in, have trust in, have access to, shed light on, throw light on, cast light on
cast doubt on, turn attention to, raise awareness of, do battle with, do justice to, do away with, fall victim to, fall prey to
take credit for, claim credit for, take blame for, accept responsibility for, put pressure on, put strain on
place emphasis on, place pressure on, place strain on, show interest in, show respect for
come under fire from, come under attack from, come under attack by, come under pressure from, come to grips with, come into force in
fall into hands of, come face to face with`) {
		for words := range strings.SplitSeq(strings.TrimSpace(line), ", ") {
			m[strings.Replace(strings.Replace(words, " an ", " ", 1), " a ", " ", 1)] = true
		}
	}
	return m
}()

// idiom returns what the verb of p and its object at index at are about where the two are an idiom: the words of both, the
// preposition and the argument behind it. ok is false where they are none.
func (s *run) idiom(p *extract.Proposition, at int) (c cue, about extract.Argument, ok bool) {
	a := &p.Args[at]
	if a.Role != extract.Object && !a.Oblique() || a.Head < 0 || p.Args[0].Role != extract.Subject {
		return cue{}, about, false
	}
	t := s.tree(p.Sent)
	words := p.Lemma + " " + t.lemma(a.Head)
	if a.Role != extract.Object { // "get in touch with"
		if len(a.Words) > 0 && t.Words[a.Head].UPOS != "NOUN" {
			return cue{}, about, false
		}
		words = p.Lemma + " " + a.Case + " " + t.lemma(a.Head)
	}
	for i := at + 1; i < len(p.Args); i++ {
		if b := &p.Args[i]; b.Case != "" && s.isIdiom(p, words, b) {
			return verbCue(words, b.Case), *b, true
		}
	}
	for _, k := range t.kids[a.Head] {
		form := t.caseOf(k)
		if t.rel(k) != "nmod" || k < a.Head || form == "" {
			continue
		}
		about.Role, about.Case, about.Head = extract.Oblique, form, k
		about.Words = slices.DeleteFunc(s.below(t, k), func(m int) bool { return t.Words[m].Head == k && t.rel(m) == "case" })
		about.Minimal.Words, about.Minimal.Head = s.minimal(t, k), k
		about.Pronoun = t.Words[k].UPOS == "PRON"
		if s.isIdiom(p, words, &about) {
			return verbCue(words, form), about, true
		}
	}
	return cue{}, about, false
}

// isIdiom says whether a verb and its noun with the preposition of about are one of the idioms or a cue of a relation that may hold
// between the subject of p and about.
func (s *run) isIdiom(p *extract.Proposition, words string, about *extract.Argument) bool {
	if idioms[words+" "+about.Case] {
		return true
	}
	for _, c := range s.cued(verbCue(words, about.Case)) {
		if s.suits(s.refer(p, &p.Args[0], s.stanceFor(c.rel.Domain, neutral)), c.rel.Domain) &&
			s.suits(s.refer(p, about, s.stanceFor(c.rel.Range, neutral)), c.rel.Range) {
			return true
		}
	}
	return false
}

// ofIdiom makes the claim of an idiom: its object, the argument at index at of p, is part of what relates subject to about.
func (s *run) ofIdiom(p *extract.Proposition, c cue, about extract.Argument, at int, subject reference) string {
	used := []int{0, at}
	for i := range p.Args {
		if i > at && p.Args[i].Head == about.Head {
			used = append(used, i)
		}
	}
	object := s.refer(p, &about, s.objectStance(&about))
	if !object.ok() {
		return object.why
	}
	d := s.begin(p, subject, object, p.Args[0].Words, about.Words, used...)
	d.cue, d.source = c, s.speaker(p)
	for _, rel := range c.relations(s.schema) {
		if d.rel == "" && s.suits(subject, rel.Domain) && s.suits(object, rel.Range) {
			d.rel = rel.ID
		}
	}
	d.predicateWords = merge(p.Words, []int{p.Args[at].Head})
	return s.add(d)
}

// below returns word k and all below it in text order.
func (s *run) below(t *tree, k int) []int {
	words := []int{k}
	for n := 0; n < len(words); n++ {
		words = append(words, t.kids[words[n]]...)
	}
	slices.Sort(words)
	return words
}

// relational nouns say little without what stands behind them: access to what, the right to do what. Their prepositions; "+" is an
// infinitive.
var relational = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for line := range strings.Lines(`
access to | right to + | ability + | inability + | power over + | opportunity for + | chance for + at | need for + | responsibility for +
duty to + | desire for + | willingness + | unwillingness + | authority over + | permission for + | obligation to + | difficulty in with
trouble with | problem with | experience in with | confidence in | faith in | trust in | impact on | effect on | influence on over
reason for + | potential for + | capacity for + | freedom from + | intention + | interest in | role in | advantage over in
demand for | appetite for | evidence for against | threat to | danger to | hope for | doubt about | answer to | solution to for
approach to | link to with between | connection to with between | relationship with between | tie to with between | contribution to
commitment to + | reaction to | response to | resistance to | immunity to | exposure to | attention to | alternative to | key to
barrier to | obstacle to | damage to | harm to | limit on to | control over | monopoly on over | focus on | emphasis on
pressure on + | increase in | decrease in | rise in | fall in | drop in | decline in | reduction in | growth in | change in to
difference between in | love for | passion for | concern about over for | worry about | question about over | tribute to | effort +
attempt + on at | bid for + | decision + on | failure + | refusal + | struggle for + | race for + | reputation for | preference for
respect for | sympathy for | contempt for | disdain for | admiration for | hatred for | enthusiasm for | excuse for + | incentive for +
means + | time + | money for + | room for | tool for + | method for + | way + | step to + | move + | courage + | patience for + with
tendency + | promise + | refuge from | shelter from | protection from against | relief from | escape from | break from`) {
		for entry := range strings.SplitSeq(strings.TrimSpace(line), "|") {
			f := strings.Fields(entry)
			if len(f) == 0 {
				continue
			}
			m[f[0]] = map[string]bool{}
			for _, prep := range f[1:] {
				m[f[0]][prep] = true
			}
		}
	}
	return m
}()

// maxRelational is the number of words of a label up to which it is given what its noun asks for.
const maxRelational = 8

// completed returns the words of a relational noun at head with what it asks for: "right to the island", "power to jail ministers".
func (s *run) completed(t *tree, head int, words []int) []int {
	asks := relational[t.lemma(head)]
	if asks == nil {
		return words
	}
	last := words[len(words)-1]
	up := t.Words[head].Head
	candidates := t.kids[head]
	if up >= 0 { // "has the right to the island", the phrase hung on the verb
		candidates = slices.Concat(candidates, t.kids[up])
	}
	for _, m := range candidates {
		if m <= last || !asks[t.caseOf(m)] || t.Words[m].UPOS != "NOUN" && t.Words[m].UPOS != "PROPN" || s.temporal(t, m) {
			continue
		}
		rel := t.rel(m)
		if own := t.Words[m].Head == head; own && rel != "nmod" || !own && rel != "obl" {
			continue
		}
		first := slices.IndexFunc(t.kids[m], func(k int) bool { return t.rel(k) == "case" })
		if first < 0 || t.kids[m][first] != last+1 {
			continue
		}
		out := append(words[:len(words):len(words)], t.kids[m][first])
		for _, k := range t.kids[m] {
			if t.Words[k].Deprel == "nmod:poss" && t.proper(k) && len(t.kids[k]) <= 1 {
				out = append(append(out, k), t.kids[k]...)
			}
		}
		out = append(out, t.joined(s.core(t, m, s.minimal(t, m)))...)
		if t.caseOf(m) == "between" {
			out = append(out, s.listed(t, m)...)
		}
		if len(out) <= maxRelational {
			return out
		}
	}
	if asks["+"] {
		if inf := s.toDo(t, head, last); len(inf) > 0 && len(words)+len(inf) <= maxRelational {
			return append(words[:len(words):len(words)], inf...)
		}
	}
	return words
}

// toDo returns the words of the infinitive after word from of the noun at head, with its object or, without one, the phrase behind
// it: "to jail ministers", "to walk to Lima". There are none where it goes on with another verb or what the object comes to be.
func (s *run) toDo(t *tree, head, from int) (words []int) {
	for _, m := range t.kids[head] {
		if m < from || t.rel(m) != "acl" || t.Words[m].XPOS != "VB" {
			continue
		}
		to, object, phrase := -1, -1, -1
		for _, k := range t.kids[m] {
			switch t.rel(k) {
			case "mark":
				if strings.EqualFold(t.Words[k].Form, "to") && k == from+1 {
					to = k
				}
			case "obj":
				if object < 0 {
					object = k
				}
			case "obl":
				if phrase < 0 && k > m && t.caseOf(k) != "" {
					phrase = k
				}
			case "xcomp", "ccomp", "iobj", "aux", "cop":
				return nil
			case "compound":
				words = append(words, k) // "to carry out the plan"
			}
		}
		if to < 0 || object > 0 && object < m || object >= 0 && placing[t.lemma(m)] && (phrase >= 0 || s.hasAdverb(t, m)) {
			return nil
		}
		words = append(words, to, m)
		switch {
		case object >= 0:
			words = append(words, t.joined(s.minimal(t, object))...)
			for _, d := range t.kids[object] {
				if t.Words[d].Deprel == "nmod:poss" && t.proper(d) && len(t.kids[d]) <= 1 {
					words = append(append(words, d), t.kids[d]...)
				}
			}
		case phrase >= 0:
			for _, k := range t.kids[phrase] {
				if t.rel(k) == "case" {
					words = append(words, k)
				}
			}
			words = append(words, t.joined(s.core(t, phrase, s.minimal(t, phrase)))...)
		}
		slices.Sort(words)
		return slices.Compact(words)
	}
	return nil
}

// placing verbs say little without where they put their object or what they make of it.
var placing = set(`put place get keep make bring take set leave hold turn move draw push`)

func (s *run) hasAdverb(t *tree, v int) bool {
	return slices.ContainsFunc(t.kids[v], func(k int) bool { return k > v && t.rel(k) == "advmod" })
}

// anyone are words for people of whom anything may be said that is so of everybody.
var anyone = set(`people person persons folk folks guy guys human humans everyone everybody someone somebody anyone anybody nobody`)

// anybody says whether d says what people do in general, or what is done to them, in the present and of nothing that has a name:
// "people have dreams", "programs sidetrack people".
func (s *run) anybody(d *draft) bool {
	t := s.tree(d.sent)
	bare := func(f reference, words []int) bool {
		e := s.entities[f.id]
		if e == nil || !s.isScoped(f.id) || !anyone[strings.ToLower(e.Label)] {
			return false
		}
		for _, k := range words {
			switch lower := strings.ToLower(t.Words[k].Form); {
			case anyone[lower], generalising[lower]:
			default:
				return false
			}
		}
		return true
	}
	vague := func(f reference) bool { return f.id == "" || s.isScoped(f.id) }
	done := bare(d.object, d.objectWords) && vague(d.subject) && !s.schema.IsA(d.subject.typ, "Actor")
	if !done && !(bare(d.subject, d.subjectWords) && vague(d.object)) || d.time != "" || d.place != "" {
		return false
	}
	for _, k := range d.predicateWords {
		if t.Words[k].XPOS == "VBD" {
			return false
		}
		for _, m := range t.kids[k] {
			if rel := t.rel(m); (rel == "aux" || rel == "cop") && t.Words[m].XPOS == "VBD" {
				return false
			}
		}
	}
	return true
}

// generalising words before "people" leave them anybody.
var generalising = set(`a any many most some few all more other every no each such those`)
