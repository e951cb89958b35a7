package resolve

import "testing"

func TestGerund(t *testing.T) {
	for verb, want := range map[string]string{
		"be": "being", "die": "dying", "make": "making", "see": "seeing", "run": "running", "comment": "commenting",
		"sit":  "sitting",
		"quit": "quitting", "visit": "visiting", "begin": "beginning", "send": "sending", "panic": "panicking", "fix": "fixing",
		"show": "showing", "say": "saying", "open": "opening", "refer": "referring", "rain": "raining", "set": "setting",
		"go":  "going",
		"dye": "dyeing", "agree": "agreeing", "target": "targeting", "suit": "suiting", "acquit": "acquitting",
		"help": "helping", "push": "pushing",
	} {
		if got := gerund(verb); got != want {
			t.Errorf("gerund(%q) = %q, want %q", verb, got, want)
		}
	}
}
