package nlp

import "strings"

// maxSpeaker is the greatest number of words of the label of a speaker: "MR. JUSTICE DE LA CRUZ".
const maxSpeaker = 5

// label returns the words of words that are the label of a speaker with its colon: "Q:", "Laura Stone:", "THE CHAIRMAN:"; 0 for none.
func label(words []Word) int {
	for k := range words {
		if words[k].Form == ":" {
			return k
		}
		if k == maxSpeaker || !isCapital(words[k].Form) && !(k > 0 && words[k].Form == ".") {
			break
		}
	}
	return 0
}

// speakers notes who says each sentence of a transcript: what begins with "NAME:" at the start of a line is said by NAME, and what
// follows as well, up to the next such line. A text is a transcript where two or more speak twice or more; elsewhere a colon behind a
// capital word heads a list. Sentences whose speaker is given are left alone.
func speakers(doc *Document) {
	turns := map[string]int{}
	at := func(i int) string {
		sent := &doc.Sentences[i]
		if i > 0 && !strings.Contains(doc.Text[doc.Sentences[i-1].End:max(sent.Begin, doc.Sentences[i-1].End)], "\n") {
			return ""
		}
		n := label(sent.Words)
		if n == 0 {
			return ""
		}
		return doc.Text[sent.Begin:sent.Words[n-1].End]
	}
	for i := range doc.Sentences {
		if doc.Sentences[i].Speaker != "" {
			return
		}
		if s := at(i); s != "" {
			turns[s]++
		}
	}
	again := 0
	for _, n := range turns {
		again += int(bit(n > 1))
	}
	if again < 2 {
		return
	}
	speaker := ""
	for i := range doc.Sentences {
		if s := at(i); turns[s] > 1 {
			speaker = s
		}
		doc.Sentences[i].Speaker = speaker
	}
}
