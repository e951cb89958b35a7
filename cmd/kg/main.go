// Command kg builds a knowledge graph of claims from news articles and serves, queries and exports it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"kg/graph"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// usageError is an error of whoever typed the command: exit code 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run runs kg and returns its exit code. The first interrupt ends the context of the command, which then ends cleanly;
// the second kills.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	root := newRootCommand(&app{log: logrus.New()})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil || errors.Is(err, syscall.EPIPE) { // "kg query … | head" ends when head does
		return exitDone
	}
	fmt.Fprintf(stderr, "%s: %s\n", cmd.CommandPath(), message(err))
	var usage usageError
	if errors.As(err, &usage) || strings.HasPrefix(err.Error(), "unknown command") {
		fmt.Fprintf(stderr, "Type \"%s --help\" for help.\n", cmd.CommandPath())
		return exitUsage
	}
	return exitFailed
}

// message is what a user is told of err.
func message(err error) string {
	switch {
	case errors.Is(err, graph.ErrLocked):
		return err.Error() + "\nAnother kg has it open: a build shuts out everything else, a server shuts out builds. Wait for it, stop it, or " +
			"name\nanother graph with --store."
	case errors.Is(err, context.DeadlineExceeded):
		return "out of time: " + err.Error()
	}
	return err.Error()
}

// plainPath is the message of an error without operation and path, which are said already.
func plainPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// app is what all commands share: the settings, read before any of them runs, and the log.
type app struct {
	config  *Config
	file    string // of --config
	verbose bool
	log     *logrus.Logger
}

func newRootCommand(app *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "kg",
		Short: "Build a knowledge graph of claims from news articles",
		Long: `kg reads news articles and keeps what they say (who did what to whom, who says so, in which sentence) as a graph.

  kg build articles/        read files, folders, archives, URLs and feeds into the graph kg.db
  kg serve                  look at it in a browser
  kg query 'g.V("<kg:Russia>").Out("<kgo:mediates>").All()'
  kg export -o graph.ttl    write it as RDF
  kg extract article.txt    only print what kg finds in a text`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		DisableAutoGenTag: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				return usagef("unknown command %q; did you mean %s?", args[0], near[0])
			}
			return usagef("unknown command %q", args[0])
		},
		SuggestionsMinimumDistance: 2,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			for c := cmd; c != nil; c = c.Parent() {
				switch c.Name() {
				case "version", "help", "completion": // must work whatever the settings are
					return nil
				}
			}
			var err error
			if app.config, err = loadConfig(cmd, app.file); err != nil {
				return err
			}
			app.openLog(cmd.ErrOrStderr())
			for _, name := range strangeVariables() {
				app.log.WithField("variable", name).Warn("environment variable is no setting; did you mean " + nearestVariable(name) + "?")
			}
			return nil
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	f := root.PersistentFlags()
	d := defaultConfig()
	f.StringVar(&app.file, "config", "", "file of settings (default "+configFile+" of the working folder, if it is there)")
	f.String("store", d.Store.Path, "folder of the graph, or file")
	f.String("backend", d.Store.Backend, "how the graph is kept: kg, bbolt or memory")
	f.String("base-iri", d.BaseIRI, "what kg: stands for in exports")
	f.String("schema", d.SchemaDir, "folder with your own types.tsv, relations.tsv …")
	f.String("log-level", d.Log.Level, "error, warn, info or debug")
	f.String("log-format", d.Log.Format, "text or json")
	f.BoolVarP(&app.verbose, "verbose", "v", false, "print more counts")
	choices(root, "backend", "kg", "bbolt", "memory")
	choices(root, "log-level", "error", "warn", "info", "debug")
	choices(root, "log-format", "text", "json")
	root.AddCommand(
		newBuildCommand(app), newExtractCommand(app), newQueryCommand(app), newServeCommand(app), newMCPCommand(app), newExportCommand(app),
		newStatsCommand(app), newEntityCommand(app), newClaimCommand(app), newEventCommand(app), newRelationsCommand(app),
		newMigrateCommand(app), newEvalCommand(app),
		newConfigCommand(app), newVersionCommand(app),
	)
	wrapArgs(root)
	return root
}

// wrapArgs makes errors about the number of arguments wrong use, on every command below cmd.
func wrapArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgs(sub)
	}
}

// choices makes the shell offer the values of a flag.
func choices(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // no such flag: every run of kg would say so
	}
}

// oneOf makes any other value of a flag than those of choices wrong use.
func oneOf(flag, value string, allowed ...string) error {
	if !slices.Contains(allowed, value) {
		return usagef("%s %q is not one of %s", flag, value, strings.Join(allowed, ", "))
	}
	return nil
}

// writeJSON writes v indented.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// noArgs refuses arguments in plain words.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("takes no arguments, got %q", args[0])
	}
	return nil
}

func (app *app) openLog(w io.Writer) {
	app.log.SetOutput(w)
	level, err := logrus.ParseLevel(app.config.Log.Level)
	if err != nil {
		level = logrus.InfoLevel
	}
	app.log.SetLevel(level)
	if app.config.Log.Format == "json" {
		app.log.SetFormatter(&logrus.JSONFormatter{})
	} else {
		app.log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, TimestampFormat: "15:04:05"})
	}
}

// interruptible is r until ctx ends. A read from a terminal or a pipe cannot be called off, so a goroutine does it; where
// the read never returns, it ends with the program.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r)
		pw.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { pr.CloseWithError(context.Cause(ctx)) })
	return pr
}

// openStore opens the graph. Reading a graph that is not there is an error that says how to make one.
func (app *app) openStore(readOnly bool) (*graph.Store, error) {
	opt := graph.Options{Path: app.config.Store.Path, Backend: app.config.Store.Backend, BaseIRI: app.config.BaseIRI,
		ReadOnly: readOnly, LockTimeout: time.Second}
	if app.config.Store.Backend == "memory" {
		opt = graph.Options{Backend: "memory", BaseIRI: app.config.BaseIRI}
	} else if readOnly {
		if _, err := os.Stat(opt.Path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no graph %s yet; make it with \"kg build ARTICLES\", or name another with --store", opt.Path)
		}
	}
	store, err := graph.Open(opt)
	if err != nil {
		return nil, err
	}
	return store, nil
}
