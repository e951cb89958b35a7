package graph

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// Generators of records as resolve might make them, with texts and names that are as odd as they may be.

var genText = rapid.OneOf(
	rapid.StringMatching(`[A-Za-z][A-Za-z0-9 ,.'’-]{0,30}`),
	rapid.StringN(1, 20, -1),
	rapid.SampledFrom([]string{"\"", "\\", "a\nb", "\t", "\r\n", "\x00", "\x7f", "é", "日本", "👍🏽", "<x>", "\\u0041", "“q”", "\u2028", " ", ".", "a .\n"}),
).Filter(func(s string) bool { return s != "" && strings.ToValidUTF8(s, "") == s })

func genIRI(kind string) *rapid.Generator[IRI] {
	return rapid.Custom(func(t *rapid.T) IRI {
		return IRI(kind + rapid.OneOf(
			rapid.StringMatching(`[A-Z][a-z]{0,3}(_[A-Za-z0-9]{1,3})?`),
			rapid.StringMatching(`[A-Za-z0-9._~!$&'()*+,;=:@/é日-]{1,6}`),
			rapid.SampledFrom([]string{"%41", "-", ".", "a.", "x/y", "O'Neil", "a:b", "U.S.", "(x)", "×", "1"}),
		).Draw(t, "local"))
	})
}

func genSpan(t *rapid.T, name string) Span {
	b := rapid.IntRange(0, 1000).Draw(t, name)
	return Span{b, b + rapid.IntRange(1, 80).Draw(t, name+" length")}
}

// orNil is list as it is read back.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// genMentions gives mentions in the order of the text, some within others.
func genMentions(entity *rapid.Generator[IRI]) *rapid.Generator[[]Mention] {
	return rapid.Custom(func(t *rapid.T) []Mention {
		list := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Mention {
			return Mention{genSpan(t, "mention"), entity.Draw(t, "entity")}
		}), 0, 4, func(m Mention) Span { return m.Span }).Draw(t, "list")
		slices.SortFunc(list, func(a, b Mention) int { return a.Span.Compare(b.Span) })
		return orNil(list)
	})
}

var genPassages = rapid.Custom(func(t *rapid.T) []Passage {
	list := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Passage {
		return Passage{genSpan(t, "passage"), genText.Draw(t, "why")}
	}), 0, 3, rapid.ID).Draw(t, "list")
	slices.SortFunc(list, Passage.Compare)
	return orNil(list)
})

func genMaybe(t *rapid.T, name string) bool { return rapid.Bool().Draw(t, name) }

func genRecord(id IRI) *rapid.Generator[*Record] {
	return rapid.Custom(func(t *rapid.T) *Record {
		r := &Record{Article: Article{ID: id, Hash: rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "hash")}}
		a := &r.Article
		if genMaybe(t, "described") {
			a.Headline, a.URL, a.Publisher, a.Language = genText.Draw(t, "headline"), genText.Draw(t, "url"), genText.Draw(t, "publisher"), "en"
			zone := time.FixedZone("", 60*rapid.IntRange(-12*60, 14*60).Draw(t, "zone"))
			a.Published = time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "published"), rapid.Int64Range(0, 999_999_999).Draw(t, "nano")).In(zone)
		}
		used := map[IRI]bool{id: true}
		fresh := func(gen *rapid.Generator[IRI], name string) IRI {
			return gen.Filter(func(x IRI) bool { return !used[x] }).Draw(t, name)
		}
		tail := strings.TrimPrefix(string(id), "kg:article/")
		for i := range rapid.IntRange(0, 3).Draw(t, "sentences") {
			r.Sentences = append(r.Sentences, Sentence{ID: IRI(fmt.Sprintf("kg:sentence/%s/%d", tail, i)), Span: genSpan(t, "sentence"), Text: genText.Draw(t, "text")})
		}
		for range rapid.IntRange(0, 4).Draw(t, "entities") {
			e := Entity{ID: fresh(genIRI("kg:"), "entity"), Label: genText.Draw(t, "label")}
			used[e.ID] = true
			e.Types = orNil(rapid.SliceOfNDistinct(rapid.SampledFrom([]IRI{"kgo:Person", "kgo:City", "kgo:State", "kgo:Event", "schema:Place"}), 0, 3, rapid.ID).Draw(t, "types"))
			e.Aliases = orNil(rapid.SliceOfNDistinct(genText, 0, 3, rapid.ID).Draw(t, "aliases"))
			sort.Strings(e.Aliases)
			e.SameAs = orNil(rapid.SliceOfNDistinct(rapid.SampledFrom([]IRI{"http://www.wikidata.org/entity/Q159", "http://dbpedia.org/resource/Russia", "urn:x:1"}), 0, 2, rapid.ID).Draw(t, "sameAs"))
			r.Entities = append(r.Entities, e)
		}
		for range rapid.IntRange(0, 2).Draw(t, "relations") {
			rel := Relation{ID: fresh(genIRI("kgo:open/"), "relation"), Label: genText.Draw(t, "label")}
			used[rel.ID] = true
			if genMaybe(t, "parent") {
				rel.Parent = "kgo:relatedTo"
			}
			rel.Symmetric = genMaybe(t, "symmetric")
			if genMaybe(t, "coded") {
				rel.PLOVER, rel.CAMEO, rel.Goldstein = "CONSULT", genText.Draw(t, "code"), rapid.SampledFrom([]string{"1", "-9.5", "0"}).Draw(t, "score")
			}
			r.Relations = append(r.Relations, rel)
		}
		if genMaybe(t, "text layer") {
			r.Text = genText.Draw(t, "whole text")
			r.Mentions = genMentions(genIRI("kg:")).Draw(t, "mentions")
			r.Skipped, r.Dropped = genPassages.Draw(t, "skipped"), genPassages.Draw(t, "dropped")
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "claims") {
			c := Claim{ID: IRI(fmt.Sprintf("kg:claim/%s/%d", tail, i)), Sentence: IRI("kg:sentence/" + tail + "/0"), Span: genSpan(t, "claim"),
				Subject: genIRI("kg:").Draw(t, "subject"), Predicate: genIRI("kgo:x/").Draw(t, "predicate"),
				Polarity:   rapid.SampledFrom([]string{"+", "+", "-"}).Draw(t, "polarity"),
				Modality:   rapid.SampledFrom([]string{"asserted", "asserted", "planned", "possible"}).Draw(t, "modality"),
				Time:       rapid.SampledFrom([]string{"", "2017", "2017-07", "2017-07-04", "2017-07-04T12:30:00Z", "2017-07-04T12:30:00.25+03:00"}).Draw(t, "time"),
				Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"), Rule: genText.Draw(t, "rule")}
			if genMaybe(t, "literal") {
				c.Object = Object{Literal: genText.Draw(t, "object"), Datatype: rapid.SampledFrom([]IRI{"xsd:string", "xsd:date", "xsd:integer", "xsd:boolean", "urn:my:type"}).Draw(t, "datatype")}
				c.Object.Type = rapid.SampledFrom([]IRI{"", "kgo:Claim", "kgo:Quantity"}).Draw(t, "object type")
			} else {
				c.Object = Object{Entity: genIRI("kg:").Draw(t, "object")}
			}
			if genMaybe(t, "coded") {
				c.PLOVER, c.CAMEO, c.Goldstein = "CONSULT", genText.Draw(t, "code"), rapid.SampledFrom([]string{"1", "-9.5", "0"}).Draw(t, "score")
			}
			if genMaybe(t, "cue") {
				c.Cue, c.CueNoun = genText.Draw(t, "cue"), genMaybe(t, "noun")
				c.Declined = rapid.SliceOfNDistinct(rapid.SampledFrom([]IRI{"kgo:hosts", "kgo:leads", "kgo:owns"}), 0, 2, rapid.ID).Draw(t, "declined")
				if len(c.Declined) == 0 {
					c.Declined = nil
				}
			}
			if genMaybe(t, "spans") {
				c.SubjectSpan, c.PredicateSpan, c.ObjectSpan = genSpan(t, "subject"), genSpan(t, "predicate"), genSpan(t, "object")
			}
			if genMaybe(t, "attributed") {
				c.AttributedTo = genIRI("kg:").Draw(t, "source")
			}
			if genMaybe(t, "place") {
				c.Place = genIRI("kg:").Draw(t, "place")
			}
			for range rapid.SampledFrom([]int{0, 0, 1, 2, 11}).Draw(t, "arguments") {
				arg := RoleArg{Role: genText.Draw(t, "role")}
				if genMaybe(t, "argument described") {
					arg.Case, arg.Text, arg.Entity, arg.Span = genText.Draw(t, "case"), genText.Draw(t, "text"), genIRI("kg:").Draw(t, "entity"), genSpan(t, "argument")
				}
				c.Arguments = append(c.Arguments, arg)
			}
			r.Claims = append(r.Claims, c)
		}
		return r
	})
}
