#!/usr/bin/env bash
# ./logdiag.sh pod.log > diagnosis.md: installs what is missing, builds once,
# and runs logdiag. Takes the arguments of logdiag (--help shows them).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/prepare.sh
. "$here/scripts/prepare.sh"

(
  cd "$here"
  install_missing "${build_packages[@]}"
  build_preset release logdiag
)
exec "$here/build/release/logdiag" "$@"
