#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ./test.sh: installs what is missing, builds with sanitizers, and runs every
# test. Ends with a line "N passed, N failed"; what could not be run here is
# counted before it.
set -euo pipefail

here=$(readlink -f -- "${BASH_SOURCE[0]}")
here=${here%/*}
# shellcheck source=scripts/prepare.sh
. "$here/scripts/prepare.sh"

choose_directory dev
packages+=("${test_packages[@]}")
(update dev 1200) || exit

results=$directory/results.xml
status=0
: >"$results"
ctest --test-dir "$directory" --output-on-failure --progress --parallel 2 \
  --output-junit "$results" "$@" || status=$?
count() { awk -v what="$1" 'index($0, what) { n++ } END { print n + 0 }' "$results"; }
passed=$(count 'status="run"')
failed=$(count 'status="fail"')
skipped=$(count 'status="notrun"')
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ]
