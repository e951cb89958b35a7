package nlp

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
)

// reference is one sentence of testdata/model.ref.json: what the training code computed for it, greedily.
type reference struct {
	Words           []string
	Feat0           [8]int
	Glove0          int32 // line in words.txt from 1 on, 0 for none
	Enc0, Arc0      []float32
	Head, Rel       []int // Head counts from 1, 0 is the root
	UPOS, XPOS, NER []int
}

func newAnnotator(t testing.TB) *Annotator {
	t.Helper()
	a, err := NewAnnotator(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestReference holds the network to the figures that come with the model: every tag, greedy head and relation exact, the
// floats to 1e-2.
func TestReference(t *testing.T) {
	raw, err := os.ReadFile("testdata/model.ref.json")
	if err != nil {
		t.Fatal(err)
	}
	var refs []reference
	if err := json.Unmarshal(raw, &refs); err != nil {
		t.Fatal(err)
	}
	m := newAnnotator(t).model
	var s scratch
	worst := 0.0
	near := func(i int, what string, got, want []float32) {
		for j := range want {
			d := math.Abs(float64(got[j] - want[j]))
			worst = max(worst, d)
			if d > 1e-2 {
				t.Errorf("sentence %d: %s[%d] = %v, want %v", i, what, j, got[j], want[j])
			}
		}
	}
	argmax := func(x []float32, skip int) int {
		best := -1
		for i, v := range x {
			if i != skip && (best < 0 || v > x[best]) {
				best = i
			}
		}
		return best
	}
	for i, ref := range refs {
		rows, glove := m.features(ref.Words[0])
		if rows != ref.Feat0 || glove+1 != ref.Glove0 {
			t.Errorf("sentence %d: features %v, vector %d; want %v, %d", i, rows, glove+1, ref.Feat0, ref.Glove0)
		}
		s.rows = s.rows[:0]
		for _, w := range ref.Words {
			s.rows = append(s.rows, m.wordInput(w))
		}
		m.encode(&s)
		near(i, "encoder output", s.enc, ref.Enc0)
		m.score(&s)
		near(i, "arc score", s.scores, ref.Arc0)
		for j, w := range ref.Words {
			row := s.heads[j*m.headCols:]
			head := argmax(s.scores[j*s.scoreCols:][:len(ref.Words)+1], j+1)
			got := [5]int{
				head, m.relation(&s, j, head-1, false), argmax(row[:len(m.upos)], -1),
				argmax(row[m.atXPOS:m.atXPOS+len(m.xpos)], -1), argmax(row[m.atNER:m.atNER+len(m.ner)], -1),
			}
			want := [5]int{ref.Head[j], ref.Rel[j], ref.UPOS[j], ref.XPOS[j], ref.NER[j]}
			if got != want {
				t.Errorf("sentence %d, word %d %q: head, relation, UPOS, XPOS, entity = %v, want %v", i, j+1, w, got, want)
			}
		}
	}
	t.Logf("%d sentences, largest difference of a float %.2g", len(refs), worst)
}

// change returns the embedded model with one file put through f.
func change(t testing.TB, f func(files *modelFiles)) modelFiles {
	t.Helper()
	files, err := embeddedModel()
	if err != nil {
		t.Fatal(err)
	}
	f(&files)
	return files
}

// header puts the header of a safetensors file through f.
func header(t testing.TB, b []byte, f func(string) string) []byte {
	t.Helper()
	n := binary.LittleEndian.Uint64(b)
	head := f(string(b[8 : 8+n]))
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(head)))
	return append(append(out, head...), b[8+n:]...)
}

// TestDamagedModel: an error names what is wrong.
func TestDamagedModel(t *testing.T) {
	replace := func(old, new string) func(*modelFiles) {
		return func(f *modelFiles) {
			f.weights = header(t, f.weights, func(h string) string {
				if !strings.Contains(h, old) {
					t.Fatalf("no %q in the header", old)
				}
				return strings.Replace(h, old, new, 1)
			})
		}
	}
	for _, c := range []struct {
		want string
		f    func(*modelFiles)
	}{
		{"model.safetensors: header: 0 bytes instead of at least 8", func(f *modelFiles) { f.weights = nil }},
		{"model.safetensors: header: length 18446744073709551615 in a file of 8 bytes", func(f *modelFiles) { f.weights = bytes.Repeat([]byte{255}, 8) }},
		{"model.safetensors: header: unexpected end of JSON input", func(f *modelFiles) { f.weights = append(make([]byte, 8), f.weights[8:]...); f.weights[0] = 5 }},
		{`model.safetensors: tensor "U": missing`, replace(`"U":`, `"u":`)},
		{`model.safetensors: tensor "U": shape [129 129] where dimension 1 must be 128`, func(f *modelFiles) {
			replace(`"U":{"dtype":"F16","shape":[129,128],"data_offsets":[4608000,4641024]}`, `"U":{"dtype":"F16","shape":[129,129],"data_offsets":[4608000,4641282]}`)(f)
		}},
		{`model.safetensors: tensor "U": shape [9223372036854775807 128] does not fit into 33024 bytes`, replace(`"shape":[129,128]`, `"shape":[9223372036854775807,128]`)},
		{`model.safetensors: tensor "U": shape [129] instead of 2 dimensions`, replace(`"shape":[129,128]`, `"shape":[129]`)},
		{`model.safetensors: tensor "U": dtype "I64" instead of F16 or F32`, replace(`"U":{"dtype":"F16"`, `"U":{"dtype":"I64"`)},
		{`model.safetensors: tensor "U": bytes 4608000 to 99999999999 of`, replace(`[4608000,4641024]`, `[4608000,99999999999]`)},
		{`model.safetensors: tensor "U": bytes -8 to 4641024 of`, replace(`[4608000,4641024]`, `[-8,4641024]`)},
		{`model.safetensors: tensor "xpos.weight": bytes`, func(f *modelFiles) { f.weights = f.weights[:len(f.weights)-100] }},
		{`model.safetensors: tensor "E.0.weight": value 0 is not finite`, func(f *modelFiles) {
			f.weights = bytes.Clone(f.weights)
			at := 8 + binary.LittleEndian.Uint64(f.weights)
			f.weights[at], f.weights[at+1] = 0xff, 0xff
		}},
		{"model.labels.json: unexpected end", func(f *modelFiles) { f.labels = f.labels[:20] }},
		{`model.labels.json: no labels "ner"`, func(f *modelFiles) { f.labels = bytes.Replace(f.labels, []byte(`"ner"`), []byte(`"nir"`), 1) }},
		{`model.safetensors: tensor "pos.weight": shape [17 256] where dimension 0 must be 16`, func(f *modelFiles) { f.labels = bytes.Replace(f.labels, []byte(`"PROPN", `), nil, 1) }},
		{"scales.f32: 399999 bytes for 100000 words", func(f *modelFiles) { f.scales = f.scales[1:] }},
		{"vectors.i8: 9999999 bytes for 100000 words", func(f *modelFiles) { f.vectors = f.vectors[1:] }},
	} {
		_, err := loadModel(change(t, c.f))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

// FuzzModel: a damaged header gives an error or a model that works, never a panic, and no memory for sizes that are only
// claimed.
func FuzzModel(f *testing.F) {
	files, err := embeddedModel()
	if err != nil {
		f.Fatal(err)
	}
	n := binary.LittleEndian.Uint64(files.weights)
	head := files.weights[8 : 8+n]
	f.Add(head, files.labels)
	f.Add(bytes.Replace(head, []byte("612"), []byte("99999999"), 1), files.labels)
	f.Add(bytes.Replace(head, []byte("[512,128]"), []byte("[128,512]"), -1), files.labels)
	f.Add(head[:len(head)/2], []byte(`{"labels":{"pos":["a"],"xpos":[""],"rel":["r"],"ner":["I-"]}}`))
	// A small word list keeps the rounds short.
	files.words, files.vectors, files.scales = "the\nof\n", files.vectors[:200], files.scales[:8]
	f.Fuzz(func(t *testing.T, head, labels []byte) {
		c := files
		c.labels = labels
		c.weights = append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...)
		c.weights = append(c.weights, files.weights[8+n:]...)
		m, err := loadModel(c)
		if err != nil {
			return
		}
		s := &scratch{}
		for _, w := range []string{"The", "end", "of", "it", "."} {
			s.rows = append(s.rows, m.wordInput(w))
		}
		m.predict(s)
	})
}
