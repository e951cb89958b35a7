#!/usr/bin/env bash
# Measures kg anew and replaces the table of docs/QUALITY.md. Usage: scripts/quality.sh; needs the evaluation data (KG_DATA).
set -euo pipefail
cd "$(dirname "$0")/.."
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
for name in parse ner carb benchie wire57 seed; do
	go run ./cmd/kg eval "$name" --markdown >>"$rows"
done
head=$(sed '/^|---|/q' docs/QUALITY.md)
{ printf '%s\n' "$head"; cat "$rows"; } >docs/QUALITY.md
