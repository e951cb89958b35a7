package score

import (
	"strings"
	"testing"
	"time"

	"kg/internal/nlp"
)

const dated = `# newdoc id = a
# meta::dateCreated = 2017-07-05
# text = He left in May 2016 and on Monday , from 2011 to 2013 .
1	He	he	PRON	PRP	_	2	nsubj	_	_
2	left	leave	VERB	VBD	_	0	root	_	_
3	in	in	ADP	IN	_	4	case	_	_
4	May	May	PROPN	NNP	_	2	obl	_	XML=<date when:::"2016-05">
5	2016	2016	NUM	CD	_	4	nmod:unmarked	_	XML=</date>
6	and	and	CCONJ	CC	_	8	cc	_	_
7	on	on	ADP	IN	_	8	case	_	_
8	Monday	Monday	PROPN	NNP	_	4	conj	_	Entity=x|XML=<date when:::"2017-07-04"></date>
9	,	,	PUNCT	,	_	11	punct	_	_
10	from	from	ADP	IN	_	11	case	_	_
11	2011	2011	NUM	CD	_	2	obl	_	XML=<date when:::"2011"></date>
12	to	to	ADP	IN	_	13	case	_	_
13	2013	2013	NUM	CD	_	11	nmod	_	XML=<date from:::"2013-01" to:::"2013-12"></date>
14	.	.	PUNCT	.	_	2	punct	_	XML=<date when:::"2019">

`

func TestTimes(t *testing.T) {
	docs, err := nlp.ReadCoNLLU(strings.NewReader(dated))
	if err != nil {
		t.Fatal(err)
	}
	doc := docs[0]
	gold := GoldTimes(doc)
	if len(gold) != 4 || gold[0].First != 3 || gold[0].Last != 4 || gold[0].Attrs["when"] != "2016-05" ||
		gold[3].Attrs["to"] != "2013-12" {
		t.Fatalf("gold %+v", gold) // the date that is never closed is none
	}
	created, err := time.Parse(time.DateOnly, doc.Meta["dateCreated"])
	if err != nil {
		t.Fatal(err)
	}
	var counts Times
	var differ []string
	counts.AddTimes(doc, gold, nlp.TimesOf(doc, created), func(_ int, g *GoldTime, x *nlp.PlacedTimex, v nlp.TimexValue) {
		differ = append(differ, v.Value)
	})
	want := Times{Spans: PRF{4, 4, 4}, Overlap: PRF{4, 4, 4}, Values: PRF{4, 4, 3}}
	if counts != want || strings.Join(differ, " ") != "2017-07-03" {
		t.Errorf("%+v, differ %v", counts, differ)
	}
}
