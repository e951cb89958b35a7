package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// The SDK's client over HTTP, to a private server.
func TestMCP(t *testing.T) {
	s := restServer(t, Options{Private: true})
	ts := httptest.NewServer(s)
	defer ts.Close()
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	connect := func(token string) (*sdk.ClientSession, error) {
		return client.Connect(context.Background(), &sdk.StreamableClientTransport{Endpoint: ts.URL + "/mcp", HTTPClient: &http.Client{Transport: bearer(token)}, DisableStandaloneSSE: true}, nil)
	}
	if _, err := connect("wrong-wrong-wrong-wrong"); err == nil {
		t.Error("connected with a wrong token")
	}
	cs, err := connect(testToken)
	if err != nil {
		t.Fatal(err)
	}
	defer cs.Close()
	res, err := cs.CallTool(context.Background(), &sdk.CallToolParams{Name: "claims", Arguments: map[string]any{"entity": "Jordan"}})
	if err != nil || res.IsError {
		t.Fatalf("%+v %v", res, err)
	}
	text := res.Content[0].(*sdk.TextContent).Text
	if !strings.Contains(text, "Syria attacks Jordan [denied, says Anna Bell; confidence 0.71; kg:claim/4]") || !strings.Contains(text, "Quiet in Daraa; Daily, 2017-07-05; https://daily.example/1") {
		t.Error(text)
	}
	data := res.StructuredContent.(map[string]any)["items"].([]any)[0].(map[string]any)
	if data["url"] != ts.URL+"/claim/4" {
		t.Errorf("url %v", data["url"])
	}
	if r, err := cs.ReadResource(context.Background(), &sdk.ReadResourceParams{URI: "kg:event/2017-07-04/attack"}); err != nil || !strings.Contains(r.Contents[0].Text, "attack in Daraa") {
		t.Errorf("%+v %v", r, err)
	}
	res, err = cs.CallTool(context.Background(), &sdk.CallToolParams{Name: "query", Arguments: map[string]any{"query": "g.V("}})
	if err != nil || !res.IsError {
		t.Errorf("%+v %v", res, err)
	}
}

func TestMCPRefuses(t *testing.T) {
	s := restServer(t, Options{})
	const ping = `{"jsonrpc": "2.0", "id": 1, "method": "ping"}`
	const ctype, accept = "Content-Type: application/json", "Accept: application/json, text/event-stream"
	for _, tt := range []struct {
		name, method, body string
		header             string
		status             int
	}{
		{"ping", "POST", ping, "", 200},
		{"no JSON", "POST", "{", "", 400},
		{"another page's", "POST", ping, "Origin: http://evil.example", 403},
		{"another site's", "POST", ping, "Sec-Fetch-Site: cross-site", 403},
		{"another name", "POST", ping, "Host: evil.example", 403},
		{"wrong token", "POST", ping, "Authorization: Bearer wrong-wrong-wrong-wrong", 401},
		{"large", "POST", `{"jsonrpc": "2.0", "id": 1, "method": "` + strings.Repeat("x", maxMCP) + `"}`, "", 413},
		{"no stream without a session", "GET", "", "", 405},
		{"put", "PUT", ping, "", 405},
	} {
		header := []string{ctype, accept}
		if tt.header != "" {
			header = append(header, tt.header)
		}
		if w := call(t, s, tt.method, "/mcp", tt.body, header...); w.Code != tt.status || strings.Contains(w.Body.String(), "<html") {
			t.Errorf("%s: %d, want %d: %.300s", tt.name, w.Code, tt.status, w.Body)
		}
	}
}
