package nlp

import (
	"slices"
	"strings"
	"testing"
)

// checkChains reports referents and chains that cannot be.
func checkChains(t interface{ Fatalf(string, ...any) }, doc *Document) {
	for i, r := range doc.Referents {
		if r.Sent < 0 || r.Sent >= len(doc.Sentences) || r.First < 0 || r.Last < r.First || r.Last >= len(doc.Sentences[r.Sent].Words) ||
			r.Head < r.First || r.Head > r.Last || r.Kind == 0 {
			t.Fatalf("referent %d: %+v", i, r)
		}
		if r.Antecedent >= i || r.Antecedent >= 0 && (r.Chain < 0 || doc.Referents[r.Antecedent].Chain != r.Chain) ||
			(r.Antecedent < 0) != (r.Probability == 0) || !(r.Probability >= 0 && r.Probability <= 1) {
			t.Fatalf("referent %d: %+v", i, r)
		}
		if i > 0 {
			p := doc.Referents[i-1]
			if p.Sent > r.Sent || p.Sent == r.Sent && (p.First > r.First || p.First == r.First && p.Last <= r.Last) {
				t.Fatalf("referent %+v after %+v", r, p)
			}
		}
	}
	for k, chain := range doc.Chains {
		if len(chain) < 2 {
			t.Fatalf("chain %d: %v", k, chain)
		}
		he, she := false, false
		for _, i := range chain {
			p := pronouns[strings.ToLower(referentText(doc, &doc.Referents[i]))].pro
			he, she = he || p == proHe, she || p == proShe
		}
		if he && she {
			t.Fatalf("chain %d has he and she", k)
		}
		for n, i := range chain {
			if doc.Referents[i].Chain != k || n > 0 && chain[n-1] >= i {
				t.Fatalf("chain %d: %v", k, chain)
			}
		}
	}
}

// referentText returns the words of r.
func referentText(doc *Document, r *Referent) string {
	words := doc.Sentences[r.Sent].Words
	return doc.Text[words[r.First].Begin:words[r.Last].End]
}

// TestChains reads made-up stories. Each line behind one says PHRASE = ANTECEDENT: the first referent with the text PHRASE is in one
// chain with the first one of the text ANTECEDENT before it; "PHRASE ≠ OTHER" that it is not.
func TestChains(t *testing.T) {
	a := newAnnotator(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Anna Keller leads the institute. She was born in Oslo.", []string{"She = Anna Keller"}},
		{"Daniel Weber met Maria Lopez in Vienna. He gave her a book.", []string{"He = Daniel Weber", "her = Maria Lopez"}},
		{"The Northern Mining Company sold a mine. The company said it had found no copper there.",
			[]string{"The company = The Northern Mining Company", "it = The Northern Mining Company", "it ≠ a mine"}},
		{"President Laura Stone spoke to farmers on Monday. Stone told them that prices would rise.",
			[]string{"Stone = President Laura Stone", "them = farmers"}},
		{"The rebels left the town because they had no water.", []string{"they = The rebels"}},
		{"The old bridge was closed in May. Workers repaired the bridge in June.", []string{"the bridge = The old bridge"}},
		{"Paul Stein met Victor Hahn in Bonn. He suggested to Hahn that they wait.", []string{"He ≠ Victor Hahn"}},
		{"It is hard to find water in the desert.", []string{"to find water in the desert = It"}},
		{"Sandra Keller, the spokeswoman, said on Monday that she had seen the report. Keller gave no details. The mayor said he was glad. " +
			"He thanked Keller.", []string{"she = Sandra Keller", "Keller = Sandra Keller", "he ≠ Sandra Keller", "He ≠ Sandra Keller"}},
		{"The sailors met the captain in the harbour. He had waited for an hour.", []string{"He ≠ The sailors", "He = the captain"}},
		{"ANNA: I like Oslo.\n\nPAUL: I prefer Rome.\n\nANNA: Why?\n\nPAUL: My parents live there.", []string{"I ≠ I", "My ≠ I"}},
		{"ANNA: I like Oslo.\n\nPAUL: Why?\n\nANNA: My parents live there.\n\nPAUL: Really?", []string{"My = I"}},
		{"Norway sells fish to Germany. He said the price was too low.", []string{"He ≠ Norway", "He ≠ Germany"}},
		{"The World Fishing Council met in Lima. The WFC elected a chairman.", []string{"The WFC = The World Fishing Council"}},
	} {
		doc := a.Annotate(c.text)
		checkChains(t, doc)
		for _, want := range c.want {
			phrase, other, same := strings.Cut(want, " = ")
			if !same {
				phrase, other, _ = strings.Cut(want, " ≠ ")
			}
			first, second := -1, -1
			for i := range doc.Referents {
				switch text := referentText(doc, &doc.Referents[i]); {
				case first < 0 && text == other:
					first = i
				case first >= 0 && second < 0 && text == phrase:
					second = i
				}
			}
			if first < 0 || second < 0 {
				t.Errorf("%s\n%s: not both among the referents", c.text, want)
				continue
			}
			k := doc.Referents[second].Chain
			if (k >= 0 && doc.Referents[first].Chain == k) != same {
				t.Errorf("%s\nnot so: %s", c.text, want)
			}
		}
	}
}

func TestClasses(t *testing.T) {
	a := newAnnotator(t)
	doc := a.Annotate("The engineer drank water in the harbour on Tuesday after the ministry had cancelled the festival.")
	got := map[string]string{}
	for i := range doc.Referents {
		got[referentText(doc, &doc.Referents[i])] = doc.Referents[i].Class
	}
	for phrase, want := range map[string]string{"The engineer": "person", "water": "substance", "the harbour": "place", "Tuesday": "time",
		"the ministry": "organization", "the festival": "event"} {
		if got[phrase] != want {
			t.Errorf("%q is %q, want %q", phrase, got[phrase], want)
		}
	}
}

// TestCorefOfNetwork fails where the network was trained anew and coref.txt was not.
func TestCorefOfNetwork(t *testing.T) {
	files, err := embeddedModel()
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseCoref(corefTable, 361, 100)
	if err != nil {
		t.Fatal(err)
	}
	if want := networkSum(files.weights); c.network != want {
		t.Errorf("coref.txt was learnt from the network %s, the embedded one is %s: kg eval coref --train internal/nlp/model/coref.txt", c.network, want)
	}
	if got := c.write(); got != corefTable {
		t.Error("written again, coref.txt differs")
	}
}

func TestParseCorefErrors(t *testing.T) {
	head := "network 0\n" + "class" + strings.Repeat(" 1", len(SemanticClasses)*2) + "\ngender 1 1\nstatus" + strings.Repeat(" 1", statuses*4) + "\n"
	for text, want := range map[string]string{
		"class 1\n":                              `first line "class 1\n" instead of the network's checksum`,
		"network 0\nclass 1\n":                   "class: 1 weights instead of 20",
		"network 0\n":                            "class: EOF",
		strings.Replace(head, " 1\n", " x\n", 1): `class: weight "x"`,
		head:                                     "ranker 0: none: number of trees: EOF",
		head + "0\n1\n255>1 : 1 2\n":             `ranker 0: options: tree 1: split "255>1"`,
	} {
		if _, err := parseCoref(text, 2, 1); err == nil || err.Error() != want {
			t.Errorf("%.30q…: error %v, want %q", text, err, want)
		}
	}
}

// A word that the table of vectors has with zeros for its digits has that vector everywhere.
func TestVectorOfDigits(t *testing.T) {
	m := newAnnotator(t).model
	want := m.appendVector(nil, "d00l")
	if m.line("d00l") < 0 || m.words["d77l"] != 0 {
		t.Fatal("another table: take another word")
	}
	if got := m.appendVector(nil, "D77L"); !slices.Equal(got, want) {
		t.Error("other digits have another vector")
	}
}

// Who speaks before and next in a transcript, and the words of a speaker's label, tell whom "you" means.
func TestTurns(t *testing.T) {
	doc := Tokenize("ANNA LUND: I like Oslo. Do you?\n\nPAUL: I prefer Rome.\n\nANNA LUND: Why?\n\nMr. Hahn: It is warm.\n\nPAUL: Yes.\n\n")
	speakers(doc)
	doc.Sentences[len(doc.Sentences)-1].Speaker = "LauraStone"
	c := &corefScratch{ids: map[string]int32{}, labels: map[int32][]int32{}}
	c.turns(doc)
	name := map[int32]string{}
	for s, id := range c.ids {
		name[id] = s
	}
	var got []string
	for _, x := range c.turn {
		if got = append(got, name[x.before]+" "+name[x.speaker]+" "+name[x.after]); x.speaker == 0 {
			t.Errorf("a sentence without a speaker: %q", got)
		}
	}
	if want := []string{" \x01anna lund \x01paul", " \x01anna lund \x01paul", "\x01anna lund \x01paul \x01anna lund",
		"\x01paul \x01anna lund \x01laurastone"}; !slices.Equal(got[:4], want) {
		t.Errorf("got  %q\nwant %q", got[:4], want)
	}
	for label, want := range map[string][]string{"\x01anna lund": {"anna", "lund"}, "\x01paul": {"paul"}, "\x01laurastone": {"laura", "stone"}} {
		var words []string
		for _, id := range c.labels[c.ids[label]] {
			if words = append(words, name[id]); !slices.Contains(c.labels[id], c.ids[label]) {
				t.Errorf("%q isn't among the speakers of %q", label, name[id])
			}
		}
		if !slices.Equal(words, want) {
			t.Errorf("label %q: words %q, want %q", label, words, want)
		}
	}
	stone := &referent{kind: kindName, lemma: c.id("stone")}
	if !c.labelled(c.ids["\x01laurastone"], stone) || c.labelled(c.ids["\x01paul"], stone) {
		t.Error("Stone is Laura Stone and not Paul")
	}
}
