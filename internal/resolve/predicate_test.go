package resolve

import (
	"reflect"
	"testing"

	"kg/graph"
	"kg/schema"
)

// unrelated checks that Relate changes nothing of a record of the same schema.
func unrelated(t *testing.T, sch *schema.Schema, rec *graph.Record) {
	t.Helper()
	again := *rec
	again.Claims = append([]graph.Claim(nil), rec.Claims...)
	Relate(sch, &again)
	if !reflect.DeepEqual(&again, rec) {
		t.Errorf("Relate changed the record\ngot:  %+v\nwant: %+v", again, rec)
	}
}
