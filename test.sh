#!/usr/bin/env bash
# ./test.sh: installs what is missing, builds with sanitizers, and runs every
# test. Ends with a line "N passed, N failed"; what could not be run here is
# counted before it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/prepare.sh
. scripts/prepare.sh

install_missing "${build_packages[@]}" "${test_packages[@]}"
build_preset dev

results=build/dev/results.xml
status=0
ctest --preset dev --output-junit results.xml "$@" || status=$?
count() { awk -v what="$1" 'index($0, what) { n++ } END { print n + 0 }' "$results"; }
passed=$(count 'status="run"')
failed=$(count 'status="fail"')
skipped=$(count 'status="notrun"')
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ]
