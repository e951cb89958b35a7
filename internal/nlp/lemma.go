package nlp

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lemmas.txt holds the forms whose lemma the rules below do not find, one Penn tag a line: the tag, then pairs of form and
// lemma in lower case unless the lemma has capitals. It was counted from the training sets of the treebanks (go test -run
// TestLemmaTable -update).
//
//go:embed model/lemmas.txt
var lemmaTable string

// lemmatizer finds lemmas by tag. It is read-only once made and safe for concurrent use.
type lemmatizer struct {
	exceptions map[string]map[string]string // tag → form → lemma
	irregular  map[string]string            // form → lemma of the irregular verbs and nouns
	rank       map[string]int32             // words by falling frequency
	usual      map[string]string            // lower case → usual case
}

func newLemmatizer(table string, rank map[string]int32, usual map[string]string) *lemmatizer {
	l := &lemmatizer{exceptions: map[string]map[string]string{}, irregular: map[string]string{}, rank: rank, usual: usual}
	for verb := range strings.SplitSeq(irregularVerbs+irregularNouns, ",") {
		forms := strings.Fields(verb)
		for _, f := range forms[1:] {
			l.irregular[f] = forms[0]
		}
	}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		m := make(map[string]string, len(fields)/2)
		for i := 1; i+1 < len(fields); i += 2 {
			m[fields[i]] = fields[i+1]
		}
		l.exceptions[fields[0]] = m
	}
	return l
}

// irregularVerbs are verbs with their past forms that the rules do not undo.
const irregularVerbs = `arise arose arisen,awake awoke awoken,bear bore borne born,beat beaten,become became,begin began begun,behold beheld,
bend bent,bind bound,bite bit bitten,bleed bled,blow blew blown,break broke broken,breed bred,bring brought,build built,burn burnt,buy bought,
catch caught,choose chose chosen,cling clung,come came,creep crept,deal dealt,dig dug,do did done,draw drew drawn,dream dreamt,drink drank drunk,
drive drove driven,eat ate eaten,fall fell fallen,feed fed,feel felt,fight fought,find found,flee fled,fling flung,fly flew flown,forbid forbade forbidden,
foresee foresaw foreseen,forget forgot forgotten,forgive forgave forgiven,forgo forwent forgone,freeze froze frozen,get got gotten,give gave given,
go went gone,grind ground,grow grew grown,hang hung,have had,hear heard,hide hid hidden,hold held,keep kept,kneel knelt,know knew known,lay laid,
lead led,leap leapt,leave left,lend lent,lie lain,light lit,lose lost,make made,mean meant,meet met,mislead misled,mistake mistook mistaken,
outdo outdid outdone,overcome overcame,oversee oversaw overseen,overtake overtook overtaken,overrun overran,overthrow overthrew overthrown,pay paid,plead pled,
prove proven,rebuild rebuilt,redo redid redone,repay repaid,retake retook retaken,ride rode ridden,ring rang rung,rise rose risen,run ran,say said,see saw seen,seek sought,
sell sold,send sent,sew sewn,shake shook shaken,shear shorn,shed shed,shine shone,shoot shot,show shown,shrink shrank shrunk,sing sang sung,sink sank sunk,
sit sat,slay slew slain,sleep slept,slide slid,sling slung,slink slunk,sow sown,speak spoke spoken,speed sped,spend spent,spin spun,spit spat,
spring sprang sprung,stand stood,steal stole stolen,stick stuck,sting stung,stink stank stunk,stride strode stridden,strike struck stricken,
string strung,strive strove striven,swear swore sworn,sweep swept,swell swollen,swim swam swum,swing swung,take took taken,teach taught,tear tore torn,
tell told,think thought,throw threw thrown,tread trod trodden,undergo underwent undergone,understand understood,undertake undertook undertaken,
undo undid undone,uphold upheld,wake woke woken,wear wore worn,weave wove woven,weep wept,win won,wind wound,withdraw withdrew withdrawn,
withhold withheld,withstand withstood,wring wrung,write wrote written,free freed,agree agreed,die died,lie lied,tie tied,vie vied,add added,err erred,
pare pared paring,sever severed,unchanged unchanged`

// irregularNouns are nouns with their plurals that the rules do not undo.
const irregularNouns = `,child children,foot feet,goose geese,tooth teeth,mouse mice,louse lice,ox oxen,man men,woman women,wolf wolves,
knife knives,wife wives,life lives,thief thieves,shelf shelves,loaf loaves,half halves,leaf leaves,calf calves,elf elves,scarf scarves,hoof hooves,
index indices,matrix matrices,vertex vertices,appendix appendices,criterion criteria,phenomenon phenomena,medium media,datum data,bacterium bacteria,
curriculum curricula,stratum strata,memorandum memoranda,nucleus nuclei,stimulus stimuli,alumnus alumni,fungus fungi,cactus cacti,radius radii,
crisis crises,analysis analyses,thesis theses,hypothesis hypotheses,basis bases,oasis oases,diagnosis diagnoses,parenthesis parentheses,
synthesis syntheses,emphasis emphases,neurosis neuroses,series series,species species,means means,headquarters headquarters,gas gases,bus buses,
lens lenses,bias biases,virus viruses,campus campuses,status statuses,census censuses,potato potatoes,tomato tomatoes,hero heroes,echo echoes,
veto vetoes,torpedo torpedoes,embargo embargoes,cargo cargoes,shoe shoes,toe toes,foe foes,canoe canoes,movie movies,cookie cookies,zombie zombies,
calorie calories,rookie rookies,selfie selfies,eyrie eyries,axis axes,police police,proceeds proceeds,schoolchild schoolchildren,grandchild grandchildren`

// sentence fills in the lemmas of words, whose tags and heads are known.
func (l *lemmatizer) sentence(words []Word) {
	title := isTitle(words)
	for i := range words {
		words[i].Lemma = l.lemma(words, i, title)
	}
}

// isTitle says whether most longer words of a sentence have capitals, as in a headline; one with a full stop is none.
func isTitle(words []Word) bool {
	if len(words) == 0 || words[len(words)-1].Form == "." {
		return false
	}
	long, capital := 0, 0
	for i := range words {
		f := words[i].Form
		if len(f) < 4 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(f)
		if !unicode.IsLetter(r) {
			continue
		}
		long++
		if unicode.IsUpper(r) {
			capital++
		}
	}
	return long >= 3 && capital*10 >= long*7
}

// lemma returns the lemma of words[i].
func (l *lemmatizer) lemma(words []Word, i int, title bool) string {
	w := &words[i]
	form := w.Form
	if form == "" {
		return ""
	}
	low := strings.ToLower(form)
	if low == "'s" || low == "’s" || low == "s" && w.UPOS == "AUX" {
		return clitic(words, i)
	}
	switch low { // 'd is had or would
	case "'d", "’d", "d":
		if w.XPOS == "VBD" || w.XPOS == "VBN" {
			return "have"
		}
		if w.UPOS == "AUX" {
			return "would"
		}
	}
	switch w.XPOS {
	case "VBD", "VBN", "NNS":
		if lemma, ok := l.irregular[low]; ok {
			return lemma
		}
		if at := strings.LastIndexByte(low, '-'); at > 0 && w.XPOS != "NNS" { // "re-took"
			if lemma, ok := l.irregular[low[at+1:]]; ok {
				return low[:at+1] + lemma
			}
		}
	}
	if lemma, ok := l.exceptions[w.XPOS][low]; ok {
		if c := form[0]; lemma != low && w.XPOS == "NNP" && class[c]&upper == 0 && c < utf8.RuneSelf && len(lemma) > 0 && class[lemma[0]]&upper != 0 {
			return form
		}
		return lemma
	}
	switch w.XPOS {
	case "NNP":
		return properCase(words, i, form)
	case "NNPS":
		if strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") {
			s := l.plural(low)
			return properCase(words, i, recase(s, form))
		}
		return properCase(words, i, form)
	case "NNS":
		if isAcronymPlural(form) {
			return form[:len(form)-1]
		}
		return l.plural(low)
	case "VBZ":
		return l.third(low)
	case "VBG":
		if s, ok := strings.CutSuffix(low, "ing"); ok && len(s) == 2 && s[1] == 'u' {
			return s + "e" // sue, rue, cue
		} else if ok && len(s) > 1 {
			return l.stem(s)
		}
		if s, ok := strings.CutSuffix(low, "in"); ok && len(s) > 2 {
			return l.stem(s)
		}
	case "VBD", "VBN":
		if s, ok := strings.CutSuffix(low, "ied"); ok && len(s) > 1 {
			return s + "y"
		}
		if s, ok := strings.CutSuffix(low, "ed"); ok && len(s) > 1 {
			return l.stem(s)
		}
	case "JJR", "RBR":
		if s, ok := strings.CutSuffix(low, "er"); ok && len(s) > 2 {
			return l.degree(s)
		}
	case "JJS", "RBS":
		if s, ok := strings.CutSuffix(low, "est"); ok && len(s) > 2 {
			return l.degree(s)
		}
	case "CD":
		if isDigitByte(form[0]) {
			return strings.ReplaceAll(form, ",", "")
		}
	case "JJ":
		// Russian, but not the Happy of a headline
		if r, n := utf8.DecodeRuneInString(form); unicode.IsUpper(r) && n < len(form) {
			if usual, ok := l.usual[low]; ok {
				return usual
			}
			if next, _ := utf8.DecodeRuneInString(form[n:]); i > 0 && !title && unicode.IsLower(next) {
				return form
			}
		}
	case "NN":
		if len(form) > 1 && len(form) < 6 && allUpper(form) && !shouts(words, i) {
			return form
		}
	case "FW", "ADD", "SYM", "$", "LS", "NFP":
		return punctuation(form)
	case "PRP":
		if low == "i" {
			return "I"
		}
	}
	if c := form[0]; c >= utf8.RuneSelf || class[c] == 0 {
		return punctuation(low)
	}
	return low
}

// punctuation writes dashes and quotes as the treebanks' lemmas have them.
func punctuation(s string) string {
	switch s {
	case "”", "“", "``":
		return `"`
	case "’", "‘":
		return "'"
	case "’’", "‘’":
		return "''"
	case "–", "--":
		return "-"
	case "n’t":
		return "not"
	}
	return strings.ReplaceAll(s, "’", "'")
}

// clitic returns the lemma of 's: be, have, we (let's) or the possessive.
func clitic(words []Word, i int) string {
	w := &words[i]
	switch w.UPOS {
	case "PART":
		return "'s"
	case "PRON":
		return "we"
	}
	if w.Head >= 0 && w.Head < len(words) && w.Deprel == "aux" && words[w.Head].XPOS == "VBN" {
		// "has been seen" and "is being seen": the helper next to it decides
		for j := i + 1; j < w.Head; j++ {
			if words[j].Deprel == "aux:pass" && words[j].XPOS == "VBG" {
				return "be"
			}
		}
		return "have"
	}
	if w.Deprel == "aux" && i+1 < len(words) {
		for j := i + 1; j < len(words) && j <= i+3; j++ {
			if words[j].XPOS == "VBN" && strings.EqualFold(words[j].Form, "been") {
				return "have"
			}
		}
	}
	return "be"
}

// shouts says whether a neighbour of words[i] is in capitals too, so that those of words[i] tell nothing.
func shouts(words []Word, i int) bool {
	for _, j := range [...]int{i - 2, i - 1, i + 1, i + 2} {
		if j >= 0 && j < len(words) && len(words[j].Form) > 3 && allUpper(words[j].Form) {
			return true
		}
	}
	return false
}

// properCase turns a long name in capitals into title case: BUSH, but not NATO.
func properCase(words []Word, i int, form string) string {
	if len(form) > 3 && allUpper(form) && shouts(words, i) {
		return form[:1] + strings.ToLower(form[1:])
	}
	return form
}

// recase gives the lemma s the capitals of form.
func recase(s, form string) string {
	n := 0
	for n < len(s) && n < len(form) && (s[n] == form[n] || s[n] == form[n]|0x20 && class[form[n]]&upper != 0) {
		n++
	}
	return form[:n] + s[n:]
}

// isAcronymPlural says whether form is capitals and an s: MPs, NGOs.
func isAcronymPlural(form string) bool {
	return len(form) > 2 && strings.HasSuffix(form, "s") && allUpper(form[:len(form)-1])
}

// better returns the first of the candidates unless a later one is a more frequent word by far; unknown words lose.
func (l *lemmatizer) better(candidates ...string) string {
	best := candidates[0]
	bestRank, known := l.rank[best]
	for _, c := range candidates[1:] {
		r, ok := l.rank[c]
		if ok && (!known || r < bestRank/4) {
			best, bestRank, known = c, r, true
		}
	}
	return best
}

// plural returns the singular of a plural in lower case.
func (l *lemmatizer) plural(s string) string {
	n := len(s)
	switch {
	case n < 3:
		return s
	case strings.HasSuffix(s, "men") && n > 4:
		return s[:n-3] + "man"
	case !strings.HasSuffix(s, "s"):
		return s
	case strings.HasSuffix(s, "ss") || strings.HasSuffix(s, "us") && n > 4 && !strings.HasSuffix(s, "aus") && !strings.HasSuffix(s, "eus"):
		return s
	case strings.HasSuffix(s, "ies"):
		if n <= 4 {
			return s[:n-1]
		}
		return l.better(s[:n-3]+"y", s[:n-1])
	case strings.HasSuffix(s, "ves"):
		return l.better(s[:n-1], s[:n-3]+"f", s[:n-3]+"fe")
	case strings.HasSuffix(s, "sses") || strings.HasSuffix(s, "xes") || strings.HasSuffix(s, "shes") || strings.HasSuffix(s, "zzes"):
		return l.better(s[:n-2], s[:n-1])
	case strings.HasSuffix(s, "ches"):
		return l.better(s[:n-2], s[:n-1])
	case strings.HasSuffix(s, "ses") || strings.HasSuffix(s, "zes"):
		if strings.HasSuffix(s, "yses") || strings.HasSuffix(s, "eses") || strings.HasSuffix(s, "ises") && l.rank[s[:n-2]+"is"] > 0 {
			if c := s[:n-2] + "is"; l.known(c) {
				return c
			}
		}
		return l.better(s[:n-1], s[:n-2])
	case strings.HasSuffix(s, "oes"):
		return l.better(s[:n-2], s[:n-1])
	}
	return s[:n-1]
}

func (l *lemmatizer) known(s string) bool { _, ok := l.rank[s]; return ok }

// third returns the base form of a third person singular in lower case.
func (l *lemmatizer) third(s string) string {
	n := len(s)
	switch {
	case n < 3 || !strings.HasSuffix(s, "s") || strings.HasSuffix(s, "ss"):
		return s
	case strings.HasSuffix(s, "ies") && n > 4:
		return s[:n-3] + "y"
	case strings.HasSuffix(s, "sses") || strings.HasSuffix(s, "xes") || strings.HasSuffix(s, "shes") || strings.HasSuffix(s, "zzes") ||
		strings.HasSuffix(s, "ches") || strings.HasSuffix(s, "oes"):
		return l.better(s[:n-2], s[:n-1])
	}
	return s[:n-1]
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// stem returns the base form of a verb whose -ing or -ed was cut off: stopp → stop, mak → make, visit → visit.
func (l *lemmatizer) stem(s string) string {
	n := len(s)
	if n < 3 || s[n-1] >= utf8.RuneSelf {
		if n == 2 && !isVowel(s[1]) { // us → use
			return l.better(s+"e", s)
		}
		return s
	}
	last, prev := s[n-1], s[n-2]
	if last == prev {
		switch last {
		case 'b', 'd', 'g', 'm', 'n', 'p', 'r', 't', 'k', 'v':
			return l.better(s[:n-1], s)
		case 'l':
			if n <= 4 {
				return s
			}
			return l.better(s[:n-1], s)
		case 's', 'z', 'f':
			return s
		case 'e':
			return l.better(s, s+"e") // agree: agre+ed is cut to agre
		}
	}
	if last == 'e' { // agre(ed), seeing
		return l.better(s+"e", s)
	}
	if last == 'y' || last == 'w' || last == 'x' || last == 'h' && prev != 't' || last == 'o' || last == 'i' || last == 'a' {
		return l.better(s, s+"e")
	}
	wantsE := false
	switch {
	case last == 'v' || last == 'c' || last == 'u' || last == 'z' || last == 'q':
		wantsE = true
	case last == 'g':
		wantsE = prev == 'd' || prev == 'r' || isVowel(prev) || prev == 'l'
	case last == 's':
		wantsE = prev != 's'
	case last == 'l':
		wantsE = !isVowel(prev) && prev != 'r' && prev != 'w'
	case last == 't' && strings.HasSuffix(s, "at") && n > 4 && !isVowel(s[n-3]):
		wantsE = true // -ate
	case last == 'r' && (strings.HasSuffix(s, "ir") || strings.HasSuffix(s, "ur") || strings.HasSuffix(s, "or")) && !isVowel(s[n-3]):
		wantsE = true
	case !isVowel(last) && isVowel(prev) && !isVowel(s[n-3]) && vowelGroups(s) == 1:
		wantsE = true // hop(ing): hope
	case strings.HasSuffix(s, "in") || strings.HasSuffix(s, "id") || strings.HasSuffix(s, "ut") || strings.HasSuffix(s, "im") || strings.HasSuffix(s, "od"):
		wantsE = !isVowel(s[n-3])
	}
	if wantsE {
		return l.better(s+"e", s)
	}
	return l.better(s, s+"e")
}

// vowelGroups counts the runs of vowels in s.
func vowelGroups(s string) int {
	n, in := 0, false
	for i := range len(s) {
		v := isVowel(s[i])
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

// degree returns the positive of a comparative or superlative whose ending was cut off: bigg → big, larg → large.
func (l *lemmatizer) degree(s string) string {
	n := len(s)
	if s[n-1] == 'i' {
		return s[:n-1] + "y"
	}
	if s[n-1] == s[n-2] && s[n-1] != 'l' && s[n-1] != 's' {
		return l.better(s[:n-1], s)
	}
	return l.better(s, s+"e")
}
