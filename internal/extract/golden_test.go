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

// A golden file holds examples of one phenomenon. An example is a comment line, a tree line and the lines of its
// propositions, each after "= ". The words of the tree are FORM[~LEMMA]/XPOS/HEAD/DEPREL, the head counted from 1.
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
	var tree string
	var treeLine, line int
	var want []string
	flush := func() {
		if tree == "" {
			return
		}
		doc, err := nlptest.ReadTrees(tree)
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
