package schema

import "strings"

// Type is a node type, named without its prefix ("Person").
type Type struct {
	ID      string
	Parent  string   // empty for the root
	Aligned []string // compact IRIs of like classes elsewhere ("schema:Person")
	Note    string
	Line    int // of types.tsv
}

func (s *Schema) readTypes(t *table) error {
	if err := t.columns("id", "parent", "aligned", "note"); err != nil {
		return err
	}
	s.types = make(map[string]int, len(t.rows))
	for _, r := range t.rows {
		ty := Type{ID: r.get("id"), Parent: r.get("parent"), Aligned: r.list("aligned", " "), Note: r.get("note"), Line: r.line}
		if !validID(ty.ID) {
			return r.errorf("id", "not a name of letters and digits: %q", ty.ID)
		}
		if _, ok := s.types[ty.ID]; ok {
			return r.errorf("id", "given twice: %q", ty.ID)
		}
		if _, ok := s.types[ty.Parent]; !ok && ty.Parent != "" {
			return r.errorf("parent", "no type above is called %q", ty.Parent)
		}
		s.types[ty.ID] = len(s.Types)
		s.Types = append(s.Types, ty)
	}
	return nil
}

// Type returns the type called id, nil where there is none.
func (s *Schema) Type(id string) *Type {
	i, ok := s.types[id]
	if !ok {
		return nil
	}
	return &s.Types[i]
}

// IsA says whether id is ancestor or below it in the tree. Unknown types are below nothing but themselves.
func (s *Schema) IsA(id, ancestor string) bool {
	for {
		if id == ancestor {
			return true
		}
		t := s.Type(id)
		if t == nil || t.Parent == "" {
			return false
		}
		id = t.Parent
	}
}

// Ancestors returns id and what is above it, id first and the root last.
func (s *Schema) Ancestors(id string) []string {
	var up []string
	for t := s.Type(id); t != nil; t = s.Type(t.Parent) {
		up = append(up, t.ID)
	}
	return up
}

// validID says whether id is a name that needs no escape in any RDF syntax.
func validID(id string) bool {
	if id == "" {
		return false
	}
	for _, c := range id {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", c) {
			return false
		}
	}
	return true
}
