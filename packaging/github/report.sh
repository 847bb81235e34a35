#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The step of action.yml: reports on a log, puts the page into the summary of the
# job, and writes it as a comment if it is asked to. Reads its inputs from the
# environment: LOGDIAG, URL, SHA256, LOG, FORMAT, FAIL_ON, ISSUE, GH_TOKEN.
set -u

# quote TEXT: as the message of a workflow command, which ends at a line end.
quote() {
  printf '%s' "$1" | sed 's/%/%25/g' | awk '
    { gsub(/\r/, "%0D"); printf "%s%s", sep, $0; sep = "%0A" }'
}

fail() {
  printf '::error title=logdiag::%s\n' "$(quote "$2")"
  exit "$1"
}

# Whole words only: these become options.
case $FORMAT in
  md | html) extension=$FORMAT ;;
  text) extension=txt ;;
  junit) extension=xml ;;
  json | ndjson | sarif) extension=$FORMAT ;;
  *) fail 2 "format is md, html, text, json, ndjson, sarif or junit, not \"$FORMAT\"" ;;
esac
case $FAIL_ON in
  '' | error | warning | finding) ;;
  *) fail 2 "fail-on is error, warning, finding or empty, not \"$FAIL_ON\"" ;;
esac
case $ISSUE in
  *[!0-9]*) fail 2 "comment-on is the number of an issue, not \"$ISSUE\"" ;;
esac
[ -f "$LOG" ] || fail 3 "no file \"$LOG\"; log is the path of one log"

folder=$(mktemp -d "$RUNNER_TEMP/logdiag.XXXXXX") || exit 3
if [ -z "$LOGDIAG" ] && [ -n "$URL" ]; then
  [ -n "$SHA256" ] || fail 2 'logdiag-url needs logdiag-sha256'
  LOGDIAG=$folder/logdiag
  curl -fsSL --retry 3 -o "$LOGDIAG" -- "$URL" ||
    fail 2 "nothing could be fetched from $URL"
  printf '%s  %s\n' "$SHA256" "$LOGDIAG" | sha256sum -c --status - ||
    fail 2 "what $URL holds has another checksum than logdiag-sha256"
  chmod +x "$LOGDIAG"
elif [ -z "$LOGDIAG" ]; then
  LOGDIAG=$GITHUB_ACTION_PATH/../../logdiag.sh
  echo 'Neither logdiag nor logdiag-url is given: building logdiag, for minutes.'
  # Now, and seen: what is said of the log itself is held back until its end.
  "$LOGDIAG" --version || fail 2 'logdiag could not be built; give logdiag-url'
fi
page=$folder/page.md
report=$folder/report.$extension

set -- -q --for github -o "$page" -o "$report"
[ -z "$FAIL_ON" ] || set -- "$@" --fail-on "$FAIL_ON"
# The runner takes each line of a step's output that begins with "::" for a
# command ("::set-output", "::add-mask"), and a log can hold such lines. So the
# report goes to files only, and what is said of it stands between marks that no
# log can know.
said=$folder/said
"$LOGDIAG" "$@" -- "$LOG" >"$said" 2>&1
code=$?
if [ -s "$said" ]; then
  mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$mark"
  # Nor may it end in the middle of a line, which would hide the mark.
  cat "$said"
  printf '\n::%s::\n' "$mark"
fi
# 1: fail-on was reached; 4: a part could not be read. Both have a report.
case $code in
  0 | 1 | 4) ;;
  *)
    why=$(tail -n 1 "$said")
    # Indented it is code in the summary, whatever it holds.
    printf 'No report on the log:\n\n    %s\n' "$why" >>"$GITHUB_STEP_SUMMARY"
    fail "$code" "no report: ${why:-logdiag ended with code $code}"
    ;;
esac

# Log text is code in the page, whatever it holds; the file takes no commands.
cat "$page" >>"$GITHUB_STEP_SUMMARY"
# A name of ours, no word of the log: a line end in it would be another output.
printf 'report=%s\n' "$report" >>"$GITHUB_OUTPUT"

if [ -n "$ISSUE" ]; then
  # From a file: as an argument the page would go through a shell's hands.
  gh issue comment "$ISSUE" --repo "$GITHUB_REPOSITORY" --body-file "$page" \
    >/dev/null || fail 1 "no comment on issue $ISSUE: gh failed; does token have issues: write?"
fi
[ "$code" -ne 1 ] || fail 1 "the outcome reached fail-on \"$FAIL_ON\""
exit "$code"
