package article

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// fromPage fills a from a web page: text, and what of title, URL, date, outlet and language is not known yet. It yields
// the skip and returns false where the page holds no article.
func (r *reader) fromPage(a *Article, page []byte, mime string) bool {
	doc, err := extractPage(decodePage(page, mime), a.URL)
	if err != nil {
		r.skip(a.Source, "no article text", "no article text found in the page: %v", err)
		return false
	}
	a.Text = contentText(doc)
	if a.Text == "" {
		r.skip(a.Source, "no article text", "no article text found in the page")
		return false
	}
	m := doc.Metadata
	if a.Title == "" {
		a.Title = cleanTitle(m.Title)
	}
	if a.URL == "" {
		if u, err := url.Parse(m.URL); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			a.URL = u.String()
		}
	}
	if a.Published.IsZero() {
		a.Published = m.Date
	}
	if a.Outlet == "" {
		a.Outlet = cleanTitle(m.Sitename)
	}
	if a.Language == "" {
		a.Language = baseLanguage(m.Language)
	}
	return true
}

// decodePage turns a page into UTF-8 by byte-order mark, content type, <meta charset> and content, in this order.
func decodePage(page []byte, mime string) []byte {
	enc, name, certain := charset.DetermineEncoding(page, mime)
	// Only the first kilobyte is looked at; and pages that call themselves Latin-1 are often UTF-8.
	if utf8.Valid(page) && (!certain || name == "windows-1252" || name == "utf-8") {
		return page
	}
	out, err := enc.NewDecoder().Bytes(page)
	if err != nil {
		return page
	}
	return bytes.TrimPrefix(out, []byte("\ufeff"))
}

// extractPage finds the article in a page. The libraries under it were written against well-meant pages; a panic in
// them is an error of the page.
func extractPage(page []byte, address string) (doc *trafilatura.ExtractResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, fmt.Errorf("page breaks the extractor: %v", p)
		}
	}()
	// Fast looks for the date in metadata and time elements only: 177 of the 181 benchmark pages have it there, and one guessed
	// from the running text would misdate every "yesterday".
	opt := trafilatura.Options{EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Fast}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		opt.OriginalURL = u
	}
	return trafilatura.Extract(bytes.NewReader(page), opt)
}

// contentText is the text of the article that was found in a page, a blank line between its blocks: without them a heading, a
// teaser or a caption would run into the sentence after it.
func contentText(doc *trafilatura.ExtractResult) string {
	if doc.ContentNode != nil {
		var b strings.Builder
		if err := html.Render(&b, doc.ContentNode); err == nil {
			if text := htmlText(b.String()); text != "" {
				return text
			}
		}
	}
	return strings.TrimSpace(doc.ContentText)
}

// looksHTML says whether a JSON string is marked up.
func looksHTML(s string) bool {
	i := strings.IndexByte(s, '<')
	if i < 0 {
		return false
	}
	lower := strings.ToLower(s)
	for _, tag := range []string{"</p>", "<p>", "<br>", "<br/>", "<br />", "</a>", "</div>", "</em>", "</i>", "</b>", "</strong>", "</span>", "</h1>", "</h2>", "</li>"} {
		if strings.Contains(lower, tag) {
			return true
		}
	}
	return false
}

// htmlText is the text of marked-up content that is all article: tags go, blocks become paragraphs, entities characters.
func htmlText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	var b strings.Builder
	hidden := 0
	for {
		switch t := z.Next(); t {
		case html.ErrorToken:
			return strings.TrimSpace(tidy(b.String()))
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(strings.Map(func(r rune) rune {
					if r == '\n' || r == '\r' || r == '\t' {
						return ' '
					}
					return r
				}, string(z.Text())))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Figure:
				if t == html.StartTagToken {
					hidden++
				} else if t == html.EndTagToken && hidden > 0 {
					hidden--
				}
			case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Ul, atom.Ol, atom.Table, atom.Section, atom.Article, atom.Header, atom.Footer:
				b.WriteString("\n\n")
			case atom.Br, atom.Li, atom.Tr, atom.Dt, atom.Dd:
				b.WriteString("\n")
			case atom.Td, atom.Th:
				b.WriteString("\t")
			}
		}
	}
}

// tidy drops blanks around line breaks and more than one empty line.
func tidy(s string) string {
	var b strings.Builder
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
			if empty > 0 {
				b.WriteString("\n")
			}
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}
