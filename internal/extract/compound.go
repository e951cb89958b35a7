package extract

// compound: a participle tied to a noun by a hyphen is a passive of its own: "Russian-backed forces" are backed by Russia,
// a "Geneva-based group" is based in Geneva. i is the noun, k the participle.
func (r *reader) compound(i, k int, st status) {
	w := &r.Words[k]
	if w.XPOS != "VBN" && w.XPOS != "VBD" || k > i {
		return
	}
	if k < 2 || r.Words[k-1].UPOS != "PUNCT" || !r.tight(k-1) {
		return
	}
	first := k - 2 // wherever it hangs
	if r.Words[first].UPOS != "PROPN" && r.Words[first].UPOS != "NOUN" && r.Words[first].UPOS != "ADJ" {
		return
	}
	lemma := lower(w.Lemma)
	name := r.Words[first].UPOS == "PROPN" || gentilic(r.Words[first].Form)
	if !name && r.Words[first].UPOS == "ADJ" {
		return // "long-awaited"
	}
	if r.Words[i].Deprel == "nmod:desc" && isAgentNoun(r.Words[i].Lemma) && r.Words[i].Head > i {
		i = r.Words[i].Head // "Oslo-based analyst Lund"
	}
	thing := r.conjunct(i, Object, r.conjuncts(i))
	cut := r.subtree(nil, k, nil)
	thing.Words = r.trim(without(thing.Words, cut))
	if r.Words[i].UPOS == "PROPN" {
		thing.Minimal.Words = without(thing.Minimal.Words, cut)
	}
	pred := Predicate{Phrase: Phrase{Words: []int{k}, Head: k}, Lemma: lemma, Passive: true}
	from := first
	for from > 0 && len(r.Words[from].NER) > 2 && r.Words[from].NER[0] == 'I' {
		from-- // "New York-based"
	}
	for from > 0 && r.Words[from-1].UPOS == "PROPN" && (r.Words[from-1].Head == first || r.Words[first].Head == from-1) {
		from--
	}
	whole := Phrase{Words: seq(from, first+1), Head: first}
	other := Argument{Role: Subject, Phrase: whole, Minimal: whole}
	if tied := bound[lemma]; tied != "" {
		if name || agentive[lower(r.Words[first].Lemma)] {
			other.Role, other.Case = Oblique, tied // "government-linked firms"
			r.add("compound", pred, st, thing, other)
		}
		return
	}
	if sited[lemma] && !(lemma == "build" && gentilic(r.Words[first].Form)) { // "Peruvian-built": by Peruvians, wherever
		if !name {
			return // "market-based"
		}
		other.Role, other.Case = Place, "in"
		r.add("compound", pred, st, thing, other)
		return
	}
	if !name && !agentive[lower(r.Words[first].Lemma)] {
		return // "oil-fired"
	}
	r.add("compound", pred, st, other, thing)
}

// bound participles have before their hyphen what something is tied to, behind the preposition given.
var bound = map[string]string{"link": "to", "relate": "to", "tie": "to", "connect": "to", "affiliate": "with", "associate": "with",
	"align": "with", "ally": "with"}

var (
	// sited participles have before their hyphen where something is or comes from.
	sited = words(`base bear headquarter list register make build raise educate locate station domicile incorporate breed grow manufacture`)
	// agentive nouns act even as the first part of a compound.
	agentive = words(`government rebel opposition army military regime militant insurgent police coalition guerrilla separatist
		state family militia jihadist islamist terrorist company bank union church party president parliament`)
)
