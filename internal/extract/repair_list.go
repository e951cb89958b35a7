package extract

// Misreadings of lists of names.

// namesAfterOf: no verb has two subjects: in "officials of Peru, Chile and Cuba agreed", read as officials of Peru and Chile agreeing, what
// follows the comma is listed with the name after "of". y is the second subject.
func (r *repairer) namesAfterOf(y int) {
	w := r.s.Words
	v := w[y].Head
	if w[y].UPOS != "PROPN" || w[y].Deprel != "nsubj" || v < y || r.find(y, "conj") < 0 || r.caseBefore(y) >= 0 {
		return
	}
	n := r.find(v, "nsubj")
	if n < 0 || n >= y || w[n].XPOS != "NNS" || !isAgentNoun(w[n].Lemma) {
		return
	}
	x := r.find(n, "nmod")
	if x < n || x > y || w[x].UPOS != "PROPN" {
		return
	}
	if c := r.caseBefore(x); c < 0 || lower(w[c].Form) != "of" {
		return
	}
	if first := r.leftmost(y); w[first].Form != "," && w[first-1].Form != "," {
		return
	}
	for k := x + 1; k < y; k++ {
		if w[k].Head == x && w[k].Deprel == "appos" && w[k].UPOS == "PROPN" {
			r.set(k, x, "conj")
		}
	}
	r.set(y, x, "conj")
}

// letters: two letters joined by "and" are one name: "S and P", "A and W".
func (r *repairer) letters(k int) {
	w := r.s.Words
	if k < 2 || len(w[k].Form) != 1 || !capitalised(w[k].Form) || w[k].Deprel != "conj" || w[k].Head != k-2 || len(w[k-2].Form) != 1 ||
		!capitalised(w[k-2].Form) || w[k-1].Head != k || lower(w[k-1].Form) != "and" && w[k-1].Form != "&" {
		return
	}
	r.set(k-1, k-2, "flat")
	r.set(k, k-2, "flat")
	r.tag(k-2, "PROPN", "NNP")
}
