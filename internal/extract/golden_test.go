package extract

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kg/internal/nlp"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata/*.txt")

// A golden file holds examples of one phenomenon. An example is a comment line, a tree line and the lines of its
// propositions, each after "= ". The words of the tree are FORM[~LEMMA]/XPOS/HEAD/DEPREL, the head counted from 1.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	var tree string
	var treeLine, line int
	var want []string
	flush := func() {
		if tree == "" {
			return
		}
		doc, err := readTree(tree)
		if err != nil {
			t.Fatalf("%s:%d: %v", file, treeLine, err)
		}
		var got []string
		for _, p := range Propositions(doc) {
			got = append(got, show(doc, &p))
		}
		if !*update && strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, treeLine, doc.Text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, g := range got {
			out.WriteString("= " + g + "\n")
		}
		tree, want = "", nil
	}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line++
		text := sc.Text()
		switch {
		case strings.HasPrefix(text, "= "):
			want = append(want, text[2:])
			continue
		case text != "" && text[0] != '#':
			flush()
			tree, treeLine = text, line
		default:
			flush()
		}
		out.WriteString(text + "\n")
	}
	flush()
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readTree reads one sentence in the notation of TestGolden.
func readTree(line string) (*nlp.Document, error) {
	doc := &nlp.Document{}
	var s nlp.Sentence
	for i, tok := range strings.Fields(line) {
		f := strings.Split(tok, "/")
		if len(f) != 4 {
			return nil, fmt.Errorf("word %d: %q is not FORM/XPOS/HEAD/DEPREL", i+1, tok)
		}
		head, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, fmt.Errorf("word %d: head: %w", i+1, err)
		}
		form, lemma, ok := strings.Cut(f[0], "~")
		if !ok {
			lemma = strings.ToLower(form)
			if f[1] == "NNP" {
				lemma = form
			}
		}
		if doc.Text != "" {
			doc.Text += " "
		}
		w := nlp.Word{Begin: len(doc.Text), Form: form, Lemma: lemma, XPOS: f[1], UPOS: upos(f[1], f[3], lemma), Head: head - 1, Deprel: f[3], ArcMargin: 1, NER: "O"}
		doc.Text += form
		w.End = len(doc.Text)
		s.Words = append(s.Words, w)
	}
	for i, w := range s.Words {
		if w.Head >= len(s.Words) {
			return nil, fmt.Errorf("word %d: head %d of %d words", i+1, w.Head+1, len(s.Words))
		}
	}
	s.End = len(doc.Text)
	doc.Sentences = []nlp.Sentence{s}
	return doc, nil
}

func upos(xpos, deprel, lemma string) string {
	switch {
	case strings.HasPrefix(deprel, "aux"), deprel == "cop", xpos == "MD":
		return "AUX"
	case strings.HasPrefix(xpos, "NNP"):
		return "PROPN"
	case strings.HasPrefix(xpos, "NN"):
		return "NOUN"
	case strings.HasPrefix(xpos, "VB"):
		return "VERB"
	case strings.HasPrefix(xpos, "JJ"):
		return "ADJ"
	case lemma == "not" || lemma == "n't" || xpos == "TO" || xpos == "POS":
		return "PART"
	case strings.HasPrefix(xpos, "RB"), xpos == "WRB":
		return "ADV"
	case xpos == "IN" && deprel == "mark":
		return "SCONJ"
	case xpos == "IN", xpos == "RP":
		return "ADP"
	case strings.HasPrefix(xpos, "PRP"), strings.HasPrefix(xpos, "W"), xpos == "EX":
		return "PRON"
	case xpos == "DT" && deprel == "det", xpos == "PDT":
		return "DET"
	case xpos == "DT":
		return "PRON"
	case xpos == "CD":
		return "NUM"
	case xpos == "CC":
		return "CCONJ"
	}
	return "PUNCT"
}

// show writes p on one line: rule, status, lemma, arguments by role with the minimal form in braces where it differs.
func show(doc *nlp.Document, p *Proposition) string {
	t := newTree(doc, p.Sent)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s%s %s", p.Rule, p.Polarity, p.Modality, p.Lemma)
	phrase := func(a *Argument) string {
		full, short := t.text(a.Words), t.text(a.Minimal.Words)
		if full == short || a.Role == Clause {
			return full
		}
		return full + " {" + short + "}"
	}
	for _, a := range p.Args {
		role := string(a.Role)
		if a.Case != "" {
			role += ":" + strings.ReplaceAll(a.Case, " ", "_")
		}
		fmt.Fprintf(&b, " | %s=%s", role, phrase(&a))
	}
	if p.Source != nil {
		fmt.Fprintf(&b, " | source=%s", phrase(p.Source))
	}
	if p.Derived {
		b.WriteString(" | derived")
	}
	return b.String()
}
