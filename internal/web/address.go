package web

import (
	"net/url"
	"strings"

	"kg/graph"
)

// The addresses of pages. The name of a thing is its IRI without kg:, with its slashes: /entity/Rex_Tillerson, /claim/0a1b….
// Behind it, .json asks for the page's content as JSON, .ttl, .jsonld and .nt for what the graph says of the thing.

func entityURL(id graph.IRI) string {
	return thingURL("/entity", strings.TrimPrefix(string(id), "kg:"))
}
func relationURL(id graph.IRI) string {
	return thingURL("/relation", strings.TrimPrefix(string(id), "kgo:"))
}
func claimURL(id graph.IRI) string   { return recordURL(id) }
func articleURL(id graph.IRI) string { return recordURL(id) }
func eventURL(id graph.IRI) string   { return recordURL(id) }

// recordURL is the address of kg:claim/…, kg:article/… and kg:event/….
func recordURL(id graph.IRI) string {
	kind, name, _ := strings.Cut(strings.TrimPrefix(string(id), "kg:"), "/")
	return thingURL("/"+escapePath(kind), name)
}

// thingURL is the page of a name. A name that no path can carry, since browsers and net/http take segments like ".." out of one, goes
// into the parameter id.
func thingURL(page, name string) string {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part == "." || part == ".." {
			return page + "?" + url.Values{"id": {name}}.Encode()
		}
	}
	return page + "/" + escapePath(name)
}

// pairURL is the page of everything between two entities; graphURL, timelineURL and matrixURL are drawings about one.
func pairURL(a, b graph.IRI) string {
	return "/pair?" + url.Values{"a": {string(a)}, "b": {string(b)}}.Encode()
}
func graphURL(id graph.IRI) string    { return "/graph?" + url.Values{"of": {string(id)}}.Encode() }
func timelineURL(id graph.IRI) string { return "/timeline?" + url.Values{"of": {string(id)}}.Encode() }

// escapePath escapes what is no letter of a path, slashes excepted. A colon stays: url.PathEscape would keep it too. The dot of a name
// that ends like a form of a page is escaped, so that formOf knows the one from the other.
func escapePath(name string) string {
	parts := strings.Split(name, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	escaped := strings.Join(parts, "/")
	for _, suffix := range suffixes {
		if before, ok := strings.CutSuffix(escaped, suffix); ok {
			return before + "%2E" + suffix[1:]
		}
	}
	return escaped
}
