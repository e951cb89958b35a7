package nlp

import (
	"strings"
	"testing"
)

func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"MOSCOW, July 16, 2017 - Syria has zones.":     "MOSCOW , July 16 , 2017 - | Syria has zones .",
		"WASHINGTON (CNN) -- Trump signed a law.":      "WASHINGTON ( CNN ) -- | Trump signed a law .",
		"Geneva, May 3 (Reuters) - The envoys met.":    "Geneva , May 3 ( Reuters ) - | The envoys met .",
		"RIO DE JANEIRO — \"We won\", he said.":        "RIO DE JANEIRO — | \" We won \" , he said .",
		"OK - I will go.":                              "OK - I will go .",
		"Russia - Syria talks failed.":                 "Russia - Syria talks failed .",
		"URGENT HELP - FROM ABROAD":                    "URGENT HELP - FROM ABROAD",
		"It is late. OSLO - The talks went on.":        "It is late . | OSLO - The talks went on .",
		"NATO-led forces left.":                        "NATO - led forces left .",
		"The envoy from LIMA - Ana Cruz - left early.": "The envoy from LIMA - Ana Cruz - left early .",
	} {
		var got []string
		for _, s := range Tokenize(text).Sentences {
			var words []string
			for _, w := range s.Words {
				words = append(words, w.Form)
			}
			got = append(got, strings.Join(words, " "))
		}
		if g := strings.Join(got, " | "); g != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, g, want)
		}
	}
}
