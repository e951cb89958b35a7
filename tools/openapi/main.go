// Command openapi checks a running server against its OpenAPI document: that the document is valid, that every operation is asked at
// least once, and that requests and answers fit what the document says of them.
//
//	openapi BASE DOCUMENT <PATHS
//
// BASE is http://localhost:PORT, DOCUMENT the path of the document, PATHS a path with its parameters on each line of the standard input,
// after the status that it is answered with: "200 /api/kg/v1/entities?limit=1".
package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

func main() {
	faults, err := check(os.Args[1:], os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(2)
	}
	for _, f := range faults {
		fmt.Println(f)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
}

func check(args []string, paths io.Reader) (faults []string, err error) {
	if len(args) != 2 {
		return nil, fmt.Errorf("usage: openapi BASE DOCUMENT <PATHS")
	}
	base := args[0]
	resp, err := http.Get(base + args[1])
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s, %v", args[1], resp.Status, err)
	}
	doc, err := libopenapi.NewDocument(text)
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	if ok, list := v.ValidateDocument(); !ok {
		for _, e := range list {
			faults = append(faults, fmt.Sprintf("document: %s: %s", e.Message, e.Reason))
		}
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	lines := bufio.NewScanner(paths)
	for lines.Scan() {
		status, path, ok := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if !ok {
			continue
		}
		req, err := http.NewRequest(http.MethodGet, base+path, nil)
		if err != nil {
			return nil, err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return nil, err
		}
		if got := fmt.Sprint(resp.StatusCode); got != status {
			body, _ := io.ReadAll(io.LimitReader(resp.Body, 2000))
			faults = append(faults, fmt.Sprintf("%s: %s, want %s: %s", path, got, status, body))
			resp.Body.Close()
			continue
		}
		if status == "200" { // a request that is refused need not fit
			if ok, list := v.ValidateHttpRequest(req); !ok {
				for _, e := range list {
					faults = append(faults, fmt.Sprintf("%s: request: %s: %s", path, e.Message, e.Reason))
				}
			}
		}
		if ok, list := v.ValidateHttpResponse(req, resp); !ok {
			for _, e := range list {
				faults = append(faults, fmt.Sprintf("%s: answer: %s: %s", path, e.Message, e.Reason))
				for _, s := range e.SchemaValidationErrors {
					faults = append(faults, fmt.Sprintf("    %s: %s", s.FieldPath, s.Reason))
				}
			}
		}
		resp.Body.Close()
		asked[pattern(strings.SplitN(path, "?", 2)[0])] = true
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for p := range model.Model.Paths.PathItems.KeysFromOldest() {
		if !asked[pattern(p)] {
			faults = append(faults, p+": is never asked")
		}
	}
	return faults, nil
}

// pattern is a path with a star for what stands behind the name of a collection: /api/kg/v1/entities/*/claims.
func pattern(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 5 {
		parts[5] = "*"
	}
	return strings.Join(parts, "/")
}
