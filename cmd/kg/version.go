package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"kg/internal/nlp"
)

func newVersionCommand(*app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of kg and of what it is made of",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			printVersion(cmd.OutOrStdout())
			return nil
		},
	}
}

// buildVersion is the version of kg, as far as the binary knows it.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "(unknown)"
}

func printVersion(w io.Writer) {
	revision, modified, cayley := "", "", "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				revision = s.Value
			case "vcs.modified":
				if s.Value == "true" {
					modified = ", with changes"
				}
			}
		}
		for _, d := range info.Deps {
			if d.Path == "github.com/cayleygraph/cayley" {
				cayley = d.Version
			}
		}
	}
	fmt.Fprintf(w, "kg      %s\n", buildVersion())
	if revision != "" {
		fmt.Fprintf(w, "commit  %s%s\n", revision, modified)
	}
	fmt.Fprintf(w, "model   %s\ncayley  %s\ngo      %s %s/%s\n", nlp.ModelName, cayley, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
