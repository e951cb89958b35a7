package index

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kg/graph"
)

// say is a claim of an article in a short notation: "Russia mediates Astana_talks" with what follows: "-" denied, "?" possible,
// "by:Lavrov" reported, "at:Astana" place, "with:Iran" a further argument, "2017-07" time, "5%" a quantity as object.
func say(article string, published time.Time, publisher string, claims ...string) *graph.Record {
	r := &graph.Record{Article: graph.Article{ID: graph.IRI("kg:article/" + article), Hash: article + strings.Join(claims, "|"), Headline: "News of " + article,
		Published: published, Publisher: publisher}}
	seen := map[graph.IRI]bool{}
	thing := func(name string) graph.IRI {
		id := graph.IRI("kg:" + name)
		if !seen[id] {
			seen[id] = true
			types := []graph.IRI{"kgo:State", "kgo:GeopoliticalEntity", "kgo:Actor"}
			if strings.HasPrefix(name, "L") {
				types = []graph.IRI{"kgo:Person", "kgo:Actor"}
			}
			r.Entities = append(r.Entities, graph.Entity{ID: id, Label: strings.ReplaceAll(name, "_", " "), Types: types})
		}
		return id
	}
	relation := func(name string) graph.IRI {
		id := graph.IRI("kgo:" + name)
		if !seen[id] {
			seen[id] = true
			rel := graph.Relation{ID: id, Label: strings.ReplaceAll(name, "_", " ")}
			switch name {
			case "supports", "agrees_with":
				rel.PLOVER, rel.CAMEO, rel.Goldstein = "SUPPORT", "050", "3.5"
			case "attacks":
				rel.PLOVER, rel.CAMEO, rel.Goldstein = "ASSAULT", "190", "-10"
			case "rejects":
				rel.PLOVER, rel.CAMEO, rel.Goldstein = "REJECT", "120", "-4"
			}
			r.Relations = append(r.Relations, rel)
		}
		return id
	}
	at := 0
	for i, text := range claims {
		f := strings.Fields(text)
		s := graph.Sentence{ID: graph.IRI(fmt.Sprintf("kg:sentence/%s/%d", article, i)), Span: graph.Span{Begin: at, End: at + len(text)}, Text: text}
		at += len(text) + 1
		c := graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/%s/%d", article, i)), Sentence: s.ID, Span: s.Span, Subject: thing(f[0]), Predicate: relation(f[1]),
			Polarity: "+", Modality: "asserted", Confidence: .5 + float64(len(text)%5)/10, Rule: "svo"}
		if strings.HasSuffix(f[2], "%") {
			c.Object = graph.Object{Literal: f[2], Datatype: "xsd:string", Type: "kgo:Quantity"}
		} else {
			c.Object.Entity = thing(f[2])
		}
		for _, x := range f[3:] {
			key, value, _ := strings.Cut(x, ":")
			switch {
			case x == "-":
				c.Polarity = "-"
			case x == "?":
				c.Modality = "possible"
			case key == "by":
				c.AttributedTo = thing(value)
			case key == "at":
				c.Place = thing(value)
			case key == "with":
				c.Arguments = append(c.Arguments, graph.RoleArg{Role: "oblique", Case: "with", Entity: thing(value)})
			default:
				c.Time = x
			}
		}
		r.Sentences = append(r.Sentences, s)
		r.Claims = append(r.Claims, c)
	}
	return r
}

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t.Add(17 * time.Hour)
}

type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Context() context.Context
}

func storeOf(t tester, recs ...*graph.Record) *graph.Store {
	t.Helper()
	s, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	return s
}

func indexOf(t tester, s Store) *Index {
	t.Helper()
	x, err := Make(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The little world of most tests.
func world() []*graph.Record {
	return []*graph.Record{
		say("a1", day("2017-07-04"), "Reuters", "Russia supports Syria", "Russia mediates Astana_talks by:Lavrov", "Iran supports Syria ?", "Syria produces 5%"),
		say("a2", day("2017-07-05"), "TASS", "Russia supports Syria", "Turkey attacks Syria - with:Iran", "Turkey visits Russia at:Astana 2017-06-30"),
		say("a3", day("2017-09-01"), "Reuters", "Turkey attacks Syria", "Lavrov visits Iran 2016/2019"),
		say("a4", time.Time{}, "", "Iran supports Hezbollah"),
	}
}

func (x *Index) label(r Ref) string {
	if r == None {
		return "-"
	}
	return x.Entities[r].Label
}

func TestMake(t *testing.T) {
	s := storeOf(t, world()...)
	defer s.Close()
	layers := map[graph.IRI][]graph.Quad{
		graph.CorroborationGraph: {{Subject: graph.Res("kg:claim/a1/0"), Predicate: graph.Res(graph.KgoArticles), Object: graph.CountTerm(2)},
			{Subject: graph.Res("kg:claim/a1/0"), Predicate: graph.Res(graph.KgoIndependent), Object: graph.CountTerm(2)}},
		graph.ContradictionGraph: {
			{Subject: graph.Res("kg:contradiction/1"), Predicate: graph.Res("rdf:type"), Object: graph.Res(graph.ClassContradiction)},
			{Subject: graph.Res("kg:contradiction/1"), Predicate: graph.Res(graph.KgoOneClaim), Object: graph.Res("kg:claim/a3/0")},
			{Subject: graph.Res("kg:contradiction/1"), Predicate: graph.Res(graph.KgoOneClaim), Object: graph.Res("kg:claim/a2/1")},
			{Subject: graph.Res("kg:contradiction/1"), Predicate: graph.Res(graph.KgoReason), Object: graph.Term{Kind: graph.Literal, Value: "polarity"}},
			{Subject: graph.Res("kg:claim/a2/1"), Predicate: graph.Res(graph.KgoChangedTo), Object: graph.Res("kg:claim/a3/0")}},
		graph.EventGraph: {
			{Subject: graph.Res("kg:event/2017-09-01/attack"), Predicate: graph.Res("rdf:type"), Object: graph.Res("kgo:Event")},
			{Subject: graph.Res("kg:event/2017-09-01/attack"), Predicate: graph.Res(graph.KgoAgent), Object: graph.Res("kg:Turkey")},
			{Subject: graph.Res("kg:event/2017-09-01/attack"), Predicate: graph.Res(graph.SemActor), Object: graph.Res("kg:Turkey")},
			{Subject: graph.Res("kg:event/2017-09-01/attack"), Predicate: graph.Res(graph.SemActor), Object: graph.Res("kg:Iran")},
			{Subject: graph.Res("kg:event/2017-09-01/attack"), Predicate: graph.Res(graph.KgoReported), Object: graph.TimeTerm("2017-09-01")},
			{Subject: graph.Res("kg:claim/a3/0"), Predicate: graph.Res(graph.KgoOfEvent), Object: graph.Res("kg:event/2017-09-01/attack")}},
		graph.ReuseGraph: {{Subject: graph.Res("kg:article/a1"), Predicate: graph.Res(graph.KgoNearDuplicate), Object: graph.Res("kg:article/a2")},
			{Subject: graph.Res("kg:article/a2"), Predicate: graph.Res(graph.KgoNearDuplicate), Object: graph.Res("kg:article/a1")}},
	}
	if _, err := s.Settle(t.Context(), "", layers, "v"); err != nil {
		t.Fatal(err)
	}
	x := indexOf(t, s)
	var got []string
	for i := range x.Claims {
		c := &x.Claims[i]
		line := fmt.Sprintf("%s %s %s %s %s", c.Day, x.label(c.Subject), x.Relations[c.Relation].Label, x.label(c.Object), c.Status)
		if c.Literal != "" {
			line += " " + c.Literal
		}
		if c.Source != None {
			line += " by " + x.label(c.Source)
		}
		if c.Place != None {
			line += " at " + x.label(c.Place)
		}
		for _, a := range c.Arguments {
			line += " with " + x.label(a)
		}
		if c.Quad != NoQuad {
			line += fmt.Sprintf(" (%s %g)", c.Quad, c.Score)
		}
		if c.Articles != 1 || c.Independent != 1 {
			line += fmt.Sprintf(" %d/%d", c.Articles, c.Independent)
		}
		got = append(got, strings.TrimSpace(line))
		if s := &x.Sentences[c.Sentence]; s.Article != c.Article || !slices.Contains(s.Claims, Ref(i)) {
			t.Errorf("claim %s stands in the sentence %s of article %d", c.ID, s.ID, s.Article)
		}
	}
	want := []string{
		"Iran supports Hezbollah asserted (verbal cooperation 3.5)",
		"2017-06-30 Turkey visits Russia asserted at Astana",
		"2017-07-04 Russia supports Syria asserted (verbal cooperation 3.5) 2/2",
		"2017-07-04 Russia mediates Astana talks reported by Lavrov",
		"2017-07-04 Iran supports Syria possible (verbal cooperation 3.5)",
		"2017-07-04 Syria produces - asserted 5%",
		"2017-07-05 Russia supports Syria asserted (verbal cooperation 3.5)",
		"2017-07-05 Turkey attacks Syria denied with Iran (material conflict -10)",
		"2017-09-01 Turkey attacks Syria asserted (material conflict -10)",
		"2017-09-01 Lavrov visits Iran asserted",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("claims (-want +got):\n%s", d)
	}
	got = nil
	for i := range x.Entities {
		e := &x.Entities[i]
		got = append(got, fmt.Sprintf("%s, %s: %d claims of %d articles, %s to %s, %d events", e.Label, e.Type(), len(e.Claims), e.Articles, e.First, e.Last, len(e.Events)))
	}
	want = []string{
		"Syria, state: 6 claims of 3 articles, 2017-07-04 to 2017-09-01, 0 events",
		"Iran, state: 4 claims of 4 articles, 2017-07-04 to 2017-09-01, 1 events",
		"Russia, state: 4 claims of 2 articles, 2017-06-30 to 2017-07-05, 0 events",
		"Turkey, state: 3 claims of 2 articles, 2017-06-30 to 2017-09-01, 1 events",
		"Lavrov, person: 2 claims of 2 articles, 2017-07-04 to 2017-09-01, 0 events",
		"Astana, state: 1 claims of 1 articles, 2017-06-30 to 2017-06-30, 0 events",
		"Astana talks, state: 1 claims of 1 articles, 2017-07-04 to 2017-07-04, 0 events",
		"Hezbollah, state: 1 claims of 1 articles,  to , 0 events",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("entities (-want +got):\n%s", d)
	}
	if len(x.Contradictions) != 2 || !x.Contradictions[0].Change || x.Contradictions[1].Change || x.Contradictions[1].Reason != "polarity" {
		t.Errorf("contradictions %+v", x.Contradictions)
	}
	denied, _ := x.Claim("kg:claim/a2/1")
	later, _ := x.Claim("kg:claim/a3/0")
	if c := &x.Claims[denied]; !slices.Equal(c.ChangedTo, []Ref{later}) || !slices.Equal(c.Contradicts, []Ref{later}) || len(x.Claims[later].ChangedTo) > 0 {
		t.Errorf("the denial %+v, the later %+v", c, x.Claims[later])
	}
	turkey, _ := x.Entity("kg:Turkey")
	iran, _ := x.Entity("kg:Iran")
	if e := x.Events; len(e) != 1 || !slices.Equal(e[0].Agents, []Ref{turkey}) || !slices.Equal(e[0].Others, []Ref{iran}) || e[0].Day.String() != "2017-09-01" ||
		!slices.Equal(e[0].Claims, []Ref{later}) || x.Claims[later].Event != 0 || x.Claims[denied].Event != None {
		t.Errorf("events %+v", e)
	}
	a1, _ := x.Article("kg:article/a1")
	a2, _ := x.Article("kg:article/a2")
	if !slices.Equal(x.Articles[a1].NearDuplicates, []Ref{a2}) || len(x.Articles[a1].Claims) != 4 || x.Claims[x.Articles[a1].Claims[3]].Literal != "5%" {
		t.Errorf("article %+v", x.Articles[a1])
	}
	for i := range x.Sentences {
		if r, ok := x.Sentence(x.Sentences[i].ID); !ok || r != Ref(i) {
			t.Errorf("sentence %d is found at %d", i, r)
		}
	}
	for i := range x.Entities {
		if r, ok := x.Entity(x.Entities[i].ID); !ok || r != Ref(i) {
			t.Errorf("entity %d is found at %d", i, r)
		}
	}
	if r, ok := x.Event("kg:event/none"); ok || r != None {
		t.Errorf("an event that is not there is found at %d", r)
	}
}

// Types come as Store.Entity gives them, and a name leads to the entity that judgements say it means.
func TestMerged(t *testing.T) {
	s := storeOf(t, append(world(), say("a5", day("2017-10-01"), "AFP", "Lawrow visits Turkey", "Sergei_Lavrov visits Iran"))...)
	defer s.Close()
	judged := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	merges := []graph.Judgement{{Kind: graph.Merge, From: "kg:Lavrov", Into: "kg:Sergei_Lavrov", By: "Anna", When: judged},
		{Kind: graph.Merge, From: "kg:Lawrow", Into: "kg:Lavrow_himself", By: "Anna", When: judged}}
	if _, err := s.Judge(t.Context(), merges, nil); err != nil {
		t.Fatal(err)
	}
	x := indexOf(t, s)
	for name, want := range map[graph.IRI]graph.IRI{"kg:Lavrov": "kg:Sergei_Lavrov", "kg:Lawrow": "kg:Lavrow_himself", "kg:Iran": "kg:Iran", "kg:Nobody": ""} {
		r, ok := x.Entity(name)
		if ok != (want != "") || ok && x.Entities[r].ID != want {
			t.Errorf("Entity(%s) = %d, %v; want %s", name, r, ok, want)
		}
		e, ok, err := s.Entity(t.Context(), name)
		if err != nil || ok != (want != "") {
			t.Fatal(err)
		}
		if ok {
			if d := cmp.Diff(e, x.Entities[r].Entity); d != "" {
				t.Errorf("%s (-Store.Entity +Index):\n%s", name, d)
			}
		}
	}
	if r, _ := x.Entity("kg:Lavrov"); len(x.Entities[r].Claims) != 3 {
		t.Errorf("Sergei Lavrov has %d claims, want 3", len(x.Entities[r].Claims))
	}
	if hits := x.Complete("lavrov", 3); len(hits) == 0 || x.Entities[hits[0].Entity].ID != "kg:Sergei_Lavrov" || hits[0].Name != "Lavrov" {
		t.Errorf("completion by a merged name: %+v", hits)
	}
}

func TestDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tm := time.Unix(rapid.Int64Range(-4e9, 4e9).Draw(t, "time"), 0).In(time.FixedZone("", 60*rapid.IntRange(-720, 840).Draw(t, "zone")))
		d := DayOf(tm)
		if want := tm.Format("2006-01-02"); d.String() != want {
			t.Fatalf("DayOf(%s) = %s", tm, d)
		}
		if got, ok := ParseDay(d.String()); !ok || got != d {
			t.Fatalf("ParseDay(%s) = %s, %v", d, got, ok)
		}
		if m, _ := ParseDay(d.Month()); m.Month() != d.Month() || m.Time().Day() != 1 {
			t.Fatalf("ParseDay(%s) = %s", d.Month(), m)
		}
	})
	if DayOf(time.Time{}) != NoDay || NoDay.String() != "" || NoDay.Month() != "" {
		t.Error("the zero time has a day")
	}
	for _, s := range []string{"", "2017-13", "2017-02-30", "17", "2017-7-4", "2017-07-04T00:00:00Z"} {
		if d, ok := ParseDay(s); ok {
			t.Errorf("ParseDay(%q) = %s", s, d)
		}
	}
}

func TestWords(t *testing.T) {
	for iri, want := range map[string]string{"kgo:GeopoliticalEntity": "geopolitical entity", "kgo:open/meet_with": "meet with", "kg:Rex_Tillerson": "rex tillerson",
		"kgo:State": "state", "kg:NATO": "nato", "kg:a/": "kg:a/", "": ""} {
		if got := Words(iri); got != want {
			t.Errorf("Words(%q) = %q, want %q", iri, got, want)
		}
	}
}

func genFilter(t *rapid.T) Filter {
	f := Filter{From: NoDay, To: LastDay}
	some := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	names := func(label string, list ...string) []string {
		if !some(label + "?") {
			return nil
		}
		return rapid.SliceOfNDistinct(rapid.SampledFrom(list), 1, 2, rapid.ID).Draw(t, label)
	}
	for _, r := range names("relation", "kgo:supports", "kgo:attacks", "kgo:open/visit", "kgo:visits") {
		f.Relations = append(f.Relations, graph.IRI(r))
	}
	for _, s := range names("status", Statuses[:]...) {
		f.Status = append(f.Status, Status(slices.Index(Statuses[:], s)))
	}
	f.Side = rapid.SampledFrom([]string{"", "", "", "cooperation", "conflict"}).Draw(t, "side")
	if some("from?") {
		f.From, f.Dated = DayOf(day("2017-07-01"))+Day(rapid.IntRange(-40, 90).Draw(t, "from")), true
	}
	if some("to?") {
		f.To, f.Dated = DayOf(day("2017-07-01"))+Day(rapid.IntRange(-40, 90).Draw(t, "to")), true
	}
	f.Outlets = names("outlet", "Reuters", "TASS", "Le Monde, Paris", "a&b=c")
	f.Speaker = rapid.SampledFrom([]graph.IRI{"", "", "", "-", "kg:Lavrov", "kg:Nobody"}).Draw(t, "speaker")
	if some("confidence?") {
		f.Confidence = float64(rapid.IntRange(0, 100).Draw(t, "confidence")) / 100
	}
	if some("articles?") {
		f.Articles = rapid.IntRange(0, 3).Draw(t, "articles")
	}
	f.Type = rapid.SampledFrom([]graph.IRI{"", "", "", "kgo:State", "kgo:Person"}).Draw(t, "type")
	f.Role = rapid.SampledFrom([]string{"", "", "subject", "object"}).Draw(t, "role")
	f.Text = rapid.SampledFrom([]string{"", "", "", "us", "SUPP", "5%"}).Draw(t, "text")
	f.Verdict = rapid.SampledFrom([]string{"", "", "all"}).Draw(t, "verdict")
	return f
}

func TestFilterValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := genFilter(t)
		q := f.Values()
		q.Set("page", "3") // another's parameter
		parsed, err := url.ParseQuery(q.Encode())
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseFilter(parsed)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(f, got); d != "" {
			t.Fatalf("%s (-filter +parsed):\n%s", q.Encode(), d)
		}
		if f.Empty() != (len(q) == 1) {
			t.Fatalf("Empty = %v of %s", f.Empty(), q.Encode())
		}
	})
	for q, want := range map[string]string{"from=soon": "from: \"soon\"", "to=2017-13": "to:", "status=asserted,sure": "status:", "side=both": "side:", "confidence=2": "confidence:",
		"confidence=NaN": "confidence:", "articles=-1": "articles:", "verdict=maybe": "verdict:", "role=speaker": "role:"} {
		v, _ := url.ParseQuery(q)
		if _, err := ParseFilter(v); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("ParseFilter(%s): %v", q, err)
		}
	}
	for q, want := range map[string][2]string{"from=2016&to=2016": {"2016-01-01", "2016-12-31"}, "from=2016-02&to=2016-02": {"2016-02-01", "2016-02-29"}, "to=2016-02-03": {"", "2016-02-03"}} {
		v, _ := url.ParseQuery(q)
		if f, err := ParseFilter(v); err != nil || f.From.String() != want[0] || f.To.String() != want[1] {
			t.Errorf("%s is from %s to %s (%v)", q, f.From, f.To, err)
		}
	}
}

// genWorld makes a store of a few things that all have to do with each other.
func genWorld(t *rapid.T) []*graph.Record {
	things := []string{"Russia", "Syria", "Iran", "Turkey", "Lavrov", "Lund", "Iraq"}
	var recs []*graph.Record
	for i := range rapid.IntRange(1, 5).Draw(t, "articles") {
		published := time.Time{}
		if rapid.IntRange(0, 4).Draw(t, "dated") > 0 {
			published = day("2017-06-01").AddDate(0, 0, rapid.IntRange(0, 100).Draw(t, "day"))
		}
		var claims []string
		for range rapid.IntRange(0, 6).Draw(t, "claims") {
			c := rapid.SampledFrom(things).Draw(t, "subject") + " " + rapid.SampledFrom([]string{"supports", "attacks", "visits"}).Draw(t, "relation") + " " +
				rapid.SampledFrom(append([]string{"5%"}, things...)).Draw(t, "object")
			for _, more := range []string{"-", "?", "by:Lavrov", "at:Syria", "with:Iran", "2017-07-02", "2016/2019"} {
				if rapid.IntRange(0, 5).Draw(t, more) == 0 {
					c += " " + more
				}
			}
			claims = append(claims, c)
		}
		recs = append(recs, say(fmt.Sprintf("a%d", i), published, rapid.SampledFrom([]string{"", "Reuters", "TASS", "Le Monde, Paris"}).Draw(t, "publisher"), claims...))
	}
	return recs
}

// Every way of counting against a plain loop over all claims.
func TestAgainstLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		x := indexOf(t, s)
		all := make([]Ref, len(x.Claims))
		for i := range all {
			all[i] = Ref(i)
			if i > 0 && (x.Claims[i-1].Day > x.Claims[i].Day || x.Claims[i-1].Day == x.Claims[i].Day && x.Claims[i-1].ID >= x.Claims[i].ID) {
				t.Fatalf("claims %d and %d are out of order", i-1, i)
			}
		}
		spread := func(list []Ref) (n int, first, last Day) {
			articles, days := map[Ref]bool{}, []Day{}
			for _, r := range list {
				articles[x.Claims[r].Article] = true
				if d := x.Claims[r].Day; d != NoDay {
					days = append(days, d)
				}
			}
			if len(days) == 0 {
				return len(articles), NoDay, NoDay
			}
			return len(articles), slices.Min(days), slices.Max(days)
		}
		for e := range x.Entities {
			e := Ref(e)
			var of []Ref
			type key struct {
				relation Ref
				out      bool
			}
			groups := map[key][]Ref{}
			for _, r := range all {
				c := &x.Claims[r]
				if c.Subject == e || c.Object == e || c.Source == e || c.Place == e || slices.Contains(c.Arguments, e) {
					of = append(of, r)
				}
				if c.Subject == e || c.Object == e {
					k := key{c.Relation, c.Subject == e || x.Relations[c.Relation].Symmetric}
					groups[k] = append(groups[k], r)
				}
			}
			ent := &x.Entities[e]
			if !slices.Equal(ent.Claims, of) {
				t.Fatalf("claims of %s: %v, want %v", ent.ID, ent.Claims, of)
			}
			if n, first, last := spread(of); n != ent.Articles || first != ent.First || last != ent.Last {
				t.Fatalf("%s has %d articles from %s to %s, want %d, %s, %s", ent.ID, ent.Articles, ent.First, ent.Last, n, first, last)
			}
			got := x.Groups(e, ent.Claims)
			for i, g := range got {
				k := key{g.Relation, g.Out}
				x.Describe(&g, e, len(g.Claims))
				if !slices.Equal(g.Claims, groups[k]) {
					t.Fatalf("group %+v of %s: %v, want %v", k, ent.ID, g.Claims, groups[k])
				}
				if n, first, last := spread(g.Claims); n != g.Articles || first != g.First || last != g.Last {
					t.Fatalf("group %+v: %d, %s, %s", k, g.Articles, g.First, g.Last)
				}
				if i > 0 && len(got[i-1].Claims) < len(g.Claims) {
					t.Fatal("a larger group comes later")
				}
				by := map[Ref][]Ref{}
				for _, r := range groups[k] {
					c := &x.Claims[r]
					switch {
					case c.Subject != e:
						by[c.Subject] = append(by[c.Subject], r)
					case c.Object != None:
						by[c.Object] = append(by[c.Object], r)
					}
				}
				if len(by) != len(g.Neighbours) || g.Names != len(by) {
					t.Fatalf("group %+v: %d neighbours of %d, want %d", k, len(g.Neighbours), g.Names, len(by))
				}
				for limit := range len(by) + 1 {
					first, total := x.Nearest(e, g.Claims, limit, nil)
					if d := cmp.Diff(g.Neighbours[:limit], first, cmpopts.EquateEmpty()); d != "" || total != len(by) {
						t.Fatalf("the first %d neighbours of %d: %s", limit, total, d)
					}
				}
				for _, n := range g.Neighbours {
					if !slices.Equal(by[n.Entity], n.Claims) {
						t.Fatalf("neighbour %d: %v, want %v", n.Entity, n.Claims, by[n.Entity])
					}
					if a, first, last := spread(n.Claims); a != n.Articles || first != n.First || last != n.Last {
						t.Fatalf("neighbour %+v", n)
					}
				}
				delete(groups, k)
			}
			if len(groups) > 0 {
				t.Fatalf("groups %v are missing", groups)
			}
			for o := range x.Entities {
				o := Ref(o)
				var want []Ref
				for _, r := range all {
					if c := &x.Claims[r]; c.Subject == e && c.Object == o || c.Subject == o && c.Object == e {
						want = append(want, r)
					}
				}
				if got := x.Between(e, o); !slices.Equal(got, want) {
					t.Fatalf("between %d and %d: %v, want %v", e, o, got, want)
				}
			}
		}
		months := map[string]int{}
		for _, r := range all {
			if d := x.Claims[r].Day; d != NoDay {
				months[d.Month()]++
			}
		}
		last := ""
		for _, m := range x.Months(all) {
			if m.N != months[m.Month] || m.Month <= last {
				t.Fatalf("%+v behind %s, want %d", m, last, months[m.Month])
			}
			last = m.Month
			delete(months, m.Month)
		}
		if len(months) > 0 {
			t.Fatalf("months %v are missing", months)
		}
	})
}

// What a filter picks, said once more and slowly.
func picked(x *Index, c *Claim, f *Filter, about Ref) bool {
	named := func(e Ref) bool {
		return e != None && strings.Contains(strings.ToLower(x.Entities[e].Label), strings.ToLower(f.Text))
	}
	typed := func(e Ref) bool { return e != None && e != about && slices.Contains(x.Entities[e].Types, f.Type) }
	if len(f.Relations) > 0 && !slices.Contains(f.Relations, x.Relations[c.Relation].ID) || len(f.Status) > 0 && !slices.Contains(f.Status, c.Status) {
		return false
	}
	if f.Side == "cooperation" && c.Quad != VerbalCooperation && c.Quad != MaterialCooperation || f.Side == "conflict" && c.Quad != VerbalConflict && c.Quad != MaterialConflict {
		return false
	}
	if f.Dated && (c.Day == NoDay || c.Day < f.From || c.Day > f.To) || len(f.Outlets) > 0 && !slices.Contains(f.Outlets, x.Articles[c.Article].Publisher) {
		return false
	}
	if f.Speaker == "-" && c.Source != None || f.Speaker != "" && f.Speaker != "-" && (c.Source == None || x.Entities[c.Source].ID != f.Speaker) {
		return false
	}
	if float64(c.Confidence) < f.Confidence-1e-6 || int(c.Independent) < f.Articles || f.Type != "" && !typed(c.Subject) && !typed(c.Object) {
		return false
	}
	if about != None && (f.Role == "subject" && c.Subject != about || f.Role == "object" && c.Object != about) {
		return false
	}
	return f.Text == "" || named(c.Subject) || named(c.Object) || strings.Contains(c.Literal, f.Text) ||
		strings.Contains(strings.ToLower(x.Relations[c.Relation].Label), strings.ToLower(f.Text))
}

func TestPick(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		x := indexOf(t, s)
		for about := None; about < Ref(len(x.Entities)); about++ {
			f := genFilter(t)
			claims := make([]Ref, len(x.Claims))
			for i := range claims {
				claims[i] = Ref(i)
			}
			if about != None {
				claims = x.Entities[about].Claims
			}
			var want []Ref
			for _, r := range claims {
				if picked(x, &x.Claims[r], &f, about) {
					want = append(want, r)
				}
			}
			if got := x.Pick(claims, &f, about); !slices.Equal(got, want) {
				t.Fatalf("%s about %d: %v, want %v", f.Values().Encode(), about, got, want)
			}
		}
	})
}

// What a facet counts is what a filter with one condition more picks.
func TestCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		x := indexOf(t, s)
		about := Ref(rapid.IntRange(-1, len(x.Entities)-1).Draw(t, "about"))
		claims := make([]Ref, len(x.Claims))
		for i := range claims {
			claims[i] = Ref(i)
		}
		if about != None {
			claims = x.Entities[about].Claims
		}
		tally := Tally{Levels: []float64{.3, .5, .8}, Least: []int{1, 2, 3}}
		x.Count(&tally, AllFacets, claims, about)
		want := func(what string, got int, f Filter) {
			if n := len(x.Pick(claims, &f, about)); n != got {
				t.Fatalf("%s about %d: %d, want %d", what, about, got, n)
			}
		}
		for i, n := range tally.Relations {
			want("relation", n, Filter{Relations: []graph.IRI{x.Relations[i].ID}})
		}
		for i, n := range tally.Status {
			want("status", n, Filter{Status: []Status{Status(i)}})
		}
		want("side", tally.Cooperation, Filter{Side: "cooperation"})
		want("side", tally.Conflict, Filter{Side: "conflict"})
		for _, o := range x.outlets[1:] {
			want("outlet "+o, tally.Outlets[o], Filter{Outlets: []string{o}})
		}
		want("articles", tally.Speakers[None], Filter{Speaker: "-"})
		for e := range x.Entities {
			want("speaker", tally.Speakers[Ref(e)], Filter{Speaker: x.Entities[e].ID})
		}
		for _, typ := range x.types {
			want(string(typ), tally.Types[typ], Filter{Type: typ})
		}
		if about != None {
			want("subject", tally.Subject, Filter{Role: "subject"})
			want("object", tally.Object, Filter{Role: "object"})
		}
		for i, l := range tally.Levels {
			want("confidence", tally.Confidence[i], Filter{Confidence: l})
		}
		for i, n := range tally.Least {
			want("articles", tally.Articles[i], Filter{Articles: n})
		}
	})
}

// A search for ways that ends early says so.
func TestPathsGivenUp(t *testing.T) {
	s := storeOf(t, world()...)
	defer s.Close()
	x := indexOf(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if ways, all := x.Paths(ctx, 0, 1, 3, 10, nil); len(ways) > 0 || all {
		t.Errorf("%v %t", ways, all)
	}
}

func TestPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, genWorld(t)...)
		defer s.Close()
		x := indexOf(t, s)
		asserted := func(r Ref) bool { return x.Claims[r].Status == Asserted }
		for _, pick := range []func(Ref) bool{nil, asserted} {
			edge := func(a, b Ref) (list []Ref) {
				for _, r := range x.Between(a, b) {
					if pick == nil || pick(r) {
						list = append(list, r)
					}
				}
				return list
			}
			for a := range Ref(len(x.Entities)) {
				for b := range Ref(len(x.Entities)) {
					for length := 1; length <= 4; length++ {
						// All simple ways of the least length, by going every way.
						var want [][]Ref
						ways := [][]Ref{{a}}
						for n := 0; n < length && len(want) == 0 && a != b; n++ {
							var next [][]Ref
							for _, w := range ways {
								for o := range Ref(len(x.Entities)) {
									if len(edge(w[len(w)-1], o)) == 0 || slices.Contains(w, o) {
										continue
									}
									way := append(slices.Clone(w), o)
									if o == b {
										want = append(want, way)
									} else {
										next = append(next, way)
									}
								}
							}
							ways = next
						}
						got, all := x.Paths(context.Background(), a, b, length, 1000, pick)
						if !all {
							t.Fatal("the search gave up")
						}
						for limit := range 4 { // the first of them
							some, _ := x.Paths(context.Background(), a, b, length, limit, pick)
							if d := cmp.Diff(got[:min(limit, len(got))], some, cmpopts.EquateEmpty()); d != "" {
								t.Fatalf("the first %d ways: %s", limit, d)
							}
						}
						var found [][]Ref
						last := 0
						for _, p := range got {
							found = append(found, p.Entities)
							weight := 0
							for _, e := range p.Entities[1 : len(p.Entities)-1] {
								weight += len(x.Entities[e].Claims)
							}
							if weight < last {
								t.Fatalf("a way over better known things comes first: %v", found)
							}
							last = weight
							for i := range p.Claims {
								if !slices.Equal(p.Claims[i], edge(p.Entities[i], p.Entities[i+1])) {
									t.Fatalf("claims of %v: %v", p.Entities, p.Claims)
								}
							}
						}
						slices.SortFunc(found, slices.Compare)
						slices.SortFunc(want, slices.Compare)
						if d := cmp.Diff(want, found); d != "" {
							t.Fatalf("from %d to %d in %d (-want +got):\n%s", a, b, length, d)
						}
					}
				}
			}
		}
	})
}

// The first of a list are the same whether all of it is sorted or only these.
func TestSorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &Index{}
		var claims []Ref
		for i := range rapid.IntRange(0, 200).Draw(t, "claims") {
			x.Claims = append(x.Claims, Claim{Article: Ref(rapid.IntRange(0, 9).Draw(t, "article")), Confidence: float32(rapid.IntRange(0, 3).Draw(t, "confidence")),
				Independent: rapid.Int32Range(1, 3).Draw(t, "independent")})
			claims = append(claims, Ref(i))
		}
		by := rapid.SampledFrom(append([]string{""}, Orders...)).Draw(t, "by")
		n := rapid.IntRange(0, 80).Draw(t, "n")
		n = min(n, len(claims))
		all, got := x.Sorted(claims, by, len(claims)), x.Sorted(claims, by, n)
		if !slices.Equal(all[:n], got[:n]) {
			t.Fatalf("%d of %d by %q: %v, want %v", n, len(claims), by, got[:n], all[:n])
		}
		if !slices.IsSorted(claims) {
			t.Fatal("the list that was given is changed")
		}
		if slices.Sort(got); !slices.Equal(got, claims) {
			t.Fatalf("%v are not all of them", got)
		}
	})
}

// An index follows what is written, and is made once however many ask.
func TestLive(t *testing.T) {
	s := storeOf(t, world()[0])
	defer s.Close()
	l := NewLive(s)
	defer l.Close()
	if x, _, making := l.State(); x != nil || making || l.Latest() != nil {
		t.Error("there is an index before anybody asked")
	}
	first, err := l.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := l.Index(t.Context()); err != nil || again != first || l.Latest() != first {
		t.Errorf("an unchanged store gives another index: %v", err)
	}
	if _, err := s.Add(t.Context(), world()[1]); err != nil {
		t.Fatal(err)
	}
	second, err := l.Index(t.Context())
	if err != nil || second == first || len(second.Articles) != 2 || len(first.Articles) != 1 {
		t.Fatalf("after a write: %v", err)
	}
	if _, err := s.Delete(t.Context(), "kg:article/a1"); err != nil {
		t.Fatal(err)
	}
	if third, err := l.Index(t.Context()); err != nil || len(third.Articles) != 1 || third.Articles[0].ID != "kg:article/a2" {
		t.Fatalf("after a delete: %v", err)
	}
	l.Close()
	if _, err := s.Add(t.Context(), world()[2]); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Index(t.Context()); err == nil {
		t.Error("a closed Live makes an index")
	}
}

// Judgements on claims change the index in place; one that somebody else wrote beside them has it made anew.
func TestAmend(t *testing.T) {
	s := storeOf(t, world()...)
	defer s.Close()
	l := NewLive(s)
	defer l.Close()
	first, err := l.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	judge := func(add, withdraw []graph.Judgement) graph.SettleNames {
		t.Helper()
		done, err := s.Judge(t.Context(), add, withdraw)
		if err != nil {
			t.Fatal(err)
		}
		people, _, err := s.Judgements(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		l.Amend(done.Before, done.After, people)
		return done
	}
	all := make([]Ref, len(first.Claims))
	for i := range all {
		all[i] = Ref(i)
	}
	no := graph.Judgement{Kind: graph.Reject, From: first.Claims[1].ID, By: "Anna"}
	yes := graph.Judgement{Kind: graph.Accept, From: first.Claims[2].ID, By: "Anna"}
	if done := judge([]graph.Judgement{no, yes}, nil); done.Claims != 1 || done.Before == done.After || done.Before != first.Version {
		t.Errorf("judged: %+v", done)
	}
	check := func(x *Index, verdict string, want int) {
		t.Helper()
		if got := len(x.Pick(all, &Filter{Verdict: verdict}, None)); got != want {
			t.Errorf("%d claims of verdict %q, want %d", got, verdict, want)
		}
	}
	x, err := l.Index(t.Context())
	if err != nil || &x.Claims[0] != &first.Claims[0] {
		t.Fatalf("the index was made anew: %v", err)
	}
	made, err := Make(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*Index{x, made} {
		check(x, "", len(all)-1)
		check(x, "all", len(all))
		check(x, "rejected", 1)
		check(x, "accepted", 1)
		if j, ok := x.Verdict(1); !ok || j.By != "Anna" || !x.Rejected(1) || x.Rejected(2) || x.Rejected(0) {
			t.Errorf("verdict %+v, %v", j, ok)
		}
		if f := (Filter{Confidence: 1}); !slices.Equal(x.Pick(all, &f, None), []Ref{2}) {
			t.Errorf("an accepted claim does not pass every confidence: %v", x.Pick(all, &f, None))
		}
	}
	check(first, "", len(all))
	judge(nil, []graph.Judgement{no})
	if x, err = l.Index(t.Context()); err != nil || &x.Claims[0] != &first.Claims[0] {
		t.Fatalf("the index was made anew: %v", err)
	}
	check(x, "", len(all))
	if _, err := s.Delete(t.Context(), "kg:article/a1"); err != nil {
		t.Fatal(err)
	}
	judge([]graph.Judgement{no}, nil)
	if x, err = l.Index(t.Context()); err != nil || len(x.Articles) != len(first.Articles)-1 {
		t.Errorf("an article that was deleted is in the index: %v", err)
	}
}

// slow is a store that is read when it is let.
type slow struct {
	*graph.Store
	let   chan struct{}
	reads int
}

func (s *slow) Whole(ctx context.Context, part func(float64)) (*graph.Whole, error) {
	s.reads++
	select {
	case <-s.let:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return s.Store.Whole(ctx, part)
}

func TestLiveWhileMaking(t *testing.T) {
	st := storeOf(t, world()[0])
	defer st.Close()
	s := &slow{Store: st, let: make(chan struct{})}
	l := NewLive(s)
	l.patience = 100 * time.Millisecond
	defer l.Close()
	l.Start()
	l.Start()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := l.Index(ctx); err != context.DeadlineExceeded {
		t.Errorf("Index within 10 ms: %v", err)
	}
	if _, _, making := l.State(); !making {
		t.Error("whoever gave up ended the making of the index")
	}
	_, err := l.Index(t.Context())
	var m *Making
	if m, _ = err.(*Making); m == nil || m.Part != 0 {
		t.Fatalf("Index after some time: %v", err)
	}
	s.let <- struct{}{}
	x, err := l.Index(t.Context())
	if err != nil || s.reads != 1 {
		t.Fatalf("%v, %d reads", err, s.reads)
	}
	if _, err := st.Add(t.Context(), world()[1]); err != nil {
		t.Fatal(err)
	}
	old, err := l.Index(t.Context())
	if err != nil || old != x {
		t.Fatalf("the last index does not answer meanwhile: %v", err)
	}
	if hits := old.Complete("rus", 3); len(hits) != 1 {
		t.Errorf("Complete: %v", hits)
	}
}

// A version names a state: the same however often the store is opened, another after each write.
func TestVersion(t *testing.T) {
	for _, backend := range []string{"memory", "bbolt", "kg"} {
		t.Run(backend, func(t *testing.T) {
			opt := graph.Options{Backend: backend}
			if backend != "memory" {
				opt.Path = t.TempDir() + "/store"
			}
			s, err := graph.Open(opt)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { s.Close() }()
			seen := map[string]string{}
			check := func(after string) {
				t.Helper()
				v, err := s.Version(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if old, ok := seen[v]; ok {
					t.Errorf("after %s the version is that after %s: %s", after, old, v)
				}
				seen[v] = after
				if backend == "memory" {
					return
				}
				for _, readOnly := range []bool{true, false} {
					s.Close()
					opt.ReadOnly = readOnly
					if s, err = graph.Open(opt); err != nil {
						t.Fatal(err)
					}
					if again, err := s.Version(t.Context()); err != nil || again != v {
						t.Errorf("opened anew after %s, read-only %v: %s, was %s (%v)", after, readOnly, again, v, err)
					}
				}
			}
			do := func(name string, err error) {
				t.Helper()
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				check(name)
			}
			check("nothing")
			for _, r := range world()[:3] {
				_, err := s.Add(t.Context(), r)
				do("adding "+string(r.Article.ID), err)
			}
			_, err = s.Judge(t.Context(), []graph.Judgement{{Kind: graph.Merge, From: "kg:Lavrov", Into: "kg:Lund", By: "Anna", When: day("2020-01-01")}}, nil)
			do("a judgement", err)
			_, err = s.Settle(t.Context(), "", nil, "v1")
			do("settling", err)
			_, err = s.Delete(t.Context(), "kg:article/a2")
			do("a delete", err)
			_, err = s.Add(t.Context(), world()[1])
			do("adding it again", err)
			q := graph.Quad{Subject: graph.Res("kg:a"), Predicate: graph.Res("kgo:b"), Object: graph.Res("kg:c")}
			_, err = s.WriteQuads(t.Context(), []graph.Quad{q})
			do("a quad", err)
			_, err = s.DeleteQuads(t.Context(), []graph.Quad{q})
			do("without it", err)
		})
	}
}

// Two worlds that differ in the order of writing give the same index.
func TestSameIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		recs := genWorld(t)
		a := storeOf(t, recs...)
		defer a.Close()
		b := storeOf(t)
		defer b.Close()
		for _, r := range rapid.Permutation(recs).Draw(t, "order") {
			if _, err := b.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		x, y := indexOf(t, a), indexOf(t, b)
		x.Version, y.Version = "", ""
		if d := cmp.Diff(x, y, unexported); d != "" {
			t.Fatalf("another index (-at once +one by one):\n%s", d)
		}
	})
}
