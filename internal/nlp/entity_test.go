package nlp

import (
	"fmt"
	"strings"
	"testing"
)

// entities returns the entities of doc as "TYPE words".
func entities(doc *Document) []string {
	var out []string
	for i := range doc.Sentences {
		words := doc.Sentences[i].Words
		eachEntity(words, func(first, last int) {
			var forms []string
			for _, w := range words[first : last+1] {
				forms = append(forms, w.Form)
			}
			out = append(out, words[first].NER[2:]+" "+strings.Join(forms, " "))
		})
	}
	return out
}

// TestEntityGolden: one line an entity.
func TestEntityGolden(t *testing.T) {
	a := newAnnotator(t)
	golden(t, "testdata/entities.txt", func(input string) string {
		var b strings.Builder
		for _, e := range entities(a.Annotate(input)) {
			fmt.Fprintln(&b, e)
		}
		return b.String()
	})
}

// tagged reads words with their tags ("Lena/B-PER Ford/I-PER left"), one sentence a line, as a document.
func tagged(text string) *Document {
	doc := &Document{}
	for line := range strings.Lines(text) {
		var sent Sentence
		for field := range strings.FieldsSeq(line) {
			form, tag, ok := strings.Cut(field, "/")
			if !ok {
				tag = "O"
			}
			w := Word{Form: form, NER: tag, UPOS: "NOUN"}
			if isCapital(form) {
				w.UPOS = "PROPN"
			}
			sent.Words = append(sent.Words, w)
		}
		doc.Sentences = append(doc.Sentences, sent)
	}
	return doc
}

func TestMendEntities(t *testing.T) {
	a := newAnnotator(t)
	for _, c := range []struct{ name, in, want string }{
		{"one type an article", "Corvo/B-ORG grew\nin Corvo/B-LOC\nCorvo/B-ORG sold", "ORG Corvo|ORG Corvo|ORG Corvo"},
		{"surname", "Lena/B-PER Torvund/I-PER left\nthen Torvund came\nand Torvund/B-ORG too", "PER Lena Torvund|PER Torvund|PER Torvund"},
		{"initials", "the Union/B-ORG of/I-ORG Baltic/I-ORG Pilots/I-ORG met\nthe UBP spoke", "ORG Union of Baltic Pilots|ORG UBP"},
		{"legal form", "Harlow/B-ORG Mills/I-ORG , Inc. closed", "ORG Harlow Mills , Inc."},
		{"partners", "said Gordon/B-PER Weld/I-PER and Co Inc\nGordon/B-PER Weld/I-PER fell", "ORG Gordon Weld and Co Inc|ORG Gordon Weld"},
		{"first word of a firm", "Zentex/B-ORG Corp/I-ORG fell\nwith Zentex/B-PER", "ORG Zentex Corp|ORG Zentex"},
		{"ordinal", "the 158th Fighter/B-ORG Wing/I-ORG flew", "ORG 158th Fighter Wing"},
		{"near a place", "a strike near Al/B-PER Dara/I-PER", "LOC Al Dara"},
		{"city and state", "they left Toledo/B-LOC Ohio/I-LOC", "LOC Toledo|LOC Ohio"},
		{"small letters", "he flew to portugal and to guadalajara , by bus", "LOC portugal|LOC guadalajara"},
		{"surname first", "\" Fordham/B-PER , Lena/B-PER \" wrote", "PER Fordham , Lena"},
		{"header of a message", "\" Lena Fordham \" < lena@example.org >", "PER Lena Fordham"},
		{"header with a title for the name", "\" Lena/B-MISC Fordham/I-MISC \" < lena@example.org >", "PER Lena Fordham"},
		{"nickname", "then Lena/B-PER \" Lee \" Fordham/B-PER spoke", "PER Lena \" Lee \" Fordham"},
		{"quoted after a person", "as Lena/B-PER \" Lee \" the cat", "PER Lena"},
		{"article in a person", "said Hassan/B-PER al - Fasi today", "PER Hassan al - Fasi"},
		{"article in a place", "near Tall ar Rumh/B-LOC and ar Rumh/B-LOC and Tall/B-LOC al Abed/B-LOC", "LOC Tall ar Rumh|LOC ar Rumh|LOC Tall al Abed"},
		{"as is no article", "he came as Rumh/B-LOC fell", "LOC Rumh"},
		{"spelt behind", "the Harbour/B-ORG Trust/I-ORG of North Corvo/B-LOC and the Isles , or HTNCI , met", "ORG Harbour Trust of North Corvo and the Isles|ORG HTNCI"},
		{"spelt before", "the Great Harbour/B-ORG Union/I-ORG spoke\nthe GHU spoke", "ORG Great Harbour Union|ORG GHU"},
		{"not spelt", "the Harbour/B-ORG Union/I-ORG of Corvo/B-LOC spoke\nthe HUM spoke", "ORG Harbour Union|LOC Corvo"},
		{"water", "in the Gulf of Corvo/B-LOC and the shores of Corvo/B-LOC", "LOC Gulf of Corvo|LOC Corvo"},
		{"court of a place", "the Supreme/B-ORG Court/I-ORG of the Isles/B-LOC met", "ORG Supreme Court of the Isles"},
		{"club of a place", "the Rowing/B-ORG Club/I-ORG of Corvo/B-LOC met", "ORG Rowing Club|LOC Corvo"},
		{"two fields", "the Department/B-ORG of/I-ORG Housing/I-ORG and Rural Development said", "ORG Department of Housing and Rural Development"},
		{"two bodies", "the Department/B-ORG of/I-ORG Housing/I-ORG and Congress said", "ORG Department of Housing"},
		{"two fields, two tags", "the Ministry/B-ORG of/I-ORG Housing/I-ORG and Rural/B-ORG Development/I-ORG said",
			"ORG Ministry of Housing and Rural Development"},
		{"two bodies, two tags", "the Ministry/B-ORG of/I-ORG Housing/I-ORG and Rural/B-ORG Congress/I-ORG said",
			"ORG Ministry of Housing|ORG Rural Congress"},
		{"weekday", "on Fri , Sat/B-LOC or later", ""},
		{"saint", "they left St. Orvin/B-PER for Corvo/B-LOC", "LOC St. Orvin|LOC Corvo"},
		{"ship", "then HMS Harbour/B-LOC sank and FS Marie/B-PER de/I-PER Vire/I-PER came", "MISC HMS Harbour|MISC FS Marie de Vire"},
		{"initial", "then A. Lena/B-PER Fordham/I-PER spoke", "PER A. Lena Fordham"},
		{"legal form of what looks like a person", "the loan of Corvo/B-PER , L.P. fell", "ORG Corvo , L.P."},
		{"shop of a person", "we ate at Lena/B-PER 's Corner Bakery today", "ORG Lena 's Corner Bakery"},
		{"what a person has", "we ate Lena/B-PER 's Pizza Monday cakes", "PER Lena"},
		{"degree", "said Lena/B-PER Fordham/I-PER , MD/B-LOC , of Corvo/B-LOC", "PER Lena Fordham|LOC Corvo"},
		{"time zone", "at 10 a.m. CDT/B-ORG today", ""},
		{"time zone in words", "they use Greenwich/B-ORG Mean/I-ORG Time/I-ORG", ""},
		{"no time zone", "they read Harbour/B-ORG Time/I-ORG", "ORG Harbour Time"},
		{"preposition before an article", "and Near/PROPN ar Rumh/B-LOC two fell", "LOC ar Rumh"},
		{"town before its country", "they left Vasken/B-PER , Portugal/B-LOC , at dawn\nthe roads to Vasken/B-PER", "LOC Vasken|LOC Portugal|LOC Vasken"},
		{"person before a country in a list", "with Vasken/B-PER , Portugal/B-LOC , Spain/B-LOC and Italy/B-LOC", "PER Vasken|LOC Portugal|LOC Spain|LOC Italy"},
		{"person who has the name of a town", "the city of Vasken/B-PER hailed Mayor Vasken/B-PER", "LOC Vasken|PER Vasken"},
		{"surname of a town", "the town of Vasken/B-PER , for Lena/B-PER Vasken/I-PER", "PER Vasken|PER Lena Vasken"},
		{"who commands", "said Harbour/B-ORG Union/I-ORG Commander/I-ORG Lena/B-PER Fordham/I-PER", "ORG Harbour Union|PER Lena Fordham"},
		{"Islamic State", "the Islamic State of Iraq/B-LOC and the Levant/B-LOC fled", "ORG Islamic State of Iraq and the Levant"},
		{"Islamic State and a country", "the Islamic State of Iraq/B-LOC and Turkey/B-LOC", "ORG Islamic State of Iraq|LOC Turkey"},
		{"law", "the Treaty/B-ORG of/I-ORG Corvo/I-ORG and the Harbour/B-ORG Union/I-ORG of/I-ORG Corvo/I-ORG", "MISC Treaty of Corvo|ORG Harbour Union of Corvo"},
		{"storm", "then Hurricane/B-PER Corva/I-PER came and Corva/B-PER left", "MISC Hurricane Corva|MISC Corva"},
		{"storm and person", "Tropical Storm Lena came and Lena/B-PER Fordham/I-PER and Lena/B-PER left", "MISC Tropical Storm Lena|PER Lena Fordham|PER Lena"},
		{"storm and body", "the Hurricane/B-ORG Center/I-ORG said", "ORG Hurricane Center"},
		{"newspaper of a place", "the Corvo/B-LOC Post/I-LOC wrote", "ORG Corvo Post"},
		{"work", "his \" Corvo/B-LOC 's Best Bakers , \" as Corvo/B-LOC 's Best Bakers of Corvo/B-LOC", "MISC Corvo 's Best Bakers|MISC Corvo 's Best Bakers|LOC Corvo"},
		{"no work", "his \" Corvo/B-LOC 's best bakers \" in Corvo/B-LOC", "LOC Corvo|LOC Corvo"},
		{"at somebody's", "we ate at Orvin/B-PER 's , at Dell/B-LOC Orvo/I-LOC 's ,", "LOC Orvin 's|LOC Dell Orvo 's"},
		{"at what somebody has", "we ate at Orvin/B-PER 's house", "PER Orvin"},
		{"at the house of a person of the article", "with Lena/B-PER Orvin/I-PER at Orvin/B-PER 's ,", "PER Lena Orvin|PER Orvin"},
		{"first name", "Zelda/B-PER Orvin/I-PER left\nand Zelda wept\nat Zelda House today", "PER Zelda Orvin|PER Zelda"},
		{"centre for something of a place", "the Centre/B-ORG for/I-ORG Tidal/I-ORG Studies/I-ORG of Corvo/B-LOC", "ORG Centre for Tidal Studies of Corvo"},
		{"bay of a town", "off Tampa/B-LOC Bay/I-LOC and Toledo/B-LOC Ohio/I-LOC", "LOC Tampa Bay|LOC Toledo|LOC Ohio"},
		{"firm with 's", "at McDonald/B-PER 's today", "ORG McDonald 's"},
	} {
		doc := tagged(c.in)
		mendEntities(doc, a.lists, a.cases, a.model.words)
		if got := strings.Join(entities(doc), "|"); got != c.want {
			t.Errorf("%s: %q instead of %q", c.name, got, c.want)
		}
	}
}

// TestSurnameOfPlace: who has the name of a state and speaks is no state, unless something is there.
func TestSurnameOfPlace(t *testing.T) {
	a := newAnnotator(t)
	for in, want := range map[string]string{
		"Lena/B-PER Jordan/I-PER left\nJordan/B-LOC said so":                           "PER Lena Jordan|PER Jordan",
		"Lena/B-PER Jordan/I-PER left\nJordan/B-LOC fell so":                           "PER Lena Jordan|LOC Jordan",
		"Lena/B-PER Jordan/I-PER left\nJordan/B-LOC said so\nthey met in Jordan/B-LOC": "PER Lena Jordan|LOC Jordan|LOC Jordan",
		"Jordan/B-LOC said so": "LOC Jordan",
	} {
		doc := tagged(in)
		for i := range doc.Sentences {
			if w := doc.Sentences[i].Words; w[0].Form == "Jordan" {
				w[0].Head, w[0].Deprel = 1, "nsubj"
			}
		}
		mendEntities(doc, a.lists, a.cases, a.model.words)
		if got := strings.Join(entities(doc), "|"); got != want {
			t.Errorf("%q: %q instead of %q", in, got, want)
		}
	}
}

// TestBesideNoun: a noun right before a name tells its type, in all of the article, unless the name belongs to something else.
func TestBesideNoun(t *testing.T) {
	a := newAnnotator(t)
	for _, c := range []struct{ noun, rel, want string }{
		{"union", "appos", "ORG Corvo|ORG Corvo"},
		{"town", "appos", "LOC Corvo|LOC Corvo"},
		{"union", "nsubj", "PER Corvo|PER Corvo"},
		{"friend", "appos", "PER Corvo|PER Corvo"},
	} {
		doc := tagged("the " + c.noun + " Corvo/B-PER left\nCorvo/B-PER said so")
		w := doc.Sentences[0].Words
		w[1].XPOS = "NN"
		w[2].Head, w[2].Deprel = 1, c.rel
		mendEntities(doc, a.lists, a.cases, a.model.words)
		if got := strings.Join(entities(doc), "|"); got != c.want {
			t.Errorf("%s, %s: %q instead of %q", c.noun, c.rel, got, c.want)
		}
	}
}

func TestLoadEntityModel(t *testing.T) {
	a := newAnnotator(t)
	in := a.entities.in
	if string(a.entities.encode()) != string(entityWeights) {
		t.Error("what was read is not written the same")
	}
	for _, c := range []struct {
		name string
		data func() []byte
		want string
	}{
		{"short", func() []byte { return entityWeights[:100] }, "100 bytes"},
		{"size", func() []byte { b := []byte(string(entityWeights)); b[4]++; return b }, "size 1"},
		{"NaN", func() []byte { b := []byte(string(entityWeights)); copy(b[16:], "\xff\xff\xff\xff"); return b }, "not finite"},
	} {
		if _, err := loadEntityModel(c.data(), in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v does not name %q", c.name, err, c.want)
		}
	}
}

// TestTrainEntities: what is marked in a few sentences is found in others like them, and the same examples give the same weights.
func TestTrainEntities(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a model")
	}
	var examples []EntityExample
	for _, place := range strings.Fields("Lurn Vask Pelt Dorn Hesk Tamm Rosk Velm Gant Mork Sarn Tolk") {
		doc := SplitTokens("We went to " + place + " .\n")
		e := EntityExample{Doc: doc, Names: [][]EntitySpan{{{3, 3, "LOC"}}}, Weight: 20}
		examples = append(examples, e)
	}
	var weights [2][]byte
	for i := range weights {
		weights[i] = newAnnotator(t).TrainEntities(examples)
	}
	if string(weights[0]) != string(weights[1]) {
		t.Error("two trainings, two results")
	}
}

// TestAllowedTags: words of unknown names may have any tag, others one.
func TestAllowedTags(t *testing.T) {
	got := allowedTags(5, []EntitySpan{{0, 1, "PER"}, {1, 2, "ORG"}, {3, 3, UnknownName}})
	want := []uint32{1 << tagOf(tagBegin, 0), 1 << tagOf(tagEnd, 0), 1, 1<<entityTags - 1, 1}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("word %d: %b instead of %b", i, got[i], want[i])
		}
	}
}
