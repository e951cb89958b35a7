// Command bundle makes the scripts that pages load: of every FILE.js beside package.json, with what it imports from lib/ and from npm
// packages, bundle/FILE.js.gz, minified; and bundle/LICENSES.txt with the licences of the packages that are in one. It needs the packages
// (npm ci), those who build kg don't: its results are committed.
//
//	go run . ../../internal/web/script           writes them
//	go run . -check ../../internal/web/script    says whether they are what the sources give, 1 where not
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	check := flag.Bool("check", false, "write nothing, compare")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: bundle [-check] FOLDER")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *check); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(dir string, check bool) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	files, err := build(dir)
	if err != nil {
		return err
	}
	out := filepath.Join(dir, "bundle")
	if check {
		return compare(out, files)
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b := files[name]
		if strings.HasSuffix(name, ".gz") {
			if b, err = pack(b); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(out, name), b, 0o666); err != nil {
			return err
		}
		fmt.Printf("%8d  %s\n", len(b), name)
	}
	return nil
}

// build returns the files of bundle/ by name, those that end in .gz not yet packed.
func build(dir string) (map[string][]byte, error) {
	entries, err := filepath.Glob(filepath.Join(dir, "*.js"))
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("%s has no .js file", dir)
	}
	res := api.Build(api.BuildOptions{
		AbsWorkingDir:     dir,
		EntryPoints:       entries,
		Outdir:            filepath.Join(dir, "bundle"),
		Bundle:            true,
		Format:            api.FormatIIFE,
		Platform:          api.PlatformBrowser,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsEndOfFile,
		Charset:           api.CharsetUTF8,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		Metafile:          true,
		LogLevel:          api.LogLevelWarning,
	})
	if len(res.Errors) > 0 {
		return nil, fmt.Errorf("%d errors, the first: %s", len(res.Errors), res.Errors[0].Text)
	}
	files := map[string][]byte{}
	for _, f := range res.OutputFiles {
		files[filepath.Base(f.Path)+".gz"] = f.Contents
	}
	files["LICENSES.txt"], err = licences(dir, res.Metafile)
	return files, err
}

// licences are name, version, licence and its text of every package of which something is in a bundle.
func licences(dir, metafile string) ([]byte, error) {
	var meta struct {
		Outputs map[string]struct {
			Inputs map[string]struct{ BytesInOutput int }
		}
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, err
	}
	folders := map[string]bool{}
	for _, o := range meta.Outputs {
		for name, in := range o.Inputs {
			i := strings.LastIndex(name, "node_modules/")
			if i < 0 || in.BytesInOutput == 0 {
				continue
			}
			parts := strings.SplitN(name[i+len("node_modules/"):], "/", 3)
			n := 1
			if strings.HasPrefix(parts[0], "@") {
				n = 2
			}
			folders[name[:i]+"node_modules/"+strings.Join(parts[:n], "/")] = true
		}
	}
	var b bytes.Buffer
	b.WriteString("Scripts of kg's pages contain parts of these npm packages. Made by tools/bundle.\n")
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		var p struct {
			Name, Version, License string
		}
		text, err := os.ReadFile(filepath.Join(dir, folder, "package.json"))
		if err == nil {
			err = json.Unmarshal(text, &p)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		found, err := filepath.Glob(filepath.Join(dir, folder, "[Ll][Ii][Cc][Ee][Nn]*"))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n\n%s %s, %s\n\n", p.Name, p.Version, p.License)
		if len(found) == 0 { // its package.json is all it says
			if p.License == "" {
				return nil, fmt.Errorf("%s says nothing of its licence", folder)
			}
			continue
		}
		text, err = os.ReadFile(found[0])
		if err != nil {
			return nil, err
		}
		b.WriteString(strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")) + "\n")
	}
	return b.Bytes(), nil
}

func pack(b []byte) ([]byte, error) {
	var buf bytes.Buffer
	zw, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := zw.Write(b); err != nil {
		return nil, err
	}
	err = zw.Close()
	return buf.Bytes(), err
}

// compare looks at what files hold, unpacked: another version of Go may pack differently.
func compare(out string, files map[string][]byte) error {
	var errs []error
	there, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	for _, e := range there {
		if _, ok := files[e.Name()]; !ok {
			errs = append(errs, fmt.Errorf("%s: no source makes it", e.Name()))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b, err := os.ReadFile(filepath.Join(out, name))
		if errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("%s: not there", name))
			continue
		}
		if err == nil && strings.HasSuffix(name, ".gz") {
			var zr *gzip.Reader
			if zr, err = gzip.NewReader(bytes.NewReader(b)); err == nil {
				b, err = io.ReadAll(zr)
			}
		}
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		case !bytes.Equal(b, files[name]):
			errs = append(errs, fmt.Errorf("%s: not what its source gives; make it anew without -check", name))
		}
	}
	return errors.Join(errs...)
}
