#!/usr/bin/env bash
# Measures kg anew and replaces the rows of the tables of docs/QUALITY.md that kg eval prints: those of confidence under their heading,
# all others in the first table. Usage: scripts/quality.sh; needs the evaluation data (KG_DATA).
set -euo pipefail
cd "$(dirname "$0")/.."
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
go build -o "$new/kg" ./cmd/kg
for name in parse ner coref time carb benchie wire57 plover petrarch seed re3d links actors; do
	"$new/kg" eval "$name" --markdown >>"$new/rows"
done
"$new/kg" eval confidence --markdown >"$new/confidence"
awk -v rows="$new/rows" -v confidence="$new/confidence" '
	function insert(file, line) { while ((getline line < file) > 0) print line; close(file) }
	/^## / { inside = $0 == "## Confidence" }
	/^\| `kg eval / { next }
	{ print }
	/^\| command / { table = 1 }
	table && /^\|---/ { table = 0; if (inside) insert(confidence); else insert(rows) }
' docs/QUALITY.md >"$new/QUALITY.md"
cp "$new/QUALITY.md" docs/QUALITY.md
