package extract

// relative says whether k is a relative pronoun or a phrase with one ("whose leader", "most of which").
func (r *reader) relative(k int) bool {
	switch r.Words[k].XPOS {
	case "WDT", "WP", "WP$":
		return true
	}
	if lower(r.Words[k].Form) == "that" && r.Words[k].UPOS == "PRON" && r.Words[k].Feat("PronType") == "Rel" {
		return true
	}
	return r.child(k, "nmod:poss") >= 0 && r.Words[r.child(k, "nmod:poss")].XPOS == "WP$"
}
