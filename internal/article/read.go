package article

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/encoding"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// DefaultMaxBytes is the size of the largest article that is read where Options.MaxBytes is 0.
const DefaultMaxBytes = 10 << 20

// Options of Read. The zero value reads everything with the usual limits.
type Options struct {
	// MaxBytes is the size of the largest text, page or feed; a larger one is skipped. 0 means DefaultMaxBytes.
	MaxBytes int64
	// Language is the ISO 639-1 code of the articles wanted ("en"); an article that is plainly in another language is
	// skipped. Empty keeps all.
	Language string
	// Stdin is read for the input "-". Nil means os.Stdin.
	Stdin io.Reader
	// UserAgent is sent with web requests and looked up in robots.txt. Empty means "kg".
	UserAgent string
	// Timeout of one web request. 0 means 30 seconds.
	Timeout time.Duration
	// Transport carries web requests. Nil means http.DefaultTransport.
	Transport http.RoundTripper
	// OnBytes is told how many more bytes of files on disk are done with, out of those that Size counts. Nil: nobody.
	OnBytes func(n int64)
}

// Size is how many bytes the files among inputs and in folders among them have; what cannot be read counts 0. It is the
// whole of which Options.OnBytes tells the parts.
func Size(ctx context.Context, inputs []string) (total int64) {
	for _, in := range inputs {
		if in == "-" || strings.Contains(in, "://") {
			continue
		}
		// Errors are met again, and told, when the file is read.
		_ = filepath.WalkDir(in, func(p string, d fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return fs.SkipAll
			}
			if err != nil {
				return nil
			}
			if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
				total += info.Size()
			}
			return nil
		})
	}
	return total
}

// Read yields the articles of inputs in order: files, folders (all files below, sorted by name), archives (tar, zip, gzip),
// "-" for standard input, http and https URLs of pages and feeds. An archive is read as a stream. An input that gives no
// article yields why; an article with the text of an earlier one is skipped. When ctx ends, so does the sequence.
//
// Nothing is read before the sequence is run; it can be run once (standard input) and starts no goroutine.
func Read(ctx context.Context, inputs []string, opt Options) iter.Seq[Item] {
	if opt.MaxBytes <= 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	if opt.Stdin == nil {
		opt.Stdin = os.Stdin
	}
	if opt.UserAgent == "" {
		opt.UserAgent = "kg"
	}
	if opt.Timeout <= 0 {
		opt.Timeout = 30 * time.Second
	}
	return func(yield func(Item) bool) {
		r := &reader{ctx: ctx, opt: opt, yield: yield, ids: map[string]bool{}, texts: map[[16]byte]string{}, hosts: map[string]*host{}}
		for _, in := range inputs {
			if r.done() {
				return
			}
			r.readInput(in)
		}
	}
}

// reader is the state of one run of Read.
type reader struct {
	ctx     context.Context
	opt     Options
	yield   func(Item) bool
	stopped bool // the consumer wants no more
	ids     map[string]bool
	texts   map[[16]byte]string // hash of a text → source of the first article with it
	hosts   map[string]*host    // web servers asked so far
}

func (r *reader) done() bool { return r.stopped || r.ctx.Err() != nil }

func (r *reader) put(it Item) {
	if !r.done() && !r.yield(it) {
		r.stopped = true
	}
}

func (r *reader) skip(source, kind, format string, args ...any) {
	r.put(Item{Skipped: &Skipped{Source: source, Kind: kind, Reason: fmt.Sprintf(format, args...)}})
}

func (r *reader) warn(place, format string, args ...any) {
	r.put(Item{Warning: &Warning{place, fmt.Sprintf(format, args...)}})
}

// emit completes a, whose ID, Source, Text and what else is known stand, and yields it unless it is to be skipped.
func (r *reader) emit(a *Article) {
	if strings.TrimFunc(a.Text, func(c rune) bool { return blank(c) || unicode.IsControl(c) }) == "" {
		r.skip(a.Source, "empty text", "empty text")
		return
	}
	if int64(len(a.Text)) > r.opt.MaxBytes {
		r.skip(a.Source, "too big", "too big: a text of %s, the limit is %s", size(int64(len(a.Text))), size(r.opt.MaxBytes))
		return
	}
	code, sure := language(a.Text)
	switch want := r.opt.Language; {
	case want == "":
	case sure && code != want:
		r.skip(a.Source, "language "+languageName(code), "language: %s, not %s", languageName(code), languageName(want))
		return
	// Too short to tell: what the source says counts.
	case !sure && a.Language != "" && a.Language != want:
		r.skip(a.Source, "language "+languageName(a.Language), "language: %s by its own account, not %s", languageName(a.Language), languageName(want))
		return
	}
	if sure {
		a.Language = code
	}
	sum := sha256.Sum256([]byte(a.Text))
	key := [16]byte(sum[:16])
	if first, ok := r.texts[key]; ok {
		r.skip(a.Source, "same text", "same text as %s", first)
		return
	}
	r.texts[key] = a.Source
	id := distinct(a.ID, absolute(a.Source), func(id string) bool { return r.ids[id] })
	if id != a.ID {
		r.warn(a.Source, "another article of this run is called %s; this one is called %s", a.ID, id)
		a.ID = id
	}
	r.ids[a.ID] = true
	if a.Published.IsZero() {
		a.Published, _ = textDate(a.Text)
	}
	a.Skip = skips(a.Text)
	a.Hash = contentHash(a)
	r.put(Item{Article: a})
}

// absolute is source with the absolute path where it is a file, so that the way it was named on the command line does not
// count.
func absolute(source string) string {
	if strings.Contains(source, "://") {
		return source
	}
	if abs, err := filepath.Abs(source); err == nil {
		return abs
	}
	return source
}

// input is an opened source.
type input struct {
	source string // for messages
	name   string // file name, whose extension tells the format
	id     string // of the article that it is, where it is one
	// container is the first part of the IDs of the articles that it holds, where it holds several.
	container string
	r         *bufio.Reader
	mime      string // content type, where a server told one
	url       *url.URL
	// given says that the user named it, rather than finding it in a folder.
	given bool
	// depth is the number of archives that it lies in.
	depth int
	// size in bytes where known, else 0; file is set for files on disk.
	size int64
	file io.ReaderAt
}

func (r *reader) readInput(arg string) {
	switch {
	case arg == "-":
		r.read(&input{source: "standard input", name: "", id: "stdin", container: "stdin", r: newBuffer(r.opt.Stdin), given: true})
		return
	case strings.HasPrefix(arg, "http://"), strings.HasPrefix(arg, "https://"):
		r.readURL(arg)
		return
	}
	info, err := os.Stat(arg)
	if err != nil {
		r.skip(arg, "cannot be read", "%s", plainError(err))
		return
	}
	if !info.IsDir() {
		r.readFile(arg, true)
		return
	}
	// WalkDir visits names in lexical order, which makes the run the same on every machine.
	err = filepath.WalkDir(arg, func(p string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case r.done():
			return fs.SkipAll
		case err != nil:
			r.skip(p, "cannot be read", "%s", plainError(err))
			if d.IsDir() {
				return fs.SkipDir
			}
		case p != arg && (strings.HasPrefix(name, ".") || name == "__MACOSX"):
			if d.IsDir() {
				r.skip(p, "hidden", "hidden folder")
				return fs.SkipDir
			}
			r.skip(p, "hidden", "hidden file")
		case d.IsDir():
		case d.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(p); err != nil {
				r.skip(p, "cannot be read", "%s", plainError(err))
			} else if info.IsDir() {
				r.skip(p, "link", "symbolic link to a folder; name it as an argument to read it")
			} else {
				r.readFile(p, false)
			}
		case !d.Type().IsRegular():
			r.skip(p, "no file", "not a regular file")
		default:
			r.readFile(p, false)
		}
		return nil
	})
	if err != nil {
		r.skip(arg, "cannot be read", "%s", plainError(err))
	}
}

// readFile reads a file on disk.
func (r *reader) readFile(name string, given bool) {
	f, err := os.Open(name)
	if err != nil {
		r.skip(name, "cannot be read", "%s", plainError(err))
		return
	}
	defer f.Close()
	abs, err := filepath.Abs(name)
	if err != nil {
		r.skip(name, "cannot be read", "%s", plainError(err))
		return
	}
	progress := &teller{r: f, tell: r.opt.OnBytes}
	in := &input{source: name, name: filepath.Base(abs), id: fileID(abs), container: orHash(slug(stem(abs)), abs), r: newBuffer(progress), given: given}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		in.size, in.file = info.Size(), f
		defer func() { progress.say(info.Size() - progress.told) }() // what was skipped is done with too
	} else {
		in.id, in.container = "stdin", "stdin" // a pipe: its name says nothing
	}
	r.read(in)
}

// teller passes on a file's bytes and tells how many.
type teller struct {
	r    io.Reader
	tell func(int64)
	told int64
}

func (t *teller) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.say(int64(n))
	return n, err
}

func (t *teller) say(n int64) {
	t.told += n
	if t.tell != nil && n != 0 {
		t.tell(n)
	}
}

func newBuffer(src io.Reader) *bufio.Reader { return bufio.NewReaderSize(src, 64<<10) }

// format is what an input is.
type format string

const (
	fText        format = "text"
	fHTML        format = "html"
	fJSON        format = "json"
	fJSONLines   format = "jsonl"
	fFeed        format = "feed"
	fGzip        format = "gzip"
	fTar         format = "tar"
	fZip         format = "zip"
	fBinary      format = "binary"
	fUnsupported format = "unsupported"
)

var extFormats = map[string]format{
	".txt": fText, ".text": fText, ".md": fText, ".markdown": fText, ".asc": fText,
	".html": fHTML, ".htm": fHTML, ".xhtml": fHTML, ".shtml": fHTML, ".php": fHTML, ".asp": fHTML, ".aspx": fHTML,
	".json": fJSON, ".jsonl": fJSONLines, ".ndjson": fJSONLines, ".jl": fJSONLines,
	".xml": fFeed, ".rss": fFeed, ".atom": fFeed, ".rdf": fFeed,
	".gz": fGzip, ".tgz": fGzip, ".tar": fTar, ".zip": fZip,
}

// noText are extensions of files that are text to a computer but no articles; those of binary formats are told by their
// bytes.
var noText = map[string]bool{
	".csv": true, ".tsv": true, ".yaml": true, ".yml": true, ".toml": true, ".ini": true, ".css": true, ".js": true, ".ts": true,
	".py": true, ".go": true, ".sh": true, ".c": true, ".h": true, ".java": true, ".rs": true, ".sql": true, ".log": true,
	".svg": true, ".ps": true, ".rtf": true, ".tex": true, ".bib": true, ".conllu": true, ".conll": true, ".nt": true, ".nq": true, ".ttl": true,
	".lock": true, ".mod": true, ".sum": true, ".map": true, ".eml": true, ".mbox": true, ".warc": true,
}

// officeZip are formats that are zip archives inside but no archives of articles.
var officeZip = map[string]bool{".docx": true, ".xlsx": true, ".pptx": true, ".odt": true, ".ods": true, ".odp": true, ".epub": true, ".jar": true, ".apk": true}

func knownExt(ext string) bool {
	ext = strings.ToLower(ext)
	_, ok := extFormats[ext]
	return ok || noText[ext] || officeZip[ext] || ext == ".pdf" || ext == ".doc"
}

// noArticle are names of files that stand beside articles; they are read only when named on the command line.
var noArticle = map[string]bool{"license": true, "licence": true, "copying": true, "notice": true, "readme": true, "changelog": true, "authors": true, "contributing": true, "makefile": true, "dockerfile": true, "robots": true}

// detect tells the format by the first bytes and, where those allow several, the content type or the extension.
func detect(in *input, head []byte) format {
	ext := strings.ToLower(path.Ext(in.name))
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return fGzip
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		if officeZip[ext] {
			return fUnsupported
		}
		return fZip
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return fTar
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("{\\rtf")):
		return fUnsupported
	case isBinary(head):
		return fBinary
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := bytes.ToLower(start[:min(len(start), 1024)])
	isFeed := bytes.Contains(lower, []byte("<rss")) || bytes.Contains(lower, []byte("<feed")) || bytes.Contains(lower, []byte("<rdf:rdf"))
	switch mime, _, _ := strings.Cut(in.mime, ";"); {
	case mime == "":
	case strings.Contains(mime, "html"):
		if isFeed && !bytes.Contains(lower, []byte("<html")) {
			return fFeed
		}
		return fHTML
	case strings.Contains(mime, "ndjson"), strings.Contains(mime, "jsonl"), strings.Contains(mime, "json-seq"):
		return fJSONLines
	case strings.Contains(mime, "json"):
		return fJSON
	case strings.Contains(mime, "rss"), strings.Contains(mime, "atom"), strings.Contains(mime, "xml"):
		return fFeed
	case strings.HasPrefix(mime, "text/plain") && ext == "":
		return fText
	case strings.HasPrefix(mime, "image/"), strings.HasPrefix(mime, "audio/"), strings.HasPrefix(mime, "video/"):
		return fUnsupported
	}
	if f, ok := extFormats[ext]; ok {
		switch {
		case f == fGzip || f == fTar || f == fZip: // by its name, but its bytes say no
			return fBinary
		// The name says feed or page, the bytes say the other.
		case f == fFeed && (bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html"))):
			return fHTML
		case f == fHTML && isFeed && !bytes.Contains(lower, []byte("<html")):
			return fFeed
		// Some archives keep several objects, a line each, under .json.
		case f == fJSON && manyLines(start):
			return fJSONLines
		}
		return f
	}
	if noText[ext] || !in.given && ext != "" && len(ext) <= 5 && in.depth == 0 && in.mime == "" {
		return fUnsupported
	}
	switch {
	case bytes.HasPrefix(lower, []byte("<?xml")), bytes.HasPrefix(lower, []byte("<rss")), bytes.HasPrefix(lower, []byte("<feed")):
		if bytes.Contains(lower, []byte("<html")) {
			return fHTML
		}
		return fFeed
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")), bytes.HasPrefix(lower, []byte("<head")), bytes.HasPrefix(lower, []byte("<body")):
		return fHTML
	case manyLines(start):
		return fJSONLines
	case jsonStart(start):
		return fJSON
	}
	return fText
}

// jsonStart says whether b begins as an object or as an array of objects.
func jsonStart(b []byte) bool {
	if b = bytes.TrimLeft(b, " \t\r\n"); bytes.HasPrefix(b, []byte("[")) {
		b = bytes.TrimLeft(b[1:], " \t\r\n")
	}
	if !bytes.HasPrefix(b, []byte("{")) {
		return false
	}
	b = bytes.TrimLeft(b[1:], " \t\r\n")
	return bytes.HasPrefix(b, []byte(`"`)) || bytes.HasPrefix(b, []byte(`}`))
}

// manyLines says whether b begins with an object that takes one line and is followed by another.
func manyLines(b []byte) bool {
	line, rest, ok := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimSpace(line)
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return ok && bytes.HasPrefix(line, []byte("{")) && bytes.HasSuffix(line, []byte("}")) && bytes.HasPrefix(rest, []byte("{"))
}

// maxDepth is how deep archives may lie in archives.
const maxDepth = 3

// read reads an opened input of any format.
func (r *reader) read(in *input) {
	if r.done() {
		return
	}
	if !in.given && noArticle[strings.ToLower(strings.TrimSuffix(in.name, path.Ext(in.name)))] {
		r.skip(in.source, "not an article by its name", "not an article by its name; name it as an argument to read it")
		return
	}
	head, err := in.r.Peek(4096)
	// A fault after some bytes is met again by the reader of the format, which can say where.
	if err != nil && err != io.EOF && len(head) == 0 {
		r.skip(in.source, "damaged", "damaged: %s", plainError(err))
		return
	}
	if len(head) == 0 {
		r.skip(in.source, "empty text", "empty file")
		return
	}
	f := detect(in, head)
	if (f == fGzip || f == fTar || f == fZip) && in.depth >= maxDepth {
		r.skip(in.source, "archives too deep", "an archive within %d archives is not read", maxDepth)
		return
	}
	switch f {
	case fGzip:
		r.readGzip(in)
	case fTar:
		r.readTar(in)
	case fZip:
		r.readZip(in)
	case fJSON, fJSONLines:
		// Drop a byte-order mark, decode UTF-16.
		in.r = newBuffer(transform.NewReader(in.r, xunicode.BOMOverride(encoding.Nop.NewDecoder())))
		r.readJSON(in, f == fJSONLines)
	case fFeed:
		if b, ok := r.all(in); ok {
			r.readFeedBytes(in, b)
		}
	case fHTML:
		if b, ok := r.all(in); ok {
			a := r.article(in)
			if r.fromPage(a, b, in.mime) {
				r.named(in, a)
			}
		}
	case fText:
		if b, ok := r.all(in); ok {
			if i := bytes.IndexByte(b, 0); i >= 0 && !bytes.HasPrefix(b, []byte("\xff\xfe")) && !bytes.HasPrefix(b, []byte("\xfe\xff")) {
				r.skip(in.source, "binary", "binary: a zero byte at %d", i)
				return
			}
			a := r.article(in)
			a.Text = decodeText(b)
			a.Title = headline(a.Text)
			r.named(in, a)
		}
	case fBinary:
		if ext := path.Ext(in.name); ext != "" && extFormats[strings.ToLower(ext)] == "" {
			r.skip(in.source, "unsupported format "+strings.ToLower(ext), "unsupported format %s", printable(ext))
			return
		}
		r.skip(in.source, "binary", "binary data, not text")
	default:
		what := strings.ToLower(path.Ext(in.name))
		switch {
		case bytes.HasPrefix(head, []byte("%PDF")):
			what = "PDF"
		case what == "":
			what = in.mime
		}
		r.skip(in.source, "unsupported format "+what, "unsupported format %s", printable(what))
	}
}

// article begins the article that in is.
func (r *reader) article(in *input) *Article {
	a := &Article{ID: in.id, Source: in.source}
	if in.url != nil {
		u := *in.url
		u.User, u.Fragment = nil, "" // a password is for the server, not for the graph
		a.URL = u.String()
	}
	return a
}

// named emits a; what comes from standard input or a pipe has no name of its own and is named by its text.
func (r *reader) named(in *input, a *Article) {
	if in.id == "stdin" {
		a.ID = "stdin/" + shortHash(a.Text, 6)
	}
	r.emit(a)
}

// all reads an input whole; false, and the skip yielded, where it is too big or damaged.
func (r *reader) all(in *input) ([]byte, bool) {
	max := r.opt.MaxBytes
	if in.size > max {
		r.skip(in.source, "too big", "too big: %s, the limit is %s", size(in.size), size(max))
		return nil, false
	}
	b, err := io.ReadAll(io.LimitReader(in.r, max+1))
	switch {
	case err != nil:
		r.skip(in.source, "damaged", "damaged: %s", plainError(err))
		return nil, false
	case int64(len(b)) > max:
		r.skip(in.source, "too big", "too big: more than %s", size(max))
		return nil, false
	}
	return b, true
}

// checkURL drops a URL that is none or could not stand in a graph.
func (r *reader) checkURL(a *Article) {
	if a.URL == "" {
		return
	}
	u, err := url.Parse(a.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.warn(a.Source, "url: not a web address: %s", strconv.Quote(clip(a.URL, 60)))
		a.URL = ""
		return
	}
	a.URL = u.String()
}

// plainError is the message of an error without operation and path, which the place already says.
func plainError(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// size prints a number of bytes as people do.
func size(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d kB", n>>10)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// printable makes a name from an archive or a server fit for a terminal.
func printable(s string) string {
	if strings.ContainsFunc(s, unicode.IsControl) {
		s = strconv.Quote(s)
	}
	return s
}
