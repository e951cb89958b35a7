package web

import (
	"embed"
	"strings"
)

// Scripts of pages are made from script/*.js by tools/bundle and committed, so that users need no node. To change one, run
// npm ci in script/ once, then go generate here.

//go:generate go run -C ../../tools/bundle . ../../internal/web/script

//go:embed script/bundle
var bundleFS embed.FS

// scriptFiles are the bundles by address, and the licences of what they contain.
var scriptFiles = func() map[string]*asset {
	entries, err := bundleFS.ReadDir("script/bundle")
	if err != nil {
		panic(err)
	}
	files := map[string]*asset{}
	for _, e := range entries {
		b, err := bundleFS.ReadFile("script/bundle/" + e.Name())
		if err != nil {
			panic(err)
		}
		name, a := packedAsset(e.Name(), b)
		files["/static/"+name] = a
	}
	return files
}()

// scriptURL is the address of a script: of a bundle, made of script/NAME, the one that it has as it is now, since browsers keep it for
// good; else of a file of pages/.
func scriptURL(name string) string {
	a, ok := scriptFiles["/static/"+name]
	if !ok {
		return "/static/" + name
	}
	return "/static/" + name + "?v=" + strings.Trim(a.etag, `"`)
}
