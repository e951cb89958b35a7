package main

import (
	"errors"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"kg/internal/web"
)

func newServeCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph: start page, Cayley's web UI, REST",
		Long: `Serve answers on http://localhost:64210: a start page with counts and example queries, Cayley's web UI at /ui/, and Cayley's
REST API at /api/. Clients can only read, unless --write is given. Ctrl-C ends it.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			cfg := app.config
			store, err := app.openStore(!cfg.Serve.Write)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			srv, err := web.New(store, web.Options{
				AllowWrites: cfg.Serve.Write, Hosts: cfg.Serve.Hosts, MaxBody: int64(cfg.Serve.MaxBody),
				QueryTimeout: cfg.Query.Timeout, RowLimit: cfg.Query.Limit, Logger: app.log,
			})
			if err != nil {
				return err
			}
			var lc net.ListenConfig
			ln, err := lc.Listen(cmd.Context(), "tcp", cfg.Serve.Listen)
			if err != nil {
				return fmt.Errorf("listen on %s (%s): %w", cfg.Serve.Listen, cfg.origins["serve.listen"], err)
			}
			address := ln.Addr().String()
			if host, port, err := net.SplitHostPort(address); err == nil {
				if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
					host = "localhost"
				}
				address = net.JoinHostPort(host, port)
			}
			mode := "read-only"
			if cfg.Serve.Write {
				mode = "clients may write"
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Serving %s (%s). Ctrl-C ends.\n  http://%s/      start page\n  http://%s/ui/   Cayley's web UI\n", cfg.Store.Path, mode, address, address)
			return srv.Serve(cmd.Context(), ln)
		},
	}
	f := cmd.Flags()
	d := defaultConfig()
	f.String("listen", d.Serve.Listen, "address and port")
	f.Bool("write", d.Serve.Write, "let clients change the graph")
	f.StringSlice("host", nil, "further host name under which the server is reached")
	f.Int("limit", d.Query.Limit, "rows of an answer where the request asks for no number")
	f.Duration("timeout", d.Query.Timeout, "end queries after this time")
	return cmd
}
