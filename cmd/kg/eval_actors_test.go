package main

import (
	"strings"
	"testing"
)

func TestReadActorTests(t *testing.T) {
	tests, err := readActorTests(strings.NewReader(`{"id": "a", "mention": "Peruvian troops", "country": "PER", "expected_failure": true}
{"id": "b", "mention": "a man", "country": null, "expected_failure": false}
`))
	if err != nil || len(tests) != 2 || tests[0] != (actorTest{"a", "Peruvian troops", "PER", true}) || tests[1].Country != "" {
		t.Errorf("%+v, error %v", tests, err)
	}
	for _, bad := range []string{"{", `{"mention": ""}`} {
		if _, err := readActorTests(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: error %v", bad, err)
		}
	}
}
