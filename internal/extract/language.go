package extract

import (
	"strings"
	"unicode"

	"kg/internal/nlp"
)

// legible says whether the sentence is English prose. Web pages quote other languages and run their menus together with bars; the
// trees of both are guesses, and nothing that is read from them is so.
func legible(s *nlp.Sentence) bool {
	words, strange, bars, english, foreign, small, low := 0, 0, 0, 0, 0, 0, 0
	for i := range s.Words {
		f := s.Words[i].Form
		if f == "|" || f == "•" || f == "»" {
			bars++
		}
		letters, other := 0, 0
		for _, c := range f {
			if unicode.IsLetter(c) {
				letters++
				if !unicode.Is(unicode.Latin, c) {
					other++
				}
			}
		}
		if letters == 0 {
			continue
		}
		words++
		if other*2 > letters {
			strange++
		}
		if unicode.IsLower([]rune(f)[0]) {
			low++
		}
		if l := strings.ToLower(f); smallWords[l] || englishWords[l] {
			small++
		}
		// In capitals they are parts of names.
		switch {
		case englishWords[f]:
			english++
		case foreignWords[f] || len(f) > letters && unicode.IsLower([]rune(f)[0]) && !strings.ContainsAny(f, "'’-"):
			foreign++ // an accent
		}
	}
	if low >= 7 && small == 0 && s.Words[len(s.Words)-1].Form == "." {
		return false // no English sentence of that length does without
	}
	return strange*3 <= words && (bars < 3 || bars*12 < words) && (foreign < 2 || foreign <= english || foreign*10 < words)
}

// tableLine says whether the sentence is a line of figures rather than a clause: "Shr 12 cts vs 15 cts", "Revenues 3.4 mln 2.9
// mln". It compares, or has a number for every two other words, and has none of the words that no clause of some length does
// without.
func (t *tree) tableLine() bool {
	numbers, rest := 0, 0
	versus, finite := false, false
	for i := range t.Words {
		w := &t.Words[i]
		switch {
		case w.UPOS == "PUNCT":
			continue
		case w.UPOS == "NUM":
			numbers++
			continue
		case lower(w.Form) == "vs" || lower(w.Form) == "vs.":
			versus = true
		case w.UPOS == "DET" || w.UPOS == "PRON" || w.UPOS == "VERB" && speech[lower(w.Lemma)]:
			if i+1 < len(t.Words) && unitNouns[lower(t.Words[i+1].Lemma)] || lower(w.Form) == "same" {
				break // "12 cts a share"
			}
			return false
		}
		finite = finite || w.XPOS == "MD" || w.XPOS == "VBD" || w.XPOS == "VBZ" || w.XPOS == "VBP"
		rest++
	}
	return versus && numbers > 0 || !finite && numbers > 1 && 2*numbers >= rest
}

// englishWords are the commonest small words of English, foreignWords those of German, French, Spanish, Portuguese, Italian and
// Dutch. What is a word of both ("do", "an", "war", "met") is in neither; "die" is rare enough in English to be counted as
// German.
var (
	englishWords = words(`the of and to by with from that this these those is are was were be been has have had will would could should can it its his her
		their they he she we you your our who which what when where while after before than then there not but for on at as about into over or
		if i my how why all any more most some only such other`)
	// smallWords are those that other languages may have too.
	smallWords = words(`a an in me he no whose so do did does no near against up out off down just too also very many like through during since
		until under among between around despite per via within without across amid both each every another however although
		because one two three four five six seven eight nine ten million billion percent including us me him them himself itself
		themselves n't 's ’s`)
	foreignWords = words(`und der die das ist nicht mit von zu auf für ein eine einen einer eines dem den des im sich auch werden wird bei oder aus nach
		wie über durch kann haben sind dass noch zum zur als nur sie ich wir
		le la les et est dans un une qui que pas sur il elle ce cette du au aux avec sont nous vous
		el los las una y es del por su se para como más pero 
		é o os um uma com não da dos na em mais ao ou foi são
		di che non sono della gli nel è più anche
		het een voor niet zijn dat te aan ook naar`)
)
