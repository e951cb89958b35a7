package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The files say for each line whether it is news: "= kept", "- left out".
func TestSkips(t *testing.T) {
	files, err := filepath.Glob("testdata/boilerplate/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\n"), "\n") {
				text.WriteString(line[2:] + "\n")
			}
			var got strings.Builder
			at := 0
			for line := range strings.SplitAfterSeq(strings.TrimSuffix(text.String(), "\n")+"\n", "\n") {
				if line == "" {
					break
				}
				mark := "= "
				for _, s := range skips(text.String()) {
					if body := strings.TrimSpace(line); body != "" && s.Begin < at+len(line) && at < s.End {
						mark = "- "
					}
				}
				got.WriteString(mark + line)
				at += len(line)
			}
			if diff := cmp.Diff(string(raw), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSkipReasons(t *testing.T) {
	text := "Talks end without a deal\n\nThe talks ended on Monday.\n\nTalks end  without a DEAL\n\nLatest News"
	want := []Skip{
		{strings.Index(text, "Talks end  "), strings.Index(text, "\n\nLatest"), repeatedLine},
		{strings.Index(text, "Latest"), len(text), boilerplate},
	}
	if diff := cmp.Diff(want, skips(text)); diff != "" {
		t.Error(diff)
	}
}

// Whatever the text, ranges are ordered, do not overlap and lie within it.
func TestSkipRanges(t *testing.T) {
	line := rapid.SampledFrom([]string{"Share", "one line of news that is repeated", "", " Reuter", "\x03", "word", "share.", "\xff\xfe", "Latest News", "a longer line that goes on without end"})
	rapid.Check(t, func(t *rapid.T) {
		sep := rapid.SampledFrom([]string{"\n", "\r\n", "\n\n", "\r", "\u2028"}).Draw(t, "sep")
		text := strings.Join(rapid.SliceOf(line).Draw(t, "lines"), sep)
		end := 0
		for _, s := range skips(text) {
			if s.Begin < end || s.End <= s.Begin || s.End > len(text) {
				t.Fatalf("range %d-%d after %d in a text of %d", s.Begin, s.End, end, len(text))
			}
			end = s.End
		}
	})
}

func TestHeadline(t *testing.T) {
	body := "The parties met for two days in the capital and agreed to meet again next month, officials said on Tuesday after the talks had ended.\n"
	for _, c := range []struct{ text, want string }{
		{"Parties meet in capital\n\n" + body, "Parties meet in capital"},
		{"# Parties meet in capital\n" + body, "Parties meet in capital"},
		{"Share\n\nParties meet in capital\n\n" + body, "Parties meet in capital"},
		{"Will they meet again?\r\n\r\n" + body, "Will they meet again?"},
		{body, ""},
		{body + "\n" + body, ""},
		{"Parties meet in capital", ""},
		{"and so they met\n\n" + body, ""},
	} {
		if got := headline(c.text); got != c.want {
			t.Errorf("headline(%.40q) = %q, want %q", c.text, got, c.want)
		}
	}
}
