package resolve

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/internal/article"
	"kg/internal/extract"
	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
	"kg/schema"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata/*.txt")

// A golden file holds articles, each about one phenomenon: a comment line, a line for each sentence, the lines of its
// claims, each after "= ", and the reasons of what was dropped, each after "x ". The words of a sentence are
// FORM[~LEMMA]/XPOS/HEAD/DEPREL[/NER], the head counted from 1; "_" joins a word to the one before without a blank.
// A line "& 2.1P 1.3N .9" says that the pronoun whose head is word 1 of sentence 2 goes back to the name whose head is word 3 of
// sentence 1 with probability .9; D is a description, a second letter G a group. Articles are named
// a1, a2 … in order and resolved by one Resolver a file.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { golden(t, file) })
	}
}

// referents makes referents of the lines of a golden file that link two of them.
func referents(lines []string) ([]nlp.Referent, error) {
	var refs []nlp.Referent
	at := func(s string) (int, error) {
		var r nlp.Referent
		kinds := strings.TrimLeft(s, ".0123456789")
		if _, err := fmt.Sscanf(strings.TrimSuffix(s, kinds), "%d.%d", &r.Sent, &r.Head); err != nil {
			return 0, fmt.Errorf("no referent: %q", s)
		}
		r.Sent--
		r.Head--
		r.First, r.Last, r.Antecedent, r.Group = r.Head, r.Head, -1, strings.Contains(kinds, "G")
		r.Kind = map[byte]nlp.MentionKind{'P': nlp.Pronoun, 'N': nlp.Named, 'D': nlp.Nominal}[kinds[0]]
		for i := range refs {
			if refs[i].Sent == r.Sent && refs[i].Head == r.Head && refs[i].Group == r.Group {
				return i, nil
			}
		}
		refs = append(refs, r)
		return len(refs) - 1, nil
	}
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) != 4 {
			return nil, fmt.Errorf("not & REFERENT ANTECEDENT PROBABILITY: %q", line)
		}
		to, err := at(f[2])
		if err != nil {
			return nil, err
		}
		from, err := at(f[1])
		if err != nil {
			return nil, err
		}
		p, err := strconv.ParseFloat(f[3], 32)
		if err != nil {
			return nil, err
		}
		refs[from].Antecedent, refs[from].Probability = to, float32(p)
	}
	return refs, nil
}

func golden(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := newResolver(t)
	var out strings.Builder
	var trees, want, links []string
	first, line, n := 0, 0, 0
	flush := func() {
		if len(trees) == 0 {
			return
		}
		n++
		doc, err := nlptest.ReadTrees(trees...)
		if err != nil {
			t.Fatalf("%s:%d: %v", file, first, err)
		}
		if doc.Referents, err = referents(links); err != nil {
			t.Fatalf("%s:%d: %v", file, first, err)
		}
		a := &article.Article{ID: "a" + strconv.Itoa(n), Text: doc.Text, Published: time.Date(2017, 7, 5, 0, 0, 0, 0, time.UTC)}
		props := extract.Propositions(doc)
		rec, dropped := r.Resolve(a, doc, props)
		check(t, a, doc, rec)
		unrelated(t, r.schema, rec)
		got := show(rec, dropped)
		if !*update && strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, first, doc.Text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, g := range got {
			out.WriteString(g + "\n")
		}
		trees, want, links = nil, nil, nil
	}
	sc := bufio.NewScanner(strings.NewReader(string(data)))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line++
		text := sc.Text()
		switch {
		case strings.HasPrefix(text, "= "), strings.HasPrefix(text, "x "):
			want = append(want, text)
			continue
		case strings.HasPrefix(text, "& "):
			links = append(links, text)
		case text == "" || text[0] == '#':
			flush()
		default:
			if len(trees) == 0 {
				first = line
			}
			trees = append(trees, text)
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

func newResolver(t testing.TB) *Resolver {
	t.Helper()
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{Schema: sch})
}

// show writes claims and dropped propositions one a line: subject, relation, object with their types, then what is not
// plain: polarity, modality, speaker, time, place, further arguments.
func show(rec *graph.Record, dropped []Dropped) []string {
	types := map[graph.IRI]string{}
	for _, e := range rec.Entities {
		types[e.ID] = local(e.Types[0])
	}
	name := func(id graph.IRI) string { return strings.TrimPrefix(string(id), "kg:") + ":" + types[id] }
	var out []string
	for i := range rec.Claims {
		c := &rec.Claims[i]
		obj := name(c.Object.Entity)
		if c.Object.Entity == "" {
			obj = strconv.Quote(c.Object.Literal)
			if c.Object.Datatype != "xsd:string" {
				obj += "^" + string(c.Object.Datatype)
			}
		}
		l := fmt.Sprintf("= %s %s %s", name(c.Subject), strings.TrimPrefix(string(c.Predicate), "kgo:"), obj)
		if c.Polarity == "-" {
			l += " not"
		}
		if c.Modality != "asserted" {
			l += " " + c.Modality
		}
		if c.AttributedTo != "" {
			l += " by=" + name(c.AttributedTo)
		}
		if c.Time != "" {
			l += " time=" + c.Time
		}
		if c.Place != "" {
			l += " place=" + name(c.Place)
		}
		for _, a := range c.Arguments {
			l += fmt.Sprintf(" [%s %q]", strings.TrimSpace(a.Role+" "+a.Case), a.Text)
		}
		out = append(out, l)
	}
	for _, d := range dropped {
		out = append(out, "x "+d.Reason)
	}
	return out
}

// check says what any record must hold: names that resolve, spans inside their sentence, types, one ID a claim.
func check(t *testing.T, a *article.Article, doc *nlp.Document, rec *graph.Record) {
	t.Helper()
	entities := map[graph.IRI]bool{}
	for _, e := range rec.Entities {
		entities[e.ID] = true
		if e.Label == "" || len(e.Types) == 0 || e.Types[len(e.Types)-1] != "kgo:Thing" {
			t.Errorf("%s: entity %s has label %q and types %v", a.ID, e.ID, e.Label, e.Types)
		}
		if strings.ContainsAny(string(e.ID), " <>\"{}|\\^`'") {
			t.Errorf("%s: entity %s: character that no IRI may have", a.ID, e.ID)
		}
	}
	relations := map[graph.IRI]bool{}
	for _, r := range rec.Relations {
		relations[r.ID] = true
		if r.Label == "" {
			t.Errorf("%s: relation %s without a label", a.ID, r.ID)
		}
	}
	sentences := map[graph.IRI]graph.Span{}
	chars := []rune(doc.Text)
	for _, s := range rec.Sentences {
		sentences[s.ID] = s.Span
		if got := string(chars[s.Begin:s.End]); got != s.Text {
			t.Errorf("%s: sentence %s: its characters are %q", a.ID, s.ID, got)
		}
	}
	if rec.Text != doc.Text {
		t.Errorf("%s: text %q, want %q", a.ID, rec.Text, doc.Text)
	}
	var last graph.Span
	for i, m := range rec.Mentions {
		if !entities[m.Entity] {
			t.Errorf("%s: mention %v of %s, which is not in the record", a.ID, m.Span, m.Entity)
		}
		if m.Begin < 0 || m.End > len(chars) || m.Begin >= m.End || i > 0 && last.Compare(m.Span) >= 0 {
			t.Errorf("%s: mention at %v after %v in %d characters", a.ID, m.Span, last, len(chars))
		}
		last = m.Span
	}
	for _, p := range slices.Concat(rec.Skipped, rec.Dropped) {
		if p.Why == "" || p.Begin < 0 || p.End > len(chars) || p.Begin >= p.End {
			t.Errorf("%s: passage %+v in %d characters", a.ID, p, len(chars))
		}
	}
	for i, p := range rec.Dropped {
		for _, q := range rec.Dropped[:i] {
			if p.Why == q.Why && q.Begin <= p.Begin && p.End <= q.End {
				t.Errorf("%s: dropped %+v within %+v", a.ID, p, q)
			}
		}
	}
	hashed := *rec
	hashed.Article.Hash = "h"
	if err := hashed.Check(); err != nil {
		t.Errorf("%s: %v", a.ID, err)
	}
	ids := map[graph.IRI]bool{}
	for i := range rec.Claims {
		c := &rec.Claims[i]
		if ids[c.ID] {
			t.Errorf("%s: claim %s twice", a.ID, c.ID)
		}
		ids[c.ID] = true
		for _, id := range []graph.IRI{c.Subject, c.Object.Entity, c.AttributedTo, c.Place} {
			if id != "" && !entities[id] {
				t.Errorf("%s: claim %s: entity %s is not in the record", a.ID, c.ID, id)
			}
		}
		if !relations[c.Predicate] {
			t.Errorf("%s: claim %s: relation %s is not in the record", a.ID, c.ID, c.Predicate)
		}
		in, ok := sentences[c.Sentence]
		if !ok {
			t.Errorf("%s: claim %s: sentence %s is not in the record", a.ID, c.ID, c.Sentence)
		}
		for _, s := range []graph.Span{c.Span, c.SubjectSpan, c.PredicateSpan, c.ObjectSpan} {
			if s != (graph.Span{}) && (s.Begin < in.Begin || s.End > in.End || s.Begin >= s.End) {
				t.Errorf("%s: claim %s: span %v outside its sentence %v", a.ID, c.ID, s, in)
			}
		}
		if c.Confidence <= 0 || c.Confidence > 1 {
			t.Errorf("%s: claim %s: confidence %v", a.ID, c.ID, c.Confidence)
		}
	}
}
