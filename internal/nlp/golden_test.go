package nlp

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden runs a file of cases, each a line "> input" (with \n, \r and \t for those characters) and the lines that render
// makes of it, and compares; with -update it writes the file anew.
func golden(t *testing.T, name string, render func(input string) string) {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "#") {
			fmt.Fprintln(&out, line)
		}
		if input, ok := strings.CutPrefix(line, "> "); ok {
			text := strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\u00a0`, "\u00a0", `\xff`, "\xff").Replace(input)
			fmt.Fprintf(&out, "\n> %s\n%s", input, render(text))
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(raw), out.String()); diff != "" {
		t.Error(diff)
	}
}

// TestTokenGolden: one line a sentence, words parted by blanks, those of one token by +.
func TestTokenGolden(t *testing.T) {
	golden(t, "testdata/tokens.txt", func(input string) string {
		var b strings.Builder
		for _, sent := range Tokenize(input).Sentences {
			inside := 0
			for i, w := range sent.Words {
				switch {
				case inside > 0:
					b.WriteByte('+')
				case i > 0:
					b.WriteByte(' ')
				}
				inside--
				if w.Multi > 0 {
					inside = w.Multi - 1
				}
				b.WriteString(strings.ToValidUTF8(w.Form, "\ufffd"))
			}
			b.WriteByte('\n')
		}
		return b.String()
	})
}

// TestAnnotateGolden: a word a line with its number, lemma, tag, head, relation and features; then the mentions.
func TestAnnotateGolden(t *testing.T) {
	a := newAnnotator(t)
	golden(t, "testdata/annotated.txt", func(input string) string {
		var b strings.Builder
		for _, sent := range a.Annotate(input).Sentences {
			for i, w := range sent.Words {
				fmt.Fprintf(&b, "%2d %s %s %s %d:%s %s\n", i+1, w.Form, w.Lemma, w.UPOS, w.Head+1, w.Deprel, w.Feats)
			}
			for _, m := range sent.Mentions {
				kind := [...]string{Named: "name", Nominal: "noun", Pronoun: "pron"}[m.Kind]
				fmt.Fprintf(&b, "   [%s] %s %s head %s\n", input[sent.Words[m.First].Begin:sent.Words[m.Last].End], kind, m.Type, sent.Words[m.Head].Form)
			}
		}
		return b.String()
	})
}

// TestLines: a line is a sentence, however it ends; SplitTokens keeps what blanks part.
func TestLines(t *testing.T) {
	forms := func(doc *Document) (out [][]string) {
		for _, sent := range doc.Sentences {
			var words []string
			for _, w := range sent.Words {
				words = append(words, w.Form)
			}
			out = append(out, words)
		}
		return out
	}
	text := "He came. She left\r\n\r\n  at 5 p.m.\nand don't\u00a0ask"
	if diff := cmp.Diff([][]string{{"He", "came", ".", "She", "left"}, {"at", "5", "p.m", "."}, {"and", "do", "n't", "ask"}}, forms(TokenizeLines(text))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{{"He", "came.", "She", "left"}, {"at", "5", "p.m."}, {"and", "don't", "ask"}}, forms(SplitTokens(text))); diff != "" {
		t.Error(diff)
	}
}
