package nlp

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var updateTimex = flag.Bool("update-timex", false, "rewrite the expected lines of testdata/timex.txt")

// testdata/timex.txt explains its notation.
func TestTimexGolden(t *testing.T) {
	const file = "testdata/timex.txt"
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	var anchor TimeAnchor
	var got, want []string
	var sentence string
	line, at := 0, 0
	flush := func() {
		if sentence != "" && strings.Join(got, "\n") != strings.Join(want, "\n") && !*updateTimex {
			t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, at, sentence, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, g := range got {
			out.WriteString("= " + g + "\n")
		}
		sentence, got, want = "", nil, nil
	}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line++
		text := sc.Text()
		if strings.HasPrefix(text, "= ") {
			want = append(want, text[2:])
			continue
		}
		flush()
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '@':
			if anchor, err = readAnchor(text[1:]); err != nil {
				t.Fatalf("%s:%d: %v", file, line, err)
			}
		default:
			sentence, at = text, line
			words := timexWords(text)
			for _, x := range Timexes(words) {
				got = append(got, showTimex(words, &x, anchor))
			}
		}
		out.WriteString(text + "\n")
	}
	flush()
	if *updateTimex {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readAnchor(text string) (a TimeAnchor, err error) {
	f := strings.Fields(text)
	for i := 0; i < len(f); i++ {
		switch f[i] {
		case "-":
		case "ahead":
			a.Ahead = true
		case "past":
			a.Past = true
		case "told":
			i++
			a.Told, a.ToldPast = TimexValue{Value: f[i], Begin: f[i], End: f[i]}, a.Past
		default:
			if a.Published, err = time.Parse(time.DateOnly, f[i]); err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

func timexWords(text string) []Word {
	var words []Word
	for _, tok := range strings.Fields(text) {
		f := strings.Split(tok, "/")
		w := Word{Form: tok, Head: -1}
		if len(f) > 1 && f[1] != "" && (f[1][0] < '0' || f[1][0] > '9') {
			w.Form, w.XPOS = f[0], f[1]
			switch {
			case f[1] == "MD":
				w.UPOS = "AUX"
			case strings.HasPrefix(f[1], "NNP"):
				w.UPOS = "PROPN"
			case strings.HasPrefix(f[1], "NN"):
				w.UPOS = "NOUN"
			}
			if len(f) > 2 {
				w.NER = f[2]
			}
		}
		words = append(words, w)
	}
	// A number right before a plural noun counts it, and a name before another is part of it.
	for i := 1; i < len(words); i++ {
		switch a, b := &words[i-1], &words[i]; {
		case b.XPOS == "NNS" && a.XPOS == "" && a.Form != "" && a.Form[0] >= '0' && a.Form[0] <= '9':
			a.Head, a.Deprel, a.UPOS = i, "nummod", "NUM"
		case strings.HasPrefix(b.NER, "I-") && a.NER != "":
			a.Head, a.Deprel = i, "compound"
		}
	}
	return words
}

func showTimex(words []Word, x *Timex, a TimeAnchor) string {
	var forms []string
	for _, w := range words[x.First : x.Last+1] {
		forms = append(forms, w.Form)
	}
	v := x.Value(a)
	s := fmt.Sprintf("%s | %s %s", strings.Join(forms, " "), v.Type, v.Value)
	for _, part := range []string{v.Mod, v.Freq, v.Grain} {
		if part != "" {
			s += " " + part
		}
	}
	if v.Begin != "" || v.End != "" {
		s += " " + v.Begin + ".." + v.End
	}
	if when := v.When(); when != "" && when != v.Value {
		s += " when " + when
	}
	return s
}

func TestEaster(t *testing.T) {
	for y, want := range map[int]string{2000: "04-23", 2008: "03-23", 2011: "04-24", 2016: "03-27", 2018: "04-01", 2038: "04-25"} {
		m, d := holidayDate("easter", y)
		if got := fmt.Sprintf("%02d-%02d", int(m), d); got != want {
			t.Errorf("%d: %s, want %s", y, got, want)
		}
	}
}

// No word of any length or script breaks the recogniser, and spans are in order and in the sentence.
func FuzzTimexes(f *testing.F) {
	f.Add("from the 4th of July 2017 - 13 to mid-'90s at 5:30 p.m. every other week")
	f.Add("’90s ' 12345678901 1/2 19th-century – 2017/18 31/31/9999 00:99 BC 0 BC")
	f.Fuzz(func(t *testing.T, text string) {
		words := make([]Word, 0, 8)
		for _, form := range strings.Fields(text) {
			words = append(words, Word{Form: form, Head: -1})
		}
		last := -1
		for _, x := range Timexes(words) {
			if x.First <= last || x.Last < x.First || x.Last >= len(words) {
				t.Fatalf("%q: span %d to %d after %d", text, x.First, x.Last, last)
			}
			last = x.Last
			for _, a := range []TimeAnchor{{}, {Published: date(2017, 7, 5)}, {Published: date(2017, 7, 5), Ahead: true}} {
				x.Value(a)
			}
		}
	})
}
