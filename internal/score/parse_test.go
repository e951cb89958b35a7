package score

import (
	"strings"
	"testing"

	"kg/internal/nlp"
)

// parsed reads CoNLL-U in a short notation: columns parted by blanks, only ID FORM UPOS HEAD DEPREL and, where it matters,
// "~" at the end of a line for SpaceAfter=No.
func parsed(t *testing.T, short string) *nlp.Document {
	t.Helper()
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(short), "\n") {
		f := strings.Fields(line)
		misc := "_"
		if len(f) > 0 && f[len(f)-1] == "~" {
			misc, f = "SpaceAfter=No", f[:len(f)-1]
		}
		switch {
		case len(f) == 0:
			b.WriteString("\n")
		case f[0] == "#":
			b.WriteString(strings.TrimSpace(line) + "\n")
		case len(f) == 2:
			b.WriteString(f[0] + "\t" + f[1] + "\t_\t_\t_\t_\t_\t_\t_\t" + misc + "\n")
		case len(f) == 5:
			b.WriteString(f[0] + "\t" + f[1] + "\t" + strings.ToLower(f[1]) + "\t" + f[2] + "\t_\t_\t" + f[3] + "\t" + f[4] + "\t_\t" + misc + "\n")
		default:
			t.Fatalf("short CoNLL-U: %q", line)
		}
	}
	docs, err := nlp.ReadCoNLLU(strings.NewReader(b.String() + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	return docs[0]
}

const goldTrees = `
1 Ann PROPN 2 nsubj
2 slept VERB 0 root ~
3 . PUNCT 2 punct

1-2 don't
1 do AUX 3 aux
2 n't PART 3 advmod:neg
3 shout VERB 0 root`

func TestParseGoldTokens(t *testing.T) {
	out := parsed(t, `
1 Ann NOUN 2 nsubj
2 slept VERB 0 root ~
3 . PUNCT 1 punct

1-2 don't
1 do AUX 3 aux
2 n't PART 3 advmod
3 shout VERB 0 root`)
	p, err := ParseGoldTokens(parsed(t, goldTrees), out)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		got  PRF
		want int
	}{{"words", p.Words, 6}, {"UPOS", p.UPOS, 5}, {"UAS", p.UAS, 5}, {"LAS", p.LAS, 4}, {"universal LAS", p.UniversalLAS, 5}, {"lemma", p.Lemma, 6}} {
		if c.got != (PRF{6, 6, c.want}) {
			t.Errorf("%s = %v, want %d of 6", c.what, c.got, c.want)
		}
	}
	out.Sentences[1].Words[2].Form = "shouts"
	if _, err := ParseGoldTokens(parsed(t, goldTrees), out); err == nil || !strings.Contains(err.Error(), `sentence 2, word 3: "shouts" instead of "shout"`) {
		t.Errorf("other form: error %v", err)
	}
}

func TestParseRaw(t *testing.T) {
	// The output keeps "slept." as one token, makes one sentence of two, and does not split "don't": of the gold's 5 tokens
	// it has Ann, don't, shout; of the 6 words only Ann and shout align.
	out := parsed(t, `
1 Ann PROPN 4 nsubj
2 slept. VERB 1 x
3 don't AUX 4 aux
4 shout VERB 0 root`)
	p, err := ParseRaw([]*nlp.Document{parsed(t, goldTrees)}, out)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want PRF
	}{
		{"tokens", p.Tokens, PRF{5, 4, 3}},
		{"sentences", p.Sentences, PRF{2, 1, 0}},
		{"words", p.Words, PRF{6, 4, 2}},
		{"UPOS", p.UPOS, PRF{6, 4, 2}},
		{"UAS", p.UAS, PRF{6, 4, 1}}, // the head of Ann is "slept", which aligns with nothing
		{"LAS", p.LAS, PRF{6, 4, 1}},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.what, c.got, c.want)
		}
	}
	near(t, "F1 of tokens", p.Tokens.F1(), 2*3.0/9)
}

// Words of a multiword token align by their forms, since they need not be in the text: "dunno" against "du" "n" "no".
func TestParseRawForms(t *testing.T) {
	gold := parsed(t, `
1-3 dunno
1 do AUX 3 aux
2 n't PART 3 advmod
3 know VERB 0 root
4 it PRON 3 obj`)
	out := parsed(t, `
1-2 dunno
1 Do AUX 2 aux
2 know VERB 0 root
3 it PRON 2 obj`)
	p, err := ParseRaw([]*nlp.Document{gold}, out)
	if err != nil {
		t.Fatal(err)
	}
	if p.Words != (PRF{4, 3, 3}) || p.LAS != (PRF{4, 3, 3}) || p.Tokens != (PRF{2, 2, 2}) {
		t.Errorf("words %v, LAS %v, tokens %v", p.Words, p.LAS, p.Tokens)
	}
}

func TestParseRawOtherText(t *testing.T) {
	_, err := ParseRaw([]*nlp.Document{parsed(t, goldTrees)}, parsed(t, "1 Bob X 0 root"))
	if err == nil || !strings.Contains(err.Error(), "character 0") {
		t.Errorf("error %v", err)
	}
}

func TestRawText(t *testing.T) {
	docs, err := nlp.ReadCoNLLU(strings.NewReader(strings.NewReplacer(" ", "\t", "=", " = ").Replace(
		`#newdoc
1 A _ X _ _ 0 root _ SpaceAfter`)))
	if err != nil {
		t.Fatal(err)
	}
	two := parsed(t, "# newpar\n1 B X 0 root ~\n\n1 C X 0 root\n\n# newpar\n1 D X 0 root")
	if got, want := RawText(append(docs, two)), "A\n\nB C\n\nD"; got != want {
		t.Errorf("RawText = %q, want %q", got, want)
	}
}
