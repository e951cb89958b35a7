package nlp

import (
	_ "embed"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameLists says which lists a phrase in small letters is in.
type nameLists struct {
	class map[string]uint8
	most  map[string]int // words of the longest phrase that begins with a word
}

// Classes of the lists.
const (
	listForename = 1 << iota
	listSurname
	listCity
	listRegion
	listState
	listDemonym
)

func newNameLists(table string) *nameLists {
	l := &nameLists{class: map[string]uint8{}, most: map[string]int{}}
	for line := range strings.Lines(table) {
		letters, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' })
		for i := range words {
			words[i] = strings.TrimSuffix(words[i], ".")
		}
		if len(words) == 0 || len(words) > 5 {
			continue
		}
		for _, c := range letters {
			if k := strings.IndexRune("fscrnd", c); k >= 0 {
				l.class[strings.Join(words, " ")] |= 1 << k
			}
		}
		l.most[words[0]] = max(l.most[words[0]], len(words))
	}
	return l
}

// entityFeatures finds the features of words. It can be reused, but it is not safe for concurrent use.
type entityFeatures struct {
	lists *nameLists
	rank  map[string]int32 // words by falling frequency

	words  []Word
	low    []string // in small letters
	shapes []string
	list   []uint8 // lists that the word is in alone
	phrase []uint8 // lists that a phrase of several words over it is in
	run    []nameRun
	doc    map[string]*seenWord
	key    []byte
	buf    []uint32
}

// seenWord counts how an article writes a word inside sentences.
type seenWord struct {
	small, capital int
	after          [4]int // behind a forename or title, before a word of an organisation, after in/at/from, before 's or a verb of speech
}

// nameRun is a run of words with capitals, with the small words that names hold inside.
type nameRun struct {
	first, last int
	classes     uint32
}

func lowerOf(form string) string {
	for i := 0; i < len(form); i++ {
		if c := form[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ToLower(form)
		}
	}
	return form
}

// shortShape writes letters as X and x, digits as d, other ASCII characters as they are and the rest as o, each run once; that a word
// begins with two capitals stays to be seen.
func shortShape(form string) string {
	var out [8]byte
	n := 0
	for _, r := range form {
		c := byte('o')
		if s := shapeOf(r); s < utf8.RuneSelf {
			c = byte(s)
		}
		if n > 0 && out[n-1] == c && (n > 1 || c != 'X') {
			continue
		}
		if n == len(out) {
			break
		}
		out[n] = c
		n++
	}
	return string(out[:n])
}

// Words that tell the type of the name that they are part of or stand beside.
var (
	orgWords = set(`inc inc. corp corp. co co. ltd ltd. llc plc company companies corporation bank banks group holdings
		industries enterprises associates partners association federation union league society institute institution
		foundation university college school academy hospital clinic ministry department dept agency bureau commission
		committee council board office court senate congress parliament house assembly party front movement army navy force
		forces police guard corps command brigade battalion regiment division team club fc united city news times post
		journal tribune herald press gazette magazine network radio television tv broadcasting airlines airways air motors
		motor oil petroleum energy gas electric power steel chemical pharmaceuticals laboratories systems technologies
		technology software services service international trust fund insurance securities exchange capital financial
		organization organisation authority administration center centre church restaurant cafe hotel store shop market
		records studios entertainment pictures productions orchestra band`)
	placeNouns = set(`street st st. avenue ave ave. road rd rd. blvd boulevard lane drive highway square park river lake sea
		ocean bay gulf strait island islands isle mountain mountains mount mt mt. hill hills valley desert peninsula cape
		coast beach port harbor harbour county district province state region city town village airport station bridge tower
		building castle palace cathedral temple mosque north south east west northern southern eastern western central
		republic kingdom territory territories border canyon forest creek falls springs`)
	personTitles = set(`mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president minister senator sen sen. rep rep.
		gov gov. governor mayor king queen prince princess pope bishop archbishop cardinal father sister brother sir lord
		lady general gen gen. colonel col col. major maj maj. captain capt capt. lieutenant lt lt. sergeant sgt sgt. admiral
		adm. judge justice secretary chairman ambassador ayatollah sheikh sheik imam mullah emir sultan emperor chancellor
		premier director chief coach leader spokesman spokeswoman congressman congresswoman representative dictator saint
		aunt uncle detective officer inspector`)
	nameInside  = set(`of and & the for de la le du des von van der den bin ibn al el di da do dos del y 's - / . ,`)
	placeBefore = set(`in at from near to into around outside inside across throughout of`)
)

// IsTitle says whether form is a word before the names of persons that is no part of them.
func IsTitle(form string) bool {
	switch low := lowerOf(form); low {
	case "prime", "vice", "deputy", "foreign", "attorney", "brig.", "cmdr.", "rear", "commodore":
		return true
	default:
		return personTitles[low]
	}
}

// IsDemonym says whether form is the name of a people or the adjective of a state.
func (a *Annotator) IsDemonym(form string) bool {
	return a.lists.class[lowerOf(form)]&listDemonym != 0
}

// begin takes the words of the sentence whose features are wanted next.
func (f *entityFeatures) begin(words []Word) {
	n := len(words)
	f.words = words
	f.low, f.shapes = grow(f.low, n), grow(f.shapes, n)
	f.list, f.phrase = grow(f.list, n), grow(f.phrase, n)
	f.run = grow(f.run, n)
	for i := range words {
		f.low[i] = lowerOf(words[i].Form)
		f.shapes[i] = shortShape(words[i].Form)
		f.list[i], f.phrase[i] = 0, 0
		f.run[i] = nameRun{-1, -1, 0}
	}
	f.match()
	f.runs()
}

// match looks the words up in the lists.
func (f *entityFeatures) match() {
	for i := range f.words {
		w := strings.TrimSuffix(f.low[i], ".")
		most := f.lists.most[w]
		if most == 0 {
			continue
		}
		f.list[i] = f.lists.class[w]
		if most == 1 {
			continue
		}
		f.key = append(f.key[:0], w...)
		for k, j := 1, i+1; k < most && j < len(f.words); j++ {
			if f.low[j] == "-" {
				continue
			}
			f.key = append(f.key, ' ')
			f.key = append(f.key, strings.TrimSuffix(f.low[j], ".")...)
			k++
			if c := f.lists.class[string(f.key)]; c != 0 {
				for p := i; p <= j; p++ {
					f.phrase[p] |= c
				}
			}
		}
	}
}

// Classes of runs, beside those of the lists.
const (
	runOrg = 1 << (8 + iota)
	runPlace
	runTitle
	runOf
	runAnd
	runDigit
)

// runs finds the runs of words with capitals.
func (f *entityFeatures) runs() {
	capital := func(i int) bool { return isCapital(f.words[i].Form) }
	for i := 0; i < len(f.words); {
		if !capital(i) {
			i++
			continue
		}
		last := i
		for j := i + 1; j < len(f.words) && j-last <= 3; j++ {
			if capital(j) || f.words[j].UPOS == "NUM" && j == last+1 {
				last = j
			} else if !nameInside[f.low[j]] || f.low[j] == "," {
				break
			}
		}
		run := nameRun{first: i, last: last}
		for k := i; k <= last; k++ {
			run.classes |= uint32(f.list[k] & (listForename | listSurname))
			switch {
			case f.low[k] == "of":
				run.classes |= runOf
			case f.low[k] == "and" || f.low[k] == "&":
				run.classes |= runAnd
			case f.words[k].UPOS == "NUM":
				run.classes |= runDigit
			}
			if orgWords[f.low[k]] {
				run.classes |= runOrg
			}
			if placeNouns[f.low[k]] {
				run.classes |= runPlace
			}
			if personTitles[f.low[k]] {
				run.classes |= runTitle
			}
		}
		for k := i; k <= last; k++ {
			f.run[k] = run
		}
		i = last + 1
	}
}

// beginDocument counts how doc writes its words.
func (f *entityFeatures) beginDocument(doc *Document) {
	f.doc = map[string]*seenWord{}
	for s := range doc.Sentences {
		words := doc.Sentences[s].Words
		tells := tellsCase(words)
		for i := range words {
			if words[i].Form == "" || !unicode.IsLetter(firstRune(words[i].Form)) || len(words[i].Form) < 2 {
				continue
			}
			upper := isCapital(words[i].Form)
			if upper && !tells {
				continue
			}
			low := lowerOf(words[i].Form)
			d := f.doc[low]
			if d == nil {
				d = &seenWord{}
				f.doc[low] = d
			}
			if !upper {
				d.small++
				continue
			}
			if i > 0 {
				d.capital++
				before := lowerOf(words[i-1].Form)
				if personTitles[before] || f.lists.class[before]&listForename != 0 && isCapital(words[i-1].Form) {
					d.after[0]++
				}
				if locative(before) {
					d.after[2]++
				}
			}
			if i+1 < len(words) {
				next := lowerOf(words[i+1].Form)
				if orgWords[next] && isCapital(words[i+1].Form) {
					d.after[1]++
				}
				if words[i].Deprel == "nsubj" && words[i+1].UPOS == "VERB" {
					d.after[3]++
				}
			}
		}
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

const fnvOffset, fnvPrime = 2166136261, 16777619

func mixString(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * fnvPrime
	}
	return (h ^ 0xff) * fnvPrime
}

// add appends the feature of template t with the given values.
func (f *entityFeatures) add(t byte, values ...string) {
	h := (uint32(fnvOffset) ^ uint32(t)) * fnvPrime
	for _, v := range values {
		h = mixString(h, v)
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	f.buf = append(f.buf, h)
}

func (f *entityFeatures) addBits(t byte, at string, set uint32) {
	for ; set != 0; set &= set - 1 {
		f.add(t, at, mark('a', bits.TrailingZeros32(set)))
	}
}

// oneByte holds the strings of one byte, so that mark need not make any.
var oneByte = func() string {
	var b [128]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

// mark returns the string of the character n places after from.
func mark(from byte, n int) string { return oneByte[int(from)+n:][:1] }

func head(s string, n int) string { return s[:min(n, len(s))] }
func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// features appends the features of word i to dst, but for those of networkFeatures.
func (f *entityFeatures) features(dst []uint32, i int) []uint32 {
	f.buf = dst
	at := func(k int) string {
		if k < 0 {
			return "<s>"
		}
		if k >= len(f.low) {
			return "</s>"
		}
		return f.low[k]
	}
	shape := func(k int) string {
		if k < 0 || k >= len(f.low) {
			return ""
		}
		return f.shapes[k]
	}
	upos := func(k int) string {
		if k < 0 || k >= len(f.low) {
			return ""
		}
		return f.words[k].UPOS
	}
	w := &f.words[i]
	low := f.low[i]
	// words
	f.add(0, low)
	f.add(1, at(i-1))
	f.add(2, at(i+1))
	f.add(3, at(i-1), low)
	f.add(4, low, at(i+1))
	f.add(5, at(i-2))
	f.add(6, at(i+2))
	// inside
	f.add(7, head(low, 2))
	f.add(8, head(low, 3))
	f.add(9, head(low, 4))
	f.add(10, tail(low, 2))
	f.add(11, tail(low, 3))
	f.add(12, tail(low, 4))
	f.add(13, f.shapes[i])
	f.add(14, shape(i-1), f.shapes[i])
	f.add(15, f.shapes[i], shape(i+1))
	f.add(16, shape(i-1), f.shapes[i], shape(i+1))
	// syntax
	f.add(17, w.XPOS)
	f.add(18, upos(i-1), w.UPOS)
	f.add(19, w.UPOS, upos(i+1))
	f.add(20, upos(i-2), upos(i-1), w.UPOS)
	f.add(21, w.UPOS, upos(i+1), upos(i+2))
	f.add(22, w.Deprel, w.UPOS)
	if w.Head >= 0 && w.Head < len(f.words) {
		h := &f.words[w.Head]
		dir := "<"
		if w.Head > i {
			dir = ">"
		}
		f.add(24, w.Deprel, dir, f.low[w.Head])
		f.add(25, w.Deprel, dir, h.UPOS, f.shapes[w.Head])
	}
	// lists
	caps := "x"
	if isCapital(w.Form) {
		caps = "X"
	}
	for k := i - 1; k <= i+1; k++ {
		if k < 0 || k >= len(f.words) {
			continue
		}
		name := [3]string{"-", "0", "+"}[k-i+1] + caps
		f.addBits(30, name, uint32(f.list[k]))
		f.addBits(31, name, uint32(f.phrase[k]))
		if orgWords[f.low[k]] {
			f.add(32, name, head(f.shapes[k], 1))
		}
		if placeNouns[f.low[k]] {
			f.add(33, name, head(f.shapes[k], 1))
		}
		if personTitles[f.low[k]] {
			f.add(34, name, head(f.shapes[k], 1))
		}
	}
	// frequency
	rank := "-"
	if r, ok := f.rank[low]; ok {
		rank = mark('0', bits.Len32(uint32(r)))
	}
	f.add(35, rank, caps)
	first := "i"
	if i == 0 {
		first = "f"
	}
	f.add(36, first, f.shapes[i], w.UPOS)
	// run
	if r := f.run[i]; r.first >= 0 {
		length := mark('0', min(6, r.last-r.first+1))
		where := "m"
		switch {
		case r.first == r.last:
			where = "s"
		case i == r.first:
			where = "b"
		case i == r.last:
			where = "e"
		}
		f.add(37, length, where)
		f.addBits(38, where, r.classes)
		f.add(39, f.low[r.last])
		f.add(40, f.low[r.last], where)
		f.add(41, f.low[r.first], where)
		f.add(42, at(r.first-1), where)
		f.add(43, at(r.last+1), where)
	} else {
		f.add(37, "-")
	}
	// the rest of the article
	if d := f.doc[low]; d != nil {
		some := func(n int) string { return mark('0', min(n, 2)) }
		f.add(44, caps, some(d.small), some(d.capital), first)
		for k, n := range d.after {
			if n > 0 {
				f.add(45, caps, mark('a', k), some(n))
			}
		}
	}
	return f.buf
}

// networkFeatures appends the features of word i that tell what the network's own tags of names say.
func (f *entityFeatures) networkFeatures(dst []uint32, i int) []uint32 {
	f.buf = dst
	w := &f.words[i]
	f.add(23, w.NER, w.UPOS)
	if w.Head >= 0 && w.Head < len(f.words) {
		dir := "<"
		if w.Head > i {
			dir = ">"
		}
		f.add(26, w.Deprel, dir, f.words[w.Head].NER)
	}
	return f.buf
}

//go:embed model/names.txt
var nameTable string
