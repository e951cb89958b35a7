package article

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reasons of Skip.
const (
	repeatedLine = "repeated line"
	boilerplate  = "boilerplate"
	signOff      = "wire sign-off"
)

// skips finds the lines of text that are no news. It looks at whole lines only (paragraphs where the text is wrapped by
// hand), and leaves alone what merely does not belong: an unrelated headline is still a headline.
func skips(text string) []Skip {
	units := unitsOf(text)
	var out []Skip
	seen := make(map[string]bool, len(units))
	end := lastNews(text, units)
	for i, u := range units {
		line := text[u.begin:u.end]
		key := normalLine(line)
		switch {
		case i > 0 && continues(text, units[i-1], u):
		case isBoilerplate(line):
			out = append(out, Skip{u.begin, u.end, boilerplate})
		case i >= end:
			out = append(out, Skip{u.begin, u.end, signOff})
		// One word or two repeat for good reasons (table cells, "Yes."), a whole line does not.
		case seen[key] && strings.Count(key, " ") >= 2:
			out = append(out, Skip{u.begin, u.end, repeatedLine})
		}
		seen[key] = true
	}
	return merge(text, out)
}

// unit is a byte range without the white space around it.
type unit struct{ begin, end int }

// unitsOf splits text into lines, or into paragraphs where lines were wrapped by hand: there a line is half a sentence,
// and two equal ones mean nothing. Lines that hold no letter and no digit stand alone.
func unitsOf(text string) []unit {
	lines := linesOf(text)
	if !wrapped(text, lines) {
		out := lines[:0]
		for _, l := range lines {
			if l.begin < l.end {
				out = append(out, l)
			}
		}
		return out
	}
	tail := len(lines)
	for tail > 0 && noNews(text[lines[tail-1].begin:lines[tail-1].end]) && (tail == 1 || !continues(text, lines[tail-2], lines[tail-1])) {
		tail--
	}
	var out []unit
	open := false
	for i, l := range lines {
		if l.begin == l.end {
			open = false
			continue
		}
		// A paragraph begins after an empty line and at an indented line. Lines of the sign-off stand alone; elsewhere a
		// short line is the rest of a sentence: "... for a further 1,000 dlrs a\nshare."
		indented := i > 0 && l.begin > 0 && (text[l.begin-1] == ' ' || text[l.begin-1] == '\t')
		alone := i >= tail
		if open && !indented && !alone {
			out[len(out)-1].end = l.end
			continue
		}
		out = append(out, l)
		open = !alone
	}
	return out
}

func linesOf(text string) []unit {
	var out []unit
	for begin := 0; begin < len(text); {
		end := begin
		if i := strings.IndexAny(text[begin:], "\n\r\u2028\u2029"); i >= 0 {
			end = begin + i
		} else {
			end = len(text)
		}
		u := unit{begin, end}
		trimmed := strings.TrimLeftFunc(text[begin:end], blank)
		u.begin = end - len(trimmed)
		u.end = u.begin + len(strings.TrimRightFunc(trimmed, blank))
		out = append(out, u)
		begin = end + 1
		if end < len(text) && text[end] >= 0x80 {
			_, n := utf8.DecodeRuneInString(text[end:])
			begin = end + n
		} else if end+1 < len(text) && text[end] == '\r' && text[end+1] == '\n' {
			begin++
		}
	}
	return out
}

// blank says whether r takes no part in a line: white space, byte-order marks and zero-width spaces.
func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// wrapped says whether lines were broken at a fixed width: most of them end within a sentence at 40 to 100 bytes, and
// hardly any is longer.
func wrapped(text string, lines []unit) bool {
	full, broken, long := 0, 0, 0
	for i, l := range lines {
		n := l.end - l.begin
		if n == 0 {
			continue
		}
		full++
		if n > 110 {
			long++
		}
		next := i+1 < len(lines) && lines[i+1].begin < lines[i+1].end
		if next && n >= 40 && n <= 110 && !strings.ContainsRune(`.!?:"'”’`, lastRune(text[l.begin:l.end])) {
			broken++
		}
	}
	return full >= 3 && long*10 < full && broken*5 >= full*2
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// normalLine is line for comparing: white space as one blank, case folded.
func normalLine(line string) string {
	return strings.ToLower(strings.Join(strings.Fields(line), " "))
}

// signOffLine is how wire services end a story; it counts only after the last line of news.
var signOffLine = regexp.MustCompile(`^(?i:reuters?\.?|\(?reuters\)?|\(?(ap|afp|upi|tass|xinhua|dpa|ians|ani|pti)\)?|-*\s*(ends?|30)\s*-*|more|###|\(?(with|additional) (input|reporting|writing|editing)s?( (from|by|in) .{1,120})?\)?|(reporting|writing|editing)( and (reporting|writing|editing))? (by|in) .{1,120}|by [A-Z][\w.'-]+ [\w.'-]+, reuters)$`)

// continues says whether line is plainly the rest of the sentence that the line before it leaves open, as in text broken
// at a fixed width: "... earnings of two dlrs a\nshare."
func continues(text string, before, line unit) bool {
	if before.begin == before.end || line.begin == line.end || strings.Count(text[before.end:line.begin], "\n") != 1 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text[line.begin:])
	return unicode.IsLower(first) && strings.ContainsRune(".,;", lastRune(text[line.begin:line.end])) &&
		!strings.ContainsRune(`.!?:"'”’`, lastRune(text[before.begin:before.end]))
}

// lastNews is the index of the first unit after the last one with news: what follows is sign-offs and boilerplate.
func lastNews(text string, units []unit) int {
	for i := len(units); i > 0; i-- {
		if !noNews(text[units[i-1].begin:units[i-1].end]) || i > 1 && continues(text, units[i-2], units[i-1]) {
			return i
		}
	}
	return 0
}

// noNews says whether line may follow the end of a story: nothing, boilerplate or a sign-off.
func noNews(line string) bool {
	line = stripControls(line)
	return line == "" || isBoilerplate(line) || len(line) <= maxBoilerplate && signOffLine.MatchString(line)
}

// stripControls drops control characters and the blanks around what is left.
func stripControls(s string) string {
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return -1
		}
		return r
	}, s), blank)
}

// wholeLine are lines that say nothing about the world whatever page they stand on, in normal form without final
// punctuation.
var wholeLine = set(`
latest news|more news|top news|breaking news|latest stories|top stories|more stories|latest headlines|top headlines
latest news today|latest updates|latest posts|recent posts|recent news|popular posts|other news|world news|local news
related|related news|related articles|related article|related stories|related story|related topics|related posts
related content|related coverage|related links|related video|related videos|more on this story|more on this topic
more from this author|read more|also read|read also|read next|read full story|read the full story|read full article
continue reading|continue reading below|see also|see more|show more|load more|view more|learn more|more|more info
full story|keep reading|up next|most read|most popular|most viewed|most shared|most commented|trending|trending now
trending stories|popular|popular now|editor's picks|editors' picks|recommended|recommended for you|recommended stories
you may like|you might like|you may also like|you might also like|don't miss|what to read next|around the web
from around the web|more from the web|in case you missed it
advertisement|advertisements|advertising|advert|ad|ads|sponsored|sponsored content|sponsored links|promoted
promoted content|story continues below|story continues below advertisement|article continues below
article continues below advertisement|article continues after advertisement|article continues after ad
continue reading the main story|continue reading below advertisement|advertisement - continue reading below
advertisement - story continues below|scroll to continue
share|share this|share this article|share this story|share this post|share this page|share article|share on facebook
share on twitter|share on linkedin|share on whatsapp|share via email|share with friends|tweet|tweet this|pin it
email this|email this article|print|print this|print article|print this article|save|save this article|copy link
link copied|facebook|twitter|linkedin|whatsapp|instagram|youtube|pinterest|reddit|telegram|email|google+
facebook twitter|like us on facebook|follow us|follow us on|follow us on twitter|follow us on facebook
comments|comment|no comments|no comments yet|0 comments|view comments|show comments|leave a comment|leave a reply
post a comment|add a comment|add comment|join the discussion|join the conversation|report abuse|reply
subscribe|subscribe now|subscribe today|sign up|sign up now|sign in|log in|login|register|register now|newsletter
newsletters|our newsletter|get our newsletter|free newsletter|already a subscriber|already a subscriber? log in
already a subscriber? sign in|home|menu|search|skip to content|skip to main content|skip to navigation|back to top
go to top|top|close|next|previous|next article|previous article|next post|previous post|next story|previous story
loading|play|play video|watch live|watch now|watch|listen|listen now|photos|gallery|view gallery|view photos|video
videos|image|tags|topics|categories|about us|about|contact us|contact|terms of use|terms of service
terms and conditions|privacy policy|cookie policy|cookie settings|privacy|disclaimer|accept|accept all|i accept
got it|all rights reserved|report a typo|report an error|suggest a correction|corrections
`)

// lineStart are openings after which a short line is boilerplate to its end.
var lineStart = regexp.MustCompile(`^(?i:` +
	`(read|see|watch|listen|view) (more|also|next|full story|the full story|full article)\s*[:>»|–—-]|` +
	`(also read|also see|read also|related|related (articles?|stories|story|news|video|coverage|topics|posts?)|more (on|from) [\w' ]{1,40}|recommended|most read|trending( now)?|don't miss|up next|must read|must watch)\s*[:>»|–—]|` +
	`(click|tap) (here|on the link|to (share|subscribe|read|listen|watch|print|email))|` +
	`(please )?(subscribe|sign up|register|log ?in|sign in) (to|for|now|here|today|with|and get|via)\b|` +
	`already (a subscriber|have an account|registered|a member)|` +
	`not a subscriber|` +
	`(follow|like|find|join) (us|@\w+|[\w .]{1,30}) on (facebook|twitter|instagram|youtube|telegram|linkedin|whatsapp|social media|google news)|` +
	`(share|post|tweet|pin|save|send|email|print) (this|on|via|to|by|with) (this|article|story|page|post|facebook|twitter|linkedin|whatsapp|reddit|email|e-mail|pinterest|telegram|messenger|friends?|a friend)\b|` +
	`(get|receive) (the latest|our|more|breaking|daily|all the)\b.{0,60}\b(inbox|newsletter|app|alerts?|notifications?|e-?mails?)\b|` +
	`(download|get|install) (our|the) (free )?(\w+ )?app\b|` +
	`(copyright|©|\(c\))\s*(©|\(c\))?\s*(copyright)?\s*((19|20)\d\d|by\b)|` +
	`(this|our) (web ?site|site|page) (uses|may use) cookies|` +
	`we (use|and our partners use|value your privacy)\s*(cookies|\b)|` +
	`by (continuing|using|clicking|signing up|subscribing|browsing)\b.{0,60}\b(you|our|cookies|this (web)?site)|` +
	`(this|the) (material|content|story|article) (may|must|can) ?not be (published|reproduced|copied|republished|redistributed)|` +
	`no part of this (publication|article|content|website)|` +
	`(advertisement|sponsored|advertorial|promoted)( content)?\s*[-:–—|]|` +
	`(photo|image|picture|video) (credit|courtesy|copyright|source|caption)s?\b|(getty images|ap photo|reuters/)|` +
	`(last )?(updated|modified|published|posted)( (on|at))?\s*:|` +
	`\d+ (comments?|shares?|views?|likes?|retweets?)( ?[·|,] ?\d+ \w+)*$|` +
	`\d+ (min|minute)s? read$|` +
	`(tags?|topics?|categories|filed under|labels?)\s*:)`)

// anywhere are phrases that make a short line boilerplate wherever in it they stand.
var anywhere = regexp.MustCompile(`(?i)\ball rights reserved\b|\bsubscribe to our\b|\bsign up (for|to) (our|the|free)\b.{0,40}\b(newsletter|briefing|alerts?|e-?mails?)\b|\bmay not be published, broadcast\b|\b(privacy policy|cookie policy)\b.{0,40}\b(terms|cookies?|privacy)\b|\bfollow us on (facebook|twitter|instagram|telegram|youtube)\b|\byour (e-?mail address|browser) (will not be published|does not support|is out of date)\b|\benable javascript\b|\bunsubscribe at any time\b`)

// anywhereCues holds a part of every phrase of anywhere; an unanchored expression over every line of every article costs
// more than all the rest of reading.
var anywhereCues = []string{"reserved", "subscribe", "sign up", "broadcast", "policy", "follow us", "your e", "your browser", "javascript"}

// maxBoilerplate is the longest line, in bytes, that a phrase alone can make boilerplate; longer ones hold news too.
const maxBoilerplate = 240

// isBoilerplate says whether a line says nothing about the world: a line without letters and digits, a button, a
// heading of links, an advert, a notice about cookies or copyright.
func isBoilerplate(line string) bool {
	if !strings.ContainsFunc(line, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) && r > 0xff
	}) {
		return true
	}
	if len(line) > maxBoilerplate {
		return false
	}
	line = stripControls(line)
	norm := strings.ReplaceAll(normalLine(line), "’", "'")
	if wholeLine[strings.Trim(norm, " .:;!…>»|[]()*#-–—")] || wholeLine[strings.TrimRight(norm, " .:;!?…>»|")] {
		return true
	}
	if lineStart.MatchString(line) {
		return true
	}
	for _, cue := range anywhereCues {
		if strings.Contains(norm, cue) {
			return anywhere.MatchString(line)
		}
	}
	return false
}

// set reads names set apart by bars or line breaks.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == '|' || r == '\n' }) {
		m[name] = true
	}
	return m
}

// merge orders ranges and joins neighbours of one reason with nothing but blanks between them.
func merge(text string, in []Skip) []Skip {
	sort.SliceStable(in, func(i, j int) bool { return in[i].Begin < in[j].Begin })
	var out []Skip
	for _, s := range in {
		if n := len(out); n > 0 && out[n-1].Reason == s.Reason && strings.TrimFunc(text[out[n-1].End:s.Begin], blank) == "" {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}
