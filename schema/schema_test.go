package schema

import "testing"

func TestLoadEmbedded(t *testing.T) {
	s, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	if !s.IsA("City", "Place") || s.IsA("City", "Actor") {
		t.Errorf("type tree: City under Place and not under Actor, got ancestors %q", s.Ancestors("City"))
	}
	if rels := s.ByVerb("call", "on"); len(rels) == 0 || rels[0].ID != "requests" {
		t.Errorf("ByVerb(call, on) = %v, want requests", rels)
	}
}
