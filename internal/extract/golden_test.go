package extract

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata/*.txt")

// A golden file holds examples of one phenomenon. An example is a comment line, a tree line for each sentence of its document and
// the lines of its propositions, each after "= ". The words of a tree are FORM[~LEMMA]/XPOS/HEAD/DEPREL, the head counted from 1;
// "_" joins a word to the one before without a blank, and "¶" before the first word begins a paragraph.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { golden(t, file, propositionLines) })
	}
}

// A line of testdata/oie is "full:" or "min:" and then an extraction: SUBJECT | PREDICATE | OBJECT ….
func TestGoldenOIE(t *testing.T) {
	golden(t, "testdata/oie/rendering.txt", extractionLines)
}

func propositionLines(doc *nlp.Document) (lines []string) {
	for _, p := range Propositions(doc) {
		lines = append(lines, show(doc, &p))
	}
	return lines
}

func extractionLines(doc *nlp.Document) (lines []string) {
	props := Propositions(doc)
	for _, way := range []string{"full", "min"} {
		for _, found := range OIE(doc, props, way == "min") {
			for _, x := range found {
				lines = append(lines, fmt.Sprintf("%s: %s | %s | %s", way, x.Args[0], x.Predicate, strings.Join(x.Args[1:], " | ")))
			}
		}
	}
	return lines
}

func golden(t *testing.T, file string, render func(*nlp.Document) []string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	var trees []string
	var treeLine, line int
	var want []string
	flush := func() {
		if len(trees) == 0 {
			return
		}
		doc, err := nlptest.ReadTrees(trees...)
		if err != nil {
			t.Fatalf("%s:%d: %v", file, treeLine, err)
		}
		got := render(doc)
		if !*update && strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, treeLine, doc.Text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, g := range got {
			out.WriteString("= " + g + "\n")
		}
		trees, want = nil, nil
	}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line++
		text := sc.Text()
		switch {
		case strings.HasPrefix(text, "= "):
			want = append(want, text[2:])
			continue
		case text != "" && text[0] != '#':
			if len(want) > 0 {
				flush()
			}
			if len(trees) == 0 {
				treeLine = line
			}
			trees = append(trees, text)
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
	speaker := func(name string, a *Argument, sent int) {
		if a.Head < 0 {
			fmt.Fprintf(&b, " | %s=?", name)
			return
		}
		t = newTree(doc, sent)
		fmt.Fprintf(&b, " | %s=%s", name, phrase(a))
	}
	if p.Source != nil {
		speaker("source", p.Source, p.SourceSent)
	}
	for i := range p.Via {
		speaker("via", &p.Via[i].Argument, p.Via[i].Sent)
	}
	if p.Derived {
		b.WriteString(" | derived")
	}
	return b.String()
}
