package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"

	cayleyui "github.com/cayleygraph/cayley/ui"
)

// Cayley's UI expects to stand at / of http://localhost:64210 and fetches its editor and icons from the internet. It is served
// at /ui/ from copies in memory, changed as edits says.

//go:embed assets/ui assets/monaco assets/icons
var assetsFS embed.FS

// asset is a file ready to be served, immutable.
type asset struct {
	plain []byte // nil where only gz is kept
	gz    []byte // nil where compression gains nothing
	ctype string
	etag  string
}

// edit replaces old by new in the UI's files that match file. old stands exactly once in exactly one of them, so that another
// version of the UI is noticed at start and not by a user.
type edit struct{ file, old, new string }

const uiPath = "/ui/"

var edits = []edit{
	// The place where the UI is mounted. The inline script is the same as runtime-main.js; as a file it satisfies a policy
	// that forbids inline scripts.
	{"index.html", `href="/favicon.ico"`, `href="/ui/favicon.ico"`},
	{"index.html", `href="logo192.png"`, `href="/ui/logo192.png"`},
	{"index.html", `href="/manifest.json"`, `href="/ui/manifest.json"`},
	{"index.html", `href="/static/css/2.`, `href="/ui/static/css/2.`},
	{"index.html", `<link href="/static/css/main.72fe53e6.chunk.css" rel="stylesheet">`,
		`<link href="/ui/static/css/main.72fe53e6.chunk.css" rel="stylesheet"><link href="/ui/kg.css" rel="stylesheet">`},
	{"index.html", `<script src="/static/js/2.`,
		`<script src="/ui/kg.js"KG_ATTRS></script><script src="/ui/static/js/runtime-main.0686c6e7.js"></script><script src="/ui/static/js/2.`},
	{"index.html", `src="/static/js/main.`, `src="/ui/static/js/main.`},
	{"static/js/runtime-main.*.js", `l.p="/"`, `l.p="/ui/"`},
	{"static/js/main.*.js", `concat("","/gizmo.d.ts")`, `concat("/ui","/gizmo.d.ts")`},

	// Same origin instead of a fixed host and port.
	{"static/js/main.*.js", `"http://localhost:64210"`, `""`},
	{"static/js/2.*.js", `"http://localhost:64210"`, `""`},

	// Our copies of the editor and the icons. Monaco's start becomes a file instead of an inline script.
	{"static/js/2.*.js", `https://cdn.jsdelivr.net/npm/monaco-editor@0.18.1/min/vs/loader.js`, `/ui/monaco/vs/loader.js`},
	{"static/js/2.*.js", `"https://cdn.jsdelivr.net/npm/monaco-editor@0.18.1/min/vs"`, `"/ui/monaco/vs"`},
	{"static/js/2.*.js", `e.innerHTML="\n      require.config({ paths: { 'vs': '".concat(this.__config.urls.monacoBase,"' } });\n      ` +
		`require(['vs/editor/editor.main'], function() {\n        document.dispatchEvent(new Event('monaco_init'));\n      });\n    ")`,
		`e.src="/ui/monaco.js"`},
	{"static/css/main.*.css", `@import url(https://fonts.googleapis.com/icon?family=Material+Icons);`, ``},

	// The page in the address, and the address after the page (kg.js).
	{"static/js/main.*.js", `Object(a.useState)("query"),t=Object(u.a)(e,2),n=t[0],c=t[1];`,
		`Object(a.useState)(kg.page),t=Object(u.a)(e,2),n=t[0],c=t[1];kg.show(n);`},

	// Rows without the nodes to draw are left out; the UI goes blank on them.
	{"static/js/main.*.js", `if("source"in o&&"target"in o)`, `if(kg.drawable(o))`},
	{"static/js/main.*.js", `data:ae(l.result)`, `data:ae(l.result||[])`},

	// Failures are shown instead of lost, and the shape of a query is drawn below its JSON with the drawing of Visualize.
	{"static/js/main.*.js", `.then(o)},[t]);return r.a.createElement("main",null,r.a.createElement(z,{onRun:i}),r.a.createElement(A,{value:l}))`,
		`.then(function(e){o(kg.shape(e))},function(e){o({error:e.message})})},[t]);` +
			`return r.a.createElement("main",null,r.a.createElement(z,{onRun:i}),r.a.createElement(A,{value:l&&l.json||l}),` +
			`l&&l.drawing?r.a.createElement(ne,{data:l.drawing,nodeComponent:ce,linkComponent:re}):null)`},
	{"static/js/main.*.js", `y(t,n,e).then(function(e){o(e)})`, `y(t,n,e).then(function(e){o(e)},function(e){o({error:e.message})})`},
	{"static/js/main.*.js", `.catch(function(e){alert(e)})`, `.catch(function(e){})`},
	{"static/js/main.*.js", `console.log("Uploaded ".concat(e.name))`, `void 0`},
	{"static/js/main.*.js", `x2:t.target.x,y2:t.target.y,strokeWidth:2`, `x2:kg.end(t,"x"),y2:kg.end(t,"y"),markerEnd:"url(#kg-arrow)",strokeWidth:1.5`},
	{"static/js/main.*.js", `return r.a.createElement("line",{x1:`, `return r.a.createElement("g",null,r.a.createElement("line",{x1:`},
	{"static/js/main.*.js", `r.a.createElement("text",null,t.id))`, `null),t.role?r.a.createElement("text",{className:"role",` +
		`x:(t.source.x+t.target.x)/2,y:(t.source.y+t.target.y)/2,dy:"0.32em",textAnchor:"middle"},t.role):null)`},
	{"static/js/main.*.js", `t.push({source:s,target:f})`, `t.push({source:s,target:f,role:kg.role(o)})`},
	{"static/js/main.*.js", `r.a.createElement("circle",{r:5,fill:"#21D4FD"}),r.a.createElement("text",{textAnchor:"end"},t.id)`,
		`r.a.createElement("circle",{r:5,className:t.kind}),r.a.createElement("text",{y:-10,textAnchor:"middle"},kg.label(t))`},
	{"static/js/main.*.js", `.distance(100)`, `.distance(150)`},
	{"static/js/main.*.js", `.on("tick",function(){f(`, `.on("tick",function(){kg.keepInside(t.nodes,b,O);f(`},
}

// firstQuery is what the editor holds on a first visit.
const firstQuery = `g.V().Tag("source").Out("<kgo:mediates>", "relation").Tag("target").All()`

// cayleyUI returns the files of the UI by path below /ui/.
func cayleyUI(readOnly bool) (map[string]*asset, error) {
	web, err := fs.Sub(cayleyui.FS, "web")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = fs.WalkDir(web, ".", func(name string, d fs.DirEntry, err error) error {
		// Source maps are of no use to a user. The service worker would load a library from the internet.
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".map") || name == "service-worker.js" ||
			strings.HasPrefix(name, "precache-manifest") || name == "asset-manifest.json" || name == "robots.txt" {
			return err
		}
		files[name], err = fs.ReadFile(web, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, e := range edits {
		n := 0
		for name, b := range files {
			if ok, _ := path.Match(e.file, name); !ok {
				continue
			}
			if c := bytes.Count(b, []byte(e.old)); c > 0 {
				n += c
				files[name] = bytes.Replace(b, []byte(e.old), []byte(e.new), 1)
			}
		}
		if n != 1 {
			return nil, fmt.Errorf("%s: %.60q stands %d times, not once", e.file, e.old, n)
		}
	}
	files["index.html"] = bytes.Replace(dropInline(files["index.html"]), []byte("KG_ATTRS"),
		fmt.Appendf(nil, ` data-read-only="%t" data-query="%s"`, readOnly, html.EscapeString(firstQuery)), 1)
	for name, b := range files {
		if i := bytes.LastIndex(b, []byte("\n//# sourceMappingURL=")); i >= 0 {
			files[name] = b[:i+1]
		} else if i := bytes.LastIndex(b, []byte("\n/*# sourceMappingURL=")); i >= 0 {
			files[name] = b[:i+1]
		}
	}

	out := map[string]*asset{}
	for name, b := range files {
		out[name] = newAsset(name, b)
	}
	for _, dir := range []string{"ui", "monaco", "icons"} {
		err := fs.WalkDir(assetsFS, "assets/"+dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := assetsFS.ReadFile(name)
			if err != nil {
				return err
			}
			to := strings.TrimPrefix(strings.TrimPrefix(name, "assets/"), "ui/")
			plain, a := packedAsset(to, b)
			out[plain] = a
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	out["gizmo.d.ts"] = newAsset("gizmo.d.ts", capitals(out["gizmo.d.ts"].plain))
	return out, nil
}

var (
	declaredInterface = regexp.MustCompile(`(?ms)^interface \w+ \{\n.*?^\}\n`)
	declaredMethod    = regexp.MustCompile(`(?m)^  [a-z]`)
)

// capitals declares every method of the interfaces in a .d.ts a second time, with a capital: TypeScript unites interfaces of one
// name.
func capitals(text []byte) []byte {
	out := bytes.Clone(text)
	for _, block := range declaredInterface.FindAll(text, -1) {
		out = append(out, '\n')
		out = append(out, declaredMethod.ReplaceAllFunc(block, bytes.ToUpper)...)
	}
	return out
}

// dropInline removes the inline script of the UI's page.
func dropInline(html []byte) []byte {
	begin := bytes.Index(html, []byte("<script>"))
	if begin < 0 {
		return html
	}
	end := bytes.Index(html[begin:], []byte("</script>"))
	if end < 0 {
		return html
	}
	return append(html[:begin:begin], html[begin+end+len("</script>"):]...)
}

func newAsset(name string, b []byte) *asset {
	a := &asset{plain: b, ctype: contentType(name), etag: etag(b)}
	if strings.Contains(a.ctype, "charset") && len(b) > 1<<10 {
		var buf bytes.Buffer
		zw := gzip.NewWriter(&buf)
		zw.Write(b)
		zw.Close()
		a.gz = buf.Bytes()
	}
	return a
}

// packedAsset is newAsset of an embedded file, which is stored as NAME.gz where it is large.
func packedAsset(file string, b []byte) (name string, a *asset) {
	if name, ok := strings.CutSuffix(file, ".gz"); ok {
		return name, &asset{gz: b, ctype: contentType(name), etag: etag(b)}
	}
	return file, newAsset(file, b)
}

func etag(b []byte) string {
	sum := sha256.Sum256(b)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// contentType is fixed here, since mime.TypeByExtension reads the machine's tables.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json; charset=utf-8"
	case ".svg":
		return "image/svg+xml; charset=utf-8"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	}
	return "text/plain; charset=utf-8" // .ts, .txt
}

// uiPolicy allows what Monaco needs beyond our own pages' policy: styles that it writes into the page, pictures within its
// stylesheet, and its workers.
const uiPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// serveUI answers /ui/…: a file, or the UI's page for its deep links (/ui/query, /ui/shape, /ui/visualize, /ui/write).
func (s *Server) serveUI(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, uiPath)
	w.Header().Set("Content-Security-Policy", uiPolicy)
	a, ok := s.ui[name]
	if !ok {
		switch name {
		case "", "query", "shape", "visualize", "write":
			a = s.ui["index.html"]
		default:
			s.notFound(w, r)
			return
		}
	}
	a.serve(w, r)
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.ctype)
	h.Set("Cache-Control", "no-cache") // ask each time: the tag answers, and a new kg is seen at once
	if v := r.URL.Query().Get("v"); v != "" && v == strings.Trim(a.etag, `"`) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable") // another content has another address
	}
	if a.gz != nil {
		h.Set("Vary", "Accept-Encoding")
	}
	tag, body := a.etag, a.plain
	if a.gz != nil && acceptsGzip(r) {
		tag, body = strings.TrimSuffix(tag, `"`)+`-gz"`, a.gz
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if body == nil { // kept compressed, and the client takes it plain
		zr, err := gzip.NewReader(bytes.NewReader(a.gz))
		if err == nil {
			body, err = io.ReadAll(zr)
		}
		if err != nil {
			panic(errors.Join(errors.New("an embedded file is damaged"), err))
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
