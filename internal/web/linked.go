package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
	"kg/internal/index"
)

// Linked data: the address of a thing answers with its page or with what the graph says of it, as Accept or the suffix asks.

// rdfForm is a notation of what the graph says.
type rdfForm struct{ suffix, name, mime, format string }

var rdfForms = []rdfForm{
	{".ttl", "Turtle", "text/turtle", "turtle"},
	{".jsonld", "JSON-LD", typeJSONLD, "jsonld"},
	{".nt", "N-Triples", "application/n-triples", "ntriples"},
}

// offered are the types that a thing's address has, the first where a client takes any.
var offered = []string{"text/html", "text/turtle", typeJSONLD, "application/n-triples", "application/json", "application/xhtml+xml"}

// negotiate returns the type of offers that an Accept header prefers, the first of equals; "" where it takes none. A type's q is that of
// the most specific range that it is in (RFC 9110, 12.5.1).
func negotiate(accept []string, offers []string) string {
	type media struct {
		kind, sub string
		q         float64
	}
	var ranges []media
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		ctype, params, err := mime.ParseMediaType(part)
		kind, sub, ok := strings.Cut(ctype, "/")
		if err != nil || !ok {
			continue
		}
		m := media{kind, sub, 1}
		if v, ok := params["q"]; ok {
			if m.q, err = strconv.ParseFloat(v, 64); err != nil || !(m.q >= 0 && m.q <= 1) {
				continue
			}
		}
		ranges = append(ranges, m)
	}
	if len(ranges) == 0 {
		return offers[0]
	}
	best, bestQ := "", 0.0
	for _, o := range offers {
		kind, sub, _ := strings.Cut(o, "/")
		q, special := 0.0, -1
		for _, m := range ranges {
			at := -1
			switch {
			case m.kind == kind && m.sub == sub:
				at = 2
			case m.kind == kind && m.sub == "*":
				at = 1
			case m.kind == "*" && m.sub == "*":
				at = 0
			}
			if at > special {
				q, special = m.q, at
			}
		}
		if q > bestQ {
			best, bestQ = o, q
		}
	}
	return best
}

// otherForms are the forms of a thing's page, for the head and the foot of it.
func otherForms(r *http.Request) []otherForm {
	list := []otherForm{{"application/json", "JSON", formURL(r, ".json")}}
	for _, f := range rdfForms {
		list = append(list, otherForm{f.mime, f.name, formURL(r, f.suffix)})
	}
	return list
}

// formURL is the address of r with another suffix, and without parameters but for the name of the thing.
func formURL(r *http.Request, suffix string) string {
	u := strings.TrimSuffix(r.URL.EscapedPath(), formOf(r)) + suffix
	if id := r.URL.Query().Get("id"); id != "" {
		u += "?" + url.Values{"id": {id}}.Encode()
	}
	return u
}

// linked answers r with what the graph says of id where the suffix of the address or Accept asks for that, and says whether it has
// answered. A page of a thing calls it once it knows that there is one.
func (s *Server) linked(w http.ResponseWriter, r *http.Request, x *index.Index, id graph.IRI) bool {
	suffix := formOf(r)
	if suffix == ".json" {
		return false
	}
	if suffix == "" {
		w.Header().Add("Vary", "Accept")
		switch ctype := negotiate(r.Header.Values("Accept"), offered); ctype {
		case "text/html", "application/xhtml+xml":
			return false
		case "":
			for _, f := range otherForms(r) {
				w.Header().Add("Link", fmt.Sprintf("<%s>; rel=\"alternate\"; type=%q", f.URL, f.Type))
			}
			s.fail(w, r, http.StatusNotAcceptable, "this address has none of the types that were asked for, but "+strings.Join(offered[:len(offered)-1], ", "))
			return true
		case "application/json":
			http.Redirect(w, r, formURL(r, ".json"), http.StatusSeeOther)
			return true
		default:
			i := slices.IndexFunc(rdfForms, func(f rdfForm) bool { return f.mime == ctype })
			suffix = rdfForms[i].suffix
			w.Header().Set("Content-Location", formURL(r, suffix))
		}
	}
	i := slices.IndexFunc(rdfForms, func(f rdfForm) bool { return f.suffix == suffix })
	form := rdfForms[i]
	offset := 0
	if v := r.URL.Query().Get("offset"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 {
			s.failErr(w, r, errorf(http.StatusBadRequest, "offset: %.100q is not a number from 0", v))
			return true
		}
		offset = n
	}
	quads, total, err := s.description(r.Context(), x, id, offset)
	if err != nil {
		s.failErr(w, r, err)
		return true
	}
	var buf bytes.Buffer
	if err := s.encodeRDF(&buf, form.format, quads); err != nil {
		s.failErr(w, r, err)
		return true
	}
	h := w.Header()
	page := formURL(r, "")
	h.Add("Link", fmt.Sprintf("<%s>; rel=\"describes\"", s.store.Expand(id)))
	h.Add("Link", fmt.Sprintf("<%s>; rel=\"alternate\"; type=\"text/html\"", page))
	if offset+maxEdges < total {
		next := formURL(r, suffix)
		if strings.Contains(next, "?") {
			next += "&"
		} else {
			next += "?"
		}
		h.Add("Link", fmt.Sprintf("<%soffset=%d>; rel=\"next\"", next, offset+maxEdges))
	}
	ctype := form.mime
	if form.format == "turtle" {
		ctype += "; charset=utf-8"
	}
	h.Set("Content-Type", ctype)
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	if r.Method != http.MethodHead {
		w.Write(buf.Bytes())
	}
	return true
}

// maxEdges is how many plain edges of an entity one answer holds; Link with rel="next" leads on.
const maxEdges = 500

// triples collects quads without their graphs, each once.
type triples struct {
	list []graph.Quad
	seen map[graph.Quad]bool
}

func (t *triples) add(q graph.Quad) {
	q.Graph = graph.Term{}
	if t.seen == nil {
		t.seen = map[graph.Quad]bool{}
	}
	if !t.seen[q] {
		t.seen[q] = true
		t.list = append(t.list, q)
	}
}

// read adds the quads that fit pattern and keep, nil for all.
func (s *Server) read(ctx context.Context, t *triples, pattern graph.Quad, keep func(q *graph.Quad) bool) error {
	for q, err := range s.store.Quads(ctx, pattern) {
		if err != nil {
			return err
		}
		if keep == nil || keep(&q) {
			t.add(q)
		}
	}
	return nil
}

// recordPage is the page of a claim, an article, an event, a sentence or a relation whose name without kg: is asked for as that of an
// entity, "" where it is none: so that with a base_iri that ends in /entity/ every address of the graph leads to its page.
func recordPage(name string) string {
	switch kind, rest, _ := strings.Cut(name, "/"); kind {
	case "claim", "article", "event", "sentence":
		return thingURL("/"+kind, rest)
	case "ontology":
		return relationURL(graph.IRI(rest))
	}
	return ""
}

// description is what the graph says of a thing: the quads with it as their subject, and those of its parts: the arguments and the
// sentence of a claim, the sentences and passages of an article. Of an entity it is the description that all articles together give,
// and its plain edges in both directions, at most maxEdges of the total from offset on.
func (s *Server) description(ctx context.Context, x *index.Index, id graph.IRI, offset int) (quads []graph.Quad, total int, err error) {
	var t triples
	if strings.HasPrefix(string(id), "kgo:") { // a relation
		err = s.read(ctx, &t, graph.Quad{Subject: graph.Res(id)}, nil)
		return t.list, 0, err
	}
	kind, _, _ := strings.Cut(strings.TrimPrefix(string(id), "kg:"), "/")
	switch kind {
	case "claim":
		if err = s.read(ctx, &t, graph.Quad{Subject: graph.Res(id)}, nil); err != nil {
			return nil, 0, err
		}
		for _, q := range slices.Clone(t.list) {
			if p := q.Predicate.Value; p == "kgo:argument" || p == "prov:wasQuotedFrom" {
				if err = s.read(ctx, &t, graph.Quad{Subject: q.Object}, nil); err != nil {
					return nil, 0, err
				}
			}
		}
	case "article":
		if err = s.read(ctx, &t, graph.Quad{Subject: graph.Res(id)}, nil); err != nil {
			return nil, 0, err
		}
		err = s.read(ctx, &t, graph.Quad{Graph: graph.Res(id)}, func(q *graph.Quad) bool {
			return strings.HasPrefix(q.Subject.Value, string(id)+"/char=") || strings.HasPrefix(q.Subject.Value, "kg:sentence/") ||
				q.Predicate.Value == "prov:wasQuotedFrom"
		})
	case "event":
		if err = s.read(ctx, &t, graph.Quad{Subject: graph.Res(id)}, nil); err == nil {
			err = s.read(ctx, &t, graph.Quad{Predicate: graph.Res(graph.KgoOfEvent), Object: graph.Res(id)}, nil)
		}
	case "sentence":
		err = s.read(ctx, &t, graph.Quad{Subject: graph.Res(id)}, nil)
	default:
		total, err = s.describeEntity(ctx, x, &t, id, offset)
	}
	if err != nil {
		return nil, 0, err
	}
	order := map[graph.Term]int{} // subjects in the order of their first quads, so that a writer can group them
	for _, q := range t.list {
		if _, ok := order[q.Subject]; !ok {
			order[q.Subject] = len(order)
		}
	}
	slices.SortStableFunc(t.list, func(a, b graph.Quad) int {
		return cmp.Or(order[a.Subject]-order[b.Subject], cmp.Compare(typeFirst(a.Predicate), typeFirst(b.Predicate)))
	})
	return t.list, total, nil
}

func typeFirst(p graph.Term) string {
	if p.Value == "rdf:type" {
		return ""
	}
	return p.Value
}

func (s *Server) describeEntity(ctx context.Context, x *index.Index, t *triples, id graph.IRI, offset int) (edges int, err error) {
	var e graph.Entity
	if ref, ok := x.Entity(id); ok && len(x.Entities[ref].Types) > 0 { // the store would read what each of its articles says of it
		e = x.Entities[ref].Entity
	} else if e, ok, err = s.store.Entity(ctx, id); err != nil || !ok {
		return 0, err
	}
	me := graph.Res(e.ID)
	say := func(p string, o graph.Term) {
		t.add(graph.Quad{Subject: me, Predicate: graph.Res(graph.IRI(p)), Object: o})
	}
	for _, typ := range e.Types {
		say("rdf:type", graph.Res(typ))
	}
	say("rdfs:label", graph.Str(e.Label))
	for _, name := range e.Aliases {
		say("schema:alternateName", graph.Str(name))
	}
	for _, same := range e.SameAs {
		say("owl:sameAs", graph.Res(s.store.Compact(string(same))))
	}
	ref, ok := x.Entity(e.ID)
	if !ok {
		return 0, nil
	}
	// An edge is known by relation and other end, so that each is there once in either direction; one to words by the claim that has them.
	type edge struct{ relation, other, words index.Ref }
	seenOut, seenIn := map[uint64]struct{}{}, map[uint64]struct{}{}
	isNew := func(seen map[uint64]struct{}, relation, other index.Ref) bool {
		n := len(seen)
		seen[uint64(relation)<<32|uint64(other)] = struct{}{}
		return len(seen) > n
	}
	var out, in []edge
	for _, r := range x.Entities[ref].Claims {
		c := &x.Claims[r]
		if c.Status != index.Asserted || c.Subject != ref && c.Object != ref || c.Subject == c.Object || c.Subject == index.None || x.Rejected(r) {
			continue
		}
		switch {
		case c.Object == index.None:
			out = append(out, edge{c.Relation, index.None, r}) // read below, where it is shown
		case c.Subject == ref:
			if isNew(seenOut, c.Relation, c.Object) {
				out = append(out, edge{c.Relation, c.Object, index.None})
			}
		default:
			if isNew(seenIn, c.Relation, c.Subject) {
				in = append(in, edge{c.Relation, c.Subject, index.None})
			}
		}
	}
	all := append(out, in...)
	for i := offset; i < min(offset+maxEdges, len(all)); i++ {
		k := all[i]
		q := graph.Quad{Subject: me, Predicate: graph.Res(x.Relations[k.relation].ID)}
		switch {
		case i >= len(out):
			q.Subject, q.Object = graph.Res(x.Entities[k.other].ID), me
		case k.other != index.None:
			q.Object = graph.Res(x.Entities[k.other].ID)
		default:
			found := false
			for c, err := range s.store.Claims(ctx, graph.ClaimFilter{ID: x.Claims[k.words].ID}) {
				if err != nil {
					return 0, err
				}
				found = true
				q.Object = graph.Term{Kind: graph.Literal, Value: c.Object.Literal, Datatype: c.Object.Datatype}
				if q.Object.Datatype == "xsd:string" {
					q.Object.Datatype = ""
				}
			}
			if !found {
				continue // gone since the index was made
			}
		}
		t.add(q)
	}
	return len(all), nil
}

// encodeRDF writes quads in "turtle", "ntriples" or "jsonld"; the first and last without the prefixes that nothing has.
func (s *Server) encodeRDF(w io.Writer, format string, quads []graph.Quad) error {
	var buf bytes.Buffer
	if _, err := s.store.EncodeQuads(&buf, format, each(quads)); err != nil {
		return err
	}
	body, sep := buf.String(), ""
	switch format {
	case "turtle":
		head := ""
		for strings.HasPrefix(body, "@prefix ") {
			var line string
			line, body, _ = strings.Cut(body, "\n")
			head += line + "\n"
		}
		for line := range strings.Lines(head) {
			name := strings.Fields(line)[1]
			if strings.Contains(body, " "+name) || strings.Contains(body, "\n"+name) || strings.Contains(body, "^"+name) {
				io.WriteString(w, line)
			}
		}
	case "jsonld":
		const begin, end = "{\n  \"@context\": {", "\n  },\n"
		var head string
		head, body, _ = strings.Cut(strings.TrimPrefix(body, begin), end)
		io.WriteString(w, begin)
		for line := range strings.SplitSeq(head, "\n") {
			name, _, ok := strings.Cut(strings.TrimSpace(line), "\": ")
			if ok && strings.Contains(body, name+":") { // "kg:Russia"
				io.WriteString(w, sep+"\n"+strings.TrimSuffix(line, ","))
				sep = ","
			}
		}
		io.WriteString(w, end)
	}
	_, err := io.WriteString(w, body)
	return err
}

func each(quads []graph.Quad) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}
