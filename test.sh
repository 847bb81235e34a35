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
# A browser is of no use without what drives it.
! command -v npm >/dev/null || packages+=(chromium)
(update dev 600) || exit

results=$directory/results.xml
status=0
: >"$results"
rm -rf "$directory/gtest"
ctest --test-dir "$directory" --output-on-failure --progress --parallel 2 \
  --output-junit "$results" "$@" || status=$?

# The tests of GoogleTest's programs (unit.*) count one by one, as these have
# written them down. One that fails without a failing test crashed, or leaks.
units=("$directory"/gtest/*.xml)
[ -e "${units[0]}" ] || units=()
read -r passed failed skipped < <(awk '
  FILENAME == ARGV[1] {
    if (/name="unit\./) { crashed += /status="fail"/; next }
    passed += /status="run"/; failed += /status="fail"/
    skipped += /status="notrun"/
    next
  }
  /<testsuites / && !/ failures="0"/ { crashed-- }
  /<testcase / {
    failing = 0
    if (/result="completed"/) passed++; else skipped++
  }
  /<failure / && !failing { failing = 1; passed--; failed++ }
  END { print passed + 0, failed + crashed, skipped + 0 }' "$results" "${units[@]}")
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ]
