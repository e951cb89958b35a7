package article

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
)

// English is a text that is long enough for its language to be told.
const English = "The ministers of the two states met in the capital on Monday and agreed to open the border for trade, a spokesman said. " +
	"They will meet again in the spring, when the new bridge has been built, he told reporters after the talks."

const french = "Les ministres des deux pays se sont rencontrés lundi dans la capitale et ont décidé d'ouvrir la frontière au commerce, a déclaré un porte-parole. " +
	"Ils se retrouveront au printemps, quand le nouveau pont sera construit, a-t-il dit aux journalistes à la fin des entretiens."

// run reads inputs and notes one line an item: "ID | title | date | first words", "skip SOURCE: REASON" or "warn …".
// Paths are shown relative to dir.
func run(t *testing.T, dir string, opt Options, inputs ...string) (lines []string, arts []*Article) {
	t.Helper()
	show := func(s string) string {
		if dir == "" {
			return s
		}
		return strings.ReplaceAll(s, dir+string(filepath.Separator), "")
	}
	for it := range Read(context.Background(), inputs, opt) {
		switch {
		case it.Article != nil:
			a := it.Article
			date := "-"
			if !a.Published.IsZero() {
				date = a.Published.Format(time.RFC3339)
			}
			lines = append(lines, fmt.Sprintf("%s | %s | %s | %s", a.ID, a.Title, date, show(a.Source)))
			arts = append(arts, a)
		case it.Skipped != nil:
			lines = append(lines, show(fmt.Sprintf("skip %s: %s", it.Skipped.Source, it.Skipped.Reason)))
		default:
			lines = append(lines, show(fmt.Sprintf("warn %s: %s", it.Warning.Place, it.Warning.Message)))
		}
	}
	return lines, arts
}

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func tarOf(files ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg})
		io.WriteString(w, files[i+1])
	}
	w.Close()
	return b.String()
}

func zipOf(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, _ := w.Create(files[i])
		io.WriteString(f, files[i+1])
	}
	w.Close()
	return b.String()
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "news/b.txt", "Talks in capital\n\n"+English+" B.")
	write(t, dir, "news/a.md", "# Border opens\n\n"+English)
	write(t, dir, "news/2017/c.txt", English+" C.")
	write(t, dir, "news/2017/page.html.gz", gz("<html><head><title>Bridge built</title><meta property='og:site_name' content='Daily Example'><meta property='article:published_time' content='2017-07-04T10:00:00Z'></head><body><nav>Home</nav><article><h1>Bridge built</h1><p>"+English+"</p><p>"+English+" D.</p></article></body></html>"))
	write(t, dir, "news/french.txt", french)
	write(t, dir, "news/copy.txt", English+" C.")
	write(t, dir, "news/empty.txt", "")
	write(t, dir, "news/blank.txt", " \n\t\n")
	write(t, dir, "news/.hidden.txt", English)
	write(t, dir, "news/LICENSE", English)
	write(t, dir, "news/data.csv", "a,b\n")
	write(t, dir, "news/image.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF")
	write(t, dir, "news/fake.gz", "no gzip")
	write(t, dir, "news/paper.pdf", "%PDF-1.4 ...")
	got, arts := run(t, dir, Options{Language: "en"}, filepath.Join(dir, "news"))
	expect(t, got,
		"skip news/.hidden.txt: hidden file",
		"2017/c |  | - | news/2017/c.txt",
		"2017/page | Bridge built | 2017-07-04T00:00:00Z | news/2017/page.html.gz",
		"skip news/LICENSE: not an article by its name; name it as an argument to read it",
		"news/a | Border opens | - | news/a.md",
		"news/b | Talks in capital | - | news/b.txt",
		"skip news/blank.txt: empty text",
		"skip news/copy.txt: same text as news/2017/c.txt",
		"skip news/data.csv: unsupported format .csv",
		"skip news/empty.txt: empty file",
		"skip news/fake.gz: binary data, not text",
		"skip news/french.txt: language: French, not English",
		"skip news/image.jpg: unsupported format .jpg",
		"skip news/paper.pdf: unsupported format PDF",
	)
	if arts[1].Outlet != "Daily Example" || !strings.Contains(arts[1].Text, "agreed to open the border") || strings.Contains(arts[1].Text, "Home") {
		t.Errorf("page: %+v", arts[1])
	}
	if blocks := strings.Split(arts[1].Text, "\n\n"); len(blocks) < 2 || blocks[0] != "Bridge built" && blocks[0] != English {
		t.Errorf("blocks of the page: %q", blocks)
	}
}

// One file has one ID however it is named.
func TestIDOfPath(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "seed/000_0df3.txt", English)
	var ids []string
	note := func(inputs ...string) {
		_, arts := run(t, dir, Options{}, inputs...)
		for _, a := range arts {
			ids = append(ids, a.ID)
		}
	}
	note(filepath.Join(dir, "seed"))
	note(dir)
	note(filepath.Join(dir, "seed", "000_0df3.txt"))
	t.Chdir(filepath.Join(dir, "seed"))
	note("000_0df3.txt")
	note(".")
	note("../seed/")
	expect(t, ids, "seed/000_0df3", "seed/000_0df3", "seed/000_0df3", "seed/000_0df3", "seed/000_0df3", "seed/000_0df3")
}

func TestSameID(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x/news/a.txt", English)
	write(t, dir, "y/news/a.txt", English+" Two.")
	write(t, dir, "y/news/a.md", English+" Three.")
	got, _ := run(t, dir, Options{}, filepath.Join(dir, "x"), filepath.Join(dir, "y"))
	three := "news/a-" + shortHash("news/a.md", 3)
	two := "news/a-" + shortHash("news/a.txt", 3)
	expect(t, got,
		"news/a |  | - | x/news/a.txt",
		"warn y/news/a.md: another article of this run is called news/a; this one is called "+three,
		three+" |  | - | y/news/a.md",
		"warn y/news/a.txt: another article of this run is called news/a; this one is called "+two,
		two+" |  | - | y/news/a.txt",
	)
}

func TestJSON(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "feed.jsonl", `{"id": 1, "title": "One", "text": "`+English+`", "published": "2017-07-04", "publisher": {"name": "Example"}, "url": "https://example.org/one", "lang": "en-GB"}
{"uuid": "b/ü", "headline": "Two", "body": ["`+English+`", "Second paragraph."], "date": "21-APR-1987 11:35:01.50"}

{"title": "Three", "content": "<p>`+English+`</p><p>A &amp; B.</p>", "published": "soon", "link": "not a link"}
{"title": "broken", "text": "no end
{"title": "Only a title"}
[1, 2]
{"articleBody": "`+English+` Six.", "datePublished": 1499155200000, "url": "https://example.org/a/six.html?x=1"}
`)
	write(t, dir, "array.json", "[\n {\"title\": \"A\", \"text\": \""+English+" A.\", \"id\": \"7\"},\n {\"title\": \"B\" \"text\"},\n {\"title\": \"C\", \"text\": \""+English+" C.\", \"id\": \"7\"}\n]")
	write(t, dir, "one.json", `{"title": "Alone", "text": "`+English+` Alone."}`)
	write(t, dir, "search.json", `{"status": "ok", "articles": [{"title": "Hit", "content": "`+English+` Hit.", "source": {"id": null, "name": "Outlet"}, "publishedAt": "2020-01-02T03:04:05Z"}]}`)
	base := filepath.Base(dir)
	got, arts := run(t, dir, Options{}, dir)
	again := shortHash(base+"/array.json:4", 3)
	six := idSlug("https://example.org/a/six.html?x=1")
	expect(t, got,
		"array/7 | A | - | array.json:2",
		`skip array.json:3: not valid JSON: invalid character '"' after object key:value pair: "{\"title\": \"B\" \"text\"}"`,
		"warn array.json:4: another article of this run is called array/7; this one is called array/7-"+again,
		"array/7-"+again+" | C | - | array.json:4",
		"feed/1 | One | 2017-07-04T00:00:00Z | feed.jsonl:1",
		"feed/b-u | Two | 1987-04-21T11:35:01Z | feed.jsonl:2",
		`warn feed.jsonl:4: published: not a date: "soon"`,
		`warn feed.jsonl:4: url: not a web address: "not a link"`,
		"feed/"+shortHash("Three\x00"+English+"\n\nA & B.", 6)+" | Three | - | feed.jsonl:4",
		`skip feed.jsonl:5: not valid JSON: unexpected end of JSON input: "{\"title\": \"broken\", \"text\": \"no end"`,
		"skip feed.jsonl:6: no text, only a title or a link",
		`skip feed.jsonl:7: not valid JSON: not an object: "[1, 2]"`,
		"feed/"+six+" |  | 2017-07-04T08:00:00Z | feed.jsonl:8",
		base+"/one | Alone | - | one.json",
		"search/"+shortHash("Hit\x00"+English+" Hit.", 6)+" | Hit | 2020-01-02T03:04:05Z | search.json:articles[0]",
	)
	byTitle := map[string]*Article{}
	for _, a := range arts {
		byTitle[a.Title] = a
	}
	if a := byTitle["One"]; a.Outlet != "Example" || a.URL != "https://example.org/one" || a.Language != "en" {
		t.Errorf("%+v", a)
	}
	if a := byTitle["Two"]; a.Text != English+"\n\nSecond paragraph." {
		t.Errorf("%+v", a)
	}
	if a := byTitle["Hit"]; a.Outlet != "Outlet" {
		t.Errorf("%+v", a)
	}
}

func TestArchives(t *testing.T) {
	dir := t.TempDir()
	inner := `[{"id": "17001", "title": "COFFEE", "body": "` + English + `\n Reuter\n\u0003", "date": "21-APR-1987 11:35:01.50"}, {"id": "2", "title": "NO BODY"}]`
	write(t, dir, "wire.tar.gz", gz(tarOf("full/wire-001.json", inner, "full/a.txt", English+" A.", "top.txt", English+" Top.", "full/.DS_Store", "x")))
	write(t, dir, "wire.zip", zipOf("z/a.txt", English+" Z.", "nested.tar", tarOf("n.txt", English+" N.")))
	write(t, dir, "lines.jsonl.gz", gz(`{"id": 5, "text": "`+English+` Five."}`+"\n"))
	write(t, dir, "torn.tar.gz", gz(tarOf("t.txt", English+" T.", "u.txt", English+" U."))[:150])
	got, _ := run(t, dir, Options{}, dir)
	expect(t, got,
		"lines/5 |  | - | lines.jsonl.gz:1",
		"skip torn.tar.gz:t.txt: damaged: unexpected EOF",
		"skip torn.tar.gz: damaged archive, what follows is not read: unexpected EOF",
		"wire-001/17001 | COFFEE | 1987-04-21T11:35:01Z | wire.tar.gz:full/wire-001.json:1",
		"skip wire.tar.gz:full/wire-001.json:1: no text, only a title or a link",
		"full/a |  | - | wire.tar.gz:full/a.txt",
		"wire/top |  | - | wire.tar.gz:top.txt",
		"skip wire.tar.gz:full/.DS_Store: hidden file",
		"z/a |  | - | wire.zip:z/a.txt",
		"nested/n |  | - | wire.zip:nested.tar:n.txt",
	)
}

func TestLimits(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat(English+"\n", 100)
	write(t, dir, "big.txt", long)
	write(t, dir, "big.txt.gz", gz(long))
	write(t, dir, "big.jsonl", `{"text": "`+strings.Repeat("word ", 40000)+`"}`+"\n"+`{"id": 2, "text": "`+English+`"}`+"\n")
	write(t, dir, "big.json", `[{"text": "`+strings.Repeat("word ", 40000)+`"}, {"id": 3, "text": "`+English+` 3"}]`)
	got, _ := run(t, dir, Options{MaxBytes: 2000}, dir)
	expect(t, got,
		"skip big.json:1: too big: a JSON value of more than 67 kB",
		"big/3 |  | - | big.json:1",
		"skip big.jsonl:1: too big: a JSON value of more than 67 kB",
		"big/2 |  | - | big.jsonl:2",
		"skip big.txt: too big: 22 kB, the limit is 2000 bytes",
		"skip big.txt.gz: too big: more than 2000 bytes",
	)
	// A bomb: 200 MB of zeros in 200 kB; it must end at the ratio, not at the end of memory.
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	fmt.Fprintf(w, `{"text": "`)
	zeros := bytes.Repeat([]byte(" "), 1<<20)
	for range 200 {
		w.Write(zeros)
	}
	w.Close()
	got, _ = run(t, dir, Options{MaxBytes: 2000}, write(t, t.TempDir(), "bomb.jsonl.gz", bomb.String()))
	if len(got) != 2 || !strings.Contains(got[1], "grows by more than 200 times") {
		t.Errorf("bomb: %q", got)
	}
}

func TestStdin(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"text", English, "stdin/" + shortHash(English, 6)},
		{"json", `{"id": "x1", "text": "` + English + `"}` + "\n" + `{"id": "x2", "text": "` + English + ` 2"}`, "stdin/x1"},
		{"gzip", gz(English), "stdin/" + shortHash(English, 6)},
		{"zip", zipOf("d/a.txt", English), "d/a"},
	} {
		_, arts := run(t, "", Options{Stdin: strings.NewReader(c.in)}, "-")
		if len(arts) == 0 || arts[0].ID != c.want {
			t.Errorf("%s: %+v, want %s", c.name, arts, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Müller – “yes”")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, want string }{
		{"utf-8", "Müller – “yes”", "Müller – “yes”"},
		{"utf-8 with mark", "\ufeffMüller", "Müller"},
		{"utf-16", utf16, "Müller – “yes”"},
		{"windows-1252", "The minister M\xfcller said \x93yes\x94 \x96 it was late", "The minister Müller said “yes” – it was late"},
		{"torn utf-8 is kept", "The minister Müller s\xc3 it was late", "The minister Müller s\xc3 it was late"},
		{"crlf is kept", "one\r\ntwo", "one\r\ntwo"},
	} {
		if got := decodeText([]byte(c.in)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	page := "<html><head><meta charset=\"iso-8859-1\"></head><body><p>M\xfcller</p></body></html>"
	if got := string(decodePage([]byte(page), "")); !strings.Contains(got, "Müller") {
		t.Errorf("Latin-1 page: %q", got)
	}
	if got := string(decodePage([]byte("<p>Müller</p>"), "text/html; charset=iso-8859-1")); !strings.Contains(got, "Müller") {
		t.Errorf("UTF-8 page that says Latin-1: %q", got)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2017-07-04", "2017-07-04T00:00:00Z"},
		{"2017-07-04T10:11:12+02:00", "2017-07-04T10:11:12+02:00"},
		{"2017-07-04 10:11:12", "2017-07-04T10:11:12Z"},
		{"Tue, 04 Jul 2017 10:11:12 GMT", "2017-07-04T10:11:12Z"},
		{"Tue, 04 Jul 2017 10:11:12 EDT", "2017-07-04T10:11:12-04:00"},
		{"21-APR-1987 11:35:01.50", "1987-04-21T11:35:01Z"},
		{" 7-APR-1987 11:06:39.38\x05\x05RM", "1987-04-07T11:06:39Z"},
		{"July 4, 2017", "2017-07-04T00:00:00Z"},
		{"4 July 2017", "2017-07-04T00:00:00Z"},
		{"20170704T101112Z", "2017-07-04T10:11:12Z"},
		{"1499155200", "2017-07-04T08:00:00Z"},
		{"04/07/2017", ""},
		{"2017", ""},
		{"soon", ""},
	} {
		got, ok := parseDate(c.in)
		if shown := got.Format(time.RFC3339); ok != (c.want != "") || ok && shown != c.want {
			t.Errorf("parseDate(%q) = %s, %t; want %q", c.in, shown, ok, c.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	table := "Shr 51 cts vs 42 cts\n Net 1,205,000 vs 981,000\n Revs 20.1 mln vs 18.9 mln\n Avg shrs 2,362,000 vs 2,335,000\n Nine mths\n Shr 1.49 dlrs vs 1.12 dlrs\n Net 3,520,000 vs 2,610,000\n Revs 58.4 mln vs 51.2 mln"
	for _, c := range []struct {
		text, code string
		sure       bool
	}{
		{English, "en", true},
		{strings.ToUpper(English), "en", true},
		{french, "fr", true},
		{"Министры двух стран встретились в понедельник в столице и договорились открыть границу для торговли, сообщил журналистам представитель министерства.", "ru", true},
		{"Paris", "", false},
		{table, "", false},
	} {
		code, sure := language(c.text)
		if sure != c.sure || sure && code != c.code {
			t.Errorf("language(%.30q) = %q, %t; want %q, %t", c.text, code, sure, c.code, c.sure)
		}
	}
}

func TestSlug(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"000_0df30992622a6f22", "000_0df30992622a6f22"},
		{"My article (final)", "My-article-final"},
		{"Müller", "Muller"},
		{"..", ""},
		{"новости", shortHash("новости", 3)},
		{strings.Repeat("a", 200), strings.Repeat("a", maxSlug) + "-" + shortHash(strings.Repeat("a", 200), 3)},
	} {
		if got := slug(c.in); got != c.want {
			t.Errorf("slug(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// The hash covers what reaches the graph and nothing else.
func TestHash(t *testing.T) {
	a := Article{ID: "a", Source: "x", Title: "T", Text: "text", URL: "u", Outlet: "o", Language: "en", Published: time.Unix(0, 0).UTC()}
	h := contentHash(&a)
	same := a
	same.Source = "y"
	if contentHash(&same) != h {
		t.Error("the source changes the hash")
	}
	for _, change := range []func(*Article){
		func(a *Article) { a.Title = "Tt"; a.Text = "ext" },
		func(a *Article) { a.Text = "text " },
		func(a *Article) { a.URL = "v" },
		func(a *Article) { a.Outlet = "" },
		func(a *Article) { a.Published = a.Published.Add(time.Second) },
	} {
		b := a
		change(&b)
		if contentHash(&b) == h {
			t.Errorf("%+v has the hash of %+v", b, a)
		}
	}
}

// The bytes that are told add up to those that were counted, whatever was skipped.
func TestProgress(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", English)
	write(t, dir, "b.csv", strings.Repeat("1,2\n", 100_000))
	write(t, dir, "c.zip", zipOf("a.txt", English+" C."))
	write(t, dir, "d.jsonl.gz", gz(`{"text": "`+English+` D."}`))
	var told int64
	run(t, dir, Options{OnBytes: func(n int64) { told += n }}, dir)
	if total := Size(context.Background(), []string{dir, "-", "https://example.org/"}); told != total || total < 400_000 {
		t.Errorf("told of %d bytes out of %d", told, total)
	}
}

func TestStop(t *testing.T) {
	dir := t.TempDir()
	for i := range 5 {
		write(t, dir, fmt.Sprintf("%d.txt", i), fmt.Sprint(English, i))
	}
	n := 0
	for range Read(context.Background(), []string{dir}, Options{}) {
		if n++; n == 2 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := 0
	for range Read(ctx, []string{dir}, Options{}) {
		if m++; m == 2 {
			cancel()
		}
	}
	if n != 2 || m != 2 {
		t.Errorf("%d items after break, %d after cancel; want 2 and 2", n, m)
	}
	cancel()
}

// TestTextDate: where nothing beside the text says when it was published, its dateline or a line of the page may.
func TestTextDate(t *testing.T) {
	for text, want := range map[string]string{
		"Talks end\n\nASTANA, July 5, 2017 - Two days of talks ended.":    "2017-07-05",
		"Talks end\n\nVIENNA, 9 Sept 2016 (Reuters) — Two days.":          "2016-09-09",
		"VIENNA, 9 September 2016 (Reuters) — “Two days of talks”.":       "2016-09-09",
		"PONCHATOULA, La., Jan. 3, 2011 -- Rain fell.":                    "2011-01-03",
		"A title\nPublished: 5 July 2017, 18:32\nThe text.":               "2017-07-05",
		"A title\nPosted on Monday, March 2, 2015\nThe text.":             "2015-03-02",
		"MOSCOW, July 16 (Reuters) - No year.":                            "",
		"On July 5, 2017 - a Wednesday - the talks ended.":                "",
		"He was born in Moscow, July 16, 1950 - So he said.":              "",
		"Moscow, July 45, 2017 - There is no such day.":                   "",
		strings.Repeat("A line.\n", 12) + "OSLO, May 4, 2011 - Too late.": "",
	} {
		got := ""
		if day, ok := textDate(text); ok {
			got = day.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
