package nlp

import (
	"strings"
	"testing"
)

// Relations of Universal Dependencies 1 come out as those of version 2; a tree in version 2 stays as it is.
func TestFromUD1(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"passive, oblique, negation", `1	Oslo	Oslo	PROPN	NNP	_	4	nsubjpass	_	_
2	was	be	AUX	VBD	_	4	auxpass	_	_
3	not	not	ADV	RB	_	4	neg	_	_
4	told	tell	VERB	VBN	_	0	root	_	_
5	by	by	ADP	IN	_	6	case	_	_
6	Rome	Rome	PROPN	NNP	_	4	nmod	_	_
7	of	of	ADP	IN	_	8	case	_	_
8	talks	talk	NOUN	NNS	_	4	nmod	_	_
9	in	in	ADP	IN	_	10	case	_	_
10	Bern	Bern	PROPN	NNP	_	8	nmod	_	_
`, "nsubj:pass aux:pass advmod root case obl case obl case nmod"},
		{"object, name, conjunction", `1	Ana	Ana	PROPN	NNP	_	3	nsubj	_	_
2	Cruz	Cruz	PROPN	NNP	_	1	name	_	_
3	met	meet	VERB	VBD	_	0	root	_	_
4	Lima	Lima	PROPN	NNP	_	3	dobj	_	_
5	and	and	CCONJ	CC	_	4	cc	_	_
6	Cusco	Cusco	PROPN	NNP	_	4	conj	_	_
`, "nsubj flat root obj cc@6 conj"},
		{"version 2", `1	Ana	Ana	PROPN	NNP	_	2	nsubj	_	_
2	met	meet	VERB	VBD	_	0	root	_	_
3	Lima	Lima	PROPN	NNP	_	2	obj	_	_
`, "nsubj root obj"},
	} {
		docs, err := ReadCoNLLU(strings.NewReader(c.in + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		s := &docs[0].Sentences[0]
		if old := s.FromUD1(); old == (c.name == "version 2") {
			t.Errorf("%s: FromUD1 = %v", c.name, old)
		}
		for i, want := range strings.Fields(c.want) {
			rel, head, moved := strings.Cut(want, "@")
			if s.Words[i].Deprel != rel || moved && head != "6" || moved && s.Words[i].Head != 5 {
				t.Errorf("%s: word %d is %s of %d, want %s", c.name, i+1, s.Words[i].Deprel, s.Words[i].Head+1, want)
			}
		}
	}
}
