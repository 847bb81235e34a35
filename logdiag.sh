#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ./logdiag.sh pod.log > diagnosis.md: installs what is missing, builds once,
# and runs logdiag. Takes the arguments of logdiag (--help shows them).
set -euo pipefail

here=$(readlink -f -- "${BASH_SOURCE[0]}")
here=${here%/*}
# shellcheck source=scripts/prepare.sh
. "$here/scripts/prepare.sh"

choose_directory release
shipped=$here/build/release
if [ "$directory" != "$shipped" ] && starts "$shipped/logdiag"; then
  directory=$shipped
  is_current || say "running $shipped/logdiag, which is older than its" \
    "sources or made with another compiler; its owner's next run rebuilds it"
elif ! is_current || ! still_starts; then
  (update release 240 logdiag) || exit
fi
exec "$directory/logdiag" "$@"
