#!/usr/bin/env bash
# Runs every check of kg, from formatting to the browser. Usage: scripts/test.sh
#
# Evaluation data is looked for in $KG_DATA, by default ../shared/data. Without it the checks against gold data are left
# out, and the summary of go test says so for each of them. Everything else needs only this checkout, Go, what
# scripts/setup.sh installs, and the registries of Go modules and npm packages.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }
begun=$SECONDS
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# gotest runs go test and prints one line for each package, each failed test and each skipped one with its reason; the
# whole output where something failed.
gotest() {
	echo "+ go test $*"
	if ! go test -v "$@" >"$log" 2>&1 </dev/null; then
		cat "$log"
		return 1
	fi
	awk '
		/^=== (RUN|CONT|NAME)/ { reason = ""; next }
		/^ +[a-zA-Z0-9_]+\.go:[0-9]+: / { reason = $0; sub(/^ +/, "", reason); next }
		/^ *--- SKIP/ { print "skip " $3 ": " reason; next }
		/^(ok|FAIL)/ { print }
	' "$log"
	echo "$(grep -c '^--- PASS' "$log" || true) tests passed, $(grep -c '^--- SKIP' "$log" || true) skipped"
}

export PATH="$PWD/bin/node/node_modules/node/bin:$PATH" # where scripts/setup.sh puts a newer node, if it has to

step "what the tests need"
scripts/setup.sh
go version

if [ -z "${KG_DATA:-}" ] && [ -d ../shared/data ]; then KG_DATA=$(cd ../shared/data && pwd); fi
if [ -n "${KG_DATA:-}" ]; then
	export KG_DATA
	echo "evaluation data: $KG_DATA"
else
	echo "evaluation data: none (KG_DATA is not set); checks against gold data are left out"
fi

# Where git cannot read the checkout (none installed, or another owner), go build must not ask it for a version.
if ! git status >/dev/null 2>&1; then export GOFLAGS="${GOFLAGS:-} -buildvcs=false"; fi

step "format"
unformatted=$(find . -name '*.go' -not -path '*/node_modules/*' -print0 | xargs -0 gofmt -l)
if [ -n "$unformatted" ]; then
	printf 'not formatted with gofmt:\n%s\n' "$unformatted"
	exit 1
fi
echo "gofmt: clean"

step "go vet, staticcheck, go build"
go vet ./...
go tool -modfile=tools/go.mod staticcheck ./...
go build ./...
echo "clean"

step "third-party licences"
if ! diff <(scripts/third-party.sh) <(sed -n '/^| Go module /,$p' THIRD_PARTY.md); then
	echo "THIRD_PARTY.md does not list the modules of the binary: run scripts/third-party.sh --write"
	exit 1
fi
echo "THIRD_PARTY.md lists every module"

packages=$(find . -name package-lock.json -not -path '*/node_modules/*' | LC_ALL=C sort)
if command -v npm >/dev/null 2>&1; then
	for lock in $packages; do
		step "npm packages of $(dirname "$lock")"
		(cd "$(dirname "$lock")" && npm ci --no-audit --no-fund --loglevel=error </dev/null)
	done
fi

step "tests"
# Once with the race detector, without the tests that take long (whole treebanks, the browser, most scripts of commands), which it
# would make ten times slower; then once as users run kg, with all of them.
if command -v gcc >/dev/null 2>&1; then
	gotest -race -short -skip 'TestScripts/(entity|relations|backend|extract|gazetteer|config|export|misc)' ./...
else
	echo "skip go test -race: no C compiler"
fi
gotest ./...

printf '\nAll checks passed in %d s.\n' $((SECONDS - begun))
