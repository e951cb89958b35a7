package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Range is characters of a text, the end outside, as graph.Span counts them.
type Range struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// Exactness says how a name fits what was typed; the smaller the better.
type Exactness uint8

const (
	Exact    Exactness = iota // the whole name
	Prefix                    // the name, or one of its words and what follows, begins with it
	AnyOrder                  // each word typed begins a word of the name
	OneTypo                   // the same, where one letter is other, missing, too many or changes places with its neighbour
	TwoTypos
)

// EntityHit is an entity that a text may name.
type EntityHit struct {
	Entity    Ref
	Name      string // the name that fits best: the label or an alias
	Exactness Exactness
	Marks     []Range // characters of Name that fit; none of a name with typos
}

// names finds entities by their names. Read-only once made.
type names struct {
	list []name
	// starts are the words of all names, sorted by the folded text from there to the end of the name.
	starts []start
	words  []word // the different words, sorted
}

type name struct {
	entity Ref
	alias  int32  // place in Entity.Aliases; -1 for the label
	folded string // words with one space between
}

type start struct{ name, at int32 }

// word is a word with its first and last place in starts, the end outside.
type word struct {
	text       string
	begin, end int32
}

// unmarked are letters that Unicode does not decompose.
var unmarked = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ħ", "h",
	"ı", "i", "ŋ", "n")

// fold makes the letters of a word small and takes their marks away: "Łódź" is "lodz".
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			goto slow
		}
	}
	return s
slow:
	s = strings.ToLower(s)
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return unmarked.Replace(strings.ToLower(strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return r
				}
				return -1
			}, norm.NFKD.String(s))))
		}
	}
	return s
}

// tokens calls fn with the words of s, which begin and end at these bytes. An apostrophe or a point between letters parts no word:
// "U.S.", "O'Neill"; the last point of "U.S." is left out.
func tokens(s string, fn func(begin, end int)) {
	begin := -1
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || begin >= 0 && unicode.Is(unicode.Mn, r) {
			if begin < 0 {
				begin = i
			}
			continue
		}
		if begin >= 0 && (r == '\'' || r == '’' || r == '.' || r == ',') {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			last, _ := utf8.DecodeLastRuneInString(s[:i])
			if r == ',' && unicode.IsDigit(last) && unicode.IsDigit(next) ||
				r != ',' && (unicode.IsLetter(next) || unicode.IsDigit(next) && r == '.') {
				continue
			}
		}
		if begin >= 0 {
			fn(begin, i)
			begin = -1
		}
	}
	if begin >= 0 {
		fn(begin, len(s))
	}
}

// bare is a token without what stands between its letters: "U.S" is "US", "Assad's" is "Assad".
func bare(s string) string {
	if n := len(s); n > 2 && (s[n-1] == 's' || s[n-1] == 'S') {
		if s[n-2] == '\'' {
			s = s[:n-2]
		} else if t := strings.TrimSuffix(s[:n-1], "’"); len(t) < n-1 {
			s = t
		}
	}
	if !strings.ContainsAny(s, "'’.,") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || r == '.' || r == ',' {
			return -1
		}
		return r
	}, s)
}

// foldWords folds the words of s, with one space between.
func foldWords(s string) string {
	var b strings.Builder
	tokens(s, func(begin, end int) {
		w := fold(bare(s[begin:end]))
		if b.Len() > 0 && w != "" {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	})
	return b.String()
}

func makeNames(entities []Entity) *names {
	t := &names{}
	for i := range entities {
		e := &entities[i]
		for j := -1; j < len(e.Aliases); j++ {
			text := e.Label
			if j >= 0 {
				text = e.Aliases[j]
			}
			folded := foldWords(text)
			same := false // as an earlier name of it
			for k := len(t.list) - 1; k >= 0 && t.list[k].entity == Ref(i) && !same; k-- {
				same = t.list[k].folded == folded
			}
			if folded != "" && !same {
				t.list = append(t.list, name{Ref(i), int32(j), folded})
			}
		}
	}
	for i := range t.list {
		s := t.list[i].folded
		for at := 0; ; {
			t.starts = append(t.starts, start{int32(i), int32(at)})
			next := strings.IndexByte(s[at:], ' ')
			if next < 0 {
				break
			}
			at += next + 1
		}
	}
	slices.SortFunc(t.starts, func(a, b start) int {
		return cmp.Or(strings.Compare(t.from(a), t.from(b)), cmp.Compare(a.name, b.name), cmp.Compare(a.at, b.at))
	})
	t.findWords()
	return t
}

// from is the text from a start on.
func (t *names) from(s start) string { return t.list[s.name].folded[s.at:] }

func firstWord(s string) string {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

func (t *names) findWords() {
	for i, s := range t.starts {
		w := firstWord(t.from(s))
		if n := len(t.words); n == 0 || t.words[n-1].text != w {
			t.words = append(t.words, word{w, int32(i), 0})
		}
		t.words[len(t.words)-1].end = int32(i + 1)
	}
	// A space sorts before every letter of a word, so a word's starts stand together.
}

// Complete finds the entities that a text typed so far may name: with a name of which it is the beginning or the beginning of a word,
// whatever marks and capitals; then with its words in any order; then, where these are fewer than limit, with a typo or, in long words,
// two. The better fit comes first, of several words with typos or in another order a name without further words, then the entity of
// more claims.
func (x *Index) Complete(typed string, limit int) []EntityHit {
	query := foldWords(typed)
	if query == "" || limit <= 0 {
		return nil
	}
	t := x.names
	words := strings.Split(query, " ")
	best := map[Ref]found{}
	take := func(n int32, e Exactness, at int32) {
		ent := t.list[n].entity
		f := found{n, at, e, e > Prefix && len(words) > 1 && strings.Count(t.list[n].folded, " ") >= len(words)}
		if old, ok := best[ent]; !ok || f.before(&old) {
			best[ent] = f
		}
	}
	from, to := t.withPrefix(query)
	worst := Ref(len(x.Entities)) // one of more claims than this may be among the first
	for _, s := range t.starts[from:to] {
		n := &t.list[s.name]
		switch {
		case s.at == 0 && len(n.folded) == len(query):
			take(s.name, Exact, 0)
		case n.entity <= worst:
			if take(s.name, Prefix, s.at); len(best) >= 8*limit+64 {
				worst = keepFirst(best, limit)
			}
		}
	}
	if len(best) < limit && len(words) > 1 {
		t.anyOrder(words, func(n int32) { take(n, AnyOrder, -1) })
	}
	for typos := 1; typos <= 2 && len(best) < limit; typos++ {
		t.fuzzy(words, typos, func(n int32) { take(n, OneTypo+Exactness(typos-1), -1) })
	}
	hits := make([]found, 0, len(best))
	for _, f := range best {
		hits = append(hits, f)
	}
	slices.SortFunc(hits, func(a, b found) int { // entities are numbered by their claims
		return cmp.Or(a.fit(&b), cmp.Compare(t.list[a.name].entity, t.list[b.name].entity))
	})
	hits = hits[:min(limit, len(hits))]
	out := make([]EntityHit, len(hits))
	for i, f := range hits {
		n := &t.list[f.name]
		e := &x.Entities[n.entity]
		out[i] = EntityHit{Entity: n.entity, Name: e.Label, Exactness: f.exactness}
		if n.alias >= 0 {
			out[i].Name = e.Aliases[n.alias]
		}
		out[i].Marks = markNames(out[i].Name, words, f)
	}
	return out
}

// keepFirst drops all but the entities of most claims, limit of them and those of whom best has the whole name, and gives the last.
func keepFirst(best map[Ref]found, limit int) Ref {
	list := slices.Sorted(maps.Keys(best))
	last := list[limit-1]
	for e, f := range best {
		if e > last && f.exactness != Exact {
			delete(best, e)
		}
	}
	return last
}

type found struct {
	name, at  int32 // at is the byte in its folded text, -1 where several words fit
	exactness Exactness
	longer    bool // it has further words
}

func (f *found) fit(g *found) int {
	if c := cmp.Compare(f.exactness, g.exactness); c != 0 || f.longer == g.longer {
		return c
	} else if f.longer {
		return 1
	}
	return -1
}

// before says that f is the better way to find one entity: names stand with the label first.
func (f *found) before(g *found) bool {
	return cmp.Or(f.fit(g), cmp.Compare(f.name, g.name), cmp.Compare(f.at, g.at)) < 0
}

// withPrefix gives the starts that begin with s.
func (t *names) withPrefix(s string) (from, to int) {
	from, _ = slices.BinarySearchFunc(t.starts, s, func(e start, s string) int { return strings.Compare(t.from(e), s) })
	to, _ = slices.BinarySearchFunc(t.starts[from:], s, func(e start, s string) int {
		if strings.HasPrefix(t.from(e), s) {
			return -1
		}
		return 1
	})
	return from, from + to
}

// anyOrder calls fn with the names of which each of words begins another word.
func (t *names) anyOrder(words []string, fn func(name int32)) {
	from, to := 0, len(t.starts) // of the rarest
	for _, w := range words {
		if f, e := t.withPrefix(w); e-f < to-from {
			from, to = f, e
		}
	}
	last := int32(-1)
	for _, s := range t.starts[from:to] {
		if s.name != last && beginWords(t.list[s.name].folded, words) {
			fn(s.name)
			last = s.name
		}
	}
}

// beginWords says whether each of words begins a word of name, no two of them the same.
func beginWords(name string, words []string) bool {
	parts := strings.Split(name, " ")
	if len(parts) < len(words) {
		return false
	}
	// The longest first, so that "a al" finds its own.
	list := slices.Clone(words)
	slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	for _, w := range list {
		i := slices.IndexFunc(parts, func(p string) bool { return p != "" && strings.HasPrefix(p, w) })
		if i < 0 {
			return false
		}
		parts[i] = ""
	}
	return true
}

// typosIn is how many typos a word may have: short ones would fit nearly everything.
func typosIn(w string, most int) int {
	switch n := utf8.RuneCountInString(w); {
	case n < 4:
		return 0
	case n < 7:
		return min(1, most)
	}
	return most
}

// fuzzy calls fn with the names that have a word for each of words, with at most so many typos in each; the last need only begin one.
func (t *names) fuzzy(words []string, typos int, fn func(name int32)) {
	var names map[int32]int // the words that each has so far
	for i, w := range words {
		next := map[int32]int{}
		t.similar([]rune(w), typosIn(w, typos), i == len(words)-1, func(v *word) {
			for _, s := range t.starts[v.begin:v.end] {
				if names == nil || names[s.name] == i {
					next[s.name] = i + 1
				}
			}
		})
		if names = next; len(names) == 0 {
			return
		}
	}
	for n := range names {
		fn(n)
	}
}

// similar calls fn with the words at most so many edits from w: a letter changed, left out, put in, or two neighbours that changed
// places. With prefix, it is enough that a word begins so. Words come sorted, so that those with the same beginning share its work.
func (t *names) similar(w []rune, typos int, prefix bool, fn func(*word)) {
	n := len(w)
	rows := [][]int{make([]int, n+1)} // rows[i][j]: edits from the first i letters of the word to the first j of w
	for j := range rows[0] {
		rows[0][j] = j
	}
	var letters []rune // of the word before, as far as rows go
	var dead int       // so many letters of it are too far from any beginning of w; 0 if none are
	for k := 0; k < len(t.words); k++ {
		v := &t.words[k]
		text := []rune(v.text)
		same := 0
		for same < len(letters) && same < len(text) && letters[same] == text[same] {
			same++
		}
		if dead > 0 && same >= dead {
			continue
		}
		dead = 0
		letters = append(letters[:same], text[same:]...)
		for len(rows) <= len(letters) {
			rows = append(rows, make([]int, n+1))
		}
		ok := false
		if prefix {
			for i := 0; i <= same && !ok; i++ {
				ok = rows[i][n] <= typos && i > 0
			}
		}
		for i := same + 1; i <= len(letters) && !ok; i++ {
			row, above := rows[i], rows[i-1]
			row[0] = i
			least := i
			for j := 1; j <= n; j++ {
				d := above[j-1]
				if letters[i-1] != w[j-1] {
					d = 1 + min(d, above[j], row[j-1])
				}
				if i > 1 && j > 1 && letters[i-1] == w[j-2] && letters[i-2] == w[j-1] {
					d = min(d, 1+rows[i-2][j-2])
				}
				row[j] = d
				least = min(least, d)
			}
			if prefix && row[n] <= typos {
				ok = true
				letters = letters[:i] // rows beyond are not of this word
			} else if least > typos {
				// A change of places can save one more from two rows above.
				if i == 1 || slices.Min(rows[i-1]) > typos-1 {
					dead = i
					letters = letters[:i]
					break
				}
			}
		}
		if dead == 0 && !ok && len(letters) == len(text) {
			ok = rows[len(text)][n] <= typos
		}
		if ok {
			fn(v)
		}
	}
}

// markNames are the characters of a name that fit the words typed.
func markNames(name string, words []string, f found) (marks []Range) {
	switch f.exactness {
	case Exact:
		return []Range{{0, utf8.RuneCountInString(name)}}
	case Prefix, AnyOrder:
	default:
		return nil
	}
	used := make([]bool, len(words))
	folded := int32(0) // bytes of the folded text so far
	next := 0          // of words, of a prefix
	tokens(name, func(begin, end int) {
		text := fold(bare(name[begin:end]))
		fits := -1
		if f.exactness == Prefix {
			if folded >= f.at && next < len(words) && strings.HasPrefix(text, words[next]) {
				fits = next
				next++
			}
		} else {
			for i, w := range words {
				if !used[i] && strings.HasPrefix(text, w) && (fits < 0 || len(w) > len(words[fits])) {
					fits = i
				}
			}
			if fits >= 0 {
				used[fits] = true
			}
		}
		if fits >= 0 {
			from := utf8.RuneCountInString(name[:begin])
			marks = append(marks, Range{from, from + foldedRunes(name[begin:end], len(words[fits]))})
		}
		folded += int32(len(text)) + 1
	})
	return marks
}

// foldedRunes is how many characters of a token give so many bytes of its folded text.
func foldedRunes(token string, bytes int) (n int) {
	for i := range token {
		if len(fold(bare(token[:i]))) >= bytes {
			return n
		}
		n++
	}
	return n
}
