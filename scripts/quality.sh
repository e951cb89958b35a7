#!/usr/bin/env bash
# Measures kg anew and replaces the table of docs/QUALITY.md. Usage: scripts/quality.sh; needs the evaluation data (KG_DATA).
set -euo pipefail
cd "$(dirname "$0")/.."
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
for name in parse ner time carb benchie wire57 plover petrarch seed; do
	go run ./cmd/kg eval "$name" --markdown >>"$rows"
done
# The rows under the line that begins "| command |" are replaced; all else stays.
awk -v rows="$rows" '
	/^\| command \|/ { table = 1 }
	table && /^\|---/ { print; while ((getline line <rows) > 0) print line; table = 2; next }
	table == 2 && /^\|/ { next }
	table == 2 { table = 0 }
	{ print }' docs/QUALITY.md >"$rows.new"
cat "$rows.new" >docs/QUALITY.md
rm -f "$rows.new"
