package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"kg/internal/web"
)

func newServeCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph: pages, an interface for programs, Cayley's web UI",
		Long: `Serve answers on http://localhost:64210: pages to search, browse and draw the graph, an interface for programs at /api/kg/v1 and for
assistants at /mcp, Cayley's web UI at /ui/, and Cayley's REST API at /api/. Ctrl-C ends it.

Clients can only read, unless --write is given. Then those may write who have the token: programs send it as "Authorization: Bearer
TOKEN", people sign in with it at /login. It is set by the variable KG_SERVE_TOKEN or read from the file --token-file; where there
is none and only this computer can reach the server, one is made for the run and printed. With --private it is needed for reading
too.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			cfg := app.config
			token, err := serveToken(cfg, app.log)
			if err != nil {
				return err
			}
			store, err := app.openStore(!cfg.Serve.Write)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			var lc net.ListenConfig
			ln, err := lc.Listen(cmd.Context(), "tcp", cfg.Serve.Listen)
			if err != nil {
				return fmt.Errorf("listen on %s (%s): %w", cfg.Serve.Listen, cfg.origins["serve.listen"], err)
			}
			defer ln.Close() // where Serve does not
			address, local := reached(ln.Addr())
			made := false
			switch {
			case token != "":
				if !local && cfg.Serve.Cert == "" {
					app.log.WithField("address", address).Warn("other computers can reach this server, and the token crosses the network " +
						"unencrypted: set serve.cert and serve.key, or put a proxy with TLS before it")
				}
			case cfg.Serve.Private, cfg.Serve.Write && !local:
				return usagef("serving %s needs a token of your own: set KG_SERVE_TOKEN, or name a file with --token-file", address)
			case cfg.Serve.Write:
				token, made = rand.Text(), true
			case !local:
				app.log.WithField("address", address).Warn("other computers can reach this server, and whoever does can read the graph: " +
					"with a token and --private only those can who have it")
			}
			srv, err := web.New(store, web.Options{
				AllowWrites: cfg.Serve.Write, Token: token, Private: cfg.Serve.Private, Hosts: cfg.Serve.Hosts,
				MaxBody: int64(cfg.Serve.MaxBody), Metrics: web.Metrics(cfg.Serve.Metrics), Origins: cfg.Serve.Origins,
				CertFile: cfg.Serve.Cert, KeyFile: cfg.Serve.Key, QueryTimeout: cfg.Query.Timeout, RowLimit: cfg.Query.Limit, Logger: app.log,
				Settle: func(ctx context.Context) error {
					sch, err := app.loadSchema()
					if err != nil {
						return err
					}
					return app.settle(ctx, store, sch)
				},
			})
			if err != nil {
				return err
			}
			mode := "read-only"
			if cfg.Serve.Write {
				mode = "whoever has the token may write"
			}
			scheme := "http"
			if cfg.Serve.Cert != "" {
				scheme = "https"
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "Serving %s (%s). Ctrl-C ends.\n  %s://%s/      start page\n  %[3]s://%[4]s/ui/   Cayley's web UI\n",
				cfg.Store.Path, mode, scheme, address)
			if made {
				fmt.Fprintf(out, "Token of this run: %s\n  sign in with it at %s://%s/login; programs send Authorization: Bearer TOKEN\n",
					token, scheme, address)
			}
			return srv.Serve(cmd.Context(), ln)
		},
	}
	f := cmd.Flags()
	d := defaultConfig()
	f.String("listen", d.Serve.Listen, "address and port")
	f.Bool("write", d.Serve.Write, "let clients that have the token change the graph")
	f.String("token-file", d.Serve.TokenFile, "file with the token in its first line")
	f.Bool("private", d.Serve.Private, "let only those read who have the token")
	f.StringSlice("host", nil, "further host name under which the server is reached")
	f.Int("limit", d.Query.Limit, "rows of an answer where the request asks for no number")
	f.Duration("timeout", d.Query.Timeout, "end queries after this time")
	return cmd
}

// serveToken is the token that is set, "" where none is.
func serveToken(cfg *Config, log *logrus.Logger) (string, error) {
	if cfg.Serve.TokenFile == "" {
		return cfg.Serve.Token, nil
	}
	f, err := os.Open(cfg.Serve.TokenFile)
	if err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, 4<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the token: %w", err)
	}
	if line = strings.TrimSpace(line); line == "" {
		return "", fmt.Errorf("%s: the first line, which should be the token, is empty", cfg.Serve.TokenFile)
	}
	if info, err := f.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		log.WithField("file", cfg.Serve.TokenFile).Warn("other users of this computer can read the file of the token: chmod 600")
	}
	return line, nil
}

// reached is the address as a user types it, and whether only this computer reaches it.
func reached(addr net.Addr) (address string, local bool) {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String(), false
	}
	ip := net.ParseIP(host)
	local = ip != nil && ip.IsLoopback()
	if local || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port), local
}
