#!/usr/bin/env bash
# Runs every fuzz target for a while. Usage: scripts/fuzz.sh [TIME], for example 1m (the default). Without a bound Go would spend the
# minute on making single inputs smaller.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-1m}
for pkg in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
		echo "== $pkg $target for $time"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 20x "$pkg"
	done
done
