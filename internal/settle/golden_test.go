package settle_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/internal/settle"
	"kg/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// recordsOf reads articles in a short notation: "== outlet, date", sentences after "> ", and below each its claims,
//
//	subject:Type relation object:Type [- modality by=source t=time in=place:Type with=participant:Type]
//	  | subject's words | verb | object's words
//
// Names of things of one article only begin with "./", a literal object with a quote; words are looked up in the sentence.
func recordsOf(t *testing.T, sch *schema.Schema, text string) (list []*graph.Record) {
	var rec *graph.Record
	offset := 0
	entity := func(name string) graph.IRI {
		name, typ, _ := strings.Cut(name, ":")
		label := strings.ReplaceAll(strings.TrimPrefix(name, "./"), "_", " ")
		if rest, ok := strings.CutPrefix(name, "./"); ok {
			name = strings.TrimPrefix(string(rec.Article.ID), "kg:article/") + "/" + rest
		}
		id := graph.IRI("kg:" + name)
		if slices.ContainsFunc(rec.Entities, func(e graph.Entity) bool { return e.ID == id }) {
			return id
		}
		e := graph.Entity{ID: id, Label: label}
		for _, a := range sch.Ancestors(typ) {
			e.Types = append(e.Types, graph.IRI("kgo:"+a))
		}
		if len(e.Types) == 0 {
			t.Fatalf("%s has no type", name)
		}
		rec.Entities = append(rec.Entities, e)
		return id
	}
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "== "):
			outlet, date, _ := strings.Cut(line[3:], ", ")
			published, err := time.Parse("2006-01-02", date)
			if err != nil {
				t.Fatal(err)
			}
			id := graph.IRI(fmt.Sprintf("kg:article/%c", 'a'+len(list)))
			rec = &graph.Record{Article: graph.Article{ID: id, Publisher: outlet, Published: published, Hash: string(id)}}
			list, offset = append(list, rec), 0
		case strings.HasPrefix(line, "> "):
			span := graph.Span{Begin: offset, End: offset + len(line) - 2}
			id := graph.IRI(fmt.Sprintf("kg:sentence/%s/%d", rec.Article.ID[11:], offset))
			rec.Sentences = append(rec.Sentences, graph.Sentence{ID: id, Span: span, Text: line[2:]})
			offset = span.End + 1
		case strings.TrimSpace(line) != "":
			sent := rec.Sentences[len(rec.Sentences)-1]
			parts := strings.Split(line, " | ")
			at := func(words string) graph.Span {
				i := strings.Index(sent.Text, strings.TrimSpace(words))
				if i < 0 {
					t.Fatalf("%q has no %q", sent.Text, words)
				}
				return graph.Span{Begin: sent.Begin + i, End: sent.Begin + i + len(strings.TrimSpace(words))}
			}
			fields := strings.Fields(parts[0])
			c := graph.Claim{ID: graph.IRI(fmt.Sprintf("kg:claim/%s-%d", rec.Article.ID[11:], len(rec.Claims))), Sentence: sent.ID, Span: sent.Span,
				Subject: entity(fields[0]), Predicate: graph.IRI("kgo:" + fields[1]), Polarity: "+", Modality: "asserted", Confidence: .9, Rule: "svo",
				SubjectSpan: at(parts[1]), PredicateSpan: at(parts[2]), ObjectSpan: at(parts[3])}
			if lit, ok := strings.CutPrefix(fields[2], "\""); ok {
				c.Object = graph.Object{Literal: lit, Datatype: "xsd:string"}
			} else {
				c.Object.Entity = entity(fields[2])
			}
			for _, f := range fields[3:] {
				switch key, value, _ := strings.Cut(f, "="); key {
				case "-":
					c.Polarity = "-"
				case "by":
					c.AttributedTo = entity(value)
				case "t":
					c.Time = value
				case "in":
					c.Place = entity(value)
				case "with":
					c.Arguments = append(c.Arguments, graph.RoleArg{Role: "oblique", Case: "with", Entity: entity(value), Text: value})
				default:
					c.Modality = f
				}
			}
			rec.Claims = append(rec.Claims, c)
			if !slices.ContainsFunc(rec.Relations, func(r graph.Relation) bool { return r.ID == c.Predicate }) {
				rec.Relations = append(rec.Relations, graph.Relation{ID: c.Predicate, Label: fields[1]})
			}
		}
	}
	return list
}

func mustSchema(t *testing.T) *schema.Schema {
	sch, err := schema.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

// settled is a store in memory with the records and what is derived from them.
func settled(t *testing.T, sch *schema.Schema, recs []*graph.Record) *graph.Store {
	store, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Add(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	facts, err := store.Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Settle(t.Context(), "", settle.Derive(facts, sch), "test"); err != nil {
		t.Fatal(err)
	}
	return store
}

// Each file of testdata has articles and, below a line "---", what is derived from them. Cases are separated by lines "====".
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	sch := mustSchema(t)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, c := range strings.Split(string(data), "\n====\n") {
				text, want, _ := strings.Cut(c, "\n---\n")
				got := derivedText(t, settled(t, sch, recordsOf(t, sch, text)))
				if !*update && strings.TrimSpace(got) != strings.TrimSpace(want) {
					t.Errorf("of\n%s\ngot\n%s\nwant\n%s", text, got, want)
				}
				out = append(out, strings.TrimSpace(text)+"\n---\n"+strings.TrimSpace(got))
			}
			if *update {
				if err := os.WriteFile(name, []byte(strings.Join(out, "\n\n====\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// derivedText writes what is derived as lines that a reader can check.
func derivedText(t *testing.T, store *graph.Store) string {
	ctx := t.Context()
	facts, err := store.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	text := func(c *graph.FoundClaim) string {
		object := string(c.Object.Entity)
		if object == "" {
			object = fmt.Sprintf("%q", c.Object.Literal)
		}
		s := fmt.Sprintf("%s: %s %s %s %s%s", strings.TrimPrefix(string(c.Article), "kg:article/"), strings.TrimPrefix(string(c.Subject), "kg:"),
			strings.TrimPrefix(string(c.Predicate), "kgo:"), strings.TrimPrefix(object, "kg:"), c.Polarity, c.Modality)
		if c.AttributedTo != "" {
			s += " says " + strings.TrimPrefix(string(c.AttributedTo), "kg:")
		}
		return s
	}
	var lines []string
	seen := map[graph.IRI]bool{}
	for _, e := range facts.Entities {
		list, err := store.Events(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			if seen[v.ID] {
				continue
			}
			seen[v.ID] = true
			l := fmt.Sprintf("event %s\n  “%s”: %s", strings.TrimPrefix(string(v.ID), "kg:event/"), v.Label, v.Kind)
			for _, f := range []struct {
				name string
				ids  []graph.IRI
			}{{"agent", v.Agents}, {"patient", v.Patients}, {"with", v.Participants}, {"in", []graph.IRI{v.Place}}, {"series", []graph.IRI{v.Series}}} {
				for _, id := range f.ids {
					if id != "" {
						l += fmt.Sprintf(", %s %s", f.name, strings.TrimPrefix(string(id), "kg:"))
					}
				}
			}
			l += fmt.Sprintf("; happened %q, reported %s to %s, %d articles, %d independent %q", v.Time, v.Reported, v.LastReported,
				v.Articles, v.Independent, v.Quantities)
			claims, err := store.EventClaims(ctx, v.ID)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for i := range claims {
				told = append(told, "\n  "+text(&claims[i]))
			}
			slices.Sort(told)
			lines = append(lines, l+strings.Join(told, ""))
		}
	}
	var said []string
	for i := range facts.Claims {
		c := &facts.Claims[i]
		sup, err := store.Support(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if sup.Articles > 1 {
			said = append(said, fmt.Sprintf("said by %d, %d independent: %s", sup.Articles, sup.Independent, text(c)))
		}
		against, err := store.Contradictions(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for k := range against {
			said = append(said, fmt.Sprintf("%s: %s <> %s", against[k].Reason, text(c), text(&against[k].Claim)))
		}
		for q, err := range store.Quads(ctx, graph.Quad{Subject: graph.Res(c.ID), Predicate: graph.Res(graph.KgoChangedTo)}) {
			if err != nil {
				t.Fatal(err)
			}
			for j := range facts.Claims {
				if string(facts.Claims[j].ID) == q.Object.Value {
					said = append(said, fmt.Sprintf("changed: %s -> %s", text(c), text(&facts.Claims[j])))
				}
			}
		}
	}
	for i := range facts.Articles {
		ids, err := store.NearDuplicates(ctx, facts.Articles[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			said = append(said, fmt.Sprintf("near-duplicates: %s %s", facts.Articles[i].ID, id))
		}
	}
	slices.Sort(said)
	return strings.Join(append(lines, said...), "\n")
}

// Any order of articles gives the same quads, and so does adding them one by one with a settlement after each.
func TestOrderFree(t *testing.T) {
	sch := mustSchema(t)
	data, err := os.ReadFile("testdata/events.txt")
	if err != nil {
		t.Fatal(err)
	}
	var recs []*graph.Record
	for i, c := range strings.Split(string(data), "\n====\n") {
		text, _, _ := strings.Cut(c, "\n---\n")
		for _, r := range recordsOf(t, sch, text) {
			recs = append(recs, rename(r, fmt.Sprint(i)))
		}
	}
	export := func(s *graph.Store) string {
		var b strings.Builder
		if _, err := s.Export(context.Background(), &b, "nquads"); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := export(settled(t, sch, recs))
	if !strings.Contains(want, "/derived/events>") {
		t.Fatal("no event")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		rng.Shuffle(len(recs), func(i, j int) { recs[i], recs[j] = recs[j], recs[i] })
		if got := export(settled(t, sch, recs)); got != want {
			t.Fatal("another order of articles gives other quads")
		}
	}
	store := settled(t, sch, recs[:1])
	for _, r := range recs[1:] {
		if _, err := store.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if stamp, err := store.Settled(t.Context()); err != nil || stamp != "" {
			t.Fatalf("settled %q after an article, %v", stamp, err)
		}
		facts, err := store.Facts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Settle(t.Context(), "", settle.Derive(facts, sch), "test"); err != nil {
			t.Fatal(err)
		}
	}
	if export(store) != want {
		t.Error("adding articles one by one gives other quads")
	}
}

// The same facts give the same quads, whatever the order of maps. Events of two names, and nouns within nouns, are told apart by rules.
func TestSameEveryTime(t *testing.T) {
	sch := mustSchema(t)
	data, err := os.ReadFile("testdata/events.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split(string(data), "\n====\n") {
		text, _, _ := strings.Cut(c, "\n---\n")
		facts, err := settled(t, sch, recordsOf(t, sch, text)).Facts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := settle.Derive(facts, sch)
		for range 20 {
			if got := settle.Derive(facts, sch); !reflect.DeepEqual(got, want) {
				t.Errorf("another result each time of\n%s", text)
				break
			}
		}
	}
}

// rename gives an article another name, for those of several cases to stand in one store.
func rename(r *graph.Record, prefix string) *graph.Record {
	old := string(r.Article.ID[11:])
	data, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	text := string(data)
	for _, kind := range []string{"article", "sentence", "claim"} {
		text = strings.ReplaceAll(text, "kg:"+kind+"/"+old, "kg:"+kind+"/"+prefix+old)
	}
	out := &graph.Record{}
	if err := json.Unmarshal([]byte(strings.ReplaceAll(text, "\"kg:"+old+"/", "\"kg:"+prefix+old+"/")), out); err != nil {
		panic(err)
	}
	return out
}

// A claim that a person rejects counts for nothing: what is derived is what the store without it would have.
func TestRejectedCountsForNothing(t *testing.T) {
	ctx := t.Context()
	sch := mustSchema(t)
	const text = `== Reuters, 2019-03-05
> Egypt supports Libya.
Egypt:State supports Libya:State | Egypt | supports | Libya
== BBC, 2019-03-05
> Egypt supports Libya, as officials in Cairo said again on Tuesday.
Egypt:State supports Libya:State | Egypt | supports | Libya
== AFP, 2019-03-05
> Egypt does not support Libya at all.
Egypt:State supports Libya:State - | Egypt | support | Libya`
	store := settled(t, sch, recordsOf(t, sch, text))
	facts, err := store.Facts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	size := func(m map[graph.IRI][]graph.Quad) string {
		return fmt.Sprint(len(m[graph.CorroborationGraph]), " ", len(m[graph.ContradictionGraph]))
	}
	if got := size(settle.Derive(facts, sch)); strings.HasPrefix(got, "0") || strings.HasSuffix(got, "0") {
		t.Fatalf("%s: nothing is corroborated or contradicted at first", got)
	}
	for _, c := range []struct{ claim, want string }{{"kg:claim/c-0", "4 0"}, {"kg:claim/b-0", "0"}} {
		no := graph.Judgement{Kind: graph.Reject, From: graph.IRI(c.claim), By: "Anna"}
		if _, err := store.Judge(ctx, []graph.Judgement{no}, nil); err != nil {
			t.Fatal(err)
		}
		if stamp, err := store.Settled(ctx); err != nil || stamp != "" {
			t.Errorf("settled with %q after a judgement, %v", stamp, err)
		}
		f, err := store.Facts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := size(settle.Derive(f, sch)); !strings.HasPrefix(got, c.want) {
			t.Errorf("without %s: %s quads, want %s", c.claim, got, c.want)
		}
		if _, err := store.Judge(ctx, nil, []graph.Judgement{no}); err != nil {
			t.Fatal(err)
		}
	}
}
