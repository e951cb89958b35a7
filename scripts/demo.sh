#!/usr/bin/env bash
# Builds ./kg, builds a graph of the articles in examples/ and asks it a few things. Usage: scripts/demo.sh [STORE]
# The graph is stored in demo.db, or STORE. A second run finds every article there and adds nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
store=${1:-demo.db}

if ! command -v go >/dev/null 2>&1; then
	echo "demo: Go is missing: https://go.dev/dl/ (see go.mod for the version)" >&2
	exit 1
fi
run() {
	printf '\n$ %s\n' "$*"
	"$@"
}
ask() { # ask QUESTION QUERY
	printf '\n# %s\n$ ./kg query --store %s '\''%s'\''\n' "$1" "$store" "$2"
	./kg query --store "$store" "$2"
}
# Where git cannot read the checkout (none installed, or another owner), go build must not ask it for a version.
if ! git status >/dev/null 2>&1; then export GOFLAGS="${GOFLAGS:-} -buildvcs=false"; fi
run go build -o kg ./cmd/kg
run ./kg build --store "$store" examples
ask "What does Russia mediate?" 'g.V("<kg:Russia>").Out("<kgo:mediates>").All()'
ask "In which sentence is that said?" 'g.V("<kg:Russia>").In("<rdf:subject>").Has("<rdf:predicate>", "<kgo:mediates>").Out("<prov:wasQuotedFrom>").Out("<nif:anchorOf>").All()'
ask "Who accuses whom?" 'g.V().Tag("who").Out("<kgo:accuses>").Tag("whom").All()'
cat <<END

Next:
  ./kg serve --store $store       then open http://localhost:64210/ in a browser
  ./kg export --store $store -f turtle -o graph.ttl
  ./kg extract -f jsonl examples/01-astana-talks.txt
  ./kg build --store my.db FOLDER_OR_URL …      your own articles
END
