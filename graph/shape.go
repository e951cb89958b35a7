package graph

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// QueryShape is a query as a drawing: nodes are sets of nodes of the graph, links the steps between them.
type QueryShape struct {
	Nodes []ShapeNode `json:"nodes"`
	Links []ShapeLink `json:"links"`
}

// ShapeNode is a part of a query.
type ShapeNode struct {
	ID         int      `json:"id"`
	Kind       string   `json:"kind"`             // what Cayley calls it: "Lookup", "NodesFrom object", "Intersect" …
	Tags       []string `json:"tags,omitempty"`   // that a result saves here
	Values     []string `json:"values,omitempty"` // of a fixed set
	IsLinkNode bool     `json:"is_link_node"`     // a set of quads
	IsFixed    bool     `json:"is_fixed"`         // a set of named nodes
}

// ShapeLink leads from a part to the part that it is made of.
type ShapeLink struct {
	Source int    `json:"source"`
	Target int    `json:"target"`
	Role   string `json:"role"` // "from", "subject", "predicate", "object", "label", "exclude" …
}

// Shape returns the shape of a query for POST /api/v1/shape/LANG of Cayley's web UI, which shows it as JSON. Nothing is looked up.
// For Gizmo it is that of the path on which the query first asks for results; emitted values have none. Other languages give a
// *QueryError.
func (s *Store) Shape(ctx context.Context, lang, text string) (*QueryShape, error) {
	if lang != "" && lang != "gizmo" {
		return nil, &QueryError{Lang: lang, Err: fmt.Errorf("only gizmo queries have a shape")}
	}
	if len(text) > maxQueryText {
		return nil, &QueryError{Lang: "gizmo", Err: fmt.Errorf("query of %d bytes; at most %d are allowed", len(text), maxQueryText)}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, 5*time.Second, errQueryTimeout)
	defer cancel()
	done, err := s.admit(ctx, false)
	if err != nil {
		return nil, err
	}
	defer done()
	stop := &stopper{}
	defer watchHeap(stop)()
	out := &QueryShape{Nodes: []ShapeNode{}, Links: []ShapeLink{}}
	err = s.readUntil(ctx, stop, func(v *view) error {
		err := guard("query", func() error {
			g := newGizmo(ctx, v, QueryRequest{Limit: 1})
			g.onPath = func(p *pathObject) {
				d := drawing{shape: out}
				d.draw(p.path.Shape(), nil)
				panic(interrupted{errEnough})
			}
			val, err := g.run(text)
			if err == nil && val != nil { // a path without All
				if p, ok := goValue(val).(*pathObject); ok {
					g.onPath(p)
				}
			}
			return err
		})
		if err == nil || errors.Is(err, errEnough) {
			return nil
		}
		return stop.fault("gizmo", err)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// drawing takes a shape apart.
type drawing struct{ shape *QueryShape }

var shapeType = reflect.TypeFor[shape.Shape]()

// draw adds s and what it is made of and returns its id; tags are those of the Save around it.
func (d *drawing) draw(s shape.Shape, tags []string) int {
	if save, ok := s.(shape.Save); ok {
		return d.draw(save.From, append(append([]string(nil), save.Tags...), tags...))
	}
	id := len(d.shape.Nodes) + 1
	if id > 20_000 {
		panic(interrupted{fmt.Errorf("shape of more than 20000 nodes")})
	}
	node := ShapeNode{ID: id, Kind: "Null", Tags: tags}
	if s != nil {
		node.Kind = reflect.TypeOf(s).Name()
	}
	d.shape.Nodes = append(d.shape.Nodes, node)
	at := func() *ShapeNode { return &d.shape.Nodes[id-1] }
	link := func(role string, to shape.Shape) {
		if to != nil {
			target := d.draw(to, nil)
			d.shape.Links = append(d.shape.Links, ShapeLink{Source: id, Target: target, Role: role})
		}
	}
	switch s := s.(type) {
	case nil:
	case shape.Lookup:
		at().IsFixed = true
		for _, v := range s {
			at().Values = append(at().Values, quad.StringOf(v))
		}
	case shape.Quads:
		at().IsLinkNode = true
		for _, f := range s {
			link(f.Dir.String(), f.Values)
		}
	case shape.NodesFrom:
		at().Kind = "NodesFrom " + s.Dir.String()
		link("quads", s.Quads)
	case shape.Intersect:
		for _, sub := range s {
			link("and", sub)
		}
	case shape.Union:
		for _, sub := range s {
			link("or", sub)
		}
	case shape.Except:
		link("from", s.From)
		link("exclude", s.Exclude)
	default:
		d.fields(reflect.ValueOf(s), link)
	}
	return id
}

// fields links to the shapes in the fields of any other shape.
func (d *drawing) fields(v reflect.Value, link func(string, shape.Shape)) {
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		f := v.Field(i)
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() {
			continue
		}
		if f.Type().Implements(shapeType) && !(f.Kind() == reflect.Interface && f.IsNil()) {
			link(name, f.Interface().(shape.Shape))
			continue
		}
		if f.Kind() == reflect.Slice && f.Type().Elem().Implements(shapeType) {
			for j := range f.Len() {
				link(name, f.Index(j).Interface().(shape.Shape))
			}
		}
	}
}
