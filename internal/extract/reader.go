package extract

import "slices"

// reader walks one sentence from its root down and collects what its clauses say.
type reader struct {
	*tree
	out  []Proposition
	read []bool // clause heads that were read
	// core, rest and args are memory for the arguments of a clause: see emit.
	core, rest, args []Argument
	kept             []Argument // memory for the arguments that are kept: see room
	clauses          []clause   // memory for clauses: see newClause
	// subjects and stands are the subjects and the status of the clauses read so far, by the head of the clause.
	subjects map[int][]int
	stands   map[int]status
	// asides are the clauses that only name the speaker of another ("he said"), according the sources of "according to", by the head
	// of the clause that they say.
	asides    map[int]bool
	according map[int]int
}

// reset makes r read t anew. The list of what it read before is overwritten, but not the lists of arguments.
func (r *reader) reset(t *tree) {
	r.tree, r.out = t, r.out[:0]
	r.read = append(r.read[:0], make([]bool, len(t.Words))...)
	if r.subjects == nil {
		r.subjects, r.stands, r.asides, r.according = map[int][]int{}, map[int]status{}, map[int]bool{}, map[int]int{}
	}
	clear(r.subjects)
	clear(r.stands)
	clear(r.asides)
	clear(r.according)
}

// frame is what a clause takes over from the clause or noun above it.
type frame struct {
	status
	subject    []int // heads of the subject, nil where there is none
	object     int   // object shared by conjoined verbs, -1 for none
	chain      []int // words of the governing predicates: "has failed" above "to reach"
	antecedent int   // noun that a relative or participial clause describes, -1 for none
	derived    bool  // another proposition says it in full
	backshift  bool  // reported in the past tense: "would" is the "will" of the speaker
	fronted    []int // times before the subject that conjoined verbs share: "In May she wrote and sold a book"
}

func (r *reader) top(st status) frame { return frame{status: st, object: -1, antecedent: -1} }

// keep adds p to what the sentence says, without arguments that name nothing; it returns false where the subject or the
// second argument is one of them.
func (r *reader) keep(p Proposition) bool {
	if p.Rule == "svo" && p.Lemma == "be" && len(p.Predicate.Words) == 0 {
		return false // a subject without a verb: a misreading
	}
	args := r.room(len(p.Args))
	for n := range p.Args {
		if a := &p.Args[n]; r.names(a.Words) && r.names(a.Minimal.Words) && !r.beheaded(a) && !r.unanswered(a) {
			args = append(args, *a)
		} else if n == 0 || n == 1 && (a.Role == Subject || a.Role == Object || a.Role == Attribute || !r.unanswered(a) || p.Rule != "svo" && p.Rule != "passive") {
			return false
		}
	}
	if len(args) == 1 && len(p.Args) > 1 && lower(r.Words[p.Args[1].Head].Form) != "how" {
		return false // "no idea who to vote for"; but they failed to agree how to do it
	}
	if len(args) > 1 && args[0].Head != args[1].Head && r.alike(args[0].Words, args[1].Words) {
		return false // a pronoun of the same name, or a misreading
	}
	p.Args = args
	r.out = append(r.out, p)
	return true
}

// room returns empty memory for n arguments.
func (r *reader) room(n int) []Argument {
	if cap(r.kept)-len(r.kept) < n {
		r.kept = make([]Argument, 0, max(n, 32))
	}
	from := len(r.kept)
	r.kept = r.kept[:from+n]
	return r.kept[from : from : from+n]
}

// unanswered says whether a is no more than a question word or a relative pronoun, which names nothing: "who", "of which", "how much".
func (r *reader) unanswered(a *Argument) bool {
	asks := false
	for _, k := range a.Words {
		switch w := &r.Words[k]; {
		case w.XPOS == "WDT" && lower(w.Form) != "that", w.XPOS == "WP", w.XPOS == "WRB":
			asks = true
		case w.UPOS == "ADP", w.UPOS == "PUNCT":
		case k > 0 && lower(r.Words[k-1].Form) == "how" && w.UPOS != "VERB" && w.UPOS != "NOUN":
		default:
			return false
		}
	}
	return asks
}

// beheaded says whether a has lost its noun: "a wide" of "a wide, though narrowing, gap".
func (r *reader) beheaded(a *Argument) bool {
	if a.Role != Subject && a.Role != Object || a.Head < 0 || r.Words[a.Head].XPOS != "JJ" || r.Words[a.Head].UPOS != "ADJ" {
		return false
	}
	d := r.child(a.Head, "det")
	f := ""
	if d >= 0 {
		f = lower(r.Words[d].Form)
	}
	return (f == "a" || f == "an") && a.Words[len(a.Words)-1] == a.Head
}

func (r *reader) add(rule string, p Predicate, st status, args ...Argument) {
	if rule == "title" || rule == "possessive" {
		for st.source != nil && st.source.Head < 0 { // what is taken for granted is told by who tells that something is said
			if st.source = nil; len(st.via) > 0 {
				a := st.via[0].Argument
				st.source, st.sourceSent, st.via = &a, st.via[0].Sent, st.via[1:]
			}
		}
	}
	q := r.proposition(rule, p, st, args...)
	switch rule {
	case "agent", "nmod", "compound", "helped":
		q.Derived = true // the clause or the phrase says it in full
	case "possessive":
		q.Derived = r.Words[args[0].Head].UPOS == "PRON"
	}
	r.keep(q)
}

// proposition returns what p says of args in status st.
func (r *reader) proposition(rule string, p Predicate, st status, args ...Argument) Proposition {
	return Proposition{Sent: r.sent, Mended: r.Sentence, Predicate: p, Args: args, Polarity: st.polarity, Modality: st.modality, Source: st.source,
		SourceSent: st.sourceSent, Via: st.via, Rule: rule}
}

// names says whether there is a word among words that can refer to something.
func (r *reader) names(words []int) bool {
	for _, i := range words {
		switch r.Words[i].UPOS {
		case "DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PART", "AUX":
		default:
			return true
		}
	}
	return false
}

// join returns a with b behind it, b itself behind nothing.
func join(a, b []int) []int {
	if len(a) == 0 {
		return slices.Clip(b)
	}
	return append(a, b...)
}

// merge returns the words of a and b, rising.
func merge(a, b []int) []int { return sorted(slices.Concat(a, b)) }

// sorted sorts words where they stand and returns them, each once.
func sorted(words []int) []int {
	slices.Sort(words)
	return slices.Compact(words)
}

// without returns words without those of cut.
func without(words, cut []int) []int {
	return omit(words, func(i int) bool { return slices.Contains(cut, i) })
}

// omit returns words without those that cut, asked once for each in turn, names; words itself where it names none.
func omit(words []int, cut func(i int) bool) []int {
	first := slices.IndexFunc(words, cut)
	if first < 0 {
		return slices.Clip(words)
	}
	out := append(make([]int, 0, len(words)-1), words[:first]...)
	for _, i := range words[first+1:] {
		if !cut(i) {
			out = append(out, i)
		}
	}
	return out
}

func seq(from, to int) []int {
	s := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		s = append(s, i)
	}
	return s
}
