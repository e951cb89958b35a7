#!/usr/bin/env bash
# Prints the table of Go modules in the kg binary that stands at the end of THIRD_PARTY.md: path and licence, the latter from
# the module's own licence file. Usage: scripts/third-party.sh [--write], which replaces the table in THIRD_PARTY.md.
set -euo pipefail
cd "$(dirname "$0")/.."

licence() { # licence DIR: the SPDX names of what its licence file holds
	local file text found=()
	file=$(find "$1" -maxdepth 1 \( -iname 'licen*' -o -iname 'copying*' \) | sort | head -n 1)
	if [ -z "$file" ]; then echo "no licence file"; return; fi
	text=$(tr -s ' \n\t*#>' ' ' <"$file")
	if [[ $text == *"Apache License"* ]]; then found+=(Apache-2.0); fi
	if [[ $text == *"Permission is hereby granted, free of charge"* ]]; then found+=(MIT); fi
	if [[ $text == *"Redistribution and use in source"* ]]; then
		if [[ $text =~ either\ the\ name|may\ not\ be\ used\ to\ endorse|may\ be\ used\ to\ endorse ]]; then found+=(BSD-3-Clause); else found+=(BSD-2-Clause); fi
	fi
	if [ ${#found[@]} -eq 0 ]; then found=("see $(basename "$file")"); fi
	(IFS=,; echo "${found[*]}" | sed 's/,/, /g')
}

table() {
	echo "| Go module | licence |"
	echo "|---|---|"
	for cgo in 0 1; do # with a C compiler, Pebble takes some modules in C
		CGO_ENABLED=$cgo go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}' ./cmd/kg
	done | LC_ALL=C sort -u |
		while read -r path dir; do echo "| $path | $(licence "$dir") |"; done
}

if [ "${1:-}" = --write ]; then
	rest=$(sed '/^| Go module /,$d' THIRD_PARTY.md)
	printf '%s\n\n%s\n' "$rest" "$(table)" >THIRD_PARTY.md
else
	table
fi
