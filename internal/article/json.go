package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

// value is one JSON value of a stream and where it begins.
type value struct {
	raw  []byte // valid until the next one is asked for
	line int    // counted from 1
	big  bool   // longer than the limit; raw is its beginning
	// inArray says that the value is a member of an array, which the stream as a whole is.
	inArray bool
}

// values splits a stream into JSON values: the members of one array, or values that follow one another. It only
// balances brackets and strings, so that a faulty or an overlong member does not hide those after it, and so that an
// archive of any size is read in the memory of its largest member. The error is the reader's own.
func values(r *bufio.Reader, limit int) iter.Seq2[value, error] {
	return func(yield func(value, error) bool) {
		var (
			buf      []byte
			line     = 1
			start    = 1
			depth    = 0
			array    = false // within the outermost array
			began    = false // past the first value or bracket
			inString = false
			escaped  = false
			big      = false
		)
		flush := func() bool {
			raw := bytes.TrimSpace(buf)
			v := value{raw: raw, line: start, big: big, inArray: array}
			buf, big = buf[:0], false
			return len(raw) == 0 || yield(v, nil)
		}
		for {
			c, err := r.ReadByte()
			if err != nil {
				if err != io.EOF {
					yield(value{line: line}, err)
					return
				}
				flush()
				return
			}
			if c == '\n' {
				line++
			}
			if len(buf) == 0 {
				if c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' && depth == 0 {
					continue
				}
				if depth == 0 && c == '[' && !began {
					array, began = true, true
					continue
				}
				if depth == 0 && c == ']' && array {
					array = false
					continue
				}
				began = true
				start = line
			}
			// The closing bracket of the outermost array, or a comma in it, ends a scalar.
			if depth == 0 && !inString && (c == ',' || c == ']' && array || c == '\n' && !array) {
				if !flush() {
					return
				}
				if c == ']' {
					array = false
				}
				continue
			}
			if len(buf) < limit {
				buf = append(buf, c)
			} else {
				big = true
			}
			if inString {
				switch {
				case escaped:
					escaped = false
				case c == '\\':
					escaped = true
				case c == '"':
					inString = false
				}
				continue
			}
			switch c {
			case '"':
				inString = true
			case '{', '[':
				depth++
			case '}', ']':
				depth--
				if depth <= 0 {
					depth = 0
					if !flush() {
						return
					}
				}
			}
		}
	}
}

// jsonLines splits a stream into lines; one that is no JSON hides no other.
func jsonLines(r *bufio.Reader, limit int) iter.Seq2[value, error] {
	return func(yield func(value, error) bool) {
		var buf []byte
		for line := 1; ; line++ {
			buf = buf[:0]
			big := false
			var err error
			for {
				var part []byte
				part, err = r.ReadSlice('\n')
				if len(buf)+len(part) <= limit+1 {
					buf = append(buf, part...)
				} else {
					big = true
				}
				if err != bufio.ErrBufferFull {
					break
				}
			}
			if raw := bytes.TrimSpace(buf); len(raw) > 0 || big {
				if !yield(value{raw: raw, line: line, big: big, inArray: true}, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(value{line: line}, err)
				return
			}
		}
	}
}

// readJSON reads the articles of a JSON stream.
func (r *reader) readJSON(in *input, lines bool) {
	limit := int(2*r.opt.MaxBytes) + 1<<16 // escapes lengthen a text
	seq := values(in.r, limit)
	if lines {
		seq = jsonLines(in.r, limit)
	}
	// A file that holds one object is one article and is named as a file; so the first object waits for the second.
	var (
		first     object
		firstLine int
		n         int
	)
	each := func(o object, line int) { r.jsonMember(in, o, fmt.Sprintf("%s:%d", in.source, line), true) }
	for v, err := range seq {
		if err != nil {
			r.skip(in.source, "damaged", "damaged after line %d: %v", v.line, err)
			break
		}
		place := fmt.Sprintf("%s:%d", in.source, v.line)
		if v.big {
			r.skip(place, "too big", "too big: a JSON value of more than %s", size(int64(limit)))
			continue
		}
		o, err := parseObject(v.raw)
		if err != nil {
			r.skip(place, "not valid JSON", "not valid JSON: %v: %s", err, strconv.Quote(clip(string(v.raw), 40)))
			continue
		}
		n++
		if n == 1 && !v.inArray {
			first, firstLine = o, v.line
			continue
		}
		if first != nil {
			each(first, firstLine)
			first = nil
		}
		each(o, v.line)
		if r.stopped {
			return
		}
	}
	switch {
	case first == nil:
	case r.jsonContainer(in, first):
	default:
		r.jsonMember(in, first, in.source, false)
	}
}

// object is a JSON object with its keys in normal form (lower case, without "_", "-", ":" and blanks).
type object map[string]field

type field struct {
	key string // as written
	raw json.RawMessage
}

func parseObject(raw []byte) (object, error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		if _, ok := err.(*json.UnmarshalTypeError); ok {
			return nil, fmt.Errorf("not an object")
		}
		return nil, err
	}
	o := make(object, len(m))
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys) // "Title" and "title" in one object: the same one wins every time
	for _, k := range keys {
		o[normalKey(k)] = field{k, append(json.RawMessage(nil), m[k]...)}
	}
	return o, nil
}

func normalKey(k string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-: .@", r) {
			return -1
		}
		return r
	}, strings.ToLower(k))
}

// Names of the fields that are read, in normal form, the first that has a value wins.
var (
	titleKeys     = []string{"title", "headline", "heading", "articletitle", "name"}
	textKeys      = []string{"text", "body", "articlebody", "content", "fulltext", "maintext", "articletext", "articlecontent", "contenttext", "contenthtml", "bodytext", "story", "description", "summary", "abstract", "lead", "snippet"}
	pageKeys      = []string{"html", "rawhtml", "page"}
	urlKeys       = []string{"url", "link", "canonicalurl", "weburl", "articleurl", "sourceurl", "permalink", "href", "externalurl", "uri"}
	publishedKeys = []string{"published", "datepublished", "publisheddate", "publishedat", "publishdate", "publishedtime", "pubdate", "publicationdate", "firstpublicationdate", "webpublicationdate", "date", "datetime", "time", "timestamp", "created", "createdat", "datecreated", "updated", "datemodified"}
	outletKeys    = []string{"publisher", "outlet", "sitename", "publication", "newspaper", "sourcename", "source", "site", "provider", "domain", "author", "authors", "byline"}
	idKeys        = []string{"id", "$oid", "uuid", "guid", "docid", "articleid", "identifier"}
	languageKeys  = []string{"language", "lang", "inlanguage", "languagecode"}
	nestedKeys    = []string{"source", "article", "fields", "document", "doc"}
	listKeys      = []string{"articles", "items", "results", "data", "documents", "docs", "stories", "entries", "hits", "news", "response"}
)

// text returns the value of the first of keys that has one, as a string.
func (o object) text(keys []string) string {
	for _, k := range keys {
		if f, ok := o[k]; ok {
			if s := jsonText(f.raw, 0); strings.TrimFunc(s, blank) != "" {
				return s
			}
		}
	}
	return ""
}

// jsonText reads a string, a number, the parts of an array (as paragraphs), or the name or text of an object.
func jsonText(raw json.RawMessage, depth int) string {
	if depth > 4 {
		return ""
	}
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			var parts []string
			for _, e := range list {
				if s := jsonText(e, depth+1); s != "" {
					parts = append(parts, s)
				}
			}
			return strings.Join(parts, "\n\n")
		}
	case '{':
		if o, err := parseObject(raw); err == nil {
			for _, k := range []string{"name", "title", "text", "content", "value", "rendered", "body"} {
				if f, ok := o[k]; ok {
					if s := jsonText(f.raw, depth+1); s != "" {
						return s
					}
				}
			}
		}
	case 'n', 't', 'f':
	default:
		return string(raw)
	}
	return ""
}

// jsonContainer reads an object that is no article but holds a list of them, such as a JSON feed or an answer of a
// search service; false where it does not.
func (r *reader) jsonContainer(in *input, o object) bool {
	if f, ok := o["version"]; ok && strings.Contains(string(f.raw), "jsonfeed.org") {
		whole := map[string]json.RawMessage{}
		for _, f := range o {
			whole[f.key] = f.raw
		}
		raw, err := json.Marshal(whole)
		if err == nil {
			r.readFeedBytes(in, raw)
			return true
		}
	}
	if o.text(textKeys) != "" || o.text(pageKeys) != "" {
		return false
	}
	for _, k := range listKeys {
		f, ok := o[k]
		if !ok {
			continue
		}
		if inner, err := parseObject(f.raw); err == nil && r.jsonContainer(in, inner) {
			return true
		}
		var list []json.RawMessage
		if json.Unmarshal(f.raw, &list) != nil {
			continue
		}
		for i, raw := range list {
			place := fmt.Sprintf("%s:%s[%d]", in.source, f.key, i)
			member, err := parseObject(raw)
			if err != nil {
				r.skip(place, "not valid JSON", "not an article: %v", err)
				continue
			}
			if r.jsonMember(in, member, place, true); r.stopped {
				break
			}
		}
		return true
	}
	return false
}

// jsonMember makes an article of one object. member says that it is one of several in its file.
func (r *reader) jsonMember(in *input, o object, place string, member bool) {
	text := o.text(textKeys)
	page := o.text(pageKeys)
	if text == "" && page == "" {
		for _, k := range nestedKeys {
			if f, ok := o[k]; ok {
				if inner, err := parseObject(f.raw); err == nil && (inner.text(textKeys) != "" || inner.text(pageKeys) != "") {
					for k, f := range o {
						if _, there := inner[k]; !there {
							inner[k] = f
						}
					}
					r.jsonMember(in, inner, place, member)
					return
				}
			}
		}
	}
	a := &Article{Source: place, Title: cleanTitle(o.text(titleKeys)), URL: strings.TrimSpace(o.text(urlKeys)), Outlet: outletName(o.text(outletKeys)), Language: baseLanguage(o.text(languageKeys))}
	if looksHTML(a.Title) {
		a.Title = cleanTitle(htmlText(a.Title))
	}
	if text == "" && page == "" {
		if a.Title == "" && a.URL == "" {
			r.skip(place, "not an article", "not an article: no title and no text")
		} else {
			r.skip(place, "no text", "no text, only a title or a link")
		}
		return
	}
	a.Published = r.jsonPublished(o, place)
	a.Text = text
	if text == "" {
		if !r.fromPage(a, []byte(page), "text/html; charset=utf-8") {
			return
		}
	} else if looksHTML(text) {
		a.Text = htmlText(text)
	}
	r.checkURL(a)
	switch id := strings.TrimSpace(o.text(idKeys)); {
	case !member:
		a.ID = in.id
	case id != "":
		a.ID = join(in.container, idSlug(id))
	case a.URL != "":
		a.ID = join(in.container, idSlug(a.URL))
	default:
		a.ID = join(in.container, shortHash(a.Title+"\x00"+a.Text, 6))
	}
	r.emit(a)
}

// idSlug makes one part of an ID of an identifier, which may be a URL.
func idSlug(id string) string {
	if u, err := url.Parse(id); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return strings.ReplaceAll(urlID(u), "/", "-")
	}
	return orHash(slug(id), id)
}

// jsonPublished reads the publication date; a value that is none is a warning and the next field is tried.
func (r *reader) jsonPublished(o object, place string) (t time.Time) {
	for _, k := range publishedKeys {
		f, ok := o[k]
		if !ok {
			continue
		}
		t, shown, ok := jsonDate(f.raw)
		if ok {
			return t
		}
		if shown != "" {
			r.warn(place, "%s: not a date: %s", f.key, shown)
		}
	}
	return t
}

// outletName is a publisher's name; of several authors the first.
func outletName(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Host, "www.")
	}
	return cleanTitle(clip(s, 200))
}
