package score

import (
	"slices"
	"strings"
	"testing"
)

func TestEntitySpans(t *testing.T) {
	got := EntitySpans(strings.Fields("O B-PER I-PER I-ORG B-ORG B-ORG O I-LOC"))
	want := []EntitySpan{{1, 3, "PER"}, {3, 4, "ORG"}, {4, 5, "ORG"}, {5, 6, "ORG"}, {7, 8, "LOC"}}
	if !slices.Equal(got, want) {
		t.Errorf("EntitySpans = %v, want %v", got, want)
	}
}

func TestReadTagged(t *testing.T) {
	sents, err := ReadTagged(strings.NewReader("# newdoc id = d1\n# sent_id = 1\n1\tAnn\tB-PER\t-\tx\n2-3\tdon't\t-\n2\tdo\tO\t-\tx\n\n\nRome\tB-location\n#1\tO\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(sents) != 2 || sents[0].Document != "d1" || strings.Join(sents[0].Words, " ") != "Ann do" || strings.Join(sents[1].Words, " ") != "Rome #1" {
		t.Errorf("read %v", sents)
	}
	if _, err := ReadTagged(strings.NewReader("Ann\tPERSON\n")); err == nil || !strings.Contains(err.Error(), `line 1: not a BIO tag: "PERSON"`) {
		t.Errorf("error %v", err)
	}
}

func TestEntities(t *testing.T) {
	counts := map[string]PRF{}
	// Gold: Ann Lee PER, Rome LOC, an album that is not counted. Output: Ann PER (too short), Rome LOC, the album ORG.
	Entities(strings.Fields("B-person I-person O B-location B-creative-work"), strings.Fields("B-PER O O B-LOC B-ORG"), counts)
	Entities(strings.Fields("B-corporation O"), strings.Fields("B-ORG B-MISC"), counts)
	total, types := EntityTotal(counts)
	if total != (PRF{3, 4, 2}) || !slices.Equal(types, []string{"LOC", "ORG", "PER"}) {
		t.Errorf("total %v over %v", total, types)
	}
	if counts["ORG"] != (PRF{1, 2, 1}) {
		t.Errorf("ORG %v", counts["ORG"])
	}
	near(t, "precision", total.Precision(), 0.5)
	near(t, "recall", total.Recall(), 2.0/3)
	near(t, "F1", total.F1(), 4.0/7)
}
