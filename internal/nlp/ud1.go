package nlp

import "strings"

// ud1Relations are the relations of version 1 that version 2 only calls by another name.
var ud1Relations = map[string]string{"dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
	"name": "flat", "foreign": "flat", "mwe": "fixed", "remnant": "orphan", "nmod:npmod": "obl:npmod", "nmod:tmod": "obl:tmod",
	"nmod:agent": "obl:agent"}

// FromUD1 rewrites the relations of a tree in the labels of Universal Dependencies 1 (dobj, nsubjpass, nmod below a verb, name,
// mwe, neg) as those of version 2, in place, and returns whether there was any of them. Trees in version 2 stay as they are,
// mixed ones come out whole.
func (s *Sentence) FromUD1() bool {
	old := false
	for i := range s.Words {
		w := &s.Words[i]
		to := ud1Relations[w.Deprel]
		switch w.Deprel {
		case "neg":
			to = "advmod"
			if w.UPOS == "DET" {
				to = "det"
			}
		case "nmod":
			// Below a verb, an adjective or an adverb it is an oblique. A nominal predicate has either; what follows its noun
			// mostly belongs to that.
			if w.Head >= 0 {
				switch s.Words[w.Head].UPOS {
				case "VERB", "AUX", "ADJ", "ADV":
					to = "obl"
				}
			}
		case "acl":
			if s.hasRelative(i) {
				to = "acl:relcl"
			}
		}
		if to == "" {
			continue
		}
		if w.Deprel != "acl" {
			old = true
		}
		w.Deprel = to
	}
	if !old {
		return false
	}
	for i := range s.Words {
		w := &s.Words[i]
		// Version 1 hangs a conjunction from the first conjunct, version 2 from the one it stands before.
		if w.Deprel == "cc" && w.Head >= 0 && w.Head < i {
			for k := i + 1; k < len(s.Words); k++ {
				if s.Words[k].Deprel == "conj" && s.Words[k].Head == w.Head {
					w.Head = k
					break
				}
			}
		}
		if strings.EqualFold(w.Form, "not") && w.Deprel == "advmod" {
			w.UPOS = "PART"
		}
	}
	return true
}

// hasRelative says whether clause i has a relative pronoun among its dependents.
func (s *Sentence) hasRelative(i int) bool {
	for k := range s.Words {
		if s.Words[k].Head != i {
			continue
		}
		switch s.Words[k].XPOS {
		case "WDT", "WP", "WP$":
			return true
		}
	}
	return false
}
