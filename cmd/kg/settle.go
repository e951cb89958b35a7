package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"kg/graph"
	"kg/internal/settle"
	"kg/schema"
)

// settle derives from the articles of a store what no single one says, unless that is there already. It runs once all articles of
// a build are in; where it was interrupted, the next build settles.
func (app *app) settle(ctx context.Context, store *graph.Store, sch *schema.Schema) error {
	defer lean()()
	stamp, err := schemaStamp(app.config.SchemaDir, nil) // gazetteers change what articles say, which asks for settling by itself
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	stamp = settle.Version + stamp
	if have, err := store.Settled(ctx); err != nil || have == stamp {
		return err
	}
	facts, err := store.Facts(ctx)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	if len(facts.Articles) == 0 {
		return nil
	}
	if _, err := store.Settle(ctx, facts.Version, settle.Derive(facts, sch), stamp); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return nil
}

// lean gives back the memory that nothing needs any more, and has the garbage collector run twice as often until the function that it
// returns is called: where facts of a whole store are held, the room that it leaves to garbage otherwise is as large as they are. $GOGC
// stands where it is set.
func lean() (end func()) {
	debug.FreeOSMemory()
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	usual := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(usual) }
}

// loadSchema reads the schema of the settings, with the user's own names.
func (app *app) loadSchema() (*schema.Schema, error) {
	sch, err := schema.Load(app.config.SchemaDir, app.config.Build.Gazetteers...)
	if err != nil {
		return nil, fmt.Errorf("load schema: %w", err)
	}
	return sch, nil
}

// judge is store.Judge with what follows from it: counts, events and contradictions are of things, not of names.
func (app *app) judge(ctx context.Context, store *graph.Store, add, withdraw []graph.Judgement) (graph.SettleNames, error) {
	sch, err := app.loadSchema() // before anything is written
	if err != nil {
		return graph.SettleNames{}, err
	}
	done, err := store.Judge(ctx, add, withdraw)
	if err != nil {
		return done, err
	}
	return done, app.settle(ctx, store, sch)
}
