package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The page about the API for programs is made of its OpenAPI document, so that it tells what there is.

type apiView struct {
	Lead    string // what it is, in a sentence
	Text    string
	Base    string
	Groups  []apiGroup
	Schemas []apiSchema
}

type apiGroup struct {
	Name       string
	Operations []apiOperation
}

type apiOperation struct {
	ID, Method, Path, Summary, Text string
	Parameters                      []apiField
	Body                            string // schema of what is sent, "" for nothing
	Answer                          string // schema of the answer, "" for none
	Types                           []string
	Try                             string // address of an example, "" where it needs a name
}

type apiField struct {
	Name, In, Type, Text string
	Link                 string // schema that Type names
	Required             bool
}

type apiSchema struct {
	Name   string
	Text   string
	Fields []apiField
}

func (s *Server) apiPage(mux *http.ServeMux) {
	h := s.limited(s.tagged(func(w http.ResponseWriter, r *http.Request) {
		s.render(w, r, page{Template: "api.html", Title: "For programs", Styles: []string{"api.css"}}, viewAPI(s.openAPI))
	}))
	s.handle(mux, restPath+"/{$}", func(w http.ResponseWriter, r *http.Request) error { h(w, r); return nil }, http.MethodGet, http.MethodHead)
}

func viewAPI(doc *huma.OpenAPI) apiView {
	v := apiView{Base: restPath}
	v.Lead, v.Text, _ = strings.Cut(doc.Info.Description, ". ")
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Delete} {
			if op != nil {
				v.add(op, path)
			}
		}
	}
	order := []string{"search", "entities", "claims", "articles", "events", "relations", "graph", "judgements"}
	slices.SortFunc(v.Groups, func(a, b apiGroup) int { return slices.Index(order, a.Name) - slices.Index(order, b.Name) })
	for _, g := range v.Groups {
		slices.SortFunc(g.Operations, func(a, b apiOperation) int {
			return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
		})
	}
	for name, schema := range doc.Components.Schemas.Map() {
		sc := apiSchema{Name: name, Text: schema.Description}
		for field, f := range schema.Properties {
			row := apiField{Name: field, Text: f.Description, Required: slices.Contains(schema.Required, field)}
			row.Type, row.Link = schemaWords(f)
			sc.Fields = append(sc.Fields, row)
		}
		slices.SortFunc(sc.Fields, func(a, b apiField) int { return strings.Compare(a.Name, b.Name) })
		v.Schemas = append(v.Schemas, sc)
	}
	slices.SortFunc(v.Schemas, func(a, b apiSchema) int { return strings.Compare(a.Name, b.Name) })
	return v
}

// add puts an operation into its group.
func (v *apiView) add(op *huma.Operation, path string) {
	o := apiOperation{ID: op.OperationID, Method: op.Method, Path: path, Summary: op.Summary, Text: op.Description}
	for _, p := range op.Parameters {
		f := apiField{Name: p.Name, In: p.In, Text: p.Description, Required: p.Required}
		f.Type, f.Link = schemaWords(p.Schema)
		o.Parameters = append(o.Parameters, f)
	}
	if op.RequestBody != nil {
		if m := op.RequestBody.Content["application/json"]; m != nil && m.Schema != nil {
			o.Body = strings.TrimPrefix(m.Schema.Ref, "#/components/schemas/")
		}
	}
	if ok := op.Responses["200"]; ok != nil {
		for ctype, m := range ok.Content {
			o.Types = append(o.Types, ctype)
			if m.Schema != nil {
				o.Answer = strings.TrimPrefix(m.Schema.Ref, "#/components/schemas/")
			}
		}
		slices.Sort(o.Types)
	}
	asks := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Required })
	if op.Method == http.MethodGet && !strings.Contains(path, "{") && !asks && o.ID != exportID {
		o.Try = path
	}
	tag := op.Tags[0]
	i := slices.IndexFunc(v.Groups, func(g apiGroup) bool { return g.Name == tag })
	if i < 0 {
		i = len(v.Groups)
		v.Groups = append(v.Groups, apiGroup{Name: tag})
	}
	v.Groups[i].Operations = append(v.Groups[i].Operations, o)
}

// schemaWords puts a schema into words; link is the schema that they name.
func schemaWords(s *huma.Schema) (words, link string) {
	switch {
	case s == nil:
		return "", ""
	case s.Ref != "":
		name := strings.TrimPrefix(s.Ref, "#/components/schemas/")
		return name, name
	case s.Type == huma.TypeArray:
		of, link := schemaWords(s.Items)
		return "list: " + of, link
	case len(s.Enum) > 0:
		var list []string
		for _, e := range s.Enum {
			list = append(list, fmt.Sprint(e))
		}
		words = strings.Join(list, ", ")
	default:
		words = s.Type
		switch {
		case s.Minimum != nil && s.Maximum != nil && *s.Maximum < 1e6:
			words += fmt.Sprintf(" from %v to %v", *s.Minimum, *s.Maximum)
		case s.Minimum != nil:
			words += fmt.Sprintf(" from %v on", *s.Minimum)
		}
	}
	if s.Default != nil {
		words += fmt.Sprintf("; %v where absent", s.Default)
	}
	return words, ""
}
