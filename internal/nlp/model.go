package nlp

import (
	"bytes"
	"embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/dense"
)

// The model's files. model.safetensors is, as the format says, eight bytes with the length of a JSON header, the header
// (tensor name → dtype, shape, byte range), then the tensors: f16, and the embedding tables may be int8 with a scale for each row.
// words.txt holds one word a line; vectors.i8 a row of signed bytes for each line, scales.f32 a little-endian float32 for each line
// that its row is multiplied by.
//
//go:embed model/model.safetensors model/model.labels.json model/words.txt model/vectors.i8 model/scales.f32
var modelFS embed.FS

// modelFiles are the contents of the model's files.
type modelFiles struct {
	weights, labels, vectors, scales []byte
	words                            string
}

func embeddedModel() (modelFiles, error) {
	var f modelFiles
	var words []byte
	for _, p := range []struct {
		name string
		dst  *[]byte
	}{
		{"model.safetensors", &f.weights}, {"model.labels.json", &f.labels}, {"vectors.i8", &f.vectors},
		{"scales.f32", &f.scales}, {"words.txt", &words},
	} {
		b, err := modelFS.ReadFile("model/" + p.name)
		if err != nil {
			return f, fmt.Errorf("model: %w", err)
		}
		*p.dst = b
	}
	f.words = string(words)
	return f, nil
}

// gloveNorm is the standard deviation over the whole vector table, which the vectors are divided by.
const gloveNorm = 0.5055249

// Word features, context free. Each is a hash row of one of the four tables E.0 to E.3.
var featureTables = [...]int{0, 0, 1, 1, 2, 2, 2, 3}

// model holds the weights in the layout that the kernels want. It is read-only once loaded and safe for concurrent use.
type model struct {
	upos, xpos, rel, ner []string // label lists in index order

	embed    [4]table // hash rows × embedding width
	words    map[string]int32
	vectors  []byte    // word rows × gloveDim, signed
	scales   []float32 // word rows, gloveNorm divided out
	gloveDim int
	coref    *corefModel
	xDim     int // width of all embeddings and the vector together

	mix    *dense.Matrix // xDim × width*pieces; columns reordered: piece 0 of all units, piece 1 of all, …
	pieces int
	normW  []float32 // width
	normB  []float32
	width  int // of mix
	hidden int // of one direction; every layer's output has 2*hidden numbers
	layers []lstmLayer

	// All linear layers over an encoder output, side by side: pos, xpos, ner, then the parser's ad, ld, ah, lh.
	head                            *dense.Matrix
	headCols                        int // padded
	atXPOS, atNER, atAD, atLD, atAH int // first columns; pos is at 0
	atLH                            int
	arcDim, relDim                  int
	rootAH, rootLH                  []float32     // the artificial root's ah and lh, activated
	arcU                            *dense.Matrix // arcDim × arcDim
	relV                            *dense.Matrix // relDim columns for each label, then one column for each label
	relBias                         int           // first of the latter
	rootRel                         int           // index of the relation "root", -1 where the list has none
}

// table is an embedding table: of float32, or of signed bytes and a scale for each row.
type table struct {
	rows, dim int
	w         []float32
	small     []byte
	scale     []float32
}

// appendRow appends row r of the table to x.
func (t *table) appendRow(x []float32, r int) []float32 {
	if t.small != nil {
		return appendScaled(x, t.small[r*t.dim:][:t.dim], t.scale[r])
	}
	return append(x, t.w[r*t.dim:][:t.dim]...)
}

// appendScaled appends signed bytes times scale to x.
func appendScaled(x []float32, small []byte, scale float32) []float32 {
	for _, b := range small {
		x = append(x, float32(int8(b))*scale)
	}
	return x
}

// lstmLayer is one bidirectional layer. The gates stand in the order input, forget, cell, output; all weights and biases
// are negated, and the cell gate's are doubled too, so that 1/(1+exp(z)) is the sigmoid of the first, second and fourth gate
// and (tanh+1)/2 of the third.
type lstmLayer struct {
	in    *dense.Matrix    // inputs × 8*hidden: forward gates, backward gates
	recur [2]*dense.Matrix // hidden × 4*hidden, forward and backward
}

// tensor is one entry of a safetensors header.
type tensor struct {
	Dtype   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

// safetensors gives access to the tensors of a file in memory. Nothing is allocated for a size that the file only claims.
type safetensors struct {
	tensors map[string]tensor
	data    []byte
	err     error // the first fault met by get
}

func openSafetensors(b []byte) (*safetensors, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("header: %d bytes instead of at least 8", len(b))
	}
	n := binary.LittleEndian.Uint64(b)
	if n > uint64(len(b)-8) {
		return nil, fmt.Errorf("header: length %d in a file of %d bytes", n, len(b))
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b[8:8+n], &raw); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	s := &safetensors{tensors: make(map[string]tensor, len(raw)), data: b[8+n:]}
	for name, msg := range raw {
		if name == "__metadata__" {
			continue
		}
		var t tensor
		if err := json.Unmarshal(msg, &t); err != nil {
			return nil, fmt.Errorf("header: tensor %q: %w", name, err)
		}
		s.tensors[name] = t
	}
	return s, nil
}

// has says whether the file has a tensor of that name.
func (s *safetensors) has(name string) bool { _, ok := s.tensors[name]; return ok }

// find returns the bytes of the named tensor with its type and shape, which has the wanted sizes; -1 takes any size from 1 on. Once
// something was wrong it keeps the first error in s.err and returns no bytes and shapes of zeros.
func (s *safetensors) find(name string, types map[string]int, want ...int) (raw []byte, dtype string, shape []int) {
	fail := func(format string, args ...any) ([]byte, string, []int) {
		s.fail(name, format, args...)
		return nil, "", make([]int, len(want))
	}
	if s.err != nil {
		return fail("") // keeps the first
	}
	t, ok := s.tensors[name]
	if !ok {
		return fail("missing")
	}
	if len(t.Shape) != len(want) {
		return fail("shape %v instead of %d dimensions", t.Shape, len(want))
	}
	size, ok := types[t.Dtype]
	if !ok {
		return fail("dtype %q instead of %s", t.Dtype, strings.Join(slices.Sorted(maps.Keys(types)), " or "))
	}
	begin, end := t.Offsets[0], t.Offsets[1]
	if begin < 0 || end < begin || end > int64(len(s.data)) {
		return fail("bytes %d to %d of %d", begin, end, len(s.data))
	}
	room := int((end - begin) / int64(size))
	n := 1
	for i, d := range t.Shape {
		if d < 1 || d > room || n > room/d {
			return fail("shape %v does not fit into %d bytes", t.Shape, end-begin)
		}
		if want[i] >= 0 && want[i] != d {
			return fail("shape %v where dimension %d must be %d", t.Shape, i, want[i])
		}
		n *= d
	}
	if int64(n*size) != end-begin {
		return fail("shape %v does not fill %d bytes", t.Shape, end-begin)
	}
	return s.data[begin:end], t.Dtype, t.Shape
}

// fail keeps the first error.
func (s *safetensors) fail(name, format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("tensor %q: "+format, append([]any{name}, args...)...)
	}
}

// Types of numbers with their sizes in bytes.
var (
	floats       = map[string]int{"F16": 2, "F32": 4}
	floatsOrInt8 = map[string]int{"F16": 2, "F32": 4, "I8": 1}
)

// get returns the named tensor as float32 with its shape; sizes and errors are those of find.
func (s *safetensors) get(name string, want ...int) ([]float32, []int) {
	raw, dtype, shape := s.find(name, floats, want...)
	return s.widen(name, raw, dtype), shape
}

// widen returns numbers of type dtype as float32.
func (s *safetensors) widen(name string, raw []byte, dtype string) []float32 {
	if len(raw) == 0 {
		return nil
	}
	out := make([]float32, len(raw)/floats[dtype])
	for i := range out {
		if dtype == "F16" {
			out[i] = halfToFloat(binary.LittleEndian.Uint16(raw[2*i:]))
		} else {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
		if v := out[i]; v-v != 0 {
			s.fail(name, "value %d is not finite", i)
			return nil
		}
	}
	return out
}

// table returns the embedding table name+".weight"; where that is of int8, name+".scale" has a number for each row that its
// row is multiplied by.
func (s *safetensors) table(name string) table {
	weight := name + ".weight"
	raw, dtype, shape := s.find(weight, floatsOrInt8, -1, -1)
	t := table{rows: shape[0], dim: shape[1]}
	if dtype == "I8" {
		t.small = bytes.Clone(raw) // not the whole file
		t.scale, _ = s.get(name+".scale", t.rows)
		return t
	}
	t.w = s.widen(weight, raw, dtype)
	return t
}

// halfToFloat converts an IEEE 754 binary16.
func halfToFloat(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10)&31, uint32(h)&1023
	switch exp {
	case 0: // zero and subnormals: frac * 2^-24
		return math.Float32frombits(sign | math.Float32bits(float32(frac)/(1<<24)))
	case 31:
		return math.Float32frombits(sign | 255<<23 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// loadModel builds a model from its files. Errors name the tensor, list or file that is wrong.
func loadModel(f modelFiles) (*model, error) {
	m := &model{}
	var lists struct {
		Labels map[string][]string `json:"labels"`
	}
	if err := json.Unmarshal(f.labels, &lists); err != nil {
		return nil, fmt.Errorf("model.labels.json: %w", err)
	}
	for _, l := range []struct {
		name string
		dst  *[]string
	}{{"pos", &m.upos}, {"xpos", &m.xpos}, {"rel", &m.rel}, {"ner", &m.ner}} {
		if *l.dst = lists.Labels[l.name]; len(*l.dst) == 0 {
			return nil, fmt.Errorf("model.labels.json: no labels %q", l.name)
		}
	}
	m.rootRel = -1
	for i, r := range m.rel {
		if r == "root" {
			m.rootRel = i
		}
	}
	s, err := openSafetensors(f.weights)
	if err != nil {
		return nil, fmt.Errorf("model.safetensors: %w", err)
	}
	if err := m.loadVectors(f); err != nil {
		return nil, err
	}
	m.loadEncoder(s)
	if s.err == nil {
		m.loadHeads(s)
	}
	if s.err != nil {
		return nil, fmt.Errorf("model.safetensors: %w", s.err)
	}
	return m, nil
}

func (m *model) loadVectors(f modelFiles) error {
	words := strings.Count(f.words, "\n")
	if len(f.words) > 0 && f.words[len(f.words)-1] != '\n' {
		words++
	}
	if words == 0 || len(f.scales) != 4*words {
		return fmt.Errorf("scales.f32: %d bytes for %d words", len(f.scales), words)
	}
	if len(f.vectors) == 0 || len(f.vectors)%words != 0 {
		return fmt.Errorf("vectors.i8: %d bytes for %d words", len(f.vectors), words)
	}
	m.gloveDim = len(f.vectors) / words
	m.vectors = f.vectors
	m.scales = make([]float32, words)
	m.words = make(map[string]int32, words)
	i := int32(0)
	for line := range strings.Lines(f.words) {
		m.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(f.scales[4*i:])) / gloveNorm
		m.words[strings.TrimSuffix(line, "\n")] = i
		i++
	}
	return nil
}

func (m *model) loadEncoder(s *safetensors) {
	for i := range m.embed {
		m.embed[i] = s.table(fmt.Sprintf("E.%d", i))
	}
	m.xDim = m.gloveDim
	for _, t := range featureTables {
		m.xDim += m.embed[t].dim
	}
	m.normW, _ = s.get("mix.n.weight", -1)
	m.width = len(m.normW)
	m.normB, _ = s.get("mix.n.bias", m.width)
	mixW, shape := s.get("mix.l.weight", -1, m.xDim)
	mixB, _ := s.get("mix.l.bias", shape[0])
	if s.err != nil {
		return
	}
	if shape[0]%m.width != 0 {
		s.err = fmt.Errorf(`tensor "mix.l.weight": %d rows are no multiple of the width %d`, shape[0], m.width)
		return
	}
	m.pieces = shape[0] / m.width
	m.mix = dense.New(m.xDim, shape[0])
	for unit := range m.width {
		for p := range m.pieces {
			row, col := unit*m.pieces+p, p*m.width+unit
			setColumn(m.mix, col, mixB[row], mixW[row*m.xDim:][:m.xDim], 1)
		}
	}
	inputs := m.width
	for l := 0; s.has(fmt.Sprintf("enc.l.weight_ih_l%d", l)) || l == 0; l++ {
		var layer lstmLayer
		for dir, suffix := range []string{"", "_reverse"} {
			hh, shape := s.get(fmt.Sprintf("enc.l.weight_hh_l%d%s", l, suffix), -1, -1)
			gates, hidden := shape[0], shape[1]
			ih, _ := s.get(fmt.Sprintf("enc.l.weight_ih_l%d%s", l, suffix), gates, inputs)
			bih, _ := s.get(fmt.Sprintf("enc.l.bias_ih_l%d%s", l, suffix), gates)
			bhh, _ := s.get(fmt.Sprintf("enc.l.bias_hh_l%d%s", l, suffix), gates)
			if s.err == nil && (gates != 4*hidden || hidden%8 != 0 || (m.hidden != 0 && hidden != m.hidden)) {
				s.err = fmt.Errorf("tensor \"enc.l.weight_hh_l%d%s\": shape %v", l, suffix, shape)
			}
			if s.err != nil {
				return
			}
			m.hidden = hidden
			if dir == 0 {
				layer.in = dense.New(inputs, 2*gates)
			}
			layer.recur[dir] = dense.New(hidden, gates)
			for g := range gates {
				sign := float32(-1)
				if g/hidden == 2 {
					sign = -2
				}
				setColumn(layer.in, dir*gates+g, bih[g]+bhh[g], ih[g*inputs:][:inputs], sign)
				setColumn(layer.recur[dir], g, 0, hh[g*hidden:][:hidden], sign)
			}
		}
		m.layers = append(m.layers, layer)
		inputs = 2 * m.hidden
	}
}

// setColumn sets column j of w to the bias and weights of one output times scale.
func setColumn(w *dense.Matrix, j int, bias float32, weights []float32, scale float32) {
	w.SetBias(j, scale*bias)
	for i, v := range weights {
		w.Set(i, j, scale*v)
	}
}

func (m *model) loadHeads(s *safetensors) {
	enc := 2 * m.hidden
	type part struct {
		name string
		rows int
		at   *int
	}
	m.arcDim, m.relDim = -1, -1
	if t := s.tensors["ad.weight"]; len(t.Shape) == 2 {
		m.arcDim = t.Shape[0]
	}
	if t := s.tensors["ld.weight"]; len(t.Shape) == 2 {
		m.relDim = t.Shape[0]
	}
	var atPOS int
	parts := []part{
		{"pos", len(m.upos), &atPOS}, {"xpos", len(m.xpos), &m.atXPOS}, {"ner", len(m.ner), &m.atNER},
		{"ad", m.arcDim, &m.atAD}, {"ld", m.relDim, &m.atLD}, {"ah", m.arcDim, &m.atAH}, {"lh", m.relDim, &m.atLH},
	}
	weights, biases := make([][]float32, len(parts)), make([][]float32, len(parts))
	cols := 0
	for i, p := range parts {
		weights[i], _ = s.get(p.name+".weight", p.rows, enc)
		biases[i], _ = s.get(p.name+".bias", p.rows)
		*p.at = cols
		cols += len(biases[i])
	}
	u, _ := s.get("U", m.arcDim+1, m.arcDim)
	v, _ := s.get("V", len(m.rel), m.relDim+1, m.relDim+1)
	root, _ := s.get("root", enc)
	if s.err != nil {
		return
	}
	m.head = dense.New(enc, cols)
	m.headCols = m.head.Cols()
	for i, p := range parts {
		for r := range p.rows {
			setColumn(m.head, *p.at+r, biases[i][r], weights[i][r*enc:][:enc], 1)
		}
	}
	row := make([]float32, m.headCols)
	m.head.Mul(row, root, 1, enc)
	leaky(row[m.atAD:])
	m.rootAH, m.rootLH = row[m.atAH:][:m.arcDim], row[m.atLH:][:m.relDim]
	m.arcU = dense.New(m.arcDim, m.arcDim)
	for j := range m.arcDim {
		m.arcU.SetBias(j, u[m.arcDim*m.arcDim+j]) // the last input is always 1
		for i := range m.arcDim {
			m.arcU.Set(i, j, u[i*m.arcDim+j])
		}
	}
	R, L := len(m.rel), m.relDim
	m.relBias = R * L
	m.relV = dense.New(L, R*L+R)
	for r := range R {
		for j := range L + 1 {
			column := r*L + j
			if j == L {
				column = m.relBias + r
			}
			at := func(i int) float32 { return v[(r*(L+1)+i)*(L+1)+j] }
			m.relV.SetBias(column, at(L))
			for i := range L {
				m.relV.Set(i, column, at(i))
			}
		}
	}
}

// leaky sets x to the leaky ReLU of the parser of it.
func leaky(x []float32) {
	for i, v := range x {
		x[i] = max(v, 0.1*v)
	}
}

// features are the hash rows of one word and its line in the vector table, -1 where it has none.
func (m *model) features(word string) (rows [8]int, glove int32) {
	lw := strings.ToLower(word)
	n := zeroDigits(lw)
	chars := []rune(n)
	if !utf8.ValidString(n) { // a broken byte hashes as the character U+FFFD
		n = string(chars)
	}
	head := func(k int) string { return string(chars[:min(k, len(chars))]) }
	tail := func(k int) string { return string(chars[max(0, len(chars)-k):]) }
	hash := func(i int, salt byte, s string) {
		h := crc32.Update(crc32.ChecksumIEEE([]byte{salt}), crc32.IEEETable, []byte(s))
		rows[i] = int(h % uint32(m.embed[featureTables[i]].rows))
	}
	hash(0, 'a', n)
	hash(1, 'b', n)
	hash(2, 'p', head(3))
	hash(3, 'P', head(1))
	hash(4, 's', tail(3))
	hash(5, 'S', tail(2))
	hash(6, '4', tail(4))
	hash(7, 'h', shape(word))
	return rows, m.line(lw)
}

// line returns the line of a word in small letters in the vector table, -1 where it has none.
func (m *model) line(word string) int32 {
	g, ok := m.words[word]
	if !ok {
		if g, ok = m.words[zeroDigits(word)]; !ok {
			return -1
		}
	}
	return g
}

// zeroDigits replaces every decimal digit by '0'.
func zeroDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r > 127 && unicode.Is(unicode.Nd, r) {
			return '0'
		}
		return r
	}, s)
}

// shapeOf returns X for a capital, x for a small letter, d for a digit and r itself for the rest.
func shapeOf(r rune) rune {
	switch {
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLower(r):
		return 'x'
	case unicode.IsDigit(r):
		return 'd'
	}
	return r
}

// shape writes upper-case letters as X, lower-case ones as x, digits as d and keeps the rest; a character is dropped where
// the last four already equal it.
func shape(word string) string {
	var out []rune
	for _, r := range word {
		r = shapeOf(r)
		if n := len(out); n >= 4 && out[n-1] == r && out[n-2] == r && out[n-3] == r && out[n-4] == r {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
