package article

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
)

// An archive that grows by more than maxRatio beyond freeBytes is taken for a bomb. News texts shrink by 2 to 10.
const (
	maxRatio  = 200
	freeBytes = 64 << 20
)

var errBomb = errors.New("grows by more than 200 times when unpacked")

// counter counts the bytes that were read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// meter passes on what was unpacked and fails once it is out of all proportion to the packed bytes.
type meter struct {
	r      io.Reader
	packed func() int64
	out    *int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	*m.out += int64(n)
	if *m.out > freeBytes && *m.out/maxRatio > m.packed() {
		return n, errBomb
	}
	return n, err
}

func (r *reader) readGzip(in *input) {
	packed := &counter{r: in.r}
	gz, err := gzip.NewReader(packed)
	if err != nil {
		r.skip(in.source, "damaged", "damaged gzip: %v", err)
		return
	}
	defer gz.Close()
	inner := *in
	inner.name = strings.TrimSuffix(strings.TrimSuffix(in.name, ".gz"), ".GZ")
	if ext := path.Ext(in.name); strings.EqualFold(ext, ".tgz") {
		inner.name = strings.TrimSuffix(in.name, ext) + ".tar"
	}
	if strings.Contains(in.mime, "gzip") {
		inner.mime = ""
	}
	inner.size, inner.file = 0, nil
	inner.depth++
	inner.r = newBuffer(&meter{r: gz, packed: func() int64 { return packed.n }, out: new(int64)})
	r.read(&inner)
}

func (r *reader) readTar(in *input) {
	tr := tar.NewReader(in.r)
	found := false
	for !r.done() {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			r.skip(in.source, "damaged", "damaged archive, what follows is not read: %v", err)
			return
		}
		if h.Typeflag != tar.TypeReg {
			if h.Typeflag != tar.TypeDir && h.Typeflag != tar.TypeXGlobalHeader {
				r.skip(in.source+":"+printable(h.Name), "no file", "not a regular file")
			}
			continue
		}
		found = true
		r.readMember(in, h.Name, h.Size, tr)
	}
	if !found && !r.done() {
		r.skip(in.source, "empty text", "an archive without files")
	}
}

func (r *reader) readZip(in *input) {
	file, total := in.file, in.size
	if file == nil {
		// A zip archive has its list at the end: one that comes as a stream is put aside first.
		tmp, err := os.CreateTemp("", "kg-*.zip")
		if err != nil {
			r.skip(in.source, "cannot be read", "%s", plainError(err))
			return
		}
		defer os.Remove(tmp.Name())
		defer tmp.Close()
		const limit = 2 << 30
		if total, err = io.Copy(tmp, io.LimitReader(in.r, limit+1)); err != nil || total > limit {
			if err == nil {
				err = errors.New("more than " + size(limit))
			}
			r.skip(in.source, "damaged", "damaged or too big: %s", plainError(err))
			return
		}
		file = tmp
	}
	zr, err := zip.NewReader(file, total)
	if err != nil {
		r.skip(in.source, "damaged", "damaged zip archive: %v", err)
		return
	}
	// Members may overlap, so that many of them unpack the same packed bytes: all count against the size of the file.
	out := new(int64)
	found := false
	for _, f := range zr.File {
		if r.done() {
			return
		}
		if f.FileInfo().IsDir() {
			continue
		}
		found = true
		place := in.source + ":" + printable(f.Name)
		if f.Flags&1 != 0 {
			r.skip(place, "encrypted", "encrypted")
			continue
		}
		rc, err := f.Open()
		if err != nil {
			r.skip(place, "damaged", "damaged: %v", err)
			continue
		}
		r.readMember(in, f.Name, 0, &meter{r: rc, packed: func() int64 { return total }, out: out})
		rc.Close()
		if *out > freeBytes && *out/maxRatio > total {
			r.skip(in.source, "damaged", "damaged archive, what follows is not read: %v", errBomb)
			return
		}
	}
	if !found {
		r.skip(in.source, "empty text", "an archive without files")
	}
}

// readMember reads one file of an archive.
func (r *reader) readMember(in *input, name string, size int64, src io.Reader) {
	if !utf8.ValidString(name) {
		name = strings.ToValidUTF8(name, "_")
	}
	place := in.source + ":" + printable(name)
	for part := range strings.SplitSeq(path.Clean(name), "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" {
			r.skip(place, "hidden", "hidden file")
			return
		}
	}
	r.read(&input{
		source: place, name: path.Base(name), id: memberID(in.container, name), container: orHash(slug(stem(name)), name),
		r: newBuffer(src), size: size, depth: in.depth + 1,
	})
}
