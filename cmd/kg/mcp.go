package main

import (
	"context"
	"errors"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/api"
	"kg/internal/index"
	"kg/internal/mcp"
)

func newMCPCommand(app *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer assistants by the Model Context Protocol",
		Long: `MCP lets an assistant ask the graph by the Model Context Protocol over standard input and output: search, entity, claims, path,
changes, query. It only reads; each answer carries its sentences. Clients start it themselves, with a setting such as

  {"mcpServers": {"kg": {"command": "kg", "args": ["mcp", "--store", "/path/to/kg.db"]}}}

"kg serve" offers the same over HTTP at /mcp.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			store, err := app.openStore(true)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			live := index.NewLive(store)
			live.Keep(func() (path, stamp string) { return store.Aside("index") }, func(err error) {
				app.log.WithError(err).Warn("the index is not kept")
			})
			live.Start()
			defer live.Close()
			reader := &api.Reader{Store: store, Live: live}
			server := mcp.New(reader, mcp.Options{Version: buildVersion(), Index: reader.Wait,
				Query: func(ctx context.Context, q graph.QueryRequest) (*graph.Result, error) {
					q.Timeout = app.config.Query.Timeout
					return store.Query(ctx, q)
				},
				Fault: func(err error) { app.log.WithError(err).Error("request failed") },
			})
			in := io.NopCloser(interruptible(cmd.Context(), cmd.InOrStdin()))
			err = server.Run(cmd.Context(), &sdk.IOTransport{Reader: in, Writer: keepOpen{cmd.OutOrStdout()}})
			if errors.Is(err, context.Canceled) || errors.Is(err, io.EOF) { // the client is done
				return nil
			}
			return err
		},
	}
	cmd.Flags().Duration("timeout", defaultConfig().Query.Timeout, "end queries after this time")
	return cmd
}

// keepOpen is a Writer that whoever closes it leaves open.
type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }
