package schema

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// table is a TSV file: the first line names the columns, empty lines and lines that begin with "#" are left out. Cells
// have no quoting; a list inside a cell is separated by "|" or ",", as the reader of the column says.
type table struct {
	path   string
	header map[string]int
	rows   []row
}

type row struct {
	table *table
	line  int
	cells []string
}

func parseTable(path string, data []byte) (*table, error) {
	t := &table{path: path}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s:%d: not UTF-8: %q", path, i+1, line)
		}
		cells := strings.Split(line, "\t")
		if t.header == nil {
			t.header = make(map[string]int, len(cells))
			for j, c := range cells {
				t.header[strings.TrimSpace(c)] = j
			}
			continue
		}
		if len(cells) > len(t.header) {
			return nil, fmt.Errorf("%s:%d: %d columns where the header has %d: %q", path, i+1, len(cells), len(t.header), line)
		}
		t.rows = append(t.rows, row{t, i + 1, cells})
	}
	if t.header == nil {
		return nil, fmt.Errorf("%s:1: no header line", path)
	}
	return t, nil
}

// columns says which of the wanted columns are missing.
func (t *table) columns(want ...string) error {
	for _, c := range want {
		if _, ok := t.header[c]; !ok {
			return fmt.Errorf("%s:1: no column %q", t.path, c)
		}
	}
	return nil
}

// get returns the cell of column without surrounding blanks, empty where the line ends before it.
func (r row) get(column string) string {
	i, ok := r.table.header[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// list returns the items of a cell, which sep separates.
func (r row) list(column, sep string) []string {
	var items []string
	for _, item := range strings.Split(r.get(column), sep) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// yes reads a cell that says yes or no, empty for no.
func (r row) yes(column string) (bool, error) {
	switch v := r.get(column); v {
	case "yes":
		return true, nil
	case "", "no":
		return false, nil
	default:
		return false, r.errorf(column, "neither yes nor no: %q", v)
	}
}

func (r row) errorf(column, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", r.table.path, r.line, column, fmt.Sprintf(format, args...))
}
