// Package event reads coded events from propositions: who did what kind of thing to whom, the kind as a code of the CAMEO
// ontology with its PLOVER type. Which words lead to which code is said by the tables of package schema.
package event

import (
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/schema"
)

// Actor is one side of an event.
type Actor struct {
	// Words are the indices in Sentence.Words of the shortest phrase that names the actor; empty where the actor is not named
	// but known: one's own state.
	Words []int
	// Text is Words as they stand in the text, joined by single blanks.
	Text string
	// State is the ISO 3166 alpha-3 code of the state that the actor acts for or lies in, IGO for an international organisation,
	// IMG for a militant group of several states; empty where unknown.
	State string
	// Role is what the actor is in the notation of CAMEO: GOV, MIL, REB, CVL …; empty where unknown.
	Role string
}

// Code returns the CAMEO code of the actor ("SYRREB", "---CVL" where the state is unknown), empty where nothing is known.
func (a *Actor) Code() string {
	switch {
	case a.State == "" && a.Role == "":
		return ""
	case a.State == "":
		return "---" + a.Role
	}
	return a.State + a.Role
}

// Event is one coded event. It is read-only once returned.
type Event struct {
	// Sent is the index in Document.Sentences.
	Sent int
	// Predicate is the index in Sentence.Words of the word that the event was read from.
	Predicate int
	// Source does it to Target, each actor to each. Either may be empty.
	Source, Target []Actor
	// Code is a CAMEO code of two to four digits, Type its PLOVER type, empty where PLOVER has none.
	Code, Type string
}

// Options say which events are returned.
type Options struct {
	// All returns every event that is found, not only the leading one of each sentence.
	All bool
}

// Coder codes events. It is safe for concurrent use.
type Coder struct {
	schema *schema.Schema
	events *schema.Events
	opt    Options

	spellings []spelling
}

// New returns a coder over the names of s and the tables of e.
func New(s *schema.Schema, e *schema.Events, opt Options) *Coder {
	return &Coder{schema: s, events: e, opt: opt, spellings: spellings(s)}
}

// Code returns the events of doc in text order; props are its propositions. As event data sets do, it takes one event of each
// sentence, the first that its main clause and then the clauses beside and below it have, unless all are asked for.
func (c *Coder) Code(doc *nlp.Document, props []extract.Proposition) []Event {
	var events []Event
	for first := 0; first < len(props); {
		last := first
		for last < len(props) && props[last].Sent == props[first].Sent {
			last++
		}
		events = append(events, c.sentence(doc, props[first:last])...)
		first = last
	}
	return events
}

// State returns the code of the state that the phrase of doc's first sentence, a name of an actor, belongs to ("Russian troops":
// RUS; of an international organisation IGO, of the United Nations UNO, of the European Union EUR), empty where it is unknown.
func (c *Coder) State(doc *nlp.Document) string {
	if len(doc.Sentences) == 0 || len(doc.Sentences[0].Words) == 0 {
		return ""
	}
	var none extract.Proposition
	none.Head, none.Mended = -1, extract.Repair(&doc.Sentences[0], nil)
	s := newSentence(c, doc, []extract.Proposition{none})
	head := 0
	all := make([]int, len(s.words))
	for i := range s.words {
		all[i] = i
		if s.words[i].Head < 0 {
			head = i
		}
	}
	if n := s.nameOf(head, all); n != nil {
		return n.code()
	}
	return ""
}

func (c *Coder) sentence(doc *nlp.Document, props []extract.Proposition) []Event {
	s := newSentence(c, doc, props)
	var found []*reading
	used := map[int]bool{} // predicates that another reading has taken in, be it that nothing came of it ("might want to leave")
	for _, cl := range s.clauses {
		rd := s.read(cl, 0)
		if rd.code != "" {
			found = append(found, rd)
		}
		for _, h := range rd.below {
			used[h] = true
		}
	}
	found = append(found, s.nouns()...)
	var events []Event
	for _, strong := range [2]bool{true, false} {
		for _, rd := range found {
			if rd.statement() == strong || used[rd.head] {
				continue
			}
			list := s.pairs(rd)
			if rd.counter != "" {
				list = append(list, s.counter(rd)...)
			}
			for _, e := range list {
				e.Source, e.Target = s.namedOnly(e.Source), s.namedOnly(e.Target)
				if rd.plain && !(known(e.Source) && known(e.Target)) {
					continue // a bare verb of the dictionary says little
				}
				if known(e.Source) || known(e.Target) || !rd.plain && len(e.Source) > 0 {
					events = append(events, e)
				}
			}
			if len(events) > 0 && !c.opt.All {
				return events
			}
		}
	}
	return events
}

// reading is what a clause or noun says before its actors are looked up.
type reading struct {
	head           int
	code           string
	source, target []Actor
	below          []int  // predicates whose event is part of this one
	plain          bool   // no pattern asked for more than the bare word
	counter        string // what the target does at the same time, as the visitor of a host
}

// statement says whether the reading is but a statement, which any other event of the sentence goes before.
func (r *reading) statement() bool {
	return r.code == "010" || r.code == "020" || r.plain && (strings.HasPrefix(r.code, "01") || strings.HasPrefix(r.code, "02"))
}

// pairs pairs the actors of rd: one event for each source; the members of a symmetric event with each other.
func (s *sentence) pairs(rd *reading) []Event {
	e := Event{Sent: s.sent, Predicate: rd.head, Code: rd.code, Source: rd.source, Target: rd.target}
	if code := s.events.Code(rd.code); code != nil {
		e.Type = code.Type
		if code.Symmetric && states(rd.source) > 1 && within(rd.target, rd.source) {
			var pairs []Event
			for i := range rd.source {
				for j := i + 1; j < len(rd.source); j++ {
					p := e
					p.Source, p.Target = rd.source[i:i+1], rd.source[j:j+1]
					pairs = append(pairs, p)
				}
			}
			return pairs
		}
	}
	if root := s.events.Root(rd.code); root != nil && root.Own && len(e.Target) == 0 {
		for _, a := range e.Source {
			if a.State != "" && a.State != "IGO" && a.State != "IMG" {
				e.Target = []Actor{{State: a.State}}
				break
			}
		}
	}
	s.infer(&e)
	// Each state acts for itself; who has none, acts with the one before: "Israeli planes and tanks".
	each := []Event{e}
	for i := range e.Source {
		p := &each[len(each)-1]
		switch st := e.Source[i].State; {
		case i == 0:
			p.Source = e.Source[:1:1]
		case st == "" || st == p.Source[0].State || p.Source[0].State == "":
			p.Source = append(p.Source, e.Source[i])
		default:
			q := e
			q.Source = e.Source[i : i+1 : i+1]
			each = append(each, q)
		}
	}
	return each
}

// within says whether the states of list are all among those of others.
func within(list, others []Actor) bool {
	for i := range list {
		if st := list[i].State; st != "" && !slices.ContainsFunc(others, func(a Actor) bool { return a.State == st }) {
			return false
		}
	}
	return true
}

// states counts the states of list.
func states(list []Actor) int {
	seen := map[string]bool{}
	for i := range list {
		if list[i].State != "" {
			seen[list[i].State] = true
		}
	}
	return len(seen)
}

// counter returns the event that the target of rd is the source of.
func (s *sentence) counter(rd *reading) []Event {
	if !known(rd.source) || !known(rd.target) {
		return nil
	}
	return s.pairs(&reading{head: rd.head, code: rd.counter, source: rd.target, target: rd.source})
}

// infer fills in the states that a sentence leaves out because they are those that it is about: who acts without a state has that
// of the place or of the other side, who suffers without one that of who acts; what a state does to its own people has no agent in
// the passive.
func (s *sentence) infer(e *Event) {
	if len(e.Source) == 0 {
		if c := s.byHead[e.Predicate]; c != nil && c.passive && stateAct(e.Code) {
			for i := range s.names {
				n := &s.names[i]
				if s.inPlace(n) && s.inside(n.last, e.Predicate) && !amid(n, e.Target) {
					e.Source = []Actor{{State: n.state}}
					break
				}
			}
		}
	}
	if len(e.Source) > 0 && !known(e.Source) && s.people(e.Source) {
		st := ""
		for _, placed := range [2]bool{true, false} {
			for i := range s.names {
				n := &s.names[i]
				if st == "" && (s.inPlace(n) || !placed && n.first < e.Predicate) && s.governs(n) &&
					(placed && n.place || !amid(n, e.Target)) {
					st = n.state
				}
			}
			if root := s.events.Root(e.Code); st == "" && len(e.Target) > 0 && root != nil && root.Own {
				st = e.Target[0].State
			}
		}
		if st != "IGO" && st != "IMG" {
			for i := range e.Source {
				e.Source[i].State = st
			}
		}
	}
	if !known(e.Target) {
		// Whatever other state the clause names behind its predicate: "threatened to leave if Chad attacks".
		for i := range s.names {
			n := &s.names[i]
			if n.first > e.Predicate && s.governs(n) && s.inside(n.last, e.Predicate) && len(e.Source) > 0 &&
				n.state != e.Source[0].State {
				e.Target = []Actor{s.named(n)}
				break
			}
		}
	}
	if len(e.Target) > 0 && !known(e.Target) && s.people(e.Target) {
		st := ""
		for i := range s.names {
			if n := &s.names[i]; st == "" && (n.place || s.inPlace(n)) && s.inside(n.last, e.Predicate) && !amid(n, e.Source) {
				st = n.state
			}
		}
		if st == "" && len(e.Source) > 0 {
			st = e.Source[0].State
		}
		if st != "IGO" && st != "IMG" {
			for i := range e.Target {
				e.Target[i].State = st
			}
		}
	}
}

// amid says whether n is part of the phrase of one of list.
func amid(n *name, list []Actor) bool {
	return slices.ContainsFunc(list, func(a Actor) bool { return slices.Contains(a.Words, n.first) })
}

// inPlace says whether name n, or the noun that it belongs to, stands behind "in".
func (s *sentence) inPlace(n *name) bool {
	at := n.last
	for range 2 {
		for _, k := range s.kids[at] {
			if s.words[k].Deprel == "case" && lower(s.words[k].Form) == "in" {
				return true
			}
		}
		switch s.words[at].Deprel {
		case "nmod:poss", "compound", "amod", "flat": // "in Chad's capital"
			at = s.words[at].Head
		default:
			return false
		}
	}
	return false
}

// governs says whether name n is not inside a clause that reports the event ("…, Belgrade radio said").
func (s *sentence) governs(n *name) bool {
	for i := n.first; i >= 0 && i != s.words[i].Head; i = s.words[i].Head {
		if s.words[i].Deprel == "parataxis" {
			return false
		}
	}
	return true
}

// stateAct says whether events of code are mostly done by the authorities of a place: inquiries, arrests, bans.
func stateAct(code string) bool {
	return strings.HasPrefix(code, "09") || strings.HasPrefix(code, "17") || code == "116"
}

// people says whether list names persons or people by what they are, not a body by its own name, which may belong anywhere.
func (s *sentence) people(list []Actor) bool {
	return slices.ContainsFunc(list, func(a Actor) bool {
		for _, i := range a.Words {
			// "Coalition forces": troops of a name that the gazetteers lack are not of the country.
			if w := &s.words[i]; a.Role == "MIL" && capital(w.Form) && s.nameAt(i) == nil && !strings.HasSuffix(w.NER, "PER") &&
				s.events.AgentRole(lower(w.Lemma)) == "" {
				return false
			}
		}
		if a.Role != "" {
			return true
		}
		return slices.ContainsFunc(a.Words, func(i int) bool {
			w := &s.words[i]
			return w.UPOS == "NOUN" && s.animate(i) || w.UPOS == "PROPN" && strings.HasSuffix(w.NER, "PER")
		})
	})
}

// namedOnly leaves out of list what is neither known nor somebody: things, and pronouns that stand for nobody known.
func (s *sentence) namedOnly(list []Actor) []Actor {
	return slices.DeleteFunc(slices.Clone(list), func(a Actor) bool {
		return a.Code() == "" && !slices.ContainsFunc(a.Words, s.animate)
	})
}
