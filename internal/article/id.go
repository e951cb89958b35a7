package article

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug bounds one part of an ID, so that a title used as a file name does not become a kilobyte of IRI.
const maxSlug = 96

// shortHash is the first 2n hexadecimal digits of the SHA-256 of s.
func shortHash(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:n])
}

// slug spells s with letters, digits and "-._" only. Accents are dropped ("Müller" → "Muller"); where letters of another
// script were lost or the end was cut, six digits of a hash keep two names apart.
func slug(s string) string {
	s = norm.NFC.String(s)
	var b strings.Builder
	lost := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.'):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			lost = lost || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == unicode.ReplacementChar)
			if str := b.String(); str != "" && !strings.HasSuffix(str, "-") {
				b.WriteByte('-')
			}
		}
	}
	out := strings.Trim(b.String(), "-.")
	if len(out) > maxSlug {
		out, lost = strings.TrimRight(out[:maxSlug], "-."), true
	}
	if lost {
		out = strings.TrimLeft(out+"-"+shortHash(s, 3), "-")
	}
	return out
}

// join puts the parts that are not empty together with "/".
func join(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "/")
}

// stem is the base name without its extension and without a compression suffix: "a/b.html.gz" → "b".
func stem(name string) string {
	base := path.Base(filepath.ToSlash(name))
	for _, ext := range []string{".gz", ".tgz", ".zip", ".tar"} {
		if len(base) > len(ext) && strings.EqualFold(base[len(base)-len(ext):], ext) {
			base = base[:len(base)-len(ext)]
		}
	}
	if ext := path.Ext(base); ext != base && knownExt(ext) {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

// fileID is the ID of a file: the base name of its folder and its own stem. Only these two parts of the absolute path
// count, so that a folder gives the same IDs wherever it lies and however it is named on the command line.
func fileID(absolute string) string {
	dir := path.Base(path.Dir(filepath.ToSlash(absolute)))
	if dir == "/" || dir == "." {
		dir = ""
	}
	return orHash(join(slug(dir), slug(stem(absolute))), absolute)
}

// memberID is the ID of a file in an archive, whose own folder stands in for the folder on disk.
func memberID(archiveStem, member string) string {
	member = path.Clean("/" + filepath.ToSlash(member))
	dir := path.Base(path.Dir(member))
	if dir == "/" || dir == "." {
		dir = archiveStem
	}
	return orHash(join(slug(dir), slug(stem(member))), archiveStem+"/"+member)
}

// urlID is host and path, readable, and a hash that also covers the query. Fragments and tracking parameters do not
// count.
func urlID(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment, v.User = "", "", nil
	q := v.Query()
	for k := range q {
		if strings.HasPrefix(k, "utm_") || k == "fbclid" || k == "gclid" {
			q.Del(k)
		}
	}
	v.RawQuery = q.Encode()
	v.Host = strings.ToLower(v.Host)
	page := strings.TrimSuffix(v.Path, "/")
	var parts []string
	for p := range strings.SplitSeq(strings.TrimSuffix(page, path.Ext(page)), "/") {
		parts = append(parts, slug(p))
	}
	pagePart := join(parts...)
	if len(pagePart) > maxSlug {
		pagePart = strings.TrimRight(pagePart[:maxSlug], "-./")
	}
	// http and https are one source.
	key := v.Host + "/" + strings.TrimPrefix(page, "/") + "?" + v.RawQuery
	return join(slug(v.Host), strings.Trim(pagePart+"-"+shortHash(key, 3), "-"))
}

// orHash replaces an ID that nothing was left of.
func orHash(id, source string) string {
	if id == "" {
		return "x-" + shortHash(source, 6)
	}
	return id
}

// distinct returns id, or where taken says that another source has it, id with six digits of a hash of the last parts
// of source; as few parts as needed, so that it too is the same on other machines.
func distinct(id, source string, taken func(string) bool) string {
	if !taken(id) {
		return id
	}
	parts := strings.Split(filepath.ToSlash(source), "/")
	for n := 2; n <= len(parts); n++ {
		if d := id + "-" + shortHash(strings.Join(parts[len(parts)-n:], "/"), 3); !taken(d) {
			return d
		}
	}
	for n := 0; ; n++ {
		suffix := source
		if n > 0 {
			suffix += "#" + strconv.Itoa(n)
		}
		if d := id + "-" + shortHash(suffix, 3); !taken(d) {
			return d
		}
	}
}
