#!/usr/bin/env bash
# ./test.sh: installs what is missing, builds with sanitizers, and runs every
# test. Ends with a line "N passed, N failed".
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/prepare.sh
. scripts/prepare.sh

install_missing "${build_packages[@]}" "${test_packages[@]}"
build_preset dev

results=build/dev/results.xml
status=0
ctest --preset dev --output-junit results.xml "$@" || status=$?
total=$(grep -o '<testcase ' "$results" | wc -l)
failed=$(grep -o '<testcase [^>]*status="fail"' "$results" | wc -l)
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$((total - failed)) passed, $failed failed"
[ "$status" -eq 0 ] && [ "$total" -gt 0 ]
