package nlp

import "slices"

// bucket returns the number of bounds that n reaches.
func bucket(n int, bounds ...int) uint8 {
	k := 0
	for k < len(bounds) && n >= bounds[k] {
		k++
	}
	return uint8(k)
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// unit maps 0…1 to 0…top.
func unit(x float32, top int) uint8 {
	return uint8(min(max(x, 0), 1)*float32(top) + .5)
}

// Numbers of features.
const (
	noneWidth   = 39 + len(SemanticClasses)
	optionWidth = 95
)

// noneFeatures appends what says that r begins a chain or is alone.
func (c *corefScratch) noneFeatures(x []uint8, i int) []uint8 {
	r := &c.refs[i]
	words := 0
	for _, w := range r.words {
		for _, j := range c.lastWith[w] {
			if int(j) >= i {
				break
			}
			if !overlap(r, &c.refs[j]) {
				words++
				break
			}
		}
	}
	x = append(x, r.kind, r.pro, r.det, r.role, r.class, r.number, r.gender, r.ner,
		bit(r.possessive), bit(r.reflexive), bit(r.group), bit(r.part), bit(r.expletive), bit(r.quoted), bit(r.clausal), bit(r.modified),
		bit(r.postmodified),
		bucket(int(r.last-r.first), 1, 2, 3, 4, 6, 8, 12),
		bucket(int(r.sent), 1, 2, 4, 8, 16, 32, 64),
		bucket(int(r.first), 1, 2, 4, 8, 16, 32),
		min(r.depth, 5),
		bucket(int(c.heads[r.lemma]), 1, 2, 3, 4, 6, 8, 12, 20),
		bucket(int(r.earlier), 1, 2, 3, 5, 10),
		min(c.texts[r.text], 20),
		bucket(len(r.words), 1, 2, 3, 4, 6),
		bucket(words, 1, 2, 3),
		bit(r.predicate >= 0), bit(r.speaks),
		bucket(len(c.cands), 1, 3, 6, 10, 15, 20, 30), c.dialogue, bit(r.main))
	for _, p := range r.classes {
		x = append(x, p/4)
	}
	x = append(x, r.status[:]...)
	return append(x, bit(r.possessor != 0)+2*bit(r.count != 0), r.rarity, c.spokeBefore(i), r.inName)
}

// spokeBefore is 0 where the speaker of "I" is unknown, 1 where it is the first that he says, 2 where it is not.
func (c *corefScratch) spokeBefore(i int) uint8 {
	r := &c.refs[i]
	if r.says == 0 {
		return 0
	}
	return 1 + bit(c.lastWith[-r.says][0] < int32(i))
}

// textsBefore is the number of referents before i with its words.
func (c *corefScratch) textsBefore(i int) int32 { return int32(c.refs[i].repeats) }

// portion is 0 where none of the phrases before had id, else 1 to 9 by the share of them that a cluster with counts of ids has.
func portion(counts []uint8, ids []int32, id, all int32) uint8 {
	if all == 0 {
		return 0
	}
	k := slices.Index(ids, id)
	if k < 0 {
		return 1
	}
	return 1 + unit(float32(counts[k])/float32(all), 8)
}

func overlap(a, b *referent) bool {
	return a.sent == b.sent && a.first <= b.last && b.first <= a.last
}

// agreement returns 0 where two values differ, 1 where one is unknown, 2 where they are the same.
func agreement(a, b uint8) uint8 {
	switch {
	case a == 0 || b == 0:
		return 1
	case a == b:
		return 2
	}
	return 0
}

// sameID returns 0 where both are missing, 1 where one is, 2 where they differ, 3 where they are the same.
func sameID(a, b int32) uint8 {
	switch {
	case a == 0 && b == 0:
		return 0
	case a == 0 || b == 0:
		return 1
	case a != b:
		return 2
	}
	return 3
}

func subset(a, b []int32) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// optionFeatures appends what says that referent i means the same as the earlier one j, the n-th nearest candidate, with agreeing
// nearer ones that agree with it as well.
func (c *corefScratch) optionFeatures(m *model, x []uint8, i, j, n, agreeing int) []uint8 {
	a, b := &c.refs[i], &c.refs[j]
	k := &c.clusters[c.of[j]]
	dist := int(a.sent - b.sent)
	common := 0
	for _, w := range a.words {
		if slices.Contains(b.words, w) {
			common++
		}
	}
	share := uint8(0)
	if u := len(a.words) + len(b.words) - common; u > 0 {
		share = uint8(8 * common / u)
	}
	var dot, kdot int
	ksum := 0
	for q := range a.classes {
		dot += int(a.classes[q]) * int(b.classes[q])
		kdot += int(a.classes[q]) * int(k.classes[q])
		ksum += int(k.classes[q])
	}
	if ksum > 0 {
		kdot = kdot * 15 / (63 * ksum)
	}
	nested := uint8(0)
	if overlap(a, b) {
		nested = 1
		if a.role == rolePossessive {
			nested = 2
		}
	}
	appos := uint8(0)
	if a.sent == b.sent {
		switch {
		case a.predicate == b.head && a.role == roleApposition:
			appos = 1
		case a.predicate == b.head:
			appos = 2
		case b.predicate == a.head:
			appos = 3
		case a.kind == kindClause && b.verb == a.verb && b.pro == proIt:
			appos = 4
		}
	}
	sameVerb := uint8(0)
	if a.sent == b.sent && a.verb >= 0 && a.verb == b.verb {
		sameVerb = 1
		if a.role <= roleOblique && b.role <= roleOblique {
			sameVerb = 2
		}
	}
	quote := bit(a.quoted)*2 + bit(b.quoted)
	if quote == 3 && a.quote == b.quote {
		quote = 4
	}
	speaker := uint8(0)
	if dist <= 1 {
		switch {
		case a.quoted && !b.quoted && (a.pro == proI || a.pro == proWe) && b.speaks:
			speaker = 1
		case b.quoted && !a.quoted && (b.pro == proI || b.pro == proWe) && a.speaks:
			speaker = 2
		}
	}
	nerAgree := uint8(1)
	switch {
	case a.ner == 0 && b.ner == 0:
		nerAgree = 2
	case a.ner != 0 && b.ner != 0 && a.ner != b.ner:
		nerAgree = 0
	case a.ner != 0 && a.ner == b.ner:
		nerAgree = 3
	}
	kGender := uint8(1)
	if a.gender == masculine || a.gender == feminine {
		same, other := k.masc, k.fem
		if a.gender == feminine {
			same, other = other, same
		}
		switch {
		case same > other:
			kGender = 3
		case other > same:
			kGender = 0
		case same > 0:
			kGender = 2
		}
	}
	kNumber := uint8(1)
	if a.number != 0 {
		same, other := k.sing, k.plur
		if a.number == plural {
			same, other = other, same
		}
		switch {
		case same > 0 && other == 0:
			kNumber = 3
		case same > 0:
			kNumber = 2
		case other > 0:
			kNumber = 0
		}
	}
	above := uint8(0) // how far up the subject stands that the phrase hangs below
	if a.sent == b.sent && b.role == roleSubject {
		for n, h := range a.above {
			if h >= 0 && h == b.verb {
				above = uint8(n + 1)
				break
			}
		}
	}
	var near float32
	if a.kind == kindNominal {
		for _, v := range k.vectors {
			near = max(near, m.cosine(a.vector, v))
		}
	}
	extra, missing := false, false // words that narrow one and not the other
	if a.lemma == b.lemma {
		extra, missing = !subset(a.words, b.words), !subset(b.words, a.words)
	}
	x = append(x,
		bucket(dist, 1, 2, 3, 4, 6, 10, 20, 40),
		bucket(i-j, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64),
		bit(a.text == b.text),
		bit(a.lemma == b.lemma),
		bit(slices.Contains(b.words, a.lemma)),
		bit(slices.Contains(a.words, b.lemma)),
		bit(len(a.words) > 0 && subset(a.words, b.words))+2*bit(len(b.words) > 0 && subset(b.words, a.words)),
		share,
		bit(acronym(a, b)),
		agreement(a.number, b.number),
		agreement(a.gender, b.gender),
		uint8(dot*15/(63*63)),
		uint8(kdot),
		nerAgree,
		unit(m.cosine(a.vector, b.vector), 20),
		nested, appos, sameVerb, quote, speaker,
		a.kind, a.pro, a.det, a.role, a.class, a.number, a.gender,
		b.kind, b.pro, b.det, b.role, b.class, b.number, b.gender,
		bit(a.role == b.role), bit(a.pro != 0 && a.pro == b.pro),
		bit(a.group)+2*bit(b.group), bit(a.part)+2*bit(b.part), bit(a.reflexive), bit(a.possessive),
		bit(extra)+2*bit(missing),
		bucket(int(b.last-b.first), 1, 2, 3, 5, 8), bucket(int(a.last-a.first), 1, 2, 3, 5, 8),
		bucket(n, 1, 2, 3, 4, 6, 8, 12, 20), bucket(agreeing, 1, 2, 3, 5, 8),
		bucket(int(b.sent), 1, 2, 4, 8), bucket(int(b.first), 1, 3, 6, 12), min(b.depth, 4),
		bucket(int(k.size), 2, 3, 4, 6, 9, 14, 20), bucket(int(a.sent-c.refs[k.last].sent), 1, 2, 3, 5, 10),
		bit(k.named), kGender, kNumber,
		bit(slices.Contains(k.texts, a.text)), bit(slices.Contains(k.lemmas, a.lemma)),
		bit(len(a.words) > 0 && subset(a.words, k.words)),
		bit(k.last == int32(j)), min(k.pronoun, 5), min(k.nominals, 5), min(k.names, 5),
		bit(a.governor == b.governor && a.verb != b.verb),
		unit(m.cosine(a.governorVector, b.vector), 20),
		bit(a.clausal)+2*bit(a.expletive), bit(b.modified), bit(a.modified), bit(a.postmodified)+2*bit(b.postmodified),
		min(c.texts[a.text], 20), b.ner,
		above, bit(a.speaks), bit(b.speaks), bit(k.spoke), bit(b.main), c.dialogue, unit(near, 20),
		a.status[statusAlone], a.status[statusBack], b.status[statusAlone], b.status[statusFirst],
		sameID(a.possessor, b.possessor), sameID(a.count, b.count),
		min(k.subjects, 8), bucket(int(a.sent-k.begins), 1, 2, 3, 5, 10, 20, 40),
		sameID(a.speaker, b.speaker), a.rarity, bucket(int(a.earlier), 1, 2, 3, 5, 10),
		portion(k.textCounts, k.texts, a.text, c.textsBefore(i)), portion(k.lemmaCounts, k.lemmas, a.lemma, a.earlier),
		unit(float32(k.size)/float32(i+1), 60),
		a.inName, b.inName, a.status[statusNone], b.status[statusNone], c.address(i, j),
		unit(m.cosine(a.governorVector, b.governorVector), 20),
	)
	return x
}

// address tells what the turns of a transcript say of i and the chain of the earlier j: 0 nothing; of "you" and who says "I" whether he is
// who spoke before (3), speaks next (2), both (4), or another (1); so of "I" and of whom "you" means; of other phrases whether the chain
// is that of who says it (5) or of another one who speaks (6); of a name whether it is that of who says "I" (7), of "I" and "you" whether
// the name is that of the speaker or of who spoke before or next (8).
func (c *corefScratch) address(i, j int) uint8 {
	a, b := &c.refs[i], &c.refs[j]
	k := &c.clusters[c.of[j]]
	t := &c.turn[a.sent]
	switch {
	case t.speaker == 0 || a.quoted:
		return 0
	case k.says != 0 && c.labelled(k.says, a):
		return 7
	case a.says != 0 && c.labelled(a.says, b), a.pro == proYou && (c.labelled(t.before, b) || c.labelled(t.after, b)):
		return 8
	case a.pro == proYou && k.says != 0:
		return 1 + bit(k.says == t.after) + 2*bit(k.says == t.before)
	case a.pro == proI && b.pro == proYou && !b.quoted:
		u := &c.turn[b.sent]
		return 1 + bit(t.speaker == u.after) + 2*bit(t.speaker == u.before)
	case a.pro != proYou && a.pro != proI && k.says != 0:
		return 6 - bit(k.says == t.speaker)
	}
	return 0
}

// acronym says whether one of two names is made of the initials of the other.
func acronym(a, b *referent) bool {
	return a.short != 0 && a.short == b.initials || b.short != 0 && b.short == a.initials
}

const (
	maxCandidates = 40
	nearSentences = 3
	maxWithWord   = 4
	maxRecent     = 12
)

// candidates puts the earlier referents that i may mean the same as into c.cands, the nearest first.
func (c *corefScratch) candidates(i int) {
	a := &c.refs[i]
	c.cands, c.barred = c.cands[:0], c.barred[:0]
	for j := i - 1; j >= 0 && c.refs[j].sent == a.sent; j-- {
		if another(a, &c.refs[j]) {
			c.barred = append(c.barred, c.of[j])
		}
	}
	may := func(j int32) bool {
		return possible(a, &c.refs[j]) && !clash(a, &c.clusters[c.of[j]]) && !slices.Contains(c.barred, c.of[j])
	}
	definite := a.det == detThe || a.det == detThis || a.det == detPossessive
	near := int32(1)
	switch {
	case a.kind == kindPronoun, a.kind == kindAdverb:
		near = nearSentences
	case definite:
		near = 2
	}
	for j := i - 1; j >= 0 && len(c.cands) < maxCandidates; j-- {
		b := &c.refs[j]
		if a.sent-b.sent > near {
			break
		}
		if may(int32(j)) {
			c.cands = append(c.cands, int32(j))
		}
	}
	from := int32(i)
	if n := len(c.cands); n > 0 {
		from = c.cands[n-1]
	}
	add := func(id int32) {
		list := c.lastWith[id]
		n := 0
		for k := len(list) - 1; k >= 0 && n < maxWithWord; k-- {
			j := list[k]
			if j >= from || c.marks[j] == int32(i) || !may(j) {
				continue
			}
			c.marks[j] = int32(i)
			c.cands = append(c.cands, j)
			n++
		}
	}
	if a.kind == kindPronoun {
		if a.says != 0 {
			add(-a.says)
			for _, w := range c.labels[a.says] {
				add(w)
			}
		}
		if t := &c.turn[a.sent]; a.pro == proYou && t.speaker != 0 && !a.quoted {
			add(-t.before)
			add(-t.after)
		}
		if a.pro != proOne {
			add(a.text)
			add(a.lemma)
		}
		return
	}
	if definite || a.kind == kindAdverb {
		for n := len(c.recent) - 1; n >= max(0, len(c.recent)-maxRecent); n-- {
			j := c.clusters[c.recent[n]].last
			if j < from && c.marks[j] != int32(i) && may(j) {
				c.marks[j] = int32(i)
				c.cands = append(c.cands, j)
			}
		}
	}
	add(a.lemma)
	if a.kind == kindName {
		for _, w := range a.words {
			if w != a.lemma {
				add(w)
			}
		}
		for _, id := range c.labels[a.lemma] {
			add(-id)
		}
		if a.short != 0 {
			add(-a.short)
		}
		if a.initials != 0 {
			add(-a.initials)
		}
	}
}

// another says whether two phrases of one sentence, one of them a pronoun, mean different things by their places in it: two arguments of
// one verb, conjuncts of one list, or "he" or "she" and a name below the verb of which that is the subject. (Firms are named again
// there: it said Lund's shares fell.) b stands before a.
func another(a, b *referent) bool {
	if a.kind != kindPronoun && b.kind != kindPronoun || a.reflexive || b.reflexive || a.kind == kindClause ||
		a.pro == proOne || b.pro == proOne || a.role == roleApposition || a.kind == kindPronoun && a.pro == b.pro && a.pro <= proYou {
		return false
	}
	if a.verb >= 0 && a.verb == b.verb && a.role <= roleOblique && b.role <= roleOblique && a.cases && b.cases {
		return true
	}
	if a.kind == kindName && b.role == roleSubject && (b.pro == proHe || b.pro == proShe) {
		for _, h := range a.above {
			if h >= 0 && h == b.verb {
				return true
			}
		}
	}
	return false
}

// possible leaves out what can't mean the same by form.
func possible(a, b *referent) bool {
	if a.sent == b.sent && a.head == b.head {
		return false
	}
	if a.kind == kindPronoun && a.pro != proOne && b.kind == kindPronoun && b.pro != proOne {
		if a.number != 0 && b.number != 0 && a.number != b.number && a.pro != proThis && a.pro != proThat && a.pro != proIt {
			return false
		}
		if a.gender != 0 && b.gender != 0 && a.gender != b.gender {
			return false
		}
	}
	if a.says != 0 && b.says != 0 && a.says != b.says {
		return false
	}
	if a.speaker != 0 && a.speaker == b.speaker && !a.quoted && !b.quoted && (a.pro == proI && b.pro == proYou || a.pro == proYou && b.pro == proI) {
		return false
	}
	if a.onePerson && several(b) || several(a) && b.onePerson {
		return false
	}
	if b.kind == kindAdverb && b.lemma != a.lemma && a.kind == kindPronoun && a.pro <= proShe {
		return false
	}
	return !(a.gender == masculine && b.gender == feminine || a.gender == feminine && b.gender == masculine)
}

// several says whether r is a plural noun, a list, or a pronoun for several that none uses of one.
func several(r *referent) bool {
	return r.number == plural && (r.kind == kindNominal || r.group || r.pro == proWe || r.pro == proThese || r.pro == proThose)
}

// clash says whether k, by any of its members, can't be what a means: a chain has no "he" and "she", nor "she" and "the boys", nor "he"
// and Norway.
func clash(a *referent, k *cluster) bool {
	switch {
	case a.kind == kindName && len(a.words) < 2: // the gender of a last name is a guess
	case a.gender == feminine && k.he || a.gender == masculine && k.she:
		return true
	case (a.pro == proHe || a.pro == proShe) && k.thing || a.pro == proIt && k.person && k.named && (k.he || k.she):
		return true
	case a.pro == proHe && k.fem > 0 && k.masc == 0 || a.pro == proShe && k.masc > 0 && k.fem == 0:
		return true
	}
	return a.onePerson && k.several || several(a) && k.person || a.says != 0 && k.says != 0 && a.says != k.says
}

// join puts referent i into the cluster of j, or into one of its own where j < 0.
func (c *corefScratch) join(i, j int) {
	r := &c.refs[i]
	if j < 0 {
		c.of[i] = int32(len(c.clusters))
		if n := len(c.clusters); n < cap(c.clusters) {
			c.clusters = c.clusters[:n+1]
			k := &c.clusters[n]
			*k = cluster{texts: k.texts[:0], textCounts: k.textCounts[:0], lemmas: k.lemmas[:0], lemmaCounts: k.lemmaCounts[:0],
				words: k.words[:0], vectors: k.vectors[:0]}
		} else {
			c.clusters = append(c.clusters, cluster{})
		}
	} else {
		c.of[i] = c.of[j]
	}
	count := func(n *uint8) {
		if *n < 200 {
			*n++
		}
	}
	k := &c.clusters[c.of[i]]
	if k.size++; k.size == 1 {
		k.begins = r.sent
	}
	if r.says != 0 {
		k.says = r.says
	}
	k.he = k.he || r.pro == proHe
	k.she = k.she || r.pro == proShe
	k.person = k.person || r.onePerson
	k.several = k.several || several(r)
	k.thing = k.thing || r.noPerson
	if r.role == roleSubject {
		count(&k.subjects)
	}
	k.last = int32(i)
	k.spoke = k.spoke || r.speaks
	if k.size > 1 {
		for n := len(c.recent) - 1; n >= 0; n-- {
			if c.recent[n] == c.of[i] {
				c.recent = slices.Delete(c.recent, n, n+1)
				break
			}
		}
		c.recent = append(c.recent, c.of[i])
	}
	if r.kind != kindPronoun && r.vector >= 0 && len(k.vectors) < 4 && !slices.Contains(k.vectors, r.vector) {
		k.vectors = append(k.vectors, r.vector)
	}
	switch r.kind {
	case kindName:
		k.named = true
		count(&k.names)
		if len(r.words) > len(k.words) {
			k.words = append(k.words[:0], r.words...)
		}
	case kindPronoun:
		count(&k.pronoun)
	default:
		count(&k.nominals)
		if !k.named && len(r.words) > len(k.words) {
			k.words = append(k.words[:0], r.words...)
		}
	}
	switch r.gender {
	case masculine:
		count(&k.masc)
	case feminine:
		count(&k.fem)
	}
	switch r.number {
	case singular:
		count(&k.sing)
	case plural:
		count(&k.plur)
	}
	k.texts, k.textCounts = countID(k.texts, k.textCounts, r.text)
	k.lemmas, k.lemmaCounts = countID(k.lemmas, k.lemmaCounts, r.lemma)
	if r.kind != kindPronoun && k.classes[0] < 1<<15 {
		for q, p := range r.classes {
			k.classes[q] += uint16(p)
		}
	}
}

// countID counts id among the first dozen of ids.
func countID(ids []int32, counts []uint8, id int32) ([]int32, []uint8) {
	if k := slices.Index(ids, id); k >= 0 {
		counts[k] = min(counts[k]+1, 200)
	} else if len(ids) < 12 {
		return append(ids, id), append(counts, 1)
	}
	return ids, counts
}
