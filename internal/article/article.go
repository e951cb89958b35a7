// Package article reads news articles: files, folders, archives, URLs and feeds in, Articles out, each skipped input
// with its reason. It knows file formats and boilerplate; it knows no grammar and no graph.
package article

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Article is one news article. It is read-only once returned.
type Article struct {
	// ID names the article in the graph (kg:article/ID): letters, digits and "-._/" only, the same for the same source on
	// every machine.
	ID string
	// Source is where it was read, for messages: "articles/a.txt", "news.tar.gz:full/001.json:17".
	Source string
	URL    string // empty where unknown
	Title  string // empty where unknown
	// Text is the untouched text; all offsets count its bytes.
	Text string
	// Skip holds the byte ranges of Text that are no news: repeated headlines, "Latest News", share buttons. Ordered, not
	// overlapping.
	Skip []Skip
	// Published is the publication time, by what comes with the text or else by its dateline; zero where unknown. Its location is UTC
	// where the source gives no zone.
	Published time.Time
	Outlet    string // name of the publisher, empty where unknown
	Language  string // ISO 639-1 ("en"), empty where unknown
	// Hash is the hexadecimal content hash of everything above that reaches the graph (title, text, dates, URL, outlet).
	Hash string
}

// Skip is a byte range of Article.Text that is left out, and why.
type Skip struct {
	Begin, End int
	Reason     string // "repeated line", "boilerplate"
}

// Item is one thing that Read yields: exactly one field is set.
type Item struct {
	Article *Article
	Skipped *Skipped // an input that gave no article
	Warning *Warning // something odd about an input that was read all the same
}

// Skipped is an input that gave no article.
type Skipped struct {
	Source string // "articles/a.pdf", "articles.jsonl:17"
	Reason string // "unsupported format .pdf"
	// Kind is Reason without the values of this one input ("same text" for "same text as a.txt"), to count by.
	Kind string
}

// Warning is a fault of an input that did not keep it from being read.
type Warning struct {
	Place   string // "articles.jsonl:17"
	Message string // `published: not a date: "soon"`
}

// contentHash is 128 bits of SHA-256 over what reaches the graph, each field with its length so that no two splits of
// the same bytes agree.
func contentHash(a *Article) string {
	h := sha256.New()
	field := func(s string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	field(a.Title)
	field(a.Text)
	field(a.URL)
	field(a.Outlet)
	field(a.Language)
	if !a.Published.IsZero() {
		field(a.Published.Format(time.RFC3339Nano))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
