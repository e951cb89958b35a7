package web

import (
	"net/url"
	"strings"

	"kg/graph"
)

// The addresses of pages. The name of a thing is its IRI without kg:, with its slashes: /entity/Rex_Tillerson, /claim/0a1b….
// Behind it, .json asks for the page's content as JSON, .ttl, .jsonld and .nt for what the graph says of the thing.

func entityURL(id graph.IRI) string {
	return "/entity/" + escapePath(strings.TrimPrefix(string(id), "kg:"))
}
func claimURL(id graph.IRI) string   { return "/" + escapePath(strings.TrimPrefix(string(id), "kg:")) }
func articleURL(id graph.IRI) string { return "/" + escapePath(strings.TrimPrefix(string(id), "kg:")) }
func eventURL(id graph.IRI) string   { return "/" + escapePath(strings.TrimPrefix(string(id), "kg:")) }
func relationURL(id graph.IRI) string {
	return "/relation/" + escapePath(strings.TrimPrefix(string(id), "kgo:"))
}

// pairURL is the page of everything between two entities; graphURL, timelineURL and matrixURL are drawings about one.
func pairURL(a, b graph.IRI) string {
	return "/pair?" + url.Values{"a": {string(a)}, "b": {string(b)}}.Encode()
}
func graphURL(id graph.IRI) string    { return "/graph?" + url.Values{"of": {string(id)}}.Encode() }
func timelineURL(id graph.IRI) string { return "/timeline?" + url.Values{"of": {string(id)}}.Encode() }

// escapePath escapes what is no letter of a path, slashes excepted. A colon stays: url.PathEscape would keep it too.
func escapePath(name string) string {
	parts := strings.Split(name, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}
