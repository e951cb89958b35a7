package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"kg/internal/nlp"
	"kg/internal/nlp/nlptest"
	"kg/internal/resolve"
	"kg/internal/score"
	"kg/schema"
)

func TestRe3dMapping(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readRe3dMapping(bytes.NewReader(re3dTable), sch); err != nil {
		t.Fatal(err)
	}
	const table = "kind\tkg\tsubject\tobject\tre3d\tdirection\n" +
		"type\tActor\t\t\tOrganisation\t\ntype\tPerson\t\t\tPerson\t\ntype\tState\tacting\t\tOrganisation\t\ntype\tState\t\t\tLocation\t\n" +
		"relation\thas\tOrganisation\tWeapon\tBelongsTo\tback\nrelation\tmeets\t\t\tCommWith\t\n"
	m, err := readRe3dMapping(strings.NewReader(table), sch)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typ    string
		acting bool
		want   string
	}{{"Person", false, "Person"}, {"Company", false, "Organisation"}, {"State", true, "Organisation"}, {"State", false, "Location"}, {"Event", false, ""}} {
		if got := m.typeOf(sch, c.typ, c.acting); got != c.want {
			t.Errorf("%s, acting %v: %q, want %q", c.typ, c.acting, got, c.want)
		}
	}
	org, weapon := score.Span{Begin: 0, End: 4, Type: "Organisation"}, score.Span{Begin: 5, End: 9, Type: "Weapon"}
	if got := m.relate("has", org, weapon); len(got) != 1 || got[0] != (score.Relation{Source: weapon, Target: org, Type: "BelongsTo"}) {
		t.Errorf("has: %+v", got)
	}
	if got := m.relate("has", weapon, org); got != nil {
		t.Errorf("has, types turned round: %+v", got)
	}
	for _, bad := range []string{"type\tNone\t\t\tPerson\t", "relation\tnone\t\t\tLikes\t", "type\tPerson", "what\tPerson\t\t\tPerson\t"} {
		if _, err := readRe3dMapping(strings.NewReader("kind\tkg\tsubject\tobject\tre3d\tdirection\n"+bad), sch); err == nil ||
			!strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

// re3dTableOf reads the table that is embedded, and the schema.
func re3dTableOf(t *testing.T) (*re3dMapping, *schema.Schema) {
	t.Helper()
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	m, err := readRe3dMapping(bytes.NewReader(re3dTable), sch)
	if err != nil {
		t.Fatal(err)
	}
	return m, sch
}

// The semantic class of a phrase types it where the node type does not speak against it.
func TestRe3dClass(t *testing.T) {
	mapping, sch := re3dTableOf(t)
	doc := &nlp.Document{Sentences: []nlp.Sentence{{Words: []nlp.Word{{Form: "probe"}}}}, Referents: []nlp.Referent{{Class: "organization"}}}
	for typ, want := range map[string]string{"Thing": "Organisation", "Event": "", "Meeting": "", "Agreement": ""} {
		if got := mapping.classOf(sch, doc, &resolve.Mention{Type: typ}); got != want {
			t.Errorf("%s: %q, want %q", typ, got, want)
		}
	}
}

func TestCharOffsets(t *testing.T) {
	chars := charOffsets("Zoë – Bo")
	for b, want := range map[int]int{0: 0, 2: 2, 4: 3, 5: 4, 8: 5, 11: 8} {
		if got := chars(b); got != want {
			t.Errorf("byte %d: character %d, want %d", b, got, want)
		}
	}
}

// Entities of re3d have articles and titles, no number, and of what follows the head only what "of" leads to.
func TestRe3dPhrase(t *testing.T) {
	for _, c := range []struct {
		tree    string
		mention nlp.Mention
		want    string
	}{
		{"the/DT/2/det militants/NNS/0/root from/IN/4/case Sudland/NNP/2/nmod", nlp.Mention{First: 0, Last: 3, Head: 1, Kind: nlp.Nominal}, "the militants"},
		{"more/JJR/3/advmod than/IN/1/fixed two/CD/5/nummod heavy/JJ/5/amod guns/NNS/0/root", nlp.Mention{First: 0, Last: 4, Head: 4, Kind: nlp.Nominal}, "heavy guns"},
		{"the/DT/2/det heart/NN/0/root of/IN/4/case Valdera/NNP/2/nmod", nlp.Mention{First: 0, Last: 3, Head: 1, Kind: nlp.Nominal}, "the heart of Valdera"},
		{"bombers/NNS/6/compound ,/,/3/punct fighters/NNS/1/conj and/CC/5/cc light/JJ/6/amod aircraft/NN/0/root",
			nlp.Mention{First: 0, Last: 5, Head: 5, Kind: nlp.Nominal}, "light aircraft"},
		{"command/NN/4/compound and/CC/3/cc control/NN/1/conj room/NN/0/root",
			nlp.Mention{First: 0, Last: 3, Head: 3, Kind: nlp.Nominal}, "command and control room"},
		{"Lt./NNP/4/compound Gen./NNP/4/compound ,/,/4/punct Kovac/NNP/0/root", nlp.Mention{First: 3, Last: 3, Head: 3, Kind: nlp.Named}, "Kovac"},
		{"Lt./NNP/3/compound Gen./NNP/3/compound Jana/NNP/0/root Kovac/NNP/3/flat", nlp.Mention{First: 2, Last: 3, Head: 2, Kind: nlp.Named}, "Lt. Gen. Jana Kovac"},
		{"It/PRP/4/nsubj is/VBZ/4/cop a/DT/4/det tank/NN/0/root", nlp.Mention{First: 2, Last: 3, Head: 3, Kind: nlp.Nominal}, "a tank"},
		// Names are widened by ranks, by what stands in quotation marks, and by what "of" leads to.
		{"said/VBD/0/root Maj./NNP/1/obl Gen./NNP/4/nmod:desc Jana/NNP/1/nsubj Kovac/NNP/4/flat",
			nlp.Mention{First: 3, Last: 4, Head: 3, Kind: nlp.Named, Type: "PER"}, "Maj. Gen. Jana Kovac"},
		{"Jana/NNP/0/root “/``/3/punct Sunny/NNP/1/flat ”/''/3/punct Kovac/NNP/1/flat ,/,/7/punct mayor/NN/1/appos",
			nlp.Mention{First: 0, Last: 0, Head: 0, Kind: nlp.Named, Type: "PER"}, "Jana “ Sunny ” Kovac"},
		{"the/DT/2/det Army/NNP/0/root of/IN/4/case Valdera/NNP/2/nmod and/CC/7/cc the/DT/7/det North/NNP/4/conj fled/VBD/2/acl",
			nlp.Mention{First: 1, Last: 1, Head: 1, Kind: nlp.Named, Type: "ORG"}, "the Army of Valdera and the North"},
		{"Near/IN/2/case Al/NNP/3/compound Dara/NNP/0/root", nlp.Mention{First: 1, Last: 2, Head: 2, Kind: nlp.Named, Type: "LOC"}, "Al Dara"},
		{"the/DT/2/det troops/NNS/0/root of/IN/4/case Valdera/NNP/2/nmod", nlp.Mention{First: 3, Last: 3, Head: 3, Kind: nlp.Named, Type: "LOC"}, "Valdera"},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		sent := &doc.Sentences[0]
		first, last := re3dPhrase(sent, sent.Children(), &c.mention)
		if got := doc.Text[sent.Words[first].Begin:sent.Words[last].End]; got != c.want {
			t.Errorf("%s: %q, want %q", doc.Text, got, c.want)
		}
	}
}

func TestPlaceAfter(t *testing.T) {
	doc, err := nlptest.ReadTrees("Lund/NNP/0/root ,/,/3/punct Norland/NNP/1/appos ,/,/5/punct Sudland/NNP/1/conj")
	if err != nil {
		t.Fatal(err)
	}
	for _, outer := range []string{"State", "Place"} {
		named := make(map[[2]int]*resolve.Mention)
		for k, typ := range map[int]string{0: "City", 2: outer, 4: outer} {
			named[[2]int{0, k}] = &resolve.Mention{Mention: nlp.Mention{First: k, Last: k, Head: k, Kind: nlp.Named}, Type: typ}
		}
		for first, want := range map[int]int{0: 2, 2: -1, 4: -1} {
			if outer == "Place" {
				want = -1 // a list of places
			}
			if got := placeAfter(doc.Sentences[0].Words, named, named[[2]int{0, first}]); got != want {
				t.Errorf("%s after word %d: %d, want %d", outer, first, got, want)
			}
		}
	}
}

func TestOutermost(t *testing.T) {
	a, b, c := score.Span{Begin: 0, End: 9, Type: "x"}, score.Span{Begin: 2, End: 5, Type: "y"}, score.Span{Begin: 8, End: 12, Type: "x"}
	twin := score.Span{Begin: 0, End: 9, Type: "z"}
	if got := outermost([]score.Span{b, a, twin, c}); !slices.Equal(got, []score.Span{a, c}) {
		t.Errorf("%v", got)
	}
}

func TestRe3dVague(t *testing.T) {
	m, _ := re3dTableOf(t)
	for _, c := range []struct {
		tree string
		head int
		typ  string
		want bool
	}{
		{"Ana/NNP/0/root ,/,/3/punct commander/NN/1/appos", 2, "Person", true},
		{"Ana/NNP/0/root ,/,/4/punct the/DT/4/det commander/NN/1/appos", 3, "Person", false},
		{"commander/NN/0/root of/IN/3/case Valdera/NNP/1/nmod", 0, "Person", false},
		{"rebels/NNS/0/root", 0, "Organisation", false},
		{"maritime/JJ/2/amod talks/NNS/0/root", 0, "Location", true},
		{"all/DT/2/det aircraft/NNS/0/root", 1, "MilitaryPlatform", true},
		{"all/DT/2/det rebels/NNS/0/root", 1, "Organisation", false},
		{"Ana/NNP/4/nsubj was/VBD/4/cop a/DT/4/det member/NN/0/root", 3, "Person", true},
		{"Ana/NNP/4/nsubj was/VBD/4/cop the/DT/4/det chief/NN/0/root", 3, "Person", false},
		{"Lund/NNP/5/nsubj is/VBZ/5/cop the/DT/5/det largest/JJS/5/amod city/NN/0/root", 4, "Location", true},
		{"Ana/NNP/5/nsubj is/VBZ/5/cop in/IN/5/case a/DT/5/det room/NN/0/root", 4, "Location", false},
		{"there/RB/4/advmod were/VBD/4/cop ten/CD/4/nummod rebels/NNS/0/root", 3, "Organisation", false},
		{"used/VBN/0/root as/IN/4/case a/DT/4/det base/NN/1/obl", 3, "Location", true},
		{"returned/VBD/0/root to/IN/3/case base/NN/1/obl", 2, "Location", true},
		{"returned/VBD/0/root to/IN/4/case the/DT/4/det base/NN/1/obl", 3, "Location", false},
		{"number/NN/0/root of/IN/3/case tanks/NNS/1/nmod", 2, "MilitaryPlatform", true},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		sent := &doc.Sentences[0]
		mention := &nlp.Mention{First: c.head, Last: c.head, Head: c.head, Kind: nlp.Nominal}
		if got := m.vague(sent.Words, sent.Children(), mention, c.typ); got != c.want {
			t.Errorf("%s, word %d: %v", doc.Text, c.head, got)
		}
	}
}

func TestRe3dPart(t *testing.T) {
	doc, err := nlptest.ReadTrees("dozens/NNS/0/root of/IN/4/case small/JJ/4/amod guns/NNS/1/nmod in/IN/6/case Valdera/NNP/4/nmod")
	if err != nil {
		t.Fatal(err)
	}
	sent := &doc.Sentences[0]
	for head, want := range map[int]int{0: 3, 3: -1, 5: -1} {
		if got := re3dPart(sent.Words, sent.Children(), &nlp.Mention{First: head, Last: head, Head: head}); got != want {
			t.Errorf("part of word %d: %d, want %d", head, got, want)
		}
	}
}

// What is found by its words: the numbers of documents, houses of governments.
func TestRe3dWords(t *testing.T) {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := nlptest.ReadTrees("under/IN/2/case section/NN/0/root 12.3/CD/2/nummod of/IN/6/case the/DT/6/det Act/NNP/2/nmod at/IN/9/case the/DT/9/det " +
		"Kremlin/NNP/2/nmod in/IN/11/case Lund/NNP/2/nmod")
	if err != nil {
		t.Fatal(err)
	}
	m, err := readRe3dMapping(bytes.NewReader(re3dTable), sch)
	if err != nil {
		t.Fatal(err)
	}
	words := doc.Sentences[0].Words
	for k, want := range map[int]int{1: 2, 5: -1} {
		if got := m.numbered(words, k); got != want {
			t.Errorf("number of word %d: %d, want %d", k, got, want)
		}
	}
	if got := caseOf(words, 8); got != "at" {
		t.Errorf("preposition %q", got)
	}
	if !seat(sch, words[7:9]) || seat(sch, words[10:11]) {
		t.Error("the Kremlin is a house, Lund is none")
	}
}

// Who stands far from what he does, and what is listed side by side.
func TestRe3dSides(t *testing.T) {
	m, sch := re3dTableOf(t)
	for _, c := range []struct {
		tree string
		want string
	}{
		{"rebels/NNS/2/nsubj lead~lead/VBP/0/root the/DT/4/det campaign/NN/2/obj to/TO/6/mark defeat~defeat/VB/4/acl troops/NNS/6/obj",
			"FightingAgainst rebels troops"},
		{"rebels/NNS/3/nsubj not/RB/3/advmod defeat~defeat/VB/0/root troops/NNS/3/obj", ""},
		{"rebels/NNS/2/nsubj seized~seize/VBD/0/root Lund/NNP/2/obj from/IN/5/case troops/NNS/2/obl",
			"InChargeOf troops Lund; FightingAgainst rebels troops"},
		{"rebels/NNS/2/nsubj used~use/VBD/0/root guns/NNS/2/obj against/IN/5/case troops/NNS/2/obl",
			"FightingAgainst rebels troops"},
		{"rebels/NNS/3/nsubj:pass were/VBD/3/aux:pass involved~involve/VBN/0/root in/IN/5/case raids/NNS/3/obl against/IN/7/case troops/NNS/5/nmod",
			"FightingAgainst rebels troops"},
		{"rebels/NNS/2/nsubj flew~fly/VBD/0/root raids/NNS/2/obj against/IN/6/case allies/NNS/6/compound targets/NNS/3/nmod",
			"FightingAgainst rebels allies"},
		{"rebels/NNS/2/nsubj made~make/VBD/0/root raids~raid/NNS/2/obj on/IN/5/case troops/NNS/3/nmod", "FightingAgainst rebels troops"},
		{"rebels/NNS/2/nsubj condemned~condemn/VBD/0/root raids~raid/NNS/2/obj on/IN/5/case troops/NNS/3/nmod", ""},
		{"rebels/NNS/4/nsubj are~be/VBP/4/cop a/DT/4/det pretext/NN/0/root for/IN/6/case raids~raid/NNS/4/nmod on/IN/8/case troops/NNS/6/nmod", ""},
		{"their/PRP$/2/nmod:poss fight/NN/0/root against/IN/4/case troops/NNS/2/nmod", "FightingAgainst their troops"},
		{"rebels/NNS/3/nsubj:pass were/VBD/3/aux:pass involved~involve/VBN/0/root in/IN/5/case use/NN/3/obl of/IN/7/case guns/NNS/5/nmod",
			"InChargeOf rebels guns"},
		{"the/DT/2/det use/NN/0/root of/IN/4/case guns/NNS/2/nmod by/IN/6/case rebels/NNS/2/nmod", "InChargeOf rebels guns"},
		{"rebels/NNS/2/nsubj seized~seize/VBD/0/root guns/NNS/2/obj from/IN/5/case Lund/NNP/2/obl", "CoLocated guns Lund"},
		{"rebels/NNS/3/nsubj:pass were/VBD/3/aux:pass hit~hit/VBN/0/root and/CC/5/cc killed~kill/VBN/3/conj by/IN/8/case a/DT/8/det strike/NN/5/obl:agent " +
			"near/IN/10/case Lund/NNP/8/nmod", "CoLocated rebels Lund"},
		{"allies/NNS/0/root rebels/NNP/1/appos and/CC/4/cc troops/NNP/2/conj", "BelongsTo rebels allies; BelongsTo troops allies"},
		{"Ana/NNP/0/root ,/,/4/punct the/DT/4/det chief/NN/1/appos", "IsSynonymOf Ana chief"},
		{"Lund/NNP/0/root ,/,/4/punct the/DT/4/det town/NN/1/appos", "IsSynonymOf Lund town"},
		{"rebels/NNS/0/root shot~shoot/VBN/1/acl from/IN/4/case allies/NNS/2/obl", ""},
		{"Lund/NNP/0/root including/VBG/3/case Oslo/NNP/1/nmod", "CoLocated Lund Oslo"},
		{"miles~mile/NNS/0/root of/IN/3/case Lund/NNP/1/nmod including/VBG/5/case Oslo/NNP/1/nmod", "CoLocated Lund Oslo"},
		{"rebels/NNS/3/nsubj were/VBD/3/aux hit~hit/VBN/0/root in/IN/5/case Lund/NNP/3/obl and/CC/7/cc Oslo/NNP/5/conj", ""},
		{"rebels/NNS/0/root in/IN/3/case Lund/NNP/1/nmod and/CC/5/cc Oslo/NNP/3/conj", "CoLocated rebels Lund; CoLocated rebels Oslo"},
	} {
		doc, err := nlptest.ReadTrees(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		s := &re3dSource{mapping: m, doc: doc}
		types := map[string]string{"rebels": "Organisation", "troops": "Organisation", "allies": "Organisation", "their": "Organisation", "guns": "Weapon",
			"Ana": "Person", "chief": "Person",
			"Lund": "Location", "Oslo": "Location", "town": "Location"}
		for k, w := range doc.Sentences[0].Words {
			span := score.Span{Begin: w.Begin, End: w.End, Type: types[w.Form]}
			s.things = append(s.things, re3dThing{Span: span, whole: span, head: k})
		}
		s.sides(sch)
		s.located()
		if k := strings.Index(c.tree, "/conj"); k >= 0 { // what is listed side by side is not in each other
			s.say("@in", &s.things[len(s.things)-1], &s.things[len(s.things)-3])
		}
		var got []string
		for _, r := range s.found {
			got = append(got, r.Type+" "+doc.Text[r.Source.Begin:r.Source.End]+" "+doc.Text[r.Target.Begin:r.Target.End])
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: %q, want %q", doc.Text, g, c.want)
		}
	}
}
