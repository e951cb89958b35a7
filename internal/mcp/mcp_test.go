package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/index"
)

// store has a claim with everything, one that is planned, and an article of a day before.
func store(t testing.TB) *graph.Store {
	t.Helper()
	s, err := graph.Open(graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	record := func(id, text string, day int, claims ...graph.Claim) *graph.Record {
		rec := &graph.Record{
			Article: graph.Article{ID: graph.IRI("kg:article/" + id), Headline: "Headline of " + id, URL: "https://daily.example/" + id, Publisher: "Daily",
				Published: time.Date(2017, 7, day, 9, 0, 0, 0, time.UTC), Language: "en", Hash: id},
			Sentences: []graph.Sentence{{ID: graph.IRI("kg:sentence/" + id + "/0"), Span: graph.Span{Begin: 0, End: len(text)}, Text: text}},
			Relations: []graph.Relation{{ID: "kgo:attacks", Label: "attacks", PLOVER: "ASSAULT"}, {ID: "kgo:supports", Label: "supports", PLOVER: "SUPPORT"}},
		}
		for _, e := range []string{"Syria", "Jordan", "Russia", "Anna Bell"} {
			rec.Entities = append(rec.Entities, graph.Entity{ID: graph.IRI("kg:" + strings.ReplaceAll(e, " ", "_")), Types: []graph.IRI{"kgo:Actor"}, Label: e})
		}
		for _, c := range claims {
			c.Sentence, c.Span, c.Rule = rec.Sentences[0].ID, rec.Sentences[0].Span, "svo"
			rec.Claims = append(rec.Claims, c)
		}
		return rec
	}
	_, err = s.Add(context.Background(),
		record("one", "Anna Bell said\nSyria did not attack Jordan.", 4,
			graph.Claim{ID: "kg:claim/1", Subject: "kg:Syria", Predicate: "kgo:attacks", Object: graph.Object{Entity: "kg:Jordan"}, Polarity: "-", Modality: "asserted", AttributedTo: "kg:Anna_Bell", Confidence: .71}),
		record("two", "Russia will support Syria.", 9,
			graph.Claim{ID: "kg:claim/2", Subject: "kg:Russia", Predicate: "kgo:supports", Object: graph.Object{Entity: "kg:Syria"}, Polarity: "+", Modality: "planned", Confidence: .9}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// connect is a client of a server in memory.
func connect(t testing.TB, s *graph.Store, change func(*Options)) *sdk.ClientSession {
	t.Helper()
	live := index.NewLive(s)
	t.Cleanup(live.Close)
	reader := &api.Reader{Store: s, Live: live, At: api.Addresses{Claim: func(id graph.IRI) string { return "http://kg.example/" + strings.TrimPrefix(string(id), "kg:") }}}
	opt := Options{Version: "test", Index: reader.Wait, Query: s.Query, Fault: func(err error) { t.Errorf("fault: %v", err) }}
	if change != nil {
		change(&opt)
	}
	here, there := sdk.NewInMemoryTransports()
	ss, err := New(reader, opt).Connect(context.Background(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	cs, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(context.Background(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cs.Close(); ss.Wait() })
	return cs
}

func ask(t testing.TB, cs *sdk.ClientSession, tool string, args map[string]any) (text string, data map[string]any, failed bool) {
	t.Helper()
	res, err := cs.CallTool(context.Background(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, args, err)
	}
	for _, c := range res.Content {
		text += c.(*sdk.TextContent).Text
	}
	if res.StructuredContent != nil {
		b, _ := json.Marshal(res.StructuredContent)
		if err := json.Unmarshal(b, &data); err != nil {
			t.Fatal(err)
		}
	}
	return text, data, res.IsError
}

// What the answers about the two claims must carry.
const (
	denied  = "Syria attacks Jordan [denied, says Anna Bell; confidence 0.71; kg:claim/1] “Anna Bell said Syria did not attack Jordan.” (Headline of one; Daily, 2017-07-04; https://daily.example/one)"
	planned = "Russia supports Syria [planned; confidence 0.90; kg:claim/2] “Russia will support Syria.” (Headline of two; Daily, 2017-07-09; https://daily.example/two)"
)

func TestTools(t *testing.T) {
	cs := connect(t, store(t), nil)
	list, err := cs.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, tool := range list.Tools {
		names[tool.Name] = true
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint || tool.OutputSchema == nil || tool.Description == "" {
			t.Errorf("%s: %+v", tool.Name, tool)
		}
	}
	for _, name := range []string{"search", "entity", "claims", "path", "changes", "query"} {
		if !names[name] {
			t.Errorf("no tool %s", name)
		}
	}
	for _, tt := range []struct {
		tool string
		args map[string]any
		want []string // in the text
		data []string // in the structured answer
	}{
		{"search", map[string]any{"query": "attack"}, []string{"showing 1 of 1 sentences", "“Anna Bell said Syria did not attack Jordan.” (Headline of one; Daily, 2017-07-04", "[denied, says Anna Bell"}, []string{`"status":"denied"`, `"hits":[{"begin":29,"end":35}]`}},
		{"search", map[string]any{"query": "syr"}, []string{"entity kg:Syria (actor): Syria, 2 claims"}, nil},
		{"search", map[string]any{"query": "headline", "limit": 1}, []string{"article kg:article/one (Headline of one; Daily, 2017-07-04; https://daily.example/one)"}, nil},
		{"entity", map[string]any{"name": "Syria"}, []string{"Syria (kg:Syria), actor; 2 claims in 2 articles, 2017-07-04 to 2017-07-09", "Syria attacks: Jordan (1)", "… supports Syria: Russia (1)", denied, planned}, []string{`"id":"kg:Syria"`, `"says":{`}},
		{"entity", map[string]any{"name": "anna bell"}, []string{"kg:Anna_Bell"}, nil},
		{"entity", map[string]any{"name": "http://example.org/kg/Russia"}, []string{"(kg:Russia)"}, nil},
		{"claims", nil, []string{"showing 2 of 2 claims", "1. " + planned, "2. " + denied}, []string{`"url":"http://kg.example/claim/1"`, `"link":"https://daily.example/one"`, `"outlet":"Daily"`, `"day":"2017-07-04"`, `"confidence":0.71`}},
		{"claims", map[string]any{"entity": "Syria", "other": "kg:Jordan", "status": []string{"denied"}, "side": "conflict", "speaker": "Anna Bell", "from": "2017", "to": "2017-07", "confidence": .5, "outlet": []string{"Daily"}, "relation": []string{"kgo:attacks"}, "text": "jord", "sort": "surest"},
			[]string{"showing 1 of 1 claims", denied}, nil},
		{"claims", map[string]any{"confidence": .95}, []string{"showing 0 of 0 claims"}, []string{`"items":[]`}},
		{"path", map[string]any{"a": "Russia", "b": "Jordan"}, []string{"Russia — Syria — Jordan", planned, denied}, []string{`"steps":[`}},
		{"path", map[string]any{"a": "Russia", "b": "Jordan", "length": 1}, []string{"no way of at most 1 claims"}, []string{`"paths":[]`}},
		{"changes", map[string]any{"since": "2017-07-09"}, []string{"since 2017-07-09: showing"}, []string{`"since":"2017-07-09"`}},
		{"query", map[string]any{"query": `g.V("<kg:Syria>").In("<rdf:subject>").All()`}, []string{"1 row", `{"id":"<kg:claim/1>"}`, denied}, []string{`"rows":[{"id":"\u003ckg:claim/1\u003e"}]`}},
		{"query", map[string]any{"query": `g.V().Count()`, "limit": 1}, []string{"1 row"}, []string{`"claims":[]`}},
	} {
		text, data, failed := ask(t, cs, tt.tool, tt.args)
		b, _ := json.Marshal(data)
		for _, want := range tt.want {
			if failed || !strings.Contains(text, want) {
				t.Errorf("%s %v lacks %s\n%s", tt.tool, tt.args, want, text)
			}
		}
		for _, want := range tt.data {
			if !strings.Contains(string(b), want) {
				t.Errorf("%s %v: data lacks %s\n%s", tt.tool, tt.args, want, b)
			}
		}
	}
}

func TestToolErrors(t *testing.T) {
	cs := connect(t, store(t), nil)
	for _, tt := range []struct {
		tool string
		args map[string]any
		want string
	}{
		{"search", map[string]any{"query": " "}, "query: must have"},
		{"search", map[string]any{"query": strings.Repeat("x", 2000)}, "query: must have"},
		{"search", map[string]any{"query": "x", "limit": 51}, "limit: 51"},
		{"search", map[string]any{"query": "x", "from": "yesterday"}, `from: "yesterday"`},
		{"entity", map[string]any{"name": "Nobody"}, `entity "Nobody": not in the graph; search finds names`},
		{"entity", map[string]any{"name": ""}, "name: is empty"},
		{"entity", map[string]any{"name": "\x00\u202e'; DROP"}, "not in the graph"},
		{"entity", map[string]any{"nmae": "Syria"}, "nmae"},
		{"claims", map[string]any{"status": []string{"true"}}, `status: "true" is not one of asserted`},
		{"claims", map[string]any{"confidence": 7}, "confidence"},
		{"claims", map[string]any{"limit": -1}, "limit: -1"},
		{"claims", map[string]any{"other": "Syria"}, "other: needs entity"},
		{"claims", map[string]any{"speaker": "Nobody"}, "speaker: "},
		{"claims", map[string]any{"sort": "best"}, `sort: "best"`},
		{"path", map[string]any{"a": "Syria", "b": "Nobody"}, "b: "},
		{"path", map[string]any{"a": "Syria", "b": "Jordan", "length": 9}, "length: 9"},
		{"changes", map[string]any{"since": "lately"}, `since: "lately"`},
		{"query", map[string]any{"query": ""}, "query: is empty"},
		{"query", map[string]any{"query": "g.V("}, "gizmo"},
		{"query", map[string]any{"query": "g.V().All()", "limit": 100000}, "limit: 100000"},
		{"query", map[string]any{"query": strings.Repeat(" ", maxQuery) + "x"}, "more than"},
		{"query", map[string]any{"query": 7}, "query"},
	} {
		if text, _, failed := ask(t, cs, tt.tool, tt.args); !failed || !strings.Contains(text, tt.want) {
			t.Errorf("%s %.200v: failed %t, %s; want %s", tt.tool, tt.args, failed, text, tt.want)
		}
	}
	// What happens inside is not told.
	var told error
	cs = connect(t, store(t), func(o *Options) {
		o.Query = func(_ context.Context, q graph.QueryRequest) (*graph.Result, error) {
			switch q.Text {
			case "slow":
				return nil, context.DeadlineExceeded
			case "busy":
				return nil, Refused{errors.New("too many queries")}
			}
			return nil, errors.New("disk on fire at /secret")
		}
		o.Fault = func(err error) { told = err }
	})
	for query, want := range map[string]string{"slow": "time limit", "busy": "too many queries", "x": "could not be read"} {
		if text, _, failed := ask(t, cs, "query", map[string]any{"query": query}); !failed || !strings.Contains(text, want) || strings.Contains(text, "secret") {
			t.Errorf("%s: %s", query, text)
		}
	}
	if told == nil || !strings.Contains(told.Error(), "secret") {
		t.Errorf("the log gets %v", told)
	}
	cs = connect(t, store(t), func(o *Options) {
		o.Index = func(context.Context) (*index.Index, error) { return nil, &index.Making{Part: .5} }
	})
	if text, _, failed := ask(t, cs, "claims", nil); !failed || !strings.Contains(text, "50 %") || !strings.Contains(text, "ask again") {
		t.Errorf("while the index is made: %s", text)
	}
}

func TestResources(t *testing.T) {
	cs := connect(t, store(t), nil)
	templates, err := cs.ListResourceTemplates(context.Background(), nil)
	if err != nil || len(templates.ResourceTemplates) != 3 {
		t.Fatalf("%+v %v", templates, err)
	}
	for uri, want := range map[string]string{
		"kg:claim/1": `"text":"Anna Bell said\nSyria did not attack Jordan."`, "kg:article/two": `"headline":"Headline of two"`, "kg:Syria": `"label":"Syria"`, "kg:Anna_Bell": `"id":"kg:claim/1"`,
	} {
		res, err := cs.ReadResource(context.Background(), &sdk.ReadResourceParams{URI: uri})
		if err != nil || len(res.Contents) != 1 || res.Contents[0].MIMEType != "application/json" || !json.Valid([]byte(res.Contents[0].Text)) ||
			!strings.Contains(res.Contents[0].Text, want) {
			t.Errorf("%s: %+v %v", uri, res, err)
		}
	}
	for _, uri := range []string{"kg:Nobody", "kg:claim/nothing", "file:///etc/passwd", "kg:../../etc/passwd"} {
		if res, err := cs.ReadResource(context.Background(), &sdk.ReadResourceParams{URI: uri}); err == nil {
			t.Errorf("%s: %+v", uri, res)
		}
	}
}
