package nlp

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
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
		s.rows = m.wordInputs(&s, ref.Words)
		p := piece{0, len(s.rows), 0}
		m.encode(&s, []piece{p})
		near(i, "encoder output", s.enc, ref.Enc0)
		m.score(&s, p)
		near(i, "arc score", s.scores, ref.Arc0)
		for j, w := range ref.Words {
			row := s.heads[j*m.headCols:]
			head := argmax(s.scores[j*s.scoreCols:][:len(ref.Words)+1], j+1)
			rel, _ := m.relation(&s, j, head-1, false)
			got := [5]int{
				head, rel, argmax(row[:len(m.upos)], -1),
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

// sizes of a model that is made for a test.
type sizes struct {
	layers, width, hidden, arc, rel, pieces, glove int
	embed                                          [4]int
	rows                                           [4]int
	upos, xpos, rels, ner                          []string
	f32                                            bool
	int8                                           bool // of the embedding tables
}

var small = sizes{
	layers: 3, width: 20, hidden: 24, arc: 10, rel: 6, pieces: 2, glove: 5, embed: [4]int{7, 3, 5, 2}, rows: [4]int{50, 20, 30, 10},
	upos: []string{"NOUN", "VERB", "X"}, xpos: []string{"NN", "VB"}, rels: []string{"dep", "root", "obj"}, ner: []string{"O", "B-PER", "I-PER"},
}

// makeModel returns the files of a model with random weights, and the weights by name.
func makeModel(c sizes) (modelFiles, map[string][]float32) {
	rnd := rand.New(rand.NewPCG(7, 7))
	heads := map[string]tensor{}
	weights := map[string][]float32{}
	var data []byte
	add := func(name string, shape ...int) {
		n := 1
		for _, d := range shape {
			n *= d
		}
		begin := int64(len(data))
		values := make([]float32, n)
		for i := range values {
			if c.f32 {
				values[i] = float32(rnd.NormFloat64() / 4)
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(values[i]))
				continue
			}
			half := uint16(rnd.IntN(2)<<15 | (9+rnd.IntN(6))<<10 | rnd.IntN(1024))
			values[i] = halfToFloat(half)
			data = binary.LittleEndian.AppendUint16(data, half)
		}
		t := tensor{Dtype: "F16", Shape: shape, Offsets: [2]int64{begin, int64(len(data))}}
		if c.f32 {
			t.Dtype = "F32"
		}
		heads[name], weights[name] = t, values
	}
	x := c.glove
	for i := range c.embed {
		name := fmt.Sprintf("E.%d", i)
		add(name+".weight", c.rows[i], c.embed[i])
		if !c.int8 {
			continue
		}
		data = data[:heads[name+".weight"].Offsets[0]]
		add(name+".scale", c.rows[i])
		begin := int64(len(data))
		w := weights[name+".weight"]
		for k := range w {
			q := int8(rnd.IntN(256) - 128)
			w[k] = float32(q) * weights[name+".scale"][k/c.embed[i]]
			data = append(data, byte(q))
		}
		heads[name+".weight"] = tensor{"I8", []int{c.rows[i], c.embed[i]}, [2]int64{begin, int64(len(data))}}
	}
	for _, t := range featureTables {
		x += c.embed[t]
	}
	add("mix.l.weight", c.width*c.pieces, x)
	add("mix.l.bias", c.width*c.pieces)
	add("mix.n.weight", c.width)
	add("mix.n.bias", c.width)
	in, enc := c.width, 2*c.hidden
	for l := range c.layers {
		for _, suffix := range []string{"", "_reverse"} {
			add(fmt.Sprintf("enc.l.weight_ih_l%d%s", l, suffix), 4*c.hidden, in)
			add(fmt.Sprintf("enc.l.weight_hh_l%d%s", l, suffix), 4*c.hidden, c.hidden)
			add(fmt.Sprintf("enc.l.bias_ih_l%d%s", l, suffix), 4*c.hidden)
			add(fmt.Sprintf("enc.l.bias_hh_l%d%s", l, suffix), 4*c.hidden)
		}
		in = enc
	}
	for _, p := range []struct {
		name string
		rows int
	}{{"pos", len(c.upos)}, {"xpos", len(c.xpos)}, {"ner", len(c.ner)}, {"ad", c.arc}, {"ah", c.arc}, {"ld", c.rel}, {"lh", c.rel}} {
		add(p.name+".weight", p.rows, enc)
		add(p.name+".bias", p.rows)
	}
	add("U", c.arc+1, c.arc)
	add("V", len(c.rels), c.rel+1, c.rel+1)
	add("root", enc)
	head, _ := json.Marshal(heads)
	labels, _ := json.Marshal(map[string]map[string][]string{"labels": {"pos": c.upos, "xpos": c.xpos, "rel": c.rels, "ner": c.ner}})
	files := modelFiles{labels: labels, words: "the\nof\nend\n"}
	files.weights = append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...)
	files.weights = append(files.weights, data...)
	for range 3 {
		files.scales = binary.LittleEndian.AppendUint32(files.scales, math.Float32bits(0.01))
		for range c.glove {
			files.vectors = append(files.vectors, byte(rnd.IntN(256)))
		}
	}
	return files, weights
}

// plainForward computes the network as its description has it, step by step in float64, from the weights as they stand in the
// file. It returns encoder outputs, arc scores (word × head, 0 the root), relation scores (word × head × label) and the
// tagging heads' outputs.
func plainForward(m *model, c sizes, w map[string][]float32, words []string) (enc, arc [][]float64, rel [][][]float64, tags [][]float64) {
	linear := func(name string, x []float64) []float64 {
		bias := w[name+".bias"]
		out := make([]float64, len(bias))
		for r := range out {
			out[r] = float64(bias[r])
			for i, v := range x {
				out[r] += v * float64(w[name+".weight"][r*len(x)+i])
			}
		}
		return out
	}
	active := func(x []float64) []float64 {
		for i, v := range x {
			if v < 0 {
				x[i] = v / 10
			}
		}
		return x
	}
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for _, word := range words {
		var x []float64
		rows, glove := m.features(word)
		for i, r := range rows {
			dim := c.embed[featureTables[i]]
			for j := range dim {
				x = append(x, float64(w[fmt.Sprintf("E.%d.weight", featureTables[i])][r*dim+j]))
			}
		}
		for j := range c.glove {
			v := 0.0
			if glove >= 0 {
				v = float64(int8(m.vectors[int(glove)*c.glove+j])) * 0.01 / 0.5055249
			}
			x = append(x, v)
		}
		y := linear("mix.l", x)
		out := make([]float64, c.width)
		mean := 0.0
		for j := range out {
			out[j] = slices.Max(y[j*c.pieces : (j+1)*c.pieces])
			mean += out[j] / float64(c.width)
		}
		variance := 0.0
		for _, v := range out {
			variance += (v - mean) * (v - mean) / float64(c.width)
		}
		for j := range out {
			out[j] = (out[j]-mean)/math.Sqrt(variance+1e-5)*float64(w["mix.n.weight"][j]) + float64(w["mix.n.bias"][j])
		}
		enc = append(enc, out)
	}
	for l := range c.layers {
		next := make([][]float64, len(words))
		for i := range next {
			next[i] = make([]float64, 2*c.hidden)
		}
		for dir, suffix := range []string{"", "_reverse"} {
			get := func(kind string) []float32 { return w[fmt.Sprintf("enc.l.%s_l%d%s", kind, l, suffix)] }
			ih, hh, bih, bhh := get("weight_ih"), get("weight_hh"), get("bias_ih"), get("bias_hh")
			h, cell := make([]float64, c.hidden), make([]float64, c.hidden)
			for step := range words {
				at := step
				if dir == 1 {
					at = len(words) - 1 - step
				}
				z := make([]float64, 4*c.hidden)
				for g := range z {
					z[g] = float64(bih[g]) + float64(bhh[g])
					for i, v := range enc[at] {
						z[g] += v * float64(ih[g*len(enc[at])+i])
					}
					for i, v := range h {
						z[g] += v * float64(hh[g*c.hidden+i])
					}
				}
				h = make([]float64, c.hidden)
				for j := range h {
					cell[j] = sigmoid(z[c.hidden+j])*cell[j] + sigmoid(z[j])*math.Tanh(z[2*c.hidden+j])
					h[j] = sigmoid(z[3*c.hidden+j]) * math.Tanh(cell[j])
				}
				copy(next[at][dir*c.hidden:], h)
			}
		}
		for i := range next {
			for j := range next[i] {
				if l >= 2 {
					next[i][j] += enc[i][j]
				}
			}
		}
		enc = next
	}
	root := make([]float64, 2*c.hidden)
	for i := range root {
		root[i] = float64(w["root"][i])
	}
	nodes := append([][]float64{root}, enc...)
	for _, e := range enc {
		tags = append(tags, append(append(linear("pos", e), linear("xpos", e)...), linear("ner", e)...))
		ad, ld := append(active(linear("ad", e)), 1), append(active(linear("ld", e)), 1)
		var arcs []float64
		var rels [][]float64
		for _, node := range nodes {
			ah, lh := active(linear("ah", node)), append(active(linear("lh", node)), 1)
			sum := 0.0
			for i := range ad {
				for j := range ah {
					sum += ad[i] * float64(w["U"][i*c.arc+j]) * ah[j]
				}
			}
			arcs = append(arcs, sum)
			scores := make([]float64, len(c.rels))
			for r := range scores {
				for i := range ld {
					for j := range lh {
						scores[r] += ld[i] * float64(w["V"][(r*(c.rel+1)+i)*(c.rel+1)+j]) * lh[j]
					}
				}
			}
			rels = append(rels, scores)
		}
		arc, rel = append(arc, arcs), append(rel, rels)
	}
	return enc, arc, rel, tags
}

// TestOtherSizes: a model of other sizes, layer counts and label lists computes what its description says.
func TestOtherSizes(t *testing.T) {
	words := []string{"The", "end", "of", "Anna", "is", "1990s", "near", "."}
	single := small
	single.f32, single.layers, single.hidden, single.arc, single.rel, single.pieces, single.width = true, 1, 32, 32, 33, 3, 16
	deep := small
	deep.layers, deep.int8 = 4, true
	wide := small
	wide.width, wide.hidden, wide.int8, wide.f32 = 320, 160, true, true
	wider := small
	wider.width, wider.hidden, wider.layers = 384, 192, 2
	for _, c := range []sizes{small, single, deep, wide, wider} {
		files, weights := makeModel(c)
		m, err := loadModel(files)
		if err != nil {
			t.Fatal(err)
		}
		s := &scratch{}
		s.rows = m.wordInputs(s, words)
		p := piece{0, len(s.rows), 0}
		m.encode(s, []piece{p})
		m.score(s, p)
		enc, arc, rel, tags := plainForward(m, c, weights, words)
		near := func(what string, got float32, want float64) {
			if math.Abs(float64(got)-want) > 1e-3*max(1, math.Abs(want)) {
				t.Errorf("%s = %v, want %v", what, got, want)
			}
		}
		for i := range words {
			for j, v := range enc[i] {
				near(fmt.Sprintf("encoder %d,%d", i, j), s.enc[i*2*c.hidden+j], v)
			}
			for j, v := range tags[i] {
				near(fmt.Sprintf("tag %d,%d", i, j), s.heads[i*m.headCols+j], v)
			}
			for h, v := range arc[i] {
				near(fmt.Sprintf("arc %d,%d", i, h), s.scores[i*s.scoreCols+h], v)
				best, sum := 0, 0.0
				for r, score := range rel[i][h] {
					sum += math.Exp(float64(score))
					if score > rel[i][h][best] {
						best = r
					}
				}
				share := math.Exp(float64(rel[i][h][best])) / sum
				if got, p := m.relation(s, i, h-1, false); got != best || math.Abs(float64(p)-share) > 1e-3 {
					t.Errorf("relation %d,%d = %d at %v, want %d at %v", i, h, got, p, best, share)
				}
			}
		}
		m.predict(s, p)
	}
}

// TestDamagedTable: an error names what is wrong with a table of signed bytes.
func TestDamagedTable(t *testing.T) {
	c := small
	c.int8 = true
	files, _ := makeModel(c)
	for _, k := range []struct{ old, new, want string }{
		{`"E.1.scale":`, `"E.1.skale":`, `"E.1.scale": missing`},
		{`"E.1.scale":{"dtype":"F16"`, `"E.1.scale":{"dtype":"I8"`, `"E.1.scale": dtype "I8" instead of F16 or F32`},
		{`"E.1.weight":{"dtype":"I8"`, `"E.1.weight":{"dtype":"I4"`, `"E.1.weight": dtype "I4" instead of F16 or F32 or I8`},
		{`"E.1.weight":{"dtype":"I8","shape":[20,3]`, `"E.1.weight":{"dtype":"I8","shape":[21,3]`, `"E.1.weight": shape [21 3] does not fit into 60 bytes`},
		{`"E.1.weight":{"dtype":"I8","shape":[20,3]`, `"E.1.weight":{"dtype":"I8","shape":[12,5]`, `"E.1.scale": shape [20] where dimension 0 must be 12`},
		{`"mix.l.weight":{"dtype":"F16"`, `"mix.l.weight":{"dtype":"I8"`, `"mix.l.weight": dtype "I8" instead of F16 or F32`},
	} {
		damaged := files
		damaged.weights = header(t, files.weights, func(h string) string { return strings.Replace(h, k.old, k.new, 1) })
		if _, err := loadModel(damaged); err == nil || err.Error() != "model.safetensors: tensor "+k.want {
			t.Errorf("error %v, want %s", err, k.want)
		}
	}
}

// FuzzModel: a damaged header gives an error or a model that works, never a panic, and no memory for sizes that are only
// claimed.
func FuzzModel(f *testing.F) {
	c := small
	c.int8 = true
	files, _ := makeModel(c)
	n := binary.LittleEndian.Uint64(files.weights)
	head := files.weights[8 : 8+n]
	f.Add(head, files.labels)
	f.Add(bytes.Replace(head, []byte("24"), []byte("99999999"), 1), files.labels)
	f.Add(bytes.ReplaceAll(head, []byte("[96,24]"), []byte("[24,96]")), files.labels)
	f.Add(head[:len(head)/2], []byte(`{"labels":{"pos":["a"],"xpos":[""],"rel":["r"],"ner":["I-"]}}`))
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
		s.rows = m.wordInputs(s, []string{"The", "end", "of", "it", "."})
		p := piece{0, len(s.rows), 0}
		m.encode(s, []piece{p})
		m.predict(s, p)
	})
}
