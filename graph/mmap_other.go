//go:build !linux

package graph

import hbbolt "github.com/hidal-go/hidalgo/kv/bbolt"

func dropPages(*hbbolt.DB) {}
