// Package article reads news articles: files, folders, archives, URLs and feeds in, Articles out, each skipped input
// with its reason. It knows file formats and boilerplate; it knows no language and no graph.
package article

import "time"

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
	// Published is the publication time, zero where unknown; its location is UTC where the source gives no zone.
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
