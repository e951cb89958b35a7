#!/usr/bin/env bash
# Installs what the tests need besides Go and is missing here, with Debian's apt, and says what it installs:
#   gcc, libc6-dev   the race detector of go test
#   nodejs, npm      the N-Quads and Turtle readers that exports are checked with; the browser tests
#   chromium         the browser tests
#                    where Debian's nodejs is older than the browser tests want: node 22, from the npm registry into bin/node
#   python3          the reference scorer of "kg eval carb", where KG_TOOLS leads to it
# Building and using kg needs Go only. Without root or sudo nothing is installed: the script names the command and, unless
# CI is set, the tests go on with what there is.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
need() { # need COMMAND PACKAGE...
	if ! command -v "$1" >/dev/null 2>&1; then missing+=("${@:2}"); fi
}

if ! command -v go >/dev/null 2>&1; then
	echo "setup: Go is missing: https://go.dev/dl/ (see go.mod for the version)" >&2
	exit 1
fi
need gcc gcc libc6-dev
need node nodejs
need npm npm
command -v chromium-browser >/dev/null 2>&1 || need chromium chromium
if [ -f "${KG_TOOLS:-../shared/tools}/carb_score.py" ]; then need python3 python3; fi
# newNode gets a node that playwright-core takes where the one here is older.
newNode() {
	if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then return; fi
	if [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then return; fi
	echo "setup: node $(node --version) is older than 20; installing node 22.23.3 from the npm registry into bin/node"
	npm install --prefix bin/node --no-audit --no-fund --loglevel=error node@22.23.3 </dev/null
}

if [ ${#missing[@]} -eq 0 ]; then
	newNode
	echo "setup: everything is there"
	exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
if ! command -v apt-get >/dev/null 2>&1 || { [ ${#as_root[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; }; then
	echo "setup: missing and not installed (no root, or no apt-get here): apt-get install ${missing[*]}" >&2
	if [ -n "${CI:-}" ]; then exit 1; fi
	exit 0
fi
echo "setup: installing with apt-get: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
	tail -n 30 "$log" >&2
	echo "setup: apt-get failed" >&2
	exit 1
fi
echo "setup: installed ${missing[*]}"
newNode
