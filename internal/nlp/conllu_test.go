package nlp

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `# newdoc id = a
# sent_id = a-1
# newpar
# text = He can't stop.
1	He	he	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	stop	stop	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No|Entity=x
4.1	stop	stop	VERB	VB	_	_	_	_	_
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = a-2
# newpar
1	Why	why	ADV	WRB	PronType=Int	0	root	_	SpaceAfter=No
2	?	?	PUNCT	.	_	1	punct	_	_

# newdoc id = b
# sent_id = b-1
1-2	du	_	_	_	_	_	_	_	_
1	de	de	ADP	IN	_	2	case	_	_
2	le	le	DET	DT	_	0	root	_	_
`

func TestReadCoNLLU(t *testing.T) {
	for _, in := range []string{sample, strings.ReplaceAll(sample, "\n", "\r\n"), strings.TrimRight(sample, "\n"), "\ufeff" + sample} {
		docs, err := ReadCoNLLU(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) != 2 {
			t.Fatalf("%d documents, want 2", len(docs))
		}
		if want := "He can't stop.\n\nWhy?"; docs[0].Text != want {
			t.Errorf("text %q, want %q", docs[0].Text, want)
		}
		want := []Sentence{
			{Begin: 0, End: 14, ID: "a-1", Words: []Word{
				{Begin: 0, End: 2, Form: "He", Lemma: "he", UPOS: "PRON", XPOS: "PRP", Feats: "Case=Nom", Head: 3, Deprel: "nsubj", ArcMargin: 1},
				{Begin: 3, End: 5, Form: "ca", Lemma: "can", UPOS: "AUX", XPOS: "MD", Feats: "VerbForm=Fin", Head: 3, Deprel: "aux", ArcMargin: 1, Multi: 2},
				{Begin: 5, End: 8, Form: "n't", Lemma: "not", UPOS: "PART", XPOS: "RB", Feats: "Polarity=Neg", Head: 3, Deprel: "advmod", ArcMargin: 1},
				{Begin: 9, End: 13, Form: "stop", Lemma: "stop", UPOS: "VERB", XPOS: "VB", Feats: "VerbForm=Inf", Head: -1, Deprel: "root", ArcMargin: 1, Misc: "Entity=x"},
				{Begin: 13, End: 14, Form: ".", Lemma: ".", UPOS: "PUNCT", XPOS: ".", Head: 3, Deprel: "punct", ArcMargin: 1},
			}},
			{Begin: 16, End: 20, ID: "a-2", Words: []Word{
				{Begin: 16, End: 19, Form: "Why", Lemma: "why", UPOS: "ADV", XPOS: "WRB", Feats: "PronType=Int", Head: -1, Deprel: "root", ArcMargin: 1},
				{Begin: 19, End: 20, Form: "?", Lemma: "?", UPOS: "PUNCT", XPOS: ".", Head: 0, Deprel: "punct", ArcMargin: 1},
			}},
		}
		if diff := cmp.Diff(want, docs[0].Sentences); diff != "" {
			t.Error(diff)
		}
		// Words that do not join to their token share its place.
		if w := docs[1].Sentences[0].Words; docs[1].Text != "du" || w[0].Form != "de" || w[1].Form != "le" || w[0].End != 2 || w[1].Begin != 0 {
			t.Errorf("text %q, words %+v", docs[1].Text, w)
		}
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	row := func(cols ...string) string { return strings.Join(cols, "\t") + "\n" }
	for _, c := range []struct{ in, want string }{
		{"1\ta\tb\n", `line 1: 3 columns instead of 10: "1\ta\tb"`},
		{"# x\n" + row("2", "a", "_", "_", "_", "_", "0", "_", "_", "_"), `line 2: word number "2" instead of 1`},
		{row("x", "a", "_", "_", "_", "_", "0", "_", "_", "_"), `line 1: word number "x" instead of 1`},
		{row("1", "a", "_", "_", "_", "_", "7", "_", "_", "_"), `line 1: not a head in a sentence of 1 words: "7"`},
		{row("1", "a", "_", "_", "_", "_", "one", "_", "_", "_"), `line 1: not a head in a sentence of 1 words: "one"`},
		{row("1", "", "_", "_", "_", "_", "0", "_", "_", "_"), `line 1: empty form`},
		{row("1-9", "a", "_", "_", "_", "_", "_", "_", "_", "_") + row("1", "a", "_", "_", "_", "_", "0", "_", "_", "_"), `line 1: multiword token "a" goes past the sentence of 1 words`},
		{row("1-x", "a", "_", "_", "_", "_", "_", "_", "_", "_"), `line 1: not a range of words: "1-x"`},
		{row("1", "a", "_", "_", "_", "_", "0", "_", "_", "_") + row("2", "b", "_", "_", "_", "_", "0", "_", "_", "_"), `line 2: second root "b"`},
		{row("1", "a", "_", "_", "_", "_", "2", "_", "_", "_") + row("2", "b", "_", "_", "_", "_", "1", "_", "_", "_"), `line 1: the heads from word "a" on go in a circle`},
		{row("1", "a", "_", "_", "_", "_", "0", "_", "_", "_") + row("2", "b", "_", "_", "_", "_", "_", "_", "_", "_"), `line 2: word "b" has no head`},
		{row("1", "a", "_", "_", "_", "_", "0", "_", "_", "_") + "# newdoc\n", `line 2: "# newdoc" inside a sentence`},
	} {
		_, err := ReadCoNLLU(strings.NewReader(c.in))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: error %v, want %s", c.in, err, c.want)
		}
	}
}

func TestWriteCoNLLU(t *testing.T) {
	docs, err := ReadCoNLLU(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	docs[0].Sentences[0].Words[0].NER = "B-PER"
	var out bytes.Buffer
	if err := WriteCoNLLU(&out, docs[0]); err != nil {
		t.Fatal(err)
	}
	want := `# newdoc
# newpar
# sent_id = a-1
# text = He can't stop.
1	He	he	PRON	PRP	Case=Nom	4	nsubj	_	NER=B-PER
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	stop	stop	VERB	VB	VerbForm=Inf	0	root	_	Entity=x|SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# sent_id = a-2
# text = Why?
1	Why	why	ADV	WRB	PronType=Int	0	root	_	SpaceAfter=No
2	?	?	PUNCT	.	_	1	punct	_	_

`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// TestCoNLLURoundTrip: a treebank that is read, written and read again is the same.
func TestCoNLLURoundTrip(t *testing.T) {
	for _, name := range []string{"ewt/dev.conllu.gz", "gum/dev.conllu.gz"} {
		docs := treebank(t, name)
		var out bytes.Buffer
		for _, doc := range docs {
			if err := WriteCoNLLU(&out, doc); err != nil {
				t.Fatal(err)
			}
		}
		back, err := ReadCoNLLU(&out)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(docs, back); diff != "" {
			t.Errorf("%s: %.2000s", name, diff)
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\t_\t_\t_\t_\t2\t_\t_\t_\n2\tle\t_\t_\t_\t_\t0\t_\t_\t_\n"))
	f.Add([]byte("# newdoc\n# newdoc\n\n\n"))
	f.Add([]byte("1\t\x1b\t_\t_\t_\t_\t0\t_\t_\t_\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		docs, err := ReadCoNLLU(bytes.NewReader(in))
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Fatalf("error without a line: %v", err)
		}
		for _, doc := range docs {
			for _, sent := range doc.Sentences {
				for _, w := range sent.Words {
					if w.Begin < 0 || w.End > len(doc.Text) || w.Begin > w.End || w.Head < -1 || w.Head >= len(sent.Words) {
						t.Fatalf("%+v", w)
					}
				}
			}
			var out bytes.Buffer
			if err := WriteCoNLLU(&out, doc); err != nil {
				t.Fatal(err)
			}
			if _, err := ReadCoNLLU(&out); err != nil {
				t.Fatalf("what was written cannot be read: %v", err)
			}
		}
	})
}

// TestWriteError: an error of the writer comes back.
func TestWriteError(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	if err := WriteCoNLLU(w, Tokenize("a")); err == nil {
		t.Error("no error")
	}
}
