package settle

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/graph"
)

// Reuse of words is looked for sentence by sentence: the shingles of a sentence are its pairs of neighbouring words, sentences with
// equal bands of MinHash values (Broder 1997) are candidates, and each candidate pair is compared by its whole sets. So an article
// that took over two paragraphs of another is found as well as one that was sent again with a word mended.

const (
	// Thirty bands of three values: two sentences whose sets are alike to s share a band with the probability 1-(1-s³)³⁰, .999 at .6
	// and .98 at .5.
	bands    = 30
	bandRows = 3
	// minSame is the Jaccard coefficient from which two sentences are one passage. One word of twenty changed leaves .81, two .68.
	minSame = 0.6
	// minPassage is the number of words from which a sentence is told by them: "The company said so." is nobody's.
	minPassage = 7
	// minDuplicate is the Jaccard coefficient of the shingles of two articles from which they are near-duplicates.
	minDuplicate = 0.5
	// minContained is the share of the shorter of two articles in the longer, from which one is an update of the other.
	minContained = 0.8
	// minUpdate is the number of shingles from which that share counts: two stored sentences may be those that every bond issue has.
	minUpdate = 45
	// minCommon is the number of shingles that near-duplicates have in common at least, maxApart the number of days between them: what
	// comes again after that is a form that is filled in every month.
	minCommon = 20
	maxApart  = 7
	// maxPassage is how many articles a passage may stand in and still bring them together as candidates: what stands in more is
	// the outlet's own ("Reporting by …").
	maxPassage = 100
)

// reuse is what articles have in common.
type reuse struct {
	passage    map[graph.IRI]int // of a sentence that stands in several articles, the index of its passage
	passages   [][]int           // indices in Facts.Sentences, each of two or more articles; sorted by the first sentence
	duplicates [][2]int          // indices in Facts.Articles, sorted
}

// shingled is a sentence as its set of shingles.
type shingled struct {
	set     []uint64 // sorted
	numbers []uint64 // sorted
	marks   []uint64 // numbers and names, sorted
	words   int
}

// words calls fn with each word of text in lower case, letters and digits of any script with the points, commas and hyphens inside, and
// whether it tells this sentence from others of its form: a number, or a name by its capital.
func words(text string, fn func(w string, number, name bool)) {
	first := true
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			text = text[n:]
			continue
		}
		end, number := 0, false
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if unicode.IsDigit(r) {
				number = true
			} else if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				next, _ := utf8.DecodeRuneInString(text[end+n:])
				if !(r == '.' || r == ',' || r == '-' || r == '\'' || r == '/') || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
					break
				}
			}
			end += n
		}
		fn(strings.ToLower(text[:end]), number, !first && unicode.IsUpper(r))
		first = false
		text = text[end:]
	}
}

// hashWord is FNV-1a.
func hashWord(w string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(w); i++ {
		h = (h ^ uint64(w[i])) * 1099511628211
	}
	return h
}

// mix is the finalizer of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func shingle(text string) (s shingled) {
	var last uint64
	words(text, func(w string, number, name bool) {
		h := hashWord(w)
		if s.words > 0 {
			s.set = append(s.set, mix(last*31+h))
		}
		last = h
		if s.words++; number {
			s.numbers = append(s.numbers, h)
		}
		if number || name {
			s.marks = append(s.marks, h)
		}
	})
	for _, list := range []*[]uint64{&s.set, &s.numbers, &s.marks} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return s
}

// minhash gives the least value of each of bands*bandRows hash functions over set.
func minhash(set []uint64, out *[bands * bandRows]uint64) {
	for i := range out {
		out[i] = ^uint64(0)
	}
	for _, x := range set {
		y := x
		for i := range out {
			y = y*0x9e3779b97f4a7c15 + uint64(i)*0xd1342543de82ef95 + 1
			out[i] = min(out[i], y^bits.RotateLeft64(y, 31))
		}
	}
}

// common is the number of elements that two sorted sets have in common.
func common(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

func jaccard(a, b []uint64) float64 {
	n := common(a, b)
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// samePassage says whether two sentences are one, perhaps edited. Forms that companies and weather offices fill in differ in little
// but their numbers, so two thirds of those of either have to be the other's.
func samePassage(a, b *shingled) bool {
	return jaccard(a.set, b.set) >= minSame && 3*common(a.numbers, b.numbers) >= 2*max(len(a.numbers), len(b.numbers))
}

// sets are disjoint sets of the numbers below their length; the least is the name of each.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	i, j = s.find(i), s.find(j)
	s[max(i, j)] = min(i, j)
}

// findReuse compares all sentences of f.
func findReuse(f *graph.Facts) *reuse {
	r := &reuse{passage: map[graph.IRI]int{}}
	shingles := make([]shingled, len(f.Sentences))
	type entry struct {
		key  uint64
		sent int32
	}
	var table []entry
	var sig [bands * bandRows]uint64
	for i := range f.Sentences {
		shingles[i] = shingle(f.Sentences[i].Text)
		if shingles[i].words < minPassage {
			continue
		}
		minhash(shingles[i].set, &sig)
		for b := range bands {
			key := uint64(b)
			for _, v := range sig[b*bandRows : (b+1)*bandRows] {
				key = mix(key*31 + v)
			}
			table = append(table, entry{key, int32(i)})
		}
	}
	slices.SortFunc(table, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.sent, b.sent))
	})
	joined := newSets(len(f.Sentences))
	for from := 0; from < len(table); {
		to := from + 1
		for to < len(table) && table[to].key == table[from].key {
			to++
		}
		// In a bucket of very many sentences each is compared with the first of every passage found so far.
		var firsts []int
		for _, e := range table[from:to] {
			s := int(e.sent)
			found := false
			for _, t := range firsts {
				if joined.find(s) == joined.find(t) {
					found = true
				} else if samePassage(&shingles[s], &shingles[t]) {
					joined.join(s, t)
					found = true
				}
			}
			if !found && len(firsts) < maxPassage {
				firsts = append(firsts, s)
			}
		}
		from = to
	}
	members := map[int][]int{}
	for i := range f.Sentences {
		if shingles[i].words >= minPassage {
			root := joined.find(i)
			members[root] = append(members[root], i)
		}
	}
	article := make(map[graph.IRI]int, len(f.Articles))
	for i := range f.Articles {
		article[f.Articles[i].ID] = i
	}
	pairs := map[[2]int]bool{}
	for i := range f.Sentences {
		m := members[i]
		if len(m) < 2 {
			continue
		}
		in := map[int]bool{}
		for _, s := range m {
			in[article[f.Sentences[s].Article]] = true
		}
		if len(in) < 2 {
			continue
		}
		for _, s := range m {
			r.passage[f.Sentences[s].ID] = len(r.passages)
		}
		r.passages = append(r.passages, m)
		if len(in) > maxPassage {
			continue
		}
		for a := range in {
			for b := range in {
				if a < b {
					pairs[[2]int{a, b}] = true
				}
			}
		}
	}
	r.duplicates = duplicates(f, article, shingles, pairs)
	return r
}

// apart says whether more than maxApart days lie between two articles; those without a date are of any.
func apart(a, b *graph.Article) bool {
	if a.Published.IsZero() || b.Published.IsZero() {
		return false
	}
	d := dayOf(a.Published) - dayOf(b.Published)
	return d > maxApart || d < -maxApart
}

// duplicates returns the pairs of articles among candidates that mostly have the same words in all.
func duplicates(f *graph.Facts, article map[graph.IRI]int, sentences []shingled, candidates map[[2]int]bool) (found [][2]int) {
	whole := make(map[int]*shingled)
	for pair := range candidates {
		whole[pair[0]], whole[pair[1]] = &shingled{}, &shingled{}
	}
	for i := range f.Sentences {
		if a := whole[article[f.Sentences[i].Article]]; a != nil {
			a.set, a.marks = append(a.set, sentences[i].set...), append(a.marks, sentences[i].marks...)
		}
	}
	for _, a := range whole {
		slices.Sort(a.set)
		slices.Sort(a.marks)
		a.set, a.marks = slices.Compact(a.set), slices.Compact(a.marks)
	}
	for pair := range candidates {
		a, b := whole[pair[0]], whole[pair[1]]
		n, least := float64(common(a.set, b.set)), min(len(a.set), len(b.set))
		if n < minCommon || apart(&f.Articles[pair[0]], &f.Articles[pair[1]]) {
			continue
		}
		if (n >= minDuplicate*(float64(len(a.set)+len(b.set))-n) || n >= minContained*float64(least) && least >= minUpdate) &&
			4*common(a.marks, b.marks) >= 3*min(len(a.marks), len(b.marks)) {
			found = append(found, pair)
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return found
}
