package graph

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// DefaultBaseIRI is what kg: expands to where Options say nothing else.
const DefaultBaseIRI = "http://example.org/kg/"

// Prefixes that expand alike in every store; kg: and kgo: come from the base IRI.
var fixedPrefixes = map[string]string{
	"dcterms": "http://purl.org/dc/terms/",
	"itsrdf":  "http://www.w3.org/2005/11/its/rdf#",
	"nif":     "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
	"owl":     "http://www.w3.org/2002/07/owl#",
	"prov":    "http://www.w3.org/ns/prov#",
	"rdf":     nsRDF,
	"rdfs":    "http://www.w3.org/2000/01/rdf-schema#",
	"schema":  "http://schema.org/",
	"sem":     "http://semanticweb.cs.vu.nl/2009/11/sem/",
	"skos":    "http://www.w3.org/2004/02/skos/core#",
	"time":    "http://www.w3.org/2006/time#",
	"wd":      "http://www.wikidata.org/entity/",
	"wdt":     "http://www.wikidata.org/prop/direct/",
	"xsd":     nsXSD,
}

const (
	nsRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXSD = "http://www.w3.org/2001/XMLSchema#"
)

// Prefix is a namespace: Name without the colon, IRI what it expands to.
type Prefix struct{ Name, IRI string }

// namespaces turn compact IRIs into full ones and back. Read-only after construction.
type namespaces struct {
	base   string
	full   map[string]string // by name
	byName []Prefix
	byLen  []Prefix // longest IRI first, so that kgo: wins over kg:
}

func newNamespaces(base string) (*namespaces, error) {
	if base == "" {
		base = DefaultBaseIRI
	}
	if err := checkIRI(base); err != nil {
		return nil, fmt.Errorf("base IRI %q: %w", base, err)
	}
	if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "#") {
		return nil, fmt.Errorf("base IRI %q: must end in / or #", base)
	}
	if strings.HasPrefix(base, "kg:") || strings.HasPrefix(base, "kgo:") {
		return nil, fmt.Errorf("base IRI %q: must be a full IRI", base)
	}
	ns := &namespaces{base: base, full: map[string]string{"kg": base, "kgo": base + "ontology/"}}
	for name, iri := range fixedPrefixes {
		if strings.HasPrefix(base, iri) {
			return nil, fmt.Errorf("base IRI %q: lies in the namespace of %s", base, name)
		}
		ns.full[name] = iri
	}
	for name, iri := range ns.full {
		ns.byName = append(ns.byName, Prefix{name, iri})
	}
	sort.Slice(ns.byName, func(i, j int) bool { return ns.byName[i].Name < ns.byName[j].Name })
	ns.byLen = append(ns.byLen, ns.byName...)
	sort.SliceStable(ns.byLen, func(i, j int) bool { return len(ns.byLen[i].IRI) > len(ns.byLen[j].IRI) })
	return ns, nil
}

// expand gives the full form of a compact IRI; others stay.
func (ns *namespaces) expand(iri string) string {
	if i := strings.IndexByte(iri, ':'); i > 0 && i <= 8 {
		if full, ok := ns.full[iri[:i]]; ok {
			return full + iri[i+1:]
		}
	}
	return iri
}

// compact gives the one form in which the store holds an IRI: compact where it has a known prefix, the longest where there are
// several (kgo:mediates, not kg:ontology/mediates).
func (ns *namespaces) compact(iri string) string {
	short := iri
	if i := strings.IndexByte(iri, ':'); i > 0 && i <= 8 {
		if _, ok := ns.full[iri[:i]]; ok {
			if iri[:i] != "kg" || !strings.HasPrefix(iri[i+1:], "ontology/") {
				return iri
			}
			iri = ns.expand(iri)
		}
	}
	for _, p := range ns.byLen {
		if strings.HasPrefix(iri, p.IRI) {
			return p.Name + ":" + iri[len(p.IRI):]
		}
	}
	return short
}

// Expand turns a compact IRI into a full one; others stay.
func (s *Store) Expand(iri IRI) string { return s.ns.expand(string(iri)) }

// Compact turns a full IRI below a known prefix into a compact one; others stay.
func (s *Store) Compact(iri string) IRI { return IRI(s.ns.compact(iri)) }

// Prefixes returns all known prefixes, sorted by name.
func (s *Store) Prefixes() []Prefix { return append([]Prefix(nil), s.ns.byName...) }

// checkIRI says why s is no absolute IRI with legal characters (RFC 3987), nil where it is one. A compact IRI passes, since its
// prefix reads as a scheme.
func checkIRI(s string) error {
	if s == "" {
		return fmt.Errorf("empty IRI")
	}
	if !utf8.ValidString(s) {
		return fmt.Errorf("IRI is not UTF-8")
	}
	colon := strings.IndexByte(s, ':')
	if colon <= 0 {
		return fmt.Errorf("IRI without a prefix or scheme")
	}
	for i := 0; i < colon; i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return fmt.Errorf("IRI with a bad scheme")
		}
	}
	rest := s[colon+1:]
	if strings.HasPrefix(rest, "//") {
		auth := rest[2:]
		if i := strings.IndexAny(auth, "/?#"); i >= 0 {
			auth = auth[:i]
		}
		if err := checkAuthority(auth); err != nil {
			return err
		}
		if err := checkIRIChars(auth, "[]", false); err != nil {
			return err
		}
		rest = rest[2+len(auth):]
	}
	query, fragment := "", ""
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		rest, fragment = rest[:i], rest[i+1:]
	}
	if i := strings.IndexByte(rest, '?'); i >= 0 {
		rest, query = rest[:i], rest[i+1:]
	}
	if err := checkIRIChars(rest, "/", false); err != nil {
		return err
	}
	if err := checkIRIChars(query, "/?", true); err != nil {
		return err
	}
	return checkIRIChars(fragment, "/?", false)
}

// checkAuthority checks [userinfo@]host[:port].
func checkAuthority(auth string) error {
	if i := strings.LastIndexByte(auth, '@'); i >= 0 {
		if strings.ContainsAny(auth[:i], "@[]") {
			return fmt.Errorf("IRI with bad user information")
		}
		auth = auth[i+1:]
	}
	host, port := auth, ""
	if strings.HasPrefix(auth, "[") {
		end := strings.IndexByte(auth, ']')
		if end < 0 {
			return fmt.Errorf("IRI with an unclosed address")
		}
		host, port = auth[1:end], auth[end+1:]
		if host == "" || strings.Trim(host, "0123456789abcdefABCDEF:.") != "" {
			return fmt.Errorf("IRI with a bad address")
		}
		if port != "" && port[0] != ':' {
			return fmt.Errorf("IRI with a bad port")
		}
	} else if i := strings.IndexByte(auth, ':'); i >= 0 {
		host, port = auth[:i], auth[i:]
	}
	if strings.ContainsAny(host, "[]") {
		return fmt.Errorf("IRI with a bad host")
	}
	if port != "" && strings.Trim(port[1:], "0123456789") != "" {
		return fmt.Errorf("IRI with a bad port")
	}
	return nil
}

// checkIRIChars checks part of an IRI: ipchar and what extra names; private-use characters stand in queries only.
func checkIRIChars(s, extra string, private bool) error {
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune("-._~!$&'()*+,;=:@", r):
		case r == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return fmt.Errorf("IRI with %% but no two hexadecimal digits")
			}
		case r < 0x80:
			if !strings.ContainsRune(extra, r) {
				return fmt.Errorf("IRI with the illegal character %q", r)
			}
		case r >= 0xA0 && r <= 0xD7FF, r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFFEF:
		case r >= 0xE000 && r <= 0xF8FF && private, r >= 0xF0000 && r <= 0x10FFFD && private && r&0xFFFF <= 0xFFFD:
		case r >= 0x10000 && r <= 0xEFFFD && r&0xFFFF <= 0xFFFD && !(r >= 0xE0000 && r < 0xE1000):
		default:
			return fmt.Errorf("IRI with the illegal character %U", r)
		}
	}
	return nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
