package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func export(t fataler, s *Store, format string) (string, int) {
	var b bytes.Buffer
	n, err := s.Export(ctx, &b, format)
	if err != nil {
		t.Fatalf("export %s: %v", format, err)
	}
	return b.String(), n
}

// What is exported parses to the same set, has as many lines as there are quads, and does not depend on the order of writing.
func TestExportProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := genRecord("kg:article/a").Draw(t, "a"), genRecord("kg:article/b").Draw(t, "b")
		s1, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s1.Close()
		s2, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s2.Close()
		if _, err := s1.Add(ctx, a, b); err != nil {
			t.Fatal(err)
		}
		if _, err := s2.Add(ctx, b); err != nil {
			t.Fatal(err)
		}
		if _, err := s2.Add(ctx, a); err != nil {
			t.Fatal(err)
		}
		text, n := export(t, s1, "nquads")
		want := quadSet(t, s1)
		if lines := strings.Count(text, "\n"); lines != n || n != len(want) {
			t.Fatalf("%d lines, %d told, %d quads", lines, n, len(want))
		}
		quads, err := s1.ParseQuads(strings.NewReader(text), "nquads", 0)
		if err != nil {
			t.Fatalf("parse export: %v", err)
		}
		got := map[Quad]int{}
		for _, q := range quads {
			got[q]++
		}
		if !maps.Equal(want, got) {
			t.Fatal("parsed export differs from the store")
		}
		if again, _ := export(t, s2, "nquads"); again != text {
			t.Fatal("export depends on the order of writing")
		}
		defer func(n int) { sortBytes = n }(sortBytes)
		sortBytes = 500
		if again, _ := export(t, s2, "nquads"); again != text {
			t.Fatal("merged runs differ from one sorted run")
		}
		triples, n := export(t, s2, "ntriples")
		set := map[Quad]bool{}
		for q := range want {
			q.Graph = Term{}
			set[q] = true
		}
		if n != len(set) || strings.Count(triples, "\n") != n {
			t.Fatalf("%d triples, want %d", n, len(set))
		}
		if _, n := export(t, s2, "turtle"); n != len(set) {
			t.Fatalf("turtle: %d triples, want %d", n, len(set))
		}
		// Writing the parsed quads elsewhere gives the same store; the articles are read back from it.
		s3, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s3.Close()
		if n, err := s3.WriteQuads(ctx, quads); err != nil || n != len(want) {
			t.Fatalf("WriteQuads = %d, %v", n, err)
		}
		if again, _ := export(t, s3, "nquads"); again != text {
			t.Fatal("export of imported quads differs")
		}
		if n, err := s3.WriteQuads(ctx, quads); err != nil || n != 0 {
			t.Fatalf("WriteQuads again = %d, %v", n, err)
		}
		half := quads[:len(quads)/2]
		if n, err := s3.DeleteQuads(ctx, half); err != nil || n != len(half) {
			t.Fatalf("DeleteQuads = %d, %v, want %d", n, err, len(half))
		}
		if n, err := s3.DeleteQuads(ctx, half); err != nil || n != 0 {
			t.Fatalf("DeleteQuads again = %d, %v", n, err)
		}
		if left := quadSet(t, s3); len(left) != len(want)-len(half) {
			t.Fatalf("%d quads left, want %d", len(left), len(want)-len(half))
		}
		for format := range map[string]bool{"nquads": true, "json": true} {
			var b bytes.Buffer
			if n, err := s1.EncodeQuads(&b, format, s1.Quads(ctx, Quad{})); err != nil || n != len(want) {
				t.Fatalf("EncodeQuads(%s) = %d, %v", format, n, err)
			}
			quads, err := s1.ParseQuads(&b, format, 0)
			if err != nil {
				t.Fatalf("parse %s: %v", format, err)
			}
			for _, q := range quads {
				if want[q] != 1 {
					t.Fatalf("%s: no such quad: %v", format, q)
				}
			}
			if len(quads) != len(want) {
				t.Fatalf("%s: %d quads, want %d", format, len(quads), len(want))
			}
		}
	})
}

func TestExportText(t *testing.T) {
	s := openTest(t, Options{})
	quads := []Quad{
		{Res("kg:a"), Res("rdf:type"), Res("kgo:Claim"), Res("kg:g")},
		{Res("kg:a"), Res("rdf:type"), Res("kgo:Claim"), Res("kg:h")},
		{Res("kg:a"), Res("kgo:p"), Str("x\"y\\z\n\x01\x7fé"), Term{}},
		{Res("kg:a"), Res("kgo:p"), Term{Kind: Literal, Value: "5", Datatype: "xsd:integer"}, Term{}},
		{Res("kg:U.S."), Res("kgo:p"), Term{Kind: Literal, Value: "chat", Lang: "fr"}, Term{}},
		{Res("kg:a/b(c)'%20é"), Res("kgo:p"), Res("http://other.example/x#y"), Term{}},
		{Term{Kind: Blank, Value: "b0"}, Res("kgo:p"), Term{Kind: Blank, Value: "b1"}, Term{Kind: Blank, Value: "g"}},
		{Res("kg:-x"), Res("kgo:p"), Res("kg:"), Term{}},
	}
	if n, err := s.WriteQuads(ctx, quads); err != nil || n != len(quads) {
		t.Fatal(n, err)
	}
	for format, want := range map[string]string{
		"nquads": `<http://example.org/kg/-x> <http://example.org/kg/ontology/p> <http://example.org/kg/> .
<http://example.org/kg/U.S.> <http://example.org/kg/ontology/p> "chat"@fr .
<http://example.org/kg/a/b(c)'%20é> <http://example.org/kg/ontology/p> <http://other.example/x#y> .
<http://example.org/kg/a> <http://example.org/kg/ontology/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/kg/a> <http://example.org/kg/ontology/p> "x\"y\\z\n\u0001\u007Fé" .
<http://example.org/kg/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/kg/ontology/Claim> <http://example.org/kg/g> .
<http://example.org/kg/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/kg/ontology/Claim> <http://example.org/kg/h> .
_:b0 <http://example.org/kg/ontology/p> _:b1 _:g .
`,
		"turtle": `
kg:\-x
    kgo:p kg: .

kg:U.S\.
    kgo:p "chat"@fr .

kg:a\/b\(c\)\'%20é
    kgo:p <http://other.example/x#y> .

kg:a
    kgo:p "5"^^xsd:integer, "x\"y\\z\n\u0001\u007Fé" ;
    a kgo:Claim .

_:b0
    kgo:p _:b1 .
`,
		"jsonld": `
    {
      "@id": "kg:-x",
      "kgo:p": {"@id":"kg:"}
    },
    {
      "@id": "kg:U.S.",
      "kgo:p": {"@language":"fr","@value":"chat"}
    },
    {
      "@id": "kg:a/b(c)'%20é",
      "kgo:p": {"@id":"http://other.example/x#y"}
    },
    {
      "@id": "kg:a",
      "kgo:p": [{"@type":"xsd:integer","@value":"5"},"x\"y\\z\n\u0001` + "\x7f" + `é"],
      "@type": "kgo:Claim"
    },
    {
      "@id": "_:b0",
      "kgo:p": {"@id":"_:b1"}
    }
  ]
}
`} {
		got, _ := export(t, s, format)
		switch format {
		case "turtle":
			_, got, _ = strings.Cut(got, "XMLSchema#> .\n")
		case "jsonld":
			_, got, _ = strings.Cut(got, `"@graph": [`)
			want = strings.ReplaceAll(want, `\u007F`, "\u007F")
		}
		if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, got, want)
		}
	}
	if _, err := s.Export(ctx, &bytes.Buffer{}, "docx"); err == nil {
		t.Error("unknown format taken")
	}
	if _, err := s.Export(ctx, failingWriter{}, "nquads"); err == nil {
		t.Error("write error lost")
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Export(cancelled, &bytes.Buffer{}, "nquads"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled export: %v", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestParseQuadsFaults(t *testing.T) {
	s := openTest(t, Options{})
	for text, want := range map[string]string{
		"<a:b> <a:b> <a:b> .\n<a:b> <a:b> .\n":      "line 2: ",
		"<a:b> <a:b> <a:b>":                         "line 1: not an IRI",
		"<a:b> <a:b> <a:b> . <a:b>":                 "line 1: text after",
		"<a> <a:b> <a:b> .":                         "without a prefix",
		"<a:b c> <a:b> <a:b> .":                     "illegal character",
		`"x" <a:b> <a:b> .`:                         "subject: cannot be",
		`<a:b> _:x <a:b> .`:                         "predicate: cannot be",
		`<a:b> <a:b> <a:b> "x" .`:                   "graph: cannot be",
		`<a:b> <a:b> "x .`:                          "closing quote",
		`<a:b> <a:b> "x"^^<y> .`:                    "without a prefix",
		`<a:b> <a:b> "\ud800" .`:                    "no character",
		`<a:b> <a:b> "\x" .`:                        "unknown escape",
		"<a:b> <a:b> \"\xff\" .":                    "not UTF-8",
		`<a:b> <a:b> "x"@1 .`:                       "bad language tag",
		"<a:b> <a:b> <a:%zz> .":                     "hexadecimal",
		"<a:b> <a:b> <http://[::1/> .":              "address",
		"\n\n<a:b> <a:b> \"x\"^^<rdf:langString> .": "line 3: object: rdf:langString",
	} {
		_, err := s.ParseQuads(strings.NewReader(text), "nquads", 0)
		var qe *QuadError
		if !errors.As(err, &qe) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		`{}`: "not a list", `[`: "EOF", `[] x`: "after the list", `[1]`: "quad 1", `[{"subject": "<a:b>", "predicate": "<a:b>"}]`: "object: missing",
		`[{"subject": "a", "predicate": "<a:b>", "object": "x"}]`: "subject: cannot be", `[{"subject": "<a:b> ", "predicate": "<a:b>", "object": "x"}]`: "subject: text after",
	} {
		if _, err := s.ParseQuads(strings.NewReader(text), "json", 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	got, err := s.ParseQuads(strings.NewReader("# c\r\n <a:b>\t<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \"\\u00e9\\t\"@en-GB  _:x . # end\r\n\r\n"), "nquads", 1)
	want := Quad{Res("a:b"), Res("rdf:type"), Term{Kind: Literal, Value: "é\t", Lang: "en-GB"}, Term{Kind: Blank, Value: "x"}}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Error(got, err)
	}
	if _, err := s.ParseQuads(strings.NewReader(strings.Repeat("<a:b> <a:b> <a:b> .\n", 3)), "nquads", 2); !errors.Is(err, errTooMany) {
		t.Error(err)
	}
	if _, err := s.WriteQuads(ctx, []Quad{want, {}}); err == nil || !strings.Contains(err.Error(), "quad 2: subject: missing") {
		t.Error(err)
	}
	if n := len(quadSet(t, s)); n != 0 {
		t.Errorf("%d quads of a refused write", n)
	}
}

// Whatever parses can be written, stored, and written again to the same.
func FuzzNQuads(f *testing.F) {
	f.Add("<a:b> <a:b> \"x\\u00e9\"@en _:g .\n")
	f.Add("<http://[::1]:80/%20?x#y> <a:b> \"5\"^^<xsd:integer> .\r# c\n_:a.b <x:> <x:> .")
	f.Add("<kg:ontology/x> <rdf:type> \"\\\\\\n\\\"\" <kg:é> .")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := openStore(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		quads, err := s.ParseQuads(strings.NewReader(text), "nquads", 100)
		if err != nil {
			return
		}
		want := map[Quad]int{}
		for _, q := range quads {
			want[q] = 1
			for _, term := range []Term{q.Subject, q.Predicate, q.Object, q.Graph} {
				if again, err := ParseTerm(term.String()); err != nil || again != term {
					t.Fatalf("ParseTerm(%s) = %v, %v", term, again, err)
				}
			}
		}
		if n, err := s.WriteQuads(ctx, quads); err != nil || n != len(want) {
			t.Fatalf("WriteQuads = %d, %v, want %d", n, err, len(want))
		}
		if got := quadSet(t, s); !maps.Equal(want, got) {
			t.Fatalf("store holds %v, want %v", got, want)
		}
		out, _ := export(t, s, "nquads")
		again, err := s.ParseQuads(strings.NewReader(out), "nquads", 0)
		if err != nil || len(again) != len(want) {
			t.Fatalf("export %q: %v", out, err)
		}
		export(t, s, "turtle")
	})
}

func FuzzTerm(f *testing.F) {
	for _, s := range []string{"<a:b>", `"x"@en`, `"x"^^<a:b>`, "_:b", "x", `"`, "<", `"\U0010FFFF"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		term, err := ParseTerm(s)
		if err != nil || term.Kind == None {
			return
		}
		if err := term.check(); err != nil {
			if term.Kind == Literal && term.Lang == "" && strings.HasSuffix(string(term.Datatype), "langString") {
				return
			}
			t.Fatalf("ParseTerm(%q) = %v, which is none: %v", s, term, err)
		}
		again, err := ParseTerm(term.String())
		if err != nil || again != term {
			t.Fatalf("%q → %v → %v, %v", s, term, again, err)
		}
	})
}

// Other readers of RDF, n3 and oxigraph, find the same in the exports. Needs node and `npm ci` in testdata/oracle.
func TestOracles(t *testing.T) {
	dir := filepath.Join("testdata", "oracle")
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "oxigraph")); err != nil {
		t.Skipf("no node_modules in graph/%s: run npm ci there", filepath.ToSlash(dir))
	}
	s := openTest(t, Options{})
	if _, err := s.Add(ctx, sampleRecord()); err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if _, err := s.Add(ctx, genRecord(IRI(fmt.Sprintf("kg:article/gen%d", i))).Example(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	counts := map[string]int{}
	for format, name := range map[string]string{"nquads": "g.nq", "ntriples": "g.nt", "turtle": "g.ttl"} {
		text, n := export(t, s, format)
		counts[format] = n
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("node", "check.mjs", out)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	var got map[string]int
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	want := map[string]int{"n3.nq": counts["nquads"], "oxigraph.nq": counts["nquads"], "n3.nt": counts["ntriples"], "oxigraph.nt": counts["ntriples"],
		"n3.ttl": counts["turtle"], "oxigraph.ttl": counts["turtle"]}
	if !maps.Equal(want, got) {
		t.Errorf("quads read %v, want %v", got, want)
	}
	var names []string
	for k := range got {
		names = append(names, k)
	}
	sort.Strings(names)
	t.Log(names, counts)
}
