package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Headlines leave out auxiliaries and articles and stand in capitals or title case, which hides their verbs: "ACME SETS STOCK
// SPLIT" is read as a split of a kind, "ACME TO BUY BOLT" as an Acme that is to buy.

// isHeadline says whether the sentence has no stop at its end and all its longer words have capitals.
func (r *repairer) isHeadline() bool {
	w := r.s.Words
	if len(w) < 3 || w[len(w)-1].UPOS == "PUNCT" && w[len(w)-1].XPOS == "." {
		return false
	}
	long := 0
	for i := range w {
		c, _ := utf8.DecodeRuneInString(w[i].Form)
		if utf8.RuneCountInString(w[i].Form) > 3 && unicode.IsLetter(c) {
			if !unicode.IsUpper(c) {
				return false
			}
			long++
		}
	}
	return long >= 2
}

// headline mends the sentence where it is a headline; it looks at the whole of it once, at its first word.
func (r *repairer) headline(i int) {
	if i > 0 || !r.isHeadline() {
		return
	}
	r.headlineNoun()
	r.headlineVerb()
	r.headlineInfinitive()
	r.headlinePassive()
}

// headlineNoun: no verb but a few has a bare infinitive behind it: "DENIES SHARE SALE RUMOUR", read as sharing a rumour.
func (r *repairer) headlineNoun() {
	for v := 2; v < len(r.s.Words); v++ {
		w := r.s.Words
		h := w[v].Head
		if h >= 0 && h < v && (w[v].Deprel == "xcomp" || w[v].Deprel == "ccomp") && r.splitNoun(v) {
			r.tag(v, "NOUN", "NN")
			r.set(v-1, v, "compound")
			r.set(v, h, "obj")
			continue
		}
		if w[v].XPOS != "VB" || w[v].Deprel != "xcomp" || h < 0 || h >= v || w[h].UPOS != "VERB" || w[h].XPOS == "VB" ||
			r.find(v, "mark", "aux") >= 0 || r.find(h, "obj") >= 0 && r.find(h, "obj") < v {
			continue
		}
		switch w[h].Lemma {
		case "help", "let", "make", "see", "watch", "have", "dare", "need", "go", "come":
			continue
		}
		o := r.find(v, "obj")
		r.tag(v, "NOUN", "NN")
		if o != v+1 && (o < 0 || r.leftmost(o) != v+1) {
			r.set(v, h, "obj")
			continue
		}
		r.set(o, h, "obj")
		for k := o + 1; k < min(len(w), o+reach); k++ {
			if r.s.Words[k].Head == v {
				r.set(k, o, "nmod")
			}
		}
		r.set(v, o, "compound")
	}
}

// headlineVerb finds the verb of a headline that was read as one long noun: a word that can be a verb in the present tense
// between two nominals.
func (r *repairer) headlineVerb() {
	w := r.s.Words
	root := r.root()
	for k := range w {
		if (w[k].UPOS == "VERB" || w[k].UPOS == "AUX") && w[k].XPOS != "VB" && !r.splitNoun(k) &&
			r.find(k, "nsubj", "nsubj:pass") >= 0 && w[k].Deprel != "amod" && w[k].Deprel != "compound" &&
			w[k].Deprel != "acl:relcl" {
			return // it has its verb
		}
	}
	if root < 0 || w[root].UPOS == "VERB" && !r.splitNoun(root) && (w[root].XPOS != "VB" ||
		r.find(root, "aux", "mark", "nsubj") < 0 || r.find(root, "aux", "mark") >= 0) {
		return
	}
	for v := 1; v+1 < len(w); v++ {
		base := r.presentOf(v)
		if base == "" || !r.nominalAt(v-1) && w[v-1].XPOS != "-RRB-" && w[v-1].UPOS != "ADJ" {
			continue
		}
		if n := &w[v+1]; n.UPOS == "ADP" && !particles[lower(n.Form)] && w[v].XPOS != "VBZ" || n.UPOS == "PUNCT" ||
			n.UPOS == "CCONJ" || n.UPOS == "VERB" {
			continue
		}
		r.readAround(v)
		r.tag(v, "VERB", "VBZ")
		r.s.Words[v].Lemma = base
		return
	}
}

// splitNoun says whether k, tagged as a participle at the end, can be a noun of the same form: "STOCK SPLIT".
func (r *repairer) splitNoun(k int) bool {
	w := r.s.Words
	n := r.find(k, "nsubj")
	return k == len(w)-1 && w[k].XPOS == "VBN" && n == k-1 && n > 1 && r.find(k, "aux", "aux:pass") < 0 &&
		lower(w[k].Form) == w[k].Lemma
}

var particles = words(`up down out off back over`)

// presentOf returns the base form of word v where it can be a verb in the third person, "" where not.
func (r *repairer) presentOf(v int) string {
	w := &r.s.Words[v]
	if w.XPOS == "VBZ" && (w.Deprel == "compound" || w.Deprel == "amod") {
		return w.Lemma
	}
	if w.UPOS != "NOUN" && w.UPOS != "PROPN" {
		return ""
	}
	f := lower(w.Form)
	for _, base := range []string{strings.TrimSuffix(f, "s"), strings.TrimSuffix(f, "es"), strings.TrimSuffix(f, "ies") + "y"} {
		if base != f && headlineVerbs[base] && (base+"s" == f || base+"es" == f || strings.TrimSuffix(base, "y")+"ies" == f) {
			return base
		}
	}
	return ""
}

// readAround makes v the root, the nominal before it its subject and the one behind it its object.
func (r *repairer) readAround(v int) {
	w := r.s.Words
	inside := func(k, from, to int) bool { return k >= from && k < to }
	var left, right []int // words whose head is on the other side
	for k := range w {
		switch h := w[k].Head; {
		case k < v && !inside(h, 0, v):
			left = append(left, k)
		case k > v && !inside(h, v+1, len(w)):
			right = append(right, k)
		}
	}
	r.set(v, -1, "root")
	subject := -1
	for n := len(left) - 1; n >= 0; n-- {
		k := left[n]
		if subject < 0 && w[k].UPOS != "PUNCT" && r.caseBefore(k) < 0 {
			subject = k
			r.set(k, v, "nsubj")
		}
	}
	for _, k := range left {
		if k == subject {
			continue
		}
		switch {
		case subject < 0 || k > subject:
			r.set(k, v, w[k].Deprel)
		case r.caseBefore(k) >= 0:
			r.set(k, subject, "nmod")
		case w[k].UPOS == "ADJ":
			r.set(k, subject, "amod")
		case w[k].UPOS == "PUNCT":
			r.set(k, subject, "punct")
		default:
			r.set(k, subject, "compound")
		}
	}
	// What follows without preposition is one phrase, whose last word is its head.
	run := -1
	for n, k := range right {
		if w[k].UPOS == "PUNCT" && w[k].Form != "-" || w[k].UPOS == "ADV" || w[k].UPOS == "VERB" ||
			r.caseBefore(k) >= 0 || w[k].UPOS == "ADP" {
			break
		}
		if r.nominalAt(k) {
			run = n
		}
	}
	object := false
	for n, k := range right {
		if n < run {
			rel := "compound"
			switch w[k].UPOS {
			case "NUM":
				rel = "nummod"
			case "ADJ":
				rel = "amod"
			case "PUNCT":
				rel = "punct"
			}
			r.set(k, right[run], rel)
			continue
		}
		switch rel := r.s.Words[k].Deprel; {
		case w[k].UPOS == "PUNCT":
			r.set(k, v, "punct")
		case w[k].UPOS == "ADV":
			r.set(k, v, "advmod")
		case r.caseBefore(k) >= 0:
			r.set(k, v, "obl")
		case w[k].UPOS == "VERB" && r.find(k, "mark") >= 0:
			r.set(k, v, "xcomp")
		case !object:
			object = true
			if w[k].UPOS == "VERB" && (r.find(k, "nsubj", "aux") < 0 || r.splitNoun(k)) {
				r.tag(k, "NOUN", "NN")
				if n := r.find(k, "nsubj"); n >= 0 {
					r.set(n, k, "compound")
				}
			}
			if r.clauseAt(k) {
				r.set(k, v, "ccomp")
			} else {
				r.set(k, v, "obj")
			}
		default:
			if rel == "root" || rel == "compound" {
				rel = "obl:unmarked"
			}
			r.set(k, v, rel)
		}
	}
}

func (r *repairer) clauseAt(k int) bool {
	return r.s.Words[k].UPOS == "VERB" || r.find(k, "cop", "nsubj") >= 0
}

// headlineInfinitive: "ACME TO BUY BOLT": what Acme is to do.
func (r *repairer) headlineInfinitive() {
	for v := 2; v < len(r.s.Words); v++ {
		w := r.s.Words
		if w[v].XPOS != "VB" || r.find(v, "nsubj", "nsubj:pass") >= 0 {
			continue
		}
		to := r.find(v, "mark")
		if to < 1 || to > v || lower(w[to].Form) != "to" {
			continue
		}
		n := w[v].Head
		if w[v].Deprel == "acl" && n >= 0 && n < to && w[n].Deprel == "nsubj" && w[n].Head > v && speech[w[w[n].Head].Lemma] {
			// "ACME TO BUY BOLT, CHAIRMAN SAYS"
			says := w[n].Head
			if speaker, _ := r.among(says, v, says, "nsubj"); speaker >= 0 {
				r.set(v, says, "ccomp")
				r.set(n, v, "nsubj")
			}
			continue
		}
		switch {
		case w[v].Deprel == "acl" && n >= 0 && n < to && w[n].Head < 0 && r.find(n, "cop", "nsubj") < 0 && r.nominalAt(n):
			r.makeSubject(n, v)
			return
		case w[v].Deprel == "advcl" && n > v && speech[w[n].Lemma]:
			first, _ := r.among(n, 0, to, "nsubj")
			if speaker, _ := r.among(n, v, n, "nsubj"); first >= 0 && speaker >= 0 {
				r.set(v, n, "ccomp")
				r.set(first, v, "nsubj")
			}
		}
	}
}

// headlinePassive: the participle of a headline is passive: "PRICES SEEN FALLING", "OFFICIAL SENTENCED IN PARIS"; what happened
// is told in the present.
func (r *repairer) headlinePassive() {
	for v := 1; v < len(r.s.Words); v++ {
		w := r.s.Words
		if !r.past(v) || w[v].UPOS != "VERB" || r.find(v, "aux", "aux:pass", "obj", "ccomp") >= 0 || intransitive[w[v].Lemma] {
			continue
		}
		s := r.find(v, "nsubj")
		x := r.find(v, "xcomp")
		if s < 0 || s > v {
			continue
		}
		if w[v].XPOS == "VBN" || x > v && (speech[w[v].Lemma] || belief[w[v].Lemma] || asking[w[v].Lemma] ||
			w[v].Lemma == "see") || r.find(v, "obl:agent") > v {
			r.set(s, v, "nsubj:pass")
			r.tag(v, "VERB", "VBN")
		}
	}
}

// headlineParticiple: so it is in a headline with capitals on names alone, of a verb that has an object in the active: "Man stabbed
// at station".
func (r *repairer) headlineParticiple(v int) {
	w := r.s.Words
	if w[v].Head >= 0 || !transitive[w[v].Lemma] || w[len(w)-1].UPOS == "PUNCT" ||
		r.find(v, "aux", "aux:pass", "obj", "ccomp", "nsubj:pass") >= 0 {
		return
	}
	if s := r.find(v, "nsubj"); s >= 0 && s < v && v+1 < len(w) {
		r.set(s, v, "nsubj:pass")
		r.tag(v, "VERB", "VBN")
	}
}
