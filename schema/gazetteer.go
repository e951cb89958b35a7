package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Gazetteer holds the long lists: cities, regions, companies, bodies, persons with their items of Wikidata, and lists of the user's
// own. It stands apart from Schema because only what reads articles needs it, and because one name in it may have many bearers, of
// which the reader has to choose. It is read-only after loadGazetteer returns it and then safe for concurrent use.
//
// The lists are kept as the text that they are; a table of hashes of names leads to their lines, and a line is read when somebody
// asks for it. So 80,000 names cost some milliseconds to load.
type Gazetteer struct {
	schema *Schema
	files  []*list
	// refs leads from names to lines: a hash table with linear probing, so that the lines of one name come in the order in which
	// they were put in.
	refs []listRef
	// most holds the greatest number of words of a name by the hash of its first word, with linear probing.
	most []firstWord
	iso  map[string]string // name of a state by its ISO 3166 alpha-2 or alpha-3 code
}

// list is a file of a Gazetteer.
type list struct {
	path    string
	text    string
	columns [listColumns]int // place in a line, -1 where the file does not have it
	own     bool             // the user's
	cities  bool
}

const (
	nameColumn = iota
	typeColumn
	stateColumn
	aliasColumn
	regionColumn
	peopleColumn
	prominenceColumn
	wikidataColumn
	flagColumn
	latColumn
	lonColumn
	listColumns
)

var listColumnNames = [listColumns]string{"name", "type", "state", "aliases", "region", "people", "prominence", "wikidata", "flags",
	"lat", "lon"}

type listRef struct {
	hash uint32
	file uint16
	used bool
	line uint32 // where the line begins in the text of its file
}

type firstWord struct {
	hash  uint32
	words uint8
}

// Bearer is one of those who bear a name in the lists.
type Bearer struct {
	Label  string // its own name ("Mumbai" for "Bombay")
	Type   string // node type
	State  string // the state that it is in or belongs to, empty where unknown
	Region string // of a city: the province or federal state
	// Prominence is from 3 to 8: of a place about the power of ten of its people; the user's own stand above all.
	Prominence int
	Wikidata   string
	Common     bool // its name is a word of the language, too: "Nice", "Target"
	Personal   bool // its name is a forename or surname, too: "Lincoln"
	Own        bool // from a list of the user's
	Alias      bool // the name asked for is not its label
}

// loadGazetteer reads the long lists, those of dir and own for Load.
func loadGazetteer(s *Schema, dir string, own ...string) (*Gazetteer, error) {
	g := &Gazetteer{schema: s, iso: make(map[string]string, 2*len(s.States))}
	for i := range s.States {
		st := &s.States[i]
		g.iso[st.ISO2], g.iso[st.ISO3] = st.Name, st.Name
	}
	delete(g.iso, "")
	for _, path := range own {
		l, err := openList("", path, true)
		if err != nil {
			return nil, err
		}
		if err := g.check(l); err != nil {
			return nil, err
		}
		g.files = append(g.files, l)
	}
	for _, name := range []string{"gazetteer.tsv", "cities.tsv"} {
		l, err := openList(dir, name, false)
		if err != nil {
			return nil, err
		}
		if dir != "" && l.path != name {
			if err := g.check(l); err != nil {
				return nil, err
			}
		}
		g.files = append(g.files, l)
	}
	g.index()
	return g, nil
}

func openList(dir, name string, own bool) (*list, error) {
	var data []byte
	var path string
	var err error
	if own {
		data, path, err = openOwn(name)
	} else {
		data, path, err = open(dir, name)
	}
	if err != nil {
		return nil, err
	}
	l := &list{path: path, text: string(data), own: own, cities: name == "cities.tsv"}
	for i := range l.columns {
		l.columns[i] = -1
	}
	n := 1
	for line := range strings.SplitSeq(l.text, "\n") {
		if line = strings.TrimRight(line, "\r"); blankLine(line) {
			n++
			continue
		}
		for i, c := range strings.Split(line, "\t") {
			at := slices.Index(listColumnNames[:], strings.TrimSpace(c))
			if at >= 0 {
				l.columns[at] = i
			} else if own {
				return nil, fmt.Errorf("%s:%d: no such column: %q; there are name, type, aliases, state and wikidata", path, n, c)
			}
		}
		break
	}
	if l.columns[nameColumn] < 0 || !l.cities && l.columns[typeColumn] < 0 {
		return nil, fmt.Errorf("%s:%d: the first line must name the columns, with at least name and type", path, n)
	}
	return l, nil
}

// check looks at every line of a file that was not built in.
func (g *Gazetteer) check(l *list) error {
	t, err := parseTable(l.path, []byte(l.text))
	if err != nil {
		return err
	}
	for _, r := range t.rows {
		if r.get("name") == "" {
			return r.errorf("name", "empty")
		}
		if typ := r.get("type"); !l.cities && (g.schema.Type(typ) == nil || typ == "Thing") {
			return r.errorf("type", "no type of things is called %q (types.tsv has them)", typ)
		}
		if st := r.get("state"); st != "" && g.iso[st] == "" && g.schema.StateNamed(st) == nil {
			return r.errorf("state", "no state has this name or code: %q", st)
		}
		if err := checkWikidata(r, r.get("wikidata")); err != nil {
			return err
		}
		for _, c := range []int{latColumn, lonColumn} {
			if err := checkDegrees(r, listColumnNames[c]); err != nil {
				return err
			}
		}
		for _, c := range []int{peopleColumn, prominenceColumn} {
			if v := r.get(listColumnNames[c]); v != "" {
				if _, err := strconv.ParseUint(v, 10, 40); err != nil {
					return r.errorf(listColumnNames[c], "not a number: %q", v)
				}
			}
		}
	}
	return nil
}

func blankLine(line string) bool {
	return line == "" || line[0] == '#' || strings.TrimSpace(line) == ""
}

// index fills the two tables.
func (g *Gazetteer) index() {
	names := 0
	for _, l := range g.files {
		names += strings.Count(l.text, "\n") + strings.Count(l.text, "|") + 2
	}
	size := 1024
	for size < 2*names {
		size *= 2
	}
	g.refs, g.most = make([]listRef, size), make([]firstWord, size/2)
	for f, l := range g.files {
		header := true
		for begin := 0; begin < len(l.text); {
			end := begin + strings.IndexByte(l.text[begin:], '\n')
			if end < begin {
				end = len(l.text)
			}
			line := l.text[begin:end]
			if !blankLine(line) {
				if !header {
					g.put(l.cell(line, nameColumn), f, begin)
					if aliases := l.cell(line, aliasColumn); aliases != "" {
						for a := range strings.SplitSeq(aliases, "|") {
							g.put(strings.TrimSpace(a), f, begin)
						}
					}
				}
				header = false
			}
			begin = end + 1
		}
	}
}

// cell returns one column of a line without surrounding blanks.
func (l *list) cell(line string, column int) string {
	n := l.columns[column]
	if n < 0 {
		return ""
	}
	for ; n > 0; n-- {
		i := strings.IndexByte(line, '\t')
		if i < 0 {
			return ""
		}
		line = line[i+1:]
	}
	if i := strings.IndexByte(line, '\t'); i >= 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

func (g *Gazetteer) put(name string, file, line int) {
	h, first, words := hashName(name)
	if words == 0 {
		return
	}
	mask := uint32(len(g.refs) - 1)
	i := h & mask
	for g.refs[i].used {
		i = (i + 1) & mask
	}
	g.refs[i] = listRef{h, uint16(file), true, uint32(line)}
	mask = uint32(len(g.most) - 1)
	for i = first & mask; g.most[i].words != 0 && g.most[i].hash != first; {
		i = (i + 1) & mask
	}
	g.most[i] = firstWord{first, max(g.most[i].words, uint8(min(words, 255)))}
}

// Names are compared without accents, full stops and commas, "-" as a blank, letters in their case: wordHash adds a byte of such a
// text to the hash of what came before (FNV-1a).
func wordHash(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 16777619 }

const hashBasis = 2166136261

// hashName returns the hash of a name, that of its first word, and the number of its words.
func hashName(name string) (h, first uint32, words int) {
	h = hashBasis
	name = plainLetters(name)
	for i := 0; i < len(name); {
		c := name[i]
		if nameBreak[c] {
			i++
			continue
		}
		if words > 0 {
			h = wordHash(h, ' ')
		}
		for ; i < len(name) && !nameBreak[name[i]]; i++ {
			if name[i] != '.' {
				h = wordHash(h, name[i])
			}
		}
		if words++; words == 1 {
			first = h
		}
	}
	return h, first, words
}

// nameBreak are the bytes between the words of a name.
var nameBreak = [256]bool{' ': true, '-': true, '\n': true, '\t': true, '\r': true, ',': true, '(': true, ')': true, '/': true, '"': true}

// plainLetters writes s without accents and with plain apostrophes.
func plainLetters(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return foldLetters(s)
		}
	}
	return s
}

func foldLetters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range norm.NFD.String(s) {
		switch c {
		case '’', '‘', 'ʻ', 'ʼ', '`', '´':
			b.WriteByte('\'')
		case '–', '—', '‐', '‑':
			b.WriteByte('-')
		case '\u00a0', '\u202f':
			b.WriteByte(' ')
		case 'ø':
			b.WriteByte('o')
		case 'Ø':
			b.WriteByte('O')
		case 'ł':
			b.WriteByte('l')
		case 'Ł':
			b.WriteByte('L')
		case 'đ':
			b.WriteByte('d')
		case 'Đ':
			b.WriteByte('D')
		case 'ı':
			b.WriteByte('i')
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		default:
			if !unicode.Is(unicode.Mn, c) {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}

// sameName says whether two names are one but for accents, stops, commas and hyphens.
func sameName(a, b string) bool {
	a, b = plainLetters(a), plainLetters(b)
	for {
		var x, y byte
		x, a = nextByte(a)
		y, b = nextByte(b)
		if x != y {
			return false
		}
		if x == 0 {
			return true
		}
	}
}

// nextByte returns the next byte of a name as it is compared, a run of breaks as one blank, and the rest; 0 at the end.
func nextByte(s string) (byte, string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
		case nameBreak[c]:
			for i+1 < len(s) && (nameBreak[s[i+1]] || s[i+1] == '.') {
				i++
			}
			if i+1 < len(s) {
				return ' ', s[i+1:]
			}
		default:
			return c, s[i+1:]
		}
	}
	return 0, ""
}

// Find returns who bears a name: first those of the user's lists, then the more prominent, those of one prominence in the order of
// the files.
func (g *Gazetteer) Find(name string) []Bearer {
	h, _, words := hashName(name)
	if words == 0 {
		return nil
	}
	return g.bearers(h, name)
}

func (g *Gazetteer) bearers(h uint32, name string) (found []Bearer) {
	mask := uint32(len(g.refs) - 1)
	for i := h & mask; g.refs[i].used; i = (i + 1) & mask {
		if ref := g.refs[i]; ref.hash == h {
			if b, ok := g.read(ref, name); ok {
				found = append(found, b)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Bearer) int {
		if a.Own != b.Own {
			if a.Own {
				return -1
			}
			return 1
		}
		return b.Prominence - a.Prominence
	})
	return found
}

// read returns the bearer of a name in a line; false where the line has another name of the same hash.
func (g *Gazetteer) read(ref listRef, name string) (Bearer, bool) {
	l := g.files[ref.file]
	line, _, _ := strings.Cut(l.text[ref.line:], "\n")
	b := Bearer{Label: l.cell(line, nameColumn), Type: "City", Region: l.cell(line, regionColumn), Wikidata: l.cell(line, wikidataColumn),
		Own: l.own, Prominence: 5}
	if !sameName(b.Label, name) {
		b.Alias = true
		if !slices.ContainsFunc(strings.Split(l.cell(line, aliasColumn), "|"), func(a string) bool { return sameName(a, name) }) {
			return b, false
		}
	}
	if !l.cities {
		b.Type = l.cell(line, typeColumn)
	}
	b.State = l.cell(line, stateColumn)
	if st := g.iso[b.State]; st != "" {
		b.State = st
	}
	if n, err := strconv.Atoi(l.cell(line, prominenceColumn)); err == nil {
		b.Prominence = n
	}
	if people := l.cell(line, peopleColumn); people != "" {
		b.Prominence = len(people) - 1
		if people[0] >= '5' {
			b.Prominence++
		}
	}
	flags := l.cell(line, flagColumn)
	b.Common, b.Personal = strings.Contains(flags, "w"), strings.Contains(flags, "p")
	return b, true
}

// Scan finds the names of the lists in text, the longest first where they overlap, in the order of the text, and calls yield with the
// byte offsets of each. Case matters; a name is not found inside a longer word, nor across a comma, a full stop that ends no
// abbreviation, or an empty line.
func (g *Gazetteer) Scan(text string, yield func(begin, end int)) {
	mask := uint32(len(g.most) - 1)
	for i := 0; i < len(text); {
		c := text[i]
		if !wordByte[c] {
			i++
			continue
		}
		// The first word decides whether a name can begin here, and how long it may be.
		h, end, stem, stemHash := scanWord(text, i, hashBasis)
		words := 0
		for k := h & mask; g.most[k].words != 0; k = (k + 1) & mask {
			if g.most[k].hash == h {
				words = int(g.most[k].words)
				break
			}
		}
		best := -1
		if stem > 0 && g.bears(stemHash, text[i:stem]) {
			best = stem
		}
		if words > 0 {
			if g.bears(h, text[i:end]) {
				best = end
			}
			for at, n := end, 1; n < words; n++ {
				next := nextWord(text, at)
				if next < 0 {
					break
				}
				var s int
				var sh uint32
				h, at, s, sh = scanWord(text, next, wordHash(h, ' '))
				if s > 0 && g.bears(sh, text[i:s]) {
					best = s
				}
				if g.bears(h, text[i:at]) {
					best = at
				}
			}
		}
		if best > 0 {
			yield(i, best)
			end = best
		}
		for i = end; i < len(text) && (text[i] == '.' || best > 0 && (text[i] == '\'' || text[i] >= 'a' && text[i] <= 'z')); {
			i++ // the stop or the "'s" behind it
		}
	}
}

// wordByte are the bytes of words.
var wordByte = func() (set [256]bool) {
	for c := range set {
		set[c] = c >= utf8.RuneSelf || c == '\'' || c == '&' || c == '.' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	}
	return set
}()

// scanWord adds the word at i to hash h and returns where it ends, full stops at its end left out; where "'s" ends it also the end
// before that with the hash of what stands before, else 0.
func scanWord(text string, i int, before uint32) (hash uint32, end, stem int, stemHash uint32) {
	begin, h := i, before
	for ; i < len(text) && wordByte[text[i]]; i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return scanFolded(text, begin, before)
		}
		if c == '\'' && i > begin && i+1 < len(text) && text[i+1] == 's' && (i+2 >= len(text) || !wordByte[text[i+2]] || text[i+2] == '.') {
			stem, stemHash = i, h
		}
		if c != '.' {
			h = wordHash(h, c)
		}
	}
	for i > begin+1 && text[i-1] == '.' {
		i--
	}
	return h, i, stem, stemHash
}

// scanFolded is scanWord for words that have other letters than those of ASCII.
func scanFolded(text string, begin int, h uint32) (hash uint32, end, stem int, stemHash uint32) {
	end = begin
	for end < len(text) && wordByte[text[end]] {
		if text[end] >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '’' && r != '‘' {
				break // a dash, a quotation mark, a blank
			}
			end += size
			continue
		}
		end++
	}
	if end == begin { // no letter at all: the mark is a word that no name has
		_, size := utf8.DecodeRuneInString(text[begin:])
		return wordHash(h, 0), begin + size, 0, 0
	}
	for end > begin+1 && text[end-1] == '.' {
		end--
	}
	word := foldLetters(text[begin:end])
	stemmed := strings.HasSuffix(word, "'s") && len(word) > 2
	for i := 0; i < len(word); i++ {
		if stemmed && i == len(word)-2 {
			stem, stemHash = end-2, h
			if strings.HasSuffix(text[begin:end], "’s") {
				stem = end - len("’s")
			}
		}
		if word[i] != '.' {
			h = wordHash(h, word[i])
		}
	}
	return h, end, stem, stemHash
}

// nextWord returns where the next word of a name may begin behind byte i, -1 where none can: after one blank, hyphen or line break, and
// no full stop but that of a short word ("St. Louis").
func nextWord(text string, i int) int {
	stop := i < len(text) && text[i] == '.'
	for k := i - 1; stop && k >= 0 && wordByte[text[k]]; k-- {
		if i-k > 4 {
			return -1
		}
	}
	if stop {
		i++
	}
	if i+1 >= len(text) || text[i] != ' ' && text[i] != '-' && text[i] != '\n' || !wordByte[text[i+1]] {
		return -1
	}
	return i + 1
}

// bears says whether anything bears the name.
func (g *Gazetteer) bears(h uint32, name string) bool {
	mask := uint32(len(g.refs) - 1)
	for i := h & mask; g.refs[i].used; i = (i + 1) & mask {
		if ref := g.refs[i]; ref.hash == h {
			if _, ok := g.read(ref, name); ok {
				return true
			}
		}
	}
	return false
}

// addItems adds the items of Wikidata that the lists hold to items.
func (g *Gazetteer) addItems(items map[string]bool) {
	for _, l := range g.files {
		for line := range strings.SplitSeq(l.text, "\n") {
			if !blankLine(line) {
				if id := l.cell(line, wikidataColumn); strings.HasPrefix(id, "Q") {
					items[id] = true
				}
			}
		}
	}
}
