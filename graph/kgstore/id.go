package kgstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// Classes of ids, their upper four bits.
const (
	classIRI = 1 + iota
	classBNode
	classShort
	classText
	classLang
	classTyped
	classBool
	classNumber
	classCivil
	classInstant
	classSpill
	numClasses
)

const (
	formBits  = 16
	firstForm = 256 // the first form of an ordered class that the dictionary explains
	lastForm  = 1<<formBits - 1
	maxOrder  = 1<<44 - 1
)

// NodeID is a value of one store, as Cayley's graph.Ref.
type NodeID uint64

// Key implements graph.Ref.
func (id NodeID) Key() any { return id }

func classOf(id uint64) int { return int(id >> 60) }

func makeID(class int, rest uint64) uint64 { return uint64(class)<<60 | rest }

// ordered says whether ids of a class sort as their values do.
func ordered(class int) bool { return class >= classNumber && class <= classInstant }

// inline says whether an id is its value, without an entry in the dictionary.
func inline(id uint64) bool {
	switch c := classOf(id); {
	case c == classShort || c == classBool:
		return true
	case ordered(c):
		return id&lastForm < firstForm
	}
	return false
}

// dense says whether the ids of a class come from a counter.
func dense(class int) bool {
	switch class {
	case classIRI, classBNode, classText, classLang, classTyped, classSpill:
		return true
	}
	return false
}

const xsd = "http://www.w3.org/2001/XMLSchema#"

// Forms of numbers: 0 quad.Int, 1 quad.Float, then the integers of XSD by their place in intTypes, then decimals by the number of
// their places.
const (
	formInt, formFloat = 0, 1
	formIntType        = 2
	formDecimal        = 32 // and the number of places, 1 to 8
)

var intTypes = []quad.IRI{
	xsd + "integer", xsd + "nonNegativeInteger", xsd + "positiveInteger", xsd + "nonPositiveInteger", xsd + "negativeInteger",
	xsd + "long", xsd + "int", xsd + "short", xsd + "byte",
	xsd + "unsignedLong", xsd + "unsignedInt", xsd + "unsignedShort", xsd + "unsignedByte", xsd + "decimal",
}

var intForm = func() map[quad.IRI]uint64 {
	m := map[quad.IRI]uint64{}
	for i, t := range intTypes {
		m[t] = formIntType + uint64(i)
	}
	return m
}()

// numeric says whether literals of a datatype are numbers, also of the compact form of its IRI.
func numeric(t quad.IRI) bool {
	s := string(t)
	if strings.HasPrefix(s, "xsd:") {
		s = xsd + s[len("xsd:"):]
	}
	switch s {
	case xsd + "double", xsd + "float":
		return true
	}
	_, ok := intForm[quad.IRI(s)]
	return ok
}

// orderOf is the place of a number among all, 44 bits.
func orderOf(f float64) uint64 {
	bits := math.Float64bits(f)
	if bits>>63 != 0 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return bits >> 20
}

// atOrder is the number nearest to zero that has a place.
func atOrder(order uint64) float64 {
	bits := order << 20
	if order>>43 != 0 {
		bits &^= 1 << 63
	} else {
		bits = ^(bits | (1<<20 - 1))
	}
	return math.Float64frombits(bits)
}

// parseNumber reads a numeric literal; ok is false for what is none, also for infinities and NaN.
func parseNumber(s string) (f float64, ok bool) {
	if s == "" || len(s) > 400 {
		return 0, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '+', c == '-', c == '.', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

func numberID(order, form uint64) uint64 { return makeID(classNumber, order<<formBits|form) }

// intID is the id of an integer whose place gives it back.
func intID(n int64, form uint64) (uint64, bool) {
	order := orderOf(float64(n))
	if n <= -1<<33 || n >= 1<<33 || int64(atOrder(order)) != n {
		return 0, false
	}
	return numberID(order, form), true
}

// typedNumber is the id of a numeric literal in a notation that its form gives back.
func typedNumber(s string, t quad.IRI) (uint64, bool) {
	form, ok := intForm[t]
	if !ok || len(s) > 12 || len(s) == 0 {
		return 0, false
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if strconv.FormatInt(n, 10) != s {
			return 0, false
		}
		return intID(n, form)
	}
	if t != xsd+"decimal" {
		return 0, false
	}
	f, ok := parseNumber(s)
	places := len(s) - 1 - strings.IndexByte(s, '.')
	if !ok || places < 1 || places > 8 || strings.ContainsAny(s, "eE") {
		return 0, false
	}
	id := numberID(orderOf(f), formDecimal+uint64(places))
	var buf [32]byte
	if string(appendNumber(buf[:0], id)) != s {
		return 0, false
	}
	return id, true
}

// appendNumber appends the text of a number that is held in its id.
func appendNumber(b []byte, id uint64) []byte {
	f := atOrder(id >> formBits & maxOrder)
	if form := id & lastForm; form > formDecimal {
		return strconv.AppendFloat(b, f, 'f', int(form-formDecimal), 64)
	}
	return strconv.AppendInt(b, int64(f), 10)
}

// Forms of civil times: without a zone, with Z, and then with a zone in quarters of an hour from -14:00.
const (
	formYear = iota
	formYearMonth
	formDate
	formDateTime
	formDateTimeZ
	formZone = 16
	maxZone  = 14 * 4
)

var civilTypes = [...]quad.IRI{
	formYear: xsd + "gYear", formYearMonth: xsd + "gYearMonth", formDate: xsd + "date", formDateTime: xsd + "dateTime",
}

// digits reads n digits.
func digits(s string, n int) (v int, ok bool) {
	if len(s) < n {
		return 0, false
	}
	for i := range n {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

// Fields of a civil time and how many values each has. A field that a text lacks is 0, before all that it may have.
var civilFields = [...]struct {
	lead          string
	width, values int
}{{"", 4, 10_000}, {"-", 2, 13}, {"-", 2, 32}, {"T", 2, 25}, {":", 2, 60}, {":", 2, 61}}

// parseCivil gives the place of a date or time with a year of four digits among all, in the order of the texts, and what follows
// its fields. n is how many fields it has. The place is not greater for a lesser text.
func parseCivil(s string) (order uint64, n int, rest string, ok bool) {
	for i, f := range civilFields {
		v := 0
		if n == i && strings.HasPrefix(s, f.lead) {
			if v, ok = digits(s[len(f.lead):], f.width); ok && v < f.values {
				s = s[len(f.lead)+f.width:]
				n++
			} else if i == 0 || ok {
				return 0, 0, "", false
			}
		}
		order = order*uint64(f.values) + uint64(v)
	}
	return order, n, s, n > 0
}

// civilOrder is the place of a literal of a date or time; ok is false for what does not sort by it.
func civilOrder(s string, t quad.IRI) (order, form uint64, isInline, ok bool) {
	order, n, rest, ok := parseCivil(s)
	if !ok {
		return 0, 0, false, false
	}
	switch {
	case rest != "" && n < 6: // a date with the zone Z sorts behind all times of its day
	case t == civilTypes[formYear] && n == 1, t == civilTypes[formYearMonth] && n == 2, t == civilTypes[formDate] && n == 3:
		return order, uint64(n - 1), true, true
	case t == civilTypes[formDateTime] && n == 6:
		switch {
		case rest == "":
			return order, formDateTime, true, true
		case rest == "Z":
			return order, formDateTimeZ, true, true
		}
		if q, ok := parseZone(rest); ok {
			return order, formZone + uint64(q), true, true
		}
		return order, 0, false, true // a fraction, or another zone
	}
	return 0, 0, false, false
}

// parseZone reads a zone of whole quarters of an hour.
func parseZone(s string) (quarters int, ok bool) {
	if len(s) != 6 || s[3] != ':' || s[0] != '+' && s[0] != '-' || s == "-00:00" {
		return 0, false
	}
	h, ok1 := digits(s[1:], 2)
	m, ok2 := digits(s[4:], 2)
	q := h*4 + m/15
	if !ok1 || !ok2 || m%15 != 0 || m > 45 || q > maxZone {
		return 0, false
	}
	if s[0] == '-' {
		q = -q
	}
	return q + maxZone, true
}

func appendDigits(b []byte, v uint64, width int) []byte {
	for p := width - 1; p >= 0; p-- {
		b = append(b, '0')
		x := v
		for range p {
			x /= 10
		}
		b[len(b)-1] += byte(x % 10)
	}
	return b
}

// appendCivil appends the text of a civil time that is held in its id.
func appendCivil(b []byte, id uint64) []byte {
	form := id & lastForm
	n := int(form) + 1
	if form >= formDateTime {
		n = 6
	}
	var v [len(civilFields)]uint64
	order := id >> formBits & maxOrder
	for i := len(v) - 1; i >= 0; i-- {
		v[i] = order % uint64(civilFields[i].values)
		order /= uint64(civilFields[i].values)
	}
	for i, f := range civilFields[:n] {
		b = appendDigits(append(b, f.lead...), v[i], f.width)
	}
	switch {
	case form == formDateTimeZ:
		b = append(b, 'Z')
	case form >= formZone:
		q := int(form) - formZone - maxZone
		sign := byte('+')
		if q < 0 {
			sign, q = '-', -q
		}
		b = appendDigits(append(b, sign), uint64(q/4), 2)
		b = appendDigits(append(b, ':'), uint64(q%4*15), 2)
	}
	return b
}

func instantOrder(t time.Time) (uint64, bool) {
	sec := t.Unix()
	if sec < -1<<43 || sec >= 1<<43 {
		return 0, false
	}
	return uint64(sec + 1<<43), true
}

func shortID(s string) (uint64, bool) {
	if len(s) > 8 {
		return 0, false
	}
	var id uint64
	for i := range 8 {
		id <<= 7
		if i < len(s) {
			if s[i] >= 0x80 {
				return 0, false
			}
			id |= uint64(s[i])
		}
	}
	return makeID(classShort, id<<4|uint64(len(s))), true
}

func appendShort(b []byte, id uint64) []byte {
	n := int(id & 15)
	for i := range n {
		b = append(b, byte(id>>(4+7*(7-i))&0x7f))
	}
	return b
}

// inlineID returns the id of a value that is held in it.
func inlineID(v quad.Value) (uint64, bool) {
	switch v := v.(type) {
	case quad.String:
		return shortID(string(v))
	case quad.Bool:
		if v {
			return makeID(classBool, 1), true
		}
		return makeID(classBool, 0), true
	case quad.Int:
		return intID(int64(v), formInt)
	case quad.Float:
		order := orderOf(float64(v))
		return numberID(order, formFloat), math.Float64bits(atOrder(order)) == math.Float64bits(float64(v))
	case quad.Time:
		t := time.Time(v)
		order, ok := instantOrder(t)
		return makeID(classInstant, order<<formBits), ok && t.Nanosecond() == 0
	case quad.TypedString:
		if len(v.Value) > 40 {
			return 0, false
		}
		if id, ok := typedNumber(string(v.Value), v.Type); ok {
			return id, true
		}
		if order, form, isInline, ok := civilOrder(string(v.Value), v.Type); ok && isInline {
			return makeID(classCivil, order<<formBits|form), true
		}
	}
	return 0, false
}

// inlineValue returns the value of an id that holds it.
func inlineValue(id uint64) quad.Value {
	var buf [32]byte
	form := id & lastForm
	switch classOf(id) {
	case classShort:
		return quad.String(appendShort(buf[:0], id))
	case classBool:
		return quad.Bool(id&1 != 0)
	case classNumber:
		switch f := atOrder(id >> formBits & maxOrder); {
		case form == formInt:
			return quad.Int(f)
		case form == formFloat:
			return quad.Float(f)
		case form > formDecimal:
			return quad.TypedString{Value: quad.String(appendNumber(buf[:0], id)), Type: xsd + "decimal"}
		default:
			return quad.TypedString{Value: quad.String(appendNumber(buf[:0], id)), Type: intTypes[form-formIntType]}
		}
	case classCivil:
		return quad.TypedString{Value: quad.String(appendCivil(buf[:0], id)), Type: civilTypes[min(form, formDateTime)]}
	case classInstant:
		return quad.Time(time.Unix(int64(id>>formBits&maxOrder)-1<<43, 0).UTC())
	}
	return nil
}

// Kinds of values in the dictionary.
const (
	kindIRI    = 'i'
	kindBNode  = 'b'
	kindText   = 's'
	kindLang   = 'l'
	kindTyped  = 't'
	kindInt    = 'n'
	kindFloat  = 'f'
	kindMoment = 'm'
)

// entry is a value of the dictionary. ident is the text that it sorts by, and behind it a zero byte and language or datatype,
// which hold none.
type entry struct {
	kind  byte
	ident string
}

var (
	errUTF8  = errors.New("not UTF-8")
	errEmpty = errors.New("empty")
)

// entryOf returns what the dictionary holds for a value without an inline id.
func entryOf(v quad.Value) (entry, error) {
	switch v := v.(type) {
	case quad.IRI:
		return entry{kindIRI, string(v)}, nil
	case quad.BNode:
		return entry{kindBNode, string(v)}, nil
	case quad.String:
		return entry{kindText, string(v)}, nil
	case quad.LangString:
		return entry{kindLang, string(v.Value) + "\x00" + v.Lang}, nil
	case quad.TypedString:
		return entry{kindTyped, string(v.Value) + "\x00" + string(v.Type)}, nil
	case quad.Int:
		return entry{kindInt, string(binary.BigEndian.AppendUint64(nil, uint64(v)^1<<63))}, nil
	case quad.Float:
		return entry{kindFloat, string(binary.BigEndian.AppendUint64(nil, math.Float64bits(float64(v))))}, nil
	case quad.Time:
		t := time.Time(v)
		b := binary.BigEndian.AppendUint64(nil, uint64(t.Unix())^1<<63)
		return entry{kindMoment, string(binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond())))}, nil
	}
	return entry{}, fmt.Errorf("value of the unknown type %T", v)
}

// value is the inverse of entryOf; nil for a damaged entry.
func (e entry) value() quad.Value {
	switch e.kind {
	case kindIRI:
		return quad.IRI(e.ident)
	case kindBNode:
		return quad.BNode(e.ident)
	case kindText:
		return quad.String(e.ident)
	case kindLang, kindTyped:
		i := strings.LastIndexByte(e.ident, 0)
		if i < 0 {
			return nil
		}
		if e.kind == kindLang {
			return quad.LangString{Value: quad.String(e.ident[:i]), Lang: e.ident[i+1:]}
		}
		return quad.TypedString{Value: quad.String(e.ident[:i]), Type: quad.IRI(e.ident[i+1:])}
	case kindInt, kindFloat:
		if len(e.ident) != 8 {
			return nil
		}
		bits := binary.BigEndian.Uint64([]byte(e.ident))
		if e.kind == kindFloat {
			return quad.Float(math.Float64frombits(bits))
		}
		return quad.Int(bits ^ 1<<63)
	case kindMoment:
		if len(e.ident) != 12 {
			return nil
		}
		b := []byte(e.ident)
		return quad.Time(time.Unix(int64(binary.BigEndian.Uint64(b)^1<<63), int64(binary.BigEndian.Uint32(b[8:]))).UTC())
	}
	return nil
}

// class says which ids a value of the dictionary gets, and its place where they are ordered.
func (e entry) class() (class int, order uint64) {
	switch e.kind {
	case kindIRI:
		return classIRI, 0
	case kindBNode:
		return classBNode, 0
	case kindText:
		return classText, 0
	case kindLang:
		return classLang, 0
	}
	switch v := e.value().(type) {
	case quad.Int:
		return classNumber, orderOf(float64(v))
	case quad.Float:
		if math.IsInf(float64(v), 0) {
			return classSpill, 0
		}
		return classNumber, orderOf(float64(v))
	case quad.Time:
		if order, ok := instantOrder(time.Time(v)); ok {
			return classInstant, order
		}
		return classSpill, 0
	case quad.TypedString:
		if numeric(v.Type) {
			if f, ok := parseNumber(string(v.Value)); ok {
				return classNumber, orderOf(f)
			}
			return classSpill, 0
		}
		if order, _, _, ok := civilOrder(string(v.Value), v.Type); ok {
			return classCivil, order
		}
		if slices.Contains(civilTypes[:], v.Type) {
			return classSpill, 0
		}
	}
	return classTyped, 0
}

// check says why a value cannot be stored.
func check(v quad.Value) error {
	switch v := v.(type) {
	case nil:
		return errors.New("missing")
	case quad.IRI:
		return checkIRI(string(v))
	case quad.BNode:
		if v == "" {
			return errEmpty
		}
		return checkText(string(v))
	case quad.String:
		return checkText(string(v))
	case quad.LangString:
		for i := range len(v.Lang) {
			if c := v.Lang[i]; c <= ' ' || c >= 0x7f {
				return fmt.Errorf("language tag %.40q", v.Lang)
			}
		}
		return checkText(string(v.Value))
	case quad.TypedString:
		if v.Type != "" {
			if err := checkIRI(string(v.Type)); err != nil {
				return fmt.Errorf("datatype: %w", err)
			}
		}
		return checkText(string(v.Value))
	case quad.Float:
		if v != v {
			return errors.New("not a number")
		}
		return nil
	case quad.Int, quad.Bool, quad.Time:
		return nil
	}
	return fmt.Errorf("value of the unknown type %T", v)
}

func checkText(s string) error {
	if !utf8.ValidString(s) {
		return errUTF8
	}
	return nil
}

// checkIRI allows what an IRI may have between its brackets in N-Quads, where it is UTF-8 and not empty.
func checkIRI(s string) error {
	if s == "" {
		return errEmpty
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '<' || c == '>' || c == '"' {
			return fmt.Errorf("IRI with the character %q", c)
		}
	}
	return checkText(s)
}

// alternative is the value of another Go type that Cayley's own stores take for the same, nil where there is none.
func alternative(v quad.Value) quad.Value {
	switch x := v.(type) {
	case quad.Int, quad.Float, quad.Bool, quad.Time:
		return x.(quad.TypedStringer).TypedString()
	case quad.TypedString:
		if !quad.HasStringConversion(x.Type) {
			return nil
		}
		native, err := x.ParseValue()
		if err != nil || native == v || native.String() != x.String() {
			return nil
		}
		return native
	}
	return nil
}
