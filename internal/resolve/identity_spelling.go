package resolve

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
)

// spelt says whether entry i is a free name of at least n bytes, folded, that rules of spelling compare.
func (x *identifier) spelt(i, n int) bool {
	e := &x.entries[i]
	return x.free(i) && len(e.folded) >= n && e.kind != kindUnknown && e.kind != kindOther && e.kind != kindEvent
}

// respelled brings the letters that writers choose for the sounds of other scripts to one: "Aleksandr", "Gaddafi", "al-Assad". Longest
// first.
var respelled = strings.NewReplacer("shch", "sh", "ander", "ander", "andr", "ander", "ye", "e", "sch", "sh", "tch", "ch",
	"tsch", "ch", "ks", "x", "kh", "h", "gh", "g", "dj", "j", "ph", "f", "iy", "i", "yi", "i", "ij", "i", "yy", "i", "ei", "e",
	"ey", "e", "ay", "ai", "ou", "u", "oo", "u", "ee", "i", "ie", "i", "ck", "k", "q", "k", "c", "k", "w", "v", "dh", "d", "th", "t", "tz", "ts", "y", "i", "ai", "e", "yo", "o", "io", "o", "ya", "ia")

// skeleton is what is left of a word when spellings are brought to one and letters are not doubled.
func skeleton(word string) string {
	s := respelled.Replace(respelled.Replace(word)) // what comes of one rule may be for another
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		if r != last || strings.ContainsRune("aeiou", r) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

var arabicArticles = set(`al el an as ar ash at ad az`)

// scripts merges spellings of one name of another script.
func (x *identifier) scripts() {
	for _, g := range x.alike(func(i int, e *entry) (string, bool) {
		if !x.spelt(i, 6) {
			return "", false
		}
		var form []string
		for n, w := range e.words {
			if arabicArticles[w] && n+1 < len(e.words) {
				w = "al"
				if n == 0 || len(e.words) > 2 {
					continue // "al-Assad" and "Assad"
				}
			}
			form = append(form, skeleton(w))
		}
		return strings.Join(form, " "), true
	}) {
		for _, k := range g.list {
			p, q := &x.entries[k], &x.entries[g.best]
			if k == g.best || p.kind != q.kind || p.known && q.known || !titleCased(p.Label) || !sameAcronyms(p.Label, q.Label) {
				continue
			}
			similarity, shared := x.company(k, g.best)
			score := .58 + min(.2, 2*similarity)
			if len(p.words) > 1 {
				score += .18
			}
			x.judge(k, g.best, ruleScript, score, fmt.Sprintf("%s and %s are read alike%s", p.quoted(), q.quoted(), x.evidence(shared, nil)))
		}
	}
}

// sameAcronyms says whether two names have the same words in capitals: letters of acronyms are no sounds.
func sameAcronyms(a, b string) bool {
	list := func(name string) (out []string) {
		for _, w := range strings.Fields(name) {
			if s := acronym(w); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	return slices.Equal(list(a), list(b))
}

// slips merges a rare name with a frequent one that is one letter away.
func (x *identifier) slips() {
	seed := maphash.MakeSeed() // only brings names together; what comes of it does not depend on it
	near := map[uint64][]int32{}
	for i := range x.entries {
		e := &x.entries[i]
		if !x.spelt(i, 7) || len(e.folded) > 60 {
			continue
		}
		keys := []uint64{maphash.String(seed, e.folded)}
		for k := range len(e.folded) {
			keys = append(keys, maphash.String(seed, e.folded[:k]+e.folded[k+1:]))
		}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			near[key] = append(near[key], int32(i))
		}
	}
	pairs := map[[2]int32]bool{}
	for _, list := range near {
		for a := range list {
			for b := a + 1; b < len(list) && b < a+20; b++ {
				pairs[[2]int32{list[a], list[b]}] = true
			}
		}
	}
	ordered := make([][2]int32, 0, len(pairs))
	for p := range pairs {
		ordered = append(ordered, p)
	}
	slices.SortFunc(ordered, func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) })
	for _, pr := range ordered {
		from, into := int(pr[0]), int(pr[1])
		if !x.better(from, into) {
			from, into = into, from
		}
		p, q := &x.entries[from], &x.entries[into]
		if x.merged(from) || p.kind != q.kind || p.known || len(p.words) != len(q.words) || !slip(p, q) {
			continue
		}
		similarity, shared := x.company(from, into)
		score := .5 + min(.2, 2*similarity)
		if len(p.words) > 1 {
			score += .1
		}
		if len(q.Articles) >= 5*len(p.Articles) {
			score += .1
		}
		if len(p.folded) > 12 {
			score += .05
		}
		x.judge(from, into, ruleSpelling, score, fmt.Sprintf("%s is one letter away from %s%s",
			p.quoted(), q.quoted(), x.evidence(shared, nil)))
	}
}

// slip says whether the difference of two names looks like one of the pen: in one longer word, not its first letter, no digit, not an
// ending that changes number, sex or origin.
func slip(p, q *entry) bool {
	for n := range p.words {
		a, b := p.words[n], q.words[n]
		if a == b {
			continue
		}
		if min(len(a), len(b)) < 5 || a[0] != b[0] || strings.ContainsAny(a+b, "0123456789") || !slices.Equal(p.words[n+1:], q.words[n+1:]) {
			return false
		}
		if len(a) > len(b) {
			a, b = b, a
		}
		k := 0
		for k < len(a) && a[k] == b[k] {
			k++
		}
		if len(a) < len(b) {
			return a[k:] == b[k+1:] && k < len(a) // a letter within, none at the end
		}
		if a[k+1:] == b[k+1:] {
			return k < len(a)-1
		}
		return k+1 < len(a) && a[k] == b[k+1] && a[k+1] == b[k] && a[k+2:] == b[k+2:]
	}
	return false
}
