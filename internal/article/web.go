package article

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/temoto/robotstxt"
)

// maxFeedItems bounds the pages that one feed can make us fetch.
const maxFeedItems = 500

// minFeedText is the length in bytes from which the content of a feed's item is taken for the article rather than for a
// teaser.
const minFeedText = 600

// host is what is known of a web server.
type host struct {
	robots *robotstxt.Group
	err    error
	last   time.Time // of the last request
}

// fetched is an answer of a web server.
type fetched struct {
	body []byte
	mime string
	url  *url.URL // after redirects
}

// readURL reads a page, a feed or a file of articles from the web.
func (r *reader) readURL(address string) {
	got, err := r.fetch(address)
	if err != nil {
		r.skip(address, "cannot be fetched", "%v", err)
		return
	}
	in := &input{
		source: address, name: webName(got), id: urlID(got.url), container: urlID(got.url), r: newBuffer(bytes.NewReader(got.body)),
		mime: got.mime, url: got.url, given: true, size: int64(len(got.body)), file: bytes.NewReader(got.body),
	}
	r.read(in)
}

// webName is the last part of the path of an answer's URL.
func webName(got *fetched) string {
	p := strings.TrimRight(got.url.Path, "/")
	return p[strings.LastIndexByte(p, '/')+1:]
}

// fetch gets a URL, minding robots.txt, its crawl delay, the time limit and the size limit.
func (r *reader) fetch(address string) (*fetched, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("not a web address: %w", errors.Unwrap(err))
	}
	if u.Host == "" {
		return nil, fmt.Errorf("not a web address: no host")
	}
	if err := r.allowed(u); err != nil {
		return nil, err
	}
	client := r.client()
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("more than 10 redirects")
		}
		return r.allowed(req.URL)
	}
	resp, err := r.get(client, u)
	if err != nil {
		return nil, webError(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered %s", resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, r.opt.MaxBytes+1))
	if err != nil {
		return nil, webError(err)
	}
	if int64(len(body)) > r.opt.MaxBytes {
		return nil, fmt.Errorf("too big: more than %s", size(r.opt.MaxBytes))
	}
	return &fetched{body, strings.ToLower(resp.Header.Get("Content-Type")), resp.Request.URL}, nil
}

func (r *reader) client() *http.Client {
	return &http.Client{Transport: r.opt.Transport, Timeout: r.opt.Timeout}
}

func (r *reader) get(client *http.Client, u *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(r.ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", r.opt.UserAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/json,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5")
	return client.Do(req)
}

// allowed asks robots.txt of u's server whether u may be fetched and waits for its crawl delay. A server without
// robots.txt (4xx) allows everything, one that fails (5xx) nothing, as RFC 9309 says.
func (r *reader) allowed(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%s: only http and https are fetched", u.Scheme)
	}
	key := u.Scheme + "://" + u.Host
	h, ok := r.hosts[key]
	if !ok {
		h = &host{}
		r.hosts[key] = h
		h.robots, h.err = r.robots(key)
	}
	if h.err != nil {
		return h.err
	}
	if !h.robots.Test(u.RequestURI()) {
		return fmt.Errorf("%s/robots.txt does not allow it", key)
	}
	if delay := min(h.robots.CrawlDelay, 30*time.Second); delay > 0 && !h.last.IsZero() {
		select {
		case <-time.After(time.Until(h.last.Add(delay))):
		case <-r.ctx.Done():
			return r.ctx.Err()
		}
	}
	h.last = time.Now()
	return nil
}

func (r *reader) robots(server string) (*robotstxt.Group, error) {
	u, err := url.Parse(server + "/robots.txt")
	if err != nil {
		return nil, err
	}
	resp, err := r.get(r.client(), u)
	if err != nil {
		return nil, webError(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 512<<10))
	if err != nil {
		return nil, webError(err)
	}
	data, err := robotstxt.FromStatusAndBytes(resp.StatusCode, body)
	if err != nil { // not a robots.txt at all
		data, err = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
		if err != nil {
			return nil, err
		}
	}
	return data.FindGroup(r.opt.UserAgent), nil
}

// webError is the message of a failed request without the URL, which the place already says.
func webError(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	if errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "Client.Timeout") {
		return errors.New("no answer in time")
	}
	return err
}

// readFeedBytes reads the items of an RSS, Atom or JSON feed: their own content where it is an article, else the page
// that they link to.
func (r *reader) readFeedBytes(in *input, body []byte) {
	feed, err := parseFeed(body)
	if err != nil {
		kind := "not a feed"
		if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
			kind = "XML that is no feed"
		}
		r.skip(in.source, kind, "%s: %v", kind, err)
		return
	}
	if len(feed.Items) == 0 {
		r.skip(in.source, "empty text", "a feed without items")
		return
	}
	for i, item := range feed.Items {
		if r.done() {
			return
		}
		place := fmt.Sprintf("%s:item %d", in.source, i+1)
		if i == maxFeedItems {
			r.skip(place, "feed too long", "item %d to %d: only the first %d of a feed are read", i+1, len(feed.Items), maxFeedItems)
			return
		}
		r.readFeedItem(in, feed, item, place)
	}
}

func parseFeed(body []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			feed, err = nil, fmt.Errorf("feed breaks its parser: %v", p)
		}
	}()
	return gofeed.NewParser().Parse(bytes.NewReader(body))
}

func (r *reader) readFeedItem(in *input, feed *gofeed.Feed, item *gofeed.Item, place string) {
	a := &Article{Source: place, Title: cleanTitle(htmlText(item.Title)), Outlet: cleanTitle(feed.Title), Language: baseLanguage(feed.Language)}
	switch {
	case item.PublishedParsed != nil:
		a.Published = *item.PublishedParsed
	case item.UpdatedParsed != nil:
		a.Published = *item.UpdatedParsed
	case item.Published != "":
		if t, ok := parseDate(item.Published); ok {
			a.Published = t
		} else {
			r.warn(place, "published: not a date: %q", clip(item.Published, 60))
		}
	}
	link, err := url.Parse(strings.TrimSpace(item.Link))
	if err == nil && in.url != nil {
		link = in.url.ResolveReference(link)
	}
	if err != nil || link.Host == "" || link.Scheme != "http" && link.Scheme != "https" {
		link = nil
	}
	switch {
	case link != nil:
		a.URL, a.ID = link.String(), urlID(link)
	case item.GUID != "":
		a.ID = join(in.container, idSlug(item.GUID))
	default:
		a.ID = join(in.container, shortHash(item.Title+"\x00"+item.Content+item.Description, 6))
	}
	content, teaser := htmlText(item.Content), htmlText(item.Description)
	if len(teaser) > len(content) {
		content = teaser
	}
	if len(content) < minFeedText && link != nil {
		got, err := r.fetch(link.String())
		switch {
		case err == nil:
			page := *a
			page.Outlet = "" // the page knows better than "BBC News - Europe"
			if r.fromPageOr(&page, got, content == "") {
				if page.Outlet == "" {
					page.Outlet = a.Outlet
				}
				r.emit(&page)
				return
			}
			if content == "" {
				return
			}
		case content == "":
			r.skip(place, "cannot be fetched", "%s: %v", link, err)
			return
		default:
			r.warn(place, "%s: %v; only the feed's own text is read", link, err)
		}
	}
	a.Text = content
	r.emit(a)
}

// fromPageOr is fromPage; a page without an article is a skip only where tell says so.
func (r *reader) fromPageOr(a *Article, got *fetched, tell bool) bool {
	if tell {
		return r.fromPage(a, got.body, got.mime)
	}
	quiet := *r
	quiet.yield = func(Item) bool { return true }
	return quiet.fromPage(a, got.body, got.mime)
}
